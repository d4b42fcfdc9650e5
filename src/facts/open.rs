use std::path::{Path, PathBuf};

use super::RawData;
use super::csv::read_csv;
use super::json::read_json;
use super::problem::FormProblem;
use super::toml::read_toml;
use super::tree::{KeyColumn, read_tree};
use crate::base::{FileId, Limit, SourceFile, SourceMap, Span};
use crate::diag::Problems;
use crate::world::{World, WorldError};

/// One `--data` of a command line: a file, and for CSV the kind of its rows.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DataArg {
    /// The kind of the rows, `region` in `region=regioner.csv`.
    pub kind: Option<String>,
    /// The file.
    pub path: PathBuf,
}

/// The forms of data files.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum DataForm {
    /// `.json`
    Json,
    /// `.toml`
    Toml,
    /// `.csv`
    Csv,
}

impl DataArg {
    /// Reads `FILE` or `KIND=FILE`. What stands before `=` counts as a kind only when it is a name.
    pub fn parse(text: &str) -> DataArg {
        let is_name = |kind: &str| !kind.is_empty() && kind.chars().all(|c| c.is_alphanumeric() || c == '_');
        match text.split_once('=').filter(|(kind, _)| is_name(kind)) {
            Some((kind, path)) => DataArg { kind: Some(kind.to_owned()), path: PathBuf::from(path) },
            None => DataArg { kind: None, path: PathBuf::from(text) },
        }
    }
}

impl DataForm {
    /// Tells the form of a file by the end of its name, in any case.
    pub fn of(path: &Path) -> Option<DataForm> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "json" => Some(DataForm::Json),
            "toml" => Some(DataForm::Toml),
            "csv" => Some(DataForm::Csv),
            _ => None,
        }
    }
}

/// Reads all data files of a command line and puts them together. `key_column` says in which column (or member of the
/// objects in a list) the rules have the key of a kind; without one it is the first column, or the place in the list.
///
/// # Errors
/// Every file that cannot be read. What is wrong inside files goes to `problems`.
pub fn load_data(
    world: &dyn World,
    args: &[DataArg],
    key_column: KeyColumn<'_>,
    sources: &mut SourceMap,
    problems: &mut Problems,
) -> Result<RawData, Vec<WorldError>> {
    let mut files = Vec::new();
    let mut errors = Vec::new();
    for arg in args {
        match world.read(&arg.path, sources.limits().get(Limit::FileSize)) {
            Ok(bytes) => files.push(read_data(arg, &bytes, key_column, sources, problems)),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(RawData::join(files, problems)) } else { Err(errors) }
}

/// Reads the bytes of one data file, whose text is added to `sources` for the messages and held to its limits.
pub fn read_data(
    arg: &DataArg,
    bytes: &[u8],
    key_column: KeyColumn<'_>,
    sources: &mut SourceMap,
    problems: &mut Problems,
) -> RawData {
    let path = arg.path.display().to_string();
    let form = match (DataForm::of(&arg.path), &arg.kind) {
        (None, _) => return refuse(&FormProblem::UnknownForm { path }, problems),
        (Some(DataForm::Csv), None) => return refuse(&FormProblem::NoKind { path }, problems),
        (Some(DataForm::Json | DataForm::Toml), Some(_)) => {
            return refuse(&FormProblem::KindNotNeeded { path }, problems);
        }
        (Some(form), _) => form,
    };
    let Some(file) = admit(&path, bytes, sources, problems) else { return RawData::default() };
    let (text, limits) = (&sources.file(file).text, sources.limits());
    let tree = match form {
        DataForm::Json => read_json(file, text, limits, problems),
        DataForm::Toml => read_toml(file, text, limits, problems),
        DataForm::Csv => {
            let kind = arg.kind.as_deref().unwrap_or_default();
            return read_csv(file, text, limits, kind, key_column(kind).as_deref(), problems);
        }
    };
    tree.map_or_else(RawData::default, |root| read_tree(file, &root, key_column, limits, problems))
}

fn refuse(problem: &FormProblem, problems: &mut Problems) -> RawData {
    problems.report(problem);
    RawData::default()
}

/// Admits the bytes as a text: UTF-8 without NUL, a byte-order mark dropped, line ends made `\n`. Data may hold what
/// rule files may not, such as tabs and long lines.
fn admit(path: &str, bytes: &[u8], sources: &mut SourceMap, problems: &mut Problems) -> Option<FileId> {
    if let Some(limit) = sources.refuses(bytes.len() as u64) {
        let limits = Box::new(sources.limits().clone());
        problems.report(&FormProblem::TooMuch { path: path.to_owned(), limit, limits });
        return None;
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{FEFF}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n"),
        Err(error) => {
            let (path, offset) = (path.to_owned(), error.valid_up_to());
            problems.report(&FormProblem::NotUtf8 { path, offset });
            return None;
        }
    };
    let nul = text.find('\0');
    let file = sources.add(SourceFile::new(path, text));
    if let Some(at) = nul {
        problems.report(&FormProblem::Nul { at: Span::new(file, at, at + 1) });
        return None;
    }
    Some(file)
}
