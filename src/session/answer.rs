use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::{Asked, Checked, Question, Session, SessionProblem, nobody, requirements};
use crate::base::{SourceFile, SourceMap, Stop};
use crate::diag::{Diagnostic, Problems, nearest};
use crate::eval::{Judgement, Limits, Machine, Outcome, RunProblem, StepId, Trace};
use crate::explain::{Footings, Words};
use crate::facts::{EntityId, Facts, Moment, bind};
use crate::lint::Depth;
use crate::model::{ClauseId, DefId, ExprId, KindId, Model, NodeKind, Show, Ty};
use crate::plan::{Plan, Valid};
use crate::syntax::{ast, parse_expr};
use crate::types::entity_read;

/// The results of a question with everything needed to explain them.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The plan that was run.
    pub plan: Valid<Plan>,
    /// The facts it ran on.
    pub facts: Facts,
    /// The moment it was run for.
    pub moment: Moment,
    /// Every step.
    pub trace: Trace,
    /// The results, in the order of the targets and, within one, of the file.
    pub lines: Vec<AnswerLine>,
    /// What was found on the way, in rules, data and question.
    pub problems: Problems,
    /// Those of them that are remarks about the rules and do not concern what was asked for.
    pub aside: Vec<Diagnostic>,
    /// The session's texts and those of the question, which the findings point into.
    pub sources: SourceMap,
    /// Whether a counted limit was reached.
    pub hit_limit: bool,
    /// Whether everything was asked for rather than certain results.
    pub of_everything: bool,
    /// What stopped it, or would stop what is computed further from it.
    pub stop: Stop,
    /// What each step rests on, once somebody wants to know. INVARIANT: nobody changes the trace of an answer.
    footings: OnceLock<Arc<Footings>>,
}

/// One result.
#[derive(Clone, Debug)]
pub struct AnswerLine {
    /// Its full name, or the expression as asked.
    pub name: String,
    /// Which of the question's targets it answers, by position; the first where none is named.
    pub asked: usize,
    /// What was asked for.
    pub target: Target,
    /// For whom, where it differs between entities.
    pub entity: Option<EntityId>,
    /// Its step in the trace.
    pub step: StepId,
}

/// What a question asks for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Target {
    /// A definition.
    Def(DefId),
    /// An expression.
    Expr(ExprId),
}

impl Answer {
    /// Returns a result.
    pub fn outcome(&self, line: &AnswerLine) -> &Outcome {
        self.trace.outcome(line.step)
    }
    /// Returns the type of a result and how it is shown.
    pub fn typed(&self, line: &AnswerLine) -> (&Ty, &Show) {
        let model = &self.plan.model;
        match line.target {
            Target::Def(def) => (&model.defs[def].ty, &model.defs[def].show),
            Target::Expr(expr) => (&model.node(expr).ty, &model.node(expr).show),
        }
    }
    /// Returns what each step of the trace rests on, in short.
    pub fn footings(&self) -> &Footings {
        let words = self.words(self.plan.model.lang);
        self.footings.get_or_init(|| Arc::new(Footings::of(words, &self.trace)))
    }
    /// Returns what words the results.
    pub fn words(&self, lang: crate::base::Lang) -> Words<'_> {
        Words { model: &self.plan.model, facts: &self.facts, base: self.moment, lang }
    }
}

/// What a question is computed on, and how far.
pub(super) struct On {
    pub(super) plan: Valid<Plan>,
    pub(super) facts: Facts,
    pub(super) moment: Moment,
    pub(super) limits: Limits,
}

/// A target as it was understood.
pub(super) enum Understood {
    Clause(ClauseId),
    Def(DefId),
    Expr(String, usize),
    Wrong(SessionProblem),
    /// What is wrong with it has been reported.
    Unreadable,
}

impl Session {
    /// Answers a question. What is wrong with one target or clause does not stop the others; `None` when the moment
    /// is not known.
    pub fn ask(&self, question: &Question) -> Result<Answer, Problems> {
        self.ask_looking(question, Depth::All)
    }

