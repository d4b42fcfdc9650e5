//! The operations of steps: how many steps each is computed from, and which fields it has besides the common ones.

use super::super::shape::Kind::{
    Cell, Citation, Count, Day, File, List, Object, OrNull, Step, Test, Text, Truth, Word, Year,
};
use super::super::shape::{Field, Kind, MAY, MUST};

/// What every step may have.
pub(super) const COMMON: &[Field] = &[
    Field("op", Text, MUST),
    Field("value", Kind::Other, MUST),
    Field("digest", Text, MUST),
    Field("of", List(&Step), MAY),
    Field("name", Text, MAY),
    Field("clause", Text, MAY),
    Field("who", Text, MAY),
    Field("when", Kind::Time, MAY),
    Field("basis", List(&Citation), MAY),
    Field("at", Text, MAY),
    Field("unit", Text, MAY),
    Field("price_level", Text, MAY),
];

/// How many steps one is computed from.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Just(usize),
    AtLeast(usize),
}

impl Of {
    pub(super) fn allows(self, count: usize) -> bool {
        match self {
            Of::Just(wanted) => count == wanted,
            Of::AtLeast(least) => count >= least,
        }
    }
}

const REASONS: Kind = Word(&[
    "definition",
    "exception",
    "assigned",
    "default",
    "branch",
    "time",
    "owner",
    "cell",
    "carried",
    "fallback",
]);
const MODES: Kind = Word(&["nearest", "up", "down", "towards_zero", "half_even"]);
const FOLDS: Kind = Word(&["sum", "count", "average", "largest", "smallest"]);
const POLICIES: Kind = Word(&["one", "first", "add", "largest", "smallest", "agree"]);
const RULES: Kind = Word(&["exact", "largest_remainder", "rest_to", "each"]);

const EXCEPTION: &[Field] = &[
    Field("name", Text, MUST),
    Field("live", OrNull(&Truth), MUST),
    Field("in_time", Truth, MUST),
    Field("step", Step, MAY),
];
const ROW: &[Field] = &[
    Field("tests", List(&Test), MUST),
    Field("result", Step, MAY),
    Field("at", Text, MAY),
    Field("stands", Truth, MAY),
    Field("basis", List(&Citation), MAY),
];
const SLICE: &[Field] = &[
    Field("up_to", Step, MAY),
    Field("amount", Kind::Number, MUST),
    Field("rate", Step, MAY),
    Field("charge", Kind::Number, MUST),
];
// One of a set: who, whether chosen, and what decided.
const WHO: Field = Field("who", Text, MUST);
const CHOSEN: Field = Field("chosen", Truth, MUST);
const CONDITION: Field = Field("condition", Step, MAY);

const MEMBER: &[Field] = &[WHO, CHOSEN, CONDITION, Field("value", Step, MAY), Field("weight", Step, MAY)];
const SHARER: &[Field] = &[
    WHO,
    CHOSEN,
    CONDITION,
    Field("key", Step, MAY),
    Field("exact", Kind::Number, MAY),
    Field("share", Kind::Number, MAY),
];
const RANKED: &[Field] = &[WHO, Field("value", Step, MUST)];

const MEMBERS: Field = Field("lines", List(&Object(MEMBER)), MUST);
const ENDED: Field = Field("ended", List(&Step), MAY);

