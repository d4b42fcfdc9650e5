//! What is laid over the rules, as the language writes it: a scenario in a file of its own is laid over the rules, and what
//! lies over them is written as one.

use super::{Session, SessionProblem, question};
use crate::base::Span;
use crate::diag::Problems;
use crate::model::{Layer, Model, Origin};
use crate::syntax;
use crate::syntax::ast::{self, ItemKind, Stmt, StmtKind, SwitchWhat};

impl Session {
    /// Lays the scenario of a file over everything that is laid already: the one that no other in it builds on, and below it
    /// those it builds on, in the file or in the rules. On an error nothing is added.
    ///
    /// # Errors
    /// When the text is no rule file, holds anything else than scenarios, several that do not build on each other, or something in them is wrong with these rules.
    pub fn lay_file(&mut self, name: &str, bytes: &[u8], origin: Origin) -> Result<(), Problems> {
        let mut problems = Problems::new();
        let admitted = syntax::admit(&mut self.map, name, bytes, &mut problems);
        let Some(file) = admitted.filter(|_| !problems.has_errors()) else { return Err(problems) };
        let tree = syntax::parse(&self.map, file, &mut problems);
        let scenarios = match only_scenarios(&tree, Span::new(file, 0, 0)) {
            Ok(scenarios) => scenarios,
            Err(problem) => {
                problems.report(&problem);
                Vec::new()
            }
        };
        if problems.has_errors() {
            return Err(problems);
        }
        self.lay_scenarios(&scenarios, &origin)
    }

    /// Lays the lines of one scenario over everything, as the record of an answer has them: one layer.
    ///
    /// # Errors
    /// When they are not lines of a scenario, or something in them is wrong with these rules.
    pub fn lay_lines(&mut self, name: &str, lines: &str, origin: Origin) -> Result<(), Problems> {
        let word = self.lang().pick("scenarie", "scenario");
        let body: String = lines.lines().map(|line| format!("  {line}\n")).collect();
        self.lay_file(name, format!("{word} {}\n{body}", UNNAMED).as_bytes(), origin)
    }

    fn lay_scenarios(&mut self, all: &[ast::Scenario], origin: &Origin) -> Result<(), Problems> {
        let plan = self.plain();
        let model = &plan.model;
        let named = |name: &str| all.iter().find(|scenario| scenario.name.text == name);
        let built_on: Vec<&str> = all.iter().flat_map(|one| below(&one.body)).collect();
        let is_top = |one: &&ast::Scenario| !built_on.contains(&one.name.text.as_str());
        let tops: Vec<&ast::Scenario> = all.iter().filter(is_top).collect();
        let told = |problem: SessionProblem| {
            let mut problems = Problems::new();
            problems.report(&problem);
            problems
        };
        if let [_, second, ..] = tops.as_slice() {
            let names = tops.iter().map(|one| one.name.text.clone()).collect();
            return Err(told(SessionProblem::SeveralScenarios { span: second.name.span, names }));
        }
        if let ([], Some(first)) = (tops.as_slice(), all.first()) {
            return Err(told(SessionProblem::RingInFile { span: first.name.span }));
        }
        let mut order = Vec::new();
        for one in tops {
            lowest_first(model, &named, &one.name.text, &mut order).map_err(told)?;
        }
        let layer = |name: &String| match named(name) {
            Some(own) => {
                let is_line = |stmt: &&Stmt| !matches!(stmt.kind, StmtKind::BuildsOn(_));
                Layer { origin: origin.clone(), body: own.body.iter().filter(is_line).cloned().collect() }
            }
            None => {
                let body = model.scenarios.get(name).map(|scenario| scenario.body.clone());
                Layer { origin: Origin::Scenario(name.clone()), body: body.unwrap_or_default() }
            }
        };
        self.add_layers(order.iter().map(layer).filter(|layer| !layer.body.is_empty()).collect())
    }

    /// What a layer says, line by line, as a scenario writes it; a scenario of the rules by its lines.
    pub fn lines_of(&self, layer: &Layer) -> Vec<String> {
        layer.body.iter().map(|stmt| self.spelt(stmt)).collect()
    }

    /// One line of a scenario.
    pub(super) fn spelt(&self, stmt: &Stmt) -> String {
        let (lang, words) = (self.lang(), self.sources().text(stmt.span).trim());
        match &stmt.kind {
            StmtKind::Reading { assumption, reading } => {
                let name = joined(assumption);
                format!("{} {name} = {}", lang.pick("læsning", "reading"), reading.text)
            }
            StmtKind::Switch { what, name, on } => {
                let what = match what {
                    SwitchWhat::Exception => lang.pick("undtagelse", "exception"),
                    SwitchWhat::Amendment => lang.pick("ændring", "amendment"),
                };
                let on = if *on { lang.pick("ja", "yes") } else { lang.pick("nej", "no") };
                format!("{what} {} = {on}", joined(name))
            }
            _ => unindented(words, self.column_of(stmt.span)),
        }
    }

    /// How far a line of a file is indented.
    fn column_of(&self, span: Span) -> usize {
        let text = &self.sources().file(span.file).text;
        let before = text.get(..span.range().start).unwrap_or_default();
        before.len() - before.rfind('\n').map_or(0, |at| at + 1)
    }
}

/// What the lines of a record are called while they are read; nobody sees it.
const UNNAMED: &str = "linjer";

/// A dotted name.
pub(super) fn joined(path: &ast::Path) -> String {
    path.parts.iter().map(|part| part.name.text.as_str()).collect::<Vec<_>>().join(".")
}

/// Takes the indentation of the first line off the lines below it.
fn unindented(text: &str, column: usize) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |whole, line| {
        let gap = line.len() - line.trim_start().len();
        let rest = line.get(gap.min(column)..).unwrap_or_default();
        format!("{whole}\n{}", rest.trim_end())
    })
}

fn below(body: &[Stmt]) -> impl Iterator<Item = &str> {
    let lists = body.iter().filter_map(|stmt| match &stmt.kind {
        StmtKind::BuildsOn(names) => Some(names),
        _ => None,
    });
    lists.flatten().map(|name| name.text.as_str())
}

/// Collects a scenario of a file, or of the rules, after those it builds on, each once.
fn lowest_first<'s>(
    model: &Model,
    named: &impl Fn(&str) -> Option<&'s ast::Scenario>,
    name: &str,
    order: &mut Vec<String>,
) -> Result<(), SessionProblem> {
    let Some(own) = named(name) else { return question::collect(model, name, order) };
    if order.iter().any(|known| known == name) {
        return Ok(());
    }
    // Marked before those below it are visited, so that a ring of scenarios ends.
    order.push(name.to_owned());
    for other in below(&own.body) {
        lowest_first(model, named, other, order)?;
    }
    if let Some(at) = order.iter().position(|known| known == name) {
        let own = order.remove(at);
        order.push(own);
    }
    Ok(())
}

/// The scenarios of a file that holds nothing else.
fn only_scenarios(tree: &ast::File, start: Span) -> Result<Vec<ast::Scenario>, SessionProblem> {
    let mut scenarios = Vec::new();
    for item in &tree.items {
        match &item.kind {
            ItemKind::Scenario(scenario) => scenarios.push(scenario.clone()),
            _ => return Err(SessionProblem::NotAScenario { span: item.span }),
        }
    }
    match scenarios.is_empty() {
        true => Err(SessionProblem::NotAScenario { span: start }),
        false => Ok(scenarios),
    }
}
