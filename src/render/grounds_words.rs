//! The words of a statement of grounds that are the same in every one, once for both of its forms.

use crate::base::Lang;
use crate::explain::{Item, ItemKind};
use crate::grounds::{Effect, Judged, Part, Read, Sentence, Statement, Then};

macro_rules! words {
    ($($name:ident: $da:literal, $en:literal;)*) => {
        /// The words, in one language.
        pub(super) struct Words {
            $(pub(super) $name: &'static str,)*
        }
        /// The words, in a language.
        pub(super) fn words(lang: Lang) -> Words {
            Words { $($name: lang.pick($da, $en),)* }
        }
    };
}

words! {
    result: "Resultat", "Result";
    standing: "Hvor fast resultatet står", "How firmly the result stands";
    basis: "Retsgrundlag", "Legal basis";
    no_basis: "Reglerne bag resultatet henviser ikke til noget dokument.", "The rules behind the result cite no document.";
    line: "stedet begynder på dokumentets linje", "the passage begins on line";
    carries: "herpå hviler", "on it rests";
    goes_on: "Stedet går videre i dokumentet.", "The passage goes on in the document.";
    changed: "Stedet siger noget andet i det dokument, der er lagt frem, end i det, reglerne er skrevet efter.", "The passage says something else in the document at hand than in the one the rules were written from.";
    facts: "Oplysninger, der er lagt vægt på", "Facts given weight";
    facts_caption: "Hver værdi fører til det trin, der læser den.", "Each value leads to the step that reads it.";
    fact: "Oplysning", "Fact";
    value: "Værdi", "Value";
    from: "Kommer fra", "Comes from";
    missing: "Oplysninger, der mangler", "Facts that are missing";
    missing_caption: "Det, resultatet venter på.", "What the result waits for.";
    missing_why: "Hvad der vides om den", "What is known of it";
    file_says: "siger om sig selv", "says of itself";
    judgement: "Skøn og læsninger", "Judgement and readings";
    judged_by: "skønnet af", "judged by";
    judged_by_nobody: "teksten siger ikke, hvem der skønner", "the text does not say who judges";
    readings: "Hvor aftalens tekst kan forstås på flere måder, er den læst sådan. Hvad en anden læsning ville give, er regnet for sig.", "Where the text of the agreement can be understood in several ways, it is read like this. What another reading would give is computed by itself.";
    read_as: "Læst som", "Read as";
    plain: "Antagelser uden andre læsninger", "Assumptions without other readings";
    derivation: "Sådan er det regnet", "How it is computed";
    derivation_lead: "Hvert tal fører til det trin, det er regnet i; tallene i kantede parenteser fører til retsgrundlaget.", "Each number leads to the step it is computed in; the numbers in brackets lead to the legal basis.";
    exactly: "nøjagtigt", "exactly";
    read_so: "læst sådan", "read so";
    taken: "antaget", "assumed";
    steps: "Hvert trin af udregningen", "Every step of the computation";
    steps_caption: "Trinene står i den rækkefølge, de regnes i. Sporet har de samme trin, men tæller fra 0: trin 1 her er trin 0 i sporet.", "The steps stand in the order in which they are computed. The record has the same steps but counts from 0: step 1 here is step 0 there.";
    step: "Trin", "Step";
    what: "Hvad", "What";
    rule: "Reglens ord", "The rule's words";
    reads: "Læser trin", "Reads steps";
    exact_value: "Nøjagtig værdi", "Exact value";
    stands_in: "Står i", "Stands in";
    rounded: "afrundingen lagde til:", "rounding added:";
    verification: "Til efterprøvning", "For verification";
    verification_lead: "Alt på siden kan gøres om: de samme regler, data og spørgsmål giver samme spor (klausul eval … --record), og sporet kan efterprøves. tools/verify.py, og klausul verify uden --rules og --data, ser efter, om sporet passer med sig selv: om hvert trin følger af de andre, og om intet er ændret, siden det blev skrevet. Spørgsmålet, antagelserne, prisniveauerne og oplysningernes ophav holdes ikke mod trinene. Et spor, hvor nogen har ændret en oplysning eller en antagelse og gjort alle trin og mærker om, passer også med sig selv. Det ses kun, når der regnes igen (klausul verify --rules … --data …), eller når sporets fingeraftryk er gemt et andet sted og sammenlignes.", "All of this page can be made again: the same rules, data and question give the same record (klausul eval … --record), and the record can be verified. tools/verify.py, and klausul verify without --rules and --data, see whether the record fits itself: whether each step follows from the others, and whether nothing was changed since it was written. The question, the assumptions, the price levels and the origins of facts are not held to the steps. A record in which someone changed a fact or an assumption and made all steps and digests anew fits itself too. That is seen only when it is computed again (klausul verify --rules … --data …), or when the digest of the record is kept elsewhere and compared.";
    why: "Begrundelse", "Reason";
    no_why: "Reglerne siger ikke, hvorfor der er læst sådan.", "The rules do not say why it is read so.";
    contents: "Indhold", "Contents";
    skip: "Gå til resultatet", "Skip to the result";
    legal_basis: "retsgrundlag", "legal basis";
}

/// What is said where no fact was given: that none was needed, or that those needed are missing.
pub(super) fn no_facts(statement: &Statement) -> &'static str {
    match statement.lacking.facts {
        true => statement.lang.pick("Ingen oplysninger er givet.", "No facts are given."),
        false => statement.lang.pick(
            "Resultatet hviler ikke på oplysninger udefra.",
            "The result rests on no facts from outside.",
        ),
    }
}

