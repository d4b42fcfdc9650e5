//! Words of the language, each with its section of the reference: what it says, and an example.

use crate::base::Lang;
use crate::syntax::detect_language;

const AGGREGATES: &str = include_str!("../../docs/language/aggregates.md");
const AGREEMENTS: &str = include_str!("../../docs/language/agreements.md");
const AMENDMENTS: &str = include_str!("../../docs/language/amendments.md");
const CHECKS: &str = include_str!("../../docs/language/checks-and-requirements.md");
const CONDITIONS: &str = include_str!("../../docs/language/conditions-and-grants.md");
const DATES: &str = include_str!("../../docs/language/dates.md");
const DISTRIBUTION: &str = include_str!("../../docs/language/distribution.md");
const DUTIES: &str = include_str!("../../docs/language/duties.md");
const EXCEPTIONS: &str = include_str!("../../docs/language/exceptions.md");
const EXPRESSIONS: &str = include_str!("../../docs/language/expressions-and-binding.md");
const INDICES: &str = include_str!("../../docs/language/indices.md");
const KINDS: &str = include_str!("../../docs/language/kinds.md");
const PARTS: &str = include_str!("../../docs/language/parts-and-rounding.md");
const LEVELS: &str = include_str!("../../docs/language/price-levels.md");
const READINGS: &str = include_str!("../../docs/language/readings.md");
const SCALES: &str = include_str!("../../docs/language/scales.md");
const SCENARIOS: &str = include_str!("../../docs/language/scenarios-and-tests.md");
const STATUS: &str = include_str!("../../docs/language/status.md");
const TABLES: &str = include_str!("../../docs/language/tables.md");
const TIME: &str = include_str!("../../docs/language/time.md");
const TYPES: &str = include_str!("../../docs/language/types-and-domains.md");
const UNKNOWN: &str = include_str!("../../docs/language/unknown.md");
const VALUES: &str = include_str!("../../docs/language/values-and-units.md");

/// Words in Danish and in English, the page that holds their section, and its Danish heading.
type Topic = (&'static str, &'static str, &'static str, &'static str);

