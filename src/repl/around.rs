//! What lies around a result: why something did not come into play, and what would change it.

use super::state::{Repl, Said};
use crate::explain::{Explanation, text};
use crate::explore::{Refused, is_reading, target_of, what_would_change, why_not};
use crate::render::visible_lines;
use crate::session::Question;

impl Repl {
    /// Says why what goes by a name did not come into play: in the result named after it, else in the one it belongs to.
    pub(super) fn why_not(&self, rest: &str, name: &str) -> Said {
        let (sought, target) = match rest.rsplit_once(" i ").or_else(|| rest.rsplit_once(" in ")) {
            Some((sought, target)) => (sought.trim(), Some(target.trim().to_owned())),
            None => (rest, None),
        };
        let target = target.or_else(|| target_of(self.model(), sought));
        // What another reading changes is told of everything.
        let everything = target.is_none() && is_reading(self.model(), sought);
        let asked = match (&target, everything) {
            (Some(target), _) => self.ask_one(target, name).map(|(answer, _)| answer),
            (None, true) => self.ask(Vec::new()),
            // A name that nothing has is refused as a target in the same words.
            (None, false) => self.ask_one(sought, name).map(|(answer, _)| answer),
        };
        let answer = match asked {
            Ok(answer) => answer,
            Err(said) => return *said,
        };
        let question = match everything {
            true => self.asking(Vec::new()),
            false => self.asking(vec![target.unwrap_or_else(|| sought.to_owned())]),
        };
        let found = why_not(&self.session, &question, &answer, sought, self.lang());
        self.told_around(found.map(|found| found.explanations))
    }

    /// Says what would change a result.
    pub(super) fn what_would_change(&self, target: &str, name: &str) -> Said {
        let (answer, _) = match self.ask_one(target, name) {
            Ok(asked) => asked,
            Err(said) => return *said,
        };
        let question = self.asking(vec![target.to_owned()]);
        self.told_around(what_would_change(&self.session, &question, &answer, None, self.lang()))
    }

    fn asking(&self, targets: Vec<String>) -> Question {
        Question { targets, moment: self.world.moment, only: self.world.only.clone() }
    }

    fn told_around(&self, found: Result<Vec<Explanation>, Refused>) -> Said {
        match found {
            Ok(all) => {
                let trees: Vec<String> = all.iter().map(|tree| text(tree, self.look.width)).collect();
                Said::text(visible_lines(&trees.join("\n")).into_owned())
            }
            Err(Refused { problems, sources }) => Said::found(&problems, &sources),
        }
    }
}
