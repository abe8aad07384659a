//! Long lists: the same result for any number of threads and any size of chunks.

use std::cell::Cell;
use std::fmt::Write as _;
use std::num::NonZero;

use gridcode::census::{Account, Encoded, Options, Target, Watch, check, decode, encode};
use gridcode::codebook::Codebook;
use gridcode::diagnostic::Diagnostic;
use gridcode::lang::Lang;
use gridcode::table::{
    CsvLines, CsvOptions, CsvWriter, RowWriter, Source, TableError, TextEncoding,
};
use jiff::civil::date;
use proptest::prelude::*;

/// More rows than are looked at before anything is decided: only what follows goes through the pipe.
pub(crate) const SAMPLED: usize = 1_000;

const HEADER: &str =
    "社区,楼栋,单元,房号,网格编码,居住类型,住房性质,户主姓名,人数,年龄,联系电话,备注\n";

pub(crate) fn options(threads: usize, chunk: usize) -> Options<'static> {
    let mut options = Options::new(Codebook::shushan(), date(2026, 11, 1));
    options.threads = NonZero::new(threads).unwrap();
    options.chunk = chunk;
    options
}

/// A text as a file would hold it.
pub(crate) struct Text {
    writer: CsvWriter<Vec<u8>>,
    options: CsvOptions,
    written: Vec<u8>,
}

impl Text {
    pub(crate) fn new(encoding: TextEncoding) -> Self {
        let options = CsvOptions {
            encoding,
            ..CsvOptions::default()
        };
        Self {
            writer: CsvWriter::new(Vec::new(), &options).unwrap(),
            options,
            written: Vec::new(),
        }
    }

    /// What was written, for comparison: every byte on its way to the target is written twice.
    pub(crate) fn bytes(self) -> Vec<u8> {
        self.written
    }
}

impl Target for Text {
    fn sheet(&mut self, _: Option<&str>, _: u64) -> Result<(), TableError> {
        Ok(())
    }

    fn row(&mut self, cells: &mut dyn Iterator<Item = &str>) -> Result<(), TableError> {
        let cells: Vec<&str> = cells.collect();
        let mut lines = CsvLines::new(&self.options)?;
        lines.row(&mut cells.iter().copied())?;
        self.written.extend_from_slice(lines.bytes());
        self.writer.write_row(&mut cells.into_iter())
    }

    fn csv(&self) -> Option<CsvOptions> {
        Some(self.options)
    }

    fn append(
        &mut self,
        lines: &mut CsvLines,
        failed: Option<TableError>,
    ) -> Result<(), TableError> {
        if let Some(error) = failed {
            return Err(self.writer.placed(error));
        }
        self.written.extend_from_slice(lines.bytes());
        self.writer.append(lines)
    }
}

/// What `validate` says of a list.
type Checked = (Account, Vec<Diagnostic>);
/// What `encode` says of it, and writes.
type Coded = (Account, [u64; 6], Vec<Diagnostic>, Vec<u8>);
/// Everything that three commands say of a list.
type All = (Checked, Coded, (Account, u64, Vec<u8>));

fn all(source: &Source, options: &Options<'_>, encoding: TextEncoding) -> Result<All, String> {
    let (checked, coded) = checked_and_coded(source, options, encoding)?;
    let mut text = Text::new(encoding);
    let done = decode(source, options, Lang::Zh, &mut text).map_err(|error| error.message().en)?;
    Ok((
        checked,
        coded,
        (done.account, done.without_code, text.bytes()),
    ))
}

pub(crate) fn checked_and_coded(
    source: &Source,
    options: &Options<'_>,
    encoding: TextEncoding,
) -> Result<(Checked, Coded), String> {
    let said = |error: TableError| error.message().en;
    let mut found = Vec::new();
    let account = check(source, options, &mut |finding| found.push(finding)).map_err(said)?;
    let (mut text, mut findings) = (Text::new(encoding), Vec::new());
    let Encoded {
        account: coded_account,
        coded,
        uncoded,
        changed,
        without_ages,
        emptied,
        flags_left_out,
    } = encode(source, options, &mut text, &mut |finding| {
        findings.push(finding);
    })
    .map_err(said)?;
    let counts = [
        coded,
        uncoded,
        changed,
        without_ages,
        emptied,
        flags_left_out,
    ];
    let coded = (coded_account, counts, findings, text.bytes());
    Ok(((account, found), coded))
}

fn first_rows() -> String {
    let mut list = HEADER.to_owned();
    for row in 0..SAMPLED {
        let (building, unit) = (row / 40 + 1, row % 40 / 4 * 100 + row % 4 + 101);
        let _ = writeln!(
            list,
            "翠竹园社区,{building}栋,1单元,{unit},{unit}Aa,常住人口,自购房,甲,2,40,10000000001,"
        );
    }
    list
}

