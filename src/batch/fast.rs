//! Columns of rows through the fast machine: cells of plain digits become whole numbers, what they lie between proves how
//! many bits are enough, and each chunk is run once. A row with anything else in it is computed by itself.

use std::collections::BTreeSet;

use super::job::{Job, Line, Written};
use super::write;
use crate::base::is_hidden;
use crate::eval::Refused;
use crate::facts::{Facts, Heading, Moment, RawTime, RowTable};
use crate::machine::{
    Asked, Columns, Compiled, Form, Known, Num, ROWS_AT_ONCE, Range, Ranges, Sure, Target, Val, Width, Word,
    compile,
};
use crate::model::{Declared, DefId, FactId, KindId, Model, Ty};
use crate::plan::{Plan, Valid};
use crate::value::{Date, Interval, Number, Period, RoundMode};

/// What is compiled for rows of a table.
pub(super) struct Ready<'a> {
    pub(super) plan: &'a Valid<Plan>,
    pub(super) facts: &'a Facts,
    pub(super) refused: &'a Refused,
    pub(super) moment: Moment,
    pub(super) kind: KindId,
    pub(super) table: &'a RowTable,
}

impl Ready<'_> {
    /// Compiles results for rows like those at the beginning of the table.
    pub(super) fn compiled(&self, results: &[DefId], beginning: &str) -> Compiled {
        let model = &self.plan.model;
        let given = |fact: FactId, at: Moment| {
            let heading = heading_of(model, self.table, self.moment, fact, at)?;
            Some(decimals(self.table, heading, beginning, &model.facts[fact].declared))
        };
        let asked = Asked {
            plan: self.plan,
            facts: self.facts,
            refused: self.refused,
            moment: self.moment,
            kind: self.kind,
            given: &given,
        };
        let targets: Vec<Target> = results.iter().copied().map(Target::Def).collect();
        compile(&asked, &targets)
    }
}

/// The column that gives a fact throughout a moment.
fn heading_of<'t>(
    model: &Model,
    table: &'t RowTable,
    base: Moment,
    fact: FactId,
    at: Moment,
) -> Option<&'t Heading> {
    let (data, asked) = (&model.facts[fact], at.interval()?);
    let covers = |heading: &&Heading| {
        if heading.written == data.name {
            // A name that ends like a time is a name first.
            return untimed(&data.declared, base).is_some_and(|time| time.covers(asked));
        }
        let time = match heading.time {
            None => untimed(&data.declared, base),
            Some(RawTime::In(period)) => Interval::of_period(period),
            Some(RawTime::From(period)) => period.first().map(Interval::starting),
        };
        heading.name == data.name && time.is_some_and(|time| time.covers(asked))
    };
    table.headings.iter().find(covers)
}

fn untimed(declared: &Declared, base: Moment) -> Option<Interval> {
    match declared.always {
        true => Some(Interval::always()),
        false => Interval::of_period(Period::Year(base.year())),
    }
}

/// With how many decimals, in base units, the first rows give a number.
fn decimals(table: &RowTable, heading: &Heading, beginning: &str, declared: &Declared) -> u32 {
    let Some(shift) = shift(declared) else { return 0 };
    let body = beginning.get(table.body..).unwrap_or("");
    let separator = char::from(table.separator);
    let cells = body.lines().filter_map(|line| line.split(separator).nth(heading.index));
    let most = cells.filter_map(|cell| table.plain(cell.trim().as_bytes())).map(|plain| plain.decimals).max();
    let most = i64::from(most.unwrap_or(0)) - i64::from(shift);
    u32::try_from(most.clamp(0, 18)).unwrap_or(0)
}

/// By which power of ten a declared unit stands above its base; `None` where it is no power of ten.
fn shift(declared: &Declared) -> Option<i32> {
    let scale = &declared.show.scale;
    (-12..=12).find(|power| Number::pow10(*power) == *scale)
}

/// Code with how its inputs are read.
pub(super) struct Fast {
    compiled: Compiled,
    inputs: Vec<Reading>,
    /// The columns that the code does not read.
    others: Vec<Reading>,
}

/// How an input is read from its cell.
struct Reading {
    column: usize,
    how: How,
}

enum How {
    Number {
        scale: u32,
        shift: i32,
        whole: bool,
        low: i128,
        high: i128,
    },
    Truth,
    Text,
    Date,
    /// A link to somebody of another kind, by one of these names.
    Name(BTreeSet<String>),
    /// A column that nobody reads: a word, or a number that is beyond doubt.
    Anything,
}

