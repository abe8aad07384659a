//! The previous plan: which building, entrance or floor was in which grid.

use std::collections::BTreeMap;

use super::finding::{Finding, Kind, Sink};
use super::header::Column;
use super::listing::{Before, Community, Spot};
use super::lookup::Lookup;
use super::name::Handle;
use super::number::count;
use super::sheet::{Sheet, Wanted};
use super::{Earlier, SurveyError};
use crate::census::{self, Options, Told};
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::{Field, Place, Row};
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
    if let Some(sheet) = Sheet::find(source, &options.read, &wanted, findings)? {
        return Ok(of_sheet(&sheet, lookup, findings));
    }
    of_list(source, options, lookup, findings)
}

fn of_sheet(sheet: &Sheet, lookup: &Lookup, findings: &mut Sink<'_>) -> Members {
    let name = if sheet.has(Column::Atom) {
        Column::Atom
    } else {
        Column::Building
    };
    let mut members = Vec::new();
    let mut met: BTreeMap<(usize, Spot), (u64, &str)> = BTreeMap::new();
    for row in &sheet.lines {
        let grid = sheet.get(row, Column::Grid);
        if grid.is_empty() {
            continue;
        }
        match lookup.cell(sheet, row, name) {
            Ok((community, spot)) => {
                let (earlier, known) =
                    *met.entry((community, spot)).or_insert((row.number(), grid));
                if known != grid {
                    findings(in_two_grids(sheet, row, (earlier, known)));
                }
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
    findings: &mut Sink<'_>,
) -> Result<Members, SurveyError> {
    let (mut missed, mut first_missed) = (0_u64, None);
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
        } else {
            missed += 1;
            first_missed.get_or_insert(told.household.row);
        }
    };
    census::each(source, options, &mut take, &mut |_| {})
        .map_err(|error| SurveyError::table(source.name(), error))?;
    if let Some(row) = first_missed {
        findings(not_in_list(source.name(), missed, row));
    }
    Ok(members
        .into_iter()
        .map(|((community, spot, floor, grid), count)| (community, spot, floor, grid, count))
        .collect())
}

/// What an earlier plan says, by the names it gave.
pub(super) fn of_plan(earlier: &[Earlier], lookup: &Lookup, findings: &mut Sink<'_>) -> Members {
    let mut members = Vec::new();
    let mut missed: Vec<&str> = Vec::new();
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
            missed.push(building);
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
    missed.dedup();
    // Where nothing fits, that is said once.
    if !missed.is_empty() && !members.is_empty() {
        findings(plan_not_in_list(&missed));
    }
    members
}

/// A previous plan that says nothing of any household of the list.
pub(super) fn unused(file: &str) -> Finding {
    Finding {
        kind: Kind::NoPrevious,
        severity: Severity::Error,
        file: file.to_owned(),
        place: Place::default(),
        message: Text::fixed(
            "上次的方案（--previous）没有一处与名单对得上：没有采用，各网格重新编号",
            "nothing in the previous plan (--previous) fits the list: it is not used, and all grids are new",
        ),
        advice: Text::fixed(
            "请核对是不是本社区的方案，有没有“网格”一列，小区和楼栋的写法是否与名单一致",
            "check that it is this community's, has a column `grid`, and names estates and buildings as the list does",
        ),
    }
}

fn in_two_grids(sheet: &Sheet, row: &Row, (earlier, known): (u64, &str)) -> Finding {
    sheet.finding(
        (row, Column::Grid),
        (Kind::Twice, Severity::Warning),
        Text::new(
            format!("第{earlier}行已把同一楼栋写在网格“{known}”；按户数较多的一处计算"),
            format!("row {earlier} has the same block in grid \"{known}\": the one with more households counts"),
        ),
        Text::fixed(
            "请删去错误的一行；确已拆分的楼栋请写明单元",
            "strike out the row that is wrong; for a building that is divided, say the entrances",
        ),
    )
}

fn not_in_list(file: &str, count: u64, row: u64) -> Finding {
    Finding {
        kind: Kind::NoPrevious,
        severity: Severity::Warning,
        file: file.to_owned(),
        place: Place {
            row,
            ..Place::default()
        },
        message: Text::new(
            format!("上次名单中 {count} 户的楼栋在这次的名单中找不到（首处第{row}行），没有采用"),
            format!(
                "the buildings of {count} households of the previous list are not in this one, first in row {row}: they are not used"
            ),
        ),
        advice: Text::fixed(
            "请核对社区、小区和楼栋的写法；已拆除的不必处理",
            "check how community, estate and building are written; nothing need be done for what was pulled down",
        ),
    }
}

fn plan_not_in_list(missed: &[&str]) -> Finding {
    let count = missed.len();
    let shown = missed.iter().take(8).copied().collect::<Vec<_>>();
    let more = count > shown.len();
    Finding {
        kind: Kind::NoPrevious,
        severity: Severity::Warning,
        file: "--previous".to_owned(),
        place: Place::default(),
        message: Text::new(
            format!(
                "上次方案中有 {count} 处在名单中找不到，没有采用：{}{}",
                shown.join("、"),
                if more { "等" } else { "" }
            ),
            format!(
                "{count} blocks of the previous plan are not in the list, and not used: {}{}",
                shown.join(", "),
                if more { " and others" } else { "" }
            ),
        ),
        advice: Text::fixed(
            "请核对社区、小区和楼栋的写法；已拆除的不必处理",
            "check how community, estate and building are written; nothing need be done for what was pulled down",
        ),
    }
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
