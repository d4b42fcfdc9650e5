use std::ops::Range;

/// A part of a document that a citation can name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Its number or letter as it is cited, `3.2`; empty for a heading without one.
    pub number: String,
    /// Its heading, the number left out; empty where it has none.
    pub title: Range<usize>,
    /// All of it, heading included.
    pub whole: Range<usize>,
    /// As far as parts below it are looked for. A box ends where a heading stands, yet may have headings of its own.
    pub reach: Range<usize>,
}

/// The kinds of parts, the widest first: a part ends where one of its own kind or of a wider one begins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PartKind {
    /// `Bilag 1`.
    Annex,
    /// `Artikel 4`.
    Article,
    /// `§ 14`.
    Paragraph,
    /// A numbered heading, `3.` or `3.2`: as deep as its number has parts.
    Section(u8),
    /// `Boks 5`.
    Box,
    /// A heading without a number.
    Heading,
    /// `Stk. 2.`
    Subsection,
    /// `1)`, in an act.
    Number,
    /// `a)`, in an act.
    Letter,
    /// One item of a list.
    Bullet,
}

impl PartKind {
    /// How wide it is: a box and a heading end each other.
    fn rank(self) -> (u8, u8) {
        match self {
            PartKind::Annex => (0, 0),
            PartKind::Article => (1, 0),
            PartKind::Section(depth) => (2, depth),
            PartKind::Paragraph => (3, 0),
            PartKind::Box | PartKind::Heading => (4, 0),
            PartKind::Subsection => (5, 0),
            PartKind::Number => (6, 0),
            PartKind::Letter => (7, 0),
            PartKind::Bullet => (8, 0),
        }
    }
}

/// A line of a document, without the blanks around it.
struct Line {
    text: Range<usize>,
    /// Whether an empty line, a new page or the beginning stands before it.
    apart: bool,
}

/// Finds the parts of a document, in the order they begin.
pub(super) fn outline(text: &str) -> Vec<Part> {
    let lines = lines(text);
    let width = width(text, &lines);
    let mut heads: Vec<Part> = Vec::new();
    // The lines of the last part's heading may go on: those of an annex or a box stand below its number.
    let mut open = false;
    for (at, line) in lines.iter().enumerate() {
        let words = text.get(line.text.clone()).unwrap_or("");
        // A heading whose last word is broken is a heading all the same.
        let words = match broken_heading(text, words, lines.get(at + 1), width) {
            true => words.trim_end_matches(['-', '\u{AD}']),
            false => words,
        };
        let before = at.checked_sub(1).and_then(|at| lines.get(at));
        let ended = before.is_none_or(|before| line.apart || ends_sentence(text, before));
        let untitled = open && takes_title(heads.last(), text);
        let listed = !line.apart && heads.last().is_some_and(|last| goes_on_listing(last, words));
        let head = numbered(words, width).filter(|_| !listed).or_else(|| item(words));
        let bare = (ended || untitled) && is_heading(words, width);
        match (head, bare) {
            (Some((kind, number, title)), _) if kind >= PartKind::Subsection || ended || open => {
                let start = line.text.start;
                open = !matches!(kind, PartKind::Bullet | PartKind::Number | PartKind::Letter);
                heads.push(head_part(kind, number, start + title.start..start + title.end, line));
            }
            (None, true) if untitled => {
                if let Some(last) = heads.last_mut() {
                    last.title = line.text.clone();
                }
            }
            (_, true) => {
                open = true;
                heads.push(head_part(PartKind::Heading, String::new(), line.text.clone(), line));
            }
            (_, false) => {
                let goes_on = open && !line.apart && is_short_title(words, width);
                match heads.last_mut() {
                    Some(last) if goes_on && !last.title.is_empty() && goes_below(text, last) => {
                        last.title.end = line.text.end;
                    }
                    _ => open = false,
                }
            }
        }
    }
    extend(&mut heads, text.len(), &lines);
    heads
}

fn head_part(kind: PartKind, number: String, title: Range<usize>, line: &Line) -> Part {
    Part { kind, number, title, whole: line.text.clone(), reach: line.text.clone() }
}

/// An annex or a box whose number stands alone on its line has its heading on the next.
fn takes_title(last: Option<&Part>, text: &str) -> bool {
    last.is_some_and(|last| {
        let untitled = text.get(last.title.clone()).is_none_or(|title| title.trim().is_empty());
        untitled && matches!(last.kind, PartKind::Annex | PartKind::Box)
    })
}

