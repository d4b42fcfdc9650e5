//! Reasons as they are told where several things have a say: exceptions over shares and over each other, conditions of
//! which one part decides, years of which one fails.

use klausul::base::Lang;
use klausul::explain::Depth;

use super::{Asked, rules};

/// What is told, in one line, as it need not be where the lines break.
pub(super) fn flat(asked: &Asked, target: &str, lang: Lang) -> String {
    let told = asked.told(target, Depth::Clause, lang);
    let words = told.split_whitespace().filter(|word| !["│", "├─", "└─"].contains(word));
    words.collect::<Vec<_>>().join(" ")
}

pub(super) fn both(asked: &Asked, target: &str) -> (String, String) {
    (flat(asked, target, Lang::Da), flat(asked, target, Lang::En))
}

#[track_caller]
pub(super) fn says(told: &(String, String), da: &str, en: &str) {
    assert!(told.0.contains(da), "{}", told.0);
    assert!(told.1.contains(en), "{}", told.1);
}

const SHARED: &str = r#"
aftale A25 "Prøve (opdigtet)"
  periode 2025-2026
kilde A25 "Prøve (opdigtet)"
hver region, regioner, regionen har
  nøgle : tal, mindst 0
klausul k for hver region
  hjemmel A25 "x"
  pulje = 100 kr.
  andel = pulje fordelt efter nøgle blandt alle regioner, afrundet til 1 kr.
  undtagelse ingen_til_nord
    i 2025
    når region er "Nord"
    andel = 0 kr.
"#;

#[test]
fn what_is_shared_is_before_the_exceptions_that_replace_a_share() {
    let data = r#"{"region": {"Nord": {"nøgle": 1}, "Syd": {"nøgle": 1}}}"#;
    let asked = rules(SHARED).year(2025).json(data).region("Syd");
    says(
        &both(&asked, "k.andel"),
        "præcis det, der fordeles, før undtagelsen ingen_til_nord",
        "exactly what is shared, before the exception ingen_til_nord",
    );
    // In a year without the exception nothing stands before it.
    let asked = rules(SHARED).year(2026).json(data).region("Syd");
    let told = flat(&asked, "k.andel", Lang::Da);
    assert!(told.contains("præcis det, der fordeles") && !told.contains("før undtagelsen"), "{told}");
}

#[test]
fn a_negative_pool_is_told_as_it_is_shared() {
    let text = SHARED.replace("= 100 kr.", "= −5 kr.");
    let data = r#"{"region": {"A": {"nøgle": 1}, "B": {"nøgle": 1}, "C": {"nøgle": 1}}}"#;
    let asked = rules(&text).year(2026).json(data).region("C");
    let told = both(&asked, "k.andel");
    says(
        &told,
        "puljen er negativ: hver andel rundes op mod nul til 1 kr.",
        "the pool is negative: each share is rounded up towards zero to 1 kr.",
    );
    // Each owes 5/3 kr.; of the three, two give the krone that each lacks and one is rounded up to −1 kr.
    assert_eq!(told.0.matches("giver 1 kr. af det manglende").count(), 2, "{}", told.0);
    assert_eq!(told.0.matches("rundet op").count(), 1, "{}", told.0);
    assert_eq!(told.1.matches("gives 1 kr. of what was lacking").count(), 2, "{}", told.1);
}

#[test]
fn an_undecided_part_is_no_reason_where_another_decides() {
    let text = "klausul k\n  givet ok : ja/nej\n  givet v : tal, mellem 0 og 10\n  h = hvis ok eller v > 3 så 1 kr. ellers 2 kr.\n  g = hvis ok og v > 3 så 1 kr. ellers 2 kr.\n";
    let asked = rules(text).year(2025).set("k.ok = ja");
    let told = both(&asked, "k.h");
    says(&told, "er ja, derfor det første", "is yes, hence the first");
    assert!(!told.0.contains("skal være over 3"), "{}", told.0);
    let told = flat(&rules(text).year(2025).set("k.ok = nej"), "k.g", Lang::Da);
    assert!(told.contains("er nej, derfor det andet"), "{told}");
    // Where nothing decides, what is open is the reason.
    let told = flat(&rules(text).year(2025).set("k.ok = ja"), "k.g", Lang::Da);
    assert!(told.contains("skal være over 3"), "{told}");
}

