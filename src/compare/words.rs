//! Words for what differs.

use super::bridge::{Bridge, Standing};
use super::causes::{Cause, Differing};
use super::column::{Column, Side};
use super::moved::{Difference, Moves, Sum, adds_up};
use super::table::{Compared, Comparison, Row, Who};
use super::told::{
    ToldBridge, ToldCause, ToldCell, ToldChange, ToldClause, ToldColumn, ToldDiff, ToldMoves, ToldPoint,
    ToldResult, ToldRow,
};
use crate::base::{Lang, bi};
use crate::diag::Report;
use crate::eval::Outcome;
use crate::explain::{Basis, cite_all};
use crate::facts::Datum;
use crate::model::{ClauseId, Show, Ty};
use crate::session::{Answer, AnswerLine, Target, in_short, level_at, unit};
use crate::types::level_words;
use crate::value::{Number, print_number};

/// How a comparison is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Telling<'a> {
    /// The language.
    pub lang: Lang,
    /// What the first column is called.
    pub base: &'a str,
    /// Whether what is the same is told as well.
    pub all: bool,
}

/// Tells what differs, and the ways that lead to the columns, each with the answer that words it and the column's position.
pub fn told(
    comparison: &Comparison<'_>,
    (base, columns): (&Side, &[Column]),
    bridges: &[(usize, Bridge, &Answer)],
    telling: Telling<'_>,
) -> ToldDiff {
    let lang = telling.lang;
    let teller = Teller::new(comparison, lang);
    let differs = |result: &&Compared| result.rows.iter().any(|row| comparison.differs(row));
    let lacking =
        |result: &&Compared| !differs(result) && result.rows.iter().any(|row| comparison.lacks_other(row));
    let differing = comparison.results.iter().filter(differs).count();
    let shown = comparison.results.iter().filter(|result| telling.all || differs(result));
    let mut clauses: Vec<(Option<String>, Vec<&Compared>)> = Vec::new();
    for result in shown {
        let clause = teller.clause_name(result);
        match clauses.iter_mut().find(|(known, _)| *known == clause) {
            Some((_, results)) => results.push(result),
            None => clauses.push((clause, vec![result])),
        }
    }
    let names = std::iter::once((telling.base.to_owned(), base.session.what_ifs()));
    let says = |column: &Column| column.says().iter().map(|said| without_name(said, &column.name)).collect();
    let names = names.chain(columns.iter().map(|column| (column.name.clone(), says(column))));
    let column = |((name, says), answer): ((String, Vec<String>), &&Answer)| ToldColumn {
        name,
        says,
        when: answer.moment.print(lang),
    };
    let columns: Vec<ToldColumn> = names.zip(&comparison.answers).map(column).collect();
    let clauses = clauses
        .iter()
        .map(|(name, results)| teller.clause(name.clone(), results, &columns, telling))
        .collect();
    let bridges = bridges.iter().map(|(at, bridge, answer)| {
        let name = columns.get(*at).map(|column| column.name.as_str()).unwrap_or_default();
        told_bridge((*at, name), bridge, answer, lang)
    });
    let bridges = bridges.collect();
    ToldDiff {
        lang,
        columns,
        clauses,
        differing,
        same: comparison.results.len() - differing,
        lacking: comparison.results.iter().filter(lacking).count(),
        bridges,
    }
}

/// What was changed, without the name of its scenario where the column has it.
fn without_name(said: &str, column: &str) -> String {
    said.strip_prefix(column).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(said).to_owned()
}

struct Teller<'a> {
    all: &'a Comparison<'a>,
    /// What differs on the way to each answer but the first.
    differing: Vec<Differing>,
    lang: Lang,
}

/// The most results that a difference is said to begin with.
const MOST_CAUSES: usize = 3;

/// The most names in front of a note.
const MOST_NAMED: usize = 6;

