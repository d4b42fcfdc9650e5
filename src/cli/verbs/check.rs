use std::path::PathBuf;

use clap::Args;

use crate::base::bi;
use crate::cli::asking::rules_and_files;
use crate::cli::checked::Examined;
use crate::cli::planned::planned_text;
use crate::cli::rules::RuleText;
use crate::cli::{Console, Exit, FindingsFormat, is_failure};
use crate::diag::{Code, Diagnostic};
use crate::facts::Moment;
use crate::render::{graphical, json_text, plain};
use crate::session::{Applied, LookedAt, Mended, Session};

/// The options of `check`.
#[derive(Args, Debug)]
pub struct CheckArgs {
    #[arg(required = true, value_name = "STI", help = "Regelfiler eller mapper | Rule files or folders")]
    /// The rules.
    pub paths: Vec<PathBuf>,
    #[arg(long, help = "Advarsler tæller som fejl | Warnings count as errors")]
    /// Whether warnings count as errors.
    pub strict: bool,
    #[arg(
        long,
        help = "Skriv de rettelser ind i filerne, der er sikre | Write the corrections that are certain into the files"
    )]
    /// Whether to write the certain corrections into the files.
    pub fix: bool,
    #[arg(
        long,
        value_name = "ÅR",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "",
        conflicts_with_all = ["fix", "strict", "format"],
        help = "Vis, hvordan hver definition beregnes, når der er mange rækker, eventuelt et bestemt år: --plan=2025 | Show how each definition is computed where there are many rows, in a certain year if wanted: --plan=2025"
    )]
    /// The year for which to show how definitions are computed; empty for the only one there is.
    pub plan: Option<String>,
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

/// Reads the rules and shows everything that is wrong, the text's own checks included.
pub fn run(args: &CheckArgs, console: &mut Console<'_>) -> Exit {
    let (session, files) = match rules_and_files(console, &args.paths) {
        Ok(read) => read,
        Err(exit) => return exit,
    };
    if let Some(year) = &args.plan {
        return planned(&session, year, console);
    }
    if !args.fix {
        return examine(args, &session, &[], console);
    }
    let Mended { session, applied } = match mend(&session, &files, console) {
        Ok(mended) => mended,
        Err(exit) => return exit,
    };
    examine(args, &session, &applied, console)
}

/// Shows how each definition that differs between entities is computed.
fn planned(session: &Session, year: &str, console: &mut Console<'_>) -> Exit {
    let lang = console.lang(Some(session.lang()));
    let asked = match (year, year.parse::<i16>()) {
        ("", _) => None,
        (_, Ok(year)) if (1000..=9999).contains(&year) => Some(Moment::Year(year)),
        (_, _) => {
            let found = Diagnostic::new(
                Code::UnreadableOption,
                bi!(
                    "`--plan={year}` er ikke et årstal med fire cifre",
                    "`--plan={year}` is not a year of four digits"
                ),
            );
            return console.refuse(found, lang, Exit::Usage);
        }
    };
    let (moment, all) = match session.planned(asked) {
        Ok(planned) => planned,
        Err(problems) => return console.findings(&problems, session.sources(), lang),
    };
    console.say(&planned_text(&moment.print(lang), &all, &console.look(lang)));
    Exit::Ok
}

/// Puts the certain corrections in and writes the files that they change, all of them or none.
fn mend(session: &Session, files: &[RuleText], console: &mut Console<'_>) -> Result<Mended, Exit> {
    let mended = session.all_mended();
    let texts = session.originals().zip(mended.session.originals()).zip(files);
    let changed = texts.filter(|((before, after), _)| before != after);
    let rewrites: Vec<_> = changed.map(|((_, after), file)| file.replaced_by(after)).collect();
    console.world.rewrite(&rewrites).map_err(|errors| console.world_errors(&errors))?;
    Ok(mended)
}

fn examine(args: &CheckArgs, session: &Session, applied: &[Applied], console: &mut Console<'_>) -> Exit {
    let LookedAt { problems, proofs, checks, mendable, modules } = session.looked_at();
    let found = problems.sorted();
    let examined =
        Examined { found: &found, checks: &checks, proofs: &proofs, mendable, applied, modules: &modules };
    show(args, &examined, session, console);
    match Exit::of(&found) {
        Exit::Ok if is_failure(&found, args.strict) => Exit::Findings,
        exit => exit,
    }
}

fn show(args: &CheckArgs, examined: &Examined<'_>, session: &Session, console: &mut Console<'_>) {
    let lang = console.lang(Some(session.lang()));
    let look = console.look(lang);
    let (found, sources) = (examined.found, session.sources());
    let text = match args.format {
        FindingsFormat::Plain => {
            let lines = plain(found, sources, &look) + &examined.open_lines(sources, lang);
            examined.fixed(lang) + &lines + &examined.total_line(session, lang)
        }
        FindingsFormat::Json => json_text(&examined.json(session, &look)),
        FindingsFormat::Text => {
            let pictures = graphical(found, sources, &look);
            let gap = if found.is_empty() { "" } else { "\n" };
            let fixed = examined.fixed(lang);
            let above = if fixed.is_empty() || found.is_empty() { "" } else { "\n" };
            format!("{fixed}{above}{pictures}{gap}{}", examined.summary(session, &look))
        }
    };
    console.say(&text);
}
