//! Texts that nobody writes in good faith: no panic, no endless work, a message at the right place.

use klausul::base::{Lang, Limit, SourceFile, SourceMap};
use klausul::diag::Problems;
use klausul::syntax::{detect_language, parse_assign, parse_expr, parse_reading_choice};
use proptest::prelude::*;

use super::dump::show;
use super::{OK, findings, parsed, rule_files, text_of};

const NESTING: usize = Limit::Nesting.default() as usize;
const OPERATORS: usize = Limit::Operators.default() as usize;
const BLOCKS: usize = Limit::Blocks.default() as usize;

fn codes(text: &str) -> Vec<&'static str> {
    let (_, _, problems) = parsed("a.klausul", text);
    problems.sorted().iter().map(|found| found.code.id()).collect()
}

fn line(value: &str) -> String {
    format!("klausul a\n  x = {value}\n")
}

#[test]
fn parentheses_nest_to_the_limit() {
    let nested = |depth: usize| line(&format!("{}1{}", "(".repeat(depth), ")".repeat(depth)));
    assert_eq!(codes(&nested(NESTING - 1)), [] as [&str; 0]);
    assert_eq!(codes(&nested(NESTING)), [] as [&str; 0]);
    assert_eq!(codes(&nested(NESTING + 1)), ["K0131"]);
    assert_eq!(codes(&nested(100_000)), ["K0131"]);
    let (map, _, problems) = parsed("a.klausul", &nested(NESTING + 1));
    assert!(findings(&map, &problems, Lang::Da).starts_with(&format!("2:{} K0131", 7 + NESTING)));
}

#[test]
fn brackets_in_quotes_and_comments_do_not_nest() {
    let text = format!("klausul a \"{0}\" // {0}\n  x = 1\n", "(".repeat(500));
    assert_eq!(codes(&text), [] as [&str; 0]);
}

#[test]
fn long_chains_are_bounded() {
    let chain = |op: &str, links: usize| line(&format!("a{}", format!(" {op} a").repeat(links)));
    for op in ["+", "×", "af", "og", "eller", "forhøjet med"] {
        assert_eq!(codes(&chain(op, OPERATORS / 3)), [] as [&str; 0], "{op}");
        assert_eq!(codes(&chain(op, OPERATORS * 2)), ["K0131"], "{op}");
        assert_eq!(codes(&chain(op, 3_000)), ["K0131"], "{op}");
    }
}

/// Words that open something without a parenthesis nest as deep as the stack of the parser allows.
#[test]
fn prefixes_are_bounded() {
    for prefix in ["ikke ", "−", "hvis a så ", "sum af ", "mindste af ", "ukendt_", "½ af ", "x[ikke "] {
        for count in [200, 3_000] {
            let found = codes(&line(&prefix.repeat(count)));
            assert!(found.len() <= 2, "{prefix} {count}: {found:?}");
        }
    }
    let choices = |count: usize| line(&format!("{}c", "hvis a så b ellers ".repeat(count)));
    assert_eq!(codes(&choices(100)), [] as [&str; 0]);
    assert_eq!(codes(&choices(1_000)), ["K0131"]);
}

/// Each of these took exponential time in a grammar whose alternatives shared an unbounded prefix.
#[test]
fn nothing_is_exponential() {
    let nests = [
        "(",
        "x[",
        "mindste af (",
        "antal opfyldte af (",
        "x i (",
        "sum af (",
        "x[over ",
        "x[2 – ",
        "ikke (",
    ];
    for open in nests {
        let text = line(&open.repeat(60));
        assert_eq!(codes(&text).len(), 1, "{open}");
        let cell = format!("klausul a\n  tabel t efter k\n    {} | 1\n", open.repeat(60));
        assert_eq!(codes(&cell).len(), 1, "{open}");
    }
}

#[test]
fn blocks_nest_to_the_limit() {
    let nested = |depth: usize| {
        let header = |level: usize| format!("{}undtagelse u{level}\n", " ".repeat(level));
        let headers: String = (1..=depth).map(header).collect();
        format!("klausul a\n{headers}{}x = 1\n", " ".repeat(depth + 1))
    };
    assert_eq!(codes(&nested(BLOCKS - 1)), [] as [&str; 0]);
    assert_eq!(codes(&nested(BLOCKS)), ["K0131"]);
    assert_eq!(codes(&nested(2_000)).len(), 1);
}

#[test]
fn every_beginning_of_a_file_gives_a_tree_and_messages() {
    for path in rule_files(OK) {
        let text = text_of(&path);
        let steps = text.char_indices().map(|(at, _)| at).step_by(if text.len() > 2_000 { 211 } else { 41 });
        for end in steps {
            let _ = parsed("a.klausul", text.get(..end).unwrap_or(""));
        }
    }
}

