#!/usr/bin/env python3
"""Makes random well-typed programs with data, evaluates them with the oracle, and writes them as conformance cases (JSON).

    generate.py --seed 1 --count 1000 --out cases.json [--table]

Case number i of seed s is always the same, whatever the count: it is made from the seed "s/i" alone.
"""
import argparse
import collections
import json
import os
import random
import sys
from datetime import date, timedelta
from fractions import Fraction as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from klausul_oracle import (Clause, Data, Exceptional, Fact, Kind, Line, Program, Type, When, World)  # noqa: E402
from states import FAILS, NONE, PERCENT, PLAIN, Entity, Failed, Known, NotApply, Number, Unknown, Unspecified, round_to  # noqa: E402
from write import MONTHS, Writer, rules  # noqa: E402

KR, PUPIL, RATE = (("kr.", 1),), (("elev", 1),), (("elev", -1), ("kr.", 1))
UNIT = {"kr": KR, "pupil": PUPIL, "rate": RATE, "pct": PERCENT, "plain": PLAIN}
NUMBERS = tuple(UNIT)
DECLARED = {"elev": "elever"}
NAMES = ["Nord", "Syd", "Øst", "Vest", "Ærø", "A", "Å", "a b", "Z-1"]
GRADES = ("god", "jævn", "dårlig")
YEARS = range(2022, 2029)
SMALL = [F(n) for n in (0, 1, 2, 3, 4, 5, 7, 10, 12, 50, 99, 100, 101, 1000)] + [F(1, 2), F(5, 2), F(3, 4), F(1, 8), F(9999, 100), F(333, 10)]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.used = collections.Counter()
        self.in_condition = False

    # -- chance --

    def chance(self, share):
        return self.random.random() < share

    def pick(self, items):
        return self.random.choice(list(items))

    def some(self, items, most):
        items = list(items)
        return self.random.sample(items, min(len(items), self.random.randint(1, most)))

    def use(self, name):
        self.used[name] += 1

    # -- a whole program --

    def program(self):
        lang = self.pick(("da", "da", "en"))
        period = self.pick((None, (2025, 2025), (2024, 2026), (2023, None), (2025, 2027)))
        if period:
            period = (date(period[0], 1, 1), date(period[1], 12, 31) if period[1] else None)
        self.kinds = [self.kind()] if self.chance(0.75) else []
        self.now = ("year", self.pick((2024, 2025, 2025, 2025, 2026)))
        if self.chance(0.15):
            self.now = ("day", self.pick((date(2025, 1, 1), date(2025, 12, 31), date(2025, 7, 1), date(2024, 2, 29), date(2025, 6, 30),
                                          date(2026, 3, 1))))
            self.use("asked on a day")
        self.program_ = Program(lang, period, dict(DECLARED), tuple(DECLARED), self.kinds, [])
        self.lines = {}                 # (clause, name) -> Ref
        for index in range(self.random.randint(1, 3)):
            self.program_.clauses.append(self.clause(f"k{index + 1}"))
        return self.program_

    def kind(self):
        facts = []
        for index in range(self.random.randint(3, 6)):
            facts.append(self.a_fact(f"f{index + 1}"))
        if not any(f.type.unit == PUPIL for f in facts):
            facts.append(Fact("f0", Type("number", PUPIL, True, F(0), None)))
        return Kind("skole", "skoler", "skolen", facts)

    def a_fact(self, name):
        shape = self.pick(("kr", "kr", "pupil", "pupil", "rate", "pct", "plain", "truth", "truth", "choice", "date"))
        type_ = self.type(shape)
        fact = Fact(name, type_)
        if self.chance(0.12):
            fact.default = self.value(type_)
            self.use("if not stated")
        if self.chance(0.12):
            fact.always = True
            self.use("always")
        return fact

    def type(self, shape):
        if shape == "truth":
            return Type("truth")
        if shape == "date":
            return Type("date")
        if shape == "choice":
            return Type("choice", choices=GRADES)
        whole = shape in ("pupil", "plain") and self.chance(0.7)
        low = high = None
        if self.chance(0.6):
            self.use("domain")
            low, high = self.pick(((F(0), None), (F(0), F(100)), (F(-5), F(10)), (F(0), F(4)), (F(1), F(4)), (F(10), F(500)), (None, F(100))))
        return Type("number", UNIT[shape], whole, low, high)

    def value(self, type_):
        if type_.kind == "truth":
            return self.chance(0.5)
        if type_.kind == "choice":
            return self.pick(type_.choices)
        if type_.kind == "date":
            return self.day()
        if self.chance(0.3) and (type_.low is not None or type_.high is not None):
            return type_.low if type_.high is None else type_.high if type_.low is None else self.pick((type_.low, type_.high))
        for _ in range(20):
            amount = self.pick(SMALL)
            if self.chance(0.15):
                amount = -amount
            if type_.whole and amount.denominator != 1:
                continue
            if (type_.low is None or amount >= type_.low) and (type_.high is None or amount <= type_.high):
                return amount
        return type_.low if type_.low is not None else type_.high if type_.high is not None else F(1)

    def day(self):
        if self.chance(0.3):
            return self.pick((date(2024, 2, 29), date(2020, 2, 29), date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 1), date(2024, 12, 31),
                              date(2025, 1, 1)))
        return date(2020, 1, 1) + timedelta(days=self.random.randint(0, 2500))

    # -- clauses --

    def clause(self, name):
        kind = self.kinds[0].name if self.kinds and self.chance(0.6) else None
        if kind:
            self.use("clause for each")
        self.here = Clause(name, kind)
        if self.chance(0.12):
            self.here.period = self.pick(((date(2025, 1, 1), None), (date(2024, 1, 1), date(2026, 12, 31)), (date(2025, 1, 1), date(2025, 12, 31))))
            self.use("in force")
        self.met_used = False
        for index in range(self.random.randint(0, 3)):
            fact = self.a_fact(f"g{index + 1}")
            self.here.givens.append(fact)
            self.use("given")
        for index in range(self.random.randint(2, 7)):
            self.add_line(index + 1)
        if self.chance(0.35):
            self.exceptions()
        self.random.shuffle(self.here.lines)
        return self.here

    def add_line(self, index):
        roll = self.random.random()
        truths = [l for l in self.own() if l.form == "condition"]
        if roll < 0.2 and not self.met_used:
            self.condition(f"c{index}")
        elif roll < 0.3 and truths:
            self.grant(f"b{index}", truths)
        elif roll < 0.47:
            self.table(f"t{index}")
        elif roll < 0.5:
            self.scale(f"p{index}")
        elif roll < 0.57 and self.here.kind:
            self.share(f"s{index}")
        elif roll < 0.6 and self.here.kind:
            self.rank(f"n{index}")
        elif roll < 0.67 and not self.here.period:
            self.recursive(f"r{index}")
        elif roll < 0.73 and not self.here.period:
            self.total(f"m{index}")
        else:
            self.definition(f"x{index}")

    def own(self):
        return self.here.lines

    def put(self, lines, shape):
        local = any(self.is_local(line) for line in lines)
        self.here.lines.extend(lines)
        self.lines[(self.here.name, lines[0].name)] = (shape, local, len(self.here.lines))

    def definition(self, name):
        shape = self.pick(("kr", "kr", "kr", "pupil", "rate", "pct", "plain", "truth", "choice", "date"))
        pieces = [Line(name, "value", self.expr(shape, 3, top=True), when) for when in self.times()]
        self.put(pieces, shape)

    def times(self):
        """When the pieces of a definition hold: within their clause's `gælder`."""
        pieces = self.any_times()
        return pieces if all(w is None or self.within_force(w) for w in pieces) else [None]

    def within_force(self, when):
        if self.here.period is None or when.form == "otherwise":
            return True
        if when.form == "given":
            return False
        first, last = self.here.period
        return when.first >= first and (last is None or (when.last is not None and when.last <= last))

    def any_times(self):
        """Pieces that never overlap."""
        form = self.random.random()
        if form < 0.57:
            return [None]
        if form < 0.6:
            return self.given_times()
        self.use("dated definition")
        start = self.random.randint(2023, 2026)
        if form < 0.7:
            return [self.years(start, start)]
        if form < 0.78:
            found = [self.years(start, start), self.years(start + 1, start + 1 + self.random.randint(0, 2))]
        elif form < 0.84:
            found = [self.years(start, start + 1), self.open("from-year", start + 2)]
        elif form < 0.88:
            found = [self.open("through-year", start), self.years(start + 1, start + 1)]
        else:
            turn = self.pick((date(start, 7, 1), date(start, 1, 1), date(start, 2, 28), date(start, 12, 31), date(2024, 2, 29)))
            found = [When("span", date.min, turn - timedelta(days=1), ("until", turn)), When("span", turn, None, ("from", turn))]
            roll = self.random.random()
            if roll < 0.3:
                found = found[1:]
            elif roll < 0.6:
                end = turn + timedelta(days=self.random.randint(1, 800))
                found[1] = When("span", turn, end, ("from+through", turn, end))
            elif roll < 0.75:
                quarter = self.random.randint(1, 4)
                first = date(start, quarter * 3 - 2, 1)
                last = date(start, 12, 31) if quarter == 4 else date(start, quarter * 3 + 1, 1) - timedelta(days=1)
                found = [When("span", first, last, ("quarter", quarter, start))]
                self.use("quarter")
        if self.chance(0.3) and found[0].form == "span":
            self.use("otherwise")
            found.append(When("otherwise"))
        return found

    def given_times(self):
        """Pieces bounded by a date that is given."""
        dates = [("ref", clause.name, fact.name) for clause in [*self.program_.clauses, self.here] for fact in clause.givens
                 if fact.type.kind == "date" and fact.always]
        if not dates or self.here.period is not None:
            return [None]
        self.use("given date as a bound")
        date_ = self.pick(dates)
        found = [When("given", words=("from", date_))]
        if self.chance(0.6):
            found.append(When("given", words=("until", date_)))
        if self.chance(0.3):
            found.append(When("otherwise"))
        return found

    def years(self, first, last):
        words = ("year", first) if first == last else ("years", first, last)
        return When("span", date(first, 1, 1), date(last, 12, 31), words)

    def open(self, form, year):
        if form == "from-year":
            return When("span", date(year, 1, 1), None, (form, year))
        return When("span", date.min, date(year, 12, 31), (form, year))

    def condition(self, name):
        self.use("condition")
        self.in_condition = True        # a condition that counts the conditions would need itself
        self.put([Line(name, "condition", self.expr("truth", 2, top=True))], "truth")
        self.in_condition = False

    def grant(self, name, truths):
        self.use("grant")
        conditions = tuple(dict.fromkeys(l.name for l in self.some(truths, 2)))
        line = Line(name, "grant", self.expr("kr", 2), conditions=conditions)
        if self.chance(0.25):
            line.otherwise = self.expr("kr", 1)
            self.use("grant otherwise")
        self.put([line], "kr")

    def recursive(self, name):
        """An opening value, and each year built on the one before."""
        self.use("year before, recursive")
        start = self.random.randint(2022, 2025)
        grown = self.pick((
            ("add", ("at", ("ref", self.here.name, name), ("previous",)), self.expr("kr", 1)),
            ("raise", ("at", ("ref", self.here.name, name), ("previous",)), ("num", F(10), PERCENT)),
            ("atmost", ("add", ("at", ("ref", self.here.name, name), ("previous",)), self.literal("kr")), self.literal("kr")),
        ))
        if self.chance(0.25):
            self.use("carried on")
            self.put([Line(name, "value", self.expr("kr", 1), self.years(start, start + 1)),
                      Line(name, "value", ("carried", self.here.name, name, start + 1), self.open("from-year", start + 2))], "kr")
            return
        self.put([Line(name, "value", self.literal("kr"), self.years(start, start)),
                  Line(name, "value", grown, self.open("from-year", start + 1))], "kr")

    def total(self, name):
        self.use("in total in")
        first = self.random.randint(2023, 2025)
        last = first + self.random.randint(0, 3)
        when = When("total", date(first, 1, 1), date(last, 12, 31), ("total", first, last))
        pieces = [Line(name, "value", self.literal("kr"), when)]
        if self.chance(0.4):
            pieces.append(Line(name, "value", self.literal("kr"), self.open("from-year", last + 1)))
        self.put(pieces, "kr")
        a = self.random.randint(first - 1, first + 1)
        b = self.random.randint(max(a, last - 1), max(a, last + 1))
        if self.chance(0.7):
            self.use("sum over years")
            self.put([Line(name + "s", "value", ("sumyears", self.here.name, name, a, b))], "kr")

    def share(self, name):
        pool = self.expr("kr", 1, national=True) if self.chance(0.6) else self.literal("kr")
        kind = self.kinds[0].name
        if self.is_local(Line("", "value", pool)):
            pool = self.literal("kr")
        key = None
        if self.chance(0.85):
            candidates = [("fact", kind, f.name) for f in self.kinds[0].facts if f.type.kind == "number"]
            key = self.pick(candidates)
            if self.chance(0.15):
                key = self.expr(self.pick(("pupil", "kr")), 1)
                if not self.is_local(Line("", "value", key)) or key[0] == "num":
                    key = self.pick(candidates)
        where = self.expr("truth", 1) if self.chance(0.3) else None
        if where is not None and not self.is_local(Line("", "value", where)):
            where = None
        rounding, step = None, self.pick((F(1, 100), F(1), F(1, 2), F(10), F(100)))
        roll = self.random.random()
        if roll < 0.35:
            if self.chance(0.85):
                pool = ("num", round_to(self.pick(SMALL) * self.pick((1, 1, 10, 1000)), step, "nearest"), KR)
            rounding = ("largest", step, KR)
        elif roll < 0.5:
            rounding = ("rest", step, self.pick(self.entities()), KR)
        elif roll < 0.6:
            rounding = ("each", step, self.pick(("nearest",)), KR)
        self.use("shared " + (rounding[0] if rounding else "exactly"))
        if key is None:
            self.use("shared equally")
        if where is not None:
            self.use("shared where")
        self.put([Line(name, "value", ("share", pool, key, kind, where, rounding))], "kr")

    def entities(self):
        if not hasattr(self, "keys"):
            self.keys = self.some(NAMES, 4)
        return self.keys

    # -- tables --

    def scale(self, name):
        """A charge of money by percentages, or of pupils by money for each."""
        shape, rates = self.pick((("kr", "pct"), ("pupil", "rate")))
        key = self.key_ref(shape)
        if key is None:
            return self.definition(name)
        bounds = sorted(self.random.sample([F(n) for n in (1, 2, 4, 5, 10, 50, 100, 101, 500)], self.random.randint(1, 3)))
        rows = [(bound, self.literal(rates) if self.chance(0.8) else self.leaf_of(rates), None) for bound in bounds]
        # A scale that stops below what it charges can be is a fault; only what has no declared end may run past the last step.
        type_ = self.key_type(key)
        if type_ is None or type_.high is not None or self.chance(0.8):
            rows.append((None, self.literal(rates), None))
        self.use("scale")
        self.put([Line(name, "scale", keys=(key,), rows=tuple(rows), key_units=(UNIT[shape],))], "kr")

    def leaf_of(self, shape):
        self.limits = (False, False)
        return self.leaf(shape)

    def rank(self, name):
        kind = self.kinds[0].name
        candidates = [e for e, s in self.inner_refs() if s in NUMBERS and e[:2] != ("ref", "")]
        where = self.inner_truth() if self.chance(0.3) else None
        self.use("rank" + (" where" if where else ""))
        self.put([Line(name, "value", ("rank", self.pick(candidates), kind, where, self.pick(("largest", "smallest"))))], "plain")

    def table(self, name):
        keys, cells = [], []
        for _ in range(self.pick((1, 1, 1, 2))):
            shape = self.pick(("pupil", "plain", "kr", "pct", "truth", "choice", "pupil"))
            key = self.key_ref(shape)
            if key is None or key in [k for k, _ in keys]:
                continue
            keys.append((key, shape))
        if not keys:
            return self.definition(name)
        shape = self.pick(("kr", "kr", "pct", "plain", "pupil"))
        policy = self.pick((None, None, None, None, "first", "add", "largest", "smallest", "agree"))
        rows = self.rows([s for _, s in keys], [self.key_type(k) for k, _ in keys], policy)
        self.use("table" + (f", {policy}" if policy else ""))
        if len(keys) > 1:
            self.use("table by two keys")
        made = []
        for cells in rows:
            result = ("na",) if self.chance(0.08) else self.expr(shape, 1) if self.chance(0.3) else self.literal(shape)
            if result == ("na",):
                self.use("table cell does not apply")
            made.append((cells, result, None))
        if all(result == ("na",) for _, result, _ in made):
            made[0] = (made[0][0], self.literal(shape), None)
        self.put([Line(name, "table", keys=tuple(k for k, _ in keys), rows=tuple(made), policy=policy,
                       key_units=tuple(UNIT.get(s) if self.key_type(k) is None else None for k, s in keys))], shape)

    def key_ref(self, shape):
        refs = [e for e, s, _, _ in self.refs() if s == shape and e[0] in ("ref", "fact")]
        return self.pick(refs) if refs else None

    def key_type(self, key):
        if key[0] == "fact":
            return next(f.type for f in self.kinds[0].facts if f.name == key[2])
        clause = next((c for c in self.program_.clauses if c.name == key[1]), self.here)
        return next((g.type for g in clause.givens if g.name == key[2]), None)

    def rows(self, shapes, types, policy):
        # `ellers` stands for all keys, so it is used with one key only.
        self.rest = ("otherwise",) if len(shapes) == 1 else ("any",)
        parts = [self.partition(shape, type_, policy) for shape, type_ in zip(shapes, types)]
        if len(parts) == 1:
            return [(cell,) for cell in parts[0]]
        if self.chance(0.4):
            self.use("table cell any")
            rows = [(cell, ("any",)) for cell in parts[0][1:]]
            return [(parts[0][0], other) for other in parts[1]] + rows
        return [(a, b) for a in parts[0] for b in parts[1]]

    def partition(self, shape, type_, policy):
        """Cells that cover every key once (under a policy, at least once)."""
        if shape == "truth":
            return [("is", True), ("is", False)]
        if shape == "choice":
            return self.pick(([("is", g) for g in GRADES], [("list", GRADES[:2]), ("is", GRADES[2])], [("is", GRADES[0]), ("not", GRADES[0])],
                              [("is", GRADES[1]), self.rest if self.rest == ("otherwise",) else ("not", GRADES[1])]))
        points = sorted(self.random.sample(range(1, 12), self.random.randint(1, 3)))
        points = [F(p * self.pick_scale) for p in points] if hasattr(self, "pick_scale") else [F(p) for p in points]
        low = type_.low if type_ is not None else None
        high = type_.high if type_ is not None else None
        points = [p for p in points if (low is None or p > low) and (high is None or p < high)]
        if not points:
            return [self.rest]
        whole = type_ is not None and type_.whole and low is not None
        cells = []
        if whole:
            start = low
            for point in points:
                cells.append(("is", start) if start == point - 1 else ("range", start, point - 1))
                start = point
            cells.append(("from", start) if high is None else ("is", start) if start == high else ("range", start, high))
        elif self.chance(0.5):
            cells = [("under", points[0])] + [("under_range", a, b) for a, b in zip(points, points[1:])] + [("from", points[-1])]
            if low is not None:
                cells[0] = ("under_range", low, points[0])
        else:
            cells = [("at_most", points[0])] + [("over_at_most", a, b) for a, b in zip(points, points[1:])] + [("over", points[-1])]
            if low is not None:
                cells[0] = ("range", low, points[0])
        if policy == "first":
            self.random.shuffle(cells)
            return cells[:-1] + [self.rest] if self.chance(0.5) and len(cells) > 1 else cells
        if policy in ("add", "largest", "smallest"):
            cells += [("from", points[0])]
            if self.chance(0.4):
                cells = cells[1:]
        return cells

    # -- exceptions --

    def exceptions(self):
        names = [n for (c, n), _ in self.lines.items() if c == self.here.name]
        candidates = [n for n in names if all(l.form in ("value", "condition", "grant") and (l.when is None or l.when.form != "total")
                                              for l in self.here.lines if l.name == n)]
        if not candidates:
            return
        target = self.pick(candidates)
        shape, local, index = self.lines[(self.here.name, target)]
        for number in range(self.pick((1, 1, 1, 2))):
            exception = Exceptional(f"u{number + 1}")
            self.use("exception")
            if self.chance(0.3):
                first = self.random.randint(2024, 2025)
                exception.when = self.years(first, first + self.random.randint(0, 1))
                self.use("exception in years")
            if exception.when is None or not self.within_force(exception.when):
                exception.when = None
                exception.condition = self.simple_truth(local)
            if self.chance(0.15):
                exception.lifts.append(target)
                self.use("exception lifts")
            else:
                exception.lines.append(self.restate(target, shape, local, index))
                if self.chance(0.25) and number == 0:
                    nested = Exceptional("v1", condition=self.simple_truth(local), lines=[self.restate(target, shape, local, index)])
                    exception.nested.append(nested)
                    self.use("exception nested")
            self.here.exceptions.append(exception)
        if len(self.here.exceptions) == 2 and self.chance(0.5):
            self.here.precedence.append(self.pick((("u1", "u2"), ("u2", "u1"))))
            self.use("precedence")

    def restate(self, target, shape, local, index):
        """A replacement, built on facts and on lines written before the one it replaces, so that no ring arises."""
        expr = self.literal(shape) if shape in UNIT else self.expr(shape, 0, facts_only=True, national=not local)
        if shape in UNIT and self.chance(0.4):
            expr = self.expr(shape, 1, facts_only=True, national=not local)
        form = next(l.form for l in self.here.lines if l.name == target)
        if form == "grant":
            # A restated grant is written as a grant again.
            old = next(l for l in self.here.lines if l.name == target)
            return Line(target, "grant", expr, conditions=old.conditions, otherwise=None)
        return Line(target, "condition" if form == "condition" else "value", expr)

    def simple_truth(self, local):
        if self.chance(0.3):
            return ("cmp", self.pick(("=", "≥", "≤")), ("year",), ("num", F(self.random.randint(2024, 2026)), PLAIN, "year"))
        return self.expr("truth", 1, facts_only=True, national=not local)

    # -- names in reach --

    def refs(self, facts_only=False, national=False):
        """[(expression, shape, local, dated?)] of the names that may be used here."""
        found = []
        if self.here.kind and not national:
            for fact in self.kinds[0].facts:
                found.append((("fact", self.here.kind, fact.name), shape_of(fact.type), True, True))
        for clause in [*self.program_.clauses, self.here]:
            for fact in clause.givens:
                found.append((("ref", clause.name, fact.name), shape_of(fact.type), False, True))
        if facts_only:
            return found
        for (clause, name), (shape, local, _) in self.lines.items():
            if local and (national or clause != self.here.name):
                continue
            found.append((("ref", clause, name), shape, local, True))
        return found

    def inner_refs(self):
        """The names of each entity, for use in aggregates."""
        found = [(("fact", self.kinds[0].name, f.name), shape_of(f.type)) for f in self.kinds[0].facts]
        for (clause, name), (shape, local, _) in self.lines.items():
            if local:
                found.append((("ref", clause, name), shape))
        return found

    # -- expressions --

    def literal(self, shape):
        if shape == "truth":
            # There is no bare truth to state: a comparison of figures stands for it.
            return ("cmp", self.pick(("=", "<", "≥")), ("year",), ("num", F(self.random.randint(2024, 2026)), PLAIN, "year"))
        if shape == "choice":
            return ("text", self.pick(GRADES))
        if shape == "date":
            return ("date", self.day())
        amount = self.pick(SMALL)
        if shape == "kr" and self.chance(0.1):
            return ("num", amount * 100000, KR, "mio")
        if shape == "plain" and self.chance(0.1):
            return ("num", F(self.pick((1, 2)), self.pick((3, 7))), PLAIN, "/")
        return ("num", amount, UNIT[shape])

    def expr(self, shape, depth, top=False, facts_only=False, national=False):
        self.limits = (facts_only, national)
        return self.make(shape, depth)

    def leaf(self, shape):
        refs = [r for r in self.refs(*self.limits) if r[1] == shape]
        if refs and self.chance(0.75):
            expr = self.pick(refs)[0]
            if self.chance(0.14):
                when = self.pick((("previous",), ("year", self.random.randint(2023, 2026)), ("relative", self.pick((-1, 1, -2))),
                                  ("day", self.pick((date(2025, 6, 30), date(2024, 2, 29), date(2025, 1, 1))))))
                if when[0] == "relative" and self.now[0] == "day":
                    when = ("previous",)
                self.use({"previous": "year before", "year": "in a year", "relative": "in (year − n)", "day": "on a day"}[when[0]])
                expr = ("at", expr, when)
            return expr
        return self.literal(shape)

    def make(self, shape, depth):
        if depth <= 0 or self.chance(0.12):
            return self.leaf(shape)
        d = depth - 1
        if shape in NUMBERS:
            return self.number(shape, d)
        if shape == "truth":
            return self.truth(d)
        if shape == "choice":
            return self.pick((lambda: self.leaf("choice"), lambda: self.conditional("choice", d)))()
        return self.date_expr(d)

    def date_expr(self, d):
        roll = self.random.random()
        if roll < 0.35:
            return self.conditional("date", d)
        if roll < 0.5:
            self.use("date + months")
            return ("plusmonths", self.leaf("date"), self.pick((1, 1, 2, 3, 6, 12, 13, -1, -3)), self.pick(("last", "first")))
        if roll < 0.65:
            self.use("date + days")
            return ("plusdays", self.leaf("date"), ("num", F(self.pick((1, 28, 30, 365, 366))), (("dag", 1),)))
        return self.leaf("date")

    def conditional(self, shape, d):
        self.use("if")
        return ("if", self.make("truth", d), self.make(shape, d), self.make(shape, d))

    def number(self, shape, d):
        unit = UNIT[shape]
        ops = ["add", "sub", "if", "min", "max", "atmost", "atleast", "round", "scale", "of", "product", "agg", "div", "divor"]
        if shape != "pct":
            ops += ["raise", "lower"]
        if shape in ("pct", "plain"):
            ops += ["ratio", "ratio"]
        if shape == "plain":
            ops += ["count", "met", "year", "apart"]
        op = self.pick(ops)
        if op in ("add", "sub"):
            self.use(op)
            return (op, self.make(shape, d), self.make(shape, d))
        if op == "if":
            return self.conditional(shape, d)
        if op in ("min", "max"):
            self.use(op)
            return (op, *[self.make(shape, d) for _ in range(self.random.randint(2, 3))])
        if op in ("atmost", "atleast"):
            self.use(op)
            return (op, self.make(shape, d), self.make(shape, 0))
        if op == "round":
            direction = self.pick(("nearest", "nearest", "up", "down", "zero", "even"))
            self.use("round " + direction)
            step = self.pick((F(1, 100), F(1, 10), F(1, 2), F(1), F(5), F(10), F(100), F(1000)))
            return ("round", self.make(shape, d), (step, unit), direction)
        if op == "scale":
            self.use("mul")
            return ("mul", self.make("plain", d), self.make(shape, d)) if shape != "plain" else ("mul", self.make("plain", d), self.make("plain", d))
        if op == "of":
            self.use("of")
            part = self.make("pct", 0) if self.chance(0.7) else ("num", F(1, 3), PLAIN, "/")
            return ("of", part, self.make(shape, d))
        if op in ("raise", "lower"):
            self.use(op)
            return (op, self.make(shape, d), self.make("pct", 0))
        if op == "product":
            self.use("units multiply")
            if shape == "kr":
                return ("mul", self.make("rate", d), self.make("pupil", d))
            if shape == "rate":
                return ("div", self.make("kr", d), self.make("pupil", d))
            return self.leaf(shape)
        if op == "div":
            self.use("div")
            return ("div", self.make(shape, d), self.make("plain", d))
        if op == "divor":
            self.use("if the denominator is 0")
            return ("divor", self.make(shape, d), self.make("plain", d), self.make(shape, 0))
        if op == "ratio":
            other = self.pick(("kr", "pupil"))
            if shape == "pct":
                self.use("as per cent of")
                return ("pctof", self.make(other, d), self.make(other, d))
            self.use("units cancel")
            return ("div", self.make(other, d), self.make(other, d))
        if op == "count":
            return self.count()
        if op == "met":
            return self.met()
        if op == "apart":
            how, unit, _ = self.apart()
            return ("div", how, ("num", F(1), unit))
        if op == "year":
            self.use("year")
            return ("sub", ("year",), ("num", F(2020), PLAIN, "year"))
        return self.aggregate(shape)

    def apart(self):
        """A number of days, months or years between two dates, its unit, and numbers to compare it with."""
        how, unit, few = self.pick((("days", "dag", (0, 30, 365, 366, 1000)), ("wholemonths", "måned", (0, 1, 6, 12)), ("wholeyears", "år", (0, 1, 2, 4))))
        self.use({"days": "days from … to", "wholemonths": "whole months from … to", "wholeyears": "whole years from … to"}[how])
        a, b = self.leaf("date"), self.leaf("date")
        return (how, a, b), ((unit, 1),), few

    def count(self):
        if not self.kinds or self.limits[0]:
            return self.leaf("plain")
        self.use("number of")
        where = self.inner_truth() if self.chance(0.8) else None
        return ("number", self.kinds[0].name, where)

    def met(self):
        if self.in_condition:
            return self.leaf("plain")
        conditions = [l for l in self.here.lines if l.form == "condition"]
        local = any(self.is_local(l) for l in conditions)
        if not conditions or self.limits[0] or (self.limits[1] and local):
            return self.leaf("plain")
        if self.chance(0.3):
            self.use("number met of")
            return ("met", tuple(l.name for l in self.some(conditions, 3)))
        self.use("number of conditions met")
        self.met_used = True
        return ("met", None)

    def aggregate(self, shape):
        if not self.kinds or self.limits[0]:
            return self.leaf(shape)
        inner = [e for e, s in self.inner_refs() if s == shape]
        if not inner:
            return self.leaf(shape)
        how = self.pick(("sum", "sum", "average", "largest", "smallest"))
        expr = self.pick(inner)
        if self.chance(0.2):
            expr = ("of", ("num", F(50), PERCENT), expr)
        where = self.inner_truth() if self.chance(0.5) else None
        if_none = self.literal(shape) if how != "sum" and self.chance(0.5) else None
        weights = [e for e, s in self.inner_refs() if s in ("pupil", "plain")]
        if how == "average" and weights and self.chance(0.4):
            self.use("average weighted by")
            return ("agg", how, expr, self.kinds[0].name, where, if_none, self.pick(weights))
        self.use(f"{how} of" + (" where" if where else ""))
        return ("agg", how, expr, self.kinds[0].name, where, if_none)

    def inner_truth(self):
        """A condition on one entity: `hvor …`."""
        refs = self.inner_refs()
        expr, shape = self.pick(refs)
        if shape in NUMBERS:
            return ("cmp", self.pick(("<", "≤", ">", "≥", "=", "≠")), expr, self.literal(shape))
        if shape == "truth":
            return expr if self.chance(0.7) else ("not", expr)
        if shape == "choice":
            return ("cmp", "=", expr, self.literal("choice"))
        return ("cmp", self.pick(("<", "≥")), expr, self.literal("date"))

    def truth(self, d):
        roll = self.random.random()
        if roll < 0.45:
            shape = self.pick(NUMBERS)
            sign = self.pick(("<", "≤", ">", "≥", "=", "≠"))
            self.use("comparison")
            left = self.make(shape, d)
            if left[0] == "num":
                left = self.leaf(shape)
            return ("cmp", sign, left, self.make(shape, 0))
        if roll < 0.52:
            self.use("between")
            shape = self.pick(NUMBERS)
            low, high = sorted((self.pick(SMALL), self.pick(SMALL)))
            return ("within", self.make(shape, d), ("num", low, UNIT[shape]), ("num", high, UNIT[shape]))
        if roll < 0.62:
            self.use("and")
            return ("and", *[self.make("truth", d) for _ in range(self.random.randint(2, 3))])
        if roll < 0.72:
            self.use("or")
            return ("or", *[self.make("truth", d) for _ in range(self.random.randint(2, 3))])
        if roll < 0.78:
            self.use("not")
            return ("not", self.make("truth", d))
        if roll < 0.84:
            refs = [r[0] for r in self.refs(*self.limits) if r[1] == "choice"]
            if refs:
                self.use("one of")
                ref = self.pick(refs)
                if self.chance(0.5):
                    return ("cmp", self.pick(("=", "≠")), ref, ("text", self.pick(GRADES)))
                return ("oneof", ref, tuple(sorted(self.some(GRADES, 2))))
        if roll < 0.9:
            refs = [r[0] for r in self.refs(*self.limits) if r[1] == "date"]
            if refs and self.chance(0.4):
                how, unit, few = self.apart()
                return ("cmp", self.pick(("<", "≤", ">", "≥", "=")), how, ("num", F(self.pick(few)), unit))
            if refs:
                self.use("dates compared")
                return ("cmp", self.pick(("<", "≤", ">", "≥", "=")), self.pick(refs), self.make("date", 0))
        if roll < 0.94 and self.kinds and not self.limits[0]:
            found = [e for e, s in self.inner_refs() if s == "truth"]
            if found:
                self.use("for all / for at least")
                if self.chance(0.5):
                    return ("every", self.pick(found), self.kinds[0].name)
                return ("some", self.pick(found), self.kinds[0].name, self.random.randint(1, 3))
        return self.leaf("truth")

    # -- does a line use the entity? --

    def is_local(self, line):
        parts = [line.expr, line.otherwise, *line.keys, *[r for _, r, _ in line.rows]]
        parts += [("ref", self.here.name, name) for name in line.conditions]
        return any(self.local(part) for part in parts if part is not None)

    def local(self, expr):
        if not isinstance(expr, tuple) or not expr or not isinstance(expr[0], str):
            return False
        if expr[0] in ("fact", "share", "rank"):
            return True
        if expr[0] in ("agg", "number", "every", "some"):
            return expr[0] == "agg" and self.local(expr[5])
        if expr[0] in ("ref", "full", "lapsed", "sumyears"):
            return self.lines.get((expr[1], expr[2]), (None, False))[1]
        if expr[0] == "met":
            names = expr[1] or [l.name for l in self.here.lines if l.form == "condition"]
            return any(self.lines[(self.here.name, n)][1] for n in names)
        if expr[0] == "allmet":
            return self.local(("met", None))
        return any(self.local(part) for part in expr[1:])

    # -- data --

    def facts(self):
        data = Data()
        for clause in self.program_.clauses:
            for fact in clause.givens:
                series = self.series(fact)
                if series:
                    data.given[(clause.name, fact.name)] = series
        for kind in self.kinds:
            data.entities[kind.name] = {}
            for key in self.entities():
                facts = {}
                for fact in kind.facts:
                    series = self.series(fact)
                    if series:
                        facts[fact.name] = series
                data.entities[kind.name][key] = facts
            self.make_percentages(kind, data)
        return data

    def make_percentages(self, kind, data):
        """A percentage key usually adds to 100 pct."""
        for fact in kind.facts:
            if fact.type.unit != PERCENT or fact.type.high == F(4) or fact.type.high == F(10) or self.chance(0.3):
                continue
            left = F(100)
            rows = list(data.entities[kind.name].values())
            for row in rows[:-1]:
                share = min(left, F(self.random.randint(0, 60)))
                if (fact.type.low or 0) > share:
                    return
                row[fact.name] = {None: share}
                left -= share
            if left >= (fact.type.low or 0):
                rows[-1][fact.name] = {None: left}

    def series(self, fact):
        if self.chance(0.22):
            return {}
        if fact.always or self.chance(0.7):
            return {None: self.value(fact.type)}
        return {year: self.value(fact.type) for year in range(2023, 2027) if self.chance(0.8)}


