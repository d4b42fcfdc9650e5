//! The rows of scales and tables: bounds said as one would speak.

use super::form::{edit, form, so};
use crate::base::{Span, bi};
use crate::diag::{Code, Diagnostic, Edit};
use crate::syntax::grammar::{Kind, parse_as};
use crate::syntax::opener::{Header, header};
use crate::syntax::split::Node;
use crate::syntax::spoken_bound::{found, spoken};
use crate::syntax::stop::Scene;

/// `0 - 50.000 kr. | 0 pct.` in a scale, whose rows say only where each slice ends.
pub(super) fn of_scale(scene: &Scene<'_>) -> Option<Diagnostic> {
    let pipe = scene.first("|").filter(|pipe| *pipe > 0 && scene.is_below(Kind::kw_scale))?;
    let (to, above) = (scene.spelt(Kind::kw_to), scene.spelt(Kind::kw_above_that));
    if scene.stop > pipe || scene.word(0) == to && scene.keyword_at(0, Kind::kw_through).is_none() {
        return None;
    }
    let meant = slice(scene, pipe).map_or_else(|| above.to_owned(), |bound| format!("{to} {bound}"));
    let at = scene.stretch(0, pipe - 1);
    let found = form(
        at,
        bi!(
            "en række i en trappe siger kun, hvor langt trinnet går: `til …`, og den sidste `derover`",
            "a row of a scale says only how far its slice goes: `to …`, and the last one `above that`"
        ),
    );
    let found = found.help(bi!(
        "trinnet begynder, hvor det forrige slutter",
        "a slice begins where the one before it ends"
    ));
    Some(found.reading(so(), vec![edit(at, meant)]))
}

/// The bound at which a slice ends; none for one that goes on.
fn slice<'s>(scene: &'s Scene<'_>, pipe: usize) -> Option<&'s str> {
    let divides = |index: &usize| *index > 0 && matches!(scene.word(*index), "-" | "–" | "−" | "til" | "to");
    let after = (0..pipe.saturating_sub(1)).rev().find(divides).map(|index| index + 1);
    let opens = [Kind::kw_over, Kind::kw_at_least, Kind::kw_from, Kind::kw_otherwise];
    let open = opens.into_iter().any(|kind| scene.keyword_at(0, kind).is_some())
        || matches!(scene.word(0), ">" | "≥" | ">=")
        || (0..pipe).any(|index| scene.word(index) == "+");
    let ends = [Kind::kw_through, Kind::kw_until, Kind::kw_under, Kind::kw_at_most];
    let leading = ends.into_iter().find_map(|kind| scene.keyword_at(0, kind));
    let signs = matches!(scene.word(0), "<" | "≤" | "<=").then_some(1);
    let start = after.or(if open { None } else { leading.or(signs).or(Some(0)) })?;
    Some(scene.text_of(start, pipe - 1))
}

/// `50.000 kr. og derover`, `3 eller mere`: in a cell, or after the type of a fact.
pub(super) fn spoken_bound(scene: &Scene<'_>) -> Option<Diagnostic> {
    let near = [Some(scene.stop), scene.stop.checked_sub(1)].into_iter().flatten();
    let said = |index: usize| {
        let found = spoken(scene.lang).find(|(_, phrase)| scene.says(index, phrase))?;
        Some((index, found.0))
    };
    let (index, word) = near.into_iter().find_map(said)?;
    let opens = |at: &usize| matches!(scene.word(*at), "|" | "," | ":");
    let start = (0..index).rev().find(opens).map_or(0, |at| at + 1);
    if start >= index || !scene.is_number(start) {
        return None;
    }
    Some(found(scene.stretch(start, index + 1), word, scene.text_of(start, index - 1)))
}

/// `op til 50.000 kr.`, `til 50.000 kr.`, `fra 50.000 kr. til 80.000 kr.` in the cell of a table.
pub(super) fn of_table(scene: &Scene<'_>) -> Option<Diagnostic> {
    if !scene.is_below(Kind::kw_table) {
        return None;
    }
    let is_end = |index: &usize| scene.word(*index) == "|";
    let start = (0..scene.stop.min(scene.words.len())).rev().find(is_end).map_or(0, |pipe| pipe + 1);
    let end = (start..scene.words.len()).find(is_end)?;
    let last = end.checked_sub(1).filter(|last| *last > start)?;
    up_to(scene, start, last).or_else(|| from_to(scene, start, last)).or_else(|| dots(scene, start, last))
}

