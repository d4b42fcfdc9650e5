//! Citations and documents that are nearly what they were: each citation leads somewhere or a problem says why not, every
//! place lies within its document, and nothing of a document is lost.

use std::collections::BTreeMap;
use std::path::Path;

use klausul::base::{FileId, SourceMap};
use klausul::diag::Problems;
use klausul::session::Session;
use klausul::sources::{Document, Lock, compare, coverage, documents, follow, listed, marked};
use klausul::syntax::ast;
use klausul::world::Memory;

use super::choices::Choices;
use super::held::findings;

pub(super) const RULES: &str = r#"aftale OP25 "En opdigtet aftale"
  periode 2025
  prisniveau 25-pl

kilde OP25 "En opdigtet aftale"

klausul pulje "Pulje"
  hjemmel OP25 boks 1
  pulje = 19,0 mio. kr.
  del = 4,0 mio. kr.  hjemmel OP25 boks 1, pind 2
  sats = 3 pct.  hjemmel OP25 bilag 2, afsnit 3.2
  dagen = 1. januar 2025  hjemmel OP25 § 4, stk. 2, nr. 1

baggrund samarbejde "Samarbejde"
  hjemmel OP25 "Samarbejde"
  begrundelse "Intet at regne"

vurdering kvalitet "Kvalitet"
  hjemmel OP25 fra "god" til "kvalitet"
  påhviler "Parterne"
"#;

pub(super) const DOCUMENT: &str = "Aftalen\n\nBoks 1. Puljen & resten\n\n- Der er 19,0 mio. kr.\n- Heraf 4,0 mio. kr. til \"skoler\"\n- og 7,5 mio. kr. til <andet>\n\u{C}\nSamarbejde\n\nParterne mødes, og 3 pct. af tiden er det om god kva-\nlitet. Det koster 2,0 mio. kr.\n\nBilag 2: Satser\n\n3. Om satser\n\n3.1 Før\n\nDer var 2½ pct.\n\n3.2 Nu\n\nDer er 3 pct. fra medio 2025.\n\n§ 4. Om dagen\nStk. 1. Der gives 3 mio. kr.\nStk. 2. Der gives 4 mio. kr.\n1) Fra 1. januar 2025.\n2) Og 5 mio. kr.\nArtikel 7\n• Resten\n\nEndnu 8 mio. kr. i 2025-2027, halvdelen i 3. kvartal 2026.\n";

const PARTS: &[&str] = &[
    DOCUMENT,
    "Boks 2. Mere\n\n• En\n• To\n  – Tre\nBoks 10\nBILAG A\nBilag B. Andet\n1. Et\n1.1 To\n1.1.1 Tre\n2. Fire\n§ 1\n§ 1 a. Nyt\nStk. 3\na) x\nb) y\nKapitel 2\n\u{C}12\n\u{F0B7} prik\nfor-\nsat\n  \nDer er 1.723,9 mio. kr., 1,7 mia.kr. og 600 millioner kroner i alt (ca. 3,5 procent).\n",
    RULES,
];

const CITATIONS: &[&str] = &[
    "boks 1",
    "boks 1, pind 2",
    "pind 1",
    "bilag 2, afsnit 3.2",
    "bilag A",
    "§ 4, stk. 2, nr. 1",
    "§ 1 a",
    "artikel 7",
    "\"Samarbejde\"",
    "\"Samarbejde\" fra \"mødes\" til \"tiden\"",
    "fra \"god\" til \"kvalitet\"",
    "fra \"x\"",
    "side 2",
    "afsnit 3, pind 1",
    "",
];

/// Rules that cite in many ways, and a document in which parts come and go.
pub(super) fn citations(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let mut rules = RULES.to_owned();
    for _ in 0..choices.below(4) {
        let lines: Vec<&str> = rules.lines().collect();
        let cited: Vec<usize> = (0..lines.len()).filter(|at| lines[*at].contains("hjemmel")).collect();
        if cited.is_empty() {
            break;
        }
        let at = cited[choices.below(cited.len())];
        let (before, _) = lines[at].split_once("hjemmel").unwrap_or((lines[at], ""));
        let line = format!("{before}hjemmel OP25 {}", choices.of(CITATIONS));
        let all = lines.iter().enumerate().map(|(place, old)| if place == at { line.as_str() } else { old });
        rules = all.collect::<Vec<_>>().join("\n") + "\n";
    }
    let of_rules = choices.below(3);
    let rules = choices.changed(&rules, PARTS, of_rules);
    let document = choices.changed(DOCUMENT, PARTS, 8);
    held(&rules, &document);
}

fn held(rules: &str, document: &str) {
    let world = Memory::new([
        ("d/sources.toml", "[[source]]\nid = \"OP25\"\nfile = \"op25.txt\"\n"),
        ("d/op25.txt", document),
    ]);
    let mut session = Session::new();
    if session.add_rules("regler.klausul", rules.as_bytes()).is_none() {
        return;
    }
    let (mut texts, mut problems) = (SourceMap::new(), Problems::new());
    let read = documents(&world, Path::new("d"), &mut texts, &mut problems);
    let Ok(read) = read else { panic!("{document:?} is not read") };
    let Some(known) = read.get("OP25") else { panic!("{document:?} is not there: {problems:?}") };
    parts(known);
    let files: Vec<(FileId, &ast::File)> = session.own_files().collect();
    let mut problems = Problems::new();
    let followed = follow(files.iter().copied(), &read, &BTreeMap::new(), session.sources(), &mut problems);
    let lost: usize = followed.values().map(|one| one.unresolved + one.ambiguous).sum();
    assert!(lost == 0 || !problems.is_empty(), "citations lead nowhere, and nothing is said: {rules}");
    for (span, passage) in followed.values().flat_map(|one| &one.found) {
        assert!(session.sources().text(*span).len() == span.len());
        assert!(known.text().get(passage.start..passage.end).is_some(), "{passage:?} of {document:?}");
        let _ = known.way_to(passage.start);
    }
    let compared = compare(&files, &read, session.sources(), &mut problems);
    assert!(compared.found + compared.lost <= compared.figures);
    findings(&problems, session.sources());
    let _ = coverage(&files, &read, session.sources());
    let _ = listed(&files, &read, session.sources());
    for one in marked(&files, &read, session.sources()) {
        let mut at = 0;
        for piece in one.pieces() {
            assert_eq!(piece.range.start, at, "a gap in the pieces of {document:?}");
            assert!(one.text.get(piece.range.clone()).is_some());
            at = piece.range.end;
        }
        assert_eq!(at, one.text.len());
    }
    let lock = Lock::of(&files, &read);
    let text = lock.write();
    let mut map = SourceMap::new();
    let file = map.add(klausul::base::SourceFile::new("klausul.lock", text.clone()));
    let mut problems = Problems::new();
    let again = Lock::read(file, &text, &mut problems).map(|lock| lock.write());
    assert_eq!(again.as_ref(), Some(&text), "a lock is not read as it was written: {problems:?}");
}

fn parts(document: &Document) {
    let text = document.text();
    for part in document.parts() {
        for range in [&part.title, &part.whole, &part.reach] {
            assert!(text.get(range.clone()).is_some(), "{part:?} of {text:?}");
        }
        assert!(
            part.whole.start <= part.title.start && part.title.end <= part.whole.end,
            "{part:?} of {text:?}"
        );
        let _ = (document.title_of(part), document.name_of(part), document.way_to(part.whole.start));
    }
}
