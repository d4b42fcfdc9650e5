//! The figures of indices: percentages for growth, plain numbers for index numbers. The two are easily mixed up, and a
//! growth of 103.5 per cent is a doubling.

use super::check::Checker;
use crate::base::{Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Edit, Report};
use crate::model::{ExprId, IndexLine, Ty};
use crate::value::{Number, print_number};

/// A figure of an index in the other of the two forms.
#[derive(Clone, Debug)]
enum IndexFigureProblem {
    /// `2024 til 2025 = 103,5`.
    BareGrowth {
        /// The figure.
        span: Span,
        /// As written, and the growth it may mean.
        written: String,
        /// The growths it may mean, in per cent.
        meant: Vec<String>,
        /// The language it is written in.
        lang: Lang,
    },
    /// `2024-2025 = 3,5 pct.`
    GrowthOfOneYear {
        /// The figure.
        span: Span,
        /// From the years to the figure.
        years: Span,
        /// The years the growth may be between.
        from: i16,
        /// The later of them.
        to: i16,
        /// The language it is written in.
        lang: Lang,
    },
}

impl Checker<'_> {
    /// The figures of indices: percentages for growth, plain numbers for index numbers.
    pub(super) fn index_figures(&mut self) {
        for id in self.model.indices.ids() {
            let (wanted, _) = self.model.indices[id].kind.figure();
            for position in 0..self.model.indices[id].lines.len() {
                let line = self.model.indices[id].lines[position].clone();
                let figures = std::iter::once(line.value).chain(line.replaced.as_ref().map(|r| r.was));
                for figure in figures {
                    self.index_figure(figure, &wanted, &line);
                }
            }
        }
    }

    fn index_figure(&mut self, figure: ExprId, wanted: &Ty, line: &IndexLine) {
        let found = self.expr(figure).0;
        let (span, lang) = (self.model.node(figure).span, self.model.lang);
        let written = self.written(figure).filter(|_| !self.percent_literal(figure));
        let problem = match (wanted, &found, written) {
            (Ty::Percent, Ty::Number, Some(value)) => IndexFigureProblem::BareGrowth {
                span,
                written: printed(&value, lang),
                meant: growths(&value).iter().map(|growth| printed(growth, lang)).collect(),
                lang,
            },
            (Ty::Number, Ty::Percent, _) => {
                let from = if line.from < line.to { line.from } else { line.from.saturating_sub(1) };
                // A what-if stands elsewhere than the line it changes.
                let years = Some(line.span).filter(|line| line.file == span.file && line.start < span.start);
                let years = years.map_or(span.before(), |line| Span { end: span.start, ..line });
                IndexFigureProblem::GrowthOfOneYear { span, years, from, to: line.to, lang }
            }
            (_, _, _) => return self.fits(figure, wanted),
        };
        self.fail(figure, &problem);
        self.model.nodes[figure].ty = Ty::Unknown;
    }
}

/// The growth that a bare number may mean, in per cent: 103.5 of 100 the year before is 3.5, as is 1.035 times.
fn growths(value: &Number) -> Vec<Number> {
    let [one, hundred] = [1, 100].map(Number::from_i64);
    let between = |low: i64, high: i64| *value >= Number::from_i64(low) && *value < Number::from_i64(high);
    if between(50, 200) {
        vec![value.sub(&hundred)]
    } else if between(1, 2) {
        vec![value.clone(), value.sub(&one).mul(&hundred)]
    } else {
        vec![value.clone()]
    }
}

fn printed(value: &Number, lang: Lang) -> String {
    print_number(value, lang, 0, 28).text
}

impl Report for IndexFigureProblem {
    fn report(&self) -> Diagnostic {
        let forms = bi!(
            "en stigning skrives `2024 til 2025 = 3,5 pct.`; et indekstal skrives `2024 = 100,0`",
            "growth is written `2024 to 2025 = 3.5 per cent`; an index number is written `2024 = 100.0`"
        );
        match self {
            IndexFigureProblem::BareGrowth { span, written, meant, lang } => {
                let message = bi!(
                    "en stigning er en procentsats, men `{written}` har ingen enhed",
                    "growth is a percentage, but `{written}` has no unit"
                );
                let found = Diagnostic::new(Code::BareForPercent, message).at(*span).help(forms);
                meant.iter().fold(found, |found, growth| {
                    let text = format!("{growth} {}", lang.pick("pct.", "per cent"));
                    let title = bi!("en stigning på {growth} pct.", "a growth of {growth} per cent");
                    found.reading(title, vec![Edit { span: *span, text }])
                })
            }
            IndexFigureProblem::GrowthOfOneYear { span, years, from, to, lang } => {
                let message = bi!(
                    "linjen er for et indekstal, men dette er en stigning i procent",
                    "the line is for an index number, but this is a growth in per cent"
                );
                let found = Diagnostic::new(Code::WrongType, message).at(*span).help(forms);
                if years.is_empty() {
                    return found;
                }
                let text = format!("{from} {} {to} = ", lang.pick("til", "to"));
                found.reading(
                    bi!("stigningen fra {from} til {to}", "the growth from {from} to {to}"),
                    vec![Edit { span: *years, text }],
                )
            }
        }
    }
}