const RANKED: &str = r#"
aftale A25 "Prøve (opdigtet)"
  periode 2025
kilde A25 "Prøve (opdigtet)"
klausul k
  hjemmel A25 "x"
  x = 10 kr.
  y = 10 kr.
  undtagelse a
    i 2025
    x = 15 kr.
    y = 15 kr.
  undtagelse b
    i 2025
    x = 20 kr.
    y = hidtidig y + 1 kr.
  undtagelse b går forud for a
"#;

#[test]
fn an_exception_that_another_goes_before_is_told_to_give_way() {
    let asked = rules(RANKED).year(2025);
    let told = both(&asked, "k.x");
    says(&told, "undtagelsen a gælder, men viger for b", "the exception a applies, but gives way to b");
    says(&told, "undtagelsen b gælder", "the exception b applies");
    assert!(!told.0.contains("b gælder, men"), "{}", told.0);
    // What builds on `hidtidig` lets the one below it count: 15 + 1.
    let told = flat(&asked, "k.y", Lang::Da);
    assert!(told.contains("k.y, 2025 = 16 kr.") && !told.contains("viger"), "{told}");
}

#[test]
fn a_check_that_fails_names_its_years() {
    let failing = |years: &str, lines: &str| {
        let text = format!(
            "aftale A25 \"Prøve (opdigtet)\"\n  periode {years}\nkilde A25 \"Prøve (opdigtet)\"\nklausul k\n  hjemmel A25 \"x\"\n{lines}  kontrol \"a er 10\" a = 10 kr.\n"
        );
        let asked = rules(&text);
        let mut problems = klausul::diag::Problems::new();
        asked.session.checks(&mut problems);
        let found: Vec<_> = problems.iter().flat_map(|finding| finding.labels.clone()).collect();
        found.into_iter().map(|label| (label.text.da, label.text.en)).collect::<Vec<_>>()
    };
    let said = |da: &str, en: &str| vec![(da.to_owned(), en.to_owned())];
    let one = failing("2025-2026", "  a i 2025 = 10 kr.\n  a i 2026 = 20 kr.\n");
    assert_eq!(one, said("i 2026", "in 2026"));
    let two = failing("2025-2027", "  a i 2025 = 10 kr.\n  a i 2026 = 20 kr.\n  a i 2027 = 30 kr.\n");
    assert_eq!(two, said("i 2026; det holder heller ikke i 2027", "in 2026; nor does it hold in 2027"));
    // Where every year says the same, none is singled out.
    assert_eq!(failing("2025-2026", "  a = 20 kr.\n"), said("", ""));
}

#[test]
fn rows_that_agree_are_told_where_the_key_is_unknown() {
    let text = "klausul k\n  givet art : en af \"a\"; \"b\"; \"c\"\n  tabel t efter art\n    \"a\" | 5 kr.\n    \"b\" | 2 × 2,5 kr.\n    \"c\" | 5 kr.\n";
    says(
        &both(&rules(text).year(2025), "k.t"),
        "art er ukendt, de mulige rækker er",
        "art is unknown, the rows possible are",
    );
    let told = flat(&rules(text).year(2025), "k.t", Lang::Da);
    assert!(told.contains("`\"c\" | 5 kr.`; de giver det samme"), "{told}");
}

#[test]
fn the_rest_of_a_total_for_years_shows_its_arithmetic() {
    let text = "klausul k\n  ramme samlet i 2025-2026 = 100 kr. delt i\n    a = 30 kr.\n    b = resten\n  b_i_alt = sum af b i 2025-2026\n";
    let told = both(&rules(text).year(2025), "k.b_i_alt");
    says(&told, "= 100 kr. − 30 kr.", "= 100 kr. − 30 kr.");
}

