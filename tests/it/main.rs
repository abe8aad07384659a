//! Every test of the public behaviour, in one binary.

mod table;
mod table_write;
