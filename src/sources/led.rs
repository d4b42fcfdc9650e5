//! Where citations lead, each followed once.

use std::collections::BTreeMap;

use super::document::{Document, Passage};
use super::folder::Documents;
use super::resolve::Resolved;
use crate::base::Lang;
use crate::syntax::ast::Citation;
use crate::syntax::cite;

/// Citations and the passages that they lead to.
#[derive(Clone, Debug)]
pub(super) struct Led<'d> {
    documents: &'d Documents,
    known: BTreeMap<String, Option<Passage>>,
}

impl<'d> Led<'d> {
    /// Makes ready to follow citations into documents.
    pub(super) fn new(documents: &'d Documents) -> Led<'d> {
        Led { documents, known: BTreeMap::new() }
    }

    /// The one passage that a citation leads to, with its document.
    pub(super) fn to(&mut self, citation: &Citation) -> Option<(&'d Document, Passage)> {
        let document = self.documents.get(&citation.source.text)?;
        let lead = || match document.resolve(citation) {
            Resolved::Found(passage) | Resolved::Misspelt(passage, _) => Some(passage),
            Resolved::Unresolved { .. } | Resolved::Ambiguous { .. } => None,
        };
        // In whatever language a file cites, it is the same place.
        let passage = self.known.entry(cite(citation, Lang::Da)).or_insert_with(lead);
        passage.clone().map(|passage| (document, passage))
    }
}
