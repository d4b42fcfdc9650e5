#!/usr/bin/env python3
"""Redoes the computations that a file of records tells of, without Klausul.
    python3 verify.py FILE [--lang da|en] [--json] [--known DIGEST]...
Written from the page docs/record.md alone, with nothing but Python 3.9 and its standard library. Of each record it
looks at five levels: 1 form and bytes, 2 digests, 3 chain, 4 every step, redone from the values of the steps that it
names, 5 results. It ends with 0 when all holds, 6 when something does not, 5 when the file cannot be read, 2 when
called wrongly. `--known` names a digest kept elsewhere that a record of the file must have: without one nobody can
see that the end of a file is gone, or that all of it was made anew. Signatures are counted; they are not checked here.
"""
import argparse, datetime, hashlib, itertools, json, math, operator, os, re, sys
from fractions import Fraction as F
FORMAT, REQUIRED = "klausul-record/1", object()
LONGEST, SHOWN = 4000, 20            # digits of a number; failures of one level that are told one by one
MISSING, NO_PART, TOO_FEW = ("mangler", "is missing"), ("hører ikke til", "is no part"), ("er for få", "are too few")
NOT_KNOWN, NO_NUMBERS = ("kendes ikke", "is not known"), ("er ikke alle tal", "are not all numbers")
class Wrong(Exception):
    """What does not fit: the field, what is wrong with it in Danish and in English, and the step it is in, if any."""
    def __init__(self, field="", da="passer ikke", en="does not fit", step=None):
        super().__init__(en)
        self.field, self.da, self.en, self.step = field, da, en, step
class OwnError(Exception): """The operation has no value for these operands: the step must be an error."""
def demand(holds, *wrong):
    if not holds: raise Wrong(*wrong)
def own_error_if(condition):
    if condition: raise OwnError
# ---- Level 1: the form and the bytes -------------------------------------------------------------------------------
def floating(text): raise Wrong("", "flydende tal", "floating point")
def object_of(pairs):
    demand(len(dict(pairs)) == len(pairs), "", "en nøgle står to gange", "a key is there twice")
    return dict(pairs)
def parse(raw):   # the JSON of a line; what JSON leaves open (keys twice, floating point) is refused
    try:
        demand(raw.endswith(b"\n"), "", "slutter ikke med linjeskift", "does not end with a line feed")
        return json.loads(raw[:-1].decode(), object_pairs_hook=object_of, parse_float=floating, parse_constant=floating)
    except RecursionError: raise Wrong("", "indlejret for dybt", "nested too deeply")
    except ValueError as bad: raise Wrong("", f"ikke JSON i UTF-8: {bad}"[:90], f"not JSON in UTF-8: {bad}"[:90])
def canonical(thing):
    """The one way to write a JSON value; a lone surrogate passes here, to be seen as a byte that differs."""
    written = json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")
def is_a(thing, kind):
    return isinstance(thing, kind) and (kind is bool or not isinstance(thing, bool))   # in Python a truth is an int
def get(holder, key, kind, default=REQUIRED, at=""):
    """A field of an object, of the kind that the page says; `F` reads a number written as text."""
    demand(is_a(holder, dict), at or key, "er ikke et objekt", "is not an object")
    if key not in holder and default is not REQUIRED: return default
    demand(key in holder, at + key, *MISSING)
    if kind is F: return number(holder[key], at + key)
    demand(is_a(holder[key], kind), at + key, "har forkert form", "has the wrong form")
    return holder[key]
def listed(record, key): return record[key] if is_a(record.get(key), list) else []
RECORD = set("format sequence previous engine question rules data sources citations assumptions steps results "
             "sections".split())
COMMON = "op value digest of name clause who when basis at unit price_level "
def form(raw, written, line, record, values):
    """Yields what is wrong with the form of a line; fills in the value of each step, None where it cannot be read."""
    if raw != written:
        at = len(os.path.commonprefix([raw, written]))
        yield Wrong("", f"ikke kanonisk fra byte {at + 1}", f"not canonical from byte {at + 1}")
    for holder, keys in ((line, {"digest", "record", "signatures"}), (record, RECORD)):
        for key in sorted(keys ^ set(holder)):
            yield Wrong(key[:60], *(MISSING if key in keys else NO_PART))
    yield from (Wrong(key) for key in ("steps", "results") if not is_a(record.get(key), list))
    if record.get("format") != FORMAT: yield Wrong("format", f"er ikke {FORMAT}", f"is not {FORMAT}")
    for n, step in enumerate(listed(record, "steps")):
        values.append(None)
        yield from looked_at(lambda: form_of_step(n, step, len(listed(record, "citations")), values), n)
def form_of_step(n, step, citations, values):
    """Reads the value of a step; one with an unknown operation or key, or that names a later step, cannot be read."""
    op = get(step, "op", str)
    demand(op in OPERATIONS, "op", f"`{op[:40]}` kendes ikke", f"`{op[:40]}` is not known")
    for key in set(step) - set((COMMON + OPERATIONS[op][1]).split()): raise Wrong(key[:60], *NO_PART)
    for key in ("name", "clause", "who", "when", "unit", "price_level"): get(step, key, str, "")
    for key, limit in (("of", n), ("basis", citations)):
        fit = all(is_a(place, int) and 0 <= place < limit for place in get(step, key, list, []))
        demand(fit, key, "nævner hvad der ikke er før", "names what is not before")
    values[n] = value_of(get(step, "value", dict))
