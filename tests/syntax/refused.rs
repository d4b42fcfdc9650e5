//! Lines that could be read two ways, and forms that are not of the language: each with its message.

use klausul::base::{Bi, Lang};

use super::parsed;

/// A line of a clause, and what is said about it in both languages.
fn said(line: &str) -> String {
    let text = format!("klausul a\n  {}\n", line.replace('\n', "\n  "));
    let (map, _, problems) = parsed("a.klausul", &text);
    let mut out = format!("{line}\n");
    for found in problems.sorted() {
        let at = found.span().map(|span| map.text(span)).unwrap_or_default();
        let both = |bi: &Bi| format!("{} / {}", bi.get(Lang::Da), bi.get(Lang::En));
        out.push_str(&format!("  {} `{at}`: {}\n", found.code.id(), both(&found.message)));
        for label in found.labels.iter().skip(1) {
            out.push_str(&format!("    `{}` {}\n", map.text(label.span), both(&label.text)));
        }
        for help in &found.helps {
            out.push_str(&format!("    - {}\n", both(help)));
        }
        for fix in &found.fixes {
            let edits: Vec<String> =
                fix.edits.iter().map(|edit| format!("`{}` → `{}`", map.text(edit.span), edit.text)).collect();
            out.push_str(&format!("    * {}: {}\n", both(&fix.title), edits.join(", ")));
        }
    }
    out
}

#[test]
fn ambiguity_shows_both_readings() {
    let lines = [
        "x til 2026 = 3 kr.",
        "gælder fra 2019 til 2026",
        "x i 2024-25 = 3 kr.",
        "x = y i 2024-25",
        "x = a + b forhøjet med 3 pct.",
        "x = a − b i pct. af c",
        "x = a + pulje fordelt efter n blandt alle regioner",
        "x = 2 × antal kommuner hvor c",
        "x = sum af y for alle kommuner hvor c vægtet med z + 1",
        "x = antal kommuner hvor folketal > 20.000 ≥ 21",
        "x = antal kommuner hvor c forhøjet med 3 pct.",
        "betingelse c = 1 < x < 3",
        "x = a + b / c, hvis nævneren er 0: 0",
        "x = 1.5",
        "x = 1,723.9",
    ];
    insta::assert_snapshot!(lines.map(said).join("\n"));
}

#[test]
fn forms_that_are_not_of_the_language_are_named() {
    let lines = [
        "x = 2 × (a; b)",
        "x = sum af y",
        "x = største af y",
        "x = rang af y",
        "x = sum af y for alle kommuner vægtet med z",
        "x = sum af y for alle kommuner, størst først",
        "x i 30. februar 2025 = 1",
        "x i 5. kvartal 2025 = 1",
        "tabel x efter k\n  1 | 2 – 3",
        "tabel x efter k\n  1 | \"a\"; \"b\"",
        "tabel x\n  over 3 | 2",
        "givet x : tal, 4",
        "givet x : tal, altid, altid",
        "pligt p\n  senest 2025-01-01\n  senest 2026-01-01",
    ];
    insta::assert_snapshot!(lines.map(said).join("\n"));
}
