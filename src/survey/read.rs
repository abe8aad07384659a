//! All sheets of a division read, and put together.

use std::collections::{BTreeMap, BTreeSet};

use super::SurveyError;
use super::blocks;
use super::bounds::{self, residents};
use super::finding::{Finding, Kind, Sink};
use super::households;
use super::layout::lay_out;
use super::listing::{Community, Ground, Seat};
use super::lookup::Lookup;
use super::pairs;
use super::pose::{is_too_big, standard_of};
use super::positions::{self, Positions};
use super::previous;
use super::scale::Scale;
use super::sheet::Sheet;
use super::split::can_be_split;
use crate::census::{Account, Options};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Text;
use crate::partition::{Problem, Standard};
use crate::row::Place;
use crate::table::Source;

/// The sheets beside the list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'s> {
    /// Where buildings stand: in metres, in degrees, or their order.
    pub positions: Option<&'s Source>,
    /// Which buildings touch; wins over positions.
    pub adjacency: Option<&'s Source>,
    /// Pieces of roads, railways and rivers that are no way from one building to the next, in the unit of the positions.
    /// What they cut off altogether is joined by the shortest line across, which is told.
    pub barriers: Option<&'s Source>,
    /// Pairs that must be in one grid.
    pub together: Option<&'s Source>,
    /// Pairs that must not be in one grid.
    pub apart: Option<&'s Source>,
    /// Limits for single grids or communities.
    pub bounds: Option<&'s Source>,
}

/// A block of an earlier plan, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The community.
    pub community: String,
    /// The building.
    pub building: String,
    /// The entrance, where the block is one or a part of one.
    pub entrance: Option<String>,
    /// The lowest and the highest floor, where the block is a run of floors.
    pub floors: Option<(i16, i16)>,
    /// The grid.
    pub grid: String,
    /// Its households.
    pub households: u32,
}

