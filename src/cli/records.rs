//! Records of computations in their files.

use std::path::Path;

use super::args::Situation;
use super::{Console, Exit};
use crate::base::bi;
use crate::diag::Report;
use crate::record::{ChainProblem, DataFile, Record, next_link};
use crate::session::{Answer, Question, Session};
use crate::world::Appended;

/// Adds the record of an answer to a file, after those that stand there.
///
/// # Errors
/// When the file cannot be written, or holds something else than records; that has been told, and the file is as it was.
pub(super) fn add_record(
    console: &mut Console<'_>,
    path: &Path,
    session: &Session,
    question: &Question,
    answer: &Answer,
    situation: &Situation,
) -> Result<(), Exit> {
    let data: Vec<DataFile> = situation
        .data
        .iter()
        .map(|arg| DataFile { name: arg.path.display().to_string(), kind: arg.kind.clone() })
        .collect();
    let mut refused: Option<ChainProblem> = None;
    let added = console.world.append(path, &mut |tail| match next_link(&path.display().to_string(), tail) {
        Ok(link) => {
            Some(format!("{}\n", Record::of(session, question, answer, &data, &link).line()).into_bytes())
        }
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
            console.remark(words.get(lang));
            Ok(())
        }
        (Ok(_), None) => Ok(()),
    }
}
