#!/usr/bin/env python3
"""Writes numbers.txt: random operations on exact numbers with their results, computed by Python's fractions.

The test that reads the file needs no Python. To make it anew, which gives the same bytes:

    python3 tests/data/gen_numbers.py > tests/data/numbers.txt

Each line is one of
    p a b  a+b a-b a*b a/b order     order is <, = or >; the quotient is ! when b is 0
    r a step  nearest up down towards-zero half-even
    c start op b op b …  result      a chain from left to right, op one of + - * /
Numbers are written as decimals when those end, else as reduced fractions.
"""

import math
from fractions import Fraction
from random import Random

PAIRS = 15_000
ROUNDINGS = 7_000
CHAINS = 2_000
LIMIT = 2**96  # a decimal of 96 bits ends below this

random = Random(20250601)


def exact(value):
    """Writes a fraction the way Number::to_exact does."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    decimals = max(twos, fives)
    digits = str(abs(value.numerator) * 10**decimals // value.denominator).rjust(decimals + 1, "0")
    sign = "-" if value < 0 else ""
    if decimals == 0:
        return sign + digits
    return f"{sign}{digits[:-decimals]}.{digits[-decimals:]}"


def decimal(digits, scale):
    return Fraction(digits, 10**scale)


def money():
    return decimal(random.randrange(10 ** random.randint(1, 13)), random.choice([0, 0, 1, 2, 2, 3]))


def rate():
    return decimal(10_000 + random.randint(-900, 1_200), 4)


def whole():
    return Fraction(random.randrange(10 ** random.randint(1, 6)))


def third():
    return Fraction(random.randrange(100_000), random.choice([3, 3, 6, 7, 9, 11, 13, 365, 999]))


def at_the_limit():
    """Digits around the largest that 96 bits hold, also where one more digit does not fit."""
    digits = random.choice([LIMIT, LIMIT // 10, LIMIT // 2, LIMIT // 3, 2**64, 2**32, 2**95])
    return decimal(max(0, digits + random.randint(-6, 6)), random.randint(0, 28))


def many_decimals():
    return decimal(random.randrange(10 ** random.randint(1, 29)), random.randint(26, 28))


def too_many_decimals():
    return decimal(random.randrange(1, 10 ** random.randint(1, 12)), random.randint(29, 45))


def huge():
    return Fraction(random.randrange(10 ** random.randint(20, 50)))


def round_number():
    return Fraction(random.randint(1, 9)) * Fraction(10) ** random.randint(-30, 30)


def binary():
    return Fraction(random.randrange(1_000), 2 ** random.randint(1, 40))


def zero():
    return Fraction(0)


KINDS = [
    (money, 8), (whole, 4), (rate, 2), (third, 4), (at_the_limit, 4), (many_decimals, 3),
    (too_many_decimals, 2), (huge, 1), (round_number, 2), (binary, 1), (zero, 1),
]


def number():
    kinds, weights = zip(*KINDS)
    value = random.choices(kinds, weights)[0]()
    return -value if random.random() < 0.3 else value


def pair():
    a, b = number(), number()
    if random.random() < 0.04:
        b = a if random.random() < 0.5 else -a
    elif random.random() < 0.1:
        # Close neighbours, for the order and for sums that cancel.
        b = a + Fraction(random.randint(-2, 2), 10 ** random.randint(1, 30))
    elif random.random() < 0.1 and b != 0:
        # A product, so that the quotient is short.
        a = b * money()
    order = "<" if a < b else ">" if a > b else "="
    quotient = exact(a / b) if b != 0 else "!"
    return ["p", exact(a), exact(b), exact(a + b), exact(a - b), exact(a * b), quotient, order]


def step():
    power = Fraction(10) ** random.randint(-6, 6)
    return random.choice([power, power, power, power * 5, power / 4, Fraction(1, 3), third() + 1, many_decimals() + 1])


def nearest(q):
    """Half away from zero."""
    size = math.floor(abs(q) + Fraction(1, 2))
    return -size if q < 0 else size


def rounding():
    a, by = number(), step()
    if random.random() < 0.4:
        # Exactly between two multiples, or as near to that as matters.
        reach = random.choice([50, 50, LIMIT * 1_000])
        a = by * (random.randint(-reach, reach) + Fraction(1, 2))
        a += random.choice([0, 0, 1, -1]) * Fraction(1, 10 ** random.randint(5, 40))
    q = a / by
    modes = [nearest(q), math.ceil(q), math.floor(q), math.trunc(q), round(q)]
    return ["r", exact(a), exact(by)] + [exact(by * multiple) for multiple in modes]


def chain():
    value = money() if random.random() < 0.7 else number()
    line = ["c", exact(value)]
    if random.random() < 0.5:
        # An amount indexed over eight budget years.
        steps = [("*", rate()) for _ in range(8)]
    else:
        steps = [(random.choice("+-*/"), random.choice([money, third, rate, whole])()) for _ in range(6)]
    for operator, by in steps:
        if operator == "/" and by == 0:
            by = Fraction(3)
        line += [operator, exact(by)]
        if operator == "+":
            value += by
        elif operator == "-":
            value -= by
        elif operator == "*":
            value *= by
        else:
            value /= by
    return line + [exact(value)]


def main():
    for count, make in [(PAIRS, pair), (ROUNDINGS, rounding), (CHAINS, chain)]:
        for _ in range(count):
            print(" ".join(make()))


main()
