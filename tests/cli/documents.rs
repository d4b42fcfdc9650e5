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

const COMPUTING: &str = r#"kilde PA "A"

klausul pulje "Pulje"
  hjemmel PA boks 1
  antagelse deling "Hvem får hvad?"
    læsning mest "Det meste" (valgt)
      andel = 75 pct.
    læsning halvt "Halvdelen"
      andel = 50 pct.
  i_alt = 600 mio. kr.
  del = ½ af i_alt
  rest = i_alt − del, afrundet til 1.000 kr.
  intet = 0 kr.
  forkert = 7 mio. kr.

klausul senere "Senere"
  hjemmel PA boks 2
  første = pulje.del + 8 mio. kr.

prøve "det halve"
  år 2025
  forvent
    pulje.del = 300 mio. kr.
"#;

/// What `--figures` says of rules, in a language and a form.
#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn figures_of(lang: &str, format: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("docs")).unwrap();
    let put = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    put("a.klausul", COMPUTING);
    put("docs/sources.toml", "[[source]]\nid = \"PA\"\nfile = \"a.txt\"\n");
    put(
        "docs/a.txt",
        "Boks 1\n- 600 millioner kroner,\nhvoraf halvdelen er til drift.\n\nBoks 2\n- 8 mio. kr.\n",
    );
    let words = ["sources", "a.klausul", "--dir", "docs", "--figures", "--lang", lang, "--format", format];
    let output = run(folder.path(), &words);
    assert_eq!(output.status.code(), Some(1), "{}", shown(&output));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn each_figure_is_shown_where_it_stands_or_with_what_it_is_made_of() {
    let text = figures_of("da", "text");
    let (_, tables) = text.split_once("\na.klausul\n").unwrap();
    insta::assert_snapshot!(tables);
    let english = figures_of("en", "text");
    for words in ["PA line 2: 600 millioner kroner", "expression of ½ (PA line 3)", "a reading of the text"]
    {
        assert!(english.contains(words), "{words}: {english}");
    }
}

#[test]
fn the_figures_are_told_to_programs_with_their_places() {
    let json: serde_json::Value = serde_json::from_str(&figures_of("da", "json")).unwrap();
    let all = json["listed_figures"]["listed"].as_array().unwrap();
    let of = |name: &str, is: &str| all.iter().find(|one| one["name"] == name && one["is"] == is).unwrap();
    assert_eq!(of("i_alt", "printed")["at"]["line"], 2);
    let half = of("del", "expression");
    assert_eq!(half["figure"], "½ af i_alt");
    assert_eq!(half["of"][0]["figure"], "½");
    assert_eq!(half["of"][0]["at"]["line"], 3);
    assert_eq!(half["of"][1]["at"]["words"], "600 millioner kroner");
    assert_eq!(
        of("første", "expression")["of"].as_array().unwrap().len(),
        3,
        "also what `pulje.del` is made of"
    );
    assert_eq!(of("intet", "neutral")["at"], serde_json::Value::Null);
    assert_eq!(of("andel", "reading")["figure"], "75 pct.");
    assert_eq!(of("forkert", "not_there")["line"], 14);
    assert_eq!(of("rest", "step")["figure"], "1.000 kr.");
    assert_eq!(json["listed_figures"]["in_tests"], 2, "the year and the amount of the test");
}