/// `—`, `*` or `…` alone in the cell of a key: anything.
pub(super) fn anything(scene: &Scene<'_>) -> Option<Diagnostic> {
    let alone = |index: usize| {
        let opens = index == 0 || scene.word(index - 1) == "|";
        opens && scene.word(index + 1) == "|" && matches!(scene.word(index), "—" | "*" | "…" | "×")
    };
    let index = (0..scene.words.len()).find(|index| alone(*index))?;
    scene.is_below(Kind::kw_table).then_some(())?;
    let (at, written) = (scene.span(index), scene.word(index));
    Some(
        form(
            at,
            bi!(
                "i en celle skrives hvad som helst med en bindestreg, ikke med `{written}`",
                "in a cell, anything is written with a hyphen, not with `{written}`"
            ),
        )
        .fix(bi!("skriv `-`", "write `-`"), at, "-"),
    )
}

/// `ellers | —`: a dash alone where a result must stand.
pub(super) fn no_result(scene: &Scene<'_>) -> Option<Diagnostic> {
    let dash = |index: usize| matches!(scene.word(index), "—" | "–" | "-" | "−" | "?" | "…");
    let ends = |index: usize| index == scene.words.len() || scene.keyword_at(index, Kind::kw_basis).is_some();
    let is_empty =
        |index: &usize| scene.word(*index) == "|" && (ends(index + 1) || dash(index + 1) && ends(index + 2));
    let pipe = (0..scene.words.len()).find(is_empty).filter(|pipe| *pipe > 0)?;
    scene.is_below(Kind::kw_table).then_some(())?;
    let at = if ends(pipe + 1) { scene.span(pipe) } else { scene.span(pipe + 1) };
    let (krone, gone) = (scene.spelt(Kind::unit_krone), scene.spelt(Kind::kw_does_not_apply));
    let put = |words: &str| match ends(pipe + 1) {
        true => vec![Edit::after(at, format!(" {words}"))],
        false => vec![edit(at, words)],
    };
    let found = form(
        at,
        bi!(
            "rækken siger ikke, hvad resultatet er: er det nul, skrives nullet med sin enhed, `0 {krone}`",
            "the row does not say what the result is: if it is zero, the zero is written with its unit, `0 {krone}`"
        ),
    );
    let found = found.reading(
        bi!("er der intet resultat, så skriv `{gone}`", "if there is no result, write `{gone}`"),
        put(gone),
    );
    Some(found)
}

/// Rows that are indented as their table is, below it: the header and what is to be done with the rows are one finding.
pub(super) fn beside_table(scene: &Scene<'_>) -> Option<Diagnostic> {
    let siblings = match scene.parent {
        Some(parent) => parent.children.as_slice(),
        None => return None,
    };
    let head = |node: &Node| scene.text.get(node.head.clone()).unwrap_or("");
    let is_row = |node: &Node| head(node).contains('|') && node.aligned && node.children.is_empty();
    let own = siblings.iter().position(|node| node.head == scene.node.head)?;
    let table = match is_row(siblings.get(own)?) {
        true => siblings.get(..own)?.iter().rposition(|node| !is_row(node))?,
        false => own,
    };
    let header_node = siblings.get(table)?;
    let rows: Vec<&Node> = siblings.get(table + 1..)?.iter().take_while(|node| is_row(node)).collect();
    let opens = matches!(header(head(header_node)), Header::Table | Header::Scale);
    if !opens || !header_node.children.is_empty() {
        return None;
    }
    let last = rows.last()?;
    let before = |node: &Node| scene.place(node.head.start..node.head.start);
    let name = head(header_node);
    let found = form(
        scene.place(header_node.head.start..last.head.end),
        bi!(
            "rækkerne hører til `{name}` og rykkes længere ind end den",
            "the rows belong to `{name}` and are indented deeper than it"
        ),
    );
    let edits = rows.iter().map(|row| edit(before(row), "  ")).collect();
    Some(found.reading(bi!("ryk rækkerne to mellemrum ind", "indent the rows by two spaces"), edits))
}

