//! The limits as a command line moves and lists them.

use crate::base::{Bi, Lang, Limit, LimitSlip, bi};
use crate::diag::{Code, Diagnostic, nearest};
use crate::render::{Align, Table};

/// Words what is wrong with a `--limit`.
pub(super) fn slipped(written: &str, slip: &LimitSlip) -> Diagnostic {
    let wrong = |message: Bi| Diagnostic::new(Code::WrongUsage, message);
    let list = bi!("`klausul help limits` viser grænserne", "`klausul help limits` lists the limits");
    match slip {
        LimitSlip::Form => wrong(bi!(
            "`--limit {written}` siger ikke, hvilken grænse der flyttes hvorhen",
            "`--limit {written}` does not say which limit is moved where"
        ))
        .help(bi!(
            "skriv navn og tal: `--limit steps=5000000`",
            "write name and number: `--limit steps=5000000`"
        )),
        LimitSlip::Name { name } => {
            let found = wrong(bi!("der er ingen grænse `{name}`", "there is no limit `{name}`"));
            match nearest(name, Limit::ALL.iter().map(|limit| limit.name())) {
                Some(near) => found.help(bi!("mente du `{near}`?", "did you mean `{near}`?")),
                None => found.help(list),
            }
        }
        LimitSlip::Number { limit, written } => {
            let name = limit.name();
            let found = wrong(bi!(
                "`--limit {name}={written}`: `{written}` er ikke et helt tal",
                "`--limit {name}={written}`: `{written}` is not a whole number"
            ));
            match limit.is_bytes() {
                true => found.help(bi!(
                    "byte skrives `{name}=5000000` eller `{name}=16MiB`",
                    "bytes are written `{name}=5000000` or `{name}=16MiB`"
                )),
                false => found.help(bi!("skriv fx `{name}=100`", "write for example `{name}=100`")),
            }
        }
        LimitSlip::Range { limit } => {
            let (name, most) = (limit.name(), limit.most());
            wrong(bi!("`{name}` kan gå fra 1 til {most}", "`{name}` can go from 1 to {most}"))
        }
    }
}

/// The list of the limits, for `klausul help limits`.
pub(super) fn listed(lang: Lang, width: usize) -> String {
    let headings = [
        (lang.pick("navn", "name"), Align::Left),
        (lang.pick("grænse", "limit"), Align::Right),
        (lang.pick("højst", "at most"), Align::Right),
        (lang.pick("tæller", "counts"), Align::Left),
    ];
    let mut table = Table::new(headings);
    for limit in Limit::ALL {
        let what = limit.what();
        let (default, most) = (counted(limit, limit.default()), counted(limit, limit.most()));
        table.row([limit.name(), default.as_str(), most.as_str(), what.get(lang)]);
    }
    let above = lang.pick(
        "Grænserne tæller ting, aldrig tid eller ledig hukommelse: svaret er det samme på alle maskiner.\n\
         De flyttes med `--limit NAVN=TAL`, i byte også `--limit file-size=16MiB`.\n",
        "The limits count things, never time or free memory: the verdict is the same on every machine.\n\
         They are moved with `--limit NAME=NUMBER`, in bytes also `--limit file-size=16MiB`.\n",
    );
    format!("{above}\n{}", table.render(width))
}

/// A number as the option may write it: bytes in the largest unit that divides them.
fn counted(limit: Limit, number: u64) -> String {
    let units = [(1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")];
    let unit = units.into_iter().find(|(size, _)| limit.is_bytes() && number.is_multiple_of(*size));
    unit.map_or_else(|| grouped(number), |(size, unit)| format!("{}{unit}", number / size))
}

/// A number in groups of three digits, as the option may write it too.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push('_');
        }
        shown.push(digit);
    }
    shown
}
