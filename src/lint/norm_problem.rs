//! What is said of norms that cannot be meant as they stand.

use super::conflicts::Side;
use crate::base::{Bi, Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// Something about norms that is certain from the text.
#[derive(Clone, Debug)]
pub enum NormProblem {
    /// Two exceptions that can be live together, with different values.
    Conflict {
        /// What both of them replace.
        name: String,
        /// The first exception.
        first: Box<Side>,
        /// The second.
        second: Box<Side>,
        /// Values for which both are live.
        witness: Bi,
        /// A test that shows it, where one can.
        test: Option<String>,
    },
    /// A condition that is never met.
    NeverTrue {
        /// The condition.
        span: Span,
        /// Its name, where it has one.
        name: Option<String>,
        /// The exception that states it, whose own condition is met where it is read.
        within: Option<String>,
        /// Where grants are conditional on it, and whether on nothing else.
        grants: Vec<(Span, bool)>,
    },
    /// A condition that is always met.
    AlwaysTrue {
        /// The condition.
        span: Span,
        /// Its name, where it has one.
        name: Option<String>,
        /// The exception that states it, whose own condition is met where it is read.
        within: Option<String>,
        /// Where grants are conditional on it, and whether on nothing else.
        grants: Vec<(Span, bool)>,
    },
    /// An exception whose condition is always met.
    AlwaysExcepted {
        /// The condition.
        span: Span,
        /// The exception.
        name: String,
    },
    /// A chosen reading that states what already stands.
    Restates {
        /// The reading's name.
        span: Span,
        /// The same in words.
        name: String,
        /// Where it already stands.
        stands: Vec<Span>,
    },
    /// A selection that takes nobody, or everybody.
    Selects {
        /// The condition of the selection.
        span: Span,
        /// Whether it takes everybody.
        everybody: bool,
    },
    /// A branch of a choice that is never taken.
    DeadBranch {
        /// The branch.
        span: Span,
        /// The condition that it depends on.
        cause: Span,
        /// Whether it stands after `så`, for when the condition is met.
        chosen: bool,
    },
    /// A grant whose conditions are never met together.
    NeverPaid {
        /// The grant.
        span: Span,
        /// Its name.
        name: String,
        /// Those of its conditions that cannot be met together, where it stands.
        causes: Vec<Span>,
        /// What must be met, or not be, where it stands, and rules them out.
        around: Vec<(Span, bool)>,
    },
    /// A grant whose conditions are always met.
    NeverLapses {
        /// The grant.
        span: Span,
        /// Its name.
        name: String,
        /// Its conditions.
        causes: Vec<Span>,
        /// What must be met, or not be, where it stands, and brings them about.
        around: Vec<(Span, bool)>,
    },
}

impl Report for NormProblem {
    fn report(&self) -> Diagnostic {
        match self {
            NormProblem::Conflict { name, first, second, witness, test } => {
                conflict(name, (first, second), witness, test.as_deref())
            }
            NormProblem::NeverTrue { span, name, within, grants } => {
                never_true(*span, (name.as_deref(), within.as_deref()), grants)
            }
            NormProblem::AlwaysTrue { span, name, within, grants } => {
                always_true(*span, (name.as_deref(), within.as_deref()), grants)
            }
            NormProblem::AlwaysExcepted { span, name } => always_excepted(*span, name),
            NormProblem::Restates { span, name, stands } => restates(*span, name, stands),
            NormProblem::Selects { span, everybody } => selects(*span, *everybody),
            NormProblem::DeadBranch { span, cause, chosen } => dead_branch(*span, *cause, *chosen),
            NormProblem::NeverPaid { span, name, causes, around } => {
                never_paid(*span, name, (causes, around))
            }
            NormProblem::NeverLapses { span, name, causes, around } => {
                never_lapses(*span, name, (causes, around))
            }
        }
    }
}

fn conflict(name: &str, (first, second): (&Side, &Side), witness: &Bi, test: Option<&str>) -> Diagnostic {
    let (one, other) = (&first.name, &second.name);
    let (da, en) = (&witness.da, &witness.en);
    let found = Diagnostic::new(
        Code::LiveTogether,
        bi!(
            "undtagelserne `{one}` og `{other}` gælder begge, når {da}, og giver hver sin værdi for `{name}`",
            "the exceptions `{one}` and `{other}` are both live when {en}, and give different values for `{name}`"
        ),
    )
    .label(second.line, gives(second))
    .label(first.line, gives(first))
    .help(bi!(
        "følger det af aftalen, hvilken der vinder, så skriv `undtagelse {one} går forud for {other}` eller omvendt; ellers lad deres betingelser udelukke hinanden",
        "if the agreement says which one wins, write `exception {one} takes precedence over {other}` or the reverse; else let their conditions exclude each other"
    ));
    match test {
        None => found,
        Some(test) => found.help(bi!(
            "denne prøve viser det; når reglerne er rettet, skal det rigtige svar stå der i stedet for fejlen\n{test}",
            "this test shows it; when the rules are mended, the right answer belongs there instead of the error\n{test}"
        )),
    }
}

/// `overgang` giver 20 pct. (ØA25 boks 1)
fn gives(side: &Side) -> Bi {
    let name = &side.name;
    let said = match &side.value {
        Some(value) => {
            let (da, en) = (&value.da, &value.en);
            bi!("`{name}` giver {da}", "`{name}` gives {en}")
        }
        None => bi!("`{name}` lader det ikke gælde", "`{name}` lets it not apply"),
    };
    match &side.cited {
        Some(basis) => {
            Bi { da: format!("{} ({})", said.da, basis.da), en: format!("{} ({})", said.en, basis.en) }
        }
        None => said,
    }
}

fn within_the_declared() -> Bi {
    bi!(
        "ret betingelsen eller det, der er erklæret om, hvad værdierne kan være",
        "correct the condition, or what is declared of what the values can be"
    )
}

fn called(name: Option<&str>) -> Bi {
    match name {
        Some(name) => bi!("betingelsen `{name}`", "the condition `{name}`"),
        None => bi!("betingelsen", "the condition"),
    }
}

/// Says in which exception something is so.
fn whenever(within: Option<&str>) -> Bi {
    match within {
        Some(name) => {
            bi!(" her, hvor undtagelsen `{name}` gælder", " here, where the exception `{name}` holds")
        }
        None => Bi::same(""),
    }
}

fn never_true(
    span: Span,
    (name, within): (Option<&str>, Option<&str>),
    grants: &[(Span, bool)],
) -> Diagnostic {
    let (Bi { da, en }, when) = (called(name), whenever(within));
    let (when_da, when_en) = (when.da, when.en);
    let found = Diagnostic::new(
        Code::NeverTrue,
        bi!(
            "{da} er aldrig opfyldt{when_da}, hvad der end oplyses inden for det erklærede",
            "{en} is never met{when_en}, whatever is given within what is declared"
        ),
    );
    let with = grants.iter().fold(found.at(span), |found, (grant, _)| {
        found.label(*grant, bi!("så dette tilskud udbetales aldrig", "so this grant is never paid"))
    });
    with.help(within_the_declared())
}

fn always_true(
    span: Span,
    (name, within): (Option<&str>, Option<&str>),
    grants: &[(Span, bool)],
) -> Diagnostic {
    let (Bi { da, en }, when) = (called(name), whenever(within));
    let (when_da, when_en) = (when.da, when.en);
    let found = Diagnostic::new(
        Code::AlwaysTrue,
        bi!(
            "{da} er altid opfyldt{when_da}, hvad der end oplyses inden for det erklærede",
            "{en} is always met{when_en}, whatever is given within what is declared"
        ),
    );
    let with = grants.iter().fold(found.at(span), |found, (grant, alone)| {
        let said = match alone {
            true => bi!("så dette tilskud bortfalder aldrig", "so this grant never lapses"),
            false => bi!("så den ændrer intet for dette tilskud", "so it changes nothing for this grant"),
        };
        found.label(*grant, said)
    });
    with.help(within_the_declared())
}

fn always_excepted(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::AlwaysTrue,
        bi!(
            "undtagelsen `{name}` gælder, hvad der end oplyses, så det, den erstatter, gælder aldrig i dens tid",
            "the exception `{name}` is live whatever is given, so what it replaces never holds in its time"
        ),
    )
    .at(span)
    .help(within_the_declared())
}

