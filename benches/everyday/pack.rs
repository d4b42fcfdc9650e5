//! Rules with data, and what is done with them: read, checked, computed, explained, asked about otherwise.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use klausul::base::Lang;
use klausul::cli::{Disk, load};
use klausul::diag::Problems;
use klausul::eval::{Limits, Machine, Outcome, StepId, Trace};
use klausul::explain::{Depth, Words, explain, text};
use klausul::facts::{DataArg, EntityId, Facts, Moment, bind, read_data};
use klausul::model::{DefId, Origin};
use klausul::plan::{Plan, Valid};
use klausul::render::json_text;
use klausul::session::{Question, Session};

use super::hand::Work;
use super::table::{self, Aim};

/// Rules, with data for a year.
pub(crate) struct Pack {
    pub(crate) name: String,
    path: PathBuf,
    pub(crate) year: i16,
    /// The data as JSON, and what they are called.
    pub(crate) data: Vec<u8>,
    data_file: Option<String>,
    /// What is asked for; everything where nothing is named.
    pub(crate) targets: Vec<String>,
    /// A change to ask about; where there is none, the first value that can be set to what it is.
    changed: Option<String>,
}

impl Pack {
    /// The packs of `rules`, each with its invented data where it has some. `faelles` has no results of its own: the others
    /// bring it in.
    pub(crate) fn shipped() -> Vec<Pack> {
        let all = [
            ("oea17", 2017, None),
            ("oea20", 2020, Some("oea20/data/en_region.json")),
            ("oea25", 2025, Some("oea25/data/regioner.json")),
            ("cn24", 2024, None),
            ("sr24", 2026, Some("sr24/data/sundhedsraad.json")),
            ("tvaers", 2025, None),
            ("en/sr24", 2026, None),
        ];
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let pack = |(name, year, data): (&str, i16, Option<&str>)| Pack {
            name: name.to_owned(),
            path: root.join(name),
            year,
            data: data.map_or(b"{}".to_vec(), |data| std::fs::read(root.join(data)).unwrap()),
            data_file: data.map(|data| format!("rules/{data}")),
            targets: Vec::new(),
            changed: None,
        };
        all.into_iter().map(pack).collect()
    }

    /// The rules of a piece of work, and its first row.
    pub(crate) fn of_work(work: &Work, path: &Path) -> Pack {
        let values = work.inputs.iter().map(|(name, decimals, column)| {
            format!("\"{name}\": {}", rust_decimal::Decimal::new(column[0], *decimals))
        });
        let values: Vec<String> = values.collect();
        let (name, decimals, column) = &work.inputs[0];
        let unit = match work.name {
            "W1" => " points",
            "W2" => " inhabitants",
            _ => " kr.",
        };
        let other = rust_decimal::Decimal::new(column[1], *decimals);
        Pack {
            name: work.name.to_owned(),
            path: path.to_owned(),
            year: 2025,
            data: format!("{{\"year\": 2025, \"region\": {{\"A\": {{{}}}}}}}", values.join(", "))
                .into_bytes(),
            data_file: Some("made up".to_owned()),
            targets: match work.name {
                "W3" => Vec::new(),
                _ => work.outputs.iter().map(|(name, ..)| name.clone()).collect(),
            },
            changed: Some(format!("region[\"A\"].{name} = {other}{unit}")),
        }
    }

    pub(crate) fn data_name(&self) -> &str {
        self.data_file.as_deref().unwrap_or("without data")
    }

    /// Read and parsed, with what it brings in.
    pub(crate) fn loaded(&self) -> Session {
        load(&Disk, std::slice::from_ref(&self.path)).unwrap()
    }

    /// Read and checked, as before every question.
    pub(crate) fn built(&self) -> usize {
        let checked = self.loaded().check();
        assert!(!checked.problems.has_errors(), "{:?}", checked.problems.sorted().first());
        black_box(checked).plan.model.defs.len().min(1)
    }

    /// The line of reading and checking, with reading alone beside it.
    pub(crate) fn checked(&self) {
        let (mut built, mut loaded) = (|| self.built(), || self.loaded().files().len().min(1));
        table::beside("load + check", &mut built, ("reading and parsing alone", &mut loaded), Aim::None);
    }

    fn question(&self) -> Question {
        Question {
            targets: self.targets.clone(),
            moment: Some(Moment::Year(self.year)),
            ..Question::default()
        }
    }

    /// The rules checked, without data.
    pub(crate) fn session(&self) -> Session {
        let session = self.loaded();
        drop(session.check());
        session
    }

    /// What it answers to its data, as JSON.
    pub(crate) fn answer(&self, session: &mut Session) -> String {
        let before = session.sources().clone();
        let (arg, mut problems) = (DataArg::parse("data.json"), Problems::new());
        let data = read_data(&arg, &self.data, &|_| None, session.sources_mut(), &mut problems);
        session.set_data(data);
        let answer = session.ask(&self.question()).unwrap();
        let text = json_text(&session.results_json(&answer, Lang::En));
        // The next answer must not carry the texts of all before it.
        *session.sources_mut() = before;
        text
    }

    /// JSON in and out, on rules that are checked already.
    pub(crate) fn json_in_and_out(&self) -> impl FnMut() -> usize {
        let mut session = self.session();
        move || black_box(self.answer(&mut session)).len().min(1)
    }

    /// The line of a what-if: laid on rules that are checked, and everything asked anew.
    pub(crate) fn what_if(&self, run: &Run) {
        if run.change.is_none() {
            return;
        }
        let (mut way, mut built) = (|| self.one_what_if(run), || self.built());
        table::beside(
            "what-if, and everything asked anew",
            &mut way,
            ("load + check", &mut built),
            Aim::None,
        );
    }

