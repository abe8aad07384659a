//! Everything that leaves: one format one file.

pub mod card;
pub mod decoded;
pub mod delimited;
pub mod json;
pub mod text;
