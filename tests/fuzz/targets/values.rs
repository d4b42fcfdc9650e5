//! Numbers and dates, as they are written and as they count.

use klausul::base::{FileId, Lang, SourceFile, SourceMap};
use klausul::diag::Problems;
use klausul::facts::{RawTime, read_time};
use klausul::sources::{FigureKind, figures};
use klausul::syntax::{admit, ast::ExprKind, parse_expr, tokens};
use klausul::value::{Date, MissingDay, Number, Period, RoundMode, print_number, read_number, read_signed};

use super::choices::Choices;

/// The most decimals that are printed here: those of any number that can be read.
const ALL: u32 = 60;

/// A number that is read is printed so that it reads back as itself; one that is not is told why, and what is offered
/// instead reads. Numbers count as numbers do.
pub(super) fn numbers(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let how = choices.byte();
    let lang = if how & 1 == 0 { Lang::Da } else { Lang::En };
    if how & 6 == 6 {
        return arithmetic(&mut choices);
    }
    let text = choices.rest();
    match read_signed(&text, lang) {
        Ok(read) => {
            let printed = print_number(&read.value, lang, 0, ALL);
            assert!(
                !printed.exact || same(&printed.text, lang, &read.value),
                "{text:?} is printed {printed:?}"
            );
            assert!(printed.exact || read.value.decimals().is_none(), "{text:?} has decimals: {printed:?}");
            let wide = print_number(&read.value, lang, read.decimals, ALL);
            assert!(!wide.exact || same(&wide.text, lang, &read.value), "{text:?} is printed {wide:?}");
            let other = lang.pick(Lang::En, Lang::Da);
            let there = print_number(&read.value, other, 0, ALL);
            assert!(!there.exact || same(&there.text, other, &read.value), "{text:?} is printed {there:?}");
            as_the_parser(&text, lang, &read.value);
        }
        Err(slip) => {
            let words = slip.says(&text, lang);
            assert!(!words.da.is_empty() && !words.en.is_empty());
            for offered in slip.candidates() {
                assert!(read_signed(offered, lang).is_ok(), "{text:?} is answered with {offered:?}");
            }
        }
    }
}

/// A number that is printed reads as itself; one of more digits than may be written need not read.
fn same(printed: &str, lang: Lang, value: &Number) -> bool {
    let digits = printed.bytes().filter(u8::is_ascii_digit).count();
    match read_signed(printed, lang) {
        Ok(again) => again.value == *value,
        Err(_) => digits > 28,
    }
}

/// What is a number alone is one in rules too, and the same.
fn as_the_parser(text: &str, lang: Lang, value: &Number) {
    if text.starts_with(['-', '−']) || read_number(text, lang).is_err() {
        return;
    }
    let (mut map, mut problems) = (SourceMap::new(), Problems::new());
    let Some(file) = admit(&mut map, "x", text.as_bytes(), &mut problems) else { return };
    let expr = parse_expr(&map, file, lang, &mut problems).map(|expr| format!("{:?}", expr.kind));
    let exact = format!("{value:?}");
    let is_there = expr.as_deref().is_some_and(|expr| expr.contains(&exact));
    assert!(is_there || problems.has_errors(), "{text:?} is {exact} and in rules {expr:?}");
}

/// A number of any size, from the bytes.
fn number(choices: &mut Choices<'_>) -> Number {
    let sort = choices.byte();
    let length = match sort & 3 {
        0 => 1,
        1 => 1 + choices.below(9),
        2 => 1 + choices.below(30),
        _ => 1 + choices.below(60),
    };
    let mut digits = if sort & 4 == 0 { String::new() } else { "-".to_owned() };
    digits.extend((0..length).map(|_| char::from(b'0' + choices.byte() % 10)));
    let decimals = if sort & 8 == 0 { 0 } else { u32::from(choices.byte() % 40) };
    let whole = Number::from_digits(&digits, decimals).unwrap_or_else(|| panic!("{digits} is no number"));
    if sort & 16 == 0 {
        return whole;
    }
    let by = Number::from_i64(i64::from(choices.byte()) * 7 + 1);
    whole.div(&by).unwrap_or_else(|| panic!("{by:?} is zero"))
}

const MODES: [RoundMode; 5] =
    [RoundMode::Nearest, RoundMode::Up, RoundMode::Down, RoundMode::TowardsZero, RoundMode::HalfEven];