    pub(crate) fn one_what_if(&self, run: &Run) -> usize {
        let mut session = run.session.clone();
        let Some(line) = &run.change else { return 0 };
        session.assign("what-if", line, Origin::WhatIf).unwrap();
        black_box(session.ask(&self.question()).unwrap()).lines.len().min(1)
    }

    /// A table whose rows are like its regions, where its data have any by year.
    pub(crate) fn rows(&self) -> Option<String> {
        if self.name != "oea25" {
            return None;
        }
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/oea25/data/regioner.csv");
        let text = std::fs::read_to_string(path).unwrap();
        let mut lines = text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split(';'));
        let head: Vec<&str> = lines.next().unwrap().collect();
        let cells: Vec<Vec<&str>> = lines.map(Iterator::collect).collect();
        // Two lines of a region, one for each year, become one row.
        let mut table = String::from("region");
        let facts = 2..head.len();
        let given = |year: usize, fact: usize| !cells[year][fact].is_empty();
        for (year, ending) in [(0, "_2024"), (1, "")] {
            for fact in facts.clone().filter(|fact| given(year, *fact)) {
                table.push_str(&format!(";{}{ending}", head[fact]));
            }
        }
        table.push('\n');
        for row in 0..super::ROWS / 4 {
            let both = [&cells[row * 2 % cells.len()], &cells[row * 2 % cells.len() + 1]];
            table.push_str(&format!("{} {row}", both[0][0]));
            for (year, of_year) in both.iter().enumerate() {
                for fact in facts.clone().filter(|fact| given(year, *fact)) {
                    table.push_str(&format!(";{}", of_year[fact]));
                }
            }
            table.push('\n');
        }
        Some(table)
    }
}

/// Rules with facts bound to them, ready to be computed: every definition, for everybody it is about.
pub(crate) struct Run {
    session: Session,
    plan: Valid<Plan>,
    facts: Facts,
    moment: Moment,
    pub(crate) asked: Vec<(DefId, Option<EntityId>)>,
    /// A value of the rules set to what it is, where one can be.
    change: Option<String>,
}

impl Run {
    pub(crate) fn new(pack: &Pack) -> Run {
        let mut session = pack.session();
        let (arg, mut problems) = (DataArg::parse("data.json"), Problems::new());
        let data = read_data(&arg, &pack.data, &|_| None, session.sources_mut(), &mut problems);
        session.set_data(data);
        let plan = session.check().plan;
        let moment = Moment::Year(pack.year);
        let facts = bind(&plan.model, session.data(), moment, session.sources(), &mut problems);
        assert!(!problems.has_errors(), "{:?}", problems.sorted().first());
        let mut asked = Vec::new();
        for (id, def) in plan.model.defs.iter_enumerated() {
            match plan.model.clauses[def.clause].each.filter(|_| def.per_entity) {
                Some(kind) => asked.extend(facts.of_kind(kind).into_iter().map(|entity| (id, Some(entity)))),
                None => asked.push((id, None)),
            }
        }
        let mut run = Run { session, plan, facts, moment, asked, change: pack.changed.clone() };
        if run.change.is_none() {
            run.change = run.some_value();
        }
        run
    }

    fn words(&self) -> Words<'_> {
        Words { model: &self.plan.model, facts: &self.facts, base: self.moment, lang: self.session.lang() }
    }

    fn some_value(&self) -> Option<String> {
        let (trace, steps) = self.steps();
        let model = &self.plan.model;
        let line = |(&(def, entity), step): (&(DefId, Option<EntityId>), &StepId)| {
            let outcome = trace.outcome(*step);
            let is_own = entity.is_none() && !model.is_imported(model.defs[def].clause);
            let Outcome::Value(_) = outcome else { return None };
            let value = self.words().outcome(outcome, &model.defs[def].ty, &model.defs[def].show);
            let line = format!("{} = {value}", model.full_name(def));
            (is_own && self.session.clone().assign("what-if", &line, Origin::WhatIf).is_ok()).then_some(line)
        };
        self.asked.iter().zip(&steps).find_map(line)
    }

    fn all(&self, machine: &mut Machine<'_>) -> Vec<StepId> {
        self.asked.iter().map(|(def, entity)| machine.definition(*def, *entity)).collect()
    }

    /// One evaluation of everything, without keeping how.
    pub(crate) fn bare(&self) -> usize {
        let mut machine = Machine::without_trace(&self.plan, &self.facts, self.moment, Limits::default());
        black_box(self.all(&mut machine));
        1
    }

    /// One evaluation that keeps every step.
    pub(crate) fn traced(&self) -> usize {
        black_box(self.steps());
        1
    }

    pub(crate) fn steps(&self) -> (Trace, Vec<StepId>) {
        let mut machine = Machine::new(&self.plan, &self.facts, self.moment, Limits::default());
        let steps = self.all(&mut machine);
        (machine.into_trace(), steps)
    }

    /// The explanations of up to a hundred results down to the last step: how many lines they are, and how many results.
    pub(crate) fn explained(&self, (trace, steps): &(Trace, Vec<StepId>)) -> (usize, usize) {
        let some: Vec<StepId> = steps.iter().step_by(steps.len().div_ceil(100)).copied().collect();
        let lines = some.iter().map(|step| {
            let told = explain(self.words(), trace, *step, Depth::Arithmetic);
            black_box(text(&told, 100)).lines().count()
        });
        (lines.sum(), some.len())
    }
}
