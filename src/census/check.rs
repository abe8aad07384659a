//! Checking a list: every rule on every row, nothing written.

use super::walk::{Visitor, walk};
use super::{Account, Options};
use crate::diagnostic::Diagnostic;
use crate::table::{Source, TableError};

struct OnlyLook;

impl Visitor for OnlyLook {}

/// Checks every table of a file; each finding goes to `sink` as it is made.
///
/// Findings come in the order of rows, but what can only be said of a whole household comes after the rows of a
/// person-level table, household by household.
///
/// # Errors
/// When the file cannot be read or holds no household table. Wrong rows never stop it.
///
/// ```
/// use gridcode::census::{Options, check};
/// use gridcode::codebook::Codebook;
/// use gridcode::table::Source;
/// let list = "楼栋,房号,网格编码\n3栋,803,803Aa8\n3栋,804,804Ca\n";
/// let options = Options::new(Codebook::shushan(), jiff::civil::date(2026, 11, 1));
/// let mut findings = Vec::new();
/// let account = check(&Source::bytes("list.csv", list.into()), &options, &mut |finding| findings.push(finding))?;
/// assert_eq!((account.total().accepted, account.total().with_errors), (1, 1));
/// assert_eq!(findings[0].rule, "undefined-letter");
/// assert_eq!(findings[0].place.to_string(), "C3");
/// # Ok::<(), gridcode::table::TableError>(())
/// ```
pub fn check(
    source: &Source,
    options: &Options<'_>,
    sink: &mut dyn FnMut(Diagnostic),
) -> Result<Account, TableError> {
    walk(source, options, &mut OnlyLook, sink)
}
