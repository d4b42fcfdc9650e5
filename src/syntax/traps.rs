//! The mistakes that people are known to make, each with what to do about it and, where certain, a correction.

mod brackets;
mod form;
mod grants;
mod headings;
mod layout;
mod lines;
mod money;
mod problem;
mod rows;
mod sentences;
mod signs;
mod spoken;
mod times;
mod words;

use super::stop::Scene;
use crate::diag::{Diagnostic, Report};

use self::problem::Trap;

pub(super) use self::layout::goes_on_with_header;

/// A rule that recognises one mistake.
type Rule = fn(&Scene<'_>) -> Option<Trap>;

/// A rule that recognises a form close to one of the language, and shows the right one.
type Form = fn(&Scene<'_>) -> Option<Diagnostic>;

/// The first rules, in the order they are tried: what can never be right, then layout.
const FIRST: &[Rule] = &[
    layout::misplaced,
    signs::typographic_quotes,
    signs::open_text,
    signs::foreign_comment,
    signs::percent,
    signs::spaced_number,
    signs::foreign_sign,
    signs::braces,
    signs::semicolon_at_end,
    layout::header_continued,
    layout::statement_too_deep,
];

/// Forms that other texts use: those of figures, then those of rows, then those of sentences.
const FORMS: &[Form] = &[
    money::price_tag,
    money::millions_of_others,
    money::unit_first,
    money::capital_unit,
    times::time_after_value,
    headings::date_of_document,
    headings::line_on_header,
    headings::basis_without_source,
    spoken::word_before_date,
    spoken::word_before_period,
    times::date,
    times::the_year,
    times::price_level,
    times::span_of_years,
    times::short_year,
    times::time_without_word,
    rows::beside_table,
    rows::below_table,
    rows::value_among_rows,
    rows::plus_after_unit,
    rows::deeper_row,
    rows::of_scale,
    rows::spoken_bound,
    rows::anything,
    rows::no_result,
    rows::sign_before,
    rows::of_table,
    sentences::table_without_name,
    sentences::colon_after_header,
    sentences::type_without_comma,
    sentences::compared_in_words,
    spoken::grant_without_name,
    spoken::condition_before_value,
    spoken::compared_condition,
    spoken::value_after_is,
    spoken::if_for_when,
    spoken::choice_before_name,
    spoken::operator_in_words,
    spoken::name_per_year,
    spoken::type_in_words,
    spoken::name_of_words,
    grants::otherwise_after_comma,
    grants::paid_if,
    grants::conditional_name,
    grants::value_if,
    sentences::bound_without_but,
    sentences::modifier_after_conditions,
    sentences::dash_for_minus,
    sentences::modifier_without_comma,
    sentences::without_all,
    sentences::shared_with_nobody,
    sentences::conditions_joined,
    sentences::basis_without_comma,
    lines::whose_first,
    lines::whose_without_quotes,
    lines::carried_after_title,
    lines::row_without_table,
    lines::without_equals,
    lines::percent_without_of,
    spoken::outside_clause,
];

/// The last rules: an empty block, then words, then what is missing.
const LAST: &[Rule] = &[
    layout::empty_block,
    words::capital,
    words::other_language,
    words::unit_without_dot,
    brackets::call,
    words::reserved_name,
    words::choice,
    brackets::unbalanced,
    words::header_of_other_language,
    words::half_phrase,
    words::misspelt,
];

/// Recognises a known mistake in a line that does not parse.
pub(super) fn trap(scene: &Scene<'_>) -> Option<Diagnostic> {
    let of = |rules: &[Rule]| rules.iter().find_map(|rule| rule(scene)).map(|trap| trap.report());
    of(FIRST)
        .or_else(|| FORMS.iter().find_map(|form| form(scene)))
        .or_else(|| of(LAST))
        .or_else(|| spoken::bare_name_of_words(scene))
        .or_else(|| lines::sentence(scene))
}
