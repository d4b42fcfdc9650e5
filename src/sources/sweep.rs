//! Which of some stretches hold a place, asked of one place after the other.

use std::ops::Range;

/// A walk through a text past stretches that may lie within each other: what holds each place is known without looking at
/// all of them again.
#[derive(Clone, Debug)]
pub(super) struct Sweep {
    /// By where they begin, each with its number.
    ranges: Vec<(Range<usize>, usize)>,
    next: usize,
    open: Vec<usize>,
}

impl Sweep {
    /// Takes the stretches; they keep the numbers of their order.
    pub(super) fn new(ranges: impl IntoIterator<Item = Range<usize>>) -> Sweep {
        let mut ranges: Vec<(Range<usize>, usize)> =
            ranges.into_iter().enumerate().map(|(number, range)| (range, number)).collect();
        ranges.sort_by_key(|(range, number)| (range.start, *number));
        Sweep { ranges, next: 0, open: Vec::new() }
    }

    /// The numbers of the stretches that hold a place, those that begin first in front. Places must not go back.
    pub(super) fn at(&mut self, place: usize) -> impl DoubleEndedIterator<Item = usize> {
        while self.ranges.get(self.next).is_some_and(|(range, _)| range.start <= place) {
            self.open.push(self.next);
            self.next += 1;
        }
        let Sweep { ranges, open, .. } = self;
        open.retain(|at| ranges.get(*at).is_some_and(|(range, _)| place < range.end));
        open.iter().filter_map(|at| ranges.get(*at).map(|(_, number)| *number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_held_by_what_begins_before_and_ends_after_it() {
        let mut sweep = Sweep::new([4..9, 0..10, 4..5, 6..6]);
        let mut at = |place: usize| sweep.at(place).collect::<Vec<_>>();
        assert_eq!(at(0), [1]);
        assert_eq!(at(4), [1, 0, 2]);
        assert_eq!(at(6), [1, 0]);
        assert_eq!(at(9), [1]);
        assert_eq!(at(10), Vec::<usize>::new());
    }
}
