//! Rows about which there is nothing to say: what was silent once is silent again, and is not judged a second time.

use super::coding::Tally;
use super::packed::Packed;
use super::said::Said;
use super::spelling::Spelling;
use super::staircase::Staircase;
use super::standing::{Standing, Step, Way};
use crate::address::Unit;
use crate::code::{self, Alphabet, Flags, GridCode, ResidentLetter, TenureLetter};
use crate::household::{DoorRead, Entry};
use crate::row::{CellKind, Cells, Columns, Field};

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
/// silent row, or differ from one that had only in the [plain numbers](super::numbered::number) of building and entrance.
/// Then both rows are silent when one is: nothing that a rule looks at tells them apart. A property beside the judge holds
/// that against judging each row.
#[derive(Debug)]
pub(super) struct Silent {
    standing: Standing,
    /// Whether the row before was told.
    is_again: bool,
    /// How many of the first columns those of the staircase are among.
    reach: usize,
    unit: usize,
    code: Option<usize>,
    /// The code's column and those that are judged, where they stand side by side together: the first and the last.
    runs: Vec<(usize, usize)>,
    long_numbers: Vec<usize>,
    /// What is looked up.
    sought: Spelling,
    slots: Vec<Option<Known>>,
}

/// Rows that were silent.
#[derive(Debug)]
struct Known {
    sought: Box<[u64]>,
    /// What stands in their codes behind the room, where they have codes.
    letters: Option<(ResidentLetter, TenureLetter, Flags)>,
    verdict: Verdict,
}

/// What a silent row came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    new: Option<(ResidentLetter, TenureLetter, Flags)>,
    pub(super) tally: Tally,
    /// But for the room, and the code that is written.
    said: Packed,
}

impl Verdict {
    pub(super) fn of(new: Option<GridCode>, tally: Tally, said: &Said) -> Self {
        Self {
            new: new.map(|code| (code.resident, code.tenure, code.flags)),
            tally,
            said: Packed::of(
                &Said {
                    unit: None,
                    ..*said
                },
                None,
            ),
        }
    }

    /// What the list says of the household, its room as its code writes it, else as the list does.
    #[inline]
    pub(super) fn said_of(self, code: Option<GridCode>, unit: code::Unit) -> Packed {
        self.said.with_unit(code.map_or(unit, |code| code.unit))
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
    pub(super) way: Way<'s>,
    /// Its room.
    pub(super) unit: code::Unit,
    pub(super) code: Option<GridCode>,
    pub(super) verdict: Verdict,
}

impl Silent {
    /// For a table whose rows may repeat themselves; `None` for any other.
    pub(super) fn of(columns: &Columns) -> Option<Self> {
        let unit = columns.of(Field::Unit)?;
        if UNLIKE.iter().any(|field| columns.has(*field)) {
            return None;
        }
        let of = |field: &Field| columns.of(*field);
        let stairs = STAIRCASE.map(|field| columns.of(field));
        let code = columns.of(Field::GridCode);
        let mut judged: Vec<usize> = JUDGED.iter().filter_map(of).chain(code).collect();
        judged.sort_unstable();
        judged.dedup();
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for at in judged {
            match runs.last_mut() {
                Some((_, last)) if *last + 1 == at && code != Some(at) => *last = at,
                _ => runs.push((at, at)),
            }
        }
        Some(Self {
            standing: Standing::new(stairs),
            is_again: false,
            reach: stairs.iter().flatten().max().map_or(0, |last| last + 1),
            unit,
            code,
            runs,
            long_numbers: NUMBERS.iter().filter_map(of).collect(),
            sought: Spelling::default(),
            slots: Vec::new(),
        })
    }

