use std::ops::Range;

use crate::base::Lang;
use crate::value::{Date, Number, month_names, read_number};

/// A figure as a text prints it: what it counts, and how much.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figure {
    /// What it counts.
    pub kind: FigureKind,
    /// How much: kroner, percentages, or the number itself; a date has none.
    pub value: Number,
    /// The day, for a date.
    pub date: Option<Date>,
    /// Where it stands, its unit included.
    pub range: Range<usize>,
}

/// What a figure counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum FigureKind {
    /// An amount of kroner: `1,7 mia. kr.`, `600 millioner kroner`.
    Money,
    /// A percentage: `3,5 pct.`, `50 procent`.
    Percent,
    /// A day: `1. januar 2025`.
    Date,
    /// A year: `2025`, and each end of `2025-2027`.
    Year,
    /// Anything else: `3 læger`, `17 sundhedsråd`, `fire`.
    Count,
}

impl Figure {
    /// Tells whether two figures say the same: as much of the same, however each is written.
    pub fn says(&self, other: &Figure) -> bool {
        self.kind == other.kind && self.value == other.value && self.date == other.date
    }
}

/// Finds the figures of a text, in the order they stand. Words for a part of a year, `primo 2025` and `3. kvartal 2024`, are several
/// figures at one place: the days that can be meant. `1,7 mia. kr.`, `1.700 millioner kroner` and `1,7 mia.kr.` say the
/// same; so do `½` and `halvdelen`, `4` and `fire`, `2025-2027` with any dash.
pub fn figures(text: &str, lang: Lang) -> Vec<Figure> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(char) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let fresh = !text.get(..at).is_some_and(goes_on);
        let here = match (fresh, is_digit(char), char.is_alphabetic()) {
            (true, true, _) => numeral(text, at, lang),
            (true, false, true) => spoken(text, at, lang),
            _ => Vec::new(),
        };
        at = here.iter().map(|figure| figure.range.end).fold(at + char.len_utf8(), usize::max);
        found.extend(here);
    }
    found
}

/// Tells whether a word or number goes on from here, so that what follows is only the rest of it.
fn goes_on(before: &str) -> bool {
    let mut back = before.chars().rev();
    match back.next() {
        Some(last) if last.is_alphanumeric() || last == '_' => true,
        // `1.723,9` is one number, and the year of `2025-2027` is one of its own.
        Some('.' | ',') => back.next().is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || "½⅓⅔¼¾⅛⅜⅝⅞⅙⅚⅕⅖⅗⅘".contains(char)
}

/// The figures of what begins with a digit.
fn numeral(text: &str, at: usize, lang: Lang) -> Vec<Figure> {
    let rest = text.get(at..).unwrap_or("");
    let length = rest.find(|c: char| !is_digit(c) && !matches!(c, '.' | ',')).unwrap_or(rest.len());
    let written = rest.get(..length).unwrap_or("").trim_end_matches(['.', ',']);
    let days = part_of_year(text, at, at + written.len(), lang);
    if days.is_empty() { number(text, at, written, lang).into_iter().collect() } else { days }
}

/// One number with its unit, or one day.
fn number(text: &str, at: usize, written: &str, lang: Lang) -> Option<Figure> {
    let end = at + written.len();
    if let Some(date) = day(text, at, end, lang) {
        return Some(date);
    }
    let value = read_number(written, lang).ok()?.value;
    let after = text.get(end..)?;
    // `25-pl` and `2010-niveau` are price levels; `covid-19` never gets here, since a hyphen stands before it.
    if after.strip_prefix('-').is_some_and(|after| after.starts_with(char::is_alphabetic)) && level(after) {
        return None;
    }
    Some(in_range(text, with_unit(text, at..end, value, is_year(written)), lang))
}

/// The first number of `25-30 mio. kr.` stands in the unit of the second.
fn in_range(text: &str, first: Figure, lang: Lang) -> Figure {
    let after = text.get(first.range.end..).unwrap_or("");
    let Some(rest) = after.trim_start().strip_prefix(['-', '–', '—']) else { return first };
    // A dash that begins a line is the mark of an item: `Boks 1`, and below it `- 6 mio. kr.`.
    if after.get(..after.len() - after.trim_start().len()).is_some_and(|blanks| blanks.contains('\n')) {
        return first;
    }
    let start = text.len() - rest.trim_start().len();
    if !matches!(first.kind, FigureKind::Count | FigureKind::Year)
        || !rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        return first;
    }
    // One step alone: a chain such as `1-2-3` is no range, and must not be followed to its end from each of its links.
    let rest = text.get(start..).unwrap_or("");
    let length = rest.find(|c: char| !is_digit(c) && !matches!(c, '.' | ',')).unwrap_or(rest.len());
    let written = rest.get(..length).unwrap_or("").trim_end_matches(['.', ',']);
    let Ok(value) = read_number(written, lang) else { return first };
    let second = with_unit(text, start..start + written.len(), value.value, is_year(written));
    match second.kind {
        FigureKind::Money | FigureKind::Percent => {
            let scale = unit_of(text, &second, lang).unwrap_or(Number::one());
            Figure { kind: second.kind, value: first.value.mul(&scale), ..first }
        }
        FigureKind::Date | FigureKind::Year | FigureKind::Count => first,
    }
}

