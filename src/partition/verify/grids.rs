//! All grids that a legal plan can have: each unit that touches what is there already is taken, or left out for good.

use super::super::model::Standard;
use super::field::Field;
use super::set::Set;
use super::sums::Sums;

/// A grid within the widest limits.
pub(super) struct Legal<const W: usize> {
    pub(super) units: Set<W>,
    pub(super) households: i64,
    pub(super) residents: i64,
    pub(super) work: i64,
    pub(super) inertia: i128,
}

/// The grids that were found.
pub(super) struct Grids<const W: usize> {
    pub(super) list: Vec<Legal<W>>,
    /// There are no others.
    pub(super) is_whole: bool,
}

/// What a grid is in a plan: a new one, or the one that continues a previous one; and what it costs as that.
pub(super) struct Role {
    /// The place of the previous grid among the labels.
    pub(super) label: Option<usize>,
    pub(super) cost: i128,
}

/// More grids than this are not kept: they would take some hundreds of megabytes.
const MOST: usize = 2_500_000;

#[derive(Clone, Copy)]
struct Branch<const W: usize> {
    taken: Set<W>,
    left_out: Set<W>,
    /// All that touches what is taken.
    near: Set<W>,
    sums: Sums,
}

struct Lister<'f, 'p, const W: usize> {
    field: &'f Field<'p>,
    near: Vec<Set<W>>,
    apart: Vec<Set<W>>,
    all: Set<W>,
    grids: Grids<W>,
}

/// Lists the grids, as far as so many nodes lead.
///
/// What a grid would leave must be divisible by arithmetic, piece by piece; no plan has another grid.
pub(super) fn legal_grids<const W: usize>(field: &Field<'_>, mut nodes: u64) -> Grids<W> {
    let mut lister = Lister {
        field,
        near: neighbours(field),
        apart: field
            .units
            .iter()
            .map(|unit| Set::of(unit.apart.iter().copied()))
            .collect(),
        all: Set::of(0..field.units.len()),
        grids: Grids {
            list: Vec::new(),
            is_whole: true,
        },
    };
    let mut before = Set::EMPTY;
    for root in 0..field.units.len() {
        lister.rooted(root, &before, &mut nodes);
        before.insert(root);
        if !lister.grids.is_whole {
            break;
        }
    }
    lister.grids
}

impl<const W: usize> Lister<'_, '_, W> {
    /// Lists the grids with this unit and none of those before.
    fn rooted(&mut self, root: usize, before: &Set<W>, nodes: &mut u64) {
        let start = Branch {
            taken: Set::EMPTY,
            left_out: *before,
            near: Set::EMPTY,
            sums: Sums::default(),
        };
        let mut open: Vec<Branch<W>> = self.take(&start, root).into_iter().collect();
        while let Some(mut branch) = open.pop() {
            if *nodes == 0 || self.grids.list.len() > MOST {
                self.grids.is_whole = false;
                return;
            }
            *nodes -= 1;
            if !self.can_reach_the_least(&branch) {
                continue;
            }
            let free = branch.near.without(&branch.taken).without(&branch.left_out);
            for unit in free.units() {
                let more = self.take(&branch, unit);
                branch.left_out.insert(unit);
                if let Some(more) = more {
                    open.push(branch);
                    open.push(more);
                    break;
                }
            }
        }
    }

    /// One unit more, if limits and constraints allow it; what that makes is listed where it is a grid.
    fn take(&mut self, branch: &Branch<W>, unit: usize) -> Option<Branch<W>> {
        let of = &self.field.units[unit];
        let mut sums = branch.sums;
        sums.add(&of.sums);
        let widest = self.field.widest;
        if of.contradictory
            || self.apart[unit].meets(&branch.taken)
            || sums.households > i64::from(widest.households.max)
            || sums.residents > i64::from(widest.residents.max)
        {
            return None;
        }
        let more = Branch {
            taken: branch.taken.or(&Set::one(unit)),
            left_out: branch.left_out.or(&self.apart[unit]),
            near: branch.near.or(&self.near[unit]),
            sums,
        };
        if Field::fits(widest, sums.households, sums.residents)
            && self.rest_is_divisible(&more.taken)
        {
            self.grids.list.push(Legal {
                units: more.taken,
                households: sums.households,
                residents: sums.residents,
                work: sums.work,
                inertia: sums.inertia(),
            });
        }
        Some(more)
    }

