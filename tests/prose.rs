//! Agreements as prose: every construct of the language has words, none of its signs are left, and what is hostile in
//! rules stays text.

use std::collections::BTreeSet;
use std::path::Path;

use klausul::base::Lang;
use klausul::prose::{Asked, Block, Colophon, Document, Entry, Line, Piece, RuleFile, ShownFile, prose};
use klausul::render::{prose_html, prose_markdown, prose_text};
use klausul::session::Session;
use klausul::syntax::ast::ItemKind;
use klausul::syntax::passages;
use klausul::value::Period;

const WHOLE: [(Lang, &str); 2] =
    [(Lang::Da, "examples/da/hele_sproget.klausul"), (Lang::En, "examples/en/the_whole_language.klausul")];

const PACKS: [&str; 8] = [
    "rules/cn24",
    "rules/oea17",
    "rules/oea20",
    "rules/oea25",
    "rules/sr24",
    "rules/tvaers",
    "rules/faelles",
    "rules/en/sr24",
];

fn whole(file: &str) -> Session {
    let mut session = Session::new();
    session.add_rules(file, &crate::read_bytes(&Path::new(env!("CARGO_MANIFEST_DIR")).join(file)));
    session
}

fn of_text(text: &str) -> Session {
    let mut session = Session::new();
    session.add_rules("regler.klausul", text.as_bytes());
    session
}

fn asked(lang: Lang) -> Asked<'static> {
    Asked { lang, clauses: Vec::new(), at: None, examples: true }
}

fn shown(session: &Session, asked: &Asked<'_>) -> Document {
    let own: Vec<_> = session.own_files().map(|(id, _)| id).collect();
    let files: Vec<RuleFile<'_>> = session
        .rule_files()
        .iter()
        .zip(session.files())
        .map(|(id, tree)| {
            let name = Path::new(&session.sources().file(*id).name);
            let folder = name.parent().unwrap().display().to_string();
            let passages = passages(session.sources().file(*id));
            RuleFile { tree, folder, is_own: own.contains(id), passages }
        })
        .collect();
    let file = ShownFile { name: "regler.klausul".to_owned(), sha256: "0".repeat(64) };
    prose(
        &files,
        asked,
        &Colophon { program: "klausul".to_owned(), rules: "1".repeat(64), files: vec![file] },
    )
}

/// Every line of a document.
fn lines(document: &Document) -> Vec<&Line> {
    fn walk<'d>(blocks: &'d [Block], all: &mut Vec<&'d Line>) {
        for block in blocks {
            match block {
                Block::Heading(_) | Block::Blanks(_) => {}
                Block::Para(line) | Block::Aside(line) => all.push(line),
                Block::List(entries) => entries.iter().for_each(|Entry { line, under, .. }| {
                    all.push(line);
                    walk(under, all);
                }),
                Block::Table(grid) => {
                    all.push(&grid.caption);
                    all.extend(grid.head.iter().chain(grid.rows.iter().flatten()));
                }
            }
        }
    }
    let mut all = Vec::new();
    walk(&document.blocks, &mut all);
    all
}

#[test]
fn the_whole_language_in_words() {
    for (lang, file) in WHOLE {
        let document = shown(&whole(file), &asked(lang));
        let name = lang.pick("da", "en");
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(format!("whole_language_{name}"), prose_markdown(&document));
        });
    }
}

#[test]
fn no_sign_of_the_language_is_left() {
    for (_, file) in WHOLE {
        let session = whole(file);
        for lang in [Lang::Da, Lang::En] {
            let document = shown(&session, &asked(lang));
            for line in lines(&document) {
                let words = line.words();
                let sign = ["≤", "≥", "≠", "≈", "×", "<", ">", "=", "|", "[", "]", "_", "\"", "…"];
                let found = sign.iter().find(|sign| words.contains(**sign) && !words.contains(".klausul"));
                assert!(found.is_none(), "{file}, {lang:?}: {found:?} in {words}");
                let broken = ["  ", "..", "()", " ,", " .", "{", "}"];
                let found = broken.iter().find(|broken| words.contains(**broken));
                assert!(found.is_none(), "{file}, {lang:?}: {found:?} in {words}");
            }
        }
    }
}

