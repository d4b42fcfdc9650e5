//! The same with a program written for one agreement: JSON read into decimals and written again, and a table read into
//! columns and written again. Nothing is checked, and nothing explained.

use std::hint::black_box;

use klausul::session::Session;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::hand::Work;
use super::pack::Pack;

/// Reads the facts of all regions, computes them, and writes the results.
pub(crate) fn json(work: &Work, data: &[u8]) -> usize {
    black_box(answer(work, data)).len().min(1)
}

fn answer(work: &Work, data: &[u8]) -> String {
    let data: Value = serde_json::from_slice(data).unwrap();
    let mut results = Vec::new();
    for (region, facts) in data["region"].as_object().unwrap() {
        let value = |(name, ..): &(&str, u32, Vec<i64>)| decimal(&facts[*name].to_string());
        let row: Vec<Decimal> = work.inputs.iter().map(value).collect();
        for (at, result) in (work.one)(&row).iter().enumerate() {
            let name = work.outputs.get(at).map_or_else(|| format!("v{at}"), |(name, ..)| name.clone());
            let fields = [("target", name), ("entity", region.clone()), ("exact", result.to_string())];
            let fields = fields.map(|(key, value)| (key.to_owned(), Value::from(value)));
            results.push(Value::Object(Map::from_iter(fields)));
        }
    }
    serde_json::to_string(&Value::from(results)).unwrap()
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// INVARIANT: both say the same, or the time of something else would be taken.
pub(crate) fn agrees(work: &Work, pack: &Pack) {
    let mut session: Session = pack.session();
    let ours: Value = serde_json::from_str(&pack.answer(&mut session)).unwrap();
    let theirs: Value = serde_json::from_str(&answer(work, &pack.data)).unwrap();
    let exact = |all: &Value| -> Vec<Decimal> {
        all.as_array().unwrap().iter().map(|one| decimal(one["exact"].as_str().unwrap())).collect()
    };
    assert_eq!(exact(&ours["results"]), exact(&theirs), "{} in JSON", work.name);
}

/// A table of the work: a name, then its inputs.
pub(crate) fn table(work: &Work, rows: usize) -> String {
    let mut text = Vec::new();
    write_table(work, rows, &mut text);
    String::from_utf8(text).unwrap()
}

/// The same into something that can be longer than what fits into memory; the rows of the work come again and again.
pub(crate) fn write_table(work: &Work, rows: usize, to: &mut dyn std::io::Write) {
    write!(to, "region").unwrap();
    work.inputs.iter().for_each(|(name, ..)| write!(to, ",{name}").unwrap());
    writeln!(to).unwrap();
    for row in 0..rows {
        write!(to, "r{row}").unwrap();
        for (_, decimals, column) in &work.inputs {
            write!(to, ",").unwrap();
            number(column[row % column.len()], *decimals, to);
        }
        writeln!(to).unwrap();
    }
}

fn number(value: i64, decimals: u32, to: &mut dyn std::io::Write) {
    let unit = 10_i64.pow(decimals);
    let sign = if value < 0 { "-" } else { "" };
    let (whole, rest, width) = (value.abs() / unit, value.abs() % unit, decimals as usize);
    match decimals {
        0 => write!(to, "{sign}{whole}").unwrap(),
        _ => write!(to, "{sign}{whole}.{rest:0width$}").unwrap(),
    }
}

/// Reads a table block by block into columns, computes them, and writes the results.
pub(crate) fn csv(work: &Work, text: &str) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut out = Vec::new();
    let (mut names, mut columns, mut results) =
        (Vec::new(), vec![Vec::new(); work.inputs.len()], vec![Vec::new(); work.outputs.len()]);
    let mut record = csv::ByteRecord::new();
    loop {
        names.clear();
        columns.iter_mut().for_each(Vec::clear);
        while names.len() < 4_096 && reader.read_byte_record(&mut record).unwrap() {
            names.push(record[0].to_vec());
            for (at, (_, decimals, _)) in work.inputs.iter().enumerate() {
                columns[at].push(read(&record[at + 1], *decimals));
            }
        }
        if names.is_empty() {
            return out;
        }
        results.iter_mut().for_each(|column| column.resize(names.len(), 0));
        (work.kernel)(&columns, &mut results);
        for (row, name) in names.iter().enumerate() {
            out.extend_from_slice(name);
            for (column, (.., decimals)) in results.iter().zip(&work.outputs) {
                out.push(b',');
                number(column[row], *decimals, &mut out);
            }
            out.push(b'\n');
        }
    }
}

fn read(cell: &[u8], decimals: u32) -> i64 {
    let (mut value, mut after) = (0_i64, None);
    for byte in cell {
        match byte {
            b'.' => after = Some(0),
            b'-' => {}
            digit => {
                value = value * 10 + i64::from(digit - b'0');
                after = after.map(|after| after + 1);
            }
        }
    }
    let value = value * 10_i64.pow(decimals - after.unwrap_or(0));
    if cell.first() == Some(&b'-') { -value } else { value }
}
