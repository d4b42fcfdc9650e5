//! Worlds with names, and what differs between them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::lookup::columns;
use super::problem::ReplProblem;
use super::state::{Repl, Said, World};
use crate::base::{Bi, bi};
use crate::compare::{
    Change, Column, Comparison, Side, Step, Telling, asked_of_all, bridges, is_only_absent, line_steps,
    moving, told,
};
use crate::diag::nearest;
use crate::explore::Refused;
use crate::facts::Moment;
use crate::model::Layer;
use crate::render::{compared_text, visible_lines};

/// What the files alone are called, in both languages; no world can have the name.
pub(super) const FILES: [&str; 2] = ["filer", "files"];

/// Nothing is laid over the files.
pub(super) fn as_in_files() -> Bi {
    bi!("alt er, som det står i filerne", "everything is as it stands in the files")
}

impl Repl {
    /// Gives the present world a name, or goes to the world that has it; without a name, shows those there are. A world
    /// that has a name keeps what is changed in it, also after it is left. `None` when a name cannot be one.
    pub(super) fn named_world(&mut self, rest: &str) -> Option<Said> {
        if rest.is_empty() {
            return Some(Said::text(self.worlds()));
        }
        let is_name = rest.chars().all(|c| c.is_alphanumeric() || "_-".contains(c));
        if FILES.contains(&rest) {
            return Some(self.reset());
        }
        if !is_name {
            return None;
        }
        let label = format!(":{} {rest}", self.lang().pick("verden", "world"));
        let mut named = self.kept();
        let (world, said) = match named.get(rest) {
            Some(known) => {
                let changes = match known.layers.len() {
                    1 => bi!("1 ændring", "1 change"),
                    count => bi!("{count} ændringer", "{count} changes"),
                };
                let asked = self.time_of(known).map(|moment| moment.print(self.lang()));
                let whom = known.only.iter().map(|(_, name)| name.clone());
                let asked: String = asked.into_iter().chain(whom).map(|word| format!(" · {word}")).collect();
                let (da, en) = (&changes.da, &changes.en);
                let said = bi!("i verdenen {rest}: {da}{asked}", "in the world {rest}: {en}{asked}");
                (known.clone(), said)
            }
            None => {
                let said = bi!(
                    "verdenen {rest} er, som alt er nu; ændringer herfra hører til den",
                    "the world {rest} is as everything is now; changes from here on belong to it"
                );
                (World { name: Some(rest.to_owned()), ..self.world.clone() }, said)
            }
        };
        named.insert(rest.to_owned(), World { named: Rc::default(), ..world.clone() });
        let world = World { label, named: Rc::new(named), ..world };
        self.move_to(world);
        Some(self.bi_line(&said))
    }

    /// The worlds that have names, the present one as it is now.
    pub(super) fn kept(&self) -> BTreeMap<String, World> {
        let mut named = (*self.world.named).clone();
        if let Some(name) = &self.world.name {
            named.insert(name.clone(), World { named: Rc::default(), ..self.world.clone() });
        }
        named
    }

    fn worlds(&self) -> String {
        let here = self.lang().pick("her", "here");
        let row = |(name, world): (&String, &World)| {
            let is_here = self.world.name.as_ref() == Some(name);
            let what_ifs = self.what_ifs_of(world).join("; ");
            let mark = if is_here { format!("{here}: ") } else { String::new() };
            let said = if what_ifs.is_empty() { as_in_files().get(self.lang()).to_owned() } else { what_ifs };
            (name.clone(), format!("{mark}{said}"))
        };
        let rows: Vec<_> = self.kept().iter().map(row).collect();
        match rows.as_slice() {
            [] => {
                let none = bi!(
                    "ingen verdener har navne; `:verden a` giver det, der er sat, navnet a",
                    "no worlds have names; `:world a` names what has been set a"
                );
                format!("{}\n", none.get(self.lang()))
            }
            rows => visible_lines(&columns(rows, self.look.width)).into_owned(),
        }
    }

