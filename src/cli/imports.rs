//! Finds the agreements that `brug` names: in the folder itself, in its subfolders, in the folders beside it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::base::SourceMap;
use crate::diag::Problems;
use crate::session::Session;
use crate::syntax::{self, ast};
use crate::world::{Kind, MAX_FILE, World, WorldError, folder_files};

/// No more rule files than this are looked into; nobody has as many agreements side by side.
const MOST_FILES: usize = 2000;

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
    files: usize,
}

/// Adds to a session what its files `brug` and nothing given declares, and what that uses in turn.
///
/// # Errors
/// What could not be read on the way, where an agreement was not found.
pub(super) fn import(
    world: &dyn World,
    given: &[PathBuf],
    session: &mut Session,
) -> Result<(), Vec<WorldError>> {
    let mut finder = Finder { world, folders: BTreeMap::new(), errors: Vec::new(), files: 0 };
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut open: Vec<(PathBuf, String)> = Vec::new();
    for (path, tree) in given.iter().zip(session.files()) {
        known.extend(agreements(tree));
        open.extend(uses(tree).into_iter().map(|name| (folder_of(path), name)));
    }
    let mut loaded: BTreeSet<PathBuf> = given.iter().map(|path| plain(path)).collect();
    let mut missing = false;
    open.reverse();
    while let Some((folder, name)) = open.pop() {
        if known.contains(&name) {
            continue;
        }
        match finder.find(&folder, &name).as_slice() {
            [] => missing = true,
            [found] => {
                for file in finder.folders.get(found).cloned().unwrap_or_default() {
                    if loaded.insert(plain(&file.path)) {
                        let module = found.display().to_string();
                        session.add_imported(&file.path.display().to_string(), &file.bytes, &module);
                        known.extend(file.agreements);
                        open.extend(file.uses.into_iter().map(|name| (found.clone(), name)));
                    }
                }
            }
            several => {
                let folders = several.iter().map(|folder| folder.display().to_string()).collect();
                session.add_double_agreement(&name, folders);
            }
        }
    }
    session.add_known_agreements(finder.folders.values().flatten().flat_map(|file| file.agreements.clone()));
    if missing && !finder.errors.is_empty() { Err(finder.errors) } else { Ok(()) }
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
            let paths = folder_files(self.world, folder).unwrap_or_default();
            let seen = paths.into_iter().filter_map(|path| self.read(path)).collect();
            self.folders.insert(folder.to_owned(), seen);
        }
        self.folders.get(folder).map(Vec::as_slice).unwrap_or_default()
    }

    fn read(&mut self, path: PathBuf) -> Option<Seen> {
        self.files += 1;
        if self.files > MOST_FILES {
            return None;
        }
        let bytes = match self.world.read(&path, MAX_FILE) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.errors.push(error);
                return None;
            }
        };
        // What is wrong with the file is told when it is added to the session.
        let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
        let file = syntax::admit(&mut sources, &path.display().to_string(), &bytes, &mut problems)?;
        let tree = syntax::parse(&sources, file, &mut problems);
        Some(Seen { path, bytes, agreements: agreements(&tree), uses: uses(&tree) })
    }
}

fn agreements(tree: &ast::File) -> Vec<String> {
    let named = tree.items.iter().filter_map(|item| match &item.kind {
        ast::ItemKind::Agreement(agreement) => Some(agreement.name.text.clone()),
        _ => None,
    });
    named.collect()
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
