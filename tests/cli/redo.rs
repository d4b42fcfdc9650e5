//! The level of the steps: what a record says is computed again from the record alone, and what does not follow is named.

use klausul::record::{Fault, Level, Levels, Redone, Stored, Verdict};
use serde_json::{Value, json};

use super::records::{bytes, put, stage};
use super::{run, shown};

/// What the level of the steps says of a line of a file of records.
fn redone(line: &Value) -> (Redone, Vec<Fault>) {
    let stored = Stored { line: 1, whole: line.clone() };
    let mut levels = Levels::default();
    let redone = Redone::of_all(&[stored], &mut levels);
    let faults = levels.verdicts().find_map(|(level, verdict)| match (level, verdict) {
        (Level::Steps, Verdict::Failed(faults)) => Some(faults.clone()),
        _ => None,
    });
    (redone, faults.unwrap_or_default())
}

/// A record of invented regions, a pool and a table.
fn record() -> Value {
    let folder = stage(1);
    serde_json::from_slice(&bytes(folder.path(), "s.jsonl")).unwrap()
}

fn steps(line: &Value) -> &Vec<Value> {
    line["record"]["steps"].as_array().unwrap()
}

fn at(faults: &[Fault]) -> Vec<&str> {
    faults.iter().map(|fault| fault.at.as_str()).collect()
}

#[test]
fn every_step_of_a_record_holds() {
    let line = record();
    let (redone, faults) = redone(&line);
    assert_eq!(faults, []);
    assert_eq!(redone.whole + redone.partly + redone.leaves, steps(&line).len());
    assert!(redone.whole > redone.partly);
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test reads the records that the independent verifier is tried on"
)]
fn the_records_of_every_kind_of_step_hold() {
    let kinds = ["arithmetic", "asked", "chain", "choices", "dates", "sets", "states", "truths"];
    for kind in kinds {
        let text = std::fs::read_to_string(format!("tests/record/records/{kind}.jsonl")).unwrap();
        for line in text.lines() {
            let (_, faults) = redone(&serde_json::from_str(line).unwrap());
            assert_eq!(faults, [], "{kind}");
        }
    }
}

#[test]
fn an_edited_value_is_found_at_its_step() {
    let line = record();
    for (index, step) in steps(&line).iter().enumerate() {
        let leaf = ["figure", "data", "undecided"].contains(&step["op"].as_str().unwrap());
        let other = match &step["value"] {
            Value::Object(value) if value.contains_key("number") => json!({ "number": "8.25" }),
            Value::Object(value) if value.contains_key("truth") => json!({ "truth": value["truth"] != true }),
            _ => json!({ "text": "noget andet" }),
        };
        let mut edited = line.clone();
        edited["record"]["steps"][index]["value"] = other;
        let (_, faults) = redone(&edited);
        let here = format!("steps[{index}].");
        assert!(leaf || at(&faults).iter().any(|at| at.starts_with(&here)), "{step}: {faults:?}");
    }
}

#[test]
fn what_is_no_step_is_named_with_its_field() {
    let line = record();
    let last = steps(&line).len() - 1;
    let taken = steps(&line).iter().position(|step| step["op"] == "take").unwrap();
    let rounded = steps(&line).iter().position(|step| step["op"] == "round").unwrap();
    let fault = |step: usize, field: &str, value: Value| {
        let mut edited = line.clone();
        edited["record"]["steps"][step][field] = value;
        redone(&edited).1
    };
    let is_at = |faults: Vec<Fault>, step: usize, field: &str| {
        assert_eq!(at(&faults).first(), Some(&format!("steps[{step}].{field}").as_str()), "{faults:?}");
    };
    is_at(fault(last, "op", json!("guess")), last, "op");
    is_at(fault(last, "op", json!(7)), last, "op");
    is_at(fault(taken, "of", json!([last])), taken, "of[0]");
    is_at(fault(taken, "of", json!([-1])), taken, "of[0]");
    is_at(fault(taken, "takes", json!(12)), taken, "takes");
    is_at(fault(taken, "because", json!("magic")), taken, "because");
    is_at(fault(taken, "remark", json!("hej")), taken, "remark");
    is_at(fault(rounded, "residual", json!("0.001")), rounded, "residual");
    is_at(fault(rounded, "step", json!("0")), rounded, "step");
    is_at(fault(rounded, "mode", json!("sideways")), rounded, "mode");
    is_at(fault(taken, "value", json!({ "number": "0.50" })), taken, "value");
    // Reading so long a number would take longer than anybody waits.
    is_at(fault(taken, "value", json!({ "number": "9".repeat(1_000_000) })), taken, "value");
    let mut edited = line.clone();
    edited["record"]["results"][0]["value"] = json!({ "number": "1" });
    assert_eq!(at(&redone(&edited).1), ["results[0].value"]);
}

/// A record of nothing but steps.
fn made_of(steps: Vec<Value>) -> Value {
    let last = steps.len() - 1;
    let value = &steps[last]["value"];
    let text = match (value.get("truth"), value.get("unknown")) {
        (Some(truth), _) => {
            if truth == true {
                "ja"
            } else {
                "nej"
            }
        }
        (None, Some(_)) => "ukendt",
        (None, None) => value["number"].as_str().filter(|digits| digits.len() < 9).unwrap_or("1"),
    };
    let results = json!([{ "step": last, "value": value, "text": text }]);
    json!({ "record": { "steps": steps, "results": results } })
}

