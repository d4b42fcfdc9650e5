//! From findings to what people and programs read: the terminal picture, the plain line, JSON, tables, a document as a page. The only
//! room that knows miette; nothing leaves it with a raw control character from a rule file, a path or a data file.

mod charts;
mod compared;
mod compared_html;
mod compared_json;
mod csv;
mod curve;
mod curve_svg;
mod diagram;
mod graphical;
mod grounds;
mod grounds_md;
mod grounds_words;
mod json;
mod page;
mod plain;
mod prose;
mod snippet;
mod solved;
mod sweep;
mod table;
mod text;

pub use compared::compared_text;
pub use compared_html::{Around, compared_html};
pub use compared_json::{compared_csv, compared_json};
pub use csv::csv_text;
pub use curve_svg::sweep_svg;
pub use graphical::graphical;
pub use grounds::{explanations_html, grounds_html};
pub use grounds_md::grounds_markdown;
pub use json::{diagnostics_json, extend, json_text, place_json, section_json};
pub use page::page;
pub use plain::plain;
pub use prose::{prose_html, prose_markdown, prose_text};
pub use solved::{ShowIt, solutions_json, solutions_text};
pub use sweep::{sweep_csv, sweep_json, sweep_text};
pub use table::{Align, Table, with_whole_amounts};
pub use text::{visible, visible_lines};

use crate::base::{Bi, Lang, SourceMap};
use crate::diag::{Diagnostic, Severity};

/// How findings are to look. Nothing here is taken from the environment: the caller decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Look {
    /// The language of the messages.
    pub lang: Lang,
    /// The width in columns that text is wrapped to; at least 40 is used.
    pub width: usize,
    /// Whether colours (terminal codes) are written.
    pub color: bool,
    /// How many findings are shown in full before the rest is only counted.
    pub limit: usize,
    /// Whether charts are drawn with the characters of ASCII alone.
    pub plain: bool,
}

impl Look {
    /// The look when nothing is known of the reader: 100 columns, no colours, the first 50 findings.
    pub fn new(lang: Lang) -> Self {
        Self { lang, width: 100, color: false, limit: 50, plain: false }
    }
}

/// Returns the word for a severity: `fejl`, `advarsel`, `bemærkning`; `error`, `warning`, `note`.
pub fn severity_word(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("fejl", "error"),
        Severity::Warning => lang.pick("advarsel", "warning"),
        Severity::Note => lang.pick("bemærkning", "note"),
    }
}

/// Words the head of a finding: `fejl[K0101]: message`.
fn headline(found: &Diagnostic, lang: Lang) -> String {
    let word = severity_word(found.severity, lang);
    format!("{word}[{}]: {}", found.code.id(), visible(found.message.get(lang)))
}

/// Words where in the rules a finding is: ``i klausulen `støtte`, ØA25 boks 5``; `None` outside them, and where the
/// sentence says it already.
fn place(found: &Diagnostic, sources: &SourceMap, lang: Lang) -> Option<String> {
    let section = sources.section(found.span()?)?;
    let named = format!("`{}`", section.name);
    let said = section.basis.get(lang).is_empty() && found.message.get(lang).contains(&named);
    (!said).then(|| visible(section.place().get(lang)).into_owned())
}

/// Splits the findings into those shown and the number left out.
fn capped<'a>(found: &'a [Diagnostic], look: &Look) -> (&'a [Diagnostic], usize) {
    let shown = found.len().min(look.limit);
    (found.get(..shown).unwrap_or(found), found.len() - shown)
}

/// Words how many findings were left out; `None` when none were.
fn omitted(count: usize) -> Option<Bi> {
    match count {
        0 => None,
        1 => Some(Bi::new("og 1 fund mere", "and 1 more finding")),
        n => Some(crate::base::bi!("og {n} fund mere", "and {n} more findings")),
    }
}