const TOPICS: &[Topic] = &[
    ("aftale|lov|parter|periode", "agreement|act|parties|period", AGREEMENTS, "Aftalen og dens hoved"),
    ("brug", "use", AGREEMENTS, "brug"),
    ("viderefører", "carries over", AGREEMENTS, "viderefører"),
    ("givet", "given", AGREEMENTS, "givet"),
    (
        "kilde|hjemmel|udgiver|bilag|boks|pind|afsnit|artikel|§|stk.|nr.|litra",
        "source|basis|publisher|annex|box|bullet|section|article|§|subsection|no.|letter",
        AGREEMENTS,
        "kilde og hjemmel",
    ),
    (
        "måleenhed|penge|enhed|kr.|mio. kr.|mia. kr.|t.kr.|pr.",
        "unit|money|kr.|million kr.|billion kr.|per",
        VALUES,
        "Enheder",
    ),
    (
        "pct.|procent|promille|pct.-point|i pct. af|forhøjet med|nedsat med|af",
        "per cent|per mille|percentage points|as per cent of|raised by|reduced by|of",
        VALUES,
        "Procent",
    ),
    ("type|tal|hele|tekst|dato|ja/nej|en af", "type|number|whole|text|date|yes/no|one of", TYPES, "Typer"),
    ("hvis ikke oplyst|altid|mellem", "if not stated|always|between", TYPES, "Områder og standardværdier"),
    ("ingen|eller ingen", "none|or none", TYPES, "Ingen"),
    ("hver|har|slags|navn i kolonne", "each|has|kind|name in column", KINDS, "En slags"),
    ("klausul|for hver", "clause|for each", KINDS, "En klausul for hver"),
    ("findes|afløser", "exists|succeeds", KINDS, "Hvornår de findes"),
    (
        "gælder|i|fra|til og med|indtil|ellers|til",
        "in force|in|from|through|until|otherwise|to",
        TIME,
        "Hvornår en linje gælder",
    ),
    ("samlet i|ligeligt pr. år", "in total in|equally per year", TIME, "Samlet over flere år"),
    ("videreført", "carried on", TIME, "Videreført"),
    ("året før|år|dag|den", "the year before|year|day", TIME, "Andre tider"),
    ("hvis dagen mangler|dage", "if the day is missing|days", DATES, "Dage, måneder og år lagt til"),
    (
        "dage fra|hele år fra|hele måneder fra",
        "days from|whole years from|whole months from",
        DATES,
        "Mellem to datoer",
    ),
    ("ultimo|primo|medio", "end of|start of|middle of", DATES, "Perioder som datoer"),
    (
        "betingelse|antal opfyldte betingelser|antal opfyldte af|alle betingelser opfyldt",
        "condition|number of conditions met|number met of|all conditions met",
        CONDITIONS,
        "Betingelser",
    ),
    ("tilskud|betinget af|fuldt|bortfaldet", "grant|conditional on|full|lapsed", CONDITIONS, "Tilskud"),
    ("pligt|påhviler|opfyldt når|senest", "duty|on|met when|no later than", DUTIES, "Pligt"),
    ("delt i|resten", "split into|the rest", PARTS, "Delt i"),
    ("hvert beløb", "each amount", PARTS, "Hvert beløb afrundet"),
    ("hvert led", "each step", PARTS, "Hvert led afrundet"),
    (
        "afrundet til|afrundet|dog højst|dog mindst|mindste af|største af",
        "rounded to|rounded|but at most|but at least|smallest of|largest of",
        PARTS,
        "Afrundet til, dog højst, mindste af",
    ),
    ("tabel|efter|række", "table|by|row", TABLES, "En tabel og dens rækker"),
    (
        "første række gælder|rækkerne skal være enige|rækkerne lægges sammen|den største gælder|den mindste gælder",
        "first row applies|rows must agree|rows add up|the largest applies|the smallest applies",
        TABLES,
        "Når flere rækker passer",
    ),
    ("lineært mellem punkterne", "linear between the points", TABLES, "Lineært mellem punkterne"),
    ("trappe|derover", "scale|above that", SCALES, "Hvert trin sin sats"),
    (
        "sum af|sum|antal|gennemsnit af|gennemsnit|for alle|hvor|alle",
        "sum of|sum|number of|average of|average|for all|where|all",
        AGGREGATES,
        "Sum, antal, gennemsnit",
    ),
    ("rang af|rang", "rank of|rank", AGGREGATES, "Rang"),
    ("for mindst", "for at least", AGGREGATES, "For alle, for mindst 1"),
    (
        "fordelt efter|fordelt ligeligt|fordelt|ligeligt|blandt alle|blandt",
        "shared by|shared equally|shared|equally|among all|among",
        DISTRIBUTION,
        "Efter nøgle eller ligeligt",
    ),
    ("rest til|hver for sig", "remainder to|rounded each to", DISTRIBUTION, "Afrundede andele"),
    ("undtagelse|når", "exception|when", EXCEPTIONS, "Undtagelse"),
    ("går forud for", "takes precedence over", EXCEPTIONS, "Undtagelser, der mødes"),
    ("antagelse|læsning|valgt", "assumption|reading|chosen", READINGS, "Antagelse og læsning"),
    ("ændring|hidtidig|udgår", "amendment|former|repealed", AMENDMENTS, "Ændring"),
    ("prisniveau|antaget", "price level|assumed", LEVELS, "Et beløbs prisniveau"),
    ("løbende|årets pl|nominelt", "current|the year's pl|in nominal terms", LEVELS, "Løbende priser"),
    ("indeks", "index", INDICES, "Et indeks"),
    ("omregnet til|omregnet", "converted to|converted", INDICES, "Omregnet til"),
    ("reguleret efter|reguleret", "adjusted by|adjusted", INDICES, "Reguleret efter"),
    ("skøn|foreløbig|ca.", "estimate|provisional|approx.", STATUS, "Foreløbige og skønnede tal"),
    ("vist i|opgjort i", "shown to|stated in", STATUS, "Vist i og opgjort i"),
    ("ukendt", "unknown", UNKNOWN, "Ukendt"),
    ("gælder ikke|fejl", "does not apply|error", UNKNOWN, "Gælder ikke og fejl"),
    ("hvis|så|og|eller|ikke|er", "if|then|and|or|not|is", EXPRESSIONS, "Hvad binder først"),
    (
        "hvis nævneren er 0",
        "if the denominator is 0",
        EXPRESSIONS,
        "Det, der ikke behøves, og division med 0",
    ),
    ("kontrol", "check", CHECKS, "kontrol"),
    ("kendt afvigelse", "known difference", CHECKS, "Kendt afvigelse"),
    ("krav", "require", CHECKS, "krav"),
    ("baggrund|vurdering|begrundelse", "background|judgement|reason", CHECKS, "baggrund og vurdering"),
    ("scenarie|bygger på", "scenario|builds on", SCENARIOS, "scenarie"),
    ("prøve|forvent", "test|expect", SCENARIOS, "prøve"),
];

