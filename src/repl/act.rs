//! What each command does.

use std::rc::Rc;

use super::command::{COMMANDS, Command, Parsed, parse_command};
use super::help::help;
use super::input::{Kind, kind_of};
use super::lookup::{columns, indented};
use super::problem::ReplProblem;
use super::state::{Repl, Reply, Said, World};
use super::worlds::as_in_files;
use crate::base::{Lang, SourceFile, SourceMap, bi};
use crate::diag::Problems;
use crate::explain::{Depth, Explanation, explain, text};
use crate::facts::Moment;
use crate::model::{Assumption, Model, Origin};
use crate::render::{visible, visible_lines};
use crate::session::{AnswerLine, SessionProblem};
use crate::syntax::ast::{ExprKind, TimeKind};
use crate::syntax::parse_expr;
use crate::value::{Date, Period};

impl Repl {
    /// Does what a line that starts with `:` asks for. `name` is what findings call the line.
    pub(super) fn command(&mut self, line: &str, name: &str) -> Reply {
        let (at, rest) = match parse_command(line, self.lang()) {
            Parsed::Known(at, rest) => (at, rest),
            Parsed::Unknown(word, near) => {
                let problem = ReplProblem::UnknownCommand { name: word.to_owned(), nearest: near };
                return self.finish(Said::refused(&problem));
            }
        };
        let command = COMMANDS.get(at).map_or(Command::Help, |entry| entry.command);
        let said = self.act(command, at, rest, name).unwrap_or_else(|problem| Said::refused(&problem));
        let reply = self.finish(said);
        Reply { ends: command == Command::Quit && reply.ok, ..reply }
    }

    fn act(&mut self, command: Command, at: usize, rest: &str, name: &str) -> Result<Said, ReplProblem> {
        let wrong = || ReplProblem::WrongArgument { command: at, found: rest.to_owned() };
        let needed = || if rest.is_empty() { Err(wrong()) } else { Ok(rest) };
        let alone = || if rest.is_empty() { Ok(()) } else { Err(wrong()) };
        match command {
            Command::Explain => Ok(self.explain(needed()?, name)),
            Command::WhyNot => Ok(self.why_not(needed()?, name)),
            Command::Change => Ok(self.what_would_change(needed()?, name)),
            Command::Diff => self.diff(rest),
            Command::World => self.named_world(rest).ok_or_else(wrong),
            Command::Uses => self.rules().uses(needed()?).map(Said::text),
            Command::Depends => self.rules().depends(needed()?, self.look.width).map(Said::text),
            Command::Sweep => self.follow(needed()?, at),
            Command::Solve => self.solve(needed()?, at),
            Command::Missing => Ok(self.missing(rest, name)),
            Command::Reset => alone().map(|()| self.reset()),
            Command::Undo => alone().map(|()| self.undo()),
            Command::Redo => alone().map(|()| self.redo()),
            Command::Year => self.year(rest).ok_or_else(wrong),
            Command::Date => self.date(rest).ok_or_else(wrong),
            Command::For => self.only(rest).ok_or_else(wrong),
            Command::Set => self.set(rest, name).ok_or_else(wrong),
            Command::Reading => Ok(self.reading(rest)),
            Command::Scenario => Ok(self.scenario(rest)),
            Command::List => self.rules().list(rest).map(Said::text),
            Command::Show => self.rules().show(needed()?).map(Said::text),
            Command::Source => self.rules().source(needed()?).map(Said::text),
            Command::Help => help(rest, self.lang(), self.look.width).map(Said::text),
            Command::Quit => alone().map(|()| Said::text("")),
            Command::Interview => Ok(self.interview(rest, name)),
            Command::Save => self.save(rest).ok_or_else(wrong),
            Command::Load => self.load(rest).ok_or_else(wrong),
        }
    }

    pub(super) fn model(&self) -> &Model {
        &self.bound.plan.model
    }

    pub(super) fn bi_line(&self, words: &crate::base::Bi) -> Said {
        Said::text(format!("{}\n", words.get(self.lang())))
    }

    pub(super) fn reset(&mut self) -> Said {
        if self.world.layers.is_empty() {
            return self.bi_line(&as_in_files());
        }
        let label = self.lang().pick(":nulstil", ":reset").to_owned();
        // A world that has a name keeps what was set in it: the files are another place, and not the same one emptied.
        let (named, left) = (Rc::new(self.kept()), self.world.name.clone());
        let world = World { layers: Vec::new(), label, name: None, named, ..self.world.clone() };
        self.move_to(world);
        let said = match left {
            None => bi!(
                "tilbage ved reglerne og data, som de står i filerne",
                "back at the rules and data as they stand in the files"
            ),
            Some(name) => bi!(
                "tilbage ved reglerne og data, som de står i filerne; verdenen {name} er, som den var",
                "back at the rules and data as they stand in the files; the world {name} is as it was"
            ),
        };
        self.bi_line(&said)
    }

