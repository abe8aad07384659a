//! Records out of delimited text, block by block: `csv-core` reads the cells, and the blank lines it skips are kept.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

/// What came of reading on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A record is whole; a blank line is a record without cells.
    Record,
    /// The text is used up, and no record is whole yet: hand on the text that follows it.
    More,
    /// The text is at its end, and there is no further record.
    End,
    /// The text is at its end inside a quoted cell.
    Open,
}

/// Reads one record after the other. Quotes are always `"`, doubled inside a quoted cell; CR, LF and CRLF each end a
/// record.
#[derive(Debug)]
pub(crate) struct Records {
    core: Reader,
    /// The cells of the record one after the other, without their quotes; what follows `filled` is room.
    text: Vec<u8>,
    filled: usize,
    /// Where the cells end in `text`; what follows `width` is room.
    ends: Vec<usize>,
    width: usize,
    /// How many bytes of the record have been read.
    length: usize,
    /// Whether the record has begun and is not whole.
    begun: bool,
    /// Whether the last line ended with a CR, to which an LF may yet belong.
    after_cr: bool,
}

impl Records {
    /// Cells are told apart by `delimiter`: one ASCII byte, none of quote, CR and LF.
    pub(crate) fn new(delimiter: u8) -> Self {
        let mut core = ReaderBuilder::new().delimiter(delimiter).build();
        // A reader that has read nothing takes a byte order mark away. The mark is gone already:
        // what looks like a second one is text. Reading nothing ends that.
        core.read_record(&[], &mut [], &mut []);
        Self {
            core,
            text: vec![0; 1 << 10],
            filled: 0,
            ends: vec![0; 1 << 6],
            width: 0,
            length: 0,
            begun: false,
            after_cr: false,
        }
    }

    /// Reads `text` on from byte `at` to the end of a record. `whole` says that nothing follows `text`.
    ///
    /// [`Step::More`] leaves nothing of `text` unread; what follows is read on from its first byte.
    pub(crate) fn read(&mut self, text: &str, at: &mut usize, whole: bool) -> Step {
        let bytes = text.as_bytes();
        if !self.begun {
            (self.filled, self.width, self.length) = (0, 0, 0);
            if let Some(step) = self.begin(bytes, at, whole) {
                return step;
            }
            self.begun = true;
        }
        loop {
            let rest = bytes.get(*at..).unwrap_or_default();
            let ended = rest.is_empty();
            if ended && !whole {
                return Step::More;
            }
            let (result, read, wrote, cells) = self.core.read_record(
                // The last line may lack its end. Where one more does not end the record either, a quote is open.
                if ended { b"\n" } else { rest },
                self.text.get_mut(self.filled..).unwrap_or_default(),
                self.ends.get_mut(self.width..).unwrap_or_default(),
            );
            self.filled += wrote;
            self.width += cells;
            if !ended {
                *at += read;
                self.length += read;
            }
            match result {
                ReadRecordResult::Record => {
                    self.begun = false;
                    self.after_cr = !ended && bytes.get(*at - 1) == Some(&b'\r');
                    return Step::Record;
                }
                ReadRecordResult::OutputFull => self.text.resize(self.text.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::InputEmpty | ReadRecordResult::End if ended => return Step::Open,
                ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
            }
        }
    }

    /// Reads the record that begins at byte `at`, and the whole of its line end; anything but [`Step::Record`] leaves
    /// `at` where it was.
    ///
    /// A CR at the end of a text that is not whole leaves the record open: an LF may belong to it.
    pub(crate) fn read_one(&mut self, text: &str, at: &mut usize, whole: bool) -> Step {
        self.begin_anew();
        let start = *at;
        let step = self.read(text, at, whole);
        if step != Step::Record {
            *at = start;
        } else if self.begin_anew() {
            match text.as_bytes().get(*at) {
                Some(b'\n') => *at += 1,
                None if !whole => {
                    *at = start;
                    return Step::More;
                }
                _ => {}
            }
        }
        step
    }

    /// Forgets what has been read: the next text begins a record. Says whether the last line ended with a CR, to which
    /// an LF would yet belong.
    pub(crate) fn begin_anew(&mut self) -> bool {
        if self.begun {
            self.core.reset();
            self.core.read_record(&[], &mut [], &mut []);
            self.begun = false;
        }
        std::mem::take(&mut self.after_cr)
    }

    /// Whether a record has begun and is not whole.
    pub(crate) fn has_begun(&self) -> bool {
        self.begun
    }

    /// Looks at the start of a line; `None` where a record with cells begins.
    fn begin(&mut self, bytes: &[u8], at: &mut usize, whole: bool) -> Option<Step> {
        if self.after_cr && bytes.get(*at) == Some(&b'\n') {
            *at += 1;
            self.after_cr = false;
        }
        let Some(&byte) = bytes.get(*at) else {
            return Some(if whole { Step::End } else { Step::More });
        };
        self.after_cr = byte == b'\r';
        matches!(byte, b'\n' | b'\r').then(|| {
            *at += 1;
            Step::Record
        })
    }

    /// The cells of the record that was read.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &str> {
        let text = self.text.get(..self.filled).unwrap_or_default();
        // Text that is cut at ASCII signs stays text: this never fails.
        let text = simdutf8::basic::from_utf8(text).unwrap_or_default();
        let mut start = 0;
        let ends = self.ends.get(..self.width).unwrap_or_default();
        ends.iter().map(move |&end| {
            let cell = text.get(start..end).unwrap_or_default();
            start = end;
            cell
        })
    }