/// How much one of a figure's unit is: a million for `30 mio. kr.`.
fn unit_of(text: &str, figure: &Figure, lang: Lang) -> Option<Number> {
    let rest = text.get(figure.range.clone())?;
    let length = rest.find(|c: char| !is_digit(c) && !matches!(c, '.' | ',')).unwrap_or(rest.len());
    let written = rest.get(..length)?.trim_end_matches(['.', ',']);
    figure.value.div(&read_number(written, lang).ok()?.value)
}

fn level(after: &str) -> bool {
    ["-pl", "-niveau", "-prices", "-level"].iter().any(|word| after.starts_with(word))
}

fn is_year(written: &str) -> bool {
    written.len() == 4
        && (written.starts_with("19") || written.starts_with("20"))
        && written.bytes().all(|b| b.is_ascii_digit())
}

/// Reads what follows a number: a scale, kroner, or per cent.
fn with_unit(text: &str, number: Range<usize>, value: Number, year: bool) -> Figure {
    let (mut end, mut scale, mut money) = (number.end, None, false);
    if let Some((word_end, found)) = first_of(text, end, SCALES) {
        // `mio.` and `mia.` count kroner, also where the word is left out.
        (end, scale, money) = (word_end, Some(found), true);
    }
    if let Some((word_end, ())) = first_of(text, end, KRONER) {
        (end, money) = (word_end, true);
    }
    if let Some((word_end, ())) = first_of(text, end, PER_CENT)
        && !money
    {
        return Figure { kind: FigureKind::Percent, value, date: None, range: number.start..word_end };
    }
    let value = scale.map_or(value.clone(), |power| value.mul(&Number::pow10(power)));
    let kind = match (money, year) {
        (true, _) => FigureKind::Money,
        (false, true) => FigureKind::Year,
        (false, false) => FigureKind::Count,
    };
    Figure { kind, value, date: None, range: number.start..end }
}

/// Longer words first: `mio` must not hide `mio.`.
const SCALES: &[(&str, i32)] = &[
    ("milliarder", 9),
    ("milliard", 9),
    ("mia.", 9),
    ("mia", 9),
    ("billion", 9),
    ("bn", 9),
    ("millioner", 6),
    ("million", 6),
    ("mio.", 6),
    ("mio", 6),
    ("t.kr.", 3),
    ("tusind", 3),
    ("thousand", 3),
];
const KRONER: &[(&str, ())] = &[("kroner", ()), ("krone", ()), ("kr.", ()), ("kr", ()), ("DKK", ())];
const PER_CENT: &[(&str, ())] =
    &[("procent", ()), ("pct.", ()), ("pct", ()), ("per cent", ()), ("percent", ()), ("%", ())];

/// The first of some words that stands next, blanks and line ends left out; where it ends.
fn first_of<T: Copy>(text: &str, at: usize, words: &[(&str, T)]) -> Option<(usize, T)> {
    let rest = text.get(at..)?;
    let start = at + (rest.len() - rest.trim_start().len());
    let rest = rest.trim_start();
    words.iter().find_map(|(word, meaning)| {
        let after = rest.strip_prefix(word)?;
        let whole = !word.ends_with(char::is_alphabetic) || !after.starts_with(char::is_alphabetic);
        whole.then_some((start + word.len(), *meaning))
    })
}

/// `1. januar 2025`, `1 January 2025`, `2025-01-01`.
fn day(text: &str, at: usize, end: usize, lang: Lang) -> Option<Figure> {
    if let Some(day) = text.get(at..at + 10).and_then(Date::from_iso) {
        return Some(date(day, at..at + 10));
    }
    let number: i8 = text.get(at..end)?.parse().ok()?;
    let dot = text.get(end..)?.starts_with('.');
    let (month, year, until) = month_and_year(text, end + usize::from(dot), lang)?;
    Some(date(Date::new(year, month, number)?, at..until))
}

