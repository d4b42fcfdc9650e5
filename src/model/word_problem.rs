//! Names that nothing has, and words of everyday language or of programs where the language has its own.

use std::collections::BTreeSet;

use super::problem::did_you_mean;
use crate::base::{Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A word that stands where a unit or type is expected, and is none.
#[derive(Clone, Debug)]
pub(super) enum WordProblem {
    /// A type in other words: `heltal`, `beløb`.
    Type {
        /// Where.
        span: Span,
        /// What stands there.
        name: String,
        /// How the language says it.
        meant: &'static str,
    },
    /// `afrundet til 2 decimaler`.
    Decimals {
        /// Where.
        span: Span,
        /// What stands there.
        name: String,
    },
}

impl WordProblem {
    /// Recognises a word that is no unit.
    pub(super) fn of(name: &str, lang: Lang, span: Span) -> Option<WordProblem> {
        let name = name.to_owned();
        if is_decimals(&name) {
            return Some(WordProblem::Decimals { span, name });
        }
        type_meant(&name, lang).map(|meant| WordProblem::Type { span, name, meant })
    }
}

fn is_decimals(word: &str) -> bool {
    matches!(word, "decimaler" | "decimal" | "decimals" | "cifre" | "digits")
}

/// The type that a word of everyday language, of a program or of the other language stands for.
fn type_meant(word: &str, lang: Lang) -> Option<&'static str> {
    Some(match word.to_lowercase().as_str() {
        "heltal" | "integer" | "int" => lang.pick("hele tal", "whole number"),
        "beløb" | "amount" | "penge" | "money" | "kronebeløb" | "currency" => "kr.",
        "bool" | "boolean" | "boolsk" | "sandhedsværdi" | "janej" | "yesno" => lang.pick("ja/nej", "yes/no"),
        "decimaltal" | "kommatal" | "decimal_number" | "float" | "number" | "numerisk" | "tal" => {
            lang.pick("tal", "number")
        }
        "streng" | "tekststreng" | "string" | "str" | "text" | "tekst" => lang.pick("tekst", "text"),
        "date" | "dato" => lang.pick("dato", "date"),
        "procentsats" | "percentage" => lang.pick("pct.", "per cent"),
        _ => return None,
    })
}

impl Report for WordProblem {
    fn report(&self) -> Diagnostic {
        match self {
            WordProblem::Type { span, name, meant } => Diagnostic::new(
                Code::UnknownUnit,
                bi!(
                    "`{name}` er ikke en enhed; her siges det `{meant}`",
                    "`{name}` is not a unit; here it is said `{meant}`"
                ),
            )
            .at(*span)
            .suggestion(bi!("skriv det sådan", "write it like this"), *span, *meant),
            WordProblem::Decimals { span, name } => Diagnostic::new(
                Code::UnknownUnit,
                bi!(
                    "`{name}` er ikke en enhed; en afrunding siger det trin, der rundes til",
                    "`{name}` is not a unit; a rounding says the step that is rounded to"
                ),
            )
            .at(*span)
            .help(bi!(
                "to decimaler i kroner skrives `afrundet til 0,01 kr.`, hele kroner `afrundet til 1 kr.`, hele tusinder `afrundet til 1.000 kr.`",
                "two decimals of kroner are written `rounded to 0.01 kr.`, whole kroner `rounded to 1 kr.`, whole thousands `rounded to 1,000 kr.`"
            )),
        }
    }
}

/// Tells whether a word is one of everyday language, of a program or of the other language for something that the
/// language says otherwise, so that no rule file declares it.
pub fn is_said_otherwise(word: &str, lang: Lang) -> bool {
    type_meant(word, lang).is_some() || value_meant(word, lang).is_some() || is_decimals(word)
}

/// How the language says a value in words of everyday language or of programs.
pub(super) fn value_meant(word: &str, lang: Lang) -> Option<&'static str> {
    Some(match word {
        "true" | "True" | "TRUE" | "sand" | "sandt" | "yes" => lang.pick("ja", "yes"),
        "false" | "False" | "FALSE" | "falsk" | "no" => lang.pick("nej", "no"),
        "ja" => lang.pick("ja", "yes"),
        "nej" => lang.pick("nej", "no"),
        "året" | "årstal" | "årstallet" => lang.pick("år", "year"),
        "dagen" | "datoen" | "today" => lang.pick("dag", "day"),
        "null" | "None" | "none" | "nil" => lang.pick("ingen", "none"),
        "unknown" => lang.pick("ukendt", "unknown"),
        _ => return None,
    })
}

