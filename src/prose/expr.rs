//! Values in words: `33 pct. af pulje, afrundet til nærmeste øre`.

use super::document::{Line, Piece, listed, say};
use super::truth::is_truth;
use super::voice::Voice;
use crate::syntax::ast::{AtTime, BinOp, Expr, ExprKind, Modifier, SpanUnit, Text};

impl Voice<'_> {
    /// Words a value, with what is added after commas.
    pub(super) fn value(&self, expr: &Expr) -> Line {
        let lang = self.lang;
        match &*expr.kind {
            _ if is_truth(expr) => say(
                lang.pick("ja, når {0}, og ellers nej", "yes when {0}, and otherwise no"),
                &[&self.truth(expr)],
            ),
            ExprKind::Literal(literal) => self.literal(literal),
            ExprKind::Fraction(over, under) => {
                Line::text(format!("{}/{}", self.number(over), self.number(under)))
            }
            ExprKind::Text(text) => self.quoted(&text.text),
            ExprKind::Bool(true) => Line::text(lang.pick("ja", "yes")),
            ExprKind::Bool(false) => Line::text(lang.pick("nej", "no")),
            ExprKind::Date(time) => self.time(time),
            ExprKind::Nothing => Line::text(lang.pick("ingen", "none")),
            ExprKind::Year => Line::text(lang.pick("året", "the year")),
            ExprKind::Day => Line::text(lang.pick("dagen", "the day")),
            ExprKind::Path(path) => self.path(path),
            ExprKind::Owned { owners, member } => self.owned(owners, member),
            ExprKind::Unknown(reason) => self.unknown(reason.as_ref()),
            ExprKind::CarriedOn => Line::text(lang.pick("videreført uændret", "carried on unchanged")),
            ExprKind::Former(path) => {
                say(lang.pick("den hidtidige værdi af {0}", "the former value of {0}"), &[&self.path(path)])
            }
            ExprKind::DoesNotApply(reason) => {
                let does_not = Line::text(lang.pick("gælder ikke", "does not apply"));
                self.with_reason(does_not, reason.as_ref())
            }
            ExprKind::Paren(inner) => self.value(inner),
            ExprKind::Negate(inner) => self.negated(inner),
            ExprKind::Binary { op, left, right, .. } => self.arithmetic(*op, left, right),
            ExprKind::If { condition, then, otherwise } => say(
                lang.pick("{1}, hvis {0}, og ellers {2}", "{1} if {0}, and otherwise {2}"),
                &[&self.truth(condition), &self.part(then), &self.part(otherwise)],
            ),
            ExprKind::Scaled { value, raised: true, by } => {
                self.two(lang.pick("{0} forhøjet med {1}", "{0} raised by {1}"), value, by)
            }
            ExprKind::Scaled { value, raised: false, by } => {
                self.two(lang.pick("{0} nedsat med {1}", "{0} reduced by {1}"), value, by)
            }
            ExprKind::Converted { value, level, index } => {
                self.part(value).then(" ").and(self.converted(level.0, index))
            }
            ExprKind::Adjusted { value, index } => self.part(value).then(" ").and(self.adjusted(index)),
            ExprKind::StatedIn { value, unit } => {
                let unit = Line::text(self.unit(unit, false));
                say(lang.pick("{0} opgjort i {1}", "{0} stated in {1}"), &[&self.part(value), &unit])
            }
            ExprKind::AsPercentOf { value, whole } => {
                self.two(lang.pick("{0} i procent af {1}", "{0} as a percentage of {1}"), value, whole)
            }
            ExprKind::Nominal(value) => {
                say(lang.pick("{0} nominelt", "{0} in nominal terms"), &[&self.part(value)])
            }
            ExprKind::Shared { pool, key, among } => self.shared(pool, key.as_ref(), among),
            ExprKind::At { value, time } => self.at(value, time),
            ExprKind::ForEntity { value, entity } => {
                say(lang.pick("{0} for {1}", "{0} for {1}"), &[&self.part(value), &Line::text(&entity.text)])
            }
            ExprKind::Aggregate { op, of, set, weight, largest_first } => {
                self.aggregate(*op, of.as_ref(), set, weight.as_ref(), *largest_first)
            }
            ExprKind::SumOver { of, period, .. } => {
                let years = Line::text(period.print(lang));
                say(
                    lang.pick("summen af {0} over årene {1}", "the sum of {0} over the years {1}"),
                    &[&self.part(of), &years],
                )
            }
            ExprKind::CountMet(None) => Line::text(lang.pick(
                "antallet af klausulens betingelser, der er opfyldt",
                "the number of the clause's conditions that are met",
            )),
            ExprKind::CountMet(Some(all)) => {
                let all = self.parts_listed(all, lang.pick(" og ", " and "));
                say(lang.pick("antallet af opfyldte blandt {0}", "the number met among {0}"), &[&all])
            }
            ExprKind::Extreme { largest, of } => {
                let all = self.parts_listed(of, lang.pick(" og ", " and "));
                let dates = of.iter().any(|one| self.is_date(one));
                let template = match largest {
                    true if dates => lang.pick("den seneste af dagene {0}", "the latest of the days {0}"),
                    false if dates => {
                        lang.pick("den tidligste af dagene {0}", "the earliest of the days {0}")
                    }
                    true => lang.pick("det største af {0}", "the largest of {0}"),
                    false => lang.pick("det mindste af {0}", "the smallest of {0}"),
                };
                say(template, &[&all])
            }
            ExprKind::DateSpan { unit, from, to } => self.span(*unit, from, to),
            ExprKind::Modified { .. } => self.modified(expr),
            ExprKind::Error => Line::one(Piece::Unknown(
                lang.pick("noget, der ikke kan læses", "something that cannot be read").to_owned(),
            )),
            // What holds or does not is worded above.
            ExprKind::Not(_) | ExprKind::Between { .. } | ExprKind::IsOneOf { .. } => self.truth(expr),
            ExprKind::IsNone { .. } | ExprKind::Quantified { .. } | ExprKind::AllMet => self.truth(expr),
        }
    }

    /// Words a value as part of a larger one: in parentheses where it is made of several.
    pub(super) fn part(&self, expr: &Expr) -> Line {
        let line = self.value(expr);
        if is_compound(expr) { say("({0})", &[&line]) } else { line }
    }

    fn parts_listed(&self, all: &[Expr], last: &str) -> Line {
        let all: Vec<Line> = all.iter().map(|one| self.part(one)).collect();
        listed(&all, ", ", last)
    }

    fn two(&self, template: &str, a: &Expr, b: &Expr) -> Line {
        say(template, &[&self.part(a), &self.part(b)])
    }

    /// What is not known, with the reason that the rules give.
    pub(super) fn unknown(&self, reason: Option<&Text>) -> Line {
        let word = self.lang.pick("endnu ikke kendt", "not yet known").to_owned();
        self.with_reason(Line::one(Piece::Unknown(word)), reason)
    }

    pub(super) fn with_reason(&self, line: Line, reason: Option<&Text>) -> Line {
        match reason {
            Some(reason) => line.then(" (").and(self.quoted(&reason.text)).then(")"),
            None => line,
        }
    }

    fn negated(&self, inner: &Expr) -> Line {
        match &*inner.kind {
            ExprKind::Literal(literal) => Line::text("−").and(self.literal(literal)),
            _ => Line::text("minus ").and(self.part(inner)),
        }
    }

    fn arithmetic(&self, op: BinOp, left: &Expr, right: &Expr) -> Line {
        let lang = self.lang;
        let template = match op {
            BinOp::Add => "{0} plus {1}",
            BinOp::Sub => "{0} minus {1}",
            BinOp::Mul => lang.pick("{0} gange {1}", "{0} times {1}"),
            BinOp::Div => lang.pick("{0} divideret med {1}", "{0} divided by {1}"),
            BinOp::Of => lang.pick("{0} af {1}", "{0} of {1}"),
            // What holds or does not is worded elsewhere.
            BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => "{0}, {1}",
            BinOp::Approx | BinOp::And | BinOp::Or => "{0}, {1}",
        };
        // A chain of the same sign needs no parentheses: it is read from the left, as it is computed.
        let first = match &*left.kind {
            ExprKind::Binary { op: inner, .. } if is_chain(*inner, op) => self.value(left),
            _ => self.part(left),
        };
        say(template, &[&first, &self.part(right)])
    }

    fn at(&self, value: &Expr, time: &AtTime) -> Line {
        let lang = self.lang;
        let value = self.part(value);
        match time {
            AtTime::Period(period, _) => value.then(" ").then(&self.within(*period)),
            AtTime::YearBefore(_) => value.then(lang.pick(" året før", " the year before")),
            AtTime::Day(day) => value.then(lang.pick(" ", " on ")).and(self.time(day)),
            AtTime::Computed(year) => match self.years_away(year) {
                Some(away) => value.then(" ").and(away),
                None => say(lang.pick("{0} i året {1}", "{0} in the year {1}"), &[&value, &self.part(year)]),
            },
        }
    }

    /// `år − 2` is two years before.
    fn years_away(&self, year: &Expr) -> Option<Line> {
        let ExprKind::Binary { op, left, right, .. } = &*bare(year).kind else { return None };
        let (ExprKind::Year, ExprKind::Literal(count)) = (&*left.kind, &*right.kind) else { return None };
        let template = match op {
            BinOp::Sub => self.lang.pick("{0} år før", "{0} years before"),
            BinOp::Add => self.lang.pick("{0} år efter", "{0} years after"),
            _ => return None,
        };
        Some(match (op, count.number.written.as_str()) {
            (BinOp::Sub, "1") => Line::text(self.lang.pick("året før", "the year before")),
            (BinOp::Add, "1") => Line::text(self.lang.pick("året efter", "the year after")),
            _ => say(template, &[&self.literal(count)]),
        })
    }

    fn span(&self, unit: SpanUnit, from: &Expr, to: &Expr) -> Line {
        let lang = self.lang;
        let template = match unit {
            SpanUnit::Days => {
                lang.pick("antallet af dage fra {0} til {1}", "the number of days from {0} to {1}")
            }
            SpanUnit::WholeMonths => lang.pick(
                "antallet af hele måneder fra {0} til {1}",
                "the number of whole months from {0} to {1}",
            ),
            SpanUnit::WholeYears => {
                lang.pick("antallet af hele år fra {0} til {1}", "the number of whole years from {0} to {1}")
            }
        };
        self.two(template, from, to)
    }

    /// A value with everything that follows it after commas.
    fn modified(&self, expr: &Expr) -> Line {
        let (mut inner, mut all) = (expr, Vec::new());
        while let ExprKind::Modified { value, modifier, .. } = &*inner.kind {
            all.push(modifier);
            inner = value;
        }
        let is_shared = matches!(bare(inner).kind.as_ref(), ExprKind::Shared { .. });
        let has_rest = all.iter().any(|modifier| matches!(modifier, Modifier::RestTo(_)));
        let line = match &*inner.kind {
            ExprKind::If { .. } => self.part(inner),
            _ => self.value(inner),
        };
        all.iter()
            .rev()
            .fold(line, |line, modifier| line.then(", ").and(self.modifier(modifier, is_shared && !has_rest)))
    }

    fn modifier(&self, modifier: &Modifier, keeps_sum: bool) -> Line {
        let lang = self.lang;
        match modifier {
            Modifier::Rounded(rounding) if keeps_sum => self.rounding(rounding).then(lang.pick(
                ", så delene tilsammen giver det hele (de største rester rundes op)",
                ", so that the parts add up to the whole (the largest remainders are rounded up)",
            )),
            Modifier::Rounded(rounding) => self.rounding(rounding),
            Modifier::RoundedEach(rounding) => {
                self.rounding(rounding).then(lang.pick(", hver del for sig", ", each part by itself"))
            }
            Modifier::AtMost(limit) => {
                say(lang.pick("dog højst {0}", "but at most {0}"), &[&self.part(limit)])
            }
            Modifier::AtLeast(limit) => {
                say(lang.pick("dog mindst {0}", "but at least {0}"), &[&self.part(limit)])
            }
            Modifier::Converted(level, index) => self.converted(level.0, index),
            Modifier::Adjusted(index) => self.adjusted(index),
            Modifier::RestTo(whom) => say(
                lang.pick("idet resten går til {0}", "with the remainder to {0}"),
                &[&Line::text(&whom.text)],
            ),
            Modifier::ShownIn(step) => {
                say(lang.pick("vist med nærmeste {0}", "shown to the nearest {0}"), &[&self.step(step)])
            }
            Modifier::EquallyPerYear => {
                Line::text(lang.pick("delt lige mellem årene", "divided equally between the years"))
            }
            Modifier::IfDayMissing { first_of_next: true } => Line::text(lang.pick(
                "og den 1. i næste måned, hvis måneden ikke har den dag",
                "and the 1st of the next month if the month does not have that day",
            )),
            Modifier::IfDayMissing { first_of_next: false } => Line::text(lang.pick(
                "og månedens sidste dag, hvis måneden ikke har den dag",
                "and the last day of the month if the month does not have that day",
            )),
            Modifier::IfNone(value) => {
                say(lang.pick("og {0}, hvis der ingen er", "and {0} if there are none"), &[&self.part(value)])
            }
            Modifier::IfZero(value) => say(
                lang.pick("og {0}, hvis der skulle divideres med 0", "and {0} if it would be divided by 0"),
                &[&self.part(value)],
            ),
        }
    }
}

