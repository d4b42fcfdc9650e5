//! Conditions in words, with the figures behind them: `1,29 er under 1,31 (2024)`.

use super::teller::{Around, Teller, glued};
use crate::eval::{Outcome, StepId};
use crate::facts::Datum;
use crate::model::{Compare, DefKind, ExprId, NodeKind, Show, Ty};
use crate::value::{Number, print_number};

/// Units longer than this are said once in a comparison.
const LONG_UNIT: usize = 8;

/// A number that has no end is shown with at most this many decimals to tell it from a limit.
const MOST_DECIMALS: u32 = 28;

impl Teller<'_> {
    /// Words what a condition came to, with the values it was decided by.
    pub(super) fn judged(&self, step: StepId, around: Around) -> String {
        let step = self.settled(step);
        let Some(expr) = self.expr_of(step) else { return self.state_of(step, around) };
        let truth = self.trace.outcome(step).as_truth();
        match &self.words.model.node(expr).kind {
            NodeKind::Compare(op, _, _) => self.compared(step, *op, truth, around),
            NodeKind::Approx(..) => self.approximate(step, truth, around),
            NodeKind::And(all) | NodeKind::Or(all) => {
                let count = all.len();
                let parts: Vec<StepId> = (0..count).filter_map(|index| self.input(step, index)).collect();
                // Where the others decide, one that is not known is no reason.
                let open = |part: &StepId| matches!(self.trace.outcome(*part), Outcome::Unknown(_));
                let settled = truth.is_some() && !parts.iter().all(open);
                let parts = parts.into_iter().filter(|part| !(settled && open(part)));
                parts.map(|part| self.judged(part, around)).collect::<Vec<_>>().join("; ")
            }
            NodeKind::Not(_) | NodeKind::Restated(_) | NodeKind::ForEntity(..) | NodeKind::At(..) => {
                match self.input(step, 0).filter(|input| self.trace.step(*input).at.moment == around.moment) {
                    Some(inner) => self.judged(inner, around),
                    None => self.state_of(step, around),
                }
            }
            NodeKind::Between(..) => self.between(step, truth, around),
            NodeKind::IsOneOf(_, all) => self.one_of(step, all.len(), truth, around),
            NodeKind::IsNone(..) => {
                let subject = self.input(step, 0).map(|input| self.subject(input, around));
                let is_none = self.input(step, 0).map(|input| self.trace.outcome(input).datum());
                let none = matches!(is_none, Some(Some(Datum::Nothing)));
                let lang = self.words.lang;
                let verb = match none {
                    true => lang.pick("er ingen", "is none"),
                    false => lang.pick("er oplyst", "is given"),
                };
                format!("{} {verb}", subject.unwrap_or_default())
            }
            NodeKind::Def(_) | NodeKind::Fact(_) | NodeKind::Of { .. } => self.state_of(step, around),
            NodeKind::Entity(..) | NodeKind::Rank { .. } => self.leaf(step, around),
            NodeKind::Former(..) | NodeKind::FormerFact(..) | NodeKind::FormerCell(..) => {
                self.state_of(step, around)
            }
            NodeKind::Quantified { .. } | NodeKind::AllMet(_) | NodeKind::If(..) => {
                format!("{}: {}", self.names(expr, around), self.state_word(step))
            }
            NodeKind::Bool(_) => self.state_word(step),
            NodeKind::Figure { .. } | NodeKind::Text(_) | NodeKind::Date(_) | NodeKind::Nothing => {
                self.leaf(step, around)
            }
            NodeKind::Year | NodeKind::Day | NodeKind::Unknown(_) | NodeKind::DoesNotApply(_) => {
                self.leaf(step, around)
            }
            NodeKind::Invalid | NodeKind::Negate(_) | NodeKind::Arith(..) | NodeKind::Scaled(..) => {
                self.leaf(step, around)
            }
            NodeKind::AsPercentOf(..) | NodeKind::Nominal(_) | NodeKind::Share(_) => self.leaf(step, around),
            NodeKind::Converted { .. } => self.leaf(step, around),
            NodeKind::DateSpan(..) | NodeKind::Shift { .. } => self.leaf(step, around),
            NodeKind::CarriedOn(_) | NodeKind::PerYear(..) | NodeKind::Duty(_) => self.leaf(step, around),
            NodeKind::Aggregate { .. } | NodeKind::SumOver(..) | NodeKind::CountMet(_) => {
                self.leaf(step, around)
            }
            NodeKind::Extreme(..) | NodeKind::Round(..) | NodeKind::Limit(..) | NodeKind::DivideOr(..) => {
                self.leaf(step, around)
            }
            NodeKind::EachRound(..) | NodeKind::Rest(..) => self.leaf(step, around),
            NodeKind::Cell(_) | NodeKind::IndexFigure(..) => self.leaf(step, around),
            NodeKind::Lookup { .. } | NodeKind::Scale { .. } | NodeKind::Grant { .. } => {
                self.leaf(step, around)
            }
        }
    }

    /// `færre_forløb er opfyldt`.
    fn state_of(&self, step: StepId, around: Around) -> String {
        format!(
            "{} {} {}",
            self.subject(step, around),
            self.words.lang.pick("er", "is"),
            self.state_word(step)
        )
    }

    fn state_word(&self, step: StepId) -> String {
        let inner = self.source_of(step);
        let condition = match self.trace.step(inner).what {
            crate::eval::What::Def(def) => self.words.model.defs[def].kind == DefKind::Condition,
            crate::eval::What::Expr(_) => false,
        };
        let lang = self.words.lang;
        let word = match (condition, self.trace.outcome(step).as_truth()) {
            (true, Some(true)) => lang.pick("opfyldt", "met"),
            (true, Some(false)) => lang.pick("ikke opfyldt", "not met"),
            (_, _) => return self.plain_state(step),
        };
        word.to_owned()
    }

    fn plain_state(&self, step: StepId) -> String {
        let (ty, show) = self.typed(step);
        match self.trace.outcome(step) {
            Outcome::Value(value) => self.words.datum(&value.datum, ty, show),
            Outcome::Unknown(_) => self.words.lang.pick("ukendt", "unknown").to_owned(),
            Outcome::DoesNotApply(_) => self.words.lang.pick("ikke gældende", "not in force").to_owned(),
            Outcome::Error(_) => self.words.lang.pick("fejlbehæftet", "in error").to_owned(),
        }
    }

    /// The name of what a condition is about, with whom and when.
    fn subject(&self, step: StepId, around: Around) -> String {
        let inner = self.source_of(step);
        let name = match (self.trace.step(inner).what, self.expr_of(step)) {
            (crate::eval::What::Def(def), _) => self.def_seen_from(def, around),
            (crate::eval::What::Expr(expr), _) => self.names(expr, around),
        };
        let aside = self.aside(step, around);
        if aside.is_empty() { name } else { format!("{name} ({})", aside.join(", ")) }
    }

    pub(super) fn compared(&self, step: StepId, op: Compare, truth: Option<bool>, around: Around) -> String {
        let (Some(left), Some(right)) = (self.input(step, 0), self.input(step, 1)) else {
            return self.state_word(step);
        };
        let dates = *self.typed(left).0 == Ty::Date;
        let (da, en) = relation(op, truth, dates);
        let word = self.words.lang.pick(da, en);
        if self.is_year(left) {
            return self.year_compared(left, right, word, around);
        }
        if self.is_truth(left) {
            return format!("{} {word} {}", self.subject(left, around), self.leaf(right, around));
        }
        let (a, b) = self.sides(left, right, around);
        format!("{a} {word} {b}")
    }

    pub(super) fn is_year(&self, step: StepId) -> bool {
        matches!(self.kind(step), Some(NodeKind::Year))
    }

    /// A truth or a text is told with the name of what it is of: `stratum er "høj"`.
    pub(super) fn is_truth(&self, step: StepId) -> bool {
        matches!(self.typed(step).0, Ty::Bool | Ty::Text | Ty::OneOf(_) | Ty::Entity(_))
    }

    fn year_compared(&self, left: StepId, right: StepId, word: &str, around: Around) -> String {
        let year = self.words.lang.pick("året", "the year");
        let figure = self.expr_of(right).and_then(|expr| self.year_figure(expr));
        let (own, other) = (self.leaf(left, around), figure.unwrap_or_else(|| self.leaf(right, around)));
        if own == other { format!("{year} {word} {other}") } else { format!("{year} ({own}) {word} {other}") }
    }

    /// A side that is not known is named, so that one sees what is compared.
    fn open_side(&self, step: StepId, around: Around) -> String {
        let Outcome::Unknown(unknown) = self.trace.outcome(step) else { return self.leaf(step, around) };
        let (ty, show) = self.typed(step);
        let mut aside = self.aside(step, around);
        aside.push(self.words.lang.pick("ukendt", "unknown").to_owned());
        aside.extend(self.words.bounds(&unknown.bounds, ty, show));
        let inner = self.source_of(step);
        let name = match self.trace.step(inner).what {
            crate::eval::What::Def(def) => self.def_seen_from(def, around),
            crate::eval::What::Expr(expr) => self.names(expr, around),
        };
        format!("{name} ({})", aside.join(", "))
    }

    /// Both sides in one unit, with enough decimals to tell them apart.
    fn sides(&self, left: StepId, right: StepId, around: Around) -> (String, String) {
        let (a, b) = (self.trace.outcome(left).as_number(), self.trace.outcome(right).as_number());
        let (Some(a), Some(b)) = (a, b) else {
            return (self.open_side(left, around), self.open_side(right, around));
        };
        let (ty, show) = self.shared_show(left, right);
        let text = |own: &Number, other: &Number, step: StepId, with_unit: bool| {
            let shown = own.div(&show.scale).unwrap_or_else(|| own.clone());
            let other = other.div(&show.scale).unwrap_or_else(|| other.clone());
            let number = self.told_apart(&shown, &other, &show);
            let unit = self.words.unit(&shown, &ty, &show);
            let number = if with_unit && !unit.is_empty() { format!("{number} {unit}") } else { number };
            let aside = self.aside(step, around);
            let aside = if aside.is_empty() { String::new() } else { format!(" ({})", aside.join(", ")) };
            format!("{}{aside}", glued(&number))
        };
        let short = show.words.get(self.words.lang).chars().count() <= LONG_UNIT;
        (text(a, b, left, short), text(b, a, right, true))
    }

    /// How both sides are shown: as the limit is written, where one side is a figure, else as the finer of the two.
    pub(super) fn shared_show(&self, left: StepId, right: StepId) -> (Ty, Show) {
        let figure = |step| matches!(self.kind(step), Some(NodeKind::Figure { .. }));
        let ((left_ty, left_show), (right_ty, right_show)) = (self.typed(left), self.typed(right));
        let (ty, show) = match (left_ty, figure(left), figure(right)) {
            (Ty::Zero, _, _) => (right_ty, right_show),
            (_, _, true) if *right_ty != Ty::Zero => (right_ty, right_show),
            (_, true, false) => (left_ty, left_show),
            (_, _, _) if right_show.scale < left_show.scale && *right_ty != Ty::Zero => {
                (right_ty, right_show)
            }
            (_, _, _) => (left_ty, left_show),
        };
        let decimals = left_show.decimals.max(right_show.decimals);
        let decimals = if left_show.scale == right_show.scale { decimals } else { show.decimals };
        (ty.clone(), Show { decimals, fixed: false, ..show.clone() })
    }

    /// Prints a number with so many decimals that it does not look like the other one.
    fn told_apart(&self, own: &Number, other: &Number, show: &Show) -> String {
        let print = |decimals| print_number(own, self.words.lang, show.decimals.min(decimals), decimals);
        if own.decimals().is_some_and(|d| d <= 8.max(show.decimals)) {
            return print(8.max(show.decimals)).text;
        }
        let fewest = show.decimals.max(2);
        let distinct = |decimals: &u32| {
            let size = i32::try_from(*decimals).map_or(0, |d| -d);
            let rounded = own.round(&Number::pow10(size), crate::value::RoundMode::Nearest);
            rounded.is_none_or(|rounded| rounded.cmp(other) == own.cmp(other))
        };
        let decimals = (fewest..=MOST_DECIMALS).find(distinct).unwrap_or(MOST_DECIMALS);
        let printed = print(decimals);
        if printed.exact { printed.text } else { format!("≈ {}", printed.text) }
    }

    fn approximate(&self, step: StepId, truth: Option<bool>, around: Around) -> String {
        let text = |index| self.input(step, index).map(|s| self.leaf(s, around)).unwrap_or_default();
        let lang = self.words.lang;
        let word = match truth {
            Some(true) => lang.pick("er afrundet", "is, rounded,"),
            Some(false) => lang.pick("er ikke afrundet", "is not, rounded,"),
            None => lang.pick("skal afrundet være", "must, rounded, be"),
        };
        format!("{} {word} {}", text(0), text(1))
    }

    fn between(&self, step: StepId, truth: Option<bool>, around: Around) -> String {
        let text = |index| self.input(step, index).map(|s| self.leaf(s, around)).unwrap_or_default();
        let lang = self.words.lang;
        let word = match truth {
            Some(true) => lang.pick("ligger mellem", "lies between"),
            Some(false) => lang.pick("ligger ikke mellem", "does not lie between"),
            None => lang.pick("skal ligge mellem", "must lie between"),
        };
        format!("{} {word} {} {} {}", text(0), text(1), lang.pick("og", "and"), text(2))
    }

    fn one_of(&self, step: StepId, count: usize, truth: Option<bool>, around: Around) -> String {
        let subject = self.input(step, 0).map(|input| match self.is_truth(input) {
            true => format!("{} ({})", self.subject(input, around), self.leaf(input, around)),
            false => self.leaf(input, around),
        });
        let all = (1..=count).filter_map(|index| self.input(step, index));
        let list = all.map(|s| self.leaf(s, around)).collect::<Vec<_>>().join("; ");
        let lang = self.words.lang;
        let word = match truth {
            Some(true) => lang.pick("er en af", "is one of"),
            Some(false) => lang.pick("er ikke en af", "is none of"),
            None => lang.pick("skal være en af", "must be one of"),
        };
        format!("{} {word} {list}", subject.unwrap_or_default())
    }

    /// Words an expression that decides something by what it came to, for `hvis`.
    pub(super) fn names_of(&self, step: StepId, around: Around) -> String {
        self.expr_of(step).map(|expr: ExprId| self.names(expr, around)).unwrap_or_default()
    }
}

