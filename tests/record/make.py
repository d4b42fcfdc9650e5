"""Writes the records of `records/`: every operation and every state of a value, with values worked out by hand.

    python3 tests/record/make.py            writes them
    python3 tests/record/make.py --check    ends with 1 where the files are not what this script writes

Nothing here computes: each value stands as a human found it from docs/record.md. Only digests are computed, and not
by the code of `tools/verify.py`. All data and names are invented.
"""
import hashlib
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
RECORDS = os.path.join(HERE, "records")


def canonical(thing):
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def sha(thing):
    return hashlib.sha256(canonical(thing)).hexdigest()


def digested(record):
    """Fills in the digests of a record from the inside out, and gives back the line without signatures."""
    for step in record["steps"]:
        step.pop("digest", None)
        step["digest"] = sha(step)[:16]
    record["sections"] = {key: sha(part) for key, part in record.items() if key != "sections"}
    return {"digest": "sha256:" + sha(record), "record": record, "signatures": []}


def num(text, status=None, **more):
    return dict({"number": text}, **({"status": status} if status else {}), **more)


def date(text):
    return {"date": text}


def text(words):
    return {"text": words}


def unknown(*lacks, **bounds):
    return dict({"unknown": sorted(lacks)}, **bounds)


def absent(why="ikke i kraft"):
    return {"absent": why}


def error(code="K0410", words="divisor er 0"):
    return {"error": code, "text": words}


YES, NO = {"truth": True}, {"truth": False}


def said(step):
    """What a result says to people, for those whose words are not what is tried."""
    value = step["value"]
    if "number" in value:
        whole, _, part = value["number"].partition("/")
        shown = "≈ %.2f" % (int(whole) / int(part)) if part else whole
        unit = " kr." if step.get("unit") == "kr." else ""
        return shown.replace(".", ",").replace("-", "−") + unit
    if "truth" in value:
        return "ja" if value["truth"] else "nej"
    if "date" in value:
        return "den %d. i måneden %s" % (int(value["date"][8:]), value["date"][:4])
    states = {"unknown": "ukendt", "absent": "gælder ikke", "error": "fejl " + str(value.get("error"))}
    return next((words for state, words in states.items() if state in value), "")


class Record:
    """Composes one record step by step; every method gives back the position of the step."""

    def __init__(self):
        self.steps, self.results = [], []

    def step(self, op, value, *of, **keys):
        step = dict(op=op, value=value, **keys)
        if of:
            step["of"] = list(of)
        self.steps.append(step)
        return len(self.steps) - 1

    def leaf(self, value, op="figure"):
        return self.step(op, value)

    def num(self, written, status=None):
        return self.leaf(num(written, status))

    def nums(self, *written):
        return [self.num(w) for w in written]

    def result(self, step, shown):
        found = self.steps[step]
        self.results.append({"name": found.get("name"), "who": found.get("who"), "when": found.get("when"), "step": step,
                             "value": found["value"], "text": shown})

    def line(self, sequence=1, previous=None):
        if not self.results:
            self.result(len(self.steps) - 1, said(self.steps[-1]))
        return digested({
            "format": "klausul-record/1", "sequence": sequence, "previous": previous,
            "engine": {"name": "klausul", "version": "0.0.0", "evaluator": "by hand"},
            "question": {"targets": ["Resultat"], "time": "2026", "only": [], "scenarios": [], "readings": [],
                         "assignments": [], "switches": []},
            "rules": {"files": [{"path": "aftale.klausul", "bytes": 120, "sha256": "0" * 64, "layout_free": "1" * 64}],
                      "language": "da"},
            "data": [{"name": "kommuner.csv", "kind": "kommune", "bytes": 64, "sha256": "2" * 64}],
            "sources": [{"id": "aftale", "title": "Opdigtet aftale", "publisher": None, "date": "2026-01-31", "sha256": None}],
            "citations": [{"source": "aftale", "at": "punkt 1", "sha256": None, "line": None}],
            "assumptions": [{"name": "Læsning", "question": "Hvad tæller med?", "chosen": "alt", "alternatives": ["intet"]}],
            "steps": self.steps, "results": self.results})