def shape_of(type_):
    if type_.kind != "number":
        return type_.kind
    return next(shape for shape, unit in UNIT.items() if unit == type_.unit)


# ---- as conformance cases ------------------------------------------------------------------------------------------


def exact(value):
    if isinstance(value, Number):
        return fraction(value.amount)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return value.key if isinstance(value, Entity) else value


def fraction(amount):
    """A decimal where there is one, else n/d."""
    rest = amount.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{amount.numerator}/{amount.denominator}"
    places = 0
    while (amount * 10 ** places).denominator != 1:
        places += 1
    digits = str(abs(int(amount * 10 ** places))).rjust(places + 1, "0")
    text = digits if not places else f"{digits[:-places]}.{digits[-places:]}"
    return "-" + text if amount < 0 else text


def expectation(ask, outcome, writer):
    if isinstance(outcome, Known):
        found = {"ask": ask, "value": exact(outcome.value)}
        if isinstance(outcome.value, Number) and outcome.value.unit in UNIT.values() and outcome.value.unit:
            found["unit"] = "pct." if outcome.value.unit == PERCENT else writer.unit(outcome.value.unit)
        return found
    if isinstance(outcome, NotApply):
        return {"ask": ask, "state": "does_not_apply"}
    if isinstance(outcome, Failed):
        return {"ask": ask, "state": "error", "code": outcome.code}
    found = {"ask": ask, "state": "unknown", "missing": sorted(missing_name(m, writer) for m in outcome.missing if m != FAILS)}
    if outcome.low is not None:
        found["low"] = fraction(outcome.low)
    if outcome.high is not None:
        found["high"] = fraction(outcome.high)
    return found


