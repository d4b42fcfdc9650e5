//! The first walk: every name gets an id, so that the order of lines does not matter.

use std::collections::{BTreeMap, BTreeSet};

use super::carry::CarriedText;
use super::items::declared;
use super::problem::NameProblem;
use super::scope::Symbols;
use super::{
    Agreement, AgreementProblem, Clause, ClauseId, Def, DefId, DefKind, ExceptionId, Fact, FactId, FactOwner,
    Kind, LayerId, Model, Show, Ty,
};
use crate::base::{Span, bi};
use crate::diag::{Problems, nearest};
use crate::syntax::ast::{self, Item, ItemKind, Name, Stmt, StmtKind};
use crate::syntax::{OtherLanguage, check_name, opener_of_other};
use crate::value::{Interval, Level, Period};

/// A clause's tree together with its id and what its file says of it.
pub(super) struct PendingClause<'a> {
    pub(super) id: ClauseId,
    pub(super) tree: &'a ast::Clause,
    pub(super) lang: crate::base::Lang,
    /// What it takes from the clauses it carries over, the nearest first.
    pub(super) carried: Vec<CarriedText<'a>>,
}

/// Declares names in one model.
pub(super) struct Declarer<'m> {
    pub(super) model: &'m mut Model,
    pub(super) symbols: Symbols,
    pub(super) problems: &'m mut Problems,
    /// Whether what is declared is carried over, so that names stated already are not declared twice.
    pub(super) carrying: bool,
    /// The clauses that say they carry another over, whether that one is found or not.
    pub(super) carriers: BTreeSet<ClauseId>,
    /// The units, where and as they stand first.
    pub(super) units: BTreeMap<String, (ast::UnitDecl, Span)>,
    /// Where the named types stand first.
    pub(super) types: BTreeMap<String, Span>,
    /// The declarations of named types, as they stand first.
    pub(super) type_trees: BTreeMap<String, ast::TypeExpr>,
    /// The defaults of facts, as they stand first.
    pub(super) defaults: BTreeMap<FactId, ast::Expr>,
    /// The layer that what is declared belongs to.
    pub(super) layer: LayerId,
    /// When an amendment's statements hold.
    pub(super) holds: Option<Interval>,
}

impl<'m> Declarer<'m> {
    /// Makes one for a model that is empty yet.
    pub(super) fn new(model: &'m mut Model, problems: &'m mut Problems) -> Declarer<'m> {
        let layer = model.layers.text;
        Declarer {
            model,
            symbols: Symbols::default(),
            problems,
            carrying: false,
            carriers: BTreeSet::new(),
            units: BTreeMap::new(),
            types: BTreeMap::new(),
            type_trees: BTreeMap::new(),
            defaults: BTreeMap::new(),
            layer,
            holds: None,
        }
    }
}

