//! The health reform stands among the rules twice, in Danish and in English. Whatever is asked, the two come to the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;

use klausul::facts::Moment;
use klausul::model::{Layer, Origin};
use klausul::session::{Answer, Question, Session};
use klausul::syntax::ast::{Assumption, Citation, File, Item, ItemKind, Stmt, StmtKind};
use serde_json::Value;

/// The packs, and which file of the one is which of the other.
const PACKS: [&str; 2] = ["rules/sr24", "rules/en/sr24"];
const FILES: [[&str; 2]; 10] = [
    ["aftale.klausul", "agreement.klausul"],
    ["organisering.klausul.md", "organisation.klausul.md"],
    ["almenmedicin.klausul.md", "general_practice.klausul.md"],
    ["ydernumre.klausul.md", "practice_licences.klausul.md"],
    ["uddannelse.klausul.md", "education.klausul.md"],
    ["forloeb.klausul.md", "pathways.klausul.md"],
    ["naer_behandling.klausul.md", "care_near_home.klausul.md"],
    ["investeringer.klausul.md", "investments.klausul.md"],
    ["scenarier.klausul", "scenarios.klausul"],
    ["baggrund.klausul", "background.klausul"],
];

/// What the English pack declares itself and the Danish one takes from `rules/faelles`, and the line that takes it.
const OF_ALL: [&str; 10] =
    ["inhabitant", "doctor", "fte", "place", "member", "region", "choices", "middle", "bounds", "in_all"];
/// The readings among them, as both name them.
const READINGS_OF_ALL: [[[&str; 2]; 2]; 4] = [
    [["medio", "middle"], ["den_15", "the_15th"]],
    [["medio", "middle"], ["juni_og_juli", "june_and_july"]],
    [["grænser", "bounds"], ["begge_udenfor", "both_outside"]],
    [["i_alt", "in_all"], ["hvert_år", "each_year"]],
];

/// One of the packs, its items in the order of [`FILES`].
struct Pack {
    session: Session,
    items: Vec<Vec<Item>>,
}

impl Pack {
    fn read(which: usize) -> Pack {
        let session = crate::session_of(PACKS[which]);
        let file = |wanted: &str| -> &File {
            let mut files = session.own_files();
            let is_it = |name: &str| name.rsplit('/').next() == Some(wanted);
            let found = files.find(|(id, _)| is_it(&session.sources().file(*id).name));
            found.unwrap_or_else(|| panic!("{} has no {wanted}", PACKS[which])).1
        };
        let items = FILES.map(|names| file(names[which]).items.clone());
        let files = session.own_files().count();
        assert_eq!(files, FILES.len(), "{} has a file that its twin is not known of", PACKS[which]);
        Pack { items: items.into_iter().map(without_the_common).collect(), session }
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().flatten()
    }

    fn clauses(&self) -> Vec<String> {
        let name = |item: &Item| match &item.kind {
            ItemKind::Clause(clause) => Some(clause.name.text.clone()),
            _ => None,
        };
        self.items().filter_map(name).collect()
    }

    /// The lines of each test.
    fn tests(&self) -> Vec<Vec<Stmt>> {
        let body = |item: &Item| match &item.kind {
            ItemKind::Test(test) => Some(test.body.clone()),
            _ => None,
        };
        self.items().filter_map(body).collect()
    }

