//! The house keeps its shape: rooms build only on rooms below them, pest and miette stay in their own rooms, files
//! stay short, every rule file cites, and every diagnostic code has its page.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use klausul::diag::Code;

/// The rooms from the ground up. A file imports only from its own room and from rooms before it in this list.
const ROOMS: &[&str] = &[
    "base", "diag", "world", "value", "syntax", "prose", "model", "types", "plan", "lint", "facts", "eval",
    "machine", "explain", "sources", "session", "batch", "record", "explore", "compare", "grounds",
    "mutants", "render", "cli", "repl",
];

/// The longest a source file may be, in lines.
const LONGEST_FILE: usize = 700;

#[test]
fn rooms_build_only_on_rooms_below() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let Some(own) = room_of(&path) else { continue };
        for (line, used) in crate_paths(&code_only(&text)) {
            let Some(used_rank) = rank(&used) else { continue };
            if used_rank > own && !is_twin(own, used_rank) {
                wrong.push(format!(
                    "{}:{line}: `{}` uses `{used}`, which is above it",
                    path.display(),
                    ROOMS[own]
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "rooms build upwards:\n{}", wrong.join("\n"));
}

#[test]
fn pest_stays_in_syntax_and_miette_in_render() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let room = room_of(&path).map(|at| ROOMS[at]);
        for (line, word) in words(&code_only(&text)) {
            let home = match word {
                "pest" | "pest_derive" => "syntax",
                "miette" => "render",
                _ => continue,
            };
            if room != Some(home) {
                wrong.push(format!("{}:{line}: `{word}` belongs in `{home}/`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "a library left its room:\n{}", wrong.join("\n"));
}

#[test]
fn only_the_outer_rooms_know_the_command_line() {
    let outer = ["render", "cli", "repl"];
    let tools = ["clap", "rustyline", "comfy_table", "anstream", "anstyle", "signal_hook"];
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        if path.ends_with("src/main.rs") || room_of(&path).is_some_and(|at| outer.contains(&ROOMS[at])) {
            continue;
        }
        for (line, word) in words(&code_only(&text)).filter(|(_, word)| tools.contains(word)) {
            wrong.push(format!("{}:{line}: `{word}`", path.display()));
        }
    }
    assert!(wrong.is_empty(), "the core knows a terminal:\n{}", wrong.join("\n"));
}

#[test]
fn source_files_stay_short() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(path, text)| (text.lines().count(), path))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .map(|(lines, path)| format!("{}: {lines} lines", path.display()))
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST_FILE} lines:\n{}", long.join("\n"));
}

#[test]
fn every_clause_of_the_rules_cites() {
    let mut wrong = Vec::new();
    // What the agreements share, switches that readings turn, is no clause of any of them.
    let shared = ["rules/faelles", "rules/en/sr24/agreement.klausul"].map(Path::new);
    let rules = files_under("rules").into_iter().filter(|path| has_extension(path, "klausul"));
    for path in rules.filter(|path| !shared.iter().any(|folder| path.starts_with(folder))) {
        for clause in clauses_without_basis(&read(&path)) {
            wrong.push(format!("{}: {clause}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "clauses without `hjemmel`:\n{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let registered: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{}.md", code.id())).collect();
    let pages: BTreeSet<String> = files_under("docs/codes")
        .iter()
        .filter_map(|path| path.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .filter(|name| name != "README.md")
        .collect();
    assert_eq!(pages, registered, "docs/codes and the register differ");
}

#[test]
fn code_numbers_are_used_once_and_well_formed() {
    let mut seen = BTreeSet::new();
    for code in Code::ALL {
        let id = code.id();
        let digits = id.strip_prefix('K').unwrap_or_default();
        assert!(
            digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()),
            "`{id}` is not K and four digits"
        );
        assert!(seen.insert(id), "`{id}` is used twice");
    }
}

#[test]
fn every_code_page_speaks_both_languages() {
    for code in Code::ALL {
        let page = code.page();
        assert!(
            page.starts_with(&format!("# {}", code.id())),
            "{}: the page starts with its number",
            code.id()
        );
        let danish = part(page, "## Dansk").unwrap_or_else(|| panic!("{}: no `## Dansk`", code.id()));
        let english = part(page, "## English").unwrap_or_else(|| panic!("{}: no `## English`", code.id()));
        assert!(
            danish.trim().len() > 40 && english.trim().len() > 40,
            "{}: a page explains in both languages",
            code.id()
        );
    }
}

/// Every `.rs` file under `src/`, with its text.
fn sources() -> Vec<(PathBuf, String)> {
    let files: Vec<_> = files_under("src").into_iter().filter(|path| has_extension(path, "rs")).collect();
    assert!(!files.is_empty(), "no source files found");
    files.into_iter().map(|path| (path.clone(), read(&path))).collect()
}

/// Every file under a folder of the repository, sorted, with paths from its root.
fn files_under(folder: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    let mut open = vec![root.join(folder)];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).unwrap_or_else(|error| panic!("{}: {error}", next.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path)
            } else {
                found.push(path.strip_prefix(root).unwrap().to_path_buf())
            }
        }
    }
    found.sort();
    found
}

#[expect(clippy::disallowed_methods, reason = "the test reads the repository itself")]
fn read(path: &Path) -> String {
    let full = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    std::fs::read_to_string(&full).unwrap_or_else(|error| panic!("{}: {error}", full.display()))
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

/// The rank of the room a file stands in; `None` for `lib.rs` and `main.rs`, which may name everything.
fn room_of(path: &Path) -> Option<usize> {
    let inside = path.strip_prefix("src").ok()?;
    let first = inside.components().next()?.as_os_str().to_str()?;
    rank(first.strip_suffix(".rs").unwrap_or(first))
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|name| *name == room)
}

/// The command line starts the REPL, and the REPL speaks of the verbs: the two fronts stand side by side.
fn is_twin(own: usize, used: usize) -> bool {
    matches!((ROOMS[own], ROOMS[used]), ("cli", "repl"))
}

/// The text without comments and without what stands in quotes, line by line as before.
fn code_only(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '/' if chars.peek() == Some(&'/') => {
                for skipped in chars.by_ref() {
                    if skipped == '\n' {
                        kept.push('\n');
                        break;
                    }
                }
            }
            // An escaped quote as a character, and a bare one, do not start a text.
            '\\' => kept.extend(chars.next().filter(|next| *next == '\n')),
            '\'' if chars.peek() == Some(&'"') => kept.extend(chars.next().map(|_| ' ')),
            '"' => {
                let mut escaped = false;
                for skipped in chars.by_ref() {
                    if skipped == '\n' {
                        kept.push('\n');
                    }
                    match skipped {
                        '"' if !escaped => break,
                        '\\' => escaped = !escaped,
                        _ => escaped = false,
                    }
                }
            }
            other => kept.push(other),
        }
    }
    kept
}

/// Every room named after `crate::`, with its line; `use crate::{a::B, c::D}` gives `a` and `c`.
fn crate_paths(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, matched) in code.match_indices("crate::") {
        let line = code[..at].matches('\n').count() + 1;
        let rest = &code[at + matched.len()..];
        let names = match rest.strip_prefix('{') {
            Some(group) => group_heads(group),
            None => vec![identifier(rest)],
        };
        found.extend(names.into_iter().filter(|name| !name.is_empty()).map(|name| (line, name)));
    }
    found
}

