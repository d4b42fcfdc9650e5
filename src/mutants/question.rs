//! A damage that no test notices, as a question to whoever wrote the rules: what should hold where the two differ?

use super::{Mutant, Way};
use crate::base::{Bi, Lang, SourceMap, bi};
use crate::syntax::keywords::is_reserved;

impl Mutant {
    /// Asks what nobody has said: the answer is a test that tells the rules from the damaged ones.
    pub fn question(&self, sources: &SourceMap) -> Bi {
        let Bi { da, en } = &self.what;
        let place = self.place(sources);
        let asked = match self.way {
            Way::DropRow => bi!(
                "Ingen prøve mærker, om rækken er der. Hvad gælder for det, den rammer?",
                "No test notices whether the row is there. What holds for what it hits?"
            ),
            Way::SwapBounds => bi!(
                "Ingen prøve mærker forskel ({da}). Hvad gælder mellem de to grænser, og hvad lige uden for dem?",
                "No test notices the difference ({en}). What holds between the two bounds, and what just outside?"
            ),
            Way::SwapUnit | Way::ChangeLevel => bi!(
                "Ingen prøve mærker forskel ({da}). Hvilken er det, og hvad bliver resultatet så?",
                "No test notices the difference ({en}). Which is it, and what is the result then?"
            ),
            Way::UnderToAtMost => self.at_the_bound(sources),
            Way::DeleteException => bi!(
                "Ingen prøve mærker, om undtagelsen er der. Hvornår gælder den, og hvad giver den så?",
                "No test notices whether the exception is there. When does it hold, and what does it give then?"
            ),
            Way::ShiftPeriod => bi!(
                "Ingen prøve mærker forskel ({da}). Hvad gælder i det første og det sidste år, og hvad lige uden for?",
                "No test notices the difference ({en}). What holds in the first and the last year, and what just outside?"
            ),
            Way::MisspellValue | Way::BreakLink => bi!(
                "Ingen prøve mærker forskel ({da}). Hvem eller hvad er ment, og hvad giver det?",
                "No test notices the difference ({en}). Who or what is meant, and what does it give?"
            ),
            Way::TransposeDigits => bi!(
                "Ingen prøve mærker forskel ({da}). Hvilket tal er det, og hvad bliver resultatet?",
                "No test notices the difference ({en}). Which figure is it, and what is the result?"
            ),
            Way::DropRounding => bi!(
                "Ingen prøve mærker, om der rundes. Hvad er resultatet, når det ikke går op?",
                "No test notices whether it is rounded. What is the result when it does not come out even?"
            ),
            Way::MergeYears => bi!(
                "Ingen prøve mærker forskel ({da}). Hvad gælder i det andet af de to år?",
                "No test notices the difference ({en}). What holds in the second of the two years?"
            ),
        };
        Bi::new(format!("{place}\n    {}", asked.da), format!("{place}\n    {}", asked.en))
    }

    /// The bound itself is where the two differ; its figure stands just behind the word.
    fn at_the_bound(&self, sources: &SourceMap) -> Bi {
        let Bi { da, en } = &self.what;
        match self.figure_behind(sources) {
            Some(figure) => bi!(
                "Ingen prøve mærker forskel ({da}). Hvad gælder ved præcis {figure}?",
                "No test notices the difference ({en}). What holds at exactly {figure}?"
            ),
            None => bi!(
                "Ingen prøve mærker forskel ({da}). Hvad gælder præcis ved grænsen?",
                "No test notices the difference ({en}). What holds exactly at the bound?"
            ),
        }
    }

    /// The figure and its unit behind the first edit, on the same line.
    fn figure_behind(&self, sources: &SourceMap) -> Option<String> {
        let edit = self.edits.first()?;
        let text = &sources.file(edit.span.file).text;
        let behind = text.get(edit.span.range().end..)?.lines().next()?.trim_start();
        let words: Vec<&str> = behind.split_whitespace().collect();
        let is_figure = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit());
        let figure = words.first().filter(|word| is_figure(word))?;
        // What stands behind may be a word of the language, as in `hvis lægetal < 3 så`.
        let is_word = |word: &str| [Lang::Da, Lang::En].iter().any(|lang| is_reserved(*lang, word));
        let is_unit = |word: &str| word.ends_with('.') || !is_word(word);
        let letters = |word: &str| word.chars().all(|c| c.is_alphabetic() || c == '.');
        let unit = words.get(1).filter(|word| letters(word) && is_unit(word));
        Some([Some(*figure), unit.copied()].into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    fn place(&self, sources: &SourceMap) -> String {
        let (line, file) = (self.line(sources), sources.file(self.file));
        format!("{}:{line}: {}", file.name, file.line(line).trim())
    }
}
