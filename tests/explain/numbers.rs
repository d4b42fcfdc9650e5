//! Every number that an explanation tells stands in the trace, or in the text of the rules.

use std::collections::BTreeSet;

use klausul::base::Lang;
use klausul::eval::{Detail, Outcome};
use klausul::explain::{Depth, Explanation, explain, text};
use klausul::model::NodeKind;
use klausul::session::Answer;
use klausul::value::{Number, RoundMode};
use proptest::prelude::*;

use super::{Asked, agreement};

/// The numbers that may be told: values of the trace and figures of the rules, in every multiple they may be shown in.
fn known(answer: &Answer) -> BTreeSet<Number> {
    let mut base = BTreeSet::new();
    for step in answer.trace.steps.iter() {
        base.extend(step.outcome.as_number().cloned());
        if let Outcome::Unknown(unknown) = &step.outcome {
            base.extend(unknown.bounds.low.iter().chain(&unknown.bounds.high).cloned());
        }
        base.insert(Number::from_i64(i64::from(step.at.moment.year())));
        match &step.detail {
            Detail::Rounded { before } => drop(base.insert(before.clone())),
            Detail::Shares(lines) => {
                base.extend(lines.iter().flat_map(|line| [line.exact.clone(), line.share.clone()]));
                base.insert(lines.iter().fold(Number::zero(), |sum, line| sum.add(&line.share)));
            }
            Detail::Between { part, .. } => drop(base.insert(part.clone())),
            Detail::Slices(_, lines) => {
                for part in lines.iter().flat_map(|line| [&line.amount, &line.charge]) {
                    let bounds = part.bounds().unwrap_or_default();
                    base.extend(bounds.low.into_iter().chain(bounds.high));
                }
            }
            Detail::Plain | Detail::Definition(_) | Detail::Fact(_) | Detail::Branch(_) => {}
            Detail::Row { .. }
            | Detail::Entities(_)
            | Detail::Ranks(_)
            | Detail::Years(_)
            | Detail::Limited(_) => {}
        }
        // Conditions met, not decided, and all of them, are counted.
        base.extend((0..=step.inputs.len()).filter_map(|n| i64::try_from(n).ok()).map(Number::from_i64));
    }
    base.extend(along_indices(answer));
    // The days of dates.
    base.extend((1..=31).map(Number::from_i64));
    let model = &answer.plan.model;
    for node in model.nodes.iter() {
        match &node.kind {
            NodeKind::Figure { value, .. } => drop(base.insert(value.clone())),
            NodeKind::Round(_, size, _) => drop(base.insert(size.clone())),
            NodeKind::EachRound(_, rounding) => drop(base.insert(rounding.step.clone())),
            NodeKind::Share(rule) => base.extend(rule.step.clone()),
            NodeKind::SumOver(_, period) => {
                base.extend(period.years().map(|year| Number::from_i64(i64::from(year))));
            }
            _ => {}
        }
    }
    for alternative in model.defs.iter().flat_map(|def| &def.alternatives) {
        let days = [alternative.interval.from, alternative.interval.last()];
        base.extend(days.into_iter().flatten().map(|day| Number::from_i64(i64::from(day.year()))));
    }
    // A step of 3,5 pct. multiplies by 1,035.
    for line in model.indices.iter().flat_map(|index| &index.lines) {
        if let NodeKind::Figure { value, .. } = &model.node(line.value).kind {
            base.insert(Number::one().add(value));
        }
    }
    for kind in model.kinds.ids() {
        let lives = answer.facts.of_kind(kind).into_iter().map(|entity| answer.facts.life(entity));
        let days = lives.flat_map(|life| [life.from, life.last()]).flatten();
        base.extend(days.map(|day| Number::from_i64(i64::from(day.year()))));
    }
    for fact in model.facts.iter() {
        let Some(domain) = &fact.declared.domain else { continue };
        base.extend([&domain.low, &domain.high].into_iter().flatten().map(|(end, _)| end.clone()));
    }
    let scales = [-2, -3, 0, 3, 6, 9].map(Number::pow10);
    base.iter().flat_map(|n| scales.iter().filter_map(|scale| n.div(scale))).collect()
}

