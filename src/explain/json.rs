//! An explanation as JSON, the same bytes for the same explanation.

use serde_json::{Value, json};

use super::text::plain;
use super::{Basis, Explanation, Item, Notes};

/// Turns an explanation into JSON; keys are sorted.
pub fn json(explanation: &Explanation) -> Value {
    json!({
        "language": explanation.lang.pick("da", "en"),
        "result": item(&explanation.root),
        "notes": explanation.notes.iter().map(notes).collect::<Vec<_>>(),
    })
}

fn notes(notes: &Notes) -> Value {
    json!({
        "kind": notes.kind.name(),
        "heading": notes.heading,
        "items": notes.items.iter().map(item).collect::<Vec<_>>(),
    })
}

fn item(item: &Item) -> Value {
    json!({
        "kind": item.kind.name(),
        "label": plain(&item.label),
        "title": item.title.as_deref().map(plain),
        "value": item.value.as_deref().map(plain),
        "exact": item.exact.as_deref().map(plain),
        "says": item.says.iter().map(|says| plain(says)).collect::<Vec<_>>(),
        "basis": item.basis.iter().map(basis).collect::<Vec<_>>(),
        "children": item.children.iter().map(self::item).collect::<Vec<_>>(),
    })
}

/// Turns a citation into JSON: the source and the place in it.
pub(super) fn basis(basis: &Basis) -> Value {
    json!({ "source": basis.source, "at": (!basis.at.is_empty()).then_some(&basis.at) })
}