/// What a person would not write: a word twice, a name as code, an unclosed quotation, a sentence that does not end, a
/// heading with nothing below it.
#[test]
fn every_example_reads_as_written_by_a_person() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut examples = Vec::new();
    for folder in ["examples/da", "examples/en"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".klausul") {
                examples.push(format!("{folder}/{name}"));
            }
        }
    }
    examples.sort();
    assert!(examples.len() > 14, "{examples:?}");
    let mut wrong = Vec::new();
    for example in &examples {
        read_by_a_person(example, &whole(example), &mut wrong);
    }
    assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
}

fn read_by_a_person(name: &str, session: &Session, wrong: &mut Vec<String>) {
    for lang in [Lang::Da, Lang::En] {
        let document = shown(session, &asked(lang));
        for line in lines(&document) {
            let words = line.words();
            if let Some(fault) = fault(&words) {
                wrong.push(format!("{name} {lang:?}: {fault}: {words}"));
            }
        }
        unended(&document.blocks, &mut |words| wrong.push(format!("{name} {lang:?}: does not end: {words}")));
        for pair in document.blocks.windows(2) {
            if let [Block::Heading(one), Block::Heading(next)] = pair {
                let is_empty = one.text.trim().is_empty() || next.level <= one.level;
                if is_empty {
                    wrong.push(format!("{name} {lang:?}: a heading without text: {}", one.text));
                }
            }
        }
    }
}

fn fault(words: &str) -> Option<&'static str> {
    let all: Vec<&str> = words.split(' ').collect();
    let is_word = |word: &str| word.chars().all(char::is_alphabetic) && !word.is_empty();
    let bare = |word: &'_ str| word.trim_end_matches(['.', ',', ';', ':']).to_owned();
    let doubled = all.windows(2).enumerate().any(|(at, pair)| {
        let first = if at == 0 { pair[0].to_lowercase() } else { pair[0].to_owned() };
        is_word(pair[0]) && is_word(&bare(pair[1])) && first == bare(pair[1])
    });
    // The name of a file is a name.
    let is_code = all.iter().any(|word| word.contains('_') && !word.contains(".klausul"));
    let count = |mark: &str| words.matches(mark).count();
    match () {
        () if doubled => Some("a word twice"),
        () if is_code => Some("a name as code"),
        () if words.contains("  ") => Some("two spaces"),
        () if count("»") != count("«") || count("“") != count("”") => Some("an unclosed quotation"),
        () if count("\"") > 0 => Some("a straight quotation mark"),
        () => None,
    }
}

/// Finds the sentences that do not end. What a statement rests on is no sentence.
fn unended(blocks: &[Block], found: &mut impl FnMut(String)) {
    let sentence = |line: &Line, found: &mut dyn FnMut(String)| {
        let words = line.words();
        let is_basis = line.pieces.iter().any(|piece| matches!(piece, Piece::Cite { .. }));
        if !is_basis && !words.trim_end().ends_with(['.', '!', '?', ':']) {
            found(words);
        }
    };
    for block in blocks {
        match block {
            Block::Heading(_) | Block::Table(_) | Block::Blanks(_) => {}
            Block::Para(line) | Block::Aside(line) => sentence(line, found),
            Block::List(entries) => entries.iter().for_each(|entry| {
                sentence(&entry.line, found);
                unended(&entry.under, found);
            }),
        }
    }
}

