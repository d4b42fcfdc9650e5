"""An independent evaluator of Klausul, written from language.md and from nothing else.

It reads no rule text: `generate.py` makes trees of the classes below, `write.py` prints them in Danish or English, and `World`
evaluates the very same tree. A domain expert can read this file as a second specification; section numbers are those of the
language page. Expressions are tuples, ("add", a, b), whose tags are the methods of `World` that begin with `x_`.
"""
import calendar
import itertools
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Optional

from states import (FAILS, FALSE, NONE, PERCENT, PLAIN, TRUE, Entity, Failed, Known, NotApply, Number, Unknown, Unspecified, add_bounds,
                    between, bounds, hull, is_number, meet, multiply_bounds, multiply_units, names, negate_bounds,
                    reciprocal_bounds, round_to, unit_of)


def the_only(failed):
    """The failure of several entities, where it is the same: which one is told first is not said."""
    if len(set(failed)) > 1:
        raise Unspecified("entities that fail in different ways")
    return failed[0] if failed else None


# ---- the tree ------------------------------------------------------------------------------------------------------


@dataclass
class Type:
    """What a fact may hold: kind is "number", "truth", "date" or "choice"; `low` and `high` are its declared domain."""
    kind: str
    unit: tuple = PLAIN
    whole: bool = False
    low: Optional[Fraction] = None
    high: Optional[Fraction] = None
    choices: tuple = ()


@dataclass
class Fact:
    name: str
    type: Type
    default: Any = None
    always: bool = False


@dataclass
class Kind:
    name: str
    plural: str
    definite: str
    facts: list


@dataclass
class When:
    """When a line holds. form: "span" from `first` through `last` (None is open), "total" (samlet i), "otherwise" (ellers), or
    "given": `words` is ("from" | "until", the expression of a date).
    `words` says how it is printed: ("year", 2025), ("years", 2024, 2026), ("from", date), ("through", …), ("until", …) …"""
    form: str
    first: Optional[date] = None
    last: Optional[date] = None
    words: tuple = ()


@dataclass
class Line:
    """A definition, condition, grant or table of a clause: one piece of `name`.
    form: "value" | "condition" | "grant" | "table" | "scale", whose rows are (bound or None for `derover`, rate, None)."""
    name: str
    form: str
    expr: Any = None
    when: Optional[When] = None
    conditions: tuple = ()          # grant: names of the conditions
    otherwise: Any = None           # grant: `ellers`
    keys: tuple = ()                # table: key expressions (names)
    rows: tuple = ()                # table: (cells, result, when)
    policy: Optional[str] = None    # table: None | "first" | "agree" | "add" | "largest" | "smallest"
    key_units: tuple = ()           # table: the unit that the cells of a key are written in, where no declaration gives it


@dataclass
class Exceptional:
    """`undtagelse`: what it restates, and when."""
    name: str
    condition: Any = None
    when: Optional[When] = None
    lines: list = field(default_factory=list)
    lifts: list = field(default_factory=list)
    nested: list = field(default_factory=list)


@dataclass
class Clause:
    name: str
    kind: Optional[str] = None
    period: Optional[tuple] = None      # gælder: (first day, last day | None)
    givens: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    exceptions: list = field(default_factory=list)
    precedence: list = field(default_factory=list)      # (stronger, weaker)


@dataclass
class Program:
    lang: str
    period: Optional[tuple]             # the agreement's periode
    units: dict                         # singular -> plural, of declared units and units of time
    declared: tuple
    kinds: list
    clauses: list


@dataclass
class Data:
    """Facts as loaded. A series is {year: value}, the key None standing for a value given for the moment asked."""
    given: dict = field(default_factory=dict)       # (clause, name) -> series
    entities: dict = field(default_factory=dict)    # kind -> key -> fact -> series


# ---- time (section 6) ----------------------------------------------------------------------------------------------

# A moment is ("year", 2025) or ("day", date).

def span_of(moment):
    if moment[0] == "year":
        return date(moment[1], 1, 1), date(moment[1], 12, 31)
    return moment[1], moment[1]


def year_of(moment):
    return moment[1] if moment[0] == "year" else moment[1].year


def overlaps(first, last, span):
    return first <= span[1] and (last is None or last >= span[0])


def covers(first, last, span):
    return first <= span[0] and (last is None or last >= span[1])


