//! A table whose rows are read one by one: for tables that are larger than memory should hold.

use super::csv::{Alone, Heading, look, read_some};
use super::figure::Mark;
use super::{RawData, TableProblem};
use crate::base::{Limit, SourceFile, SourceMap, Span};
use crate::diag::Problems;

/// So many digits fit into 64 bits, whichever they are.
const PLAIN: u32 = 18;

/// What the beginning of a table says of all of it, so that each row can be read by itself.
#[derive(Clone, Debug)]
pub struct RowTable {
    /// The kind whose entities the rows are.
    pub kind: String,
    /// The columns of facts.
    pub headings: Vec<Heading>,
    /// The place of the column that names the entity.
    pub key: usize,
    /// What stands between cells.
    pub separator: u8,
    /// Where the first row begins, in bytes.
    pub body: usize,
    /// The line of the headings, in the file.
    pub head_line: usize,
    key_column: Option<String>,
    mark: Option<Mark>,
    head: String,
    /// The most digits that are read in plain.
    most: u32,
}

/// A number in plain digits: a whole number, and how many of its digits are decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Plain {
    /// The digits.
    pub digits: i64,
    /// How many of them are decimals.
    pub decimals: u32,
}

impl RowTable {
    /// Looks at the beginning of a table: the headings and some rows, which show the decimal mark of all of it.
    /// `None` where that is reported to be wrong.
    pub fn look(
        name: &str,
        text: &str,
        (kind, key_column): (&str, Option<String>),
        sources: &mut SourceMap,
        problems: &mut Problems,
    ) -> Option<RowTable> {
        let file = sources.add(SourceFile::new(name, text));
        let looked = look(file, text, key_column.as_deref(), problems)?;
        if looked.by_time {
            let at = Span::new(file, 0, looked.body.saturating_sub(1));
            problems.report(&TableProblem::RowsByTime { at });
            return None;
        }
        let head = text.get(..looked.body.min(text.len()))?.trim_end_matches(['\n', '\r']);
        let own = head.rsplit('\n').next().unwrap_or(head).to_owned();
        Some(RowTable {
            kind: kind.to_owned(),
            headings: looked.headings,
            key: looked.key,
            separator: looked.separator.byte(),
            body: looked.body,
            head_line: head.matches('\n').count() + 1,
            key_column,
            mark: looked.mark,
            head: own,
            most: u32::try_from(sources.limits().get(Limit::Digits)).unwrap_or(PLAIN).min(PLAIN),
        })
    }

    /// Reads one row, as it would be read within its table; what is wrong with it is reported.
    pub fn row(
        &self,
        (name, line, number): (&str, &str, usize),
        sources: &mut SourceMap,
        problems: &mut Problems,
    ) -> RawData {
        let text = format!("{}\n{line}\n", self.head);
        let file = sources.add(SourceFile::new(name, text.as_str()));
        let alone = Alone { mark: self.mark, number };
        read_some(
            (file, sources.limits()),
            &text,
            (&self.kind, self.key_column.as_deref()),
            Some(&alone),
            problems,
        )
    }

    /// The headings as they are written.
    pub fn head(&self) -> &str {
        &self.head
    }

    /// Whether amounts are written with a decimal comma: as the table does, or where it shows none as its separator leaves
    /// room for.
    pub fn has_comma(&self) -> bool {
        match self.mark {
            Some(mark) => mark == Mark::Comma,
            None => self.separator == b';',
        }
    }

    /// Reads a cell of plain digits, at most 18 of them, with the decimal mark of the table; `None` for everything else, which
    /// is to be read with care.
    pub fn plain(&self, cell: &[u8]) -> Option<Plain> {
        let mark = match self.mark {
            Some(Mark::Comma) => b',',
            Some(Mark::Point) => b'.',
            None => b'\0',
        };
        let (negative, rest) = match cell {
            [b'-', rest @ ..] => (true, rest),
            rest => (false, rest),
        };
        let (mut digits, mut count, mut decimals, mut seen) = (0_i64, 0_u32, 0_u32, false);
        for byte in rest {
            match byte {
                b'0'..=b'9' => {
                    digits = digits * 10 + i64::from(byte - b'0');
                    count += 1;
                    decimals += u32::from(seen);
                    if count > self.most {
                        return None;
                    }
                }
                byte if *byte == mark && !seen && count > 0 => seen = true,
                _ => return None,
            }
        }
        let whole = count > decimals && (!seen || decimals > 0);
        whole.then_some(Plain { digits: if negative { -digits } else { digits }, decimals })
    }
}
