use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::base::{Lang, bi};
use crate::cli::args::Situation;
use crate::cli::asking::session;
use crate::cli::key_files::public_keys;
use crate::cli::records::{data_files, locked};
use crate::cli::statement::documents_at;
use crate::cli::{AnswerForm, AnswerFormat, Console, Exit};
use crate::diag::Problems;
use crate::facts::DataArg;
use crate::record::{
    Again, CitedPassages, Fault, Level, Levels, Record, Redone, Rested, Stored, Verdict, check_signatures,
    compare, read_records, records,
};
use crate::render::{Look, json_text, visible};
use crate::session::Session;

/// The options of `verify`.
#[derive(Args, Debug)]
pub struct VerifyArgs {
    #[arg(
        value_name = "FIL",
        help = "En fil med spor, skrevet af `eval --record` | A file of records, written by `eval --record`"
    )]
    /// The file of records.
    pub record: PathBuf,
    #[arg(
        long,
        value_name = "STI",
        help = "Reglerne, der blev regnet med: regn igen (flere gange) | The rules that were computed with: compute again (repeatable)"
    )]
    /// The rules.
    pub rules: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "[SLAGS=]FIL",
        value_parser = crate::cli::args::data_arg,
        requires = "rules",
        help = "Dataene, der blev regnet med, i samme orden (flere gange) | The data that were computed with, in the same order (repeatable)"
    )]
    /// The data.
    pub data: Vec<DataArg>,
    #[arg(
        long,
        value_name = "NØGLEFIL",
        help = "Hvert spor skal være underskrevet med en af disse offentlige nøgler (flere gange) | Every record must be signed with one of these public keys (repeatable)"
    )]
    /// The keys that are trusted.
    pub key: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "MAPPE",
        help = "Mappen med dokumenterne og deres `sources.toml`: siger de citerede steder det samme endnu? | The folder with the documents and their `sources.toml`: do the passages cited still say the same?"
    )]
    /// The folder with the documents.
    pub sources: Option<PathBuf>,
    #[command(flatten)]
    /// The form of the answer.
    pub answer: AnswerForm,
}

/// The largest file of records that is read, in bytes: 1 GiB.
const MAX_RECORDS: u64 = 1024 * 1024 * 1024;

/// Faults of one level beyond this many are counted, not shown.
const MOST_SHOWN: usize = 20;

/// Holds the records of a file to what they say, and says level by level what came of it.
pub fn run(args: &VerifyArgs, console: &mut Console<'_>) -> Exit {
    match verified(args, console) {
        Ok(exit) | Err(exit) => exit,
    }
}

fn verified(args: &VerifyArgs, console: &mut Console<'_>) -> Result<Exit, Exit> {
    let trusted = public_keys(console, &args.key)?;
    let bytes = console.world.read(&args.record, MAX_RECORDS);
    let bytes = bytes.map_err(|error| console.world_errors(&[error]))?;
    let mut levels = Levels::default();
    let stored = read_records(&bytes, &mut levels);
    check_signatures(&stored, &trusted, &mut levels);
    let count = stored.len();
    let all = records(count);
    let counted = |da: &str, en: &str| bi!("{count} spor: {da}", "{all}: {en}");
    levels.hold(Level::Form, counted("på fast form", "in canonical form"));
    levels.hold(Level::Digests, counted("alle mærker passer", "all digests fit"));
    levels.hold(
        Level::Chain,
        counted(
            "numrene er uden huller, og hvert peger på det før",
            "numbers without gaps, each naming the one before",
        ),
    );
    let redone = Redone::of_all(&stored, &mut levels);
    levels.hold(Level::Steps, redone.words());
    passages(args, console, &stored, &mut levels)?;
    replay(args, console, &stored, &mut levels)?;
    let lang = console.lang(None);
    let text = match args.answer.format {
        AnswerFormat::Text => text(&levels, &stored, &console.look(lang)),
        AnswerFormat::Json => json_text(&as_json(&levels, count, lang)),
    };
    console.say(&text);
    Ok(if levels.failed() { Exit::Unverified } else { Exit::Ok })
}

/// Holds the passages cited against the documents, where they are given.
fn passages(
    args: &VerifyArgs,
    console: &mut Console<'_>,
    stored: &[Stored],
    levels: &mut Levels,
) -> Result<(), Exit> {
    let Some(folder) = &args.sources else {
        let why = bi!(
            "ikke slået efter: giv dokumenternes mappe med --sources",
            "not looked up: give the folder of the documents by --sources"
        );
        levels.skip(Level::Sources, why);
        return Ok(());
    };
    let documents = documents_at(console, folder)?;
    let found = CitedPassages::of(stored, &documents, levels);
    levels.hold(Level::Sources, found.words());
    Ok(())
}

