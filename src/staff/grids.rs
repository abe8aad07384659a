//! Reading the grids: a sheet with a row for each grid or each building, or a list with a column of grids.

use std::collections::BTreeSet;

use super::cell;
use super::draft::Draft;
use super::finding::{Finding, Kind, Sink};
use super::ground::{Ground, Load};
use super::header::Column;
use super::{Sheet, StaffError, Wanted};
use crate::address::{Building, Reading};
use crate::census::{self, Options, Told};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Text;
use crate::row::{Field, Place, Row, tells_person};
use crate::survey::{self, Earlier, Handle, Name};
use crate::table::Source;

impl Ground {
    /// Reads the grids that `gridcode partition` or somebody else has written: the list with its column of grids, the sheet
    /// of grids, a sheet with a row for each building.
    ///
    /// What is wrong with rows of a list goes to `sink`, all else to `findings`.
    ///
    /// # Errors
    /// When the file cannot be read, or names no grids.
    pub fn read(
        source: &Source,
        options: &Options<'_>,
        sink: &mut dyn FnMut(Diagnostic),
        findings: &mut dyn FnMut(Finding),
    ) -> Result<Self, StaffError> {
        let source = &source
            .remembering()
            .map_err(|error| StaffError::table(source.name(), error))?;
        let wanted = Wanted {
            columns: Column::OF_GRIDS,
            enough: &|columns, _| {
                let has = |column| columns.contains(&column);
                has(Column::Grid)
                    && !has(Column::Room)
                    && [
                        Column::Building,
                        Column::Atom,
                        Column::Blocks,
                        Column::Households,
                    ]
                    .into_iter()
                    .any(has)
            },
            expected: Text::default(),
        };
        let sheets = if options.map.is_empty() && !options.no_headers {
            Sheet::all(source, &options.read, &wanted, usize::MAX)
                .map_err(|error| StaffError::table(source.name(), error))?
        } else {
            Vec::new()
        };
        let mut draft = Draft::default();
        for sheet in &sheets {
            take_sheet(sheet, &mut draft, findings);
        }
        if sheets.is_empty() {
            take_list(source, options, &mut draft, sink, findings)?;
        }
        let ground = draft.finish();
        two_grids(source.name(), &ground, findings);
        if ground.grids.is_empty() {
            return Err(StaffError::Headers {
                file: source.name().to_owned(),
                expected: no_grids(),
            });
        }
        Ok(ground)
    }

    /// The grids of a plan; `loads` are residents and priority households of each of its blocks.
    #[must_use]
    pub fn of_plan(blocks: &[(Earlier, Load)]) -> Self {
        let mut draft = Draft::default();
        for (block, load) in blocks {
            let community = draft.community(&block.community);
            let grid = draft.grid(community, &block.grid);
            let entrance = block.entrance.as_deref().map(entrance_of);
            draft.add(
                grid,
                Name::plain("", &block.building),
                entrance,
                block.floors,
                *load,
            );
        }
        draft.finish()
    }
}

fn no_grids() -> Text {
    Text::fixed(
        "没有找到网格：需要“网格”一列，和“楼栋”一列（或住户名单的房号），如 gridcode partition -o 或 --grids-sheet 写出的文件",
        "no grids found: a column `grid` is needed, and a column `building` (or the doors of a list), as `gridcode partition -o` or `--grids-sheet` writes them",
    )
}

fn entrance_of(text: &str) -> (Handle, String) {
    match survey::entrance_of(text) {
        Some(entrance) => (Handle::of_entrance(&entrance), entrance.to_string()),
        None => (Handle::of_text(text), text.to_owned()),
    }
}

