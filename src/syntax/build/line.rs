//! The lines of clauses, exceptions, readings, amendments, scenarios and tests.

use super::super::ast::{
    Assign, Check, Duty, EachWhat, Exception, Expectation, Expected, ExprKind, Grant, Headed, Path, PathPart,
    Precedence, Split, SplitPart, Stmt, StmtKind, SwitchWhat, Target, TimeKind,
};
use super::super::grammar::{Kind, Node};
use super::super::problem::SyntaxProblem;
use super::Builder;
use super::parts::{Built, Lost, Parts};
use crate::base::Limit;

impl Builder<'_> {
    pub(super) fn stmt(&mut self, node: &Node) -> Built<Stmt> {
        let span = self.span(node);
        let limit = self.limits.count(Limit::Blocks);
        if self.blocks >= limit {
            self.problems.push(SyntaxProblem::TooNested { at: span, limit });
            return Ok(Stmt { doc: Vec::new(), span, kind: StmtKind::Error });
        }
        self.blocks += 1;
        let kind = self.stmt_kind(node);
        self.blocks -= 1;
        Ok(Stmt { doc: self.docs(node), span, kind: kind? })
    }

    /// When a block holds; a time with a date that there is not bounds nothing, so that no line is held against it.
    fn in_force(&mut self, node: &Node) -> Built<StmtKind> {
        let told = self.problems.len();
        let when = self.when(node)?;
        let wrong = |problem: &SyntaxProblem| matches!(problem, SyntaxProblem::NoSuchDate { .. });
        let bounds = !self.problems.iter().skip(told).any(wrong);
        Ok(if bounds { StmtKind::InForce(when) } else { StmtKind::Error })
    }

    fn stmt_kind(&mut self, node: &Node) -> Built<StmtKind> {
        let mut parts = Parts::of(node);
        Ok(match node.kind {
            Kind::broken => StmtKind::Error,
            Kind::basis => StmtKind::Basis(self.basis(node)?),
            Kind::in_force => {
                parts.take(Kind::kw_in_force)?;
                self.in_force(parts.next()?)?
            }
            Kind::bare_when => self.in_force(parts.next()?)?,
            Kind::only_when => {
                parts.take(Kind::kw_when)?;
                StmtKind::Only(self.next_expr(&mut parts)?)
            }
            Kind::each_rounded => self.each_rounded(parts)?,
            Kind::given => StmtKind::Given(self.given(node)?),
            Kind::condition => {
                parts.take(Kind::kw_condition)?;
                StmtKind::Condition(self.assign_parts(node, parts)?)
            }
            Kind::grant => StmtKind::Grant(self.grant(node)?),
            Kind::table => StmtKind::Table(self.table(node)?),
            Kind::rows => StmtKind::Rows(self.row_edit(node)?),
            Kind::scale => StmtKind::Scale(self.scale(node)?),
            Kind::precedence => StmtKind::Precedence(self.precedence(node)?),
            Kind::exception => {
                parts.take(Kind::kw_exception)?;
                let Headed { owner, name } = self.take_headed(&mut parts)?;
                let title = self.eat_text(&mut parts);
                StmtKind::Exception(Exception { owner, name, title, body: self.body(parts)? })
            }
            Kind::assumption => StmtKind::Assumption(self.assumption(node)?),
            Kind::duty => StmtKind::Duty(self.duty(node)?),
            Kind::require => {
                parts.take(Kind::kw_require)?;
                let condition = self.next_expr(&mut parts)?;
                StmtKind::Require { condition, message: self.take_text(&mut parts)? }
            }
            Kind::check => StmtKind::Check(self.check(node)?),
            Kind::lift => StmtKind::Lift(self.take_path(&mut parts)?),
            Kind::repeal => StmtKind::Repeal(self.take_path(&mut parts)?),
            Kind::assign => self.assign(node)?,
            _ => self.scenario_stmt(node)?,
        })
    }

    fn scenario_stmt(&mut self, node: &Node) -> Built<StmtKind> {
        let mut parts = Parts::of(node);
        Ok(match node.kind {
            Kind::scenario_year => {
                parts.take(Kind::kw_year)?;
                StmtKind::Year(self.year(parts.take(Kind::year)?)?)
            }
            Kind::scenario_day => {
                parts.take(Kind::kw_day)?;
                StmtKind::Day(self.date(parts.next()?)?)
            }
            Kind::builds_on => {
                parts.take(Kind::kw_builds_on)?;
                StmtKind::BuildsOn(self.names(&mut parts))
            }
            Kind::reading_choice => {
                parts.take(Kind::kw_reading)?;
                let assumption = self.take_path(&mut parts)?;
                StmtKind::Reading { assumption, reading: self.take_name(&mut parts)? }
            }
            Kind::switch => {
                let what = switch_what(parts.next()?)?;
                let name = self.take_path(&mut parts)?;
                StmtKind::Switch { what, name, on: parts.next()?.kind == Kind::kw_yes }
            }
            Kind::entity_facts => {
                let kind = self.take_name(&mut parts)?;
                let name = self.take_text(&mut parts)?;
                let facts = parts.rest().iter().map(|line| self.plain_assign(line)).collect::<Built<_>>()?;
                StmtKind::EntityFacts { kind, name, facts }
            }
            Kind::expect => {
                parts.take(Kind::kw_expect)?;
                StmtKind::Expect(
                    parts.rest().iter().map(|line| self.expectation(line)).collect::<Built<_>>()?,
                )
            }
            Kind::expect_line => StmtKind::Expect(vec![self.expectation(node)?]),
            _ => return Err(Lost { at: node.start }),
        })
    }

    /// An assignment where no split may stand.
    pub(super) fn plain_assign(&mut self, node: &Node) -> Built<Assign> {
        match self.assign(node)? {
            StmtKind::Assign(assign) => Ok(assign),
            StmtKind::Split(split) => {
                self.problems.push(SyntaxProblem::SplitNotHere { at: split.target.span });
                let span = self.span(node);
                Ok(Assign { target: split.target, value: split.total, basis: split.basis, span })
            }
            _ => Err(Lost { at: node.start }),
        }
    }

    pub(super) fn precedence(&self, node: &Node) -> Built<Precedence> {
        let mut parts = Parts::of(node);
        let what = switch_what(parts.next()?)?;
        let first = self.take_headed(&mut parts)?;
        parts.take(Kind::kw_takes_precedence)?;
        Ok(Precedence { what, first, second: self.take_headed(&mut parts)? })
    }

    /// `klausul.navn` at the head of a block.
    pub(super) fn take_headed(&self, parts: &mut Parts<'_>) -> Built<Headed> {
        let node = parts.take(Kind::headed)?;
        let mut names = self.names(&mut Parts::of(node));
        let name = names.pop().ok_or(Lost { at: node.start })?;
        let (first, last) = (names.first().map(|n| n.span), names.last().map(|n| n.span));
        let span = first.zip(last).map(|(first, last)| first.to(last));
        let part = |name| PathPart { name, cells: Vec::new() };
        let owner = span.map(|span| Path { parts: names.into_iter().map(part).collect(), span });
        Ok(Headed { owner, name })
    }

    pub(super) fn check(&mut self, node: &Node) -> Built<Check> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_check)?;
        // A text before another part is the title; alone it would be the condition.
        let cites = node.children.iter().any(|child| child.kind == Kind::basis);
        let title =
            if node.children.len() - usize::from(cites) > 2 { self.eat_text(&mut parts) } else { None };
        let condition = self.next_expr(&mut parts)?;
        let known_difference = match parts.eat(Kind::known_difference) {
            Some(node) => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_known_difference)?;
                let difference = self.next_expr(&mut parts)?;
                Some((difference, self.eat_text(&mut parts)))
            }
            None => None,
        };
        let basis = self.trailing_basis(&mut parts)?;
        parts.done()?;
        Ok(Check { title, condition, known_difference, basis })
    }

    /// Reports a line that may stand only once in its block.
    pub(super) fn once(&mut self, line: &Node, seen: bool) {
        if seen {
            self.problems.push(SyntaxProblem::SaidTwice { at: self.span(line) });
        }
    }

    pub(super) fn path(&mut self, node: &Node) -> Built<Path> {
        let parts = node.children.iter().map(|part| self.path_part(part)).collect::<Built<_>>()?;
        Ok(Path { parts, span: self.span(node) })
    }
    fn path_part(&mut self, node: &Node) -> Built<PathPart> {
        let mut parts = Parts::of(node);
        let name = self.take_name(&mut parts)?;
        let cells = parts.rest().iter().map(|index| self.index_cell(index)).collect::<Built<_>>()?;
        Ok(PathPart { name, cells })
    }

    fn target(&mut self, node: &Node) -> Built<Target> {
        let mut parts = Parts::of(node);
        let path = self.take_path(&mut parts)?;
        let entity = match parts.eat(Kind::for_entity) {
            Some(node) => Some(self.entity_text(node)?),
            None => None,
        };
        let when = self.eat_when(&mut parts)?;
        parts.done()?;
        Ok(Target { path, entity, when, span: self.span(node) })
    }

    fn assign(&mut self, node: &Node) -> Built<StmtKind> {
        let mut parts = Parts::of(node);
        let target = self.target(parts.take(Kind::target)?)?;
        let total = self.next_expr(&mut parts)?;
        let split = parts.eat(Kind::split);
        let mut basis = self.trailing_basis(&mut parts)?;
        parts.done()?;
        let Some(split) = split else {
            return Ok(StmtKind::Assign(Assign { target, value: total, basis, span: self.span(node) }));
        };
        let mut lines = Parts::of(split);
        lines.take(Kind::kw_split_into)?;
        let mut split = Vec::new();
        for line in lines.rest() {
            match line.kind {
                Kind::basis => basis.extend(self.basis(line)?),
                _ => split.push(self.split_part(line)?),
            }
        }
        Ok(StmtKind::Split(Split { target, total, parts: split, basis }))
    }
    fn split_part(&mut self, node: &Node) -> Built<SplitPart> {
        let mut parts = Parts::of(node);
        let name = self.take_name(&mut parts)?;
        let value = match parts.eat(Kind::kw_rest) {
            Some(_) => None,
            None => Some(self.next_expr(&mut parts)?),
        };
        Ok(SplitPart { name, value, span: self.span(node) })
    }
    fn assign_parts(&mut self, node: &Node, mut parts: Parts<'_>) -> Built<Assign> {
        let target = self.target(parts.take(Kind::target)?)?;
        let value = self.next_expr(&mut parts)?;
        let basis = self.trailing_basis(&mut parts)?;
        parts.done()?;
        Ok(Assign { target, value, basis, span: self.span(node) })
    }

    fn grant(&mut self, node: &Node) -> Built<Grant> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_grant)?;
        let target = self.target(parts.take(Kind::target)?)?;
        let amount = self.next_expr(&mut parts)?;
        let conditions = match parts.eat(Kind::conditional_on) {
            Some(node) => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_conditional_on)?;
                parts.rest().iter().map(|path| self.path(path)).collect::<Built<_>>()?
            }
            None => Vec::new(),
        };
        let otherwise = match parts.eat(Kind::grant_else) {
            Some(node) => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_otherwise)?;
                Some(self.next_expr(&mut parts)?)
            }
            None => None,
        };
        let basis = self.trailing_basis(&mut parts)?;
        parts.done()?;
        Ok(Grant { target, amount, conditions, otherwise, basis, span: self.span(node) })
    }

    fn each_rounded(&mut self, mut parts: Parts<'_>) -> Built<StmtKind> {
        let what = match parts.next()?.kind {
            Kind::kw_each_amount => EachWhat::Amount,
            _ => EachWhat::Step,
        };
        parts.take(Kind::kw_rounded_to)?;
        Ok(StmtKind::EachRounded { what, rounding: self.rounding(parts.take(Kind::rounding)?)? })
    }

    fn duty(&mut self, node: &Node) -> Built<Duty> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_duty)?;
        let Headed { owner, name } = self.take_headed(&mut parts)?;
        let title = self.eat_text(&mut parts);
        let mut duty = Duty {
            owner,
            name,
            title,
            basis: Vec::new(),
            on: Vec::new(),
            deadline: None,
            deadline_expr: None,
            only_if: None,
            met_when: None,
        };
        for line in parts.rest() {
            self.duty_line(&mut duty, line)?;
        }
        Ok(duty)
    }
    fn duty_line(&mut self, duty: &mut Duty, line: &Node) -> Built<()> {
        if line.kind == Kind::basis {
            duty.basis.extend(self.basis(line)?);
            return Ok(());
        }
        let mut parts = Parts::of(line);
        match parts.next()?.kind {
            Kind::kw_on => duty.on.extend(self.texts(&mut parts)),
            Kind::kw_no_later => {
                self.once(line, duty.deadline.is_some() || duty.deadline_expr.is_some());
                self.deadline(duty, &mut parts)?;
            }
            Kind::kw_if => {
                self.once(line, duty.only_if.is_some());
                duty.only_if = Some(self.next_expr(&mut parts)?);
            }
            Kind::kw_met_when => {
                self.once(line, duty.met_when.is_some());
                duty.met_when = Some(self.next_expr(&mut parts)?);
            }
            _ => return Err(Lost { at: line.start }),
        }
        parts.done()
    }
    /// A date or a name is a deadline as it stands; anything else is computed.
    fn deadline(&mut self, duty: &mut Duty, parts: &mut Parts<'_>) -> Built<()> {
        let expr = self.next_expr(parts)?;
        let span = expr.span;
        match *expr.kind {
            ExprKind::Date(time) => duty.deadline = Some(time),
            ExprKind::Path(path) => {
                duty.deadline = Some(super::super::ast::Time { kind: TimeKind::Path(path), span });
            }
            _ => duty.deadline_expr = Some(expr),
        }
        Ok(())
    }

    fn expectation(&mut self, node: &Node) -> Built<Expectation> {
        let mut parts = Parts::of(node);
        let target = match parts.eat(Kind::expect_target) {
            Some(node) => self.target(node)?,
            None => self.target(parts.take(Kind::target)?)?,
        };
        let about = parts.eat(Kind::op_approx).is_some();
        let outcome = match parts.eat(Kind::expect_error) {
            None if about => Expected::About(self.next_expr(&mut parts)?),
            Some(node) => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_error)?;
                Expected::Error(parts.eat(Kind::code).map(|code| self.name(code)))
            }
            None => {
                let expr = self.next_expr(&mut parts)?;
                match *expr.kind {
                    ExprKind::Unknown(None) => Expected::Unknown,
                    ExprKind::DoesNotApply(None) => Expected::DoesNotApply,
                    _ => Expected::Value(expr),
                }
            }
        };
        Ok(Expectation { target, outcome, span: self.span(node) })
    }
}

fn switch_what(node: &Node) -> Built<SwitchWhat> {
    match node.kind {
        Kind::kw_exception => Ok(SwitchWhat::Exception),
        Kind::kw_amendment => Ok(SwitchWhat::Amendment),
        _ => Err(Lost { at: node.start }),
    }
}
