//! Formulas in words: as they are written, with names, or with the values that stood behind the names.

use super::teller::{Around, Teller, glued};
use crate::base::Lang;
use crate::eval::{Detail, FactOrigin, Outcome, StepId};
use crate::model::{
    Arith, AtTime, Compare, Distribution, DutyStatus, ExprId, IndexId, NodeKind, ShareRule, Show, SpanUnit,
    TableId,
};
use crate::value::{MissingDay, Number, Period, RoundMode, Status, print_number};

/// A piece of a formula and how tightly its outermost sign binds.
pub(super) struct Phrase {
    pub(super) text: String,
    tight: u8,
}

const MODIFIER: u8 = 0;
const IF: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const NOT: u8 = 4;
pub(super) const COMPARE: u8 = 5;
pub(super) const ADD: u8 = 6;
const WORD: u8 = 7;
const MULTIPLY: u8 = 8;
const OF: u8 = 9;
const TIME: u8 = 10;
const ATOM: u8 = 11;

impl Phrase {
    pub(super) fn new(text: impl Into<String>, tight: u8) -> Phrase {
        Phrase { text: text.into(), tight }
    }
    /// In parentheses, where it binds less than what stands around it.
    fn within(self, tight: u8) -> String {
        if self.tight < tight { format!("({})", self.text) } else { self.text }
    }
}

