//! Names that a reader would take for the words around them are set off by quotation marks: `»i alt« er 5 kr.`

use std::collections::BTreeSet;

use super::document::{Block, Document, Line, Piece};
use crate::base::Lang;

/// Words that hold a Danish sentence together: a name that begins or ends with one runs into its sentence.
const DANISH: [&str; 83] = [
    "i", "på", "af", "til", "fra", "med", "mod", "om", "over", "under", "efter", "før", "for", "ved", "hos",
    "uden", "ud", "inden", "op", "ned", "mellem", "blandt", "per", "pr", "ad", "end", "som", "at", "og",
    "eller", "når", "hvis", "hvor", "der", "den", "det", "de", "en", "et", "én", "ét", "alle", "alt", "er",
    "har", "må", "kan", "skal", "vil", "bør", "gælder", "ikke", "flere", "færre", "mere", "mindre", "mindst",
    "højst", "størst", "mest", "største", "mindste", "heraf", "hertil", "også", "kun", "intet", "ingen",
    "nogen", "hver", "hvert", "dog", "ellers", "nu", "først", "tidligst", "senest", "lig", "samme", "samlet",
    "resten", "heller", "begge",
];

/// The same of English.
const ENGLISH: [&str; 73] = [
    "in",
    "on",
    "of",
    "to",
    "from",
    "with",
    "by",
    "for",
    "at",
    "above",
    "below",
    "under",
    "over",
    "before",
    "after",
    "between",
    "among",
    "per",
    "than",
    "as",
    "and",
    "or",
    "when",
    "where",
    "if",
    "that",
    "the",
    "a",
    "an",
    "is",
    "are",
    "has",
    "have",
    "may",
    "can",
    "must",
    "shall",
    "applies",
    "not",
    "more",
    "fewer",
    "less",
    "least",
    "most",
    "largest",
    "smallest",
    "all",
    "none",
    "no",
    "any",
    "some",
    "each",
    "every",
    "within",
    "without",
    "also",
    "only",
    "both",
    "otherwise",
    "then",
    "now",
    "first",
    "earliest",
    "latest",
    "equal",
    "same",
    "rest",
    "out",
    "up",
    "down",
    "against",
    "one",
    "it",
];

/// Sets off the names of a document that would be misread, wherever they stand among other words.
pub(super) fn set_off(document: &mut Document) {
    let lang = document.lang;
    let each = |line: &mut Line| *line = marked(std::mem::take(line), lang);
    document.blocks.iter_mut().for_each(|block| walk(block, &each));
}

fn walk(block: &mut Block, each: &impl Fn(&mut Line)) {
    match block {
        Block::Heading(_) | Block::Blanks(_) => {}
        Block::Para(line) | Block::Aside(line) => each(line),
        Block::List(entries) => {
            for entry in entries {
                each(&mut entry.line);
                entry.under.iter_mut().for_each(|block| walk(block, each));
            }
        }
        Block::Table(grid) => {
            each(&mut grid.caption);
            grid.head.iter_mut().chain(grid.rows.iter_mut().flatten()).for_each(each);
        }
    }
}

/// A line with its names in quotation marks where one would be misread without them. A name that stands alone is not.
fn marked(line: Line, lang: Lang) -> Line {
    let is_alone = line.pieces.iter().filter(|piece| !piece.words().is_empty()).count() == 1;
    if is_alone {
        return line;
    }
    let names: BTreeSet<String> = line.pieces.iter().filter_map(name_of).map(str::to_lowercase).collect();
    let is_misread = (0..line.pieces.len()).any(|at| misread(&line.pieces, at, &names));
    // Within a line all names look alike: one that is marked beside one that is not would be read as something else.
    if is_misread { quoting(line, lang) } else { line }
}

/// Tells whether a name would be taken for the words of its sentence: it has words in it that hold sentences together,
/// it stands in another name of the line, or it doubles the word beside it.
fn misread(pieces: &[Piece], at: usize, names: &BTreeSet<String>) -> bool {
    let Some(name) = pieces.get(at).and_then(name_of).map(str::to_lowercase) else { return false };
    let words: Vec<&str> = name.split(' ').collect();
    let is_number = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let runs_in = words.iter().any(|word| DANISH.contains(word) || ENGLISH.contains(word))
        || words.last().is_some_and(is_number);
    let overlaps = names.iter().any(|other| *other != name && (holds(other, &name) || holds(&name, other)));
    runs_in || overlaps || doubles(pieces, at, &words)
}

fn name_of(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Name(name) => Some(name),
        Piece::Plain(_) | Piece::Strong(_) | Piece::Unknown(_) | Piece::Link { .. } => None,
        Piece::Outside { .. } | Piece::Cite { .. } => None,
    }
}

/// Tells whether a name stands as words of another.
fn holds(larger: &str, name: &str) -> bool {
    format!(" {larger} ").contains(&format!(" {name} "))
}

/// Tells whether a name begins with the word before it, or ends with the word after it.
fn doubles(pieces: &[Piece], at: usize, words: &[&str]) -> bool {
    let before: String = pieces.iter().take(at).map(Piece::words).collect();
    let after: String = pieces.iter().skip(at + 1).map(Piece::words).collect();
    let last = before.rsplit(' ').find(|word| !word.is_empty()).map(str::to_lowercase);
    let next = after.split(' ').find(|word| !word.is_empty()).map(str::to_lowercase);
    let is = |word: Option<String>, of: Option<&&str>| word.is_some() && word.as_deref() == of.copied();
    is(last, words.first()) || is(next, words.last())
}

/// Puts all names of a line in quotation marks; those that stand in them already do not get others.
pub(super) fn quoting(line: Line, lang: Lang) -> Line {
    let (open, close) = lang.pick(("»", "«"), ("“", "”"));
    let mut out: Vec<Piece> = Vec::with_capacity(line.pieces.len());
    for piece in line.pieces {
        let is_quoted = out.last().is_some_and(|before| before.words().ends_with(open));
        if name_of(&piece).is_some() && !is_quoted {
            out.extend([Piece::Plain(open.to_owned()), piece, Piece::Plain(close.to_owned())]);
        } else {
            out.push(piece);
        }
    }
    Line { pieces: out }
}
