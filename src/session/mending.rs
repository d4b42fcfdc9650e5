//! The corrections that are certain, put into the texts: what `check --fix` writes.

use std::collections::BTreeMap;

use super::Session;
use crate::base::{Bi, FileId, LineCol};
use crate::diag::{Code, Diagnostic, Edit, Severity};
use crate::syntax::put_in_original;

/// A correction that was put in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Applied {
    /// The code of what was found.
    pub code: Code,
    /// The file's name.
    pub file: String,
    /// The place, as it was counted in the text before this round of corrections.
    pub place: LineCol,
    /// What was done.
    pub title: Bi,
}

/// Rules with all certain corrections in them.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The rules as they are then.
    pub session: Session,
    /// The corrections, in the order they were put in.
    pub applied: Vec<Applied>,
}

/// A correction may bring to light what it hid; more rounds than this are not needed by any text.
const MOST_ROUNDS: usize = 20;

/// One correction of a round: its edits, and what is told of it.
struct Correction {
    edits: Vec<Edit>,
    applied: Applied,
}

impl Session {
    /// The texts of the files asked for as they were read, or as corrections left them, in their order.
    pub fn originals(&self) -> impl Iterator<Item = &str> {
        let own = self.rule_files.iter().filter(|file| !self.imports.is_brought_in(**file));
        own.map(|id| self.map.file(*id).original())
    }

    /// Puts in every correction that is certain, round after round, until none is left. One after which more of the
    /// text could not be read than before is not kept.
    pub fn mended(&self) -> Mended {
        let mut mended = Mended { session: self.clone(), applied: Vec::new() };
        for _ in 0..MOST_ROUNDS {
            let found = mended.session.findings();
            let (next, kept) = mended.session.round(&found.sorted());
            if kept.is_empty() {
                break;
            }
            mended.session = next;
            mended.applied.extend(kept.into_iter().map(|correction| correction.applied));
        }
        mended
    }

    /// How many of these findings a correction of [`Session::mended`] takes away at once. What comes to light
    /// afterwards is not counted.
    pub fn mendable(&self, found: &[Diagnostic]) -> usize {
        self.round(found).1.len()
    }

    /// One round: the corrections that are kept, and the rules with them in.
    fn round(&self, found: &[Diagnostic]) -> (Session, Vec<Correction>) {
        let certain = self.certain(found);
        if certain.is_empty() {
            return (self.clone(), certain);
        }
        let together = self.with(certain.iter());
        if !worse(&together, self) {
            return (together, certain);
        }
        // One of them does harm; each is tried on top of those that do not.
        let (mut session, mut kept) = (self.clone(), Vec::new());
        for correction in certain {
            let next = self.with(kept.iter().chain([&correction]));
            if !worse(&next, &session) {
                session = next;
                kept.push(correction);
            }
        }
        (session, kept)
    }

    /// The corrections that are certain, lie in the files asked for and do not touch each other.
    fn certain(&self, found: &[Diagnostic]) -> Vec<Correction> {
        let mut taken: Vec<Correction> = Vec::new();
        for finding in found {
            let mut certain = finding.fixes.iter().filter(|fix| fix.certain);
            // Two corrections that are both certain leave the writer a choice after all.
            let (Some(fix), None, Some(span)) = (certain.next(), certain.next(), finding.span()) else {
                continue;
            };
            let free =
                |edit: &Edit| taken.iter().flat_map(|other| &other.edits).all(|other| apart(edit, other));
            let fits = |edit: &Edit| self.is_own(edit.span.file) && free(edit);
            let (file, place) = (self.map.file(span.file).name.clone(), self.map.place(span));
            let applied = Applied { code: finding.code, file, place, title: fix.title.clone() };
            let correction = Correction { edits: fix.edits.clone(), applied };
            if fix.edits.iter().all(fits) {
                taken.push(correction);
            }
        }
        if self.texts(&taken).is_none() {
            taken.retain(|correction| self.texts([correction]).is_some());
        }
        taken
    }

    fn is_own(&self, file: FileId) -> bool {
        self.rule_files.contains(&file) && !self.imports.is_brought_in(file)
    }

    /// The texts that corrections change, with them in; `None` where one does not fit its text.
    fn texts<'a>(
        &self,
        corrections: impl IntoIterator<Item = &'a Correction>,
    ) -> Option<BTreeMap<FileId, String>> {
        let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
        for edit in corrections.into_iter().flat_map(|correction| &correction.edits) {
            edits.entry(edit.span.file).or_default().push(edit.clone());
        }
        let text =
            |(file, edits): (FileId, Vec<Edit>)| Some((file, put_in_original(self.map.file(file), &edits)?));
        edits.into_iter().map(text).collect()
    }

    /// The same rules with corrections in them.
    fn with<'a>(&self, corrections: impl IntoIterator<Item = &'a Correction>) -> Session {
        // INVARIANT: each correction fits its text, and they lie apart from each other; together they fit as well.
        self.with_texts(&self.texts(corrections).unwrap_or_default())
    }
}

/// Whether less of the text can be read.
fn worse(now: &Session, before: &Session) -> bool {
    let errors = |session: &Session| session.parsed.count(Severity::Error);
    now.rule_files.len() < before.rule_files.len() || errors(now) > errors(before)
}

/// Edits that touch could each mean something else with the other put in.
fn apart(a: &Edit, b: &Edit) -> bool {
    a.span.end < b.span.start || b.span.end < a.span.start
}