/// Every pack is read once, and everything is asked of it that holds for any.
#[test]
fn every_pack_is_shown_in_both_languages() {
    for pack in PACKS {
        let session = crate::session_of(pack);
        let mut wrong = Vec::new();
        read_by_a_person(pack, &session, &mut wrong);
        assert!(wrong.is_empty(), "{} faults:\n{}", wrong.len(), wrong.join("\n"));
        for lang in [Lang::Da, Lang::En] {
            let document = shown(&session, &asked(lang));
            names_are_words(pack, &document);
            rows_have_a_cell_for_every_head(pack, &document.blocks);
            page_is_whole(pack, &prose_html(&document), lang);
            let headings = document.blocks.iter();
            let clauses = headings.filter(|block| matches!(block, Block::Heading(h) if h.number.is_some()));
            let written = session.own_files().flat_map(|(_, tree)| &tree.items);
            let written = written.filter(|item| matches!(item.kind, ItemKind::Clause(_)));
            assert_eq!(clauses.count(), written.count(), "{pack}: a clause is a section");
        }
    }
}

fn names_are_words(pack: &str, document: &Document) {
    for line in lines(document) {
        for piece in &line.pieces {
            assert!(!matches!(piece, Piece::Name(name) if name.contains('_')), "{pack}: {piece:?}");
        }
        let signs = ["≥", "≠", "×"];
        assert!(!signs.iter().any(|sign| line.words().contains(sign)), "{pack}: {}", line.words());
    }
}

fn rows_have_a_cell_for_every_head(pack: &str, blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Table(grid) => grid.rows.iter().for_each(|row| {
                assert_eq!(row.len(), grid.head.len(), "{pack}: {}", grid.caption.words());
            }),
            Block::List(entries) => {
                entries.iter().for_each(|entry| rows_have_a_cell_for_every_head(pack, &entry.under));
            }
            Block::Heading(_) | Block::Para(_) | Block::Aside(_) | Block::Blanks(_) => {}
        }
    }
}

/// One file without a script, headings in order, tables that say what they are, links that lead somewhere.
fn page_is_whole(pack: &str, html: &str, lang: Lang) {
    assert!(html.contains(&format!("<html lang=\"{}\">", lang.pick("da", "en"))), "{pack}");
    assert!(!html.contains("<script") && !html.contains("src=") && !html.contains("url("), "{pack}");
    let heads = html.match_indices("<h").filter_map(|(at, _)| html[at + 2..].chars().next()?.to_digit(10));
    let levels: Vec<u32> = heads.collect();
    assert_eq!(levels.first(), Some(&1), "{pack}");
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{pack}: {levels:?}");
    let count = |what: &str| html.matches(what).count();
    assert_eq!(count("<table>"), count("<caption>"), "{pack}");
    assert!(count("<th scope=\"col\">") >= 2 * count("<table>"), "{pack}");
    let targets: BTreeSet<&str> =
        html.match_indices("id=\"").map(|(at, _)| quoted(&html[at + 4..])).collect();
    for (at, _) in html.match_indices("href=\"#") {
        let to = quoted(&html[at + 7..]);
        assert!(targets.contains(to), "{pack}: {to}");
    }
}

fn quoted(text: &str) -> &str {
    text.split('"').next().unwrap_or_default()
}

const HOSTILE: &str = "kilde K \"<img src=x onerror=alert(1)> & |\"\n\n\
    aftale A \"</title><script>alert(1)</script>\"\n  prisniveau 25-pl\n\n\
    /// [klik](javascript:alert(1)) <b>fed</b> `kode`\n\
    klausul satser \"Sats | \\\" onmouseover=1 *fed*\"\n  hjemmel K \"<i>her</i>\"\n  sats = 5 kr.\n";

#[test]
fn hostile_rules_stay_text() {
    let text = HOSTILE.replace("\\\"", "'");
    let document = shown(&of_text(&text), &asked(Lang::Da));
    let html = prose_html(&document);
    for wrong in ["<script", "<img", "<b>", "<i>her", "' onmouseover"] {
        assert!(!html.contains(wrong), "{wrong} in {html}");
    }
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    let markdown = prose_markdown(&document);
    for wrong in ["<script", "<img", "[klik](", " | '", "*fed*'"] {
        assert!(!markdown.contains(wrong), "{wrong} in {markdown}");
    }
    assert!(markdown.contains("\\[klik\\](javascript:alert(1))"), "{markdown}");
}

