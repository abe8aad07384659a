//! The tests of the rooms' public behaviour: one program, a file per room.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::trivially_copy_pass_by_ref,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise, in its helping functions too"
)]

mod address;
#[cfg(feature = "cli")]
mod ask;
mod census;
#[cfg(feature = "cli")]
mod cmd;
mod code;
mod codebook;
mod communities;
#[cfg(feature = "cli")]
mod desk;
mod diff;
mod docs;
mod examples;
mod fix;
mod household;
mod html;
#[cfg(feature = "cli")]
mod json;
mod layout;
#[cfg(feature = "cli")]
mod long_reports;
mod manifest;
#[cfg(feature = "cli")]
mod map;
#[cfg(feature = "excel")]
mod marked;
#[cfg(feature = "excel")]
mod marked_used;
#[cfg(feature = "excel")]
mod oracle;
mod partition;
mod partition_limits;
mod partition_verify;
mod persons;
mod pipe;
#[cfg(feature = "cli")]
mod plan;
mod reminder;
#[cfg(feature = "cli")]
mod reminders;
mod rooms;
mod rules;
mod staff;
mod survey;
#[cfg(feature = "excel")]
mod synthetic;
mod table;
mod table_write;
#[cfg(feature = "excel")]
mod template;
mod vectors;
#[cfg(feature = "excel")]
mod workbook;
