#!/usr/bin/env python3
"""Redoes the computations that a file of records tells of, without Klausul.

    python3 verify.py FILE [--lang da|en] [--json] [--known DIGEST]...

Written from the page docs/record.md alone, with nothing but Python 3.9 and its standard library. Of each record it
looks at five levels: 1 form and bytes, 2 digests, 3 chain, 4 every step, redone from the values of the steps that it
names, 5 results. It ends with 0 when all holds, 6 when something does not, 5 when the file cannot be read, 2 when
called wrongly. `--known` names a digest kept elsewhere that a record of the file must have: without one nobody can
see that the end of a file is gone, or that all of it was made anew. Signatures are counted; they are not checked here.
"""
import argparse
import datetime
import hashlib
import itertools
import json
import math
import operator
import re
import sys
from fractions import Fraction as F

FORMAT = "klausul-record/1"
LONGEST = 4000            # digits of a number: no computation of kroner has more
SHOWN = 20                # failures of one level that are told one by one
REQUIRED = object()

class Wrong(Exception):
    """What does not fit: the field, what is wrong with it in Danish and in English, and the step it is in, if any."""
    def __init__(self, field="", da="passer ikke", en="does not fit", step=None):
        super().__init__(en)
        self.field, self.da, self.en, self.step = field, da, en, step

class OwnError(Exception):
    """The operation has no value for these operands: the step must be an error."""

def demand(holds, *wrong):
    if not holds:
        raise Wrong(*wrong)

def own_error_if(condition):
    if condition:
        raise OwnError

# ---- Level 1: the form and the bytes -------------------------------------------------------------------------------

def whole(text):
    demand(len(text) <= 25, "", "et heltal er for langt", "an integer is too long")
    return int(text)

def floating(text):
    raise Wrong("", "flydende tal", "floating point")

def object_of(pairs):
    demand(len(dict(pairs)) == len(pairs), "", "en nøgle står to gange", "a key is there twice")
    return dict(pairs)

def parse(raw):
    """The JSON of a line; what JSON leaves open (keys twice, floating point) is refused."""
    try:
        return json.loads(raw.decode("utf-8"), object_pairs_hook=object_of, parse_float=floating, parse_int=whole,
                          parse_constant=floating)
    except RecursionError:
        raise Wrong("", "indlejret for dybt", "nested too deeply")
    except UnicodeDecodeError as bad:
        raise Wrong("", f"ikke UTF-8 ved byte {bad.start}", f"not UTF-8 at byte {bad.start}")
    except ValueError as bad:
        raise Wrong("", f"ikke JSON: {bad}"[:80], f"not JSON: {bad}"[:80])

def canonical(thing):
    """The one way to write a JSON value; a lone surrogate passes here, to be seen as a byte that differs."""
    written = json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")

def is_a(thing, kind):
    return isinstance(thing, kind) and (kind is bool or not isinstance(thing, bool))   # in Python a truth is an int

def get(holder, key, kind, default=REQUIRED, at=""):
    """A field of an object, of the kind that the page says; `F` reads a number written as text."""
    demand(is_a(holder, dict), at or key, "er ikke et objekt", "is not an object")
    if key not in holder and default is not REQUIRED:
        return default
    demand(key in holder, at + key, "mangler", "is missing")
    if kind is F:
        return number(holder[key], at + key)
    demand(is_a(holder[key], kind), at + key, "har forkert form", "has the wrong form")
    return holder[key]

RECORD = {"format": str, "sequence": int, "previous": str, "engine": dict, "question": dict, "rules": dict, "data": list,
          "sources": list, "citations": list, "assumptions": list, "steps": list, "results": list, "sections": dict}
COMMON = "op value digest of name clause who when basis at unit price_level"

def form(raw, line, record, values):
    """Yields what is wrong with the form of a line; fills in the value of each step, None where it cannot be read."""
    written = canonical(line)
    if raw != written:
        at = next((n for n, pair in enumerate(zip(raw, written)) if pair[0] != pair[1]), min(len(raw), len(written)))
        yield Wrong("", f"ikke kanonisk fra byte {at + 1}", f"not canonical from byte {at + 1}")
    for holder, keys in ((line, {"digest", "record", "signatures"}), (record, set(RECORD))):
        for key in sorted(keys ^ set(holder)):
            yield Wrong(key[:60], *(("mangler", "is missing") if key in keys else ("hører ikke til", "is no part of it")))
    for key, kind in RECORD.items():
        if record.get(key) is None and key in ("previous", "engine", "data", "sources", "citations", "assumptions"):
            continue
        if not is_a(record.get(key), kind) or key == "format" and record[key] != FORMAT:
            yield Wrong(key)
    for n, step in enumerate(listed(record, "steps")):
        try:
            values.append(form_of_step(n, step, len(listed(record, "citations"))))
        except Wrong as wrong:
            wrong.step = n
            values.append(None)
            yield wrong

def listed(record, key):
    return record[key] if is_a(record.get(key), list) else []

def form_of_step(n, step, citations):
    """The value of a step; a step with an unknown operation or key, or that names a later step, cannot be read."""
    op = get(step, "op", str)
    demand(op in OPERATIONS, "op", f"`{op[:40]}` kendes ikke", f"`{op[:40]}` is not known")
    for key in step:
        demand(key in (COMMON + " " + OPERATIONS[op][1]).split(), key[:60], "hører ikke til", "is no part of it")
    for key in ("name", "clause", "who", "when", "unit", "price_level"):
        get(step, key, str, "")
    for key, limit in (("of", n), ("basis", citations)):
        for place in get(step, key, list, []):
            demand(is_a(place, int) and 0 <= place < limit, key, "nævner hvad der ikke er før", "names what is not before")
    return value_of(get(step, "value", dict))

# ---- Level 2 and 3: digests and the chain --------------------------------------------------------------------------

