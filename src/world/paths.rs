use std::path::{Path, PathBuf};

use super::{Kind, World, WorldError, WorldProblem};

/// Tells whether a name is that of a rule file: `.klausul`, or `.klausul.md` for prose with rules in it.
pub fn is_rule_file(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    [".klausul", ".klausul.md"].iter().any(|end| name.len() > end.len() && name.ends_with(end))
}

/// How many folders deep rule files are looked for in a folder that has none itself; a link that leads back ends there.
const DEEPEST: usize = 16;

/// Finds the rule files that the paths of a command line name, each once, in the order given. A folder stands for the
/// rule files directly in it, sorted by name; its subfolders are modules of their own. One that has none itself stands
/// for the folders in it, by name, those that are hidden left out.
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
        Kind::Folder => {
            let mut found = Vec::new();
            below(world, path, DEEPEST, &mut found)?;
            if found.is_empty() { Err(WorldError::new(path, WorldProblem::NoRules)) } else { Ok(found) }
        }
    }
}

/// Collects the rule files of a folder; where it has none, those of the folders in it.
fn below(world: &dyn World, folder: &Path, deep: usize, found: &mut Vec<PathBuf>) -> Result<(), WorldError> {
    let own = direct(world, folder)?;
    if !own.is_empty() || deep == 0 {
        found.extend(own);
        return Ok(());
    }
    for path in world.list(folder)?.into_iter().filter(|path| !is_dotted(path)) {
        // What cannot be looked at, such as a link that leads nowhere, holds no rules.
        if world.kind(&path) == Ok(Kind::Folder) {
            below(world, &path, deep - 1, found)?;
        }
    }
    Ok(())
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
