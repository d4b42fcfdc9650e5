//! Both languages tell the same: as many places, helps and corrections, with the same numbers and the same words of the
//! writer's in each.

use std::collections::BTreeSet;

use klausul::base::Lang;
use klausul::syntax::keywords::{KEYWORDS, Keyword};
use serde_json::Value;

use super::TOPICS;
use super::case::{Case, cases};
use super::program::Finding;

#[test]
fn both_languages_have_the_same_fields() {
    let mut wrong = Vec::new();
    for case in TOPICS.iter().flat_map(|topic| cases(topic)).filter(|case| case.commands().is_empty()) {
        let (danish, english) = (case.setting().check("da"), case.setting().check("en"));
        if danish.len() != english.len() {
            wrong.push(format!("{}: {} and {}", case.path.display(), danish.len(), english.len()));
        }
        let names = names(&case);
        for (da, en) in danish.iter().zip(&english) {
            wrong.extend(differences(da, en, &names).into_iter().map(|difference| {
                format!("{}, {}: {difference}", case.path.display(), da.expectation(&case))
            }));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The fields of a finding that are words, each with what it says.
fn words(finding: &Finding) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut all = vec![("message".to_owned(), text(&finding.value["message"]))];
    all.push(("label".to_owned(), text(&finding.value["label"])));
    for (field, inner) in [("help", None), ("related", Some("text")), ("fixes", Some("title"))] {
        let list = finding.value[field].as_array().cloned().unwrap_or_default();
        for (at, value) in list.iter().enumerate() {
            all.push((format!("{field} {at}"), text(inner.map_or(value, |inner| &value[inner]))));
        }
    }
    all
}

fn differences(da: &Finding, en: &Finding, names: &BTreeSet<String>) -> Vec<String> {
    let place = |f: &Finding| (f.code.clone(), f.file.clone(), f.line, f.column);
    let (danish, english) = (words(da), words(en));
    let fields =
        |words: &[(String, String)]| words.iter().map(|(field, _)| field.clone()).collect::<Vec<_>>();
    if place(da) != place(en) || fields(&danish) != fields(&english) {
        return vec![format!("{:?} and {:?}", fields(&danish), fields(&english))];
    }
    let pairs = danish.iter().zip(&english);
    pairs
        .filter_map(|((field, da), (_, en))| {
            // Advice shows forms with names of its own, which each language has its own of.
            let names = if field.starts_with("help") { &BTreeSet::new() } else { names };
            let differs = da.is_empty() != en.is_empty() || said(da, names) != said(en, names);
            differs.then(|| format!("{field}\n    {da}\n    {en}"))
        })
        .collect()
}

/// What of the writer's a sentence holds: numbers, without their group and decimal marks, and names the file declares.
fn said(sentence: &str, names: &BTreeSet<String>) -> BTreeSet<String> {
    let mut said: BTreeSet<String> = numbers(sentence).into_iter().collect();
    let quoted = sentence.split('`').skip(1).step_by(2);
    said.extend(quoted.flat_map(identifiers).filter(|word| names.contains(word)));
    said
}

fn numbers(sentence: &str) -> Vec<String> {
    let is_mark = |c: char| matches!(c, '.' | ',');
    let parts = sentence.split(|c: char| !c.is_ascii_digit() && !is_mark(c));
    let digits = parts.map(|part| part.trim_matches(is_mark).replace(is_mark, ""));
    digits.filter(|digits| !digits.is_empty()).collect()
}

fn identifiers(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    words.filter(|word| word.starts_with(char::is_alphabetic)).map(str::to_owned)
}

/// The names that the lines of a case set or declare: the words before `=` and `:`, and those after a word that
/// declares. Words of either language are left out, since a message translates them.
fn names(case: &Case) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, bytes) in &case.files {
        let text = String::from_utf8_lossy(bytes).into_owned();
        for line in text.lines().filter(|line| !line.starts_with("//")) {
            let head = line.split(['=', ':', '"']).next().unwrap_or_default();
            names.extend(identifiers(head));
        }
    }
    names.retain(|name| !is_of_the_language(name));
    names
}

/// Tells whether a word is one of the language, alone or in a phrase.
fn is_of_the_language(word: &str) -> bool {
    let has =
        |keyword: &Keyword, lang| keyword.spellings(lang).any(|said| said.split(' ').any(|w| w == word));
    KEYWORDS.iter().any(|keyword| has(keyword, Lang::Da) || has(keyword, Lang::En))
}
