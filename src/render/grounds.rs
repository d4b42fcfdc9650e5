//! A statement of grounds as a page of HTML: all in one file, without a script, readable on paper and aloud.

use super::diagram::diagram;
use super::page::escaped;
use crate::base::Lang;
use crate::explain::{Explanation, Item, ItemKind, Notes};
use crate::grounds::{
    Cited, Effect, Judged, Line, Read, Stated, Statement, StepLine, StepNumber, Then, Weighed,
};

/// How the page looks; dark where the reader's own is, and black on white on paper. No meaning is told by colour alone.
const STYLE: &str = include_str!("grounds.css");

/// Writes a statement of grounds as a page.
pub fn grounds_html(statement: &Statement) -> String {
    let page = Page { lang: statement.lang, statement };
    let body = [page.head(), page.contents(), page.sections()].concat();
    let skip = statement.lang.pick("Gå til resultatet", "Skip to the result");
    let skip = format!("<a class=\"skip\" href=\"#resultat\">{skip}</a>\n");
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
    statement: &'a Statement,
}

/// A section of the page: its anchor, its heading and what stands under it.
type Section = (&'static str, &'static str, String);

impl Page<'_> {
    fn say(&self, da: &'static str, en: &'static str) -> &'static str {
        self.lang.pick(da, en)
    }

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
        let label = self.say("Indhold", "Contents");
        format!("<nav aria-label=\"{label}\">\n<ul>\n{}</ul>\n</nav>\n", links.collect::<String>())
    }

    fn sections(&self) -> String {
        let written = |(id, heading, body): Section| {
            format!("<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{heading}</h2>\n{body}</section>\n")
        };
        self.all().into_iter().map(written).collect()
    }

    fn all(&self) -> Vec<Section> {
        vec![
            ("resultat", self.say("Resultat", "Result"), self.results()),
            ("retsgrundlag", self.say("Retsgrundlag", "Legal basis"), self.basis()),
            ("oplysninger", self.say("Oplysninger, der er lagt vægt på", "Facts given weight"), self.facts()),
            ("skøn", self.say("Skøn og læsninger", "Judgement and readings"), self.judgement()),
            ("udregning", self.say("Sådan er det regnet", "How it is computed"), self.derivations()),
            ("trin", self.say("Hvert trin af udregningen", "Every step of the computation"), self.steps()),
            ("efterprøvning", self.say("Til efterprøvning", "For verification"), self.made_from()),
        ]
    }

    fn results(&self) -> String {
        self.statement.results.iter().map(|one| self.result(one)).collect()
    }

    fn result(&self, one: &Stated) -> String {
        let value = self.linked(&one.value, one.step);
        let brief: String = one.brief.iter().map(|words| format!("<p>{}</p>\n", escaped(words))).collect();
        let notes: String = one.notes.iter().map(|notes| note(notes, "h4")).collect();
        format!("<h3>{}</h3>\n<p class=\"result\">{value}</p>\n{brief}{notes}", escaped(&one.name))
    }

    fn basis(&self) -> String {
        if self.statement.basis.is_empty() {
            let none = self.say(
                "Reglerne bag resultatet henviser ikke til noget dokument.",
                "The rules behind the result cite no document.",
            );
            return format!("<p>{none}</p>\n");
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
            words.push_str(&format!(
                "<br/>{} {line}",
                self.say("stedet begynder på dokumentets linje", "the passage begins on line")
            ));
        }
        if let Some(sha256) = &cited.sha256 {
            words.push_str(&format!(", sha256 <code>{}</code>", escaped(sha256)));
        }
        if !cited.carries.is_empty() {
            let (lead, names) = (self.say("bærer", "carries"), cited.carries.join(", "));
            words.push_str(&format!("<br/><span class=\"soft\">{lead}: {}</span>", escaped(&names)));
        }
        format!("<li id=\"h{}\">{words}</li>\n", at + 1)
    }

    fn facts(&self) -> String {
        if self.statement.facts.is_empty() {
            let none = no_facts(self.statement);
            return format!("<p>{none}</p>\n");
        }
        let heads =
            [self.say("Oplysning", "Fact"), self.say("Værdi", "Value"), self.say("Kommer fra", "Comes from")];
        let rows: String = self.statement.facts.iter().map(|fact| self.fact(fact)).collect();
        let caption = self.say(
            "Hver værdi fører til det trin, der læser den.",
            "Each value leads to the step that reads it.",
        );
        table(caption, &heads, &rows)
    }

    fn fact(&self, fact: &Weighed) -> String {
        let title =
            fact.title.as_ref().map(|title| format!("<br/><span class=\"soft\">{}</span>", escaped(title)));
        format!(
            "<tr><th scope=\"row\">{}{}</th><td class=\"number\">{}</td><td>{}</td></tr>\n",
            escaped(&fact.name),
            title.unwrap_or_default(),
            self.linked(&fact.value, Some(fact.step)),
            escaped(&fact.from)
        )
    }

    fn judgement(&self) -> String {
        let judged: String = self.statement.judged.iter().map(|one| self.judged(one)).collect();
        let none = no_judgement(self.statement);
        let judged = if judged.is_empty() { format!("<p>{none}</p>\n") } else { judged };
        if self.statement.readings.is_empty() {
            return judged;
        }
        let lead = self.say(
            "Hvor aftalens tekst kan forstås på flere måder, er den læst sådan. Hvad en anden læsning ville give, er regnet for sig.",
            "Where the text of the agreement can be understood in several ways, it is read like this. What another reading would give is computed by itself.",
        );
        let (read, plain): (Vec<&Read>, Vec<&Read>) =
            self.statement.readings.iter().partition(|one| one.chosen.is_some());
        let read: String = read.into_iter().map(|one| self.reading(one)).collect();
        let plain: String = plain
            .iter()
            .map(|one| {
                format!("<li>{} <span class=\"soft\">({})</span></li>\n", asked(one), escaped(&one.name))
            })
            .collect();
        let heading = self.say("Antagelser uden andre læsninger", "Assumptions without other readings");
        let plain =
            if plain.is_empty() { plain } else { format!("<h3>{heading}</h3>\n<ul>\n{plain}</ul>\n") };
        format!("{judged}<p>{lead}</p>\n{read}{plain}")
    }

    fn judged(&self, one: &Judged) -> String {
        let by = if one.by.is_empty() {
            self.say("teksten siger ikke, hvem der skønner", "the text does not say who judges").to_owned()
        } else {
            format!("{} {}", self.say("skønnet af", "judged by"), one.by.join(", "))
        };
        let question = one.question.as_ref().map(|question| format!("<p>{}</p>\n", escaped(question)));
        format!(
            "<h3>{}</h3>\n{}<p>{}; {}; {}</p>\n",
            escaped(&one.name),
            question.unwrap_or_default(),
            self.linked(&one.value, Some(one.step)),
            escaped(&by),
            escaped(&one.from)
        )
    }

    fn reading(&self, one: &Read) -> String {
        let chosen = one.chosen.as_deref().unwrap_or_default();
        let chosen =
            format!("<p>{}: <strong>{}</strong></p>\n", self.say("Læst som", "Read as"), escaped(chosen));
        let others = one.others.iter();
        let others: String = others
            .map(|(name, then)| {
                format!("<li>{}: {}</li>\n", escaped(name), escaped(&came_to(then.as_ref(), self.lang)))
            })
            .collect();
        let others = if others.is_empty() { others } else { format!("<ul>\n{others}</ul>\n") };
        format!(
            "<h3>{} <span class=\"soft\">({})</span></h3>\n{chosen}{others}",
            asked(one),
            escaped(&one.name)
        )
    }

    fn derivations(&self) -> String {
        let many = self.statement.results.len() > 1;
        let one = |(at, stated): (usize, &Stated)| {
            let heading = if many { format!("<h3>{}</h3>\n", escaped(&stated.name)) } else { String::new() };
            let drawn = diagram(&stated.derivation, &format!("d{}", at + 1), self.lang).unwrap_or_default();
            format!("{heading}{drawn}<ul class=\"derivation\">\n{}</ul>\n", self.line(&stated.derivation))
        };
        let lead = self.say(
            "Hver værdi fører til det trin, den er regnet i; tallene i kantede parenteser fører til retsgrundlaget.",
            "Each value leads to the step it is computed in; the numbers in brackets lead to the legal basis.",
        );
        format!("<p>{lead}</p>\n{}", self.statement.results.iter().enumerate().map(one).collect::<String>())
    }

    fn line(&self, line: &Line) -> String {
        let mut words = escaped(&format!("{}{}", line.kind.sign(), line.label));
        if let Some(value) = &line.value {
            words.push_str(&format!(
                "{} <span class=\"value\">{}</span>",
                joint(line.kind),
                self.linked(value, line.step)
            ));
        }
        if let Some(exact) = &line.exact {
            words.push_str(&format!(" ({} {})", self.say("nøjagtigt", "exactly"), escaped(exact)));
        }
        words.push_str(&self.cites(&line.basis));
        if let Some(title) = &line.title {
            words.push_str(&format!("<p class=\"soft\">{}</p>", escaped(title)));
        }
        for says in &line.says {
            words.push_str(&format!("<p>{}</p>", escaped(says)));
        }
        let children: String = line.children.iter().map(|child| self.line(child)).collect();
        let children = if children.is_empty() { children } else { format!("\n<ul>\n{children}</ul>\n") };
        format!("<li>{words}{children}</li>\n")
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
                self.say("retsgrundlag", "legal basis"),
                escaped(&name(at))
            )
        };
        basis.iter().map(link).collect()
    }

    fn linked(&self, words: &str, step: Option<StepNumber>) -> String {
        match step {
            Some(StepNumber(number)) => format!("<a href=\"#t{number}\">{}</a>", escaped(words)),
            None => escaped(words),
        }
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
        let rows: String = self.statement.steps.iter().map(|step| self.step(step)).collect();
        let caption = self.say(
            "Trinene står i den rækkefølge, de regnes i, med samme nummer som i sporet, der tæller fra 0, plus 1.",
            "The steps stand in the order in which they are computed; the record counts the same ones from 0.",
        );
        table(caption, &heads, &rows).replacen("<table>", "<table class=\"steps\">", 1)
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
            format!(
                "<br/><span class=\"soft\">{} {}</span>",
                self.say("afrundingen lagde til:", "rounding added:"),
                escaped(residual)
            )
        });
        format!(
            "<tr id=\"t{0}\"><th scope=\"row\" class=\"number\">{0}</th><td>{1}{2}<br/><span class=\"soft\">{3}</span>{4}</td><td>{5}</td><td>{6}</td><td class=\"number\">{7}{8}{9}</td><td><code>{10}</code></td></tr>\n",
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
            parted(&step.at)
        )
    }

    fn made_from(&self) -> String {
        let rows: String = self.statement.made_from.iter().map(|(name, words)| pair(name, words)).collect();
        let lead = self.say(
            "Alt på siden kan gøres om: de samme regler, data og spørgsmål giver samme spor (klausul eval … --record), og sporet kan efterprøves af klausul verify og af tools/verify.py.",
            "All of this page can be made again: the same rules, data and question give the same record (klausul eval … --record), and the record can be verified by klausul verify and by tools/verify.py.",
        );
        format!("<p>{lead}</p>\n<dl>\n{rows}</dl>\n")
    }
}