fn take_sheet(sheet: &Sheet, draft: &mut Draft, findings: &mut Sink<'_>) {
    let names = |row: &Row| -> String {
        let own = [Column::Atom, Column::Building, Column::Blocks];
        let own = own.map(|column| sheet.get(row, column));
        own.into_iter()
            .find(|text| !text.is_empty() && !tells_person(text))
            .unwrap_or_default()
            .to_owned()
    };
    let is_by_grid = sheet
        .lines
        .iter()
        .any(|row| cell::parts(&names(row)).len() > 1)
        || {
            let mut met = BTreeSet::new();
            sheet.lines.iter().all(|row| {
                met.insert((
                    sheet.get(row, Column::Community),
                    sheet.get(row, Column::Grid),
                ))
            })
        };
    for row in &sheet.lines {
        let label = sheet.get(row, Column::Grid);
        let text = names(row);
        let total = ["合计", "总计", "小计", "共计", "total"];
        if total.iter().any(|word| label == *word || text == *word) || is_total_row(row) {
            continue;
        }
        if label.is_empty() || tells_person(label) {
            findings(missing(sheet, row, &text));
            continue;
        }
        let places = [Column::Community, Column::Estate];
        let personal = places
            .into_iter()
            .find(|column| tells_person(sheet.get(row, *column)));
        if let Some(column) = personal {
            let place = sheet.place(row, sheet.at(column));
            findings(withheld(&sheet.file, place, 1));
            continue;
        }
        let community = draft.community(sheet.get(row, Column::Community));
        let grid = draft.grid(community, label);
        draft.alias(grid, sheet.get(row, Column::LongCode));
        let count = |column| survey::whole_number(sheet.get(row, column)).map_or(0, u64::from);
        let load = Load {
            households: count(Column::Households),
            residents: count(Column::Residents),
            priority: count(Column::Priority),
        };
        let estate = sheet.get(row, Column::Estate);
        if is_by_grid {
            draft.state(grid, load);
            for part in cell::parts(&text) {
                take_part(draft, grid, estate, &part, Load::default());
            }
            continue;
        }
        let atom = sheet.get(row, Column::Atom);
        let building = sheet.get(row, Column::Building);
        if !atom.is_empty() && !building.is_empty() {
            let part = (Handle::of_text(atom), atom.to_owned());
            draft.add(grid, Name::plain(estate, building), Some(part), None, load);
            continue;
        }
        let entrance = sheet.get(row, Column::Entrance);
        if entrance.is_empty() {
            take_part(draft, grid, estate, &text, load);
        } else {
            let entrance = Some(entrance_of(entrance));
            draft.add(grid, Name::plain(estate, &text), entrance, None, load);
        }
    }
}

fn is_total_row(row: &Row) -> bool {
    let first = row.iter().map(str::trim).find(|cell| !cell.is_empty());
    first.is_some_and(|cell| matches!(cell, "合计" | "总计" | "小计" | "共计" | "Total" | "total"))
}

/// `3栋`, `A座1单元`, `3栋2单元1–6层`.
fn take_part(draft: &mut Draft, grid: usize, estate: &str, text: &str, load: Load) {
    if text.is_empty() {
        return;
    }
    let (text, floors) = without_floors(text);
    match Building::parse_column(text) {
        Ok(Reading::Exact(door)) if door.unit.is_none() => {
            let entrance = door
                .entrance
                .as_ref()
                .map(|entrance| (Handle::of_entrance(entrance), entrance.to_string()));
            match Name::of_door(estate, &door) {
                Some(name) => draft.add(grid, name, entrance, floors, load),
                None => draft.add(grid, Name::of_text(estate, text), None, floors, load),
            }
        }
        _ => draft.add(grid, Name::plain(estate, text), None, floors, load),
    }
}

/// Takes `1–6层`, `负1层` off the end.
fn without_floors(text: &str) -> (&str, Option<(i16, i16)>) {
    let split = || {
        let rest = text.strip_suffix('层')?;
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, '–' | '-' | '负');
        let before = rest.trim_end_matches(is_part);
        let floors = rest.get(before.len()..)?;
        let (from, to) = floors.split_once(['–', '-']).unwrap_or((floors, floors));
        let number = |text: &str| -> Option<i16> {
            let below = text.strip_prefix('负');
            let number: i16 = below.unwrap_or(text).parse().ok()?;
            Some(if below.is_some() { -number } else { number })
        };
        (!before.is_empty()).then_some((before, Some((number(from)?, number(to)?))))
    };
    split().unwrap_or((text, None))
}

fn missing(sheet: &Sheet, row: &Row, text: &str) -> Finding {
    let message = if text.is_empty() {
        Text::fixed(
            "此处应为网格，实为空或不是网格名称；这一行没有用上",
            "expected a grid, found none: the row is of no use",
        )
    } else {
        let text: String = text.chars().take(40).collect();
        Text::new(
            format!("此处应为网格，实为空或不是网格名称；{text}不在任何网格中"),
            format!("expected a grid, found none: {text} is in no grid"),
        )
    };
    Finding {
        kind: Kind::NoGrid,
        severity: Severity::Error,
        file: sheet.file.clone(),
        place: sheet.place(row, sheet.at(Column::Grid)),
        message,
        advice: Text::fixed("请补填网格，如 03", "please fill the grid in, such as `03`"),
    }
}

/// Rows whose place says who somebody is: nothing could be told of them.
fn withheld(file: &str, place: Place, rows: u64) -> Finding {
    Finding {
        kind: Kind::NoGrid,
        severity: Severity::Error,
        file: file.to_owned(),
        message: Text::new(
            format!(
                "社区、小区、楼栋或房号中写了姓名或号码，没有用上：{rows} 行，首处 {}",
                place.name()
            ),
            format!(
                "a person's name or number stands in the community, estate, building or room: {rows} {} of no use, first at {}",
                if rows == 1 { "row is" } else { "rows are" },
                place.name()
            ),
        ),
        advice: Text::fixed(
            "请把姓名和号码移到各自的列",
            "move names and numbers to columns of their own",
        ),
        place,
    }
}

