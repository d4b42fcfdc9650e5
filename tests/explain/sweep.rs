//! How a result moves with one number: held to every value tried one by one, and read as the user reads it.

use klausul::base::Lang;
use klausul::diag::Code;
use klausul::explore::{End, Moves, Range, Segment, Sweep, across, sweep};
use klausul::model::Origin;
use klausul::render::{Look, sweep_json, sweep_text};
use klausul::value::Number;

use super::{Asked, rules};

const SUPPORT: &str = r#"aftale S "Støtteaftalen, opdigtet"
  periode 2025

kilde S "Støtteaftalen, opdigtet"

klausul støtte "Støtte efter omsætning"
  hjemmel S boks 1
  givet omsætning : kr., mindst 0 kr.
  givet ansatte   : hele tal, mellem 0 og 12
  givet haster    : ja/nej
  tabel sats efter ansatte
    0 – 2 | 0 pct.
    3 – 9 | 40 pct.
    10+   | 60 pct.
  betingelse stor = omsætning ≥ 1.000 kr.
  tilskud beløb = 100 kr. + 10 pct. af omsætning betinget af stor
  udbetalt = sats af beløb, dog højst 120 kr.
  afrundet = (omsætning / 3), afrundet til 100 kr.
  kvadrat  = (omsætning × ansatte) + (ansatte × ansatte) × 1 kr.
"#;

const DATA: &str = r#"{"year": 2025, "given": {"støtte.omsætning": "1.750 kr.", "støtte.ansatte": 5, "støtte.haster": false}}"#;

pub(super) fn support() -> Asked {
    rules(SUPPORT).json(DATA)
}

pub(super) fn range<'t>(from: &'t str, to: &'t str) -> Range<'t> {
    Range { from: Some(from), to: Some(to), step: None }
}

fn swept(mut asked: Asked, target: &str, of: &str, range: Range<'_>, lang: Lang) -> Vec<Sweep> {
    asked.question.targets = vec![target.to_owned()];
    sweep(&asked.session, &asked.question, of, range, lang).unwrap()
}

fn both(target: &str, of: &str, range: Range<'_>) -> String {
    let told = |lang| sweep_text(&swept(support(), target, of, range, lang), &Look::new(lang));
    format!("{}\n---\n{}", told(Lang::Da), told(Lang::En))
}

#[test]
fn a_grant_with_a_threshold_and_a_ceiling() {
    insta::assert_snapshot!(both("støtte.udbetalt", "støtte.omsætning", range("0 kr.", "3.000 kr.")));
}

#[test]
fn a_whole_number_over_all_that_it_can_be() {
    insta::assert_snapshot!(both("støtte.udbetalt", "støtte.ansatte", Range::default()));
}

#[test]
fn a_rounding_step_by_step_and_one_that_is_too_fine() {
    insta::assert_snapshot!(both("støtte.afrundet", "støtte.omsætning", range("0 kr.", "1.000 kr.")));
    insta::assert_snapshot!(
        "too_fine",
        both("støtte.afrundet", "støtte.omsætning", range("0 kr.", "1.000.000 kr."))
    );
}

#[test]
fn a_definition_and_a_cell_are_followed_too() {
    insta::assert_snapshot!(both("støtte.udbetalt", "støtte.beløb", range("0 kr.", "500 kr.")));
    insta::assert_snapshot!(
        "a_cell",
        both("støtte.udbetalt", "støtte.sats[3 – 9]", range("0 pct.", "100 pct."))
    );
}

#[test]
fn what_is_not_straight_is_not_said_to_be() {
    let step = Range { step: Some("3"), ..Range::default() };
    insta::assert_snapshot!(both("støtte.kvadrat", "støtte.ansatte", step));
}

#[test]
fn programs_read_the_same() {
    let all = swept(support(), "støtte.udbetalt", "støtte.omsætning", range("0 kr.", "3.000 kr."), Lang::Da);
    insta::assert_json_snapshot!(sweep_json(&all));
}

#[test]
fn what_cannot_be_followed_is_refused() {
    let refused = |target: &str, of: &str, range: Range<'_>| {
        let mut asked = support();
        asked.question.targets = vec![target.to_owned()];
        let refused = sweep(&asked.session, &asked.question, of, range, Lang::Da).unwrap_err();
        refused.problems.sorted()[0].code
    };
    let (from, to) = ("0 kr.", "10 kr.");
    assert_eq!(refused("støtte.beløb", "støtte.omsætning", range(to, from)), Code::NothingToFollow);
    assert_eq!(refused("støtte.beløb", "støtte.omsætning", Range::default()), Code::NoRange);
    assert_eq!(refused("støtte.beløb", "støtte.haster", range("ja", "nej")), Code::NotVaried);
    assert_eq!(refused("støtte.beløb", "støtte.ansatte", Range::default()), Code::NotRestedOn);
    assert_eq!(refused("støtte.beløb", "støtte.omsætning", range("0 pct.", "10 pct.")), Code::WrongType);
    assert_eq!(refused("støtte.beløb", "støtte.omsætningen", range(from, to)), Code::UndefinedName);
    let no_target = refused("støtte.findes_ikke", "støtte.omsætning", range(from, to));
    assert!(matches!(no_target, Code::NoSuchTarget | Code::UndefinedName), "{no_target:?}");
}

