//! Outcomes of the solver are found true, and each that is made untrue is found out.

use gridcode::partition::{
    Arithmetic, Block, Certificate, Count, Fault, Flaw, Grid, Limits, NumberStatus, Objective,
    Options, Outcome, Plan, Point, Problem, Standard, Status, Tier, divide, verify,
};
use proptest::prelude::*;

use super::communities::community;

/// Numbers from which a problem is made: what is drawn matters less than that much of it is odd.
type Draw = (
    Vec<(u32, u32, u32, u32)>,
    Vec<(i64, i64)>,
    Vec<(usize, usize)>,
    Vec<bool>,
    Vec<Option<u32>>,
    (u8, u32, u32, u32, u32, u32, u32),
);

fn draws(most: usize) -> impl Strategy<Value = Draw> {
    (
        prop::collection::vec((0u32..6, 0u32..3, 0u32..3, 0u32..5), 1..=most),
        prop::collection::vec((0i64..12, 0i64..12), most),
        prop::collection::vec((0usize..most, 0usize..most), 4),
        prop::collection::vec(prop::bool::weighted(0.85), 2 * most),
        prop::collection::vec(prop::option::weighted(0.9, 0u32..4), most),
        (
            any::<u8>(),
            0u32..8,
            2u32..6,
            0u32..6,
            any::<u32>(),
            1u32..5,
            0u32..3,
        ),
    )
}

/// Blocks on a lattice of three columns, most neighbours linked; some problems with more constraints than others.
fn problem_of(draw: &Draw) -> (Problem, Options) {
    let (sizes, places, pairs, links, previous, options) = draw;
    let (flags, min, span, more, kind, number, balance) = *options;
    let count = sizes.len();
    let flag = |bit: u8| flags >> bit & 1 == 1;
    let has_places = !(flag(0) && flag(1));
    let blocks = sizes.iter().zip(places);
    let blocks = blocks.enumerate().map(|(place, (size, at))| Block {
        households: size.0,
        residents: 2 * size.0 + size.1,
        work: size.0 + u32::from(flag(2)) * size.2,
        building: size.3,
        at: has_places.then(|| Point {
            x: 40 * i64::try_from(place % 3).unwrap() + at.0,
            y: 40 * i64::try_from(place / 3).unwrap() + at.1,
        }),
    });
    let mut problem = Problem {
        blocks: blocks.collect(),
        is_chain: flag(3) && flag(4),
        ..Problem::default()
    };
    let next =
        |step: usize| (0..count.saturating_sub(step)).map(move |place| (place, place + step));
    problem.links = if problem.is_chain {
        next(1).collect()
    } else {
        let across = next(1).filter(|(a, _)| a % 3 < 2);
        let all = across.chain(next(3)).zip(links);
        all.filter(|(_, is)| **is).map(|(link, _)| link).collect()
    };
    let pair = |place: usize| (pairs[place].0 % count, pairs[place].1 % count);
    if flag(5) && flag(0) {
        problem.together.push(pair(0));
        problem.together.extend((kind % 3 == 0).then(|| pair(1)));
    }
    if flag(5) && flag(1) && pair(2).0 != pair(2).1 {
        problem.apart.push(pair(2));
    }
    let limits = |min, span| Limits {
        min,
        max: min + span,
    };
    let standard = Standard {
        households: limits(min, span),
        residents: limits(2 * min, 2 * span + more),
    };
    if flag(6) {
        problem.previous = previous[..count].to_vec();
        let label = problem.previous[count / 2];
        if let Some(label) = label.filter(|_| flag(7)) {
            if kind % 2 == 0 {
                problem.locked.push(label);
            } else {
                let own = Standard {
                    households: limits(min / 2, span + 4),
                    residents: limits(min, 2 * span + 8),
                };
                problem.own.push((label, own));
            }
        }
    }
    let options = Options {
        standard,
        count: match kind % 7 {
            0 => Count::Fewest,
            1 | 2 => Count::Exactly(number),
            3 => Count::Between(number, number + 2),
            _ => Count::Nearest,
        },
        balance,
        nodes: 2_000_000,
        strict: kind % 11 == 0,
        ..Options::default()
    };
    (problem, options)
}

fn problems(most: usize) -> impl Strategy<Value = (Problem, Options)> {
    draws(most)
        .prop_map(|draw| problem_of(&draw))
        .prop_filter("nobody lives there", |(problem, options)| {
            problem.checked(options).is_ok()
        })
}

