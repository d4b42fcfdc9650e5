//! What targets start from: rules, data, records and lines of the repository, and words to put into them.

macro_rules! of_repository {
    ($path:literal) => {
        include_str!(concat!("../../../", $path))
    };
}

/// Rules, small ones first.
pub(super) const RULES: &[&str] = &[
    of_repository!("examples/da/1_betingelse.klausul"),
    of_repository!("examples/en/1_condition.klausul"),
    of_repository!("examples/da/2_tabel.klausul"),
    of_repository!("examples/en/2_table.klausul"),
    of_repository!("examples/da/3_fordeling.klausul"),
    of_repository!("examples/en/3_sharing.klausul"),
    of_repository!("examples/da/4_aar.klausul"),
    of_repository!("examples/en/4_years.klausul"),
    of_repository!("examples/da/5_undtagelse.klausul"),
    of_repository!("examples/en/5_exception.klausul"),
    of_repository!("examples/da/6_ukendt.klausul"),
    of_repository!("examples/en/6_unknown.klausul"),
    of_repository!("examples/da/7_kontrol.klausul"),
    of_repository!("examples/en/7_check.klausul"),
    of_repository!("tests/repl/small/small.klausul"),
    of_repository!("tests/repl/english/rules.klausul"),
    of_repository!("benches/rules/w1.klausul"),
    of_repository!("benches/rules/w2.klausul"),
    of_repository!("examples/failures/kontoplan/ment/regler.klausul"),
    of_repository!("examples/failures/udligningsreform/ment/regler.klausul"),
    of_repository!("examples/failures/satser/ment/regler.klausul"),
    of_repository!("rules/sr24/scenarier.klausul"),
    of_repository!("examples/en/proximity_financing.klausul"),
    of_repository!("examples/da/hele_sproget.klausul"),
    of_repository!("examples/en/the_whole_language.klausul"),
];

/// So many of them, the last, are long.
pub(super) const LONG: usize = 4;

/// Rules with data for several of a kind, and a year to ask about.
pub(super) const WITH_DATA: &[(&str, &str, i16)] = &[
    (of_repository!("tests/repl/small/small.klausul"), of_repository!("tests/repl/small/data.json"), 2025),
    (of_repository!("benches/rules/w1.klausul"), W1, 2025),
    (of_repository!("benches/rules/w2.klausul"), W2, 2025),
    (MIXED, MIXED_DATA, 2025),
];

const W1: &str = r#"{"region": {
  "A": {"c1_now": 3, "c1_base": 4, "c2_now": 1.5, "c2_base": 2, "c3_now": 7, "c3_base": 7, "c4_now": 9, "c4_base": 8, "share": 0.25},
  "B": {"c1_now": 4, "c1_base": 3, "c2_now": 0, "c2_base": 2.25, "c3_now": 6, "c3_base": 7, "c4_now": 8, "c4_base": 8, "share": 0.3},
  "C": {"c1_now": -1, "c1_base": 3, "c2_now": 9, "c2_base": 2, "c3_now": 60000, "c3_base": 7, "c4_now": 1, "c4_base": 8, "share": 1}}}
"#;

const W2: &str = r#"{"region": {
  "A": {"inhabitants": 79999, "pool_key": 0.2, "block_key": 0.11, "budget": 100.5, "budget_ceiling": 100, "constr": 7, "constr_ceiling": 8},
  "B": {"inhabitants": 80000, "pool_key": 0, "block_key": 1, "budget": 99, "budget_ceiling": 100, "constr": 9000000, "constr_ceiling": 8},
  "C": {"inhabitants": 1, "pool_key": 0.123456789, "block_key": 0.5, "budget": 0, "budget_ceiling": 0, "constr": 0, "constr_ceiling": 0}}}
"#;

/// Truths, days, choices, values that are not known, and bounds, for two of a kind.
const MIXED: &str = r#"aftale M "Prøve"
  periode 2025

kilde M "Prøve"

måleenhed stol, stole

type slags = en af "lille"; "stor"

hver region, regioner, regionen har
  stole   : hele stole, mellem 0 og 900 stole
  budget  : kr.
  andel   : pct., mellem 0 og 100 pct.
  klar    : ja/nej
  slags   : slags
  start   : dato

klausul m "Det hele" for hver region
  hjemmel M "Alt"
  pr_stol = 1.250,50 kr. pr. stol
  pris    = stole × pr_stol
  hævet   = pris forhøjet med 2,5 pct., afrundet til 0,01 kr.
  ramme   = budget + 1/3 af pris, dog højst 2 mio. kr.
  del     = andel af ramme, afrundet til 100 kr. ned
  rest    = ramme − del, dog mindst 0 kr.
  forhold = del / hævet
  betingelse ok = klar og rest ≥ 1.000 kr.
  betingelse stor = slags = "stor" eller stole > 100 stole
  antal_ok = antal opfyldte betingelser
  valgt = hvis ok så hævet ellers hvis stor så rest ellers 0 kr.
  størst = største af (hævet; rest; valgt)
  tabel sats efter stole
    under 10 stole | 3 kr.
    10 – 99 stole  | 2 kr.
    100+ stole     | 1 kr.
  ialt = sats × 7 + størst
