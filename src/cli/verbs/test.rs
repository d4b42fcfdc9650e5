use std::path::PathBuf;

use clap::Args;

use serde_json::{Value, json};

use super::cases;
use crate::base::{Lang, bi};
use crate::cli::aside::findings_but;
use crate::cli::asking::rules_session;
use crate::cli::checked::{counted, module_name};
use crate::cli::damaged::damaged;
use crate::cli::{AnswerForm, AnswerFormat, Console, Exit};
use crate::diag::{Diagnostic, Problems, Severity};
use crate::render::{Look, diagnostics_json, graphical, json_text, visible};
use crate::session::{ExpectationReport, ModuleTests, Modules, Session, TestReport, TestState};

/// The options of `test`.
#[derive(Args, Debug)]
pub struct TestArgs {
    #[arg(
        required = true,
        value_name = "STI",
        help = "Regelfiler, mapper eller sager (.toml, .json) | Rule files, folders or cases (.toml, .json)"
    )]
    /// The rules.
    pub paths: Vec<PathBuf>,
    #[arg(
        long,
        help = "Vis, hvilke klausuler, grene og tabelrækker prøverne når | Show which clauses, branches and table rows the tests reach"
    )]
    /// Whether to show what the tests reach.
    pub coverage: bool,
    #[arg(
        long,
        help = "Beskadig reglerne, som man kommer til det, og spørg om det, ingen prøve mærker (det tager tid) | Damage the rules as slips do, and ask about what no test notices (it takes time)"
    )]
    /// Whether to damage the rules and tell what nobody notices.
    pub mutants: bool,
    #[arg(
        long,
        value_name = "ANTAL",
        requires = "mutants",
        help = "Højst så mange skader af hver slags i hver pakke | At most so many damages of each kind in each pack"
    )]
    /// The most damages of each way in a pack.
    pub most: Option<usize>,
    #[arg(
        long,
        value_name = "PCT",
        requires = "mutants",
        value_parser = clap::value_parser!(u8).range(0..=100),
        help = "Fejl, hvis en pakke mærker mindre end så mange procent | Fail where a pack notices less than so many per cent"
    )]
    /// The share that must be noticed.
    pub floor: Option<u8>,
    #[command(flatten)]
    /// The form of the answer.
    pub answer: AnswerForm,
}

