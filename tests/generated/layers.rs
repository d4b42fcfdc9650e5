//! Layers replace each other in their stated order only, whatever the order of the lines: the text carried over, the
//! agreement's own, a chosen reading, an amendment, a live exception, a scenario, and what is set from outside.

use klausul::facts::Moment;
use klausul::model::Origin;
use klausul::session::{Question, Session};
use klausul::value::Number;
use proptest::prelude::*;

use super::texts::shuffled;
use super::tried;
use crate::order::reordered_text;

/// What a layer says of the one line: a figure of its own, or the former value and something.
#[derive(Clone, Copy, Debug)]
enum Says {
    Nothing,
    Figure(i16),
    Former(i16),
}

impl Says {
    /// The value with this layer on top of those below.
    fn over(self, below: i64) -> i64 {
        match self {
            Says::Nothing => below,
            Says::Figure(value) => i64::from(value),
            Says::Former(more) => below + i64::from(more),
        }
    }

    /// The statement, with the name as it is written there.
    fn line(self, name: &str) -> Option<String> {
        let sign = |value: i16| if value < 0 { "−" } else { "" };
        match self {
            Says::Nothing => None,
            Says::Figure(value) => Some(format!("{name} = {}{} kr.", sign(value), value.unsigned_abs())),
            Says::Former(more) => {
                Some(format!("{name} = hidtidig {name} + ({}{} kr.)", sign(more), more.unsigned_abs()))
            }
        }
    }
}

/// Everything that stands above the carried text, in order.
#[derive(Clone, Debug)]
struct Layers {
    carried: i16,
    own: Says,
    reading: Says,
    chosen: bool,
    amendment: Says,
    exception: Says,
    live: bool,
    scenario: Says,
    set: Says,
}

impl Layers {
    /// What holds in a year, layer on layer.
    fn value(&self, year: i16) -> i64 {
        let when = |holds: bool, says: Says| if holds { says } else { Says::Nothing };
        let layers = [
            self.own,
            when(self.chosen, self.reading),
            when(year >= 2026, self.amendment),
            when(self.live, self.exception),
            self.scenario,
            self.set,
        ];
        layers.into_iter().fold(i64::from(self.carried), |below, says| says.over(below))
    }

    /// The earlier agreement, and this one.
    fn files(&self) -> [String; 2] {
        let before = format!(
            "aftale FØR \"Før\"\n  periode fra 2020\nklausul k\n  {}\n",
            Says::Figure(self.carried).line("x").unwrap()
        );
        let mut text =
            "aftale NU \"Nu\"\n  periode fra 2024\nbrug FØR\nklausul k viderefører FØR.k\n  y = 2 × x\n"
                .to_owned();
        let mut add = |line: String| text.push_str(&line);
        add(format!("  givet lever : ja/nej, hvis ikke oplyst: {}\n", if self.live { "ja" } else { "nej" }));
        self.own.line("x").into_iter().for_each(|line| add(format!("  {line}\n")));
        if let Some(line) = self.exception.line("x") {
            add(format!("  undtagelse e \"Undtagelse\"\n    når lever\n    {line}\n"));
        }
        if let Some(line) = self.reading.line("NU.k.x") {
            let (one, other) = if self.chosen { ("", " (valgt)") } else { (" (valgt)", "") };
            add(format!(
                "antagelse r \"Hvordan?\"\n  læsning sådan \"Sådan\"{one}\n  læsning anden \"Anden\"{other}\n    {line}\n"
            ));
        }
        if let Some(line) = self.amendment.line("NU.k.x") {
            add(format!("ændring m \"Ændring\" af NU\n  fra 2026\n  {line}\n"));
        }
        if let Some(line) = self.scenario.line("NU.k.x") {
            add(format!("scenarie s \"Scenarie\"\n  {line}\n"));
        }
        [before, text]
    }
}

fn layers() -> impl Strategy<Value = Layers> {
    let own = prop_oneof![Just(Says::Nothing), any::<i16>().prop_map(Says::Figure)];
    let says = prop_oneof![
        Just(Says::Nothing),
        any::<i16>().prop_map(Says::Figure),
        any::<i16>().prop_map(Says::Former)
    ];
    let five = prop::array::uniform5(says);
    (any::<i16>(), own, five, any::<bool>(), any::<bool>()).prop_map(
        |(carried, own, [reading, amendment, exception, scenario, set], chosen, live)| Layers {
            carried,
            own,
            reading,
            chosen,
            amendment,
            exception,
            live,
            scenario,
            set,
        },
    )
}

/// The value of the line and of one that uses it.
fn computed(layers: &Layers, files: &[String; 2], year: i16) -> Vec<Option<Number>> {
    let mut session = Session::new();
    for (at, text) in files.iter().enumerate() {
        session.add_rules(&format!("{at}.klausul"), text.as_bytes()).unwrap();
    }
    if layers.scenario.line("x").is_some() {
        session.use_scenario("s").unwrap_or_else(|problems| panic!("{problems:?}\n{}", files[1]));
    }
    if let Some(line) = layers.set.line("NU.k.x") {
        session
            .assign("--set", &line, Origin::Set)
            .unwrap_or_else(|problems| panic!("{problems:?}\n{}", files[1]));
    }
    let targets = vec!["NU.k.x".to_owned(), "NU.k.y".to_owned()];
    let question = Question { targets, moment: Some(Moment::Year(year)), ..Question::default() };
    let answer = session.ask(&question).unwrap_or_else(|problems| panic!("{problems:?}\n{}", files[1]));
    answer.lines.iter().map(|line| answer.outcome(line).as_number().cloned()).collect()
}

proptest! {
    #![proptest_config(tried(192))]

    #[test]
    fn layers_replace_each_other_in_their_stated_order(layers in layers(), year in 2024i16..2029, dice in prop::collection::vec(any::<usize>(), 1..20)) {
        let mut dice = dice.iter().copied().cycle();
        let files = layers.files().map(|text| reordered_text(&text, &mut |blocks| shuffled(blocks, &mut dice)));
        let value = layers.value(year);
        let expected = vec![Some(Number::from_i64(value)), Some(Number::from_i64(2 * value))];
        prop_assert_eq!(computed(&layers, &files, year), expected, "{}", files[1]);
    }
}
