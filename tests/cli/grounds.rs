//! The statement of grounds: every number leads to its step, every citation to its place, and the page needs nothing else.

use std::collections::BTreeSet;
use std::path::Path;

use roxmltree::{Document, ParsingOptions};

use super::{run, shown};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

const SMALL: &str = "\
aftale A25 \"Prøve <aftale> & co\"
  periode 2025

kilde A25 \"Prøveaftalen\"
  udgiver \"Prøveudgiveren\"

måleenhed indbygger, indbyggere

hver region, regioner, regionen har
  folk : hele indbyggere, mindst 0

vurdering rimeligt \"Er tilskuddet rimeligt?\"
  hjemmel A25 \"Skøn\"
  påhviler \"Ministeriet\"

klausul tilskud \"Tilskud <b>efter</b> folketal\" for hver region
  hjemmel A25 \"Tilskud\"
  givet loft : kr., mellem 0 og 1.000 kr. \"Loftet <u>fastsættes</u> af ministeriet\"
  tabel sats efter folk
    under 10 | 100 kr.
    10+      | 200,3352 kr.
  beløb = sats × 3, dog højst loft, afrundet til 0,01 kr.
  i_alt = hvis rimeligt så beløb ellers 0 kr.
  undtagelse lukket \"Lukket\"
    hjemmel A25 \"Undtagelser\"
    når folk over 100 indbyggere
    i_alt = 0 kr.
  antagelse trin \"Hvor går skellet?\"
    læsning ti \"Ved ti\" (valgt)
    læsning tyve \"Ved tyve\"
      sats[10+] = 150 kr.
    læsning ens \"Som ved ti\"
      sats[10+] = 200,3352 kr.
";

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn small(args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.klausul"), SMALL).unwrap();
    let data = r#"{"rimeligt": true, "tilskud.loft": 500, "region": {"A <i>": {"folk": 12}, "B": {"folk": 130}, "C": {}}}"#;
    std::fs::write(folder.path().join("d.json"), data).unwrap();
    let output =
        run(folder.path(), &[&["explain", "a.klausul", "tilskud.i_alt", "--data", "d.json"], args].concat());
    shown(&output)
}

fn page(text: &str) -> &str {
    text.split_once("--- stdout\n").map_or(text, |(_, page)| page)
}

fn parsed(page: &str) -> Document<'_> {
    let options = ParsingOptions { allow_dtd: true, ..ParsingOptions::default() };
    Document::parse_with_options(page, options).unwrap_or_else(|error| panic!("{error}\n{page}"))
}

/// What has to hold of every page.
fn held(page: &str, lang: &str) {
    let document = parsed(page);
    let elements = || document.descendants().filter(|node| node.is_element());
    assert_eq!(document.root_element().attribute("lang"), Some(lang));
    let mut ids = BTreeSet::new();
    for id in elements().filter_map(|node| node.attribute("id")) {
        assert!(ids.insert(id), "the id {id} stands twice");
    }
    for node in elements() {
        let name = node.tag_name().name();
        assert!(!["script", "img", "link", "iframe", "object", "form"].contains(&name), "{name}");
        assert!(node.attributes().all(|one| !one.name().starts_with("on") && one.name() != "style"));
        if let Some(to) = node.attribute("href") {
            let anchor = to.strip_prefix('#').unwrap_or_else(|| panic!("{to} leads out of the page"));
            assert!(ids.contains(anchor), "{to} leads nowhere");
        }
        if let Some(named) = node.attribute("aria-labelledby") {
            assert!(named.split(' ').all(|id| ids.contains(id)), "{named}");
        }
        if name == "th" {
            assert!(matches!(node.attribute("scope"), Some("row" | "col")));
        }
        if name == "table" {
            assert!(node.children().any(|child| child.has_tag_name("caption")));
        }
    }
    let levels: Vec<u32> =
        elements().filter_map(|node| node.tag_name().name().strip_prefix('h')?.parse().ok()).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "a heading is skipped: {levels:?}");
    values_lead_to_steps(&document);
}

