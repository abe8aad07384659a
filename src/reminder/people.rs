//! How well the residents' dates of birth are known: what can come due for how many of them.

use std::fmt::Write as _;

use crate::household::{Age, Birth, Entry};
use crate::lang::Text;

/// The residents of a list by what it says of their birth; each is counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Everybody.
    pub residents: u64,
    /// Born on a known day.
    pub day: u64,
    /// In a known month.
    pub month: u64,
    /// In a known year.
    pub year: u64,
    /// Only an age is stated: on which day it rises is not known.
    pub age_only: u64,
    /// A date or ID number is written that cannot be read or cannot be.
    pub unreadable: u64,
    /// Nothing is said.
    pub nothing: u64,
    /// Listed once more with the same ID number, and told once.
    pub twice: u64,
}

impl People {
    /// Counts a row; gives the date of birth where one is known that can be.
    pub(super) fn count(&mut self, entry: &Entry<'_>, on: jiff::civil::Date) -> Option<Birth> {
        self.residents += 1;
        let birth = entry.born().filter(|birth| {
            let age = birth.age_on(on);
            age.is_none_or(|age| age.low <= Age::OLDEST)
        });
        let count = match birth {
            Some(Birth::Day(_)) => &mut self.day,
            Some(Birth::Month(..)) => &mut self.month,
            Some(Birth::Year(_)) => &mut self.year,
            None if matches!(entry.age, Some(Ok(_))) => &mut self.age_only,
            None if entry.birth.is_some() || entry.id.is_some() => &mut self.unreadable,
            None => &mut self.nothing,
        };
        *count += 1;
        birth
    }

    /// What a user has to know of those for whom something could be missed, a line each.
    #[must_use]
    pub fn notes(&self) -> Vec<Text> {
        let mut notes = Vec::new();
        let mut say = |count: u64, zh: &str, one: &str, many: &str| {
            if count > 0 {
                let who = if count == 1 { one } else { many };
                notes.push(Text::new(
                    format!("{count} 人{zh}"),
                    format!("{count} {who}"),
                ));
            }
        };
        say(
            self.nothing,
            "没有出生日期：无法推算任何到期事项",
            "resident has no birth date: nothing can come due for them",
            "residents have no birth date: nothing can come due for them",
        );
        say(
            self.age_only,
            "只有年龄、没有出生日期：不知道哪一天满多少岁，无法推算到期事项",
            "resident has an age and no birth date: on which day it rises is not known, and nothing can come due",
            "residents have an age and no birth date: on which day it rises is not known, and nothing can come due",
        );
        say(
            self.unreadable,
            "的出生日期或身份证号有误：无法推算到期事项，请先改正",
            "resident has a birth date or ID number that cannot be right: nothing can come due until it is corrected",
            "residents have a birth date or ID number that cannot be right: nothing can come due until it is corrected",
        );
        say(
            self.month,
            "的出生日期只到月：到期日写到月，须核实",
            "resident has only a month of birth: what comes due is told by the month, to be checked",
            "residents have only a month of birth: what comes due is told by the month, to be checked",
        );
        say(
            self.year,
            "的出生日期只到年：到期日写到年，须核实；范围涉及该年的每次提醒都会列出",
            "resident has only a year of birth: what comes due is told by the year, to be checked, in every range that meets that year",
            "residents have only a year of birth: what comes due is told by the year, to be checked, in every range that meets that year",
        );
        say(
            self.twice,
            "以同一身份证号重复登记：只提醒一次",
            "resident is listed again with the same ID number, and told once",
            "residents are listed again with the same ID number, and told once",
        );
        notes
    }

    /// How many there are, in a line.
    #[must_use]
    pub fn summary(&self) -> Text {
        let mut en = format!(
            "{} resident{}",
            self.residents,
            if self.residents == 1 { "" } else { "s" }
        );
        let _ = write!(en, ", {} born on a known day", self.day);
        Text::new(
            format!(
                "居民 {} 人，其中出生日期明确的 {} 人",
                self.residents, self.day
            ),
            en,
        )
    }
}
