use super::RawNumber;

/// The mark between whole and decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Mark {
    Comma,
    Point,
}

/// What a cell of a table looks like when read as a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Figure {
    /// Not a number.
    Words,
    /// Digits alone.
    Whole,
    /// Its marks show which one is the decimal mark.
    Shows(Mark),
    /// One mark before exactly three digits: thousands or decimals. The mark that is written.
    Either(Mark),
}

impl Mark {
    fn char(self) -> char {
        match self {
            Mark::Comma => ',',
            Mark::Point => '.',
        }
    }
    fn other(self) -> Mark {
        match self {
            Mark::Comma => Mark::Point,
            Mark::Point => Mark::Comma,
        }
    }
}

/// Tells what a cell shows about the decimal mark.
pub(super) fn classify(cell: &str) -> Figure {
    let body = without_sign(cell);
    let framed =
        body.starts_with(|c: char| c.is_ascii_digit()) && body.ends_with(|c: char| c.is_ascii_digit());
    if !framed || !body.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',') {
        return Figure::Words;
    }
    match (body.contains('.'), body.contains(',')) {
        (false, false) => Figure::Whole,
        (true, true) => mixed(body),
        (true, false) => single(body, Mark::Point),
        (false, true) => single(body, Mark::Comma),
    }
}

fn single(body: &str, mark: Mark) -> Figure {
    let grouped = groups_of_three(body, mark.char());
    match body.matches(mark.char()).count() {
        1 if grouped => Figure::Either(mark),
        1 => Figure::Shows(mark),
        _ if grouped => Figure::Shows(mark.other()),
        _ => Figure::Words,
    }
}

fn mixed(body: &str) -> Figure {
    let mark = if body.rfind(',') > body.rfind('.') { Mark::Comma } else { Mark::Point };
    match body.split_once(mark.char()) {
        Some((whole, decimals))
            if !decimals.contains(mark.char()) && groups_of_three(whole, mark.other().char()) =>
        {
            Figure::Shows(mark)
        }
        _ => Figure::Words,
    }
}

/// Tells whether the marks stand before groups of exactly three digits, as thousands do.
fn groups_of_three(body: &str, mark: char) -> bool {
    let mut groups = body.split(mark);
    let first = groups.next().unwrap_or("");
    (1..=3).contains(&first.len()) && !first.starts_with('0') && groups.all(|group| group.len() == 3)
}

/// Turns a cell that is a number into plain decimals, when `mark` is its decimal mark.
pub(super) fn number(cell: &str, mark: Mark, most: usize) -> Option<RawNumber> {
    let plain: String = without_sign(cell).chars().filter(|c| *c != mark.other().char()).collect();
    let plain = plain.replace(mark.char(), ".");
    let sign = if without_sign(cell).len() < cell.len() { "-" } else { "" };
    exact(&format!("{sign}{plain}"), most).map(|exact| RawNumber { exact, written: cell.to_owned() })
}

fn without_sign(cell: &str) -> &str {
    cell.strip_prefix(['-', '−']).unwrap_or(cell)
}

/// Writes a number of JSON or TOML (`-1.5e3`) as plain decimals; `None` when it has more digits than `most`.
pub(super) fn exact(written: &str, most: usize) -> Option<String> {
    let (sign, body) = written.strip_prefix('-').map_or(("", written), |rest| ("-", rest));
    let (mantissa, exponent) = body.split_once(['e', 'E']).unwrap_or((body, "0"));
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent: i32 = exponent.parse().ok().filter(|n: &i32| n.unsigned_abs() <= 99)?;
    let digits = format!("{whole}{decimals}");
    let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
    let (whole, decimals) = place_point(&digits, point)?;
    if whole.len() + decimals.len() > most || digits.len() > 2 * most {
        return None;
    }
    let is_zero = digits.bytes().all(|digit| digit == b'0');
    let sign = if is_zero { "" } else { sign };
    let whole = if whole.is_empty() { "0" } else { &whole };
    Some(if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{decimals}") })
}

/// Splits digits at a point that may lie outside them; zeros in front of the whole part go.
fn place_point(digits: &str, point: i32) -> Option<(String, String)> {
    let at = usize::try_from(point.max(0)).ok()?;
    let missing = usize::try_from((-point).max(0)).ok()?;
    let (whole, decimals) = match digits.split_at_checked(at) {
        Some((whole, decimals)) => (whole.to_owned(), format!("{}{decimals}", "0".repeat(missing))),
        None => (format!("{digits}{}", "0".repeat(at - digits.len())), String::new()),
    };
    Some((whole.trim_start_matches('0').to_owned(), decimals))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_show_their_decimal_mark_or_not() {
        use Figure::{Either, Shows, Whole, Words};
        let cases = [
            ("847000", Whole),
            ("-5", Whole),
            ("−5", Whole),
            ("1,25", Shows(Mark::Comma)),
            ("1.25", Shows(Mark::Point)),
            ("1.000", Either(Mark::Point)),
            ("1,000", Either(Mark::Comma)),
            ("0,500", Shows(Mark::Comma)),
            ("1234.567", Shows(Mark::Point)),
            ("1.000.000", Shows(Mark::Comma)),
            ("1,000,000", Shows(Mark::Point)),
            ("1.234,5", Shows(Mark::Comma)),
            ("1,234.5", Shows(Mark::Point)),
            ("1.2.3", Words),
            ("01.07.2025", Words),
            ("1,23,4.5", Words),
            ("1.", Words),
            (",5", Words),
            ("1 000", Words),
            ("١٢", Words),
            ("+5", Words),
            ("12 kr.", Words),
            ("", Words),
        ];
        for (cell, expected) in cases {
            assert_eq!(classify(cell), expected, "{cell}");
        }
    }

    #[test]
    fn numbers_stay_exact() {
        let cases = [
            ("123456789012345.67", Some("123456789012345.67")),
            ("0.12345678901234567890", Some("0.12345678901234567890")),
            ("1e3", Some("1000")),
            ("-1.50E+2", Some("-150")),
            ("15e-4", Some("0.0015")),
            ("1.5e-1", Some("0.15")),
            ("-0.0", Some("0.0")),
            ("007", Some("7")),
            ("1e999", None),
            ("1e30", None),
            ("1e-30", None),
            ("12345678901234567890123456789", None),
        ];
        for (written, expected) in cases {
            assert_eq!(exact(written, 28).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn cells_become_plain_decimals() {
        let read = |cell, mark| number(cell, mark, 28).map(|n| n.exact);
        assert_eq!(read("−1.234,50", Mark::Comma).as_deref(), Some("-1234.50"));
        assert_eq!(read("1,000", Mark::Comma).as_deref(), Some("1.000"));
        assert_eq!(read("1,000", Mark::Point).as_deref(), Some("1000"));
    }
}
