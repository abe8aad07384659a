//! The linear programme over all columns: prices for nodes and labels, and a lower bound that is exact whatever the solver's rounding.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettingsBuilder, DefaultSolver, IPSolver as _, SolverStatus, SupportedConeT,
};

use super::columns::Question;

/// Prices for the rows, whole numbers, and what they prove.
#[derive(Clone, Debug)]
pub(super) struct Prices {
    /// A price for each row; that of a label is 0 or less.
    pub(super) rows: Vec<i128>,
    /// The price of a grid: no column costs less than the prices of its rows and this.
    pub(super) grid: i128,
    /// No plan of these columns costs less.
    pub(super) bound: i128,
}

/// What the programme comes to.
pub(super) struct Relaxed {
    pub(super) prices: Prices,
    /// How much of each column the best mixture takes, where it takes any.
    pub(super) mixture: Vec<(usize, f64)>,
    /// What the mixture costs, rounded.
    pub(super) value: i128,
    /// How much work it was, in nodes of a search that take as long.
    pub(super) nodes: u64,
}

/// Solves the programme over some columns of a question.
///
/// Columns come into play as they are needed, first those named in `first`. Stops early where the bound exceeds `enough`.
pub(super) fn relax(
    question: &Question<'_>,
    columns: &[usize],
    first: &[usize],
    enough: Option<i128>,
) -> Relaxed {
    Programme::new(question, columns).solve(first, enough)
}

impl Prices {
    /// Prices from floating-point ones: rounded.
    fn exact(question: &Question<'_>, columns: &[usize], rows: &[f64], scale: f64) -> Self {
        let nodes = question.ground.nodes.len();
        let rows: Vec<i128> = rows
            .iter()
            .take(question.rows())
            .enumerate()
            .map(|(row, price)| {
                let whole = (price * scale).round() as i128;
                if row < nodes { whole } else { whole.min(0) }
            })
            .collect();
        Self::of(question, columns, rows)
    }

    /// Prices of rows, and the price of a grid as high as the columns allow.
    pub(super) fn of(question: &Question<'_>, columns: &[usize], rows: Vec<i128>) -> Self {
        let grid = columns
            .iter()
            .map(|column| reduced(question, *column, &rows))
            .min()
            .unwrap_or(0);
        let bound = rows.iter().sum::<i128>() + i128::from(question.grids) * grid;
        Self { rows, grid, bound }
    }

    /// By how much a column is dearer than the prices say.
    pub(super) fn reduced(&self, question: &Question<'_>, column: usize) -> i128 {
        reduced(question, column, &self.rows) - self.grid
    }
}

fn reduced(question: &Question<'_>, column: usize, rows: &[i128]) -> i128 {
    let prices: i128 = question.rows_of(column).map(|row| rows[row]).sum();
    question.columns[column].cost - prices
}

struct Programme<'q> {
    question: &'q Question<'q>,
    columns: &'q [usize],
    /// Costs as the solver sees them: around 1.
    costs: Vec<f64>,
    scale: f64,
    /// No price is beyond this: what leaving a node out costs.
    penalty: f64,
    nodes: u64,
}

/// Prices are rounded to whole numbers: where all costs are small or 0, they are counted in smaller units.
const SMALLEST: f64 = 1e6;
/// How close the bound comes to the programme's value, relative.
const CLOSE: f64 = 2e-6;
const MOST_ROUNDS: usize = 200;

impl<'q> Programme<'q> {
    fn new(question: &'q Question<'q>, columns: &'q [usize]) -> Self {
        let cost = |column: &usize| question.columns[*column].cost as f64;
        let mut all: Vec<f64> = columns.iter().map(cost).collect();
        let middle = all.len() / 2;
        let scale = if all.is_empty() {
            1.0
        } else {
            *all.select_nth_unstable_by(middle, f64::total_cmp).1
        }
        .max(SMALLEST);
        Self {
            question,
            columns,
            costs: columns.iter().map(|column| cost(column) / scale).collect(),
            scale,
            penalty: 2.0,
            nodes: 0,
        }
    }

