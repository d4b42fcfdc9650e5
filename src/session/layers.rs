//! What scenarios and tests state is checked with the rules, though nothing is asked in them: names, units, and that
//! values lie within their domains.

use super::brought_about::{Fault, fault};
use super::readings::can_come_about;
use super::{Checked, Session, SessionProblem, imported};
use crate::diag::{Diagnostic, Problems, Report, nearest};
use crate::eval::RunProblem;
use crate::facts::{can_be, in_domain};
use crate::lint::{Depth, Proofs};
use crate::model::{Layer, Model, NodeKind, Origin, OverTarget};
use crate::syntax::ast;

impl Session {
    /// Builds and checks everything, scenarios and tests included.
    pub fn findings(&self) -> Problems {
        self.examined().0
    }

    /// The same, with what is proved of the rules and what stays undecided.
    pub fn examined(&self) -> (Problems, Proofs) {
        self.examined_seeing(&mut |_, _| ())
    }

    /// The same, showing each test with the build it was checked in.
    pub(super) fn examined_seeing(&self, see: &mut dyn FnMut(&ast::Test, &Checked)) -> (Problems, Proofs) {
        let ground = self.ground();
        let checked = match self.layers().is_empty() {
            true => self.ground_checked(&ground, Depth::All),
            false => self.check(),
        };
        let Checked { plan, problems: mut all, mut proofs } = checked;
        let base = plan.model.clone();
        self.unused(&plan, &mut proofs, &mut all);
        proofs.undecided.sort();
        domains(&base, &mut all);
        let own = |item: &&ast::Item| imported::is_own(&base, item.span);
        let items = self.files().iter().flat_map(|file| &file.items).filter(own);
        let scenarios = items.filter_map(|item| match &item.kind {
            ast::ItemKind::Scenario(scenario) => {
                Some((Origin::Scenario(scenario.name.text.clone()), &scenario.body, None))
            }
            ast::ItemKind::Test(test) => Some((Origin::Test, &test.body, Some(&**test))),
            _ => None,
        });
        for (origin, body, test) in scenarios.collect::<Vec<_>>() {
            let mut layers = self.below(&base, body).unwrap_or_else(|problem| {
                let place = body.iter().find(|stmt| matches!(stmt.kind, ast::StmtKind::BuildsOn(_)));
                all.push(place.map_or(problem.report(), |stmt| problem.report().at(stmt.span)));
                Vec::new()
            });
            layers.push(Layer { origin, body: body.clone() });
            let checked = self.build_on(&ground, &layers, test);
            if let Some(test) = test {
                see(test, &checked);
            }
            let Checked { plan, problems: mut found, .. } = checked;
            domains(&plan.model, &mut found);
            let known = all.sorted();
            // Of a reading that is chosen here it may be told already, with the reading named.
            let faults: Vec<Fault> = known.iter().filter(|f| can_come_about(f.code)).map(fault).collect();
            let told = |finding: &Diagnostic| known.contains(finding) || faults.contains(&fault(finding));
            found.sorted().into_iter().filter(|finding| !told(finding)).for_each(|f| all.push(f));
        }
        (all, proofs.within(|span| imported::is_own(&base, span)))
    }

    /// The layers of the scenarios that a body builds on, the lowest first.
    ///
    /// # Errors
    /// When one of them is not there.
    pub(super) fn below(&self, model: &Model, body: &[ast::Stmt]) -> Result<Vec<Layer>, SessionProblem> {
        let mut order = Vec::new();
        for stmt in body {
            let ast::StmtKind::BuildsOn(names) = &stmt.kind else { continue };
            for name in names {
                super::question::collect(model, &name.text, &mut order)?;
            }
        }
        let layer = |name: String| {
            let body = model.scenarios.get(&name).map(|scenario| scenario.body.clone()).unwrap_or_default();
            Layer { origin: Origin::Scenario(name), body }
        };
        Ok(order.into_iter().map(layer).collect())
    }
}

/// Offers the scenario whose name is nearest.
pub(super) fn no_scenario(model: &Model, name: &str) -> SessionProblem {
    let near = nearest(name, model.scenarios.keys().map(String::as_str)).map(str::to_owned);
    SessionProblem::NoSuchScenario { name: name.to_owned(), nearest: near }
}

/// Reports written values of facts, defaults among them, that lie outside what is allowed.
fn domains(model: &Model, problems: &mut Problems) {
    let overrides = model.overrides.iter().filter_map(|over| match over.target {
        OverTarget::Fact(fact) => Some((fact, over.value)),
        OverTarget::Def(_) => None,
    });
    let defaults = model.facts.iter_enumerated().filter_map(|(id, f)| Some((id, f.declared.default?)));
    for (fact, value) in overrides.chain(defaults) {
        let Some(number) = written(model, value) else { continue };
        if let Err(whole) = in_domain(&number, &model.facts[fact].declared) {
            let (span, name) = (model.node(value).span, model.fact_name(fact));
            let allowed = can_be(&model.facts[fact].declared);
            problems.push(RunProblem::OutsideDomain { span, name, whole, allowed }.report());
        }
    }
}

/// Returns a number as it is written out, in base units.
fn written(model: &Model, value: crate::model::ExprId) -> Option<crate::value::Number> {
    match &model.node(value).kind {
        NodeKind::Figure { value, .. } => Some(value.clone()),
        NodeKind::Negate(inner) => written(model, *inner).map(|number| number.neg()),
        _ => None,
    }
}
