//! How large the conformance suite is: every construct of the language has its cases, and no file shows what is not in
//! the list of constructs (`conformance_constructs.toml`).

use std::collections::BTreeSet;
use std::path::Path;

use klausul::session::Case;
use toml::de::{DeTable, DeValue};

use crate::conformance::case_files;

/// How many cases the suite has at least, in all and of each construct.
const CASES: usize = 1_000;
const EACH: usize = 5;

/// A construct, and how a case is known to show it.
#[derive(Default)]
struct Construct {
    section: String,
    name: String,
    files: Vec<String>,
    words: Vec<String>,
    codes: Vec<String>,
    states: Vec<String>,
    fields: Vec<String>,
}

impl Construct {
    /// Whether a case shows the construct: everything that is said of it holds for the case.
    fn shown(&self, file: &str, case: &Case) -> bool {
        let any = |all: &[String], holds: &dyn Fn(&str) -> bool| {
            all.is_empty() || all.iter().any(|one| holds(one.as_str()))
        };
        any(&self.files, &|prefix| file.starts_with(prefix))
            && any(&self.codes, &|code| codes(case).any(|expected| expected == code))
            && any(&self.states, &|state| states(case).any(|expected| expected == state))
            && any(&self.fields, &|field| has_field(case, field))
            && any(&self.words, &|word| lines(case).any(|line| found(word, line)))
    }
}

#[test]
fn every_construct_has_its_cases() {
    let cases = all_cases();
    assert!(cases.len() >= CASES, "{} cases", cases.len());
    let mut few = Vec::new();
    for construct in constructs() {
        let shown = cases.iter().filter(|(file, case)| construct.shown(file, case)).count();
        if shown < EACH {
            few.push(format!("section {}, {}: {shown}", construct.section, construct.name));
        }
    }
    assert!(few.is_empty(), "too few cases:\n{}", few.join("\n"));
}

#[test]
fn every_section_has_constructs_and_each_only_once() {
    let all = constructs();
    let names: BTreeSet<_> = all.iter().map(|one| (&one.section, &one.name)).collect();
    assert_eq!(names.len(), all.len(), "a construct is listed twice");
    for section in 2..=16 {
        let section = section.to_string();
        assert!(all.iter().any(|one| one.section == section), "section {section} has no construct");
    }
}

#[test]
fn no_file_shows_what_is_not_listed() {
    let list = list();
    let text = DeTable::parse(&list).unwrap();
    let headings = text.get_ref().get("headings").unwrap().get_ref().as_table().unwrap();
    for (path, file) in case_files(&suite()) {
        let listed = headings.get(file.section.as_str()).map(strings).unwrap_or_default();
        assert!(
            listed.contains(&file.construct),
            "{path}: section {}, `{}` is not listed in tests/conformance_constructs.toml",
            file.section,
            file.construct
        );
    }
}

/// The list would count nothing if its patterns matched everything.
#[test]
fn patterns_match_words_and_places() {
    assert!(found("sum af * for alle", "x = sum af folketal for alle regioner"));
    assert!(!found("sum af", "x = sum afgift"));
    assert!(!found("år", "x = året"));
    assert!(found("^tabel * efter", "tabel r efter n") && !found("^tabel", "en tabel"));
    assert!(found("i ####-####", "ramme i 2025-2026 = 3 kr.") && !found("i ####-####", "i 2025"));
    assert!(found("*½", "x = 2½") && !found("½", "x = 2½"));
}

fn suite() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

/// Every case, with the path of its file below the suite.
fn all_cases() -> Vec<(String, Case)> {
    let file_cases = |(path, file): (String, klausul::session::CaseFile)| {
        let path = path.trim_start_matches("tests/conformance/").to_owned();
        file.cases.into_iter().map(move |case| (path.clone(), case))
    };
    case_files(&suite()).into_iter().flat_map(file_cases).collect()
}

fn list() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance_constructs.toml");
    String::from_utf8(crate::read_bytes(&path)).unwrap()
}

fn constructs() -> Vec<Construct> {
    let list = list();
    let text = DeTable::parse(&list).unwrap();
    let all = text.get_ref().get("construct").unwrap().get_ref().as_array().unwrap();
    all.iter().map(|one| construct(one.get_ref().as_table().unwrap())).collect()
}

