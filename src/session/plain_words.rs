//! A question as one would put it to a person: `hvad betyder trin 2 for Sjælland?`. It is told as such, with what its
//! words name, and not as a fault in a sentence of the rules.

use super::Session;
use crate::base::{Bi, bi};
use crate::diag::{Code, Diagnostic, Report, meant};
use crate::model::Model;
use crate::syntax::{TokenKind, tokens};

/// Words that a question begins with, in small letters, of both languages.
const ASKING: &[&str] = &[
    "hvad",
    "hvem",
    "hvilke",
    "hvilken",
    "hvilket",
    "hvis",
    "hvor",
    "hvordan",
    "hvorfor",
    "hvornår",
    "hvorledes",
    "kan",
    "må",
    "skal",
    "er",
    "får",
    "vil",
    "vis",
    "forklar",
    "what",
    "who",
    "which",
    "how",
    "why",
    "when",
    "where",
    "whose",
    "can",
    "may",
    "must",
    "does",
    "do",
    "is",
    "are",
    "will",
    "if",
    "show",
    "explain",
    "tell",
];
/// Words that say nothing of what is asked about.
const COMMON: &[&str] =
    &["betyder", "bliver", "sker", "have", "være", "hvis", "mean", "means", "would", "does", "when", "with"];
/// Shorter words than these say too little to be looked for within names.
const FEWEST_LETTERS: usize = 4;
/// The longest ending of a word's forms: `puljerne`.
const LONGEST_ENDING: usize = 4;
/// More names than these are not offered.
const MOST: usize = 6;

/// A question in words, with what of the rules they name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlainQuestion {
    /// Full names of the rules.
    names: Vec<String>,
    /// Somebody, as the rules write whom something is for.
    whom: Option<String>,
}

impl Session {
    /// Reads a text as a question in words: several words that begin with one that asks, or end in a question mark.
    /// `None` for any other text, and for what can be read as the rules are.
    pub(super) fn plain_question(&self, text: &str, model: &Model) -> Option<PlainQuestion> {
        let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || ",.;:?!\"".contains(c)).collect();
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let asks = words.first().is_some_and(|first| ASKING.contains(&first.to_lowercase().as_str()));
        let is_question =
            words.len() > 1 && (text.trim_end().ends_with('?') || asks && self.is_in_words(text));
        is_question.then(|| PlainQuestion {
            names: self.names_in(&words, model),
            whom: self.somebody_in(&words, model),
        })
    }

    /// Tells whether nothing in a text is a sign of the rules, so that it is words alone.
    fn is_in_words(&self, text: &str) -> bool {
        let plain = |kind| {
            matches!(
                kind,
                TokenKind::Name
                    | TokenKind::Keyword
                    | TokenKind::Space
                    | TokenKind::Number
                    | TokenKind::Punctuation
            )
        };
        tokens(text, self.lang()).iter().all(|token| plain(token.kind))
    }

    /// The names that the words are, or are a part of; those of the rules asked about come first.
    fn names_in(&self, words: &[&str], model: &Model) -> Vec<String> {
        let own = |def: &crate::model::DefId| {
            model.defs[*def].local_to.is_none() && !model.is_imported(model.defs[*def].clause)
        };
        let clauses = model.clauses.ids().filter(|clause| !model.is_imported(*clause));
        let clauses =
            clauses.map(|clause| (model.clauses[clause].name.clone(), model.clauses[clause].full.clone()));
        let defs = model.defs.ids().filter(own);
        let defs = defs.map(|def| (model.defs[def].name.clone(), model.full_name(def)));
        let facts = model.facts.ids().map(|fact| (model.facts[fact].name.clone(), model.fact_name(fact)));
        let all: Vec<(String, String)> = clauses.chain(defs).chain(facts).collect();
        let asked = words.iter().skip(1).filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
        let words: Vec<String> = asked.map(|word| word.to_lowercase()).collect();
        let is = |name: &str| words.iter().any(|word| word == &name.to_lowercase());
        let part = |name: &str| {
            let name = name.to_lowercase();
            name.split('_').any(|own| words.iter().any(|word| is_form_of(word, own)))
        };
        let mut found: Vec<String> = Vec::new();
        let exact = all.iter().filter(|(name, _)| is(name));
        for (_, full) in exact.chain(all.iter().filter(|(name, _)| part(name))) {
            if !found.contains(full) {
                found.push(full.clone());
            }
        }
        if found.is_empty() {
            found = model
                .defs
                .ids()
                .filter(own)
                .filter(|def| is_told_with(&model.defs[*def], &words))
                .map(|def| model.full_name(def))
                .collect();
        }
        found.truncate(MOST);
        found
    }

    fn somebody_in(&self, words: &[&str], model: &Model) -> Option<String> {
        let all = self.known(model);
        let is_one = |word: &&&str| all.iter().any(|(_, name)| name == **word);
        let exact = words.iter().find(is_one).map(|word| (*word).to_owned());
        exact.or_else(|| {
            let long = words.iter().filter(|word| word.chars().count() >= FEWEST_LETTERS);
            long.filter(|word| word.starts_with(char::is_uppercase))
                .find_map(|word| meant(word, all.iter().map(|(_, name)| name.as_str())))
                .map(str::to_owned)
        })
    }
}

/// Tells whether what a definition says of itself, or what it may be, has one of some words.
fn is_told_with(def: &crate::model::Def, words: &[String]) -> bool {
    let told = def.doc.join(" ").to_lowercase();
    let mut all = told.split(|c: char| !c.is_alphanumeric());
    let long = |word: &&String| word.chars().count() >= FEWEST_LETTERS && !COMMON.contains(&word.as_str());
    all.any(|own| words.iter().filter(long).any(|word| word == own || is_form_of(word, own)))
}

/// Tells whether a word is a form of another, as `puljen` of `pulje`.
fn is_form_of(word: &str, own: &str) -> bool {
    own.chars().count() >= FEWEST_LETTERS
        && word.strip_prefix(own).is_some_and(|ending| ending.chars().count() <= LONGEST_ENDING)
}

impl Report for PlainQuestion {
    fn report(&self) -> Diagnostic {
        let found = Diagnostic::new(
            Code::PlainQuestion,
            bi!(
                "der spørges ikke med sætninger, men med navne fra reglerne",
                "questions are not put in sentences, but with names of the rules"
            ),
        );
        let whom = self.whom.as_ref().map(|whom| format!(" for \"{whom}\"")).unwrap_or_default();
        let named: Vec<String> = self.names.iter().map(|name| format!("`{name}`")).collect();
        let named = named.join(", ");
        let found = match (self.names.first(), &self.whom) {
            (None, None) => found,
            (None, Some(whom)) => found.help(bi!(
                "`navn for \"{whom}\"` viser, hvad noget er for {whom}",
                "`name for \"{whom}\"` shows what something is for {whom}"
            )),
            (Some(first), _) => found
                .help(bi!("i ordene er der disse navne: {named}", "in the words are these names: {named}"))
                .help(bi!("prøv for eksempel `{first}{whom}`", "try for example `{first}{whom}`")),
        };
        found.help(lines())
    }
}

/// What kinds of lines there are.
fn lines() -> Bi {
    bi!(
        "`navn` viser en værdi, `navn = værdi`, hvad der så sker, og `:forklar navn` hvorfor; `:liste` viser navnene, `:hjælp` resten",
        "`name` shows a value, `name = value` what happens then, and `:explain name` why; `:list` shows the names, `:help` the rest"
    )
}