impl<'a> Teller<'a> {
    fn new(all: &'a Comparison<'a>, lang: Lang) -> Teller<'a> {
        let first = all.answers.first().copied();
        let others = all.answers.iter().skip(1);
        let differing = others.filter_map(|answer| Some(Differing::of(first?, answer))).collect();
        Teller { all, differing, lang }
    }

    /// The first line of a result, for what is the same of it in all columns.
    fn first(&self, result: &Compared) -> Option<(&'a Answer, &'a AnswerLine)> {
        let columns = 0..self.all.answers.len();
        columns.into_iter().find_map(|column| result.rows.iter().find_map(|row| self.all.line(row, column)))
    }

    fn clause_of(&self, result: &Compared) -> Option<(&'a Answer, ClauseId)> {
        let (answer, line) = self.first(result)?;
        match line.target {
            Target::Def(def) => Some((answer, answer.plan.model.defs[def].clause)),
            Target::Expr(_) => None,
        }
    }

    fn clause_name(&self, result: &Compared) -> Option<String> {
        self.clause_of(result).map(|(answer, clause)| answer.plan.model.clauses[clause].full.clone())
    }

    fn clause(
        &self,
        clause: Option<String>,
        results: &[&Compared],
        columns: &[ToldColumn],
        telling: Telling<'_>,
    ) -> ToldClause {
        let data = results.first().and_then(|first| self.clause_of(first));
        let data = data.map(|(answer, clause)| &answer.plan.model.clauses[clause]);
        let basis = data.map(|data| Basis::all(&data.basis, self.lang)).unwrap_or_default();
        let told: Vec<ToldResult> = results.iter().map(|result| self.result(result, telling)).collect();
        let notes = self.notes(results, &told, columns);
        ToldClause {
            clause,
            title: data.and_then(|data| data.title.clone()),
            basis: cite_all(&basis),
            results: told,
            notes,
        }
    }

    fn result(&self, result: &Compared, telling: Telling<'_>) -> ToldResult {
        let shown: Vec<&Row> =
            result.rows.iter().filter(|row| telling.all || self.all.differs(row)).collect();
        let (name, full) = match self.first(result) {
            Some((answer, AnswerLine { target: Target::Def(def), .. })) => {
                let words = answer.words(self.lang);
                (words.short_name(*def), words.def_name(*def))
            }
            Some(_) | None => (result.name.clone(), result.name.clone()),
        };
        let others = 1..self.all.answers.len();
        ToldResult {
            name,
            full,
            differs: result.rows.iter().any(|row| self.all.differs(row)),
            same_rows: result.rows.len() - shown.len(),
            total: self.total(result),
            moves: others.clone().filter_map(|column| self.moves(result, column)).collect(),
            causes: others.flat_map(|column| self.causes(result, column)).collect(),
            rows: shown.into_iter().map(|row| self.row(row)).collect(),
        }
    }

    fn row(&self, row: &Row) -> ToldRow {
        let who = row.who.as_ref().map(|who| (who.kind.clone(), who.name.clone()));
        ToldRow { who, cells: (0..self.all.answers.len()).map(|column| self.cell(row, column)).collect() }
    }

    fn cell(&self, row: &Row, column: usize) -> ToldCell {
        let change = if column == 0 { None } else { self.change(row, column) };
        let Some((answer, line)) = self.all.line(row, column) else {
            let text = self.lang.pick("findes ikke", "not there").to_owned();
            return ToldCell { state: "not_here", text, exact: None, unit: None, level: None, change };
        };
        let (outcome, (ty, _)) = (answer.outcome(line), answer.typed(line));
        let is_known = matches!(outcome, Outcome::Value(_) | Outcome::Unknown(_));
        let level = level_at(answer.moment, ty).filter(|_| is_known);
        ToldCell {
            state: state(outcome),
            text: in_short(answer, line, self.lang),
            exact: outcome.datum().and_then(|datum| exact_datum(datum, ty)),
            unit: unit(ty, answer.words(answer.plan.model.lang)).filter(|_| is_known),
            level: level.map(|level| level_words(level).get(answer.plan.model.lang).to_owned()),
            change,
        }
    }

    fn change(&self, row: &Row, column: usize) -> Option<ToldChange> {
        let (before, after) = (self.all.line(row, 0), self.all.line(row, column));
        let (answer, line) = after.or(before)?;
        let (ty, show) = answer.typed(line);
        let kind = match self.all.difference(row, column) {
            Difference::Same | Difference::Lack => return None,
            Difference::By(by) => {
                let whole = before.and_then(|(answer, line)| answer.outcome(line).as_number());
                return Some(ToldChange {
                    kind: "by",
                    text: signed(answer, &by, ty, show, self.lang),
                    exact: Some(exact(&by, ty)),
                    percent: whole.and_then(|whole| percent(&by, whole, ty, self.lang)),
                });
            }
            Difference::Other => "other",
            Difference::Unlike => "unlike",
            Difference::State => "state",
        };
        let moved = (kind == "state" && adds_up(ty)).then(|| {
            let (before, after) = (Sum::of([before]), Sum::of([after]));
            Some(after.whole()?.sub(before.whole()?)).filter(|by| !by.is_zero())
        });
        let moved = moved.flatten();
        let by = moved.as_ref().map(|by| format!(" ({})", signed(answer, by, ty, show, self.lang)));
        let text = match kind {
            "unlike" => self.unlike(before, after),
            "other" => self.lang.pick("ændret", "changed").to_owned(),
            _ => format!("{}{}", turned(before, after).get(self.lang), by.unwrap_or_default()),
        };
        Some(ToldChange { kind, text, exact: moved.map(|by| exact(&by, ty)), percent: None })
    }

    fn unlike(
        &self,
        before: Option<(&Answer, &AnswerLine)>,
        after: Option<(&Answer, &AnswerLine)>,
    ) -> String {
        let level = |found: Option<(&Answer, &AnswerLine)>| {
            let (answer, line) = found?;
            let level = level_at(answer.moment, answer.typed(line).0)?;
            Some(level_words(level).get(self.lang).to_owned())
        };
        match (level(before), level(after)) {
            (Some(a), Some(b)) if a != b => self.lang.pick(
                format!("andet prisniveau ({b} mod {a})"),
                format!("another price level ({b} against {a})"),
            ),
            _ => self.lang.pick("anden enhed", "another unit").to_owned(),
        }
    }

    fn total(&self, result: &Compared) -> Option<ToldRow> {
        let first = self.all.total(result, 0)?;
        let cell = |column: usize| {
            let sum = self.all.total(result, column)?;
            // Worded as a result of the column itself, else of another that has one.
            let lines = result.rows.iter().filter_map(|row| self.all.line(row, column));
            let (answer, line) = lines
                .max_by_key(|(answer, line)| answer.outcome(line).as_number().is_some())
                .or(self.first(result))?;
            let (ty, show) = answer.typed(line);
            let words = answer.words(self.lang);
            let (state, text) = match (sum.whole(), sum.errors) {
                (Some(number), _) => ("value", words.number(number, ty, show)),
                (None, 0) => (
                    "unknown",
                    match words.bounds(&sum.bounds, ty, show) {
                        Some(bounds) => format!("{}, {bounds}", self.lang.pick("ukendt", "unknown")),
                        None => self.lang.pick("ukendt", "unknown").to_owned(),
                    },
                ),
                (None, errors) => {
                    ("error", bi!("fejl for {errors}", "error for {errors}").get(self.lang).to_owned())
                }
            };
            let by = sum.whole().zip(first.whole()).map(|(new, old)| new.sub(old)).filter(|by| !by.is_zero());
            let change = by.map(|by| ToldChange {
                kind: "by",
                text: signed(answer, &by, ty, show, self.lang),
                exact: Some(exact(&by, ty)),
                percent: first.whole().and_then(|whole| percent(&by, whole, ty, self.lang)),
            });
            let became = match (first.whole(), sum.whole()) {
                (Some(_), None) => Some(bi!("bliver ukendt", "becomes unknown")),
                (None, Some(_)) => Some(bi!("bliver kendt", "becomes known")),
                (_, _) => None,
            };
            let became = became.map(|words| ToldChange {
                kind: "state",
                text: words.get(self.lang).to_owned(),
                exact: None,
                percent: None,
            });
            let change = change.or(became).filter(|_| column > 0);
            let level = level_at(answer.moment, ty);
            Some(ToldCell {
                state,
                text,
                exact: sum.whole().map(|number| exact(number, ty)),
                unit: unit(ty, answer.words(answer.plan.model.lang)),
                level: level.map(|level| level_words(level).get(answer.plan.model.lang).to_owned()),
                change,
            })
        };
        let cells = (0..self.all.answers.len()).map(cell).collect::<Option<Vec<_>>>()?;
        Some(ToldRow { who: None, cells })
    }

    fn moves(&self, result: &Compared, column: usize) -> Option<ToldMoves> {
        let found = self.all.movement(result, column);
        let counts = [found.up.count, found.down.count, found.same, found.otherwise];
        if result.rows.len() < 2 || found.same == result.rows.len() {
            return None;
        }
        let adds = self.all.total(result, column).is_some();
        let lines = result.rows.iter().filter_map(|row| self.all.line(row, column));
        let typed = lines.max_by_key(|(answer, line)| answer.outcome(line).as_number().is_some());
        let (answer, line) = typed.or(self.first(result))?;
        let (ty, show) = answer.typed(line);
        let amount = |by: &Number| signed(answer, by, ty, show, self.lang);
        let who =
            |row: usize| result.rows.get(row).and_then(|row| row.who.as_ref()).map(|who| who.name.clone());
        let way = |moves: &Moves, verb: (&str, &str)| {
            let (most, by) = moves.most.as_ref().and_then(|(row, by)| Some((who(*row)?, by)))?;
            let (count, verb, by) = (moves.count, self.lang.pick(verb.0, verb.1), amount(by));
            let most = match count {
                1 => self.lang.pick(format!("{verb} for {most} ({by})"), format!("{verb} for {most} ({by})")),
                _ => self.lang.pick(
                    format!("{verb} for {count}, mest for {most} ({by})"),
                    format!("{verb} for {count}, most for {most} ({by})"),
                ),
            };
            Some(match moves.sum.as_ref().filter(|_| adds && count > 1) {
                Some(sum) => format!("{most}, {} {}", self.lang.pick("i alt", "in total"), amount(sum)),
                None => most,
            })
        };
        let rest = |count: usize, da: &str, en: &str| {
            (count > 0).then(|| format!("{} {count}", self.lang.pick(da, en)))
        };
        let parts = [
            way(&found.up, ("stiger", "rises")),
            way(&found.down, ("falder", "falls")),
            rest(found.otherwise, "anderledes for", "otherwise for"),
            rest(found.same, "uændret for", "the same for"),
        ];
        let text = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let sum = |moves: &Moves| moves.sum.as_ref().filter(|_| adds).map(|sum| exact(sum, ty));
        let most = |moves: &Moves| moves.most.as_ref().and_then(|(row, _)| who(*row));
        Some(ToldMoves {
            column,
            text,
            counts,
            sums: [sum(&found.up), sum(&found.down)],
            most: [most(&found.up), most(&found.down)],
        })
    }

    fn causes(&self, result: &Compared, column: usize) -> Vec<ToldCause> {
        let Some(differing) = self.differing.get(column - 1) else { return Vec::new() };
        let mut all: Vec<(Cause, bool)> = Vec::new();
        for row in result.rows.iter().filter(|row| self.all.differs(row)) {
            for cause in self.all.causes(row, column, differing, self.lang) {
                let is_own = self.all.is_own(row, column, &cause, self.lang);
                if !all.iter().any(|(known, _)| known.name == cause.name) {
                    all.push((cause, is_own));
                }
            }
        }
        let told = |(cause, is_own): (Cause, bool)| ToldCause {
            column,
            name: cause.name,
            reading: cause.reading,
            is_own,
            basis: cause.basis,
        };
        all.into_iter().map(told).collect()
    }

    /// What should be read with the results of a clause: for whom they move, where the differences come from, and what lies
    /// behind the states.
    fn notes(&self, results: &[&Compared], told: &[ToldResult], columns: &[ToldColumn]) -> Vec<String> {
        let named = |column: usize, text: String| match columns.get(column).filter(|_| columns.len() > 2) {
            Some(one) => format!("{}: {text}", one.name),
            None => text,
        };
        let mut notes = Vec::new();
        for result in told {
            // Where it differs for one alone, the table says it.
            for moves in
                result.moves.iter().filter(|moves| moves.counts[0] + moves.counts[1] + moves.counts[3] > 1)
            {
                notes.push(named(moves.column, format!("{}: {}", result.name, moves.text)));
            }
        }
        let mut gathered: Vec<(String, usize, Vec<String>)> = Vec::new();
        let mut gather = |text: String, column: usize, subject: String| match gathered
            .iter_mut()
            .find(|(known, at, _)| *known == text && *at == column)
        {
            Some((_, _, subjects)) if subjects.contains(&subject) => {}
            Some((_, _, subjects)) => subjects.push(subject),
            None => gathered.push((text, column, vec![subject])),
        };
        for result in told {
            for column in 1..columns.len() {
                if let Some(text) = self.caused(result, column) {
                    gather(text, column, result.name.clone());
                }
            }
        }
        for (result, told) in results.iter().zip(told) {
            for row in result.rows.iter().filter(|row| self.all.differs(row)) {
                for column in 0..columns.len() {
                    if let Some(text) = self.all.line(row, column).and_then(|(a, l)| behind(a, l, self.lang))
                    {
                        let who = row.who.as_ref().map(|who| format!("{}.", who.name)).unwrap_or_default();
                        gather(text, column, format!("{who}{}", told.name));
                    }
                }
            }
        }
        notes.extend(gathered.into_iter().map(|(text, column, subjects)| {
            let shown = subjects.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
            let subjects = match subjects.len().saturating_sub(MOST_NAMED) {
                0 => shown,
                more => format!("{shown} {}", bi!("og {more} til", "and {more} more").get(self.lang)),
            };
            let text = format!("{subjects}: {text}");
            match (column, columns.first()) {
                (0, Some(base)) => format!("{}: {text}", base.name),
                (_, _) => named(column, text),
            }
        }));
        notes
    }

    fn caused(&self, result: &ToldResult, column: usize) -> Option<String> {
        let causes: Vec<&ToldCause> = result.causes.iter().filter(|cause| cause.column == column).collect();
        let basis = |cause: &ToldCause| match cause.basis.is_empty() {
            true => String::new(),
            // The most specific stands first, and says where to look.
            false => format!(" ({})", cite_all(cause.basis.get(..1).unwrap_or_default())),
        };
        if let [only] = causes.as_slice()
            && only.is_own
        {
            return Some(format!(
                "{}{}",
                self.lang.pick("ændret der selv", "changed there itself"),
                basis(only)
            ));
        }
        let mut names: Vec<String> = Vec::new();
        for cause in &causes {
            let name = cause.reading.clone().unwrap_or_else(|| format!("{}{}", cause.name, basis(cause)));
            // A reading may say several things, and is told once.
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let more = names.len().saturating_sub(MOST_CAUSES);
        names.truncate(MOST_CAUSES);
        let more = match more {
            0 => String::new(),
            more => format!(" {}", bi!("og {more} til", "and {more} more").get(self.lang)),
        };
        let from = self.lang.pick("forskellen kommer fra", "the difference comes from");
        (!names.is_empty()).then(|| format!("{from} {}{more}", names.join("; ")))
    }
}

