//! Rows that were not hit: which key does not fit, and by how much.

use super::lacks::Lacking;
use super::teller::{Around, Teller};
use super::{Item, ItemKind};
use crate::eval::{Outcome, StepId};
use crate::facts::Datum;
use crate::model::{Compare, ExprId, KeyTest, NodeKind, RangeEnd, Show, TableId, Ty};
use crate::value::Number;

/// One test of a row that a key must pass: how it is to compare with a bound.
struct Bound {
    op: Compare,
    limit: Number,
}

impl Teller<'_> {
    /// A row with the keys that do not fit it.
    ///
    /// `with_causes`: also with the conditions that a key counts, where it counts too few.
    pub(super) fn missed_row(
        &self,
        step: StepId,
        (table, row): (TableId, usize),
        around: Around,
        with_causes: bool,
    ) -> Lacking {
        let label =
            format!("{} `{}`", self.words.lang.pick("rækken", "the row"), self.row_text(table, row, around));
        let mut item = Item::new(ItemKind::NotMet, label);
        let data = &self.words.model.tables[table];
        let mut distances = Vec::new();
        let mut open = false;
        for (index, test) in
            data.rows.get(row).map(|row| row.tests.as_slice()).unwrap_or_default().iter().enumerate()
        {
            let name = data.keys.get(index).map(String::as_str).unwrap_or_default();
            match self.missed_key(step, (index, name), test, around) {
                Missed::Fits => {}
                Missed::By(says, distance) => {
                    item.says.push(says);
                    if let Some(key) = self.input(step, index).filter(|_| with_causes) {
                        let short = distance.as_ref().and_then(|far| far.short.as_ref());
                        let alone = data.keys.len() == 1;
                        item.children.extend(self.enough(self.uncounted(key, 0), short, (name, alone)));
                    }
                    distances.push(distance.and_then(|far| far.part));
                }
                Missed::Lacking(lacking) => {
                    distances.extend(lacking.iter().map(|lacking| lacking.distance.clone()));
                    item.children.extend(lacking.into_iter().map(|lacking| lacking.item));
                }
                Missed::Open(says) => {
                    item.says.push(says);
                    open = true;
                    distances.push(None);
                }
            }
        }
        if open {
            item.kind = ItemKind::Open;
        }
        if item.says.is_empty() && item.children.is_empty() {
            item.says.push(self.left_aside(table, row));
            distances.push(None);
        }
        let known: Option<Vec<Number>> = distances.into_iter().collect();
        Lacking { item, distance: known.and_then(|all| all.into_iter().max()) }
    }

    /// Conditions that a count is short of; where fewer would do, under a line that says how many.
    fn enough(&self, all: Vec<Item>, short: Option<&Number>, (name, alone): (&str, bool)) -> Vec<Item> {
        let count = short.and_then(Number::to_i64).and_then(|short| usize::try_from(short).ok());
        let Some(count) = count.filter(|count| (1..all.len()).contains(count)) else { return all };
        let lang = self.words.lang;
        let text = match count {
            1 => lang.pick("én af disse er nok".to_owned(), "one of these is enough".to_owned()),
            _ => lang.pick(
                format!("{count} af disse {} er nok", all.len()),
                format!("{count} of these {} are enough", all.len()),
            ),
        };
        // Other keys may keep the row from being hit all the same.
        let text = if alone { text } else { format!("{text} {} {name}", lang.pick("til", "for")) };
        let mut item = Item::new(ItemKind::Note, text);
        item.children = all;
        vec![item]
    }

    /// Why a row whose keys all fit was not hit.
    fn left_aside(&self, table: TableId, row: usize) -> String {
        let lang = self.words.lang;
        let tests = self.words.model.tables[table].rows.get(row).map(|row| row.tests.as_slice());
        match tests {
            Some([KeyTest::Otherwise]) => lang.pick(
                "den er kun for det, ingen anden række passer til",
                "it is only for what no other row fits",
            ),
            Some(_) | None => lang.pick("en anden række går forud", "another row goes before it"),
        }
        .to_owned()
    }

    fn missed_key(
        &self,
        step: StepId,
        (index, name): (usize, &str),
        test: &KeyTest,
        around: Around,
    ) -> Missed {
        if let KeyTest::Condition(condition) = test {
            let steps = &self.trace.step(step).inputs;
            let read = steps.iter().copied().find(|input| self.expr_of(*input) == Some(*condition));
            return match read {
                Some(read) => {
                    let lacking = self.lacks(read, true, around, 0);
                    if lacking.is_empty() { Missed::Fits } else { Missed::Lacking(lacking) }
                }
                None => Missed::Fits,
            };
        }
        let Some(key) = self.input(step, index) else { return Missed::Fits };
        let lang = self.words.lang;
        let is = format!("{name} {} {}", lang.pick("er", "is"), self.leaf(key, around));
        if let Outcome::Unknown(unknown) = self.trace.outcome(key) {
            let missing = self.words.missing_list(unknown);
            let lacks = lang.pick("mangler", "missing");
            return Missed::Open(format!(
                "{name} {} ({lacks}: {missing})",
                lang.pick("er ukendt", "is unknown")
            ));
        }
        match self.trace.outcome(key).datum() {
            Some(Datum::Number(own)) => self.missed_number(step, (own, &is), test, key),
            Some(datum) => match self.fits_datum(step, datum, test) {
                Some(true) => Missed::Fits,
                Some(false) | None => Missed::By(is, None),
            },
            None => Missed::By(is, None),
        }
    }

    fn missed_number(&self, step: StepId, (own, is): (&Number, &str), test: &KeyTest, key: StepId) -> Missed {
        let (ty, show) = self.typed(key);
        let how = (ty.clone(), Show { fixed: false, ..show.clone() });
        let by = |bound: &Bound| {
            let says = format!("{is}: {}", self.shortage(own, &bound.limit, bound.op, &how));
            let short = (bound.op == Compare::Ge).then(|| bound.limit.sub(own));
            Missed::By(says, Some(Far { part: distance(own, &bound.limit, &how), short }))
        };
        match test {
            KeyTest::Any | KeyTest::Otherwise | KeyTest::Condition(_) | KeyTest::Slice(_) => Missed::Fits,
            KeyTest::Time(_) | KeyTest::From(_) => Missed::By(is.to_owned(), None),
            KeyTest::AnyOf(all) => {
                let cells: Vec<Number> =
                    all.iter().filter_map(|cell| self.cell_number(step, *cell)).collect();
                if cells.contains(own) {
                    return Missed::Fits;
                }
                let nearest = cells.into_iter().min_by_key(|cell| own.sub(cell).abs());
                match nearest {
                    Some(limit) => by(&Bound { op: Compare::Eq, limit }),
                    None => Missed::By(is.to_owned(), None),
                }
            }
            KeyTest::NoneOf(all) => {
                let is_one = all.iter().any(|cell| self.cell_number(step, *cell).as_ref() == Some(own));
                if is_one { Missed::By(is.to_owned(), None) } else { Missed::Fits }
            }
            KeyTest::Range(low, high) => {
                let low = low.as_ref().and_then(|end| self.bound(step, end, true));
                let high = high.as_ref().and_then(|end| self.bound(step, end, false));
                match low.into_iter().chain(high).find(|bound| !passes(own, bound)) {
                    Some(bound) => by(&bound),
                    None => Missed::Fits,
                }
            }
        }
    }

    fn bound(&self, step: StepId, end: &RangeEnd, low: bool) -> Option<Bound> {
        let limit = self.cell_number(step, end.value)?;
        let op = match (low, end.included) {
            (true, true) => Compare::Ge,
            (true, false) => Compare::Gt,
            (false, true) => Compare::Le,
            (false, false) => Compare::Lt,
        };
        Some(Bound { op, limit })
    }

    /// The value that stands in a key cell: as it is written, or as it was computed for the row.
    fn cell_datum(&self, step: StepId, cell: ExprId) -> Option<Datum> {
        let inputs = &self.trace.step(step).inputs;
        let read = inputs.iter().copied().find(|input| self.expr_of(*input) == Some(cell));
        match (&self.words.model.node(cell).kind, read) {
            (_, Some(read)) => self.trace.outcome(read).datum().cloned(),
            (NodeKind::Figure { value, .. }, None) => Some(Datum::Number(value.clone())),
            (NodeKind::Text(text), None) => Some(Datum::Text(text.clone())),
            (NodeKind::Bool(truth), None) => Some(Datum::Bool(*truth)),
            (NodeKind::Date(date), None) => Some(Datum::Date(*date)),
            (NodeKind::Nothing, None) => Some(Datum::Nothing),
            (_, None) => None,
        }
    }

    fn cell_number(&self, step: StepId, cell: ExprId) -> Option<Number> {
        match self.cell_datum(step, cell)? {
            Datum::Number(number) => Some(number),
            Datum::Bool(_) | Datum::Date(_) | Datum::Text(_) | Datum::Nothing => None,
        }
    }

    /// Whether a value that is no number fits; `None` where that is not said by the cells alone.
    fn fits_datum(&self, step: StepId, own: &Datum, test: &KeyTest) -> Option<bool> {
        let is_one =
            |all: &[ExprId]| all.iter().any(|cell| self.cell_datum(step, *cell).as_ref() == Some(own));
        match test {
            KeyTest::Any | KeyTest::Otherwise | KeyTest::Condition(_) => Some(true),
            KeyTest::AnyOf(all) => Some(is_one(all)),
            KeyTest::NoneOf(all) => Some(!is_one(all)),
            KeyTest::Range(..) | KeyTest::Time(_) | KeyTest::From(_) | KeyTest::Slice(_) => None,
        }
    }
}

/// How far a key is from a row.
struct Far {
    /// As a part of the bound.
    part: Option<Number>,
    /// How much more it would have to be, where it is too little.
    short: Option<Number>,
}

/// How one key stands to a row.
enum Missed {
    /// It fits.
    Fits,
    /// It does not, in words, and how far off it is.
    By(String, Option<Far>),
    /// The row is a condition of its own.
    Lacking(Vec<Lacking>),
    /// It is not known.
    Open(String),
}

fn passes(own: &Number, bound: &Bound) -> bool {
    match bound.op {
        Compare::Ge => *own >= bound.limit,
        Compare::Gt => *own > bound.limit,
        Compare::Le => *own <= bound.limit,
        Compare::Lt => *own < bound.limit,
        Compare::Eq => *own == bound.limit,
        Compare::Ne => *own != bound.limit,
    }
}

/// How far a key is from a bound, as a part of the bound; of 0, in the unit shown.
fn distance(own: &Number, limit: &Number, (_, show): &(Ty, Show)) -> Option<Number> {
    let gap = own.sub(limit).abs();
    gap.div(&limit.abs()).or_else(|| gap.div(&show.scale))
}
