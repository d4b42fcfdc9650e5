//! What the rules hold: lists, the text as written, and what it rests on.

use std::collections::BTreeSet;

use super::problem::ReplProblem;
use super::values::{spoken_in, width};
use crate::base::{Lang, Span, bi};
use crate::diag::nearest;
use crate::model::{Body, ClauseId, Def, DefId, FactId, FactOwner, Model, TableId};
use crate::render::visible_lines;
use crate::session::Session;
use crate::syntax::ast::{Citation, ItemKind, Source};

/// Something the rules name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Named {
    /// A clause.
    Clause(ClauseId),
    /// A definition.
    Def(DefId),
    /// A fact or given value.
    Fact(FactId),
    /// Any other item: a source, a kind, a scenario.
    Item(Span),
}

/// What the lookups read.
#[derive(Clone, Copy)]
pub(super) struct Rules<'a> {
    /// The texts and trees.
    pub(super) session: &'a Session,
    /// The names.
    pub(super) model: &'a Model,
    /// The language spoken.
    pub(super) lang: Lang,
    /// The widest line.
    pub(super) width: usize,
}

/// How many names are offered to somebody who wrote a part of one.
const MOST_ALIKE: usize = 6;
/// With fewer letters a part of a name says too little.
const FEWEST_LETTERS: usize = 4;