/// The first identifier of each branch of a `{…}` group at its outermost level.
fn group_heads(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut heads) = (0usize, 0, Vec::new());
    for (at, char) in group.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth == 0 => {
                heads.push(identifier(group[start..at].trim_start()));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                heads.push(identifier(group[start..at].trim_start()));
                start = at + 1;
            }
            _ => {}
        }
    }
    heads
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|char| char.is_alphanumeric() || *char == '_').collect()
}

/// Every word of the code, with its line.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    code.lines().enumerate().flat_map(|(at, line)| {
        line.split(|char: char| !(char.is_alphanumeric() || char == '_'))
            .filter(|word| !word.is_empty())
            .map(move |word| (at + 1, word))
    })
}

/// The header lines of the clauses that hold no `hjemmel`/`basis` line.
fn clauses_without_basis(text: &str) -> Vec<String> {
    let mut missing = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if !(line.starts_with("klausul ") || line.starts_with("clause ")) {
            continue;
        }
        let mut cited = false;
        while let Some(inner) = lines.next_if(|next| next.is_empty() || next.starts_with(' ')) {
            cited |= inner.trim_start().starts_with("hjemmel ") || inner.trim_start().starts_with("basis ");
        }
        if !cited {
            missing.push(line.to_owned());
        }
    }
    missing
}

/// The part of a page under a heading, up to the next heading of the same level.
fn part<'page>(page: &'page str, heading: &str) -> Option<&'page str> {
    let start = page.find(heading)? + heading.len();
    let rest = &page[start..];
    Some(&rest[..rest.find("\n## ").unwrap_or(rest.len())])
}

#[test]
fn the_reader_of_this_test_reads_rightly() {
    let code = code_only(
        "use crate::{base::Id, value::{Number, Date}};\n// crate::cli\nlet x = \"crate::cli\"; crate::diag::a()",
    );
    let found: Vec<_> = crate_paths(&code).into_iter().map(|(line, room)| format!("{line} {room}")).collect();
    assert_eq!(found, ["1 base", "1 value", "3 diag"]);
    assert_eq!(clauses_without_basis("klausul a\n  x = 1\n\nklausul b\n\n  hjemmel X\n"), ["klausul a"]);
    assert_eq!(part("# K\n## Dansk\na\n## English\nb", "## Dansk"), Some("\na"));
}