def arithmetic():
    r = Record()
    a, b, third = r.num("2100000000"), r.num("0.33"), r.num("1/3")
    x = r.step("multiply", num("693000000"), a, b, name="Andel", unit="kr", basis=[0], clause="§ 1")
    r.result(x, "693 mio. kr.")
    r.step("divide", num("3"), r.num("1"), third)
    r.step("divide", num("-2/3"), r.num("-2"), r.num("3"))
    r.step("add", num("1/3"), third, r.num("0"))
    r.step("subtract", num("2099999999.67"), a, b)
    r.step("negate", num("-0.33"), b)
    r.step("raise", num("133"), r.num("100"), b)
    r.step("lower", num("67"), r.num("100"), b)
    r.step("rest", num("5"), *r.nums("10", "2", "3"))
    r.step("rest", error("K0412", "mindre end 0"), *r.nums("1", "2"))
    r.step("per_year", num("25"), r.num("100"), years=4)
    for mode, plus, minus in (("nearest", "3", "-3"), ("up", "3", "-2"), ("down", "2", "-3"), ("towards_zero", "2", "-2"),
                              ("half_even", "2", "-2")):
        r.step("round", num(plus), r.num("2.5"), step="1", mode=mode, residual={"3": "0.5", "2": "-0.5"}[plus])
        r.step("round", num(minus), r.num("-2.5"), step="1", mode=mode, residual={"-3": "-0.5", "-2": "0.5"}[minus])
    r.step("round", num("7000000"), r.num("6666666.5"), step="1000000", mode="nearest", residual="333333.5")
    r.step("at_most", num("5"), *r.nums("7", "5"), bound=True)
    r.step("at_most", num("4"), *r.nums("4", "5"), bound=False)
    r.step("at_least", num("7"), *r.nums("5", "7"), bound=True)
    r.step("at_least", num("7"), *r.nums("7", "7"))
    r.step("at_most", num("7"), r.num("7"), r.leaf(absent(), "stated"))
    r.step("largest", num("3"), *r.nums("1", "3", "2"))
    r.step("smallest", date("2026-01-31"), r.leaf(date("2026-02-01")), r.leaf(date("2026-01-31")))
    r.step("convert", num("104.04"), *r.nums("100", "0.02", "0.02"), kind="steps", **{"from": 2024, "to": 2026})
    r.step("convert", num("100"), *r.nums("104.04", "0.02", "0.02"), kind="steps", back=True, **{"from": 2026, "to": 2024})
    r.step("convert", num("110"), *r.nums("100", "120", "132"), kind="points", **{"from": 2024, "to": 2026})
    r.step("sum_over", num("7"), *r.nums("3", "4"), periods=["2025", "2026"])
    return r


def truths():
    r = Record()
    yes, no = r.leaf(YES), r.leaf(NO)
    one, two = r.nums("1", "2")
    for sign, value in (("=", NO), ("≠", YES), ("<", YES), ("≤", YES), (">", NO), ("≥", NO)):
        r.step("compare", value, one, two, sign=sign)
    day_a, day_b = r.leaf(date("2026-02-28")), r.leaf(date("2026-03-01"))
    r.step("compare", YES, day_a, day_b, sign="<")
    r.step("compare", YES, r.leaf(text("Fyn")), r.leaf(text("Fyn")), sign="=")
    r.step("roughly", YES, r.num("2.4"), two, step="1")
    r.step("roughly", NO, r.num("2.5"), two, step="1")
    r.step("between", YES, two, one, two)
    r.step("between", NO, day_a, day_b, day_b)
    r.step("one_of", YES, r.leaf(text("Fyn")), r.leaf(text("Møn")), r.leaf(text("Fyn")))
    r.step("one_of", NO, two, one, r.num("3"))
    none = r.leaf({"none": True})
    r.step("is_none", YES, none)
    r.step("is_none", NO, none, negated=True)
    r.step("not", NO, yes)
    r.step("and", NO, yes, no)
    r.step("and", YES, yes, yes)
    r.step("or", YES, no, yes)
    r.step("or", NO, no, no)
    r.step("and", NO, no, r.leaf(error(), "fault"))
    r.step("or", YES, r.leaf(unknown("alder"), "missing"), yes)
    r.step("all_met", YES, yes, no, ended=[no])
    r.step("all_met", NO, yes, no)
    last = r.step("count_met", num("1"), yes, no, r.leaf(absent(), "stated"))
    r.result(last, "1")
    return r