/// What an amount is after each step of the index it is converted along.
fn along_indices(answer: &Answer) -> Vec<Number> {
    let model = &answer.plan.model;
    let mut found = Vec::new();
    for step in answer.trace.steps.iter() {
        let klausul::eval::What::Expr(expr) = step.what else { continue };
        let NodeKind::Converted { index, .. } = &model.node(expr).kind else { continue };
        let value = step.inputs.first().and_then(|input| answer.trace.outcome(*input).as_number());
        let Some(mut value) = value.cloned() else { continue };
        for line in &model.indices[*index].lines {
            found.extend([line.from, line.to].map(|year| Number::from_i64(i64::from(year))));
            if let NodeKind::Figure { value: rate, .. } = &model.node(line.value).kind {
                value = value.mul(&Number::one().add(rate));
                found.push(value.clone());
            }
        }
    }
    found
}

/// A number as it stands in a text.
#[derive(Debug)]
struct Told {
    number: Number,
    decimals: u32,
    shortened: bool,
}

/// Reads the numbers out of a text: not those in quotation marks, in names, in units (`pr. 1.000`) or in price levels.
fn numbers(text: &str, lang: Lang) -> Vec<Told> {
    let (group, point) = lang.pick(('.', ','), (',', '.'));
    let chars: Vec<char> = text.chars().collect();
    let (mut at, mut quoted, mut found) = (0, false, Vec::new());
    while at < chars.len() {
        let c = chars[at];
        quoted ^= c == '"';
        let inside_word = at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_');
        if quoted || !c.is_ascii_digit() || inside_word {
            at += 1;
            continue;
        }
        let start = at;
        let goes_on = |at: usize| {
            chars[at].is_ascii_digit()
                || (matches!(chars[at], '.' | ',' | '/')
                    && chars.get(at + 1).is_some_and(char::is_ascii_digit))
        };
        while at < chars.len() && goes_on(at) {
            at += 1;
        }
        let before: String = chars[..start].iter().collect();
        let after: String = chars[at..].iter().take(3).collect();
        if after == "-pl" || before.ends_with("pr. ") || before.ends_with("per ") {
            continue;
        }
        let digits: String = chars[start..at].iter().filter(|c| **c != group).collect();
        let digits = digits.replace(point, ".");
        let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        let Some(number) = Number::from_exact(&digits) else { panic!("`{digits}` in {text}") };
        let negative = before.ends_with('−');
        found.push(Told {
            number: if negative { number.neg() } else { number },
            decimals: u32::try_from(decimals).unwrap(),
            shortened: before.trim_end_matches('−').ends_with("≈ "),
        });
    }
    found
}

fn stray(explanation: &Explanation, known: &BTreeSet<Number>) -> Vec<String> {
    let mut wrong = Vec::new();
    explanation.visit(&mut |item| {
        let texts = [&item.label].into_iter().chain(&item.value).chain(&item.exact).chain(&item.says);
        for text in texts {
            let plain = text.replace('\u{a0}', " ");
            for told in numbers(&plain, explanation.lang) {
                if !is_known(&told, known) {
                    wrong.push(format!("{} in `{plain}`", told.number.to_exact()));
                }
            }
        }
    });
    wrong
}

fn is_known(told: &Told, known: &BTreeSet<Number>) -> bool {
    // The sign may stand for itself: `−x` is told of a known x.
    if known.contains(&told.number) || known.contains(&told.number.neg()) {
        return true;
    }
    let size = Number::pow10(-i32::try_from(told.decimals).unwrap());
    told.shortened && known.iter().any(|n| n.round(&size, RoundMode::Nearest).as_ref() == Some(&told.number))
}

fn check(asked: &Asked, target: &str) {
    let answer = asked.answer(target);
    let known = known(&answer);
    assert!(!answer.lines.is_empty(), "{target}");
    for line in &answer.lines {
        for (lang, depth) in [
            (Lang::Da, Depth::Clause),
            (Lang::En, Depth::Clause),
            (Lang::Da, Depth::Arithmetic),
            (Lang::En, Depth::Result),
        ] {
            let told = explain(answer.words(lang), &answer.trace, line.step, depth);
            let wrong = stray(&told, &known);
            assert!(wrong.is_empty(), "{wrong:#?}\n{}", text(&told, 100));
            check_form(&told);
        }
    }
}

/// The text fits its width, hides no no-break space, and no line is empty of words.
fn check_form(told: &Explanation) {
    for width in [40, 60, 100] {
        for line in text(told, width).lines() {
            assert!(!line.contains('\u{a0}'), "{line}");
            let long = line.chars().count() > width;
            let words = line.trim_start_matches([' ', '│', '├', '└', '─', '•']).split(' ').count();
            assert!(!long || words <= 12, "{width}: {line}");
        }
    }
}

