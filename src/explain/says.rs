//! How a value came about, in a sentence or two.

use super::Depth;
use super::teller::{Around, Teller, glued};
use crate::base::Lang;
use crate::eval::{Detail, Outcome, Reason, StepId};
use crate::model::{Alternative, DefId, DefKind, ExceptionId, ExprId, KeyTest, NodeKind, RangeEnd, TableId};
use crate::syntax::ast::Policy;
use crate::value::Interval;

impl Teller<'_> {
    /// Says how a definition's line gave its value, and when the line holds.
    pub(super) fn says_of(
        &mut self,
        (step, body): (StepId, StepId),
        alternative: &Alternative,
        (def, exception): (DefId, Option<ExceptionId>),
        around: Around,
    ) -> Vec<String> {
        let lang = self.words.lang;
        let body = self.settled(body);
        let condition = self.words.model.defs[def].kind == DefKind::Condition;
        let mut says = self.expression_says(body, around, condition);
        let laid = self.laid_says(alternative);
        if let (Some(exception), true) = (exception, self.is_literal(body)) {
            let name = &self.words.model.exceptions[exception].name;
            return vec![format!("{} {name}", lang.pick("fastsat i undtagelsen", "set in the exception"))];
        }
        let dated = self.words.model.defs[def].alternatives.len() > 1;
        let dated = dated || !alternative.given.is_empty();
        let when = self.holding(alternative, Some(step));
        match when {
            Some(when) if self.is_literal(body) => {
                says.iter_mut()
                    .take(1)
                    .for_each(|first| *first = format!("{first} {}", holding(&when, lang)));
            }
            Some(when) if dated => {
                says.push(format!("{} {}", lang.pick("linjen", "the line"), holding(&when, lang)));
            }
            Some(_) | None => {}
        }
        says.extend(laid);
        says
    }

    /// Says how an expression gave its value.
    pub(super) fn expression_says(&mut self, step: StepId, around: Around, condition: bool) -> Vec<String> {
        let step = self.settled(step);
        let Some(expr) = self.expr_of(step) else { return vec![] };
        let lang = self.words.lang;
        match &self.words.model.node(expr).kind {
            NodeKind::Figure { .. } | NodeKind::Bool(_) | NodeKind::Text(_) | NodeKind::Date(_) => {
                vec![lang.pick("fastsat i reglerne", "set in the rules").to_owned()]
            }
            NodeKind::Nothing | NodeKind::DoesNotApply(None) => {
                vec![lang.pick("fastsat i reglerne", "set in the rules").to_owned()]
            }
            NodeKind::DoesNotApply(Some(why)) => {
                let text = lang.pick("fastsat i reglerne", "set in the rules");
                vec![format!("{text}: \"{why}\"")]
            }
            NodeKind::Unknown(reason) => {
                let text = lang.pick("teksten siger, at det er ukendt", "the text says that it is unknown");
                vec![reason.as_ref().map_or(text.to_owned(), |reason| format!("{text}: \"{reason}\""))]
            }
            NodeKind::Lookup { table, keys, .. } => self.row_says(step, *table, keys.len(), around),
            NodeKind::EachRound(..) => self.each_round_says(step, around, condition),
            NodeKind::Scale { table, .. } => self.scale_says(step, *table, around),
            NodeKind::Duty(terms) => self.duty_says(step, terms, around),
            NodeKind::CountMet(all) => vec![self.count_says(step, all.len())],
            NodeKind::Grant { conditions, .. } => self.grant_says(step, conditions.len(), around),
            NodeKind::If(..) => self.if_says(step, expr, around),
            NodeKind::Invalid => vec![],
            _ if condition => self.condition_says(step, expr, around),
            _ => self.formula_says(step, expr, around),
        }
    }

    fn condition_says(&self, step: StepId, expr: ExprId, around: Around) -> Vec<String> {
        let judged = self.judged(step, around);
        // Within the tree the figures are enough; the facts they are of stand in the notes.
        match self.depth == Depth::Arithmetic || self.level <= 1 {
            true => vec![self.names(expr, around), judged],
            false => vec![judged],
        }
    }

    /// The formula with names, then with values where that says more.
    fn formula_says(&mut self, step: StepId, expr: ExprId, around: Around) -> Vec<String> {
        let names = self.names(expr, around);
        let figures = self.without_modifiers(step, around);
        let own = self.leaf(step, around);
        let known = !self.formulas.insert(expr);
        // Where nothing was computed there are no figures to show, only what stood in the way.
        let lapsed = self.lapsed_part(step, around);
        let telling = self.depth != Depth::Arithmetic && figures != own && figures != names;
        let telling = telling && lapsed.is_none();
        let mut says = Vec::new();
        if !(known && telling) {
            says.push(format!("= {names}"));
        }
        says.extend(lapsed);
        says.extend(self.total_says(step, around));
        if telling {
            says.push(format!("= {figures}"));
        }
        if self.depth != Depth::Arithmetic {
            says.extend(self.remarks(step));
        }
        says
    }

    /// `= ramme − a`, of a sum over years that the text's own total for them answers.
    fn total_says(&self, step: StepId, around: Around) -> Vec<String> {
        let Some(NodeKind::SumOver(..)) = self.kind(step) else { return vec![] };
        if self.depth == Depth::Arithmetic || !matches!(self.trace.step(step).detail, Detail::Plain) {
            return vec![];
        }
        let Some(total) = self.input(step, 0) else { return vec![] };
        let Some(expr) = self.expr_of(total).filter(|_| !self.is_literal(total)) else { return vec![] };
        let (names, figures) = (self.names(expr, around), self.figures(total, around));
        let mut says = vec![format!("= {names}")];
        if figures != names && figures != self.leaf(total, around) {
            says.push(format!("= {figures}"));
        }
        says
    }

    /// `da loft ikke gælder`, of a formula that came to nothing because of a part of it.
    fn lapsed_part(&self, step: StepId, around: Around) -> Option<String> {
        let own = self.trace.outcome(step);
        let lang = self.words.lang;
        let lifted = match own {
            Outcome::DoesNotApply(_) => true,
            Outcome::Error(_) => false,
            Outcome::Value(_) | Outcome::Unknown(_) => return None,
        };
        let mut at = step;
        let def = loop {
            let inputs = &self.trace.step(at).inputs;
            at = inputs.iter().copied().find(|input| self.trace.outcome(*input) == own)?;
            if let crate::eval::What::Def(def) = self.trace.step(at).what {
                break def;
            }
        };
        let aside = self.aside(at, around);
        let aside = if aside.is_empty() { String::new() } else { format!(" ({})", aside.join(", ")) };
        let name = format!("{}{aside}", self.def_seen_from(def, around));
        Some(match lifted {
            true => lang.pick(format!("da {name} ikke gælder"), format!("as {name} does not apply")),
            false => {
                lang.pick(format!("da {name} ikke kan regnes ud"), format!("as {name} cannot be computed"))
            }
        })
    }

    /// The figures of what roundings and the like are applied to; these have remarks of their own.
    fn without_modifiers(&self, step: StepId, around: Around) -> String {
        let shown_only = self.typed(step).1.fixed;
        let step = self.settled(step);
        match self.kind(step) {
            Some(NodeKind::Restated(_)) if !shown_only => self.figures(step, around),
            Some(NodeKind::Round(..) | NodeKind::Restated(_) | NodeKind::EachRound(..)) => {
                match self.input(step, 0) {
                    Some(inner) => self.without_modifiers(inner, around),
                    None => self.figures(step, around),
                }
            }
            Some(_) | None => self.figures(step, around),
        }
    }

    /// Says what roundings and limits did, innermost first.
    pub(super) fn remarks(&self, step: StepId) -> Vec<String> {
        let Some(kind) = self.kind(step) else { return vec![] };
        if matches!(kind, NodeKind::Def(_) | NodeKind::At(..) | NodeKind::ForEntity(..) | NodeKind::Share(_))
        {
            return vec![];
        }
        let inputs = self.trace.step(step).inputs.clone();
        let mut all: Vec<String> = inputs.iter().flat_map(|input| self.remarks(*input)).collect();
        all.extend(self.rounding(step));
        all.extend(self.limiting(step));
        all.extend(self.level_dropped(step));
        all.extend(self.conversion_says(step).filter(|_| self.depth == Depth::Result));
        all
    }

    /// `før afrunding: 113,526 mio. kr.; rundet ned til et helt antal 0,1 mio. kr.`
    pub(super) fn rounding(&self, step: StepId) -> Option<String> {
        let Detail::Rounded { before } = &self.trace.step(step).detail else { return None };
        let (expr, after) = (self.expr_of(step)?, self.trace.outcome(step).as_number()?);
        let size = match &self.words.model.node(expr).kind {
            NodeKind::Round(_, size, _) => size,
            NodeKind::EachRound(_, rounding) => return self.each_rounding(step, before, after, rounding),
            _ => return None,
        };
        let lang = self.words.lang;
        if before == after {
            let size = self.size(expr, size);
            return (self.depth == Depth::Arithmetic).then(|| {
                lang.pick(
                    format!("afrundingen til {size} ændrer ikke tallet"),
                    format!("rounding to {size} does not change the number"),
                )
            });
        }
        let (ty, show) = self.typed(step);
        let exact = glued(&self.words.exact(before, ty, show));
        Some(match after > before {
            true => {
                lang.pick(format!("nøjagtigt {exact}, rundet op"), format!("exactly {exact}, rounded up"))
            }
            false => {
                lang.pick(format!("nøjagtigt {exact}, rundet ned"), format!("exactly {exact}, rounded down"))
            }
        })
    }

    fn limiting(&self, step: StepId) -> Option<String> {
        let Detail::Limited(bound) = self.trace.step(step).detail else { return None };
        let lang = self.words.lang;
        let limit = self.input(step, 1)?;
        let text = match (self.trace.outcome(limit), bound) {
            (Outcome::DoesNotApply(_), _) => {
                lang.pick("grænsen gælder ikke her", "the limit does not apply here")
            }
            (_, true) => lang.pick("grænsen slår igennem", "the limit takes effect"),
            (_, false) => lang.pick("grænsen har ingen virkning", "the limit has no effect"),
        };
        Some(text.to_owned())
    }

    fn if_says(&self, step: StepId, expr: ExprId, around: Around) -> Vec<String> {
        let lang = self.words.lang;
        let mut says = vec![format!("= {}", self.names(expr, around))];
        let Some(condition) = self.input(step, 0) else { return says };
        if matches!(self.trace.outcome(condition), Outcome::Error(_) | Outcome::DoesNotApply(_)) {
            return says;
        }
        let judged = self.judged(condition, around);
        let taken = match &self.trace.step(step).detail {
            Detail::Branch(taken) => Some(*taken),
            Detail::Plain | Detail::Definition(_) | Detail::Fact(_) | Detail::Row { .. } => None,
            Detail::Rounded { .. } | Detail::Shares(_) | Detail::Entities(_) | Detail::Ranks(_) => None,
            Detail::Years(_) | Detail::Limited(_) | Detail::Slices(..) | Detail::Between { .. } => None,
        };
        let Some(taken) = taken else {
            says.push(format!("{}: {judged}", lang.pick("kan ikke afgøres", "cannot be decided")));
            return says;
        };
        let branch = match taken {
            true => lang.pick("derfor det første", "hence the first"),
            false => lang.pick("derfor det andet", "hence the second"),
        };
        says.push(format!("{judged}, {branch}"));
        if let (Some(result), false) = (self.input(step, 1), self.depth == Depth::Arithmetic) {
            let (figures, own) = (self.without_modifiers(result, around), self.leaf(result, around));
            if figures != own {
                says.push(format!("= {figures}"));
            }
            says.extend(self.remarks(result));
        }
        says
    }

    fn count_says(&self, step: StepId, count: usize) -> String {
        let lang = self.words.lang;
        let inputs: Vec<&Outcome> =
            (0..count).filter_map(|i| self.input(step, i)).map(|s| self.trace.outcome(s)).collect();
        let met = inputs.iter().filter(|o| o.as_truth() == Some(true)).count();
        let open = inputs.iter().filter(|o| matches!(o, Outcome::Unknown(_))).count();
        let apart = inputs.iter().filter(|o| matches!(o, Outcome::DoesNotApply(_))).count();
        let counted = inputs.len() - apart;
        let mut parts = vec![lang.pick(
            format!("{met} af {counted} betingelser er opfyldt"),
            format!("{met} of {counted} conditions are met"),
        )];
        if open > 0 {
            parts.push(lang.pick(format!("{open} kan ikke afgøres"), format!("{open} cannot be decided")));
        }
        if apart > 0 {
            let text =
                (format!("{apart} gælder ikke og tælles ikke"), format!("{apart} not in force, not counted"));
            parts.push(lang.pick(text.0, text.1));
        }
        parts.join(", ")
    }

    fn grant_says(&self, step: StepId, conditions: usize, around: Around) -> Vec<String> {
        let lang = self.words.lang;
        let full = self.input(step, conditions).map(|full| self.leaf(full, around)).unwrap_or_default();
        let inputs = (0..conditions).filter_map(|index| self.input(step, index));
        let unmet: Vec<String> = inputs
            .filter(|input| self.trace.outcome(*input).as_truth() != Some(true))
            // A condition that an amendment has ended decides nothing.
            .filter(|input| !matches!(self.trace.outcome(*input), Outcome::DoesNotApply(Reason::Ended(..))))
            .map(|input| self.names_of(input, around))
            .collect();
        let unmet = unmet.join(", ");
        let paid = matches!(self.trace.step(step).detail, Detail::Branch(true));
        let lapsed = matches!(self.trace.step(step).detail, Detail::Branch(false));
        let instead = self.input(step, conditions + 1).filter(|_| lapsed);
        let amount = self.input(step, conditions).map(|full| self.trace.outcome(full));
        let text = match (paid, lapsed) {
            (true, _) if matches!(amount, Some(Outcome::DoesNotApply(_))) => lang.pick(
                "betingelserne er opfyldt, men tilskuddets beløb gælder ikke".to_owned(),
                "the conditions are met, but the amount of the grant does not apply".to_owned(),
            ),
            (true, _) if matches!(amount, Some(Outcome::Error(_))) => lang.pick(
                "betingelserne er opfyldt, men tilskuddets beløb kan ikke regnes ud".to_owned(),
                "the conditions are met, but the amount of the grant cannot be computed".to_owned(),
            ),
            (true, _) => lang.pick(
                format!("tilskuddet på {full} udbetales, da betingelserne er opfyldt"),
                format!("the grant of {full} is paid, as its conditions are met"),
            ),
            (_, true) => lang.pick(
                format!("tilskuddet på {full} bortfalder: {unmet} er ikke opfyldt"),
                format!("the grant of {full} lapses: {unmet} is not met"),
            ),
            (_, _) => lang.pick(
                format!("tilskuddet på {full} afhænger af {unmet}, som ikke kan afgøres"),
                format!("the grant of {full} depends on {unmet}, which cannot be decided"),
            ),
        };
        let mut says = vec![text];
        if let Some(instead) = instead {
            let amount = self.leaf(instead, around);
            says.push(lang.pick(format!("i stedet udbetales {amount}"), format!("{amount} is paid instead")));
        }
        says
    }

    // Tables.

    fn row_says(&self, step: StepId, table: TableId, keys: usize, around: Around) -> Vec<String> {
        let lang = self.words.lang;
        let data = &self.words.model.tables[table];
        let why: Vec<String> = data
            .keys
            .iter()
            .zip((0..keys).filter_map(|index| self.input(step, index)))
            .map(|(name, key)| self.key_words(name, key, around))
            .collect();
        let why = why.join(", ");
        if let Detail::Between { rows, part, .. } = &self.trace.step(step).detail {
            return self.between_says(step, table, *rows, part, &why, around);
        }
        let rows = match &self.trace.step(step).detail {
            Detail::Row { rows, .. } => rows.clone(),
            Detail::Plain | Detail::Definition(_) | Detail::Fact(_) | Detail::Branch(_) => vec![],
            Detail::Rounded { .. } | Detail::Shares(_) | Detail::Entities(_) | Detail::Ranks(_) => vec![],
            Detail::Years(_) | Detail::Limited(_) | Detail::Slices(..) | Detail::Between { .. } => vec![],
        };
        if rows.is_empty() {
            let open =
                lang.pick("rækken i tabellen kan ikke afgøres", "the row of the table cannot be decided");
            return match self.trace.outcome(step) {
                Outcome::Unknown(_) => vec![format!("{open}: {why}")],
                Outcome::Value(_) => self.possible_rows(step, table, around).unwrap_or_else(|| vec![why]),
                Outcome::DoesNotApply(_) | Outcome::Error(_) if !why.is_empty() => vec![why],
                Outcome::DoesNotApply(_) | Outcome::Error(_) => vec![],
            };
        }
        let word = lang.pick("rækken", "the row");
        let lines: Vec<String> =
            rows.iter().map(|row| format!("`{}`", self.row_text(table, *row, around))).collect();
        let why = if why.is_empty() { why } else { format!(", {} {why}", lang.pick("da", "as")) };
        let mut says = vec![format!("{word} {}{why}", lines.join(lang.pick(" og ", " and ")))];
        if rows.len() > 1 {
            says.extend(self.policy_words(data.policy));
        }
        says.extend(rows.iter().filter_map(|row| self.cell_says(step, *row, around)));
        says
    }

    fn policy_words(&self, policy: Option<Policy>) -> Option<String> {
        let (da, en) = match policy? {
            Policy::First => ("første række gælder", "the first row applies"),
            Policy::Agree => ("rækkerne er enige", "the rows agree"),
            Policy::Add => ("rækkerne lægges sammen", "the rows add up"),
            Policy::Largest => ("den største gælder", "the largest applies"),
            Policy::Smallest => ("den mindste gælder", "the smallest applies"),
            Policy::Linear => ("lineært mellem punkterne", "linear between the points"),
        };
        Some(self.words.lang.pick(da, en).to_owned())
    }

    /// The keys of a row as they are written.
    pub(super) fn row_key(&self, table: TableId, row: usize, around: Around) -> String {
        let Some(row) = self.words.model.tables[table].rows.get(row) else { return String::new() };
        row.tests.iter().map(|test| self.test_text(test, around)).collect::<Vec<_>>().join("; ")
    }

    /// A row as it is written: `2 | 67 pct.`
    pub(super) fn row_text(&self, table: TableId, at: usize, around: Around) -> String {
        let Some(row) = self.words.model.tables[table].rows.get(at) else { return String::new() };
        let days = self.row_days(table, at, around);
        let tests = row.tests.iter().zip(days).map(|(test, days)| match days {
            Some(days) => days.print(self.words.lang),
            None => self.test_text(test, around),
        });
        let results = (0..row.results.len()).filter_map(|column| self.result_then(table, at, column, around));
        let results = results.map(|result| self.names(result, around));
        tests.chain(results).collect::<Vec<_>>().join(" | ")
    }

    fn test_text(&self, test: &KeyTest, around: Around) -> String {
        let lang = self.words.lang;
        let list = |all: &[ExprId]| all.iter().map(|x| self.names(*x, around)).collect::<Vec<_>>().join("; ");
        match test {
            KeyTest::Any => "-".to_owned(),
            KeyTest::Otherwise => lang.pick("ellers", "otherwise").to_owned(),
            KeyTest::AnyOf(all) => list(all),
            KeyTest::NoneOf(all) => format!("{} {}", lang.pick("ikke", "not"), list(all)),
            KeyTest::Range(low, high) => self.range_text(low.as_ref(), high.as_ref(), around),
            KeyTest::Condition(condition) => self.names(*condition, around),
            KeyTest::Time(days) => days.print(lang),
            KeyTest::From(from) => Interval::starting(*from).print(lang),
            KeyTest::Slice(None) => lang.pick("derover", "above that").to_owned(),
            KeyTest::Slice(Some(up_to)) => {
                format!("{} {}", lang.pick("til", "to"), self.names(*up_to, around))
            }
        }
    }

    fn range_text(&self, low: Option<&RangeEnd>, high: Option<&RangeEnd>, around: Around) -> String {
        let lang = self.words.lang;
        let text = |end: &RangeEnd| self.names(end.value, around);
        let (Some(first), Some(last)) = (low, high) else { return self.open_range(low, high, around) };
        // The unit is said once: `10.000 – under 50.000 indbyggere`.
        let unit = glued(self.words.model.node(last.value).show.words.get(lang));
        let (from, to) = (text(first), text(last));
        let from = match from.strip_suffix(unit.as_str()) {
            Some(bare) if !unit.is_empty() && to.ends_with(unit.as_str()) => bare.trim_end().to_owned(),
            Some(_) | None => from,
        };
        match (first.included, last.included) {
            (true, true) => format!("{from} – {to}"),
            (true, false) => format!("{from} – {} {to}", lang.pick("under", "under")),
            (false, true) => {
                format!("{} {from} {} {to}", lang.pick("over", "over"), lang.pick("og højst", "and at most"))
            }
            (false, false) => {
                format!("{} {from} {} {to}", lang.pick("over", "over"), lang.pick("og under", "and under"))
            }
        }
    }

    fn open_range(&self, low: Option<&RangeEnd>, high: Option<&RangeEnd>, around: Around) -> String {
        let lang = self.words.lang;
        let text = |end: &RangeEnd| self.names(end.value, around);
        match (low, high) {
            (Some(low), None) if low.included => format!("{}+", text(low)),
            (Some(low), None) => format!("{} {}", lang.pick("over", "over"), text(low)),
            (None, Some(high)) if high.included => {
                format!("{} {}", lang.pick("højst", "at most"), text(high))
            }
            (None, Some(high)) => format!("{} {}", lang.pick("under", "under"), text(high)),
            (Some(_), Some(_)) | (None, None) => "-".to_owned(),
        }
    }
}

/// When a line holds: `for 2025`, `fra 2031`.
fn holding(when: &str, lang: Lang) -> String {
    let starts_with_digit = when.chars().next().is_some_and(|c| c.is_ascii_digit());
    if starts_with_digit { format!("{} {when}", lang.pick("for", "for")) } else { when.to_owned() }
}