/// An expression without its parentheses.
pub(super) fn bare(expr: &Expr) -> &Expr {
    match &*expr.kind {
        ExprKind::Paren(inner) => bare(inner),
        _ => expr,
    }
}

fn is_chain(inner: BinOp, outer: BinOp) -> bool {
    let sum = |op| matches!(op, BinOp::Add | BinOp::Sub);
    (sum(inner) && sum(outer)) || (inner == BinOp::Mul && outer == BinOp::Mul)
}

/// Tells whether the words of an expression could be taken for those around it.
fn is_compound(expr: &Expr) -> bool {
    match &*expr.kind {
        ExprKind::Paren(inner) => is_compound(inner),
        ExprKind::Binary { .. }
        | ExprKind::If { .. }
        | ExprKind::Modified { .. }
        | ExprKind::Shared { .. } => true,
        ExprKind::Scaled { .. } | ExprKind::AsPercentOf { .. } | ExprKind::SumOver { .. } => true,
        ExprKind::Aggregate { .. } | ExprKind::Extreme { .. } | ExprKind::DateSpan { .. } => true,
        ExprKind::Converted { .. } | ExprKind::Adjusted { .. } | ExprKind::StatedIn { .. } => true,
        ExprKind::Nominal(_) | ExprKind::CountMet(_) => true,
        _ => is_truth(expr),
    }
}
