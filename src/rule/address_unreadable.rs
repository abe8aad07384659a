//! Rule GC017: an address cell that the grammar cannot read.

use super::door_cell::{is_scientific, said_at};
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::address::AddressError;
use crate::household::{DoorFault, Entry};
use crate::lang::Text;

rule! {
    /// The address or a part of it cannot be read.
    ///
    /// Read are `3栋2单元803室`, `三栋二单元八〇三`, `3#2-803`, `3-2-803`, `B座1203` and their parts in columns of
    /// their own, in any width and with blanks. The message names the place of the first character that does
    /// not fit. What else the cell says is not repeated: it may be a name.
    ///
    /// ---
    /// 地址、楼栋、单元或房号无法识别。
    ///
    /// 能识别的写法：`3栋2单元803室`、`三栋二单元八〇三`、`3#2-803`、`3-2-803`、`B座1203`，
    /// 以及分列写的各部分；全角、空格均可。提示会指出第一个不合规则的字的位置，
    /// 不重复格中的其他内容，因为可能是姓名。
    pub struct AddressUnreadable("GC017", "address-unreadable", Error);
}

impl Rule for AddressUnreadable {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        for (field, fault) in &entry.door.faults {
            let DoorFault::Unreadable(error) = fault else {
                continue;
            };
            if matches!(error, AddressError::Date { .. }) || is_scientific(entry.raw(*field)) {
                continue;
            }
            let advice = Text::fixed("写法如 3栋2单元803室", "write it as in `3栋2单元803室`");
            let said = said_at(Said::new(error.text(), advice), entry, *field, error.span());
            found.cell(Self::INFO, entry, *field, said);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn the_place_of_what_cannot_be_read_is_told() {
        let found = only(
            "address-unreadable",
            Level::Household,
            "楼栋|房号\n3栋|803\n4栋|  801、803",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].span, Some((5, 8)));
        says(
            &found[0],
            "此处应为一户的房号，实为多个房号，请每户一行；写法如 3栋2单元803室",
            "expected the room of one household, found several rooms: give each its own row; write it as in `3栋2单元803室`",
        );
    }

    #[test]
    fn dates_and_scientific_notation_are_other_rules() {
        let list = "楼栋|房号\n3栋|3月4日\n3栋|8.03E+05\n三幢|８０３";
        assert_eq!(only("address-unreadable", Level::Household, list), []);
    }
}