#[test]
fn a_year_leaves_out_what_is_not_in_force() {
    let session = whole(WHOLE[0].1);
    let at = |year| {
        let asked = Asked { at: Some(Period::Year(year)), ..asked(Lang::Da) };
        prose_text(&shown(&session, &asked), 100)
    };
    let (early, late) = (at(2024), at(2026));
    assert!(early.contains("Vist er kun det, der gælder i 2024."), "{early}");
    assert!(early.contains("fastsat i aftalen for 2024") && !early.contains("1.723,9 mio. kr. (foreløbigt)"));
    assert!(!early.contains("Ændrer NÆR25"), "an amendment from 2026 says nothing of 2024");
    assert!(late.contains("Ændrer NÆR25") && !late.contains("1.723,9 mio. kr. (foreløbigt)"));
    // `ellers` says something of 2026, since no line of the name covers it; it says nothing of 2025.
    assert!(late.contains("Ellers: pulje er 0 kr."), "{late}");
    assert!(!at(2025).contains("Ellers: pulje er 0 kr."));
}

const LITERATE: &str = "# Satserne\n\nDe er *opfundet*, se [bilaget](x.md).\n\n```klausul\n\
    kilde K \"Kilde\"\n\naftale A \"Aftale\"\n  periode 2025\n  prisniveau 25-pl\n\n\
    indeks pl \"Prisudvikling\"\n  2024 til 2025 = 3 pct.\n\nindeks løn \"Lønudvikling\"\n  2024 til 2025 = 4 pct.\n```\n\n\
    ## Den ene\n\nHer er den `ene_sats`.\n\n```klausul\n\
    klausul ene \"Den ene\"\n  hjemmel K \"A\"\n  sats = 5 kr. (24-pl)\n  i_år = sats omregnet til 25-pl efter pl\n```\n\n\
    ## Den anden\n\nHer er den anden.\n\n```klausul\n\
    klausul anden \"Den anden\"\n  hjemmel K \"B\"\n  sats = 7 kr.\n\n\
    antagelse spørgsmål \"Hvad er satsen?\"\n  læsning fem \"Fem\" (valgt)\n    ene.sats = 5 kr. (24-pl)\n\
    \x20 læsning seks \"Seks\"\n    ene.sats = 6 kr. (24-pl)\n```\n\n## Prøver\n\nAlt er opfundet.\n\n```klausul\n\
    prøve \"fem\"\n  år 2025\n  forvent\n    anden.sats = 7 kr.\n```\n\nTil sidst.\n";

fn literate() -> Session {
    let mut session = Session::new();
    session.add_rules("regler.klausul.md", LITERATE.as_bytes());
    let found = session.check().problems;
    assert!(!found.has_errors(), "{:?}", found.sorted());
    session
}

#[test]
fn running_text_is_read_where_it_stands_and_marked_as_explanation() {
    let text = prose_text(&shown(&literate(), &asked(Lang::Da)), 200);
    let at = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what} in {text}"));
    assert!(at("Forklaring, ikke en regel: Satserne. De er opfundet, se bilaget.") < at("1 Den ene"));
    assert!(at("1 Den ene") < at("Forklaring, ikke en regel: Den ene. Her er den ene sats."));
    assert!(
        at("2 Den anden\nForklaring, ikke en regel: Den anden. Her er den anden.")
            < at("Eksempler, regnet efter")
    );
    assert!(at("Eksempler, regnet efter") < at("Forklaring, ikke en regel: Prøver. Alt er opfundet."));
    assert!(text.contains("Forklaring, ikke en regel: Til sidst."), "{text}");
}

