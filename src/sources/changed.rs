//! Figures of rules that are changed on purpose: which there are, and what keeps a changed one from being noticed.

use super::claims::{Claim, claims};
use super::compare::{Looked, fits};
use crate::base::{FileId, SourceMap, Span};
use crate::syntax::ast::File;

/// What keeps a figure that is wrong from being noticed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Hidden {
    /// A figure of the passage says the same: its words there.
    By(String),
    /// A year of the agreement's own, which no passage need say.
    OwnYear,
    /// It is not looked for: nothing, one, all, or no figure any more.
    NotLookedFor,
}

/// Returns the places of the figures of a file that are looked for in documents, in the order they stand.
pub fn cited_figures(id: FileId, file: &File, sources: &SourceMap) -> Vec<Span> {
    let looked_for = claims(id, file, sources).into_iter().filter(|claim| !claim.is_neutral());
    looked_for.map(|claim| claim.span).collect()
}

impl Looked<'_> {
    /// Tells what hides the figure at a place of a file; `None` where nothing does.
    pub fn hidden(&mut self, id: FileId, file: &File, at: u32, sources: &SourceMap) -> Option<Hidden> {
        let all = claims(id, file, sources);
        let here = |claim: &&Claim<'_>| claim.span.start <= at && at < claim.span.end && !claim.is_neutral();
        let Some(claim) = all.iter().find(here) else {
            return Some(Hidden::NotLookedFor);
        };
        if self.is_own_year(claim, id, sources) {
            return Some(Hidden::OwnYear);
        }
        let printed = self.passages.figures(claim)?;
        printed
            .into_iter()
            .find(|(printed, _)| fits(&claim.figure, printed))
            .map(|(_, words)| Hidden::By(words))
    }
}
