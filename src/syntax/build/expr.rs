//! Expressions: atoms, choices, aggregates and comma modifiers.

use super::super::ast::{
    AggregateOp, AtTime, Expr, ExprKind, Modifier, Name, Set, SpanUnit, Text, Time, TimeKind,
};
use super::super::grammar::{Kind, Node};
use super::super::problem::SyntaxProblem;
use super::Builder;
use super::parts::{Built, Lost, Parts};
use crate::base::{Limit, Span};

pub(super) fn expr_at(kind: ExprKind, span: Span) -> Expr {
    Expr { kind: Box::new(kind), span }
}

impl Builder<'_> {
    /// Builds any expression, within the limit of depth.
    pub(super) fn expr(&mut self, node: &Node) -> Built<Expr> {
        let links = links(node);
        let limit = self.limits.count(Limit::Operators);
        if self.depth + links > limit {
            // One message for an expression, however many of its parts lie too deep.
            if !std::mem::replace(&mut self.said_too_deep, true) {
                self.problems.push(SyntaxProblem::TooDeep { at: self.span(node), limit });
            }
            return Ok(expr_at(ExprKind::Error, self.span(node)));
        }
        self.said_too_deep &= self.depth > 0;
        self.depth += links;
        let built = self.expr_here(node);
        self.depth -= links;
        built
    }

    fn expr_here(&mut self, node: &Node) -> Built<Expr> {
        match node.kind {
            Kind::expr => self.modified(node),
            Kind::or_chain
            | Kind::and_chain
            | Kind::not_chain
            | Kind::comparison
            | Kind::sum_chain
            | Kind::word_chain
            | Kind::product_chain
            | Kind::of_chain
            | Kind::negation => self.operators(node),
            Kind::timed => self.timed(&node.children),
            _ => Ok(expr_at(self.atom(node)?, self.span(node))),
        }
    }

    /// Builds what is no chain. Expressions recurse through here, so each form has a function of its own and this
    /// frame stays small.
    fn atom(&mut self, node: &Node) -> Built<ExprKind> {
        match node.kind {
            Kind::if_expr => self.choice(node),
            Kind::paren => self.paren(node),
            Kind::count_met_of => self.count_met(node),
            Kind::counted => self.counted(node),
            Kind::extreme => self.extreme(node),
            Kind::aggregate => self.aggregate(node),
            Kind::date_span => self.date_span(node),
            Kind::path => Ok(ExprKind::Path(self.path(node)?)),
            _ => self.leaf(node),
        }
    }

    fn paren(&mut self, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        let inner = self.next_expr(&mut parts)?;
        if let Some(second) = parts.peek() {
            self.problems.push(SyntaxProblem::ListNotHere { at: self.span(second) });
        }
        Ok(ExprKind::Paren(inner))
    }
    fn count_met(&mut self, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_count_met_of)?;
        Ok(ExprKind::CountMet(Some(self.list(parts.take(Kind::paren)?)?)))
    }
    fn counted(&mut self, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_count)?;
        let set = self.set(parts.take(Kind::set)?, Some(node.start))?;
        Ok(ExprKind::Aggregate { op: AggregateOp::Count, of: None, set, weight: None, largest_first: None })
    }

    /// Builds what holds no expression.
    fn leaf(&mut self, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        Ok(match node.kind {
            Kind::broken => ExprKind::Error,
            Kind::count_conditions_met => ExprKind::CountMet(None),
            Kind::all_conditions_met => ExprKind::AllMet,
            Kind::former => {
                parts.take(Kind::kw_former)?;
                ExprKind::Former(self.take_path(&mut parts)?)
            }
            Kind::unknown => {
                parts.take(Kind::kw_unknown)?;
                ExprKind::Unknown(self.eat_text(&mut parts))
            }
            Kind::not_applying => {
                parts.take(Kind::kw_does_not_apply)?;
                ExprKind::DoesNotApply(self.eat_text(&mut parts))
            }
            Kind::literal => ExprKind::Literal(self.literal(node)?),
            Kind::fraction => {
                let numerator = self.number(parts.take(Kind::count)?);
                parts.take(Kind::op_div)?;
                ExprKind::Fraction(numerator, self.number(parts.take(Kind::count)?))
            }
            Kind::owned => {
                let mut owners = Vec::new();
                while let Some(owner) = parts.eat(Kind::genitive) {
                    owners.push(self.owner(owner));
                }
                ExprKind::Owned { owners, member: self.take_path(&mut parts)? }
            }
            _ => self.word(node)?,
        })
    }

    /// Words that are values, and dates.
    fn word(&mut self, node: &Node) -> Built<ExprKind> {
        Ok(match node.kind {
            Kind::text => ExprKind::Text(self.quoted(node)),
            Kind::kw_yes => ExprKind::Bool(true),
            Kind::kw_no => ExprKind::Bool(false),
            Kind::kw_none => ExprKind::Nothing,
            Kind::kw_year => ExprKind::Year,
            Kind::kw_day => ExprKind::Day,
            Kind::kw_carried_on => ExprKind::CarriedOn,
            Kind::edge
            | Kind::iso_date
            | Kind::year_month
            | Kind::date_words
            | Kind::quarter
            | Kind::month_of_year => ExprKind::Date(self.moment(node)?),
            _ => return Err(Lost { at: node.start }),
        })
    }

    /// The owner's word; English `kommunen's` gives the same word as Danish `kommunens`.
    fn owner(&self, node: &Node) -> Name {
        let written = self.words(node);
        let text =
            ["'s", "’s", "s"].iter().find_map(|ending| written.strip_suffix(ending)).unwrap_or(written);
        Name { text: text.to_owned(), span: self.span(node) }
    }

    fn choice(&mut self, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_if)?;
        let condition = self.next_expr(&mut parts)?;
        parts.take(Kind::kw_then)?;
        let then = self.next_expr(&mut parts)?;
        parts.take(Kind::kw_else)?;
        let otherwise = self.next_expr(&mut parts)?;
        Ok(ExprKind::If { condition, then, otherwise })
    }

    fn date_span(&mut self, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        let word = parts.next()?;
        let unit = match word.kind {
            Kind::kw_days_from => SpanUnit::Days,
            Kind::kw_whole_months_from => SpanUnit::WholeMonths,
            Kind::kw_whole_years_from => SpanUnit::WholeYears,
            _ => return Err(Lost { at: word.start }),
        };
        let from = self.next_expr(&mut parts)?;
        parts.take(Kind::kw_to)?;
        Ok(ExprKind::DateSpan { unit, from, to: self.next_expr(&mut parts)? })
    }

    /// The expressions of a list in parentheses.
    fn list(&mut self, paren: &Node) -> Built<Vec<Expr>> {
        let mut values = Vec::new();
        for node in &paren.children {
            values.push(self.expr(node)?);
        }
        Ok(values)
    }

    // ------------------------------------------------------------ another time, another entity

    /// An atom and what follows it: `(året før)`, `i 2024`, `den 30. juni 2025`, `for "Sjælland"`.
    fn timed(&mut self, nodes: &[Node]) -> Built<Expr> {
        let (first, shifts) = nodes.split_first().ok_or(Lost { at: 0 })?;
        let mut value = self.expr(first)?;
        for shift in shifts {
            let span = value.span.to(self.span(shift));
            let kind = match shift.kind {
                Kind::for_entity => ExprKind::ForEntity { value, entity: self.entity_text(shift)? },
                _ => ExprKind::At { time: self.at_time(shift)?, value },
            };
            value = expr_at(kind, span);
        }
        Ok(value)
    }
    pub(super) fn entity_text(&self, node: &Node) -> Built<Text> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_for)?;
        self.take_text(&mut parts)
    }
    fn at_time(&mut self, node: &Node) -> Built<AtTime> {
        let mut parts = Parts::of(node);
        if node.kind == Kind::year_before {
            return Ok(AtTime::YearBefore(self.span(node)));
        }
        parts.next()?;
        let time = parts.next()?;
        Ok(match (node.kind, time.kind) {
            (Kind::at_day, _) => {
                let kind = TimeKind::Period(self.period(time)?);
                AtTime::Day(Time { kind, span: self.span(time) })
            }
            (_, Kind::computed_time) => AtTime::Computed(self.next_expr(&mut Parts::of(time))?),
            _ => AtTime::Period(self.period(time)?, self.span(time)),
        })
    }

    // ------------------------------------------------------------ aggregates

    /// `count` is where the count begins that goes over the set, if it can stand in parentheses.
    pub(super) fn set(&mut self, node: &Node, count: Option<usize>) -> Built<Set> {
        let mut parts = Parts::of(node);
        let kind = self.take_name(&mut parts)?;
        let within = self.set_name(parts.eat(Kind::set_within))?;
        let same = self.set_name(parts.eat(Kind::set_same))?;
        let filter = match parts.eat(Kind::set_where) {
            Some(node) => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_where)?;
                let condition = parts.next()?;
                self.refuse_unclear_condition(condition, count);
                Some(self.expr(condition)?)
            }
            None => None,
        };
        parts.done()?;
        Ok(Set { kind, within, same, filter, span: self.span(node) })
    }
    fn set_name(&self, node: Option<&Node>) -> Built<Option<Name>> {
        let Some(node) = node else { return Ok(None) };
        let mut parts = Parts::of(node);
        parts.next()?;
        self.take_name(&mut parts).map(Some)
    }

    fn aggregate(&mut self, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        let op = aggregate_op(parts.next()?)?;
        let operand = parts.next()?;
        let Some(over) = parts.eat(Kind::over_set) else {
            let kind = self.aggregate_without_set(op, operand, node)?;
            if let Some(extra) = parts.peek() {
                self.problems.push(SyntaxProblem::PartNotHere { at: self.span(extra) });
            }
            return Ok(kind);
        };
        let of = Some(self.expr(operand)?);
        let mut over = Parts::of(over);
        over.next()?;
        let set = self.set(over.take(Kind::set)?, Some(node.start))?;
        let weight = match parts.eat(Kind::weighted) {
            Some(node) => Some(self.weight(op, node)?),
            None => None,
        };
        let largest_first = parts.peek().map(|word| word.kind == Kind::kw_largest_first);
        if let (Some(word), false) = (parts.peek(), op == AggregateOp::Rank) {
            self.problems.push(SyntaxProblem::PartNotHere { at: self.span(word) });
        }
        Ok(ExprKind::Aggregate { op, of, set, weight, largest_first })
    }
    fn weight(&mut self, op: AggregateOp, node: &Node) -> Built<Expr> {
        if op != AggregateOp::Average {
            self.problems.push(SyntaxProblem::PartNotHere { at: self.span(node) });
        }
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_weighted_by)?;
        self.next_expr(&mut parts)
    }
    /// `mindste af (a; b)`.
    fn extreme(&mut self, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        let largest = aggregate_op(parts.next()?)? == AggregateOp::Largest;
        let of = self.list(parts.take(Kind::paren)?)?;
        Ok(ExprKind::Extreme { largest, of })
    }
    /// `sum af x i 2025-2030`, and `mindste af (a)` of one value; anything else lacks `for alle …`.
    fn aggregate_without_set(&mut self, op: AggregateOp, operand: &Node, node: &Node) -> Built<ExprKind> {
        match (op, operand.kind) {
            (AggregateOp::Largest | AggregateOp::Smallest, Kind::paren) => {
                let of = self.list(operand)?;
                return Ok(ExprKind::Extreme { largest: op == AggregateOp::Largest, of });
            }
            (AggregateOp::Sum, Kind::timed) => {
                if let Some(sum) = self.sum_over(operand)? {
                    return Ok(sum);
                }
            }
            (_, Kind::product_chain) => return self.first_factor(op, operand, node),
            _ => {}
        }
        self.problems.push(SyntaxProblem::WithoutSet { at: self.span(node), op });
        Ok(ExprKind::Error)
    }
    /// `mindste af (a; b) × 2`: without `for alle …`, only the first factor belongs to the words before it.
    fn first_factor(&mut self, op: AggregateOp, chain: &Node, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(chain);
        let first = parts.next()?;
        let kind = self.aggregate_without_set(op, first, node)?;
        let mut value = expr_at(kind, self.span(node).before().to(self.span(first)));
        while let Some(operator) = parts.peek() {
            parts.next()?;
            let right = self.next_expr(&mut parts)?;
            value = self.binary(operator, value, right)?;
        }
        Ok(*value.kind)
    }
    fn sum_over(&mut self, operand: &Node) -> Built<Option<ExprKind>> {
        let Some((last, before)) = operand.children.split_last() else { return Ok(None) };
        let Some(period) = last.children.last() else { return Ok(None) };
        if last.kind != Kind::at_time || period.kind == Kind::computed_time {
            return Ok(None);
        }
        let of = self.timed(before)?;
        let period_span = self.span(period);
        Ok(Some(ExprKind::SumOver { of, period: self.period(period)?, period_span }))
    }

    // ------------------------------------------------------------ comma modifiers

    fn modified(&mut self, node: &Node) -> Built<Expr> {
        let mut parts = Parts::of(node);
        let first = parts.next()?;
        let mut value = self.expr(first)?;
        for (index, node) in parts.rest().iter().enumerate() {
            if node.kind == Kind::if_zero && !(index == 0 && is_one_division(first)) {
                self.problems.push(SyntaxProblem::NotOneDivision { at: self.span(node) });
            }
            let modifier_span = self.span(node);
            let span = value.span.to(modifier_span);
            let modifier = self.modifier(node)?;
            value = expr_at(ExprKind::Modified { value, modifier, modifier_span }, span);
        }
        Ok(value)
    }
    fn modifier(&mut self, node: &Node) -> Built<Modifier> {
        let mut parts = Parts::of(node);
        parts.next()?;
        Ok(match node.kind {
            Kind::rounded => Modifier::Rounded(self.rounding(parts.take(Kind::rounding)?)?),
            Kind::rounded_each => Modifier::RoundedEach(self.rounding(parts.take(Kind::rounding)?)?),
            Kind::but_at_most => Modifier::AtMost(self.next_expr(&mut parts)?),
            Kind::but_at_least => Modifier::AtLeast(self.next_expr(&mut parts)?),
            Kind::converted => {
                let level = self.level_name(parts.take(Kind::level_name)?)?;
                parts.take(Kind::kw_by)?;
                Modifier::Converted(level, self.take_path(&mut parts)?)
            }
            Kind::adjusted => Modifier::Adjusted(self.take_path(&mut parts)?),
            Kind::remainder_to => Modifier::RestTo(self.take_text(&mut parts)?),
            Kind::shown_to => Modifier::ShownIn(self.literal(parts.take(Kind::literal)?)?),
            Kind::equally_per_year => Modifier::EquallyPerYear,
            Kind::if_day_missing => {
                Modifier::IfDayMissing { first_of_next: parts.next()?.kind == Kind::kw_first_of_next }
            }
            Kind::if_none => Modifier::IfNone(self.next_expr(&mut parts)?),
            Kind::if_zero => Modifier::IfZero(self.next_expr(&mut parts)?),
            _ => return Err(Lost { at: node.start }),
        })
    }
}