/// The previous plan.
#[derive(Clone, Copy, Debug, Default)]
pub enum Previous<'s> {
    /// There is none.
    #[default]
    None,
    /// A sheet of blocks, or a list, with a column of grids.
    Sheet(&'s Source),
    /// The blocks of an earlier plan.
    Plan(&'s [Earlier]),
}

/// What else a caller wishes.
#[derive(Clone, Debug)]
pub struct Wishes {
    /// The general limits, for what a sheet of limits leaves blank.
    pub standard: Standard,
    /// How much work a household that needs priority service makes, beside others.
    pub priority_weight: u32,
    /// Grids of the previous plan that stay as they are, by name.
    pub locked: Vec<String>,
}

/// All that is to be divided.
#[derive(Clone, Debug)]
pub struct Survey {
    /// The communities, in the order in which the list names them.
    pub communities: Vec<Community>,
    /// The account of the list's rows.
    pub account: Account,
    /// Rows or households of which the building is not known: they are in no grid.
    pub undivided: u64,
    /// Households that are listed again: each is counted once.
    pub twice: u64,
    /// Whether the list is a ready sheet of blocks.
    pub is_blocks: bool,
    /// What was decided without being asked.
    pub notes: Vec<Text>,
    pub(super) seats: BTreeMap<(usize, u64), Seat>,
}

/// Reads a list, or a ready sheet of blocks, and all sheets beside it.
///
/// Faults in the list go to `sink`, faults between the sheets to `findings`. What is at fault is left out where a plan
/// can be made without it; what becomes of it is said in the finding.
///
/// # Errors
/// When a file cannot be read, the list holds no household table, or another sheet has not the headers it needs.
pub fn read(
    list: &Source,
    options: &Options<'_>,
    beside: Beside<'_>,
    earlier: Previous<'_>,
    wishes: &Wishes,
    sink: &mut dyn FnMut(Diagnostic),
    findings: &mut dyn FnMut(Finding),
) -> Result<Survey, SurveyError> {
    let ready = if options.map.is_empty() && !options.no_headers {
        blocks::find(list, &options.read, findings)?
    } else {
        None
    };
    let mut own_sheet = None;
    let mut survey = if let Some(sheet) = ready {
        let blocks::Blocks {
            sheet,
            communities,
            seats,
            account,
            undivided,
        } = blocks::count_blocks(sheet, findings);
        own_sheet = Some(sheet);
        Survey {
            communities,
            account,
            undivided,
            twice: 0,
            is_blocks: true,
            notes: Vec::new(),
            seats,
        }
    } else {
        let counted = households::count(list, options, wishes.priority_weight, sink, findings)?;
        Survey {
            communities: counted.communities,
            account: counted.account,
            undivided: counted.undivided,
            twice: counted.twice,
            is_blocks: false,
            notes: Vec::new(),
            seats: counted.seats,
        }
    };
    let lookup = Lookup::of(&survey.communities);
    let scale = place(
        &mut survey,
        options,
        beside,
        own_sheet.as_ref(),
        &lookup,
        findings,
    )?;
    if let Some(source) = beside.adjacency {
        adjacency(&mut survey, source, options, &lookup, findings)?;
    }
    if beside.barriers.is_some() && scale.is_none() {
        findings(barriers_alone());
    }
    for (source, of) in [
        (
            beside.together,
            wish_together as fn(&mut Community) -> &mut Vec<_>,
        ),
        (beside.apart, wish_apart),
    ] {
        if let Some(source) = source {
            let sheet = Sheet::read(source, &options.read, &pairs::wanted(), findings)?;
            for (community, a, b) in pairs::read(&sheet, &lookup, findings) {
                if let Some(community) = survey.communities.get_mut(community) {
                    of(community).push((a, b));
                }
            }
        }
    }
    let members = match earlier {
        Previous::None => previous::Members::new(),
        Previous::Sheet(source) => previous::read(source, options, &lookup, findings)?,
        Previous::Plan(earlier) => previous::of_plan(earlier, &lookup, findings),
    };
    if members.is_empty() {
        match earlier {
            Previous::None => {}
            Previous::Sheet(source) => findings(previous::unused(source.name())),
            Previous::Plan(_) => findings(previous::unused("--previous")),
        }
    }
    previous::settle(&members, &mut survey.communities);
    bounds::lock(&wishes.locked, &mut survey.communities, findings);
    if let Some(source) = beside.bounds {
        let sheet = Sheet::read(source, &options.read, &bounds::wanted(), findings)?;
        bounds::read(&sheet, wishes.standard, &mut survey.communities, findings);
    }
    for community in &survey.communities {
        findings_of_size(list.name(), community, wishes.standard, findings);
        // Of what is too large for any division it is not said how it would be divided.
        let buildings = 2..=Problem::MOST_BLOCKS;
        if community.ground == Ground::Names && buildings.contains(&community.buildings.len()) {
            findings(by_name(list.name(), community));
        }
    }
    Ok(survey)
}

fn wish_together(community: &mut Community) -> &mut Vec<(super::Spot, super::Spot)> {
    &mut community.together
}

fn wish_apart(community: &mut Community) -> &mut Vec<(super::Spot, super::Spot)> {
    &mut community.apart
}

/// Takes positions, or an order, from their own sheet or from the sheet of blocks; the unit of the positions.
fn place(
    survey: &mut Survey,
    options: &Options<'_>,
    beside: Beside<'_>,
    own: Option<&Sheet>,
    lookup: &Lookup,
    findings: &mut Sink<'_>,
) -> Result<Option<Scale>, SurveyError> {
    let read = match beside.positions {
        Some(source) => Some(Sheet::read(
            source,
            &options.read,
            &positions::wanted(),
            findings,
        )?),
        None => None,
    };
    let Some(sheet) = read.as_ref().or(own) else {
        return Ok(None);
    };
    if !positions::has_positions(sheet) {
        if sheet.has(super::header::Column::Order) {
            positions::read_order(sheet, lookup, &mut survey.communities, findings);
        }
        return Ok(None);
    }
    // What is wrong with the names of a sheet of blocks has been said.
    let is_own = read.is_none();
    let mut heard = |finding: Finding| {
        if !(is_own && matches!(finding.kind, Kind::Unknown | Kind::TwoPositions)) {
            findings(finding);
        }
    };
    let positions = positions::read(sheet, lookup, &mut heard);
    if positions.scale == Scale::Degrees && !positions.at.is_empty() {
        survey.notes.push(Text::fixed(
            "位置按经纬度读取，已换算为米",
            "positions are degrees of longitude and latitude, and were turned into metres",
        ));
    }
    let barriers = match beside.barriers {
        Some(source) => {
            let sheet = Sheet::read(source, &options.read, &pairs::wanted_barriers(), findings)?;
            pairs::read_barriers(&sheet, positions.scale, findings)
        }
        None => Vec::new(),
    };
    let Positions { scale, .. } = positions;
    lay_out(
        &mut survey.communities,
        &positions,
        &barriers,
        &sheet.file,
        findings,
    );
    Ok(Some(scale))
}

fn adjacency(
    survey: &mut Survey,
    source: &Source,
    options: &Options<'_>,
    lookup: &Lookup,
    findings: &mut Sink<'_>,
) -> Result<(), SurveyError> {
    let sheet = Sheet::read(source, &options.read, &pairs::wanted(), findings)?;
    let mut touched = BTreeSet::new();
    let pairs = pairs::read(&sheet, lookup, findings);
    if pairs.is_empty() {
        findings(no_pairs(&sheet));
    }
    for (at, a, b) in pairs {
        touched.extend([(at, a.building), (at, b.building)]);
        if let Some(community) = survey.communities.get_mut(at) {
            community.ground = Ground::Pairs;
            community.pairs.push((a, b));
        }
    }
    for (at, community) in survey.communities.iter().enumerate() {
        if community.ground != Ground::Pairs {
            continue;
        }
        let alone = community.buildings.iter().enumerate();
        let alone = alone.filter(|(number, _)| !touched.contains(&(at, *number)));
        let alone: Vec<&str> = alone.map(|(_, building)| building.name.as_str()).collect();
        if !alone.is_empty() {
            let names = alone.iter().take(8).copied().collect::<Vec<_>>();
            let more = alone.len() > names.len();
            findings(Finding {
                kind: Kind::Alone,
                severity: Severity::Warning,
                file: sheet.file.clone(),
                place: Place::default(),
                message: Text::new(
                    format!(
                        "{} 栋楼没有相邻的楼栋，只能各自成为网格：{}{}",
                        alone.len(),
                        names.join("、"),
                        if more { "等" } else { "" }
                    ),
                    format!(
                        "{} buildings touch no other and can only be grids of their own: {}{}",
                        alone.len(),
                        names.join(", "),
                        if more { " and others" } else { "" }
                    ),
                ),
                advice: Text::fixed(
                    "请在邻接表中补上与它们相邻的楼栋",
                    "add the buildings that they touch to the sheet",
                ),
            });
        }
    }
    Ok(())
}

/// Buildings that are above a limit and have no parts to divide them by.
fn findings_of_size(file: &str, community: &Community, general: Standard, findings: &mut Sink<'_>) {
    let standard = standard_of(community, general);
    let whole = community.count();
    for building in &community.buildings {
        if building.is_in_parts || can_be_split(building) || !is_too_big(building, standard, whole)
        {
            continue;
        }
        let (name, count) = (&building.name, building.count());
        let (households, residents) = (count.households, residents(count, whole));
        findings(Finding {
            kind: Kind::TooBig,
            severity: Severity::Error,
            file: file.to_owned(),
            place: Place::default(),
            message: Text::new(
                format!(
                    "{name}有 {households} 户、{residents} 人，超过一个网格的上限，又没有单元和楼层可以拆分"
                ),
                format!(
                    "{name} has {households} households and {residents} residents, more than a grid may have, and neither entrances nor floors to divide it by"
                ),
            ),
            advice: Text::fixed(
                "请在名单中写明单元，或楼层、房号（803 在 8 层）",
                "say the entrances in the list, or floors or rooms (803 is on the eighth)",
            ),
        });
    }
}

fn no_pairs(sheet: &Sheet) -> Finding {
    Finding {
        kind: Kind::BadPair,
        severity: Severity::Error,
        file: sheet.file.clone(),
        place: Place::default(),
        message: Text::fixed(
            "邻接表中没有一行能用：没有采用，按位置或楼栋顺序划分",
            "no row of the sheet of pairs can be used: positions, or the order of buildings, tell what touches",
        ),
        advice: Text::fixed(
            "请填写相邻的楼栋，或不用 --adjacency",
            "write which buildings touch, or leave --adjacency out",
        ),
    }
}

fn barriers_alone() -> Finding {
    Finding {
        kind: Kind::NoPositions,
        severity: Severity::Warning,
        file: "--barriers".to_owned(),
        place: Place::default(),
        message: Text::fixed(
            "没有位置，屏障没有用上",
            "without positions the barriers are of no use",
        ),
        advice: Text::fixed(
            "请用 --positions 给出位置表",
            "give a sheet of positions with --positions",
        ),
    }
}

fn by_name(file: &str, community: &Community) -> Finding {
    let of = if community.name.is_empty() {
        String::new()
    } else {
        format!("{} ", community.name)
    };
    Finding {
        kind: Kind::NoPositions,
        severity: Severity::Warning,
        file: file.to_owned(),
        place: Place::default(),
        message: Text::new(
            format!("{of}不知道楼栋的位置：按楼栋名称的顺序划分，网格在地面上未必连成一片"),
            format!(
                "{of}where the buildings stand is not known: they are taken in the order of their names, and the grids may not hang together on the ground"
            ),
        ),
        advice: Text::fixed(
            "请用 --positions 给出楼栋的位置、经纬度或走访顺序",
            "give their positions, or the order of a walk, with --positions",
        ),
    }
}
