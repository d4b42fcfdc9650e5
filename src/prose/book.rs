//! The whole document: which parts it has, in which order they are read, and how its statements are numbered.

use super::back::{basis_list, glossary, unknowns};
use super::document::{Block, Document, Entry, Heading, Line, say, words_of};
use super::names::Names;
use super::set_off::set_off;
use super::span::{InForce, begins};
use super::told::{Before, placed};
use super::touch::touching;
use super::used::Used;
use super::voice::Voice;
use crate::base::Lang;
use crate::syntax::Passage;
use crate::syntax::ast::{Agreement, Amendment, Clause, File, Item, ItemKind};
use crate::value::{Interval, Period};

/// What of the rules is to be shown, and how.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// The language of the sentences; names stay as they are.
    pub lang: Lang,
    /// Only these clauses; all where there are none.
    pub clauses: Vec<&'a str>,
    /// Only what is in force at this time.
    pub at: Option<Period>,
    /// Whether tests and scenarios are shown as worked examples.
    pub examples: bool,
}

/// What the document was made from, and by what.
#[derive(Clone, Debug)]
pub struct Colophon {
    /// The program and its version.
    pub program: String,
    /// The SHA-256 over all rule files, as results carry it.
    pub rules: String,
    /// The rule files.
    pub files: Vec<ShownFile>,
}

/// A rule file that the document was made from.
#[derive(Clone, Debug)]
pub struct ShownFile {
    /// Its name.
    pub name: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// A rule file that is shown, or that those shown use.
#[derive(Clone, Debug)]
pub struct RuleFile<'a> {
    /// The file.
    pub tree: &'a File,
    /// The folder that it lies in: files of one folder belong to one agreement.
    pub folder: String,
    /// Whether it is shown itself.
    pub is_own: bool,
    /// Its running text, where it is a literate file.
    pub passages: Vec<Passage>,
}

/// The names of the clauses of rule files, in the order they stand.
pub fn clause_names<'a>(files: &[&'a File]) -> Vec<&'a str> {
    let items = files.iter().flat_map(|file| &file.items);
    let clauses = items.filter_map(|item| match &item.kind {
        ItemKind::Clause(clause) => Some(clause.name.text.as_str()),
        _ => None,
    });
    clauses.collect()
}

/// Makes the document of rule files. Those that the shown ones use are only read, so that what is named in them is
/// called by its title.
pub fn prose(files: &[RuleFile<'_>], asked: &Asked<'_>, colophon: &Colophon) -> Document {
    let at = InForce(asked.at.and_then(Interval::of_period));
    let own: Vec<&File> = files.iter().filter(|file| file.is_own).map(|file| file.tree).collect();
    let parts = parts(&own, asked, &at);
    let shown: Vec<&str> =
        parts.iter().flat_map(|part| &part.clauses).map(|(clause, _)| &*clause.name.text).collect();
    let mut names = Names::of(files);
    names.number(&shown);
    let written = own.first().map_or(asked.lang, |file| file.lang);
    let voice = Voice { lang: asked.lang, written, names: &names, clause: None, home: None };
    let told = files.iter().filter(|file| file.is_own);
    let told = told.flat_map(|file| placed(file.tree, &file.passages)).collect();
    let others = files.iter().filter(|file| !file.is_own).flat_map(|file| &file.tree.items).collect();
    let items = own.iter().flat_map(|file| &file.items).collect();
    let book = Book { voice, at, asked, items, others, told };
    book.document(&parts, colophon)
}

/// An agreement with the clauses that belong to it, each with the author's words.
pub(super) struct Part<'a> {
    agreement: Option<(&'a Agreement, &'a Item)>,
    pub(super) clauses: Vec<(&'a Clause, &'a Item)>,
}

/// The agreements in the order they stand. A file that names none belongs to the first.
fn parts<'a>(own: &[&'a File], asked: &Asked<'_>, at: &InForce) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    let heads = own.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
        ItemKind::Agreement(agreement) => Some((agreement, item)),
        _ => None,
    });
    parts.extend(heads.map(|head| Part { agreement: Some(head), clauses: Vec::new() }));
    if parts.is_empty() {
        parts.push(Part { agreement: None, clauses: Vec::new() });
    }
    let mut headed = 0;
    for file in own {
        let mut current = 0;
        for item in &file.items {
            match &item.kind {
                ItemKind::Agreement(_) => {
                    current = headed;
                    headed += 1;
                }
                ItemKind::Clause(clause) if is_shown(clause, asked, at) => {
                    if let Some(part) = parts.get_mut(current) {
                        part.clauses.push((clause, item));
                    }
                }
                _ => {}
            }
        }
    }
    parts
}

