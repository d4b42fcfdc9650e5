use std::fmt;
use std::ops::Range;

use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue as RawText;
use unicode_normalization::UnicodeNormalization;

use super::node::{Member, Node, NodeValue, too_deep};
use super::problem::FormProblem;
use crate::base::{Bi, FileId, Limit, Limits, Span};
use crate::diag::Problems;

/// Reads JSON. Numbers are kept as written and members in their order; a member that stands twice is reported.
pub(super) fn read_json(file: FileId, text: &str, limits: &Limits, problems: &mut Problems) -> Option<Node> {
    let limit = limits.count(Limit::DataNesting);
    if let Some(at) = too_deep(text, limit) {
        problems.report(&FormProblem::TooDeep { at: Span::new(file, at, at + 1), limit });
        return None;
    }
    let mut reader = Reader { file, text, problems };
    // The whole text is checked first, so that an error is told at its own place and in one piece.
    let parsed =
        serde_json::from_str::<IgnoredAny>(text).and_then(|_| serde_json::from_str::<&RawText>(text));
    match parsed {
        Ok(root) => reader.node(root),
        Err(error) => {
            reader.syntax_error(&error, 0..text.len());
            None
        }
    }
}

struct Reader<'a, 'p> {
    file: FileId,
    text: &'a str,
    problems: &'p mut Problems,
}

impl<'a> Reader<'a, '_> {
    fn node(&mut self, raw: &'a RawText) -> Option<Node> {
        let written = raw.get();
        // INVARIANT: raw values are slices of the text they were read from, so the difference is the place.
        let start = (written.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let span = start..start + written.len();
        let value = match written.as_bytes().first() {
            Some(b'{') => self.object(written, &span)?,
            Some(b'[') => self.list(written, &span)?,
            Some(b'"') => NodeValue::Text(self.parse(written, &span)?),
            Some(b't') => NodeValue::Truth(true),
            Some(b'f') => NodeValue::Truth(false),
            Some(b'n') => NodeValue::Null,
            _ => NodeValue::Number(written.to_owned()),
        };
        Some(Node { span, value })
    }

    fn list(&mut self, written: &'a str, span: &Range<usize>) -> Option<NodeValue> {
        let items: Vec<&RawText> = self.parse(written, span)?;
        Some(NodeValue::List(items.into_iter().filter_map(|item| self.node(item)).collect()))
    }

    fn object(&mut self, written: &'a str, span: &Range<usize>) -> Option<NodeValue> {
        let Members(found) = self.parse(written, span)?;
        let mut members: Vec<Member> = Vec::with_capacity(found.len());
        let mut cursor = span.start + 1;
        let mut seen = std::collections::BTreeMap::new();
        for (key, raw) in found {
            let Some(node) = self.node(raw) else { continue };
            let key: String = key.nfc().collect();
            let key_span = self.key_span(cursor, node.span.start);
            cursor = node.span.end;
            if let Some(first) = seen.insert(key.clone(), key_span.clone()) {
                let (first, again) = (self.span(&first), self.span(&key_span));
                self.problems.report(&FormProblem::RepeatedKey { key, first, again });
                continue;
            }
            members.push(Member { key, key_span, node });
        }
        Some(NodeValue::Object(members))
    }

    /// Finds the quoted key between the end of what stands before it and the start of its value.
    fn key_span(&self, from: usize, to: usize) -> Range<usize> {
        let between = self.text.get(from..to).unwrap_or("");
        let start = between.find('"').unwrap_or(0);
        let end = between.rfind('"').map_or(between.len(), |at| at + 1);
        from + start..from + end.max(start)
    }

    fn parse<T: Deserialize<'a>>(&mut self, written: &'a str, span: &Range<usize>) -> Option<T> {
        match serde_json::from_str(written) {
            Ok(value) => Some(value),
            Err(error) => {
                self.syntax_error(&error, span.clone());
                None
            }
        }
    }

    /// Reports an error found while reading the part of the text at `within`.
    fn syntax_error(&mut self, error: &serde_json::Error, within: Range<usize>) {
        let part = self.text.get(within.clone()).unwrap_or("");
        let line_start: usize =
            part.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let mut at = (line_start + error.column().saturating_sub(1)).min(part.len());
        while !part.is_char_boundary(at) {
            at -= 1;
        }
        let len = part.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let span = within.start + at..within.start + at + len;
        let what = words(&error.to_string());
        self.problems.report(&FormProblem::Json {
            at: self.span(&span),
            what,
            comma: is_decimal_comma(part, at),
        });
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }
}

/// The members of an object in their order, repeated ones included.
struct Members<'a>(Vec<(String, &'a RawText)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Members(members))
    }
}

/// Tells whether reading stopped at the digits after a decimal comma.
fn is_decimal_comma(text: &str, at: usize) -> bool {
    let (before, after) = (text.get(..at).unwrap_or(""), text.get(at..).unwrap_or(""));
    let digits_before = before.strip_suffix(',').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
    digits_before && after.starts_with(|c: char| c.is_ascii_digit())
}

/// Words the library's reason in both languages.
fn words(reason: &str) -> Bi {
    const REASONS: &[(&str, &str, &str)] = &[
        ("EOF while parsing", "filen slutter midt i en værdi", "the file ends in the middle of a value"),
        ("expected `:`", "efter navnet ventes `:`", "`:` is expected after the name"),
        ("expected `,` or `]`", "her ventes `,` eller `]`", "`,` or `]` is expected here"),
        ("expected `,` or `}`", "her ventes `,` eller `}`", "`,` or `}` is expected here"),
        ("expected value", "her ventes en værdi", "a value is expected here"),
        (
            "expected ident",
            "her ventes `true`, `false` eller `null`",
            "`true`, `false` or `null` is expected here",
        ),
        (
            "invalid number",
            "dette er ikke et tal, som JSON skriver det",
            "this is not a number as JSON writes it",
        ),
        ("invalid escape", "ukendt tegn efter `\\`", "unknown character after `\\`"),
        (
            "control character",
            "et styretegn eller linjeskift inde i en tekst",
            "a control character or line break inside a text",
        ),
        (
            "key must be a string",
            "her ventes et navn i anførselstegn",
            "a name in quotation marks is expected here",
        ),
        ("trailing comma", "et komma for meget", "a comma too many"),
        (
            "trailing characters",
            "her er mere tekst efter dataenes slutning",
            "there is more text after the end of the data",
        ),
        ("surrogate", "et halvt tegn (`\\u…`)", "half a character (`\\u…`)"),
        ("hex escape", "en ufuldstændig `\\u…`", "an unfinished `\\u…`"),
        (
            "unicode code point",
            "et tegn, der ikke findes (`\\u…`)",
            "a character that does not exist (`\\u…`)",
        ),
    ];
    let found = REASONS.iter().find(|(start, ..)| reason.contains(start));
    found.map_or(Bi::new("teksten følger ikke JSON", "the text does not follow JSON"), |(_, da, en)| {
        Bi::new(*da, *en)
    })
}
