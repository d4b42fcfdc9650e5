//! The words of the language: one table of rule, Danish, English and highlight class. The grammar's two keyword files
//! say the same, and a test compares them with this table.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::grammar::Kind;
use crate::base::Lang;
use crate::value::month_names;

/// What a word is, for highlighting.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum WordClass {
    /// Opens an item, a line or a part of one: `klausul`, `hjemmel`, `gælder`.
    Statement,
    /// Joins or computes: `af`, `hvis`, `fordelt efter`.
    Operator,
    /// Names a type: `tal`, `dato`.
    Type,
    /// Names a built-in unit: `kr.`, `pct.`.
    Unit,
    /// Is a value: `ja`, `ukendt`.
    Value,
    /// Marks a figure or a reading: `skøn`, `valgt`.
    Mark,
}

/// One keyword or phrase of the language.
#[derive(Clone, Copy, Debug)]
pub struct Keyword {
    /// The grammar rule.
    pub(crate) kind: Kind,
    /// The spellings in Danish, the usual one first; words are separated by one space.
    da: &'static str,
    /// The spellings in English, the usual one first.
    en: &'static str,
    /// Its highlight class.
    pub class: WordClass,
}

impl Keyword {
    /// Returns the usual spelling.
    pub fn spelling(&self, lang: Lang) -> &'static str {
        self.spellings(lang).next().unwrap_or("")
    }
    /// Walks all spellings.
    pub fn spellings(&self, lang: Lang) -> std::str::Split<'static, char> {
        lang.pick(self.da, self.en).split('|')
    }
}

/// Finds a keyword by its grammar rule.
pub(crate) fn keyword(kind: Kind) -> Option<&'static Keyword> {
    KEYWORDS.iter().find(|keyword| keyword.kind == kind)
}

/// Returns the language whose lines can start with this word, if only one has it there.
pub(crate) fn language_of_opener(word: &str) -> Option<Lang> {
    static OPENERS: LazyLock<BTreeMap<&str, Option<Lang>>> = LazyLock::new(|| {
        let opens = |keyword: &&Keyword| keyword.class == WordClass::Statement;
        words_by_language(KEYWORDS.iter().filter(opens), |spelling| spelling.split(' ').take(1))
    });
    OPENERS.get(word).copied().flatten()
}

/// Returns the language that has this word in a keyword, if only one has.
pub(crate) fn language_of_word(word: &str) -> Option<Lang> {
    static WORDS: LazyLock<BTreeMap<&str, Option<Lang>>> =
        LazyLock::new(|| words_by_language(KEYWORDS.iter(), |spelling| spelling.split(' ').take(usize::MAX)));
    WORDS.get(word).copied().flatten()
}

type Words = std::iter::Take<std::str::Split<'static, char>>;

/// Maps words to the one language that has them, or to `None` when both do.
fn words_by_language<'k>(
    keywords: impl Iterator<Item = &'k Keyword>,
    words: fn(&'static str) -> Words,
) -> BTreeMap<&'static str, Option<Lang>> {
    let mut languages = BTreeMap::new();
    for keyword in keywords {
        for lang in [Lang::Da, Lang::En] {
            for word in keyword.spellings(lang).flat_map(words) {
                let entry = languages.entry(word).or_insert(Some(lang));
                if *entry != Some(lang) {
                    *entry = None;
                }
            }
        }
    }
    languages
}

/// Returns the month that a word names, from 1.
pub(crate) fn month(lang: Lang, word: &str) -> Option<i8> {
    let index = month_names(lang).iter().position(|name| *name == word)?;
    i8::try_from(index + 1).ok()
}

/// Tells whether a word is reserved: it cannot be a name in files of that language.
pub fn is_reserved(lang: Lang, word: &str) -> bool {
    reserved(lang).split(' ').any(|reserved| reserved == word)
}

/// The reserved words, separated by spaces.
pub(crate) fn reserved(lang: Lang) -> &'static str {
    lang.pick(RESERVED_DA, RESERVED_EN)
}

