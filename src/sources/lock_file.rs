//! Lock files read back. What is wrong in one is told and never left out silently: what is not in the lock is not held against
//! the documents.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::lock::{Lock, Locked, Mark};
use super::problem::SourceProblem;
use crate::base::{FileId, Span};
use crate::diag::Problems;

/// What is wrong in a lock file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LockFault {
    /// It is no TOML, or no UTF-8.
    NotToml,
    /// It has no version, or one that is not known.
    Version,
    /// A word that a lock file does not have.
    UnknownWord,
    /// A document or a passage that lacks something, or has something else in its place.
    Shape,
    /// A document or a passage that has been there before.
    Twice,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl Lock {
    /// Reads a lock file; `None` when it is none. Whatever is wrong is reported.
    pub fn read(file: FileId, text: &str, problems: &mut Problems) -> Option<Lock> {
        let mut reader = Reader { file, lock: Lock::default(), problems };
        if let Some(at) = text.find(char::REPLACEMENT_CHARACTER) {
            reader.fault(at..at, LockFault::NotToml);
            return None;
        }
        match DeTable::parse(text) {
            Ok(table) => reader.whole(table.get_ref())?,
            Err(error) => {
                reader.fault(error.span().unwrap_or(0..0), LockFault::NotToml);
                return None;
            }
        }
        Some(reader.lock)
    }
}

struct Reader<'p> {
    file: FileId,
    lock: Lock,
    problems: &'p mut Problems,
}

impl Reader<'_> {
    fn fault(&mut self, at: Range<usize>, fault: LockFault) {
        self.lock.faulty = true;
        let span = Span::new(self.file, at.start, at.end);
        self.problems.report(&SourceProblem::UnreadableLock { span, fault });
    }

    fn whole(&mut self, table: &DeTable<'_>) -> Option<()> {
        let version = table.get("version");
        let known = version.and_then(|value| value.get_ref().as_integer()).is_some_and(|n| n.as_str() == "1");
        if !known {
            self.fault(version.map_or(0..0, Spanned::span), LockFault::Version);
            return None;
        }
        for (word, value) in table {
            match word.get_ref().as_ref() {
                "version" => {}
                "document" => self.each(value, Self::document),
                "passage" => self.each(value, Self::passage),
                _ => self.fault(word.span(), LockFault::UnknownWord),
            }
        }
        Some(())
    }

    fn each(&mut self, list: &Value<'_>, one: fn(&mut Self, &Value<'_>) -> Result<(), LockFault>) {
        let Some(entries) = list.get_ref().as_array() else {
            self.fault(list.span(), LockFault::Shape);
            return;
        };
        for entry in entries {
            if let Err(fault) = one(self, entry) {
                self.fault(entry.span(), fault);
            }
        }
    }

    fn document(&mut self, entry: &Value<'_>) -> Result<(), LockFault> {
        let entry = Entry::of(entry, &["id", "sha256"])?;
        let (id, sha256) = (entry.text("id")?, entry.hash()?);
        match self.lock.documents.insert(id, sha256) {
            None => Ok(()),
            Some(_) => Err(LockFault::Twice),
        }
    }

    fn passage(&mut self, value: &Value<'_>) -> Result<(), LockFault> {
        let entry = Entry::of(value, &["source", "at", "line", "sha256", "words"])?;
        let span = Some(Span::new(self.file, value.span().start, value.span().end));
        let locked = Locked { line: entry.line()?, sha256: entry.hash()?, marks: entry.marks()?, span };
        match self.lock.passages.insert((entry.text("source")?, entry.text("at")?), locked) {
            None => Ok(()),
            Some(_) => Err(LockFault::Twice),
        }
    }
}

/// One document or passage of a lock file.
struct Entry<'t, 'v>(&'t DeTable<'v>);

impl<'t, 'v> Entry<'t, 'v> {
    fn of(entry: &'t Value<'v>, known: &[&str]) -> Result<Entry<'t, 'v>, LockFault> {
        let table = entry.get_ref().as_table().ok_or(LockFault::Shape)?;
        let all_known = table.keys().all(|word| known.contains(&word.get_ref().as_ref()));
        if all_known { Ok(Entry(table)) } else { Err(LockFault::UnknownWord) }
    }

    fn value(&self, word: &str) -> Result<&'t DeValue<'v>, LockFault> {
        self.0.get(word).map(Spanned::get_ref).ok_or(LockFault::Shape)
    }

    fn text(&self, word: &str) -> Result<String, LockFault> {
        self.value(word)?.as_str().map(str::to_owned).ok_or(LockFault::Shape)
    }

    fn hash(&self) -> Result<String, LockFault> {
        let hex = |hash: &String| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
        Some(self.text("sha256")?).filter(hex).ok_or(LockFault::Shape)
    }

    fn line(&self) -> Result<usize, LockFault> {
        let number = self.value("line")?.as_integer().and_then(|number| number.as_str().parse().ok());
        number.filter(|line| *line > 0).ok_or(LockFault::Shape)
    }

    fn marks(&self) -> Result<Vec<Mark>, LockFault> {
        let mut marks = Vec::new();
        for line in self.value("words")?.as_array().ok_or(LockFault::Shape)? {
            for mark in line.get_ref().as_str().ok_or(LockFault::Shape)?.split(' ') {
                // Three digits each: neither a sign nor a fourth digit is taken.
                let digits = mark.len() == 3 && mark.bytes().all(|byte| byte.is_ascii_hexdigit());
                let mark = if digits { Mark::from_str_radix(mark, 16).ok() } else { None };
                marks.push(mark.ok_or(LockFault::Shape)?);
            }
        }
        Ok(marks)
    }
}