/// What lies behind a state.
fn behind(answer: &Answer, line: &AnswerLine, lang: Lang) -> Option<String> {
    let words = answer.words(lang);
    match answer.outcome(line) {
        Outcome::Value(_) => None,
        Outcome::Unknown(unknown) => {
            Some(format!("{} {}", lang.pick("mangler", "missing"), words.missing_list(unknown)))
        }
        Outcome::DoesNotApply(reason) => Some(words.reason(*reason)),
        Outcome::Error(problem) => {
            let report = problem.report();
            Some(format!("{} {}", report.code.id(), report.message.get(lang)))
        }
    }
}

/// What became of a result that is not a value on both sides.
fn turned(before: Option<(&Answer, &AnswerLine)>, after: Option<(&Answer, &AnswerLine)>) -> crate::base::Bi {
    let outcome =
        |found: Option<(&Answer, &AnswerLine)>| found.map(|(answer, line)| state(answer.outcome(line)));
    match (outcome(before), outcome(after)) {
        (_, None) => bi!("findes ikke her", "is not there here"),
        (None, _) => bi!("findes kun her", "is only here"),
        (Some("unknown"), Some("unknown")) => bi!("stadig ukendt", "still unknown"),
        (_, Some("unknown")) => bi!("bliver ukendt", "becomes unknown"),
        (Some("error"), Some("error")) => bi!("en anden fejl", "another error"),
        (_, Some("error")) => bi!("bliver en fejl", "becomes an error"),
        (_, Some("does_not_apply")) => bi!("bortfalder", "no longer applies"),
        (Some("unknown"), _) => bi!("bliver kendt", "becomes known"),
        (Some("error"), _) => bi!("er ingen fejl mere", "is no error any more"),
        (Some("does_not_apply"), _) => bi!("kommer til", "begins to apply"),
        (Some(_), Some(_)) => bi!("ændret", "changed"),
    }
}

