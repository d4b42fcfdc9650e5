//! `:følsomhed`: how a result moves with one number; `:løs`: with which values of it something holds.

use super::problem::ReplProblem;
use super::state::{Repl, Said};
use crate::explore::{self, Range};
use crate::render::{solved_text, sweep_text};
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
        let sought =
            sought(rest).ok_or_else(|| ReplProblem::WrongArgument { command, found: rest.to_owned() })?;
        let targets = vec![sought.target.to_owned()];
        let question = Question { targets, moment: self.world.moment, only: self.world.only.clone() };
        let range = Range { from: sought.from, to: sought.to, step: None };
        Ok(match explore::solve(&self.session, &question, sought.of, range, self.lang()) {
            Ok(all) => Said::text(solved_text(&all, &self.look)),
            Err(refused) => Said::found(&refused.problems, &refused.sources),
        })
    }
}

/// Takes `x så y = v fra a til b` apart; the goal is the target.
fn sought(text: &str) -> Option<Followed<'_>> {
    let (text, to) = cut(text, &["til", "to"]);
    let (text, from) = cut(text, &["fra", "from"]);
    let (of, goal) = cut(text, &["så", "so"]);
    Some(Followed { target: goal?, of, from, to, step: None })
        .filter(|found| !found.of.is_empty() && !found.target.is_empty())
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

/// Cuts a text at the last of some words that stands outside brackets and quotation marks.
pub(super) fn cut<'t>(text: &'t str, words: &[&str]) -> (&'t str, Option<&'t str>) {
    let (mut depth, mut quoted, mut found) = (0_usize, false, None);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '[' | '(' if !quoted => depth = depth.saturating_add(1),
            ']' | ')' if !quoted => depth = depth.saturating_sub(1),
            ' ' if !quoted && depth == 0 => {
                let rest = text.get(at..).unwrap_or_default().trim_start();
                let word = words
                    .iter()
                    .find(|word| rest.strip_prefix(**word).is_some_and(|after| after.starts_with(' ')));
                if let Some(word) = word {
                    found = Some((at, rest.get(word.len()..).unwrap_or_default()));
                }
            }
            _ => {}
        }
    }
    match found {
        Some((at, rest)) => (text.get(..at).unwrap_or_default().trim(), Some(rest.trim())),
        None => (text.trim(), None),
    }
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
        let found = sought("opfyldte så efterregulering_i_alt < 200 mio. kr. fra 0 til 4").unwrap();
        assert_eq!((found.of, found.target), ("opfyldte", "efterregulering_i_alt < 200 mio. kr."));
        assert_eq!((found.from, found.to), (Some("0"), Some("4")));
        assert_eq!(sought("opfyldte"), None);
        let found = over("60 pct. af k.pulje over år fra 2025 til 2028").unwrap();
        assert_eq!((found.target, found.of, found.from), ("60 pct. af k.pulje", "år", Some("2025")));
        assert_eq!(over("k.bevaret over region").map(|found| found.of), Some("region"));
        assert_eq!(over("k.pulje over 5 kr. af k.sats"), None);
    }
}
