#![expect(clippy::disallowed_methods, reason = "the one place where the real file system is reached")]

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::world::{
    Appended, Kind, MAX_FILE, MAX_LINE, NewFile, Reason, Rewrite, Tail, World, WorldError, WorldProblem,
};

/// The real file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl World for Disk {
    fn kind(&self, path: &Path) -> Result<Kind, WorldError> {
        fs::metadata(path).map(|meta| kind_of(&meta)).map_err(|error| read_error(path, &error))
    }

    fn is_link(&self, path: &Path) -> bool {
        fs::symlink_metadata(path).is_ok_and(|meta| meta.is_symlink())
    }

    fn read(&self, path: &Path, limit: u64) -> Result<Vec<u8>, WorldError> {
        // Asked before opening, since opening a pipe would wait for its writer; and again of what was opened.
        refuse(path, &fs::metadata(path).map_err(|e| read_error(path, &e))?, limit)?;
        let file = File::open(path).map_err(|e| read_error(path, &e))?;
        let meta = file.metadata().map_err(|e| read_error(path, &e))?;
        refuse(path, &meta, limit)?;
        let mut bytes = Vec::with_capacity(usize::try_from(meta.len().min(limit) + 1).unwrap_or(0));
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|e| read_error(path, &e))?;
        if bytes.len() as u64 > limit { Err(too_large(path, limit)) } else { Ok(bytes) }
    }

    fn list(&self, folder: &Path) -> Result<Vec<PathBuf>, WorldError> {
        let error = |e: io::Error| match e.kind() {
            ErrorKind::NotADirectory => WorldError::new(folder, WorldProblem::IsFile),
            _ => read_error(folder, &e),
        };
        let entries = fs::read_dir(folder).map_err(error)?;
        let paths: io::Result<Vec<PathBuf>> =
            entries.map(|entry| Ok(folder.join(entry?.file_name()))).collect();
        let mut paths = paths.map_err(error)?;
        paths.sort();
        Ok(paths)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), WorldError> {
        let target = writable(path)?;
        let unfinished = sibling(&target);
        replace(&target, &unfinished, bytes).map_err(|error| write_error(path, &error))
    }

    fn create(&self, files: &[NewFile<'_>]) -> Result<(), WorldError> {
        if let Some(there) = files.iter().find(|file| fs::symlink_metadata(file.path).is_ok()) {
            return Err(WorldError::new(there.path, WorldProblem::Exists));
        }
        for (done, file) in files.iter().enumerate() {
            if let Err(error) = make(file) {
                // The error that matters is the one that was met.
                files.iter().take(done).for_each(|made| drop(fs::remove_file(made.path)));
                return Err(match error.kind() {
                    ErrorKind::AlreadyExists => WorldError::new(file.path, WorldProblem::Exists),
                    _ => write_error(file.path, &error),
                });
            }
        }
        // The files are there; whether their names would survive a power failure is not worth taking them away again.
        files.iter().for_each(|file| drop(sync_folder(file.path)));
        Ok(())
    }

    fn rewrite(&self, files: &[Rewrite<'_>]) -> Result<(), Vec<WorldError>> {
        let mut staged: Vec<Staged<'_>> = Vec::new();
        for file in files {
            match stage(file, &staged) {
                Ok(ready) => staged.extend(ready),
                Err(error) => {
                    staged.iter().for_each(Staged::discard);
                    return Err(vec![error]);
                }
            }
        }
        for (done, ready) in staged.iter().enumerate() {
            if let Err(error) = ready.put_in_place() {
                staged.iter().skip(done).for_each(Staged::discard);
                let back = staged.iter().take(done).filter_map(Staged::put_back);
                return Err(std::iter::once(error).chain(back).collect());
            }
        }
        // All files are what they should be; whether their names would survive a power failure is not worth an error
        // that would say that nothing was written.
        staged.iter().for_each(|ready| drop(sync_folder(&ready.target)));
        Ok(())
    }

    fn append(
        &self,
        path: &Path,
        next: &mut dyn FnMut(&Tail) -> Option<Vec<u8>>,
    ) -> Result<Appended, WorldError> {
        let is_new = !path.exists();
        let target = writable(path)?;
        let error = |error: io::Error| write_error(path, &error);
        let mut file = open_lines(&target).map_err(error)?;
        // Others wait here until the line stands; the lock goes with the file.
        file.lock().map_err(error)?;
        refuse(path, &file.metadata().map_err(error)?, u64::MAX)?;
        let tail = tail_of(&mut file).map_err(error)?.ok_or_else(|| too_large(path, MAX_LINE))?;
        let Some(line) = next(&tail) else {
            // A file that was made only to be looked at is not left behind.
            if is_new && file.metadata().is_ok_and(|meta| meta.len() == 0) {
                let _ = fs::remove_file(&target);
            }
            return Ok(Appended::Refused);
        };
        add_line(&mut file, tail.torn.len() as u64, &line).map_err(error)?;
        if is_new {
            sync_folder(&target).map_err(error)?;
        }
        Ok(Appended::Written { torn: tail.torn.len() })
    }

    fn stream(&self, path: &Path) -> Result<Box<dyn Read + Send>, WorldError> {
        refuse(path, &fs::metadata(path).map_err(|e| read_error(path, &e))?, u64::MAX)?;
        let file = File::open(path).map_err(|e| read_error(path, &e))?;
        refuse(path, &file.metadata().map_err(|e| read_error(path, &e))?, u64::MAX)?;
        Ok(Box::new(file))
    }

    fn grow(&self, path: &Path, keep: u64) -> Result<Box<dyn Write>, WorldError> {
        let target = writable(path)?;
        let error = |e: io::Error| write_error(path, &e);
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(false).open(&target).map_err(error)?;
        if file.metadata().map_err(error)?.len() < keep {
            return Err(WorldError::new(path, WorldProblem::Changed));
        }
        file.set_len(keep).map_err(error)?;
        file.seek(SeekFrom::End(0)).map_err(error)?;
        Ok(Box::new(file))
    }

    fn settle(&self, grown: &Path, name: &Path) -> Result<(), WorldError> {
        let target = writable(name)?;
        let error = |e: io::Error| write_error(name, &e);
        File::open(grown).and_then(|file| file.sync_all()).map_err(error)?;
        fs::rename(grown, &target).map_err(error)?;
        sync_folder(&target).map_err(error)
    }

    fn remove(&self, path: &Path) -> Result<(), WorldError> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(write_error(path, &error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    fn write_folder(&self, path: &Path, files: &[(String, String)]) -> Result<(), WorldError> {
        if fs::symlink_metadata(path).is_ok() {
            return Err(WorldError::new(path, WorldProblem::Exists));
        }
        let unfinished = sibling(path);
        let written = fill(&unfinished, files).and_then(|()| fs::rename(&unfinished, path));
        written.map_err(|error| {
            let _ = fs::remove_dir_all(&unfinished);
            write_error(path, &error)
        })
    }
}

fn kind_of(meta: &Metadata) -> Kind {
    match (meta.is_file(), meta.is_dir()) {
        (true, _) => Kind::File,
        (_, true) => Kind::Folder,
        _ => Kind::Special,
    }
}

/// Refuses what is not an ordinary file, or is too large by its size alone.
fn refuse(path: &Path, meta: &Metadata, limit: u64) -> Result<(), WorldError> {
    match kind_of(meta) {
        Kind::Folder => Err(WorldError::new(path, WorldProblem::IsFolder)),
        Kind::Special => Err(WorldError::new(path, WorldProblem::Special)),
        Kind::File if meta.len() > limit => Err(too_large(path, limit)),
        Kind::File => Ok(()),
    }
}

fn too_large(path: &Path, limit: u64) -> WorldError {
    WorldError::new(path, WorldProblem::TooLarge { limit })
}

fn read_error(path: &Path, error: &io::Error) -> WorldError {
    let problem = match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => WorldProblem::Missing,
        _ => WorldProblem::Read(Reason::of(error)),
    };
    WorldError::new(path, problem)
}

fn write_error(path: &Path, error: &io::Error) -> WorldError {
    WorldError::new(path, WorldProblem::Write(Reason::of(error)))
}

/// Finds the file that will be replaced: a link is followed, and a device is never replaced by a file.
fn writable(path: &Path) -> Result<PathBuf, WorldError> {
    match fs::metadata(path) {
        Ok(meta) => {
            refuse(path, &meta, u64::MAX)?;
            fs::canonicalize(path).map_err(|error| write_error(path, &error))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(path.to_owned()),
        Err(error) => Err(write_error(path, &error)),
    }
}

/// The name an unfinished file or folder has, beside the place it is meant for: hidden, and no two programs share it.
fn sibling(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.{}.unfinished", std::process::id()))
}

/// A file whose new bytes stand beside it, ready to take its place.
struct Staged<'a> {
    file: Rewrite<'a>,
    target: PathBuf,
    unfinished: PathBuf,
}

impl Staged<'_> {
    /// Replaces the file, if it still is as it was read.
    fn put_in_place(&self) -> Result<(), WorldError> {
        as_read(&self.file)?;
        fs::rename(&self.unfinished, &self.target).map_err(|error| write_error(self.file.path, &error))
    }
    fn discard(&self) {
        // The error that matters has been met already.
        let _ = fs::remove_file(&self.unfinished);
    }
    /// Gives a file that was replaced already its old bytes again; returns what hindered it.
    fn put_back(&self) -> Option<WorldError> {
        let staged = prepare(&self.target, &self.unfinished, self.file.read);
        let error = staged.and_then(|()| fs::rename(&self.unfinished, &self.target)).err()?;
        self.discard();
        Some(WorldError::new(self.file.path, WorldProblem::NotPutBack(Reason::of(&error))))
    }
}

/// Writes a file's new bytes beside it, once it is sure that it still is as it was read. A file that is reached by two
/// paths and gets the same bytes by both is staged once.
fn stage<'a>(file: &Rewrite<'a>, staged: &[Staged<'a>]) -> Result<Option<Staged<'a>>, WorldError> {
    as_read(file)?;
    let target = writable(file.path)?;
    if let Some(same) = staged.iter().find(|other| other.target == target) {
        return match same.file.bytes == file.bytes {
            true => Ok(None),
            false => Err(WorldError::new(file.path, WorldProblem::Changed)),
        };
    }
    let unfinished = sibling(&target);
    prepare(&target, &unfinished, file.bytes).map_err(|error| write_error(file.path, &error))?;
    Ok(Some(Staged { file: *file, target, unfinished }))
}

fn as_read(file: &Rewrite<'_>) -> Result<(), WorldError> {
    match Disk.read(file.path, MAX_FILE)? == file.read {
        true => Ok(()),
        false => Err(WorldError::new(file.path, WorldProblem::Changed)),
    }
}

fn replace(target: &Path, unfinished: &Path, bytes: &[u8]) -> io::Result<()> {
    prepare(target, unfinished, bytes)?;
    fs::rename(unfinished, target).inspect_err(|_| {
        // The error that matters is the first one.
        let _ = fs::remove_file(unfinished);
    })?;
    sync_folder(target)
}

/// Writes bytes beside the file that they are meant for. What could not be written whole is taken away again.
fn prepare(target: &Path, unfinished: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(unfinished)?;
    let mut fill = || {
        file.write_all(bytes)?;
        if let Ok(meta) = fs::metadata(target) {
            file.set_permissions(meta.permissions())?;
        }
        file.sync_all()
    };
    fill().inspect_err(|_| {
        // The error that matters is the first one.
        let _ = fs::remove_file(unfinished);
    })
}

/// Writes a file that was not there before. What could not be written whole is taken away again.
fn make(new: &NewFile<'_>) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if new.secret {
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    }
    let mut file = options.open(new.path)?;
    file.write_all(new.bytes).and_then(|()| file.sync_all()).inspect_err(|_| {
        // The error that matters is the first one.
        let _ = fs::remove_file(new.path);
    })
}

fn open_lines(target: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(target)
}

/// Reads the end of a file of lines, in larger and larger pieces from behind, until the last whole line is there; `None`
/// when it is too long.
fn tail_of(file: &mut File) -> io::Result<Option<Tail>> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut wanted = 64 * 1024_u64;
    loop {
        let start = length.saturating_sub(wanted);
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = Vec::new();
        Read::by_ref(file).take(wanted).read_to_end(&mut bytes)?;
        let breaks = bytes.iter().filter(|byte| **byte == b'\n').count();
        if start == 0 || breaks > 1 {
            return Ok(Some(Tail::of(&bytes)));
        }
        if wanted > MAX_LINE {
            return Ok(None);
        }
        wanted = wanted.saturating_mul(4);
    }
}

/// Adds a line in the place of `torn` bytes at the end. What could not be written whole is taken away again.
fn add_line(file: &mut File, torn: u64, line: &[u8]) -> io::Result<()> {
    let end = file.seek(SeekFrom::End(0))?.saturating_sub(torn);
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    let written = file.write_all(line).and_then(|()| file.sync_all());
    written.inspect_err(|_| {
        // The error that matters is the first one.
        let _ = file.set_len(end);
    })
}

/// Makes the new name itself survive a power failure, where the system can. A folder that cannot be opened for it
/// (on some systems none can) is no failure: the file is written all the same.
fn sync_folder(target: &Path) -> io::Result<()> {
    let folder = target.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match File::open(folder) {
        Ok(folder) => folder.sync_all(),
        Err(_) => Ok(()),
    }
}

fn fill(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    fs::create_dir(folder)?;
    for (name, text) in files {
        let mut file = OpenOptions::new().write(true).create_new(true).open(folder.join(name))?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
    }
    Ok(())
}
