//! Limits of their own for named grids or whole communities, and grids that are to stay as they are.

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
        let matches = |community: &&mut Community| {
            community.name == name || name.is_empty() && (is_one || !grid.is_empty())
        };
        let mut is_known = false;
        for community in communities.iter_mut().filter(matches) {
            if grid.is_empty() {
                community.standard = Some(own);
                is_known = true;
            } else if let Some(before) = &mut community.before
                && let Some(at) = before.grids.iter().position(|known| known == grid)
            {
                before
                    .own
                    .push((u32::try_from(at).unwrap_or(u32::MAX), own));
                is_known = true;
            }
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
