use crate::base::Stop;

/// Counted limits of one run: the same verdict on every machine. Beside them stands the wish to give up, which a person
/// at a terminal may utter.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How many steps may be taken.
    pub steps: usize,
    /// How many definitions may be open inside each other.
    pub depth: usize,
    /// How many expressions may be open inside each other, those of open definitions counted together. Sized so that
    /// the stack of the program's own thread holds them with room to spare.
    pub nesting: usize,
    /// Looked at before each step; once it is asked for, every further step is an error.
    pub stop: Stop,
}

impl Limits {
    /// The usual limits, with somebody who may ask to give up.
    pub fn until(stop: &Stop) -> Limits {
        Limits { stop: stop.clone(), ..Limits::default() }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits { steps: 1_000_000, depth: 1_000, nesting: 8_000, stop: Stop::default() }
    }
}
