//! Records: any bytes are looked through without a fall, and none that was changed is said to be whole.

use std::sync::LazyLock;

use klausul::base::Lang;
use klausul::record::{Fault, Levels, Redone, Verdict, check_signatures, digest, read_records, sha256};
use klausul::render::visible;
use serde_json::{Value, json};

use super::choices::Choices;
use super::held::tame;
use super::seeds::{RECORDS, WORDS};

/// Looks through records as `klausul verify` does.
fn looked(bytes: &[u8]) -> Levels {
    let mut levels = Levels::default();
    let stored = read_records(bytes, &mut levels);
    check_signatures(&stored, &[], &mut levels);
    let redone = Redone::of_all(&stored, &mut levels);
    assert!(!redone.words().da.is_empty());
    let most = bytes.split(|byte| *byte == b'\n').count();
    for (level, verdict) in levels.verdicts() {
        let Verdict::Failed(faults) = verdict else { continue };
        assert!(!faults.is_empty(), "{level:?} fails for nothing");
        for Fault { line, at, what } in faults {
            assert!((1..=most).contains(line), "{level:?} fails in line {line} of {most}");
            for lang in [Lang::Da, Lang::En] {
                assert!(!what.get(lang).is_empty(), "{level:?} fails without a word at {at:?}");
                tame(&visible(&format!("{at} {}", what.get(lang))));
            }
        }
    }
    levels
}

/// Any bytes, as they are.
pub(super) fn records(bytes: &[u8]) {
    let levels = looked(bytes);
    let is_record = bytes.windows(10).any(|part| part == b"\"sections\"");
    assert!(levels.failed() || is_record, "{:?} is said to be whole", String::from_utf8_lossy(bytes));
}

/// A record that was changed, and whose digests were not made anew, is never whole. One whose digests were is looked
/// through all the same.
pub(super) fn verify(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let seed = choices.of(&whole().iter().map(String::as_str).collect::<Vec<_>>());
    let how = choices.byte();
    if how & 1 == 0 {
        let mut text = seed.as_bytes().to_vec();
        for _ in 0..1 + choices.below(3) {
            edit_bytes(&mut text, &mut choices);
        }
        let levels = looked(&text);
        // Of a chain, the beginning alone is a chain.
        let is_beginning = seed.as_bytes().starts_with(&text) && text.ends_with(b"\n");
        assert_eq!(levels.failed(), !is_beginning, "{:?}", String::from_utf8_lossy(&text));
        return;
    }
    let mut lines: Vec<Value> =
        seed.lines().map(|line| serde_json::from_str(line).unwrap_or_default()).collect();
    for _ in 0..1 + choices.below(4) {
        let at = choices.below(lines.len());
        edit(&mut lines[at], &mut choices);
    }
    let is_changed = lines.iter().map(Value::to_string).ne(seed.lines().map(str::to_owned));
    let text: String = match how & 2 {
        0 => lines.iter().map(|line| format!("{line}\n")).collect(),
        _ => digested(lines).iter().map(|line| format!("{line}\n")).collect(),
    };
    let levels = looked(text.as_bytes());
    assert!(how & 2 == 2 || levels.failed() == is_changed, "{text}");
}

/// The shipped records that hold, each as a file of its own, and those files that hold as chains.
fn whole() -> &'static [String] {
    static WHOLE: LazyLock<Vec<String>> = LazyLock::new(|| {
        let lines = RECORDS.iter().flat_map(|file| file.lines().map(|line| format!("{line}\n")));
        let files = RECORDS.iter().map(|file| (*file).to_owned());
        lines.chain(files).filter(|text| !looked(text.as_bytes()).failed()).collect()
    });
    &WHOLE
}

fn edit_bytes(text: &mut Vec<u8>, choices: &mut Choices<'_>) {
    let at = choices.below(text.len());
    match choices.below(4) {
        0 => text[at] = choices.byte(),
        1 => {
            text.remove(at);
        }
        2 => text.insert(at, choices.byte()),
        _ => text.truncate(at),
    }
    if text.is_empty() {
        text.push(b'\n');
    }
}

