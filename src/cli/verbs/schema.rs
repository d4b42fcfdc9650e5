use clap::Args;

use crate::base::{Bi, Lang, bi};
use crate::cli::{Console, Exit};
use crate::diag::{Code, Diagnostic, nearest};
use crate::render::{Align, Table};

/// The options of `schema`.
#[derive(Args, Debug)]
pub struct SchemaArgs {
    #[arg(
        value_name = "NAVN",
        help = "Hvad skemaet er for, fx eval eller record; uden vises alle | What the schema is for, such as eval or record; without, all are listed"
    )]
    /// The name of a schema.
    pub name: Option<String>,
}

/// What a schema is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Of {
    Check,
    Diff,
    Eval,
    Explain,
    Help,
    Record,
    Solve,
    Sources,
    Sweep,
    Test,
    Verify,
}

const ALL: [Of; 11] = [
    Of::Check,
    Of::Diff,
    Of::Eval,
    Of::Explain,
    Of::Help,
    Of::Record,
    Of::Solve,
    Of::Sources,
    Of::Sweep,
    Of::Test,
    Of::Verify,
];

impl Of {
    fn name(self) -> &'static str {
        match self {
            Of::Check => "check",
            Of::Diff => "diff",
            Of::Eval => "eval",
            Of::Explain => "explain",
            Of::Help => "help",
            Of::Record => "record",
            Of::Solve => "solve",
            Of::Sources => "sources",
            Of::Sweep => "sweep",
            Of::Test => "test",
            Of::Verify => "verify",
        }
    }
    /// The schema, as the file has it.
    fn text(self) -> &'static str {
        match self {
            Of::Check => include_str!("../../../docs/schemas/check.json"),
            Of::Diff => include_str!("../../../docs/schemas/diff.json"),
            Of::Eval => include_str!("../../../docs/schemas/eval.json"),
            Of::Explain => include_str!("../../../docs/schemas/explain.json"),
            Of::Help => include_str!("../../../docs/schemas/help.json"),
            Of::Record => include_str!("../../../docs/schemas/record.json"),
            Of::Solve => include_str!("../../../docs/schemas/solve.json"),
            Of::Sources => include_str!("../../../docs/schemas/sources.json"),
            Of::Sweep => include_str!("../../../docs/schemas/sweep.json"),
            Of::Test => include_str!("../../../docs/schemas/test.json"),
            Of::Verify => include_str!("../../../docs/schemas/verify.json"),
        }
    }
    /// What it describes.
    fn what(self) -> Bi {
        let printed =
            |verb: &str| bi!("det, `{verb} --format json` skriver", "what `{verb} --format json` prints");
        match self {
            Of::Record => bi!("en linje i en fil fra `eval --record`", "a line of a file of `eval --record`"),
            Of::Check
            | Of::Diff
            | Of::Eval
            | Of::Explain
            | Of::Help
            | Of::Solve
            | Of::Sources
            | Of::Sweep => printed(self.name()),
            Of::Test | Of::Verify => printed(self.name()),
        }
    }
}

/// Prints a JSON Schema, or the list of all.
pub fn run(args: &SchemaArgs, console: &mut Console<'_>) -> Exit {
    let lang = console.lang(None);
    let Some(name) = args.name.as_deref() else {
        let list = listing(lang, console.look(lang).width);
        console.say(&list);
        return Exit::Ok;
    };
    match ALL.into_iter().find(|of| of.name() == name) {
        Some(of) => {
            console.say(of.text());
            Exit::Ok
        }
        None => console.refuse(unknown(name), lang, Exit::Usage),
    }
}

fn listing(lang: Lang, width: usize) -> String {
    let headings = [lang.pick("skema", "schema"), lang.pick("for", "for")];
    let mut table = Table::new(headings.map(|heading| (heading, Align::Left)));
    for of in ALL {
        table.row([of.name(), of.what().get(lang)]);
    }
    table.render(width)
}

fn unknown(name: &str) -> Diagnostic {
    let found =
        Diagnostic::new(Code::WrongUsage, bi!("der er intet skema `{name}`", "there is no schema `{name}`"));
    match nearest(name, ALL.map(Of::name)) {
        Some(near) => found.help(bi!("mente du `{near}`?", "did you mean `{near}`?")),
        None => found.help(bi!("`klausul schema` viser alle", "`klausul schema` lists all")),
    }
}
