use std::fmt::Write as _;

use klausul::base::Lang;
use klausul::value::{NumberSlip, Printed, print_number, read_number, read_signed};
use proptest::prelude::*;

use super::number;

fn read(text: &str, lang: Lang) -> String {
    match read_signed(text, lang) {
        Ok(read) => format!("{} with {} decimals", read.value.to_exact(), read.decimals),
        Err(slip) => {
            let words = slip.says(text, lang);
            format!("{}\n    {}\n    offers {:?}", words.da, words.en, slip.candidates())
        }
    }
}

fn table(texts: &[&str], lang: Lang) -> String {
    texts.iter().fold(String::new(), |mut table, text| {
        let _ = writeln!(table, "{text} => {}", read(text, lang));
        table
    })
}

#[test]
fn danish_numbers() {
    let texts = [
        "1.723,9",
        "1723,9",
        "½",
        "2½",
        "33⅓",
        "1.000½",
        "80.000",
        "0",
        "007",
        "0,33",
        "100,0",
        "-5",
        "−5",
        "143.523,3",
        "1.155.013.000,00",
        "9999999999999999999999999999",
        "0,9999999999999999999999999999",
    ];
    insta::assert_snapshot!(table(&texts, Lang::Da));
}

#[test]
fn english_numbers() {
    let texts = ["1,723.9", "1723.9", "½", "2½", "80,000", "0.33", "1.5", "1.500", "-1,000.5"];
    insta::assert_snapshot!(table(&texts, Lang::En));
}

#[test]
fn slips_in_danish_numbers() {
    let texts = [
        "1.5",
        "−1.5",
        "0.500",
        "1234.567",
        "12.34.567",
        "1.234.56",
        "1.23,45",
        "1.0000",
        "1,723.9",
        "1,234,567",
        "1,234,567.89",
        ",5",
        "5,",
        "5.",
        ".5",
        "2,5½",
        "½½",
        "1 723,9",
        "1\u{a0}000",
        "2 ½",
        "1e6",
        "1.5e-3",
        "1e999",
        "2E+2",
        "١٢",
        "１２,５",
        "1²",
        "",
        "-",
        "--5",
        "+5",
        "–1.000,5",
        "+1.5",
        "abc",
        "1_000",
        "0x10",
        "1.",
        "1,2,3",
        "1,5.3",
        "1'000",
        "NaN",
        "inf",
        "99999999999999999999999999999",
        "0,00000000000000000000000000001",
        "1/3",
        "½2",
        "..",
        ",",
        "1..000",
        "1.000.",
    ];
    insta::assert_snapshot!(table(&texts, Lang::Da));
}

#[test]
fn slips_in_english_numbers() {
    let texts = ["1,5", "0,500", "1.234.567", "1.723,9", "80.000,5", ".5", "1,0000", "1e6", "1 000"];
    insta::assert_snapshot!(table(&texts, Lang::En));
}

#[test]
fn a_sign_belongs_to_read_signed() {
    assert_eq!(read_number("-5", Lang::Da), Err(NumberSlip::NotANumber));
    assert_eq!(read_number("−5", Lang::Da), Err(NumberSlip::NotANumber));
}

fn printed(text: &str, exact: bool) -> Printed {
    Printed { text: text.to_owned(), exact }
}

#[test]
fn numbers_are_printed_with_their_separators() {
    let print = |text: &str, at_least, at_most| print_number(&number(text), Lang::Da, at_least, at_most);
    assert_eq!(print("1155013000", 2, 2), printed("1.155.013.000,00", true));
    assert_eq!(print("-1723.9", 0, 10), printed("−1.723,9", true));
    assert_eq!(print("0", 0, 0), printed("0", true));
    assert_eq!(print("0.5", 0, 0), printed("1", false));
    assert_eq!(print("-0.4", 0, 0), printed("0", false));
    assert_eq!(print("1/3", 0, 2), printed("0,33", false));
    assert_eq!(print("-200/3", 0, 3), printed("−66,667", false));
    assert_eq!(print("2.9996", 0, 3), printed("3,000", false));
    assert_eq!(print("0.0000001", 0, 2), printed("0,00", false));
    assert_eq!(print("12", 3, 1), printed("12,000", true));
    assert_eq!(print_number(&number("999999.5"), Lang::En, 0, 1), printed("999,999.5", true));
    assert_eq!(print_number(&number("999"), Lang::En, 0, 0), printed("999", true));
    assert_eq!(print_number(&number("1000"), Lang::En, 0, 0), printed("1,000", true));
}

#[test]
fn the_count_of_decimals_is_bounded() {
    let printed = print_number(&number("1/3"), Lang::Da, u32::MAX, u32::MAX);
    assert_eq!((printed.text.len(), printed.exact), (1_002, false));
}

proptest! {
    #[test]
    fn what_is_printed_reads_back(whole in -(10i128.pow(28) - 1)..10i128.pow(28), decimals in 0u32..=28) {
        let value = klausul::value::Number::from_digits(&whole.to_string(), decimals).unwrap();
        for lang in [Lang::Da, Lang::En] {
            let printed = print_number(&value, lang, 0, 28);
            prop_assert!(printed.exact);
            prop_assert_eq!(&read_signed(&printed.text, lang).unwrap().value, &value);
        }
    }

    #[test]
    fn any_text_is_read_or_explained(text in "\\PC*", number in "[0-9.,½⅓ eE−-]{0,12}") {
        for text in [&text, &number] {
            for lang in [Lang::Da, Lang::En] {
                if let Err(slip) = read_signed(text, lang) {
                    // What is offered instead is right itself, or says that it is too long.
                    for candidate in slip.candidates() {
                        let again = read_signed(candidate, lang);
                        let fine = matches!(again, Ok(_) | Err(NumberSlip::TooManyDigits { .. }));
                        prop_assert!(fine, "{} offers {}: {:?}", text, candidate, again);
                    }
                    slip.says(text, lang);
                }
            }
        }
    }
}
