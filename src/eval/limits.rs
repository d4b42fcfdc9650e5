/// Counted limits of one run: the same verdict on every machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// How many steps may be taken.
    pub steps: usize,
    /// How many definitions may be open inside each other.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { steps: 1_000_000, depth: 1_000 }
    }
}
