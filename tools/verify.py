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
MISSING, NO_PART = ("mangler", "is missing"), ("hører ikke til", "is no part")
NO_NUMBERS = ("er ikke alle tal", "are not all numbers")
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
def time(text):   # the first day of a year, quarter, month or day
    quarter = re.fullmatch("([0-9]{4})-Q[1-4]", text)
    return day(quarter[1] + "-01-01" if quarter else text + {4: "-01-01", 7: "-01"}.get(len(text), ""))
def cell(raw, n):   # what stands in a table: a value that is there, or the step that has it
    own = is_a(raw, dict) and set(raw) == {"step"}
    return TYPES["p"](raw["step"], n, None) if own else is_a(raw, dict) and value_of(raw).kind not in STATES
TYPES = {   # of each type of field what is of it, in a record `r` or its step `n`; `*` an object, `[` a list, `|` words
    "t": lambda x, *_: is_a(x, str), "T": lambda x, *_: x is None or is_a(x, str), "b": lambda x, *_: is_a(x, bool),
    "B": lambda x, *_: x is None or is_a(x, bool), "yes": lambda x, *_: x is True, "x": lambda *_: True,
    "w": lambda x, *_: is_a(x, int) and 0 <= x < 2 ** 63, "y": lambda x, *_: is_a(x, int) and 1 <= x <= 9999,
    "W": lambda x, *_: x is None or TYPES["w"](x), "p": lambda x, n, _: TYPES["w"](x) and x < n,
    "c": lambda x, _, r: TYPES["w"](x) and x < len(listed(r, "citations")),
    "f": lambda x, _, r: x is None or TYPES["w"](x) and x < len(listed(r, "data")),
    "n": lambda x, *_: number(x) is not None, "+": lambda x, *_: number(x) > 0, "d": lambda x, *_: day(x),
    "m": lambda x, *_: is_a(x, str) and time(x), "v": lambda x, n, _: cell(x, n),
    "days": lambda x, *_: is_a(x, list) and len(x) == 2 and all(d is None or day(d) for d in x),
    "pair": lambda x, *_: is_a(x, list) and len(x) == 2 and all(is_a(t, str) for t in x)}
LINE, SET = "digest:t record:x signatures:[*signature", "who:t chosen:b condition?:p "
SHAPES = {   # of each object its fields; those with `?` may be left out
    "signature": "algorithm:t key:t signature:t", "engine": "name:t version:t evaluator:t",
    "record": "format:t sequence:w previous:T engine:*engine question:*question rules:*rules data:[*data "
              "sources:[*source citations:[*citation assumptions:[*assumption steps:[x results:[*result sections:x",
    "question": "targets:[t time:m only:[pair scenarios:[t readings:[t assignments:[t switches:[t",
    "rules": "files:[*file language:da|en", "file": "path:t bytes:w sha256:t layout_free:T",
    "data": "name:t kind:T bytes:w sha256:t", "source": "id:t title:t publisher:T date:T sha256:T",
    "citation": "source:t at:t sha256:T line:W", "assumption": "name:t question:T chosen:T alternatives:[t",
    "result": "name?:T step:w value:x text:t when?:T who?:T price_level?:T",
    "exception": "name:t live:B in_time:b step?:p", "slice": "up_to?:p amount:n rate?:p charge:n",
    "row": "tests:[*test result?:p at?:t stands?:b basis?:[c", "member": SET + "value?:p weight?:p",
    "sharer": SET + "key?:p exact?:n share?:n", "ranked": "who:t value:p",
    "test": "any?:yes otherwise?:yes holds?:v days?:days asked?:days among?:[v none_of?:[v from?:v from_in?:b to?:v to_in?:b",
    "step": "op:t value:x digest:t of?:[p name?:t clause?:t who?:t when?:m basis?:[c at?:t unit?:t price_level?:t "}
