//! `eval --record` and `verify`: what is written is found again, what was changed is named, and nothing else is touched.

use std::path::Path;

use klausul::record::{Level, Levels, Verdict, check_signatures, read_records};

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
pub(super) fn put(folder: &Path, name: &str, text: &str) {
    std::fs::write(folder.join(name), text).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the test looks at what was written")]
pub(super) fn bytes(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap()
}

/// A folder with rules, data and the records of `count` computations.
pub(super) fn stage(count: usize) -> tempfile::TempDir {
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
fn what_is_asked_for_as_an_expression_is_recorded_and_holds() {
    let folder = stage(0);
    for asked in [
        "2 * 3 kr.",
        "(andel.pulje)",
        "andel.del + 1 kr.",
        "andel.pulje i 2025",
        "sum af andel.del for alle regioner",
    ] {
        let args = ["eval", "p.klausul", asked, "andel.pulje", "--data", "d.json", "--record", "s.jsonl"];
        let output = run(folder.path(), &args);
        assert_eq!(output.status.code(), Some(0), "{asked}: {}", shown(&output));
    }
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(0), "{words}");
    let text = String::from_utf8(bytes(folder.path(), "s.jsonl")).unwrap();
    put(folder.path(), "s.jsonl", &text.replace("\"name\":\"2 * 3 kr.\"", "\"name\":\"2 * 4 kr.\""));
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(6));
    assert!(words.contains("results[0].name"), "{words}");
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

/// What a result says to people is its value: a number that looks the same and is not, a settled amount for an unknown
/// one, or no for yes is found from the record alone.
#[test]
fn words_that_are_not_the_value_are_found() {
    let folder = stage(0);
    let rules = "måleenhed stemme, stemmer\n\nklausul k\n  givet x : kr.\n  beløb = 1.234,50 kr.\n  stemmer_i_alt = 7 stemmer\n  nok = stemmer_i_alt > 5 stemmer\n  åbent = x + 1 kr.\n  dagen = 1. juli 2025\n";
    put(folder.path(), "r.klausul", rules);
    let asked = ["eval", "r.klausul", "--year", "2025", "--record", "s.jsonl"];
    assert_eq!(run(folder.path(), &asked).status.code(), Some(0));
    let whole = String::from_utf8(bytes(folder.path(), "s.jsonl")).unwrap();
    let (code, words) = verified_with(folder.path(), &[]);
    assert_eq!(code, Some(0), "{words}");
    let forged = [
        ("1.234,50 kr.", "9.234,50\u{a0}kr."),
        ("1.234,50 kr.", "9.234,50  kr."),
        ("1.234,50 kr.", "ca. 9.234,50 kr."),
        ("1.234,50 kr.", "ingen efterregulering"),
        ("1.234,50 kr.", "9.234,50 DKK"),
        ("7 stemmer", "9 stemmer"),
        ("ja", "ikke opfyldt"),
        ("ja", "nej"),
        ("ukendt (mangler: k.x)", "1.000,0 mio. kr."),
        ("1. juli 2025", "2. juli 2025"),
    ];
    for (said, other) in forged {
        let (before, results) = whole.split_once("\"results\":").unwrap();
        let changed = results.replacen(&format!("\"text\":\"{said}\""), &format!("\"text\":\"{other}\""), 1);
        assert_ne!(results, changed, "{said}");
        put(folder.path(), "s.jsonl", &format!("{before}\"results\":{changed}"));
        let (code, words) = verified_with(folder.path(), &[]);
        assert_eq!(code, Some(6), "{other}");
        assert!(words.contains("].text"), "{other}: {words}");
    }
}

/// The words of a result may be the same where its value is not.
#[test]
fn a_result_of_another_value_in_the_same_words_is_not_what_the_rules_give_today() {
    let folder = stage(1);
    let text = String::from_utf8(bytes(folder.path(), "s.jsonl")).unwrap();
    let (before, results) = text.split_once("\"results\":").unwrap();
    let (results, after) = results.split_once("\"rules\":").unwrap();
    let changed = results.replacen("\"number\":\"223.11\"", "\"number\":\"223.12\"", 1);
    assert_ne!(results, changed);
    put(folder.path(), "s.jsonl", &format!("{before}\"results\":{changed}\"rules\":{after}"));
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(6));
    assert!(words.contains("✗ regler i dag"), "{words}");
    assert!(words.contains("223.12") && words.contains("223.11"), "{words}");
}

