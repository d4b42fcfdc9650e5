/// Counted limits of one run: the same verdict on every machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// How many steps may be taken.
    pub steps: usize,
    /// How many definitions may be open inside each other.
    pub depth: usize,
    /// How many expressions may be open inside each other, those of open definitions counted together. Sized so that
    /// the stack of the program's own thread holds them with room to spare.
    pub nesting: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { steps: 1_000_000, depth: 1_000, nesting: 8_000 }
    }
}