impl Teller<'_> {
    /// Writes an expression with names, as it is written in the language.
    pub(super) fn names(&self, expr: ExprId, around: Around) -> String {
        self.phrase(expr, None, around).text
    }

    /// Writes what a step computed with the values it read.
    pub(super) fn figures(&self, step: StepId, around: Around) -> String {
        match self.expr_of(step) {
            Some(expr) => self.phrase(expr, Some(step), around).text,
            None => self.leaf(step, around),
        }
    }

    fn phrase(&self, expr: ExprId, step: Option<StepId>, around: Around) -> Phrase {
        if let Some(leaf) = step.and_then(|step| self.as_leaf(expr, step, around)) {
            return Phrase::new(leaf, ATOM);
        }
        let lang = self.words.lang;
        let site = Site { teller: self, step, around };
        if let Some((_, taken)) = self.by_switch(expr) {
            return self.phrase(taken, site.input(1), around);
        }
        match &self.words.model.node(expr).kind {
            NodeKind::Figure { value, status } => self.figure(expr, value, *status),
            NodeKind::Bool(true) => Phrase::new(lang.pick("ja", "yes"), ATOM),
            NodeKind::Bool(false) => Phrase::new(lang.pick("nej", "no"), ATOM),
            NodeKind::Text(text) if DutyStatus::is(&self.words.model.node(expr).ty) => {
                Phrase::new(format!("\"{}\"", self.words.duty_status(text)), ATOM)
            }
            NodeKind::Duty(_) => Phrase::new(lang.pick("pligtens status", "the duty's status"), ATOM),
            NodeKind::Text(text) => Phrase::new(format!("\"{text}\""), ATOM),
            NodeKind::Date(date) => Phrase::new(glued(&date.print(lang)), ATOM),
            NodeKind::Nothing => Phrase::new(lang.pick("ingen", "none"), ATOM),
            NodeKind::Year => Phrase::new(lang.pick("år", "year"), ATOM),
            NodeKind::Day => Phrase::new(lang.pick("dag", "day"), ATOM),
            NodeKind::Def(def) => Phrase::new(self.def_seen_from(*def, around), ATOM),
            NodeKind::Fact(fact) => Phrase::new(self.words.model.facts[*fact].name.clone(), ATOM),
            NodeKind::Former(def, _) => self.former_phrase(&self.def_seen_from(*def, around)),
            NodeKind::FormerFact(fact, _) => self.former_phrase(&self.words.model.facts[*fact].name),
            NodeKind::FormerCell(table, row, column, _) => self.former_cell(*table, *row, *column, around),
            NodeKind::Unknown(reason) => stated_unknown(reason.as_deref(), lang),
            NodeKind::DoesNotApply(_) => Phrase::new(lang.pick("gælder ikke", "does not apply"), ATOM),
            NodeKind::Invalid => Phrase::new("…", ATOM),
            NodeKind::Negate(x) => Phrase::new(format!("−{}", site.part(*x, 0, MULTIPLY)), MULTIPLY),
            NodeKind::Not(x) => site.before(lang.pick("ikke", "not"), *x, NOT),
            NodeKind::Arith(op, a, b) => site.arithmetic(*op, *a, *b),
            NodeKind::Compare(op, a, b) => site.comparison(compare_sign(*op), *a, *b),
            NodeKind::Approx(a, b, _) => site.comparison("≈", *a, *b),
            NodeKind::Between(value, low, high) => site.between(*value, *low, *high),
            NodeKind::IsOneOf(value, all) => site.one_of(*value, all),
            NodeKind::IsNone(x, false) => site.after(*x, lang.pick("er ingen", "is none"), COMPARE),
            NodeKind::IsNone(x, true) => site.after(*x, lang.pick("er ikke ingen", "is not none"), COMPARE),
            NodeKind::And(all) => site.list(all, lang.pick(" og ", " and "), AND),
            NodeKind::Or(all) => site.list(all, lang.pick(" eller ", " or "), OR),
            NodeKind::If(condition, then, otherwise) => site.branching(*condition, *then, *otherwise),
            NodeKind::Scaled(x, true, by) => site.word(*x, lang.pick("forhøjet med", "raised by"), *by),
            NodeKind::Scaled(x, false, by) => site.word(*x, lang.pick("nedsat med", "reduced by"), *by),
            NodeKind::AsPercentOf(x, of) => site.word(*x, lang.pick("i pct. af", "as per cent of"), *of),
            NodeKind::Restated(x) if self.words.model.node(expr).show.fixed => {
                self.phrase(*x, site.input(0), around)
            }
            NodeKind::Restated(x) => {
                let unit = self.words.model.node(expr).show.words.get(lang);
                site.after(*x, &format!("{} {}", lang.pick("opgjort i", "stated in"), glued(unit)), WORD)
            }
            NodeKind::Nominal(x) => site.after(*x, lang.pick("nominelt", "in nominal terms"), TIME),
            NodeKind::Converted { value, index, to } => site.converted(*value, *index, *to),
            NodeKind::Share(distribution) => site.share(expr, distribution),
            NodeKind::At(value, time) => site.timed(*value, time),
            NodeKind::ForEntity(value, _, name) => {
                site.after(*value, &format!("{} \"{name}\"", lang.pick("for", "for")), TIME)
            }
            NodeKind::Entity(kind, _) => Phrase::new(self.kind_as_written(*kind, expr), ATOM),
            NodeKind::Of { owner, value, .. } => {
                Phrase::new(format!("{} {}", self.whose(*owner), self.names(*value, around)), ATOM)
            }
            NodeKind::Quantified { condition, at_least, set } => {
                site.quantified(*condition, at_least.as_ref(), set)
            }
            NodeKind::Aggregate { op, of, set, weight, .. } => site.aggregate(*op, *of, set, *weight),
            NodeKind::Rank { of, set, largest_first } => site.rank(*of, set, *largest_first),
            NodeKind::SumOver(of, period) => site.sum_over(*of, *period),
            NodeKind::DateSpan(unit, from, to) => site.date_span(*unit, *from, *to),
            NodeKind::Shift { date, by, forward, missing } => site.shift(*date, *by, *forward, *missing),
            NodeKind::CarriedOn(_) => Phrase::new(lang.pick("videreført", "carried on"), ATOM),
            NodeKind::PerYear(total, _) => {
                let total = site.part(*total, 0, MODIFIER);
                let each = lang.pick("ligeligt pr. år", "equally per year");
                Phrase::new(format!("{total}, {each}"), MODIFIER)
            }
            NodeKind::CountMet(all) => site.count(all),
            NodeKind::AllMet(_) => {
                Phrase::new(lang.pick("alle betingelser opfyldt", "all conditions met"), ATOM)
            }
            NodeKind::Extreme(largest, all) => site.extreme(*largest, all),
            NodeKind::Round(x, size, mode) => {
                let to = self.rounded_to(expr, size, *mode);
                Phrase::new(format!("{}, {to}", site.part(*x, 0, MODIFIER)), MODIFIER)
            }
            NodeKind::Limit(x, true, limit) => site.limit(*x, lang.pick("dog højst", "but at most"), *limit),
            NodeKind::Limit(x, false, limit) => {
                site.limit(*x, lang.pick("dog mindst", "but at least"), *limit)
            }
            NodeKind::DivideOr(over, under, fallback) => site.divide_or(*over, *under, *fallback),
            NodeKind::Lookup { table, .. } => site.lookup(*table),
            NodeKind::EachRound(x, _) => self.phrase(*x, site.input(0), around),
            NodeKind::Rest(whole, parts) => site.rest(*whole, parts),
            NodeKind::Cell(read) => Phrase::new(self.cell_words(read, around), ATOM),
            NodeKind::IndexFigure(index, from, to) => {
                Phrase::new(super::index::figure_name(self.words, *index, (*from, *to)), ATOM)
            }
            NodeKind::Scale { table, .. } => Phrase::new(self.scale_words(*table), ATOM),
            NodeKind::Grant { full, conditions, otherwise } => site.grant(*full, conditions, *otherwise),
        }
    }

    fn former_phrase(&self, name: &str) -> Phrase {
        Phrase::new(format!("{} {name}", self.words.lang.pick("hidtidig", "former")), ATOM)
    }

    fn former_cell(&self, table: TableId, row: usize, column: usize, around: Around) -> Phrase {
        let name = self.words.model.tables[table].results.get(column).map(String::as_str).unwrap_or_default();
        self.former_phrase(&format!("{name}[{}]", self.row_key(table, row, around)))
    }

    /// Values stand for names and for whatever has lines of its own in the explanation.
    fn as_leaf(&self, expr: ExprId, step: StepId, around: Around) -> Option<String> {
        let stands = match &self.words.model.node(expr).kind {
            NodeKind::Def(_) | NodeKind::Fact(_) | NodeKind::At(..) | NodeKind::ForEntity(..) => true,
            NodeKind::Entity(..) | NodeKind::Of { .. } | NodeKind::Rank { .. } => true,
            NodeKind::Former(..) | NodeKind::FormerFact(..) | NodeKind::FormerCell(..) => true,
            NodeKind::Share(_) | NodeKind::Aggregate { .. } | NodeKind::SumOver(..) => true,
            NodeKind::CarriedOn(_) | NodeKind::Duty(_) => true,
            NodeKind::DateSpan(..) | NodeKind::Shift { .. } | NodeKind::PerYear(..) => false,
            NodeKind::Lookup { .. } | NodeKind::Grant { .. } | NodeKind::CountMet(_) => true,
            NodeKind::EachRound(..) | NodeKind::Rest(..) => false,
            NodeKind::Scale { .. } | NodeKind::Cell(_) | NodeKind::IndexFigure(..) => true,
            NodeKind::Year | NodeKind::Day | NodeKind::Quantified { .. } | NodeKind::AllMet(_) => true,
            NodeKind::Figure { .. } | NodeKind::Bool(_) | NodeKind::Text(_) | NodeKind::Date(_) => false,
            NodeKind::Nothing | NodeKind::Unknown(_) | NodeKind::DoesNotApply(_) | NodeKind::Invalid => false,
            NodeKind::Negate(_) | NodeKind::Not(_) | NodeKind::Arith(..) | NodeKind::Compare(..) => false,
            NodeKind::Converted { .. } => false,
            NodeKind::Approx(..) | NodeKind::And(_) | NodeKind::Or(_) | NodeKind::Between(..) => false,
            NodeKind::IsOneOf(..) | NodeKind::IsNone(..) | NodeKind::If(..) | NodeKind::Scaled(..) => false,
            NodeKind::AsPercentOf(..) | NodeKind::Restated(_) | NodeKind::Nominal(_) => false,
            NodeKind::Extreme(..) | NodeKind::Round(..) | NodeKind::Limit(..) | NodeKind::DivideOr(..) => {
                false
            }
        };
        stands.then(|| self.leaf(step, around))
    }

    /// Words the value of a step with whom and when it is of, where that is not what is told about.
    pub(super) fn leaf(&self, step: StepId, around: Around) -> String {
        let outcome = self.trace.outcome(step);
        let (ty, show) = self.typed(step);
        if let (Some(NodeKind::Year), Some(year)) = (self.kind(step), outcome.as_number()) {
            return year.to_exact();
        }
        let value = match outcome {
            Outcome::Value(value) => glued(&self.words.datum(&value.datum, ty, show)),
            Outcome::Unknown(unknown) => {
                let bounds = self.words.bounds(&unknown.bounds, ty, show);
                let known = bounds.map(|bounds| format!(" ({})", glued(&bounds))).unwrap_or_default();
                format!("{}{known}", self.words.lang.pick("ukendt", "unknown"))
            }
            Outcome::DoesNotApply(_) => self.words.lang.pick("gælder ikke", "does not apply").to_owned(),
            Outcome::Error(_) => self.words.lang.pick("fejl", "error").to_owned(),
        };
        let aside = self.aside(step, around);
        if aside.is_empty() { value } else { format!("{value} ({})", aside.join(", ")) }
    }

    /// Whom, when and by whose word a value is, where it is not obvious.
    pub(super) fn aside(&self, step: StepId, around: Around) -> Vec<String> {
        let inner = self.source_of(step);
        let (at, origin) = (self.trace.step(inner).at, self.fact_origin(inner));
        let entity = self.owner(inner).filter(|entity| Some(*entity) != around.entity);
        let mut aside: Vec<String> = entity.map(|e| self.words.entity(e).to_owned()).into_iter().collect();
        if at.moment != around.moment && !self.is_literal(inner) {
            aside.push(at.moment.print(self.words.lang));
        }
        match origin {
            Some(FactOrigin::Override(index)) => {
                aside.push(self.layer_words(self.words.model.overrides[*index].layer));
            }
            Some(FactOrigin::Default) => {
                aside.push(self.words.lang.pick("forudsat", "by default").to_owned());
            }
            Some(FactOrigin::Data(_) | FactOrigin::Missing) | None => {}
        }
        aside
    }

    fn figure(&self, expr: ExprId, value: &Number, status: Status) -> Phrase {
        let node = self.words.model.node(expr);
        let text = match self.written_fraction(expr, value) {
            Some(fraction) => fraction,
            None => glued(&self.words.number(value, &node.ty, &node.show)),
        };
        match self.words.status(status) {
            "" => Phrase::new(text, ATOM),
            status => Phrase::new(format!("{text}\u{a0}({status})"), ATOM),
        }
    }

    /// A figure with more decimals than were written stood as a fraction: `½`, `33⅓ pct.`, `1/7`.
    pub(super) fn written_fraction(&self, expr: ExprId, value: &Number) -> Option<String> {
        let node = self.words.model.node(expr);
        let shown = value.div(&node.show.scale)?;
        if shown.decimals().is_some_and(|decimals| decimals <= node.show.decimals) || shown.is_negative() {
            return None;
        }
        let whole = shown.floor();
        let number = match vulgar(&shown.sub(&whole).to_exact()) {
            Some(sign) if whole.is_zero() => sign.to_owned(),
            Some(sign) => format!("{}{sign}", print_number(&whole, self.words.lang, 0, 0).text),
            None if shown.decimals().is_some() => return None,
            None => shown.to_exact(),
        };
        let unit = self.words.unit(&shown, &node.ty, &node.show);
        Some(if unit.is_empty() { number } else { glued(&format!("{number} {unit}")) })
    }

    /// A figure that stands for a year has no separators.
    pub(super) fn year_figure(&self, expr: ExprId) -> Option<String> {
        match &self.words.model.node(expr).kind {
            NodeKind::Figure { value, .. } => value.to_i64().map(|year| year.to_string()),
            _ => None,
        }
    }

    /// `afrundet til 0,01 kr. op`.
    fn rounded_to(&self, expr: ExprId, size: &Number, mode: RoundMode) -> String {
        let to = self.words.lang.pick("afrundet til", "rounded to");
        format!("{to} {}", self.step_words(expr, size, mode))
    }

    fn step_words(&self, expr: ExprId, size: &Number, mode: RoundMode) -> String {
        let direction = match mode {
            RoundMode::Nearest => "",
            RoundMode::Up => self.words.lang.pick(" op", " up"),
            RoundMode::Down => self.words.lang.pick(" ned", " down"),
            RoundMode::TowardsZero => self.words.lang.pick(" mod nul", " towards zero"),
            RoundMode::HalfEven => self.words.lang.pick(" til lige", " to even"),
        };
        format!("{}{direction}", self.size(expr, size))
    }

    /// Words the step of a rounding in the unit its result is shown in.
    pub(super) fn size(&self, expr: ExprId, size: &Number) -> String {
        let node = self.words.model.node(expr);
        let show = Show { decimals: 0, fixed: false, ..node.show.clone() };
        glued(&self.words.number(size, &node.ty, &show))
    }
}

