//! Every target on its corpus, which has what was found by `fuzz/run.sh`, and on a fixed number of changes of it: always the
//! same ones. docs/fuzzing.md says what each target holds.

mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};

use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use self::targets::TARGETS;
use crate::{files_in, read_bytes};

/// Nothing that is tried is longer.
const LONGEST: usize = 4_096;

/// Holds a target to its corpus and to so many changes of it, always the same ones; `FUZZ_CHANGES` asks for another number,
/// of others for each number. It is for looking without the fuzzer.
#[expect(
    clippy::disallowed_methods,
    reason = "whoever looks for more says how many by the environment, as for proptest"
)]
fn held(name: &str, changes: usize) {
    let (_, target) = TARGETS.iter().find(|(known, _)| *known == name).unwrap();
    let corpus: Vec<Vec<u8>> =
        files_in(&format!("tests/fuzz/corpus/{name}")).iter().map(|path| read_bytes(path)).collect();
    assert!(!corpus.is_empty(), "{name} has no corpus");
    let asked = std::env::var("FUZZ_CHANGES").ok().and_then(|count| count.parse::<usize>().ok());
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&asked.unwrap_or(0).to_le_bytes());
    let mut chance = Chance(TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let changed = (0..asked.unwrap_or(changes)).map(|_| chance.changed(&corpus));
    let mut found = Vec::new();
    for bytes in corpus.iter().cloned().chain(changed) {
        let ran = catch_unwind(AssertUnwindSafe(|| target(&bytes)));
        if ran.is_err() {
            found.push(bytes.escape_ascii().to_string());
        }
    }
    assert!(found.is_empty(), "{name}: {found:#?}");
}

/// A chooser that chooses alike each time.
struct Chance(TestRng);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.0.next_u32()).unwrap() % count.max(1)
    }

    fn changed(&mut self, corpus: &[Vec<u8>]) -> Vec<u8> {
        let mut bytes = corpus[self.below(corpus.len())].clone();
        for _ in 0..=self.below(4) {
            self.change(&mut bytes, corpus);
        }
        bytes.truncate(LONGEST);
        bytes
    }

    fn change(&mut self, bytes: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let at = self.below(bytes.len() + 1);
        match self.below(6) {
            0 => bytes.insert(at, self.below(256) as u8),
            1 if at < bytes.len() => bytes[at] = self.below(256) as u8,
            2 => {
                let end = (at + 1 + self.below(8)).min(bytes.len());
                bytes.drain(at..end);
            }
            // A stretch of another.
            3 | 4 => {
                let other = &corpus[self.below(corpus.len())];
                let from = self.below(other.len() + 1);
                let length = (1 + self.below(32)).min(other.len() - from);
                bytes.splice(at..at, other[from..from + length].iter().copied());
            }
            _ => (0..8).for_each(|_| bytes.push(self.below(256) as u8)),
        }
    }
}

#[test]
fn what_targets_start_from_is_right() {
    crate::with_room(targets::seeds_hold);
}

macro_rules! targets {
    ($($name:ident $changes:literal)*) => {
        $(#[test]
        fn $name() {
            crate::with_room(|| held(stringify!($name), $changes));
        })*

        #[test]
        fn every_target_is_tried() {
            let tried = [$(stringify!($name)),*];
            assert_eq!(tried.as_slice(), TARGETS.iter().map(|(name, _)| *name).collect::<Vec<_>>());
        }
    };
}

targets! {
    tokens 2000
    parser 1000
    format 60
    numbers 5000
    dates 5000
    csv 2000
    json 2000
    toml 2000
    facts 60
    records 1000
    verify 150
    citations 60
    checker 40
    machines 40
    html 30
    repl 30
}