/// What a plan costs, from the distances between its blocks: Σ h·h′·d² over H.
fn cost(problem: &Problem, options: &Options, plan: &Plan) -> i128 {
    let free: Vec<&Grid> = free_grids(problem, plan).collect();
    let sum = |of: &dyn Fn(&Block) -> u32, grid: &Grid| -> i128 {
        let blocks = grid.blocks.iter().map(|block| &problem.blocks[*block]);
        blocks.map(|block| i128::from(of(block))).sum()
    };
    let work: i128 = free.iter().map(|grid| sum(&|block| block.work, grid)).sum();
    let grids = free.len() as i128;
    let mut cost = 0;
    for grid in free {
        let mut products = 0;
        for a in &grid.blocks {
            for b in grid.blocks.iter().filter(|b| *b > a) {
                let (a, b) = (&problem.blocks[*a], &problem.blocks[*b]);
                if let (Some(at), Some(to)) = (a.at, b.at) {
                    let distance = (at.x - to.x).pow(2) + (at.y - to.y).pow(2);
                    products +=
                        i128::from(a.households) * i128::from(b.households) * i128::from(distance);
                }
            }
        }
        let households = sum(&|block| block.households, grid).max(1);
        let off = sum(&|block| block.work, grid) - (work + grids / 2) / grids;
        cost += (products + households - 1) / households;
        cost += 100 * i128::from(options.balance) * off * off;
    }
    cost
}

fn free_grids<'a>(problem: &'a Problem, plan: &'a Plan) -> impl Iterator<Item = &'a Grid> {
    let locked = |label: u32| problem.locked.contains(&label);
    plan.grids
        .iter()
        .filter(move |grid| !grid.continues.is_some_and(locked))
}

/// Whether a grid without history is legal, looked at naively.
fn is_legal(problem: &Problem, options: &Options, blocks: &[usize]) -> bool {
    let sum = |of: &dyn Fn(&Block) -> u32| -> u64 {
        let blocks = blocks.iter().map(|block| &problem.blocks[*block]);
        blocks.map(|block| u64::from(of(block))).sum()
    };
    let fits = |limits: Limits, number: u64| limits.missed(number) == 0;
    let mut reached = vec![blocks[0]];
    loop {
        let before = reached.len();
        for (a, b) in problem.links.iter().chain(&problem.together) {
            for (from, to) in [(a, b), (b, a)] {
                if reached.contains(from) && blocks.contains(to) && !reached.contains(to) {
                    reached.push(*to);
                }
            }
        }
        if reached.len() == before {
            break;
        }
    }
    let has = |block: &usize| blocks.contains(block);
    reached.len() == blocks.len()
        && fits(options.standard.households, sum(&|block| block.households))
        && fits(options.standard.residents, sum(&|block| block.residents))
        && problem.together.iter().all(|(a, b)| has(a) == has(b))
        && !problem.apart.iter().any(|(a, b)| has(a) && has(b))
}

/// All plans of legal grids, for a problem without history.
fn all_plans(problem: &Problem, options: &Options) -> Vec<Plan> {
    let count = problem.blocks.len();
    let mut plans = Vec::new();
    // Each block joins a grid of those before it, or begins one.
    let mut open: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
    while let Some(grids) = open.pop() {
        let next: usize = grids.iter().map(Vec::len).sum();
        if next == count {
            if grids.iter().all(|grid| is_legal(problem, options, grid)) {
                let grid = |blocks| Grid {
                    blocks,
                    continues: None,
                };
                let grids = grids.into_iter().map(grid).collect();
                plans.push(Plan { grids });
            }
            continue;
        }
        for place in 0..=grids.len() {
            let mut more = grids.clone();
            match more.get_mut(place) {
                Some(grid) => grid.push(next),
                None => more.push(vec![next]),
            }
            open.push(more);
        }
    }
    plans
}

fn split(problem: &Problem, plan: &Plan) -> u32 {
    let of_blocks = plan.of_blocks(problem);
    let grids = |building: u32| {
        let parts = problem.blocks.iter().zip(&of_blocks);
        let mut grids: Vec<_> = parts
            .filter(|(block, _)| block.building == building)
            .map(|(_, grid)| *grid)
            .collect();
        grids.sort_unstable();
        grids.dedup();
        grids.len()
    };
    (0..5).map(|building| u32::from(grids(building) > 1)).sum()
}

