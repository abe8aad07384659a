//! The cells that hold ID numbers, each read: a list of households may have two, the head's and a resident's.

use crate::household::{Entry, IdFault, IdNumber};
use crate::row::Field;

/// Every ID number of a row with the field it stands under.
pub(super) fn ids(entry: &Entry<'_>) -> impl Iterator<Item = (Field, Result<IdNumber, IdFault>)> {
    let own = entry.id_field();
    let other = match own {
        Field::HeadId => None,
        _ => entry
            .text(Field::HeadId)
            .map(|text| (Field::HeadId, IdNumber::read(text))),
    };
    entry.id.map(|id| (own, id)).into_iter().chain(other)
}

/// What is wrong with each ID number of a row.
pub(super) fn id_faults(entry: &Entry<'_>) -> impl Iterator<Item = (Field, IdFault)> {
    ids(entry).filter_map(|(field, id)| Some((field, id.err()?)))
}
