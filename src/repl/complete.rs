//! What can stand where the cursor is.

use std::collections::BTreeSet;

use super::command::{COMMANDS, Command, Parsed, parse_command};
use super::help::topics_and_codes;
use super::lookup::{Named, Rules, is_public};
use super::state::Repl;
use super::worlds::FILES;
use crate::model::{Body, DefId, FactOwner, KindId, TableId};
use crate::syntax::ast::ItemKind;
use crate::syntax::keywords::{KEYWORDS, WordClass};
use crate::syntax::{TokenKind, tokens};

/// What could stand from `start` to the cursor.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Completion {
    /// The byte where the word being typed starts.
    pub start: usize,
    /// The words that could stand there, each with whatever closes it.
    pub words: Vec<String>,
}

/// Of more words than these, the names in a clause wait until the clause is chosen.
const MOST_AT_ONCE: usize = 100;

/// More years of one agreement are not offered.
const MOST_YEARS: usize = 30;

impl Repl {
    /// Completes what stands before the cursor, `pos` bytes into `line`.
    pub fn complete(&self, line: &str, pos: usize) -> Completion {
        let before = line.get(..pos).unwrap_or(line);
        let wanted = self.wanted(before);
        let typed = before.get(wanted.start..).unwrap_or_default();
        // A name that stands in quotes may be begun without them.
        let bare = |word: &str| !typed.is_empty() && word.trim_start_matches('"').starts_with(typed);
        let fits = |word: &String| (word.starts_with(typed) || bare(word)) && word != typed;
        // Exceptions of several clauses go by one name.
        let mut seen = BTreeSet::new();
        let words = wanted.words.into_iter().filter(fits);
        let words: Vec<String> = words.filter(|word| seen.insert(word.clone())).collect();
        let words = if words.len() > MOST_AT_ONCE { by_clause(&words, typed) } else { words };
        if words.is_empty() { Completion { start: pos, words } } else { Completion { words, ..wanted } }
    }

    fn wanted(&self, before: &str) -> Completion {
        if before.trim_start().starts_with(':') {
            return self.in_command(before);
        }
        self.in_text(before)
    }

    /// After `:`: the command's own name, then what it takes.
    fn in_command(&self, before: &str) -> Completion {
        let start = before.len() - before.trim_start().len();
        let Some(end) = before.trim_start().find(char::is_whitespace) else {
            return Completion { start, words: self.command_names() };
        };
        let Parsed::Known(at, _) = parse_command(before.get(..start + end).unwrap_or_default(), self.lang())
        else {
            return Completion::default();
        };
        let command = COMMANDS.get(at).map(|entry| entry.command);
        let argument = word_start(before);
        let here = |words| Completion { start: argument, words };
        match command {
            Some(Command::Help) => here(topics_and_codes(self.lang())),
            Some(Command::World) => here(self.world.named.keys().cloned().collect()),
            Some(Command::Diff) => self.also(before, self.compared()),
            Some(Command::WhyNot) => self.also(before, self.not_in_play()),
            Some(Command::Year) => here(self.years()),
            Some(Command::Scenario) => here(self.model().scenarios.keys().cloned().collect()),
            Some(Command::Reading) => here(self.readings(before)),
            Some(Command::List) => here(self.model().clauses.iter().map(|c| c.name.clone()).collect()),
            Some(Command::For) => self.entity_argument(before, start + end),
            Some(
                Command::Explain
                | Command::Change
                | Command::Sweep
                | Command::Solve
                | Command::Missing
                | Command::Interview
                | Command::Show
                | Command::Source
                | Command::Uses
                | Command::Depends
                | Command::Set,
            ) => self.in_text(before),
            Some(Command::Reset | Command::Undo | Command::Redo | Command::Date)
            | Some(Command::Quit | Command::Save | Command::Load)
            | None => Completion::default(),
        }
    }

    /// What can stand in a text, and some names besides where a name can begin.
    fn also(&self, before: &str, names: Vec<String>) -> Completion {
        let Completion { start, words } = self.in_text(before);
        let ahead = before.get(..start).unwrap_or_default();
        match ahead.ends_with(char::is_whitespace) {
            true => Completion { start, words: names.into_iter().chain(words).collect() },
            false => Completion { start, words },
        }
    }

