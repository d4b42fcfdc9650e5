use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::document::Document;
use super::problem::SourceProblem;
use super::register::Register;
use crate::base::{Limit, SourceFile, SourceMap, Span};
use crate::diag::{Problems, Severity};
use crate::world::{World, WorldError};

/// The register's name in the folder of the documents.
pub const REGISTER: &str = "sources.toml";

/// The documents that citations are followed in, by the id of their source.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    read: BTreeMap<String, Document>,
    /// Those that the register names and that could not be read, which has been told.
    unreadable: BTreeSet<String>,
    /// Whether the register has a fault, so that what it does not name may be what could not be read in it.
    faulty: bool,
}

impl Documents {
    /// Returns the document of a source.
    pub fn get(&self, id: &str) -> Option<&Document> {
        self.read.get(id)
    }
    /// Walks the documents by the ids of their sources.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Document)> {
        self.read.iter().map(|(id, document)| (id.as_str(), document))
    }
    /// Tells whether it has been told why a source has no document here.
    pub(super) fn is_told(&self, id: &str) -> bool {
        self.faulty || self.unreadable.contains(id)
    }
}

/// Reads the documents of a folder that its register names. What is wrong with the register is reported; the register
/// becomes one of `sources`, so that its lines can be shown.
///
/// # Errors
/// When the folder, its register or a document cannot be read.
pub fn documents(
    world: &dyn World,
    folder: &Path,
    sources: &mut SourceMap,
    problems: &mut Problems,
) -> Result<Documents, WorldError> {
    // Asked first, so that a file in the folder's place is told as such.
    world.list(folder)?;
    let path = folder.join(REGISTER);
    let largest = sources.limits().get(Limit::FileSize);
    let bytes = world.read(&path, largest)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let is_text = text.as_bytes() == bytes;
    let file = sources.add(SourceFile::new(path.display().to_string(), text.clone()));
    let mut found = Problems::new();
    let register = match is_text {
        true => Register::read(file, &text, &mut found),
        false => {
            found.report(&SourceProblem::RegisterNotText { span: Span::new(file, 0, 0) });
            Register::default()
        }
    };
    let mut documents = Documents { faulty: found.count(Severity::Error) > 0, ..Documents::default() };
    for entry in register.entries() {
        let bytes = world.read(&folder.join(&entry.file), largest)?;
        match Document::read(entry, &bytes, &mut found) {
            Some(document) => drop(documents.read.insert(entry.id.clone(), document)),
            None => drop(documents.unreadable.insert(entry.id.clone())),
        }
    }
    problems.append(found);
    Ok(documents)
}
