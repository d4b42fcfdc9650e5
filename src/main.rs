//! The `klausul` program: arguments in, exit code out.
fn main() {}
