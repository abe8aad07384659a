//! Seconds to a proof: dividing communities whose best divisions are known, numbers of grids that are impossible,
//! and a division again after the census.
#![allow(
    clippy::indexing_slicing,
    clippy::semicolon_if_nothing_returned,
    clippy::unwrap_used,
    missing_docs,
    reason = "a bench stops at the first surprise, hands every value to the timer, and criterion's macro writes an undocumented function"
)]

use std::collections::BTreeMap;
use std::hint::black_box;

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use gridcode::partition::{Block, Count, Options, Point, Problem, Status, divide};

/// The rows of a sheet, each cell by the name of its column.
fn rows(name: &str) -> Vec<BTreeMap<String, String>> {
    let path = format!(
        "{}/fixtures/communities/{name}.csv",
        env!("CARGO_MANIFEST_DIR")
    );
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// Metres as decimetres.
#[expect(clippy::cast_possible_truncation, reason = "no community is so wide")]
fn decimetres(metres: &str) -> i64 {
    (metres.parse::<f64>().unwrap() * 10.0).round() as i64
}

/// A sheet of blocks and a sheet of what touches; `name` is the column that names a block.
fn community(blocks: &str, links: &str, name: &str) -> Problem {
    let rows_of_blocks = rows(blocks);
    let places: BTreeMap<&str, usize> = rows_of_blocks
        .iter()
        .enumerate()
        .map(|(place, row)| (row[name].as_str(), place))
        .collect();
    let mut buildings = BTreeMap::new();
    let blocks = rows_of_blocks
        .iter()
        .map(|row| {
            let next = u32::try_from(buildings.len()).unwrap();
            let households = row["households"].parse().unwrap();
            Block {
                households,
                residents: row["persons"].parse().unwrap(),
                work: households,
                building: *buildings.entry(row["building"].as_str()).or_insert(next),
                at: Some(Point {
                    x: decimetres(&row["x"]),
                    y: decimetres(&row["y"]),
                }),
            }
        })
        .collect();
    let links = rows(links)
        .iter()
        .map(|row| (places[row["a"].as_str()], places[row["b"].as_str()]))
        .collect();
    Problem {
        blocks,
        links,
        ..Problem::default()
    }
}

/// Compact only, as the known optima are.
fn exactly(grids: u32) -> Options {
    Options {
        count: Count::Exactly(grids),
        balance: 0,
        strict: true,
        ..Options::default()
    }
}

/// The community a census later: each block has 3 to 8 % more or fewer households and residents, and was in the grid
/// that `grids` says.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "some households more or fewer"
)]
fn counted_anew(problem: &Problem, grids: &[Option<usize>], seed: u64) -> Problem {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut later = problem.clone();
    for block in &mut later.blocks {
        let share = 0.03 + 0.05 * random.f64();
        let by = if random.bool() {
            1.0 + share
        } else {
            1.0 - share
        };
        block.households = (f64::from(block.households) * by).round() as u32;
        block.residents = (f64::from(block.residents) * by).round() as u32;
        block.work = block.households;
    }
    later.previous = grids
        .iter()
        .map(|grid| grid.map(|grid| u32::try_from(grid).unwrap()))
        .collect();
    later
}

fn divided(c: &mut Criterion, name: &str, problem: &Problem, asked: &[(u32, Status)]) {
    let mut group = c.benchmark_group(name);
    // Seconds each, some of them: ten are enough.
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for (grids, status) in asked {
        let options = exactly(*grids);
        group.bench_function(format!("{grids} grids"), |b| {
            b.iter(|| {
                let outcome = divide(black_box(problem), &options).unwrap();
                assert_eq!(outcome.status, *status);
                outcome
            })
        });
    }
    group.finish();
}

fn proofs(c: &mut Criterion) {
    let optimal = |grids| (grids, Status::Optimal);
    let c4334 = community("c4334.buildings", "c4334.adj", "building");
    divided(c, "c4334", &c4334, &[9, 10, 11, 12].map(optimal));
    let towers = community("towers12k.atoms", "towers12k.atoms_adj", "atom");
    let mut asked = [26, 27, 28, 29].map(optimal).to_vec();
    // One that arithmetic allows and no division keeps to.
    asked.push((30, Status::Infeasible));
    divided(c, "towers12k, by entrance", &towers, &asked);
}

fn certificate(c: &mut Criterion) {
    let nasty = community("nasty_ratio.buildings", "nasty_ratio.adj", "building");
    let options = Options {
        strict: true,
        ..Options::default()
    };
    c.bench_function("nasty_ratio", |b| {
        b.iter(|| {
            let outcome = divide(black_box(&nasty), &options).unwrap();
            assert!(outcome.certificate.is_some());
            outcome
        })
    });
}

fn least_move(c: &mut Criterion) {
    let before = community("c4334.buildings", "c4334.adj", "building");
    let plan = divide(&before, &exactly(11)).unwrap().plan.unwrap();
    let grids = plan.of_blocks(&before);
    let mut group = c.benchmark_group("c4334 at 11 grids, counted anew");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for seed in [1, 2, 3] {
        let later = counted_anew(&before, &grids, seed);
        group.bench_function(format!("census {seed}"), |b| {
            b.iter(|| divide(black_box(&later), &exactly(11)).unwrap())
        });
    }
    group.finish();
}

criterion_group!(benches, proofs, certificate, least_move);
criterion_main!(benches);