/// One expression being written: with the values of a step, or with names.
#[derive(Clone, Copy)]
pub(super) struct Site<'t, 'a> {
    pub(super) teller: &'t Teller<'a>,
    step: Option<StepId>,
    pub(super) around: Around,
}

impl Site<'_, '_> {
    pub(super) fn lang(&self) -> Lang {
        self.teller.words.lang
    }
    fn input(&self, index: usize) -> Option<StepId> {
        self.step.and_then(|step| self.teller.input(step, index))
    }
    fn part(&self, expr: ExprId, index: usize, tight: u8) -> String {
        self.teller.phrase(expr, self.input(index), self.around).within(tight)
    }
    /// A part in names, whatever is known of it.
    pub(super) fn named(&self, expr: ExprId, tight: u8) -> String {
        self.teller.phrase(expr, None, self.around).within(tight)
    }
    fn before(&self, word: &str, x: ExprId, tight: u8) -> Phrase {
        Phrase::new(format!("{word} {}", self.part(x, 0, tight)), tight)
    }
    fn after(&self, x: ExprId, word: &str, tight: u8) -> Phrase {
        Phrase::new(format!("{} {word}", self.part(x, 0, tight)), tight)
    }
    fn word(&self, a: ExprId, word: &str, b: ExprId) -> Phrase {
        Phrase::new(format!("{} {word} {}", self.part(a, 0, WORD), self.part(b, 1, WORD + 1)), WORD)
    }
    fn limit(&self, x: ExprId, word: &str, limit: ExprId) -> Phrase {
        let lifted = self.input(1).map(|limit| self.teller.trace.outcome(limit));
        if matches!(lifted, Some(Outcome::DoesNotApply(_))) {
            return self.teller.phrase(x, self.input(0), self.around);
        }
        Phrase::new(format!("{}, {word} {}", self.part(x, 0, MODIFIER), self.part(limit, 1, OR)), MODIFIER)
    }

