//! Digits of cited figures, changed one at a time: do the documents, the checker or the tests notice?

use std::collections::{BTreeMap, BTreeSet};

use super::{Bench, Noticed};
use crate::base::{FileId, Lang, SourceMap, Span, one_line};
use crate::diag::{Code, Problems};
use crate::session::Session;
use crate::sources::{Documents, Hidden, Looked, cited_figures};
use crate::syntax::{self, ast};

/// A digit of a figure that rules cite, and the digit that is put in its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Digit {
    /// The figure it belongs to.
    pub figure: Span,
    /// Its place, in bytes from the beginning of the file.
    pub at: usize,
    /// The digit that stands there.
    pub from: char,
    /// The digit that is put there.
    pub to: char,
}

/// Who notices a changed digit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DigitFate {
    /// The figure is not in the passage that it cites.
    pub sources: bool,
    /// The checker has a new finding, or a check of the text's own fails; `None` where it was not asked.
    pub check: Option<bool>,
    /// A test fails; `None` where none was run.
    pub tests: Option<bool>,
    /// What kept the documents from noticing, where nobody did.
    pub hidden: Option<Hidden>,
}

impl Digit {
    /// Returns the file it stands in.
    pub fn file(&self) -> FileId {
        self.figure.file
    }

    /// Returns the text of the file with the other digit.
    pub fn text(&self, sources: &SourceMap) -> String {
        let mut text = sources.file(self.file()).text.clone();
        // INVARIANT: a digit of ASCII stands there, since the places come from this very text.
        if text.get(self.at..=self.at).is_some() {
            text.replace_range(self.at..=self.at, self.to.encode_utf8(&mut [0; 4]));
        }
        text
    }

    /// Says what is done and where: `rules/a.klausul:12: 1,5 mia. kr. → 1,6 mia. kr.`
    pub fn words(&self, sources: &SourceMap) -> String {
        let (file, line) = (&sources.file(self.file()).name, sources.place(self.figure).line);
        let changed = self.text(sources);
        let (old, new) = (sources.text(self.figure), changed.get(self.figure.range()).unwrap_or_default());
        format!("{file}:{line}: {} → {}", one_line(old), one_line(new))
    }
}

/// Lists every digit of every figure of a session's own rules that is looked for in a document, by file and place. A
/// digit becomes the next one, and 9 becomes 0, but 8 at the front of a number: a zero there would be no number anybody
/// writes.
pub fn digits(session: &Session) -> Vec<Digit> {
    let mut found = Vec::new();
    for (file, tree) in session.own_files() {
        let text = &session.sources().file(file).text;
        for figure in cited_figures(file, tree, session.sources()) {
            let places = text.get(figure.range()).unwrap_or("").char_indices();
            for (at, from) in places.filter(|(_, char)| char.is_ascii_digit()) {
                let at = figure.range().start + at;
                found.push(Digit { figure, at, from, to: other(text, at, from) });
            }
        }
    }
    found
}

fn other(text: &str, at: usize, digit: char) -> char {
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let first = !before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    match digit {
        '9' if first => '8',
        '9' => '0',
        // INVARIANT: a digit but 9 has another after it.
        digit => char::from_u32(u32::from(digit) + 1).unwrap_or('0'),
    }
}

/// A rule pack whose digits are changed, with the documents that it cites.
#[derive(Clone, Debug)]
pub struct DigitBench<'d> {
    bench: &'d Bench,
    looked: Looked<'d>,
    /// The places of the figures that are not in their passages while the pack is whole, by file.
    known: BTreeMap<FileId, BTreeSet<u32>>,
}

impl<'d> DigitBench<'d> {
    /// Takes a rule pack and the documents.
    pub fn new(bench: &'d Bench, documents: &'d Documents) -> DigitBench<'d> {
        let files: Vec<(FileId, &ast::File)> = bench.session().own_files().collect();
        let mut looked = Looked::new(&files, documents, bench.session().sources());
        let sources = bench.session().sources();
        let known =
            files.iter().map(|(id, file)| (*id, not_there(&mut looked, *id, file, sources))).collect();
        DigitBench { bench, looked, known }
    }

    /// Tells who notices a digit. What the documents notice, the checker and the tests are only asked of where each is to
    /// be known by itself.
    pub fn run(&mut self, digit: &Digit, each: bool) -> DigitFate {
        let text = digit.text(self.bench.session().sources());
        let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
        let name = &self.bench.session().sources().file(digit.file()).name;
        let tree = syntax::admit(&mut sources, name, text.as_bytes(), &mut problems)
            .map(|id| (id, syntax::parse(&sources, id, &mut problems)));
        // A changed digit is as long as the one it stands for, so figures keep their places.
        let known = self.known.get(&digit.file());
        let is_new = |at: &u32| known.is_none_or(|known| !known.contains(at));
        let by_sources = tree
            .as_ref()
            .is_some_and(|(id, tree)| not_there(&mut self.looked, *id, tree, &sources).iter().any(is_new));
        if by_sources && !each {
            return DigitFate { sources: true, check: None, tests: None, hidden: None };
        }
        let Noticed { errors, warnings, tests, checks } = self.bench.notices(digit.file(), &text);
        let (check, tests) = (errors + warnings + checks > 0, tests > 0);
        let at = u32::try_from(digit.at).unwrap_or(u32::MAX);
        let hidden = match (by_sources || check || tests, &tree) {
            (false, Some((id, tree))) => self.looked.hidden(*id, tree, at, &sources),
            (true, _) | (_, None) => None,
        };
        DigitFate { sources: by_sources, check: Some(check), tests: Some(tests), hidden }
    }
}