def looked_at(look, step=None):
    """The failures that `look` tells of; nothing that this program did not foresee may pass for checked: it fails."""
    found = []
    try:
        for wrong in look() or (): found.append(wrong)
    except Wrong as wrong: found.append(wrong)
    except Exception as stumble:
        name = type(stumble).__name__
        found.append(Wrong("", f"kunne ikke efterses ({name})", f"could not be checked ({name})"))
    for wrong in found: wrong.step = wrong.step if step is None else step
    return found
# ---- Level 2 and 3: digests and the chain --------------------------------------------------------------------------
def sha(thing): return hashlib.sha256(canonical(thing)).hexdigest()
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
# ---- Values, and what is possible where they are unknown -----------------------------------------------------------
STATUS = ("final", "provisional", "estimate", "approximate")        # from the strongest to the weakest
STATES = ("error", "absent", "unknown")                             # an error comes before what is absent, and so on
INF, HUGE, FAR, HAIR = math.inf, F(10) ** 99, F(10) ** 60, F(1, 10 ** 99)   # stand in for no bound, and for almost
class Value:
    """A value of a step; of an unknown `span` is what its bounds leave, and `open` which of them are not reached."""
    def __init__(self, kind, data, status=0, span=(-INF, INF), unsettled=False, open_=(False, False)):
        self.kind, self.data, self.status, self.unsettled, self.open = kind, data, status, unsettled, open_
        self.span = (data, data) if kind == "number" else span
    def key(self): return (self.kind, self.data)
    def __str__(self):
        data = sorted(map(str, self.data)) if is_a(self.data, frozenset) else self.data
        return f"{self.kind} {data}"[:90]
def number(text, field="value"):
    """A decimal without superfluous zeros; a reduced fraction where the decimals do not end."""
    found = re.fullmatch("(-?)(0|[1-9][0-9]*)(?:[.]([0-9]*[1-9])|/([1-9][0-9]*))?", text) if is_a(text, str) else None
    demand(found and len(text) <= LONGEST and text != "-0", field, "er ikke et tal", "is not a number")
    decimals, bottom = found[3] or "", int(found[4] or 1)
    shorter = found[4] and (math.gcd(int(found[2]), bottom) != 1 or pow(10, bottom.bit_length(), bottom) == 0)
    demand(not shorter, field, "kan skrives kortere", "has a shorter form")    # pow: only 2 and 5 divide the bottom
    return F(int(found[1] + found[2] + decimals), 10 ** len(decimals) * bottom)
def day(text, field="value"):
    try: return datetime.date.fromisoformat(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text)[0])
    except (TypeError, ValueError): raise Wrong(field, "er ingen dato", "is no date")
KINDS = {   # of each kind of value how it is written, how it is read, and what may stand beside it besides `status`
    "error": (str, lambda code, raw: frozenset([(code, get(raw, "text", str, ""))]), "text"),
    "absent": (str, lambda why, _: frozenset([why]), ""),
    "unknown": (list, lambda names, _: frozenset(names), "low high low_open high_open unsettled"),
    "date": (str, lambda text, _: day(text), ""), **{kind: (form, lambda data, _: data, "") for kind, form in (
        ("number", F), ("truth", bool), ("text", str), ("none", bool))}}
def value_of(raw, field="value"):   # reads a value; what kind it is decides what may stand beside it
    kind = next((k for k in KINDS if k in raw), None)
    demand(kind and set(raw) <= {kind, "status", *KINDS[kind][2].split()}, field, "er ikke en værdi", "is not a value")
    data, status = KINDS[kind][1](get(raw, kind, KINDS[kind][0]), raw), get(raw, "status", str, "final")
    demand(kind != "none" or data, field)
    demand(kind != "unknown" or all(is_a(t, str) for t in data) and raw[kind] == sorted(data), field)
    demand(status in STATUS and raw.get("status") != "final", field + ".status")
    return Value(kind, data, STATUS.index(status), (get(raw, "low", F, -INF), get(raw, "high", F, INF)),
                 get(raw, "unsettled", bool, False), tuple(get(raw, k, bool, False) for k in ("low_open", "high_open")))
def weakest(values): return max((v.status for v in values), default=0)
def state_of(values):   # what a step is when one that it rests on has no value; None when all have
    for kind in STATES:
        found = [v for v in values if v.kind == kind]
        if found:
            data, unsettled = frozenset().union(*(v.data for v in found)), any(v.unsettled for v in found)
            return Value(kind, data, weakest(values), unsettled=unsettled)
    return None
def passing(values, kind, make):   # the value made where all have one, otherwise the state that they lead to
    return state_of(values) or Value(kind, make() if kind != "number" else F(make()), weakest(values))
def applying(values): return [v for v in values if v.kind != "absent"]
def compute(values, exact, rising=False, least=-INF):
    """A number from numbers; of unknowns what their bounds leave, which may be a single number (0 times x is 0)."""
    state = state_of(values)
    demand(state or all(v.kind == "number" for v in values), "of", *NO_NUMBERS)
    if state is None or state.kind != "unknown" or {v.kind for v in values} - {"number", "unknown"}:
        return state or Value("number", F(exact(*(v.data for v in values))), weakest(values))
    ends, found = [corner(v) for v in values], []
    for at in zip(*ends) if rising else itertools.product(*map(set, ends)) if len(ends) < 9 else ((),):
        try: found += [exact(*at)] if at else [-HUGE, HUGE]
        except OwnError:                 # for some of what is possible there is no value
            found += [-HUGE, HUGE] if least == -INF else [least]
            state.unsettled = True
    state.span = tuple(max(x if abs(x) < FAR else INF if x > 0 else -INF, least) for x in (min(found), max(found)))
    return Value("number", found[0], state.status) if len(set(state.span)) == 1 and not state.unsettled else state
