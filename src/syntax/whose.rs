//! A what-if that names first whose value it sets, as answers name it: `Sjælland.lægetal = 3 læger`.

use super::tokens::{Token, TokenKind, tokens};
use crate::base::Lang;

/// The form of the language of a what-if that names first whose value it sets: `lægetal for "Sjælland" = 3 læger` of
/// `"Sjælland".lægetal = 3 læger`. Without quotes, a name is read so only where `is_one` knows it. `None` of any other
/// text.
pub fn for_whom(text: &str, lang: Lang, is_one: impl FnOnce(&str) -> bool) -> Option<String> {
    let all = tokens(text, lang);
    let mut words = all.iter().filter(|token| !token.is_trivia());
    let (first, dot, second) = (words.next()?, words.next()?, words.next()?);
    let named = text.get(first.range.clone())?;
    let whom = match first.kind {
        TokenKind::Text => named.to_owned(),
        TokenKind::Name if is_one(named) => format!("\"{named}\""),
        _ => return None,
    };
    let touching = first.range.end == dot.range.start && dot.range.end == second.range.start;
    if !touching || text.get(dot.range.clone()) != Some(".") || second.kind == TokenKind::Text {
        return None;
    }
    let end = path_end(text, &all, second.range.start);
    let (path, rest) = (text.get(second.range.start..end)?, text.get(end..)?);
    Some(format!("{path} for {whom}{}{rest}", if rest.starts_with('=') { " " } else { "" }))
}

/// Where the path that begins at a place ends: at the first space or `=` outside its brackets.
fn path_end(text: &str, all: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for token in all.iter().filter(|token| token.range.start >= start) {
        match token.kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => depth = depth.saturating_sub(1),
            TokenKind::Name | TokenKind::Keyword | TokenKind::Punctuation => {}
            _ if depth == 0 => return token.range.start,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_is_named_first_is_named_after() {
        let da = |text: &str| for_whom(text, Lang::Da, |name| name == "Sjælland");
        let so = Some("lægetal for \"Sjælland\" = 3 læger".to_owned());
        assert_eq!(da("Sjælland.lægetal = 3 læger"), so);
        assert_eq!(da("\"Sjælland\".lægetal = 3 læger"), so);
        assert_eq!(da("\"Sjælland\".lægetal=3 læger"), Some("lægetal for \"Sjælland\" =3 læger".to_owned()));
        assert_eq!(
            da("Sjælland.k.sats[2 – 3] i 2025 = 5 kr."),
            Some("k.sats[2 – 3] for \"Sjælland\" i 2025 = 5 kr.".to_owned())
        );
        for text in
            ["Fyn.lægetal = 3", "lægetal = 3", "\"Sjælland\" = 3", "\"Sjælland\".\"x\" = 3", "k.x = 3"]
        {
            assert_eq!(da(text), None, "{text}");
        }
    }
}
