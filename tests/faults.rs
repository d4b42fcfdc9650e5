//! The table of faults: each has a row in docs/faults.md, and each row a test. Those that no other test of the product stands
//! for are here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use klausul::base::Lang;
use klausul::diag::{Code, Diagnostic};
use klausul::session::Session;
use proptest::prelude::*;

/// The faults that the page must have a row for: all of the list but those of a language server (F31), of packages from
/// elsewhere (F32) and of what the product is built of (F33).
const FAULTS: &[std::ops::RangeInclusive<u32>] = &[1..=25, 27..=30, 34..=36];

/// Rows that say in words why nothing is there to test yet.
const OPEN: &[&str] = &["F36"];

#[test]
fn each_fault_has_a_row_and_each_row_a_test() {
    let page = include_str!("../docs/faults.md");
    let mut wrong = Vec::new();
    for number in FAULTS.iter().cloned().flatten() {
        let name = format!("F{number}");
        let Some(row) = page.lines().find(|line| line.starts_with(&format!("| {name} |"))) else {
            wrong.push(format!("{name} has no row"));
            continue;
        };
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [_, fault, behaviour, tests] = cells.as_slice() else {
            wrong.push(format!("{name} has {} cells", cells.len()));
            continue;
        };
        if fault.is_empty() || behaviour.is_empty() {
            wrong.push(format!("{name} says too little"));
        }
        let named: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        if named.is_empty() != OPEN.contains(&name.as_str()) {
            wrong.push(format!("{name} names {} tests", named.len()));
        }
        wrong.extend(
            named.iter().filter(|test| !is_test(test)).map(|test| format!("{name}: no test `{test}`")),
        );
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether `tests/x.rs::name` is a test of that file.
fn is_test(named: &str) -> bool {
    let Some((file, name)) = named.split_once("::") else { return false };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if !path.is_file() {
        return false;
    }
    let text = read(&path);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let own = |line: &&str| line.starts_with(&format!("fn {name}("));
    lines.iter().enumerate().filter(|(_, line)| own(line)).any(|(at, _)| {
        let above = lines[..at].iter().rev().take(4);
        above.take_while(|line| !line.is_empty()).any(|line| line.starts_with("#[test]"))
    })
}

// --- F11: rings

/// Definitions of which each reads some others.
fn graph(reads: &[Vec<usize>]) -> String {
    let line = |(at, read): (usize, &Vec<usize>)| {
        let terms: String = read.iter().map(|other| format!(" + d{other}")).collect();
        format!("  d{at} = 1{terms}\n")
    };
    format!("klausul k\n{}", reads.iter().enumerate().map(line).collect::<String>())
}

fn found(text: &str) -> Vec<Diagnostic> {
    let mut session = Session::new();
    session.add_rules("a.klausul", text.as_bytes());
    session.check().problems.sorted()
}

/// What lies on a ring: what reaches itself.
fn on_a_ring(reads: &[Vec<usize>]) -> BTreeSet<usize> {
    let reaches = |from: usize| {
        let (mut seen, mut open) = (BTreeSet::new(), reads[from].clone());
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                open.extend(&reads[next]);
            }
        }
        seen
    };
    (0..reads.len()).filter(|at| reaches(*at).contains(at)).collect()
}

/// The names in quotation marks of a message, in order.
fn named(message: &str) -> Vec<usize> {
    let quoted = message.split('`').skip(1).step_by(2);
    quoted.filter_map(|name| name.rsplit('.').next()?.strip_prefix('d')?.parse().ok()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn a_ring_is_found_in_any_graph_and_shown_whole(
        reads in prop::collection::vec(prop::collection::vec(0..40_usize, 0..2), 1..40)
    ) {
        let count = reads.len();
        let reads: Vec<Vec<usize>> =
            reads.into_iter().map(|read| read.into_iter().map(|at| at % count).collect()).collect();
        let ringed = on_a_ring(&reads);
        let rings: Vec<_> = found(&graph(&reads)).into_iter().filter(|f| f.code == Code::Cycle).collect();
        prop_assert_eq!(rings.is_empty(), ringed.is_empty(), "{:?}", reads);
        for ring in &rings {
            let path = named(ring.message.get(Lang::Da));
            // Each reads the next, and the last the first.
            for (at, next) in path.iter().zip(path.iter().cycle().skip(1)) {
                prop_assert!(
                    reads[*at].contains(next) || at == next,
                    "{}: {:?}", ring.message.get(Lang::Da), reads
                );
            }
        }
    }
}

#[test]
fn a_ring_of_many_is_found() {
    let most = 10_000;
    let reads: Vec<Vec<usize>> = (0..most).map(|at| vec![(at + 1) % most]).collect();
    let found = on_the_program_stack(move || found(&graph(&reads)));
    assert_eq!(found.iter().filter(|found| found.code == Code::Cycle).count(), 1);
}

fn on_the_program_stack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(256 << 20).spawn(work).unwrap().join().unwrap()
}

