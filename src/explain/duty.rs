//! Duties in words: on whom, by when, and whether it was met.

use super::teller::{Around, Teller};
use crate::eval::{Outcome, StepId, What};
use crate::facts::Datum;
use crate::model::{DutyTerms, ExprId};

impl Teller<'_> {
    /// Says on whom a duty rests, its deadline, and what is known of how it was met.
    pub(super) fn duty_says(&self, step: StepId, terms: &DutyTerms, around: Around) -> Vec<String> {
        let lang = self.words.lang;
        let mut says: Vec<String> = terms.title.iter().map(|title| format!("\"{title}\"")).collect();
        if !terms.on.is_empty() {
            let whom = terms.on.join(lang.pick(" og ", " and "));
            says.push(lang.pick(format!("påhviler {whom}"), format!("on {whom}")));
        }
        if let Some(condition) = self.part_of(step, terms.only_if) {
            let judged = self.judged(condition, around);
            says.push(lang.pick(format!("kun hvis: {judged}"), format!("only if: {judged}")));
        }
        if let Some(deadline) = self.part_of(step, terms.deadline) {
            let date = self.leaf(deadline, around);
            says.push(lang.pick(format!("senest {date}"), format!("no later than {date}")));
        }
        if let Some(met) = self.part_of(step, terms.met) {
            says.push(self.met_words(met, around));
        }
        if let Some(day) = around.moment.interval().and_then(|asked| asked.last()) {
            let day = day.print(lang);
            says.push(lang.pick(format!("opgjort pr. {day}"), format!("as of {day}")));
        }
        says
    }

    fn met_words(&self, met: StepId, around: Around) -> String {
        let lang = self.words.lang;
        let value = self.leaf(met, around);
        match self.trace.outcome(met) {
            Outcome::Value(known) => match &known.datum {
                Datum::Date(_) => lang.pick(format!("opfyldt {value}"), format!("met {value}")),
                Datum::Nothing => lang.pick("ikke opfyldt endnu", "not met yet").to_owned(),
                Datum::Bool(_) | Datum::Number(_) | Datum::Text(_) => self.judged(met, around),
            },
            Outcome::Unknown(_) => {
                let words = self.names_of_read(met, around);
                lang.pick(format!("opfyldt når {words}: ukendt"), format!("met when {words}: unknown"))
            }
            Outcome::DoesNotApply(_) | Outcome::Error(_) => value,
        }
    }

    fn names_of_read(&self, step: StepId, around: Around) -> String {
        self.expr_of(step).map(|expr| self.names(expr, around)).unwrap_or_default()
    }

    fn part_of(&self, step: StepId, part: Option<ExprId>) -> Option<StepId> {
        let part = part?;
        let inputs = self.trace.step(step).inputs.iter().copied();
        inputs.into_iter().find(|input| self.trace.step(*input).what == What::Expr(part))
    }
}
