//! The conversation: each file under `tests/repl` is typed line by line, and a snapshot keeps what was said, prompts
//! included. Its first lines choose the data (`// data: en_region.json`) and the language (`// lang: en`).

use std::path::Path;
use std::rc::Rc;

use klausul::base::Lang;
use klausul::cli::Exit;
use klausul::diag::Problems;
use klausul::facts::{DataArg, Moment, RawData, read_data};
use klausul::model::Origin;
use klausul::record::{DataFile, Locked};
use klausul::render::Look;
use klausul::repl::{COMMANDS, Files, Input, Output, Repl, Reply, run};
use klausul::session::{Question, Session};
use klausul::world::Memory;
use proptest::prelude::*;

use crate::{files_in, read_bytes, session_of};

pub(crate) fn with_data(mut session: Session, path: &str) -> Session {
    let mut problems = Problems::new();
    let bytes = read_bytes(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    let data = read_data(&DataArg::parse(path), &bytes, &|_| None, session.sources_mut(), &mut problems);
    assert!(problems.is_empty(), "{problems:?}");
    session.set_data(RawData::join(vec![data], &mut problems));
    session
}

fn repl(data: &str, lang: Lang) -> Repl {
    let data = format!("rules/oea25/data/{data}");
    let session = with_data(session_of("rules/oea25"), &data);
    Repl::new(session, Look::new(lang), None, Vec::new()).with_files(files("rules/oea25", &data))
}

fn small() -> Repl {
    small_with(files("tests/repl/small", "tests/repl/small/data.json"))
}

fn small_with(files: Files) -> Repl {
    let session = with_data(session_of("tests/repl/small"), "tests/repl/small/data.json");
    Repl::new(session, Look::new(Lang::Da), None, Vec::new()).with_files(files)
}

/// One in which the marks of what-ifs have been told, and which is where it began.
fn told_of_marks() -> Repl {
    let mut repl = small();
    for line in ["k.sats = 3 kr.", "k", ":fortryd"] {
        assert!(repl.line(line).ok, "{line}");
    }
    repl
}

/// Files in memory, beside rules and data of these names.
fn files(rules: &str, data: &str) -> Files {
    let data = vec![DataFile { name: data.to_owned(), kind: None }];
    Files { disk: Rc::new(Memory::default()), rules: rules.to_owned(), data, locked: Locked::default() }
}

/// The text of a file that a conversation wrote.
fn written(files: &Files, path: &str) -> String {
    String::from_utf8(files.disk.read(Path::new(path), 1 << 24).unwrap()).unwrap()
}

fn transcript(mut repl: Repl, lines: &[String]) -> String {
    let greeting = repl.greeting();
    let mut shown = format!("{}{}", greeting.text, greeting.findings);
    for line in lines {
        let Reply { text, findings, ends, .. } = {
            shown.push_str(&format!("{}{line}\n", repl.prompt()));
            repl.line(line)
        };
        shown.push_str(&text);
        shown.push_str(&findings);
        if ends {
            break;
        }
    }
    shown
}

#[test]
fn conversations() {
    for path in files_in("tests/repl").into_iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        let text = String::from_utf8(read_bytes(&path)).unwrap();
        let option = |name: &str| text.lines().find_map(|line| line.strip_prefix(&format!("// {name}: ")));
        let lang = if option("lang") == Some("en") { Lang::En } else { Lang::Da };
        let lines = text.lines().filter(|line| !line.starts_with("// ") && !line.is_empty());
        // In these files `⏎` is a line break within what is typed.
        let lines: Vec<String> = lines.map(|line| line.replace('⏎', "\n")).collect();
        let shown = transcript(repl(option("data").unwrap(), lang), &lines);
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("repl");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, shown));
    }
}

#[test]
fn worlds_of_two_years_say_so() {
    let mut repl = repl("regioner.json", Lang::Da);
    for line in [":verden a", ":verden b", ":år 2024"] {
        assert!(repl.line(line).ok, "{line}");
    }
    let told = repl.line(":forskel a b").text;
    assert!(told.starts_with("a (2025): ") && told.contains("\nb (2024): 2024\n"), "{told}");
    // The files are asked for the year of the world that they are held against.
    assert!(repl.line(":forskel filer b").text.contains("ingen resultater er forskellige; "));
}

