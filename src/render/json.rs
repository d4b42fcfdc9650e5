use std::fmt::Write;

use serde_json::{Value, json};

use super::{Look, capped};
use crate::base::{Lang, SectionKind, SourceMap, Span, is_hidden};
use crate::diag::{Diagnostic, Edit, Fix, Label, Severity};

/// Lists findings as JSON: `{"diagnostics": […], "omitted": 0}`.
///
/// Each has `code`, `severity`, `message`, `section` (`kind`, `name`, `basis`; `null` outside the clauses), `file`, `span` (bytes of the text after a byte-order mark is dropped and
/// line ends are made `\n`), `line`, `column` (from 1, in characters), `help`, `related` and `fixes`. A finding
/// without a place has `null` there.
pub fn diagnostics_json(found: &[Diagnostic], sources: &SourceMap, look: &Look) -> Value {
    let (shown, left_out) = capped(found, look);
    let listed: Vec<Value> = shown.iter().map(|d| diagnostic(d, sources, look)).collect();
    json!({ "diagnostics": listed, "omitted": left_out })
}

/// Prints JSON with sorted keys, two spaces of indentation and a line break at the end. Characters that a terminal
/// would obey or hide are written as `\u` escapes, so the bytes are safe to show anywhere.
pub fn json_text(value: &Value) -> String {
    // INVARIANT: the alternate form of `Display` indents; keys are sorted since the map is a `BTreeMap`.
    let mut text = escape_hidden(&format!("{value:#}"));
    text.push('\n');
    text
}

fn escape_hidden(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' || !is_hidden(c) {
            safe.push(c);
            continue;
        }
        let mut units = [0; 2];
        for unit in c.encode_utf16(&mut units) {
            // INVARIANT: writing to a String cannot fail.
            let _ = write!(safe, "\\u{unit:04x}");
        }
    }
    safe
}

fn diagnostic(found: &Diagnostic, sources: &SourceMap, look: &Look) -> Value {
    let lang = look.lang;
    let related: Vec<Value> = found.labels.iter().skip(1).map(|l| label(l, sources, look)).collect();
    let helps: Vec<&str> = found.helps.iter().map(|help| help.get(lang)).collect();
    let fixes: Vec<Value> = found.fixes.iter().map(|f| fix(f, sources, look)).collect();
    let first = found.labels.first();
    let mut value = place_json(first.map(|l| l.span), sources);
    extend(
        &mut value,
        json!({
            "code": found.code.id(),
            "severity": severity(found.severity),
            "message": found.message.get(lang),
            "section": first.map(|l| section_json(sources, l.span, lang)),
            "label": first.map(|l| l.text.get(lang)).filter(|text| !text.is_empty()),
            "help": helps,
            "related": related,
            "fixes": fixes,
        }),
    );
    value
}

/// The name of a severity in JSON; the same in both languages, since programs read it.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// The clause (or amendment, scenario, test) that something is in: `kind`, `name`, `basis`; `null` outside them.
pub fn section_json(sources: &SourceMap, at: Span, lang: Lang) -> Value {
    let Some(section) = sources.section(at) else { return Value::Null };
    let kind = match section.kind {
        SectionKind::Clause => "clause",
        SectionKind::Amendment => "amendment",
        SectionKind::Scenario => "scenario",
        SectionKind::Test => "test",
    };
    json!({ "kind": kind, "name": section.name, "basis": section.basis.get(lang) })
}

/// The place of something in a text: `file`, `span`, `line` and `column`, all `null` where it has none.
pub fn place_json(span: Option<Span>, sources: &SourceMap) -> Value {
    let Some(span) = span else {
        return json!({ "file": null, "span": null, "line": null, "column": null });
    };
    let at = sources.place(span);
    json!({
        "file": sources.file(span.file).name,
        "span": { "start": span.start, "end": span.end },
        "line": at.line,
        "column": at.column,
    })
}

fn label(label: &Label, sources: &SourceMap, look: &Look) -> Value {
    let mut value = place_json(Some(label.span), sources);
    extend(&mut value, json!({ "text": label.text.get(look.lang) }));
    value
}

fn fix(fix: &Fix, sources: &SourceMap, look: &Look) -> Value {
    let edits: Vec<Value> = fix.edits.iter().map(|e| edit(e, sources)).collect();
    json!({ "title": fix.title.get(look.lang), "certain": fix.certain, "edits": edits })
}

fn edit(edit: &Edit, sources: &SourceMap) -> Value {
    let mut value = place_json(Some(edit.span), sources);
    extend(&mut value, json!({ "text": edit.text }));
    value
}

/// Puts the fields of one object into another.
pub fn extend(value: &mut Value, more: Value) {
    if let (Value::Object(map), Value::Object(more)) = (value, more) {
        map.extend(more);
    }
}
