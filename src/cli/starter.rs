use crate::base::{Lang, is_hidden};

/// The files of a starter folder, with `NAVN` for the agreement's name and `TITEL` for its title.
type Files = [(&'static str, &'static str); 4];

const DANISH: Files = [
    ("aftale.klausul", include_str!("starter/da/aftale.klausul")),
    ("data.json", include_str!("starter/da/data.json")),
    ("prøver.klausul", include_str!("starter/da/prøver.klausul")),
    ("LÆSMIG.md", include_str!("starter/da/LÆSMIG.md")),
];

const ENGLISH: Files = [
    ("agreement.klausul", include_str!("starter/en/agreement.klausul")),
    ("data.json", include_str!("starter/en/data.json")),
    ("tests.klausul", include_str!("starter/en/tests.klausul")),
    ("README.md", include_str!("starter/en/README.md")),
];

/// Makes the files of a starter folder called `name`.
pub(super) fn files(name: &str, lang: Lang) -> Vec<(String, String)> {
    let title = title(name);
    let id = agreement_name(name);
    let fill = |text: &str| text.replace("NAVN", &id).replace("TITEL", &title);
    lang.pick(DANISH, ENGLISH).iter().map(|(file, text)| ((*file).to_owned(), fill(text))).collect()
}

/// Turns the folder's name into a title that can stand between quotation marks.
fn title(name: &str) -> String {
    name.chars().filter(|c| !is_hidden(*c) && !matches!(c, '"' | '“' | '”' | '„')).collect()
}

/// Turns the folder's name into a name of the language: letters of one alphabet, digits and `_`, starting with a letter
/// and not a word of either language.
fn agreement_name(name: &str) -> String {
    let is_latin = |c: char| c.is_ascii_alphanumeric() || ('À'..='ž').contains(&c) && c.is_alphabetic();
    let plain: String = name.chars().map(|c| if is_latin(c) { c } else { '_' }).collect();
    let plain = plain.trim_matches('_').to_owned();
    let capital = plain.chars().take(40).collect::<String>().to_uppercase();
    match capital.chars().next() {
        Some(first) if first.is_alphabetic() => capital,
        Some(_) => format!("A{capital}"),
        None => "AFTALE".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_the_language() {
        let cases = [
            ("ok25", "OK25"),
            ("økonomi aftale", "ØKONOMI_AFTALE"),
            ("2025", "A2025"),
            ("--", "AFTALE"),
            ("аб", "AFTALE"),
            ("a\"b", "A_B"),
        ];
        for (name, expected) in cases {
            assert_eq!(agreement_name(name), expected, "{name}");
        }
        assert_eq!(title("a\"b\u{202e}c"), "abc");
    }
}