    fn can_reach_the_least(&self, branch: &Branch<W>) -> bool {
        let widest = self.field.widest;
        let mut households = i64::from(widest.households.min) - branch.sums.households;
        let mut residents = i64::from(widest.residents.min) - branch.sums.residents;
        let mut closed = branch.taken.or(&branch.left_out);
        let mut edge = branch.near.without(&closed);
        while households > 0 || residents > 0 {
            if edge.is_empty() {
                return false;
            }
            let mut next = Set::EMPTY;
            for unit in edge.units() {
                let sums = &self.field.units[unit].sums;
                households -= sums.households;
                residents -= sums.residents;
                next = next.or(&self.near[unit]);
            }
            closed = closed.or(&edge);
            edge = next.without(&closed);
        }
        true
    }

    fn rest_is_divisible(&self, taken: &Set<W>) -> bool {
        let rest = self.all.without(taken);
        rest_range(self.field, self.field.widest, &self.near, &rest).is_some()
    }
}

/// What touches each unit.
pub(super) fn neighbours<const W: usize>(field: &Field<'_>) -> Vec<Set<W>> {
    let units = field.units.iter();
    units
        .map(|unit| Set::of(unit.near.iter().copied()))
        .collect()
}

/// How many grids the rest can be divided into at least and at most, its pieces together; none where a piece cannot.
pub(super) fn rest_range<const W: usize>(
    field: &Field<'_>,
    standard: Standard,
    near: &[Set<W>],
    rest: &Set<W>,
) -> Option<(i64, i64)> {
    let mut left = *rest;
    let (mut least, mut most) = (0i64, 0i64);
    while let Some(start) = left.first() {
        let (mut households, mut residents, mut units) = (0, 0, 0);
        let mut edge = Set::one(start);
        while !edge.is_empty() {
            left = left.without(&edge);
            let mut next = Set::EMPTY;
            for unit in edge.units() {
                let sums = &field.units[unit].sums;
                households += sums.households;
                residents += sums.residents;
                units += 1;
                next = next.or(&near[unit]);
            }
            // Only what is left, which holds nothing of the pieces seen.
            edge = next.without(&next.without(&left));
        }
        let (from, to) = Field::range_by(standard, households, residents)?;
        least += from;
        most += to.min(units);
    }
    Some((least, most))
}

impl<const W: usize> Legal<W> {
    /// What the grid can be in a plan of so many grids.
    pub(super) fn roles(&self, field: &Field<'_>, grids: usize, move_cost: i128) -> Vec<Role> {
        let cost = field.cost(self.inertia, self.work, grids);
        let moved = |stay: i64| {
            move_cost
                .saturating_mul(i128::from(self.households - stay))
                .saturating_add(cost)
        };
        let fits = |continues| {
            let standard = field.standard(continues);
            Field::fits(standard, self.households, self.residents)
        };
        let mut roles = Vec::new();
        if fits(None) {
            roles.push(Role {
                label: None,
                cost: moved(0),
            });
        }
        if field.labels.is_empty() {
            return roles;
        }
        let mut stay = vec![0; field.labels.len()];
        for unit in self.units.units() {
            for (label, households) in &field.units[unit].was {
                stay[*label] += households;
            }
        }
        for (label, stay) in stay.into_iter().enumerate() {
            if stay > 0 && fits(field.labels.get(label).copied()) {
                roles.push(Role {
                    label: Some(label),
                    cost: moved(stay),
                });
            }
        }
        roles
    }

    /// Whether so many grids can be one plan with this among them, by arithmetic.
    pub(super) fn can_be_among(&self, field: &Field<'_>, count: usize) -> bool {
        let standard = field.widest_among(count);
        let near = neighbours(field);
        let rest = Set::of(0..field.units.len()).without(&self.units);
        let others = i64::try_from(count).unwrap_or(i64::MAX).saturating_sub(1);
        Field::fits(standard, self.households, self.residents)
            && rest_range(field, standard, &near, &rest)
                .is_some_and(|(least, most)| (least..=most).contains(&others))
    }

    /// Its blocks, rising.
    pub(super) fn blocks(&self, field: &Field<'_>) -> Vec<usize> {
        let units = self.units.units();
        let mut blocks: Vec<usize> = units
            .flat_map(|unit| field.units[unit].blocks.iter().copied())
            .collect();
        blocks.sort_unstable();
        blocks
    }
}
