//! How a check of rules went, for people and for programs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::base::{Bi, Lang, SourceMap, Span, bi};
use crate::diag::Diagnostic;
use crate::lint::{Proofs, Proved, Undecided};
use crate::render::{Look, diagnostics_json, extend, place_json, section_json, visible};
use crate::session::{Applied, CheckOutcome, CheckReport, ModuleFound, Session, Tally};

/// All that a check of rules found out.
pub(super) struct Examined<'a> {
    /// The findings, in the order of their places.
    pub(super) found: &'a [Diagnostic],
    /// How the text's own checks went.
    pub(super) checks: &'a [CheckReport],
    /// What is proved, and what stays undecided.
    pub(super) proofs: &'a Proofs,
    /// How many of the findings `--fix` takes away.
    pub(super) mendable: usize,
    /// The corrections that were written into the files.
    pub(super) applied: &'a [Applied],
    /// The same by module, where several were asked for.
    pub(super) modules: &'a [ModuleFound],
}

impl Examined<'_> {
    /// Words what stands below the findings: how many there are, the text's own checks, the tables that are proved
    /// complete, and what is left open.
    pub(super) fn summary(&self, session: &Session, look: &Look) -> String {
        let lang = look.lang;
        let mut text = format!("{}\n", summary(&session.tally(self.found), lang));
        text.push_str(&fixable(self.mendable, lang));
        text.push_str(&checks_summary(self.checks, lang));
        text.push_str(&unsettled_checks(self.checks, session.sources(), lang));
        text.push_str(&tables_summary(self.proofs.complete.len(), lang));
        text.push_str(&modules_summary(self.modules, lang));
        if !self.proofs.whole {
            text.push_str(lang.pick(
                "resten ses efter, når fejlene er rettet: normer, beløb, og hvad ingen bruger\n",
                "the rest is looked at when the errors are mended: norms, amounts, and what nobody uses\n",
            ));
        }
        let open = &self.proofs.undecided;
        if !open.is_empty() {
            text.push_str(lang.pick(
                "kan ikke afgøres på forhånd, og er ikke fejl (en `prøve` viser, hvad der sker):\n",
                "cannot be decided beforehand, and are no faults (a `test` shows what happens):\n",
            ));
        }
        for question in open {
            let (at, what, why) = self.worded(question, session.sources(), lang);
            text.push_str(&format!("  {at}: {what}\n      {why}\n"));
        }
        text
    }

    /// Words the corrections that were written, one per line: `fil.klausul:3:9: rettet[K0110]: skriv …`.
    pub(super) fn fixed(&self, lang: Lang) -> String {
        let word = lang.pick("rettet", "fixed");
        let line = |applied: &Applied| {
            let Applied { code, file, place, title } = applied;
            let (file, title) = (visible(file), visible(title.get(lang)));
            format!("{file}:{}:{}: {word}[{}]: {title}\n", place.line, place.column, code.id())
        };
        self.applied.iter().map(line).collect()
    }

    /// Words what stays undecided one per line, for grep and CI: `fil.klausul:3:9: uafgjort: om …: …`.
    pub(super) fn open_lines(&self, sources: &SourceMap, lang: Lang) -> String {
        let word = lang.pick("uafgjort", "undecided");
        let line = |question| {
            let (at, what, why) = self.worded(question, sources, lang);
            format!("{at}: {word}: {what}: {why}\n")
        };
        self.proofs.undecided.iter().map(line).collect()
    }

    /// Words how many there are, in the one line that stands below all others for grep and CI. It names no place, so no
    /// finding looks like it: `i alt: 3 filer: 3 fejl i 2 klausuler; 41 klausuler er uden fund`.
    pub(super) fn total_line(&self, session: &Session, lang: Lang) -> String {
        format!("{}: {}\n", lang.pick("i alt", "in all"), summary(&session.tally(self.found), lang))
    }

    fn worded(&self, question: &Undecided, sources: &SourceMap, lang: Lang) -> (String, String, String) {
        let at = sources.place(question.span);
        let file = visible(&sources.file(question.span.file).name);
        let words = |text: Bi| visible(text.get(lang)).into_owned();
        let at = format!("{file}:{}:{}", at.line, at.column);
        let section = sources.section(question.span);
        let place = section.map(|section| format!(" ({})", words(section.place()))).unwrap_or_default();
        (at, words(question.question()) + &place, words(question.reason()))
    }

    /// Everything, for programs.
    pub(super) fn json(&self, session: &Session, look: &Look) -> Value {
        let (sources, lang) = (session.sources(), look.lang);
        let tally = session.tally(self.found);
        let summary = json!({
            "files": tally.files,
            "errors": tally.errors,
            "warnings": tally.warnings,
            "notes": tally.notes,
            "mendable": self.mendable,
            "clauses": tally.clauses,
            "clauses_with_findings": tally.with_findings,
        });
        let with_place = |mut value: Value, span: Span| {
            extend(&mut value, place_json(Some(span), sources));
            value
        };
        let check = |check: &CheckReport| {
            with_place(json!({ "title": check.title, "outcome": check.outcome.name() }), check.span)
        };
        let table = |table: &Proved| with_place(json!({ "name": table.name }), table.span);
        let open = |open: &Undecided| {
            let words = json!({ "question": open.question().get(lang), "reason": open.reason().get(lang) });
            let mut value = with_place(words, open.span);
            extend(&mut value, json!({ "section": section_json(sources, open.span, lang) }));
            value
        };
        let fixed = |applied: &Applied| {
            let Applied { code, file, place, title } = applied;
            json!({
                "code": code.id(), "file": file, "line": place.line, "column": place.column, "title": title.get(lang),
            })
        };
        let mut all = json!({
            "fixed": self.applied.iter().map(fixed).collect::<Vec<_>>(),
            "summary": summary,
            "checks": self.checks.iter().map(check).collect::<Vec<_>>(),
            "examined_in_full": self.proofs.whole,
            "complete_tables": self.proofs.complete.iter().map(table).collect::<Vec<_>>(),
            "undecided": self.proofs.undecided.iter().map(open).collect::<Vec<_>>(),
            "modules": self.modules.iter().map(module_json).collect::<Vec<_>>(),
        });
        extend(&mut all, diagnostics_json(self.found, sources, look));
        all
    }
}

