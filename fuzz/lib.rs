//! The targets of `tests/fuzz`, for the fuzzer.

#[path = "../tests/fuzz/targets/mod.rs"]
#[expect(dead_code, reason = "what holds of the seeds is tested with the product")]
mod targets;

/// Runs a target by its name.
pub fn run(name: &str, bytes: &[u8]) {
    let found = targets::TARGETS.iter().find(|(known, _)| *known == name);
    let (_, target) = found.unwrap_or_else(|| panic!("no target is called {name}"));
    target(bytes);
}
