//! The teller of one explanation: walks the trace from a result down to what it was made of.

use std::collections::BTreeSet;

use super::ground::{basis_of, own_basis};
use super::switched::{Switches, switches};
use super::{Basis, Depth, Explanation, Item, ItemKind, Notes, NotesKind, Rests, Words};
use crate::eval::{Considered, DefinitionDetail, Detail, FactOrigin, Outcome, StepId, Trace, What};
use crate::facts::{EntityId, Moment};
use crate::model::{Alternative, Body, ClauseId, DefId, DefKind, ExceptionId, ExprId, NodeKind, Show, Ty};
use crate::value::{Number, PriceLevel};

/// Explains how a step came to its result, from the trace alone.
pub fn explain(words: Words<'_>, trace: &Trace, root: StepId, depth: Depth) -> Explanation {
    let mut teller = Teller::new(words, trace, depth);
    let root_item = teller.root(root);
    let rests = Rests::of(words, trace, root);
    let notes = teller.notes(root, &rests);
    let explanation = Explanation { lang: words.lang, root: root_item, notes };
    match depth {
        Depth::Result => super::brief::brief(explanation),
        Depth::Clause | Depth::Arithmetic => explanation,
    }
}

/// Explains a step clause by clause for a page, where each line says by itself which readings it rests on
/// ([`Item::read`]), and says it in no sentence.
pub fn explain_for_page(words: Words<'_>, trace: &Trace, root: StepId) -> Explanation {
    let mut teller = Teller { for_page: true, ..Teller::new(words, trace, Depth::Clause) };
    let root_item = teller.root(root);
    let notes = teller.notes(root, &Rests::of(words, trace, root));
    Explanation { lang: words.lang, root: root_item, notes }
}

/// Says in a paragraph how a step came to its result, as [`Depth::Result`] does, without the assumptions: a page tells
/// them at length.
pub fn brief_for_page(words: Words<'_>, trace: &Trace, root: StepId) -> Explanation {
    let mut explanation = explain_for_page(words, trace, root);
    explanation.notes.retain(|notes| notes.kind != NotesKind::Assumptions);
    super::brief::brief(explanation)
}

/// Returns the notes of an explanation without its tree.
pub fn notes(words: Words<'_>, trace: &Trace, step: StepId) -> Vec<Notes> {
    let teller = Teller::new(words, trace, Depth::Result);
    teller.notes(step, &Rests::of(words, trace, step))
}

/// Tells one explanation.
pub(super) struct Teller<'a> {
    pub(super) words: Words<'a>,
    pub(super) trace: &'a Trace,
    pub(super) depth: Depth,
    /// The definitions and distributions told already.
    pub(super) told: BTreeSet<StepId>,
    /// The exceptions that do not apply and have been told so, for whom and when; once is enough.
    pub(super) idle: BTreeSet<(ExceptionId, Option<EntityId>, Moment)>,
    /// The lines whose formula has been told; told again, their figures are enough.
    pub(super) formulas: BTreeSet<ExprId>,
    /// The switches that only say how the text is read.
    pub(super) switches: Switches,
    /// The assumptions whose reading has been named where a switch of theirs decided; once is enough.
    pub(super) readings_named: BTreeSet<usize>,
    /// Whether each line says which readings it rests on, apart from its sentences.
    pub(super) for_page: bool,
    /// The clauses that lines have been told to be carried over from, with what those lines rest on.
    pub(super) carried_told: Vec<(ClauseId, Vec<Basis>)>,
    /// How many definitions the one being told stands within.
    pub(super) level: usize,
}

/// What the lines around are about; only what differs is said.
#[derive(Clone, Copy)]
pub(super) struct Around {
    pub(super) clause: Option<ClauseId>,
    pub(super) entity: Option<EntityId>,
    pub(super) moment: Moment,
}

/// Definitions nested deeper than this are named but not told; no agreement nests so deep.
const DEEPEST: usize = 40;