fn module_json(module: &ModuleFound) -> Value {
    let ModuleFound { folder, agreements, tally, checks, complete_tables } = module;
    let mut outcomes: BTreeMap<&str, usize> = BTreeMap::new();
    checks.iter().for_each(|check| *outcomes.entry(check.outcome.name()).or_default() += 1);
    json!({
        "folder": folder,
        "agreements": agreements,
        "files": tally.files,
        "errors": tally.errors,
        "warnings": tally.warnings,
        "notes": tally.notes,
        "clauses": tally.clauses,
        "clauses_with_findings": tally.with_findings,
        "checks": outcomes,
        "complete_tables": complete_tables,
    })
}

/// Words how many findings `--fix` can mend; nothing when it can mend none.
fn fixable(mendable: usize, lang: Lang) -> String {
    match mendable {
        0 => String::new(),
        1 => lang.pick("1 af dem retter `--fix`\n", "1 of them is mended by `--fix`\n").to_owned(),
        n => {
            lang.pick(format!("{n} af dem retter `--fix`\n"), format!("{n} of them are mended by `--fix`\n"))
        }
    }
}

/// Words how many tables are proved complete; nothing when none is.
fn tables_summary(complete: usize, lang: Lang) -> String {
    let complete = match complete {
        0 => return String::new(),
        1 => lang.pick("1 tabel er bevist fuldstændig".to_owned(), "1 table is proved complete".to_owned()),
        n => lang
            .pick(format!("{n} tabeller er bevist fuldstændige"), format!("{n} tables are proved complete")),
    };
    format!("{complete}\n")
}

/// Words how each of several modules went, one per line: `  rules/oea25 (ØA25): 9 filer: ingen fejl i 41 klausuler`.
fn modules_summary(modules: &[ModuleFound], lang: Lang) -> String {
    let line = |module: &ModuleFound| {
        let parts = [
            summary(&module.tally, lang),
            checks_summary(&module.checks, lang),
            tables_summary(module.complete_tables, lang),
        ];
        let parts: Vec<&str> =
            parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty()).collect();
        format!("  {}: {}\n", module_name(&module.folder, &module.agreements), parts.join("; "))
    };
    let lines: String = modules.iter().map(line).collect();
    match modules {
        [] => lines,
        [_, ..] => format!("{}\n{lines}", lang.pick("modul for modul:", "module by module:")),
    }
}

/// A module as lists name it: its folder, and the agreements in it.
pub(super) fn module_name(folder: &str, agreements: &[String]) -> String {
    let folder = visible(folder);
    match agreements {
        [] => folder.into_owned(),
        several => format!("{folder} ({})", visible(&several.join(", "))),
    }
}

