//! Data files: each file under `tests/cases/facts/` is read and shown as the user and the next room see it.

use std::fmt::Write;

use klausul::base::{Lang, SourceMap};
use klausul::diag::Problems;
use klausul::facts::{DataArg, RawData, RawEntry, RawValue, read_data};
use klausul::render::{Look, graphical, plain};
use proptest::prelude::*;

fn keys(kind: &str) -> Option<String> {
    (kind == "kommune").then(|| "kommune".to_owned())
}

fn read(arg: &DataArg, bytes: &[u8]) -> (RawData, SourceMap, Problems) {
    let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
    let data = read_data(arg, bytes, &keys, &mut sources, &mut problems);
    let data = RawData::join([data], &mut problems);
    (data, sources, problems)
}

#[test]
fn cases() {
    for path in crate::files_in("tests/cases/facts") {
        let name = path.file_name().unwrap().to_str().unwrap();
        let arg = match name.split_once('=') {
            Some(_) => DataArg::parse(name),
            None => DataArg { kind: None, path: name.into() },
        };
        let bytes = crate::read_bytes(&path);
        let (data, sources, problems) = read(&arg, &bytes);
        let found = problems.sorted();
        let mut shown = describe(&data);
        for lang in [Lang::Da, Lang::En] {
            write!(shown, "--- {lang:?}\n{}", graphical(&found, &sources, &Look::new(lang))).unwrap();
        }
        let source = String::from_utf8_lossy(&bytes).into_owned();
        insta::with_settings!({ description => source, omit_expression => true }, { insta::assert_snapshot!(name, shown) });
    }
}

fn describe(data: &RawData) -> String {
    let mut shown = String::new();
    if let Some(year) = &data.year {
        writeln!(shown, "year {} at {}", year.year, year.origin.place.words().en).unwrap();
    }
    for kind in &data.kinds {
        writeln!(shown, "kind {}", kind.name).unwrap();
    }
    for entity in &data.entities {
        let parent = entity.parent.as_ref().map_or(String::new(), |(kind, key)| format!(" in {kind} {key}"));
        writeln!(shown, "entity {} {}{parent}", entity.kind, entity.key).unwrap();
    }
    for entry in &data.entries {
        writeln!(shown, "{}", describe_entry(entry)).unwrap();
    }
    shown
}

fn describe_entry(entry: &RawEntry) -> String {
    let time = entry.time.map_or(String::new(), |time| format!(" {time:?}"));
    let value = match &entry.value {
        RawValue::Number(number) => format!("number {} written {}", number.exact, number.written),
        other => format!("{other:?}"),
    };
    let full = entry.full_name.as_ref().map_or(String::new(), |name| format!(" (or {name})"));
    format!("{}{full}{time} = {value}   at {}", entry.target.words(), entry.origin.place.words().en)
}

#[test]
fn the_same_file_in_other_clothes_is_the_same_data() {
    let arg = DataArg::parse("region=r.csv");
    let plain_text = "region;år;andel\nSjælland;2024;1,25\nNord;2025;1.000\n";
    let expected = describe(&read(&arg, plain_text.as_bytes()).0);
    assert!(expected.contains("number 1000 written 1.000"), "{expected}");
    let windows = plain_text.replace('\n', "\r\n");
    let marked = format!("\u{feff}{windows}");
    let quoted = "\"region\";\"år\";\"andel\"\n\"Sjælland\";2024;\"1,25\"\nNord;2025; 1.000 \n";
    let commas = "region,år,andel\nSjælland,2024,\"1,25\"\nNord,2025,1.000\n";
    for text in [windows.as_str(), &marked, quoted, commas] {
        assert_eq!(describe(&read(&arg, text.as_bytes()).0), expected, "{text:?}");
    }
}

