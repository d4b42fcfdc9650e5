//! Which names can be seen from where.

use std::collections::{BTreeMap, BTreeSet};

use super::owner::{genitive, is_called};
use super::problem::NameProblem;
use super::word_problem::value_meant;
use super::{ClauseId, DefId, ExceptionId, FactId, FactOwner, KindId, LayerId, Model, TableId, Ty};
use crate::base::{Lang, Span};
use crate::diag::{nearest, related};
use crate::syntax::ast::Path;
use crate::value::{Interval, Level};

/// The place an expression stands in.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// The clause around it.
    pub(super) clause: Option<ClauseId>,
    /// The exceptions around it, innermost last.
    pub(super) exceptions: Vec<ExceptionId>,
    /// The kind whose entity is at hand: the clause's, or the one an aggregate runs over.
    pub(super) kind: Option<KindId>,
    /// The kinds at hand around it, outermost first.
    pub(super) outer: Vec<KindId>,
    /// Whether it stands in an aggregate, and where.
    pub(super) iterates: Iterates,
    /// The level of amounts that state none; `None` where they stand at that of what they replace.
    pub(super) level: Option<Level>,
    /// The language the file is written in.
    pub(super) lang: Lang,
    /// The agreement whose names are nearest.
    pub(super) home: Option<usize>,
    /// The clause whose text this is, while another one carries it over.
    pub(super) carried: Option<ClauseId>,
    /// The layer that what is stated here belongs to.
    pub(super) layer: LayerId,
    /// When an amendment's statements hold.
    pub(super) holds: Option<Interval>,
    /// The cell that is being stated, and the definition it is of: what `hidtidig` means there.
    pub(super) cell: Option<(DefId, CellPlace)>,
    /// Whether a grant's full amount is being stated, so that `hidtidig` of the grant means that.
    pub(super) former_full: bool,
}

/// A cell of a table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct CellPlace {
    pub(super) table: TableId,
    pub(super) row: usize,
    pub(super) column: usize,
}

/// Where in an aggregate an expression stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Iterates {
    /// In none.
    No,
    /// In what is computed of each: a name is the iterated one's, where it has it.
    What,
    /// In `hvor`: a name that both the iterated one and the outer one have must say whose it is.
    Where,
}

impl Scope {
    /// Returns the scope of what is read of each of a kind.
    pub(super) fn inside(&self, kind: KindId, iterates: Iterates) -> Scope {
        let outer = self.at_hand().collect();
        Scope { kind: Some(kind), outer, iterates, ..self.clone() }
    }
    /// Walks the kinds at hand, outermost first.
    pub(super) fn at_hand(&self) -> impl Iterator<Item = KindId> {
        self.outer.iter().copied().chain(self.kind)
    }
    /// Finds the entity at hand that a word names: the outermost of its kind, with how many stand further in.
    pub(super) fn named_at_hand(&self, word: &str, model: &Model) -> Option<(KindId, usize)> {
        let kind = self.at_hand().find(|kind| is_called(&model.kinds[*kind], word))?;
        Some((kind, self.at_hand().filter(|other| *other == kind).count().saturating_sub(1)))
    }
}

/// What a name can mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Symbol {
    /// A definition.
    Def(DefId),
    /// A fact or given value.
    Fact(FactId),
}

/// Every name declared, by where it can be seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Symbols {
    /// Clauses; several agreements may have one of the same name.
    pub(super) clauses: BTreeMap<String, Vec<ClauseId>>,
    /// A clause's own definitions.
    pub(super) defs: BTreeMap<(ClauseId, String), DefId>,
    /// Names local to an exception.
    pub(super) locals: BTreeMap<(ExceptionId, String), DefId>,
    /// Facts of kinds.
    pub(super) kind_facts: BTreeMap<(KindId, String), FactId>,
    /// Given values of clauses.
    pub(super) givens: BTreeMap<(ClauseId, String), FactId>,
    /// Given values of the file.
    pub(super) file_givens: BTreeMap<String, FactId>,
    /// Exceptions.
    pub(super) exceptions: BTreeMap<(ClauseId, String), ExceptionId>,
    /// Exceptions and assumptions that a clause takes out of what it carries over.
    pub(super) taken_out: BTreeSet<(ClauseId, String)>,
}

