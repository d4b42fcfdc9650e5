//! Parts that are written larger than the total they are parts of. Those that are computed are checks of the text.

use super::LintProblem;
use super::columns::{Value, constant};
use crate::diag::Problems;
use crate::model::{ExprId, Model, Show};
use crate::value::{Number, print_number};

/// Looks at every split whose total and parts are written figures.
pub(super) fn splits(model: &Model, problems: &mut Problems) {
    for split in &model.splits {
        let parts: Option<Vec<Number>> = split.parts.iter().map(|part| figure(model, *part)).collect();
        let (Some(parts), Some(whole)) = (parts, figure(model, split.whole)) else { continue };
        let sum = parts.iter().fold(Number::zero(), |sum, part| sum.add(part));
        if sum > whole {
            let show = &model.node(split.whole).show;
            let words = |lang| (amount(&sum, show, lang), amount(&whole, show, lang));
            let problem = LintProblem::PartsExceed {
                span: split.span,
                name: split.name.clone(),
                da: words(crate::base::Lang::Da),
                en: words(crate::base::Lang::En),
            };
            problems.report(&problem);
        }
    }
}

fn figure(model: &Model, expr: ExprId) -> Option<Number> {
    match constant(model, expr)? {
        Value::Number(number) => Some(number),
        Value::Text(_) | Value::Truth(_) | Value::Date(_) | Value::Nothing => None,
    }
}

fn amount(number: &Number, show: &Show, lang: crate::base::Lang) -> String {
    let shown = number.div(&show.scale).unwrap_or_else(|| number.clone());
    format!("{} {}", print_number(&shown, lang, show.decimals, 10).text, show.words.get(lang))
        .trim_end()
        .to_owned()
}
