//! What a value was made of: the definitions, shares and steps behind it.

use super::teller::{Around, Teller};
use super::{Depth, Item, ItemKind};
use crate::eval::{Detail, StepId, What};
use crate::model::{Arith, ExprId, NodeKind};
use crate::value::Period;

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
        let step = self.settled(step);
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
                self.entities(step, &lines, around, items);
            }
            (_, Detail::Ranks(lines)) => {
                let lines = lines.clone();
                self.ranks(step, &lines, around, items);
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

    // Sums over years.

    /// What is read of an entity or for a year; a definition gives its own reasons.
    pub(super) fn read_of(&mut self, read: StepId, around: Around) -> Item {
        if matches!(self.kind(read), Some(NodeKind::Def(_)))
            && let Some(inner) = self.input(read, 0)
        {
            return Item { kind: ItemKind::Entity, ..self.definition(inner, around) };
        }
        let mut item = Item::new(ItemKind::Entity, "").of(read);
        item.value = Some(self.value_words(read, false));
        item.exact = self.exact_words(read);
        item.children = self.details(read, around);
        item
    }

    fn one_year(&mut self, period: Period, step: StepId, around: Around, items: &mut Vec<Item>) {
        let moment = self.trace.step(step).at.moment;
        let mut item = self.read_of(step, Around { moment, ..around });
        item.kind = ItemKind::Year;
        item.label = period.print(self.words.lang);
        items.push(item);
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
            let mut item = Item::new(ItemKind::Step, label).at(self.words.model.node(expr).span).of(step);
            item.value = Some(self.value_words(step, false));
            item.exact = self.exact_words(step);
            item.says.extend(self.rounding(step));
            item.says.extend(self.level_dropped(step));
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
                | NodeKind::IndexFigure(..)
                | NodeKind::Aggregate { .. }
                | NodeKind::Rank { .. }
                | NodeKind::Entity(..)
                | NodeKind::Of { .. }
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
            NodeKind::Nominal(_) => {
                Some(format!("{} {}", value(0)?, lang.pick("nominelt", "in nominal terms")))
            }
            NodeKind::Extreme(..) => Some(self.figures(step, around)),
            _ => None,
        }
    }
}
