//! What a lock file says of documents and passages, for those who only want to know that.

use super::lock::{Lock, key};
use crate::syntax::ast::Citation;

impl Lock {
    /// Returns the line and the hash of the passage that a citation led to.
    pub fn passage(&self, citation: &Citation) -> Option<(usize, &str)> {
        let locked = self.passages.get(&key(citation))?;
        Some((locked.line, &locked.sha256))
    }
    /// Walks the documents by their ids, each with the hash of its bytes.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &str)> {
        self.documents.iter().map(|(id, sha256)| (id.as_str(), sha256.as_str()))
    }
}
