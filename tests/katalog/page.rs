//! The page `docs/katalog.md`.

use klausul::session::CheckOutcome;

use super::expected::{DOCUMENTS, Document, ENCODED_FLOOR, IDENTITIES, SPOTS};
use super::faults::{check, identities};
use super::files::{Post, Spot, SpotAt, Status};
use super::packs::Pack;

/// The page, from the root of the repository.
pub(crate) const PAGE: &str = "docs/katalog.md";

const HEAD: &str = "# Kataloget og reglerne

De fem dokumenter blev gået igennem, bestemmelse for bestemmelse, før den første regel blev skrevet. Siden er lavet af reglerne
(`rules/*/katalog*.toml`) og har hver post i det katalog: `kodet` er skrevet som regler, `baggrund` er henvist til som baggrund med en grund,
`vurdering` er noget, nogen skal tage stilling til. Derefter kommer teksternes egne regnestykker, hver med den `kontrol`, som `klausul
check` regner, og de steder, man bør se på, med det, der viser det.

**Numrene har huller.** De blev givet ved gennemgangen (`001-19` er den 19. post i det første dokument); hvor to poster viste sig at være
den samme bestemmelse, blev de slået sammen, og det ledige nummer er ikke brugt igen. Ingen post er udeladt: står en post i kataloget og
ikke her, fejler prøven af siden.

