//! Values and states in words.

use crate::base::{Bi, Lang};
use crate::diag::Report;
use crate::eval::{Bounds, Missing, MissingWhat, Outcome, Reason, Unknown};
use crate::facts::{Datum, EntityId, Facts, Moment};
use crate::model::{Model, NodeKind, Show, Ty};
use crate::value::{Number, Status, print_number};

/// Words the results of one run in one language.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The model.
    pub model: &'a Model,
    /// The facts.
    pub facts: &'a Facts,
    /// The moment the run asked about; other moments are named.
    pub base: Moment,
    /// The language.
    pub lang: Lang,
}

/// How many decimals are shown before a number is shortened and marked `≈`.
const MOST_DECIMALS: u32 = 8;

impl Words<'_> {
    /// Words a result: its value, or its state with what lies behind it.
    pub fn outcome(&self, outcome: &Outcome, ty: &Ty, show: &Show) -> String {
        match outcome {
            Outcome::Value(value) => {
                let text = self.datum(&value.datum, ty, show);
                match self.status(value.status) {
                    "" => text,
                    status => format!("{text} ({status})"),
                }
            }
            Outcome::Unknown(unknown) => self.unknown(unknown, ty, show),
            Outcome::DoesNotApply(reason) => {
                format!("{} ({})", self.lang.pick("gælder ikke", "does not apply"), self.reason(*reason))
            }
            Outcome::Error(problem) => {
                let diagnostic = problem.report();
                let word = self.lang.pick("fejl", "error");
                format!("{word} {}: {}", diagnostic.code.id(), diagnostic.message.get(self.lang))
            }
        }
    }

    /// Words a value.
    pub fn datum(&self, datum: &Datum, ty: &Ty, show: &Show) -> String {
        match datum {
            Datum::Number(number) => self.number(number, ty, show),
            Datum::Bool(true) if matches!(ty, Ty::Bool) => self.lang.pick("ja", "yes").to_owned(),
            Datum::Bool(truth) => self
                .lang
                .pick(if *truth { "ja" } else { "nej" }, if *truth { "yes" } else { "no" })
                .to_owned(),
            Datum::Date(date) => date.print(self.lang),
            Datum::Text(text) => format!("\"{text}\""),
            Datum::Nothing => self.lang.pick("ingen", "none").to_owned(),
        }
    }

    /// Words a number in base units as its show says; a number printed shortened is marked `≈`.
    pub fn number(&self, number: &Number, ty: &Ty, show: &Show) -> String {
        let shown = number.div(&show.scale).unwrap_or_else(|| number.clone());
        let most = if show.fixed { show.decimals } else { self.most_decimals(&shown, show) };
        let printed = print_number(&shown, self.lang, show.decimals, most);
        let mark = if printed.exact { "" } else { "≈ " };
        let unit = self.unit(ty, show);
        let gap = if unit.is_empty() { "" } else { " " };
        format!("{mark}{}{gap}{unit}", printed.text)
    }

    fn most_decimals(&self, shown: &Number, show: &Show) -> u32 {
        match shown.decimals() {
            Some(decimals) if decimals <= MOST_DECIMALS.max(show.decimals) => decimals.max(show.decimals),
            Some(_) | None => show.decimals.max(2),
        }
    }

    fn unit(&self, ty: &Ty, show: &Show) -> String {
        match (ty, show.words.get(self.lang)) {
            (Ty::Zero, _) => String::new(),
            (_, words) => words.to_owned(),
        }
    }

    fn status(&self, status: Status) -> &'static str {
        match status {
            Status::Final => "",
            Status::Provisional => self.lang.pick("foreløbig", "provisional"),
            Status::Estimate => self.lang.pick("skøn", "estimate"),
            Status::Approximate => self.lang.pick("ca.", "approx."),
        }
    }

    fn unknown(&self, unknown: &Unknown, ty: &Ty, show: &Show) -> String {
        let missing = self.missing_list(unknown);
        let word = self.lang.pick("ukendt", "unknown");
        let lacks = self.lang.pick("mangler", "missing");
        let bounds = self.bounds(&unknown.bounds, ty, show).map(|b| format!(", {b}")).unwrap_or_default();
        format!("{word}{bounds} ({lacks}: {missing})")
    }

    /// Lists what is missing.
    pub fn missing_list(&self, unknown: &Unknown) -> String {
        unknown.missing.iter().map(|missing| self.missing(*missing)).collect::<Vec<_>>().join(", ")
    }

    /// Words the bounds of an unknown number.
    pub fn bounds(&self, bounds: &Bounds, ty: &Ty, show: &Show) -> Option<String> {
        let number = |n: &Number| self.number(n, ty, show);
        match (&bounds.low, &bounds.high) {
            (None, None) => None,
            (Some(low), None) => Some(format!("{} {}", self.lang.pick("mindst", "at least"), number(low))),
            (None, Some(high)) => Some(format!("{} {}", self.lang.pick("højst", "at most"), number(high))),
            (Some(low), Some(high)) => {
                let (between, and) = (self.lang.pick("mellem", "between"), self.lang.pick("og", "and"));
                Some(format!("{between} {} {and} {}", number(low), number(high)))
            }
        }
    }

    /// Names something missing, with its entity and time where these are not the run's own.
    pub fn missing(&self, missing: Missing) -> String {
        let name = missing_name(self.model, missing, self.lang);
        let name = match missing.entity {
            Some(entity) => format!("{}.{name}", self.entity(entity)),
            None => name,
        };
        if missing.moment == self.base {
            name
        } else {
            format!("{name} ({})", missing.moment.print(self.lang))
        }
    }

    /// Returns an entity's name.
    pub fn entity(&self, entity: EntityId) -> &str {
        &self.facts.get(entity).name
    }

    fn reason(&self, reason: Reason) -> String {
        match reason {
            Reason::NotInForce(def) => {
                let name = self.model.full_name(def);
                let times: Vec<String> =
                    self.model.defs[def].alternatives.iter().map(|a| a.interval.print(self.lang)).collect();
                let times = times.join("; ");
                match self.lang {
                    Lang::Da => format!("`{name}` er fastsat for: {times}"),
                    Lang::En => format!("`{name}` is set for: {times}"),
                }
            }
            Reason::Lifted(def, exception) => {
                let (name, exception) = (self.model.full_name(def), &self.model.exceptions[exception].name);
                match self.lang {
                    Lang::Da => format!("undtagelsen `{exception}` ophæver `{name}`"),
                    Lang::En => format!("the exception `{exception}` lifts `{name}`"),
                }
            }
            Reason::Stated(_) => self.lang.pick("det står der", "so it says").to_owned(),
            Reason::NoRow(_) => self.lang.pick("ingen række passer", "no row fits").to_owned(),
        }
    }
}

/// Names what is missing, without entity and time.
pub fn missing_name(model: &Model, missing: Missing, lang: Lang) -> String {
    match missing.what {
        MissingWhat::Fact(fact) => model.fact_name(fact),
        MissingWhat::Stated(def, _) | MissingWhat::Total(def) => model.full_name(def),
        MissingWhat::Entities(kind) => {
            let plural = &model.kinds[kind].plural;
            let words = Bi::new(format!("alle {plural}"), format!("all {plural}"));
            words.get(lang).to_owned()
        }
        MissingWhat::Entity(expr) => match &model.node(expr).kind {
            NodeKind::ForEntity(_, kind, name) => format!("{} \"{name}\"", model.kinds[*kind].name),
            NodeKind::Unknown(Some(reason)) => format!("\"{reason}\""),
            _ => lang.pick("en oplysning", "a fact").to_owned(),
        },
    }
}
