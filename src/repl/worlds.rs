//! Worlds with names, and what differs between them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::diff::in_full;
use super::lookup::{columns, indented};
use super::problem::ReplProblem;
use super::state::{Repl, Said, World};
use crate::base::{Bi, bi};
use crate::diag::nearest;
use crate::facts::Moment;
use crate::render::visible_lines;

/// What the files alone are called, in both languages; no world can have the name.
const FILES: [&str; 2] = ["filer", "files"];

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
        if !is_name || FILES.contains(&rest) {
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
    fn kept(&self) -> BTreeMap<String, World> {
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
            rows => visible_lines(&columns(rows)).into_owned(),
        }
    }

    /// What differs from the files, from another world, or between two; `None` where more than two are named.
    pub(super) fn diff(&self, rest: &str) -> Option<Result<Said, ReplProblem>> {
        let names: Vec<&str> = rest.split_whitespace().collect();
        let worlds = match names.as_slice() {
            [] if self.world.layers.is_empty() => return Some(Ok(self.bi_line(&as_in_files()))),
            [] => Ok((self.files(&self.world), self.world.clone())),
            [from] => self.two_worlds(from, None),
            [from, to] => self.two_worlds(from, Some(to)),
            [_, _, _, ..] => return None,
        };
        Some(worlds.map(|(from, to)| self.diff_of(&names, &from, &to)))
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

    fn diff_of(&self, names: &[&str], from: &World, to: &World) -> Said {
        let groups = match self.difference(from, to) {
            Ok(groups) => groups,
            Err(said) => return *said,
        };
        let text = match groups.as_slice() {
            [] if names.is_empty() => {
                self.lang().pick("ingen resultater ændrer sig\n", "no results change\n").to_owned()
            }
            [] => {
                self.lang().pick("de giver de samme resultater\n", "they give the same results\n").to_owned()
            }
            groups => in_full(groups),
        };
        let heads = match names {
            [] => self.laid(self.lang().pick("hvad nu hvis", "what if"), to),
            [from_name, rest @ ..] => {
                let (before, after) = (self.lang().pick("fra", "from"), self.lang().pick("til", "to"));
                let to_name = rest.first().copied().unwrap_or(self.lang().pick("her", "here"));
                // Two times are two questions: what differs may be the time alone.
                let when = |world: &World| match self.time_of(world) {
                    Some(moment) if from.moment != to.moment => format!(" ({})", moment.print(self.lang())),
                    Some(_) | None => String::new(),
                };
                let from_head = self.laid(&format!("{before} {from_name}{}", when(from)), from);
                format!("{from_head}{}", self.laid(&format!("{after} {to_name}{}", when(to)), to))
            }
        };
        Said::text(format!("{heads}\n{text}"))
    }

    /// The time that a world is asked for; where nobody chose one, what the data say.
    fn time_of(&self, world: &World) -> Option<Moment> {
        world.moment.or_else(|| self.session.bound(None).moment)
    }

    /// A heading, and below it what a world lays over the files.
    fn laid(&self, heading: &str, world: &World) -> String {
        let what_ifs = self.what_ifs_of(world).join("\n");
        let what_ifs = if what_ifs.is_empty() { as_in_files().get(self.lang()).to_owned() } else { what_ifs };
        format!("{}\n{}", heading, visible_lines(&indented(&what_ifs)))
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