    fn comparison(&self, sign: &str, a: ExprId, b: ExprId) -> Phrase {
        let teller = self.teller;
        let year = |x: ExprId| matches!(teller.words.model.node(x).kind, NodeKind::Year);
        let side = |x: ExprId, index, other: ExprId| match teller.year_figure(x).filter(|_| year(other)) {
            Some(figure) => figure,
            None => self.part(x, index, COMPARE + 1),
        };
        Phrase::new(format!("{} {sign} {}", side(a, 0, b), side(b, 1, a)), COMPARE)
    }

    fn between(&self, value: ExprId, low: ExprId, high: ExprId) -> Phrase {
        let lang = self.lang();
        let (value, low, high) = (self.part(value, 0, ADD), self.part(low, 1, ADD), self.part(high, 2, ADD));
        let (between, and) = (lang.pick("mellem", "between"), lang.pick("og", "and"));
        Phrase::new(format!("{value} {between} {low} {and} {high}"), COMPARE)
    }

    fn one_of(&self, value: ExprId, all: &[ExprId]) -> Phrase {
        let list: Vec<String> = all.iter().enumerate().map(|(i, x)| self.part(*x, i + 1, ADD)).collect();
        let is = self.lang().pick("er en af", "is one of");
        Phrase::new(format!("{} {is} {}", self.part(value, 0, ADD), list.join("; ")), COMPARE)
    }

