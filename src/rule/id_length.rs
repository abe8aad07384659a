//! Rule GC023: an ID number of the wrong length, or with wrong characters.

use super::id_cell::id_faults;
use super::page::rule;
use super::{Context, Findings, Info, Rule, Said};
use crate::household::{Entry, IdFault};
use crate::lang::Text;

rule! {
    /// The ID number has not 18 sound characters.
    ///
    /// By GB 11643-1999 an ID number has 17 digits and a check character, a digit or X. A number of 15 digits
    /// is the old form, invalid since 2013. Other papers, as passports and travel permits, are not checked,
    /// and placeholders such as `111111111111111111` count as missing.
    ///
    /// The number itself is never shown: only its length and the place of a wrong character are.
    ///
    /// ---
    /// 身份证号不是18位，或含有不该有的字符。
    ///
    /// 按 GB 11643-1999，身份证号由17位数字和1位校验码（数字或 X）组成。15位的是旧号，2013年起停用。
    /// 护照、通行证等其他证件不作检查；`111111111111111111` 之类的占位值视为未填。
    ///
    /// 提示从不显示号码本身，只说明位数和不该有的字符在第几位。
    pub struct IdLength("GC023", "id-length", Error);
}

impl Rule for IdLength {
    fn info(&self) -> &'static Info {
        Self::INFO
    }

    fn row(&self, entry: &Entry<'_>, _context: &Context<'_>, found: &mut Findings<'_>) {
        for (field, fault) in id_faults(entry) {
            let message = match fault {
                IdFault::Length(18) => Text::fixed(
                    "身份证号应为17位数字加1位数字或 X，实有其他字符",
                    "expected 17 digits and a digit or X as ID number, found other characters",
                ),
                IdFault::Length(length) => Text::new(
                    format!("身份证号应为18位，实为{length}位"),
                    format!("expected 18 characters as ID number, found {length}"),
                ),
                IdFault::Old => Text::fixed(
                    "身份证号应为18位，实为15位的旧号（2013年起停用）",
                    "expected 18 characters as ID number, found the old form of 15 digits, invalid since 2013",
                ),
                IdFault::Character(18) => Text::fixed(
                    "身份证号第18位应为数字或 X，实为其他字符",
                    "expected a digit or X as character 18 of the ID number, found another character",
                ),
                IdFault::Character(position) => Text::new(
                    format!("身份证号第{position}位应为数字，实为其他字符"),
                    format!(
                        "expected a digit as character {position} of the ID number, found another character"
                    ),
                ),
                _ => continue,
            };
            let advice = Text::fixed("请对照证件改正", "please correct it from the card");
            found.cell(Self::INFO, entry, field, Said::new(message, advice));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::rule::sample::{Level, only, says};

    #[test]
    fn length_and_place_are_told_and_never_the_number() {
        let list = "姓名|身份证号\n甲|9901001967092700\n乙|110105491231002\n丙|99O100196709270019\n丁|99010019670927001Y\n戊|９９０１００１９６７０９２７００１９";
        let found = only("id-length", Level::Person, list);
        let said: Vec<_> = found
            .iter()
            .map(|found| found.message.zh.as_ref())
            .collect();
        assert_eq!(
            said,
            [
                "身份证号应为18位，实为16位",
                "身份证号应为18位，实为15位的旧号（2013年起停用）",
                "身份证号第3位应为数字，实为其他字符",
                "身份证号第18位应为数字或 X，实为其他字符",
                "身份证号应为17位数字加1位数字或 X，实有其他字符",
            ]
        );
        assert!(found.iter().all(|found| found.value.is_none()));
        says(
            &found[0],
            "身份证号应为18位，实为16位；请对照证件改正",
            "expected 18 characters as ID number, found 16; please correct it from the card",
        );
    }

    #[test]
    fn sound_numbers_other_papers_and_placeholders_are_silent() {
        let list = "姓名|身份证号\n甲|11010519491231002x\n乙|E12345678\n丙|111111111111111111\n丁|";
        assert_eq!(only("id-length", Level::Person, list), []);
    }

    #[test]
    fn the_heads_number_is_checked_beside_a_residents() {
        let list = "身份证号|户主身份证号\n11010519491231002X|1101051949123100";
        let found = only("id-length", Level::Person, list);
        assert_eq!(found[0].place.to_string(), "B2");
    }
}