/// Runs the tests of the rules, or conformance cases where the paths name those.
pub fn run(args: &TestArgs, console: &mut Console<'_>) -> Exit {
    if let Some(files) = cases::case_files(console.world, &args.paths) {
        return cases::run(&files, console);
    }
    let session = match rules_session(console, &args.paths) {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    let lang = console.lang(Some(session.lang()));
    let rules = session.modules();
    let problems = rules.problems();
    // A failed test is not looked for among the warnings of the rules.
    let aside = |finding: &Diagnostic| finding.severity != Severity::Error;
    let found = findings_but(console, &problems, &aside, session.sources(), lang);
    let modules = rules.run_tests(lang);
    let all_passed = modules.iter().flat_map(|module| &module.reports).all(TestReport::passed);
    let exit = if !all_passed && found == Exit::Ok { Exit::Findings } else { found };
    let damages = match args.mutants && exit == Exit::Ok {
        true => match damaged(console, &args.paths, args.most) {
            Ok(damages) => damages,
            Err(exit) => return exit,
        },
        false => Vec::new(),
    };
    match args.answer.format {
        AnswerFormat::Text => console.say(&text(&modules, &session, &problems, &console.look(lang))),
        AnswerFormat::Json => {
            let mut told = json(&modules, &session, lang);
            if let (true, Some(fields)) = (args.mutants, told.as_object_mut()) {
                fields.insert("mutants".to_owned(), damages.iter().map(|pack| pack.json(lang)).collect());
            }
            console.say(&json_text(&told));
        }
    }
    if args.coverage {
        console.say(&coverage(&rules, lang));
    }
    if args.answer.format == AnswerFormat::Text {
        damages.iter().for_each(|pack| console.say(&format!("\n{}", pack.text(lang))));
    }
    let floor = args.floor.map_or(0, |floor| usize::from(floor) * 10);
    if damages.iter().all(|pack| pack.per_mille() >= floor) { exit } else { Exit::Findings }
}

/// Words how each test went, below the name of its module where there are several, and how all of them did.
fn text(modules: &[ModuleTests], session: &Session, problems: &Problems, look: &Look) -> String {
    let lang = look.lang;
    let mut out = String::new();
    let (mut by_module, mut all) = (String::new(), Ends::default());
    for module in modules {
        let ends = Ends::of(&module.reports);
        if modules.len() > 1 {
            let name = module_name(&module.folder, &module.agreements);
            let gap = if out.is_empty() { "" } else { "\n" };
            if !module.reports.is_empty() {
                out.push_str(&format!("{gap}{name}\n"));
            }
            by_module.push_str(&format!("  {name}: {}\n", how(&ends, false, lang)));
        }
        out.push_str(&each(&module.reports, session, look));
        all = all.with(&ends);
    }
    out.push_str(&format!("\n{}\n{by_module}", how(&all, problems.has_errors(), lang)));
    out
}

fn each(reports: &[TestReport], session: &Session, look: &Look) -> String {
    let lang = look.lang;
    let mut out = String::new();
    for report in reports {
        let mark = match report.state() {
            TestState::Passed => lang.pick("bestået ", "passed "),
            TestState::Failed => lang.pick("FEJLER  ", "FAILS   "),
            TestState::NotRun => lang.pick("IKKE KØRT", "NOT RUN "),
        };
        out.push_str(&format!("{mark} {}\n", visible(&report.title)));
        match report.state() {
            TestState::NotRun => out.push_str(&reason(report, session, lang)),
            TestState::Passed | TestState::Failed => {
                for expectation in report.expectations.iter().filter(|e| !e.passed) {
                    out.push_str(&failure(expectation, session, lang));
                }
            }
        }
        if !report.problems.is_empty() {
            out.push_str(&graphical(&report.problems.sorted(), session.sources(), look));
        }
    }
    out
}

/// Why a test was not run.
fn reason(report: &TestReport, session: &Session, lang: Lang) -> String {
    match &report.blocked {
        Some(error) if !report.problems.has_errors() => {
            let place = error.span().map(|span| {
                let name = &session.sources().file(span.file).name;
                format!("{}:{}: ", visible(name), session.sources().place(span).line)
            });
            format!("    {}{}\n", place.unwrap_or_default(), visible(error.message.get(lang)))
        }
        _ => format!("    {}\n", lang.pick("prøven selv har fejl:", "the test itself has errors:")),
    }
}

/// How many tests ended in which way.
#[derive(Default)]
struct Ends {
    passed: usize,
    failed: usize,
    not_run: usize,
}

impl Ends {
    fn of(reports: &[TestReport]) -> Ends {
        let count = |state| reports.iter().filter(|report| report.state() == state).count();
        let [passed, failed, not_run] = [TestState::Passed, TestState::Failed, TestState::NotRun].map(count);
        Ends { passed, failed, not_run }
    }

    fn with(&self, other: &Ends) -> Ends {
        Ends {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            not_run: self.not_run + other.not_run,
        }
    }
}

fn failure(expectation: &ExpectationReport, session: &Session, lang: Lang) -> String {
    let place = session.sources().place(expectation.span);
    let file = &session.sources().file(expectation.span.file).name;
    let line = session.sources().text(expectation.span).trim().to_owned();
    let (wanted, got) = (lang.pick("ventet", "expected"), lang.pick("fået", "got"));
    let name = format!("{}:{}", visible(file), place.line);
    let gap = wanted.chars().count().max(got.chars().count());
    format!(
        "    {name}: {}\n      {wanted:gap$}  {}\n      {got:gap$}  {}\n",
        visible(&line),
        visible(&expectation.expected),
        visible(&expectation.found)
    )
}

/// Words how it went. `alle bestået` is said only where all of them were run, and no error in the rules may have kept
/// something from being asked.
fn how(ends: &Ends, errors: bool, lang: Lang) -> String {
    let Ends { passed, failed, not_run } = *ends;
    let all = passed + failed + not_run;
    let parts = [
        (passed, bi!("bestået", "passed")),
        (failed, bi!("fejler", "failed")),
        (not_run, bi!("ikke kørt", "not run")),
    ];
    // That none passed is said as well.
    let some = parts.iter().enumerate().filter(|(at, (n, _))| *at == 0 || *n > 0);
    let listed: Vec<String> = some.map(|(_, (n, words))| format!("{n} {}", words.get(lang))).collect();
    let outcome = match (all, passed == all && !errors) {
        (0, _) => lang.pick("der er ingen `prøve` i reglerne", "there is no `test` in the rules").to_owned(),
        (1, true) => lang.pick("bestået", "passed").to_owned(),
        (_, true) => lang.pick("alle bestået", "all passed").to_owned(),
        (_, false) => listed.join(", "),
    };
    let but = match (errors, passed == all) {
        (true, true) => lang.pick(", men reglerne har fejl", ", but the rules have errors"),
        (true, false) => lang.pick("; reglerne har fejl", "; the rules have errors"),
        (false, _) => "",
    };
    let counted = counted(all, bi!("prøve", "test"), bi!("prøver", "tests"), lang);
    format!("{counted}: {outcome}{but}")
}

fn json(modules: &[ModuleTests], session: &Session, lang: Lang) -> Value {
    let sources = session.sources();
    let expectation = |e: &ExpectationReport| {
        json!({
            "expected": e.expected, "found": e.found, "passed": e.passed,
            "line": sources.place(e.span).line, "text": sources.text(e.span).trim(),
        })
    };
    let report = |r: &TestReport| {
        json!({
            "title": r.title,
            "passed": r.passed(),
            "state": r.state().name(),
            "reason": r.blocked.as_ref().map(|error| error.message.get(lang)),
            "file": sources.file(r.span.file).name,
            "line": sources.place(r.span).line,
            "expectations": r.expectations.iter().map(expectation).collect::<Vec<_>>(),
            "problems": diagnostics_json(&r.problems.sorted(), sources, &Look::new(lang)),
        })
    };
    let all = modules.iter().fold(Ends::default(), |all, module| all.with(&Ends::of(&module.reports)));
    let Ends { passed, failed, not_run } = all;
    let tests = modules.iter().flat_map(|module| &module.reports).map(report).collect::<Vec<_>>();
    let by_module = |module: &ModuleTests| {
        let Ends { passed, failed, not_run } = Ends::of(&module.reports);
        let ModuleTests { folder, agreements, .. } = module;
        json!({
            "folder": folder, "agreements": agreements,
            "failed": failed, "passed": passed, "not_run": not_run,
        })
    };
    // One module alone is all there is.
    let modules: Vec<Value> =
        if modules.len() > 1 { modules.iter().map(by_module).collect() } else { vec![] };
    json!({ "tests": tests, "failed": failed, "passed": passed, "not_run": not_run, "modules": modules })
}

/// Which definitions and table rows the tests reach.
fn coverage(rules: &Modules, lang: Lang) -> String {
    let coverage = rules.coverage();
    let mut out = String::new();
    let mut line = |title: (&str, &str), reached: usize, all: usize, missed: &[String]| {
        out.push_str(&format!("\n{}: {reached}/{all}\n", lang.pick(title.0, title.1)));
        for name in missed {
            out.push_str(&format!("  {} {}\n", lang.pick("ikke nået:", "not reached:"), visible(name)));
        }
    };
    let all = |part: &crate::session::Reached| part.reached + part.missed.len();
    line(
        ("definitioner", "definitions"),
        coverage.definitions.reached,
        all(&coverage.definitions),
        &coverage.definitions.missed,
    );
    line(("tabelrækker", "table rows"), coverage.rows.reached, all(&coverage.rows), &coverage.rows.missed);
    line(
        ("grene", "branches"),
        coverage.branches.reached,
        all(&coverage.branches),
        &coverage.branches.missed,
    );
    out
}
