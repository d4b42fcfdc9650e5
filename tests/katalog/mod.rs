//! The catalogue files of the rule packs say nothing that the rules do not bear out, and `docs/katalog.md` is made of them.

mod expected;
mod faults;
mod files;
mod packs;
mod page;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use klausul::session::CheckOutcome;

use super::katalog::files::Listed;
use super::katalog::packs::{Check, Pack};
use crate::read_bytes;
use crate::rules::repository;

/// All packs, read once for the tests.
fn all_packs() -> &'static [Pack] {
    static PACKS: OnceLock<Vec<Pack>> = OnceLock::new();
    PACKS.get_or_init(|| packs::packs(&repository().join("rules")).unwrap())
}

#[test]
fn what_is_listed_is_in_the_rules() {
    let faults = faults::faults(all_packs());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_entry_identity_and_spot_is_listed_and_the_page_is_fresh() {
    let packs = all_packs();
    let missing = faults::missing(packs);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    let page = String::from_utf8(read_bytes(&repository().join(page::PAGE))).unwrap();
    assert!(page == page::page(packs), "stale: cargo run --locked --example katalog");
}

/// A pack with one clause, two tests and two checks, whose catalogue file is `text`.
fn pack(text: &str) -> Pack {
    let mut listed = Listed::default();
    listed.read("katalog.toml", text);
    let set = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
    let check = |title: &str, clause: Option<&str>, outcome| Check {
        title: title.to_owned(),
        clause: clause.map(str::to_owned),
        outcome,
    };
    Pack {
        folder: "p".to_owned(),
        agreement: "P".to_owned(),
        names: set(&["a", "a.b", "note"]),
        tests: set(&["en", "to"]),
        checks: vec![
            check("går op", Some("a"), CheckOutcome::Holds),
            check("går ikke op", None, CheckOutcome::KnownDifference),
        ],
        listed,
    }
}

fn told(text: &str) -> Vec<String> {
    faults::faults(&[pack(text)])
}

const GOOD: &str = r#"
[[post]]
id = "001-19"
titel = "Titel | med streg"
som = "kodet"
navne = ["a.b"]
"prøver" = ["en"]
tilfælde = 2
uden_prøve = [ { tilfælde = "baglæns", grund = "spørger baglæns" } ]

[[post]]
id = "004-02"
titel = "Noget andet"
som = "baggrund"
navne = ["note"]
grund = "der er intet at regne"

[[kontrol]]
id = "A1"
titel = "går op"
navn = "a"

[[plet]]
nr = 3
hvordan = "læsning"
navn = "a.b"
grund = "to år"
"#;

#[test]
fn a_good_file_has_no_faults_and_makes_a_page() {
    assert_eq!(told(GOOD), Vec::<String>::new());
    let page = page::page(&[pack(GOOD)]);
    for line in [
        "| ØA25 | 66 | 1 | 0 | 0 | 65 | 1 | 1 |",
        "| **i alt** | 168 | 1 | 1 | 0 | 166 | 1 | 1 |",
        "| 001-19 | Titel \\| med streg | kodet | `a.b` | 2 | 1 | baglæns: spørger baglæns |",
        "| 004-02 | Noget andet | baggrund | `note` |  | 0 | der er intet at regne |",
        "| A1 | går op | `a` | P | stemmer |",
        "| F3 | læsning | `a.b` | P | to år |",
    ] {
        assert!(page.contains(line), "{line}\n{page}");
    }
}

#[test]
fn the_catalogue_has_168_entries() {
    let counts: Vec<usize> = expected::DOCUMENTS.iter().map(|document| document.entries.len()).collect();
    assert_eq!(counts, [66, 42, 33, 16, 11]);
    assert_eq!(counts.iter().sum::<usize>(), 168);
}

#[test]
fn what_is_missing_is_told() {
    let missing = faults::missing(&[pack(GOOD)]);
    assert_eq!(missing.len(), 5 + 1 + 69 + 14, "{missing:?}");
    assert!(missing[0].starts_with("ØA25: 65 of 66 entries are not listed: 001-01, 001-02, "), "{missing:?}");
    assert!(!missing[0].contains("001-19"));
    assert!(missing.contains(&"A2: no check is listed".to_owned()));
    assert!(!missing.contains(&"A1: no check is listed".to_owned()));
}

#[test]
fn each_fault_is_found() {
    let with = |old: &str, new: &str| told(&GOOD.replacen(old, new, 1));
    let is = |found: Vec<String>, wanted: &str| assert_eq!(found, [wanted.to_owned()]);
    is(with("\"a.b\"", "\"a.c\""), "p 001-19: the rules have no `a.c`");
    is(with("\"en\"", "\"tre\""), "p 001-19: there is no test \"tre\"");
    is(with("går op", "stemmer"), "p A1: there is no check \"stemmer\" in a");
    is(with("navn = \"a\"", "navn = \"ab\""), "p A1: there is no check \"går op\" in ab");
    is(with("004-02", "001-19"), "001-19 is listed twice");
    is(with("004-02", "005-02"), "p 005-02: this is no number of an entry");
    is(with("\"A1\"", "\"A71\""), "p A71: this is none of A1–A70");
    is(with("nr = 3", "nr = 16"), "p F16: this is none of F1–F15, and no runner-up");
    is(with("grund = \"der er intet at regne\"", ""), "p 004-02: it does not say why (`grund`)");
    is(
        with("prøver", "proever"),
        "katalog.toml:2: `proever` is none of id, titel, som, navne, prøver, tilfælde, uden_prøve, grund",
    );
    is(
        with("læsning", "gæt"),
        "katalog.toml:23: `hvordan = \"gæt\"` is none of kontrol, læsning, dækning, uden for rækkevidde",
    );
    let bare = GOOD.replacen("\"prøver\" = [\"en\"]", "", 1).replacen(
        "uden_prøve = [ { tilfælde = \"baglæns\", grund = \"spørger baglæns\" } ]",
        "",
        1,
    );
    is(told(&bare), "p 001-19: it is encoded, and has neither a test nor a reason");
}