fn restates(span: Span, name: &str, stands: &[Span]) -> Diagnostic {
    let found = Diagnostic::new(
        Code::RestatingReading,
        bi!(
            "læsningen `{name}` fastsætter det, der allerede står, så valget af den ændrer intet",
            "the reading `{name}` states what already stands, so choosing it changes nothing"
        ),
    );
    let with = stands
        .iter()
        .fold(found.at(span), |found, place| found.label(*place, bi!("det står her", "it stands here")));
    with.help(bi!(
        "er det teksten, som den står, så lad læsningen være tom; ellers ret det, den fastsætter",
        "if it is the text as it stands, let the reading be empty; else correct what it states"
    ))
}

fn selects(span: Span, everybody: bool) -> Diagnostic {
    let (code, message) = match everybody {
        true => (
            Code::AlwaysTrue,
            bi!(
                "betingelsen efter `hvor` er altid opfyldt, så den udvælger alle",
                "the condition after `where` is always met, so it selects everyone"
            ),
        ),
        false => (
            Code::NeverTrue,
            bi!(
                "betingelsen efter `hvor` er aldrig opfyldt, så den udvælger ingen",
                "the condition after `where` is never met, so it selects nobody"
            ),
        ),
    };
    Diagnostic::new(code, message).at(span).help(within_the_declared())
}

