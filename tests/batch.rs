//! Many rows: each comes out as it does when it is asked about alone, whichever way it was computed; what is wrong goes to
//! the rejected ones; nothing is lost; and a run that was interrupted ends as one that was not.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const W2: &str = "benches/rules/w2.klausul";

/// Rows made up for the test: ordinary ones, ones at the bounds of the table, and every sort of trouble.
fn table(rows: usize) -> String {
    let mut text =
        String::from("region;inhabitants;pool_key;block_key;budget;budget_ceiling;constr;constr_ceiling\n");
    let mut seed = 7_u64;
    let mut next = |most: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % most
    };
    for row in 0..rows {
        let people = match next(10) {
            0 => [79_999, 80_000, 300_000, 300_001][usize::try_from(next(4)).unwrap()],
            _ => 1_500 + next(700_000),
        };
        let (pool, block, budget) = (next(100_000), next(100_000), next(90_000_000_000));
        let trouble = match row % 97 {
            13 => format!("r{row};-5;0,1;0,1;1;1;1;1"),
            29 => format!("r{row};500;x;0,1;1;1;1;1"),
            41 => format!("r{row};500;0,1"),
            53 => format!("r{row};500,5;0,1;0,1;1;1;1;1"),
            59 => format!("r{row};500;;0,1;1;2;1;1"),
            61 => format!("r{row};1.500;0,1;0,1;1;2;1;1"),
            71 => format!("\"r;{row}\";500;0,1234567;0,1;1;2;1;1"),
            _ => String::new(),
        };
        match trouble.as_str() {
            "" => writeln!(
                text,
                "r{row};{people};0,{pool:06};0,{block:06};{},{:02};{},5;1000,00;999,99",
                budget / 100,
                budget % 100,
                budget / 101
            ),
            trouble => writeln!(text, "{trouble}"),
        }
        .unwrap();
    }
    text
}

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(text: &str) -> Folder {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("rows.csv"), text);
        Folder(folder)
    }
    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
    fn read(&self, name: &str) -> String {
        String::from_utf8(crate::read_bytes(&self.path(name))).unwrap()
    }
    fn run(&self, rules: &str, more: &[&str]) -> Output {
        let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join(rules);
        let mut command = Command::new(env!("CARGO_BIN_EXE_klausul"));
        command.current_dir(self.0.path()).arg("eval").arg(rules).args(more).output().unwrap()
    }
}

#[expect(clippy::disallowed_methods, reason = "the tests write their own tables")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