fn has_faults(problem: &Problem, options: &Options, outcome: &Outcome) -> bool {
    !verify(problem, options, outcome).faults.is_empty()
}

/// Changes by which an outcome becomes untrue, whatever it was.
#[expect(
    clippy::too_many_lines,
    reason = "a list of changes, one after the other"
)]
fn untrue(outcome: &Outcome) -> Vec<(&'static str, Outcome)> {
    let mut all = Vec::new();
    let mut with = |name, change: &dyn Fn(&mut Outcome)| {
        let mut changed = outcome.clone();
        change(&mut changed);
        if changed != *outcome {
            all.push((name, changed));
        }
    };
    with("a block dropped", &|outcome| {
        if let Some(plan) = &mut outcome.plan {
            plan.grids[0].blocks.pop();
        }
    });
    with("a block doubled", &|outcome| {
        if let Some(plan) = &mut outcome.plan {
            let block = plan.grids[0].blocks[0];
            plan.grids.last_mut().unwrap().blocks.push(block);
        }
    });
    with("a block from nowhere", &|outcome| {
        if let Some(plan) = &mut outcome.plan {
            plan.grids[0].blocks.push(usize::MAX);
        }
    });
    with("an unknown grid continued", &|outcome| {
        if let Some(plan) = &mut outcome.plan {
            plan.grids[0].continues = Some(77);
        }
    });
    with("no plan", &|outcome| outcome.plan = None);
    let levels: [fn(&mut Objective); 8] = [
        |of| of.households_missed += 1,
        |of| of.residents_missed += 1,
        |of| of.split_buildings += 1,
        |of| of.grids += 1,
        |of| of.moved += 1,
        |of| of.cost += 1,
        |of| of.cost -= 1,
        |of| of.cost = i128::MAX,
    ];
    for level in levels {
        with("an objective", &|outcome| {
            outcome.objective.iter_mut().for_each(level);
        });
    }
    let is_optimal = outcome.status == Status::Optimal;
    for by in [1, -1, i128::MAX, i128::MIN] {
        with("a bound", &|outcome| {
            if let Some(bound) = outcome.bound.as_mut().filter(|_| is_optimal) {
                bound.cost = bound.cost.saturating_add(by);
            }
        });
        with("a sum of prices", &|outcome| {
            if let Some(bound) = &mut outcome.bound {
                bound.by_prices = bound.by_prices.saturating_add(by);
            }
        });
        with("a price of grids", &|outcome| {
            if let Some(bound) = &mut outcome.bound {
                bound.grid = bound.grid.saturating_add(by);
            }
        });
        with("a cost of moves", &|outcome| {
            if let Some(bound) = &mut outcome.bound {
                bound.move_cost = bound.move_cost.saturating_add(by);
            }
        });
    }
    with("prices left out", &|outcome| {
        if let Some(bound) = &mut outcome.bound {
            bound.blocks.pop();
        }
    });
    with("a price for a previous grid", &|outcome| {
        if let Some(bound) = &mut outcome.bound {
            bound.continued.push((99, 1));
        }
    });
    with("a status", &|outcome| {
        outcome.status = match outcome.status {
            Status::Optimal | Status::Feasible | Status::Relaxed => Status::Infeasible,
            Status::Infeasible | Status::Unknown => Status::Optimal,
        };
    });
    with("a plan for another number", &|outcome| {
        if let Some((grids, status)) = outcome.numbers.last_mut()
            && matches!(status, NumberStatus::Optimal | NumberStatus::Feasible)
        {
            *grids += 40;
        }
    });
    with("a certificate taken away", &|outcome| {
        if outcome.status == Status::Infeasible {
            outcome.certificate = None;
        }
    });
    for by in [1, u64::MAX / 2] {
        with("a certificate", &|outcome| {
            outcome.certificate.iter_mut().for_each(|certificate| {
                spoil(certificate, by);
            });
        });
        with("a certificate of a number", &|outcome| {
            for (_, status) in &mut outcome.numbers {
                if let NumberStatus::Impossible(certificate) = status {
                    spoil(certificate, by);
                }
            }
        });
    }
    all
}

