//! Everything that can be told of a rule pack at once: findings, tests, the text's own checks and every result. For
//! those who compare two versions of the same rules.

use super::answer::{AnswerLine, run_def};
use super::results::{exact, level_at, state, unit};
use super::{CheckReport, Session, TestReport};
use crate::base::FileId;
use crate::base::{Lang, SourceFile};
use crate::diag::Problems;
use crate::eval::{Machine, Outcome, requirements};
use crate::explain::Words;
use crate::facts::{Facts, Moment, RawData, bind};
use crate::lint::Depth;
use crate::model::{Model, Ty};
use crate::syntax;
use crate::types::level_words;

/// What `check` and `test` find, and what everything comes to.
#[derive(Clone, Debug)]
pub struct Examined {
    /// The findings, those of the text's own checks left out.
    pub findings: Problems,
    /// The tests, in the order they stand.
    pub tests: Vec<TestReport>,
    /// The text's own checks, in the order they stand.
    pub checks: Vec<CheckReport>,
    /// What every definition comes to, in each of the situations looked at: one for each test, then one for each set of
    /// data.
    pub results: Vec<Vec<PlainResult>>,
}

/// One result without its explanation, exactly.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct PlainResult {
    /// The full name of the definition.
    pub name: String,
    /// For whom, where it differs.
    pub entity: Option<String>,
    /// `value`, `unknown`, `does_not_apply` or `error`.
    pub state: &'static str,
    /// The value: a decimal or a fraction, `true`, an ISO date, a text.
    pub exact: Option<String>,
    /// The unit of the value.
    pub unit: Option<String>,
    /// The price level of the value.
    pub level: Option<String>,
    /// Of what is unknown, the names it lacks and the bounds it lies within.
    pub open: Vec<String>,
}

impl Session {
    /// Checks the rules, runs their tests and evaluates every definition: on the facts of each test, and on each of the
    /// data sets at its moment. It is what [`Session::findings`], [`Session::run_tests`] and [`Session::checks`] say,
    /// in fewer steps.
    pub fn examine(&self, lang: Lang, data: &[(RawData, Moment)]) -> Examined {
        let mut examined = self.examined_with(lang, true);
        examined.results.extend(self.results_on(data));
        examined
    }

    /// The same without what everything comes to, in a good deal less time.
    pub fn examine_in_brief(&self, lang: Lang) -> Examined {
        self.examined_with(lang, false)
    }

    fn examined_with(&self, lang: Lang, with_results: bool) -> Examined {
        let known = self.ground_checked(&self.ground(), Depth::Errors).problems.sorted();
        let (mut tests, mut results) = (Vec::new(), Vec::new());
        let (findings, _) = self.examined_seeing(&mut |tree, checked| {
            let model = &checked.plan.model;
            let Some(test) = model.tests.iter().find(|test| test.tree.title.span == tree.title.span) else {
                return;
            };
            let mut found = Vec::new();
            let mut problems = Problems::new();
            self.built_on(model, &test.tree, &mut problems);
            let report = self.evaluate_built(
                test,
                checked,
                problems,
                (&known, lang),
                &mut |machine, facts, moment| {
                    if with_results {
                        found = every_result(model, facts, moment, machine);
                    }
                },
            );
            tests.push(report);
            results.push(found);
        });
        let checks = self.checks(&mut Problems::new());
        Examined { findings, tests, checks, results }
    }

    /// Evaluates every definition on each of the data sets at its moment.
    fn results_on(&self, data: &[(RawData, Moment)]) -> Vec<Vec<PlainResult>> {
        if data.is_empty() {
            return Vec::new();
        }
        let checked = self.build(self.layers(), None, Depth::Nothing);
        let plan = &checked.plan;
        let on = |(data, moment): &(RawData, Moment)| {
            // What is wrong with the data shows in the results: what reads it is an error.
            let facts = bind(&plan.model, data, *moment, self.sources(), &mut Problems::new());
            let judged = requirements(plan, &facts, *moment, self.run_limits());
            let mut machine =
                Machine::new(plan, &facts, *moment, self.run_limits()).refusing(&judged.refused);
            every_result(&plan.model, &facts, *moment, &mut machine)
        };
        data.iter().map(on).collect()
    }

    /// Returns a session with another text in place of one of its rule files; everything else is as it is, and the other
    /// files are not parsed again.
    pub fn with_text(&self, file: FileId, text: &str) -> Session {
        let mut changed = self.clone();
        let Some(at) = self.rule_files.iter().position(|id| *id == file) else { return changed };
        changed.parsed = Problems::new();
        let elsewhere = self.parsed.iter().filter(|found| found.span().is_none_or(|span| span.file != file));
        elsewhere.for_each(|found| changed.parsed.push(found.clone()));
        let SourceFile { name, .. } = self.map.file(file);
        match syntax::admit(&mut changed.map, name, text.as_bytes(), &mut changed.parsed) {
            Some(id) => {
                let tree = syntax::parse(&changed.map, id, &mut changed.parsed);
                changed.map.set_sections(id, syntax::outline(&tree));
                changed.files.splice(at..=at, [tree]);
                changed.rule_files.splice(at..=at, [id]);
                changed.imports.renamed(file, id);
            }
            None => {
                changed.files.remove(at);
                changed.rule_files.remove(at);
            }
        }
        changed.changed();
        changed.renew_scenarios();
        changed
    }
}

/// Every definition of the pack's own clauses, for everybody it differs between.
fn every_result(model: &Model, facts: &Facts, moment: Moment, machine: &mut Machine<'_>) -> Vec<PlainResult> {
    let mut lines = Vec::new();
    for def in model.defs.ids() {
        let data = &model.defs[def];
        if data.local_to.is_none() && !model.is_imported(data.clause) {
            run_def(def, model, facts, &Default::default(), machine, &mut lines);
        }
    }
    let words = Words { model, facts, base: moment, lang: model.lang };
    let plain = |line: &AnswerLine| plain(line, machine.trace().outcome(line.step), words);
    lines.iter().map(plain).collect()
}

fn plain(line: &AnswerLine, outcome: &Outcome, words: Words<'_>) -> PlainResult {
    let ty = match line.target {
        super::Target::Def(def) => &words.model.defs[def].ty,
        super::Target::Expr(expr) => &words.model.node(expr).ty,
    };
    let value = outcome.datum();
    let level = value.and_then(|_| level_at(words.base, ty));
    PlainResult {
        name: line.name.clone(),
        entity: line.entity.map(|entity| words.facts.get(entity).name.clone()),
        state: state(outcome),
        exact: value.and_then(|value| exact(value, ty).as_str().map(str::to_owned)),
        unit: value.and_then(|_| unit(ty, words)),
        level: level.map(|level| level_words(level).get(words.lang).to_owned()),
        open: open(outcome, ty, words),
    }
}

fn open(outcome: &Outcome, ty: &Ty, words: Words<'_>) -> Vec<String> {
    let Outcome::Unknown(_) = outcome else { return Vec::new() };
    let missing = outcome.missing_set().into_iter().map(|missing| words.missing(missing));
    missing.chain([super::results::bounds(outcome, ty).to_string()]).collect()
}
