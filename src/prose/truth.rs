//! What holds or does not hold, as clauses of a sentence: `ventetiden er under ventetiden året før`.

use super::document::{Line, listed, say};
use super::expr::bare;
use super::names::Sort;
use super::set_off::quoting;
use super::voice::Voice;
use crate::syntax::ast::{BinOp, Expr, ExprKind};

/// Tells whether an expression says that something holds, whatever the names in it stand for.
pub(super) fn is_truth(expr: &Expr) -> bool {
    match &*expr.kind {
        ExprKind::Paren(inner) => is_truth(inner),
        ExprKind::Not(_) | ExprKind::Between { .. } | ExprKind::IsOneOf { .. } | ExprKind::IsNone { .. } => {
            true
        }
        ExprKind::Quantified { .. } | ExprKind::AllMet => true,
        ExprKind::Binary { op, .. } => match op {
            BinOp::Eq | BinOp::Ne | BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge => true,
            BinOp::Approx | BinOp::And | BinOp::Or => true,
            BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Of => false,
        },
        _ => false,
    }
}

impl Voice<'_> {
    /// Words what must hold.
    pub(super) fn truth(&self, expr: &Expr) -> Line {
        match &*expr.kind {
            ExprKind::Paren(inner) => self.truth(inner),
            ExprKind::Not(inner) => self.denied(inner),
            ExprKind::Binary { op: BinOp::And, left, right, .. } => {
                self.joined(left, right, self.lang.pick(" og ", " and "))
            }
            ExprKind::Binary { op: BinOp::Or, left, right, .. } => {
                self.joined(left, right, self.lang.pick(" eller ", " or "))
            }
            ExprKind::Binary { op, left, right, .. } => match self.compared(*op, left, right) {
                Some(line) => line,
                None => self.is_yes(expr),
            },
            ExprKind::Between { value, low, high } => say(
                self.lang.pick(
                    "{0} er mellem {1} og {2} (begge med)",
                    "{0} is between {1} and {2} (both included)",
                ),
                &[&self.part(value), &self.part(low), &self.part(high)],
            ),
            ExprKind::IsOneOf { value, values } => {
                let values: Vec<Line> = values.iter().map(|value| self.part(value)).collect();
                let values = listed(&values, ", ", self.lang.pick(" eller ", " or "));
                say(self.lang.pick("{0} er {1}", "{0} is {1}"), &[&self.part(value), &values])
            }
            ExprKind::IsNone { value, negated: false } => {
                say(self.lang.pick("{0} ikke findes", "there is no {0}"), &[&self.part(value)])
            }
            ExprKind::IsNone { value, negated: true } => {
                say(self.lang.pick("{0} findes", "{0} exists"), &[&self.part(value)])
            }
            ExprKind::Quantified { condition, at_least, set } => {
                let (condition, set) = (self.truth(condition), self.those(set));
                match at_least {
                    Some(count) => say(
                        self.lang.pick(
                            "det for mindst {0} {1} gælder, at {2}",
                            "for at least {0} {1} it holds that {2}",
                        ),
                        &[&Line::text(self.number(count)), &set, &condition],
                    ),
                    None => say(
                        self.lang.pick("det for alle {0} gælder, at {1}", "for all {0} it holds that {1}"),
                        &[&set, &condition],
                    ),
                }
            }
            ExprKind::AllMet => Line::text(
                self.lang
                    .pick("alle klausulens betingelser er opfyldt", "all conditions of the clause are met"),
            ),
            ExprKind::Bool(true) => Line::text(self.lang.pick("det altid er sådan", "it is always so")),
            ExprKind::Bool(false) => Line::text(self.lang.pick("det aldrig er sådan", "it is never so")),
            _ => self.is_yes(expr),
        }
    }

    /// A bare name as a condition: what it stands for says how.
    fn is_yes(&self, expr: &Expr) -> Line {
        match self.sort_of(expr) {
            Sort::Condition => self.is_met(&self.part(expr), true),
            Sort::Truth | Sort::Value | Sort::Date => self.is_answered(self.part(expr), true),
        }
    }

    /// `betingelsen tilfredse er opfyldt`. What is denied has its words in the order of a subordinate clause.
    fn is_met(&self, name: &Line, met: bool) -> Line {
        let template = match met {
            true => self.lang.pick("betingelsen {0} er opfyldt", "the condition {0} is met"),
            false => self.lang.pick("betingelsen {0} ikke er opfyldt", "the condition {0} is not met"),
        };
        say(template, &[name])
    }

    /// `svaret på »har bibliotek« er ja`.
    fn is_answered(&self, name: Line, yes: bool) -> Line {
        let template = match yes {
            true => self.lang.pick("{0} er ja", "{0} is yes"),
            false => self.lang.pick("{0} er nej", "{0} is no"),
        };
        say(template, &[&self.answer_to(name)])
    }

    /// What is yes or no, named so that a sentence can say which: its name alone reads as a statement.
    pub(super) fn answer_to(&self, name: Line) -> Line {
        say(self.lang.pick("svaret på {0}", "the answer to {0}"), &[&quoting(name, self.lang)])
    }

    /// A side of an equation: yes and no are answers to something.
    fn equal_side(&self, expr: &Expr) -> Line {
        match self.sort_of(expr) {
            Sort::Truth => self.answer_to(self.part(expr)),
            Sort::Condition | Sort::Value | Sort::Date => self.side(expr),
        }
    }

    /// Tells whether what is said to be something is rather said to equal it: two names with only `er` between them
    /// read as words of one sentence.
    pub(super) fn equals(&self, expr: &Expr) -> bool {
        match &*bare(expr).kind {
            ExprKind::Literal(_) | ExprKind::Fraction(..) | ExprKind::Text(_) | ExprKind::Bool(_) => false,
            ExprKind::Date(_) | ExprKind::Nothing | ExprKind::Unknown(_) | ExprKind::CarriedOn => false,
            ExprKind::DoesNotApply(_) | ExprKind::Error | ExprKind::Aggregate { .. } => false,
            // Somebody whom the clause is about is called by the name of the kind.
            ExprKind::Path(path) => match path.parts.as_slice() {
                [one] => self.names.kind(&one.name.text).is_none(),
                _ => true,
            },
            ExprKind::Binary { .. } => !is_truth(expr),
            ExprKind::At { value, .. } | ExprKind::ForEntity { value, .. } => self.equals(value),
            ExprKind::Owned { .. } | ExprKind::Former(_) => true,
            ExprKind::Converted { .. } | ExprKind::Adjusted { .. } | ExprKind::Nominal(_) => true,
            _ => false,
        }
    }

    fn denied(&self, expr: &Expr) -> Line {
        if let ExprKind::Paren(inner) = &*expr.kind {
            return self.denied(inner);
        }
        if is_truth(expr) {
            return say(
                self.lang.pick("det ikke er sådan, at {0}", "it is not so that {0}"),
                &[&self.grouped(expr)],
            );
        }
        match self.sort_of(expr) {
            Sort::Condition => self.is_met(&self.part(expr), false),
            Sort::Truth | Sort::Value | Sort::Date => self.is_answered(self.part(expr), false),
        }
    }

    /// `a og b`; what is joined by the other word stands in parentheses.
    fn joined(&self, left: &Expr, right: &Expr, word: &str) -> Line {
        self.grouped(left).then(word).and(self.grouped(right))
    }

    /// In parentheses where it joins others itself.
    fn grouped(&self, expr: &Expr) -> Line {
        match &*expr.kind {
            ExprKind::Paren(inner) => {
                let line = self.truth(inner);
                if joins(inner) { say("({0})", &[&line]) } else { line }
            }
            ExprKind::Binary { op: BinOp::Or, .. } => say("({0})", &[&self.truth(expr)]),
            _ => self.truth(expr),
        }
    }

    fn compared(&self, op: BinOp, left: &Expr, right: &Expr) -> Option<Line> {
        let dates = self.is_date(left) || self.is_date(right);
        let equals = matches!(op, BinOp::Eq | BinOp::Ne) && self.equals(right);
        let template = match (op, dates) {
            (BinOp::Eq, _) if equals => self.lang.pick("{0} er lig med {1}", "{0} equals {1}"),
            (BinOp::Ne, _) if equals => self.lang.pick("{0} ikke er lig med {1}", "{0} does not equal {1}"),
            (BinOp::Eq, _) => self.lang.pick("{0} er {1}", "{0} is {1}"),
            (BinOp::Ne, _) => self.lang.pick("{0} ikke er {1}", "{0} is not {1}"),
            (BinOp::Lt, false) => self.lang.pick("{0} er under {1}", "{0} is below {1}"),
            (BinOp::Le, false) => self.lang.pick("{0} er højst {1}", "{0} is at most {1}"),
            (BinOp::Gt, false) => self.lang.pick("{0} er over {1}", "{0} is above {1}"),
            (BinOp::Ge, false) => self.lang.pick("{0} er mindst {1}", "{0} is at least {1}"),
            (BinOp::Lt, true) => self.lang.pick("{0} er før {1}", "{0} is before {1}"),
            (BinOp::Le, true) => self.lang.pick("{0} er senest {1}", "{0} is {1} at the latest"),
            (BinOp::Gt, true) => self.lang.pick("{0} er efter {1}", "{0} is after {1}"),
            (BinOp::Ge, true) => self.lang.pick("{0} er tidligst {1}", "{0} is {1} at the earliest"),
            (BinOp::Approx, _) => self
                .lang
                .pick("{0} er {1}, når der afrundes som trykt", "{0} is {1} when rounded as it is printed"),
            (BinOp::Add | BinOp::Sub | BinOp::Mul | BinOp::Div | BinOp::Of | BinOp::And | BinOp::Or, _) => {
                return None;
            }
        };
        let (left, right) = match op {
            BinOp::Eq | BinOp::Ne => (self.equal_side(left), self.equal_side(right)),
            _ => (self.side(left), self.side(right)),
        };
        Some(say(template, &[&left, &right]))
    }

    /// A side of a comparison: the verb parts sums from each other as well as parentheses would.
    fn side(&self, expr: &Expr) -> Line {
        match &*bare(expr).kind {
            ExprKind::Binary { .. } if !is_truth(expr) => self.value(expr),
            ExprKind::CountMet(_) | ExprKind::DateSpan { .. } | ExprKind::SumOver { .. } => self.value(expr),
            ExprKind::AsPercentOf { .. } | ExprKind::Nominal(_) | ExprKind::Scaled { .. } => self.value(expr),
            ExprKind::Converted { .. } | ExprKind::Adjusted { .. } | ExprKind::StatedIn { .. } => {
                self.value(expr)
            }
            ExprKind::Aggregate { set, .. } if set.filter.is_none() => self.value(expr),
            _ => self.part(expr),
        }
    }

    /// What sort of thing an expression is, where it is a name.
    pub(super) fn sort_of(&self, expr: &Expr) -> Sort {
        match &*expr.kind {
            ExprKind::Paren(inner) | ExprKind::At { value: inner, .. } => self.sort_of(inner),
            ExprKind::ForEntity { value: inner, .. } => self.sort_of(inner),
            ExprKind::Path(path) | ExprKind::Former(path) => self.path_sort(path),
            ExprKind::Owned { member, .. } => self.path_sort(member),
            _ => Sort::Value,
        }
    }

    pub(super) fn is_date(&self, expr: &Expr) -> bool {
        match &*expr.kind {
            ExprKind::Date(_) | ExprKind::Day => true,
            ExprKind::Binary { op: BinOp::Add | BinOp::Sub, left, .. } => self.is_date(left),
            ExprKind::Modified { value, .. } | ExprKind::Paren(value) => self.is_date(value),
            _ => self.sort_of(expr) == Sort::Date,
        }
    }
}

fn joins(expr: &Expr) -> bool {
    match &*expr.kind {
        ExprKind::Paren(inner) => joins(inner),
        ExprKind::Binary { op, .. } => matches!(op, BinOp::And | BinOp::Or),
        _ => false,
    }
}
