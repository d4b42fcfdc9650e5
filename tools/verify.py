#!/usr/bin/env python3
"""Redoes the computations that a file of records tells of, without Klausul.
    python3 verify.py FILE [--lang da|en] [--json] [--known DIGEST]...
Written from the page docs/record.md alone, with nothing but Python 3.9 and its standard library. Of each record it looks at five levels:
1 form and bytes, 2 digests, 3 chain, 4 every step, redone from the values of the steps that it names, 5 results. It ends with 0 when all
holds, 6 when something does not, 5 when the file cannot be read, 2 when called wrongly. `--known` names a digest kept elsewhere that a
record of the file must have: without one nobody can see that the end of a file is gone, or that all of it was made anew. Signatures are
counted; they are not checked here."""
import argparse, collections, datetime, functools, hashlib, itertools, json, math, operator, os, re, sys
from fractions import Fraction as F
FORMAT, SHOWN = "klausul-record/1", 20                     # failures of one level that are told one by one
LONGEST, MOST_BITS, MOST_WORK = 30_000, 200_000, 10 ** 8   # of a number as written and as computed; of redoing a record
getattr(sys, "set_int_max_str_digits", lambda _: None)(0)     # how long a number may be is told above
MISSING, NO_PART = ("mangler", "is missing"), ("hører ikke til", "is no part")
WRONG_FORM, NO_NUMBERS = ("har forkert form", "has the wrong form"), ("er ikke alle tal", "are not all numbers")
class Wrong(Exception):   # what does not fit: the field, what is wrong with it in Danish and in English, and the step it is in, if any
    def __init__(self, field="", da="passer ikke", en="does not fit", step=None):
        super().__init__(en); self.field, self.da, self.en, self.step = field[:200], da[:200], en[:200], step
OwnError = ArithmeticError     # the operation has no value for these operands, as for 1 / 0: the step must be an error
def demand(holds, *wrong):
    if not holds: raise Wrong(*wrong)
def is_a(thing, kind):
    return isinstance(thing, kind) and (kind in (bool, object) or not isinstance(thing, bool))   # in Python a truth is an int
def refused(_): raise Wrong("", "flydende tal eller et for langt heltal", "floating point, or too long an integer")
def object_of(pairs):
    demand(len(dict(pairs)) == len(pairs), "", "en nøgle står to gange", "a key is there twice"); return dict(pairs)
def integer(digits): return int(digits) if len(digits) < 20 else refused(digits)
def parse(raw):   # the JSON of a line; what JSON leaves open (keys twice, floating point) is refused
    try:
        demand(raw.endswith(b"\n"), "", "slutter ikke med linjeskift", "does not end with a line feed")
        line = json.loads(raw[:-1].decode(), object_pairs_hook=object_of, parse_int=integer, parse_float=refused, parse_constant=refused)
        demand(is_a(line, dict) and is_a(line.get("record"), dict), "record", "er ikke et objekt", "is not an object")
        return line
    except RecursionError: raise Wrong("", "indlejret for dybt", "nested too deeply")
    except ValueError as bad: raise Wrong("", f"ikke JSON i UTF-8: {bad}", f"not JSON in UTF-8: {bad}")
def canonical(thing):   # the one way to write a JSON value; a lone surrogate passes here, to be seen as a byte that differs
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "surrogatepass")
def number(text):   # a decimal without superfluous zeros; a reduced fraction where the decimals do not end
    demand(len(text) <= LONGEST, "", "er et for langt tal", "is too long a number")
    found = re.fullmatch("(-?)(0|[1-9][0-9]*)(?:[.]([0-9]*[1-9])|/([1-9][0-9]*))?", text)
    demand(found and text != "-0", "", "er ikke et tal", "is not a number")
    decimals, bottom = found[3] or "", int(found[4] or 1)
    shorter = found[4] and (math.gcd(int(found[2]), bottom) != 1 or pow(10, bottom.bit_length(), bottom) == 0)
    demand(not shorter, "", "kan skrives kortere", "has a shorter form")    # pow: only 2 and 5 divide the bottom
    return F(int(found[1] + found[2] + decimals), 10 ** len(decimals) * bottom)
def day(text):
    try: return datetime.date.fromisoformat(re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text)[0])
    except (TypeError, ValueError): raise Wrong("", "er ingen dato", "is no date")
def time(text):   # a year, quarter, month or day, by its first day
    return day(re.sub("^(....)-Q[1-4]$", r"\1-01", text) + {4: "-01-01", 7: "-01"}.get(len(text), ""))
def such(holds, read=lambda thing: thing):   # reads what must be such as is asked for
    def reading(thing):
        demand(holds(found := read(thing)), "", *WRONG_FORM)
        return found
    return reading
TYPES = {   # of each type of a field the form that it has in JSON, and how it is read
    "x": (object, lambda x: x), "t": (str, str), "b": (bool, bool), "yes": (bool, such(bool)), "n": (str, number),
    "+": (str, such(lambda x: x > 0, number)), "d": (str, day), "m": (str, such(time)), "V": (dict, lambda x: value_of(x)),
    "v": (dict, such(lambda x: x.kind not in STATES, lambda x: value_of(x))),
    "r": (str, such(lambda x: x in ROUND)), "w": (int, such(lambda x: 0 <= x < 2 ** 63)), "y": (int, such(lambda x: 1 <= x <= 9999))}
LINE, SET = "digest:t record:x signatures:[*signature", "who:t chosen:b condition?:p "
# Of each object its fields and their types; a field with `?` may be left out. Before a type `/` is "or null", `[` "a list of",
# `2` "a pair of"; `*` is an object, `|` stands between words; `p`, `c`, `f` are positions of earlier steps, citations, data.
SHAPES = {
    "signature": "algorithm:t key:t signature:t", "engine": "name:t version:t evaluator:t",
    "record": "format:t sequence:w previous:/t engine:*engine question:*question rules:*rules data:[*data "
              "sources:[*source citations:[*citation assumptions:[*assumption steps:[x results:[*result sections:x",
    "question": "targets:[t time:m only:[2t scenarios:[t readings:[t assignments:[t switches:[t", "rules": "files:[*file language:da|en",
    "file": "path:t bytes:w sha256:t layout_free:/t", "data": "name:t kind:/t bytes:w sha256:t",
    "source": "id:t title:t publisher:/t date:/t sha256:/t", "citation": "source:t at:t sha256:/t line:/w",
    "assumption": "name:t question:/t chosen:/t alternatives:[t",
    "result": "name?:/t step:w value:V text:t when?:/t who?:/t price_level?:/t", "exception": "name:t live:/b in_time:b step?:p",
    "slice": "up_to?:p amount:n rate?:p charge:n", "row": "tests:[*test result?:p at?:t stands?:b basis?:[c",
    "member": SET + "value?:p weight?:p", "sharer": SET + "key?:p exact?:n share?:n", "ranked": "who:t value:p",
    "test": "any?:yes otherwise?:yes holds?:v days?:2/d asked?:2/d among?:[v none_of?:[v from?:v from_in?:b to?:v to_in?:b",
    "step": "op:t value:V digest:t of?:[p name?:t clause?:t who?:t when?:m basis?:[c at?:t unit?:t price_level?:t "}
