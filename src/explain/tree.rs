//! An explanation as data: a tree of items, and notes below it. Renderers choose the form.

use super::Basis;
use crate::base::{Lang, Span};
use crate::eval::StepId;

/// How much an explanation tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Depth {
    /// The result with its reason, in one paragraph.
    Result,
    /// One line for each definition, with its reasons.
    #[default]
    Clause,
    /// Every step with its exact value.
    Arithmetic,
}

/// The explanation of one result. All its words are in one language.
///
/// A no-break space stands where a number and its unit should stay on one line; the renderers of this room write it
/// as an ordinary space.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Explanation {
    /// The language of its words.
    pub lang: Lang,
    /// What is explained.
    pub root: Item,
    /// What the result rests on besides, by theme.
    pub notes: Vec<Notes>,
}

impl Explanation {
    /// Names the what-ifs that the result would be the same without.
    #[must_use]
    pub fn with_idle(mut self, what_ifs: &[String]) -> Explanation {
        if !what_ifs.is_empty() {
            let heading =
                self.lang.pick("Har ingen virkning på svaret", "Has no effect on the answer").to_owned();
            let items = what_ifs.iter().map(|what_if| Item::new(ItemKind::Note, what_if)).collect();
            self.notes.push(Notes { kind: NotesKind::Idle, heading, items });
        }
        self
    }
}

/// Notes on one theme.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notes {
    /// The theme.
    pub kind: NotesKind,
    /// The heading.
    pub heading: String,
    /// The notes.
    pub items: Vec<Item>,
}

/// The themes of notes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NotesKind {
    /// What is missing before the result is known.
    Missing,
    /// Figures that are provisional or estimates.
    Uncertain,
    /// What was put in place of the file's own.
    Changed,
    /// Values given by data or otherwise from outside.
    Facts,
    /// How unclear passages are read.
    Assumptions,
    /// What was put in place of the file's own and changes nothing of the answer.
    Idle,
    /// How something was searched for, and what the search shows besides.
    Search,
}

/// One line of an explanation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// What it is about, such as `bevaret for Sjælland`.
    pub label: String,
    /// The title of its clause or exception, where it should be told.
    pub title: Option<String>,
    /// Its value in words.
    pub value: Option<String>,
    /// The exact value in the unit shown, where the words shorten it.
    pub exact: Option<String>,
    /// How it came about, sentence by sentence.
    pub says: Vec<String>,
    /// What it rests on.
    pub basis: Vec<Basis>,
    /// How unclear passages behind it are read: assumptions by position in the model; only in explanations for pages.
    pub read: Vec<usize>,
    /// Where it stands in the rules.
    pub span: Option<Span>,
    /// The step that it tells, where it is one of the computation.
    pub step: Option<StepId>,
    /// What it is made of.
    pub children: Vec<Item>,
}

/// What a line of an explanation is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum ItemKind {
    /// A definition, or an expression asked about.
    Value,
    /// A condition that is met.
    Met,
    /// A condition that is not met.
    NotMet,
    /// A condition that cannot be decided.
    Open,
    /// A value from outside.
    Fact,
    /// One entity's share or part.
    Entity,
    /// A year's part of a sum.
    Year,
    /// What one slice of a scale charges.
    Slice,
    /// What a distribution adds to.
    Total,
    /// An exception that applies.
    Applies,
    /// An exception that was considered and does not apply.
    Considered,
    /// One step of arithmetic.
    Step,
    /// Something told before.
    Again,
    /// Something missing.
    Missing,
    /// A note.
    Note,
}

impl ItemKind {
    /// Returns the kind's name in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            ItemKind::Value => "value",
            ItemKind::Met => "condition_met",
            ItemKind::NotMet => "condition_not_met",
            ItemKind::Open => "condition_open",
            ItemKind::Fact => "fact",
            ItemKind::Entity => "entity",
            ItemKind::Year => "year",
            ItemKind::Slice => "slice",
            ItemKind::Total => "total",
            ItemKind::Applies => "exception_applies",
            ItemKind::Considered => "exception_considered",
            ItemKind::Step => "step",
            ItemKind::Again => "told_above",
            ItemKind::Missing => "missing",
            ItemKind::Note => "note",
        }
    }
    /// Returns the sign before the line, where it has one.
    pub fn sign(self) -> &'static str {
        match self {
            ItemKind::Met => "✓ ",
            ItemKind::NotMet => "✗ ",
            ItemKind::Open => "? ",
            ItemKind::Applies => "! ",
            ItemKind::Value | ItemKind::Fact | ItemKind::Entity | ItemKind::Year | ItemKind::Total => "",
            ItemKind::Considered | ItemKind::Step | ItemKind::Again | ItemKind::Note => "",
            ItemKind::Missing | ItemKind::Slice => "",
        }
    }
}

impl NotesKind {
    /// Returns the theme's name in machine-readable output.
    pub fn name(self) -> &'static str {
        match self {
            NotesKind::Missing => "missing",
            NotesKind::Uncertain => "uncertain",
            NotesKind::Changed => "changed",
            NotesKind::Facts => "facts",
            NotesKind::Assumptions => "assumptions",
            NotesKind::Idle => "without_effect",
            NotesKind::Search => "search",
        }
    }
}

impl Item {
    /// Writes the line as one sentence, without what hangs below it.
    pub fn line(&self, lang: Lang) -> String {
        super::text::one_line(self, lang)
    }
    /// Makes a line with a label alone.
    pub fn new(kind: ItemKind, label: impl Into<String>) -> Item {
        Item {
            kind,
            label: label.into(),
            title: None,
            value: None,
            exact: None,
            says: Vec::new(),
            basis: Vec::new(),
            read: Vec::new(),
            span: None,
            step: None,
            children: Vec::new(),
        }
    }
    /// Gives it a value.
    #[must_use]
    pub fn value(mut self, value: impl Into<String>) -> Item {
        self.value = Some(value.into());
        self
    }
    /// Adds a sentence.
    #[must_use]
    pub fn says(mut self, sentence: impl Into<String>) -> Item {
        self.says.push(sentence.into());
        self
    }
    /// Says where it stands in the rules.
    #[must_use]
    pub fn at(mut self, span: Span) -> Item {
        self.span = Some(span);
        self
    }
    pub(super) fn of(mut self, step: StepId) -> Item {
        self.step = Some(step);
        self
    }
}

impl Explanation {
    /// Visits every line, parents first: the tree, then the notes.
    pub fn visit<'e>(&'e self, see: &mut impl FnMut(&'e Item)) {
        visit(&self.root, see);
        self.notes.iter().flat_map(|notes| &notes.items).for_each(|item| visit(item, see));
    }
}

fn visit<'e>(item: &'e Item, see: &mut impl FnMut(&'e Item)) {
    see(item);
    item.children.iter().for_each(|child| visit(child, see));
}
