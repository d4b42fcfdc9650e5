//! Conditions, as sentences that say when they are met.

use super::document::{Block, Entry, Line, say};
use super::expr::bare;
use super::truth::is_truth;
use super::voice::Voice;
use crate::syntax::ast::{Assign, Expr, ExprKind};

/// Tells whether an expression chooses between things that hold or do not: `hvis a så x < y ellers x ≤ y`.
pub(super) fn is_choice(expr: &Expr) -> bool {
    let says =
        |expr: &Expr| is_truth(expr) || matches!(&*bare(expr).kind, ExprKind::Bool(_)) || is_choice(expr);
    match &*bare(expr).kind {
        ExprKind::If { then, otherwise, .. } => says(then) && says(otherwise),
        _ => false,
    }
}

impl Voice<'_> {
    /// What must be so for a condition to be met.
    pub(super) fn condition(&self, assign: &Assign) -> Entry {
        let name = self.target(&assign.target);
        if let ExprKind::Bool(met) = &*bare(&assign.value).kind {
            return self.settled(assign, &name, *met);
        }
        if is_choice(&assign.value) {
            return self.chosen_condition(assign, &name);
        }
        let truth = self.truth(&assign.value);
        let line = match &assign.target.when {
            None => say(
                self.lang.pick("betingelsen {0} er opfyldt, når {1}", "the condition {0} is met when {1}"),
                &[&name, &truth],
            ),
            Some(when) => say(
                self.lang.pick(
                    "{2}: betingelsen {0} er opfyldt, når {1}",
                    "{2}: the condition {0} is met when {1}",
                ),
                &[&name, &truth, &self.when(when)],
            ),
        };
        Entry {
            number: None,
            line: line.sentence(),
            under: self.rests_on(&assign.basis).into_iter().collect(),
        }
    }

    /// A condition that is met or not whatever happens.
    fn settled(&self, assign: &Assign, name: &Line, met: bool) -> Entry {
        let name = say(self.lang.pick("betingelsen {0}", "the condition {0}"), &[name]);
        let rest = match met {
            true => self.lang.pick("opfyldt", "met"),
            false => self.lang.pick("ikke opfyldt", "not met"),
        };
        let when = assign.target.when.as_ref().map(|when| self.when(when));
        let line = self.states(&name, when.as_ref(), ("er", "is"), &Line::text(rest)).sentence();
        Entry { number: None, line, under: self.rests_on(&assign.basis).into_iter().collect() }
    }

    /// A condition that is met by one thing or by another, as the case is: a statement for each case.
    fn chosen_condition(&self, assign: &Assign, name: &Line) -> Entry {
        let lang = self.lang;
        let line = say(
            lang.pick(
                "om betingelsen {0} er opfyldt, afgøres sådan:",
                "whether the condition {0} is met is decided so:",
            ),
            &[name],
        );
        let line = match &assign.target.when {
            None => line,
            Some(when) => say("{0}: {1}", &[&self.when(when), &line]),
        };
        let (mut cases, mut rest) = (Vec::new(), &assign.value);
        while let ExprKind::If { condition, then, otherwise } = &*bare(rest).kind {
            let case = say(lang.pick("hvis {0}: ", "if {0}: "), &[&self.truth(condition)]);
            cases.push(Entry::plain(case.and(self.met_when(then)).sentence()));
            rest = otherwise;
        }
        let case = Line::text(lang.pick("ellers: ", "otherwise: ")).and(self.met_when(rest));
        cases.push(Entry::plain(case.sentence()));
        let mut under = vec![Block::List(cases)];
        under.extend(self.rests_on(&assign.basis));
        Entry { number: None, line: line.capital(), under }
    }

    fn met_when(&self, expr: &Expr) -> Line {
        let lang = self.lang;
        match &*bare(expr).kind {
            ExprKind::Bool(true) => Line::text(lang.pick("den er opfyldt", "it is met")),
            ExprKind::Bool(false) => Line::text(lang.pick("den er ikke opfyldt", "it is not met")),
            _ => say(lang.pick("den er opfyldt, når {0}", "it is met when {0}"), &[&self.truth(expr)]),
        }
    }
}
