//! The catalogue files of the rule packs, `rules/*/katalog*.toml`: which entry of the catalogue is encoded where.

use std::path::{Path, PathBuf};

use klausul::cli::Disk;
use klausul::world::{Kind, MAX_FILE, World};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What the catalogue files of one pack say.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listed {
    /// The entries, in the order they stand.
    pub(crate) posts: Vec<Post>,
    /// The identities of section A.
    pub(crate) identities: Vec<Identity>,
    /// The spots of section F.
    pub(crate) spots: Vec<Spot>,
    /// What cannot be read.
    pub(crate) faults: Vec<String>,
}

/// An entry of the catalogue.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    /// `001-19`
    pub(crate) id: String,
    /// In a few words of our own.
    pub(crate) title: String,
    /// What became of it.
    pub(crate) status: Status,
    /// The clauses, definitions, background or judgement that hold it.
    pub(crate) names: Vec<String>,
    /// The titles of the tests that hold its worked cases.
    pub(crate) tests: Vec<String>,
    /// How many worked cases the catalogue has.
    pub(crate) cases: Option<usize>,
    /// The cases that no test holds, each with its reason.
    pub(crate) untested: Vec<(String, String)>,
    /// Why it is no rule.
    pub(crate) reason: Option<String>,
}

/// What became of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Status {
    Encoded,
    Background,
    Judgement,
}

/// An identity of section A, and the check that holds it.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    /// `A1`
    pub(crate) id: String,
    /// The title of the check.
    pub(crate) title: String,
    /// The clause it stands in; of a check outside clauses there is none.
    pub(crate) name: Option<String>,
}

/// A suspicious spot of section F, and how it is flagged.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    /// Its number from 1, or the letter of a runner-up.
    pub(crate) at: SpotAt,
    /// `kontrol`, `læsning`, `dækning` or `uden for rækkevidde`.
    pub(crate) how: String,
    /// What flags it: a name of the rules, or the title of a check.
    pub(crate) name: Option<String>,
    /// Why so, in a sentence.
    pub(crate) reason: String,
}

/// Where a spot stands in section F.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum SpotAt {
    /// One of the fifteen.
    Number(usize),
    /// One of the runners-up.
    Letter(char),
}

impl SpotAt {
    /// As the page names it: `F3`, `Fc`.
    pub(crate) fn label(self) -> String {
        match self {
            SpotAt::Number(number) => format!("F{number}"),
            SpotAt::Letter(letter) => format!("F{letter}"),
        }
    }
}

/// How a spot can be flagged. A finding of the coverage and what is out of reach have no name.
pub(crate) const HOW: [&str; 4] = ["kontrol", "læsning", "dækning", "uden for rækkevidde"];

/// Reads the catalogue files of a pack, by name.
pub(crate) fn listed(folder: &Path) -> Listed {
    let mut listed = Listed::default();
    for path in catalogue_files(folder) {
        match Disk.read(&path, MAX_FILE) {
            Ok(bytes) => listed.read(&path.display().to_string(), &String::from_utf8_lossy(&bytes)),
            Err(error) => listed.faults.push(format!("{}: {error:?}", path.display())),
        }
    }
    listed
}

fn catalogue_files(folder: &Path) -> Vec<PathBuf> {
    let named = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        name.starts_with("katalog") && name.ends_with(".toml")
    };
    let all = Disk.list(folder).unwrap_or_default().into_iter();
    all.filter(|path| named(path) && Disk.kind(path) == Ok(Kind::File)).collect()
}

impl Listed {
    /// Reads one file. What cannot be read in it becomes a fault; the rest of it counts.
    pub(crate) fn read(&mut self, file: &str, text: &str) {
        let (table, errors) = DeTable::parse_recoverable(text);
        // TOML wants `prøver` in quotes; people need not. A key that is none of ours is found below.
        let grave = errors.iter().filter(|error| !error.message().starts_with("invalid unquoted key"));
        self.faults.extend(grave.map(|error| format!("{file}: {}", error.message())));
        for (key, value) in table.get_ref() {
            let Some(list) = value.get_ref().as_array() else {
                self.faults.push(format!("{file}: `{}` is no list of tables", key.get_ref()));
                continue;
            };
            for entry in list {
                let line = text.get(..entry.span().start).unwrap_or("").matches('\n').count() + 1;
                let mut fields = Fields { entry, at: format!("{file}:{line}"), faults: &mut self.faults };
                match key.get_ref().as_ref() {
                    "post" => self.posts.extend(post(&mut fields)),
                    "kontrol" => self.identities.extend(identity(&mut fields)),
                    "plet" => self.spots.extend(spot(&mut fields)),
                    other => fields.fault(&format!("`[[{other}]]` is none of post, kontrol, plet")),
                }
            }
        }
    }
}

