//! A statement of grounds as Markdown: the same as the page, for a document or a case file.

use super::grounds_words::{
    Forms, Words, came_to, judged_by, no_facts, no_judgement, parts, said, why, words,
};
use crate::base::Lang;
use crate::explain::markdown_escaped as escaped;
use crate::grounds::{Cited, Judged, Line, Read, Sentence, Stated, Statement, StepLine, StepNumber};

/// Writes a statement of grounds as Markdown. Numbers are links to the steps, which have anchors of their own.
pub fn grounds_markdown(statement: &Statement) -> String {
    let page = Page { lang: statement.lang, words: words(statement.lang), statement };
    let sections = [
        (page.words.result, page.results()),
        (page.words.basis, page.basis()),
        (page.words.facts, page.facts()),
        (page.words.judgement, page.judgement()),
        (page.words.derivation, page.derivations()),
        (page.words.steps, page.steps()),
        (page.words.verification, page.made_from()),
    ];
    let sections = sections.map(|(heading, body)| format!("## {heading}\n\n{body}"));
    format!("# {}\n\n{}\n{}", escaped(&statement.title), page.head(), sections.join("\n"))
}

struct Page<'a> {
    lang: Lang,
    words: Words,
    statement: &'a Statement,
}

impl Page<'_> {
    fn head(&self) -> String {
        let asked = self.statement.asked.iter();
        let asked = asked.map(|(name, words)| format!("- **{}:** {}\n", escaped(name), escaped(words)));
        let warnings = self.statement.warnings.iter().map(|words| format!("\n> **{}**\n", escaped(words)));
        asked.chain(warnings).collect()
    }

    fn results(&self) -> String {
        let results: String = self.statement.results.iter().map(|one| self.result(one)).collect();
        let standing: String =
            self.statement.standing.iter().map(|words| format!("{}\n\n", escaped(words))).collect();
        let notes = self.statement.notes.iter().map(|(file, says)| {
            let says: String = says.iter().map(|words| format!(">\n> {}\n", escaped(words))).collect();
            format!("> {} {}:\n{says}\n", escaped(file), self.words.file_says)
        });
        format!("{results}### {}\n\n{standing}{}", self.words.standing, notes.collect::<String>())
    }

    fn result(&self, one: &Stated) -> String {
        let mut out = format!("**{}:** {}\n\n", escaped(&one.name), linked(&one.value, one.step));
        one.brief.iter().for_each(|says| out.push_str(&format!("{}\n\n", sentence(says))));
        for notes in &one.notes {
            out.push_str(&format!("{}:\n\n", escaped(&notes.heading)));
            notes.items.iter().for_each(|item| out.push_str(&format!("- {}\n", escaped(&said(item)))));
            out.push('\n');
        }
        out
    }

    fn basis(&self) -> String {
        let list: String =
            self.statement.basis.iter().enumerate().map(|(at, cited)| self.cited(at, cited)).collect();
        if list.is_empty() { format!("{}\n", self.words.no_basis) } else { list }
    }

    fn cited(&self, at: usize, cited: &Cited) -> String {
        let place = escaped(format!("{} {}", cited.source, cited.at).trim_end());
        let mut words = format!("{}. <a id=\"h{0}\"></a>**{place}**", at + 1);
        if !cited.document.is_empty() {
            words.push_str(&format!(", {}", escaped(&cited.document)));
        }
        if let Some(line) = cited.line {
            words.push_str(&format!("; {} {line}", self.words.line));
        }
        if let Some(sha256) = &cited.sha256 {
            words.push_str(&format!("; sha256 `{}`", escaped(sha256)));
        }
        if !cited.carries.is_empty() {
            words.push_str(&format!("; {} {}", self.words.carries, escaped(&cited.carries.join(", "))));
        }
        words.push('\n');
        if let Some(quoted) = &cited.words {
            for (at, paragraph) in quoted.paragraphs.iter().enumerate() {
                let gap = if at == 0 { "\n" } else { "   >\n" };
                words.push_str(&format!("{gap}   > {}\n", escaped(paragraph)));
            }
            let rest = quoted.goes_on.then_some(self.words.goes_on);
            let remarks = rest.into_iter().chain(cited.is_changed().then_some(self.words.changed));
            remarks.for_each(|remark| words.push_str(&format!("\n   {remark}\n")));
            words.push('\n');
        }
        words
    }

    fn facts(&self) -> String {
        let given = match self.statement.facts.is_empty() {
            true => format!("{}\n", no_facts(self.statement)),
            false => {
                let heads = [self.words.fact, self.words.value, self.words.from];
                table(
                    &heads,
                    self.statement.facts.iter().map(|fact| {
                        let title = fact.title.as_ref().map(|title| format!(" ({})", escaped(title)));
                        [
                            format!("{}{}", escaped(&fact.name), title.unwrap_or_default()),
                            linked(&fact.value, Some(fact.step)),
                            escaped(&fact.from),
                        ]
                    }),
                )
            }
        };
        let missing = self.statement.missing.iter().map(|(name, why)| [escaped(name), escaped(why)]);
        let missing = match self.statement.missing.is_empty() {
            true => String::new(),
            false => {
                let heads = [self.words.fact, self.words.missing_why];
                format!("\n### {}\n\n{}", self.words.missing, table(&heads, missing))
            }
        };
        format!("{given}{missing}")
    }

    fn judgement(&self) -> String {
        let judged: String = self.statement.judged.iter().map(|one| self.judged(one)).collect();
        let judged = if judged.is_empty() { format!("{}\n", no_judgement(self.statement)) } else { judged };
        let readings = self.statement.readings.iter().enumerate();
        let readings: String = readings.map(|(at, one)| self.reading(at, one)).collect();
        format!("{judged}\n{readings}")
    }

    fn judged(&self, one: &Judged) -> String {
        format!(
            "- **{}** {}: {} ({}; {}){}\n",
            escaped(&one.name),
            escaped(one.question.as_deref().unwrap_or_default()),
            linked(&one.value, Some(one.step)),
            escaped(&judged_by(one, &self.words)),
            escaped(&one.from),
            cites(&one.basis)
        )
    }

    fn reading(&self, at: usize, one: &Read) -> String {
        let question = escaped(one.question.as_deref().unwrap_or(&one.name));
        let name = if one.question.is_some() { format!(" ({})", escaped(&one.name)) } else { String::new() };
        let chosen = match &one.chosen {
            Some(chosen) => format!("{} **{}**", self.words.read_so, escaped(chosen)),
            None => self.words.taken.to_owned(),
        };
        let others = one.others.iter().map(|(name, then)| {
            format!("  - {}: {}\n", escaped(name), escaped(&came_to(then.as_ref(), self.lang)))
        });
        let why = match one.chosen.is_none() && one.why.is_empty() {
            true => String::new(),
            false => format!(". {}", escaped(&why(one, &self.words))),
        };
        format!("- <a id=\"l{}\"></a>{question}{name}: {chosen}{why}\n{}", at + 1, others.collect::<String>())
    }

    fn derivations(&self) -> String {
        let mut out = String::new();
        self.statement.results.iter().for_each(|stated| self.line(&stated.derivation, 0, &mut out));
        out
    }

    fn line(&self, line: &Line, level: usize, out: &mut String) {
        let mut words = escaped(&format!("{}{}", line.kind.sign(), line.label));
        if let Some(value) = &line.value {
            words.push_str(&format!(": **{}**", linked(value, line.step)));
        }
        if let Some(exact) = &line.exact {
            words.push_str(&format!(" ({} {})", self.words.exactly, escaped(exact)));
        }
        words.push_str(&cites(&line.basis));
        let title = line.title.iter().map(|title| escaped(title));
        for part in title.chain(line.says.iter().map(sentence)) {
            words.push_str(&format!("; {part}"));
        }
        line.read.iter().for_each(|at| words.push_str(&self.read_so(*at)));
        out.push_str(&format!("{}- {words}\n", "  ".repeat(level)));
        line.children.iter().for_each(|child| self.line(child, level + 1, out));
    }

    /// How an unclear passage behind a line is read, with a link to the other readings.
    fn read_so(&self, at: usize) -> String {
        let Some(one) = self.statement.readings.get(at) else { return String::new() };
        let (lead, words) = match &one.chosen {
            Some(chosen) => (self.words.read_so, chosen.as_str()),
            None => (self.words.taken, one.question.as_deref().unwrap_or(&one.name)),
        };
        format!("; {lead}: [{}](#l{})", escaped(words), at + 1)
    }

    fn steps(&self) -> String {
        let words = &self.words;
        let heads = [words.step, words.what, words.rule, words.reads, words.exact_value, words.stands_in];
        let rows = self.statement.steps.iter().map(|step| self.step(step));
        format!("{}\n\n{}", words.steps_caption, table(&heads, rows))
    }

    fn step(&self, step: &StepLine) -> [String; 6] {
        let reads: Vec<String> =
            step.reads.iter().map(|StepNumber(number)| format!("[{number}](#t{number})")).collect();
        let name = step.name.as_ref().map(|name| format!("**{}** ", escaped(name))).unwrap_or_default();
        let level = step.level.as_ref().map(|level| format!(" ({})", escaped(level))).unwrap_or_default();
        let residual =
            step.residual.as_ref().map(|residual| format!("; {} {}", self.words.rounded, escaped(residual)));
        let parts = step.parts.iter().map(|(who, gets)| format!("; {}: {}", escaped(who), escaped(gets)));
        let parts: String = parts.collect();
        [
            format!("<a id=\"t{0}\"></a>{0}", step.number.0),
            format!("{name}{} ({}){}", escaped(&step.does), escaped(&step.about), cites(&step.basis)),
            escaped(&step.rule),
            reads.join(", "),
            format!("{}{level}{}{parts}", escaped(&step.value), residual.unwrap_or_default()),
            escaped(&step.at),
        ]
    }

    fn made_from(&self) -> String {
        let rows = self.statement.made_from.iter();
        let rows: String =
            rows.map(|(name, words)| format!("- **{}:** `{words}`\n", escaped(name))).collect();
        format!("{}\n\n{rows}", escaped(self.words.verification_lead))
    }
}

fn linked(words: &str, step: Option<StepNumber>) -> String {
    match step {
        Some(StepNumber(number)) => format!("[{}](#t{number})", escaped(words)),
        None => escaped(words),
    }
}

/// A sentence, its figures linked to their steps.
fn sentence(sentence: &Sentence) -> String {
    let forms = Forms {
        plain: &escaped,
        code: &|words| format!("`{words}`"),
        linked: &|words, step| linked(words, Some(StepNumber(step))),
    };
    parts(sentence, &forms)
}

/// The numbers of the places cited, each a link.
fn cites(basis: &[usize]) -> String {
    basis.iter().map(|at| format!(" [\\[{0}\\]](#h{0})", at + 1)).collect()
}

fn table<const N: usize>(heads: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut out = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(N));
    rows.for_each(|row| out.push_str(&format!("| {} |\n", row.join(" | "))));
    out
}
