//! A passage that was cited once, held against the document as it is, from no more than the place and a hash.

use super::cited::citations;
use super::folder::Documents;
use super::led::Led;
use super::lock::squeezed_hash;
use crate::base::{Lang, SourceFile, SourceMap};
use crate::diag::Problems;
use crate::syntax::ast::Citation;
use crate::syntax::{Basis, parse};

/// What has come of a passage.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Held {
    /// It says the same, beginning on this line.
    Same(usize),
    /// Something else stands where the citation leads: on this line.
    Changed(usize),
    /// The citation leads nowhere in its document, or to several places.
    Gone,
    /// Its document is not at hand.
    NoDocument,
}

/// Follows a citation as rules in this language write it, and holds the passage that it leads to against the hash of
/// its letters and digits.
pub fn held(documents: &Documents, cited: &Basis, lang: Lang, sha256: &str) -> Held {
    if documents.get(&cited.source).is_none() {
        return Held::NoDocument;
    }
    let Some(citation) = citation(cited, lang) else { return Held::Gone };
    match Led::new(documents).to(&citation) {
        Some((document, passage)) => {
            let line = document.line_of(passage.start);
            let same = squeezed_hash(document.words(passage.start..passage.end)) == sha256;
            if same { Held::Same(line) } else { Held::Changed(line) }
        }
        None => Held::Gone,
    }
}

/// Reads a place as the rules write it; nothing where it is none.
fn citation(cited: &Basis, lang: Lang) -> Option<Citation> {
    let Basis { source, at } = cited;
    let text = match lang {
        Lang::Da => format!("aftale A \"A\"\n\nklausul a\n  hjemmel {source} {at}\n"),
        Lang::En => format!("agreement A \"A\"\n\nclause a\n  basis {source} {at}\n"),
    };
    let mut map = SourceMap::new();
    let file = map.add(SourceFile::new("", text));
    let tree = parse(&map, file, &mut Problems::new());
    let citation = citations(&tree).first().map(|one| (*one).clone())?;
    // A place that holds more than a place, such as another line, is none.
    (Basis::of(&citation, lang) == *cited).then_some(citation)
}