/// The part of a grant that the last word of a path can ask for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum GrantPart {
    /// `drift.fuldt`, `drift.full`: the amount before its conditions.
    Full,
    /// `drift.bortfaldet`, `drift.lapsed`: the full amount less what is paid.
    Lapsed,
}

/// Returns the part of a grant that a word asks for.
pub fn grant_part(lang: Lang, word: &str) -> Option<GrantPart> {
    if word == lang.pick("fuldt", "full") {
        Some(GrantPart::Full)
    } else if word == lang.pick("bortfaldet", "lapsed") {
        Some(GrantPart::Lapsed)
    } else {
        None
    }
}

const RESERVED_DA: &str = "af alle antal blandt dag den dog efter ellers eller er fordelt forhøjet for fra før \
gennemsnit hidtidig hvis hvor højst ikke indtil ingen i ja med mellem mindste mindst nedsat nej nominelt når og \
omregnet opgjort over rang reguleret senest største sum så tidligst til ukendt under videreført vist vægtet år";

const RESERVED_EN: &str = "adjusted all among and as at average before between but by converted day else for former \
from if in is largest none not no number of on or otherwise over per raised rank reduced rounded shared shown \
smallest stated sum then through to under unknown until weighted when where with year yes";

/// Declares the table.
macro_rules! table {
    ($($kind:ident $da:literal $en:literal $class:ident;)*) => {
        /// Every keyword and phrase, in the order of the grammar's keyword files.
        pub const KEYWORDS: &[Keyword] = &[
            $(Keyword { kind: Kind::$kind, da: $da, en: $en, class: WordClass::$class },)*
        ];
    };
}