/// Tells whether a line ends with a part of a word whose rest is all that stands below.
fn broken_heading(text: &str, words: &str, next: Option<&Line>, width: Option<usize>) -> bool {
    let rest = next.filter(|next| !next.apart).and_then(|next| text.get(next.text.clone()));
    let ends = |rest: &str| rest.starts_with(char::is_lowercase) && is_short_title(rest, width);
    words.ends_with(['-', '\u{AD}']) && rest.is_some_and(ends)
}

/// A numbered line right below the item with the number before its own is the next item, however it ends.
fn goes_on_listing(last: &Part, words: &str) -> bool {
    let number = |text: &str| text.split('.').next().and_then(|number| number.parse::<u32>().ok());
    let before = number(&last.number).filter(|_| last.kind == PartKind::Bullet);
    before.is_some_and(|before| number(words) == before.checked_add(1))
}

/// A heading whose line does not end a sentence may go on below.
fn goes_below(text: &str, last: &Part) -> bool {
    let title = text.get(last.title.clone()).unwrap_or("");
    last.kind != PartKind::Bullet && !title.ends_with(['.', ':', '?', '!'])
}

/// Each part reaches as far as the next that is as wide or wider; a list item also ends at an empty line.
fn extend(heads: &mut [Part], end: usize, lines: &[Line]) {
    let gaps: Vec<usize> = lines.iter().filter(|line| line.apart).map(|line| line.text.start).collect();
    // From the last part to the first: those after it that none wider hides, the nearest last.
    let mut later: Vec<(usize, (u8, u8))> = Vec::new();
    let mut box_end = end;
    for head in heads.iter_mut().rev() {
        let (start, rank) = (head.whole.start, head.kind.rank());
        while later.last().is_some_and(|(_, other)| *other > rank) {
            later.pop();
        }
        head.whole.end = later.last().map_or(end, |(start, _)| *start);
        later.push((start, rank));
        if head.kind == PartKind::Bullet {
            let gap = gaps.get(gaps.partition_point(|gap| *gap <= start)).copied().unwrap_or(end);
            head.whole.end = head.whole.end.min(gap);
        }
        head.reach = head.whole.clone();
        if head.kind == PartKind::Box {
            head.reach.end = box_end;
        }
        if head.kind == PartKind::Box || rank < PartKind::Box.rank() {
            box_end = start;
        }
    }
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut apart) = (0, true);
    for whole in text.split_inclusive('\n') {
        apart |= whole.contains('\u{C}');
        let blank = |c: char| c.is_whitespace() || c.is_control() || c == '\u{FEFF}';
        let inner = whole.trim_start_matches(blank);
        let from = start + whole.len() - inner.len();
        let inner = inner.trim_end_matches(blank);
        if inner.is_empty() {
            apart = true;
        } else {
            lines.push(Line { text: from..from + inner.len(), apart });
            apart = false;
        }
        start += whole.len();
    }
    lines
}

/// How long the lines of a text with fixed line ends are; `None` where paragraphs are single lines.
fn width(text: &str, lines: &[Line]) -> Option<usize> {
    let chars = |line: &Line| text.get(line.text.clone()).map_or(0, |line| line.chars().count());
    let mut lengths: Vec<usize> = lines.iter().map(chars).collect();
    lengths.sort_unstable();
    let most = *lengths.get(lengths.len() * 9 / 10)?;
    // Shorter lines are items and headings, longer ones whole paragraphs.
    (60..=130).contains(&most).then_some(most)
}

fn ends_sentence(text: &str, line: &Line) -> bool {
    text.get(line.text.clone()).is_some_and(|line| line.ends_with(['.', ':', '?', '!', ')']))
}

/// The longest a heading may be, in characters.
const LONGEST_HEADING: usize = 110;

/// A line that stands by itself like a heading: short, beginning large, ending without a stop.
fn is_heading(words: &str, width: Option<usize>) -> bool {
    let large =
        words.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    large && is_short_title(words, width)
}

fn is_short_title(words: &str, width: Option<usize>) -> bool {
    let chars = words.chars().count();
    let short = width.is_none_or(|width| chars * 4 <= width * 3);
    let stops = ['.', ',', ';', ':', '-', '\u{AD}', '\u{2013}'];
    // Cells of a table are parted by tabs.
    chars <= LONGEST_HEADING
        && short
        && !words.contains('\t')
        && !words.ends_with(stops)
        && words.chars().any(char::is_alphabetic)
}

type Head = (PartKind, String, Range<usize>);

