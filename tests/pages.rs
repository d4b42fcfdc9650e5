//! A document as a page: each passage marked, nothing lost, nothing that a browser would obey. The rules and the documents
//! are made up for the purpose.

use std::collections::BTreeSet;
use std::path::Path;

use klausul::base::{FileId, Lang, SourceMap, is_hidden};
use klausul::diag::Problems;
use klausul::render::page;
use klausul::session::Session;
use klausul::sources::{Marked, Treated, documents, marked};
use klausul::world::Memory;
use proptest::prelude::*;

const RULES: &str = r#"aftale OP25 "En opdigtet aftale"
  periode 2025
  prisniveau 25-pl

kilde OP25 "En opdigtet aftale <1>"

klausul pulje "Pulje"
  hjemmel OP25 boks 1
  pulje = 19,0 mio. kr.
  del = 4,0 mio. kr.  hjemmel OP25 boks 1, pind 2

baggrund samarbejde "Samarbejde"
  hjemmel OP25 "Samarbejde"
  begrundelse "Intet at regne"

vurdering kvalitet "Kvalitet"
  hjemmel OP25 fra "god" til "kvalitet"
  påhviler "Parterne"
"#;

const DOCUMENT: &str = "Aftalen\n\nBoks 1. Puljen & resten\n\n- Der er 19,0 mio. kr.\n- Heraf 4,0 mio. kr. til \"skoler\"\n- og 7,5 mio. kr. til <andet>\n\u{C}\nSamarbejde\n\nParterne mødes, og 3 pct. af tiden er det om god kvalitet. Det koster 2,0 mio. kr.\n\nResten\n\nEndnu 8 mio. kr.\n";

fn of(rules: &str, document: &str) -> Marked {
    let world = Memory::new([
        ("d/sources.toml", "[[source]]\nid = \"OP25\"\nfile = \"op25.txt\"\n"),
        ("d/op25.txt", document),
    ]);
    let mut session = Session::new();
    session.add_rules("regler.klausul", rules.as_bytes()).unwrap();
    let read = documents(&world, Path::new("d"), &mut SourceMap::new(), &mut Problems::new()).unwrap();
    let files: Vec<(FileId, _)> = session.own_files().collect();
    marked(&files, &read, session.sources()).remove(0)
}

/// The page without its style.
fn bare(marked: &Marked, lang: Lang) -> String {
    let html = page(marked, lang);
    let (before, rest) = html.split_once("<style>\n").unwrap();
    let (_, after) = rest.split_once("</style>\n").unwrap();
    format!("{before}{after}")
}

/// What a browser makes of the element that holds the document: its text without tags.
fn text_of(html: &str) -> String {
    let (_, rest) = html.split_once("<div class=\"doc\" lang=\"da\">").unwrap();
    let (inner, _) = rest.split_once("</div>").unwrap();
    let mut text = String::new();
    for (at, part) in inner.split('<').enumerate() {
        let words = if at == 0 { part } else { part.split_once('>').unwrap().1 };
        text.push_str(words);
    }
    for (escape, char) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
        text = text.replace(escape, char);
    }
    text
}

#[test]
fn a_page_shows_each_passage_and_who_cites_it() {
    insta::assert_snapshot!(bare(&of(RULES, DOCUMENT), Lang::Da));
}

#[test]
fn the_page_of_a_document_speaks_english_where_it_is_asked_to() {
    let html = page(&of(RULES, DOCUMENT), Lang::En);
    for words in
        ["<html lang=\"en\">", "<div class=\"doc\" lang=\"da\">", "not yet treated", "lies also within"]
    {
        assert!(html.contains(words), "{words}");
    }
    assert!(!html.contains("ikke behandlet"));
}

#[test]
fn the_narrowest_passage_marks_and_all_are_listed() {
    let marked = of(RULES, DOCUMENT);
    assert_eq!(marked.passages.len(), 4);
    let figure = |words: &str| marked.text.find(words).unwrap();
    let piece = |at: usize| marked.pieces().into_iter().find(|piece| piece.range.contains(&at)).unwrap();
    let box_1 = piece(figure("19,0")).passage.unwrap();
    let item = piece(figure("4,0")).passage.unwrap();
    assert_ne!(box_1, item);
    assert_eq!(marked.around(item), [box_1]);
    assert_eq!(piece(figure("8 mio")).passage, None);
    let counts = marked.sections.iter().fold([0; 4], |mut sums: [usize; 4], section| {
        sums.iter_mut().zip(section.counts).for_each(|(sum, count)| *sum += count);
        sums
    });
    assert_eq!(counts, [2, 0, 2, 2], "encoded, judgement, background, none");
}

#[test]
fn a_page_has_no_script_and_asks_for_nothing_elsewhere() {
    let html = page(&of(RULES, DOCUMENT), Lang::Da);
    for words in ["<script", "http:", "https:", "<link", "@import", "url(", "<img"] {
        assert!(!html.contains(words), "{words}");
    }
}

