//! The shortest lines that make one of what stands apart.

use super::super::Point;
use super::squared;

/// Pairs, the lower first, that join all parts: of all ways to do it the shortest (Prim), ties going to lower points.
pub(super) fn joints(points: &[Point], pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let parts = parts(points.len(), pairs);
    let count = parts.iter().max().map_or(0, |last| last + 1);
    let mut joints = Vec::new();
    if count < 2 {
        return joints;
    }
    // For each point outside of what is joined: the shortest line into it.
    let mut nearest: Vec<Option<(i128, usize, usize)>> = vec![None; points.len()];
    let mut is_joined = vec![false; count];
    let mut newly = 0;
    for _ in 1..count {
        if let Some(slot) = is_joined.get_mut(newly) {
            *slot = true;
        }
        let members: Vec<(usize, Point)> = members(points, &parts, |part| part == newly);
        let outside = |part: usize| is_joined.get(part) == Some(&false);
        let mut best: Option<((i128, usize, usize), usize)> = None;
        for (index, point) in self::members(points, &parts, outside) {
            let Some(slot) = nearest.get_mut(index) else {
                continue;
            };
            for (other, there) in &members {
                let line = (squared(point, *there), index.min(*other), index.max(*other));
                if slot.is_none_or(|known| line < known) {
                    *slot = Some(line);
                }
            }
            if let (Some(line), Some(part)) = (*slot, parts.get(index))
                && best.is_none_or(|(known, _)| line < known)
            {
                best = Some((line, *part));
            }
        }
        let Some(((_, a, b), part)) = best else { break };
        joints.push((a, b));
        newly = part;
    }
    joints.sort_unstable();
    joints
}

fn members(points: &[Point], parts: &[usize], is: impl Fn(usize) -> bool) -> Vec<(usize, Point)> {
    let all = points.iter().zip(parts).enumerate();
    all.filter(|(_, (_, part))| is(**part))
        .map(|(index, (point, _))| (index, *point))
        .collect()
}

/// For each point the number of the part it is in, parts counted from 0 by their first points.
fn parts(count: usize, pairs: &[(usize, usize)]) -> Vec<usize> {
    let mut touching = vec![Vec::new(); count];
    for (a, b) in pairs {
        if let Some(list) = touching.get_mut(*a) {
            list.push(*b);
        }
        if let Some(list) = touching.get_mut(*b) {
            list.push(*a);
        }
    }
    let mut parts = vec![None; count];
    let mut next = 0;
    for first in 0..count {
        if parts.get(first) != Some(&None) {
            continue;
        }
        let mut open = vec![first];
        while let Some(point) = open.pop() {
            if let Some(slot) = parts.get_mut(point).filter(|slot| slot.is_none()) {
                *slot = Some(next);
                open.extend(touching.get(point).into_iter().flatten());
            }
        }
        next += 1;
    }
    parts.into_iter().map(Option::unwrap_or_default).collect()
}
