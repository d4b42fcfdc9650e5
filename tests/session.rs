//! The one door: rule packs are checked, tested and asked through a session.

use klausul::base::{Lang, SourceMap};
use klausul::diag::Problems;
use klausul::model::Origin;
use klausul::session::{CheckOutcome, Question, Session};

fn findings(problems: &Problems, map: &SourceMap) -> Vec<String> {
    let place =
        |d: &klausul::diag::Diagnostic| d.span().map(|s| (map.file(s.file).name.clone(), map.place(s)));
    let line = |d: &klausul::diag::Diagnostic| format!("{:?} {} {}", place(d), d.code.id(), d.message.da);
    problems.sorted().iter().map(line).collect()
}

#[test]
fn the_2025_agreement_has_no_errors_and_its_tests_pass() {
    let session = crate::session_of("rules/oea25");
    let mut problems = session.check().problems;
    let checks = session.checks(&mut problems);
    assert!(!problems.has_errors(), "{:#?}", findings(&problems, session.sources()));
    assert!(checks.len() >= 5, "{checks:#?}");
    let tests = session.run_tests(Lang::Da);
    assert!(tests.len() >= 40, "only {} tests", tests.len());
    let failed: Vec<_> = tests
        .iter()
        .filter(|t| !t.passed())
        .map(|t| {
            (
                &t.title,
                t.expectations
                    .iter()
                    .filter(|e| !e.passed)
                    .map(|e| (session.sources().text(e.span), &e.found))
                    .collect::<Vec<_>>(),
                findings(&t.problems, session.sources()),
            )
        })
        .collect();
    assert!(failed.is_empty(), "{failed:#?}");
}

#[test]
fn a_name_nothing_has_is_answered_with_the_nearest() {
    let session = crate::session_of("rules/oea25");
    let question = Question { targets: vec!["nærhedsfinansering".to_owned()], ..Question::default() };
    let answer = session.ask(&question).unwrap();
    let found = findings(&answer.problems, session.sources());
    assert!(found.iter().any(|line| line.contains("K0903")), "{found:#?}");
}

const SCENARIOS: &str = "klausul k\n  a = 1 kr.\n\nscenarie første\n  k.a = 10 kr.\n\nscenarie anden\n  k.a = 20 kr.\n\n\
                         scenarie som_første\n  k.a = 2 × 5 kr.\n\nscenarie tredje\n  bygger på første; anden\n  \
                         k.a = 30 kr.\n\nscenarie fjerde\n  bygger på første\n";

/// What `k.a` is in several scenarios, or the code of what is wrong.
fn in_scenarios(names: &[&str]) -> String {
    let mut session = Session::new();
    assert!(session.add_rules("a.klausul", SCENARIOS.as_bytes()).is_some());
    if let Err(problems) = session.use_scenarios(names) {
        assert!(session.layers().is_empty(), "nothing is laid where something is wrong");
        return problems.sorted().iter().map(|d| d.code.id()).collect::<Vec<_>>().join(" ");
    }
    let question = Question {
        targets: vec!["k.a".to_owned()],
        moment: Some(klausul::facts::Moment::Year(2025)),
        ..Question::default()
    };
    let answer = session.ask(&question).unwrap();
    let line = answer.lines.first().unwrap();
    let (ty, show) = answer.typed(line);
    answer.words(Lang::Da).outcome(answer.outcome(line), ty, show)
}

#[test]
fn scenarios_asked_for_together_never_overrule_each_other_by_their_order() {
    assert_eq!(in_scenarios(&["første", "anden"]), "K0283");
    assert_eq!(in_scenarios(&["anden", "første"]), "K0283");
    // A third that builds on both and says what holds settles it, wherever it is named.
    assert_eq!(in_scenarios(&["tredje"]), "30 kr.");
    assert_eq!(in_scenarios(&["tredje", "første"]), "30 kr.");
    assert_eq!(in_scenarios(&["anden", "tredje", "første"]), "30 kr.");
    // So does the same figure, written as a calculation.
    assert_eq!(in_scenarios(&["første", "som_første"]), "10 kr.");
    assert_eq!(in_scenarios(&["fjerde", "anden"]), "K0283");
    assert_eq!(in_scenarios(&["ukendt"]), "K0905");
}

