//! Names, paths, cells and citations in words, as they are said within a clause.

use super::document::{Line, OutsideClause, Piece, listed, say, words_of};
use super::names::{Names, Sort};
use crate::base::Lang;
use crate::syntax::ast::{Cell, CellKind, Citation, Name, Path, PathPart, Range, RangeBound};
use crate::syntax::{Basis, cite_all};

/// Who speaks: the language of the sentences, that of the rules, and the clause that is spoken of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Voice<'a> {
    pub(super) lang: Lang,
    pub(super) written: Lang,
    pub(super) names: &'a Names<'a>,
    pub(super) clause: Option<&'a str>,
    /// The agreement whose text is told, where that is not one of those shown.
    pub(super) home: Option<&'a str>,
}

impl Voice<'_> {
    /// A text of the rules in quotation marks.
    pub(super) fn quoted(&self, text: &str) -> Line {
        Line::text(self.lang.pick(format!("»{text}«"), format!("“{text}”")))
    }

    /// A title: what is set apart in it stands in quotation marks.
    pub(super) fn title_text(&self, text: &str) -> Line {
        Line::text(self.marks(&text.replace('`', "\"")))
    }

    /// What something is called: its title, or the words of its name.
    pub(super) fn called(&self, name: &str) -> Line {
        match self.names.title_of(name) {
            Some(title) => self.quoted(title),
            None => Line::name(name),
        }
    }

    /// A reading by its title: readings of several assumptions may have one name.
    pub(super) fn reading_called(&self, assumption: &str, reading: &str) -> Line {
        match self.names.reading_title(assumption, reading) {
            Some(title) => self.quoted(title),
            None => Line::name(reading),
        }
    }

    /// What a path stands for: `reduktion (afsnit 1)`, `den bortfaldne del af drift`.
    pub(super) fn path(&self, path: &Path) -> Line {
        let (agreement, parts) = self.inside(path);
        if let Some((rest, template)) = self.part_of_grant(parts) {
            return say(template, &[&self.parts(agreement, rest)]);
        }
        self.parts(agreement, parts)
    }

    /// The agreement that a path names, and the rest of it.
    fn inside<'p>(&'p self, path: &'p Path) -> (Option<&'p str>, &'p [PathPart]) {
        match path.parts.as_slice() {
            [first, rest @ ..] if !rest.is_empty() && self.names.is_agreement(&first.name.text) => {
                (Some(&first.name.text), rest)
            }
            all => (self.home, all),
        }
    }

    /// `drift.fuldt` and `drift.bortfaldet`, in either language.
    fn part_of_grant<'p>(&self, parts: &'p [PathPart]) -> Option<(&'p [PathPart], &'static str)> {
        let (last, rest) = parts.split_last()?;
        let of_clause = match rest {
            [] => return None,
            [only] => self.names.find_clause(None, &only.name.text).is_some(),
            _ => false,
        };
        match last.name.text.as_str() {
            _ if of_clause => None,
            "fuldt" | "full" => {
                Some((rest, self.lang.pick("det fulde beløb af {0}", "the full amount of {0}")))
            }
            "bortfaldet" | "lapsed" => {
                Some((rest, self.lang.pick("det bortfaldne af {0}", "what lapses of {0}")))
            }
            _ => None,
        }
    }

    fn parts(&self, agreement: Option<&str>, parts: &[PathPart]) -> Line {
        match parts {
            [] => Line::default(),
            [one] => self.one(one, self.clause),
            // A clause may bear the name of a kind; only the kind says of whom.
            [kind, member] if !kind.cells.is_empty() && self.names.kind(&kind.name.text).is_some() => {
                let whom = self.cells(&kind.cells);
                say(self.lang.pick("{0} for {1}", "{0} of {1}"), &[&self.one(member, None), &whom])
            }
            [clause, rest @ ..] => {
                let words: Vec<Line> =
                    rest.iter().map(|part| self.one(part, Some(&clause.name.text))).collect();
                let words = listed(&words, ", ", ", ");
                let owner = self.names.find_clause(agreement, &clause.name.text);
                match owner {
                    Some(_) if agreement == self.home && self.clause == Some(clause.name.text.as_str()) => {
                        words
                    }
                    Some(_) | None => {
                        let last = rest.last().map_or("", |part| &part.name.text);
                        words.then(" (").and(self.whose_name(agreement, &clause.name, last)).then(")")
                    }
                }
            }
        }
    }

    /// Whose a name is: what is not shown is told of after the clauses.
    fn whose_name(&self, agreement: Option<&str>, clause: &Name, name: &str) -> Line {
        let called = self.clause_named(agreement, clause);
        match self.names.find_clause(agreement, &clause.text).filter(|own| own.number.is_none()) {
            Some(own) => {
                let agreement = own.agreement.map(str::to_owned);
                let clause = OutsideClause { agreement, name: own.name.to_owned() };
                Line::one(Piece::Outside { text: called.words(), clause, name: name.to_owned() })
            }
            None => called,
        }
    }

    /// `afsnit 3`, or the title of a clause that is not shown.
    pub(super) fn clause_named(&self, agreement: Option<&str>, name: &Name) -> Line {
        let Some(clause) = self.names.find_clause(agreement, &name.text) else {
            return Line::name(&name.text);
        };
        match (clause.number, clause.title) {
            (Some(number), _) => Line::one(Piece::Link {
                text: self.lang.pick(format!("afsnit {number}"), format!("section {number}")),
                to: format!("k{number}"),
            }),
            (None, title) => {
                let called = title.map_or_else(|| Line::name(&name.text), |title| self.quoted(title));
                match clause.agreement {
                    Some(agreement) => called.then(&format!(", {}", words_of(agreement))),
                    None => called,
                }
            }
        }
    }

    fn one(&self, part: &PathPart, clause: Option<&str>) -> Line {
        // An index or a judgement is known by its title, unless the clause has something of its own of that name.
        let name = &part.name.text;
        let words = match self.names.known_title(name).filter(|_| !self.names.has(clause, name)) {
            Some(title) => self.quoted(title),
            None => Line::name(name),
        };
        match part.cells.is_empty() {
            true => words,
            false => self.in_row(&words, part, clause),
        }
    }

    /// A cell of a table by the values of its keys: `andel bevaret (opfyldte: mindst 2)`.
    fn in_row(&self, words: &Line, part: &PathPart, clause: Option<&str>) -> Line {
        let keys = self
            .names
            .table_of(clause, &part.name.text)
            .map(|table| table.keys.as_slice())
            .unwrap_or_default();
        if keys.len() != part.cells.len() {
            return say(self.lang.pick("{0} for {1}", "{0} for {1}"), &[words, &self.cells(&part.cells)]);
        }
        let pairs = keys.iter().zip(&part.cells);
        let pairs: Vec<Line> =
            pairs.map(|(key, cell)| say("{0}: {1}", &[&self.part(key), &self.cell(cell)])).collect();
        say("{0} ({1})", &[words, &listed(&pairs, ", ", ", ")])
    }

    fn cells(&self, cells: &[Cell]) -> Line {
        let cells: Vec<Line> = cells.iter().map(|cell| self.cell(cell)).collect();
        listed(&cells, ", ", self.lang.pick(" og ", " and "))
    }

    /// What sort of thing a path stands for.
    pub(super) fn path_sort(&self, path: &Path) -> Sort {
        let (_, parts) = self.inside(path);
        match parts {
            [one] => self.names.sort(self.clause, &one.name.text),
            [clause, .., last] => self.names.sort(Some(&clause.name.text), &last.name.text),
            [] => Sort::Value,
        }
    }

    /// A cell of a table.
    pub(super) fn cell(&self, cell: &Cell) -> Line {
        let lang = self.lang;
        match &cell.kind {
            CellKind::Expr(expr) => self.value(expr),
            CellKind::AnyOf(all) => {
                let all: Vec<Line> = all.iter().map(|one| self.value(one)).collect();
                listed(&all, ", ", lang.pick(" eller ", " or "))
            }
            CellKind::NoneOf(all) => {
                let all: Vec<Line> = all.iter().map(|one| self.value(one)).collect();
                let all = listed(&all, ", ", lang.pick(" og ", " and "));
                say(lang.pick("alt andet end {0}", "anything but {0}"), &[&all])
            }
            CellKind::Range(range) => self.range(range),
            CellKind::When(when) => self.when(when),
            CellKind::Step(from, to) => {
                Line::text(lang.pick(format!("{from} til {to}"), format!("{from} to {to}")))
            }
            CellKind::Slice(Some(up_to)) => {
                say(lang.pick("delen op til {0}", "the part up to {0}"), &[&self.part(up_to)])
            }
            CellKind::Slice(None) => Line::text(lang.pick("delen derover", "the part above that")),
            CellKind::Any => Line::text(lang.pick("alle", "any")),
            CellKind::Otherwise => Line::text(lang.pick("ellers", "otherwise")),
            CellKind::Repealed => Line::text(lang.pick("udgår", "is repealed")),
        }
    }

    /// A range of values: `mindst 2`, `fra 0 til og med 4`.
    pub(super) fn range(&self, range: &Range) -> Line {
        let lang = self.lang;
        let low = range
            .low
            .as_ref()
            .map(|low| self.bound(low, lang.pick(("mindst", "over"), ("at least", "above"))));
        let high = range
            .high
            .as_ref()
            .map(|high| self.bound(high, lang.pick(("højst", "under"), ("at most", "below"))));
        match (&range.low, &range.high, low, high) {
            (Some(low), Some(high), ..) if low.included && high.included => say(
                lang.pick("fra {0} til og med {1}", "from {0} up to and including {1}"),
                &[&self.part(&low.value), &self.part(&high.value)],
            ),
            (_, _, Some(low), Some(high)) => low.then(lang.pick(" og ", " and ")).and(high),
            (_, _, Some(one), None) | (_, _, None, Some(one)) => one,
            (_, _, None, None) => Line::default(),
        }
    }

    fn bound(&self, bound: &RangeBound, (included, not): (&str, &str)) -> Line {
        let word = if bound.included { included } else { not };
        Line::text(format!("{word} ")).and(self.part(&bound.value))
    }

    /// The places that something rests on: `ØA25, bilag 1, boks 5`.
    pub(super) fn citations(&self, all: &[Citation]) -> Line {
        let all = Basis::all(all, self.lang);
        let mut line = Line::default();
        let mut before: Option<&Basis> = None;
        for basis in &all {
            let is_named = before.is_some_and(|before| before.source == basis.source) && !basis.at.is_empty();
            let text = if is_named {
                self.marks(&basis.at)
            } else {
                self.marks(&cite_all(std::slice::from_ref(basis)))
            };
            if before.is_some() {
                line = line.then("; ");
            }
            line = line.and(Line::one(Piece::Cite { text, basis: basis.clone() }));
            before = Some(basis);
        }
        line
    }

    /// The quotation marks of a citation, as print has them.
    pub(super) fn marks(&self, text: &str) -> String {
        let (open, close) = self.lang.pick(('»', '«'), ('“', '”'));
        let mut is_open = false;
        let mark = |c: char| match c {
            '"' => {
                is_open = !is_open;
                if is_open { open } else { close }
            }
            other => other,
        };
        text.chars().map(mark).collect()
    }
}
