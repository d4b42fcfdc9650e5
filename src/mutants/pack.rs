use crate::syntax::ast::{File, ItemKind, TimeKind, When, WhenKind};
use crate::value::Level;

/// What the ways must know of the pack as a whole: which words are units, which are kinds, whose prices its amounts are.
#[derive(Default)]
pub(super) struct Pack {
    /// The declared units, each with its names.
    pub(super) units: Vec<Vec<String>>,
    /// The kinds, each with its names.
    pub(super) kinds: Vec<Vec<String>>,
    /// The facts of each kind.
    pub(super) facts: Vec<Vec<String>>,
    /// The level of the first agreement's amounts that state none.
    pub(super) level: Option<Level>,
    /// The first year that an agreement is about.
    pub(super) year: Option<i16>,
}

impl Pack {
    pub(super) fn of<'t>(files: impl Iterator<Item = &'t File>) -> Pack {
        let mut pack = Pack::default();
        let owned = |names: &[crate::syntax::ast::Name]| names.iter().map(|name| name.text.clone()).collect();
        for item in files.flat_map(|file| &file.items) {
            match &item.kind {
                ItemKind::Agreement(agreement) => {
                    pack.level = pack.level.or(agreement.price_level.as_ref().map(|level| level.level));
                    pack.year = pack.year.or(agreement.period.as_ref().and_then(first_year));
                }
                ItemKind::Unit(unit) => pack.units.push(owned(&unit.names)),
                ItemKind::Kind(kind) => {
                    pack.kinds.push(owned(&kind.names));
                    pack.facts.push(kind.facts.iter().map(|fact| fact.name.text.clone()).collect());
                }
                _ => {}
            }
        }
        pack
    }

    /// Returns the name of another declared unit: the next one, singular for singular; `None` when the word is none.
    pub(super) fn other_unit(&self, name: &str) -> Option<&str> {
        next_of(&self.units, name)
    }

    /// Returns the name of another kind, in the same form.
    pub(super) fn other_kind(&self, name: &str) -> Option<&str> {
        next_of(&self.kinds, name)
    }

    /// Returns the name of another fact of the same kind.
    pub(super) fn other_fact(&self, name: &str) -> Option<&str> {
        let facts = self.facts.iter().find(|facts| facts.iter().any(|fact| fact == name))?;
        next_name(facts.iter().map(String::as_str), name)
    }

    /// Tells whether a word names a declared unit.
    pub(super) fn is_unit(&self, name: &str) -> bool {
        self.units.iter().flatten().any(|unit| unit == name)
    }

    /// Returns another level, as one writes it: that of the year before. Current prices have no year before; theirs
    /// become those of the year before the agreement.
    pub(super) fn other_level(&self, level: Option<Level>) -> String {
        let year = match level {
            Some(Level::Of(year)) => year,
            Some(Level::Current) | None => self.year.unwrap_or(2021),
        };
        let before = year.saturating_sub(1);
        match before {
            2000..=2099 => format!("{:02}-pl", before - 2000),
            _ => format!("{before}-pl"),
        }
    }
}

/// Of some names the one after a name, the first one after the last; `None` where there is no other.
pub(super) fn next_name<'n>(names: impl Iterator<Item = &'n str>, name: &str) -> Option<&'n str> {
    let all: Vec<&str> = names.collect();
    let at = all.iter().position(|known| *known == name)?;
    let after = all.iter().skip(at + 1).chain(all.iter().take(at));
    after.copied().find(|other| *other != name)
}

fn next_of<'p>(all: &'p [Vec<String>], name: &str) -> Option<&'p str> {
    let at = all.iter().position(|names| names.iter().any(|known| known == name))?;
    let form = all.get(at)?.iter().position(|known| known == name)?;
    // The same may be declared in several agreements.
    let after = all.iter().skip(at + 1).chain(all.iter().take(at));
    let other = after.into_iter().find(|names| !names.iter().any(|known| known == name))?;
    other.get(form).or(other.last()).map(String::as_str)
}

fn first_year(when: &When) -> Option<i16> {
    match &when.kind {
        WhenKind::In(period) | WhenKind::TotalIn(period) => Some(*period.years().start()),
        WhenKind::Bounds { from: Some(from), .. } => match &from.kind {
            TimeKind::Period(period) | TimeKind::Edge(_, period) => Some(*period.years().start()),
            TimeKind::Path(_) => None,
        },
        WhenKind::Bounds { from: None, .. } | WhenKind::Otherwise => None,
    }
}
