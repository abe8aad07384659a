//! TOML to life events, each fault with its line.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use super::{Basis, Effective, Event, EventsError, Moment, Precision, Steps};
use crate::code::ResidentLetter;
use crate::household::{Age, Sex};
use crate::lang::Text;

/// Life events, in the order of their file.
///
/// ```
/// use gridcode::reminder::Events;
/// let ours = r#"
/// extends = "hefei"
/// omit = ["free-buses"]
///
/// [event.birthday-100]
/// zh = "百岁祝寿"
/// en = "congratulate on 100 years"
/// age = 100
/// lead-days = 14
/// "#;
/// let events = Events::from_toml(ours, "ours.toml")?;
/// assert!(events.get("free-buses").is_none() && events.get("senior-card").is_some());
/// assert_eq!(events.get("birthday-100").unwrap().lead_days, 14);
///
/// let error = Events::from_toml("[event.x]\nzh = \"甲\"\nage = 300", "ours.toml").unwrap_err();
/// assert_eq!(error.line, 3);
/// # Ok::<(), gridcode::reminder::EventsError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Events {
    name: String,
    title: Text,
    local_letters: Vec<ResidentLetter>,
    all: Vec<Arc<Event>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Raw {
    name: Option<String>,
    title: Option<RawText>,
    extends: Option<Spanned<String>>,
    local_letters: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    omit: Vec<Spanned<String>>,
    #[serde(default)]
    sources: BTreeMap<String, RawText>,
    #[serde(default)]
    event: BTreeMap<Spanned<String>, RawEvent>,
}

/// A text of which one language may be left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawText {
    zh: Option<String>,
    en: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawEvent {
    zh: Option<String>,
    en: Option<String>,
    age: Option<Spanned<u16>>,
    #[serde(default)]
    age_months: Option<Spanned<u16>>,
    steps: Option<Spanned<RawSteps>>,
    cutoff: Option<Spanned<String>>,
    after_birth_months: Option<Spanned<u16>>,
    within_months: Option<Spanned<u16>>,
    #[serde(default)]
    precision: Precision,
    sex: Option<Sex>,
    #[serde(default)]
    local: bool,
    condition: Option<RawText>,
    lead_days: Option<Spanned<u16>>,
    #[serde(default)]
    effective: Effective,
    place: Option<RawText>,
    source: Option<Spanned<String>>,
    valid_from: Option<Spanned<Datetime>>,
    basis: Option<Spanned<Basis>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawSteps {
    born_from: String,
    every: u16,
    most: u16,
}

impl RawText {
    fn text(self) -> Option<Text> {
        both(self.zh, self.en)
    }
}

fn both(zh: Option<String>, en: Option<String>) -> Option<Text> {
    match (zh, en) {
        (Some(zh), Some(en)) => Some(Text::new(zh, en)),
        (Some(one), None) | (None, Some(one)) => Some(Text::new(one.clone(), one)),
        (None, None) => None,
    }
}

/// The longest period in months, and the longest lead in days, that anybody can mean.
const MOST_MONTHS: u16 = Age::OLDEST * 12;
const MOST_DAYS: u16 = 3_660;

impl Events {
    /// Reads a file of events. It may begin with `extends = "hefei"` and then needs only what it adds, replaces or omits;
    /// without that it stands alone. `file` is the name that a fault is reported under.
    ///
    /// # Errors
    /// When the text is not TOML, has a key that no event has, or an event contradicts itself; the error names the line.
    pub fn from_toml(text: &str, file: &str) -> Result<Self, EventsError> {
        Self::load(text, file, Basis::Local)
    }

    pub(super) fn load(text: &str, file: &str, basis: Basis) -> Result<Self, EventsError> {
        // Without the mark first: every span counts from the text that is parsed.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let origin = Origin { text, file, basis };
        let raw: Raw = toml::from_str(text).map_err(|error| {
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            // The name of a type says nothing to who writes the file.
            let said = if message.ends_with("expected u16") {
                Text::fixed(
                    "此处应为 0 至 65535 的整数",
                    "expected a whole number from 0 to 65535",
                )
            } else {
                Text::new(
                    format!("TOML 写法不对：{message}"),
                    format!("not events in TOML: {message}"),
                )
            };
            origin.fault(&error.span().unwrap_or(0..0), said)
        })?;
        let mut events = match &raw.extends {
            None => Self {
                name: String::new(),
                title: Text::default(),
                local_letters: vec![ResidentLetter::A],
                all: Vec::new(),
            },
            Some(name) if name.get_ref() == Self::builtin().name() => Self::builtin().clone(),
            Some(name) => {
                let known = Self::builtin().name();
                let said = Text::new(
                    format!("没有名为“{}”的内置事件；内置的是 {known}", name.get_ref()),
                    format!("no built-in events `{}`; there are {known}", name.get_ref()),
                );
                return Err(origin.fault(&name.span(), said));
            }
        };
        events.name = raw.name.unwrap_or_else(|| "local".to_owned());
        let title = raw.title.and_then(RawText::text);
        events.title = title
            .unwrap_or_else(|| Text::fixed("本社区生活事件", "the community's own life events"));
        if let Some(letters) = raw.local_letters {
            events.local_letters = letters
                .into_iter()
                .map(|letter| origin.letter(&letter))
                .collect::<Result<_, _>>()?;
        }
        for omitted in &raw.omit {
            let at = events
                .all
                .iter()
                .position(|event| event.id == *omitted.get_ref());
            let Some(at) = at else {
                let said = Text::new(
                    format!("没有名为“{}”的事件可以去掉", omitted.get_ref()),
                    format!("no event `{}` that could be omitted", omitted.get_ref()),
                );
                return Err(origin.fault(&omitted.span(), said));
            };
            events.all.remove(at);
        }
        let sources = raw
            .sources
            .into_iter()
            .filter_map(|(key, text)| Some((key, text.text()?)))
            .collect();
        let mut own: Vec<_> = raw.event.into_iter().collect();
        own.sort_by_key(|(id, _)| id.span().start);
        for (id, raw) in own {
            let event = Arc::new(origin.event(&id, raw, &sources)?);
            match events.all.iter_mut().find(|known| known.id == event.id) {
                Some(known) => *known = event,
                None => events.all.push(event),
            }
        }
        Ok(events)
    }

    /// The name of the file's events.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What they are, in a line.
    #[must_use]
    pub fn title(&self) -> &Text {
        &self.title
    }

    /// All events.
    #[must_use]
    pub fn all(&self) -> &[Arc<Event>] {
        &self.all
    }

    /// The event with a name.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Event> {
        self.all
            .iter()
            .map(Arc::as_ref)
            .find(|event| event.id == id)
    }

    /// The resident letters that stand for somebody of this place.
    #[must_use]
    pub fn local_letters(&self) -> &[ResidentLetter] {
        &self.local_letters
    }
}