*In English: the five documents were gone through clause by clause before a rule was written. This page is made from the rule packs
(`rules/*/katalog*.toml`) and lists every entry of that catalogue: `kodet` is encoded in rules, `baggrund` is cited as background with a
reason, `vurdering` is left to somebody's judgement. Then come the arithmetic identities of the texts (each a `kontrol` that `klausul
check` evaluates) and the suspicious spots, with what flags each. Numbers have gaps where two entries turned out to be one and were
merged; no entry is left out.*

Siden er skrevet af

    cargo run --locked --example katalog

og en prøve holder den op mod reglerne: hvert navn, hver `prøve` og hver `kontrol` i den findes.
";

/// Writes the page.
pub(crate) fn page(packs: &[Pack]) -> String {
    let mut page = HEAD.to_owned();
    page.push_str(&totals(packs));
    DOCUMENTS.iter().for_each(|document| page.push_str(&of_document(document, packs)));
    page.push_str(&of_identities(packs));
    page.push_str(&of_spots(packs));
    page
}

/// The entries of a document, by number.
fn posts<'p>(document: &Document, packs: &'p [Pack]) -> Vec<(&'p Pack, &'p Post)> {
    let all = packs.iter().flat_map(|pack| pack.listed.posts.iter().map(move |post| (pack, post)));
    let mut posts: Vec<_> = all.filter(|(_, post)| post.id.starts_with(document.number)).collect();
    posts.sort_by(|a, b| a.1.id.cmp(&b.1.id));
    posts
}

fn totals(packs: &[Pack]) -> String {
    let mut text = "\n## I alt\n\n| dokument | poster i kataloget | kodet | baggrund | vurdering | mangler | prøver ved poster | tilfælde uden prøve | alle prøver i mappen |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n".to_owned();
    let mut sums = [0; 8];
    for document in &DOCUMENTS {
        let posts = posts(document, packs);
        let of = |status| posts.iter().filter(|(_, post)| post.status == status).count();
        let row = [
            document.entries.len(),
            of(Status::Encoded),
            of(Status::Background),
            of(Status::Judgement),
            document.entries.len().saturating_sub(posts.len()),
            posts.iter().map(|(_, post)| post.tests.len()).sum(),
            posts.iter().map(|(_, post)| post.untested.len()).sum(),
            packs.iter().filter(|pack| pack.folder == document.folder).map(|pack| pack.tests.len()).sum(),
        ];
        sums.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
        text.push_str(&numbers(document.id, &row));
    }
    text.push_str(&numbers("**i alt**", &sums));
    text.push_str(&format!(
        "\nMindst {ENCODED_FLOOR} poster skal være kodet. \"Prøver ved poster\" er dem, posterne nævner, fordi de holder postens egne regnede tilfælde; \
         en prøve, der står ved to poster, tæller to gange. \"Alle prøver i mappen\" er dem, `klausul test` kører: også dem for grænser, \
         datoer, andre læsninger og dårlige data, som kataloget ikke spørger om.\n"
    ));
    text
}

fn numbers(name: &str, row: &[usize]) -> String {
    let cells: Vec<String> = row.iter().map(usize::to_string).collect();
    format!("| {name} | {} |\n", cells.join(" | "))
}

fn of_document(document: &Document, packs: &[Pack]) -> String {
    let posts = posts(document, packs);
    let mut text = format!("\n## {} (`rules/{}`)\n\n", document.id, document.folder);
    if posts.is_empty() {
        text.push_str("Ingen poster er skrevet ind endnu.\n");
        return text;
    }
    text.push_str("| nr. | post | som | i reglerne | tilfælde | prøver | uden prøve, og hvorfor |\n|---|---|---|---|--:|--:|---|\n");
    for (_, post) in posts {
        let cells = [
            post.id.clone(),
            cell(&post.title),
            status(post.status).to_owned(),
            post.names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "),
            post.cases.map(|cases| cases.to_string()).unwrap_or_default(),
            post.tests.len().to_string(),
            why(post),
        ];
        text.push_str(&format!("| {} |\n", cells.join(" | ")));
    }
    text
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Encoded => "kodet",
        Status::Background => "baggrund",
        Status::Judgement => "vurdering",
    }
}

fn why(post: &Post) -> String {
    let cases = post.untested.iter().map(|(case, reason)| format!("{}: {}", cell(case), cell(reason)));
    let reason = post.reason.iter().map(|reason| cell(reason));
    reason.chain(cases).collect::<Vec<_>>().join("<br>")
}

fn of_identities(packs: &[Pack]) -> String {
    let mut all: Vec<_> = identities(packs).collect();
    all.sort_by_key(|(number, ..)| *number);
    let mut text = format!(
        "\n## Regnestykkerne A1–A{IDENTITIES}\n\nTeksternes egne regnestykker. Et, der ikke går op, siger med hvor meget, og enhver anden afvigelse er en fejl. Et regnestykke, der holdes flere steder, har flere rækker.\n\n| nr. | kontrol | klausul | aftale | udfald |\n|---|---|---|---|---|\n"
    );
    for (number, pack, identity) in &all {
        let found = check(pack, identity);
        let clause = found.and_then(|check| check.clause.as_deref());
        let clause = clause.map(|clause| format!("`{clause}`")).unwrap_or_default();
        let outcome = found.map(|check| outcome(check.outcome)).unwrap_or("findes ikke");
        let title = cell(&identity.title);
        text.push_str(&format!("| A{number} | {title} | {clause} | {} | {outcome} |\n", pack.agreement));
    }
    let listed = |number: &usize| all.iter().any(|(own, ..)| own == number);
    text.push_str(&absent('A', (1..=IDENTITIES).filter(|number| !listed(number))));
    text
}

fn outcome(outcome: CheckOutcome) -> &'static str {
    match outcome {
        CheckOutcome::Holds => "stemmer",
        CheckOutcome::KnownDifference => "kendt afvigelse",
        CheckOutcome::Open => "kan ikke afgøres uden oplysninger",
        CheckOutcome::Broken => "kan ikke regnes ud",
        CheckOutcome::Fails => "holder ikke",
    }
}

fn of_spots(packs: &[Pack]) -> String {
    let all = packs.iter().flat_map(|pack| pack.listed.spots.iter().map(move |spot| (pack, spot)));
    let mut all: Vec<(&Pack, &Spot)> = all.collect();
    all.sort_by_key(|(_, spot)| spot.at);
    let mut text = format!(
        "\n## De {SPOTS} steder, man bør se på\n\nSteder i teksterne, der er skrevet forkert, siger hinanden imod eller lader noget stå åbent: F1–F{SPOTS}, og med bogstav (Fa–Fk) dem, der var tæt på at komme med. Et sted, der viser sig i flere aftaler, har en række for hver, så tabellen har flere rækker end {SPOTS}.\n\n| nr. | vises af | hvor | aftale | hvorfor |\n|---|---|---|---|---|\n"
    );
    for (pack, spot) in &all {
        let name = spot.name.as_ref().map(|name| format!("`{name}`")).unwrap_or_default();
        let reason = cell(&spot.reason);
        text.push_str(&format!(
            "| {} | {} | {name} | {} | {reason} |\n",
            spot.at.label(),
            spot.how,
            pack.agreement
        ));
    }
    let listed = |number: &usize| all.iter().any(|(_, spot)| spot.at == SpotAt::Number(*number));
    text.push_str(&absent('F', (1..=SPOTS).filter(|number| !listed(number))));
    text
}

fn absent(letter: char, numbers: impl Iterator<Item = usize>) -> String {
    let numbers: Vec<String> = numbers.map(|number| format!("{letter}{number}")).collect();
    match numbers.is_empty() {
        true => String::new(),
        false => format!("\nMangler endnu: {}.\n", numbers.join(", ")),
    }
}

/// A text as a cell of a table.
fn cell(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('\\', "\\\\")
        .replace('|', "\\|")
        .replace('<', "&lt;")
}
