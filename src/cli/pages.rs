//! Documents written as pages, one file each.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Console, Exit};
use crate::base::Lang;
use crate::render::{page, visible};
use crate::sources::Marked;
use crate::world::Kind;

/// Writes the pages of documents into a folder, which is made where it is not there, and remarks on what was written.
///
/// # Errors
/// When the folder or a file cannot be written; that has been told.
pub(super) fn write(
    console: &mut Console<'_>,
    folder: &Path,
    all: &[Marked],
    lang: Lang,
) -> Result<(), Exit> {
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    for marked in all {
        let mut name = file_name(&marked.id);
        while files.contains_key(&format!("{name}.html")) {
            name.push('-');
        }
        files.insert(format!("{name}.html"), page(marked, lang));
    }
    let written = match console.world.kind(folder) == Ok(Kind::Folder) {
        true => {
            files.iter().try_for_each(|(name, text)| console.world.write(&folder.join(name), text.as_bytes()))
        }
        false => {
            let files: Vec<(String, String)> = files.clone().into_iter().collect();
            console.world.write_folder(folder, &files)
        }
    };
    written.map_err(|error| console.world_errors(&[error]))?;
    for name in files.keys() {
        let path = folder.join(name).display().to_string();
        let path = visible(&path);
        console.remark(&lang.pick(format!("{path} er skrevet\n"), format!("{path} was written\n")));
    }
    Ok(())
}

/// The id of a document as a file may be called.
fn file_name(id: &str) -> String {
    id.chars().map(|c| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect()
}
