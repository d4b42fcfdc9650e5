/// Which way a rounding goes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum RoundMode {
    /// To the nearest multiple, half away from zero.
    #[default]
    Nearest,
    /// `op`: towards +∞.
    Up,
    /// `ned`: towards −∞.
    Down,
    /// `mod nul`.
    TowardsZero,
    /// `til lige`: to the nearest, half to even.
    HalfEven,
}