#[test]
fn of_a_record_that_cannot_be_computed_again_nothing_is_said_of_today() {
    let folder = stage(0);
    let set = ["--set", "andel.pulje = 900 kr."];
    let asked = ["eval", "p.klausul", "andel.bevaret", "--data", "d.json", "--record", "s.jsonl"];
    assert_eq!(run(folder.path(), &[&asked[..], &set].concat()).status.code(), Some(0));
    put(folder.path(), "p.klausul", &RULES.replace("pulje ", "potten "));
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(6), "{words}");
    assert!(words.contains("✗ genberegning"), "{words}");
    assert!(words.contains("– regler i dag   1 kunne ikke regnes igen"), "{words}");
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

/// A folder with the records of `count` computations, all signed with the key of `revisor`, and a key of `anden`.
fn signed_stage(count: usize) -> tempfile::TempDir {
    let folder = stage(0);
    for name in ["revisor", "anden"] {
        let output = run(folder.path(), &["keys", "new", name]);
        assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    }
    for _ in 0..count {
        let output = sign(folder.path(), &["revisor.key"]);
        assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    }
    folder
}

fn sign(folder: &Path, keys: &[&str]) -> std::process::Output {
    let mut args = vec!["eval", "p.klausul", "andel.bevaret", "--data", "d.json", "--record", "s.jsonl"];
    keys.iter().for_each(|key| args.extend(["--sign", key]));
    run(folder, &args)
}

fn verified_with(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = run(folder, &[&["verify", "s.jsonl"], args].concat());
    (output.status.code(), shown(&output))
}

