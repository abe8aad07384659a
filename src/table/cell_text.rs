//! The text of a workbook cell: what the user typed, as near as the file still knows it.

use std::fmt::Write;

use calamine::{Data, DataRef, ExcelDateTime};

use crate::row::CellKind;

/// Writes the text of a cell into `out` and says what kind of cell it was; nothing is written for an empty one.
pub(crate) fn write(out: &mut String, data: &DataRef<'_>) -> CellKind {
    match data {
        DataRef::Empty => CellKind::Text,
        DataRef::String(text) => {
            out.push_str(text);
            CellKind::Text
        }
        DataRef::SharedString(text) => {
            out.push_str(text);
            CellKind::Text
        }
        DataRef::Int(number) => {
            // Writing to a String cannot fail.
            let _ = write!(out, "{number}");
            CellKind::Number
        }
        DataRef::Float(number) => write_number(out, *number),
        DataRef::Bool(value) => {
            out.push_str(if *value { "TRUE" } else { "FALSE" });
            CellKind::Bool
        }
        DataRef::DateTime(moment) => write_date(out, *moment),
        DataRef::DateTimeIso(text) => {
            write_iso_date(out, text);
            CellKind::Date
        }
        DataRef::DurationIso(text) => {
            write_iso_duration(out, text);
            CellKind::Date
        }
        DataRef::Error(error) => {
            let _ = write!(out, "{error}");
            CellKind::Error
        }
    }
}

/// The same value, borrowed.
pub(crate) fn borrowed(data: &Data) -> DataRef<'_> {
    match data {
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::String(text) => DataRef::SharedString(text),
        Data::Bool(value) => DataRef::Bool(*value),
        Data::DateTime(moment) => DataRef::DateTime(*moment),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// The shortest plain decimal: `803`, `0.1`, `340104199003077000`; never scientific.
fn write_number(out: &mut String, number: f64) -> CellKind {
    let number = if number == 0.0 { 0.0 } else { number };
    let _ = write!(out, "{number}");
    CellKind::Number
}

/// `2024-03-02`, `2024-03-02 08:30:00`, or `08:30:00` for a time without a day.
fn write_date(out: &mut String, date: ExcelDateTime) -> CellKind {
    let serial = date.as_f64();
    if !(0.0..2_958_466.0).contains(&serial) {
        // Excel shows ##### here: there is no such date, only the number is left.
        return write_number(out, serial);
    }
    if date.is_duration() {
        write_clock(out, (serial * 86_400_000.0).round());
        return CellKind::Date;
    }
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let has_time = (hour, minute, second, milli) != (0, 0, 0, 0);
    // Day 0 is no day in the 1900 system, and 1 January 1904 in the other.
    if serial < 1.0 && (has_time || year < 1904) {
        write_clock(out, (serial * 86_400_000.0).round());
        return CellKind::Date;
    }
    let _ = write!(out, "{year:04}-{month:02}-{day:02}");
    if has_time {
        let _ = write!(out, " {hour:02}:{minute:02}:{second:02}");
        if milli > 0 {
            let _ = write!(out, ".{milli:03}");
        }
    }
    CellKind::Date
}

/// `08:30:00`, hours beyond 24 for a duration.
fn write_clock(out: &mut String, milliseconds: f64) {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a serial lies between 0 and 2,958,466 days: its milliseconds are far below 2^53"
    )]
    let total = milliseconds as u64;
    let (seconds, milli) = (total / 1000, total % 1000);
    let _ = write!(
        out,
        "{:02}:{:02}:{:02}",
        seconds / 3600,
        seconds / 60 % 60,
        seconds % 60
    );
    if milli > 0 {
        let _ = write!(out, ".{milli:03}");
    }
}

/// `2024-03-02T00:00:00` without its time of day when that is midnight.
fn write_iso_date(out: &mut String, text: &str) {
    match text.split_once(['T', ' ']) {
        Some((day, time))
            if time
                .bytes()
                .all(|sign| matches!(sign, b'0' | b':' | b'.' | b'Z')) =>
        {
            out.push_str(day);
        }
        Some((day, time)) => {
            let _ = write!(out, "{day} {time}");
        }
        None => out.push_str(text),
    }
}

/// `PT08H30M00S` as `08:30:00`; a duration of any other form stays as it is.
fn write_iso_duration(out: &mut String, text: &str) {
    let parts = text
        .strip_prefix("PT")
        .and_then(|rest| rest.split_once('H'))
        .and_then(|(hours, rest)| Some((hours, rest.split_once('M')?)))
        .and_then(|(hours, (minutes, rest))| Some((hours, minutes, rest.strip_suffix('S')?)));
    match parts {
        Some((hours, minutes, seconds)) => {
            let seconds = match seconds.split_once('.') {
                Some((whole, part)) if part.bytes().all(|sign| sign == b'0') => whole,
                _ => seconds,
            };
            let _ = write!(out, "{hours:0>2}:{minutes:0>2}:{seconds:0>2}");
        }
        None => out.push_str(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::ExcelDateTimeType;

    fn text(data: &DataRef<'_>) -> String {
        let mut out = String::new();
        write(&mut out, data);
        out
    }

    fn serial(value: f64, is_1904: bool) -> String {
        let date = ExcelDateTime::new(value, ExcelDateTimeType::DateTime, is_1904);
        text(&DataRef::DateTime(date))
    }

    #[test]
    fn numbers_are_plain_decimals_of_the_digits_the_file_has() {
        for (number, expected) in [
            (803.0, "803"),
            (-0.0, "0"),
            (0.1, "0.1"),
            (18_428_000_000.0, "18428000000"),
            (340_104_199_003_077_000.0, "340104199003077000"),
            (8.03e5, "803000"),
            (1e-7, "0.0000001"),
            (-2.5, "-2.5"),
        ] {
            assert_eq!(text(&DataRef::Float(number)), expected);
        }
    }

    #[test]
    fn dates_of_both_systems_are_written_as_iso_dates() {
        assert_eq!(serial(45_353.0, false), "2024-03-02");
        assert_eq!(serial(45_353.0 - 1462.0, true), "2024-03-02");
        assert_eq!(serial(45_353.354_166_666_664, false), "2024-03-02 08:30:00");
        assert_eq!(serial(0.354_166_666_666_666_7, false), "08:30:00");
        assert_eq!(serial(0.0, true), "1904-01-01");
        assert_eq!(serial(0.0, false), "00:00:00");
        assert_eq!(serial(1.0, false), "1900-01-01");
        assert_eq!(serial(59.0, false), "1900-02-28");
        assert_eq!(serial(60.0, false), "1900-02-29");
        assert_eq!(serial(61.0, false), "1900-03-01");
        assert_eq!(serial(-3.0, false), "-3");
    }

    #[test]
    fn durations_and_iso_texts_are_written_alike() {
        let long = ExcelDateTime::new(1.5, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(text(&DataRef::DateTime(long)), "36:00:00");
        for (iso, expected) in [
            ("2024-03-02", "2024-03-02"),
            ("2024-03-02T00:00:00", "2024-03-02"),
            ("2024-03-02T08:30:00", "2024-03-02 08:30:00"),
        ] {
            assert_eq!(text(&DataRef::DateTimeIso(iso.into())), expected);
        }
        for (iso, expected) in [
            ("PT08H30M00S", "08:30:00"),
            ("PT8H5M0.000S", "08:05:00"),
            ("P1D", "P1D"),
        ] {
            assert_eq!(text(&DataRef::DurationIso(iso.into())), expected);
        }
    }
}