    /// Answers a question as [`Session::ask`] does, but looks for errors only. The results are the same.
    ///
    /// # Errors
    /// When the moment is not known, or somebody wants it given up.
    pub fn ask_for_errors(&self, question: &Question) -> Result<Answer, Problems> {
        self.ask_looking(question, Depth::Errors)
    }

    fn ask_looking(&self, question: &Question, depth: Depth) -> Result<Answer, Problems> {
        self.unless_stopped()?;
        let layers = self.layers();
        let plain = self.plain();
        let mut asked = Problems::new();
        // Asking never changes the session, so the question's own texts lie in a copy of its sources.
        let mut sources = self.sources().clone();
        let (understood, queries) = self.understand(question, &plain.model, &mut sources, &mut asked);
        // A moment that is not known is told below, with everything else that is wrong.
        let known = self.moment(question.moment, layers, &plain.model).ok().and_then(Moment::interval);
        let query = Asked { queries: &queries, at: known, sources: &sources };
        // Where nothing is asked in words of its own, what was built for another question is built for this one.
        let Checked { plan, mut problems, .. } = match (queries.is_empty(), depth) {
            (true, Depth::All) => self.check(),
            (_, _) => self.build_asked(layers, None, query, depth),
        };
        let moment = match self.moment(question.moment, layers, &plan.model) {
            Ok(moment) => moment,
            Err(problem) => {
                let mut found = self.check().problems;
                found.report(&problem);
                return Err(found);
            }
        };
        let aside =
            self.aside(&problems, if question.targets.is_empty() { &[] } else { &understood }, &plan.model);
        problems.append(asked);
        let facts = bind(&plan.model, self.data(), moment, self.sources(), &mut problems);
        super::misnamed::warn(&plan.model, &facts, &mut problems);
        let limits = self.run_limits();
        let on = On { plan, facts, moment, limits };
        let (mut answer, judged) = self.computed(on, understood, question, sources, problems);
        for line in &answer.lines {
            if let Outcome::Error(problem) = answer.trace.outcome(line.step)
                && !(answer.of_everything && problem.needs_day())
            {
                told_once(problem, &mut answer.problems);
            }
        }
        let read = (!answer.of_everything).then_some(&answer.trace);
        let how = (read, !layers.is_empty());
        requirements::tell((&answer.plan, &answer.facts, moment), &judged, how, &mut answer.problems);
        Ok(Answer { aside, ..answer })
    }

    /// Computes what a question asks for, with how the requirements were judged. Nothing is told of the results yet.
    pub(super) fn computed(
        &self,
        on: On,
        understood: Vec<Understood>,
        question: &Question,
        sources: SourceMap,
        mut problems: Problems,
    ) -> (Answer, Judgement) {
        let On { plan, facts, moment, limits } = on;
        let judged = crate::eval::requirements(&plan, &facts, moment, limits.clone());
        let mut machine = Machine::new(&plan, &facts, moment, limits).refusing(&judged.refused);
        let mut lines = Vec::new();
        let understood = known_alone(understood, &plan.model, &facts, &sources);
        if let Some(chosen) = chosen(question, &plan.model, &facts, &mut problems) {
            for (asked, target) in understood.into_iter().enumerate() {
                let first = lines.len();
                run_target(target, &plan.model, &facts, &chosen, &mut machine, &mut lines, &mut problems);
                lines.iter_mut().skip(first).for_each(|line| line.asked = asked);
            }
        }
        let hit_limit = machine.hit_limit();
        let trace = machine.into_trace();
        let answer = Answer {
            plan,
            facts,
            moment,
            trace,
            lines,
            problems,
            aside: Vec::new(),
            sources,
            hit_limit,
            of_everything: question.targets.is_empty(),
            stop: self.stop().clone(),
            footings: OnceLock::new(),
        };
        (answer, judged)
    }

