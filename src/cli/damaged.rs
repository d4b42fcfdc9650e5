//! `test --mutants`: how well the tests of a rule pack tell it from a damaged one, and what they leave unasked.

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::asking::rules_session;
use super::{Console, Exit};
use crate::base::{Lang, bi};
use crate::mutants::{Bench, Change, Class, Fate, Mutant, choose, in_hands, mutants};
use crate::render::visible;
use crate::session::Session;
use crate::world::packs;

/// What came of the damages of one pack.
pub(super) struct Damaged {
    /// The pack, as it was given.
    name: String,
    session: Session,
    /// Those that were tried, each with what came of it.
    tried: Vec<(Mutant, Fate)>,
    /// How many places there are to damage.
    places: usize,
}

/// Damages each of the rule packs given, at most so many times in each way.
///
/// # Errors
/// When a pack cannot be read, or is not correct while it is whole, so that nothing can be said of it; that has been
/// told.
pub(super) fn damaged(
    console: &mut Console<'_>,
    paths: &[PathBuf],
    most: Option<usize>,
) -> Result<Vec<Damaged>, Exit> {
    let mut all = Vec::new();
    for path in paths {
        for pack in packs_of(console, path)? {
            all.push(one_pack(console, &pack, most)?);
        }
    }
    Ok(all)
}

/// A folder of packs stands for those in it; a file for itself.
fn packs_of(console: &mut Console<'_>, path: &Path) -> Result<Vec<PathBuf>, Exit> {
    match console.world.kind(path) {
        Ok(crate::world::Kind::Folder) => {
            packs(console.world, path).map_err(|errors| console.world_errors(&errors))
        }
        Ok(_) | Err(_) => Ok(vec![path.to_owned()]),
    }
}

fn one_pack(console: &mut Console<'_>, pack: &Path, most: Option<usize>) -> Result<Damaged, Exit> {
    let session = rules_session(console, std::slice::from_ref(&pack.to_owned()))?;
    let lang = console.lang(Some(session.lang()));
    let name = pack.display().to_string();
    let bench = Bench::new(session.clone(), Vec::new());
    if !bench.is_correct() {
        let words = bi!(
            "{name}: noget i reglerne stemmer ikke, mens de er hele, så der kan ikke siges noget om skader; se `klausul check`",
            "{name}: something in the rules does not hold while they are whole, so nothing can be said of damages; see `klausul check`"
        );
        console.remark(&format!("{}\n", words.get(lang)));
        return Err(Exit::Findings);
    }
    let all = mutants(bench.session());
    let places = all.len();
    let chosen = choose(all, most.unwrap_or(usize::MAX));
    let bar = progress(&name, chosen.len());
    let fates = in_hands(
        &chosen,
        || (),
        |(), mutant| {
            let fate = bench.run(mutant);
            bar.inc(1);
            fate
        },
    );
    bar.finish_and_clear();
    let Some(fates) = fates else { return Err(Exit::Bug) };
    Ok(Damaged { name, session, tried: chosen.into_iter().zip(fates).collect(), places })
}

/// How far it has come, on standard error, where that is a terminal; a large pack takes minutes.
fn progress(name: &str, count: usize) -> ProgressBar {
    let bar =
        ProgressBar::new(u64::try_from(count).unwrap_or(u64::MAX)).with_message(visible(name).into_owned());
    // A form that cannot be read leaves the bar as it is by default.
    let form = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} ({eta})");
    form.map_or(bar.clone(), |form| bar.with_style(form))
}