fn construct(table: &DeTable) -> Construct {
    let mut read = Construct::default();
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "section" => read.section = value.get_ref().as_integer().unwrap().as_str().to_owned(),
            "name" => read.name = value.get_ref().as_str().unwrap().to_owned(),
            "files" => read.files = strings(value),
            "words" => read.words = strings(value),
            "codes" => read.codes = strings(value),
            "states" => read.states = strings(value),
            "fields" => read.fields = strings(value),
            other => panic!("{}: unknown field `{other}`", read.name),
        }
    }
    read
}

fn strings(value: &toml::Spanned<DeValue>) -> Vec<String> {
    let all = value.get_ref().as_array().unwrap();
    all.iter().map(|one| one.get_ref().as_str().unwrap().to_owned()).collect()
}

fn codes(case: &Case) -> impl Iterator<Item = &str> {
    let checked = case.errors.iter().chain(&case.data_errors).chain(case.warnings.iter().flatten());
    checked.chain(case.expect.iter().filter_map(|expect| expect.code.as_ref())).map(String::as_str)
}

fn states(case: &Case) -> impl Iterator<Item = &str> {
    let answers = case.expect.iter().map(|expect| &expect.state);
    answers.chain(case.checks.iter().flatten()).map(String::as_str)
}

fn has_field(case: &Case, field: &str) -> bool {
    let expects = |has: fn(&klausul::session::Expect) -> bool| case.expect.iter().any(has);
    match field {
        "files" => case.files.len() > 1,
        "set" => !case.set.is_empty(),
        "scenario" => case.scenario.is_some(),
        "readings" => !case.readings.is_empty(),
        "without" => !case.without.is_empty(),
        "warnings" => case.warnings.is_some(),
        "checks" => case.checks.is_some(),
        "tests" => case.tests.is_some(),
        "formatted" => case.formatted.is_some(),
        "low" => expects(|expect| expect.low.is_some()),
        "high" => expects(|expect| expect.high.is_some()),
        other => panic!("no field `{other}`"),
    }
}

/// The lines of a case that are written in the language, without their indentation.
fn lines(case: &Case) -> impl Iterator<Item = &str> {
    let rules = case.files.iter().flat_map(|(_, text)| text.lines());
    rules
        .chain(case.expect.iter().map(|expect| expect.ask.as_str()))
        .chain(case.set.iter().map(String::as_str))
        .map(str::trim)
}

/// Whether a line has a pattern: `^` is the start of the line, `*` anything, `#` a digit, the rest itself; words are
/// whole words.
fn found(pattern: &str, line: &str) -> bool {
    let (pattern, first_only) = match pattern.strip_prefix('^') {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let part_of_word = |sign: Option<char>| sign.is_some_and(|sign| sign.is_alphanumeric() || sign == '_');
    if !pattern.split(['*', '#']).all(|piece| line.contains(piece)) {
        return false;
    }
    let starts_a_word = part_of_word(pattern.chars().next()) || pattern.starts_with('#');
    line.char_indices().any(|(at, _)| {
        (at == 0 || !first_only)
            && !(starts_a_word && part_of_word(line[..at].chars().next_back()))
            && matches_here(pattern, &line[at..])
    })
}

/// Whether a text begins with a pattern, at the end of a word if the pattern ends with one.
fn matches_here(pattern: &str, text: &str) -> bool {
    let Some(sign) = pattern.chars().next() else { return true };
    let rest = &pattern[sign.len_utf8()..];
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    match (sign, text.chars().next()) {
        ('*', _) => ends.into_iter().any(|at| matches_here(rest, &text[at..])),
        (_, None) => false,
        ('#', Some(next)) => next.is_ascii_digit() && goes_on(rest, &text[1..], true),
        (sign, Some(next)) => {
            sign == next && goes_on(rest, &text[next.len_utf8()..], sign.is_alphanumeric() || sign == '_')
        }
    }
}

fn goes_on(pattern: &str, text: &str, in_word: bool) -> bool {
    let next = text.chars().next().filter(|next| next.is_alphanumeric() || *next == '_');
    if pattern.is_empty() { !in_word || next.is_none() } else { matches_here(pattern, text) }
}