/// Each value of the derivation that is a step leads to it, and the step shows that value.
fn values_lead_to_steps(document: &Document<'_>) {
    let class = |node: &roxmltree::Node<'_, '_>, class: &str| node.attribute("class") == Some(class);
    let values = document.descendants().filter(|node| class(node, "value") || class(node, "result"));
    let linked = values.filter(|node| node.children().any(|child| child.has_tag_name("a"))).count();
    let results = document.descendants().filter(|node| class(node, "result")).count();
    assert!(linked > results, "{linked} of the values lead to steps");
    let rows =
        document.descendants().filter(|node| node.attribute("id").is_some_and(|id| id.starts_with('t')));
    let rows: Vec<_> = rows.filter(|node| node.has_tag_name("tr")).collect();
    for (at, row) in rows.iter().enumerate() {
        assert_eq!(
            row.attribute("id"),
            Some(format!("t{}", at + 1).as_str()),
            "steps are numbered in their order"
        );
        for read in row.descendants().filter(|node| node.has_tag_name("a")) {
            let to = read.attribute("href").unwrap_or_default();
            if let Some(number) = to.strip_prefix("#t") {
                assert!(
                    number.parse::<usize>().unwrap() <= at,
                    "step {} reads {to}, which comes later",
                    at + 1
                );
            }
        }
    }
}

#[test]
fn the_page_of_a_small_agreement_reads_well() {
    let told = small(&["--format", "md"]);
    insta::assert_snapshot!("grounds_small_da", told);
    insta::assert_snapshot!("grounds_small_en", small(&["--format", "md", "--lang", "en"]));
}

#[test]
fn what_is_written_in_rules_and_data_cannot_break_the_page() {
    let told = small(&["--format", "html"]);
    held(page(&told), "da");
    assert!(!told.contains("<b>") && !told.contains("<i>") && !told.contains("<aftale>"), "{told}");
    assert!(told.contains("Tilskud &lt;b&gt;efter&lt;/b&gt; folketal"));
}

#[test]
fn judgement_readings_and_what_is_missing_are_told() {
    let told = small(&["--format", "md"]);
    for words in [
        "Er tilskuddet rimeligt?",
        "Ministeriet",
        "450,00 kr.",
        "Som ved ti (ens): ændrer ikke resultatet",
        "C.folk",
        "undtagelsen lukket",
        "afrundingen lagde til",
        "fastsættes",
    ] {
        assert!(told.contains(words), "{words} is not told:\n{told}");
    }
    let without = small(&["--format", "md", "--set", "rimeligt = nej"]);
    assert!(without.contains("Svaret er ikke det, aftalen giver"), "{without}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn a_missing_judgement_or_fact_is_not_told_as_none_needed() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.klausul"), SMALL).unwrap();
    std::fs::write(folder.path().join("d.json"), r#"{"region": {"B": {}}}"#).unwrap();
    for form in ["html", "md"] {
        let asked = ["explain", "a.klausul", "tilskud.i_alt", "--data", "d.json", "--format", form];
        let told = shown(&run(folder.path(), &asked));
        assert!(told.contains("Et skøn, som resultatet venter på, er ikke foretaget"), "{told}");
        assert!(told.contains("Ingen oplysninger er givet"), "{told}");
        assert!(!told.contains("Ingen har skullet skønne"), "{told}");
        assert!(!told.contains("hviler ikke på oplysninger udefra"), "{told}");
    }
}

/// Every figure that a sentence links leads to a step that has it for its value.
#[test]
fn figures_within_sentences_lead_to_steps_with_their_value() {
    let told = small(&["--format", "html"]);
    let document = parsed(page(&told));
    let text = |node: roxmltree::Node<'_, '_>| {
        let texts = node.descendants().filter(|node| node.is_text()).filter_map(|node| node.text());
        texts.collect::<String>()
    };
    let mut linked = 0;
    let sentences = document.descendants().filter(|node| node.has_tag_name("p"));
    for link in sentences.flat_map(|p| p.descendants()).filter(|node| node.has_tag_name("a")) {
        let Some(step) = link.attribute("href").and_then(|to| to.strip_prefix("#t")) else { continue };
        let id = format!("t{step}");
        let row = document.descendants().find(|node| node.attribute("id") == Some(id.as_str())).unwrap();
        let value = row.children().filter(|node| node.has_tag_name("td")).nth(3).map(text).unwrap();
        // The level of prices is worded in full beside a result.
        let words = text(link);
        let words = words.split(" (").next().unwrap_or_default();
        let is_its = [words.to_owned(), format!("{words} (")];
        let is_bare = value.split(' ').next() == Some(words);
        assert!(
            value == is_its[0] || value.starts_with(&is_its[1]) || is_bare,
            "{words} leads to {id}: {value}"
        );
        linked += 1;
    }
    assert!(linked > 12, "{linked} figures within sentences and results lead to steps");
}

