//! The rows of a table as they come in: in blocks, one ahead of what computes them.

use std::io::{Cursor, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::SyncSender;

use crate::batch::{Block, Line};
use crate::world::{Reason, WorldError, WorldProblem};

/// How much of the table is looked at before its first row is computed: 1 MiB.
const BEGINNING: u64 = 1 << 20;
/// How many rows one worker computes at a time.
const ROWS_OF_BLOCK: usize = 4_096;
/// How many blocks are read before they are computed and written.
const BLOCKS: usize = 4;
/// How much is read ahead, in bytes.
const BUFFER: usize = 1 << 16;

/// The first bytes of a table, to the end of a line.
pub(super) fn beginning(stream: &mut Box<dyn Read + Send>, path: &Path) -> Result<Vec<u8>, WorldError> {
    let mut bytes = Vec::new();
    let read = stream.take(BEGINNING).read_to_end(&mut bytes);
    read.map_err(|error| WorldError::new(path, WorldProblem::Read(Reason::of(&error))))?;
    Ok(bytes)
}

/// The whole rows of the beginning as a text: a line break within quotation marks ends none.
pub(super) fn text_of(bytes: &[u8]) -> String {
    let (mut whole, mut quoted) = (bytes.len(), false);
    if bytes.len() as u64 == BEGINNING {
        for (at, byte) in bytes.iter().enumerate() {
            quoted ^= *byte == b'"';
            if *byte == b'\n' && !quoted {
                whole = at + 1;
            }
        }
    }
    let text = String::from_utf8_lossy(&bytes[..whole]);
    text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n")
}

/// A table as it comes in.
pub(super) struct Source {
    pub(super) stream: Box<dyn Read + Send>,
    pub(super) beginning: Vec<u8>,
    /// The lines down to the headings.
    pub(super) skip_lines: usize,
    pub(super) separator: u8,
}

/// What the reader of rows hands on.
pub(super) struct Group {
    pub(super) blocks: Vec<Block>,
    /// Where the next row begins, counted from the first row.
    pub(super) next: u64,
    /// The number of the next row's line.
    pub(super) line: u64,
}

/// Reads the rows of a table, none of which may be longer than a limit.
pub(super) struct RowReader {
    reader: csv::Reader<Bounded>,
    /// How many bytes may be read before the row that is being read must have ended.
    left: Arc<AtomicU64>,
    longest: u64,
}

impl Source {
    /// The rows from a place on, none of which may take more than `longest` bytes.
    pub(super) fn rows(self, from: u64, longest: u64) -> std::io::Result<RowReader> {
        let mut lines = self.beginning.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let body =
            lines.nth(self.skip_lines.saturating_sub(1)).map_or(self.beginning.len(), |(at, _)| at + 1);
        let rest = Cursor::new(self.beginning.get(body..).unwrap_or_default().to_vec()).chain(self.stream);
        let left = Arc::new(AtomicU64::new(u64::MAX));
        let mut bounded = Bounded { inner: Box::new(rest), left: Arc::clone(&left) };
        std::io::copy(&mut (&mut bounded).take(from), &mut std::io::sink())?;
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .buffer_capacity(BUFFER)
            .from_reader(bounded);
        Ok(RowReader { reader, left, longest })
    }
}

impl RowReader {
    /// Reads rows and hands them on in groups, until there are none or nobody wants them.
    pub(super) fn groups(mut self, (from, line): (u64, u64), to: &SyncSender<csv::Result<Group>>) {
        loop {
            let mut group = Group { blocks: Vec::new(), next: from, line };
            for _ in 0..BLOCKS {
                match self.block(line) {
                    Ok(block) if block.rows.is_empty() => break,
                    Ok(block) => group.blocks.push(block),
                    Err(error) => {
                        let _ = to.send(Err(error));
                        return;
                    }
                }
            }
            group.next = from + self.reader.position().byte();
            group.line = line + self.reader.position().line() - 1;
            if group.blocks.is_empty() || to.send(Ok(group)).is_err() {
                return;
            }
        }
    }

    /// Reads the next rows; none are left when it has none.
    pub(super) fn block(&mut self, first: u64) -> csv::Result<Block> {
        // What is read ahead into the buffer is no part of the row.
        let room = self.longest.saturating_add(2 * BUFFER as u64);
        let mut block = Block::default();
        while block.rows.len() < ROWS_OF_BLOCK {
            let mut cells = csv::ByteRecord::new();
            self.left.store(room, Ordering::Relaxed);
            if !self.reader.read_byte_record(&mut cells)? {
                break;
            }
            let (begin, line) = cells.position().map_or((0, 0), |at| (at.byte(), at.line()));
            if self.reader.position().byte().saturating_sub(begin) > self.longest {
                return Err(std::io::Error::other(TooLong).into());
            }
            if cells.iter().all(|cell| cell.trim_ascii().is_empty()) {
                continue;
            }
            let number = usize::try_from(first + line - 1).unwrap_or(usize::MAX);
            block.rows.push(Line { number, cells });
        }
        Ok(block)
    }
}

/// A reader that gives up where one row takes more than is left for it.
struct Bounded {
    inner: Box<dyn Read + Send>,
    left: Arc<AtomicU64>,
}

impl Read for Bounded {
    fn read(&mut self, to: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(to)?;
        let left = self.left.load(Ordering::Relaxed);
        let Some(less) = left.checked_sub(read as u64) else {
            return Err(std::io::Error::other(TooLong));
        };
        self.left.store(less, Ordering::Relaxed);
        Ok(read)
    }
}

/// A row is longer than any row is.
#[derive(Debug)]
struct TooLong;

impl std::fmt::Display for TooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a row is too long")
    }
}

impl std::error::Error for TooLong {}

pub(super) fn read_error(path: &Path, error: &std::io::Error) -> WorldError {
    WorldError::new(path, WorldProblem::Read(Reason::of(error)))
}

/// A row that never ends is told as a limit; anything else as reading that failed.
pub(super) fn row_error(path: &Path, limit: u64, error: csv::Error) -> WorldError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<TooLong>()) => {
            WorldError::new(path, WorldProblem::RowTooLong { limit })
        }
        csv::ErrorKind::Io(error) => read_error(path, &error),
        _ => WorldError::new(path, WorldProblem::Read(Reason::Other(None))),
    }
}