def sha(thing):
    return hashlib.sha256(canonical(thing)).hexdigest()

def digests(line, record):
    """Yields the parts whose digest is not that of their bytes, the smallest that can be named first."""
    for n, step in enumerate(listed(record, "steps")):
        if is_a(step, dict) and step.get("digest") != sha({k: v for k, v in step.items() if k != "digest"})[:16]:
            yield Wrong("digest", "er ikke trinnets", "is not that of the step", n)
    sections = record["sections"] if is_a(record.get("sections"), dict) else {}
    for key in sorted((set(record) | set(sections)) - {"sections"}):
        if key not in record or sections.get(key) != sha(record[key]):
            yield Wrong(f"sections.{key[:60]}", "afsnittet er ændret", "the section was changed")
    if line.get("digest") != "sha256:" + sha(record):
        yield Wrong("digest", "er ikke postens", "is not that of the record")

def chain(record, place, before):
    """Yields breaks of the chain; `before` is the digest of the record before, None where that cannot be read."""
    if record.get("sequence") != place or is_a(record["sequence"], bool):
        yield Wrong("sequence", f"skulle være {place}", f"should be {place}")
    if record.get("previous") != before and (before or place == 1):
        yield Wrong("previous", "er ikke den forrige posts", "is not that of the record before")

# ---- Values, and the bounds of those that are unknown --------------------------------------------------------------

STATUS = ("final", "provisional", "estimate", "approximate")        # from the strongest to the weakest
STATES = ("error", "absent", "unknown")                             # an error comes before what is absent, and so on
INF = math.inf
HUGE, FAR, HAIR = F(10) ** 99, F(10) ** 60, F(1, 10 ** 99)          # stand in for no bound, and for almost

class Value:
    """A value of a step; of an unknown `span` is what its bounds leave, and `open` which of them are not reached."""
    def __init__(self, kind, data, status=0, span=(-INF, INF), unsettled=False, open_=(False, False)):
        self.kind, self.data, self.status, self.unsettled, self.open = kind, data, status, unsettled, open_
        self.span = (data, data) if kind == "number" else span
    def key(self):
        return (self.kind, self.data)
    def __str__(self):
        data = sorted(map(str, self.data)) if is_a(self.data, frozenset) else self.data
        return f"{self.kind} {data}"[:90]

def number(text, field="value"):
    """A decimal without superfluous zeros; a reduced fraction where the decimals do not end."""
    found = re.fullmatch("(-?)(0|[1-9][0-9]*)(?:[.]([0-9]*[1-9])|/([1-9][0-9]*))?", text) if is_a(text, str) else None
    demand(found and len(text) <= LONGEST and text != "-0", field, "er ikke et tal", "is not a number")
    sign, front, decimals, bottom = found[1], found[2], found[3] or "", int(found[4] or 1)
    ends = pow(10, bottom.bit_length(), bottom) == 0             # no prime but 2 and 5 divides it
    demand(not found[4] or math.gcd(int(front), bottom) == 1 and not ends, field, "kan skrives kortere", "has a shorter form")
    return F(int(sign + front + decimals), 10 ** len(decimals) * bottom)

def day(text, field="value"):
    try:
        demand(is_a(text, str) and re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text), field, "er ikke en dato", "is no date")
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Wrong(field, "er ikke en dato", "is no date")

def lacks(raw):
    demand(is_a(raw, list) and raw and all(is_a(t, str) for t in raw) and raw == sorted(set(raw)), "value.unknown")
    return frozenset(raw)

KINDS = {"error": (str, {"text"}), "absent": (str, set()), "unknown": (list, {"low", "high", "low_open", "high_open", "unsettled"}),
         "number": (F, set()), "truth": (bool, set()), "date": (str, set()), "text": (str, set()), "none": (bool, set())}

def value_of(raw, field="value"):
    """Reads a value: what kind it is decides what may stand beside it."""
    kind = next((k for k in KINDS if k in raw), None)
    demand(kind and set(raw) <= {kind, "status"} | KINDS[kind][1], field, "er ikke en værdi", "is not a value")
    data = get(raw, kind, KINDS[kind][0])
    demand(kind != "none" or data, field, "er ikke en værdi", "is not a value")
    status = get(raw, "status", str, "final")
    demand(status in STATUS and raw.get("status") != "final", field + ".status")
    data = {"date": lambda: day(data), "unknown": lambda: lacks(data), "absent": lambda: frozenset([data]),
            "error": lambda: frozenset([(data, get(raw, "text", str, ""))])}.get(kind, lambda: data)()
    return Value(kind, data, STATUS.index(status), (get(raw, "low", F, -INF), get(raw, "high", F, INF)),
                 get(raw, "unsettled", bool, False), (get(raw, "low_open", bool, False), get(raw, "high_open", bool, False)))

def weakest(values):
    return max((v.status for v in values), default=0)

def state_of(values):
    """What a step is when one that it rests on has no value; None when all have."""
    for kind in STATES:
        found = [v for v in values if v.kind == kind]
        if found:
            data = frozenset().union(*(v.data for v in found))
            return Value(kind, data, weakest(values), unsettled=any(v.unsettled for v in found))
    return None

def passing(values, make):
    """The value made where all have one, otherwise the state that they lead to."""
    return state_of(values) or Value(*make(), weakest(values))

def applying(values):
    return [v for v in values if v.kind != "absent"]