    /// What a row comes to, where rows like it were silent. `follows` says that the row before, with which it
    /// [shares](Cells::shared) cells, was told here.
    #[inline]
    pub(super) fn told<'s>(&mut self, row: &Cells<'s>, follows: bool) -> Option<Told<'s>> {
        if self.slots.is_empty() {
            return None;
        }
        let is_here = follows && self.is_again && row.shared() >= self.reach;
        let step = if is_here {
            Step::Here
        } else {
            self.standing.step(row)?
        };
        let Rooms { unit, own, digits } = self.rooms(row)?;
        let slot = self.seek(row, digits);
        let known = self.slots.get(slot)?.as_ref()?;
        if *known.sought != *self.sought.words() {
            return None;
        }
        let code = known.letters.map(|(resident, tenure, flags)| GridCode {
            unit: own,
            resident,
            tenure,
            flags,
        });
        let verdict = known.verdict;
        let resumes = !std::mem::replace(&mut self.is_again, true);
        let way = self.standing.take(&step, row, resumes);
        Some(Told {
            way,
            unit,
            code,
            verdict,
        })
    }

    /// A door of the staircase that was told last.
    pub(super) fn door(&mut self) -> &DoorRead {
        self.standing.door()
    }

    /// Takes notice that a row was judged: the next one that is told has to say its door.
    pub(super) fn interrupted(&mut self) {
        self.is_again = false;
    }

    /// Remembers a row that was judged, and silent. The staircase has just told the digest of its door.
    pub(super) fn learn(&mut self, entry: &Entry<'_>, verdict: Verdict, staircase: &Staircase) {
        let row = &entry.row.cells();
        // A staircase whose cells tell a floor or a room has a say in the room.
        let read = &entry.door;
        let plain =
            read.door.floor.is_none() && !read.has_unit_beside_column() && read.faults.is_empty();
        let Some(rooms) = self.rooms(row).filter(|_| plain) else {
            return;
        };
        let own = entry.door.door.unit.as_ref().and_then(Unit::code_unit);
        if own != Some(rooms.unit) {
            return;
        }
        let code = match self.code.map_or("", |at| row.get(at)) {
            "" => None,
            text => match GridCode::parse_in(text, Alphabet::ANY) {
                Ok(code) => Some(code),
                Err(_) => return,
            },
        };
        self.standing.learn(entry, staircase);
        if self.slots.is_empty() {
            self.slots.resize_with(SLOTS, || None);
        }
        let slot = self.seek(row, rooms.digits);
        if let Some(slot) = self.slots.get_mut(slot) {
            *slot = Some(Known {
                sought: self.sought.words().into(),
                letters: code.map(|code| (code.resident, code.tenure, code.flags)),
                verdict,
            });
        }
    }

    /// The room of a row, as the list writes it and as its code does; `None` where more than the room and what is
    /// [sought](Self::seek) has a say in the findings.
    #[inline]
    fn rooms(&self, row: &Cells<'_>) -> Option<Rooms> {
        let room = row.bytes(self.unit);
        let unit = unit_of(room)?;
        let code = self.code.map_or(&[][..], |at| row.bytes(at));
        let (digits, own) = match code.strip_prefix(room) {
            _ if code.is_empty() => (0, unit),
            Some([letter, ..]) if !letter.is_ascii_digit() => (room.len(), unit),
            _ => {
                let digits = code.iter().take_while(|byte| byte.is_ascii_digit());
                let digits = digits.count();
                let (own, letters) = code.split_at_checked(digits)?;
                let own = unit_of(own)?;
                if letters.is_empty() || own.number() != unit.number() {
                    return None;
                }
                (digits, own)
            }
        };
        let quiet = row.text_length() <= LONGEST
            && self
                .long_numbers
                .iter()
                .all(|at| !has_exponent(row.bytes(*at)))
            && (row.is_all_text() || !(0..row.len()).any(|at| row.kind(at) == CellKind::NoValue));
        quiet.then_some(Rooms { unit, own, digits })
    }

    /// Writes down everything that the findings of a row follow from, but for staircase and room; gives where that is
    /// looked up. The first `digits` bytes of the code are the room's.
    #[inline]
    fn seek(&mut self, row: &Cells<'_>, digits: usize) -> usize {
        self.sought.clear();
        if self.spell_line(row, digits).is_none() {
            self.sought.clear();
            self.spell_cells(row, digits);
        }
        // A slot lost to another row costs one judging.
        self.sought.slot(SLOTS)
    }

    /// Spells a plain line run by run: its delimiters tell cells apart.
    #[inline]
    fn spell_line(&mut self, row: &Cells<'_>, digits: usize) -> Option<()> {
        let (line, ends) = row.plain_line()?;
        for &(from, to) in &self.runs {
            let before = from.checked_sub(1);
            let start = before.map_or(Some(0), |before| Some(ends.get(before)? + 1))?;
            let start = start + if self.code == Some(from) { digits } else { 0 };
            let length = ends.get(to)?.checked_sub(start)?;
            self.sought.push(line.get(start..)?, length);
        }
        Some(())
    }

    /// Spells cell by cell, each with its kind.
    #[cold]
    fn spell_cells(&mut self, row: &Cells<'_>, digits: usize) {
        self.sought.push_kind(row.kind(self.unit));
        for &(from, to) in &self.runs {
            for at in from..=to {
                let skipped = if self.code == Some(at) { digits } else { 0 };
                let text = row.bytes(at).get(skipped..).unwrap_or_default();
                self.sought.push_kind(row.kind(at));
                self.sought.push(text, text.len());
            }
        }
    }
}

/// The room of a row.
struct Rooms {
    unit: code::Unit,
    /// As its code writes it.
    own: code::Unit,
    /// How many bytes of the code that is; the others are letters and flags.
    digits: usize,
}

/// Whether a spreadsheet may have written a number in scientific notation.
#[inline]
fn has_exponent(text: &[u8]) -> bool {
    // Digits have no bit in common with the letter.
    let is_letter = |byte: u8| byte & 0x40 != 0;
    let has_letter = match (text.first_chunk::<8>(), text.last_chunk::<8>()) {
        (Some(first), Some(last)) if text.len() <= 16 => {
            let both = u64::from_le_bytes(*first) | u64::from_le_bytes(*last);
            both & 0x4040_4040_4040_4040 != 0
        }
        _ => text.iter().any(|byte| is_letter(*byte)),
    };
    has_letter && text.iter().any(|byte| byte | 0x20 == b'e')
}

/// The room of a cell of one to five digits.
#[inline]
fn unit_of(text: &[u8]) -> Option<code::Unit> {
    let digits = u8::try_from(text.len()).ok()?;
    if digits > code::Unit::MAX_DIGITS {
        return None;
    }
    let mut number = 0;
    for byte in text {
        number = number * 10 + u32::from(byte.is_ascii_digit().then(|| byte & 0xf)?);
    }
    code::Unit::new(number, digits)
}
