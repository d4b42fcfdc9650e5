//! Aggregates over a kind, and the selections they run over.

use super::check::{Checker, Typed};
use crate::model::{Aggregate, ExprId, Selection, Show, Ty};

impl Checker<'_> {
    /// Types the parts of a selection; `count` is what goes over it, if that can stand in parentheses.
    pub(super) fn selection(&mut self, set: &Selection, count: Option<ExprId>) {
        if let Some(within) = set.within {
            self.expr(within.owner);
            self.expr(within.link);
        }
        if let Some(same) = set.same {
            self.expr(same);
        }
        if let Some(filter) = set.filter {
            self.refuse_compared_condition(filter, count);
            self.truth(filter);
        }
    }

    /// Types an aggregate; dates have an earliest and a latest, but no sum.
    pub(super) fn aggregate(
        &mut self,
        op: Aggregate,
        of: Option<ExprId>,
        weight: Option<ExprId>,
        if_none: Option<ExprId>,
    ) -> Typed {
        if let Some(weight) = weight {
            self.number(weight);
        }
        let dates = matches!(op, Aggregate::Largest | Aggregate::Smallest);
        let result = match of {
            Some(of) if dates && self.expr(of).0 == Ty::Date => self.expr(of),
            Some(of) => self.number(of),
            None => (Ty::Number, Show::plain()),
        };
        let result = match op {
            Aggregate::Count | Aggregate::Rank => (Ty::Number, Show::plain()),
            Aggregate::Average => (result.0, Show { decimals: 0, ..result.1 }),
            Aggregate::Sum | Aggregate::Largest | Aggregate::Smallest => result,
        };
        if let Some(fallback) = if_none {
            let ty = result.0.clone();
            self.fits(fallback, &ty);
        }
        result
    }
}
