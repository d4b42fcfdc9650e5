//! What is varied: a fact, a definition, a table cell, anything that a what-if can set. It is laid over the rules once, as
//! what-ifs are; then the figure that was written is varied, so that nothing is read or checked anew.

use std::collections::BTreeSet;

use super::sweep::in_unit;
use super::why_not::Refused;
use super::{ExploreProblem, Told};
use crate::base::{Bi, Lang, Span};
use crate::diag::{Problems, Report, Severity};
use crate::eval::Outcome;
use crate::facts::Datum;
use crate::model::{Arith, ExprId, Model, NodeKind, Origin, OverTarget, Show, Ty};
use crate::session::{Answer, Question, Session, Target};
use crate::syntax::ast::StmtKind;
use crate::value::{Number, Stretch};

/// A step with more decimals than this is told in a smaller unit.
const READABLE: u32 = 2;

/// Something that is varied, laid over the rules.
pub(super) struct Varied {
    /// As it was typed.
    pub(super) name: String,
    /// The places where it is written.
    pub(super) written: BTreeSet<ExprId>,
    pub(super) ty: Ty,
    pub(super) show: Show,
    /// What it can be.
    pub(super) domain: Stretch,
    /// The step in which alone what is asked has an answer, where that is coarser than its own.
    pub(super) steps: Option<Number>,
    /// What it is without the what-if, where that is known.
    pub(super) now: Option<Number>,
    /// The answer with it laid over the rules.
    pub(super) answer: Answer,
}

impl Varied {
    /// Writes a number of it.
    pub(super) fn print(&self, number: &Number, lang: Lang) -> String {
        self.answer.words(lang).exact(number, &self.ty, &self.show)
    }
    /// A number of it for people: what is no finite decimal is shown shortened, and all of it in brackets.
    pub(super) fn told(&self, number: &Number, lang: Lang) -> Told {
        let exact = Some(in_unit(number, &self.ty));
        let all = self.print(number, lang);
        if self.in_scale(number).decimals().is_some() {
            return Told { text: all, exact };
        }
        let short = self.answer.words(lang).number(number, &self.ty, &self.show);
        let exactly = lang.pick("præcist", "exactly");
        Told { text: format!("{short} ({exactly} {all})"), exact }
    }
    /// A step of it for people: where it is a small part of the unit that it is shown in, in the unit itself and not in a
    /// multiple of it (`0,01 kr.`, not `0,00000001 mio. kr.`).
    pub(super) fn told_step(&self, step: &Number, lang: Lang) -> String {
        let decimals = self.in_scale(step).decimals();
        let is_readable = decimals.is_some_and(|count| count <= self.show.decimals.max(READABLE));
        match &self.ty {
            Ty::Quantity { unit, .. } if !is_readable && self.show.scale > Number::one() => {
                let units = &self.answer.plan.model.units;
                let words = Bi::new(unit.print(units, Lang::Da, true), unit.print(units, Lang::En, true));
                let show = Show { words, ..Show::plain() };
                self.answer.words(lang).exact(step, &self.ty, &show)
            }
            _ => self.told(step, lang).text,
        }
    }
    /// The what-if that sets it, in the language of the rules. A fraction is written as a division of what can be written.
    pub(super) fn what_if(&self, number: &Number) -> String {
        let lang = self.answer.plan.model.lang;
        let under = match self.in_scale(number).to_exact().split_once('/') {
            Some((_, under)) => under.to_owned(),
            None => return format!("{} = {}", self.name, self.print(number, lang)),
        };
        let over = Number::from_exact(&under).map(|under| number.mul(&under));
        // INVARIANT: what stands below the line of an exact number is a whole number.
        let over = over.unwrap_or_else(|| number.clone());
        format!("{} = {} / {under}", self.name, self.print(&over, lang))
    }
    /// A number as it is counted where it is shown.
    fn in_scale(&self, number: &Number) -> Number {
        number.div(&self.show.scale).unwrap_or_else(|| number.clone())
    }
    /// The step of which only multiples count, where there is one.
    pub(super) fn whole(&self) -> Option<&Number> {
        self.steps.as_ref().or(self.domain.step.as_ref())
    }
    /// One of what it counts in.
    pub(super) fn step(&self) -> Number {
        self.domain.step.clone().unwrap_or_else(|| self.show.scale.clone())
    }
}