TESTS = "any,otherwise,holds,asked days,among,none_of,from from_in,to to_in,from from_in to to_in".split(",")
@functools.lru_cache(None)
def shape(words):   # of each field its type, and whether it may be left out
    return {key.rstrip("?"): (kind, key[-1] == "?") for key, _, kind in (word.partition(":") for word in words.split())}
def fields(words, thing, wrongs, limits={}, at=""):   # as their types read them; what does not belong, or is missing, goes to `wrongs`
    demand(is_a(thing, dict), "", "er ikke et objekt", "is not an object")
    known = shape(words)
    wrongs += (Wrong(at + key, *NO_PART) for key in sorted(set(thing) - set(known)))
    wrongs += (Wrong(at + key, *MISSING) for key, (_, optional) in known.items() if not optional and key not in thing)
    if words == SHAPES["test"] and " ".join(sorted(thing)) not in TESTS: wrongs.append(Wrong(at[:-1], "er ingen prøve", "is no test"))
    return {key: read(kind, thing[key], wrongs, limits, at + key) for key, (kind, _) in known.items() if key in thing}
def read(kind, thing, wrongs, limits, at):   # what stands in a field; None, and told in `wrongs`, where it does not fit
    known, inner = len(wrongs), kind[1:]
    try:
        if kind[0] == "/": return None if thing is None else read(inner, thing, wrongs, limits, at)
        if kind[0] in "[2":
            demand(is_a(thing, list) and (kind[0] == "[" or len(thing) == 2), "", *WRONG_FORM)
            return [read(inner, one, wrongs, limits, f"{at}[{k}]") for k, one in enumerate(thing)]
        if kind[0] == "*" or kind == "v" and is_a(thing, dict) and "step" in thing:   # in a table a step may have the value
            found = fields(SHAPES[inner] if inner else "step:p", thing, wrongs, limits, at + ".")
            return None if len(wrongs) > known else found if inner else found["step"]
        form, reading = TYPES.get(kind, (int, such(lambda x: 0 <= x < limits[kind])) if kind in limits else
                                  (str, such(lambda x: x in kind.split("|"))))
        demand(is_a(thing, form), "", *WRONG_FORM)
        return reading(thing)
    except Wrong as wrong: wrongs.append(Wrong(at + "." * bool(wrong.field) + wrong.field, wrong.da, wrong.en))
def form(raw, line, whole, steps):   # what is wrong with the form of a line; fills in the record and its steps, as they are read
    record, written, wrongs = line["record"], canonical(line), []
    limits = {"c": len(listed(record, "citations")), "f": len(listed(record, "data"))}
    if raw != written:
        at = len(os.path.commonprefix([raw, written]))
        wrongs.append(Wrong("", f"ikke kanonisk fra byte {at + 1}", f"not canonical from byte {at + 1}"))
    fields(LINE, line, wrongs)
    whole.update(fields(SHAPES["record"], record, wrongs))
    if record.get("format") != FORMAT: wrongs.append(Wrong("format", f"er ikke {FORMAT}", f"is not {FORMAT}"))
    for n, step in enumerate(listed(record, "steps")):
        steps.append(None)
        wrongs += looked_at(lambda: form_of_step(n, step, steps, dict(limits, p=n)), n)
    return wrongs
def form_of_step(n, step, steps, limits):   # reads a step; one with an unknown operation, or fields that do not fit it, cannot be read
    op, wrongs = step.get("op") if is_a(step, dict) else None, []
    demand(is_a(op, str) and op in OPERATIONS, "op", "kendes ikke", "is not known")
    count, _, more = OPERATIONS[op][1].partition(" ")
    read_step = fields(SHAPES["step"] + more, step, wrongs, limits)
    if wrongs: raise wrongs[0]
    of, least = len(read_step.setdefault("of", [])), int(count[0])
    demand(of == least or of > least and "+" in count, "of", "er ikke så mange, som der skal til", "are not as many as it takes")
    steps[n] = read_step
def looked_at(look, step=None):   # the failures told of; nothing that was not foreseen may pass for checked: it fails
    found = []
    try: found += look() or ()
    except Wrong as wrong: found.append(wrong)
    except Exception as bad: found.append(Wrong("", f"kunne ikke efterses ({bad!r})", f"could not be checked ({bad!r})"))
    for wrong in found: wrong.step = wrong.step if step is None else step
    return found
def listed(record, key): return record[key] if is_a(record.get(key), list) else []
def sha(thing): return hashlib.sha256(canonical(thing)).hexdigest()
def digests(line, record):   # yields the parts whose digest is not that of their bytes, the smallest that can be named first
    for n, step in enumerate(listed(record, "steps")):
        if is_a(step, dict) and step.get("digest") != sha({k: v for k, v in step.items() if k != "digest"})[:16]:
            yield Wrong("digest", "er ikke trinnets", "is not that of the step", n)
    sections = record["sections"] if is_a(record.get("sections"), dict) else {}
    for key in sorted((set(record) | set(sections)) - {"sections"}):
        if key not in record or sections.get(key) != sha(record[key]):
            yield Wrong(f"sections.{key}", "afsnittet er ændret", "the section was changed")
    if line.get("digest") != "sha256:" + sha(record): yield Wrong("digest", "er ikke postens", "is not that of the record")