/// Words how the text's own checks went; nothing when there are none.
fn checks_summary(checks: &[CheckReport], lang: Lang) -> String {
    let count = |outcome| checks.iter().filter(|check| check.outcome == outcome).count();
    let parts = [
        (CheckOutcome::Holds, bi!("stemmer", "hold")),
        (CheckOutcome::KnownDifference, bi!("med kendt afvigelse", "with a known difference")),
        (CheckOutcome::Fails, bi!("stemmer ikke", "do not hold")),
        (CheckOutcome::Broken, bi!("kan ikke regnes ud", "cannot be computed")),
        (CheckOutcome::Open, bi!("mangler oplysninger", "lack facts")),
    ];
    let counted = parts.iter().map(|(outcome, words)| (count(*outcome), words)).filter(|(n, _)| *n > 0);
    let list: Vec<String> = counted.map(|(n, words)| format!("{n} {}", words.get(lang))).collect();
    match list.as_slice() {
        [] => String::new(),
        list => format!(
            "{}: {}\n",
            lang.pick("aftalens egne summer", "the agreement's own sums"),
            list.join(", ")
        ),
    }
}

/// Words which of the text's own checks came to nothing, one per line.
fn unsettled_checks(checks: &[CheckReport], sources: &SourceMap, lang: Lang) -> String {
    let line = |check: &CheckReport| {
        let why = match check.outcome {
            CheckOutcome::Open => bi!("mangler oplysninger", "lacks facts"),
            CheckOutcome::Broken => bi!("kan ikke regnes ud", "cannot be computed"),
            CheckOutcome::Holds | CheckOutcome::KnownDifference | CheckOutcome::Fails => return None,
        };
        let at = sources.place(check.span);
        let (file, title) = (visible(&sources.file(check.span.file).name), visible(&check.title));
        Some(format!("  {file}:{}:{}: `{title}`: {}\n", at.line, at.column, why.get(lang)))
    };
    checks.iter().filter_map(line).collect()
}

/// Words how it went: `3 filer: 3 fejl og 2 advarsler i 4 klausuler; 41 klausuler er uden fund`.
fn summary(tally: &Tally, lang: Lang) -> String {
    let files = counted(tally.files, bi!("fil", "file"), bi!("filer", "files"), lang);
    let clauses = |n| counted(n, bi!("klausul", "clause"), bi!("klausuler", "clauses"), lang);
    let found = found_words(tally, lang);
    let free = tally.clauses.saturating_sub(tally.with_findings);
    let whereabouts = match (tally.with_findings, tally.elsewhere) {
        (0, false) if tally.clauses == 0 => String::new(),
        (0, false) => {
            return lang.pick(
                format!("{files}: {found} i {}", clauses(free)),
                format!("{files}: {found} in {}", clauses(free)),
            );
        }
        (0, true) => lang.pick(" uden for klausulerne", " outside the clauses").to_owned(),
        (n, false) => lang.pick(format!(" i {}", clauses(n)), format!(" in {}", clauses(n))),
        (n, true) => lang.pick(
            format!(" i {} og uden for klausulerne", clauses(n)),
            format!(" in {} and outside the clauses", clauses(n)),
        ),
    };
    let free = match free {
        0 => String::new(),
        n => {
            lang.pick(format!("; {} er uden fund", clauses(n)), format!("; {} without findings", clauses(n)))
        }
    };
    format!("{files}: {found}{whereabouts}{free}")
}

/// Words the findings: `ingen fejl`, `1 fejl`, `3 fejl, 2 advarsler og 1 bemærkning`, `ingen fejl, men 1 advarsel`.
fn found_words(tally: &Tally, lang: Lang) -> String {
    let all = [
        (tally.errors, bi!("fejl", "error"), bi!("fejl", "errors")),
        (tally.warnings, bi!("advarsel", "warning"), bi!("advarsler", "warnings")),
        (tally.notes, bi!("bemærkning", "note"), bi!("bemærkninger", "notes")),
    ];
    let some = all.into_iter().filter(|(n, ..)| *n > 0);
    let words: Vec<String> = some.map(|(n, one, several)| counted(n, one, several, lang)).collect();
    let listed = match words.split_last() {
        None => return lang.pick("ingen fejl", "no errors").to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, before)) => format!("{} {} {last}", before.join(", "), lang.pick("og", "and")),
    };
    match tally.errors {
        0 => lang.pick(format!("ingen fejl, men {listed}"), format!("no errors, but {listed}")),
        _ => listed,
    }
}

pub(super) fn counted(n: usize, one: Bi, several: Bi, lang: Lang) -> String {
    format!("{n} {}", if n == 1 { one } else { several }.get(lang))
}
