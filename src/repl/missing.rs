//! Which facts are missing, of whom, and what they must be.

use std::collections::{BTreeMap, BTreeSet};

use super::lookup::indented;
use super::state::{Repl, Said};
use crate::base::{Lang, bi};
use crate::diag::meant;
use crate::eval::{Missing, MissingWhat};
use crate::explain::{Words, missing_name};
use crate::facts::Moment;
use crate::model::{Declared, Domain, ExprId, FactId, FactOwner, NodeKind, Ty};
use crate::render::{visible, visible_lines};
use crate::session::{Answer, SessionProblem};
use crate::types::describe;
use crate::value::Number;

/// What is missing, taken together over entities and times.
type Lacking = BTreeMap<MissingWhat, BTreeSet<(Moment, Option<String>)>>;

impl Repl {
    /// Tells what is missing: for everything, for something, for somebody, or for something of somebody.
    pub(super) fn missing(&self, rest: &str, name: &str) -> Said {
        let (target, whose) = self.of_somebody(rest);
        let asked = match (target, &whose) {
            ("", _) => self.ask(Vec::new()),
            (target, None) => self.ask_one(target, name).map(|(answer, _)| answer),
            (target, Some(one)) => {
                self.ask_one_for(target, name, vec![one.clone()]).map(|(answer, _)| answer)
            }
        };
        let answer = match asked {
            Ok(answer) => answer,
            Err(said) => return self.nobody_called(target).unwrap_or(*said),
        };
        let lang = self.lang();
        let none = bi!("der mangler ingenting", "nothing is missing");
        match &whose {
            Some((_, whom)) if target.is_empty() => {
                let (own, others) = parted(&answer, whom);
                let mut text = told(&answer, &own, lang).unwrap_or_else(|| {
                    let none = bi!("{whom} mangler ingenting", "{whom} lacks nothing");
                    format!("{}\n", visible(none.get(lang)))
                });
                if !others.is_empty() {
                    let more = bi!(
                        "det, der ikke er {whom}s, viser `:mangler`",
                        "`:missing` shows what is not {whom}'s"
                    );
                    text += &format!("{}\n", visible(more.get(lang)));
                }
                Said::text(text)
            }
            _ => list_missing(&answer, lang).map_or_else(|| self.bi_line(&none), Said::text),
        }
    }

    /// Takes whom something is for off its end: `x for Sjælland`, or a name alone; marks may stand around it or not.
    fn of_somebody<'t>(&self, rest: &'t str) -> (&'t str, Option<(String, String)>) {
        let somebody = |text: &str| self.entity(text).and_then(Result::ok);
        if self.rules().find(rest).is_ok() {
            return (rest, None);
        }
        let split = rest.rsplit_once(" for ").or_else(|| rest.strip_prefix("for ").map(|whom| ("", whom)));
        let whom = split.and_then(|(target, whom)| Some((target.trim(), somebody(whom)?)));
        match (whom, somebody(rest)) {
            (Some((target, one)), _) => (target, Some(one)),
            (None, Some(one)) => ("", Some(one)),
            (None, None) => (rest, None),
        }
    }

    /// Of a name alone that is nothing in the rules, but nearly that of somebody: whom it may mean.
    fn nobody_called(&self, target: &str) -> Option<Said> {
        let Some(Err(problem)) = self.entity(target) else { return None };
        let is_near = matches!(&problem, SessionProblem::NoSuchEntity { name, loaded, .. }
            if meant(name, loaded.iter().map(String::as_str)).is_some());
        (is_near && !target.contains('.')).then(|| Said::refused(&problem))
    }
}

/// What an answer lacks that is somebody's, and what else.
fn parted(answer: &Answer, whom: &str) -> (Lacking, Lacking) {
    let all = lacking(answer);
    let is_own = |entity: &Option<String>| entity.as_deref() == Some(whom);
    let part = |own: bool| -> Lacking {
        let of = |whose: &BTreeSet<(Moment, Option<String>)>| -> BTreeSet<_> {
            whose.iter().filter(|(_, entity)| is_own(entity) == own).cloned().collect()
        };
        let rows = all.iter().map(|(what, whose)| (*what, of(whose)));
        rows.filter(|(_, whose): &(_, BTreeSet<_>)| !whose.is_empty()).collect()
    };
    (part(true), part(false))
}