    fn solve(&mut self, first: &[usize], enough: Option<i128>) -> Relaxed {
        let mut chosen = self.begin(first);
        let mut is_chosen = vec![false; self.columns.len()];
        for place in &chosen {
            is_chosen[*place] = true;
        }
        let mut best: Option<Prices> = None;
        let mut tolerance = 1e-3;
        let mut rounds = 0;
        loop {
            rounds += 1;
            let rows = self.question.rows();
            self.nodes += (rows * (rows + chosen.len()) / 4 + self.columns.len()) as u64;
            let Some(solved) = self.restricted(&chosen, tolerance) else {
                // The solver gave up: what is proved so far stands.
                return self.ended(best, Vec::new(), 0.0);
            };
            let prices = self.lagrangian(&solved.rows);
            let value = solved.value * self.scale;
            if best.as_ref().is_none_or(|best| prices.bound > best.bound) {
                best = Some(prices);
            }
            let bound = best.as_ref().map_or(0, |best| best.bound);
            if enough.is_some_and(|enough| bound > enough) || rounds >= MOST_ROUNDS {
                return self.ended(best, solved.mixture, value);
            }
            let gap = (value - bound as f64) / value.abs().max(self.scale);
            let added = self.attract(&solved.rows, &mut chosen, &mut is_chosen);
            if gap < CLOSE || added == 0 {
                if solved.missing > 1e-5 && self.penalty < 1e6 {
                    self.penalty *= 4.0;
                } else if tolerance <= 1e-8 || gap < CLOSE {
                    return self.ended(best, solved.mixture, value);
                }
            }
            tolerance = (gap * 0.1).clamp(1e-8, tolerance);
            if added == 0 {
                tolerance = (tolerance * 0.1).max(1e-8);
            }
        }
    }

    fn ended(&self, best: Option<Prices>, mixture: Vec<(usize, f64)>, value: f64) -> Relaxed {
        let prices = best.unwrap_or_else(|| {
            let rows = vec![0.0; self.question.rows()];
            Prices::exact(self.question, self.columns, &rows, 1.0)
        });
        Relaxed {
            prices,
            mixture,
            value: value.round() as i128,
            nodes: self.nodes,
        }
    }

    fn lagrangian(&self, rows: &[f64]) -> Prices {
        Prices::exact(self.question, self.columns, rows, self.scale)
    }

