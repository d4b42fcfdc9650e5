use super::{Date, Interval, Level, MissingDay};

/// The price level of an amount, seen from the year that is evaluated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PriceLevel {
    /// That of a certain year: `25-pl`.
    Of(i16),
    /// Current prices, as many years after the year evaluated: 0 is its own level, −1 that of `(året før)`.
    Current(i16),
    /// Current prices, read in a certain year: `x i 2024`.
    CurrentOf(i16),
    /// Current prices of several years put together as they are, such as a sum over years.
    Several,
}

impl PriceLevel {
    /// Returns the level that a text names.
    pub fn named(level: Level) -> PriceLevel {
        match level {
            Level::Of(year) => PriceLevel::Of(year),
            Level::Current => PriceLevel::Current(0),
        }
    }

    /// Returns the year whose prices it is, when `evaluated` is the year evaluated; `None` for those of several years.
    pub fn year(self, evaluated: i16) -> Option<i16> {
        match self {
            PriceLevel::Of(year) | PriceLevel::CurrentOf(year) => Some(year),
            PriceLevel::Current(offset) => evaluated.checked_add(offset),
            PriceLevel::Several => None,
        }
    }

    /// Returns the level that amounts of both have when they are added or compared; `None` when they cannot be.
    ///
    /// Amounts at current prices are nominal, so those of different years go together; what comes of it has no one
    /// level any more.
    pub fn join(self, other: PriceLevel) -> Option<PriceLevel> {
        match (self, other) {
            (a, b) if a == b => Some(a),
            (PriceLevel::Of(a), PriceLevel::CurrentOf(b)) | (PriceLevel::CurrentOf(b), PriceLevel::Of(a)) => {
                (a == b).then_some(PriceLevel::Of(a))
            }
            (PriceLevel::Of(_), _) | (_, PriceLevel::Of(_)) => None,
            (_, _) => Some(PriceLevel::Several),
        }
    }

    /// Returns the level as it is seen from a year that lies `years` later.
    fn seen_later(self, years: i16) -> PriceLevel {
        match self {
            PriceLevel::Current(offset) => PriceLevel::Current(offset.saturating_sub(years)),
            PriceLevel::Of(_) | PriceLevel::CurrentOf(_) | PriceLevel::Several => self,
        }
    }

    /// Returns the level of what was read in a certain year.
    fn read_in(self, year: i16) -> PriceLevel {
        match self {
            PriceLevel::Current(offset) => PriceLevel::CurrentOf(year.saturating_add(offset)),
            PriceLevel::Of(_) | PriceLevel::CurrentOf(_) | PriceLevel::Several => self,
        }
    }
}

/// The price level of an amount at each time evaluated: a series may change it by period. Outside the pieces there is
/// no amount.
// INVARIANT: pieces are not empty, do not overlap, and stand in the order of time; there is at least one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Levels(Vec<(Interval, PriceLevel)>);

impl Levels {
    /// One level at all times.
    pub fn one(level: PriceLevel) -> Levels {
        Levels(vec![(Interval::always(), level)])
    }

    /// The level that a text names, at all times.
    pub fn named(level: Level) -> Levels {
        Levels::one(PriceLevel::named(level))
    }