/// Who asks, and about what.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) session: &'a Session,
    pub(super) question: &'a Question,
}

impl Asking<'_> {
    /// The answer with a what-if laid over the rules.
    pub(super) fn with(&self, what_if: &str) -> Result<Answer, Refused> {
        let mut session = self.session.clone();
        let laid = session.assign("--set", what_if, Origin::Set);
        laid.map_err(|problems| Refused { problems, sources: session.sources().clone() })?;
        asked(&session, self.question)
    }

    pub(super) fn refused(&self, problem: &ExploreProblem) -> Refused {
        let mut problems = Problems::new();
        problems.push(problem.report());
        Refused { problems, sources: self.session.sources().clone() }
    }

    /// Lays something over the rules with a value it can have, to be varied from there.
    pub(super) fn vary(&self, name: &str, value: Option<&str>) -> Result<Varied, Refused> {
        let now = self.now(name);
        let value = match (value, &now) {
            (Some(value), _) => value.trim().to_owned(),
            (None, Some(now)) => now.literal.clone(),
            (None, None) => return Err(self.without_range(name)),
        };
        let mut session = self.session.clone();
        let laid = session.assign("--set", &format!("{name} = {value}"), Origin::Set);
        laid.map_err(|problems| Refused { problems, sources: session.sources().clone() })?;
        let answer = asked(&session, self.question)?;
        let place =
            session.layers().last().and_then(|layer| layer.body.first()).and_then(|stmt| match &stmt.kind {
                StmtKind::Assign(assign) => Some(assign.value.span),
                _ => None,
            });
        let model = &answer.plan.model;
        let written = place.map(|place| figures(model, place)).unwrap_or_default();
        let Some(node) = written.first().map(|first| model.node(*first)) else {
            return Err(self.refused(&ExploreProblem::NotVaried { name: name.to_owned(), value }));
        };
        let (ty, show) = (node.ty.clone(), node.show.clone());
        let domain = self.domain(model, &written);
        Ok(Varied {
            name: name.to_owned(),
            written,
            ty,
            show,
            domain,
            steps: None,
            now: now.and_then(|now| now.number),
            answer,
        })
    }

    /// Why something cannot be varied where no range is said: there is nothing of that name, or it says no range itself.
    fn without_range(&self, name: &str) -> Refused {
        let question = Question { targets: vec![name.to_owned()], ..self.question.clone() };
        match asked(self.session, &question) {
            Err(refused) => refused,
            Ok(_) => self.refused(&ExploreProblem::NoRange { name: name.to_owned() }),
        }
    }

    /// The number that a value written for it is.
    pub(super) fn number(&self, of: &Varied, value: &str) -> Result<Number, Refused> {
        let name = of.name.as_str();
        // What has the same type needs no more; for anything else, what is wrong with it is told.
        let question = Question { targets: vec![value.to_owned()], ..self.question.clone() };
        if let Ok(answer) = self.session.ask(&question)
            && let Some(line) = answer.lines.first()
            && answer.typed(line).0.without_level() == of.ty.without_level()
            && let Some(number) = answer.outcome(line).as_number()
            && !answer.problems.has_errors()
        {
            return Ok(number.clone());
        }
        let varied = self.vary(name, Some(value))?;
        let model = &varied.answer.plan.model;
        let number = varied.written.first().and_then(|first| constant(model, *first));
        number.ok_or_else(|| {
            self.refused(&ExploreProblem::NotVaried { name: name.to_owned(), value: value.to_owned() })
        })
    }

    /// What it is now, and a value of it as it is written.
    fn now(&self, name: &str) -> Option<Now> {
        let question = Question { targets: vec![name.to_owned()], ..self.question.clone() };
        let answer = self.session.ask(&question).ok()?;
        let line = answer.lines.first()?;
        let (ty, show) = answer.typed(line);
        let number = match answer.outcome(line) {
            Outcome::Value(value) => match &value.datum {
                Datum::Number(number) => Some(number.clone()),
                Datum::Bool(_) | Datum::Date(_) | Datum::Text(_) | Datum::Nothing => return None,
            },
            Outcome::Unknown(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => None,
        };
        if !ty.is_numeric() {
            return None;
        }
        let domain = match line.target {
            Target::Expr(expr) => match answer.plan.model.node(expr).kind {
                NodeKind::Fact(fact) => answer.plan.model.fact_stretch(fact).closed(),
                _ => Stretch::default(),
            },
            Target::Def(_) => Stretch::default(),
        };
        let any = number.clone().or(domain.low).or(domain.high).unwrap_or_else(Number::zero);
        let same_for_all = answer.lines.len() == 1;
        let literal = answer.words(answer.plan.model.lang).exact(&any, ty, show);
        Some(Now { number: number.filter(|_| same_for_all), literal })
    }

    /// What it can be: a fact as declared, a definition as it is counted.
    fn domain(&self, model: &Model, written: &BTreeSet<ExprId>) -> Stretch {
        use crate::model::KeyDomain;
        let over = model.overrides.iter().find(|over| written.contains(&over.value));
        match over.map(|over| over.target) {
            Some(OverTarget::Fact(fact)) => model.fact_stretch(fact).closed(),
            Some(OverTarget::Def(def)) => {
                let bodies: Vec<ExprId> =
                    model.defs[def].bodies().filter(|body| !written.contains(body)).collect();
                let domains = bodies.iter().map(|body| model.key_domain(*body));
                match domains.collect::<Option<Vec<_>>>().as_deref() {
                    Some([KeyDomain::Numbers(only)]) => only.clone().closed(),
                    Some(_) | None => Stretch::default(),
                }
            }
            None => Stretch::default(),
        }
    }
}