def rows_of(*rows):
    return [dict(tests=list(tests), **more) for tests, more in rows]


def choices():
    r = Record()
    yes, no = r.leaf(YES), r.leaf(NO)
    full, other, n5, n15 = r.nums("100", "40", "5", "15")
    r.step("grant", num("100"), yes, yes, full, conditions=2, paid=True)
    r.step("grant", num("40"), yes, no, full, other, conditions=2, paid=False)
    r.step("grant", num("0"), no, full, conditions=1, paid=False)
    r.step("grant", num("100"), yes, no, full, conditions=2, paid=True, ended=[no])
    r.step("grant", absent(), r.leaf(absent(), "stated"), full, conditions=1)
    place = r.leaf(text("Fyn"))
    low = {"from": num("0"), "from_in": True, "to": num("10"), "to_in": False}
    high = {"from": num("10"), "from_in": True}
    r.step("look_up", num("40"), keys=[n15], policy="one", hit=[1],
           rows=rows_of(([low], {}), ([high], {"result": other, "basis": [0], "at": "aftale.klausul:3"})))
    r.step("look_up", num("100"), keys=[n5, place], policy="first", hit=[0], rows=rows_of(
        ([low, {"any": True}], {"result": full}), ([{"any": True}, {"any": True}], {"result": other})))
    r.step("look_up", num("140"), keys=[place], policy="add", hit=[0, 2], rows=rows_of(
        ([{"among": [text("Fyn"), text("Møn")]}], {"result": full}), ([{"none_of": [text("Fyn")]}], {}),
        ([{"any": True}], {"result": other})))
    r.step("look_up", num("100"), keys=[place], policy="largest", hit=[0, 1], rows=rows_of(
        ([{"any": True}], {"result": full}), ([{"holds": {"step": yes}}], {"result": other}), ([{"holds": {"step": no}}], {})))
    r.step("look_up", num("40"), keys=[place], policy="smallest", hit=[0, 1], rows=rows_of(
        ([{"any": True}], {"result": full}), ([{"among": [{"step": place}]}], {"result": other})))
    r.step("look_up", num("40"), keys=[place], policy="agree", hit=[0, 1], rows=rows_of(
        ([{"any": True}], {"result": other}), ([{"none_of": [text("Møn")]}], {"result": other})))
    r.step("look_up", num("40"), keys=[place], policy="one", hit=[1], rows=rows_of(
        ([{"among": [text("Møn")]}], {"result": full}), ([{"otherwise": True}], {"result": other})))
    day_row = {"days": ["2026-01-01", "2026-07-01"], "asked": ["2026-03-01", "2026-04-01"]}
    late_row = {"days": ["2026-07-01", None], "asked": ["2026-03-01", "2026-04-01"]}
    r.step("look_up", num("40"), keys=[place], policy="one", hit=[0], rows=rows_of(
        ([day_row], {"result": other}), ([late_row], {}), ([{"any": True}], {"stands": False})))
    r.step("look_up", error("K0420", "to rækker"), keys=[place], policy="one", hit=[0, 1], rows=rows_of(
        ([{"any": True}], {}), ([{"any": True}], {})))
    r.step("between_points", num("55"), n15, other, full, points=[num("10"), num("30")])
    base, b50, b100, r10, r20, r30 = r.nums("120", "50", "100", "0.1", "0.2", "0.3")
    last = r.step("scale", num("21"), base, slices=[
        {"up_to": b50, "amount": "50", "rate": r10, "charge": "5"}, {"up_to": b100, "amount": "50", "rate": r20, "charge": "10"},
        {"amount": "20", "rate": r30, "charge": "6"}])
    r.step("scale", num("0.5"), n5, slices=[{"up_to": b50, "amount": "5", "rate": r10, "charge": "0.5"},
                                            {"up_to": b100, "amount": "0", "charge": "0"}])
    r.result(last, "21")
    r.step("take", num("100"), yes, full, takes=1, because="branch", branch=True)
    r.step("take", num("40"), no, other, takes=1, because="branch", branch=False)
    r.step("take", num("100", "estimate"), full, takes=0, because="assigned", name="Pris")
    r.step("take", num("100"), full, no, takes=0, because="definition", name="Pris", exceptions=[
        {"name": "nye", "live": False, "in_time": True, "step": no}, {"name": "gamle", "live": False, "in_time": False}])
    r.step("take", num("40"), yes, other, takes=1, because="exception", name="Pris", exception="nye", exceptions=[
        {"name": "nye", "live": True, "in_time": True, "step": yes}])
    for because in ("default", "time", "owner", "cell", "carried", "fallback"):
        r.step("take", num("5"), n5, takes=0, because=because)
    return r


