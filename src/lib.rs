//! Household grid codes such as `803Aa7`: parse them, explain them, check and write them for whole communities.

pub mod address;
pub mod census;
pub mod code;
pub mod codebook;
pub mod diagnostic;
pub mod household;
pub mod lang;
pub mod report;
pub mod row;
pub mod rule;
pub mod table;

pub use code::GridCode;
pub use lang::{Lang, Text};
