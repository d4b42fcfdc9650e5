//! One number from each stretch that some bounds cut the numbers into.

use super::Number;

/// A range of numbers, ends included unless they are said to be open; whole numbers count in steps.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stretch {
    /// The lowest number.
    pub low: Option<Number>,
    /// Whether the lowest number itself does not count.
    pub low_open: bool,
    /// The highest number.
    pub high: Option<Number>,
    /// Whether the highest number itself does not count.
    pub high_open: bool,
    /// The step of whole numbers: only its multiples count.
    pub step: Option<Number>,
}

impl Stretch {
    /// Tells whether a number counts.
    pub fn contains(&self, number: &Number) -> bool {
        self.low.as_ref().is_none_or(|low| low < number || (low == number && !self.low_open))
            && self.high.as_ref().is_none_or(|high| number < high || (number == high && !self.high_open))
            && self.step.as_ref().is_none_or(|step| number.div(step).is_some_and(|count| count.is_integer()))
    }

    /// Returns the stretch that holds all numbers of two, and those between them.
    pub fn around(self, other: Stretch) -> Stretch {
        let (low, low_open) =
            outer((self.low, self.low_open), (other.low, other.low_open), |one: &Number, other: &Number| {
                one < other
            });
        let (high, high_open) = outer(
            (self.high, self.high_open),
            (other.high, other.high_open),
            |one: &Number, other: &Number| one > other,
        );
        let step = if self.step == other.step { self.step } else { None };
        Stretch { low, low_open, high, high_open, step }
    }

    /// Returns the same numbers with ends that count, where there are such: whole numbers above 0 are those from 1 on.
    pub fn closed(self) -> Stretch {
        let Some(step) = self.step.clone().filter(|step| !step.is_zero()) else { return self };
        let low = self.low.as_ref().map(|low| {
            let first = self.up(low);
            if self.low_open && first == *low { first.add(&step) } else { first }
        });
        let high = self.high.as_ref().map(|high| {
            let last = self.down(high);
            if self.high_open && last == *high { last.sub(&step) } else { last }
        });
        Stretch { low, high, low_open: false, high_open: false, step: Some(step) }
    }

    /// Tells whether no number counts.
    pub fn is_empty(&self) -> bool {
        let ends = self.clone().closed();
        let open = ends.low_open || ends.high_open;
        ends.low.zip(ends.high).is_some_and(|(low, high)| low > high || (low == high && open))
    }

    /// Returns the bounds themselves and one number from each stretch between and, when asked for, below and above
    /// them, as far as they count. Whatever is decided by comparing with the bounds alone is decided alike for all
    /// numbers of a stretch.
    pub fn samples(&self, bounds: impl IntoIterator<Item = Number>, below: bool, above: bool) -> Vec<Number> {
        let ends = self.low.iter().chain(&self.high).cloned();
        let mut bounds: Vec<Number> = bounds.into_iter().chain(ends).collect();
        bounds.sort();
        bounds.dedup();
        if bounds.is_empty() {
            bounds.push(Number::zero());
        }
        let one = self.step.clone().unwrap_or_else(Number::one);
        let mut all: Vec<Number> =
            bounds.windows(2).flat_map(|pair| self.between(&pair[0], &pair[1])).collect();
        all.extend(bounds.first().filter(|_| below).map(|first| self.down(&first.sub(&one))));
        all.extend(bounds.last().filter(|_| above).map(|last| self.up(&last.add(&one))));
        all.extend(bounds);
        all.retain(|number| self.contains(number));
        all.sort();
        all.dedup();
        all
    }

    fn between(&self, low: &Number, high: &Number) -> Vec<Number> {
        match &self.step {
            None => vec![low.add(high).mul(&Number::pow10(-1)).mul(&Number::from_i64(5))],
            Some(step) => {
                let inside = [self.down(low).add(step), self.up(high).sub(step)];
                inside.into_iter().filter(|number| low < number && number < high).collect()
            }
        }
    }

    /// The highest number that counts and is not above.
    fn down(&self, number: &Number) -> Number {
        let whole = |step: &Number| Some(number.div(step)?.floor().mul(step));
        self.step.as_ref().and_then(whole).unwrap_or_else(|| number.clone())
    }

    /// The lowest number that counts and is not below.
    fn up(&self, number: &Number) -> Number {
        self.down(&number.neg()).neg()
    }
}

/// The outer of two ends, none being the outermost; it counts when it does so in either.
fn outer(
    one: (Option<Number>, bool),
    other: (Option<Number>, bool),
    beyond: impl Fn(&Number, &Number) -> bool,
) -> (Option<Number>, bool) {
    match (one, other) {
        ((Some(one), one_open), (Some(other), other_open)) if one == other => {
            (Some(one), one_open && other_open)
        }
        ((Some(one), open), (Some(other), _)) if beyond(&one, &other) => (Some(one), open),
        ((Some(_), _), (Some(other), open)) => (Some(other), open),
        ((None, _), _) | (_, (None, _)) => (None, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(all: &[i64]) -> Vec<Number> {
        all.iter().copied().map(Number::from_i64).collect()
    }

    #[test]
    fn whole_numbers_between_bounds() {
        let whole = Stretch { low: Some(Number::zero()), step: Some(Number::one()), ..Stretch::default() };
        assert_eq!(whole.samples(numbers(&[2, 5]), true, true), numbers(&[0, 1, 2, 3, 4, 5, 6]));
    }

    #[test]
    fn an_open_end_does_not_count() {
        let above = Stretch { low: Some(Number::zero()), low_open: true, ..Stretch::default() };
        assert_eq!(above.samples([], true, true), numbers(&[1]));
        assert!(!above.contains(&Number::zero()));
    }

    #[test]
    fn whole_numbers_have_a_first_and_a_last() {
        let (low, high) = (Some(Number::zero()), Some(Number::from_i64(5)));
        let inside =
            Stretch { low, low_open: true, high, high_open: true, step: Some(Number::one()) }.closed();
        assert_eq!((inside.low, inside.high), (Some(Number::one()), Some(Number::from_i64(4))));
        assert!(!inside.low_open && !inside.high_open);
    }

    #[test]
    fn no_whole_number_lies_between_two_in_a_row() {
        let (low, high) = (Some(Number::zero()), Some(Number::one()));
        let parts = Stretch { low, low_open: true, high, high_open: true, step: None };
        assert!(!parts.is_empty());
        assert!(Stretch { step: Some(Number::one()), ..parts.clone() }.is_empty());
        assert!(!Stretch { step: Some(Number::one()), high_open: false, ..parts }.is_empty());
    }

    #[test]
    fn one_from_each_stretch() {
        let any = Stretch::default();
        let half = Number::from_i64(1).div(&Number::from_i64(2)).unwrap();
        let expected = vec![Number::from_i64(-1), Number::zero(), half, Number::one(), Number::from_i64(2)];
        assert_eq!(any.samples(numbers(&[0, 1]), true, true), expected);
    }
}