/// A name or a path, which a narrow column may break after its signs.
fn parted(words: &str) -> String {
    let parts: Vec<String> = words.split_inclusive(['_', '.', '/']).map(escaped).collect();
    parts.join("<wbr/>")
}

/// What is said where no fact was given: that none was needed, or that those needed are missing.
pub(super) fn no_facts(statement: &Statement) -> &'static str {
    match statement.lacking.facts {
        true => statement.lang.pick(
            "Ingen oplysninger er givet; dem, der mangler, står under resultatet.",
            "No facts are given; those that are missing stand under the result.",
        ),
        false => statement.lang.pick(
            "Resultatet hviler ikke på oplysninger udefra.",
            "The result rests on no facts from outside.",
        ),
    }
}

/// What is said where nobody has judged: that there was nothing to judge, or that it is still to be done.
pub(super) fn no_judgement(statement: &Statement) -> &'static str {
    match statement.lacking.judgement {
        true => statement.lang.pick(
            "Et skøn, som resultatet venter på, er ikke foretaget; det står under resultatet.",
            "A judgement that the result waits for has not been made; it stands under the result.",
        ),
        false => statement.lang.pick(
            "Ingen har skullet skønne: resultatet følger af reglerne og de oplysninger, der er lagt vægt på.",
            "Nobody had to judge: the result follows from the rules and the facts given weight.",
        ),
    }
}

