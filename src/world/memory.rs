use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::{Appended, Kind, NewFile, Rewrite, Tail, World, WorldError, WorldProblem};

/// A world in memory, for tests and for callers that hold their texts already.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: Rc<RefCell<BTreeMap<PathBuf, Vec<u8>>>>,
}

/// A file in memory that grows.
struct Growing {
    files: Rc<RefCell<BTreeMap<PathBuf, Vec<u8>>>>,
    path: PathBuf,
}

impl Write for Growing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.files.borrow_mut().entry(self.path.clone()).or_default().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Memory {
    /// Makes a world of these files, paths separated by `/`.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (PathBuf::from(path), text.as_bytes().to_vec()));
        Self { files: Rc::new(RefCell::new(files.collect())) }
    }
    /// Returns the text of a file, if it is there and is UTF-8.
    pub fn text(&self, path: &str) -> Option<String> {
        let files = self.files.borrow();
        files.get(Path::new(path)).and_then(|bytes| String::from_utf8(bytes.clone()).ok())
    }
}

impl World for Memory {
    fn kind(&self, path: &Path) -> Result<Kind, WorldError> {
        let files = self.files.borrow();
        if files.contains_key(path) {
            return Ok(Kind::File);
        }
        match files.keys().any(|file| file.starts_with(path)) {
            true => Ok(Kind::Folder),
            false => Err(WorldError::new(path, WorldProblem::Missing)),
        }
    }

    /// There are no links in memory.
    fn is_link(&self, _: &Path) -> bool {
        false
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, WorldError> {
        let error = |problem| Err(WorldError::new(path, problem));
        match self.kind(path)? {
            Kind::Folder => return error(WorldProblem::IsFolder),
            Kind::Special => return error(WorldProblem::Special),
            Kind::File => {}
        }
        let bytes = self.files.borrow().get(path).cloned().unwrap_or_default();
        if bytes.len() as u64 > limit { error(WorldProblem::TooLarge { limit }) } else { Ok(bytes) }
    }

    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>, WorldError> {
        if self.kind(folder)? != Kind::Folder {
            return Err(WorldError::new(folder, WorldProblem::IsFile));
        }
        let files = self.files.borrow();
        let inside = files.keys().filter_map(|file| file.strip_prefix(folder).ok()?.components().next());
        let names: std::collections::BTreeSet<PathBuf> = inside.map(|name| folder.join(name)).collect();
        Ok(names.into_iter().collect())
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), WorldError> {
        if self.kind(path) == Ok(Kind::Folder) {
            return Err(WorldError::new(path, WorldProblem::IsFolder));
        }
        self.files.borrow_mut().insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn create(&self, files: &[NewFile<'_>]) -> Result<(), WorldError> {
        if let Some(there) = files.iter().find(|file| self.kind(file.path).is_ok()) {
            return Err(WorldError::new(there.path, WorldProblem::Exists));
        }
        let new = files.iter().map(|file| (file.path.to_owned(), file.bytes.to_vec()));
        self.files.borrow_mut().extend(new);
        Ok(())
    }

    fn rewrite(&self, files: &[Rewrite<'_>]) -> Result<(), Vec<WorldError>> {
        let mut stored = self.files.borrow_mut();
        let changed = |file: &&Rewrite<'_>| stored.get(file.path).map(Vec::as_slice) != Some(file.read);
        let error = |file: &Rewrite<'_>| WorldError::new(file.path, WorldProblem::Changed);
        let errors: Vec<WorldError> = files.iter().filter(changed).map(error).collect();
        if !errors.is_empty() {
            return Err(errors);
        }
        stored.extend(files.iter().map(|file| (file.path.to_owned(), file.bytes.to_vec())));
        Ok(())
    }

    fn append(
        &self,
        path: &Path,
        next: &mut dyn FnMut(&Tail) -> Option<Vec<u8>>,
    ) -> Result<Appended, WorldError> {
        if self.kind(path) == Ok(Kind::Folder) {
            return Err(WorldError::new(path, WorldProblem::IsFolder));
        }
        let mut bytes = self.files.borrow().get(path).cloned().unwrap_or_default();
        let tail = Tail::of(&bytes);
        let Some(line) = next(&tail) else { return Ok(Appended::Refused) };
        bytes.truncate(bytes.len() - tail.torn.len());
        bytes.extend(line);
        self.files.borrow_mut().insert(path.to_owned(), bytes);
        Ok(Appended::Written { torn: tail.torn.len() })
    }

    fn stream(&self, path: &Path) -> Result<Box<dyn Read + Send>, WorldError> {
        self.read(path, u64::MAX).map(|bytes| Box::new(Cursor::new(bytes)) as Box<dyn Read + Send>)
    }

    fn grow(&self, path: &Path, keep: u64) -> Result<Box<dyn Write>, WorldError> {
        if self.kind(path) == Ok(Kind::Folder) {
            return Err(WorldError::new(path, WorldProblem::IsFolder));
        }
        let mut files = self.files.borrow_mut();
        let bytes = files.entry(path.to_owned()).or_default();
        match usize::try_from(keep).ok().filter(|keep| *keep <= bytes.len()) {
            Some(keep) => bytes.truncate(keep),
            None => return Err(WorldError::new(path, WorldProblem::Changed)),
        }
        Ok(Box::new(Growing { files: Rc::clone(&self.files), path: path.to_owned() }))
    }

    fn settle(&self, grown: &Path, name: &Path) -> Result<(), WorldError> {
        if self.kind(name) == Ok(Kind::Folder) {
            return Err(WorldError::new(name, WorldProblem::IsFolder));
        }
        let Some(bytes) = self.files.borrow_mut().remove(grown) else {
            return Err(WorldError::new(grown, WorldProblem::Missing));
        };
        self.files.borrow_mut().insert(name.to_owned(), bytes);
        Ok(())
    }

    fn remove(&self, path: &Path) -> Result<(), WorldError> {
        match self.kind(path) {
            Ok(Kind::Folder) => Err(WorldError::new(path, WorldProblem::IsFolder)),
            Ok(_) | Err(_) => {
                self.files.borrow_mut().remove(path);
                Ok(())
            }
        }
    }

    fn write_folder(&self, path: &Path, files: &[(String, String)]) -> Result<(), WorldError> {
        if self.kind(path).is_ok() {
            return Err(WorldError::new(path, WorldProblem::Exists));
        }
        let new = files.iter().map(|(name, text)| (path.join(name), text.as_bytes().to_vec()));
        self.files.borrow_mut().extend(new);
        Ok(())
    }
}
