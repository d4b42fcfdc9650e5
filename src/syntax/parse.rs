//! The way in: from texts to trees.

use super::admit::measure;
use super::ast;
use super::build::Builder;
use super::grammar::{Kind, Node, StrictError, parse_as};
use super::keywords::{language_of_opener, language_of_word};
use super::literate::rules_of;
use super::outside::indented;
use super::problem::SyntaxProblem;
use super::recover::{Recovered, recover};
use super::stop::worded_alone;
use crate::base::{FileId, Lang, Limit, Limits, SourceMap, Span};
use crate::diag::Problems;

/// Parses a rule file. What cannot be parsed is reported in `problems` and left out or stands as an `Error` node.
pub fn parse(map: &SourceMap, file: FileId, problems: &mut Problems) -> ast::File {
    let rules = rules_of(map.file(file));
    let lang = detect_language(&rules);
    if told_too_nested(map, file, &rules, problems) {
        return ast::File { lang, items: Vec::new() };
    }
    let limits = map.limits();
    measure(&rules, file, lang, limits, problems);
    let way = Way { file, lang, limits };
    let items = match parse_as(Kind::file, &rules, lang) {
        Ok(root) => build(&rules, &root, way, problems),
        Err(error) => recovered(&rules, &error, way, problems),
    };
    ast::File { lang, items }
}

/// Which text is parsed, in which language, and what it is held to.
#[derive(Clone, Copy)]
struct Way<'l> {
    file: FileId,
    lang: Lang,
    limits: &'l Limits,
}

/// Tells of parentheses and brackets that nest too deeply, before anything is parsed.
fn told_too_nested(map: &SourceMap, file: FileId, text: &str, problems: &mut Problems) -> bool {
    let limit = map.limits().count(Limit::Nesting);
    let Some(at) = too_nested(text, limit) else { return false };
    problems.report(&SyntaxProblem::TooNested { at: Span::new(file, at, at + 1), limit });
    true
}

fn build(rules: &str, root: &Node, way: Way<'_>, problems: &mut Problems) -> Vec<ast::Item> {
    let mut builder = Builder::new(rules, way.file, way.lang, way.limits);
    let items = builder.items(root);
    report(builder, problems);
    items
}

/// Builds what can be understood of a file that does not parse.
fn recovered(rules: &str, error: &StrictError, way: Way<'_>, problems: &mut Problems) -> Vec<ast::Item> {
    let Way { file, lang, limits } = way;
    let read = indented(rules, file, lang);
    let Recovered { text, found } = recover(&read.text, file, lang, limits);
    let unexplained = found.is_empty() && read.found.is_empty();
    let found = found.into_iter().map(|finding| read.told_there(finding));
    read.found.iter().cloned().chain(found).for_each(|finding| problems.push(finding));
    match parse_as(Kind::file, &text, lang) {
        Ok(root) if !unexplained => build(&read.without_spaces(text), &read.put_back(root), way, problems),
        // INVARIANT: every piece parses by itself now, so the file does; if not, the first stop is still told.
        Ok(_) | Err(_) => {
            if unexplained {
                problems.push(worded_alone(rules, file, lang, error));
            }
            Vec::new()
        }
    }
}

/// Parses a text that is one expression.
pub fn parse_expr(map: &SourceMap, file: FileId, lang: Lang, problems: &mut Problems) -> Option<ast::Expr> {
    let (root, mut builder) = strict(map, file, lang, Kind::only_expr, problems)?;
    let expr = builder.only_expr(&root);
    report(builder, problems);
    expr
}

/// Parses a text that gives something a value: `andel_bevaret[2] = 60 pct.`.
pub fn parse_assign(
    map: &SourceMap,
    file: FileId,
    lang: Lang,
    problems: &mut Problems,
) -> Option<ast::Assign> {
    let (root, mut builder) = strict(map, file, lang, Kind::only_assign, problems)?;
    let assign = builder.only_assign(&root);
    report(builder, problems);
    assign
}