/// What one thread runs chunks with.
pub(super) struct State {
    words: Columns<i64>,
    doubles: Option<Columns<i128>>,
    cells: Vec<Vec<i64>>,
    wide: Vec<Vec<i128>>,
    /// What the inputs lay between when the width was proved last.
    proved: Option<(Vec<Range>, Width)>,
    marks: Vec<bool>,
}

impl Fast {
    /// `None` where no row can be run by the code.
    pub(super) fn new(
        compiled: Compiled,
        model: &Model,
        facts: &Facts,
        (kind, base, table): (KindId, Moment, &RowTable),
    ) -> Option<Fast> {
        if compiled.unready.is_some() || compiled.made.iter().any(|made| made.known.is_err()) {
            return None;
        }
        let mut inputs = Vec::new();
        for input in &compiled.inputs {
            let data = &model.facts[input.fact];
            let heading = heading_of(model, table, base, input.fact, input.moment)?;
            let how = match input.form {
                Form::Number(scale) => number(scale, &data.declared)?,
                Form::Truth => How::Truth,
                Form::Text => How::Text,
                Form::Date => How::Date,
            };
            inputs.push(Reading { column: heading.index, how });
        }
        let is_read =
            |heading: &&Heading| inputs.iter().any(|reading: &Reading| reading.column == heading.index);
        let others = table.headings.iter().filter(|heading| !is_read(heading));
        let others = others.map(|heading| other(model, facts, kind, heading)).collect();
        Some(Fast { compiled, inputs, others })
    }

    pub(super) fn state(&self) -> Option<State> {
        Some(State {
            words: Columns::new(&self.compiled)?,
            doubles: Columns::new(&self.compiled),
            cells: vec![vec![0; ROWS_AT_ONCE]; self.inputs.len()],
            wide: Vec::new(),
            proved: None,
            marks: Vec::new(),
        })
    }

    /// Runs rows, and writes them in their order.
    pub(super) fn run(&self, job: &Job, state: &mut State, rows: &[Line], written: &mut Written) {
        for chunk in rows.chunks(ROWS_AT_ONCE) {
            self.chunk(job, state, chunk, written);
        }
    }

    fn chunk(&self, job: &Job, state: &mut State, rows: &[Line], written: &mut Written) {
        // Rows that cannot be read as columns keep their place as a row of zeros, whose results nobody looks at.
        let readable: Vec<bool> = (0..rows.len()).map(|at| self.read(job, state, at, &rows[at])).collect();
        let ranges: Vec<Range> = state.cells.iter().map(|cells| range(&cells[..rows.len()])).collect();
        match state.width(&self.compiled, &ranges) {
            Width::Word => {
                let inputs: Vec<&[i64]> = state.cells.iter().map(|cells| &cells[..rows.len()]).collect();
                state.words.run(&inputs, rows.len());
                state.words.given_up(&inputs, &mut state.marks);
                let ran = Ran { job, made: self, columns: &state.words, inputs: &inputs };
                ran.write((rows, &readable, &state.marks), written);
            }
            Width::Double if state.doubles.is_some() => {
                let wide =
                    |cells: &Vec<i64>| cells[..rows.len()].iter().map(|cell| i128::from(*cell)).collect();
                state.wide = state.cells.iter().map(wide).collect();
                let inputs: Vec<&[i128]> = state.wide.iter().map(Vec::as_slice).collect();
                let Some(columns) = &mut state.doubles else { return };
                columns.run(&inputs, rows.len());
                columns.given_up(&inputs, &mut state.marks);
                let ran = Ran { job, made: self, columns, inputs: &inputs };
                ran.write((rows, &readable, &state.marks), written);
            }
            Width::Double | Width::Beyond => {
                rows.iter().for_each(|line| job.carefully(line, written));
            }
        }
    }

    /// Reads the inputs of a row; `false` where it is to be read with care.
    fn read(&self, job: &Job, state: &mut State, at: usize, line: &Line) -> bool {
        let mut fits = line.cells.len() == job.table.headings.len() + 1;
        // Cells lie one after the other, so one look tells of all of them.
        fits &= std::str::from_utf8(line.cells.as_slice()).is_ok_and(|text| !text.chars().any(is_hidden));
        fits &= !job.key_of(line).is_empty();
        for (input, reading) in self.inputs.iter().enumerate() {
            let cell = line.cells.get(reading.column).unwrap_or_default().trim_ascii();
            let read = if fits { self.cell(job, input, cell) } else { None };
            state.cells[input][at] = read.unwrap_or(0);
            fits &= read.is_some();
        }
        // What stands in columns that no result reads is held to what it may be all the same.
        fits && self.others_are_right(job, line)
    }

