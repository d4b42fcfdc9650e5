//! The two parsers that pest makes from the grammar, and the neutral tree that both give.

use pest::Parser;
use pest::error::{Error, ErrorVariant, InputLocation};
use pest::iterators::Pairs;

use crate::base::Lang;

#[expect(unreachable_pub, reason = "pest writes this code")]
mod da {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/klausul.pest"]
    #[grammar = "../grammar/da.pest"]
    pub struct Danish;
}

#[expect(unreachable_pub, reason = "pest writes this code")]
mod en {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/klausul.pest"]
    #[grammar = "../grammar/en.pest"]
    pub struct English;
}

/// Declares the kinds of nodes: one for every rule of the grammar, silent ones too. The matches are exhaustive, so a
/// rule that is missing here, or in one of the keyword files, does not compile.
macro_rules! kinds {
    ($($kind:ident)*) => {
        /// What a node of the concrete tree is: the rule that matched.
        #[expect(
            non_camel_case_types,
            clippy::upper_case_acronyms,
            reason = "the names are those of the grammar's rules"
        )]
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub(crate) enum Kind { $($kind,)* }

        impl Kind {
            /// Every kind, in the order of the grammar.
            #[cfg(test)]
            pub(crate) const ALL: &'static [Kind] = &[$(Kind::$kind,)*];

            fn of_danish(rule: da::Rule) -> Kind {
                match rule { $(da::Rule::$kind => Kind::$kind,)* }
            }
            fn of_english(rule: en::Rule) -> Kind {
                match rule { $(en::Rule::$kind => Kind::$kind,)* }
            }
            fn danish(self) -> da::Rule {
                match self { $(Kind::$kind => da::Rule::$kind,)* }
            }
            fn english(self) -> en::Rule {
                match self { $(Kind::$kind => en::Rule::$kind,)* }
            }
        }
    };
}

