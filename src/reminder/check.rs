//! Why a reminder says "check" and not "apply".

use crate::lang::Text;

/// What has to be found out before anything is applied for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// The event needs local registration, and the list says floating population.
    Floating,
    /// The event needs local registration, and the list does not say of which kind the resident is.
    RegistrationUnknown,
    /// The list tells only the month or the year of birth.
    DayUnknown,
    /// The event concerns one sex, and the list does not tell which.
    SexUnknown,
    /// The event concerns only those of whom this is true, which no list tells.
    Condition(Text),
}

impl Check {
    /// The word in JSON.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Floating => "floating",
            Self::RegistrationUnknown => "registration-unknown",
            Self::DayUnknown => "day-unknown",
            Self::SexUnknown => "sex-unknown",
            Self::Condition(_) => "condition",
        }
    }

    /// What to find out.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::Floating => Text::fixed(
                "须本地户籍，名单为非本地（流动）人口",
                "needs local registration, and the list says floating population",
            ),
            Self::RegistrationUnknown => Text::fixed(
                "须本地户籍，名单没有写明居住类型",
                "needs local registration, of which the list says nothing",
            ),
            Self::DayUnknown => Text::fixed(
                "名单没有写明出生的日子，请核实到期日",
                "the list does not tell the day of birth: please ask for the day",
            ),
            Self::SexUnknown => Text::fixed("名单没有写明性别", "the list does not tell the sex"),
            Self::Condition(whom) => Text::new(
                format!("仅适用于{}", whom.zh),
                format!("only for {}", whom.en),
            ),
        }
    }
}