fn spoil(certificate: &mut Certificate, by: u64) {
    let spoil_sums = |arithmetic: &mut Arithmetic| arithmetic.residents += by;
    match certificate {
        Certificate::Arithmetic(arithmetic) | Certificate::Number { arithmetic, .. } => {
            spoil_sums(arithmetic);
        }
        Certificate::Block { number, .. } | Certificate::Together { number, .. } => *number += by,
        Certificate::Contradiction { blocks } => blocks.0 = 1000,
        Certificate::NoGrid { block } => *block = 1000,
        Certificate::Ray { blocks, grid, .. } => {
            let worthless = if by == 1 { 0 } else { i128::MIN };
            blocks.fill(worthless);
            *grid = worthless;
        }
        Certificate::Exhausted { grids, .. } => *grids = 1000,
    }
}

/// Prices that come to the same, and that a grid of the plan undercuts.
fn undercut(problem: &Problem, outcome: &Outcome) -> Option<Outcome> {
    let mut changed = outcome.clone();
    let plan = outcome.plan.as_ref()?;
    let mut free = free_grids(problem, plan).map(|grid| grid.blocks[0]);
    let (dear, cheap) = (free.next()?, free.next()?);
    let bound = changed.bound.as_mut()?;
    bound.blocks[dear] += 1 << 60;
    bound.blocks[cheap] -= 1 << 60;
    Some(changed)
}

