//! Rule GC021: a part of a door, or a code, that a spreadsheet has made a date of.

use super::code_cell::{Trouble, trouble};
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::address::{AddressError, Mangled};
use crate::household::{DoorFault, Entry};
use crate::lang::{Lang, Text};
use crate::row::Field;

rule! {
    /// A spreadsheet has made a date of the cell.
    ///
    /// Somebody typed `3-4`, building 3 unit 4 perhaps, and the spreadsheet made 3月4日 or 2026-03-04 of it. What
    /// was typed can have been `3-4` or `4-3`; both are named, and neither is chosen. Look at the paper list or
    /// ask the household, give the column the format Text, and only then type again.
    ///
    /// ---
    /// 单元格被表格软件改成了日期。
    ///
    /// 输入的是 `3-4`（例如3栋4号），表格软件把它变成了3月4日或2026-03-04。
    /// 原来输入的可能是 `3-4`，也可能是 `4-3`，两种都会列出，不替人选择。
    /// 请查看纸质名单或向住户核实，先把该列设为“文本”格式，再重新填写。
    pub struct DateMangled("GC021", "date-mangled", Error);
}

impl Rule for DateMangled {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        for (field, fault) in &entry.door.faults {
            let (DoorFault::Mangled(mangled)
            | DoorFault::Unreadable(AddressError::Date { mangled, .. })) = fault
            else {
                continue;
            };
            found.cell(Self::INFO, entry, *field, said(*field, *mangled));
        }
        if let Some(Trouble::Date(lost)) = trouble(entry) {
            let advice = Text::fixed(
                "请先把该列设为“文本”格式，再重新填写",
                "give the column the format Text before writing it again",
            );
            found.cell(
                Self::INFO,
                entry,
                Field::GridCode,
                Said::new(lost.text(), advice),
            );
        }
    }
}

fn said(field: Field, mangled: Mangled) -> Said {
    let [one, other] = mangled.typed();
    let (zh, en) = (field.label(Lang::Zh), field.label(Lang::En));
    let both = if one == other {
        Text::new(format!("“{one}”"), format!("`{one}`"))
    } else {
        Text::new(
            format!("“{one}”或“{other}”"),
            format!("`{one}` or `{other}`"),
        )
    };
    let message = Text::new(
        format!(
            "此处应为{zh}，实为日期：表格软件可能改动了输入的{}",
            both.zh
        ),
        format!(
            "expected the {en}, found a date: a spreadsheet may have made it of {}",
            both.en
        ),
    );
    let advice = Text::fixed(
        "请核对原表，先把该列设为“文本”格式，再重新填写",
        "look at the source, give the column the format Text, then write it again",
    );
    Said::new(message, advice)
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn both_things_that_may_have_been_typed_are_named() {
        let found = only(
            "date-mangled",
            Level::Household,
            "楼栋|房号\n3栋|3月4日\n4栋|@2026-03-04\n5栋|3-Mar\n6栋|2026/3/4",
        );
        assert_eq!(found.len(), 4);
        says(
            &found[0],
            "此处应为房号，实为日期：表格软件可能改动了输入的“3-4”或“4-3”；请核对原表，先把该列设为“文本”格式，再重新填写",
            "expected the unit, found a date: a spreadsheet may have made it of `3-4` or `4-3`; \
             look at the source, give the column the format Text, then write it again",
        );
        assert!(found[2].message.zh.ends_with("“3-3”"));
        assert!(found.iter().all(|found| found.fix.is_none()));
    }

    #[test]
    fn a_code_that_became_a_date_is_reported_too() {
        let found = only(
            "date-mangled",
            Level::Household,
            "楼栋|房号|网格编码\n3栋|803|2-Mar",
        );
        assert_eq!(found[0].place.to_string(), "C2");
    }

    #[test]
    fn numbers_with_dashes_that_are_still_text_are_silent() {
        assert_eq!(
            only(
                "date-mangled",
                Level::Household,
                "楼栋|房号\n3栋|2-803\n3栋|#45325"
            ),
            []
        );
    }
}
