//! The twelve ways on one small pack in both languages: which line becomes which, and who notices.

use klausul::base::Lang;
use klausul::mutants::{Bench, Class, Mutant, Report, Way, mutants};
use klausul::session::Session;

use crate::read_bytes;
use crate::rules::repository;

/// A damage: its way, the words that go and those that come, in Danish and in English, and who notices.
type Case = (Way, (&'static str, &'static str), (&'static str, &'static str), Class);

/// At least one of each way. Who notices was told by thought: see the notes.
const CASES: &[Case] = &[
    // No row for `stor`: a gap.
    (Way::DropRow, ("    \"stor\"  | 20 kr.\n", ""), ("    \"stor\"  | 20 kr.\n", ""), Class::CheckerError),
    // A range that runs backwards.
    (
        Way::SwapBounds,
        ("    50 – 99 elever", "    99 – 50 elever"),
        ("    50 – 99 elever", "    99 – 50 elever"),
        Class::CheckerError,
    ),
    // 99 and 100 pupils fall in no row and in two.
    (
        Way::SwapBounds,
        ("    50 – 99 elever  | 50 pct.\n    100+", "    50 – 100 elever  | 50 pct.\n    99+"),
        ("    50 – 99 elever  | 50 per cent\n    100+", "    50 – 100 elever  | 50 per cent\n    99+"),
        Class::CheckerError,
    ),
    // A thousand times as much is shared in the first test.
    (
        Way::SwapUnit,
        ("pulje i 2025 = 1.300 kr.", "pulje i 2025 = 1.300 t.kr."),
        ("pulje in 2025 = 1,300 kr.", "pulje in 2025 = 1,300 thousand kr."),
        Class::Tests,
    ),
    // Kroner for each teacher, times pupils.
    (
        Way::SwapUnit,
        ("40 kr. pr. elev\n", "40 kr. pr. lærer\n"),
        ("40 kr. per elev\n", "40 kr. per lærer\n"),
        Class::CheckerError,
    ),
    // 50 pupils fall in two rows.
    (
        Way::UnderToAtMost,
        ("    under 50 elever", "    højst 50 elever"),
        ("    under 50 elever", "    at most 50 elever"),
        Class::CheckerError,
    ),
    // 100 pupils fall in none.
    (
        Way::UnderToAtMost,
        ("    100+ elever", "    over 100 elever"),
        ("    100+ elever", "    over 100 elever"),
        Class::CheckerError,
    ),
    // The smaller school has exactly 10 pupils.
    (
        Way::UnderToAtMost,
        ("= elevtal > 10 elever", "= elevtal ≥ 10 elever"),
        ("= elevtal > 10 elever", "= elevtal ≥ 10 elever"),
        Class::Tests,
    ),
    // No school has 500 pupils, in any test.
    (
        Way::UnderToAtMost,
        ("= elevtal højst 500", "= elevtal under 500"),
        ("= elevtal at most 500", "= elevtal under 500"),
        Class::Equivalent,
    ),
    // The test for 2024 expects that nothing is paid.
    (
        Way::DeleteException,
        (
            "  undtagelse fri \"Ingen andel i 2024\"\n    hjemmel A \"Støtte\"\n    når år er 2024\n    andel = 0 kr.\n",
            "",
        ),
        (
            "  exception fri \"Ingen andel i 2024\"\n    basis A \"Støtte\"\n    when year is 2024\n    andel = 0 kr.\n",
            "",
        ),
        Class::Tests,
    ),
    // Nothing is left for 2026, a hole in the series that the checker warns of; the tests fail as well.
    (
        Way::ShiftPeriod,
        ("pulje i 2026", "pulje i 2027"),
        ("pulje in 2026", "pulje in 2027"),
        Class::CheckerWarning,
    ),
    // No test asks for the grant in 2024, which now is before the agreement, but amounts are missing for 2027.
    (
        Way::ShiftPeriod,
        ("periode 2024-2026", "periode 2025-2027"),
        ("period 2024-2026", "period 2025-2027"),
        Class::CheckerWarning,
    ),
    // Kroner of 2024 are expected to be kroner of 2025.
    (
        Way::ChangeLevel,
        ("1.300 kr.", "1.300 kr. (24-pl)"),
        ("1,300 kr.", "1,300 kr. (24-pl)"),
        Class::CheckerError,
    ),
    // The index has no step from 2022.
    (
        Way::ChangeLevel,
        ("100 kr. (23-pl)", "100 kr. (22-pl)"),
        ("100 kr. (23-pl)", "100 kr. (22-pl)"),
        Class::CheckerError,
    ),
    // No such size.
    (
        Way::MisspellValue,
        ("    \"stor\"  |", "    \"str\"  |"),
        ("    \"stor\"  |", "    \"str\"  |"),
        Class::CheckerError,
    ),
    (Way::TransposeDigits, ("1.300 kr.", "1.030 kr."), ("1,300 kr.", "1,030 kr."), Class::Tests),
    // The pool of 2024 is a result, and nobody expects anything of it.
    (Way::TransposeDigits, ("1.200 kr.", "1.020 kr."), ("1,200 kr.", "1,020 kr."), Class::Survivor),
    // Shares with parts of an øre, which the checker warns of; the tests fail as well.
    (
        Way::DropRounding,
        ("alle skoler, afrundet til 1 kr.\n", "alle skoler\n"),
        ("all skoler, rounded to 1 kr.\n", "all skoler\n"),
        Class::CheckerWarning,
    ),
    // A share of itself.
    (
        Way::BreakLink,
        ("= pulje fordelt", "= andel fordelt"),
        ("= pulje shared", "= andel shared"),
        Class::CheckerError,
    ),
    // The smaller school then gets the grant.
    (
        Way::BreakLink,
        ("betinget af stor_nok; ikke_for_stor", "betinget af ikke_for_stor"),
        ("conditional on stor_nok; ikke_for_stor", "conditional on ikke_for_stor"),
        Class::Tests,
    ),
    // 2025 and 2026 have the pool of 2024 and 2025.
    (
        Way::MergeYears,
        ("  pulje i 2024 = 1.200 kr.\n  pulje i 2025 = 1.300 kr.\n", "  pulje i 2024-2025 = 1.200 kr.\n"),
        ("  pulje in 2024 = 1,200 kr.\n  pulje in 2025 = 1,300 kr.\n", "  pulje in 2024-2025 = 1,200 kr.\n"),
        Class::Tests,
    ),
    // One step of 2 per cent where there were two, of 2 and 5.
    (
        Way::MergeYears,
        ("  2023 til 2024 = 2 pct.\n  2024 til 2025 = 5 pct.\n", "  2023 til 2025 = 2 pct.\n"),
        ("  2023 to 2024 = 2 per cent\n  2024 to 2025 = 5 per cent\n", "  2023 to 2025 = 2 per cent\n"),
        Class::Tests,
    ),
];

