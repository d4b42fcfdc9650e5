//! The documents and passages that a record cites, held against those at hand.

use serde_json::Value;

use super::faults::{Fault, Level, Levels};
use super::stored::Stored;
use crate::base::{Bi, Lang, bi};
use crate::sources::{Documents, Held, held};
use crate::syntax::Basis;

/// At most so many are named where several are counted.
const MOST_NAMED: usize = 5;

/// How the passages that records cite stand to the documents.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct CitedPassages {
    /// Passages that say the same on the same line.
    pub same: usize,
    /// Passages that say the same on another line: the place, the line then and the line now.
    pub moved: Vec<(String, Option<u64>, usize)>,
    /// Citations of which the record has no hash.
    pub without: usize,
    /// Documents whose bytes are the same, and those with other bytes.
    pub documents: (usize, Vec<String>),
}

impl CitedPassages {
    /// Holds the documents and passages of records against those at hand.
    pub fn of(stored: &[Stored], documents: &Documents, levels: &mut Levels) -> CitedPassages {
        let mut found = CitedPassages::default();
        for one in stored {
            found.documents_of(one, documents);
            found.passages_of(one, documents, levels);
        }
        found
    }

    fn documents_of(&mut self, stored: &Stored, documents: &Documents) {
        for source in list(stored, "sources") {
            let (Some(id), Some(sha256)) = (text(source, "id"), text(source, "sha256")) else { continue };
            match documents.get(id) {
                Some(document) if document.sha256() == sha256 => self.documents.0 += 1,
                Some(_) if !self.documents.1.iter().any(|known| known == id) => {
                    self.documents.1.push(id.to_owned());
                }
                // That a document is not at hand is told of what is cited from it.
                Some(_) | None => {}
            }
        }
    }

    fn passages_of(&mut self, stored: &Stored, documents: &Documents, levels: &mut Levels) {
        let english = stored.record().pointer("/rules/language").and_then(Value::as_str) == Some("en");
        let lang = if english { Lang::En } else { Lang::Da };
        for (index, citation) in list(stored, "citations").iter().enumerate() {
            let place = || Some((text(citation, "source")?, text(citation, "at")?));
            let (Some((source, at)), Some(sha256)) = (place(), text(citation, "sha256")) else {
                self.without += 1;
                continue;
            };
            let basis = Basis { source: source.to_owned(), at: at.to_owned() };
            let name = format!("{source} {at}").trim_end().to_owned();
            let line = citation.get("line").and_then(Value::as_u64);
            let wrong = match held(documents, &basis, lang, sha256) {
                Held::Same(now) if line.is_none_or(|line| usize::try_from(line) == Ok(now)) => {
                    self.same += 1;
                    continue;
                }
                Held::Same(now) => {
                    self.moved.push((name, line, now));
                    continue;
                }
                Held::Changed(now) => {
                    bi!(
                        "{name}: siger noget andet nu (linje {now})",
                        "{name}: says something else now (line {now})"
                    )
                }
                Held::Gone => bi!("{name}: findes ikke mere", "{name}: is no longer there"),
                Held::NoDocument => {
                    bi!("{name}: dokumentet er ikke i mappen", "{name}: the document is not in the folder")
                }
            };
            let what = resting(stored, index).map_or(wrong.clone(), |clauses| {
                Bi::new(
                    format!("{}; på det hviler {clauses}", wrong.get(Lang::Da)),
                    format!("{}; on it rest {clauses}", wrong.get(Lang::En)),
                )
            });
            levels.fail(Level::Sources, Fault::new(stored.line, &format!("citations[{index}]"), what));
        }
    }

    /// Says it in words.
    pub fn words(&self) -> Bi {
        let CitedPassages { same, moved, without, documents: (unchanged, changed) } = self;
        let mut words =
            bi!("steder, der siger det samme: {}", "passages that say the same: {}", same + moved.len());
        let mut add = |more: Bi| {
            let [da, en] =
                [Lang::Da, Lang::En].map(|lang| format!("{}; {}", words.get(lang), more.get(lang)));
            words = Bi::new(da, en);
        };
        if !moved.is_empty() {
            let told = moved.iter().take(MOST_NAMED).map(|(name, line, now)| {
                line.map_or(format!("{name}: → {now}"), |line| format!("{name}: {line} → {now}"))
            });
            let told = told.collect::<Vec<_>>().join(", ");
            let more = if moved.len() > MOST_NAMED { ", …" } else { "" };
            add(bi!(
                "heraf på en anden linje: {} ({told}{more})",
                "of them on another line: {} ({told}{more})",
                moved.len()
            ));
        }
        if *without > 0 {
            add(bi!("uden mærke i sporet: {without}", "without a hash in the record: {without}"));
        }
        if *unchanged > 0 {
            add(bi!("uændrede dokumenter: {unchanged}", "unchanged documents: {unchanged}"));
        }
        if !changed.is_empty() {
            add(bi!("ændret som helhed: {}", "changed as a whole: {}", changed.join(", ")));
        }
        words
    }
}

/// The clauses, or else the names, of the steps that rest on a citation.
fn resting(stored: &Stored, citation: usize) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for step in list(stored, "steps") {
        let cited = step.get("basis").and_then(Value::as_array);
        let cites = cited.into_iter().flatten().any(|one| one.as_u64() == u64::try_from(citation).ok());
        let name = text(step, "clause").or_else(|| text(step, "name"));
        if let Some(name) = name.filter(|name| cites && !names.contains(name)) {
            names.push(name);
        }
    }
    let more = if names.len() > MOST_NAMED { ", …" } else { "" };
    names.truncate(MOST_NAMED);
    (!names.is_empty()).then(|| format!("{}{more}", names.join(", ")))
}

fn list<'s>(stored: &'s Stored, part: &str) -> &'s [Value] {
    stored.record().get(part).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str)
}
