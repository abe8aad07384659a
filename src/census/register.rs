//! The register of a person-level list: every household in few bytes, found by the digest of where its rows belong.

use std::collections::BTreeMap;
use std::fmt;

use super::index::KeyIndex;
use crate::household::{Earlier, Household, Packed, Statement};

/// The households met so far, each with what its rows say together, in the order of their first rows.
///
/// # Memory
///
/// At most 64 bytes a household: 24 in the index of keys and 40 packed. Outside of this stand those that do not fit into 40
/// bytes, such as a household with two different codes, which take some 200 bytes more.
#[derive(Default)]
pub(super) struct Register {
    /// The number of each household, by its key.
    index: KeyIndex,
    /// Taken in pieces of one size, so that none is ever moved.
    pages: Vec<Vec<Packed>>,
    unpackable: BTreeMap<u64, Household>,
    len: u64,
    /// The digest of each household, where they are kept; 0 where its row does not tell which household it is.
    digests: Option<Vec<u128>>,
    /// The household of the row before: most rows go on with it.
    open: Option<Open>,
}

/// How many, and not who.
impl fmt::Debug for Register {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Register")
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}

struct Open {
    digest: u128,
    number: u64,
    household: Household,
}

/// Households in a page, 40 KiB.
const PAGE: u64 = 1 << 10;

