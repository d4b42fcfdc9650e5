//! What is told of a line that changed something.

use super::diff::{Group, differences, in_short};
use super::state::Repl;
use crate::base::{Lang, bi};
use crate::diag::{Code, Diagnostic};
use crate::eval::{Outcome, RunProblem};
use crate::render::visible;
use crate::session::{Answer, AnswerLine};

/// How many results that can no longer be computed are named.
const MOST_NAMED: usize = 6;

impl Repl {
    /// Tells in a few lines what differs; for the first change of all, too, where more of it can be seen.
    pub(super) fn told_of(&self, old: &Answer, new: &Answer, is_broken: bool) -> String {
        let lang = self.lang();
        let groups = differences(old, new, lang);
        let lost: Vec<String> = if is_broken { lost(&groups, new) } else { Vec::new() };
        let left: Vec<Group> = groups.into_iter().filter(|group| !lost.contains(&group.name)).collect();
        let told = if left.is_empty() && !lost.is_empty() { String::new() } else { in_short(&left, lang) };
        // Where there is more than is told, that line says where it is seen.
        let is_whole = !told.lines().last().is_some_and(|line| line.starts_with('…'));
        let is_first = self.world.layers.is_empty() && is_whole && !left.is_empty();
        let mut text: String = told.lines().map(|line| self.within_width(line)).collect();
        if !lost.is_empty() {
            text += &self.within_width(&no_longer(&lost, lang));
        }
        if is_first {
            let more = bi!(
                "`:forskel` viser det for hver og ved hvilken klausul; `:fortryd` tager det tilbage",
                "`:diff` shows it for each and by which clause; `:undo` takes it back"
            );
            text += &self.within_width(more.get(lang));
        }
        text
    }

    /// A line in rows that fit the window; an amount and its unit stay in one.
    pub(super) fn within_width(&self, line: &str) -> String {
        // What joins an amount and its unit is a space to whoever reads it.
        const TIED: char = '\u{a0}';
        let tied: Vec<&str> = line.split(' ').collect();
        let mut whole = String::new();
        for (at, word) in tied.iter().enumerate() {
            let before = at.checked_sub(1).and_then(|at| tied.get(at)).unwrap_or(&"");
            let is_amount =
                before.trim_start_matches(['(', '+', '−']).starts_with(|c: char| c.is_ascii_digit());
            let gap = if at == 0 {
                ""
            } else if is_amount && *word != "→" {
                "\u{a0}"
            } else {
                " "
            };
            whole.push_str(gap);
            whole.push_str(word);
        }
        let options = textwrap::Options::new(self.look.width)
            .subsequent_indent("  ")
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .word_separator(textwrap::WordSeparator::AsciiSpace);
        textwrap::fill(&visible(&whole), options).replace(TIED, " ") + "\n"
    }
}

/// The requirements of the rules that a line breaks: those that were met, or at least not told of, before it.
pub(super) fn broken(old: &Answer, new: &Answer, typed: &str) -> Vec<Diagnostic> {
    let is_unmet = |found: &Diagnostic| found.code == Code::RequirementUnmet;
    let known: Vec<Diagnostic> = old.problems.sorted().into_iter().filter(is_unmet).collect();
    let is_known = |found: &Diagnostic| known.iter().any(|other| other.message == found.message);
    let fresh = new.problems.sorted().into_iter().filter(|found| is_unmet(found) && !is_known(found));
    fresh.map(|found| breaks(&found, typed)).collect()
}

fn breaks(unmet: &Diagnostic, typed: &str) -> Diagnostic {
    let (da, en) = (&unmet.message.da, &unmet.message.en);
    let line = typed.lines().next().unwrap_or_default();
    let line = visible(line);
    let message = bi!("`{line}` passer ikke med reglerne: {da}", "`{line}` does not go with the rules: {en}");
    let found = Diagnostic::new(Code::LineBreaks, message);
    let found = unmet.span().into_iter().fold(found, Diagnostic::at);
    found.help(bi!(
        "det, der bygger på de tal, kravet er om, regnes ikke ud; `:fortryd` tager linjen tilbage",
        "what builds on the figures of the requirement is not computed; `:undo` takes the line back"
    ))
}

/// The results that cannot be computed now, because a requirement is broken.
fn lost(groups: &[Group], new: &Answer) -> Vec<String> {
    let is_lost = |line: &&AnswerLine| matches!(new.outcome(line), Outcome::Error(problem) if matches!(**problem, RunProblem::Unmet { .. }));
    let lost: Vec<String> =
        new.lines.iter().filter(is_lost).map(|line| super::values::spoken(&line.name, new)).collect();
    let names = groups.iter().map(|group| group.name.clone());
    names.filter(|name| lost.contains(name)).collect()
}

fn no_longer(lost: &[String], lang: Lang) -> String {
    let named = lost.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = lost.len().saturating_sub(MOST_NAMED);
    let told = match more {
        0 => bi!("kan ikke regnes ud så længe: {named}", "not computed meanwhile: {named}"),
        more => bi!(
            "kan ikke regnes ud så længe: {named} og {more} mere",
            "not computed meanwhile: {named} and {more} more"
        ),
    };
    told.get(lang).to_owned()
}
