use super::RawTime;
use crate::value::{Date, Period};

/// Reads a time as data writes it: `2025`, `2025-2027`, `2025-03`, `2025-Q3`, `3. kvartal 2025`, `Q3 2025`,
/// `2025-07-01`, each also with `fra` or `from` in front.
pub fn read_time(text: &str) -> Option<RawTime> {
    let text = text.trim();
    match text.strip_prefix("fra ").or_else(|| text.strip_prefix("from ")) {
        Some(rest) => period(rest.trim()).map(RawTime::From),
        None => period(text).map(RawTime::In),
    }
}

/// Splits a time off the end of a column's name: `folketal_2020_01_01`, `region_fra_2027`.
pub(super) fn split_name(name: &str) -> Option<(&str, RawTime)> {
    let starts: Vec<usize> = name.match_indices('_').map(|(at, _)| at).collect();
    // The longest time wins: in `folketal_2020_01_01` the name is `folketal`, not `folketal_2020_01`.
    for at in starts.iter().rev().take(3).rev() {
        let (fact, suffix) = (name.get(..*at)?, name.get(at + 1..)?);
        let Some(period) = period(&suffix.replace('_', "-")) else { continue };
        let from = fact.strip_suffix("_fra").or_else(|| fact.strip_suffix("_from"));
        return match from {
            Some(fact) if !fact.is_empty() => Some((fact, RawTime::From(period))),
            _ if fact.is_empty() => None,
            _ => Some((fact, RawTime::In(period))),
        };
    }
    None
}

/// Reads a year of four digits.
pub(super) fn year(text: &str) -> Option<i16> {
    let digits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    digits.then(|| text.parse().ok()).flatten()
}

fn period(text: &str) -> Option<Period> {
    if let Some((first, rest)) = text.split_once(['-', '–']) {
        return dashed(first.trim(), rest.trim());
    }
    if let Some((quarter, of)) = text.split_once(". kvartal ") {
        return quarter_of(quarter, of);
    }
    match text.split_once(' ') {
        Some((quarter, of)) => quarter_of(quarter.strip_prefix('Q')?, of),
        None => year(text).map(Period::Year),
    }
}

fn dashed(first: &str, rest: &str) -> Option<Period> {
    let from = year(first)?;
    if let Some(to) = year(rest) {
        return (from <= to).then_some(Period::Years(from, to));
    }
    if let Some(quarter) = rest.strip_prefix(['Q', 'q', 'K', 'k']) {
        return quarter_of(quarter, first);
    }
    match rest.split_once('-') {
        Some((month, day)) => Date::new(from, two_digits(month)?, two_digits(day)?).map(Period::Day),
        None => {
            two_digits(rest).filter(|month| (1..=12).contains(month)).map(|month| Period::Month(from, month))
        }
    }
}

fn quarter_of(quarter: &str, of: &str) -> Option<Period> {
    let number: i8 = quarter.parse().ok().filter(|n| (1..=4).contains(n))?;
    Some(Period::Quarter(year(of.trim())?, number))
}

fn two_digits(text: &str) -> Option<i8> {
    (text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        let day = Date::new(2025, 7, 1).map(Period::Day);
        let cases = [
            ("2025", Some(Period::Year(2025))),
            (" 2025-2027 ", Some(Period::Years(2025, 2027))),
            ("2025-03", Some(Period::Month(2025, 3))),
            ("2025-Q3", Some(Period::Quarter(2025, 3))),
            ("3. kvartal 2025", Some(Period::Quarter(2025, 3))),
            ("Q3 2025", Some(Period::Quarter(2025, 3))),
            ("2025-07-01", day),
            ("2025-13", None),
            ("2025-02-30", None),
            ("2025-2024", None),
            ("25", None),
            ("02025", None),
            ("٢٠٢٥", None),
            ("", None),
            ("fra", None),
        ];
        for (text, expected) in cases {
            assert_eq!(read_time(text), expected.map(RawTime::In), "{text}");
        }
        assert_eq!(read_time("fra 2027"), Some(RawTime::From(Period::Year(2027))));
    }

    #[test]
    fn times_are_split_off_names() {
        let day = Date::new(2020, 1, 1).map(Period::Day).unwrap();
        assert_eq!(split_name("folketal_2020_01_01"), Some(("folketal", RawTime::In(day))));
        assert_eq!(split_name("region_fra_2027"), Some(("region", RawTime::From(Period::Year(2027)))));
        assert_eq!(split_name("andel_2024_2025"), Some(("andel", RawTime::In(Period::Years(2024, 2025)))));
        assert_eq!(split_name("a_b_2024"), Some(("a_b", RawTime::In(Period::Year(2024)))));
        assert_eq!(split_name("_2024"), None);
        assert_eq!(split_name("forløb_pr_borger"), None);
        assert_eq!(split_name("alder_67"), None);
    }
}