/// Returns what the reference says of a word of the language, of either language, as a terminal shows it.
pub fn word_page(word: &str, lang: Lang) -> Option<String> {
    let word = word.trim().to_lowercase();
    let has = |words: &str| words.split('|').any(|one| one == word);
    let of = |lang: Lang| TOPICS.iter().find(|topic| has(lang.pick(topic.0, topic.1)));
    let (_, _, page, heading) = of(lang).or_else(|| of(lang.pick(Lang::En, Lang::Da)))?;
    section(page, heading, lang)
}

/// Every word that the reference has a section for.
pub fn words(lang: Lang) -> impl Iterator<Item = &'static str> {
    TOPICS.iter().flat_map(move |topic| lang.pick(topic.0, topic.1).split('|'))
}

/// The section under a heading: its title, what it says, and its example, in one language.
fn section(page: &'static str, heading: &str, lang: Lang) -> Option<String> {
    let (title, body) = sections(page).find(|(title, _)| title.split(" · ").next() == Some(heading))?;
    let (danish, english) = title.split_once(" · ").unwrap_or((title, title));
    let parts = parts(body).into_iter().filter(|part| part.lang == lang);
    let told: String = parts.map(|part| format!("{}\n\n{}\n", part.prose, indented(part.example))).collect();
    Some(format!("{}\n\n{}\n", lang.pick(danish, english), told.trim_end()))
}

/// The headings of a page with what stands under each.
fn sections(page: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    page.split("\n## ").skip(1).map(|section| section.split_once('\n').unwrap_or((section, "")))
}

/// Prose and the example that follows it; the example tells the language of both.
struct Part<'a> {
    lang: Lang,
    prose: &'a str,
    example: &'a str,
}

fn parts(body: &str) -> Vec<Part<'_>> {
    let mut rest = body;
    let mut parts = Vec::new();
    while let Some((prose, after)) = rest.split_once("```") {
        let (_, code) = after.split_once('\n').unwrap_or(("", after));
        let (example, left) = code.split_once("```").unwrap_or((code, ""));
        parts.push(Part { lang: detect_language(example), prose: prose.trim(), example: example.trim_end() });
        rest = left;
    }
    parts
}

fn indented(example: &str) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") };
    example.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::keywords::{KEYWORDS, WordClass};

    #[test]
    fn every_word_leads_to_a_section_with_an_example() {
        for lang in [Lang::Da, Lang::En] {
            for word in words(lang) {
                let page = word_page(word, lang).unwrap_or_default();
                assert!(page.contains("\n    "), "{word} {lang:?}: {page}");
            }
        }
    }

    #[test]
    fn every_word_that_opens_a_line_has_a_section() {
        let opening = KEYWORDS.iter().filter(|keyword| keyword.class == WordClass::Statement);
        for keyword in opening {
            for lang in [Lang::Da, Lang::En] {
                let found = keyword.spellings(lang).any(|word| word_page(word, lang).is_some());
                assert!(found, "{}", keyword.spelling(lang));
            }
        }
    }
}