/// What a kind of step is computed from and has besides; `None` for a word that is no kind of step.
pub(super) fn operation(op: &str) -> Option<(Of, &'static [Field])> {
    Some(match op {
        "figure" | "stated" | "missing" | "time" | "who" | "fault" | "undecided" | "and" | "or"
        | "count_met" => (Of::AtLeast(0), &[]),
        "data" => (Of::AtLeast(0), &[Field("file", OrNull(&File), MAY), Field("place", Text, MAY)]),
        "rest" | "largest" | "smallest" | "share" => (Of::AtLeast(1), &[]),
        "one_of" => (Of::AtLeast(2), &[]),
        "negate" | "not" => (Of::Just(1), &[]),
        "add" | "subtract" | "multiply" | "divide" | "raise" | "lower" | "days_between"
        | "months_between" | "years_between" => (Of::Just(2), &[]),
        "between" => (Of::Just(3), &[]),
        "at_most" | "at_least" => (Of::Just(2), &[Field("bound", Truth, MAY)]),
        "per_year" => (Of::Just(1), &[Field("years", Count, MUST)]),
        "is_none" => (Of::Just(1), &[Field("negated", Truth, MAY)]),
        "compare" => (Of::Just(2), &[Field("sign", Word(&["=", "≠", "<", "≤", ">", "≥"]), MUST)]),
        "roughly" => (Of::Just(2), &[Field("step", Kind::AboveZero, MUST)]),
        "all_met" => (Of::AtLeast(0), &[ENDED]),
        "between_points" => (Of::Just(3), &[Field("points", List(&Cell), MUST)]),
        "scale" => (Of::AtLeast(1), &[Field("slices", List(&Object(SLICE)), MUST)]),
        "for_all" => (Of::AtLeast(0), &[MEMBERS]),
        "for_at_least" => (Of::AtLeast(0), &[MEMBERS, Field("number", Kind::Number, MUST)]),
        "sum_over" => (Of::AtLeast(0), &[Field("periods", List(&Text), MAY)]),
        other => return larger(other),
    })
}

/// The kinds of steps that have several fields of their own.
fn larger(op: &str) -> Option<(Of, &'static [Field])> {
    Some(match op {
        "take" => (
            Of::AtLeast(1),
            &[
                Field("takes", Count, MUST),
                Field("because", REASONS, MUST),
                Field("branch", Truth, MAY),
                Field("exceptions", List(&Object(EXCEPTION)), MAY),
                Field("exception", Text, MAY),
            ],
        ),
        "round" => (
            Of::Just(1),
            &[
                Field("step", Kind::AboveZero, MUST),
                Field("mode", MODES, MUST),
                Field("residual", Kind::Number, MAY),
            ],
        ),
        "convert" => (
            Of::AtLeast(1),
            &[
                Field("kind", Word(&["steps", "points"]), MUST),
                Field("from", Year, MUST),
                Field("to", Year, MUST),
                Field("index", Text, MAY),
                Field("back", Truth, MAY),
            ],
        ),
        "grant" => (Of::AtLeast(1), &[Field("conditions", Count, MUST), Field("paid", Truth, MAY), ENDED]),
        "look_up" => (
            Of::AtLeast(0),
            &[
                Field("keys", List(&Step), MUST),
                Field("rows", List(&Object(ROW)), MUST),
                Field("policy", POLICIES, MUST),
                Field("hit", List(&Count), MUST),
            ],
        ),
        "over" => (
            Of::AtLeast(0),
            &[
                MEMBERS,
                Field("fold", FOLDS, MUST),
                Field("if_none", Step, MAY),
                Field("weighted", Truth, MAY),
            ],
        ),
        "distribute" => (
            Of::AtLeast(1),
            &[
                Field("lines", List(&Object(SHARER)), MUST),
                Field("rule", RULES, MUST),
                Field("step", Kind::AboveZero, MAY),
                Field("to", Text, MAY),
                Field("mode", MODES, MAY),
                Field("percent", Truth, MAY),
            ],
        ),
        "rank" => (
            Of::AtLeast(0),
            &[
                Field("lines", List(&Object(RANKED)), MUST),
                Field("of_whom", Text, MUST),
                Field("largest_first", Truth, MAY),
            ],
        ),
        "move_months" => (
            Of::Just(2),
            &[Field("forward", Truth, MUST), Field("missing_day", Word(&["last", "next", "error"]), MUST)],
        ),
        "duty" => (
            Of::AtLeast(0),
            &[
                Field("day", Day, MUST),
                Field("only_if", Step, MAY),
                Field("deadline", Step, MAY),
                Field("met", Step, MAY),
            ],
        ),
        _ => return None,
    })
}
