//! What is laid over the rules, saved as a scenario in a file of its own, and laid again from one.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::problem::ReplProblem;
use super::state::{Repl, Said};
use crate::base::{Bi, Lang, SourceMap, bi};
use crate::diag::{Diagnostic, Problems, Report, Severity};
use crate::facts::Moment;
use crate::model::{Layer, Model, Origin};
use crate::record::{DataFile, Locked, sha256};
use crate::session::Session;
use crate::syntax::keywords::is_reserved;
use crate::syntax::{self, ast};
use crate::world::{MAX_FILE, NewFile, World, WorldError, WorldProblem};

/// The files that a conversation reads and writes, and those it was opened with.
#[derive(Clone)]
pub struct Files {
    /// Where files are.
    pub disk: Rc<dyn World>,
    /// The rules as they were named.
    pub rules: String,
    /// The data files, as a record names them.
    pub data: Vec<DataFile>,
    /// What the lock files of the rules say of the documents.
    pub locked: Locked,
}

/// What a conversation is saved as.
enum Form {
    /// The what-if, as a scenario.
    Scenario,
    /// All that was said, with records of what was computed.
    Protocol,
}

/// Where to save, and how.
struct Target {
    path: PathBuf,
    form: Form,
    replaces: bool,
}

/// The word after the name of a file that is to be replaced, in both languages.
const REPLACE: [&str; 2] = ["overskriv", "replace"];

impl Repl {
    /// Saves the what-if as a scenario, or the conversation as a protocol. `None` when what follows the command is no file.
    pub(super) fn save(&self, rest: &str) -> Option<Said> {
        let Some(files) = &self.files else { return Some(Said::refused(&ReplProblem::NoFiles)) };
        let target = target(rest)?;
        let made = match target.form {
            Form::Scenario => {
                self.scenario_file(&target.path, files).map(|text| vec![(target.path.clone(), text)])
            }
            Form::Protocol => self.protocol(&target.path, files),
        };
        let written = match made {
            Ok(written) => written,
            Err(said) => return Some(*said),
        };
        Some(match write(files, &written, target.replaces) {
            Ok(()) => {
                let names: Vec<String> = written.iter().map(|(path, _)| path.display().to_string()).collect();
                let names = names.join(self.lang().pick(" og ", " and "));
                let how = match target.form {
                    Form::Scenario => self.in_words(&self.command_again(files, &target.path)),
                    Form::Protocol => String::new(),
                };
                let saved = bi!("gemt: {names}", "saved: {names}");
                Said::text(format!("{}\n{how}", saved.get(self.lang())))
            }
            Err(error) => {
                Said { text: String::new(), problems: vec![not_written(&error)], sources: SourceMap::new() }
            }
        })
    }

    fn in_words(&self, command: &str) -> String {
        let said = bi!(
            "samme svar uden for samtalen: {command}",
            "the same answers outside the conversation: {command}"
        );
        format!("{}\n", said.get(self.lang()))
    }

    /// Lays the scenarios of a file over everything.
    pub(super) fn load(&mut self, rest: &str) -> Option<Said> {
        let Some(files) = self.files.clone() else { return Some(Said::refused(&ReplProblem::NoFiles)) };
        let name = unquoted(rest);
        if name.is_empty() {
            return None;
        }
        let path = if Path::new(name).extension().is_none() {
            Path::new(name).with_extension("klausul")
        } else {
            PathBuf::from(name)
        };
        let bytes = match files.disk.read(&path, MAX_FILE) {
            Ok(bytes) => bytes,
            Err(error) => {
                let problems = vec![error.report()];
                return Some(Said { text: String::new(), problems, sources: SourceMap::new() });
            }
        };
        let shown = path.display().to_string();
        let label = format!(":{} {shown}", self.lang().pick("indlæs", "load"));
        let mut said = self.change(&label, |session| session.lay_file(&shown, &bytes, Origin::WhatIf));
        let has_failed = said.problems.iter().any(|found| found.severity == Severity::Error);
        if let (false, Some(remark)) = (has_failed, self.of_other_rules(&String::from_utf8_lossy(&bytes))) {
            said.text.insert_str(0, &format!("{}\n", remark.get(self.lang())));
        }
        Some(said)
    }