    /// The worlds that can be held against each other.
    fn compared(&self) -> Vec<String> {
        let files = self.lang().pick(FILES[0], FILES[1]).to_owned();
        self.world.named.keys().cloned().chain([files]).collect()
    }

    /// What can fail to come into play and has no name of a value: exceptions, and readings of what is unclear.
    fn not_in_play(&self) -> Vec<String> {
        let exceptions = self.model().exceptions.iter().map(|exception| exception.name.clone());
        let readings = self.model().assumptions.iter().flat_map(|assumption| {
            assumption.readings.iter().map(|reading| format!("{}={}", assumption.name, reading.name))
        });
        exceptions.chain(readings).collect()
    }

    /// The years that the agreements are about.
    fn years(&self) -> Vec<String> {
        let is_own = |file| !self.model().imports.is_brought_in(file);
        let own = self.model().agreements.iter().filter(|agreement| is_own(agreement.span.file));
        let periods = own.filter_map(|agreement| agreement.years);
        let years: BTreeSet<i16> =
            periods.flat_map(|(first, last)| (first..=last).take(MOST_YEARS)).collect();
        years.into_iter().map(|year| year.to_string()).collect()
    }

    fn command_names(&self) -> Vec<String> {
        let there = || COMMANDS.iter();
        let own = there().map(|entry| format!(":{}", entry.name(self.lang())));
        let other = there().flat_map(|entry| [format!(":{}", entry.da), format!(":{}", entry.en)]);
        let mut seen = BTreeSet::new();
        own.chain(other).filter(|name| seen.insert(name.clone())).collect()
    }

    fn readings(&self, before: &str) -> Vec<String> {
        let assumptions = &self.model().assumptions;
        match before.split_once('=') {
            None => assumptions.iter().map(|a| a.name.clone()).collect(),
            Some((head, _)) => {
                let name = head.split_whitespace().last().unwrap_or_default();
                let readings = assumptions.iter().filter(|a| a.name == name).flat_map(|a| &a.readings);
                readings.map(|reading| reading.name.clone()).collect()
            }
        }
    }

    /// `:for region "Sjælland"`: the kind, then its entities; a name alone will do.
    fn entity_argument(&self, before: &str, from: usize) -> Completion {
        if let Some(quoted) = self.in_quotes(before) {
            return quoted;
        }
        let start = word_start(before);
        let said = before.get(from..start).unwrap_or_default().trim();
        let kinds = self.model().kinds.ids().filter(|id| self.model().kinds[*id].name == said);
        let of_kind: Vec<String> =
            kinds.flat_map(|kind| self.entities(Some(kind))).map(|n| quote(&n)).collect();
        let all_kinds = self.model().kinds.iter().map(|kind| kind.name.clone());
        let words = if said.is_empty() {
            all_kinds.chain(self.entities(None).iter().map(|n| quote(n))).collect()
        } else {
            of_kind
        };
        Completion { start, words }
    }

    /// In an expression or a what-if.
    fn in_text(&self, before: &str) -> Completion {
        if let Some(quoted) = self.in_quotes(before) {
            return quoted;
        }
        let start = word_start(before);
        let ahead = before.get(..start).unwrap_or_default();
        if let Some(words) = self.in_statement(ahead) {
            return Completion { start, words };
        }
        let words = match ahead.chars().last() {
            Some('.') => self.after_dot(ahead),
            Some('[') => self.after_bracket(ahead),
            _ if self.follows_number(ahead) => self.units(),
            _ if self.follows_for(ahead) => self.entities(None).iter().map(|n| quote(n)).collect(),
            _ => self.names(),
        };
        Completion { start, words }
    }