/// A row that is indented as its table is, while other rows stand below the table.
pub(super) fn below_table(scene: &Scene<'_>) -> Option<Diagnostic> {
    let siblings = scene.parent?.children.as_slice();
    let head = |node: &Node| scene.text.get(node.head.clone()).unwrap_or("");
    let is_row = |node: &Node| head(node).contains('|') && node.aligned && node.children.is_empty();
    let own = siblings.iter().position(|node| node.head == scene.node.head)?;
    is_row(siblings.get(own)?).then_some(())?;
    let table = siblings.get(..own)?.iter().rposition(|node| !is_row(node))?;
    let above = siblings.get(table)?;
    let right = above.children.first()?.indent;
    if !matches!(header(head(above)), Header::Table | Header::Scale | Header::Rows) {
        return None;
    }
    let rows: Vec<&Node> = siblings.get(table + 1..)?.iter().take_while(|node| is_row(node)).collect();
    let (first, last) = (rows.first()?, rows.last()?);
    let name = head(above);
    let found = Diagnostic::new(
        Code::Indentation,
        bi!(
            "rækken hører til `{name}` og rykkes ind som rækkerne over den",
            "the row belongs to `{name}` and is indented as the rows above it"
        ),
    )
    .at(scene.place(first.head.start..last.head.end));
    let spaces = right.saturating_sub(first.indent);
    let put = |row: &&Node| edit(scene.place(row.head.start..row.head.start), " ".repeat(spaces));
    let title = match rows.len() {
        1 => bi!("ryk rækken {spaces} mellemrum ind", "indent the row by {spaces} spaces"),
        rows => {
            bi!("ryk de {rows} rækker {spaces} mellemrum ind", "indent the {rows} rows by {spaces} spaces")
        }
    };
    Some(found.reading(title, rows.iter().map(put).collect()))
}

/// `pulje = 3 kr.` indented as the rows above it.
pub(super) fn value_among_rows(scene: &Scene<'_>) -> Option<Diagnostic> {
    let table = scene.parent.filter(|_| scene.is_below(Kind::kw_table) || scene.is_below(Kind::kw_scale))?;
    let whole = scene.text.get(scene.node.whole())?;
    scene.first("=").filter(|_| scene.first("|").is_none())?;
    let ends = table.children.last().is_some_and(|last| last.head == scene.node.head);
    if !ends || parse_as(Kind::only_clause_line, whole, scene.lang).is_err() {
        return None;
    }
    let indent = table.indent;
    let start = scene.node.head.start;
    let found = Diagnostic::new(
        Code::Indentation,
        bi!(
            "linjen er ingen række; den hører til ved siden af tabellen, ikke under den",
            "the line is no row; it belongs beside the table, not below it"
        ),
    )
    .at(scene.place(scene.node.head.clone()));
    let spaces = scene.place(start - scene.node.indent..start);
    let title = bi!("ryk linjen til {indent} mellemrum", "indent the line by {indent} spaces");
    Some(found.reading(title, vec![edit(spaces, " ".repeat(indent))]))
}

/// `300.000 kr.+` in a cell: the sign stands with the number.
pub(super) fn plus_after_unit(scene: &Scene<'_>) -> Option<Diagnostic> {
    scene.is_below(Kind::kw_table).then_some(())?;
    let is_plus = |index: &usize| scene.word(*index) == "+" && matches!(scene.word(index + 1), "|" | ";");
    let plus = (2..scene.words.len()).find(is_plus)?;
    let starts = |index: &usize| *index == 0 || matches!(scene.word(index - 1), "|" | ";");
    let first = (0..plus).rev().find(starts).filter(|first| scene.is_number(*first) && *first + 1 < plus)?;
    let (number, unit) = (scene.word(first), scene.text_of(first + 1, plus - 1));
    let meant = format!("{number}+ {unit}");
    let at = scene.stretch(first, plus);
    let found = form(
        at,
        bi!("plusset står lige efter tallet: `{meant}`", "the plus stands right after the number: `{meant}`"),
    );
    let title = bi!("skriv `{meant}`", "write `{meant}`");
    Some(found.fix(title, at, meant))
}

/// A row that is indented deeper than the one above it, and so was read as the rest of it.
pub(super) fn deeper_row(scene: &Scene<'_>) -> Option<Diagnostic> {
    if !(scene.is_below(Kind::kw_table) || scene.is_below(Kind::kw_scale)) {
        return None;
    }
    let starts: Vec<usize> = (1..scene.words.len()).filter(|index| scene.begins_line(*index)).collect();
    let ends = starts.iter().skip(1).copied().chain([scene.words.len()]);
    let lines: Vec<(usize, usize)> = starts.iter().copied().zip(ends).collect();
    let is_row = |(start, end): &(usize, usize)| (*start + 1..*end).any(|index| scene.word(index) == "|");
    let rows: Vec<usize> = lines.iter().filter(|line| is_row(line)).map(|line| line.0).collect();
    let first = rows.first().copied().filter(|first| *first <= scene.stop)?;
    let indent = scene.node.indent;
    let gap = |index: &usize| {
        let start = scene.span(*index).range().start;
        let spaces =
            scene.text.get(..start).map_or(0, |before| before.len() - before.trim_end_matches(' ').len());
        edit(scene.place(start - spaces..start), " ".repeat(indent))
    };
    let found = Diagnostic::new(
        Code::Indentation,
        bi!(
            "rækken er rykket længere ind end den over den og læses derfor som en fortsættelse af den",
            "the row is indented deeper than the one above it and is therefore read as its continuation"
        ),
    );
    let title = bi!("ryk rækkerne til {indent} mellemrum", "indent the rows by {indent} spaces");
    Some(found.at(scene.span(first)).reading(title, rows.iter().map(gap).collect()))
}