def compute(values, exact, rising=False, least=-INF):
    """A number from numbers; from unknowns one within what their bounds leave, which may be a single number (0 · x)."""
    state = state_of(values)
    if state is None:
        demand(all(v.kind == "number" for v in values), "of", "er ikke alle tal", "are not all numbers")
        return Value("number", F(exact(*(v.data for v in values))), weakest(values))
    if state.kind == "unknown" and all(v.kind in ("number", "unknown") for v in values):
        ends, found = [corner(v) for v in values], []
        corners = zip(*ends) if rising else itertools.product(*map(set, ends)) if len(ends) < 9 else ()
        for at in corners:
            try:
                found.append(exact(*at))
            except OwnError:             # for some of what is possible there is no value
                found += (-HUGE, HUGE) if least == -INF else (least,)
                state.unsettled = True
        low, high = min(found, default=-HUGE), max(found, default=HUGE)
        state.span = (max(low, least) if low > -FAR else max(-INF, least), high if high < FAR else INF)
        if low == high and not state.unsettled and len(set(state.span)) == 1:
            return Value("number", low, state.status)
    return state

def corner(value):
    """The ends of what a value may be: very far where there is no bound, a hair inside where the end is not reached."""
    low, high = (F(x) if abs(x) != INF else HUGE if x > 0 else -HUGE for x in value.span)
    return low + value.open[0] * HAIR, high - value.open[1] * HAIR

# ---- Level 4: the steps --------------------------------------------------------------------------------------------

class Step:
    """A step while it is redone: hands out its fields and the values of earlier steps, and notes which were asked for."""
    def __init__(self, place, steps, values):
        self.place, self.steps, self.values, self.seen = place, steps, values, []
        self.raw, self.value = steps[place], values[place]
        self.places = self.get("of", list, [])
        self.of = [self.at(p) for p in self.places]
    def get(self, key, kind, default=REQUIRED):
        return get(self.raw, key, kind, default)
    def at(self, place, field="of"):
        demand(is_a(place, int) and 0 <= place < self.place, field, "er intet tidligere trin", "is no earlier step")
        demand(self.values[place], field, f"trin {place} kan ikke læses", f"step {place} cannot be read")
        self.seen.append(self.values[place])
        return self.seen[-1]
    def first(self, count):
        demand(len(self.of) >= count, "of", "er for få", "are too few")
        return self.of[:count]
    def says(self, field, told, found):
        demand(told == found, field, f"er {told}, men regnes til {found}"[:200], f"is {told}, but computes to {found}"[:200])
    def lines(self):
        """The lines of those chosen; where a condition is a truth, it decides who is."""
        for n, line in enumerate(self.get("lines", list)):
            at, chosen = f"lines[{n}].", get(line, "chosen", bool, True, f"lines[{n}].")
            condition = self.at(line["condition"], at + "condition") if "condition" in line else None
            if condition and condition.kind == "truth":
                self.says(at + "chosen", chosen, condition.data)
            if chosen:
                yield at, line
    def read(self, key):
        return [self.at(line.get(key), at + key) for at, line in self.lines()]

def leaf(*kinds):
    return lambda s: demand(not kinds or s.value.kind in kinds, "value", "er ikke bladets art", "is not of the leaf's kind")