kinds! {
    file only_item only_agreement_line only_kind_line only_entity_line only_index_line only_clause_line
    only_exception_line only_reading_line only_amendment_line only_scenario_line only_test_line
    only_expect_line only_table_line only_expr only_assign only_reading_choice sp comment eol blank line_end cont w
    w1 open next b word comma semi colon pipe dot eq lparen rparen lbracket rbracket op_eq op_ne op_le op_ge
    op_lt op_gt op_approx op_add op_sub op_mul op_div dash plus name name_raw text number vulgar count year
    year_month iso_date day_number quarter_number fraction measured_fraction fraction_of locator_number locator_letter code period
    year_span month_of_year moment date date_value edge when when_total when_in when_bounds when_from
    when_through when_until when_to when_otherwise item agreement agreement_line period_line level_line
    assumed parties_line use_item source source_line publisher_line source_date unit_decl type_decl
    kind_decl kind_line key_column fact entity_decl entity_line exists_line succeeds_line index_decl
    index_line index_row index_step given clause carries_over for_each assumption assumption_line reading
    chosen amendment precedence scenario test note note_line reason_line on_line clause_line exception_line
    reading_line amendment_line scenario_line test_line basis citation locator in_force bare_when only_when
    each_rounded lift repeal require check known_difference target assign split split_line split_part condition
    grant conditional_on grant_else exception duty duty_line duty_deadline duty_if duty_met scenario_year
    scenario_day builds_on reading_choice switch entity_facts expect expect_line expect_target when_on expect_error table keys
    table_key table_line policy row cell cell_end cell_repealed cell_any cell_otherwise cell_not key_value
    open_range cell_bounds bound between cell_value range_tail list_tail rows scale scale_line scale_row
    type_expr type_base type_one_of type_whole or_none type_part type_default domain unit_expr unit_per
    unit_word after_value level_name level_mark status_mark literal path path_part headed index index_slice index_not
    index_value owned
    expr choice if_expr or_chain and_chain not_chain comparison compare_sign compare_word word_bound
    is_one_of one_of_value quantifier sum_chain word_chain word_op scaled converted adjusted stated_in
    as_percent nominal shared product_chain of_chain negation timed year_before at_day at_time computed_time
    for_entity atom paren count_conditions_met all_conditions_met count_met_of counted extreme
    list_ahead in_brackets aggregate aggregate_op over_set weighted set set_within set_same set_where date_span former unknown not_applying modifier
    rounded rounded_each rounding but_at_most but_at_least operand remainder_to shown_to equally_per_year
    if_day_missing if_none if_zero kw_agreement kw_act kw_parties kw_period kw_price_level kw_assumed kw_use
    kw_source kw_publisher kw_unit kw_money kw_type kw_each kw_has kw_name_in_column kw_exists kw_succeeds
    kw_index kw_given kw_clause kw_carries_over kw_for_each kw_in_force kw_each_amount kw_each_step
    kw_condition kw_grant kw_conditional_on kw_split_into kw_rest kw_duty kw_on kw_met_when kw_table kw_by
    kw_scale kw_above_that kw_first_row kw_rows_agree kw_rows_add kw_largest_applies kw_smallest_applies
    kw_linear kw_repealed kw_exception kw_when kw_takes_precedence kw_does_not_apply kw_assumption
    kw_reading kw_chosen kw_amendment kw_amends kw_scenario kw_builds_on kw_test kw_expect kw_error
    kw_require kw_check kw_known_difference kw_background kw_judgement kw_reason kw_basis kw_annex kw_box
    kw_bullet kw_section kw_article kw_paragraph kw_subsection kw_number_ref kw_letter kw_whole kw_number
    kw_text kw_date kw_yes_no kw_one_of kw_always kw_if_not_stated unit_thousand unit_million unit_billion
    unit_krone unit_point unit_percent unit_per_mille unit_year unit_quarter unit_month unit_day kw_per
    kw_current kw_years_level kw_estimate kw_provisional kw_approximate kw_total_in kw_in kw_from kw_through
    kw_until kw_to kw_otherwise kw_on_date kw_year_before kw_year kw_day kw_start_of kw_middle_of kw_end_of
    kw_days_from kw_whole_years_from kw_whole_months_from kw_yes kw_no kw_none kw_unknown kw_carried_on
    kw_former kw_if kw_then kw_else kw_or kw_and kw_not kw_is kw_at_least kw_at_most kw_over kw_under
    kw_between kw_no_later kw_before kw_no_earlier kw_of kw_as_percent_of kw_raised_by kw_reduced_by
    kw_converted_to kw_adjusted_by kw_stated_in kw_nominal kw_shared_equally kw_shared_by kw_among_all
    kw_sum_of kw_average_of kw_largest_of kw_smallest_of kw_rank_of kw_count_conditions_met kw_count_met_of
    kw_count kw_all_conditions_met kw_for_all kw_for_at_least kw_for kw_with_same kw_where kw_weighted_by
    kw_largest_first kw_smallest_first kw_rounded_each_to kw_rounded_to kw_up kw_down kw_towards_zero
    kw_to_even kw_but_at_most kw_but_at_least kw_remainder_to kw_shown_to kw_equally_per_year
    kw_if_day_missing kw_last_day_of_month kw_first_of_next kw_if_none kw_if_zero month reserved date_words
    quarter level genitive broken lost gives digits_atom reserved_atom word_atom EOI
}

/// A node of the concrete tree: what matched where. Offsets are bytes from the start of the text that was parsed.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// The rule.
    pub(crate) kind: Kind,
    /// First byte.
    pub(crate) start: usize,
    /// One past the last byte, without trailing blanks.
    pub(crate) end: usize,
    /// What it consists of, without punctuation; chains of one link are replaced by the link.
    pub(crate) children: Vec<Node>,
}

/// Where a strict parse stopped.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct StrictError {
    /// The furthest place that was understood, in bytes from the start of the text.
    pub(crate) offset: usize,
    /// What could have stood there, each once; empty when the text is too deeply nested to parse.
    pub(crate) expected: Vec<Kind>,
}