/// The records that are started from hold.
pub(super) fn seeds_hold() {
    assert!(whole().len() > RECORDS.len(), "{} records hold", whole().len());
}

/// Changes one value somewhere in a record.
fn edit(value: &mut Value, choices: &mut Choices<'_>) {
    let inside = match value {
        Value::Array(all) => all.len(),
        Value::Object(all) => all.len(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    };
    // Most changes are deep inside.
    if inside > 0 && choices.below(8) > 0 {
        let at = choices.below(inside);
        let part = match value {
            Value::Array(all) => all.get_mut(at),
            Value::Object(all) => all.iter_mut().nth(at).map(|(_, part)| part),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
        };
        return part.into_iter().for_each(|part| edit(part, choices));
    }
    let sort = choices.below(9);
    match (sort, &mut *value) {
        (0, Value::Array(all)) if inside > 0 => {
            all.remove(choices.below(inside));
        }
        (1, Value::Array(all)) if inside > 0 => {
            let again = all[choices.below(inside)].clone();
            all.push(again);
        }
        (2, Value::Array(all)) if inside > 0 => all.swap(choices.below(inside), choices.below(inside)),
        (0, Value::Object(all)) if inside > 0 => {
            let name = all.keys().nth(choices.below(inside)).cloned().unwrap_or_default();
            all.remove(&name);
        }
        (1, Value::Object(all)) => {
            all.insert(choices.of(FIELDS).to_owned(), json!(choices.byte()));
        }
        (3, Value::String(text)) => text.push_str(choices.of(WORDS)),
        (4, Value::String(text)) => *text = choices.of(NUMBERS).to_owned(),
        (5, Value::String(text)) => *text = choices.text(12),
        (6, _) => *value = Value::Null,
        (7, _) => *value = json!(choices.of(NUMBERS)),
        (_, Value::Number(_)) => *value = json!(i64::from(choices.byte()) - 3),
        (_, Value::Bool(truth)) => *truth = !*truth,
        (_, _) => *value = json!([{}]),
    }
}

const FIELDS: &[&str] = &[
    "op", "value", "inputs", "mode", "step", "unit", "kind", "entity", "text", "digest", "of", "by", "rows",
    "x",
];

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "0.5",
    "1/3",
    "-7/3",
    "1e9",
    "1/0",
    "",
    "9999999999999999999999999999",
    "2025-02-29",
    "2025",
    "2025-01-01",
    "0.1",
    "00",
    "1.",
    "100000000000000000000000000000000000000000",
    "add",
    "div",
    "round",
    "true",
];

/// The lines with all digests made anew, so that nothing but what they say tells that they were changed.
fn digested(lines: Vec<Value>) -> Vec<Value> {
    let mut previous = None;
    lines.into_iter().map(|line| digested_line(line, &mut previous)).collect()
}

fn digested_line(mut line: Value, previous: &mut Option<String>) -> Value {
    let Some(record) = line.get_mut("record").and_then(Value::as_object_mut) else { return line };
    if let Some(previous) = previous {
        record.insert("previous".to_owned(), json!(previous));
    }
    for step in record.get_mut("steps").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(fields) = step.as_object_mut() else { continue };
        fields.remove("digest");
        let mark: String =
            sha256(Value::Object(fields.clone()).to_string().as_bytes()).chars().take(MARK).collect();
        fields.insert("digest".to_owned(), json!(mark));
    }
    let sections: serde_json::Map<String, Value> = record
        .iter()
        .filter(|(name, _)| *name != "sections")
        .map(|(name, part)| (name.clone(), json!(sha256(part.to_string().as_bytes()))))
        .collect();
    record.insert("sections".to_owned(), Value::Object(sections));
    let whole = digest(&Value::Object(record.clone()));
    *previous = Some(whole.clone());
    if let Some(fields) = line.as_object_mut() {
        fields.insert("digest".to_owned(), json!(whole));
    }
    line
}

/// How many signs of a digest mark a step.
const MARK: usize = 16;
