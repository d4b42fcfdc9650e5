//! A statement of grounds as Markdown: the same as the page, for a document or a case file.

use super::grounds::{came_to, no_facts, no_judgement, said};
use crate::base::Lang;
use crate::explain::markdown_escaped as escaped;
use crate::grounds::{Line, Read, Stated, Statement, StepNumber};

/// Writes a statement of grounds as Markdown. Numbers are links to the steps, which have anchors of their own.
pub fn grounds_markdown(statement: &Statement) -> String {
    let page = Page { lang: statement.lang, statement };
    let parts = [
        format!("# {}\n", escaped(&statement.title)),
        page.head(),
        page.results(),
        page.basis(),
        page.facts(),
        page.judgement(),
        page.derivations(),
        page.steps(),
        page.made_from(),
    ];
    parts.join("\n")
}

struct Page<'a> {
    lang: Lang,
    statement: &'a Statement,
}

impl Page<'_> {
    fn say(&self, da: &'static str, en: &'static str) -> &'static str {
        self.lang.pick(da, en)
    }

    fn head(&self) -> String {
        let asked = self.statement.asked.iter();
        let asked = asked.map(|(name, words)| format!("- **{}:** {}\n", escaped(name), escaped(words)));
        let warnings = self.statement.warnings.iter().map(|words| format!("\n> **{}**\n", escaped(words)));
        asked.chain(warnings).collect()
    }

    fn results(&self) -> String {
        let results: String = self.statement.results.iter().map(|one| self.result(one)).collect();
        format!("## {}\n\n{results}", self.say("Resultat", "Result"))
    }

    fn result(&self, one: &Stated) -> String {
        let mut out = format!("**{}:** {}\n\n", escaped(&one.name), self.linked(&one.value, one.step));
        for words in &one.brief {
            out.push_str(&format!("{}\n\n", escaped(words)));
        }
        for notes in &one.notes {
            out.push_str(&format!("{}:\n\n", escaped(&notes.heading)));
            notes.items.iter().for_each(|item| out.push_str(&format!("- {}\n", escaped(&said(item)))));
            out.push('\n');
        }
        out
    }

    fn basis(&self) -> String {
        let one = |(at, cited): (usize, &crate::grounds::Cited)| {
            let place = escaped(format!("{} {}", cited.source, cited.at).trim_end());
            let mut words = format!("{}. <a id=\"h{0}\"></a>**{place}**", at + 1);
            if !cited.document.is_empty() {
                words.push_str(&format!(", {}", escaped(&cited.document)));
            }
            if let Some(line) = cited.line {
                words.push_str(&format!("; {} {line}", self.say("linje", "line")));
            }
            if let Some(sha256) = &cited.sha256 {
                words.push_str(&format!("; sha256 `{}`", escaped(sha256)));
            }
            if !cited.carries.is_empty() {
                words.push_str(&format!(
                    "; {} {}",
                    self.say("bærer", "carries"),
                    escaped(&cited.carries.join(", "))
                ));
            }
            format!("{words}\n")
        };
        let list: String = self.statement.basis.iter().enumerate().map(one).collect();
        let none = self.say(
            "Reglerne bag resultatet henviser ikke til noget dokument.\n",
            "The rules behind the result cite no document.\n",
        );
        let list = if list.is_empty() { none.to_owned() } else { list };
        format!("## {}\n\n{list}", self.say("Retsgrundlag", "Legal basis"))
    }

    fn facts(&self) -> String {
        let heading = self.say("Oplysninger, der er lagt vægt på", "Facts given weight");
        if self.statement.facts.is_empty() {
            let none = no_facts(self.statement);
            return format!("## {heading}\n\n{none}\n");
        }
        let heads =
            [self.say("Oplysning", "Fact"), self.say("Værdi", "Value"), self.say("Kommer fra", "Comes from")];
        let rows = self.statement.facts.iter().map(|fact| {
            let title = fact.title.as_ref().map(|title| format!(" ({})", escaped(title))).unwrap_or_default();
            [
                format!("{}{title}", escaped(&fact.name)),
                self.linked(&fact.value, Some(fact.step)),
                escaped(&fact.from),
            ]
        });
        format!("## {heading}\n\n{}", table(&heads, rows))
    }

    fn judgement(&self) -> String {
        let heading = self.say("Skøn og læsninger", "Judgement and readings");
        let judged: String = self
            .statement
            .judged
            .iter()
            .map(|one| {
                let question = one.question.as_deref().unwrap_or_default();
                let by = one.by.join(", ");
                format!(
                    "- **{}** {}: {} ({}; {})\n",
                    escaped(&one.name),
                    escaped(question),
                    self.linked(&one.value, Some(one.step)),
                    escaped(&by),
                    escaped(&one.from)
                )
            })
            .collect();
        let none = no_judgement(self.statement);
        let judged = if judged.is_empty() { format!("{none}\n") } else { judged };
        let readings: String = self.statement.readings.iter().map(|one| self.reading(one)).collect();
        format!("## {heading}\n\n{judged}\n{readings}")
    }

    fn reading(&self, one: &Read) -> String {
        let question = one.question.as_deref().unwrap_or(&one.name);
        let chosen = match &one.chosen {
            Some(chosen) => format!("{} **{}**", self.say("læst som", "read as"), escaped(chosen)),
            None => self
                .say("en antagelse uden andre læsninger", "an assumption without other readings")
                .to_owned(),
        };
        let others = one.others.iter().map(|(name, then)| {
            format!("  - {}: {}\n", escaped(name), escaped(&came_to(then.as_ref(), self.lang)))
        });
        format!("- {} ({}): {chosen}\n{}", escaped(question), escaped(&one.name), others.collect::<String>())
    }

    fn derivations(&self) -> String {
        let mut out = format!("## {}\n\n", self.say("Sådan er det regnet", "How it is computed"));
        self.statement.results.iter().for_each(|stated| self.line(&stated.derivation, 0, &mut out));
        out
    }

    fn line(&self, line: &Line, level: usize, out: &mut String) {
        let mut words = escaped(&format!("{}{}", line.kind.sign(), line.label));
        if let Some(value) = &line.value {
            words.push_str(&format!(": **{}**", self.linked(value, line.step)));
        }
        if let Some(exact) = &line.exact {
            words.push_str(&format!(" ({} {})", self.say("nøjagtigt", "exactly"), escaped(exact)));
        }
        let cites = line.basis.iter().map(|at| format!(" [\\[{0}\\]](#h{0})", at + 1));
        words.push_str(&cites.collect::<String>());
        for part in line.title.iter().chain(&line.says) {
            words.push_str(&format!("; {}", escaped(part)));
        }
        out.push_str(&format!("{}- {words}\n", "  ".repeat(level)));
        line.children.iter().for_each(|child| self.line(child, level + 1, out));
    }

    fn steps(&self) -> String {
        let heads = [
            self.say("Trin", "Step"),
            self.say("Hvad", "What"),
            self.say("Reglens ord", "The rule's words"),
            self.say("Læser trin", "Reads steps"),
            self.say("Nøjagtig værdi", "Exact value"),
            self.say("Står i", "Stands in"),
        ];
        let rows = self.statement.steps.iter().map(|step| {
            let reads: Vec<String> =
                step.reads.iter().map(|StepNumber(number)| format!("[{number}](#t{number})")).collect();
            let name = step.name.as_ref().map(|name| format!("**{}** ", escaped(name))).unwrap_or_default();
            let level = step.level.as_ref().map(|level| format!(" ({})", escaped(level))).unwrap_or_default();
            let residual = step.residual.as_ref().map(|residual| {
                format!("; {} {}", self.say("afrundingen lagde til", "rounding added"), escaped(residual))
            });
            [
                format!("<a id=\"t{0}\"></a>{0}", step.number.0),
                format!("{name}{} ({})", escaped(&step.does), escaped(&step.about)),
                escaped(&step.rule),
                reads.join(", "),
                format!("{}{level}{}", escaped(&step.value), residual.unwrap_or_default()),
                escaped(&step.at),
            ]
        });
        let heading = self.say("Hvert trin af udregningen", "Every step of the computation");
        format!("## {heading}\n\n{}", table(&heads, rows))
    }

    fn made_from(&self) -> String {
        let rows = self.statement.made_from.iter();
        let rows: String =
            rows.map(|(name, words)| format!("- **{}:** `{}`\n", escaped(name), escaped(words))).collect();
        format!("## {}\n\n{rows}", self.say("Til efterprøvning", "For verification"))
    }

    fn linked(&self, words: &str, step: Option<StepNumber>) -> String {
        match step {
            Some(StepNumber(number)) => format!("[{}](#t{number})", escaped(words)),
            None => escaped(words),
        }
    }
}

fn table<const N: usize>(heads: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut out = format!("| {} |\n|{}\n", heads.join(" | "), "---|".repeat(N));
    rows.for_each(|row| out.push_str(&format!("| {} |\n", row.join(" | "))));
    out
}