    /// Walks the pieces in the order of time.
    pub fn pieces(&self) -> impl Iterator<Item = (Interval, PriceLevel)> + '_ {
        self.0.iter().copied()
    }

    /// Returns the level, when it is the same at all times.
    pub fn single(&self) -> Option<PriceLevel> {
        let (_, first) = self.0.first()?;
        self.0.iter().all(|(_, level)| level == first).then_some(*first)
    }

    /// Returns the level at a moment: that of the first piece the moment touches, else the first one there is.
    pub fn at(&self, moment: Interval) -> Option<PriceLevel> {
        let touched = self.0.iter().find(|(piece, _)| piece.overlaps(moment));
        touched.or(self.0.first()).map(|(_, level)| *level)
    }

    /// Returns the pieces within some times; `None` where there are none.
    pub fn only(&self, times: &[Interval]) -> Option<Levels> {
        let cut = |(piece, level): (Interval, PriceLevel)| {
            times.iter().map(move |time| (piece.intersect(*time), level))
        };
        Levels::of(self.pieces().flat_map(cut).collect())
    }

    /// Returns the level throughout some times: where there is no piece, the one before goes on, else the first to come
    /// holds.
    pub fn throughout(&self, times: &[Interval]) -> Option<Levels> {
        let own: Vec<Interval> = self.pieces().map(|(piece, _)| piece).collect();
        let before = |gap: Interval| {
            let earlier = self.pieces().take_while(|(piece, _)| piece.from < gap.from).last();
            earlier.or(self.pieces().next()).map(|(_, level)| (gap, level))
        };
        let gaps = times.iter().flat_map(|time| without(*time, &own));
        let here = self.only(times).into_iter().flat_map(|levels| levels.0);
        Levels::of(here.chain(gaps.filter_map(before)).collect())
    }

    /// Returns the pieces within a time, or all where none is: then nothing says that the others are not meant.
    pub fn within(&self, time: Interval) -> Levels {
        self.only(&[time]).unwrap_or_else(|| self.clone())
    }

    /// Returns what both are put together: where both have a piece, their levels must go together. Pieces that never
    /// meet must all go together. `None` where they do not go together.
    pub fn join(&self, other: &Levels) -> Option<Levels> {
        let meets = self.pieces().any(|(a, _)| other.pieces().any(|(b, _)| a.overlaps(b)));
        if meets {
            return self.beside(other);
        }
        self.overall()?.join(other.overall()?).map(Levels::one)
    }

    /// Returns the level of all pieces put together; `None` where they do not go together.
    fn overall(&self) -> Option<PriceLevel> {
        let (_, first) = self.0.first()?;
        self.0.iter().try_fold(*first, |level, (_, next)| level.join(*next))
    }

    /// Returns the pieces of both; where both have one, their levels must go together. `None` where they do not.
    pub fn beside(&self, other: &Levels) -> Option<Levels> {
        let mut pieces = Vec::new();
        for (a, own) in self.pieces() {
            for (b, others) in other.pieces().filter(|(b, _)| a.overlaps(*b)) {
                pieces.push((a.intersect(b), own.join(others)?));
            }
        }
        let shared: Vec<Interval> = pieces.iter().map(|(piece, _)| *piece).collect();
        let rest = self.pieces().chain(other.pieces());
        for (piece, level) in rest {
            pieces.extend(without(piece, &shared).into_iter().map(|time| (time, level)));
        }
        Levels::of(pieces)
    }

    /// Returns the level seen from a year that lies `years` later, so that the amount is read that far back.
    pub fn seen_later(&self, years: i16) -> Levels {
        let moved =
            |(piece, level): (Interval, PriceLevel)| (years_later(piece, years), level.seen_later(years));
        Levels::of(self.pieces().map(moved).collect()).unwrap_or_else(|| self.clone())
    }

    /// Returns the levels of an amount that is read in a certain time, each once, as they are seen from outside.
    pub fn read_in(&self, time: Interval) -> Vec<PriceLevel> {
        let mut found = Vec::new();
        for (piece, level) in self.within(time).pieces() {
            let read = piece.intersect(time);
            let first = read.from.or(time.from).map(Date::year);
            let last = read.last().or(time.last()).map(Date::year);
            let (Some(first), Some(last)) = (first, last) else {
                found.push(level);
                continue;
            };
            let changes = level != level.read_in(first) && first != last;
            found.push(if changes { PriceLevel::Several } else { level.read_in(first) });
        }
        found.sort();
        found.dedup();
        found
    }

    /// Sorts pieces, leaves empty ones out and puts neighbours of one level together.
    fn of(pieces: Vec<(Interval, PriceLevel)>) -> Option<Levels> {
        let mut pieces: Vec<_> = pieces.into_iter().filter(|(piece, _)| !piece.is_empty()).collect();
        pieces.sort();
        let mut merged: Vec<(Interval, PriceLevel)> = Vec::new();
        for (piece, level) in pieces {
            match merged.last_mut() {
                Some((before, same))
                    if *same == level && before.until == piece.from && piece.from.is_some() =>
                {
                    before.until = piece.until;
                }
                Some(_) | None => merged.push((piece, level)),
            }
        }
        (!merged.is_empty()).then_some(Levels(merged))
    }
}

/// Returns the parts of a time that lie outside some others.
pub fn without(time: Interval, others: &[Interval]) -> Vec<Interval> {
    let mut left = vec![time];
    for other in others {
        left = left
            .into_iter()
            .flat_map(|piece| {
                let before =
                    other.from.map(|from| piece.intersect(Interval { from: None, until: Some(from) }));
                let after = other.until.map(|until| piece.intersect(Interval::starting(until)));
                // What does not meet the other is one of its two sides as it is, once.
                if !piece.overlaps(*other) { vec![piece] } else { before.into_iter().chain(after).collect() }
            })
            .filter(|piece| !piece.is_empty())
            .collect();
    }
    left
}

/// Moves a time some years on; an end beyond the calendar is left open, and what begins beyond it is no time at all.
pub fn years_later(time: Interval, years: i16) -> Interval {
    let moved = |date: Date| date.add_months(12 * i64::from(years), MissingDay::LastOfMonth).ok();
    match (time.from, time.from.and_then(moved)) {
        (Some(_), None) => Interval::never(),
        (_, from) => Interval { from, until: time.until.and_then(moved) },
    }
}