#[test]
fn a_higher_second_step_keeps_the_amount_the_agreement_would_give() {
    let mut repl = repl("en_region.json", Lang::Da);
    let mut kept = |amount: &str| {
        let told = repl.line("nærhedsfinansiering.bevaret").text;
        assert!(told.starts_with(&format!("Sjælland  {amount}  ")), "{told}");
        let line = if amount.ends_with("013.000,00 kr.") {
            "nærhedsfinansiering.andel_bevaret[2] = 60 pct."
        } else {
            ":nulstil"
        };
        assert!(repl.line(line).ok);
    };
    kept("1.155.013.000,00 kr.");
    kept("1.034.340.000,00 kr.");
    kept("1.155.013.000,00 kr.");
}

/// The marks that `eval` prints stand beside the answers of a conversation, and each is told the first time it shows.
#[test]
fn answers_carry_marks_that_are_told_once() {
    let mut repl = repl("en_region.json", Lang::Da);
    let first = repl.line("nærhedsfinansiering.bevaret").text;
    assert_eq!(
        first,
        "Sjælland  1.155.013.000,00 kr.  *\n(* hviler på en læsning eller antagelse; `:forklar` siger mere)\n"
    );
    assert_eq!(repl.line("nærhedsfinansiering.bevaret").text, "Sjælland  1.155.013.000,00 kr.  *\n");
    assert!(repl.line("nærhedsfinansiering.andel_bevaret[2] = 60 pct.").ok);
    let changed = repl.line("nærhedsfinansiering.bevaret").text;
    assert_eq!(changed, "Sjælland  1.034.340.000,00 kr.  #*\n(# hvad nu hvis; `:forklar` siger mere)\n");
    assert_eq!(repl.line("2 + 2").text, "4\n");
    assert_eq!(repl.line("nærhedsfinansiering.bevaret").text, "Sjælland  1.034.340.000,00 kr.  #*\n");
}

#[test]
fn undoing_and_doing_again_goes_through_the_same_worlds() {
    let mut repl = told_of_marks();
    let lines = ["k.sats = 3 kr.", "region[\"A\"].mål = 7", ":år 2026", ":for region \"A\"", ":nulstil"];
    let mut worlds = vec![repl.line("k").text];
    for line in lines {
        assert!(repl.line(line).ok, "{line}");
        worlds.push(repl.line("k").text);
    }
    for world in worlds.iter().rev().skip(1) {
        repl.line(":fortryd");
        assert_eq!(&repl.line("k").text, world);
    }
    assert_eq!(repl.state().undoable, 0);
    for world in worlds.iter().skip(1) {
        repl.line(":gentag");
        assert_eq!(&repl.line("k").text, world);
    }
    assert_eq!(repl.state().redoable, 0);
}

/// Pieces that typed lines are made of, right and wrong.
const PIECES: &[&str] = &[
    "k.sats",
    "k",
    "sats",
    "mål",
    "region[\"A\"].mål",
    "region[\"AA\"].mål",
    "andel[2]",
    "k.andel[9]",
    "=",
    "+",
    "×",
    "af",
    "3 kr.",
    "7",
    "60 pct.",
    "ja",
    "\"A\"",
    "for",
    "(",
    ")",
    "hvis",
    "så",
    "ellers",
    ":sæt",
    ":fortryd",
    ":gentag",
    ":nulstil",
    ":år 2026",
    ":år",
    ":for",
    ":læsning",
    ":scenarie",
    ":vis",
    ":mangler",
    ":forskel",
    ":x",
    "undtagelse u = nej",
    "1.5",
    "\"",
    "\n",
    "\u{202e}",
    "\t",
    "//",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_line_with_an_error_changes_nothing(lines in prop::collection::vec(
        prop::collection::vec(prop::sample::select(PIECES), 1..6), 1..5))
    {
        let mut repl = told_of_marks();
        for line in lines {
            let line = line.join(" ");
            let before = (repl.state(), repl.line("k").text);
            let reply = repl.line(&line);
            if !reply.ok {
                prop_assert_eq!(&before, &(repl.state(), repl.line("k").text), "after {:?}", line);
                prop_assert!(!reply.findings.is_empty());
            }
        }
    }
}

