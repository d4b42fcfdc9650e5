//! Words for what can be wrong with kinds, owners and links.

use crate::base::{Span, bi};
use crate::diag::{Code, Diagnostic, Report};

/// A finding about kinds, owners, links and entities.
#[derive(Clone, Debug)]
pub enum KindProblem {
    /// An owner's word where nobody of that kind is at hand.
    NotAtHand {
        /// Where.
        span: Span,
        /// The word.
        name: String,
        /// The kind, plural.
        kind: String,
    },
    /// A kind without one link to another.
    NoLink {
        /// Where.
        span: Span,
        /// The kind.
        kind: String,
        /// The kind it should lead to.
        target: String,
        /// The links there are, where they are several.
        candidates: Vec<String>,
    },
    /// `med samme` where nobody of the kind is at hand.
    SameAsWhom {
        /// Where.
        span: Span,
        /// The kind, plural.
        kind: String,
    },
    /// A successor that does not say from when.
    SucceedsWhen {
        /// Where.
        span: Span,
    },
    /// An entity that succeeds itself.
    SucceedsItself {
        /// Where.
        span: Span,
    },
    /// A rank that does not say from which end.
    RankOrder {
        /// Where.
        span: Span,
    },
}

impl Report for KindProblem {
    fn report(&self) -> Diagnostic {
        match self {
        KindProblem::NotAtHand { span, name, kind } => Diagnostic::new(
            Code::NotAtHand,
            bi!("det er ikke sagt, hvem `{name}` er her", "it is not said who `{name}` is here"),
        )
        .at(*span)
        .help(bi!(
            "skriv linjen i en klausul for hver af dem, giv dem et led hertil, regn over `alle {kind}`, eller skriv \
             `… for \"navn\"`",
            "write the line in a clause for each of them, give a link to them, compute over `all {kind}`, or write \
             `… for \"name\"`"
        )),
        KindProblem::NoLink { span, kind, target, candidates } => no_link(*span, kind, target, candidates),
        KindProblem::SameAsWhom { span, kind } => Diagnostic::new(
            Code::SameAsWhom,
            bi!("det er ikke sagt, hvem det er det samme som", "it is not said whom it is the same as"),
        )
        .at(*span)
        .help(bi!(
            "`med samme` sammenligner med den, klausulen er for: skriv den `for hver` af `{kind}`, eller skriv `hvor …`",
            "`with the same` compares with the one the clause is for: write it `for each` of `{kind}`, or write \
             `where …`"
        )),
        KindProblem::SucceedsWhen { span } => Diagnostic::new(
            Code::Succession,
            bi!("det er ikke sagt, fra hvornår der afløses", "it is not said from when it succeeds"),
        )
        .at(*span)
        .help(bi!(
            "skriv også `findes fra …`; de afløste findes til og med dagen før",
            "write `exists from …` too; those succeeded exist through the day before"
        )),
        KindProblem::SucceedsItself { span } => Diagnostic::new(
            Code::Succession,
            bi!("ingen kan afløse sig selv", "nobody can succeed themselves"),
        )
        .at(*span)
        .help(bi!("nævn kun dem, der ophører", "name only those that end")),
        KindProblem::RankOrder { span } => Diagnostic::new(
            Code::RankOrder,
            bi!("det er ikke sagt, hvem der er nummer 1", "it is not said who is number 1"),
        )
        .at(*span)
        .help(bi!(
            "skriv `, størst først` eller `, mindst først` efter rangen",
            "write `, largest first` or `, smallest first` after the rank"
        )),
        }
    }
}

/// Words a name that both the iterated one and the outer one have.
pub(super) fn both_have(span: Span, name: &str, offers: &[String]) -> Diagnostic {
    let d = Diagnostic::new(
        Code::BothHave,
        bi!("`{name}` kan være den enes eller den andens", "`{name}` can be the one's or the other's"),
    )
    .at(span)
    .help(bi!("skriv, hvem det hører til", "write whose it is"));
    offers.iter().fold(d, |d, offer| d.suggestion(bi!("er det `{offer}`", "if it is `{offer}`"), span, offer))
}

fn no_link(span: Span, kind: &str, target: &str, candidates: &[String]) -> Diagnostic {
    let d = Diagnostic::new(
        Code::NoLink,
        match candidates.is_empty() {
            true => bi!("`{kind}` har intet led til `{target}`", "`{kind}` has no link to `{target}`"),
            false => bi!("`{kind}` har flere led til `{target}`", "`{kind}` has several links to `{target}`"),
        },
    )
    .at(span);
    let list = candidates.join("`, `");
    match candidates.is_empty() {
        true => d.help(bi!(
            "giv dem et led: en oplysning af slagsen, `{target} : {target}`",
            "give them a link: a fact of the kind, `{target} : {target}`"
        )),
        false => d.help(bi!(
            "sig hvilket i en betingelse; der er `{list}`: `hvor … = {target}`",
            "say which in a condition; there are `{list}`: `where … = {target}`"
        )),
    }
}