def chain(record, place, before):   # breaks of the chain; `before` is the digest of the record before, None where that cannot be read
    if record.get("sequence") != place: yield Wrong("sequence", f"skulle være {place}", f"should be {place}")
    if record.get("previous") != before and (before or place == 1):
        yield Wrong("previous", "er ikke den forrige posts", "is not that of the record before")
STATUS = ("final", "provisional", "estimate", "approximate")        # from the strongest to the weakest
STATES = ("error", "absent", "unknown")                             # an error comes before what is absent, and so on
INF, HUGE, FAR, HAIR = math.inf, F(10) ** 99, F(10) ** 60, F(1, 10 ** 99)   # stand in for no bound, and for almost
KINDS = {   # of each kind of value how it is written
    "error": "error:t text:t", "absent": "absent:t", "unknown": "unknown:[t low?:n high?:n low_open?:yes high_open?:yes unsettled?:yes",
    **{word.partition(":")[0]: word + " status?:" + "|".join(STATUS[1:]) for word in "date:d number:n truth:b text:t none:yes".split()}}
class Value:   # a value of a step; of an unknown `span` is what its bounds leave, a hair less where an end is not reached (`open_`)
    def __init__(self, kind, data, status=0, span=(-INF, INF), unsettled=False, open_=(False, False)):
        self.kind, self.data, self.status, self.unsettled, self.open = kind, data, status, unsettled, open_
        self.span = (data, data) if kind == "number" else (span[0] + HAIR * open_[0], span[1] - HAIR * open_[1])
    def __eq__(self, other): return vars(self) == vars(other)
    def key(self): return (self.kind, self.data)
    def __str__(self): return f"{self.kind} {sorted(map(str, self.data)) if is_a(self.data, frozenset) else self.data}"
def value_of(raw):   # what kind it is decides what may stand beside it
    kind, wrongs = next((k for k in KINDS if k in raw), None), []
    demand(kind, "", "er ikke en værdi", "is not a value")
    own = fields(KINDS[kind], raw, wrongs)
    if wrongs: raise wrongs[0]
    data, span, open_ = own[kind], (own.get("low", -INF), own.get("high", INF)), ("low_open" in own, "high_open" in own)
    demand(span[0] <= span[1] and all(end in own for end in ("low", "high") if end + "_open" in own))
    demand(kind != "unknown" or data == sorted(set(data)))
    data = frozenset(data if kind == "unknown" else [(data, own.get("text"))]) if kind in STATES else data
    return Value(kind, data, STATUS.index(own.get("status", "final")), span, "unsettled" in own, open_)
def weakest(values): return max((v.status for v in values), default=0)
def lacking(values): return frozenset().union(*(v.data for v in values if v.kind == "unknown"))
def state_of(values):   # what a step is when one that it rests on has no value; None when all have
    for kind in STATES:
        if found := [v for v in values if v.kind == kind]:
            return Value(kind, frozenset().union(*(v.data for v in found)), weakest(values), unsettled=any(v.unsettled for v in found))
def passing(values, kind, make):   # the value made where all have one, otherwise the state that they lead to
    return state_of(values) or Value(kind, make() if kind != "number" else F(make()), weakest(values))