/// The places of the figures of a file that are not in the passages that they cite.
fn not_there(looked: &mut Looked<'_>, id: FileId, file: &ast::File, sources: &SourceMap) -> BTreeSet<u32> {
    let mut problems = Problems::new();
    looked.of_file(id, file, sources, &mut problems);
    let told = problems.iter().filter(|problem| problem.code == Code::FigureNotInPassage);
    told.filter_map(|problem| problem.span()).map(|span| span.start).collect()
}

/// How many changed digits were noticed.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct DigitTally {
    /// How many figures have digits that were changed.
    pub figures: usize,
    /// How many digits were changed.
    pub digits: usize,
    /// Those that the documents tell.
    pub sources: usize,
    /// Those that the checker tells, and not the documents.
    pub check: usize,
    /// Those that the tests tell, and neither the documents nor the checker.
    pub tests: usize,
    /// Those that nobody tells.
    pub survivors: usize,
    /// Those that the checker tells at all, of those it was asked of.
    pub check_at_all: usize,
    /// Those that the tests tell at all, of those they were run for.
    pub tests_at_all: usize,
}

/// What came of the digits of one pack, or of all.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct DigitReport {
    /// The numbers.
    pub tally: DigitTally,
    /// The digits that nobody notices, each with what hides it.
    pub survivors: Vec<(String, Option<Hidden>)>,
}

impl DigitReport {
    /// Counts what came of the digits of a pack, in their order.
    pub fn of(fates: &[(Digit, DigitFate)], sources: &SourceMap) -> DigitReport {
        let mut report = DigitReport::default();
        let mut figure = None;
        for (digit, fate) in fates {
            let tally = &mut report.tally;
            tally.digits += 1;
            tally.figures += usize::from(figure.replace(digit.figure) != Some(digit.figure));
            let (check, tests) = (fate.check == Some(true), fate.tests == Some(true));
            tally.check_at_all += usize::from(check);
            tally.tests_at_all += usize::from(tests);
            match (fate.sources, check, tests) {
                (true, _, _) => tally.sources += 1,
                (false, true, _) => tally.check += 1,
                (false, false, true) => tally.tests += 1,
                (false, false, false) => {
                    tally.survivors += 1;
                    report.survivors.push((digit.words(sources), fate.hidden.clone()));
                }
            }
        }
        report
    }

    /// Adds another pack's.
    pub fn append(&mut self, other: DigitReport) {
        let (own, tally) = (&mut self.tally, other.tally);
        for (sum, number) in [
            (&mut own.figures, tally.figures),
            (&mut own.digits, tally.digits),
            (&mut own.sources, tally.sources),
            (&mut own.check, tally.check),
            (&mut own.tests, tally.tests),
            (&mut own.survivors, tally.survivors),
            (&mut own.check_at_all, tally.check_at_all),
            (&mut own.tests_at_all, tally.tests_at_all),
        ] {
            *sum += number;
        }
        self.survivors.extend(other.survivors);
    }

    /// The survivors as a list, each with what hides it.
    pub fn survivors_text(&self, lang: Lang) -> String {
        let one = |(words, hidden): &(String, Option<Hidden>)| format!("- {words} ({})\n", why(hidden, lang));
        self.survivors.iter().map(one).collect()
    }
}

impl DigitTally {
    /// Tells whether fewer than so many per cent survive; so it is of no digits.
    pub fn is_below(&self, per_cent: usize) -> bool {
        self.digits == 0 || self.survivors * 100 < per_cent * self.digits
    }
}

fn why(hidden: &Option<Hidden>, lang: Lang) -> String {
    match hidden {
        Some(Hidden::By(words)) => {
            lang.pick(format!("stedet har `{words}`"), format!("the passage has `{words}`"))
        }
        Some(Hidden::OwnYear) => lang.pick("aftalens eget år", "a year of the agreement's own").to_owned(),
        Some(Hidden::NotLookedFor) | None => lang.pick("ledes ikke efter", "is not looked for").to_owned(),
    }
}