/// The figures of a word: `fire`, `halvdelen`, `en procent`, `primo 2025`.
fn spoken(text: &str, at: usize, lang: Lang) -> Vec<Figure> {
    let rest = text.get(at..).unwrap_or("");
    let word = rest.get(..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())).unwrap_or("");
    let end = at + word.len();
    match word.to_lowercase().as_str() {
        "ultimo" | "udgangen" | "udløbet" => last_day(text, at, end, lang),
        "primo" => days_of_year(text, at, end, &[(1, 1), (1, 31)]),
        "medio" => days_of_year(text, at, end, &[(6, 15), (6, 30)]),
        "første" => year_part(text, at, end, 1, lang),
        "andet" | "anden" => year_part(text, at, end, 2, lang),
        "tredje" => year_part(text, at, end, 3, lang),
        "fjerde" => year_part(text, at, end, 4, lang),
        "inden" => before_year(text, at, end),
        small => counted(text, at..end, small, lang).into_iter().collect(),
    }
}

/// A number in one word, with its unit.
fn counted(text: &str, word: Range<usize>, small: &str, lang: Lang) -> Option<Figure> {
    if ARTICLES.contains(&small) {
        // `en procent` and `en milliard` count; `en region` does not.
        let one = with_unit(text, word.clone(), Number::one(), false);
        let counts = one.kind == FigureKind::Percent || one.value != Number::one();
        return counts.then_some(one);
    }
    let words = if lang == Lang::Da { DANISH } else { ENGLISH };
    // A `fireårig` period is one of four years.
    let small = OF_YEARS.iter().find_map(|end| small.strip_suffix(end)).unwrap_or(small);
    let (_, over, under) = words.iter().find(|(known, ..)| *known == small)?;
    let value = Number::from_i64(*over).div(&Number::from_i64(*under))?;
    Some(with_unit(text, word, value, false))
}

fn date(date: Date, range: Range<usize>) -> Figure {
    Figure { kind: FigureKind::Date, value: Number::zero(), date: Some(date), range }
}

/// `ultimo april 2026`, `udgangen af 2025`: the last day of the month, or of the year.
fn last_day(text: &str, at: usize, end: usize, lang: Lang) -> Vec<Figure> {
    let end = first_of(text, end, &[("af", ())]).map_or(end, |(end, ())| end);
    let month = month_and_year(text, end, lang)
        .and_then(|(month, year, end)| Some(date(Date::new(year, month, 1)?.last_of_month(), at..end)));
    let part = || part_ahead(text, end, lang);
    match month.or_else(|| part().into_iter().next_back()) {
        Some(day) => vec![Figure { range: at..day.range.end, ..day }],
        None => days_of_year(text, at, end, &[(12, 31)]),
    }
}

/// The days of the part of a year that stands next: `tredje kvartal 2021`.
fn part_ahead(text: &str, at: usize, lang: Lang) -> Vec<Figure> {
    let rest = text.get(at..).unwrap_or("");
    let start = text.len() - rest.trim_start().len();
    let word = rest.trim_start();
    let length = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
    let end = start + length;
    match word.get(..length).unwrap_or("").to_lowercase().as_str() {
        "første" => year_part(text, start, end, 1, lang),
        "andet" | "anden" => year_part(text, start, end, 2, lang),
        "tredje" => year_part(text, start, end, 3, lang),
        "fjerde" => year_part(text, start, end, 4, lang),
        _ => part_of_year(text, start, end, lang),
    }
}

/// The days of the year that stands next: `primo 2025` can mean the first day of the year and the last of its first month.
fn days_of_year(text: &str, at: usize, end: usize, days: &[(i8, i8)]) -> Vec<Figure> {
    let Some((year, end)) = year_after(text, end) else { return Vec::new() };
    let days = days.iter().filter_map(|(month, day)| Some(date(Date::new(year, *month, *day)?, at..end)));
    days.chain([year_alone(year, end)]).collect()
}

/// `inden 2035`: the last day before, and the year itself.
fn before_year(text: &str, at: usize, end: usize) -> Vec<Figure> {
    let Some((year, end)) = year_after(text, end) else { return Vec::new() };
    let last = Date::new(year - 1, 12, 31).map(|day| date(day, at..end));
    last.into_iter().chain([year_alone(year, end)]).collect()
}

