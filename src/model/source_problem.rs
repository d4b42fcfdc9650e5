//! What is said of sources that are not declared or not cited, in the names of the file.

use crate::base::{Span, bi};
use crate::diag::{Code, Diagnostic};

use super::Model;

impl Model {
    /// Returns the source that a clause would cite: that of its agreement, else the only one there is. The title comes
    /// along where it is not declared yet.
    pub(super) fn source_to_cite(&self, agreement: Option<usize>) -> Option<(String, Option<String>)> {
        let own = agreement.and_then(|index| self.agreements.get(index));
        let mut declared = self.sources.keys();
        let only = declared.next().filter(|_| declared.next().is_none());
        match own {
            Some(own) if self.sources.contains_key(&own.name) => Some((own.name.clone(), None)),
            Some(_) | None if only.is_some() => only.map(|name| (name.clone(), None)),
            Some(own) if self.sources.is_empty() => {
                Some((own.name.clone(), Some(own.title.clone().unwrap_or_else(|| "…".to_owned()))))
            }
            Some(_) | None => None,
        }
    }
}

/// `hjemmel OK24 "Løn"`, and no `kilde OK24`.
pub(super) fn unknown(span: Span, name: &str, title: Option<&str>, declared: &[String]) -> Diagnostic {
    let (titel, own) = (title.unwrap_or("titel"), title.unwrap_or("title"));
    let found = Diagnostic::new(
        Code::UnknownSource,
        bi!("kilden `{name}` er ikke erklæret", "the source `{name}` is not declared"),
    )
    .at(span)
    .help(bi!(
        "erklær den på en linje for sig: `kilde {name} \"{titel}\"`",
        "declare it on a line of its own: `source {name} \"{own}\"`"
    ));
    match declared {
        [] => found,
        declared => {
            let names: Vec<String> =
                declared.iter().take(MOST_NAMED).map(|name| format!("`{name}`")).collect();
            let names = names.join(", ");
            found.help(bi!("erklæret er {names}", "declared are {names}"))
        }
    }
}

/// So many declared sources are named.
const MOST_NAMED: usize = 5;

/// A clause with figures and no `hjemmel`.
pub(super) fn no_basis(
    span: Span,
    name: &str,
    heading: Option<&str>,
    source: Option<&(String, Option<String>)>,
) -> Diagnostic {
    let (kilde, cited) = source.map_or(("KILDE", "SOURCE"), |(name, _)| (name.as_str(), name.as_str()));
    let (overskrift, heading) = heading.map_or(("overskrift", "heading"), |heading| (heading, heading));
    let found = Diagnostic::new(
        Code::NoBasis,
        bi!(
            "klausulen `{name}` fastsætter tal uden `hjemmel`",
            "the clause `{name}` states figures without a `basis`"
        ),
    )
    .at(span)
    .help(bi!(
        "skriv under klausulen, hvor i dokumentet tallene står, for eksempel `hjemmel {kilde} \"{overskrift}\"`",
        "write below the clause where in the document the figures stand, for example `basis {cited} \"{heading}\"`"
    ));
    match source {
        Some((name, Some(title))) => found.help(bi!(
            "og erklær dokumentet på en linje for sig: `kilde {name} \"{title}\"`",
            "and declare the document on a line of its own: `source {name} \"{title}\"`"
        )),
        Some((_, None)) => found,
        None => found.help(bi!(
            "og erklær dokumentet på en linje for sig: `kilde KILDE \"titel\"`",
            "and declare the document on a line of its own: `source SOURCE \"title\"`"
        )),
    }
}