fn entry(text: &str) -> (SourceMap, klausul::base::FileId) {
    let mut map = SourceMap::new();
    let id = map.add(SourceFile::new("--set", text));
    (map, id)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_a_tree(text in any::<String>()) {
        let _ = parsed("a.klausul", &text);
        let _ = parsed("a.klausul.md", &text);
        let _ = detect_language(&text);
    }

    #[test]
    fn any_text_is_an_entry_or_a_message(text in any::<String>(), english in any::<bool>()) {
        let lang = if english { Lang::En } else { Lang::Da };
        let (map, id) = entry(&text);
        let mut problems = Problems::new();
        let expr = parse_expr(&map, id, lang, &mut problems);
        prop_assert!(expr.is_some() || problems.has_errors());
        let mut problems = Problems::new();
        prop_assert!(parse_assign(&map, id, lang, &mut problems).is_some() || problems.has_errors());
        let mut problems = Problems::new();
        prop_assert!(parse_reading_choice(&map, id, lang, &mut problems).is_some() || problems.has_errors());
    }

    #[test]
    fn rule_like_text_gives_a_tree(words in prop::collection::vec(prop::sample::select(WORDS), 0..40)) {
        let _ = parsed("a.klausul", &format!("klausul a\n  {}", words.join(" ")));
        let _ = parsed("a.klausul", &words.join(""));
    }
}

const WORDS: &[&str] = &[
    "x",
    "=",
    "(",
    ")",
    "[",
    "]",
    ";",
    ",",
    "|",
    "\n  ",
    "\n    ",
    "\n",
    "hvis",
    "så",
    "ellers",
    "ikke",
    "og",
    "1.723,9",
    "kr.",
    "pct.",
    "af",
    "sum af",
    "for alle",
    "hvor",
    "tabel",
    "efter",
    "3+",
    "–",
    "-",
    "2024",
    "2024-25",
    "i",
    "fra",
    "til",
    "undtagelse",
    "når",
    "hjemmel",
    "\"tekst\"",
    "betingelse",
    "tilskud",
    "delt i",
    "resten",
    "afrundet til",
    "// bemærkning\n",
    "/// om\n",
    "30. februar 2025",
    "ultimo",
    "½",
    "1/0",
    "(25-pl)",
    "(skøn)",
    "antal",
    "mindste af",
];

#[test]
fn entries_of_the_repl_are_read() {
    let texts = [
        "nærhedsfinansiering.andel_bevaret[2] = 60 pct.",
        "region[\"Sjælland\"].indbyggertal = 850.000 indbyggere",
        "pl_samlet[2024 til 2025] = 3 pct.",
        "x for \"Sjælland\" i 2025 = 3 kr.",
        "grundsats[\"stor\"; 80+] = 85 pct.",
        "x = y",
    ];
    let mut out = String::new();
    for text in texts {
        let (map, id) = entry(text);
        let mut problems = Problems::new();
        let assign = parse_assign(&map, id, Lang::Da, &mut problems);
        assert!(problems.is_empty(), "{text}: {}", findings(&map, &problems, Lang::Da));
        out.push_str(&format!("{text}\n{}\n", show(&format!("{:?}", assign.unwrap()))));
    }
    for text in [
        "sum af x for alle regioner",
        "1.723,9 mio. kr. × 2, afrundet til 1 kr.",
        "  antal opfyldte betingelser  ",
    ] {
        let (map, id) = entry(text);
        let mut problems = Problems::new();
        let expr = parse_expr(&map, id, Lang::Da, &mut problems);
        assert!(problems.is_empty(), "{text}: {}", findings(&map, &problems, Lang::Da));
        out.push_str(&format!("{text}\n{}\n", show(&format!("{:?}", expr.unwrap()))));
    }
    for text in ["trin=tredjedele", "a.trin = som_skrevet"] {
        let (map, id) = entry(text);
        let choice = parse_reading_choice(&map, id, Lang::Da, &mut Problems::new());
        out.push_str(&format!("{text}\n{}\n", show(&format!("{:?}", choice.unwrap()))));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn the_language_is_that_of_the_first_word_only_one_has() {
    for (text, lang) in [
        ("klausul a", Lang::Da),
        ("clause a", Lang::En),
        ("type a = tal", Lang::Da),
        ("type a = number", Lang::En),
        ("type by = tal\nklausul a", Lang::Da),
        ("type by = tal", Lang::Da),
        ("type er = number", Lang::En),
        ("// clause in a comment\nbrug A", Lang::Da),
        ("type klausul_a = \"klausul\" // klausul\nuse A", Lang::En),
        ("Clause rates\n  low = 1 kr.", Lang::En),
        ("", Lang::Da),
        ("region \"X\"\n  exists from 2027", Lang::En),
        ("index x\n  2024 to 2025 = 3 per cent", Lang::En),
    ] {
        assert_eq!(detect_language(text), lang, "{text}");
    }
}