table! {
    // Items and their lines.
    kw_agreement "aftale" "agreement" Statement;
    kw_act "lov" "act" Statement;
    kw_parties "parter" "parties" Statement;
    kw_period "periode" "period" Statement;
    kw_price_level "prisniveau" "price level" Statement;
    kw_assumed "antaget" "assumed" Mark;
    kw_use "brug" "use" Statement;
    kw_source "kilde" "source" Statement;
    kw_publisher "udgiver" "publisher" Statement;
    kw_unit "måleenhed" "unit" Statement;
    kw_money "penge" "money" Type;
    kw_type "type" "type" Statement;
    kw_each "hvert|hver" "each" Statement;
    kw_has "har" "has" Statement;
    kw_name_in_column "navn i kolonne" "name in column" Statement;
    kw_exists "findes" "exists" Statement;
    kw_succeeds "afløser" "succeeds" Statement;
    kw_index "indeks" "index" Statement;
    kw_given "givet" "given" Statement;
    kw_clause "klausul" "clause" Statement;
    kw_carries_over "viderefører" "carries over" Statement;
    kw_for_each "for hvert|for hver" "for each" Statement;
    kw_in_force "gælder" "in force" Statement;
    kw_each_amount "hvert beløb" "each amount" Statement;
    kw_each_step "hvert led" "each step" Statement;
    kw_condition "betingelse" "condition" Statement;
    kw_grant "tilskud" "grant" Statement;
    kw_conditional_on "betinget af" "conditional on" Statement;
    kw_split_into "delt i" "split into" Statement;
    kw_rest "resten" "the rest" Value;
    kw_duty "pligt" "duty" Statement;
    kw_on "påhviler" "on" Statement;
    kw_met_when "opfyldt når" "met when" Statement;
    kw_table "tabel" "table" Statement;
    kw_by "efter" "by" Operator;
    kw_scale "trappe" "scale" Statement;
    kw_above_that "derover" "above that" Statement;
    kw_first_row "første række gælder" "first row applies" Statement;
    kw_rows_agree "rækkerne skal være enige" "rows must agree" Statement;
    kw_rows_add "rækkerne lægges sammen" "rows add up" Statement;
    kw_largest_applies "den største gælder" "the largest applies" Statement;
    kw_smallest_applies "den mindste gælder" "the smallest applies" Statement;
    kw_linear "lineært mellem punkterne" "linear between the points" Statement;
    kw_repealed "udgår" "repealed" Value;
    kw_exception "undtagelse" "exception" Statement;
    kw_when "når" "when" Statement;
    kw_takes_precedence "går forud for" "takes precedence over" Statement;
    kw_does_not_apply "gælder ikke" "does not apply" Value;
    kw_assumption "antagelse" "assumption" Statement;
    kw_reading "læsning" "reading" Statement;
    kw_chosen "valgt" "chosen" Mark;
    kw_amendment "ændring" "amendment" Statement;
    kw_amends "af" "to" Statement;
    kw_scenario "scenarie" "scenario" Statement;
    kw_builds_on "bygger på" "builds on" Statement;
    kw_test "prøve" "test" Statement;
    kw_expect "forvent" "expect" Statement;
    kw_error "fejl" "error" Value;
    kw_require "krav" "require" Statement;
    kw_check "kontrol" "check" Statement;
    kw_known_difference "kendt afvigelse" "known difference" Statement;
    kw_background "baggrund" "background" Statement;
    kw_judgement "vurdering" "judgement" Statement;
    kw_reason "begrundelse" "reason" Statement;

    // Citations.
    kw_basis "hjemmel" "basis" Statement;
    kw_annex "bilag" "annex" Statement;
    kw_box "boks" "box" Statement;
    kw_bullet "pind" "bullet" Statement;
    kw_section "afsnit" "section" Statement;
    kw_article "artikel" "article" Statement;
    kw_paragraph "§" "§" Statement;
    kw_subsection "stk." "subsection" Statement;
    kw_number_ref "nr." "no." Statement;
    kw_letter "litra" "letter" Statement;

    // Types.
    kw_whole "hele" "whole" Type;
    kw_number "tal" "number" Type;
    kw_text "tekst" "text" Type;
    kw_date "dato" "date" Type;
    kw_yes_no "ja/nej" "yes/no" Type;
    kw_one_of "en af" "one of" Type;
    kw_always "altid" "always" Type;
    kw_if_not_stated "hvis ikke oplyst" "if not stated" Type;

    // Units.
    unit_thousand "t.kr.|t. kr." "thousand kr." Unit;
    unit_million "mio. kr.|mio.kr." "million kr." Unit;
    unit_billion "mia. kr.|mia.kr." "billion kr." Unit;
    unit_krone "kr." "kr." Unit;
    unit_point "pct.-point" "percentage points|percentage point" Unit;
    unit_percent "pct." "per cent" Unit;
    unit_per_mille "promille" "per mille" Unit;
    unit_year "år" "years|year" Unit;
    unit_quarter "kvartaler|kvartal" "quarters|quarter" Unit;
    unit_month "måneder|måned" "months|month" Unit;
    unit_day "dage|dag" "days|day" Unit;
    kw_per "pr." "per" Unit;

    // Price levels and status.
    kw_current "løbende" "current" Mark;
    kw_years_level "årets pl" "the year's pl" Mark;
    kw_estimate "skøn" "estimate" Mark;
    kw_provisional "foreløbig" "provisional" Mark;
    kw_approximate "ca." "approx." Mark;

    // Time.
    kw_total_in "samlet i" "in total in" Operator;
    kw_in "i" "in" Operator;
    kw_from "fra" "from" Operator;
    kw_through "til og med" "through" Operator;
    kw_until "indtil" "until" Operator;
    kw_to "til" "to" Operator;
    kw_otherwise "ellers" "otherwise" Operator;
    kw_on_date "den" "on" Operator;
    kw_year_before "året før" "the year before" Operator;
    kw_year "år" "year" Value;
    kw_day "dag" "day" Value;
    kw_start_of "primo" "start of" Operator;
    kw_middle_of "medio" "middle of" Operator;
    kw_end_of "ultimo" "end of" Operator;
    kw_days_from "dage fra" "days from" Operator;
    kw_whole_years_from "hele år fra" "whole years from" Operator;
    kw_whole_months_from "hele måneder fra" "whole months from" Operator;

    // Values.
    kw_yes "ja" "yes" Value;
    kw_no "nej" "no" Value;
    kw_none "ingen" "none" Value;
    kw_unknown "ukendt" "unknown" Value;
    kw_carried_on "videreført" "carried on" Value;
    kw_former "hidtidig" "former" Operator;

    // Choice and comparison.
    kw_if "hvis" "if" Operator;
    kw_then "så" "then" Operator;
    kw_else "ellers" "else" Operator;
    kw_or "eller" "or" Operator;
    kw_and "og" "and" Operator;
    kw_not "ikke" "not" Operator;
    kw_is "er" "is" Operator;
    kw_at_least "mindst" "at least" Operator;
    kw_at_most "højst" "at most" Operator;
    kw_over "over" "over" Operator;
    kw_under "under" "under" Operator;
    kw_between "mellem" "between" Operator;
    kw_no_later "senest" "no later than" Operator;
    kw_before "før" "before" Operator;
    kw_no_earlier "tidligst" "no earlier than" Operator;

    // Computing.
    kw_of "af" "of" Operator;
    kw_as_percent_of "i pct. af" "as per cent of" Operator;
    kw_raised_by "forhøjet med" "raised by" Operator;
    kw_reduced_by "nedsat med" "reduced by" Operator;
    kw_converted_to "omregnet til" "converted to" Operator;
    kw_adjusted_by "reguleret efter" "adjusted by" Operator;
    kw_stated_in "opgjort i" "stated in" Operator;
    kw_nominal "nominelt" "in nominal terms" Operator;
    kw_shared_equally "fordelt ligeligt" "shared equally" Operator;
    kw_shared_by "fordelt efter" "shared by" Operator;
    kw_among_all "blandt alle" "among all" Operator;

    // Aggregates.
    kw_sum_of "sum af" "sum of" Operator;
    kw_average_of "gennemsnit af" "average of" Operator;
    kw_largest_of "største af" "largest of" Operator;
    kw_smallest_of "mindste af" "smallest of" Operator;
    kw_rank_of "rang af" "rank of" Operator;
    kw_count_conditions_met "antal opfyldte betingelser" "number of conditions met" Operator;
    kw_count_met_of "antal opfyldte af" "number met of" Operator;
    kw_count "antal" "number of" Operator;
    kw_all_conditions_met "alle betingelser opfyldt" "all conditions met" Operator;
    kw_for_all "for alle" "for all" Operator;
    kw_for_at_least "for mindst" "for at least" Operator;
    kw_for "for" "for" Operator;
    kw_with_same "med samme" "with the same" Operator;
    kw_where "hvor" "where" Operator;
    kw_weighted_by "vægtet med" "weighted by" Operator;
    kw_largest_first "størst først" "largest first" Operator;
    kw_smallest_first "mindst først" "smallest first" Operator;

    // Modifiers.
    kw_rounded_each_to "afrundet hver for sig til" "rounded each to" Operator;
    kw_rounded_to "afrundet til" "rounded to" Operator;
    kw_up "op" "up" Operator;
    kw_down "ned" "down" Operator;
    kw_towards_zero "mod nul" "towards zero" Operator;
    kw_to_even "til lige" "to even" Operator;
    kw_but_at_most "dog højst" "but at most" Operator;
    kw_but_at_least "dog mindst" "but at least" Operator;
    kw_remainder_to "rest til" "remainder to" Operator;
    kw_shown_to "vist i" "shown to" Operator;
    kw_equally_per_year "ligeligt pr. år" "equally per year" Operator;
    kw_if_day_missing "hvis dagen mangler" "if the day is missing" Operator;
    kw_last_day_of_month "månedens sidste dag" "last day of the month" Value;
    kw_first_of_next "den 1. i næste måned" "the 1st of next month" Value;
    kw_if_none "hvis ingen" "if none" Operator;
    kw_if_zero "hvis nævneren er 0" "if the denominator is 0" Operator;
}

