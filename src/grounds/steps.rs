//! The steps of a record in words.

use serde_json::Value;

use super::{StepLine, StepNumber};
use crate::base::Lang;
use crate::eval::{Detail, Outcome, ShareLine, StepId, What};
use crate::explain::Words;
use crate::model::{NodeKind, Show, Ty};
use crate::record::Record;
use crate::session::{Answer, level_at};
use crate::types::level_words;
use crate::value::Number;

/// The most letters of a rule's own words that a step shows; a large table is longer, and stands in the file.
const LONGEST_RULE: usize = 600;

/// Words every step of a record.
pub(super) fn steps(answer: &Answer, record: &Record, lang: Lang) -> Vec<StepLine> {
    let told = Told { answer, words: answer.words(lang), lang };
    record.steps().enumerate().map(|(place, (id, written))| told.step(place, id, written)).collect()
}

/// The number of a step that stands at a place in its record.
pub(super) fn numbered(place: usize) -> StepNumber {
    StepNumber(place + 1)
}

struct Told<'a> {
    answer: &'a Answer,
    words: Words<'a>,
    lang: Lang,
}

impl Told<'_> {
    fn step(&self, place: usize, id: StepId, written: &Value) -> StepLine {
        let (ty, show) = typed(self.answer, id);
        let reads = places(written, "of").chain(places(written, "keys"));
        let mut reads: Vec<StepNumber> = reads.map(numbered).collect();
        reads.sort();
        reads.dedup();
        StepLine {
            number: numbered(place),
            name: text(written, "name").map(str::to_owned),
            about: self.about(written),
            does: does(written, self.lang),
            rule: self.rule(id),
            reads,
            value: self.exact(id, ty, show),
            parts: self.parts(id, ty, show),
            level: self.level(id, ty),
            residual: self.residual(written, ty, show),
            at: text(written, "at").unwrap_or_default().to_owned(),
            basis: places(written, "basis").collect(),
        }
    }

    /// For whom and when.
    fn about(&self, written: &Value) -> String {
        let parts = [text(written, "who"), text(written, "when")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// The words of the rules, on one line.
    fn rule(&self, id: StepId) -> String {
        let model = &self.answer.plan.model;
        let span = match self.answer.trace.step(id).what {
            What::Def(def) => model.defs[def].span,
            What::Expr(expr) => model.node(expr).span,
        };
        let words: Vec<&str> = self.answer.sources.text(span).split_whitespace().collect();
        let words = words.join(" ");
        match words.char_indices().nth(LONGEST_RULE) {
            Some((end, _)) => format!("{} …", words.get(..end).unwrap_or_default()),
            None => words,
        }
    }

    /// The value with all its digits, or the state.
    fn exact(&self, id: StepId, ty: &Ty, show: &Show) -> String {
        let outcome = self.answer.trace.outcome(id);
        match outcome.as_number() {
            // A year has no groups of digits.
            Some(number) if self.is_year(id) => number.to_exact(),
            Some(number) => self.words.exact(number, ty, show),
            None => self.words.outcome(outcome, ty, show),
        }
    }

    /// Tells whether a step is a year: the one computed for, or a figure that the rules write without groups.
    fn is_year(&self, id: StepId) -> bool {
        let What::Expr(expr) = self.answer.trace.step(id).what else { return false };
        match self.answer.plan.model.node(expr).kind {
            NodeKind::Year => true,
            NodeKind::Figure { .. } => {
                let words = self.rule(id);
                words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit())
            }
            _ => false,
        }
    }

    /// What each one gets, where something is distributed.
    fn parts(&self, id: StepId, ty: &Ty, show: &Show) -> Vec<(String, String)> {
        let Detail::Shares(lines) = &self.answer.trace.step(id).detail else { return Vec::new() };
        let part = |line: &ShareLine| {
            (self.words.entity(line.entity).to_owned(), self.words.exact(&line.share, ty, show))
        };
        lines.iter().map(part).collect()
    }

    fn level(&self, id: StepId, ty: &Ty) -> Option<String> {
        let step = self.answer.trace.step(id);
        let is_amount = matches!(step.outcome, Outcome::Value(_) | Outcome::Unknown(_));
        let level = level_at(step.at.moment, ty).filter(|_| is_amount)?;
        Some(level_words(level).get(self.lang).to_owned())
    }

    /// What a rounding added, in the unit of the value.
    fn residual(&self, written: &Value, ty: &Ty, show: &Show) -> Option<String> {
        let residual = Number::from_exact(text(written, "residual")?)?;
        Some(self.words.exact(&residual, ty, show))
    }
}