def corner(value):
    """The ends of what a value may be: very far where there is no bound, a hair inside where an end is not reached."""
    low, high = (F(x) if abs(x) != INF else HUGE if x > 0 else -HUGE for x in value.span)
    middle = (F(0),) if low < 0 < high else ()     # where a divisor changes its sign
    return (low + value.open[0] * HAIR, high - value.open[1] * HAIR) + middle
# ---- Level 4: the steps --------------------------------------------------------------------------------------------
class Step:
    """A step while it is redone: hands out its fields and the values of earlier steps, and notes what was asked for."""
    def __init__(self, place, steps, values):
        self.place, self.steps, self.values, self.seen = place, steps, values, []
        self.raw, self.value = steps[place], values[place]
        self.of = [self.at(p) for p in self.get("of", list, [])]
    def get(self, key, kind, default=REQUIRED): return get(self.raw, key, kind, default)
    def at(self, place, field="of"):
        demand(is_a(place, int) and 0 <= place < self.place, field, "er intet tidligere trin", "is no earlier step")
        demand(self.values[place], field, f"trin {place} kan ikke læses", f"step {place} cannot be read")
        self.seen.append(self.values[place])
        return self.seen[-1]
    def first(self, count):
        demand(len(self.of) >= count, "of", *TOO_FEW)
        return self.of[:count]
    def says(self, field, told, found):
        demand(told == found, field, f"er {told}, men regnes til {found}", f"is {told}, but computes to {found}")
    def lines(self):   # the lines of those chosen; where a condition is a truth, it decides who is
        for n, line in enumerate(self.get("lines", list)):
            at, chosen = f"lines[{n}].", get(line, "chosen", bool, self.raw["op"] == "rank" or REQUIRED, f"lines[{n}].")
            condition = self.at(line["condition"], at + "condition") if "condition" in line else None
            if condition and condition.kind == "truth": self.says(at + "chosen", chosen, condition.data)
            if chosen: yield at, line
    def read(self, key): return [self.at(line.get(key), at + key) for at, line in self.lines()]
def leaf(*kinds): return lambda s: demand(not kinds or s.value.kind in kinds, "value")
def moment(s):   # A year is that of `when`; a date lies in the year, quarter, month or day that `when` says
    when, data, quarter = s.get("when", str), s.value.data, ""
    if s.value.kind == "date": quarter = f"{data.year:04}-Q{(data.month + 2) // 3}"
    fits = str(data).startswith(when) or when == quarter if quarter else str(data) in (when, when[:4])
    demand(fits, "value", "følger ikke af tiden", "does not follow from the time")
def take(s):   # the value of the operand taken; of an unknown, what is missing may have been named anew
    takes, why, own, live = s.get("takes", int), s.get("because", str), s.value, []
    demand(0 <= takes < len(s.of), "takes", "er ingen operand", "is no operand")
    demand(why in "definition exception assigned default branch time owner cell carried fallback".split(), "because")
    if why == "branch":
        demand(takes == (s.of[0].kind == "truth"), "takes", "er ikke grenen", "is not the branch")
        s.says("branch", s.get("branch", bool) if takes else None, s.of[0].data if takes else None)
    for n, entry in enumerate(s.get("exceptions", list, [])):
        at, in_time, lives = f"exceptions[{n}].", get(entry, "in_time", bool, True), entry.get("live")
        condition = s.at(entry["step"], at + "step") if entry.get("step") is not None else None
        decided = condition.data and in_time if condition and condition.kind == "truth" else lives
        demand(lives is decided and (lives is None or is_a(lives, bool)) and (in_time or not lives), at + "live")
        live += [get(entry, "name", str, REQUIRED, at)] if lives else []
    if why in ("definition", "exception"):
        s.says("exception", [s.get("exception", str)] if why == "exception" else [], live)
    taken = s.of[takes]
    same = (own.kind, own.span, own.open, own.unsettled) == (taken.kind, taken.span, taken.open, taken.unsettled)
    demand(same and (own.kind == "unknown" or own.data == taken.data), "value", f"er {own}, men der tages {taken}",
           f"is {own}, but {taken} is taken")
    demand(own.status >= taken.status, "value.status", "er stærkere end det tagne", "is stronger than what is taken")
def plain(count, exact): return lambda s: compute(s.first(count), exact)
def with_days(sign):   # addition, subtraction: of numbers, or of a number of days to a date
    def redo(s):
        a, b = s.first(2)
        if a.kind != "date" or b.kind != "number": return compute([a, b], lambda x, y: x + sign * y)
        demand(b.data.denominator == 1, "of", "er ikke hele dage", "are not whole days")
        return Value("date", a.data + datetime.timedelta(sign * int(b.data)), weakest(s.of))
    return redo
def divided(x, y):
    own_error_if(y == 0)
    return x / y
ONE, NOTHING = Value("number", F(1)), Value("number", F(0))
def total(values):   # the sum of all that apply; of none of several what the first is
    kept = applying(values)
    return compute(kept, lambda *xs: sum(xs), True) if kept or not values else values[0]