    /// After the word that begins a line of a scenario: what it can be about.
    fn in_statement(&self, ahead: &str) -> Option<Vec<String>> {
        let first = ahead.split_once(char::is_whitespace)?.0;
        match first {
            "læsning" | "reading" => Some(self.readings(ahead)),
            "undtagelse" | "exception" if !ahead.contains('=') => {
                Some(self.model().exceptions.iter().map(|exception| exception.name.clone()).collect())
            }
            _ => None,
        }
    }

    /// Inside an open text: the entities of the kind named before it, else all.
    fn in_quotes(&self, before: &str) -> Option<Completion> {
        let open = tokens(before, self.session().lang());
        let open = open.last().filter(|token| token.kind == TokenKind::OpenText)?;
        let ahead = before.get(..open.range.start)?;
        let is_cell = ahead.ends_with('[');
        let kind_word = path_before(ahead.trim_end_matches('[').trim_end());
        let kind = self.model().find_kind(kind_word);
        let close = if is_cell { "\"]" } else { "\"" };
        let words = self.entities(kind).into_iter().map(|name| format!("\"{name}{close}")).collect();
        Some(Completion { start: open.range.start, words })
    }

    fn entities(&self, kind: Option<KindId>) -> Vec<String> {
        let facts = &self.bound().facts;
        let kinds = match kind {
            Some(kind) => vec![kind],
            None => self.model().kinds.ids().collect(),
        };
        let all = kinds.into_iter().flat_map(|kind| facts.of_kind(kind));
        all.map(|id| facts.get(id).name.clone()).collect()
    }

    /// After `clause.`: what it defines; after `region["…"].`: the facts of a region.
    fn after_dot(&self, ahead: &str) -> Vec<String> {
        let model = self.model();
        let path = path_before(ahead.trim_end_matches('.'));
        if let Some(kind) = model.find_kind(path.split('[').next().unwrap_or_default()) {
            return model.kinds[kind].facts.iter().map(|fact| model.facts[*fact].name.clone()).collect();
        }
        if let Some(clause) = model.clauses.iter().find(|clause| clause.full == path) {
            let givens = clause.givens.iter().map(|fact| model.facts[*fact].name.clone());
            let defs = clause.defs.iter().filter(|def| is_public(&model.defs[**def]));
            return givens.chain(defs.map(|def| self.last_words(*def, &clause.full))).collect();
        }
        let head = format!("{path}.");
        let rules = self.rules();
        let longer = model.defs.ids().map(|def| rules.spoken(def));
        longer.filter_map(|name| name.strip_prefix(&head).map(str::to_owned)).collect()
    }

    /// A definition's name without its clause, as the rules' language writes it.
    fn last_words(&self, def: DefId, clause: &str) -> String {
        let name = self.rules().spoken(def);
        name.strip_prefix(clause).and_then(|name| name.strip_prefix('.')).map_or(name.clone(), str::to_owned)
    }

    /// After `table[`: its rows; after `region[`: the regions.
    fn after_bracket(&self, ahead: &str) -> Vec<String> {
        let path = path_before(ahead.trim_end_matches('['));
        if let Some(kind) = self.model().find_kind(path) {
            return self.entities(Some(kind)).into_iter().map(|name| format!("\"{name}\"]")).collect();
        }
        match self.rules().find(path) {
            Ok(Named::Def(def)) => self.rows(def),
            Ok(Named::Clause(_) | Named::Fact(_) | Named::Item(_)) | Err(_) => Vec::new(),
        }
    }

    /// The rows of a result's tables, as they are named in brackets.
    fn rows(&self, def: DefId) -> Vec<String> {
        let model = self.model();
        let tables = model.defs[def].alternatives.iter().filter_map(|alternative| match alternative.body {
            Body::Expr(expr) => model.table_behind(expr).map(|(table, _)| table),
            Body::Lifted => None,
        });
        tables.flat_map(|table| self.table_rows(table)).collect()
    }

    fn table_rows(&self, table: TableId) -> Vec<String> {
        let table = &self.model().tables[table];
        let keys = table.keys.len().max(1);
        let row = |span| {
            let text = self.session().sources().text(span);
            let cells: Vec<&str> = text.split('|').take(keys).map(str::trim).collect();
            format!("{}]", cells.join("; "))
        };
        table.rows.iter().map(|table_row| row(table_row.span)).collect()
    }

