//! What is said of things that nobody uses and of what can never come about.

use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Report};
use crate::value::Interval;

/// A warning about something that has no effect.
#[derive(Clone, Debug)]
pub enum UsageProblem {
    /// A fact that no rule reads.
    Fact {
        /// Where it is declared.
        span: Span,
        /// Its name.
        name: String,
        /// Whether each entity of a kind has one.
        of_kind: bool,
    },
    /// A name local to an exception that nothing reads.
    Local {
        /// Where it is defined.
        span: Span,
        /// Its name.
        name: String,
        /// The exception.
        exception: String,
        /// The nearest of the clause's own names.
        nearest: Option<String>,
    },
    /// A single reading that states nothing.
    OnlyReading {
        /// The reading.
        span: Span,
        /// Its name.
        name: String,
    },
    /// Two readings that state nothing, and so are the same.
    SameReadings {
        /// The first, with its name.
        first: (Span, String),
        /// The second.
        second: (Span, String),
    },
    /// A clause that states nothing.
    EmptyClause {
        /// The clause's name.
        span: Span,
        /// The same in words.
        name: String,
    },
    /// An exception that changes nothing.
    EmptyException {
        /// The exception's name.
        span: Span,
        /// The same in words.
        name: String,
    },
    /// An exception whose time lies outside that of its clause or of the exception around it.
    OutsideTime {
        /// The exception's name.
        span: Span,
        /// The same in words.
        name: String,
        /// When it would hold.
        own: Interval,
        /// When its clause, or the exception around it, does.
        around: Interval,
    },
    /// An exception that holds at no time of its agreement.
    OutsideAgreement {
        /// The exception's name.
        span: Span,
        /// The same in words.
        name: String,
        /// When it holds.
        own: Interval,
        /// The agreement's period.
        agreed: Interval,
    },
    /// An exception whose condition is never met.
    NeverMet {
        /// The condition.
        span: Span,
        /// The exception's name.
        name: String,
        /// When what it states holds, where it is met at other times.
        time: Option<Interval>,
    },
    /// An exception whose condition is never met where those around it are live.
    NeverWithin {
        /// The condition.
        span: Span,
        /// The exception's name.
        name: String,
        /// The conditions of those around it.
        outer: Vec<Span>,
    },
    /// An exception that yields to another whenever it is live.
    SetAside {
        /// The exception's name.
        span: Span,
        /// The same in words.
        name: String,
        /// Those that go before it.
        by: Vec<(Span, String)>,
    },
    /// `ellers` where the other lines or rows leave nothing.
    IdleOtherwise {
        /// The line or row.
        span: Span,
        /// Whether it is a row of a table.
        row: bool,
    },
}

impl Report for UsageProblem {
    fn report(&self) -> Diagnostic {
        match self {
            UsageProblem::Fact { span, name, of_kind } => fact(*span, name, *of_kind),
            UsageProblem::Local { span, name, exception, nearest } => {
                local(*span, name, exception, nearest.as_ref())
            }
            UsageProblem::OnlyReading { span, name } => only_reading(*span, name),
            UsageProblem::SameReadings { first, second } => same_readings(first, second),
            UsageProblem::EmptyClause { span, name } => empty_clause(*span, name),
            UsageProblem::EmptyException { span, name } => empty_exception(*span, name),
            UsageProblem::OutsideTime { span, name, own, around } => outside_time(*span, name, *own, *around),
            UsageProblem::OutsideAgreement { span, name, own, agreed } => {
                outside_agreement(*span, name, *own, *agreed)
            }
            UsageProblem::NeverMet { span, name, time } => never_met(*span, name, *time),
            UsageProblem::NeverWithin { span, name, outer } => never_within(*span, name, outer),
            UsageProblem::SetAside { span, name, by } => set_aside(*span, name, by),
            UsageProblem::IdleOtherwise { span, row } => idle_otherwise(*span, *row),
        }
    }
}