def rest(s):
    def exact(first, *others):
        own_error_if(first < sum(others))
        return first - sum(others)
    return compute(s.first(1) + applying(s.of[1:]), exact, least=F(0))
ROUND = {"nearest": lambda q: math.floor(abs(q) + F(1, 2)) * (1 if q >= 0 else -1), "up": math.ceil, "down": math.floor,
         "towards_zero": math.trunc, "half_even": round}
def rounder(s, mode):
    step = s.get("step", F)
    demand(step > 0 and mode in ROUND, "step" if step <= 0 else "mode")
    return lambda x: ROUND[mode](x / step) * step
def rounding(s):
    found = compute(s.first(1), rounder(s, s.get("mode", str)))
    if s.of[0].kind == "number": s.says("residual", s.get("residual", F), found.data - s.of[0].data)
    return found
def limited(pick, beyond):
    def redo(s):
        x, limit = s.first(2)
        if x.kind == limit.kind == "number": s.says("bound", s.get("bound", bool, False), beyond(x.data, limit.data))
        return x if limit.kind == "absent" and x.kind != "error" else compute([x, limit], pick)
    return redo
def extreme(values, pick):
    demand(values, "of", *TOO_FEW)
    if all(v.kind == "date" for v in values): return Value("date", pick(v.data for v in values), weakest(values))
    return compute(values, lambda *xs: pick(xs), True)
def mean(values, weights):   # the mean of those that apply; without weights each weighs 1
    pairs = [pair for pair in zip(values, weights) if pair[0].kind != "absent"] or list(zip(values, weights))
    return compute([part for pair in pairs for part in pair], lambda *xs: divided(
        sum(x * w for x, w in zip(xs[::2], xs[1::2])), sum(xs[1::2])))
def convert(s):   # along an index: by its steps, or from one of its points to another
    kind, along = s.get("kind", str), divided if s.get("back", bool, False) else operator.mul
    demand(kind in ("steps", "points"), "kind", *NOT_KNOWN)
    if kind == "points": return compute(s.first(3), lambda x, a, b: divided(x * b, a))
    return compute(s.of, lambda x, *steps: along(x, math.prod(1 + step for step in steps)))
