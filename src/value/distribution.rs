use super::{Number, RoundMode};

/// Why a pool cannot be distributed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DistributionError {
    /// There is something to share, but the keys add to 0, or there is nobody to share it among.
    NothingToShareBy,
    /// A key is below 0.
    NegativeKey {
        /// Whose key it is.
        name: String,
    },
    /// The rounding step is not above 0.
    StepNotPositive,
    /// The pool is not a whole number of steps, so no rounded shares can add to it.
    PoolNotAMultiple {
        /// The multiple of the step next to the pool, half away from zero.
        nearest: Number,
    },
    /// The one who takes the rest is not among those who share.
    NoSuchRecipient {
        /// Who it was to be.
        name: String,
    },
}

/// Shares a pool by keys, without rounding: pool × key / sum of keys. The shares add to the pool.
///
/// A pool of 0 gives everybody 0. A pool may be negative.
///
/// # Errors
/// When a key is negative, or all are 0 and the pool is not.
pub fn exact_shares(pool: &Number, weights: &[(Number, &str)]) -> Result<Vec<Number>, DistributionError> {
    if pool.is_zero() {
        return Ok(vec![Number::zero(); weights.len()]);
    }
    if let Some((_, name)) = weights.iter().find(|(key, _)| key.is_negative()) {
        return Err(DistributionError::NegativeKey { name: (*name).to_owned() });
    }
    let sum = weights.iter().fold(Number::zero(), |sum, (key, _)| sum.add(key));
    weights
        .iter()
        .map(|(key, _)| pool.mul(key).div(&sum).ok_or(DistributionError::NothingToShareBy))
        .collect::<Result<Vec<_>, _>>()
        .and_then(
            |shares| if shares.is_empty() { Err(DistributionError::NothingToShareBy) } else { Ok(shares) },
        )
}

/// Shares a pool by keys in whole steps: each share is rounded down to the step, and the missing steps go one each to
/// the largest remainders. Of equal remainders the larger key is first, then the name by code point.
///
/// A negative pool is shared as its mirror image: taking back 371 takes from each exactly what giving 371 gave, so
/// shares are rounded towards zero and the missing steps are negative. The shares add to the pool in every case.
///
/// # Errors
/// As [`exact_shares`]; and when the step is not positive, or the pool is not a multiple of it.
pub fn largest_remainder(
    pool: &Number,
    weights: &[(Number, &str)],
    step: &Number,
) -> Result<Vec<Number>, DistributionError> {
    in_steps(pool, step)?;
    if pool.is_negative() {
        let mirrored = largest_remainder(&pool.neg(), weights, step)?;
        return Ok(mirrored.iter().map(Number::neg).collect());
    }
    let exact = exact_shares(pool, weights)?;
    let mut shares = round_each(&exact, step, RoundMode::Down)?;
    let left = pool.sub(&sum_of(&shares));
    let mut missing = in_steps(&left, step)?;
    for index in by_remainder(&exact, &shares, weights) {
        if !missing.is_zero()
            && let Some(share) = shares.get_mut(index)
        {
            *share = share.add(step);
            missing = missing.sub(&Number::one());
        }
    }
    Ok(shares)
}

/// Shares a pool by keys: each share is rounded to the step as `mode` says, and `who` takes what is left.
///
/// The shares add to the pool. What is left can differ from the own share of `who` by several steps, and is no multiple
/// of the step where the pool is none.
///
/// # Errors
/// As [`exact_shares`]; when the step is not positive; and when `who` is not among those who share.
pub fn rest_to(
    pool: &Number,
    weights: &[(Number, &str)],
    step: &Number,
    mode: RoundMode,
    who: &str,
) -> Result<Vec<Number>, DistributionError> {
    let missing = || DistributionError::NoSuchRecipient { name: who.to_owned() };
    let taker = weights.iter().position(|(_, name)| *name == who).ok_or_else(missing)?;
    let mut shares = each_rounded(pool, weights, step, mode)?;
    let given = sum_of(&shares);
    if let Some(share) = shares.get_mut(taker) {
        *share = pool.sub(&given.sub(share));
    }
    Ok(shares)
}

/// Shares a pool by keys and rounds each share by itself. The shares need not add to the pool.
///
/// # Errors
/// As [`exact_shares`]; and when the step is not positive.
pub fn each_rounded(
    pool: &Number,
    weights: &[(Number, &str)],
    step: &Number,
    mode: RoundMode,
) -> Result<Vec<Number>, DistributionError> {
    positive(step)?;
    round_each(&exact_shares(pool, weights)?, step, mode)
}

fn positive(step: &Number) -> Result<(), DistributionError> {
    if step.is_zero() || step.is_negative() { Err(DistributionError::StepNotPositive) } else { Ok(()) }
}

/// Returns how many steps the amount is.
fn in_steps(amount: &Number, step: &Number) -> Result<Number, DistributionError> {
    positive(step)?;
    let steps = amount.div(step).ok_or(DistributionError::StepNotPositive)?;
    if steps.is_integer() {
        return Ok(steps);
    }
    let nearest = amount.round(step, RoundMode::Nearest).ok_or(DistributionError::StepNotPositive)?;
    Err(DistributionError::PoolNotAMultiple { nearest })
}

fn round_each(shares: &[Number], step: &Number, mode: RoundMode) -> Result<Vec<Number>, DistributionError> {
    let round = |share: &Number| share.round(step, mode).ok_or(DistributionError::StepNotPositive);
    shares.iter().map(round).collect()
}

fn sum_of(shares: &[Number]) -> Number {
    shares.iter().fold(Number::zero(), |sum, share| sum.add(share))
}

/// Returns the positions in the order in which missing steps are given.
fn by_remainder(exact: &[Number], rounded: &[Number], weights: &[(Number, &str)]) -> Vec<usize> {
    let mut order: Vec<_> = exact
        .iter()
        .zip(rounded)
        .zip(weights)
        .enumerate()
        .map(|(index, ((exact, rounded), (key, name)))| (exact.sub(rounded), key, *name, index))
        .collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.cmp(a.1)).then(a.2.cmp(b.2)).then(a.3.cmp(&b.3)));
    order.into_iter().map(|(_, _, _, index)| index).collect()
}