def period(when):
    """First and last day of a year, quarter, month or day as written."""
    found = re.fullmatch("([0-9]{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?", when)
    if not found or found[1] in ("0000", "9999"):
        return day(when, "when"), day(when, "when")
    year, last = int(found[1]), int(found[3] or 3 * int(found[2] or 4))
    first = int(found[3] or (3 * int(found[2]) - 2 if found[2] else 1))
    return datetime.date(year, first, 1), datetime.date(year + last // 12, last % 12 + 1, 1) - datetime.timedelta(1)

def moment(s):
    first, last = period(s.get("when", str))
    data = s.value.data
    demand({"number": data == first.year, "text": data == s.raw["when"],
            "date": s.value.kind == "date" and first <= data <= last}.get(s.value.kind), "value")

REASONS = "definition exception assigned default branch time owner cell carried fallback".split()

def take(s):
    """The value of the operand taken; of an unknown, what is missing may have been named anew."""
    takes, because, own = s.get("takes", int), s.get("because", str), s.value
    demand(0 <= takes < len(s.of), "takes", "er ingen operand", "is no operand")
    demand(because in REASONS, "because", "kendes ikke", "is not known")
    if because == "branch":
        demand(takes == (s.of[0].kind == "truth"), "takes", "er ikke grenen", "is not the branch")
        if takes:
            s.says("branch", s.get("branch", bool), s.of[0].data)
    live = []
    for n, entry in enumerate(s.get("exceptions", list, [])):
        at = f"exceptions[{n}]."
        in_time, lives = get(entry, "in_time", bool, True, at), entry.get("live")
        condition = s.at(entry["step"], at + "step") if entry.get("step") is not None else None
        if condition and condition.kind == "truth":
            s.says(at + "live", lives, condition.data and in_time)
        demand(lives in (True, False, None) and not is_a(lives, int) and (in_time or not lives), at + "live")
        live += [get(entry, "name", str, REQUIRED, at)] if lives else []
    if because in ("definition", "exception"):
        s.says("exception", [s.get("exception", str)] if because == "exception" else [], live)
    taken = s.of[takes]
    demand((own.kind, own.span, own.open, own.unsettled) == (taken.kind, taken.span, taken.open, taken.unsettled) and
           (own.kind == "unknown" or own.data == taken.data), "value", f"er {own}, men der tages {taken}", f"is {own}, but {taken} is taken")
    demand(own.status >= taken.status, "value.status", "er stærkere end det tagne", "is stronger than what is taken")

def undecided(s):
    demand(s.value.kind == "unknown" or s.value.key() in [v.key() for v in s.of], "value", "er ingen af de mulige",
           "is none of the possible ones")

def plain(count, exact):
    return lambda s: compute(s.first(count), exact)

def with_days(sign):
    """Addition, subtraction: of numbers, or of a number of days to a date."""
    def redo(s):
        a, b = s.first(2)
        if a.kind == "date" and b.kind == "number":
            demand(b.data.denominator == 1, "of", "er ikke hele dage", "are not whole days")
            return Value("date", a.data + datetime.timedelta(sign * int(b.data)), weakest(s.of))
        return compute([a, b], lambda x, y: x + sign * y)
    return redo

def divided(x, y):
    own_error_if(y == 0)
    return x / y

def divide(s):
    """A divisor that may be of either sign leaves everything open, and may be 0."""
    x, y = s.first(2)
    found = compute([x, y], divided)
    if found.kind == y.kind == "unknown" and y.span[0] < 0 < y.span[1]:
        found.span, found.unsettled = (-INF, INF), True
    return found

def total(values):
    """The sum of all that apply; of none of several what the first is."""
    kept = applying(values)
    return compute(kept, lambda *xs: sum(xs), True) if kept or not values else values[0]

def rest(s):
    def exact(first, *others):
        own_error_if(first < sum(others))
        return first - sum(others)
    return compute(s.first(1) + applying(s.of[1:]), exact, least=F(0))

def per_year(s):
    years = F(s.raw["years"]) if is_a(s.raw.get("years"), int) else s.get("years", F)
    return compute(s.first(1), lambda x: divided(x, years))

ROUND = {"nearest": lambda q: math.floor(abs(q) + F(1, 2)) * (1 if q >= 0 else -1), "up": math.ceil, "down": math.floor,
         "towards_zero": math.trunc, "half_even": round}

def rounder(s, mode):
    step = s.get("step", F)
    demand(step > 0 and mode in ROUND, "step" if step <= 0 else "mode")
    return lambda x: ROUND[mode](x / step) * step

def rounding(s):
    found = compute(s.first(1), rounder(s, s.get("mode", str)))
    if found.kind == s.of[0].kind == "number":
        s.says("residual", s.get("residual", F), found.data - s.of[0].data)
    return found

def limited(pick, beyond):
    def redo(s):
        x, limit = s.first(2)
        if x.kind == limit.kind == "number":
            s.says("bound", s.get("bound", bool, False), beyond(x.data, limit.data))
        return x if limit.kind == "absent" and x.kind != "error" else compute([x, limit], pick)
    return redo

def extreme(values, pick):
    if values and all(v.kind == "date" for v in values):
        return Value("date", pick(v.data for v in values), weakest(values))
    demand(values, "of", "er for få", "are too few")
    return compute(values, lambda *xs: pick(xs), True)

def mean(values, weights):
    pairs = [(v, w) for v, w in zip(values, weights) if v.kind != "absent"] or list(zip(values, weights))
    def exact(*xs):
        return divided(sum(x * w for x, w in zip(xs, xs[len(pairs):])), sum(xs[len(pairs):]))
    return compute([v for v, _ in pairs] + [w for _, w in pairs], exact)

def ones(values):
    return [Value("number", F(1))] * len(values)

def average(s):
    half = len(s.of) // 2
    return mean(s.of[:half], s.of[half:]) if s.raw.get("weights") else mean(s.of, ones(s.of))

def convert(s):
    """Along an index: by its steps, or from one of its points to another."""
    def along_steps(x, *steps):
        factor = math.prod(1 + step for step in steps)
        return divided(x, factor) if s.get("back", bool, False) else x * factor
    demand(s.get("kind", str) in ("steps", "points"), "kind", "kendes ikke", "is not known")
    return compute(s.of, along_steps) if s.raw["kind"] == "steps" else plain(3, lambda x, a, b: divided(x * b, a))(s)

SIGNS = {"=": operator.eq, "≠": operator.ne, "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge}

def compared(a, sign, b):
    """A truth; where one is unknown, its bounds may decide all the same."""
    demand(sign in SIGNS, "sign", "kendes ikke", "is not known")
    state = state_of([a, b])
    if state is None:
        demand(a.kind == b.kind and (sign in "=≠" or a.kind in ("number", "date")), "of", "kan ikke sammenlignes", "cannot be compared")
        return Value("truth", SIGNS[sign](a.data, b.data), weakest([a, b]))
    if state.kind != "unknown" or state.unsettled:
        return state
    if sign in ">≥":
        a, b, sign = b, a, {">": "<", "≥": "≤"}[sign]
    below, above = ((x.span[1] < y.span[0] or x.span[1] == y.span[0] and (x.open[1] or y.open[0])) for x, y in ((a, b), (b, a)))
    yes, no = {"<": (below, b.span[1] <= a.span[0]), "≤": (a.span[1] <= b.span[0], above),
               "=": (False, below or above), "≠": (below or above, False)}[sign]
    return Value("truth", bool(yes), state.status) if yes or no else state

def conjunction(values, decisive=False):
    """`and`: one that is false decides whatever the others are; with `decisive` true it is `or`."""
    decided = [v for v in values if v.key() == ("truth", decisive)]
    demand(all(v.kind in ("truth",) + STATES for v in values), "of", "er ikke alle sandheder", "are not all truths")
    return Value("truth", decisive, min(v.status for v in decided)) if decided else passing(values, lambda: ("truth", not decisive))

def between(s):
    x, low, high = s.first(3)
    state = state_of(s.of)
    return conjunction([compared(low, "≤", x), compared(x, "≤", high)]) if not state or state.kind == "unknown" else state

def roughly(s):
    x, y = s.first(2)
    return state_of([x, y]) or compared(compute([x], rounder(s, "nearest")), "=", y)

def standing(s, count=None):
    ended = s.get("ended", list, [])
    return [v for place, v in list(zip(s.places, s.of))[:count] if place not in ended]

def count_met(s):
    values = applying(s.of)
    met, open_ = F(sum(v.key() == ("truth", True) for v in values)), sum(v.kind == "unknown" for v in values)
    found = passing(values, lambda: ("number", met))
    found.span, found.status = (met, met + open_), weakest(s.of)
    return found

def grant(s):
    n = s.get("conditions", int)
    demand(0 <= n < len(s.of) <= n + 2, "conditions")
    met = conjunction(standing(s, n))
    if met.kind != "truth":
        return met
    s.says("paid", s.get("paid", bool), met.data)
    taken = s.of[n] if met.data else (s.of[n + 1:] or [Value("number", F(0))])[0]
    return Value(taken.kind, taken.data, max(taken.status, met.status), taken.span, taken.unsettled)

def literal(s, raw, at):
    """A value written in a row, or the step that it names."""
    return s.at(raw["step"], at) if is_a(raw, dict) and set(raw) == {"step"} else value_of(get({at: raw}, at, dict), at)

def fits(s, test, key, otherwise, at):
    """Whether one test of a row fits; `otherwise` is whether no other row does."""
    kind = next((k for k in ("any", "otherwise", "holds", "days", "among", "none_of", "from", "to") if is_a(test, dict) and k in test), None)
    demand(kind, at, "er ingen prøve", "is no test")
    if kind in ("any", "otherwise"):
        return kind == "any" or otherwise
    if kind == "holds":
        return literal(s, test[kind], at).key() == ("truth", True)
    if kind == "days":
        days, asked = ([day(d, at) if d else None for d in get(test, k, list)] for k in ("days", "asked"))
        demand(len(days) == len(asked) == 2, at)
        return (not days[0] or asked[0] and days[0] <= asked[0]) and (not days[1] or asked[1] and asked[1] <= days[1])
    if kind in ("among", "none_of"):
        return (key.key() in [literal(s, v, at).key() for v in get(test, kind, list)]) == (kind == "among")
    return conjunction([compared(key, sign[bool(test.get(end + "_in"))], literal(s, test[end], at))
                        for end, sign in (("from", ">≥"), ("to", "<≤")) if end in test]).data is True

POLICIES = {"one": lambda r: r[0], "first": lambda r: r[0], "agree": lambda r: r[0], "add": total,
            "largest": lambda r: extreme(r, max), "smallest": lambda r: extreme(r, min)}

def look_up(s):
    """Finds the rows that fit; only their results were read."""
    keys, rows, policy = [s.at(k, "keys") for k in s.get("keys", list)], s.get("rows", list), s.get("policy", str)
    demand(policy in POLICIES, "policy", "kendes ikke", "is not known")
    def row_fits(n, otherwise):
        at, tests = f"rows[{n}].tests", get(rows[n], "tests", list, REQUIRED, f"rows[{n}].")
        demand(len(tests) == len(keys), at, "er ikke én for hver nøgle", "are not one a key")
        return get(rows[n], "stands", bool, True) and all(fits(s, t, k, otherwise, at) for t, k in zip(tests, keys))
    if state_of(keys):
        return state_of(keys)
    hits = [n for n in range(len(rows)) if row_fits(n, False)] or [n for n in range(len(rows)) if row_fits(n, True)]
    hits = hits[:1] if policy == "first" else hits
    s.says("hit", s.get("hit", list, []), hits)
    own_error_if(not hits or policy == "one" and len(hits) > 1)
    results = [s.at(get(rows[n], "result", int, REQUIRED, f"rows[{n}]."), f"rows[{n}].result") for n in hits]
    own_error_if(policy == "agree" and len({r.key() for r in results}) > 1)
    return POLICIES[policy](results)

def between_points(s):
    points = [number(p, "points") for p in s.get("points", list)]
    demand(len(points) == 2 and points[0] < points[1], "points")
    return compute(s.first(3), lambda x, y0, y1: y0 + (x - points[0]) / (points[1] - points[0]) * (y1 - y0))

def scale(s):
    """What lies between one bound and the next is charged at the rate of that slice."""
    base, below, charges = s.first(1)[0], F(0), []
    for n, part in enumerate(s.get("slices", list)):
        at = f"slices[{n}]."
        bound = s.at(part["up_to"], at + "up_to") if "up_to" in get({at: part}, at, dict) else base
        demand(base.kind == bound.kind == "number", at + "up_to", "er ikke et tal", "is not a number")
        amount = max(F(0), min(base.data, bound.data) - below)
        rate = s.at(part.get("rate"), at + "rate") if "rate" in part or amount else Value("number", F(0))
        charge = compute([rate], lambda r: amount * r)
        s.says(at + "amount", get(part, "amount", F, F(0), at), amount)
        s.says(at + "charge", get(part, "charge", F, F(0), at), charge.data)
        charges, below = charges + [charge], bound.data
    return compute([base] + charges, lambda base, *parts: sum(parts))

def over(s):
    fold, chosen = s.get("fold", str), list(s.lines())
    if not chosen and "if_none" in s.raw:
        return s.at(s.raw["if_none"], "if_none")
    values = s.read("value") if fold != "count" or any("value" in line for _, line in chosen) else ones(chosen)
    demand(values or fold in ("sum", "count") or s.value.kind in ("error", "absent"), "value")
    if fold == "count":
        return passing(applying(values), lambda: ("number", F(len(applying(values)))))
    if fold == "average":
        return mean(values, s.read("weight") if any("weight" in line for _, line in chosen) else ones(values)) if values else s.value
    demand(fold in ("sum", "largest", "smallest"), "fold", "kendes ikke", "is not known")
    return total(values) if fold == "sum" else POLICIES[fold](applying(values) or values[:1]) if values else s.value

def for_at_least(s):
    values, least = s.read("value"), s.get("number", int)
    met = sum(v.key() == ("truth", True) for v in values)
    return Value("truth", True, weakest(values)) if met >= least else passing(values, lambda: ("truth", False))

def shares(s, rule, pool, exact, keys):
    """The share of each from the exact ones by the rule of rounding; all but `each` add to the pool."""
    if rule == "exact" or pool == 0:
        return exact
    if rule == "largest_remainder" and pool < 0:
        return {w: -x for w, x in shares(s, rule, -pool, {w: -x for w, x in exact.items()}, keys).items()}
    demand(rule in ("largest_remainder", "rest_to", "each"), "rule", "kendes ikke", "is not known")
    found = {w: rounder(s, {"largest_remainder": "down", "rest_to": "nearest"}.get(rule) or s.get("mode", str))(x) for w, x in exact.items()}
    if rule == "rest_to":
        found[s.get("to", str)] = pool - sum(x for w, x in found.items() if w != s.raw["to"])
    if rule == "largest_remainder":
        left = (pool - sum(found.values())) / s.get("step", F)
        demand(left.denominator == 1, "step", "puljen er ikke et helt antal skridt", "the pool is no whole number of steps")
        for w in sorted(exact, key=lambda w: (found[w] - exact[w], -keys[w], w))[:int(left)]:
            found[w] += s.get("step", F)
    return found

def distribute(s):
    pool, chosen = s.first(1)[0], list(s.lines())
    keys = {get(line, "who", str, REQUIRED, at): s.at(line["key"], at + "key") if "key" in line else ones([0])[0] for at, line in chosen}
    if state_of([pool, *keys.values()]):
        return state_of([pool, *keys.values()])
    demand(len(keys) == len(chosen), "lines", "nævner nogen to gange", "name someone twice")
    demand({v.kind for v in (pool, *keys.values())} == {"number"}, "of", "er ikke alle tal", "are not all numbers")
    keys = {w: v.data for w, v in keys.items()}
    all_keys = [s.at(line["key"], "lines").data for line in s.raw["lines"] if "key" in line]
    own_error_if(pool.data and not sum(keys.values()) or s.get("percent", bool, False) and sum(all_keys) != 1)
    exact = {w: pool.data * k / (sum(keys.values()) or 1) for w, k in keys.items()}
    given = shares(s, s.get("rule", str), pool.data, exact, keys)
    for n, line in enumerate(s.raw["lines"]):
        for field, found in (("exact", exact), ("share", given)):
            s.says(f"lines[{n}].{field}", get(line, field, F, F(0)), found.get(line.get("who"), 0))
    return pool

def share(s):
    source = s.steps[s.places[0]] if s.first(1) else None
    mine = [line for line in get(source, "lines", list, []) if is_a(line, dict) and line.get("who") == s.get("who", str)]
    demand(source["op"] == "distribute" and len(mine) == 1, "of", "er ingen fordeling til den", "is no distribution to it")
    return passing(s.of, lambda: ("number", get(mine[0], "share", F, F(0))))

def rank(s):
    me = s.get("of_whom", str, None) or s.get("who", str)
    values = list(zip([line.get("who") for _, line in s.lines()], s.read("value")))
    mine, sign = [v for w, v in values if w == me], ">" if s.get("largest_first", bool, False) else "<"
    demand(len(mine) == 1, "who", "er ikke på én linje", "is not on one line")
    before = [compared(v, sign, mine[0]) for w, v in values if w != me and v.kind != "absent"]
    return passing(mine + before, lambda: ("number", F(1 + sum(t.data for t in before))))

def months(a, b):
    return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)

def years(a, b):
    return 12 * (b.year - a.year - ((b.month, b.day) < (a.month, a.day)))

def apart(measure):
    """The time from one date to another; backwards it is minus the time forwards."""
    def redo(s):
        a, b = s.first(2)
        demand(state_of(s.of) or a.kind == b.kind == "date", "of", "er ikke datoer", "are not dates")
        return passing(s.of, lambda: ("number", F(measure(a.data, b.data) if a.data <= b.data else -measure(b.data, a.data))))
    return redo

def move_months(s):
    """A day that the month does not have is its last, the first of the next, or an error."""
    start, count = s.first(2)
    if state_of(s.of):
        return state_of(s.of)
    demand(start.kind == "date" and count.kind == "number" and count.data.denominator == 1, "of")
    at = start.data.year * 12 + start.data.month - 1 + int(count.data) * (1 if s.get("forward", bool, False) else -1)
    own_error_if(not 12 <= at < 119987)
    last = (datetime.date((at + 1) // 12, (at + 1) % 12 + 1, 1) - datetime.timedelta(1)).day
    missing, over_end = s.get("missing_day", str, "last"), start.data.day > last
    demand(missing in ("last", "next", "error"), "missing_day", "kendes ikke", "is not known")
    own_error_if(over_end and missing == "error")
    at, of_month = (at + 1, 1) if over_end and missing == "next" else (at, min(start.data.day, last))
    return Value("date", datetime.date(at // 12, at % 12 + 1, of_month), weakest(s.of))

def duty(s):
    only_if, deadline, met = parts = [s.at(s.raw[k], k) if k in s.raw else None for k in ("only_if", "deadline", "met")]
    asked, state = day(s.get("day", str), "day"), state_of([v for v in parts if v])
    if only_if and only_if.data is False:      # what is owed on a condition that does not hold is not owed
        return Value("absent", frozenset())
    demand(state or not deadline or deadline.kind == "date", "deadline", "er ikke en dato", "is no date")
    if state:
        return state
    on = met.data if met and met.kind == "date" else asked
    done = met is not None and (met.data is True or met.kind == "date" and on <= asked)
    late = deadline is not None and on > deadline.data
    word = ("met_late" if late and met.kind == "date" else "met") if done else "overdue" if late else "not_due"
    return Value("text", word, s.value.status)

OPERATIONS = {   # of each operation what redoes it, and the keys its steps may have besides the common ones
    "figure": (leaf(), ""), "data": (leaf(), "file place"), "stated": (leaf("unknown", "absent"), ""),
    "missing": (leaf("unknown"), ""), "fault": (leaf("error"), ""), "time": (moment, ""),
    "who": (lambda s: s.says("value", s.value.key(), ("text", s.get("who", str))), ""),
    "take": (take, "takes because branch exceptions exception"), "undecided": (undecided, ""),
    "add": (with_days(1), ""), "subtract": (with_days(-1), ""), "multiply": (plain(2, operator.mul), ""),
    "divide": (divide, ""), "negate": (plain(1, operator.neg), ""), "raise": (plain(2, lambda x, p: x * (1 + p)), ""),
    "lower": (plain(2, lambda x, p: x * (1 - p)), ""), "sum": (lambda s: total(s.of), ""), "rest": (rest, ""),
    "per_year": (per_year, "years"), "round": (rounding, "step mode residual"),
    "at_most": (limited(min, operator.gt), "bound"), "at_least": (limited(max, operator.lt), "bound"),
    "largest": (lambda s: extreme(s.of, max), ""), "smallest": (lambda s: extreme(s.of, min), ""),
    "largest_of_applying": (lambda s: extreme(applying(s.of) or s.of, max), ""),
    "smallest_of_applying": (lambda s: extreme(applying(s.of) or s.of, min), ""),
    "average": (average, "weights"), "convert": (convert, "kind index from to back"),
    "count": (lambda s: Value("number", F(len(list(s.lines())) if "lines" in s.raw else s.get("number", int))), "number lines"),
    "compare": (lambda s: compared(*s.first(1), s.get("sign", str), s.first(2)[1]), "sign"), "roughly": (roughly, "step"),
    "between": (between, ""), "one_of": (lambda s: passing(s.of, lambda: ("truth", s.first(1)[0].key() in [
        v.key() for v in s.of[1:]])), ""),
    "is_none": (lambda s: passing(s.first(1), lambda: ("truth", (s.of[0].kind == "none") != s.get("negated", bool, False))),
                "negated"),
    "not": (lambda s: conjunction(s.first(1)) and passing(s.of, lambda: ("truth", not s.of[0].data)), ""),
    "and": (lambda s: conjunction(s.of), ""), "or": (lambda s: conjunction(s.of, True), ""),
    "all_met": (lambda s: conjunction(standing(s)), "ended"), "count_met": (count_met, ""),
    "grant": (grant, "conditions paid ended"), "look_up": (look_up, "keys rows policy hit"),
    "between_points": (between_points, "points"), "scale": (scale, "slices"), "over": (over, "fold lines if_none"),
    "for_all": (lambda s: conjunction(s.read("value")), "lines"), "for_at_least": (for_at_least, "lines number"),
    "distribute": (distribute, "lines rule step to mode percent"), "share": (share, ""),
    "rank": (rank, "lines largest_first of_whom"), "sum_over": (lambda s: total(s.of), "periods"), "duty": (duty,
    "only_if deadline met day"), "days_between": (apart(lambda a, b: (b - a).days), ""), "months_between": (apart(months), ""),
    "years_between": (apart(years), ""), "move_months": (move_months, "forward missing_day"),
}
LEAVES = "figure data stated missing fault time who".split()
LACK_ALL = "add subtract multiply divide negate raise lower sum round per_year convert".split()
TRUTHS = "compare roughly between one_of is_none not and or all_met for_all for_at_least".split()

def agree(s, found):
    """Holds the value of a step against the one found for it."""
    own, lacking = s.value, frozenset().union(*(v.data for v in s.seen if v.kind == "unknown"))
    if found.kind not in STATES and own.kind == "unknown" and lacking:    # it may say less than could be known
        found = Value("unknown", lacking, weakest(s.seen), found.span)
    if found.kind not in STATES or s.raw["op"] in LACK_ALL and found.kind == "unknown":
        same = own.data == found.data
    else:                                        # what is said of a state is what an operand says
        same = own.kind == found.kind and (own.data <= found.data or not found.data)
    demand(own.kind == found.kind and same, "value", f"er {own}, men regnes til {found}", f"is {own}, but computes to {found}")
    if found.kind == "unknown":
        demand(own.span[0] <= found.span[0] and own.span[1] >= found.span[1], "value",
               "har snævrere grænser end operanderne giver", "has tighter bounds than its operands give")
        demand(own.unsettled or not found.unsettled or s.raw["op"] in TRUTHS, "value.unsettled", "mangler", "is missing")
    demand(own.status <= max(found.status, weakest(s.seen)) and (found.kind in STATES or own.status >= found.status),
           "value.status", "er ikke den svageste operands", "is not that of the weakest operand")

def redo(place, steps, values):
    """Redoes one step; says whether it is a leaf, was redone, or rests on an unknown and could be only in part."""
    s = Step(place, steps, values)
    op = s.raw["op"]
    try:
        found = OPERATIONS[op][0](s)
    except (OwnError, OverflowError):
        found = Value("error", frozenset())
    if found is not None:
        agree(s, found)
    unknown = s.value.kind == "unknown" or any(v.kind == "unknown" for v in s.seen)
    return "leaves" if op in LEAVES else "in_part" if unknown or op == "undecided" else "redone"

def redone(steps, values, counts):
    """Yields what fails when the steps are redone; of a step that cannot be read that was told already."""
    for n, value in enumerate(values):
        try:
            if value is not None:
                counts[redo(n, steps, values)] += 1
        except Wrong as wrong:
            wrong.step = n
            yield wrong
        except Exception as stumble:
            yield unforeseen(stumble, n)

# ---- Level 5: the results, and the report --------------------------------------------------------------------------

SCALES = {"mia.": 10**9, "mio.": 10**6, "pct.": F(1, 100), "bn": 10**9, "m": 10**6, "%": F(1, 100)}

def results(record, values, steps):
    """Yields results that are not those of their steps; a number in words for people must be that of the step."""
    for n, result in enumerate(listed(record, "results")):
        at, place = f"results[{n}]", get(result, "step", int, None, f"results[{n}].") if is_a(result, dict) else None
        if place is None or not 0 <= place < len(values) or values[place] is None:
            yield Wrong(at + ".step", "er intet trin, der kan læses", "is no step that can be read")
            continue
        for key in ("name", "who", "when", "price_level"):
            if result.get(key) is not None and result[key] != steps[place].get(key):
                yield Wrong(f"{at}.{key}", f"er ikke trin {place}'s", f"is not that of step {place}")

def unforeseen(stumble, step=None):
    """Nothing that this program did not foresee may pass for checked: it fails."""
    name = type(stumble).__name__
    return Wrong("", f"kunne ikke efterses ({name})", f"could not be checked ({name})", step)

def looked_at(failures):
    found = []
    try:
        found.extend(failures)
    except Wrong as wrong:
        found.append(wrong)
    except Exception as stumble:
        found.append(unforeseen(stumble))
    return found

LEVELS = (("form", "form og bytes", "form and bytes"), ("digests", "fingeraftryk", "digests"), ("chain", "kæde", "chain"),
          ("steps", "trin", "steps"), ("results", "resultater", "results"))

def check_line(raw, place, before):
    """The failures of each level (None where it could not be looked at), what was counted, and the digest."""
    counts, values = {"redone": 0, "leaves": 0, "in_part": 0, "signatures": 0}, []
    try:
        demand(raw.endswith(b"\n"), "", "slutter ikke med linjeskift", "does not end with a line feed")
        line = parse(raw[:-1])
        record = get(line, "record", dict)
        canonical(line)
    except Wrong as wrong:
        return {**dict.fromkeys(level[0] for level in LEVELS), "form": [wrong]}, counts, None
    except RecursionError as stumble:
        return {**dict.fromkeys(level[0] for level in LEVELS), "form": [unforeseen(stumble)]}, counts, None
    steps, counts["signatures"] = listed(record, "steps"), len(listed(line, "signatures"))
    found = {"form": looked_at(form(raw[:-1], line, record, values)), "digests": looked_at(digests(line, record)),
             "chain": looked_at(chain(record, place, before)), "steps": looked_at(redone(steps, values, counts)),
             "results": looked_at(results(record, values, steps))}
    return found, counts, line["digest"] if is_a(line.get("digest"), str) else None

def check(lines):
    """Checks the lines of a file one after another."""
    digest = None
    for place, raw in enumerate(lines, 1):
        found, counts, digest = check_line(raw, place, digest)
        yield place, found, counts, digest

def show(place, found, counts, digest, da):
    """Tells of one record, a level a line, and what fails with record, step and field."""
    word = ("post", "trin", "ikke set på", "FEJL", "og {} til") if da else (
        "record", "step", "not looked at", "FAILED", "and {} more")
    notes = {"chain": "{signatures} underskrifter, ikke efterprøvet her" if da else "{signatures} signatures, not checked here",
             "steps": "{redone} regnet efter, {leaves} blade, {in_part} hviler på noget ukendt og er kun delvis efterset"
             if da else "{redone} redone, {leaves} leaves, {in_part} rest on what is unknown and were checked only in part"}
    print(f"{word[0]} {place}  {digest or ''}"[:100].rstrip())
    for n, (level, *names) in enumerate(LEVELS, 1):
        wrongs = found[level] or []
        said = word[2] if found[level] is None else f"{len(wrongs)} {word[3]}" if wrongs else "ok"
        note = f" ({notes[level].format(**counts)})" if level in notes and found[level] is not None else ""
        print(f"  {n} {names[not da]}: {said}{note}")
        for wrong in wrongs[:SHOWN]:
            step = "" if wrong.step is None else f", {word[1]} {wrong.step}"
            field = f", `{wrong.field}`" if wrong.field else ""
            print(f"      {word[0]} {place}{step}{field}: {wrong.da if da else wrong.en}")
        if len(wrongs) > SHOWN:
            print("      … " + word[4].format(len(wrongs) - SHOWN))

def as_json(place, found, counts, digest, da):
    failures = [{"level": level, "step": w.step, "field": w.field, "text": w.da if da else w.en}
                for level, wrongs in found.items() for w in wrongs or []]
    return {"record": place, "digest": digest, "counts": counts, "failures": failures,
            "not_looked_at": [level for level, wrongs in found.items() if wrongs is None]}

def main(words=None):
    asked = argparse.ArgumentParser(prog="verify.py", description="Regner poster efter. / Redoes records.")
    asked.add_argument("file", metavar="FILE")
    asked.add_argument("--lang", choices=("da", "en"), default="da")
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--known", action="append", default=[], metavar="DIGEST")
    asked = asked.parse_args(words)
    da, wrong, missing, told, place = asked.lang == "da", 0, set(asked.known), [], 0
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="backslashreplace")
    try:
        with open(asked.file, "rb") as lines:
            for place, found, counts, digest in check(lines):
                wrong += sum(len(wrongs or ()) for wrongs in found.values())
                missing.discard(digest)
                told.append(as_json(place, found, counts, digest, da) if asked.json else show(place, found, counts, digest, da))
    except (OSError, ValueError) as bad:
        print(f"{asked.file}: {'kan ikke læses' if da else 'cannot be read'}: {bad}", file=sys.stderr)
        return 5
    missing = sorted(missing) + ([] if place else ["ingen poster" if da else "no records"])
    if asked.json:
        print(json.dumps({"ok": not wrong and not missing, "records": told, "missing": missing}, ensure_ascii=False))
        return 6 if wrong or missing else 0
    for digest in missing:
        print(f"{'kendt, men ikke her' if da else 'known, but not here'}: {digest}")
    wrong += len(missing)
    print((f"{wrong} ting passer ikke" if da else f"{wrong} things do not fit") if wrong else
          f"{place} {'poster passer' if da else 'records hold'}")
    return 6 if wrong else 0

if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(6)