/// `<10`, `>= 10` in the cell of a table.
pub(super) fn sign_before(scene: &Scene<'_>) -> Option<Diagnostic> {
    let index = scene.stop;
    let kind = match scene.word(index) {
        "<" => Kind::kw_under,
        "<=" | "=<" | "≤" => Kind::kw_at_most,
        ">" => Kind::kw_over,
        ">=" | "=>" | "≥" => Kind::kw_at_least,
        _ => return None,
    };
    let opens = index == 0 || scene.word(index - 1) == "|";
    if !opens || !scene.is_below(Kind::kw_table) {
        return None;
    }
    let meant = scene.spelt(kind);
    let at = scene.span(index);
    let text = if scene.touches(index) { format!("{meant} ") } else { meant.to_owned() };
    Some(
        form(
            at,
            bi!(
                "i en tabel skrives grænsen med ord: `{meant} …`",
                "in a table the bound is written in words: `{meant} …`"
            ),
        )
        .fix(bi!("skriv `{meant}`", "write `{meant}`"), at, text),
    )
}

/// `0..10`, `0…10`: a range.
fn dots(scene: &Scene<'_>, start: usize, last: usize) -> Option<Diagnostic> {
    let is_dot = |index: &usize| matches!(scene.word(*index), "." | ".." | "..." | "…");
    let first = (start + 1..last).find(is_dot)?;
    let after = (first..last).find(|index| !is_dot(index)).or(Some(last)).filter(|after| !is_dot(after))?;
    let meant = format!("{} – {}", scene.text_of(start, first - 1), scene.text_of(after, last));
    Some(bounds(scene.stretch(start, last), &meant))
}

/// `op til X`, `til X`: with X, or without?
fn up_to(scene: &Scene<'_>, start: usize, last: usize) -> Option<Diagnostic> {
    let spoken = scene.lang.pick(["op til", "indtil", "til"], ["up to", "until", "to"]);
    let said = spoken.into_iter().find(|phrase| scene.says(start, phrase))?;
    let first = start + said.split(' ').count();
    if first > last {
        return None;
    }
    let bound = scene.text_of(first, last);
    let (most, under) = (scene.spelt(Kind::kw_at_most), scene.spelt(Kind::kw_under));
    let at = scene.stretch(start, last);
    Some(
        form(
            scene.stretch(start, first - 1),
            bi!(
                "`{said}` siger ikke, om `{bound}` er med",
                "`{said}` does not say whether `{bound}` is included"
            ),
        )
        .reading(bi!("med", "included"), vec![edit(at, format!("{most} {bound}"))])
        .reading(bi!("ikke med", "not included"), vec![edit(at, format!("{under} {bound}"))]),
    )
}

/// `fra X til Y`, `X til Y`, `fra X`.
fn from_to(scene: &Scene<'_>, start: usize, last: usize) -> Option<Diagnostic> {
    let from = scene.keyword_at(start, Kind::kw_from);
    let first = start + usize::from(from.is_some());
    let to = scene.spelt(Kind::kw_to);
    let between = (first + 1..last).find(|index| scene.word(*index) == to);
    let meant = match between.filter(|_| from.is_some() || scene.is_number(start)) {
        Some(to) => format!("{} – {}", scene.text_of(first, to - 1), scene.text_of(to + 1, last)),
        None => format!("{} {}", from.map(|_| scene.spelt(Kind::kw_at_least))?, scene.text_of(first, last)),
    };
    Some(bounds(scene.stretch(start, last), &meant))
}

fn bounds(at: Span, meant: &str) -> Diagnostic {
    form(
        at,
        bi!(
            "i en tabel skrives grænserne `højst …`, `under …`, `mindst …`, `over …` eller `fra – til` med en tankestreg",
            "in a table the bounds are written `at most …`, `under …`, `at least …`, `over …` or `from – to` with a dash"
        ),
    )
    .reading(so(), vec![edit(at, meant)])
}