/// Small agreements in a number from 0 to 20: lines, limits, extremes, roundings, a table, a scale, conditions.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }
    fn line(&mut self, deep: u64) -> String {
        let (a, b) = (self.next(4) + 1, self.next(12));
        if deep == 0 {
            return format!("({a} × x − {b})");
        }
        match self.next(9) {
            0 => format!("({} + {})", self.line(deep - 1), self.line(deep - 1)),
            1 => format!("({} / {a})", self.line(deep - 1)),
            2 => format!("({}, dog højst {})", self.line(deep - 1), b * 2),
            3 => format!("({}, dog mindst {})", self.line(deep - 1), self.line(deep - 1)),
            4 => format!("største af ({}; {})", self.line(deep - 1), self.line(deep - 1)),
            5 => format!("mindste af ({}; {b})", self.line(deep - 1)),
            6 => format!("({}, afrundet til {})", self.line(deep - 1), a + 1),
            7 => format!("(trin × {})", self.line(deep - 1)),
            _ => format!("(hvis {} så {} ellers {})", self.truth(), self.line(deep - 1), self.line(deep - 1)),
        }
    }
    fn truth(&mut self) -> String {
        let ops = ["<", "≤", ">", "≥", "=", "≠"];
        let op = ops[usize::try_from(self.next(6)).unwrap()];
        format!("{} {op} {}", self.line(0), self.next(30))
    }
    fn rules(&mut self) -> String {
        let low = self.next(15) + 1;
        let high = low + 1 + self.next(10);
        let (whole, y, c) = (["tal", "hele tal"][usize::from(self.next(3) == 0)], self.line(2), self.truth());
        format!(
            "aftale A \"Opdigtet\"\n  periode 2025\nkilde A \"Opdigtet\"\nklausul k\n  hjemmel A boks 1\n  givet x : {whole}, mellem 0 og 20\n  tabel trin efter x\n    under {low} | 3\n    {low} – under {high} | 9\n    {high}+ | 1\n  y = {y}\n  betingelse c = y > 12 og {c}\n  z = hvis c så y ellers 7\n"
        )
    }
}

/// The result as the stretches tell it; `None` where they only bound it.
fn told(sweep: &Sweep, x: &Number) -> Option<Number> {
    let reaches = |end: &Option<End>, low: bool| {
        end.as_ref().is_none_or(|end| {
            let own = end.x.exact.as_ref().unwrap();
            own == x && end.included || if low { own < x } else { own > x }
        })
    };
    let all: Vec<&Segment> =
        sweep.segments.iter().filter(|own| reaches(&own.from, true) && reaches(&own.to, false)).collect();
    let [segment] = all.as_slice() else { panic!("{} stretches at {x:?}", all.len()) };
    match segment.moves {
        Moves::Same => segment.value.exact.clone(),
        Moves::Evenly(_) => {
            let (from, to) = (segment.from.as_ref().unwrap(), segment.to.as_ref().unwrap());
            let exact = |told: &klausul::explore::Told| told.exact.clone().unwrap();
            let (x0, x1, y0, y1) = (exact(&from.x), exact(&to.x), exact(&from.y), exact(&to.y));
            let part = x.sub(&x0).div(&x1.sub(&x0)).unwrap_or_else(Number::zero);
            Some(y0.add(&y1.sub(&y0).mul(&part)))
        }
        Moves::NearlyEvenly(..) | Moves::Within(..) => None,
    }
}