impl<'a> Teller<'a> {
    pub(super) fn new(words: Words<'a>, trace: &'a Trace, depth: Depth) -> Teller<'a> {
        Teller {
            words,
            trace,
            depth,
            told: BTreeSet::new(),
            idle: BTreeSet::new(),
            formulas: BTreeSet::new(),
            switches: switches(words, trace),
            readings_named: BTreeSet::new(),
            for_page: false,
            carried_told: Vec::new(),
            level: 0,
        }
    }

    pub(super) fn root(&mut self, step: StepId) -> Item {
        let told = self.def_step(step).unwrap_or(step);
        let moment = self.trace.step(told).at.moment;
        let outside = Around { clause: None, entity: None, moment };
        let mut item = self.definition(told, outside);
        item.label = format!("{}, {}", item.label, moment.print(self.words.lang));
        item.value = item.value.map(|value| self.with_level(value, step));
        item
    }

    /// A result with its price level, where it has one.
    fn with_level(&self, value: String, step: StepId) -> String {
        match (self.level_words(step), value.strip_suffix(')')) {
            (Some(level), Some(open)) => format!("{open}, {level})"),
            (Some(level), None) => format!("{value} ({level})"),
            (None, _) => value,
        }
    }

    /// The price level of a result, where it has one.
    fn level_words(&self, step: StepId) -> Option<String> {
        self.trace.outcome(step).as_number()?;
        let moment = self.trace.step(step).at.moment.interval()?;
        let level = self.typed(step).0.level()?.at(moment)?;
        let words = crate::types::price_words(level);
        let words = words.get(self.words.lang);
        Some(match level {
            PriceLevel::Of(_) => words.to_owned(),
            PriceLevel::Current(_) | PriceLevel::CurrentOf(_) | PriceLevel::Several => {
                let (da, en) = ("løbende priser", "current prices");
                self.words.lang.pick(words.replacen("løbende", da, 1), words.replacen("current", en, 1))
            }
        })
    }

    /// The definition that a step is nothing but the reading of, perhaps at another time or for another entity.
    fn def_step(&self, step: StepId) -> Option<StepId> {
        let inner = self.source_of(step);
        matches!(self.trace.step(inner).what, What::Def(_)).then_some(inner)
    }

    /// An expression that was asked about.
    fn expression(&mut self, step: StepId, around: Around) -> Item {
        let inner = Around { entity: self.trace.step(step).at.entity, ..around };
        let label = self.expr_of(step).map(|expr| self.names(expr, inner)).unwrap_or_default();
        let who = inner.entity.map(|entity| self.for_whom(entity)).unwrap_or_default();
        let mut item = Item::new(ItemKind::Value, format!("{label}{who}")).of(step);
        item.read = self.readings_behind(step);
        self.level += 1;
        item.value = Some(self.value_words(step, true));
        item.exact = self.exact_words(step);
        item.says = self.expression_says(step, inner, false);
        item.says.extend(self.read_as(step));
        item.says.retain(|says| *says != format!("= {label}"));
        item.span = self.expr_of(step).map(|expr| self.words.model.node(expr).span);
        item.children = self.details(step, inner);
        self.level -= 1;
        item
    }

    /// Tells a definition, or refers to where it is told.
    pub(super) fn definition(&mut self, step: StepId, around: Around) -> Item {
        let What::Def(def) = self.trace.step(step).what else { return self.expression(step, around) };
        let at = self.trace.step(step).at;
        let top = self.told.is_empty();
        let data = &self.words.model.defs[def];
        let mut item =
            Item::new(self.kind_of(step, def), self.label(step, def, around)).at(data.span).of(step);
        let value = self.state_words(step, def, top);
        // A level that changes with time is said wherever the amount is told; the outermost result always says it.
        let changes = data.ty.level().is_some_and(|levels| levels.single().is_none());
        item.value = Some(if changes && self.level > 0 { self.with_level(value, step) } else { value });
        item.exact = self.exact_words(step);
        let again = !self.told.insert(step);
        if again || self.level >= DEEPEST {
            item.kind = ItemKind::Again;
            return item.says(match again {
                true => self.words.lang.pick("se ovenfor", "see above"),
                false => self.words.lang.pick("kan forklares for sig", "can be explained by itself"),
            });
        }
        item.read = self.readings_behind(step);
        let last = self.head(&mut item, step, def, around);
        let inner = Around { clause: Some(data.clause), entity: at.entity, moment: at.moment };
        self.level += 1;
        self.body(&mut item, step, def, inner);
        item.says.extend(last);
        self.level -= 1;
        item
    }

    fn kind_of(&self, step: StepId, def: DefId) -> ItemKind {
        if self.words.model.defs[def].kind != DefKind::Condition {
            return ItemKind::Value;
        }
        match self.trace.outcome(step) {
            outcome if outcome.as_truth() == Some(true) => ItemKind::Met,
            outcome if outcome.as_truth() == Some(false) => ItemKind::NotMet,
            Outcome::Unknown(_) => ItemKind::Open,
            Outcome::Value(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => ItemKind::Value,
        }
    }

    pub(super) fn label(&self, step: StepId, def: DefId, around: Around) -> String {
        let at = self.trace.step(step).at;
        let name = self.def_seen_from(def, around);
        let who = at.entity.filter(|entity| Some(*entity) != around.entity);
        let who = who.map(|entity| self.for_whom(entity)).unwrap_or_default();
        let when = match at.moment == around.moment {
            true => String::new(),
            false => format!(" ({})", at.moment.print(self.words.lang)),
        };
        let world = match at.without {
            None => String::new(),
            Some(exception) => {
                let name = &self.words.model.exceptions[exception].name;
                format!(" {} {name}", self.words.lang.pick("uden undtagelsen", "without the exception"))
            }
        };
        format!("{name}{who}{when}{world}")
    }

    fn for_whom(&self, entity: EntityId) -> String {
        format!(" {} {}", self.words.lang.pick("for", "for"), self.words.entity(entity))
    }

    /// A definition's name as seen from a place: alone within its clause, else with the clause.
    pub(super) fn def_seen_from(&self, def: DefId, around: Around) -> String {
        let data = &self.words.model.defs[def];
        match around.clause == Some(data.clause) || data.local_to.is_some() {
            true => self.words.short_name(def),
            false => self.words.def_name(def),
        }
    }

    /// The clause is named where the explanation enters it; within it, only what a line cites itself.
    /// What is to be said of that last is returned.
    fn head(&mut self, item: &mut Item, step: StepId, def: DefId, around: Around) -> Option<String> {
        let clause = self.words.model.defs[def].clause;
        let own = own_basis(self.words, self.trace, step);
        if around.clause == Some(clause) {
            return self.line_head(item, (step, def), own);
        }
        let carried = self.chosen(step, def).is_some_and(|(_, alternative)| alternative.carried.is_some());
        match carried {
            true => self.carried_head(item, (step, def), own),
            false => item.basis = basis_of(self.words, self.trace, step),
        }
        item.title = self.words.model.clauses[clause].title.clone();
        None
    }

    /// What a condition or a definition came to.
    pub(super) fn state_words(&self, step: StepId, def: DefId, top: bool) -> String {
        let condition = self.words.model.defs[def].kind == DefKind::Condition;
        let outcome = self.trace.outcome(step);
        match (condition, outcome.as_truth(), outcome) {
            (true, Some(true), _) => self.words.lang.pick("opfyldt", "met").to_owned(),
            (true, Some(false), _) => self.words.lang.pick("ikke opfyldt", "not met").to_owned(),
            (true, None, Outcome::Unknown(_)) => {
                self.words.lang.pick("kan ikke afgøres", "cannot be decided").to_owned()
            }
            (_, _, _) => self.value_words(step, top),
        }
    }

    /// Words a result. What went wrong is said at the top and where it arises, not in between; what is missing is
    /// listed in the notes.
    pub(super) fn value_words(&self, step: StepId, top: bool) -> String {
        let (outcome, (ty, show)) = (self.trace.outcome(step), self.typed(step));
        let lang = self.words.lang;
        match outcome {
            Outcome::Unknown(unknown) => {
                let known = self.words.bounds(&unknown.bounds, ty, show);
                let known = known.map(|known| format!(", {known}")).unwrap_or_default();
                format!("{}{known}", lang.pick("ukendt", "unknown"))
            }
            Outcome::Error(problem) if !top && self.passes_on(step) => {
                use crate::diag::Report;
                format!("{} {}", lang.pick("fejl", "error"), problem.report().code.id())
            }
            Outcome::DoesNotApply(_) if !top && self.passes_on(step) => {
                lang.pick("gælder ikke", "does not apply").to_owned()
            }
            Outcome::Value(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => {
                self.words.outcome(outcome, ty, show)
            }
        }
    }

    /// Tells whether a state came from a definition that a step read, so that it is told there.
    fn passes_on(&self, step: StepId) -> bool {
        let own = self.trace.outcome(step);
        let mut open: Vec<StepId> = self.trace.step(step).inputs.to_vec();
        while let Some(input) = open.pop() {
            if self.trace.outcome(input) != own {
                continue;
            }
            if matches!(self.trace.step(input).what, What::Def(_)) {
                return true;
            }
            open.extend(&self.trace.step(input).inputs);
        }
        false
    }

    /// A number exactly, where its words shorten it.
    pub(super) fn exact_number(&self, number: &Number, ty: &Ty, show: &Show) -> Option<String> {
        (!self.words.says_all(number, show)).then(|| self.words.exact(number, ty, show))
    }
    /// The exact value of a step, where its words shorten it.
    pub(super) fn exact_words(&self, step: StepId) -> Option<String> {
        let number = self.trace.outcome(step).as_number()?;
        let (ty, show) = self.typed(step);
        self.exact_number(number, ty, show)
    }

    fn body(&mut self, item: &mut Item, step: StepId, def: DefId, inner: Around) {
        let detail = match &self.trace.step(step).detail {
            Detail::Definition(detail) => detail.as_ref().clone(),
            Detail::Plain | Detail::Fact(_) | Detail::Branch(_) | Detail::Row { .. } => Default::default(),
            Detail::Rounded { .. } | Detail::Shares(_) | Detail::Entities(_) | Detail::Ranks(_) => {
                Default::default()
            }
            Detail::Years(_) | Detail::Limited(_) | Detail::Slices(..) | Detail::Between { .. } => {
                Default::default()
            }
        };
        if let Some(index) = detail.overridden {
            return self.overridden(item, index, def, step, inner);
        }
        if let Some(origin) = &detail.from_data {
            let (file, place) = (&origin.file, origin.place.get(self.words.lang));
            let from = self.words.lang.pick("oplyst i", "given in");
            item.says.push(format!("{from} {file}, {place}, {}", self.instead_of(def, inner)));
            return;
        }
        let applies = |c: &&Considered| c.live == Some(true);
        let (live, idle): (Vec<Considered>, Vec<Considered>) =
            (detail.considered.iter().filter(applies).copied().collect(), self.not_told(&detail, inner));
        item.children = self.live_exceptions(def, &live, inner);
        if let Some((body, alternative)) = self.chosen(step, def) {
            let exception = detail.exception;
            let says = self.says_of((step, body), alternative, (def, exception), inner);
            item.says.extend(says);
            item.says.extend(self.read_as(body));
            item.children.extend(self.details(body, inner));
        }
        item.children
            .extend(idle.iter().map(|considered| self.exception(*considered, inner)).collect::<Vec<_>>());
        item.children.extend(self.switched_off(step));
        item.children.extend(self.amendments_off(def));
    }

    fn overridden(&mut self, item: &mut Item, index: usize, def: DefId, step: StepId, inner: Around) {
        let over = &self.words.model.overrides[index];
        let origin = self.layer_words(over.layer);
        item.says.push(format!("{origin}, {}", self.instead_of(def, inner)));
        item.span = Some(over.span);
        if let Some(input) = self.input(step, 0) {
            item.children = self.details(input, inner);
        }
    }

    /// What the text says, where something else was put in its place.
    fn instead_of(&self, def: DefId, inner: Around) -> String {
        let alternatives = &self.words.model.defs[def].alternatives;
        let asked = inner.moment.interval();
        let holds = alternatives.iter().find(|a| asked.is_some_and(|asked| a.interval.covers(asked)));
        let text = match holds.or_else(|| alternatives.first()).map(|a| a.body) {
            Some(Body::Expr(expr)) => self.names(expr, inner),
            Some(Body::Lifted) | None => self.words.lang.pick("ingenting", "nothing").to_owned(),
        };
        format!("{} {text}", self.words.lang.pick("i stedet for tekstens", "instead of the text's"))
    }

    /// The step of what a definition states, and the line that states it.
    pub(super) fn chosen(&self, step: StepId, def: DefId) -> Option<(StepId, &'a Alternative)> {
        chosen(self.words, self.trace, step, def)
    }

    /// The exceptions considered that do not apply, or nobody knows, as far as the clause's other definitions have not
    /// told that already.
    fn not_told(&mut self, detail: &DefinitionDetail, inner: Around) -> Vec<Considered> {
        let all: Vec<Considered> =
            detail.considered.iter().filter(|c| c.live != Some(true)).copied().collect();
        let fresh = |c: &Considered| {
            let model = self.words.model;
            c.live != Some(false)
                || self.idle.insert((c.exception, inner.entity, inner.moment))
                    // A page has room for all that was looked at.
                    && (self.for_page || !crate::lint::idle_where_carried(model, c.exception))
        };
        all.into_iter().filter(fresh).collect()
    }

    /// The exceptions that apply; one that another goes before is told with the one it gives way to.
    fn live_exceptions(&mut self, def: DefId, live: &[Considered], inner: Around) -> Vec<Item> {
        let told = live.iter().map(|considered| {
            let item = self.exception(*considered, inner);
            let Some(winner) = self.gives_way_to(def, considered.exception, live) else { return item };
            let name = &self.words.model.exceptions[winner].name;
            let words = self
                .words
                .lang
                .pick(format!("gælder, men viger for {name}"), format!("applies, but gives way to {name}"));
            item.value(words)
        });
        told.collect()
    }

    pub(super) fn exception(&mut self, considered: Considered, inner: Around) -> Item {
        let lang = self.words.lang;
        let data = &self.words.model.exceptions[considered.exception];
        let kind = match considered.live {
            Some(true) => ItemKind::Applies,
            Some(false) => ItemKind::Considered,
            None => ItemKind::Open,
        };
        let label = format!("{} {}", lang.pick("undtagelsen", "the exception"), data.name);
        let mut item = Item::new(kind, label).at(data.span).value(match considered.live {
            Some(true) => lang.pick("gælder", "applies"),
            Some(false) => lang.pick("gælder ikke", "does not apply"),
            None => lang.pick("kan ikke afgøres", "cannot be decided"),
        });
        item.title = data.title.clone();
        item.basis = Basis::all(&data.basis, lang);
        item.step = considered.condition.or(considered.date);
        if !data.given.is_empty() {
            item.says.extend(self.exception_dates(considered));
        }
        match (considered.condition, data.interval) {
            (None, _) if !data.given.is_empty() => {}
            (Some(condition), _) => {
                item.says.push(self.judged(condition, inner));
                item.says.extend(self.read_as(condition));
                item.children = self.details(condition, inner);
            }
            (None, Some(interval)) if considered.in_time => {
                item.says.push(format!("{} {}", lang.pick("den er for", "it is for"), interval.print(lang)));
            }
            (None, Some(interval)) => {
                let only = lang.pick("den er kun for", "it is only for");
                item.says.push(format!("{only} {}", interval.print(lang)));
            }
            (None, None) => {}
        }
        let outer = data.outer.filter(|_| considered.condition.is_none() && considered.in_time);
        if let (Some(outer), false) = (outer, considered.live == Some(true)) {
            let name = &self.words.model.exceptions[outer].name;
            let within =
                lang.pick("den gælder kun inden for undtagelsen", "it applies only within the exception");
            item.says.push(format!("{within} {name}"));
        }
        item
    }

    /// Exceptions that the question switched off are named, so that nobody looks for them in vain.
    fn switched_off(&self, step: StepId) -> Vec<Item> {
        let What::Def(def) = self.trace.step(step).what else { return vec![] };
        let model = self.words.model;
        let lang = self.words.lang;
        let mut seen = BTreeSet::new();
        let all = model.defs[def].exceptions.iter().map(|(exception, _)| *exception);
        all.filter(|e| model.switched_off.contains(e) && seen.insert(*e))
            .map(|exception| {
                let data = &model.exceptions[exception];
                let label = format!("{} {}", lang.pick("undtagelsen", "the exception"), data.name);
                let mut item = Item::new(ItemKind::Considered, label).at(data.span);
                item.title = data.title.clone();
                item.value(lang.pick("er slået fra i spørgsmålet", "is switched off in the question"))
            })
            .collect()
    }

    // Looking things up in the trace.

    pub(super) fn input(&self, step: StepId, index: usize) -> Option<StepId> {
        self.trace.step(step).inputs.get(index).copied()
    }
    pub(super) fn expr_of(&self, step: StepId) -> Option<ExprId> {
        match self.trace.step(step).what {
            What::Expr(expr) => Some(expr),
            What::Def(_) => None,
        }
    }
    pub(super) fn kind(&self, step: StepId) -> Option<&'a NodeKind> {
        self.expr_of(step).map(|expr| &self.words.model.node(expr).kind)
    }
    pub(super) fn typed(&self, step: StepId) -> (&'a Ty, &'a Show) {
        match self.trace.step(step).what {
            What::Def(def) => (&self.words.model.defs[def].ty, &self.words.model.defs[def].show),
            What::Expr(expr) => (&self.words.model.node(expr).ty, &self.words.model.node(expr).show),
        }
    }
    /// The steps of the two branches of a `hvis`, as far as they were taken.
    pub(super) fn branches(&self, step: Option<StepId>) -> (Option<StepId>, Option<StepId>) {
        let Some(step) = step else { return (None, None) };
        match &self.trace.step(step).detail {
            Detail::Branch(true) => (self.input(step, 1), None),
            Detail::Branch(false) => (None, self.input(step, 1)),
            Detail::Plain | Detail::Definition(_) | Detail::Fact(_) | Detail::Row { .. } => {
                (self.input(step, 1), self.input(step, 2))
            }
            Detail::Rounded { .. } | Detail::Shares(_) | Detail::Entities(_) | Detail::Ranks(_) => {
                (None, None)
            }
            Detail::Years(_) | Detail::Limited(_) | Detail::Slices(..) | Detail::Between { .. } => {
                (None, None)
            }
        }
    }
    /// The step that a reading at another time, for another entity or of a definition ends in.
    pub(super) fn source_of(&self, step: StepId) -> StepId {
        let mut at = step;
        loop {
            let inner = match self.kind(at) {
                Some(NodeKind::Def(_) | NodeKind::ForEntity(..) | NodeKind::CarriedOn(_)) => {
                    self.input(at, 0)
                }
                Some(NodeKind::Restated(_) | NodeKind::Nominal(_)) => self.input(at, 0),
                // Without an owner there is nothing that was read.
                Some(NodeKind::Of { .. }) => self.input(at, 1),
                Some(NodeKind::At(..)) => self.trace.step(at).inputs.last().copied(),
                Some(_) | None => None,
            };
            match inner {
                Some(inner) => at = inner,
                None => return at,
            }
        }
    }
    pub(super) fn fact_origin(&self, step: StepId) -> Option<&'a FactOrigin> {
        match &self.trace.step(step).detail {
            Detail::Fact(origin) => Some(origin),
            Detail::Plain | Detail::Definition(_) | Detail::Branch(_) | Detail::Row { .. } => None,
            Detail::Rounded { .. } | Detail::Shares(_) | Detail::Entities(_) | Detail::Ranks(_) => None,
            Detail::Years(_) | Detail::Limited(_) | Detail::Slices(..) | Detail::Between { .. } => None,
        }
    }
    /// Whose a value is, where it is somebody's.
    pub(super) fn owner(&self, step: StepId) -> Option<EntityId> {
        let at = self.trace.step(step).at;
        match self.kind(step) {
            Some(NodeKind::Fact(fact)) if !super::rests::owned(self.words, *fact) => None,
            _ if self.is_literal(step) => None,
            Some(_) | None => at.entity,
        }
    }
    pub(super) fn is_literal(&self, step: StepId) -> bool {
        matches!(
            self.kind(step),
            Some(NodeKind::Figure { .. } | NodeKind::Bool(_) | NodeKind::Text(_) | NodeKind::Date(_))
                | Some(NodeKind::Nothing | NodeKind::Unknown(_) | NodeKind::DoesNotApply(_))
        )
    }
}

/// The step of what a definition states, and the line that states it.
pub(super) fn chosen<'a>(
    words: Words<'a>,
    trace: &Trace,
    step: StepId,
    def: DefId,
) -> Option<(StepId, &'a Alternative)> {
    let data = &words.model.defs[def];
    trace.step(step).inputs.iter().find_map(|input| {
        let What::Expr(expr) = trace.step(*input).what else { return None };
        let stated = |a: &&Alternative| matches!(a.body, Body::Expr(body) if body == expr);
        data.lines().find(stated).map(|alternative| (*input, alternative))
    })
}

/// Keeps a number and its unit on one line.
pub(super) fn glued(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}