    /// Columns to begin with: those named, and for each node the cheapest that hold it.
    fn begin(&self, first: &[usize]) -> Vec<usize> {
        const FEW: usize = 600;
        if self.columns.len() <= FEW {
            return (0..self.columns.len()).collect();
        }
        let mut chosen: Vec<usize> = first
            .iter()
            .filter_map(|column| self.columns.binary_search(column).ok())
            .collect();
        let mut cheapest: Vec<Vec<(f64, usize)>> =
            vec![Vec::new(); self.question.ground.nodes.len()];
        for (place, column) in self.columns.iter().enumerate() {
            let nodes = self.question.nodes(*column);
            let each = self.costs[place] / nodes.len() as f64;
            for node in nodes {
                keep_least(&mut cheapest[usize::from(*node)], 3, (each, place));
            }
        }
        chosen.extend(cheapest.into_iter().flatten().map(|(_, place)| place));
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    /// Brings in the columns that are cheapest by the prices: the best for each row, and some more.
    fn attract(&self, rows: &[f64], chosen: &mut Vec<usize>, is_chosen: &mut [bool]) -> usize {
        const PER_ROW: usize = 2;
        let grid = rows.last().copied().unwrap_or(0.0);
        let mut best: Vec<Vec<(f64, usize)>> = vec![Vec::new(); self.question.rows()];
        for (place, column) in self.columns.iter().enumerate() {
            if is_chosen[place] {
                continue;
            }
            let prices: f64 = self.question.rows_of(*column).map(|row| rows[row]).sum();
            let reduced = self.costs[place] - prices - grid;
            if reduced < -1e-9 {
                for row in self.question.rows_of(*column) {
                    keep_least(&mut best[row], PER_ROW, (reduced, place));
                }
            }
        }
        let before = chosen.len();
        for (_, place) in best.into_iter().flatten() {
            if !std::mem::replace(&mut is_chosen[place], true) {
                chosen.push(place);
            }
        }
        chosen.len() - before
    }

    /// Solves the programme over the chosen columns, as its dual: the greatest sum of prices that no column undercuts.
    fn restricted(&self, chosen: &[usize], tolerance: f64) -> Option<Solved> {
        let nodes = self.question.ground.nodes.len();
        let rows = self.question.rows();
        let prices = rows + 1;
        // Constraints: a line a column, then each price within ± penalty (that of a label at most 0).
        let lines = chosen.len() + 2 * rows;
        let mut entries: Vec<Vec<(usize, f64)>> = vec![Vec::new(); prices];
        for (line, place) in chosen.iter().enumerate() {
            for row in self.question.rows_of(self.columns[*place]) {
                entries[row].push((line, 1.0));
            }
            entries[rows].push((line, 1.0));
        }
        let mut right: Vec<f64> = chosen.iter().map(|place| self.costs[*place]).collect();
        for (row, entries) in entries.iter_mut().enumerate().take(rows) {
            let line = chosen.len() + 2 * row;
            entries.push((line, 1.0));
            entries.push((line + 1, -1.0));
            right.push(if row < nodes { self.penalty } else { 0.0 });
            right.push(self.penalty);
        }
        let mut starts = vec![0];
        let (mut places, mut values) = (Vec::new(), Vec::new());
        for column in &entries {
            places.extend(column.iter().map(|entry| entry.0));
            values.extend(column.iter().map(|entry| entry.1));
            starts.push(places.len());
        }
        let matrix = CscMatrix::new(lines, prices, starts, places, values);
        let mut goal = vec![-1.0; rows];
        goal.push(-f64::from(self.question.grids));
        let settings = DefaultSettingsBuilder::default()
            .verbose(false)
            .max_iter(100)
            .tol_gap_abs(tolerance)
            .tol_gap_rel(tolerance)
            .tol_feas(tolerance.min(1e-6))
            .build()
            .ok()?;
        let quadratic = CscMatrix::zeros((prices, prices));
        let cones = [SupportedConeT::NonnegativeConeT(lines)];
        let mut solver =
            DefaultSolver::new(&quadratic, &goal, &matrix, &right, &cones, settings).ok()?;
        solver.solve();
        let solution = &solver.solution;
        if !matches!(
            solution.status,
            SolverStatus::Solved
                | SolverStatus::AlmostSolved
                | SolverStatus::InsufficientProgress
                | SolverStatus::MaxIterations
        ) || solution.x.iter().any(|price| !price.is_finite())
        {
            return None;
        }
        let mixture = chosen
            .iter()
            .zip(&solution.z)
            .filter(|(_, share)| **share > 1e-7)
            .map(|(place, share)| (self.columns[*place], *share))
            .collect();
        let slack = solution.z.get(chosen.len()..).unwrap_or_default();
        let missing = slack
            .chunks(2)
            .take(nodes)
            .flatten()
            .copied()
            .fold(0.0, f64::max);
        Some(Solved {
            rows: solution.x.clone(),
            value: -solution.obj_val,
            mixture,
            missing,
        })
    }
}

struct Solved {
    /// The price of each row, then that of a grid.
    rows: Vec<f64>,
    value: f64,
    mixture: Vec<(usize, f64)>,
    /// The most of a node that is not covered, or covered twice.
    missing: f64,
}

/// Keeps the few least of a list that is in order.
fn keep_least(list: &mut Vec<(f64, usize)>, few: usize, new: (f64, usize)) {
    let at =
        list.partition_point(|known| known.0.total_cmp(&new.0).then(known.1.cmp(&new.1)).is_lt());
    if at < few {
        list.insert(at, new);
        list.truncate(few);
    }
}
