//! Why something did not come into play: a condition not met, a grant lapsed, an exception not applied, a row not hit.

use std::collections::BTreeSet;

use super::lacks::Lacking;
use super::teller::{Around, Teller};
use super::{Depth, Explanation, Item, ItemKind, Rests, Words};
use crate::base::Lang;
use crate::eval::{Considered, Detail, StepId, Trace, What};
use crate::model::{DefId, DefKind, ExceptionId, NodeKind, TableId};

/// What may not have come into play.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sought {
    /// A condition, a grant, a duty, or anything else with a name.
    Def(DefId),
    /// An exception.
    Exception(ExceptionId),
    /// Rows of tables, by position: those of one name in each table that gives the result.
    Rows(Vec<(TableId, usize)>),
    /// Every row of a result's tables.
    Table(DefId),
}

/// Explains why something did not come into play in what a result rests on, once for each place it was looked at.
/// Nothing where the result does not rest on it.
pub fn why_not(words: Words<'_>, trace: &Trace, root: StepId, sought: &Sought) -> Vec<Explanation> {
    let nearest = places(words, trace, root, sought);
    let one = |step: &StepId| told(words, trace, *step, sought);
    let mut all: Vec<Explanation> = Vec::new();
    for next in nearest.iter().map(one) {
        if !all.contains(&next) {
            all.push(next);
        }
    }
    all
}

/// The steps behind a result where something was decided: those of the entity and the time of the result, where there are
/// any.
pub fn places(words: Words<'_>, trace: &Trace, root: StepId, sought: &Sought) -> Vec<StepId> {
    let found: Vec<StepId> =
        trace.behind(root).into_iter().filter(|step| looks_at(words, trace, *step, sought)).collect();
    nearest(words, trace, root, found)
}

/// Tells whether a step is where what is sought was decided.
fn looks_at(words: Words<'_>, trace: &Trace, id: StepId, sought: &Sought) -> bool {
    let step = trace.step(id);
    match (sought, &step.detail) {
        (Sought::Def(def), _) => step.what == What::Def(*def),
        (Sought::Exception(exception), Detail::Definition(_)) => match step.what {
            What::Def(def) => words.model.defs[def].exceptions.iter().any(|(own, _)| own == exception),
            What::Expr(_) => false,
        },
        (Sought::Rows(rows), Detail::Row { table, .. }) => rows.iter().any(|(own, _)| own == table),
        (Sought::Table(def), Detail::Row { table, .. }) => tables(words, *def).contains(table),
        (_, _) => false,
    }
}

/// The tables that a definition looks up.
fn tables(words: Words<'_>, def: DefId) -> BTreeSet<TableId> {
    let bodies = words.model.defs[def].bodies();
    bodies.filter_map(|body| words.model.table_behind(body).map(|(table, _)| table)).collect()
}

/// Of the places, those of the entity and the time the result is for, where there are any.
fn nearest(words: Words<'_>, trace: &Trace, root: StepId, found: Vec<StepId>) -> Vec<StepId> {
    let entity = trace.step(root).at.entity;
    let narrowed = |found: Vec<StepId>, fits: &dyn Fn(StepId) -> bool| {
        let own: Vec<StepId> = found.iter().copied().filter(|step| fits(*step)).collect();
        if own.is_empty() { found } else { own }
    };
    let found = narrowed(found, &|step| trace.step(step).at.moment == words.base);
    let found = narrowed(found, &|step| entity.is_none() || trace.step(step).at.entity == entity);
    // The world without the exception asked about is not where it was decided.
    narrowed(found, &|step| trace.step(step).at.without.is_none())
}

fn told(words: Words<'_>, trace: &Trace, step: StepId, sought: &Sought) -> Explanation {
    let mut teller = Teller::new(words, trace, Depth::Clause);
    let root = match sought {
        Sought::Def(def) => teller.why_not_def(step, *def),
        Sought::Exception(exception) => teller.why_not_exception(step, *exception),
        Sought::Rows(rows) => {
            let own =
                |table| rows.iter().filter(move |(own, _)| *own == table).map(|(_, row)| *row).collect();
            teller.why_not_rows(step, own)
        }
        Sought::Table(_) => teller.why_not_rows(step, |_| Vec::new()),
    };
    // What else an excepted line rests on is beside the point.
    let rested = match (sought, &trace.step(step).detail) {
        (Sought::Exception(exception), Detail::Definition(detail)) => {
            let own = detail.considered.iter().find(|own| own.exception == *exception);
            own.and_then(|own| own.condition.or(own.outer_condition).or(own.date))
        }
        (Sought::Exception(_), _) => None,
        (_, _) => Some(step),
    };
    let notes = rested.map(|step| teller.notes(step, &Rests::of(words, trace, step)));
    Explanation { lang: words.lang, root, notes: notes.unwrap_or_default() }
}

