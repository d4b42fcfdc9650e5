use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::SourceProblem;
use crate::base::{FileId, Span};
use crate::diag::Problems;

/// The documents at hand: which file holds which source.
#[derive(Clone, Debug, Default)]
pub struct Register {
    entries: Vec<Entry>,
}

/// One document of a register.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// The id that rules cite it by: `ØA25`.
    pub id: String,
    /// Its file, beside the register.
    pub file: String,
    /// Where the entry stands in the register.
    pub span: Span,
}

impl Register {
    /// Reads a register: a list of tables `[[source]]`, each with `id` and `file`. What else an entry says (title,
    /// publisher, date, kind) is for people.
    pub fn read(file: FileId, text: &str, problems: &mut Problems) -> Register {
        let (table, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let at = error.span().unwrap_or(0..0);
            let what = error.message().to_owned();
            problems
                .report(&SourceProblem::UnreadableRegister { span: Span::new(file, at.start, at.end), what });
        }
        let mut register = Register::default();
        let Some(sources) = table.get_ref().get("source").and_then(|value| value.get_ref().as_array()) else {
            if errors.is_empty() {
                problems.report(&SourceProblem::EmptyRegister { span: Span::new(file, 0, 0) });
            }
            return register;
        };
        for source in sources {
            register.enter(file, source, problems);
        }
        register
    }

    fn enter(&mut self, file: FileId, source: &Spanned<DeValue<'_>>, problems: &mut Problems) {
        let span = Span::new(file, source.span().start, source.span().end);
        let text = |key: &str| {
            let value = source.get_ref().as_table()?.get(key)?;
            value.get_ref().as_str().map(str::to_owned)
        };
        let (Some(id), Some(name)) = (text("id"), text("file")) else {
            problems.report(&SourceProblem::EntryWithout { span });
            return;
        };
        // A document lies beside its register; a path out of the folder would read what nobody meant.
        if name.contains(['/', '\\']) || name == ".." {
            problems.report(&SourceProblem::FileElsewhere { span, file: name });
            return;
        }
        if let Some(first) = self.entry(&id) {
            problems.report(&SourceProblem::EnteredTwice { span, first: first.span, id });
            return;
        }
        self.entries.push(Entry { id, file: name, span });
    }

    /// Returns the entry of a source.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == id)
    }

    /// Walks the entries in their order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}