struct Now {
    number: Option<Number>,
    literal: String,
}

/// Asks; what is wrong with the question or with what was laid over the rules is told instead.
pub(super) fn asked(session: &Session, question: &Question) -> Result<Answer, Refused> {
    let refused = |problems: Problems| Refused { problems, sources: session.sources().clone() };
    let answer = session.ask(question).map_err(refused)?;
    let laid = session.layers().last().and_then(|layer| layer.body.first()).map(|stmt| stmt.span.file);
    let told = answer.problems.sorted().into_iter().filter(|found| found.severity == Severity::Error);
    let about_laid: Vec<_> =
        told.clone().filter(|found| found.labels.iter().any(|label| Some(label.span.file) == laid)).collect();
    if !about_laid.is_empty() || answer.lines.is_empty() {
        let mut problems = Problems::new();
        let all = if about_laid.is_empty() { told.collect() } else { about_laid };
        all.into_iter().for_each(|found| problems.push(found));
        return Err(Refused { problems, sources: answer.sources.clone() });
    }
    Ok(answer)
}

/// The outermost expressions of figures within a place.
fn figures(model: &Model, place: Span) -> BTreeSet<ExprId> {
    let within = |span: Span| {
        let (own, all) = (span.range(), place.range());
        span.file == place.file && all.start <= own.start && own.end <= all.end
    };
    let all: BTreeSet<ExprId> = model
        .nodes
        .iter_enumerated()
        .filter(|(id, node)| within(node.span) && constant(model, *id).is_some())
        .map(|(id, _)| id)
        .collect();
    let inner: BTreeSet<ExprId> = all.iter().flat_map(|id| model.node(*id).children(&model.tables)).collect();
    all.difference(&inner).copied().collect()
}

/// The number that figures alone make.
fn constant(model: &Model, expr: ExprId) -> Option<Number> {
    match &model.node(expr).kind {
        NodeKind::Figure { value, .. } => Some(value.clone()),
        NodeKind::Negate(inner) => constant(model, *inner).map(|number| number.neg()),
        NodeKind::Arith(op, a, b) => {
            let (a, b) = (constant(model, *a)?, constant(model, *b)?);
            match op {
                Arith::Add => Some(a.add(&b)),
                Arith::Sub => Some(a.sub(&b)),
                Arith::Mul | Arith::Of => Some(a.mul(&b)),
                Arith::Div => a.div(&b),
            }
        }
        _ => None,
    }
}