#[test]
fn what_can_stand_at_the_cursor() {
    let repl = repl("regioner.json", Lang::Da);
    let complete = |line: &str| {
        let found = repl.complete(line, line.len());
        let replaced: Vec<String> =
            found.words.iter().map(|word| format!("{}{word}", &line[..found.start])).collect();
        replaced.join("\n")
    };
    let lines = [
        ":fors",
        ":ex",
        ":hjælp K06",
        ":hjælp hvad",
        ":for ",
        ":for region \"S",
        ":for Sj",
        ":læsning tr",
        ":læsning trin = ",
        "læsning tr",
        "læsning trin = ",
        "undtagelse ",
        ":hvorfor_ikke aku",
        ":hvorfor_ikke trin",
        ":år ",
        ":forskel fi",
        ":forskel filer nærhedsfinansiering.be",
        ":vis nærhedsf",
        ":liste nærh",
        ":forklar nærhedsfinansiering.be",
        "nærhedsfinansiering.",
        "nærhedsfinansiering.andel_bevaret[",
        "region[",
        "region[\"",
        "region[\"Sj",
        "region[\"Sjælland\"].l",
        "indbyggertal for ",
        "indbyggertal for \"N",
        "betinget_bloktilskud.dr",
        "betinget_bloktilskud.drift.",
        "1,5 m",
        "3 læ",
        "sum af indb",
        "xyzzy",
        "nærhedsfinansiering.pulje = 2 mi",
    ];
    let shown: String = lines.iter().map(|line| format!("{line}|\n{}\n\n", complete(line))).collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("repl");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("completion", shown));
}

#[test]
fn what_is_told_while_a_line_is_typed() {
    let danish = [
        "nærhedsfinansiering.pulje",
        "nærhedsfinansiering.andel_bevaret[2] = ",
        "nærhedsfinansiering.andel_bevaret[2",
        "nærhedsfinansiering.andel_bevaret[2] = 60 pct.",
        "nærhedsfinansiering.bevaret",
        "nærhedsfinansiering.færre_forløb",
        "nærhedsfinansiering.færre_forløb for \"Sjælland\" =",
        "region[\"Sjælland\"].bloktilskudsnøgle",
        "region[\"Sjælland\"].lægetal = ",
        "region[\"Sjælland\"].lægetal = region[\"Hovedstaden\"].lægetal",
        "lægetal",
        "1 + nærhedsfinansiering.pulje",
        "grundbidrag",
        "modregning.regnskabsført_nettodrift",
        "xyzzy",
        "\"nærhedsfinansiering.pulje",
        "// nærhedsfinansiering.pulje",
        "nærhedsfinansiering.pulje ",
        ":forklar nærhedsfinansiering.pulje",
        ":sæt nærhedsfinansiering.pulje = ",
        ":følsomhed ",
        ":fortryd ",
        ":år 2025",
        "",
    ];
    let english = ["nærhedsfinansiering.pulje", "region[\"Sjælland\"].lægetal", "lægetal = ", ":sweep "];
    let told = |lang, lines: &[&str]| {
        let repl = repl("regioner.json", lang);
        let one = |line: &&str| format!("{line}│{}\n", repl.hint(line, line.len()).unwrap_or_default());
        lines.iter().map(one).collect::<String>()
    };
    let shown = format!("{}\n{}", told(Lang::Da, &danish), told(Lang::En, &english));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("repl");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("hints", shown));
    // In the middle of a line there is nothing to tell, and nothing that does not fit in the row.
    let mut repl = repl("regioner.json", Lang::Da);
    assert_eq!(repl.hint("nærhedsfinansiering.pulje + 1", "nærhedsfinansiering.pulje".len()), None);
    repl.set_width(45);
    assert_eq!(repl.hint("nærhedsfinansiering.pulje", 26).as_deref(), Some(" : mio. kr."));
    repl.set_width(40);
    assert_eq!(repl.hint("nærhedsfinansiering.pulje", 26), None);
}

