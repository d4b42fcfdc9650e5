//! From neutral data to values of declared facts: each value is checked against the type it is declared with.

use super::bind_problem::{BindProblem, Slip};
use super::figure::{self, Figure};
use super::{
    DataOrigin, Datum, EntityId, Facts, Given, Moment, Origin, Place, RawData, RawEntry, RawTarget, RawTime,
    RawValue, RefusedDatum,
};
use crate::base::{Bi, Lang, SourceFile, SourceMap, bi};
use crate::diag::{Code, Problems, nearest};
use crate::model::{
    Declared, DefId, Domain, FactId, FactOwner, FigureSlip, KindId, Model, Show, Ty, read_figure,
};
use crate::syntax::parse_expr;
use crate::value::{Date, Interval, Number, Period, print_number};

/// Binds data to a model. Values without a time are those of the data's own year, else of the moment asked about.
///
/// Unknown names are warnings and their values left out; values of the wrong type or outside their domain are errors.
pub fn bind(model: &Model, raw: &RawData, asked: Moment, map: &SourceMap, problems: &mut Problems) -> Facts {
    let moment = raw.year.as_ref().map_or(asked, |year| Moment::Year(year.year));
    let mut binder = Binder { model, map, moment, facts: Facts::default(), problems };
    for kind in &raw.kinds {
        // A kind that nobody knows is reported with its first entity, or here when it has none.
        match model.find_kind(&kind.name) {
            Some(id) => binder.facts.load_kind(id),
            None if raw.entities.iter().any(|entity| entity.kind == kind.name) => {}
            None => drop(binder.kind(&kind.name, &kind.origin)),
        }
    }
    for entity in &raw.entities {
        if let Some(kind) = binder.kind(&entity.kind, &entity.origin) {
            binder.facts.entity(kind, &entity.key);
        }
    }
    // Those that the rules or a what-if name come last, so that naming one does not change the order of the data.
    binder.facts.add_named(model);
    for entry in &raw.entries {
        binder.entry(entry);
    }
    for entity in &raw.entities {
        binder.nested(entity);
    }
    binder.successions();
    binder.facts
}

pub(super) struct Binder<'a> {
    pub(super) model: &'a Model,
    map: &'a SourceMap,
    moment: Moment,
    pub(super) facts: Facts,
    pub(super) problems: &'a mut Problems,
}

/// What an entry gives a value to.
enum Slot {
    Fact(FactId, Option<EntityId>),
    Def(DefId),
}