    /// What is to be told where a file says that it was saved over other rules or other data than these.
    fn of_other_rules(&self, text: &str) -> Option<Bi> {
        let stated = text.lines().take_while(|line| line.is_empty() || line.starts_with("//"));
        let known: Vec<String> = self.hashes();
        let other = stated.filter_map(hash_in).any(|hash| !known.contains(&hash));
        other.then(|| {
            bi!(
                "bemærk: filen blev gemt over andre regler eller data end dem her; svarene kan være andre end dengang",
                "note: the file was saved over other rules or data than these; the answers may differ from those of then"
            )
        })
    }

    fn hashes(&self) -> Vec<String> {
        let data = self.data_hashes().into_iter().map(|(_, hash)| hash);
        std::iter::once(self.session.rules_hash()).chain(data).collect()
    }

    /// The data files that were read, without folders, with the hash of each.
    pub(super) fn data_hashes(&self) -> Vec<(String, String)> {
        let named = self.files.iter().flat_map(|files| &files.data);
        let hashed = named.filter_map(|file| {
            let (_, text) = self.session.sources().iter().find(|(_, text)| text.name == file.name)?;
            let own = file.name.rsplit(['/', '\\']).next().unwrap_or(&file.name);
            Some((own.to_owned(), sha256(text.original().as_bytes())))
        });
        hashed.collect()
    }

    /// Writes the what-if as a file that gives the same answers, and makes sure that it does.
    fn scenario_file(&self, path: &Path, files: &Files) -> Result<String, Box<Said>> {
        let refuse = |problem: &ReplProblem| Box::new(Said::refused(problem));
        if self.world.layers.is_empty() {
            return Err(refuse(&ReplProblem::NothingToSave));
        }
        let name = name_of(path, self.session.lang());
        let head = self.head(path, files);
        let shapes = [Self::as_one, Self::as_chain];
        for shape in shapes {
            let text = shape(self, &name).map(|body| format!("{head}\n{body}"));
            // Laid out as the formatter does; what it cannot read is not written.
            let laid_out = text.and_then(|text| printed(&path.display().to_string(), &text));
            if let Some(text) = laid_out.filter(|text| self.is_reproduced(text)) {
                return Ok(text);
            }
        }
        Err(refuse(&ReplProblem::NotSaved))
    }

    /// What a saved file says of itself: the rules, the data, and the command that gives the same answers.
    fn head(&self, path: &Path, files: &Files) -> String {
        let lang = self.session.lang();
        let names: Vec<&str> = self
            .model()
            .agreements
            .iter()
            .filter(|one| !one.name.is_empty())
            .map(|one| one.name.as_str())
            .collect();
        let of = names.first().map(|name| format!(" · {name}")).unwrap_or_default();
        let world = self.world.name.as_ref().map(|name| format!(" · {name}")).unwrap_or_default();
        let saved = bi!(
            "Hvad nu hvis, gemt fra en samtale{of}{world}",
            "What if, saved from a conversation{of}{world}"
        );
        let rules = lang.pick("Regler", "Rules");
        let mut lines = vec![
            saved.get(lang).to_owned(),
            format!("{rules}: {}, sha256 {}", files.rules, self.session.rules_hash()),
        ];
        lines.extend(
            self.data_hashes().into_iter().map(|(name, hash)| format!("Data: {name}, sha256 {hash}")),
        );
        lines.push(format!(
            "{}: {}",
            lang.pick("Samme svar", "The same answers"),
            self.command_again(files, path)
        ));
        lines.into_iter().map(|line| format!("// {line}\n")).collect()
    }

    /// The command that gives the same answers from a saved file.
    fn command_again(&self, files: &Files, path: &Path) -> String {
        let mut words = vec!["klausul".to_owned(), "eval".to_owned(), shell(&files.rules)];
        words.extend(self.asked_for(files));
        words.extend(["--scenario".to_owned(), shell(&path.display().to_string())]);
        words.join(" ")
    }

