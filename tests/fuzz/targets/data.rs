//! Data files: what is in them is read with its place, or a problem is told with its place; nothing is passed over.

use klausul::base::SourceMap;
use klausul::diag::Problems;
use klausul::facts::{DataArg, Moment, RawData, read_data};
use klausul::session::{Question, Session};

use super::choices::Choices;
use super::held::{findings, shown, within};
use super::seeds::WITH_DATA;

fn read(arg: &str, bytes: &[u8]) -> (RawData, SourceMap, Problems) {
    let (mut sources, mut problems) = (SourceMap::new(), Problems::new());
    let keys = |kind: &str| (kind == "kommune").then(|| "kommune".to_owned());
    let data = read_data(&DataArg::parse(arg), bytes, &keys, &mut sources, &mut problems);
    let data = RawData::join([data], &mut problems);
    for entry in &data.entries {
        within(entry.origin.span, &sources, "an entry");
    }
    for entity in &data.entities {
        within(entity.origin.span, &sources, "an entity");
    }
    findings(&problems, &sources);
    // Messages are drawn for some only: that takes longer than all the rest.
    if bytes.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte)) % 64 == 0 {
        shown(&problems, &sources);
    }
    (data, sources, problems)
}

/// Any bytes are a table or a problem: where nothing is wrong, each line below the headings has given one of the kind.
pub(super) fn csv(bytes: &[u8]) {
    let Some((how, bytes)) = bytes.split_first() else { return };
    let arg = if how & 1 == 0 { "region=a.csv" } else { "kommune=a.csv" };
    let (data, _, problems) = read(arg, bytes);
    let text = String::from_utf8_lossy(bytes);
    // A cell in quotes may go on over several lines, and an entity may have several rows, each for its time.
    if problems.has_errors() || text.contains('"') || text.contains("år") || text.contains("year") {
        return;
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace('\r', "\n");
    if text.contains('\u{feff}') {
        return;
    }
    let mut head = text.split('\n').skip_while(|line| line.starts_with('#') || line.trim().is_empty());
    let separator = if head.next().is_some_and(|line| line.contains(',')) { ',' } else { ';' };
    let is_row = |line: &&str| line.chars().any(|c| !c.is_whitespace() && c != separator);
    let rows = head.filter(is_row).count();
    assert_eq!(data.entities.len(), rows, "{text:?}");
}

/// Any bytes are JSON or a problem; what another reader of JSON refuses is refused.
pub(super) fn json(bytes: &[u8]) {
    let (_, _, problems) = read("a.json", bytes);
    let text = String::from_utf8_lossy(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let other = serde_json::from_str::<serde_json::Value>(text);
    assert!(other.is_ok() || problems.has_errors(), "{text:?} is read, but another reader says {other:?}");
}

/// Any bytes are TOML or a problem; what another reader of TOML refuses is refused.
pub(super) fn toml(bytes: &[u8]) {
    let (_, _, problems) = read("a.toml", bytes);
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n");
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let other = ::toml::de::DeTable::parse(text).map(|_| ());
    assert!(other.is_ok() || problems.has_errors(), "{text:?} is read, but another reader says {other:?}");
}

/// Data that are nearly right, of rules that are right, in any of the three forms: an answer or a problem with a place.
pub(super) fn facts(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let (rules, data, year) = WITH_DATA[choices.below(WITH_DATA.len())];
    let csv = "region;mål;stole;budget;andel;klar;slags;dag\nA;2;9;1.000,5;12,5;ja;lille;2025-02-01\nB;3;-;;100;nej;stor;\n";
    let toml = "year = 2025\n[region.A]\nmål = 2\nstole = 9\nbudget = \"1,5 mio. kr.\"\n[region.B]\nmål = 3\ndag = 2025-02-01\n";
    let (arg, data) = match choices.below(4) {
        0 => ("region=d.csv", csv),
        1 => ("d.toml", toml),
        _ => ("d.json", data),
    };
    let text = choices.changed(data, &[data, csv, toml], 12);
    let mut session = Session::new();
    session.add_rules("r.klausul", rules.as_bytes());
    let mut problems = Problems::new();
    let raw =
        read_data(&DataArg::parse(arg), text.as_bytes(), &|_| None, session.sources_mut(), &mut problems);
    findings(&problems, session.sources());
    session.set_data(raw);
    let bound = session.bound(Some(Moment::Year(year)));
    findings(&bound.problems, session.sources());
    let question = Question { moment: Some(Moment::Year(year)), ..Question::default() };
    match session.ask(&question) {
        Ok(answer) => {
            findings(&answer.problems, session.sources());
            let json = session.results_json(&answer, session.lang());
            assert_eq!(json["results"].as_array().map(Vec::len), Some(answer.lines.len()));
            shown(&answer.problems, session.sources());
        }
        Err(problems) => {
            assert!(problems.has_errors(), "no answer, and nothing said");
            findings(&problems, session.sources());
        }
    }
    let twice = session.computed_twice(Some(Moment::Year(year)));
    assert!(twice.differ.is_empty(), "{text}: {:#?}", twice.differ);
}
