//! Reads rules for programs that stand beside the command line: those that damage packs, and the tests.

use std::path::PathBuf;

use super::imports::import;
use crate::session::Session;
use crate::world::{MAX_FILE, World, WorldError, rule_files};

/// Reads the rule files that paths name, and what they `brug`, as the verbs do.
///
/// # Errors
/// What could not be read. What is wrong with the rules themselves is among the session's findings.
pub fn load(world: &dyn World, paths: &[PathBuf]) -> Result<Session, Vec<WorldError>> {
    let files = rule_files(world, paths)?;
    let mut session = Session::new();
    for file in &files {
        let bytes = world.read(file, MAX_FILE).map_err(|error| vec![error])?;
        session.add_rules(&file.display().to_string(), &bytes);
    }
    import(world, &files, &mut session)?;
    Ok(session)
}
