//! What is said of norms that cannot be meant as they stand.

use super::conflicts::Side;
use crate::base::{Bi, bi};
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
}

impl Report for NormProblem {
    fn report(&self) -> Diagnostic {
        match self {
            NormProblem::Conflict { name, first, second, witness, test } => {
                conflict(name, (first, second), witness, test.as_deref())
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
