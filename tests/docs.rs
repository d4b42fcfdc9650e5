//! What the documentation shows is true: its rule text is in the language, and the page of a code shows a line that
//! gives the code and a mended one that does not.

use std::path::Path;
use std::process::Command;

use klausul::diag::Code;

#[test]
fn rule_text_in_the_documentation_is_in_the_language() {
    let mut wrong = Vec::new();
    for page in ["README.md", "docs/language.md", "docs/tutorial.md"] {
        for (line, block) in blocks(&read(page), "klausul") {
            // `…` stands for lines left out.
            if let Err(shown) = runs_clean("fmt", &block.replace("  …\n", "")) {
                wrong.push(format!("{page}:{line}\n{shown}"));
            }
        }
    }
    assert!(wrong.is_empty(), "rule text that does not parse:\n{}", wrong.join("\n"));
}

#[test]
fn pages_of_codes_show_what_they_speak_of() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let (page, id) = (code.page(), code.id());
        for (line, block) in blocks(page, "klausul fejl") {
            if !everything_it_says(&block).contains(id) {
                wrong.push(format!("{id}.md:{line}: the example does not give {id}\n{}", everything_it_says(&block)));
            }
        }
        for (line, block) in blocks(page, "klausul") {
            if everything_it_says(&block).contains(id) {
                wrong.push(format!("{id}.md:{line}: the mended example still gives {id}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The fenced blocks with exactly this mark, each with the line it starts on.
fn blocks(page: &str, mark: &str) -> Vec<(usize, String)> {
    let (mut found, mut lines) = (Vec::new(), page.lines().enumerate());
    while let Some((at, line)) = lines.next() {
        let Some(written) = line.strip_prefix("```") else { continue };
        let inside: Vec<_> = lines.by_ref().map(|(_, line)| line).take_while(|line| !line.starts_with("```")).collect();
        if written.trim() == mark {
            found.push((at + 1, inside.join("\n") + "\n"));
        }
    }
    found
}

/// What `check`, `test` and `eval` print about a rule text, one after the other.
fn everything_it_says(rules: &str) -> String {
    ["check", "test", "eval"].map(|verb| on_file(verb, rules).1).concat()
}

fn runs_clean(verb: &str, rules: &str) -> Result<(), String> {
    match on_file(verb, rules) {
        (true, _) => Ok(()),
        (false, shown) => Err(shown),
    }
}

fn on_file(verb: &str, rules: &str) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("eksempel.klausul");
    write(&file, rules);
    let output = Command::new(env!("CARGO_BIN_EXE_klausul"))
        .args([verb, "eksempel.klausul", "--color", "never"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let shown = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    (output.status.success(), shown)
}

#[expect(clippy::disallowed_methods, reason = "the test reads the documentation")]
fn read(page: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the test writes the example to a temporary file")]
fn write(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
}

#[test]
fn blocks_are_told_apart_by_their_mark() {
    let page = "a\n```klausul\nx\n```\n```klausul fejl\ny\nz\n```\n```csv\nq\n```\n";
    assert_eq!(blocks(page, "klausul"), [(2, "x\n".to_owned())]);
    assert_eq!(blocks(page, "klausul fejl"), [(5, "y\nz\n".to_owned())]);
}
