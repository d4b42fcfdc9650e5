//! The same bytes wherever the program runs: whatever the locale, the time zone, the folder it is started in, the room its
//! stack has, and however many processors it may use.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};

const LOCALES: &[&str] = &["C", "C.UTF-8", "da_DK.UTF-8", "en_US.UTF-8", "tr_TR.UTF-8", "de_DE.ISO-8859-1"];
const ZONES: &[&str] =
    &["UTC", "Europe/Copenhagen", "America/St_Johns", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Niue"];
/// In KiB, of the thread that the program starts on.
const STACKS: &[&str] = &["256", "512", "1024", "8192", "65536"];

/// What is asked: results for programs, an explanation for people, and rows.
const ASKED: &[&[&str]] = &[
    &["eval", "@/rules/oea25", "--data", "@/rules/oea25/data/regioner.json", "--format", "json"],
    &[
        "explain",
        "@/rules/oea25",
        "nærhedsfinansiering.bevaret",
        "--data",
        "@/rules/oea25/data/regioner.json",
    ],
    &["eval", "@/benches/rules/w2.klausul", "--rows", "region=@/rows.csv", "-o", "rows.out", "--lang", "da"],
];

/// One place to run in.
struct Place {
    locale: &'static str,
    zone: &'static str,
    stack: &'static str,
    folder: PathBuf,
    one_processor: bool,
}

#[test]
fn the_same_bytes_everywhere() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let other = folders[1].path().join("en mappe/æøå");
    std::fs::create_dir_all(&other).unwrap();
    let folders = [folders[0].path().to_owned(), other];
    let rows = folders[0].join("rows.csv");
    write(&rows, &table());
    let mut places = Vec::new();
    // Every locale with every time zone; stacks, folders and processors take turns, so that each meets each.
    for (at, locale) in LOCALES.iter().enumerate() {
        for (also, zone) in ZONES.iter().enumerate() {
            let turn = at * ZONES.len() + also;
            places.push(Place {
                locale,
                zone,
                stack: STACKS[turn % STACKS.len()],
                folder: folders[turn / STACKS.len() % 2].clone(),
                one_processor: turn.is_multiple_of(3),
            });
        }
    }
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for place in &places {
        let told = format!("{} {} {} KiB {}", place.locale, place.zone, place.stack, place.folder.display());
        found.entry(hash(place, &rows)).or_default().push(told);
    }
    assert_eq!(found.len(), 1, "{found:#?}");
}

/// One hash over all that is asked.
fn hash(place: &Place, rows: &Path) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut hasher = Sha256::new();
    for asked in ASKED {
        let own = |word: &&str| match *word {
            "region=@/rows.csv" => format!("region={}", rows.display()),
            word => word.replacen("@", root, 1),
        };
        let words: Vec<String> = asked.iter().map(own).collect();
        // The shell sets the stack of what it becomes, and on how many processors it may run.
        // Where the machine allows neither, the place is one like others.
        let pinned =
            if place.one_processor { "$(command -v taskset >/dev/null && echo taskset -c 0) " } else { "" };
        let script = format!("ulimit -s {} 2>/dev/null; exec {pinned}\"$0\" \"$@\"", place.stack);
        let mut command = Command::new("sh");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_klausul")]).args(&words).current_dir(&place.folder);
        let output = command.env("LC_ALL", place.locale).env("TZ", place.zone).output().unwrap();
        let code = output.status.code();
        assert!(
            matches!(code, Some(0 | 1)),
            "{words:?}: {code:?} {}",
            String::from_utf8_lossy(&output.stderr)
        );
        for bytes in [&output.stdout, &output.stderr] {
            hasher.update(bytes.len().to_string());
            hasher.update(bytes);
        }
        let out = place.folder.join("rows.out");
        if asked.contains(&"rows.out") {
            hasher.update(crate::read_bytes(&out));
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Rows made up for the test, of more blocks than there are processors.
fn table() -> String {
    let mut text =
        String::from("region;inhabitants;pool_key;block_key;budget;budget_ceiling;constr;constr_ceiling\n");
    for row in 0..20_000_u64 {
        let (people, key) = (1_500 + row * 17 % 700_000, row * 7_919 % 100_000);
        text.push_str(&format!("r{row};{people};0,{key:06};0,{key:06};{row},50;{people},25;1000;999,99\n"));
    }
    text
}

#[expect(clippy::disallowed_methods, reason = "the test writes its own table")]
fn write(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
}
