use clap::Args;
use serde_json::json;

use crate::base::{Bi, Lang, bi};
use crate::cli::limits::listed;
use crate::cli::reference::word_page;
use crate::cli::usage::{help_text, verb_names};
use crate::cli::{AnswerForm, AnswerFormat, Console, Exit};
use crate::diag::{Code, Diagnostic, nearest};
use crate::render::{Align, Table, json_text, severity_word};

/// The options of `help`.
#[derive(Args, Debug)]
pub struct HelpArgs {
    #[arg(
        value_name = "KODE",
        help = "En kode som K0601, et verbum, `limits` eller et ord i sproget som `trappe`; uden vises alle koder | A code such as K0601, a verb, `limits` or a word of the language such as `scale`; without, all codes are listed"
    )]
    /// A code, a verb or a word of the language.
    pub topic: Option<String>,
    #[command(flatten)]
    /// The form of the answer.
    pub answer: AnswerForm,
}

/// Shows the page of a code, the help of a verb, the section of a word, or the list of all codes.
pub fn run(args: &HelpArgs, console: &mut Console<'_>) -> Exit {
    let lang = console.lang(None);
    let Some(topic) = args.topic.as_deref() else {
        let list = listing(args.answer.format, lang, console.look(lang).width);
        console.say(&list);
        return Exit::Ok;
    };
    if let Some(code) = find(topic) {
        console.say(&page(code, args.answer.format, lang));
        return Exit::Ok;
    }
    if matches!(topic, "limits" | "grænser") {
        let list = listed(lang, console.look(lang).width);
        console.say(&list);
        return Exit::Ok;
    }
    match help_text(Some(topic), lang).or_else(|| word_page(topic, lang)) {
        Some(text) => {
            console.say(&text);
            Exit::Ok
        }
        None => console.refuse(unknown(topic), lang, Exit::Usage),
    }
}

/// Returns the page of a code as a terminal shows it; `None` when no code is written so.
pub fn code_page(topic: &str, lang: Lang) -> Option<String> {
    find(topic).map(|code| page(code, AnswerFormat::Text, lang))
}

/// Finds a code written as `K0601`, `k0601` or `0601`.
fn find(topic: &str) -> Option<Code> {
    Code::find(topic).or_else(|| Code::find(&format!("K{topic}")))
}

fn unknown(topic: &str) -> Diagnostic {
    let found = Diagnostic::new(
        Code::WrongUsage,
        bi!(
            "`{topic}` er hverken en kode, et verbum eller et ord i sproget",
            "`{topic}` is neither a code, a verb nor a word of the language"
        ),
    );
    let (upper, verbs) = (topic.to_uppercase(), verb_names());
    let near_code = nearest(&upper, Code::ALL.iter().map(|code| code.id()));
    match nearest(topic, verbs.iter().map(String::as_str)).or(near_code) {
        Some(near) => found.help(bi!("mente du `{near}`?", "did you mean `{near}`?")),
        None => found.help(Bi::new("`klausul help` viser alle koder", "`klausul help` lists all codes")),
    }
}

fn listing(format: AnswerFormat, lang: Lang, width: usize) -> String {
    match format {
        AnswerFormat::Json => {
            let codes: Vec<_> = Code::ALL.iter().map(|code| head(*code, lang)).collect();
            json_text(&json!({ "codes": codes }))
        }
        AnswerFormat::Text => {
            let headings =
                [lang.pick("kode", "code"), lang.pick("vægt", "weight"), lang.pick("titel", "title")];
            let mut table = Table::new(headings.map(|heading| (heading, Align::Left)));
            for code in Code::ALL {
                table.row([code.id(), severity_word(code.severity(), lang), code.title().get(lang)]);
            }
            table.render(width)
        }
    }
}

fn head(code: Code, lang: Lang) -> serde_json::Value {
    json!({ "code": code.id(), "severity": severity_word(code.severity(), Lang::En), "title": code.title().get(lang) })
}

fn page(code: Code, format: AnswerFormat, lang: Lang) -> String {
    let text = in_language(code.page(), lang);
    match format {
        AnswerFormat::Text => {
            let word = severity_word(code.severity(), lang);
            format!("{} · {word} · {}\n\n{}\n", code.id(), code.title().get(lang), for_terminal(text))
        }
        AnswerFormat::Json => {
            let mut value = head(code, lang);
            if let Some(fields) = value.as_object_mut() {
                fields.insert("page".to_owned(), json!(text));
            }
            json_text(&value)
        }
    }
}

/// Returns the part of a page that is in `lang`.
fn in_language(page: &str, lang: Lang) -> &str {
    let heading = lang.pick("\n## Dansk\n", "\n## English\n");
    let part = page.split_once(heading).map_or(page, |(_, part)| part);
    part.split_once("\n## ").map_or(part, |(part, _)| part).trim()
}

/// Shows Markdown on a terminal: examples stand indented without their fences, the rest is left as it is.
fn for_terminal(text: &str) -> String {
    let mut shown = String::new();
    let mut is_example = false;
    for line in text.lines() {
        match (line.starts_with("```"), is_example) {
            (true, _) => is_example = !is_example,
            (false, true) if !line.is_empty() => shown.push_str(&format!("    {line}\n")),
            (false, _) => shown.push_str(&format!("{line}\n")),
        }
    }
    shown.trim_end().to_owned()
}
