//! The JSON Schemas that the program prints: each is one, what the program writes is valid under its own, and a document
//! with a field more, or something else in a field, is not.

#![expect(clippy::disallowed_methods, reason = "the tests read their own files")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use jsonschema::Validator;
use serde_json::{Value, json};

use super::{klausul, run};

const NAMES: [&str; 11] =
    ["check", "diff", "eval", "explain", "help", "record", "solve", "sources", "sweep", "test", "verify"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn schema(name: &str) -> Validator {
    let text = fs::read_to_string(root().join(format!("docs/schemas/{name}.json"))).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&text).unwrap()).unwrap()
}

fn faults(schema: &Validator, document: &Value) -> Vec<String> {
    schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// Holds what a command wrote to the schema of its verb, where it wrote JSON or records.
pub(super) fn hold(folder: &Path, args: &[&str], output: &Output) {
    let after = |option: &str| args.iter().skip_while(|arg| **arg != option).nth(1);
    let name = NAMES.iter().find(|name| args.contains(name));
    let document = serde_json::from_slice(&output.stdout).ok();
    if let (Some("json"), Some(name), Some(document)) = (after("--format").copied(), name, document) {
        let found = faults(&schema(name), &document);
        assert!(found.is_empty(), "{args:?}: {found:#?}");
    }
    // Where nothing was recorded, the file is what the test put there.
    let recorded = matches!(output.status.code(), Some(0 | 1));
    let written = after("--record").filter(|_| recorded).map(|file| fs::read(folder.join(file)));
    if let Some(Ok(records)) = written {
        hold_records(&records);
    }
}

fn hold_records(records: &[u8]) {
    let schema = schema("record");
    for line in records.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        // A line that a test has damaged is none.
        let Ok(document) = serde_json::from_slice::<Value>(line) else { continue };
        let found = faults(&schema, &document);
        assert!(found.is_empty(), "{found:#?}");
    }
}

#[test]
fn every_schema_is_printed_and_is_one() {
    for name in NAMES {
        let output = klausul(&root()).args(["schema", name]).output().unwrap();
        let printed: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(printed["$id"], json!(format!("urn:klausul:schema:{name}")));
        assert!(jsonschema::meta::is_valid(&printed), "{name}");
        undescribed(&printed, name);
    }
    let list = klausul(&root()).args(["schema"]).output().unwrap();
    let list = String::from_utf8(list.stdout).unwrap();
    assert!(NAMES.iter().all(|name| list.contains(name)), "{list}");
    let files = crate::files_in("docs/schemas");
    assert_eq!(files.len(), NAMES.len(), "{files:?}");
}

/// Every property says what it is.
fn undescribed(schema: &Value, way: &str) {
    if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
        for (name, property) in properties {
            // Of an operation only how many steps it takes is told again.
            let again = name == "of" && property.get("minItems").is_some();
            assert!(again || property.get("description").is_some(), "{way}.{name}");
        }
    }
    match schema {
        Value::Object(all) => all.iter().for_each(|(name, one)| undescribed(one, &format!("{way}.{name}"))),
        Value::Array(all) => all.iter().for_each(|one| undescribed(one, way)),
        _ => {}
    }
}

#[test]
fn what_the_program_writes_is_valid_and_edited_it_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let root = root();
    let pack = root.join("rules/cn24").display().to_string();
    let broken = folder.path().join("fejl.klausul");
    fs::write(
        &broken,
        "aftale P \"Pulje\"\n  periode 2025\n\nklausul a\n  hjemmel P pkt. 1\n  b = c + 1 kr.\n",
    )
    .unwrap();
    let broken = broken.display().to_string();
    let target = |answer: &[u8]| -> String {
        let answer: Value = serde_json::from_slice(answer).unwrap();
        answer["results"][0]["target"].as_str().unwrap().to_owned()
    };
    let answer = run(folder.path(), &["eval", &pack, "--format", "json", "--record", "spor.jsonl"]);
    let first = target(&answer.stdout);
    let documents: Vec<(&str, Vec<u8>)> = vec![
        ("eval", run(folder.path(), &["eval", &pack, &first, "--format", "json"]).stdout),
        ("explain", run(folder.path(), &["explain", &pack, &first, "--format", "json"]).stdout),
        ("check", run(folder.path(), &["check", &broken, "--format", "json"]).stdout),
        ("test", run(folder.path(), &["test", &pack, "--format", "json"]).stdout),
        ("verify", run(folder.path(), &["verify", "spor.jsonl", "--format", "json"]).stdout),
        (
            "diff",
            run(folder.path(), &["diff", &pack, "--with", "2026", "--bridge", &first, "--format", "json"])
                .stdout,
        ),
        ("help", run(folder.path(), &["help", "K0601", "--format", "json"]).stdout),
        ("record", fs::read(root.join("tests/record/records/choices.jsonl")).unwrap()),
    ];
    for (name, text) in documents {
        let (schema, document) = (schema(name), serde_json::from_slice::<Value>(&text).unwrap());
        let found = faults(&schema, &document);
        assert!(found.is_empty(), "{name}: {found:#?}");
        let mut edits = 0;
        for way in ways(&document).into_iter().take(MOST) {
            let mut edited = document.clone();
            match edited.pointer_mut(&way) {
                Some(Value::Object(fields)) => drop(fields.insert("remark".to_owned(), json!({ "odd": 1 }))),
                Some(other) => *other = json!({ "odd": { "remark": 1 } }),
                None => unreachable!("{way}"),
            }
            assert!(!schema.is_valid(&edited), "{name}{way} passes with something odd in it");
            edits += 1;
        }
        assert!(edits > 3, "{name}: {edits}");
    }
}

/// How many places of a document are edited.
const MOST: usize = 250;

/// Every place in a document, from the whole inwards.
fn ways(document: &Value) -> Vec<String> {
    let mut found = vec![String::new()];
    let mut at = 0;
    while let Some(way) = found.get(at).cloned() {
        match document.pointer(&way).unwrap() {
            Value::Object(fields) => {
                found.extend(
                    fields.keys().map(|name| format!("{way}/{}", name.replace('~', "~0").replace('/', "~1"))),
                );
            }
            Value::Array(all) => found.extend((0..all.len().min(3)).map(|index| format!("{way}/{index}"))),
            _ => {}
        }
        at += 1;
    }
    found
}

#[test]
fn records_of_every_operation_are_valid() {
    for file in crate::files_in("tests/record/records") {
        hold_records(&fs::read(file).unwrap());
    }
}
