//! What came of rows, in words: how many there were, and what each result adds up to.

use std::path::Path;

use crate::base::Lang;
use crate::batch::{Job, Tally};
use crate::render::{Look, visible};
use crate::value::{Number, print_number};

/// Tells what came of rows.
pub(super) fn told(job: &Job, tally: &Tally, (out, rejects): (&Path, &Path), look: &Look) -> String {
    let lang = look.lang;
    let whole = |count: u64| count_words(count, lang);
    let (rows, ok, rejected) = (whole(tally.rows), whole(tally.ok), whole(tally.rejected));
    let (out, rejects) = (out.display().to_string(), rejects.display().to_string());
    let (out, rejects) = (visible(&out), visible(&rejects));
    let mut text = match lang {
        Lang::Da => format!("{rows} rækker ind = {ok} beregnet + {rejected} afvist\n{ok} i {out}\n"),
        Lang::En => format!("{rows} rows in = {ok} computed + {rejected} rejected\n{ok} in {out}\n"),
    };
    if tally.rejected > 0 {
        let words = lang.pick("med række, kolonne og grund", "with row, column and reason");
        text.push_str(&format!("{rejected} {} {rejects}, {words}\n", lang.pick("i", "in")));
    }
    for (at, ((name, unit), total)) in job.result_names().into_iter().zip(&tally.totals).enumerate() {
        let name = visible(&name).into_owned();
        let mut parts = Vec::new();
        if job.is_number(at) && total.values > 0 {
            let sum = print_number(&total.sum, lang, 0, 28).text;
            let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
            parts.push(format!("{} {sum}{unit}", lang.pick("i alt", "in all")));
        }
        if total.values < tally.ok || !job.is_number(at) {
            parts.push(format!("{} {}", whole(total.values), lang.pick("med værdi", "with a value")));
        }
        if total.unknown > 0 {
            parts.push(format!("{} {}", whole(total.unknown), lang.pick("ukendt", "unknown")));
        }
        if total.not_applying > 0 {
            parts.push(format!("{} {}", whole(total.not_applying), lang.pick("gælder ikke", "not applying")));
        }
        text.push_str(&format!("  {name}: {}\n", parts.join(", ")));
    }
    text
}

fn count_words(count: u64, lang: Lang) -> String {
    let number = Number::from_digits(&count.to_string(), 0).unwrap_or_else(Number::zero);
    print_number(&number, lang, 0, 0).text
}