fn post(fields: &mut Fields<'_, '_>) -> Option<Post> {
    fields.only(&["id", "titel", "som", "navne", "prøver", "tilfælde", "uden_prøve", "grund"]);
    let status = match fields.needed("som")?.as_str() {
        "kodet" => Status::Encoded,
        "baggrund" => Status::Background,
        "vurdering" => Status::Judgement,
        other => {
            fields.fault(&format!("`som = \"{other}\"` is none of kodet, baggrund, vurdering"));
            return None;
        }
    };
    Some(Post {
        id: fields.needed("id")?,
        title: fields.needed("titel")?,
        status,
        names: fields.texts("navne"),
        tests: fields.texts("prøver"),
        cases: fields.number("tilfælde"),
        untested: fields.untested(),
        reason: fields.text("grund"),
    })
}

fn identity(fields: &mut Fields<'_, '_>) -> Option<Identity> {
    fields.only(&["id", "titel", "navn"]);
    Some(Identity { id: fields.needed("id")?, title: fields.needed("titel")?, name: fields.text("navn") })
}

fn spot(fields: &mut Fields<'_, '_>) -> Option<Spot> {
    fields.only(&["nr", "hvordan", "navn", "grund"]);
    let letter = fields.text("nr").and_then(|text| text.parse().ok()).map(SpotAt::Letter);
    let Some(at) = fields.number("nr").map(SpotAt::Number).or(letter) else {
        fields.fault("`nr` is missing, or no number");
        return None;
    };
    let spot = Spot {
        at,
        how: fields.needed("hvordan")?,
        name: fields.text("navn"),
        reason: fields.needed("grund")?,
    };
    if !HOW.contains(&spot.how.as_str()) {
        fields.fault(&format!("`hvordan = \"{}\"` is none of {}", spot.how, HOW.join(", ")));
    }
    Some(spot)
}

/// One table of a list, and where it stands.
struct Fields<'a, 'd> {
    entry: &'a Spanned<DeValue<'d>>,
    at: String,
    faults: &'a mut Vec<String>,
}

impl<'a, 'd> Fields<'a, 'd> {
    fn fault(&mut self, what: &str) {
        self.faults.push(format!("{}: {what}", self.at));
    }

    fn value(&self, key: &str) -> Option<&'a DeValue<'d>> {
        self.entry.get_ref().as_table()?.get(key).map(Spanned::get_ref)
    }

    /// A field that nobody reads is a slip.
    fn only(&mut self, known: &[&str]) {
        let Some(table) = self.entry.get_ref().as_table() else { return };
        let keys: Vec<String> = table.keys().map(|key| key.get_ref().to_string()).collect();
        for key in keys.iter().filter(|key| !known.contains(&key.as_str())) {
            self.fault(&format!("`{key}` is none of {}", known.join(", ")));
        }
    }

    fn text(&self, key: &str) -> Option<String> {
        self.value(key)?.as_str().map(str::to_owned)
    }

    fn needed(&mut self, key: &str) -> Option<String> {
        let found = self.text(key).filter(|text| !text.trim().is_empty());
        if found.is_none() {
            self.fault(&format!("`{key}` is missing, or no text"));
        }
        found
    }

    fn number(&self, key: &str) -> Option<usize> {
        self.value(key)?.as_integer()?.as_str().parse().ok()
    }

    fn texts(&mut self, key: &str) -> Vec<String> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let list = value.as_array().map(|list| list.iter().map(|text| text.get_ref().as_str()).collect());
        let found: Option<Vec<&str>> = list.and_then(|list: Vec<Option<&str>>| list.into_iter().collect());
        match found {
            Some(texts) => texts.into_iter().map(str::to_owned).collect(),
            None => {
                self.fault(&format!("`{key}` is no list of texts"));
                Vec::new()
            }
        }
    }

    fn untested(&mut self) -> Vec<(String, String)> {
        let list = self.value("uden_prøve").and_then(DeValue::as_array);
        let pair = |value: &Spanned<DeValue<'_>>| {
            let text = |key: &str| Some(value.get_ref().as_table()?.get(key)?.get_ref().as_str()?.to_owned());
            text("tilfælde").zip(text("grund")).filter(|(_, reason)| !reason.trim().is_empty())
        };
        let found: Vec<_> = list.map(|list| list.iter().map(pair).collect()).unwrap_or_default();
        if found.iter().any(Option::is_none) || list.is_none() && self.value("uden_prøve").is_some() {
            self.fault("`uden_prøve` is no list of { tilfælde = \"…\", grund = \"…\" }");
        }
        found.into_iter().flatten().collect()
    }
}