    fn branching(&self, condition: ExprId, then: ExprId, otherwise: ExprId) -> Phrase {
        let (yes_step, no_step) = self.teller.branches(self.step);
        let text = |expr, step| self.teller.phrase(expr, step, self.around).within(OR);
        let (yes, no) = (text(then, yes_step), text(otherwise, no_step));
        let condition = self.part(condition, 0, OR);
        let text = self.lang().pick(
            format!("hvis {condition} så {yes} ellers {no}"),
            format!("if {condition} then {yes} else {no}"),
        );
        Phrase::new(text, IF)
    }

    fn arithmetic(&self, op: Arith, a: ExprId, b: ExprId) -> Phrase {
        let (sign, tight, left, right) = match op {
            Arith::Add => ("+", ADD, ADD, ADD),
            Arith::Sub => ("−", ADD, ADD, ADD + 1),
            Arith::Mul => ("×", MULTIPLY, MULTIPLY, MULTIPLY),
            Arith::Div => ("/", MULTIPLY, MULTIPLY, MULTIPLY + 1),
            Arith::Of => (self.lang().pick("af", "of"), OF, OF + 1, OF),
        };
        Phrase::new(format!("{} {sign} {}", self.part(a, 0, left), self.part(b, 1, right)), tight)
    }

    fn divide_or(&self, over: ExprId, under: ExprId, fallback: ExprId) -> Phrase {
        let divided = self.step.map(|step| &self.teller.trace.step(step).detail);
        if matches!(divided, Some(Detail::Branch(true))) {
            return self.arithmetic(Arith::Div, over, under);
        }
        let (over, under) = (self.named(over, MULTIPLY), self.named(under, MULTIPLY + 1));
        let fallback = self.named(fallback, OR);
        let word = self.lang().pick("hvis nævneren er 0", "if the denominator is 0");
        Phrase::new(format!("{over} / {under}, {word}: {fallback}"), MODIFIER)
    }

