//! Laws of kinds: shares add to the pool in every group and rule, ranks count those before, groups part the whole, and
//! bounds of an aggregate hold whatever an unknown turns out to be.

use klausul::facts::{DataArg, Datum, Moment, read_data};
use klausul::session::{Question, Session};
use klausul::value::Number;
use proptest::prelude::*;

const KINDS: &str = "hver region, regioner, regionen har\n  pulje : kr.\n\n\
    hver kommune, kommuner, kommunen har\n  region   : region\n  folketal : tal, mellem 0 og 9\n  med_i    : ja/nej\n\n\
    kilde A \"a\"\n\n";

/// A municipality: its region, its population and whether it takes part, where these are known.
type Town = (usize, Option<u32>, Option<bool>);

fn session(rules: &str, pools: &[i64], towns: &[Town]) -> Session {
    let mut session = Session::new();
    session.add_rules("regler.klausul", format!("{KINDS}{rules}").as_bytes()).unwrap();
    let regions: Vec<String> =
        pools.iter().enumerate().map(|(i, pool)| format!("\"R{i}\": {{\"pulje\": {pool}}}")).collect();
    let towns: Vec<String> = towns
        .iter()
        .enumerate()
        .map(|(i, (region, people, takes_part))| {
            let people = people.map(|n| format!(", \"folketal\": {n}")).unwrap_or_default();
            let takes_part = takes_part.map(|yes| format!(", \"med_i\": {yes}")).unwrap_or_default();
            format!("\"K{i:02}\": {{\"region\": \"R{region}\"{people}{takes_part}}}")
        })
        .collect();
    let data = format!("{{\"region\": {{{}}}, \"kommune\": {{{}}}}}", regions.join(","), towns.join(","));
    let mut problems = klausul::diag::Problems::new();
    let arg = DataArg::parse("data.json");
    let raw = read_data(&arg, data.as_bytes(), &|_| None, session.sources_mut(), &mut problems);
    assert!(!problems.has_errors(), "{data}");
    session.set_data(raw);
    session
}

/// The results of a definition or question: a number each, or why there is none.
fn numbers(session: &Session, target: &str) -> Vec<Result<Number, klausul::eval::Outcome>> {
    let question = Question {
        targets: vec![target.to_owned()],
        moment: Some(Moment::Year(2025)),
        ..Question::default()
    };
    let answer = session.ask(&question).unwrap_or_else(|problems| panic!("{problems:?}"));
    let number = |outcome: &klausul::eval::Outcome| match outcome.datum() {
        Some(Datum::Number(number)) => Ok(number.clone()),
        Some(_) | None => Err(outcome.clone()),
    };
    answer.lines.iter().map(|line| number(answer.outcome(line))).collect()
}

fn sum(all: &[Number]) -> Number {
    all.iter().fold(Number::zero(), |sum, number| sum.add(number))
}

