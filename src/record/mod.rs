//! The record of a computation: what was asked, what it rests on, every step and the result, as canonical JSON that others
//! can redo from the record alone. The format is docs/record.md; this room writes it and holds it to what it says.

mod arith;
mod canon;
mod chain;
mod cited;
mod faults;
mod head;
mod keys;
mod made;
mod pool;
mod redo;
mod replay;
mod scribe;
mod shape;
mod signed;
mod stored;
mod table;
mod value;

pub use canon::{canonical, digest, sha256};
pub use chain::{ChainProblem, next_link};
pub use cited::CitedPassages;
pub use faults::{Fault, Level, Levels, Verdict, records};
pub use head::{DataFile, Locked};
pub use keys::{Half, KeyProblem, PrivateKey, PublicKey, is_name};
pub use made::{FORMAT, Link, Record, Rested};
pub use redo::Redone;
pub use replay::{Again, compare};
pub use signed::check_signatures;
pub use stored::{Stored, read_records};
