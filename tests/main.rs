//! All integration tests, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that meets what it does not expect has failed; its helpers may say so by a panic"
)]

mod acceptance;
mod bad;
mod batch;
mod cifre;
mod cli;
mod codes;
mod compare;
mod conformance;
mod conformance_size;
mod determinism;
mod docs;
mod engine;
mod explain;
mod facts;
mod faults;
mod fuzz;
mod generated;
mod ground;
mod house;
mod katalog;
mod kinds;
mod laws;
mod levels;
mod limits;
mod machine;
mod mistakes;
mod mutants;
mod norms;
mod order;
mod pages;
mod prose;
mod random_lines;
mod render;
mod repl;
mod rules;
mod run;
mod session;
mod syntax;
#[cfg(unix)]
mod terminal;
mod tutorial;
mod twins;
mod value;
mod whole_language;
mod witnesses;

/// Reads a file of the repository.
#[expect(clippy::disallowed_methods, reason = "the tests read their own cases")]
fn read_bytes(path: &std::path::Path) -> Vec<u8> {
    std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Runs on a thread like the program's own, for whose stack the limits are sized; it is larger than a test's.
fn with_room(test: fn()) {
    std::thread::Builder::new().stack_size(256 << 20).spawn(test).unwrap().join().unwrap();
}

/// Reads a folder of rules with what it uses, as the program does; its files are named as the repository names them.
fn session_of(folder: &str) -> klausul::session::Session {
    klausul::cli::load(&klausul::cli::Disk, &[std::path::PathBuf::from(folder)])
        .unwrap_or_else(|errors| panic!("{folder}: {errors:?}"))
}

/// Lists the files directly in a folder of the repository, by name.
fn files_in(folder: &str) -> Vec<std::path::PathBuf> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}
