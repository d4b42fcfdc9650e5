//! Documents written as pages, one file each.

use std::collections::{BTreeMap, BTreeSet};
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
    // On some disks names that differ only in capitals are the same file.
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for marked in all {
        let own = file_name(&marked.id);
        let numbered = (2..).map(|number| format!("{own}-{number}"));
        let mut names = std::iter::once(own.clone()).chain(numbered);
        let Some(name) = names.find(|name| taken.insert(name.to_lowercase())) else { continue };
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

/// The longest that a page's name may be, in characters of up to four bytes each: most disks take 255 bytes.
const LONGEST_NAME: usize = 48;

/// The id of a document as a file may be called.
fn file_name(id: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || c == '-' || c == '_' { c } else { '-' };
    let name: String = id.chars().take(LONGEST_NAME).map(safe).collect();
    if name.is_empty() { "-".to_owned() } else { name }
}
