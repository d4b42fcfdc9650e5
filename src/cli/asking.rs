//! From the options of a command line to a session that can be asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::args::Situation;
use super::aside::findings_but;
use super::load::{Loaded, loaded};
use super::results::has_error;
use super::rules::RuleText;
use super::{Console, Exit, is_failure};
use crate::base::{Lang, SourceMap, bi};
use crate::diag::{Code, Diagnostic, Problems};
use crate::facts::{Moment, load_data};
use crate::model::Origin;
use crate::session::{Answer, Question, Session};
use crate::syntax::ast::ItemKind;
use crate::value::Date;

/// A session with the command line's rules alone.
///
/// # Errors
/// When a file cannot be read or is no rule file; that has been told.
pub(super) fn rules_session(console: &mut Console<'_>, paths: &[PathBuf]) -> Result<Session, Exit> {
    rules_and_files(console, paths).map(|(session, _)| session)
}

/// The same, with the files as they were read.
///
/// # Errors
/// As for [`rules_session`].
pub(super) fn rules_and_files(
    console: &mut Console<'_>,
    paths: &[PathBuf],
) -> Result<(Session, Vec<RuleText>), Exit> {
    let Loaded { session, files, unread, refused } =
        loaded(console.world, paths, console.limits()).map_err(|errors| console.world_errors(&errors))?;
    console.unread(&unread);
    if refused {
        // What is said of a text that is no rule file stands among the session's findings.
        let lang = console.lang(session.files().first().map(|tree| tree.lang));
        return Err(console.findings(session.parsed(), session.sources(), lang));
    }
    Ok((session, files))
}

/// A session with the command line's rules, data, scenarios, what-ifs and readings.
///
/// # Errors
/// When something cannot be read or is wrong in what was asked; that has been told.
pub(super) fn session(
    console: &mut Console<'_>,
    paths: &[PathBuf],
    situation: &Situation,
) -> Result<Session, Exit> {
    let mut session = rules_session(console, paths)?;
    data(console, &mut session, situation)?;
    let lang = console.lang(Some(session.lang()));
    let (files, names): (Vec<&str>, Vec<&str>) =
        situation.scenario.iter().map(String::as_str).partition(|given| is_file(given));
    let result = session.use_scenarios(&names);
    told(console, &session, lang, result)?;
    for file in files {
        lay_file(console, &mut session, file)?;
    }
    for text in &situation.reading {
        let result = session.choose_reading(&spaced(text), Origin::Set);
        told(console, &session, lang, result)?;
    }
    for name in &situation.without {
        let result = session.without(name, Origin::Set);
        told(console, &session, lang, result)?;
    }
    for text in &situation.set {
        if !text.contains('=') {
            return Err(console.refuse(unquoted(text), lang, Exit::Usage));
        }
        one_reading(console, ("--set", text), session.lang())?;
        let result = session.assign("--set", text, Origin::Set);
        told(console, &session, lang, result)?;
    }
    Ok(session)
}

/// Tells whether a scenario is given as a file of its own and not by its name in the rules: no name has a point or a slash.
pub(super) fn is_file(given: &str) -> bool {
    given.contains(['.', '/', '\\'])
}

/// Lays the scenarios of a file over what is laid already.
///
/// # Errors
/// When it cannot be read, holds something else, or does not fit the rules; that has been told.
pub(super) fn lay_file(console: &mut Console<'_>, session: &mut Session, file: &str) -> Result<(), Exit> {
    let bytes = console.read(Path::new(file))?;
    let result = session.lay_file(file, &bytes, Origin::Set);
    let lang = console.lang(Some(session.lang()));
    told(console, session, lang, result)
}

/// Refuses a number that is read otherwise in the language of the answers than in that of the rules.
///
/// # Errors
/// When there is one; that has been told.
pub(super) fn one_reading(console: &mut Console<'_>, typed: (&str, &str), rules: Lang) -> Result<(), Exit> {
    let lang = console.lang(Some(rules));
    let mut sources = SourceMap::new();
    crate::syntax::one_reading(typed, (rules, lang), &mut sources).map_err(|problems| {
        console.findings(&problems, &sources, lang);
        Exit::Usage
    })
}

/// The same for each of some options that were given, each called by its name.
///
/// # Errors
/// As for [`one_reading`], at the first option with such a number.
pub(super) fn one_reading_each<'t>(
    console: &mut Console<'_>,
    options: impl IntoIterator<Item = (&'t str, Option<&'t str>)>,
    rules: Lang,
) -> Result<(), Exit> {
    let mut given = options.into_iter().filter_map(|(name, text)| Some((name, text?)));
    given.try_for_each(|typed| one_reading(console, typed, rules))
}

/// `--set x = ja` without quotation marks: the shell gives the words one by one.
fn unquoted(text: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnreadableOption,
        bi!("`--set {text}` siger ikke, hvad værdien er", "`--set {text}` does not say what the value is"),
    )
    .help(bi!(
        "skriv det hele i anførselstegn: `--set \"{text} = …\"`, for eksempel `--set \"{text} = ja\"`",
        "write all of it in quotation marks: `--set \"{text} = …\"`, for example `--set \"{text} = yes\"`"
    ))
}

/// `trin=tredjedele` is written with spaces in the language.
fn spaced(text: &str) -> String {
    text.split_once('=')
        .map_or_else(|| text.to_owned(), |(name, reading)| format!("{} = {}", name.trim(), reading.trim()))
}

/// Tells what is wrong with something asked for, and how to end for it.
pub(super) fn told(
    console: &mut Console<'_>,
    session: &Session,
    lang: crate::base::Lang,
    result: Result<(), Problems>,
) -> Result<(), Exit> {
    result.map_err(|problems| match console.findings(&problems, session.sources(), lang) {
        // What is wrong stands on the command line, not in the rules.
        Exit::Ok | Exit::Findings => Exit::Usage,
        exit => exit,
    })
}

