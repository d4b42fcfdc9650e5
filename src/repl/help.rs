//! Help: commands, topics and codes.

use super::command::{COMMANDS, Entry, find, usage};
use super::lookup::columns;
use super::problem::ReplProblem;
use crate::base::Lang;
use crate::cli::reference::word_page;
use crate::cli::verbs::help::code_page;
use crate::diag::{Code, nearest};

/// A topic that is not a command.
struct Topic {
    names: (&'static str, &'static str),
    title: (&'static str, &'static str),
    text: (&'static str, &'static str),
}

const TOPICS: &[Topic] = &[
    Topic {
        names: ("udtryk", "expressions"),
        title: ("at spørge", "asking"),
        text: (include_str!("help/udtryk.da.txt"), include_str!("help/expressions.en.txt")),
    },
    Topic {
        names: ("hvad_nu_hvis", "what-if"),
        title: ("at ændre og se, hvad der sker", "changing something and seeing what happens"),
        text: (include_str!("help/hvad_nu_hvis.da.txt"), include_str!("help/what_if.en.txt")),
    },
    Topic {
        names: ("taster", "keys"),
        title: ("taster og flere linjer", "keys and several lines"),
        text: (include_str!("help/taster.da.txt"), include_str!("help/keys.en.txt")),
    },
];

impl Topic {
    fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.names.0, self.names.1)
    }
}

/// Answers `:hjælp`, with or without a topic.
pub(super) fn help(topic: &str, lang: Lang, width: usize) -> Result<String, ReplProblem> {
    if topic.is_empty() {
        return Ok(overview(lang, width));
    }
    let wanted = topic.to_lowercase().replace('-', "_");
    let is_wanted = |name: &str| name.replace('-', "_") == wanted;
    if let Some(found) = TOPICS.iter().find(|t| is_wanted(t.names.0) || is_wanted(t.names.1)) {
        return Ok(lang.pick(found.text.0, found.text.1).to_owned());
    }
    if let Some(entry) = find(topic).and_then(|at| COMMANDS.get(at)) {
        return Ok(command(entry, lang));
    }
    code_page(topic, lang).or_else(|| word_page(topic, lang)).ok_or_else(|| {
        let near = nearest(&wanted, topics(lang)).map(str::to_owned);
        ReplProblem::NoSuchTopic { name: topic.to_owned(), nearest: near }
    })
}

/// The names help knows besides codes, in a language.
pub(super) fn topics(lang: Lang) -> impl Iterator<Item = &'static str> {
    let commands = COMMANDS.iter();
    let topics = TOPICS.iter().map(move |topic| topic.name(lang));
    topics.chain(commands.map(move |entry| entry.name(lang)))
}

/// Every topic and code, for completion.
pub(super) fn topics_and_codes(lang: Lang) -> Vec<String> {
    let codes = Code::ALL.iter().map(|code| code.id());
    topics(lang).chain(codes).map(str::to_owned).collect()
}

fn command(entry: &Entry, lang: Lang) -> String {
    let other = lang.pick(Lang::En, Lang::Da);
    let also = lang.pick("også", "also");
    format!("{}  ({also} :{})\n  {}\n", usage(entry, lang), entry.name(other), entry.help(lang))
}

fn overview(lang: Lang, width: usize) -> String {
    let there = COMMANDS.iter();
    let commands: Vec<_> = there.map(|entry| (usage(entry, lang), entry.help(lang).to_owned())).collect();
    let topics: Vec<_> = TOPICS
        .iter()
        .map(|topic| {
            let name = format!("{} {}", lang.pick(":hjælp", ":help"), topic.name(lang));
            (name, lang.pick(topic.title.0, topic.title.1).to_owned())
        })
        .collect();
    let intro = lang.pick(
        "Skriv et navn eller et udtryk for at se værdien; skriv `navn = værdi` for at se, hvad der så sker.",
        "Type a name or an expression to see its value; type `name = value` to see what happens then.",
    );
    let intro = textwrap::fill(intro, width);
    format!("{intro}\n\n{}\n{}", columns(&commands, width), columns(&topics, width))
}
