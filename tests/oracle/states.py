"""The four states of a result (language.md section 11) and exact numbers between bounds.

A result is one of
    Known(value)              a value: Number, bool, date, str, Entity or NONE
    Unknown(missing, ...)     ukendt: with the names that are missing, and bounds where a domain gives them
    NotApply()                gælder ikke
    Failed(code)              fejl: with the code that docs/codes describes
Nothing else is computed with, and nothing is ever rounded except by `afrundet til`.
"""
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Optional


class Unspecified(Exception):
    """language.md does not say what holds here, so the oracle does not say either: the generator drops the question."""


@dataclass(frozen=True)
class Number:
    """An exact number and its unit: a sorted tuple of (base unit, exponent). Percentages are held as printed: 33 pct. is 33."""
    amount: Fraction
    unit: tuple = ()


@dataclass(frozen=True)
class Entity:
    """One of a kind, by its key."""
    kind: str
    key: str


class NoneType_:
    """The value `ingen`."""
    def __repr__(self):
        return "NONE"


NONE = NoneType_()


@dataclass(frozen=True)
class Known:
    value: Any


@dataclass(frozen=True)
class Unknown:
    """`missing` holds pairs (name, moment). `low`/`high` are both included; None is no bound. `unit` is None for what is no number.
    `choices`, for a truth or a text, holds what it may still be, where that is known."""
    missing: frozenset
    low: Optional[Fraction] = None
    high: Optional[Fraction] = None
    unit: Optional[tuple] = None

    @property
    def bounded(self):
        return self.low is not None or self.high is not None


@dataclass(frozen=True)
class NotApply:
    pass


@dataclass(frozen=True)
class Failed:
    code: str


TRUE, FALSE = Known(True), Known(False)
# Stands among the missing of what may yet be an error, or not apply. "A result that has a value keeps it whatever further facts are
# given", so nothing is decided from it. It is no name, and no expectation has it.
FAILS = ("may yet have no value", None)
PERCENT = (("pct.", 1),)
PLAIN = ()


# ---- where states meet -------------------------------------------------------------------------------------------

def meet(*parts):
    """What becomes of a result that needs all its parts: fejl, then gælder ikke, then ukendt (with the names of every unknown
    part); None when all are known."""
    for part in parts:
        if isinstance(part, Failed):
            return part
    for part in parts:
        if isinstance(part, NotApply):
            return part
    missing = frozenset().union(*[p.missing for p in parts if isinstance(p, Unknown)])
    if any(isinstance(p, Unknown) for p in parts):
        return Unknown(missing)
    return None


def names(*parts):
    return frozenset().union(*[p.missing for p in parts if isinstance(p, Unknown)])


def is_number(part):
    return isinstance(part, Known) and isinstance(part.value, Number) or isinstance(part, Unknown) and part.unit is not None


def unit_of(part):
    return part.value.unit if isinstance(part, Known) else part.unit


def bounds(part):
    """(low, high) of a number, known or not."""
    if isinstance(part, Known):
        return part.value.amount, part.value.amount
    return part.low, part.high


def between(missing, low, high, unit):
    """A number within bounds. It is known where the bounds leave one value: then the outcome does not depend on what is missing."""
    if low is not None and low == high:
        return Unknown(missing, unit=unit) if FAILS in missing else Known(Number(low, unit))
    return Unknown(missing, low, high, unit)


def hull(missing, outcomes):
    """One of several outcomes, it is not known which: the value they agree on, else unknown within the bounds of all of them."""
    first = outcomes[0]
    if isinstance(first, Known) and all(o == first for o in outcomes) and FAILS not in missing:
        return first
    if all(isinstance(o, NotApply) for o in outcomes):
        raise Unspecified("every outcome does not apply")
    if all(isinstance(o, Failed) for o in outcomes):
        if all(o == first for o in outcomes):
            return first
        raise Unspecified("every outcome is an error, but not the same one")
    if all(isinstance(o, (NotApply, Failed)) for o in outcomes):
        raise Unspecified("some outcomes do not apply, and the others are errors")
    missing = missing | names(*outcomes)
    if any(isinstance(o, (NotApply, Failed)) for o in outcomes):
        missing = missing | {FAILS}
    if all(is_number(o) for o in outcomes):
        lows, highs = [bounds(o)[0] for o in outcomes], [bounds(o)[1] for o in outcomes]
        low = None if None in lows else min(lows)
        high = None if None in highs else max(highs)
        return between(missing, low, high, unit_of(first))
    numbers = [o for o in outcomes if is_number(o)]
    return Unknown(missing, unit=unit_of(numbers[0]) if numbers else None)


# ---- arithmetic between bounds -------------------------------------------------------------------------------------

def add_bounds(a, b):
    (al, ah), (bl, bh) = a, b
    return (None if al is None or bl is None else al + bl), (None if ah is None or bh is None else ah + bh)


def negate_bounds(a):
    low, high = a
    return (None if high is None else -high), (None if low is None else -low)


INF = object()


def multiply_bounds(a, b):
    """The products' bounds: of the four corners, where 0 times anything is 0 and a missing bound is infinite."""
    if a == (0, 0) or b == (0, 0):
        return Fraction(0), Fraction(0)
    corners = []
    for x, x_sign in ((a[0], -1), (a[1], 1)):
        for y, y_sign in ((b[0], -1), (b[1], 1)):
            if x is not None and y is not None:
                corners.append((x * y, 0))
            else:
                sign = (x_sign if x is None else sign_of(x)) * (y_sign if y is None else sign_of(y))
                corners.append((Fraction(0), 0) if sign == 0 else (None, sign))
    low = None if any(c[1] < 0 for c in corners) else min((c[0] for c in corners if c[1] == 0), default=None)
    high = None if any(c[1] > 0 for c in corners) else max((c[0] for c in corners if c[1] == 0), default=None)
    return low, high


def sign_of(x):
    return (x > 0) - (x < 0)


def reciprocal_bounds(b):
    """Bounds of 1/b where b cannot be 0; None when it can."""
    low, high = b
    if low is not None and low > 0:
        return (Fraction(0) if high is None else 1 / high), 1 / low
    if high is not None and high < 0:
        return 1 / high, (Fraction(0) if low is None else 1 / low)
    return None


def multiply_units(a, b, sign=1):
    unit = dict(a)
    for name, power in b:
        unit[name] = unit.get(name, 0) + sign * power
    return tuple(sorted((n, p) for n, p in unit.items() if p != 0))


# ---- rounding ------------------------------------------------------------------------------------------------------

def round_to(amount, step, direction):
    """The multiple of `step` that `afrundet til` gives: nearest with halves away from zero, or as the direction says."""
    steps = amount / step
    floor = steps.numerator // steps.denominator
    rest = steps - floor
    if rest == 0:
        return amount
    if direction == "up":
        chosen = floor + 1
    elif direction == "down":
        chosen = floor
    elif direction == "zero":
        chosen = floor if steps > 0 else floor + 1
    elif direction == "even" and rest == Fraction(1, 2):
        chosen = floor if floor % 2 == 0 else floor + 1
    elif rest == Fraction(1, 2):
        chosen = floor + 1 if steps > 0 else floor
    else:
        chosen = floor + 1 if rest > Fraction(1, 2) else floor
    return chosen * step