fn figure(number: &str) -> Value {
    json!({ "op": "figure", "digest": "", "value": { "number": number } })
}

#[test]
fn what_would_take_hours_to_redo_is_refused() {
    let number =
        |op: &str, of: Vec<usize>| json!({ "op": op, "digest": "", "value": { "number": "1" }, "of": of });
    let along = |of: Vec<usize>| {
        let mut along = number("convert", of);
        for (field, value) in [("kind", json!("steps")), ("from", json!(2020)), ("to", json!(2026))] {
            along[field] = value;
        }
        along
    };
    // A product that grows with every step of an index, and one that is longer than any number may be.
    let many = along([vec![0], vec![1; 20_000]].concat());
    let (_, faults) = redone(&made_of(vec![figure("1"), figure(&"9".repeat(200)), many]));
    assert_eq!(at(&faults), ["steps[2]"]);
    assert!(faults[0].what.en.contains("too much work"), "{faults:?}");
    let (_, faults) = redone(&made_of(vec![figure(&"9".repeat(22_000)), along(vec![0, 0, 0])]));
    assert_eq!(at(&faults), ["steps[1].value"]);
    assert!(faults[0].what.en.contains("grows too long"), "{faults:?}");
    // Long numbers read over and over, and what is missing.
    let long = format!("1/{}", "3".repeat(29_000));
    let compared =
        |value: Value| json!({ "op": "compare", "digest": "", "value": value, "of": [0, 0], "sign": "=" });
    let mut steps = vec![figure(&long)];
    steps.extend(std::iter::repeat_n(compared(json!({ "truth": true })), 100));
    let (_, faults) = redone(&made_of(steps));
    assert!(faults.last().is_some_and(|fault| fault.what.en.contains("too much work")), "{faults:?}");
    assert!(faults.iter().all(|fault| fault.at.starts_with("steps[")), "{faults:?}");
    let names: Vec<String> = (10_000..30_000).map(|name| format!("x{name}")).collect();
    let mut steps = vec![json!({ "op": "missing", "digest": "", "value": { "unknown": names } })];
    let operands = vec![0; 1_001];
    steps.push(json!({ "op": "and", "digest": "", "value": { "unknown": ["x10000"] }, "of": operands }));
    let (_, faults) = redone(&made_of(steps));
    assert!(faults.last().is_some_and(|fault| fault.what.en.contains("too much work")), "{faults:?}");
    // A short number costs nothing, however often it is read.
    let (redone, faults) = redone(&made_of(vec![figure("1"), {
        let mut all = number("sum_over", vec![0; 50_000]);
        all["value"] = json!({ "number": "50000" });
        all
    }]));
    assert_eq!((redone.whole, faults), (1, vec![]));
}

#[test]
fn of_what_a_record_holds_enough_is_told_to_know_it_by() {
    let mut line = made_of(vec![figure("1")]);
    line["record"]["steps"][0]["x".repeat(100_000)] = json!(1);
    let (_, faults) = redone(&line);
    assert!(faults[0].at.chars().count() < 500, "{}", faults[0].at.len());
}

/// The places in a value, each by the way to it.
fn ways(value: &Value, way: String, found: &mut Vec<String>) {
    match value {
        Value::Array(all) => {
            all.iter().enumerate().for_each(|(at, one)| ways(one, format!("{way}/{at}"), found))
        }
        Value::Object(all) => all.iter().for_each(|(name, one)| ways(one, format!("{way}/{name}"), found)),
        _ => {}
    }
    found.push(way);
}

#[test]
fn no_edit_makes_it_stumble() {
    let line = record();
    let mut all = Vec::new();
    ways(&line["record"]["steps"], "/record/steps".to_owned(), &mut all);
    ways(&line["record"]["results"], "/record/results".to_owned(), &mut all);
    let odd = [
        json!(null),
        json!(-1),
        json!(0),
        json!(u64::MAX),
        json!("-1/3"),
        json!("9999-12-31"),
        json!(true),
        json!([]),
        json!([0, 0]),
        json!({}),
        json!({ "step": 0 }),
        json!({ "number": "0" }),
        json!({ "unknown": ["x"], "low": "1" }),
        json!({ "absent": "x" }),
        json!({ "date": "9999-12-31" }),
        json!("divide"),
        json!("convert"),
        json!("move_months"),
        json!("distribute"),
    ];
    for (index, way) in all.iter().enumerate() {
        for value in odd.iter().skip(index % 7).step_by(7) {
            let mut edited = line.clone();
            if let Some(place) = edited.pointer_mut(way) {
                *place = value.clone();
            }
            let _ = redone(&edited);
        }
    }
}

#[test]
fn the_program_says_how_much_was_redone() {
    let folder = stage(1);
    let output = run(folder.path(), &["verify", "s.jsonl"]);
    assert!(shown(&output).contains("✓ trin "), "{}", shown(&output));
    assert!(shown(&output).contains("trin gjort om"), "{}", shown(&output));
    let text = String::from_utf8(bytes(folder.path(), "s.jsonl")).unwrap();
    put(folder.path(), "s.jsonl", &text.replacen("\"residual\":\"0\"", "\"residual\":\"1\"", 1));
    let output = run(folder.path(), &["verify", "s.jsonl", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(6));
    assert!(shown(&output).contains("✗ steps"), "{}", shown(&output));
    assert!(shown(&output).contains(".residual: redone: 0"), "{}", shown(&output));
}
