//! The previous plan: which building, entrance or floor was in which grid.

use std::collections::BTreeMap;

use super::finding::Sink;
use super::header::Column;
use super::listing::{Before, Community, Spot};
use super::lookup::Lookup;
use super::name::Handle;
use super::number::count;
use super::sheet::{Sheet, Wanted};
use super::{Earlier, SurveyError};
use crate::census::{self, Options, Told};
use crate::lang::Text;
use crate::row::Field;
use crate::table::Source;

/// Members of a grid on their way: community, spot, floor, grid, how many.
pub(super) type Member = (usize, Spot, Option<i16>, String, u32);

pub(super) type Members = Vec<Member>;

/// Reads a sheet or list with a column of grids.
pub(super) fn read(
    source: &Source,
    options: &Options<'_>,
    lookup: &Lookup,
    findings: &mut Sink<'_>,
) -> Result<Members, SurveyError> {
    let wanted = Wanted {
        columns: &[
            Column::Community,
            Column::Estate,
            Column::Atom,
            Column::Building,
            Column::Entrance,
            Column::Room,
            Column::Households,
            Column::Grid,
        ],
        enough: &|columns, _| {
            columns.contains(&Column::Grid)
                && !columns.contains(&Column::Room)
                && (columns.contains(&Column::Building) || columns.contains(&Column::Atom))
        },
        expected: Text::default(),
    };
    if let Some(sheet) = Sheet::find(source, &options.read, &wanted)? {
        return Ok(of_sheet(&sheet, lookup, findings));
    }
    of_list(source, options, lookup)
}

fn of_sheet(sheet: &Sheet, lookup: &Lookup, findings: &mut Sink<'_>) -> Members {
    let name = if sheet.has(Column::Atom) {
        Column::Atom
    } else {
        Column::Building
    };
    let mut members = Vec::new();
    for row in &sheet.lines {
        let grid = sheet.get(row, Column::Grid);
        if grid.is_empty() {
            continue;
        }
        match lookup.cell(sheet, row, name) {
            Ok((community, spot)) => {
                let households = count(sheet.get(row, Column::Households)).unwrap_or(1);
                members.push((community, spot, None, grid.to_owned(), households.max(1)));
            }
            Err(finding) => findings(*finding),
        }
    }
    members
}

/// A list of households or residents that has a column of grids.
fn of_list(
    source: &Source,
    options: &Options<'_>,
    lookup: &Lookup,
) -> Result<Members, SurveyError> {
    let mut members = BTreeMap::<(usize, Spot, Option<i16>, String), u32>::new();
    let mut take = |told: Told<'_>| {
        let entry = told.entry;
        let Some(grid) = entry.text(Field::Grid) else {
            return;
        };
        let door = &entry.door.door;
        let (community, estate) = entry.door.names();
        let Some(building) = &door.building else {
            return;
        };
        let prefix = door.prefix.as_deref().unwrap_or_default();
        let estate = if estate.is_empty() { prefix } else { estate };
        let found = lookup.find(community, estate, "", &building.to_string());
        if let Ok((community, spot)) = found {
            let entrance = door.entrance.as_ref().map(Handle::of_entrance);
            let spot = Spot {
                entrance: entrance
                    .and_then(|handle| lookup.entrance(community, spot.building, &handle)),
                ..spot
            };
            let floor = super::households::floor_of(entry);
            *members
                .entry((community, spot, floor, grid.to_owned()))
                .or_default() += 1;
        }
    };
    census::each(source, options, &mut take, &mut |_| {})
        .map_err(|error| SurveyError::table(source.name(), error))?;
    Ok(members
        .into_iter()
        .map(|((community, spot, floor, grid), count)| (community, spot, floor, grid, count))
        .collect())
}

/// What an earlier plan says, by the names it gave.
pub(super) fn of_plan(earlier: &[Earlier], lookup: &Lookup) -> Members {
    let mut members = Vec::new();
    for Earlier {
        community,
        building,
        entrance,
        floors,
        grid,
        households,
    } in earlier
    {
        let found = lookup.find(community, "", "", building).ok();
        let Some((community, spot)) = found else {
            continue;
        };
        let place = entrance
            .as_deref()
            .and_then(|name| lookup.entrance_named(community, spot.building, name));
        let spot = Spot {
            entrance: place.or(spot.entrance),
            ..spot
        };
        match floors {
            None => members.push((community, spot, None, grid.clone(), *households)),
            Some((from, to)) => {
                let floors = i32::from(*to) - i32::from(*from) + 1;
                let each = households.div_ceil(u32::try_from(floors).unwrap_or(1).max(1));
                for floor in *from..=*to {
                    members.push((community, spot, Some(floor), grid.clone(), each));
                }
            }
        }
    }
    members
}

/// Puts the members of grids into their communities.
pub(super) fn settle(members: &[Member], communities: &mut [Community]) {
    for (at, community) in communities.iter_mut().enumerate() {
        let own = || members.iter().filter(|(owner, ..)| *owner == at);
        let mut names: Vec<String> = own().map(|(_, _, _, grid, _)| grid.clone()).collect();
        names.sort_by_cached_key(|name| (Handle::of_text(name), name.clone()));
        names.dedup();
        if names.is_empty() {
            continue;
        }
        let number = |grid: &String| {
            let at = names.iter().position(|name| name == grid);
            at.and_then(|at| u32::try_from(at).ok()).unwrap_or(0)
        };
        community.before = Some(Before {
            members: own()
                .map(|(_, spot, floor, grid, count)| (*spot, *floor, number(grid), *count))
                .collect(),
            grids: names,
            locked: Vec::new(),
            own: Vec::new(),
        });
    }
}