fn data(console: &mut Console<'_>, session: &mut Session, situation: &Situation) -> Result<(), Exit> {
    if situation.data.is_empty() {
        return Ok(());
    }
    data_of(console, session, &situation.data)
}

/// Reads data files into a session, in place of the data it has.
///
/// # Errors
/// When one cannot be read, or something in it is wrong; that has been told.
pub(super) fn data_of(
    console: &mut Console<'_>,
    session: &mut Session,
    files: &[crate::facts::DataArg],
) -> Result<(), Exit> {
    let columns = key_columns(session);
    let mut problems = Problems::new();
    let column = |kind: &str| columns.get(kind).cloned();
    let loaded = load_data(console.world, files, &column, session.sources_mut(), &mut problems);
    let data = loaded.map_err(|errors| console.world_errors(&errors))?;
    session.set_data(data);
    let lang = console.lang(Some(session.lang()));
    if problems.has_errors() {
        return Err(console.findings(&problems, session.sources(), lang));
    }
    console.findings(&problems, session.sources(), lang);
    Ok(())
}

/// In which columns the rules have the keys of their kinds.
fn key_columns(session: &Session) -> BTreeMap<String, String> {
    let items = session.files().iter().flat_map(|file| &file.items);
    let kinds = items.filter_map(|item| match &item.kind {
        ItemKind::Kind(kind) => {
            Some((kind.names.first()?.text.clone(), kind.key_column.as_ref()?.text.clone()))
        }
        _ => None,
    });
    kinds.collect()
}

/// Asks, and tells what was found on the way. Findings in one clause do not stop the others.
///
/// # Errors
/// When nothing can be computed: the question is wrong, or the moment is not known.
pub(super) fn asked(
    console: &mut Console<'_>,
    session: &Session,
    question: &Question,
    strict: bool,
) -> Result<(Answer, Exit), Exit> {
    let lang = console.lang(Some(session.lang()));
    for target in &question.targets {
        one_reading(console, (target, target), session.lang())?;
    }
    let answer = match session.ask(question) {
        Ok(answer) => answer,
        Err(problems) => {
            let aside = |finding: &Diagnostic| session.is_remark(finding);
            return Err(findings_but(console, &problems, &aside, session.sources(), lang));
        }
    };
    // Where warnings count as errors, each of them is told.
    let aside = |finding: &Diagnostic| !strict && answer.aside.contains(finding);
    let found = findings_but(console, &answer.problems, &aside, &answer.sources, lang);
    if answer.lines.is_empty() && found != Exit::Ok {
        return Err(found);
    }
    let exit = if answer.hit_limit {
        Exit::Limit
    } else if found == Exit::Ok && (has_error(&answer) || is_failure(&answer.problems.sorted(), strict)) {
        Exit::Findings
    } else {
        found
    };
    Ok((answer, exit))
}

/// The question a command line asks.
///
/// # Errors
/// When a date or `--for` cannot be read; that has been told.
pub(super) fn question(
    console: &mut Console<'_>,
    targets: &[String],
    situation: &Situation,
) -> Result<Question, Exit> {
    let moment = match (&situation.date, situation.year) {
        (Some(text), _) => Some(Moment::Day(day(console, text)?)),
        (None, Some(year)) => Some(Moment::Year(full_year(console, year)?)),
        (None, None) => None,
    };
    let only = situation.only.iter().map(|text| entity(console, text)).collect::<Result<Vec<_>, _>>()?;
    Ok(Question { targets: targets.to_vec(), moment, only })
}

/// A year has four digits; anything else is a slip rather than a year long past.
fn full_year(console: &mut Console<'_>, year: i16) -> Result<i16, Exit> {
    if (1000..=9999).contains(&year) {
        return Ok(year);
    }
    let lang = console.lang(None);
    let found = Diagnostic::new(
        Code::UnreadableOption,
        bi!(
            "`--year {year}` er ikke et årstal med fire cifre",
            "`--year {year}` is not a year of four digits"
        ),
    );
    Err(console.refuse(
        found.help(bi!("skriv for eksempel 2025", "write for example 2025")),
        lang,
        Exit::Usage,
    ))
}

fn day(console: &mut Console<'_>, text: &str) -> Result<Date, Exit> {
    Date::from_iso(text).ok_or_else(|| {
        let lang = console.lang(None);
        let found = Diagnostic::new(
            Code::UnreadableOption,
            bi!("`{text}` er ikke en dato", "`{text}` is not a date"),
        );
        console.refuse(
            found.help(bi!("skriv for eksempel 2025-07-01", "write for example 2025-07-01")),
            lang,
            Exit::Usage,
        )
    })
}

/// Reads `region="Sjælland"`; the quotation marks may be missing, as shells tend to eat them.
fn entity(console: &mut Console<'_>, text: &str) -> Result<(String, String), Exit> {
    let parts = text.split_once('=').map(|(kind, name)| (kind.trim(), name.trim().trim_matches('"')));
    match parts.filter(|(kind, name)| !kind.is_empty() && !name.is_empty()) {
        Some((kind, name)) => Ok((kind.to_owned(), name.to_owned())),
        None => {
            let lang = console.lang(None);
            let found = Diagnostic::new(
                Code::UnreadableOption,
                bi!("`--for {text}` siger ikke hvem", "`--for {text}` does not say who"),
            );
            let help = bi!(
                "skriv for eksempel --for region=\"Sjælland\"",
                "write for example --for region=\"Sjælland\""
            );
            Err(console.refuse(found.help(help), lang, Exit::Usage))
        }
    }
}
