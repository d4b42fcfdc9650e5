//! What each rule of the grammar stands for, to a reader who is told what could have stood at a place.

use super::expect::Expected;
use super::grammar::Kind;

/// What a rule of the grammar stands for; every rule is listed, so that a new one must be thought of.
pub(super) fn expected(kind: Kind) -> Expected {
    match kind {
        Kind::only_expr
        | Kind::vulgar
        | Kind::fraction
        | Kind::measured_fraction
        | Kind::fraction_of
        | Kind::date_value
        | Kind::edge
        | Kind::key_value
        | Kind::cell_value
        | Kind::domain
        | Kind::literal
        | Kind::path
        | Kind::path_part
        | Kind::index
        | Kind::index_value
        | Kind::owned
        | Kind::expr
        | Kind::choice
        | Kind::digits_atom
        | Kind::reserved_atom
        | Kind::word_atom
        | Kind::if_expr
        | Kind::or_chain
        | Kind::and_chain
        | Kind::not_chain
        | Kind::comparison
        | Kind::one_of_value
        | Kind::sum_chain
        | Kind::word_chain
        | Kind::product_chain
        | Kind::of_chain
        | Kind::negation
        | Kind::timed
        | Kind::computed_time
        | Kind::atom
        | Kind::paren
        | Kind::count_conditions_met
        | Kind::all_conditions_met
        | Kind::count_met_of
        | Kind::counted
        | Kind::extreme
        | Kind::list_ahead
        | Kind::in_brackets
        | Kind::aggregate
        | Kind::aggregate_op
        | Kind::date_span
        | Kind::former
        | Kind::unknown
        | Kind::not_applying
        | Kind::operand
        | Kind::kw_rest
        | Kind::kw_year
        | Kind::kw_day
        | Kind::kw_start_of
        | Kind::kw_middle_of
        | Kind::kw_end_of
        | Kind::kw_days_from
        | Kind::kw_whole_years_from
        | Kind::kw_whole_months_from
        | Kind::kw_yes
        | Kind::kw_no
        | Kind::kw_none
        | Kind::kw_unknown
        | Kind::kw_carried_on
        | Kind::kw_former
        | Kind::kw_if
        | Kind::kw_not
        | Kind::kw_sum_of
        | Kind::kw_average_of
        | Kind::kw_largest_of
        | Kind::kw_smallest_of
        | Kind::kw_rank_of
        | Kind::kw_count_conditions_met
        | Kind::kw_count_met_of
        | Kind::kw_count
        | Kind::kw_all_conditions_met
        | Kind::genitive => Expected::Value,
        Kind::only_table_line
        | Kind::row
        | Kind::cell
        | Kind::cell_end
        | Kind::cell_repealed
        | Kind::cell_any
        | Kind::cell_otherwise
        | Kind::cell_not
        | Kind::open_range
        | Kind::index_slice
        | Kind::index_not
        | Kind::cell_bounds
        | Kind::bound
        | Kind::between
        | Kind::kw_repealed => Expected::Cell,
        Kind::name | Kind::name_raw | Kind::headed | Kind::table_key | Kind::set | Kind::reserved => {
            Expected::Name
        }
        Kind::text => Expected::Text,
        Kind::number | Kind::count => Expected::Number,
        Kind::year => Expected::Year,
        Kind::year_month
        | Kind::iso_date
        | Kind::day_number
        | Kind::quarter_number
        | Kind::period
        | Kind::year_span
        | Kind::month_of_year
        | Kind::moment
        | Kind::date
        | Kind::month
        | Kind::date_words
        | Kind::quarter => Expected::Period,
        Kind::unit_expr
        | Kind::unit_word
        | Kind::unit_thousand
        | Kind::unit_million
        | Kind::unit_billion
        | Kind::unit_krone
        | Kind::unit_point
        | Kind::unit_percent
        | Kind::unit_per_mille
        | Kind::unit_year
        | Kind::unit_quarter
        | Kind::unit_month
        | Kind::unit_day => Expected::Unit,
        Kind::op_eq
        | Kind::op_ne
        | Kind::op_le
        | Kind::op_ge
        | Kind::op_lt
        | Kind::op_gt
        | Kind::op_approx
        | Kind::op_add
        | Kind::op_sub
        | Kind::op_mul
        | Kind::op_div
        | Kind::dash
        | Kind::plus
        | Kind::range_tail
        | Kind::list_tail
        | Kind::or_none
        | Kind::unit_per
        | Kind::compare_sign
        | Kind::compare_word
        | Kind::word_bound
        | Kind::is_one_of
        | Kind::quantifier
        | Kind::word_op
        | Kind::scaled
        | Kind::converted
        | Kind::adjusted
        | Kind::stated_in
        | Kind::as_percent
        | Kind::nominal
        | Kind::shared
        | Kind::at_day
        | Kind::at_time
        | Kind::for_entity
        | Kind::kw_per
        | Kind::kw_on_date
        | Kind::kw_or
        | Kind::kw_and
        | Kind::kw_is
        | Kind::kw_at_least
        | Kind::kw_at_most
        | Kind::kw_over
        | Kind::kw_under
        | Kind::kw_between
        | Kind::kw_no_later
        | Kind::kw_before
        | Kind::kw_no_earlier
        | Kind::kw_of
        | Kind::kw_as_percent_of
        | Kind::kw_raised_by
        | Kind::kw_reduced_by
        | Kind::kw_converted_to
        | Kind::kw_adjusted_by
        | Kind::kw_stated_in
        | Kind::kw_nominal
        | Kind::kw_shared_equally
        | Kind::kw_shared_by
        | Kind::kw_for_all
        | Kind::kw_for_at_least
        | Kind::kw_for => Expected::Sign,
        Kind::when
        | Kind::when_total
        | Kind::when_in
        | Kind::when_on
        | Kind::when_bounds
        | Kind::when_from
        | Kind::when_through
        | Kind::when_until
        | Kind::when_to
        | Kind::when_otherwise
        | Kind::bare_when
        | Kind::kw_total_in
        | Kind::kw_in
        | Kind::kw_from
        | Kind::kw_through
        | Kind::kw_until => Expected::When,
        Kind::modifier
        | Kind::rounded
        | Kind::rounded_each
        | Kind::but_at_most
        | Kind::but_at_least
        | Kind::remainder_to
        | Kind::shown_to
        | Kind::equally_per_year
        | Kind::if_day_missing
        | Kind::if_none
        | Kind::if_zero
        | Kind::kw_rounded_each_to
        | Kind::kw_rounded_to
        | Kind::kw_but_at_most
        | Kind::kw_but_at_least
        | Kind::kw_remainder_to
        | Kind::kw_shown_to
        | Kind::kw_equally_per_year
        | Kind::kw_if_day_missing
        | Kind::kw_if_none
        | Kind::kw_if_zero => Expected::Modifier,
        Kind::rounding => Expected::Rounding,
        Kind::type_expr
        | Kind::type_base
        | Kind::type_one_of
        | Kind::type_whole
        | Kind::kw_whole
        | Kind::kw_number
        | Kind::kw_text
        | Kind::kw_date
        | Kind::kw_yes_no
        | Kind::kw_one_of => Expected::Type,
        Kind::type_part | Kind::type_default | Kind::kw_always | Kind::kw_if_not_stated => Expected::TypePart,
        Kind::level_name | Kind::kw_current | Kind::kw_years_level | Kind::level => Expected::Level,
        Kind::assumed
        | Kind::chosen
        | Kind::level_mark
        | Kind::status_mark
        | Kind::year_before
        | Kind::kw_assumed
        | Kind::kw_chosen
        | Kind::kw_estimate
        | Kind::kw_provisional
        | Kind::kw_approximate
        | Kind::kw_year_before => Expected::Mark,
        Kind::citation => Expected::Citation,
        Kind::locator
        | Kind::kw_annex
        | Kind::kw_box
        | Kind::kw_bullet
        | Kind::kw_section
        | Kind::kw_article
        | Kind::kw_paragraph
        | Kind::kw_subsection
        | Kind::kw_number_ref
        | Kind::kw_letter => Expected::Locator,
        Kind::locator_number | Kind::locator_letter => Expected::LocatorNumber,
        Kind::file
        | Kind::only_item
        | Kind::item
        | Kind::agreement
        | Kind::use_item
        | Kind::source
        | Kind::unit_decl
        | Kind::type_decl
        | Kind::kind_decl
        | Kind::entity_decl
        | Kind::index_decl
        | Kind::clause
        | Kind::assumption
        | Kind::amendment
        | Kind::scenario
        | Kind::test
        | Kind::note
        | Kind::kw_agreement
        | Kind::kw_act
        | Kind::kw_use
        | Kind::kw_source
        | Kind::kw_unit
        | Kind::kw_type
        | Kind::kw_each
        | Kind::kw_index
        | Kind::kw_clause
        | Kind::kw_amendment
        | Kind::kw_scenario
        | Kind::kw_test
        | Kind::kw_background
        | Kind::kw_judgement => Expected::Item,
        Kind::only_agreement_line
        | Kind::only_kind_line
        | Kind::only_entity_line
        | Kind::only_index_line
        | Kind::only_clause_line
        | Kind::only_exception_line
        | Kind::only_reading_line
        | Kind::only_amendment_line
        | Kind::only_scenario_line
        | Kind::only_test_line
        | Kind::only_expect_line
        | Kind::only_assign
        | Kind::only_reading_choice
        | Kind::agreement_line
        | Kind::period_line
        | Kind::level_line
        | Kind::parties_line
        | Kind::source_line
        | Kind::publisher_line
        | Kind::source_date
        | Kind::kind_line
        | Kind::key_column
        | Kind::fact
        | Kind::entity_line
        | Kind::exists_line
        | Kind::succeeds_line
        | Kind::index_line
        | Kind::index_row
        | Kind::index_step
        | Kind::given
        | Kind::assumption_line
        | Kind::reading
        | Kind::precedence
        | Kind::note_line
        | Kind::reason_line
        | Kind::on_line
        | Kind::clause_line
        | Kind::exception_line
        | Kind::reading_line
        | Kind::amendment_line
        | Kind::scenario_line
        | Kind::test_line
        | Kind::in_force
        | Kind::only_when
        | Kind::each_rounded
        | Kind::lift
        | Kind::repeal
        | Kind::require
        | Kind::check
        | Kind::target
        | Kind::assign
        | Kind::split_line
        | Kind::split_part
        | Kind::condition
        | Kind::grant
        | Kind::exception
        | Kind::duty
        | Kind::duty_line
        | Kind::duty_deadline
        | Kind::duty_if
        | Kind::duty_met
        | Kind::scenario_year
        | Kind::scenario_day
        | Kind::builds_on
        | Kind::reading_choice
        | Kind::switch
        | Kind::entity_facts
        | Kind::expect
        | Kind::expect_line
        | Kind::expect_target
        | Kind::expect_error
        | Kind::table
        | Kind::table_line
        | Kind::policy
        | Kind::rows
        | Kind::scale
        | Kind::scale_line
        | Kind::scale_row
        | Kind::kw_parties
        | Kind::kw_period
        | Kind::kw_price_level
        | Kind::kw_publisher
        | Kind::kw_name_in_column
        | Kind::kw_exists
        | Kind::kw_succeeds
        | Kind::kw_given
        | Kind::kw_in_force
        | Kind::kw_each_amount
        | Kind::kw_each_step
        | Kind::kw_condition
        | Kind::kw_grant
        | Kind::kw_duty
        | Kind::kw_on
        | Kind::kw_met_when
        | Kind::kw_table
        | Kind::kw_scale
        | Kind::kw_first_row
        | Kind::kw_rows_agree
        | Kind::kw_rows_add
        | Kind::kw_largest_applies
        | Kind::kw_smallest_applies
        | Kind::kw_linear
        | Kind::kw_exception
        | Kind::kw_when
        | Kind::kw_assumption
        | Kind::kw_reading
        | Kind::kw_builds_on
        | Kind::kw_expect
        | Kind::kw_require
        | Kind::kw_check
        | Kind::kw_reason => Expected::Line,
        Kind::eol | Kind::blank | Kind::line_end | Kind::EOI => Expected::LineEnd,
        Kind::sp
        | Kind::comment
        | Kind::cont
        | Kind::w
        | Kind::w1
        | Kind::open
        | Kind::next
        | Kind::b
        | Kind::word
        | Kind::after_value
        | Kind::broken
        | Kind::lost
        | Kind::gives => Expected::Nothing,
        Kind::comma => Expected::Literal(","),
        Kind::semi => Expected::Literal(";"),
        Kind::colon => Expected::Literal(":"),
        Kind::pipe => Expected::Literal("|"),
        Kind::dot => Expected::Literal("."),
        Kind::eq => Expected::Literal("="),
        Kind::lparen => Expected::Mark,
        Kind::rparen => Expected::Literal(")"),
        Kind::lbracket => Expected::Literal("["),
        Kind::rbracket => Expected::Literal("]"),
        Kind::carries_over => Expected::Word(Kind::kw_carries_over),
        Kind::for_each => Expected::Word(Kind::kw_for_each),
        Kind::conditional_on => Expected::Word(Kind::kw_conditional_on),
        Kind::split => Expected::Word(Kind::kw_split_into),
        Kind::keys => Expected::Word(Kind::kw_by),
        Kind::known_difference => Expected::Word(Kind::kw_known_difference),
        Kind::basis => Expected::Word(Kind::kw_basis),
        Kind::grant_else => Expected::Word(Kind::kw_otherwise),
        Kind::weighted => Expected::Word(Kind::kw_weighted_by),
        Kind::over_set => Expected::Word(Kind::kw_for_all),
        Kind::set_within => Expected::Word(Kind::kw_in),
        Kind::set_same => Expected::Word(Kind::kw_with_same),
        Kind::set_where => Expected::Word(Kind::kw_where),
        Kind::code => Expected::Code,
        Kind::kw_money
        | Kind::kw_has
        | Kind::kw_carries_over
        | Kind::kw_for_each
        | Kind::kw_conditional_on
        | Kind::kw_split_into
        | Kind::kw_by
        | Kind::kw_above_that
        | Kind::kw_takes_precedence
        | Kind::kw_does_not_apply
        | Kind::kw_amends
        | Kind::kw_error
        | Kind::kw_known_difference
        | Kind::kw_basis
        | Kind::kw_to
        | Kind::kw_otherwise
        | Kind::kw_then
        | Kind::kw_else
        | Kind::kw_among_all
        | Kind::kw_with_same
        | Kind::kw_where
        | Kind::kw_weighted_by
        | Kind::kw_largest_first
        | Kind::kw_smallest_first
        | Kind::kw_up
        | Kind::kw_down
        | Kind::kw_towards_zero
        | Kind::kw_to_even
        | Kind::kw_last_day_of_month
        | Kind::kw_first_of_next => Expected::Word(kind),
    }
}