def sets():
    r = Record()
    yes, no = r.leaf(YES), r.leaf(NO)
    n1, n2, n3, n6 = r.nums("1", "2", "3", "6")
    gone = r.leaf(absent(), "stated")
    lines = [{"who": "A", "chosen": True, "condition": yes, "value": n1}, {"who": "B", "chosen": False, "condition": no},
             {"who": "C", "chosen": True, "value": n3}, {"who": "D", "chosen": True, "value": gone}]
    for fold, value in (("sum", "4"), ("count", "2"), ("average", "2"), ("largest", "3"), ("smallest", "1")):
        r.step("over", num(value), fold=fold, lines=lines)
    r.step("over", num("2.5"), fold="average", lines=[{"who": "A", "chosen": True, "value": n1, "weight": n2},
                                                     {"who": "C", "chosen": True, "value": n3, "weight": n6}], weighted=True)
    r.step("over", num("0"), fold="sum", lines=lines[1:2])
    r.step("over", num("6"), fold="average", lines=lines[1:2], if_none=n6)
    truth_lines = [{"who": "A", "chosen": True, "value": yes}, {"who": "B", "chosen": True, "value": no}]
    r.step("for_all", NO, lines=truth_lines)
    r.step("for_all", YES, lines=truth_lines[:1])
    r.step("for_at_least", YES, lines=truth_lines, number="1")
    r.step("for_at_least", NO, lines=truth_lines, number="2")
    pool = r.num("100")
    def shared(rule, pool_value, of, *rows, **more):
        return r.step("distribute", num(pool_value), of, rule=rule, lines=[
            dict({"who": w, "chosen": chosen, "exact": exact, "share": share}, **({"key": key} if key is not None else {}))
            for w, chosen, key, exact, share in rows], **more)
    first = shared("exact", "100", pool, ("A", True, n1, "50/3", "50/3"), ("B", True, n2, "100/3", "100/3"), ("C", True, n3, "50", "50"))
    r.step("share", num("100/3"), first, who="B")
    largest = shared("largest_remainder", "100", pool, ("A", True, None, "100/3", "34"), ("B", True, None, "100/3", "33"),
                     ("C", True, None, "100/3", "33"), ("D", False, None, "0", "0"), step="1")
    r.step("share", num("34"), largest, who="A", name="Andel", unit="kr")
    shared("largest_remainder", "100", pool, ("A", True, n1, "50/3", "17"), ("B", True, n2, "100/3", "33"),
           ("C", True, n3, "50", "50"), step="1")
    shared("largest_remainder", "-100", r.num("-100"), ("A", True, n1, "-50/3", "-17"), ("B", True, n2, "-100/3", "-33"),
           ("C", True, n3, "-50", "-50"), step="1")
    shared("rest_to", "100", pool, ("A", True, n1, "50/3", "17"), ("B", True, n2, "100/3", "33"), ("C", True, n3, "50", "50"),
           step="1", to="C")
    shared("each", "100", pool, ("A", True, n1, "50/3", "20"), ("B", True, n2, "100/3", "40"), ("C", True, n3, "50", "50"),
           step="10", mode="up")
    shared("exact", "0", r.num("0"), ("A", True, n1, "0", "0"), ("B", True, n2, "0", "0"))
    shared("exact", "100", pool, ("A", True, r.num("0.4"), "40", "40"), ("B", True, r.num("0.6"), "60", "60"), percent=True)
    r.step("distribute", error("K0430", "summen er ikke 100 pct."), pool, rule="exact", percent=True, lines=[
        {"who": "A", "chosen": True, "key": r.num("0.4")}, {"who": "B", "chosen": True, "key": r.num("0.5")}])
    # the pool error's keys come before it, so the step above names only earlier ones
    ranked = [{"who": "A", "value": n3}, {"who": "B", "value": n6}, {"who": "C", "value": n3}, {"who": "D", "value": n1}]
    r.step("rank", num("2"), lines=ranked, of_whom="A", largest_first=True)
    r.step("rank", num("4"), lines=ranked, of_whom="D", largest_first=True)
    r.result(r.step("rank", num("4"), lines=ranked, of_whom="B", largest_first=False), "4")
    return r


