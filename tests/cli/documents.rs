//! `sources` where a document or the register cannot be read: that is told once, and not again of each citation.

use super::{run, shown};

const RULES: &str =
    "kilde PA \"A\"\nkilde PB \"B\"\nklausul k \"K\"\n  hjemmel PA boks 1; PB boks 1\n  a = 5 mio. kr.\n";
const REGISTER: &str =
    "[[source]]\nid = \"PA\"\nfile = \"a.txt\"\n[[source]]\nid = \"PB\"\nfile = \"b.txt\"\n";

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn told(register: &[u8], document: &[u8], lang: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("docs")).unwrap();
    let put = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).unwrap();
    put("a.klausul", RULES.as_bytes());
    put("docs/sources.toml", register);
    put("docs/a.txt", "Boks 1\n- 5 mio. kr.\n".as_bytes());
    put("docs/b.txt", document);
    let words = ["sources", "a.klausul", "--dir", "docs", "--format", "plain", "--lang", lang];
    let output = run(folder.path(), &words);
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_document_that_is_no_text_is_told_once_and_the_others_are_followed() {
    let document = b"Boks 1\n\xe6\n";
    assert_eq!(
        told(REGISTER.as_bytes(), document, "da"),
        "docs/sources.toml:4:1: fejl[K0703]: `b.txt` er ikke UTF-8 efter byte 7\n"
    );
    assert_eq!(
        told(REGISTER.as_bytes(), document, "en"),
        "docs/sources.toml:4:1: error[K0703]: `b.txt` is not UTF-8 after byte 7\n"
    );
}

#[test]
fn a_register_that_is_no_text_is_told_once() {
    let register = [b"# \xe6\n", REGISTER.as_bytes()].concat();
    let message = "docs/sources.toml:1:1: error[K0701]: the register of documents is not UTF-8\n";
    assert_eq!(told(&register, b"", "en"), message);
}

#[test]
fn what_a_faulty_register_does_not_name_is_not_called_missing() {
    let register = REGISTER.replace("id = \"PB\"\n", "");
    assert_eq!(
        told(register.as_bytes(), b"", "da"),
        "docs/sources.toml:4:1: fejl[K0701]: et dokument i registret mangler `id` eller `file`\n"
    );
}
