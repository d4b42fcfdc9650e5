//! Pages: their tags are the same whatever text stands in their slots, so no text is markup.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use klausul::base::{FileId, Lang, SourceMap};
use klausul::diag::Problems;
use klausul::explain::{Depth, explain};
use klausul::facts::{DataArg, read_data};
use klausul::grounds::{Asked as Grounds, Statement};
use klausul::prose::{Asked, Colophon, RuleFile, ShownFile, prose};
use klausul::record::{Locked, Rested};
use klausul::render::{explanations_html, grounds_html, page, prose_html};
use klausul::session::{Question, Session};
use klausul::sources::{documents, marked};
use klausul::syntax::passages;
use klausul::world::Memory;

use super::choices::Choices;
use super::sources;

/// Every slot that text of somebody else's can stand in: titles, sources, reasons, quotes, comments, names of entities.
const RULES: &str = r#"aftale A "En §0§ aftale"
  periode 2025
  prisniveau 25-pl
  parter "Staten §1§"; "Kommunerne"

kilde A "Aftalen §2§"

type slags = en af "lille"; "stor §3§"

/// Hver enkelt, §4§.
hver region, regioner, regionen har
  /// Hvor meget, §5§.
  mål : hele tal, 0 – 10
  slags : slags

/// Om §6§.
/// Og mere §7§.
klausul k "En klausul §8§" for hver region
  hjemmel A "Puljen §9§"
  sats  = 2 kr.
  beløb = mål × sats
  /// Halvdelen §10§.
  halv = ½ af beløb  hjemmel A boks 1

  antagelse tæller "Hvad tæller §11§?"
    læsning alt "Det hele §12§" (valgt)
    læsning intet "Intet §13§"
      sats = 0 kr.

baggrund samarbejde "Samarbejde §14§"
  hjemmel A "Puljen §9§"
  begrundelse "Intet §15§ at regne"

vurdering kvalitet "Kvalitet §16§"
  hjemmel A fra "god §17§" til "kvalitet"
  påhviler "Parterne §18§"

scenarie dyrt "Dyrt §19§"
  k.sats = 9 kr.
"#;

const DATA: &str = r#"{"year": 2025, "region": {"Aa §20§": {"mål": 2}, "B": {"mål": 3}}}"#;

const DOCUMENT: &str = "Aftalen §2§\n\nBoks 1. Puljen §21§\n\n- Der er 2 kr. §22§\n- og 7,5 mio. kr. til §23§\n\nPuljen §9§\n\nDer er god §17§ kvalitet, og 9 kr. til §24§\n";

/// How many slots there are.
const SLOTS: usize = 25;

/// What stands in the slots: letters, and the signs that mean something to a browser.
const SIGNS: &[char] = &[
    '<', '>', '&', '\'', '=', ';', '#', '`', '!', '-', '?', '[', ']', '%', '*', '_', '~', '$', '{', '}',
    '\u{2028}', '\u{ad}',
];

const LETTERS: &[&str] = &[
    "script",
    "style",
    "b",
    "img src",
    "onload",
    "amp",
    "lt",
    "x",
    "svg",
    "CDATA",
    "a",
    "æ",
    "title",
    "div",
    "javascript:",
];

pub(super) fn html(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let mut hostile = Vec::new();
    for _ in 0..SLOTS {
        hostile.push(words(&mut choices));
    }
    // A text of the same length without any such sign: what is laid out by length is laid out alike.
    let tame = |text: &String| text.chars().map(|c| if SIGNS.contains(&c) { 'x' } else { c }).collect();
    let tame: Vec<String> = hostile.iter().map(tame).collect();
    let lang = if choices.byte() & 1 == 0 { Lang::Da } else { Lang::En };
    let (Some(hostile), Some(tame)) = (pages(&hostile, lang), pages(&tame, lang)) else { return };
    for ((name, one), (_, other)) in hostile.iter().zip(&tame) {
        let (here, there) = (tags(one), tags(other));
        balanced(&here, name, one);
        // The shape of a document tells what is a heading in it, so signs in it may move marks, but make no new ones.
        if matches!(*name, "document" | "quoted") {
            let strange = here.iter().find(|tag| !marks().contains(*tag) && !there.contains(tag));
            assert!(strange.is_none(), "{name}: {strange:?} stands in no page with tame text\n{one}");
            continue;
        }
        if here != there {
            let at = here.iter().zip(&there).position(|(a, b)| a != b).unwrap_or(here.len().min(there.len()));
            panic!("{name}: tag {at} is {:?}, and {:?} with tame text\n{one}", here.get(at), there.get(at));
        }
    }
}

/// Every tag of the page of a document with parts of all sorts.
fn marks() -> &'static BTreeSet<String> {
    static MARKS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let world = Memory::new([
            ("d/sources.toml", "[[source]]\nid = \"OP25\"\nfile = \"op25.txt\"\n"),
            ("d/op25.txt", sources::DOCUMENT),
        ]);
        let read = documents(&world, Path::new("d"), &mut SourceMap::new(), &mut Problems::new());
        let mut session = Session::new();
        session.add_rules("regler.klausul", sources::RULES.as_bytes());
        let files: Vec<(FileId, _)> = session.own_files().collect();
        let read = read.unwrap_or_else(|error| panic!("{error:?}"));
        let all = marked(&files, &read, session.sources());
        all.iter().flat_map(|one| tags(&page(one, Lang::Da))).collect()
    });
    &MARKS
}

