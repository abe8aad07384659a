//! The user's word on rules: deny, warn, allow; and whether values may be shown.

use std::collections::BTreeMap;

use super::find;
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::rule::Info;

/// What a user makes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Its findings are errors.
    Deny,
    /// Its findings are warnings.
    Warn,
    /// It is not reported.
    Allow,
}

/// A rule name that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no rule is called `{name}`")]
pub struct UnknownRule {
    /// The name as given.
    pub name: String,
    /// The nearest existing name.
    pub nearest: Option<&'static str>,
}

impl UnknownRule {
    /// The sentence for a user.
    #[must_use]
    pub fn message(&self) -> Text {
        match self.nearest {
            Some(nearest) => Text::new(
                format!("没有名为“{}”的规则，是不是 {nearest}？", self.name),
                format!(
                    "no rule is called `{}`; did you mean `{nearest}`?",
                    self.name
                ),
            ),
            None => Text::new(
                format!(
                    "没有名为“{}”的规则；gridcode explain --all 列出全部规则",
                    self.name
                ),
                format!(
                    "no rule is called `{}`; `gridcode explain --all` lists them",
                    self.name
                ),
            ),
        }
    }
}

/// Which rules count for how much, and whether cell values may leave the program.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    levels: BTreeMap<&'static str, Level>,
    /// Whether personal values may be shown: the user's explicit word.
    pub show_values: bool,
    /// Whether every code of the list is about to be replaced.
    pub(crate) renews_codes: bool,
}

impl Settings {
    /// Sets the level of a rule, named by name or number.
    ///
    /// # Errors
    /// When there is no such rule.
    pub fn set(&mut self, rule: &str, level: Level) -> Result<(), UnknownRule> {
        let unknown = || UnknownRule {
            name: rule.to_owned(),
            nearest: nearest(rule),
        };
        let info = find(rule).ok_or_else(unknown)?;
        self.levels.insert(info.name, level);
        Ok(())
    }

    /// Lets a rule say nothing, whatever the user said of it: for a command in which it has no meaning.
    pub(crate) fn silence(&mut self, rule: &'static str) {
        self.levels.insert(rule, Level::Allow);
    }

    /// Makes a rule's findings warnings, unless the user has said something else of it.
    pub(crate) fn soften(&mut self, rule: &'static str) {
        self.levels.entry(rule).or_insert(Level::Warn);
    }

    /// The severity of a rule's findings; `None` where it is allowed.
    #[must_use]
    pub fn severity(&self, info: &Info) -> Option<Severity> {
        match self.levels.get(info.name) {
            None => Some(info.severity),
            Some(Level::Deny) => Some(Severity::Error),
            Some(Level::Warn) => Some(Severity::Warning),
            Some(Level::Allow) => None,
        }
    }
}

/// The rule name that shares the longest run of parts with a mistyped one.
fn nearest(name: &str) -> Option<&'static str> {
    let parts: Vec<&str> = name
        .split(['-', '_'])
        .filter(|part| part.len() > 2)
        .collect();
    let shared = |info: &Info| {
        parts
            .iter()
            .filter(|part| info.name.contains(**part))
            .count()
    };
    let best = super::all()
        .iter()
        .map(|rule| rule.info())
        .max_by_key(|info| shared(info))?;
    (shared(best) > 0).then_some(best.name)
}
