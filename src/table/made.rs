//! What this program itself has written into a workbook, told by the names that it left there.

use crate::row::column_number;

/// Names of this program begin so. People do not see them, and programs move them with the cells they name.
pub(crate) const PREFIX: &str = "_gridcode.";
/// Each names one cell of a sheet that is wholly this program's.
pub(crate) const SHEET: &str = "_gridcode.sheet.";
/// Each names one column in a sheet of the user's.
pub(crate) const COLUMN: &str = "_gridcode.column.";
/// Each names the first cell of a filter that was not there before.
pub(crate) const FILTER: &str = "_gridcode.filter.";

/// The sheets and columns that this program wrote into a workbook: no data of the user's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Made {
    /// Sheets that are wholly ours.
    pub(crate) sheets: Vec<String>,
    /// Columns, 0-based, in sheets of the user's.
    pub(crate) columns: Vec<(String, u32)>,
    /// Sheets whose filter is ours.
    pub(crate) filters: Vec<String>,
    /// Whether any name of ours is there.
    pub(crate) any: bool,
}

impl Made {
    /// From the names of a workbook and what they stand for.
    pub(crate) fn of<'n>(names: impl Iterator<Item = (&'n str, &'n str)>) -> Self {
        let mut made = Self::default();
        for (name, formula) in names {
            if !name.starts_with(PREFIX) {
                continue;
            }
            made.any = true;
            // Where the column or sheet was deleted nothing is left to name.
            let Some((sheet, first, last)) = area(formula) else {
                continue;
            };
            if name.starts_with(SHEET) {
                made.sheets.push(sheet);
            } else if name.starts_with(COLUMN) && first == last {
                made.columns.push((sheet, first));
            } else if name.starts_with(FILTER) {
                made.filters.push(sheet);
            }
        }
        made
    }

    /// Whether a sheet is wholly ours.
    pub(crate) fn is_sheet(&self, name: &str) -> bool {
        self.sheets.iter().any(|sheet| sheet == name)
    }

    /// The columns of ours in a sheet, in order.
    pub(crate) fn columns_of(&self, sheet: &str) -> Vec<u32> {
        let own = self.columns.iter().filter(|(name, _)| name == sheet);
        let mut columns: Vec<u32> = own.map(|(_, column)| *column).collect();
        columns.sort_unstable();
        columns.dedup();
        columns
    }
}

/// The sheet and the first and last column of `'住户 1'!$H$3:$H$100`, and of the like in an ODS file.
pub(crate) fn area(formula: &str) -> Option<(String, u32, u32)> {
    let formula = formula.trim().trim_start_matches('=');
    let (sheet, cells) = match formula.rsplit_once('!') {
        Some(split) => split,
        // `$住户.$H$3:.$H$100`
        None => formula.split_once('.')?,
    };
    let sheet = sheet.trim_start_matches('$');
    let sheet = match sheet
        .strip_prefix('\'')
        .and_then(|name| name.strip_suffix('\''))
    {
        Some(quoted) => quoted.replace("''", "'"),
        None => sheet.to_owned(),
    };
    let column = |cell: &str| {
        let letters: String = cell
            .rsplit('.')
            .next()
            .unwrap_or_default()
            .chars()
            .filter(|sign| *sign != '$')
            .take_while(char::is_ascii_alphabetic)
            .collect();
        u32::try_from(column_number(&letters)?).ok()
    };
    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
    Some((sheet, column(first)?, column(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_is_ours() {
        let names = [
            ("_gridcode.sheet.1", "'汇总'!$A$1"),
            ("_gridcode.column.1", "'甲''s 表!'!$H$3:$H$9"),
            ("_gridcode.column.2", "#REF!"),
            ("_gridcode.column.3", "$住户.$I$3:.$I$9"),
            ("_gridcode.column.4", "住户!$J$3:$K$9"),
            ("其他", "汇总!$B$1"),
        ];
        let made = Made::of(names.into_iter());
        assert_eq!(made.sheets, ["汇总"]);
        assert_eq!(made.columns_of("甲's 表!"), [7]);
        assert_eq!(made.columns_of("住户"), [8]);
        assert!(made.any && !Made::of([("a", "b")].into_iter()).any);
    }
}
