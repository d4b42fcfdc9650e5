use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Bench, Change, Class, Fate, Mutant, Way};
use crate::base::{Bi, Lang};

/// What came of the damages of one way, or of all.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Tally {
    /// How many places there are to damage.
    pub places: usize,
    /// How many damages were made.
    pub made: usize,
    /// Those that the checker tells by an error.
    pub errors: usize,
    /// Those that the checker tells by a warning alone.
    pub warnings: usize,
    /// Those that tests or the text's own checks tell, and not the checker.
    pub tests: usize,
    /// Those that nobody tells, though a result is another one.
    pub survivors: usize,
    /// Those that nobody tells, and that change no result.
    pub equivalent: usize,
    /// Those that change a result.
    pub changing: usize,
    /// Of those that change a result, the ones that somebody tells.
    pub caught: usize,
    /// Those that tests or the text's own checks tell, whether or not the checker does.
    pub tests_at_all: usize,
    /// Of those that change no result, the ones that change what is said of something unknown.
    pub unknowns: usize,
}

/// A damage that nobody notices, though a result is another one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Survivor {
    /// The way.
    pub way: Way,
    /// What is damaged, and where.
    pub damage: Bi,
    /// The first result that changes.
    pub result: Bi,
}

/// What came of many damages.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Report {
    ways: BTreeMap<Way, Tally>,
    survivors: Vec<Survivor>,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        let pairs = [
            (&mut self.places, other.places),
            (&mut self.made, other.made),
            (&mut self.errors, other.errors),
            (&mut self.warnings, other.warnings),
            (&mut self.tests, other.tests),
            (&mut self.survivors, other.survivors),
            (&mut self.equivalent, other.equivalent),
            (&mut self.changing, other.changing),
            (&mut self.caught, other.caught),
            (&mut self.tests_at_all, other.tests_at_all),
            (&mut self.unknowns, other.unknowns),
        ];
        pairs.into_iter().for_each(|(own, other)| *own += other);
    }

    fn count(&mut self, fate: &Fate) {
        let class = fate.class();
        let in_class = match class {
            Class::CheckerError => &mut self.errors,
            Class::CheckerWarning => &mut self.warnings,
            Class::Tests => &mut self.tests,
            Class::Survivor => &mut self.survivors,
            Class::Equivalent => &mut self.equivalent,
        };
        *in_class += 1;
        self.made += 1;
        self.tests_at_all += usize::from(fate.tests + fate.checks > 0);
        let changes = fate.change == Change::Results;
        self.changing += usize::from(changes);
        self.caught += usize::from(changes && class != Class::Survivor);
        self.unknowns += usize::from(class == Class::Equivalent && fate.change == Change::Unknowns);
    }

    /// Returns how many tenths of a per cent of those that change a result are told by somebody, rounded down; `None`
    /// when none changes a result.
    pub fn per_mille(&self) -> Option<usize> {
        (self.caught * 1000).checked_div(self.changing)
    }

    fn share(&self, lang: Lang) -> String {
        let Some(tenths) = self.per_mille() else { return "–".to_owned() };
        format!("{}{}{}", tenths / 10, lang.pick(',', '.'), tenths % 10)
    }

    fn json(&self) -> Value {
        json!({
            "places": self.places,
            "made": self.made,
            "checker_errors": self.errors,
            "checker_warnings_only": self.warnings,
            "tests_only": self.tests,
            "tests_at_all": self.tests_at_all,
            "neither": self.survivors,
            "no_result_changed": self.equivalent,
            "only_unknowns_changed": self.unknowns,
            "changing": self.changing,
            "changing_caught": self.caught,
            "per_mille": self.per_mille(),
        })
    }
}

impl Report {
    /// Counts the places of damages, of which not all need be tried.
    pub fn note_places(&mut self, all: &[Mutant]) {
        for mutant in all {
            self.ways.entry(mutant.way).or_default().places += 1;
        }
    }

    /// Counts a damage and what came of it.
    pub fn note(&mut self, bench: &Bench, mutant: &Mutant, fate: &Fate) {
        self.ways.entry(mutant.way).or_default().count(fate);
        if fate.class() == Class::Survivor {
            let damage = mutant.words(bench.session().sources());
            let result = fate.shown.clone().unwrap_or_else(|| Bi::same(""));
            self.survivors.push(Survivor { way: mutant.way, damage, result });
        }
    }

    /// Takes over what another report counts.
    pub fn append(&mut self, other: Report) {
        for (way, tally) in &other.ways {
            self.ways.entry(*way).or_default().add(tally);
        }
        self.survivors.extend(other.survivors);
    }

    /// Returns what is counted of one way.
    pub fn of(&self, way: Way) -> Tally {
        self.ways.get(&way).copied().unwrap_or_default()
    }

    /// Returns what is counted in all.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        self.ways.values().for_each(|tally| total.add(tally));
        total
    }

    /// Returns the damages that nobody notices though a result is another one, in the order they were noted.
    pub fn survivors(&self) -> &[Survivor] {
        &self.survivors
    }

    /// Writes the report as a Markdown table with a row for each way and one for all.
    pub fn table(&self, lang: Lang) -> String {
        let heads = lang.pick(
            "måde|steder|prøvet|fejl|kun advarsel|kun prøver|prøver i alt|ingen|uden virkning|fanget, pct.",
            "way|places|tried|error|warning only|tests only|tests in all|nobody|no effect|caught, per cent",
        );
        let heads: Vec<&str> = heads.split('|').collect();
        let row = |name: &str, tally: &Tally| {
            let counts = [tally.places, tally.made, tally.errors, tally.warnings];
            let more = [tally.tests, tally.tests_at_all, tally.survivors, tally.equivalent];
            let cells = counts.into_iter().chain(more).map(|count| count.to_string());
            let cells: Vec<String> = cells.chain([tally.share(lang)]).collect();
            format!("| {name} | {} |\n", cells.join(" | "))
        };
        let mut table = format!("| {} |\n|---|{}\n", heads.join(" | "), "--:|".repeat(heads.len() - 1));
        for way in Way::ALL {
            table.push_str(&row(way.words().get(lang), &self.of(*way)));
        }
        table.push_str(&row(lang.pick("**i alt**", "**in all**"), &self.total()));
        table
    }

    /// Returns the report for programs.
    pub fn json(&self, lang: Lang) -> Value {
        let way = |way: &Way| {
            let mut counted = self.of(*way).json();
            if let Value::Object(fields) = &mut counted {
                fields.insert("way".to_owned(), way.id().into());
                fields.insert("words".to_owned(), way.words().get(lang).into());
            }
            counted
        };
        let survivor = |one: &Survivor| {
            json!({
                "way": one.way.id(),
                "damage": one.damage.get(lang),
                "result": one.result.get(lang),
            })
        };
        json!({
            "ways": Way::ALL.iter().map(way).collect::<Vec<_>>(),
            "total": self.total().json(),
            "survivors": self.survivors.iter().map(survivor).collect::<Vec<_>>(),
        })
    }
}
