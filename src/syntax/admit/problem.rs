use super::character::{CharacterKind, classify, known_as};
use super::tabs::spaces;
use crate::base::{Bi, Limit, Span, bi, in_bytes};
use crate::diag::{Code, Diagnostic, Edit, Fix, Report};

/// What can be wrong with a text before it is read as rules.
#[derive(Clone, Debug)]
pub(super) enum TextProblem {
    /// The file is larger than the limit.
    TooLarge { name: String, size: u64, limit: u64 },
    /// The texts of the run are too much together.
    TooMuch { name: String, limit: Limit, most: u64 },
    /// A line is longer than the limit.
    LineTooLong { at: Span, bytes: usize, limit: usize },
    /// The file has more lines than the limit.
    TooManyLines { at: Span, lines: usize, limit: usize },
    /// The bytes are not UTF-8.
    NotUtf8 { at: Span, offset: usize, guess: Option<Bi> },
    /// A character that may not stand in a rule file.
    Character { at: Span, char: char, kind: CharacterKind, line: (Span, String) },
    /// Further such characters.
    MoreCharacters { at: Span, more: usize },
    /// The spaces that tabs are read as: all tabs that indent, or all inside lines.
    Tab { places: Vec<Span>, indenting: bool },
    /// The first special space of the file.
    HardSpace { at: Span, char: char },
    /// The file writes letters as letter and accent.
    Composed { at: Span },
    /// A name longer than the limit.
    NameTooLong { at: Span, chars: usize, limit: usize },
    /// A quoted text longer than the limit.
    TextTooLong { at: Span, bytes: usize, limit: usize },
    /// A name that mixes alphabets.
    MixedScripts { at: Span, name: String, odd: Vec<char> },
}

impl Report for TextProblem {
    fn report(&self) -> Diagnostic {
        match self {
            Self::TooLarge { name, size, limit } => too_large(name, *size, *limit),
            Self::TooMuch { name, limit, most } => too_much(name, *limit, *most),
            Self::LineTooLong { at, bytes, limit } => Diagnostic::new(Code::LineTooLong, bi!(
                "linjen fylder {bytes} bytes; en linje må højst fylde {limit}",
                "the line takes {bytes} bytes; a line may take at most {limit}")).at(*at),
            Self::TooManyLines { at, lines, limit } => Diagnostic::new(Code::TooManyLines, bi!(
                "filen har {lines} linjer; den må højst have {limit}",
                "the file has {lines} lines; it may have at most {limit}")).at(*at)
                .help(bi!("del reglerne i flere filer i samme mappe", "split the rules into several files in the same folder")),
            Self::NotUtf8 { at, offset, guess } => not_utf8(*at, *offset, guess.as_ref()),
            Self::Character { at, char, kind, line } => character(*at, *char, *kind, line),
            Self::MoreCharacters { at, more } => Diagnostic::new(Code::ControlCharacter, bi!(
                "{more} tegn mere i filen må ikke stå i en regelfil; her er det næste",
                "{more} more characters of the file may not stand in a rule file; here is the next one")).at(*at),
            Self::Tab { places, indenting } => tabs(places, *indenting),
            Self::HardSpace { at, char } => Diagnostic::new(Code::HardSpace, {
                let Bi { da, en } = described(*char);
                bi!("filen bruger {da}; det læses som et almindeligt mellemrum",
                    "the file uses {en}; it is read as an ordinary space")
            }).at(*at).help(bi!("`klausul fmt` gør alle mellemrum ens", "`klausul fmt` makes all spaces alike")),
            Self::Composed { at } => Diagnostic::new(Code::Decomposed, bi!(
                "filen skriver bogstaver som `å` i to dele (bogstav og tegn); de læses som ét bogstav",
                "the file writes letters such as `å` in two parts (letter and mark); they are read as one letter")).at(*at),
            Self::NameTooLong { at, chars, limit } => Diagnostic::new(Code::NameTooLong, bi!(
                "navnet har {chars} tegn; et navn må højst have {limit}",
                "the name has {chars} characters; a name may have at most {limit}")).at(*at),
            Self::TextTooLong { at, bytes, limit } => Diagnostic::new(Code::TextTooLong, bi!(
                "teksten fylder {bytes} byte; en tekst må højst fylde {limit}",
                "the text takes {bytes} bytes; a text may take at most {limit}")).at(*at),
            Self::MixedScripts { at, name, odd } => mixed(*at, name, odd),
        }
    }
}

fn too_large(name: &str, size: u64, limit: u64) -> Diagnostic {
    let Bi { da, en } = in_bytes(limit);
    Diagnostic::new(
        Code::FileTooLarge,
        bi!(
            "`{name}` fylder {size} bytes; en fil må højst fylde {da}",
            "`{name}` takes {size} bytes; a file may take at most {en}"
        ),
    )
    .help(bi!("del indholdet i flere filer", "split the content into several files"))
}

fn too_much(name: &str, limit: Limit, most: u64) -> Diagnostic {
    let option = limit.name();
    let Bi { da, en } = in_bytes(most);
    let message = match limit {
        Limit::Memory => bi!(
            "med `{name}` skønnes kørslen at fylde mere i hukommelsen, end den må: {da}",
            "with `{name}` the run is estimated to take more memory than it may: {en}"
        ),
        _ => bi!(
            "med `{name}` fylder regler og data tilsammen mere, end de må: {da}",
            "with `{name}` rules and data together take more than they may: {en}"
        ),
    };
    Diagnostic::new(Code::TotalTooLarge, message).help(bi!(
        "giv mindre med, eller flyt grænsen: `--limit {option}=…`",
        "give less at a time, or move the limit: `--limit {option}=…`"
    ))
}

