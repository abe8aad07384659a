//! One row of a household-level list, judged: what is wrong with it, its key and its code.

use jiff::civil::Date;

use super::coding::{Coding, Tally};
use super::packed::Packed;
use super::said::Said;
use super::silent::{Silent, Verdict};
use super::staircase::Staircase;
use super::standing::Way;
use crate::code::GridCode;
use crate::codebook::Codebook;
use crate::diagnostic::Severity;
use crate::household::{Earlier, Entry, Household, Level, Recall};
use crate::row::{Cells, Columns, Row};
use crate::rule::{Context, Findings, judge_household, judge_row};

/// What is the same for all rows of one table.
#[derive(Clone, Debug)]
pub(super) struct Table<'t> {
    pub(super) columns: &'t Columns,
    pub(super) codebook: &'t Codebook,
    pub(super) on: Date,
    /// In a text file each row tells how many cells it has.
    pub(super) text: bool,
    pub(super) remarks_from: Option<usize>,
    /// How households get codes, where they are to get any.
    pub(super) coding: Option<Coding<'t>>,
    /// Whether what the list says of each household is wanted, for comparing it with another list.
    pub(super) compared: bool,
}

/// Judges the rows of a household-level table, and remembers what spares work on the next; one for each thread.
#[derive(Debug)]
pub(super) struct Judge<'t> {
    table: &'t Table<'t>,
    recall: Recall<'t>,
    staircase: Staircase,
    silent: Option<Silent>,
}

/// What a row came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    /// The digest of the household's key; `None` where the row does not tell households apart.
    pub(super) digest: Option<u128>,
    /// The code as it stands in the row.
    pub(super) code: Option<GridCode>,
    /// The code that the household is to get.
    pub(super) new: Option<GridCode>,
    /// Whether a finding is an error.
    pub(super) wrong: bool,
    pub(super) tally: Tally,
    /// What the list says of it but for the code, where that is wanted.
    pub(super) said: Packed,
}

impl<'t> Judge<'t> {
    pub(super) fn new(table: &'t Table<'t>) -> Self {
        Self {
            table,
            recall: Recall::default(),
            staircase: Staircase::default(),
            silent: Silent::of(table.columns),
        }
    }

    /// Judges a row of as many cells as the table has columns, where there is nothing to say of it. `follows` says that
    /// the row before it was judged so, too.
    #[inline]
    pub(super) fn silently(&mut self, row: &Cells<'_>, follows: bool) -> Option<Judged> {
        if row.len() != self.table.columns.len() {
            return None;
        }
        self.told(row, follows)
    }

    #[inline]
    fn told(&mut self, row: &Cells<'_>, follows: bool) -> Option<Judged> {
        let silent = self.silent.as_mut()?;
        let told = silent.told(row, follows)?;
        match told.way {
            Way::On => {}
            Way::Anew => {
                self.staircase.digest(silent.door());
            }
            Way::Next(building, entrance) => self.staircase.enter(building, entrance),
            Way::Far(estate, building, entrance) => {
                self.staircase.go_to(estate, building, entrance);
            }
        }
        Some(Judged {
            digest: Some(self.staircase.next_room(told.unit.number())),
            code: told.code,
            new: told.verdict.code_for(told.code, told.unit),
            wrong: false,
            tally: told.verdict.tally,
            said: told.verdict.said_of(told.code, told.unit),
        })
    }

    /// Judges a row. `record` is the number of the data row, `earlier` the row that had the same key.
    pub(super) fn row(
        &mut self,
        row: &Row,
        record: u64,
        earlier: Option<Earlier>,
        found: &mut Findings<'_>,
    ) -> Judged {
        let table = self.table;
        let ragged = is_ragged(row, table.columns, table.remarks_from, table.text);
        if earlier.is_none()
            && !ragged
            && let Some(judged) = self.told(&row.cells(), false)
        {
            return judged;
        }
        let context = Context {
            codebook: table.codebook,
            columns: table.columns,
            on: table.on,
        };
        let mut entry = Entry::recalling(
            &mut self.recall,
            row,
            table.columns,
            record,
            Level::Household,
            table.codebook,
        );
        entry.ragged = ragged;
        judge_row(&entry, &context, found);
        let mut household = Household::begin(&entry, table.codebook, table.on);
        household.finish(table.codebook);
        household.earlier = earlier;
        judge_household(&household, &context, found);
        let (new, tally) = match &table.coding {
            None => (None, Tally::default()),
            Some(coding) => {
                let new = coding.code_of(&household);
                (new, coding.count(&household, new, table.columns, found))
            }
        };
        let said = if table.compared {
            Said::of(&household, table.codebook)
        } else {
            Said::default()
        };
        let worst = found.take_worst();
        if let Some(silent) = &mut self.silent {
            silent.interrupted();
        }
        let code = household.code.map(|(code, _)| code);
        let digest = self.staircase.digest(&entry.door);
        if let Some(silent) = &mut self.silent
            && worst.is_none()
            && earlier.is_none()
            && !ragged
            && digest.is_some()
        {
            silent.learn(&entry, Verdict::of(new, tally, &said), &self.staircase);
        }
        Judged {
            digest,
            code,
            new,
            wrong: worst == Some(Severity::Error),
            tally,
            said: Packed::of(&said, None),
        }
    }
}

