//! Examples run as a user runs them: rule files through a session, data beside rules, commands over files in memory.

use std::path::{Path, PathBuf};

use klausul::base::{Lang, SourceFile};
use klausul::diag::{Diagnostic, Problems, Report, Severity};
use klausul::eval::Outcome;
use klausul::facts::{DataArg, Moment, load_data, read_data};
use klausul::model::Origin;
use klausul::record::{PrivateKey, next_link};
use klausul::render::Look;
use klausul::repl::Repl;
use klausul::session::{Question, Session};
use klausul::sources;
use klausul::syntax::print;
use klausul::value::Date;
use klausul::world::{MAX_FILE, Memory, NewFile, World, rule_files};

use super::page::{Block, Half};

/// What an example gives.
#[derive(Default)]
pub(super) struct Findings {
    /// Found by reading and checking rules, data and the command.
    pub(super) fixed: Vec<Diagnostic>,
    /// The errors that results came to.
    pub(super) run: Vec<Diagnostic>,
}

impl Findings {
    pub(super) fn all(&self) -> impl Iterator<Item = &Diagnostic> {
        self.fixed.iter().chain(&self.run)
    }
    /// The numbers of the errors, and of the findings that weigh this much, each once.
    pub(super) fn codes(&self, weight: Severity) -> Vec<&'static str> {
        let counts = |found: &&Diagnostic| found.severity == Severity::Error || found.severity == weight;
        let mut codes: Vec<_> = self.all().filter(counts).map(|found| found.code.id()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// Runs one block of a half.
pub(super) fn run(half: &Half, block: &Block) -> Findings {
    match block.form.as_str() {
        "klausul" if block.is("fmt") => formatted(&block.bytes),
        "klausul" => {
            let mut session = with_rules(&block.bytes);
            let found = with_data(half.setting("data"), &mut session);
            answered(&session, found, &Question::default(), true)
        }
        "json" | "toml" | "csv" => {
            let mut session = with_rules(half.setting("regler").map_or(b"".as_slice(), |rules| &rules.bytes));
            let found = with_data(Some(block), &mut session);
            answered(&session, found, &Question::default(), true)
        }
        "samtale" => conversation(half, block),
        "text" => block.text().lines().fold(Findings::default(), |mut all, line| {
            let found = command(half, line);
            all.fixed.extend(found.fixed);
            all.run.extend(found.run);
            all
        }),
        other => panic!("{}: no form `{other}`", half.place(block)),
    }
}

/// Types the lines of a block in a conversation about the half's rules, or about none.
fn conversation(half: &Half, block: &Block) -> Findings {
    let session = half.setting("regler").map_or_else(Session::new, |rules| with_rules(&rules.bytes));
    let mut repl = Repl::new(session, Look::new(half.lang), Some(Moment::Year(2025)), Vec::new());
    let fixed = block.text().lines().flat_map(|line| repl.line(line).problems).collect();
    Findings { fixed, run: Vec::new() }
}

/// The rules of a block; a line `// fil lån.klausul` (`// file`) begins another file of the same folder.
fn with_rules(bytes: &[u8]) -> Session {
    let mut session = Session::new();
    let mut files: Vec<(String, Vec<u8>)> = vec![("regler.klausul".to_owned(), Vec::new())];
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let name = std::str::from_utf8(line).ok().and_then(|line| {
            line.strip_prefix("// fil ").or_else(|| line.strip_prefix("// file ")).map(str::trim)
        });
        match (name, files.last_mut()) {
            (Some(name), _) => files.push((name.to_owned(), Vec::new())),
            (None, Some((_, text))) => text.extend(line),
            (None, None) => {}
        }
    }
    let several = files.len() > 1;
    for (name, text) in files.iter().filter(|(_, text)| !several || !text.is_empty()) {
        // What is refused is among the session's findings.
        let _ = session.add_rules(name, text);
    }
    session
}

/// A CSV example names the kind of its rows in its first heading.
fn with_data(block: Option<&Block>, session: &mut Session) -> Problems {
    let mut problems = Problems::new();
    let Some(block) = block else { return problems };
    let text = block.text();
    let first = text.split([';', ',', '\n']).next().unwrap_or_default().to_owned();
    let kind = (block.form == "csv").then_some(first);
    let arg = DataArg { kind, path: PathBuf::from(format!("tal.{}", block.form)) };
    let data = read_data(&arg, &block.bytes, &|_| None, session.sources_mut(), &mut problems);
    session.set_data(klausul::facts::RawData::join([data], &mut problems));
    problems
}

/// Checks everything and computes everything; without a year of its own, an example is computed for 2025.
fn answered(session: &Session, mut found: Problems, question: &Question, any_year: bool) -> Findings {
    found.append(session.findings());
    session.checks(&mut found);
    for test in session.run_tests(session.lang()) {
        found.append(test.problems);
    }
    let answer = session.ask(question);
    let answer = match answer {
        Err(_) if any_year => session.ask(&Question { moment: Some(Moment::Year(2025)), ..question.clone() }),
        other => other,
    };
    match answer {
        Ok(answer) => {
            let errors = answer.lines.iter().filter_map(|line| match answer.outcome(line) {
                Outcome::Error(problem) => Some(problem.report()),
                _ => None,
            });
            let mut run = Problems::new();
            errors.for_each(|error| run.push(error));
            found.append(answer.problems.clone());
            // What a result came to stands in the answer's findings as well.
            let run = run.sorted();
            let fixed = found.sorted().into_iter().filter(|finding| !run.contains(finding)).collect();
            Findings { fixed, run }
        }
        Err(problems) => {
            found.append(problems);
            Findings { fixed: found.sorted(), run: Vec::new() }
        }
    }
}

/// Lays a file out in the other language.
fn formatted(bytes: &[u8]) -> Findings {
    let session = with_rules(bytes);
    let [file] = session.files() else { panic!("the file is no text") };
    let id = session.sources().iter().next().expect("one file").0;
    let to = file.lang.pick(Lang::En, Lang::Da);
    match print(file, session.sources().file(id), to) {
        Ok(_) => Findings::default(),
        Err(problem) => Findings { fixed: vec![problem.report()], run: Vec::new() },
    }
}

/// Runs a command with the program, in a folder with the files of the half (those of the repository if it has none).
/// Returns what it says, and whether it did what was asked.
#[expect(clippy::disallowed_methods, reason = "the test writes the files that the command finds")]
pub(super) fn in_program(half: &Half, block: &Block) -> (String, bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let files = files(half);
    for (path, text) in &files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("inside the folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_klausul"))
        .args(&words(block.text().trim())[1..])
        .current_dir(if files.is_empty() { home } else { folder.path() })
        .output()
        .expect("the program runs");
    let says = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).expect("text")).concat();
    (says, output.status.success())
}

