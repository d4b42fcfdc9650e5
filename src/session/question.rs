use super::{Session, SessionProblem};
use crate::base::{SourceFile, bi};
use crate::diag::{Problems, nearest};
use crate::facts::Moment;
use crate::model::{Layer, Model, NameProblem, Origin};
use crate::syntax::{ast, parse_reading_choice};

/// What is asked of a session.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// A clause, `clause.name`, or an expression; none means everything.
    pub targets: Vec<String>,
    /// The year or day; `None` takes the data's year, else the agreement's only one.
    pub moment: Option<Moment>,
    /// Only these entities: kind and name.
    pub only: Vec<(String, String)>,
}

impl Session {
    /// Lays a declared scenario, with those it builds on below it, over the rules.
    ///
    /// # Errors
    /// When there is no such scenario, or something in it is wrong.
    pub fn use_scenario(&mut self, name: &str) -> Result<(), Problems> {
        self.use_scenarios(&[name])
    }

    /// Lays several declared scenarios over the rules, each once, with those they build on below them. In which order
    /// they are named makes no difference.
    ///
    /// # Errors
    /// When one of them is not there, something in them is wrong, or two of them set the same in different ways.
    pub fn use_scenarios(&mut self, names: &[&str]) -> Result<(), Problems> {
        let plan = self.plain();
        let model = &plan.model;
        let mut order = Vec::new();
        for name in names {
            collect(model, name, &mut order).map_err(|problem| {
                let mut problems = Problems::new();
                problems.report(&problem);
                problems
            })?;
        }
        let layer = |name: String| {
            let body = model.scenarios.get(&name).map(|scenario| scenario.body.clone()).unwrap_or_default();
            Layer { origin: Origin::Scenario(name), body }
        };
        self.add_layers(order.into_iter().map(layer).collect())
    }

    /// Chooses a reading: `trin=tredjedele`.
    ///
    /// # Errors
    /// When the text cannot be read, or there is no such assumption or reading.
    pub fn choose_reading(&mut self, text: &str, origin: Origin) -> Result<(), Problems> {
        let mut problems = Problems::new();
        let name = match origin {
            Origin::WhatIf => ":læsning",
            _ => "--reading",
        };
        let file = self.sources_mut().add(SourceFile::new(name, text));
        let choice = parse_reading_choice(self.sources(), file, self.lang(), &mut problems);
        let (Some((assumption, reading)), false) = (choice, problems.has_errors()) else {
            return Err(problems);
        };
        let span = assumption.span;
        let stmt = ast::Stmt { doc: Vec::new(), span, kind: ast::StmtKind::Reading { assumption, reading } };
        self.add_layer(Layer { origin, body: vec![stmt] })
    }

    /// Switches an exception or an amendment off.
    ///
    /// # Errors
    /// When there is none of that name.
    pub fn without(&mut self, name: &str, origin: Origin) -> Result<(), Problems> {
        let file = self.sources_mut().add(SourceFile::new("--without", name));
        let span = crate::base::Span::new(file, 0, name.len());
        let part = ast::PathPart { name: ast::Name { text: name.to_owned(), span }, cells: Vec::new() };
        let path = ast::Path { parts: vec![part], span };
        let plan = self.plain();
        let model = &plan.model;
        let exceptions: Vec<&str> =
            model.exceptions.iter().map(|exception| exception.name.as_str()).collect();
        let amendments: Vec<&str> =
            model.amendments.iter().map(|amendment| amendment.name.as_str()).collect();
        let switches = [
            (ast::SwitchWhat::Exception, exceptions.contains(&name)),
            (ast::SwitchWhat::Amendment, amendments.contains(&name)),
        ];
        let switch = |what| {
            let kind = ast::StmtKind::Switch { what, name: path.clone(), on: false };
            ast::Stmt { doc: Vec::new(), span, kind }
        };
        // Whatever goes by the name is off, as exceptions of several clauses are.
        let body: Vec<ast::Stmt> =
            switches.into_iter().filter(|(_, found)| *found).map(|(what, _)| switch(what)).collect();
        if body.is_empty() {
            let nearest = nearest(name, exceptions.into_iter().chain(amendments)).map(str::to_owned);
            let what = bi!("undtagelsen eller ændringen", "exception or amendment");
            let mut problems = Problems::new();
            problems.report(&NameProblem::Dangling { span, what, name: name.to_owned(), nearest });
            return Err(problems);
        }
        self.add_layer(Layer { origin, body })
    }

    /// Decides which moment a question is about.
    pub(super) fn moment(
        &self,
        asked: Option<Moment>,
        layers: &[Layer],
        model: &Model,
    ) -> Result<Moment, SessionProblem> {
        let stated =
            layers.iter().rev().flat_map(|layer| layer.body.iter().rev()).find_map(|stmt| match &stmt.kind {
                ast::StmtKind::Year(year) => Some(Moment::Year(*year)),
                ast::StmtKind::Day(date) => Some(Moment::Day(*date)),
                _ => None,
            });
        let data = self.data().year.as_ref().map(|year| Moment::Year(year.year));
        let agreed = model.only_year().map(Moment::Year);
        asked.or(stated).or(data).or(agreed).ok_or(SessionProblem::WhichYear)
    }
}

/// Collects a scenario after those it builds on, each once.
pub(super) fn collect(model: &Model, name: &str, order: &mut Vec<String>) -> Result<(), SessionProblem> {
    if order.iter().any(|known| known == name) {
        return Ok(());
    }
    let Some(scenario) = model.scenarios.get(name) else {
        return Err(super::layers::no_scenario(model, name));
    };
    // Marked before those below it are visited, so that a ring of scenarios ends.
    order.push(name.to_owned());
    let at = order.len() - 1;
    for stmt in &scenario.body {
        if let ast::StmtKind::BuildsOn(names) = &stmt.kind {
            for below in names {
                collect(model, &below.text, order)?;
            }
        }
    }
    let own = order.remove(at);
    order.push(own);
    Ok(())
}
