//! One function per target. Each takes any bytes and panics where a law of the product is broken; none reads a file, so that
//! the tests (`tests/fuzz`) and the fuzzer (`fuzz/`) run the same functions.

mod choices;
mod data;
mod held;
mod html;
mod records;
mod repl;
mod rules;
mod seeds;
mod sources;
mod text;
mod values;

/// A target: its name, as its corpus is called, and its function.
pub(crate) type Target = (&'static str, fn(&[u8]));

/// All targets.
pub(crate) const TARGETS: &[Target] = &[
    ("tokens", text::tokens),
    ("parser", text::parser),
    ("format", text::format),
    ("numbers", values::numbers),
    ("dates", values::dates),
    ("csv", data::csv),
    ("json", data::json),
    ("toml", data::toml),
    ("facts", data::facts),
    ("records", records::records),
    ("verify", records::verify),
    ("citations", sources::citations),
    ("checker", rules::checker),
    ("machines", rules::machines),
    ("html", html::html),
    ("repl", repl::lines),
];

/// What structured targets start from is right, so that what is changed of it is nearly right.
pub(crate) fn seeds_hold() {
    records::seeds_hold();
    rules::seeds_hold();
    html::seeds_hold();
}
