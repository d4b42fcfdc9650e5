//! What scenarios and tests state is checked with the rules, though nothing is asked in them: names, units, and that
//! values lie within their domains.

use super::{Checked, Session};
use crate::diag::{Problems, Report};
use crate::eval::RunProblem;
use crate::facts::in_domain;
use crate::model::{Layer, Model, NodeKind, Origin, OverTarget};
use crate::syntax::ast;

impl Session {
    /// Builds and checks everything, scenarios and tests included.
    pub fn findings(&self) -> Problems {
        let mut all = self.check().problems;
        domains(&self.check().plan.model, &mut all);
        let scenarios =
            self.files().iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
                ast::ItemKind::Scenario(scenario) => {
                    Some((Origin::Scenario(scenario.name.text.clone()), &scenario.body, None))
                }
                ast::ItemKind::Test(test) => Some((Origin::Test, &test.body, Some(test))),
                _ => None,
            });
        for (origin, body, test) in scenarios.collect::<Vec<_>>() {
            let layers = [Layer { origin, body: body.clone() }];
            let Checked { plan, problems } = self.build(&layers, test, &[], None);
            let mut found = problems;
            domains(&plan.model, &mut found);
            let known = all.sorted();
            found.sorted().into_iter().filter(|finding| !known.contains(finding)).for_each(|f| all.push(f));
        }
        all
    }
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
            problems.push(RunProblem::OutsideDomain { span, name, whole }.report());
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
