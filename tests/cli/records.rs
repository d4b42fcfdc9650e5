//! `eval --record` and `verify`: what is written is found again, what was changed is named, and nothing else is touched.

use std::path::Path;

use klausul::record::{Level, Levels, Verdict, read_records};

use super::{run, shown};

const RULES: &str = r#"aftale P "Puljeaftalen"
  periode 2025

kilde P "Puljeaftalen"

hver region, regioner, regionen har
  nøgle : pct., mellem 0 og 100 pct.
  mål   : hele tal, mellem 0 og 9

klausul andel for hver region
  hjemmel P boks 1
  pulje = 1.000 kr.
  del = pulje fordelt efter nøgle blandt alle regioner, afrundet til 1 kr.
  tabel bevaret_andel efter mål
    0   | 0 pct.
    1   | 33 pct.
    2   | 67 pct.
    3+  | 100 pct.
  bevaret = bevaret_andel af del, afrundet til 0,01 kr.
"#;

/// Three invented regions.
const DATA: &str = r#"{ "år": 2025, "region": {
  "A": { "nøgle": "33,3 pct.", "mål": 2 },
  "B": { "nøgle": "33,3 pct.", "mål": 1 },
  "C": { "nøgle": "33,4 pct.", "mål": 4 } } }
"#;

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn put(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the test looks at what was written")]
fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap()
}

/// A folder with rules, data and the records of `count` computations.
fn stage(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "p.klausul", RULES);
    put(folder.path(), "d.json", DATA);
    for _ in 0..count {
        let output = record(folder.path(), "s.jsonl");
        assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    }
    folder
}

fn record(folder: &Path, file: &str) -> std::process::Output {
    run(folder, &["eval", "p.klausul", "andel.bevaret", "--data", "d.json", "--record", file])
}

fn verified(folder: &Path) -> (Option<i32>, String) {
    let output = run(folder, &["verify", "s.jsonl", "--rules", "p.klausul", "--data", "d.json"]);
    (output.status.code(), shown(&output))
}

#[test]
fn the_same_computation_gives_the_same_record_and_holds() {
    let folder = stage(1);
    let output = record(folder.path(), "again.jsonl");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(bytes(folder.path(), "s.jsonl"), bytes(folder.path(), "again.jsonl"));
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(0), "{words}");
    insta::assert_snapshot!(words);
    insta::assert_snapshot!(
        String::from_utf8(bytes(folder.path(), "s.jsonl")).unwrap().replace("},{", "},\n{")
    );
}

#[test]
fn records_stand_in_a_chain() {
    let folder = stage(3);
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(0), "{words}");
    let text = String::from_utf8(bytes(folder.path(), "s.jsonl")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    put(folder.path(), "s.jsonl", &format!("{}\n{}\n", lines[0], lines[2]));
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(6));
    assert!(words.contains("linje 2, spor 3 sequence: skulle være 2"), "{words}");
    assert!(words.contains("linje 2, spor 3 previous: er ikke mærket på sporet før"), "{words}");
}

#[test]
fn what_is_no_record_is_left_as_it_is() {
    let folder = stage(0);
    for text in ["Kære dagbog\n", "Kære dagbog", "{\"digest\":\"sha256:00\",\"record\":{\"sequence\":1}}\n"]
    {
        put(folder.path(), "s.jsonl", text);
        let output = record(folder.path(), "s.jsonl");
        assert_eq!(output.status.code(), Some(5), "{}", shown(&output));
        assert!(shown(&output).contains("K0801"), "{}", shown(&output));
        assert_eq!(bytes(folder.path(), "s.jsonl"), text.as_bytes());
    }
}

#[test]
fn a_torn_line_is_taken_away_and_told() {
    let folder = stage(2);
    let whole = bytes(folder.path(), "s.jsonl");
    put(folder.path(), "s.jsonl", &String::from_utf8_lossy(whole.get(..whole.len() - 101).unwrap()));
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(6));
    assert!(words.contains("linjen er ikke skrevet færdig"), "{words}");
    let output = record(folder.path(), "s.jsonl");
    assert_eq!(output.status.code(), Some(0));
    assert!(shown(&output).contains("et ufærdigt spor"), "{}", shown(&output));
    assert_eq!(bytes(folder.path(), "s.jsonl"), whole);
}

#[test]
fn other_rules_and_data_are_named_with_what_they_change() {
    let folder = stage(1);
    put(folder.path(), "p.klausul", &RULES.replace("67 pct.", "60 pct."));
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(6));
    assert!(words.contains("rules.files[0]"), "{words}");
    assert!(words.contains("A.andel.bevaret: 223,11 kr. i sporet, 199,80 kr. i dag"), "{words}");
    put(folder.path(), "p.klausul", RULES);
    put(folder.path(), "d.json", &DATA.replace("\"mål\": 1", "\"mål\": 0"));
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(6));
    assert!(words.contains("data[0]"), "{words}");
    assert!(words.contains("B.andel.bevaret"), "{words}");
}

/// Every fourth byte is flipped; the script beside the independent verifier flips all of them.
#[test]
fn a_flipped_byte_is_found() {
    let folder = stage(2);
    let whole = bytes(folder.path(), "s.jsonl");
    assert!(holds(&whole));
    for at in (0..whole.len()).step_by(41) {
        for bit in [0, 3, 6] {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << bit;
            assert!(!holds(&flipped), "bit {bit} of byte {at}");
        }
    }
}

fn holds(bytes: &[u8]) -> bool {
    let mut levels = Levels::default();
    read_records(bytes, &mut levels);
    !levels.failed()
}

#[test]
fn a_change_is_named_by_its_step() {
    let folder = stage(1);
    let text = String::from_utf8(bytes(folder.path(), "s.jsonl")).unwrap();
    let changed = text.replacen("\"number\":\"0.67\"", "\"number\":\"0.76\"", 1);
    assert_ne!(text, changed);
    let mut levels = Levels::default();
    read_records(changed.as_bytes(), &mut levels);
    let faults = levels.verdicts().find(|(level, _)| *level == Level::Digests);
    let Some((_, Verdict::Failed(faults))) = faults else { panic!("the digests hold") };
    assert!(faults.iter().any(|fault| fault.at.starts_with("steps[")), "{faults:?}");
}

#[test]
fn several_writers_make_one_chain() {
    let folder = stage(0);
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let folder = folder.path().to_owned();
            std::thread::spawn(move || {
                (0..5).for_each(|_| assert_eq!(record(&folder, "s.jsonl").status.code(), Some(0)));
            })
        })
        .collect();
    writers.into_iter().for_each(|writer| writer.join().unwrap());
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("20 spor"), "{words}");
}
