use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::command::{COMMANDS, Command, Parsed, find_bare, parse_command};
use super::input::{Kind, kind_of};
use super::interview::Interview;
use super::problem::ReplProblem;
use super::protocol::Turn;
use super::saved::Files;
use super::told_of::broken;
use super::values::{legend, list_values, marks_of};
use crate::base::{Lang, SourceFile, SourceMap, Stop, bi};
use crate::diag::{Diagnostic, Problems, Report, Severity, nearest};
use crate::eval::Outcome;
use crate::facts::Moment;
use crate::model::{Layer, Origin};
use crate::render::{Look, graphical, visible};
use crate::session::{Answer, Bound, Mark, Question, Session};
use crate::syntax;
use crate::syntax::ast::{Stmt, StmtKind};
use crate::syntax::keywords::is_reserved;

/// A conversation with a session: lines in, replies out. It reads no files, knows no terminal, and a line that fails
/// leaves it as it was.
#[derive(Clone)]
pub struct Repl {
    pub(super) session: Session,
    pub(super) look: Look,
    pub(super) world: World,
    pub(super) past: Vec<World>,
    pub(super) future: Vec<World>,
    /// INVARIANT: bound for `world`, whose layers are those of `session`.
    pub(super) bound: Bound,
    lines: usize,
    /// Whether somebody may stop an answer, so that there must be something to go back to.
    heeds: bool,
    /// The files it reads and writes; none where it was given none.
    pub(super) files: Option<Files>,
    /// What was typed and answered, for the protocol.
    pub(super) turns: Vec<Turn>,
    /// The questions under way.
    pub(super) interview: Option<Interview>,
    /// All results of the present world, where they are known already.
    everything: Option<Rc<Answer>>,
    /// The marks beside results that have been told of.
    marks_told: BTreeSet<Mark>,
}

/// What the lines typed so far have made of the rules.
#[derive(Clone, Debug)]
pub(super) struct World {
    pub(super) layers: Vec<Layer>,
    pub(super) moment: Option<Moment>,
    pub(super) only: Vec<(String, String)>,
    /// The line that led here, for undoing.
    pub(super) label: String,
    /// Its name, where it has one.
    pub(super) name: Option<String>,
    /// The worlds that have names as it knows them, each as it was left; undoing brings them back too.
    pub(super) named: Rc<BTreeMap<String, World>>,
}

/// What a conversation has come to, for prompts and tests: two equal states answer every line alike, but for the
/// line that tells marks when they first show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct State {
    /// The what-ifs, scenarios and readings in force, oldest first, as they were written.
    pub what_ifs: Vec<String>,
    /// The year or day computed for; `None` when nothing tells one.
    pub moment: Option<Moment>,
    /// For whom results are shown: kind and name; none means everybody.
    pub only: Vec<(String, String)>,
    /// The name of the world at hand.
    pub world: Option<String>,
    /// The names of all worlds that have one.
    pub worlds: Vec<String>,
    /// How many changes can be taken back.
    pub undoable: usize,
    /// How many can be made again.
    pub redoable: usize,
    /// How many texts the session holds.
    pub texts: usize,
}

/// The answer to one line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reply {
    /// The result, whole lines.
    pub text: String,
    /// What was found, worst last said first as in files.
    pub problems: Vec<Diagnostic>,
    /// The findings as they are shown.
    pub findings: String,
    /// Whether the line did what it asked for.
    pub ok: bool,
    /// Whether the conversation is over.
    pub ends: bool,
}

/// A reply being made: findings still need the texts they point into.
pub(super) struct Said {
    pub(super) text: String,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) sources: SourceMap,
}

impl Said {
    /// A text and nothing else.
    pub(super) fn text(text: impl Into<String>) -> Said {
        Said { text: text.into(), problems: Vec::new(), sources: SourceMap::new() }
    }
    /// A finding that has no place in a text.
    pub(super) fn refused(problem: &impl Report) -> Said {
        Said { text: String::new(), problems: vec![problem.report()], sources: SourceMap::new() }
    }
    /// Findings about what was typed.
    pub(super) fn found(problems: &Problems, sources: &SourceMap) -> Said {
        Said { text: String::new(), problems: problems.sorted(), sources: sources.clone() }
    }
}

