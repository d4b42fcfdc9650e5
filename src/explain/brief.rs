//! The shortest explanation: one paragraph.

use super::{Explanation, Item, ItemKind, NotesKind};

/// Keeps the result with its reason and the reasons of what it was made of directly; of the notes, what is missing,
/// changed or assumed.
pub(super) fn brief(mut explanation: Explanation) -> Explanation {
    let children = std::mem::take(&mut explanation.root.children);
    let told = children.iter().filter(|child| child.kind == ItemKind::Applies).map(sentence);
    let told: Vec<String> = told.collect();
    explanation.root.says.extend(told);
    explanation.notes.retain(|notes| notes.kind != NotesKind::Facts);
    explanation
}

fn sentence(item: &Item) -> String {
    let title = item.title.as_ref().map(|title| format!(" \"{title}\"")).unwrap_or_default();
    let says = if item.says.is_empty() { String::new() } else { format!(": {}", item.says.join("; ")) };
    let basis = super::cite_all(&item.basis);
    let basis = if basis.is_empty() { basis } else { format!(" ({basis})") };
    format!("{}{title} {}{basis}{says}", item.label, item.value.as_deref().unwrap_or_default())
}