/// The year that ends at a place, by itself.
fn year_alone(year: i16, end: usize) -> Figure {
    let (kind, value) = (FigureKind::Year, Number::from_i64(year.into()));
    Figure { kind, value, date: None, range: end.saturating_sub(4)..end }
}

/// `3. kvartal 2024`, `2. halvår 2025`: its first and its last day.
fn part_of_year(text: &str, at: usize, end: usize, lang: Lang) -> Vec<Figure> {
    let number: i8 = text.get(at..end).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    let end = end + usize::from(text.get(end..).is_some_and(|rest| rest.starts_with('.')));
    year_part(text, at, end, number, lang)
}

/// The first and the last day of the quarter or half of that number whose word stands next.
fn year_part(text: &str, at: usize, end: usize, number: i8, lang: Lang) -> Vec<Figure> {
    let words: &[(&str, i8)] = match lang {
        Lang::Da => &[("kvartal", 3), ("halvår", 6)],
        Lang::En => &[],
    };
    let Some((end, months)) = first_of(text, end, words) else { return Vec::new() };
    let Some((year, end)) = year_after(text, end) else { return Vec::new() };
    let last = number.saturating_mul(months);
    let first = Date::new(year, last.saturating_sub(months) + 1, 1);
    let last = Date::new(year, last, 1).map(Date::last_of_month);
    first.into_iter().chain(last).map(|day| date(day, at..end)).collect()
}

/// The year that stands next, and where it ends.
fn year_after(text: &str, at: usize) -> Option<(i16, usize)> {
    let rest = text.get(at..)?.trim_start();
    let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let year: i16 = rest.get(..length).filter(|year| is_year(year))?.parse().ok()?;
    Some((year, text.len() - rest.len() + length))
}

/// `april 2026`, blanks and line ends before it left out; and where it ends. Documents are in Danish, also where the rules
/// that cite them are not.
fn month_and_year(text: &str, at: usize, lang: Lang) -> Option<(i8, i16, usize)> {
    let rest = text.get(at..)?.trim_start();
    let word = rest.get(..rest.find(|c: char| !c.is_alphabetic())?)?;
    let named = |names: &[&str; 12]| names.iter().position(|name| name.eq_ignore_ascii_case(word));
    let month = named(month_names(lang)).or_else(|| named(month_names(Lang::Da)))?;
    let (year, end) = year_after(text, text.len() - rest.len() + word.len())?;
    Some((i8::try_from(month + 1).ok()?, year, end))
}

