//! Conversions in words: the way from one price level to another, line by line, with each factor and its basis.

use super::teller::{Around, Teller, glued};
use super::{Basis, Depth, Item, ItemKind, Words};
use crate::base::Lang;
use crate::eval::{StepId, Trace, What, conversion_years};
use crate::model::{Index, IndexId, IndexKind, IndexPath, NodeKind};
use crate::syntax::ast::Citation;
use crate::types::price_words;
use crate::value::{Number, PriceLevel, print_number};

/// One line of the way: what it is for, its figure, and what it does to the amount.
struct Walked {
    /// The position of the line in its index.
    line: usize,
    /// The step of its figure.
    figure: StepId,
    /// The factor in words: `1,035`, `137,3 / 100`.
    factor: String,
    /// Whether it is divided by.
    divided: bool,
    /// The amount that comes of it, where it is known.
    after: Option<Number>,
}

/// `pl_samlet[2024 til 2025]`: the figure of a line of an index, as it is read.
pub(super) fn figure_name(words: Words<'_>, index: IndexId, (from, to): (i16, i16)) -> String {
    let data = &words.model.indices[index];
    let years = match (data.kind, from == to) {
        (IndexKind::Steps, _) => format!("{from} {} {to}", words.lang.pick("til", "to")),
        (IndexKind::Points, true) => from.to_string(),
        (IndexKind::Points, false) => format!("{from}-{to}"),
    };
    format!("{}[{years}]", data.name)
}

/// What the figures of indices rest on that an expression reads itself, definitions apart: their lines, else the index.
pub(super) fn figures_basis<'m>(words: Words<'m>, trace: &Trace, step: StepId) -> Vec<&'m Citation> {
    let (mut open, mut cited) = (vec![step], Vec::new());
    while let Some(at) = open.pop() {
        let What::Expr(expr) = trace.step(at).what else { continue };
        if let NodeKind::IndexFigure(index, from, to) = words.model.node(expr).kind {
            let data = &words.model.indices[index];
            let own = data.line((from, to)).map(|(_, line)| &line.basis).filter(|basis| !basis.is_empty());
            cited.extend(own.unwrap_or(&data.basis));
        }
        // Most steps are figures and facts: what reads nothing and is no index's figure is not worth a turn.
        let worth = |input: &&StepId| match trace.step(**input).what {
            What::Def(_) => false,
            What::Expr(expr) => {
                !trace.step(**input).inputs.is_empty()
                    || matches!(words.model.node(expr).kind, NodeKind::IndexFigure(..))
            }
        };
        open.extend(trace.step(at).inputs.iter().rev().filter(worth));
    }
    cited
}

