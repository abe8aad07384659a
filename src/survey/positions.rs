//! Where buildings stand, or in which order: read from a sheet, in metres or degrees, and held against each other.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::{Kind, Sink};
use super::header::Column;
use super::listing::{Community, Ground, Spot};
use super::lookup::Lookup;
use super::number::coordinate;
use super::scale::{Raw, Scale, Seen};
use super::sheet::{Sheet, Wanted};
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::Row;

const COLUMNS: &[Column] = &[
    Column::Community,
    Column::Estate,
    Column::Atom,
    Column::Building,
    Column::Entrance,
    Column::Lon,
    Column::Lat,
    Column::X,
    Column::Y,
    Column::Both,
    Column::Order,
];

/// The columns that a sheet of positions has.
pub(super) fn wanted() -> Wanted<'static> {
    Wanted {
        columns: COLUMNS,
        enough: &|columns, _| {
            let has = |column| columns.contains(&column);
            (has(Column::Building) || has(Column::Atom))
                && (has(Column::X) && has(Column::Y)
                    || has(Column::Lon) && has(Column::Lat)
                    || has(Column::Both)
                    || has(Column::Order))
        },
        expected: Text::fixed(
            "没有找到位置表的表头：应有“楼栋”一列，和“X、Y”（米）、“经度、纬度”或“序号”",
            "no header of a sheet of positions: expected a column `building`, and `x`, `y` in metres, or `lon`, `lat`, or `order`",
        ),
    }
}

/// Whether a sheet says where its rows stand.
pub(super) fn has_positions(sheet: &Sheet) -> bool {
    let has = |column| sheet.has(column);
    has(Column::X) && has(Column::Y) || has(Column::Lon) && has(Column::Lat) || has(Column::Both)
}

/// Positions of one survey before they are laid out: by community and spot.
pub(super) struct Positions {
    pub(super) scale: Scale,
    pub(super) at: BTreeMap<(usize, Spot), Raw>,
}

/// Reads the positions of a sheet.
pub(super) fn read(sheet: &Sheet, lookup: &Lookup, findings: &mut Sink<'_>) -> Positions {
    let name = name_column(sheet);
    let headed_degrees = sheet.has(Column::Lon) && sheet.has(Column::Lat);
    let (first, second) = match (headed_degrees, sheet.has(Column::X)) {
        (true, _) => (Column::Lon, Column::Lat),
        (false, true) => (Column::X, Column::Y),
        (false, false) => (Column::Both, Column::Both),
    };
    let mut seen: Vec<(&Row, (usize, Spot), Seen)> = Vec::new();
    let mut met = BTreeMap::new();
    for row in &sheet.lines {
        let spot = match lookup.cell(sheet, row, name) {
            Ok(spot) => spot,
            Err(finding) => {
                findings(*finding);
                continue;
            }
        };
        let pair = if first == Column::Both {
            both(sheet.get(row, Column::Both))
        } else {
            coordinate(sheet.get(row, first)).zip(coordinate(sheet.get(row, second)))
        };
        let Some((x, y)) = pair else {
            findings(sheet.finding(
                (row, first),
                (Kind::BadPosition, Severity::Error),
                Text::fixed(
                    "此处应为坐标，没有读到数字",
                    "expected coordinates, found no number",
                ),
                Text::fixed(
                    "请写米数（如 97.3）或经纬度（如 117.2034, 31.8321）",
                    "write metres such as 97.3, or degrees such as 117.2034, 31.8321",
                ),
            ));
            continue;
        };
        if let Some(earlier) = met.insert(spot, row.number()) {
            let is_same = seen
                .iter()
                .any(|(_, known, seen)| *known == spot && (seen.x, seen.y) == (x.0, y.0));
            if !is_same {
                findings(sheet.finding(
                    (row, name),
                    (Kind::TwoPositions, Severity::Error),
                    Text::new(
                        format!("同一楼栋有两个位置：第{earlier}行与此处不同；采用前一个"),
                        format!("a building has two positions, another in row {earlier}: the earlier one is taken"),
                    ),
                    Text::fixed("请删去错误的一行", "strike out the row that is wrong"),
                ));
            }
            met.insert(spot, earlier);
            continue;
        }
        seen.push((
            row,
            spot,
            Seen {
                x: x.0,
                y: y.0,
                digits: x.1.min(y.1),
            },
        ));
    }
    let scale = Scale::of(headed_degrees, seen.iter().map(|(.., seen)| seen));
    let mut at = BTreeMap::new();
    for (row, spot, seen) in seen {
        match scale.place(seen) {
            Ok(raw) => _ = at.insert(spot, raw),
            Err((kind, raw)) => {
                let cell = (row, first);
                findings(sheet.finding(cell, (kind, severity_of(kind)), said(kind), advice(kind)));
                at.extend(raw.map(|raw| (spot, raw)));
            }
        }
    }
    let mut far = BTreeSet::new();
    for spot in scale.far(&at) {
        far.insert(spot);
        at.remove(&spot);
    }
    for row in &sheet.lines {
        if lookup
            .cell(sheet, row, name)
            .is_ok_and(|spot| far.contains(&spot))
        {
            findings(sheet.finding(
                (row, first),
                (Kind::Far, Severity::Error),
                said(Kind::Far),
                advice(Kind::Far),
            ));
        }
    }
    Positions { scale, at }
}