impl Teller<'_> {
    fn around_of(&self, step: StepId) -> Around {
        let at = self.trace.step(step).at;
        let clause = match self.trace.step(step).what {
            What::Def(def) => Some(self.words.model.defs[def].clause),
            What::Expr(_) => None,
        };
        Around { clause, entity: at.entity, moment: at.moment }
    }

    /// A definition with what it lacks; where it lacks nothing, how it came about.
    fn why_not_def(&mut self, step: StepId, def: DefId) -> Item {
        let lacking = match self.words.model.defs[def].kind {
            DefKind::Grant => self.unmet_of_grant(step, def),
            DefKind::Condition
            | DefKind::Value
            | DefKind::GrantFull
            | DefKind::GrantLapsed
            | DefKind::TableResult
            | DefKind::Part
            | DefKind::Duty => match self.trace.outcome(step).as_truth() {
                Some(true) => vec![],
                Some(false) | None => self.lacks_within(step, def, true, 0),
            },
        };
        let mut item = self.root(step);
        let comes_into_play = match self.words.model.defs[def].kind {
            DefKind::Grant => self.pays(step, def) == Some(true),
            _ => self.trace.outcome(step).as_truth() == Some(true),
        };
        if comes_into_play {
            item.says.insert(0, applies(self.words.lang, item.kind));
        } else if !lacking.is_empty() && self.trace.outcome(step).as_truth().is_none_or(|truth| !truth) {
            // What is lacking says more than the figures side by side.
            item.says.retain(|says| !lacking.iter().any(|lacking| lacking.item.label == *says));
            item.children = with_lacking(lacking, self.words.lang, item.children);
        }
        item
    }

    /// Whether a grant is paid in full; `None` where that cannot be decided.
    fn pays(&self, step: StepId, def: DefId) -> Option<bool> {
        let (body, _) = self.chosen(step, def)?;
        match self.trace.step(self.settled(body)).detail {
            Detail::Branch(paid) => Some(paid),
            _ => None,
        }
    }

    /// The conditions of a grant that are not met, each with what it lacks.
    fn unmet_of_grant(&self, step: StepId, def: DefId) -> Vec<Lacking> {
        let Some((body, _)) = self.chosen(step, def) else { return vec![] };
        let body = self.settled(body);
        let Some(NodeKind::Grant { conditions, .. }) = self.kind(body) else { return vec![] };
        let around = self.around_of(step);
        let inputs = (0..conditions.len()).filter_map(|index| self.input(body, index));
        inputs.flat_map(|input| self.lacks(input, true, around, 0)).collect()
    }

    fn why_not_exception(&mut self, step: StepId, exception: ExceptionId) -> Item {
        let around = self.around_of(step);
        let considered = match &self.trace.step(step).detail {
            Detail::Definition(detail) => detail.considered.clone(),
            _ => Vec::new(),
        };
        let Some(own) = considered.iter().find(|considered| considered.exception == exception).copied()
        else {
            return self.not_considered(step, exception);
        };
        let mut item = self.exception(own, around);
        item.label = format!("{}, {}", item.label, around.moment.print(self.words.lang));
        let live: Vec<Considered> = considered.into_iter().filter(|other| other.live == Some(true)).collect();
        if let What::Def(def) = self.trace.step(step).what
            && own.live == Some(true)
        {
            match self.gives_way_to(def, exception, &live) {
                Some(winner) => {
                    let name = &self.words.model.exceptions[winner].name;
                    let words = self.words.lang.pick("gælder, men viger for", "applies, but gives way to");
                    item.value = Some(format!("{words} {name}"));
                }
                None => item.says.insert(0, applies(self.words.lang, ItemKind::Applies)),
            }
        }
        if !own.in_time {
            item.says.push(self.computed_for(around));
        }
        if let (Some(condition), false) = (own.condition, own.live == Some(true)) {
            let lacking = self.lacks(condition, true, around, 0);
            item.says.retain(|says| !lacking.iter().any(|lacking| lacking.item.label == *says));
            item.children = with_lacking(lacking, self.words.lang, item.children);
        }
        item
    }

    fn computed_for(&self, around: Around) -> String {
        let moment = around.moment.print(self.words.lang);
        self.words.lang.pick(format!("der regnes for {moment}"), format!("this is computed for {moment}"))
    }

    /// An exception that was not even looked at: it is switched off, set aside, or says nothing about the time.
    fn not_considered(&mut self, step: StepId, exception: ExceptionId) -> Item {
        let (model, lang, around) = (self.words.model, self.words.lang, self.around_of(step));
        let data = &model.exceptions[exception];
        let label = format!(
            "{} {}, {}",
            lang.pick("undtagelsen", "the exception"),
            data.name,
            around.moment.print(lang)
        );
        let mut item = Item::new(ItemKind::Considered, label).at(data.span);
        item.title = data.title.clone();
        item.value = Some(lang.pick("gælder ikke", "does not apply").to_owned());
        item.basis = super::Basis::all(&data.basis, lang);
        let asked = around.moment.interval();
        let ended = data.ended.iter().find(|(time, _)| asked.is_some_and(|asked| time.covers(asked)));
        let why = if model.switched_off.contains(&exception) {
            lang.pick("den er slået fra i spørgsmålet", "it is switched off in the question").to_owned()
        } else if let Some((_, layer)) = ended {
            let by = self.layer_words(*layer);
            lang.pick(format!("den er sat ud af kraft: {by}"), format!("it is set aside: {by}"))
        } else {
            let name = match self.trace.step(step).what {
                What::Def(def) => self.words.short_name(def),
                What::Expr(_) => String::new(),
            };
            let moment = around.moment.print(lang);
            lang.pick(
                format!("den siger ikke noget om {name} for {moment}"),
                format!("it says nothing about {name} for {moment}"),
            )
        };
        item.says.push(why);
        item
    }

    /// Rows that were not hit, the nearest first: those asked about, or all of them where none is named.
    fn why_not_rows(&mut self, step: StepId, own: impl Fn(TableId) -> Vec<usize>) -> Item {
        let (lang, around) = (self.words.lang, self.around_of(step));
        let Detail::Row { table, rows: hit } = self.trace.step(step).detail.clone() else {
            return Item::new(ItemKind::Note, "");
        };
        let data = &self.words.model.tables[table];
        let name = match self.kind(step) {
            Some(NodeKind::Lookup { column, .. }) => data.results.get(*column).cloned().unwrap_or_default(),
            _ => data.results.first().cloned().unwrap_or_default(),
        };
        let who =
            around.entity.map(|entity| format!(" {} {}", lang.pick("for", "for"), self.words.entity(entity)));
        let label = format!("{name}{}, {}", who.unwrap_or_default(), around.moment.print(lang));
        let mut item = Item::new(ItemKind::Value, label).at(data.span);
        item.value = Some(self.value_words(step, false));
        item.says = self.expression_says(step, around, false);
        let asked = own(table);
        for row in asked.iter().filter(|row| hit.contains(row)) {
            let row = self.row_text(table, *row, around);
            item.says.insert(
                0,
                lang.pick(
                    format!("rækken `{row}` er den, der passer"),
                    format!("the row `{row}` is the one that fits"),
                ),
            );
        }
        let is_named = !asked.is_empty();
        let all: Vec<usize> = if is_named { asked } else { (0..data.rows.len()).collect() };
        let mut missed: Vec<Lacking> = all
            .into_iter()
            .filter(|row| !hit.contains(row))
            .map(|row| self.missed_row(step, (table, row), around, is_named))
            .collect();
        missed.sort_by(|a, b| (a.distance.is_none(), &a.distance).cmp(&(b.distance.is_none(), &b.distance)));
        if missed.len() > 1
            && let Some(nearest) = missed.first_mut().filter(|row| row.distance.is_some())
        {
            nearest.item.says.push(lang.pick("nærmest", "nearest").to_owned());
        }
        item.children = missed.into_iter().map(|lacking| lacking.item).collect();
        item
    }
}

