//! A comparison in words and exact numbers, as renderers draw it.

use crate::base::Lang;
use crate::explain::Basis;

/// Everything that is told of worlds side by side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldDiff {
    /// The language of its words.
    pub lang: Lang,
    /// The columns; the first is what the others are compared with.
    pub columns: Vec<ToldColumn>,
    /// The results that are told, by clause.
    pub clauses: Vec<ToldClause>,
    /// How many results differ.
    pub differing: usize,
    /// How many are the same in all columns.
    pub same: usize,
    /// How many of those are unknown for want of something else.
    pub lacking: usize,
    /// The ways that lead to the columns.
    pub bridges: Vec<ToldBridge>,
}

/// A column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldColumn {
    /// What it is called.
    pub name: String,
    /// What was changed, as it was written; of the first, what all columns share.
    pub says: Vec<String>,
    /// The time it is computed for, in words.
    pub when: String,
}

/// The results of a clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldClause {
    /// Its name; `None` for expressions.
    pub clause: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// What it rests on in the documents, worded.
    pub basis: String,
    /// Its results.
    pub results: Vec<ToldResult>,
    /// What should be read with them.
    pub notes: Vec<String>,
}

/// One result in all columns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldResult {
    /// Its name within its clause.
    pub name: String,
    /// Its full name.
    pub full: String,
    /// Whether it differs in any column.
    pub differs: bool,
    /// For each for whom it is told.
    pub rows: Vec<ToldRow>,
    /// For how many more it is the same in all columns.
    pub same_rows: usize,
    /// The sum over everybody, also those who are not told.
    pub total: Option<ToldRow>,
    /// For how many it rises and falls, column by column.
    pub moves: Vec<ToldMoves>,
    /// What the differences begin with, column by column.
    pub causes: Vec<ToldCause>,
}

/// A result for one, or for all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldRow {
    /// For whom: the kind and the name; `None` where it is the same for all, and of a sum.
    pub who: Option<(String, String)>,
    /// In each column.
    pub cells: Vec<ToldCell>,
}

/// A result in a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldCell {
    /// `value`, `unknown`, `does_not_apply`, `error` or `not_here`.
    pub state: &'static str,
    /// In words.
    pub text: String,
    /// The exact value, where it is one.
    pub exact: Option<String>,
    /// What the exact value counts in.
    pub unit: Option<String>,
    /// Its price level.
    pub level: Option<String>,
    /// What differs from the first column; `None` where nothing does.
    pub change: Option<ToldChange>,
}

/// A difference.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldChange {
    /// `by` a number, to an `other` value, to another `state`, or `unlike` in unit or price level.
    pub kind: &'static str,
    /// In words.
    pub text: String,
    /// The exact difference: of a sum, what it moves by where something does not apply or is not there.
    pub exact: Option<String>,
    /// The same of the first column's amount, in per cent: exactly and in words.
    pub percent: Option<(String, String)>,
}

/// For how many a result rises and falls in a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldMoves {
    /// The column, by position.
    pub column: usize,
    /// In words.
    pub text: String,
    /// For how many it rises, falls, is the same, and differs otherwise.
    pub counts: [usize; 4],
    /// By how much it rises and falls together, exactly; `None` where it does not add up.
    pub sums: [Option<String>; 2],
    /// For whom it rises and falls most.
    pub most: [Option<String>; 2],
}

/// What a difference begins with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldCause {
    /// The column, by position.
    pub column: usize,
    /// The result that differs although nothing that it reads does.
    pub name: String,
    /// Where it cites nothing and another reading says what it is: the reading in the words of the rules.
    pub reading: Option<String>,
    /// Whether it is the result itself.
    pub is_own: bool,
    /// What it rests on in the documents.
    pub basis: Vec<Basis>,
}

/// The way to a column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldBridge {
    /// The column, by position.
    pub column: usize,
    /// The result.
    pub name: String,
    /// For whom: the kind and the name.
    pub who: Option<(String, String)>,
    /// Whether it is the total over everybody.
    pub is_total: bool,
    /// Where it begins, and where each step leads.
    pub points: Vec<ToldPoint>,
    /// Steps that can only be told together: the first, the last, and what they come to, exactly and in words.
    pub joints: Vec<(usize, usize, String, String)>,
    /// All of it, exactly and in words; `None` where an end is not known.
    pub whole: Option<(String, String)>,
    /// What its exact numbers count in.
    pub unit: Option<String>,
}

/// A place on the way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldPoint {
    /// The step that leads here; empty where the way begins.
    pub words: String,
    /// `value`, `unknown`, `does_not_apply` or `error`.
    pub state: &'static str,
    /// What the result is here.
    pub text: String,
    /// The exact value it counts as.
    pub exact: Option<String>,
    /// What the step adds, exactly and in words; `None` where that is not known.
    pub term: Option<(String, String)>,
}