def dates():
    r = Record()
    day = lambda written: r.leaf(date(written))
    r.step("time", num("2026"), when="2026")
    r.step("time", date("2026-06-30"), when="2026-06-30")
    r.step("time", date("2026-10-01"), when="2026-Q4")
    r.step("time", date("2026-06-01"), when="2026-06")
    r.step("who", text("Fyn"), who="Fyn")
    r.step("data", num("12"), file=0, place="linje 2, kolonne `folketal`", name="Folketal", who="Fyn", when="2026")
    r.step("add", date("2026-03-02"), day("2026-02-28"), r.num("2"))
    leap = r.step("subtract", date("2024-02-29"), day("2024-03-01"), r.num("1"))
    r.step("days_between", num("366"), day("2024-01-01"), day("2025-01-01"))
    r.step("days_between", num("-1"), day("2024-01-02"), day("2024-01-01"))
    r.step("months_between", num("0"), day("2025-01-31"), day("2025-02-28"))
    r.step("months_between", num("1"), day("2025-01-31"), day("2025-03-01"))
    r.step("months_between", num("-1"), day("2025-03-01"), day("2025-01-31"))
    r.step("years_between", num("12"), day("2024-02-29"), day("2026-02-28"))
    r.step("years_between", num("24"), day("2024-02-28"), day("2026-02-28"))
    r.step("move_months", date("2025-02-28"), day("2025-01-31"), r.num("1"), forward=True, missing_day="last")
    r.step("move_months", date("2025-03-01"), day("2025-01-31"), r.num("1"), forward=True, missing_day="next")
    r.step("move_months", error("K0441", "dagen findes ikke"), day("2025-01-31"), r.num("1"), forward=True, missing_day="error")
    r.step("move_months", date("2023-12-15"), day("2025-01-15"), r.num("13"), forward=False, missing_day="last")
    yes, no, deadline = r.leaf(YES), r.leaf(NO), day("2026-06-30")
    r.step("duty", text("overdue"), only_if=yes, deadline=deadline, met=no, day="2026-07-01")
    r.step("duty", text("not_due"), deadline=deadline, met=no, day="2026-06-30")
    r.step("duty", text("met"), deadline=deadline, met=yes, day="2026-05-01")
    r.step("duty", text("met_late"), deadline=deadline, met=day("2026-07-01"), day="2026-08-01")
    r.step("duty", text("met"), deadline=deadline, met=day("2026-06-30"), day="2026-08-01")
    r.step("duty", absent("pligten gælder ikke"), only_if=no, deadline=deadline, met=no, day="2026-07-01")
    r.result(leap, "29. februar 2024")
    return r


