//! What somebody must do: on whom it falls, when it is due, when it is met.

use super::document::{Entry, Line, Piece, listed, say};
use super::line::is_name;
use super::voice::Voice;
use crate::syntax::ast::{Duty, TimeKind};

impl Voice<'_> {
    /// A duty in sentences.
    pub(super) fn duty(&self, duty: &Duty) -> Entry {
        let lang = self.lang;
        let title = match &duty.title {
            Some(title) => Line::text(&title.text),
            None => Line::name(&duty.name.text),
        };
        let mut line =
            Line::one(Piece::Strong(lang.pick("Pligt: ", "Duty: ").to_owned())).and(title.sentence());
        let mut add = |template: &str, part: Line| line = line.clone().then(" ").and(say(template, &[&part]));
        if let Some(owner) = &duty.owner {
            add(lang.pick("Den hører til {0}.", "It belongs to {0}."), self.whole_clause(owner));
        }
        if !duty.on.is_empty() {
            let on: Vec<Line> = duty.on.iter().map(|text| Line::text(&text.text)).collect();
            add(
                lang.pick("Den påhviler {0}.", "It falls on {0}."),
                listed(&on, ", ", lang.pick(" og ", " and ")),
            );
        }
        if let Some(condition) = &duty.only_if {
            add(lang.pick("Den gælder kun, hvis {0}.", "It applies only if {0}."), self.truth(condition));
        }
        let named = |name: Line| say(lang.pick("den dag, {0} angiver", "the day that {0} gives"), &[&name]);
        let deadline = duty.deadline.as_ref().map(|time| match &time.kind {
            TimeKind::Path(path) => named(self.path(path)),
            TimeKind::Period(_) | TimeKind::Edge(..) => self.time(time),
        });
        let computed = duty.deadline_expr.as_ref().map(|expr| match is_name(expr) {
            true => named(self.value(expr)),
            false => self.value(expr),
        });
        match deadline.or(computed) {
            Some(deadline) => add(
                lang.pick("Den skal være opfyldt senest {0}.", "It must be met no later than {0}."),
                deadline,
            ),
            None => add(lang.pick("Der er ingen frist.{0}", "There is no deadline.{0}"), Line::default()),
        }
        if let Some(met) = &duty.met_when {
            let (template, what) = match self.is_day(met) {
                true => (
                    lang.pick("Den er opfyldt den dag, {0} angiver.", "It is met on the day that {0} gives."),
                    self.part(met),
                ),
                false => (lang.pick("Den er opfyldt, når {0}.", "It is met when {0}."), self.truth(met)),
            };
            add(template, what);
        } else {
            let unsaid =
                lang.pick("Intet siger, hvornår den er opfyldt.{0}", "Nothing says when it is met.{0}");
            add(unsaid, Line::default());
        }
        Entry { number: None, line, under: self.rests_on(&duty.basis).into_iter().collect() }
    }
}
