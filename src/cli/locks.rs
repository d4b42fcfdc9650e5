//! The lock files of rule packs: one in the folder of each, written when asked for, else held against the documents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::imports::folder_of;
use crate::base::{FileId, Lang, SourceFile};
use crate::diag::Problems;
use crate::render::visible;
use crate::session::Session;
use crate::sources::{Changes, Documents, LOCK, Lock, changes};
use crate::syntax::ast;
use crate::world::{MAX_FILE, World, WorldError, WorldProblem};

/// What came of the lock files.
#[derive(Debug, Default)]
pub(super) struct Locks {
    /// Those that were written.
    written: Vec<PathBuf>,
    /// Those that were there, with how the documents stand to them.
    compared: Vec<(PathBuf, Changes)>,
}

/// The lock files that there are, by the folders of their rules.
#[derive(Debug, Default)]
pub(super) struct Read {
    locks: BTreeMap<PathBuf, Lock>,
}

/// Writes a lock file into the folder of each pack that cites a document, or has one already.
///
/// # Errors
/// When one cannot be written.
pub(super) fn write(
    world: &dyn World,
    session: &Session,
    documents: &Documents,
) -> Result<Locks, WorldError> {
    let mut locks = Locks::default();
    for (folder, files) in packs(session) {
        let path = folder.join(LOCK);
        let lock = Lock::of(&files, documents);
        let text = lock.write();
        // What is the same already keeps its time of writing.
        let before = world.read(&path, MAX_FILE).ok();
        let is_idle = lock.is_empty() && before.is_none();
        if !is_idle && before.as_deref() != Some(text.as_bytes()) {
            world.write(&path, text.as_bytes())?;
            locks.written.push(path);
        }
    }
    Ok(locks)
}

/// Reads the lock files that there are.
///
/// # Errors
/// When one is there and cannot be read.
pub(super) fn read(
    world: &dyn World,
    session: &mut Session,
    problems: &mut Problems,
) -> Result<Read, WorldError> {
    let mut found = Read::default();
    let folders: Vec<PathBuf> = packs(session).into_keys().collect();
    for folder in folders {
        let path = folder.join(LOCK);
        let bytes = match world.read(&path, MAX_FILE) {
            Ok(bytes) => bytes,
            Err(error) if error.problem == WorldProblem::Missing => continue,
            Err(error) => return Err(error),
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let file = session.sources_mut().add(SourceFile::new(path.display().to_string(), text.clone()));
        if let Some(lock) = Lock::read(file, &text, problems) {
            found.locks.insert(folder, lock);
        }
    }
    Ok(found)
}

/// Holds lock files against the documents.
pub(super) fn compare(
    read: &Read,
    session: &Session,
    documents: &Documents,
    problems: &mut Problems,
) -> Locks {
    let mut locks = Locks::default();
    let packs = packs(session);
    for (folder, lock) in &read.locks {
        let files = packs.get(folder).map(Vec::as_slice).unwrap_or_default();
        let found = changes(lock, files, documents, session.sources(), problems);
        locks.compared.push((folder.join(LOCK), found));
    }
    locks
}

impl Read {
    /// The lock of each rule file.
    pub(super) fn by_file(&self, session: &Session) -> BTreeMap<FileId, &Lock> {
        let packs = packs(session).into_iter();
        let of = packs.filter_map(|(folder, files)| Some((self.locks.get(&folder)?, files)));
        of.flat_map(|(lock, files)| files.into_iter().map(move |(id, _)| (id, lock))).collect()
    }
}

/// The rule files that were asked for, by folder.
fn packs(session: &Session) -> BTreeMap<PathBuf, Vec<(FileId, &ast::File)>> {
    let mut packs: BTreeMap<PathBuf, Vec<(FileId, &ast::File)>> = BTreeMap::new();
    for (id, tree) in session.own_files() {
        let name = &session.sources().file(id).name;
        packs.entry(folder_of(Path::new(name))).or_default().push((id, tree));
    }
    packs
}

impl Locks {
    /// Words what came of them, a line each; nothing where there are none.
    pub(super) fn in_text(&self, lang: Lang) -> String {
        let shown = |path: &Path| visible(&path.display().to_string()).into_owned();
        let written = self.written.iter().map(|path| match lang {
            Lang::Da => format!("skrevet: {}\n", shown(path)),
            Lang::En => format!("written: {}\n", shown(path)),
        });
        // A pack that cites nothing has nothing to tell.
        let told = self.compared.iter().map(|(path, found)| (path, words(found, lang)));
        let compared = told
            .filter(|(_, words)| !words.is_empty())
            .map(|(path, words)| format!("{}: {words}\n", shown(path)));
        written.chain(compared).collect()
    }

    /// The same for programs.
    pub(super) fn in_json(&self) -> Value {
        let one = |(path, found): &(PathBuf, Changes)| {
            let Changes { same_documents, changed_documents, same, moved, changed, gone, new, uncited } =
                found;
            json!({
                "file": path.display().to_string(),
                "documents": { "same": same_documents, "changed": changed_documents },
                "passages": { "same": same, "moved": moved, "changed": changed, "gone": gone, "new": new, "uncited": uncited },
            })
        };
        self.compared.iter().map(one).collect()
    }
}

/// `1 dokument er uændret, 1 er ændret; 40 steder siger det samme, 2 er ændret`.
fn words(found: &Changes, lang: Lang) -> String {
    let Changes { same_documents, changed_documents, same, moved, changed, gone, new, uncited } = *found;
    let part = |n: usize, da: (&str, &str), en: (&str, &str)| {
        let (one, several) = lang.pick(da, en);
        (n > 0).then(|| format!("{n} {}", if n == 1 { one } else { several }))
    };
    let parts = [
        part(
            same_documents,
            ("dokument er uændret", "dokumenter er uændrede"),
            ("document is the same", "documents are the same"),
        ),
        part(
            changed_documents,
            ("dokument er ændret", "dokumenter er ændrede"),
            ("document has changed", "documents have changed"),
        ),
        part(
            same,
            ("sted siger det samme", "steder siger det samme"),
            ("passage says the same", "passages say the same"),
        ),
        part(moved, ("sted er flyttet", "steder er flyttet"), ("passage has moved", "passages have moved")),
        part(
            changed,
            ("sted er ændret", "steder er ændret"),
            ("passage has changed", "passages have changed"),
        ),
        part(gone, ("sted er væk", "steder er væk"), ("passage is gone", "passages are gone")),
        part(
            new,
            ("sted er nyt; skriv låsefilen med `--lock`", "steder er nye; skriv låsefilen med `--lock`"),
            (
                "passage is new; write the lock file with `--lock`",
                "passages are new; write the lock file with `--lock`",
            ),
        ),
        part(
            uncited,
            ("sted i den nævner reglerne ikke mere", "steder i den nævner reglerne ikke mere"),
            ("passage in it is no longer cited", "passages in it are no longer cited"),
        ),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