/// Parses the whole of `text` as `entry`, one of the anchored rules.
pub(crate) fn parse_as(entry: Kind, text: &str, lang: Lang) -> Result<Node, StrictError> {
    match lang {
        Lang::Da => match da::Danish::parse(entry.danish(), text) {
            Ok(pairs) => Ok(tree(entry, text, pairs, Kind::of_danish)),
            Err(error) => Err(stopped(&error, Kind::of_danish)),
        },
        Lang::En => match en::English::parse(entry.english(), text) {
            Ok(pairs) => Ok(tree(entry, text, pairs, Kind::of_english)),
            Err(error) => Err(stopped(&error, Kind::of_english)),
        },
    }
}

fn stopped<R: pest::RuleType>(error: &Error<R>, kind_of: fn(R) -> Kind) -> StrictError {
    let offset = match error.location {
        InputLocation::Pos(at) => at,
        InputLocation::Span((start, _)) => start,
    };
    let mut expected = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.iter().copied().map(kind_of).collect(),
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    expected.sort_unstable();
    expected.dedup();
    StrictError { offset, expected }
}

/// Makes the neutral tree, without recursion: a token stream with starts and ends, and a stack of open nodes.
fn tree<R: pest::RuleType>(entry: Kind, text: &str, pairs: Pairs<'_, R>, kind_of: fn(R) -> Kind) -> Node {
    let mut open: Vec<Node> = Vec::new();
    let mut root = Node { kind: entry, start: 0, end: text.len(), children: Vec::new() };
    for token in pairs.tokens() {
        match token {
            pest::Token::Start { rule, pos } => {
                let start = pos.pos();
                open.push(Node { kind: kind_of(rule), start, end: start, children: Vec::new() });
            }
            pest::Token::End { pos, .. } => {
                let Some(mut node) = open.pop() else { continue };
                node.end = trimmed_end(text, node.start, pos.pos());
                let parent = open.last_mut().unwrap_or(&mut root);
                close(node, &mut parent.children);
            }
        }
    }
    match root.children.pop() {
        Some(node) => node,
        None => root,
    }
}

/// Ends a node before trailing blanks. INVARIANT: a rule never ends in a comment, since white space is written out
/// in the grammar and stands only between tokens.
fn trimmed_end(text: &str, start: usize, end: usize) -> usize {
    text.get(start..end).map_or(end, |covered| start + covered.trim_end().len())
}

fn close(mut node: Node, siblings: &mut Vec<Node>) {
    if node.kind.is_punctuation() {
        return;
    }
    if node.kind.is_chain() && node.children.len() <= 1 {
        siblings.append(&mut node.children);
    } else {
        siblings.push(node);
    }
}

impl Kind {
    /// Tells whether the token says nothing that its neighbours do not say.
    fn is_punctuation(self) -> bool {
        matches!(
            self,
            Kind::comma
                | Kind::semi
                | Kind::colon
                | Kind::pipe
                | Kind::dot
                | Kind::eq
                | Kind::lparen
                | Kind::rparen
                | Kind::lbracket
                | Kind::rbracket
                | Kind::EOI
        )
    }
    /// Tells whether a node of this kind with one child means the same as the child.
    fn is_chain(self) -> bool {
        matches!(
            self,
            Kind::expr
                | Kind::or_chain
                | Kind::and_chain
                | Kind::not_chain
                | Kind::comparison
                | Kind::sum_chain
                | Kind::word_chain
                | Kind::product_chain
                | Kind::of_chain
                | Kind::negation
                | Kind::timed
                | Kind::item
                | Kind::clause_line
                | Kind::exception_line
                | Kind::reading_line
                | Kind::amendment_line
                | Kind::scenario_line
                | Kind::test_line
                | Kind::agreement_line
                | Kind::kind_line
                | Kind::entity_line
                | Kind::index_line
                | Kind::assumption_line
                | Kind::note_line
                | Kind::source_line
                | Kind::duty_line
                | Kind::table_line
                | Kind::scale_line
                | Kind::split_line
                | Kind::modifier
                | Kind::locator
                | Kind::cell_value
                | Kind::index_value
                | Kind::key_value
                | Kind::one_of_value
                | Kind::date
                | Kind::when
                | Kind::moment
                | Kind::period
                | Kind::date_value
                | Kind::type_part
        )
    }
}