#[test]
fn every_value_between_is_the_one_that_a_question_gives() {
    let (mut numbers, mut proved) = (Numbers(11), 0);
    for _ in 0..25 {
        let text = numbers.rules();
        let mut asked = rules(&text).json(r#"{"year": 2025, "given": {"k.x": 3}}"#);
        asked.question.targets = vec!["k.z".to_owned()];
        let sweeps = sweep(&asked.session, &asked.question, "k.x", Range::default(), Lang::Da);
        let Ok(sweeps) = sweeps else { continue };
        assert!(sweeps[0].breaks.iter().all(|own| own.verified), "{text}");
        let parts = if text.contains("hele tal") { 1 } else { 3 };
        for at in (0..=20 * parts).step_by(2) {
            let x = Number::from_i64(at).div(&Number::from_i64(parts)).unwrap();
            let mut session = asked.session.clone();
            let value = if parts == 1 { format!("{at}") } else { format!("{at} / {parts}") };
            session.assign("--set", &format!("k.x = {value}"), Origin::Set).unwrap();
            let answer = session.ask(&asked.question).unwrap();
            let own = answer.outcome(&answer.lines[0]).as_number().cloned();
            if let Some(told) = told(&sweeps[0], &x) {
                proved += 1;
                assert_eq!(Some(told), own, "{value}\n{text}");
            }
        }
    }
    assert!(proved > 250, "only {proved} values were told exactly");
}

fn over(target: &str, over: &str, range: Range<'_>, lang: Lang) -> String {
    let mut asked = support();
    asked.question.targets = vec![target.to_owned()];
    sweep_text(&across(&asked.session, &asked.question, over, range, lang).unwrap(), &Look::new(lang))
}

#[test]
fn years_rows_and_entities_are_told_one_by_one() {
    let told = |lang| {
        let years = over("støtte.udbetalt", "år", range("2024", "2026"), lang);
        let rows = over("støtte.udbetalt", "støtte.sats", Range::default(), lang);
        let asked = rules("hver region, regioner, regionen har\n  mål : hele tal\nklausul k for hver region\n  beløb = mål × 2 kr.\n")
            .json(r#"{"year": 2025, "region": {"A": {"mål": 2}, "B": {"mål": 5}, "C": {}}}"#);
        let mut question = asked.question.clone();
        question.targets = vec!["k.beløb".to_owned()];
        let each = across(&asked.session, &question, "region", Range::default(), lang).unwrap();
        format!("{years}\n{rows}\n{}", sweep_text(&each, &Look::new(lang)))
    };
    insta::assert_snapshot!(format!("{}\n---\n{}", told(Lang::Da), told(Lang::En)));
    let refused = |over: &str, range: Range<'_>| {
        let mut asked = support();
        asked.question.targets = vec!["støtte.udbetalt".to_owned()];
        across(&asked.session, &asked.question, over, range, Lang::Da).unwrap_err().problems.sorted()[0].code
    };
    assert_eq!(refused("år", Range::default()), Code::NoRange);
    assert_eq!(refused("år", range("2026", "2024")), Code::NothingToFollow);
    assert_eq!(refused("år", range("i dag", "2024")), Code::NothingToFollow);
    assert_eq!(refused("støtte.beløb", Range::default()), Code::NotVaried);
    assert_eq!(refused("findes_ikke", Range::default()), Code::NotVaried);
}

#[test]
fn a_chart_keeps_to_its_width_and_does_without_dots() {
    let all = swept(support(), "støtte.udbetalt", "støtte.omsætning", range("0 kr.", "3.000 kr."), Lang::Da);
    for width in [40, 60, 100] {
        let text = sweep_text(&all, &Look { width, ..Look::new(Lang::Da) });
        let widest = text
            .lines()
            .take_while(|line| !line.starts_with("støtte.omsætning "))
            .map(|line| line.chars().count())
            .max();
        assert!(widest <= Some(width), "{width}: {text}");
    }
    let plain = sweep_text(&all, &Look { plain: true, width: 60, ..Look::new(Lang::Da) });
    let chart: Vec<&str> = plain.lines().filter(|line| line.contains('|')).collect();
    assert_eq!(chart.len(), 9, "{plain}");
    assert!(chart.iter().all(|line| line.is_ascii() || line.contains("kr.")), "{plain}");
    insta::assert_snapshot!(plain);
}

/// What was followed in steps is exact in them, and nothing is claimed of what lies between.
#[test]
fn what_was_followed_in_steps_is_said_to_be_exact_in_them_alone() {
    let text = "aftale A \"x\"\n  periode 2025\nhver by, byer, byen har\n  nøgle : hele tal\nklausul k for hver by\n  pulje = 100 kr.\n  dobbelt = 2 × pulje\n  del = pulje fordelt efter nøgle blandt alle byer, afrundet til 1 kr.\n";
    let data = r#"{"year": 2025, "by": {"A": {"nøgle": 6}, "B": {"nøgle": 4}}}"#;
    let notes = |target: &str, lang| {
        swept(rules(text).json(data), target, "k.pulje", range("0 kr.", "60 kr."), lang)[0].notes.clone()
    };
    for (lang, in_steps, all) in [
        (Lang::Da, "i de trin, der er fulgt, er strækningerne", "strækningerne og grænserne er præcise"),
        (
            Lang::En,
            "in the steps that were followed, the stretches",
            "the stretches and their ends are exact",
        ),
    ] {
        let begins = |notes: Vec<String>, words: &str| notes.iter().any(|note| note.starts_with(words));
        assert!(begins(notes("k.del", lang), in_steps) && !begins(notes("k.del", lang), all));
        assert!(begins(notes("k.dobbelt", lang), all) && !begins(notes("k.dobbelt", lang), in_steps));
    }
}