/// One, far more often an article.
const ARTICLES: &[&str] = &["en", "et", "én", "ét", "one"];
/// What makes a number word one of years.
const OF_YEARS: &[&str] = &["årige", "årigt", "årig", "års"];
/// Number words.
const DANISH: &[(&str, i64, i64)] = &[
    ("to", 2, 1),
    ("tre", 3, 1),
    ("fire", 4, 1),
    ("fem", 5, 1),
    ("seks", 6, 1),
    ("syv", 7, 1),
    ("otte", 8, 1),
    ("ni", 9, 1),
    ("ti", 10, 1),
    ("elleve", 11, 1),
    ("tolv", 12, 1),
    ("halvdelen", 1, 2),
    ("halvdel", 1, 2),
    ("halv", 1, 2),
    ("halve", 1, 2),
    ("halvere", 1, 2),
    ("halverer", 1, 2),
    ("halveres", 1, 2),
    ("halveret", 1, 2),
    // Between two parties, as agreements are.
    ("ligeligt", 1, 2),
    ("tredjedel", 1, 3),
    ("tredjedele", 1, 3),
    ("fjerdedel", 1, 4),
    ("fjerdedele", 1, 4),
    ("femtedel", 1, 5),
    ("tiendedel", 1, 10),
    ("dobbelt", 2, 1),
];
const ENGLISH: &[(&str, i64, i64)] = &[
    ("two", 2, 1),
    ("three", 3, 1),
    ("four", 4, 1),
    ("five", 5, 1),
    ("six", 6, 1),
    ("seven", 7, 1),
    ("eight", 8, 1),
    ("nine", 9, 1),
    ("ten", 10, 1),
    ("eleven", 11, 1),
    ("twelve", 12, 1),
    ("half", 1, 2),
    ("third", 1, 3),
    ("quarter", 1, 4),
    ("fifth", 1, 5),
    ("tenth", 1, 10),
    ("double", 2, 1),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let one = |figure: &Figure| match figure.date {
            Some(date) => format!("{:?} {}", figure.kind, date.to_iso()),
            None => format!("{:?} {}", figure.kind, figure.value.to_exact()),
        };
        figures(text, Lang::Da).iter().map(one).collect()
    }

    #[test]
    fn amounts_say_the_same_however_they_are_written() {
        for text in [
            "1,7 mia. kr.",
            "1.700 mio. kr.",
            "1,7 milliarder kroner",
            "1,7 mia.kr.",
            "1,7\nmia. kr.",
            "1.700.000.000 kr.",
        ] {
            assert_eq!(told(text), ["Money 1700000000"], "{text}");
        }
        assert_eq!(
            told("½ mia. kr., 2½ pct. og 143.523,3 mio. kr."),
            ["Money 500000000", "Percent 2.5", "Money 143523300000"]
        );
        assert_eq!(told("600 millioner"), ["Money 600000000"]);
    }

    #[test]
    fn percentages_years_days_and_counts_are_told_apart() {
        assert_eq!(told("33 pct., 50 procent og 3%"), ["Percent 33", "Percent 50", "Percent 3"]);
        assert_eq!(told("i 2025–2027"), ["Year 2025", "Year 2027"]);
        assert_eq!(told("den 1. januar 2025 og 2025-07-01"), ["Date 2025-01-01", "Date 2025-07-01"]);
        assert_eq!(told("senest ultimo\nfebruar 2028"), ["Date 2028-02-29"]);
        assert_eq!(
            told("25-30 mio. kr. og 3–4,5 pct. i 2025-2027"),
            ["Money 25000000", "Money 30000000", "Percent 3", "Percent 4.5", "Year 2025", "Year 2027"]
        );
        assert_eq!(
            told("3 læger pr. 1000 indbyggere, de fire mål, 3+"),
            ["Count 3", "Count 1000", "Count 4", "Count 3"]
        );
        assert_eq!(told("halvdelen og en tredjedel"), ["Count 0.5", "Count 1/3"]);
        assert_eq!(told("i 80.000. Og 126 kr. pr. indbygger."), ["Count 80000", "Money 126"]);
    }

    #[test]
    fn words_for_parts_of_a_year_are_the_days_that_can_be_meant() {
        assert_eq!(told("primo 2025"), ["Date 2025-01-01", "Date 2025-01-31", "Year 2025"]);
        assert_eq!(told("medio 2025"), ["Date 2025-06-15", "Date 2025-06-30", "Year 2025"]);
        assert_eq!(told("inden udgangen af 2024"), ["Date 2024-12-31", "Year 2024"]);
        assert_eq!(
            told("ved udgangen af april 2026 og ultimo 2017"),
            ["Date 2026-04-30", "Date 2017-12-31", "Year 2017"]
        );
        assert_eq!(told("i 3. kvartal 2024"), ["Date 2024-07-01", "Date 2024-09-30"]);
        assert_eq!(told("5. kvartal 2024"), ["Count 5", "Year 2024"]);
        assert_eq!(told("inden 2035"), ["Date 2034-12-31", "Year 2035"]);
        assert_eq!(told("udgangen er 3"), ["Count 3"]);
        assert_eq!(told("i tredje kvartal 2021"), ["Date 2021-07-01", "Date 2021-09-30"]);
        assert_eq!(told("ved udgangen af tredje kvartal 2021"), ["Date 2021-09-30"]);
        assert_eq!(told("ultimo 3. kvartal 2021"), ["Date 2021-09-30"]);
        assert_eq!(told("den tredje gang i 2021"), ["Year 2021"]);
    }

    #[test]
    fn long_chains_are_read_in_one_go() {
        let chain = "1-".repeat(100_000);
        assert_eq!(figures(&chain, Lang::Da).len(), 100_000);
        assert_eq!(figures(&"udgangen ".repeat(100_000), Lang::Da), Vec::new());
    }

    #[test]
    fn one_counts_before_a_percentage_or_a_scale_alone() {
        assert_eq!(told("en fireårig periode, halveret"), ["Count 4", "Count 0.5"]);
        assert_eq!(told("en procent og én mia. kr. i en region"), ["Percent 1", "Money 1000000000"]);
    }

    #[test]
    fn names_and_price_levels_are_no_figures() {
        assert_eq!(told("tillæg26, (25-pl), 2010-niveau, ØA25 og niogfirs"), Vec::<String>::new());
    }
}
