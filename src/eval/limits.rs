use crate::base::{Limit, Limits as Counted, Stop};

/// Counted limits of one run: the same verdict on every machine. Beside them stands the wish to give up, which a person
/// at a terminal may utter.
#[derive(Clone, Debug)]
pub struct Limits {
    /// How many steps may be taken.
    pub steps: usize,
    /// How many steps fit into what the run may be estimated to take, beside its texts.
    pub fitting: usize,
    /// What the run may be estimated to take, in bytes.
    pub memory: u64,
    /// How many definitions may be open inside each other.
    pub depth: usize,
    /// How many expressions may be open inside each other, those of open definitions counted together. Sized so that
    /// the stack of the program's own thread holds them with room to spare.
    pub nesting: usize,
    /// Looked at before each step; once it is asked for, every further step is an error.
    pub stop: Stop,
}

impl Limits {
    /// The limits of a run on texts of so many bytes, with somebody who may ask to give up.
    pub fn of(counted: &Counted, text: u64, stop: &Stop) -> Limits {
        let memory = counted.get(Limit::Memory);
        Limits {
            steps: counted.count(Limit::Steps),
            fitting: usize::try_from(Counted::steps_within(memory, text)).unwrap_or(usize::MAX),
            memory,
            depth: counted.count(Limit::Depth),
            nesting: counted.count(Limit::OpenExpressions),
            stop: stop.clone(),
        }
    }
    /// The usual limits, with somebody who may ask to give up.
    pub fn until(stop: &Stop) -> Limits {
        Limits::of(&Counted::default(), 0, stop)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits::until(&Stop::default())
    }
}
