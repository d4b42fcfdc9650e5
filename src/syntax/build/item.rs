//! The top-level items.

use super::super::ast::{
    Agreement, Amendment, Assumption, Clause, EntityDecl, FactDecl, Given, HeaderLevel, IndexAt, IndexDecl,
    IndexLine, ItemKind, KindDecl, Note, Reading, Scenario, Source, Stmt, Test, TypeDecl, UnitDecl,
};
use super::super::grammar::{Kind, Node};
use super::Builder;
use super::parts::{Built, Lost, Parts};

impl Builder<'_> {
    pub(super) fn item_kind(&mut self, node: &Node) -> Built<ItemKind> {
        Ok(match node.kind {
            Kind::broken => ItemKind::Error,
            Kind::agreement => ItemKind::Agreement(self.agreement(node)?),
            Kind::use_item => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_use)?;
                ItemKind::Use(self.take_name(&mut parts)?)
            }
            Kind::source => ItemKind::Source(self.source(node)?),
            Kind::unit_decl => ItemKind::Unit(self.unit_decl(node)?),
            Kind::type_decl => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_type)?;
                let name = self.take_name(&mut parts)?;
                ItemKind::Type(TypeDecl { name, ty: self.type_expr(parts.take(Kind::type_expr)?)? })
            }
            Kind::kind_decl => ItemKind::Kind(self.kind_decl(node)?),
            Kind::index_decl => ItemKind::Index(self.index_decl(node)?),
            Kind::given => ItemKind::Given(self.given(node)?),
            Kind::clause => ItemKind::Clause(self.clause(node)?),
            Kind::assumption => ItemKind::Assumption(self.assumption(node)?),
            Kind::precedence => ItemKind::Precedence(self.precedence(node)?),
            Kind::amendment => ItemKind::Amendment(self.amendment(node)?),
            Kind::scenario => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_scenario)?;
                let name = self.take_name(&mut parts)?;
                let title = self.eat_text(&mut parts);
                ItemKind::Scenario(Scenario { name, title, body: self.body(parts)? })
            }
            Kind::test => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_test)?;
                let title = self.take_text(&mut parts)?;
                ItemKind::Test(Test { title, body: self.body(parts)? }.into())
            }
            Kind::note => ItemKind::Note(self.note(node)?),
            Kind::check => ItemKind::Check(self.check(node)?),
            Kind::entity_decl => ItemKind::Entity(self.entity_decl(node)?),
            _ => return Err(Lost { at: node.start }),
        })
    }

    pub(super) fn given(&mut self, node: &Node) -> Built<Given> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_given)?;
        let name = self.take_name(&mut parts)?;
        let ty = self.type_expr(parts.take(Kind::type_expr)?)?;
        Ok(Given { name, ty, title: self.eat_text(&mut parts) })
    }

    pub(super) fn assumption(&mut self, node: &Node) -> Built<Assumption> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_assumption)?;
        let name = self.take_name(&mut parts)?;
        let title = self.eat_text(&mut parts);
        let (mut basis, mut readings) = (Vec::new(), Vec::new());
        for line in parts.rest() {
            match line.kind {
                Kind::basis => basis.extend(self.basis(line)?),
                _ => readings.push(self.reading(line)?),
            }
        }
        Ok(Assumption { name, title, basis, readings })
    }

    /// The lines of a block, to the end.
    pub(super) fn body(&mut self, mut parts: Parts<'_>) -> Built<Vec<Stmt>> {
        parts.rest().iter().map(|line| self.stmt(line)).collect()
    }

    fn reading(&mut self, node: &Node) -> Built<Reading> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_reading)?;
        let name = self.take_name(&mut parts)?;
        let title = self.eat_text(&mut parts);
        let chosen = parts.eat(Kind::chosen).is_some();
        let body = self.body(parts)?;
        Ok(Reading { doc: self.docs(node), name, title, chosen, body, span: self.span(node) })
    }

    fn agreement(&mut self, node: &Node) -> Built<Agreement> {
        let mut parts = Parts::of(node);
        let is_act = parts.next()?.kind == Kind::kw_act;
        let name = self.take_name(&mut parts)?;
        let title = self.eat_text(&mut parts);
        let mut agreement = Agreement {
            is_act,
            name,
            title,
            parties: Vec::new(),
            period: None,
            price_level: None,
            basis: Vec::new(),
        };
        for line in parts.rest() {
            self.agreement_line(&mut agreement, line)?;
        }
        Ok(agreement)
    }
    fn agreement_line(&mut self, agreement: &mut Agreement, line: &Node) -> Built<()> {
        if line.kind == Kind::basis {
            agreement.basis.extend(self.basis(line)?);
            return Ok(());
        }
        let mut parts = Parts::of(line);
        match parts.next()?.kind {
            Kind::kw_parties => agreement.parties.extend(self.texts(&mut parts)),
            Kind::kw_period => {
                let when = self.when(parts.next()?)?;
                self.once(line, agreement.period.is_some());
                agreement.period = Some(when);
            }
            Kind::kw_price_level => {
                let (level, span) = self.level_name(parts.take(Kind::level_name)?)?;
                let assumed = parts.eat(Kind::assumed).is_some();
                self.once(line, agreement.price_level.is_some());
                agreement.price_level = Some(HeaderLevel { level, assumed, span });
            }
            _ => return Err(Lost { at: line.start }),
        }
        parts.done()
    }

    fn source(&mut self, node: &Node) -> Built<Source> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_source)?;
        let name = self.take_name(&mut parts)?;
        let title = self.take_text(&mut parts)?;
        let (mut publisher, mut date) = (None, None);
        for line in parts.rest() {
            let mut parts = Parts::of(line);
            match parts.next()?.kind {
                Kind::kw_publisher => {
                    self.once(line, publisher.is_some());
                    publisher = Some(self.take_text(&mut parts)?);
                }
                Kind::kw_date => {
                    let at = parts.next()?;
                    self.once(line, date.is_some());
                    date = Some((self.period(at)?, self.span(at)));
                }
                _ => return Err(Lost { at: line.start }),
            }
        }
        Ok(Source { name, title, publisher, date })
    }

    fn unit_decl(&mut self, node: &Node) -> Built<UnitDecl> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_unit)?;
        let names = self.names(&mut parts);
        let multiple_of = match parts.eat(Kind::literal) {
            Some(literal) => Some(self.literal(literal)?),
            None => None,
        };
        Ok(UnitDecl { names, multiple_of, is_money: parts.eat(Kind::kw_money).is_some() })
    }

    fn kind_decl(&mut self, node: &Node) -> Built<KindDecl> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_each)?;
        let names = self.names(&mut parts);
        parts.eat(Kind::kw_has);
        let (mut key_column, mut facts) = (None, Vec::new());
        for line in parts.rest() {
            let mut parts = Parts::of(line);
            if parts.eat(Kind::kw_name_in_column).is_some() {
                self.once(line, key_column.is_some());
                key_column = Some(self.take_text(&mut parts)?);
            } else {
                let name = self.take_name(&mut parts)?;
                let ty = self.type_expr(parts.take(Kind::type_expr)?)?;
                facts.push(FactDecl { doc: self.docs(line), name, ty, title: self.eat_text(&mut parts) });
            }
        }
        Ok(KindDecl { names, key_column, facts })
    }

    fn entity_decl(&mut self, node: &Node) -> Built<EntityDecl> {
        let mut parts = Parts::of(node);
        let kind = self.take_name(&mut parts)?;
        let name = self.take_text(&mut parts)?;
        let mut entity = EntityDecl { kind, name, exists: None, succeeds: Vec::new(), facts: Vec::new() };
        for line in parts.rest() {
            let mut parts = Parts::of(line);
            match line.kind {
                Kind::exists_line => {
                    parts.take(Kind::kw_exists)?;
                    self.once(line, entity.exists.is_some());
                    entity.exists = Some(self.when(parts.next()?)?);
                }
                Kind::succeeds_line => {
                    parts.take(Kind::kw_succeeds)?;
                    entity.succeeds.extend(self.texts(&mut parts));
                }
                _ => entity.facts.push(self.plain_assign(line)?),
            }
        }
        Ok(entity)
    }

    fn index_decl(&mut self, node: &Node) -> Built<IndexDecl> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_index)?;
        let name = self.take_name(&mut parts)?;
        let title = self.eat_text(&mut parts);
        let (mut basis, mut lines) = (Vec::new(), Vec::new());
        for line in parts.rest() {
            match line.kind {
                Kind::basis => basis.extend(self.basis(line)?),
                _ => lines.push(self.index_row(line)?),
            }
        }
        Ok(IndexDecl { name, title, basis, lines })
    }
    fn index_row(&mut self, node: &Node) -> Built<IndexLine> {
        let mut parts = Parts::of(node);
        let place = parts.next()?;
        let at = match place.kind {
            Kind::index_step => {
                let (from, to) = self.step(place)?;
                IndexAt::Step(from, to)
            }
            _ => IndexAt::Point(self.period(place)?),
        };
        let value = self.next_expr(&mut parts)?;
        let basis = self.trailing_basis(&mut parts)?;
        parts.done()?;
        Ok(IndexLine { span: self.span(node), at, value, basis })
    }
    /// `2024 til 2025`.
    pub(super) fn step(&self, node: &Node) -> Built<(i16, i16)> {
        let mut parts = Parts::of(node);
        let from = self.year(parts.take(Kind::year)?)?;
        parts.take(Kind::kw_to)?;
        Ok((from, self.year(parts.take(Kind::year)?)?))
    }

    fn clause(&mut self, node: &Node) -> Built<Clause> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_clause)?;
        let name = self.take_name(&mut parts)?;
        let carries_over = match parts.eat(Kind::carries_over) {
            Some(node) => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_carries_over)?;
                Some(self.take_path(&mut parts)?)
            }
            None => None,
        };
        let title = self.eat_text(&mut parts);
        let each = match parts.eat(Kind::for_each) {
            Some(node) => {
                let mut parts = Parts::of(node);
                parts.take(Kind::kw_for_each)?;
                Some(self.take_name(&mut parts)?)
            }
            None => None,
        };
        Ok(Clause { name, carries_over, title, each, body: self.body(parts)? })
    }

    fn amendment(&mut self, node: &Node) -> Built<Amendment> {
        let mut parts = Parts::of(node);
        parts.take(Kind::kw_amendment)?;
        let name = self.take_name(&mut parts)?;
        let title = self.eat_text(&mut parts);
        parts.take(Kind::kw_amends)?;
        let of = self.take_name(&mut parts)?;
        Ok(Amendment { name, title, of, body: self.body(parts)? })
    }

    fn note(&mut self, node: &Node) -> Built<Note> {
        let mut parts = Parts::of(node);
        let is_judgement = parts.next()?.kind == Kind::kw_judgement;
        let name = self.take_name(&mut parts)?;
        let title = self.eat_text(&mut parts);
        let mut note = Note { is_judgement, name, title, basis: Vec::new(), reason: None, on: Vec::new() };
        for line in parts.rest() {
            let mut parts = Parts::of(line);
            match line.kind {
                Kind::basis => note.basis.extend(self.basis(line)?),
                Kind::reason_line => {
                    parts.take(Kind::kw_reason)?;
                    self.once(line, note.reason.is_some());
                    note.reason = Some(self.take_text(&mut parts)?);
                }
                Kind::on_line => {
                    parts.take(Kind::kw_on)?;
                    note.on.extend(self.texts(&mut parts));
                }
                _ => return Err(Lost { at: line.start }),
            }
        }
        Ok(note)
    }
}
