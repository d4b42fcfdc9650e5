//! What is to be read: headings, numbered statements, lists and tables of worded lines. It knows neither HTML nor Markdown.

use crate::base::Lang;
use crate::syntax::Basis;

/// An agreement as prose.
#[derive(Clone, Debug)]
pub struct Document {
    /// The language of the words around the rules' own.
    pub lang: Lang,
    /// What it is called.
    pub title: String,
    /// Its parts, in the order they are read.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph.
    Para(Line),
    /// What something rests on, in small letters.
    Aside(Line),
    /// Statements, numbered or not.
    List(Vec<Entry>),
    /// A table.
    Table(Grid),
    /// Lines that somebody fills in by hand, each with what belongs on it.
    Blanks(Vec<String>),
}

/// A heading.
#[derive(Clone, Debug)]
pub struct Heading {
    /// 2 for the parts of the document, 3 for what stands in them.
    pub level: u8,
    /// The number of a clause.
    pub number: Option<String>,
    /// What it says.
    pub text: String,
    /// Where links to it lead.
    pub id: Option<String>,
}

/// A statement in a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// `3.4`, where statements are numbered.
    pub number: Option<String>,
    /// What it says.
    pub line: Line,
    /// What belongs under it.
    pub under: Vec<Block>,
}

impl Entry {
    /// Makes a statement without a number.
    pub(super) fn plain(line: Line) -> Entry {
        Entry { number: None, line, under: Vec::new() }
    }
}

/// A table.
#[derive(Clone, Debug)]
pub struct Grid {
    /// What it shows.
    pub caption: Line,
    /// The heads of its columns.
    pub head: Vec<Line>,
    /// Its rows, each with as many cells as there are heads.
    pub rows: Vec<Vec<Line>>,
}

/// Words with the marks that a reader or a link needs.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Line {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
}

/// A piece of a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Words.
    Plain(String),
    /// Words that weigh.
    Strong(String),
    /// The name of something that the rules define or ask for.
    Name(String),
    /// Words that lead to a heading.
    Link {
        /// The words.
        text: String,
        /// The id of the heading.
        to: String,
    },
    /// The clause, of rules that are not shown, that the name before it is from.
    Outside {
        /// The words.
        text: String,
        /// The clause.
        clause: OutsideClause,
        /// The name that is from there.
        name: String,
    },
    /// What is not known.
    Unknown(String),
    /// A place in a document, with the words it is written with here.
    Cite {
        /// The words; the document is not named again when it was just named.
        text: String,
        /// The document and the place in it.
        basis: Basis,
    },
}

impl Piece {
    /// Returns the words alone.
    pub fn words(&self) -> &str {
        match self {
            Piece::Plain(text) | Piece::Strong(text) | Piece::Name(text) | Piece::Unknown(text) => text,
            Piece::Link { text, .. } | Piece::Outside { text, .. } | Piece::Cite { text, .. } => text,
        }
    }
    fn words_mut(&mut self) -> &mut String {
        match self {
            Piece::Plain(text) | Piece::Strong(text) | Piece::Name(text) | Piece::Unknown(text) => text,
            Piece::Link { text, .. } | Piece::Outside { text, .. } | Piece::Cite { text, .. } => text,
        }
    }
}

/// A clause of rules that are not shown themselves.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct OutsideClause {
    /// Its agreement, where it has one.
    pub agreement: Option<String>,
    /// Its name.
    pub name: String,
}

impl OutsideClause {
    /// Where links to it lead.
    pub fn id(&self) -> String {
        let of = self.agreement.as_deref().unwrap_or_default();
        // An id holds no blanks, and the names of the language have none.
        format!("u-{of}-{}", self.name)
    }
}

impl Line {
    /// Makes a line of one piece.
    pub(super) fn one(piece: Piece) -> Line {
        Line { pieces: vec![piece] }
    }
    /// Makes a line of words.
    pub(super) fn text(text: impl Into<String>) -> Line {
        Line::one(Piece::Plain(text.into()))
    }
    /// Makes a line of a name: names are words, whatever they are written with.
    pub(super) fn name(text: &str) -> Line {
        Line::one(Piece::Name(words_of(text)))
    }
    /// Tells whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.words().is_empty())
    }
    /// Returns the words alone.
    pub fn words(&self) -> String {
        self.pieces.iter().map(Piece::words).collect()
    }
    /// With a line after it.
    pub(super) fn and(mut self, other: Line) -> Line {
        self.pieces.extend(other.pieces);
        self
    }
    /// With words after it. What ends in a full stop, as `kr.` does, takes no second one.
    pub(super) fn then(self, text: &str) -> Line {
        let is_stopped = self.words().ends_with('.');
        self.and(Line::text(if is_stopped { text.strip_prefix('.').unwrap_or(text) } else { text }))
    }
    /// As a sentence: a capital first, a full stop last.
    pub(super) fn sentence(self) -> Line {
        self.capital().ended()
    }
    /// With a full stop last, where no other mark ends it.
    pub(super) fn ended(self) -> Line {
        let words = self.words();
        let last = words.trim_end();
        if last.is_empty() || last.ends_with(['.', '!', '?', ':']) { self } else { self.then(".") }
    }
    /// With a capital first.
    pub(super) fn capital(mut self) -> Line {
        if let Some(first) = self.pieces.iter_mut().find(|piece| !piece.words().is_empty()) {
            let text = first.words_mut();
            *text = capital(text);
        }
        self
    }
}

/// With a capital first.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A name as words.
pub(super) fn words_of(name: &str) -> String {
    name.replace('_', " ")
}

/// Fills a template: `{0}` is the first line, `{1}` the second.
pub(super) fn say(template: &str, parts: &[&Line]) -> Line {
    let mut line = Line::default();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((index, after)) = after.split_once('}') else { break };
        line = line.then(before);
        if let Some(part) = index.parse::<usize>().ok().and_then(|index| parts.get(index)) {
            line = line.and((*part).clone());
        }
        rest = after;
    }
    line = line.then(rest);
    line.pieces.retain(|piece| !piece.words().is_empty());
    line
}

/// Puts lines after each other: `a, b og c`.
pub(super) fn listed(lines: &[Line], between: &str, last: &str) -> Line {
    let mut all = Line::default();
    for (index, line) in lines.iter().enumerate() {
        let gap = if index + 1 == lines.len() { last } else { between };
        all = if index == 0 { line.clone() } else { all.then(gap).and(line.clone()) };
    }
    all
}
