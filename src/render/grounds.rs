//! A statement of grounds as a page of HTML: all in one file, without a script, readable on paper and aloud.

use super::diagram::diagram;
use super::grounds_words::{
    Forms, Words, came_to, joint, judged_by, no_facts, no_judgement, parts, said, why, words,
};
use super::page::escaped;
use crate::base::Lang;
use crate::explain::{Explanation, Item, Notes};
use crate::grounds::{Cited, Judged, Line, Read, Sentence, Stated, Statement, StepLine, StepNumber, Weighed};

/// How the page looks; dark where the reader's own is, and black on white on paper. No meaning is told by colour alone.
const STYLE: &str = include_str!("grounds.css");

/// Writes a statement of grounds as a page.
pub fn grounds_html(statement: &Statement) -> String {
    let page = Page { lang: statement.lang, words: words(statement.lang), statement };
    let body = [page.head(), page.contents(), page.sections()].concat();
    let skip = format!("<a class=\"skip\" href=\"#resultat\">{}</a>\n", page.words.skip);
    shell(&statement.title, statement.lang, &skip, &body)
}

/// Writes explanations that are no statement, such as why something did not come into play, as a page.
pub fn explanations_html(all: &[Explanation], lang: Lang) -> String {
    let one = |told: &Explanation| {
        let mut tree = String::new();
        plain_item(&told.root, lang, &mut tree);
        let notes: String = told.notes.iter().map(|notes| note(notes, "h2")).collect();
        format!("<ul class=\"derivation\">\n{tree}</ul>\n{notes}")
    };
    let title = all.first().map(|told| told.root.label.as_str()).unwrap_or_default();
    shell(title, lang, "", &all.iter().map(one).collect::<String>())
}

fn plain_item(item: &Item, lang: Lang, out: &mut String) {
    out.push_str(&format!("<li>{}", escaped(&item.line(lang))));
    if !item.children.is_empty() {
        out.push_str("\n<ul>\n");
        item.children.iter().for_each(|child| plain_item(child, lang, out));
        out.push_str("</ul>\n");
    }
    out.push_str("</li>\n");
}

fn shell(title: &str, lang: Lang, skip: &str, body: &str) -> String {
    let (title, code) = (escaped(title), lang.pick("da", "en"));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{code}\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n{skip}<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n"
    )
}

struct Page<'a> {
    lang: Lang,
    words: Words,
    statement: &'a Statement,
}

/// A section of the page: its anchor, its heading and what stands under it.
type Section = (&'static str, &'static str, String);