impl Symbols {
    /// Finds a single name as seen from a place.
    pub(super) fn find(
        &self,
        name: &str,
        scope: &Scope,
        span: Span,
        model: &Model,
    ) -> Result<Symbol, NameProblem> {
        let near = self.find_near(name, scope, span, model)?;
        near.map_or_else(|| self.find_elsewhere(name, scope, span, model), Ok)
    }

    /// Finds a name of the iterated one or of the place around.
    pub(super) fn find_near(
        &self,
        name: &str,
        scope: &Scope,
        span: Span,
        model: &Model,
    ) -> Result<Option<Symbol>, NameProblem> {
        let outer = self.find_local(name, scope);
        let Some(kind) = scope.kind.filter(|_| scope.iterates != Iterates::No) else { return Ok(outer) };
        let iterated = self.of_kind(name, kind, scope, span, model)?;
        match (iterated, outer) {
            (Some(own), Some(outer)) if own != outer && scope.iterates == Iterates::Where => {
                let offers = [own, outer].map(|symbol| self.in_full(symbol, model)).to_vec();
                Err(NameProblem::BothHave { span, name: name.to_owned(), offers })
            }
            (iterated, outer) => Ok(iterated.or(outer)),
        }
    }

    /// Finds what each of a kind has by a name: a fact, or what a clause for each of them defines. Outside aggregates
    /// the clause at hand comes first.
    pub(super) fn of_kind(
        &self,
        name: &str,
        kind: KindId,
        scope: &Scope,
        span: Span,
        model: &Model,
    ) -> Result<Option<Symbol>, NameProblem> {
        let own = scope.clause.filter(|clause| model.clauses[*clause].each == Some(kind));
        let own = own.and_then(|clause| self.defs.get(&(clause, name.to_owned())));
        let fact = self.kind_facts.get(&(kind, name.to_owned()));
        match (own, fact) {
            (Some(def), None) => return Ok(Some(Symbol::Def(*def))),
            (None, Some(fact)) => return Ok(Some(Symbol::Fact(*fact))),
            (Some(def), Some(_)) if scope.iterates == Iterates::No => return Ok(Some(Symbol::Def(*def))),
            (Some(_), Some(fact)) => return Ok(Some(Symbol::Fact(*fact))),
            (None, None) => {}
        }
        let of_each = |clause: &ClauseId| model.clauses[*clause].each == Some(kind);
        let defs = self.defs.iter().filter(|((clause, n), _)| n == name && of_each(clause));
        let defs: Vec<(ClauseId, DefId)> = defs.map(|((clause, _), def)| (*clause, *def)).collect();
        let near = model.nearest_of(&defs.iter().map(|(clause, _)| *clause).collect::<Vec<_>>(), scope.home);
        let defs: Vec<DefId> =
            defs.into_iter().filter(|(clause, _)| near.contains(clause)).map(|(_, def)| def).collect();
        match defs.as_slice() {
            [] => Ok(None),
            [def] => Ok(Some(Symbol::Def(*def))),
            many => Err(NameProblem::Ambiguous {
                span,
                name: name.to_owned(),
                candidates: many.iter().map(|def| full_name(Symbol::Def(*def), model)).collect(),
            }),
        }
    }

    /// Returns the names that each of a kind has.
    pub(super) fn names_of_kind<'s>(&'s self, kind: KindId, model: &'s Model) -> Vec<&'s str> {
        let facts = self.kind_facts.keys().filter(move |(k, _)| *k == kind).map(|(_, name)| name.as_str());
        let each = move |clause: &ClauseId| model.clauses[*clause].each == Some(kind);
        let defs = self.defs.keys().filter(move |(clause, _)| each(clause)).map(|(_, name)| name.as_str());
        facts.chain(defs).collect()
    }

