//! Reads rules for programs that stand beside the command line: those that damage packs, and the tests.

use std::path::{Path, PathBuf};

use super::imports::import;
use crate::session::Session;
use crate::world::{Kind, MAX_FILE, World, WorldError, folder_files, rule_files};

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

/// Returns the rule packs of a folder: itself where rule files stand directly in it, else those of its subfolders that
/// have some, by name.
///
/// # Errors
/// When it is no folder, cannot be read, or has no rule files.
pub fn packs(world: &dyn World, folder: &Path) -> Result<Vec<PathBuf>, WorldError> {
    let Err(error) = folder_files(world, folder) else { return Ok(vec![folder.to_owned()]) };
    let has_rules =
        |path: &PathBuf| world.kind(path) == Ok(Kind::Folder) && folder_files(world, path).is_ok();
    let found: Vec<PathBuf> = world.list(folder)?.into_iter().filter(has_rules).collect();
    if found.is_empty() { Err(error) } else { Ok(found) }
}
