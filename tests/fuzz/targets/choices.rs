//! Bytes as a seed of choices: the same bytes choose alike each time, and a byte changed is one choice changed. When they
//! run out, the first of everything is chosen.

use super::seeds::WORDS;

/// The bytes that are not used yet.
pub(super) struct Choices<'b> {
    bytes: &'b [u8],
}

impl<'b> Choices<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Self {
        Self { bytes }
    }
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
    pub(super) fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        *first
    }
    /// A number below `count`, which need not fit a byte.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let high = if count > 256 { usize::from(self.byte()) << 8 } else { 0 };
        (high | usize::from(self.byte())) % count.max(1)
    }
    pub(super) fn of<'t, T: ?Sized>(&mut self, all: &[&'t T]) -> &'t T {
        all[self.below(all.len())]
    }
    /// The rest as text; what is no UTF-8 stands as the sign for it.
    pub(super) fn rest(&mut self) -> String {
        String::from_utf8_lossy(std::mem::take(&mut self.bytes)).into_owned()
    }
    /// So many bytes as text.
    pub(super) fn text(&mut self, most: usize) -> String {
        let length = self.below(most + 1).min(self.bytes.len());
        let (text, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        String::from_utf8_lossy(text).into_owned()
    }

    /// Changes a text as long as there are bytes, at most so many times; `others` are texts that lines are taken from.
    pub(super) fn changed(&mut self, text: &str, others: &[&str], most: usize) -> String {
        let mut text = text.to_owned();
        for _ in 0..most {
            if self.is_empty() {
                break;
            }
            text = self.change(&text, others);
        }
        text
    }

    fn change(&mut self, text: &str, others: &[&str]) -> String {
        match self.below(10) {
            // A word, a number or a sign in the place of one.
            0 | 1 => self.with_word(text, |choices, _| choices.of(WORDS).to_owned()),
            2 | 3 => self.with_number(text),
            // A word from elsewhere in the same text.
            4 => self.with_word(text, |choices, all| all[choices.below(all.len())].to_owned()),
            // Bytes of the fuzzer's own.
            5 => self.with_word(text, |choices, _| choices.text(8)),
            6 => self.with_line(text, |_, lines, at| {
                lines.remove(at);
            }),
            7 => self.with_line(text, |choices, lines, at| {
                let line = lines[choices.below(lines.len())].to_owned();
                lines.insert(at, line);
            }),
            8 => {
                let other: Vec<String> = self.of(others).split('\n').map(str::to_owned).collect();
                self.with_line(text, |choices, lines, at| {
                    let from = choices.below(other.len());
                    let count = 1 + choices.below(6);
                    let block = other.iter().skip(from).take(count).cloned();
                    lines.splice(at..at, block);
                })
            }
            _ => self.with_line(text, |choices, lines, at| {
                let other = choices.below(lines.len());
                lines.swap(at, other);
            }),
        }
    }

    fn with_line(&mut self, text: &str, change: impl Fn(&mut Self, &mut Vec<String>, usize)) -> String {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let at = self.below(lines.len());
        change(self, &mut lines, at);
        lines.join("\n")
    }

    fn with_word(&mut self, text: &str, word: impl Fn(&mut Self, &[&str]) -> String) -> String {
        let words = pieces(text);
        let places: Vec<usize> = (0..words.len()).filter(|at| !words[*at].trim().is_empty()).collect();
        if places.is_empty() {
            return word(self, &[""]);
        }
        let at = places[self.below(places.len())];
        let all: Vec<&str> = places.iter().map(|at| words[*at]).collect();
        let new = word(self, &all);
        words.iter().enumerate().map(|(place, old)| if place == at { new.as_str() } else { old }).collect()
    }

    /// Another number where one stands.
    fn with_number(&mut self, text: &str) -> String {
        let words = pieces(text);
        let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        let places: Vec<usize> = (0..words.len()).filter(|at| is_number(words[*at])).collect();
        if places.is_empty() {
            return text.to_owned();
        }
        let at = places[self.below(places.len())];
        let new = match self.below(4) {
            0 => self.of(&["0", "1", "2", "3", "100", "2024", "2025", "2026"]).to_owned(),
            1 => self.byte().to_string(),
            2 => self.of(NUMBERS).to_owned(),
            _ => format!("{}{}", words[at], self.byte() % 10),
        };
        words.iter().enumerate().map(|(place, old)| if place == at { new.as_str() } else { old }).collect()
    }
}

const NUMBERS: &[&str] = &[
    "9999999999999999999999999999",
    "99999999999999999999",
    "9223372036854775807",
    "18446744073709551616",
    "170141183460469231731687303715884105727",
    "0,0000000000000000000000000001",
    "0.00000001",
    "-1",
    "−7",
    "1/3",
    "0,5",
    "0.5",
    "½",
    "33⅓",
    "1.000.000",
    "1,000,000",
    "9999",
    "0001",
    "1e9",
];

/// A text cut into words, numbers and single signs; together they are all of it.
fn pieces(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut start = 0;
    let mut last = Sort::Sign;
    for (at, char) in text.char_indices() {
        let sort = match char {
            c if c.is_ascii_digit() || c == '_' && last == Sort::Word => {
                if last == Sort::Word {
                    Sort::Word
                } else {
                    Sort::Digit
                }
            }
            c if c.is_alphabetic() => Sort::Word,
            ' ' => Sort::Space,
            _ => Sort::Sign,
        };
        if at > start && (sort != last || sort == Sort::Sign) {
            all.push(&text[start..at]);
            start = at;
        }
        last = sort;
    }
    if start < text.len() {
        all.push(&text[start..]);
    }
    all
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Word,
    Digit,
    Space,
    Sign,
}
