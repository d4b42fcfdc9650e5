//! What a value was made of: the definitions, shares and steps behind it.

use super::teller::{Around, Teller, glued};
use super::{Depth, Item, ItemKind};
use crate::eval::{Detail, EntityLine, ShareLine, StepId, What};
use crate::model::{Arith, Distribution, ExprId, NodeKind, ShareRule};
use crate::value::{Number, Period, RoundMode};

impl Teller<'_> {
    /// Tells what a step was made of.
    pub(super) fn details(&mut self, step: StepId, around: Around) -> Vec<Item> {
        let mut items = Vec::new();
        if self.depth == Depth::Arithmetic {
            self.steps(step, around, &mut items);
        }
        self.parts(step, around, &mut items);
        items
    }

    pub(super) fn parts(&mut self, step: StepId, around: Around, items: &mut Vec<Item>) {
        let Some(expr) = self.expr_of(step) else {
            return items.push(self.definition(step, around));
        };
        match (&self.words.model.node(expr).kind, &self.trace.step(step).detail) {
            (NodeKind::Share(_), Detail::Shares(_)) => self.distribution(step, expr, around, items),
            (NodeKind::Share(_), _) => self.reading_of_share(step, around, items),
            (_, Detail::Slices(table, lines)) => {
                let (table, lines) = (*table, lines.clone());
                self.slices(step, table, &lines, around, items);
            }
            (NodeKind::Converted { .. }, _) => {
                if let Some(input) = self.input(step, 0) {
                    self.parts(input, around, items);
                }
                if self.depth != Depth::Arithmetic {
                    items.extend(self.conversion(step, around));
                }
            }
            (_, Detail::Entities(lines)) => {
                let lines = lines.clone();
                self.entities(&lines, around, items);
            }
            (_, Detail::Years(years)) => {
                for (period, input) in years.clone() {
                    self.one_year(period, input, around, items);
                }
            }
            (_, _) => {
                for input in self.trace.step(step).inputs.clone() {
                    self.parts(input, around, items);
                }
            }
        }
    }

    fn reading_of_share(&mut self, step: StepId, around: Around, items: &mut Vec<Item>) {
        for input in self.trace.step(step).inputs.clone() {
            self.parts(input, around, items);
        }
    }

    // Aggregates and sums.

    fn entities(&mut self, lines: &[EntityLine], around: Around, items: &mut Vec<Item>) {
        for line in lines {
            let item = self.entity_line(line, around);
            items.extend(item);
        }
    }

    fn entity_line(&mut self, line: &EntityLine, around: Around) -> Option<Item> {
        let inner = Around { entity: Some(line.entity), ..around };
        let read = line.read.filter(|_| line.selected);
        let mut item = match read {
            Some(read) => self.read_of(read, inner),
            None => Item::new(ItemKind::Entity, ""),
        };
        item.label = self.words.entity(line.entity).to_owned();
        if let Some(condition) = line.condition {
            item.says.insert(0, self.selected_words(line.selected, condition, inner));
            item.children.extend(self.details(condition, inner));
        }
        (item.value.is_some() || !item.says.is_empty()).then_some(item)
    }

    /// What is read of an entity or for a year; a definition gives its own reasons.
    fn read_of(&mut self, read: StepId, around: Around) -> Item {
        if matches!(self.kind(read), Some(NodeKind::Def(_)))
            && let Some(inner) = self.input(read, 0)
        {
            return Item { kind: ItemKind::Entity, ..self.definition(inner, around) };
        }
        let mut item = Item::new(ItemKind::Entity, "");
        item.value = Some(self.value_words(read, false));
        item.exact = self.exact_words(read);
        item.children = self.details(read, around);
        item
    }

    fn selected_words(&self, selected: bool, condition: StepId, around: Around) -> String {
        let lang = self.words.lang;
        let judged = self.judged(condition, around);
        match selected {
            true => lang.pick(format!("med: {judged}"), format!("counted: {judged}")),
            false => lang.pick(format!("ikke med: {judged}"), format!("not counted: {judged}")),
        }
    }

    fn one_year(&mut self, period: Period, step: StepId, around: Around, items: &mut Vec<Item>) {
        let moment = self.trace.step(step).at.moment;
        let mut item = self.read_of(step, Around { moment, ..around });
        item.kind = ItemKind::Year;
        item.label = period.print(self.words.lang);
        items.push(item);
    }

    // Distributions.

    fn distribution(&mut self, step: StepId, expr: ExprId, around: Around, items: &mut Vec<Item>) {
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
        if let Some(words) = self.rule_words(rule, expr).filter(|_| rounded) {
            items.push(Item::new(ItemKind::Note, words));
        }
        for line in &lines {
            let item = self.share_line(line, rule, expr, around);
            items.push(item);
        }
        items.push(self.total(step, expr, &lines));
    }

    fn rule_words(&self, rule: &Distribution, expr: ExprId) -> Option<String> {
        let size = self.size(expr, rule.step.as_ref()?);
        let lang = self.words.lang;
        Some(match &rule.rule {
            ShareRule::Exact => return None,
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
        if let Some(condition) = line.condition {
            item.children.extend(self.details(condition, inner));
            if !line.selected {
                item.says.push(self.selected_words(false, condition, inner));
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
            ShareRule::LargestRemainder => {
                line.exact.round(step, RoundMode::Down).is_some_and(|down| down < line.share)
            }
            ShareRule::Exact | ShareRule::RestTo(_) | ShareRule::Each(_) => false,
        };
        let rest = match &rule.rule {
            ShareRule::RestTo(whom) => self.words.entity(line.entity) == whom,
            ShareRule::Exact | ShareRule::LargestRemainder | ShareRule::Each(_) => false,
        };
        let how = match (extra, rest, line.share > line.exact) {
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

    fn total(&self, step: StepId, expr: ExprId, lines: &[ShareLine]) -> Item {
        let lang = self.words.lang;
        let node = self.words.model.node(expr);
        let sum = lines.iter().fold(Number::zero(), |sum, line| sum.add(&line.share));
        let mut item = Item::new(ItemKind::Total, lang.pick("i alt", "total"));
        item.value = Some(self.words.number(&sum, &node.ty, &node.show));
        let pool = self.input(step, 0).and_then(|pool| self.trace.outcome(pool).as_number());
        match pool {
            Some(pool) if *pool == sum => {
                item.says(lang.pick("præcis det, der fordeles", "exactly what is shared"))
            }
            Some(pool) => {
                let pool = glued(&self.words.number(pool, &node.ty, &node.show));
                item.says(lang.pick(format!("der fordeles {pool}"), format!("{pool} is shared")))
            }
            None => item,
        }
    }

    // Arithmetic.

    /// Every operation in the order it is computed, each with its exact value.
    fn steps(&mut self, step: StepId, around: Around, items: &mut Vec<Item>) {
        let Some(expr) = self.expr_of(step) else { return };
        if self.stands_alone(expr) {
            return;
        }
        for input in self.trace.step(step).inputs.clone() {
            if matches!(self.trace.step(input).what, What::Expr(_)) {
                self.steps(input, around, items);
            }
        }
        items.extend(self.conversion(step, around));
        if let Some(label) = self.operation(step, expr, around) {
            let mut item = Item::new(ItemKind::Step, label).at(self.words.model.node(expr).span);
            item.value = Some(self.value_words(step, false));
            item.exact = self.exact_words(step);
            item.says.extend(self.rounding(step));
            items.push(item);
        }
    }

    /// What is told by lines of its own has no steps here.
    fn stands_alone(&self, expr: ExprId) -> bool {
        matches!(
            self.words.model.node(expr).kind,
            NodeKind::Def(_)
                | NodeKind::Fact(_)
                | NodeKind::Share(_)
                | NodeKind::Lookup { .. }
                | NodeKind::Scale { .. }
                | NodeKind::Cell(_)
                | NodeKind::Aggregate { .. }
                | NodeKind::SumOver(..)
                | NodeKind::CarriedOn(_)
                | NodeKind::Duty(_)
                | NodeKind::Quantified { .. }
                | NodeKind::CountMet(_)
                | NodeKind::AllMet(_)
                | NodeKind::Grant { .. }
                | NodeKind::At(..)
                | NodeKind::ForEntity(..)
        )
    }

    /// One operation with the values it was given.
    fn operation(&self, step: StepId, expr: ExprId, around: Around) -> Option<String> {
        let lang = self.words.lang;
        let value = |index| self.input(step, index).map(|input| self.leaf(input, around));
        let both = |sign: &str| Some(format!("{} {sign} {}", value(0)?, value(1)?));
        match &self.words.model.node(expr).kind {
            NodeKind::Arith(op, ..) => both(match op {
                Arith::Add => "+",
                Arith::Sub => "−",
                Arith::Mul => "×",
                Arith::Div => "/",
                Arith::Of => lang.pick("af", "of"),
            }),
            NodeKind::DivideOr(..) => match self.trace.step(step).detail {
                Detail::Branch(true) => both("/"),
                _ => Some(lang.pick("nævneren er 0", "the denominator is 0").to_owned()),
            },
            NodeKind::Negate(_) => Some(format!("−{}", value(0)?)),
            NodeKind::DateSpan(..) => Some(self.figures(step, around)),
            NodeKind::Shift { forward, .. } => both(if *forward { "+" } else { "−" }),
            NodeKind::PerYear(_, years) => Some(lang.pick(
                format!("{} fordelt ligeligt på {years} år", value(0)?),
                format!("{} equally over {years} years", value(0)?),
            )),
            NodeKind::Scaled(_, true, _) => both(lang.pick("forhøjet med", "raised by")),
            NodeKind::Scaled(_, false, _) => both(lang.pick("nedsat med", "reduced by")),
            NodeKind::AsPercentOf(..) => both(lang.pick("i pct. af", "as per cent of")),
            NodeKind::Limit(_, true, _) => both(lang.pick("dog højst", "but at most")),
            NodeKind::Limit(_, false, _) => both(lang.pick("dog mindst", "but at least")),
            NodeKind::Round(_, size, _) => {
                let to = lang.pick("afrundet til", "rounded to");
                Some(format!("{} {to} {}", value(0)?, self.size(expr, size)))
            }
            NodeKind::EachRound(_, rounding) => {
                let Detail::Rounded { before } = &self.trace.step(step).detail else { return None };
                let changed = self.trace.outcome(step).as_number().is_some_and(|after| after != before);
                let to = lang.pick("afrundet til", "rounded to");
                changed.then(|| {
                    format!("{} {to} {}", value(0).unwrap_or_default(), self.size(expr, &rounding.step))
                })
            }
            NodeKind::Rest(..) => Some(self.figures(step, around)),
            NodeKind::Extreme(..) => Some(self.figures(step, around)),
            _ => None,
        }
    }
}
