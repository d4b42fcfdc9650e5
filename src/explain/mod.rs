//! From the trace to words: values, states and, built on them, explanations. Knows nothing of terminals or formats.

mod value;

pub use value::{Words, missing_name};