#[cfg(test)]
mod tests {
    use super::*;

    const DANISH: &str = include_str!("../../grammar/da.pest");
    const ENGLISH: &str = include_str!("../../grammar/en.pest");

    /// The rule of a keyword as the grammar writes it.
    fn rule(keyword: &Keyword, lang: Lang) -> String {
        let alternatives: Vec<String> = keyword.spellings(lang).map(phrase).collect();
        format!("{:?} = @{{ {} }}", keyword.kind, alternatives.join(" | "))
    }

    fn phrase(spelling: &str) -> String {
        let words: Vec<String> = spelling.split(' ').map(|word| format!("\"{word}\"")).collect();
        let end = if spelling.ends_with(char::is_alphanumeric) { " ~ b" } else { "" };
        format!("{}{end}", words.join(" ~ w1 ~ "))
    }

    fn rules(grammar: &str) -> Vec<&str> {
        let is_rule = |line: &&str| !line.is_empty() && !line.starts_with("//");
        grammar.lines().filter(is_rule).collect()
    }

    fn names(grammar: &str) -> Vec<&str> {
        rules(grammar).iter().filter_map(|line| line.split(' ').next()).collect()
    }

    #[test]
    fn the_keyword_files_say_what_the_table_says() {
        for (lang, grammar) in [(Lang::Da, DANISH), (Lang::En, ENGLISH)] {
            let table: Vec<String> = KEYWORDS.iter().map(|keyword| rule(keyword, lang)).collect();
            let file = rules(grammar);
            assert_eq!(file.get(..table.len()).unwrap_or(&[]), table, "{lang:?}");
            let others = ["month", "reserved", "date_words", "quarter", "level", "genitive"];
            assert_eq!(names(grammar).get(table.len()..), Some(others.as_slice()), "{lang:?}");
        }
    }

