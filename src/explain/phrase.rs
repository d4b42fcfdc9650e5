//! Formulas in words: as they are written, with names, or with the values that stood behind the names.

use super::teller::{Around, Teller, glued};
use crate::eval::{FactOrigin, Outcome, StepId};
use crate::model::{
    Aggregate, Arith, AtTime, Compare, Distribution, ExprId, KindId, NodeKind, ShareRule, Show,
};
use crate::value::{Number, Period, RoundMode, Status};

/// A piece of a formula and how tightly its outermost sign binds.
pub(super) struct Phrase {
    text: String,
    tight: u8,
}

const MODIFIER: u8 = 0;
const IF: u8 = 1;
const OR: u8 = 2;
const AND: u8 = 3;
const NOT: u8 = 4;
const COMPARE: u8 = 5;
const ADD: u8 = 6;
const WORD: u8 = 7;
const MULTIPLY: u8 = 8;
const OF: u8 = 9;
const TIME: u8 = 10;
const ATOM: u8 = 11;

impl Phrase {
    fn new(text: impl Into<String>, tight: u8) -> Phrase {
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
        let node = self.words.model.node(expr);
        let child = |index: usize| step.and_then(|step| self.input(step, index));
        let part =
            |expr: ExprId, index: usize, tight: u8| self.phrase(expr, child(index), around).within(tight);
        let lang = self.words.lang;
        if let Some(leaf) = step.and_then(|step| self.as_leaf(expr, step, around)) {
            return Phrase::new(leaf, ATOM);
        }
        match &node.kind {
            NodeKind::Figure { value, status } => self.figure(expr, value, *status),
            NodeKind::Bool(truth) => {
                Phrase::new(if *truth { lang.pick("ja", "yes") } else { lang.pick("nej", "no") }, ATOM)
            }
            NodeKind::Text(text) => Phrase::new(format!("\"{text}\""), ATOM),
            NodeKind::Date(date) => Phrase::new(glued(&date.print(lang)), ATOM),
            NodeKind::Nothing => Phrase::new(lang.pick("ingen", "none"), ATOM),
            NodeKind::Year => Phrase::new(lang.pick("år", "year"), ATOM),
            NodeKind::Day => Phrase::new(lang.pick("dag", "day"), ATOM),
            NodeKind::Def(def) => Phrase::new(self.def_seen_from(*def, around), ATOM),
            NodeKind::Fact(fact) => Phrase::new(self.words.model.facts[*fact].name.clone(), ATOM),
            NodeKind::Unknown(reason) => {
                let reason = reason.as_ref().map(|text| format!(" \"{text}\"")).unwrap_or_default();
                Phrase::new(format!("{}{reason}", lang.pick("ukendt", "unknown")), ATOM)
            }
            NodeKind::DoesNotApply => Phrase::new(lang.pick("gælder ikke", "does not apply"), ATOM),
            NodeKind::Invalid => Phrase::new("…", ATOM),
            NodeKind::Negate(x) => Phrase::new(format!("−{}", part(*x, 0, MULTIPLY)), MULTIPLY),
            NodeKind::Not(x) => {
                Phrase::new(format!("{} {}", lang.pick("ikke", "not"), part(*x, 0, NOT)), NOT)
            }
            NodeKind::Arith(op, a, b) => self.arithmetic(*op, (*a, child(0)), (*b, child(1)), around),
            NodeKind::Compare(op, a, b) => {
                let sign = compare_sign(*op);
                Phrase::new(
                    format!("{} {sign} {}", part(*a, 0, COMPARE + 1), part(*b, 1, COMPARE + 1)),
                    COMPARE,
                )
            }
            NodeKind::Approx(a, b, _) => {
                Phrase::new(format!("{} ≈ {}", part(*a, 0, COMPARE + 1), part(*b, 1, COMPARE + 1)), COMPARE)
            }
            NodeKind::Between(value, low, high) => Phrase::new(
                format!(
                    "{} {} {} {} {}",
                    part(*value, 0, COMPARE + 1),
                    lang.pick("mellem", "between"),
                    part(*low, 1, COMPARE + 1),
                    lang.pick("og", "and"),
                    part(*high, 2, COMPARE + 1)
                ),
                COMPARE,
            ),
            NodeKind::IsOneOf(value, all) => {
                let list: Vec<String> =
                    all.iter().enumerate().map(|(i, x)| part(*x, i + 1, COMPARE + 1)).collect();
                let is = lang.pick("er en af", "is one of");
                Phrase::new(format!("{} {is} {}", part(*value, 0, COMPARE + 1), list.join("; ")), COMPARE)
            }
            NodeKind::IsNone(value, negated) => {
                let is = match negated {
                    false => lang.pick("er ingen", "is none"),
                    true => lang.pick("er ikke ingen", "is not none"),
                };
                Phrase::new(format!("{} {is}", part(*value, 0, COMPARE + 1)), COMPARE)
            }
            NodeKind::And(all) => self.list(all, step, lang.pick(" og ", " and "), AND, around),
            NodeKind::Or(all) => self.list(all, step, lang.pick(" eller ", " or "), OR, around),
            NodeKind::If(condition, then, otherwise) => {
                let (then_step, else_step) = self.branches(step);
                let text = |expr, step| self.phrase(expr, step, around).within(IF + 1);
                let (yes, no) = (text(*then, then_step), text(*otherwise, else_step));
                let condition = part(*condition, 0, IF + 1);
                Phrase::new(
                    lang.pick(
                        format!("hvis {condition} så {yes} ellers {no}"),
                        format!("if {condition} then {yes} else {no}"),
                    ),
                    IF,
                )
            }
            NodeKind::Scaled(value, raised, by) => {
                let word = match raised {
                    true => lang.pick("forhøjet med", "raised by"),
                    false => lang.pick("nedsat med", "reduced by"),
                };
                Phrase::new(format!("{} {word} {}", part(*value, 0, WORD), part(*by, 1, WORD + 1)), WORD)
            }
            NodeKind::AsPercentOf(value, whole) => {
                let word = lang.pick("i pct. af", "as per cent of");
                Phrase::new(format!("{} {word} {}", part(*value, 0, WORD), part(*whole, 1, WORD + 1)), WORD)
            }
            NodeKind::Restated(x) => self.phrase(*x, child(0), around),
            NodeKind::Nominal(x) => {
                let word = lang.pick("nominelt", "in nominal terms");
                Phrase::new(format!("{} {word}", part(*x, 0, TIME)), TIME)
            }
            NodeKind::Share(distribution) => self.share_phrase(expr, distribution, around),
            NodeKind::At(value, time) => self.timed(*value, time, around),
            NodeKind::ForEntity(value, _, name) => {
                let word = lang.pick("for", "for");
                Phrase::new(format!("{} {word} \"{name}\"", part(*value, 0, TIME)), TIME)
            }
            NodeKind::Quantified { condition, at_least, kind, filter } => {
                let whom = self.whom(*kind, at_least.as_ref(), *filter, around);
                Phrase::new(format!("{} {whom}", part(*condition, usize::MAX, COMPARE)), COMPARE)
            }
            NodeKind::Aggregate { op, of, kind, filter, .. } => {
                self.aggregate_phrase(*op, *of, *kind, *filter, around)
            }
            NodeKind::SumOver(of, first, last) => {
                let of = self.names(*of, around);
                let period = if first == last { first.to_string() } else { format!("{first}-{last}") };
                Phrase::new(
                    lang.pick(format!("sum af {of} i {period}"), format!("sum of {of} in {period}")),
                    COMPARE,
                )
            }
            NodeKind::CountMet(all) => self.count_phrase(all, around),
            NodeKind::AllMet(_) => {
                Phrase::new(lang.pick("alle betingelser opfyldt", "all conditions met"), ATOM)
            }
            NodeKind::Extreme(largest, all) => {
                let word = match largest {
                    true => lang.pick("største af", "largest of"),
                    false => lang.pick("mindste af", "smallest of"),
                };
                let list = self.list(all, step, "; ", IF, around).text;
                Phrase::new(format!("{word} ({list})"), ATOM)
            }
            NodeKind::Round(x, size, mode) => {
                let to = self.rounded_to(expr, size, *mode);
                Phrase::new(format!("{}, {to}", part(*x, 0, MODIFIER)), MODIFIER)
            }
            NodeKind::Limit(x, at_most, limit) => {
                let word = match at_most {
                    true => lang.pick("dog højst", "but at most"),
                    false => lang.pick("dog mindst", "but at least"),
                };
                Phrase::new(
                    format!("{}, {word} {}", part(*x, 0, MODIFIER), part(*limit, 1, IF + 1)),
                    MODIFIER,
                )
            }
            NodeKind::DivideOr(over, under, fallback) => {
                let (over, under) = (part(*over, usize::MAX, MULTIPLY), part(*under, usize::MAX, OF));
                let fallback = part(*fallback, usize::MAX, IF + 1);
                let word = lang.pick("hvis nævneren er 0", "if the denominator is 0");
                Phrase::new(format!("{over} / {under}, {word}: {fallback}"), MODIFIER)
            }
            NodeKind::Lookup { table, .. } => {
                let keys = self.words.model.tables[*table].keys.join("; ");
                let text = match keys.is_empty() {
                    true => lang.pick("tabellen", "the table").to_owned(),
                    false => lang.pick(format!("tabel efter {keys}"), format!("table by {keys}")),
                };
                Phrase::new(text, ATOM)
            }
            NodeKind::Grant { full, conditions, otherwise } => {
                let full = self.phrase(*full, None, around).text;
                let list: Vec<String> =
                    conditions.iter().map(|c| self.phrase(*c, None, around).text).collect();
                let word = lang.pick("betinget af", "conditional on");
                let rest = otherwise
                    .map(|x| {
                        format!(" {} {}", lang.pick("ellers", "otherwise"), self.phrase(x, None, around).text)
                    })
                    .unwrap_or_default();
                Phrase::new(format!("{full} {word} {}{rest}", list.join("; ")), MODIFIER)
            }
        }
    }