def missing_name(missing, writer):
    path, moment = missing
    if isinstance(path, tuple):
        return f"{writer.w('all')} {writer.plural(path[1])}"
    if moment is None:
        return path
    return f"{path} ({moment[1] if moment[0] == 'year' else writer.day(moment[1])})"


def data_json(data):
    """The data as text: numbers exactly as decimals, never through a float."""
    def value(v):
        if isinstance(v, bool):
            return "true" if v else "false"
        if isinstance(v, (F, int)):
            return fraction(F(v))
        return json.dumps(v.isoformat() if isinstance(v, date) else v, ensure_ascii=False)

    def series(s):
        if None in s:
            return value(s[None])
        return "{" + ", ".join(f'"{year}": {value(v)}' for year, v in s.items()) + "}"

    def name(n):
        return json.dumps(n, ensure_ascii=False)

    parts = []
    if data.given:
        parts.append('"given": {' + ", ".join(f"{name('.'.join(k))}: {series(s)}" for k, s in data.given.items()) + "}")
    for kind, rows in data.entities.items():
        shown = [f"{name(key)}: {{" + ", ".join(f"{name(f)}: {series(s)}" for f, s in facts.items()) + "}" for key, facts in rows.items()]
        parts.append(f"{name(kind)}: {{" + ", ".join(shown) + "}")
    return "{" + ", ".join(parts) + "}"


