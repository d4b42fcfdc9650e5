//! The same command gives the same bytes under every locale, time zone, terminal and working directory.

use super::klausul;

const COMMANDS: [&[&str]; 6] = [
    &["help"],
    &["help", "K0605", "--format", "json"],
    &["--help"],
    &["check", "KASSE/regler", "--format", "json"],
    &["check", "KASSE/regler", "--lang", "en"],
    &["check", "KASSE/mangler.klausul"],
];

#[test]
#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn the_same_bytes_everywhere() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("regler")).unwrap();
    for (name, text) in [("b.klausul", "// \u{202e}\n"), ("a.klausul", "// \t\n"), ("æ.klausul.md", "\0")] {
        std::fs::write(folder.path().join("regler").join(name), text).unwrap();
    }
    let here = folder.path().to_str().unwrap();
    let places = [folder.path(), std::path::Path::new("/")];
    let locales =
        [("C", "UTC"), ("da_DK.UTF-8", "Europe/Copenhagen"), ("tr_TR.UTF-8", "Pacific/Apia"), ("", "")];
    for command in COMMANDS {
        let args: Vec<String> = command.iter().map(|arg| arg.replace("KASSE", here)).collect();
        let mut seen = Vec::new();
        for place in places {
            for (locale, zone) in locales {
                let output = klausul(place)
                    .args(&args)
                    .envs([("LANG", locale), ("LC_ALL", locale), ("LANGUAGE", locale), ("TZ", zone)])
                    .envs([("COLUMNS", "20"), ("TERM", "xterm-256color"), ("RUST_BACKTRACE", "1")])
                    .output()
                    .unwrap();
                seen.push((output.status.code(), output.stdout, output.stderr));
            }
        }
        assert!(seen.iter().all(|one| one == &seen[0]), "{command:?} differs");
        assert!(!seen[0].1.contains(&0x1b), "no colours unless a terminal reads");
    }
}

#[test]
fn colours_come_only_when_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| klausul(folder.path()).args(args).output().unwrap().stderr;
    assert!(run(&["check", "x.klausul", "--color", "always"]).contains(&0x1b));
    assert!(!run(&["check", "x.klausul", "--color", "never"]).contains(&0x1b));
    assert!(!run(&["check", "x.klausul"]).contains(&0x1b));
}
