//! Household grid codes such as `803Aa7`: parse them, explain them, check and write them for whole communities.

pub mod address;
pub mod code;
pub mod diagnostic;
pub mod lang;
pub mod row;

pub use code::GridCode;
pub use lang::{Lang, Text};
