//! What is written: printing keeps the rules, their comments and what they come to, in either language, and the order of
//! lines, rows and files changes nothing.

use std::collections::BTreeMap;

use klausul::base::Lang;
use klausul::session::Session;
use klausul::syntax::print;
use proptest::prelude::*;

use super::program::{facts, program};
use super::write::written;
use super::{results, session, tried, with_facts};
use crate::order::{reordered_text, translated_back};
use crate::syntax::dump::dump;

/// The first file of a session, printed in a language; `None` when its names are words of that language.
fn printed(session: &Session, to: Lang) -> Option<String> {
    let source = session.sources().file(session.rule_files()[0]);
    print(&session.files()[0], source, to).ok()
}

fn tree(session: &Session) -> String {
    dump(&session.files()[0])
}

/// The comments of a text, in order.
fn comments(text: &str) -> Vec<&str> {
    text.lines().filter_map(|line| line.find("//").map(|at| line[at..].trim_end())).collect()
}

/// A permutation from random numbers.
pub(super) fn shuffled<T>(all: &mut [T], dice: &mut impl Iterator<Item = usize>) {
    for at in (1..all.len()).rev() {
        all.swap(at, dice.next().unwrap_or(0) % (at + 1));
    }
}

proptest! {
    #![proptest_config(tried(24))]

    /// Printing keeps the tree and the comments, and printing what was printed changes nothing.
    #[test]
    fn printing_keeps_the_rules_and_their_comments(program in program()) {
        let text = written(&program, true).text();
        let loose = session(&text);
        prop_assert!(!loose.parsed().has_errors(), "{text}");
        let once = printed(&loose, Lang::Da).unwrap();
        let tidy = session(&once);
        prop_assert_eq!(tree(&loose), tree(&tidy), "{}\n{}", text, once);
        prop_assert_eq!(comments(&text), comments(&once), "{}\n{}", text, once);
        prop_assert_eq!(printed(&tidy, Lang::Da).unwrap(), once, "{}", text);
    }

    /// The English twin says the same, comes to the same, and its Danish twin is the text itself.
    #[test]
    fn there_and_back_is_the_same(program in program(), facts in facts(), all in any::<bool>(), year in 2023i16..2028) {
        let text = written(&program, true).text();
        let danish = session(&text);
        let once = printed(&danish, Lang::Da).unwrap();
        let english = printed(&danish, Lang::En).unwrap();
        let twin = session(&english);
        prop_assert_eq!(comments(&text), comments(&english), "{}\n{}", text, english);
        let back = printed(&twin, Lang::Da).unwrap();
        prop_assert_eq!(translated_back(&back), translated_back(&once), "{}\n{}", english, back);
        prop_assert_eq!(tree(&session(&back)), tree(&danish), "{}\n{}", english, back);
        // The parts of a grant are named in the language of the file.
        let danish_name = |name: String| name.replace(".full\"", ".fuldt\"").replace(".lapsed\"", ".bortfaldet\"");
        let states = |session: &Session| -> BTreeMap<_, _> {
            let results = results(&with_facts(session, &facts, all), year).into_iter();
            let state = |result: &serde_json::Value| ["state", "exact", "bounds"].map(|field| result[field].clone());
            results.map(|(name, result)| (danish_name(name), (state(&result), result["error"]["code"].clone()))).collect()
        };
        prop_assert_eq!(states(&danish), states(&twin), "{}\n{}", text, english);
    }

    /// Items, lines of clauses and rows of tables stand in any order, but under the rule that the first row applies.
    #[test]
    fn the_order_of_lines_and_rows_changes_nothing(program in program(), facts in facts(), all in any::<bool>(), year in 2023i16..2028, dice in prop::collection::vec(any::<usize>(), 1..60)) {
        let text = written(&program, true).text();
        let mut dice = dice.iter().copied().cycle();
        let other = reordered_text(&text, &mut |blocks| shuffled(blocks, &mut dice));
        let before = results(&with_facts(&session(&text), &facts, all), year);
        let after = results(&with_facts(&session(&other), &facts, all), year);
        prop_assert_eq!(before, after, "{}\n{}", text, other);
    }
}
