//! What a record of an answer tells of the session besides the answer: its files by names that are the same wherever they
//! lie, and what was assumed besides the rules.

use super::Session;
use super::written::joined;
use crate::base::{FileId, Lang};
use crate::diag::Problems;
use crate::facts::RawNote;
use crate::model::{Layer, Origin};
use crate::syntax::ast::{Stmt, StmtKind};

/// What is assumed besides the rules, each as the language, or the option of the command line, writes it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Assumed {
    /// The scenarios, in the order in which they are laid.
    pub scenarios: Vec<String>,
    /// The readings: `trin = tredjedele`.
    pub readings: Vec<String>,
    /// The exceptions and amendments that are switched off.
    pub switches: Vec<String>,
    /// What is put in place of facts and definitions: `lægetal = 3`; and lines of any kind that lie above them.
    pub assignments: Vec<String>,
}

/// The kinds of what is assumed, in the order in which options lay them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Stage {
    Scenarios,
    Readings,
    Switches,
    Assignments,
}

/// The kind of all that a layer says; `None` where one layer says things of several kinds or of several lines.
fn stage_of(layer: &Layer) -> Option<Stage> {
    if matches!(layer.origin, Origin::Scenario(_)) {
        return Some(Stage::Scenarios);
    }
    let all = |is: fn(&Stmt) -> bool| layer.body.iter().all(is);
    if all(|stmt| reading(stmt).is_some()) {
        return Some(Stage::Readings);
    }
    if all(|stmt| switched_off(stmt).is_some()) {
        return Some(Stage::Switches);
    }
    (layer.body.len() == 1).then_some(Stage::Assignments)
}

fn reading(stmt: &Stmt) -> Option<String> {
    match &stmt.kind {
        StmtKind::Reading { assumption, reading } => {
            Some(format!("{} = {}", joined(assumption), reading.text))
        }
        _ => None,
    }
}

fn switched_off(stmt: &Stmt) -> Option<String> {
    match &stmt.kind {
        StmtKind::Switch { name, on: false, .. } => Some(joined(name)),
        _ => None,
    }
}

impl Session {
    /// Returns what is assumed besides the rules.
    pub fn assumed(&self) -> Assumed {
        let mut assumed = Assumed::default();
        let mut reached = Stage::Scenarios;
        for layer in self.layers().iter().filter(|layer| layer.origin.is_hypothetical()) {
            let stage = stage_of(layer);
            // What lies above something of a later kind keeps its place, as lines among the assignments.
            let is_in_turn = stage.is_some_and(|stage| stage >= reached);
            match stage.filter(|_| is_in_turn) {
                Some(stage) => self.assume(layer, stage, &mut assumed),
                None => assumed.assignments.push(self.lines_of(layer).join("\n")),
            }
            reached = stage.filter(|_| is_in_turn).unwrap_or(Stage::Assignments);
        }
        assumed
    }

    fn assume(&self, layer: &Layer, stage: Stage, assumed: &mut Assumed) {
        match (stage, &layer.origin) {
            (Stage::Scenarios, Origin::Scenario(name)) => assumed.scenarios.push(name.clone()),
            (Stage::Readings, _) => assumed.readings.extend(layer.body.iter().filter_map(reading)),
            (Stage::Switches, _) => {
                for name in layer.body.iter().filter_map(switched_off) {
                    // Whatever goes by the name is off.
                    if !assumed.switches.contains(&name) {
                        assumed.switches.push(name);
                    }
                }
            }
            (_, _) => assumed.assignments.extend(self.lines_of(layer)),
        }
    }

    /// Lays what a record of an answer assumes over the rules, in the order in which it was laid.
    ///
    /// # Errors
    /// When something in it does not fit these rules.
    pub fn assume_again(&mut self, assumed: &Assumed) -> Result<(), Problems> {
        let scenarios: Vec<&str> = assumed.scenarios.iter().map(String::as_str).collect();
        self.use_scenarios(&scenarios)?;
        for reading in &assumed.readings {
            self.choose_reading(reading, Origin::Set)?;
        }
        for name in &assumed.switches {
            self.without(name, Origin::Set)?;
        }
        for text in &assumed.assignments {
            // One assignment is read as an option is; lines of any other kind as a scenario has them.
            match self.assign("--set", text, Origin::Set) {
                Ok(()) => {}
                Err(problems) => self.lay_lines("--set", text, Origin::Set).map_err(|_| problems)?,
            }
        }
        Ok(())
    }

    /// Returns the names of the exceptions and amendments that the question leaves out.
    pub fn left_out(&self) -> Vec<String> {
        let layers = self.layers().iter().filter(|layer| layer.origin.is_hypothetical());
        layers.flat_map(|layer| &layer.body).filter_map(switched_off).collect()
    }

    /// Returns the name of a file wherever it lies: without folders, and after the folder of its module where `brug`
    /// brought it in from another.
    pub fn plain_name(&self, file: FileId) -> String {
        let own = last_part(&self.sources().file(file).name);
        match self.imports.modules.get(&file) {
            Some(module) => format!("{}/{own}", last_part(module)),
            None => own.to_owned(),
        }
    }
}

/// The last part of a path.
fn last_part(path: &str) -> &str {
    path.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(path)
}

impl Session {
    /// Returns what the files of data say of themselves: the name of each, without folders, and its paragraphs; in a
    /// language where they say it in both.
    pub fn data_notes(&self, lang: Lang) -> Vec<(String, Vec<String>)> {
        let notes = &self.data().notes;
        let same_file = |a: &RawNote, b: &RawNote| a.origin.span.file == b.origin.span.file;
        let own = |note: &&RawNote| {
            note.lang == lang || !notes.iter().any(|other| other.lang == lang && same_file(other, note))
        };
        let said = notes.iter().filter(own).filter(|note| !note.says.is_empty());
        let told = said.map(|note| {
            let file = &self.sources().file(note.origin.span.file).name;
            let own_name = file.rsplit(['/', '\\']).next().unwrap_or(file);
            (own_name.to_owned(), note.says.clone())
        });
        told.collect()
    }
}
