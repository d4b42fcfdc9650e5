//! Operators: chains folded as they bind, and the lines that could be read two ways.

use super::super::ast::{BinOp, Expr, ExprKind};
use super::super::declared::declares;
use super::super::grammar::{Kind, Node};
use super::super::problem::SyntaxProblem;
use super::super::spelt_date::read_as_computation;
use super::super::spoken_bound::ends_in;
use super::Builder;
use super::expr::expr_at;
use super::parts::{Built, Lost, Parts};
use crate::base::Span;

impl Builder<'_> {
    pub(super) fn operators(&mut self, node: &Node) -> Built<Expr> {
        match node.kind {
            Kind::or_chain | Kind::and_chain => {
                self.refuse_bound_after_comparison(node);
                self.left_chain(node)
            }
            Kind::sum_chain | Kind::product_chain => {
                self.refuse_date_in_figures(node);
                self.refuse_open_operands(node);
                self.left_chain(node)
            }
            Kind::of_chain => {
                self.refuse_open_operands(node);
                self.right_chain(node)
            }
            Kind::not_chain => self.prefixed(node, ExprKind::Not),
            Kind::negation => self.prefixed(node, ExprKind::Negate),
            Kind::comparison => self.comparison(node),
            Kind::word_chain => self.word_chain(node),
            _ => Err(Lost { at: node.start }),
        }
    }

    /// `løn er 50.000 kr. og derover`: what follows the figure is no condition of its own.
    fn refuse_bound_after_comparison(&mut self, node: &Node) {
        let [.., left, _, last] = node.children.as_slice() else { return };
        let own = self.words(last);
        let tail = left.children.last().filter(|_| left.kind == Kind::comparison);
        let figure = tail.and_then(|tail| tail.children.last()).filter(|value| value.kind == Kind::literal);
        let (Some(tail), Some(figure)) = (tail, figure) else { return };
        let Some(word) = ends_in(self.words(node), self.lang) else { return };
        if own.contains(' ') || declares(self.text, own, self.lang) {
            return;
        }
        let at = self.span_of(tail.start, node.end);
        self.problems.push(SyntaxProblem::SpokenBound { at, word, bound: self.written(figure) });
    }

    /// `antal kommuner hvor folketal > 20.000 ≥ 21` and `antal kommuner hvor c + 1`: whether the end belongs to the
    /// condition or to the count cannot be told.
    /// `count` is where the count begins, if it can stand in parentheses.
    pub(super) fn refuse_unclear_condition(&mut self, condition: &Node, count: Option<usize>) {
        let arithmetic =
            [Kind::sum_chain, Kind::word_chain, Kind::product_chain, Kind::of_chain, Kind::negation];
        let first = condition.children.first();
        if arithmetic.contains(&condition.kind) {
            let first = first.filter(|_| condition.kind != Kind::negation);
            let counted = first.zip(count).map(|(first, count)| self.span_of(count, first.end));
            let (at, written) = (self.span(condition), self.written(condition));
            self.problems.push(SyntaxProblem::ArithmeticAfterWhere { at, written, counted });
        }
        let tails: Vec<&Node> = comparisons(condition).take(2).collect();
        if let (Some(first), [before, second]) = (first, tails.as_slice()) {
            let counted = count.map(|count| self.span_of(count, before.end));
            let (at, compared, lang) = (self.span(second), self.written(first), self.lang);
            self.problems.push(SyntaxProblem::ComparisonAfterWhere { at, compared, counted, lang });
        }
    }

    fn left_chain(&mut self, node: &Node) -> Built<Expr> {
        let mut parts = Parts::of(node);
        let mut left = self.next_expr(&mut parts)?;
        while let Some(op) = parts.peek() {
            parts.next()?;
            let right = self.next_expr(&mut parts)?;
            left = self.binary(op, left, right)?;
        }
        Ok(left)
    }
    fn right_chain(&mut self, node: &Node) -> Built<Expr> {
        let mut parts = node.children.iter().rev();
        let last = parts.next().ok_or(Lost { at: node.start })?;
        let mut right = self.expr(last)?;
        while let (Some(op), Some(left)) = (parts.next(), parts.next()) {
            let left = self.expr(left)?;
            right = self.binary(op, left, right)?;
        }
        Ok(right)
    }
    pub(super) fn binary(&self, op: &Node, left: Expr, right: Expr) -> Built<Expr> {
        let span = left.span.to(right.span);
        let (op, op_span) = (binary_op(op)?, self.span(op));
        Ok(expr_at(ExprKind::Binary { op, op_span, left, right }, span))
    }
    /// `ikke ikke x`, `−−x`.
    fn prefixed(&mut self, node: &Node, wrap: fn(Expr) -> ExprKind) -> Built<Expr> {
        let (operand, prefixes) = node.children.split_last().ok_or(Lost { at: node.start })?;
        let mut value = self.expr(operand)?;
        for prefix in prefixes.iter().rev() {
            let span = self.span(prefix).to(value.span);
            value = expr_at(wrap(value), span);
        }
        Ok(value)
    }

    // ------------------------------------------------------------ comparison

    fn comparison(&mut self, node: &Node) -> Built<Expr> {
        let mut parts = Parts::of(node);
        let first = parts.next()?;
        let mut value = self.expr(first)?;
        let mut middle = None;
        for (index, tail) in comparisons(node).enumerate() {
            let at = self.span(tail);
            if let (1, Some(middle), false) = (index, middle, self.said_of_count(at)) {
                let (middle, lang) = (self.written(middle), self.lang);
                self.problems.push(SyntaxProblem::ChainedComparison { at, middle, lang });
            }
            middle = tail.children.last();
            if has_open_where(first) && index == 0 {
                self.problems.push(SyntaxProblem::WhereInArithmetic { at: self.span(first) });
            }
            value = self.compared(value, tail)?;
        }
        if let Some(node) = node.children.last().filter(|last| last.kind == Kind::quantifier) {
            value = self.quantified(value, node)?;
        }
        Ok(value)
    }
    /// Tells whether a second comparison was found after `hvor`, where it may belong to the count.
    fn said_of_count(&self, place: Span) -> bool {
        matches!(self.problems.last(), Some(SyntaxProblem::ComparisonAfterWhere { at, .. }) if *at == place)
    }
    fn compared(&mut self, value: Expr, tail: &Node) -> Built<Expr> {
        let mut parts = Parts::of(tail);
        if tail.kind == Kind::compare_sign {
            let op = parts.next()?;
            let right = self.next_expr(&mut parts)?;
            return self.binary(op, value, right);
        }
        let is = parts.eat(Kind::kw_is);
        let not = parts.eat(Kind::kw_not);
        let what = parts.next()?;
        let span = value.span.to(self.span(tail));
        let kind = match what.kind {
            Kind::kw_none => return Ok(expr_at(ExprKind::IsNone { value, negated: not.is_some() }, span)),
            Kind::is_one_of => self.one_of(value, what)?,
            Kind::between => self.between(value, what)?,
            Kind::word_bound => self.word_bound(value, what)?,
            _ => {
                let op = is.ok_or(Lost { at: tail.start })?;
                let op_span = not.map_or(self.span(op), |not| self.span(op).to(self.span(not)));
                let right = self.expr(what)?;
                let op = if not.is_some() { BinOp::Ne } else { BinOp::Eq };
                return Ok(expr_at(ExprKind::Binary { op, op_span, left: value, right }, span));
            }
        };
        let expr = expr_at(kind, span);
        Ok(if not.is_some() { expr_at(ExprKind::Not(expr), span) } else { expr })
    }
    fn one_of(&mut self, value: Expr, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_one_of)?;
        let values = parts.rest().iter().map(|value| self.expr(value)).collect::<Built<_>>()?;
        Ok(ExprKind::IsOneOf { value, values })
    }
    fn between(&mut self, value: Expr, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_between)?;
        let low = self.next_expr(&mut parts)?;
        parts.take(Kind::kw_and)?;
        Ok(ExprKind::Between { value, low, high: self.next_expr(&mut parts)? })
    }
    fn word_bound(&mut self, left: Expr, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        let word = parts.next()?;
        let right = self.next_expr(&mut parts)?;
        Ok(ExprKind::Binary { op: binary_op(word)?, op_span: self.span(word), left, right })
    }
    fn quantified(&mut self, condition: Expr, node: &Node) -> Built<Expr> {
        let mut parts = Parts::of(node);
        let at_least = match parts.next()?.kind {
            Kind::kw_for_at_least => Some(self.number(parts.take(Kind::number)?)),
            _ => None,
        };
        let set = self.set(parts.take(Kind::set)?, None)?;
        let span = condition.span.to(self.span(node));
        Ok(expr_at(ExprKind::Quantified { condition, at_least, set }, span))
    }

    // ------------------------------------------------------------ word operators

    fn word_chain(&mut self, node: &Node) -> Built<Expr> {
        let mut parts = Parts::of(node);
        let first = parts.next()?;
        self.refuse_open_operand(first);
        let mut value = self.expr(first)?;
        for op in parts.rest() {
            let span = value.span.to(self.span(op));
            value = expr_at(self.word_op(value, op)?, span);
        }
        Ok(value)
    }
    fn word_op(&mut self, value: Expr, node: &Node) -> Built<ExprKind> {
        let mut parts = Parts::of(node);
        let word = parts.next()?;
        Ok(match node.kind {
            Kind::scaled => {
                let raised = word.kind == Kind::kw_raised_by;
                let by = parts.next()?;
                self.refuse_open_operand(by);
                ExprKind::Scaled { value, raised, by: self.expr(by)? }
            }
            Kind::converted => {
                let level = self.level_name(parts.take(Kind::level_name)?)?;
                parts.take(Kind::kw_by)?;
                ExprKind::Converted { value, level, index: self.take_path(&mut parts)? }
            }
            Kind::adjusted => ExprKind::Adjusted { value, index: self.take_path(&mut parts)? },
            Kind::stated_in => {
                ExprKind::StatedIn { value, unit: self.unit_expr(parts.take(Kind::unit_expr)?)? }
            }
            Kind::as_percent => {
                let whole = parts.next()?;
                self.refuse_open_operand(whole);
                ExprKind::AsPercentOf { value, whole: self.expr(whole)? }
            }
            Kind::nominal => ExprKind::Nominal(value),
            Kind::shared => {
                let key = match word.kind {
                    Kind::kw_shared_by => Some(self.next_expr(&mut parts)?),
                    _ => None,
                };
                parts.take(Kind::kw_among_all)?;
                ExprKind::Shared { pool: value, key, among: self.set(parts.take(Kind::set)?, None)? }
            }
            _ => return Err(Lost { at: node.start }),
        })
    }

    // ------------------------------------------------------------ refusals

    /// `01-07-2025` is a date, not a subtraction.
    fn refuse_date_in_figures(&mut self, node: &Node) {
        let operands = || node.children.iter().step_by(2);
        for first in operands() {
            let text = self.text.get(first.start..node.end).unwrap_or("");
            let Some((dates, length)) = read_as_computation(text, self.lang) else { continue };
            let end = first.start + length;
            if operands().any(|last| last.end == end) {
                let (at, lang) = (self.span_of(first.start, end), self.lang);
                let written = text.get(..length).unwrap_or("").to_owned();
                self.problems.push(SyntaxProblem::DateOrComputation { at, written, dates, lang });
            }
        }
    }

    /// A word operator after a sum, and an aggregate with `hvor` among the operands, could be read two ways.
    fn refuse_open_operands(&mut self, node: &Node) {
        for (index, operand) in node.children.iter().step_by(2).enumerate() {
            self.refuse_open_operand(operand);
            if let (true, Kind::word_chain, [first, op, ..]) =
                (index > 0, operand.kind, &operand.children[..])
            {
                let sum = self.span_of(node.start, first.end);
                let last = self.span(first);
                self.problems.push(SyntaxProblem::WordAfterSum { at: self.span(op), sum, last });
            }
        }
    }
    fn refuse_open_operand(&mut self, operand: &Node) {
        if has_open_where(operand) {
            self.problems.push(SyntaxProblem::WhereInArithmetic { at: self.span(operand) });
        }
    }
}

