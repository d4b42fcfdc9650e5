//! What a result rests on besides its own lines: what is missing, given from outside, changed, uncertain or assumed.

use super::ground::fact_basis;
use super::rests::Change;
use super::teller::{Around, Teller};
use super::{Depth, Item, ItemKind, Notes, NotesKind, Rests};
use crate::eval::{FactOrigin, Missing, MissingWhat, Outcome, StepId, What};
use crate::facts::{DataOrigin, Found};
use crate::model::{Assumption, FactId, IndexId, NodeKind, OverTarget};

impl Teller<'_> {
    /// Writes the notes of a result; themes without notes are left out.
    pub(super) fn notes(&self, root: StepId, rests: &Rests) -> Vec<Notes> {
        let lang = self.words.lang;
        let theme = |kind, da: &str, en: &str, items: Vec<Item>| Notes {
            kind,
            heading: lang.pick(da, en).to_owned(),
            items,
        };
        let all = [
            theme(NotesKind::Missing, "Mangler", "Missing", self.missing(root)),
            theme(
                NotesKind::Changed,
                "Ændret i forhold til filen",
                "Changed from the file",
                self.changed(rests),
            ),
            theme(
                NotesKind::Uncertain,
                "Tal, der ikke er endelige",
                "Figures that are not final",
                self.uncertain(rests),
            ),
            theme(NotesKind::Facts, "Oplysninger", "Facts given", self.facts(rests)),
            theme(NotesKind::Assumptions, "Antagelser", "Assumptions", self.assumptions(rests)),
        ];
        all.into_iter().filter(|notes| !notes.items.is_empty()).collect()
    }

    fn around(&self) -> Around {
        Around { clause: None, entity: None, moment: self.words.base }
    }

    fn missing(&self, root: StepId) -> Vec<Item> {
        let Outcome::Unknown(unknown) = self.trace.outcome(root) else { return vec![] };
        unknown.missing.iter().map(|missing| self.missing_item(*missing)).collect()
    }

    fn missing_item(&self, missing: Missing) -> Item {
        let mut item = Item::new(ItemKind::Missing, self.words.missing_why(missing));
        let model = self.words.model;
        match missing.what {
            MissingWhat::Fact(fact) => {
                let data = &model.facts[fact];
                item.span = Some(data.span);
                item.says.extend(data.title.as_ref().map(|title| format!("\"{title}\"")));
                item.says.extend(self.domain_words(fact));
            }
            MissingWhat::Stated(def, expr) => {
                item.span = Some(model.defs[def].span);
                if let NodeKind::Unknown(Some(reason)) = &model.node(expr).kind {
                    item.says.push(format!("\"{reason}\""));
                }
            }
            MissingWhat::Total(def) => {
                item.span = Some(model.defs[def].span);
                let why = self
                    .words
                    .lang
                    .pick("kun summen over flere år er fastsat", "only the total over several years is set");
                item.says.push(why.to_owned());
            }
            MissingWhat::Entity(expr) if model.index_line(expr).is_some() => {
                item.span = Some(model.node(expr).span);
                if let NodeKind::Unknown(Some(reason)) = &model.node(expr).kind {
                    item.says.push(format!("\"{reason}\""));
                }
            }
            MissingWhat::Entities(_) | MissingWhat::Entity(_) => {
                let why = self.words.lang.pick("ikke oplyst i data", "not given in data");
                item.says.push(why.to_owned());
            }
        }
        item
    }

    fn domain_words(&self, fact: FactId) -> Option<String> {
        let declared = &self.words.model.facts[fact].declared;
        let domain = declared.domain.as_ref()?;
        let end = |end: &Option<(crate::value::Number, bool)>| end.as_ref().map(|(number, _)| number.clone());
        let open =
            |end: &Option<(crate::value::Number, bool)>| end.as_ref().is_some_and(|(_, included)| !included);
        let (low, high) = (end(&domain.low), end(&domain.high));
        let (low_open, high_open) = (open(&domain.low), open(&domain.high));
        let bounds = crate::eval::Bounds { low, high, low_open, high_open };
        self.words.bounds(&bounds, &declared.ty, &declared.show)
    }

    fn facts(&self, rests: &Rests) -> Vec<Item> {
        let given = |step: &&StepId| !matches!(self.fact_origin(**step), Some(FactOrigin::Missing) | None);
        let steps: Vec<StepId> = rests.facts.iter().copied().filter(|step| given(&step)).collect();
        self.facts_in_short(&steps)
    }

    pub(super) fn fact_item(&self, step: StepId) -> Option<Item> {
        let NodeKind::Fact(fact) = self.kind(step)? else { return None };
        let lang = self.words.lang;
        let data = &self.words.model.facts[*fact];
        let who = self.owner(step).map(|e| format!("{}.", self.words.entity(e))).unwrap_or_default();
        let moment = self.trace.step(step).at.moment;
        let when = match moment == self.words.base || data.declared.always {
            true => String::new(),
            false => format!(" ({})", moment.print(lang)),
        };
        let name = self.words.model.fact_name(*fact);
        let mut item = Item::new(ItemKind::Fact, format!("{who}{name}{when}")).at(data.span).of(step);
        item.basis = fact_basis(self.words, self.trace, step);
        item.value = Some(self.value_words(step, false));
        item.exact = self.exact_words(step);
        match self.fact_origin(step)? {
            FactOrigin::Data(origin) => item.says.push(self.place(origin)),
            FactOrigin::Override(index) => {
                let over = &self.words.model.overrides[*index];
                item.says.push(self.layer_words(over.layer));
                item.span = Some(over.span);
                item.says.extend(self.replaced_datum(*fact, step));
            }
            FactOrigin::Default => {
                let text =
                    lang.pick("ikke oplyst; teksten forudsætter dette", "not given; the text takes this");
                item.says.push(text.to_owned());
            }
            FactOrigin::Missing => {}
        }
        Some(item)
    }

    /// What data say of a fact that something else was put in place of.
    fn replaced_datum(&self, fact: FactId, step: StepId) -> Option<String> {
        let at = self.trace.step(step).at;
        let Found::One(given) = self.words.facts.fact(fact, self.owner(step), at.moment) else { return None };
        let declared = &self.words.model.facts[fact].declared;
        let was = match &given.datum {
            Ok(datum) => self.words.datum(datum, &declared.ty, &declared.show),
            Err(refused) => {
                let not_usable =
                    self.words.lang.pick("en værdi, der ikke kan bruges", "a value that cannot be used");
                format!("{not_usable} ({})", refused.code.id())
            }
        };
        let instead = self.words.lang.pick("i stedet for", "instead of");
        Some(format!("{instead} {was} ({})", self.place(&given.origin)))
    }

    /// The file; the place in it too, unless it is a path that says what the name says.
    fn place(&self, origin: &DataOrigin) -> String {
        let place = origin.place.get(self.words.lang);
        match self.depth != Depth::Arithmetic && place.starts_with("`/") {
            true => origin.file.clone(),
            false => format!("{}, {place}", origin.file),
        }
    }

    /// Facts that were changed are told among the facts.
    fn changed(&self, rests: &Rests) -> Vec<Item> {
        let item = |change: &Change| match change {
            Change::Override(index) => self.override_item(*index),
            Change::Data(step) => match self.trace.step(*step).what {
                What::Def(def) => {
                    let from = self.words.lang.pick("oplyst i data", "given in data");
                    Some(Item::new(ItemKind::Note, self.words.def_name(def)).says(from))
                }
                What::Expr(_) => None,
            },
            Change::Cell(step, row) => self.cell_item(*step, *row),
            Change::Index(id, position) => self.index_item(*id, *position),
        };
        let mut items: Vec<Item> = Vec::new();
        for new in rests.changed.iter().filter_map(item) {
            if !items.contains(&new) {
                items.push(new);
            }
        }
        items
    }

    fn override_item(&self, index: usize) -> Option<Item> {
        let over = &self.words.model.overrides[index];
        let OverTarget::Def(def) = over.target else { return None };
        let who =
            over.entity.as_ref().map(|entity| format!(" {} {entity}", self.words.lang.pick("for", "for")));
        let label = format!("{}{}", self.words.def_name(def), who.unwrap_or_default());
        let value = self.names(over.value, self.around());
        let item = Item::new(ItemKind::Note, label).value(value).at(over.span);
        Some(item.says(self.layer_words(over.layer)))
    }

    fn cell_item(&self, step: StepId, row: usize) -> Option<Item> {
        let (table, column) = self.words.model.cell_behind(self.expr_of(step)?, row)?;
        let data = &self.words.model.tables[table];
        let cell = super::layers::cell_then(self.words, self.trace, step, row)?;
        let name = data.results.get(column)?;
        let key = self.row_key(table, row, self.around());
        let value = self.names(cell.value, self.around());
        let mut item = Item::new(ItemKind::Note, format!("{name}[{key}]")).value(value);
        item.says.push(self.layer_words(cell.layer));
        let instead = self.words.lang.pick("i stedet for", "instead of");
        item.says.extend(cell.was.map(|was| format!("{instead} {}", self.names(was, self.around()))));
        Some(item)
    }

    fn index_item(&self, id: IndexId, position: usize) -> Option<Item> {
        let line = self.words.model.indices[id].lines.get(position)?;
        let replaced = line.replaced.as_ref()?;
        let name = self.words.model.index_line_name(id, position, self.words.lang);
        let value = self.names(line.value, self.around());
        let item = Item::new(ItemKind::Note, name).value(value).at(line.span);
        let item = item.says(self.origin_words(&replaced.origin));
        if matches!(self.words.model.node(replaced.was).kind, NodeKind::Unknown(None)) {
            return Some(item);
        }
        let instead = self.words.lang.pick("i stedet for", "instead of");
        Some(item.says(format!("{instead} {}", self.names(replaced.was, self.around()))))
    }

    fn uncertain(&self, rests: &Rests) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for step in &rests.uncertain {
            let Some(expr) = self.expr_of(*step) else { continue };
            let span = self.words.model.node(expr).span;
            if items.iter().any(|item| item.span == Some(span)) {
                continue;
            }
            let owner = self.words.model.defs.ids().find(|def| self.states(*def, span));
            let line = self.words.model.index_line(expr);
            let line = line.map(|(id, at)| self.words.model.index_line_name(id, at, self.words.lang));
            let label = owner.map(|def| self.words.def_name(def)).or(line).unwrap_or_default();
            let figure = self.names(expr, self.around());
            items.push(Item::new(ItemKind::Note, label).value(figure).at(span));
        }
        items
    }

    /// Tells whether a definition's line holds a place.
    fn states(&self, def: crate::model::DefId, span: crate::base::Span) -> bool {
        self.words.model.defs[def]
            .alternatives
            .iter()
            .any(|a| a.span.file == span.file && a.span.start <= span.start && span.end <= a.span.end)
    }

    fn assumptions(&self, rests: &Rests) -> Vec<Item> {
        let model = self.words.model;
        let mut items: Vec<Item> = model
            .assumptions
            .iter()
            .filter(|a| rests.touched(self.words, a))
            .map(|assumption| self.assumption(assumption))
            .collect();
        let levels = rests.assumed_levels(self.words).into_iter();
        items.extend(
            levels.map(|level| Item::new(ItemKind::Note, level.name).at(level.span).says(level.says)),
        );
        items
    }

    fn assumption(&self, assumption: &Assumption) -> Item {
        let lang = self.words.lang;
        let mut item = Item::new(ItemKind::Note, assumption.name.clone()).at(assumption.span);
        item.title = assumption.title.clone();
        let named = |reading: &crate::model::Reading| match &reading.title {
            Some(title) => format!("{} (\"{title}\")", reading.name),
            None => reading.name.clone(),
        };
        let chosen = assumption.chosen.and_then(|index| assumption.readings.get(index));
        if let Some(reading) = chosen {
            item.says.push(format!("{} {}", lang.pick("læst som", "read as"), named(reading)));
        }
        let others: Vec<String> = assumption
            .readings
            .iter()
            .filter(|r| chosen.is_none_or(|c| c.name != r.name))
            .map(named)
            .collect();
        if !others.is_empty() {
            let could = lang.pick("kan også læses som", "can also be read as");
            item.says.push(format!("{could} {}", others.join("; ")));
        }
        let why: Vec<&str> = assumption.reasons().map(String::as_str).collect();
        if !why.is_empty() {
            item.says.push(format!("{}: {}", lang.pick("begrundelse", "reason"), why.join(" ")));
        }
        item
    }
}