/// A list of households or residents that has a column of grids.
fn take_list(
    source: &Source,
    options: &Options<'_>,
    draft: &mut Draft,
    sink: &mut dyn FnMut(Diagnostic),
    findings: &mut Sink<'_>,
) -> Result<(), StaffError> {
    let mut without = 0_u64;
    let mut first = None;
    let (mut personal, mut first_personal) = (0_u64, None);
    let mut take = |told: Told<'_>| {
        let entry = told.entry;
        let here = |field| Place {
            row: told.household.row,
            column: entry.columns.of(field),
            ..Place::default()
        };
        if entry.shown_key().is_none() && entry.door.key().is_some() {
            personal += 1;
            first_personal.get_or_insert(here(Field::Building));
            return;
        }
        let Some(label) = entry.grid() else {
            without += 1;
            first.get_or_insert(here(Field::Grid));
            return;
        };
        let (community, estate) = entry.door.names();
        let at = draft.community(community);
        let grid = draft.grid(at, label);
        let Some(name) = survey::name_of(entry, estate) else {
            return;
        };
        let count = survey::count_of(&told, 1);
        let is_twice = told.household.earlier.is_some();
        let load = if is_twice {
            Load::default()
        } else {
            Load {
                households: u64::from(count.households),
                residents: u64::from(count.residents),
                priority: u64::from(count.priority),
            }
        };
        let door = &entry.door.door;
        let entrance = door
            .entrance
            .as_ref()
            .map(|entrance| (Handle::of_entrance(entrance), entrance.to_string()));
        let floors = survey::floor_of(entry).map(|floor| (floor, floor));
        draft.door(grid, door, &name);
        draft.add(grid, name, entrance, floors, load);
    };
    census::each(source, options, &mut take, sink)
        .map_err(|error| StaffError::table(source.name(), error))?;
    if let Some(place) = first_personal {
        findings(withheld(source.name(), place, personal));
    }
    if let Some(place) = first {
        findings(Finding {
            kind: Kind::NoGrid,
            severity: Severity::Warning,
            file: source.name().to_owned(),
            message: Text::new(
                format!("{without} 户没有网格，首处 {}", place.name()),
                format!(
                    "{without} {} in no grid, first at {}",
                    if without == 1 {
                        "household is"
                    } else {
                        "households are"
                    },
                    place.name()
                ),
            ),
            advice: Text::fixed(
                "请在“网格”一列写网格名称（空白、姓名、号码都不算），或用 gridcode partition 划分",
                "please name grids in the column of grids (a blank, a person or a long number is none), or divide with `gridcode partition`",
            ),
            place,
        });
    }
    Ok(())
}

/// A whole building, or one entrance without floors, in two grids.
fn two_grids(file: &str, ground: &Ground, findings: &mut Sink<'_>) {
    for building in ground.split() {
        let Some(building) = ground.buildings.get(building) else {
            continue;
        };
        let pieces: Vec<_> = building
            .pieces
            .iter()
            .filter_map(|at| ground.pieces.get(*at))
            .collect();
        for (at, piece) in pieces.iter().enumerate() {
            let same = pieces.iter().skip(at + 1).find(|other| {
                other.entrance == piece.entrance
                    && other.grid != piece.grid
                    && (other.floors.is_none() || piece.floors.is_none())
            });
            let Some(other) = same else {
                continue;
            };
            let (a, b) = (ground.grid_name(piece.grid), ground.grid_name(other.grid));
            findings(Finding {
                kind: Kind::TwoGrids,
                severity: Severity::Warning,
                file: file.to_owned(),
                place: Place::default(),
                message: Text::new(
                    format!("{}同时在 {a} 和 {b} 两个网格中", piece.name),
                    format!("{} is in two grids, {a} and {b}", piece.name),
                ),
                advice: Text::fixed(
                    "请写明哪个单元、哪些楼层在哪个网格",
                    "say which entrance or which floors are in which grid",
                ),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_floors;

    #[test]
    fn floors_are_taken_off_the_name_of_a_part() {
        assert_eq!(without_floors("3栋2单元1–6层"), ("3栋2单元", Some((1, 6))));
        assert_eq!(without_floors("3栋负1层"), ("3栋", Some((-1, -1))));
        assert_eq!(without_floors("3栋"), ("3栋", None));
        assert_eq!(without_floors("8层"), ("8层", None));
    }
}