impl Repl {
    /// Starts a conversation. The session may already hold scenarios and what-ifs; `look` says in which language and
    /// how wide to answer, `moment` and `only` what the first questions are about.
    pub fn new(session: Session, look: Look, moment: Option<Moment>, only: Vec<(String, String)>) -> Repl {
        let bound = session.bound(moment);
        let layers = session.layers().to_vec();
        let world = World { layers, moment, only, label: String::new(), name: None, named: Rc::default() };
        Repl {
            session,
            look,
            world,
            past: Vec::new(),
            future: Vec::new(),
            bound,
            lines: 0,
            heeds: false,
            files: None,
            turns: Vec::new(),
            interview: None,
            everything: None,
            marks_told: BTreeSet::new(),
        }
    }
    /// Lets the conversation be saved to files, and load what was saved.
    pub fn with_files(self, files: Files) -> Repl {
        Repl { files: Some(files), ..self }
    }
    /// Returns what the conversation has come to.
    pub fn state(&self) -> State {
        State {
            what_ifs: self.what_ifs(),
            moment: self.bound.moment,
            only: self.world.only.clone(),
            world: self.world.name.clone(),
            worlds: self.world.named.keys().cloned().collect(),
            undoable: self.past.len(),
            redoable: self.future.len(),
            texts: self.session.sources().iter().count(),
        }
    }
    /// Returns the language spoken.
    pub fn lang(&self) -> Lang {
        self.look.lang
    }
    /// Returns the session as it now is.
    pub fn session(&self) -> &Session {
        &self.session
    }
    /// Returns the rules and data as they now are.
    pub fn bound(&self) -> &Bound {
        &self.bound
    }
    /// Returns the prompt: the year, for whom, and whether a what-if is active.
    pub fn prompt(&self) -> String {
        let lang = self.look.lang;
        let when = self.bound.moment.map(|moment| moment.print(lang));
        let who: Vec<&str> = self.world.only.iter().map(|(_, name)| name.as_str()).collect();
        let who = Some(who.join(", ")).filter(|who| !who.is_empty());
        let what_if = lang.pick("hvad nu hvis", "what if").to_owned();
        let what_if = Some(what_if).filter(|_| !self.world.layers.is_empty());
        let asked = self.asked_now().map(str::to_owned);
        let sign = if asked.is_some() { '?' } else { '>' };
        let parts: Vec<String> =
            [when, who, what_if, self.world.name.clone(), asked].into_iter().flatten().collect();
        format!("{}{sign} ", visible(&parts.join(" · ")))
    }
    /// Shows what is wrong with the rules and data as they were read; empty when nothing is.
    pub fn greeting(&self) -> Reply {
        let problems = self.bound.problems.sorted();
        self.finish(Said { text: String::new(), problems, sources: self.session.sources().clone() })
    }
    /// Lets somebody stop the answer to a line: it is then as if the line had not been typed.
    pub fn heed(&mut self, stop: Stop) {
        self.session.heed(stop);
        self.heeds = true;
    }
    /// Answers from now on in lines that are at most so wide.
    pub fn set_width(&mut self, width: usize) {
        self.look.width = width;
    }
    /// Answers a line. `ok` is false when it could not be answered, or somebody stopped it; then nothing has changed.
    pub fn line(&mut self, text: &str) -> Reply {
        self.lines += 1;
        let before = self.heeds.then(|| self.clone());
        let reply = self.line_at(text, self.lines);
        match before.filter(|_| self.session.stop().is_asked()) {
            Some(before) => {
                *self = before;
                self.finish(Said::refused(&ReplProblem::Stopped))
            }
            None => reply,
        }
    }
    /// Answers a line of a script, whose number is used in findings.
    pub(super) fn line_at(&mut self, text: &str, number: usize) -> Reply {
        let prompt = self.prompt();
        let is_answer = self.interview.is_some();
        let reply = self.answered(text, number);
        if reply.ok {
            self.keep_turn(prompt, text, &reply, is_answer);
        }
        reply
    }

    fn answered(&mut self, text: &str, number: usize) -> Reply {
        let name = bi!("linje {number}", "line {number}").get(self.look.lang).to_owned();
        // A typed text is admitted as a file is: nothing invisible or endless gets further.
        let mut typed = SourceMap::new();
        let mut problems = Problems::new();
        let text = indented_below(text);
        let admitted = syntax::admit(&mut typed, &name, text.as_bytes(), &mut problems);
        let text = match admitted {
            Some(file) if !problems.has_errors() => typed.file(file).text.clone(),
            Some(_) | None => return self.finish(Said::found(&problems, &typed)),
        };
        if let Some(said) = self.doubtful_number(&text, &name) {
            return self.finish(said);
        }
        if let Some(said) = self.answer_to(&text, &name) {
            return self.finish(said);
        }
        let said = match kind_of(&text, self.session.lang()) {
            Kind::Blank => Said::text(""),
            Kind::Command => return self.command(text.trim(), &name),
            Kind::Assign => self.change(text.trim(), |s| s.assign(&name, text.trim_end(), Origin::WhatIf)),
            Kind::Statement => self.change(text.trim(), |s| s.lay_line(&name, &text, Origin::WhatIf)),
            Kind::Expression => self.value(text.trim(), &name),
        };
        self.finish(said)
    }

