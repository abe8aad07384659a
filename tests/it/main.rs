//! The one integration test binary: a file per room.

mod layout;
