//! Rule GC019: two cells of a row that name different doors.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::address::Part;
use crate::household::{DoorFault, Entry};
use crate::lang::{Lang, Text};

rule! {
    /// Two cells of the row name different doors.
    ///
    /// The building column says 3 and the address `5栋803室`: one of them is wrong, and the household may be
    /// counted at a door where it does not live. The message names the part they disagree about. Values
    /// that only differ in writing, as `3栋` and `三幢` or `803` and `0803`, do not contradict each other.
    ///
    /// ---
    /// 同一行的两格写了不同的住处。
    ///
    /// 楼栋一列写 3，地址却写 `5栋803室`：必有一处写错，这一户可能被记到别处。提示会指出哪一部分不一致。
    /// 只是写法不同的，如 `3栋` 与 `三幢`、`803` 与 `0803`，不算不一致。
    pub struct AddressConflict("GC019", "address-conflict", Error);
}

impl Rule for AddressConflict {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        for (field, fault) in &entry.door.faults {
            let DoorFault::Contradicts(contradiction) = fault else {
                continue;
            };
            // What stands before the building may be anything, a name too.
            let may_repeat =
                contradiction.part != Part::Prefix && found.shown(entry, *field).is_some();
            let message = if may_repeat {
                contradiction.text()
            } else {
                let part = contradiction.part;
                Text::new(
                    format!("{}应前后一致，实为两处不同", part.label(Lang::Zh)),
                    format!(
                        "expected one {}, found two different ones",
                        part.label(Lang::En)
                    ),
                )
            };
            let advice = Text::fixed(
                "与同一行的其他列不符，请核对哪一处正确",
                "another column of this row says otherwise; please check which is right",
            );
            found.cell(Self::INFO, entry, *field, Said::new(message, advice));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn the_part_and_both_values_are_named() {
        let found = only("address-conflict", Level::Household, "楼栋|房号\n3|5栋803");
        assert_eq!(found[0].place.to_string(), "B2");
        says(
            &found[0],
            "楼栋应前后一致，实为一处“3栋”、另一处“5栋”；与同一行的其他列不符，请核对哪一处正确",
            "expected one building, found `3栋` in one place and `5栋` in another; \
             another column of this row says otherwise; please check which is right",
        );
    }

    #[test]
    fn what_stands_before_the_building_is_not_repeated() {
        let found = only(
            "address-conflict",
            Level::Household,
            "楼栋|地址\n金鼎大厦|李四光家3栋803",
        );
        assert_eq!(found[0].message.zh, "小区应前后一致，实为两处不同");
    }

    #[test]
    fn two_ways_of_writing_one_door_are_silent() {
        assert_eq!(
            only(
                "address-conflict",
                Level::Household,
                "楼栋|地址|房号\n3栋|三幢2单元803|0803"
            ),
            []
        );
    }
}
