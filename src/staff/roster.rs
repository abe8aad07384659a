//! A roster: who there is, at which level, for which grids or buildings.

use std::collections::BTreeMap;

use super::blank;
use super::finding::{Finding, Kind, Sink};
use super::person::{Person, Post};
use super::role::Roles;
use super::rows;
use super::unread;
use super::{Sheet, StaffError, Wanted};
use crate::diagnostic::Severity;
use crate::lang::Text;
use crate::row::Place;
use crate::staff::header::Column;
use crate::table::{ReadOptions, Source};

/// The people of one or several sheets.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    pub(super) people: Vec<Person>,
    pub(super) posts: Vec<Post>,
    by_name: BTreeMap<String, Vec<usize>>,
    /// What became of the rows.
    pub account: RosterAccount,
    /// What was found out about the files.
    pub notes: Vec<Text>,
}

/// What became of the rows of rosters: read = accepted + with errors + skipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RosterAccount {
    /// Rows read.
    pub rows: u64,
    /// Rows that name somebody and hold no error.
    pub accepted: u64,
    /// Rows with an error.
    pub with_errors: u64,
    /// Titles, headers, blank rows, remarks and vacant posts.
    pub skipped: u64,
}

/// How rosters are read.
#[derive(Clone, Debug)]
pub struct RosterOptions {
    /// What the levels are called.
    pub roles: Roles,
    /// Encoding and delimiter.
    pub read: ReadOptions,
    /// Whether findings may repeat what a cell holds.
    pub show_values: bool,
}

impl Default for RosterOptions {
    fn default() -> Self {
        Self {
            roles: Roles::builtin(),
            read: ReadOptions::default(),
            show_values: false,
        }
    }
}

impl Roster {
    /// Reads the sheets of a roster: a row for each person, or a row for each grid or building with a column for each level.
    ///
    /// # Errors
    /// When a file cannot be read, or has no sheet with the headers of a roster.
    ///
    /// ```
    /// use gridcode::staff::{Roster, RosterOptions};
    /// use gridcode::table::Source;
    /// let csv = "姓名,职务,负责网格\n网格员01,专职网格员,1-2\n";
    /// let mut roster = Roster::default();
    /// let source = Source::bytes("roster.csv", csv.as_bytes().to_vec());
    /// roster.read(&source, &RosterOptions::default(), &mut |_| {})?;
    /// assert_eq!(roster.people().len(), 1);
    /// # Ok::<(), gridcode::staff::StaffError>(())
    /// ```
    pub fn read(
        &mut self,
        source: &Source,
        options: &RosterOptions,
        findings: &mut dyn FnMut(Finding),
    ) -> Result<(), StaffError> {
        let found = self.read_sheets(source, options, true, false, findings)?;
        if found == 0 {
            return Err(StaffError::Headers {
                file: source.name().to_owned(),
                expected: Text::fixed(
                    "没有找到人员表：需要“姓名”和“职务”两列（另可有电话、负责网格、负责楼栋、党内职务），或每个网格一行、每种职务一列",
                    "no roster found: the columns `name` and `level` are needed (and there may be phone, grids, buildings, party post), or a row for each grid with a column for each level",
                ),
            });
        }
        Ok(())
    }

    /// Reads the people that stand beside the grids, as `gridcode assign` writes them: what they have already. `false` where
    /// the file names none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_earlier(
        &mut self,
        source: &Source,
        options: &RosterOptions,
        findings: &mut dyn FnMut(Finding),
    ) -> Result<bool, StaffError> {
        let found = self.read_sheets(source, options, false, true, findings)?;
        Ok(found > 0)
    }

    fn read_sheets(
        &mut self,
        source: &Source,
        options: &RosterOptions,
        with_rooms: bool,
        is_earlier: bool,
        findings: &mut Sink<'_>,
    ) -> Result<usize, StaffError> {
        let wanted = Wanted {
            columns: Column::OF_ROSTER,
            enough: &|columns, row| {
                let has = |column: &Column| columns.contains(column);
                let beside = [
                    Column::Title,
                    Column::Phone,
                    Column::Grids,
                    Column::Grid,
                    Column::Buildings,
                    Column::Building,
                    Column::Scope,
                    Column::Party,
                ];
                let roles = rows::role_columns(row, &options.roles);
                let is_wide = !roles.is_empty()
                    && [Column::Grid, Column::Building, Column::Community]
                        .iter()
                        .any(has);
                (with_rooms || !has(&Column::Room))
                    && (is_wide || !is_earlier && has(&Column::Name) && beside.iter().any(has))
            },
            expected: Text::default(),
        };
        let sheets = Sheet::all(source, &options.read, &wanted, usize::MAX)
            .map_err(|error| StaffError::table(source.name(), error))?;
        if let Some(first) = sheets.first() {
            self.notes.extend(first.notes.iter().cloned());
        }
        for sheet in &sheets {
            rows::take(sheet, options, is_earlier, self, findings);
            if !is_earlier {
                unread::find(sheet, &options.roles, findings);
                blank::find(sheet, findings);
            }
        }
        Ok(sheets.len())
    }

    /// The people, in the order in which they were met.
    #[must_use]
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// The person of a row: one who was met already, or a new one.
    pub(super) fn enter(&mut self, new: Person, findings: &mut Sink<'_>) -> usize {
        let namesakes = self.by_name.get(&new.name).cloned().unwrap_or_default();
        let is_same = |at: &usize| {
            self.people.get(*at).is_some_and(|known| match (&known.phone, &new.phone) {
                (Some(a), Some(b)) => a == b,
                _ => {
                    known.account.is_none() || new.account.is_none() || known.account == new.account
                }
            } && (known.phone.is_some() && known.phone == new.phone || same_community(known, &new)))
        };
        let same = namesakes.iter().copied().find(is_same);
        let Some(at) = same else {
            let first = namesakes.first().and_then(|at| self.people.get(*at));
            if let Some(first) = first.filter(|first| first.phone.is_some() && new.phone.is_some())
            {
                findings(same_name(first, &new));
            }
            let at = self.people.len();
            self.by_name.entry(new.name.clone()).or_default().push(at);
            self.people.push(new);
            return at;
        };
        if let Some(known) = self.people.get_mut(at) {
            known.phone = known.phone.take().or(new.phone);
            known.account = known.account.take().or(new.account);
            known.limit = match (known.limit, new.limit) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            known.only |= new.only;
            if known.community.is_empty() {
                known.community = new.community;
            }
        }
        at
    }
}

fn same_community(a: &Person, b: &Person) -> bool {
    a.community.is_empty() || b.community.is_empty() || a.community == b.community
}

fn same_name(first: &Person, new: &Person) -> Finding {
    let at = cell_of(&first.file, &first.place, &new.file);
    Finding {
        kind: Kind::SameName,
        severity: Severity::Warning,
        file: new.file.clone(),
        place: new.place.clone(),
        message: Text::new(
            format!("与 {at} 同名而电话不同：按两个人计"),
            format!(
                "the same name as at {at} with another telephone number: counted as two people"
            ),
        ),
        advice: Text::fixed(
            "如是同一人，请改正电话；如是两人，不必修改",
            "correct the number if it is one person; leave it if they are two",
        ),
    }
}

/// A cell as it is said in a sentence: with its file where that is another.
pub(super) fn cell_of(file: &str, place: &Place, beside: &str) -> String {
    if file == beside {
        place.to_string()
    } else {
        format!("{file} {place}")
    }
}