def applying(values): return [v for v in values if v.kind != "absent"]
class Work: done = 0      # what redoing the record at hand has cost
def kept(*numbers, names=0):   # a number to go on with: one that grows too long is an error; what nobody can wait for is not redone
    bits = [x.numerator.bit_length() + x.denominator.bit_length() for x in numbers if is_a(x, (int, F))]
    Work.done += 5 * names + sum((size // 32) ** 2 for size in bits if size > 400)      # short ones cost nothing
    demand(Work.done <= MOST_WORK, "", "er for stort et arbejde at regne efter", "is too much work to redo")
    if max(bits, default=0) > MOST_BITS: raise OwnError
    return numbers[0]
def added(numbers): return functools.reduce(lambda x, y: kept(x + y), numbers, F(0))
def compute(values, exact, rising=False):   # of unknowns what their bounds leave, which may be a single number (0 times x is 0)
    state = state_of(values)
    demand(state or all(v.kind == "number" for v in values), "of", *NO_NUMBERS)
    if state is None or state.kind != "unknown" or {v.kind for v in values} - {"number", "unknown"}:
        return state or Value("number", F(kept(exact(*(v.data for v in values)))), weakest(values))
    ends, found = [corner(v) for v in values], []
    for at in zip(*ends) if rising else itertools.product(*map(set, ends)):
        try: found.append(kept(exact(*at)))
        except OwnError: found, state.unsettled = [*found, -HUGE, HUGE], True     # for some of what is possible there is no value
    state.span = tuple(x if abs(x) < FAR else INF if x > 0 else -INF for x in (min(found), max(found)))
    return Value("number", found[0], state.status) if len(set(state.span)) == 1 and not state.unsettled else state
def corner(value):   # the ends of what a value may be, very far where there is no bound; 0, where a divisor changes its sign
    low, high = (F(x) if abs(x) != INF else HUGE if x > 0 else -HUGE for x in value.span)
    return (low, high, F(0)) if low < 0 < high else (low, high)
class Step:   # a step while it is redone: hands out its fields and the values of earlier steps, and notes what was asked for
    def __init__(self, place, steps):
        self.raw, self.steps, self.value, self.seen = steps[place], steps, steps[place]["value"], []
        self.of = [self.at(p) for p in self.raw["of"]]
    def need(self, key, holder=None, at=""):     # a field that others make necessary
        demand(key in (holder or self.raw), at + key, *MISSING)
        return (holder or self.raw)[key]
    def at(self, place, field="of"):
        demand(self.steps[place], field, f"trin {place} kan ikke læses", f"step {place} cannot be read")
        self.seen.append(value := self.steps[place]["value"])
        kept(*value.span, names=len(value.data) if value.kind == "unknown" else 0)
        return value
    def says(self, field, told, found):
        if told != found: raise Wrong(field, f"er {told}, men regnes til {found}", f"is {told}, but computes to {found}")
    def lines(self):   # the lines of those chosen; where a condition is a truth, it decides who is
        for n, line in enumerate(self.raw["lines"]):
            at, chosen = f"lines[{n}].", line.get("chosen", True)
            condition = self.at(line["condition"], at + "condition") if "condition" in line else None
            if condition and condition.kind == "truth": self.says(at + "chosen", chosen, condition.data)
            if chosen: yield at, line
    def read(self, key): return [self.at(self.need(key, line, at), at + key) for at, line in self.lines()]
def leaf(s, *kinds): demand(not kinds or s.value.kind in kinds, "value")
def moment(s):   # a year is that of `when`; a date lies in the year, quarter, month or day that `when` says
    when, data, dated = s.need("when"), s.value.data, s.value.kind == "date"
    fits = when in (str(data)[:len(when)], f"{data.year:04}-Q{(data.month + 2) // 3}") if dated else str(data) in (when, when[:4])
    demand(fits, "value", "følger ikke af tiden", "does not follow from the time")
def take(s):   # the value of the operand taken; of an unknown, what is missing may have been named anew
    takes, why, own, live = s.raw["takes"], s.raw["because"], s.value, []
    demand(takes < len(s.of), "takes", "er ingen operand", "is no operand")
    demand(why != "branch" or takes == (s.of[0].kind == "truth"), "takes", "er ikke grenen", "is not the branch")
    if why == "branch" and takes: s.says("branch", s.need("branch"), s.of[0].data)
    for n, entry in enumerate(s.raw.get("exceptions", [])):
        condition = s.at(entry["step"], f"exceptions[{n}].step") if "step" in entry else Value("truth", True)
        holds = entry["in_time"] and (condition.data if condition.kind == "truth" else None)
        demand(entry["live"] is holds or holds is None and not entry["live"], f"exceptions[{n}].live")
        live += [entry["name"]] * (entry["live"] is True)
    demand(why != "exception" or s.need("exception") in live, "exception", "gælder ikke", "is not live")
    demand(why != "definition" or not live, "because", "en undtagelse gælder", "an exception is live")
    taken = s.of[takes]
    same = (own.kind, own.span, own.unsettled) == (taken.kind, taken.span, taken.unsettled)
    if not same or own.kind != "unknown" and own.data != taken.data: s.says("value", own, taken)
    demand(own.status >= taken.status, "value.status", "er stærkere end det tagne", "is stronger than what is taken")
def made_of(s, make, *given): return make(s.of, *given)
def with_days(s, exact):   # addition, subtraction: of numbers, or of a number of days to a date
    a, b = s.of
    if a.kind != "date" or b.kind != "number": return compute(s.of, exact)
    demand(b.data.denominator == 1, "of", "er ikke hele dage", "are not whole days")
    return Value("date", a.data + datetime.timedelta(int(exact(0, b.data))), weakest(s.of))
ONE, NOTHING = Value("number", F(1)), Value("number", F(0))
def total(values):   # the sum of all that apply; of none of several what the first is
    those = applying(values)
    return compute(those, lambda *xs: added(xs), True) if those or not values else values[0]
def summed(s):
    demand(len(s.raw.get("periods", s.of)) == len(s.of), "periods", "er ikke én for hvert trin", "are not one a step")
    return total(s.of)
def rest(s):   # it is never below 0: that is an error, or may turn out to be one
    left = compute([s.of[0], total(applying(s.of[1:]))], operator.sub)
    if left.kind == "number" and left.data < 0: raise OwnError
    if left.kind == "unknown" and left.span[0] < 0: left.span, left.unsettled = (F(0), max(left.span[1], F(0))), True
    return left
ROUND = {"nearest": lambda q: math.floor(abs(q) + F(1, 2)) * (1 if q >= 0 else -1), "up": math.ceil, "down": math.floor,
         "towards_zero": math.trunc, "half_even": round}
def rounder(s, mode): return lambda x: ROUND[mode](x / s.need("step")) * s.need("step")
def rounding(s):
    found = compute(s.of, rounder(s, s.raw["mode"]))
    if s.of[0].kind == "number": s.says("residual", s.need("residual"), found.data - s.of[0].data)
    return found
def limited(s, pick, beyond):
    x, limit = s.of
    if x.kind == limit.kind == "number": s.says("bound", s.raw.get("bound", False), beyond(x.data, limit.data))
    return x if limit.kind == "absent" and x.kind != "error" else compute(s.of, pick)
def extreme(values, pick):
    if all(v.kind == "date" for v in values): return Value("date", pick(v.data for v in values), weakest(values))
    return compute(values, lambda *xs: pick(xs), True)
def convert(s):   # along an index: by its steps, or from one of its points to another
    back, along = s.raw.get("back", False), ONE
    demand(back == (s.raw["to"] < s.raw["from"]), "back", "passer ikke til årene", "does not fit the years")
    demand(s.raw["kind"] == "steps" or len(s.of) == 3, "of")
    if s.raw["kind"] == "points": return compute(s.of, lambda x, a, b: x * b / a)
    for step in s.of[1:]: along = compute([along, step], lambda x, p: x * (1 + p))
    return compute([s.of[0], along], operator.truediv if back else operator.mul)
SIGNS = {"=": operator.eq, "≠": operator.ne, "<": operator.lt, "≤": operator.le, ">": operator.gt, "≥": operator.ge}
def compared(a, sign, b):   # A truth; where one is unknown, its bounds may decide all the same
    state = state_of([a, b])
    alike = a.kind == b.kind or sign in "=≠" and "none" in (a.kind, b.kind)
    demand(state or alike and (sign in "=≠" or a.kind in ("number", "date")), "of")
    if state is None or state.kind != "unknown" or state.unsettled:
        return state or Value("truth", SIGNS[sign](a.key(), b.key()), weakest([a, b]))
    if sign in ">≥": a, b, sign = b, a, {">": "<", "≥": "≤"}[sign]
    below, above, same = a.span[1] < b.span[0], b.span[1] < a.span[0], len({*a.span, *b.span}) == 1
    yes, no = {"<": (below, b.span[1] <= a.span[0]), "≤": (a.span[1] <= b.span[0], above),
               "=": (same, below or above), "≠": (below or above, same)}[sign]
    return Value("truth", bool(yes), weakest([a, b])) if yes or no else state
def conjunction(values, decisive=False):   # `and`: one that is false decides whatever the others are; with `decisive` true it is `or`
    decided = [v for v in values if v.key() == ("truth", decisive)]
    demand(all(v.kind in ("truth",) + STATES for v in values), "of", "er ikke alle sandheder", "are not all truths")
    if decided: return Value("truth", decisive, min(v.status for v in decided))
    return passing(values, "truth", lambda: not decisive)
def by_parts(s, pairs, decisive=False):   # comparisons of the first operand, one of which may decide though others are unknown
    state = state_of(s.of)
    return state if state and state.kind != "unknown" else conjunction([compared(*pair) for pair in pairs(*s.of)], decisive)
def standing(s, count=None):
    of, ended = s.raw["of"][:count], set(s.raw.get("ended", []))
    demand(ended <= set(of), "ended", "er ikke blandt dem", "is not among them")
    return [v for place, v in zip(of, s.of) if place not in ended]
def count_of(values):   # how many hold of those that apply; each that is unknown may hold or not
    those = applying(values)
    demand(all(v.kind in ("truth", *STATES) for v in those), "of", "er ikke alle sandheder", "are not all truths")
    met, open_ = F(sum(v.key() == ("truth", True) for v in those)), sum(v.kind == "unknown" for v in those)
    found = passing(those, "number", lambda: met)
    found.span, found.status = (met, met + open_), weakest(values)
    return found
def all_of(values): return state_of(values) or conjunction(values)
def at_least(s, values): return state_of(values) or compared(count_of(values), "≥", Value("number", s.raw["number"]))
def grant(s):
    n = s.raw["conditions"]
    demand(n < len(s.of) <= n + 2, "conditions")
    met, amounts = conjunction(standing(s, n)), (s.of[n:] + [NOTHING])[:2]
    if met.kind == "unknown":     # it may come to either
        span = (min(v.span[0] for v in amounts), max(v.span[1] for v in amounts))
        return Value("unknown", lacking(s.of), met.status, span, any(v.unsettled for v in s.of))
    if met.kind != "truth": return met
    s.says("paid", s.need("paid"), met.data)
    paid = amounts[not met.data]
    return Value(paid.kind, paid.data, max(paid.status, met.status), paid.span, paid.unsettled)
def literal(s, cell, at):   # a value written in a row, or that of the step that it names
    found = s.at(cell, at) if is_a(cell, int) else cell
    demand(found.kind not in STATES, at, "har ingen værdi", "has no value")
    return found
def fits(s, test, key, otherwise, at):   # whether one test of a row fits; `otherwise` is whether no other row does
    if "any" in test or "otherwise" in test: return "any" in test or otherwise
    if "holds" in test: return literal(s, test["holds"], at).key() == ("truth", True)
    if "days" in test:
        (first, until), (asked, end) = test["days"], test["asked"]
        return (not first or asked and first <= asked) and (not until or end and end <= until)
    demand(key, at, "har ingen nøgle", "has no key")
    for kind in {"among", "none_of"} & set(test): return (key.key() in [literal(s, v, at).key() for v in test[kind]]) == (kind == "among")
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
        return all([fits(s, t, k, otherwise, at) for t, k in zip(tests, keys or [None] * len(tests))]) and rows[n].get("stands", True)
    hits = [[n for n in range(len(rows)) if row_fits(n, otherwise)] for otherwise in (False, True)]
    hits = (hits[0] or hits[1])[:1 if policy == "first" else None]
    s.says("hit", s.raw["hit"], hits)
    if not hits or policy == "one" and len(hits) > 1: raise OwnError
    results = [s.at(s.need("result", rows[n], f"rows[{n}]."), f"rows[{n}].result") for n in hits]
    if policy == "agree" and len({r.key() for r in results}) > 1: raise OwnError
    return POLICIES[policy](results)
def between_points(s):
    low, high = (literal(s, point, "points") for point in s.raw["points"])
    demand(low.kind == high.kind == "number" and low.data < high.data, "points")
    return state_of(s.of) or compute(s.of, lambda x, y0, y1: y0 + (x - low.data) / (high.data - low.data) * (y1 - y0))
def scale(s):   # what lies between one bound and the next is charged at the rate of that slice
    base, below, charges = s.of[0], F(0), []
    if base.kind in STATES: return base
    for n, part in enumerate(s.raw["slices"]):
        at, endless = f"slices[{n}].", n == len(s.raw["slices"]) - 1 and "up_to" not in part
        bound = base if endless else s.at(s.need("up_to", part, at), at + "up_to")
        demand(base.kind == bound.kind == "number", at + "up_to", "er ikke et tal", "is not a number")
        amount = max(F(0), min(base.data, bound.data) - below)
        rate = s.at(s.need("rate", part, at), at + "rate") if "rate" in part or amount else NOTHING
        demand(rate.kind == "number", at + "rate", "er ikke et tal", "is not a number")
        for field, found in (("amount", amount), ("charge", amount * rate.data)): s.says(at + field, part[field], found)
        charges.append(compute([rate], lambda r: amount * r))
        below = bound.data
    return compute([base] + charges, lambda base, *parts: added(parts))
def over(s):
    fold, weighted = s.raw["fold"], s.raw["fold"] == "average" and s.raw.get("weighted")
    pairs = [(s.at(s.need("value", line, at), at + "value") if "value" in line or fold != "count" else ONE,
              s.at(s.need("weight", line, at), at + "weight") if weighted else ONE) for at, line in s.lines()]
    pairs = [(v, w) for v, w in pairs if "absent" not in (v.kind, w.kind)]
    values, weights = [v for v, _ in pairs], [w for _, w in pairs]
    state = state_of(values + weights)
    if state or not pairs and "if_none" in s.raw: return state or s.at(s.raw["if_none"], "if_none")
    if fold == "count": return Value("number", F(len(values)), weakest(values))
    if fold == "sum": return compute(values, lambda *xs: added(xs))
    if not pairs: raise OwnError
    if fold != "average": return POLICIES[fold](values)
    n = len(pairs)
    return compute(values + weights, lambda *xs: added(map(operator.mul, xs[:n], xs[n:])) / added(xs[n:]))
def shares(s, pool, exact, keys):   # the share of each from the exact ones by the rule of rounding; all but `each` add to the pool
    rule = s.raw["rule"]
    step, to = rule != "exact" and s.need("step"), s.need("to") if rule == "rest_to" else None
    mode = {"exact": "up", "largest_remainder": "towards_zero", "rest_to": "nearest"}.get(rule) or s.need("mode")
    if rule == "rest_to" and to not in exact: raise OwnError
    if rule == "exact" or pool == 0: return exact
    found = {w: rounder(s, mode)(x) for w, x in exact.items()}
    if rule == "rest_to": found[to] = pool - added(x for w, x in found.items() if w != to)
    if rule == "largest_remainder":
        left, sign = (pool - added(found.values())) / step, 1 if pool > 0 else -1
        if left.denominator != 1: raise OwnError
        order = sorted(exact, key=lambda w: (sign * (found[w] - exact[w]), -keys[w], w))
        for w in order[:abs(int(left))]: found[w] += sign * step
    return found
def distribute(s):
    pool, lines, chosen = s.of[0], s.raw["lines"], [line for _, line in s.lines()]
    if pool.kind in STATES: return pool
    key_of = [s.at(line["key"]) if "key" in line else ONE for line in lines]
    mine = [key for line, key in zip(lines, key_of) if line["chosen"]]
    demand(all(v.kind == "number" for v in (pool, *mine)), "of", *NO_NUMBERS)
    keys = {line["who"]: key.data for line, key in zip(chosen, mine)}
    demand(len(keys) == len(chosen), "lines", "nævner nogen to gange", "name someone twice")
    full, every = added(keys.values()), added(key.data for key in key_of if key.kind == "number")
    if pool.data and (not full or min(keys.values()) < 0) or s.raw.get("percent") and every != 1: raise OwnError
    exact = {w: kept(pool.data * k / (full or 1)) for w, k in keys.items()}
    given = shares(s, pool.data, exact, keys)
    for n, line in enumerate(lines):
        for field, found in (("exact", exact), ("share", given)):
            s.says(f"lines[{n}].{field}", s.need(field, line, f"lines[{n}]."), found[line["who"]] if line["chosen"] else 0)
    s.raw["shares"] = collections.Counter(line["who"] for line in lines), {line["who"]: line["share"] for line in lines}
    return pool
def share(s):
    who, source = s.need("who"), s.steps[s.raw["of"][0]]
    if state_of(s.of): return state_of(s.of)
    demand("shares" in source, "of", "er ingen fordeling, der er regnet efter", "is no distribution that was redone")
    demand(source["shares"][0][who] == 1, "who", "er ikke på én linje", "is not on one line")
    return Value("number", source["shares"][1][who], weakest(s.of))
def rank(s):
    me, sign, values = s.raw["of_whom"], ">" if s.raw.get("largest_first") else "<", s.read("value")
    if state_of(values): return state_of(values)
    mine = [v for line, v in zip(s.raw["lines"], values) if line["who"] == me]
    demand(len(mine) == 1, "of_whom", "er ikke på én linje", "is not on one line")
    return passing(values, "number", lambda: 1 + sum(compared(v, sign, mine[0]).data for v in values))
def apart(s, count):   # the time from one date to another; backwards it is minus the time forwards
    a, b = s.of
    demand(state_of(s.of) or a.kind == b.kind == "date", "of", "er ikke datoer", "are not dates")
    return passing(s.of, "number", lambda: count(a.data, b.data) if a.data <= b.data else -count(b.data, a.data))
def move_months(s):   # a day that the month does not have is its last, the first of the next, or an error
    (start, count), missing = s.of, s.raw["missing_day"]
    if state_of(s.of): return state_of(s.of)
    demand(start.kind == "date" and count.kind == "number" and count.data.denominator == 1, "of")
    at = start.data.year * 12 + start.data.month - 1 + int(count.data) * (1 if s.raw["forward"] else -1)
    if not 12 <= at < 119987: raise OwnError
    last = (datetime.date((at + 1) // 12, (at + 1) % 12 + 1, 1) - datetime.timedelta(1)).day
    if start.data.day > last and missing == "error": raise OwnError
    at, of_month = (at + 1, 1) if start.data.day > last and missing == "next" else (at, min(start.data.day, last))
    return Value("date", datetime.date(at // 12, at % 12 + 1, of_month), weakest(s.of))
def duty(s):
    only_if, deadline, met = parts = [k in s.raw and s.at(s.raw[k], k) for k in ("only_if", "deadline", "met")]
    asked, state = s.raw["day"], state_of([v for v in parts if v])
    if only_if and only_if.key() == ("truth", False): return Value("absent", frozenset())    # nothing is owed
    if state: return state
    kinds = ((only_if, ["truth"]), (deadline, ["date"]), (met, ["truth", "date"]))
    demand(all(not part or part.kind in of for part, of in kinds), "of", "er af en anden slags", "is of another kind")
    on = met and (met.data if met.kind == "date" and met.data <= asked else met.data is True and datetime.date.min)   # when it was met
    late = deadline and (on or asked) > deadline.data
    return Value("text", ("met_late" if late else "met") if on else "overdue" if late else "not_due")
def months(a, b): return (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)
def years(a, b): return 12 * (b.year - a.year - ((b.month, b.day) < (a.month, a.day)))
# Of each operation what redoes it; how many steps it is computed from, and its fields besides the common ones; what it is given along.
# `=` after the count: an unknown lacks all that the operands lack; `~`: something else may settle it; `!`: one of them may decide.
OPERATIONS = {
    "figure": (leaf, "0+", "number", "truth", "date", "text", "none"), "data": (leaf, "0+ file?:/f place?:t"), "time": (moment, "0+"),
    "who": (lambda s: s.says("value", s.value.key(), ("text", s.need("who"))), "0+"), "stated": (leaf, "0+", "unknown", "absent"),
    "missing": (leaf, "0+", "unknown"), "fault": (leaf, "0+", "error"), "raise": (made_of, "2=", compute, lambda x, p: x * (1 + p)),
    "take": (take, "1+ takes:w because:definition|exception|assigned|default|branch|time|owner|cell|carried|fallback "
             "branch?:b exceptions?:[*exception exception?:t"),
    "undecided": (lambda s: demand(s.value.kind == "unknown" or s.value.key() in [v.key() for v in s.of], "value"), "0+"),
    "add": (with_days, "2=", operator.add), "subtract": (with_days, "2=", operator.sub), "negate": (made_of, "1=", compute, operator.neg),
    "multiply": (made_of, "2=", compute, operator.mul), "divide": (made_of, "2=", compute, operator.truediv), "rest": (rest, "1+"),
    "lower": (made_of, "2=", compute, lambda x, p: x * (1 - p)), "round": (rounding, "1= step:+ residual?:n mode:r"),
    "per_year": (lambda s: compute(s.of, lambda x: x / s.raw["years"]), "1= years:w"), "at_most": (limited, "2 bound?:b", min, operator.gt),
    "convert": ( convert, "1+= kind:steps|points from:y to:y index?:t back?:b"), "at_least": (limited, "2 bound?:b", max, operator.lt),
    "largest": (made_of, "1+", extreme, max), "smallest": (made_of, "1+", extreme, min), "sum_over": (summed, "0+= periods?:[t"),
    "compare": (lambda s: compared(s.of[0], s.raw["sign"], s.of[1]), "2~ sign:" + "|".join(SIGNS)), "and": (made_of, "0+~!", conjunction),
    "roughly": (lambda s: compared(compute(s.of[:1], rounder(s, "nearest")), "=", s.of[1]), "2~ step:+"),
    "between": (by_parts, "3~", lambda x, low, high: [(low, "≤", x), (x, "≤", high)]), "or": (made_of, "0+~!", conjunction, True),
    "one_of": (by_parts, "2+~", lambda x, *others: [(x, "=", other) for other in others], True), "count_met": (made_of, "0+", count_of),
    "is_none": (lambda s: passing(s.of, "truth", lambda: (s.of[0].kind == "none") != s.raw.get("negated", False)), "1~ negated?:b"),
    "not": (lambda s: conjunction(s.of) and passing(s.of, "truth", lambda: not s.of[0].data), "1~"),
    "all_met": (lambda s: conjunction(standing(s)), "0+~! ended?:[p"), "rank": (rank, "0+~ lines:[*ranked largest_first?:b of_whom:t"),
    "grant": (grant, "1+! conditions:w paid?:b ended?:[p"), "scale": (scale, "1+~ slices:[*slice"), "share": (share, "1+~"),
    "look_up": (look_up, "0+~ keys:[p rows:[*row hit:[w policy:" + "|".join(POLICIES)), "between_points": (between_points, "3~ points:2v"),
    "over": (over, "0+~ fold:sum|count|average|largest|smallest lines:[*member if_none?:p weighted?:b"),
    "for_all": (lambda s: all_of(applying(s.read("value"))), "0+~ lines:[*member"),
    "for_at_least": (lambda s: at_least(s, applying(s.read("value"))), "0+~ lines:[*member number:n"),
    "distribute": (distribute, "1+~ lines:[*sharer rule:exact|largest_remainder|rest_to|each step?:+ to?:t percent?:b mode?:r"),
    "days_between": (apart, "2", lambda a, b: (b - a).days), "months_between": (apart, "2", months), "years_between": (apart, "2", years),
    "move_months": (move_months, "2~ forward:b missing_day:last|next|error"), "duty": (duty, "0+~ only_if?:p deadline?:p met?:p day:d")}
LEAVES = "figure data stated missing fault time who".split()
def agree(s, found, passes):   # holds a value to the one found for it; of a state, what is said must be what an operand says
    own = s.value
    if found.kind not in STATES and own.kind == "unknown" and lacking(s.seen) and "!" not in passes:   # it may say less
        found = Value("unknown", lacking(s.seen), weakest(s.seen), found.span)
    whole = found.kind not in STATES or "=" in passes and found.kind == "unknown"
    part = not whole and own.kind == found.kind and (own.data <= found.data or not found.data and found.kind != "unknown")
    if not part and not (whole and own.key() == found.key()): s.says("value", own, found)
    if found.kind == "unknown":       # the hair by which an end is not reached may have become thinner
        low, high = (end - sign * open_ * (HAIR - HAIR / FAR) for end, open_, sign in zip(own.span, own.open, (1, -1)))
        demand(low <= found.span[0] and high >= found.span[1], "value", "har snævrere grænser end operanderne",
               "has tighter bounds than its operands")
        demand(own.unsettled or not found.unsettled or "~" in passes, "value.unsettled", *MISSING)
    demand(own.status <= max(found.status, weakest(s.seen)) and (found.kind in STATES or own.status >= found.status),
           "value.status", "er ikke den svageste operands", "is not that of the weakest operand")
def redo(place, steps, counts):   # redoes a step and counts it: a leaf, redone, or redone only in part, since it rests on an unknown
    s, op = Step(place, steps), steps[place]["op"]
    again, takes, *given = OPERATIONS[op]
    try: found = again(s, *given)
    except OwnError: found = Value("error", frozenset())
    if found is not None: agree(s, found, takes.partition(" ")[0])
    unknown = s.value.kind == "unknown" or any(v.kind == "unknown" for v in s.seen)
    counts["leaves" if op in LEAVES else "in_part" if unknown or op == "undecided" else "redone"] += 1
def redone(steps, counts):
    Work.done = 0
    for n, step in enumerate(steps):       # a step that cannot be read was told of already
        if step is not None: yield from looked_at(lambda: redo(n, steps, counts), n)
KRONER = {"mia. kr.": 10**9, "mio. kr.": 10**6, "billion kr.": 10**9, "million kr.": 10**6, "kr.": 1,
          "pct.": F(1, 100), "per cent": F(1, 100)}
def results(whole, steps):
    names = {None, *(step.get("name") for step in steps if step)}
    for n, result in enumerate(whole.get("results") or []):      # one that cannot be read was told of already
        if result: yield from looked_at(lambda: of_its_step(result, f"results[{n}].", whole, steps, names))
def of_its_step(result, at, whole, steps, names):
    """A result is that of its step; one with a name that no step has is an expression that was asked for."""
    step, asked = steps[result["step"]] if result["step"] < len(steps) else None, whole.get("question") or {}
    demand(step, at + "step", "er intet trin at læse", "is no step to be read")
    demand(result["value"] == step["value"], at + "value")
    if result.get("name") in names: said = {key: step.get(key) for key in ("name", "who", "when", "price_level")}
    else: said = {"name": result["name"] if result["name"] in asked.get("targets", []) else "", "when": asked.get("time")}
    for key, own in said.items(): demand(result.get(key) in (None, own), at + key)
    text, value, unit = result["text"].partition(" (")[0], step["value"], step.get("unit") or ""
    states = {"unknown": ("ukendt", "unknown"), "absent": ("gælder ikke", "does not apply"), "error": ("fejl ", "error ")}
    says = text in (("nej", "no"), ("ja", "yes"))[value.data] if value.kind == "truth" else text.startswith(states.get(value.kind, ""))
    if value.kind == "date": says = [int(n) for n in re.findall("[0-9]+", text)] == [value.data.day, value.data.year]
    demand(says, at + "text", "siger noget andet end værdien", "says something else than the value")
    if value.kind != "number": return
    told = re.fullmatch("(≈ )?(−?)([0-9.,]+)(?: (.+))?", text); worth = told and worth_of(told[4] or "", unit)
    group, mark = ",." if (whole.get("rules") or {}).get("language") == "en" else ".,"
    digits, _, decimals = told[3].partition(mark) if told else ("", "", "")
    fine = told and (worth or unit != "kr.") and len(told[3]) <= LONGEST and group not in decimals and mark not in decimals
    demand(fine and digits.replace(group, ""), at + "text", "er ikke et tal", "is not a number")
    shown, parts = int(digits.replace(group, "") + decimals) * (-1 if told[2] else 1), 10 ** len(decimals)
    off = abs(value.data / (worth or 1) * parts - shown)
    demand(not worth or off <= F(1, 2) * bool(told[1]), at + "text", f"er ikke {value}", f"is not {value}")
def worth_of(words, unit):   # what one of the unit shown is of the step's; nothing where the record does not say
    for word, worth in KRONER.items():
        if f"{words} ".startswith(word + " ") and (worth < 1) == (unit == "1") and (unit == "1" or unit.startswith("kr.")): return worth
    one, own, per = words.split(" ")[0], unit.split(" ")[0], re.search("(?:pr[.]|per) ([1-9][0-9.,]*) ", words)
    if unit[:3] != "kr." and (own.startswith(one) or one.startswith(own)): return F(1, int(re.sub("[.,]", "", per[1])) if per else 1)
LEVELS = {"form": ("form og bytes", "form and bytes"), "digests": ("fingeraftryk", "digests"), "chain": (
    "kæde ({signatures} underskrifter, ikke efterprøvet her)", "chain ({signatures} signatures, not checked here)"),
    "steps": ("trin ({redone} regnet efter, {leaves} blade, {in_part} hviler på noget ukendt: kun delvis efterset)",
              "steps ({redone} redone, {leaves} leaves, {in_part} rest on what is unknown: checked only in part)"), "results": (
        "resultater (spørgsmål og antagelser holdes ikke mod trinene)", "results (question and assumptions are not held to the steps)")}
def check(lines):   # of one line after another the failures of each level that could be looked at, what was counted, and the digest
    digest = None
    for place, raw in enumerate(lines, 1):
        found, counts, line, whole, steps = {}, dict(redone=0, leaves=0, in_part=0, signatures=0), {}, {}, []
        before, digest, found["form"] = digest, None, looked_at(lambda: line.update(parse(raw)))
        if line:
            digest, record = line["digest"] if is_a(line.get("digest"), str) else None, line["record"]
            counts["signatures"] = len(listed(line, "signatures"))
            for level, look in (("form", lambda: form(raw[:-1], line, whole, steps)), ("digests", lambda: digests(line, record)),
                                ("chain", lambda: chain(record, place, before)), ("steps", lambda: redone(steps, counts)),
                                ("results", lambda: results(whole, steps))): found[level] = looked_at(look)
        yield place, found, counts, digest
def show(place, found, counts, digest, da):   # tells of one record, a level a line, and what fails with record, step and field
    record, step, fails, unseen = ("post", "trin", "FEJL", "ikke set på") if da else ("record", "step", "FAILED", "not looked at")
    print(f"{record} {place}  {digest or ''}"[:100].rstrip())
    for n, (level, names) in enumerate(LEVELS.items(), 1):
        wrongs = found.get(level, [])
        said = unseen if level not in found else f"{len(wrongs)} {fails}" if wrongs else "ok"
        print(f"  {n} {names[not da].format(**counts)}: {said}")
        for wrong in wrongs[:SHOWN]:
            where = f", {step} {wrong.step}" * (wrong.step is not None) + f", `{wrong.field}`" * bool(wrong.field)
            print(f"      {record} {place}{where}: {wrong.da if da else wrong.en}")
        if len(wrongs) > SHOWN: print(f"      … {'og' if da else 'and'} {len(wrongs) - SHOWN} {'til' if da else 'more'}")
def as_json(place, found, counts, digest, da):
    failures = [{"level": level, "step": w.step, "field": w.field, "text": w.da if da else w.en} for level in found for w in found[level]]
    return {"record": place, "digest": digest, "counts": counts, "failures": failures, "not_looked_at": sorted(set(LEVELS) - set(found))}
def main(words=None):
    asked = argparse.ArgumentParser(prog="verify.py", description="Regner poster efter. / Redoes records.")
    for name, more in (("file", {}), ("--lang", {"choices": ("da", "en"), "default": "da"}), ("--json", {"action": "store_true"}),
                       ("--known", {"action": "append", "default": [], "metavar": "DIGEST"})): asked.add_argument(name, **more)
    asked = asked.parse_args(words)
    da, wrong, missing, told = asked.lang == "da", 0, set(asked.known), []
    for stream in (sys.stdout, sys.stderr): getattr(stream, "reconfigure", lambda **_: 0)(encoding="utf-8", errors="backslashreplace")
    try:
        with open(asked.file, "rb") as lines:
            for place, found, counts, digest in check(lines):
                wrong += sum(map(len, found.values())); missing.discard(digest)
                told.append((as_json if asked.json else show)(place, found, counts, digest, da))
    except (OSError, ValueError) as bad:
        print(f"{asked.file}: {'kan ikke læses' if da else 'cannot be read'}: {bad}", file=sys.stderr); return 5
    missing = sorted(missing) + ([] if told else ["ingen poster" if da else "no records"]); wrong += len(missing)
    if asked.json: print(json.dumps({"ok": not wrong, "records": told, "missing": missing}, ensure_ascii=False))
    for digest in () if asked.json else missing: print(f"{'kendt, men ikke her' if da else 'known, but not here'}: {digest}")
    said = ("poster passer", "ting passer ikke") if da else ("records hold", "things do not fit")
    if not asked.json: print(f"{wrong or len(told)} {said[bool(wrong)]}")
    return 6 if wrong else 0
if __name__ == "__main__":
    try: sys.exit(main())
    except BrokenPipeError: os._exit(6)      # whoever read the report has stopped reading