/// `Bilag 1. Titel`, `Boks 5`, `Artikel 4`, `§ 14. …`, `Stk. 2. …`, `3.2 Titel`.
fn numbered(line: &str, width: Option<usize>) -> Option<Head> {
    let words = [
        ("Bilag", PartKind::Annex),
        ("Annex", PartKind::Annex),
        ("Boks", PartKind::Box),
        ("Box", PartKind::Box),
        ("Artikel", PartKind::Article),
        ("Article", PartKind::Article),
        ("§", PartKind::Paragraph),
        ("Stk.", PartKind::Subsection),
    ];
    let named = words.iter().find_map(|(word, kind)| {
        let rest = strip_word(line, word)?;
        let (number, title) = number_and_title(rest)?;
        Some((*kind, number, line.len() - title.len()..line.len()))
    });
    named.or_else(|| section(line, width))
}

/// The rest of a line after a word, in capitals or not.
fn strip_word<'a>(line: &'a str, word: &str) -> Option<&'a str> {
    let head = line.get(..word.len())?;
    let same = head == word || head == word.to_uppercase();
    let rest = line.get(word.len()..).filter(|_| same)?;
    (word == "§" || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// `1. Titel` and `5`: the number, and what follows the stop after it. Words that go on without a stop are running text.
fn number_and_title(rest: &str) -> Option<(String, &str)> {
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    // `§ 15 a` is a number of its own.
    let own = rest.get(end..)?.strip_prefix(' ').filter(|rest| {
        let mut chars = rest.chars();
        chars.next().is_some_and(|c| c.is_ascii_lowercase()) && chars.next().is_none_or(|c| c == '.')
    });
    let end = if own.is_some() { end + 2 } else { end };
    let number: String = rest.get(..end)?.split_whitespace().collect();
    let digits = number.chars().all(|c| c.is_ascii_digit());
    let letter = number.chars().count() == 1 && number.chars().all(char::is_uppercase);
    let law = number.strip_suffix(|c: char| c.is_ascii_lowercase());
    let law = law.is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()));
    let after = rest.get(end..)?;
    let stops = after.is_empty()
        || after.starts_with(['.', ':', ')', '\u{2013}', '-', '\t'])
        || after.starts_with(" \u{2013}");
    let title = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    (!number.is_empty() && (digits || letter || law) && stops).then(|| (number.to_lowercase(), title))
}

/// `3. Titel`, `3.2 Titel`: a numbered heading. A line with a full stop at its end is an item of a list instead.
fn section(line: &str, width: Option<usize>) -> Option<Head> {
    let end = line.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number = line.get(..end)?.trim_end_matches('.');
    let title = line.get(end..)?;
    let depth = number.split('.').count();
    let figures = number.split('.').all(|part| !part.is_empty() && part.len() <= 2);
    let dotted = line.get(number.len()..).is_some_and(|rest| rest.starts_with('.')) || depth > 1;
    let titled = title.starts_with(char::is_whitespace) && is_heading(title.trim(), width);
    let large = title.trim_start().starts_with(char::is_uppercase);
    let start = line.len() - title.trim_start().len();
    let depth = u8::try_from(depth).ok()?;
    (figures && dotted && titled && large)
        .then(|| (PartKind::Section(depth), number.to_owned(), start..line.len()))
}

/// `• …`, `- …`, `1. …` and `1) …`, `a) …`: an item of a list.
fn item(line: &str) -> Option<Head> {
    let mut chars = line.chars();
    let mark = chars.next()?;
    let rest = chars.as_str();
    let spaced = rest.starts_with(char::is_whitespace);
    let whole = |rest: &str| line.len() - rest.trim_start().len()..line.len();
    if spaced && is_bullet(mark) {
        return Some((PartKind::Bullet, String::new(), whole(rest)));
    }
    let end = line.find(|c: char| !c.is_alphanumeric())?;
    let (number, after) = line.split_at_checked(end)?;
    let digits = !number.is_empty() && number.len() <= 3 && number.chars().all(|c| c.is_ascii_digit());
    let letter = number.chars().count() == 1 && number.chars().all(char::is_lowercase);
    let rest = after.get(1..)?;
    match after.chars().next()? {
        ')' if digits => Some((PartKind::Number, number.to_owned(), whole(rest))),
        ')' if letter => Some((PartKind::Letter, number.to_owned(), whole(rest))),
        '.' if digits && rest.starts_with(char::is_whitespace) => {
            Some((PartKind::Bullet, number.to_owned(), whole(rest)))
        }
        _ => None,
    }
}

/// The marks that stand before an item; private-use characters are those of symbol fonts.
fn is_bullet(mark: char) -> bool {
    matches!(
        mark,
        '-' | '*'
            | '\u{2022}'
            | '\u{2013}'
            | '\u{2014}'
            | '\u{B7}'
            | '\u{25AA}'
            | '\u{25CF}'
            | '\u{25A0}'
            | '\u{2023}'
    ) || ('\u{E000}'..='\u{F8FF}').contains(&mark)
}

#[cfg(test)]
mod tests;
