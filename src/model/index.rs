//! Indices: what they state, and the path along one from a price level to another.

use super::declare::{Declarer, check_sources};
use super::index_problem::IndexProblem;
use super::lower::Lowerer;
use super::scope::Scope;
use super::{ExprId, LayerId, Model, NodeKind, Origin, Replaced, Show, Ty};
use crate::base::{Lang, Span, id_type};
use crate::diag::nearest;
use crate::syntax::ast::{self, Cell, CellKind, Expr, ExprKind, IndexAt, Path};
use crate::value::{Number, Period};

id_type! {
    /// Names an index.
    IndexId
}

/// An index of prices, wages or rates.
#[derive(Clone, Debug)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The agreement it belongs to.
    pub agreement: Option<usize>,
    /// What it rests on.
    pub basis: Vec<ast::Citation>,
    /// What its lines state.
    pub kind: IndexKind,
    /// Its lines, in the order of time.
    pub lines: Vec<IndexLine>,
    /// Its name where it is declared.
    pub span: Span,
}

/// The two kinds of index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IndexKind {
    /// Growth from one year to another, in percent.
    Steps,
    /// A number for each year.
    Points,
}

/// One line of an index.
#[derive(Clone, Debug)]
pub struct IndexLine {
    /// The year a step starts in, or the first year of a point.
    pub from: i16,
    /// The year a step ends in, or the last year of a point.
    pub to: i16,
    /// The figure.
    pub value: ExprId,
    /// What a what-if or reading put another figure in place of.
    pub replaced: Option<Replaced>,
    /// A basis of its own.
    pub basis: Vec<ast::Citation>,
    /// The whole line.
    pub span: Span,
}

/// The way from one price level to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum IndexPath {
    /// Growth steps, by the position of their line: multiplied by 1 plus the rate going on in time, divided by it
    /// going back.
    Steps {
        /// The lines, in the order they are walked.
        lines: Vec<usize>,
        /// Whether the path goes back in time.
        back: bool,
    },
    /// Divided by the point of the first level and multiplied by that of the other, by the position of their line.
    Points {
        /// The line of the level that is left.
        from: usize,
        /// The line of the level that is reached.
        to: usize,
    },
}

impl IndexPath {
    /// Returns the lines the path uses, in the order they are walked.
    pub fn lines(&self) -> Vec<usize> {
        match self {
            IndexPath::Steps { lines, .. } => lines.clone(),
            IndexPath::Points { from, to } if from == to => vec![],
            IndexPath::Points { from, to } => vec![*from, *to],
        }
    }
}

impl Index {
    /// Finds the way from the prices of one year to those of another; at the level of a single year there is nothing
    /// to walk.
    ///
    /// # Errors
    /// The years the index says nothing of: for steps the spans of growth that are missing, for points single years.
    pub fn path(&self, from: i16, to: i16) -> Result<IndexPath, Vec<(i16, i16)>> {
        match self.kind {
            _ if from == to => Ok(IndexPath::Steps { lines: vec![], back: false }),
            IndexKind::Steps if from < to => {
                self.steps(from, to).map(|lines| IndexPath::Steps { lines, back: false })
            }
            IndexKind::Steps => self.steps(to, from).map(|mut lines| {
                lines.reverse();
                IndexPath::Steps { lines, back: true }
            }),
            IndexKind::Points => match (self.point(from), self.point(to)) {
                (Some(from), Some(to)) => Ok(IndexPath::Points { from, to }),
                (a, b) => {
                    let missing = [(a, from), (b, to)].into_iter().filter(|(found, _)| found.is_none());
                    let mut missing: Vec<(i16, i16)> = missing.map(|(_, year)| (year, year)).collect();
                    missing.sort();
                    Err(missing)
                }
            },
        }
    }

