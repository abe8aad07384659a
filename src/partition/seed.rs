//! Where a search begins: connected grids grown from spread-out nodes, or the previous plan.

use fastrand::Rng;

use super::ground::Ground;

/// So many connected grids that hold every node; `None` where there are more pieces than grids, or fewer nodes.
///
/// Sizes are only roughly even: the search sees to the limits.
pub(super) fn seeded(ground: &Ground, count: u32, rng: &mut Rng) -> Option<Vec<u16>> {
    let pieces = ground.pieces();
    let count = count as usize;
    if count < pieces.len() || count > ground.nodes.len() {
        return None;
    }
    let mut growth = Growth {
        ground,
        grids: vec![None; ground.nodes.len()],
        households: vec![0; count],
        borders: vec![Vec::new(); count],
    };
    let shares = shares(ground, &pieces, count);
    let mut next = 0u16;
    for (piece, share) in pieces.iter().zip(shares) {
        for node in spread(ground, piece, share, rng) {
            growth.put(node, next);
            next += 1;
        }
    }
    growth.fill(rng);
    growth.grids.into_iter().collect()
}

/// The previous plan as it fits the blocks now: each node in the grid that most of its households were in, nodes that
/// do not hang together with the rest of their grid, and new ones, in a grid that touches them. Further grids begin at
/// nodes of the biggest. `None` where a previous grid has nothing left, or there are fewer grids than before.
pub(super) fn continued(ground: &Ground, count: u32, rng: &mut Rng) -> Option<Vec<u16>> {
    let count = count as usize;
    if ground.labels.is_empty() || count < ground.labels.len() {
        return None;
    }
    let mut growth = Growth {
        ground,
        grids: vec![None; ground.nodes.len()],
        households: vec![0; count],
        borders: vec![Vec::new(); count],
    };
    let label_of = |node: &super::ground::Node| {
        let most = node.was.iter().max_by_key(|(_, households)| *households)?;
        ground.labels.binary_search(&most.0).ok()
    };
    let was: Vec<Option<usize>> = ground.nodes.iter().map(label_of).collect();
    for label in 0..ground.labels.len() {
        for node in biggest_piece(ground, &was, label)? {
            growth.put(node, label as u16);
        }
    }
    for grid in ground.labels.len()..count {
        let taken = growth.grids.iter().flatten();
        let mut sizes = vec![0; count];
        taken.for_each(|grid| sizes[usize::from(*grid)] += 1);
        let biggest = (0..grid)
            .filter(|grid| sizes[*grid] > 1)
            .max_by_key(|grid| (growth.households[*grid], std::cmp::Reverse(*grid)))?;
        let node = (0..ground.nodes.len())
            .find(|node| growth.grids[*node] == Some(biggest as u16) && growth.can_spare(*node))?;
        growth.households[biggest] -= ground.nodes[node].sums.households;
        growth.put(node, grid as u16);
        growth.look_around(biggest);
    }
    growth.fill(rng);
    growth.grids.into_iter().collect()
}

/// The biggest connected part of what was in a previous grid.
fn biggest_piece(ground: &Ground, was: &[Option<usize>], label: usize) -> Option<Vec<usize>> {
    let mut seen = vec![false; was.len()];
    let mut best: Option<(i64, Vec<usize>)> = None;
    for start in 0..was.len() {
        if was[start] != Some(label) || seen[start] {
            continue;
        }
        seen[start] = true;
        let mut piece = vec![start];
        let mut next = 0;
        while let Some(node) = piece.get(next).copied() {
            next += 1;
            for near in &ground.nodes[node].near {
                if was[*near] == Some(label) && !std::mem::replace(&mut seen[*near], true) {
                    piece.push(*near);
                }
            }
        }
        let size = piece
            .iter()
            .map(|node| ground.nodes[*node].sums.households)
            .sum();
        if best.as_ref().is_none_or(|(most, _)| size > *most) {
            best = Some((size, piece));
        }
    }
    best.map(|(_, piece)| piece)
}

