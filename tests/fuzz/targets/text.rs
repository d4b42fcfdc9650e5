//! Texts: tokens, the parser, the formatter.

use klausul::base::{FileId, Lang, SourceFile, SourceMap, Span};
use klausul::diag::Problems;
use klausul::syntax::{
    PrintProblem, admit, ast, detect_language, highlight, outline, parse, parse_assign, parse_expr,
    parse_reading_choice, parse_scenario_line, print, tokens as cut,
};

use super::choices::Choices;
use super::held::{findings, shown, within};
use super::seeds::RULES;

/// The tokens of any text are all of it, in its order, and no letter is cut.
pub(super) fn tokens(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for lang in [Lang::Da, Lang::En] {
        let mut at = 0;
        for token in cut(&text, lang) {
            assert_eq!(token.range.start, at, "a gap in {text:?}");
            assert!(token.range.end > at && text.is_char_boundary(token.range.end), "{token:?} of {text:?}");
            at = token.range.end;
        }
        assert_eq!(at, text.len(), "{text:?} does not end with its last token");
        // Lines are coloured as they are typed; they are short.
        if text.len() > 120 {
            continue;
        }
        let mut at = 0;
        for part in highlight(&text, lang) {
            assert!(part.range.start >= at && text.get(part.range.clone()).is_some(), "{part:?} of {text:?}");
            at = part.range.end;
        }
    }
}

/// Any bytes are refused as a text or give a tree; each finding has a place in the text.
pub(super) fn parser(bytes: &[u8]) {
    let Some((how, bytes)) = bytes.split_first() else { return };
    let lang = if how & 1 == 0 { Lang::Da } else { Lang::En };
    let (mut map, mut problems) = (SourceMap::new(), Problems::new());
    let name = if how & 2 == 0 { "a.klausul" } else { "a.klausul.md" };
    let admitted = admit(&mut map, name, bytes, &mut problems);
    let Some(file) = admitted else {
        assert!(problems.has_errors(), "refused without a word");
        return findings(&problems, &map);
    };
    let is_read = match how >> 2 & 7 {
        0 => parse_expr(&map, file, lang, &mut problems).is_some(),
        1 => parse_assign(&map, file, lang, &mut problems).is_some(),
        2 => parse_reading_choice(&map, file, lang, &mut problems).is_some(),
        3 => parse_scenario_line(&map, file, lang, &mut problems).is_some(),
        _ => {
            let tree = parse(&map, file, &mut problems);
            for section in outline(&tree) {
                within(section.span, &map, "a section");
            }
            if how & 0xe0 == 0xe0 {
                places(&tree, &map, file);
                shown(&problems, &map);
            }
            true
        }
    };
    assert!(is_read || problems.has_errors(), "not read, and nothing said");
    findings(&problems, &map);
}

/// Every place of a tree lies within its text; they are found in its derived form, which has all of them.
fn places(tree: &ast::File, map: &SourceMap, file: FileId) {
    let shown = format!("{tree:?}");
    for part in shown.split(" start: ").skip(1) {
        let mut numbers = part.split(|c: char| !c.is_ascii_digit()).filter(|word| !word.is_empty());
        let ends = [numbers.next(), numbers.next()].map(|number| number.and_then(|n| n.parse().ok()));
        if let [Some(start), Some(end)] = ends {
            within(Span::new(file, start, end), map, "a node");
        }
    }
}

/// What the formatter prints says the same as what it was given, and is printed as it stands; so in the other language
/// and back.
pub(super) fn format(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let name = if choices.byte() & 1 == 0 { "a.klausul" } else { "a.klausul.md" };
    // A few blocks are enough: what is printed depends on little around it.
    let blocks: Vec<&str> = choices.of(RULES).split("\n\n").collect();
    let (from, count) = (choices.below(blocks.len()), 1 + choices.below(4));
    let seed = blocks.iter().skip(from).take(count).copied().collect::<Vec<_>>().join("\n\n") + "\n";
    let text = choices.changed(&seed, RULES, 24);
    let Some((tree, source)) = read(name, text.as_bytes()) else { return };
    let own = match print(&tree, &source, tree.lang) {
        Ok(own) => own,
        Err(problem) => panic!("{problem:?} of {text:?}"),
    };
    let (same, printed) = read(name, own.as_bytes()).unwrap_or_else(|| panic!("{own:?} has errors"));
    assert_eq!(bare(&tree), bare(&same), "{text:?} is printed as {own:?}");
    assert_eq!(print(&same, &printed, same.lang), Ok(own.clone()), "printed again");
    let other = tree.lang.pick(Lang::En, Lang::Da);
    match print(&tree, &source, other) {
        // A name may be a word of the other language.
        Err(PrintProblem::Reserved { .. }) => {}
        Err(problem) => panic!("{problem:?} of {text:?} in the other language"),
        Ok(there) => {
            // Without any word that only one language has, the text does not say which it is in.
            if detect_language(&there) != other || tree.items.is_empty() {
                return;
            }
            let (tree, printed) =
                read(name, there.as_bytes()).unwrap_or_else(|| panic!("{there:?} has errors"));
            let back = print(&tree, &printed, same.lang);
            assert_eq!(back, Ok(own), "there and back by {there:?}");
        }
    }
}

/// A text that is a rule file without errors.
fn read(name: &str, bytes: &[u8]) -> Option<(ast::File, SourceFile)> {
    let (mut map, mut problems) = (SourceMap::new(), Problems::new());
    let file = admit(&mut map, name, bytes, &mut problems)?;
    let tree = parse(&map, file, &mut problems);
    (!problems.has_errors()).then(|| (tree, map.file(file).clone()))
}

/// A tree without its places.
fn bare(tree: &ast::File) -> String {
    let shown = format!("{tree:?}");
    let mut parts = shown.split("Span { ");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        bare.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    bare
}