TESTS = "any,otherwise,holds,asked days,among,none_of,from from_in,to to_in,from from_in to to_in".split(",")
def shaped(words, thing, n, r, at=""):
    """Yields which fields of an object do not belong, are missing, or are not of their type."""
    if not is_a(thing, dict): raise Wrong(at.rstrip("."), "er ikke et objekt", "is not an object")
    types = {key.rstrip("?"): (kind, key[-1] == "?") for key, _, kind in (w.partition(":") for w in words.split())}
    yield from (Wrong(at + key[:60], *NO_PART) for key in sorted(set(thing) - set(types)))
    for key, (kind, optional) in types.items():
        if key in thing: yield from typed(kind, thing[key], n, r, at + key)
        elif not optional: yield Wrong(at + key, *MISSING)
    if words == SHAPES["test"] and " ".join(sorted(thing)) not in TESTS: yield Wrong(at, "er ingen prøve", "is no test")
def typed(kind, thing, n, r, at):
    try:
        if kind[0] == "*": yield from shaped(SHAPES[kind[1:]], thing, n, r, at + ".")
        elif kind[0] == "[" and is_a(thing, list):
            for k, one in enumerate(thing): yield from typed(kind[1:], one, n, r, f"{at}[{k}]")
        elif not (is_a(thing, str) and thing in kind.split("|") if "|" in kind else kind[0] != "[" and TYPES[kind](thing, n, r)):
            yield Wrong(at, "har forkert form", "has the wrong form")
    except Wrong as wrong: yield Wrong(wrong.field if wrong.field.startswith(at) else at, wrong.da, wrong.en)
def form(raw, written, line, record, values):
    """Yields what is wrong with the form of a line; fills in the value of each step, None where it cannot be read."""
    if raw != written:
        at = len(os.path.commonprefix([raw, written]))
        yield Wrong("", f"ikke kanonisk fra byte {at + 1}", f"not canonical from byte {at + 1}")
    yield from shaped(LINE, line, 0, record)
    yield from shaped(SHAPES["record"], record, 0, record)
    if record.get("format") != FORMAT: yield Wrong("format", f"er ikke {FORMAT}", f"is not {FORMAT}")
    for n, step in enumerate(listed(record, "steps")):
        values.append(None)
        yield from looked_at(lambda: form_of_step(n, step, record, values), n)
def form_of_step(n, step, record, values):
    """Reads the value of a step; one with an unknown operation, or fields that do not fit it, cannot be read."""
    op = get(step, "op", str)
    demand(op in OPERATIONS, "op", f"`{op[:40]}` kendes ikke", f"`{op[:40]}` is not known")
    count, _, fields = OPERATIONS[op][1].partition(" ")
    for wrong in shaped(SHAPES["step"] + fields, step, n, record): raise wrong
    of, least = len(step.get("of", [])), int(count.rstrip("+"))
    demand(of == least or of > least and "+" in count, "of", "er ikke så mange, som der skal til", "are not as many as it takes")
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
    more = KINDS[kind][2].split() if kind in STATES else ["status"]       # a state has no status
    demand(kind and set(raw) <= {kind, *more}, field, "er ikke en værdi", "is not a value")
    data, status = KINDS[kind][1](get(raw, kind, KINDS[kind][0]), raw), get(raw, "status", str, "final")
    demand(kind != "none" or data, field)
    demand(kind != "unknown" or all(is_a(t, str) for t in data) and raw[kind] == sorted(data), field)
    demand(kind != "error" or "text" in raw, field + ".text", *MISSING)
    demand(status in STATUS and raw.get("status") != "final", field + ".status")
    span = (get(raw, "low", F, -INF), get(raw, "high", F, INF))
    said = all(raw.get(key, True) is True for key in ("low_open", "high_open", "unsettled"))
    demand(span[0] <= span[1] and said and all(e in raw for e in ("low", "high") if e + "_open" in raw), field)
    return Value(kind, data, STATUS.index(status), span, "unsettled" in raw, ("low_open" in raw, "high_open" in raw))
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
    def says(self, field, told, found):
        demand(told == found, field, f"er {told}, men regnes til {found}", f"is {told}, but computes to {found}")
    def lines(self):   # the lines of those chosen; where a condition is a truth, it decides who is
        for n, line in enumerate(self.raw["lines"]):
            at, chosen = f"lines[{n}].", line.get("chosen", True)
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
    takes, why, own, live = s.raw["takes"], s.raw["because"], s.value, []
    demand(takes < len(s.of), "takes", "er ingen operand", "is no operand")
    if why == "branch":
        demand(takes == (s.of[0].kind == "truth"), "takes", "er ikke grenen", "is not the branch")
        s.says("branch", s.get("branch", bool) if takes else None, s.of[0].data if takes else None)
    for n, entry in enumerate(s.raw.get("exceptions", [])):
        condition = s.at(entry["step"], f"exceptions[{n}].step") if "step" in entry else ONE
        holds = condition.data if condition.kind == "truth" else True if condition is ONE else None
        holds = holds if entry["in_time"] else False
        demand(entry["live"] is holds or holds is None and not entry["live"], f"exceptions[{n}].live")
        live += [entry["name"]] * (entry["live"] is True)
    demand(why != "exception" or s.get("exception", str) in live, "exception", "gælder ikke", "is not live")
    demand(why != "definition" or not live, "because", "en undtagelse gælder", "an exception is live")
    taken = s.of[takes]
    same = (own.kind, own.span, own.open, own.unsettled) == (taken.kind, taken.span, taken.open, taken.unsettled)
    demand(same and (own.kind == "unknown" or own.data == taken.data), "value", f"er {own}, men der tages {taken}",
           f"is {own}, but {taken} is taken")
    demand(own.status >= taken.status, "value.status", "er stærkere end det tagne", "is stronger than what is taken")