    /// Enters a world that needs no check: its layers were accepted before.
    pub(super) fn move_to(&mut self, world: World) {
        let bound = self.bound.clone();
        self.enter(world, bound);
        self.settle();
    }

    fn undo(&mut self) -> Said {
        let Some(world) = self.past.pop() else {
            return self.bi_line(&bi!("der er ikke noget at fortryde", "there is nothing to undo"));
        };
        let undone = std::mem::replace(&mut self.world, world);
        let label = first_line(&undone.label);
        self.future.push(undone);
        self.settle();
        self.bi_line(&bi!("fortrudt: {label}", "undone: {label}"))
    }

    fn redo(&mut self) -> Said {
        let Some(world) = self.future.pop() else {
            return self.bi_line(&bi!("der er ikke noget at gentage", "there is nothing to redo"));
        };
        let label = first_line(&world.label);
        let left = std::mem::replace(&mut self.world, world);
        self.past.push(left);
        self.settle();
        self.bi_line(&bi!("gentaget: {label}", "done again: {label}"))
    }

    fn year(&mut self, rest: &str) -> Option<Said> {
        if rest.is_empty() {
            return Some(self.now());
        }
        let is_year = rest.len() == 4 && rest.bytes().all(|byte| byte.is_ascii_digit());
        let year: i16 = rest.parse().ok().filter(|_| is_year)?;
        Some(self.at(Moment::Year(year), self.lang().pick(":år", ":year"), rest))
    }

    fn date(&mut self, rest: &str) -> Option<Said> {
        if rest.is_empty() {
            return Some(self.now());
        }
        let date = read_date(rest, self.session.lang())?;
        Some(self.at(Moment::Day(date), self.lang().pick(":dag", ":date"), rest))
    }

    fn now(&self) -> Said {
        match self.bound.moment {
            Some(moment) => Said::text(format!("{}\n", moment.print(self.lang()))),
            None => Said::refused(&SessionProblem::WhichYear),
        }
    }

    fn at(&mut self, moment: Moment, command: &str, rest: &str) -> Said {
        let label = format!("{command} {rest}");
        self.move_to(World { moment: Some(moment), label, ..self.world.clone() });
        Said::text("")
    }

    /// Chooses for whom results are shown.
    fn only(&mut self, rest: &str) -> Option<Said> {
        let label = format!(":for {rest}").trim_end().to_owned();
        let mut only = Vec::new();
        for part in rest.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            match self.entity(part)? {
                Ok(entity) => only.push(entity),
                Err(problem) => return Some(Said::refused(&problem)),
            }
        }
        self.move_to(World { only, label, ..self.world.clone() });
        Some(Said::text(""))
    }

    /// Reads `region "Sjælland"`, `region=Sjælland`, or the name alone; `None` when it is none of these.
    pub(super) fn entity(&self, text: &str) -> Option<Result<(String, String), SessionProblem>> {
        let quoted = |text: &str| text.trim().trim_matches('"').trim().to_owned();
        let (kind, name) = match text.split_once(['=', '"', ' ']) {
            Some((kind, name)) if self.model().find_kind(kind.trim()).is_some() => {
                (self.model().find_kind(kind.trim()), quoted(name))
            }
            Some(_) | None => (None, quoted(text)),
        };
        let facts = &self.bound.facts;
        let kinds = match kind {
            Some(kind) => vec![kind],
            None => self.model().kinds.ids().collect(),
        };
        let found = kinds.iter().copied().find(|kind| facts.find(*kind, &name).is_some());
        if let Some(found) = found {
            return Some(Ok((self.model().kinds[found].name.clone(), name)));
        }
        let kind = kinds.first().copied().filter(|_| !name.is_empty())?;
        let loaded = facts.of_kind(kind).into_iter().map(|id| facts.get(id).name.clone()).collect();
        let kind = self.model().kinds[kind].name.clone();
        Some(Err(SessionProblem::NoSuchEntity { kind, name, loaded, at: None }))
    }

    fn set(&mut self, rest: &str, name: &str) -> Option<Said> {
        if rest.is_empty() {
            let all = self.what_ifs().join("\n");
            let none = bi!("intet er sat", "nothing has been set");
            let text = if all.is_empty() { none.get(self.lang()).to_owned() } else { all };
            return Some(Said::text(format!("{}\n", visible_lines(&text))));
        }
        match kind_of(rest, self.session.lang()) {
            Kind::Assign => Some(self.change(rest, |s| s.assign(name, rest, Origin::WhatIf))),
            Kind::Statement => Some(self.change(rest, |s| s.lay_line(name, rest, Origin::WhatIf))),
            Kind::Blank | Kind::Command | Kind::Expression => None,
        }
    }

    fn reading(&mut self, rest: &str) -> Said {
        if rest.is_empty() {
            return Said::text(assumptions(self.model(), self.lang(), self.look.width));
        }
        let label = format!("{} {rest}", self.lang().pick(":læsning", ":reading"));
        // `trin=tredjedele` is written with spaces in the language.
        let parts: Vec<&str> = rest.split('=').map(str::trim).collect();
        let choice = parts.join(" = ");
        self.change(&label, |session| session.choose_reading(&choice, Origin::WhatIf))
    }

    fn scenario(&mut self, rest: &str) -> Said {
        if rest.is_empty() {
            return Said::text(self.scenarios());
        }
        let label = format!("{} {rest}", self.lang().pick(":scenarie", ":scenario"));
        self.change(&label, |session| session.use_scenario(rest))
    }

    fn scenarios(&self) -> String {
        let scenarios = self.model().scenarios.values();
        let title = |s: &crate::syntax::ast::Scenario| s.title.as_ref().map(|t| t.text.clone());
        let rows: Vec<_> = scenarios.map(|s| (s.name.text.clone(), title(s).unwrap_or_default())).collect();
        match rows.as_slice() {
            [] => {
                self.lang().pick("reglerne har ingen scenarier\n", "the rules have no scenarios\n").to_owned()
            }
            rows => columns(rows, self.look.width),
        }
    }

    /// Explains one result line by line, several only in short.
    fn explain(&self, target: &str, name: &str) -> Said {
        let (answer, sources) = match self.ask_one(target, name) {
            Ok(asked) => asked,
            Err(said) => return *said,
        };
        let is_short = answer.lines.len() > IN_FULL;
        let depth = if is_short { Depth::Result } else { Depth::Clause };
        let words = answer.words(self.lang());
        let tree = |line: &AnswerLine| explain(words, &answer.trace, line.step, depth);
        let mut all: Vec<Explanation> = answer.lines.iter().map(tree).collect();
        say_notes_once(&mut all);
        let trees: Vec<String> = all.iter().map(|tree| text(tree, self.look.width)).collect();
        let shown = visible_lines(&trees.join("\n")).into_owned();
        Said { text: shown, problems: Vec::new(), sources }
    }
}

