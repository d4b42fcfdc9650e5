use std::collections::BTreeMap;
use std::fmt;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::snippet::Snippet;
use super::{Look, capped, headline, omitted, place, visible};
use crate::base::{FileId, SourceMap};
use crate::diag::{Diagnostic, Fix, Label, Severity};

/// Renders findings as pictures of the text with the places marked, all in one go, an empty line between them.
pub fn graphical(found: &[Diagnostic], sources: &SourceMap, look: &Look) -> String {
    let (shown, left_out) = capped(found, look);
    let mut parts: Vec<String> = shown.iter().map(|d| picture(d, sources, look)).collect();
    parts.extend(omitted(left_out).map(|more| format!("  {}\n", more.get(look.lang))));
    parts.join("\n")
}

/// Renders one finding: its sentence, the places in its own file, those in other files, and what can be done.
fn picture(found: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    let mut groups = by_file(found).into_iter();
    let (own, labels) = groups.next().unzip();
    // The place stands on a line of its own, so that the sentence keeps its length.
    let place = place(found, sources, look.lang).map(|place| format!("\n{place}"));
    let head = headline(found, look.lang) + &place.unwrap_or_default();
    let mut text = part(head, found.severity, own, &labels.unwrap_or_default(), sources, look);
    for (file, labels) in groups {
        let message = look.lang.pick("se også", "see also").to_owned();
        text += &part(message, Severity::Note, Some(file), &labels, sources, look);
    }
    text + &advice(found, sources, look)
}

/// Groups the places by file, the file of the primary place first.
fn by_file(found: &Diagnostic) -> Vec<(FileId, Vec<&Label>)> {
    let mut groups: BTreeMap<FileId, Vec<&Label>> = BTreeMap::new();
    for label in &found.labels {
        groups.entry(label.span.file).or_default().push(label);
    }
    let first = found.span().map(|span| span.file);
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(file, _)| (Some(*file) != first, *file));
    groups
}

fn part(
    message: String,
    severity: Severity,
    file: Option<FileId>,
    labels: &[&Label],
    sources: &SourceMap,
    look: &Look,
) -> String {
    let ranges: Vec<_> = labels.iter().map(|label| label.span.range()).collect();
    let snippet = file.map(|file| Snippet::new(sources.file(file), &ranges, look.width.max(40) - 8));
    let spans = snippet.iter().flat_map(Snippet::spans);
    let labels = labels.iter().zip(spans).enumerate().map(|(index, (label, span))| {
        let words = visible(label.text.get(look.lang)).into_owned();
        let words = Some(words).filter(|words| !words.is_empty());
        match index {
            0 => LabeledSpan::new_primary_with_span(words, span),
            _ => LabeledSpan::new_with_span(words, span),
        }
    });
    let labels = labels.collect();
    let part = Part { message, severity, snippet, labels };
    let mut text = String::new();
    // INVARIANT: writing to a String cannot fail, and a snippet answers for every place it was made for.
    let _ = handler(look).render_report(&mut text, &part);
    text
}

fn handler(look: &Look) -> GraphicalReportHandler {
    let theme = if look.color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    GraphicalReportHandler::new_themed(theme)
        .with_width(look.width.max(40))
        .with_links(false)
        .with_context_lines(1)
        .without_syntax_highlighting()
}

/// Renders the helps and fixes, each wrapped under its own word; what the writer must choose, as the line would read.
fn advice(found: &Diagnostic, sources: &SourceMap, look: &Look) -> String {
    let help = look.lang.pick("hjælp", "help");
    let fix = |certain| match certain {
        true => look.lang.pick("rettelse", "fix"),
        false => look.lang.pick("forslag", "suggestion"),
    };
    let helps = found.helps.iter().map(|text| (help, text.get(look.lang).to_owned()));
    let fixes = found.fixes.iter().map(|f| (fix(f.certain), chosen(f, sources, look)));
    helps.chain(fixes).map(|(word, text)| hanging(word, &text, look)).collect()
}

fn chosen(fix: &Fix, sources: &SourceMap, look: &Look) -> String {
    let title = fix.title.get(look.lang);
    let mended = match fix.certain || fix.says_its_words() {
        true => None,
        false => fix.mended_line(sources),
    };
    let colon = if title.ends_with('?') { "" } else { ":" };
    mended.map_or_else(|| title.to_owned(), |line| format!("{title}{colon} `{line}`"))
}

/// Lays out `  hjælp: text`, later lines indented under the text. Lines that the text brings itself are to be pasted, and
/// stand as they would in a file.
fn hanging(word: &str, text: &str, look: &Look) -> String {
    if let Some((said, lines)) = text.split_once('\n') {
        let lines: Vec<_> = lines.lines().map(visible).collect();
        return format!("{}\n{}\n", hanging(word, said, look), lines.join("\n"));
    }
    let head = format!("  {word}: ");
    let indent = " ".repeat(head.chars().count());
    let options =
        textwrap::Options::new(look.width.max(40) - 2).initial_indent(&head).subsequent_indent(&indent);
    textwrap::fill(&visible(text), options) + "\n"
}

/// A finding as miette wants to see it; everything in it has been made visible already.
#[derive(Debug)]
struct Part {
    message: String,
    severity: Severity,
    snippet: Option<Snippet>,
    labels: Vec<LabeledSpan>,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Part {}

impl miette::Diagnostic for Part {
    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
            Severity::Note => miette::Severity::Advice,
        })
    }
    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.snippet.as_ref().map(|snippet| snippet as &dyn SourceCode)
    }
    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.labels.iter().cloned()))
    }
}
