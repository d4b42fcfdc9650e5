//! What a what-if does to an answer: whether it changes it, and by how much another reading does.

use crate::base::Lang;
use crate::render::{Align, Look, Table, visible};
use crate::repl::{Difference, changes, told};
use crate::session::{Answer, Question, Session};

/// The what-ifs that the answer would be the same without, each taken away by itself while the others stay.
pub(super) fn idle(session: &Session, question: &Question, answer: &Answer) -> Vec<String> {
    let all = session.layers();
    let what_ifs = all.iter().enumerate().filter(|(_, layer)| layer.origin.is_hypothetical());
    what_ifs
        .filter(|(at, _)| is_idle(session, *at, question, answer))
        .flat_map(|(_, layer)| session.words_of(layer))
        .collect()
}

fn is_idle(session: &Session, at: usize, question: &Question, answer: &Answer) -> bool {
    let (mut without, mut layers) = (session.clone(), session.layers().to_vec());
    layers.remove(at);
    without.restore_layers(layers);
    match without.ask(question) {
        Ok(other) => answer.lines.len() == other.lines.len() && changes(&other, answer, Lang::Da).is_empty(),
        Err(_) => false,
    }
}

/// The what-ifs as a line of results names them: of those that change nothing that is said.
pub(super) fn what_ifs(session: &Session, idle: &[String], lang: Lang) -> Vec<String> {
    let none = lang.pick("har ingen virkning på svaret", "has no effect on the answer");
    let words = |what_if: String| match idle.contains(&what_if) {
        true => format!("{what_if} ({none})"),
        false => what_if,
    };
    session.what_ifs().into_iter().map(words).collect()
}

/// A table of what the other readings change, each beside the answer as the text is read: the reading, the result and
/// the difference. Readings that change nothing are named below it.
pub(super) fn overview(
    (title, chosen): (&str, &Answer),
    others: &[(String, Vec<Difference>)],
    look: &Look,
) -> String {
    let lang = look.lang;
    let (same, differ): (Vec<_>, Vec<_>) = others.iter().partition(|(_, changes)| changes.is_empty());
    let own = told(chosen, lang);
    // Of a long answer only what some reading changes is told.
    let is_changed = |one: &Difference| {
        let mut changes = differ.iter().flat_map(|(_, all)| all);
        changes.any(|other| other.name == one.name && other.who == one.who)
    };
    let as_read: Vec<Difference> =
        own.iter().filter(|one| own.len() == 1 || is_changed(one)).cloned().collect();
    let has_names = own.iter().any(|one| own.first().is_some_and(|first| first.name != one.name));
    let mut table = headed(lang);
    rows(&mut table, title, &as_read, has_names);
    for (other, all) in &differ {
        rows(&mut table, other, all, has_names);
    }
    let mut out = if as_read.is_empty() { String::new() } else { table.render(look.width) };
    if !same.is_empty() {
        let names: Vec<&str> = same.iter().map(|(other, _)| other.as_str()).collect();
        let words = lang.pick("ændrer ikke svaret", "no change of the answer");
        let options = textwrap::Options::new(look.width).initial_indent(" ").subsequent_indent("   ");
        out.push_str(&textwrap::fill(&visible(&format!("{words}: {}", names.join("; "))), options));
        out.push('\n');
    }
    out
}

fn headed(lang: Lang) -> Table {
    Table::new([
        (lang.pick("læsning", "reading"), Align::Left),
        ("", Align::Left),
        (lang.pick("svar", "answer"), Align::Right),
        (lang.pick("forskel", "difference"), Align::Right),
    ])
}

/// What an answer has under a reading, which is named once. Where all is of one name, only for whom is told.
fn rows(table: &mut Table, title: &str, all: &[Difference], has_names: bool) {
    let titles = std::iter::once(title).chain(std::iter::repeat(""));
    for (title, one) in titles.zip(all) {
        let name = match (has_names, one.who.is_empty()) {
            (false, _) => one.who.clone(),
            (true, true) => one.name.clone(),
            (true, false) => format!("{} {}", one.name, one.who),
        };
        table.row([title, &name, &one.after, &one.by]);
    }
}