/// Where the faults of one file are counted from.
struct Origin<'a> {
    text: &'a str,
    file: &'a str,
    /// The basis of an event that does not say its own.
    basis: Basis,
}

type Result<T, E = EventsError> = std::result::Result<T, E>;

impl Origin<'_> {
    fn fault(&self, span: &Range<usize>, message: Text) -> EventsError {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        EventsError {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            message,
        }
    }

    fn letter(&self, letter: &Spanned<String>) -> Result<ResidentLetter> {
        let mut chars = letter.get_ref().chars();
        let only = chars.next().filter(|_| chars.next().is_none());
        only.and_then(ResidentLetter::new).ok_or_else(|| {
            let said = Text::fixed("此处应为一个大写字母 A–Z", "expected one letter A–Z");
            self.fault(&letter.span(), said)
        })
    }

    fn event(
        &self,
        id: &Spanned<String>,
        raw: RawEvent,
        sources: &BTreeMap<String, Text>,
    ) -> Result<Event> {
        let name = id.get_ref();
        let is_name = !name.is_empty()
            && name.chars().count() <= 60
            && name
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
        if !is_name {
            let said = Text::fixed(
                "事件名应为 60 个以内的字母、数字或 -",
                "expected a name of at most 60 letters, digits or `-`",
            );
            return Err(self.fault(&id.span(), said));
        }
        let moment = self.moment(id, &raw)?;
        let valid_from = raw
            .valid_from
            .as_ref()
            .map(|day| self.date(day))
            .transpose()?;
        let source = raw
            .source
            .as_ref()
            .map(|key| self.source(key, sources))
            .transpose()?;
        let basis = raw
            .basis
            .as_ref()
            .map_or(self.basis, |basis| *basis.get_ref());
        if basis == Basis::Published && source.is_none() {
            let said = Text::fixed(
                "basis = \"published\" 须写明 source",
                "basis = \"published\" needs a source",
            );
            return Err(self.fault(&raw.basis.map_or(id.span(), |basis| basis.span()), said));
        }
        let title = both(raw.zh, raw.en).ok_or_else(|| {
            let said = Text::fixed(
                "须写明 zh 或 en（事件的名称）",
                "needs zh or en, what the event is called",
            );
            self.fault(&id.span(), said)
        })?;
        Ok(Event {
            id: name.clone(),
            title,
            moment,
            precision: raw.precision,
            sex: raw.sex,
            local: raw.local,
            condition: raw.condition.and_then(RawText::text),
            lead_days: self
                .at_most(raw.lead_days.as_ref(), MOST_DAYS)?
                .unwrap_or(0),
            within_months: self.at_most(raw.within_months.as_ref(), MOST_MONTHS)?,
            effective: raw.effective,
            place: raw.place.and_then(RawText::text).unwrap_or_default(),
            source: source.unwrap_or_default(),
            valid_from,
            basis,
        })
    }

    fn moment(&self, id: &Spanned<String>, raw: &RawEvent) -> Result<Moment> {
        let age = self.at_most(raw.age.as_ref(), Age::OLDEST)?;
        let more = self.at_most(raw.age_months.as_ref(), MOST_MONTHS)?;
        let after = self.at_most(raw.after_birth_months.as_ref(), MOST_MONTHS)?;
        let is_age = age.is_some() || more.is_some();
        match (is_age, after, &raw.cutoff) {
            (true, None, None) => Ok(Moment::Age {
                months: (age.unwrap_or(0) * 12 + more.unwrap_or(0)).min(MOST_MONTHS),
                steps: raw
                    .steps
                    .as_ref()
                    .map(|steps| self.steps(steps))
                    .transpose()?,
            }),
            (true, None, Some(cutoff)) if more.is_none() && raw.steps.is_none() => {
                let (month, day) = self.cutoff(cutoff)?;
                let years = age.unwrap_or(0);
                Ok(Moment::Cutoff { years, month, day })
            }
            (false, Some(months), None) if raw.steps.is_none() => Ok(Moment::AfterBirth { months }),
            _ => {
                let said = Text::fixed(
                    "须写明到期的时间：age（可加 age-months、steps），或 age 加 cutoff，或 after-birth-months，三者取一",
                    "needs one way to come due: age (with age-months or steps), or age with cutoff, or after-birth-months",
                );
                Err(self.fault(&id.span(), said))
            }
        }
    }

    fn at_most(&self, number: Option<&Spanned<u16>>, most: u16) -> Result<Option<u16>> {
        match number {
            Some(number) if *number.get_ref() > most => {
                let found = number.get_ref();
                let said = Text::new(
                    format!("此处应为不大于 {most} 的数，实为 {found}"),
                    format!("expected at most {most}, found {found}"),
                );
                Err(self.fault(&number.span(), said))
            }
            number => Ok(number.map(|number| *number.get_ref())),
        }
    }

    fn steps(&self, raw: &Spanned<RawSteps>) -> Result<Steps> {
        let RawSteps {
            born_from,
            every,
            most,
        } = raw.get_ref();
        let month = born_from.split_once('-').and_then(|(year, month)| {
            let (year, month) = (year.parse().ok()?, month.parse().ok()?);
            Date::new(year, month, 1).ok()
        });
        match month {
            Some(month) if *every > 0 && *most <= MOST_MONTHS => Ok(Steps {
                born_from: (month.year(), month.month()),
                every: *every,
                most: *most,
            }),
            _ => {
                let said = Text::fixed(
                    "此处应为 { born-from = \"1965-01\", every = 4, most = 36 } 这样的写法",
                    "expected steps such as { born-from = \"1965-01\", every = 4, most = 36 }",
                );
                Err(self.fault(&raw.span(), said))
            }
        }
    }

    /// A day that every year has.
    fn cutoff(&self, raw: &Spanned<String>) -> Result<(i8, i8)> {
        let day = raw.get_ref().split_once('-').and_then(|(month, day)| {
            let (month, day) = (month.parse().ok()?, day.parse().ok()?);
            Date::new(2001, month, day).ok().map(|_| (month, day))
        });
        day.ok_or_else(|| {
            let said = Text::fixed(
                "此处应为每年都有的一天，如 \"08-31\"",
                "expected a day that every year has, such as \"08-31\"",
            );
            self.fault(&raw.span(), said)
        })
    }

    fn date(&self, raw: &Spanned<Datetime>) -> Result<Date> {
        let value = raw.get_ref();
        let date = value
            .date
            .filter(|_| value.time.is_none())
            .and_then(|date| {
                let year = i16::try_from(date.year).ok()?;
                let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
                Date::new(year, month, day).ok()
            });
        date.ok_or_else(|| {
            let said = Text::fixed(
                "此处应为日期，如 2025-01-01",
                "expected a date such as 2025-01-01",
            );
            self.fault(&raw.span(), said)
        })
    }

    fn source(&self, key: &Spanned<String>, sources: &BTreeMap<String, Text>) -> Result<Text> {
        sources.get(key.get_ref()).cloned().ok_or_else(|| {
            let said = Text::new(
                format!("[sources] 中没有“{}”", key.get_ref()),
                format!("[sources] has no `{}`", key.get_ref()),
            );
            self.fault(&key.span(), said)
        })
    }
}
