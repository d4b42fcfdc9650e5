use proptest::prelude::*;

use super::*;

fn rebuilt(text: &str, lang: Lang) -> String {
    tokens(text, lang).into_iter().map(|token| &text[token.range]).collect()
}

/// Text made of pieces that mean something, so that odd neighbours meet often.
fn rule_like() -> impl Strategy<Value = String> {
    let pieces = [
        "klausul",
        " ",
        "  ",
        "\n",
        "x",
        "=",
        "1.723,9",
        "mio. kr.",
        "pct.",
        "pct.-point",
        "\"tekst\"",
        "\"",
        "//",
        "/",
        "///",
        "½",
        "33⅓",
        "2025-07-01",
        "25-pl",
        "(",
        ")",
        "[",
        "]",
        "|",
        ";",
        ",",
        ":",
        "≤",
        "<",
        ">",
        "–",
        "−",
        "-",
        "æøå",
        "a\u{30A}",
        "%",
        "{",
        "§",
        "&&",
        "€",
        "\t",
        "\u{202E}",
        "🙂",
        ".",
        "t.kr.",
        "nr.",
        "kr.x",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn tokens_rebuild_any_text(text in any::<String>()) {
        prop_assert_eq!(rebuilt(&text, Lang::Da), text);
    }

    #[test]
    fn tokens_rebuild_rule_like_text(text in rule_like()) {
        prop_assert_eq!(rebuilt(&text, Lang::En), text.clone());
        let mut next = 0;
        for token in tokens(&text, Lang::Da) {
            prop_assert_eq!(token.range.start, next);
            prop_assert!(token.range.end > token.range.start);
            next = token.range.end;
        }
    }
}

#[test]
fn kinds_are_told_apart() {
    let text = "/// d\nklausul a \"t\" // c\n  x = 33⅓ pct. af [y] | \"å\n%";
    let kinds: Vec<TokenKind> =
        tokens(text, Lang::Da).iter().filter(|t| t.kind != TokenKind::Space).map(|t| t.kind).collect();
    use TokenKind::*;
    assert_eq!(
        kinds,
        [
            Doc,
            Newline,
            Keyword,
            Name,
            Text,
            Comment,
            Newline,
            Name,
            Operator,
            Number,
            Keyword,
            Keyword,
            Open,
            Name,
            Close,
            Punctuation,
            OpenText,
            Newline,
            Unknown
        ]
    );
}

#[test]
fn each_language_has_its_own_words() {
    let kind = |word: &str, lang| tokens(word, lang).first().map(|token| token.kind);
    assert_eq!(kind("by", Lang::Da), Some(TokenKind::Name));
    assert_eq!(kind("by", Lang::En), Some(TokenKind::Keyword));
}