/// Lists what the results of an answer lack; `None` when they lack nothing.
fn list_missing(answer: &Answer, lang: Lang) -> Option<String> {
    told(answer, &lacking(answer), lang)
}

fn lacking(answer: &Answer) -> Lacking {
    let words = answer.words(Lang::Da);
    let mut lacking = Lacking::new();
    for missing in answer.lines.iter().flat_map(|line| answer.outcome(line).missing_set()) {
        let entity = missing.entity.map(|entity| words.entity(entity).to_owned());
        lacking.entry(missing.what).or_default().insert((missing.moment, entity));
    }
    lacking
}

fn told(answer: &Answer, lacking: &Lacking, lang: Lang) -> Option<String> {
    let words = answer.words(lang);
    if lacking.is_empty() {
        return None;
    }
    let text: String = lacking.iter().map(|(what, whose)| one(*what, whose, words)).collect();
    let text = match lacking.keys().find_map(|what| how_to_give(*what, lacking, words)) {
        Some(hint) => format!("{text}{hint}\n"),
        None => text,
    };
    Some(visible_lines(&text).into_owned())
}

/// One missing thing: its name and type, what it is, and for whom it is missing.
fn one(what: MissingWhat, whose: &BTreeSet<(Moment, Option<String>)>, words: Words<'_>) -> String {
    let plain = Missing { what, entity: None, moment: words.base };
    let name = missing_name(words.model, plain, words.lang);
    let mut text = match what {
        MissingWhat::Fact(fact) => fact_lines(fact, &name, words),
        MissingWhat::Stated(_, node) => stated(&name, node, words),
        MissingWhat::Total(_) => {
            let said = bi!(
                "{name}: kun summen over flere år er fastsat",
                "{name}: only the total over several years is set"
            );
            format!("{}\n", said.get(words.lang))
        }
        MissingWhat::Entities(_) | MissingWhat::Entity(_) => {
            let said = bi!("{name}: ikke indlæst; brug `--data`", "{name}: not loaded; use `--data`");
            format!("{}\n", said.get(words.lang))
        }
    };
    let times = by_moment(whose);
    let is_now_only = times.keys().all(|moment| *moment == words.base);
    for (moment, names) in times {
        if !names.is_empty() || !is_now_only {
            let who = names.join(", ");
            let when = moment.print(words.lang);
            let line = if names.is_empty() { when } else { format!("{when}: {who}") };
            text += &indented(&line);
        }
    }
    text
}

fn by_moment(whose: &BTreeSet<(Moment, Option<String>)>) -> BTreeMap<Moment, Vec<&str>> {
    let mut grouped: BTreeMap<Moment, Vec<&str>> = BTreeMap::new();
    for (moment, entity) in whose {
        grouped.entry(*moment).or_default().extend(entity.as_deref());
    }
    grouped
}

fn fact_lines(fact: FactId, name: &str, words: Words<'_>) -> String {
    let data = &words.model.facts[fact];
    let owner = match data.owner {
        FactOwner::Kind(kind) => format!("{}.", words.model.kinds[kind].name),
        FactOwner::Clause(_) | FactOwner::File => String::new(),
    };
    let title = data.title.as_deref().map(indented).unwrap_or_default();
    format!("{owner}{name} : {}\n{title}", declared(&data.declared, words))
}

fn stated(name: &str, node: ExprId, words: Words<'_>) -> String {
    let why = match &words.model.node(node).kind {
        NodeKind::Unknown(Some(why)) => format!(" (\"{why}\")"),
        _ => String::new(),
    };
    let said = bi!("{name}: ukendt efter reglerne selv{why}", "{name}: unknown by the rules themselves{why}");
    format!("{}\n", said.get(words.lang))
}