/// How many grids each piece gets: at least one, at most its nodes, else in proportion to households.
fn shares(ground: &Ground, pieces: &[Vec<usize>], count: usize) -> Vec<usize> {
    let sizes: Vec<i64> = pieces
        .iter()
        .map(|piece| {
            piece
                .iter()
                .map(|node| ground.nodes[*node].sums.households)
                .sum()
        })
        .collect();
    let mut shares = vec![1usize; pieces.len()];
    for _ in pieces.len()..count {
        // The piece whose grids are the biggest gets one more.
        let per_grid = |piece: &usize| sizes[*piece] / shares[*piece] as i64;
        let biggest = (0..pieces.len())
            .filter(|piece| shares[*piece] < pieces[*piece].len())
            .max_by_key(|piece| (per_grid(piece), std::cmp::Reverse(*piece)));
        if let Some(piece) = biggest {
            shares[piece] += 1;
        }
    }
    shares
}

/// So many nodes of a piece, far from each other, the first by chance.
fn spread(ground: &Ground, piece: &[usize], count: usize, rng: &mut Rng) -> Vec<usize> {
    let first = piece[rng.usize(..piece.len())];
    let mut chosen = vec![first];
    let mut distance: Vec<u64> = piece
        .iter()
        .map(|node| apart(ground, *node, first))
        .collect();
    while chosen.len() < count {
        // One of the farther ones by chance, so that each search begins elsewhere.
        let mut order: Vec<usize> = (0..piece.len())
            .filter(|place| !chosen.contains(&piece[*place]))
            .collect();
        order.sort_by_key(|place| std::cmp::Reverse(distance[*place]));
        let far = order.len().div_ceil(4);
        let node = piece[order[rng.usize(..far)]];
        chosen.push(node);
        for (place, other) in piece.iter().enumerate() {
            distance[place] = distance[place].min(apart(ground, *other, node));
        }
    }
    chosen
}

fn apart(ground: &Ground, a: usize, b: usize) -> u64 {
    let place = |node: usize| {
        let sums = &ground.nodes[node].sums;
        let households = sums.households.max(1);
        (sums.x / households, sums.y / households)
    };
    let (a, b) = (place(a), place(b));
    let (x, y) = (a.0.abs_diff(b.0), a.1.abs_diff(b.1));
    x * x + y * y
}

struct Growth<'g> {
    ground: &'g Ground,
    grids: Vec<Option<u16>>,
    households: Vec<i64>,
    /// Nodes that touch the grid and may be in no grid yet.
    borders: Vec<Vec<usize>>,
}

impl Growth<'_> {
    fn put(&mut self, node: usize, grid: u16) {
        self.grids[node] = Some(grid);
        let place = usize::from(grid);
        self.households[place] += self.ground.nodes[node].sums.households;
        self.borders[place].extend(&self.ground.nodes[node].near);
    }

    /// Finds anew what touches a grid that has lost a node.
    fn look_around(&mut self, grid: usize) {
        let of_grid = self.grids.iter().zip(&self.ground.nodes);
        self.borders[grid] = of_grid
            .filter(|(of, _)| **of == Some(grid as u16))
            .flat_map(|(_, node)| node.near.iter().copied())
            .collect();
    }

    /// Whether the rest of its grid hangs together without a node.
    fn can_spare(&self, node: usize) -> bool {
        let grid = self.grids[node];
        let rest: Vec<usize> = (0..self.grids.len())
            .filter(|other| *other != node && self.grids[*other] == grid)
            .collect();
        let was: Vec<Option<usize>> = (0..self.grids.len())
            .map(|other| rest.binary_search(&other).ok().map(|_| 0))
            .collect();
        biggest_piece(self.ground, &was, 0).is_some_and(|piece| piece.len() == rest.len())
    }

    /// The smallest grid that can grow takes a node that touches it, until every node is in a grid.
    fn fill(&mut self, rng: &mut Rng) {
        loop {
            let grids = &self.grids;
            for border in &mut self.borders {
                border.retain(|node| grids[*node].is_none());
            }
            let smallest = (0..self.borders.len())
                .filter(|grid| !self.borders[*grid].is_empty())
                .min_by_key(|grid| self.households[*grid]);
            let Some(grid) = smallest else { return };
            let border = &self.borders[grid];
            let node = border[rng.usize(..border.len())];
            self.put(node, grid as u16);
        }
    }
}