def add_months(start, months, missing):
    """`d + n måneder`; `missing` says what holds when the day is missing: "last" or "first"."""
    index = start.year * 12 + start.month - 1 + months
    year, month = divmod(index, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if start.day <= length:
        return date(year, month + 1, start.day)
    if missing == "last":
        return date(year, month + 1, length)
    return date(year, month + 1, length) + timedelta(days=1)


def months_after(start, months):
    """The day n months later; a missing day counts as the first of the next month (so 29 February as 1 March)."""
    return add_months(start, months, "first")


def whole_months(a, b, size=1):
    """`hele måneder fra a til b`: the largest n with a + n months ≤ b; backwards it is −(from b to a)."""
    if b < a:
        return -whole_months(b, a, size)
    n = ((b.year - a.year) * 12 + b.month - a.month) // size + 1
    while months_after(a, n * size) > b:
        n -= 1
    return n


# ---- evaluation ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Here:
    """Where an expression stands: its clause, the entity, the moment, and the exceptions left out of account."""
    clause: str
    entity: Optional[Entity]
    moment: tuple
    without: frozenset = frozenset()

    def at(self, **changes):
        return Here(**{**self.__dict__, **changes})


class World:
    """A program with its data, asked at one moment."""

    def __init__(self, program, data, moment):
        self.program, self.data, self.asked = program, data, moment
        self.clauses = {clause.name: clause for clause in program.clauses}
        self.kinds = {kind.name: kind for kind in program.kinds}
        self.memo, self.running = {}, set()

    # -- names --

    def ask(self, clause, name, entity=None):
        return self.value_of(name, Here(clause, entity, self.asked))

    def value_of(self, name, here):
        """The value of a name of a clause: a `givet` or a definition."""
        key = (name, here)
        if key not in self.memo:
            if key in self.running:
                raise Unspecified("a definition that needs itself")
            self.running.add(key)
            try:
                self.memo[key] = self.compute(name, here)
            finally:
                self.running.discard(key)
        return self.memo[key]

    def compute(self, name, here):
        clause = self.clauses[here.clause]
        for fact in clause.givens:
            if fact.name == name:
                series = self.data.given.get((clause.name, name), {})
                return self.fact(fact, series, f"{clause.name}.{name}", here.moment)
        if not any(line.name == name for line in clause.lines):
            raise KeyError(name)
        base = self.in_force(clause, clause.lines, name, here, None)
        return self.with_exceptions(clause, name, base, here)

    def fact(self, fact, series, path, moment):
        """A value given in data; else its default; else ukendt, within its declared domain."""
        asked = year_of(self.asked)
        year = year_of(moment)
        if fact.always and None in series:
            value = series[None]
        elif year in series:
            value = series[year]
        elif year == asked and None in series:
            if moment[0] == "day" and self.asked[0] == "day" and moment != self.asked:
                raise Unspecified("a bare figure at another day than the one asked for")
            value = series[None]
        elif fact.default is not None:
            value = fact.default
        else:
            at = None if fact.always or moment == self.asked else moment
            missing = frozenset([(path, at)])
            if fact.type.kind != "number":
                return Unknown(missing)
            return between(missing, fact.type.low, fact.type.high, fact.type.unit)
        return Known(Number(Fraction(value), fact.type.unit) if fact.type.kind == "number" else value)

    # -- which line of a definition holds (section 6) --

    def in_force(self, clause, lines, name, here, exception):
        """The value of `name` from these lines at the moment; NotApply when none holds then. A bound that is a given date, and
        unknown, "is tried before, at either end of, within and after the moment asked about" (decision 0006)."""
        dates = [line.when.words[1] for line in lines if line.name == name and line.when is not None and line.when.form == "given"]
        if not dates:
            return self.in_force_dated(clause, lines, name, here, exception)
        date_ = self.eval(dates[0], here)
        if isinstance(date_, Known):
            return self.in_force_dated(clause, dated(lines, date_.value), name, here, exception)
        first, last = span_of(here.moment)
        tried = {first - ONE_DAY, first, last, last + ONE_DAY} | ({first + ONE_DAY} if last > first else set())
        outcomes = [self.in_force_dated(clause, dated(lines, day), name, here, exception) for day in sorted(tried)]
        if all(isinstance(o, NotApply) for o in outcomes):
            return outcomes[0]
        return hull(names(date_), outcomes)

    def in_force_dated(self, clause, lines, name, here, exception):
        span = span_of(here.moment)
        whole, part, otherwise = [], [], None
        for line in (line for line in lines if line.name == name):
            if line.when is not None and line.when.form == "otherwise":
                # All other years, within the clause's `gælder`.
                if clause.period is None or covers(*clause.period, span):
                    otherwise = line
                elif overlaps(*clause.period, span):
                    part.append(line)
                continue
            first, last = self.holds(clause, line, exception)
            if covers(first, last, span):
                whole.append(line)
            elif overlaps(first, last, span):
                part.append(line)
        if whole:
            return self.line_value(whole[0], here)
        if part:
            return self.changing(clause, part, otherwise, exception, span, here)
        return self.line_value(otherwise, here) if otherwise else NotApply()

    def changing(self, clause, part, otherwise, exception, span, here):
        """"A value that changes within the year asked for is an error"; it does not change where the lines, which leave no
        gap, say the same."""
        outcomes = [self.line_value(line, here) for line in part]
        if all(isinstance(o, Known) and o == outcomes[0] for o in outcomes):
            days = sum((min(last or span[1], span[1]) - max(first, span[0])).days + 1
                       for first, last in (self.holds(clause, line, exception) for line in part))
            if days == (span[1] - span[0]).days + 1:
                return outcomes[0]
            if otherwise:
                raise Unspecified("a line for a part of the year, and `ellers` for the rest")
        return Failed("K0404")

    def holds(self, clause, line, exception=None):
        """First and last day of a line. An undated one that states a figure holds in its clause's `gælder`, else in the
        agreement's `periode`; one that states none whenever what it uses does."""
        always = (date.min, None)
        if line.when is not None and line.when.form == "otherwise":
            return clause.period or always
        if line.when is not None:
            return line.when.first, line.when.last
        if exception is not None and exception.when is not None:
            return exception.when.first, exception.when.last
        if clause.period is not None:
            return clause.period
        if exception is not None and stands_in_time(clause.exceptions, exception):
            # The exception around it says when it applies.
            return always
        if states_figure(line):
            return self.program.period or always
        return always

    def line_value(self, line, here):
        if line.when is not None and line.when.form == "total":
            if line.when.first.year == line.when.last.year:
                return self.body(line, here)
            at = None if here.moment == self.asked else here.moment
            unit = unit_of(self.body(line, here))
            return Unknown(frozenset([(f"{here.clause}.{line.name}", at)]), unit=unit)
        return self.body(line, here)

    def body(self, line, here):
        if line.form == "table":
            return self.table(line, here)
        if line.form == "grant":
            return self.grant(line, here)[0]
        if line.form == "scale":
            return self.scale(line, here)
        return self.eval(line.expr, here)

    # -- scales (section 8) --

    def scale(self, line, here):
        """Each slice is charged at its own rate. "Slices are read from below, and no further than the base reaches" (decision
        0009); a base that may lie where the scale says nothing leaves the result unknown, without bounds."""
        base = self.eval(line.keys[0], here)
        if isinstance(base, (Failed, NotApply)):
            return base
        (low, high), zero = bounds(base), Fraction(0)
        if high is not None and high < 0:
            return Failed("K0475")
        below, read, total, unsure = zero, [base], None, low is None or low < 0
        for bound, rate, _ in line.rows:
            amount = self.extreme([base, Known(Number(bound, unit_of(base)))], False) if bound is not None else base
            amount = self.x_sub_values(amount, Known(Number(below, unit_of(base))))
            amount = self.extreme([amount, Known(Number(zero, unit_of(base)))], True)
            if bounds(amount) != (0, 0):
                rate = self.eval(rate, here)
                read.append(rate)
                charge = self.of(rate, amount) if not is_number(rate) or unit_of(rate) == PERCENT else self.product(rate, amount)
                total = charge if total is None else self.x_add_values(total, charge)
            below = bound
            if bound is None or high is not None and high <= bound:
                break
        else:
            if low is not None and low > below:
                return Failed("K0476")
            unsure = True
        if total is None:
            raise Unspecified("the unit of a scale of 0")
        if isinstance(total, (Failed, NotApply)):
            if unsure:
                raise Unspecified("a scale that may fail, in two ways")
            return total
        if unsure or FAILS in names(*read):
            return Unknown(names(*read) | {FAILS}, unit=unit_of(total))
        return total

    # -- exceptions (section 10) --

    def with_exceptions(self, clause, name, base, here):
        return self.layered(clause, name, base, here, clause.exceptions)

    def layered(self, clause, name, base, here, exceptions, below=None):
        """The value with these exceptions laid over `base`. A nested one applies within its outer one, and wins over it; where
        the outer one does not restate the name then, what is `below` it stands."""
        live, maybe, unsettled = [], [], []
        for exception in exceptions:
            if exception.name in here.without or not restates(exception, name):
                continue
            state = self.is_live(exception, here)
            if isinstance(state, Failed):
                raise Unspecified("an exception whose condition fails")
            if isinstance(state, NotApply):
                raise Unspecified("an exception whose condition does not apply")
            if state == FALSE:
                continue
            outcome = self.restated(clause, exception, name, base, here, state)
            if outcome is None:
                continue
            (live if state == TRUE else maybe).append((exception.name, outcome))
            if state != TRUE:
                unsettled.append(state)
        if not live and not maybe:
            return base
        if maybe:
            if live or len(maybe) > 1:
                raise Unspecified("several exceptions, of which one may be live")
            return hull(names(*unsettled), [below if base is NOT_RESTATED else base, maybe[0][1]])
        if len(live) > 1:
            beaten = {weak for strong, weak in clause.precedence if any(strong == n for n, _ in live)}
            live = [(n, o) for n, o in live if n not in beaten]
        first = live[0][1]
        if len(live) > 1 and not all(isinstance(outcome, (Known, NotApply)) for _, outcome in live):
            raise Unspecified("two live exceptions, of which one is not known")
        if all(outcome == first for _, outcome in live):
            return first
        if all(isinstance(outcome, Known) for _, outcome in live):
            return Failed("K0405")
        raise Unspecified("two live exceptions, of which one is not known")

    def is_live(self, exception, here):
        if exception.when is not None:
            span = span_of(here.moment)
            if not overlaps(exception.when.first, exception.when.last, span):
                return FALSE
            if not covers(exception.when.first, exception.when.last, span):
                raise Unspecified("an exception for a part of the year asked for")
        if exception.condition is None:
            return TRUE
        # "`når` is read in the world without the exception."
        return self.eval(exception.condition, here.at(without=here.without | {exception.name}))

    def restated(self, clause, exception, name, base, here, state):
        """What the exception makes of the name; None when it does not restate it then."""
        inner = None
        if name in exception.lifts:
            inner = NotApply()
        elif any(line.name == name for line in exception.lines):
            found = self.in_force(clause, exception.lines, name, here, exception)
            if isinstance(found, NotApply) and not any(
                    overlaps(*self.holds(clause, line, exception), span_of(here.moment)) for line in exception.lines
                    if line.name == name):
                found = None
            elif isinstance(base, NotApply) and exception.when is None and self.program.period is not None \
                    and not covers(*self.program.period, span_of(here.moment)):
                raise Unspecified("an undated exception to what is not in force")
            inner = found
        if exception.nested and not isinstance(state, Known):
            raise Unspecified("an exception nested in one that may be live")
        nested = self.layered(clause, name, NOT_RESTATED if inner is None else inner, here, exception.nested, base)
        return None if nested is NOT_RESTATED else nested

    # -- grants (section 7) --

    def grant(self, line, here):
        """(paid, full). All conditions must be met; else it lapses to 0, or to what `ellers` says."""
        full = self.eval(line.expr, here)
        met = self.conjunction([self.value_of(name, here) for name in line.conditions])
        if met == TRUE:
            return full, full
        if line.otherwise is not None:
            lapsed = self.eval(line.otherwise, here)
        else:
            unit = unit_of(full) if is_number(full) else PLAIN
            lapsed = Known(Number(Fraction(0), unit))
        if met == FALSE:
            if not is_number(full) and line.otherwise is None:
                raise Unspecified("a lapsed grant whose full amount is not known")
            return lapsed, full
        if not isinstance(met, Unknown):
            return met, full
        return hull(names(met), [full, lapsed]), full

    # -- tables (section 8) --

    def table(self, line, here):
        keys = [self.eval(key, here) for key in line.keys]
        state = meet(*keys)
        if isinstance(state, (Failed, NotApply)):
            return state
        # "Unknown keys are tried, not reasoned about" (decision 0009): one value from each stretch that the rows cut the
        # key's possible values into, in all combinations.
        tried = [self.tried(line, i, key, here) for i, key in enumerate(keys)]
        hit = []
        for values in itertools.product(*tried):
            rows = self.rows_hit(line, values)
            if rows not in hit:
                hit.append(rows)
        outcomes = [self.of_rows(line, [line.rows[i] for i in rows], here) for rows in hit]
        if len(outcomes) == 1 and FAILS not in names(*keys):
            return outcomes[0]
        return hull(names(*keys), outcomes)

    def rows_hit(self, line, values):
        """The rows that these keys match; `ellers` is for the keys that no other row matches."""
        fits = [i for i, (cells, _, _) in enumerate(line.rows) if all(match(cell, key) for cell, key in zip(cells, values))]
        named = [i for i in fits if ("otherwise",) not in line.rows[i][0]] or fits
        return named[:1] if line.policy == "first" else named

    def tried(self, line, index, key, here):
        """The values to try for a key: itself where it is known."""
        if isinstance(key, Known):
            return [key]
        type_ = self.declared(line.keys[index], here)
        if key.unit is None:
            if type_ is None:
                raise Unspecified("an unknown text or truth that is worked out, as a key")
            return [TRUE, FALSE] if type_.kind == "truth" else [Known(choice) for choice in type_.choices]
        points = sorted({p for cells, _, _ in line.rows for p in written(cells[index])} | {p for p in bounds(key) if p is not None})
        points = [p for p in points if (key.low is None or p >= key.low) and (key.high is None or p <= key.high)]
        step = type_ is not None and type_.whole
        values = between_points(points, key.low, key.high, step)
        return [Known(Number(value, key.unit)) for value in values]

    def declared(self, key, here):
        """The declared type of a key; a name of one line that is a name or a count is of that type (section 8: "inferred for
        definitions: `antal` gives a whole number")."""
        if key[0] == "fact":
            return next(f.type for f in self.kinds[key[1]].facts if f.name == key[2])
        if key[0] in ("number", "met"):
            return Type("number", PLAIN, True)
        if key[0] == "at":
            return self.declared(key[1], here)
        if key[0] != "ref":
            return Type("truth") if key[0] in TRUTHS else None
        clause = self.clauses[key[1]]
        given = next((g.type for g in clause.givens if g.name == key[2]), None)
        lines = [line for line in clause.lines if line.name == key[2]]
        if given is not None:
            return given
        if lines[0].form == "condition":
            return Type("truth")
        if len(lines) > 1 or lines[0].form != "value" or any(restates(e, key[2]) for e in clause.exceptions):
            return Type("truth") if lines[0].form == "value" and lines[0].expr[0] in TRUTHS else None
        return self.declared(lines[0].expr, here)

    def of_rows(self, line, rows, here):
        if not rows:
            # "Where no row matches under an adding or largest policy, the result does not apply."
            return NotApply() if line.policy in ("add", "largest", "smallest") else Failed("K0402")
        if len(rows) > 1 and line.policy in (None, "first"):
            return Failed("K0403")
        results = [self.cell(row[1], here) for row in rows]
        if len(rows) == 1:
            return results[0]
        if line.policy == "agree":
            if all(r == results[0] for r in results):
                return results[0]
            if all(isinstance(r, Known) for r in results):
                return Failed("K0403")
            raise Unspecified("rows that must agree, and one is not known")
        results = [r for r in results if not isinstance(r, NotApply)] or results[:1]
        if line.policy == "add":
            return self.sum(results)
        return self.extreme(results, line.policy == "largest")

    def cell(self, result, here):
        return NotApply() if result == ("na",) else self.eval(result, here)

    # -- expressions (sections 4, 5) --

    def eval(self, expr, here):
        return getattr(self, "x_" + expr[0])(here, *expr[1:])

    def x_num(self, here, amount, unit, *_):
        return Known(Number(amount, unit))

    def x_truth(self, here, value):
        return Known(value)

    def x_text(self, here, value):
        return Known(value)

    def x_date(self, here, value):
        return Known(value)

    def x_year(self, here):
        return Known(Number(Fraction(year_of(here.moment))))

    def x_day(self, here):
        return Known(here.moment[1]) if here.moment[0] == "day" else Failed("K0415")

    def x_ref(self, here, clause, name):
        return self.value_of(name, here.at(clause=clause))

    def x_full(self, here, clause, name):
        return self.grant_part(here, clause, name)[1]

    def x_lapsed(self, here, clause, name):
        """`bortfaldet` = `fuldt` − paid, part by part like any difference."""
        paid, full = self.grant_part(here, clause, name)
        return self.x_sub_values(full, paid)

    def grant_part(self, here, clause, name):
        where = here.at(clause=clause)
        owner = self.clauses[clause]
        if any(restates(e, name) for e in owner.exceptions):
            raise Unspecified("the parts of a grant that an exception restates")
        lines = [line for line in owner.lines if line.name == name]
        span = span_of(here.moment)
        for line in lines:
            first, last = self.holds(owner, line)
            if covers(first, last, span):
                return self.grant(line, where)
            if overlaps(first, last, span):
                raise Unspecified("the parts of a grant that holds for a part of the year")
        return NotApply(), NotApply()

    def x_fact(self, here, kind, name):
        return self.entity_fact(kind, here.entity.key, name, here.moment)

    def entity_fact(self, kind, key, name, moment):
        fact = next(f for f in self.kinds[kind].facts if f.name == name)
        series = self.data.entities.get(kind, {}).get(key, {}).get(name, {})
        return self.fact(fact, series, f"{key}.{name}", moment)

    def x_for(self, here, kind, expr, key):
        return self.eval(expr, here.at(entity=Entity(kind, key)))

    def x_at(self, here, expr, when):
        return self.eval(expr, here.at(moment=self.moment(when, here.moment)))

    def moment(self, when, moment):
        if when[0] == "previous":
            if moment[0] == "year":
                return "year", moment[1] - 1
            day = moment[1]
            if (day.month, day.day) == (2, 29):
                raise Unspecified("one year before 29 February")
            return "day", day.replace(year=day.year - 1)
        if when[0] == "year":
            return "year", when[1]
        if when[0] == "relative":
            if moment[0] == "day":
                raise Unspecified("`i (år − 1)` on a day")
            return "year", moment[1] + when[1]
        return "day", when[1]

    def x_add(self, here, a, b):
        return self.x_add_values(self.eval(a, here), self.eval(b, here))

    def x_add_values(self, a, b):
        state = meet(a, b)
        if isinstance(state, (Failed, NotApply)):
            return state
        low, high = add_bounds(bounds(a), bounds(b))
        if state is None:
            return Known(Number(low, unit_of(a)))
        return between(state.missing, low, high, unit_of(a))

    def x_sub(self, here, a, b):
        return self.x_sub_values(self.eval(a, here), self.eval(b, here))

    def x_sub_values(self, a, b):
        return self.x_add_values(a, self.negate(b))

    def negate(self, a):
        if isinstance(a, Known):
            return Known(Number(-a.value.amount, a.value.unit))
        if isinstance(a, Unknown):
            return Unknown(a.missing, *negate_bounds((a.low, a.high)), a.unit)
        return a

    def x_neg(self, here, a):
        return self.negate(self.eval(a, here))

    def x_mul(self, here, a, b):
        return self.product(self.eval(a, here), self.eval(b, here))

    def product(self, a, b, unit=None, factor=Fraction(1)):
        state = meet(a, b)
        if isinstance(state, (Failed, NotApply)):
            return state
        if unit is None:
            unit = multiply_units(unit_of(a), unit_of(b))
        low, high = multiply_bounds(bounds(a), bounds(b))
        low, high = (None if low is None else low * factor), (None if high is None else high * factor)
        if state is None:
            return Known(Number(low, unit))
        return between(state.missing, low, high, unit)

    def x_div(self, here, a, b):
        return self.quotient(self.eval(a, here), self.eval(b, here))

    def quotient(self, a, b, unit=None, factor=Fraction(1)):
        state = meet(a, b)
        if isinstance(state, (Failed, NotApply)):
            return state
        if unit is None:
            unit = multiply_units(unit_of(a), unit_of(b), -1)
        if bounds(b) == (0, 0):
            return Failed("K0401")
        turned = reciprocal_bounds(bounds(b))
        if turned is None:
            return Unknown(state.missing | {FAILS}, unit=unit)
        low, high = multiply_bounds(bounds(a), turned)
        low, high = (None if low is None else low * factor), (None if high is None else high * factor)
        if state is None:
            return Known(Number(low, unit))
        return between(state.missing, low, high, unit)

    def x_divor(self, here, a, b, instead):
        """`a / b, hvis nævneren er 0: v`"""
        divisor = self.eval(b, here)
        if isinstance(divisor, (Failed, NotApply)):
            dividend = self.eval(a, here)
            return meet(dividend, divisor)
        if bounds(divisor) == (0, 0):
            return self.eval(instead, here)
        quotient = self.quotient(self.eval(a, here), divisor)
        low, high = bounds(divisor)
        if (low is not None and low > 0) or (high is not None and high < 0):
            return quotient
        if isinstance(quotient, Unknown) and FAILS not in names(self.eval(a, here), divisor):
            quotient = Unknown(quotient.missing - {FAILS}, quotient.low, quotient.high, quotient.unit)
        return hull(names(divisor), [quotient, self.eval(instead, here)])

    def x_of(self, here, part, whole):
        """`33 pct. af x`, `1/3 af x`"""
        return self.of(self.eval(part, here), self.eval(whole, here))

    def of(self, part, whole):
        if isinstance(meet(part, whole), (Failed, NotApply)):
            return meet(part, whole)
        factor = Fraction(1, 100) if unit_of(part) == PERCENT else Fraction(1)
        return self.product(part, whole, unit_of(whole), factor)

    def x_raise(self, here, x, percent):
        return self.changed(self.eval(x, here), self.eval(percent, here), 1)

    def x_lower(self, here, x, percent):
        return self.changed(self.eval(x, here), self.eval(percent, here), -1)

    def changed(self, x, percent, sign):
        """x × (100 pct. ± p)"""
        if isinstance(meet(x, percent), (Failed, NotApply)):
            return meet(x, percent)
        hundred = Known(Number(Fraction(100), PERCENT))
        factor = self.x_add_values(hundred, percent) if sign > 0 else self.x_sub_values(hundred, percent)
        return self.product(factor, x, unit_of(x), Fraction(1, 100))

    def x_pctof(self, here, a, b):
        """`a i pct. af b`"""
        return self.quotient(self.eval(a, here), self.eval(b, here), PERCENT, Fraction(100))

    def x_round(self, here, x, step, direction):
        x = self.eval(x, here)
        if isinstance(x, (Failed, NotApply)):
            return x
        low, high = (None if end is None else round_to(end, step[0], direction) for end in bounds(x))
        if isinstance(x, Known):
            return Known(Number(low, x.value.unit))
        return between(x.missing, low, high, x.unit)

    def x_atmost(self, here, x, limit):
        return self.limited(self.eval(x, here), self.eval(limit, here), False)

    def x_atleast(self, here, x, limit):
        return self.limited(self.eval(x, here), self.eval(limit, here), True)

    def limited(self, x, limit, largest):
        """`x, dog højst y`: a limit that does not apply is skipped."""
        if isinstance(x, NotApply) and isinstance(limit, Failed):
            raise Unspecified("a limit that fails on what does not apply")
        if isinstance(limit, NotApply) or isinstance(x, (Failed, NotApply)):
            return x
        return self.extreme([x, limit], largest)

    def x_min(self, here, *parts):
        return self.extreme([self.eval(part, here) for part in parts], False)

    def x_max(self, here, *parts):
        return self.extreme([self.eval(part, here) for part in parts], True)

    def extreme(self, parts, largest):
        """The largest (smallest) of numbers. A part that cannot be it, whatever is still unknown, is not missed."""
        state = meet(*parts)
        if isinstance(state, (Failed, NotApply)):
            return state
        lows, highs = [bounds(p)[0] for p in parts], [bounds(p)[1] for p in parts]
        unit = unit_of(parts[0])
        if largest:
            low = max((l for l in lows if l is not None), default=None)
            high = None if None in highs else max(highs)
            possible = [p for p in parts if low is None or bounds(p)[1] is None or bounds(p)[1] > low]
        else:
            low = None if None in lows else min(lows)
            high = min((h for h in highs if h is not None), default=None)
            possible = [p for p in parts if high is None or bounds(p)[0] is None or bounds(p)[0] < high]
        if state is None:
            return Known(Number(low, unit))
        return between(names(*(parts if FAILS in names(*parts) else possible or parts)), low, high, unit)

    def x_cmp(self, here, sign, a, b):
        return self.compared(sign, self.eval(a, here), self.eval(b, here))

    def compared(self, sign, a, b):
        state = meet(a, b)
        if isinstance(state, (Failed, NotApply)):
            return state
        if state is None:
            a, b = a.value, b.value
            if isinstance(a, Number):
                a, b = a.amount, b.amount
            found = {"=": a == b, "≠": a != b}.get(sign)
            if found is None:
                found = {"<": a < b, "≤": a <= b, ">": a > b, "≥": a >= b}[sign]
            return Known(found)
        if not (is_number(a) and is_number(b)) or FAILS in state.missing:
            return Unknown(state.missing)
        (al, ah), (bl, bh) = bounds(a), bounds(b)
        surely_less = ah is not None and bl is not None and ah < bl
        surely_not_more = ah is not None and bl is not None and ah <= bl
        surely_more = al is not None and bh is not None and al > bh
        surely_not_less = al is not None and bh is not None and al >= bh
        decided = {
            "<": (surely_less, surely_not_less), "≤": (surely_not_more, surely_more),
            ">": (surely_more, surely_not_more), "≥": (surely_not_less, surely_less),
            "=": (surely_not_more and surely_not_less, surely_less or surely_more),
            "≠": (surely_less or surely_more, surely_not_more and surely_not_less),
        }[sign]
        return TRUE if decided[0] else FALSE if decided[1] else Unknown(state.missing)

    def x_within(self, here, x, low, high):
        """`x mellem a og b`, both included: two comparisons and `og`."""
        x, low, high = self.eval(x, here), self.eval(low, here), self.eval(high, here)
        state = meet(x, low, high)
        if isinstance(state, (Failed, NotApply)):
            return state
        return self.conjunction([self.compared("≥", x, low), self.compared("≤", x, high)])

    def x_oneof(self, here, x, choices):
        x = self.eval(x, here)
        if not isinstance(x, Known):
            return x
        return Known(x.value in choices)

    def x_not(self, here, a):
        a = self.eval(a, here)
        return Known(not a.value) if isinstance(a, Known) else a

    def x_and(self, here, *parts):
        return self.conjunction([self.eval(part, here) for part in parts])

    def x_or(self, here, *parts):
        return self.disjunction([self.eval(part, here) for part in parts])

    def conjunction(self, parts):
        """A decided `og` propagates neither unknown nor errors."""
        if FALSE in parts:
            return FALSE
        return self.undecided(parts) or TRUE

    def disjunction(self, parts):
        if TRUE in parts:
            return TRUE
        return self.undecided(parts) or FALSE

    def undecided(self, parts):
        """What is unknown may yet decide, so that what does not apply does not settle it."""
        state = meet(*parts)
        if isinstance(state, NotApply) and names(*parts):
            return Unknown(names(*parts) | {FAILS})
        return state

    def x_if(self, here, condition, then, otherwise):
        condition = self.eval(condition, here)
        if condition == TRUE:
            return self.eval(then, here)
        if condition == FALSE:
            return self.eval(otherwise, here)
        if not isinstance(condition, Unknown):
            return condition
        return hull(condition.missing, [self.eval(then, here), self.eval(otherwise, here)])

    # -- conditions (section 7) --

    def x_met(self, here, listed):
        """`antal opfyldte betingelser`, `antal opfyldte af (a; b)`: a count, which skips what does not apply."""
        return self.count([self.value_of(name, here) for name in self.conditions(here, listed)])

    def x_allmet(self, here):
        return self.conjunction([self.value_of(name, here) for name in self.conditions(here, None)])

    def conditions(self, here, listed):
        if listed is not None:
            return listed
        clause = self.clauses[here.clause]
        found = []
        for line in clause.lines:
            if line.form == "condition" and line.name not in found:
                found.append(line.name)
        return found

    def count(self, truths):
        failed = [t for t in truths if isinstance(t, Failed)]
        if failed:
            return failed[0]
        if truths and all(isinstance(t, NotApply) for t in truths):
            raise Unspecified("a count of conditions none of which applies")
        low = sum(1 for t in truths if t == TRUE)
        high = low + sum(1 for t in truths if isinstance(t, Unknown))
        return between(names(*truths), Fraction(low), Fraction(high), PLAIN)

    # -- aggregates and distribution (section 9) --

    def members(self, kind):
        return sorted(self.data.entities.get(kind, {}))

    def selected(self, here, kind, where):
        """[(where the entity is looked at, is it selected?)] of all entities that may be selected."""
        found = []
        for key in self.members(kind):
            there = here.at(entity=Entity(kind, key))
            chosen = TRUE if where is None else self.eval(where, there)
            if isinstance(chosen, NotApply):
                raise Unspecified("a selection that does not apply")
            if chosen != FALSE:
                found.append((there, chosen))
        return found

    def unloaded(self, kind):
        """A kind of which nothing was loaded is ukendt."""
        if self.members(kind):
            return None
        return Unknown(frozenset([(("all", kind), None)]))

    def x_number(self, here, kind, where):
        """`antal skoler hvor c`"""
        nobody = self.unloaded(kind)
        if nobody:
            raise Unspecified("a count of a kind that was not loaded")
        return self.count([chosen for _, chosen in self.selected(here, kind, where)]) if self.members(kind) else None

    def weighted(self, parts):
        """Σ value × weight / Σ weight. "Vægte må ikke være negative, og de må ikke give 0 tilsammen." """
        weights = [weight for _, weight in parts]
        if any(not isinstance(weight, Known) for weight in weights):
            raise Unspecified("an average by a weight that is not known")
        whole = sum(weight.value.amount for weight in weights)
        if any(weight.value.amount < 0 for weight in weights):
            if whole == 0:
                raise Unspecified("weights that are wrong in two ways")
            return Failed("K0469")
        if whole == 0:
            return Failed("K0468")
        unit = unit_of(parts[0][0])
        total = self.sum([self.product(value, weight, unit) for value, weight in parts if weight.value.amount != 0])
        return self.quotient(total, Known(Number(whole)), unit)

    def x_rank(self, here, expr, kind, where, order):
        """`rang af x blandt alle skoler, størst først`: 1 and as many as go strictly before; equal values share the best rank."""
        rows = dict((there.entity, (there, chosen)) for there, chosen in self.selected(here, kind, where))
        if here.entity not in rows:
            return NotApply()
        states = [state for other, is_in in rows.values() for state in (is_in, self.eval(expr, other))]
        the_only([state for state in states if isinstance(state, Failed)])
        there, chosen = rows.pop(here.entity)
        own = self.eval(expr, there)
        if isinstance(chosen, Failed):
            return chosen
        if isinstance(own, (Failed, NotApply)):
            # "Whether the one asked about is among those ranked is decided first: … if that is unknown, so is its rank."
            return own if chosen == TRUE else Unknown(names(chosen) | {FAILS}, unit=PLAIN)
        ahead, perhaps, missing = 1, 0, set()
        for other, is_in in rows.values():
            if isinstance(is_in, Failed):
                raise Unspecified("a rank among those of whom it is an error whether they are ranked")
            value = self.eval(expr, other)
            goes = self.compared(">" if order == "largest" else "<", value, own)
            if isinstance(goes, Failed):
                if chosen != TRUE:
                    return Unknown(names(chosen) | {FAILS}, unit=PLAIN)
                if is_in != TRUE:
                    raise Unspecified("a rank among those of whom one may be ranked, and fails")
                return goes
            if isinstance(goes, NotApply) or goes == FALSE:
                continue
            if goes == TRUE and is_in == TRUE:
                ahead += 1
            else:
                perhaps += 1
                missing |= names(goes, is_in)
        if chosen != TRUE:
            return Unknown(names(chosen) | missing | {FAILS}, unit=PLAIN)
        return between(frozenset(missing), Fraction(ahead), Fraction(ahead + perhaps), PLAIN)

    def x_agg(self, here, how, expr, kind, where, if_none, weight=None):
        nobody = self.unloaded(kind)
        if nobody:
            raise Unspecified("an aggregate over a kind that was not loaded")
        rows = self.selected(here, kind, where)
        failed = [chosen for _, chosen in rows if isinstance(chosen, Failed)]
        if failed:
            return the_only(failed)
        if not rows:
            if how == "sum":
                return Known(Number(Fraction(0), self.unit_for(expr, here, kind)))
            return Failed("K0409") if if_none is None else self.eval(if_none, here)
        parts = [(self.eval(expr, there), chosen) for there, chosen in rows]
        the_only([value for value, _ in parts if isinstance(value, Failed)])
        if weight is not None and any(isinstance(self.eval(weight, there), NotApply) for there, _ in rows):
            raise Unspecified("an average by a weight that does not apply to some")
        open_ = [chosen for _, chosen in parts if chosen != TRUE]
        values = [value for value, _ in parts]
        if how == "sum":
            return self.sum([self.maybe(value, chosen) for value, chosen in parts])
        applying = [(there, part) for (there, _), part in zip(rows, parts) if not isinstance(part[0], NotApply)]
        parts = [part for _, part in applying]
        values = [value for value, _ in parts]
        if not values:
            raise Unspecified("an average or a largest over some of whom none applies")
        state = meet(*[value for value, chosen in parts if chosen == TRUE])
        if isinstance(state, Failed):
            return state
        if open_:
            raise Unspecified("an average or a largest of an unknown selection")
        if weight is not None:
            return self.weighted([(value, self.eval(weight, there)) for there, (value, _) in applying])
        if how == "average":
            total = self.sum(values)
            return self.quotient(total, Known(Number(Fraction(len(values)))))
        return self.extreme(values, how == "largest")

    def unit_for(self, expr, here, kind):
        key = self.members(kind)[0]
        value = self.eval(expr, here.at(entity=Entity(kind, key)))
        if not is_number(value):
            raise Unspecified("the unit of an empty sum")
        return unit_of(value)

    def maybe(self, value, chosen):
        """A part of a sum that is in it only if its entity is selected."""
        if chosen == TRUE:
            return value
        if not is_number(value):
            raise Unspecified("a part of a sum that may be selected and does not apply or fails")
        return hull(chosen.missing, [value, Known(Number(Fraction(0), unit_of(value)))])

    def sum(self, parts):
        """Sums skip what does not apply; where nothing applies, the sum does not either (decision 0005)."""
        applying = [part for part in parts if not isinstance(part, NotApply)]
        if not applying:
            return NotApply()
        total = applying[0]
        for part in applying[1:]:
            total = self.x_add_values(total, part)
        return total

    def x_every(self, here, expr, kind):
        """`c for alle skoler`"""
        return self.quantified(here, expr, kind, self.conjunction)

    def x_some(self, here, expr, kind, least):
        """`c for mindst n skoler`"""
        if self.unloaded(kind):
            return Unknown(self.unloaded(kind).missing)
        truths = [self.eval(expr, here.at(entity=Entity(kind, key))) for key in self.members(kind)]
        if any(isinstance(t, (NotApply, Failed)) for t in truths):
            raise Unspecified("a quantified condition that does not apply or fails for some")
        if FAILS in names(*truths):
            return Unknown(names(*truths))
        if sum(1 for t in truths if t == TRUE) >= least:
            return TRUE
        if sum(1 for t in truths if t != FALSE) < least:
            return FALSE
        return Unknown(names(*truths))

    def quantified(self, here, expr, kind, over):
        if self.unloaded(kind):
            return Unknown(self.unloaded(kind).missing)
        truths = [self.eval(expr, here.at(entity=Entity(kind, key))) for key in self.members(kind)]
        if any(isinstance(t, (NotApply, Failed)) for t in truths):
            raise Unspecified("a quantified condition that does not apply or fails for some")
        return over(truths)

    def x_sumyears(self, here, clause, name, first, last):
        """`sum af x i 2024-2026`; a total stated for a span within counts as the whole of it."""
        parts, year = [], first
        totals = [line.when for line in self.clauses[clause].lines
                  if line.name == name and line.when is not None and line.when.form == "total"]
        while year <= last:
            whole = next((t for t in totals if t.first.year == year and t.last.year <= last), None)
            if whole:
                line = next(line for line in self.clauses[clause].lines if line.name == name and line.when is whole)
                parts.append(self.body(line, here.at(clause=clause, moment=("year", year))))
                year = whole.last.year + 1
            else:
                parts.append(self.value_of(name, here.at(clause=clause, moment=("year", year))))
                year += 1
        return self.sum(parts)

    def x_share(self, here, pool, key, kind, where, rounding):
        """`pulje fordelt efter nøgle blandt alle skoler hvor c, afrundet …` for the entity here."""
        shares = self.distribute(here, pool, key, kind, where, rounding)
        return shares[here.entity.key] if isinstance(shares, dict) else shares

    def distribute(self, here, pool, key, kind, where, rounding):
        if self.unloaded(kind):
            return Unknown(self.unloaded(kind).missing, unit=unit_of(self.eval(pool, here)))
        pool = self.eval(pool, here)
        if isinstance(pool, (Failed, NotApply)):
            raise Unspecified("a pool that fails or does not apply")
        unit = unit_of(pool)
        zero = Known(Number(Fraction(0), unit))
        members = [here.at(entity=Entity(kind, k)) for k in self.members(kind)]
        chosen = {there.entity.key: TRUE if where is None else self.eval(where, there) for there in members}
        if any(isinstance(c, (Failed, NotApply)) for c in chosen.values()):
            raise Unspecified("a selection that fails or does not apply")
        keys = {}
        for there in members:
            keys[there.entity.key] = Known(Number(Fraction(1))) if key is None else self.eval(key, there)
        states = list(keys.values())
        if any(isinstance(state, (Failed, NotApply)) for state in states):
            raise Unspecified("a key that fails or does not apply")
        outside = {name: zero for name, c in chosen.items() if c == FALSE}
        inside = [name for name, c in chosen.items() if c != FALSE]
        if pool == zero:
            return {name: zero for name in chosen}
        # A percentage key must add to 100 pct. over the whole kind, so all of it counts; otherwise only those selected do.
        percentage = key is not None and unit_of(states[0]) == PERCENT
        counted = list(keys) if percentage else inside
        missing = names(pool, *chosen.values(), *[keys[name] for name in counted])
        if missing and outside and not self.asked_inside(here, outside):
            raise Unspecified("those outside a distribution that is not settled")
        if missing:
            sound = FAILS not in missing and not self.may_fail(pool, keys, chosen, inside, percentage, rounding)
            missing = missing if sound else missing | {FAILS}
            if not sound and self.surely_fails(pool, keys, chosen, percentage, rounding):
                raise Unspecified("a distribution that is not known, and fails whatever is given")
            return {**{name: self.open_share(name, pool, keys, chosen, inside, rounding, missing, sound) for name in inside}, **outside}
        weights = {name: keys[name].value.amount for name in inside}
        wrong = []
        if any(weight < 0 for weight in weights.values()):
            wrong.append("K0412")
        if percentage and sum(k.value.amount for k in states) != 100:
            wrong.append("K0406")
        if not inside or sum(weights.values()) == 0:
            wrong.append("K0407")
        if rounding is not None and rounding[0] == "largest" and pool.value.amount % rounding[1] != 0:
            wrong.append("K0408")
        if rounding is not None and rounding[0] == "rest" and rounding[2] not in inside:
            wrong.append("K0413")
        if len(wrong) > 1:
            raise Unspecified("a distribution that fails in several ways")
        if wrong:
            return self.distribution_fails(wrong[0], here, outside)
        amounts = shares(pool.value.amount, weights, rounding)
        return {**{name: Known(Number(amount, unit)) for name, amount in amounts.items()}, **outside}

    def may_fail(self, pool, keys, chosen, inside, percentage, rounding):
        """May it yet be an error? "A result that has a value keeps it whatever further facts are given", so nothing bounds it then."""
        if rounding is not None and rounding[0] == "largest" and not (isinstance(pool, Known) and pool.value.amount % rounding[1] == 0):
            return True
        if rounding is not None and rounding[0] == "rest" and chosen.get(rounding[2]) != TRUE:
            return True
        if percentage and not (all(isinstance(k, Known) for k in keys.values()) and sum(k.value.amount for k in keys.values()) == 100):
            return True
        lows = {name: bounds(keys[name])[0] for name in inside}
        return any(low is None or low < 0 for low in lows.values()) or not any(lows[n] > 0 for n in inside if chosen[n] == TRUE)

    def surely_fails(self, pool, keys, chosen, percentage, rounding):
        known = {name: key.value.amount for name, key in keys.items() if isinstance(key, Known)}
        if isinstance(pool, Known) and rounding is not None and rounding[0] == "largest" and pool.value.amount % rounding[1] != 0:
            return True
        if rounding is not None and rounding[0] == "rest" and chosen.get(rounding[2], FALSE) == FALSE:
            return True
        if percentage and len(known) == len(keys) and sum(known.values()) != 100:
            return True
        return any(known[n] < 0 for n in known if chosen[n] == TRUE)

    def open_share(self, name, pool, keys, chosen, inside, rounding, missing, sound):
        """"Shares that are not known lie between 0 and the pool; where only the pool is unknown, its bounds are shared by the
        known keys" (decision 0008)."""
        low, high = bounds(pool)
        if not sound or rounding is not None and rounding[0] == "rest" and rounding[2] == name:
            low = high = None
        elif bounds(keys[name]) == (0, 0):
            return Known(Number(Fraction(0), unit_of(pool)))
        elif all(isinstance(keys[n], Known) and chosen[n] == TRUE for n in inside):
            part = keys[name].value.amount / sum(keys[n].value.amount for n in inside)
            low, high = multiply_bounds((low, high), (part, part))
        else:
            low, high = (None if low is None else min(low, Fraction(0))), (None if high is None else max(high, Fraction(0)))
        if rounding is not None:
            down, up = {"largest": ("down", "up"), "rest": ("nearest", "nearest"), "each": (rounding[2], rounding[2])}[rounding[0]]
            low = None if low is None else round_to(low, rounding[1], down)
            high = None if high is None else round_to(high, rounding[1], up)
        return between(missing, low, high, unit_of(pool))

    def distribution_fails(self, code, here, outside):
        if outside and not self.asked_inside(here, outside):
            raise Unspecified("those outside a distribution that fails")
        return Failed(code)

    def asked_inside(self, here, outside):
        return here.entity is None or here.entity.key not in outside

    # -- dates (section 6) --

    def x_plusdays(self, here, day, days):
        day, days = self.eval(day, here), self.eval(days, here)
        state = meet(day, days)
        if state is not None:
            return Unknown(state.missing) if isinstance(state, Unknown) else state
        return Known(day.value + timedelta(days=int(days.value.amount)))

    def x_carried(self, here, clause, name, last):
        """`videreført`: "the value at the end of the line that ended last" (decision 0006), here with a year."""
        moment = ("year", last) if here.moment[0] == "year" else ("day", date(last, 12, 31))
        return self.value_of(name, here.at(clause=clause, moment=moment))

    def x_plusmonths(self, here, day, months, missing):
        day = self.eval(day, here)
        return Known(add_months(day.value, months, missing)) if isinstance(day, Known) else day

    def x_days(self, here, a, b):
        return self.dates_apart(here, a, b, "dag", lambda a, b: (b - a).days)

    def x_wholeyears(self, here, a, b):
        return self.dates_apart(here, a, b, "år", lambda a, b: whole_months(a, b, 12))

    def x_wholemonths(self, here, a, b):
        return self.dates_apart(here, a, b, "måned", whole_months)

    def dates_apart(self, here, a, b, unit, how):
        a, b = self.eval(a, here), self.eval(b, here)
        state = meet(a, b)
        unit = ((unit, 1),)
        if state is None:
            return Known(Number(Fraction(how(a.value, b.value)), unit))
        return Unknown(state.missing, unit=unit) if isinstance(state, Unknown) else state


NOT_RESTATED = Known("not restated")
ONE_DAY = timedelta(days=1)


def dated(lines, day):
    """The lines with a given date put into their bounds."""
    return [line if line.when is None or line.when.form != "given" else
            replace(line, when=When("span", day, None) if line.when.words[0] == "from" else When("span", date.min, day - ONE_DAY))
            for line in lines]


def restates(exception, name):
    if name in exception.lifts or any(line.name == name for line in exception.lines):
        return True
    return any(restates(nested, name) for nested in exception.nested)


def shares(pool, weights, rounding):
    """The shares of a pool by weights (section 9); a negative pool is shared as its mirror image. rounding: None, ("largest", step), ("rest", step, name), ("each", step, direction)."""
    if pool < 0:
        return {name: -share for name, share in shares(-pool, weights, rounding).items()}
    total = sum(weights.values())
    exact = {name: pool * weight / total for name, weight in weights.items()}
    if rounding is None:
        return exact
    step = rounding[1]
    if rounding[0] == "each":
        return {name: round_to(share, step, rounding[2]) for name, share in exact.items()}
    if rounding[0] == "rest":
        rounded = {name: round_to(share, step, "nearest") for name, share in exact.items() if name != rounding[2]}
        rounded[rounding[2]] = pool - sum(rounded.values())
        return rounded
    rounded = {name: round_to(share, step, "down") for name, share in exact.items()}
    left = (pool - sum(rounded.values())) / step
    # The missing steps, one each to the largest remainders; ties: larger key, then name by code point.
    order = sorted(weights, key=lambda name: (rounded[name] - exact[name], -weights[name], name))
    for name in order[:int(left)]:
        rounded[name] += step
    return rounded


TRUTHS = ("cmp", "within", "oneof", "not", "and", "or", "allmet", "every", "some", "truth")


def match(cell, key):
    """Does a key cell match a known key?"""
    form = cell[0]
    if form in ("any", "otherwise"):
        return True
    value = key.value.amount if isinstance(key.value, Number) else key.value
    if form == "list":
        return value in cell[1]
    return {
        "is": lambda v: value == v, "not": lambda v: value != v, "from": lambda v: value >= v,
        "range": lambda a, b: a <= value <= b, "under_range": lambda a, b: a <= value < b,
        "under": lambda v: value < v, "over": lambda v: value > v,
        "at_most": lambda v: value <= v, "over_at_most": lambda a, b: a < value <= b,
    }[form](*cell[1:])


def written(cell):
    """The numbers that stand in a key cell."""
    return [part for item in cell[1:] for part in (item if isinstance(item, tuple) else (item,))]


def between_points(points, low, high, whole):
    """The points themselves, and a number from each stretch between, before and after them; of whole numbers, a whole one."""
    if not points:
        return [Fraction(0)]
    ends = [None if low is not None else points[0] - 2, *points, None if high is not None else points[-1] + 2]
    found = []
    for a, b in zip(ends, ends[1:]):
        if a is not None and b is not None and a < b:
            middle = (a + b) / 2 if not whole else Fraction(a.numerator // a.denominator + 1)
            if middle < b:
                found.append(middle)
    return sorted(found + [p for p in points if not whole or p.denominator == 1])


def stands_in_time(exceptions, inner):
    """Does an exception stand within one that says when it applies?"""
    return any(outer.when is not None and any(e is inner for e in outer.nested) or stands_in_time(outer.nested, inner) for outer in exceptions)


# ---- does a line state a figure? (section 6) -------------------------------------------------------------------------

def states_figure(line):
    """A literal with a unit other than 0 and 100 pct., outside a rounding, `vist i` and date arithmetic; tables always."""
    if line.form == "table":
        return True
    if line.form == "scale":
        return any(figure(rate) or bound is not None and figure(("num", bound, line.key_units[0])) for bound, rate, _ in line.rows)
    return any(figure(part) for part in (line.expr, line.otherwise) if part is not None)


def figure(expr):
    if not isinstance(expr, tuple) or not expr:
        return False
    if expr[0] == "num":
        amount, unit = expr[1], expr[2]
        return unit != PLAIN and amount != 0 and not (unit == PERCENT and amount == 100)
    if expr[0] == "round":
        return figure(expr[1])
    if expr[0] in ("plusdays", "plusmonths"):
        return figure(expr[1])
    if expr[0] == "share":
        return any(figure(part) for part in expr[1:5])
    return any(figure(part) for part in expr[1:])
