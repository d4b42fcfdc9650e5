//! The command line: one file per verb.

mod disk;

pub use disk::Disk;
