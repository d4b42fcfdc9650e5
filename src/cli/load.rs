//! From the paths of a command line to a session with their rules: for the verbs, for the programs that stand beside the
//! command line, and for the tests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::imports::{folder_of, import, plain, shown};
use super::rules::RuleText;
use crate::base::{Limit, Limits};
use crate::session::Session;
use crate::world::{RuleFiles, World, WorldError, WorldProblem, folder_files, rule_files};

/// Rules as they were read.
pub(super) struct Loaded {
    /// The rules; each folder is a module of its own where there are several.
    pub(super) session: Session,
    /// The files that were asked for.
    pub(super) files: Vec<RuleText>,
    /// The folders on the way that could not be looked into.
    pub(super) unread: Vec<WorldError>,
    /// Whether a text was refused: it is no rule file, and what the others `brug` was not looked for.
    pub(super) refused: bool,
}

/// Reads the rule files that paths name, and what they `brug`, as the verbs do.
///
/// # Errors
/// What could not be read. What is wrong with the rules themselves is among the session's findings.
pub fn load(world: &dyn World, paths: &[PathBuf]) -> Result<Session, Vec<WorldError>> {
    let loaded = loaded(world, paths, &Limits::default())?;
    if loaded.unread.is_empty() { Ok(loaded.session) } else { Err(loaded.unread) }
}

/// The same, with the files as they were read; a folder that cannot be looked into does not keep the others from it.
///
/// # Errors
/// As for [`load`].
pub(super) fn loaded(
    world: &dyn World,
    paths: &[PathBuf],
    limits: &Limits,
) -> Result<Loaded, Vec<WorldError>> {
    let (files, unread) = read_texts(world, paths, limits)?;
    let mut session = Session::new().held_to(limits);
    let mut refused = false;
    let folder = |file: &RuleText| plain(&folder_of(&file.path));
    let folders: BTreeSet<PathBuf> = files.iter().map(folder).collect();
    for file in &files {
        let name = file.path.display().to_string();
        let added = match folders.len() {
            1 => session.add_rules(&name, &file.bytes),
            _ => session.add_of_module(&name, &file.bytes, &shown(&folder(file))),
        };
        refused |= added.is_none();
    }
    if !refused {
        let given: Vec<PathBuf> = files.iter().map(|file| file.path.clone()).collect();
        for folder in &folders {
            let of_folder = given.iter().filter(|path| plain(&folder_of(path)) == *folder);
            match left_out(world, &of_folder.collect::<Vec<_>>()) {
                Some(left_out) if folders.len() == 1 => session.set_left_out(left_out),
                Some(_) => session.add_partial(&shown(folder)),
                None => {}
            }
        }
        import(world, &given, &mut session)?;
    }
    Ok(Loaded { session, files, unread, refused })
}

/// Reads the texts of the rule files that paths name; beside them, the folders that could not be looked into.
///
/// # Errors
/// What could not be found or read.
pub(super) fn read_texts(
    world: &dyn World,
    paths: &[PathBuf],
    limits: &Limits,
) -> Result<(Vec<RuleText>, Vec<WorldError>), Vec<WorldError>> {
    let RuleFiles { files, unread } = rule_files(world, paths)?;
    let (most, size) = (limits.count(Limit::Files), limits.get(Limit::FileSize));
    if let Some(over) = files.get(most) {
        return Err(vec![WorldError::new(over, WorldProblem::TooManyFiles { limit: most })]);
    }
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    for path in files {
        match world.read(&path, size) {
            Ok(bytes) => texts.push(RuleText { path, bytes }),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok((texts, unread)) } else { Err(errors) }
}

/// The folder of the files, where it holds rule files that were not asked for.
fn left_out(world: &dyn World, given: &[&PathBuf]) -> Option<String> {
    let folder = folder_of(given.first()?);
    // A folder that cannot be listed has nothing to point at; the files themselves were read.
    let all = folder_files(world, &folder).ok()?;
    let is_given = |file: &Path| given.iter().any(|path| plain(path) == plain(file));
    all.iter().any(|file| !is_given(file)).then(|| folder.display().to_string())
}