/// Each way to put one block into another grid.
fn moved(outcome: &Outcome) -> Vec<Outcome> {
    let mut all = Vec::new();
    let Some(plan) = &outcome.plan else {
        return all;
    };
    for from in 0..plan.grids.len() {
        for to in (0..plan.grids.len()).filter(|to| *to != from) {
            let mut changed = outcome.clone();
            let grids = &mut changed.plan.as_mut().unwrap().grids;
            let block = grids[from].blocks.pop().unwrap();
            grids[to].blocks.push(block);
            grids[to].blocks.sort_unstable();
            all.push(changed);
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn what_the_solver_says_is_true((problem, options) in problems(9)) {
        let outcome = divide(&problem, &options).unwrap();
        let verdict = verify(&problem, &options, &outcome);
        prop_assert!(verdict.is_proved(), "{:?} of {:?}", verdict, outcome);
    }

    #[test]
    fn what_the_solver_says_after_little_work_is_true(
        (problem, options) in problems(9),
        nodes in 0u64..2000,
    ) {
        let hurried = Options { nodes, ..options.clone() };
        let outcome = divide(&problem, &hurried).unwrap();
        let verdict = verify(&problem, &options, &outcome);
        prop_assert!(verdict.is_proved(), "{:?} of {:?}", verdict, outcome);
        let verdict = verify(&problem, &hurried, &outcome);
        prop_assert!(verdict.faults.is_empty(), "{:?} of {:?}", verdict, outcome);
    }

    #[test]
    fn what_is_made_untrue_is_found_out((problem, options) in problems(7)) {
        let outcome = divide(&problem, &options).unwrap();
        for (name, changed) in untrue(&outcome) {
            prop_assert!(has_faults(&problem, &options, &changed), "{}: {:?}", name, changed);
        }
        if let Some(changed) = undercut(&problem, &outcome) {
            prop_assert!(has_faults(&problem, &options, &changed), "undercut: {:?}", changed);
        }
        for changed in moved(&outcome) {
            let plan = changed.plan.as_ref().unwrap();
            let said = outcome.objective.unwrap();
            let is_as_said = plan.grids.iter().all(|grid| !grid.blocks.is_empty())
                && cost(&problem, &options, plan) == said.cost;
            // A plan that costs as much may be as good.
            if !is_as_said {
                prop_assert!(has_faults(&problem, &options, &changed), "moved: {:?}", changed);
            }
        }
    }

    #[test]
    fn a_worse_plan_is_not_taken_for_the_best((mut problem, options) in problems(7)) {
        problem.previous.clear();
        problem.locked.clear();
        problem.own.clear();
        let outcome = divide(&problem, &options).unwrap();
        let plans = all_plans(&problem, &options);
        for plan in &plans {
            let objective = Objective {
                split_buildings: split(&problem, plan),
                grids: u32::try_from(plan.grids.len()).unwrap(),
                cost: cost(&problem, &options, plan),
                ..Objective::default()
            };
            let mut forged = Outcome {
                status: Status::Optimal,
                plan: Some(plan.clone()),
                objective: Some(objective),
                ..outcome.clone()
            };
            let same = plans.iter().filter(|other| other.grids.len() == plan.grids.len());
            let least = same.map(|plan| cost(&problem, &options, plan)).min().unwrap();
            let own = outcome.plan.as_ref().map(|plan| plan.grids.len());
            if outcome.status == Status::Optimal && own == Some(plan.grids.len()) {
                if let Some(bound) = &mut forged.bound {
                    bound.cost = objective.cost;
                }
                // Nobody says which of several best plans is given.
                let is_best = objective.cost == least;
                prop_assert_eq!(!has_faults(&problem, &options, &forged), is_best, "{:?}", forged);
            }
            forged.bound = None;
            forged.numbers.clear();
            forged.certificate = None;
            let asked = Options { count: Count::Nearest, ..options.clone() };
            let is_best = objective.cost == least;
            prop_assert_eq!(!has_faults(&problem, &asked, &forged), is_best, "{:?}", forged);
        }
    }

    #[test]
    fn what_is_possible_cannot_be_called_impossible((mut problem, options) in problems(7)) {
        problem.previous.clear();
        problem.locked.clear();
        problem.own.clear();
        let plans = all_plans(&problem, &options);
        for grids in 1..=u32::try_from(problem.blocks.len()).unwrap() {
            let exhausted = Certificate::Exhausted { grids, nodes: 1 };
            let forged = Outcome {
                status: Status::Infeasible,
                plan: None,
                objective: None,
                bound: None,
                fewest_moved: true,
                certificate: Some(exhausted.clone()),
                numbers: vec![(grids, NumberStatus::Impossible(exhausted))],
                tier: Tier::Enumeration,
                nodes: 1,
            };
            let options = Options { count: Count::Exactly(grids), ..options.clone() };
            let is_possible = plans.iter().any(|plan| plan.grids.len() == grids as usize);
            prop_assert_eq!(has_faults(&problem, &options, &forged), is_possible, "{}", grids);
        }
        for block in 0..problem.blocks.len() {
            let mut grids = plans.iter().flat_map(|plan| &plan.grids);
            if grids.any(|grid| grid.blocks.contains(&block)) {
                let forged = Outcome {
                    status: Status::Infeasible,
                    plan: None,
                    objective: None,
                    bound: None,
                    fewest_moved: true,
                    certificate: Some(Certificate::NoGrid { block }),
                    numbers: Vec::new(),
                    tier: Tier::Enumeration,
                    nodes: 1,
                };
                prop_assert!(has_faults(&problem, &options, &forged));
            }
        }
    }
}

#[test]
fn the_outcomes_of_a_whole_community_are_proved() {
    let problem = community("c4334.buildings.csv", "c4334.adj.csv");
    for grids in 9..=12 {
        let options = Options {
            count: Count::Exactly(grids),
            balance: 0,
            ..Options::default()
        };
        let outcome = divide(&problem, &options).unwrap();
        assert_eq!(outcome.status, Status::Optimal);
        assert!(verify(&problem, &options, &outcome).is_proved(), "{grids}");
    }
}

#[test]
fn the_outcomes_of_an_estate_of_towers_are_proved() {
    let problem = community("towers12k.atoms.csv", "towers12k.atoms_adj.csv");
    for grids in [24, 25, 27, 28, 29, 30, 31, 32, 33] {
        let options = Options {
            count: Count::Exactly(grids),
            balance: 0,
            strict: true,
            ..Options::default()
        };
        let outcome = divide(&problem, &options).unwrap();
        let is_possible = (26..=29).contains(&grids);
        let status = if is_possible {
            Status::Optimal
        } else {
            Status::Infeasible
        };
        assert_eq!(outcome.status, status, "{grids}");
        assert!(verify(&problem, &options, &outcome).is_proved(), "{grids}");
    }
}

#[test]
fn limits_that_cannot_both_be_met_are_proved_so_and_a_changed_figure_is_found_out() {
    let problem = community("nasty_ratio.buildings.csv", "nasty_ratio.adj.csv");
    let options = Options {
        strict: true,
        ..Options::default()
    };
    let mut outcome = divide(&problem, &options).unwrap();
    assert!(verify(&problem, &options, &outcome).is_proved());
    let Some(Certificate::Arithmetic(arithmetic)) = &mut outcome.certificate else {
        panic!("{outcome:?}");
    };
    arithmetic.residents = 10_001;
    let flaw = Fault::Certificate {
        grids: None,
        flaw: Flaw::Sums,
    };
    assert_eq!(verify(&problem, &options, &outcome).faults, [flaw]);
}
