use std::ops::Range;

use toml::Spanned;
use toml::de::{DeFloat, DeInteger, DeTable, DeValue};
use unicode_normalization::UnicodeNormalization;

use super::node::{Member, Node, NodeValue};
use super::problem::{FigureProblem, FormProblem};
use crate::base::{FileId, Limit, Limits, Span};
use crate::diag::Problems;

/// Reads TOML. Numbers are kept as written; whatever the text has wrong is reported at its place.
pub(super) fn read_toml(file: FileId, text: &str, limits: &Limits, problems: &mut Problems) -> Option<Node> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let at = error.span().unwrap_or(0..0);
        let (at, what) = (Span::new(file, at.start, at.end), error.message().to_owned());
        problems.report(&FormProblem::Toml { at, what });
    }
    if !errors.is_empty() {
        return None;
    }
    let span = table.span();
    Some(
        Reader { file, limit: limits.count(Limit::DataNesting), depth: 0, problems }
            .table(table.get_ref(), span),
    )
}

struct Reader<'p> {
    file: FileId,
    /// How deep lists and tables may stand in each other.
    limit: usize,
    depth: usize,
    problems: &'p mut Problems,
}

impl Reader<'_> {
    fn table(&mut self, table: &DeTable<'_>, span: Range<usize>) -> Node {
        let mut members: Vec<Member> = Vec::with_capacity(table.len());
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        let mut seen = std::collections::BTreeMap::new();
        for (key, value) in entries {
            let (name, key_span): (String, _) = (key.get_ref().nfc().collect(), key.span());
            // The library refuses equal keys; those equal only after normalisation are found here.
            if let Some(first) = seen.insert(name.clone(), key_span.clone()) {
                let (first, again) = (self.span(&first), self.span(&key_span));
                self.problems.report(&FormProblem::RepeatedKey { key: name, first, again });
                continue;
            }
            let node = self.node(value);
            members.push(Member { key: name, key_span, node });
        }
        Node { span, value: NodeValue::Object(members) }
    }

    fn node(&mut self, value: &Spanned<DeValue<'_>>) -> Node {
        let span = value.span();
        let nests = matches!(value.get_ref(), DeValue::Table(_) | DeValue::Array(_));
        if nests && self.depth >= self.limit {
            let at = Span::new(self.file, span.start, span.start + 1);
            self.problems.report(&FormProblem::TooDeep { at, limit: self.limit });
            return Node { span, value: NodeValue::Null };
        }
        self.depth += usize::from(nests);
        let node = self.inner(value, span);
        self.depth -= usize::from(nests);
        node
    }

    fn inner(&mut self, value: &Spanned<DeValue<'_>>, span: Range<usize>) -> Node {
        let value = match value.get_ref() {
            DeValue::Table(table) => return self.table(table, span),
            DeValue::Array(items) => NodeValue::List(items.iter().map(|item| self.node(item)).collect()),
            DeValue::String(text) => NodeValue::Text(text.to_string()),
            DeValue::Boolean(truth) => NodeValue::Truth(*truth),
            DeValue::Datetime(time) => NodeValue::Text(time.to_string()),
            DeValue::Integer(number) => self.integer(number, &span),
            DeValue::Float(number) => self.float(number, &span),
        };
        Node { span, value }
    }

    fn integer(&mut self, number: &DeInteger<'_>, span: &Range<usize>) -> NodeValue {
        if number.radix() == 10 {
            return NodeValue::Number(plain(number.as_str()));
        }
        self.problems.report(&FigureProblem::NotDecimal { at: self.span(span), written: number.to_string() });
        NodeValue::Null
    }

    fn float(&mut self, number: &DeFloat<'_>, span: &Range<usize>) -> NodeValue {
        if !number.as_str().contains("inf") && !number.as_str().contains("nan") {
            return NodeValue::Number(plain(number.as_str()));
        }
        self.problems.report(&FigureProblem::NotDecimal { at: self.span(span), written: number.to_string() });
        NodeValue::Null
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }
}

/// Drops what TOML allows for looks: `+` in front and `_` between digits.
fn plain(written: &str) -> String {
    written.trim_start_matches('+').replace('_', "")
}