    /// Cells that the code does not read must be right too; those that are not surely right are read with care.
    fn others_are_right(&self, job: &Job, line: &Line) -> bool {
        self.others.iter().all(|other| {
            let cell = line.cells.get(other.column).unwrap_or_default().trim_ascii();
            cell.is_empty() || self.one(job, &other.how, cell).is_some()
        })
    }

    fn cell(&self, job: &Job, input: usize, cell: &[u8]) -> Option<i64> {
        self.one(job, &self.inputs.get(input)?.how, cell)
    }

    fn one(&self, job: &Job, how: &How, cell: &[u8]) -> Option<i64> {
        match how {
            How::Number { scale, shift, whole, low, high } => {
                let plain = job.table.plain(cell)?;
                if *whole && plain.decimals > 0 {
                    return None;
                }
                let up = i64::from(*scale) - i64::from(plain.decimals) + i64::from(*shift);
                let by = 10_i64.checked_pow(u32::try_from(up).ok()?)?;
                let value = plain.digits.checked_mul(by)?;
                (*low <= i128::from(value) && i128::from(value) <= *high).then_some(value)
            }
            How::Truth if cell == job.truth(true).as_bytes() => Some(1),
            How::Truth if cell == job.truth(false).as_bytes() => Some(0),
            How::Truth => None,
            How::Text => {
                let text = std::str::from_utf8(cell).ok()?;
                let place = self.compiled.texts.iter().position(|known| known == text)?;
                i64::try_from(place).ok()
            }
            How::Date => {
                let date = Date::from_iso(std::str::from_utf8(cell).ok()?)?;
                Some(Date::FIRST.days_until(date))
            }
            How::Name(known) => {
                let name = std::str::from_utf8(cell).ok()?;
                known.contains(name).then_some(0)
            }
            How::Anything => {
                let is_word = cell.first().is_some_and(u8::is_ascii_alphabetic);
                (is_word || job.table.plain(cell).is_some()).then_some(0)
            }
        }
    }
}

/// How a column is looked at that the code does not read.
fn other(model: &Model, facts: &Facts, kind: KindId, heading: &Heading) -> Reading {
    let own = |fact: &&FactId| {
        let name = &model.facts[**fact].name;
        *name == heading.written || *name == heading.name
    };
    let declared = model.kinds[kind].facts.iter().find(own).map(|fact| &model.facts[*fact].declared);
    let how = match declared.map(|declared| (&declared.ty, declared)) {
        Some((Ty::Zero | Ty::Number | Ty::Percent | Ty::Quantity { .. }, declared)) => {
            // A cell with more decimals is read with care.
            number(6, declared).unwrap_or(How::Name(BTreeSet::new()))
        }
        Some((Ty::Bool, _)) => How::Truth,
        Some((Ty::Date, _)) => How::Date,
        Some((Ty::OneOf(all), _)) => How::Name(all.iter().cloned().collect()),
        Some((Ty::Entity(other), _)) if *other != kind => {
            How::Name(facts.of_kind(*other).into_iter().map(|id| facts.get(id).name.clone()).collect())
        }
        Some((Ty::Text, _)) | None => How::Anything,
        Some((Ty::Entity(_) | Ty::Unknown | Ty::Nothing, _)) => How::Name(BTreeSet::new()),
    };
    Reading { column: heading.index, how }
}

/// How a number is read: its ends in whole numbers of its decimals.
fn number(scale: u32, declared: &Declared) -> Option<How> {
    let shift = shift(declared)?;
    let by = Number::pow10(i32::try_from(scale).ok()?);
    let end = |end: &Option<(Number, bool)>, low: bool| -> Option<i128> {
        let Some((end, included)) = end else { return Some(if low { i128::MIN } else { i128::MAX }) };
        let exact = end.mul(&by);
        let way = if low { RoundMode::Up } else { RoundMode::Down };
        let whole = exact.round(&Number::one(), way)?;
        let beside = if low { 1 } else { -1 };
        let value: i128 = whole.to_exact().parse().ok()?;
        if !included && whole == exact { value.checked_add(beside) } else { Some(value) }
    };
    let none = (None, None);
    let (low, high) =
        declared.domain.as_ref().map_or(none, |domain| (domain.low.clone(), domain.high.clone()));
    Some(How::Number { scale, shift, whole: declared.whole, low: end(&low, true)?, high: end(&high, false)? })
}

fn range(cells: &[i64]) -> Range {
    let (low, high) =
        cells.iter().fold((i64::MAX, i64::MIN), |(low, high), cell| (low.min(*cell), high.max(*cell)));
    match cells.is_empty() {
        true => Range::only(0),
        false => Range { low: i128::from(low), high: i128::from(high) },
    }
}