fn any_row() -> impl Strategy<Value = String> {
    let cell = |texts: &'static [&'static str]| prop::sample::select(texts);
    let sound = (
        cell(&["1栋", "77栋", "78栋", "七十八栋", "B座", "合计", ""]),
        cell(&["1单元", "2", "", "9"]),
        cell(&[
            "101", "802", "0802", "802", "803A", "3楼", "8.02E+02", "12-3",
        ]),
        cell(&[
            "101Aa",
            "802Aa",
            "802Ab",
            "0802Bb8",
            "８０２Aa",
            "802Ca",
            "",
            "x",
        ]),
        cell(&["常住人口", "流动人口", "空挂户", ""]),
        cell(&["自购房", "出租房", "借住", ""]),
        cell(&["甲", "\"乙,\"\"丙\"", "\"两\n行\"", "=1+1", "'丁"]),
        cell(&["2", "1", "0", "三"]),
        cell(&["40", "85", "", "8５"]),
        cell(&["10000000001", "1.39E+10", ""]),
        cell(&["\n", "\r\n", ",多\n", "\n\n"]),
    );
    let sound = sound.prop_map(|(b, e, u, c, r, t, n, p, a, tel, end)| {
        format!("翠竹园社区,{b},{e},{u},{c},{r},{t},{n},{p},{a},{tel},{end}")
    });
    prop_oneof![
        12 => sound,
        1 => cell(&["合计,,,5,,,,,,,,\n", "\n", "79栋\n", "翠竹园社区,79栋\n", "说明：以上为样例\n", "少,了\n", HEADER, "\"\n\"\n"]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn threads_and_chunks_change_no_byte(
        rows in prop::collection::vec(any_row(), 0..120),
        chunk in prop_oneof![1_usize..400, 400_usize..9_000],
        threads in 1_usize..5,
        encoding in prop::sample::select(&[TextEncoding::Utf8, TextEncoding::Gb18030][..]),
    ) {
        let list = first_rows() + &rows.concat();
        let source = Source::bytes("list.csv", list.into_bytes());
        let expected = all(&source, &options(1, usize::MAX), encoding);
        if let Ok((checked, coded, decoded)) = &expected {
            for account in [&checked.0, &coded.0, &decoded.0] {
                prop_assert!(account.total().balances(), "{:?}", account.total());
            }
        }
        prop_assert_eq!(all(&source, &options(threads, chunk), encoding), expected);
    }
}

/// The rows of one staircase, as a list in order has them: most say what the row above says.
fn any_staircase() -> impl Strategy<Value = String> {
    let cell = |texts: &'static [&'static str]| prop::sample::select(texts);
    let place = (
        cell(&["翠竹园社区", "甲社区", "合计", "共5户"]),
        cell(&["1栋", "77栋", "78栋", "103栋", "3栋2单元", "B座", ""]),
        cell(&["1单元", "2单元", "3", "", "九单元"]),
    );
    let room = (
        cell(&["101", "802", "0802", "0", "12345", "803A", "8.02E+02", ""]),
        cell(&["Aa", "Aa8", "Bb", "Ca", "", "aA"]),
        cell(&["常住人口", "流动人口", "空挂户"]),
        cell(&["自购房", "出租房"]),
        cell(&["甲", "甲", "甲", "-", "\"乙\"", "合计"]),
        cell(&["2", "0"]),
        cell(&["40", "85"]),
        cell(&["10000000001", "10000000002", "1.39E+10"]),
        cell(&["\n", "\n", "\n", "\r\n", ",多\n", "\n说明：以上\n", "\n\n"]),
    );
    let rooms = prop::collection::vec((room, 1_usize..3), 1..8);
    (place, rooms).prop_map(|((c, b, e), rooms)| {
        let mut lines = String::new();
        for ((u, letters, r, t, n, p, a, tel, end), times) in rooms {
            for _ in 0..times {
                let code = if letters.is_empty() {
                    String::new()
                } else {
                    format!("{u}{letters}")
                };
                let _ = write!(
                    lines,
                    "{c},{b},{e},{u},{code},{r},{t},{n},{p},{a},{tel},{end}"
                );
            }
        }
        lines
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_row_like_the_row_above_comes_to_what_it_comes_to_alone(
        staircases in prop::collection::vec(any_staircase(), 0..16),
        encoding in prop::sample::select(&[TextEncoding::Utf8, TextEncoding::Gb18030][..]),
    ) {
        let list = first_rows() + &staircases.concat();
        let source = Source::bytes("list.csv", list.into_bytes());
        // A chunk of one byte is a row, or seldom two: there is no row above in it.
        let expected = all(&source, &options(1, 1), encoding);
        prop_assert_eq!(all(&source, &options(1, usize::MAX), encoding), expected);
    }
}

#[test]
fn a_household_listed_twice_is_found_wherever_its_rows_fall() {
    let list = first_rows() + &first_rows().replace(HEADER, "");
    let source = Source::bytes("list.csv", list.into_bytes());
    for (threads, chunk) in [(1, usize::MAX), (2, 5_000), (4, 100)] {
        let mut found = Vec::new();
        let account = check(&source, &options(threads, chunk), &mut |finding| {
            found.push(finding);
        });
        let total = account.unwrap().total();
        assert_eq!((total.households, total.with_errors), (2_000, 1_000));
        assert!(
            found
                .iter()
                .all(|finding| finding.rule == "duplicate-household")
        );
        let places = found.iter().zip(0_u64..);
        for (finding, nth) in places {
            let (row, record) = (1_002 + nth, 1_001 + nth);
            assert_eq!((finding.place.row, finding.record), (row, record));
            assert!(
                finding.message.en.contains(&format!("row {} ", 2 + nth)),
                "{finding:?}"
            );
        }
    }
}

#[test]
fn an_open_quote_far_down_is_named_by_its_row() {
    let list = first_rows() + &first_rows().replace(HEADER, "") + "1栋,\"不闭合,101\n甲,乙\n";
    let source = Source::bytes("list.csv", list.into_bytes());
    for (threads, chunk) in [(1, usize::MAX), (3, 700)] {
        let error = check(&source, &options(threads, chunk), &mut |_| {}).unwrap_err();
        assert!(
            matches!(error, TableError::OpenQuote { row: 2_002, .. }),
            "{error:?}"
        );
    }
}

#[test]
fn a_character_that_the_encoding_lacks_is_named_by_its_row_in_the_file_written() {
    // U+E5E5 is the one private character that GB18030 has no code for.
    let list = first_rows()
        + &first_rows()
            .replace(HEADER, "")
            .replacen("甲", "\u{e5e5}", 700)
            .replacen('\u{e5e5}', "甲", 699);
    let source = Source::bytes("list.csv", list.into_bytes());
    for (threads, chunk) in [(1, usize::MAX), (3, 700)] {
        let mut text = Text::new(TextEncoding::Gb18030);
        let error = decode(&source, &options(threads, chunk), Lang::Zh, &mut text).unwrap_err();
        let TableError::Unencodable { place, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!((place.row, place.column), (1_701, Some(7)));
    }
}

/// Says stop after so many words.
struct Patience(Cell<u32>);

impl Watch for Patience {
    fn rows(&self, _: u64) -> bool {
        self.0.set(self.0.get() - 1);
        self.0.get() > 0
    }
}

#[test]
fn whoever_watches_can_stop_the_threads() {
    let list = first_rows() + &first_rows().replace(HEADER, "").repeat(20);
    let source = Source::bytes("list.csv", list.into_bytes());
    let patience = Patience(Cell::new(3));
    let mut options = options(4, 2_000);
    options.watch = Some(&patience);
    let error = check(&source, &options, &mut |_| {}).unwrap_err();
    assert!(matches!(error, TableError::Interrupted), "{error:?}");
    assert_eq!(patience.0.get(), 0);
}

#[test]
fn a_household_without_a_code_keeps_its_empty_cell_and_the_remark_beside_it() {
    let rows = |first: u32, resident: &str| {
        let mut rows = String::new();
        for unit in first..first + 1_200 {
            let _ = writeln!(rows, "3栋,{unit},{resident},自购房,,某处");
        }
        rows
    };
    let list = format!(
        "楼栋,房号,居住类型,住房性质\n{}{}",
        rows(1_000, "常住人口"),
        rows(3_000, "外星人")
    );
    for encoding in [TextEncoding::Utf8, TextEncoding::Gb18030] {
        let source = Source::bytes("list.csv", list.clone().into_bytes());
        let mut text = Text::new(encoding);
        encode(&source, &options(1, usize::MAX), &mut text, &mut |_| {}).unwrap();
        let bytes = text.bytes();
        let written = match encoding {
            TextEncoding::Gb18030 => encoding_rs::GB18030.decode(&bytes).0.into_owned(),
            _ => String::from_utf8(bytes).unwrap(),
        };
        let coded = |line: &&str| line.contains("Aa,,某处");
        let uncoded = |line: &&str| line.ends_with("外星人,自购房,,,某处");
        assert_eq!(written.lines().filter(coded).count(), 1_200, "{encoding:?}");
        assert_eq!(
            written.lines().filter(uncoded).count(),
            1_200,
            "{encoding:?}"
        );
    }
}

#[test]
fn a_building_that_tells_a_room_has_a_say_in_every_row_below_it() {
    let row = |unit: u32| format!("3栋803,{unit},常住人口,自购房\n");
    for coding in [false, true] {
        let list = format!("楼栋,房号,居住类型,住房性质\n{}{}", row(803), row(804));
        let source = Source::bytes("list.csv", list.into_bytes());
        let mut options = options(1, usize::MAX);
        options.level = Some(gridcode::household::Level::Household);
        let mut found = Vec::new();
        let mut sink = |finding: Diagnostic| found.push((finding.place.row, finding.rule));
        if coding {
            encode(
                &source,
                &options,
                &mut Text::new(TextEncoding::Utf8),
                &mut sink,
            )
            .unwrap();
        } else {
            check(&source, &options, &mut sink).unwrap();
        }
        assert!(found.contains(&(3, "address-conflict")), "{found:?}");
    }
}