class Example:
    """A program, its data and when it is asked; `shrink.py` makes smaller ones of it."""

    def __init__(self, program, data, now, used=None):
        self.program, self.data, self.now, self.used = program, data, now, used or collections.Counter()

    def case(self, id_, states=None, dropped=None):
        world = World(self.program, self.data, self.now)
        writer = Writer(self.program)
        expect = []
        for clause in self.program.clauses:
            names = list(dict.fromkeys(line.name for line in clause.lines))
            grants = [l.name for l in clause.lines if l.form == "grant"]
            for name in names:
                questions = [("", ("ref", clause.name, name))]
                if name in grants:
                    questions += [("." + writer.w("full"), ("full", clause.name, name)), ("." + writer.w("lapsed"), ("lapsed", clause.name, name))]
                for ending, question in questions:
                    for entity in self.asked_for(clause, question):
                        self.question(world, writer, clause, name + ending, question, entity, expect, states, dropped)
        found = {"id": id_, "sentence": "generated: the oracle's reading of sections 4 to 11", "rules": rules(self.program), "expect": expect}
        if self.data.given or self.data.entities:
            found["data"] = data_json(self.data)
        found["year" if self.now[0] == "year" else "date"] = self.now[1] if self.now[0] == "year" else self.now[1].isoformat()
        return found

    def asked_for(self, clause, question):
        if clause.kind and local_names(self.program)[(clause.name, question[2])]:
            return [Entity(clause.kind, key) for key in sorted(self.data.entities.get(clause.kind, {}))]
        return [None]

    def question(self, world, writer, clause, shown, question, entity, expect, states, dropped):
        from klausul_oracle import Here
        ask = f"{clause.name}.{shown}" + (f' {writer.w("for")} "{entity.key}"' if entity else "")
        try:
            outcome = world.eval(question, Here(clause.name, entity, self.now))
        except Unspecified as why:
            if dropped is not None:
                dropped[str(why)] += 1
            return
        if states is not None:
            states[type(outcome).__name__ + (f" {outcome.code}" if isinstance(outcome, Failed) else "")
                   + (" with bounds" if isinstance(outcome, Unknown) and outcome.bounded else "")] += 1
        expect.append(expectation(ask, outcome, writer))