fn pack(lang: Lang) -> (Session, String) {
    let name = lang.pick("skoler.klausul", "schools.klausul");
    let bytes = read_bytes(&repository().join("tests/mutants/packs").join(name));
    let mut session = Session::new();
    session.add_rules(name, &bytes);
    (session, String::from_utf8(bytes).unwrap())
}

fn found<'m>(all: &'m [Mutant], session: &Session, way: Way, text: &str) -> &'m Mutant {
    let same = |mutant: &&Mutant| mutant.way == way && mutant.text(session.sources()) == text;
    all.iter().find(same).unwrap_or_else(|| panic!("{}: no damage makes\n{text}", way.id()))
}

#[test]
fn every_way_makes_its_damages_and_somebody_or_nobody_notices() {
    for lang in [Lang::Da, Lang::En] {
        let (session, whole) = pack(lang);
        let bench = Bench::new(session.clone(), Vec::new());
        assert!(bench.is_correct());
        let all = mutants(&session);
        for (way, da, en, class) in CASES {
            let (old, new) = lang.pick(da, en);
            assert_eq!(whole.matches(old).count(), 1, "{old}");
            let mutant = found(&all, &session, *way, &whole.replacen(old, new, 1));
            assert_eq!(bench.run(mutant).class(), *class, "{}: {old}", way.id());
        }
    }
    for way in Way::ALL {
        assert!(CASES.iter().any(|(of, ..)| of == way), "{}", way.id());
    }
}

