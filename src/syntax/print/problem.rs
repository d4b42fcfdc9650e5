use super::translate::NamesInTheWay;
use super::{Span, ast};
use crate::base::{Lang, bi};
use crate::diag::{Code, Diagnostic, Report};

/// Why a file is not printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PrintProblem {
    /// The file has errors; they are found by parsing it.
    HasErrors,
    /// Names that the other language reserves, each with where it first stands.
    Reserved {
        /// The names.
        names: Vec<(String, Span)>,
        /// The language that reserves them.
        by: Lang,
    },
    /// A comment would have been lost or changed: a fault of this program.
    CommentsDiffer {
        /// How many there were.
        before: usize,
        /// How many there would be.
        after: usize,
    },
    /// The printed text would have said something else: a fault of this program.
    TreeDiffers {
        /// The line of the source, from 1; 0 when unknown.
        line: usize,
    },
}

impl PrintProblem {
    pub(super) fn reserved(found: NamesInTheWay, file: &ast::File, by: Lang) -> Self {
        let place = |range: std::ops::Range<usize>| match file.items.first() {
            Some(item) => Span::new(item.span.file, range.start, range.end),
            None => unplaced(range),
        };
        let mut names: Vec<_> = found.names.into_iter().map(|(name, range)| (name, place(range))).collect();
        names.sort_by_key(|(_, span)| *span);
        Self::Reserved { names, by }
    }
}

/// INVARIANT: a file with names has items, so this place is never shown.
fn unplaced(range: std::ops::Range<usize>) -> Span {
    Span::new(crate::base::Id::from_index(0), range.start, range.end)
}

impl Report for PrintProblem {
    fn report(&self) -> Diagnostic {
        match self {
            Self::HasErrors => Diagnostic::new(Code::NotFormatted, bi!(
                "filen har fejl og kan først formateres, når de er rettet",
                "the file has errors and can be formatted once they are mended")),
            Self::Reserved { names, by } => reserved(names, *by),
            Self::CommentsDiffer { before, after } => Diagnostic::new(Code::FormatterFault, bi!(
                "filen er ikke skrevet: {before} kommentarer ville være blevet til {after} eller være ændret",
                "the file is not written: {before} comments would have become {after} or have changed"))
                .help(bi!("det er en fejl i Klausul, ikke i filen", "this is a fault in Klausul, not in the file")),
            Self::TreeDiffers { line } => Diagnostic::new(Code::FormatterFault, bi!(
                "filen er ikke skrevet: reglen på linje {line} ville have fået en anden betydning",
                "the file is not written: the rule on line {line} would have got another meaning"))
                .help(bi!("det er en fejl i Klausul, ikke i filen", "this is a fault in Klausul, not in the file")),
        }
    }
}

fn reserved(names: &[(String, Span)], by: Lang) -> Diagnostic {
    let list: Vec<String> = names.iter().map(|(name, _)| format!("`{name}`")).collect();
    let list = list.join(", ");
    let (language, sprog) = by.pick(("Danish", "dansk"), ("English", "engelsk"));
    let found = Diagnostic::new(
        Code::ReservedInOther,
        bi!(
            "filen kan ikke skrives på {sprog}, fordi disse navne er ord i sproget dér: {list}",
            "the file cannot be written in {language}, because these names are words of the language there: {list}"
        ),
    );
    let labelled = names.iter().fold(found, |found, (name, span)| {
        found.label(*span, bi!("`{name}` er reserveret på {sprog}", "`{name}` is reserved in {language}"))
    });
    labelled.help(bi!(
        "omdøb navnene først, for eksempel `{name}_`",
        "rename them first, for example `{name}_`",
        name = names.first().map_or("med", |(name, _)| name.as_str())
    ))
}
