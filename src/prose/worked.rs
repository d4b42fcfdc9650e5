//! Tests as worked examples, and scenarios: what is supposed, and what then comes out.

use super::document::{Block, Entry, Line, Piece, listed, say};
use super::expr::bare;
use super::names::Sort;
use super::span::InForce;
use super::voice::Voice;
use crate::syntax::ast::{
    Assign, Expectation, Expected, Expr, ExprKind, Name, Scenario, Stmt, StmtKind, SwitchWhat, Target, Test,
};
use crate::value::Period;

impl Voice<'_> {
    /// A test as an example: what is given, and what follows.
    pub(super) fn example(&self, test: &Test) -> Entry {
        let lang = self.lang;
        let title = Line::one(Piece::Strong(lang.pick("Eksempel: ", "Example: ").to_owned()))
            .and(Line::text(&test.title.text).sentence());
        let is_result = |stmt: &&Stmt| matches!(stmt.kind, StmtKind::Expect(_));
        let given: Vec<Line> =
            test.body.iter().filter(|stmt| !is_result(stmt)).filter_map(|stmt| self.setting(stmt)).collect();
        let results: Vec<Line> =
            test.body.iter().filter(is_result).filter_map(|stmt| self.setting(stmt)).collect();
        let mut under = Vec::new();
        if !given.is_empty() {
            let given = listed(&given, "; ", "; ");
            under.push(Block::Para(say(lang.pick("Givet: {0}.", "Given: {0}."), &[&given])));
        }
        let results = listed(&results, "; ", "; ");
        under.push(Block::Para(say(lang.pick("Så: {0}.", "Then: {0}."), &[&results])));
        Entry { number: None, line: title, under }
    }

    /// A scenario: what is supposed instead.
    pub(super) fn scenario(&self, scenario: &Scenario, at: &InForce) -> Entry {
        let title = match &scenario.title {
            Some(title) => Line::text(&title.text),
            None => Line::name(&scenario.name.text),
        };
        let line = Line::one(Piece::Strong(self.lang.pick("Scenarie: ", "Scenario: ").to_owned()))
            .and(title.sentence())
            .then(self.lang.pick(" Det antages:", " It is supposed:"));
        Entry { number: None, line, under: vec![Block::List(self.lines(&scenario.body, at))] }
    }

    /// A line that sets the scene, or says what comes out.
    pub(super) fn setting(&self, stmt: &Stmt) -> Option<Line> {
        let lang = self.lang;
        Some(match &stmt.kind {
            StmtKind::Year(year) => {
                Line::text(lang.pick(format!("året er {year}"), format!("the year is {year}")))
            }
            StmtKind::Day(day) => {
                let day = Period::Day(*day).print(lang);
                Line::text(lang.pick(format!("dagen er den {day}"), format!("the day is {day}")))
            }
            StmtKind::BuildsOn(names) => {
                let names: Vec<Line> = names.iter().map(|name| self.called(&name.text)).collect();
                let names = listed(&names, ", ", lang.pick(" og ", " and "));
                say(lang.pick("som i {0}", "as in {0}"), &[&names])
            }
            StmtKind::Reading { assumption, reading } => {
                let of = assumption.parts.last().map(|part| part.name.text.as_str()).unwrap_or_default();
                say(
                    lang.pick("spørgsmålet {0} besvares: {1}", "the question {0} is answered: {1}"),
                    &[&self.called(of), &self.reading_called(of, &reading.text)],
                )
            }
            StmtKind::Switch { what, name, on } => self.switch(*what, &name.parts.last()?.name.text, *on),
            StmtKind::EntityFacts { kind, name, facts } => {
                let facts: Vec<Line> = facts.iter().map(|fact| self.supposed(fact)).collect();
                say(
                    lang.pick("for {0} {1}: {2}", "for {0} {1}: {2}"),
                    &[&Line::name(&kind.text), &Line::text(&name.text), &listed(&facts, ", ", ", ")],
                )
            }
            StmtKind::Expect(all) => self.results(all),
            StmtKind::Assign(assign) => self.supposed(assign),
            // Other lines of a test or scenario are worded as in a clause.
            _ => self.lines(std::slice::from_ref(stmt), &InForce(None)).into_iter().next()?.line,
        })
    }

    fn switch(&self, what: SwitchWhat, name: &str, on: bool) -> Line {
        let lang = self.lang;
        let template = match (what, on) {
            (SwitchWhat::Exception, true) => lang.pick("undtagelsen {0} er med", "the exception {0} counts"),
            (SwitchWhat::Exception, false) => {
                lang.pick("undtagelsen {0} er ikke med", "the exception {0} does not count")
            }
            (SwitchWhat::Amendment, true) => lang.pick("ændringen {0} er med", "the amendment {0} counts"),
            (SwitchWhat::Amendment, false) => {
                lang.pick("ændringen {0} er ikke med", "the amendment {0} does not count")
            }
        };
        say(template, &[&self.called(name)])
    }

    /// `ventetid i 2024 er 12`: a time stands after the name, so that the list can be read.
    pub(super) fn supposed(&self, assign: &Assign) -> Line {
        self.outcome(&assign.target, &assign.value)
    }

    /// `betingelsen nået er opfyldt`, `svaret på »har bibliotek« er ja`, `pulje i 2025 er 5 kr.`
    fn outcome(&self, target: &Target, value: &Expr) -> Line {
        let is_condition = self.path_sort(&target.path) == Sort::Condition;
        if let (true, ExprKind::Bool(met)) = (is_condition, &*bare(value).kind) {
            let template = match met {
                true => self.lang.pick("betingelsen {0} er opfyldt", "the condition {0} is met"),
                false => self.lang.pick("betingelsen {0} er ikke opfyldt", "the condition {0} is not met"),
            };
            return say(template, &[&self.timed(target, self.target(target))]);
        }
        let name = self.timed(target, self.subject(target, value));
        self.predicate(&name, None, value)
    }

    fn timed(&self, target: &Target, name: Line) -> Line {
        match &target.when {
            Some(when) => name.then(" ").and(self.when(when)),
            None => name,
        }
    }

    /// What comes out, clause by clause; the clause is named once for those that follow each other in it.
    fn results(&self, all: &[Expectation]) -> Line {
        let mut groups: Vec<(Option<&Name>, Vec<&Expectation>)> = Vec::new();
        for one in all {
            let clause = self.clause_of(one);
            match groups.last_mut() {
                Some((last, group)) if last.map(|name| &name.text) == clause.map(|name| &name.text) => {
                    group.push(one);
                }
                _ => groups.push((clause, vec![one])),
            }
        }
        let group = |(clause, group): (Option<&Name>, Vec<&Expectation>)| {
            let voice = Voice { clause: clause.map(|name| name.text.as_str()), ..*self };
            let lines: Vec<Line> = group.into_iter().map(|one| voice.expected(one)).collect();
            let lines = listed(&lines, ", ", ", ");
            match clause {
                Some(name) => say(
                    self.lang.pick("i {0}: {1}", "in {0}: {1}"),
                    &[&self.clause_named(None, name), &lines],
                ),
                None => lines,
            }
        };
        let groups: Vec<Line> = groups.into_iter().map(group).collect();
        listed(&groups, "; ", "; ")
    }

    /// The clause of what is expected, where its path names one that is shown.
    fn clause_of<'e>(&self, one: &'e Expectation) -> Option<&'e Name> {
        match one.target.path.parts.as_slice() {
            [clause, _, ..] => {
                let found = self.names.find_clause(None, &clause.name.text)?;
                found.number.map(|_| &clause.name)
            }
            _ => None,
        }
    }

    fn expected(&self, expectation: &Expectation) -> Line {
        let lang = self.lang;
        let name = self.timed(&expectation.target, self.target(&expectation.target));
        match &expectation.outcome {
            Expected::Value(value) => self.outcome(&expectation.target, value),
            Expected::About(value) => {
                say(lang.pick("{0} er afrundet {1}", "{0} is {1} when rounded"), &[&name, &self.value(value)])
            }
            Expected::Unknown => say(lang.pick("{0} er ukendt", "{0} is unknown"), &[&name]),
            Expected::DoesNotApply => say(lang.pick("{0} gælder ikke", "{0} does not apply"), &[&name]),
            Expected::Error(_) => say(
                lang.pick(
                    "{0} kan ikke regnes ud (det er en fejl)",
                    "{0} cannot be computed (it is an error)",
                ),
                &[&name],
            ),
        }
    }
}