fn is_shown(clause: &Clause, asked: &Asked<'_>, at: &InForce) -> bool {
    let is_asked = asked.clauses.is_empty() || asked.clauses.contains(&clause.name.text.as_str());
    is_asked && at.body(&clause.body)
}

pub(super) struct Book<'a> {
    pub(super) voice: Voice<'a>,
    pub(super) at: InForce,
    asked: &'a Asked<'a>,
    pub(super) items: Vec<&'a Item>,
    /// What stands in rules that those shown use.
    pub(super) others: Vec<&'a Item>,
    told: Vec<(Before<'a>, &'a Passage)>,
}

impl Book<'_> {
    fn document(&self, parts: &[Part<'_>], colophon: &Colophon) -> Document {
        let lang = self.voice.lang;
        let titles: Vec<String> =
            parts.iter().filter_map(|part| part.agreement).map(|(head, _)| self.title(head)).collect();
        let title = match titles.is_empty() {
            true => lang.pick("Regler", "Rules").to_owned(),
            false => titles.join(" · "),
        };
        let mut blocks = self.opening(colophon);
        let mut number = 0;
        for part in parts {
            blocks.extend(self.part(part, titles.len() > 1, &mut number));
        }
        if number == 0 {
            blocks.push(Block::Para(Line::text(match self.asked.at {
                Some(_) => {
                    lang.pick("Ingen af klausulerne gælder da.", "None of the clauses is in force then.")
                }
                None => lang.pick("Reglerne har ingen klausuler.", "The rules have no clauses."),
            })));
        }
        // What is shown alone is shown with what it uses, and without the rest.
        let used = (!self.asked.clauses.is_empty()).then(|| Used::by(parts, &blocks));
        let wants = |item: &Item| used.as_ref().is_none_or(|used| used.wants(item, self.voice.lang));
        blocks.extend(self.amendments(&wants));
        blocks.extend(self.beside(&wants));
        blocks.extend(self.supplied(&wants));
        let outside = self.voice.outside(&blocks, &self.others, &self.at);
        blocks.extend(outside);
        blocks.extend(self.kinds(&wants, &blocks));
        if self.asked.clauses.is_empty() {
            blocks.extend(self.told_last());
            blocks.extend(self.examples());
        }
        let last = [
            unknowns(&blocks, lang),
            glossary(&blocks, lang),
            self.sources(&blocks),
            self.colophon(colophon),
        ];
        blocks.extend(last.into_iter().flatten());
        blocks.extend(self.sign_off());
        let mut document = Document { lang, title, blocks };
        set_off(&mut document);
        document
    }

    fn title(&self, agreement: &Agreement) -> String {
        let name = words_of(&agreement.name.text);
        agreement.title.as_ref().map_or_else(|| name.clone(), |title| format!("{} ({name})", title.text))
    }

    fn opening(&self, colophon: &Colophon) -> Vec<Block> {
        let lang = self.voice.lang;
        let mut blocks = vec![Block::Para(Line::text(lang.pick(
            "Her står i ord, hvad reglerne siger, så den, der kender aftalen, kan bekræfte det. Teksten er dannet ud fra regelfilerne; ingen har skrevet den i hånden.",
            "This says in words what the rules say, so that those who know the agreement can confirm it. The text is produced from the rule files; nobody has written it by hand.",
        )))];
        blocks.push(Block::Para(say(
            lang.pick(
                "Reglernes udgave (SHA-256 over alle regelfiler): {0}. Dannet af {1}.",
                "Version of the rules (SHA-256 over all rule files): {0}. Made by {1}.",
            ),
            &[&Line::text(&colophon.rules), &Line::text(&colophon.program)],
        )));
        if let Some(period) = self.asked.at {
            blocks.push(Block::Para(say(
                lang.pick("Vist er kun det, der gælder {0}.", "Only what is in force {0} is shown."),
                &[&Line::text(self.voice.within(period))],
            )));
        }
        if !self.asked.clauses.is_empty() {
            blocks.push(Block::Para(Line::text(lang.pick(
                "Vist er kun de klausuler, der er spurgt om, og det, de bruger; der kan stå mere i reglerne, som ændrer dem.",
                "Only the clauses asked for are shown, and what they use; there may be more in the rules that changes them.",
            ))));
        }
        if !self.asked.examples {
            blocks.push(Block::Para(Line::text(
                lang.pick("Eksemplerne er udeladt.", "The worked examples are left out."),
            )));
        }
        blocks
    }

    fn part(&self, part: &Part<'_>, is_named: bool, number: &mut usize) -> Vec<Block> {
        let lang = self.voice.lang;
        let mut blocks = Vec::new();
        if let Some((agreement, item)) = part.agreement {
            let text = match (is_named, agreement.is_act) {
                (true, _) => self.title(agreement),
                (false, true) => lang.pick("Loven", "The act").to_owned(),
                (false, false) => lang.pick("Aftalen", "The agreement").to_owned(),
            };
            let mut said = self.told_before(item);
            said.extend(self.voice.agreement(agreement, &item.doc));
            // One agreement of which nothing is said has its name in the title already.
            if is_named || !said.is_empty() {
                blocks.push(heading(text));
                blocks.extend(said);
            }
        }
        if !part.clauses.is_empty() && !is_named {
            blocks.push(heading(lang.pick("Klausuler", "Clauses")));
        }
        for (clause, item) in &part.clauses {
            *number += 1;
            blocks.extend(self.clause(clause, item, *number));
        }
        blocks
    }

    /// The running text before an agreement or a clause.
    fn told_before(&self, item: &Item) -> Vec<Block> {
        let here = |before: &Before<'_>| matches!(before, Before::Item(other) if other.span == item.span);
        let own = self.told.iter().filter(|(before, _)| here(before));
        own.flat_map(|(_, passage)| self.voice.told(passage)).collect()
    }

    /// The running text that stands before no agreement, clause or example.
    fn told_last(&self) -> Vec<Block> {
        let rest = self.told.iter().filter(|(before, _)| matches!(before, Before::Rest));
        let told: Vec<Block> = rest.flat_map(|(_, passage)| self.voice.told(passage)).collect();
        let title =
            self.voice.lang.pick("Øvrig forklaring i regelfilerne", "Other explanation in the rule files");
        match told.is_empty() {
            true => told,
            false => std::iter::once(heading(title)).chain(told).collect(),
        }
    }

    fn clause(&self, clause: &Clause, item: &Item, number: usize) -> Vec<Block> {
        let voice = Voice { clause: Some(&clause.name.text), ..self.voice };
        let text = voice.heading(clause.title.as_ref().map(|title| title.text.as_str()), &clause.name.text);
        let mut blocks = vec![Block::Heading(Heading {
            level: 3,
            number: Some(number.to_string()),
            text,
            id: Some(format!("k{number}")),
        })];
        blocks.extend(self.told_before(item));
        blocks.extend(voice.clause_head(clause, &item.doc));
        let mut lines = voice.lines(&clause.body, &self.at);
        lines.extend(self.said_elsewhere(clause, &voice));
        let mut count = lines.len();
        let lines = numbered(lines, number, 0);
        if !lines.is_empty() {
            blocks.push(Block::List(lines));
        }
        for carried in voice.carried(clause, &self.at) {
            let after = count;
            count += carried.lines.len();
            blocks.extend(carried.lead);
            blocks.push(Block::List(numbered(carried.lines, number, after)));
        }
        blocks
    }

    /// What is decided of a clause outside it, so that nobody signs the clause without it.
    fn said_elsewhere(&self, clause: &Clause, voice: &Voice<'_>) -> Vec<Entry> {
        let lang = voice.lang;
        let found = touching(&self.items, &clause.name.text);
        let title = |title: Option<&crate::syntax::ast::Text>, name: &str| {
            voice.quoted(&voice.heading(title.map(|title| title.text.as_str()), name))
        };
        let readings = found.readings.into_iter().map(|(assumption, lines)| {
            let title = title(assumption.title.as_ref(), &assumption.name.text);
            let line = say(
                lang.pick(
                    "Efter den valgte læsning af det uklare sted {0} gælder her:",
                    "By the chosen reading of the unclear passage {0}, here:",
                ),
                &[&title],
            );
            Entry { number: None, line, under: vec![Block::List(voice.lines(&lines, &self.at))] }
        });
        let amendments = found.amendments.into_iter().filter(|amendment| self.at.body(&amendment.body));
        let amendments = amendments.map(|amendment| {
            let title = title(amendment.title.as_ref(), &amendment.name.text);
            Entry::plain(say(
                lang.pick(
                    "Klausulen ændres af {0}; se ændringerne efter klausulerne.",
                    "The clause is amended by {0}; see the amendments after the clauses.",
                ),
                &[&title],
            ))
        });
        readings.chain(amendments).collect()
    }

    fn amendments(&self, wants: &dyn Fn(&Item) -> bool) -> Vec<Block> {
        let lang = self.voice.lang;
        let mut all: Vec<(&Amendment, &Item)> = self
            .items
            .iter()
            .filter(|item| wants(item))
            .filter_map(|item| match &item.kind {
                ItemKind::Amendment(amendment) if self.at.body(&amendment.body) => Some((amendment, *item)),
                _ => None,
            })
            .collect();
        all.sort_by_key(|(amendment, _)| begins(amendment));
        if all.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![heading(lang.pick("Ændringer, efter dato", "Amendments, by date"))];
        for (amendment, item) in all {
            let title = amendment.title.as_ref().map(|title| title.text.as_str());
            blocks.push(subheading(self.voice.heading(title, &amendment.name.text)));
            if !item.doc.is_empty() {
                blocks.push(Block::Para(self.voice.doc(&item.doc)));
            }
            blocks.extend(self.voice.amendment(amendment, &self.at));
        }
        blocks
    }

    /// What the rules say outside clauses: unclear passages, checks, and what is not computed.
    fn beside(&self, wants: &dyn Fn(&Item) -> bool) -> Vec<Block> {
        let lang = self.voice.lang;
        let (mut unclear, mut checks, mut judged, mut background, mut ranks) =
            (vec![], vec![], vec![], vec![], vec![]);
        for item in self.items.iter().filter(|item| wants(item)) {
            match &item.kind {
                ItemKind::Assumption(assumption) => {
                    unclear.push(self.documented(self.voice.assumption(assumption, &self.at), item))
                }
                ItemKind::Check(check) => checks.push(self.documented(self.voice.check(check), item)),
                ItemKind::Note(note) if note.is_judgement => judged.push(self.voice.note(note, &item.doc)),
                ItemKind::Note(note) => background.push(self.voice.note(note, &item.doc)),
                ItemKind::Precedence(precedence) => ranks.push(self.voice.precedence(precedence)),
                ItemKind::Agreement(_) | ItemKind::Use(_) | ItemKind::Source(_) | ItemKind::Unit(_) => {}
                ItemKind::Type(_) | ItemKind::Kind(_) | ItemKind::Entity(_) | ItemKind::Index(_) => {}
                ItemKind::Given(_) | ItemKind::Clause(_) | ItemKind::Amendment(_) => {}
                ItemKind::Scenario(_) | ItemKind::Test(_) | ItemKind::Error => {}
            }
        }
        let parts = [
            (lang.pick("Hvilke ændringer der går forud", "Which amendments prevail"), ranks),
            (
                lang.pick(
                    "Uklare steder, der ikke hører til én klausul",
                    "Unclear passages of no one clause",
                ),
                unclear,
            ),
            (lang.pick("Kontroller af tekstens egne tal", "Checks of the text's own figures"), checks),
            (lang.pick("Det, som nogen skal vurdere", "What somebody must judge"), judged),
            (
                lang.pick(
                    "Baggrund, som der ikke er noget at regne på i",
                    "Background with nothing to compute",
                ),
                background,
            ),
        ];
        parts
            .into_iter()
            .filter(|(_, all)| !all.is_empty())
            .flat_map(|(title, all)| [heading(title), Block::List(all)])
            .collect()
    }

    pub(super) fn documented(&self, mut entry: Entry, item: &Item) -> Entry {
        if !item.doc.is_empty() {
            entry.under.insert(0, Block::Para(self.voice.doc(&item.doc)));
        }
        entry
    }

    fn examples(&self) -> Vec<Block> {
        let lang = self.voice.lang;
        if !self.asked.examples {
            return Vec::new();
        }
        let (mut tests, mut scenarios) = (Vec::new(), Vec::new());
        for item in &self.items {
            match &item.kind {
                ItemKind::Test(test) => tests.push(self.documented(self.voice.example(test), item)),
                ItemKind::Scenario(scenario) => {
                    scenarios.push(self.documented(self.voice.scenario(scenario, &self.at), item));
                }
                _ => {}
            }
        }
        let parts = [
            (lang.pick("Scenarier: hvad nu hvis", "Scenarios: what if"), scenarios),
            (lang.pick("Eksempler, regnet efter", "Examples, worked through"), tests),
        ];
        let mut blocks: Vec<Block> = parts
            .into_iter()
            .filter(|(_, all)| !all.is_empty())
            .flat_map(|(title, all)| [heading(title), Block::List(all)])
            .collect();
        let told = self.told.iter().filter(|(before, _)| matches!(before, Before::Examples));
        let told: Vec<Block> = told.flat_map(|(_, passage)| self.voice.told(passage)).collect();
        // What is said of the examples stands right below their first heading.
        blocks.splice(1.min(blocks.len())..1.min(blocks.len()), told);
        blocks
    }

    fn sources(&self, blocks: &[Block]) -> Vec<Block> {
        let sources = self.items.iter().chain(&self.others).filter_map(|item| match &item.kind {
            ItemKind::Source(source) => Some(source),
            _ => None,
        });
        basis_list(blocks, &sources.collect::<Vec<_>>(), &self.voice)
    }

    fn colophon(&self, colophon: &Colophon) -> Vec<Block> {
        let lang = self.voice.lang;
        let row = |file: &ShownFile| vec![Line::text(&file.name), Line::text(&file.sha256)];
        let head = vec![Line::text(lang.pick("Fil", "File")), Line::text("SHA-256")];
        vec![
            heading(lang.pick("Hvad teksten er lavet af", "What the text is made from")),
            Block::Para(say(
                lang.pick(
                    "Lavet af {0}. Ændres en fil, ændres dens SHA-256, og teksten skal læses igen.",
                    "Made by {0}. When a file changes, so does its SHA-256, and the text must be read again.",
                ),
                &[&Line::text(&colophon.program)],
            )),
            Block::Table(super::document::Grid {
                caption: Line::text(lang.pick("Regelfilerne", "The rule files")),
                head,
                rows: colophon.files.iter().map(row).collect(),
            }),
        ]
    }

    fn sign_off(&self) -> Vec<Block> {
        let lang = self.voice.lang;
        let blanks =
            [("Navn", "Name"), ("Stilling", "Position"), ("Dato", "Date"), ("Underskrift", "Signature")];
        vec![
            heading(lang.pick("Godkendelse", "Approval")),
            Block::Para(Line::text(lang.pick(
                "Jeg har læst teksten og bekræfter, at den siger det, som aftalen siger. Forbehold skrives her med numrene på de udsagn, de gælder.",
                "I have read the text and confirm that it says what the agreement says. Reservations are written here with the numbers of the statements they concern.",
            ))),
            Block::Blanks(
                std::iter::once(lang.pick("Forbehold", "Reservations").to_owned())
                    .chain(blanks.into_iter().map(|(da, en)| lang.pick(da, en).to_owned()))
                    .collect(),
            ),
        ]
    }
}

pub(super) fn heading(text: impl Into<String>) -> Block {
    Block::Heading(Heading { level: 2, number: None, text: text.into(), id: None })
}

pub(super) fn subheading(text: String) -> Block {
    Block::Heading(Heading { level: 3, number: None, text, id: None })
}

/// Numbers the statements of a clause, after those that it has.
fn numbered(mut lines: Vec<Entry>, clause: usize, after: usize) -> Vec<Entry> {
    for (index, line) in lines.iter_mut().enumerate() {
        line.number = Some(format!("{clause}.{}", after + index + 1));
    }
    lines
}