/// How deep the tree of a node is above its operands: a chain of n operators becomes n binary nodes inside one another.
fn links(node: &Node) -> usize {
    match node.kind {
        Kind::or_chain
        | Kind::and_chain
        | Kind::comparison
        | Kind::sum_chain
        | Kind::product_chain
        | Kind::of_chain => (node.children.len() / 2).max(1),
        Kind::expr | Kind::not_chain | Kind::negation | Kind::word_chain | Kind::timed => node.children.len(),
        _ => 1,
    }
}

/// `a / b` and nothing else, alone or in parentheses.
fn is_one_division(node: &Node) -> bool {
    match node.kind {
        Kind::paren => matches!(node.children.as_slice(), [inner] if is_one_division(inner)),
        Kind::fraction => true,
        // `sum af x i 2025-2030 / 3`: the words take the first factor alone.
        Kind::aggregate => matches!(node.children.as_slice(), [_, chain] if is_one_division(chain)),
        _ => {
            node.kind == Kind::product_chain
                && matches!(node.children.as_slice(), [_, op, _] if op.kind == Kind::op_div)
        }
    }
}

fn aggregate_op(node: &Node) -> Built<AggregateOp> {
    match node.kind {
        Kind::kw_sum_of => Ok(AggregateOp::Sum),
        Kind::kw_average_of => Ok(AggregateOp::Average),
        Kind::kw_largest_of => Ok(AggregateOp::Largest),
        Kind::kw_smallest_of => Ok(AggregateOp::Smallest),
        Kind::kw_rank_of => Ok(AggregateOp::Rank),
        _ => Err(Lost { at: node.start }),
    }
}
