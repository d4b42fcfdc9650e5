//! What can be said about a text: codes, diagnostics with places and fixes, and the sink that collects them.

mod code;
mod diagnostic;
mod problems;
mod similar;

pub use code::{Code, Severity};
pub use diagnostic::{Diagnostic, Edit, Fix, Label};
pub use problems::{Problems, Report};
pub use similar::{meant, nearest, related};