fn severity_of(kind: Kind) -> Severity {
    if kind == Kind::Swapped {
        Severity::Warning
    } else {
        Severity::Error
    }
}

fn said(kind: Kind) -> Text {
    match kind {
        Kind::Swapped => Text::fixed(
            "经度和纬度写反了（中国的经度为 73–135，纬度为 18–54）；已按对调后的位置计算",
            "longitude and latitude are swapped (in China 73–135 and 18–54): they are taken the other way round",
        ),
        Kind::Mixed => Text::fixed(
            "此处的单位与表中多数行不同：一处是经纬度，一处是米；这个位置没有采用",
            "the unit differs from most rows of the sheet, degrees here and metres there: the position is not used",
        ),
        _ => Text::fixed(
            "位置离本社区其他楼栋 50 公里以上；没有采用",
            "more than 50 km away from the community's other buildings: the position is not used",
        ),
    }
}

fn advice(kind: Kind) -> Text {
    match kind {
        Kind::Swapped => Text::fixed("请对调两格", "swap the two cells"),
        Kind::Mixed => Text::fixed(
            "请把全表统一为米或统一为经纬度",
            "give all positions in metres, or all in degrees",
        ),
        _ => Text::fixed(
            "请核对坐标，或是否写错了楼栋",
            "check the coordinates, and the name of the building",
        ),
    }
}

/// `117.2034,31.8321` in one cell.
fn both(text: &str) -> Option<((f64, usize), (f64, usize))> {
    let bare = text.trim_matches(['(', ')', '（', '）', '[', ']']);
    let parts = bare.split([',', '，', ';', '；', ' ', '、', '/']);
    let parts: Vec<&str> = parts
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    match parts.as_slice() {
        [x, y] => coordinate(x).zip(coordinate(y)),
        _ => None,
    }
}

/// Reads an order of buildings from a sheet, and puts it into the communities.
pub(super) fn read_order(
    sheet: &Sheet,
    lookup: &Lookup,
    communities: &mut [Community],
    findings: &mut Sink<'_>,
) {
    let name = name_column(sheet);
    for row in &sheet.lines {
        let (community, spot) = match lookup.cell(sheet, row, name) {
            Ok(found) => found,
            Err(finding) => {
                findings(*finding);
                continue;
            }
        };
        let cell = (row, Column::Order);
        let Some((number, 0)) = coordinate(sheet.get(row, Column::Order)) else {
            findings(sheet.finding(
                cell,
                (Kind::BadPosition, Severity::Error),
                Text::fixed(
                    "此处应为次序，没有读到整数",
                    "expected a place in the order, found no whole number",
                ),
                Text::fixed("请写 1、2、3……", "write 1, 2, 3 and so on"),
            ));
            continue;
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "below a thousand million, and whole"
        )]
        let number = number as i64;
        let found = communities.get_mut(community);
        let Some(found) = found else { continue };
        found.ground = Ground::Order;
        let Some(building) = found.buildings.get_mut(spot.building) else {
            continue;
        };
        match building.order {
            Some(known) if known != number && spot.entrance.is_none() => findings(sheet.finding(
                cell,
                (Kind::TwoPositions, Severity::Error),
                Text::fixed(
                    "同一楼栋有两个次序；采用前一个",
                    "a building has two places in the order: the earlier one is taken",
                ),
                Text::fixed("请删去错误的一行", "strike out the row that is wrong"),
            )),
            Some(_) => {}
            None => building.order = Some(number),
        }
    }
}

fn name_column(sheet: &Sheet) -> Column {
    if sheet.has(Column::Atom) {
        Column::Atom
    } else {
        Column::Building
    }
}
