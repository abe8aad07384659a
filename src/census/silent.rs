//! Rows about which there is nothing to say: what was silent once is silent again, and is not judged a second time.

use twox_hash::XxHash3_64;

use super::coding::Tally;
use crate::address::Unit;
use crate::code::{self, Alphabet, Flags, GridCode, ResidentLetter, TenureLetter};
use crate::household::{DoorRead, Entry};
use crate::row::{CellKind, Columns, Field, Row};

/// Fields that say where the staircase is.
const STAIRCASE: [Field; 4] = [
    Field::Community,
    Field::Estate,
    Field::Building,
    Field::Entrance,
];

/// Fields that rules read and that have few different values in a list of households.
const JUDGED: [Field; 6] = [
    Field::ResidentType,
    Field::Tenure,
    Field::Age,
    Field::Residents,
    Field::Relation,
    Field::Tags,
];

/// Fields of which rules look only whether a spreadsheet has made a number in scientific notation of them.
const NUMBERS: [Field; 2] = [Field::HouseholdId, Field::Phone];

/// Fields that differ from row to row and that rules read: a table that has one of them never repeats itself.
const UNLIKE: [Field; 4] = [
    Field::Address,
    Field::HeadId,
    Field::IdNumber,
    Field::BirthDate,
];

/// The longest row that is looked at here: a longer one may hold a cell that is too long.
const LONGEST: usize = 4096;
/// How many kinds of rows are remembered, a power of two: types, tenures, flags and numbers of residents make hundreds.
const SLOTS: usize = 1 << 12;

/// What silent rows of one table looked like.
///
/// The findings of a row follow from its cells. Let two rows agree in every cell that a rule reads, but for the staircase
/// and the room; let each room be plain digits, and the code's own where there is a code; and let each staircase have had a
/// silent row. Then both rows are silent when one is: nothing that a rule looks at tells them apart. A property in this
/// file holds that against judging each row.
#[derive(Debug)]
pub(super) struct Silent {
    /// The texts and kinds of the staircase that had a silent row last, and its door.
    staircase: Vec<(String, CellKind)>,
    door: DoorRead,
    /// Whether the row before was of that staircase too, and told.
    is_again: bool,
    judged: Vec<usize>,
    numbers: Vec<usize>,
    /// What is looked up.
    sought: Vec<u8>,
    slots: Vec<Option<(Box<[u8]>, Verdict)>>,
}

/// What a silent row came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    new: Option<(ResidentLetter, TenureLetter, Flags)>,
    pub(super) tally: Tally,
}

impl Verdict {
    pub(super) fn of(new: Option<GridCode>, tally: Tally) -> Self {
        Self {
            new: new.map(|code| (code.resident, code.tenure, code.flags)),
            tally,
        }
    }

    /// The code that the household is to get: its room as the code writes it that it had, else as the list does.
    pub(super) fn code_for(self, code: Option<GridCode>, unit: code::Unit) -> Option<GridCode> {
        let unit = code.map_or(unit, |code| code.unit);
        self.new.map(|(resident, tenure, flags)| GridCode {
            unit,
            resident,
            tenure,
            flags,
        })
    }
}

/// What is known of a row that was not judged.
#[derive(Debug)]
pub(super) struct Told<'s> {
    /// Its door, where it is the first in its staircase.
    pub(super) door: Option<&'s DoorRead>,
    /// The digits of its room.
    pub(super) digits: &'s str,
    pub(super) unit: code::Unit,
    pub(super) code: Option<GridCode>,
    pub(super) verdict: Verdict,
}

impl Silent {
    /// For a table whose rows may repeat themselves; `None` for any other.
    pub(super) fn of(columns: &Columns) -> Option<Self> {
        let may = columns.has(Field::Unit) && !UNLIKE.iter().any(|field| columns.has(*field));
        let all = |fields: &[Field]| {
            fields
                .iter()
                .filter_map(|field| columns.of(*field))
                .collect()
        };
        may.then(|| Self {
            staircase: Vec::new(),
            door: DoorRead::default(),
            is_again: false,
            judged: all(&JUDGED),
            numbers: all(&NUMBERS),
            sought: Vec::new(),
            slots: Vec::new(),
        })
    }

