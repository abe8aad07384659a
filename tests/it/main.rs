//! Every test of the public behaviour, in one binary.

mod table;
