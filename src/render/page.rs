//! A document as a page of HTML, with each passage and figure marked: all in one file, without a script.

use crate::base::{Lang, is_hidden};
use crate::render::text::push_picture;
use crate::sources::{CitedBy, Marked, MarkedPassage, MarkedSection, Piece, Treated};

/// How the page looks; dark where the reader's own is, and readable on paper.
const STYLE: &str = include_str!("document.css");

/// Writes the page of a document. The text stands in it as it was received, but for characters that hide or steer, which
/// are shown as pictures. Words of the page itself are in `lang`; documents are in Danish.
pub fn page(marked: &Marked, lang: Lang) -> String {
    let id = escaped(&marked.id);
    let title = marked.title.as_ref().map_or_else(|| id.clone(), |title| format!("{id}: {}", escaped(title)));
    let parts = [
        summary(marked, lang),
        legend(lang),
        sections(marked, lang),
        format!("<h2 id=\"text\">{}</h2>\n", lang.pick("Dokumentet", "The document")),
        format!("<div class=\"doc\" lang=\"da\">{}</div>\n", text(marked, lang)),
        notes(marked, lang),
    ];
    let code = lang.pick("da", "en");
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{}</main>\n</body>\n</html>\n",
        parts.concat()
    )
}

/// A text as a page may hold it, in an element or an attribute alike.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            // A soft hyphen is the document's own, and harmless.
            '\n' | '\t' | '\u{AD}' => safe.push(c),
            c if is_hidden(c) => push_picture(&mut safe, c),
            c => safe.push(c),
        }
    }
    safe
}

/// A stretch of the document, with its page breaks marked.
fn paged(text: &str) -> String {
    let pages: Vec<String> = text.split('\u{C}').map(escaped).collect();
    pages.join("<span class=\"page\">\u{C}</span>")
}

fn word(treated: Treated, lang: Lang) -> &'static str {
    match treated {
        Treated::Encoded => lang.pick("kodet", "encoded"),
        Treated::Judgement => lang.pick("vurdering", "judgement"),
        Treated::Background => lang.pick("baggrund", "background"),
        Treated::Not => lang.pick("ikke behandlet", "not yet treated"),
    }
}

/// The class of a mark, and the letter that stands beside it.
fn class(treated: Treated) -> (&'static str, char) {
    match treated {
        Treated::Encoded => ("k", 'K'),
        Treated::Judgement => ("v", 'V'),
        Treated::Background => ("b", 'B'),
        Treated::Not => ("u", 'U'),
    }
}

fn summary(marked: &Marked, lang: Lang) -> String {
    let sums = sums(&marked.sections);
    let [encoded, judged, background, left] = sums;
    let all: usize = sums.iter().sum();
    let passages = marked.passages.len();
    let text = lang.pick(
        format!("{passages} steder er nævnt i reglerne. Af {all} beløb, procenter og datoer står {encoded} i klausuler, {judged} er overladt til vurdering, {background} er baggrund, og {left} er ikke behandlet."),
        format!("The rules cite {passages} passages. Of {all} amounts, percentages and days, {encoded} stand in clauses, {judged} are left to judgement, {background} are background, and {left} are not yet treated."),
    );
    format!("<p class=\"lead\">{text}</p>\n")
}

fn legend(lang: Lang) -> String {
    let line = |treated: Treated, da: &str, en: &str| {
        let (class, letter) = class(treated);
        let word = word(treated, lang);
        format!("<li><span class=\"{class}\">{letter}: {word}</span> – {}</li>\n", lang.pick(da, en))
    };
    let lines = [
        line(
            Treated::Encoded,
            "en klausul bygger på stedet; ubrudt streg",
            "a clause rests on the passage; solid line",
        ),
        line(
            Treated::Judgement,
            "nogen skal tage stilling; dobbelt streg",
            "somebody must judge it; double line",
        ),
        line(
            Treated::Background,
            "der er intet at regne; prikket streg",
            "there is nothing to compute; dotted line",
        ),
        format!(
            "<li><mark class=\"u\">{}</mark> – {}</li>\n",
            lang.pick("1 mio. kr.", "1 mio. kr."),
            lang.pick("et tal, som ingen klausul bygger på", "a figure that no clause rests on")
        ),
    ];
    let rest = lang.pick(
        "Hvor flere steder ligger i hinanden, vises det snævreste; noterne nederst nævner dem alle.",
        "Where passages lie within each other, the narrowest is shown; the notes at the end name all of them.",
    );
    let head = lang.pick("Sådan læses siden", "How to read the page");
    format!("<h2>{head}</h2>\n<ul class=\"legend\">\n{}<li>{rest}</li>\n</ul>\n", lines.concat())
}

fn sums(sections: &[MarkedSection]) -> [usize; 4] {
    let mut sums = [0; 4];
    for section in sections {
        sums.iter_mut().zip(section.counts).for_each(|(sum, count)| *sum += count);
    }
    sums
}

