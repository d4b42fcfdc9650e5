//! The conversation: ask, try out, and see what changes. [`Repl`] turns lines into replies and knows no terminal;
//! [`run`] holds a conversation at one, or reads a script.

mod act;
mod around;
mod color;
mod command;
mod complete;
mod diff;
mod follow;
mod graph;
mod help;
mod hint;
mod input;
mod interview;
mod lookup;
mod missing;
mod problem;
mod protocol;
mod saved;
mod state;
mod terminal;
mod told_of;
mod values;
mod worlds;

pub use command::{COMMANDS, Command, Entry, Parsed, find, parse_command, usage, usage_bi};
pub use complete::Completion;
pub use diff::{Difference, changes, told};
pub use saved::Files;
pub use state::{Repl, Reply, State};
pub use terminal::{Input, Output, run};
