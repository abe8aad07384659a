//! Rows per second: reading a list of households beside the bare csv crate, in two encodings, and writing it.
#![allow(
    clippy::indexing_slicing,
    clippy::semicolon_if_nothing_returned,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench stops at the first surprise, hands every value to the timer, and criterion's macro writes an undocumented function"
)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gridcode::row::Row;
use gridcode::table::{Book, CsvOptions, CsvWriter, ReadOptions, RowWriter, Source, TextEncoding};

/// Ten times the community's list, with one header.
fn list() -> String {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/fixtures/communities/cuizhuyuan-utf8.csv"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.trim_start_matches('\u{feff}');
    let (header, rows) = text.split_at(text.find('\n').unwrap() + 1);
    [header, &rows.repeat(10)].concat()
}

fn book(bytes: Vec<u8>) -> Book {
    Book::open(&Source::bytes("list.csv", bytes), &ReadOptions::default()).unwrap()
}

fn count(book: &mut Book) -> u64 {
    let mut rows = book.rows(0).unwrap();
    let mut row = Row::default();
    let mut count = 0;
    while rows.next_row(&mut row).unwrap() {
        black_box(&row);
        count += 1;
    }
    count
}

fn read(c: &mut Criterion) {
    let text = list();
    let mut utf8 = book(text.clone().into_bytes());
    let mut gb18030 = book(encoding_rs::GB18030.encode(&text).0.into_owned());
    assert_eq!(gb18030.dialect().unwrap().encoding, "gb18030");
    let rows = count(&mut utf8);
    assert_eq!(rows, count(&mut gb18030));

    let mut group = c.benchmark_group("read");
    group.throughput(Throughput::Elements(rows));
    group.bench_function("UTF-8", |b| b.iter(|| count(&mut utf8)));
    group.bench_function("GB18030", |b| b.iter(|| count(&mut gb18030)));
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true);
    group.bench_function("csv, ByteRecord", |b| {
        let mut record = csv::ByteRecord::new();
        b.iter(|| {
            let mut reader = builder.from_reader(text.as_bytes());
            let mut count = 0;
            while reader.read_byte_record(&mut record).unwrap() {
                black_box(&record);
                count += 1;
            }
            assert_eq!(count, rows);
        })
    });
    group.bench_function("csv, StringRecord", |b| {
        let mut record = csv::StringRecord::new();
        b.iter(|| {
            let mut reader = builder.from_reader(text.as_bytes());
            let mut count = 0;
            while reader.read_record(&mut record).unwrap() {
                black_box(&record);
                count += 1;
            }
            assert_eq!(count, rows);
        })
    });
    group.finish();
}

fn write(c: &mut Criterion) {
    let mut book = book(list().into_bytes());
    let mut rows = book.rows(0).unwrap();
    let mut all = Vec::new();
    let mut row = Row::default();
    while rows.next_row(&mut row).unwrap() {
        all.push(row.clone());
    }

    let mut group = c.benchmark_group("write");
    group.throughput(Throughput::Elements(all.len() as u64));
    for (name, encoding) in [
        ("UTF-8", TextEncoding::Utf8),
        ("GB18030", TextEncoding::Gb18030),
        ("UTF-16LE", TextEncoding::Utf16Le),
    ] {
        let options = CsvOptions {
            encoding,
            ..CsvOptions::default()
        };
        group.bench_function(name, |b| {
            b.iter(|| {
                let mut writer = CsvWriter::new(std::io::sink(), &options).unwrap();
                for row in &all {
                    writer.write_row(&mut row.iter()).unwrap();
                }
                Box::new(writer).finish().unwrap();
            })
        });
    }
    group.bench_function("csv", |b| {
        b.iter(|| {
            let mut writer = csv::WriterBuilder::new()
                .flexible(true)
                .from_writer(std::io::sink());
            for row in &all {
                writer.write_record(row.iter()).unwrap();
            }
            writer.flush().unwrap();
        })
    });
    group.finish();
}

criterion_group!(benches, read, write);
criterion_main!(benches);
