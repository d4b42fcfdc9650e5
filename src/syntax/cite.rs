//! Citations as agreements write them: `ØA25 bilag 1, boks 5`.

use crate::base::Lang;
use crate::syntax::ast::{Citation, Locator, LocatorKind};

/// A citation, worded.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Basis {
    /// The source's id, `ØA25`.
    pub source: String,
    /// The place in it, `bilag 1, boks 5`; empty for the whole document.
    pub at: String,
}

impl Basis {
    /// Words a citation.
    pub fn of(citation: &Citation, lang: Lang) -> Basis {
        let places: Vec<String> = citation.locators.iter().map(|locator| place(locator, lang)).collect();
        Basis { source: citation.source.text.clone(), at: places.join(", ") }
    }
    /// Words several citations, each once, in their order.
    pub fn all<'c>(citations: impl IntoIterator<Item = &'c Citation>, lang: Lang) -> Vec<Basis> {
        let mut all: Vec<Basis> = Vec::new();
        for basis in citations.into_iter().map(|citation| Basis::of(citation, lang)) {
            if !all.contains(&basis) {
                all.push(basis);
            }
        }
        all
    }
}

/// Writes a citation: `ØA25 bilag 1, boks 5`.
pub fn cite(citation: &Citation, lang: Lang) -> String {
    cite_all(&[Basis::of(citation, lang)])
}

/// Writes several citations; a source is named once for those that follow each other in it.
pub fn cite_all(all: &[Basis]) -> String {
    let mut text = String::new();
    let mut source: Option<&str> = None;
    for basis in all {
        if !text.is_empty() {
            text.push_str("; ");
        }
        let named = source == Some(basis.source.as_str()) && !basis.at.is_empty();
        if !named {
            text.push_str(&basis.source);
        }
        if !named && !basis.at.is_empty() {
            text.push(' ');
        }
        text.push_str(&basis.at);
        source = Some(&basis.source);
    }
    text
}

fn place(locator: &Locator, lang: Lang) -> String {
    let word = |da, en, place: &str| format!("{} {place}", lang.pick(da, en));
    match &locator.kind {
        LocatorKind::Heading(heading) => format!("\"{heading}\""),
        LocatorKind::Annex(n) => word("bilag", "annex", n),
        LocatorKind::Box(n) => word("boks", "box", n),
        LocatorKind::Bullet(n) => word("pind", "bullet", n),
        LocatorKind::Section(n) => word("afsnit", "section", n),
        LocatorKind::Article(n) => word("artikel", "article", n),
        LocatorKind::Paragraph(n) => word("§", "§", n),
        LocatorKind::Subsection(n) => word("stk.", "subsection", n),
        LocatorKind::Number(n) => word("nr.", "no.", n),
        LocatorKind::Letter(n) => word("litra", "letter", n),
        LocatorKind::Passage(from, to) => {
            format!("{} \"{from}\" {} \"{to}\"", lang.pick("fra", "from"), lang.pick("til", "to"))
        }
    }
}