    /// What differs from the files, from another world, or between two; of one result the bridge from one to the other, too.
    pub(super) fn diff(&self, rest: &str) -> Result<Said, ReplProblem> {
        let (names, target) = self.named_in(rest);
        let (from, to) = match names.as_slice() {
            [] if self.world.layers.is_empty() => return Ok(self.bi_line(&as_in_files())),
            [] => (self.files(&self.world), self.world.clone()),
            [from] => self.two_worlds(from, None)?,
            [from, to, ..] => self.two_worlds(from, Some(to))?,
        };
        let files = self.lang().pick(FILES[0], FILES[1]);
        let here = self.lang().pick("her", "here");
        let from_name = names.first().copied().unwrap_or(files);
        let to_name = match names.as_slice() {
            [] => here,
            // The other world of a single name is the files where it is the present one itself.
            [_] if to.layers.is_empty() && to.name.is_none() => files,
            [_] => here,
            [_, to, ..] => to,
        };
        match self.beside((from_name, &from), (to_name, &to), target) {
            Ok(said) => Ok(said),
            // A single word that no result has was meant as the name of a world.
            Err(None) => match self.world_called(target.unwrap_or_default()) {
                Err(problem) => Err(problem),
                Ok(_) => Ok(self.bi_line(&as_in_files())),
            },
            Err(Some(said)) => Ok(*said),
        }
    }