def local_names(program):
    """Which names of which clauses use the entity; kept on the program."""
    if not hasattr(program, "local_names"):
        program.local_names = find_local(program)
    return program.local_names


def find_local(program):
    uses = {}
    for clause in program.clauses:
        def note(name, parts, clause=clause):
            uses.setdefault((clause.name, name), []).extend((clause, p) for p in parts if p is not None)

        def lines(all_, extra=(), clause=clause, note=note):
            for l in all_:
                note(l.name, [l.expr, l.otherwise, *l.keys, *[r for _, r, _ in l.rows], *extra])
                note(l.name, [("ref", clause.name, n) for n in l.conditions])

        def exceptions(all_, extra=(), clause=clause, note=note):
            for e in all_:
                inner = (*extra, e.condition)
                lines(e.lines, inner)
                for lifted in e.lifts:
                    note(lifted, inner)
                exceptions(e.nested, inner)

        lines(clause.lines)
        exceptions(clause.exceptions)
        for given in clause.givens:
            uses.setdefault((clause.name, given.name), [])
    found = {name: False for name in uses}

    def local(clause, expr):
        if not isinstance(expr, tuple) or not expr or not isinstance(expr[0], str):
            return False
        if expr[0] in ("fact", "share", "rank"):
            return True
        if expr[0] in ("agg", "number", "every", "some"):
            return expr[0] == "agg" and local(clause, expr[5])
        if expr[0] in ("ref", "full", "lapsed", "sumyears"):
            return found.get((expr[1], expr[2]), False)
        if expr[0] in ("met", "allmet"):
            names = expr[1] if len(expr) > 1 and expr[1] else [l.name for l in clause.lines if l.form == "condition"]
            return any(found.get((clause.name, n), False) for n in names)
        return any(local(clause, part) for part in expr[1:])

    changed = True
    while changed:
        changed = False
        for name, parts in uses.items():
            if not found[name] and any(local(clause, part) for clause, part in parts):
                found[name] = changed = True
    return found


