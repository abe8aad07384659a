//! Every test of the public behaviour, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::trivially_copy_pass_by_ref,
    reason = "a test that meets what it does not expect has to stop"
)]

mod table;
mod table_write;
