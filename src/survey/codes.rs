//! The codes of a list counted by building: letters, flags, and the households without a code.

use std::collections::{BTreeMap, BTreeSet};

use super::households::name_of;
use super::name::{Handle, Name};
use crate::address::Key;
use crate::census::{Options, Told, every_row};
use crate::household::Household;
use crate::row::Field;
use crate::table::{Source, TableError};

/// What the counted codes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Those that stand in the list.
    Written,
    /// The list has no column of codes: those that its households ought to have.
    Derived,
    /// Some sheets have a column of codes, and some do not.
    Both,
}

/// How a building's households are coded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildingCodes {
    /// The community as the list says it; empty where it does not.
    pub community: String,
    /// What the building is called; `None` for the households of which the building is not known.
    pub name: Option<String>,
    /// Its households, each counted once.
    pub households: u64,
    /// How many have which resident and tenure letter: `Aa`.
    pub letters: BTreeMap<String, u64>,
    /// How many have which flag; a household may have several, or none.
    pub flags: BTreeMap<u8, u64>,
    /// How many have no code that can be read, or can be given none.
    pub without: u64,
}

/// The codes of a list, by building.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codes {
    /// What was counted.
    pub origin: Origin,
    /// Buildings in the order in which the list first names them.
    pub buildings: Vec<BuildingCodes>,
    /// The building of each row that was asked about and has a household, by sheet and Excel row.
    pub of_rows: BTreeMap<(usize, u64), usize>,
    /// Rows that are a household listed before, and not counted again.
    pub twice: u64,
}

impl Codes {
    /// The sums of all buildings.
    #[must_use]
    pub fn total(&self) -> BuildingCodes {
        let mut total = BuildingCodes::default();
        for building in &self.buildings {
            total.households += building.households;
            total.without += building.without;
            for (letters, count) in &building.letters {
                *total.letters.entry(letters.clone()).or_default() += count;
            }
            for (flag, count) in &building.flags {
                *total.flags.entry(*flag).or_default() += count;
            }
        }
        total
    }
}

/// Reads a list and counts its codes by building; `rows`, by sheet and Excel row, are those of which the building is
/// wanted. Sheets are counted from 0 among those that hold a table. A household that is listed twice counts once.
///
/// # Errors
/// When the source cannot be read or holds no household table.
///
/// ```
/// use std::collections::BTreeSet;
/// use gridcode::census::Options;
/// use gridcode::codebook::Codebook;
/// use gridcode::survey::{Origin, codes};
/// use gridcode::table::Source;
///
/// let list = "楼栋,房号,网格编码\n3栋,803,803Aa8\n3栋,804,804Ba\n5栋,101,\n";
/// let options = Options::new(Codebook::shushan(), jiff::civil::date(2026, 11, 1));
/// let codes = codes(&Source::bytes("list.csv", list.into()), &options, &BTreeSet::from([(0, 4)]))?;
/// assert_eq!(codes.origin, Origin::Written);
/// assert_eq!(codes.buildings[0].letters["Aa"], 1);
/// assert_eq!(codes.buildings[0].flags[&8], 1);
/// assert_eq!(codes.buildings[codes.of_rows[&(0, 4)]].without, 1);
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
pub fn codes(
    source: &Source,
    options: &Options<'_>,
    rows: &BTreeSet<(usize, u64)>,
) -> Result<Codes, TableError> {
    let mut counting = Counting::default();
    every_row(source, options, &mut |told| counting.take(&told, rows))?;
    Ok(counting.finish())
}

/// A list on its way.
#[derive(Default)]
struct Counting {
    buildings: Vec<Drafted>,
    by_name: BTreeMap<(String, Option<Handle>), usize>,
    /// The building of each household of the sheet in hand that has more rows than its first.
    of_households: BTreeMap<u64, usize>,
    of_rows: BTreeMap<(usize, u64), usize>,
    met: BTreeSet<Key>,
    sheet: usize,
    written: bool,
    derived: bool,
    twice: u64,
}

/// A building, and what it is called with and without its estate.
struct Drafted {
    codes: BuildingCodes,
    name: Option<Name>,
}

impl Counting {
    fn take(&mut self, told: &Told<'_>, rows: &BTreeSet<(usize, u64)>) {
        if told.sheet != self.sheet {
            self.sheet = told.sheet;
            self.of_households.clear();
        }
        let at = (told.sheet, told.entry.row.number());
        let is_first = told.household.row == at.1;
        let building = if is_first {
            Some(self.first(told))
        } else {
            self.of_households.get(&told.household.row).copied()
        };
        if let Some(building) = building.filter(|_| rows.contains(&at)) {
            self.of_rows.insert(at, building);
        }
    }

    /// Counts a household at its first row.
    fn first(&mut self, told: &Told<'_>) -> usize {
        let (entry, household) = (told.entry, told.household);
        let (community, estate) = entry.door.names();
        let name = name_of(entry, estate);
        let handle = name.as_ref().map(|name| name.full.clone());
        let next = self.buildings.len();
        let at = *self
            .by_name
            .entry((community.to_owned(), handle))
            .or_insert(next);
        if at == next {
            self.buildings.push(Drafted {
                codes: BuildingCodes {
                    community: community.to_owned(),
                    ..BuildingCodes::default()
                },
                name,
            });
        }
        if household.facts.rows > 1 {
            self.of_households.insert(household.row, at);
        }
        let key = entry
            .door
            .key()
            .filter(|_| entry.door.tells_households_apart());
        let is_new = key.is_none_or(|key| self.met.insert(key));
        if household.earlier.is_some() || !is_new {
            self.twice += 1;
            return at;
        }
        let has_codes = entry.columns.has(Field::GridCode);
        self.written |= has_codes;
        self.derived |= !has_codes;
        if let Some(drafted) = self.buildings.get_mut(at) {
            drafted.codes.count(household, has_codes);
        }
        at
    }