// --- F12: work that doubles

#[test]
fn what_is_read_twice_is_computed_once() {
    let doubled: String = (1..=30).map(|at| format!("  d{at} = d{0} + d{0}\n", at - 1)).collect();
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("a.klausul"), &format!("klausul k\n  d0 = 1\n{doubled}"));
    let output =
        klausul(folder.path(), &["eval", "a.klausul", "k.d30", "--year", "2025", "--limit", "steps=200"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("1.073.741.824"), "{}", said(&output));
}

/// A chain is computed from its beginning, so its length is bounded by the steps alone, on any stack, and every result
/// of it is that of a short one.
#[test]
#[cfg(target_os = "linux")]
fn a_chain_is_as_long_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let most = 20_000;
    let chain: String = (1..most).map(|at| format!("  d{at} = d{} + 1\n", at - 1)).collect();
    let rows = "hver region, regioner, regionen har\n  a : tal\n\nklausul r for hver region\n  e0 = a\n";
    let of_rows: String = (1..3_000).map(|at| format!("  e{at} = e{} + 1\n", at - 1)).collect();
    write(&folder.path().join("a.klausul"), &format!("klausul k\n  d0 = 1\n{chain}\n{rows}{of_rows}"));
    write(&folder.path().join("t.json"), r#"{"region": {"Nord": {"a": 5}, "Syd": {"a": 7}}}"#);
    let ask = |target: &str| {
        let line = format!(
            "ulimit -s 256 2>/dev/null; exec \"$0\" eval a.klausul {target} --year 2025 --data t.json --format csv --lang da"
        );
        let mut shell = Command::new("sh");
        shell.args(["-c", &line, env!("CARGO_BIN_EXE_klausul")]).current_dir(folder.path());
        said(&shell.output().unwrap())
    };
    assert!(ask("k.d19999").contains("20000"), "{}", ask("k.d19999"));
    let rows = ask("r.e2999");
    assert!(rows.contains("3004") && rows.contains("3006"), "{rows}");
    let sum = ask("\"k.d19999 + 1\"");
    assert!(sum.contains("20001"), "{sum}");
}

// --- F19: paths that lead elsewhere

#[test]
fn no_register_leads_out_of_its_folder() {
    let outside = tempfile::tempdir().unwrap();
    write(&outside.path().join("hemmelig.txt"), "Puljen er 10 mio. kr.\n");
    std::fs::create_dir(outside.path().join("kilder")).unwrap();
    write(
        &outside.path().join("a.klausul"),
        "kilde A \"En aftale\"\n\nklausul k\n  grundlag A \"Alt\"\n  x = 10 mio. kr.\n",
    );
    let absolute = outside.path().join("hemmelig.txt").display().to_string();
    let paths = [
        "../hemmelig.txt",
        "..\\\\hemmelig.txt",
        "./../hemmelig.txt",
        "kilder/../../hemmelig.txt",
        "..",
        ".",
        "",
        "/etc/passwd",
        "//server/del/fil.txt",
        "\\\\\\\\server\\\\del\\\\fil.txt",
        "C:\\\\hemmelig.txt",
        "file:///etc/passwd",
        "%2e%2e/hemmelig.txt",
        "..%2fhemmelig.txt",
        "~/hemmelig.txt",
        "hemmelig.txt\\u0000.md",
        &absolute,
    ];
    for path in paths {
        let register = format!("[[source]]\nid = \"A\"\nfile = \"{path}\"\n");
        write(&outside.path().join("kilder/sources.toml"), &register);
        let output = klausul(outside.path(), &["sources", "a.klausul", "--dir", "kilder"]);
        let text = said(&output);
        assert!(!output.status.success(), "{path}: {text}");
        assert!(!text.contains("1 af 1") && !text.contains("Puljen"), "{path}: {text}");
    }
}

