//! One walk over the tree of a rule file, which lists the places where rules can be damaged. What is not part of the
//! rules is passed over: tests, checks, scenarios, notes, documents and citations.

use crate::base::Span;
use crate::syntax::ast::{
    AtTime, Cell, CellKind, Clause, EntityDecl, Expr, ExprKind, File, HeaderLevel, IndexDecl, Item, ItemKind,
    Literal, Modifier, Name, NumberLit, Path, Range, Row, RowEdit, Scale, Set, Stmt, StmtKind, Table, Target,
    Text, Time, TimeKind, TypeBase, TypeExpr, UnitExpr, UnitWord, When,
};
use crate::value::Level;

/// A place that can be damaged. Everything borrows from the tree.
#[derive(Clone, Copy)]
pub(super) enum Site<'t> {
    /// A row of a table, scale, row edit or index.
    Row(Span),
    /// Rows of one table, in the order they stand.
    Rows(&'t [Row]),
    /// A scale.
    Scale(&'t Scale),
    /// An index.
    Index(&'t IndexDecl),
    /// An interval.
    Range(&'t Range),
    /// An expression.
    Expr(&'t Expr),
    /// A figure with its unit. `plain` is false where no amount is stated, as in the step of a rounding.
    Literal {
        /// The figure.
        literal: &'t Literal,
        /// Whether it states an amount.
        plain: bool,
    },
    /// A number as written.
    Number(&'t NumberLit),
    /// A word of a unit.
    Unit(&'t UnitWord),
    /// An exception, a rounding of all amounts, and other lines.
    Line(&'t Stmt),
    /// Lines that stand in one block.
    Block(&'t [Stmt]),
    /// An entity whose existence the rules state.
    Entity(&'t EntityDecl),
    /// When something holds.
    When(&'t When),
    /// A period or date that stands alone.
    Period(Span),
    /// `(året før)`.
    YearBefore(Span),
    /// A price level: with its parentheses, or the name alone.
    Level(Level, Span),
    /// A type with a price level somewhere in it.
    LevelOfType(Level, Span),
    /// A text that is a value.
    Value(&'t Text),
    /// A reference by path, with the lines of the clause it stands in.
    Link(&'t Path, &'t [Stmt]),
    /// A reference by one word.
    Word(&'t Name),
    /// `i husstanden` or `med samme stratum`: from the end of the kind's plural to the end of the word.
    Narrowing(Span),
    /// A condition that a grant depends on, and the stretch that takes it out.
    Dependence(Span),
}

/// Lists the places of a file in the order they stand in it.
pub(super) fn sites(file: &File) -> Vec<Site<'_>> {
    let mut walk = Walk { sites: Vec::new(), clause: &[] };
    file.items.iter().for_each(|item| walk.item(item));
    walk.sites
}

struct Walk<'t> {
    sites: Vec<Site<'t>>,
    /// The lines of the clause that is walked.
    clause: &'t [Stmt],
}

impl<'t> Walk<'t> {
    fn put(&mut self, site: Site<'t>) {
        self.sites.push(site);
    }

    fn item(&mut self, item: &'t Item) {
        match &item.kind {
            ItemKind::Agreement(agreement) => {
                agreement.period.iter().for_each(|when| self.put(Site::When(when)));
                if let Some(HeaderLevel { level, span, .. }) = agreement.price_level {
                    self.put(Site::Level(level, span));
                }
            }
            ItemKind::Use(name) => self.put(Site::Word(name)),
            ItemKind::Unit(unit) => unit.multiple_of.iter().for_each(|literal| self.literal(literal, false)),
            ItemKind::Type(ty) => self.ty(&ty.ty),
            ItemKind::Kind(kind) => kind.facts.iter().for_each(|fact| self.ty(&fact.ty)),
            ItemKind::Entity(entity) => self.entity(entity),
            ItemKind::Index(index) => self.index(index),
            ItemKind::Given(given) => self.ty(&given.ty),
            ItemKind::Clause(clause) => self.clause(clause),
            ItemKind::Assumption(assumption) => {
                assumption.readings.iter().for_each(|reading| self.stmts(&reading.body));
            }
            ItemKind::Amendment(amendment) => {
                self.put(Site::Word(&amendment.of));
                self.stmts(&amendment.body);
            }
            // Which of two goes first is no link between figures; documents, tests and checks are no rules.
            ItemKind::Precedence(_)
            | ItemKind::Source(_)
            | ItemKind::Scenario(_)
            | ItemKind::Test(_)
            | ItemKind::Check(_)
            | ItemKind::Note(_)
            | ItemKind::Error => {}
        }
    }

    fn clause(&mut self, clause: &'t Clause) {
        clause.carries_over.iter().for_each(|path| self.put(Site::Link(path, &[])));
        clause.each.iter().for_each(|kind| self.put(Site::Word(kind)));
        self.clause = &clause.body;
        self.stmts(&clause.body);
        self.clause = &[];
    }

    fn entity(&mut self, entity: &'t EntityDecl) {
        self.put(Site::Entity(entity));
        self.put(Site::Value(&entity.name));
        entity.exists.iter().for_each(|when| self.put(Site::When(when)));
        entity.succeeds.iter().for_each(|text| self.put(Site::Value(text)));
        for fact in &entity.facts {
            fact.target.when.iter().for_each(|when| self.put(Site::When(when)));
            self.expr(&fact.value);
        }
    }

    fn index(&mut self, index: &'t IndexDecl) {
        self.put(Site::Index(index));
        for line in &index.lines {
            self.put(Site::Row(line.span));
            self.put(Site::Period(Span { end: line.value.span.start, ..line.span }));
            self.expr(&line.value);
        }
    }

    fn stmts(&mut self, body: &'t [Stmt]) {
        self.put(Site::Block(body));
        body.iter().for_each(|stmt| self.stmt(stmt));
    }

    fn stmt(&mut self, stmt: &'t Stmt) {
        self.put(Site::Line(stmt));
        match &stmt.kind {
            StmtKind::InForce(when) => self.put(Site::When(when)),
            StmtKind::EachRounded { rounding, .. } => self.literal(&rounding.step, false),
            StmtKind::Assign(assign) | StmtKind::Condition(assign) => {
                self.target(&assign.target);
                self.expr(&assign.value);
            }
            StmtKind::Split(split) => {
                self.target(&split.target);
                self.expr(&split.total);
                split.parts.iter().filter_map(|part| part.value.as_ref()).for_each(|value| self.expr(value));
            }
            StmtKind::Grant(grant) => {
                self.target(&grant.target);
                self.expr(&grant.amount);
                self.dependences(&grant.amount, &grant.conditions);
                grant.otherwise.iter().for_each(|amount| self.expr(amount));
            }
            StmtKind::Table(table) => self.table(table),
            StmtKind::Rows(edit) => self.rows(edit),
            StmtKind::Scale(scale) => self.scale(scale),
            StmtKind::Exception(exception) => self.stmts(&exception.body),
            StmtKind::Assumption(assumption) => {
                assumption.readings.iter().for_each(|reading| self.stmts(&reading.body));
            }
            StmtKind::Duty(duty) => {
                duty.deadline.iter().for_each(|time| self.time(time));
                let rest = [&duty.deadline_expr, &duty.only_if, &duty.met_when];
                rest.into_iter().flatten().for_each(|expr| self.expr(expr));
            }
            StmtKind::Given(given) => self.ty(&given.ty),
            StmtKind::Require { condition, .. } | StmtKind::Only(condition) => self.expr(condition),
            StmtKind::Lift(path) | StmtKind::Repeal(path) => self.link(path),
            StmtKind::Basis(_)
            | StmtKind::Precedence(_)
            | StmtKind::Check(_)
            | StmtKind::Year(_)
            | StmtKind::Day(_)
            | StmtKind::BuildsOn(_)
            | StmtKind::Reading { .. }
            | StmtKind::Switch { .. }
            | StmtKind::EntityFacts { .. }
            | StmtKind::Expect(_)
            | StmtKind::Error => {}
        }
    }

    fn target(&mut self, target: &'t Target) {
        // A name alone declares; a path, or a name with a cell, points at what stands elsewhere.
        let points =
            target.path.parts.len() > 1 || target.path.parts.iter().any(|part| !part.cells.is_empty());
        if points {
            self.link(&target.path);
        }
        target.entity.iter().for_each(|text| self.put(Site::Value(text)));
        target.when.iter().for_each(|when| self.put(Site::When(when)));
    }

    fn dependences(&mut self, amount: &Expr, conditions: &'t [Path]) {
        let mut before = amount.span;
        for (index, condition) in conditions.iter().enumerate() {
            self.link(condition);
            // The first of several goes with the sign behind it, every other one with what stands before it.
            let cut = match conditions.get(index + 1).filter(|_| index == 0) {
                Some(next) => condition.span.to(next.span.before()),
                None => before.after().to(condition.span),
            };
            self.put(Site::Dependence(cut));
            before = condition.span;
        }
    }

    fn table(&mut self, table: &'t Table) {
        table.when.iter().for_each(|when| self.put(Site::When(when)));
        table.keys.iter().for_each(|key| self.expr(key));
        self.put(Site::Rows(&table.rows));
        table.rows.iter().for_each(|row| self.row(row));
    }

    fn rows(&mut self, edit: &'t RowEdit) {
        self.link(&edit.table);
        self.put(Site::Rows(&edit.rows));
        edit.rows.iter().for_each(|row| self.row(row));
    }

    fn row(&mut self, row: &'t Row) {
        self.put(Site::Row(row.span));
        row.cells.iter().for_each(|cell| self.cell(cell));
    }

    fn scale(&mut self, scale: &'t Scale) {
        self.put(Site::Scale(scale));
        scale.when.iter().for_each(|when| self.put(Site::When(when)));
        self.link(&scale.by);
        for row in &scale.rows {
            self.put(Site::Row(row.span));
            row.up_to.iter().for_each(|bound| self.expr(bound));
            self.expr(&row.rate);
        }
    }

    fn cell(&mut self, cell: &'t Cell) {
        match &cell.kind {
            CellKind::Expr(expr) | CellKind::Slice(Some(expr)) => self.expr(expr),
            CellKind::AnyOf(values) | CellKind::NoneOf(values) => {
                values.iter().for_each(|value| self.expr(value));
            }
            CellKind::Range(range) => self.range(range),
            CellKind::When(when) => self.put(Site::When(when)),
            CellKind::Step(..)
            | CellKind::Slice(None)
            | CellKind::Any
            | CellKind::Otherwise
            | CellKind::Repealed => {}
        }
    }

    fn range(&mut self, range: &'t Range) {
        self.put(Site::Range(range));
        [&range.low, &range.high].into_iter().flatten().for_each(|bound| self.expr(&bound.value));
    }

    fn ty(&mut self, ty: &'t TypeExpr) {
        match &ty.base {
            TypeBase::Unit(unit) | TypeBase::Whole(Some(unit)) => self.unit(unit),
            TypeBase::OneOf(texts) => texts.iter().for_each(|text| self.put(Site::Value(text))),
            TypeBase::Number | TypeBase::Whole(None) | TypeBase::Text | TypeBase::Date | TypeBase::YesNo => {}
        }
        ty.level.iter().for_each(|level| self.put(Site::LevelOfType(*level, ty.span)));
        ty.domain.iter().for_each(|range| self.range(range));
        ty.default.iter().for_each(|default| self.expr(default));
    }

    fn unit(&mut self, unit: &'t UnitExpr) {
        self.put(Site::Unit(&unit.over));
        for (count, word) in &unit.per {
            count.iter().for_each(|count| self.put(Site::Number(count)));
            self.put(Site::Unit(word));
        }
    }

    fn literal(&mut self, literal: &'t Literal, plain: bool) {
        self.put(Site::Literal { literal, plain });
        self.put(Site::Number(&literal.number));
        literal.unit.iter().for_each(|unit| self.unit(unit));
        literal.level.iter().for_each(|(level, span)| self.put(Site::Level(*level, *span)));
    }

    fn link(&mut self, path: &'t Path) {
        let clause = self.clause;
        self.put(Site::Link(path, clause));
        path.parts.iter().flat_map(|part| &part.cells).for_each(|cell| self.cell(cell));
    }

    fn time(&mut self, time: &'t Time) {
        match &time.kind {
            TimeKind::Path(path) => self.link(path),
            TimeKind::Period(_) | TimeKind::Edge(..) => self.put(Site::Period(time.span)),
        }
    }

    fn set(&mut self, set: &'t Set) {
        self.put(Site::Word(&set.kind));
        let mut before = set.kind.span;
        for name in [&set.within, &set.same].into_iter().flatten() {
            self.put(Site::Narrowing(before.after().to(name.span)));
            before = name.span;
        }
        set.filter.iter().for_each(|filter| self.expr(filter));
    }

    fn at(&mut self, time: &'t AtTime) {
        match time {
            AtTime::Period(_, span) => self.put(Site::Period(*span)),
            AtTime::Computed(expr) => self.expr(expr),
            AtTime::YearBefore(span) => self.put(Site::YearBefore(*span)),
            AtTime::Day(time) => self.time(time),
        }
    }

    fn modifier(&mut self, modifier: &'t Modifier) {
        match modifier {
            Modifier::Rounded(rounding) | Modifier::RoundedEach(rounding) => {
                self.literal(&rounding.step, false)
            }
            Modifier::AtMost(expr) | Modifier::AtLeast(expr) => self.expr(expr),
            Modifier::IfNone(expr) | Modifier::IfZero(expr) => self.expr(expr),
            Modifier::Converted((level, span), index) => {
                self.put(Site::Level(*level, *span));
                self.link(index);
            }
            Modifier::Adjusted(index) => self.link(index),
            Modifier::RestTo(text) => self.put(Site::Value(text)),
            // How a result is shown is none of what it is.
            Modifier::ShownIn(_) | Modifier::EquallyPerYear | Modifier::IfDayMissing { .. } => {}
        }
    }

    fn exprs(&mut self, all: impl IntoIterator<Item = &'t Expr>) {
        all.into_iter().for_each(|expr| self.expr(expr));
    }

    fn expr(&mut self, expr: &'t Expr) {
        self.put(Site::Expr(expr));
        match expr.kind.as_ref() {
            ExprKind::Literal(literal) => self.literal(literal, true),
            ExprKind::Fraction(over, under) => {
                self.put(Site::Number(over));
                self.put(Site::Number(under));
            }
            ExprKind::Text(text) => self.put(Site::Value(text)),
            ExprKind::Date(time) => self.time(time),
            ExprKind::Path(path) | ExprKind::Former(path) => self.link(path),
            ExprKind::Owned { owners, member } => {
                owners.iter().for_each(|owner| self.put(Site::Word(owner)));
                self.link(member);
            }
            ExprKind::Paren(inner)
            | ExprKind::Negate(inner)
            | ExprKind::Not(inner)
            | ExprKind::Nominal(inner) => {
                self.expr(inner);
            }
            ExprKind::Binary { left, right, .. } => self.exprs([left, right]),
            ExprKind::Between { value, low, high } => self.exprs([value, low, high]),
            ExprKind::IsOneOf { value, values } => self.exprs([value].into_iter().chain(values)),
            ExprKind::IsNone { value, .. } => self.expr(value),
            ExprKind::If { condition, then, otherwise } => self.exprs([condition, then, otherwise]),
            ExprKind::Scaled { value, by, .. } => self.exprs([value, by]),
            ExprKind::AsPercentOf { value, whole } => self.exprs([value, whole]),
            ExprKind::DateSpan { from, to, .. } => self.exprs([from, to]),
            ExprKind::CountMet(Some(of)) => self.exprs(of),
            ExprKind::Extreme { of, .. } => self.exprs(of),
            ExprKind::Bool(_)
            | ExprKind::Nothing
            | ExprKind::Year
            | ExprKind::Day
            | ExprKind::Unknown(_)
            | ExprKind::CarriedOn
            | ExprKind::DoesNotApply(_)
            | ExprKind::CountMet(None)
            | ExprKind::AllMet
            | ExprKind::Error => {}
            ExprKind::Converted { value, level: (level, span), index } => {
                self.expr(value);
                self.put(Site::Level(*level, *span));
                self.link(index);
            }
            ExprKind::Adjusted { value, index } => {
                self.expr(value);
                self.link(index);
            }
            ExprKind::StatedIn { value, unit } => {
                self.expr(value);
                self.unit(unit);
            }
            ExprKind::Shared { pool, key, among } => {
                self.expr(pool);
                self.exprs(key);
                self.set(among);
            }
            ExprKind::At { value, time } => {
                self.expr(value);
                self.at(time);
            }
            ExprKind::ForEntity { value, entity } => {
                self.expr(value);
                self.put(Site::Value(entity));
            }
            ExprKind::Quantified { condition, at_least, set } => {
                self.expr(condition);
                at_least.iter().for_each(|count| self.put(Site::Number(count)));
                self.set(set);
            }
            ExprKind::Aggregate { of, set, weight, .. } => {
                self.exprs(of);
                self.set(set);
                self.exprs(weight);
            }
            ExprKind::SumOver { of, period_span, .. } => {
                self.expr(of);
                self.put(Site::Period(*period_span));
            }
            ExprKind::Modified { value, modifier, .. } => {
                self.expr(value);
                self.modifier(modifier);
            }
        }
    }
}
