//! Steps over several entities: sums, counts, ranks and distributions.

use serde_json::{Map, Value, json};

use super::arith::mode;
use super::scribe::{Line, Scribe};
use super::value::number;
use crate::eval::{Detail, EntityLine, Outcome, Step, What};
use crate::model::{Aggregate, Distribution, ExprId, ShareRule, Ty};
use crate::value::Number;

impl Scribe<'_> {
    /// A distribution as a whole, or the share of one.
    pub(super) fn share(&self, step: &Step, expr: ExprId, rule: &Distribution) -> Option<Line> {
        match &step.detail {
            Detail::Shares(_) => self.distribute(step, rule),
            _ => {
                let whole = self.read(*step.inputs.first()?);
                let is_whole = whole.what == What::Expr(expr) && matches!(whole.detail, Detail::Shares(_));
                let own = step.at.entity.is_some_and(|me| self.answer.facts.get(me).kind == rule.set.kind);
                (is_whole && own).then(|| Line::new("share", &step.inputs))
            }
        }
    }

    fn distribute(&self, step: &Step, rule: &Distribution) -> Option<Line> {
        let Detail::Shares(lines) = &step.detail else { return None };
        step.outcome.as_number()?;
        let lines = lines.iter().map(|line| {
            let mut fields = Map::from_iter([
                ("who".to_owned(), json!(self.words.entity(line.entity))),
                ("chosen".to_owned(), json!(line.selected)),
                ("exact".to_owned(), number(&line.exact)),
                ("share".to_owned(), number(&line.share)),
            ]);
            fields.extend(line.key.map(|key| ("key".to_owned(), self.place(key))));
            fields.extend(line.condition.map(|condition| ("condition".to_owned(), self.place(condition))));
            Value::Object(fields)
        });
        let line = Line::new("distribute", &step.inputs).with("lines", lines.collect::<Vec<_>>());
        let line = rule.step.iter().fold(line, |line, to| line.with("step", number(to)));
        let percent = rule.key.is_some_and(|key| self.answer.plan.model.node(key).ty == Ty::Percent);
        // Within a group, percentages may add to 1 over all groups together.
        let alone = rule.set.within.is_none() && rule.set.same.is_none();
        let line = line.with("percent", percent && alone);
        Some(match &rule.rule {
            ShareRule::Exact => line.with("rule", "exact"),
            ShareRule::LargestRemainder => line.with("rule", "largest_remainder"),
            ShareRule::RestTo(who) => line.with("rule", "rest_to").with("to", who.clone()),
            ShareRule::Each(way) => line.with("rule", "each").with("mode", mode(*way)),
        })
    }

    /// A sum, count, average or extreme over those chosen.
    pub(super) fn over(&self, step: &Step, op: Aggregate, weighted: bool) -> Option<Line> {
        let lines = self.settled(step)?;
        let nobody = !lines.iter().any(|line| line.selected && self.applies(line));
        let fold = match op {
            Aggregate::Sum => "sum",
            Aggregate::Count => "count",
            Aggregate::Average => "average",
            Aggregate::Largest | Aggregate::Rank => "largest",
            Aggregate::Smallest => "smallest",
        };
        // Over nobody it is what the text says it is then; a sum and a count are nothing.
        if nobody && !step.outcome.as_number()?.is_zero() {
            return self.taken(step, step.inputs.len().checked_sub(1)?, "fallback");
        }
        let line = Line::new("over", &step.inputs).with("fold", fold).with("lines", self.lines(lines));
        Some(if weighted { line.with("weighted", true) } else { line })
    }

    /// A condition for all, or for at least so many, of those chosen.
    pub(super) fn for_several(&self, step: &Step, at_least: Option<&Number>) -> Option<Line> {
        let lines = self.settled(step)?;
        let op = if at_least.is_some() { "for_at_least" } else { "for_all" };
        let line = Line::new(op, &step.inputs).with("lines", self.lines(lines));
        Some(at_least.into_iter().fold(line, |line, wanted| line.with("number", number(wanted))))
    }

    /// The rank of the one at hand.
    pub(super) fn rank(&self, step: &Step, largest_first: bool) -> Option<Line> {
        let Detail::Ranks(lines) = &step.detail else { return None };
        step.outcome.as_number()?;
        let me = step.at.entity.filter(|me| lines.iter().any(|line| line.entity == *me))?;
        let reads: Vec<_> = lines.iter().map(|line| line.read).collect();
        let written = lines
            .iter()
            .map(|line| json!({ "who": self.words.entity(line.entity), "value": self.place(line.read) }));
        let line = Line::new("rank", &step.inputs).with("lines", written.collect::<Vec<_>>());
        let line = line.with("largest_first", largest_first).with("of_whom", self.words.entity(me));
        self.are_values(&reads).then_some(line)
    }

    /// The lines of a set of which everything is known.
    fn settled<'s>(&self, step: &'s Step) -> Option<&'s [EntityLine]> {
        let Detail::Entities(lines) = &step.detail else { return None };
        let known = |outcome: &Outcome| matches!(outcome, Outcome::Value(_) | Outcome::DoesNotApply(_));
        let is_settled = |line: &EntityLine| {
            let chosen = [line.read, line.weight].into_iter().flatten().filter(|_| line.selected);
            !line.open && chosen.into_iter().all(|id| known(self.outcome(id)))
        };
        (matches!(step.outcome, Outcome::Value(_)) && lines.iter().all(is_settled)).then_some(lines)
    }

    fn applies(&self, line: &EntityLine) -> bool {
        let lapses = |id| matches!(self.outcome(id), Outcome::DoesNotApply(_));
        ![line.read, line.weight].into_iter().flatten().any(lapses)
    }

    fn lines(&self, lines: &[EntityLine]) -> Vec<Value> {
        let written = |line: &EntityLine| {
            let mut fields = Map::from_iter([
                ("who".to_owned(), json!(self.words.entity(line.entity))),
                ("chosen".to_owned(), if line.open { Value::Null } else { json!(line.selected) }),
            ]);
            let parts = [("value", line.read), ("weight", line.weight), ("condition", line.condition)];
            let told =
                parts.into_iter().filter_map(|(name, step)| Some((name.to_owned(), self.place(step?))));
            fields.extend(told);
            Value::Object(fields)
        };
        lines.iter().map(written).collect()
    }
}
