//! Worlds side by side, held to the answers of each by itself; the terms of bridges add up, whatever the rules are.

use klausul::base::Lang;
use klausul::compare::{
    Change, Column, Comparison, Side, Standing, Step, Telling, asked_of_all, bridges, line_steps, told,
};
use klausul::diag::Problems;
use klausul::facts::{DataArg, Moment, RawData, read_data};
use klausul::model::Origin;
use klausul::render::{Look, compared_text};
use klausul::session::Session;
use klausul::value::Number;

fn loaded(session: &mut Session, name: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let mut problems = Problems::new();
    let bytes = crate::read_bytes(&path);
    let data = read_data(&DataArg::parse(name), &bytes, &|_| None, session.sources_mut(), &mut problems);
    assert!(!problems.has_errors(), "{problems:?}");
    session.set_data(RawData::join([data], &mut problems));
}

fn pack(folder: &str, data: Option<&str>) -> Side {
    let mut session = crate::session_of(folder);
    if let Some(data) = data {
        loaded(&mut session, data);
    }
    Side { session, moment: None }
}

/// A column that sets things one after another.
fn setting(base: &Side, name: &str, all: &[&str]) -> Column {
    let mut session = base.session.clone();
    for text in all {
        let laid = match text.split_once(' ') {
            Some(("scenarie" | "scenario", scenario)) => session.use_scenario(scenario),
            Some(("læsning" | "reading", _)) => session.lay_line("--with", text, Origin::Set),
            _ => session.assign("--with", text, Origin::Set),
        };
        laid.unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
    }
    of(base, name, session)
}

pub(crate) fn of(base: &Side, name: &str, session: Session) -> Column {
    let steps = line_steps(&session, base.session.layers().len());
    let mut start = session;
    start.restore_layers(base.session.layers().to_vec());
    let start = Side { session: start, moment: base.moment };
    Column { name: name.to_owned(), other_rules: None, start, steps }
}

fn shown(base: &Side, columns: &[Column], targets: &[&str], bridge: Option<&str>, lang: Lang) -> String {
    let targets: Vec<String> = targets.iter().map(|target| (*target).to_owned()).collect();
    let answers = asked_of_all(base, columns, &targets, &[]).unwrap();
    let comparison = Comparison::of(answers.iter().collect());
    let ways: Vec<_> = bridge
        .iter()
        .flat_map(|target| columns.iter().enumerate().map(move |(at, column)| (at, column, target)))
        .map(|(at, column, target)| (at + 1, bridges(base, column, target, &[]).unwrap()))
        .collect();
    let ways: Vec<_> = ways
        .iter()
        .flat_map(|(at, (found, answer))| found.iter().map(move |bridge| (*at, bridge.clone(), answer)))
        .collect();
    compared_text(
        &told(
            &comparison,
            (base, columns),
            &ways,
            Telling { lang, base: lang.pick("grundlag", "base"), all: false },
        ),
        &Look::new(lang),
    )
}

fn both(base: &Side, columns: &[Column], targets: &[&str], bridge: Option<&str>) -> String {
    let told = |lang| shown(base, columns, targets, bridge, lang);
    format!("{}\n---\n{}", told(Lang::Da), told(Lang::En))
}

#[test]
fn a_step_of_the_ladder_of_2025() {
    let base = pack("rules/oea25", Some("rules/oea25/data/regioner.json"));
    let column = setting(
        &base,
        "lavere trin",
        &[
            "scenarie andet_trin_60",
            "nærhedsfinansiering.andel_bevaret[1] = 30 pct.",
            "læsning trin = tredjedele",
        ],
    );
    let told = both(&base, &[column], &["nærhedsfinansiering"], Some("nærhedsfinansiering.bevaret_i_alt"));
    insta::assert_snapshot!(told);
}

#[test]
fn two_columns_of_the_agreement_of_2020() {
    let mut base = pack("rules/oea20", Some("rules/oea20/data/en_region.json"));
    base.moment = Some(Moment::Year(2020));
    let columns = [
        setting(&base, "pulje", &["nærhedsfinansiering.pulje = 1.500 mio. kr."]),
        setting(&base, "loft", &["læsning loft = som_trykt"]),
    ];
    insta::assert_snapshot!(both(&base, &columns, &["nærhedsfinansiering"], None));
}

#[test]
fn the_health_reform_as_it_can_be_computed() {
    let mut base = pack("rules/sr24", Some("rules/sr24/data/sundhedsraad.json"));
    base.moment = Some(Moment::Year(2027));
    let column = setting(&base, "regnbart", &["scenarie regnbart"]);
    insta::assert_snapshot!(both(&base, &[column], &["lokale_rammer_i_rådet", "investeringer"], None));
}

#[test]
fn the_same_agreement_in_two_years() {
    let base = pack("rules/oea25", Some("rules/oea25/data/regioner.json"));
    let moment = Change::Moment(Moment::Year(2024));
    let steps = vec![Step { words: "2024".to_owned(), change: moment }];
    let column = Column { name: "2024".to_owned(), other_rules: None, start: base.clone(), steps };
    insta::assert_snapshot!(both(&base, &[column], &["anlægsramme", "kriterier"], None));
}

#[test]
fn what_is_unknown_on_the_way_is_told_together_and_never_as_nothing() {
    let mut session = Session::new();
    let rules = "aftale S \"Støtte\"\n  periode 2025\nkilde S \"Støtte\"\nklausul k\n  hjemmel S boks 1\n  a = 100 kr.\n  b = 2 × a\n";
    session.add_rules("s.klausul", rules.as_bytes());
    let base = Side { session, moment: None };
    let column = setting(&base, "x", &["k.a = 120 kr.", "k.a = ukendt", "k.a = 90 kr."]);
    let (found, _) = bridges(&base, &column, "k.b", &[]).unwrap();
    let bridge = &found[0];
    assert_eq!(bridge.term(1), Some(Number::from_i64(40)));
    assert_eq!((bridge.term(2), bridge.term(3)), (None, None));
    assert!(matches!(bridge.points[2].at, Standing::Unknown(_)));
    let joints = bridge.joints();
    assert_eq!((joints.len(), joints[0].from, joints[0].to), (1, 2, 3));
    assert_eq!(joints[0].by, Number::from_i64(-60));
    assert_eq!(bridge.whole(), Some(Number::from_i64(-20)));
}