fn sections(marked: &Marked, lang: Lang) -> String {
    let heads = [
        lang.pick("afsnit", "section"),
        lang.pick("tal", "figures"),
        word(Treated::Encoded, lang),
        word(Treated::Judgement, lang),
        word(Treated::Background, lang),
        word(Treated::Not, lang),
    ];
    let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
    let cells = |counts: [usize; 4]| {
        let all = [counts.iter().sum()].into_iter().chain(counts);
        all.map(|count: usize| format!("<td>{count}</td>")).collect::<String>()
    };
    let row = |section: &MarkedSection| {
        let name = match section.name.is_empty() {
            true => lang.pick("før den første overskrift", "before the first heading").to_owned(),
            false => escaped(&section.name),
        };
        let to = section.heading.map_or_else(|| "text".to_owned(), |at| format!("h{at}"));
        format!("<tr><th scope=\"row\"><a href=\"#{to}\">{name}</a></th>{}</tr>\n", cells(section.counts))
    };
    let rows: String = marked.sections.iter().map(row).collect();
    let title = lang.pick("Afsnit", "Sections");
    let caption = lang
        .pick("Beløb, procenter og datoer i hvert afsnit", "Amounts, percentages and days of each section");
    let all = lang.pick("i alt", "in all");
    let foot = format!("<tr><th scope=\"row\">{all}</th>{}</tr>", cells(sums(&marked.sections)));
    format!(
        "<h2>{title}</h2>\n<table>\n<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n<tfoot>{foot}</tfoot>\n</table>\n"
    )
}

/// The text with its marks.
fn text(marked: &Marked, lang: Lang) -> String {
    let mut html = String::with_capacity(marked.text.len() * 2);
    // How many passages have begun, which stand in the order that they do.
    let (mut open, mut shown) = (None, 0);
    let next = |shown: usize| marked.passages.get(shown);
    for piece in marked.pieces() {
        if open != piece.heading {
            if open.is_some() {
                html.push_str("</span>");
            }
            if let Some(heading) = piece.heading.and_then(|index| marked.headings.get(index)) {
                let (at, level) = (heading.range.start, (heading.depth + 2).min(6));
                html.push_str(&format!(
                    "<span class=\"h\" role=\"heading\" aria-level=\"{level}\" id=\"h{at}\">"
                ));
            }
            open = piece.heading;
        }
        while let Some(passage) = next(shown).filter(|passage| passage.passage.start <= piece.range.start) {
            html.push_str(&number(shown, passage, ("t", "n"), lang));
            shown += 1;
        }
        html.push_str(&stretch(marked, &piece));
    }
    if open.is_some() {
        html.push_str("</span>");
    }
    // A passage without a letter, as of an empty document, begins at its end.
    while let Some(passage) = next(shown) {
        html.push_str(&number(shown, passage, ("t", "n"), lang));
        shown += 1;
    }
    html
}

fn stretch(marked: &Marked, piece: &Piece) -> String {
    let words = paged(marked.text.get(piece.range.clone()).unwrap_or(""));
    let words = match piece.figure {
        Some(Treated::Not) => format!("<mark class=\"u\">{words}</mark>"),
        Some(Treated::Encoded) => format!("<mark class=\"s\">{words}</mark>"),
        Some(Treated::Background | Treated::Judgement) | None => words,
    };
    match piece.passage.and_then(|index| marked.passages.get(index)) {
        Some(passage) => format!("<span class=\"{}\">{words}</span>", class(passage.treated).0),
        None => words,
    }
}

/// The number of a passage, as a link from one of its two places to the other.
fn number(index: usize, passage: &MarkedPassage, (own, other): (&str, &str), lang: Lang) -> String {
    let (number, letter) = (index + 1, class(passage.treated).1);
    let word = word(passage.treated, lang);
    let label = lang.pick(format!("note {number}, {word}"), format!("note {number}, {word}"));
    format!(
        "<a class=\"n\" id=\"{own}{number}\" href=\"#{other}{number}\" aria-label=\"{label}\" data-n=\"{letter}{number}\"></a>"
    )
}

/// The passages with those that cite them.
fn notes(marked: &Marked, lang: Lang) -> String {
    let one = |(index, passage): (usize, &MarkedPassage)| {
        let number = index + 1;
        let (_, letter) = class(passage.treated);
        let (first, last) = passage.lines;
        let lines = match first == last {
            true => lang.pick(format!("linje {first}"), format!("line {first}")),
            false => lang.pick(format!("linje {first}–{last}"), format!("lines {first}–{last}")),
        };
        let way = if passage.way.is_empty() { String::new() } else { format!(", {}", escaped(&passage.way)) };
        let cited: String = passage.cited_by.iter().map(|by| cited_by(by, lang)).collect();
        let around = within(marked, index, lang);
        format!(
            "<li id=\"n{number}\"><p><a href=\"#t{number}\">{letter}{number}</a> {lines}{way}</p>\n<ul>\n{cited}</ul>{around}</li>\n"
        )
    };
    let items: String = marked.passages.iter().enumerate().map(one).collect();
    let title = lang.pick("Noter: steder og klausuler", "Notes: passages and clauses");
    format!("<h2>{title}</h2>\n<ul class=\"notes\">\n{items}</ul>\n")
}

fn cited_by(by: &CitedBy, lang: Lang) -> String {
    let place = format!("<code>{}:{}</code>", escaped(&by.file), by.line);
    format!("<li>{} <b>{}</b>, {place}</li>\n", word(by.treated, lang), escaped(&by.name))
}

fn within(marked: &Marked, index: usize, lang: Lang) -> String {
    let link = |index: &usize| {
        let letter = marked.passages.get(*index).map_or('K', |passage| class(passage.treated).1);
        format!("<a href=\"#n{0}\">{letter}{0}</a>", index + 1)
    };
    let links: Vec<String> = marked.around(index).iter().map(link).collect();
    match links.is_empty() {
        true => String::new(),
        false => format!("\n<p>{} {}</p>", lang.pick("ligger også i", "lies also within"), links.join(", ")),
    }
}
