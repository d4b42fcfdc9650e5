//! What findings look like: pictures, lines, JSON; and that nothing in them can act on a terminal.

use klausul::base::{Bi, Lang, SourceFile, SourceMap, Span};
use klausul::diag::{Code, Diagnostic};
use klausul::render::{Look, diagnostics_json, graphical, json_text, plain};

/// Two files and findings of every make.
fn sample() -> (SourceMap, Vec<Diagnostic>) {
    let mut sources = SourceMap::new();
    let rules =
        "aftale A\n\nklausul æble\n  x = 1.5 kr.\n  y = x + \u{202e}2\u{1b}[31m pct.\n\n\n\n\n\n\n  z = 3\n";
    let a = sources.add(SourceFile::new("regler/a.klausul", rules));
    let b = sources.add(SourceFile::new("b\u{1b}]0;x\u{7}.klausul", "givet x : kr.\n"));
    let at = |file, needle: &str, text: &str| {
        let start = text.find(needle).unwrap();
        Span::new(file, start, start + needle.len())
    };
    let found = vec![
        Diagnostic::new(Code::NumberAmbiguous, Bi::new("tallet `1.5` passer ikke", "the number `1.5` does not fit"))
            .label(at(a, "1.5", rules), Bi::new("her", "here"))
            .label(at(a, "z = 3", rules), Bi::new("og her", "and here"))
            .label(Span::new(b, 6, 7), Bi::new("erklæret her", "declared here"))
            .help(Bi::new("skriv decimaler med komma, når filen er dansk, og med punktum, når den er engelsk; begge dele kan ikke stå i samme fil", "write decimals with a comma"))
            .fix(Bi::new("skriv `1,5`", "write `1,5`"), at(a, "1.5", rules), "1,5")
            .suggestion(Bi::new("skriv `15`", "write `15`"), at(a, "1.5", rules), "15"),
        Diagnostic::new(Code::HardSpace, Bi::new("skjult tegn", "hidden character")).at(at(a, "pct.", rules)),
        Diagnostic::new(Code::NotComputedYet, Bi::new("filen slutter her", "the file ends here"))
            .at(Span::new(a, rules.len(), rules.len())),
        Diagnostic::new(Code::FileMissing, Bi::new("`a\u{1b}b\nc` findes ikke", "`a\u{1b}b\nc` does not exist")),
    ];
    (sources, found)
}

#[test]
fn pictures() {
    let (sources, found) = sample();
    insta::assert_snapshot!(
        "picture_da",
        graphical(&found, &sources, &Look { width: 80, ..Look::new(Lang::Da) })
    );
    insta::assert_snapshot!("picture_en", graphical(&found, &sources, &Look::new(Lang::En)));
}

#[test]
fn lines() {
    let (sources, found) = sample();
    insta::assert_snapshot!("lines", plain(&found, &sources, &Look { limit: 3, ..Look::new(Lang::Da) }));
}

#[test]
fn json() {
    let (sources, found) = sample();
    insta::assert_snapshot!("json", json_text(&diagnostics_json(&found, &sources, &Look::new(Lang::Da))));
}

#[test]
fn colours_are_the_only_terminal_codes() {
    let (sources, found) = sample();
    let look = Look { color: true, ..Look::new(Lang::Da) };
    let shown = graphical(&found, &sources, &look);
    assert!(shown.contains("\u{1b}["));
    for code in shown.split('\u{1b}').skip(1) {
        let inner = code.strip_prefix('[').and_then(|code| code.split_once('m')).map(|(inner, _)| inner);
        assert!(inner.is_some_and(|i| i.chars().all(|c| c.is_ascii_digit() || c == ';')), "{code:?}");
    }
    let json = json_text(&diagnostics_json(&found, &sources, &look));
    assert!(!json.chars().any(|c| c != '\n' && klausul::base::is_hidden(c)));
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read["diagnostics"][3]["message"], "`a\u{1b}b\nc` findes ikke");
}

#[test]
fn output_stays_small() {
    let mut sources = SourceMap::new();
    let file = sources.add(SourceFile::new("lang.klausul", "æ ".repeat(2_500_000)));
    let one =
        |at: usize| Diagnostic::new(Code::NotComputedYet, Bi::same("x")).at(Span::new(file, at, at + 2));
    let found: Vec<_> = (0..1000).map(|n| one(n * 3003)).collect();
    let shown = graphical(&found, &sources, &Look::new(Lang::Da));
    assert!(shown.len() < 200_000, "{}", shown.len());
    assert!(shown.ends_with("og 950 fund mere\n"));
    assert!(shown.contains("lang.klausul:1:6007"), "the column is the real one");
}

#[test]
fn any_place_can_be_shown() {
    let mut sources = SourceMap::new();
    let texts = ["", "\n", "æ", "a\nb\n", "a\n\n\n\nb", "\u{1b}\u{202e}\n", "a b\tc\n\n"];
    for text in texts {
        let file = sources.add(SourceFile::new("f", text));
        for start in 0..=text.len() + 2 {
            for end in start..=text.len() + 3 {
                let span = Span::new(file, start, end);
                let found = [Diagnostic::new(Code::NotComputedYet, Bi::same("x")).at(span)];
                let shown = graphical(&found, &sources, &Look::new(Lang::En));
                assert!(shown.contains("[f:"), "{text:?} {start} {end}: {shown}");
            }
        }
    }
}