/// The files a command runs over: the rules and data of the half, and what its `mappe` block lists.
fn files(half: &Half) -> Vec<(String, String)> {
    let listed = half.setting("mappe").map(Block::text).unwrap_or_default();
    let mut files: Vec<(String, String)> = Vec::new();
    for line in listed.lines() {
        // What is indented below a path is the text of that file.
        match (line.strip_prefix("  "), files.last_mut()) {
            (Some(text), Some((_, file))) => file.push_str(&format!("{text}\n")),
            _ => files.push((line.to_owned(), String::new())),
        }
    }
    if let Some(rules) = half.setting("regler") {
        files.push((half.lang.pick("regler.klausul", "rules.klausul").to_owned(), rules.text()));
    }
    if let Some(data) = half.setting("data") {
        files.push((format!("{}.{}", half.lang.pick("tal", "figures"), data.form), data.text()));
    }
    files
}

fn world(half: &Half) -> Memory {
    let files = files(half);
    Memory::new(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// Runs a command as far as its findings go: `check`, `eval`, `sources`, `keys` and `new`.
fn command(half: &Half, line: &str) -> Findings {
    let words = words(line);
    let [program, verb, rest @ ..] = words.as_slice() else { panic!("`{line}` is no command") };
    assert_eq!(program, "klausul", "`{line}` is no command");
    let lock = rest.iter().any(|word| word == "--lock");
    let rest: Vec<String> = rest.iter().filter(|word| *word != "--lock").cloned().collect();
    let (options, plain) = options(&rest);
    let world = world(half);
    let paths = |given: &[String]| given.iter().map(PathBuf::from).collect::<Vec<_>>();
    let failed = |errors: Vec<klausul::world::WorldError>| Findings {
        fixed: errors.iter().map(Report::report).collect(),
        run: Vec::new(),
    };
    match verb.as_str() {
        "new" => match world.write_folder(Path::new(&plain[0]), &[]) {
            Ok(()) => Findings::default(),
            Err(error) => failed(vec![error]),
        },
        "keys" => {
            let path = PathBuf::from(format!("{}.key", plain[1]));
            match world.create(&[NewFile { path: &path, bytes: b"", secret: true }]) {
                Ok(()) => Findings::default(),
                Err(error) => failed(vec![error]),
            }
        }
        "check" => match rule_files(&world, &paths(&plain)) {
            Ok(_) => Findings::default(),
            Err(errors) => failed(errors),
        },
        "sources" => {
            let dir = options.iter().find(|(name, _)| name == "--dir").expect("a folder of documents");
            match rule_files(&world, &paths(&plain)) {
                Ok(found) => followed(&world, &found.files, Path::new(&dir.1), lock),
                Err(errors) => failed(errors),
            }
        }
        "eval" => {
            let (files, targets) =
                plain.split_at(plain.iter().take_while(|word| is_path(&world, word)).count().max(1));
            match rule_files(&world, &paths(files)) {
                Ok(found) => evaluated(&world, &found.files, targets, &options),
                Err(errors) => failed(errors),
            }
        }
        other => panic!("`{other}`: the examples know no such verb"),
    }
}

fn is_path(world: &Memory, word: &str) -> bool {
    word.contains('/') || word.contains('.') && world.kind(Path::new(word)).is_ok() || word.ends_with(".json")
}

/// The rules' citations and figures looked for in the documents of a folder.
fn followed(world: &Memory, files: &[PathBuf], dir: &Path, lock: bool) -> Findings {
    let mut session = Session::new();
    for file in files {
        let bytes = world.read(file, MAX_FILE).expect("the file was listed");
        let _ = session.add_rules(&file.display().to_string(), &bytes);
    }
    let mut found = session.parsed().clone();
    match sources::documents(world, dir, session.sources_mut(), &mut found) {
        Err(error) => found.report(&error),
        Ok(documents) => {
            let folder = files.first().and_then(|file| file.parent()).expect("a folder");
            let lock_file = world.read(&folder.join(sources::LOCK), MAX_FILE).ok().filter(|_| !lock);
            let lock = lock_file.and_then(|bytes| {
                let text = String::from_utf8(bytes).expect("UTF-8");
                let file = session.sources_mut().add(SourceFile::new(sources::LOCK, text.as_str()));
                sources::Lock::read(file, &text, &mut found)
            });
            let files: Vec<_> = session.own_files().collect();
            let locks = files.iter().filter_map(|(id, _)| Some((*id, lock.as_ref()?))).collect();
            sources::follow(files.iter().copied(), &documents, &locks, session.sources(), &mut found);
            sources::compare(&files, &documents, session.sources(), &mut found);
            if let Some(lock) = &lock {
                sources::changes(lock, &files, &documents, session.sources(), &mut found);
            }
        }
    }
    Findings { fixed: found.sorted(), run: Vec::new() }
}

fn evaluated(
    world: &Memory,
    files: &[PathBuf],
    targets: &[String],
    options: &[(String, String)],
) -> Findings {
    let mut session = Session::new();
    for file in files {
        let bytes = world.read(file, MAX_FILE).expect("the file was listed");
        let _ = session.add_rules(&file.display().to_string(), &bytes);
    }
    let mut found = Problems::new();
    let mut question = Question { targets: targets.to_vec(), ..Question::default() };
    for (name, value) in options {
        if let Err(problems) = option(world, &mut session, &mut question, &mut found, name, value) {
            found.append(problems);
        }
    }
    answered(&session, found, &question, false)
}

fn option(
    world: &Memory,
    session: &mut Session,
    question: &mut Question,
    found: &mut Problems,
    name: &str,
    value: &str,
) -> Result<(), Problems> {
    match name {
        "--year" => question.moment = value.parse().ok().map(Moment::Year),
        "--date" => question.moment = Date::from_iso(value).map(Moment::Day),
        "--for" => {
            let (kind, name) = value.split_once('=').expect("a kind and a name");
            question.only.push((kind.to_owned(), name.trim_matches('"').to_owned()));
        }
        "--scenario" => return session.use_scenario(value),
        "--set" => return session.assign("--set", value, Origin::Set),
        "--data" => {
            let args = [DataArg::parse(value)];
            match load_data(world, &args, &|_| None, session.sources_mut(), found) {
                Ok(data) => session.set_data(data),
                Err(errors) => errors.iter().for_each(|error| found.report(error)),
            }
        }
        "--sign" => {
            let bytes = world.read(Path::new(value), MAX_FILE).expect("the folder holds the key file");
            if let Err(problem) = PrivateKey::read(value, &bytes) {
                found.report(&problem);
            }
        }
        // Whether a record can be added is told by the end of the file.
        "--record" => {
            let added = world.append(Path::new(value), &mut |tail| match next_link(value, tail) {
                Ok(_) => Some(b"{}\n".to_vec()),
                Err(problem) => {
                    found.report(&problem);
                    None
                }
            });
            added.expect("a file in memory can be added to");
        }
        other => panic!("`{other}`: the examples know no such option"),
    }
    Ok(())
}

fn options(words: &[String]) -> (Vec<(String, String)>, Vec<String>) {
    let (mut options, mut plain) = (Vec::new(), Vec::new());
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.starts_with("--") {
            true => options.push((word.clone(), words.next().cloned().unwrap_or_default())),
            false => plain.push(word.clone()),
        }
    }
    (options, plain)
}

/// Splits a command at spaces, except within quotation marks; single ones are dropped, as a shell does.
fn words(line: &str) -> Vec<String> {
    let (mut all, mut word, mut quote) = (Vec::new(), String::new(), None);
    for char in line.chars() {
        match (char, quote) {
            ('\'', Some('\'')) => quote = None,
            ('\'', None) => quote = Some('\''),
            ('"', Some('"')) => quote = None,
            ('"', None) => quote = Some('"'),
            (' ', None) => all.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
            (other, _) => word.push(other),
        }
    }
    all.extend((!word.is_empty()).then_some(word));
    all
}
