//! What the rules require of data, judged before a question is answered.

use std::collections::BTreeSet;

use crate::base::{Bi, Lang, bi};
use crate::diag::{Code, Diagnostic, Problems, Report};
use crate::eval::{Detail, Judged, Judgement, Outcome, Read, StepId, Trace, What};
use crate::explain::Words;
use crate::facts::{EntityId, Facts, Moment};
use crate::model::{FactOwner, Model, NodeKind};
use crate::plan::{Plan, Valid};

/// Tells which requirements are not met, and which that concern what was asked for cannot be decided.
///
/// `asked`: the steps of what was asked for, where that is not everything. What is missing for a requirement matters to
/// those results alone that read some of what it reads; bad data is told in any case. `is_laid`: whether something is laid
/// over the rules, which may be what a requirement fails by.
pub(super) fn tell(
    (plan, facts, moment): (&Valid<Plan>, &Facts, Moment),
    judgement: &Judgement,
    (asked, is_laid): (Option<&Trace>, bool),
    problems: &mut Problems,
) {
    let read = asked.map(|trace| reads_of(&plan.model, trace, trace.steps.ids()));
    let concerns = |judged: &Judged| {
        read.as_ref().is_none_or(|read| {
            let own = reads_of(&plan.model, &judgement.trace, judgement.trace.behind(judged.step));
            own.is_empty() || own.intersection(read).next().is_some()
        })
    };
    let words = |lang| Words { model: &plan.model, facts, base: moment, lang };
    for judged in &judgement.judged {
        let finding = match (&judged.outcome, judged.outcome.as_truth()) {
            (_, Some(true)) => None,
            (_, Some(false)) => Some(unmet(judgement, judged, is_laid, (words(Lang::Da), words(Lang::En)))),
            (Outcome::Unknown(_), None) if !concerns(judged) => None,
            (Outcome::Unknown(_), None) => Some(open(judged, words(Lang::Da), words(Lang::En))),
            (Outcome::Error(problem), None) => Some(problem.report()),
            (Outcome::Value(_) | Outcome::DoesNotApply(_), None) => None,
        };
        finding.into_iter().for_each(|finding| problems.push(finding));
    }
}

/// The facts that some steps read, given or not, and the definitions that data give, each for whom and when.
fn reads_of(
    model: &Model,
    trace: &Trace,
    steps: impl IntoIterator<Item = StepId>,
) -> BTreeSet<(Read, Option<EntityId>, Option<Moment>)> {
    let mut all = BTreeSet::new();
    for id in steps {
        let step = trace.step(id);
        match (step.what, &step.detail) {
            (What::Def(def), Detail::Definition(detail)) if detail.from_data.is_some() => {
                all.insert((Read::Def(def), step.at.entity, Some(step.at.moment)));
            }
            (What::Def(_), _) => {}
            (What::Expr(expr), _) => {
                if let NodeKind::Fact(fact) = model.node(expr).kind {
                    let data = &model.facts[fact];
                    let entity = step.at.entity.filter(|_| matches!(data.owner, FactOwner::Kind(_)));
                    let moment = (!data.declared.always).then_some(step.at.moment);
                    all.insert((Read::Fact(fact), entity, moment));
                }
            }
        }
    }
    all
}

fn unmet(
    judgement: &Judgement,
    judged: &Judged,
    is_laid: bool,
    (da, en): (Words<'_>, Words<'_>),
) -> Diagnostic {
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
            // What is laid over the rules is no data, though it may be what the requirement fails by.
            let whence = match is_laid {
                false => bi!("data siger", "the data says"),
                true => bi!("med det, der er sat, og disse data", "with what has been set and these data"),
            };
            let (whence_da, whence_en) = (whence.da, whence.en);
            found.help(bi!(
                "{whence_da}: {da}; det, der bygger på dem, beregnes ikke",
                "{whence_en}: {en}; what builds on it is not computed"
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
