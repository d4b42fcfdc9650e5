//! `:følsomhed`: how a result moves with one number; `:løs`: with which values of it something holds.

use super::problem::ReplProblem;
use super::state::{Repl, Said};
use crate::explore::{self, Range, Spelled, cut, cut_first, spelled};
use crate::render::{ShowIt, solutions_text, sweep_text};
use crate::session::Question;

/// `y af x fra a til b trin s`, taken apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Followed<'t> {
    target: &'t str,
    of: &'t str,
    from: Option<&'t str>,
    to: Option<&'t str>,
    step: Option<&'t str>,
}

impl Repl {
    pub(super) fn follow(&self, rest: &str, command: usize) -> Result<Said, ReplProblem> {
        if let Some(over) = over(rest) {
            return Ok(self.follow_over(over));
        }
        let followed =
            followed(rest).ok_or_else(|| ReplProblem::WrongArgument { command, found: rest.to_owned() })?;
        let targets = vec![followed.target.to_owned()];
        let question = Question { targets, moment: self.world.moment, only: self.world.only.clone() };
        let range = Range { from: followed.from, to: followed.to, step: followed.step };
        Ok(match explore::sweep(&self.session, &question, followed.of, range, self.lang()) {
            Ok(all) => Said::text(sweep_text(&all, &self.look)),
            Err(refused) => Said::found(&refused.problems, &refused.sources),
        })
    }

    fn follow_over(&self, over: Followed<'_>) -> Said {
        let targets = vec![over.target.to_owned()];
        let question = Question { targets, moment: self.world.moment, only: self.world.only.clone() };
        let range = Range { from: over.from, to: over.to, step: None };
        match explore::across(&self.session, &question, over.of, range, self.lang()) {
            Ok(all) => Said::text(sweep_text(&all, &self.look)),
            Err(refused) => Said::found(&refused.problems, &refused.sources),
        }
    }

    pub(super) fn solve(&self, rest: &str, command: usize) -> Result<Said, ReplProblem> {
        let wrong = || ReplProblem::WrongArgument { command, found: rest.to_owned() };
        let (of, target, range) = sought(rest).ok_or_else(wrong)?;
        let targets = vec![target.to_owned()];
        let question = Question { targets, moment: self.world.moment, only: self.world.only.clone() };
        Ok(match explore::solutions(&self.session, &question, &of, range, self.lang()) {
            Ok(found) => Said::text(solutions_text(&found, ShowIt::Line, &self.look)),
            Err(refused) => Said::found(&refused.problems, &refused.sources),
        })
    }
}

/// Takes `x så y = v fra a til b` and `x fra a til b trin s, z så y = v` apart: what is sought, the goal, and a range behind it.
fn sought(text: &str) -> Option<(Vec<Spelled<'_>>, &str, Range<'_>)> {
    let (of, goal) = cut_first(text, &["så", "so"]);
    let (goal, to) = cut(goal?, &["til", "to"]);
    let (goal, from) = cut(goal, &["fra", "from"]);
    let of = spelled(of);
    let is_there = !goal.is_empty() && of.iter().all(|own| !own.of.is_empty());
    is_there.then_some((of, goal, Range { from, to, step: None }))
}

/// Takes what follows the command apart, from behind: the result may hold any of the words itself.
fn followed(text: &str) -> Option<Followed<'_>> {
    let (text, step) = cut(text, &["trin", "step"]);
    let (text, to) = cut(text, &["til", "to"]);
    let (text, from) = cut(text, &["fra", "from"]);
    let (target, of) = cut(text, &["af", "of"]);
    Some(Followed { target, of: of?, from, to, step }).filter(|found| !found.target.is_empty())
}

/// Takes `y over år fra a til b`, `y over region` apart; a comparison such as `y over 5 kr.` is none.
fn over(text: &str) -> Option<Followed<'_>> {
    let (text, to) = cut(text, &["til", "to"]);
    let (text, from) = cut(text, &["fra", "from"]);
    let (target, of) = cut(text, &["over"]);
    let is_name = |of: &&str| !of.contains(char::is_whitespace) && of.starts_with(char::is_alphabetic);
    of.filter(is_name)
        .map(|of| Followed { target, of, from, to, step: None })
        .filter(|found| !found.target.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_brackets_and_in_the_result_are_left_alone() {
        let found =
            followed("60 pct. af pulje af pl[2024 til 2025] fra 1 pct. til 3 pct. trin 1 pct.").unwrap();
        assert_eq!((found.target, found.of), ("60 pct. af pulje", "pl[2024 til 2025]"));
        assert_eq!((found.from, found.to, found.step), (Some("1 pct."), Some("3 pct."), Some("1 pct.")));
        assert_eq!(followed("pulje"), None);
        let (of, goal, range) =
            sought("opfyldte så efterregulering_i_alt < 200 mio. kr. fra 0 til 4").unwrap();
        assert_eq!((of[0].of, goal), ("opfyldte", "efterregulering_i_alt < 200 mio. kr."));
        assert_eq!((range.from, range.to), (Some("0"), Some("4")));
        let (of, goal, range) = sought("x fra 0 til 4 trin 2, z så hvis a så y > 1 ellers b").unwrap();
        assert_eq!((of[0].of, of[0].range.step, of[1].of), ("x", Some("2"), "z"));
        assert_eq!((goal, range), ("hvis a så y > 1 ellers b", Range::default()));
        assert_eq!(sought("opfyldte"), None);
        let found = over("60 pct. af k.pulje over år fra 2025 til 2028").unwrap();
        assert_eq!((found.target, found.of, found.from), ("60 pct. af k.pulje", "år", Some("2025")));
        assert_eq!(over("k.bevaret over region").map(|found| found.of), Some("region"));
        assert_eq!(over("k.pulje over 5 kr. af k.sats"), None);
    }
}