    /// A number that is read otherwise in the language of the answers than in that of the rules. What names a file or a
    /// topic has no numbers.
    fn doubtful_number(&self, text: &str, name: &str) -> Option<Said> {
        if let (true, Parsed::Known(at, _)) =
            (text.trim_start().starts_with(':'), parse_command(text, self.lang()))
            && let Some(Command::Save | Command::Load | Command::Help) =
                COMMANDS.get(at).map(|entry| entry.command)
        {
            return None;
        }
        let mut sources = SourceMap::new();
        let languages = (self.session.lang(), self.lang());
        let found = syntax::one_reading((name, text), languages, &mut sources);
        found.err().map(|problems| Said::found(&problems, &sources))
    }

    /// Makes a reply of what is to be said.
    pub(super) fn finish(&self, said: Said) -> Reply {
        let findings = graphical(&said.problems, &said.sources, &self.look);
        let ok = !said.problems.iter().any(|d| d.severity == Severity::Error);
        Reply { text: said.text, problems: said.problems, findings, ok, ends: false }
    }

    /// Asks in the present world.
    pub(super) fn ask(&self, targets: Vec<String>) -> Result<Answer, Box<Said>> {
        self.ask_in(&self.session, targets)
    }

    pub(super) fn ask_in(&self, session: &Session, targets: Vec<String>) -> Result<Answer, Box<Said>> {
        self.ask_for(session, targets, self.world.only.clone())
    }

    fn ask_for(
        &self,
        session: &Session,
        targets: Vec<String>,
        only: Vec<(String, String)>,
    ) -> Result<Answer, Box<Said>> {
        let question = Question { targets, moment: self.world.moment, only };
        session.ask(&question).map_err(|problems| {
            let fresh = self.fresh(&problems);
            Box::new(Said { text: String::new(), problems: fresh, sources: session.sources().clone() })
        })
    }

    /// What was not said when the conversation started, or when the world last changed.
    pub(super) fn fresh(&self, problems: &Problems) -> Vec<Diagnostic> {
        let known = self.bound.problems.sorted();
        problems.sorted().into_iter().filter(|found| !known.contains(found)).collect()
    }

    /// Shows the value of an expression, a name or a clause.
    fn value(&mut self, text: &str, name: &str) -> Said {
        let (answer, sources) = match self.ask_one(text, name) {
            Ok(asked) => asked,
            Err(said) => return self.bare_command(text).unwrap_or(*said),
        };
        let problems = errors(&answer);
        Said { text: self.listed(&answer), problems, sources }
    }

    /// Lists results with their marks; those that show for the first time are told.
    pub(super) fn listed(&mut self, answer: &Answer) -> String {
        let shown = marks_of(answer, self.lang());
        let new: BTreeSet<Mark> = shown.difference(&self.marks_told).copied().collect();
        let told = legend(&new).map(|words| self.within_width(words.get(self.lang())));
        self.marks_told.extend(new);
        format!("{}{}", list_values(answer, self.lang()), told.unwrap_or_default())
    }

    /// A line that means nothing in the rules, but is the name of a command; words of the language are none.
    fn bare_command(&self, text: &str) -> Option<Said> {
        let command = find_bare(text).filter(|_| !is_reserved(self.session.lang(), text))?;
        Some(Said::refused(&ReplProblem::BareCommand { name: text.to_owned(), command }))
    }

    /// Asks one thing; what is wrong with it is said at the place in the line. Returns the texts to say more with.
    pub(super) fn ask_one(&self, target: &str, name: &str) -> Result<(Answer, SourceMap), Box<Said>> {
        self.ask_one_for(target, name, self.world.only.clone())
    }

    /// The same for some only.
    pub(super) fn ask_one_for(
        &self,
        target: &str,
        name: &str,
        only: Vec<(String, String)>,
    ) -> Result<(Answer, SourceMap), Box<Said>> {
        let answer = self.ask_for(&self.session, vec![target.to_owned()], only)?;
        // The answer calls the text by its own words; in a conversation it is a numbered line.
        let mut sources = self.session.sources().clone();
        sources.add(SourceFile::new(name, target));
        let problems = self.fresh(&answer.problems);
        match problems.iter().any(|found| found.severity == Severity::Error) {
            true => Err(Box::new(Said { text: String::new(), problems, sources })),
            false => Ok((answer, sources)),
        }
    }