def plain(exact): return lambda s: compute(s.of, exact)
def with_days(sign):   # addition, subtraction: of numbers, or of a number of days to a date
    def redo(s):
        a, b = s.of
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
def summed(s):
    demand(len(s.raw.get("periods", s.of)) == len(s.of), "periods", "er ikke én for hvert trin", "are not one a step")
    return total(s.of)
def rest(s):
    def exact(first, *others):
        own_error_if(first < sum(others))
        return first - sum(others)
    return compute(s.of[:1] + applying(s.of[1:]), exact, least=F(0))
ROUND = {"nearest": lambda q: math.floor(abs(q) + F(1, 2)) * (1 if q >= 0 else -1), "up": math.ceil, "down": math.floor,
         "towards_zero": math.trunc, "half_even": round}
def rounder(s, mode):
    step = s.get("step", F)
    return lambda x: ROUND[mode](x / step) * step
def rounding(s):
    found = compute(s.of, rounder(s, s.raw["mode"]))
    if s.of[0].kind == "number": s.says("residual", s.get("residual", F), found.data - s.of[0].data)
    return found
def limited(pick, beyond):
    def redo(s):
        x, limit = s.of
        if x.kind == limit.kind == "number": s.says("bound", s.get("bound", bool, False), beyond(x.data, limit.data))
        return x if limit.kind == "absent" and x.kind != "error" else compute([x, limit], pick)
    return redo
def extreme(values, pick):
    if all(v.kind == "date" for v in values): return Value("date", pick(v.data for v in values), weakest(values))
    return compute(values, lambda *xs: pick(xs), True)
def mean(values, weights):
    return compute([part for pair in zip(values, weights) for part in pair], lambda *xs: divided(
        sum(x * w for x, w in zip(xs[::2], xs[1::2])), sum(xs[1::2])))
def convert(s):   # along an index: by its steps, or from one of its points to another
    back, steps = s.raw.get("back", False), Value("number", F(1))
    demand(back == (s.raw["to"] < s.raw["from"]), "back", "passer ikke til årene", "does not fit the years")
    demand(s.raw["kind"] == "steps" or len(s.of) == 3, "of")
    if s.raw["kind"] == "points": return compute(s.of, lambda x, a, b: divided(x * b, a))
    if len(s.of) > 1: steps = compute(s.of[1:], lambda *steps: math.prod(1 + step for step in steps))
    return compute([s.of[0], steps], divided if back else operator.mul)