#[test]
fn the_two_languages_are_damaged_alike() {
    let ways = |lang| -> Vec<(Way, usize)> {
        let (session, _) = pack(lang);
        mutants(&session).iter().map(|mutant| (mutant.way, mutant.line(session.sources()))).collect()
    };
    assert_eq!(ways(Lang::Da), ways(Lang::En));
}

#[test]
fn a_literate_file_is_damaged_in_its_rules_alone() {
    let (plain, whole) = pack(Lang::Da);
    let literate =
        format!("# Skoler\n\nPulje i 2025 = 1.300 kr.\n\n```klausul\n{whole}```\n\nSlut, under 50.\n");
    let mut session = Session::new();
    session.add_rules("skoler.klausul.md", literate.as_bytes());
    let (here, there) = (mutants(&session), mutants(&plain));
    let said = |all: &[Mutant]| all.iter().map(|mutant| mutant.what.da.clone()).collect::<Vec<_>>();
    assert_eq!(said(&here), said(&there));
    for (here, there) in here.iter().zip(&there) {
        let text = there.text(plain.sources());
        assert_eq!(here.text(session.sources()), literate.replace(whole.as_str(), &text), "{}", here.what.da);
    }
    let bench = Bench::new(session.clone(), Vec::new());
    assert!(bench.is_correct());
    let digits = found(
        &here,
        &session,
        Way::TransposeDigits,
        &literate.replace("i 2025 = 1.300 kr.\n  p", "i 2025 = 1.030 kr.\n  p"),
    );
    assert_eq!(bench.run(digits).class(), Class::Tests);
}

#[test]
fn a_damage_says_what_is_done_and_where() {
    let (session, whole) = pack(Lang::Da);
    let all = mutants(&session);
    let text = whole.replace("    under 50 elever", "    højst 50 elever");
    let words = found(&all, &session, Way::UnderToAtMost, &text).words(session.sources());
    let line = whole.lines().position(|line| line.contains("under 50")).unwrap() + 1;
    assert_eq!(words.da, format!("`under` → `højst` i linje {line} af skoler.klausul"));
    assert_eq!(words.en, format!("`under` → `højst` in line {line} of skoler.klausul"));
}

#[test]
fn a_report_counts_and_names_the_survivors() {
    let (session, whole) = pack(Lang::En);
    let bench = Bench::new(session.clone(), Vec::new());
    let all = mutants(&session);
    let mut report = Report::default();
    report.note_places(&all);
    for (old, new) in [("1,300 kr.", "1,030 kr."), ("1,200 kr.", "1,020 kr.")] {
        let mutant = found(&all, &session, Way::TransposeDigits, &whole.replace(old, new));
        report.note(&bench, mutant, &bench.run(mutant));
    }
    let tally = report.of(Way::TransposeDigits);
    assert_eq!((tally.made, tally.tests, tally.survivors), (2, 1, 1));
    assert_eq!((tally.changing, tally.caught, tally.per_mille()), (2, 1, Some(500)));
    assert_eq!(report.total().made, 2);
    assert_eq!(report.of(Way::DropRow).per_mille(), None);
    let [survivor] = report.survivors() else { panic!("one survivor") };
    assert_eq!(survivor.result.en, "støtte.pulje: 1200 kr. (25-pl) → 1020 kr. (25-pl)");
    let places = tally.places;
    let row = format!("| transpose two digits | {places} | 2 | 0 | 0 | 1 | 1 | 1 | 0 | 50.0 |");
    assert!(report.table(Lang::En).lines().any(|line| line == row), "{}", report.table(Lang::En));
    let json = report.json(Lang::En);
    assert_eq!(json["total"]["neither"], 1);
    assert_eq!(json["survivors"][0]["way"], "transpose_digits");
    assert_eq!(json["ways"].as_array().map(Vec::len), Some(12));
}

#[test]
fn everything_at_once_is_what_each_part_says() {
    for lang in [Lang::Da, Lang::En] {
        let (session, _) = pack(lang);
        let examined = session.examine(lang, &[]);
        assert_eq!(examined.findings.sorted(), session.findings().sorted());
        let told = |report: &klausul::session::TestReport| (report.title.clone(), report.passed());
        let apart: Vec<_> = session.run_tests(lang).iter().map(told).collect();
        assert_eq!(examined.tests.iter().map(told).collect::<Vec<_>>(), apart);
        assert_eq!(examined.results.len(), 3, "one situation for each test");
    }
}
