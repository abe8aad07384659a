//! Codes per second: strict parsing beside a hand-written loop and a regular expression, writing, refusing, repairing.
#![allow(
    clippy::indexing_slicing,
    clippy::semicolon_if_nothing_returned,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench stops at the first surprise, hands every value to the timer, and criterion's macro writes an undocumented function"
)]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use gridcode::code::{
    Alphabet, Flags, GridCode, ParseError, ResidentLetter, TenureLetter, Unit, repair,
};

/// As many codes as a large community has households, in no order that a processor could learn.
fn codes() -> Vec<GridCode> {
    let mut state = 0x2545_f491_u32;
    let mut draw = |below: u32| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state % below
    };
    let codes = (0..4_334).map(|_| {
        let number = (1 + draw(33)) * 100 + 1 + draw(8);
        let flags = [
            Flags::NONE,
            Flags::NONE.with(5),
            Flags::NONE.with(8),
            Flags::NONE.with(5).with(8),
        ];
        GridCode {
            unit: Unit::new(number, if number < 1000 { 3 } else { 4 }).unwrap(),
            resident: [ResidentLetter::A, ResidentLetter::B][draw(2) as usize],
            tenure: [TenureLetter::A, TenureLetter::B][draw(2) as usize],
            flags: flags[draw(4) as usize],
        }
    });
    codes.collect()
}

/// The same grammar, the same result, byte by byte: what the parser is measured against.
#[inline]
fn by_hand(text: &str) -> Result<GridCode, ParseError> {
    by_hand_parts(text.as_bytes()).ok_or_else(
        #[cold]
        || GridCode::parse(text).unwrap_err(),
    )
}

#[inline]
fn by_hand_parts(mut rest: &[u8]) -> Option<GridCode> {
    let (mut number, mut digits) = (0, 0);
    while let [digit @ b'0'..=b'9', after @ ..] = rest {
        if digits == Unit::MAX_DIGITS {
            return None;
        }
        number = number * 10 + u32::from(digit - b'0');
        digits += 1;
        rest = after;
    }
    let unit = Unit::new(number, digits)?;
    let [resident, tenure, after @ ..] = rest else {
        return None;
    };
    let resident = ResidentLetter::new(char::from(*resident))?;
    let tenure = TenureLetter::new(char::from(*tenure))?;
    if !(Alphabet::PUBLISHED.has_resident(resident) && Alphabet::PUBLISHED.has_tenure(tenure)) {
        return None;
    }
    let (mut flags, mut lowest) = (Flags::NONE, b'0');
    for digit in after {
        if !(lowest..=b'9').contains(digit) {
            return None;
        }
        flags = flags.with(digit - b'0');
        lowest = digit + 1;
    }
    Some(GridCode {
        unit,
        resident,
        tenure,
        flags,
    })
}

fn by_regex(pattern: &regex::Regex, text: &str) -> Option<GridCode> {
    let parts = pattern.captures(text)?;
    let [unit, resident, tenure, flags] = parts.extract().1;
    Some(GridCode {
        unit: Unit::new(unit.parse().ok()?, unit.len().try_into().ok()?)?,
        resident: ResidentLetter::new(resident.chars().next()?)?,
        tenure: TenureLetter::new(tenure.chars().next()?)?,
        flags: flags.bytes().map(|digit| digit - b'0').collect(),
    })
}

fn parse(c: &mut Criterion) {
    let texts: Vec<String> = codes().iter().map(GridCode::to_string).collect();
    let pattern = regex::Regex::new("^([0-9]{1,5})([AB])([ab])(0?1?2?3?4?5?6?7?8?9?)$").unwrap();
    for text in &texts {
        assert_eq!(by_hand(text), GridCode::parse(text));
        assert_eq!(by_regex(&pattern, text), GridCode::parse(text).ok());
    }
    let mut group = c.benchmark_group("parse");
    group.throughput(Throughput::Elements(texts.len() as u64));
    group.bench_function("nom", |b| {
        b.iter(|| {
            texts
                .iter()
                .filter(|text| black_box(GridCode::parse(text)).is_ok())
                .count()
        })
    });
    group.bench_function("by hand", |b| {
        b.iter(|| {
            texts
                .iter()
                .filter(|text| black_box(by_hand(text)).is_ok())
                .count()
        })
    });
    group.bench_function("regex", |b| {
        b.iter(|| {
            texts
                .iter()
                .filter(|text| black_box(by_regex(&pattern, text)).is_some())
                .count()
        });
    });
    group.finish();
}

fn write(c: &mut Criterion) {
    let codes = codes();
    let mut group = c.benchmark_group("write");
    group.throughput(Throughput::Elements(codes.len() as u64));
    let mut out = String::with_capacity(codes.len() * GridCode::MAX_LEN);
    group.bench_function("append_to", |b| {
        b.iter(|| {
            out.clear();
            for code in &codes {
                code.append_to(&mut out);
            }
            out.len()
        });
    });
    group.bench_function("Display", |b| {
        b.iter(|| {
            out.clear();
            for code in &codes {
                write!(out, "{code}").unwrap();
            }
            out.len()
        });
    });
    group.finish();
}

fn dirty(c: &mut Criterion) {
    let texts = [
        "803Ca7",
        "803Aa75",
        "８０３Ａａ７",
        " 803Aa7",
        "8O3Aa7",
        "803aB7",
        "八百零三室-Aa-7",
        "8.03E+05",
        "翠竹园",
    ];
    let mut group = c.benchmark_group("refuse");
    for text in texts {
        group.bench_with_input(BenchmarkId::from_parameter(text), text, |b, text| {
            b.iter(|| GridCode::parse(black_box(text)))
        });
    }
    group.finish();
    let mut group = c.benchmark_group("repair");
    for text in texts.into_iter().chain(["803Aa7"]) {
        group.bench_with_input(BenchmarkId::from_parameter(text), text, |b, text| {
            b.iter(|| repair(black_box(text)))
        });
    }
    let longest = " ".repeat(10_000_000);
    group.bench_function("10 MB", |b| b.iter(|| repair(black_box(&longest))));
    group.finish();
}

criterion_group!(benches, parse, write, dirty);
criterion_main!(benches);