/// Parses a choice of reading: `trin = tredjedele`, the assumption first.
pub fn parse_reading_choice(
    map: &SourceMap,
    file: FileId,
    lang: Lang,
    problems: &mut Problems,
) -> Option<(ast::Path, ast::Name)> {
    let (root, mut builder) = strict(map, file, lang, Kind::only_reading_choice, problems)?;
    let choice = builder.only_reading_choice(&root);
    report(builder, problems);
    choice
}

/// Parses a text that is one line, or block, of a scenario: `undtagelse akutplan = nej`, `region "Sjælland"` with facts.
pub fn parse_scenario_line(
    map: &SourceMap,
    file: FileId,
    lang: Lang,
    problems: &mut Problems,
) -> Option<ast::Stmt> {
    let (root, mut builder) = strict(map, file, lang, Kind::only_scenario_line, problems)?;
    let stmt = builder.only_line(&root);
    report(builder, problems);
    stmt
}

/// Tells the language of a rule text: that of its first keyword that only one language has; Danish if there is none.
///
/// The words that lines start with come first, and second words do not count: a name can be a keyword of the other
/// language (`type by = tal`). Words in capitals count last; they are mistakes, but tell the language.
pub fn detect_language(text: &str) -> Lang {
    let openers = || text.lines().filter_map(|line| words(line).next());
    let others = |line| words(line).enumerate().filter(|(index, _)| *index != 1).map(|(_, word)| word);
    openers()
        .find_map(language_of_opener)
        .or_else(|| text.lines().flat_map(others).find_map(language_of_word))
        .or_else(|| openers().find_map(|word| language_of_opener(&word.to_lowercase())))
        .unwrap_or_default()
}

/// Returns the place where parentheses and brackets first nest deeper than a limit.
pub(crate) fn too_nested(text: &str, limit: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (offset, char) in code_chars(text) {
        match char {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > limit {
            return Some(offset);
        }
    }
    None
}

fn strict<'m>(
    map: &'m SourceMap,
    file: FileId,
    lang: Lang,
    entry: Kind,
    problems: &mut Problems,
) -> Option<(Node, Builder<'m>)> {
    let text = map.file(file).text.as_str();
    if told_too_nested(map, file, text, problems) {
        return None;
    }
    measure(text, file, lang, map.limits(), problems);
    match parse_as(entry, text, lang) {
        Ok(root) => Some((root, Builder::new(text, file, lang, map.limits()))),
        Err(error) => {
            problems.push(worded_alone(text, file, lang, &error));
            None
        }
    }
}

fn report(builder: Builder<'_>, problems: &mut Problems) {
    for problem in builder.into_problems() {
        problems.report(&problem);
    }
}

/// The words of a text outside comments and quotes.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut chars = code_chars(text).peekable();
    std::iter::from_fn(move || {
        let is_word = |char: char| char.is_alphanumeric() || char == '_';
        let (start, _) = chars.by_ref().find(|(_, char)| is_word(*char))?;
        let mut end = start + text.get(start..)?.chars().next()?.len_utf8();
        while let Some((at, char)) = chars.next_if(|(at, char)| *at == end && is_word(*char)) {
            end = at + char.len_utf8();
        }
        text.get(start..end)
    })
}

/// The characters of a text outside comments and quotes; a quote ends with its line at the latest.
fn code_chars(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut inside = Inside::Code;
    text.char_indices().filter(move |(offset, char)| {
        inside = match (inside, char) {
            (_, '\n') => Inside::Code,
            (Inside::Code, '"') => Inside::Text,
            (Inside::Text, '"') => Inside::Code,
            (Inside::Code, '/') if text.get(offset + 1..).is_some_and(|rest| rest.starts_with('/')) => {
                Inside::Comment
            }
            (inside, _) => inside,
        };
        inside == Inside::Code
    })
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Inside {
    Code,
    Text,
    Comment,
}