def states():
    r = Record()
    gone, broken = r.leaf(absent(), "stated"), r.leaf(error(), "fault")
    x = r.leaf(unknown("pris", low="10", high="20"), "missing")
    y = r.leaf(unknown("antal", low="0", low_open=True), "missing")
    hazy = r.leaf(unknown("sats", low="1", high="2", unsettled=True), "stated")
    two, zero, rough, guess = r.num("2"), r.num("0"), r.num("5", "estimate"), r.num("7", "approximate")
    r.step("add", error(), x, broken)
    r.step("add", absent(), x, gone)
    r.step("multiply", error(), gone, broken)
    r.step("divide", error("K0411", "divideret med 0"), two, zero)
    r.step("add", unknown("antal", "pris", low="10", low_open=True), x, y)
    r.step("subtract", unknown("pris", low="8", high="18"), x, two)
    r.step("multiply", unknown("pris", low="20", high="40"), x, two)
    r.step("multiply", num("0"), zero, x)
    r.step("multiply", unknown("sats", low="0", high="0", unsettled=True), zero, hazy)
    r.step("divide", unknown("pris", low="0.1", high="0.2"), two, x)
    r.step("divide", unknown("antal"), two, r.leaf(unknown("antal", low="1"), "missing"))
    r.step("raise", unknown("pris", low="30", high="60"), x, two)
    r.step("at_most", unknown("pris", low="10", high="15"), x, r.num("15"))
    r.step("at_most", num("2"), x, two, bound=True)
    r.step("rest", unknown("pris", low="80", high="90"), r.num("100"), x)
    r.step("rest", unknown("pris", low="0", high="2", unsettled=True), r.num("12"), x)
    r.step("round", unknown("pris", low="10", high="20"), x, step="5", mode="up")
    r.step("negate", unknown("pris", low="-20", high="-10"), x)
    r.step("compare", YES, x, two, sign=">")
    r.step("compare", YES, y, zero, sign=">")
    r.step("compare", NO, x, r.num("20.5"), sign="=")
    r.step("compare", unknown("pris"), x, r.num("15"), sign="<")
    r.step("compare", unknown("sats", unsettled=True), hazy, zero, sign=">")
    r.step("count_met", unknown("alder", low="1", high="2"), r.leaf(YES), r.leaf(unknown("alder"), "missing"))
    r.step("and", unknown("alder"), r.leaf(YES), r.leaf(unknown("alder"), "missing"))
    r.step("grant", unknown("alder"), r.leaf(unknown("alder"), "missing"), two, conditions=1)
    r.step("add", num("12", "approximate"), rough, guess)
    r.step("largest", num("7", "approximate"), rough, guess)
    r.step("take", unknown("prisen på x", low="10", high="20"), x, takes=0, because="definition", name="Pris")
    r.step("undecided", unknown("pris"), x, two, zero)
    r.step("undecided", num("2"), x, two, two)
    r.step("undecided", absent(), x, gone)
    r.step("one_of", unknown("pris"), x, two)
    r.result(r.step("sum_over", unknown("pris", low="12", high="22"), x, two, gone), "ukendt, mellem 12 og 22")
    return r


def asked():
    """A result that is an expression: what it is called, no step is."""
    r = Record()
    r.result(r.step("add", num("5"), *r.nums("2", "3")), "5")
    r.results[0].update(name="Resultat", when="2026")
    r.result(r.step("take", num("2"), 0, takes=0, because="definition", name="Pulje", when="2025"), "2")
    return r


def small(figure, product):
    r = Record()
    r.result(r.step("multiply", num(product), r.num(figure), r.num("2"), name="Dobbelt"), "≈ 0,67" if "/" in product else product)
    return r


def sign(line):
    """Puts something in the place of a signature: what it signs is checked elsewhere."""
    line["signatures"].append({"key": "0" * 64, "signature": "1" * 128, "algorithm": "ed25519"})
    return line


def chained():
    lines, previous = [], None
    for n, (figure, product) in enumerate((("3", "6"), ("0.5", "1"), ("1/3", "2/3")), 1):
        lines.append(sign(small(figure, product).line(n, previous)))
        previous = lines[-1]["digest"]
    return lines


def files():
    single = (arithmetic, truths, choices, sets, dates, states, asked)
    return dict({f.__name__: [f().line()] for f in single}, chain=chained())


def main():
    stale = 0
    for name, lines in files().items():
        path = os.path.join(RECORDS, name + ".jsonl")
        written = b"".join(canonical(line) + b"\n" for line in lines)
        if "--check" in sys.argv:
            with open(path, "rb") as there:
                stale |= there.read() != written
        else:
            with open(path, "wb") as out:
                out.write(written)
    return stale


if __name__ == "__main__":
    sys.exit(main())
