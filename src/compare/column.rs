//! What is compared: the rules as they are, and columns beside them, each made from them step by step.

use crate::facts::{Moment, RawData};
use crate::model::{Layer, Origin};
use crate::session::{Answer, Question, Session};
use crate::syntax::ast::{Stmt, StmtKind};

/// Rules with data and what is laid over them, asked at a time.
#[derive(Clone, Debug)]
pub struct Side {
    /// The rules, the data and what is laid over them.
    pub session: Session,
    /// The time asked about; `None` takes what they say themselves.
    pub moment: Option<Moment>,
}

/// A world beside the rules as they are, with the way that leads to it.
#[derive(Clone, Debug)]
pub struct Column {
    /// What it is called.
    pub name: String,
    /// Where other rules take the place of those it is compared with: their name. They are then the first step.
    pub other_rules: Option<String>,
    /// The world that the steps begin in.
    // INVARIANT: its session has the texts of everything that the steps lay over it.
    pub start: Side,
    /// What leads from there to the column, in the order in which it was said.
    pub steps: Vec<Step>,
}

/// One thing that is changed.
#[derive(Clone, Debug)]
pub struct Step {
    /// What it is, as it was written.
    pub words: String,
    /// What it does.
    pub change: Change,
}

/// What a step does.
#[derive(Clone, Debug)]
pub enum Change {
    /// Other data take the place of those there are.
    Data(Box<RawData>),
    /// Another time is asked about.
    Moment(Moment),
    /// Everything that is laid over the rules after it.
    Layers(Vec<Layer>),
}

impl Side {
    /// Asks, looking for errors only: what else could be said of the rules is said of them as they are.
    pub(super) fn ask(
        &self,
        targets: &[String],
        only: &[(String, String)],
    ) -> Result<Answer, crate::diag::Problems> {
        let question = Question { targets: targets.to_vec(), moment: self.moment, only: only.to_vec() };
        self.session.ask_for_errors(&question)
    }

    fn take(&mut self, change: &Change) {
        match change {
            Change::Data(data) => self.session.set_data((**data).clone()),
            Change::Moment(moment) => self.moment = Some(*moment),
            Change::Layers(layers) => self.session.restore_layers(layers.clone()),
        }
    }
}

impl Column {
    /// Returns the world itself.
    pub fn side(&self) -> Side {
        let mut side = self.start.clone();
        self.steps.iter().for_each(|step| side.take(&step.change));
        side
    }
    /// Returns what was changed, as it was written, in the order in which it was said.
    pub fn says(&self) -> Vec<String> {
        let rules = self.other_rules.iter().cloned();
        rules.chain(self.steps.iter().map(|step| step.words.clone())).collect()
    }
    /// Walks the worlds on the way, each with the step that led to it.
    pub(super) fn way(&self) -> impl Iterator<Item = (String, Side)> + '_ {
        let first = self.other_rules.iter().map(|rules| (rules.clone(), self.start.clone()));
        let mut side = self.start.clone();
        first.chain(self.steps.iter().map(move |step| {
            side.take(&step.change);
            (step.words.clone(), side.clone())
        }))
    }
}

/// Takes what is laid over the rules apart, from a position on: a step for each line, a scenario's too.
pub fn line_steps(session: &Session, from: usize) -> Vec<Step> {
    let all = session.layers();
    let mut steps = Vec::new();
    for (at, layer) in all.iter().enumerate().skip(from) {
        let is_line = |stmt: &&Stmt| !matches!(stmt.kind, StmtKind::BuildsOn(_));
        let lines: Vec<&Stmt> = layer.body.iter().filter(is_line).collect();
        for (line, stmt) in lines.iter().enumerate() {
            // What a scenario builds on stays with its first line.
            let last = layer.body.iter().position(|own| own.span == stmt.span).unwrap_or(layer.body.len());
            let last = if line + 1 == lines.len() { layer.body.len() } else { last + 1 };
            let body: Vec<Stmt> = layer.body.iter().take(last).cloned().collect();
            let part = Layer { origin: layer.origin.clone(), body };
            let layers = all.iter().take(at).cloned().chain([part]).collect();
            steps.push(Step { words: words(session, layer, stmt), change: Change::Layers(layers) });
        }
        if lines.is_empty() {
            let layers = all.iter().take(at + 1).cloned().collect();
            let words = session.words_of(layer).join("; ");
            steps.push(Step { words, change: Change::Layers(layers) });
        }
    }
    steps
}

/// A line of what is laid over the rules, with its scenario.
fn words(session: &Session, layer: &Layer, stmt: &Stmt) -> String {
    let one = Layer { origin: Origin::Set, body: vec![stmt.clone()] };
    let text = session.words_of(&one).join("; ");
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let head = lines.next().unwrap_or_default().to_owned();
    let rest: Vec<&str> = lines.collect();
    let text = if rest.is_empty() { head } else { format!("{head}: {}", rest.join("; ")) };
    match &layer.origin {
        Origin::Scenario(name) => format!("{name}: {text}"),
        _ => text,
    }
}