/// The type of a step and how it is shown.
pub(super) fn typed(answer: &Answer, id: StepId) -> (&Ty, &Show) {
    let model = &answer.plan.model;
    match answer.trace.step(id).what {
        What::Def(def) => (&model.defs[def].ty, &model.defs[def].show),
        What::Expr(expr) => (&model.node(expr).ty, &model.node(expr).show),
    }
}

pub(super) fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}

pub(super) fn places<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = usize> + 'v {
    let all = value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    all.iter().filter_map(Value::as_u64).filter_map(|place| usize::try_from(place).ok())
}

/// What a step does, in words.
///
/// INVARIANT: every operation of docs/record.md has words here; a test holds it to the page.
pub(super) fn does(written: &Value, lang: Lang) -> String {
    let (da, en) = match text(written, "op").unwrap_or_default() {
        "figure" => ("står i reglerne", "stands in the rules"),
        "stated" => ("er sagt i reglerne", "is said in the rules"),
        "data" => return given(written, lang),
        "missing" => ("er ikke oplyst", "is not given"),
        "time" => ("tiden, der regnes for", "the time computed for"),
        "who" => ("den, der regnes for", "the one computed for"),
        "fault" => ("er en fejl", "is an error"),
        "undecided" => ("hviler på noget, der mangler", "rests on something that is missing"),
        "take" => because(written),
        "add" => ("lægges sammen", "are added"),
        "subtract" => ("trækkes fra", "is subtracted"),
        "multiply" => ("ganges", "are multiplied"),
        "divide" => ("deles", "is divided"),
        "negate" => ("skifter fortegn", "changes its sign"),
        "raise" => ("forhøjes med en procent", "is raised by a percentage"),
        "lower" => ("nedsættes med en procent", "is lowered by a percentage"),
        "rest" => ("resten, når delene er trukket fra", "what is left after the parts"),
        "per_year" => ("deles ligeligt på årene", "is shared equally among the years"),
        "round" => return rounded(written, lang),
        "at_most" => bounded(
            written,
            ("holdes under loftet", "is kept to its ceiling"),
            ("når ikke loftet", "does not reach its ceiling"),
            ("højst loftet", "its ceiling at the most"),
        ),
        "at_least" => bounded(
            written,
            ("løftes til bunden", "is lifted to its floor"),
            ("ligger over bunden", "lies above its floor"),
            ("mindst bunden", "its floor at the least"),
        ),
        "largest" => ("det største", "the largest"),
        "smallest" => ("det mindste", "the smallest"),
        "convert" => ("omregnes efter et indeks", "is converted by an index"),
        "compare" => return compared(written, lang),
        "roughly" => ("sammenlignes, som det er afrundet", "is compared as it is rounded"),
        "between" => ("ligger det mellem grænserne?", "does it lie between the bounds?"),
        "one_of" => ("er det et af dem?", "is it one of them?"),
        "is_none" => ("er der ingen?", "is there none?"),
        "not" => ("det modsatte", "the opposite"),
        "and" => ("holder det alt sammen?", "does all of it hold?"),
        "or" => ("holder noget af det?", "does any of it hold?"),
        "all_met" => ("er alle betingelser opfyldt?", "are all conditions met?"),
        "count_met" => ("opfyldte betingelser tælles", "conditions met are counted"),
        "grant" => ("tilskuddet efter dets betingelser", "the grant by its conditions"),
        "look_up" => ("slås op i tabellen", "is looked up in the table"),
        "between_points" => ("ligger mellem to punkter i tabellen", "lies between two points of the table"),
        "scale" => ("regnes trin for trin efter trappen", "is charged slice by slice"),
        "over" => return over(written, lang),
        "for_all" => ("holder det for alle?", "does it hold for all?"),
        "for_at_least" => ("holder det for mindst så mange?", "does it hold for at least so many?"),
        "distribute" => ("fordeles", "is distributed"),
        "share" => ("andelen af fordelingen", "the share of the distribution"),
        "rank" => ("rangen", "the rank"),
        "sum_over" => ("årene lægges sammen", "the years are added"),
        "days_between" => ("dage mellem datoerne", "days between the dates"),
        "months_between" => ("hele måneder mellem datoerne", "whole months between the dates"),
        "years_between" => ("hele år mellem datoerne", "whole years between the dates"),
        "move_months" => ("datoen flyttes", "the date is moved"),
        "duty" => ("pligtens stilling på dagen", "how the duty stands on the day"),
        other => return other.to_owned(),
    };
    lang.pick(da, en).to_owned()
}