/// What is said where nobody has judged: that there was nothing to judge, or that it is still to be done.
pub(super) fn no_judgement(statement: &Statement) -> &'static str {
    let lang = statement.lang;
    match (statement.lacking.judgement, statement.readings.is_empty()) {
        (true, _) => lang.pick(
            "Et skøn, som resultatet venter på, er ikke foretaget; det står under resultatet.",
            "A judgement that the result waits for has not been made; it stands under the result.",
        ),
        (false, true) => lang.pick(
            "Ingen har skullet skønne: resultatet følger af reglerne og de oplysninger, der er lagt vægt på.",
            "Nobody had to judge: the result follows from the rules and the facts given weight.",
        ),
        (false, false) => lang.pick(
            "Ingen har skullet skønne i sagen, men resultatet hviler på, hvordan aftalens tekst læses, og på det, der er antaget:",
            "Nobody had to judge in the case, but the result rests on how the text of the agreement is read, and on what is assumed:",
        ),
    }
}

/// Who judged.
pub(super) fn judged_by(one: &Judged, words: &Words) -> String {
    match one.by.is_empty() {
        true => words.judged_by_nobody.to_owned(),
        false => format!("{} {}", words.judged_by, one.by.join(", ")),
    }
}

/// Why something is read as it is.
pub(super) fn why(one: &Read, words: &Words) -> String {
    match one.why.is_empty() {
        true => words.no_why.to_owned(),
        false => format!("{}: {}", words.why, one.why.join(" ")),
    }
}

/// What stands between a label and its value.
pub(super) fn joint(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Value | ItemKind::Step | ItemKind::Again | ItemKind::Fact | ItemKind::Note => " =",
        ItemKind::Entity | ItemKind::Year | ItemKind::Slice | ItemKind::Total => ":",
        ItemKind::Applies | ItemKind::Considered => "",
        ItemKind::Met | ItemKind::NotMet | ItemKind::Open | ItemKind::Missing => ":",
    }
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
        Some(Then::Changes { effects, missing }) if effects.is_empty() && missing.is_empty() => {
            lang.pick("ændrer ikke resultatet", "does not change the result").to_owned()
        }
        Some(Then::Changes { effects, missing }) => {
            let lacks = format!("{} {}", lang.pick("der mangler", "missing:"), missing.join("; "));
            let lacks = (!missing.is_empty()).then_some(lacks);
            effects.iter().map(effect).chain(lacks).collect::<Vec<_>>().join("; ")
        }
    }
}

fn effect(effect: &Effect) -> String {
    let by = if effect.by.is_empty() { String::new() } else { format!(" ({})", effect.by) };
    format!("{} = {}{by}", effect.name, effect.after)
}

/// Writes the parts of a sentence: its plain words, the words that stand in backticks, and its figures.
pub(super) fn parts(sentence: &Sentence, forms: &Forms<'_>) -> String {
    let part = |part: &Part| match part.step {
        Some(step) => (forms.linked)(&part.text, step.0),
        None => {
            let pieces = part.text.split('`').enumerate().filter(|(_, piece)| !piece.is_empty());
            let piece = |(at, piece): (usize, &str)| {
                if at % 2 == 1 { (forms.code)(piece) } else { (forms.plain)(piece) }
            };
            pieces.map(piece).collect()
        }
    };
    sentence.iter().map(part).collect()
}

/// How a page writes the parts of a sentence.
pub(super) struct Forms<'a> {
    pub(super) plain: &'a dyn Fn(&str) -> String,
    pub(super) code: &'a dyn Fn(&str) -> String,
    pub(super) linked: &'a dyn Fn(&str, usize) -> String,
}
