//! The order of lines, rows and files changes nothing; printing and translating keep the rules and their comments.

use std::collections::BTreeMap;
use std::path::Path;

use klausul::base::Lang;
use klausul::facts::Moment;
use klausul::session::{CaseFormat, Question, Session, read_cases};
use klausul::syntax::print;

/// A line with the lines deeper than it; comments above it go with it.
#[derive(Clone)]
pub(crate) struct Block {
    head: Vec<String>,
    children: Vec<Block>,
}

/// Every case of the conformance suite: rule texts that cover the language, with data and years.
fn corpus() -> Vec<(String, klausul::session::Case)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|end| end == "toml") {
            let text = String::from_utf8(crate::read_bytes(&path)).unwrap();
            let name = path.display().to_string();
            let cases = read_cases(&text, CaseFormat::Toml).unwrap().cases;
            found.extend(cases.into_iter().map(|case| (format!("{name} {}", case.id), case)));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found.into_iter().step_by(STEP).collect()
}

/// One case of so many is tried here; each construct has several.
const STEP: usize = 3;

/// The words of a text, however its lines are broken.
fn unbroken(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// What is left to compare of a text that was translated and back: its words.
pub(crate) fn translated_back(text: &str) -> String {
    gendered(&unbroken(text))
}

/// `hvert barn` and `hver region` are one word; English has no gender to give back.
fn gendered(words: &[&str]) -> String {
    words.iter().map(|word| if *word == "hvert" { "hver" } else { word }).collect::<Vec<_>>().join(" ")
}

fn session(files: &[(String, String)]) -> Session {
    let mut session = Session::new();
    for (name, text) in files {
        session.add_rules(name, text.as_bytes());
    }
    session
}

/// Everything that is computed for a moment, by name and entity; the state, value and missing names of each.
fn results(session: &Session, moment: Option<Moment>) -> BTreeMap<String, String> {
    let moment = moment.or(Some(Moment::Year(2025)));
    let Ok(answer) = session.ask(&Question { targets: Vec::new(), moment, only: Vec::new() }) else {
        return BTreeMap::new();
    };
    let json = session.results_json(&answer, session.lang());
    let all = json["results"].as_array().cloned().unwrap_or_default();
    let line = |result: &serde_json::Value| {
        let key = format!("{} {}", result["target"], result["entity"]);
        // Missing names are listed as the file has them; which they are does not depend on it.
        let mut missing: Vec<String> =
            result["missing"].as_array().into_iter().flatten().map(ToString::to_string).collect();
        missing.sort();
        let value = format!(
            "{} {} {} {missing:?} {} {}",
            result["state"], result["exact"], result["unit"], result["price_level"], result["error"]["code"]
        );
        (key, value)
    };
    all.iter().map(line).collect()
}

fn blocks(lines: &mut std::iter::Peekable<std::vec::IntoIter<String>>, floor: usize) -> Vec<Block> {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let (mut found, mut above) = (Vec::new(), Vec::new());
    while let Some(line) = lines.peek() {
        if indent(line) < floor {
            break;
        }
        let line = lines.next().unwrap();
        if line.trim_start().starts_with("//") {
            above.push(line);
            continue;
        }
        let depth = indent(&line);
        let mut head: Vec<String> = std::mem::take(&mut above);
        head.push(line);
        found.push(Block { head, children: blocks(lines, depth + 1) });
    }
    if let (Some(last), false) = (found.last_mut(), above.is_empty()) {
        last.children.push(Block { head: above, children: Vec::new() });
    }
    found
}

/// Gives blocks another order.
type Reorder<'a> = &'a mut dyn FnMut(&mut Vec<Block>);

/// Changes the order wherever it says nothing: items, lines of clauses and exceptions, rows of tables.
fn reordered(all: Vec<Block>, here: bool, change: Reorder<'_>) -> Vec<Block> {
    let mut all: Vec<Block> = all.into_iter().map(|block| reordered_within(block, change)).collect();
    if here {
        change(&mut all);
    }
    all
}

fn reordered_within(block: Block, change: Reorder<'_>) -> Block {
    let word = block.head.last().map(|line| line.trim_start()).unwrap_or_default();
    let word = word.split([' ', ',']).next().unwrap_or_default();
    let orderly = |child: &Block| {
        let line = child.head.last().map(String::as_str).unwrap_or_default();
        line.contains("første række gælder") || line.contains("first row applies")
    };
    let opens = ["klausul", "clause", "tabel", "table", "undtagelse", "exception", "hver", "each"];
    let free = opens.contains(&word) && !block.children.iter().any(orderly);
    Block { children: reordered(block.children, free, change), ..block }
}

fn written(all: &[Block], text: &mut String) {
    for block in all {
        block.head.iter().for_each(|line| {
            text.push_str(line);
            text.push('\n');
        });
        written(&block.children, text);
    }
}

/// A text with its items, lines and rows in another order.
pub(crate) fn reordered_text(text: &str, change: Reorder<'_>) -> String {
    let lines: Vec<String> = text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    // An agreement is a heading: of two in one file, each keeps what stands under it.
    let heads = ["aftale ", "lov ", "agreement ", "act "];
    let one = lines.iter().filter(|line| heads.iter().any(|head| line.starts_with(head))).count() <= 1;
    let mut out = String::new();
    written(&reordered(blocks(&mut lines.into_iter().peekable(), 0), one, change), &mut out);
    out
}

fn turned_text(text: &str) -> String {
    reordered_text(text, &mut |blocks| blocks.reverse())
}

#[test]
fn the_order_of_lines_rows_and_files_changes_nothing() {
    crate::with_room(order_changes_nothing);
}

fn order_changes_nothing() {
    let mut wrong = Vec::new();
    for (name, case) in corpus() {
        // What stands in a literate file keeps its blocks; what has errors is told where it stands.
        if case.files.iter().any(|(file, _)| file.ends_with(".md")) || !case.errors.is_empty() {
            continue;
        }
        let mut other: Vec<_> =
            case.files.iter().map(|(file, text)| (file.clone(), turned_text(text))).collect();
        other.reverse();
        let (before, after) = (session(&case.files), session(&other));
        if before.lang() != after.lang() {
            continue;
        }
        let (before, after) = (results(&before, case.moment), results(&after, case.moment));
        if before != after {
            wrong.push(format!("{name}\n{before:#?}\n{after:#?}\n{}", other[0].1));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n"));
}

/// Rules as they are published: every example, and what all packs share.
fn published() -> Vec<Vec<(String, String)>> {
    let is_plain = |path: &std::path::PathBuf| path.extension().is_some_and(|end| end == "klausul");
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, String::from_utf8(crate::read_bytes(&path)).unwrap())
    };
    let files =
        |folder: &str| crate::files_in(folder).into_iter().filter(is_plain).map(read).collect::<Vec<_>>();
    let examples = ["examples/da", "examples/en"].map(files).into_iter().flatten();
    examples.map(|file| vec![file]).chain([files("rules/faelles")]).collect()
}

#[test]
fn the_order_of_lines_changes_nothing_in_what_is_published() {
    crate::with_room(order_of_the_published);
}

fn order_of_the_published() {
    for files in published() {
        let mut other: Vec<_> = files.iter().map(|(name, text)| (name.clone(), turned_text(text))).collect();
        other.reverse();
        let (before, after) = (session(&files), session(&other));
        let passed = |session: &Session| {
            session
                .run_tests(Lang::Da)
                .iter()
                .map(|test| (test.title.clone(), test.passed()))
                .collect::<BTreeMap<_, _>>()
        };
        assert_eq!(passed(&before), passed(&after), "{}", files[0].0);
        for year in [2024, 2025, 2026] {
            let (moment, name) = (Some(Moment::Year(year)), &files[0].0);
            let (before, after) = (results(&before, moment), results(&after, moment));
            assert!(!before.is_empty(), "{name} comes to nothing in {year}");
            assert_eq!(before, after, "{name} in {year}\n{}", other[0].1);
        }
    }
}

#[test]
fn the_order_of_files_changes_nothing_in_a_pack() {
    crate::with_room(order_of_a_pack);
}

/// A pack as it lies in its folder, with the files and plain lines the other way round.
fn order_of_a_pack() {
    let pack = crate::session_of("rules/oea25");
    let mut other = Session::new();
    for id in pack.rule_files().iter().rev() {
        let file = pack.sources().file(*id);
        let module = Path::new(&file.name).parent().unwrap().display().to_string();
        // Prose keeps its blocks, and a file that says what is used says it above what follows.
        let text = match file.name.ends_with(".md") {
            true => file.original().to_owned(),
            false => turned_text(file.original()),
        };
        match pack.own_files().any(|(own, _)| own == *id) {
            true => other.add_rules(&file.name, text.as_bytes()),
            false => other.add_imported(&file.name, text.as_bytes(), &module),
        };
    }
    let moment = Some(Moment::Year(2025));
    let (before, after) = (results(&pack, moment), results(&other, moment));
    assert!(before.len() > 200, "only {} results", before.len());
    let other_way = before.iter().filter(|(name, value)| after.get(*name) != Some(*value));
    let differ: Vec<_> = other_way.map(|(name, value)| (name, value, after.get(name))).collect();
    assert!(differ.is_empty() && before.len() == after.len(), "{differ:#?}");
    let ended = |session: &Session| {
        let tests = session.run_tests(Lang::Da);
        tests.iter().map(|test| (test.title.clone(), test.passed())).collect::<BTreeMap<_, _>>()
    };
    assert_eq!(ended(&pack), ended(&other));
}

#[test]
fn printing_twice_is_printing_once_and_there_and_back_is_the_same() {
    crate::with_room(printing_is_stable);
}

fn printing_is_stable() {
    let mut wrong = Vec::new();
    for (name, case) in corpus() {
        let files = session(&case.files);
        if files.parsed().has_errors() {
            continue;
        }
        for (file, id) in files.files().iter().zip(files.rule_files()) {
            let source = files.sources().file(*id);
            let once = match print(file, source, file.lang) {
                Ok(text) => text,
                Err(problem) => {
                    wrong.push(format!("{name}: {problem:?}"));
                    continue;
                }
            };
            let again = |text: &str, to: Lang| {
                let one = session(&[(source.name.clone(), text.to_owned())]);
                let id = one.rule_files().first().copied()?;
                print(one.files().first()?, one.sources().file(id), to).ok()
            };
            if again(&once, file.lang).as_ref() != Some(&once) {
                wrong.push(format!("{name}: printed twice"));
            }
            let other = file.lang.pick(Lang::En, Lang::Da);
            // Names that are words of the other language keep a file from being translated, and so do files that no
            // word tells the language of.
            if let Some(there) = again(&once, other)
                && let Some(back) = again(&there, file.lang)
                && translated_back(&back) != translated_back(&once)
            {
                wrong.push(format!("{name}: there and back\n{once}\n{there}\n{back}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong[..wrong.len().min(5)].join("\n"));
}