    /// Every reading that is not chosen, as `--reading` names it.
    fn readings(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut of = |prefix: &str, assumption: &Assumption| {
            for reading in assumption.readings.iter().filter(|reading| !reading.chosen) {
                found.push(format!("{prefix}{}={}", assumption.name.text, reading.name.text));
            }
        };
        for item in self.items() {
            match &item.kind {
                ItemKind::Assumption(assumption) => of("", assumption),
                ItemKind::Clause(clause) => {
                    for stmt in &clause.body {
                        if let StmtKind::Assumption(assumption) = &stmt.kind {
                            of(&format!("{}.", clause.name.text), assumption);
                        }
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// Every result of every clause, with what a test states.
    fn with_data(&mut self, body: &[Stmt]) -> Vec<Row> {
        let facts = Layer { origin: Origin::Test, body: body.to_vec() };
        self.session.restore_layers(vec![facts]);
        self.results(moment(body), &named(body))
    }

    /// Every result of every clause, in another reading.
    fn read_as(&mut self, reading: &str) -> Vec<Row> {
        self.session.restore_layers(Vec::new());
        let chosen = self.session.choose_reading(reading, Origin::Set);
        chosen.unwrap_or_else(|problems| panic!("{reading}: {problems:?}"));
        self.results(Moment::Year(2027), &[])
    }

    fn results(&self, moment: Moment, named: &[String]) -> Vec<Row> {
        let question = Question { targets: self.clauses(), moment: Some(moment), only: Vec::new() };
        let answer = self.session.ask(&question).unwrap_or_else(|problems| panic!("{problems:?}"));
        rows(&self.session, &answer, named)
    }
}

/// The items of a file without those that the other pack has from elsewhere.
fn without_the_common(items: Vec<Item>) -> Vec<Item> {
    let own = |item: &Item| match &item.kind {
        ItemKind::Use(_) => false,
        ItemKind::Unit(unit) => !OF_ALL.contains(&unit.names[0].text.as_str()),
        ItemKind::Kind(kind) => !OF_ALL.contains(&kind.names[0].text.as_str()),
        ItemKind::Clause(clause) => !OF_ALL.contains(&clause.name.text.as_str()),
        ItemKind::Assumption(assumption) => !OF_ALL.contains(&assumption.name.text.as_str()),
        _ => true,
    };
    items.into_iter().filter(own).collect()
}

/// What a thing of the tree is, in a word.
fn variant(thing: &impl Debug) -> String {
    format!("{thing:?}").chars().take_while(|c| c.is_alphanumeric()).collect()
}

/// What is declared, without the names: an item with its lines, rows and readings.
fn shape(item: &Item) -> String {
    let inner = match &item.kind {
        ItemKind::Clause(clause) => shapes(&clause.body),
        ItemKind::Test(test) => shapes(&test.body),
        ItemKind::Scenario(scenario) => shapes(&scenario.body),
        ItemKind::Assumption(assumption) => of_readings(assumption),
        ItemKind::Kind(kind) => kind.facts.len().to_string(),
        ItemKind::Note(note) => format!("{} {}", note.is_judgement, cited(&note.basis)),
        _ => String::new(),
    };
    format!("{}({inner})", variant(&item.kind))
}

fn shapes(body: &[Stmt]) -> String {
    let one = |stmt: &Stmt| {
        let inner = match &stmt.kind {
            StmtKind::Basis(basis) => cited(basis),
            StmtKind::Assign(assign) | StmtKind::Condition(assign) => cited(&assign.basis),
            StmtKind::Assumption(assumption) => of_readings(assumption),
            StmtKind::Exception(exception) => shapes(&exception.body),
            StmtKind::Table(table) => format!("{}×{}", table.results.len(), table.rows.len()),
            StmtKind::Split(split) => split.parts.len().to_string(),
            StmtKind::EntityFacts { facts, .. } => facts.len().to_string(),
            StmtKind::Expect(expected) => expected.len().to_string(),
            _ => String::new(),
        };
        format!("{}({inner})", variant(&stmt.kind))
    };
    body.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The places that are cited: both packs cite the same Danish document.
fn cited(basis: &[Citation]) -> String {
    let one = |citation: &Citation| {
        let places: Vec<_> = citation.locators.iter().map(|locator| &locator.kind).collect();
        format!("{} {places:?}", citation.source.text)
    };
    basis.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn of_readings(assumption: &Assumption) -> String {
    let one =
        |reading: &klausul::syntax::ast::Reading| format!("{} {}", reading.chosen, shapes(&reading.body));
    assumption.readings.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The entities that the lines of a test name, in the order they stand.
fn named(body: &[Stmt]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for stmt in body {
        if let StmtKind::EntityFacts { name, .. } = &stmt.kind
            && !found.contains(&name.text)
        {
            found.push(name.text.clone());
        }
    }
    found
}

/// A result: of whom by number, and what program output says of it.
struct Row {
    target: String,
    entity: Option<usize>,
    json: Value,
}

/// The results in the order of the clauses and of their lines, of each line those of the entity named first before the others.
fn rows(session: &Session, answer: &Answer, named: &[String]) -> Vec<Row> {
    let json = session.results_json(answer, session.lang());
    let mut rows: Vec<Row> = Vec::new();
    for row in json["results"].as_array().into_iter().flatten() {
        let name = row["entity"].as_object().and_then(|of| of.values().next()).and_then(Value::as_str);
        // Those that no line names are declared by the rules, under names of the document.
        let entity = name.map(|name| named.iter().position(|other| other == name).unwrap_or(usize::MAX));
        rows.push(Row { target: row["target"].to_string(), entity, json: row.clone() });
    }
    for line in rows.chunk_by_mut(|a, b| a.target == b.target) {
        line.sort_by_key(|row| row.entity);
    }
    rows
}

/// Which word of the one is which of the other; each stands for one alone.
#[derive(Default)]
struct Words {
    there: BTreeMap<String, String>,
    back: BTreeMap<String, String>,
}

impl Words {
    fn same(&mut self, one: &Value, other: &Value) -> bool {
        let (Some(one), Some(other)) = (one.as_str(), other.as_str()) else { return one == other };
        let there = self.there.entry(one.to_owned()).or_insert_with(|| other.to_owned());
        let back = self.back.entry(other.to_owned()).or_insert_with(|| one.to_owned());
        there == other && back == one
    }
}

/// So many results of all tests have a value, or next to nothing was compared.
const FEWEST_KNOWN: usize = 2_000;

/// What is the same whatever the language, and what is worded in it.
const SAME: [&str; 5] = ["state", "type", "status", "bounds", "hypothetical"];
const WORDED: [&str; 2] = ["unit", "price_level"];
const COUNTED: [&str; 4] = ["missing", "readings", "assumptions", "basis"];

/// Compares all results of both and returns those that differ.
fn differences(one: &[Row], other: &[Row], words: &mut Words) -> Vec<String> {
    let mut wrong = Vec::new();
    if one.len() != other.len() {
        wrong.push(format!("{} results and {}", one.len(), other.len()));
    }
    for (one, other) in one.iter().zip(other) {
        let (a, b) = (&one.json, &other.json);
        let counted = |key: &str| a[key].as_array().map(Vec::len) == b[key].as_array().map(Vec::len);
        let mut same = one.entity == other.entity && a["error"]["code"] == b["error"]["code"];
        same &= SAME.iter().all(|key| a[*key] == b[*key]);
        same &= COUNTED.iter().all(|key| counted(key));
        same &= WORDED.iter().all(|key| words.same(&a[*key], &b[*key]));
        same &=
            if a["type"] == "text" { words.same(&a["exact"], &b["exact"]) } else { a["exact"] == b["exact"] };
        if !same {
            wrong.push(format!("{a}\n{b}"));
        }
    }
    wrong
}

fn both() -> [Pack; 2] {
    [Pack::read(0), Pack::read(1)]
}

fn moment(body: &[Stmt]) -> Moment {
    let stated = body.iter().find_map(|stmt| match &stmt.kind {
        StmtKind::Year(year) => Some(Moment::Year(*year)),
        StmtKind::Day(date) => Some(Moment::Day(*date)),
        _ => None,
    });
    stated.unwrap_or(Moment::Year(2027))
}

#[test]
fn each_twin_declares_what_the_other_does() {
    crate::with_room(|| {
        let [danish, english] = both();
        for (names, (one, other)) in FILES.iter().zip(danish.items.iter().zip(&english.items)) {
            let shapes = |items: &[Item]| items.iter().map(shape).collect::<Vec<_>>();
            assert_eq!(shapes(one), shapes(other), "{names:?}");
        }
        assert_eq!(danish.readings().len(), english.readings().len());
        let all = |pack: &Pack| pack.clauses().into_iter().collect::<BTreeSet<_>>().len();
        assert_eq!(all(&danish), all(&english));
    });
}

#[test]
fn the_twins_come_to_the_same_with_the_data_of_every_test() {
    crate::with_room(|| {
        let [mut danish, mut english] = both();
        let (mut words, mut wrong, mut known) = (Words::default(), Vec::new(), 0);
        for (one, other) in danish.tests().iter().zip(&english.tests()) {
            assert_eq!(moment(one), moment(other));
            let (left, right) = (danish.with_data(one), english.with_data(other));
            known += left.iter().filter(|row| row.json["state"] == "value").count();
            wrong.extend(differences(&left, &right, &mut words));
        }
        assert!(known > FEWEST_KNOWN, "only {known} results have a value");
        assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(8)].join("\n"));
    });
}

#[test]
fn the_twins_come_to_the_same_in_every_reading() {
    crate::with_room(|| {
        let [mut danish, mut english] = both();
        let (mut words, mut wrong) = (Words::default(), Vec::new());
        let own = danish.readings().into_iter().zip(english.readings());
        let common = READINGS_OF_ALL.iter().map(|[names, reading]| {
            (format!("{}={}", names[0], reading[0]), format!("{}={}", names[1], reading[1]))
        });
        for (one, other) in own.chain(common) {
            let found = differences(&danish.read_as(&one), &english.read_as(&other), &mut words);
            wrong.extend(found.into_iter().map(|text| format!("{one}: {text}")));
        }
        assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(8)].join("\n"));
    });
}