/// Every link of a page leads to an element of it, and no two elements are called the same.
fn every_link_leads_somewhere(html: &str) {
    let named = |word: &str| -> Vec<String> {
        html.split(word).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let (ids, links) = (named(" id=\""), named(" href=\"#"));
    let once: BTreeSet<&String> = ids.iter().collect();
    assert_eq!(once.len(), ids.len(), "{ids:?}");
    for link in links {
        assert!(once.contains(&link), "#{link} of {ids:?}");
    }
}

#[test]
fn links_lead_to_headings_that_are_shown_also_below_subsections() {
    let document =
        "§ 4. Om puljen\nStk. 1. Der gives 3 mio. kr.\nStk. 2. Der gives 4 mio. kr.\n1) Og 5 mio. kr.\n";
    let marked = of(RULES, document);
    assert!(marked.sections.len() > 1, "{:?}", marked.sections);
    assert!(marked.sections.iter().all(|section| section.heading == Some(0)), "{:?}", marked.sections);
    every_link_leads_somewhere(&page(&marked, Lang::Da));
    every_link_leads_somewhere(&page(&of(&RULES.replace("OP25 boks 1", "OP25"), ""), Lang::Da));
}

#[test]
fn a_page_break_is_marked_in_the_text_alone() {
    let html = page(&of(RULES, "Puljen\u{C}og resten\n\nDer er 3 mio. kr.\n"), Lang::Da);
    let (head, document) = html.split_once("<div class=\"doc\"").unwrap();
    assert!(head.contains("Puljen\u{240C}og resten") && !head.contains("<span class=\"page\""), "{head}");
    assert_eq!(document.matches("<span class=\"page\">\u{C}</span>").count(), 1, "{document}");
}

#[test]
fn text_below_the_lists_of_a_box_is_not_said_to_be_in_it() {
    let document = "Boks 1. Puljen\n\nDer er 3 mio. kr.\n\n- Heraf 4,0 mio. kr.\n- Og 5 mio. kr.\n\nParterne ser på det igen, og det koster 6 mio. kr.\n\nBoks 2. Intet\n\nDer er 7 mio. kr.\n";
    let marked = of(RULES, document);
    let ways: Vec<(&str, usize)> =
        marked.sections.iter().map(|section| (section.name.as_str(), section.counts.iter().sum())).collect();
    assert_eq!(ways, [("boks 1", 3), ("boks 1 eller efter den", 1), ("boks 2", 1)]);
    every_link_leads_somewhere(&page(&marked, Lang::Da));
}

#[test]
fn part_of_a_year_is_stated_where_a_clause_states_the_year_that_bears_it_out() {
    let rules = RULES.replace("del = 4,0 mio. kr.", "dagen = 1. januar 2025");
    let rules = rules.replace("OP25 boks 1, pind 2", "OP25 fra \"senest\" til \"2025\"");
    let document = "Samarbejde\n\nDet sker senest medio 2025. Resten sker medio 2026.\n";
    let marked = of(&rules, document);
    let treated: Vec<Treated> = marked.figures.iter().map(|figure| figure.treated).collect();
    assert_eq!(treated, [Treated::Encoded, Treated::Background]);
    let other = of(&rules.replace("1. januar 2025", "1. januar 2024"), document);
    assert_eq!(other.figures[0].treated, Treated::Background);
}

/// Texts like those of agreements, and texts that try to get out of the page.
fn any_document() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "\\PC{0,12}",
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "Boks 1\n",
            "\nSamarbejde\n",
            "god kvalitet",
            "- 4,0 mio. kr.\n",
            "\n\nBilag 2. Mere\n\n",
            "19,0 mio. kr.",
            "½ mia. kr.",
            "\n§ 4. Om\n",
            "Stk. 2. Der gives 3 mio. kr.\n",
            "\n2.1 Afsnit\n\n",
            "1) 4 mio. kr.\n",
            "a) 5 mio. kr.\n",
            "medio 2025",
            "ultimo april 2026",
            "</div>",
            "<script>alert(1)</script>",
            "&lt;",
            "\" onclick='x'",
            "\u{C}",
            "\u{202E}",
            "\r\n",
            "\0",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn every_text_is_in_its_page_whole(text in any_document()) {
        let marked = of(RULES, &text);
        let html = page(&marked, Lang::Da);
        let kept = |c: &char| matches!(c, '\n' | '\t' | '\u{C}' | '\u{AD}') || !is_hidden(*c);
        let shown = text_of(&html);
        if marked.text.chars().all(|c| kept(&c)) {
            prop_assert_eq!(&shown, &marked.text);
        }
        // Where pictures stand for what hides or steers, all the rest is there in its order.
        let mut left = shown.chars();
        prop_assert!(marked.text.chars().filter(kept).all(|c| left.any(|own| own == c)));
        prop_assert!(shown.chars().all(|c| kept(&c)));
        for part in html.split('&').skip(1) {
            let known = ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|name| part.starts_with(name));
            prop_assert!(known, "&{}", part.chars().take(8).collect::<String>());
        }
        prop_assert!(!html.contains("<script"));
        every_link_leads_somewhere(&html);
        let pieces = marked.pieces();
        prop_assert!(pieces.windows(2).all(|pair| pair[0].range.end == pair[1].range.start));
    }
}
