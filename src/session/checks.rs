use std::collections::BTreeSet;

use super::{Checked, Session, imported};
use crate::base::{Bi, Lang, Span, bi};
use crate::diag::{Code, Diagnostic, Problems};
use crate::eval::{Limits, Machine, MissingWhat, Outcome, RunProblem};
use crate::explain::Words;
use crate::facts::{EntityId, Facts, Moment};
use crate::lint::Depth;
use crate::model::{Check, Compare, DefId, Model, NodeKind};
use crate::types::entity_read;
use crate::value::{Interval, Number};

/// What one of the text's own checks came to.
#[derive(Clone, Debug)]
pub struct CheckReport {
    /// Its title, or its words as they stand in the file.
    pub title: String,
    /// Where it stands.
    pub span: Span,
    /// What it came to.
    pub outcome: CheckOutcome,
}

/// What a check can come to, the gravest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum CheckOutcome {
    /// It holds.
    Holds,
    /// It fails by the difference that is known.
    KnownDifference,
    /// It needs facts that are not given: a note, not a failure.
    Open,
    /// It could not be computed.
    Broken,
    /// It does not hold.
    Fails,
}

impl CheckOutcome {
    /// Returns its name in JSON and in conformance cases; the same in both languages, since programs read it.
    pub fn name(self) -> &'static str {
        match self {
            CheckOutcome::Holds => "holds",
            CheckOutcome::KnownDifference => "known_difference",
            CheckOutcome::Open => "open",
            CheckOutcome::Broken => "broken",
            CheckOutcome::Fails => "fails",
        }
    }
}

impl Session {
    /// Evaluates every check the text makes on itself, without data; failures and notes go to `problems`.
    pub fn checks(&self, problems: &mut Problems) -> Vec<CheckReport> {
        let checked = self.build(self.layers(), None, Depth::Nothing);
        let model = &checked.plan.model;
        let facts = Facts::new(model);
        let mut reports = Vec::new();
        for check in model.checks.iter().filter(|check| imported::is_own(model, check.span)) {
            let mut worst = CheckOutcome::Holds;
            for entity in entities(model, &facts, check) {
                let Found { moment, evaluated, years } = evaluate(&checked, &facts, check, entity);
                let words = |lang| Words { model, facts: &facts, base: moment, lang };
                if let Some(finding) = finding(&evaluated, &years, check, (words(Lang::Da), words(Lang::En)))
                {
                    problems.push(finding);
                }
                worst = worst.max(evaluated.verdict);
            }
            reports.push(CheckReport { title: self.title(check), span: check.span, outcome: worst });
        }
        reports
    }

    fn title(&self, check: &Check) -> String {
        match &check.title {
            Some(title) => title.clone(),
            None => self.sources().text(check.span).lines().next().unwrap_or_default().trim().to_owned(),
        }
    }
}

/// The gravest that a check came to.
struct Found {
    moment: Moment,
    evaluated: Evaluated,
    /// The years in which it fails, where they differ from others it was asked for.
    years: Vec<Moment>,
}

#[derive(PartialEq)]
struct Evaluated {
    verdict: CheckOutcome,
    outcome: Outcome,
    sides: Option<(Outcome, Outcome)>,
    known: Option<Outcome>,
}

/// Those a check is evaluated for: in a clause for each, those that the rules name, where the check reads something of
/// them; where the rules name none, it is evaluated once and says what it lacks.
fn entities(model: &Model, facts: &Facts, check: &Check) -> Vec<Option<EntityId>> {
    let each = check.clause.and_then(|clause| model.clauses[clause].each);
    let read = [Some(check.condition), check.known_difference].into_iter().flatten();
    let differs = read.into_iter().any(|expr| entity_read(model, expr).is_some());
    let all = each.filter(|_| differs).map(|kind| facts.of_kind(kind)).unwrap_or_default();
    if all.is_empty() { vec![None] } else { all.into_iter().map(Some).collect() }
}