#[test]
fn keys_are_made_once_and_the_private_one_is_shown_to_nobody() {
    let folder = stage(0);
    let output = run(folder.path(), &["nøgler", "ny", "revisor i kommunen"]);
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    insta::assert_snapshot!(shown(&output));
    let text = |name| String::from_utf8(bytes(folder.path(), name)).unwrap();
    let (private, public) = (text("revisor i kommunen.key"), text("revisor i kommunen.pub"));
    let digits = |text: &str, half: &str| {
        let rest = text.strip_prefix(&format!("klausul-key/1 ed25519 {half} ")).expect("the form").to_owned();
        rest.strip_suffix(" revisor i kommunen\n").expect("the name").to_owned()
    };
    let secret = digits(&private, "private");
    assert_eq!((secret.len(), digits(&public, "public").len()), (64, 64));
    assert!(!shown(&output).contains(&secret[..16]));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let file = folder.path().join("revisor i kommunen.key");
        assert_eq!(file.symlink_metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let output = run(folder.path(), &["--lang", "en", "keys", "new", "revisor i kommunen"]);
    assert_eq!(output.status.code(), Some(5), "{}", shown(&output));
    assert_eq!((text("revisor i kommunen.key"), text("revisor i kommunen.pub")), (private, public));
    // Where one half stands, the other is not made either.
    put(folder.path(), "halv.pub", "noget andet\n");
    let output = run(folder.path(), &["keys", "new", "halv"]);
    assert_eq!(output.status.code(), Some(5), "{}", shown(&output));
    assert!(!folder.path().join("halv.key").exists());
}

#[test]
fn what_was_signed_is_told_by_the_public_key() {
    let folder = signed_stage(2);
    let (code, words) = verified_with(folder.path(), &["--key", "anden.pub", "--key", "revisor.pub"]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("✓ underskrifter  2 spor: alle underskrevet, med `revisor`"), "{words}");
    let (code, words) = verified_with(folder.path(), &[]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("2 af 2 spor er underskrevet, og underskrifterne passer"), "{words}");
    let (code, words) = verified_with(folder.path(), &["--key", "anden.pub", "--lang", "en"]);
    assert_eq!(code, Some(6), "{words}");
    assert!(words.contains("line 2, record 2 signatures: the record is signed, but with none"), "{words}");
    // A record without a signature among those that have one.
    record(folder.path(), "s.jsonl");
    let (code, words) = verified_with(folder.path(), &["--key", "revisor.pub"]);
    assert_eq!(code, Some(6), "{words}");
    assert!(words.contains("linje 3, spor 3 signatures: sporet har ingen gyldig underskrift"), "{words}");
    let (code, words) = verified_with(folder.path(), &[]);
    assert_eq!(code, Some(0), "{words}");
    assert!(words.contains("2 af 3 spor er underskrevet"), "{words}");
}

/// What cannot be read is signed by nobody.
#[test]
fn an_unreadable_record_is_not_a_signed_one() {
    let folder = signed_stage(1);
    let text = String::from_utf8(bytes(folder.path(), "s.jsonl")).unwrap();
    put(folder.path(), "s.jsonl", &format!("{text}Kære dagbog\n"));
    let (code, words) = verified_with(folder.path(), &["--key", "revisor.pub"]);
    assert_eq!(code, Some(6), "{words}");
    assert!(words.contains("linje 2, spor ? signatures: sporet har ingen gyldig underskrift"), "{words}");
    put(folder.path(), "s.jsonl", "");
    let (code, words) = verified_with(folder.path(), &["--key", "revisor.pub"]);
    assert_eq!(code, Some(6), "{words}");
    assert!(words.contains("– underskrifter  ingen spor"), "{words}");
}

#[test]
fn two_can_sign_one_record_and_none_twice() {
    let folder = signed_stage(0);
    let output = sign(folder.path(), &["revisor.key", "anden.key", "revisor.key"]);
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    let whole: serde_json::Value = serde_json::from_slice(&bytes(folder.path(), "s.jsonl")).unwrap();
    assert_eq!(whole["signatures"].as_array().map(Vec::len), Some(2));
    // Signatures are the same bytes each time, as records are.
    sign(folder.path(), &["revisor.key", "anden.key"]);
    let text = String::from_utf8(bytes(folder.path(), "s.jsonl")).unwrap();
    let (first, second) = text.split_once('\n').unwrap();
    put(folder.path(), "s.jsonl", &format!("{first}\n"));
    sign(folder.path(), &["revisor.key", "anden.key"]);
    assert_eq!(bytes(folder.path(), "s.jsonl"), format!("{first}\n{second}").into_bytes());
    for key in ["revisor.pub", "anden.pub"] {
        let (code, words) = verified_with(folder.path(), &["--key", key]);
        assert_eq!(code, Some(0), "{words}");
    }
}

/// What is wrong with a signature is told by its record and its field, whoever is trusted.
#[test]
fn a_wrong_signature_is_named_by_its_field() {
    let folder = signed_stage(1);
    let text = String::from_utf8(bytes(folder.path(), "s.jsonl")).unwrap();
    let whole: serde_json::Value = serde_json::from_str(&text).unwrap();
    let field = |name: &str| whole["signatures"][0][name].as_str().unwrap().to_owned();
    let (key, signature) = (field("key"), field("signature"));
    let other = format!("{}{}", if signature.starts_with('0') { "1" } else { "0" }, &signature[1..]);
    let order_two = format!("ec{}7f", "f".repeat(60));
    let entry = format!("{{\"algorithm\":\"ed25519\",\"key\":\"{key}\",\"signature\":\"{signature}\"}}");
    let changes = [
        (signature.clone(), other, "signatures[0].signature: passer ikke"),
        (signature.clone(), signature.to_uppercase(), "signatures[0].signature: er ingen underskrift"),
        (key.clone(), order_two, "signatures[0].key: er svag"),
        (key.clone(), "0".repeat(10), "signatures[0].key: er ingen nøgle"),
        ("\"ed25519\"".to_owned(), "\"none\"".to_owned(), "signatures[0].algorithm: er ikke `ed25519`"),
        (entry.clone(), "7".to_owned(), "signatures[0]: er ingen underskrift"),
        (entry.clone(), format!("{entry},{entry}"), "signatures[1].key: har underskrevet før"),
    ];
    for (old, new, words) in changes {
        assert!(text.contains(&old), "{old}");
        put(folder.path(), "s.jsonl", &text.replace(&old, &new));
        let (code, told) = verified_with(folder.path(), &[]);
        assert_eq!(code, Some(6), "{told}");
        assert!(told.contains(&format!("linje 1, spor 1 {words}")), "{words}: {told}");
    }
    // The record made anew with another figure, every digest right, but signed before.
    let forged = stage(0);
    put(forged.path(), "d.json", &DATA.replace("\"mål\": 1", "\"mål\": 3"));
    record(forged.path(), "s.jsonl");
    let line = String::from_utf8(bytes(forged.path(), "s.jsonl")).unwrap();
    put(folder.path(), "s.jsonl", &line.replace("\"signatures\":[]", &format!("\"signatures\":[{entry}]")));
    let (code, told) = verified_with(folder.path(), &["--key", "revisor.pub"]);
    assert_eq!(code, Some(6), "{told}");
    assert!(told.contains("✓ mærker"), "{told}");
    assert!(told.contains("signatures[0].signature: passer ikke til sporet og nøglen"), "{told}");
}

/// Every digit, quote and word of what stands beside the record: it has no digest of its own.
#[test]
fn a_flipped_bit_of_a_signature_is_found() {
    let folder = signed_stage(1);
    let whole = bytes(folder.path(), "s.jsonl");
    let holds = |bytes: &[u8]| {
        let mut levels = Levels::default();
        check_signatures(&read_records(bytes, &mut levels), &[], &mut levels);
        !levels.failed()
    };
    assert!(holds(&whole));
    let begin = String::from_utf8_lossy(&whole).find("\"signatures\":[{").expect("a signature");
    for at in begin..whole.len() {
        // The fifth bit makes a capital of a letter.
        for bit in [0, 5] {
            let mut flipped = whole.clone();
            flipped[at] ^= 1 << bit;
            assert!(!holds(&flipped), "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn without_its_key_nothing_is_computed_or_written() {
    let folder = signed_stage(0);
    put(folder.path(), "dagbog.key", "Kære dagbog\n");
    for (key, code, words) in [
        ("dagbog.key", 5, "`dagbog.key` er ingen nøglefil"),
        ("revisor.pub", 5, "`revisor.pub` er den offentlige nøgle"),
        ("ingen.key", 5, "ingen.key"),
    ] {
        let output = sign(folder.path(), &["revisor.key", key]);
        assert_eq!(output.status.code(), Some(code), "{}", shown(&output));
        assert!(shown(&output).contains(words), "{}", shown(&output));
        assert!(output.stdout.is_empty() && !folder.path().join("s.jsonl").exists());
    }
    record(folder.path(), "s.jsonl");
    let (code, words) = verified_with(folder.path(), &["--key", "revisor.key"]);
    assert_eq!(code, Some(5), "{words}");
    assert!(words.contains("`revisor.key` er den private nøgle") && !words.contains("✓"), "{words}");
    let output = run(folder.path(), &["eval", "p.klausul", "--sign", "revisor.key"]);
    assert_eq!(output.status.code(), Some(2), "a signature needs a record");
}

/// Programs read the same, in both languages: the names are fixed, the words are not.
#[test]
fn a_torn_file_is_told_to_programs_in_both_languages() {
    let folder = stage(2);
    let whole = bytes(folder.path(), "s.jsonl");
    put(folder.path(), "s.jsonl", &String::from_utf8_lossy(whole.get(..whole.len() - 101).unwrap()));
    for lang in ["da", "en"] {
        let (code, words) = verified_with(folder.path(), &["--format", "json", "--lang", lang]);
        assert_eq!(code, Some(6), "{words}");
        insta::assert_snapshot!(format!("a_torn_file_in_json_{lang}"), words);
        let (code, words) = verified_with(folder.path(), &["--lang", lang]);
        assert_eq!(code, Some(6), "{words}");
        insta::assert_snapshot!(format!("a_torn_file_in_text_{lang}"), words);
    }
}

/// A limit on the size of files stands in for a full disk: what could not be written whole is taken away again.
#[cfg(unix)]
#[test]
fn where_a_record_does_not_fit_the_file_is_as_it_was() {
    let folder = stage(2);
    let whole = bytes(folder.path(), "s.jsonl");
    // In blocks of 512 bytes, and so that a part of the next record fits.
    let limit = whole.len() / 512 + 4;
    let script = format!(
        "trap '' XFSZ; ulimit -f {limit}; exec '{}' eval p.klausul andel.bevaret --data d.json --record s.jsonl",
        env!("CARGO_BIN_EXE_klausul")
    );
    let output =
        std::process::Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(5), "{}", shown(&output));
    assert!(output.stdout.is_empty(), "{}", shown(&output));
    assert_eq!(bytes(folder.path(), "s.jsonl"), whole);
    assert_eq!(record(folder.path(), "s.jsonl").status.code(), Some(0));
    let (code, words) = verified(folder.path());
    assert_eq!(code, Some(0), "{words}");
}

#[test]
fn of_what_is_no_record_nothing_is_said_to_fit() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "x.txt", "Kære dagbog\n");
    for (lang, fits) in [("da", "alle mærker passer"), ("en", "all digests fit")] {
        let output = run(folder.path(), &["verify", "x.txt", "--lang", lang]);
        assert_eq!(output.status.code(), Some(6));
        assert!(!shown(&output).contains(fits), "{}", shown(&output));
        assert!(output.stdout.ends_with(b"\n"));
    }
}