    /// Takes the names of worlds off what follows the command; what is left is a result.
    fn named_in<'t>(&self, rest: &'t str) -> (Vec<&'t str>, Option<&'t str>) {
        let (mut names, mut rest) = (Vec::new(), rest.trim());
        while names.len() < 2 && !rest.is_empty() {
            let (first, after) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            if !FILES.contains(&first) && self.world_called(first).is_err() {
                break;
            }
            names.push(first);
            rest = after.trim();
        }
        (names, Some(rest).filter(|rest| !rest.is_empty()))
    }

    /// Two worlds side by side. `Err(None)` where the target is a single word that no result has.
    fn beside(
        &self,
        (from_name, from): (&str, &World),
        (to_name, to): (&str, &World),
        target: Option<&str>,
    ) -> Result<Said, Option<Box<Said>>> {
        let lang = self.lang();
        let base = self.side(from);
        let columns = [self.column(to_name, from, to)];
        let targets: Vec<String> = target.iter().map(|target| (*target).to_owned()).collect();
        let refused = |refused: &Refused| {
            let is_name = target.is_some_and(|target| !target.contains([' ', '.']));
            let nobody =
                refused.problems.iter().any(|found| is_only_absent(found, &refused.sources, &targets));
            (!(is_name && nobody)).then(|| {
                let problems = self.fresh(&refused.problems);
                Box::new(Said { text: String::new(), problems, sources: refused.sources.clone() })
            })
        };
        let answers = asked_of_all(&base, &columns, &targets, &self.world.only)
            .map_err(|(_, problems)| refused(&problems))?;
        let comparison = Comparison::of(answers.iter().collect());
        // What is no number has no bridge; what differs of it is told all the same.
        let ways = match (target, comparison.results.as_slice()) {
            (Some(target), [result]) if result.rows.iter().any(|row| comparison.differs(row)) => {
                bridges(&base, &columns[0], target, &self.world.only).ok()
            }
            (_, _) => None,
        };
        let ways = ways.map(|(found, answer)| (moving(found), answer));
        let ways: Vec<_> = ways
            .iter()
            .flat_map(|(found, answer)| found.iter().map(move |bridge| (1, bridge.clone(), answer)))
            .collect();
        let telling = Telling { lang, base: from_name, all: false };
        let told = told(&comparison, (&base, &columns), &ways, telling);
        Ok(Said::text(compared_text(&told, &self.look)))
    }

    fn side(&self, world: &World) -> Side {
        let mut session = self.session.clone();
        session.restore_layers(world.layers.clone());
        Side { session, moment: self.time_of(world) }
    }

    /// The way from one world to another: what only the first has is taken away, the last first; then what only the second
    /// has is laid, line by line; then its time is asked for.
    fn column(&self, name: &str, from: &World, to: &World) -> Column {
        // The same words over the same rules are the same change, also where they were typed twice.
        let words = |layer: &Layer| self.session.words_of(layer);
        let same = |(a, b): &(&Layer, &Layer)| a.origin == b.origin && words(a) == words(b);
        let in_both = |layer: &&Layer, others: &[Layer]| others.iter().any(|other| same(&(*layer, other)));
        let ours: Vec<&Layer> = from.layers.iter().filter(|layer| in_both(layer, &to.layers)).collect();
        let theirs: Vec<&Layer> = to.layers.iter().filter(|layer| in_both(layer, &from.layers)).collect();
        // What both have stays where it is, if both have it in the same order: the last of two that set the same holds.
        let is_same_order =
            ours.len() == theirs.len() && ours.iter().zip(&theirs).all(|(a, b)| same(&(*a, *b)));
        let prefix = from.layers.iter().zip(&to.layers).take_while(|(a, b)| same(&(*a, *b))).count();
        let stays = |at: usize, layer: &Layer, others: &[Layer]| match is_same_order {
            true => in_both(&layer, others),
            false => at < prefix,
        };
        let gone: Vec<usize> = positions(&from.layers, |at, layer| !stays(at, layer, &to.layers));
        let come: Vec<usize> = positions(&to.layers, |at, layer| !stays(at, layer, &from.layers));
        let without = self.lang().pick("uden", "without");
        let taken = gone.iter().rev().map(|at| {
            let words = from.layers.get(*at).map(|layer| self.session.words_of(layer)).unwrap_or_default();
            let left = positions(&from.layers, |other, _| other < *at || !gone.contains(&other));
            let layers = left.iter().filter_map(|at| from.layers.get(*at)).cloned().collect();
            Step { words: format!("{without} {}", words.join("; ")), change: Change::Layers(layers) }
        });
        let mut steps: Vec<Step> = taken.collect();
        for at in &come {
            let Some(layer) = to.layers.get(*at) else { continue };
            let there = |other: usize| other < *at || !come.contains(&other);
            let before = positions(&to.layers, |other, _| other < *at && there(other)).len();
            let layers = positions(&to.layers, |other, _| other == *at || there(other));
            let layers: Vec<Layer> = layers.iter().filter_map(|at| to.layers.get(*at)).cloned().collect();
            let above: Vec<Layer> = layers.iter().skip(before + 1).cloned().collect();
            steps.extend(self.lines_laid(&layers, before, layer, &above));
        }
        let (before, after) = (self.time_of(from), self.time_of(to));
        steps.extend(
            after
                .filter(|_| before != after)
                .map(|moment| Step { words: moment.print(self.lang()), change: Change::Moment(moment) }),
        );
        Column { name: name.to_owned(), other_rules: None, start: self.side(from), steps }
    }

    /// A layer line by line, above those before it in `layers` and below `above`.
    fn lines_laid(&self, layers: &[Layer], before: usize, layer: &Layer, above: &[Layer]) -> Vec<Step> {
        let mut session = self.session.clone();
        session.restore_layers(layers.iter().take(before).chain([layer]).cloned().collect());
        let mut steps = line_steps(&session, before);
        for step in &mut steps {
            if let Change::Layers(laid) = &mut step.change {
                laid.extend(above.iter().cloned());
            }
        }
        steps
    }

    /// The worlds of two names, or of one and the present. The files are asked for the time of the other.
    fn two_worlds(&self, from: &str, to: Option<&str>) -> Result<(World, World), ReplProblem> {
        let of = |name: Option<&str>| match name {
            Some(name) if FILES.contains(&name) => Ok(None),
            Some(name) => self.world_called(name).map(Some),
            None => Ok(Some(self.world.clone())),
        };
        Ok(match (of(Some(from))?, of(to)?) {
            (Some(from), Some(to)) => (from, to),
            (Some(from), None) => (from.clone(), self.files(&from)),
            (None, Some(to)) => (self.files(&to), to),
            (None, None) => (self.files(&self.world), self.files(&self.world)),
        })
    }

    /// The time that a world is asked for; where nobody chose one, what the data say.
    fn time_of(&self, world: &World) -> Option<Moment> {
        world.moment.or_else(|| self.session.bound(None).moment)
    }

    /// The world of the files alone, asked for the time of another.
    fn files(&self, like: &World) -> World {
        World { layers: Vec::new(), name: None, ..like.clone() }
    }

    fn world_called(&self, name: &str) -> Result<World, ReplProblem> {
        if self.world.name.as_deref() == Some(name) {
            return Ok(self.world.clone());
        }
        self.world.named.get(name).cloned().ok_or_else(|| {
            let names = self.world.named.keys().map(String::as_str).chain(FILES);
            let near = nearest(name, names).map(str::to_owned);
            ReplProblem::NoSuchWorld { name: name.to_owned(), nearest: near }
        })
    }
}

/// Where the layers stand that something is true of.
fn positions(layers: &[Layer], is: impl Fn(usize, &Layer) -> bool) -> Vec<usize> {
    layers.iter().enumerate().filter(|(at, layer)| is(*at, layer)).map(|(at, _)| at).collect()
}