/// Evaluates a check for each year of its agreement; the gravest verdict counts. Years in which what it compares does
/// not apply are passed over, unless there is no other.
fn evaluate(checked: &Checked, facts: &Facts, check: &Check, entity: Option<EntityId>) -> Found {
    let moments = moments(&checked.plan.model, check);
    let all =
        moments.into_iter().map(|moment| (moment, evaluate_at(checked, facts, check, (moment, entity))));
    let (applying, others): (Vec<_>, Vec<_>) =
        all.partition(|(_, e)| !matches!(e.outcome, Outcome::DoesNotApply(_)));
    let alike =
        others.is_empty() && applying.iter().all(|(_, e)| applying.first().is_some_and(|(_, f)| e == f));
    let fails = applying.iter().filter(|(_, e)| e.verdict == CheckOutcome::Fails && !alike);
    let years = fails.map(|(moment, _)| *moment).collect();
    let gravest = applying.into_iter().reduce(|a, b| if b.1.verdict > a.1.verdict { b } else { a });
    let (moment, evaluated) = gravest.or_else(|| others.into_iter().next()).unwrap_or_else(|| {
        let moment = Moment::Year(1);
        (moment, evaluate_at(checked, facts, check, (moment, entity)))
    });
    Found { moment, evaluated, years }
}

/// The years a check is about: those of its agreement, or of its clause where that holds in none of them, else those in
/// which anything begins to hold.
fn moments(model: &Model, check: &Check) -> Vec<Moment> {
    let agreement = model.home(check.span).and_then(|index| model.agreements.get(index));
    let years = agreement.and_then(|a| a.years);
    let own = check.clause.and_then(|clause| model.clauses[clause].in_force).and_then(years_of);
    let elsewhere = |own: &(i16, i16)| years.is_some_and(|(first, last)| own.1 < first || last < own.0);
    if let Some((first, last)) = own.filter(elsewhere).or(years) {
        return (first..=last).take(MOST_YEARS).map(Moment::Year).collect();
    }
    let starts = model.defs.iter().flat_map(|def| &def.alternatives).filter_map(|a| a.interval.from);
    let start = agreement.and_then(|a| a.period.from);
    let years: BTreeSet<i16> = starts.chain(start).map(|date| date.year()).collect();
    years.into_iter().take(MOST_YEARS).map(Moment::Year).collect()
}

/// The years that a stretch of time with both its ends has days of.
fn years_of(stretch: Interval) -> Option<(i16, i16)> {
    let last = stretch.until?.add_days(-1)?;
    Some((stretch.from?.year(), last.year()))
}

/// More years than any agreement has.
const MOST_YEARS: usize = 100;

fn evaluate_at(
    checked: &Checked,
    facts: &Facts,
    check: &Check,
    (moment, entity): (Moment, Option<EntityId>),
) -> Evaluated {
    let mut machine = Machine::new(&checked.plan, facts, moment, Limits::default());
    let mut value = |expr| {
        let step = machine.expression(expr, entity);
        machine.trace().outcome(step).clone()
    };
    let outcome = value(check.condition);
    let sides = check.sides.map(|(left, right)| (value(left), value(right)));
    let known = check.known_difference.map(&mut value);
    let verdict = match (&outcome, outcome.as_truth(), &known) {
        (_, Some(_), Some(known)) => difference(sides.as_ref(), known),
        (_, Some(true), None) => CheckOutcome::Holds,
        (_, Some(false), None) => CheckOutcome::Fails,
        (Outcome::Unknown(_), None, _) => CheckOutcome::Open,
        (_, None, _) => CheckOutcome::Broken,
    };
    Evaluated { verdict, outcome, sides, known }
}

/// A known difference is left minus right; any other, or none, fails.
fn difference(sides: Option<&(Outcome, Outcome)>, known: &Outcome) -> CheckOutcome {
    let found = sides.and_then(|(left, right)| Some(left.as_number()?.sub(right.as_number()?)));
    match (found, known.as_number()) {
        (Some(found), Some(known)) if found == *known => CheckOutcome::KnownDifference,
        (_, _) => CheckOutcome::Fails,
    }
}

