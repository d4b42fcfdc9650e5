use super::coverage::Seen;
use super::ground::Ground;
use super::{Checked, Session, imported, misnamed};
use crate::base::{Lang, Span};
use crate::diag::{Diagnostic, Problems, Report, Severity};
use crate::eval::{Limits, Machine, Outcome, RunProblem, requirements};
use crate::explain::Words;
use crate::facts::{Facts, Moment};
use crate::lint::Depth;
use crate::model::{Expectation, Layer, Model, Origin, Test};
use crate::syntax::ast::{Expected, StmtKind};
use crate::value::{Number, RoundMode};

/// What a test came to.
#[derive(Clone, Debug)]
pub struct TestReport {
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub span: Span,
    /// What it expected and got.
    pub expectations: Vec<ExpectationReport>,
    /// What is wrong with the test itself; a test with errors is not run.
    pub problems: Problems,
    /// What in the rules keeps it from being run: a result that it asks for, or one that it expects, rests on an error.
    pub blocked: Option<Diagnostic>,
}

/// How a test ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TestState {
    /// Everything came out as expected.
    Passed,
    /// Something came out otherwise.
    Failed,
    /// An error stands in the way: in the test itself, or in the rules that it asks.
    NotRun,
}

impl TestState {
    /// Returns its name in JSON; the same in both languages, since programs read it.
    pub fn name(self) -> &'static str {
        match self {
            TestState::Passed => "passed",
            TestState::Failed => "failed",
            TestState::NotRun => "not_run",
        }
    }
}

/// What one line under `forvent` came to.
#[derive(Clone, Debug)]
pub struct ExpectationReport {
    /// The line.
    pub span: Span,
    /// Whether it came out as expected.
    pub passed: bool,
    /// What was expected.
    pub expected: String,
    /// What came out.
    pub found: String,
}

/// What the rules are known to have wrong without the test, and the language of the report.
type Told<'a> = (&'a [Diagnostic], Lang);

