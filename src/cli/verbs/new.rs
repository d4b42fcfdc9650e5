use std::path::PathBuf;

use clap::Args;

use crate::cli::starter::files;
use crate::cli::{Console, Exit};
use crate::render::visible;

/// The options of `new`.
#[derive(Args, Debug)]
pub struct NewArgs {
    #[arg(value_name = "NAVN", help = "Navnet på den nye mappe | The name of the new folder")]
    /// The folder to make.
    pub name: PathBuf,
}

/// Makes a starter folder: an agreement, data, tests and a page on how to go on.
pub fn run(args: &NewArgs, console: &mut Console<'_>) -> Exit {
    let lang = console.lang(None);
    let name = args.name.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let files = files(&name, lang);
    if let Err(error) = console.world.write_folder(&args.name, &files) {
        return console.world_errors(&[error]);
    }
    let shown = args.name.display().to_string();
    let shown = match shown.contains(char::is_whitespace) {
        true => format!("\"{}\"", visible(&shown)),
        false => visible(&shown).into_owned(),
    };
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(", ");
    console.say(&lang.pick(
        format!("Mappen {shown} er lavet med {names}.\nPrøv: klausul check {shown}\n"),
        format!("The folder {shown} was made with {names}.\nTry: klausul check {shown}\n"),
    ));
    Exit::Ok
}
