//! Limits of their own for named grids or whole communities, and grids that are to stay as they are.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::finding::{Finding, Kind, Sink};
use super::header::Column;
use super::listing::{Community, Count};
use super::number::count;
use super::sheet::{Sheet, Wanted};
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::partition::{Limits, Standard};
use crate::row::{Place, Row};

const LIMITS: [Column; 4] = [
    Column::MinHouseholds,
    Column::MaxHouseholds,
    Column::MinResidents,
    Column::MaxResidents,
];

/// The columns of a sheet of limits.
pub(super) fn wanted() -> Wanted<'static> {
    Wanted {
        columns: &[
            Column::Community,
            Column::Grid,
            Column::MinHouseholds,
            Column::MaxHouseholds,
            Column::MinResidents,
            Column::MaxResidents,
        ],
        enough: &|columns, _| {
            (columns.contains(&Column::Grid) || columns.contains(&Column::Community))
                && LIMITS.iter().any(|column| columns.contains(column))
        },
        expected: Text::fixed(
            "没有找到表头：应有“网格”或“社区”一列，和“最少户数”“最多户数”“最少人数”“最多人数”中的至少一列",
            "no header: expected a column `grid` or `community`, and some of `min households`, `max households`, `min residents`, `max residents`",
        ),
    }
}

/// Reads limits into the communities; what a row leaves blank is as in `standard`.
pub(super) fn read(
    sheet: &Sheet,
    standard: Standard,
    communities: &mut [Community],
    findings: &mut Sink<'_>,
) {
    let is_one = communities.len() == 1;
    // The row that each community, or grid of one, has its limits from.
    let mut told: BTreeMap<(usize, Whose), (u64, Standard)> = BTreeMap::new();
    for row in &sheet.lines {
        let (name, grid) = (
            sheet.get(row, Column::Community),
            sheet.get(row, Column::Grid),
        );
        let own = match own(sheet, row, standard) {
            Ok(own) => own,
            Err(finding) => {
                findings(*finding);
                continue;
            }
        };
        let matches = |community: &Community| {
            community.name == name || name.is_empty() && (is_one || !grid.is_empty())
        };
        let mut is_known = false;
        let mut earlier = None;
        let named = communities.iter_mut().enumerate();
        for (number, community) in named.filter(|(_, community)| matches(community)) {
            let Some(of_grid) = place_of(community, grid) else {
                continue;
            };
            is_known = true;
            match told.entry((number, of_grid)) {
                Entry::Vacant(entry) => {
                    entry.insert((row.number(), own));
                    match (of_grid, &mut community.before) {
                        (Whose::Grid(at), Some(before)) => before.own.push((at, own)),
                        _ => community.standard = Some(own),
                    }
                }
                Entry::Occupied(entry) if entry.get().1 != own => earlier = Some(entry.get().0),
                Entry::Occupied(_) => {}
            }
        }
        if let Some(earlier) = earlier {
            findings(twice(sheet, row, earlier));
        }
        if !is_known {
            let column = if grid.is_empty() {
                Column::Community
            } else {
                Column::Grid
            };
            findings(sheet.finding(
                (row, column),
                (Kind::NoGrid, Severity::Warning),
                Text::fixed(
                    "没有这个社区，或上次的方案（--previous）中没有这个网格；这一行没有采用",
                    "there is no such community, or no such grid in the previous plan (--previous): the row is not used",
                ),
                Text::fixed("请核对名称", "check the name"),
            ));
        }
    }
}

/// What a row sets limits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    Community,
    /// A grid, by place in the previous plan.
    Grid(u32),
}

/// Whose limits a row sets in a community; `None` where the community has no such grid.
fn place_of(community: &Community, grid: &str) -> Option<Whose> {
    if grid.is_empty() {
        return Some(Whose::Community);
    }
    let mut grids = community.before.as_ref()?.grids.iter();
    let at = grids.position(|known| known == grid)?;
    Some(Whose::Grid(u32::try_from(at).unwrap_or(u32::MAX)))
}