/// A line that is stopped is as if it had not been typed.
#[test]
fn what_is_stopped_changes_nothing() {
    let mut repl = told_of_marks();
    let stop = klausul::base::Stop::default();
    repl.heed(stop.clone());
    assert!(repl.line("k.sats = 3 kr.").ok);
    let (before, value) = (repl.state(), repl.line("k").text);
    let lines = [
        "k.sats",
        "k.sats = 4 kr.",
        ":fortryd",
        ":nulstil",
        ":verden a",
        ":år 2026",
        ":for region \"A\"",
        ":ændring k.beløb",
        ":følsomhed k.beløb af k.sats fra 0 kr. til 9 kr.",
        ":løs k.sats så k.beløb = 3 kr. fra 0 kr. til 9 kr.",
        ":forskel",
    ];
    for line in lines {
        stop.ask();
        let reply = repl.line(line);
        assert!(!reply.ok && reply.text.is_empty(), "{line}: {reply:?}");
        assert!(reply.findings.contains("K0426") && reply.findings.contains("intet er ændret"), "{line}");
        stop.withdraw();
        assert_eq!(repl.state(), before, "{line}");
        assert_eq!(repl.line("k").text, value, "{line}");
    }
}

fn run_script(script: &str) -> (Exit, String, String) {
    let (mut results, mut findings) = (Vec::new(), Vec::new());
    let mut lines = script.as_bytes();
    let mut output = Output { results: &mut results, findings: &mut findings };
    let exit = run(small(), Input::Script(&mut lines), &mut output);
    (exit, String::from_utf8(results).unwrap(), String::from_utf8(findings).unwrap())
}

#[test]
fn a_script_says_nothing_but_results_and_ends_at_the_first_error() {
    let (exit, results, findings) =
        run_script("// en bemærkning\n\nk.sats\n1 +\n2\nk.sats = 3 kr.\nk.sats\n");
    assert_eq!((exit, findings.as_str()), (Exit::Ok, ""));
    assert!(results.starts_with("2 kr.\n3\n") && results.contains("\n3 kr.  #\n"), "{results}");
    let (exit, results, findings) = run_script("k.sats\nk.satz\nk.sats\n");
    assert_ne!(exit, Exit::Ok);
    assert_eq!(results, "2 kr.\n");
    assert!(findings.contains("linje 2") && findings.contains("sats"), "{findings}");
    let (exit, results, findings) = run_script(&format!("(\n{}", "1 +\n".repeat(40_000)));
    assert_ne!(exit, Exit::Ok);
    assert!(results.is_empty() && findings.len() < 10_000, "{findings}");
    let (exit, ..) = run_script(&"1".repeat(3_000_000));
    assert_ne!(exit, Exit::Ok);
    let (exit, ..) = run_script(":følsomhed x\n");
    assert_ne!(exit, Exit::Ok);
    let (exit, results, _) = run_script("k.sats\n:slut\nk.satz\n");
    assert_eq!((exit, results.as_str()), (Exit::Ok, "2 kr.\n"));
}

#[test]
fn every_command_has_help_in_both_languages() {
    for lang in [Lang::Da, Lang::En] {
        let mut repl = Repl::new(session_of("tests/repl/small"), Look::new(lang), None, Vec::new());
        for entry in COMMANDS {
            let asked = format!("{} {}", lang.pick(":hjælp", ":help"), entry.name(lang));
            let reply = repl.line(&asked);
            assert!(reply.ok && reply.text.contains(entry.help(lang)), "{asked}: {reply:?}");
        }
    }
}

/// A difference that another reading makes is told by the words of the reading, not by the switch that the rules have for it.
#[test]
fn a_difference_by_a_reading_is_told_by_the_words_of_the_reading() {
    for (lang, line, told, words) in [
        (
            Lang::Da,
            "læsning trin = tredjedele",
            ":forskel",
            "fra læsningen trin = tredjedele (\"Ja, 33 og 67 pct. er 1/3 og 2/3\")",
        ),
        (
            Lang::En,
            "læsning trin = tredjedele",
            ":diff",
            "from the reading trin = tredjedele (\"Ja, 33 og 67 pct. er 1/3 og 2/3\")",
        ),
    ] {
        let mut repl = repl("regioner.json", lang);
        assert!(repl.line(line).ok);
        let told = repl.line(told).text;
        let flat = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(flat.contains(words) && !told.contains("afrundede_brøker"), "{told}");
    }
}