impl Page<'_> {
    fn head(&self) -> String {
        let rows: String = self.statement.asked.iter().map(|(name, words)| pair(name, words)).collect();
        let warnings = self.statement.warnings.iter();
        let warnings: String =
            warnings.map(|words| format!("<p class=\"warning\">{}</p>\n", escaped(words))).collect();
        format!("<dl>\n{rows}</dl>\n{warnings}")
    }

    fn contents(&self) -> String {
        let links = self
            .all()
            .into_iter()
            .map(|(id, heading, _)| format!("<li><a href=\"#{id}\">{heading}</a></li>\n"));
        let links: String = links.collect();
        format!("<nav aria-label=\"{}\">\n<ul>\n{links}</ul>\n</nav>\n", self.words.contents)
    }

    fn sections(&self) -> String {
        let written = |(id, heading, body): Section| {
            format!("<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>\n{body}</section>\n")
        };
        self.all().into_iter().map(written).collect()
    }

    fn all(&self) -> Vec<Section> {
        vec![
            ("resultat", self.words.result, self.results()),
            ("retsgrundlag", self.words.basis, self.basis()),
            ("oplysninger", self.words.facts, self.facts()),
            ("skøn", self.words.judgement, self.judgement()),
            ("udregning", self.words.derivation, self.derivations()),
            ("trin", self.words.steps, self.steps()),
            ("efterprøvning", self.words.verification, self.made_from()),
        ]
    }

    fn results(&self) -> String {
        let results: String = self.statement.results.iter().map(|one| self.result(one)).collect();
        let standing: String =
            self.statement.standing.iter().map(|words| format!("<p>{}</p>\n", escaped(words))).collect();
        format!("{results}<h3>{}</h3>\n{standing}{}", self.words.standing, self.notes())
    }

    fn result(&self, one: &Stated) -> String {
        let value = linked(&one.value, one.step);
        let brief: String = one.brief.iter().map(paragraph).collect();
        let notes: String = one.notes.iter().map(|notes| note(notes, "h4")).collect();
        format!("<h3>{}</h3>\n<p class=\"result\">{value}</p>\n{brief}{notes}", escaped(&one.name))
    }

    /// What the files of data say of themselves.
    fn notes(&self) -> String {
        let one = |(file, says): &(String, Vec<String>)| {
            let says: String = says.iter().map(|words| format!("<p>{}</p>\n", escaped(words))).collect();
            format!("<blockquote>\n<p>{} {}:</p>\n{says}</blockquote>\n", escaped(file), self.words.file_says)
        };
        self.statement.notes.iter().map(one).collect()
    }

    fn basis(&self) -> String {
        if self.statement.basis.is_empty() {
            return format!("<p>{}</p>\n", self.words.no_basis);
        }
        let list: String =
            self.statement.basis.iter().enumerate().map(|(at, cited)| self.cited(at, cited)).collect();
        format!("<ol class=\"basis\">\n{list}</ol>\n")
    }

    fn cited(&self, at: usize, cited: &Cited) -> String {
        let mut words =
            format!("<strong>{}</strong>", escaped(format!("{} {}", cited.source, cited.at).trim_end()));
        if !cited.document.is_empty() {
            words.push_str(&format!("<br/>{}", escaped(&cited.document)));
        }
        if let Some(line) = cited.line {
            words.push_str(&format!("<br/>{} {line}", self.words.line));
        }
        if let Some(sha256) = &cited.sha256 {
            words.push_str(&format!(", sha256 <code>{}</code>", escaped(sha256)));
        }
        if !cited.carries.is_empty() {
            let (lead, names) = (self.words.carries, cited.carries.join(", "));
            words.push_str(&format!("<br/><span class=\"soft\">{lead}: {}</span>", escaped(&names)));
        }
        if let Some(quoted) = &cited.words {
            let said = quoted.paragraphs.iter().map(|words| format!("<p>{}</p>\n", escaped(words)));
            let said: String = said.collect();
            let rest = if quoted.goes_on { self.words.goes_on } else { "" };
            let changed = if cited.is_changed() { self.words.changed } else { "" };
            let remarks = [rest, changed].into_iter().filter(|words| !words.is_empty());
            let remarks: String = remarks.map(|words| format!("<p class=\"soft\">{words}</p>\n")).collect();
            words.push_str(&format!("<blockquote>\n{said}</blockquote>\n{remarks}"));
        }
        format!("<li id=\"h{}\">{words}</li>\n", at + 1)
    }

    fn facts(&self) -> String {
        let given = match self.statement.facts.is_empty() {
            true => format!("<p>{}</p>\n", no_facts(self.statement)),
            false => {
                let heads = [self.words.fact, self.words.value, self.words.from];
                let rows: String = self.statement.facts.iter().map(|fact| self.fact(fact)).collect();
                table(self.words.facts_caption, &heads, &rows)
            }
        };
        format!("{given}{}", self.missing())
    }

    fn fact(&self, fact: &Weighed) -> String {
        let title =
            fact.title.as_ref().map(|title| format!("<br/><span class=\"soft\">{}</span>", escaped(title)));
        format!(
            "<tr><th scope=\"row\">{}{}</th><td class=\"number\">{}</td><td>{}</td></tr>\n",
            escaped(&fact.name),
            title.unwrap_or_default(),
            linked(&fact.value, Some(fact.step)),
            escaped(&fact.from)
        )
    }

    fn missing(&self) -> String {
        if self.statement.missing.is_empty() {
            return String::new();
        }
        let row = |(name, why): &(String, String)| {
            format!("<tr><th scope=\"row\">{}</th><td>{}</td></tr>\n", escaped(name), escaped(why))
        };
        let rows: String = self.statement.missing.iter().map(row).collect();
        let heads = [self.words.fact, self.words.missing_why];
        format!("<h3>{}</h3>\n{}", self.words.missing, table(self.words.missing_caption, &heads, &rows))
    }

    fn judgement(&self) -> String {
        let judged: String = self.statement.judged.iter().map(|one| self.judged(one)).collect();
        let judged =
            if judged.is_empty() { format!("<p>{}</p>\n", no_judgement(self.statement)) } else { judged };
        let all = || self.statement.readings.iter().enumerate();
        let read: String =
            all().filter(|(_, one)| one.chosen.is_some()).map(|(at, one)| self.reading(at, one)).collect();
        let lead = if read.is_empty() { String::new() } else { format!("<p>{}</p>\n", self.words.readings) };
        let plain = |(at, one): (usize, &Read)| {
            let name = if one.question.is_some() { named(&one.name) } else { String::new() };
            let why = match one.why.is_empty() {
                true => String::new(),
                false => format!("<br/>{}", escaped(&why(one, &self.words))),
            };
            format!("<li id=\"l{}\">{}{name}{why}</li>\n", at + 1, asked(one))
        };
        let plain: String = all().filter(|(_, one)| one.chosen.is_none()).map(plain).collect();
        let heading = self.words.plain;
        let plain =
            if plain.is_empty() { plain } else { format!("<h3>{heading}</h3>\n<ul>\n{plain}</ul>\n") };
        format!("{judged}{lead}{read}{plain}")
    }

    fn judged(&self, one: &Judged) -> String {
        let question = one.question.as_ref().map(|question| format!("<p>{}</p>\n", escaped(question)));
        format!(
            "<h3>{}</h3>\n{}<p>{}; {}; {}{}</p>\n",
            escaped(&one.name),
            question.unwrap_or_default(),
            linked(&one.value, Some(one.step)),
            escaped(&judged_by(one, &self.words)),
            escaped(&one.from),
            self.cites(&one.basis)
        )
    }

    fn reading(&self, at: usize, one: &Read) -> String {
        let chosen = escaped(one.chosen.as_deref().unwrap_or_default());
        let others = one.others.iter().map(|(name, then)| {
            format!("<li>{}: {}</li>\n", escaped(name), escaped(&came_to(then.as_ref(), self.lang)))
        });
        let others: String = others.collect();
        let others = if others.is_empty() { others } else { format!("<ul>\n{others}</ul>\n") };
        format!(
            "<h3 id=\"l{}\">{}{}</h3>\n<p>{}: <strong>{chosen}</strong></p>\n<p>{}</p>\n{others}",
            at + 1,
            asked(one),
            named(&one.name),
            self.words.read_as,
            escaped(&why(one, &self.words))
        )
    }

    fn derivations(&self) -> String {
        let many = self.statement.results.len() > 1;
        let one = |(at, stated): (usize, &Stated)| {
            let heading = if many { format!("<h3>{}</h3>\n", escaped(&stated.name)) } else { String::new() };
            let drawn = diagram(&stated.derivation, &format!("d{}", at + 1), self.lang).unwrap_or_default();
            format!("{heading}{drawn}<ul class=\"derivation\">\n{}</ul>\n", self.line(&stated.derivation))
        };
        let all: String = self.statement.results.iter().enumerate().map(one).collect();
        format!("<p>{}</p>\n{all}", self.words.derivation_lead)
    }

    fn line(&self, line: &Line) -> String {
        let mut words = escaped(&format!("{}{}", line.kind.sign(), line.label));
        if let Some(value) = &line.value {
            let value = linked(value, line.step);
            words.push_str(&format!("{} <span class=\"value\">{value}</span>", joint(line.kind)));
        }
        if let Some(exact) = &line.exact {
            words.push_str(&format!(" ({} {})", self.words.exactly, escaped(exact)));
        }
        words.push_str(&self.cites(&line.basis));
        if let Some(title) = &line.title {
            words.push_str(&format!("<p class=\"soft\">{}</p>", escaped(title)));
        }
        line.says.iter().for_each(|says| words.push_str(paragraph(says).trim_end()));
        line.read.iter().for_each(|at| words.push_str(&self.read_so(*at)));
        let children: String = line.children.iter().map(|child| self.line(child)).collect();
        let children = if children.is_empty() { children } else { format!("\n<ul>\n{children}</ul>\n") };
        format!("<li>{words}{children}</li>\n")
    }

    /// How an unclear passage behind a line is read, with a link to the other readings.
    fn read_so(&self, at: usize) -> String {
        let Some(one) = self.statement.readings.get(at) else { return String::new() };
        let (lead, words) = match &one.chosen {
            Some(chosen) => (self.words.read_so, chosen.clone()),
            None => (self.words.taken, one.question.clone().unwrap_or_else(|| one.name.clone())),
        };
        format!("<p class=\"soft\">{lead}: <a href=\"#l{}\">{}</a></p>", at + 1, escaped(&words))
    }

    /// The numbers of the places cited, each a link.
    fn cites(&self, basis: &[usize]) -> String {
        let name = |at: &usize| {
            let cited = self.statement.basis.get(*at);
            cited.map(|cited| format!("{} {}", cited.source, cited.at)).unwrap_or_default()
        };
        let link = |at: &usize| {
            format!(
                " <a href=\"#h{0}\" aria-label=\"{1} {0}: {2}\">[{0}]</a>",
                at + 1,
                self.words.legal_basis,
                escaped(&name(at))
            )
        };
        basis.iter().map(link).collect()
    }

    fn steps(&self) -> String {
        let words = &self.words;
        let heads = [words.step, words.what, words.rule, words.reads, words.exact_value, words.stands_in];
        let rows: String = self.statement.steps.iter().map(|step| self.step(step)).collect();
        table(words.steps_caption, &heads, &rows).replacen("<table>", "<table class=\"steps\">", 1)
    }

    fn step(&self, step: &StepLine) -> String {
        let reads: Vec<String> = step
            .reads
            .iter()
            .map(|StepNumber(number)| format!("<a href=\"#t{number}\">{number}</a>"))
            .collect();
        let name = step.name.as_ref().map(|name| format!("<strong>{}</strong><br/>", parted(name)));
        let level = step.level.as_ref().map(|level| format!(" ({})", escaped(level)));
        let residual = step.residual.as_ref().map(|residual| {
            format!("<br/><span class=\"soft\">{} {}</span>", self.words.rounded, escaped(residual))
        });
        let part = |(who, gets): &(String, String)| {
            format!("<br/><span class=\"soft\">{}: {}</span>", escaped(who), escaped(gets))
        };
        let shared: String = step.parts.iter().map(part).collect();
        format!(
            "<tr id=\"t{0}\"><th scope=\"row\" class=\"number\">{0}</th><td>{1}{2}<br/><span class=\"soft\">{3}</span>{4}</td><td>{5}</td><td>{6}</td><td class=\"number\">{7}{8}{9}{11}</td><td><code>{10}</code></td></tr>\n",
            step.number.0,
            name.unwrap_or_default(),
            parted(&step.does),
            escaped(&step.about),
            self.cites(&step.basis),
            escaped(&step.rule),
            reads.join(", "),
            escaped(&step.value),
            level.unwrap_or_default(),
            residual.unwrap_or_default(),
            parted(&step.at),
            shared
        )
    }

    fn made_from(&self) -> String {
        let rows: String = self.statement.made_from.iter().map(|(name, words)| pair(name, words)).collect();
        format!("<p>{}</p>\n<dl>\n{rows}</dl>\n", self.words.verification_lead)
    }
}

