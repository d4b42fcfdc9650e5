//! The canonical formatter: the same rules, laid out in the one way, in either language.
//!
//! The words come from the token stream, so that literals and comments survive as written; the tree says how signs bind
//! and what a word is; the outline says how deep a line stands. What was printed is parsed again and compared before it
//! is handed out.

mod align;
mod layout;
mod line;
mod marks;
mod problem;
mod same;
mod translate;
mod wrap;

use self::align::print_rows;
use self::layout::rows;
use self::marks::marks;
use self::same::same_tree;
use self::wrap::wrap;
use super::ast;
use super::grammar::{Kind, Node, parse_as};
use super::literate::{prose_of, rules_of};
use super::tokens::{TokenKind, tokens};
use crate::base::{Lang, SourceFile, Span};

pub use self::problem::PrintProblem;

/// Prints a rule file in the canonical layout, in the language `to`.
///
/// The rules stay the same: the result is parsed again and compared, and all comments are counted. In a literate file
/// only the fenced blocks change.
///
/// # Errors
/// When the file has errors, when a name is a reserved word of the other language, or when the comparison fails (a
/// fault of this program; nothing must be written then).
pub fn print(file: &ast::File, source: &SourceFile, to: Lang) -> Result<String, PrintProblem> {
    let rules = rules_of(source);
    let tree = parse(&rules, file.lang)?;
    let marks =
        marks(&tree, &rules, file.lang, to).map_err(|names| PrintProblem::reserved(names, file, to))?;
    let rows = rows(&rules, file.lang, &prose_of(source), &marks);
    let wrapped = checked(print_rows(&wrap(rows.clone())), source, &tree, (file.lang, to));
    // A line that cannot be broken where it was is better too long than wrong.
    let text = wrapped.or_else(|_| checked(print_rows(&rows), source, &tree, (file.lang, to)))?;
    settle(text, source, to)
}

fn parse(rules: &str, lang: Lang) -> Result<Node, PrintProblem> {
    parse_as(Kind::file, rules, lang).map_err(|_| PrintProblem::HasErrors)
}

/// Returns the printed text if it says the same as the source.
fn checked(
    text: String,
    source: &SourceFile,
    tree: &Node,
    langs: (Lang, Lang),
) -> Result<String, PrintProblem> {
    let (rules, printed) = (rules_of(source), SourceFile::new(source.name.clone(), text));
    let (before, after) = (comments(&rules, langs.0), comments(&rules_of(&printed), langs.1));
    if before != after {
        return Err(PrintProblem::CommentsDiffer { before: before.len(), after: after.len() });
    }
    let new_tree = parse(&rules_of(&printed), langs.1).map_err(|_| PrintProblem::TreeDiffers { line: 0 })?;
    match same_tree((tree, &rules), (&new_tree, &rules_of(&printed)), langs) {
        Ok(()) => Ok(printed.text),
        Err(at) => Err(PrintProblem::TreeDiffers { line: source.line_col(at).line }),
    }
}

fn comments(text: &str, lang: Lang) -> Vec<String> {
    let is_comment = |kind| matches!(kind, TokenKind::Comment | TokenKind::Doc);
    let found = tokens(text, lang).into_iter().filter(|token| is_comment(token.kind));
    found.map(|token| text.get(token.range).unwrap_or("").trim_end().to_owned()).collect()
}

/// Prints again until nothing changes: a line that was broken changes what its neighbours line up with.
fn settle(text: String, source: &SourceFile, lang: Lang) -> Result<String, PrintProblem> {
    let mut text = text;
    for _ in 0..4 {
        let printed = SourceFile::new(source.name.clone(), text.clone());
        let rules = rules_of(&printed);
        let tree = parse(&rules, lang)?;
        let marks = marks(&tree, &rules, lang, lang).unwrap_or_default();
        let rows = rows(&rules, lang, &prose_of(&printed), &marks);
        let again = checked(print_rows(&wrap(rows.clone())), &printed, &tree, (lang, lang))
            .or_else(|_| checked(print_rows(&rows), &printed, &tree, (lang, lang)))?;
        if again == text {
            break;
        }
        text = again;
    }
    Ok(text)
}

#[cfg(test)]
mod tests;