/// Every tag that opens is closed, in the right order.
fn balanced(tags: &[String], name: &str, page: &str) {
    const EMPTY: &[&str] = &["meta", "br", "hr", "link", "col", "!DOCTYPE", "!--"];
    let mut open: Vec<&str> = Vec::new();
    for tag in tags {
        let word = tag.split([' ', '\n']).next().unwrap_or_default();
        match word.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{name}: {page}"),
            None if EMPTY.contains(&word) || tag.ends_with('/') => {}
            None => open.push(word),
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} are not closed: {page}");
}

/// With tame texts all pages are there.
pub(super) fn seeds_hold() {
    for lang in [Lang::Da, Lang::En] {
        let all =
            pages(&vec!["x".to_owned(); SLOTS], lang).map(|all| all.iter().map(|(name, _)| *name).collect());
        assert_eq!(all, Some(vec!["agreement", "document", "grounds", "quoted", "explanation"]));
    }
}

fn words(choices: &mut Choices<'_>) -> String {
    let mut text = "x".to_owned();
    for _ in 0..choices.below(6) {
        let how = choices.byte();
        if how & 1 == 0 {
            text.push(SIGNS[usize::from(how >> 1) % SIGNS.len()]);
        } else {
            text.push_str(LETTERS[usize::from(how >> 1) % LETTERS.len()]);
        }
    }
    text
}

fn filled(template: &str, slots: &[String]) -> String {
    let mut text = template.to_owned();
    for (at, words) in slots.iter().enumerate() {
        text = text.replace(&format!("§{at}§"), words);
    }
    text
}

/// All pages of the rules with these texts in their slots; nothing where the texts are no rules.
fn pages(slots: &[String], lang: Lang) -> Option<Vec<(&'static str, String)>> {
    let document = filled(DOCUMENT, slots);
    let world = Memory::new([
        ("d/sources.toml", "[[source]]\nid = \"A\"\nfile = \"a.txt\"\n"),
        ("d/a.txt", document.as_str()),
    ]);
    let read = documents(&world, Path::new("d"), &mut SourceMap::new(), &mut Problems::new()).ok()?;
    let mut session = Session::new();
    session.add_rules("regler.klausul", filled(RULES, slots).as_bytes())?;
    let mut problems = Problems::new();
    let data = filled(DATA, slots);
    let raw = read_data(
        &DataArg::parse("d.json"),
        data.as_bytes(),
        &|_| None,
        session.sources_mut(),
        &mut problems,
    );
    session.set_data(raw);
    if session.parsed().has_errors() || problems.has_errors() {
        return None;
    }
    let mut all = vec![("agreement", agreement(&session, lang))];
    let files: Vec<(FileId, _)> = session.own_files().collect();
    all.extend(marked(&files, &read, session.sources()).iter().map(|one| ("document", page(one, lang))));
    let question = Question { targets: vec!["k.halv".to_owned()], ..Question::default() };
    let answer = session.ask(&question).ok()?;
    let idle = [slots.first().cloned().unwrap_or_default()];
    let statement = |documents| {
        let rested = &Rested { data: &[], locked: &Locked::default() };
        let (session, question, answer) = (&session, &question, &answer);
        let (tried, idle, form) = (&[], &idle, "html");
        let asked = Grounds { session, question, answer, rested, tried, idle, documents, form, lang };
        grounds_html(&Statement::of(&asked))
    };
    all.extend([("grounds", statement(None)), ("quoted", statement(Some(&read)))]);
    let words = answer.words(lang);
    let explained: Vec<_> =
        answer.lines.iter().map(|line| explain(words, &answer.trace, line.step, Depth::Arithmetic)).collect();
    all.push(("explanation", explanations_html(&explained, lang)));
    Some(all)
}

fn agreement(session: &Session, lang: Lang) -> String {
    let files: Vec<RuleFile<'_>> = session
        .rule_files()
        .iter()
        .zip(session.files())
        .map(|(id, tree)| {
            let passages = passages(session.sources().file(*id));
            RuleFile { tree, folder: "f".to_owned(), is_own: true, passages }
        })
        .collect();
    let file = ShownFile { name: "regler.klausul".to_owned(), sha256: "0".repeat(64) };
    let asked = Asked { lang, clauses: Vec::new(), at: None, examples: true };
    let colophon = Colophon { program: "klausul".to_owned(), rules: "1".repeat(64), files: vec![file] };
    prose_html(&prose(&files, &asked, &colophon))
}

/// The tags of a page as a browser sees them: each with the names of its attributes.
fn tags(page: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at..];
        let (tag, after) = tag(rest);
        // Where a long word may be broken depends on its letters, and shows nothing.
        if !tag.starts_with("wbr") {
            all.push(tag);
        }
        rest = after;
    }
    all
}

/// A tag, which ends at the first `>` outside quotes, and what stands after it. What stands in its quotes is left out.
fn tag(text: &str) -> (String, &str) {
    let text = text.strip_prefix('<').unwrap_or(text);
    let mut quote = None;
    let mut shown = String::new();
    for (at, char) in text.char_indices() {
        match (quote, char) {
            (None, '>') => return (shown, &text[at + 1..]),
            (None, '"' | '\'') => quote = Some(char),
            (Some(open), same) if open == same => quote = None,
            (None, _) => shown.push(char),
            (Some(_), _) => {}
        }
    }
    (shown, "")
}
