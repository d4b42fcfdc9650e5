use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::base::{Lang, Span};
use crate::cli::asking::rules_session;
use crate::cli::locks::{self, Locks};
use crate::cli::{Console, Exit, FindingsFormat, figures, is_failure, pages, uncited};
use crate::diag::{Problems, Severity};
use crate::render::{Look, diagnostics_json, extend, graphical, json_text, place_json, plain, visible};
use crate::session::Session;
use crate::sources::{
    Compared, Coverage, Documents, Followed, ListedFigures, Passage, compare, coverage, documents, follow,
    listed, marked,
};

/// The options of `sources`.
#[derive(Args, Debug)]
pub struct SourcesArgs {
    #[arg(required = true, value_name = "STI", help = "Regelfiler eller mapper | Rule files or folders")]
    /// The rules.
    pub paths: Vec<PathBuf>,
    #[arg(
        long,
        value_name = "MAPPE",
        required = true,
        help = "Mappen med dokumenterne og deres `sources.toml` | The folder with the documents and their `sources.toml`"
    )]
    /// The folder with the documents.
    pub dir: PathBuf,
    #[arg(
        long,
        help = "Vis, hvilke beløb, procenter og datoer i dokumenterne ingen klausul bygger på | Show which amounts, percentages and days of the documents no clause rests on"
    )]
    /// Whether to show what of the documents no clause rests on.
    pub coverage: bool,
    #[arg(
        long,
        help = "Vis hvert tal i reglerne med den linje, det står på, eller de trykte tal, det er et udtryk af | Show each figure of the rules with the line that it stands on, or the printed figures that it is an expression of"
    )]
    /// Whether to show where each figure of the rules is from.
    pub figures: bool,
    #[arg(
        long,
        value_name = "MAPPE",
        help = "Skriv hvert dokument som en HTML-side i mappen, med hvert sted markeret: kodet, baggrund, vurdering eller ikke behandlet | Write each document as an HTML page in the folder, with each passage marked: encoded, background, judgement or not yet treated"
    )]
    /// Where the documents are written as pages.
    pub html: Option<PathBuf>,
    #[arg(
        long,
        help = "Skriv `kilder.lock` i reglernes mappe: hvad de hviler på nu | Write `kilder.lock` in the folder of the rules: what they rest on now"
    )]
    /// Whether to write down what the rules rest on.
    pub lock: bool,
    #[arg(long, help = "Advarsler tæller som fejl | Warnings count as errors")]
    /// Whether warnings count as errors.
    pub strict: bool,
    #[arg(
        long,
        value_name = "text|plain|json",
        default_value = "text",
        hide_possible_values = true,
        hide_default_value = true,
        help = "Svarets form; plain er én linje pr. fund | The form of the answer; plain is one line per finding"
    )]
    /// The form of the answer.
    pub format: FindingsFormat,
}

/// Follows every citation of the rules into the documents at hand.
pub fn run(args: &SourcesArgs, console: &mut Console<'_>) -> Exit {
    let mut session = match rules_session(console, &args.paths) {
        Ok(session) => session,
        Err(exit) => return exit,
    };
    let mut problems = session.parsed().clone();
    let documents = match documents(console.world, &args.dir, session.sources_mut(), &mut problems) {
        Ok(documents) => documents,
        Err(error) => return console.world_errors(&[error]),
    };
    // What is to be written anew is not held against the documents first.
    let read = match args.lock {
        true => Ok(locks::Read::default()),
        false => locks::read(console.world, &mut session, &mut problems),
    };
    let read = match read {
        Ok(read) => read,
        Err(error) => return console.world_errors(&[error]),
    };
    let files: Vec<_> = session.own_files().collect();
    let of_files = read.by_file(&session);
    let followed = follow(files.iter().copied(), &documents, &of_files, session.sources(), &mut problems);
    let compared = compare(&files, &documents, session.sources(), &mut problems);
    let locks = match args.lock {
        true => locks::write(console.world, &session, &documents),
        false => Ok(locks::compare(&read, &session, &documents, &mut problems)),
    };
    let locks = match locks {
        Ok(locks) => locks,
        Err(error) => return console.world_errors(&[error]),
    };
    let coverage = args.coverage.then(|| coverage(&files, &documents, session.sources()));
    if let Some(folder) = &args.html {
        let lang = console.lang(Some(session.lang()));
        let marked = marked(&files, &documents, session.sources());
        if let Err(exit) = pages::write(console, folder, &marked, lang) {
            return exit;
        }
    }
    let listed = args.figures.then(|| listed(&files, &documents, session.sources()));
    let examined = Examined { followed, compared, documents, coverage, listed, locks };
    show(args, &problems, &examined, &session, console);
    let found = problems.sorted();
    match Exit::of(&found) {
        Exit::Ok if is_failure(&found, args.strict) => Exit::Findings,
        exit => exit,
    }
}

