use super::{Checked, Session};
use crate::diag::Problems;
use crate::facts::{Facts, Moment, bind};
use crate::plan::{Plan, Valid};

/// The rules checked and the data bound to them for one moment; nothing is computed yet.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The plan.
    pub plan: Valid<Plan>,
    /// What the data say.
    pub facts: Facts,
    /// The moment they were bound for; `None` when neither question, data nor rules tell one.
    pub moment: Option<Moment>,
    /// What was found in rules and data.
    pub problems: Problems,
}

impl Session {
    /// Checks the rules and binds the data for a moment: the one asked for, else the one a question without a moment
    /// is answered for. Without any, the data are bound to the rules all the same, for the year 2000.
    pub fn bound(&self, asked: Option<Moment>) -> Bound {
        let Checked { plan, mut problems, .. } = self.check();
        let moment = self.moment(asked, self.layers(), &plan.model).ok();
        let whenever = moment.unwrap_or(Moment::Year(2000));
        let facts = bind(&plan.model, self.data(), whenever, self.sources(), &mut problems);
        Bound { plan, facts, moment, problems }
    }
}
