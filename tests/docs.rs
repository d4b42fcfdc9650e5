//! What the documentation shows is true: its rule text is in the language. (The pages of codes have a test of their own.)

use std::path::Path;
use std::process::Command;

#[test]
fn rule_text_in_the_documentation_is_in_the_language() {
    let mut wrong = Vec::new();
    for page in ["README.md", "docs/language.md"] {
        for (line, block) in blocks(&read(page), "klausul") {
            // `…` stands for lines left out.
            if let Err(shown) = runs_clean("fmt", &block.replace("  …\n", "")) {
                wrong.push(format!("{page}:{line}\n{shown}"));
            }
        }
    }
    assert!(wrong.is_empty(), "rule text that does not parse:\n{}", wrong.join("\n"));
}

/// Each construct of the reference stands in both languages, as small files whose own tests pass.
#[test]
fn the_reference_shows_every_construct_in_both_languages() {
    let mut wrong = Vec::new();
    for page in reference_pages() {
        let text = read(&page);
        for section in text.split("\n## ").skip(1) {
            let title = section.lines().next().unwrap_or_default();
            let examples = blocks(section, "klausul prøve");
            if !examples.is_empty() && examples.len() % 2 == 1 {
                wrong.push(format!(
                    "{page}, {title}: {} examples, not as many Danish as English",
                    examples.len()
                ));
            }
            for (_, block) in &examples {
                for verb in ["check", "test"] {
                    wrong.extend(
                        runs_clean(verb, block).err().map(|shown| format!("{page}, {title}\n{shown}")),
                    );
                }
                if !block.contains("\nprøve ") && !block.contains("\ntest ") {
                    wrong.push(format!("{page}, {title}: an example without a test"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn reference_pages() -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/language")) else {
        return Vec::new();
    };
    let mut pages: Vec<String> = entries
        .map(|entry| format!("docs/language/{}", entry.unwrap().file_name().to_string_lossy()))
        .collect();
    pages.sort();
    pages
}

/// The fenced blocks with exactly this mark, each with the line it starts on.
fn blocks(page: &str, mark: &str) -> Vec<(usize, String)> {
    let (mut found, mut lines) = (Vec::new(), page.lines().enumerate());
    while let Some((at, line)) = lines.next() {
        let Some(written) = line.strip_prefix("```") else { continue };
        let inside: Vec<_> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| !line.starts_with("```")).collect();
        if written.trim() == mark {
            found.push((at + 1, inside.join("\n") + "\n"));
        }
    }
    found
}

/// Runs a verb on a rule text; what is printed is the error when it does not end well.
fn runs_clean(verb: &str, rules: &str) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("eksempel.klausul");
    write(&file, rules);
    let output = Command::new(env!("CARGO_BIN_EXE_klausul"))
        .args([verb, "eksempel.klausul", "--color", "never"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    let shown = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    if output.status.success() { Ok(()) } else { Err(shown) }
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
