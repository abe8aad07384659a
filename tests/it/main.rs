//! The one binary of all integration tests, a file for each room.

#[cfg(feature = "excel")]
mod synthetic;