#[test]
fn each_line_names_the_readings_that_it_rests_on() {
    let told = small(&["--format", "html"]);
    let rows: Vec<&str> = told.lines().filter(|line| line.contains("læst sådan: ")).collect();
    // The table is read for A and for C; nothing else depends on where the rows part.
    assert_eq!(rows.len(), 2, "{rows:#?}");
    assert!(rows.iter().all(|row| row.starts_with("<li>sats = ")), "{rows:#?}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn what_data_say_of_themselves_stands_beside_the_result() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.klausul"), SMALL).unwrap();
    let data = r#"{"bemærk": ["Opdigtede <tal>.", "Til prøven."], "note": "Invented.", "rimeligt": true,
        "tilskud.loft": 500, "region": {"B": {"folk": 13}}}"#;
    std::fs::write(folder.path().join("d.json"), data).unwrap();
    let asked = ["explain", "a.klausul", "tilskud.i_alt", "--data", "d.json", "--format"];
    let told =
        |form: &str, lang: &str| shown(&run(folder.path(), &[&asked[..], &[form, "--lang", lang]].concat()));
    let page = told("html", "da");
    let (before, _) = page.split_once("<h2 id=\"retsgrundlag\">").unwrap();
    assert!(
        before.contains("d.json siger om sig selv:") && before.contains("Opdigtede &lt;tal&gt;."),
        "{page}"
    );
    assert!(before.contains("Til prøven.") && !before.contains("Invented."), "{page}");
    assert!(told("md", "en").contains("d.json says of itself:\n>\n> Invented.\n"), "{}", told("md", "en"));
}

/// The question on the page, as a command, makes the page again.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn the_command_on_the_page_makes_it_again() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.klausul"), SMALL).unwrap();
    std::fs::write(folder.path().join("d.json"), r#"{"rimeligt": true, "region": {"A B": {"folk": 13}}}"#)
        .unwrap();
    let asked = ["explain", "a.klausul", "tilskud.i_alt", "--date", "2025-07-01", "--data", "d.json"];
    let assumed = [
        "--for",
        "region=A B",
        "--set",
        "tilskud.loft = 400 kr.",
        "--reading",
        "trin=tyve",
        "--without",
        "lukket",
    ];
    let told = shown(&run(folder.path(), &[&asked[..], &assumed, &["--format", "md"]].concat()));
    let command = told.lines().find_map(|line| line.strip_prefix("- **Spurgt med:** `klausul ")).unwrap();
    let command = command.trim_end_matches('`').replace("REGLER", "a.klausul");
    // Between single quotes stands one word.
    let words: Vec<String> = command
        .split('\'')
        .enumerate()
        .flat_map(|(at, part)| match at % 2 {
            1 => vec![part.to_owned()],
            _ => part.split_whitespace().map(str::to_owned).collect(),
        })
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let again = shown(&run(folder.path(), &words));
    assert_eq!(page(&again), page(&told), "{words:?}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn what_is_set_is_told_as_what_the_result_rests_on() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("a.klausul"),
        "aftale A25 \"x\"\n  periode 2025\nklausul k\n  a = 2 kr.\n",
    )
    .unwrap();
    let asked = ["explain", "a.klausul", "k.a", "--year", "2025", "--format", "md"];
    let told = |args: &[&str]| shown(&run(folder.path(), &[&asked[..], args].concat()));
    assert!(told(&[]).contains("Resultatet følger af aftalens tekst alene."), "{}", told(&[]));
    let set = told(&["--set", "k.a = 5 kr."]);
    // What is set is no fact that somebody gave; it is counted once.
    assert!(set.contains("hviler resultatet på 1 antaget ændring."), "{set}");
    assert!(!set.contains("alene") && !set.contains("hviler ikke på oplysninger udefra"), "{set}");
}