impl Rules<'_> {
    /// Finds what a name names: `clause`, `clause.name`, or a name that only one clause has.
    pub(super) fn find(self, name: &str) -> Result<Named, ReplProblem> {
        let model = self.model;
        let clause = model.clauses.ids().find(|id| model.is_clause(*id, name)).map(Named::Clause);
        let def = || model.defs.ids().find(|id| self.spoken(*id) == name || model.is_def(*id, name));
        let fact = || model.facts.ids().find(|id| model.is_fact(*id, name));
        let found = clause.or_else(|| def().map(Named::Def)).or_else(|| fact().map(Named::Fact));
        let found = found.or_else(|| self.only(name)).or_else(|| self.item(name).map(Named::Item));
        found.ok_or_else(|| {
            let alike = self.alike(name);
            let nearest = if alike.is_empty() { self.near(name) } else { None };
            ReplProblem::NotAName { name: name.to_owned(), nearest, alike }
        })
    }

    /// The full names that a part of a name may stand for: those of several clauses that bear it, or else those that
    /// hold it.
    fn alike(self, name: &str) -> Vec<String> {
        let model = self.model;
        let clauses = model.clauses.iter().map(|clause| clause.full.clone());
        let defs = model.defs.ids().filter(|id| is_public(&model.defs[*id])).map(|id| self.spoken(id));
        let facts = model.facts.ids().map(|id| model.fact_name(id));
        let all: BTreeSet<String> = clauses.chain(defs).chain(facts).collect();
        let own = |full: &&String| full.rsplit('.').next() == Some(name);
        let wanted = name.to_lowercase();
        let holds = |full: &&String| {
            name.chars().count() >= FEWEST_LETTERS
                && full.rsplit('.').next().is_some_and(|last| last.to_lowercase().contains(&wanted))
        };
        let bearing: Vec<String> = all.iter().filter(own).cloned().collect();
        match bearing.is_empty() {
            true => all.iter().filter(holds).take(MOST_ALIKE).cloned().collect(),
            false => bearing.into_iter().take(MOST_ALIKE).collect(),
        }
    }

    /// A definition or given value whose bare name no other has.
    fn only(self, name: &str) -> Option<Named> {
        let model = self.model;
        let defs = model.defs.ids().filter(|id| model.defs[*id].name == name && is_public(&model.defs[*id]));
        let facts = model.facts.ids().filter(|id| model.facts[*id].name == name);
        let all: Vec<Named> = defs.map(Named::Def).chain(facts.map(Named::Fact)).collect();
        // A name of the rules at hand is not in doubt because rules that they bring in have it too.
        let own: Vec<Named> = all.iter().copied().filter(|named| !self.is_brought_in(*named)).collect();
        match (all.as_slice(), own.as_slice()) {
            ([one], _) | (_, [one]) => Some(*one),
            (_, _) => None,
        }
    }

    /// Tells whether a name without its clause means one thing.
    pub(super) fn is_alone(self, name: &str) -> bool {
        self.only(name).is_some()
    }

    fn is_brought_in(self, named: Named) -> bool {
        let model = self.model;
        match named {
            Named::Clause(clause) => model.is_imported(clause),
            Named::Def(def) => model.is_imported(model.defs[def].clause),
            Named::Fact(fact) => model.imports.is_brought_in(model.facts[fact].span.file),
            Named::Item(span) => model.imports.is_brought_in(span.file),
        }
    }

    /// A definition's full name as it is written in the language of the rules: `drift.fuldt`, `drift.full`.
    pub(super) fn spoken(self, def: DefId) -> String {
        spoken_in(&self.model.full_name(def), self.session.lang())
    }

    fn near(self, name: &str) -> Option<String> {
        let names = self.names();
        nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
    }

    pub(super) fn names(self) -> Vec<String> {
        let model = self.model;
        let clauses = model.clauses.iter().map(|clause| clause.full.clone());
        let defs = model.defs.ids().filter(|id| is_public(&model.defs[*id]));
        let defs = defs.flat_map(|id| [model.defs[id].name.clone(), self.spoken(id)]);
        let facts = model.facts.ids().map(|id| model.fact_name(id));
        clauses.chain(defs).chain(facts).collect()
    }

    fn item(self, name: &str) -> Option<Span> {
        self.items(name).next()
    }

    fn items(self, name: &str) -> impl Iterator<Item = Span> {
        let items = self.session.files().iter().flat_map(|file| &file.items);
        items.filter(move |item| item_names(&item.kind).contains(&name)).map(|item| item.span)
    }

    /// Lists the clauses with their titles, or what a clause holds.
    pub(super) fn list(self, name: &str) -> Result<String, ReplProblem> {
        if name.is_empty() {
            let clauses = self.model.clauses.iter();
            let rows = clauses.map(|clause| (clause.full.clone(), clause.title.clone().unwrap_or_default()));
            return Ok(columns(&rows.collect::<Vec<_>>(), self.width));
        }
        match self.find(name)? {
            Named::Clause(clause) => Ok(self.list_clause(clause)),
            Named::Def(def) => Ok(self.list_clause(self.model.defs[def].clause)),
            Named::Fact(fact) => match self.model.facts[fact].owner {
                FactOwner::Clause(clause) => Ok(self.list_clause(clause)),
                FactOwner::Kind(_) | FactOwner::File => self.show(name),
            },
            Named::Item(_) => self.show(name),
        }
    }

    fn list_clause(self, id: ClauseId) -> String {
        let clause = &self.model.clauses[id];
        let given = self.lang.pick("givet", "given");
        let givens = clause.givens.iter().map(|fact| {
            let fact = &self.model.facts[*fact];
            (fact.name.clone(), join(given, fact.title.as_deref().unwrap_or_default()))
        });
        let defs = clause.defs.iter().filter(|def| is_public(&self.model.defs[**def]));
        let defs = defs.map(|def| {
            let def = &self.model.defs[*def];
            (spoken_in(&def.name, self.session.lang()), def.doc.join(" "))
        });
        let rows: Vec<_> = givens.chain(defs).collect();
        let title = clause.title.as_deref().unwrap_or_default();
        format!("{}\n{}", join(&clause.full, title), indented(&columns(&rows, self.width.saturating_sub(2))))
    }

    /// Shows something as its file writes it, with the place.
    pub(super) fn show(self, name: &str) -> Result<String, ReplProblem> {
        let spans = match self.find(name)? {
            Named::Clause(clause) => self.item(&self.model.clauses[clause].name).into_iter().collect(),
            Named::Def(def) => self.def_spans(def),
            Named::Fact(fact) => vec![self.model.facts[fact].span],
            // What is declared in several places, as a kind is by each agreement that adds to it, is shown whole.
            Named::Item(_) => self.items(name).collect(),
        };
        Ok(spans.into_iter().map(|span| self.passage(span)).collect())
    }

    /// Where a definition stands, with what exceptions put in its place.
    fn def_spans(self, def: DefId) -> Vec<Span> {
        let def = &self.model.defs[def];
        let spans = def.lines().map(|alternative| match alternative.body {
            Body::Expr(expr) => match self.model.table_behind(expr) {
                Some((table, _)) => self.table_span(table),
                None => alternative.span,
            },
            Body::Lifted => alternative.span,
        });
        let mut spans: Vec<Span> = spans.collect();
        spans.sort();
        spans.dedup();
        spans
    }

    fn table_span(self, table: TableId) -> Span {
        let table = &self.model.tables[table];
        table.rows.last().map_or(table.span, |row| table.span.to(row.span))
    }

    /// A passage of a file, whole lines, under the place where it stands. What every line is indented by is left out.
    fn passage(self, span: Span) -> String {
        let sources = self.session.sources();
        let file = sources.file(span.file);
        let whole = sources.text(span).trim_end().len();
        let end = Span::new(span.file, span.range().start + whole, span.range().start + whole);
        let (first, last) = (sources.place(span), sources.place(end));
        let lines: Vec<&str> = (first.line..=last.line).map(|line| file.line(line).trim_end()).collect();
        let used = lines.iter().filter(|line| !line.is_empty());
        let indent = used.map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
        let text: String =
            lines.iter().map(|line| line.get(indent..).unwrap_or_default().to_owned() + "\n").collect();
        let text = indented(&text);
        visible_lines(&format!("{}:{}\n{text}", file.name, first.line)).into_owned()
    }

    /// Lists what something rests on, with the titles of the documents.
    pub(super) fn source(self, name: &str) -> Result<String, ReplProblem> {
        let found = self.find(name)?;
        let clause = match found {
            Named::Clause(clause) => Some(clause),
            Named::Def(def) => Some(self.model.defs[def].clause),
            Named::Fact(fact) => match self.model.facts[fact].owner {
                FactOwner::Clause(clause) => Some(clause),
                FactOwner::Kind(_) | FactOwner::File => None,
            },
            Named::Item(_) => None,
        };
        let mut text = String::new();
        if let Named::Def(def) = found {
            text += &self.own_bases(def);
        }
        if let Some(clause) = clause {
            let clause = &self.model.clauses[clause];
            text += &self.cited(&clause.full, &clause.basis);
        }
        if text.is_empty() {
            let none = bi!("`{name}` har ingen hjemmel", "`{name}` has no basis");
            return Ok(format!("{}\n", none.get(self.lang)));
        }
        Ok(visible_lines(&format!("{text}{}", self.documents(&text))).into_owned())
    }

    /// The titles of the documents that citations name.
    fn documents(self, cited: &str) -> String {
        let is_cited = |id: &str| cited.lines().any(|line| line.trim_start().starts_with(&format!("{id} ")));
        let sources = self.model.sources.iter().filter(|(id, _)| is_cited(id));
        let line = |(id, source): (&String, &Source)| {
            let by = source.publisher.as_ref().map(|by| format!(", {}", by.text)).unwrap_or_default();
            format!("{id}: {}{by}\n", source.title.text)
        };
        sources.map(line).collect()
    }

    fn own_bases(self, def: DefId) -> String {
        let data = &self.model.defs[def];
        let own: Vec<&Citation> = data.alternatives.iter().flat_map(|a| &a.basis).collect();
        let mut text = self.cited_all(&self.spoken(def), &own);
        for (id, alternative) in &data.exceptions {
            let exception = &self.model.exceptions[*id];
            let word = self.lang.pick("undtagelsen", "the exception");
            let all: Vec<&Citation> = exception.basis.iter().chain(&alternative.basis).collect();
            text += &self.cited_all(&format!("{word} {}", exception.name), &all);
        }
        text
    }

    fn cited(self, heading: &str, basis: &[Citation]) -> String {
        self.cited_all(heading, &basis.iter().collect::<Vec<_>>())
    }

    fn cited_all(self, heading: &str, basis: &[&Citation]) -> String {
        if basis.is_empty() {
            return String::new();
        }
        let sources = self.session.sources();
        let line = |citation: &&Citation| format!("  {}\n", sources.text(citation.span).trim());
        let lines: String = basis.iter().map(line).collect();
        format!("{heading}\n{lines}")
    }
}

