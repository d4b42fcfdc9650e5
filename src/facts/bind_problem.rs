//! What can be wrong when data meet the rules.

use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A finding about data and the facts they are for.
#[derive(Clone, Debug)]
pub enum BindProblem {
    /// A name the rules do not have.
    UnknownName {
        /// Where in the data.
        span: Span,
        /// The name.
        name: String,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// A kind the rules do not have.
    UnknownKind {
        /// Where in the data.
        span: Span,
        /// The kind.
        name: String,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// A link to a name that nobody has.
    NobodyCalled {
        /// Where in the data.
        span: Span,
        /// The place as the form of the data counts it.
        place: Bi,
        /// What it is for.
        of: String,
        /// The kind it leads to.
        kind: String,
        /// The name.
        name: String,
        /// The nearest one.
        nearest: Option<String>,
    },
    /// One nested in another, without one link to it.
    Nested {
        /// Where in the data.
        span: Span,
        /// Its kind.
        kind: String,
        /// The kind it is nested in.
        target: String,
        /// The links there are, where they are several.
        links: Vec<String>,
    },
    /// A succeeded name that nobody has, while somebody has one like it.
    SucceededUnknown {
        /// Where in the rules.
        span: Span,
        /// The kind.
        kind: String,
        /// The name.
        name: String,
        /// The one like it.
        nearest: String,
    },
    /// A value that cannot be what it is given for.
    Wrong {
        /// Where in the data.
        span: Span,
        /// The place as the form of the data counts it.
        place: Bi,
        /// What it is for.
        name: String,
        /// The value as written.
        written: String,
        /// What is expected.
        expected: Bi,
        /// The unit a bare number stands in.
        shown: Bi,
        /// What is wrong.
        slip: Slip,
    },
}

/// What is wrong with a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Slip {
    /// It cannot be read as a number.
    Unreadable,
    /// It may be thousands or decimals.
    Ambiguous,
    /// It is another kind of value.
    WrongType,
    /// It stands in another unit.
    OtherUnit,
    /// It stands at another price level.
    OtherLevel,
    /// It lies outside what is allowed.
    OutsideDomain,
    /// It must be whole.
    NotWhole,
    /// It must be whole, and may be thousands or decimals.
    Thousands,
    /// It cannot be none.
    NoneNotAllowed,
}

impl Slip {
    /// Returns the code of what is wrong.
    pub(super) fn code(self) -> Code {
        match self {
            Slip::Unreadable | Slip::WrongType | Slip::NoneNotAllowed => Code::DataWrongType,
            Slip::Ambiguous => Code::NumberAmbiguous,
            Slip::OtherUnit | Slip::OtherLevel => Code::DataWrongUnit,
            Slip::OutsideDomain | Slip::NotWhole => Code::DataOutsideDomain,
            Slip::Thousands => Code::NumberAmbiguous,
        }
    }
    fn words(self) -> Bi {
        match self {
            Slip::Unreadable => bi!("kan ikke læses som et tal", "cannot be read as a number"),
            Slip::Ambiguous => bi!(
                "kan være tusinder eller decimaler; skriv det som et tal, uden anførselstegn",
                "may be thousands or decimals; write it as a number, without quotes"
            ),
            Slip::WrongType => {
                bi!("er en anden slags værdi end ventet", "is another kind of value than expected")
            }
            Slip::OtherUnit => bi!("står i en anden enhed", "stands in another unit"),
            Slip::OtherLevel => bi!("står i et andet prisniveau", "stands at another price level"),
            Slip::OutsideDomain => bi!("ligger uden for det tilladte", "lies outside what is allowed"),
            Slip::NotWhole => bi!("skal være et helt tal", "must be a whole number"),
            Slip::Thousands => bi!("kan være tusinder eller decimaler", "may be thousands or decimals"),
            Slip::NoneNotAllowed => bi!("kan ikke være ingen", "cannot be none"),
        }
    }
}

impl Report for BindProblem {
    fn report(&self) -> Diagnostic {
        match self {
            BindProblem::UnknownName { span, name, nearest } => {
                let d = Diagnostic::new(
                    Code::DataUnknownName,
                    bi!(
                        "reglerne kender ikke `{name}`, så værdien bruges ikke",
                        "the rules do not know `{name}`, so the value is not used"
                    ),
                );
                mean(d.at(*span), nearest.as_ref())
            }
            BindProblem::UnknownKind { span, name, nearest } => {
                let d = Diagnostic::new(
                    Code::DataUnknownKind,
                    bi!(
                        "reglerne har ingen slags, der hedder `{name}`",
                        "the rules have no kind called `{name}`"
                    ),
                );
                mean(d.at(*span), nearest.as_ref())
            }
            BindProblem::NobodyCalled { span, place, of, kind, name, nearest } => {
                let (p_da, p_en) = (&place.da, &place.en);
                let d = Diagnostic::new(
                    Code::DataNobodyCalled,
                    bi!(
                        "{of} er \"{name}\", men der er ingen `{kind}`, der hedder sådan; {p_da}",
                        "{of} is \"{name}\", but there is no `{kind}` of that name; {p_en}"
                    ),
                );
                mean(d.at(*span), nearest.as_ref())
            }
            BindProblem::Nested { span, kind, target, links } => nested(*span, kind, target, links),
            BindProblem::SucceededUnknown { span, kind, name, nearest } => Diagnostic::new(
                Code::SucceededUnknown,
                bi!(
                    "data har ingen `{kind}`, der hedder \"{name}\", men en, der ligner",
                    "the data has no `{kind}` called \"{name}\", but one like it"
                ),
            )
            .at(*span)
            .help(bi!(
                "mente du \"{nearest}\"? ellers ville den blive talt med ved siden af sin afløser",
                "did you mean \"{nearest}\"? otherwise it would be counted beside its successor"
            )),
            BindProblem::Wrong { span, place, name, written, expected, shown, slip } => {
                let (what, p_da, p_en) = (slip.words(), &place.da, &place.en);
                let (w_da, w_en, e_da, e_en) = (&what.da, &what.en, &expected.da, &expected.en);
                let d = Diagnostic::new(
                    slip.code(),
                    bi!("`{written}` for {name} {w_da}; {p_da}", "`{written}` for {name} {w_en}; {p_en}"),
                );
                let d = d.at(*span).help(bi!("der ventes {e_da}", "{e_en} is expected"));
                if *slip == Slip::Thousands {
                    return whole(d, written);
                }
                let (s_da, s_en) = (&shown.da, &shown.en);
                match shown.da.is_empty() {
                    true => d,
                    false => d.help(bi!(
                        "et tal uden enhed læses i {s_da}",
                        "a number without a unit is read in {s_en}"
                    )),
                }
            }
        }
    }
}

/// Says how a whole number is written in each of its two readings.
fn whole(found: Diagnostic, written: &str) -> Diagnostic {
    let thousands: String = written.chars().filter(char::is_ascii_digit).collect();
    let decimals = written.split(['.', ',']).next().unwrap_or("");
    found.help(bi!(
        "skriv hele tal uden tegn: `{thousands}` eller `{decimals}`",
        "write whole numbers without marks: `{thousands}` or `{decimals}`"
    ))
}

fn nested(span: Span, kind: &str, target: &str, links: &[String]) -> Diagnostic {
    let d = Diagnostic::new(
        Code::DataNested,
        match links.is_empty() {
            true => bi!(
                "`{kind}` er indlejret i `{target}`, men reglerne har intet led fra `{kind}` til `{target}`",
                "`{kind}` is nested in `{target}`, but the rules have no link from `{kind}` to `{target}`"
            ),
            false => bi!(
                "`{kind}` er indlejret i `{target}`, men har flere led til `{target}`",
                "`{kind}` is nested in `{target}`, but has several links to `{target}`"
            ),
        },
    )
    .at(span);
    let list = links.join("`, `");
    match links.is_empty() {
        true => d.help(bi!(
            "erklær leddet blandt oplysningerne om hver af slagsen: `{target} : {target}`",
            "declare the link among the facts of the kind: `{target} : {target}`"
        )),
        false => d.help(bi!(
            "oplys leddene hver for sig i stedet for at indlejre: `{list}`",
            "give the links one by one instead of nesting: `{list}`"
        )),
    }
}

fn mean(d: Diagnostic, nearest: Option<&String>) -> Diagnostic {
    match nearest {
        Some(near) => d.help(bi!("mente du `{near}`?", "did you mean `{near}`?")),
        None => d,
    }
}
