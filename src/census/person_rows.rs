//! The rows of a person-level table through the pipe: pieces of them worked on apart, and put together in order.

use std::cell::RefCell;
use std::mem;

use super::along::{Above, Along};
use super::households::Watcher;
use super::judge::Table;
use super::pipe::{self, Work};
use crate::row::Row;
use crate::table::{self, Chunk, Follow, RowKind, TableError};

/// What is done with each row of a person-level table.
pub(super) trait EachRow: Sync {
    /// What the rows of a piece come to.
    type Done: Send;

    /// Whether rows are read whole, or only their doors.
    const WHOLE: bool;

    /// Of no rows yet.
    fn nothing(&self) -> Self::Done;

    /// Takes a row in; nothing needs to be left of it.
    fn row(&self, row: &mut Row, kind: RowKind, along: &mut Along<'_>, done: &mut Self::Done);
}

/// How a table is worked through.
pub(super) struct PersonRows<'p, E> {
    pub(super) each: &'p E,
    pub(super) table: &'p Table<'p>,
    pub(super) threads: usize,
    /// How much text a chunk has, about.
    pub(super) chunk: usize,
}

/// Takes what pieces of the table come to, in order.
pub(super) type Absorb<'a, D> = dyn FnMut(D) -> Result<u64, TableError> + 'a;

/// As many rows are taken in at once where there are no chunks.
const ROWS_IN_A_PIECE: u32 = 1 << 10;

impl<E: EachRow> PersonRows<'_, E> {
    /// Works through the table; `absorb` says how many rows that makes, which `watcher` is told.
    pub(super) fn run(
        &self,
        rows: &mut table::Table<'_>,
        absorb: &mut Absorb<'_, E::Done>,
        watcher: &mut Watcher<'_>,
    ) -> Result<(), TableError> {
        let mut along = Along::new(self.table, E::WHOLE);
        let mut row = Row::default();
        let mut done = self.each.nothing();
        while let Some(kind) = rows.next_sampled(&mut row) {
            self.each.row(&mut row, kind, &mut along, &mut done);
        }
        absorb(done)?;
        let Some((chunks, follow)) = rows.rest(self.chunk) else {
            return self.one_by_one(rows, &mut along, absorb, watcher);
        };
        let mut above = mem::take(&mut along.above);
        let again = RefCell::new((along, row));
        pipe::run(
            self,
            chunks,
            follow,
            self.threads,
            &mut |piece, chunk, follow| {
                let Piece {
                    led,
                    done,
                    above: last,
                } = piece;
                if led > 0 {
                    // The first rows lean on a row of the chunk before, which is known only now.
                    let hand = &mut *again.borrow_mut();
                    hand.0.above = mem::take(&mut above);
                    let mut follow = follow.clone();
                    let before = self.part(hand, chunk, &mut follow, Part::Led(led));
                    above = before.above;
                    absorb(before.done)?;
                }
                if last.is_told() {
                    above = last;
                }
                watcher(absorb(done)?)
            },
        )
    }

    /// A workbook's rows.
    fn one_by_one(
        &self,
        rows: &mut table::Table<'_>,
        along: &mut Along<'_>,
        absorb: &mut Absorb<'_, E::Done>,
        watcher: &mut Watcher<'_>,
    ) -> Result<(), TableError> {
        let mut row = Row::default();
        let mut end = false;
        while !end {
            let mut done = self.each.nothing();
            for _ in 0..ROWS_IN_A_PIECE {
                match rows.next(&mut row) {
                    Ok(Some(kind)) => self.each.row(&mut row, kind, along, &mut done),
                    Ok(None) => {
                        end = true;
                        break;
                    }
                    // What was read before is said before.
                    Err(error) => {
                        absorb(done)?;
                        return Err(error);
                    }
                }
            }
            watcher(absorb(done)?)?;
        }
        Ok(())
    }

    fn part(
        &self,
        (along, row): &mut (Along<'_>, Row),
        chunk: &Chunk,
        follow: &mut Follow<'_>,
        part: Part,
    ) -> Piece<E::Done> {
        let mut done = self.each.nothing();
        let mut led = 0;
        let mut rows = chunk.rows();
        while part != Part::Led(led) && rows.next(row) {
            let kind = follow.take(row);
            let is_led =
                !along.above.is_told() && (kind != RowKind::Data || !along.names_door(row));
            if is_led || matches!(part, Part::Led(_)) {
                led += 1;
            }
            if !is_led {
                self.each.row(row, kind, along, &mut done);
            }
        }
        let above = mem::take(&mut along.above);
        Piece { led, done, above }
    }
}

/// Which rows of a chunk are worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// From the first data row that names a door: what stands above it may lean on rows of the chunk before.
    Own,
    /// So many rows, those before.
    Led(u64),
}

/// What the rows of a chunk come to.
pub(super) struct Piece<D> {
    /// So many rows at the beginning were left alone.
    led: u64,
    done: D,
    /// The last row that names a door.
    above: Above,
}

impl<'p, E: EachRow> Work for PersonRows<'p, E> {
    type Hand = (Along<'p>, Row);
    type Done = Piece<E::Done>;

    fn hand(&self) -> Self::Hand {
        (Along::new(self.table, E::WHOLE), Row::default())
    }

    fn chunk(&self, hand: &mut Self::Hand, chunk: &Chunk, follow: &mut Follow<'_>) -> Self::Done {
        hand.0.above = Above::default();
        self.part(hand, chunk, follow, Part::Own)
    }
}