    /// Decides for each target whether it is a clause, a definition or an expression.
    pub(super) fn understand(
        &self,
        question: &Question,
        model: &Model,
        sources: &mut SourceMap,
        problems: &mut Problems,
    ) -> (Vec<Understood>, Vec<ast::Expr>) {
        let mut queries = Vec::new();
        if question.targets.is_empty() {
            let own = model.clauses.ids().filter(|clause| !model.is_imported(*clause));
            return (own.map(Understood::Clause).collect(), queries);
        }
        let mut all = Vec::new();
        for target in &question.targets {
            all.push(self.understand_one(target, model, sources, &mut queries, problems));
        }
        (all, queries)
    }

    fn understand_one(
        &self,
        target: &str,
        model: &Model,
        sources: &mut SourceMap,
        queries: &mut Vec<ast::Expr>,
        problems: &mut Problems,
    ) -> Understood {
        if let Some(id) = model.clauses.ids().find(|clause| model.is_clause(*clause, target)) {
            return Understood::Clause(id);
        }
        if let Some(def) = find_def(model, target) {
            return Understood::Def(def);
        }
        if let Some(question) = self.plain_question(target, model) {
            return Understood::Wrong(SessionProblem::PlainQuestion(question));
        }
        let file = sources.add(SourceFile::new(target, target));
        let mut found = Problems::new();
        let parsed = parse_expr(sources, file, self.lang(), &mut found);
        match parsed {
            Some(expr) if is_unknown_name(&expr, model) => {
                let near = nearest_target(model, target);
                Understood::Wrong(SessionProblem::NoSuchTarget { target: target.to_owned(), nearest: near })
            }
            Some(expr) => {
                queries.push(expr);
                problems.append(found);
                Understood::Expr(target.to_owned(), queries.len() - 1)
            }
            // What the parser says is enough; "no such name" on top of it would only distract.
            None if found.has_errors() => match self.unquoted(target, file, model) {
                Some(problem) => Understood::Wrong(problem),
                None => {
                    problems.append(found);
                    Understood::Unreadable
                }
            },
            None => Understood::Wrong(SessionProblem::NoSuchTarget {
                target: target.to_owned(),
                nearest: nearest_target(model, target),
            }),
        }
    }
}

fn find_def(model: &Model, target: &str) -> Option<DefId> {
    let target = target.replace(".full", ".fuldt").replace(".lapsed", ".bortfaldet");
    let full =
        model.defs.ids().find(|def| model.is_def(*def, &target) && model.defs[*def].local_to.is_none());
    full.or_else(|| {
        let alone: Vec<DefId> = model
            .defs
            .ids()
            .filter(|d| model.defs[*d].name == target && model.defs[*d].local_to.is_none())
            .filter(|d| !model.is_imported(model.defs[*d].clause))
            .collect();
        match alone.as_slice() {
            [one] => Some(*one),
            [] | [_, ..] => None,
        }
    })
}

/// The targets, and instead of those that name somebody nobody knows what is wrong with them.
fn known_alone(
    understood: Vec<Understood>,
    model: &Model,
    facts: &Facts,
    sources: &SourceMap,
) -> Vec<Understood> {
    let one = |target| {
        let query = match &target {
            Understood::Expr(_, index) => model.queries.get(*index).copied(),
            _ => None,
        };
        let wrong = query.and_then(|query| nobody::named_in(query, model, facts, sources));
        wrong.map_or(target, Understood::Wrong)
    };
    understood.into_iter().map(one).collect()
}

/// Tells whether an expression is nothing but a name that nothing has.
fn is_unknown_name(expr: &ast::Expr, model: &Model) -> bool {
    let ast::ExprKind::Path(path) = expr.kind.as_ref() else { return false };
    let [part] = path.parts.as_slice() else { return false };
    let name = &part.name.text;
    let defs = model.defs.iter().filter(|def| def.name == *name).count();
    let facts = model.facts.iter().filter(|fact| fact.name == *name).count();
    defs + facts == 0
}

fn nearest_target(model: &Model, target: &str) -> Option<String> {
    let clauses = model.clauses.iter().map(|clause| clause.full.clone());
    let defs = model.defs.ids().map(|def| model.full_name(def));
    let names: Vec<String> =
        clauses.chain(defs).chain(model.defs.iter().map(|def| def.name.clone())).collect();
    nearest(target, names.iter().map(String::as_str)).map(str::to_owned)
}