/// Words a comparison as it turned out; one that is not decided, as it must turn out.
fn relation(op: Compare, truth: Option<bool>, dates: bool) -> (&'static str, &'static str) {
    match (op, truth, dates) {
        (Compare::Lt, Some(true), false) | (Compare::Ge, Some(false), false) => ("er under", "is below"),
        (Compare::Ge, Some(true), false) => ("er mindst", "is at least"),
        (Compare::Lt, Some(false), false) => ("er ikke under", "is not below"),
        (Compare::Gt, Some(true), false) | (Compare::Le, Some(false), false) => ("er over", "is above"),
        (Compare::Le, Some(true), false) => ("er højst", "is at most"),
        (Compare::Gt, Some(false), false) => ("er ikke over", "is not above"),
        (Compare::Lt, Some(true), true) | (Compare::Ge, Some(false), true) => ("er før", "is before"),
        (Compare::Ge, Some(true), true) => ("er tidligst", "is no earlier than"),
        (Compare::Lt, Some(false), true) => ("er ikke før", "is not before"),
        (Compare::Gt, Some(true), true) | (Compare::Le, Some(false), true) => ("er efter", "is after"),
        (Compare::Le, Some(true), true) => ("er senest", "is no later than"),
        (Compare::Gt, Some(false), true) => ("er ikke efter", "is not after"),
        (Compare::Eq, Some(true), _) | (Compare::Ne, Some(false), _) => ("er", "is"),
        (Compare::Eq, Some(false), _) | (Compare::Ne, Some(true), _) => ("er ikke", "is not"),
        (Compare::Lt, None, false) => ("skal være under", "must be below"),
        (Compare::Le, None, false) => ("skal være højst", "must be at most"),
        (Compare::Gt, None, false) => ("skal være over", "must be above"),
        (Compare::Ge, None, false) => ("skal være mindst", "must be at least"),
        (Compare::Lt, None, true) => ("skal være før", "must be before"),
        (Compare::Le, None, true) => ("skal være senest", "must be no later than"),
        (Compare::Gt, None, true) => ("skal være efter", "must be after"),
        (Compare::Ge, None, true) => ("skal være tidligst", "must be no earlier than"),
        (Compare::Eq, None, _) => ("skal være", "must be"),
        (Compare::Ne, None, _) => ("må ikke være", "must not be"),
    }
}