def example(seed, index):
    generator = Generator(f"{seed}/{index}")
    program = generator.program()
    return Example(program, generator.facts(), generator.now, generator.used)


def cases(seed, start, count, used=None, states=None, dropped=None, both=10):
    """Cases `start` to `start + count`. Every tenth is also run in the other language."""
    found = []
    for index in range(start, start + count):
        made = example(seed, index)
        case = made.case(f"{seed}-{index}", states, dropped)
        if not case["expect"]:
            continue
        if both == 0 or index % both:
            case["one_language"] = "generated in both languages"
        if used is not None:
            for name in made.used:
                used[name] += 1
        found.append(case)
    return found


def file(cases_):
    return {"section": "4-11", "construct": "generated programs", "case": cases_}


def table(used, states, dropped, out):
    for title, counter in (("programs that use", used), ("questions by state", states), ("questions left out: the page does not say", dropped)):
        print(f"\n{title}", file=out)
        for name, count in sorted(counter.items(), key=lambda item: (-item[1], item[0])):
            print(f"  {count:9}  {name}", file=out)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--out", default="-")
    parser.add_argument("--table", action="store_true", help="print what the programs use and the states reached")
    options = parser.parse_args()
    used, states, dropped = collections.Counter(), collections.Counter(), collections.Counter()
    made = file(cases(options.seed, options.start, options.count, used, states, dropped))
    out = sys.stdout if options.out == "-" else open(options.out, "w", encoding="utf-8")
    json.dump(made, out, ensure_ascii=False)
    if options.table:
        table(used, states, dropped, sys.stderr)


if __name__ == "__main__":
    main()