impl Teller<'_> {
    /// Tells a conversion: from which level to which, and every line of the index on the way.
    pub(super) fn conversion(&mut self, step: StepId, around: Around) -> Option<Item> {
        let NodeKind::Converted { index, .. } = self.kind(step)? else { return None };
        let lang = self.words.lang;
        let data = &self.words.model.indices[*index];
        let (from, to) = conversion_years(self.words.model, self.expr_of(step)?, self.trace.step(step).at)?;
        let level = |year| price_words(PriceLevel::Of(year)).get(lang).to_owned();
        let label = match level(from) == level(to) {
            true => lang.pick(
                format!("til {} efter {}", level(to), data.name),
                format!("to {} by {}", level(to), data.name),
            ),
            false => lang.pick(
                format!("fra {} til {} efter {}", level(from), level(to), data.name),
                format!("from {} to {} by {}", level(from), level(to), data.name),
            ),
        };
        let mut item = Item::new(ItemKind::Note, label).at(data.span);
        item.title = data.title.clone();
        item.basis = Basis::all(&data.basis, lang);
        let walked = self.walked(step, from, to)?;
        if walked.is_empty() {
            item.says
                .push(lang.pick("beløbet står der allerede", "the amount stands there already").to_owned());
        }
        let told = walked.len();
        for (position, walked) in walked.iter().enumerate() {
            let line = self.walked_line(step, data, walked, (position, told), around);
            item.children.push(line);
        }
        if self.depth == Depth::Arithmetic {
            item.value = Some(self.value_words(step, false));
            item.exact = self.exact_words(step);
            item.kind = ItemKind::Step;
        }
        Some(item)
    }

    /// A conversion in half a sentence, where its lines are not told: `ganget med 1,035 (2024 til 2025)`.
    pub(super) fn conversion_says(&self, step: StepId) -> Option<String> {
        let NodeKind::Converted { index, .. } = self.kind(step)? else { return None };
        let data = &self.words.model.indices[*index];
        let (from, to) = conversion_years(self.words.model, self.expr_of(step)?, self.trace.step(step).at)?;
        let lang = self.words.lang;
        let parts: Vec<String> = self
            .walked(step, from, to)?
            .iter()
            .map(|walked| {
                let line = data.lines.get(walked.line).map(|line| data.line_words(line, lang));
                format!("{} ({})", factor_words(walked, lang), line.unwrap_or_default())
            })
            .collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }

    /// `nominelt` says which level is not counted.
    pub(super) fn level_dropped(&self, step: StepId) -> Option<String> {
        let NodeKind::Nominal(_) = self.kind(step)? else { return None };
        let inner = self.input(step, 0)?;
        let moment = self.trace.step(step).at.moment.interval()?;
        let level = price_words(self.typed(inner).0.level()?.at(moment)?);
        let (da, en) = (level.get(Lang::Da), level.get(Lang::En));
        Some(self.words.lang.pick(
            format!("prisniveauet ({da}) er der set bort fra"),
            format!("the price level ({en}) is left out of account"),
        ))
    }

    /// Walks the way again with what the trace holds.
    fn walked(&self, step: StepId, from: i16, to: i16) -> Option<Vec<Walked>> {
        let NodeKind::Converted { index, .. } = self.kind(step)? else { return None };
        let data = &self.words.model.indices[*index];
        let path = data.path(from, to).ok()?;
        let inputs = &self.trace.step(step).inputs;
        let mut amount = self.trace.outcome(*inputs.first()?).as_number().cloned();
        let figure = |at: usize| inputs.get(at + 1).copied();
        let number = |step: StepId| self.trace.outcome(step).as_number().cloned();
        let plain = |number: &Number| self.plain_number(number);
        match &path {
            IndexPath::Steps { lines, back } => {
                let walk = |(at, line): (usize, &usize)| {
                    let figure = figure(at)?;
                    let factor = number(figure).map(|rate| rate.add(&Number::one()));
                    amount = amount.as_ref().zip(factor.as_ref()).and_then(|(amount, factor)| match back {
                        true => amount.div(factor),
                        false => Some(amount.mul(factor)),
                    });
                    let words = factor.map_or_else(|| self.unknown_word(), |factor| plain(&factor));
                    let (line, divided, after) = (*line, *back, amount.clone());
                    Some(Walked { line, figure, factor: words, divided, after })
                };
                lines.iter().enumerate().map(walk).collect()
            }
            IndexPath::Points { from, to } if from == to => Some(vec![]),
            IndexPath::Points { from, to } => {
                let (below, above) = (figure(0)?, figure(1)?);
                let line = |line, figure, divided, after| {
                    let words = number(figure).map_or_else(|| self.unknown_word(), |n| plain(&n));
                    Walked { line, figure, factor: words, divided, after }
                };
                let down = amount.as_ref().zip(number(below)).and_then(|(amount, n)| amount.div(&n));
                let up = down.as_ref().zip(number(above)).map(|(amount, n)| amount.mul(&n));
                Some(vec![line(*from, below, true, down), line(*to, above, false, up)])
            }
        }
    }

    fn unknown_word(&self) -> String {
        self.words.lang.pick("det ukendte tal", "the unknown figure").to_owned()
    }

    /// A factor is written out, however many decimals it has.
    fn plain_number(&self, number: &Number) -> String {
        match number.decimals() {
            Some(decimals) => print_number(number, self.words.lang, 0, decimals).text,
            None => number.to_exact(),
        }
    }

    fn walked_line(
        &self,
        step: StepId,
        data: &Index,
        walked: &Walked,
        (position, told): (usize, usize),
        around: Around,
    ) -> Item {
        let lang = self.words.lang;
        let Some(line) = data.lines.get(walked.line) else { return Item::new(ItemKind::Note, "") };
        let figure = self.expr_of(walked.figure).map(|expr| self.names(expr, around)).unwrap_or_default();
        let mut item = Item::new(ItemKind::Step, data.line_words(line, lang)).value(figure).at(line.span);
        item.basis = Basis::all(&line.basis, lang);
        let mut says = factor_words(walked, lang);
        // The last line gives the result itself, which stands above.
        let last = position + 1 == told;
        if let (Some(after), false) = (&walked.after, last || data.kind == IndexKind::Points) {
            let (ty, show) = self.typed(step);
            let gives = lang.pick("giver", "gives");
            says = format!("{says}, {gives} {}", glued(&self.words.number(after, ty, show)));
            if self.depth == Depth::Arithmetic && !self.words.says_all(after, show) {
                let exact = glued(&self.words.exact(after, ty, show));
                says = format!("{says} ({} {exact})", lang.pick("nøjagtigt", "exactly"));
            }
        }
        item.says.push(says);
        if let Some(replaced) = &line.replaced {
            let origin = self.origin_words(&replaced.origin);
            let was = &self.words.model.node(replaced.was).kind;
            item.says.push(match was {
                NodeKind::Unknown(None) => origin,
                _ => {
                    let instead = lang.pick("i stedet for", "instead of");
                    format!("{origin}, {instead} {}", self.names(replaced.was, around))
                }
            });
        }
        item
    }
}

fn factor_words(walked: &Walked, lang: Lang) -> String {
    match walked.divided {
        true => format!("{} {}", lang.pick("divideret med", "divided by"), walked.factor),
        false => format!("{} {}", lang.pick("ganget med", "multiplied by"), walked.factor),
    }
}
