//! From text to tree and back: the only room that knows pest.

pub mod ast;