type Pair = (&'static str, &'static str);

fn because(written: &Value) -> Pair {
    match text(written, "because").unwrap_or_default() {
        "exception" => ("gælder efter en undtagelse", "holds by an exception"),
        "assigned" => ("er sat af den, der spørger", "is set by the one who asks"),
        "default" => ("er ikke oplyst; teksten forudsætter det", "is not given; the text takes it"),
        "branch" => ("den gren, der gælder", "the branch that holds"),
        "time" => ("til en anden tid", "at another time"),
        "owner" => ("hos en anden", "of somebody else"),
        "cell" => ("en celle i tabellen", "a cell of the table"),
        "carried" => ("videreført", "carried on"),
        "fallback" => ("det, der gælder ellers", "what holds otherwise"),
        _ => ("efter reglen", "by the rule"),
    }
}

fn given(written: &Value, lang: Lang) -> String {
    let place = text(written, "place").unwrap_or_default();
    format!("{} {}", lang.pick("oplyst,", "given,"), place.replace('`', ""))
}

fn rounded(written: &Value, lang: Lang) -> String {
    let (da, en) = match text(written, "mode").unwrap_or_default() {
        "up" => ("op", "up"),
        "down" => ("ned", "down"),
        "towards_zero" => ("mod nul", "towards zero"),
        "half_even" => ("til nærmeste, halve til lige", "to the nearest, halves to even"),
        _ => ("til nærmeste", "to the nearest"),
    };
    format!("{} {}", lang.pick("afrundes", "is rounded"), lang.pick(da, en))
}

/// A limit: whether it was reached, where that is known.
fn bounded(written: &Value, yes: Pair, no: Pair, open: Pair) -> Pair {
    let is_known = written.pointer("/value/number").is_some();
    match written.get("bound").and_then(Value::as_bool) {
        Some(true) => yes,
        Some(false) | None if is_known => no,
        Some(false) | None => open,
    }
}

fn compared(written: &Value, lang: Lang) -> String {
    let sign = text(written, "sign").unwrap_or_default();
    let words = match sign {
        "=" => lang.pick("er lig med", "equals"),
        "≠" => lang.pick("er forskellig fra", "differs from"),
        "<" => lang.pick("er under", "is under"),
        "≤" => lang.pick("er højst", "is at most"),
        ">" => lang.pick("er over", "is over"),
        "≥" => lang.pick("er mindst", "is at least"),
        other => other,
    };
    format!("{} ({sign})", words)
}

fn over(written: &Value, lang: Lang) -> String {
    let (da, en) = match text(written, "fold").unwrap_or_default() {
        "count" => ("tælles", "are counted"),
        "average" => ("gennemsnittet", "the average"),
        "largest" => ("det største blandt dem", "the largest among them"),
        "smallest" => ("det mindste blandt dem", "the smallest among them"),
        _ => ("summen over dem", "the sum over them"),
    };
    lang.pick(da, en).to_owned()
}
