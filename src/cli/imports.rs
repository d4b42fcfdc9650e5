//! Finds the agreements that `brug` names: in the folder itself, in its subfolders, in the folders beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::base::{Limit, Limits, SourceMap};
use crate::diag::Problems;
use crate::session::Session;
use crate::syntax::{self, ast};
use crate::world::{Kind, World, WorldError, WorldProblem, folder_files};

/// A rule file that was looked into.
#[derive(Clone)]
struct Seen {
    path: PathBuf,
    bytes: Vec<u8>,
    agreements: Vec<String>,
    uses: Vec<String>,
}

/// What has been looked into so far.
struct Finder<'w> {
    world: &'w dyn World,
    folders: BTreeMap<PathBuf, Vec<Seen>>,
    errors: Vec<WorldError>,
    /// How many rule files the run has, those that were looked into with them.
    files: usize,
    /// The first that was one too many.
    beyond: Option<WorldError>,
    limits: Limits,
}

/// A `brug` that waits for its agreement: the folder it stands in, and the name.
struct Open {
    folder: PathBuf,
    name: String,
}

/// Adds to a session what its files `brug` and nothing given declares, and what that uses in turn. Which module uses
/// which is told to the session.
///
/// # Errors
/// What could not be read on the way, where an agreement was not found.
pub(super) fn import(
    world: &dyn World,
    given: &[PathBuf],
    session: &mut Session,
) -> Result<(), Vec<WorldError>> {
    let (folders, errors) = (BTreeMap::new(), Vec::new());
    let limits = session.sources().limits().clone();
    let mut finder = Finder { world, folders, errors, files: given.len(), beyond: None, limits };
    // The folders that have an agreement, among those that are loaded.
    let mut known: BTreeMap<String, BTreeSet<PathBuf>> = BTreeMap::new();
    let mut open: Vec<Open> = Vec::new();
    for (path, tree) in given.iter().zip(session.files()) {
        let folder = plain(&folder_of(path));
        for name in tree.agreements() {
            let name = name.to_owned();
            known.entry(name).or_default().insert(folder.clone());
        }
        open.extend(uses(tree).into_iter().map(|name| Open { folder: folder_of(path), name }));
    }
    let mut loaded: BTreeSet<PathBuf> = given.iter().map(|path| plain(path)).collect();
    let mut missing = false;
    open.reverse();
    while let Some(Open { folder, name }) = open.pop() {
        let from = plain(&folder);
        let has = known.get(&name).cloned().unwrap_or_default();
        let (found, unsure) = match has.first() {
            Some(_) if has.contains(&from) => continue,
            Some(only) if has.len() == 1 => (vec![only.clone()], false),
            Some(_) | None => (finder.find(&folder, &name), !has.is_empty()),
        };
        match found.as_slice() {
            [] if unsure => session.add_double_agreement(&name, has.iter().map(|path| shown(path)).collect()),
            [] => missing = true,
            [found] => {
                session.add_use(&shown(&from), &shown(&plain(found)));
                for file in finder.folders.get(found).cloned().unwrap_or_default() {
                    if loaded.insert(plain(&file.path)) {
                        let path = file.path.display().to_string();
                        session.add_imported(&path, &file.bytes, &shown(&plain(found)));
                        for name in file.agreements {
                            known.entry(name).or_default().insert(plain(found));
                        }
                        open.extend(file.uses.into_iter().map(|name| Open { folder: found.clone(), name }));
                    }
                }
            }
            several => session.add_double_agreement(&name, several.iter().map(|path| shown(path)).collect()),
        }
    }
    if let Some(beyond) = finder.beyond {
        return Err(vec![beyond]);
    }
    session.add_known_agreements(finder.folders.values().flatten().flat_map(|file| file.agreements.clone()));
    if missing && !finder.errors.is_empty() { Err(finder.errors) } else { Ok(()) }
}

/// A folder as the session names it.
pub(super) fn shown(folder: &Path) -> String {
    match folder.as_os_str().is_empty() {
        true => ".".to_owned(),
        false => folder.display().to_string(),
    }
}

impl Finder<'_> {
    /// Finds the folders that have an agreement, the nearest kind of place alone.
    fn find(&mut self, folder: &Path, name: &str) -> Vec<PathBuf> {
        let places = [vec![folder.to_owned()], self.within(folder), self.within(&above(folder))];
        for place in places {
            let has = |file: &Seen| file.agreements.iter().any(|agreement| agreement == name);
            let found: BTreeSet<PathBuf> =
                place.into_iter().filter(|folder| self.look(folder).iter().any(has)).collect();
            if !found.is_empty() {
                return found.into_iter().collect();
            }
        }
        vec![]
    }

    /// Lists the folders in a folder.
    fn within(&mut self, folder: &Path) -> Vec<PathBuf> {
        let listed = self.world.list(folder).unwrap_or_else(|error| {
            self.errors.push(error);
            vec![]
        });
        let hidden = |path: &Path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        let folders = listed.into_iter().filter(|path| !hidden(path));
        folders.filter(|path| self.world.kind(path) == Ok(Kind::Folder)).collect()
    }

    /// Looks into the rule files of a folder, once.
    fn look(&mut self, folder: &Path) -> &[Seen] {
        if !self.folders.contains_key(folder) {
            let paths = match folder_files(self.world, folder) {
                Ok(paths) => paths,
                Err(error) if error.problem == WorldProblem::NoRules => vec![],
                Err(error) => {
                    self.errors.push(error);
                    vec![]
                }
            };
            let seen = paths.into_iter().filter_map(|path| self.read(path)).collect();
            self.folders.insert(folder.to_owned(), seen);
        }
        self.folders.get(folder).map(Vec::as_slice).unwrap_or_default()
    }

    fn read(&mut self, path: PathBuf) -> Option<Seen> {
        self.files += 1;
        let limit = self.limits.count(Limit::Files);
        if self.files > limit {
            let beyond = WorldError::new(&path, WorldProblem::TooManyFiles { limit });
            self.beyond.get_or_insert(beyond);
            return None;
        }
        let bytes = match self.world.read(&path, self.limits.get(Limit::FileSize)) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.errors.push(error);
                return None;
            }
        };
        // What is wrong with the file is told when it is added to the session.
        let (mut sources, mut problems) = (SourceMap::held_to(&self.limits), Problems::new());
        let file = syntax::admit(&mut sources, &path.display().to_string(), &bytes, &mut problems)?;
        let tree = syntax::parse(&sources, file, &mut problems);
        Some(Seen {
            path,
            bytes,
            agreements: tree.agreements().map(str::to_owned).collect(),
            uses: uses(&tree),
        })
    }
}

fn uses(tree: &ast::File) -> Vec<String> {
    let named = tree.items.iter().filter_map(|item| match &item.kind {
        ast::ItemKind::Use(name) => Some(name.text.clone()),
        _ => None,
    });
    named.collect()
}

/// The same path without `./`.
pub(super) fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| !matches!(part, std::path::Component::CurDir)).collect()
}

/// The folder a file lies in.
pub(super) fn folder_of(file: &Path) -> PathBuf {
    match file.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        Some(_) | None => PathBuf::from("."),
    }
}

/// The folder around a folder; of one that is only said by dots, the folder beyond it.
fn above(folder: &Path) -> PathBuf {
    match folder.file_name() {
        Some(_) => folder_of(folder),
        None => folder.join(".."),
    }
}
