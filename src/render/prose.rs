//! An agreement as prose: a page that holds everything it needs, Markdown, or plain text. Words of the rules stand in it
//! as words, never as marks.

use textwrap::{Options, WordSeparator, WordSplitter};

use super::page::escaped;
use super::{Align, Table, visible};
use crate::prose::{Block, Document, Entry, Grid, Heading, Line, Piece};

/// How the page looks; dark where the reader's own is, and made to be printed and signed.
const STYLE: &str = include_str!("prose.css");

/// Writes a document as a page of HTML, without a script.
pub fn prose_html(document: &Document) -> String {
    let code = document.lang.pick("da", "en");
    let title = escaped(&document.title);
    // What the page is and what it was made from stands before everything, the contents too.
    let first = document.blocks.iter().position(|block| matches!(block, Block::Heading(_)));
    let (opening, rest) = document.blocks.split_at(first.unwrap_or_default());
    let (opening, body): (String, String) =
        (opening.iter().map(html).collect(), rest.iter().map(html).collect());
    let contents = contents(document);
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{opening}{contents}{body}</main>\n</body>\n</html>\n"
    )
}

/// The clauses of the document as links, where there are so many that somebody will look for one.
fn contents(document: &Document) -> String {
    let link = |block: &Block| match block {
        Block::Heading(Heading { id: Some(id), text, number, .. }) => {
            let number = number.as_deref().unwrap_or_default();
            Some(format!("<li><a href=\"#{}\">{} {}</a></li>\n", escaped(id), escaped(number), escaped(text)))
        }
        _ => None,
    };
    let links: Vec<String> = document.blocks.iter().filter_map(link).collect();
    if links.len() < 4 {
        return String::new();
    }
    let label = document.lang.pick("Klausulerne", "The clauses");
    format!("<nav aria-label=\"{label}\">\n<ul>\n{}</ul>\n</nav>\n", links.concat())
}

fn html(block: &Block) -> String {
    match block {
        Block::Heading(Heading { level, number, text, id }) => {
            let id = id.as_ref().map(|id| format!(" id=\"{}\"", escaped(id))).unwrap_or_default();
            let number = number.as_ref().map(|number| format!("{} ", escaped(number))).unwrap_or_default();
            format!("<h{level}{id}>{number}{}</h{level}>\n", escaped(text))
        }
        Block::Para(line) => format!("<p>{}</p>\n", html_line(line)),
        Block::Aside(line) => format!("<p class=\"aside\">{}</p>\n", html_line(line)),
        Block::List(entries) => {
            let is_numbered = entries.iter().any(|entry| entry.number.is_some());
            let class = if is_numbered { " class=\"said\"" } else { "" };
            let items: String = entries.iter().map(html_entry).collect();
            format!("<ul{class}>\n{items}</ul>\n")
        }
        Block::Table(grid) => html_table(grid),
        Block::Blanks(all) => {
            let one = |label: &String| format!("<p class=\"blank\">{}: <span></span></p>\n", escaped(label));
            all.iter().map(one).collect()
        }
    }
}

fn html_entry(entry: &Entry) -> String {
    let number =
        entry.number.as_ref().map(|number| format!("<span class=\"no\">{}</span> ", escaped(number)));
    let under: String = entry.under.iter().map(html).collect();
    format!("<li>{}<p>{}</p>\n{under}</li>\n", number.unwrap_or_default(), html_line(&entry.line))
}

fn html_table(grid: &Grid) -> String {
    let head: String =
        grid.head.iter().map(|head| format!("<th scope=\"col\">{}</th>", html_line(head))).collect();
    let row = |row: &Vec<Line>| {
        let cell = |(index, cell): (usize, &Line)| match index {
            0 => format!("<th scope=\"row\">{}</th>", html_line(cell)),
            _ => format!("<td>{}</td>", html_line(cell)),
        };
        format!("<tr>{}</tr>\n", row.iter().enumerate().map(cell).collect::<String>())
    };
    let rows: String = grid.rows.iter().map(row).collect();
    let caption = html_line(&grid.caption);
    // What is wider than the page is scrolled, with the keyboard too.
    let label = escaped(&grid.caption.words());
    format!(
        "<div class=\"wide\" role=\"group\" aria-label=\"{label}\" tabindex=\"0\">\n<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
    )
}

fn html_line(line: &Line) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) | Piece::Cite { text, .. } => escaped(text),
        Piece::Strong(text) => format!("<strong>{}</strong>", escaped(text)),
        Piece::Name(text) => format!("<i>{}</i>", escaped(text)),
        Piece::Link { text, to } => format!("<a href=\"#{}\">{}</a>", escaped(to), escaped(text)),
        Piece::Outside { text, clause, .. } => {
            format!("<a href=\"#{}\">{}</a>", escaped(&clause.id()), escaped(text))
        }
        Piece::Unknown(text) => format!("<strong class=\"un\">{}</strong>", escaped(text)),
    };
    line.pieces.iter().map(piece).collect()
}

/// Writes a document as Markdown.
pub fn prose_markdown(document: &Document) -> String {
    let mut out = format!("# {}\n", marked(&document.title));
    document.blocks.iter().for_each(|block| markdown(block, "", &mut out));
    out
}