/// Writes a declared type as the language does: `hele indbyggere, mindst 1 indbygger`.
pub(super) fn declared(declared: &Declared, words: Words<'_>) -> String {
    let lang = words.lang;
    let unit = declared.show.words.get(lang);
    let mut text = match (&declared.ty, unit) {
        (Ty::Number | Ty::Zero, "") => lang.pick("tal", "number").to_owned(),
        (Ty::Number | Ty::Zero | Ty::Percent | Ty::Quantity { .. }, unit) => unit.to_owned(),
        (ty, _) => describe(ty, words.model).get(lang).to_owned(),
    };
    if declared.whole {
        text = format!("{} {text}", lang.pick("hele", "whole"));
    }
    if declared.or_none {
        text += lang.pick(" eller ingen", " or none");
    }
    match &declared.domain {
        Some(domain) => format!("{text}, {}", bounds(domain, declared, words)),
        None => text,
    }
}

fn bounds(domain: &Domain, declared: &Declared, words: Words<'_>) -> String {
    let lang = words.lang;
    let number = |n: &Number| words.number(n, &declared.ty, &declared.show);
    let one = |included: bool, yes: (&str, &str), no: (&str, &str), n: &Number| {
        let word = if included { lang.pick(yes.0, yes.1) } else { lang.pick(no.0, no.1) };
        format!("{word} {}", number(n))
    };
    let low = domain.low.as_ref();
    let high = domain.high.as_ref();
    match (low, high) {
        (Some((low, true)), Some((high, true))) => {
            format!(
                "{} {} {} {}",
                lang.pick("mellem", "between"),
                number(low),
                lang.pick("og", "and"),
                number(high)
            )
        }
        _ => {
            let low = low.map(|(n, inc)| one(*inc, ("mindst", "at least"), ("over", "over"), n));
            let high = high.map(|(n, inc)| one(*inc, ("højst", "at most"), ("under", "under"), n));
            let both = [low, high].into_iter().flatten().collect::<Vec<_>>();
            both.join(lang.pick(" og ", " and "))
        }
    }
}

/// How a missing fact is given here, for the first one that is a fact.
fn how_to_give(what: MissingWhat, lacking: &Lacking, words: Words<'_>) -> Option<String> {
    let MissingWhat::Fact(fact) = what else { return None };
    let data = &words.model.facts[fact];
    let entity = lacking.get(&what)?.iter().find_map(|(_, entity)| entity.as_deref());
    let path = place_of(fact, entity, words)?;
    let unit = data.declared.show.words.get(words.lang);
    let hint =
        bi!("giv den for eksempel sådan: {path} = … {unit}", "give it for example so: {path} = … {unit}");
    Some(hint.get(words.lang).trim_end().to_owned())
}

/// The name that gives a fact of somebody a value; `None` for a fact of a kind that nobody is loaded of.
fn place_of(fact: FactId, entity: Option<&str>, words: Words<'_>) -> Option<String> {
    let data = &words.model.facts[fact];
    match (data.owner, entity) {
        (FactOwner::Kind(kind), Some(entity)) => {
            Some(format!("{}[\"{entity}\"].{}", words.model.kinds[kind].name, data.name))
        }
        (FactOwner::Kind(_), None) => None,
        (FactOwner::Clause(_) | FactOwner::File, _) => Some(words.model.fact_name(fact)),
    }
}

/// The name that gives a missing fact a value, with the time where another than the present one is meant.
pub(super) fn path_of(fact: FactId, missing: Missing, words: Words<'_>) -> Option<String> {
    let entity = missing.entity.map(|entity| words.entity(entity).to_owned());
    let path = place_of(fact, entity.as_deref(), words)?;
    if missing.moment == words.base {
        return Some(path);
    }
    let when = missing.moment.print(words.model.lang);
    Some(format!("{path} {} {when}", words.model.lang.pick("i", "in")))
}

/// The declared type of a fact as the language writes it, and what it is.
pub(super) fn fact_says(fact: FactId, words: Words<'_>) -> (String, Option<String>) {
    let data = &words.model.facts[fact];
    (declared(&data.declared, words), data.title.clone())
}
