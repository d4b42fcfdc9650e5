//! The tree of a rule file: every construct of the language, with places and literals as written. No names are
//! resolved here. Danish and English files give the same tree, apart from [`File::lang`], spans and the text in
//! `written` fields.

mod expression;
mod item;
mod line;
mod table;

pub use expression::*;
pub use item::*;
pub use line::*;
pub use table::*;