impl Register {
    /// A register that gives the digests of its households back.
    pub(super) fn keeping_digests() -> Self {
        Self {
            digests: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// The digests of all households, in the order of their first rows, where they are kept.
    pub(super) fn digests(&self) -> &[u128] {
        self.digests.as_deref().unwrap_or_default()
    }

    /// Takes in what a row says, in the order of rows.
    pub(super) fn add(&mut self, digest: u128, statement: &Statement) {
        if let Some(open) = &mut self.open
            && open.digest == digest
        {
            open.household.take(statement);
            return;
        }
        self.close();
        let here = Earlier {
            row: self.len,
            code: None,
        };
        let met = self.index.meet(digest, here);
        let known = met.and_then(|met| Some((met.row, self.at(met.row)?)));
        let (number, household) = if let Some((number, mut household)) = known {
            household.take(statement);
            (number, household)
        } else {
            self.len += 1;
            if let Some(digests) = &mut self.digests {
                let tells = statement.names_household();
                digests.push(if tells { digest } else { 0 });
            }
            (here.row, Household::first(statement))
        };
        self.open = Some(Open {
            digest,
            number,
            household,
        });
    }

    /// Reads what [`add`](Self::add) will need for a row, some rows before.
    pub(super) fn approach(&self, digest: u128) {
        self.index.approach(digest);
    }

    /// Takes notice that the row before was the last, for now.
    pub(super) fn close(&mut self) {
        let Some(Open {
            number, household, ..
        }) = self.open.take()
        else {
            return;
        };
        let packed = match Packed::of(&household) {
            Some(packed) if !self.unpackable.contains_key(&number) => packed,
            _ => {
                self.unpackable.insert(number, household);
                Packed::NOTHING
            }
        };
        let (page, place) = place_of(number);
        if page == self.pages.len() {
            self.pages.push(Vec::with_capacity(page_size()));
        }
        let Some(page) = self.pages.get_mut(page) else {
            return;
        };
        match page.get_mut(place) {
            Some(slot) => *slot = packed,
            None => page.push(packed),
        }
    }

    /// How many households there are.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// The household of a digest, as far as its rows were taken in and it was closed.
    pub(super) fn of(&self, digest: u128) -> Option<Household> {
        self.at(self.index.find(digest)?.row)
    }

    /// All households, in the order of their first rows.
    pub(super) fn households(&self) -> impl Iterator<Item = Household> {
        (0..self.len).filter_map(|number| self.at(number))
    }

    fn at(&self, number: u64) -> Option<Household> {
        if let Some(household) = self.unpackable.get(&number) {
            return Some(household.clone());
        }
        let (page, place) = place_of(number);
        Some(self.pages.get(page)?.get(place)?.household())
    }

    /// The memory held.
    #[cfg(test)]
    fn bytes(&self) -> usize {
        let pages = self.pages.len() * page_size() * size_of::<Packed>();
        let unpackable = self.unpackable.len() * size_of::<(u64, Household)>() * 2;
        let outer = self.pages.capacity() * size_of::<Vec<Packed>>();
        size_of::<Self>() + self.index.bytes() + pages + outer + unpackable
    }
}

fn page_size() -> usize {
    usize::try_from(PAGE).unwrap_or(usize::MAX)
}

/// Which page, and which place in it.
fn place_of(number: u64) -> (usize, usize) {
    let small = |number| usize::try_from(number).unwrap_or(usize::MAX);
    (small(number / PAGE), small(number % PAGE))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;
    use twox_hash::XxHash3_128;

    use super::*;
    use crate::codebook::Codebook;
    use crate::household::{Entry, Level};
    use crate::row::{Column, Columns, Field, Row};

    fn mixed(number: u64) -> u128 {
        XxHash3_128::oneshot(&number.to_le_bytes())
    }

    /// What a resident's row says.
    fn statement(number: u64, cells: [&str; 5]) -> Statement {
        let fields = [
            Field::GridCode,
            Field::ResidentType,
            Field::Tenure,
            Field::Relation,
            Field::Age,
        ];
        let column = |field: Field| Column {
            header: field.key().to_owned(),
            field: Some(field),
        };
        let columns = Columns::new(fields.map(column).into());
        let row = Row::of(number, cells);
        let codebook = Codebook::shushan();
        let entry = Entry::read(&row, &columns, number, Level::Person, codebook);
        Statement::of(&entry, codebook, date(2026, 11, 1))
    }

    fn any_cells() -> impl Strategy<Value = [&'static str; 5]> {
        let cell = |texts: &'static [&'static str]| prop::sample::select(texts);
        let cells = (
            cell(&["803Aa", "803Aa", "803Bb8", "", "８０３Aa", "x"]),
            cell(&["常住人口", "流动人口", "空挂户", ""]),
            cell(&["自购房", "出租房", "借住", ""]),
            cell(&["户主", "子", "租客", ""]),
            cell(&["40", "85", ""]),
        );
        cells.prop_map(|(a, b, c, d, e)| [a, b, c, d, e])
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]
        #[test]
        fn it_says_what_a_map_of_whole_households_says(
            rows in prop::collection::vec((0..40_u64, any_cells()), 0..300)
        ) {
            let mut register = Register::default();
            let mut map: Vec<(u128, Household)> = Vec::new();
            for ((home, cells), number) in rows.into_iter().zip(1..) {
                let (digest, statement) = (mixed(home), statement(number, cells));
                register.approach(digest);
                register.add(digest, &statement);
                match map.iter_mut().find(|(known, _)| *known == digest) {
                    Some((_, household)) => household.take(&statement),
                    None => map.push((digest, Household::first(&statement))),
                }
            }
            register.close();
            prop_assert_eq!(register.len(), map.len() as u64);
            for (digest, household) in &map {
                prop_assert_eq!(register.of(*digest), Some(household.clone()));
            }
            prop_assert!(register.households().eq(map.into_iter().map(|(_, household)| household)));
            prop_assert_eq!(register.of(mixed(1_000)), None);
        }
    }

    #[test]
    fn it_holds_at_most_64_bytes_a_household_and_64_kibibytes_at_every_length() {
        let mut register = Register::default();
        let mut said = statement(1, ["803Aa8", "常住人口", "自购房", "户主", "85"]);
        for number in 1..=1_000_000 {
            (said.row, said.record) = (3 * number, 3 * number - 1);
            register.add(mixed(number), &said);
            if number % 1000 == 0 || number < 1000 {
                let households = usize::try_from(number).unwrap();
                let most = 64 * households + (64 << 10);
                assert!(
                    register.bytes() <= most,
                    "{} for {number}",
                    register.bytes()
                );
            }
        }
        register.close();
        assert_eq!(register.len(), 1_000_000);
        assert!(register.unpackable.is_empty());
        let (row, number) = (3 * 7, 7);
        assert_eq!(
            register.of(mixed(number)).map(|household| household.row),
            Some(row)
        );
    }
}
