//! Values as cells: exactly, in base units, with the decimal mark of the table that was read.

use crate::value::Number;

/// Writes a whole number with some of its digits as decimals, without zeros at its end.
pub(super) fn scaled(to: &mut Vec<u8>, value: i128, scale: u32, mark: u8) {
    let mut digits = [b'0'; 48];
    let mut at = digits.len();
    let (mut rest, mut decimals, mut shown) = (value.unsigned_abs(), scale, false);
    let mut count = 0;
    while rest > 0 || count <= scale {
        let digit = u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        count += 1;
        // Zeros at the end of the decimals are left out.
        if decimals > 0 {
            decimals -= 1;
            if shown || digit != 0 {
                shown = true;
                at -= 1;
                digits[at] = b'0' + digit;
            }
            if decimals == 0 && shown {
                at -= 1;
                digits[at] = mark;
            }
            continue;
        }
        at -= 1;
        digits[at] = b'0' + digit;
    }
    if value < 0 {
        to.push(b'-');
    }
    to.extend_from_slice(&digits[at..]);
}

/// Writes an exact number: with decimals where they end, else as a fraction.
pub(super) fn exact(to: &mut Vec<u8>, number: &Number, mark: u8) {
    let text = number.to_exact();
    to.extend(text.bytes().map(|byte| if byte == b'.' { mark } else { byte }));
}

/// Writes a text, in quotation marks where it holds the separator, a quotation mark or a line break.
pub(super) fn text(to: &mut Vec<u8>, text: &str, separator: u8) {
    let plain = text.bytes().all(|byte| byte != separator && byte != b'"' && byte != b'\n' && byte != b'\r');
    // A spreadsheet would take these for the beginning of a formula.
    let rest = text.strip_prefix('-');
    let is_amount = rest.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
    });
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '|', '%']) && !is_amount;
    if plain && !is_formula {
        return to.extend_from_slice(text.as_bytes());
    }
    to.push(b'"');
    if is_formula {
        to.push(b'\'');
    }
    for byte in text.bytes() {
        if byte == b'"' {
            to.push(b'"');
        }
        to.push(byte);
    }
    to.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: i128, scale: u32) -> String {
        let mut to = Vec::new();
        scaled(&mut to, value, scale, b',');
        String::from_utf8(to).unwrap()
    }

    #[test]
    fn decimals_are_written_without_zeros_at_their_end() {
        let cases = [
            (0, 0, "0"),
            (0, 2, "0"),
            (5, 2, "0,05"),
            (50, 2, "0,5"),
            (-500, 2, "-5"),
            (123_456, 3, "123,456"),
            (-1, 6, "-0,000001"),
            (100, 0, "100"),
            (i128::MIN + 1, 0, "-170141183460469231731687303715884105727"),
        ];
        for (value, scale, expected) in cases {
            assert_eq!(written(value, scale), expected, "{value} {scale}");
        }
    }

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        let written = |value: &str| {
            let mut to = Vec::new();
            text(&mut to, value, b';');
            String::from_utf8(to).unwrap()
        };
        assert_eq!(written("Nord"), "Nord");
        assert_eq!(written("a;b"), "\"a;b\"");
        assert_eq!(written("a\"b"), "\"a\"\"b\"");
        assert_eq!(written("=1+1"), "\"'=1+1\"");
    }
}
