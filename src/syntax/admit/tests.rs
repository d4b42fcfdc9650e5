use super::*;
use crate::diag::Severity;

const LINES: usize = Limit::Lines.default() as usize;
const LINE: usize = Limit::LineLength.default() as usize;
const SIZE: usize = Limit::FileSize.default() as usize;

/// Admits bytes; returns the text if admitted, and the codes found.
fn try_admit(bytes: &[u8]) -> (Option<String>, Vec<&'static str>, Problems) {
    let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
    let id = admit(&mut sources, "prøve.klausul", bytes, &mut problems);
    for found in problems.iter() {
        for label in &found.labels {
            let text = &sources.file(label.span.file).text;
            assert!(text.is_char_boundary(label.span.start as usize), "{found:?}");
            assert!(text.is_char_boundary(label.span.end as usize), "{found:?}");
        }
    }
    let codes = problems.iter().map(|d| d.code.id()).collect();
    (id.map(|id| sources.file(id).text.clone()), codes, problems)
}

fn codes(bytes: &[u8]) -> Vec<&'static str> {
    try_admit(bytes).1
}

#[test]
fn ordinary_texts_come_through_unchanged() {
    let text = "klausul a\n  x = 33⅓ pct. af beløb − 1 // ½\n";
    assert_eq!(try_admit(text.as_bytes()).0.as_deref(), Some(text));
    assert!(codes(text.as_bytes()).is_empty());
}

#[test]
fn eight_spellings_of_line_ends_and_spaces_give_one_text() {
    let plain = "klausul a\n  x = 1 kr.\n";
    for (written, expected) in [
        (plain.to_owned(), vec![]),
        (plain.replace('\n', "\r\n"), vec![]),
        (format!("\u{FEFF}{plain}"), vec![]),
        (format!("\u{FEFF}{}", plain.replace('\n', "\r\n")), vec![]),
        (plain.replace("1 kr", "1\u{A0}kr"), vec!["K0010"]),
        (plain.replace("1 kr", "1\u{202F}kr"), vec!["K0010"]),
        (plain.replace(' ', "\u{A0}"), vec!["K0010"]),
        (plain.replace(' ', "\u{A0}").replace('\n', "\r\n"), vec!["K0010"]),
    ] {
        let (text, codes, _) = try_admit(written.as_bytes());
        assert_eq!((text.as_deref(), codes), (Some(plain), expected));
    }
}

#[test]
fn decomposed_letters_become_one_letter() {
    let (text, codes, problems) = try_admit("klausul a\u{30A}r\n".as_bytes());
    assert_eq!((text.as_deref(), codes), (Some("klausul år\n"), vec!["K0011"]));
    assert_eq!(problems.count(Severity::Note), 1);
}

#[test]
fn limits_hold_to_the_byte() {
    assert!(codes(&vec![b'\n'; LINES]).is_empty());
    assert_eq!(codes(format!("{}x", "\n".repeat(LINES)).as_bytes()), ["K0003"]);
    assert!(codes("x".repeat(LINE).as_bytes()).is_empty());
    assert_eq!(codes("x".repeat(LINE + 1).as_bytes()), ["K0002"]);
    assert_eq!(codes(&vec![b' '; SIZE + 1]), ["K0001"]);
    assert_eq!(codes(&vec![b' '; SIZE]), ["K0002"]);
}

#[test]
fn wrong_encodings_are_refused_with_a_guess() {
    let guess = |bytes: &[u8]| try_admit(bytes).2.iter().map(|d| d.helps[0].da.clone()).collect::<String>();
    assert_eq!(codes(b"klausul b\xF8rn\n"), ["K0004"]);
    assert_eq!(guess(b"klausul b\xF8rn\n"), "den ligner Windows-1252/Latin-1, hvor ordet er `børn`");
    assert_eq!(guess(b"aftale a\nklausul b\x9Brn\n"), "den ligner CP850 (DOS), hvor ordet er `børn`");
    assert_eq!(guess(b"klausul b\xBFrn\n"), "den ligner Mac Roman, hvor ordet er `børn`");
    assert_eq!(guess(b"\xFF\xFEk\0l\0a\0"), "den ligner UTF-16");
    assert_eq!(codes("k\0l\0".as_bytes()), ["K0005", "K0005"]);
}

