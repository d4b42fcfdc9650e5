//! What the rules require of data, judged before a question is answered.

use std::collections::BTreeSet;

use crate::base::{Bi, Lang, bi};
use crate::diag::{Code, Diagnostic, Problems, Report};
use crate::eval::{Judged, Judgement, Outcome, Read, requirements};
use crate::explain::Words;
use crate::facts::{Facts, Moment};
use crate::plan::{Plan, Valid};

/// Judges every requirement, and tells those that are not met or cannot be decided.
pub(super) fn judge(plan: &Valid<Plan>, facts: &Facts, moment: Moment, problems: &mut Problems) -> Judgement {
    let judgement = requirements(plan, facts, moment);
    let words = |lang| Words { model: &plan.model, facts, base: moment, lang };
    for judged in &judgement.judged {
        let finding = match (&judged.outcome, judged.outcome.as_truth()) {
            (_, Some(true)) => None,
            (_, Some(false)) => Some(unmet(&judgement, judged, words(Lang::Da), words(Lang::En))),
            (Outcome::Unknown(_), None) => Some(open(judged, words(Lang::Da), words(Lang::En))),
            (Outcome::Error(problem), None) => Some(problem.report()),
            (Outcome::Value(_) | Outcome::DoesNotApply(_), None) => None,
        };
        finding.into_iter().for_each(|finding| problems.push(finding));
    }
    judgement
}

fn unmet(judgement: &Judgement, judged: &Judged, da: Words<'_>, en: Words<'_>) -> Diagnostic {
    let requirement = &da.model.requirements[judged.requirement];
    let who = judged.entity.map(|entity| format!(" for {}", da.entity(entity))).unwrap_or_default();
    let message = &requirement.message;
    let found = Diagnostic::new(
        Code::RequirementUnmet,
        bi!("kravet \"{message}\"{who} er ikke opfyldt", "the requirement \"{message}\"{who} is not met"),
    )
    .at(requirement.span);
    let given = Bi::new(given(judgement, judged, da), given(judgement, judged, en));
    match given.da.is_empty() {
        true => found,
        false => {
            let (da, en) = (&given.da, &given.en);
            found.help(bi!(
                "data siger: {da}; det, der bygger på dem, beregnes ikke",
                "the data says: {en}; what builds on it is not computed"
            ))
        }
    }
}

/// What the data says of everything a requirement read: `A.pris = 5 kr.; A.kostpris = 7 kr.`
fn given(judgement: &Judgement, judged: &Judged, words: Words<'_>) -> String {
    let mut told = BTreeSet::new();
    let mut all = Vec::new();
    for (read, step) in &judged.read {
        let step = judgement.trace.step(*step);
        let entity = step.at.entity.map(|entity| format!("{}.", words.entity(entity))).unwrap_or_default();
        let (name, ty, show) = match read {
            Read::Fact(fact) => {
                let data = &words.model.facts[*fact];
                let own = matches!(data.owner, crate::model::FactOwner::Kind(_));
                let who = if own { entity } else { String::new() };
                (format!("{who}{}", words.model.fact_name(*fact)), &data.declared.ty, &data.declared.show)
            }
            Read::Def(def) => {
                let data = &words.model.defs[*def];
                (format!("{entity}{}", words.def_name(*def)), &data.ty, &data.show)
            }
        };
        let when = match step.at.moment == words.base {
            true => String::new(),
            false => format!(" ({})", step.at.moment.print(words.lang)),
        };
        let line = format!("{name}{when} = {}", words.outcome(&step.outcome, ty, show));
        if told.insert(line.clone()) {
            all.push(line);
        }
    }
    all.join("; ")
}

fn open(judged: &Judged, da: Words<'_>, en: Words<'_>) -> Diagnostic {
    let requirement = &da.model.requirements[judged.requirement];
    let list = |words: Words<'_>| match &judged.outcome {
        Outcome::Unknown(unknown) => words.missing_list(unknown),
        Outcome::Value(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => String::new(),
    };
    let message = &requirement.message;
    let (da, en) = (list(da), list(en));
    Diagnostic::new(
        Code::RequirementOpen,
        bi!(
            "kravet \"{message}\" kan ikke afgøres uden {da}",
            "the requirement \"{message}\" cannot be decided without {en}"
        ),
    )
    .at(requirement.span)
}