    fn list(&self, all: &[ExprId], between: &str, tight: u8) -> Phrase {
        let part = |(index, expr): (usize, &ExprId)| self.part(*expr, index, tight + 1);
        Phrase::new(all.iter().enumerate().map(part).collect::<Vec<_>>().join(between), tight)
    }

    fn rest(&self, whole: ExprId, parts: &[ExprId]) -> Phrase {
        let mut text = self.part(whole, 0, ADD);
        for (index, part) in parts.iter().enumerate() {
            text = format!("{text} − {}", self.part(*part, index + 1, ADD + 1));
        }
        Phrase::new(text, ADD)
    }

    fn extreme(&self, largest: bool, all: &[ExprId]) -> Phrase {
        let word = match largest {
            true => self.lang().pick("største af", "largest of"),
            false => self.lang().pick("mindste af", "smallest of"),
        };
        Phrase::new(format!("{word} ({})", self.list(all, "; ", IF).text), ATOM)
    }

    fn timed(&self, value: ExprId, time: &AtTime) -> Phrase {
        let lang = self.lang();
        let value = self.named(value, TIME);
        let text = match time {
            AtTime::YearBefore => format!("{value} ({})", lang.pick("året før", "the year before")),
            AtTime::Period(period @ Period::Day(_)) => {
                format!("{value} {} {}", lang.pick("den", "on"), period.print(lang))
            }
            AtTime::Period(period) => format!("{value} {} {}", lang.pick("i", "in"), period.print(lang)),
            AtTime::Computed(year) => {
                format!("{value} {} ({})", lang.pick("i", "in"), self.named(*year, MODIFIER))
            }
        };
        Phrase::new(text, TIME)
    }

