//! What is told behind the cursor while a line is typed: the type and unit of the name before it, and what it is now.

use super::command::{COMMANDS, Command, Parsed, parse_command};
use super::complete::path_before;
use super::input::equals_sign;
use super::lookup::Named;
use super::missing::declared;
use super::state::Repl;
use super::values::{unknown_in_short, width, word};
use crate::base::{Lang, bi};
use crate::eval::Outcome;
use crate::explain::Words;
use crate::model::{DefId, DefKind, FactId};
use crate::render::visible;
use crate::session::{Answer, AnswerLine};
use crate::syntax::{TokenKind, tokens};
use crate::types::describe;

/// With fewer columns left in the row, a hint says too little.
const FEWEST_COLUMNS: usize = 8;

impl Repl {
    /// Hints at what stands before the cursor, `pos` bytes into `line`: ` : pct., mellem 0 og 100 pct.; nu 67 pct.` after
    /// a name, `(nu 67 pct.)` after `name =`, what may follow after a command. `None` where there is nothing to say, the
    /// cursor does not stand last, or it would not fit in the row.
    pub fn hint(&self, line: &str, pos: usize) -> Option<String> {
        let before = line.get(..pos).filter(|_| pos == line.len())?;
        let row = before.rsplit('\n').next().unwrap_or_default();
        let prompt = if row.len() == before.len() { width(&self.prompt()) } else { 0 };
        let left =
            self.look.width.checked_sub(prompt + width(row) + 1).filter(|left| *left >= FEWEST_COLUMNS)?;
        match before.trim_start().strip_prefix(':') {
            Some(_) => self.of_command(before.trim_start(), left),
            None => self.of_text(row, left),
        }
    }

    /// After a command alone, what may follow it; later, what is told of any text.
    fn of_command(&self, text: &str, left: usize) -> Option<String> {
        let (name, rest) = text.split_once(' ')?;
        let Parsed::Known(at, _) = parse_command(name, self.lang()) else { return None };
        let entry = COMMANDS.get(at)?;
        if rest.trim().is_empty() {
            let args = entry.args(self.lang());
            return Some(args.to_owned()).filter(|args| !args.is_empty() && width(args) <= left);
        }
        match entry.command {
            Command::Explain
            | Command::Change
            | Command::Sweep
            | Command::Solve
            | Command::Missing
            | Command::Interview
            | Command::Set
            | Command::Show
            | Command::Source
            | Command::Uses
            | Command::Depends => self.of_text(rest, left),
            Command::WhyNot | Command::Diff | Command::World | Command::Reset | Command::Undo => None,
            Command::Redo | Command::Year | Command::Date | Command::For | Command::List => None,
            Command::Reading | Command::Scenario | Command::Help | Command::Quit => None,
            Command::Save | Command::Load => None,
        }
    }

    /// After `name =`, what it is now; after a name, its type too.
    fn of_text(&self, text: &str, left: usize) -> Option<String> {
        let all = tokens(text, self.session.lang());
        let is_open = |kind| matches!(kind, TokenKind::OpenText | TokenKind::Comment | TokenKind::Doc);
        if all.last().is_some_and(|last| is_open(last.kind)) {
            return None;
        }
        let assigned = equals_sign(text, &all).filter(|at| text.trim_end().len() == at + 1);
        let ways = match assigned {
            Some(at) => {
                let gap = if text.ends_with(' ') { "" } else { " " };
                let about = self.about(text.get(..at)?.trim())?;
                about.in_brackets().map(|told| format!("{gap}({told})")).to_vec()
            }
            None if text.ends_with(char::is_whitespace) => return None,
            None => self.about(path_before(text))?.behind_a_colon().map(|told| format!(" : {told}")).to_vec(),
        };
        ways.into_iter().find(|hint| width(hint) <= left)
    }