// --- F20: formulas

#[test]
fn names_of_rows_are_no_formulas() {
    let folder = tempfile::tempdir().unwrap();
    let rules =
        "hver region, regioner, regionen har\n  pulje : kr.\n\nklausul s for hver region\n  s = pulje\n";
    write(&folder.path().join("a.klausul"), rules);
    let names = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "%0A", "|x", "Syd"];
    let rows: String = names.iter().map(|name| format!("\"{name}\";5\n")).collect();
    write(&folder.path().join("t.csv"), &format!("region;pulje\n{rows}"));
    let args = ["eval", "a.klausul", "s.s", "--rows", "region=t.csv", "-o", "ud.csv", "--year", "2025"];
    let output = klausul(folder.path(), &args);
    assert!(output.status.success(), "{}", said(&output));
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b';').from_path(folder.path().join("ud.csv")).unwrap();
    let keys: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert_eq!(keys.len(), names.len());
    for (key, name) in keys.iter().zip(names) {
        let expected = if name == "Syd" { name.to_owned() } else { format!("'{name}") };
        assert_eq!(*key, expected);
    }
}

// --- F24, F25: killed, or without room, while writing

/// What stood there, or what was to stand there, whenever the program is killed; and nothing beside it that is taken for
/// either.
#[test]
#[cfg(unix)]
fn a_killed_program_leaves_the_old_file_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..2_000).map(|at| format!("  x{at} = {at}\n")).collect();
    write(&folder.path().join("a.klausul"), &format!("klausul k\n{lines}"));
    let args = ["eval", "a.klausul", "--year", "2025", "-o", "svar.txt"];
    let output = klausul(folder.path(), &args);
    assert!(output.status.success(), "{}", said(&output));
    let answer = folder.path().join("svar.txt");
    let new = read(&answer);
    let (mut kept, mut replaced) = (0, 0);
    for round in 0..40_u32 {
        write(&answer, "det gamle svar\n");
        let mut child = Command::new(env!("CARGO_BIN_EXE_klausul"))
            .args(args)
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Looked at so often and then killed: the moments are spread over the run, wherever they fall.
        for _ in 0..round * 40 {
            if child.try_wait().unwrap().is_some() {
                break;
            }
            std::thread::yield_now();
        }
        if round < 39 {
            let _ = child.kill();
        }
        child.wait().unwrap();
        match read(&answer) {
            text if text == new => replaced += 1,
            text if text == "det gamle svar\n" => kept += 1,
            text => panic!("a torn file of {} bytes", text.len()),
        }
    }
    assert!(replaced > 0, "the last round runs to its end");
    assert!(kept > 0, "the first round is killed at once");
}

#[test]
#[cfg(target_os = "linux")]
fn a_quota_that_is_spent_leaves_the_old_file() {
    let folder = tempfile::tempdir().unwrap();
    let lines: String = (0..500).map(|at| format!("  x{at} = {at}\n")).collect();
    write(&folder.path().join("a.klausul"), &format!("klausul k\n{lines}"));
    write(&folder.path().join("svar.txt"), "det gamle svar\n");
    let line = "ulimit -f 1; exec \"$0\" eval a.klausul --year 2025 --lang da -o svar.txt";
    let output = Command::new("sh")
        .args(["-c", line, env!("CARGO_BIN_EXE_klausul")])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let text = said(&output);
    assert_eq!(output.status.code(), Some(5), "{text}");
    assert!(text.contains("K0036"), "{text}");
    assert_eq!(read(&folder.path().join("svar.txt")), "det gamle svar\n");
    let beside: Vec<PathBuf> =
        std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(beside.len(), 2, "nothing is left beside: {beside:?}");
}

fn klausul(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_klausul")).args(args).current_dir(folder).output().unwrap()
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}

fn read(path: &Path) -> String {
    String::from_utf8(crate::read_bytes(path)).unwrap()
}