fn linked(words: &str, step: Option<StepNumber>) -> String {
    match step {
        Some(StepNumber(number)) => format!("<a href=\"#t{number}\">{}</a>", escaped(words)),
        None => escaped(words),
    }
}

/// A sentence, its figures linked to their steps.
fn paragraph(sentence: &Sentence) -> String {
    let forms = Forms {
        plain: &escaped,
        code: &|words| format!("<code>{}</code>", escaped(words)),
        linked: &|words, step| linked(words, Some(StepNumber(step))),
    };
    format!("<p>{}</p>\n", parts(sentence, &forms))
}

/// The name that stands after a question.
fn named(name: &str) -> String {
    format!(" <span class=\"soft\">({})</span>", escaped(name))
}

/// A name or a path, which a narrow column may break after its signs.
fn parted(words: &str) -> String {
    let parts: Vec<String> = words.split_inclusive(['_', '.', '/']).map(escaped).collect();
    parts.join("<wbr/>")
}

/// The question of an assumption, or its name where it has none.
fn asked(one: &Read) -> String {
    escaped(one.question.as_deref().unwrap_or(&one.name))
}

fn pair(name: &str, words: &str) -> String {
    format!("<dt>{}</dt><dd>{}</dd>\n", escaped(name), escaped(words))
}

fn table(caption: &str, heads: &[&str], rows: &str) -> String {
    let heads: String =
        heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", escaped(head))).collect();
    format!(
        "<table>\n<caption>{}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        escaped(caption)
    )
}

fn note(notes: &Notes, heading: &str) -> String {
    let one = |item: &Item| format!("<li>{}</li>\n", escaped(&said(item)));
    let items: String = notes.items.iter().map(one).collect();
    format!("<{heading}>{}</{heading}>\n<ul>\n{items}</ul>\n", escaped(&notes.heading))
}
