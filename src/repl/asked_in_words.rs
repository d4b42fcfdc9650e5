//! What people type who do not know the language yet: questions in plain words, and numbers as another language writes them.

use super::lookup::is_public;
use super::problem::{Reading, ReplProblem};
use super::state::Repl;
use crate::base::Lang;

/// The words that questions begin with.
const QUESTIONS: [&str; 22] = [
    "hvad", "hvor", "hvorfor", "hvordan", "hvornår", "hvem", "hvilke", "hvilken", "hvilket", "kan", "får",
    "what", "how", "why", "when", "where", "who", "which", "can", "does", "is", "would",
];

/// Words of a question that are shorter than this point to no name.
const SHORTEST: usize = 4;

/// How many names are offered.
const MOST: usize = 4;

impl Repl {
    /// What to say to a question in plain words; `None` where a text is none.
    pub(super) fn plain_words(&self, text: &str) -> Option<ReplProblem> {
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric() && c != '_')
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        let is_question = |first: &String| QUESTIONS.contains(&first.as_str());
        let is_asked = text.trim_end().ends_with('?') || words.first().is_some_and(is_question);
        if !is_asked || words.len() < 2 {
            return None;
        }
        let names = self.names_in_words(&words);
        let example = match (names.first(), self.entity_in_words(&words)) {
            (Some(name), Some(who)) => format!("{name} for \"{who}\""),
            (Some(name), None) => name.clone(),
            (None, _) => self.lang().pick("navn", "name").to_owned(),
        };
        Some(ReplProblem::PlainWords { names, example })
    }

    /// Names of the rules whose words, or whose clause's title, begin as a word of the question does; those that share most first.
    fn names_in_words(&self, words: &[String]) -> Vec<String> {
        let long = || words.iter().filter(|word| word.chars().count() >= SHORTEST);
        let shared = |text: &str| -> usize {
            let parts = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
            let parts: Vec<String> = parts.filter(|part| part.chars().count() >= SHORTEST).collect();
            let alike = |word: &&String| parts.iter().any(|part| begins_alike(part, word));
            long().filter(alike).count()
        };
        let model = self.model();
        let mut found: Vec<(usize, String)> = Vec::new();
        for id in model.defs.ids() {
            let def = &model.defs[id];
            let title = model.clauses[def.clause].title.as_deref().unwrap_or_default();
            let short = def.name.rsplit('.').next().unwrap_or(&def.name);
            // What the name itself says weighs more than what its clause is called.
            let weight = 2 * shared(short) + shared(title);
            if shared(short) > 0 && is_public(def) {
                found.push((weight, self.rules().spoken(id)));
            }
        }
        found.sort_by_key(|(weight, name)| (std::cmp::Reverse(*weight), name.len(), name.clone()));
        found.dedup();
        found.into_iter().take(MOST).map(|(_, name)| name).collect()
    }

    /// Somebody whose name stands in the question.
    fn entity_in_words(&self, words: &[String]) -> Option<String> {
        let (model, facts) = (self.model(), &self.bound().facts);
        let all = model.kinds.ids().flat_map(|kind| facts.of_kind(kind));
        let mut names = all.map(|id| facts.get(id).name.clone());
        names.find(|name| words.contains(&name.to_lowercase()))
    }

    /// A number of a line that the language of the rules and that of the conversation read differently.
    pub(super) fn read_two_ways(&self, text: &str) -> Option<ReplProblem> {
        let rules = self.session().lang();
        if rules == self.lang() {
            return None;
        }
        let (whole, sign) = numbers(text).find_map(|number| {
            let sign = number.find(['.', ',']).and_then(|at| number.get(at..=at))?;
            let (before, after) = number.split_once(['.', ','])?;
            let is_open = after.len() == 3 && (1..=3).contains(&before.len()) && before != "0";
            is_open.then_some((number, sign))
        })?;
        let (before, after) = whole.split_once(sign)?;
        let (decimals, plain) = (after.trim_end_matches('0'), whole.replace(sign, ""));
        // In Danish a comma stands before decimals and a point between thousands, in English the other way round.
        let signs = |lang: Lang| if lang == Lang::Da { (",", ".") } else { (".", ",") };
        let ((typed, _), (point, thousands)) = (signs(rules), signs(self.lang()));
        let broken = |sign: &str| {
            if decimals.is_empty() { before.to_owned() } else { format!("{before}{sign}{decimals}") }
        };
        let as_broken = Reading { says: broken(point), typed: broken(typed) };
        let as_whole = Reading { says: format!("{before}{thousands}{after}"), typed: plain };
        let (rules, here) = if sign == typed { (as_broken, as_whole) } else { (as_whole, as_broken) };
        Some(ReplProblem::TwoReadings { typed: whole.to_owned(), rules, here })
    }
}

fn begins_alike(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    shared >= SHORTEST && shared + 2 >= one.chars().count().min(other.chars().count())
}

/// The numbers of a text as they are typed, outside quotation marks.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let outside = text.split('"').step_by(2);
    let is_part = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    let words = outside
        .flat_map(move |text| text.split(move |c: char| !(is_part(c) || c.is_alphanumeric() || c == '_')));
    words
        .map(|word| word.trim_end_matches(['.', ',']))
        .filter(move |word| word.starts_with(|c: char| c.is_ascii_digit()) && word.chars().all(is_part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_alone_and_outside_quotes() {
        let found: Vec<&str> = numbers("a1.500 = 1,800 mio. kr. for \"x 2.000\" i 2024, 3.").collect();
        assert_eq!(found, ["1,800", "2024", "3"]);
    }
}
