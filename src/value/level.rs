/// A price level as written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// `25-pl`, `2010-niveau`: the level of that year.
    Of(i16),
    /// `(løbende)`, `(årets pl)`: the level of the year evaluated.
    Current,
}

/// How sure a figure is; the weakest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Status {
    /// Nothing is said.
    #[default]
    Final,
    /// `(foreløbig)`.
    Provisional,
    /// `(skøn)`.
    Estimate,
    /// `(ca.)`.
    Approximate,
}