impl Binder<'_> {
    fn kind(&mut self, word: &str, origin: &Origin) -> Option<KindId> {
        let found = self.model.find_kind(word);
        if found.is_none() {
            let near =
                nearest(word, self.model.kinds.iter().map(|kind| kind.name.as_str())).map(str::to_owned);
            let problem =
                BindProblem::UnknownKind { span: origin.span, name: word.to_owned(), nearest: near };
            self.problems.report(&problem);
        }
        found
    }

    fn entry(&mut self, entry: &RawEntry) {
        let Some((slot, interval)) = self.slot(entry) else { return };
        let (ty, show) = self.type_of(&slot);
        let Some(datum) = self.datum(entry, &slot, &ty, &show) else { return };
        let given = Given { interval, datum, origin: self.origin(&entry.origin) };
        match slot {
            Slot::Fact(fact, entity) => self.facts.add(fact, entity, given),
            Slot::Def(def) => self.facts.add_def(def, None, given),
        }
    }

    pub(super) fn origin(&self, origin: &Origin) -> DataOrigin {
        let file = self.map.file(origin.span.file).name.clone();
        DataOrigin { file, place: origin.place.words() }
    }

    /// Finds what an entry is for, first by its whole name, then by the name without the time cut off its end.
    fn slot(&mut self, entry: &RawEntry) -> Option<(Slot, Interval)> {
        let whole = entry.full_name.as_deref().and_then(|name| self.find(&entry.target, Some(name)));
        let (slot, timed) = match whole {
            Some(slot) => (Some(slot), false),
            None => (self.find(&entry.target, None), true),
        };
        let Some(slot) = slot else {
            self.unknown(entry);
            return None;
        };
        let interval = match entry.time.filter(|_| timed) {
            Some(RawTime::In(period)) => Interval::of_period(period)?,
            Some(RawTime::From(period)) => Interval::starting(period.first()?),
            None => self.untimed(&slot)?,
        };
        Some((slot, interval))
    }

    fn untimed(&self, slot: &Slot) -> Option<Interval> {
        match slot {
            Slot::Fact(fact, _) if self.model.facts[*fact].declared.always => Some(Interval::always()),
            Slot::Fact(..) => Interval::of_period(Period::Year(self.moment.year())),
            Slot::Def(_) => Some(Interval::always()),
        }
    }

    fn find(&mut self, target: &RawTarget, instead: Option<&str>) -> Option<Slot> {
        match target {
            RawTarget::Entity { kind, key, fact } => {
                let name = instead.unwrap_or(fact);
                let kind = self.model.find_kind(kind)?;
                let facts = &self.model.kinds[kind].facts;
                let fact = facts.iter().copied().find(|fact| self.model.facts[*fact].name == name)?;
                Some(Slot::Fact(fact, Some(self.facts.entity(kind, key))))
            }
            RawTarget::Given(path) => self.find_given(instead.unwrap_or(path)),
        }
    }

    fn find_given(&self, path: &str) -> Option<Slot> {
        let is_entity_fact = |fact: FactId| matches!(self.model.facts[fact].owner, FactOwner::Kind(_));
        let fact =
            self.model.facts.ids().find(|fact| !is_entity_fact(*fact) && self.model.is_fact(*fact, path));
        let def = || self.model.defs.ids().find(|def| self.model.is_def(*def, path));
        fact.map(|fact| Slot::Fact(fact, None)).or_else(|| def().map(Slot::Def))
    }

    fn unknown(&mut self, entry: &RawEntry) {
        let (name, names): (&str, Vec<String>) = match &entry.target {
            RawTarget::Entity { kind, fact, .. } => {
                let Some(kind) = self.model.find_kind(kind) else { return };
                let facts = &self.model.kinds[kind].facts;
                (fact, facts.iter().map(|fact| self.model.facts[*fact].name.clone()).collect())
            }
            RawTarget::Given(path) => {
                let facts = self.model.facts.ids().map(|fact| self.model.fact_name(fact));
                (path, facts.chain(self.model.defs.ids().map(|def| self.model.full_name(def))).collect())
            }
        };
        let near = nearest(name, names.iter().map(String::as_str)).map(str::to_owned);
        let problem =
            BindProblem::UnknownName { span: entry.origin.span, name: name.to_owned(), nearest: near };
        self.problems.report(&problem);
    }

    fn type_of(&self, slot: &Slot) -> (Ty, Show) {
        match slot {
            Slot::Fact(fact, _) => {
                let declared = &self.model.facts[*fact].declared;
                (declared.ty.clone(), declared.show.clone())
            }
            Slot::Def(def) => (self.model.defs[*def].ty.clone(), self.model.defs[*def].show.clone()),
        }
    }

    /// Reads a value; one that is wrong is reported, and kept as what may not be used. `None` where nothing is given.
    fn datum(
        &mut self,
        entry: &RawEntry,
        slot: &Slot,
        ty: &Ty,
        show: &Show,
    ) -> Option<Result<Datum, RefusedDatum>> {
        if let Ty::Entity(kind) = ty {
            return self.link(entry, slot_fact(slot), *kind);
        }
        let read = match &entry.value {
            RawValue::Missing => return None,
            RawValue::Nothing => self.nothing(slot),
            RawValue::Truth(truth) if *ty == Ty::Bool => Ok(Datum::Bool(*truth)),
            RawValue::Truth(_) => Err(Slip::WrongType),
            RawValue::Number(number) => bare(&number.exact, ty, show),
            RawValue::Text(text) => self.text(text, ty, show),
        };
        let declared = match slot {
            Slot::Fact(fact, _) => Some(&self.model.facts[*fact].declared),
            Slot::Def(_) => None,
        };
        let read = match declared.is_some_and(|declared| Self::thousands(entry, declared)) {
            true => Err(Slip::Thousands),
            false => read,
        };
        let allowed = read.and_then(|datum| match declared {
            Some(declared) => allowed(datum, declared),
            None => Ok(datum),
        });
        match allowed {
            Ok(datum) => Some(Ok(datum)),
            Err(slip) => {
                let domain = declared.and_then(|declared| declared.domain.as_ref());
                let expected = match (slip, domain) {
                    (Slip::OutsideDomain, Some(domain)) => domain_words(domain, show),
                    (Slip::OtherLevel, _) => crate::types::describe(ty, self.model),
                    (_, _) => crate::types::describe(&ty.without_level(), self.model),
                };
                let problem = BindProblem::Wrong {
                    span: entry.origin.span,
                    place: entry.origin.place.words(),
                    name: entry.target.words(),
                    written: written(&entry.value),
                    expected,
                    shown: show.words.clone(),
                    slip,
                };
                self.problems.report(&problem);
                Some(Err(refused(entry, slip.code())))
            }
        }
    }

    /// `30.000` of something that is whole: thirty, or thirty thousand? A table shows its decimal mark, other data does
    /// not.
    fn thousands(entry: &RawEntry, declared: &Declared) -> bool {
        let shown = match (&entry.value, &entry.origin.place) {
            (RawValue::Number(number), Place::Pointer(_)) => figure::classify(&number.written),
            (RawValue::Text(text), Place::Pointer(_)) => figure::classify(text.trim()),
            (_, _) => return false,
        };
        declared.whole && matches!(shown, Figure::Either(_))
    }

    fn nothing(&self, slot: &Slot) -> Result<Datum, Slip> {
        match slot {
            Slot::Fact(fact, _) if self.model.facts[*fact].declared.or_none => Ok(Datum::Nothing),
            Slot::Fact(..) | Slot::Def(_) => Err(Slip::NoneNotAllowed),
        }
    }

    fn text(&self, text: &str, ty: &Ty, show: &Show) -> Result<Datum, Slip> {
        match ty {
            Ty::Text => Ok(Datum::Text(text.to_owned())),
            Ty::OneOf(allowed) if allowed.iter().any(|a| a == text) => Ok(Datum::Text(text.to_owned())),
            Ty::OneOf(_) => Err(Slip::WrongType),
            Ty::Bool => truth(text, self.model.lang).map(Datum::Bool).ok_or(Slip::WrongType),
            Ty::Date => self.date(text).map(Datum::Date).ok_or(Slip::WrongType),
            Ty::Unknown | Ty::Zero | Ty::Number | Ty::Percent | Ty::Quantity { .. } => {
                self.figure(text, ty, show).map(Datum::Number)
            }
            Ty::Entity(_) | Ty::Nothing => Err(Slip::WrongType),
        }
    }

    fn parse(&self, text: &str) -> Option<crate::syntax::ast::Expr> {
        let mut map = SourceMap::new();
        let file = map.add(SourceFile::new("", text));
        let mut problems = Problems::new();
        let expr = parse_expr(&map, file, self.model.lang, &mut problems)?;
        (!problems.has_errors()).then_some(expr)
    }

    fn date(&self, text: &str) -> Option<Date> {
        Date::from_iso(text).or_else(|| match self.parse(text)?.kind.as_ref() {
            crate::syntax::ast::ExprKind::Date(time) => match time.kind {
                crate::syntax::ast::TimeKind::Period(Period::Day(date)) => Some(date),
                _ => None,
            },
            _ => None,
        })
    }

    fn figure(&self, text: &str, ty: &Ty, show: &Show) -> Result<Number, Slip> {
        if matches!(figure::classify(text.trim()), Figure::Either(_)) {
            return Err(Slip::Ambiguous);
        }
        let expr = self.parse(text).ok_or(Slip::Unreadable)?;
        read_figure(&expr, ty, show, self.model).map_err(|slip| match slip {
            FigureSlip::NotAFigure => Slip::Unreadable,
            FigureSlip::UnknownUnit | FigureSlip::OtherUnit => Slip::OtherUnit,
            FigureSlip::OtherLevel => Slip::OtherLevel,
        })
    }
}

