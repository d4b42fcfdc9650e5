//! Writes `docs/katalog.md` from the rule packs, and tells what is wrong with their catalogue files.
//!
//! Usage: cargo run --locked --example katalog
//!
//! It ends with 1 when something is wrong, and tells how much is missing.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints a report")]

mod expected;
mod faults;
mod files;
mod packs;
mod page;

use std::path::Path;
use std::process::ExitCode;

use klausul::cli::Disk;
use klausul::world::World;

fn main() -> ExitCode {
    match written() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::from(2)
        }
    }
}

fn written() -> Result<bool, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let packs = packs::packs(&root.join("rules"))?;
    let page = page::page(&packs);
    Disk.write(&root.join(page::PAGE), page.as_bytes()).map_err(|error| format!("{error:?}"))?;
    let (faults, missing) = (faults::faults(&packs), faults::missing(&packs));
    faults.iter().for_each(|fault| eprintln!("{fault}"));
    missing.iter().for_each(|missing| println!("missing: {missing}"));
    println!("{}: {} faults, {} missing", page::PAGE, faults.len(), missing.len());
    Ok(faults.is_empty() && missing.is_empty())
}