    /// Values stand for names and for whatever has lines of its own in the explanation.
    fn as_leaf(&self, expr: ExprId, step: StepId, around: Around) -> Option<String> {
        let stands = match &self.words.model.node(expr).kind {
            NodeKind::Def(_) | NodeKind::Fact(_) | NodeKind::At(..) | NodeKind::ForEntity(..) => true,
            NodeKind::Share(_) | NodeKind::Aggregate { .. } | NodeKind::SumOver(..) => true,
            NodeKind::Lookup { .. } | NodeKind::Grant { .. } | NodeKind::CountMet(_) => true,
            NodeKind::Year | NodeKind::Day | NodeKind::Quantified { .. } | NodeKind::AllMet(_) => true,
            NodeKind::Figure { .. } | NodeKind::Bool(_) | NodeKind::Text(_) | NodeKind::Date(_) => false,
            NodeKind::Nothing | NodeKind::Unknown(_) | NodeKind::DoesNotApply | NodeKind::Invalid => false,
            NodeKind::Negate(_) | NodeKind::Not(_) | NodeKind::Arith(..) | NodeKind::Compare(..) => false,
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
                aside.push(self.origin_words(&self.words.model.overrides[*index].origin));
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
        let text = glued(&self.words.number(value, &node.ty, &node.show));
        match self.words.status(status) {
            "" => Phrase::new(text, ATOM),
            status => Phrase::new(format!("{text}\u{a0}({status})"), ATOM),
        }
    }

    fn arithmetic(
        &self,
        op: Arith,
        a: (ExprId, Option<StepId>),
        b: (ExprId, Option<StepId>),
        around: Around,
    ) -> Phrase {
        let (sign, tight, left, right) = match op {
            Arith::Add => ("+", ADD, ADD, ADD),
            Arith::Sub => ("−", ADD, ADD, ADD + 1),
            Arith::Mul => ("×", MULTIPLY, MULTIPLY, MULTIPLY),
            Arith::Div => ("/", MULTIPLY, MULTIPLY, MULTIPLY + 1),
            Arith::Of => (self.words.lang.pick("af", "of"), OF, OF + 1, OF),
        };
        let text = |(expr, step), tight| self.phrase(expr, step, around).within(tight);
        Phrase::new(format!("{} {sign} {}", text(a, left), text(b, right)), tight)
    }

    fn list(&self, all: &[ExprId], step: Option<StepId>, between: &str, tight: u8, around: Around) -> Phrase {
        let part = |(index, expr): (usize, &ExprId)| {
            let step = step.and_then(|step| self.input(step, index));
            self.phrase(*expr, step, around).within(tight + 1)
        };
        Phrase::new(all.iter().enumerate().map(part).collect::<Vec<_>>().join(between), tight)
    }

    fn timed(&self, value: ExprId, time: &AtTime, around: Around) -> Phrase {
        let lang = self.words.lang;
        let value = self.phrase(value, None, around).within(TIME);
        let text = match time {
            AtTime::YearBefore => format!("{value} ({})", lang.pick("året før", "the year before")),
            AtTime::Period(period @ Period::Day(_)) => {
                format!("{value} {} {}", lang.pick("den", "on"), period.print(lang))
            }
            AtTime::Period(period) => format!("{value} {} {}", lang.pick("i", "in"), period.print(lang)),
            AtTime::Computed(year) => {
                let year = self.phrase(*year, None, around).text;
                format!("{value} {} ({year})", lang.pick("i", "in"))
            }
        };
        Phrase::new(text, TIME)
    }

    fn share_phrase(&self, expr: ExprId, distribution: &Distribution, around: Around) -> Phrase {
        let lang = self.words.lang;
        let pool = self.phrase(distribution.pool, None, around).within(WORD);
        let how = match distribution.key {
            Some(key) => {
                let key = self.phrase(key, None, around).within(WORD + 1);
                lang.pick(format!("fordelt efter {key}"), format!("shared by {key}"))
            }
            None => lang.pick("fordelt ligeligt", "shared equally").to_owned(),
        };
        let among = lang.pick("blandt", "among");
        let whom = self.everyone(distribution.kind, distribution.filter, around);
        let mut text = format!("{pool} {how} {among} {whom}");
        let Some(step) = &distribution.step else { return Phrase::new(text, WORD) };
        let to = match &distribution.rule {
            ShareRule::Each(mode) => {
                let each = lang.pick("afrundet hver for sig til", "each rounded to");
                format!("{each} {}", self.step_words(expr, step, *mode))
            }
            ShareRule::Exact | ShareRule::LargestRemainder | ShareRule::RestTo(_) => {
                self.rounded_to(expr, step, RoundMode::Nearest)
            }
        };
        text = format!("{text}, {to}");
        if let ShareRule::RestTo(whom) = &distribution.rule {
            text = format!("{text}, {} \"{whom}\"", lang.pick("rest til", "remainder to"));
        }
        Phrase::new(text, MODIFIER)
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

    fn whom(
        &self,
        kind: KindId,
        at_least: Option<&Number>,
        filter: Option<ExprId>,
        around: Around,
    ) -> String {
        let lang = self.words.lang;
        let Some(least) = at_least else {
            return format!("{} {}", lang.pick("for", "for"), self.everyone(kind, filter, around));
        };
        let kind = &self.words.model.kinds[kind];
        let name = if *least == Number::one() { &kind.name } else { &kind.plural };
        let least = crate::value::print_number(least, lang, 0, 28).text;
        let filter = self.filter(filter, around);
        lang.pick(
            format!("for mindst {least} {name}{filter}"),
            format!("for at least {least} {name}{filter}"),
        )
    }

    fn everyone(&self, kind: KindId, filter: Option<ExprId>, around: Around) -> String {
        let all = self.words.lang.pick("alle", "all");
        format!("{all} {}{}", self.words.model.kinds[kind].plural, self.filter(filter, around))
    }

    fn filter(&self, filter: Option<ExprId>, around: Around) -> String {
        let where_ = self.words.lang.pick("hvor", "where");
        filter.map(|filter| format!(" {where_} {}", self.names(filter, around))).unwrap_or_default()
    }

    fn aggregate_phrase(
        &self,
        op: Aggregate,
        of: Option<ExprId>,
        kind: KindId,
        filter: Option<ExprId>,
        around: Around,
    ) -> Phrase {
        let lang = self.words.lang;
        let plural = &self.words.model.kinds[kind].plural;
        let of = of.map(|of| self.phrase(of, None, around).within(ADD)).unwrap_or_default();
        let everyone = self.everyone(kind, filter, around);
        let word = match op {
            Aggregate::Count => {
                let filter = self.filter(filter, around);
                return Phrase::new(format!("{} {plural}{filter}", lang.pick("antal", "number of")), COMPARE);
            }
            Aggregate::Sum => lang.pick("sum af", "sum of"),
            Aggregate::Average => lang.pick("gennemsnit af", "average of"),
            Aggregate::Largest => lang.pick("største af", "largest of"),
            Aggregate::Smallest => lang.pick("mindste af", "smallest of"),
            Aggregate::Rank => lang.pick("rang af", "rank of"),
        };
        Phrase::new(format!("{word} {of} {} {everyone}", lang.pick("for", "for")), COMPARE)
    }

    fn count_phrase(&self, all: &[ExprId], around: Around) -> Phrase {
        let lang = self.words.lang;
        let defs: Option<Vec<_>> = all
            .iter()
            .map(|expr| match &self.words.model.node(*expr).kind {
                NodeKind::Def(def) => Some(*def),
                _ => None,
            })
            .collect();
        let own = around.clause.map(|clause| &self.words.model.clauses[clause].conditions);
        if defs.is_some() && defs.as_ref() == own {
            return Phrase::new(lang.pick("antal opfyldte betingelser", "number of conditions met"), ATOM);
        }
        let list = self.list(all, None, "; ", IF, around).text;
        Phrase::new(lang.pick(format!("antal opfyldte af ({list})"), format!("number met of ({list})")), ATOM)
    }
}

/// Returns the sign of a comparison.
pub(super) fn compare_sign(op: Compare) -> &'static str {
    match op {
        Compare::Eq => "=",
        Compare::Ne => "≠",
        Compare::Lt => "<",
        Compare::Le => "≤",
        Compare::Gt => ">",
        Compare::Ge => "≥",
    }
}