fn finding(
    evaluated: &Evaluated,
    years: &[Moment],
    check: &Check,
    (da, en): (Words<'_>, Words<'_>),
) -> Option<Diagnostic> {
    let diagnostic = match evaluated.verdict {
        CheckOutcome::Holds | CheckOutcome::KnownDifference => return None,
        CheckOutcome::Fails if check.known_difference.is_some() => changed(evaluated, check, da, en),
        CheckOutcome::Fails => fails(evaluated, check, da, en),
        CheckOutcome::Open => {
            let list = |words: Words<'_>| match &evaluated.outcome {
                Outcome::Unknown(unknown) => words.missing_list(unknown),
                Outcome::Value(_) | Outcome::DoesNotApply(_) | Outcome::Error(_) => String::new(),
            };
            let (listed, listed_en) = (list(da), list(en));
            let found = Diagnostic::new(
                Code::CheckOpen,
                bi!(
                    "kontrollen kan ikke afgøres uden {listed}",
                    "the check cannot be decided without {listed_en}"
                ),
            );
            totals(&evaluated.outcome, check, da.model).into_iter().fold(found, Diagnostic::help)
        }
        CheckOutcome::Broken if told_already(&evaluated.outcome) => return None,
        CheckOutcome::Broken => {
            let node = da.model.node(check.condition);
            let state = |words: Words<'_>| words.outcome(&evaluated.outcome, &node.ty, &node.show);
            let (da, en) = (state(da), state(en));
            Diagnostic::new(
                Code::CheckError,
                bi!("kontrollen kan ikke regnes ud: {da}", "the check cannot be computed: {en}"),
            )
        }
    };
    Some(match years_text(years) {
        Some(text) => diagnostic.label(check.span, text),
        None => diagnostic.at(check.span),
    })
}

/// What a total lacks is a value for one year; what all its years come to is known.
fn totals(outcome: &Outcome, check: &Check, model: &Model) -> Vec<Bi> {
    let Outcome::Unknown(unknown) = outcome else { return Vec::new() };
    let one = |def: DefId| {
        let data = &model.defs[def];
        let time = data.alternatives.iter().find(|line| line.total)?.interval;
        let own = check.clause == Some(data.clause);
        let name = if own { data.name.clone() } else { model.full_name(def) };
        let (da, en) = (time.print(Lang::Da), time.print(Lang::En));
        Some(bi!(
            "`{name}` er fastsat samlet for {da} og er ikke delt på årene; skriv `sum af {name} i {da}`",
            "`{name}` is stated in total for {en} and not split into years; write `sum of {name} in {en}`"
        ))
    };
    let defs: BTreeSet<DefId> = unknown
        .missing
        .iter()
        .filter_map(|missing| match missing.what {
            MissingWhat::Total(def) => Some(def),
            MissingWhat::Fact(_)
            | MissingWhat::Stated(..)
            | MissingWhat::Entities(_)
            | MissingWhat::Entity(_) => None,
        })
        .collect();
    defs.into_iter().filter_map(one).collect()
}

/// Whether it is broken only by what is told at its own place.
fn told_already(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Error(problem) if matches!(**problem, RunProblem::Faulty { .. } | RunProblem::Invalid { .. }))
}

/// `i 2026; det holder heller ikke i 2027`: the year that the figures are of, then the others in which it fails.
fn years_text(years: &[Moment]) -> Option<Bi> {
    let (first, others) = years.split_first()?;
    let list = |lang| others.iter().map(|year| year.print(lang)).collect::<Vec<_>>().join(", ");
    let (da, en) = (first.print(Lang::Da), first.print(Lang::En));
    if others.is_empty() {
        return Some(bi!("i {da}", "in {en}"));
    }
    let (more, more_en) = (list(Lang::Da), list(Lang::En));
    Some(bi!("i {da}; det holder heller ikke i {more}", "in {en}; nor does it hold in {more_en}"))
}

