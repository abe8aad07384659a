//! Rule GC018: an address cell that may mean several doors.

use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::address::Door;
use crate::household::{DoorFault, Entry};
use crate::lang::{Lang, Text};

rule! {
    /// The address can mean several doors.
    ///
    /// `2-803` is unit 803 of building 2 to one writer, and of entrance 2 to another. Where another column of the
    /// row decides it, nothing is reported; otherwise the possible doors are named, and none of them is
    /// chosen. Write the words: `2栋803室` or `2单元803室`.
    ///
    /// ---
    /// 地址可能指几个不同的住处。
    ///
    /// `2-803` 有人指2栋803，有人指2单元803。同一行的其他列能够确定时不作提示；
    /// 不能确定时列出可能的住处，不替人选择。请写明：`2栋803室` 或 `2单元803室`。
    pub struct AddressAmbiguous("GC018", "address-ambiguous", Warning);
}

/// More candidates would not help anybody.
const MOST_NAMED: usize = 4;

impl Rule for AddressAmbiguous {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        for (field, fault) in &entry.door.faults {
            let DoorFault::Ambiguous(doors) = fault else {
                continue;
            };
            // What stands before the building may be anything, a name too.
            let doors: Vec<Text> = doors
                .iter()
                .take(MOST_NAMED)
                .map(|door| {
                    Door {
                        prefix: None,
                        ..door.clone()
                    }
                    .describe()
                })
                .collect();
            let said = |lang: Lang| {
                let each: Vec<&str> = doors.iter().map(|door| door.get(lang)).collect();
                each.join(lang.pick("；或 ", "; or "))
            };
            let message = Text::new(
                format!("此处应为一个住处，实有几种读法：{}", said(Lang::Zh)),
                format!(
                    "expected one door, found a text with several readings: {}",
                    said(Lang::En)
                ),
            );
            let advice = Text::fixed(
                "请写明“栋”“单元”，如 3栋2单元803室",
                "write the words for building and entrance, as in `3栋2单元803室`",
            );
            found.cell(Self::INFO, entry, *field, Said::new(message, advice));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn every_possible_door_is_named_and_none_is_chosen() {
        let found = only("address-ambiguous", Level::Household, "地址\n2-803");
        says(
            &found[0],
            "此处应为一个住处，实有几种读法：楼栋2，房号803；或 单元2，房号803；请写明“栋”“单元”，如 3栋2单元803室",
            "expected one door, found a text with several readings: building 2, room 803; or entrance 2, room 803; \
             write the words for building and entrance, as in `3栋2单元803室`",
        );
        assert_eq!(found[0].fix, None);
    }

    #[test]
    fn another_column_that_decides_makes_it_silent() {
        assert_eq!(
            only(
                "address-ambiguous",
                Level::Household,
                "楼栋|地址\n3栋|2-803"
            ),
            []
        );
        assert_eq!(
            only("address-ambiguous", Level::Household, "地址\n3-2-803"),
            []
        );
    }
}