SIGNS = {"=": operator.eq, "≠": operator.ne, "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge}
def compared(a, sign, b):   # A truth; where one is unknown, its bounds may decide all the same
    state = state_of([a, b])
    alike = a.kind == b.kind or sign in "=≠" and "none" in (a.kind, b.kind)
    demand(state or alike and (sign in "=≠" or a.kind in ("number", "date")), "of")
    if state is None or state.kind != "unknown" or state.unsettled:
        return state or Value("truth", SIGNS[sign](a.key(), b.key()), weakest([a, b]))
    if sign in ">≥": a, b, sign = b, a, {">": "<", "≥": "≤"}[sign]
    below, above = (x.span[1] < y.span[0] or x.span[1] == y.span[0] and (x.open[1] or y.open[0])
                    for x, y in ((a, b), (b, a)))
    same = len({*a.span, *b.span}) == 1
    yes, no = {"<": (below, b.span[1] <= a.span[0]), "≤": (a.span[1] <= b.span[0], above),
               "=": (same, below or above), "≠": (below or above, same)}[sign]
    return Value("truth", bool(yes), state.status) if yes or no else state
def conjunction(values, decisive=False):
    """`and`: one that is false decides whatever the others are; with `decisive` true it is `or`."""
    decided = [v for v in values if v.key() == ("truth", decisive)]
    demand(all(v.kind in ("truth",) + STATES for v in values), "of", "er ikke alle sandheder", "are not all truths")
    if decided: return Value("truth", decisive, min(v.status for v in decided))
    return passing(values, "truth", lambda: not decisive)
def between(s):
    (x, low, high), state = s.of, state_of(s.of)
    if state and state.kind != "unknown": return state
    return conjunction([compared(low, "≤", x), compared(x, "≤", high)])
def one_of(s):
    state = state_of(s.of)
    return state if state and state.kind != "unknown" else conjunction([compared(s.of[0], "=", v) for v in s.of[1:]], True)
def standing(s, count=None):
    of, ended = s.raw.get("of", [])[:count], s.raw.get("ended", [])
    demand(set(ended) <= set(of), "ended", "er ikke blandt dem", "is not among them")
    return [v for place, v in zip(of, s.of) if place not in ended]
def count_of(values):   # how many hold of those that apply; each that is unknown may hold or not
    kept = applying(values)
    demand(all(v.kind in ("truth", *STATES) for v in kept), "of", "er ikke alle sandheder", "are not all truths")
    met, open_ = F(sum(v.key() == ("truth", True) for v in kept)), sum(v.kind == "unknown" for v in kept)
    found = passing(kept, "number", lambda: met)
    found.span, found.status = (met, met + open_), weakest(values)
    return found
def all_of(values): return state_of(values) or conjunction(values)
def at_least(s, values): return state_of(values) or compared(count_of(values), "≥", Value("number", s.get("number", F)))
def grant(s):
    n = s.raw["conditions"]
    demand(n < len(s.of) <= n + 2, "conditions")
    met, amounts = conjunction(standing(s, n)), (s.of[n:] + [NOTHING])[:2]
    if met.kind == "unknown":     # it may come to either
        met.data = frozenset().union(*(v.data for v in s.of if v.kind == "unknown"))
        met.span = tuple(end(v.span[n] for v in amounts) for n, end in enumerate((min, max)))
        met.unsettled = any(v.unsettled for v in s.of)
    if met.kind != "truth": return met
    s.says("paid", s.get("paid", bool), met.data)
    taken = amounts[not met.data]
    return Value(taken.kind, taken.data, max(taken.status, met.status), taken.span, taken.unsettled, taken.open)
def literal(s, raw, at):   # a value written in a row, or that of the step that it names
    found = s.at(raw["step"], at) if "step" in raw else value_of(raw, at)
    demand(found.kind not in STATES, at, "har ingen værdi", "has no value")
    return found
def fits(s, test, key, otherwise, at):   # whether one test of a row fits; `otherwise` is whether no other row does
    if "any" in test or "otherwise" in test: return "any" in test or otherwise
    if "holds" in test: return literal(s, test["holds"], at).key() == ("truth", True)
    if "days" in test:
        (first, until), (asked, end) = ([d and day(d) for d in test[k]] for k in ("days", "asked"))
        return (not first or asked and first <= asked) and (not until or end and end <= until)
    demand(key, at, "har ingen nøgle", "has no key")
    if "among" in test or "none_of" in test:
        kind = "among" if "among" in test else "none_of"
        return (key.key() in [literal(s, v, at).key() for v in test[kind]]) == (kind == "among")
    return all([compared(key, sign[test[end + "_in"]], literal(s, test[end], at)).data is True
                for end, sign in (("from", ">≥"), ("to", "<≤")) if end in test])
POLICIES = {"one": lambda r: r[0], "first": lambda r: r[0], "agree": lambda r: r[0], "add": total,
            "largest": lambda r: extreme(r, max), "smallest": lambda r: extreme(r, min)}
def look_up(s):   # finds the rows that fit; only their results were read
    keys, rows, policy = [s.at(k, "keys") for k in s.raw["keys"]], s.raw["rows"], s.raw["policy"]
    if state_of(keys): return state_of(keys)
    def row_fits(n, otherwise):
        at, tests = f"rows[{n}].tests", rows[n]["tests"]
        demand(not keys or len(tests) == len(keys), at, "er ikke én for hver nøgle", "are not one a key")
        return all([fits(s, t, k, otherwise, at) for t, k in zip(tests, keys or [None] * len(tests))]
                   ) and rows[n].get("stands", True)
    hits = [[n for n in range(len(rows)) if row_fits(n, otherwise)] for otherwise in (False, True)]
    hits = (hits[0] or hits[1])[:1 if policy == "first" else None]
    s.says("hit", s.raw["hit"], hits)
    own_error_if(not hits or policy == "one" and len(hits) > 1)
    results = [s.at(get(rows[n], "result", int, REQUIRED, f"rows[{n}]."), f"rows[{n}].result") for n in hits]
    own_error_if(policy == "agree" and len({r.key() for r in results}) > 1)
    return POLICIES[policy](results)
def between_points(s):
    points = [literal(s, point, "points") for point in s.raw["points"]]
    demand([p.kind for p in points] == ["number"] * 2 and points[0].data < points[1].data, "points")
    x0, x1 = (p.data for p in points)
    return state_of(s.of) or compute(s.of, lambda x, y0, y1: y0 + (x - x0) / (x1 - x0) * (y1 - y0))
def scale(s):   # what lies between one bound and the next is charged at the rate of that slice
    base, below, charges = s.of[0], F(0), []
    if base.kind in STATES: return base
    for n, part in enumerate(s.raw["slices"]):
        at, bound = f"slices[{n}].", s.at(part["up_to"], f"slices[{n}].up_to") if "up_to" in part else base
        demand("up_to" in part or n == len(s.raw["slices"]) - 1, at + "up_to", *MISSING)
        demand(base.kind == bound.kind == "number", at + "up_to", "er ikke et tal", "is not a number")
        amount = max(F(0), min(base.data, bound.data) - below)
        rate = s.at(get(part, "rate", int, REQUIRED, at), at + "rate") if "rate" in part or amount else NOTHING
        demand(rate.kind == "number", at + "rate", "er ikke et tal", "is not a number")
        for field, found in (("amount", amount), ("charge", amount * rate.data)):
            s.says(at + field, get(part, field, F, REQUIRED, at), found)
        charges, below = charges + [compute([rate], lambda r: amount * r)], bound.data
    return compute([base] + charges, lambda base, *parts: sum(parts))
def over(s):
    fold, weighted = s.raw["fold"], s.raw["fold"] == "average" and s.raw.get("weighted")
    pairs = [(s.at(line.get("value"), at + "value") if "value" in line or fold != "count" else ONE,
              s.at(line.get("weight"), at + "weight") if weighted else ONE) for at, line in s.lines()]
    pairs = [(v, w) for v, w in pairs if "absent" not in (v.kind, w.kind)]
    values = [v for v, _ in pairs]
    state = state_of(values + [w for _, w in pairs])
    if state or not pairs and "if_none" in s.raw: return state or s.at(s.raw["if_none"], "if_none")
    if fold == "count": return Value("number", F(len(values)), weakest(values))
    if fold == "sum": return compute(values, lambda *xs: sum(xs))
    own_error_if(not pairs)
    return mean(*zip(*pairs)) if fold == "average" else POLICIES[fold](values)
NEEDED = {"exact": "", "largest_remainder": "step", "rest_to": "step to", "each": "step mode"}
def shares(s, rule, pool, exact, keys):
    """The share of each from the exact ones by the rule of rounding; all but `each` add to the pool."""
    for key, kind in (("step", F), ("to", str), ("mode", str)): s.get(key, kind) if key in NEEDED[rule].split() else None
    own_error_if(rule == "rest_to" and s.raw["to"] not in exact)
    if rule == "exact" or pool == 0: return exact
    if rule == "largest_remainder" and pool < 0:
        return {w: -x for w, x in shares(s, rule, -pool, {w: -x for w, x in exact.items()}, keys).items()}
    modes = {"largest_remainder": "down", "rest_to": "nearest", "each": s.get("mode", str, "")}
    found = {w: rounder(s, modes[rule])(x) for w, x in exact.items()}
    if rule == "rest_to": found[s.get("to", str)] = pool - sum(x for w, x in found.items() if w != s.raw["to"])
    if rule == "largest_remainder":
        left = (pool - sum(found.values())) / s.get("step", F)
        own_error_if(left.denominator != 1)
        order = sorted(exact, key=lambda w: (found[w] - exact[w], -keys[w], w))
        for w in order[:int(left)]: found[w] += s.get("step", F)
    return found
def distribute(s):
    pool, chosen = s.of[0], list(s.lines())
    if pool.kind in STATES: return pool
    keys = {line["who"]: s.at(line["key"], at + "key") if "key" in line else ONE for at, line in chosen}
    demand(all(v.kind == "number" for v in (pool, *keys.values())), "of", *NO_NUMBERS)
    keys = {who: key.data for who, key in keys.items()}
    every = [s.at(line["key"]) if "key" in line else ONE for line in s.raw["lines"]]
    demand(len(keys) == len(chosen), "lines", "nævner nogen to gange", "name someone twice")
    full = sum(keys.values())
    own_error_if(pool.data and not full or s.raw.get("percent") and sum(
        v.data for v in every if v.kind == "number") != 1)
    exact = {w: pool.data * k / (full or 1) for w, k in keys.items()}
    given = shares(s, s.get("rule", str), pool.data, exact, keys)
    for n, line in enumerate(s.raw["lines"]):
        for field, found in (("exact", exact), ("share", given)):
            s.says(f"lines[{n}].{field}", get(line, field, F), found[line["who"]] if line["chosen"] else 0)
    return pool
def share(s):
    source = s.steps[s.raw["of"][0]]
    if state_of(s.of): return state_of(s.of)
    demand(source["op"] == "distribute", "of", "er ingen fordeling", "is no distribution")
    mine = [line for line in source["lines"] if line["who"] == s.get("who", str)]
    demand(len(mine) == 1, "who", "er ikke på én linje", "is not on one line")
    return Value("number", get(mine[0], "share", F), weakest(s.of))
def rank(s):
    me, sign, values = s.raw["of_whom"], ">" if s.raw.get("largest_first") else "<", s.read("value")
    if state_of(values): return state_of(values)
    mine = [v for line, v in zip(s.raw["lines"], values) if line["who"] == me]
    demand(len(mine) == 1, "of_whom", "er ikke på én linje", "is not on one line")
    return passing(values, "number", lambda: 1 + sum(compared(v, sign, mine[0]).data for v in values))
def apart(count):   # the time from one date to another; backwards it is minus the time forwards
    def redo(s):
        a, b = s.of
        demand(state_of(s.of) or a.kind == b.kind == "date", "of", "er ikke datoer", "are not dates")
        return passing(s.of, "number", lambda: count(a.data, b.data) if a.data <= b.data else -count(b.data, a.data))
    return redo
def move_months(s):   # a day that the month does not have is its last, the first of the next, or an error
    (start, count), missing = s.of, s.raw["missing_day"]
    if state_of(s.of): return state_of(s.of)
    demand(start.kind == "date" and count.kind == "number" and count.data.denominator == 1, "of")
    at = start.data.year * 12 + start.data.month - 1 + int(count.data) * (1 if s.raw["forward"] else -1)
    own_error_if(not 12 <= at < 119987)
    last = (datetime.date((at + 1) // 12, (at + 1) % 12 + 1, 1) - datetime.timedelta(1)).day
    own_error_if(start.data.day > last and missing == "error")
    at, of_month = (at + 1, 1) if start.data.day > last and missing == "next" else (at, min(start.data.day, last))
    return Value("date", datetime.date(at // 12, at % 12 + 1, of_month), weakest(s.of))
def duty(s):
    only_if, deadline, met = parts = [k in s.raw and s.at(s.raw[k], k) for k in ("only_if", "deadline", "met")]
    asked, state = day(s.raw["day"]), state_of([v for v in parts if v])
    if only_if and only_if.key() == ("truth", False): return Value("absent", frozenset())    # nothing is owed
    if state: return state
    for part, kinds in ((only_if, ["truth"]), (deadline, ["date"]), (met, ["truth", "date"])):
        demand(not part or part.kind in kinds, "of", "er af en anden slags", "is of another kind")
    on = met.data if met and met.kind == "date" else asked
    done = met and (met.key() == ("truth", True) or met.kind == "date" and on <= asked)
    late = deadline and on > deadline.data
    word = ("met_late" if late and met.kind == "date" else "met") if done else "overdue" if late else "not_due"
    return Value("text", word)
OPERATIONS = {   # of each operation what redoes it, how many steps it is computed from, and its fields besides the common
    "figure": (lambda s: demand(s.value.kind not in STATES, "value"), "0+"), "data": (leaf(), "0+ file?:f place?:t"),
    "stated": (leaf("unknown", "absent"), "0+"), "missing": (leaf("unknown"), "0+"), "fault": (leaf("error"), "0+"),
    "time": (moment, "0+"), "who": (lambda s: s.says("value", s.value.key(), ("text", s.get("who", str))), "0+"),
    "take": (take, "1+ takes:w because:definition|exception|assigned|default|branch|time|owner|cell|carried|fallback "
             "branch?:b exceptions?:[*exception exception?:t"),
    "undecided": (lambda s: demand(s.value.kind == "unknown" or s.value.key() in [v.key() for v in s.of], "value"), "0+"),
    "add": (with_days(1), "2"), "subtract": (with_days(-1), "2"), "multiply": (plain(operator.mul), "2"),
    "divide": (plain(divided), "2"), "negate": (plain(operator.neg), "1"),
    "raise": (plain(lambda x, p: x * (1 + p)), "2"), "lower": (plain(lambda x, p: x * (1 - p)), "2"),
    "rest": (rest, "1+"), "round": (rounding, "1 step:+ mode:" + "|".join(ROUND) + " residual?:n"),
    "per_year": (lambda s: compute(s.of, lambda x: divided(x, F(s.raw["years"]))), "1 years:w"),
    "at_most": (limited(min, operator.gt), "2 bound?:b"), "at_least": (limited(max, operator.lt), "2 bound?:b"),
    "largest": (lambda s: extreme(s.of, max), "1+"), "smallest": (lambda s: extreme(s.of, min), "1+"),
    "convert": (convert, "1+ kind:steps|points from:y to:y index?:t back?:b"),
    "compare": (lambda s: compared(s.of[0], s.raw["sign"], s.of[1]), "2 sign:" + "|".join(SIGNS)),
    "roughly": (lambda s: compared(compute(s.of[:1], rounder(s, "nearest")), "=", s.of[1]), "2 step:+"),
    "between": (between, "3"), "one_of": (one_of, "2+"), "is_none": (lambda s: passing(s.of, "truth", lambda: (
        s.of[0].kind == "none") != s.raw.get("negated", False)), "1 negated?:b"),
    "not": (lambda s: conjunction(s.of) and passing(s.of, "truth", lambda: not s.of[0].data), "1"),
    "and": (lambda s: conjunction(s.of), "0+"), "or": (lambda s: conjunction(s.of, True), "0+"),
    "all_met": (lambda s: conjunction(standing(s)), "0+ ended?:[p"), "count_met": (lambda s: count_of(s.of), "0+"),
    "grant": (grant, "1+ conditions:w paid?:b ended?:[p"),
    "look_up": (look_up, "0+ keys:[p rows:[*row policy:" + "|".join(POLICIES) + " hit:[w"),
    "between_points": (between_points, "3 points:[v"), "scale": (scale, "1+ slices:[*slice"),
    "over": (over, "0+ fold:sum|count|average|largest|smallest lines:[*member if_none?:p weighted?:b"),
    "for_all": (lambda s: all_of(applying(s.read("value"))), "0+ lines:[*member"), "for_at_least": (
        lambda s: at_least(s, applying(s.read("value"))), "0+ lines:[*member number:n"),
    "distribute": (distribute, "1+ lines:[*sharer rule:exact|largest_remainder|rest_to|each step?:+ to?:t percent?:b "
                   "mode?:" + "|".join(ROUND)), "share": (share, "1+"),
    "rank": (rank, "0+ lines:[*ranked largest_first?:b of_whom:t"), "sum_over": (summed, "0+ periods?:[t"), "duty": (duty,
    "0+ only_if?:p deadline?:p met?:p day:d"), "days_between": (apart(lambda a, b: (b - a).days), "2"), "months_between": (
        apart(lambda a, b: (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)), "2"), "years_between": (apart(
            lambda a, b: 12 * (b.year - a.year - ((b.month, b.day) < (a.month, a.day)))), "2"),
    "move_months": (move_months, "2 forward:b missing_day:last|next|error"),
}
LEAVES = "figure data stated missing fault time who".split()
LACK_ALL = "add subtract multiply divide negate raise lower sum round per_year convert".split()
DECIDED = "and or all_met grant".split()       # one of them decides whatever the others are
WHOLE = ("compare roughly between one_of is_none not and or all_met for_all for_at_least look_up between_points scale over "
         "distribute share rank move_months duty").split()      # something else may settle it
def agree(s, found):
    """Holds the value of a step against the one found for it; of a state, what is said must be what an operand says."""
    own, lacking = s.value, frozenset().union(*(v.data for v in s.seen if v.kind == "unknown"))
    if found.kind not in STATES and own.kind == "unknown" and lacking and s.raw["op"] not in DECIDED:   # it may say less
        found = Value("unknown", lacking, weakest(s.seen), found.span)
    whole = found.kind not in STATES or s.raw["op"] in LACK_ALL and found.kind == "unknown"
    same = own.kind == found.kind and (own.data == found.data if whole else own.data <= found.data
                                   or not found.data and found.kind != "unknown")
    demand(same, "value", f"er {own}, men regnes til {found}", f"is {own}, but computes to {found}")
    if found.kind == "unknown":
        low, high = (end + sign * open_ * HAIR for end, open_, sign in zip(found.span, found.open, (1, -1)))
        wide = own.span[0] + own.open[0] * HAIR / FAR <= low and own.span[1] - own.open[1] * HAIR / FAR >= high
        demand(wide, "value", "har snævrere grænser end operanderne giver", "has tighter bounds than its operands give")
        demand(own.unsettled or not found.unsettled or s.raw["op"] in WHOLE, "value.unsettled", *MISSING)
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
        yield from looked_at(lambda: of_its_step(result, f"results[{n}].", values, record, english))
KRONER = {"mia. kr.": 10**9, "mio. kr.": 10**6, "billion kr.": 10**9, "million kr.": 10**6, "kr.": 1, "pct.": F(1, 100)}
def of_its_step(result, at, values, record, english):
    """A result is that of its step; what people read, where it is kroner or percent, is its number as far as shown."""
    place, steps = get(result, "step", int, REQUIRED, at), listed(record, "steps")
    demand(0 <= place < len(values) and values[place], at + "step", "er intet trin at læse", "is no step to be read")
    asked = record["question"] if is_a(record.get("question"), dict) else {}
    named = any(result.get("name") == step.get("name") for step in steps if is_a(step, dict))
    if is_a(result.get("name"), str) and not named:        # an expression that was asked for
        demand(result["name"] in listed(asked, "targets"), at + "name")
        demand(result.get("when") in (None, asked.get("time")), at + "when")
    for key in ("value",) if is_a(result.get("name"), str) and not named else ("value", "name", "who", "when", "price_level"):
        told = result.get(key)
        demand(key != "value" and told is None or told == steps[place].get(key), at + key)
    text = re.fullmatch("(≈ )?(−?)([0-9.,]+) ((?:[mb]i.+ )?kr[.]|pct[.])( [(].*)?", str(result.get("text")))
    if text and text[4] in KRONER and values[place].kind == "number" and steps[place].get("unit") in ("kr.", "1"):
        digits, _, decimals = text[3].replace("," if english else ".", "").partition("." if english else ",")
        demand(digits.isdigit() and (decimals or "0").isdigit(), at + "text", "er ikke et tal", "is not a number")
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