#[test]
fn two_files_may_share_an_entity_but_not_a_value() {
    let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
    let mut file = |name: &str, text: &str, problems: &mut Problems| {
        read_data(&DataArg::parse(name), text.as_bytes(), &keys, &mut sources, problems)
    };
    let first = file("a.json", r#"{"year": 2025, "region": {"Nord": {"a": 1, "b": 2}}}"#, &mut problems);
    let second = file("b.json", r#"{"year": 2026, "region": {"Nord": {"b": 2, "c": 3}}}"#, &mut problems);
    let all = RawData::join([first, second], &mut problems);
    assert_eq!(all.entries.len(), 3);
    insta::assert_snapshot!(plain(&problems.sorted(), &sources, &Look::new(Lang::Da)), @r#"
    b.json:1:10: fejl[K0604]: `year` er oplyst to gange
    b.json:1:41: fejl[K0604]: `region "Nord": b` er oplyst to gange
    "#);
}

#[test]
fn hostile_nesting_is_refused_at_the_limit() {
    for (depth, is_refused) in [(127, false), (128, false), (129, true), (10_000, true), (1_000_000, true)] {
        let text = format!("{{\"a\": {}1{}}}", "[".repeat(depth - 1), "]".repeat(depth - 1));
        let (_, _, problems) = read(&DataArg::parse("a.json"), text.as_bytes());
        let ids: Vec<_> = problems.iter().map(|found| found.code.id()).collect();
        assert_eq!(ids, [if is_refused { "K0610" } else { "K0606" }], "{depth}");
    }
}

#[test]
fn a_mistake_in_every_row_is_not_told_for_every_row() {
    let rows: String = (0..5000).map(|n| format!("r{n};1.234;9\n")).collect();
    let (_, _, problems) = read(&DataArg::parse("region=a.csv"), format!("k;tal\n{rows}").as_bytes());
    assert_eq!(problems.len(), 20);
}

fn args() -> impl Strategy<Value = DataArg> {
    prop::sample::select(vec!["a.json", "a.toml", "region=a.csv", "kommune=a.csv"]).prop_map(DataArg::parse)
}

fn shown_whole(data: &RawData, sources: &SourceMap, problems: &Problems) {
    for entry in &data.entries {
        assert!(!sources.file(entry.origin.span.file).text.is_empty());
        let range = entry.origin.span.range();
        assert!(sources.file(entry.origin.span.file).text.get(range).is_some());
    }
    let found = problems.sorted();
    for lang in [Lang::Da, Lang::En] {
        let shown = graphical(&found, sources, &Look::new(lang)) + &plain(&found, sources, &Look::new(lang));
        assert!(!shown.chars().any(|c| c != '\n' && klausul::base::is_hidden(c)), "{shown:?}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(arg in args(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let (data, sources, problems) = read(&arg, &bytes);
        shown_whole(&data, &sources, &problems);
    }

    #[test]
    fn any_likely_text_is_read_or_refused(arg in args(), text in "([{}\\[\\]:,;\"'=.#\\n\t -]|[a-cæ0-9]|år|note|2025|1\\.000|true|null|\u{202e}|\u{1b}|\u{feff}){0,60}") {
        let (data, sources, problems) = read(&arg, text.as_bytes());
        shown_whole(&data, &sources, &problems);
    }

    #[test]
    fn any_cut_of_a_good_file_is_read_or_refused(cut in 0usize..400) {
        let text = r#"{"år": 2025, "given": {"a.b": "1,5 mio. kr.", "c": {"2024": 1e3, "2025": -0.5}},
            "region": {"Sjælland": {"n": 847000, "note": "x", "barn": [{"a": "\u00e6"}, {"b": null}]}}}"#;
        let bytes = text.as_bytes();
        let (data, sources, problems) = read(&DataArg::parse("a.json"), bytes.get(..cut.min(bytes.len())).unwrap());
        shown_whole(&data, &sources, &problems);
    }

    #[test]
    fn numbers_come_through_digit_for_digit(whole in 0u64..1_000_000_000_000_000, decimals in "[0-9]{1,12}") {
        let number = format!("{whole}.{decimals}");
        let danish = format!("k;v;w\na;{whole},{decimals};0,5\n");
        for (arg, text) in [
            ("a.json", format!("{{\"v\": {number}}}")),
            ("a.toml", format!("v = {number}")),
            ("r=a.csv", danish),
        ] {
            let (data, _, problems) = read(&DataArg::parse(arg), text.as_bytes());
            prop_assert!(problems.is_empty(), "{:?}", problems);
            let RawValue::Number(read) = &data.entries[0].value else { panic!("{text}") };
            prop_assert_eq!(&read.exact, &number);
        }
    }
}
