//! A list of households or residents, counted by building, entrance and floor.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Finding, Kind, Sink};
use super::listing::{Community, Count, Draft, Dwelling, Seat, entrance_text};
use super::name::Name;
use super::{SurveyError, number};
use crate::address::{Key, Unit};
use crate::census::{self, Account, Options, Told};
use crate::diagnostic::{Diagnostic, Severity};
use crate::household::{Entry, Level};
use crate::lang::Text;
use crate::row::{Field, Place};
use crate::table::Source;

/// The flag of those who need priority service.
const PRIORITY: u8 = 8;

/// What a list comes to.
pub(super) struct Counted {
    pub(super) communities: Vec<Community>,
    pub(super) seats: BTreeMap<(usize, u64), Seat>,
    pub(super) account: Account,
    pub(super) undivided: u64,
    pub(super) twice: u64,
}

/// Counts a list.
pub(super) fn count(
    source: &Source,
    options: &Options<'_>,
    priority_weight: u32,
    sink: &mut dyn FnMut(Diagnostic),
    findings: &mut Sink<'_>,
) -> Result<Counted, SurveyError> {
    let mut draft = Draft::default();
    let mut met: BTreeSet<Key> = BTreeSet::new();
    let (mut undivided, mut twice, mut unknown) = (0_u64, 0_u64, 0_u64);
    let mut first_undivided = None;
    let mut take = |told: Told<'_>| {
        let entry = told.entry;
        let at = (told.sheet, told.household.row);
        let (community, estate) = entry.door.names();
        let Some(name) = name_of(entry, estate) else {
            undivided += 1;
            let fields = [Field::Building, Field::Address];
            first_undivided.get_or_insert(Place {
                row: told.household.row,
                column: fields.into_iter().find_map(|field| entry.columns.of(field)),
                ..Place::default()
            });
            return;
        };
        let key = entry
            .door
            .key()
            .filter(|_| entry.door.tells_households_apart());
        let is_new = key.is_none_or(|key| met.insert(key));
        // A door that was met is the same household again, in another sheet too.
        let is_twice = told.household.earlier.is_some() || !is_new;
        twice += u64::from(is_twice);
        let count = if is_twice {
            Count::default()
        } else {
            count_of(&told, priority_weight)
        };
        unknown += u64::from(count.unknown);
        draft.add(
            at,
            Dwelling {
                community,
                name,
                entrance: entry.door.door.entrance.as_ref().map(entrance_text),
                floor: floor_of(entry),
                count,
                is_part: false,
            },
        );
    };
    let account = census::each(source, options, &mut take, sink)
        .map_err(|error| SurveyError::table(source.name(), error))?;
    if let Some(place) = first_undivided {
        findings(no_building(source.name(), place, undivided));
    }
    let (communities, seats) = draft.finish();
    let households: u64 = communities
        .iter()
        .map(|community| u64::from(community.count().households))
        .sum();
    if unknown > 0 {
        findings(no_residents(source.name(), unknown, unknown == households));
    }
    Ok(Counted {
        communities,
        seats,
        account,
        undivided,
        twice,
    })
}

/// The building of a row: what the door says, or a building with a name and no number.
pub(crate) fn name_of(entry: &Entry<'_>, estate: &str) -> Option<Name> {
    let door = &entry.door.door;
    Name::of_door(estate, door).or_else(|| {
        entry.text(Field::Building)?;
        let named = door.prefix.as_deref()?;
        Some(Name::of_text(estate, named))
    })
}

pub(crate) fn count_of(told: &Told<'_>, priority_weight: u32) -> Count {
    let (entry, household) = (told.entry, told.household);
    let stated = household.facts.stated_residents.map(u32::from);
    let residents = match household.level {
        Level::Person => Some(stated.unwrap_or(household.facts.rows)),
        Level::Household => stated,
    };
    let flagged = household.facts.flags.contains(PRIORITY)
        || household
            .code
            .is_some_and(|(code, _)| code.flags.contains(PRIORITY));
    let weight = entry
        .text(Field::Weight)
        .and_then(|text| number::count(text).ok())
        .map(|weight| weight.clamp(1, 1000));
    Count {
        households: 1,
        residents: residents.unwrap_or(0),
        unknown: u32::from(residents.is_none()),
        priority: u32::from(flagged || weight.is_some_and(|weight| weight > 1)),
        work: weight.unwrap_or(if flagged { priority_weight } else { 1 }),
    }
}

