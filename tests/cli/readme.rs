//! What the README shows is what its commands print.

use super::run;
use crate::read_bytes;
use crate::rules::repository;

fn readme() -> String {
    String::from_utf8(read_bytes(&repository().join("README.md"))).unwrap()
}

/// The words of the README's fenced blocks, in their order.
fn blocks(readme: &str) -> Vec<&str> {
    readme
        .split("\n```")
        .skip(1)
        .step_by(2)
        .filter_map(|block| block.split_once('\n'))
        .map(|(_, text)| text)
        .collect()
}

#[test]
fn the_explanation_is_printed_as_it_stands() {
    let readme = readme();
    let blocks = blocks(&readme);
    let command = blocks.iter().find_map(|block| block.strip_prefix("cargo run --locked -q -- ")).unwrap();
    let words: Vec<String> = command.split_whitespace().map(|word| word.replace('"', "")).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let output = run(repository(), &words);
    let printed = String::from_utf8(output.stdout).unwrap();
    let shown = blocks.iter().find(|block| block.starts_with("nærhedsfinansiering.efterregulering")).unwrap();
    assert!(printed.starts_with(*shown), "the README shows\n{shown}\nthe command prints\n{printed}");
    assert!(shown.lines().count() > 20, "{shown}");
}

#[test]
fn the_finding_is_printed_as_it_stands() {
    let readme = readme();
    let blocks = blocks(&readme);
    let shown = blocks.iter().find(|block| block.contains("fejl[K0302]")).unwrap();
    let output = run(repository(), &["check", "tests/cases/types/bad/mixed_units.klausul"]);
    assert!(String::from_utf8(output.stdout).unwrap().contains(shown), "{shown}");
}

#[test]
fn the_tests_are_counted_as_they_stand() {
    let readme = readme();
    let blocks = blocks(&readme);
    let shown = blocks.iter().find(|block| block.contains("alle bestået")).unwrap();
    let output = run(repository(), &["test", "rules/oea25", "--coverage"]);
    let printed = String::from_utf8(output.stdout).unwrap();
    for line in shown.lines().filter(|line| *line != "…") {
        assert!(
            printed.lines().any(|own| own == line),
            "the README shows `{line}`, the command prints\n{printed}"
        );
    }
}

#[test]
fn the_record_is_held_as_it_stands() {
    let readme = readme();
    let blocks = blocks(&readme);
    let shown = blocks.iter().find(|block| block.starts_with("✓ form")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let record = folder.path().join("spor.jsonl").display().to_string();
    let target = ["nærhedsfinansiering.efterregulering", "--for", "region=Sjælland"];
    let data = ["--data", "rules/oea25/data/regioner.json"];
    let eval = [&["eval", "rules/oea25"][..], &target, &data, &["--record", &record]].concat();
    assert_eq!(run(repository(), &eval).status.code(), Some(0));
    let verify = [&["verify", &record, "--rules", "rules/oea25"][..], &data].concat();
    let output = run(repository(), &verify);
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), *shown);
}

/// The conversation of the README, typed: each answer stands below its line, to its end or to `…`.
#[test]
fn the_conversation_is_as_it_stands() {
    let readme = readme();
    let blocks = blocks(&readme);
    let shown = blocks.iter().find(|block| block.starts_with("2025> ")).unwrap();
    let typed = |line: &str| {
        line.starts_with("2025").then(|| line.split_once("> ").map(|(_, typed)| typed.to_owned())).flatten()
    };
    let session = crate::repl::with_data(crate::session_of("rules/oea25"), "rules/oea25/data/regioner.json");
    let mut repl = klausul::repl::Repl::new(
        session,
        klausul::render::Look::new(klausul::base::Lang::Da),
        None,
        Vec::new(),
    );
    let mut printed = String::new();
    for line in shown.lines() {
        if let Some(typed) = typed(line) {
            printed += &format!("{}{typed}\n{}", repl.prompt(), repl.line(&typed).text);
        }
    }
    let mut rest = printed.as_str();
    let mut count = 0;
    for part in shown.split('…').filter(|part| !part.trim().is_empty()) {
        let at = rest
            .find(part)
            .unwrap_or_else(|| panic!("the README shows\n{part}\nthe conversation says\n{printed}"));
        rest = &rest[at + part.len()..];
        count += part.lines().count();
    }
    assert!(count > 12, "{shown}");
}