#[test]
fn a_clause_alone_comes_with_what_it_uses_and_nothing_else() {
    let of = |clause| {
        let asked = Asked { clauses: vec![clause], ..asked(Lang::Da) };
        prose_text(&shown(&literate(), &asked), 200)
    };
    let (one, other) = (of("ene"), of("anden"));
    for own in
        ["Her er den ene sats.", "Fra 2024 til 2025", "Hvad er satsen?", "Anden læsning: Seks.", "K: Kilde"]
    {
        assert!(one.contains(own), "{own} in {one}");
        assert!(own == "K: Kilde" || !other.contains(own), "{own} in {other}");
    }
    assert!(!one.contains("Lønudvikling") && !one.contains("Her er den anden"), "{one}");
}

#[test]
fn the_examples_can_be_left_out_and_the_text_says_so() {
    let session = whole(WHOLE[0].1);
    let with = prose_text(&shown(&session, &asked(Lang::Da)), 100);
    let without = prose_text(&shown(&session, &Asked { examples: false, ..asked(Lang::Da) }), 100);
    assert!(
        with.contains("Eksempel:") && with.contains("Scenarie:") && !with.contains("Eksemplerne er udeladt.")
    );
    assert!(!without.contains("Eksempel:") && !without.contains("Scenarie:"), "{without}");
    assert!(without.contains("Eksemplerne er udeladt."), "{without}");
}

#[test]
fn the_text_says_which_version_of_the_rules_it_is_made_from() {
    let text = prose_text(&shown(&whole(WHOLE[0].1), &asked(Lang::En)), 400);
    let line =
        format!("Version of the rules (SHA-256 over all rule files): {}. Made by klausul.", "1".repeat(64));
    assert!(text.lines().take(8).any(|own| own == line), "{text}");
}

