//! What lies around a result besides the changes of one fact, in words: two facts together, jumps, what is missing.

use super::change::Changes;
use super::knob::Knob;
use super::walk::Turn;
use super::words::{change_item, datum, edge, effect, knob_name};
use crate::eval::{Outcome, What};
use crate::explain::{Basis, Item, ItemKind, Words};
use crate::model::{Show, Ty};
use crate::session::{AnswerLine, Target};
use crate::value::Number;

/// The sections below the changes of one fact; those without anything to tell are left out.
pub(super) fn sections(words: Words<'_>, line: &AnswerLine, name: &str, found: &Changes) -> Vec<Item> {
    let lang = words.lang;
    let of = Section { words, line, name };
    let pairs = found.pairs.iter().map(|change| change_item(words, name, change)).collect();
    let cliffs = found.cliffs.iter().map(|(knob, turn)| of.jump(knob, turn)).collect();
    let thresholds = found.thresholds.iter().map(|(knob, turn)| of.threshold(knob, turn)).collect();
    let all = [
        section(
            lang.pick(
                "to oplysninger sammen, hver ændret lige meget",
                "two facts together, each changed by the same part",
            ),
            pairs,
        ),
        section(lang.pick("spring i svaret", "jumps in the answer"), cliffs),
        section(
            lang.pick(
                "det, der mangler, ville afgøre det sådan",
                "what is missing would decide it like this",
            ),
            thresholds,
        ),
        section(
            lang.pick("ved yderpunkterne af det, der mangler", "at the ends of what is missing"),
            of.ends(found),
        ),
    ];
    all.into_iter().flatten().collect()
}

pub(super) fn section(heading: &str, children: Vec<Item>) -> Option<Item> {
    let heading = Item::new(ItemKind::Note, heading.to_owned());
    (!children.is_empty()).then_some(Item { children, ..heading })
}

struct Section<'a> {
    words: Words<'a>,
    line: &'a AnswerLine,
    name: &'a str,
}

impl Section<'_> {
    fn typed(&self) -> (&Ty, &Show) {
        let model = self.words.model;
        match self.line.target {
            Target::Def(def) => (&model.defs[def].ty, &model.defs[def].show),
            Target::Expr(expr) => (&model.node(expr).ty, &model.node(expr).show),
        }
    }

    fn outcome(&self, outcome: &Outcome) -> String {
        let (ty, show) = self.typed();
        self.words.outcome(outcome, ty, show)
    }

    fn number(&self, number: &Number) -> String {
        let (ty, show) = self.typed();
        self.words.number(number, ty, show)
    }

    fn effects(&self, turn: &Turn) -> Vec<String> {
        let all = turn.effects.iter();
        let mut told: Vec<String> = Vec::new();
        for text in all
            .filter_map(|(spot, old, new)| effect(self.words, &turn.run, *spot, (old.as_ref(), new.as_ref())))
        {
            if !told.contains(&text) {
                told.push(text);
            }
        }
        told
    }

    fn place(&self, knob: &Knob, turn: &Turn) -> Item {
        let mut own = Item::new(ItemKind::Fact, knob_name(self.words, knob));
        own.value = Some(datum(self.words, knob, &turn.to));
        own.says.extend(edge(self.words, knob, turn.edge.as_ref(), &turn.to));
        own
    }

    fn jump(&self, knob: &Knob, turn: &Turn) -> Item {
        let lang = self.words.lang;
        let mut own = self.place(knob, turn);
        let (from, to) = (self.outcome(&turn.before), self.outcome(&turn.after));
        let by = turn.jump.as_ref().map(|jump| self.number(jump)).unwrap_or_default();
        own.says.push(lang.pick(
            format!("{} springer fra {from} til {to} ({by})", self.name),
            format!("{} jumps from {from} to {to} ({by})", self.name),
        ));
        own.says.extend(self.effects(turn));
        own.basis = self.basis(turn);
        own
    }

    /// What the first thing that turns rests on: its exception, else its clause.
    fn basis(&self, turn: &Turn) -> Vec<Basis> {
        let model = self.words.model;
        let cited = turn.effects.iter().find_map(|(spot, _, _)| match (spot.exception, spot.what) {
            (Some(exception), _) => Some(&model.exceptions[exception].basis),
            (None, What::Def(def)) => Some(&model.clauses[model.defs[def].clause].basis),
            (None, What::Expr(_)) => None,
        });
        cited.map(|cited| Basis::all(cited, self.words.lang)).unwrap_or_default()
    }

    fn threshold(&self, knob: &Knob, turn: &Turn) -> Item {
        let lang = self.words.lang;
        let mut own = self.place(knob, turn);
        let (from, to) = (self.outcome(&turn.before), self.outcome(&turn.after));
        own.says.push(lang.pick(
            format!("{} er {to} herfra, og før det {from}", self.name),
            format!("{} is {to} from here on, and {from} before", self.name),
        ));
        own.says.extend(self.effects(turn));
        if !turn.proved {
            own.says.push(lang.pick("fundet ved forsøg", "found by trying").to_owned());
        }
        own
    }

    fn ends(&self, found: &Changes) -> Vec<Item> {
        let lang = self.words.lang;
        let Some(ends) = &found.ends else { return Vec::new() };
        let mut all: Vec<Item> = Vec::new();
        for end in &ends.ends {
            let mut own = Item::new(ItemKind::Value, self.name.to_owned());
            own.value = Some(self.outcome(&end.outcome));
            let values = end.values.iter().map(|(knob, value)| {
                format!("{} = {}", knob_name(self.words, knob), datum(self.words, knob, value))
            });
            own.says.push(format!("{} {}", lang.pick("med", "with"), values.collect::<Vec<_>>().join(", ")));
            all.push(own);
        }
        if ends.proved {
            let text = lang.pick(
                "svaret ligger mellem disse, hvad der end oplyses",
                "the answer lies between these, whatever is given",
            );
            all.push(Item::new(ItemKind::Note, text.to_owned()));
        }
        if !ends.unbounded.is_empty() {
            let names =
                ends.unbounded.iter().map(|knob| knob_name(self.words, knob)).collect::<Vec<_>>().join(", ");
            let text = lang.pick(
                format!("reglerne sætter ikke grænser i begge ender for {names}"),
                format!("the rules set no bounds at both ends for {names}"),
            );
            all.push(Item::new(ItemKind::Note, text));
        }
        all
    }
}
