use crate::base::{Bi, FileId, Lang, SourceFile, Span, bi};
use crate::diag::Edit;
use crate::syntax::{Token, TokenKind, ast, rules_of, tokens};
use crate::value::Level;

use super::walk::{Site, sites};

/// A rule file as the ways see it: its text, its words, its tree and the places in it.
pub(super) struct View<'t> {
    pub(super) file: FileId,
    pub(super) lang: Lang,
    /// The text, the prose of a literate file blanked out, so that every place is the place in the file.
    text: String,
    tokens: Vec<Token>,
    pub(super) sites: Vec<Site<'t>>,
    /// Where the agreements of the file begin, with the level of amounts that state none.
    levels: Vec<(u32, Option<Level>)>,
}

/// A damage before it is known which way it belongs to.
pub(super) struct Draft {
    /// The edits, not overlapping.
    pub(super) edits: Vec<Edit>,
    /// What is done, without the place.
    pub(super) what: Bi,
}

impl Draft {
    /// Words that become other words.
    pub(super) fn replace(span: Span, old: &str, new: impl Into<String>) -> Draft {
        let new = new.into();
        let what = changed(old, &new);
        Draft { edits: vec![Edit { span, text: new }], what }
    }
    /// Words that are left out.
    pub(super) fn remove(span: Span, old: &str) -> Draft {
        Draft { edits: vec![Edit { span, text: String::new() }], what: left_out(old) }
    }
    /// Two stretches that change places; nothing when they say the same.
    pub(super) fn swap((a, a_text): (Span, &str), (b, b_text): (Span, &str)) -> Option<Draft> {
        let apart = a.end <= b.start || b.end <= a.start;
        if !apart || a_text == b_text {
            return None;
        }
        let (one, other) = (short(a_text), short(b_text));
        let edits =
            vec![Edit { span: a, text: b_text.to_owned() }, Edit { span: b, text: a_text.to_owned() }];
        let what = bi!("`{one}` og `{other}` har byttet plads", "`{one}` and `{other}` have changed places");
        Some(Draft { edits, what })
    }
}

/// Words for a change of words.
pub(super) fn changed(old: &str, new: &str) -> Bi {
    let (old, new) = (short(old), short(new));
    bi!("`{old}` → `{new}`", "`{old}` → `{new}`")
}

/// Words for what is left out.
pub(super) fn left_out(old: &str) -> Bi {
    let old = short(old);
    bi!("`{old}` er fjernet", "`{old}` is left out")
}

/// The first line of some words, without the spaces that line columns up.
fn short(words: &str) -> String {
    let mut lines = words.trim().lines();
    let first: Vec<&str> = lines.next().unwrap_or_default().split_whitespace().collect();
    let more = if lines.next().is_some() { " …" } else { "" };
    format!("{}{more}", first.join(" "))
}

impl<'t> View<'t> {
    pub(super) fn new(source: &SourceFile, file: FileId, tree: &'t ast::File) -> View<'t> {
        let text = rules_of(source).into_owned();
        let tokens = tokens(&text, tree.lang);
        let agreements = tree.items.iter().filter_map(|item| match &item.kind {
            ast::ItemKind::Agreement(agreement) => {
                Some((item.span.start, agreement.price_level.as_ref().map(|level| level.level)))
            }
            _ => None,
        });
        let levels = agreements.collect();
        View { file, lang: tree.lang, tokens, text, sites: sites(tree), levels }
    }

    /// Returns the level of amounts that state none at a place, where an agreement stands above it.
    pub(super) fn level_at(&self, span: Span) -> Option<Option<Level>> {
        self.levels.iter().rev().find(|(start, _)| *start <= span.start).map(|(_, level)| *level)
    }

    /// Returns the words of a stretch.
    pub(super) fn text(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Returns a stretch from where it starts to the last word before `end`.
    pub(super) fn until(&self, span: Span, end: u32) -> Span {
        let whole = Span { end, ..span };
        let words = self.text(whole).trim_end().len();
        Span::new(self.file, span.start as usize, span.start as usize + words)
    }

    /// Walks the tokens that lie within a stretch, each with its words and its place.
    pub(super) fn words(&self, span: Span) -> impl Iterator<Item = (&Token, &str, Span)> {
        let range = span.range();
        let first = self.tokens.partition_point(|token| token.range.start < range.start);
        let within = self.tokens.iter().skip(first).take_while(move |token| token.range.end <= range.end);
        within.map(|token| {
            let place = Span::new(self.file, token.range.start, token.range.end);
            (token, self.text(place), place)
        })
    }

    /// Returns the place of the words directly before a stretch, spaces aside, when they are one of these phrases.
    pub(super) fn phrase_before<'p>(&self, span: Span, phrases: &[&'p str]) -> Option<(&'p str, Span)> {
        let before = self.text.get(..span.start as usize)?;
        let end = before.trim_end_matches(' ').len();
        let words = before.get(..end)?;
        let ends_so = |phrase: &&&str| {
            let rest = words.strip_suffix(**phrase);
            rest.is_some_and(|rest| {
                !rest.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_')
            })
        };
        let phrase = phrases.iter().find(ends_so)?;
        Some((phrase, Span::new(self.file, end - phrase.len(), end)))
    }

    /// Returns the character that stands directly before a stretch, spaces aside.
    pub(super) fn sign_before(&self, span: Span) -> Option<char> {
        self.text.get(..span.start as usize)?.trim_end_matches(' ').chars().next_back()
    }

    /// Returns the place of a sign directly after a stretch.
    pub(super) fn sign_after(&self, span: Span, sign: &str) -> Option<Span> {
        let at = span.end as usize;
        let stands = self.text.get(at..)?.starts_with(sign);
        stands.then(|| Span::new(self.file, at, at + sign.len()))
    }

    /// Returns the whole lines of a stretch, with the `///` lines above and the line break below.
    pub(super) fn lines(&self, span: Span) -> Span {
        let line_start =
            |at: usize| self.text.get(..at).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
        let mut start = line_start(span.start as usize);
        while let Some(above) = start.checked_sub(1).map(line_start) {
            let words = Span::new(self.file, above, start);
            let mut tokens = self.words(words).filter(|(token, ..)| token.kind != TokenKind::Space);
            if tokens.next().is_none_or(|(token, ..)| token.kind != TokenKind::Doc) {
                break;
            }
            start = above;
        }
        // What a line says ends before its own line break, so that the line below is not taken with it.
        let end = span.start as usize + self.text(span).trim_end().len();
        let below = self.text.get(end..).and_then(|rest| rest.find('\n'));
        Span::new(self.file, start, below.map_or(self.text.len(), |at| end + at + 1))
    }
}
