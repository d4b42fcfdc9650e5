use std::path::{Path, PathBuf};

use super::{Kind, World, WorldError, WorldProblem};

/// Tells whether a name is that of a rule file: `.klausul`, or `.klausul.md` for prose with rules in it.
pub fn is_rule_file(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    [".klausul", ".klausul.md"].iter().any(|end| name.len() > end.len() && name.ends_with(end))
}

/// How many folders deep rule files are looked for in a folder that has none itself.
const DEEPEST: usize = 16;

/// The rule files that the paths of a command line name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RuleFiles {
    /// The files, each once.
    pub files: Vec<PathBuf>,
    /// The folders on the way that could not be looked into; rules in them are missing among the files.
    pub unread: Vec<WorldError>,
}

/// Finds the rule files that the paths of a command line name, each once, in the order given. A folder stands for the
/// rule files directly in it, sorted by name; its subfolders are modules of their own. One that has none itself stands
/// for the folders in it, by name, those that are hidden and those that are links left out.
///
/// # Errors
/// Every path that is missing, or is neither a rule file nor a folder with rule files in it.
pub fn rule_files(world: &dyn World, paths: &[PathBuf]) -> Result<RuleFiles, Vec<WorldError>> {
    let mut found = RuleFiles::default();
    let mut errors = Vec::new();
    for path in paths {
        match expand(world, path) {
            Ok(more) => {
                found.files.extend(more.files);
                found.unread.extend(more.unread);
            }
            Err(several) => errors.extend(several),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    found.files.retain(|file| seen.insert(file.clone()));
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}

fn expand(world: &dyn World, path: &Path) -> Result<RuleFiles, Vec<WorldError>> {
    let error = |problem| Err(vec![WorldError::new(path, problem)]);
    match world.kind(path).map_err(|error| vec![error])? {
        Kind::File if is_rule_file(path) => {
            Ok(RuleFiles { files: vec![path.to_owned()], unread: Vec::new() })
        }
        Kind::File => error(WorldProblem::NotRules),
        Kind::Special => error(WorldProblem::Special),
        Kind::Folder => {
            let mut found = RuleFiles::default();
            below(world, path, DEEPEST, &mut found).map_err(|error| vec![error])?;
            match (found.files.is_empty(), found.unread.is_empty()) {
                (false, _) => Ok(found),
                (true, true) => error(WorldProblem::NoRules),
                (true, false) => Err(found.unread),
            }
        }
    }
}

/// Collects the rule files of a folder; where it has none, those of the folders in it. What is wrong with one of those
/// is remembered beside what the others hold. A link is not followed: it may lead back, or to what lies elsewhere.
fn below(world: &dyn World, folder: &Path, deep: usize, found: &mut RuleFiles) -> Result<(), WorldError> {
    let own = direct(world, folder)?;
    if !own.is_empty() {
        found.files.extend(own);
        return Ok(());
    }
    let inside = world.list(folder)?.into_iter();
    for path in inside.filter(|path| !is_dotted(path) && !world.is_link(path)) {
        let looked = match world.kind(&path) {
            Ok(Kind::Folder) if deep == 0 => Err(WorldError::new(&path, WorldProblem::TooDeep)),
            Ok(Kind::Folder) => below(world, &path, deep - 1, found),
            Ok(Kind::File | Kind::Special) => Ok(()),
            Err(error) => Err(error),
        };
        found.unread.extend(looked.err().map(of_subfolder));
    }
    Ok(())
}

/// What is wrong with a folder that others lie beside: they were looked into all the same.
fn of_subfolder(error: WorldError) -> WorldError {
    match error.problem {
        WorldProblem::Read(reason) => WorldError::new(&error.path, WorldProblem::Unread(reason)),
        _ => error,
    }
}

/// Returns the folders that the rule files of a folder lie in: itself where some stand directly in it, else those below
/// it that have some, by name.
///
/// # Errors
/// When it has no rule files, or a folder in it cannot be looked into.
pub fn packs(world: &dyn World, folder: &Path) -> Result<Vec<PathBuf>, Vec<WorldError>> {
    let RuleFiles { files, unread } = rule_files(world, &[folder.to_owned()])?;
    if !unread.is_empty() {
        return Err(unread);
    }
    let mut folders: Vec<PathBuf> =
        files.iter().filter_map(|file| file.parent()).map(Path::to_owned).collect();
    folders.dedup();
    Ok(folders)
}

/// Lists the rule files directly in a folder, sorted by name.
///
/// # Errors
/// When it is no folder, cannot be read, or has no rule files.
pub fn folder_files(world: &dyn World, folder: &Path) -> Result<Vec<PathBuf>, WorldError> {
    let found = direct(world, folder)?;
    if found.is_empty() { Err(WorldError::new(folder, WorldProblem::NoRules)) } else { Ok(found) }
}

/// Lists the rule files directly in a folder. What is named like a rule file but is a folder is a module of its own.
fn direct(world: &dyn World, folder: &Path) -> Result<Vec<PathBuf>, WorldError> {
    let mut found = Vec::new();
    for path in world.list(folder)?.into_iter().filter(|path| is_rule_file(path) && !is_dotted(path)) {
        match world.kind(&path)? {
            Kind::File | Kind::Special => found.push(path),
            Kind::Folder => {}
        }
    }
    Ok(found)
}

/// Tells whether a file is hidden, as editors' backups and our own unfinished files are.
fn is_dotted(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Memory;

    fn world() -> Memory {
        Memory::new([
            ("r/b.klausul", ""),
            ("r/a.klausul.md", ""),
            ("r/.x.klausul", ""),
            ("r/data.json", "{}"),
            ("r/sub/c.klausul", ""),
            ("tom/data.json", "{}"),
            ("alle/z/c.klausul", ""),
            ("alle/y/x/a.klausul", ""),
            ("alle/y/x/data/d.klausul", ""),
            ("alle/.gemt/e.klausul", ""),
        ])
    }
    fn paths(given: &[&str]) -> Result<Vec<String>, Vec<WorldProblem>> {
        let given: Vec<PathBuf> = given.iter().map(PathBuf::from).collect();
        rule_files(&world(), &given)
            .map(|found| found.files.iter().map(|f| f.display().to_string()).collect())
            .map_err(|errors| errors.into_iter().map(|e| e.problem).collect())
    }

    #[test]
    fn a_folder_is_its_rule_files_by_name() {
        assert_eq!(paths(&["r"]).unwrap(), ["r/a.klausul.md", "r/b.klausul"]);
        assert_eq!(
            paths(&["r/sub", "r/b.klausul", "r"]).unwrap(),
            ["r/sub/c.klausul", "r/b.klausul", "r/a.klausul.md"]
        );
    }

    #[test]
    fn a_folder_without_rules_stands_for_those_in_it() {
        assert_eq!(paths(&["alle"]).unwrap(), ["alle/y/x/a.klausul", "alle/z/c.klausul"]);
        assert_eq!(paths(&["alle/.gemt"]).unwrap(), ["alle/.gemt/e.klausul"]);
    }

    #[test]
    fn every_bad_path_is_told() {
        let found = paths(&["tom", "r/data.json", "væk"]).unwrap_err();
        assert_eq!(found, [WorldProblem::NoRules, WorldProblem::NotRules, WorldProblem::Missing]);
    }
}