"#;

const MIXED_DATA: &str = r#"{"region": {
  "A": {"stole": 9, "budget": "1.000.000,50 kr.", "andel": "12,5 pct.", "klar": true, "slags": "lille", "start": "2025-02-01"},
  "B": {"stole": 100, "budget": 0.01, "andel": 100, "klar": false, "slags": "stor", "start": "2024-12-31"},
  "C": {"stole": 899, "budget": -5, "andel": null, "klar": true, "slags": "stor"}}}
"#;

/// Records as the program wrote them.
pub(super) const RECORDS: &[&str] = &[
    of_repository!("tests/record/records/asked.jsonl"),
    of_repository!("tests/record/records/truths.jsonl"),
    of_repository!("tests/record/records/dates.jsonl"),
    of_repository!("tests/record/records/states.jsonl"),
    of_repository!("tests/record/records/chain.jsonl"),
    of_repository!("tests/record/records/choices.jsonl"),
    of_repository!("tests/record/records/sets.jsonl"),
    of_repository!("tests/record/records/arithmetic.jsonl"),
];

/// Words, signs and literals of both languages, and some that nobody has.
pub(super) const WORDS: &[&str] = &[
    "0",
    "1",
    "2",
    "1.000",
    "1,000",
    "0,5",
    "0.5",
    "½",
    "33⅓",
    "1/3",
    "−1",
    "-",
    "−",
    "–",
    "+",
    "×",
    "*",
    "/",
    "÷",
    "(",
    ")",
    "[",
    "]",
    "=",
    "≥",
    "<",
    ">",
    "≤",
    "≠",
    "≈",
    "==",
    "&&",
    ":",
    ";",
    ",",
    ".",
    "..",
    "|",
    "\"",
    "\n",
    "\n  ",
    "\n    ",
    "//",
    "///",
    "kr.",
    "mio. kr.",
    "million kr.",
    "pct.",
    "per cent",
    "pr.",
    "per",
    "25-pl",
    "25-pl.",
    "(25-pl)",
    "for",
    "hver",
    "each",
    "af",
    "of",
    "i",
    "in",
    "fra",
    "til",
    "from",
    "to",
    "og",
    "and",
    "eller",
    "or",
    "ikke",
    "not",
    "hvis",
    "så",
    "ellers",
    "if",
    "then",
    "otherwise",
    "når",
    "when",
    "er",
    "is",
    "sum af",
    "sum of",
    "antal",
    "number of",
    "mindste af",
    "største af",
    "smallest of",
    "largest of",
    "dog højst",
    "dog mindst",
    "but at most",
    "but at least",
    "afrundet til",
    "rounded to",
    "ned",
    "down",
    "forhøjet med",
    "raised by",
    "nedsat med",
    "lowered by",
    "fordelt efter",
    "blandt alle",
    "resten",
    "hidtidig",
    "ukendt",
    "unknown",
    "ingen",
    "none",
    "tabel",
    "table",
    "efter",
    "by",
    "skala",
    "scale",
    "betingelse",
    "condition",
    "tilskud",
    "grant",
    "betinget af",
    "conditional on",
    "undtagelse",
    "exception",
    "går forud for",
    "prevails over",
    "klausul",
    "clause",
    "aftale",
    "agreement",
    "kilde",
    "source",
    "hjemmel",
    "basis",
    "periode",
    "period",
    "gælder",
    "applies",
    "scenarie",
    "scenario",
    "prøve",
    "test",
    "forvent",
    "expect",
    "kontrol",
    "check",
    "antagelse",
    "assumption",
    "læsning",
    "reading",
    "skøn",
    "estimate",
    "enhed",
    "unit",
    "type",
    "indeks",
    "index",
    "hele",
    "whole",
    "tal",
    "ja",
    "nej",
    "yes",
    "no",
    "2024",
    "2025",
    "2026",
    "2024-2026",
    "2025-02-29",
    "1. juli 2025",
    "31 December 2025",
    "primo",
    "ultimo",
    "3. kvartal 2025",
    "senest",
    "tidligst",
    "inden",
    "dage",
    "måneder",
    "days",
    "months",
    "x",
    "k",
    "sats",
    "beløb",
    "region",
    "regioner",
    "\u{a0}",
    "\t",
    "æøå",
    "e\u{301}",
    "\u{202e}",
    "\u{0}",
    "🙂",
    "A",
    "B",
    "null",
    "true",
    "{",
    "}",
];
