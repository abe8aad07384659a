//! The grid of a row and who answers for it, from the grids and rosters named beside a list.

use gridcode::census::Options;
use gridcode::household::Entry;
use gridcode::reminder::Post;
use gridcode::staff::{AssignOptions, Assignment, Kind, Person};

use super::people::{Staffed, say, staffed};
use crate::cli::{People, Remind};
use crate::failure::Failure;
use crate::output::Output;

/// Everybody in their places; `None` where neither grids nor a roster are named. A roster alone goes by the grids of the list.
pub fn staff(
    args: &Remind,
    list: &Options<'_>,
    output: &mut Output,
) -> Result<Option<Assignment>, Failure> {
    let grids = match (&args.grids, args.roster.is_empty()) {
        (None, true) => return Ok(None),
        (Some(grids), _) => grids,
        (None, false) if args.input.as_os_str() == "-" => {
            return Err(Failure::said(
                "名单来自标准输入时，--roster 须与 --grids 同用",
                "with a list from standard input, --roster needs --grids",
            ));
        }
        (None, false) => &args.input,
    };
    let people = People {
        roles: None,
        show_values: args.judging.show_values,
    };
    let wishes = AssignOptions {
        show_values: people.show_values,
        ..AssignOptions::default()
    };
    // How the list is read says nothing of other files.
    let reading = if args.grids.is_some() {
        Options::new(list.codebook, list.on)
    } else {
        list.clone()
    };
    let Staffed {
        assignment, read, ..
    } = staffed(
        grids,
        &args.roster,
        None,
        &people,
        (&reading, wishes),
        output,
    )?;
    // Nobody was asked to fill what is empty; but a cell that names no grid leaves lines without a worker.
    let of_cells = assignment.findings.iter().filter(|finding| {
        matches!(
            finding.kind,
            Kind::UnknownGrid | Kind::UnknownCommunity | Kind::Several | Kind::Date
        )
    });
    say(read.iter().chain(of_cells), output);
    Ok(Some(assignment))
}

/// Where a row belongs: by its door, else by the grid that its list names.
pub fn post(staff: &Assignment, entry: &Entry<'_>, values: bool) -> Post {
    let (community, estate) = entry.door.names();
    let own = entry.grid();
    let by_label = || staff.responsible_for_grid(community, own?);
    let duty = staff
        .responsible(community, estate, &entry.door.door)
        .or_else(by_label);
    match duty {
        Some(duty) => Post {
            grid: duty.grid,
            worker: duty
                .worker
                .map(|worker| label(worker, values))
                .unwrap_or_default(),
        },
        None => Post {
            grid: own.unwrap_or_default().to_owned(),
            worker: String::new(),
        },
    }
}

/// The worker's name where it may be shown, else the cell in which it stands: `staff.xlsx A5`.
fn label(worker: &Person, values: bool) -> String {
    if values {
        return worker.name().to_owned();
    }
    let file = worker.file().rsplit(['/', '\\']).next().unwrap_or_default();
    format!("{file} {}", worker.place())
}