fn sides_text(evaluated: &Evaluated, check: &Check, words: Words<'_>) -> (String, String, String) {
    let (Some((left, right)), Some((left_expr, right_expr))) = (&evaluated.sides, check.sides) else {
        return Default::default();
    };
    let text = |outcome: &Outcome, expr| {
        let node = words.model.node(expr);
        words.outcome(outcome, &node.ty, &node.show)
    };
    let gap = left.as_number().zip(right.as_number()).map(|(a, b)| a.sub(b)).unwrap_or_else(Number::zero);
    let node = words.model.node(left_expr);
    (text(left, left_expr), text(right, right_expr), words.number(&gap, &node.ty, &node.show))
}

fn fails(evaluated: &Evaluated, check: &Check, da: Words<'_>, en: Words<'_>) -> Diagnostic {
    let (left, right, gap) = sides_text(evaluated, check, da);
    let (left_en, right_en, gap_en) = sides_text(evaluated, check, en);
    if left.is_empty() {
        return Diagnostic::new(Code::CheckFails, bi!("kontrollen holder ikke", "the check does not hold"));
    }
    let open = |side: &Outcome| matches!(side, Outcome::Unknown(_));
    if evaluated.sides.as_ref().is_some_and(|(left, right)| open(left) || open(right)) {
        return Diagnostic::new(
            Code::CheckFails,
            bi!(
                "kontrollen kan ikke holde, hvad der end oplyses: {left} mod {right}",
                "the check cannot hold, whatever is stated: {left_en} against {right_en}"
            ),
        )
        .help(bi!(
            "se efter et tal, der er skrevet forkert, i linjen, i det, den bygger på, og i det, der er erklæret",
            "look for a figure that is written wrong, in the line, in what it builds on, and in what is declared"
        ));
    }
    if let NodeKind::Compare(op, ..) = &da.model.node(check.condition).kind
        && let Some(sign) = order_sign(*op)
    {
        return Diagnostic::new(
            Code::CheckFails,
            bi!(
                "det holder ikke, at {left} {sign} {right}",
                "it does not hold that {left_en} {sign} {right_en}"
            ),
        );
    }
    Diagnostic::new(
        Code::CheckFails,
        bi!(
            "de to sider er ikke ens: {left} og {right}",
            "the two sides are not equal: {left_en} and {right_en}"
        ),
    )
    .help(bi!(
        "se efter et tal, der er skrevet forkert, i linjen og i det, den bygger på",
        "look for a figure that is written wrong, in the line and in what it builds on"
    ))
    .help(bi!(
        "er afvigelsen aftalens egen, så skriv `, kendt afvigelse {gap} \"hvorfor\"`",
        "if the difference is the agreement's own, write `, known difference {gap_en} \"why\"`"
    ))
}

/// The sign of a comparison in size; `None` for equality.
fn order_sign(op: Compare) -> Option<&'static str> {
    match op {
        Compare::Lt => Some("<"),
        Compare::Le => Some("≤"),
        Compare::Gt => Some(">"),
        Compare::Ge => Some("≥"),
        Compare::Eq | Compare::Ne => None,
    }
}

fn changed(evaluated: &Evaluated, check: &Check, da: Words<'_>, en: Words<'_>) -> Diagnostic {
    let (_, _, gap) = sides_text(evaluated, check, da);
    let (_, _, gap_en) = sides_text(evaluated, check, en);
    let known = |words: Words<'_>| match (&evaluated.known, check.known_difference) {
        (Some(outcome), Some(expr)) => {
            let node = words.model.node(expr);
            words.outcome(outcome, &node.ty, &node.show)
        }
        (_, _) => String::new(),
    };
    let (was, was_en) = (known(da), known(en));
    Diagnostic::new(
        Code::DeviationChanged,
        bi!(
            "den kendte afvigelse er {was}, men de to sider afviger nu med {gap}",
            "the known difference is {was_en}, but the two sides now differ by {gap_en}"
        ),
    )
    .help(bi!(
        "se efter, hvad der er ændret; er det rigtigt, så skriv `, kendt afvigelse {gap} \"hvorfor\"`",
        "find out what has changed; if it is right, write `, known difference {gap_en} \"why\"`"
    ))
}
