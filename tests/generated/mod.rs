//! Properties that hold for every program, tried on random ones that use most of the language.

mod answers;
mod columns;
mod layers;
mod program;
mod texts;
mod write;

use std::collections::BTreeMap;

use klausul::base::Lang;
use klausul::diag::{Diagnostic, Problems, Severity};
use klausul::facts::{DataArg, Moment, read_data};
use klausul::session::{Answer, Question, Session};
use proptest::test_runner::{Config, RngSeed};

use self::program::Facts;

/// How many cases proptest tries when nobody says how many.
const STANDARD_CASES: u32 = 256;

/// How many programs a property is tried on: always the same ones, unless `PROPTEST_CASES` asks for another number, which
/// are new ones every time. What fails is printed in its smallest form and belongs into `tests/conformance/` once mended.
fn tried(cases: u32) -> Config {
    let standard = Config { failure_persistence: None, max_shrink_iters: 2_000, ..Config::default() };
    if standard.cases == STANDARD_CASES {
        Config { cases, rng_seed: RngSeed::Fixed(2025), ..standard }
    } else {
        standard
    }
}

fn session(text: &str) -> Session {
    let mut session = Session::new();
    session.add_rules("p.klausul", text.as_bytes()).unwrap();
    session
}

/// The session with facts: all of them, or those that are told.
fn with_facts(session: &Session, facts: &Facts, all: bool) -> Session {
    let (mut session, mut problems) = (session.clone(), Problems::new());
    let json = facts.json(all);
    let data = read_data(
        &DataArg::parse("d.json"),
        json.as_bytes(),
        &|_| None,
        session.sources_mut(),
        &mut problems,
    );
    assert!(!problems.has_errors(), "{json}\n{}", said(&problems.sorted()));
    session.set_data(data);
    session
}

/// Everything that is defined, in a year.
fn asked(session: &Session, year: i16) -> Answer {
    let question = Question { moment: Some(Moment::Year(year)), ..Question::default() };
    session.ask(&question).unwrap_or_else(|problems| panic!("{}", said(&problems.sorted())))
}

/// Everything that is defined, by name and entity, as it is handed out.
fn results(session: &Session, year: i16) -> BTreeMap<String, serde_json::Value> {
    let json = session.results_json(&asked(session, year), Lang::Da);
    let all = json["results"].as_array().cloned().unwrap_or_default();
    let named = |mut result: serde_json::Value| {
        // How many decimals are shown belongs to the definition with all its layers, not to its value.
        result.as_object_mut().unwrap().remove("text");
        // What is missing is listed as the file has it; which they are does not depend on that.
        if let Some(missing) = result["missing"].as_array_mut() {
            missing.sort_by_key(ToString::to_string);
        }
        (format!("{} {}", result["target"], result["entity"]), result)
    };
    all.into_iter().map(named).collect()
}

fn said(all: &[Diagnostic]) -> String {
    all.iter().map(|one| format!("{} {}\n", one.code.id(), one.message.get(Lang::En))).collect()
}

/// What is wrong with the rules before anything is computed.
fn errors(session: &Session) -> String {
    let problems = session.check().problems.sorted();
    let errors: Vec<Diagnostic> =
        problems.into_iter().filter(|one| one.severity == Severity::Error).collect();
    said(&errors)
}