impl Damaged {
    /// Those that change a result of a test.
    fn changing(&self) -> impl Iterator<Item = &(Mutant, Fate)> {
        self.tried.iter().filter(|(_, fate)| fate.change == Change::Results)
    }
    fn by_tests(&self) -> usize {
        self.changing().filter(|(_, fate)| fate.tests + fate.checks > 0).count()
    }
    /// Those that nobody notices, though a result of a test is another one.
    fn survivors(&self) -> impl Iterator<Item = &(Mutant, Fate)> {
        self.changing().filter(|(_, fate)| fate.class() == Class::Survivor)
    }
    /// Those that nobody notices and that change no result of a test: no test reaches the place where they make a
    /// difference, or they make none.
    fn unreached(&self) -> impl Iterator<Item = &(Mutant, Fate)> {
        self.tried.iter().filter(|(_, fate)| fate.class() == Class::Equivalent)
    }
    /// How many tenths of a per cent of the damages that change a result are noticed; all, where none changes one.
    pub(super) fn per_mille(&self) -> usize {
        let (changing, nobody) = (self.changing().count(), self.survivors().count());
        ((changing - nobody) * 1000).checked_div(changing).unwrap_or(1000)
    }

    /// Says how many damages are noticed, and asks about each that is not.
    pub(super) fn text(&self, lang: Lang) -> String {
        let (changing, by_tests, nobody) =
            (self.changing().count(), self.by_tests(), self.survivors().count());
        let by_checker = changing - by_tests - nobody;
        let (tried, places, name) = (self.tried.len(), self.places, &self.name);
        let share = share(self.per_mille(), lang);
        let head = bi!(
            "{name}: {tried} af {places} mulige skader prøvet; {changing} ændrer et resultat i prøverne, og {share} pct. af dem mærkes: {by_tests} af prøverne, {by_checker} kun af tjekket, {nobody} af ingen",
            "{name}: {tried} of {places} possible damages tried; {changing} change a result in the tests, and {share} per cent of them are noticed: {by_tests} by the tests, {by_checker} by the checker alone, {nobody} by nobody"
        );
        let mut lines = vec![head.get(lang).to_owned()];
        lines.extend(self.survivors().map(|(mutant, fate)| self.asked(mutant, fate, lang)));
        let unreached = self.unreached().count();
        if unreached > 0 {
            let more = bi!(
                "{unreached} ændrer intet i prøverne: ingen prøve når det sted, hvor de gør en forskel, eller de gør ingen",
                "{unreached} change nothing in the tests: no test reaches the place where they make a difference, or they make none"
            );
            lines.push(more.get(lang).to_owned());
            lines.extend(self.unreached().map(|(mutant, fate)| self.asked(mutant, fate, lang)));
        }
        lines.push(String::new());
        lines.join("\n")
    }

    fn asked(&self, mutant: &Mutant, fate: &Fate, lang: Lang) -> String {
        let question = mutant.question(self.session.sources());
        let shown =
            fate.shown.as_ref().map(|shown| format!("\n    ({})", shown.get(lang))).unwrap_or_default();
        let text = format!("  {}{shown}", question.get(lang));
        text.lines().map(visible).collect::<Vec<_>>().join("\n")
    }

    /// The same for programs.
    pub(super) fn json(&self, lang: Lang) -> Value {
        let asked = self.survivors().chain(self.unreached()).map(|(mutant, fate)| {
            json!({
                "reached": fate.change == Change::Results,
                "way": mutant.way.id(),
                "line": mutant.line(self.session.sources()),
                "file": self.session.sources().file(mutant.file).name,
                "question": mutant.question(self.session.sources()).get(lang),
                "result": fate.shown.as_ref().map(|shown| shown.get(lang).to_owned()),
            })
        });
        json!({
            "pack": self.name,
            "places": self.places,
            "tried": self.tried.len(),
            "changing": self.changing().count(),
            "by_tests": self.by_tests(),
            "survivors": self.survivors().count(),
            "per_mille": self.per_mille(),
            "questions": asked.collect::<Vec<_>>(),
        })
    }
}

fn share(per_mille: usize, lang: Lang) -> String {
    format!("{}{}{}", per_mille / 10, lang.pick(',', '.'), per_mille % 10)
}