impl Declarer<'_> {
    /// Declares agreements, sources and units: what facts' types are written with.
    pub(super) fn heads(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Agreement(agreement) => self.agreement(agreement, item.span),
            ItemKind::Source(source) => self.source(source),
            ItemKind::Unit(unit) => self.unit_again(unit),
            ItemKind::Kind(kind) => self.kind(kind, item.span),
            ItemKind::Scenario(scenario) => self.scenario(scenario),
            ItemKind::Type(_) | ItemKind::Given(_) | ItemKind::Clause(_) | ItemKind::Assumption(_) => {}
            ItemKind::Test(_) | ItemKind::Check(_) | ItemKind::Note(_) | ItemKind::Error => {}
            ItemKind::Use(name) => {
                self.model.imports.named.insert(name.text.clone());
            }
            ItemKind::Entity(_) | ItemKind::Index(_) => {}
            ItemKind::Amendment(_) | ItemKind::Precedence(_) => {}
        }
    }

    /// Declares indices, which facts' types do not need but clauses do.
    pub(super) fn indices(&mut self, item: &Item) {
        if let ItemKind::Index(index) = &item.kind {
            self.index(index);
        }
    }

    /// Declares facts and given values.
    pub(super) fn facts(&mut self, item: &Item) {
        match &item.kind {
            ItemKind::Kind(kind) => self.kind_facts(kind),
            ItemKind::Given(given) => self.file_given(given),
            ItemKind::Note(note) if note.is_judgement => self.judgement(note),
            ItemKind::Note(_)
            | ItemKind::Agreement(_)
            | ItemKind::Use(_)
            | ItemKind::Source(_)
            | ItemKind::Unit(_) => {}
            ItemKind::Type(_) | ItemKind::Entity(_) | ItemKind::Index(_) | ItemKind::Clause(_) => {}
            ItemKind::Assumption(_) | ItemKind::Amendment(_) | ItemKind::Scenario(_) | ItemKind::Test(_) => {}
            ItemKind::Check(_) | ItemKind::Precedence(_) | ItemKind::Error => {}
        }
    }

    /// Declares a value that data give once.
    pub(super) fn file_given(&mut self, given: &ast::Given) {
        if let Some(known) = self.symbols.file_givens.get(&given.name.text).copied() {
            return self.fact_again(known, &given.name, &given.ty);
        }
        let fact = self.fact(&given.name, &given.ty, given.title.as_ref(), FactOwner::File);
        self.symbols.file_givens.insert(given.name.text.clone(), fact);
    }

    /// Declares a clause's name.
    pub(super) fn clause(&mut self, clause: &ast::Clause, doc: &[String]) -> ClauseId {
        check_name(&clause.name.text, clause.name.span, self.problems);
        let each = clause.each.as_ref().and_then(|kind| self.model.find_kind(&kind.text));
        if let (Some(kind), None) = (&clause.each, each) {
            self.unknown_kind(kind);
        }
        let agreement = self.home_of(&clause.name);
        let id = self.model.clauses.push(Clause {
            name: clause.name.text.clone(),
            full: clause.name.text.clone(),
            title: clause.title.as_ref().map(|t| t.text.clone()),
            doc: doc.to_vec(),
            agreement,
            each,
            carries: None,
            basis: Vec::new(),
            in_force: None,
            given: Vec::new(),
            defs: Vec::new(),
            conditions: Vec::new(),
            givens: Vec::new(),
            exceptions: Vec::new(),
            span: clause.name.span,
        });
        if clause.carries_over.is_some() {
            self.carriers.insert(id);
        }
        let named = self.symbols.clauses.entry(clause.name.text.clone()).or_default();
        let twin = named.iter().copied().find(|other| self.model.clauses[*other].agreement == agreement);
        named.push(id);
        if let Some(first) = twin {
            let first = self.model.clauses[first].span;
            self.duplicate(&clause.name, first);
        }
        id
    }

    /// Declares every name in a clause: its own first, then what it carries over; names in exceptions last, since one
    /// that the clause has none of is the exception's own.
    pub(super) fn lines(&mut self, clause: &PendingClause<'_>) {
        let own: Vec<&Stmt> = clause.tree.body.iter().collect();
        let parts = std::iter::once(&own).chain(clause.carried.iter().map(|text| &text.body));
        for (depth, body) in parts.clone().enumerate() {
            self.carrying = depth > 0;
            body.iter().for_each(|stmt| self.statement(clause.id, stmt));
        }
        for (depth, body) in parts.enumerate() {
            self.carrying = depth > 0;
            for stmt in body {
                if let StmtKind::Exception(exception) = &stmt.kind {
                    self.exception(clause.id, None, exception);
                }
            }
        }
        self.carrying = false;
    }

    /// The agreement a clause belongs to; where its module has several and its file none, that must be said.
    fn home_of(&mut self, clause: &Name) -> Option<usize> {
        let home = self.model.home(clause.span);
        let all = self.model.in_module(clause.span.file);
        if home.is_none() && !all.is_empty() {
            let agreements = all.iter().map(|index| self.model.agreements[*index].name.clone()).collect();
            let (span, name) = (clause.span, clause.text.clone());
            self.problems.report(&AgreementProblem::WhichAgreement { span, name, agreements });
        }
        home
    }

    pub(super) fn statement(&mut self, clause: ClauseId, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Assign(assign) => self.target(clause, &assign.target, DefKind::Value, &stmt.doc),
            StmtKind::Condition(assign) => self.target(clause, &assign.target, DefKind::Condition, &stmt.doc),
            StmtKind::Grant(grant) => self.grant(clause, &grant.target, &stmt.doc),
            StmtKind::Table(table) => {
                table.results.iter().take(1).for_each(|name| self.no_owner(clause, &table.owners, name));
                for name in &table.results {
                    self.define(clause, name, DefKind::TableResult, &stmt.doc);
                }
            }
            StmtKind::Split(split) => self.split(clause, split, &stmt.doc),
            StmtKind::Given(given) => {
                let fact = self.fact(&given.name, &given.ty, given.title.as_ref(), FactOwner::Clause(clause));
                let key = (clause, given.name.text.clone());
                self.no_duplicate_fact(self.symbols.givens.get(&key).copied(), &given.name);
                self.symbols.givens.insert(key, fact);
                self.model.clauses[clause].givens.push(fact);
            }
            StmtKind::InForce(when) => {
                let bounds = super::time::written_bounds(when, self.problems);
                self.model.clauses[clause].in_force = Some(bounds.interval);
            }
            StmtKind::Basis(citations) => self.model.clauses[clause].basis.extend(citations.iter().cloned()),
            StmtKind::Scale(scale) => {
                self.no_owner(clause, &scale.owner, &scale.name);
                self.define(clause, &scale.name, DefKind::TableResult, &stmt.doc);
            }
            StmtKind::Exception(_) | StmtKind::Precedence(_) | StmtKind::Assumption(_) => {}
            StmtKind::Duty(duty) => {
                self.no_owner(clause, &duty.owner, &duty.name);
                self.define(clause, &duty.name, DefKind::Duty, &stmt.doc);
            }
            StmtKind::Require { .. } | StmtKind::Check(_) | StmtKind::Lift(_) | StmtKind::Repeal(_) => {}
            StmtKind::EachRounded { what, rounding } => self.each_rounded(clause, *what, rounding, stmt.span),
            StmtKind::Rows(_) | StmtKind::Only(_) | StmtKind::Error => {}
            StmtKind::Year(_) | StmtKind::Day(_) | StmtKind::BuildsOn(_) | StmtKind::Reading { .. } => {}
            StmtKind::Switch { .. } | StmtKind::EntityFacts { .. } | StmtKind::Expect(_) => {}
        }
    }

    fn target(&mut self, clause: ClauseId, target: &ast::Target, kind: DefKind, doc: &[String]) {
        match target.path.parts.as_slice() {
            // A row of a table that is carried over is restated by its key.
            [part] if !part.cells.is_empty() && self.carriers.contains(&clause) => {}
            [part] if part.cells.is_empty() && target.entity.is_none() => {
                self.define(clause, &part.name, kind, doc);
            }
            _ => {
                let name =
                    target.path.parts.iter().map(|p| p.name.text.as_str()).collect::<Vec<_>>().join(".");
                self.problems.report(&NameProblem::NotAssignable { span: target.span, name });
            }
        }
    }

    fn grant(&mut self, clause: ClauseId, target: &ast::Target, doc: &[String]) {
        let [part] = target.path.parts.as_slice() else {
            return self.target(clause, target, DefKind::Grant, doc);
        };
        self.define(clause, &part.name, DefKind::Grant, doc);
        for (suffix, kind) in [("fuldt", DefKind::GrantFull), ("bortfaldet", DefKind::GrantLapsed)] {
            let name = Name { text: format!("{}.{suffix}", part.name.text), span: part.name.span };
            self.define(clause, &name, kind, &[]);
        }
    }

    fn split(&mut self, clause: ClauseId, split: &ast::Split, doc: &[String]) {
        self.target(clause, &split.target, DefKind::Value, doc);
        for part in &split.parts {
            self.define(clause, &part.name, DefKind::Part, &[]);
        }
    }

    /// Returns the definition of a name in a clause, declaring it at its first line.
    pub(super) fn define(&mut self, clause: ClauseId, name: &Name, kind: DefKind, doc: &[String]) -> DefId {
        let key = (clause, name.text.clone());
        if let Some(def) = self.symbols.defs.get(&key).copied() {
            // A reading or amendment may turn one kind of line into another: an amount into a grant, say.
            let text = self.layer == self.model.layers.text;
            if self.model.defs[def].kind != kind && !self.carrying && text {
                let first = self.model.defs[def].span;
                self.duplicate(name, first);
            }
            return def;
        }
        if let Some(fact) = self.symbols.givens.get(&key) {
            let first = self.model.facts[*fact].span;
            self.duplicate(name, first);
        }
        // An amendment may well bring in a new short name beside another.
        let laid = self.layer != self.model.layers.text && !self.carrying;
        if laid && name.text.chars().count() >= SHORTEST_MISSPELT {
            self.nearly_restated(clause, name);
        }
        let def = self.push_def(clause, name, kind, doc, None);
        self.symbols.defs.insert(key, def);
        self.model.clauses[clause].defs.push(def);
        if kind == DefKind::Condition {
            self.model.clauses[clause].conditions.push(def);
        }
        def
    }

    pub(super) fn push_def(
        &mut self,
        clause: ClauseId,
        name: &Name,
        kind: DefKind,
        doc: &[String],
        local_to: Option<ExceptionId>,
    ) -> DefId {
        if !name.text.contains('.') {
            check_name(&name.text, name.span, self.problems);
        }
        self.model.defs.push(Def {
            name: name.text.clone(),
            kind,
            clause,
            local_to,
            doc: doc.to_vec(),
            alternatives: Vec::new(),
            exceptions: Vec::new(),
            ty: Ty::Unknown,
            show: Show::plain(),
            per_entity: false,
            faulty: false,
            span: name.span,
        })
    }

    fn agreement(&mut self, agreement: &ast::Agreement, span: Span) {
        let period = agreement.period.as_ref().map(|when| super::time::bounds(when, self.problems).interval);
        let level = agreement.price_level.as_ref();
        let years = agreement.period.as_ref().and_then(|when| match &when.kind {
            ast::WhenKind::In(Period::Year(year)) => Some((*year, *year)),
            ast::WhenKind::In(Period::Years(first, last)) => Some((*first, *last)),
            ast::WhenKind::In(Period::Day(_) | Period::Month(..) | Period::Quarter(..)) => None,
            ast::WhenKind::TotalIn(_) | ast::WhenKind::Bounds { .. } | ast::WhenKind::Otherwise => None,
        });
        if let (Some((first, last)), Some(when)) = (years, &agreement.period)
            && first > last
        {
            self.problems.report(&NameProblem::ReversedPeriod { span: when.span });
        }
        if let Some(first) =
            self.model.agreements.iter().find(|a| a.name == agreement.name.text).map(|a| a.span)
        {
            self.duplicate(&agreement.name, first);
        }
        self.model.agreements.push(Agreement {
            name: agreement.name.text.clone(),
            title: agreement.title.as_ref().map(|t| t.text.clone()),
            period: period.unwrap_or(Interval::always()),
            level: level.map_or(Level::Current, |l| l.level),
            level_assumed: level.is_some_and(|l| l.assumed),
            years,
            span,
        });
    }

    fn source(&mut self, source: &ast::Source) {
        match self.model.sources.get(&source.name.text).cloned() {
            Some(known) => self.source_again(&known, source),
            None => drop(self.model.sources.insert(source.name.text.clone(), source.clone())),
        }
    }

    fn scenario(&mut self, scenario: &ast::Scenario) {
        let first = self.model.scenarios.insert(scenario.name.text.clone(), scenario.clone());
        if let Some(first) = first {
            self.duplicate(&scenario.name, first.name.span);
        }
    }

    fn kind(&mut self, kind: &ast::KindDecl, span: Span) {
        let Some(first) = kind.names.first() else { return };
        check_name(&first.text, first.span, self.problems);
        let plural = kind.names.get(1).unwrap_or(first);
        let known = self.model.kinds.ids().find(|id| self.model.kinds[*id].name == first.text);
        if let Some(known) = known {
            let place = self.model.kinds[known].span;
            return match self.in_one_place(place, first.span) {
                true => self.duplicate(first, place),
                false => self.kind_again(kind, known),
            };
        }
        if self.model.units.lookup(&first.text).is_none() {
            self.model.units.add(&first.text, &plural.text, false);
        }
        self.model.kinds.push(Kind {
            name: first.text.clone(),
            plural: plural.text.clone(),
            definite: kind.names.get(2).map(|name| name.text.clone()),
            key_column: kind.key_column.as_ref().map(|t| t.text.clone()),
            facts: Vec::new(),
            span,
        });
    }

    fn kind_facts(&mut self, kind: &ast::KindDecl) {
        let Some(id) = kind.names.first().and_then(|name| self.model.find_kind(&name.text)) else { return };
        for fact in &kind.facts {
            let key = (id, fact.name.text.clone());
            if let Some(known) = self.symbols.kind_facts.get(&key).copied() {
                self.fact_again(known, &fact.name, &fact.ty);
                continue;
            }
            let declared = self.fact(&fact.name, &fact.ty, fact.title.as_ref(), FactOwner::Kind(id));
            self.symbols.kind_facts.insert(key, declared);
            self.model.kinds[id].facts.push(declared);
        }
    }

    fn fact(
        &mut self,
        name: &Name,
        ty: &ast::TypeExpr,
        title: Option<&ast::Text>,
        owner: FactOwner,
    ) -> FactId {
        check_name(&name.text, name.span, self.problems);
        let level = self.model.level_at(name.span);
        let declared = declared(ty, self.model, level, self.problems);
        let fact = self.model.facts.push(Fact {
            name: name.text.clone(),
            owner,
            declared,
            title: title.map(|t| t.text.clone()),
            judged_by: None,
            basis: Vec::new(),
            span: name.span,
        });
        if let Some(default) = self.default_of(ty).cloned() {
            self.defaults.insert(fact, default);
        }
        fact
    }

    /// A judgement's name is a yes or no that is unknown until somebody gives it.
    fn judgement(&mut self, note: &ast::Note) {
        let declared = super::Declared { ty: Ty::Bool, always: true, ..super::Declared::unknown() };
        let title = note.title.as_ref().map(|t| t.text.clone());
        let name = note.name.text.clone();
        let fact = self.model.facts.push(Fact {
            name,
            owner: FactOwner::File,
            declared,
            title,
            judged_by: Some(note.on.iter().map(|text| text.text.clone()).collect()),
            basis: note.basis.clone(),
            span: note.name.span,
        });
        let known = self.symbols.file_givens.insert(note.name.text.clone(), fact);
        self.no_duplicate_fact(known, &note.name);
    }

    fn no_duplicate_fact(&mut self, known: Option<FactId>, name: &Name) {
        if let Some(known) = known {
            let first = self.model.facts[known].span;
            self.duplicate(name, first);
        }
    }

    pub(super) fn duplicate(&mut self, name: &Name, first: Span) {
        self.problems.report(&NameProblem::Duplicate { span: name.span, first, name: name.text.clone() });
    }

    fn unknown_kind(&mut self, name: &Name) {
        if let Some(meant) = opener_of_other(&name.text, self.model.lang) {
            let (text, at, lang) = (name.text.clone(), name.span, self.model.lang);
            return self.problems.report(&OtherLanguage { text, at, meant, lang, more: Vec::new() });
        }
        let names = self.model.kinds.iter().map(|kind| kind.name.as_str());
        let near = nearest(&name.text, names).map(str::to_owned);
        self.problems.report(&NameProblem::UnknownKind {
            span: name.span,
            name: name.text.clone(),
            nearest: near,
        });
    }
}