#[test]
fn a_ring_of_scenarios_is_told_as_it_is() {
    let text = "klausul k\n  a = 1 kr.\n\nscenarie a\n  bygger på b\n\nscenarie b\n  bygger på c; a\n\n\
                scenarie c\n  bygger på b\n";
    let mut session = Session::new();
    assert!(session.add_rules("a.klausul", text.as_bytes()).is_some());
    let told: Vec<String> = session.findings().sorted().into_iter().map(|d| d.message.da).collect();
    assert!(
        told.iter().any(|text| text.contains("`a` → `b` → `a`") || text.contains("a → b → a")),
        "{told:?}"
    );
    assert!(!told.iter().any(|text| text.contains("c` → `a")), "{told:?}");
}

#[test]
fn a_table_with_many_rows_and_keys_is_analysed_whole() {
    let keys = ["a", "b", "c", "d"];
    let facts: String = keys.iter().map(|key| format!("  givet {key} : tal, 0 – 100\n")).collect();
    let mut rows = Vec::new();
    for place in 0..200_u32 {
        // Each digit of the place, in steps of 4, 5, 5 and 2, says which part of its key the row is for.
        let parts = [(place % 4, 4), (place / 4 % 5, 5), (place / 20 % 5, 5), (place / 100, 2)];
        let cell = |(part, of): (u32, u32)| {
            let (from, to) = (part * 100 / of, (part + 1) * 100 / of);
            if part + 1 == of { format!("{from} – {to}") } else { format!("{from} – under {to}") }
        };
        rows.push(format!("    {} | {place}\n", parts.map(cell).join(" | ")));
    }
    let found = |rows: &[String]| {
        let table = format!("  tabel r efter {}\n{}", keys.join("; "), rows.concat());
        let text = format!("kilde A \"Prøve\"\n\nklausul k\n  hjemmel A \"Boks 1\"\n{facts}{table}");
        let mut session = Session::new();
        assert!(session.add_rules("a.klausul", text.as_bytes()).is_some());
        session.findings().sorted().iter().map(|d| d.code.id().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(&rows), Vec::<String>::new());
    let twice: Vec<String> = rows.iter().chain(rows.last()).cloned().collect();
    assert_eq!(found(&twice), ["K0511"]);
    rows.pop();
    assert_eq!(found(&rows), ["K0510"]);
}

#[test]
fn a_question_about_a_line_that_cannot_be_read_is_answered_with_that_lines_error_only() {
    let mut session = Session::new();
    session.add_rules(
        "a.klausul",
        "aftale a \"A\"\nklausul k\n  givet g : kr.\n  trappe p efter g\n  x = g + 1 kr.\n".as_bytes(),
    );
    let targets = vec!["k.p".to_owned(), "k.x".to_owned(), "k.findes_ikke".to_owned()];
    let moment = Some(klausul::facts::Moment::Year(2025));
    let answer = session.ask(&Question { targets, moment, only: Vec::new() }).unwrap();
    let errors: Vec<&str> = answer
        .problems
        .iter()
        .filter(|found| found.severity == klausul::diag::Severity::Error)
        .map(|found| found.message.da.as_str())
        .collect();
    assert_eq!(errors, ["`trappe` har ingen linjer under sig", "`findes_ikke` er ikke defineret her"]);
    assert_eq!(answer.lines.len(), 1);
}

#[test]
fn a_what_if_is_laid_over_the_module_that_has_what_it_speaks_of() {
    let mut session = Session::new();
    let a = "aftale A\n  periode 2025\n\nklausul a\n  x = 1 kr.\n  kontrol \"x er 1\" x = 1 kr.\n";
    let b = "aftale B\n  periode 2025\n\nklausul b\n  y = 1 kr.\n  kontrol \"y er 1\" y = 1 kr.\n";
    for (folder, text) in [("a", a), ("b", b)] {
        session.add_of_module(&format!("{folder}/{folder}.klausul"), text.as_bytes(), folder).unwrap();
    }
    let outcomes =
        |session: &Session| session.looked_at().checks.iter().map(|c| c.outcome).collect::<Vec<_>>();
    assert_eq!(outcomes(&session), [CheckOutcome::Holds, CheckOutcome::Holds]);
    session.assign("--set", "b.y = 2 kr.", Origin::Set).unwrap();
    let looked = session.looked_at();
    assert_eq!(outcomes(&session), [CheckOutcome::Holds, CheckOutcome::Fails]);
    let codes: Vec<&str> = looked.problems.sorted().iter().map(|d| d.code.id()).collect();
    // Neither clause cites anything, and one check fails: nothing is said of the other module's name.
    assert_eq!(codes, ["K0219", "K0219", "K0501"]);
}
