use std::path::{Path, PathBuf};

use super::{Kind, World, WorldError, WorldProblem};

/// Tells whether a name is that of a rule file: `.klausul`, or `.klausul.md` for prose with rules in it.
pub fn is_rule_file(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    [".klausul", ".klausul.md"].iter().any(|end| name.len() > end.len() && name.ends_with(end))
}

/// Finds the rule files that the paths of a command line name, each once, in the order given. A folder stands for the
/// rule files directly in it, sorted by name; its subfolders are modules of their own.
///
/// # Errors
/// Every path that is missing, or is neither a rule file nor a folder with rule files in it.
pub fn rule_files(world: &dyn World, paths: &[PathBuf]) -> Result<Vec<PathBuf>, Vec<WorldError>> {
    let mut files: Vec<PathBuf> = Vec::new();
    let mut errors = Vec::new();
    for path in paths {
        match expand(world, path) {
            Ok(found) => files.extend(found),
            Err(error) => errors.push(error),
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    files.retain(|file| seen.insert(file.clone()));
    if errors.is_empty() { Ok(files) } else { Err(errors) }
}

fn expand(world: &dyn World, path: &Path) -> Result<Vec<PathBuf>, WorldError> {
    match world.kind(path)? {
        Kind::File if is_rule_file(path) => Ok(vec![path.to_owned()]),
        Kind::File => Err(WorldError::new(path, WorldProblem::NotRules)),
        Kind::Special => Err(WorldError::new(path, WorldProblem::Special)),
        Kind::Folder => module(world, path),
    }
}

/// Lists the rule files directly in a folder, sorted by name.
///
/// # Errors
/// When it is no folder, cannot be read, or has no rule files.
pub fn folder_files(world: &dyn World, folder: &Path) -> Result<Vec<PathBuf>, WorldError> {
    module(world, folder)
}

/// Lists the rule files directly in a folder. What is named like a rule file but is a folder is a module of its own.
fn module(world: &dyn World, folder: &Path) -> Result<Vec<PathBuf>, WorldError> {
    let mut found = Vec::new();
    for path in world.list(folder)?.into_iter().filter(|path| is_rule_file(path) && !is_dotted(path)) {
        match world.kind(&path)? {
            Kind::File | Kind::Special => found.push(path),
            Kind::Folder => {}
        }
    }
    if found.is_empty() { Err(WorldError::new(folder, WorldProblem::NoRules)) } else { Ok(found) }
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
        ])
    }
    fn paths(given: &[&str]) -> Result<Vec<String>, Vec<WorldProblem>> {
        let given: Vec<PathBuf> = given.iter().map(PathBuf::from).collect();
        rule_files(&world(), &given)
            .map(|files| files.iter().map(|f| f.display().to_string()).collect())
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
    fn every_bad_path_is_told() {
        let found = paths(&["tom", "r/data.json", "væk"]).unwrap_err();
        assert_eq!(found, [WorldProblem::NoRules, WorldProblem::NotRules, WorldProblem::Missing]);
    }
}