/// Tells whether others may use a definition: those of exceptions are local.
pub(super) fn is_public(def: &Def) -> bool {
    def.local_to.is_none()
}

/// The names that an item can be looked up by.
fn item_names(item: &ItemKind) -> Vec<&str> {
    match item {
        ItemKind::Agreement(x) => vec![&x.name.text],
        ItemKind::Source(x) => vec![&x.name.text],
        ItemKind::Unit(x) => x.names.iter().map(|name| name.text.as_str()).collect(),
        ItemKind::Type(x) => vec![&x.name.text],
        ItemKind::Kind(x) => x.names.iter().map(|name| name.text.as_str()).collect(),
        ItemKind::Entity(x) => vec![&x.name.text],
        ItemKind::Index(x) => vec![&x.name.text],
        ItemKind::Given(x) => vec![&x.name.text],
        ItemKind::Clause(x) => vec![&x.name.text],
        ItemKind::Assumption(x) => vec![&x.name.text],
        ItemKind::Amendment(x) => vec![&x.name.text],
        ItemKind::Scenario(x) => vec![&x.name.text],
        ItemKind::Note(x) => vec![&x.name.text],
        ItemKind::Use(_) | ItemKind::Test(_) | ItemKind::Check(_) => vec![],
        ItemKind::Precedence(_) | ItemKind::Error => vec![],
    }
}

fn join(a: &str, b: &str) -> String {
    if b.is_empty() { a.to_owned() } else { format!("{a}: {b}") }
}

/// Lays out pairs in two columns.
pub(super) fn columns(rows: &[(String, String)], most: usize) -> String {
    let widest = rows.iter().map(|(head, _)| width(head)).max().unwrap_or(0);
    let beside = widest + 2 + NARROWEST <= most;
    let line = |(head, text): &(String, String)| {
        let gap = " ".repeat(widest.saturating_sub(width(head)) + 2);
        match (text.is_empty(), beside) {
            (true, _) => format!("{head}\n"),
            (false, true) => filled(text, most, (&format!("{head}{gap}"), widest + 2)),
            // Where there is no room beside the names, what is said of them stands below.
            (false, false) => format!("{head}\n{}", filled(text, most, ("    ", 4))),
        }
    };
    visible_lines(&rows.iter().map(line).collect::<String>()).into_owned()
}

/// What is said of a name is not put into less room than this.
const NARROWEST: usize = 24;

/// A text in lines that are no wider than `most`: the first begins so, the others stand so far in.
fn filled(text: &str, most: usize, (first, rest): (&str, usize)) -> String {
    let rest = " ".repeat(rest);
    let options = textwrap::Options::new(most).initial_indent(first).subsequent_indent(&rest);
    format!("{}\n", textwrap::fill(text, options))
}

/// Puts two spaces before every line.
pub(super) fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n").collect()
}