/// Computes every record again, where the rules are given.
fn replay(
    args: &VerifyArgs,
    console: &mut Console<'_>,
    stored: &[Stored],
    levels: &mut Levels,
) -> Result<(), Exit> {
    if args.rules.is_empty() {
        let why = bi!(
            "ikke regnet igen: giv reglerne med --rules, og dataene med --data",
            "not computed again: give the rules by --rules, and the data by --data"
        );
        levels.skip(Level::Replay, why);
        return Ok(());
    }
    let situation = Situation { data: args.data.clone(), ..Situation::default() };
    let base = session(console, &args.rules, &situation)?;
    let (data, locked) = (data_files(&args.data), locked(console, &base)?);
    let rests = Rested { data: &data, locked: &locked };
    let mut asked = 0_usize;
    for one in stored {
        let fail =
            |levels: &mut Levels, at: &str, what| levels.fail(Level::Replay, Fault::new(one.line, at, what));
        let Some(again) = one.again() else {
            fail(
                levels,
                "question",
                bi!("siger ikke, hvad der blev spurgt om", "does not say what was asked"),
            );
            continue;
        };
        match asked_again(&base, &again) {
            Ok(session) => match session.ask(&again.question) {
                Ok(answer) => {
                    let record = Record::of(&session, &again.question, &answer, &rests, &again.link);
                    compare(one, &record, levels);
                    asked += 1;
                }
                Err(problems) => fail(levels, "question", first_words(&problems)),
            },
            Err(problems) => fail(levels, "question", first_words(&problems)),
        }
    }
    let (count, all) = (stored.len(), records(stored.len()));
    levels.hold(
        Level::Replay,
        bi!("{count} spor regnet igen: samme bytes", "{all} computed again: the same bytes"),
    );
    match asked == count {
        true => levels.hold(
            Level::Today,
            bi!("samme resultater med reglerne her", "the same results with the rules here"),
        ),
        false => levels.skip(
            Level::Today,
            bi!(
                "{} kunne ikke regnes igen med reglerne her",
                "{} could not be computed again with the rules here",
                count - asked
            ),
        ),
    }
    Ok(())
}

/// The rules and data with what a record assumes besides them.
fn asked_again(base: &Session, again: &Again) -> Result<Session, Problems> {
    let mut session = base.clone();
    session.assume_again(&again.assumed)?;
    Ok(session)
}

fn first_words(problems: &Problems) -> crate::base::Bi {
    match problems.sorted().first() {
        Some(found) => found.message.clone(),
        None => bi!("kan ikke regnes igen", "cannot be computed again"),
    }
}

fn text(levels: &Levels, stored: &[Stored], look: &Look) -> String {
    let mut lines = Vec::new();
    for (level, verdict) in levels.verdicts() {
        let name = level.words().get(look.lang).to_owned();
        match verdict {
            Verdict::Held(what) => lines.push(format!("✓ {name:<14} {}", what.get(look.lang))),
            Verdict::NotLookedAt(why) => lines.push(format!("– {name:<14} {}", why.get(look.lang))),
            Verdict::Failed(faults) => {
                let head = match faults.len() {
                    1 => bi!("ét sted passer ikke", "one place does not fit"),
                    several => bi!("{several} steder passer ikke", "{several} places do not fit"),
                };
                lines.push(format!("✗ {name:<14} {}", head.get(look.lang)));
                lines.extend(faults.iter().take(MOST_SHOWN).map(|fault| told(fault, stored, look.lang)));
                if let Some(more) = faults.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
                    lines.push(bi!("    … og {more} til", "    … and {more} more").get(look.lang).to_owned());
                }
            }
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// A fault: which record, which field, what is the matter.
fn told(fault: &Fault, stored: &[Stored], lang: Lang) -> String {
    let number = stored.iter().find(|one| one.line == fault.line).and_then(Stored::sequence);
    let number = number.map_or("?".to_owned(), |number| number.to_string());
    let at = if fault.at.is_empty() { String::new() } else { format!(" {}", visible(&fault.at)) };
    let place = bi!("linje {}, spor {number}{at}", "line {}, record {number}{at}", fault.line);
    format!("    {}: {}", place.get(lang), visible(fault.what.get(lang)))
}

fn as_json(levels: &Levels, count: usize, lang: Lang) -> Value {
    let levels: Vec<Value> = levels
        .verdicts()
        .map(|(level, verdict)| match verdict {
            Verdict::Held(what) => json!({ "level": level.name(), "state": "held", "text": what.get(lang) }),
            Verdict::NotLookedAt(why) => {
                json!({ "level": level.name(), "state": "not_looked_at", "text": why.get(lang) })
            }
            Verdict::Failed(faults) => {
                let faults: Vec<Value> = faults
                    .iter()
                    .map(|fault| json!({ "line": fault.line, "at": fault.at, "text": fault.what.get(lang) }))
                    .collect();
                json!({ "level": level.name(), "state": "failed", "faults": faults })
            }
        })
        .collect();
    json!({ "records": count, "levels": levels })
}
