//! Colours for grids: two that touch never look alike, and people who are colour-blind can tell all colours apart.

/// Okabe and Ito's palette (2008) without its black: made to be told apart with every kind of colour blindness.
/// Blue comes last, since it is the only one that black figures are hard to read on.
pub(super) const PALETTE: [&str; 7] = [
    "#E69F00", "#56B4E9", "#F0E442", "#009E73", "#CC79A7", "#D55E00", "#0072B2",
];

/// How a grid looks: a colour, and rings where there are not colours enough.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    colour: usize,
    /// Rings inside the mark.
    pub(super) rings: usize,
}

impl Look {
    fn of(number: usize) -> Self {
        Self {
            colour: number % PALETTE.len(),
            rings: number / PALETTE.len(),
        }
    }

    /// The colour of the mark, as `#RRGGBB`.
    pub(super) fn fill(self) -> &'static str {
        PALETTE.get(self.colour).copied().unwrap_or(NO_GRID)
    }

    /// The colour of figures on it.
    pub(super) fn ink(self) -> &'static str {
        if self.colour + 1 == PALETTE.len() {
            "#FFFFFF"
        } else {
            "#111111"
        }
    }
}

/// The colour of what is in no grid.
pub(super) const NO_GRID: &str = "#BBBBBB";

/// Gives each of `count` grids a look; of a pair that touches no two are the same.
///
/// The grid that has the fewest looks left to choose from is next, and takes the one that is used least near by, then
/// least in all: so all colours come into use, and the map does not lean on two of them.
pub(super) fn colouring(count: usize, touching: &[(usize, usize)]) -> Vec<Look> {
    let mut near: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (a, b) in touching.iter().filter(|(a, b)| a != b) {
        for (from, to) in [(*a, *b), (*b, *a)] {
            if let Some(list) = near.get_mut(from)
                && !list.contains(&to)
                && to < count
            {
                list.push(to);
            }
        }
    }
    let mut chosen: Vec<Option<usize>> = vec![None; count];
    let mut used: Vec<usize> = Vec::new();
    let taken = |chosen: &[Option<usize>], grid: usize| -> Vec<usize> {
        let around = near.get(grid).into_iter().flatten();
        let mut taken: Vec<usize> = around
            .filter_map(|other| chosen.get(*other).copied().flatten())
            .collect();
        taken.sort_unstable();
        taken.dedup();
        taken
    };
    for _ in 0..count {
        let open = (0..count).filter(|grid| chosen.get(*grid).is_some_and(Option::is_none));
        let next = open.max_by_key(|grid| {
            let around = near.get(*grid).map_or(0, Vec::len);
            (
                taken(&chosen, *grid).len(),
                around,
                std::cmp::Reverse(*grid),
            )
        });
        let Some(grid) = next else { break };
        let taken = taken(&chosen, grid);
        if used.len() < PALETTE.len() {
            used.resize(PALETTE.len(), 0);
        }
        let free = (0..used.len()).filter(|look| !taken.contains(look));
        // Who has a neighbour in common stands near too.
        let second: Vec<usize> = near
            .get(grid)
            .into_iter()
            .flatten()
            .filter_map(|other| near.get(*other))
            .flatten()
            .filter_map(|other| chosen.get(*other).copied().flatten())
            .collect();
        let nearby = |look: usize| second.iter().filter(|other| **other == look).count();
        // A colour with rings is for where the plain ones are taken.
        let look = free
            .min_by_key(|look| {
                let so_far = used.get(*look).copied();
                (look / PALETTE.len(), nearby(*look), so_far, *look)
            })
            .unwrap_or(used.len());
        if look == used.len() {
            used.push(0);
        }
        if let Some(uses) = used.get_mut(look) {
            *uses += 1;
        }
        if let Some(slot) = chosen.get_mut(grid) {
            *slot = Some(look);
        }
    }
    let looks = chosen.into_iter();
    looks.map(|look| Look::of(look.unwrap_or(0))).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn grids_that_touch_never_look_alike(
            count in 1_usize..40,
            pairs in prop::collection::vec((0_usize..40, 0_usize..40), 0..300),
        ) {
            let looks = colouring(count, &pairs);
            prop_assert_eq!(looks.len(), count);
            for (a, b) in pairs {
                if a != b && a < count && b < count {
                    prop_assert_ne!(looks[a], looks[b], "grids {} and {}", a, b);
                }
            }
        }
    }

    #[test]
    fn a_plane_needs_no_rings_and_uses_every_colour() {
        // A chessboard whose corners touch too.
        let at = |x: usize, y: usize| y * 6 + x;
        let mut pairs = Vec::new();
        for y in 0..6_usize {
            for x in 0..6_usize {
                for (dx, dy) in [(1, 0), (0, 1), (1, 1)] {
                    if x + dx < 6 && y + dy < 6 {
                        pairs.push((at(x, y), at(x + dx, y + dy)));
                    }
                }
            }
        }
        let looks = colouring(36, &pairs);
        assert!(looks.iter().all(|look| look.rings == 0));
        assert_eq!(looks.iter().collect::<BTreeSet<_>>().len(), PALETTE.len());
        // Where all touch all, rings tell apart what colours cannot.
        let all: Vec<_> = (0..16).flat_map(|a| (0..a).map(move |b| (a, b))).collect();
        let looks = colouring(16, &all);
        assert_eq!(looks.iter().map(|look| look.rings).max(), Some(2));
        assert_eq!(looks.iter().collect::<BTreeSet<_>>().len(), 16);
    }

    /// What an eye sees of a colour: red, green and blue as light; Machado, Oliveira and Fernandes 2009, whole loss.
    const EYES: [[[f64; 3]; 3]; 4] = [
        [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ];

    fn light(colour: &str) -> [f64; 3] {
        [1, 3, 5].map(|at| {
            let byte = u8::from_str_radix(&colour[at..at + 2], 16).unwrap();
            let part = f64::from(byte) / 255.0;
            if part <= 0.040_45 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    fn times(matrix: &[[f64; 3]; 3], by: [f64; 3]) -> [f64; 3] {
        (*matrix).map(|row| row.iter().zip(by).map(|(a, b)| a * b).sum())
    }

    /// Ottosson's Oklab, in which distances are those that people see.
    fn seen(eye: &[[f64; 3]; 3], colour: &str) -> [f64; 3] {
        let light = times(eye, light(colour)).map(|part| part.clamp(0.0, 1.0));
        let cones = times(
            &[
                [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
                [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
                [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
            ],
            light,
        );
        times(
            &[
                [0.210_454_255_3, 0.793_617_785, -0.004_072_046_8],
                [1.977_998_495_1, -2.428_592_205, 0.450_593_709_9],
                [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766],
            ],
            cones.map(f64::cbrt),
        )
    }

    #[test]
    fn every_eye_tells_every_two_colours_apart() {
        for eye in &EYES {
            for (at, one) in PALETTE.iter().enumerate() {
                for other in &PALETTE[..at] {
                    let (one_seen, other_seen) = (seen(eye, one), seen(eye, other));
                    let apart: f64 = one_seen
                        .iter()
                        .zip(other_seen)
                        .map(|(a, b)| (a - b).powi(2))
                        .sum();
                    // A just noticeable difference is about 0.02.
                    assert!(apart.sqrt() > 0.07, "{one} {other} {}", apart.sqrt());
                }
            }
        }
        // The check itself: red and green of one lightness are one colour to many men.
        let (red, green) = (seen(&EYES[2], "#B05030"), seen(&EYES[2], "#6B7530"));
        let apart: f64 = red.iter().zip(green).map(|(a, b)| (a - b).powi(2)).sum();
        assert!(apart.sqrt() < 0.07, "{}", apart.sqrt());
    }

    #[test]
    fn figures_can_be_read_on_every_colour() {
        let luminance = |colour: &str| {
            let [red, green, blue] = light(colour);
            0.2126 * red + 0.7152 * green + 0.0722 * blue
        };
        for number in 0..PALETTE.len() {
            let look = Look::of(number);
            let (fill, ink) = (luminance(look.fill()), luminance(look.ink()));
            let contrast = (fill.max(ink) + 0.05) / (fill.min(ink) + 0.05);
            assert!(contrast > 4.5, "{} {contrast}", look.fill());
        }
    }
}
