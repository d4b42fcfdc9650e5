//! What a record of an answer tells of the session besides the answer: its files by names that are the same wherever they
//! lie, and what was assumed besides the rules.

use super::Session;
use crate::base::{FileId, Lang};
use crate::facts::RawNote;
use crate::model::Origin;
use crate::syntax::ast::StmtKind;

/// What is assumed besides the rules, each as the language, or the option of the command line, writes it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Assumed {
    /// The scenarios, in the order in which they are laid.
    pub scenarios: Vec<String>,
    /// The readings: `trin = tredjedele`.
    pub readings: Vec<String>,
    /// The exceptions and amendments that are switched off.
    pub switches: Vec<String>,
    /// What is put in place of facts and definitions: `lægetal = 3`.
    pub assignments: Vec<String>,
}

impl Session {
    /// Returns what is assumed besides the rules.
    pub fn assumed(&self) -> Assumed {
        let mut assumed = Assumed::default();
        for layer in self.layers().iter().filter(|layer| layer.origin.is_hypothetical()) {
            if let Origin::Scenario(name) = &layer.origin {
                assumed.scenarios.push(name.clone());
                continue;
            }
            for stmt in &layer.body {
                let words = self.sources().text(stmt.span).trim().to_owned();
                match &stmt.kind {
                    StmtKind::Reading { assumption, reading } => {
                        let name: Vec<&str> =
                            assumption.parts.iter().map(|part| part.name.text.as_str()).collect();
                        assumed.readings.push(format!("{} = {}", name.join("."), reading.text));
                    }
                    StmtKind::Switch { .. } => assumed.switches.push(words),
                    _ => assumed.assignments.push(words),
                }
            }
        }
        assumed
    }

    /// Returns the names of the exceptions and amendments that the question leaves out.
    pub fn left_out(&self) -> Vec<String> {
        let layers = self.layers().iter().filter(|layer| layer.origin.is_hypothetical());
        let names = layers.flat_map(|layer| &layer.body).filter_map(|stmt| match &stmt.kind {
            StmtKind::Switch { name, on: false, .. } => {
                Some(name.parts.iter().map(|part| part.name.text.as_str()).collect::<Vec<_>>().join("."))
            }
            _ => None,
        });
        names.collect()
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
