//! The statement of grounds that an authority owes with a decision: the result, the legal basis, the facts given weight,
//! the main considerations where somebody had to judge, and every step of the computation, numbered as in its record.
//! A statement is data, with all its words in one language; `render` makes pages of it.

mod facts;
mod made;
mod readings;
mod sentence;
mod standing;
mod steps;

use crate::base::Lang;
use crate::explain::{Explanation, ItemKind, Notes};
use crate::sources::Quoted;

pub use made::Asked;
pub use readings::{Effect, Reach, Then, Tried};
pub use sentence::{Part, Sentence};

/// A statement of grounds.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The language of its words.
    pub lang: Lang,
    /// What it is about, in a line.
    pub title: String,
    /// What was asked and assumed: a heading and what stands under it.
    pub asked: Vec<(String, String)>,
    /// What is to be said before anything else: that a what-if, or an error in the rules, lies behind the results.
    pub warnings: Vec<String>,
    /// The results, each with its reasons.
    pub results: Vec<Stated>,
    /// How firmly the results stand: what they rest on besides the text, and how far other readings would move them.
    pub standing: Vec<String>,
    /// The places cited.
    pub basis: Vec<Cited>,
    /// The facts given weight.
    pub facts: Vec<Weighed>,
    /// The facts that are missing: what, and why.
    pub missing: Vec<(String, String)>,
    /// What the files of data say of themselves: the file, and its paragraphs.
    pub notes: Vec<(String, Vec<String>)>,
    /// What somebody had to judge.
    pub judged: Vec<Judged>,
    /// What the results wait for.
    pub lacking: Lacking,
    /// How unclear passages are read.
    pub readings: Vec<Read>,
    /// Every step of the computation.
    pub steps: Vec<StepLine>,
    /// What the statement was made by and from, so that others can make it again: a heading and what stands under it.
    pub made_from: Vec<(String, String)>,
}

/// One result with its reasons.
#[derive(Clone, Debug)]
pub struct Stated {
    /// Its name, for whom and when.
    pub name: String,
    /// What it came to.
    pub value: String,
    /// Its number among the steps.
    pub step: Option<StepNumber>,
    /// Why, in a paragraph.
    pub brief: Vec<Sentence>,
    /// How it came about, clause by clause.
    pub derivation: Line,
    /// The same, as explanations are drawn.
    pub explanation: Explanation,
    /// What else it rests on: what is missing, uncertain or changed.
    pub notes: Vec<Notes>,
}

/// A line of a derivation.
#[derive(Clone, Debug)]
pub struct Line {
    /// What it is.
    pub kind: ItemKind,
    /// What it is about.
    pub label: String,
    /// The title of its clause or exception, where it should be told.
    pub title: Option<String>,
    /// Its value in words.
    pub value: Option<String>,
    /// The exact value, where the words shorten it.
    pub exact: Option<String>,
    /// How it came about.
    pub says: Vec<Sentence>,
    /// The places cited, by position in [`Statement::basis`].
    pub basis: Vec<usize>,
    /// The readings that it rests on by itself, by position in [`Statement::readings`].
    pub read: Vec<usize>,
    /// Its number among the steps, where it is one of them.
    pub step: Option<StepNumber>,
    /// What it is made of.
    pub children: Vec<Line>,
}

/// The number of a step, from 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct StepNumber(pub usize);

/// A place in a document, cited.
#[derive(Clone, Debug)]
pub struct Cited {
    /// The document's short name.
    pub source: String,
    /// Its title, publisher and date, as far as the rules say them.
    pub document: String,
    /// The place in it; empty for all of it.
    pub at: String,
    /// The line on which the passage begins, where the lock file has it.
    pub line: Option<u64>,
    /// The hash of the passage, where the lock file has it.
    pub sha256: Option<String>,
    /// What rests on it: names of clauses.
    pub carries: Vec<String>,
    /// What it says, where the document is at hand.
    pub words: Option<Quoted>,
}

impl Cited {
    /// Tells whether the words at hand are others than those that the rules were written from.
    pub fn is_changed(&self) -> bool {
        let known = self.sha256.as_ref().zip(self.words.as_ref());
        known.is_some_and(|(locked, words)| *locked != words.sha256)
    }
}

/// A fact given weight.
#[derive(Clone, Debug)]
pub struct Weighed {
    /// Its name, for whom and when.
    pub name: String,
    /// What it is, in the words of the rules, where they have any.
    pub title: Option<String>,
    /// Its value.
    pub value: String,
    /// Where it comes from.
    pub from: String,
    /// Whether it is no fact but an assumed change: the one who asks, or a scenario, put it there.
    pub is_assumed: bool,
    /// Its number among the steps.
    pub step: StepNumber,
}

/// What results wait for, so that a page without facts or judgements does not say that none were needed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Lacking {
    /// Whether a fact that was read is not given.
    pub facts: bool,
    /// Whether a judgement that was read is not made.
    pub judgement: bool,
}

/// Something that somebody had to judge.
#[derive(Clone, Debug)]
pub struct Judged {
    /// What.
    pub name: String,
    /// The question, in the words of the rules.
    pub question: Option<String>,
    /// Who must judge it; empty where the text does not say.
    pub by: Vec<String>,
    /// What they came to.
    pub value: String,
    /// Where that is given.
    pub from: String,
    /// The places that it rests on, by position in [`Statement::basis`].
    pub basis: Vec<usize>,
    /// Its number among the steps.
    pub step: StepNumber,
}

/// How an unclear passage is read.
#[derive(Clone, Debug)]
pub struct Read {
    /// The assumption's name.
    pub name: String,
    /// The question, in the words of the rules.
    pub question: Option<String>,
    /// The reading in force; `None` where the assumption offers none.
    pub chosen: Option<String>,
    /// Why, paragraph by paragraph, in the words of the rules; none where they do not say.
    pub why: Vec<String>,
    /// The other readings, each with what came of trying it; `None` where it was not tried.
    pub others: Vec<(String, Option<Then>)>,
}

/// A step of the computation.
#[derive(Clone, Debug)]
pub struct StepLine {
    /// Its number.
    pub number: StepNumber,
    /// The definition or fact that it gives the value of.
    pub name: Option<String>,
    /// For whom and when.
    pub about: String,
    /// What is done, in words.
    pub does: String,
    /// The words of the rules.
    pub rule: String,
    /// The steps that it reads.
    pub reads: Vec<StepNumber>,
    /// Its exact value with unit, or its state.
    pub value: String,
    /// Of a distribution: whose parts, and what they come to.
    pub parts: Vec<(String, String)>,
    /// The price level of the value.
    pub level: Option<String>,
    /// What was added by rounding, exactly; `None` where nothing is rounded.
    pub residual: Option<String>,
    /// The file and line of the rules.
    pub at: String,
    /// The places cited, by position in [`Statement::basis`].
    pub basis: Vec<usize>,
}