    fn converted(&self, value: ExprId, index: IndexId, to: Option<i16>) -> Phrase {
        let (lang, name) = (self.lang(), &self.teller.words.model.indices[index].name);
        let how = match to {
            Some(year) => {
                let level = crate::types::price_words(crate::value::PriceLevel::Of(year));
                let level = level.get(lang);
                lang.pick(
                    format!("omregnet til {level} efter {name}"),
                    format!("converted to {level} by {name}"),
                )
            }
            None => lang.pick(format!("reguleret efter {name}"), format!("adjusted by {name}")),
        };
        self.after(value, &how, WORD)
    }

    fn share(&self, expr: ExprId, distribution: &Distribution) -> Phrase {
        let lang = self.lang();
        let pool = self.named(distribution.pool, WORD);
        let how = match distribution.key.map(|key| self.named(key, WORD + 1)) {
            Some(key) => lang.pick(format!("fordelt efter {key}"), format!("shared by {key}")),
            None => lang.pick("fordelt ligeligt", "shared equally").to_owned(),
        };
        let among = lang.pick("blandt", "among");
        let whom = self.teller.whom(&distribution.set, self.around);
        let text = format!("{pool} {how} {among} {whom}");
        let Some(step) = &distribution.step else { return Phrase::new(text, WORD) };
        let to = match &distribution.rule {
            ShareRule::Each(mode) => {
                let each = lang.pick("afrundet hver for sig til", "each rounded to");
                format!("{each} {}", self.teller.step_words(expr, step, *mode))
            }
            ShareRule::RestTo(whom) => {
                let to = self.teller.rounded_to(expr, step, RoundMode::Nearest);
                format!("{to}, {} \"{whom}\"", lang.pick("rest til", "remainder to"))
            }
            ShareRule::Exact | ShareRule::LargestRemainder => {
                self.teller.rounded_to(expr, step, RoundMode::Nearest)
            }
        };
        Phrase::new(format!("{text}, {to}"), MODIFIER)
    }

    fn date_span(&self, unit: SpanUnit, from: ExprId, to: ExprId) -> Phrase {
        let lang = self.lang();
        let (from, to) = (self.part(from, 0, ADD), self.part(to, 1, ADD));
        let text = match unit {
            SpanUnit::Days => {
                lang.pick(format!("dage fra {from} til {to}"), format!("days from {from} to {to}"))
            }
            SpanUnit::WholeMonths => lang.pick(
                format!("hele måneder fra {from} til {to}"),
                format!("whole months from {from} to {to}"),
            ),
            SpanUnit::WholeYears => {
                lang.pick(format!("hele år fra {from} til {to}"), format!("whole years from {from} to {to}"))
            }
        };
        Phrase::new(text, COMPARE)
    }

    fn shift(&self, date: ExprId, by: ExprId, forward: bool, missing: MissingDay) -> Phrase {
        let lang = self.lang();
        let sign = if forward { "+" } else { "−" };
        let sum = format!("{} {sign} {}", self.part(date, 0, ADD), self.part(by, 1, ADD + 1));
        let rule = match missing {
            MissingDay::Refuse => return Phrase::new(sum, ADD),
            MissingDay::LastOfMonth => lang.pick("månedens sidste dag", "last day of the month"),
            MissingDay::FirstOfNext => lang.pick("den 1. i næste måned", "the 1st of next month"),
        };
        let word = lang.pick("hvis dagen mangler", "if the day is missing");
        Phrase::new(format!("{sum}, {word}: {rule}"), MODIFIER)
    }

