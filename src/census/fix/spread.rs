//! What is repaired for a household is repaired in all its rows: a list of residents writes its code in each of them.

use std::collections::BTreeMap;

use super::super::Options;
use super::super::each::ABOUT_DOORS;
use super::super::one_by_one::OneByOne;
use super::super::walk::{Begun, Visitor, walk};
use super::Repair;
use super::plan::OF_HOUSEHOLDS;
use crate::household::{Entry, Household, Level};
use crate::row::{Field, Place, Row};
use crate::table::{Source, TableError};

/// Adds to the repairs of households those of their other rows that say the same.
pub(super) fn spread(
    source: &Source,
    options: &Options<'_>,
    repairs: &mut Vec<Repair>,
) -> Result<(), TableError> {
    let mut of_households = BTreeMap::new();
    for repair in repairs.iter() {
        if OF_HOUSEHOLDS.contains(&repair.rule) && repair.field == Some(Field::GridCode) {
            let sheet = repair.place.sheet.as_deref().map(str::to_owned);
            of_households.insert((sheet, repair.place.row), repair.clone());
        }
    }
    if of_households.is_empty() {
        return Ok(());
    }
    let mut spreading = Spreading {
        of_households,
        sheet: None,
        column: None,
        more: Vec::new(),
    };
    let options = options.asking_only(&ABOUT_DOORS);
    walk(source, &options, &mut spreading, &mut |_| ())?;
    repairs.append(&mut spreading.more);
    Ok(())
}

struct Spreading {
    /// By sheet and the row of the household that was told.
    of_households: BTreeMap<(Option<String>, u64), Repair>,
    sheet: Option<String>,
    column: Option<usize>,
    more: Vec<Repair>,
}

impl Visitor for Spreading {
    fn table(&mut self, begun: &Begun<'_>) -> Result<(), TableError> {
        self.sheet = begun.sheet.map(str::to_owned);
        self.column = begun.columns.of(Field::GridCode);
        Ok(())
    }

    fn one_by_one(&mut self) -> Option<&mut dyn OneByOne> {
        Some(self)
    }
}

impl OneByOne for Spreading {
    fn data(
        &mut self,
        row: &Row,
        entry: &Entry<'_>,
        household: &Household,
    ) -> Result<(), TableError> {
        let (Some((code, told)), Some(column)) = (household.code, self.column) else {
            return Ok(());
        };
        let writes = !row.own(column).trim().is_empty() && !row.kind(column).is_copy();
        if household.level != Level::Person
            || told == row.number()
            || !writes
            || entry.sure_code() != Some(code)
        {
            return Ok(());
        }
        // The key is made anew for each row: lists of residents only, and only where a household is repaired.
        if let Some(repair) = self.of_households.get(&(self.sheet.clone(), told)) {
            let place = Place {
                row: row.number(),
                ..repair.place.clone()
            };
            self.more.push(Repair {
                place,
                ..repair.clone()
            });
        }
        Ok(())
    }
}
