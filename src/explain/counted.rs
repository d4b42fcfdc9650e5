//! Aggregates and ranks: who was counted, who was left out and why, and who stands beside whom.

use super::teller::{Around, Teller, glued};
use super::{Depth, Item, ItemKind};
use crate::eval::{EntityLine, Outcome, RankLine, StepId};
use crate::model::NodeKind;

/// More lines than this are told as a few and a summary.
const DOZEN: usize = 12;

/// So many places before and after one's own are told of a long ranking.
const NEIGHBOURS: usize = 2;

/// So many names are told of those left out.
const NAMES: usize = 6;

impl Teller<'_> {
    /// Returns which of many lines are told: all, where they are few or every step is asked for, else those wanted.
    pub(super) fn few(&self, count: usize, wanted: impl Fn(usize) -> bool) -> Vec<usize> {
        let all = count <= DOZEN || self.depth == Depth::Arithmetic;
        (0..count).filter(|index| all || wanted(*index)).collect()
    }

    /// The entities that an aggregate ran over.
    pub(super) fn entities(
        &mut self,
        step: StepId,
        lines: &[EntityLine],
        around: Around,
        items: &mut Vec<Item>,
    ) {
        let told = self.few(lines.len(), |index| lines[index].open);
        for index in &told {
            let item = lines.get(*index).and_then(|line| self.entity_line(line, around));
            items.extend(item);
        }
        if told.len() < lines.len() {
            let rest: Vec<&EntityLine> =
                (0..lines.len()).filter(|index| !told.contains(index)).map(|index| &lines[index]).collect();
            self.summary(step, &rest, items);
        }
        let read: Vec<StepId> = lines.iter().flat_map(|line| [line.read, line.condition]).flatten().collect();
        let inputs = self.trace.step(step).inputs.clone();
        let fallback = inputs.into_iter().filter(|input| !read.contains(input));
        let fallback: Vec<StepId> =
            fallback.filter(|input| !lines.iter().any(|line| line.weight == Some(*input))).collect();
        for input in fallback {
            let mut item = Item::new(ItemKind::Note, self.words.lang.pick("hvis ingen", "if none"));
            item.value = Some(self.value_words(input, false));
            item.exact = self.exact_words(input);
            item.children = self.details(input, around);
            items.push(item);
        }
    }

    fn entity_line(&mut self, line: &EntityLine, around: Around) -> Option<Item> {
        let inner = Around { entity: Some(line.entity), ..around };
        let read = line.read.filter(|_| line.selected || line.open);
        let mut item = match read {
            Some(read) => self.read_of(read, inner),
            None => Item::new(ItemKind::Entity, ""),
        };
        item.label = self.words.entity(line.entity).to_owned();
        if let Some(weight) = line.weight.filter(|_| line.selected || line.open) {
            let word = self.words.lang.pick("vægt", "weight");
            item.says.push(format!("{word} {}", self.leaf(weight, inner)));
            item.children.extend(self.details(weight, inner));
        }
        if let Some(condition) = line.condition {
            item.says.insert(0, self.selected_words((line.selected, line.open), condition, inner));
            item.children.extend(self.details(condition, inner));
        }
        if item.value.is_none() && item.says.is_empty() {
            item.says.push(self.words.lang.pick("talt med", "counted").to_owned());
        }
        Some(item)
    }

    /// Why one is counted, or not.
    pub(super) fn selected_words(
        &self,
        (selected, open): (bool, bool),
        condition: StepId,
        around: Around,
    ) -> String {
        let lang = self.words.lang;
        let judged = self.judged(condition, around);
        match (selected, open) {
            (true, _) => lang.pick(format!("med: {judged}"), format!("counted: {judged}")),
            (false, true) => lang.pick(format!("måske med: {judged}"), format!("perhaps counted: {judged}")),
            (false, false) => lang.pick(format!("ikke med: {judged}"), format!("not counted: {judged}")),
        }
    }

    /// Many lines in two: those counted, from the least to the greatest, and those left out.
    fn summary(&self, step: StepId, lines: &[&EntityLine], items: &mut Vec<Item>) {
        let lang = self.words.lang;
        let plural = match self.kind(step) {
            Some(NodeKind::Aggregate { set, .. } | NodeKind::Quantified { set, .. }) => {
                self.words.model.kinds[set.kind].plural.clone()
            }
            _ => String::new(),
        };
        let (counted, left): (Vec<&EntityLine>, Vec<&EntityLine>) =
            lines.iter().copied().partition(|line| line.selected);
        if !counted.is_empty() {
            let count = counted.len();
            let label = lang.pick(format!("{count} {plural} talt med"), format!("{count} {plural} counted"));
            let mut item = Item::new(ItemKind::Note, label);
            item.says.extend(self.least_and_greatest(&counted));
            item.says.extend(self.lapsed(&counted));
            items.push(item);
        }
        if !left.is_empty() {
            let count = left.len();
            let label =
                lang.pick(format!("{count} {plural} ikke med"), format!("{count} {plural} not counted"));
            let names = self.some_names(left.iter().map(|line| line.entity));
            items.push(Item::new(ItemKind::Note, label).says(names));
        }
    }

    fn some_names(&self, all: impl Iterator<Item = crate::facts::EntityId>) -> String {
        let names: Vec<&str> = all.map(|entity| self.words.entity(entity)).collect();
        let shown = names.iter().take(NAMES).copied().collect::<Vec<_>>().join("; ");
        match names.len().saturating_sub(NAMES) {
            0 => shown,
            more => {
                let words = self.words.lang.pick(format!("og {more} til"), format!("and {more} more"));
                format!("{shown} {words}")
            }
        }
    }

    fn least_and_greatest(&self, lines: &[&EntityLine]) -> Option<String> {
        let numbers = lines.iter().filter_map(|line| {
            let read = line.read?;
            Some((line.entity, read, self.trace.outcome(read).as_number()?))
        });
        let numbers: Vec<_> = numbers.collect();
        let least = numbers.iter().min_by(|a, b| a.2.cmp(b.2))?;
        let greatest = numbers.iter().max_by(|a, b| a.2.cmp(b.2))?;
        let text = |read: StepId, entity| {
            let outer =
                Around { clause: None, entity: Some(entity), moment: self.trace.step(read).at.moment };
            format!("{} ({})", self.leaf(read, outer), self.words.entity(entity))
        };
        let lang = self.words.lang;
        let (from, to) = (lang.pick("fra", "from"), lang.pick("til", "to"));
        Some(format!("{from} {} {to} {}", text(least.1, least.0), text(greatest.1, greatest.0)))
    }

    /// Those whose value is not there, by name.
    fn lapsed(&self, lines: &[&EntityLine]) -> Vec<String> {
        let lang = self.words.lang;
        let states = [
            (lang.pick("gælder ikke for", "does not apply to"), 0),
            (lang.pick("ukendt for", "unknown for"), 1),
            (lang.pick("fejl for", "error for"), 2),
        ];
        let state = |line: &&&EntityLine| match line.read.map(|read| self.trace.outcome(read)) {
            Some(Outcome::DoesNotApply(_)) => Some(0),
            Some(Outcome::Unknown(_)) => Some(1),
            Some(Outcome::Error(_)) => Some(2),
            Some(Outcome::Value(_)) | None => None,
        };
        let told = states.into_iter().filter_map(|(words, wanted)| {
            let those: Vec<_> =
                lines.iter().filter(|line| state(line) == Some(wanted)).map(|line| line.entity).collect();
            let names = self.some_names(those.iter().copied());
            (!those.is_empty()).then(|| format!("{words} {names}"))
        });
        told.collect()
    }

    /// Facts as they are listed: of a fact that many have been asked for, one line from the least to the greatest.
    pub(super) fn facts_in_short(&self, steps: &[StepId]) -> Vec<Item> {
        let key = |step: StepId| (self.fact_of(step), self.trace.step(step).at.moment);
        let same = |step: StepId| -> Vec<StepId> {
            steps.iter().copied().filter(|other| key(*other) == key(step)).collect()
        };
        let mut told = std::collections::BTreeSet::new();
        let mut items = Vec::new();
        for step in steps.iter().copied() {
            let all = same(step);
            if all.len() <= DOZEN || self.depth == Depth::Arithmetic {
                items.extend(self.fact_item(step));
            } else if told.insert(key(step)) {
                items.extend(self.facts_of_many(&all));
            }
        }
        items
    }

    fn fact_of(&self, step: StepId) -> Option<crate::model::FactId> {
        match self.kind(step) {
            Some(NodeKind::Fact(fact)) => Some(*fact),
            Some(_) | None => None,
        }
    }

    fn facts_of_many(&self, steps: &[StepId]) -> Option<Item> {
        let fact = self.fact_of(*steps.first()?)?;
        let crate::model::FactOwner::Kind(kind) = self.words.model.facts[fact].owner else { return None };
        let (lang, count) = (self.words.lang, steps.len());
        let (name, plural) = (self.words.model.fact_name(fact), &self.words.model.kinds[kind].plural);
        let label = lang.pick(format!("{name} for {count} {plural}"), format!("{name} of {count} {plural}"));
        let mut item = Item::new(ItemKind::Fact, label);
        let numbers = steps.iter().filter_map(|step| Some((*step, self.trace.outcome(*step).as_number()?)));
        let numbers: Vec<_> = numbers.collect();
        let least = numbers.iter().min_by(|a, b| a.1.cmp(b.1));
        let greatest = numbers.iter().max_by(|a, b| a.1.cmp(b.1));
        if let (Some(least), Some(greatest)) = (least, greatest) {
            let text = |step: StepId| {
                let who = self.owner(step).map(|entity| self.words.entity(entity)).unwrap_or_default();
                format!("{} ({who})", glued(&self.value_words(step, false)))
            };
            let (from, to) = (lang.pick("fra", "from"), lang.pick("til", "to"));
            item.says.push(format!("{from} {} {to} {}", text(least.0), text(greatest.0)));
        }
        Some(item)
    }

    /// A ranking: all of a short one, else the first and those beside the one at hand.
    pub(super) fn ranks(&mut self, step: StepId, lines: &[RankLine], around: Around, items: &mut Vec<Item>) {
        let me = self.trace.step(step).at.entity.or(around.entity);
        let own = lines.iter().position(|line| Some(line.entity) == me);
        let near = |index: usize| index == 0 || own.is_some_and(|own| own.abs_diff(index) <= NEIGHBOURS);
        let told = self.few(lines.len(), near);
        let mut last = None;
        for index in told {
            if last.is_some_and(|last: usize| last + 1 < index) {
                let between = index - last.map_or(0, |last| last + 1);
                items.push(self.passed_over(between));
            }
            last = Some(index);
            if let Some(line) = lines.get(index) {
                let item = self.rank_line(line, Some(line.entity) == me, around);
                items.push(item);
            }
        }
        let after = lines.len().saturating_sub(last.map_or(0, |last| last + 1));
        if after > 0 && last.is_some() {
            items.push(self.passed_over(after));
        }
    }

    fn passed_over(&self, count: usize) -> Item {
        let lang = self.words.lang;
        Item::new(ItemKind::Note, lang.pick(format!("{count} andre"), format!("{count} others")))
    }

    fn rank_line(&mut self, line: &RankLine, own: bool, around: Around) -> Item {
        let lang = self.words.lang;
        let inner = Around { entity: Some(line.entity), ..around };
        let mut item = self.read_of(line.read, inner);
        item.label = self.words.entity(line.entity).to_owned();
        // The reasons of each value are told where that value is asked for.
        item.children = if own { item.children } else { Vec::new() };
        item.says = match line.rank {
            Some(rank) => vec![lang.pick(format!("nummer {rank}"), format!("number {rank}"))],
            None => Vec::new(),
        };
        item.value = item.value.map(|value| glued(&value));
        item
    }
}
