//! Damages correct rule packs the way people do by slip, and tells who notices: the checker, the tests, or nobody.
//!
//! [`mutants`] lists the damages of a session's rule files in twelve ways, [`choose`] takes some of them evenly, a
//! [`Bench`] runs one and says what came of it, and a [`Report`] counts. Which places a way has and what counts as
//! caught stands in `docs/decisions/0016-mutants.md`.
//!
//! [`digits`] lists every digit of every figure that rules cite, and a [`DigitBench`] tells of another digit in its place
//! whether the documents, the checker or the tests notice it.

mod bench;
mod bounds;
mod digits;
mod figures;
mod hands;
mod links;
mod pack;
mod question;
mod report;
mod rest;
mod time;
mod view;
mod walk;
mod way;

use crate::base::{Bi, FileId, SourceMap, bi};
use crate::diag::Edit;
use crate::session::Session;

use pack::Pack;
use view::{Draft, View};

pub use bench::{Bench, Change, Class, Fate, Noticed};
pub use digits::{Digit, DigitBench, DigitFate, DigitReport, DigitTally, digits};
pub use hands::in_hands;
pub use report::{Report, Survivor, Tally};
pub use way::Way;

/// One damage of one rule file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mutant {
    /// The way it is damaged.
    pub way: Way,
    /// The file.
    pub file: FileId,
    /// The edits, by place and not overlapping; all of them together are the damage.
    pub edits: Vec<Edit>,
    /// What is done, without the place: `under` → `højst`.
    pub what: Bi,
}

impl Mutant {
    /// Returns the line of the first edit, from 1. What is left out with its comment counts from the comment.
    pub fn line(&self, sources: &SourceMap) -> usize {
        self.edits.first().map_or(1, |edit| sources.place(edit.span).line)
    }

    /// Says what is done and where: `under` → `højst` i linje 12 af aftale.klausul.
    pub fn words(&self, sources: &SourceMap) -> Bi {
        let (line, file, Bi { da, en }) = (self.line(sources), &sources.file(self.file).name, &self.what);
        bi!("{da} i linje {line} af {file}", "{en} in line {line} of {file}")
    }

    /// Returns the damaged text of the file.
    pub fn text(&self, sources: &SourceMap) -> String {
        let mut text = sources.file(self.file).text.clone();
        for edit in self.edits.iter().rev() {
            // INVARIANT: the places come from the tree of this very text, so they lie at character bounds in it.
            if text.get(edit.span.range()).is_some() {
                text.replace_range(edit.span.range(), &edit.text);
            }
        }
        text
    }
}

/// Lists every damage of a session's own rule files: by way, then by file, then by place.
pub fn mutants(session: &Session) -> Vec<Mutant> {
    let pack = Pack::of(session.files().iter());
    let views: Vec<View<'_>> =
        session.own_files().map(|(file, tree)| View::new(session.sources().file(file), file, tree)).collect();
    let mut all = Vec::new();
    for way in Way::ALL {
        for view in &views {
            let drafts = drafts(*way, view, &pack).into_iter().filter(|draft| differs(view, draft));
            let mut found: Vec<Mutant> = drafts.map(|draft| finished(*way, view.file, draft)).collect();
            found.sort_by_key(|mutant| mutant.edits.first().map(|edit| (edit.span.start, edit.span.end)));
            found.dedup_by(|a, b| a.edits == b.edits);
            all.extend(found);
        }
    }
    all
}

/// Tells whether a draft says anything else than what stands there.
fn differs(view: &View<'_>, draft: &Draft) -> bool {
    draft.edits.iter().any(|edit| view.text(edit.span) != edit.text)
}

/// Keeps at most so many of each way, evenly spread over its places.
pub fn choose(all: Vec<Mutant>, most: usize) -> Vec<Mutant> {
    let mut chosen = Vec::new();
    for way in Way::ALL {
        let of_way: Vec<&Mutant> = all.iter().filter(|mutant| mutant.way == *way).collect();
        let count = of_way.len().min(most);
        let spread = (0..count).filter_map(|index| of_way.get(index * of_way.len() / count));
        chosen.extend(spread.map(|mutant| (*mutant).clone()));
    }
    chosen
}

fn drafts(way: Way, view: &View<'_>, pack: &Pack) -> Vec<Draft> {
    match way {
        Way::DropRow => rest::drop_row(view),
        Way::SwapBounds => bounds::swap(view),
        Way::SwapUnit => figures::swap_unit(view, pack),
        Way::UnderToAtMost => bounds::include(view),
        Way::DeleteException => rest::delete_exception(view),
        Way::ShiftPeriod => time::shift(view),
        Way::ChangeLevel => figures::change_level(view, pack),
        Way::MisspellValue => rest::misspell(view),
        Way::TransposeDigits => figures::transpose(view),
        Way::DropRounding => rest::drop_rounding(view),
        Way::BreakLink => links::break_link(view, pack),
        Way::MergeYears => time::merge(view),
    }
}

fn finished(way: Way, file: FileId, draft: Draft) -> Mutant {
    let Draft { mut edits, what } = draft;
    edits.sort_by_key(|edit| edit.span);
    Mutant { way, file, edits, what }
}
