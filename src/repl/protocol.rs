//! The protocol of a conversation: what was typed, what was answered, and of each result the record that others can redo.

use std::path::{Path, PathBuf};

use super::command::{COMMANDS, Command, Parsed, parse_command};
use super::input::{Kind, kind_of};
use super::problem::ReplProblem;
use super::saved::Files;
use super::state::{Repl, Reply, Said};
use crate::base::{Bi, bi};
use crate::facts::Moment;
use crate::model::Layer;
use crate::record::{Link, Record, Rested};
use crate::session::Question;

/// One line of the conversation and what was said to it.
#[derive(Clone, Debug)]
pub(super) struct Turn {
    prompt: String,
    line: String,
    text: String,
    asked: Option<Asked>,
}

/// What was asked, and in which world.
#[derive(Clone, Debug)]
struct Asked {
    target: String,
    layers: Vec<Layer>,
    moment: Option<Moment>,
    only: Vec<(String, String)>,
}

impl Repl {
    /// Keeps a line that did what it asked for, with its answer, for the protocol.
    pub(super) fn keep_turn(&mut self, prompt: String, line: &str, reply: &Reply, is_answer: bool) {
        let target = match kind_of(line, self.session.lang()) {
            _ if is_answer => None,
            Kind::Blank => return,
            Kind::Expression => Some(line.trim()),
            Kind::Assign | Kind::Statement => None,
            Kind::Command => match parse_command(line, self.lang()) {
                Parsed::Known(at, rest) => match COMMANDS.get(at).map(|entry| entry.command) {
                    Some(Command::Explain) => Some(rest),
                    Some(Command::Help | Command::Quit | Command::Save) | None => return,
                    Some(_) => None,
                },
                Parsed::Unknown(..) => return,
            },
        };
        let asked = target.map(|target| Asked {
            target: target.to_owned(),
            layers: self.world.layers.clone(),
            moment: self.world.moment,
            only: self.world.only.clone(),
        });
        self.turns.push(Turn { prompt, line: line.trim_end().to_owned(), text: reply.text.clone(), asked });
    }

    /// Writes the conversation as a protocol, and beside it the records of what was computed.
    pub(super) fn protocol(&self, path: &Path, files: &Files) -> Result<Vec<(PathBuf, String)>, Box<Said>> {
        if self.turns.is_empty() {
            return Err(Box::new(Said::refused(&ReplProblem::NothingToSave)));
        }
        let records = path.with_extension("jsonl");
        let mut lines: Vec<String> = Vec::new();
        let mut link = Link::first();
        let mut body = String::new();
        for (at, turn) in self.turns.iter().enumerate() {
            body += &self.told(at, turn);
            let Some(record) = turn.asked.as_ref().and_then(|asked| self.recorded(asked, files, &link))
            else {
                continue;
            };
            let digest = record.digest();
            body += &self.said(&bi!("Spor {}: `{digest}`\n\n", "Record {}: `{digest}`\n\n", lines.len() + 1));
            lines.push(format!("{}\n", record.line(&[])));
            if let Some(next) = Link::after(link.sequence, &digest) {
                link = next;
            }
        }
        let head = self.protocol_head(files, &records, lines.len());
        let mut written = vec![(path.to_owned(), format!("{head}{body}"))];
        if !lines.is_empty() {
            written.push((records, lines.concat()));
        }
        Ok(written)
    }

    fn said(&self, words: &Bi) -> String {
        words.get(self.lang()).to_owned()
    }

    fn protocol_head(&self, files: &Files, records: &Path, count: usize) -> String {
        let agreement = self.model().agreements.iter().find(|one| !one.name.is_empty());
        let of = agreement.map(|one| format!(" · {}", one.name)).unwrap_or_default();
        let mut head =
            self.said(&bi!("# Protokol af en samtale{of}\n\n", "# Protocol of a conversation{of}\n\n"));
        let (rules, hash) = (&files.rules, self.session.rules_hash());
        head +=
            &self.said(&bi!("- Regler: {rules}, sha256 `{hash}`\n", "- Rules: {rules}, sha256 `{hash}`\n"));
        for (name, hash) in self.data_hashes() {
            head += &format!("- Data: {name}, sha256 `{hash}`\n");
        }
        head += &format!("- klausul {}\n", env!("CARGO_PKG_VERSION"));
        if count > 0 {
            let own = records.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let data: String = files
                .data
                .iter()
                .map(|file| {
                    let kind = file.kind.as_ref().map(|kind| format!("{kind}=")).unwrap_or_default();
                    format!(" --data {kind}{}", file.name)
                })
                .collect();
            head += &self.said(&bi!(
                "- Spor: `{own}`; efterprøv dem med `klausul verify {own} --rules {rules}{data}`\n",
                "- Records: `{own}`; verify them with `klausul verify {own} --rules {rules}{data}`\n"
            ));
        }
        head.push('\n');
        head
    }

    /// One line with its answer, in blocks that no line of them can end.
    fn told(&self, at: usize, turn: &Turn) -> String {
        let Turn { prompt, line, text, .. } = turn;
        let mut told = format!("## {}\n\n", at + 1);
        told += &fenced(&format!("{prompt}{line}\n"));
        if !text.is_empty() {
            told += &fenced(text);
        }
        told
    }

    /// The record of an answer, computed again as it was asked; `None` where that cannot be done.
    fn recorded(&self, asked: &Asked, files: &Files, link: &Link) -> Option<Record> {
        let mut session = self.session.clone();
        session.restore_layers(asked.layers.clone());
        let targets = vec![asked.target.clone()];
        let question = Question { targets, moment: asked.moment, only: asked.only.clone() };
        let answer = session.ask(&question).ok()?;
        let rests = Rested { data: &files.data, locked: &files.locked };
        Some(Record::of(&session, &question, &answer, &rests, link))
    }
}

/// A block of text as it is, within a fence that is longer than any in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}\n\n", text.trim_end_matches('\n'))
}