    fn sum_over(&self, of: ExprId, period: Period) -> Phrase {
        let of = self.named(of, ADD);
        let (sum, in_) = (self.lang().pick("sum af", "sum of"), self.lang().pick("i", "in"));
        Phrase::new(format!("{sum} {of} {in_} {}", period.print(self.lang())), COMPARE)
    }

    fn count(&self, all: &[ExprId]) -> Phrase {
        let model = self.teller.words.model;
        let defs: Option<Vec<_>> = all
            .iter()
            .map(|expr| match &model.node(*expr).kind {
                NodeKind::Def(def) => Some(*def),
                _ => None,
            })
            .collect();
        let own = self.around.clause.map(|clause| &model.clauses[clause].conditions);
        if defs.is_some() && defs.as_ref() == own {
            let text = self.lang().pick("antal opfyldte betingelser", "number of conditions met");
            return Phrase::new(text, ATOM);
        }
        let list: Vec<String> = all.iter().map(|expr| self.named(*expr, IF)).collect();
        let word = self.lang().pick("antal opfyldte af", "number met of");
        Phrase::new(format!("{word} ({})", list.join("; ")), ATOM)
    }

    fn lookup(&self, table: TableId) -> Phrase {
        let keys = self.teller.words.model.tables[table].keys.join("; ");
        let text = match keys.is_empty() {
            true => self.lang().pick("tabellen", "the table").to_owned(),
            false => self.lang().pick(format!("tabel efter {keys}"), format!("table by {keys}")),
        };
        Phrase::new(text, ATOM)
    }

    fn grant(&self, full: ExprId, conditions: &[ExprId], otherwise: Option<ExprId>) -> Phrase {
        let list: Vec<String> = conditions.iter().map(|condition| self.named(*condition, IF)).collect();
        let word = self.lang().pick("betinget af", "conditional on");
        let mut text = format!("{} {word} {}", self.named(full, OR), list.join("; "));
        if let Some(otherwise) = otherwise {
            let word = self.lang().pick("ellers", "otherwise");
            text = format!("{text} {word} {}", self.named(otherwise, OR));
        }
        Phrase::new(text, MODIFIER)
    }
}

fn stated_unknown(reason: Option<&str>, lang: Lang) -> Phrase {
    let reason = reason.map(|text| format!(" \"{text}\"")).unwrap_or_default();
    Phrase::new(format!("{}{reason}", lang.pick("ukendt", "unknown")), ATOM)
}

/// Returns the sign of a fraction below 1, where there is one.
fn vulgar(part: &str) -> Option<&'static str> {
    VULGAR.iter().find(|(exact, _)| *exact == part).map(|(_, sign)| *sign)
}

/// Fractions that have a sign of their own, by their exact value.
static VULGAR: &[(&str, &str)] = &[
    ("0.5", "½"),
    ("0.25", "¼"),
    ("0.75", "¾"),
    ("1/3", "⅓"),
    ("2/3", "⅔"),
    ("0.2", "⅕"),
    ("0.4", "⅖"),
    ("0.6", "⅗"),
    ("0.8", "⅘"),
    ("1/6", "⅙"),
    ("5/6", "⅚"),
    ("0.125", "⅛"),
    ("0.375", "⅜"),
    ("0.625", "⅝"),
    ("0.875", "⅞"),
];

/// Returns the sign of a comparison.
fn compare_sign(op: Compare) -> &'static str {
    match op {
        Compare::Eq => "=",
        Compare::Ne => "≠",
        Compare::Lt => "<",
        Compare::Le => "≤",
        Compare::Gt => ">",
        Compare::Ge => "≥",
    }
}