fn fact(span: Span, name: &str, of_kind: bool) -> Diagnostic {
    let found = Diagnostic::new(
        Code::UnusedFact,
        bi!("ingen regel bruger oplysningen `{name}`", "no rule uses the fact `{name}`"),
    );
    let advice = match of_kind {
        true => bi!(
            "slet linjen, eller brug navnet i en klausul; data om den har ingen betydning for noget resultat",
            "delete the line, or use the name in a clause; data about it make no difference to any result"
        ),
        false => bi!(
            "slet linjen, eller brug navnet i en definition, en betingelse eller et krav",
            "delete the line, or use the name in a definition, a condition or a requirement"
        ),
    };
    found.at(span).help(advice)
}

fn local(span: Span, name: &str, exception: &str, nearest: Option<&String>) -> Diagnostic {
    let found = Diagnostic::new(
        Code::UnusedLocal,
        bi!(
            "`{name}` findes kun inde i undtagelsen `{exception}`, og intet dér bruger det",
            "`{name}` exists only inside the exception `{exception}`, and nothing there uses it"
        ),
    )
    .at(span)
    .help(bi!(
        "er det et af klausulens navne, der skal erstattes, så ret det; ellers slet linjen",
        "if it is one of the clause's names that is to be replaced, correct it; else delete the line"
    ));
    nearest.into_iter().fold(found, |found, near| {
        found.suggestion(bi!("mente du `{near}`?", "did you mean `{near}`?"), span, near)
    })
}

fn only_reading(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::IdleReading,
        bi!(
            "læsningen `{name}` er den eneste og fastsætter intet, så der er intet at vælge",
            "the reading `{name}` is the only one and states nothing, so there is nothing to choose"
        ),
    )
    .at(span)
    .help(bi!(
        "skriv, hvad en anden læsning ville fastsætte, eller nøjes med `antagelse` og dens tekst",
        "write what another reading would state, or let `assumption` and its text be enough"
    ))
}

fn same_readings(first: &(Span, String), second: &(Span, String)) -> Diagnostic {
    let (one, other) = (&first.1, &second.1);
    Diagnostic::new(
        Code::IdleReading,
        bi!(
            "læsningerne `{one}` og `{other}` fastsætter intet, så de giver det samme",
            "the readings `{one}` and `{other}` state nothing, so they come to the same"
        ),
    )
    .label(second.0, bi!("denne", "this one"))
    .label(first.0, bi!("og denne", "and this one"))
    .help(bi!(
        "højst én læsning kan være teksten, som den står; skriv under den anden, hvad den fastsætter",
        "at most one reading can be the text as it stands; write below the other what it states"
    ))
}

fn empty_clause(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::EmptyClause,
        bi!("klausulen `{name}` fastsætter intet", "the clause `{name}` states nothing"),
    )
    .at(span)
    .help(bi!(
        "er der intet at regne på i stedet, så skriv `baggrund {name} \"…\"` eller `vurdering {name} \"…\"`",
        "if the passage holds nothing to compute, write `background {name} \"…\"` or `judgement {name} \"…\"`"
    ))
}

fn empty_exception(span: Span, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::EmptyClause,
        bi!("undtagelsen `{name}` ændrer intet", "the exception `{name}` changes nothing"),
    )
    .at(span)
    .help(bi!(
        "skriv under den, hvad den sætter i stedet, eller `… gælder ikke`",
        "write below it what it puts in place, or `… does not apply`"
    ))
}

fn outside_time(span: Span, name: &str, own: Interval, around: Interval) -> Diagnostic {
    let words = |lang: Lang| (own.print(lang), around.print(lang));
    let ((da, da_around), (en, en_around)) = (words(Lang::Da), words(Lang::En));
    Diagnostic::new(
        Code::NeverLive,
        bi!(
            "undtagelsen `{name}` kan aldrig gælde: dens tid er {da}, men det, den står i, gælder {da_around}",
            "the exception `{name}` can never hold: its time is {en}, but what it stands in holds {en_around}"
        ),
    )
    .at(span)
    .help(bi!("ret tiden, eller slet undtagelsen", "correct the time, or delete the exception"))
}

