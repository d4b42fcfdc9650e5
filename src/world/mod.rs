//! The outside as the program sees it: files read with a limit, folders listed, files written whole or not at all.
//! The trait keeps the rest of the house free of the file system; tests use a world in memory.

mod memory;
mod paths;
mod problem;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

pub use memory::Memory;
pub use paths::{RuleFiles, folder_files, is_rule_file, packs, rule_files};
pub use problem::{Reason, WorldError, WorldProblem};

/// The largest file that is read, in bytes: 8 MiB.
pub const MAX_FILE: u64 = 8 * 1024 * 1024;

/// What stands at a path.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// An ordinary file.
    File,
    /// A folder.
    Folder,
    /// A device, a pipe, a socket: something that is not a stored text.
    Special,
}

/// A file that was read, and what is to stand there instead.
#[derive(Clone, Copy, Debug)]
pub struct Rewrite<'a> {
    /// Where it lies.
    pub path: &'a Path,
    /// Its bytes, as they were read.
    pub read: &'a [u8],
    /// The bytes that replace them.
    pub bytes: &'a [u8],
}

/// A file that is to be made where there is none.
#[derive(Clone, Copy, Debug)]
pub struct NewFile<'a> {
    /// Where.
    pub path: &'a Path,
    /// What is to stand in it.
    pub bytes: &'a [u8],
    /// Whether only its owner may read it, where the system knows of owners.
    pub secret: bool,
}

/// The end of a file of whole lines.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Tail {
    /// The last line that was written to its end, without the line feed; `None` in a file without any.
    pub last: Option<Vec<u8>>,
    /// What stands after it: the beginning of a line whose writer was stopped.
    pub torn: Vec<u8>,
}

/// What came of adding a line to a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Appended {
    /// It stands there, and survives a power failure.
    Written {
        /// How many bytes of an unfinished line were taken away first.
        torn: usize,
    },
    /// The caller refused; the file is as it was.
    Refused,
}

/// The longest line that a file of lines may have, in bytes: 256 MiB.
pub const MAX_LINE: u64 = 256 * 1024 * 1024;

/// Files and folders. Every error is a [`WorldError`]; nothing waits for input and nothing is half written.
pub trait World {
    /// Tells what stands at a path, following links.
    ///
    /// # Errors
    /// When there is nothing there, or it may not be looked at.
    fn kind(&self, path: &Path) -> Result<Kind, WorldError>;

    /// Tells whether a path is itself a link to something that stands elsewhere.
    fn is_link(&self, path: &Path) -> bool;

    /// Reads a whole file of at most `limit` bytes. Folders, pipes and devices are refused before they are opened.
    ///
    /// # Errors
    /// When it is missing, not an ordinary file, larger than the limit, or cannot be read.
    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, WorldError>;

    /// Lists what stands directly in a folder, sorted by name.
    ///
    /// # Errors
    /// When it is no folder or cannot be read.
    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>, WorldError>;

    /// Writes a file, replacing an ordinary file of that name. Readers see the old file or the new one, never a part.
    ///
    /// # Errors
    /// When something else than an ordinary file stands there, or writing fails; what stood there is then unchanged.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), WorldError>;

    /// Makes files where there are none, all of them or none. Nothing is overwritten.
    ///
    /// # Errors
    /// When something stands in one of the places, or writing fails; no file is left behind then.
    fn create(&self, files: &[NewFile<'_>]) -> Result<(), WorldError>;

    /// Replaces files that were read before, all of them or none.
    ///
    /// # Errors
    /// When one of them is no longer as it was read, or cannot be written; all of them are then as they were, save for
    /// those that the errors name as not put back.
    fn rewrite(&self, files: &[Rewrite<'_>]) -> Result<(), Vec<WorldError>>;

    /// Adds a line to a file of whole lines, which is made where there is none. `next` is shown the end of the file and
    /// returns the line with its line feed, or `None` to leave the file as it is. Between the look and the writing nobody
    /// else adds one. An unfinished line at the end is taken away first: nobody was told that it stands there.
    ///
    /// # Errors
    /// When something else than an ordinary file stands there, its last line is longer than [`MAX_LINE`], or writing
    /// fails; the lines that stood there are then unchanged.
    fn append(
        &self,
        path: &Path,
        next: &mut dyn FnMut(&Tail) -> Option<Vec<u8>>,
    ) -> Result<Appended, WorldError>;

    /// Opens an ordinary file to be read from its beginning, whatever its size.
    ///
    /// # Errors
    /// When it is missing, not an ordinary file, or cannot be opened.
    fn stream(&self, path: &Path) -> Result<Box<dyn Read + Send>, WorldError>;

    /// Opens a file that grows: it is made where there is none, and what stands after its first `keep` bytes is taken away.
    /// Until [`World::settle`] gives it its name it is unfinished.
    ///
    /// # Errors
    /// When something else than an ordinary file stands there, it has fewer bytes, or it cannot be written to.
    fn grow(&self, path: &Path, keep: u64) -> Result<Box<dyn Write>, WorldError>;

    /// Gives a file that has grown its name, in the place of an ordinary file that has it.
    ///
    /// # Errors
    /// When something else than an ordinary file stands there, or the system refuses.
    fn settle(&self, grown: &Path, name: &Path) -> Result<(), WorldError>;

    /// Takes an ordinary file away; one that is not there is away already.
    ///
    /// # Errors
    /// When something else stands there, or the system refuses.
    fn remove(&self, path: &Path) -> Result<(), WorldError>;

    /// Makes a folder with the given files, names relative to it. The folder appears whole or not at all.
    ///
    /// # Errors
    /// When anything stands at the path already, or writing fails.
    fn write_folder(&self, path: &Path, files: &[(String, String)]) -> Result<(), WorldError>;
}

impl Tail {
    /// Reads the end of a file from its last bytes, which must hold the whole last line.
    pub fn of(bytes: &[u8]) -> Tail {
        let (whole, torn) = match bytes.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => (bytes.get(..end), bytes.get(end + 1..).unwrap_or_default()),
            None => (None, bytes),
        };
        let last = whole.map(|whole| whole.rsplit(|byte| *byte == b'\n').next().unwrap_or_default().to_vec());
        Tail { last, torn: torn.to_vec() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_the_last_whole_line_and_what_is_torn() {
        let tail = |text: &str| Tail::of(text.as_bytes());
        assert_eq!(tail(""), Tail::default());
        assert_eq!(tail("a"), Tail { last: None, torn: b"a".to_vec() });
        assert_eq!(tail("a\n"), Tail { last: Some(b"a".to_vec()), torn: vec![] });
        assert_eq!(tail("a\nb\nc"), Tail { last: Some(b"b".to_vec()), torn: b"c".to_vec() });
        assert_eq!(tail("\n"), Tail { last: Some(vec![]), torn: vec![] });
    }
}