#[expect(clippy::disallowed_methods, reason = "the tests write their own tables")]
fn write_bytes(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).unwrap();
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[test]
fn rows_come_out_as_they_do_alone() {
    let rows = 300;
    let folder = Folder::new(&table(rows));
    let output = folder.run(W2, &["--rows", "region=rows.csv", "-o", "out.csv", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    let results = folder.read("out.csv");
    let mut lines = results.lines();
    let names: Vec<&str> = lines.next().unwrap().split(';').skip(1).collect();
    let got: Vec<&str> = lines.collect();
    // The rows that are right, all at once, by the reference evaluator.
    let right: Vec<String> = table(rows)
        .lines()
        .skip(1)
        .enumerate()
        .filter(|(row, _)| ![13, 29, 41, 53].contains(&(row % 97)))
        .map(|(_, line)| line.to_owned())
        .collect();
    let head = table(0);
    write(&folder.path("right.csv"), &(head + &right.join("\n") + "\n"));
    let alone = folder.run(W2, &["--data", "region=right.csv", "--format", "json", "--lang", "en"]);
    let json: serde_json::Value = serde_json::from_slice(&alone.stdout).unwrap();
    let expected = |entity: &str, name: &str| {
        let results = json["results"].as_array().unwrap();
        let of = |r: &&serde_json::Value| r["target"] == name && r["entity"]["region"] == entity;
        let result = results.iter().find(of).unwrap();
        match (result["state"].as_str().unwrap(), result["exact"].as_str()) {
            ("unknown", _) => "unknown".to_owned(),
            (_, Some("true")) => "yes".to_owned(),
            (_, Some("false")) => "no".to_owned(),
            (_, exact) => exact.unwrap().replace('.', ","),
        }
    };
    assert_eq!(got.len(), right.len());
    for (line, row) in got.iter().zip(&right) {
        let key = row.split("\";").next().unwrap().trim_start_matches('"').to_owned();
        let key = if row.starts_with('"') { key } else { row.split(';').next().unwrap().to_owned() };
        let cells = line.strip_prefix(&format!("\"{key}\"")).or(line.strip_prefix(&key)).unwrap();
        for (name, cell) in names.iter().zip(cells.split(';').skip(1)) {
            assert_eq!(cell, expected(&key, name), "{name} of {key}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_row_is_told_beside_it() {
    let folder = Folder::new(&table(98));
    let output = folder.run(W2, &["net", "--rows", "region=rows.csv", "-o", "out.csv", "--lang", "en"]);
    insta::assert_snapshot!("summary", String::from_utf8_lossy(&output.stdout));
    insta::assert_snapshot!("rejected", folder.read("out.rejected.csv"));
    let danish = folder.run(W2, &["net", "--rows", "region=rows.csv", "-o", "svar.csv", "--lang", "da"]);
    insta::assert_snapshot!("summary_da", String::from_utf8_lossy(&danish.stdout));
    insta::assert_snapshot!("rejected_da", folder.read("svar.afvist.csv"));
}

#[cfg(unix)]
#[test]
fn a_run_that_goes_on_ends_as_one_that_was_never_interrupted() {
    let folder = Folder::new(&table(200_000));
    let whole = folder.run(W2, &["net", "--rows", "region=rows.csv", "-o", "whole.csv"]);
    let asked = ["net", "--rows", "region=rows.csv", "-o", "out.csv"];
    let mut interruptions = 0;
    // Ctrl-C as soon as something is written, again and again until it is done.
    let done = loop {
        let resume: &[&str] = if interruptions > 0 { &["--resume"] } else { &[] };
        let mut child = Command::new(env!("CARGO_BIN_EXE_klausul"));
        child.current_dir(folder.0.path()).arg("eval").arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(W2));
        let started = child
            .args(asked)
            .args(resume)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null());
        let mut child = started.spawn().unwrap();
        let before = size(&folder.path("out.csv.part"));
        while size(&folder.path("out.csv.part")) == before && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).output();
        let status = child.wait().unwrap();
        if status.code() != Some(4) {
            break status;
        }
        interruptions += 1;
        assert!(!folder.path("out.csv").exists(), "the result has its name before it is done");
    };
    assert!(interruptions > 0, "it was never interrupted");
    assert_eq!(done.code(), whole.status.code());
    assert_eq!(folder.read("out.csv"), folder.read("whole.csv"));
    assert_eq!(folder.read("out.rejected.csv"), folder.read("whole.rejected.csv"));
    assert!(!folder.path("out.csv.part").exists() && !folder.path("out.csv.part.json").exists());
}

#[cfg(unix)]
#[expect(clippy::disallowed_methods, reason = "the tests look at what they had written")]
fn size(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |meta| meta.len())
}

#[test]
fn a_run_goes_on_only_as_what_it_was() {
    let folder = Folder::new(&table(10));
    write(&folder.path("out.csv.part.json"), "{\"of\":\"other\"}");
    let output = folder.run(W2, &["net", "--rows", "region=rows.csv", "-o", "out.csv", "--resume"]);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!("resumed_as_another", said(&output));
}

#[test]
fn a_name_that_is_no_text_is_rejected_and_not_mended() {
    let folder = Folder::new(&table(5));
    let mut bytes = table(5).into_bytes();
    bytes.extend_from_slice(b"r\xff;500;0,1;0,1;1;1;1;1\n\x1b[31m;500;0,1;0,1;1;1;1;1\n");
    write_bytes(&folder.path("rows.csv"), &bytes);
    let output = folder.run(W2, &["net", "--rows", "region=rows.csv", "-o", "out.csv", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(3), "{}", said(&output));
    assert!(said(&output).contains("7 rows in = 5 computed + 2 rejected"), "{}", said(&output));
    let rejected = crate::read_bytes(&folder.path("out.rejected.csv"));
    assert!(rejected.windows(3).any(|bytes| bytes == b"r\xff;"), "the row is not as it stood");
}

#[test]
fn one_row_is_explained() {
    let folder = Folder::new(&table(5));
    let asked = ["per_inhabitant", "--rows", "region=rows.csv", "--explain-row", "3", "--lang", "en"];
    insta::assert_snapshot!("explained", said(&folder.run(W2, &asked)));
    let asked = ["per_inhabitant", "--rows", "region=rows.csv", "--explain-row", "99", "--lang", "en"];
    let output = folder.run(W2, &asked);
    assert_eq!(output.status.code(), Some(2));
    insta::assert_snapshot!("no_such_row", said(&output));
}

#[test]
fn what_cannot_be_computed_row_by_row_is_refused_in_words() {
    let folder = Folder::new("region;indbyggertal\nNord;500\n");
    let mut all = String::new();
    let cases: &[&[&str]] = &[
        &["nærhedsfinansiering.andel", "--rows", "region=rows.csv", "-o", "x.csv", "--year", "2025"],
        &["--rows", "rows.csv", "-o", "x.csv"],
        &["--rows", "egn=rows.csv", "-o", "x.csv", "--year", "2025"],
        &["--rows", "region=rows.csv", "--year", "2025"],
        &["bloktilskud", "--rows", "region=rows.csv", "-o", "x.csv", "--year", "2025"],
        &["--rows", "region=rows.csv", "-o", "x.csv", "--for", "region=Nord"],
        &["--rows", "region=borte.csv", "-o", "x.csv"],
        &["--rows", "region=rows.csv", "-o", "x.csv", "--data", "region=rows.csv", "--year", "2025"],
    ];
    for case in cases {
        let output = folder.run("rules/oea25", case);
        writeln!(
            all,
            "$ eval rules/oea25 {}\n{}[{}]\n",
            case.join(" "),
            said(&output),
            output.status.code().unwrap()
        )
        .unwrap();
        assert!(!folder.path("x.csv").exists() && !folder.path("x.csv.part").exists());
    }
    insta::assert_snapshot!("refused", all);
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_take_the_memory() {
    let mut text = table(30_000);
    text.push_str("\"open;500;0,1;0,1;1;1;1;1\n");
    text.push_str(&table(60_000).split_once('\n').unwrap().1.replace("\"r;", "r").replace('"', ""));
    let folder = Folder::new(&text);
    let output = folder.run(W2, &["net", "--rows", "region=rows.csv", "-o", "x.csv", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(4), "{}", said(&output));
    assert!(said(&output).contains("is a quotation mark not closed?"), "{}", said(&output));
    assert!(!folder.path("x.csv").exists());
}
