use super::FileId;

/// A stretch of bytes in one source file: where something stands, for messages and explanations.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span from byte offsets.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        let clamp = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Self { file, start: clamp(start), end: clamp(end) }
    }
    /// Returns the smallest span that holds both; the file is the first one's.
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }
    /// Returns the empty span just before this one.
    pub fn before(self) -> Span {
        Span { end: self.start, ..self }
    }
    /// Returns the empty span just after this one.
    pub fn after(self) -> Span {
        Span { start: self.end, ..self }
    }
    /// Tells whether another span lies within this one.
    pub fn holds(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
    /// Returns the byte range.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
    /// Returns the number of bytes.
    pub fn len(self) -> usize {
        (self.end.saturating_sub(self.start)) as usize
    }
    /// Tells whether the span holds no bytes.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
}