fn known(regions: usize) -> impl Strategy<Value = Vec<Town>> {
    let town = (0..regions, 1u32..10, any::<bool>()).prop_map(|(r, n, m)| (r, Some(n), Some(m)));
    prop::collection::vec(town, 1..9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the rule, shares add to what is shared; those outside `hvor` get nothing.
    #[test]
    fn shares_add_to_the_pool(towns in known(3), pool in -500i64..500, rule in 0usize..4) {
        let rest = ", afrundet til 1 kr., rest til \"K00\"";
        let rule = ["", ", afrundet til 1 kr.", rest, ", afrundet til 0,5 kr."][rule];
        let pool_text = pool.to_string().replace('-', "−");
        let rules = format!(
            "klausul k for hver kommune\n  hjemmel A \"a\"\n  \
             hele = {pool_text} kr. fordelt efter folketal blandt alle kommuner{rule}\n  \
             nogle = {pool_text} kr. fordelt ligeligt blandt alle kommuner hvor med_i\n"
        );
        let session = session(&rules, &[1, 1, 1], &towns);
        let all: Vec<Number> = numbers(&session, "k.hele").into_iter().map(Result::unwrap).collect();
        prop_assert_eq!(sum(&all), Number::from_i64(pool));
        let some: Vec<Result<Number, _>> = numbers(&session, "k.nogle");
        if towns.iter().any(|town| town.2 == Some(true)) {
            let some: Vec<Number> = some.into_iter().map(Result::unwrap).collect();
            prop_assert_eq!(sum(&some), Number::from_i64(pool));
            for (share, town) in some.iter().zip(&towns) {
                prop_assert!(town.2 == Some(true) || share.is_zero());
            }
        } else {
            prop_assert_eq!(some.iter().all(Result::is_ok), pool == 0);
        }
    }

    /// Each region's pool goes to its own, to the last krone; and what the regions' municipalities get is all there is.
    #[test]
    fn shares_add_to_the_pool_of_each_group(towns in known(3), pools in prop::array::uniform3(0i64..900)) {
        let rules = "klausul k for hver kommune\n  \
             andel = regionens pulje fordelt efter folketal blandt alle kommuner i regionen, afrundet til 1 kr.\n\
             klausul r for hver region\n  i_alt = sum af andel for alle kommuner i regionen\n  \
             har_nogen = antal kommuner i regionen\n\
             klausul n\n  tilsammen = sum af andel for alle kommuner\n";
        let session = session(rules, &pools, &towns);
        let shared: Vec<Number> = numbers(&session, "r.i_alt").into_iter().map(Result::unwrap).collect();
        let members: Vec<Number> = numbers(&session, "r.har_nogen").into_iter().map(Result::unwrap).collect();
        for ((shared, pool), members) in shared.iter().zip(&pools).zip(&members) {
            let wanted = if members.is_zero() { 0 } else { *pool };
            prop_assert_eq!(shared, &Number::from_i64(wanted));
        }
        prop_assert_eq!(numbers(&session, "n.tilsammen"), vec![Ok(sum(&shared))]);
    }

    /// A rank is 1 and as many as go before; those of a group count up to its size.
    #[test]
    fn a_rank_counts_those_before(towns in known(2)) {
        let rules = "klausul k for hver kommune\n  plads = rang af folketal blandt alle kommuner, størst først\n  \
             større = antal kommuner hvor folketal > kommunens folketal\n";
        let session = session(rules, &[1, 1], &towns);
        let ranks = numbers(&session, "k.plads");
        let larger = numbers(&session, "k.større");
        for (rank, larger) in ranks.into_iter().zip(larger) {
            prop_assert_eq!(rank.unwrap(), larger.unwrap().add(&Number::one()));
        }
    }

    /// Groups part the whole: sums and numbers over them add to those over all.
    #[test]
    fn groups_part_the_whole(towns in known(3)) {
        let rules = "klausul r for hver region\n  folk = sum af folketal for alle kommuner i regionen\n\
             klausul n\n  via_regioner = sum af folk for alle regioner\n  \
             direkte = sum af folketal for alle kommuner\n  \
             vejet = gennemsnit af folketal for alle kommuner vægtet med 1\n  \
             uvejet = gennemsnit af folketal for alle kommuner\n";
        let session = session(rules, &[1, 1, 1], &towns);
        prop_assert_eq!(numbers(&session, "n.via_regioner"), numbers(&session, "n.direkte"));
        prop_assert_eq!(numbers(&session, "n.vejet"), numbers(&session, "n.uvejet"));
    }

    /// Filling in what is unknown lands within the bounds, and a value that was known stays.
    #[test]
    fn bounds_hold_whatever_turns_out(
        towns in known(2),
        gaps in prop::collection::vec((any::<bool>(), any::<bool>()), 9),
        which in 0usize..8,
    ) {
        let question = [
            "sum af folketal for alle kommuner hvor med_i",
            "antal kommuner hvor med_i",
            "største af folketal for alle kommuner hvor med_i, hvis ingen: 0",
            "mindste af folketal for alle kommuner hvor med_i, hvis ingen: 9",
            "gennemsnit af folketal for alle kommuner hvor med_i, hvis ingen: 4",
            "gennemsnit af folketal for alle kommuner vægtet med folketal + 1",
            "(10 kr. fordelt efter folketal + 1 blandt alle kommuner) for \"K00\"",
            "(rang af folketal blandt alle kommuner, størst først) for \"K00\"",
        ][which].replace("vægtet med folketal + 1", "vægtet med (folketal + 1)")
            .replace("efter folketal + 1", "efter (folketal + 1)");
        let rules = format!("klausul n\n  hjemmel A \"a\"\n  x = {question}\n");
        let hidden: Vec<Town> = towns.iter().zip(&gaps)
            .map(|((r, n, m), (hide_n, hide_m))| (*r, n.filter(|_| !hide_n), m.filter(|_| !hide_m)))
            .collect();
        let full = numbers(&session(&rules, &[1, 1], &towns), "n.x").remove(0).unwrap();
        match numbers(&session(&rules, &[1, 1], &hidden), "n.x").remove(0) {
            Ok(known) => prop_assert_eq!(known, full, "{:?} {:?}", question, hidden),
            Err(outcome) => {
                let bounds = outcome.bounds().unwrap_or_else(|| panic!("{question}: {outcome:?}"));
                prop_assert!(bounds.contains(&full), "{:?}: {:?} {:?}", question, full, bounds);
            }
        }
    }
}
