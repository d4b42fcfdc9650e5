//! Distributions: who gets what, by which key, and how it was rounded.

use super::teller::{Around, Teller, glued};
use super::{Item, ItemKind};
use crate::eval::{Detail, ShareLine, StepId};
use crate::model::{Distribution, ExprId, NodeKind, ShareRule};
use crate::value::{Number, RoundMode};

impl Teller<'_> {
    pub(super) fn distribution(&mut self, step: StepId, expr: ExprId, around: Around, items: &mut Vec<Item>) {
        let Detail::Shares(lines) = &self.trace.step(step).detail else { return };
        let NodeKind::Share(rule) = &self.words.model.node(expr).kind else { return };
        let everyone = Around { entity: None, ..around };
        if !self.told.insert(step) {
            let label = self.words.lang.pick("fordelingen", "the distribution");
            let above = self.words.lang.pick("se ovenfor", "see above");
            return items.push(Item::new(ItemKind::Again, label).says(above));
        }
        if let Some(pool) = self.input(step, 0) {
            self.parts(pool, everyone, items);
        }
        let lines = lines.clone();
        let rounded = lines.iter().any(|line| line.exact != line.share);
        let negative = lines.iter().any(|line| line.exact.is_negative());
        if let Some(words) = self.rule_words(rule, expr, negative).filter(|_| rounded) {
            items.push(Item::new(ItemKind::Note, words));
        }
        let shown = self.few(lines.len(), |index| Some(lines[index].entity) == around.entity);
        for line in shown.iter().filter_map(|index| lines.get(*index)) {
            let item = self.share_line(line, rule, expr, around);
            items.push(item.of(step));
        }
        let others: Vec<&ShareLine> =
            (0..lines.len()).filter(|index| !shown.contains(index)).map(|index| &lines[index]).collect();
        items.extend(self.other_shares(&others, expr));
        items.push(self.total(step, expr, &lines, around).of(step));
    }

    fn rule_words(&self, rule: &Distribution, expr: ExprId, negative: bool) -> Option<String> {
        let size = self.size(expr, rule.step.as_ref()?);
        let lang = self.words.lang;
        Some(match &rule.rule {
            ShareRule::Exact => return None,
            ShareRule::LargestRemainder if negative => lang.pick(
                format!(
                    "puljen er negativ: hver andel rundes op mod nul til {size}; det, der mangler i puljen, tages \
                     med {size} fra hver af dem med de største rester"
                ),
                format!(
                    "the pool is negative: each share is rounded up towards zero to {size}; what the pool lacks \
                     then is taken, {size} each, from those with the largest remainders"
                ),
            ),
            ShareRule::LargestRemainder => lang.pick(
                format!(
                    "hver andel rundes ned til {size}; det, der mangler i puljen, gives med {size} til hver af de \
                     største rester"
                ),
                format!(
                    "each share is rounded down to {size}; what the pool lacks then is given, {size} each, to the \
                     largest remainders"
                ),
            ),
            ShareRule::RestTo(whom) => lang.pick(
                format!("de andre afrundes til nærmeste {size}; {whom} får resten"),
                format!("the others are rounded to the nearest {size}; {whom} gets what is left"),
            ),
            ShareRule::Each(_) => lang.pick(
                format!("hver andel afrundes for sig til {size}; de behøver ikke at give puljen tilsammen"),
                format!("each share is rounded by itself to {size}; they need not add to the pool"),
            ),
        })
    }

    fn share_line(&mut self, line: &ShareLine, rule: &Distribution, expr: ExprId, around: Around) -> Item {
        let inner = Around { entity: Some(line.entity), ..around };
        let node = self.words.model.node(expr);
        let mut item = Item::new(ItemKind::Entity, self.words.entity(line.entity));
        item.value = Some(self.words.number(&line.share, &node.ty, &node.show));
        item.exact = self.exact_number(&line.share, &node.ty, &node.show);
        if let Some(condition) = line.condition {
            item.children.extend(self.details(condition, inner));
            if !line.selected {
                item.says.push(self.selected_words((false, false), condition, inner));
                return item;
            }
        }
        if let Some(key) = line.key {
            let key_words = self.words.lang.pick("nøgle", "key");
            item.says.push(format!("{key_words} {}", self.leaf(key, inner)));
            item.children.extend(self.details(key, inner));
        }
        item.says.extend(self.share_rounding(line, rule, expr));
        item
    }

    /// How an exact share became the one that is shown.
    fn share_rounding(&self, line: &ShareLine, rule: &Distribution, expr: ExprId) -> Option<String> {
        let step = rule.step.as_ref()?;
        if line.exact == line.share {
            return None;
        }
        let lang = self.words.lang;
        let exact = self.exactly(&line.exact, expr);
        let extra = match &rule.rule {
            // A negative pool is shared as the positive one of its size, with the sign turned.
            ShareRule::LargestRemainder => line
                .exact
                .round(step, RoundMode::TowardsZero)
                .is_some_and(|whole| whole.abs() < line.share.abs()),
            ShareRule::Exact | ShareRule::RestTo(_) | ShareRule::Each(_) => false,
        };
        let rest = match &rule.rule {
            ShareRule::RestTo(whom) => self.words.entity(line.entity) == whom,
            ShareRule::Exact | ShareRule::LargestRemainder | ShareRule::Each(_) => false,
        };
        let how = match (extra, rest, line.share > line.exact) {
            (true, _, _) if line.exact.is_negative() => {
                let size = self.size(expr, step);
                lang.pick(
                    format!("giver {size} af det manglende"),
                    format!("gives {size} of what was lacking"),
                )
            }
            (true, _, _) => {
                let size = self.size(expr, step);
                lang.pick(format!("får {size} af det manglende"), format!("gets {size} of what was lacking"))
            }
            (_, true, _) => lang.pick("får resten", "gets what is left").to_owned(),
            (_, _, true) => lang.pick("rundet op", "rounded up").to_owned(),
            (_, _, false) => lang.pick("rundet ned", "rounded down").to_owned(),
        };
        Some(format!("{exact}, {how}"))
    }

    /// The exact number in words; one whose decimals do not end is shortened and marked.
    fn exactly(&self, number: &Number, expr: ExprId) -> String {
        let node = self.words.model.node(expr);
        let show = crate::model::Show { fixed: false, decimals: node.show.decimals + 2, ..node.show.clone() };
        let shown = number.div(&show.scale).unwrap_or_else(|| number.clone());
        let own = crate::model::Show { decimals: node.show.decimals, ..show.clone() };
        let show = if shown.decimals().is_some() { &own } else { &show };
        let text = glued(&self.words.number(number, &node.ty, show));
        match text.starts_with('≈') {
            true => text,
            false => format!("{} {text}", self.words.lang.pick("nøjagtigt", "exactly")),
        }
    }

    fn total(&self, step: StepId, expr: ExprId, lines: &[ShareLine], around: Around) -> Item {
        let lang = self.words.lang;
        let node = self.words.model.node(expr);
        let sum = lines.iter().fold(Number::zero(), |sum, line| sum.add(&line.share));
        let mut item = Item::new(ItemKind::Total, lang.pick("i alt", "total"));
        item.value = Some(self.words.number(&sum, &node.ty, &node.show));
        item.exact = self.exact_number(&sum, &node.ty, &node.show);
        let pool = self.input(step, 0).and_then(|pool| self.trace.outcome(pool).as_number());
        let before = self.before_exceptions(expr, around);
        let words = match pool {
            Some(pool) if *pool == sum => {
                Some(lang.pick("præcis det, der fordeles", "exactly what is shared").to_owned())
            }
            Some(pool) => {
                let pool = glued(&self.words.number(pool, &node.ty, &node.show));
                Some(lang.pick(format!("der fordeles {pool}"), format!("{pool} is shared")))
            }
            None => None,
        };
        let says: Vec<String> = words.into_iter().chain(before).collect();
        if !says.is_empty() {
            item.says.push(says.join(", "));
        }
        item
    }

    /// Those who are not told one by one, in one line.
    fn other_shares(&self, others: &[&ShareLine], expr: ExprId) -> Option<Item> {
        let least = others.iter().min_by(|a, b| a.share.cmp(&b.share))?;
        let most = others.iter().max_by(|a, b| a.share.cmp(&b.share))?;
        let node = self.words.model.node(expr);
        let text = |line: &ShareLine| {
            let share = glued(&self.words.number(&line.share, &node.ty, &node.show));
            format!("{share} ({})", self.words.entity(line.entity))
        };
        let (count, lang) = (others.len(), self.words.lang);
        let mut item =
            Item::new(ItemKind::Note, lang.pick(format!("{count} andre"), format!("{count} others")));
        let (from, to) = (lang.pick("fra", "from"), lang.pick("til", "to"));
        item.says.push(format!("{from} {} {to} {}", text(least), text(most)));
        Some(item)
    }
}