    /// How many cells the record has.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// How many bytes of the record have been read so far.
    pub(crate) fn length(&self) -> usize {
        self.length
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All records of a text that arrives in these pieces, and how it ends.
    fn pieces(pieces: &[&str], delimiter: u8) -> (Vec<Vec<String>>, Step) {
        let mut records = Records::new(delimiter);
        let mut all = Vec::new();
        let (last, heads) = pieces.split_last().unwrap();
        for (piece, whole) in heads.iter().map(|head| (head, false)).chain([(last, true)]) {
            let mut at = 0;
            loop {
                match records.read(piece, &mut at, whole) {
                    Step::Record => all.push(records.cells().map(str::to_owned).collect()),
                    Step::More => {
                        assert!(!whole && at == piece.len());
                        break;
                    }
                    step => return (all, step),
                }
            }
        }
        unreachable!("a whole text has an end")
    }

    fn records(text: &str, delimiter: u8) -> Vec<Vec<String>> {
        pieces(&[text], delimiter).0
    }

    #[test]
    fn blank_lines_are_records_without_cells() {
        assert_eq!(
            records("a\n\n\r\n\rb", b','),
            [vec!["a"], vec![], vec![], vec![], vec!["b"]]
        );
        assert_eq!(records("\"\"\n", b','), [vec![""]]);
        assert_eq!(records("a,\n", b','), [vec!["a", ""]]);
        assert_eq!(records("a,", b','), [vec!["a", ""]]);
        assert_eq!(records("\r\r\n\n", b','), vec![Vec::<String>::new(); 3]);
    }

    #[test]
    fn records_are_the_same_wherever_the_text_is_cut() {
        let text = "\r\n楼栋,\"a\"\"\n\r1\"x,x\r\n\r\n803\r\r\n\n\"\"";
        let expected = pieces(&[text], b',');
        assert_eq!(
            expected.0,
            [
                vec![],
                vec!["楼栋", "a\"\n\r1x", "x"],
                vec![],
                vec!["803"],
                vec![],
                vec![],
                vec![""]
            ]
        );
        for (cut, _) in text.char_indices() {
            let (head, tail) = text.split_at(cut);
            assert_eq!(pieces(&[head, tail], b','), expected, "cut at {cut}");
        }
        let signs: Vec<_> = text.split_inclusive(|_| true).collect();
        assert_eq!(pieces(&signs, b','), expected);
    }

    #[test]
    fn a_quote_left_open_is_told_from_one_that_closes_with_the_text() {
        for text in ["\"", "a,\"b\n", "\"a\"\"", "\"\"\"", "\n\"\r"] {
            assert_eq!(pieces(&[text], b',').1, Step::Open, "{text:?}");
        }
        for text in [
            "\"\"",
            "a,\"b\n\"",
            "a\"",
            "\"a\"b\"",
            "\"\"\"\"",
            "\"a\"\r",
        ] {
            assert_eq!(pieces(&[text], b',').1, Step::End, "{text:?}");
        }
    }

    #[test]
    fn a_mark_at_the_start_is_text_and_stays() {
        assert_eq!(records("\u{feff}楼栋,a", b','), [["\u{feff}楼栋", "a"]]);
    }

    #[test]
    fn rows_longer_and_wider_than_the_room_kept_for_them_are_read_whole() {
        let long = "楼".repeat(5_000);
        let text = format!("a\n\"{long}\"{}\nb", ",".repeat(1_000));
        let all = records(&text, b',');
        assert_eq!((all[1].len(), &*all[1][0]), (1_001, &*long));
        assert_eq!(all[2], ["b"]);
    }

    /// A cell as it may be written, and what it says.
    fn any_cell() -> impl Strategy<Value = (String, String)> {
        let plain = "[a楼;' ][a楼;' \"]{0,3}|";
        let quoted = r#"[a楼,;"\r\n]{0,5}"#;
        prop_oneof![
            plain.prop_map(|text| (text.clone(), text)),
            (quoted, "([a楼][a楼\"]{0,2})?").prop_map(|(text, tail)| {
                let written = format!("\"{}\"{tail}", text.replace('"', "\"\""));
                (written, text + &tail)
            }),
        ]
    }

    proptest! {
        #[test]
        fn every_cell_is_read_as_it_was_meant(
            rows in proptest::collection::vec(
                (proptest::collection::vec(any_cell(), 0..5), prop_oneof![Just("\r\n"), Just("\n"), Just("\r")]),
                0..6,
            )
        ) {
            let mut text = String::new();
            let mut expected = Vec::new();
            for (cells, line_end) in rows {
                let (written, meant): (Vec<_>, Vec<_>) = cells.into_iter().unzip();
                let line = written.join(",");
                // LF after a CR would be one line end, not two.
                if !(line.is_empty() && line_end == "\n" && text.ends_with('\r')) {
                    text.push_str(&line);
                    text.push_str(line_end);
                    expected.push(if line.is_empty() { Vec::new() } else { meant });
                }
            }
            prop_assert_eq!(pieces(&[&text], b','), (expected, Step::End));
        }

        #[test]
        fn records_are_those_of_the_csv_crate_with_the_blank_lines_it_skips(
            text in r#"([a楼,;"]|""|\r\n|\n|\r){0,40}"#
        ) {
            let mut oracle = csv::ReaderBuilder::new()
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let theirs: Vec<Vec<String>> = oracle
                .records()
                .map(|record| record.unwrap().iter().map(str::to_owned).collect())
                .collect();
            let (ours, end) = pieces(&[&text], b',');
            // An unclosed quote is refused here, and read to the end there.
            if end == Step::End {
                let ours: Vec<_> = ours.into_iter().filter(|record| !record.is_empty()).collect();
                prop_assert_eq!(ours, theirs);
            }
        }

        #[test]
        fn text_cut_anywhere_gives_the_same_records(
            text in r#"([a楼,"]|""|\r\n|\n|\r){0,30}"#,
            cuts in proptest::collection::vec(any::<proptest::sample::Index>(), 0..4)
        ) {
            let mut cuts: Vec<_> = cuts.iter().map(|cut| cut.index(text.len() + 1)).collect();
            cuts.retain(|&cut| text.is_char_boundary(cut));
            cuts.sort_unstable();
            cuts.push(text.len());
            let mut from = 0;
            let parts: Vec<_> = cuts.iter().map(|&cut| &text[std::mem::replace(&mut from, cut)..cut]).collect();
            prop_assert_eq!(pieces(&parts, b','), pieces(&[&text], b','));
        }
    }
}