const READ: &str = "\
aftale A25 \"x\"
  periode 2025
hver region, regioner, regionen har
  nøgle : pct., mellem 0 og 100 pct.
klausul k for hver region
  givet andet : kr., mellem 10 og 900 kr.
  antagelse hvad \"Hvad gælder?\"
    /// Sådan står det i indledningen.
    læsning her \"Det her\" (valgt)
    læsning der \"Det andet\"
      pulje = andet
    læsning lidt \"Lidt mindre\"
      pulje = 90 kr.
  antagelse fordeling \"Efter hvad deles?\"
    læsning nøglen \"Nøglen\" (valgt)
    læsning ligeligt \"Ligeligt\"
      del = pulje fordelt ligeligt blandt alle regioner, afrundet til 1 kr.
  pulje = 100 kr.
  del = pulje fordelt efter nøgle blandt alle regioner, afrundet til 1 kr.
  svar = hvis del over 0 kr. så nøgle af pulje ellers 0 kr.
";

#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn read(args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.klausul"), READ).unwrap();
    let data = r#"{"bemærk": ["Opfundet.", "Mere."], "region": {"A": {"nøgle": 60}, "B": {"nøgle": 40}}}"#;
    std::fs::write(folder.path().join("d.json"), data).unwrap();
    let asked = ["k.svar", "--data", "d.json", "--for", "region=A"];
    let (verb, rest) = args.split_first().unwrap();
    shown(&run(folder.path(), &[&[*verb, "a.klausul"], &asked[..], rest].concat()))
}

#[test]
fn what_moves_a_result_why_it_is_read_so_and_who_gets_what_stands_on_the_page() {
    for form in ["md", "html"] {
        let told = read(&["explain", "--format", form]);
        for words in [
            // The bounds of a reading that gives no number are counted in: nothing, or 60 per cent of up to 900 kr.
            "ligger det mellem 0 kr. og 540 kr. (her: 60 kr.)",
            "1 anden læsning giver intet fast tal",
            "Begrundelse: Sådan står det i indledningen.",
            "Reglerne siger ikke, hvorfor der er læst sådan.",
            // A distribution tells in its own step what each one gets.
            "A: 60 kr.",
            "B: 40 kr.",
            "passer også med sig selv",
            &format!("--format {form}"),
        ] {
            assert!(told.contains(words), "{words} is not told:\n{told}");
        }
        let otherwise = read(&["explain", "--format", form, "--reading", "hvad=lidt"]);
        // A reading asked for is a reading, and no assumed change besides.
        assert!(otherwise.contains("2 valgte læsninger"), "{otherwise}");
        assert!(!otherwise.contains("antaget ændring"), "{otherwise}");
    }
}

#[test]
fn what_data_say_of_themselves_is_told_wherever_people_read_a_result() {
    for args in [
        &["eval"][..],
        &["eval", "--all-readings"],
        &["explain"],
        &["explain", "--depth", "arithmetic"],
        &["explain", "--all-readings"],
    ] {
        let told = read(args);
        assert_eq!(told.matches("d.json siger om sig selv: Opfundet. …").count(), 1, "{args:?}: {told}");
    }
    for args in [["eval", "--format", "json"], ["explain", "--format", "json"]] {
        let told = read(&args);
        assert!(told.contains("\"says\": [\n") && told.contains("\"Opfundet.\""), "{told}");
    }
    let table = read(&["eval", "--format", "csv"]);
    assert!(!table.contains("Opfundet"), "{table}");
}

#[test]
fn pages_of_the_packs_hold_together() {
    let root = Path::new(ROOT);
    let data = "rules/oea25/data/regioner.json";
    let oea25 = ["explain", "rules/oea25", "nærhedsfinansiering.bevaret", "--data", data, "--year", "2025"];
    let region = ["--for", "region=Sjælland", "--format", "html"];
    for lang in ["da", "en"] {
        let told = shown(&run(root, &[&oea25[..], &region, &["--lang", lang]].concat()));
        assert!(told.contains("177.872.002,00 kr.") || told.contains("177,872,002.00 kr."), "{told}");
        held(page(&told), lang);
    }
}

