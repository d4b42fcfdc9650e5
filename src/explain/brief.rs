//! The shortest explanation: one paragraph.

use super::{Explanation, Item, ItemKind, NotesKind};
use crate::base::Lang;

/// Tells the result with its reason, the exceptions that apply, its basis, and what is missing, changed or assumed, in
/// one paragraph.
pub(super) fn brief(explanation: Explanation) -> Explanation {
    let Explanation { lang, mut root, notes } = explanation;
    let reason = joined(&root.says);
    // A reason may begin with a name, whose letters stay as they are.
    let mut sentences: Vec<String> =
        (!reason.is_empty()).then(|| format!("{}.", reason.trim_end_matches('.'))).into_iter().collect();
    let applied = root.children.iter().filter(|child| child.kind == ItemKind::Applies);
    sentences.extend(applied.map(|child| sentence(&exception(child))));
    for theme in &notes {
        let names: Vec<&str> = theme.items.iter().map(|item| item.label.as_str()).collect();
        let names = names.join(", ");
        sentences.extend(opening(theme.kind, lang).map(|opening| sentence(&format!("{opening} {names}"))));
    }
    root.says = vec![sentences.join(" ")];
    root.children.clear();
    Explanation { lang, root, notes: Vec::new() }
}

/// Joins reasons to one; what goes on with `=` goes on in the same breath.
pub(super) fn joined(says: &[String]) -> String {
    let mut all = String::new();
    for one in says {
        let joint = match (all.is_empty(), one.starts_with('=')) {
            (true, _) => "",
            (false, true) => " ",
            (false, false) => "; ",
        };
        all.push_str(joint);
        all.push_str(one);
    }
    all
}

fn opening(kind: NotesKind, lang: Lang) -> Option<&'static str> {
    match kind {
        NotesKind::Missing => Some(lang.pick("der mangler", "missing:")),
        NotesKind::Uncertain => Some(lang.pick("hviler på foreløbige eller skønnede", "rests on uncertain")),
        NotesKind::Changed => Some(lang.pick("i forhold til filen er ændret", "changed from the file:")),
        NotesKind::Assumptions => Some(lang.pick("hviler på antagelserne", "rests on the assumptions")),
        NotesKind::Facts | NotesKind::Idle | NotesKind::Search => None,
    }
}

fn exception(item: &Item) -> String {
    let title = item.title.as_ref().map(|title| format!(" (\"{title}\")")).unwrap_or_default();
    let basis = super::cite_all(&item.basis);
    let basis = if basis.is_empty() { basis } else { format!(" ({basis})") };
    let says = if item.says.is_empty() { String::new() } else { format!(": {}", item.says.join("; ")) };
    format!("{}{title} {}{says}{basis}", item.label, item.value.as_deref().unwrap_or_default())
}

/// Makes a sentence of a few words: a capital in front, a full stop at the end.
fn sentence(words: &str) -> String {
    let mut chars = words.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if words.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{stop}", chars.as_str())
}