fn arithmetic(choices: &mut Choices<'_>) {
    let [a, b, c] = [number(choices), number(choices), number(choices)];
    assert_eq!(a.add(&b), b.add(&a));
    assert_eq!(a.mul(&b), b.mul(&a));
    assert_eq!(a.add(&b).add(&c), a.add(&b.add(&c)));
    assert_eq!(a.mul(&b.add(&c)), a.mul(&b).add(&a.mul(&c)));
    assert_eq!(a.sub(&b).add(&b), a);
    assert_eq!(a < b, a.sub(&b).is_negative());
    assert_eq!(a == b, a.sub(&b).is_zero());
    assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
    match a.div(&b) {
        Some(quotient) => assert_eq!(quotient.mul(&b), a),
        None => assert!(b.is_zero()),
    }
    for mode in MODES {
        let Some(rounded) = a.round(&b, mode) else {
            assert!(b.is_zero(), "{a:?} is not rounded to {b:?}");
            continue;
        };
        let steps = rounded.div(&b).unwrap_or_else(|| panic!("rounded to zero"));
        assert!(
            steps.is_integer() && rounded.sub(&a).abs() < b.abs(),
            "{a:?} to {b:?}, {mode:?}: {rounded:?}"
        );
        assert_eq!(rounded.round(&b, mode), Some(rounded.clone()), "rounded again");
    }
    let power = i32::from(choices.byte() % 9) - 4;
    match (a.powi(power), a.powi(-power)) {
        (Some(one), Some(other)) => assert_eq!(one.mul(&other), Number::one()),
        (_, _) => assert!(a.is_zero()),
    }
    assert!(a.floor().is_integer() && a.floor() <= a && a < a.floor().add(&Number::one()));
    for lang in [Lang::Da, Lang::En] {
        let printed = print_number(&a, lang, 0, 200);
        assert_eq!(printed.exact, a.decimals().is_some(), "{a:?}");
        assert!(!printed.exact || same(&printed.text, lang, &a), "{a:?} is printed {printed:?}");
    }
}

/// A day that is read is written as itself, and a day in words is read as itself by rules and in documents; days and
/// months that are gone forward can be counted.
pub(super) fn dates(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    match choices.byte() % 4 {
        0 => written(&choices.rest()),
        _ => {
            let [year, month, day] = [choices.below(10_100), choices.below(14), choices.below(33)];
            let part = |number: usize| i8::try_from(number).unwrap_or_default();
            let Some(date) = Date::new(i16::try_from(year).unwrap_or_default(), part(month), part(day))
            else {
                return;
            };
            day_of(date, &mut choices);
        }
    }
}

fn written(text: &str) {
    if let Some(date) = Date::from_iso(text) {
        assert_eq!(date.to_iso(), text);
    }
    if let Some(RawTime::In(period) | RawTime::From(period)) = read_time(text) {
        let (first, last) = (period.first(), period.last());
        assert!(first.is_some() && first <= last, "{text:?} is {period:?}");
        for lang in [Lang::Da, Lang::En] {
            let printed = period.print(lang);
            let again = read_time(&printed);
            // Months and days in words are not what data write.
            let is_in_words = matches!(period, Period::Month(..) | Period::Day(_));
            assert!(is_in_words || again == Some(RawTime::In(period)), "{text:?} is printed {printed:?}");
        }
    }
    for lang in [Lang::Da, Lang::En] {
        let mut at = 0;
        for figure in figures(text, lang) {
            assert!(
                text.get(figure.range.clone()).is_some() && figure.range.start >= at,
                "{figure:?} of {text:?}"
            );
            assert_eq!(figure.kind == FigureKind::Date, figure.date.is_some(), "{figure:?} of {text:?}");
            at = figure.range.start;
        }
    }
}

fn day_of(date: Date, choices: &mut Choices<'_>) {
    assert_eq!(Date::from_iso(&date.to_iso()), Some(date));
    for lang in [Lang::Da, Lang::En] {
        let words = date.print(lang);
        // Years of fewer than four digits are not read as such.
        if date.year() < 1000 {
            continue;
        }
        assert_eq!(in_rules(&words, lang), Some(date), "{words:?} in rules");
        assert_eq!(in_rules(&date.to_iso(), lang), Some(date), "{} in rules", date.to_iso());
        if (1900..2100).contains(&date.year()) {
            let found = figures(&words, lang);
            assert!(
                found.iter().any(|figure| figure.date == Some(date)),
                "{words:?} in a document: {found:?}"
            );
        }
    }
    let count = i64::try_from(choices.below(60_000)).unwrap_or_default() - 30_000;
    if let Some(later) = date.add_days(count) {
        assert_eq!(date.days_until(later), count);
        assert_eq!(later.add_days(-count), Some(date));
        let (years, months) = (date.whole_years(later), date.whole_months(later));
        assert_eq!(years, months / 12, "whole years and months from {date:?} to {later:?}");
        assert_eq!(years, -later.whole_years(date));
        if count >= 0 {
            let reached = |n| date.add_months(n, MissingDay::FirstOfNext).is_ok_and(|day| day <= later);
            assert!(reached(months) && !reached(months + 1), "{months} months from {date:?} to {later:?}");
        }
    }
    let months = count / 8;
    if let Ok(last) = date.add_months(months, MissingDay::LastOfMonth) {
        let next = date.add_months(months, MissingDay::FirstOfNext);
        match date.add_months(months, MissingDay::Refuse) {
            Ok(same) => assert!(same == last && next == Ok(last) && same.day() == date.day()),
            Err(slip) => {
                assert!(!slip.says().da.is_empty());
                assert!(
                    next.is_ok_and(|next| Some(next) == last.add_days(1)),
                    "{date:?} and {months} months"
                );
            }
        }
    }
}

/// The day that a text is in rules.
fn in_rules(text: &str, lang: Lang) -> Option<Date> {
    let mut map = SourceMap::new();
    let file: FileId = map.add(SourceFile::new("x", text));
    let expr = parse_expr(&map, file, lang, &mut Problems::new())?;
    assert!(matches!(*expr.kind, ExprKind::Date(_)), "{text:?} is {expr:?} of {:?}", tokens(text, lang));
    let shown = format!("{expr:?}");
    let at = shown.find("Day(").map(|at| at + "Day(".len())?;
    Date::from_iso(shown.get(at..at + 10)?)
}