/// The floor as the list says it, or as the number of the room does: 803 is on the eighth.
pub(crate) fn floor_of(entry: &Entry<'_>) -> Option<i16> {
    let door = &entry.door.door;
    let stated = door.floor.map(crate::address::Floor::number);
    let column = || entry.text(Field::Floor).and_then(floor_in_words);
    stated
        .or_else(column)
        .or_else(|| of_unit(door.unit.as_ref()?))
}

/// `8`, `8层`, `8楼`, `8F`, `-1`, `负一层`, `B1`.
fn floor_in_words(text: &str) -> Option<i16> {
    let upper = text.trim().to_uppercase();
    let bare = upper
        .trim_end_matches(['层', '楼', 'F'])
        .trim_start_matches('第');
    let below = bare
        .strip_prefix(['-', '负', 'B'])
        .or_else(|| bare.strip_prefix("地下"));
    let number = number::count(below.unwrap_or(bare)).ok()?;
    let number = i16::try_from(number).ok().filter(|number| *number <= 200)?;
    Some(if below.is_some() { -number } else { number })
}

pub(crate) fn of_unit(unit: &Unit) -> Option<i16> {
    let text = unit.text();
    let below = text.strip_prefix('负');
    let text = below.unwrap_or(text);
    let digits = text
        .split(|c: char| !c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    let number: i16 = digits.parse().ok()?;
    let is_pair = text
        .get(digits.len()..)
        .is_some_and(|rest| rest.starts_with('-'));
    let floor = match digits.len() {
        1 | 2 if is_pair => number,
        3 | 4 => number / 100,
        _ => return None,
    };
    (floor > 0).then_some(if below.is_some() { -floor } else { floor })
}

fn no_building(file: &str, place: Place, count: u64) -> Finding {
    let at = place.name();
    Finding {
        kind: Kind::NoBuilding,
        severity: Severity::Error,
        file: file.to_owned(),
        message: Text::new(
            format!("{count} 户的楼栋无法确定（首处 {at}），没有划入任何网格"),
            format!(
                "the building is not known for {count} of the households, first at {at}: they are in no grid"
            ),
        ),
        advice: Text::fixed(
            "请补全楼栋，如 3栋；逐格的问题见 gridcode validate",
            "please fill the building in, such as `3栋`; `gridcode validate` names every cell",
        ),
        place,
    }
}

fn no_residents(file: &str, count: u64, is_all: bool) -> Finding {
    let message = if is_all {
        Text::fixed(
            "名单没有写明各户人数：只按户数划分，人数标准没有用上",
            "the list does not say how many residents the households have: the limits of residents are left out",
        )
    } else {
        Text::new(
            format!("{count} 户没有写明人数：按本社区其余各户的平均人数计算"),
            format!(
                "{count} households do not say how many residents they have: the mean of the community's others is taken"
            ),
        )
    };
    Finding {
        kind: Kind::NoResidents,
        severity: Severity::Warning,
        file: file.to_owned(),
        place: Place::default(),
        message,
        advice: Text::fixed(
            "请加上“人数”一列；一行一人的名单可用 --level person",
            "add a column `residents`; for a list with a row for each resident, say --level person",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_are_told_by_column_or_room() {
        for (text, floor) in [
            ("8", Some(8)),
            ("8层", Some(8)),
            ("第8层", Some(8)),
            ("12F", Some(12)),
            ("-1", Some(-1)),
            ("B2", Some(-2)),
            ("负1层", Some(-1)),
            ("顶层", None),
            ("", None),
        ] {
            assert_eq!(floor_in_words(text), floor, "{text}");
        }
        // Of two ways to read `27-7` it is the first that leaves it whole.
        let room = |text| {
            let reading = Unit::parse_column(text).unwrap();
            of_unit(reading.doors()[0].unit.as_ref().unwrap())
        };
        assert_eq!(room("803"), Some(8));
        assert_eq!(room("0803"), Some(8));
        assert_eq!(room("1203"), Some(12));
        assert_eq!(room("27-7"), Some(27));
        assert_eq!(room("5"), None);
    }
}