fn state(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Value(_) => "value",
        Outcome::Unknown(_) => "unknown",
        Outcome::DoesNotApply(_) => "does_not_apply",
        Outcome::Error(_) => "error",
    }
}

fn told_bridge((column, name): (usize, &str), bridge: &Bridge, answer: &Answer, lang: Lang) -> ToldBridge {
    let number_line = answer.lines.iter().max_by_key(|line| answer.outcome(line).as_number().is_some());
    let plain = (Ty::Number, Show::plain());
    let (ty, show) = number_line.map_or((&plain.0, &plain.1), |line| answer.typed(line));
    let words = answer.words(lang);
    let both = |by: &Number| (exact(by, ty), signed(answer, by, ty, show, lang));
    let point = |(at, point): (usize, &super::bridge::Point)| {
        let (state, text) = match &point.at {
            Standing::Known(number) => ("value", words.number(number, ty, show)),
            Standing::Absent => ("does_not_apply", lang.pick("gælder ikke", "does not apply").to_owned()),
            Standing::Unknown(bounds) => (
                "unknown",
                match words.bounds(bounds, ty, show) {
                    Some(bounds) => format!("{}, {bounds}", lang.pick("ukendt", "unknown")),
                    None => lang.pick("ukendt", "unknown").to_owned(),
                },
            ),
            Standing::Error => ("error", lang.pick("fejl", "error").to_owned()),
        };
        ToldPoint {
            words: without_name(&point.words, name),
            state,
            text,
            exact: point.at.counts().map(|number| exact(&number, ty)),
            term: bridge.term(at).map(|by| both(&by)),
        }
    };
    let joints = bridge.joints().into_iter().map(|joint| {
        let (exact, text) = both(&joint.by);
        (joint.from, joint.to, exact, text)
    });
    ToldBridge {
        column,
        name: bridge.name.clone(),
        who: bridge.who.as_ref().map(|Who { kind, name }| (kind.clone(), name.clone())),
        is_total: bridge.is_total,
        points: bridge.points.iter().enumerate().map(point).collect(),
        joints: joints.collect(),
        whole: bridge.whole().map(|by| both(&by)),
        unit: unit(ty, answer.words(answer.plan.model.lang)),
    }
}