    /// The options that ask for the present time, entities and data.
    pub(super) fn asked_for(&self, files: &Files) -> Vec<String> {
        let mut words = Vec::new();
        for file in &files.data {
            let kind = file.kind.as_ref().map(|kind| format!("{kind}=")).unwrap_or_default();
            words.extend(["--data".to_owned(), shell(&format!("{kind}{}", file.name))]);
        }
        match self.bound.moment {
            Some(Moment::Day(day)) => words.extend(["--date".to_owned(), day.to_iso()]),
            Some(Moment::Year(year) | Moment::Quarter(year, _) | Moment::Month(year, _)) => {
                words.extend(["--year".to_owned(), year.to_string()]);
            }
            None => {}
        }
        for (kind, name) in &self.world.only {
            words.extend(["--for".to_owned(), shell(&format!("{kind}={name}"))]);
        }
        words
    }

    /// Everything in one scenario: the scenarios of the rules that lie lowest below it, then each line, the last of those
    /// that set the same. `None` where a scenario of the rules lies above a line.
    fn as_one(&self, name: &str) -> Option<String> {
        let (below, above) = self.split_layers();
        if above.iter().any(|layer| matches!(layer.origin, Origin::Scenario(_))) {
            return None;
        }
        let lines: Vec<String> = above.iter().flat_map(|layer| self.session.lines_of(layer)).collect();
        // What reads the value below it is needed with what it reads.
        let reads_below = |line: &String| line.contains("hidtidig") || line.contains("former");
        let key = |line: &str| line.split_once('=').map(|(key, _)| key.trim().to_owned());
        let is_last = |at: usize, line: &str| {
            key(line)
                .is_none_or(|own| lines.iter().skip(at + 1).all(|later| key(later).as_ref() != Some(&own)))
        };
        let all = lines.iter().any(reads_below);
        let kept =
            lines.iter().enumerate().filter(|(at, line)| all || line.contains('\n') || is_last(*at, line));
        Some(self.block(name, &below, &kept.map(|(_, line)| line.clone()).collect::<Vec<_>>()))
    }

    /// One scenario for each thing that was laid, each on the one before, so that the order stays.
    fn as_chain(&self, name: &str) -> Option<String> {
        let (below, above) = self.split_layers();
        let last = above.len().checked_sub(1)?;
        let mut on = below;
        let mut blocks = Vec::new();
        for (at, layer) in above.into_iter().enumerate() {
            let own = if at == last { name.to_owned() } else { format!("{name}_{}", at + 1) };
            let is_line =
                |line: &String| !line.starts_with(self.session.lang().pick("bygger på", "builds on"));
            let lines: Vec<String> = self.session.lines_of(layer).into_iter().filter(is_line).collect();
            blocks.push(self.block(&own, &on, &lines));
            on = vec![own];
        }
        Some(blocks.join("\n"))
    }

    /// The scenarios of the rules that lie lowest, by the names that none of the others builds on; and all above them.
    fn split_layers(&self) -> (Vec<String>, Vec<&Layer>) {
        let layers = &self.world.layers;
        let named = |layer: &&Layer| matches!(layer.origin, Origin::Scenario(_));
        let lowest: Vec<String> = layers
            .iter()
            .take_while(named)
            .filter_map(|layer| match &layer.origin {
                Origin::Scenario(name) => Some(name.clone()),
                _ => None,
            })
            .collect();
        let above: Vec<&Layer> = layers.iter().skip(lowest.len()).collect();
        (tops(self.model(), &lowest), above)
    }

    fn block(&self, name: &str, below: &[String], lines: &[String]) -> String {
        let lang = self.session.lang();
        let mut text = format!("{} {name}\n", lang.pick("scenarie", "scenario"));
        if !below.is_empty() {
            text += &format!("  {} {}\n", lang.pick("bygger på", "builds on"), below.join("; "));
        }
        for line in lines.iter().flat_map(|line| line.lines()) {
            text += &format!("  {line}\n");
        }
        text
    }

    /// Tells whether a file, laid over the rules alone, gives the answers that are given here.
    fn is_reproduced(&self, text: &str) -> bool {
        let mut fresh = self.session.clone();
        fresh.restore_layers(Vec::new());
        if fresh.lay_file("", text.as_bytes(), Origin::WhatIf).is_err() {
            return false;
        }
        let results = |session: &Session| {
            let answer = self.ask_in(session, Vec::new()).ok()?;
            Some(session.results_json(&answer, self.lang()).get("results").cloned())
        };
        results(&fresh) == results(&self.session)
    }
}

