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

#[expect(clippy::disallowed_methods, reason = "the test sets the stage and looks at what was written")]
#[test]
fn pages_of_documents_whose_ids_differ_in_capitals_or_are_long_each_have_a_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("docs")).unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    let long = "Ø".repeat(200);
    let ids = ["PA", "pa", "pA", &long];
    let rules = |id: &&str| {
        format!(
            "kilde {id} \"A\"\nklausul k{n} \"K\"\n  hjemmel {id} boks 1\n  a = 5 mio. kr.\n",
            n = id.len()
        )
    };
    for (at, id) in ids.iter().enumerate() {
        put(&format!("{at}.klausul"), &rules(id));
    }
    put("docs/a.txt", "Boks 1\n- 5 mio. kr.\n");
    let entry = |id: &&str| format!("[[source]]\nid = \"{id}\"\nfile = \"a.txt\"\n");
    put("docs/sources.toml", &ids.iter().map(entry).collect::<String>());
    let output = run(
        folder.path(),
        &["sources", "0.klausul", "1.klausul", "2.klausul", "3.klausul", "--dir", "docs", "--html", "sider"],
    );
    assert_eq!(output.status.code(), Some(0), "{}", shown(&output));
    let files = std::fs::read_dir(folder.path().join("sider")).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap().to_lowercase());
    let names: std::collections::BTreeSet<String> = names.collect();
    let short = format!("{}.html", "ø".repeat(48));
    assert_eq!(names, ["pa.html", "pa-2.html", "pa-3.html", &short].map(str::to_owned).into());
}

/// Two agreements, each with its own years, of which one states the other's.
#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
#[test]
fn the_years_of_one_agreement_bear_out_no_figure_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let rules = |id: &str, period: &str| {
        format!(
            "aftale {id} \"A\"\n  periode {period}\n\nkilde PA \"A\"\n\nklausul k \"K\"\n  hjemmel PA boks 1\n  a i 2025 = 5 mio. kr.\n"
        )
    };
    put("a/a.klausul", &rules("EN", "2025"));
    put("b/b.klausul", &rules("TO", "2020"));
    put("docs/sources.toml", "[[source]]\nid = \"PA\"\nfile = \"a.txt\"\n");
    put("docs/a.txt", "Boks 1\n- 5 mio. kr.\n");
    let words = ["sources", "a", "b", "--dir", "docs", "--format", "plain"];
    let output = shown(&run(folder.path(), &words));
    assert_eq!(output.matches("K0720").count(), 1, "{output}");
    assert!(output.contains("b/b.klausul:8:7: fejl[K0720]"), "{output}");
}
