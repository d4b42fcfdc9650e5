//! Lines that could be read in two ways: what each reading is, and the same line written so that it has only that one.

use crate::base::{Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit};

/// `a + b forhøjet med p`: `sum` runs to the last operand, `last` is that operand.
pub(super) fn word_after_sum(at: Span, sum: Span, last: Span) -> Diagnostic {
    let message = bi!(
        "det kan læses på to måder, hvad ordene gælder",
        "what the words apply to can be read in two ways"
    );
    Diagnostic::new(Code::WordAfterSum, message)
        .at(at)
        .label(sum, bi!("hele summen?", "the whole sum?"))
        .label(last, bi!("eller kun dette led?", "or only this part?"))
        .reading(bi!("hele summen", "the whole sum"), Edit::parentheses(sum))
        .reading(bi!("kun det sidste led", "only the last part"), Edit::parentheses(last.to(at)))
}

/// `2 × antal kommuner hvor oversøisk`.
pub(super) fn where_in_arithmetic(at: Span) -> Diagnostic {
    let message =
        bi!("det fremgår ikke, hvor betingelsen slutter", "it is not clear where the condition ends");
    Diagnostic::new(Code::WhereInArithmetic, message)
        .at(at)
        .help(bi!(
            "sæt parentes om det, der tælles eller lægges sammen, og regn videre uden for den",
            "put parentheses around what is counted or added up, and compute outside them"
        ))
        .reading(bi!("betingelsen slutter her", "the condition ends here"), Edit::parentheses(at))
}

/// `antal kommuner hvor oversøisk + 1`; `counted` runs from the count to the first operand.
pub(super) fn arithmetic_after_where(at: Span, written: &str, counted: Option<Span>) -> Diagnostic {
    let message = bi!(
        "efter `hvor` skal stå en betingelse, men her regnes",
        "a condition must follow `where`, but this computes"
    );
    let found = Diagnostic::new(Code::WhereInArithmetic, message).at(at).help(bi!(
        "hører regnestykket til betingelsen, så sammenlign det med noget: `hvor {written} > …`",
        "if the computation belongs to the condition, compare it with something: `where {written} > …`"
    ));
    of_the_count(found, counted)
}

/// `antal kommuner hvor folketal > 20 ≥ 2`; `compared` is what the second comparison would compare in the condition.
pub(super) fn comparison_after_where(
    at: Span,
    compared: &str,
    counted: Option<Span>,
    lang: Lang,
) -> Diagnostic {
    let message = bi!(
        "sammenligningen kan høre til antallet eller til betingelsen",
        "the comparison may belong to the count or to the condition"
    );
    let and = lang.pick("og", "and");
    of_the_count(Diagnostic::new(Code::WhereInArithmetic, message).at(at), counted).reading(
        bi!("den hører til betingelsen", "it belongs to the condition"),
        vec![Edit::before(at, format!("{and} {compared} "))],
    )
}

fn of_the_count(found: Diagnostic, counted: Option<Span>) -> Diagnostic {
    let title = bi!("det hører til antallet", "it belongs to the count");
    match counted {
        Some(counted) => found.reading(title, Edit::parentheses(counted)),
        None => found,
    }
}

/// `a < b < c`; `middle` is `b`.
pub(super) fn chained_comparison(at: Span, middle: &str, lang: Lang) -> Diagnostic {
    let and = lang.pick("og", "and");
    let message = bi!("to sammenligninger efter hinanden", "two comparisons in a row");
    Diagnostic::new(Code::ChainedComparison, message)
        .at(at)
        .help(bi!(
            "er begge grænser med, kan der stå `x mellem a og b`",
            "if both bounds are included, it can say `x between a and b`"
        ))
        .reading(
            bi!("begge skal gælde", "both must hold"),
            vec![Edit::before(at, format!("{and} {middle} "))],
        )
}