/// What came of it.
struct Examined {
    followed: BTreeMap<String, Followed>,
    compared: Compared,
    documents: Documents,
    coverage: Option<BTreeMap<String, Coverage>>,
    listed: Option<ListedFigures>,
    locks: Locks,
}

fn show(
    args: &SourcesArgs,
    problems: &Problems,
    examined: &Examined,
    session: &Session,
    console: &mut Console<'_>,
) {
    let lang = console.lang(Some(session.lang()));
    let look = console.look(lang);
    let (found, sources) = (problems.sorted(), session.sources());
    let text = match args.format {
        FindingsFormat::Plain => plain(&found, sources, &look),
        FindingsFormat::Json => {
            let mut all = in_json(examined, session);
            extend(&mut all, diagnostics_json(&found, sources, &look));
            json_text(&all)
        }
        FindingsFormat::Text => {
            let pictures = graphical(&found, sources, &look);
            let gap = if found.is_empty() { "" } else { "\n" };
            let uncited =
                examined.coverage.as_ref().map(|all| uncited::in_text(all, &look)).unwrap_or_default();
            let listed = examined.listed.as_ref().map(|all| figures::in_text(all, sources, &look));
            let listed = listed.unwrap_or_default();
            format!("{pictures}{gap}{}{listed}{uncited}", summary(examined, problems, &look))
        }
    };
    console.say(&text);
}

fn in_json(examined: &Examined, session: &Session) -> Value {
    let Examined { followed, compared, documents, coverage, listed, locks } = examined;
    let one = |(id, followed): (&String, &Followed)| {
        let document = documents.get(id);
        let place = |(span, passage): &(Span, Passage)| {
            let way = document.map(|document| document.way_to(passage.start));
            let mut value = json!({ "from_byte": passage.start, "to_byte": passage.end, "way": way });
            extend(&mut value, place_json(Some(*span), session.sources()));
            value
        };
        let found: Vec<Value> = followed.found.iter().map(place).collect();
        json!({ "id": id, "found": found, "unresolved": followed.unresolved, "ambiguous": followed.ambiguous })
    };
    let counts = json!({ "stated": compared.figures, "found": compared.found, "lost": compared.lost });
    let coverage = coverage.as_ref().map(uncited::in_json);
    let listed = listed.as_ref().map(|all| figures::in_json(all, session.sources()));
    let found: Vec<Value> = followed.iter().map(one).collect();
    json!({ "figures": counts, "listed_figures": listed, "documents": found, "coverage": coverage, "locks": locks.in_json() })
}

/// Words how it went, one line per document: `ØA25: 23 henvisninger, alle fundet`.
fn summary(examined: &Examined, problems: &Problems, look: &Look) -> String {
    let Examined { followed: followed_all, compared, locks, .. } = examined;
    let lang = look.lang;
    let mut text = String::new();
    for (id, followed) in followed_all {
        let (found, lost, several) = (followed.found.len(), followed.unresolved, followed.ambiguous);
        let all = found + lost + several;
        let citations = match all {
            1 => lang.pick("1 henvisning".to_owned(), "1 citation".to_owned()),
            n => lang.pick(format!("{n} henvisninger"), format!("{n} citations")),
        };
        let how = match (lost, several) {
            (0, 0) => lang.pick("alle fundet".to_owned(), "all found".to_owned()),
            _ => lang.pick(
                format!("{found} fundet, {lost} findes ikke, {several} passer flere steder"),
                format!("{found} found, {lost} do not exist, {several} fit several places"),
            ),
        };
        // Of one document alone the line below says as much.
        let (figures, found) = compared.documents.get(id).copied().unwrap_or_default();
        let figures = match (followed_all.len() > 1 && figures > 0, lang) {
            (false, _) => String::new(),
            (true, Lang::Da) => format!("; {found} af {figures} tal står der"),
            (true, Lang::En) => format!("; {found} of {figures} figures stand there"),
        };
        text.push_str(&format!("{}: {citations}, {how}{figures}\n", visible(id)));
    }
    let Compared { figures, found, lost, .. } = *compared;
    if figures > 0 {
        let (lost_da, lost_en) = match lost {
            0 => (String::new(), String::new()),
            n => (format!("; {n} kan ikke efterses"), format!("; {n} cannot be looked for")),
        };
        text.push_str(&lang.pick(
            format!("{found} af {figures} tal står på det sted, de henviser til{lost_da}\n"),
            format!("{found} of {figures} figures stand in the passage that they cite{lost_en}\n"),
        ));
    }
    if followed_all.is_empty() && problems.count(Severity::Error) == 0 {
        text.push_str(
            lang.pick("reglerne henviser ikke til noget dokument\n", "the rules cite no document\n"),
        );
    }
    text + &locks.in_text(lang)
}