/// Limits of one grid or community in two rows, and not the same.
fn twice(sheet: &Sheet, row: &Row, earlier: u64) -> Finding {
    let column = if sheet.get(row, Column::Grid).is_empty() {
        Column::Community
    } else {
        Column::Grid
    };
    sheet.finding(
        (row, column),
        (Kind::Twice, Severity::Error),
        Text::new(
            format!("“{}”的标准在第{earlier}行已经写过，与此处不同；采用前一个", sheet.get(row, column)),
            format!(
                "the limits of \"{}\" stand in row {earlier} already, and are others there: the earlier ones are taken",
                sheet.get(row, column)
            ),
        ),
        Text::fixed("请删去错误的一行", "strike out the row that is wrong"),
    )
}

fn own(sheet: &Sheet, row: &Row, standard: Standard) -> Result<Standard, Box<Finding>> {
    let limit = |column, or: u32| match sheet.get(row, column) {
        "" => Ok(or),
        text => count(text).map_err(|_| {
            Box::new(sheet.finding(
                (row, column),
                (Kind::BadBounds, Severity::Error),
                Text::fixed(
                    "此处应为整数；这一行没有采用",
                    "expected a whole number: the row is not used",
                ),
                Text::fixed("请写数字，如 300", "write the number, such as 300"),
            ))
        }),
    };
    let limits = |min, max, of: Limits| -> Result<Limits, Box<Finding>> {
        Ok(Limits {
            min: limit(min, of.min)?,
            max: limit(max, of.max)?,
        })
    };
    let own = Standard {
        households: limits(
            Column::MinHouseholds,
            Column::MaxHouseholds,
            standard.households,
        )?,
        residents: limits(
            Column::MinResidents,
            Column::MaxResidents,
            standard.residents,
        )?,
    };
    let is_sound = |limits: Limits| limits.min <= limits.max;
    if is_sound(own.households) && is_sound(own.residents) {
        return Ok(own);
    }
    Err(Box::new(sheet.finding(
        (row, Column::MinHouseholds),
        (Kind::BadBounds, Severity::Error),
        Text::fixed(
            "下限大于上限；这一行没有采用",
            "the least is above the most: the row is not used",
        ),
        Text::fixed(
            "请改正这一行，空着的格按通用标准",
            "correct the row; what is left blank is as the general limits say",
        ),
    )))
}

/// Marks grids that are to stay as they are.
pub(super) fn lock(names: &[String], communities: &mut [Community], findings: &mut Sink<'_>) {
    for name in names {
        let mut is_known = false;
        for before in communities
            .iter_mut()
            .filter_map(|community| community.before.as_mut())
        {
            if let Some(at) = before.grids.iter().position(|known| known == name.trim()) {
                before.locked.push(u32::try_from(at).unwrap_or(u32::MAX));
                is_known = true;
            }
        }
        if !is_known {
            findings(Finding {
                kind: Kind::NoGrid,
                severity: Severity::Error,
                file: "--lock".to_owned(),
                place: Place::default(),
                message: Text::new(
                    format!("上次的方案（--previous）中没有网格“{name}”，无法保持不变"),
                    format!(
                        "the previous plan (--previous) has no grid \"{name}\" that could be kept"
                    ),
                ),
                advice: Text::fixed("请核对网格名称", "check the name of the grid"),
            });
        }
    }
}

/// The residents of a count: those who are known, and for households of which the number is not known the mean of
/// `of`, rounded for all of them together.
pub(super) fn residents(count: Count, of: Count) -> u32 {
    let known = u64::from(of.households.saturating_sub(of.unknown));
    let estimate =
        (u64::from(count.unknown) * u64::from(of.residents) + known / 2).checked_div(known);
    let estimate = estimate.and_then(|estimate| u32::try_from(estimate).ok());
    count.residents.saturating_add(estimate.unwrap_or(0))
}
