//! How the fast machine would compute what differs between the entities of a kind: in which form, and what it leaves to the
//! reference evaluator.

use super::{Bound, Session, SessionProblem};
use crate::diag::Problems;
use crate::eval::requirements;
use crate::facts::Moment;
use crate::machine::{Asked, LeftOut, Num, Target, Val, Why, compile};
use crate::model::{FactId, KindId, Model};

/// The decimals that a number from data is taken to have where the rules do not say.
pub const DECIMALS_FROM_DATA: u32 = 2;

/// One definition as the fast machine sees it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Planned {
    /// Between whose entities it differs, in the plural.
    pub kind: String,
    /// Its full name.
    pub name: String,
    /// How it is computed.
    pub form: PlannedForm,
    /// What of it is left to the reference evaluator in some rows.
    pub partly: Option<LeftOut>,
}

/// How a definition is computed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PlannedForm {
    /// In a whole number with so many decimals.
    Whole(u32),
    /// In a whole number over another: a division stands outside a rounding.
    Fraction,
    /// As a truth value, a text or a date.
    Other,
    /// It never applies at the time asked about.
    Nothing,
    /// It reads other rows than its own.
    OtherRows,
    /// By the reference evaluator.
    Left(LeftOut),
}

impl Session {
    /// Tells how the fast machine would compute what differs between entities.
    ///
    /// # Errors
    /// When the rules are wrong, or no time is known.
    pub fn planned(&self, asked: Option<Moment>) -> Result<(Moment, Vec<Planned>), Problems> {
        let Bound { plan, facts, moment, mut problems } = self.bound(asked);
        let Some(moment) = moment else {
            problems.report(&SessionProblem::WhichYear);
            return Err(problems);
        };
        if problems.has_errors() {
            return Err(problems);
        }
        let (model, mut all) = (&plan.model, Vec::new());
        let judged = requirements(&plan, &facts, moment, self.run_limits());
        let given = |fact: FactId, _| Some(decimals_of(model, fact));
        for kind in model.kinds.ids() {
            let refused = &judged.refused;
            let asked = Asked { plan: &plan, facts: &facts, refused, moment, kind, given: &given };
            let compiled = compile(&asked, &targets(model, kind));
            for made in &compiled.made {
                let Target::Def(def) = made.target else { continue };
                let form = match &made.known {
                    Ok(known) => match known.val {
                        Val::Number(Num { under: Some(_), .. }) => PlannedForm::Fraction,
                        Val::Number(Num { scale, .. }) => PlannedForm::Whole(scale),
                        Val::Truth(_) | Val::Text(_) | Val::Date(_) => PlannedForm::Other,
                    },
                    Err(Why::State(_)) => PlannedForm::Nothing,
                    Err(Why::OtherRows) => PlannedForm::OtherRows,
                    Err(Why::Left(what)) => PlannedForm::Left(*what),
                };
                let partly = compiled.partly.get(&def).copied().filter(|_| made.known.is_ok());
                let (kind, name) = (model.kinds[kind].plural.clone(), model.full_name(def));
                all.push(Planned { kind, name, form, partly });
            }
        }
        Ok((moment, all))
    }
}

fn decimals_of(model: &Model, fact: FactId) -> u32 {
    let declared = &model.facts[fact].declared;
    let unit = declared.show.scale.decimals().unwrap_or(0);
    if declared.whole { unit } else { unit + DECIMALS_FROM_DATA }
}

/// The definitions of the rules at hand that differ between the entities of a kind.
fn targets(model: &Model, kind: KindId) -> Vec<Target> {
    let own = model.defs.iter_enumerated().filter(|(_, def)| {
        def.per_entity && model.clauses[def.clause].each == Some(kind) && !model.is_imported(def.clause)
    });
    own.map(|(def, _)| Target::Def(def)).collect()
}
