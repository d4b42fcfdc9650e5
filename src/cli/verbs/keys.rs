use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::base::bi;
use crate::cli::key_files::new_key;
use crate::cli::{Console, Exit};
use crate::diag::{Code, Diagnostic};
use crate::record::is_name;
use crate::render::visible;
use crate::world::NewFile;

/// The options of `keys`.
#[derive(Args, Debug)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct KeysArgs {
    /// What to do.
    #[command(subcommand)]
    pub verb: KeysVerb,
}

/// What can be done with keys.
#[derive(Subcommand, Debug)]
pub enum KeysVerb {
    /// `keys new`
    #[command(
        visible_alias = "ny",
        about = "Lav et par nøgler: NAVN.key og NAVN.pub | Make a pair of keys: NAME.key and NAME.pub"
    )]
    New(NewKeyArgs),
}

/// The options of `keys new`.
#[derive(Args, Debug)]
pub struct NewKeyArgs {
    #[arg(
        value_name = "NAVN",
        help = "Nøglernes navn: filerne NAVN.key og NAVN.pub | The name of the keys: the files NAME.key and NAME.pub"
    )]
    /// The name, or a path that ends with it.
    pub name: PathBuf,
}

/// Makes keys.
pub fn run(args: &KeysArgs, console: &mut Console<'_>) -> Exit {
    match &args.verb {
        KeysVerb::New(args) => new(&args.name, console),
    }
}

/// Makes a pair of keys, each half in a new file of its own; the private one is shown to nobody.
fn new(path: &Path, console: &mut Console<'_>) -> Exit {
    let lang = console.lang(None);
    let name = path.file_name().and_then(|name| name.to_str()).filter(|name| is_name(name));
    let Some(name) = name else {
        let shown = path.display().to_string();
        let message =
            bi!("`{shown}` kan ikke være navnet på en nøgle", "`{shown}` cannot be the name of a key");
        return console.refuse(Diagnostic::new(Code::WrongUsage, message), lang, Exit::Usage);
    };
    let key = match new_key(name) {
        Ok(key) => key,
        Err(error) => return console.world_errors(&[error]),
    };
    let (private, public) =
        (path.with_file_name(format!("{name}.key")), path.with_file_name(format!("{name}.pub")));
    let (secret, open) = (key.text(), key.public().text());
    let made = console.world.create(&[
        NewFile { path: &private, bytes: secret.as_bytes(), secret: true },
        NewFile { path: &public, bytes: open.as_bytes(), secret: false },
    ]);
    if let Err(error) = made {
        return console.world_errors(&[error]);
    }
    let (private, public) = (private.display().to_string(), public.display().to_string());
    let (private, public) = (visible(&private), visible(&public));
    let told = bi!(
        "{private}: den private nøgle. Den underskriver med `eval --record FIL --sign {private}`; hav den for dig selv.\n\
         {public}: den offentlige nøgle. Giv den til dem, der efterprøver med `verify FIL --key {public}`.\n",
        "{private}: the private key. It signs by `eval --record FILE --sign {private}`; keep it to yourself.\n\
         {public}: the public key. Give it to those who verify by `verify FILE --key {public}`.\n"
    );
    console.say(told.get(lang));
    Exit::Ok
}
