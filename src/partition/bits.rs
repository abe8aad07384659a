//! A set of places in a list, a bit for each: what is free, what is chosen, what touches it.

/// A set of places below 64 × `W`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bits<const W: usize>([u64; W]);

impl<const W: usize> Bits<W> {
    pub(super) const NONE: Self = Self([0; W]);

    pub(super) fn first(items: usize) -> Self {
        let mut bits = Self::NONE;
        for place in 0..items {
            bits.insert(place);
        }
        bits
    }

    pub(super) fn insert(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    pub(super) fn remove(&mut self, place: usize) {
        self.0[place / 64] &= !(1 << (place % 64));
    }

    pub(super) fn and(self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & other.0[word]))
    }

    pub(super) fn or(self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] | other.0[word]))
    }

    pub(super) fn without(self, other: &Self) -> Self {
        Self(std::array::from_fn(|word| self.0[word] & !other.0[word]))
    }

    pub(super) fn lowest(&self) -> Option<usize> {
        let word = self.0.iter().position(|word| *word != 0)?;
        Some(64 * word + self.0[word].trailing_zeros() as usize)
    }

    pub(super) fn each(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(word, bits)| {
            let rest = move |bits: &u64| Some(bits & (bits - 1)).filter(|bits| *bits != 0);
            std::iter::successors(Some(bits).filter(|bits| *bits != 0), rest)
                .map(move |bits| 64 * word + bits.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn bits_of(places: &BTreeSet<usize>) -> Bits<3> {
        let mut bits = Bits::NONE;
        for place in places {
            bits.insert(*place);
        }
        bits
    }

    proptest! {
        #[test]
        fn bits_are_sets(
            a in proptest::collection::btree_set(0usize..192, 0..40),
            b in proptest::collection::btree_set(0usize..192, 0..40),
        ) {
            let (left, right) = (bits_of(&a), bits_of(&b));
            let places = |bits: Bits<3>| bits.each().collect::<Vec<_>>();
            prop_assert_eq!(places(left), a.iter().copied().collect::<Vec<_>>());
            prop_assert_eq!(places(left.and(&right)), a.intersection(&b).copied().collect::<Vec<_>>());
            prop_assert_eq!(places(left.or(&right)), a.union(&b).copied().collect::<Vec<_>>());
            prop_assert_eq!(places(left.without(&right)), a.difference(&b).copied().collect::<Vec<_>>());
            prop_assert_eq!(left.lowest(), a.first().copied());
            let mut less = left;
            if let Some(place) = a.last() {
                less.remove(*place);
                prop_assert_eq!(places(less).len(), a.len() - 1);
            }
        }

        #[test]
        fn the_first_places_are_those_below_their_number(count in 0usize..=192) {
            prop_assert!(Bits::<3>::first(count).each().eq(0..count));
        }
    }
}