/// A value that may not be used; why has been reported.
pub(super) fn refused(entry: &RawEntry, code: Code) -> RefusedDatum {
    let (name, place) = (entry.target.words(), entry.origin.place.words());
    RefusedDatum { span: entry.origin.span, place, name, code }
}

fn slot_fact(slot: &Slot) -> Option<FactId> {
    match slot {
        Slot::Fact(fact, _) => Some(*fact),
        Slot::Def(_) => None,
    }
}

/// A bare number counts in the declared unit, digit for digit.
fn bare(exact: &str, ty: &Ty, show: &Show) -> Result<Datum, Slip> {
    match ty {
        Ty::Unknown | Ty::Zero | Ty::Number | Ty::Percent | Ty::Quantity { .. } => {
            Number::from_exact(exact).map(|n| Datum::Number(n.mul(&show.scale))).ok_or(Slip::Unreadable)
        }
        Ty::Bool | Ty::Date | Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => Err(Slip::WrongType),
    }
}

fn truth(text: &str, lang: Lang) -> Option<bool> {
    let (yes, no) = (lang.pick("ja", "yes"), lang.pick("nej", "no"));
    if text == yes {
        Some(true)
    } else if text == no {
        Some(false)
    } else {
        None
    }
}

/// Checks a value against its declared domain.
fn allowed(datum: Datum, declared: &Declared) -> Result<Datum, Slip> {
    let Datum::Number(number) = &datum else { return Ok(datum) };
    match in_domain(number, declared) {
        Ok(()) => Ok(datum),
        Err(true) => Err(Slip::NotWhole),
        Err(false) => Err(Slip::OutsideDomain),
    }
}

