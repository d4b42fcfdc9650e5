use std::ops::Range;

use super::document::{Document, Passage};
use super::outline::{Part, PartKind};
use super::squeeze::Squeezed;
use crate::base::Span;
use crate::diag::nearest;
use crate::syntax::ast::{Citation, Locator, LocatorKind};

/// Where a citation leads.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Resolved {
    /// To one passage.
    Found(Passage),
    /// To one passage whose heading the document spells otherwise: its words as they stand there.
    Misspelt(Passage, String),
    /// To nothing from this locator on; the nearest heading or the places that there are, if any.
    Unresolved {
        /// The locator that leads nowhere.
        locator: Span,
        /// What there is instead.
        instead: Vec<String>,
    },
    /// To several places: the last locator, and the ways to them.
    Ambiguous {
        /// The locator that leads to several.
        locator: Span,
        /// The places, in the order of the document.
        places: Vec<Candidate>,
    },
}

/// One of the places that a citation may mean.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The place.
    pub passage: Passage,
    /// How to name it: `bilag 1, boks 2`.
    pub way: String,
}

/// A place looked at on the way: what it covers, and where its parts are looked for.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Step {
    /// The part that it is, where it is one.
    part: Option<usize>,
    whole: Range<usize>,
    reach: Range<usize>,
}

impl Document {
    /// Follows a citation, locator by locator. A locator that fits in several places is settled by those after it.
    pub fn resolve(&self, citation: &Citation) -> Resolved {
        let all = 0..self.text().len();
        let mut steps = vec![Step::stretch(all)];
        let (mut spelt, mut last) = (None, citation.source.span);
        for locator in &citation.locators {
            let mut next: Vec<Step> = Vec::new();
            for step in &steps {
                for found in self.follow(locator, step) {
                    if !next.contains(&found) {
                        next.push(found);
                    }
                }
            }
            if next.is_empty()
                && let Some((step, words)) = self.misspelt(locator, &steps)
            {
                next.push(step);
                spelt = Some(words);
            }
            if next.is_empty() {
                return Resolved::Unresolved {
                    locator: locator.span,
                    instead: self.instead(locator, &steps),
                };
            }
            (steps, last) = (next, locator.span);
        }
        match (steps.as_slice(), spelt) {
            ([one], None) => Resolved::Found(passage(one)),
            ([one], Some(words)) => Resolved::Misspelt(passage(one), words),
            _ => Resolved::Ambiguous { locator: last, places: self.candidates(&steps) },
        }
    }

    fn candidates(&self, steps: &[Step]) -> Vec<Candidate> {
        let candidate =
            |step: &Step| Candidate { passage: passage(step), way: self.way_to(step.whole.start) };
        steps.iter().map(candidate).collect()
    }

    /// The places within one that a locator may mean.
    fn follow(&self, locator: &Locator, within: &Step) -> Vec<Step> {
        match &locator.kind {
            LocatorKind::Heading(words) => self.headings(words, within),
            LocatorKind::Annex(number) => self.numbered(number, within, |kind| kind == PartKind::Annex),
            LocatorKind::Box(number) => self.numbered(number, within, |kind| kind == PartKind::Box),
            LocatorKind::Article(number) => self.numbered(number, within, |kind| kind == PartKind::Article),
            LocatorKind::Paragraph(number) => {
                self.numbered(number, within, |kind| kind == PartKind::Paragraph)
            }
            LocatorKind::Subsection(number) => self.subsection(number, within),
            LocatorKind::Number(number) => {
                self.numbered(number, within, |kind| matches!(kind, PartKind::Number | PartKind::Bullet))
            }
            LocatorKind::Letter(letter) => self.numbered(letter, within, |kind| kind == PartKind::Letter),
            LocatorKind::Bullet(number) => self.bullet(number, within).into_iter().collect(),
            LocatorKind::Section(number) => self.section(number, within),
            LocatorKind::Passage(from, to) => self.passages(from, to, within),
        }
    }

