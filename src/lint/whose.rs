//! Whose text a finding is about: the clause, and what it rests on.

use crate::base::{Bi, Lang};
use crate::model::{ClauseId, Model};
use crate::syntax::ast::Citation;
use crate::syntax::cite;

/// Names a clause with its basis: the line's own where it has one, else the first of the clause.
pub(super) fn whose(model: &Model, clause: ClauseId, own: &[Citation]) -> Bi {
    let data = &model.clauses[clause];
    let basis = own.first().or_else(|| data.basis.first());
    let words = |lang: Lang| match basis {
        Some(basis) => format!("`{}` ({})", data.name, cite(basis, lang)),
        None => format!("`{}`", data.name),
    };
    Bi { da: words(Lang::Da), en: words(Lang::En) }
}
