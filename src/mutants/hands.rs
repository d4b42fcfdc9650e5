//! Work shared among the processors there are. What comes of it does not depend on how many there are.

use std::thread::{Builder, available_parallelism, scope};

/// The stack of a worker: the limits of the language are sized for one as large.
const STACK: usize = 256 << 20;

/// Does something with each piece of work, every worker with tools of its own, and returns what came of each in the
/// order of the pieces. `None` when a worker could not be started, or stopped before it was done.
pub fn in_hands<T: Sync, S, R: Send>(
    work: &[T],
    tools: impl Fn() -> S + Sync,
    each: impl Fn(&mut S, &T) -> R + Sync,
) -> Option<Vec<R>> {
    let workers = available_parallelism().map_or(1, |count| count.get());
    // Neighbours cost about the same, so they are dealt out in turn.
    let hand = |worker: usize| -> Vec<(usize, R)> {
        let mut own = tools();
        let pieces = work.iter().enumerate().skip(worker).step_by(workers);
        pieces.map(|(at, piece)| (at, each(&mut own, piece))).collect()
    };
    let mut done: Vec<(usize, R)> = scope(|scope| {
        let hand = &hand;
        let start = |worker| Builder::new().stack_size(STACK).spawn_scoped(scope, move || hand(worker)).ok();
        let runs: Vec<_> = (0..workers).map(start).collect();
        let ended = runs.into_iter().map(|run| run?.join().ok());
        Some(ended.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
    })?;
    done.sort_by_key(|(at, _)| *at);
    Some(done.into_iter().map(|(_, one)| one).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_work() {
        let work: Vec<usize> = (0..100).collect();
        assert_eq!(in_hands(&work, || (), |(), one| one * 2), Some(work.iter().map(|one| one * 2).collect()));
        assert_eq!(in_hands(&[] as &[usize], || (), |(), one| *one), Some(vec![]));
    }

    #[test]
    fn a_worker_that_stops_is_not_passed_over() {
        let stops =
            |(): &mut (), one: &usize| if *one == 3 { std::panic::panic_any("stopped") } else { *one };
        assert_eq!(in_hands(&[1, 2, 3, 4], || (), stops), None);
    }
}