/// The comparisons that follow the first operand.
fn comparisons(node: &Node) -> impl Iterator<Item = &Node> {
    let children = if node.kind == Kind::comparison { node.children.as_slice() } else { &[] };
    children.iter().filter(|part| matches!(part.kind, Kind::compare_sign | Kind::compare_word))
}

/// Tells whether an operand is an aggregate whose `hvor` takes everything that follows.
fn has_open_where(node: &Node) -> bool {
    let set = match node.kind {
        Kind::counted => node.children.last(),
        Kind::aggregate => {
            let over = node.children.iter().find(|part| part.kind == Kind::over_set);
            over.and_then(|over| over.children.last())
        }
        _ => None,
    };
    set.is_some_and(|set| set.children.iter().any(|part| part.kind == Kind::set_where))
}

fn binary_op(node: &Node) -> Built<BinOp> {
    Ok(match node.kind {
        Kind::op_add => BinOp::Add,
        Kind::op_sub => BinOp::Sub,
        Kind::op_mul => BinOp::Mul,
        Kind::op_div => BinOp::Div,
        Kind::kw_of => BinOp::Of,
        Kind::op_eq => BinOp::Eq,
        Kind::op_ne => BinOp::Ne,
        Kind::op_lt | Kind::kw_under | Kind::kw_before => BinOp::Lt,
        Kind::op_le | Kind::kw_at_most | Kind::kw_no_later => BinOp::Le,
        Kind::op_gt | Kind::kw_over => BinOp::Gt,
        Kind::op_ge | Kind::kw_at_least | Kind::kw_no_earlier => BinOp::Ge,
        Kind::op_approx => BinOp::Approx,
        Kind::kw_and => BinOp::And,
        Kind::kw_or => BinOp::Or,
        _ => return Err(Lost { at: node.start }),
    })
}