SIGNS = {"=": operator.eq, "≠": operator.ne, "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge}
def compared(a, sign, b):   # A truth; where one is unknown, its bounds may decide all the same
    demand(sign in SIGNS, "sign", *NOT_KNOWN)
    state = state_of([a, b])
    demand(state or a.kind == b.kind and (sign in "=≠" or a.kind in ("number", "date")), "of")
    if state is None or state.kind != "unknown" or state.unsettled:
        return state or Value("truth", SIGNS[sign](a.data, b.data), weakest([a, b]))
    if sign in ">≥": a, b, sign = b, a, {">": "<", "≥": "≤"}[sign]
    below, above = (x.span[1] < y.span[0] or x.span[1] == y.span[0] and (x.open[1] or y.open[0])
                    for x, y in ((a, b), (b, a)))
    yes, no = {"<": (below, b.span[1] <= a.span[0]), "≤": (a.span[1] <= b.span[0], above),
               "=": (False, below or above), "≠": (below or above, False)}[sign]
    return Value("truth", bool(yes), state.status) if yes or no else state
def conjunction(values, decisive=False):
    """`and`: one that is false decides whatever the others are; with `decisive` true it is `or`."""
    decided = [v for v in values if v.key() == ("truth", decisive)]
    demand(all(v.kind in ("truth",) + STATES for v in values), "of", "er ikke alle sandheder", "are not all truths")
    if decided: return Value("truth", decisive, min(v.status for v in decided))
    return passing(values, "truth", lambda: not decisive)
def between(s):
    (x, low, high), state = s.first(3), state_of(s.of)
    if state and state.kind != "unknown": return state
    return conjunction([compared(low, "≤", x), compared(x, "≤", high)])
def standing(s, count=None):
    return [v for place, v in list(zip(s.get("of", list), s.of))[:count] if place not in s.get("ended", list, [])]
def count_of(values):   # how many hold of those that apply; each that is unknown may hold or not
    kept = applying(values)
    met, open_ = F(sum(v.key() == ("truth", True) for v in kept)), sum(v.kind == "unknown" for v in kept)
    found = passing(kept, "number", lambda: met)
    found.span, found.status = (met, met + open_), weakest(values)
    return found
def grant(s):
    n = s.get("conditions", int)
    demand(0 <= n < len(s.of) <= n + 2, "conditions")
    met = conjunction(standing(s, n))
    if met.kind != "truth": return met
    s.says("paid", s.get("paid", bool), met.data)
    taken = s.of[n] if met.data else (s.of[n + 1:] or [NOTHING])[0]
    return Value(taken.kind, taken.data, max(taken.status, met.status), taken.span, taken.unsettled)
def literal(s, raw, at):   # A value written in a row, or the step that it names
    return s.at(raw["step"], at) if is_a(raw, dict) and set(raw) == {"step"} else value_of(get({at: raw}, at, dict), at)
def fits(s, test, key, otherwise, at):   # whether one test of a row fits; `otherwise` is whether no other row does
    kind = next((k for k in "any otherwise holds days among none_of from to".split() if k in test), None)
    alone = kind and test[kind] is not False and (len(test) == 1 or kind in ("days", "from", "to"))
    demand(alone, at, "er ingen prøve", "is no test")
    if kind in ("any", "otherwise"): return kind == "any" or otherwise
    if kind == "holds": return literal(s, test[kind], at).key() == ("truth", True)
    if kind == "days":
        days, asked = ([d and day(d, at) for d in get(test, k, list)] for k in ("days", "asked"))
        demand(len(days) == len(asked) == 2, at)
        return (not days[0] or asked[0] and days[0] <= asked[0]) and (not days[1] or asked[1] and asked[1] <= days[1])
    if kind in ("among", "none_of"):
        return (key.key() in [literal(s, v, at).key() for v in get(test, kind, list)]) == (kind == "among")
    return conjunction([compared(key, sign[bool(test.get(end + "_in"))], literal(s, test[end], at))
                        for end, sign in (("from", ">≥"), ("to", "<≤")) if end in test]).data is True
POLICIES = {"one": lambda r: r[0], "first": lambda r: r[0], "agree": lambda r: r[0], "add": total,
            "largest": lambda r: extreme(r, max), "smallest": lambda r: extreme(r, min)}
def look_up(s):   # finds the rows that fit; only their results were read
    keys, rows, policy = [s.at(k, "keys") for k in s.get("keys", list)], s.get("rows", list), s.get("policy", str)
    demand(policy in POLICIES, "policy", *NOT_KNOWN)
    def row_fits(n, otherwise):
        at, tests = f"rows[{n}].tests", get(rows[n], "tests", list, REQUIRED, f"rows[{n}].")
        good = len(tests) == len(keys) or not keys     # without keys all tests are of something else
        demand(good and all(is_a(t, dict) for t in tests), at, "er ikke én for hver nøgle", "are not one a key")
        stands = get(rows[n], "stands", bool, True)
        return stands and all(fits(s, t, k, otherwise, at) for t, k in zip(tests, keys or tests))
    if state_of(keys): return state_of(keys)
    hits = [n for n in range(len(rows)) if row_fits(n, False)] or [n for n in range(len(rows)) if row_fits(n, True)]
    hits = hits[:1] if policy == "first" else hits
    s.says("hit", s.get("hit", list, []), hits)
    own_error_if(not hits or policy == "one" and len(hits) > 1)
    results = [s.at(get(rows[n], "result", int, REQUIRED, f"rows[{n}]."), f"rows[{n}].result") for n in hits]
    own_error_if(policy == "agree" and len({r.key() for r in results}) > 1)
    return POLICIES[policy](results)
def between_points(s):
    x0, x1, *more = [literal(s, p, "points").data for p in s.get("points", list)] + [F(0)] * 2
    demand(len(more) == 2 and x0 < x1, "points")
    return compute(s.first(3), lambda x, y0, y1: y0 + (x - x0) / (x1 - x0) * (y1 - y0))
def scale(s):   # what lies between one bound and the next is charged at the rate of that slice
    base, below, charges = s.first(1)[0], F(0), []
    for n, part in enumerate(s.get("slices", list)):
        at = f"slices[{n}]."
        bound = s.at(part["up_to"], at + "up_to") if "up_to" in get({at: part}, at, dict) else base
        demand(base.kind == bound.kind == "number", at + "up_to", "er ikke et tal", "is not a number")
        amount = max(F(0), min(base.data, bound.data) - below)
        rate = s.at(part.get("rate"), at + "rate") if "rate" in part or amount else NOTHING
        charges.append(compute([rate], lambda r: amount * r))
        for field, found in (("amount", amount), ("charge", charges[-1].data)):
            s.says(at + field, get(part, field, F, F(0), at), found)
        below = bound.data
    return compute([base] + charges, lambda base, *parts: sum(parts))
def over(s):
    fold, chosen = s.get("fold", str), list(s.lines())
    demand(fold in ("sum", "count", "average", "largest", "smallest"), "fold", *NOT_KNOWN)
    if not chosen and "if_none" in s.raw: return s.at(s.raw["if_none"], "if_none")
    values = s.read("value") if fold != "count" or any("value" in line for _, line in chosen) else [ONE] * len(chosen)
    if fold in ("sum", "count"): return total(values) if fold == "sum" else total([ONE] * len(applying(values)))
    demand(values or s.value.kind in ("error", "absent"), "value", "er en værdi for ingen", "is a value for nobody")
    if fold == "average" and values:
        return mean(values, s.read("weight") if s.get("weighted", bool, False) else [ONE] * len(values))
    return POLICIES[fold](applying(values) or values[:1]) if values else s.value
def shares(s, rule, pool, exact, keys):
    """The share of each from the exact ones by the rule of rounding; all but `each` add to the pool."""
    if rule == "exact" or pool == 0: return exact
    if rule == "largest_remainder" and pool < 0:
        return {w: -x for w, x in shares(s, rule, -pool, {w: -x for w, x in exact.items()}, keys).items()}
    modes = {"largest_remainder": "down", "rest_to": "nearest", "each": s.get("mode", str, "")}
    demand(rule in modes, "rule", *NOT_KNOWN)
    found = {w: rounder(s, modes[rule])(x) for w, x in exact.items()}
    if rule == "rest_to": found[s.get("to", str)] = pool - sum(x for w, x in found.items() if w != s.raw["to"])
    if rule == "largest_remainder":
        left = (pool - sum(found.values())) / s.get("step", F)
        own_error_if(left.denominator != 1)
        order = sorted(exact, key=lambda w: (found[w] - exact[w], -keys[w], w))
        for w in order[:int(left)]: found[w] += s.get("step", F)
    return found
def distribute(s):
    pool, chosen = s.first(1)[0], list(s.lines())
    keys = {get(line, "who", str): s.at(line["key"], at + "key").data if "key" in line else F(1) for at, line in chosen}
    every = [s.at(line["key"], "lines") for line in s.raw["lines"] if "key" in line]
    demand(all(v.kind == "number" for v in (pool, *every)), "of", *NO_NUMBERS)
    demand(len(keys) == len(chosen), "lines", "nævner nogen to gange", "name someone twice")
    full = sum(keys.values())
    own_error_if(pool.data and not full or s.get("percent", bool, False) and sum(v.data for v in every) != 1)
    exact = {w: pool.data * k / (full or 1) for w, k in keys.items()}
    given = shares(s, s.get("rule", str), pool.data, exact, keys)
    for n, line in enumerate(s.raw["lines"]):
        for field, found in (("exact", exact), ("share", given)):
            s.says(f"lines[{n}].{field}", get(line, field, F, F(0)), found.get(line.get("who"), 0))
    return pool
def share(s):
    source = s.steps[s.get("of", list)[0]] if s.first(1) else {}
    mine = [line for line in get(source, "lines", list, []) if get(line, "who", str) == s.get("who", str)]
    demand(source["op"] == "distribute" and len(mine) == 1, "of", "er ingen fordeling", "is no distribution")
    return passing(s.of, "number", lambda: get(mine[0], "share", F, F(0)))
def rank(s):
    me, sign = s.get("of_whom", str, None) or s.get("who", str), ">" if s.get("largest_first", bool, False) else "<"
    values = list(zip([line.get("who") for _, line in s.lines()], s.read("value")))
    mine = [v for w, v in values if w == me]
    demand(len(mine) == 1, "who", "er ikke på én linje", "is not on one line")
    before = [compared(v, sign, mine[0]) for w, v in values if w != me and v.kind != "absent"]
    return passing(mine + before, "number", lambda: 1 + sum(t.data for t in before))
def apart(count):   # the time from one date to another; backwards it is minus the time forwards
    def redo(s):
        a, b = s.first(2)
        demand(state_of(s.of) or a.kind == b.kind == "date", "of", "er ikke datoer", "are not dates")
        return passing(s.of, "number", lambda: count(a.data, b.data) if a.data <= b.data else -count(b.data, a.data))
    return redo
def move_months(s):   # a day that the month does not have is its last, the first of the next, or an error
    (start, count), missing = s.first(2), s.get("missing_day", str, "last")
    if state_of(s.of): return state_of(s.of)
    demand(start.kind == "date" and count.kind == "number" and count.data.denominator == 1, "of")
    demand(missing in ("last", "next", "error"), "missing_day", *NOT_KNOWN)
    at = start.data.year * 12 + start.data.month - 1 + int(count.data) * (1 if s.get("forward", bool, False) else -1)
    own_error_if(not 12 <= at < 119987)
    last = (datetime.date((at + 1) // 12, (at + 1) % 12 + 1, 1) - datetime.timedelta(1)).day
    own_error_if(start.data.day > last and missing == "error")
    at, of_month = (at + 1, 1) if start.data.day > last and missing == "next" else (at, min(start.data.day, last))
    return Value("date", datetime.date(at // 12, at % 12 + 1, of_month), weakest(s.of))
def duty(s):
    only_if, deadline, met = parts = [k in s.raw and s.at(s.raw[k], k) for k in ("only_if", "deadline", "met")]
    asked, state = day(s.get("day", str), "day"), state_of([v for v in parts if v])
    if only_if and only_if.data is False: return Value("absent", frozenset())    # what depends on it is not owed
    if state: return state
    on = met.data if met and met.kind == "date" else asked
    done = met and (met.key() == ("truth", True) or met.kind == "date" and on <= asked)
    late = deadline and on > deadline.data
    word = ("met_late" if late and met.kind == "date" else "met") if done else "overdue" if late else "not_due"
    return Value("text", word, s.value.status)
OPERATIONS = {   # of each operation what redoes it, and the keys its steps may have besides the common ones
    "figure": (leaf(), ""), "data": (leaf(), "file place"), "stated": (leaf("unknown", "absent"), ""),
    "missing": (leaf("unknown"), ""), "fault": (leaf("error"), ""), "time": (moment, ""),
    "who": (lambda s: s.says("value", s.value.key(), ("text", s.get("who", str))), ""),
    "take": (take, "takes because branch exceptions exception"),
    "undecided": (lambda s: demand(s.value.kind == "unknown" or s.value.key() in [v.key() for v in s.of], "value"), ""),
    "add": (with_days(1), ""), "subtract": (with_days(-1), ""), "multiply": (plain(2, operator.mul), ""),
    "divide": (plain(2, divided), ""), "negate": (plain(1, operator.neg), ""),
    "raise": (plain(2, lambda x, p: x * (1 + p)), ""), "lower": (plain(2, lambda x, p: x * (1 - p)), ""),
    "rest": (rest, ""), "round": (rounding, "step mode residual"),
    "per_year": (lambda s: compute(s.first(1), lambda x: divided(x, F(s.get("years", int)))), "years"),
    "at_most": (limited(min, operator.gt), "bound"), "at_least": (limited(max, operator.lt), "bound"),
    "largest": (lambda s: extreme(s.of, max), ""), "smallest": (lambda s: extreme(s.of, min), ""),
    "convert": (convert, "kind index from to back"),
    "compare": (lambda s: compared(s.first(2)[0], s.get("sign", str), s.of[1]), "sign"),
    "roughly": (lambda s: compared(compute(s.first(2)[:1], rounder(s, "nearest")), "=", s.of[1]), "step"),
    "between": (between, ""), "one_of": (lambda s: passing(s.first(2) + s.of[2:], "truth", lambda: s.of[0].key() in [
        v.key() for v in s.of[1:]]), ""),
    "is_none": (lambda s: passing(s.first(1), "truth", lambda: (s.of[0].kind == "none") != s.raw.get("negated", False)),
                "negated"),
    "not": (lambda s: conjunction(s.first(1)) and passing(s.of, "truth", lambda: not s.of[0].data), ""),
    "and": (lambda s: conjunction(s.of), ""), "or": (lambda s: conjunction(s.of, True), ""),
    "all_met": (lambda s: conjunction(standing(s)), "ended"), "count_met": (lambda s: count_of(s.of), ""),
    "grant": (grant, "conditions paid ended"), "look_up": (look_up, "keys rows policy hit"),
    "between_points": (between_points, "points"), "scale": (scale, "slices"),
    "over": (over, "fold lines if_none weighted"),
    "for_all": (lambda s: conjunction(s.read("value")), "lines"), "for_at_least": (
        lambda s: compared(count_of(s.read("value")), "≥", Value("number", s.get("number", F))), "lines number"),
    "distribute": (distribute, "lines rule step to mode percent"), "share": (share, ""),
    "rank": (rank, "lines largest_first of_whom"), "sum_over": (lambda s: total(s.of), "periods"), "duty": (duty,
    "only_if deadline met day"), "days_between": (apart(lambda a, b: (b - a).days), ""), "months_between": (apart(
        lambda a, b: (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)), ""),
    "years_between": (apart(lambda a, b: 12 * (b.year - a.year - ((b.month, b.day) < (a.month, a.day)))), ""),
    "move_months": (move_months, "forward missing_day"),
}
LEAVES = "figure data stated missing fault time who".split()
LACK_ALL = "add subtract multiply divide negate raise lower sum round per_year convert".split()
TRUTHS = "compare roughly between one_of is_none not and or all_met for_all for_at_least".split()
def agree(s, found):
    """Holds the value of a step against the one found for it; of a state, what is said must be what an operand says."""
    own, lacking = s.value, frozenset().union(*(v.data for v in s.seen if v.kind == "unknown"))
    if found.kind not in STATES and own.kind == "unknown" and lacking:    # it may say less than could be known
        found = Value("unknown", lacking, weakest(s.seen), found.span)
    whole = found.kind not in STATES or s.raw["op"] in LACK_ALL and found.kind == "unknown"
    same = own.kind == found.kind and (own.data == found.data if whole else not found.data or own.data <= found.data)
    demand(same, "value", f"er {own}, men regnes til {found}", f"is {own}, but computes to {found}")
    if found.kind == "unknown":
        wide = own.span[0] <= found.span[0] and own.span[1] >= found.span[1]
        demand(wide, "value", "har snævrere grænser end operanderne giver", "has tighter bounds than its operands give")
        demand(own.unsettled or not found.unsettled or s.raw["op"] in TRUTHS, "value.unsettled", *MISSING)
    demand(own.status <= max(found.status, weakest(s.seen)) and (found.kind in STATES or own.status >= found.status),
           "value.status", "er ikke den svageste operands", "is not that of the weakest operand")
def redo(place, steps, values, counts):
    """Redoes one step, and counts it: a leaf, redone, or resting on an unknown, so that it was redone only in part."""
    s = Step(place, steps, values)
    op = s.raw["op"]
    try: found = OPERATIONS[op][0](s)
    except (OwnError, OverflowError): found = Value("error", frozenset())
    if found is not None: agree(s, found)
    unknown = s.value.kind == "unknown" or any(v.kind == "unknown" for v in s.seen)
    counts["leaves" if op in LEAVES else "in_part" if unknown or op == "undecided" else "redone"] += 1
def redone(steps, values, counts):
    for n, value in enumerate(values):       # a step that cannot be read was told of already
        if value is not None: yield from looked_at(lambda: redo(n, steps, values, counts), n)
# ---- Level 5: the results, and the report --------------------------------------------------------------------------
def results(record, values, steps):
    english = is_a(record.get("rules"), dict) and record["rules"].get("language") == "en"
    for n, result in enumerate(listed(record, "results")):
        yield from looked_at(lambda: of_its_step(result, f"results[{n}].", values, steps, english))
GRANT = {"fuldt": "full", "bortfaldet": "lapsed"}     # the amounts of a grant may be named in either language
KRONER = {"mia. kr.": 10**9, "mio. kr.": 10**6, "billion kr.": 10**9, "million kr.": 10**6, "kr.": 1, "pct.": F(1, 100)}
def of_its_step(result, at, values, steps, english):
    """A result is that of its step; what people read, where it is kroner or percent, is its number as far as shown."""
    place = get(result, "step", int, REQUIRED, at)
    demand(0 <= place < len(values) and values[place], at + "step", "er intet trin at læse", "is no step to be read")
    for key in ("value", "name", "who", "when", "price_level"):
        told = result.get(key)
        if told and key == "name" and english: told = re.sub("[^.]+$", lambda m: GRANT.get(m[0], m[0]), str(told))
        demand(key != "value" and told is None or told == steps[place].get(key), at + key)
    text = re.fullmatch("(≈ )?(−?)([0-9.,]+) ((?:[mb]i.+ )?kr[.]|pct[.])( [(].*)?", str(result.get("text")))
    if text and text[4] in KRONER and values[place].kind == "number" and steps[place].get("unit") in ("kr.", "1"):
        digits, _, decimals = text[3].replace("," if english else ".", "").partition("." if english else ",")
        shown = F(int(digits + decimals), 10 ** len(decimals)) * (-1 if text[2] else 1)
        off = abs(values[place].data / KRONER[text[4]] - shown) * 10 ** len(decimals)
        demand(off <= F(1, 2) * bool(text[1]), at + "text", f"er ikke {values[place]}", f"is not {values[place]}")
LEVELS = {"form": ("form og bytes", "form and bytes"), "digests": ("fingeraftryk", "digests"), "chain": (
    "kæde ({signatures} underskrifter, ikke efterprøvet her)", "chain ({signatures} signatures, not checked here)"),
    "steps": ("trin ({redone} regnet efter, {leaves} blade, {in_part} hviler på noget ukendt: kun delvis efterset)",
              "steps ({redone} redone, {leaves} leaves, {in_part} rest on what is unknown: checked only in part)"),
    "results": ("resultater", "results")}
def check_line(raw, place, before):
    """The failures of each level (None where it could not be looked at), what was counted, and the digest."""
    found, counts, values, read = dict.fromkeys(LEVELS), dict(redone=0, leaves=0, in_part=0, signatures=0), [], []
    found["form"] = looked_at(lambda: read.extend((line := parse(raw), get(line, "record", dict), canonical(line))))
    if not read: return found, counts, None
    line, record, written = read
    steps, counts["signatures"] = listed(record, "steps"), len(listed(line, "signatures"))
    for level, look in (("form", lambda: form(raw[:-1], written, line, record, values)), ("digests", lambda: digests(
            line, record)), ("chain", lambda: chain(record, place, before)), ("steps", lambda: redone(
            steps, values, counts)), ("results", lambda: results(record, values, steps))):
        found[level] = looked_at(look)
    return found, counts, line["digest"] if is_a(line.get("digest"), str) else None
def check(lines):   # checks the lines of a file one after another
    digest = None
    for place, raw in enumerate(lines, 1):
        found, counts, digest = check_line(raw, place, digest)
        yield place, found, counts, digest
def show(place, found, counts, digest, da):
    """Tells of one record, a level a line, and what fails with record, step and field."""
    record, step = ("post", "trin") if da else ("record", "step")
    print(f"{record} {place}  {digest or ''}"[:100].rstrip())
    for n, (level, names) in enumerate(LEVELS.items(), 1):
        wrongs = found[level] or []
        said = ("ikke set på" if da else "not looked at") if found[level] is None else "ok" if not wrongs else (
            f"{len(wrongs)} FEJL" if da else f"{len(wrongs)} FAILED")
        print(f"  {n} {names[not da].format(**counts)}: {said}")
        for wrong in wrongs[:SHOWN]:
            where = f", {step} {wrong.step}" * (wrong.step is not None) + f", `{wrong.field}`" * bool(wrong.field)
            print(f"      {record} {place}{where}: {wrong.da if da else wrong.en}")
        if len(wrongs) > SHOWN:
            print(f"      … {'og' if da else 'and'} {len(wrongs) - SHOWN} {'til' if da else 'more'}")
def as_json(place, found, counts, digest, da):
    failures = [{"level": level, "step": w.step, "field": w.field, "text": w.da if da else w.en}
                for level, wrongs in found.items() for w in wrongs or []]
    return {"record": place, "digest": digest, "counts": counts, "failures": failures,
            "not_looked_at": [level for level, wrongs in found.items() if wrongs is None]}
def main(words=None):
    asked = argparse.ArgumentParser(prog="verify.py", description="Regner poster efter. / Redoes records.")
    for name, more in (("file", {}), ("--lang", {"choices": ("da", "en"), "default": "da"}), ("--json", {
            "action": "store_true"}), ("--known", {"action": "append", "default": [], "metavar": "DIGEST"})):
        asked.add_argument(name, **more)
    asked = asked.parse_args(words)
    da, wrong, missing, told, place = asked.lang == "da", 0, set(asked.known), [], 0
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="backslashreplace")
    try:
        with open(asked.file, "rb") as lines:
            for place, found, *more, digest in check(lines):
                wrong += sum(len(wrongs or ()) for wrongs in found.values())
                missing.discard(digest)
                told.append((as_json if asked.json else show)(place, found, *more, digest, da))
    except (OSError, ValueError) as bad:
        print(f"{asked.file}: {'kan ikke læses' if da else 'cannot be read'}: {bad}", file=sys.stderr)
        return 5
    missing = sorted(missing) + ([] if place else ["ingen poster" if da else "no records"])
    wrong += len(missing)
    if asked.json: print(json.dumps({"ok": not wrong, "records": told, "missing": missing}, ensure_ascii=False))
    else:
        for digest in missing: print(f"{'kendt, men ikke her' if da else 'known, but not here'}: {digest}")
        print(f"{wrong} {'ting passer ikke' if da else 'things do not fit'}" if wrong else
              f"{place} {'poster passer' if da else 'records hold'}")
    return 6 if wrong else 0
if __name__ == "__main__":
    try: sys.exit(main())
    except BrokenPipeError: os._exit(6)      # whoever read the report has stopped reading
