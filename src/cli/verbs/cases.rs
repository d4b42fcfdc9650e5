use std::path::{Path, PathBuf};

use crate::base::{Bi, Lang, bi};
use crate::cli::{Console, Exit};
use crate::diag::{Code, Diagnostic};
use crate::render::visible;
use crate::session::{CaseFormat, read_cases, run_case};
use crate::world::{Kind, MAX_FILE, World, WorldError, is_rule_file};

/// What the cases of one file came to.
struct Ran {
    path: PathBuf,
    cases: usize,
    failed: Vec<(String, Vec<Bi>)>,
}

/// Finds the case files (`.toml`, `.json`) that paths name, folders with everything below them; `None` when the paths
/// name rule files, whose own tests are wanted.
pub(super) fn case_files(world: &dyn World, paths: &[PathBuf]) -> Option<Vec<PathBuf>> {
    let mut found = Vec::new();
    for path in paths {
        collect(world, path, &mut found).ok()?;
    }
    let rules = found.iter().any(|path| is_rule_file(path));
    found.retain(|path| format_of(path).is_some());
    (!rules && !found.is_empty()).then_some(found)
}

fn collect(world: &dyn World, path: &Path, found: &mut Vec<PathBuf>) -> Result<(), WorldError> {
    match world.kind(path)? {
        Kind::File => found.push(path.to_owned()),
        Kind::Special => {}
        Kind::Folder => {
            for inner in world.list(path)? {
                collect(world, &inner, found)?;
            }
        }
    }
    Ok(())
}

fn format_of(path: &Path) -> Option<CaseFormat> {
    match path.extension()?.to_str()? {
        "toml" => Some(CaseFormat::Toml),
        "json" => Some(CaseFormat::Json),
        _ => None,
    }
}

/// Runs conformance cases and tells which fail.
pub(super) fn run(files: &[PathBuf], console: &mut Console<'_>) -> Exit {
    let lang = console.lang(None);
    let mut all = Vec::new();
    for path in files {
        match ran(path, console) {
            Ok(ran) => all.push(ran),
            Err(exit) => return exit,
        }
    }
    let (cases, failed) =
        all.iter().fold((0, 0), |(cases, failed), ran| (cases + ran.cases, failed + ran.failed.len()));
    for ran in &all {
        let text = told(ran, lang);
        console.say(&text);
    }
    console.say(&summary(cases, failed, lang));
    if failed == 0 { Exit::Ok } else { Exit::Findings }
}

fn ran(path: &Path, console: &mut Console<'_>) -> Result<Ran, Exit> {
    let lang = console.lang(None);
    // Made by programs, a file of cases may be far larger than any rule file.
    let bytes = console.world.read(path, 64 * MAX_FILE).map_err(|error| console.world_errors(&[error]))?;
    let text = String::from_utf8_lossy(&bytes);
    let format = format_of(path).unwrap_or(CaseFormat::Toml);
    let file = read_cases(&text, format).map_err(|why| {
        let (name, da, en) = (path.display(), why.da, why.en);
        let found = Diagnostic::new(Code::WrongUsage, bi!("`{name}`: {da}", "`{name}`: {en}"));
        console.refuse(found, lang, Exit::Usage)
    })?;
    let failed = file.cases.iter().map(|case| (case.id.clone(), run_case(case)));
    let failed = failed.filter(|(_, failures)| !failures.is_empty()).collect();
    Ok(Ran { path: path.to_owned(), cases: file.cases.len(), failed })
}

fn told(ran: &Ran, lang: Lang) -> String {
    let name = visible(&ran.path.display().to_string()).into_owned();
    let passed = ran.cases - ran.failed.len();
    let mut text = format!("{name}: {passed}/{}\n", ran.cases);
    for (id, failures) in &ran.failed {
        text.push_str(&format!("  {} {}\n", lang.pick("FEJLER", "FAILS"), visible(id)));
        for failure in failures {
            text.push_str(&format!("    {}\n", visible(failure.get(lang))));
        }
    }
    text
}

fn summary(cases: usize, failed: usize, lang: Lang) -> String {
    let passed = cases - failed;
    match lang {
        Lang::Da => format!("\n{cases} sager: {passed} bestået, {failed} fejler\n"),
        Lang::En => format!("\n{cases} cases: {passed} passed, {failed} failed\n"),
    }
}