#[test]
fn what_does_not_apply_is_told_in_words_and_not_as_a_figure() {
    let text = "klausul k\n  x i 2026 = 5 kr.\n  betingelse c = 2 > 1\n  y = 10 pct. af x\n  tilskud t = x betinget af c\n  f = 1 kr. / (1 − 1)\n  z = f × 2\n";
    let asked = rules(text).year(2025);
    let told = both(&asked, "k.y");
    says(&told, "da x ikke gælder", "as x does not apply");
    assert!(!told.0.contains("af gælder ikke"), "{}", told.0);
    says(
        &both(&asked, "k.t"),
        "betingelserne er opfyldt, men tilskuddets beløb gælder ikke",
        "the conditions are met, but the amount of the grant does not apply",
    );
    let told = both(&asked, "k.z");
    says(&told, "da f ikke kan regnes ud", "as f cannot be computed");
    assert!(!told.0.contains("fejl ×"), "{}", told.0);
}

#[test]
fn what_goes_wrong_for_many_is_said_once() {
    let text = SHARED.replace("  pulje = 100 kr.\n", "  pulje = 1 kr. / (1 − 1)\n");
    let data = r#"{"region": {"Nord": {"nøgle": 1}, "Syd": {"nøgle": 1}}}"#;
    let asked = rules(&text).year(2026).json(data);
    let told = klausul::session::sheet(&asked.answer("k"), Lang::Da);
    let notes: Vec<&str> =
        told.groups.iter().flat_map(|group| &group.notes).map(|note| note.text.as_str()).collect();
    assert_eq!(notes.len(), 1, "{notes:?}");
    assert!(notes[0].contains("Nord.andel, Syd.andel: K04"), "{notes:?}");
}

const CARRIED: &str = r#"
aftale A24 "Prøve (opdigtet)"
  periode 2024-2026
kilde A24 "Prøve (opdigtet)"
klausul n
  hjemmel A24 "x"
  pulje = 100 kr.
ændring t "Tillæg" af A24
  hjemmel A24 "tillæg"
  fra 2025
  A24.n.pulje = 150 kr.
aftale A25 "Ny prøve (opdigtet)"
  periode 2024-2026
kilde A25 "Ny prøve (opdigtet)"
klausul n viderefører A24.n
  hjemmel A25 "y"
"#;

#[test]
fn a_carried_line_tells_which_amendments_of_the_old_clause_stay_there() {
    says(
        &both(&rules(CARRIED).year(2025), "A25.n.pulje"),
        "videreført fra A24.n, uden ændringen `t`, der kun gælder der",
        "carried over from A24.n, without the amendment `t`, which holds only there",
    );
    let before = flat(&rules(CARRIED).year(2024), "A25.n.pulje", Lang::Da);
    assert!(before.contains("videreført fra A24.n") && !before.contains("ændringen"), "{before}");
    let there = flat(&rules(CARRIED).year(2025), "A24.n.pulje", Lang::Da);
    assert!(there.contains("150 kr.") && !there.contains("videreført"), "{there}");
}

const READ: &str = r#"
aftale A25 "Prøve (opdigtet)"
  periode 2025-2028
kilde A25 "Prøve (opdigtet)"
klausul k
  hjemmel A25 "x"
  a = 10 kr.
  b = a + 1 kr.
  undtagelse e
    i 2027
    a = 5 kr.
antagelse tvivl "to læsninger"
  læsning første (valgt)
    k.a = 20 kr.
  læsning anden
    k.a = 30 kr.
ændring m "Tillæg" af A25
  hjemmel A25 "tillæg"
  i 2026
  k.a = 40 kr.
ændring n "Tillæg 2" af A25
  hjemmel A25 "tillæg 2"
  i 2028
  k.a = hidtidig k.a + 1 kr.
"#;

#[test]
fn a_reading_is_named_only_where_it_matters() {
    let named = |year: i16| flat(&rules(READ).year(year), "k.b", Lang::Da).contains("tvivl");
    assert!(named(2025), "the reading gives the value");
    assert!(!named(2026), "an amendment gives it, whichever the reading");
    assert!(!named(2027), "an exception gives it");
    assert!(named(2028), "the amendment builds on what the reading gives");
}
