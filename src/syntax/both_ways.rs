//! Numbers that both languages can read, and read differently: `1,800` is less than two in Danish, and nearly two thousand
//! in English. Somebody who reads in the one and types in the other may mean either.

use std::ops::Range;

use super::tokens::{TokenKind, tokens};
use crate::base::{Bi, Lang, SourceFile, SourceMap, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Problems, Report};

/// A number that the two languages read differently.
#[derive(Clone, PartialEq, Eq, Debug)]
struct BothWays {
    /// Its bytes in the text.
    range: Range<usize>,
    /// The digits before the sign.
    whole: String,
    /// The three digits after it.
    digits: String,
    is_comma: bool,
}

/// Finds the numbers in a text that the two languages read differently. Those in brackets name rows as the rules write
/// them, and a row that is not there is refused anyway.
fn both_ways(text: &str, lang: Lang) -> Vec<BothWays> {
    let (mut depth, mut found) = (0_usize, Vec::new());
    for token in tokens(text, lang) {
        let written = text.get(token.range.clone()).unwrap_or_default();
        match (token.kind, written) {
            (TokenKind::Open, "[") => depth += 1,
            (TokenKind::Close, "]") => depth = depth.saturating_sub(1),
            (TokenKind::Number, _) if depth == 0 => found.extend(read(written, token.range)),
            (_, _) => {}
        }
    }
    found
}

fn read(written: &str, range: Range<usize>) -> Option<BothWays> {
    let (whole, digits) = written.split_once([',', '.'])?;
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_thousands = (1..=3).contains(&whole.len()) && digits.len() == 3 && !whole.starts_with('0');
    (is_thousands && all_digits(whole) && all_digits(digits)).then(|| BothWays {
        range,
        whole: whole.to_owned(),
        digits: digits.to_owned(),
        is_comma: written.contains(','),
    })
}

impl BothWays {
    /// The number with thousands, as it can only be read so.
    fn thousands(&self) -> String {
        format!("{}{}", self.whole, self.digits)
    }
    /// The number with decimals, written in a language.
    fn decimals(&self, lang: Lang) -> String {
        match self.digits.trim_end_matches('0') {
            "" => self.whole.clone(),
            digits => format!("{}{}{digits}", self.whole, lang.pick(',', '.')),
        }
    }
    /// The number with decimals as it can only be read so: with three of them, a fourth shows what the sign is.
    fn unmistakable(&self, lang: Lang) -> String {
        let fourth = if self.digits.ends_with('0') { "" } else { "0" };
        format!("{}{fourth}", self.decimals(lang))
    }
    /// The number with thousands, parted as a language does.
    fn parted(&self, lang: Lang) -> String {
        format!("{}{}{}", self.whole, lang.pick('.', ','), self.digits)
    }
}

/// Refuses each number of a text that was typed for rules in one language by somebody who reads in the other, where the
/// two read it differently.
///
/// # Errors
/// The numbers, with both readings and how each is typed. `name` is what the findings call the text; its text is added to
/// `sources`.
pub fn one_reading(
    (name, text): (&str, &str),
    (rules, reader): (Lang, Lang),
    sources: &mut SourceMap,
) -> Result<(), Problems> {
    let found = if rules == reader { Vec::new() } else { both_ways(text, rules) };
    if found.is_empty() {
        return Ok(());
    }
    let file = sources.add(SourceFile::new(name, text));
    let mut problems = Problems::new();
    for number in found {
        let at = Span::new(file, number.range.start, number.range.end);
        problems.report(&Doubtful { at, number, rules });
    }
    Err(problems)
}

/// A number that was typed in doubt.
struct Doubtful {
    at: Span,
    number: BothWays,
    rules: Lang,
}

impl Report for Doubtful {
    fn report(&self) -> Diagnostic {
        let Doubtful { at, number, rules } = self;
        let sign = if number.is_comma { ',' } else { '.' };
        let typed = format!("{}{sign}{}", number.whole, number.digits);
        // The rules read the sign as their decimal sign, or as what parts thousands; the reader's language the other way.
        let is_decimal = number.is_comma == (*rules == Lang::Da);
        let shown = |lang: Lang| {
            let (decimals, thousands) = (number.decimals(lang), number.parted(lang));
            if is_decimal { (decimals, thousands) } else { (thousands, decimals) }
        };
        let ((da_rules, da_own), (en_rules, en_own)) = (shown(Lang::Da), shown(Lang::En));
        let of_rules = rules_language(*rules);
        let (da, en) = (&of_rules.da, &of_rules.en);
        let way = |text: String| vec![Edit { span: *at, text }];
        Diagnostic::new(
            Code::TwoNumbers,
            bi!(
                "`{typed}` er {da_rules} på {da}, som reglerne er skrevet på, og {da_own} på det sprog, der svares på",
                "`{typed}` is {en_rules} in {en}, which the rules are written in, and {en_own} in the language of the answers"
            ),
        )
        .at(*at)
        .reading(bi!("ment som tusinder?", "meant as thousands?"), way(number.thousands()))
        .reading(bi!("ment som decimaler?", "meant as decimals?"), way(number.unmistakable(*rules)))
    }
}

fn rules_language(lang: Lang) -> Bi {
    match lang {
        Lang::Da => bi!("dansk", "Danish"),
        Lang::En => bi!("engelsk", "English"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_digits_after_a_single_sign_read_in_two_ways() {
        let found = |text: &str| -> Vec<String> {
            both_ways(text, Lang::Da).into_iter().map(|n| text[n.range].to_owned()).collect()
        };
        assert_eq!(found("x = 1,800 mio. kr."), ["1,800"]);
        assert_eq!(found("1.800 + 12,125 × 999.000"), ["1.800", "12,125", "999.000"]);
        for plain in
            ["1,8", "1800", "1,80", "1.800,5", "1.800.000", "0,125", "1,8000", "1234,567", "2025-07-01"]
        {
            assert_eq!(found(plain), Vec::<String>::new(), "{plain}");
        }
        assert_eq!(found("sats[1.000 – 2.000] = 5 kr."), Vec::<String>::new());
        assert_eq!(found("x for \"1,800\" // 1,800"), Vec::<String>::new());
    }

    #[test]
    fn what_is_offered_reads_in_one_way() {
        for (typed, thousands, decimals) in
            [("1,800", "1800", "1,8"), ("12.125", "12125", "12,1250"), ("3,000", "3000", "3")]
        {
            let number = both_ways(typed, Lang::Da).remove(0);
            let offered = [number.thousands(), number.unmistakable(Lang::Da)];
            assert_eq!(offered, [thousands, decimals]);
            assert!(offered.iter().all(|text| both_ways(text, Lang::Da).is_empty()));
        }
    }

    #[test]
    fn whoever_reads_as_the_rules_are_written_is_not_asked() {
        let asked = |rules, reader| one_reading(("", "1,800"), (rules, reader), &mut SourceMap::new());
        assert!(asked(Lang::Da, Lang::Da).is_ok());
        assert!(asked(Lang::En, Lang::En).is_ok());
        assert!(asked(Lang::Da, Lang::En).is_err());
        assert!(asked(Lang::En, Lang::Da).is_err());
    }
}