/// The question of an assumption, or its name where it has none.
fn asked(one: &Read) -> String {
    escaped(one.question.as_deref().unwrap_or(&one.name))
}

/// What stands between a label and its value.
fn joint(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Value | ItemKind::Step | ItemKind::Again | ItemKind::Fact | ItemKind::Note => " =",
        ItemKind::Entity | ItemKind::Year | ItemKind::Slice | ItemKind::Total => ":",
        ItemKind::Applies | ItemKind::Considered => "",
        ItemKind::Met | ItemKind::NotMet | ItemKind::Open | ItemKind::Missing => ":",
    }
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

/// A note on one line.
pub(super) fn said(item: &Item) -> String {
    let mut words = item.label.clone();
    if let Some(value) = &item.value {
        words.push_str(&format!("{} {value}", joint(item.kind)));
    }
    if !item.says.is_empty() {
        words.push_str(&format!(": {}", item.says.join("; ")));
    }
    words
}

/// What another reading does, in words.
pub(super) fn came_to(then: Option<&Then>, lang: Lang) -> String {
    match then {
        None => lang.pick("ikke prøvet", "not tried").to_owned(),
        Some(Then::NoAnswer(why)) => {
            format!("{} ({why})", lang.pick("kan ikke regnes ud", "cannot be computed"))
        }
        Some(Then::Changes(all)) if all.is_empty() => {
            lang.pick("ændrer ikke resultatet", "does not change the result").to_owned()
        }
        Some(Then::Changes(all)) => all.iter().map(effect).collect::<Vec<_>>().join("; "),
    }
}

fn effect(effect: &Effect) -> String {
    let by = if effect.by.is_empty() { String::new() } else { format!(" ({})", effect.by) };
    format!("{} = {}{by}", effect.name, effect.after)
}
