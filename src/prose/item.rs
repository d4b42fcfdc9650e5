//! What stands beside the clauses: the head of an agreement, who and what it counts, its indices and its words.

use super::document::{Block, Entry, Grid, Line, capital, listed, say, words_of};
use super::line::basis_of;
use super::span::InForce;
use super::voice::Voice;
use crate::syntax::ast::{
    Agreement, Amendment, Clause, EntityDecl, FactDecl, IndexAt, IndexDecl, Note, StmtKind, TypeDecl,
    UnitDecl,
};

impl Voice<'_> {
    /// The head of an agreement: who, when, in which prices, on what it rests.
    pub(super) fn agreement(&self, agreement: &Agreement, doc: &[String]) -> Vec<Block> {
        let lang = self.lang;
        let mut blocks = Vec::new();
        if !doc.is_empty() {
            blocks.push(Block::Para(self.doc(doc)));
        }
        let mut facts = Vec::new();
        if !agreement.parties.is_empty() {
            let parties: Vec<Line> = agreement.parties.iter().map(|party| Line::text(&party.text)).collect();
            let parties = listed(&parties, ", ", lang.pick(" og ", " and "));
            facts.push(say(lang.pick("parterne er {0}", "the parties are {0}"), &[&parties]));
        }
        if let Some(period) = &agreement.period {
            let template = match agreement.is_act {
                true => lang.pick("loven gælder {0}", "the act is in force {0}"),
                false => lang.pick("aftalen gælder {0}", "the agreement is in force {0}"),
            };
            facts.push(say(template, &[&self.when(period)]));
        }
        if let Some(level) = &agreement.price_level {
            let assumed = match level.assumed {
                true => lang.pick(
                    "; det er antaget, for teksten siger det ikke",
                    "; this is assumed, for the text does not say so",
                ),
                false => "",
            };
            let level = Line::text(self.level(level.level));
            facts.push(say(
                lang.pick(
                    "hvor intet andet står, er beløb opgjort i priser og lønninger i {0}{1}",
                    "where nothing else is said, amounts are in prices and wages at the {0}{1}",
                ),
                &[&level, &Line::text(assumed)],
            ));
        }
        if !facts.is_empty() {
            blocks.push(Block::List(facts.into_iter().map(|fact| Entry::plain(fact.sentence())).collect()));
        }
        blocks.extend(self.rests_on(&agreement.basis));
        blocks
    }

    /// What stands over the lines of a clause: the author's words, the basis, for whom and when.
    pub(super) fn clause_head(&self, clause: &Clause, doc: &[String]) -> Vec<Block> {
        let lang = self.lang;
        let mut blocks = Vec::new();
        if !doc.is_empty() {
            blocks.push(Block::Para(self.doc(doc)));
        }
        blocks.extend(self.rests_on(&basis_of(&clause.body)));
        if let Some(path) = &clause.carries_over {
            let carried = self.whole_clause(path);
            blocks.push(Block::Para(say(
                lang.pick("Klausulen viderefører {0}.", "The clause carries over {0}."),
                &[&carried],
            )));
        }
        if let Some(each) = &clause.each {
            let kind = self.names.kind(&each.text);
            let plural = kind.and_then(|kind| kind.names.get(1).or(kind.names.first()));
            let all = Line::text(words_of(plural.map_or(&each.text, |name| &name.text)));
            blocks.push(Block::Para(say(
                lang.pick(
                    "Klausulen gælder for alle {0}, hver for sig.",
                    "The clause applies to all {0}, each separately.",
                ),
                &[&all],
            )));
        }
        blocks
    }

    /// An amendment: from when, of what, and what it changes.
    pub(super) fn amendment(&self, amendment: &Amendment, at: &InForce) -> Vec<Block> {
        let lang = self.lang;
        let times = amendment.body.iter().filter_map(|stmt| match &stmt.kind {
            StmtKind::InForce(when) => Some(self.when(when)),
            _ => None,
        });
        let times: Vec<Line> = times.collect();
        let of = Line::text(words_of(&amendment.of.text));
        let line = match times.is_empty() {
            true => say(lang.pick("Ændrer {0}.", "Amends {0}."), &[&of]),
            false => {
                let times = listed(&times, ", ", ", ");
                say(lang.pick("Ændrer {0}. Gælder {1}.", "Amends {0}. In force {1}."), &[&of, &times])
            }
        };
        let mut blocks = vec![Block::Para(line)];
        blocks.extend(self.rests_on(&basis_of(&amendment.body)));
        let rest: Vec<_> = amendment
            .body
            .iter()
            .filter(|stmt| !matches!(stmt.kind, StmtKind::InForce(_)))
            .cloned()
            .collect();
        blocks.push(Block::List(self.lines(&rest, at)));
        blocks
    }

    /// A passage that nothing is computed from.
    pub(super) fn note(&self, note: &Note, doc: &[String]) -> Entry {
        let lang = self.lang;
        let mut line =
            Line::text(self.heading(note.title.as_ref().map(|title| title.text.as_str()), &note.name.text))
                .sentence();
        if !note.on.is_empty() {
            let on: Vec<Line> = note.on.iter().map(|text| Line::text(&text.text)).collect();
            let on = listed(&on, ", ", lang.pick(" og ", " and "));
            line = line.and(say(lang.pick(" Det afgør {0}.", " It is for {0} to judge."), &[&on]));
        }
        if let Some(reason) = &note.reason {
            line = line.then(" ").and(self.doc(std::slice::from_ref(&reason.text)).capital());
        }
        let mut under = Vec::new();
        if !doc.is_empty() {
            under.push(Block::Para(self.doc(doc)));
        }
        under.extend(self.rests_on(&note.basis));
        Entry { number: None, line, under }
    }

    /// What must be known of each of a kind.
    pub(super) fn kind(&self, many: &str, facts: &[&FactDecl]) -> Option<Block> {
        if facts.is_empty() {
            return None;
        }
        let lang = self.lang;
        let row = |fact: &&FactDecl| {
            let words = fact.title.as_ref().map(|title| Line::text(&title.text));
            let doc = (!fact.doc.is_empty()).then(|| self.doc(&fact.doc));
            let words: Vec<Line> = words.into_iter().chain(doc).collect();
            vec![
                Line::name(&fact.name.text).capital(),
                self.type_of(&fact.ty).capital(),
                listed(&words, ". ", ". "),
            ]
        };
        let caption = lang
            .pick(format!("Oplyses for de enkelte {many}"), format!("To be supplied for each of the {many}"));
        let head = [("Oplysning", "Fact"), ("Art", "Sort"), ("Forklaring", "Explanation")];
        Some(Block::Table(Grid {
            caption: Line::text(caption),
            head: head.into_iter().map(|(da, en)| Line::text(lang.pick(da, en))).collect(),
            rows: facts.iter().map(row).collect(),
        }))
    }

    /// Somebody whom the rules name, and what they say of it.
    pub(super) fn entity(&self, entity: &EntityDecl) -> Entry {
        let lang = self.lang;
        let mut parts = Vec::new();
        if let Some(exists) = &entity.exists {
            parts.push(say(lang.pick("findes {0}", "exists {0}"), &[&self.when(exists)]));
        }
        if !entity.succeeds.is_empty() {
            let before: Vec<Line> = entity.succeeds.iter().map(|text| Line::text(&text.text)).collect();
            let before = listed(&before, ", ", lang.pick(" og ", " and "));
            parts.push(say(lang.pick("afløser {0}", "succeeds {0}"), &[&before]));
        }
        parts.extend(entity.facts.iter().map(|fact| self.supposed(fact)));
        let name = Line::text(format!("{} {}", words_of(&entity.kind.text), entity.name.text)).capital();
        Entry::plain(match parts.is_empty() {
            true => name.sentence(),
            false => name.then(": ").and(listed(&parts, "; ", "; ")).sentence(),
        })
    }

    /// An index: a table of its steps or points.
    pub(super) fn index(&self, index: &IndexDecl, doc: &[String]) -> Vec<Block> {
        let lang = self.lang;
        let mut blocks = Vec::new();
        if !doc.is_empty() {
            blocks.push(Block::Para(self.doc(doc)));
        }
        blocks.extend(self.rests_on(&index.basis));
        let is_step = index.lines.iter().any(|line| matches!(line.at, IndexAt::Step(..)));
        let is_cited = index.lines.iter().any(|line| !line.basis.is_empty());
        let row = |line: &crate::syntax::ast::IndexLine| {
            let at = match &line.at {
                IndexAt::Step(from, to) => {
                    lang.pick(format!("fra {from} til {to}"), format!("from {from} to {to}"))
                }
                IndexAt::Point(period) => period.print(lang),
            };
            let mut cells = vec![Line::text(capital(&at)), self.value(&line.value)];
            if is_cited {
                cells.push(self.citations(&line.basis));
            }
            cells
        };
        let value = match is_step {
            true => lang.pick("Stigning", "Rise"),
            false => lang.pick("Indekstal", "Index number"),
        };
        let mut head = vec![Line::text(lang.pick("Hvornår", "When")), Line::text(value)];
        if is_cited {
            head.push(Line::text(lang.pick("Hjemmel", "Basis")));
        }
        let title = self.heading(index.title.as_ref().map(|title| title.text.as_str()), &index.name.text);
        blocks.push(Block::Table(Grid {
            caption: Line::text(title),
            head,
            rows: index.lines.iter().map(row).collect(),
        }));
        blocks
    }

    /// A unit that the rules count in.
    pub(super) fn unit_declared(&self, unit: &UnitDecl) -> Entry {
        let lang = self.lang;
        let names = self.declared(&unit.names);
        let line = match (&unit.multiple_of, unit.is_money) {
            (Some(of), _) => {
                say(lang.pick("måleenheden {0} er {1}", "the unit {0} is {1}"), &[&names, &self.literal(of)])
            }
            (None, true) => say(lang.pick("måleenheden {0} er penge", "the unit {0} is money"), &[&names]),
            (None, false) => say(lang.pick("der tælles i {0}", "things are counted in {0}"), &[&names]),
        };
        Entry::plain(line.sentence())
    }

    /// A sort of value that has a name.
    pub(super) fn type_declared(&self, ty: &TypeDecl) -> Entry {
        let name = Line::name(&ty.name.text);
        Entry::plain(
            say(self.lang.pick("{0} er {1}", "{0} is {1}"), &[&name, &self.type_of(&ty.ty)]).sentence(),
        )
    }
}
