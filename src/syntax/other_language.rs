//! Words of the other language, where the language of the file has its own.

use super::grammar::Kind;
use super::keywords::{KEYWORDS, WordClass};
use crate::base::{Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Fix, Report};

/// Words of the other language, and what the language of the file has for them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OtherLanguage {
    /// The words.
    pub text: String,
    /// Where they stand.
    pub at: Span,
    /// What the language of the file says.
    pub meant: &'static str,
    /// The language of the file.
    pub lang: Lang,
    /// Further words on the line, and what the language of the file says.
    pub more: Vec<(Span, &'static str)>,
}

impl Report for OtherLanguage {
    fn report(&self) -> Diagnostic {
        let (word, meant) = (&self.text, self.meant);
        let (file, sprog) = self.lang.pick(("Danish", "dansk"), ("English", "engelsk"));
        let (other, andet) = self.lang.pick(("English", "engelsk"), ("Danish", "dansk"));
        let message = bi!(
            "`{word}` er {andet}, men filen er på {sprog}",
            "`{word}` is {other}, but the file is in {file}"
        );
        let mut found = Diagnostic::new(Code::OtherLanguage, message).at(self.at).help(bi!(
            "en fils sprog er det, dens første ord har",
            "the language of a file is that of its first word"
        ));
        let all = std::iter::once((self.at, meant)).chain(self.more.iter().copied());
        let edits = all.map(|(span, text)| Edit { span, text: text.to_owned() }).collect();
        found.fixes.push(Fix { title: bi!("skriv `{meant}`", "write `{meant}`"), edits, certain: false });
        found
    }
}

/// Returns how the language of a file says a word that opens an item or a line in the other language alone.
pub fn opener_of_other(word: &str, lang: Lang) -> Option<&'static str> {
    let other = lang.pick(Lang::En, Lang::Da);
    let opens = |lang: Lang| {
        let statements = KEYWORDS.iter().filter(|keyword| keyword.class == WordClass::Statement);
        statements.into_iter().find(move |keyword| keyword.spellings(lang).any(|spelling| spelling == word))
    };
    let own = KEYWORDS.iter().any(|keyword| keyword.spellings(lang).any(|spelling| spelling == word));
    let found = opens(other).filter(|_| !own)?;
    // `to` opens an amendment's second part in English, and `af` in Danish: no line begins with them.
    (found.kind != Kind::kw_amends).then(|| found.spelling(lang))
}