fn not_utf8(at: Span, offset: usize, guess: Option<&Bi>) -> Diagnostic {
    let found = Diagnostic::new(
        Code::NotUtf8,
        bi!(
            "filen er ikke UTF-8: byte {offset} (talt fra 0) kan ikke læses",
            "the file is not UTF-8: byte {offset} (counted from 0) cannot be read"
        ),
    )
    .at(at);
    let found = match guess {
        Some(Bi { da, en }) => found.help(bi!("den ligner {da}", "it looks like {en}")),
        None => found,
    };
    found.help(bi!("gem filen som UTF-8 i dit skriveprogram", "save the file as UTF-8 in your editor"))
}

fn character(at: Span, char: char, kind: CharacterKind, line: &(Span, String)) -> Diagnostic {
    let Bi { da, en } = described(char);
    let (code, message) = match kind {
        CharacterKind::Nul => (
            Code::NulCharacter,
            bi!(
                "filen indeholder {da}; en regelfil er ren tekst",
                "the file contains {en}; a rule file is plain text"
            ),
        ),
        CharacterKind::CarriageReturn => (
            Code::ControlCharacter,
            bi!(
                "linjeskiftet er et enligt vognreturtegn (U+000D); det skal være linjeskift (LF eller CRLF)",
                "the line break is a lone carriage return (U+000D); it must be a line feed (LF or CRLF)"
            ),
        ),
        CharacterKind::Direction => (
            Code::DirectionControl,
            bi!(
                "{da} ændrer læseretningen, så teksten ser anderledes ud, end den læses",
                "{en} changes the reading direction, so that the text looks different from what is read"
            ),
        ),
        CharacterKind::Invisible => (
            Code::InvisibleCharacter,
            bi!(
                "{da} kan ikke ses og må ikke stå i en regelfil",
                "{en} cannot be seen and may not stand in a rule file"
            ),
        ),
        CharacterKind::Control | CharacterKind::Tab | CharacterKind::HardSpace => (
            Code::ControlCharacter,
            bi!("{da} må ikke stå i en regelfil", "{en} may not stand in a rule file"),
        ),
    };
    let found = Diagnostic::new(code, message).at(at);
    match kind {
        CharacterKind::Invisible => with_clean_line(found, line, true),
        CharacterKind::Direction | CharacterKind::Control => with_clean_line(found, line, false),
        CharacterKind::Nul
        | CharacterKind::CarriageReturn
        | CharacterKind::Tab
        | CharacterKind::HardSpace => found,
    }
}

/// Offers the line without its unwelcome characters; certain only where they could not change what a reader sees.
fn with_clean_line(mut found: Diagnostic, (span, line): &(Span, String), certain: bool) -> Diagnostic {
    let clean: String = line.chars().filter(|c| classify(*c).is_none()).collect();
    let shown = clean.trim();
    let title = bi!("skriv linjen uden tegnet: `{shown}`", "write the line without it: `{shown}`");
    found.fixes.push(Fix { title, edits: vec![Edit { span: *span, text: clean.clone() }], certain });
    found
}

fn tabs(places: &[Span], indenting: bool) -> Diagnostic {
    let (da, en) = match places.len() {
        1 => ("1 tabulator".to_owned(), "1 tab".to_owned()),
        n => (format!("{n} tabulatorer"), format!("{n} tabs")),
    };
    let message = if indenting {
        bi!(
            "linjen er rykket ind med tabulator; indrykning skrives med mellemrum ({da} i filen)",
            "the line is indented with a tab; indentation is written with spaces ({en} in the file)"
        )
    } else {
        bi!(
            "tabulator inde i en linje; skriv mellemrum ({da} i filen)",
            "tab inside a line; write spaces ({en} in the file)"
        )
    };
    let title = bi!("erstat tabulatorer med mellemrum", "replace tabs with spaces");
    // The text is read with these spaces already; put into the text as it was read, they take the place of the tabs.
    let edit = |span: &Span| Edit { span: *span, text: spaces(indenting).to_owned() };
    let mut found = Diagnostic::new(Code::Tab, message);
    if let Some(first) = places.first() {
        found = found.at(*first);
    }
    found.fixes.push(Fix { title, edits: places.iter().map(edit).collect(), certain: true });
    found
}

fn mixed(at: Span, name: &str, odd: &[char]) -> Diagnostic {
    let list: Vec<String> = odd.iter().map(|c| format!("`{c}` (U+{:04X})", u32::from(*c))).collect();
    let list = list.join(", ");
    Diagnostic::new(
        Code::MixedScripts,
        bi!(
            "navnet `{name}` blander alfabeter: {list} er ikke latinske bogstaver",
            "the name `{name}` mixes alphabets: {list} are not Latin letters"
        ),
    )
    .at(at)
    .help(bi!(
        "skriv navnet om med tastaturet; tegnene ligner, men er ikke de samme",
        "type the name again; the characters look alike but are not the same"
    ))
}

/// Names a character by its code point and, where people know it, by name.
fn described(char: char) -> Bi {
    let code = u32::from(char);
    match known_as(char) {
        Some(Bi { da, en }) => {
            bi!("tegnet U+{code:04X} ({da})", "the character U+{code:04X} ({en})")
        }
        None => bi!("tegnet U+{code:04X}", "the character U+{code:04X}"),
    }
}