#[test]
fn every_cut_of_a_letter_is_refused() {
    let text = "æøå–½€\u{1F600}".as_bytes();
    for end in 0..text.len() {
        let whole = std::str::from_utf8(&text[..end]).is_ok();
        assert_eq!(codes(&text[..end]).is_empty(), whole, "{end}");
    }
}

#[test]
fn invisible_and_turning_characters_are_refused_everywhere() {
    let bad = ('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}').chain('\u{200B}'..='\u{200F}');
    for c in bad.chain(['\u{61C}', '\u{AD}', '\u{FEFF}', '\u{2060}', '\u{FE0F}']) {
        for line in
            [format!("x{c}y = 1"), format!("// a{c}b"), format!("x = \"a{c}b\""), format!("x = 1{c}0")]
        {
            let (text, _, problems) = try_admit(line.as_bytes());
            assert_eq!(text, None, "{line:?}");
            let found = problems.iter().next().unwrap();
            assert!(found.message.da.contains(&format!("U+{:04X}", u32::from(c))), "{:?}", found.message);
            assert_eq!(found.fixes[0].edits[0].text, line.replace(c, ""));
        }
    }
}

#[test]
fn control_characters_and_lone_returns_are_refused() {
    for c in ['\u{1}', '\u{B}', '\u{C}', '\u{1B}', '\u{7F}', '\u{85}', '\u{9B}', '\u{2028}'] {
        assert_eq!(codes(format!("x{c}y").as_bytes()), ["K0008"], "{c:?}");
    }
    assert_eq!(codes(b"a\rb"), ["K0008"]);
    assert_eq!(codes(b"a\r\r\nb"), ["K0008"]);
}

#[test]
fn many_bad_characters_give_few_messages() {
    assert_eq!(codes("\u{200B}".repeat(1000).as_bytes()).len(), MAX_REPORTED + 1);
}

#[test]
fn tabs_have_their_own_message_and_fix_and_are_read_as_spaces() {
    let (text, codes, problems) = try_admit(b"klausul a\n\tx = 1\n\t\ty =\t2\n");
    assert_eq!(text.as_deref(), Some("klausul a\n  x = 1\n    y = 2\n"));
    assert_eq!(codes, ["K0009", "K0009"]);
    assert_eq!(problems.iter().map(|d| d.fixes[0].edits.len()).collect::<Vec<_>>(), [3, 1]);
    let edits = problems.iter().flat_map(|d| &d.fixes[0].edits);
    let places: Vec<_> = edits.map(|edit| (edit.span.range(), edit.text.as_str())).collect();
    assert_eq!(places, [(10..12, "  "), (18..20, "  "), (20..22, "  "), (25..26, " ")]);
}

#[test]
fn a_special_space_is_told_where_it_stands_after_tabs() {
    let (text, _, problems) = try_admit("k\n\t\tx\t=\u{A0}1\n".as_bytes());
    assert_eq!(text.as_deref(), Some("k\n    x = 1\n"));
    let space = problems.iter().find(|d| d.code == crate::diag::Code::HardSpace).and_then(Diagnostic::span);
    assert_eq!(space.map(Span::range), Some(9..10));
}

#[test]
fn a_text_with_tabs_is_refused_for_what_else_may_not_stand_in_it() {
    let (text, codes, _) = try_admit("k\n\tx\u{200B}y = 1\n".as_bytes());
    assert_eq!((text, codes), (None, vec!["K0007", "K0009"]));
}

#[test]
fn names_keep_to_one_alphabet() {
    let mut sources = SourceMap::new();
    let at = Span::new(sources.add(SourceFile::new("a", "")), 0, 0);
    let check = |name: &str| {
        let mut problems = Problems::new();
        check_name(name, at, &mut problems);
        problems.iter().map(|d| d.code.id()).collect::<Vec<_>>()
    };
    for fine in ["nærhedsfinansiering", "år_2", "x", "Ærø", "ØA25", "café", "größe", "московский"]
    {
        assert!(check(fine).is_empty(), "{fine}");
    }
    assert_eq!(check("p\u{440}is"), ["K0013"]);
}

#[test]
fn names_that_look_alike_are_found_but_danish_words_are_not() {
    assert!(confusable("a", "\u{430}"));
    assert!(confusable("pris", "\u{440}ris"));
    assert!(!confusable("barn", "bam") && !confusable("x1", "xl") && !confusable("a", "a"));
}