/// The scenarios that no other of these builds on.
fn tops(model: &Model, names: &[String]) -> Vec<String> {
    let built_on = |name: &String| {
        let body = model.scenarios.get(name).map(|scenario| &scenario.body);
        let lists = body.into_iter().flatten().filter_map(|stmt| match &stmt.kind {
            ast::StmtKind::BuildsOn(names) => Some(names.iter().map(|name| name.text.clone())),
            _ => None,
        });
        lists.flatten().collect::<Vec<String>>()
    };
    let below: Vec<String> = names.iter().flat_map(built_on).collect();
    let mut tops: Vec<String> = Vec::new();
    for name in names.iter().filter(|name| !below.contains(name)) {
        // One that was used twice is laid once more by being built on once.
        if !tops.contains(name) {
            tops.push(name.clone());
        }
    }
    tops
}

/// Writes files; those that are there are left alone unless they are to be replaced.
fn write(files: &Files, written: &[(PathBuf, String)], replaces: bool) -> Result<(), WorldError> {
    if replaces {
        return written.iter().try_for_each(|(path, text)| files.disk.write(path, text.as_bytes()));
    }
    let new: Vec<NewFile<'_>> =
        written.iter().map(|(path, text)| NewFile { path, bytes: text.as_bytes(), secret: false }).collect();
    files.disk.create(&new)
}

fn not_written(error: &WorldError) -> Diagnostic {
    match error.problem {
        WorldProblem::Exists => error
            .report()
            .help(bi!("`:gem FIL overskriv` skriver den på ny", "`:save FILE replace` writes it anew")),
        _ => error.report(),
    }
}

/// Reads what follows `:gem`: the name of a file, and whether one that is there is replaced.
fn target(rest: &str) -> Option<Target> {
    let last = rest.rsplit(char::is_whitespace).next().unwrap_or_default();
    let replaces = REPLACE.contains(&last) && last.len() < rest.len();
    let name = if replaces { rest.get(..rest.len() - last.len()).unwrap_or_default() } else { rest };
    let name = unquoted(name);
    let path = PathBuf::from(name);
    path.file_name()?;
    let (path, form) = match path.extension().and_then(|extension| extension.to_str()) {
        None => (path.with_extension("klausul"), Form::Scenario),
        Some("klausul") => (path, Form::Scenario),
        Some("md") if !name.ends_with(".klausul.md") => (path, Form::Protocol),
        Some(_) => return None,
    };
    Some(Target { path, form, replaces })
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches('"').trim()
}

/// The name of a scenario after its file: letters, digits and `_`.
fn name_of(path: &Path, lang: Lang) -> String {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let plain: String = stem.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let plain = plain.to_lowercase();
    let is_name = plain.chars().next().is_some_and(char::is_alphabetic) && !is_reserved(lang, &plain);
    match is_name {
        true => plain,
        false => format!("{}_{plain}", lang.pick("verden", "world")),
    }
}

/// A text of scenarios as the formatter lays it out; `None` where it cannot be read.
fn printed(name: &str, text: &str) -> Option<String> {
    let (mut map, mut problems) = (SourceMap::new(), Problems::new());
    let file = syntax::admit(&mut map, name, text.as_bytes(), &mut problems)?;
    let tree = syntax::parse(&map, file, &mut problems);
    if problems.has_errors() {
        return None;
    }
    syntax::print(&tree, map.file(file), tree.lang).ok()
}

/// The hash on a line of the head of a saved file.
fn hash_in(line: &str) -> Option<String> {
    let (_, hash) = line.split_once("sha256 ")?;
    let hash = hash.trim();
    (hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit())).then(|| hash.to_owned())
}

/// A word of a command line, in quotation marks where it needs them.
fn shell(word: &str) -> String {
    match word.chars().all(|c| c.is_alphanumeric() || "/._-=".contains(c)) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', "'\\''")),
    }
}