    /// Tries a change on a copy; keeps it when nothing is wrong with it, and tells what it changes.
    pub(super) fn change(
        &mut self,
        label: &str,
        make: impl FnOnce(&mut Session) -> Result<(), Problems>,
    ) -> Said {
        let mut trial = self.session.clone();
        if let Err(problems) = make(&mut trial) {
            return Said::found(&problems, trial.sources());
        }
        let bound = trial.bound(self.world.moment);
        if let Some(problem) = self.likely_typo(&bound) {
            return Said::refused(&problem);
        }
        let old = match &self.everything {
            Some(known) => Ok(Rc::clone(known)),
            None => self.ask(Vec::new()).map(Rc::new),
        };
        let answers = old.and_then(|old| Ok((old, Rc::new(self.ask_in(&trial, Vec::new())?))));
        let mut problems = self.fresh(&bound.problems);
        let text = match &answers {
            Ok((old, new)) => {
                problems.extend(errors_in_layers(old, new, &trial));
                let broken = broken(old, new, label);
                let told = self.told_of(old, new, !broken.is_empty());
                problems.extend(broken);
                told
            }
            // Without a year nothing can be computed; the change itself is in order all the same.
            Err(_) => String::new(),
        };
        if problems.iter().any(|found| found.severity == Severity::Error) {
            return Said { text: String::new(), problems, sources: trial.sources().clone() };
        }
        let sources = trial.sources().clone();
        let layers = trial.layers().to_vec();
        self.session = trial;
        self.enter(World { layers, label: label.to_owned(), ..self.world.clone() }, bound);
        self.everything = answers.ok().map(|(_, new)| new);
        Said { text, problems, sources }
    }

    /// Goes on in another world; the present one can be returned to.
    pub(super) fn enter(&mut self, world: World, bound: Bound) {
        let left = std::mem::replace(&mut self.world, world);
        self.past.push(left);
        self.future.clear();
        self.bound = bound;
        self.everything = None;
    }

    /// Makes the session and what is bound to it fit the world.
    pub(super) fn settle(&mut self) {
        self.session.restore_layers(self.world.layers.clone());
        self.everything = None;
        self.bound = self.session.bound(self.world.moment);
    }

    /// An entity that a change names for the first time, with a name much like one that is there.
    fn likely_typo(&self, bound: &Bound) -> Option<ReplProblem> {
        let model = &bound.plan.model;
        model.named_entities.iter().find_map(|(kind, name)| {
            let known = self.bound.facts.of_kind(*kind);
            let known: Vec<&str> = known.iter().map(|id| self.bound.facts.get(*id).name.as_str()).collect();
            let near = nearest(name, known.iter().copied()).filter(|_| !known.contains(&name.as_str()))?;
            let kind = model.kinds[*kind].name.clone();
            Some(ReplProblem::LikelyTypo { kind, name: name.clone(), nearest: near.to_owned() })
        })
    }

    /// Everything laid over the files, as it was written.
    pub(super) fn what_ifs(&self) -> Vec<String> {
        self.what_ifs_of(&self.world)
    }

    /// Everything that a world lays over the files, as it was written.
    pub(super) fn what_ifs_of(&self, world: &World) -> Vec<String> {
        let sources = self.session.sources();
        let lang = self.look.lang;
        let word = |layer: &Layer| match (&layer.origin, layer.body.as_slice()) {
            (Origin::Scenario(name), _) => format!("{} {name}", lang.pick("scenarie", "scenario")),
            (_, [Stmt { kind: StmtKind::Reading { assumption, reading }, .. }]) => {
                let name = sources.text(assumption.span);
                format!("{} {name} = {}", lang.pick("læsning", "reading"), reading.text)
            }
            _ => self.session.lines_of(layer).join("\n"),
        };
        world.layers.iter().map(word).collect()
    }
}

/// What goes on below the first line is indented, as the language wants it, whether it was typed so or not.
fn indented_below(text: &str) -> String {
    let mut lines = text.split('\n');
    let mut whole = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        let gap = if line.starts_with(' ') || line.is_empty() { "\n" } else { "\n  " };
        whole.push_str(gap);
        whole.push_str(line);
    }
    whole
}

/// The errors among the results, each once.
fn errors(answer: &Answer) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for line in &answer.lines {
        if let Outcome::Error(problem) = answer.outcome(line) {
            let report = problem.report();
            if !found.contains(&report) {
                found.push(report);
            }
        }
    }
    found
}

/// Errors that a change brings and that point at what was typed: a value outside its domain, for example.
fn errors_in_layers(old: &Answer, new: &Answer, session: &Session) -> Vec<Diagnostic> {
    let known = errors(old);
    let newest = session.layers().last().and_then(|layer| layer.body.first()).map(|stmt| stmt.span.file);
    let points = |found: &Diagnostic| found.labels.iter().any(|label| Some(label.span.file) == newest);
    errors(new).into_iter().filter(|found| !known.contains(found) && points(found)).collect()
}