/// What else is done with the machine that ran a test, before it ends.
type After<'a> = &'a mut dyn FnMut(&mut Machine<'_>, &Facts, Moment);

impl TestReport {
    /// Tells whether everything came out as expected. A test that expects nothing that can be read shows nothing.
    pub fn passed(&self) -> bool {
        self.state() == TestState::Passed
    }
    /// Tells how the test ended.
    pub fn state(&self) -> TestState {
        if self.problems.has_errors() || self.blocked.is_some() {
            return TestState::NotRun;
        }
        match !self.expectations.is_empty() && self.expectations.iter().all(|e| e.passed) {
            true => TestState::Passed,
            false => TestState::Failed,
        }
    }
}

impl Session {
    /// Runs every test of the rule files. A test sees only what it states itself.
    pub fn run_tests(&self, lang: Lang) -> Vec<TestReport> {
        let ground = self.ground();
        let base = self.ground_checked(&ground, Depth::Errors);
        let known = base.problems.sorted();
        let own = base.plan.model.tests.iter().filter(|t| imported::is_own(&base.plan.model, t.span));
        own.map(|test| self.evaluate_test(&ground, test, (&known, lang), &mut |_, _, _| ())).collect()
    }

    /// Runs one test and notes what it went through.
    pub(super) fn run_noting(&self, ground: &Ground, test: &Test, seen: &mut Seen) {
        self.evaluate_test(ground, test, (&[], Lang::Da), &mut |machine, _, _| seen.note(machine.trace()));
    }

    fn evaluate_test(&self, ground: &Ground, test: &Test, told: Told<'_>, after: After<'_>) -> TestReport {
        let mut problems = Problems::new();
        let mut layers = self.built_on(&ground.plan.model, &test.tree, &mut problems);
        layers.push(Layer { origin: Origin::Test, body: test.tree.body.clone() });
        let checked = self.build_on(ground, &layers, Some(&test.tree));
        self.evaluate_built(test, &checked, problems, told, after)
    }

    /// Runs a test in the build that was made for it. `problems` has what is wrong with what it builds on.
    pub(super) fn evaluate_built(
        &self,
        test: &Test,
        checked: &Checked,
        mut problems: Problems,
        (known, lang): Told<'_>,
        after: After<'_>,
    ) -> TestReport {
        let model = &checked.plan.model;
        // A line of the test that could not be read may have held what was expected.
        let of_test = |d: &Diagnostic| d.span().is_some_and(|span| test.span.holds(span));
        let all = checked.problems.sorted().into_iter();
        let fresh: Vec<Diagnostic> = all.filter(|d| of_test(d) || !known.contains(d)).collect();
        let in_rules = fresh.iter().any(|d| d.severity == Severity::Error && !of_test(d));
        let as_read = if in_rules { self.known_as_read(model, &test.tree) } else { Vec::new() };
        for finding in fresh.into_iter().filter(|d| of_test(d) || !as_read.contains(d)) {
            problems.push(finding);
        }
        let (mut expectations, mut blocked) = (Vec::new(), None);
        match self.test_moment(&test.tree, model) {
            Ok(moment) => {
                let facts = Facts::new(model);
                misnamed::warn_within(model, &facts, Some(test.span), &mut problems);
                // What a requirement refuses makes errors of the results that read it, which a test may expect.
                let judged = requirements(&checked.plan, &facts, moment, Limits::default());
                let mut machine =
                    Machine::new(&checked.plan, &facts, moment, Limits::default()).refusing(&judged.refused);
                let words = Words { model, facts: &facts, base: moment, lang };
                let own = model.tests.iter().find(|t| t.span == test.span);
                for expectation in own.map(|t| t.expectations.as_slice()).unwrap_or_default() {
                    let (report, error) = self.expectation(expectation, &mut machine, words);
                    blocked = blocked.or(error.filter(|_| !report.passed));
                    expectations.push(report);
                }
                after(&mut machine, &facts, moment);
            }
            Err(problem) => problems.report(&problem),
        }
        TestReport { title: test.title.clone(), span: test.span, expectations, problems, blocked }
    }

    /// What the rules have wrong when they are read as a test chooses: `check` tells of it as a fault of that reading, and
    /// it is none of the test's.
    fn known_as_read(&self, model: &Model, test: &crate::syntax::ast::Test) -> Vec<Diagnostic> {
        let mut layers = self.built_on(model, test, &mut Problems::new());
        layers.push(Layer { origin: Origin::Test, body: test.body.clone() });
        for layer in &mut layers {
            layer.body.retain(|stmt| matches!(stmt.kind, StmtKind::Reading { .. } | StmtKind::Switch { .. }));
        }
        match layers.iter().all(|layer| layer.body.is_empty()) {
            true => Vec::new(),
            false => self.build(&layers, None, Depth::Errors).problems.sorted(),
        }
    }

    /// The scenarios a test builds on.
    pub(super) fn built_on(
        &self,
        model: &Model,
        test: &crate::syntax::ast::Test,
        problems: &mut Problems,
    ) -> Vec<Layer> {
        self.below(model, &test.body).unwrap_or_else(|problem| {
            problems.report(&problem);
            Vec::new()
        })
    }

    fn test_moment(
        &self,
        test: &crate::syntax::ast::Test,
        model: &Model,
    ) -> Result<Moment, super::SessionProblem> {
        let stated = test.body.iter().find_map(|stmt| match &stmt.kind {
            StmtKind::Year(year) => Some(Moment::Year(*year)),
            StmtKind::Day(date) => Some(Moment::Day(*date)),
            _ => None,
        });
        stated.or(model.only_year().map(Moment::Year)).ok_or(super::SessionProblem::WhichYear)
    }

    /// Compares one line, and returns the error in the rules that either side of it rests on.
    fn expectation(
        &self,
        expectation: &Expectation,
        machine: &mut Machine<'_>,
        words: Words<'_>,
    ) -> (ExpectationReport, Option<Diagnostic>) {
        let target = machine.expression(expectation.target, None);
        let found = machine.trace().outcome(target).clone();
        let node = words.model.node(expectation.target);
        let found_text = words.outcome(&found, &node.ty, &node.show);
        let (lang, mut error) = (words.lang, in_rules(&found));
        let (passed, expected) = match (&expectation.outcome, expectation.value) {
            (Expected::Value(_), Some(value)) => {
                let step = machine.expression(value, None);
                let wanted = machine.trace().outcome(step).clone();
                let node = words.model.node(value);
                error = error.or(in_rules(&wanted));
                (same(&found, &wanted), words.outcome(&wanted, &node.ty, &node.show))
            }
            (Expected::About(_), Some(value)) => {
                let step = machine.expression(value, None);
                let wanted = machine.trace().outcome(step).clone();
                let node = words.model.node(value);
                error = error.or(in_rules(&wanted));
                let rounded = expectation.step.as_ref().and_then(|step| about(&found, step));
                let expected = format!("≈ {}", words.outcome(&wanted, &node.ty, &node.show));
                (rounded.is_some() && rounded.as_ref() == wanted.as_number(), expected)
            }
            (Expected::Value(_) | Expected::About(_), None) => (false, String::new()),
            (Expected::Unknown, _) => {
                (matches!(found, Outcome::Unknown(_)), lang.pick("ukendt", "unknown").to_owned())
            }
            (Expected::DoesNotApply, _) => (
                matches!(found, Outcome::DoesNotApply(_)),
                lang.pick("gælder ikke", "does not apply").to_owned(),
            ),
            (Expected::Error(code), _) => {
                let wanted = code.as_ref().map(|name| name.text.as_str());
                (
                    is_error(&found, wanted),
                    format!("{} {}", lang.pick("fejl", "error"), wanted.unwrap_or_default()),
                )
            }
        };
        (ExpectationReport { span: expectation.span, passed, expected, found: found_text }, error)
    }
}

/// The error of an outcome that cannot be computed until what was found in the rules is mended.
fn in_rules(outcome: &Outcome) -> Option<Diagnostic> {
    match outcome {
        Outcome::Error(problem)
            if matches!(**problem, RunProblem::Faulty { .. } | RunProblem::Invalid { .. }) =>
        {
            Some(problem.report())
        }
        Outcome::Error(_) | Outcome::Value(_) | Outcome::Unknown(_) | Outcome::DoesNotApply(_) => None,
    }
}

/// Expected values are compared exactly; how sure they are is not part of it.
fn same(found: &Outcome, wanted: &Outcome) -> bool {
    found.datum().is_some() && found.datum() == wanted.datum()
}

/// What a figure is when it is rounded as the one expected is written.
fn about(found: &Outcome, step: &Number) -> Option<Number> {
    found.as_number()?.round(step, RoundMode::Nearest)
}

fn is_error(found: &Outcome, wanted: Option<&str>) -> bool {
    match found {
        Outcome::Error(problem) => wanted.is_none_or(|code| problem.report().code.id() == code),
        Outcome::Value(_) | Outcome::Unknown(_) | Outcome::DoesNotApply(_) => false,
    }
}
