//! What stands on a header, or in its block, and belongs on a line of its own: a date, a condition, a basis.

use super::form::{edit, form};
use super::times::any_date;
use crate::base::{Span, bi};
use crate::diag::Diagnostic;
use crate::syntax::grammar::Kind;
use crate::syntax::split::{Node, outline};
use crate::syntax::stop::Scene;
use crate::syntax::tokens::TokenKind;

/// Headers, and the words that open lines in their blocks.
const LINES_BELOW: &[(Kind, &[Kind])] = &[
    (Kind::kw_agreement, &[Kind::kw_basis, Kind::kw_period, Kind::kw_price_level, Kind::kw_parties]),
    (Kind::kw_act, &[Kind::kw_basis, Kind::kw_period, Kind::kw_price_level, Kind::kw_parties]),
    (Kind::kw_source, &[Kind::kw_publisher]),
    (Kind::kw_clause, &[Kind::kw_basis, Kind::kw_in_force]),
    (
        Kind::kw_exception,
        &[Kind::kw_when, Kind::kw_basis, Kind::kw_in, Kind::kw_from, Kind::kw_until, Kind::kw_through],
    ),
    (Kind::kw_amendment, &[Kind::kw_basis, Kind::kw_from, Kind::kw_in, Kind::kw_until, Kind::kw_through]),
    (Kind::kw_duty, &[Kind::kw_no_later, Kind::kw_met_when, Kind::kw_basis]),
    (Kind::kw_test, &[Kind::kw_year, Kind::kw_day]),
    (Kind::kw_scenario, &[Kind::kw_year, Kind::kw_day, Kind::kw_builds_on]),
];

/// Words that a date may follow where it names a document.
const BEFORE_DATE: [&str; 9] = [",", "af", "of", "den", "on", "dato", "date", "dateret", "dated"];

/// `aftale A "…", 1. januar 2025`: the date of a document stands below its source.
pub(super) fn date_of_document(scene: &Scene<'_>) -> Option<Diagnostic> {
    let agreement = |kind: Kind| scene.keyword_at(0, kind).is_some();
    let source = scene.keyword_at(0, Kind::kw_source).is_some();
    let on_header = source || agreement(Kind::kw_agreement) || agreement(Kind::kw_act);
    let in_block =
        [Kind::kw_agreement, Kind::kw_act, Kind::kw_source].into_iter().any(|kind| scene.is_below(kind));
    if !on_header && !in_block {
        return None;
    }
    let first = if on_header { scene.stop.max(2) } else { 0 };
    let skipped = |index: &usize| BEFORE_DATE.contains(&scene.word(*index));
    let index = (first..scene.words.len()).find(|index| !skipped(index))?;
    let date = any_date(scene, index)?;
    let last = (index..scene.words.len()).take_while(|at| scene.span(*at).start < date.at.end).last()?;
    if last + 1 != scene.words.len() {
        return None;
    }
    let name = match on_header {
        true => scene.word(1),
        false => scene.parent.and_then(|parent| scene.text.get(parent.head.clone()))?.split(' ').nth(1)?,
    };
    let line = format!("{} {}", scene.spelt(Kind::kw_date), date.one.as_deref()?);
    let at = scene.stretch(first, last);
    let gone = if on_header { scene.gap_before(first).to(at) } else { whole_line(scene) };
    let source_word = scene.spelt(Kind::kw_source);
    let found = form(
        at,
        bi!(
            "datoen for et dokument skrives `{line}` på en linje for sig under `{source_word} {name}`",
            "the date of a document is written `{line}` on a line of its own below `{source_word} {name}`"
        ),
    );
    Some(moved_below(
        scene,
        found,
        (name, &line),
        gone,
        (source || !on_header && scene.is_below(Kind::kw_source)).then_some(on_header),
    ))
}

/// Adds where the date goes: `own` tells that it stands with its source already, on the header or in the block.
fn moved_below(
    scene: &Scene<'_>,
    found: Diagnostic,
    (name, line): (&str, &str),
    gone: Span,
    own: Option<bool>,
) -> Diagnostic {
    let title = || bi!("skriv det sådan under `{name}`", "write it like this below `{name}`");
    let (source, title_word) = (scene.spelt(Kind::kw_source), scene.lang.pick("titel", "title"));
    match own {
        Some(true) => {
            let indent = scene.node.children.first().map_or(scene.node.indent + 2, |child| child.indent);
            return found.reading(title(), vec![edit(gone, format!("\n{}{line}", " ".repeat(indent)))]);
        }
        Some(false) => {
            let at = scene.stretch(0, scene.words.len().saturating_sub(1));
            return found.reading(title(), vec![edit(at, line)]);
        }
        None => {}
    }
    let opens = |node: &Node| {
        scene.text.get(node.head.clone()).is_some_and(|head| {
            let mut words = head.split(' ');
            words.next() == Some(source) && words.next() == Some(name)
        })
    };
    let items = outline(scene.text);
    let Some(node) = items.iter().find(|node| opens(node)) else {
        return found.help(bi!(
            "erklær kilden på en linje for sig, `{source} {name} \"{title_word}\"`, og skriv `{line}` under den",
            "declare the source on a line of its own, `{source} {name} \"{title_word}\"`, and write `{line}` below it"
        ));
    };
    let dated = |child: &Node| {
        scene.text.get(child.head.clone()).is_some_and(|head| head.starts_with(scene.spelt(Kind::kw_date)))
    };
    if node.children.iter().any(dated) {
        return found.reading(
            bi!("den står der allerede; fjern den her", "it stands there already; remove it here"),
            vec![edit(gone, "")],
        );
    }
    let indent = node.children.first().map_or(node.indent + 2, |child| child.indent);
    let there = scene.place(node.head.end..node.head.end);
    found.reading(title(), vec![edit(gone, ""), edit(there, format!("\n{}{line}", " ".repeat(indent)))])
}

