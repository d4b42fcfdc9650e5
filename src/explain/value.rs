//! Values and states in words.

use crate::base::{Bi, Lang};
use crate::diag::Report;
use crate::eval::{Bounds, Missing, MissingWhat, Outcome, Reason, Unknown};
use crate::facts::{Datum, EntityId, Facts, Moment};
use crate::model::{DefId, DefKind, DutyStatus, Model, NodeKind, Show, Ty};
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
            Datum::Bool(true) => self.lang.pick("ja", "yes").to_owned(),
            Datum::Bool(false) => self.lang.pick("nej", "no").to_owned(),
            Datum::Date(date) => date.print(self.lang),
            Datum::Text(text) if DutyStatus::is(ty) => self.duty_status(text),
            Datum::Text(text) => format!("\"{text}\""),
            Datum::Nothing => self.lang.pick("ingen", "none").to_owned(),
        }
    }

    /// Words the status of a duty.
    pub(super) fn duty_status(&self, text: &str) -> String {
        DutyStatus::read(text).map_or(text.to_owned(), |status| status.words().get(self.lang).to_owned())
    }

    /// Words a number in base units as its show says; a number printed shortened is marked `≈`.
    pub fn number(&self, number: &Number, ty: &Ty, show: &Show) -> String {
        let shown = number.div(&show.scale).unwrap_or_else(|| number.clone());
        if show.ungrouped && shown.is_integer() {
            return shown.to_exact();
        }
        let most = if show.fixed { show.decimals } else { self.most_decimals(&shown, show) };
        let printed = print_number(&shown, self.lang, show.decimals, most);
        let mark = if printed.exact { "" } else { "≈ " };
        let unit = self.unit(&shown, ty, show);
        let gap = if unit.is_empty() { "" } else { " " };
        format!("{mark}{}{gap}{unit}", printed.text)
    }

    fn most_decimals(&self, shown: &Number, show: &Show) -> u32 {
        match shown.decimals() {
            Some(decimals) if decimals <= MOST_DECIMALS.max(show.decimals) => decimals.max(show.decimals),
            Some(_) | None => show.decimals.max(2).max(first_digit(shown).saturating_add(1)),
        }
    }

    /// Writes all of a number in the unit it is shown in: with all its decimals, or as a fraction.
    pub fn exact(&self, number: &Number, ty: &Ty, show: &Show) -> String {
        let shown = number.div(&show.scale).unwrap_or_else(|| number.clone());
        let text = match shown.decimals() {
            Some(decimals) => print_number(&shown, self.lang, show.decimals, decimals).text,
            None => self.fraction(&shown),
        };
        let unit = self.unit(&shown, ty, show);
        if unit.is_empty() { text } else { format!("{text} {unit}") }
    }

    /// Tells whether [`Words::number`] says all of a number.
    pub fn says_all(&self, number: &Number, show: &Show) -> bool {
        let shown = number.div(&show.scale).unwrap_or_else(|| number.clone());
        let most = if show.fixed { show.decimals } else { self.most_decimals(&shown, show) };
        print_number(&shown, self.lang, show.decimals, most).exact
    }

    fn fraction(&self, number: &Number) -> String {
        let exact = number.to_exact();
        let whole = |digits: &str| {
            let number = Number::from_exact(digits).unwrap_or_else(Number::zero);
            print_number(&number, self.lang, 0, 0).text
        };
        match exact.split_once('/') {
            Some((over, under)) => format!("{}/{}", whole(over), whole(under)),
            None => whole(&exact),
        }
    }

    /// A declared unit is named by the number before it: one in the singular, everything else in the plural.
    pub(super) fn unit(&self, shown: &Number, ty: &Ty, show: &Show) -> String {
        let words = show.words.get(self.lang);
        match ty {
            Ty::Zero => String::new(),
            Ty::Quantity { unit, .. } if show.scale == Number::one() => {
                let printed = |plural| unit.print(&self.model.units, self.lang, plural);
                let own = words == printed(true) || words == printed(false);
                if own { printed(shown.abs() != Number::one()) } else { words.to_owned() }
            }
            Ty::Unknown | Ty::Number | Ty::Percent | Ty::Quantity { .. } | Ty::Bool | Ty::Date => {
                words.to_owned()
            }
            Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => words.to_owned(),
        }
    }

    /// Returns a definition's full name; the parts of a grant are named in the language of the words.
    pub fn def_name(&self, def: DefId) -> String {
        self.grant_part(def, self.model.full_name(def))
    }

    /// Returns a definition's name as it stands within its clause.
    pub fn short_name(&self, def: DefId) -> String {
        self.grant_part(def, self.model.defs[def].name.clone())
    }

    fn grant_part(&self, def: DefId, name: String) -> String {
        let (da, en) = match self.model.defs[def].kind {
            DefKind::GrantFull => (".fuldt", ".full"),
            DefKind::GrantLapsed => (".bortfaldet", ".lapsed"),
            DefKind::Value
            | DefKind::Condition
            | DefKind::Grant
            | DefKind::TableResult
            | DefKind::Part
            | DefKind::Duty => {
                return name;
            }
        };
        match name.strip_suffix(da) {
            Some(head) => format!("{head}{}", self.lang.pick(da, en)),
            None => name,
        }
    }

    /// Words a status; the empty text for a final value.
    pub fn status(&self, status: Status) -> &'static str {
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
        unknown.missing.iter().map(|missing| self.missing_why(*missing)).collect::<Vec<_>>().join(", ")
    }

    /// Names what is missing, and says of a judgement that somebody must make it.
    pub fn missing_why(&self, missing: Missing) -> String {
        let name = self.missing(missing);
        let MissingWhat::Fact(fact) = missing.what else { return name };
        match self.model.facts[fact].judged_by.as_deref() {
            None => name,
            Some([]) => format!("{name} ({})", self.lang.pick("kræver vurdering", "needs a judgement")),
            Some(by) => {
                let by = by.join(", ");
                let why = self.lang.pick(
                    format!("kræver vurdering, som påhviler {by}"),
                    format!("needs a judgement, which rests with {by}"),
                );
                format!("{name} ({why})")
            }
        }
    }

    /// Words the bounds of an unknown number.
    pub fn bounds(&self, bounds: &Bounds, ty: &Ty, show: &Show) -> Option<String> {
        let number = |n: &Number| self.number(n, ty, show);
        match (&bounds.low, &bounds.high) {
            (None, None) => None,
            (Some(low), None) => Some(format!("{} {}", self.low_word(bounds.low_open), number(low))),
            (None, Some(high)) => Some(format!("{} {}", self.high_word(bounds.high_open), number(high))),
            (Some(low), Some(high)) if bounds.low_open || bounds.high_open => {
                let (from, to) = (self.low_word(bounds.low_open), self.high_word(bounds.high_open));
                let and = self.lang.pick("og", "and");
                Some(format!("{from} {} {and} {to} {}", number(low), number(high)))
            }
            (Some(low), Some(high)) => {
                let (between, and) = (self.lang.pick("mellem", "between"), self.lang.pick("og", "and"));
                let unit = self.unit(&low.div(&show.scale).unwrap_or_else(|| low.clone()), ty, show);
                let (low, high) = (number(low), number(high));
                // The unit is said once: `mellem 0 og 1 mia. kr.`
                let low = low.strip_suffix(&unit).map_or(low.as_str(), str::trim_end);
                Some(format!("{between} {low} {and} {high}"))
            }
        }
    }

    fn low_word(&self, open: bool) -> &'static str {
        if open { "over" } else { self.lang.pick("mindst", "at least") }
    }

    fn high_word(&self, open: bool) -> &'static str {
        if open { "under" } else { self.lang.pick("højst", "at most") }
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

    /// Words why something does not apply.
    pub fn reason(&self, reason: Reason) -> String {
        match reason {
            Reason::NotInForce(def) => {
                let name = self.def_name(def);
                let stated = self.model.defs[def].alternatives.iter();
                let stated = stated.filter(|a| matches!(a.body, crate::model::Body::Expr(_)));
                let stated: Vec<&crate::model::Alternative> = stated.collect();
                // What a later layer puts in the place of a line within its time says nothing new.
                let within = |a: &crate::model::Alternative| {
                    stated.iter().any(|b| {
                        b.given.is_empty()
                            && !b.otherwise
                            && b.layer < a.layer
                            && b.interval.covers(a.interval)
                    })
                };
                // A line that something else has taken all the time of is set for no time at all.
                let holds = |a: &crate::model::Alternative| !a.interval.is_empty() && !within(a);
                let mut times: Vec<String> =
                    stated.iter().filter(|a| holds(a)).map(|a| self.holding(a)).collect();
                times.dedup();
                let times = times.join("; ");
                match self.lang {
                    Lang::Da => format!("`{name}` er kun fastsat for: {times}"),
                    Lang::En => format!("`{name}` is set only for: {times}"),
                }
            }
            Reason::Lifted(def, exception) => {
                let (name, exception) = (self.def_name(def), &self.model.exceptions[exception].name);
                match self.lang {
                    Lang::Da => format!("undtagelsen `{exception}` ophæver `{name}`"),
                    Lang::En => format!("the exception `{exception}` lifts `{name}`"),
                }
            }
            Reason::Ended(def, layer) => {
                let name = self.def_name(def);
                match self.model.layers.origin(layer) {
                    crate::model::Origin::Amendment(id) => {
                        let by = self.amendment(*id);
                        self.lang
                            .pick(format!("`{name}` udgår ved {by}"), format!("`{name}` is repealed by {by}"))
                    }
                    crate::model::Origin::Reading { assumption, reading } => self.lang.pick(
                        format!("`{name}` gælder ikke efter læsningen {assumption}={reading}"),
                        format!("`{name}` does not apply by the reading {assumption}={reading}"),
                    ),
                    _ => self.lang.pick(format!("`{name}` gælder ikke"), format!("`{name}` does not apply")),
                }
            }
            Reason::Stated(expr) => {
                if let crate::model::NodeKind::DoesNotApply(Some(why)) = &self.model.node(expr).kind {
                    return why.clone();
                }
                self.lang.pick("det siger teksten selv", "the text itself says so").to_owned()
            }
            Reason::NoDuty(_) => {
                self.lang.pick("pligten er der kun på en betingelse", "the duty is conditional").to_owned()
            }
            Reason::NotThen(entity) => {
                let (name, life) = (self.entity(entity), self.facts.life(entity).print(self.lang));
                match self.lang {
                    Lang::Da => format!("{name} findes kun {life}"),
                    Lang::En => format!("{name} exists only {life}"),
                }
            }
            Reason::NoLink(link, whose) => {
                let link = match &self.model.node(link).kind {
                    NodeKind::Fact(fact) => self.model.facts[*fact].name.clone(),
                    _ => self.lang.pick("den, der spørges til", "the one asked about").to_owned(),
                };
                match (whose.map(|entity| self.entity(entity)), self.lang) {
                    (Some(name), Lang::Da) => format!("{name}: {link} er ingen"),
                    (Some(name), Lang::En) => format!("{name}: {link} is none"),
                    (None, Lang::Da) => format!("{link} er ingen"),
                    (None, Lang::En) => format!("{link} is none"),
                }
            }
            Reason::NotAmong(_, entity) => {
                let name = self.entity(entity);
                match self.lang {
                    Lang::Da => format!("{name} er ikke blandt dem, det gælder"),
                    Lang::En => format!("{name} is not among those concerned"),
                }
            }
            Reason::NoRow(_) => self.lang.pick("ingen række passer", "no row fits").to_owned(),
        }
    }
}

/// Returns the place of the first decimal other than 0: 3 for 0.0029.
fn first_digit(number: &Number) -> u32 {
    let mut size = number.abs();
    let (one, ten) = (Number::one(), Number::from_i64(10));
    let mut place = 0;
    while !size.is_zero() && size < one && place < SMALLEST {
        size = size.mul(&ten);
        place += 1;
    }
    place
}

/// A number that starts later than this many decimals is shown as 0.
const SMALLEST: u32 = 100;

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
            NodeKind::Unknown(_) if model.index_line(expr).is_some() => {
                let line = model.index_line(expr);
                line.map(|(id, position)| model.index_line_name(id, position, lang)).unwrap_or_default()
            }
            NodeKind::ForEntity(_, kind, name) => format!("{} \"{name}\"", model.kinds[*kind].name),
            NodeKind::Unknown(Some(reason)) => format!("\"{reason}\""),
            _ => lang.pick("en oplysning", "a fact").to_owned(),
        },
    }
}