#[test]
fn one_clause_is_shown_alone_and_says_so() {
    let session = whole(WHOLE[0].1);
    let asked = Asked { clauses: vec!["regning"], ..asked(Lang::Da) };
    let text = prose_text(&shown(&session, &asked), 80);
    assert!(text.contains("Vist er kun de klausuler, der er spurgt om, og det, de bruger"), "{text}");
    assert!(text.contains("1.8 »Under loft« er 80 kr., dog højst »loft«, dog mindst 10 kr."), "{text}");
    assert!(!text.contains("Nærpulje") && !text.contains("Eksempel"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let none =
        Asked { at: Some(Period::Year(1999)), clauses: vec!["nærpulje"], lang: Lang::En, examples: true };
    let text = prose_text(&shown(&session, &none), 80);
    assert!(text.contains("None of the clauses is in force then."), "{text}");
}

#[test]
fn numbers_follow_the_language_of_the_sentences() {
    let session = whole(WHOLE[0].1);
    assert!(prose_text(&shown(&session, &asked(Lang::Da)), 100).contains("1.723,9 mio. kr."));
    assert!(prose_text(&shown(&session, &asked(Lang::En)), 100).contains("1,723.9 million kr."));
}

const SAME_NAMES: &str = "kilde K \"Kilde\"\n\naftale A \"Aftale\"\n  periode 2025\n  prisniveau 25-pl\n\n\
    klausul første \"Den første\"\n  hjemmel K \"A\"\n  givet voksne : hele tal, mindst 0\n  sats = 5 kr.\n\
    \x20 tabel andel efter voksne\n    0  | 0 pct.\n    1+ | 10 pct.\n\
    \x20 antagelse trin \"Første spørgsmål\"\n    læsning høj \"Høj i den første\" (valgt)\n    læsning lav \"Lav i den første\"\n      sats = 4 kr.\n\n\
    klausul anden \"Den anden\"\n  hjemmel K \"B\"\n  givet børn : hele tal, mindst 0\n  takst = 7 kr.\n\
    \x20 tabel andel efter børn\n    0  | 0 pct.\n    1+ | 20 pct.\n\
    \x20 antagelse skridt \"Andet spørgsmål\"\n    læsning høj \"Høj i den anden\" (valgt)\n    læsning lav \"Lav i den anden\"\n      takst = 6 kr.\n\n\
    prøve \"den lave takst\"\n  år 2025\n  læsning skridt = lav\n  anden.andel[1+] = 30 pct.\n  forvent\n    anden.takst = 6 kr.\n";

#[test]
fn what_bears_the_same_name_is_called_by_its_own_title() {
    let session = of_text(SAME_NAMES);
    assert!(!session.check().problems.has_errors(), "{:?}", session.check().problems.sorted());
    let text = prose_text(&shown(&session, &asked(Lang::Da)), 400);
    assert!(text.contains("spørgsmålet »Andet spørgsmål« besvares: »Lav i den anden«"), "{text}");
    assert!(text.contains("andel (børn: mindst 1) (afsnit 2) er 30 pct."), "{text}");
}

/// What a clause carries over, and what a shared reading decides, is signed with it: it must stand in the text.
#[test]
fn what_stands_in_other_rules_is_told() {
    let session = crate::session_of("rules/oea25");
    let text = prose_markdown(&shown(&session, &Asked { examples: false, ..asked(Lang::Da) }));
    let after = |mark: &str| text.split_once(mark).map(|(_, after)| after).unwrap_or_default();
    let carried = after("Ført uændret videre fra »Nærhedsfinansiering«, ØA20, og gældende her:");
    let own = carried.split("\n### ").next().unwrap_or_default();
    for name in ["færre forløb", "færre kronikerforløb", "færre genindlæggelser", "flere virtuelle forløb"]
    {
        let line = format!("Om betingelsen »*{name}*« er opfyldt, afgøres sådan:");
        assert!(own.contains(&line), "{name}: {own}");
    }
    assert!(own.contains("den er opfyldt, når »*forløb pr borger*« er under »*forløb pr borger*« året før."));
    let outside = after("## Det, der er taget fra andre regler");
    assert!(outside.contains("Svaret på »*afrundede brøker*« er nej."), "{outside}");
    assert!(outside.contains("**Uklart sted:** Er 33 pct. en afrundet tredjedel?"), "{outside}");
    // Another agreement's clauses are its own, whatever the one shown calls its.
    let total = after("### Betinget finansiering i alt – Aftale om regionernes økonomi for 2020 (ØA20)");
    assert!(total.contains("(»Betinget bloktilskud: driftsbudgetter«, ØA20)"), "{total}");
    assert_eq!(text.matches("\n### Regioner\n").count(), 1, "one table of each kind");
    assert!(text.contains("| *Bloktilskudsnøgle* | En andel i pct."), "the shared key is asked for too");
}

/// Every link in the page leads to a heading of it.
#[test]
fn links_lead_somewhere() {
    for pack in PACKS {
        let html = prose_html(&shown(&crate::session_of(pack), &asked(Lang::Da)));
        for link in html.split("href=\"#").skip(1) {
            let to = quoted(link);
            assert!(html.contains(&format!("id=\"{to}\"")), "{pack}: #{to}");
        }
    }
}

/// What a chosen reading decides is not told as unknown.
#[test]
fn what_a_chosen_reading_decides_is_not_unknown() {
    let text = "aftale A\n\nklausul k\n  dag_et = ukendt \"uden år\"\n  rest   = ukendt\n  antagelse dagens_år \"Hvilket år?\"\n    læsning a \"2024\" (valgt)\n      dag_et = 1. oktober 2024\n    læsning b \"2025\"\n      dag_et = 1. oktober 2025\n";
    let text = prose_markdown(&shown(&of_text(text), &asked(Lang::Da)));
    let known = "Teksten selv siger ikke, hvad »*dag et*« er (»uden år«); det gør den valgte læsning.";
    assert!(text.contains(known), "{text}");
    let unknown = text.split_once("## Det, der endnu ikke er kendt\n").map_or("", |(_, after)| after);
    let unknown = unknown.split("\n## ").next().unwrap_or_default();
    assert!(unknown.contains("*Rest*") && !unknown.contains("dag et"), "{text}");
}