/// Words a name that nothing has.
pub(super) fn undefined(span: Span, name: &str, nearest: Option<&String>) -> Diagnostic {
    let message = bi!("`{name}` er ikke defineret her", "`{name}` is not defined here");
    let found = did_you_mean(Diagnostic::new(Code::UndefinedName, message).at(span), span, nearest);
    // The names of regions and municipalities have a capital, those of figures seldom.
    match name.chars().next().is_some_and(char::is_uppercase) {
        true => found.suggestion(
            bi!(
                "er det navnet på en bestemt, står det i anførselstegn",
                "if it is the name of a certain one, it stands in quotes"
            ),
            span,
            format!("\"{name}\""),
        ),
        // Where nothing is near, the name is more likely to be missing than misspelt.
        false if nearest.is_none() && !name.contains('.') => found.help(bi!(
            "fastsæt det med en linje `{name} = …`; er det noget, der skal oplyses, så erklær det: `givet {name} : …`",
            "set it with a line `{name} = …`; if it is something to be given, declare it: `given {name} : …`"
        )),
        false => found,
    }
}

/// No more meanings of a name are offered than a reader looks through.
const MOST_OFFERED: usize = 4;

/// Words a name that could be several things.
pub(super) fn ambiguous(span: Span, name: &str, candidates: &[String]) -> Diagnostic {
    let distinct: BTreeSet<&String> = candidates.iter().collect();
    let list = distinct.iter().map(|one| one.as_str()).collect::<Vec<_>>().join("`, `");
    let found = Diagnostic::new(
        Code::AmbiguousName,
        bi!("`{name}` kan være flere ting: `{list}`", "`{name}` can be several things: `{list}`"),
    )
    .at(span)
    .help(bi!("skriv klausulens navn foran", "write the name of the clause in front"));
    let offered: Vec<_> = distinct.into_iter().filter(|one| one.as_str() != name).collect();
    match offered.len() {
        2..=MOST_OFFERED => offered.into_iter().fold(found, |found, one| {
            found.suggestion(bi!("er det `{one}`", "if it is `{one}`"), span, one.clone())
        }),
        _ => found,
    }
}

/// Words a name that nothing has, where it may be one of those that each have what is named after it.
pub(super) fn perhaps_of_one((span, name): (Span, &str), path: Span, written: &str) -> Diagnostic {
    let message = bi!("`{name}` er ikke defineret her", "`{name}` is not defined here");
    Diagnostic::new(Code::UndefinedName, message).at(span).suggestion(
        bi!(
            "er det navnet på en bestemt, står det i anførselstegn efter `for`",
            "if it is the name of a certain one, it stands in quotes after `for`"
        ),
        path,
        written,
    )
}

/// How many tables are named to somebody who may mean one of their cells.
const MOST_TABLES: usize = 8;

/// Words a name that a what-if sets and nothing in the rules has: a what-if declares nothing.
pub(super) fn unknown_in_what_if(
    span: Span,
    name: &str,
    related: &[String],
    tables: &[String],
) -> Diagnostic {
    let message = bi!("reglerne har intet, der hedder `{name}`", "the rules have nothing called `{name}`");
    let found = Diagnostic::new(Code::UndefinedName, message).at(span);
    let all = related.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match related {
        [] if (1..=MOST_TABLES).contains(&tables.len()) => {
            let all = tables.iter().map(|cell| format!("`{cell}`")).collect::<Vec<_>>().join(", ");
            found.help(bi!(
                "et hvad-nu-hvis sætter noget, reglerne har; felterne i tabellerne hedder {all}",
                "a what-if sets something that the rules have; the cells of the tables are {all}"
            ))
        }
        [] => found.help(bi!(
            "et hvad-nu-hvis sætter noget, reglerne har: en oplysning, en definition, et felt i en tabel eller en linje i et indeks",
            "a what-if sets something that the rules have: a fact, a definition, a cell of a table or a line of an index"
        )),
        [one] => found.suggestion(bi!("mente du `{one}`?", "did you mean `{one}`?"), span, one.clone()),
        _ => found.help(bi!("mente du en af {all}?", "did you mean one of {all}?")),
    }
}
