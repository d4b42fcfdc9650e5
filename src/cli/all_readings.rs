//! `--all-readings`: which readings are tried. An answer can only change with what it rests on.

use std::collections::BTreeSet;

use super::args::AllReadings;
use crate::base::{Lang, bi};
use crate::diag::{Code, Diagnostic};
use crate::explain::Rests;
use crate::model::Assumption;
use crate::session::{Answer, Session};

/// A reading of each assumption that is varied, in the order they stand.
pub(super) type Combination<'m> = Vec<Varied<'m>>;

/// An assumption, read in one of its ways.
#[derive(Clone, Copy)]
pub(super) struct Varied<'m> {
    assumption: &'m Assumption,
    reading: &'m str,
    /// Whether it is read so anyway.
    is_chosen: bool,
}

/// The combinations to show, and how many assumptions the answer does not rest on in any of them.
pub(super) struct Choices<'m> {
    pub(super) all: Vec<Combination<'m>>,
    pub(super) left: usize,
}

/// More combinations than are computed.
pub(super) struct TooMany {
    assumptions: usize,
    /// `None` where there are more than can be counted.
    count: Option<usize>,
    most: usize,
}

/// Answers with some readings chosen, and returns what the answer rests on.
pub(super) type Answering<'a, E> = &'a mut dyn FnMut(&[String]) -> Result<BTreeSet<String>, E>;

/// Why no choices were made.
pub(super) enum Stopped<E> {
    /// There are too many combinations.
    TooMany(TooMany),
    /// There is no answer in one of them.
    NoAnswer(E),
}

impl Varied<'_> {
    /// `trin=tredjedele`.
    pub(super) fn word(&self) -> String {
        format!("{}={}", self.assumption.name, self.reading)
    }
}

/// What has to be chosen for a combination: the readings that are not chosen anyway, as they are written in the language.
pub(super) fn to_choose(combination: &[Varied<'_>]) -> Vec<String> {
    let others = combination.iter().filter(|varied| !varied.is_chosen);
    others.map(|varied| format!("{} = {}", varied.assumption.name, varied.reading)).collect()
}

/// Finds the combinations of readings to show, at most `most` of them. Each is answered once, as [`to_choose`] says it,
/// and what the answer rests on returned. One at a time, the first is the text as it is read, and only readings that
/// differ from it follow.
///
/// # Errors
/// Where there are too many, or one of them has no answer.
pub(super) fn choices<'m, E>(
    offers: &[&'m Assumption],
    (how, most): (AllReadings, usize),
    answered: Answering<'_, E>,
) -> Result<Choices<'m>, Stopped<E>> {
    let mut asked = |choice: &[String]| answered(choice).map_err(Stopped::NoAnswer);
    let mut rests = asked(&[])?;
    let mut all = Vec::new();
    match how {
        AllReadings::Each => {
            let varied = offers.iter().filter(|assumption| rests.contains(&assumption.name));
            all.push(Vec::new());
            all.extend(
                varied
                    .flat_map(|assumption| ways(assumption))
                    .filter(|way| !way.is_chosen)
                    .map(|way| vec![way]),
            );
            for combination in all.iter().skip(1) {
                asked(&to_choose(combination))?;
            }
        }
        AllReadings::Product => {
            let mut known = BTreeSet::from([Vec::new()]);
            loop {
                all = combinations(offers, &rests, most).map_err(Stopped::TooMany)?;
                // What the answer rests on in one combination only is varied too, until nothing is new.
                let before = rests.len();
                for choice in all.iter().map(|combination| to_choose(combination)) {
                    if known.insert(choice.clone()) {
                        rests.extend(asked(&choice)?);
                    }
                }
                if rests.len() == before {
                    break;
                }
            }
        }
    }
    let left = offers.iter().filter(|assumption| !rests.contains(&assumption.name)).count();
    Ok(Choices { all, left })
}

/// Says how many assumptions were not varied. One at a time, nothing is said of what they do together with others.
pub(super) fn left_words(left: usize, how: AllReadings, lang: Lang) -> String {
    let (da, en) = match (how, left) {
        (AllReadings::Each, 1) => (" alene", " on its own"),
        (AllReadings::Each, _) => (" alene", " on their own"),
        (AllReadings::Product, _) => ("", ""),
    };
    match (left, lang) {
        (1, Lang::Da) => format!("1 anden antagelse kan ikke{da} ændre svaret\n"),
        (_, Lang::Da) => format!("{left} andre antagelser kan ikke{da} ændre svaret\n"),
        (1, Lang::En) => format!("1 other assumption cannot change the answer{en}\n"),
        (_, Lang::En) => format!("{left} other assumptions cannot change the answer{en}\n"),
    }
}

/// The assumptions that an answer rests on, by name.
pub(super) fn rests_on(session: &Session, answer: &Answer) -> BTreeSet<String> {
    let words = answer.words(session.lang());
    let rests = Rests::of_all(words, &answer.trace, answer.lines.iter().map(|line| line.step));
    let touched = |assumption: &&Assumption| rests.touched(words, assumption);
    let assumptions = answer.plan.model.assumptions.iter().filter(touched);
    assumptions.map(|assumption| assumption.name.clone()).collect()
}

/// The ways an assumption can be read.
fn ways(assumption: &Assumption) -> impl Iterator<Item = Varied<'_>> {
    assumption.readings.iter().enumerate().map(|(at, reading)| Varied {
        assumption,
        reading: &reading.name,
        is_chosen: Some(at) == assumption.chosen,
    })
}

fn combinations<'m>(
    offers: &[&'m Assumption],
    varied: &BTreeSet<String>,
    most: usize,
) -> Result<Vec<Combination<'m>>, TooMany> {
    let offers: Vec<&'m Assumption> =
        offers.iter().copied().filter(|assumption| varied.contains(&assumption.name)).collect();
    let count = offers.iter().try_fold(1, |count: usize, offer| count.checked_mul(offer.readings.len()));
    if count.is_none_or(|count| count > most) {
        return Err(TooMany { assumptions: offers.len(), count, most });
    }
    let extend = |all: Vec<Combination<'m>>, assumption: &'m Assumption| {
        let longer = |one: &Combination<'m>| {
            ways(assumption).map(|way| one.iter().copied().chain([way]).collect()).collect::<Vec<_>>()
        };
        all.iter().flat_map(longer).collect()
    };
    Ok(offers.into_iter().fold(vec![Vec::new()], extend))
}

impl TooMany {
    /// Words it.
    pub(super) fn told(&self) -> Diagnostic {
        let TooMany { assumptions, count, most } = self;
        let (da, en) = match count {
            Some(count) => (count.to_string(), count.to_string()),
            None => ("utallige".to_owned(), "countless".to_owned()),
        };
        let found = Diagnostic::new(
            Code::LimitReached,
            bi!(
                "svaret hviler på {assumptions} antagelser, som tilsammen kan læses på {da} måder; højst {most} regnes ud",
                "the answer rests on {assumptions} assumptions, which can be read in {en} ways together; at most {most} are computed"
            ),
        );
        match count {
            Some(count) => found.help(bi!(
                "`--all-readings` prøver dem én ad gangen; `--combinations {count}` regner dem alle ud",
                "`--all-readings` tries them one at a time; `--combinations {count}` computes them all"
            )),
            None => found.help(bi!(
                "`--all-readings` prøver dem én ad gangen",
                "`--all-readings` tries them one at a time"
            )),
        }
    }
}
