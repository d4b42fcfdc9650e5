//! Klausul: a small declarative language, in Danish and English, for what public agreements say.
//!
//! Everything goes through a [`session::Session`]: texts in, findings and explained results out.
//!
//! ```
//! use klausul::base::Lang;
//! use klausul::session::{Question, Session};
//!
//! let rules = r#"
//! aftale A "Prøve"
//!   periode 2025
//!
//! kilde A "Prøve"
//!
//! klausul tilskud_i_alt
//!   hjemmel A "Boks 1"
//!   pulje   = 1.723,9 mio. kr.
//!   bevaret = 67 pct. af pulje, afrundet til 0,01 kr.
//! "#;
//! let mut session = Session::new();
//! session.add_rules("aftale.klausul", rules.as_bytes());
//! let question = Question { targets: vec!["tilskud_i_alt.bevaret".to_owned()], ..Question::default() };
//! let answer = session.ask(&question).expect("the agreement says its year");
//! let line = &answer.lines[0];
//! let (ty, show) = answer.typed(line);
//! let text = answer.words(Lang::Da).outcome(answer.outcome(line), ty, show);
//! assert_eq!(text, "1.155.013.000,00 kr.");
//! ```

pub mod base;
pub mod batch;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
pub mod diag;
pub mod eval;
pub mod explain;
pub mod explore;
pub mod facts;
pub mod grounds;
pub mod lint;
pub mod machine;
pub mod model;
pub mod mutants;
pub mod plan;
pub mod prose;
pub mod record;
#[cfg(feature = "cli")]
pub mod render;
#[cfg(feature = "cli")]
pub mod repl;
pub mod session;
pub mod sources;
pub mod syntax;
pub mod types;
pub mod value;
pub mod world;