impl State {
    /// The width that rows between some ends need; proved anew only where they lie outside what was proved.
    fn width(&mut self, compiled: &Compiled, ranges: &[Range]) -> Width {
        if let Some((proved, width)) = &self.proved
            && *width == Width::Word
            && proved.iter().zip(ranges).all(|(proved, own)| proved.hull(*own) == *proved)
        {
            return *width;
        }
        let width = Ranges::of(&compiled.code, ranges).width;
        self.proved = Some((ranges.to_vec(), width));
        width
    }
}

/// A chunk that was run.
struct Ran<'a, T> {
    job: &'a Job,
    made: &'a Fast,
    columns: &'a Columns<T>,
    inputs: &'a [&'a [T]],
}

impl<T: Word> Ran<'_, T> {
    fn write(&self, (rows, readable, given_up): (&[Line], &[bool], &[bool]), written: &mut Written) {
        let known: Vec<&Known> =
            self.made.compiled.made.iter().filter_map(|made| made.known.as_ref().ok()).collect();
        let mut sums = vec![0_i128; known.len()];
        let mut counted = 0;
        for (at, line) in rows.iter().enumerate() {
            let ran = readable[at] && !given_up[at];
            if !ran || !known.iter().all(|known| self.is_plain(known)) {
                self.job.carefully(line, written);
                continue;
            }
            write::text(&mut written.results, &self.job.key_of(line), self.job.table.separator);
            for (result, known) in known.iter().enumerate() {
                written.results.push(self.job.table.separator);
                let value = self.value(known, at, &mut written.results, result);
                sums[result] = match sums[result].checked_add(value) {
                    Some(sum) => sum,
                    // The sum so far is put away exactly before it is too large.
                    None => {
                        let before = self.shown(sums[result], known, result);
                        let total = &mut written.tally.totals[result];
                        total.sum = total.sum.add(&before);
                        value
                    }
                };
            }
            written.results.push(b'\n');
            counted += 1;
        }
        written.tally.ok += counted;
        written.tally.fast += counted;
        for (result, known) in known.iter().enumerate() {
            let total = &mut written.tally.totals[result];
            total.values += counted;
            total.sum = total.sum.add(&self.shown(sums[result], known, result));
        }
    }

    /// What is written straight from a register: a number over nothing, a truth, a text or a date.
    fn is_plain(&self, known: &Known) -> bool {
        match (known.val, known.sure) {
            (Val::Number(Num { under: Some(_), .. }), _) => false,
            (Val::Number(_) | Val::Truth(_) | Val::Date(_) | Val::Text(_), Sure::Always(_) | Sure::By(_)) => {
                true
            }
        }
    }

    fn value(&self, known: &Known, at: usize, to: &mut Vec<u8>, result: usize) -> i128 {
        let get = |reg| self.columns.get(reg, at, self.inputs).wide();
        match known.val {
            Val::Number(number) => {
                let value = get(number.over);
                let (value, scale) = self.in_unit(value, number.scale, result);
                write::scaled(to, value, scale, self.job.mark());
                get(number.over)
            }
            Val::Truth(reg) => {
                to.extend_from_slice(self.job.truth(get(reg) == 1).as_bytes());
                0
            }
            Val::Text(_) | Val::Date(_) => {
                let outcome = self.made.compiled.outcome(known, get);
                match outcome.as_ref().and_then(|outcome| outcome.datum()) {
                    Some(crate::facts::Datum::Text(text)) => write::text(to, text, self.job.table.separator),
                    Some(crate::facts::Datum::Date(date)) => to.extend_from_slice(date.to_iso().as_bytes()),
                    Some(_) | None => {}
                }
                0
            }
        }
    }

    /// Percentages are written in pct.
    fn in_unit(&self, value: i128, scale: u32, result: usize) -> (i128, u32) {
        let is_percent = self
            .job
            .results
            .get(result)
            .is_some_and(|def| matches!(self.job.plan.model.defs[*def].ty, Ty::Percent));
        match (is_percent, scale.checked_sub(2)) {
            (false, _) => (value, scale),
            (true, Some(scale)) => (value, scale),
            (true, None) => (value * if scale == 1 { 10 } else { 100 }, 0),
        }
    }

    /// A sum of registers as the number it is.
    fn shown(&self, sum: i128, known: &Known, result: usize) -> Number {
        let Val::Number(number) = known.val else { return Number::zero() };
        let (sum, scale) = self.in_unit(sum, number.scale, result);
        Number::from_digits(&sum.to_string(), scale).unwrap_or_else(Number::zero)
    }
}
