//! Which stretches of a rule file rest on which citations: a line's own, else those of the block around it.

use crate::base::Span;
use crate::syntax::ast::{Citation, Duty, File, IndexDecl, Item, ItemKind, Row, Stmt, StmtKind};

/// A stretch of a rule file with the citations that its figures must be found in.
#[derive(Clone, Debug)]
pub(super) struct Region<'a> {
    /// The stretch. A region within it, which comes later in the list, is no part of it.
    pub(super) span: Span,
    /// The citations; none where figures are not looked for.
    pub(super) citations: Vec<&'a Citation>,
    /// What kind of stretch it is.
    pub(super) kind: RegionKind,
}

/// Whose figures a stretch holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RegionKind {
    /// Those of the text.
    Text,
    /// Those of a reading, which the text leaves open.
    Reading,
    /// Those that bound what is given.
    Given,
    /// Those of tests and scenarios.
    Test,
    /// Those of the rules themselves: the head of the agreement, types, entities.
    Rules,
}

/// Returns the regions of a file, an inner one after the one around it. What the writer states without a document has no
/// citations: tests, scenarios, types and domains, readings, and the head of the agreement.
pub(super) fn regions(file: &File) -> Vec<Region<'_>> {
    let mut regions = Vec::new();
    file.items.iter().for_each(|item| of_item(item, &mut regions));
    regions
}

fn of_item<'a>(item: &'a Item, regions: &mut Vec<Region<'a>>) {
    let mut add =
        |citations: Vec<&'a Citation>, kind| regions.push(Region { span: item.span, citations, kind });
    match &item.kind {
        ItemKind::Clause(clause) => {
            add(of_lines(&clause.body), RegionKind::Text);
            of_body(&clause.body, regions);
        }
        ItemKind::Amendment(amendment) => {
            add(of_lines(&amendment.body), RegionKind::Text);
            of_body(&amendment.body, regions);
        }
        ItemKind::Index(index) => {
            add(index.basis.iter().collect(), RegionKind::Text);
            of_index(index, regions);
        }
        ItemKind::Check(check) => add(check.basis.iter().collect(), RegionKind::Text),
        ItemKind::Assumption(_) => add(Vec::new(), RegionKind::Reading),
        ItemKind::Given(_) => add(Vec::new(), RegionKind::Given),
        ItemKind::Scenario(_) | ItemKind::Test(_) => add(Vec::new(), RegionKind::Test),
        ItemKind::Agreement(_)
        | ItemKind::Use(_)
        | ItemKind::Source(_)
        | ItemKind::Unit(_)
        | ItemKind::Type(_)
        | ItemKind::Kind(_)
        | ItemKind::Entity(_)
        | ItemKind::Note(_)
        | ItemKind::Precedence(_)
        | ItemKind::Error => add(Vec::new(), RegionKind::Rules),
    }
}

fn of_text(span: Span, citations: Vec<&Citation>) -> Region<'_> {
    Region { span, citations, kind: RegionKind::Text }
}

/// The citations of a block's own `hjemmel` lines.
fn of_lines(body: &[Stmt]) -> Vec<&Citation> {
    let lines = body.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::Basis(citations) => Some(citations),
        _ => None,
    });
    lines.flatten().collect()
}

fn of_index<'a>(index: &'a IndexDecl, regions: &mut Vec<Region<'a>>) {
    for line in index.lines.iter().filter(|line| !line.basis.is_empty()) {
        regions.push(of_text(line.span, line.basis.iter().collect()));
    }
}

fn of_body<'a>(body: &'a [Stmt], regions: &mut Vec<Region<'a>>) {
    body.iter().for_each(|stmt| of_stmt(stmt, regions));
}

fn of_stmt<'a>(stmt: &'a Stmt, regions: &mut Vec<Region<'a>>) {
    let own = |basis: &'a [Citation], regions: &mut Vec<Region<'a>>| {
        if !basis.is_empty() {
            regions.push(of_text(stmt.span, basis.iter().collect()));
        }
    };
    match &stmt.kind {
        StmtKind::Assign(assign) | StmtKind::Condition(assign) => own(&assign.basis, regions),
        StmtKind::Split(split) => own(&split.basis, regions),
        StmtKind::Grant(grant) => own(&grant.basis, regions),
        StmtKind::Table(table) => {
            own(&table.basis, regions);
            of_rows(&table.rows, regions);
        }
        StmtKind::Rows(edit) => of_rows(&edit.rows, regions),
        StmtKind::Scale(scale) => {
            own(&scale.basis, regions);
            for row in scale.rows.iter().filter(|row| !row.basis.is_empty()) {
                regions.push(of_text(row.span, row.basis.iter().collect()));
            }
        }
        StmtKind::Exception(exception) => {
            let lines = of_lines(&exception.body);
            if !lines.is_empty() {
                regions.push(of_text(stmt.span, lines));
            }
            of_body(&exception.body, regions);
        }
        StmtKind::Duty(Duty { basis, .. }) => own(basis, regions),
        StmtKind::Check(check) => own(&check.basis, regions),
        // A reading states what the text leaves open, and a domain what can come about.
        StmtKind::Assumption(_) => {
            regions.push(Region { span: stmt.span, citations: Vec::new(), kind: RegionKind::Reading });
        }
        StmtKind::Given(_) => {
            regions.push(Region { span: stmt.span, citations: Vec::new(), kind: RegionKind::Given });
        }
        StmtKind::Basis(_)
        | StmtKind::InForce(_)
        | StmtKind::EachRounded { .. }
        | StmtKind::Precedence(_)
        | StmtKind::Require { .. }
        | StmtKind::Lift(_)
        | StmtKind::Repeal(_)
        | StmtKind::Only(_)
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

fn of_rows<'a>(rows: &'a [Row], regions: &mut Vec<Region<'a>>) {
    for row in rows.iter().filter(|row| !row.basis.is_empty()) {
        regions.push(of_text(row.span, row.basis.iter().collect()));
    }
}