    /// The parts that lie within a step, with their places in the list of all parts.
    fn parts_within<'a>(&'a self, within: &'a Step) -> impl Iterator<Item = (usize, &'a Part)> {
        let inside = |(at, part): &(usize, &Part)| {
            let other = within.part.is_none_or(|own| own < *at);
            other && within.reach.start <= part.whole.start && part.whole.end <= within.reach.end
        };
        self.parts().iter().enumerate().filter(inside)
    }

    fn numbered(&self, number: &str, within: &Step, kind: impl Fn(PartKind) -> bool) -> Vec<Step> {
        let number: String = number.to_lowercase().split_whitespace().collect();
        let meant = |(_, part): &(usize, &Part)| kind(part.kind) && part.number == number;
        self.parts_within(within).filter(meant).map(step).collect()
    }

    /// Headings with these words, with or without their number; failing those, any line that says just this.
    fn headings(&self, words: &str, within: &Step) -> Vec<Step> {
        let wanted = Squeezed::of(words);
        let said = |range: Range<usize>| Squeezed::of(self.words(range)).as_str() == wanted.as_str();
        let headed = |(_, part): &(usize, &Part)| {
            part.kind != PartKind::Bullet
                && (said(part.title.clone()) || said(part.whole.start..part.title.end))
        };
        let found: Vec<Step> = self.parts_within(within).filter(headed).map(step).collect();
        if !found.is_empty() {
            return found;
        }
        let whole_line = |range: &Range<usize>| {
            let before = self.words(0..range.start).rsplit('\n').next().unwrap_or("");
            let after = self.words(range.end..self.text().len()).split('\n').next().unwrap_or("");
            !before.chars().chain(after.chars()).any(char::is_alphanumeric)
        };
        let lines = self.find(words, &within.reach).into_iter().filter(whole_line);
        lines.map(Step::stretch).collect()
    }

    /// `stk. 2`: the subsection of that number; the first often has none, and is what comes before the second.
    fn subsection(&self, number: &str, within: &Step) -> Vec<Step> {
        let found = self.numbered(number, within, |kind| kind == PartKind::Subsection);
        let second = self.parts_within(within).find(|(_, part)| part.kind == PartKind::Subsection);
        match (found.is_empty(), number, second) {
            (true, "1", Some((_, second))) => vec![Step::stretch(within.whole.start..second.whole.start)],
            _ => found,
        }
    }

    /// `pind 7`: the seventh item of the lists that stand in the part itself; those of parts below it where it has none.
    fn bullet(&self, number: &str, within: &Step) -> Option<Step> {
        let nth = number.parse::<usize>().ok()?.checked_sub(1)?;
        let items: Vec<(usize, &Part)> =
            self.parts_within(within).filter(|(_, part)| part.kind == PartKind::Bullet).collect();
        let below = |item: &&(usize, &Part)| {
            self.parts_within(within).any(|(_, part)| {
                let around = part.whole.start <= item.1.whole.start && item.1.whole.end <= part.whole.end;
                part.kind != PartKind::Bullet && around
            })
        };
        let own: Vec<&(usize, &Part)> = items.iter().filter(|item| !below(item)).collect();
        match own.is_empty() {
            false => own.get(nth).map(|item| step(**item)),
            true => items.get(nth).map(|item| step(*item)),
        }
    }

    /// `afsnit 3`: the numbered heading, or where there is none the third paragraph of the part.
    fn section(&self, number: &str, within: &Step) -> Vec<Step> {
        let found = self.numbered(number, within, |kind| matches!(kind, PartKind::Section(_)));
        if !found.is_empty() {
            return found;
        }
        let nth = number.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let Some(nth) = nth else { return found };
        let own = within.part.and_then(|own| self.parts().get(own));
        let start = own.map_or(within.whole.start, |part| part.title.end.max(part.whole.start));
        let paragraph = paragraphs(self.words(start..within.whole.end)).nth(nth);
        let place = paragraph.map(|range| start + range.start..start + range.end);
        place.map(Step::stretch).into_iter().collect()
    }

    /// `fra "…" til "…"`: from each place of the first words as far as the next place of the last.
    fn passages(&self, from: &str, to: &str, within: &Step) -> Vec<Step> {
        let ends = self.find(to, &within.reach);
        let mut found: Vec<Step> = Vec::new();
        for start in self.find(from, &within.reach) {
            let end = ends.iter().find(|end| end.start >= start.start && end.end >= start.end);
            if let Some(end) = end {
                found.push(Step::stretch(start.start..end.end));
            }
        }
        found
    }

    /// A heading that is not there as it is cited, but nearly: a slip in the document, or in the citation.
    fn misspelt(&self, locator: &Locator, steps: &[Step]) -> Option<(Step, String)> {
        let LocatorKind::Heading(words) = &locator.kind else { return None };
        let wanted = Squeezed::of(words);
        let most = wanted.as_str().chars().count() / 8;
        let near = |(_, part): &(usize, &Part)| {
            let title = Squeezed::of(self.words(part.title.clone()));
            part.kind != PartKind::Bullet
                && strsim::damerau_levenshtein(title.as_str(), wanted.as_str()) <= most
        };
        let mut found = steps.iter().flat_map(|within| self.parts_within(within)).filter(near);
        let (Some((at, part)), None) = (found.next(), found.next()) else { return None };
        Some((step((at, part)), self.title_of(part)))
    }

    /// What a locator that leads nowhere could have been.
    fn instead(&self, locator: &Locator, steps: &[Step]) -> Vec<String> {
        let within = || steps.iter().flat_map(|within| self.parts_within(within)).map(|(_, part)| part);
        let named = |kind: PartKind| {
            let mut names: Vec<String> = Vec::new();
            for part in within().filter(|part| part.kind == kind) {
                let name = self.name_of(part);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            names
        };
        match &locator.kind {
            LocatorKind::Heading(words) => {
                let titles: Vec<String> =
                    within().map(|part| self.title_of(part)).filter(|title| !title.is_empty()).collect();
                let near = nearest(words, titles.iter().map(String::as_str));
                near.map(|title| format!("\"{title}\"")).into_iter().collect()
            }
            LocatorKind::Annex(_) => named(PartKind::Annex),
            LocatorKind::Box(_) => named(PartKind::Box),
            LocatorKind::Article(_) => named(PartKind::Article),
            LocatorKind::Paragraph(_) => named(PartKind::Paragraph),
            LocatorKind::Subsection(_) => named(PartKind::Subsection),
            LocatorKind::Number(_) => named(PartKind::Number),
            LocatorKind::Letter(_) => named(PartKind::Letter),
            LocatorKind::Bullet(_) => {
                let items = within().filter(|part| part.kind == PartKind::Bullet).count();
                if items == 0 { Vec::new() } else { vec![format!("pind 1 – {items}")] }
            }
            LocatorKind::Section(_) | LocatorKind::Passage(..) => Vec::new(),
        }
    }
}

impl Step {
    fn stretch(range: Range<usize>) -> Step {
        Step { part: None, whole: range.clone(), reach: range }
    }
}

fn step((at, part): (usize, &Part)) -> Step {
    Step { part: Some(at), whole: part.whole.clone(), reach: part.reach.clone() }
}

fn passage(step: &Step) -> Passage {
    Passage { start: step.whole.start, end: step.whole.end }
}

/// The paragraphs of a text: stretches between empty lines, or single lines where no empty lines stand between them.
fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut at, mut open) = (0, false);
    for line in text.split_inclusive('\n') {
        let blank = line.trim().is_empty();
        match (blank, open) {
            (true, _) => open = false,
            (false, true) => {
                if let Some(last) = found.last_mut() {
                    last.end = at + line.len();
                }
            }
            (false, false) => {
                found.push(at..at + line.len());
                open = true;
            }
        }
        at += line.len();
    }
    found.into_iter()
}