/// Whether a row has more cells than the table, or, in a text file, fewer: its values may stand under wrong headers.
pub(super) fn is_ragged(
    row: &Row,
    columns: &Columns,
    remarks_from: Option<usize>,
    text: bool,
) -> bool {
    let width = columns.len();
    let end = remarks_from.unwrap_or(row.len()).min(row.len());
    let surplus = (width..end).any(|column| !row.get(column).trim().is_empty());
    surplus || text && row.len() < width
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::row::{Column, Field};
    use crate::rule::Settings;
    use jiff::civil::date;
    use proptest::prelude::*;

    const FIELDS: [Field; 13] = [
        Field::Community,
        Field::Building,
        Field::Entrance,
        Field::Unit,
        Field::GridCode,
        Field::ResidentType,
        Field::Tenure,
        Field::Residents,
        Field::Age,
        Field::HouseholdId,
        Field::Phone,
        Field::HeadName,
        Field::Floor,
    ];

    fn any_cells() -> impl Strategy<Value = Vec<String>> {
        let cell = |texts: &'static [&'static str]| prop::sample::select(texts);
        let cells = (
            (
                cell(&["甲社区", "乙社区", "1E5"]),
                cell(&[
                    "3栋",
                    "三栋",
                    "4栋",
                    "12栋",
                    "4栋2单元",
                    "3栋2单元",
                    "3栋803",
                    "8.03E+02",
                    "2月3日",
                    "",
                ]),
            ),
            (
                cell(&["1", "3", "2单元", "3单元", "", "无"]),
                cell(&[
                    "803", "0803", "804", "803A", "12-3", "3月4日", "3楼", "", "123456",
                ]),
            ),
            cell(&[
                "803Aa",
                "0803Aa",
                "804Bb",
                "803Aa8",
                "803Aa5",
                "803Ca",
                "803Ac",
                "803Aa9",
                "８０３Aa",
                "803Aa ",
                "",
                "无",
                "o03Aa",
            ]),
            (
                cell(&["常住人口", "流动", "A", "空挂户", "", "不详"]),
                cell(&["自购房", "出租房", "借住", "", "06"]),
            ),
            (
                cell(&["1", "2", "３", "三", "", "0"]),
                cell(&["30", "81", "79", "1", "200", "x", ""]),
            ),
            (
                cell(&["1", "2E+05", ""]),
                cell(&["10000000001", "1.39E+10", "1e5", ""]),
            ),
            (cell(&["甲", "乙"]), cell(&["8", "", "8.0E+1"])),
        );
        cells.prop_map(|(a, b, c, d, e, f, g)| {
            let all = [
                a.0, a.1, b.0, b.1, c, d.0, d.1, e.0, e.1, f.0, f.1, g.0, g.1,
            ];
            all.map(str::to_owned).to_vec()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn what_is_passed_over_in_silence_would_have_been_silent(
            lines in prop::collection::vec((any_cells(), 1_usize..4), 1..24),
            lacking in prop::collection::vec(0..FIELDS.len(), 0..5),
            codes in any::<bool>(),
            number_cells in any::<bool>(),
        ) {
            let fields = || (0..FIELDS.len()).filter(|at| !lacking.contains(at));
            let column = |at: usize| Column {
                header: FIELDS[at].key().to_owned(),
                field: Some(FIELDS[at]),
            };
            let columns = Columns::new(fields().map(column).collect());
            let codebook = Codebook::shushan();
            let table = Table {
                columns: &columns,
                codebook,
                on: date(2026, 11, 1),
                text: true,
                remarks_from: None,
                coding: codes.then(|| Coding::new(&columns, codebook)),
                compared: true,
            };
            let settings = Settings::default();
            let judge_all = |mut judge: Judge<'_>| {
                let (mut number, mut found, mut judged) = (1, Vec::new(), Vec::new());
                for (line, times) in &lines {
                    for _ in 0..*times {
                        number += 1;
                        let mut row = Row::new(number);
                        for at in fields() {
                            let text = line[at].as_str();
                            let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
                            let kind = if number_cells && digits && at != 3 {
                                crate::row::CellKind::Number
                            } else {
                                crate::row::CellKind::Text
                            };
                            row.push(text, kind);
                        }
                        let mut keep = |finding| found.push(finding);
                        let mut findings = Findings::new(None, &settings, &mut keep);
                        judged.push(judge.row(&row, number - 1, None, &mut findings));
                    }
                }
                (found, judged)
            };
            let recalling = judge_all(Judge::new(&table));
            let mut forgetful = Judge::new(&table);
            forgetful.silent = None;
            prop_assert_eq!(recalling, judge_all(forgetful));
        }
    }
}