/// How many results are explained in full.
const IN_FULL: usize = 6;

/// Leaves out the notes that the next explanation has as well; what results share is said after the last of them.
fn say_notes_once(all: &mut [Explanation]) {
    for at in 1..all.len() {
        let (before, after) = all.split_at_mut(at);
        if let (Some(this), Some(next)) = (before.last_mut(), after.first()) {
            this.notes.retain(|notes| !next.notes.contains(notes));
        }
    }
}

/// The first line of what was typed; `…` stands for more.
fn first_line(text: &str) -> String {
    let (first, more) = text.split_once('\n').map_or((text, ""), |(first, _)| (first, " …"));
    format!("{}{more}", visible(first.trim_end()))
}

/// Lists the assumptions, first those that offer a choice, with their readings.
fn assumptions(model: &Model, lang: Lang, width: usize) -> String {
    let row = |a: &Assumption| (a.name.clone(), a.title.clone().unwrap_or_default());
    let (open, settled): (Vec<&Assumption>, Vec<&Assumption>) =
        model.assumptions.iter().partition(|assumption| !assumption.readings.is_empty());
    let mut text = String::new();
    for assumption in open {
        text += &columns(&[row(assumption)], width);
        text += &indented(&readings(assumption, lang, width.saturating_sub(2)));
    }
    text += &columns(&settled.into_iter().map(row).collect::<Vec<_>>(), width);
    if text.is_empty() {
        return lang.pick("reglerne har ingen antagelser\n", "the rules have no assumptions\n").to_owned();
    }
    text
}

fn readings(assumption: &Assumption, lang: Lang, width: usize) -> String {
    let rows = assumption.readings.iter().enumerate().map(|(at, reading)| {
        let chosen = if assumption.chosen == Some(at) { lang.pick(" (valgt)", " (chosen)") } else { "" };
        (format!("{}{chosen}", reading.name), reading.title.clone().unwrap_or_default())
    });
    columns(&rows.collect::<Vec<_>>(), width)
}

/// Reads a date as rules write it, or `2025-07-01`.
fn read_date(text: &str, lang: Lang) -> Option<Date> {
    let mut map = SourceMap::new();
    let file = map.add(SourceFile::new("", text));
    Date::from_iso(text).or_else(|| match *parse_expr(&map, file, lang, &mut Problems::new())?.kind {
        ExprKind::Date(time) => match time.kind {
            TimeKind::Period(Period::Day(date)) => Some(date),
            _ => None,
        },
        _ => None,
    })
}