    fn finish(self) -> Codes {
        // Where all buildings of a list are of one estate, its name says nothing.
        let estates: BTreeSet<Option<&str>> = self
            .buildings
            .iter()
            .filter_map(|drafted| drafted.name.as_ref())
            .map(|name| name.full_text.strip_suffix(name.bare_text.as_str()))
            .collect();
        let is_bare = estates.len() < 2;
        let named = |drafted: Drafted| BuildingCodes {
            name: drafted.name.map(|name| {
                if is_bare {
                    name.bare_text
                } else {
                    name.full_text
                }
            }),
            ..drafted.codes
        };
        Codes {
            origin: match (self.written, self.derived) {
                (true, true) => Origin::Both,
                (false, true) => Origin::Derived,
                (_, false) => Origin::Written,
            },
            buildings: self.buildings.into_iter().map(named).collect(),
            of_rows: self.of_rows,
            twice: self.twice,
        }
    }
}

impl BuildingCodes {
    fn count(&mut self, household: &Household, has_codes: bool) {
        self.households += 1;
        let code = if has_codes {
            let code = household.code.map(|(code, _)| code);
            code.map(|code| (code.resident, code.tenure, code.flags))
        } else {
            let derived = household.facts.derive();
            let letters = derived.resident.ok().zip(derived.tenure.ok());
            // Without a number of the room there is no code either.
            letters
                .filter(|_| household.code_unit.is_some())
                .map(|(resident, tenure)| (resident, tenure, derived.flags))
        };
        let Some((resident, tenure, flags)) = code else {
            self.without += 1;
            return;
        };
        let letters = String::from_iter([resident.as_char(), tenure.as_char()]);
        *self.letters.entry(letters).or_default() += 1;
        for flag in flags.iter() {
            *self.flags.entry(flag).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook::Codebook;

    fn counted(list: &str, rows: &[(usize, u64)]) -> Codes {
        let options = Options::new(Codebook::shushan(), jiff::civil::date(2026, 11, 1));
        let source = Source::bytes("list.csv", list.as_bytes().to_vec());
        codes(&source, &options, &rows.iter().copied().collect()).unwrap()
    }

    fn of(building: &BuildingCodes) -> (Option<&str>, u64, u64, Vec<(&str, u64)>) {
        let letters = building.letters.iter();
        (
            building.name.as_deref(),
            building.households,
            building.without,
            letters
                .map(|(letters, count)| (letters.as_str(), *count))
                .collect(),
        )
    }

    #[test]
    fn buildings_stand_in_the_order_of_the_list_and_no_household_counts_twice() {
        let list = "楼栋,房号,网格编码\n9栋,101,101Aa\n三栋,803,803Aa8\n9栋,102,看不清\n3栋,804,804Ba58\n3栋,803,803Ab\n,805,805Aa\n";
        let codes = counted(list, &[(0, 4), (0, 7)]);
        let all: Vec<_> = codes.buildings.iter().map(of).collect();
        assert_eq!(
            all,
            [
                (Some("9栋"), 2, 1, vec![("Aa", 1)]),
                (Some("3栋"), 2, 0, vec![("Aa", 1), ("Ba", 1)]),
                (None, 1, 0, vec![("Aa", 1)]),
            ]
        );
        assert_eq!(codes.twice, 1);
        assert_eq!(codes.buildings[1].flags, BTreeMap::from([(5, 1), (8, 2)]));
        assert_eq!(codes.total().households, 5);
        assert_eq!(codes.of_rows, BTreeMap::from([((0, 4), 0), ((0, 7), 2)]));
    }

    #[test]
    fn where_no_code_is_written_the_one_that_ought_to_be_counts() {
        let list = "楼栋,房号,居住类型,住房性质\n3栋,803,常住人口,自购房\n3栋,804,流动人口,出租房\n3栋,805,,出租房\n";
        let codes = counted(list, &[]);
        assert_eq!(codes.origin, Origin::Derived);
        assert_eq!(
            of(&codes.buildings[0]),
            (Some("3栋"), 3, 1, vec![("Aa", 1), ("Bb", 1)])
        );
    }

    #[test]
    fn the_rows_of_a_household_are_all_in_its_building() {
        let list = "楼栋,房号,姓名,与户主关系,居住类型,住房性质,出生日期\n3栋,803,甲,户主,常住人口,自购房,1940-01-01\n3栋,803,乙,子,常住人口,自购房,1970-01-01\n5栋,101,丙,户主,流动人口,出租房,1990-01-01\n";
        let codes = counted(list, &[(0, 3)]);
        assert_eq!(codes.total().households, 2);
        assert_eq!(codes.buildings[0].flags, BTreeMap::from([(8, 1)]));
        assert_eq!(codes.of_rows, BTreeMap::from([((0, 3), 0)]));
    }
}
