//! Records of computations in their files.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::args::Situation;
use super::imports::folder_of;
use super::{Console, Exit};
use crate::base::{SourceFile, SourceMap, bi};
use crate::diag::{Problems, Report};
use crate::facts::DataArg;
use crate::record::{ChainProblem, DataFile, Locked, PrivateKey, Record, Rested, next_link};
use crate::session::{Answer, Question, Session};
use crate::sources::{LOCK, Lock, citations};
use crate::syntax::Basis;
use crate::world::{Appended, MAX_FILE, WorldProblem};

/// Adds the record of an answer to a file, after those that stand there, signed with the keys.
///
/// # Errors
/// When the file cannot be written, or holds something else than records; that has been told, and the file is as it was.
pub(super) fn add_record(
    console: &mut Console<'_>,
    (path, keys): (&Path, &[PrivateKey]),
    session: &Session,
    question: &Question,
    answer: &Answer,
    situation: &Situation,
) -> Result<(), Exit> {
    let data = data_files(&situation.data);
    let locked = locked(console, session)?;
    let rests = Rested { data: &data, locked: &locked };
    let mut refused: Option<ChainProblem> = None;
    let added = console.world.append(path, &mut |tail| match next_link(&path.display().to_string(), tail) {
        Ok(link) => Some(
            format!("{}\n", Record::of(session, question, answer, &rests, &link).line(keys)).into_bytes(),
        ),
        Err(problem) => {
            refused = Some(problem);
            None
        }
    });
    let lang = console.lang(Some(session.lang()));
    match (added, refused) {
        (Err(error), _) => Err(console.world_errors(&[error])),
        (Ok(_), Some(problem)) => Err(console.refuse(problem.report(), lang, Exit::World)),
        (Ok(Appended::Written { torn }), None) if torn > 0 => {
            let words = bi!(
                "et ufærdigt spor ({torn} byte) sidst i filen er taget bort: den, der skrev det, blev standset",
                "an unfinished record ({torn} bytes) at the end of the file was taken away: its writer was stopped"
            );
            console.remark(&format!("{}\n", words.get(lang)));
            Ok(())
        }
        (Ok(_), None) => Ok(()),
    }
}

/// The data files of a command line, as a record names them.
pub(super) fn data_files(given: &[DataArg]) -> Vec<DataFile> {
    given
        .iter()
        .map(|arg| DataFile { name: arg.path.display().to_string(), kind: arg.kind.clone() })
        .collect()
}

/// What the lock files beside the rules say of the passages that the rules cite; nothing where there are none.
///
/// # Errors
/// When one is there and cannot be read; that has been told.
pub(super) fn locked(console: &mut Console<'_>, session: &Session) -> Result<Locked, Exit> {
    let folder = |file| folder_of(Path::new(&session.sources().file(file).name));
    let folders: BTreeSet<PathBuf> = session.rule_files().iter().map(|file| folder(*file)).collect();
    let (mut texts, mut problems) = (SourceMap::new(), Problems::new());
    let mut locked = Locked::default();
    for own in folders {
        let path = own.join(LOCK);
        let bytes = match console.world.read(&path, MAX_FILE) {
            Ok(bytes) => bytes,
            Err(error) if error.problem == WorldProblem::Missing => continue,
            Err(error) => return Err(console.world_errors(&[error])),
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let file = texts.add(SourceFile::new(path.display().to_string(), text.clone()));
        let Some(lock) = Lock::read(file, &text, &mut problems) else { continue };
        locked.documents.extend(lock.documents().map(|(id, hash)| (id.to_owned(), hash.to_owned())));
        let files = session.rule_files().iter().zip(session.files()).filter(|(id, _)| folder(**id) == own);
        for citation in files.flat_map(|(_, tree)| citations(tree)) {
            if let Some((line, hash)) = lock.passage(citation) {
                let basis = Basis::of(citation, session.lang());
                locked.passages.insert(basis, (line, hash.to_owned()));
            }
        }
    }
    let lang = console.lang(Some(session.lang()));
    match console.findings(&problems, &texts, lang) {
        Exit::Ok => Ok(locked),
        exit => Err(exit),
    }
}