pub(super) type Chosen = BTreeMap<KindId, Vec<EntityId>>;

/// Tells an error with its place, unless the checker has told its cause already.
fn told_once(problem: &RunProblem, problems: &mut Problems) {
    match problem {
        RunProblem::Faulty { .. }
        | RunProblem::Invalid { .. }
        | RunProblem::Unmet { .. }
        | RunProblem::Refused(_) => {}
        other => problems.report(other),
    }
}

/// The entities asked for, by kind; a kind not mentioned means all of it.
///
/// `None` when a kind is asked for that the rules do not have: the question is about somebody, not everybody.
pub(super) fn chosen(
    question: &Question,
    model: &Model,
    facts: &Facts,
    problems: &mut Problems,
) -> Option<Chosen> {
    let mut chosen = Chosen::new();
    for (kind_word, name) in &question.only {
        let kind = model.find_kind(kind_word);
        let entity = kind.and_then(|kind| facts.find(kind, name));
        match (kind, entity) {
            (Some(kind), Some(entity)) => chosen.entry(kind).or_default().push(entity),
            (Some(kind), None) => {
                let loaded = facts.of_kind(kind).into_iter().map(|id| facts.get(id).name.clone()).collect();
                let name = name.clone();
                let asked = kind_word.clone();
                problems.report(&SessionProblem::NoSuchEntity { kind: asked, name, loaded, at: None });
                chosen.entry(kind).or_default();
            }
            (None, _) => {
                let kinds = model.kinds.iter().map(|kind| kind.name.clone()).collect();
                problems.report(&SessionProblem::NoSuchKind { kind: kind_word.clone(), kinds });
                return None;
            }
        }
    }
    Some(chosen)
}

pub(super) fn run_target(
    target: Understood,
    model: &Model,
    facts: &Facts,
    chosen: &Chosen,
    machine: &mut Machine<'_>,
    lines: &mut Vec<AnswerLine>,
    problems: &mut Problems,
) {
    match target {
        Understood::Wrong(problem) => problems.report(&problem),
        Understood::Unreadable => {}
        Understood::Def(def) => run_def(def, model, facts, chosen, machine, lines),
        Understood::Clause(clause) => {
            for def in &model.clauses[clause].defs {
                run_def(*def, model, facts, chosen, machine, lines);
            }
        }
        Understood::Expr(text, index) => {
            let Some(expr) = model.queries.get(index).copied() else { return };
            // What is wrong with the question itself has been told; there is no result to show for it.
            if matches!(model.node(expr).kind, NodeKind::Invalid) {
                return;
            }
            let kind = entity_read(model, expr).map(|(kind, _)| kind);
            for entity in entities(kind, facts, chosen) {
                let step = machine.expression(expr, entity);
                lines.push(AnswerLine {
                    name: text.clone(),
                    asked: 0,
                    target: Target::Expr(expr),
                    entity,
                    step,
                });
            }
        }
    }
}

pub(super) fn run_def(
    def: DefId,
    model: &Model,
    facts: &Facts,
    chosen: &Chosen,
    machine: &mut Machine<'_>,
    lines: &mut Vec<AnswerLine>,
) {
    let kind = model.clauses[model.defs[def].clause].each.filter(|_| model.defs[def].per_entity);
    for entity in entities(kind, facts, chosen) {
        let step = machine.definition(def, entity);
        lines.push(AnswerLine {
            name: model.full_name(def),
            asked: 0,
            target: Target::Def(def),
            entity,
            step,
        });
    }
}

/// The entities something is read for; one reading without an entity where it is the same for all, or none are loaded.
fn entities(kind: Option<KindId>, facts: &Facts, chosen: &Chosen) -> Vec<Option<EntityId>> {
    let Some(kind) = kind else { return vec![None] };
    let all = chosen.get(&kind).cloned().unwrap_or_else(|| facts.of_kind(kind));
    if all.is_empty() && !chosen.contains_key(&kind) {
        return vec![None];
    }
    all.into_iter().map(Some).collect()
}
