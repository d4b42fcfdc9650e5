use super::coverage::Seen;
use super::{Checked, Session, imported, misnamed};
use crate::base::{Lang, Span};
use crate::diag::{Diagnostic, Problems, Report};
use crate::eval::{Limits, Machine, Outcome, requirements};
use crate::explain::Words;
use crate::facts::{Facts, Moment};
use crate::lint::Depth;
use crate::model::{Expectation, Layer, Model, Origin, Test};
use crate::syntax::ast::{Expected, StmtKind};

/// What a test came to.
#[derive(Clone, Debug)]
pub struct TestReport {
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub span: Span,
    /// What it expected and got.
    pub expectations: Vec<ExpectationReport>,
    /// What is wrong with the test itself; a test with errors fails.
    pub problems: Problems,
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
        !self.problems.has_errors()
            && !self.expectations.is_empty()
            && self.expectations.iter().all(|e| e.passed)
    }
}

impl Session {
    /// Runs every test of the rule files. A test sees only what it states itself.
    pub fn run_tests(&self, lang: Lang) -> Vec<TestReport> {
        let base = self.build(&[], None, Depth::Errors);
        let known = base.problems.sorted();
        let own = base.plan.model.tests.iter().filter(|t| imported::is_own(&base.plan.model, t.span));
        own.map(|test| self.run_test(test, &known, lang)).collect()
    }

    /// Runs one test and notes what it went through.
    pub(super) fn run_noting(&self, test: &Test, seen: &mut Seen) {
        self.evaluate_test(test, (&[], Lang::Da), &mut |machine, _, _| seen.note(machine.trace()));
    }

    fn run_test(&self, test: &Test, known: &[Diagnostic], lang: Lang) -> TestReport {
        self.evaluate_test(test, (known, lang), &mut |_, _, _| ())
    }

    fn evaluate_test(&self, test: &Test, told: Told<'_>, after: After<'_>) -> TestReport {
        let mut problems = Problems::new();
        let mut layers = self.built_on(&test.tree, &mut problems);
        layers.push(Layer { origin: Origin::Test, body: test.tree.body.clone() });
        let checked = self.build(&layers, Some(&test.tree), Depth::Errors);
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
        for finding in checked.problems.sorted().into_iter().filter(|d| of_test(d) || !known.contains(d)) {
            problems.push(finding);
        }
        let mut expectations = Vec::new();
        match self.test_moment(&test.tree, model) {
            Ok(moment) => {
                let facts = Facts::new(model);
                misnamed::warn_within(model, &facts, Some(test.span), &mut problems);
                // What a requirement refuses makes errors of the results that read it, which a test may expect.
                let judged = requirements(&checked.plan, &facts, moment);
                let mut machine =
                    Machine::new(&checked.plan, &facts, moment, Limits::default()).refusing(&judged.refused);
                let words = Words { model, facts: &facts, base: moment, lang };
                let own = model.tests.iter().find(|t| t.span == test.span);
                for expectation in own.map(|t| t.expectations.as_slice()).unwrap_or_default() {
                    expectations.push(self.expectation(expectation, &mut machine, words));
                }
                after(&mut machine, &facts, moment);
            }
            Err(problem) => problems.report(&problem),
        }
        TestReport { title: test.title.clone(), span: test.span, expectations, problems }
    }

    /// The scenarios a test builds on.
    pub(super) fn built_on(&self, test: &crate::syntax::ast::Test, problems: &mut Problems) -> Vec<Layer> {
        if !test.body.iter().any(|stmt| matches!(stmt.kind, StmtKind::BuildsOn(_))) {
            return Vec::new();
        }
        self.below(&self.model(), &test.body).unwrap_or_else(|problem| {
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

    fn expectation(
        &self,
        expectation: &Expectation,
        machine: &mut Machine<'_>,
        words: Words<'_>,
    ) -> ExpectationReport {
        let target = machine.expression(expectation.target, None);
        let found = machine.trace().outcome(target).clone();
        let node = words.model.node(expectation.target);
        let found_text = words.outcome(&found, &node.ty, &node.show);
        let lang = words.lang;
        let (passed, expected) = match (&expectation.outcome, expectation.value) {
            (Expected::Value(_), Some(value)) => {
                let step = machine.expression(value, None);
                let wanted = machine.trace().outcome(step).clone();
                let node = words.model.node(value);
                (same(&found, &wanted), words.outcome(&wanted, &node.ty, &node.show))
            }
            (Expected::Value(_), None) => (false, String::new()),
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
        ExpectationReport { span: expectation.span, passed, expected, found: found_text }
    }
}

/// Expected values are compared exactly; how sure they are is not part of it.
fn same(found: &Outcome, wanted: &Outcome) -> bool {
    found.datum().is_some() && found.datum() == wanted.datum()
}

fn is_error(found: &Outcome, wanted: Option<&str>) -> bool {
    match found {
        Outcome::Error(problem) => wanted.is_none_or(|code| problem.report().code.id() == code),
        Outcome::Value(_) | Outcome::Unknown(_) | Outcome::DoesNotApply(_) => false,
    }
}
