use std::collections::BTreeMap;
use std::sync::Arc;

use super::{IndexVec, Limit, Limits, Section, Span, id_type};

id_type! {
    /// Names one text in a [`SourceMap`].
    FileId
}

/// One text as it was read: a rule file, a line typed in the REPL, a `--set`, a data file.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The name shown in messages: the path as given, or a short description such as `--set`.
    pub name: String,
    /// The text as it was admitted: without byte-order mark, with `\n`, plain spaces and letters in one part.
    pub text: String,
    original: Option<String>,
    line_starts: Vec<u32>,
}

/// A place as people count it: both from 1, columns in characters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct LineCol {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

impl SourceFile {
    /// Wraps a text that has been admitted (see `diag::source`).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text: String = text.into();
        let breaks = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        let line_starts =
            std::iter::once(0).chain(breaks.map(|(i, _)| u32::try_from(i + 1).unwrap_or(u32::MAX))).collect();
        Self { name: name.into(), text, original: None, line_starts }
    }
    /// Remembers the text as it was read, where admitting it changed it.
    #[must_use]
    pub fn read_as(mut self, original: &str) -> Self {
        self.original = (original != self.text).then(|| original.to_owned());
        self
    }
    /// Returns the text as it was read: with its byte-order mark, its line ends, its tabs and its special spaces.
    pub fn original(&self) -> &str {
        self.original.as_deref().unwrap_or(&self.text)
    }
    /// Returns the line and column of a byte offset.
    pub fn line_col(&self, offset: usize) -> LineCol {
        let offset = offset.min(self.text.len());
        let line = self.line_starts.partition_point(|start| *start as usize <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0) as usize;
        let column = self.text.get(start..offset).map_or(0, |s| s.chars().count()) + 1;
        LineCol { line, column }
    }
    /// Returns the text of a line, without its line break; lines count from 1.
    pub fn line(&self, line: usize) -> &str {
        self.text.split('\n').nth(line.saturating_sub(1)).unwrap_or("")
    }
}

/// All texts of a run, so that a [`Span`] alone is enough to find its words again.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    // A text is never changed once it is there, so copies of a map share it.
    files: IndexVec<FileId, Arc<SourceFile>>,
    /// The named parts of each text, in the order they stand; they do not overlap.
    sections: BTreeMap<FileId, Arc<[Section]>>,
    /// What the texts are held to.
    limits: Arc<Limits>,
    /// Bytes of all texts.
    bytes: u64,
}

impl SourceMap {
    /// Makes an empty map.
    pub fn new() -> Self {
        Self::default()
    }
    /// Makes an empty map whose texts are held to limits.
    pub fn held_to(limits: &Limits) -> Self {
        Self { limits: Arc::new(limits.clone()), ..Self::default() }
    }
    /// Returns what the texts are held to.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
    /// Returns how many bytes all texts have together.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
    /// Returns the limit that a further text of so many bytes would break: that of all texts together, or that of what a
    /// run is estimated to take.
    pub fn refuses(&self, more: u64) -> Option<Limit> {
        let together = self.bytes.saturating_add(more);
        let breaks = |limit: Limit, found: u64| (found > self.limits.get(limit)).then_some(limit);
        breaks(Limit::TotalSize, together).or_else(|| breaks(Limit::Memory, Limits::memory_of(together, 0)))
    }
    /// Holds the texts that are added from now on to limits.
    pub fn hold_to(&mut self, limits: &Limits) {
        self.limits = Arc::new(limits.clone());
    }
    /// Adds a text and returns its id.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.bytes = self.bytes.saturating_add(file.text.len() as u64);
        self.files.push(Arc::new(file))
    }
    /// Returns a text.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id]
    }
    /// Walks all texts in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter_enumerated().map(|(id, file)| (id, &**file))
    }
    /// Remembers the named parts of a text, in the order they stand.
    pub fn set_sections(&mut self, id: FileId, sections: Vec<Section>) {
        self.sections.insert(id, sections.into());
    }
    /// Returns the named parts of a text, in the order they stand.
    pub fn sections(&self, id: FileId) -> &[Section] {
        self.sections.get(&id).map_or(&[], |sections| sections)
    }
    /// Returns the named part that a place lies in.
    pub fn section(&self, at: Span) -> Option<&Section> {
        let sections = self.sections(at.file);
        let after = sections.partition_point(|section| section.span.start <= at.start);
        let last = sections.get(after.checked_sub(1)?)?;
        let inside = at.start < last.span.end || self.goes_on(last.span.end as usize, at);
        inside.then_some(last)
    }
    /// Tells whether a block that was read as far as `end` goes on to a place: lines that could not be read are no part
    /// of what was read, but stand indented below its header all the same.
    fn goes_on(&self, end: usize, at: Span) -> bool {
        let text = self.files.get(at.file).map_or("", |file| file.text.as_str());
        let line_end = text.get(at.start as usize..).and_then(|rest| rest.find('\n'));
        let until = line_end.map_or(text.len(), |length| at.start as usize + length);
        let lines = text.get(end..until).unwrap_or("").split('\n').skip(1);
        lines.into_iter().all(|line| line.trim().is_empty() || line.starts_with(' '))
    }
    /// Returns the words that a span covers.
    pub fn text(&self, span: Span) -> &str {
        self.files.get(span.file).and_then(|f| f.text.get(span.range())).unwrap_or("")
    }
    /// Returns the line and column where a span starts.
    pub fn place(&self, span: Span) -> LineCol {
        self.file(span.file).line_col(span.start as usize)
    }
}