    fn steps(&self, from: i16, to: i16) -> Result<Vec<usize>, Vec<(i16, i16)>> {
        let (mut lines, mut missing, mut at) = (Vec::new(), Vec::new(), from);
        while at < to {
            let next = self.lines.iter().position(|line| line.from == at && line.to <= to);
            if let Some(index) = next {
                lines.push(index);
                at = self.lines[index].to;
                continue;
            }
            let starts = self.lines.iter().filter(|line| line.to <= to).map(|line| line.from);
            let until = starts.filter(|start| *start > at).min().unwrap_or(to);
            missing.push((at, until));
            at = until;
        }
        if missing.is_empty() { Ok(lines) } else { Err(missing) }
    }

    fn point(&self, year: i16) -> Option<usize> {
        self.lines.iter().position(|line| line.from <= year && year <= line.to)
    }

    /// Finds the line that leads from one year to another, with its position.
    pub fn line(&self, (from, to): (i16, i16)) -> Option<(usize, &IndexLine)> {
        self.lines.iter().enumerate().find(|(_, line)| (line.from, line.to) == (from, to))
    }

    /// Writes what a line is for: `2024 til 2025`, `2010-2013`, `2026`.
    pub fn line_words(&self, line: &IndexLine, lang: Lang) -> String {
        match self.kind {
            IndexKind::Steps => format!("{} {} {}", line.from, lang.pick("til", "to"), line.to),
            IndexKind::Points if line.from == line.to => line.from.to_string(),
            IndexKind::Points => Period::Years(line.from, line.to).print(lang),
        }
    }
}

impl Model {
    /// Returns the index and the position of the line whose figure a node is.
    pub fn index_line(&self, figure: ExprId) -> Option<(IndexId, usize)> {
        self.indices.iter_enumerated().find_map(|(id, index)| {
            index.lines.iter().position(|line| line.value == figure).map(|position| (id, position))
        })
    }

    /// Names a line of an index: `pl_samlet[2024 til 2025]`.
    pub fn index_line_name(&self, id: IndexId, position: usize, lang: Lang) -> String {
        let index = &self.indices[id];
        let words = index.lines.get(position).map(|line| index.line_words(line, lang)).unwrap_or_default();
        format!("{}[{words}]", index.name)
    }

    /// Finds the indices that a path names: its last part is the name, the one before it the agreement.
    pub(super) fn find_indices(&self, path: &Path) -> Vec<IndexId> {
        let names: Vec<&str> = path.parts.iter().map(|part| part.name.text.as_str()).collect();
        let (agreement, name) = match names.as_slice() {
            [name] => (None, *name),
            [agreement, name] => (Some(*agreement), *name),
            _ => return vec![],
        };
        let of =
            |index: &Index| index.agreement.and_then(|i| self.agreements.get(i)).map(|a| a.name.as_str());
        let named: Vec<IndexId> = self
            .indices
            .iter_enumerated()
            .filter(|(_, index)| index.name == name && (agreement.is_none() || of(index) == agreement))
            .map(|(id, _)| id)
            .collect();
        // A name alone means the index of the agreement it stands in, where that has one.
        let home = self.home(path.span);
        let own: Vec<IndexId> =
            named.iter().copied().filter(|id| self.indices[*id].agreement == home).collect();
        if agreement.is_none() && own.len() == 1 { own } else { named }
    }
}

impl Declarer<'_> {
    /// Declares an index; its figures are lowered when all names are known.
    pub(super) fn index(&mut self, tree: &ast::IndexDecl) {
        crate::syntax::check_name(&tree.name.text, tree.name.span, self.problems);
        let agreement = self.model.home(tree.name.span);
        let known = self.model.indices.iter().find(|i| i.name == tree.name.text && i.agreement == agreement);
        if let Some(first) = known.map(|index| index.span) {
            return self.duplicate(&tree.name, first);
        }
        let points = tree.lines.first().is_some_and(|line| matches!(line.at, IndexAt::Point(_)));
        self.model.indices.push(Index {
            name: tree.name.text.clone(),
            title: tree.title.as_ref().map(|title| title.text.clone()),
            agreement,
            basis: tree.basis.clone(),
            kind: if points { IndexKind::Points } else { IndexKind::Steps },
            lines: Vec::new(),
            span: tree.name.span,
        });
    }
}

