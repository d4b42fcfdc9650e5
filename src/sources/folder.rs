use std::path::Path;

use super::document::Document;
use super::register::Register;
use super::verify::Documents;
use crate::base::{SourceFile, SourceMap};
use crate::diag::Problems;
use crate::world::{MAX_FILE, World, WorldError};

/// The register's name in the folder of the documents.
pub const REGISTER: &str = "sources.toml";

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
    let bytes = world.read(&path, MAX_FILE)?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let file = sources.add(SourceFile::new(path.display().to_string(), text.clone()));
    let mut documents = Documents::new();
    for entry in Register::read(file, &text, problems).entries() {
        let bytes = world.read(&folder.join(&entry.file), MAX_FILE)?;
        if let Some(document) = Document::read(entry, &bytes, problems) {
            documents.insert(entry.id.clone(), document);
        }
    }
    Ok(documents)
}
