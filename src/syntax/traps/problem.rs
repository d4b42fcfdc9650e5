use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Fix, Report};
use crate::syntax::other_language::OtherLanguage;
use crate::value::NumberSlip;

/// Words of the text, and where they stand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Written {
    /// The words.
    pub(super) text: String,
    /// Where they stand.
    pub(super) at: Span,
}

/// A known mistake.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Trap {
    /// A line between two levels; `block` is the indentation of its block.
    Misplaced { at: Span, indentations: Vec<Span>, block: usize, indent: usize },
    /// A statement that is read as the rest of the line above.
    TooDeep { at: Span, indentation: Span, indent: usize },
    /// `“…”`, `»…«`.
    TypographicQuotes { places: Vec<Span> },
    /// A text without its closing quote; `end` is the end of the line.
    OpenText { at: Span, end: Span },
    /// `#`, `/*`, `--`; `closed` is a `*/` on the same line.
    Comment { at: Span, closed: Option<Span> },
    /// `%`; `glued` when it touches the number.
    Percent { at: Span, lang: Lang, glued: bool },
    /// `1 000 kr.`
    SpacedNumber { written: Written, candidate: String, lang: Lang },
    /// `==`, `&&`.
    ForeignSign { written: Written, meant: &'static str, certain: bool },
    /// `{`, `}`.
    Braces { places: Vec<Span> },
    /// `;` at the end of a line.
    Semicolon { at: Span },
    /// A header whose rest stands on the next line; `gap` is what lies between.
    HeaderContinued { at: Span, gap: Span },
    /// A header without the lines it needs.
    EmptyBlock { header: Written, indent: usize },
    /// A keyword in capitals.
    Capital { written: Written, lower: String },
    /// A keyword of the other language.
    OtherLanguage(OtherLanguage),
    /// Shortened units, at least one, the first of a line first, each with what is meant.
    Unit { units: Vec<(Written, &'static str)> },
    /// A function call.
    Call { function: Written, meant: Option<&'static str> },
    /// A reserved word as a name.
    Reserved { written: Written, whole: Option<Written>, is_named: bool },
    /// `hvis` without `så` or `ellers`.
    Choice { written: Written, stop: Span, lacks_then: bool },
    /// A bracket that nothing opens.
    ExtraBracket { at: Span },
    /// A bracket that nothing closes; `end` is the end of the line.
    OpenBracket { at: Span, stop: Span, closing: &'static str, end: Span },
    /// A keyword with a slip of the pen.
    Misspelt { written: Written, meant: String },
}

impl Report for Trap {
    fn report(&self) -> Diagnostic {
        match self {
            Trap::Misplaced { at, indentations, block, indent } => {
                misplaced(*at, indentations, *block, *indent)
            }
            Trap::TooDeep { at, indentation, indent } => too_deep(*at, *indentation, *indent),
            Trap::HeaderContinued { at, gap } => header_continued(*at, *gap),
            Trap::EmptyBlock { header, indent } => empty_block(header, *indent),
            Trap::TypographicQuotes { places } => quotes(places),
            Trap::OpenText { at, end } => open_text(*at, *end),
            Trap::Comment { at, closed } => comment(*at, *closed),
            Trap::Percent { at, lang, glued } => percent(*at, *lang, *glued),
            Trap::SpacedNumber { written, candidate, lang } => spaced_number(written, candidate, *lang),
            Trap::ForeignSign { written, meant, certain } => foreign_sign(written, meant, *certain),
            Trap::Braces { places } => braces(places),
            Trap::Semicolon { at } => semicolon(*at),
            Trap::Capital { written, lower } => capital(written, lower),
            Trap::OtherLanguage(words) => words.report(),
            Trap::Unit { units } => unit(units),
            Trap::Call { function, meant } => call(function, *meant),
            Trap::Reserved { written, whole, is_named } => reserved(written, whole.as_ref(), *is_named),
            Trap::Choice { written, stop, lacks_then } => choice(written, *stop, *lacks_then),
            Trap::ExtraBracket { at } => extra_bracket(*at),
            Trap::OpenBracket { at, stop, closing, end } => open_bracket(*at, *stop, closing, *end),
            Trap::Misspelt { written, meant } => misspelt(written, meant),
        }
    }
}

fn misplaced(at: Span, indentations: &[Span], block: usize, indent: usize) -> Diagnostic {
    let message = bi!(
        "linjen er rykket {indent} mellemrum ind, men dens blok står ved {block}",
        "the line is indented by {indent} spaces, but its block stands at {block}"
    );
    let title = match indentations.len() {
        0 | 1 => bi!("ryk linjen til {block} mellemrum", "indent the line by {block} spaces"),
        lines => {
            bi!("ryk de {lines} linjer til {block} mellemrum", "indent the {lines} lines by {block} spaces")
        }
    };
    let mut found = Diagnostic::new(Code::Indentation, message).at(at);
    found.fixes.push(replace_all(title, indentations, &" ".repeat(block), false));
    found
}

fn too_deep(at: Span, indentation: Span, indent: usize) -> Diagnostic {
    let message = bi!(
        "linjen er rykket længere ind end linjen over den og læses derfor som en fortsættelse af den",
        "the line is indented deeper than the line above it and is therefore read as its continuation"
    );
    Diagnostic::new(Code::Indentation, message).at(at).suggestion(
        bi!("ryk linjen til {indent} mellemrum", "indent the line by {indent} spaces"),
        indentation,
        " ".repeat(indent),
    )
}

fn header_continued(at: Span, gap: Span) -> Diagnostic {
    let message = bi!(
        "overskriften over denne linje kan ikke fortsætte her; en dybere linje er en linje i dens blok",
        "the header above this line cannot go on here; a deeper line is a line of its block"
    );
    Diagnostic::new(Code::HeaderContinued, message).at(at).suggestion(
        bi!("skriv overskriften på én linje", "write the header on one line"),
        gap,
        " ",
    )
}

fn empty_block(header: &Written, indent: usize) -> Diagnostic {
    let word = &header.text;
    let message = bi!("`{word}` har ingen linjer under sig", "`{word}` has no lines below it");
    Diagnostic::new(Code::EmptyBlock, message).at(header.at).help(bi!(
        "skriv linjerne under den, rykket ind med {indent} mellemrum",
        "write its lines below it, indented by {indent} spaces"
    ))
}

fn quotes(places: &[Span]) -> Diagnostic {
    let message = bi!(
        "tekster står mellem lige anførselstegn `\"`, ikke mellem krumme",
        "texts stand between straight quotes `\"`, not curly ones"
    );
    let mut found = Diagnostic::new(Code::TypographicQuotes, message);
    if let Some(first) = places.first() {
        found = found.at(*first);
    }
    found.fixes.push(replace_all(bi!("brug `\"`", "use `\"`"), places, "\"", places.len().is_multiple_of(2)));
    found
}

fn replace_all(title: Bi, places: &[Span], text: &str, certain: bool) -> Fix {
    let edits = places.iter().map(|span| Edit { span: *span, text: text.to_owned() }).collect();
    Fix { title, edits, certain }
}

fn open_text(at: Span, end: Span) -> Diagnostic {
    let message = bi!("teksten mangler sit afsluttende `\"`", "the text lacks its closing `\"`");
    Diagnostic::new(Code::OpenText, message)
        .at(at)
        .help(bi!(
            "en tekst slutter på den linje, hvor den begynder",
            "a text ends on the line where it begins"
        ))
        .suggestion(bi!("sæt `\"` sidst på linjen", "put `\"` at the end of the line"), end, "\"")
}

fn comment(at: Span, closed: Option<Span>) -> Diagnostic {
    let message = bi!("en kommentar begynder med `//`", "a comment begins with `//`");
    let mut edits = vec![Edit { span: at, text: "//".to_owned() }];
    edits.extend(closed.map(|span| Edit { span, text: String::new() }));
    let mut found = Diagnostic::new(Code::ForeignComment, message).at(at);
    found.fixes.push(Fix { title: bi!("brug `//`", "use `//`"), edits, certain: true });
    found
}

fn percent(at: Span, lang: Lang, glued: bool) -> Diagnostic {
    let word = lang.pick("pct.", "per cent");
    let new = if glued { format!(" {word}") } else { word.to_owned() };
    Diagnostic::new(Code::PercentSign, bi!("procent skrives `{word}`", "percent is written `{word}`"))
        .at(at)
        .fix(bi!("skriv `{word}`", "write `{word}`"), at, new)
}

fn foreign_sign(written: &Written, meant: &str, certain: bool) -> Diagnostic {
    let sign = &written.text;
    let message = bi!("`{sign}` er ikke et tegn i sproget", "`{sign}` is not a sign of the language");
    let found = Diagnostic::new(Code::ForeignSign, message).at(written.at);
    let title = bi!("skriv `{meant}`", "write `{meant}`");
    if certain { found.fix(title, written.at, meant) } else { found.suggestion(title, written.at, meant) }
}

fn braces(places: &[Span]) -> Diagnostic {
    let message = bi!(
        "blokke vises ved indrykning, ikke ved `{{` og `}}`",
        "blocks are shown by indentation, not by `{{` and `}}`"
    );
    let mut found = Diagnostic::new(Code::Braces, message);
    if let Some(first) = places.first() {
        found = found.at(*first);
    }
    found.fixes.push(replace_all(bi!("fjern dem", "remove them"), places, "", false));
    found
}

fn semicolon(at: Span) -> Diagnostic {
    let message = bi!("en linje slutter uden `;`", "a line ends without `;`");
    Diagnostic::new(Code::Semicolon, message)
        .at(at)
        .help(bi!("`;` skiller ting i en liste", "`;` separates things in a list"))
        .fix(bi!("fjern `;`", "remove `;`"), at, "")
}

fn capital(written: &Written, lower: &str) -> Diagnostic {
    let word = &written.text;
    let message = bi!(
        "sprogets ord skrives med små bogstaver: `{lower}`, ikke `{word}`",
        "words of the language are written in lower case: `{lower}`, not `{word}`"
    );
    Diagnostic::new(Code::CapitalKeyword, message).at(written.at).fix(
        bi!("skriv `{lower}`", "write `{lower}`"),
        written.at,
        lower,
    )
}

fn unit(units: &[(Written, &'static str)]) -> Diagnostic {
    let Some((first, meant)) = units.first() else {
        return Diagnostic::new(Code::UnitSpelling, Bi::same(""));
    };
    let word = &first.text;
    let mut found = Diagnostic::new(
        Code::UnitSpelling,
        bi!("enheden `{word}` skrives `{meant}`", "the unit `{word}` is written `{meant}`"),
    )
    .at(first.at);
    let edits = units.iter().map(|(written, meant)| Edit { span: written.at, text: (*meant).to_owned() });
    let title = match units {
        [_] => bi!("skriv `{meant}`", "write `{meant}`"),
        _ => {
            let all: Vec<String> = units.iter().map(|(_, meant)| format!("`{meant}`")).collect();
            let all = all.join(", ");
            bi!("skriv enhederne i linjen {all}", "write the units of the line {all}")
        }
    };
    found.fixes.push(Fix { title, edits: edits.collect(), certain: true });
    found
}

fn call(function: &Written, meant: Option<&str>) -> Diagnostic {
    let word = &function.text;
    let message = bi!(
        "sproget har ingen funktioner som `{word}(…)`",
        "the language has no functions such as `{word}(…)`"
    );
    let found = Diagnostic::new(Code::CallStyle, message).at(function.at);
    match meant {
        Some(meant) => found.help(bi!("skriv for eksempel `{meant}`", "write for example `{meant}`")),
        None => found.help(bi!(
            "giv beregningen et navn på en linje for sig, og brug navnet",
            "give the calculation a name on a line of its own, and use the name"
        )),
    }
}

fn reserved(written: &Written, whole: Option<&Written>, is_named: bool) -> Diagnostic {
    let word = &written.text;
    let message = bi!(
        "`{word}` er et ord i sproget og kan ikke være et navn",
        "`{word}` is a word of the language and cannot be a name"
    );
    let found = Diagnostic::new(Code::ReservedName, message).at(written.at);
    if let Some(Written { text, at }) = whole {
        let name = text.replace(' ', "_");
        return found.suggestion(
            bi!("et navn er ét ord: `{name}`", "a name is one word: `{name}`"),
            *at,
            name.clone(),
        );
    }
    if !is_named {
        return found.help(bi!(
            "hører `{word}` til en sætning, der begynder på linjen over, skal den stå samme sted som der",
            "if `{word}` belongs to a sentence that begins on the line above, it must stand in the same place"
        ));
    }
    found.suggestion(bi!("kald det `{word}_`", "call it `{word}_`"), written.at, format!("{word}_"))
}

fn choice(written: &Written, stop: Span, lacks_then: bool) -> Diagnostic {
    let message = if lacks_then {
        bi!("`hvis` mangler sit `så`", "`if` lacks its `then`")
    } else {
        bi!("`hvis … så …` mangler sit `ellers`", "`if … then …` lacks its `else`")
    };
    Diagnostic::new(Code::IncompleteChoice, message)
        .at(stop)
        .label(written.at, bi!("valget begynder her", "the choice begins here"))
        .help(bi!(
            "skriv `hvis betingelse så værdi ellers værdi`; begge værdier skal være der",
            "write `if condition then value else value`; both values must be there"
        ))
}

fn extra_bracket(at: Span) -> Diagnostic {
    let message = bi!("parentesen lukker noget, der ikke er åbnet", "the bracket closes what is not open");
    Diagnostic::new(Code::Brackets, message).at(at).suggestion(bi!("fjern den", "remove it"), at, "")
}

fn open_bracket(at: Span, stop: Span, closing: &str, end: Span) -> Diagnostic {
    let message = bi!("parentesen lukkes ikke med `{closing}`", "the bracket is not closed by `{closing}`");
    let found = Diagnostic::new(Code::Brackets, message).at(at);
    let found = if stop == end {
        found
    } else {
        found.label(stop, bi!("hertil er linjen forstået", "the line is understood up to here"))
    };
    found.suggestion(
        bi!("sæt `{closing}` sidst på linjen", "put `{closing}` at the end of the line"),
        end,
        closing,
    )
}

fn misspelt(written: &Written, meant: &str) -> Diagnostic {
    let word = &written.text;
    let message = bi!(
        "`{word}` er ikke et ord i sproget; mente du `{meant}`?",
        "`{word}` is not a word of the language; did you mean `{meant}`?"
    );
    Diagnostic::new(Code::MisspeltWord, message).at(written.at).suggestion(
        bi!("skriv `{meant}`", "write `{meant}`"),
        written.at,
        meant,
    )
}

fn spaced_number(written: &Written, candidate: &str, lang: Lang) -> Diagnostic {
    let says = NumberSlip::Spaces { candidate: candidate.to_owned() }.says(&written.text, lang);
    Diagnostic::new(Code::NumberForm, says).at(written.at).suggestion(
        bi!("skriv `{candidate}`", "write `{candidate}`"),
        written.at,
        candidate,
    )
}