/// The record that the page names is the one that `eval --record` writes.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
fn the_digest_of_the_page_is_that_of_the_record() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.klausul"), SMALL).unwrap();
    std::fs::write(
        folder.path().join("d.json"),
        r#"{"rimeligt": true, "tilskud.loft": 500, "region": {"B": {"folk": 13}}}"#,
    )
    .unwrap();
    let asked = ["a.klausul", "tilskud.i_alt", "--data", "d.json"];
    run(folder.path(), &[&["eval"], &asked[..], &["--record", "r.jsonl"]].concat());
    let told = shown(&run(folder.path(), &[&["explain"], &asked[..], &["--format", "html"]].concat()));
    let record = std::fs::read_to_string(folder.path().join("r.jsonl")).unwrap();
    let record: serde_json::Value = serde_json::from_str(&record).unwrap();
    let digest = record["digest"].as_str().unwrap();
    assert!(told.contains(digest), "{digest} is not in\n{told}");
}

const DOCUMENT: &str = "\
Prøveaftalen

Tilskud

Tilskud gives efter folke-
tal og er <højst> loftet.

Det fordeles en gang om året.

Undtagelser

Store områder får intet.

Skøn

Ministeriet skønner.
";

/// With the documents at hand the statement says what the passages say, and not only where they stand.
#[test]
#[expect(clippy::disallowed_methods, reason = "the test sets the stage")]
fn cited_passages_are_quoted_where_the_documents_are_at_hand() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    std::fs::create_dir(folder.path().join("dok")).unwrap();
    write(
        "a.klausul",
        "aftale A25 \"Prøve\"\n  periode 2025\n\nkilde A25 \"Prøveaftalen\"\n\nklausul tilskud \"Tilskud\"\n  hjemmel A25 \"Tilskud\"\n  givet loft : kr.\n  i_alt = loft  hjemmel A25 \"Undtagelser\"\n",
    );
    write("d.json", r#"{"tilskud.loft": 500}"#);
    write("dok/sources.toml", "[[source]]\nid = \"A25\"\nfile = \"a.txt\"\n");
    write("dok/a.txt", DOCUMENT);
    let asked = |args: &[&str]| {
        let all = [&["explain", "a.klausul", "tilskud.i_alt", "--data", "d.json"], args].concat();
        shown(&run(folder.path(), &all))
    };
    let locked = shown(&run(folder.path(), &["sources", "a.klausul", "--dir", "dok", "--lock"]));
    assert!(locked.contains("exit 0"), "{locked}");
    let html = asked(&["--format", "html", "--sources", "dok"]);
    held(page(&html), "da");
    let said = "<blockquote>\n<p>Tilskud</p>\n<p>Tilskud gives efter folketal og er &lt;højst&gt; loftet.</p>\n<p>Det fordeles en gang om året.</p>\n</blockquote>";
    assert!(html.contains(said), "{html}");
    assert!(html.contains("--sources DOKUMENTER"), "{html}");
    let md = asked(&["--format", "md", "--sources", "dok"]);
    assert!(md.contains("\n   > Store områder får intet.\n"), "{md}");
    assert!(!md.contains("siger noget andet"), "{md}");
    // A document that says something else than the rules were written from is told of.
    write("dok/a.txt", &DOCUMENT.replace("får intet", "får det halve"));
    let md = asked(&["--format", "md", "--sources", "dok"]);
    assert!(md.contains("> Store områder får det halve.\n\n   Stedet siger noget andet"), "{md}");
    // An option that does nothing is told, and so is a folder that is none.
    let refused = asked(&["--sources", "dok"]);
    assert!(refused.contains("exit 2") && refused.contains("--format html"), "{refused}");
    let missing = asked(&["--format", "md", "--sources", "intet"]);
    assert!(missing.contains("exit 5") && missing.contains("K0030"), "{missing}");
}