/// Reports citations of sources that are not declared.
pub(super) fn check_sources(citations: &[ast::Citation], model: &Model, problems: &mut Problems) {
    for citation in citations.iter().filter(|c| !model.sources.contains_key(&c.source.text)) {
        let near =
            nearest(&citation.source.text, model.sources.keys().map(String::as_str)).map(str::to_owned);
        let name = citation.source.text.clone();
        let titled = model.agreements.iter().find(|agreement| agreement.name == name);
        problems.report(&NameProblem::UnknownSource {
            span: citation.source.span,
            title: titled.and_then(|agreement| agreement.title.clone()),
            declared: model.sources.keys().cloned().collect(),
            name,
            nearest: near,
        });
    }
}

/// Words for what is looked for, in messages about dangling names.
pub(super) fn dangling(what: Dangling, name: &Name, nearest: Option<String>) -> NameProblem {
    let what = match what {
        Dangling::Exception => bi!("undtagelsen", "exception"),
        Dangling::Assumption => bi!("antagelsen", "assumption"),
        Dangling::Reading => bi!("læsningen", "reading"),
        Dangling::Amendment => bi!("ændringen", "amendment"),
        Dangling::Agreement => bi!("aftalen", "agreement"),
    };
    NameProblem::Dangling { span: name.span, what, name: name.text.clone(), nearest }
}

/// What can be looked for by name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Dangling {
    Exception,
    Assumption,
    Reading,
    Amendment,
    Agreement,
}

/// How long a new name of a reading or an amendment must be to be taken for a misspelt one.
const SHORTEST_MISSPELT: usize = 4;