/// A step or a number of an index that a what-if sets.
#[derive(Clone, Debug)]
pub(super) struct IndexSet {
    pub(super) index: IndexId,
    pub(super) years: (i16, i16),
    pub(super) value: ExprId,
    pub(super) layer: LayerId,
    pub(super) span: Span,
}

impl Lowerer<'_> {
    /// Lowers the lines of a declared index.
    pub(super) fn index_lines(&mut self, tree: &ast::IndexDecl, scope: &Scope) {
        let Some(id) = self
            .model
            .indices
            .iter_enumerated()
            .find(|(_, index)| index.span == tree.name.span)
            .map(|(id, _)| id)
        else {
            return;
        };
        check_sources(&tree.basis, self.model, self.problems);
        for line in &tree.lines {
            check_sources(&line.basis, self.model, self.problems);
            if let Some((from, to)) = self.line_years(id, &line.at, line.span) {
                self.index_line(id, (from, to), &line.value, (&line.basis, line.span), scope);
            }
        }
        self.model.indices[id].lines.sort_by_key(|line| (line.from, line.to));
    }

    /// Returns the years of a line, where they are of the index's kind and go on in time.
    fn line_years(&mut self, id: IndexId, at: &IndexAt, span: Span) -> Option<(i16, i16)> {
        let index = &self.model.indices[id];
        let (kind, from, to) = match at {
            IndexAt::Step(from, to) => (IndexKind::Steps, *from, *to),
            IndexAt::Point(Period::Year(year)) => (IndexKind::Points, *year, *year),
            IndexAt::Point(Period::Years(first, last)) => (IndexKind::Points, *first, *last),
            IndexAt::Point(Period::Day(_) | Period::Month(..) | Period::Quarter(..)) => {
                self.problems.report(&IndexProblem::NotYears { span });
                return None;
            }
        };
        if kind != index.kind {
            let problem = IndexProblem::Mixed { span, first: index.lines.first().map(|line| line.span) };
            self.problems.report(&problem);
            return None;
        }
        let turned = if kind == IndexKind::Steps { from >= to } else { from > to };
        if turned {
            self.problems.report(&IndexProblem::Turned { span, kind, from, to });
            return None;
        }
        let apart = |line: &super::IndexLine| match kind {
            IndexKind::Steps => line.to <= from || to <= line.from,
            IndexKind::Points => line.to < from || to < line.from,
        };
        if let Some(first) = index.lines.iter().find(|line| !apart(line)) {
            self.problems.report(&IndexProblem::Overlap { span, first: first.span, kind });
            return None;
        }
        Some((from, to))
    }

    fn index_line(
        &mut self,
        id: IndexId,
        (from, to): (i16, i16),
        value: &Expr,
        (basis, span): (&[ast::Citation], Span),
        scope: &Scope,
    ) {
        let value = self.index_figure(id, value, scope);
        let line = super::IndexLine { from, to, value, replaced: None, basis: basis.to_vec(), span };
        self.model.indices[id].lines.push(line);
    }

    /// Lowers the figure of a line: a written number or `ukendt`, nothing that must be computed.
    fn index_figure(&mut self, id: IndexId, value: &Expr, scope: &Scope) -> ExprId {
        let figure = match value.kind.as_ref() {
            ExprKind::Paren(inner) => return self.index_figure(id, inner, scope),
            ExprKind::Literal(_) | ExprKind::Fraction(..) | ExprKind::Unknown(_) => self.expr(value, scope),
            ExprKind::Negate(inner) => {
                let figure = self.index_negated(inner, scope);
                self.model.nodes[figure].span = value.span;
                figure
            }
            ExprKind::Error => return self.invalid(value.span),
            _ => {
                self.problems.report(&super::NameProblem::NotAFigure { span: value.span });
                return self.invalid(value.span);
            }
        };
        let kind = self.model.indices[id].kind;
        let node = &self.model.nodes[figure];
        let fault = match (&node.kind, kind) {
            (NodeKind::Figure { value, .. }, IndexKind::Steps) => *value <= Number::from_i64(-1),
            (NodeKind::Figure { value, .. }, IndexKind::Points) => value.is_zero() || value.is_negative(),
            (_, _) => false,
        };
        if fault {
            self.problems.report(&IndexProblem::Figure { span: value.span, kind });
            self.model.nodes[figure].kind = NodeKind::Invalid;
        }
        figure
    }

    fn index_negated(&mut self, inner: &Expr, scope: &Scope) -> ExprId {
        let figure = match inner.kind.as_ref() {
            ExprKind::Literal(_) | ExprKind::Fraction(..) => self.expr(inner, scope),
            _ => {
                self.problems.report(&super::NameProblem::NotAFigure { span: inner.span });
                return self.invalid(inner.span);
            }
        };
        if let NodeKind::Figure { value, .. } = &mut self.model.nodes[figure].kind {
            *value = value.neg();
        }
        figure
    }

    /// Resolves the index that a conversion names.
    pub(super) fn converted(
        &mut self,
        value: &Expr,
        to: Option<i16>,
        path: &Path,
        scope: &Scope,
        span: Span,
    ) -> ExprId {
        let value = self.expr(value, scope);
        match self.index_named(path) {
            Some(index) => self.push(NodeKind::Converted { value, index, to }, span),
            None => self.invalid(span),
        }
    }

    fn index_named(&mut self, path: &Path) -> Option<IndexId> {
        let found = self.model.find_indices(path);
        let name = path.parts.last().map(|part| part.name.text.clone()).unwrap_or_default();
        let span = path.span;
        match found.as_slice() {
            [one] => return Some(*one),
            [] => {
                let names = self.model.indices.iter().map(|index| index.name.as_str());
                let nearest = nearest(&name, names).map(str::to_owned);
                self.problems.report(&IndexProblem::NotAnIndex { span, name, nearest });
            }
            several => {
                let candidates = several.iter().map(|id| self.index_full_name(*id)).collect();
                self.problems.report(&super::NameProblem::Ambiguous { span, name, candidates });
            }
        }
        None
    }

    fn index_full_name(&self, id: IndexId) -> String {
        let index = &self.model.indices[id];
        let agreement = index.agreement.and_then(|i| self.model.agreements.get(i));
        agreement.map_or(index.name.clone(), |agreement| format!("{}.{}", agreement.name, index.name))
    }

    /// Puts another figure in a line of an index, or a line beside those there are; tells whether the path names an
    /// index at all.
    pub(super) fn over_index(
        &mut self,
        path: &Path,
        value: &Expr,
        layer: LayerId,
        scope: &Scope,
        span: Span,
    ) -> bool {
        let origin = &self.model.layers.origin(layer).clone();
        let [id] = self.model.find_indices(path)[..] else { return false };
        let cells = path.parts.last().map(|part| part.cells.as_slice()).unwrap_or_default();
        let kind = self.model.indices[id].kind;
        let Some(at) = cell_years(cells, kind) else {
            let table = self.model.indices[id].name.clone();
            let rows = self.index_rows(id);
            self.problems.report(&super::NameProblem::NoSuchCell {
                span: path.span,
                table,
                rows,
                meant: None,
            });
            return true;
        };
        let Some((from, to)) = from_to(&at) else { return true };
        let lines = &self.model.indices[id].lines;
        match lines.iter().position(|line| (line.from, line.to) == (from, to)) {
            Some(position) => {
                let figure = self.index_figure(id, value, scope);
                let line = &mut self.model.indices[id].lines[position];
                let old = std::mem::replace(&mut line.value, figure);
                let was = line.replaced.take().map_or(old, |replaced| replaced.was);
                line.replaced = Some(Replaced { was, origin: origin.clone() });
            }
            None => self.new_index_line(id, &at, value, origin, scope, span),
        }
        let line = self.model.indices[id].lines.iter().find(|line| (line.from, line.to) == (from, to));
        let value = line.map(|line| line.value);
        self.index_set.extend(value.map(|value| IndexSet {
            index: id,
            years: (from, to),
            value,
            layer,
            span,
        }));
        true
    }

    /// A what-if may state a year that the index says nothing of.
    fn new_index_line(
        &mut self,
        id: IndexId,
        at: &IndexAt,
        value: &Expr,
        origin: &Origin,
        scope: &Scope,
        span: Span,
    ) {
        let Some(years) = self.line_years(id, at, span) else { return };
        self.index_line(id, years, value, (&[], span), scope);
        let was = self.push(NodeKind::Unknown(None), span);
        let lines = &mut self.model.indices[id].lines;
        if let Some(line) = lines.last_mut() {
            line.replaced = Some(Replaced { was, origin: origin.clone() });
        }
        lines.sort_by_key(|line| (line.from, line.to));
    }

    /// Lists the lines of an index as they can be named.
    pub(super) fn index_rows(&self, id: IndexId) -> Vec<String> {
        let index = &self.model.indices[id];
        index.lines.iter().map(|line| format!("[{}]", index.line_words(line, self.model.lang))).collect()
    }

    /// An index read as if it had one value.
    pub(super) fn bare_index(&mut self, path: &Path) -> Option<ExprId> {
        if self.model.find_indices(path).is_empty() {
            return None;
        }
        let name = path.parts.last().map(|part| part.name.text.clone()).unwrap_or_default();
        self.problems.report(&IndexProblem::NoValue { span: path.span, name });
        Some(self.invalid(path.span))
    }
}

