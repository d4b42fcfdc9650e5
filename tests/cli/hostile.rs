//! Input that no honest user has: the program refuses it with words and the right number, and never waits.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use super::{klausul, run, shown};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn put(folder: &Path, name: &str, bytes: &[u8]) {
    fs::write(folder.join(name), bytes).unwrap();
}

/// Runs `check --lang da` on one name in the folder and returns how it ended and what it said.
fn check(folder: &Path, name: &str) -> (i32, String) {
    let output = run(folder, &["check", "--lang", "da", name]);
    let text = shown(&output);
    assert!(
        !text.chars().any(|c| c != '\n' && klausul::base::is_hidden(c)),
        "raw control characters: {text:?}"
    );
    assert!(text.len() < 200_000, "{} bytes of output", text.len());
    (output.status.code().expect("no signal"), text)
}

#[test]
fn files_that_are_no_rule_files() {
    let folder = folder();
    fs::create_dir(folder.path().join("tom")).unwrap();
    fs::create_dir(folder.path().join("mappe.klausul")).unwrap();
    put(folder.path(), "tal.json", b"{}");
    let cases = [
        ("findes_ikke.klausul", 5, "findes ikke"),
        ("tom", 5, "har ingen regelfiler"),
        ("mappe.klausul", 5, "har ingen regelfiler"),
        ("tal.json", 5, "--data tal.json"),
        ("tal.json/x.klausul", 5, "findes ikke"),
        ("", 2, "ventes en værdi"),
    ];
    for (name, exit, words) in cases {
        let (code, text) = check(folder.path(), name);
        assert_eq!(code, exit, "{name}: {text}");
        assert!(text.contains(words), "{name}: {text}");
    }
}

#[test]
fn a_file_over_the_limit_is_refused_and_one_at_it_is_read() {
    let folder = folder();
    for (name, len, exit) in [("ni.klausul", 9 << 20, 4), ("over.klausul", (8 << 20) + 1, 4)] {
        let file = OpenOptionsNew::create(folder.path(), name);
        file.set_len(len).unwrap();
        let (code, text) = check(folder.path(), name);
        assert_eq!(code, exit, "{name}: {text}");
        assert!(text.contains("8 MiB"), "{text}");
    }
    put(folder.path(), "paa.klausul", "// x\n".repeat((8 << 20) / 5).as_bytes());
    let (_, text) = check(folder.path(), "paa.klausul");
    assert!(!text.contains("8 MiB"), "{text}");
}

/// Makes a new file for writing.
struct OpenOptionsNew;

impl OpenOptionsNew {
    #[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
    fn create(folder: &Path, name: &str) -> fs::File {
        OpenOptions::new().write(true).create_new(true).open(folder.join(name)).unwrap()
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_devices_are_refused_without_waiting() {
    let folder = folder();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("roer.klausul")).status().unwrap();
    assert!(made.success());
    for (link, target) in [("nul.klausul", "/dev/zero"), ("sig_selv.klausul", "sig_selv.klausul")] {
        std::os::unix::fs::symlink(target, folder.path().join(link)).unwrap();
    }
    for name in ["roer.klausul", "nul.klausul", "/dev/zero", "sig_selv.klausul", "."] {
        let (code, text) = check(folder.path(), name);
        assert_eq!(code, 5, "{name}: {text}");
    }
    for target in ["/dev/null", ".", "roer.klausul", "findes/ikke"] {
        let output = run(folder.path(), &["help", "K0601", "-o", target]);
        assert_eq!(output.status.code(), Some(5), "{target}: {}", shown(&output));
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn bytes_that_are_no_text() {
    let folder = folder();
    let cases: [(&str, &[u8], &str); 5] = [
        ("latin1.klausul", b"// bl\xe5b\xe6rgr\xf8d\n", "UTF-8"),
        ("utf16.klausul", b"\xff\xfea\0f\0t\0a\0l\0e\0", "UTF-8"),
        ("nul.klausul", b"aftale A\0\n", "U+0000"),
        ("bidi.klausul", "// a \u{202e} b\n".as_bytes(), "U+202E"),
        ("esc.klausul", b"// \x1b[31mrod\x07\n", "U+001B"),
    ];
    for (name, bytes, words) in cases {
        put(folder.path(), name, bytes);
        let (code, text) = check(folder.path(), name);
        assert_eq!(code, 1, "{name}: {text}");
        assert!(text.contains(words), "{name}: {text}");
    }
}

#[cfg(unix)]
#[test]
fn names_that_would_act_on_the_terminal() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder();
    for name in ["\u{1b}]0;overtaget\u{7}.klausul", "a\nb: fejl.klausul", "\u{202e}luaslk.klausul"] {
        let (_, text) = check(folder.path(), name);
        assert!(text.contains("findes ikke"), "{text}");
        put(folder.path(), name, b"\0");
        let (code, text) = check(folder.path(), name);
        assert_eq!(code, 1, "{text}");
    }
    let name = std::ffi::OsStr::from_bytes(b"\xff\xfe.klausul");
    let output = klausul(folder.path()).arg("check").arg(name).output().unwrap();
    assert_eq!(output.status.code(), Some(5), "{}", shown(&output));
    let output = klausul(folder.path()).args(["eval", "x", "--set"]).arg(name).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{}", shown(&output));
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_is_no_fault_and_a_full_disk_is() {
    let folder = folder();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let gone = klausul(folder.path()).arg("help").stdout(writer).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(gone.status.code(), Some(0));
    assert!(gone.stderr.is_empty());
    let full = OpenFull::open();
    let full = klausul(folder.path()).arg("help").stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(full.status.code(), Some(5), "{}", shown(&full));
}

/// A device on which every write fails as on a full disk.
#[cfg(unix)]
struct OpenFull;

#[cfg(unix)]
impl OpenFull {
    #[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
    fn open() -> fs::File {
        OpenOptions::new().write(true).open("/dev/full").unwrap()
    }
}

#[test]
fn results_in_files_are_whole_and_replace_what_stood_there() {
    let folder = folder();
    put(folder.path(), "svar.txt", b"gammelt");
    let direct = run(folder.path(), &["help", "K0601"]);
    let to_file = run(folder.path(), &["help", "K0601", "-o", "svar.txt"]);
    assert_eq!(to_file.status.code(), Some(0), "{}", shown(&to_file));
    assert!(to_file.stdout.is_empty());
    assert_eq!(crate::read_bytes(&folder.path().join("svar.txt")), direct.stdout);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing unfinished is left");
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_rights_stay_as_they_were() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder();
    put(folder.path(), "svar.txt", b"gammelt");
    fs::set_permissions(folder.path().join("svar.txt"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("svar.txt", folder.path().join("link.txt")).unwrap();
    let output = run(folder.path(), &["help", "K0601", "-o", "link.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    assert!(fs::symlink_metadata(folder.path().join("link.txt")).unwrap().is_symlink());
    let mode = fs::symlink_metadata(folder.path().join("svar.txt")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert!(crate::read_bytes(&folder.path().join("svar.txt")).starts_with(b"K0601"));
}

#[test]
fn standard_input_is_never_read() {
    let folder = folder();
    let mut child = klausul(folder.path())
        .args(["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let _ = stdin.write_all(b"aftale A\n");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(5), "{}", shown(&output));
}