    #[test]
    fn every_keyword_of_the_grammar_is_in_the_table() {
        for kind in Kind::ALL {
            let name = format!("{kind:?}");
            let is_word = name.starts_with("kw_") || name.starts_with("unit_");
            let composed = ["unit_decl", "unit_expr", "unit_per", "unit_word"].contains(&name.as_str());
            assert_eq!(keyword(*kind).is_some(), is_word && !composed, "{name}");
        }
    }

    #[test]
    fn both_keyword_files_have_the_same_rules_in_the_same_order() {
        assert_eq!(names(DANISH), names(ENGLISH));
    }

    #[test]
    fn reserved_words_and_months_are_those_of_the_files() {
        for (lang, grammar) in [(Lang::Da, DANISH), (Lang::En, ENGLISH)] {
            // The longest first, so that no word hides one that starts with it.
            let mut words: Vec<&str> = reserved(lang).split(' ').collect();
            words.sort_by_key(|word| (std::cmp::Reverse(word.chars().count()), *word));
            for (rule, words) in [("reserved", words), ("month", month_names(lang).to_vec())] {
                let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                let line = format!("{rule} = @{{ ({}) ~ b }}", quoted.join(" | "));
                assert!(rules(grammar).contains(&line.as_str()), "{line}");
            }
        }
    }

    #[test]
    fn no_spelling_hides_a_longer_one_of_its_keyword() {
        for keyword in KEYWORDS {
            for lang in [Lang::Da, Lang::En] {
                let spellings: Vec<&str> = keyword.spellings(lang).collect();
                for (index, first) in spellings.iter().enumerate() {
                    let hidden = spellings.iter().skip(index + 1).any(|later| later.starts_with(first));
                    assert!(!hidden, "{:?} {spellings:?}", keyword.kind);
                }
            }
        }
    }
}
