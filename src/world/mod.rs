//! The outside as the program sees it: files read with a limit, folders listed, files written whole or not at all.
//! The trait keeps the rest of the house free of the file system; tests use a world in memory.

mod memory;
mod paths;
mod problem;

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

    /// Replaces files that were read before, all of them or none.
    ///
    /// # Errors
    /// When one of them is no longer as it was read, or cannot be written; all of them are then as they were, save for
    /// those that the errors name as not put back.
    fn rewrite(&self, files: &[Rewrite<'_>]) -> Result<(), Vec<WorldError>>;

    /// Makes a folder with the given files, names relative to it. The folder appears whole or not at all.
    ///
    /// # Errors
    /// When anything stands at the path already, or writing fails.
    fn write_folder(&self, path: &Path, files: &[(String, String)]) -> Result<(), WorldError>;
}
