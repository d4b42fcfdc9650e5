//! Words for what can go wrong with kinds, links and weights.

use super::RunProblem;
use crate::base::{Lang, bi};
use crate::diag::{Code, Diagnostic, Report};
use crate::value::Interval;

/// Words one of the problems with kinds; the others word themselves.
pub(super) fn report(problem: &RunProblem) -> Diagnostic {
    match problem {
        RunProblem::KindChanges { span, kind, moment, partly } => {
            let (da, en) = (lives(partly, Lang::Da), lives(partly, Lang::En));
            let (m_da, m_en) = (moment.print(Lang::Da), moment.print(Lang::En));
            Diagnostic::new(
                Code::KindChanges,
                bi!(
                    "`{kind}` er ikke de samme hele {m_da}: {da}",
                    "`{kind}` are not the same for all of {m_en}: {en}"
                ),
            )
            .at(*span)
            .help(bi!("spørg om en bestemt dag med `--date`", "ask about a certain day with `--date`"))
        }
        RunProblem::NobodyCalled { span, kind, name, nearest } => {
            let d = Diagnostic::new(
                Code::NobodyCalled,
                bi!("der er ingen `{kind}`, der hedder \"{name}\"", "there is no `{kind}` called \"{name}\""),
            )
            .at(*span);
            match nearest {
                Some(near) => d.help(bi!("mente du \"{near}\"?", "did you mean \"{near}\"?")),
                None => d.help(bi!(
                    "ret navnet, eller oplys den, der mangler",
                    "mend the name, or give the one that is missing"
                )),
            }
        }
        RunProblem::PoolDiffers { span, members: (one, other) } => Diagnostic::new(
            Code::PoolDiffers,
            bi!(
                "det, der fordeles, er ikke det samme for \"{one}\" og \"{other}\", som det fordeles blandt",
                "what is shared is not the same for \"{one}\" and \"{other}\", who share it"
            ),
        )
        .at(*span)
        .help(bi!(
            "fordel det, gruppen har fælles, for eksempel `regionens pulje` blandt alle `i regionen`",
            "share what the group has in common, for example `regionen's pool` among all `in regionen`"
        )),
        RunProblem::WeightsZero { span } => {
            Diagnostic::new(Code::WeightsZero, bi!("vægtene giver 0 tilsammen", "the weights add to 0"))
                .at(*span)
                .help(bi!(
                    "ret vægtene i data, eller vægt med noget andet",
                    "mend the weights, or weigh by something else"
                ))
        }
        RunProblem::NegativeWeight { span, name } => Diagnostic::new(
            Code::NegativeWeight,
            bi!("vægten er negativ for \"{name}\"", "the weight is negative for \"{name}\""),
        )
        .at(*span)
        .help(bi!(
            "ret vægten; en oplysning kan erklæres med `mindst 0`, så data afvises",
            "mend the weight; a fact can be declared with `at least 0`, so that the data is refused"
        )),
        // The register of problems sends only those above here.
        other => other.report(),
    }
}

fn lives(partly: &[(String, Interval)], lang: Lang) -> String {
    let one = |(name, life): &(String, Interval)| format!("\"{name}\" {}", life.print(lang));
    partly.iter().map(one).collect::<Vec<_>>().join("; ")
}