    /// Finds a given value that is an entity.
    pub(super) fn given_link(&self, word: &str, scope: &Scope, model: &Model) -> Option<FactId> {
        let own = scope.clause.and_then(|clause| self.givens.get(&(clause, word.to_owned())));
        let fact = own.or_else(|| self.file_givens.get(word)).copied()?;
        matches!(model.facts[fact].declared.ty, Ty::Entity(_)).then_some(fact)
    }

    /// Returns the kind whose entities differ in what a name means, as far as it can be told before types are known.
    pub(super) fn kind_of(&self, symbol: Symbol, model: &Model) -> Option<KindId> {
        match symbol {
            Symbol::Def(def) => model.clauses[model.defs[def].clause].each,
            Symbol::Fact(fact) => match model.facts[fact].owner {
                FactOwner::Kind(kind) => Some(kind),
                FactOwner::Clause(_) | FactOwner::File => None,
            },
        }
    }

    /// Writes a name with whose it is.
    fn in_full(&self, symbol: Symbol, model: &Model) -> String {
        let name = match symbol {
            Symbol::Def(def) => &model.defs[def].name,
            Symbol::Fact(fact) => &model.facts[fact].name,
        };
        match (symbol, self.kind_of(symbol, model)) {
            (Symbol::Fact(_), Some(kind)) => {
                let kind = &model.kinds[kind];
                let word = kind.definite.as_deref().unwrap_or(&kind.name);
                format!("{} {name}", genitive(word, model.lang))
            }
            (_, _) => full_name(symbol, model),
        }
    }

    fn find_local(&self, name: &str, scope: &Scope) -> Option<Symbol> {
        let key = || name.to_owned();
        let local = scope.exceptions.iter().rev().find_map(|e| self.locals.get(&(*e, key())));
        if let Some(def) = local {
            return Some(Symbol::Def(*def));
        }
        if let Some(clause) = scope.clause {
            if let Some(def) = self.defs.get(&(clause, key())) {
                return Some(Symbol::Def(*def));
            }
            if let Some(fact) = self.givens.get(&(clause, key())) {
                return Some(Symbol::Fact(*fact));
            }
        }
        let kinds: Vec<KindId> = match scope.iterates {
            Iterates::No => scope.at_hand().collect(),
            // Of the one iterated over, what it has is found by itself.
            Iterates::What | Iterates::Where => scope.outer.clone(),
        };
        let fact = kinds.iter().rev().find_map(|kind| self.kind_facts.get(&(*kind, key())));
        fact.or_else(|| self.file_givens.get(name)).map(|fact| Symbol::Fact(*fact))
    }

    fn find_elsewhere(
        &self,
        name: &str,
        scope: &Scope,
        span: Span,
        model: &Model,
    ) -> Result<Symbol, NameProblem> {
        let defs = self.defs.iter().filter(|((_, n), _)| n == name).map(|((c, _), d)| (*c, Symbol::Def(*d)));
        let givens =
            self.givens.iter().filter(|((_, n), _)| n == name).map(|((c, _), f)| (*c, Symbol::Fact(*f)));
        let facts =
            self.kind_facts.iter().filter(|((_, n), _)| n == name).map(|(_, fact)| Symbol::Fact(*fact));
        let all: Vec<(ClauseId, Symbol)> = defs.chain(givens).collect();
        let clauses: Vec<ClauseId> = all.iter().map(|(clause, _)| *clause).collect();
        let near = model.nearest_of(&clauses, scope.home);
        let mut found: Vec<Symbol> =
            all.iter().filter(|(clause, _)| near.contains(clause)).map(|(_, symbol)| *symbol).collect();
        if found.is_empty() {
            found = facts.collect();
        }
        match found.as_slice() {
            [one] => Ok(*one),
            [] => {
                let near = value_meant(name, scope.lang).or_else(|| nearest(name, self.visible(scope)));
                let (nearest, name) = (near.map(str::to_owned), name.to_owned());
                Err(match nearest.is_none() && model.layers.is_asked(scope.layer) {
                    true => {
                        let related =
                            related(&name, self.visible(scope)).into_iter().map(str::to_owned).collect();
                        NameProblem::UnknownInWhatIf { span, name, related, tables: cells_of(model) }
                    }
                    false => NameProblem::Undefined { span, name, nearest },
                })
            }
            many => Err(NameProblem::Ambiguous {
                span,
                name: name.to_owned(),
                candidates: many.iter().map(|symbol| full_name(*symbol, model)).collect(),
            }),
        }
    }

