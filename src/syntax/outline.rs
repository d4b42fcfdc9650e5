//! The named parts of a rule file, so that what is found in them can be told by clause and basis.

use crate::base::{Bi, Lang, Section, SectionKind};
use crate::syntax::ast::{Citation, File, Item, ItemKind, Stmt, StmtKind};
use crate::syntax::{Basis, cite_all};

/// Returns the clauses, amendments, scenarios and tests of a file, in the order they stand.
pub fn outline(file: &File) -> Vec<Section> {
    file.items.iter().filter_map(section).collect()
}

fn section(item: &Item) -> Option<Section> {
    let (kind, name, body) = match &item.kind {
        ItemKind::Clause(clause) => (SectionKind::Clause, &clause.name.text, &clause.body),
        ItemKind::Amendment(amendment) => (SectionKind::Amendment, &amendment.name.text, &amendment.body),
        ItemKind::Scenario(scenario) => (SectionKind::Scenario, &scenario.name.text, &scenario.body),
        ItemKind::Test(test) => (SectionKind::Test, &test.title.text, &test.body),
        ItemKind::Agreement(_)
        | ItemKind::Use(_)
        | ItemKind::Source(_)
        | ItemKind::Unit(_)
        | ItemKind::Type(_)
        | ItemKind::Kind(_)
        | ItemKind::Entity(_)
        | ItemKind::Index(_)
        | ItemKind::Given(_)
        | ItemKind::Assumption(_)
        | ItemKind::Check(_)
        | ItemKind::Note(_)
        | ItemKind::Precedence(_)
        | ItemKind::Error => return None,
    };
    Some(Section { span: item.span, kind, name: name.clone(), basis: basis(body) })
}

fn basis(body: &[Stmt]) -> Bi {
    let cited: Vec<&Citation> = body.iter().flat_map(citations).collect();
    let words = |lang| cite_all(&Basis::all(cited.iter().copied(), lang));
    Bi { da: words(Lang::Da), en: words(Lang::En) }
}

fn citations(stmt: &Stmt) -> &[Citation] {
    match &stmt.kind {
        StmtKind::Basis(citations) => citations,
        _ => &[],
    }
}