#[test]
fn every_number_told_of_the_agreement_is_in_the_trace() {
    let clauses = [
        "nærhedsfinansiering",
        "betinget_bloktilskud",
        "betinget_bloktilskud_anlæg",
        "modregning",
        "finansiering",
        "på_spil",
        "anlægsramme",
        "lånepulje",
        "administration",
        "ulighedspulje",
        "digitale_medicininitiativer",
        "effektiviseringsgevinster",
        "teknologibidrag",
    ];
    for year in [2024, 2025, 2026] {
        let asked = agreement().data("regioner.json").year(year);
        for clause in clauses {
            check(&asked, clause);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// With any keys and figures.
    #[test]
    fn every_number_told_is_in_the_trace(
        keys in prop::array::uniform4(1_i64..2_000),
        doctors in prop::array::uniform5(0_i64..9_000),
        people in prop::array::uniform5(100_000_i64..2_000_000),
        before in prop::array::uniform5(1_i64..999),
        now in prop::array::uniform5(1_i64..999),
    ) {
        let hundredths = |n: i64| format!("{}.{:02}", n / 100, n % 100);
        let last = 10_000 - keys.iter().sum::<i64>();
        let names = ["Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland"];
        let regions: Vec<String> = (0..5).map(|i| {
            let key = keys.get(i).copied().unwrap_or(last);
            let (was, is) = (hundredths(before[i]), hundredths(now[i]));
            format!(
                r#""{}": {{"bloktilskudsnøgle": {}, "lægetal": {}, "indbyggertal": {},
                "forløb_pr_borger": {{"2024": {was}, "2025": {is}}},
                "forløb_pr_kroniker": {{"2024": {is}, "2025": {was}}}}}"#,
                names[i], hundredths(key), doctors[i], people[i],
            )
        }).collect();
        let data = format!(r#"{{"year": 2025, "region": {{{}}}}}"#, regions.join(", "));
        let asked = agreement().json(&data);
        check(&asked, "nærhedsfinansiering.efterregulering");
        check(&asked, "ulighedspulje");
        check(&asked, "administration.andel");
    }
}

#[test]
fn the_reader_of_numbers_reads_rightly() {
    let text = "1.723,9 mio. kr. (≈ −2,50) K0401 \"7\" 25-pl 2027-2030 pr. 1.000 folk x_2 1/3, 5.";
    let found: Vec<(String, bool)> =
        numbers(text, Lang::Da).into_iter().map(|told| (told.number.to_exact(), told.shortened)).collect();
    let expected =
        [("1723.9", false), ("-2.5", true), ("2027", false), ("2030", false), ("1/3", false), ("5", false)];
    assert_eq!(found, expected.map(|(number, shortened)| (number.to_owned(), shortened)));
    let known = BTreeSet::from([Number::from_exact("2/3").unwrap(), Number::from_i64(5)]);
    let told = |text| is_known(&numbers(text, Lang::Da)[0], &known);
    assert!(told("≈ 0,67") && told("5") && told("2/3"));
    assert!(!told("0,67") && !told("≈ 0,66") && !told("6"));
}

#[test]
fn every_result_of_the_lessons_and_cases_can_be_explained() {
    let folders = ["examples/da", "examples/en", "tests/cases/run/ok"];
    let files = folders.iter().flat_map(|folder| crate::files_in(folder));
    let mut told = 0;
    for path in files.filter(|path| path.extension().is_some_and(|e| e == "klausul")) {
        let asked = super::file(&path);
        for year in [2024, 2025, 2027] {
            let asked = Asked { question: asked.question.clone(), session: asked.session.clone() }.year(year);
            let Ok(answer) = asked.session.ask(&asked.question) else { continue };
            let known = known(&answer);
            for line in &answer.lines {
                for depth in [Depth::Result, Depth::Clause, Depth::Arithmetic] {
                    let explanation = explain(answer.words(Lang::En), &answer.trace, line.step, depth);
                    let wrong = stray(&explanation, &known);
                    assert!(wrong.is_empty(), "{path:?} {wrong:#?}\n{}", text(&explanation, 100));
                    check_form(&explanation);
                    told += 1;
                }
            }
        }
    }
    assert!(told > 300, "only {told}");
}