fn markdown(block: &Block, indent: &str, out: &mut String) {
    match block {
        Block::Heading(Heading { level, number, text, id: _ }) => {
            let number = number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
            let marks = "#".repeat(usize::from(*level));
            out.push_str(&format!("\n{marks} {}\n", marked(&format!("{number}{text}"))));
        }
        Block::Para(line) => out.push_str(&format!("\n{indent}{}\n", markdown_line(line))),
        Block::Aside(line) => out.push_str(&format!("\n{indent}{}\n", markdown_line(line))),
        Block::List(entries) => {
            for entry in entries {
                let number = entry.number.as_ref().map(|number| format!("**{number}** ")).unwrap_or_default();
                let line = markdown_line(&entry.line);
                let (mark, deeper) = match entry.number {
                    Some(_) => ("", indent.to_owned()),
                    None => ("- ", format!("{indent}  ")),
                };
                out.push_str(&format!("\n{indent}{mark}{number}{line}\n"));
                entry.under.iter().for_each(|block| markdown(block, &deeper, out));
            }
        }
        Block::Table(grid) => markdown_table(grid, indent, out),
        Block::Blanks(all) => {
            all.iter()
                .for_each(|label| out.push_str(&format!("\n{}: ……………………………………………………\n", marked(label))));
        }
    }
}

fn markdown_table(grid: &Grid, indent: &str, out: &mut String) {
    let row = |cells: &[Line]| {
        let cells: Vec<String> = cells.iter().map(markdown_line).collect();
        format!("{indent}| {} |\n", cells.join(" | "))
    };
    out.push_str(&format!("\n{indent}{}:\n\n", markdown_line(&grid.caption)));
    out.push_str(&row(&grid.head));
    out.push_str(&format!("{indent}|{}\n", " --- |".repeat(grid.head.len())));
    grid.rows.iter().for_each(|cells| out.push_str(&row(cells)));
}

fn markdown_line(line: &Line) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) | Piece::Cite { text, .. } => marked(text),
        Piece::Link { text, .. } | Piece::Outside { text, .. } => marked(text),
        // The marks must touch the words they mark.
        Piece::Strong(text) | Piece::Unknown(text) => {
            let inner = text.trim_end();
            format!("**{}**{}", marked(inner), text.get(inner.len()..).unwrap_or_default())
        }
        Piece::Name(text) => format!("*{}*", marked(text)),
    };
    line.pieces.iter().map(piece).collect()
}

/// Takes the power from the characters that Markdown or HTML would act on, and from those that hide.
fn marked(text: &str) -> String {
    let text = text.replace(['\n', '\r', '\t'], " ");
    let mut out = String::with_capacity(text.len());
    for c in visible(&text).chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => out.extend(['\\', c]),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            other => out.push(other),
        }
    }
    out
}

/// Writes a document as plain text for the terminal, `width` columns wide.
pub fn prose_text(document: &Document, width: usize) -> String {
    let mut out =
        format!("{}\n{}\n", plain(&document.title), "=".repeat(plain(&document.title).chars().count()));
    document.blocks.iter().for_each(|block| text(block, 0, width, &mut out));
    out
}

fn text(block: &Block, indent: usize, width: usize, out: &mut String) {
    match block {
        Block::Heading(Heading { level, number, text, id: _ }) => {
            let number = number.as_ref().map(|number| format!("{number} ")).unwrap_or_default();
            let text = plain(&format!("{number}{text}"));
            let under = if *level == 2 { "-".repeat(text.chars().count()) + "\n" } else { String::new() };
            out.push_str(&format!("\n{text}\n{under}"));
        }
        Block::Para(line) | Block::Aside(line) => wrapped(&line.words(), (indent, indent), width, out),
        Block::List(entries) => {
            for entry in entries {
                let mark =
                    entry.number.as_ref().map_or_else(|| "- ".to_owned(), |number| format!("{number} "));
                let deeper = indent + mark.chars().count();
                wrapped(&format!("{mark}{}", entry.line.words()), (indent, deeper), width, out);
                entry.under.iter().for_each(|block| self::text(block, deeper, width, out));
            }
        }
        Block::Table(grid) => text_table(grid, indent, width, out),
        Block::Blanks(all) => {
            all.iter().for_each(|label| out.push_str(&format!("\n{}: {}\n", plain(label), "_".repeat(40))));
        }
    }
}

fn text_table(grid: &Grid, indent: usize, width: usize, out: &mut String) {
    wrapped(&format!("{}:", grid.caption.words()), (indent, indent), width, out);
    let mut table = Table::new(grid.head.iter().map(|head| (head.words(), Align::Left)));
    grid.rows.iter().for_each(|row| {
        table.row(row.iter().map(Line::words));
    });
    let gap = " ".repeat(indent);
    for line in table.render(width.saturating_sub(indent)).lines() {
        out.push_str(&format!("{gap}{line}\n"));
    }
}

/// Breaks a text at spaces, the first line in by the first number of columns and the others by the second. A number
/// stays with its unit.
fn wrapped(text: &str, (first, others): (usize, usize), width: usize, out: &mut String) {
    let (first, others) = (" ".repeat(first), " ".repeat(others));
    let options = Options::new(width)
        .initial_indent(&first)
        .subsequent_indent(&others)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false);
    for line in textwrap::wrap(&plain(text), options) {
        out.push_str(line.replace('\u{a0}', " ").trim_end());
        out.push('\n');
    }
}

/// A text in one line, with what hides made visible.
fn plain(text: &str) -> String {
    visible(&text.replace(['\n', '\r', '\t'], " ")).into_owned()
}
