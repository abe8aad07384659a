//! What is asked of a division is kept to: numbers of grids, locks, links to them, the previous plan, and the nodes granted.

use gridcode::partition::{
    Block, Certificate, Count, Limits, ModelError, NumberStatus, Options, Outcome, Point, Problem,
    Standard, Status, divide, verify,
};

/// Blocks in a row, ten metres from one to the next, three residents a household.
fn row(households: &[u32]) -> Problem {
    let block = |(place, households): (u32, &u32)| Block {
        households: *households,
        residents: 3 * households,
        work: *households,
        building: place,
        at: Some(Point {
            x: 100 * i64::from(place),
            y: 0,
        }),
    };
    Problem {
        blocks: (0..).zip(households).map(block).collect(),
        links: (1..households.len()).map(|n| (n - 1, n)).collect(),
        ..Problem::default()
    }
}

/// Limits of households, none of residents.
fn of_households(min: u32, max: u32) -> Options {
    Options {
        standard: Standard {
            households: Limits { min, max },
            residents: Limits::NONE,
        },
        balance: 0,
        ..Options::default()
    }
}

/// Divides, and lets the outcome be judged by code that shares nothing with the solver.
fn judged(problem: &Problem, options: &Options) -> Outcome {
    let outcome = divide(problem, options).unwrap();
    let verdict = verify(problem, options, &outcome);
    assert_eq!(verdict.faults, [], "{outcome:?}");
    outcome
}

fn number_of_grids(outcome: &Outcome) -> Option<usize> {
    outcome.plan.as_ref().map(|plan| plan.grids.len())
}

#[test]
fn a_number_of_grids_that_comes_late_in_the_order_is_not_forgotten() {
    // No two blocks fit into a grid: only 202 grids are possible, and 101 other numbers are nearer to 400 households each.
    let mut problem = row(&[250; 202]);
    for is_chain in [true, false] {
        problem.is_chain = is_chain;
        let outcome = judged(&problem, &of_households(1, 499));
        assert_eq!(outcome.status, Status::Optimal);
        assert_eq!(number_of_grids(&outcome), Some(202));
    }
}

#[test]
fn fewer_grids_than_pieces_that_do_not_touch_are_impossible_and_no_other_number_is_offered() {
    let mut problem = row(&[300; 4]);
    problem.links.clear();
    let options = Options {
        count: Count::Exactly(3),
        ..of_households(0, 1000)
    };
    let outcome = judged(&problem, &options);
    assert_eq!(outcome.status, Status::Infeasible);
    assert_eq!(outcome.plan, None);
    assert!(matches!(
        &outcome.numbers[..],
        [(3, NumberStatus::Impossible(_))]
    ));
}

#[test]
fn a_balance_with_which_costs_could_not_be_counted_is_refused() {
    let problem = row(&[1000; 500]);
    let balanced = |balance| {
        let options = Options {
            balance,
            nodes: 100_000,
            count: Count::Exactly(51),
            ..of_households(0, 2_000_000)
        };
        divide(&problem, &options).map(|outcome| outcome.objective.map(|worth| worth.cost))
    };
    // 100 × 184,467 × 500,000² is the most that is half of what 63 bits hold.
    assert_eq!(balanced(184_468), Err(ModelError::Balance(184_468)));
    assert!(balanced(184_467).unwrap().unwrap() > 0);
}

#[test]
fn a_community_is_at_most_as_wide_as_it_is_said() {
    let mut problem = row(&[100; 3]);
    let at = |x| Some(Point { x, y: 0 });
    problem.blocks[1].at = at(-Problem::WIDEST / 2);
    problem.blocks[2].at = at(Problem::WIDEST / 2);
    assert_eq!(problem.checked(&Options::default()), Ok(()));
    problem.blocks[2].at = at(Problem::WIDEST / 2 + 1);
    assert_eq!(
        problem.checked(&Options::default()),
        Err(ModelError::TooWide(1, 2))
    );
}

#[test]
fn too_many_residents_are_told_as_residents() {
    let mut problem = row(&[100; 3]);
    problem.blocks[0].residents = 50_000_001;
    assert_eq!(
        problem.checked(&Options::default()),
        Err(ModelError::TooManyResidents(50_000_601))
    );
}

/// Three grids of two blocks each, of 200 households a block.
fn in_threes() -> Problem {
    let mut problem = row(&[200; 6]);
    problem.previous = [0, 0, 1, 1, 2, 2].map(Some).to_vec();
    problem
}

#[test]
fn a_block_asked_into_a_locked_grid_or_out_of_it_is_a_contradiction() {
    let mut problem = in_threes();
    problem.locked = vec![0];
    let options = of_households(100, 800);
    for (together, apart, fits) in [
        (Some((1, 2)), None, false),
        (Some((2, 1)), None, false),
        (Some((0, 1)), None, true),
        (None, Some((0, 1)), false),
        (None, Some((1, 2)), true),
        (Some((2, 3)), None, true),
    ] {
        problem.together = together.into_iter().collect();
        problem.apart = apart.into_iter().collect();
        let outcome = judged(&problem, &options);
        assert_eq!(outcome.plan.is_some(), fits, "{together:?} {apart:?}");
        if !fits {
            let blocks = together.or(apart).unwrap();
            assert_eq!(
                outcome.certificate,
                Some(Certificate::Contradiction { blocks })
            );
        }
    }
}

#[test]
fn a_grid_locked_twice_is_locked_once() {
    let mut problem = in_threes();
    let options = Options {
        count: Count::Exactly(2),
        ..of_households(100, 500)
    };
    problem.locked = vec![0];
    let once = judged(&problem, &options);
    problem.locked = vec![0, 0];
    assert_eq!(judged(&problem, &options), once);
}

#[test]
fn a_legal_previous_plan_stays_where_its_number_is_among_those_asked_for() {
    let mut problem = in_threes();
    // Two grids are as near to 400 households each as three are far; both are legal.
    problem.previous = [0, 0, 0, 1, 1, 1].map(Some).to_vec();
    for count in [Count::Between(1, 6), Count::Nearest, Count::Exactly(2)] {
        let options = Options {
            count,
            ..of_households(100, 800)
        };
        let outcome = judged(&problem, &options);
        assert_eq!(number_of_grids(&outcome), Some(2), "{count:?}");
        assert_eq!(outcome.objective.unwrap().moved, 0, "{count:?}");
    }
    let fresh = Options {
        count: Count::Between(3, 6),
        ..of_households(100, 800)
    };
    assert_eq!(number_of_grids(&judged(&problem, &fresh)), Some(3));
}

#[test]
fn the_nodes_that_are_granted_hold_for_an_order_too() {
    let mut problem = row(&[200; 3000]);
    problem.is_chain = true;
    let options = Options {
        nodes: 1000,
        ..of_households(0, 600_000)
    };
    let outcome = judged(&problem, &options);
    assert!(outcome.nodes <= 1000);
    assert_ne!(outcome.status, Status::Optimal);
}