    /// What a row comes to, where rows like it were silent.
    pub(super) fn told<'s>(&'s mut self, row: &'s Row, columns: &Columns) -> Option<Told<'s>> {
        if self.slots.is_empty() || !self.is_staircase(row, columns) {
            return None;
        }
        let (unit, code) = self.seek(row, columns)?;
        let slot = self.slot();
        let (known, verdict) = self.slots.get(slot)?.as_ref()?;
        if **known != *self.sought {
            return None;
        }
        let verdict = *verdict;
        let digits = row.get(columns.of(Field::Unit)?);
        let door = (!self.is_again).then(|| {
            self.door.door.unit = Unit::of_digits(digits);
            &self.door
        });
        self.is_again = true;
        Some(Told {
            door,
            digits,
            unit,
            code,
            verdict,
        })
    }

    /// Takes notice that a row was judged: the next one that is told has to say its door.
    pub(super) fn interrupted(&mut self) {
        self.is_again = false;
    }

    /// Remembers a row that was judged, and silent.
    pub(super) fn learn(&mut self, entry: &Entry<'_>, verdict: Verdict) {
        let (row, columns) = (entry.row, entry.columns);
        // A staircase whose cells tell a floor or a room has a say in the room.
        let read = &entry.door;
        let plain =
            read.door.floor.is_none() && !read.has_unit_beside_column() && read.faults.is_empty();
        let Some((unit, _)) = self.seek(row, columns).filter(|_| plain) else {
            return;
        };
        let own = entry.door.door.unit.as_ref().and_then(Unit::code_unit);
        if own != Some(unit) {
            return;
        }
        if !self.is_staircase(row, columns) {
            let text = |field| {
                let column = columns.of(field);
                column.map_or_else(Default::default, |at| {
                    (row.get(at).to_owned(), row.kind(at))
                })
            };
            self.staircase = STAIRCASE.map(text).into();
            self.door = entry.door.clone();
        }
        if self.slots.is_empty() {
            self.slots.resize_with(SLOTS, || None);
        }
        let slot = self.slot();
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = Some((self.sought.as_slice().into(), verdict));
        }
    }

    fn is_staircase(&self, row: &Row, columns: &Columns) -> bool {
        let is_same = |(field, (text, kind)): (Field, &(String, CellKind))| {
            columns
                .of(field)
                .is_none_or(|at| row.get(at) == text && row.kind(at) == *kind)
        };
        !self.staircase.is_empty() && STAIRCASE.into_iter().zip(&self.staircase).all(is_same)
    }

    /// Writes down everything that the findings of a row follow from, but for staircase and room; gives its room and code.
    /// `None` where more than that has a say.
    fn seek(&mut self, row: &Row, columns: &Columns) -> Option<(code::Unit, Option<GridCode>)> {
        let unit_at = columns.of(Field::Unit)?;
        let unit = unit_of(row.get(unit_at))?;
        self.sought.clear();
        self.sought.push(kind_byte(row.kind(unit_at)));
        let code = match columns.of(Field::GridCode) {
            None => None,
            Some(at) => {
                self.sought.push(kind_byte(row.kind(at)));
                let text = row.get(at);
                let code = match text {
                    "" => None,
                    text => Some(GridCode::parse_in(text, Alphabet::ANY).ok()?),
                };
                if let Some(code) = code {
                    if code.unit.number() != unit.number() {
                        return None;
                    }
                    // What follows the room: letters and flags.
                    let rest = text.get(usize::from(code.unit.digits())..)?;
                    self.sought.extend_from_slice(rest.as_bytes());
                }
                code
            }
        };
        for &at in &self.judged {
            self.sought.push(END);
            self.sought.push(kind_byte(row.kind(at)));
            self.sought.extend_from_slice(row.get(at).as_bytes());
        }
        let exponent = |&at: &usize| row.get(at).bytes().any(|byte| byte | 0x20 == b'e');
        let blank_formula = |at| row.kind(at) == CellKind::NoValue;
        let quiet = row.text_length() <= LONGEST
            && !self.numbers.iter().any(exponent)
            && (row.is_all_text() || !(0..row.len()).any(blank_formula));
        quiet.then_some((unit, code))
    }

    fn slot(&self) -> usize {
        // A slot lost to another row costs one judging.
        let hash = XxHash3_64::oneshot(&self.sought) % SLOTS as u64;
        usize::try_from(hash).unwrap_or_default()
    }
}

/// No byte of UTF-8.
const END: u8 = 0xff;

fn kind_byte(kind: CellKind) -> u8 {
    0xf8 | kind as u8
}

/// The room of a cell of one to five digits.
fn unit_of(text: &str) -> Option<code::Unit> {
    let digits = u8::try_from(text.len()).ok()?;
    let plain = digits <= code::Unit::MAX_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| {
        text.parse()
            .ok()
            .and_then(|number| code::Unit::new(number, digits))
    })?
}