    /// What is known of something that has a type; `None` where nothing has the name.
    fn about(&self, target: &str) -> Option<About> {
        let words = Words {
            model: self.model(),
            facts: &self.bound.facts,
            base: self.bound.moment?,
            lang: self.lang(),
        };
        let is_fact = |fact: FactId| declared(&self.model().facts[fact].declared, words);
        let (kind, is_fact) = match self.named(target)? {
            Named::Fact(fact) => (is_fact(fact), true),
            Named::Def(def) => (def_kind(def, words), false),
            Named::Clause(_) | Named::Item(_) => return None,
        };
        let now = self.session.glance(&self.bound, target, &self.world.only);
        let now = now.and_then(|answer| at_a_glance(&answer, self.lang()));
        let now = now.map(|now| bi!("nu {now}", "now {now}").get(self.lang()).to_owned());
        Some(About { kind: visible(&kind).into_owned(), now, is_fact })
    }

    /// What the path at the start of a target names: `clause.name`, `table[2]`, `region["Sjælland"].name`, with whomever
    /// it is for behind it.
    fn named(&self, target: &str) -> Option<Named> {
        let path = target.split(" for ").next().unwrap_or_default().trim();
        let (head, cell) = path.split_once('[').map_or((path, None), |(head, cell)| (head, Some(cell)));
        if let Some(kind) = self.model().find_kind(head) {
            let (_, fact) = cell?.rsplit_once("].")?;
            let facts = &self.model().kinds[kind].facts;
            return facts.iter().find(|id| self.model().facts[**id].name == fact).map(|id| Named::Fact(*id));
        }
        // A cell that is still open is none yet.
        let is_whole = cell.is_none_or(|cell| cell.ends_with(']'));
        self.rules().find(head).ok().filter(|_| is_whole && !head.is_empty())
    }
}

/// What is told of something.
struct About {
    /// Its type: `læger, mindst 0 læger`.
    kind: String,
    /// What it is now, with the word for that.
    now: Option<String>,
    /// Whether its type says more than the unit that stands with its value.
    is_fact: bool,
}

impl About {
    /// In full, and as it is told where that is too long.
    fn behind_a_colon(&self) -> [String; 2] {
        [self.both(), self.kind.clone()]
    }
    /// As `behind_a_colon`, for something that is about to be given a value.
    fn in_brackets(&self) -> [String; 2] {
        let short = self.now.clone().unwrap_or_else(|| self.kind.clone());
        [if self.is_fact { self.both() } else { short.clone() }, short]
    }
    fn both(&self) -> String {
        let now = self.now.as_ref().map(|now| format!("; {now}")).unwrap_or_default();
        format!("{}{now}", self.kind)
    }
}

/// The unit of a result, or what kind of value it has.
fn def_kind(def: DefId, words: Words<'_>) -> String {
    let own = &words.model.defs[def];
    if own.kind == DefKind::Condition {
        return words.lang.pick("betingelse", "condition").to_owned();
    }
    match own.show.words.get(words.lang) {
        unit if own.ty.is_numeric() && !unit.is_empty() => unit.to_owned(),
        _ => describe(&own.ty, words.model).get(words.lang).to_owned(),
    }
}

/// The result in a few words; of several, from the least to the greatest. `None` where there is nothing to tell.
fn at_a_glance(answer: &Answer, lang: Lang) -> Option<String> {
    let known = |line: &AnswerLine| match answer.outcome(line) {
        Outcome::Value(_) | Outcome::DoesNotApply(_) => Some(word(answer, line, lang)),
        Outcome::Unknown(unknown) => Some(unknown_in_short(unknown, answer, line, lang)),
        Outcome::Error(_) => None,
    };
    let all: Vec<String> = answer.lines.iter().map(known).collect::<Option<_>>()?;
    let first = all.first()?;
    if all.iter().all(|other| other == first) {
        return Some(first.clone());
    }
    let number = |line: &&AnswerLine| answer.outcome(line).as_number().cloned();
    let is_number = answer.lines.iter().all(|line| number(&line).is_some());
    let (low, high) = (answer.lines.iter().min_by_key(number)?, answer.lines.iter().max_by_key(number)?);
    let (low, high) = (word(answer, low, lang), word(answer, high, lang));
    let told = bi!("fra {low} til {high}", "from {low} to {high}");
    is_number.then(|| told.get(lang).to_owned())
}
