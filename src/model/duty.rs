//! Duties: who must do what by when, and how far it has come.

use super::lower::Lowerer;
use super::scope::Scope;
use super::{Alternative, Body, BoundEdge, ExprId, NodeKind, Ty};
use crate::base::{Bi, Lang, Span, bi};
use crate::syntax::ast;

/// What a duty's status is decided by.
#[derive(Clone, Debug)]
pub struct DutyTerms {
    /// On whom it rests.
    pub on: Vec<String>,
    /// Its title.
    pub title: Option<String>,
    /// The last day on which it can be met in time; `None` when it has no deadline.
    pub deadline: Option<ExprId>,
    /// When it was met, or whether it is.
    pub met: Option<ExprId>,
    /// The condition under which there is a duty at all.
    pub only_if: Option<ExprId>,
}

impl DutyTerms {
    /// Returns what it reads, in the order in which it is read.
    pub fn children(&self) -> Vec<ExprId> {
        [self.only_if, self.deadline, self.met].into_iter().flatten().collect()
    }
}

/// How far a duty has come on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum DutyStatus {
    /// The deadline has not passed, and it is not met yet.
    NotDue,
    /// Met in time.
    Met,
    /// Met after the deadline.
    MetLate,
    /// The deadline has passed, and it is not met.
    Overdue,
}

impl DutyStatus {
    /// Every status.
    pub const ALL: [DutyStatus; 4] =
        [DutyStatus::NotDue, DutyStatus::Met, DutyStatus::MetLate, DutyStatus::Overdue];

    /// Returns its name in values and machine-readable output, the same in both languages.
    pub fn name(self) -> &'static str {
        match self {
            DutyStatus::NotDue => "not_due",
            DutyStatus::Met => "met",
            DutyStatus::MetLate => "met_late",
            DutyStatus::Overdue => "overdue",
        }
    }
    /// Returns its words.
    pub fn words(self) -> Bi {
        match self {
            DutyStatus::NotDue => bi!("ikke forfalden", "not due"),
            DutyStatus::Met => bi!("opfyldt", "met"),
            DutyStatus::MetLate => bi!("opfyldt for sent", "met late"),
            DutyStatus::Overdue => bi!("overskredet", "overdue"),
        }
    }
    /// Reads its name, or its words in either language.
    pub fn read(text: &str) -> Option<DutyStatus> {
        DutyStatus::ALL.into_iter().find(|status| {
            let words = status.words();
            status.name() == text || words.da == text || words.en == text
        })
    }
    /// Returns the type of statuses.
    pub fn ty() -> Ty {
        Ty::OneOf(DutyStatus::ALL.iter().map(|status| status.name().to_owned()).collect())
    }
    /// Tells whether a type is that of statuses.
    pub fn is(ty: &Ty) -> bool {
        match ty {
            Ty::OneOf(all) => {
                all.len() == DutyStatus::ALL.len()
                    && all.iter().zip(DutyStatus::ALL).all(|(name, status)| name == status.name())
            }
            _ => false,
        }
    }
    /// Returns the words of all in a language.
    pub fn all_words(lang: Lang) -> Vec<String> {
        DutyStatus::ALL.iter().map(|status| status.words().get(lang).to_owned()).collect()
    }
}

impl Lowerer<'_> {
    /// Lowers a duty; its name has its status as value.
    pub(super) fn duty(&mut self, duty: &ast::Duty, span: Span, scope: &Scope) {
        let Some(def) = self.def_named(&duty.name.text, scope) else { return };
        let only_if = duty.only_if.as_ref().map(|condition| self.expr(condition, scope));
        let written = duty.deadline.as_ref().map(|time| self.deadline(time, scope));
        let deadline = written.or_else(|| duty.deadline_expr.as_ref().map(|expr| self.expr(expr, scope)));
        let met = duty.met_when.as_ref().map(|expr| self.expr(expr, scope));
        let on = duty.on.iter().map(|text| text.text.clone()).collect();
        let title = duty.title.as_ref().map(|text| text.text.clone());
        let terms = DutyTerms { on, title, deadline, met, only_if };
        let value = self.push(NodeKind::Duty(Box::new(terms)), duty.name.span);
        let line = self.duty_line(span, scope);
        self.add_line(def, Alternative { body: Body::Expr(value), ..line }, &duty.basis, scope);
    }

    /// A duty begins with its clause, but does not end with it: it remains until it is met.
    fn duty_line(&mut self, span: Span, scope: &Scope) -> Alternative {
        let mut line = self.in_time(None, false, span, scope);
        line.interval.until = None;
        line.given.retain(|bound| bound.edge == BoundEdge::From);
        line
    }

    /// `senest april 2026` is through its last day.
    fn deadline(&mut self, time: &ast::Time, scope: &Scope) -> ExprId {
        match &time.kind {
            ast::TimeKind::Path(path) => self.path(path, scope),
            ast::TimeKind::Period(period) => match period.last() {
                Some(date) => self.typed(NodeKind::Date(date), Ty::Date, time.span),
                None => self.invalid(time.span),
            },
            ast::TimeKind::Edge(..) => self.date(time, scope.lang, time.span),
        }
    }
}