/// Words a difference with its sign; percentages differ by points.
pub(super) fn signed(answer: &Answer, by: &Number, ty: &Ty, show: &Show, lang: Lang) -> String {
    let mut show = show.clone();
    if matches!(ty, Ty::Percent) {
        show.words = bi!("pct.-point", "percentage points");
    }
    let text = answer.words(lang).number(by, ty, &show);
    match text.strip_prefix("≈ ") {
        _ if by.is_negative() || by.is_zero() => text,
        Some(rest) => format!("≈ +{rest}"),
        None => format!("+{text}"),
    }
}

/// A part of an amount over 0 in per cent, exactly and in words. Of percentages it would only confuse.
fn percent(by: &Number, whole: &Number, ty: &Ty, lang: Lang) -> Option<(String, String)> {
    if whole.is_negative() || matches!(ty, Ty::Percent) {
        return None;
    }
    let part = by.div(whole)?.mul(&Number::from_i64(100));
    let tiny = Number::pow10(-2);
    let printed = print_number(&part, lang, 0, if part.abs() < tiny { 6 } else { 2 });
    let sign = if part.is_negative() || part.is_zero() { "" } else { "+" };
    let mark = if printed.exact { "" } else { "≈ " };
    let unit = lang.pick("pct.", "per cent");
    Some((part.to_exact(), format!("{mark}{sign}{} {unit}", printed.text)))
}

fn exact(number: &Number, ty: &Ty) -> String {
    match ty {
        Ty::Percent => number.mul(&Number::from_i64(100)).to_exact(),
        Ty::Unknown | Ty::Zero | Ty::Number | Ty::Quantity { .. } | Ty::Bool | Ty::Date => number.to_exact(),
        Ty::Text | Ty::OneOf(_) | Ty::Entity(_) | Ty::Nothing => number.to_exact(),
    }
}

fn exact_datum(datum: &Datum, ty: &Ty) -> Option<String> {
    match datum {
        Datum::Number(number) => Some(exact(number, ty)),
        Datum::Bool(truth) => Some(truth.to_string()),
        Datum::Date(date) => Some(date.to_iso()),
        Datum::Text(text) => Some(text.clone()),
        Datum::Nothing => None,
    }
}
