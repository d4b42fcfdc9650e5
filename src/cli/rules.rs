use std::path::PathBuf;

use super::load::read_texts;
use super::{Console, Exit};
use crate::base::{FileId, Lang, SourceMap};
use crate::diag::Problems;
use crate::syntax::{self, ast};
use crate::world::Rewrite;

/// The rule files of a command line, read and parsed.
pub(super) struct Rules {
    /// The texts.
    pub(super) sources: SourceMap,
    /// What was found on the way.
    pub(super) problems: Problems,
    /// The files, in the order they are named.
    pub(super) files: Vec<RuleFile>,
}

/// One rule file, unread.
pub(super) struct RuleText {
    /// Where it lies.
    pub(super) path: PathBuf,
    /// Its bytes, as they are there.
    pub(super) bytes: Vec<u8>,
}

/// One rule file.
pub(super) struct RuleFile {
    /// Where it lies, and its bytes.
    pub(super) text: RuleText,
    /// Its text and tree; `None` when the text was refused.
    pub(super) parsed: Option<(FileId, ast::File)>,
}

impl RuleText {
    /// Another text in its place.
    pub(super) fn replaced_by<'a>(&'a self, text: &'a str) -> Rewrite<'a> {
        Rewrite { path: &self.path, read: &self.bytes, bytes: text.as_bytes() }
    }
}

impl Rules {
    /// The language of the rules: that of the first file that could be read.
    pub(super) fn lang(&self) -> Option<Lang> {
        self.files.iter().find_map(|file| file.parsed.as_ref()).map(|(_, tree)| tree.lang)
    }
}

/// Reads the rule files that the paths of a command line name.
///
/// # Errors
/// When a file cannot be found or read; all of those are told, and the way to end is returned.
pub(super) fn read_rules(console: &mut Console<'_>, paths: &[PathBuf]) -> Result<Rules, Exit> {
    let mut rules =
        Rules { sources: SourceMap::held_to(console.limits()), problems: Problems::new(), files: Vec::new() };
    let read =
        read_texts(console.world, paths, console.limits()).map_err(|errors| console.world_errors(&errors));
    let (texts, unread) = read?;
    console.unread(&unread);
    for text in texts {
        let parsed = parse(&text, &mut rules);
        rules.files.push(RuleFile { text, parsed });
    }
    Ok(rules)
}

fn parse(text: &RuleText, rules: &mut Rules) -> Option<(FileId, ast::File)> {
    let name = text.path.display().to_string();
    let file = syntax::admit(&mut rules.sources, &name, &text.bytes, &mut rules.problems)?;
    let tree = syntax::parse(&rules.sources, file, &mut rules.problems);
    rules.sources.set_sections(file, syntax::outline(&tree));
    Some((file, tree))
}
