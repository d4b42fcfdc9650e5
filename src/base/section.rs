use super::{Bi, Span, bi};

/// A part of a text that has a name of its own, so that whatever is found in it can be told by that name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Section {
    /// All of it.
    pub span: Span,
    /// What it is.
    pub kind: SectionKind,
    /// Its name, or a test's title.
    pub name: String,
    /// What it rests on, worded: `ØA25 bilag 1, boks 5`; empty where it names nothing.
    pub basis: Bi,
}

/// The kinds of sections.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum SectionKind {
    /// `klausul`.
    Clause,
    /// `ændring`.
    Amendment,
    /// `scenarie`.
    Scenario,
    /// `prøve`.
    Test,
}

impl Section {
    /// Words where something is: ``i klausulen `nærhedsfinansiering`, ØA25 bilag 1, boks 5``.
    pub fn place(&self) -> Bi {
        let name = &self.name;
        let place = match self.kind {
            SectionKind::Clause => bi!("i klausulen `{name}`", "in the clause `{name}`"),
            SectionKind::Amendment => bi!("i ændringen `{name}`", "in the amendment `{name}`"),
            SectionKind::Scenario => bi!("i scenariet `{name}`", "in the scenario `{name}`"),
            SectionKind::Test => bi!("i prøven \"{name}\"", "in the test \"{name}\""),
        };
        let with = |place: &str, basis: &str| match basis {
            "" => place.to_owned(),
            basis => format!("{place}, {basis}"),
        };
        Bi { da: with(&place.da, &self.basis.da), en: with(&place.en, &self.basis.en) }
    }
}