/// Tells whether a number in base units is one that a fact can have.
///
/// # Errors
/// Whether it is wrong for not being whole; else it lies outside the domain.
pub fn in_domain(number: &Number, declared: &Declared) -> Result<(), bool> {
    if declared.whole && number.div(&declared.show.scale).is_some_and(|n| !n.is_integer()) {
        return Err(true);
    }
    match &declared.domain {
        Some(domain) if !domain.contains(number) => Err(false),
        Some(_) | None => Ok(()),
    }
}

/// Words what a fact can be: `en værdi mellem 0 og 100 pct.`
pub fn can_be(declared: &Declared) -> Bi {
    match &declared.domain {
        Some(domain) => domain_words(domain, &declared.show),
        None => bi!("en anden værdi", "another value"),
    }
}

/// Words the bounds of a fact as they would be written.
fn domain_words(domain: &Domain, show: &Show) -> Bi {
    let both = |end: &(Number, bool)| {
        let shown = end.0.div(&show.scale).unwrap_or_else(Number::zero);
        let text =
            |lang: Lang| format!("{} {}", print_number(&shown, lang, 0, 28).text, show.words.get(lang));
        Bi::new(text(Lang::Da).trim_end(), text(Lang::En).trim_end())
    };
    let low = domain.low.as_ref().map(|low| (both(low), low.1));
    let high = domain.high.as_ref().map(|high| (both(high), high.1));
    match (low, high) {
        (Some((Bi { da, en }, _)), Some((high, true))) => {
            let (h_da, h_en) = (&high.da, &high.en);
            bi!("en værdi mellem {da} og {h_da}", "a value between {en} and {h_en}")
        }
        (Some((Bi { da, en }, _)), Some((high, false))) => {
            let (h_da, h_en) = (&high.da, &high.en);
            bi!("en værdi på mindst {da} og under {h_da}", "a value of at least {en} and under {h_en}")
        }
        (Some((Bi { da, en }, true)), None) => bi!("en værdi på mindst {da}", "a value of at least {en}"),
        (Some((Bi { da, en }, false)), None) => bi!("en værdi over {da}", "a value over {en}"),
        (None, Some((Bi { da, en }, true))) => bi!("en værdi på højst {da}", "a value of at most {en}"),
        (None, Some((Bi { da, en }, false))) => bi!("en værdi under {da}", "a value under {en}"),
        (None, None) => bi!("en anden værdi", "another value"),
    }
}

fn written(value: &RawValue) -> String {
    match value {
        RawValue::Number(number) => number.written.clone(),
        RawValue::Text(text) => text.clone(),
        RawValue::Truth(truth) => truth.to_string(),
        RawValue::Missing => String::new(),
        RawValue::Nothing => "-".to_owned(),
    }
}
