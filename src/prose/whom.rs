//! Whom something is about: owners, selections, distributions and aggregates in words.

use super::document::{Line, say, words_of};
use super::voice::Voice;
use crate::base::Lang;
use crate::syntax::ast::{AggregateOp, Expr, Name, Path, Set};

impl Voice<'_> {
    /// `kommunens regions indkomst`.
    pub(super) fn owned(&self, owners: &[Name], member: &Path) -> Line {
        let whose: Vec<String> =
            owners.iter().map(|owner| genitive(&words_of(&owner.text), self.lang)).collect();
        Line::text(format!("{} ", whose.join(" "))).and(self.path(member))
    }

    /// `kommuner i regionen med samme stratum, hvor …`.
    pub(super) fn those(&self, set: &Set) -> Line {
        let lang = self.lang;
        let mut line = Line::text(words_of(&set.kind.text));
        if let Some(within) = &set.within {
            line = line.then(lang.pick(" i ", " in ")).then(&words_of(&within.text));
        }
        if let Some(same) = &set.same {
            line = line.then(lang.pick(" med samme ", " with the same ")).and(Line::name(&same.text));
        }
        if let Some(filter) = &set.filter {
            line = line.then(lang.pick(", hvor ", " where ")).and(self.truth(filter));
        }
        line
    }

    /// `pulje fordelt efter nøgle mellem alle regioner`.
    pub(super) fn shared(&self, pool: &Expr, key: Option<&Expr>, among: &Set) -> Line {
        let (pool, among) = (self.part(pool), self.those(among));
        match key {
            Some(key) => say(
                self.lang.pick(
                    "{0} fordelt i forhold til {1} mellem alle {2}",
                    "{0} shared in proportion to {1} among all {2}",
                ),
                &[&pool, &self.part(key), &among],
            ),
            None => say(
                self.lang.pick("{0} fordelt ligeligt mellem alle {1}", "{0} shared equally among all {1}"),
                &[&pool, &among],
            ),
        }
    }

    /// `summen af udgift for alle kommuner`, `antallet af kommuner, hvor …`.
    pub(super) fn aggregate(
        &self,
        op: AggregateOp,
        of: Option<&Expr>,
        set: &Set,
        weight: Option<&Expr>,
        largest_first: Option<bool>,
    ) -> Line {
        let lang = self.lang;
        let (of, those) = (of.map(|of| self.part(of)).unwrap_or_default(), self.those(set));
        let template = match op {
            AggregateOp::Sum => lang.pick("summen af {0} for alle {1}", "the sum of {0} for all {1}"),
            AggregateOp::Count => lang.pick("antallet af {1}", "the number of {1}"),
            AggregateOp::Average => {
                lang.pick("gennemsnittet af {0} for alle {1}", "the average of {0} for all {1}")
            }
            AggregateOp::Largest => {
                lang.pick("den største værdi af {0} for alle {1}", "the largest {0} of all {1}")
            }
            AggregateOp::Smallest => {
                lang.pick("den mindste værdi af {0} for alle {1}", "the smallest {0} of all {1}")
            }
            AggregateOp::Rank => lang.pick(
                "pladsen i rækken efter {0} blandt alle {1}",
                "the place in the order by {0} among all {1}",
            ),
        };
        let mut line = say(template, &[&of, &those]);
        if let Some(weight) = weight {
            line = line.then(lang.pick(", vægtet med ", ", weighted by ")).and(self.part(weight));
        }
        match largest_first {
            Some(true) => line.then(lang.pick(", den største først", ", the largest first")),
            Some(false) => line.then(lang.pick(", den mindste først", ", the smallest first")),
            None => line,
        }
    }

    /// `omregnet til 2025-niveau efter »Pris- og lønudvikling«`.
    pub(super) fn converted(&self, level: crate::value::Level, index: &Path) -> Line {
        let level = Line::text(self.level(level));
        say(
            self.lang.pick("omregnet til {0} efter {1}", "converted to {0} by {1}"),
            &[&level, &self.path(index)],
        )
    }

    /// `reguleret efter »Reguleringstal«`.
    pub(super) fn adjusted(&self, index: &Path) -> Line {
        say(self.lang.pick("reguleret efter {0}", "adjusted by {0}"), &[&self.path(index)])
    }
}

/// Whose: with the ending of the language, and none more after an s.
fn genitive(word: &str, lang: Lang) -> String {
    match (lang, word.ends_with(['s', 'x', 'z'])) {
        (Lang::Da, false) => format!("{word}s"),
        (Lang::Da, true) => format!("{word}'"),
        (Lang::En, _) => format!("{word}'s"),
    }
}