/// The line with the line break before it.
fn whole_line(scene: &Scene<'_>) -> Span {
    let before = scene.text.get(..scene.node.head.start).unwrap_or("");
    let start = before.trim_end_matches(' ').trim_end_matches('\n').len();
    scene.place(start..scene.end())
}

/// `undtagelse x når åben`, `aftale A "…", periode 2025`: a line of the block on its header.
pub(super) fn line_on_header(scene: &Scene<'_>) -> Option<Diagnostic> {
    let (header, below) = LINES_BELOW.iter().find(|(header, _)| scene.keyword_at(0, *header).is_some())?;
    if scene.keyword_before(scene.words.len(), Kind::kw_takes_precedence).is_some() || scene.stop == 0 {
        return None;
    }
    let named = usize::from(*header != Kind::kw_test);
    let first = 1 + named + usize::from(scene.kind(1 + named) == Some(TokenKind::Text));
    let start = scene.stop.max(first);
    let index = start + usize::from(matches!(scene.word(start), "," | ":"));
    let kind = below.iter().find(|kind| scene.keyword_at(index, **kind).is_some())?;
    let (word, last) = (scene.spelt(*kind), scene.words.len().checked_sub(1)?);
    let indent = " ".repeat(scene.node.children.first().map_or(scene.node.indent + 2, |child| child.indent));
    let mut edits = vec![edit(scene.gap_before(start).to(scene.gap_before(index)), format!("\n{indent}"))];
    // `undtagelse x når åben: sats = 3 kr.`: what comes after the colon is a line of the block, too.
    let colon = (index..last).find(|at| scene.word(*at) == ":");
    edits.extend(colon.map(|at| edit(scene.span(at).to(scene.gap_before(at + 1)), format!("\n{indent}"))));
    let head = scene.text_of(0, start - 1);
    let found = form(
        scene.stretch(index, last),
        bi!(
            "`{word} …` skrives på en linje for sig under `{head}`, rykket ind",
            "`{word} …` is written on a line of its own below `{head}`, indented"
        ),
    );
    let said = scene.text_of(index, colon.map_or(last, |at| at - 1));
    // An exception that says nothing is none.
    let lacks = [Kind::kw_exception, Kind::kw_amendment].contains(header) && scene.node.children.is_empty();
    let found = match lacks && colon.is_none() {
        true => found
            .help(bi!("skriv også det, der så gælder, under den", "write what then applies below it, too")),
        false => found,
    };
    let title = match colon {
        None => bi!(
            "skriv den sådan under overskriften: `{said}`",
            "write it like this below the header: `{said}`"
        ),
        Some(_) => bi!("skriv hver del på sin egen linje", "write each part on a line of its own"),
    };
    Some(found.reading(title, edits))
}

/// `hjemmel "Løn"`, `hjemmel § 3`: a place without the source that it is in.
pub(super) fn basis_without_source(scene: &Scene<'_>) -> Option<Diagnostic> {
    let start = scene.keyword_before(scene.stop, Kind::kw_basis).filter(|start| start + 1 == scene.stop)?;
    let last = scene.words.len().checked_sub(1).filter(|last| *last >= scene.stop)?;
    let place = [Kind::kw_paragraph, Kind::kw_annex, Kind::kw_box, Kind::kw_section, Kind::kw_article];
    let is_place = scene.kind(scene.stop) == Some(TokenKind::Text)
        || place.into_iter().any(|kind| scene.keyword_at(scene.stop, kind).is_some());
    if !is_place {
        return None;
    }
    let (basis, written) = (scene.text_of(start, start), scene.text_of(scene.stop, last));
    let source = scene.spelt(Kind::kw_source);
    let named = |node: &Node| {
        let mut words = scene.text.get(node.head.clone())?.split(' ');
        (words.next() == Some(source)).then(|| words.next()).flatten()
    };
    let items = outline(scene.text);
    let mut sources = items.iter().filter_map(named);
    let only = sources.next().filter(|_| sources.next().is_none());
    let name = only.unwrap_or(scene.lang.pick("KILDE", "SOURCE"));
    let found = form(
        scene.stretch(scene.stop, last),
        bi!(
            "mellem `{basis}` og stedet mangler kildens navn: `{basis} {name} {written}`",
            "between `{basis}` and the place the name of the source is missing: `{basis} {name} {written}`"
        ),
    );
    Some(match only {
        Some(name) => {
            let title = bi!("skriv det sådan", "write it like this");
            found.reading(title, vec![crate::diag::Edit::before(scene.span(scene.stop), format!("{name} "))])
        }
        None => found.help(bi!(
            "kilden erklæres på en linje for sig med `{source}`, et kort navn og dokumentets titel",
            "the source is declared on a line of its own with `{source}`, a short name and the document's title"
        )),
    })
}