/// Rules in English are spoken of in English: names of grants, scenarios one on another.
#[test]
fn rules_in_english() {
    let lines = [
        "c",
        ":scenario",
        ":scenario lowerr",
        ":scenario lower",
        ":set",
        "c.g.lapsed",
        "c.cost = 12 million kr.",
        ":diff",
        ":undo",
        ":list c",
        ":show g",
        "c.cost = 1,5 million kr.",
        ":missing",
        "step 2 = 60 per cent",
    ];
    let repl = Repl::new(session_of("tests/repl/english"), Look::new(Lang::En), None, Vec::new());
    assert_eq!(repl.complete("c.g.", 4).words, ["full", "lapsed"]);
    let shown = transcript(repl, &lines.map(str::to_owned));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("repl");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("rules_in_english", shown));
}

#[test]
fn a_kind_is_shown_with_what_each_agreement_adds_to_it() {
    let mut session = Session::new();
    let first = "hver region, regioner, regionen har\n  folketal : tal\n";
    let second = "hver region, regioner, regionen har\n  lægetal : tal\n";
    session.add_rules("a.klausul", first.as_bytes()).unwrap();
    session.add_rules("b.klausul", second.as_bytes()).unwrap();
    let repl = Repl::new(session, Look::new(Lang::Da), None, Vec::new());
    let said = transcript(repl, &[":vis region".to_owned()]);
    assert!(said.contains("folketal : tal") && said.contains("lægetal : tal"), "{said}");
}

#[test]
fn a_saved_world_is_a_file_that_is_read_as_it_was_written() {
    let files = files("tests/repl/small", "tests/repl/small/data.json");
    let mut repl = small_with(files.clone());
    for line in [
        "k.andel[2] = 60 pct.",
        "undtagelse u = nej",
        "region[\"A\"].mål = 3",
        "k.andel[2] = 61 pct.",
        "region \"B\"\n  mål = 1",
    ] {
        assert!(repl.line(line).ok, "{line}");
    }
    assert!(repl.line(":gem dyrere").ok);
    insta::assert_snapshot!("saved_scenario", written(&files, "dyrere.klausul"));
    // What was set twice, first for one and then for all, keeps its order as one scenario on the other.
    assert!(repl.line("k.sats for \"A\" = 5 kr.").ok);
    assert!(repl.line("k.sats = 4 kr.").ok);
    assert!(repl.line(":gem i_led").ok);
    insta::assert_snapshot!("saved_scenarios", written(&files, "i_led.klausul"));
}

#[test]
fn a_protocol_has_the_hash_of_each_record_and_the_records_beside_it() {
    let files = files("tests/repl/small", "tests/repl/small/data.json");
    let mut repl = small_with(files.clone());
    for line in [
        "k.bevaret",
        "k.andel[2] = 60 pct.",
        "læsning x = y",
        "k.bevaret",
        ":forklar k.halv for \"A\"",
        ":hjælp",
    ] {
        repl.line(line);
    }
    assert!(repl.line(":gem samtale.md").ok);
    let (protocol, records) = (written(&files, "samtale.md"), written(&files, "samtale.jsonl"));
    let hashes: Vec<&str> =
        protocol.lines().filter_map(|line| line.split_once(": `sha256:")?.1.strip_suffix('`')).collect();
    assert_eq!(hashes.len(), 3);
    for (line, hash) in records.lines().zip(&hashes) {
        assert!(line.starts_with(&format!("{{\"digest\":\"sha256:{hash}\"")), "{line}");
    }
    assert_eq!(records.lines().count(), 3);
    insta::assert_snapshot!("protocol", protocol);
}