    fn follows_number(&self, ahead: &str) -> bool {
        let all = tokens(ahead, self.session().lang());
        let [.., number, space] = all.as_slice() else { return false };
        number.kind == TokenKind::Number && space.kind == TokenKind::Space
    }

    fn follows_for(&self, ahead: &str) -> bool {
        ahead.trim_end().ends_with(" for")
    }

    fn units(&self) -> Vec<String> {
        let lang = self.session().lang();
        let built_in = KEYWORDS.iter().filter(|keyword| keyword.class == WordClass::Unit);
        let built_in = built_in.map(|keyword| keyword.spelling(lang).to_owned());
        let items = self.session().files().iter().flat_map(|file| &file.items);
        let declared = items.filter_map(|item| match &item.kind {
            ItemKind::Unit(unit) => Some(unit.names.iter().map(|name| name.text.clone())),
            _ => None,
        });
        built_in.chain(declared.flatten()).collect()
    }

    /// Every name that can start an expression or a what-if, then the words that can.
    fn names(&self) -> Vec<String> {
        let model = self.model();
        let rules = self.rules();
        let clauses = model.clauses.iter().map(|clause| clause.full.clone());
        let facts = model.facts.iter().map(|fact| fact.name.clone());
        let defs = || model.defs.ids().filter(|def| is_public(&model.defs[*def]));
        let all: BTreeSet<&str> = defs().map(|def| model.defs[def].name.as_str()).collect();
        let bare = all.into_iter().filter(|name| rules.is_alone(name)).map(str::to_owned);
        let full = defs().map(|def| rules.spoken(def));
        let given = model.facts.ids().filter(|id| matches!(model.facts[*id].owner, FactOwner::Clause(_)));
        let given = given.map(|id| model.fact_name(id));
        let kinds = model.kinds.iter().flat_map(|kind| [kind.name.clone(), kind.plural.clone()]);
        let lang = self.session().lang();
        let joining = KEYWORDS.iter().filter(|k| matches!(k.class, WordClass::Operator | WordClass::Value));
        let joining = joining.map(|keyword| keyword.spelling(lang).to_owned());
        let all = clauses.chain(bare).chain(facts).chain(full).chain(given).chain(kinds).chain(joining);
        let mut seen = BTreeSet::new();
        all.filter(|name| seen.insert(name.clone())).collect()
    }

    pub(super) fn rules(&self) -> Rules<'_> {
        Rules { session: self.session(), model: self.model(), lang: self.lang(), width: self.look.width }
    }
}

/// Words in steps: of a name with a point beyond what is typed, what stands up to the point. The clause alone, which is an
/// answer itself, stands beside it.
fn by_clause(words: &[String], typed: &str) -> Vec<String> {
    let up_to_point = |word: &String| {
        // The point of an abbreviation has no name after it.
        let names = |at: &usize| word.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        let point = word.match_indices('.').map(|(at, _)| at).find(|at| *at >= typed.len() && names(at));
        point.map_or(word.clone(), |at| word.get(..=at).unwrap_or(word).to_owned())
    };
    let mut seen = BTreeSet::new();
    words.iter().map(up_to_point).filter(|word| seen.insert(word.clone())).collect()
}

/// Where the word at the end of a text starts.
fn word_start(text: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let word: usize = text.chars().rev().take_while(|c| is_word(*c)).map(char::len_utf8).sum();
    text.len() - word
}

/// The path that a text ends with: names, points, and what stands in brackets.
pub(super) fn path_before(text: &str) -> &str {
    let mut depth = 0usize;
    let mut start = text.len();
    for (at, char) in text.char_indices().rev() {
        match char {
            ']' => depth += 1,
            '[' => depth = depth.saturating_sub(1),
            _ if depth > 0 || char.is_alphanumeric() || char == '_' || char == '.' => {}
            _ => break,
        }
        start = at;
    }
    text.get(start..).unwrap_or_default()
}

fn quote(name: &str) -> String {
    format!("\"{name}\"")
}
