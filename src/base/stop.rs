use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A wish that what is being computed be given up. Clones share the wish: whoever holds one can ask, and what computes
/// looks at it where it counts its steps. What is computed after that is worth nothing and is thrown away by whoever
/// asked; until somebody does, a result never depends on it.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Asks what computes to give up.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
    /// Takes the wish back, before something new is computed.
    pub fn withdraw(&self) {
        self.0.store(false, Ordering::Relaxed);
    }
    /// Tells whether somebody asked.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
    /// Returns the flag behind the wish, for what can do no more than set one, as a signal.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.0)
    }
}
