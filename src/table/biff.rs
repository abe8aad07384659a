//! Makes an XLS file safe to hand on: lengths that a damaged file claims must not be believed.
//!
//! The workbook reader reserves memory for as many cells as a sheet's DIMENSIONS record promises, and for the whole
//! rectangle up to its last cell. A flipped bit there asks for hundreds of gigabytes and ends the program. So the
//! promise is blanked, and a cell outside the format's 256 columns is called damage. Sources: MS-CFB, MS-XLS 2.4.

use std::ops::ControlFlow;

const HEADER: usize = 512;
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
const COLUMNS: u16 = 256;

const DIMENSIONS: u16 = 0x0200;
/// Records that hold a cell: row, column, and more.
const CELLS: [u16; 8] = [
    0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E,
];

/// Blanks every DIMENSIONS record; `false` when a cell lies outside the sheet.
///
/// A file whose structure cannot be followed is left as it is: the workbook reader will say what is wrong with it.
pub(crate) fn tame(file: &mut [u8]) -> bool {
    let Some((sector, chain)) = workbook(file) else {
        return true;
    };
    let place = |at: usize| {
        let first = chain.get(at / sector)?;
        Some((*first as usize + 1) * sector + at % sector)
    };
    let mut blanks = Vec::new();
    let walked = walk(
        |at| place(at).and_then(|at| file.get(at)).copied(),
        |kind, start, length, column| {
            if kind == DIMENSIONS {
                blanks.extend((start..start + length).filter_map(place));
            }
            if CELLS.contains(&kind) && column.is_some_and(|column| column >= COLUMNS) {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        },
    );
    for at in blanks {
        if let Some(byte) = file.get_mut(at) {
            *byte = 0;
        }
    }
    walked.is_continue()
}

/// Goes through the records: kind, where the data begin, their length, and the column if they are a cell's.
fn walk(
    byte: impl Fn(usize) -> Option<u8>,
    mut each: impl FnMut(u16, usize, usize, Option<u16>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let short = |at: usize| Some(u16::from_le_bytes([byte(at)?, byte(at + 1)?]));
    let mut at = 0;
    while let (Some(kind), Some(length)) = (short(at), short(at + 2)) {
        let start = at + 4;
        let length = usize::from(length);
        each(kind, start, length, short(start + 2))?;
        at = start + length;
    }
    ControlFlow::Continue(())
}

/// The size of a sector and the sectors of the workbook stream, in order.
fn workbook(file: &[u8]) -> Option<(usize, Vec<u32>)> {
    let shift = short(file, 30)?;
    let sector = 1_usize.checked_shl(u32::from(shift))?;
    if !(9..=12).contains(&shift) {
        return None;
    }
    let table = allocation(file, sector)?;
    let directory = follow(&table, long(file, 48)?)?;
    for first in directory {
        let start = (first as usize + 1) * sector;
        for entry in file.get(start..start + sector)?.chunks_exact(128) {
            let name = entry.get(..64)?;
            let is = |wanted: &str| {
                let mut units = wanted.encode_utf16().chain([0]).flat_map(u16::to_le_bytes);
                name.iter()
                    .take(wanted.len() * 2 + 2)
                    .all(|byte| units.next() == Some(*byte))
            };
            if is("Workbook") || is("Book") {
                return Some((sector, follow(&table, long(entry, 116)?)?));
            }
        }
    }
    None
}

/// The allocation table: for each sector the one that follows it.
fn allocation(file: &[u8], sector: usize) -> Option<Vec<u32>> {
    let mut holders: Vec<u32> = (0..109)
        .filter_map(|slot| long(file, 76 + slot * 4))
        .collect();
    let mut more = long(file, 68)?;
    let most = file.len() / sector;
    let mut links = 0;
    while more < LAST_SECTOR && links < most {
        let start = (more as usize + 1) * sector;
        let last = start + sector - 4;
        holders.extend((start..last).step_by(4).filter_map(|at| long(file, at)));
        more = long(file, last)?;
        links += 1;
    }
    let mut table = Vec::new();
    for holder in holders.into_iter().filter(|holder| *holder < LAST_SECTOR) {
        let start = (holder as usize + 1) * sector;
        if table.len() > most + sector {
            break;
        }
        table.extend(
            (start..start + sector)
                .step_by(4)
                .filter_map(|at| long(file, at)),
        );
    }
    (sector >= HEADER).then_some(table)
}

/// The sectors of a chain; `None` when it runs in a circle.
fn follow(table: &[u32], first: u32) -> Option<Vec<u32>> {
    let mut chain = Vec::new();
    let mut next = first;
    while next < LAST_SECTOR {
        if chain.len() > table.len() {
            return None;
        }
        chain.push(next);
        next = *table.get(next as usize)?;
    }
    Some(chain)
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes(pair.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