/// What can be done to the small rules, each line right by itself.
const CHANGES: &[&str] = &[
    "k.andel[2] = 60 pct.",
    "k.andel[2] = 61 pct.",
    "k.andel[1] = 1 pct.",
    "undtagelse u = nej",
    "region[\"A\"].mål = 3",
    "region[\"B\"].mål = 1",
    "region \"A\"\n  mål = 2",
    "k.sats = 4 kr.",
    "k.sats = hidtidig + 1 kr.",
    "k.sats for \"A\" = 5 kr.",
    "k.sats i 2026 = 6 kr.",
    "k.halv = 7 kr.",
    ":scenarie dyrt",
    ":scenarie dyrere",
    ":fortryd",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_is_saved_gives_the_same_answers_elsewhere(changes in prop::collection::vec(prop::sample::select(CHANGES), 1..8)) {
        let files = files("tests/repl/small", "tests/repl/small/data.json");
        let mut repl = small_with(files.clone());
        for change in &changes {
            repl.line(change);
        }
        if repl.state().what_ifs.is_empty() {
            return Ok(());
        }
        let saved = repl.line(":gem verden");
        prop_assert!(saved.ok, "{changes:?}: {}", saved.findings);
        let text = written(&files, "verden.klausul");
        // Typed again in a conversation of its own.
        let mut other = small_with(files.clone());
        prop_assert!(other.line(":indlæs verden").ok, "{text}");
        // Laid by the command line, and again from what a record of its answer assumes.
        let rules = || with_data(session_of("tests/repl/small"), "tests/repl/small/data.json");
        let mut laid = rules();
        laid.lay_file("verden.klausul", text.as_bytes(), Origin::Set).unwrap();
        let mut again = rules();
        again.assume_again(&laid.assumed()).unwrap();
        let mut typed = rules();
        typed.assume_again(&repl.session().assumed()).unwrap();
        for year in [2025, 2026] {
            let results = |session: &Session| {
                let moment = Some(Moment::Year(year));
                let answer = session.ask(&Question { moment, ..Question::default() }).unwrap();
                session.results_json(&answer, Lang::Da).get("results").cloned()
            };
            let expected = results(repl.session());
            for session in [other.session(), &laid, &again, &typed] {
                prop_assert_eq!(&expected, &results(session), "{}: {:?}\n{}", year, &changes, &text);
            }
        }
        // A scenario of the rules that lies above another change is copied, and told as what-ifs are; of what was set
        // twice the last alone is saved, and an explanation names what it was set in place of.
        let told = repl.state().what_ifs;
        let mut above = told.iter().skip_while(|one| one.starts_with("scenarie "));
        let is_copied = above.any(|one| one.starts_with("scenarie "));
        let keys: Vec<_> = told.iter().filter_map(|one| one.split(" =").next()).collect();
        let is_repeated = keys.iter().enumerate().any(|(at, key)| keys[..at].contains(key));
        let explained = if is_copied || is_repeated { "k.sats" } else { ":forklar k.halv" };
        for line in ["k.bevaret", "k.halv", ":mangler", explained] {
            let (own, theirs) = (repl.line(line), other.line(line));
            prop_assert!(own.ok, "{}", own.findings);
            prop_assert_eq!(own.text, theirs.text, "{:?}\n{}", &changes, &text);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// What was built for one line is built for the next, until something changes; nobody can tell the difference.
    #[test]
    fn what_is_kept_between_lines_is_what_a_fresh_build_gives(
        lines in prop::collection::vec(prop::sample::select([CHANGES, PIECES].concat()), 1..8))
    {
        let mut repl = small();
        for line in &lines {
            repl.line(line);
            let mut fresh = repl.session().clone();
            fresh.restore_layers(fresh.layers().to_vec());
            prop_assert_eq!(
                repl.session().check().problems.sorted(), fresh.check().problems.sorted(), "{:?}", &lines
            );
            let results = |session: &Session| {
                let answer = session.ask(&Question::default()).unwrap();
                (session.results_json(&answer, Lang::Da), answer.problems.sorted())
            };
            prop_assert_eq!(results(repl.session()), results(&fresh), "{:?}", &lines);
        }
    }
}