fn dead_branch(span: Span, cause: Span, chosen: bool) -> Diagnostic {
    let why = match chosen {
        true => bi!("her er betingelsen aldrig opfyldt", "here the condition is never met"),
        false => bi!("her er betingelsen altid opfyldt", "here the condition is always met"),
    };
    Diagnostic::new(
        Code::DeadBranch,
        bi!("denne gren nås aldrig, hvad der end oplyses", "this branch is never reached, whatever is given"),
    )
    .at(span)
    .label(cause, why)
    .help(bi!(
        "ret betingelsen, eller slet grenen; også det, der er afgjort før den, og det, der er erklæret, tæller med",
        "correct the condition, or delete the branch; what is decided before it and what is declared count as well"
    ))
}

fn conditions(found: Diagnostic, causes: &[Span], around: &[(Span, bool)]) -> Diagnostic {
    let found = causes.iter().fold(found, |found, cause| {
        found.label(*cause, bi!("en af dets betingelser", "one of its conditions"))
    });
    around.iter().fold(found, |found, (place, met)| {
        let said = match met {
            true => bi!("tilskuddet står, hvor dette er opfyldt", "the grant stands where this is met"),
            false => {
                bi!("tilskuddet står, hvor dette ikke er opfyldt", "the grant stands where this is not met")
            }
        };
        found.label(*place, said)
    })
}

fn never_paid(span: Span, name: &str, (causes, around): (&[Span], &[(Span, bool)])) -> Diagnostic {
    let message = match around {
        [] => bi!(
            "tilskuddet `{name}` kan aldrig udbetales: dets betingelser er aldrig opfyldt samtidig",
            "the grant `{name}` can never be paid: its conditions are never met together"
        ),
        _ => bi!(
            "tilskuddet `{name}` kan aldrig udbetales her: dets betingelser er aldrig opfyldt dér, hvor det står",
            "the grant `{name}` can never be paid here: its conditions are never met where it stands"
        ),
    };
    let found = conditions(Diagnostic::new(Code::NeverPaid, message).at(span), causes, around);
    found.help(match around {
        [] => bi!(
            "ret en af betingelserne; skal kun én af dem være opfyldt, så skriv dem som én betingelse med `eller`",
            "correct one of the conditions; if only one of them need be met, write them as one condition with `or`"
        ),
        _ => bi!(
            "ret en af betingelserne, eller det, som tilskuddet står i",
            "correct one of the conditions, or what the grant stands in"
        ),
    })
}

fn never_lapses(span: Span, name: &str, (causes, around): (&[Span], &[(Span, bool)])) -> Diagnostic {
    let message = match around {
        [] => bi!(
            "tilskuddet `{name}` kan aldrig bortfalde: dets betingelser er altid opfyldt",
            "the grant `{name}` can never lapse: its conditions are always met"
        ),
        _ => bi!(
            "tilskuddet `{name}` kan aldrig bortfalde her: dets betingelser er altid opfyldt dér, hvor det står",
            "the grant `{name}` can never lapse here: its conditions are always met where it stands"
        ),
    };
    let found = conditions(Diagnostic::new(Code::NeverLapses, message).at(span), causes, around);
    found.help(match around {
        [] => within_the_declared(),
        _ => bi!(
            "slet de betingelser, der altid er opfyldt her, eller ret det, som tilskuddet står i",
            "delete the conditions that are always met here, or correct what the grant stands in"
        ),
    })
}
