//! From text to tree and back: the only room that knows pest.

mod admit;
mod ambiguity;
pub mod ast;
mod both_ways;
mod build;
mod cite;
mod declared;
mod expect;
mod expected;
mod grammar;
mod highlight;
pub mod keywords;
mod literate;
mod opener;
mod other_language;
mod outline;
mod outside;
mod parse;
mod print;
mod problem;
mod recover;
mod spelt_date;
mod split;
mod spoken_bound;
mod stop;
mod tokens;
mod traps;
mod whose;

pub use admit::{admit, check_name, confusable, confusable_key, put_in_original, text_too_long, too_much};
pub use both_ways::one_reading;
pub use cite::{Basis, cite, cite_all};
pub use declared::declared_at;
pub use highlight::{Highlight, HighlightClass, highlight};
pub use literate::{Passage, passages, rules_of};
pub use other_language::{OtherLanguage, opener_of_other};
pub use outline::outline;
pub use parse::{
    detect_language, parse, parse_assign, parse_expr, parse_reading_choice, parse_scenario_line,
};
pub use print::{PrintProblem, print};
pub use tokens::{Token, TokenKind, tokens};
pub use whose::for_whom;
