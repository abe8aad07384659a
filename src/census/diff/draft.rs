//! `Draft`: a difference on its way, first only rows and facts, then with the names of doors.

use std::collections::BTreeMap;

use super::compare::compare;
use super::gather::Shape;
use super::half::Half;
use super::naming::{Name, Place};
use super::same_door::Joined;
use super::{Change, Kind, Kinds, State};
use crate::address::Key;

/// A household that seems to be different.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) old: Option<Half>,
    pub(super) new: Option<Half>,
    kinds: Kinds,
    name: Name,
    old_key: Option<Key>,
}

impl Draft {
    /// What both lists say; `None` where that is the same.
    pub(super) fn of_both(old: Half, new: Half) -> Option<Self> {
        let kinds = compare(&old, &new);
        (!kinds.is_empty()).then(|| Self {
            old: Some(old),
            new: Some(new),
            kinds,
            ..Self::default()
        })
    }

    pub(super) fn moved_out(old: Half) -> Self {
        Self {
            old: Some(old),
            kinds: Kinds::NONE.with(Kind::MovedOut),
            ..Self::default()
        }
    }

    pub(super) fn moved_in(new: Half) -> Self {
        Self {
            new: Some(new),
            kinds: Kinds::NONE.with(Kind::MovedIn),
            ..Self::default()
        }
    }

    /// Takes its names from what was read again of both lists.
    pub(super) fn name(
        &mut self,
        olds: &mut BTreeMap<Place, Name>,
        news: &mut BTreeMap<Place, Name>,
    ) {
        let of = |half: &Option<Half>, names: &mut BTreeMap<Place, Name>| {
            let half = half.as_ref()?;
            names.remove(&(half.sheet, half.row))
        };
        let old = of(&self.old, olds).unwrap_or_default();
        let new = of(&self.new, news).unwrap_or_default();
        self.name = Name {
            key: new.key.or(old.key),
            grid: new.grid.or(old.grid),
        };
    }

    /// The key, where only that list has the household.
    pub(super) fn lone_key(&self, is_old: bool) -> Option<&Key> {
        if is_old && self.new.is_none() || !is_old && self.old.is_none() {
            self.name.key.as_ref()
        } else {
            None
        }
    }

    /// One household of two that are the same door under two names; `None` where nothing else is different.
    pub(super) fn with_old(self, old: Self, joined: &mut Joined) -> Option<Self> {
        let entrance = |key: &Option<Key>| key.as_ref().is_some_and(Key::has_entrance);
        let by_entrance = entrance(&self.name.key) != entrance(&old.name.key);
        if by_entrance {
            joined.by_entrance += 1;
        } else {
            joined.by_names += 1;
        }
        let (Some(before), Some(after)) = (old.old, self.new) else {
            return Some(self);
        };
        let kinds = compare(&before, &after).with_if(Kind::KeyRewritten, by_entrance);
        if kinds.is_empty() {
            joined.same += 1;
            return None;
        }
        Some(Self {
            old: Some(before),
            new: Some(after),
            kinds,
            old_key: old.name.key,
            name: Name {
                grid: self.name.grid.or(old.name.grid),
                ..self.name
            },
        })
    }

    /// The difference as it is told.
    pub(super) fn finish(self, olds: &[Shape], news: &[Shape]) -> Change {
        let state = |half: &Half, shapes: &[Shape]| {
            let shape = usize::try_from(half.sheet)
                .ok()
                .and_then(|at| shapes.get(at));
            State::of(half, shape.and_then(|shape| shape.name.as_deref()))
        };
        Change {
            kinds: self.kinds,
            key: self.name.key,
            old_key: self.old_key,
            grid: self.name.grid,
            old: self.old.map(|half| state(&half, olds)),
            new: self.new.map(|half| state(&half, news)),
        }
    }
}
