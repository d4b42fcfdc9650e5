//! The corrections that are certain, put into the texts: what `check --fix` writes.

use std::collections::BTreeMap;

use super::Session;
use crate::base::{Bi, FileId, LineCol};
use crate::diag::{Code, Edit, Severity};

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

impl Session {
    /// The texts of the files asked for, in their order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let own = self.rule_files.iter().filter(|file| self.imports.module(**file).is_none());
        own.map(|id| self.map.file(*id).text.as_str())
    }

    /// Puts in every correction that is certain, round after round, until none is left. A round after which more of the
    /// text could not be read than before is not kept: a correction is never worse than what it mends.
    pub fn mended(&self) -> Mended {
        let mut mended = Mended { session: self.clone(), applied: Vec::new() };
        for _ in 0..MOST_ROUNDS {
            let (texts, applied) = mended.session.round();
            if applied.is_empty() {
                break;
            }
            let next = mended.session.with_texts(&texts);
            if worse(&next, &mended.session) {
                break;
            }
            mended.session = next;
            mended.applied.extend(applied);
        }
        mended
    }

    /// One round: the certain corrections that do not touch each other, and the texts with them in.
    fn round(&self) -> (BTreeMap<FileId, String>, Vec<Applied>) {
        let mut taken: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
        let mut applied = Vec::new();
        let own = |edit: &Edit| {
            self.rule_files.contains(&edit.span.file) && self.imports.module(edit.span.file).is_none()
        };
        for finding in self.findings().sorted() {
            let mut certain = finding.fixes.iter().filter(|fix| fix.certain);
            // Two corrections that are both certain leave the writer a choice after all.
            let (Some(fix), None) = (certain.next(), certain.next()) else { continue };
            let fix = fix.clone();
            let free = |edit: &Edit| {
                let edits = taken.get(&edit.span.file).map(Vec::as_slice).unwrap_or_default();
                edits.iter().all(|other| apart(edit, other))
            };
            let fits = |edit: &Edit| {
                let same: Vec<Edit> =
                    fix.edits.iter().filter(|e| e.span.file == edit.span.file).cloned().collect();
                Edit::put_in(&self.map.file(edit.span.file).text, &same).is_some()
            };
            if !fix.edits.iter().all(|edit| own(edit) && free(edit) && fits(edit)) {
                continue;
            }
            let Some(span) = finding.span() else { continue };
            fix.edits.iter().for_each(|edit| taken.entry(edit.span.file).or_default().push(edit.clone()));
            let (file, place) = (self.map.file(span.file).name.clone(), self.map.place(span));
            applied.push(Applied { code: finding.code, file, place, title: fix.title });
        }
        let texts = taken.into_iter().map(|(file, edits)| {
            let text = &self.map.file(file).text;
            // INVARIANT: the edits lie within the text they were made for, and apart from each other.
            (file, Edit::put_in(text, &edits).unwrap_or_else(|| text.clone()))
        });
        (texts.collect(), applied)
    }

    /// The same rules with other texts in some of their files.
    fn with_texts(&self, texts: &BTreeMap<FileId, String>) -> Session {
        let mut session =
            Session { layers: self.layers.clone(), left_out: self.left_out.clone(), ..Session::new() };
        session.imports.known.clone_from(&self.imports.known);
        session.imports.doubles.clone_from(&self.imports.doubles);
        for id in &self.rule_files {
            let file = self.map.file(*id);
            let bytes = texts.get(id).unwrap_or(&file.text).as_bytes();
            match self.imports.module(*id) {
                Some(module) => session.add_imported(&file.name, bytes, module),
                None => session.add_rules(&file.name, bytes),
            };
        }
        session
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