    /// Finds the clauses of a name that are nearest to a place: one, none, or several that cannot be told apart.
    pub(super) fn clauses_named(&self, name: &str, home: Option<usize>, model: &Model) -> Vec<ClauseId> {
        self.clauses.get(name).map(|all| model.nearest_of(all, home)).unwrap_or_default()
    }

    /// Finds the clause of a name in one agreement.
    pub(super) fn clause_of(&self, agreement: usize, name: &str, model: &Model) -> Option<ClauseId> {
        let all = self.clauses.get(name)?;
        all.iter().copied().find(|clause| model.clauses[*clause].agreement == Some(agreement))
    }

    /// Finds the clause that a path as a whole names: `clause`, `ØA20.clause`.
    pub(super) fn clause_at(&self, path: &Path, home: Option<usize>, model: &Model) -> Option<ClauseId> {
        match path.parts.as_slice() {
            [name] => match self.clauses_named(&name.name.text, home, model).as_slice() {
                [one] => Some(*one),
                [] | [_, ..] => None,
            },
            [agreement, name] => {
                let agreement = model.agreements.iter().position(|a| a.name == agreement.name.text)?;
                self.clause_of(agreement, &name.name.text, model)
            }
            _ => None,
        }
    }

    /// Finds `clause.name`.
    pub(super) fn find_in_clause(&self, clause: ClauseId, name: &str) -> Option<Symbol> {
        let key = (clause, name.to_owned());
        let def = self.defs.get(&key).map(|def| Symbol::Def(*def));
        def.or_else(|| self.givens.get(&key).map(|fact| Symbol::Fact(*fact)))
    }

    /// Returns the names of a clause.
    pub(super) fn names_in(&self, clause: ClauseId) -> Vec<&str> {
        let defs = self.defs.keys().filter(|(c, _)| *c == clause).map(|(_, name)| name.as_str());
        let givens = self.givens.keys().filter(|(c, _)| *c == clause).map(|(_, name)| name.as_str());
        defs.chain(givens).collect()
    }

    /// Returns every name that can stand alone, those in scope first.
    pub(super) fn visible(&self, scope: &Scope) -> Vec<&str> {
        let own = scope.clause.map(|clause| self.names_in(clause)).unwrap_or_default();
        let facts = self.kind_facts.keys().map(|(_, name)| name.as_str());
        let others = self.defs.keys().map(|(_, name)| name.as_str());
        let rest = self.givens.keys().map(|(_, name)| name.as_str());
        let file = self.file_givens.keys().map(String::as_str);
        own.into_iter().chain(facts).chain(others).chain(rest).chain(file).collect()
    }
}

fn full_name(symbol: Symbol, model: &Model) -> String {
    let with_agreement = |clause: ClauseId, name: &str| {
        let clause = model.with_agreement(clause).filter(|_| model.agreements.len() > 1);
        clause.map(|clause| format!("{clause}.{name}"))
    };
    match symbol {
        Symbol::Def(def) => with_agreement(model.defs[def].clause, &model.defs[def].name)
            .unwrap_or_else(|| model.full_name(def)),
        Symbol::Fact(fact) => match model.facts[fact].owner {
            FactOwner::Kind(kind) => format!("{}.{}", model.kinds[kind].name, model.facts[fact].name),
            FactOwner::Clause(_) | FactOwner::File => model.fact_name(fact),
        },
    }
}

/// How the cells of the tables are named: `andel_bevaret[opfyldte_mål]`.
fn cells_of(model: &Model) -> Vec<String> {
    let cells = model.tables.iter().flat_map(|table| {
        let keys = table.keys.join(", ");
        table.results.iter().map(move |result| format!("{result}[{keys}]")).collect::<Vec<_>>()
    });
    cells.collect::<BTreeSet<String>>().into_iter().collect()
}