fn outside_agreement(span: Span, name: &str, own: Interval, agreed: Interval) -> Diagnostic {
    let words = |lang: Lang| (own.print(lang), agreed.print(lang));
    let ((da, da_agreed), (en, en_agreed)) = (words(Lang::Da), words(Lang::En));
    Diagnostic::new(
        Code::OutsideAgreement,
        bi!(
            "undtagelsen `{name}` gælder kun {da}, uden for aftalens periode {da_agreed}",
            "the exception `{name}` holds only {en}, outside the agreement's period {en_agreed}"
        ),
    )
    .at(span)
    .help(bi!(
        "ret undtagelsens tid eller aftalens periode; gælder klausulen længere end aftalen, så skriv det med `gælder`",
        "correct the exception's time or the agreement's period; if the clause holds longer, say so with `in force`"
    ))
}

fn never_met(span: Span, name: &str, time: Option<Interval>) -> Diagnostic {
    if let Some(time) = time {
        let (da, en) = (time.print(Lang::Da), time.print(Lang::En));
        return Diagnostic::new(
            Code::NeverLive,
            bi!(
                "undtagelsen `{name}` kan aldrig gælde: det, den siger, gælder {da}, og da er dens betingelse ikke opfyldt for nogen værdi",
                "the exception `{name}` can never hold: what it says holds {en}, and no value meets its condition then"
            ),
        )
        .at(span)
        .help(bi!(
            "ret betingelsen, eller skriv den tid, linjerne i undtagelsen gælder",
            "correct the condition, or write the time in which the lines of the exception hold"
        ));
    }
    Diagnostic::new(
        Code::NeverLive,
        bi!(
            "undtagelsen `{name}` kan aldrig gælde: dens betingelse er ikke opfyldt for nogen værdi",
            "the exception `{name}` can never hold: no value meets its condition"
        ),
    )
    .at(span)
    .help(bi!(
        "ret betingelsen eller det, der er sagt om, hvad værdierne kan være",
        "correct the condition, or what is said of what the values can be"
    ))
}

fn never_within(span: Span, name: &str, outer: &[Span]) -> Diagnostic {
    let found = Diagnostic::new(
        Code::NeverLive,
        bi!(
            "undtagelsen `{name}` kan aldrig gælde: dens betingelse er aldrig opfyldt, når den, den står i, gælder",
            "the exception `{name}` can never hold: its condition is never met when the one it stands in is live"
        ),
    );
    let around = outer.iter().fold(found.at(span), |found, place| {
        found.label(*place, bi!("den gælder, når dette er opfyldt", "that one is live when this is met"))
    });
    around.help(bi!(
        "ret en af betingelserne, eller flyt undtagelsen ud",
        "correct one of the conditions, or move the exception out"
    ))
}

fn set_aside(span: Span, name: &str, by: &[(Span, String)]) -> Diagnostic {
    let found = Diagnostic::new(
        Code::NeverLive,
        bi!(
            "undtagelsen `{name}` får aldrig virkning: hver gang den gælder, gælder også en, der går forud for den",
            "the exception `{name}` never takes effect: whenever it is live, one that goes before it is live as well"
        ),
    );
    let with = by.iter().fold(found.at(span), |found, (place, other)| {
        found.label(*place, bi!("`{other}` går forud for den", "`{other}` goes before it"))
    });
    with.help(bi!(
        "ret betingelserne eller forrangen, eller slet undtagelsen",
        "correct the conditions or the precedence, or delete the exception"
    ))
}

fn idle_otherwise(span: Span, row: bool) -> Diagnostic {
    let message: Bi = match row {
        true => bi!(
            "rækken `ellers` dækker intet: de andre rækker passer på alt, hvad der kan være",
            "the row `otherwise` covers nothing: the other rows fit all there can be"
        ),
        false => bi!(
            "linjen med `ellers` dækker intet: de andre linjer gælder til alle tider",
            "the line with `otherwise` covers nothing: the other lines hold at all times"
        ),
    };
    Diagnostic::new(Code::IdleOtherwise, message).at(span).help(bi!(
        "slet den, eller se efter en grænse, der er skrevet forkert",
        "delete it, or look for a bound that is written wrongly"
    ))
}