/// What is lacking comes before how the rest came about.
fn with_lacking(lacking: Vec<Lacking>, lang: Lang, children: Vec<Item>) -> Vec<Item> {
    if lacking.is_empty() {
        return children;
    }
    let mut short = Item::new(ItemKind::Note, lang.pick("det mangler", "what is lacking"));
    short.children = lacking.into_iter().map(|lacking| lacking.item).collect();
    let mut all = vec![short];
    // The conditions above are told there.
    all.extend(children.into_iter().filter(|child| !matches!(child.kind, ItemKind::NotMet | ItemKind::Open)));
    all
}

fn applies(lang: Lang, kind: ItemKind) -> String {
    match kind {
        ItemKind::Applies => {
            lang.pick("den kom i spil: den gælder her", "it came into play: it applies here")
        }
        ItemKind::Met => lang.pick("den kom i spil: den er opfyldt", "it came into play: it is met"),
        _ => lang.pick("kom i spil: det gælder her", "came into play: it holds here"),
    }
    .to_owned()
}

/// Writes a row of a table as it reads at the time of a result.
pub fn row_words(words: Words<'_>, trace: &Trace, root: StepId, table: TableId, row: usize) -> String {
    let teller = Teller::new(words, trace, Depth::Clause);
    let around = teller.around_of(root);
    super::text::plain(&teller.row_text(table, row, around))
}