/// Reads the years in brackets: `[2024 til 2025]`, `[2026]`, `[2010-2013]`.
fn cell_years(cells: &[Cell], kind: IndexKind) -> Option<IndexAt> {
    let [Cell { kind: cell, .. }] = cells else { return None };
    match (cell, kind) {
        (CellKind::Step(from, to), IndexKind::Steps) => Some(IndexAt::Step(*from, *to)),
        (CellKind::Expr(expr), IndexKind::Points) => {
            year_of(expr).map(|year| IndexAt::Point(Period::Year(year)))
        }
        (CellKind::When(when), IndexKind::Points) => match &when.kind {
            ast::WhenKind::In(period @ (Period::Year(_) | Period::Years(..))) => {
                Some(IndexAt::Point(*period))
            }
            _ => None,
        },
        (CellKind::Range(range), IndexKind::Points) => {
            let end = |bound: &Option<ast::RangeBound>| bound.as_ref().and_then(|b| year_of(&b.value));
            Some(IndexAt::Point(Period::Years(end(&range.low)?, end(&range.high)?)))
        }
        (_, _) => None,
    }
}

/// Reads the years in brackets as those that a line leads from and to.
pub(super) fn cells_from_to(cells: &[Cell], kind: IndexKind) -> Option<(i16, i16)> {
    from_to(&cell_years(cells, kind)?)
}

fn from_to(at: &IndexAt) -> Option<(i16, i16)> {
    match *at {
        IndexAt::Step(from, to) => Some((from, to)),
        IndexAt::Point(Period::Year(year)) => Some((year, year)),
        IndexAt::Point(Period::Years(first, last)) => Some((first, last)),
        IndexAt::Point(Period::Day(_) | Period::Month(..) | Period::Quarter(..)) => None,
    }
}

fn year_of(expr: &Expr) -> Option<i16> {
    match expr.kind.as_ref() {
        ExprKind::Literal(literal) if literal.unit.is_none() => {
            literal.number.value.to_i64().and_then(|year| i16::try_from(year).ok())
        }
        _ => None,
    }
}

/// The type and show that the figures of an index must have.
impl IndexKind {
    /// Returns the type of its figures.
    pub fn figure(self) -> (Ty, Show) {
        match self {
            IndexKind::Steps => (Ty::Percent, Show::percent(0)),
            IndexKind::Points => (Ty::Number, Show::plain()),
        }
    }
}
