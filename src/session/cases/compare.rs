//! What was expected against what came out, exactly.

use serde_json::Value;

use super::{Expect, Failures};
use crate::base::{Bi, bi};
use crate::diag::{Diagnostic, Severity};

/// The codes of the findings of one severity, sorted.
pub(super) fn codes(found: &[Diagnostic], severity: Severity) -> Vec<String> {
    let of = found.iter().filter(|finding| finding.severity == severity);
    let mut codes: Vec<String> = of.map(|finding| finding.code.id().to_owned()).collect();
    codes.sort();
    codes
}

/// Notes where two lists differ.
pub(super) fn difference(what: Bi, wanted: &[String], found: &[String], failures: &mut Failures) {
    if wanted != found {
        let (da, en, wanted, found) = (what.da, what.en, wanted.join(", "), found.join(", "));
        failures
            .push(bi!("{da}: ventet [{wanted}], fået [{found}]", "{en}: expected [{wanted}], got [{found}]"));
    }
}

/// Compares one result, in the fields that the expectation names. Words are compared only in the language the case is
/// written in; of what is missing, the twin compares the number.
pub(super) fn compare(expect: &Expect, result: &Value, own: bool, failures: &mut Failures) {
    let text = |field: &str| result.get(field).and_then(Value::as_str).map(str::to_owned);
    let bound = |end: &str| result.get("bounds")?.get(end)?.as_str().map(str::to_owned);
    let mut check = |field: &str, wanted: &Option<String>, found: Option<String>| {
        if wanted.is_some() && *wanted != found {
            failures.push(differs(expect, field, wanted.as_deref(), found.as_deref()));
        }
    };
    check("state", &Some(expect.state.clone()), text("state"));
    check("value", &expect.value, text("exact"));
    check("status", &expect.status, text("status"));
    check("low", &expect.low, bound("low"));
    check("high", &expect.high, bound("high"));
    let code = result.get("error").and_then(|error| error.get("code")).and_then(Value::as_str);
    check("code", &expect.code, code.map(str::to_owned));
    if own {
        check("unit", &expect.unit, text("unit"));
        check("level", &expect.level, text("price_level"));
    }
    missing(expect, result, own, failures);
}

fn missing(expect: &Expect, result: &Value, own: bool, failures: &mut Failures) {
    let Some(wanted) = &expect.missing else { return };
    let listed = result.get("missing").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut found: Vec<String> = listed.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    found.sort();
    let mut wanted = wanted.clone();
    wanted.sort();
    let same = if own { found == wanted } else { found.len() == wanted.len() };
    if !same {
        failures.push(differs(expect, "missing", Some(&wanted.join(", ")), Some(&found.join(", "))));
    }
}

fn differs(expect: &Expect, field: &str, wanted: Option<&str>, found: Option<&str>) -> Bi {
    let ask = &expect.ask;
    let (wanted, found) = (wanted.unwrap_or("-"), found.unwrap_or("-"));
    bi!("`{ask}`: {field} ventet {wanted}, fået {found}", "`{ask}`: {field} expected {wanted}, got {found}")
}
