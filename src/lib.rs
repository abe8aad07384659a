//! Household grid codes such as `803Aa7`: parse them, explain them, check and write them for whole communities.
//!
//! ```
//! use gridcode::{GridCode, Lang};
//! use gridcode::codebook::Codebook;
//!
//! let code: GridCode = "803Aa8".parse()?;
//! assert_eq!(code.unit.number(), 803);
//! assert!(code.flags.contains(8));
//! assert_eq!(code.to_string(), "803Aa8");
//!
//! let book = Codebook::shushan();
//! assert_eq!(book.in_words(code, Lang::En).tenure, "self-owned home");
//! # Ok::<(), gridcode::code::ParseError>(())
//! ```
//!
//! # Overview
//!
//! - [`code`]: [`GridCode`], one text for each value; [`code::ParseError`] says which part is wrong and where;
//!   [`code::repair`] makes a code of a dirty text and tells every change with its confidence.
//! - [`codebook`]: what letters and digits mean, on what that rests, and which words of a list lead to them.
//!   Meaning is data: a community adds its own by a line of TOML.
//! - [`address`]: `3栋2单元803室` and the other ways to write a door, exact or ambiguous with candidates, and the
//!   canonical [`address::Key`] of a household.
//! - [`household`]: what the rows of a list say of a household, and the code it ought to have.
//! - [`table`]: CSV in any encoding, XLSX, XLS, XLSB, ODS as rows; where in them the table is; files written whole or
//!   not at all.
//! - `workbook` (with `excel`): an XLSX workbook changed in place, all else byte for byte as it was.
//! - [`rule`] and [`diagnostic`]: what can be wrong with a list, each finding with its cell, in both languages.
//! - [`census`]: a whole list checked, decoded, encoded or put right, with an account of every row.
//! - [`partition`]: blocks to grids, pure numbers: the best division and its proof.
//! - [`survey`]: what a division starts from: a list counted by building, positions, pairs, limits, an earlier plan.
//! - [`staff`]: who answers for a door: rosters, who has which grid, and from an address to the people.
//! - [`reminder`]: life events that come due in a range of days, and the codes that ages will change.
//! - [`template`]: a form to fill in, whose columns, choices and checks come from the codebook and the rules.
//! - [`report`]: findings, accounts, plans and reminders as text, JSON, CSV or a calendar.
//!
//! The library never prints, never reads a clock, the environment or a locale: the day and the language are arguments.
//! The same input gives the same bytes. No diagnostic holds a name, an ID number or a phone unless the caller asks.
//!
//! # The field's terms
//!
//! | Chinese | here |
//! |---|---|
//! | 网格密码、网格编码 | grid code, [`GridCode`] |
//! | 房号 | unit, [`code::Unit`] |
//! | 常住人口、流动人口 | resident type, [`code::ResidentLetter`] |
//! | 自购房、出租房 | tenure, [`code::TenureLetter`] |
//! | 标记 | flags, [`code::Flags`] |
//! | 码本 | codebook, [`codebook::Codebook`] |
//! | 楼栋、单元 | building, entrance, [`address::Building`], [`address::Entrance`] |
//! | 住户名单 | list, [`census`] |
//! | 网格、划分单元 | grid, block, [`partition`] |
//! | 网格员、花名册 | grid staff, roster, [`staff`] |
//!
//! # Crate features
//!
//! - **`cli`** (default): the program `gridcode`; brings `excel` with it.
//! - **`excel`**: reading XLSX, XLS, XLSB and ODS, and writing XLSX.
//!
//! Without features the crate reads and writes delimited text only and builds quickly; embedders choose
//! `default-features = false`.
//!
//! # What it does not claim
//!
//! The one published source is a newspaper report of 2019. It explains `A`, `B`, `a`, `b` and the flag `8`; the digits
//! `5` and `7` stand in its examples and are explained nowhere. Nothing here is an official standard.

pub mod address;
pub mod census;
pub mod code;
pub mod codebook;
pub mod diagnostic;
pub mod household;
pub mod lang;
pub mod partition;
pub mod reminder;
pub mod report;
pub mod row;
pub mod rule;
pub mod staff;
pub mod survey;
pub mod table;
pub mod template;
#[cfg(feature = "excel")]
pub mod workbook;

pub use code::GridCode;
pub use lang::{Lang, Text};

/// The example of the README is compiled and run with the other examples of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
