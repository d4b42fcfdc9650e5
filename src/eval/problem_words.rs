//! The longer wordings of run-time findings.

use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic};
use crate::facts::{Moment, RefusedDatum};
use crate::model::{ExceptionId, Model};
use crate::syntax::{Basis, cite_all};
use crate::value::{DistributionError, Interval, Number, print_number};

pub(super) fn no_opening(span: Span, name: &str, moment: Option<Moment>) -> Diagnostic {
    let message = match moment {
        Some(moment) => {
            let (da, en) = (moment.print(Lang::Da), moment.print(Lang::En));
            bi!(
                "`{name}` bygger på sin egen tidligere værdi, men er ikke fastsat for {da}",
                "`{name}` builds on its own earlier value, but is not set for {en}"
            )
        }
        None => bi!(
            "`{name}` bygger på sin egen tidligere værdi uden at nå en begyndelse",
            "`{name}` builds on its own earlier value without reaching a start"
        ),
    };
    Diagnostic::new(Code::NoOpening, message).at(span).help(bi!(
        "fastsæt en begyndelsesværdi: `x i 2024 = …`, og lad resten gælde `fra 2025`",
        "set an opening value: `x in 2024 = …`, and let the rest hold `from 2025`"
    ))
}

pub(super) fn overlap(name: &str, first: &(Span, Interval), second: &(Span, Interval)) -> Diagnostic {
    let shared = first.1.intersect(second.1);
    let (da, en) = (shared.print(Lang::Da), shared.print(Lang::En));
    let holds = |interval: Interval| {
        let (da, en) = (interval.print(Lang::Da), interval.print(Lang::En));
        bi!("holder: {da}", "holds: {en}")
    };
    Diagnostic::new(
        Code::GivenOverlap,
        bi!("`{name}` er fastsat to gange for {da}", "`{name}` is set twice for {en}"),
    )
    .label(first.0, holds(first.1))
    .label(second.0, holds(second.1))
    .help(bi!(
        "ret den givne dato, eller lad den ene linje slutte, hvor den anden begynder: `indtil`",
        "mend the given date, or let one line end where the other begins: `until`"
    ))
}

pub(super) fn shown(number: &Number, lang: Lang) -> String {
    print_number(number, lang, 0, 6).text
}

pub(super) fn limited(span: Span, what: Bi) -> Diagnostic {
    let (da, en) = (&what.da, &what.en);
    Diagnostic::new(Code::LimitReached, bi!("grænsen er nået: {da}", "the limit is reached: {en}"))
        .at(span)
        .help(bi!(
            "ingen aftale kommer i nærheden af grænsen; se efter en skrivefejl",
            "no agreement comes near the limit; look for a slip of the pen"
        ))
}

pub(super) fn unmet(span: Span, message: &str, who: Option<&str>, moment: Moment) -> Diagnostic {
    let (m_da, m_en) = (moment.print(Lang::Da), moment.print(Lang::En));
    let (w_da, w_en) = match who {
        Some(who) => (format!(" for {who}"), format!(" for {who}")),
        None => Default::default(),
    };
    Diagnostic::new(
        Code::RequirementUnmet,
        bi!(
            "data opfylder ikke kravet \"{message}\"{w_da}, {m_da}",
            "the data does not meet the requirement \"{message}\"{w_en}, {m_en}"
        ),
    )
    .at(span)
}

/// What is wrong with it was told when the data were read; here it is why a result cannot be computed.
pub(super) fn refused(refused: &RefusedDatum) -> Diagnostic {
    let (name, da, en) = (&refused.name, &refused.place.da, &refused.place.en);
    Diagnostic::new(
        refused.code,
        bi!(
            "værdien i data for {name} kan ikke bruges; {da}",
            "the value in data for {name} cannot be used; {en}"
        ),
    )
    .at(refused.span)
}

/// An exception that is live, for words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Live {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What it cites, in words; empty where it cites nothing.
    pub basis: Bi,
}

impl Live {
    /// Describes an exception by its own citations, else by those of its clause.
    pub(super) fn of(model: &Model, id: ExceptionId) -> Live {
        let exception = &model.exceptions[id];
        let cited = match exception.basis.as_slice() {
            [] => &model.clauses[exception.clause].basis,
            own => own,
        };
        let words = |lang| cite_all(&Basis::all(cited, lang));
        let basis = Bi::new(words(Lang::Da), words(Lang::En));
        Live { name: exception.name.clone(), span: exception.span, basis }
    }

    fn words(&self) -> Bi {
        let (name, basis) = (&self.name, &self.basis);
        match basis.da.is_empty() {
            true => bi!("undtagelsen `{name}` gælder", "the exception `{name}` is live"),
            false => {
                let (da, en) = (&basis.da, &basis.en);
                bi!("undtagelsen `{name}` gælder ({da})", "the exception `{name}` is live ({en})")
            }
        }
    }
}

pub(super) fn conflict(name: &str, exceptions: &[Live]) -> Diagnostic {
    let d = Diagnostic::new(
        Code::ConflictingExceptions,
        bi!("to undtagelser giver `{name}` hver sin værdi", "two exceptions give `{name}` different values"),
    );
    let d = exceptions.iter().fold(d, |d, exception| d.label(exception.span, exception.words()));
    match exceptions {
        [Live { name: first, .. }, Live { name: second, .. }, ..] => d.help(bi!(
            "sig, hvilken der vinder: `undtagelse {first} går forud for {second}`",
            "say which one wins: `exception {first} takes precedence over {second}`"
        )),
        _ => d,
    }
}

pub(super) fn distribution(span: Span, error: &DistributionError) -> Diagnostic {
    let at = |code, message| Diagnostic::new(code, message).at(span);
    match error {
        DistributionError::NothingToShareBy => at(
            Code::ZeroKey,
            bi!(
                "nøglen er 0 for alle, men der er noget at fordele",
                "the key is 0 for all, but there is something to share"
            ),
        )
        .help(bi!(
            "ret nøglen i data, eller skriv `fordelt ligeligt`, hvis det er det, teksten siger",
            "mend the key in the data, or write `shared equally` if that is what the text says"
        )),
        DistributionError::NegativeKey { name } => {
            let message = bi!("nøglen er negativ for \"{name}\"", "the key is negative for \"{name}\"");
            at(Code::NegativeKey, message).help(bi!(
                "ret nøglen; en oplysning kan erklæres med `mindst 0`, så data afvises",
                "mend the key; a fact can be declared with `at least 0`, so that the data is refused"
            ))
        }
        DistributionError::StepNotPositive => at(
            Code::ZeroStep,
            bi!("der kan kun afrundes til noget over 0", "one can only round to something above 0"),
        ),
        DistributionError::PoolNotAMultiple { .. } => at(
            Code::PoolNotMultiple,
            bi!(
                "det, der fordeles, går ikke op i det, der afrundes til",
                "what is shared is not a multiple of what it is rounded to"
            ),
        )
        .help(bi!(
            "afrund puljen først: `(pulje, afrundet til …) fordelt efter …`",
            "round the pool first: `(pool, rounded to …) shared by …`"
        )),
        DistributionError::NoSuchRecipient { name } => at(
            Code::NoSuchRecipient,
            bi!(
                "\"{name}\", som skal have resten, er ikke blandt dem, der fordeles til",
                "\"{name}\", who is to get the rest, is not among those shared to"
            ),
        )
        .help(bi!(
            "skriv navnet, som det står i data, eller tag modtageren med",
            "write the name as it stands in the data, or include the recipient"
        )),
    }
}
