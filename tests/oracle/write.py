"""Prints trees of `klausul_oracle.py` as rule text, in Danish or English (language.md sections 5 and 16)."""
from fractions import Fraction

from states import PERCENT, PLAIN

MONTHS = {
    "da": "januar februar marts april maj juni juli august september oktober november december".split(),
    "en": "January February March April May June July August September October November December".split(),
}

WORDS = {  # key: (Danish, English)
    "agreement": ("aftale", "agreement"), "period": ("periode", "period"), "from": ("fra", "from"), "through": ("til og med", "through"),
    "until": ("indtil", "until"), "in": ("i", "in"), "on": ("den", "on"), "unit": ("måleenhed", "unit"), "each": ("hver", "each"),
    "has": ("har", "has"), "clause": ("klausul", "clause"), "for each": ("for hver", "for each"), "in force": ("gælder", "in force"),
    "given": ("givet", "given"), "condition": ("betingelse", "condition"), "grant": ("tilskud", "grant"),
    "conditional on": ("betinget af", "conditional on"), "otherwise": ("ellers", "otherwise"), "table": ("tabel", "table"), "by": ("efter", "by"),
    "exception": ("undtagelse", "exception"), "when": ("når", "when"), "does not apply": ("gælder ikke", "does not apply"),
    "precedes": ("går forud for", "takes precedence over"), "whole": ("hele", "whole"), "number": ("tal", "number"), "yes": ("ja", "yes"),
    "no": ("nej", "no"), "date": ("dato", "date"), "one of": ("en af", "one of"), "between": ("mellem", "between"), "and": ("og", "and"),
    "or": ("eller", "or"), "not": ("ikke", "not"), "at least": ("mindst", "at least"), "at most": ("højst", "at most"), "over": ("over", "over"),
    "under": ("under", "under"), "is": ("er", "is"), "if not stated": ("hvis ikke oplyst", "if not stated"), "always": ("altid", "always"),
    "year": ("år", "year"), "day": ("dag", "day"), "before": ("(året før)", "(the year before)"), "of": ("af", "of"),
    "raised by": ("forhøjet med", "raised by"), "reduced by": ("nedsat med", "reduced by"), "as pct of": ("i pct. af", "as per cent of"),
    "if": ("hvis", "if"), "then": ("så", "then"), "else": ("ellers", "else"), "zero": ("hvis nævneren er 0", "if the denominator is 0"),
    "but at most": ("dog højst", "but at most"), "but at least": ("dog mindst", "but at least"), "rounded to": ("afrundet til", "rounded to"),
    "up": ("op", "up"), "down": ("ned", "down"), "towards zero": ("mod nul", "towards zero"), "to even": ("til lige", "to even"),
    "smallest of": ("mindste af", "smallest of"), "largest of": ("største af", "largest of"), "sum of": ("sum af", "sum of"),
    "number of": ("antal", "number of"), "average of": ("gennemsnit af", "average of"), "for all": ("for alle", "for all"), "all": ("alle", "all"),
    "where": ("hvor", "where"), "if none": ("hvis ingen", "if none"), "shared by": ("fordelt efter", "shared by"),
    "shared equally": ("fordelt ligeligt", "shared equally"), "among all": ("blandt alle", "among all"), "remainder to": ("rest til", "remainder to"),
    "each rounded": ("afrundet hver for sig til", "rounded each to"), "met": ("antal opfyldte betingelser", "number of conditions met"),
    "met of": ("antal opfyldte af", "number met of"), "all met": ("alle betingelser opfyldt", "all conditions met"), "for": ("for", "for"),
    "for at least": ("for mindst", "for at least"), "first": ("første række gælder", "first row applies"),
    "agree": ("rækkerne skal være enige", "rows must agree"), "add": ("rækkerne lægges sammen", "rows add up"),
    "largest": ("den største gælder", "the largest applies"), "smallest": ("den mindste gælder", "the smallest applies"),
    "in total in": ("samlet i", "in total in"), "unknown": ("ukendt", "unknown"), "pct": ("pct.", "per cent"), "per": ("pr.", "per"),
    "full": ("fuldt", "full"), "lapsed": ("bortfaldet", "lapsed"), "mio": ("mio.", "million"), "or none": ("eller ingen", "or none"),
    "days": ("dage", "days"), "month": ("måned", "month"), "months": ("måneder", "months"), "missing": ("hvis dagen mangler", "if the day is missing"),
    "last day": ("månedens sidste dag", "last day of the month"), "the 1st": ("den 1. i næste måned", "the 1st of next month"),
    "days from": ("dage fra", "days from"), "years from": ("hele år fra", "whole years from"), "months from": ("hele måneder fra", "whole months from"),
    "to": ("til", "to"), "rank of": ("rang af", "rank of"), "largest first": ("størst først", "largest first"),
    "smallest first": ("mindst først", "smallest first"), "weighted by": ("vægtet med", "weighted by"), "scale": ("trappe", "scale"),
    "above that": ("derover", "above that"), "carried on": ("videreført", "carried on"), "quarter": ("{}. kvartal {}", "Q{} {}"), "each amount": ("hvert beløb", "each amount"),
}

TIME_WORDS = {"dag": ("dag", "dage", "day", "days"), "måned": ("måned", "måneder", "month", "months"), "år": ("år", "år", "year", "years")}

# Binding, loosest first (section 5).
MODIFIER, IF, OR, AND, NOT, COMPARISON, SUM, WORD, PRODUCT, OF, TIME, ATOM = range(12)


class Writer:
    def __init__(self, program):
        self.program, self.lang = program, program.lang
        self.clause = None

    def w(self, key):
        return WORDS[key][0 if self.lang == "da" else 1]

    # -- values --

    def digits(self, amount):
        """A decimal in the notation of the language; fractions that are no decimal are refused by the assertion."""
        point, group = (",", ".") if self.lang == "da" else (".", ",")
        sign, amount = ("−", -amount) if amount < 0 else ("", amount)
        places = 0
        while (amount * 10 ** places).denominator != 1:
            places += 1
            assert places < 30, amount
        whole, rest = divmod(int(amount * 10 ** places), 10 ** places)
        text = f"{whole:,}".replace(",", group) if whole >= 1000 else str(whole)
        return sign + text + (point + str(rest).rjust(places, "0") if places else "")

    def unit(self, unit, many=True):
        if unit == PERCENT:
            return self.w("pct")
        above = [name for name, power in unit if power > 0]
        below = [name for name, power in unit if power < 0]
        text = ""
        for name in above:
            text += self.time_word(name, many) if name in TIME_WORDS else self.program.units.get(name, name) if many else name
        for name in below:
            text += f" {self.w('per')} {name}"
        return text.strip()

    def time_word(self, name, many):
        return TIME_WORDS[name][(0 if self.lang == "da" else 2) + many]

    def amount(self, amount, unit, style=None):
        if style == "mio":
            return f"{self.digits(amount / 1000000)} {self.w('mio')} {self.unit(unit)}"
        text = self.digits(amount)
        return text if unit == PLAIN else f"{text} {self.unit(unit, abs(amount) != 1)}"

    def day(self, day, iso=False):
        if iso:
            return day.isoformat()
        month = MONTHS[self.lang][day.month - 1]
        return f"{day.day}. {month} {day.year}" if self.lang == "da" else f"{day.day} {month} {day.year}"

    def truth(self, value):
        return self.w("yes") if value else self.w("no")

    def literal(self, value, type_):
        if type_.kind == "number":
            return self.amount(Fraction(value), type_.unit)
        if type_.kind == "truth":
            return self.truth(value)
        return self.day(value) if type_.kind == "date" else f'"{value}"'

    # -- expressions --

    def expr(self, expr, least=MODIFIER):
        binding, text = getattr(self, "x_" + expr[0])(*expr[1:])
        return f"({text})" if binding < least else text

    def x_num(self, amount, unit, style=None):
        if style == "year":
            return ATOM, str(amount)
        if style == "/":
            return ATOM, f"{amount.numerator}/{amount.denominator}"
        return (ATOM if amount >= 0 else SUM), self.amount(amount, unit, style)

    def x_truth(self, value):
        return ATOM, self.truth(value)

    def x_text(self, value):
        return ATOM, f'"{value}"'

    def x_date(self, value):
        return ATOM, self.day(value)

    def x_year(self):
        return ATOM, self.w("year")

    def x_day(self):
        return ATOM, self.w("day")

    def path(self, clause, name):
        return name if clause == self.clause else f"{clause}.{name}"

    def x_ref(self, clause, name):
        return ATOM, self.path(clause, name)

    def x_full(self, clause, name):
        return ATOM, f"{self.path(clause, name)}.{self.w('full')}"

    def x_lapsed(self, clause, name):
        return ATOM, f"{self.path(clause, name)}.{self.w('lapsed')}"

    def x_fact(self, kind, name):
        return ATOM, name

    def x_for(self, kind, expr, key):
        return WORD, f'{self.expr(expr, ATOM)} {self.w("for")} "{key}"'

    def x_at(self, expr, when):
        inner = self.expr(expr, ATOM)
        if when[0] == "previous":
            return TIME, f"{inner} {self.w('before')}"
        if when[0] == "year":
            return TIME, f"{inner} {self.w('in')} {when[1]}"
        if when[0] == "relative":
            sign = "−" if when[1] < 0 else "+"
            return TIME, f"{inner} {self.w('in')} ({self.w('year')} {sign} {abs(when[1])})"
        return TIME, f"{inner} {self.w('on')} {self.day(when[1])}"

    def x_add(self, a, b):
        return SUM, f"{self.expr(a, SUM if a[0] != 'raise' and a[0] != 'lower' else PRODUCT)} + {self.expr(b, PRODUCT)}"

    def x_sub(self, a, b):
        return SUM, f"{self.expr(a, SUM if a[0] != 'raise' and a[0] != 'lower' else PRODUCT)} − {self.expr(b, PRODUCT)}"

    def x_neg(self, a):
        return SUM, f"−{self.expr(a, ATOM)}"

    def x_mul(self, a, b):
        return PRODUCT, f"{self.expr(a, PRODUCT)} × {self.expr(b, OF)}"

    def x_div(self, a, b):
        # `1/3` of two bare numbers is one literal, so a quotient or number before a division stands in parentheses.
        left = ATOM if a[0] in ("num", "div") else PRODUCT
        text = self.expr(a, left) if a[0] != "div" else f"({self.expr(a)})"
        return PRODUCT, f"{text} / {self.expr(b, OF)}"

    def x_divor(self, a, b, instead):
        return MODIFIER, f"{self.expr(a, OF)} / {self.expr(b, OF)}, {self.w('zero')}: {self.expr(instead, SUM)}"

    def x_of(self, part, whole):
        return OF, f"{self.expr(part, TIME)} {self.w('of')} {self.expr(whole, OF)}"

    def x_raise(self, x, percent):
        return WORD, f"{self.expr(x, PRODUCT)} {self.w('raised by')} {self.expr(percent, PRODUCT)}"

    def x_lower(self, x, percent):
        return WORD, f"{self.expr(x, PRODUCT)} {self.w('reduced by')} {self.expr(percent, PRODUCT)}"

    def x_pctof(self, a, b):
        return WORD, f"{self.expr(a, PRODUCT)} {self.w('as pct of')} {self.expr(b, PRODUCT)}"

    def rounding(self, step, unit, direction):
        words = {"nearest": "", "up": " " + self.w("up"), "down": " " + self.w("down"), "zero": " " + self.w("towards zero"),
                 "even": " " + self.w("to even")}
        return self.amount(step, unit) + words[direction]

    def x_round(self, x, step, direction):
        return MODIFIER, f"{self.expr(x)}, {self.w('rounded to')} {self.rounding(step[0], step[1], direction)}"

    def x_atmost(self, x, limit):
        return MODIFIER, f"{self.expr(x)}, {self.w('but at most')} {self.expr(limit, SUM)}"

    def x_atleast(self, x, limit):
        return MODIFIER, f"{self.expr(x)}, {self.w('but at least')} {self.expr(limit, SUM)}"

    def x_min(self, *parts):
        return ATOM, f"{self.w('smallest of')} ({'; '.join(self.expr(p, IF) for p in parts)})"

    def x_max(self, *parts):
        return ATOM, f"{self.w('largest of')} ({'; '.join(self.expr(p, IF) for p in parts)})"

    def x_cmp(self, sign, a, b):
        words = {"=": "is", "≥": "at least", "≤": "at most", ">": "over", "<": "under"}
        # Every other comparison is written in words, by a rule that gives the same text every time.
        spelt = len(str(a) + str(b)) % 2 == 0
        if spelt and sign in words:
            sign = self.w(words[sign])
        elif spelt and sign == "≠":
            sign = f"{self.w('is')} {self.w('not')}"
        return COMPARISON, f"{self.expr(a, SUM)} {sign} {self.expr(b, SUM)}"

    def x_within(self, x, low, high):
        return COMPARISON, f"{self.expr(x, SUM)} {self.w('between')} {self.expr(low, SUM)} {self.w('and')} {self.expr(high, SUM)}"

    def x_oneof(self, x, choices):
        listed = "; ".join(f'"{c}"' for c in choices)
        return COMPARISON, f"{self.expr(x, ATOM)} {self.w('is')} {self.w('one of')} {listed}"

    def x_not(self, a):
        return NOT, f"{self.w('not')} {self.expr(a, COMPARISON)}"

    def x_and(self, *parts):
        return AND, f" {self.w('and')} ".join(self.expr(p, NOT) for p in parts)

    def x_or(self, *parts):
        return OR, f" {self.w('or')} ".join(self.expr(p, AND) for p in parts)

    def x_if(self, condition, then, otherwise):
        return IF, (f"{self.w('if')} {self.expr(condition, OR)} {self.w('then')} {self.expr(then, OR)} "
                    f"{self.w('else')} {self.expr(otherwise, IF)}")

    def x_met(self, listed):
        return WORD, self.w("met") if listed is None else f"{self.w('met of')} ({'; '.join(listed)})"

    def x_allmet(self):
        return COMPARISON, self.w("all met")

    def plural(self, kind):
        return next(k.plural for k in self.program.kinds if k.name == kind)

    def selection(self, kind, where):
        return self.plural(kind) + (f" {self.w('where')} {self.expr(where, OR)}" if where is not None else "")

    def x_number(self, kind, where):
        return IF, f"{self.w('number of')} {self.selection(kind, where)}"

    def x_rank(self, expr, kind, where, order):
        text = f"{self.w('rank of')} {self.expr(expr, PRODUCT)} {self.w('among all')} {self.selection(kind, where)}"
        return MODIFIER, f"{text}, {self.w(order + ' first')}"

    def x_carried(self, *_):
        return ATOM, self.w("carried on")

    def x_agg(self, how, expr, kind, where, if_none, weight=None):
        words = {"sum": "sum of", "average": "average of", "largest": "largest of", "smallest": "smallest of"}
        text = f"{self.w(words[how])} {self.expr(expr, PRODUCT)} {self.w('for all')} {self.selection(kind, where)}"
        if weight is not None:
            text += f" {self.w('weighted by')} {self.expr(weight, ATOM)}"
        if if_none is None:
            return IF, text
        return MODIFIER, f"{text}, {self.w('if none')}: {self.expr(if_none, SUM)}"

    def x_every(self, expr, kind):
        return COMPARISON, f"{self.expr(expr, ATOM)} {self.w('for all')} {self.plural(kind)}"

    def x_some(self, expr, kind, least):
        return COMPARISON, f"{self.expr(expr, ATOM)} {self.w('for at least')} {least} {kind if least == 1 else self.plural(kind)}"

    def x_sumyears(self, clause, name, first, last):
        return IF, f"{self.w('sum of')} {self.path(clause, name)} {self.w('in')} {first}-{last}"

    def x_share(self, pool, key, kind, where, rounding):
        how = f"{self.w('shared by')} {self.expr(key, PRODUCT)}" if key is not None else self.w("shared equally")
        text = f"{self.expr(pool, PRODUCT)} {how} {self.w('among all')} {self.selection(kind, where)}"
        if rounding is None:
            return WORD if where is None else IF, text
        step = rounding[1]
        unit = rounding[-1]
        if rounding[0] == "each":
            return MODIFIER, f"{text}, {self.w('each rounded')} {self.rounding(step, unit, rounding[2])}"
        text += f", {self.w('rounded to')} {self.amount(step, unit)}"
        return MODIFIER, text + (f', {self.w("remainder to")} "{rounding[2]}"' if rounding[0] == "rest" else "")

    def x_plusdays(self, day, days):
        return SUM, f"{self.expr(day, ATOM)} + {self.expr(days, PRODUCT)}"

    def x_plusmonths(self, day, months, missing):
        unit = self.w("month") if abs(months) == 1 else self.w("months")
        text = f"{self.expr(day, ATOM)} {'+' if months >= 0 else '−'} {abs(months)} {unit}"
        return MODIFIER, f"{text}, {self.w('missing')}: {self.w('last day') if missing == 'last' else self.w('the 1st')}"

    def apart(self, words, a, b):
        return WORD, f"{self.w(words)} {self.expr(a, ATOM)} {self.w('to')} {self.expr(b, ATOM)}"

    def x_days(self, a, b):
        return self.apart("days from", a, b)

    def x_wholeyears(self, a, b):
        return self.apart("years from", a, b)

    def x_wholemonths(self, a, b):
        return self.apart("months from", a, b)

    # -- programs --

    def type(self, type_):
        if type_.kind == "truth":
            return f"{self.w('yes')}/{self.w('no')}"
        if type_.kind == "date":
            return self.w("date")
        if type_.kind == "choice":
            return f"{self.w('one of')} " + "; ".join(f'"{c}"' for c in type_.choices)
        text = self.w("number") if type_.unit == PLAIN else self.unit(type_.unit)
        if type_.whole:
            text = f"{self.w('whole')} {text}"
        unit, low, high = type_.unit, type_.low, type_.high
        if low is not None and high is not None:
            return f"{text}, {self.w('between')} {self.amount(low, unit)} {self.w('and')} {self.amount(high, unit)}"
        if low is not None:
            return f"{text}, {self.w('at least')} {self.amount(low, unit)}"
        return text if high is None else f"{text}, {self.w('at most')} {self.amount(high, unit)}"

    def fact(self, fact):
        text = f"{fact.name} : {self.type(fact.type)}"
        if fact.default is not None:
            text += f", {self.w('if not stated')}: {self.literal(fact.default, fact.type)}"
        return text + (f", {self.w('always')}" if fact.always else "")

    def when(self, when):
        if when is None:
            return ""
        if when.form == "otherwise":
            return " " + self.w("otherwise")
        form, *days = when.words
        if when.form == "given":
            return f" {self.w(form)} {self.expr(days[0], ATOM)}"
        if form == "year":
            text = f"{self.w('in')} {days[0]}"
        elif form == "years":
            text = f"{self.w('in')} {days[0]}-{days[1]}"
        elif form == "total":
            text = f"{self.w('in total in')} " + (f"{days[0]}-{days[1]}" if days[0] != days[1] else str(days[0]))
        elif form == "quarter":
            text = f"{self.w('in')} {self.w('quarter').format(*days)}"
        elif form == "month":
            text = f"{self.w('in')} {days[1]}-{days[0]:02d}"
        elif form == "from-year":
            text = f"{self.w('from')} {days[0]}"
        elif form == "through-year":
            text = f"{self.w('through')} {days[0]}"
        else:
            text = " ".join(f"{self.w(word)} {self.day(day)}" for word, day in zip(form.split("+"), days))
        return " " + text

    def line(self, line):
        head = f"{line.name}{self.when(line.when)}"
        if line.form == "table":
            keys = "; ".join(self.expr(key, ATOM) for key in line.keys)
            yield f"{self.w('table')} {head} {self.w('by')} {keys}"
            if line.policy:
                yield "  " + self.w(line.policy)
            for cells, result, _ in line.rows:
                units = line.key_units or [None] * len(cells)
                shown = [self.cell(cell, unit) for cell, unit in zip(cells, units)]
                if all(cell == ("otherwise",) for cell in cells):
                    shown = [self.w("otherwise")]
                value = self.w("does not apply") if result == ("na",) else self.expr(result)
                yield "  " + " | ".join([*shown, value])
            return
        if line.form == "scale":
            yield f"{self.w('scale')} {head} {self.w('by')} {self.expr(line.keys[0], ATOM)}"
            for bound, rate, _ in line.rows:
                upto = self.w("above that") if bound is None else f"{self.w('to')} {self.amount(bound, line.key_units[0])}"
                yield f"  {upto} | {self.expr(rate)}"
            return
        text = f"{head} = {self.expr(line.expr)}"
        if line.form == "condition":
            text = f"{self.w('condition')} {text}"
        if line.form == "grant":
            text = f"{self.w('grant')} {text} {self.w('conditional on')} {'; '.join(line.conditions)}"
            if line.otherwise is not None:
                text += f" {self.w('otherwise')} {self.expr(line.otherwise, SUM)}"
        yield text

    def cell(self, cell, unit=None):
        form, *parts = cell
        if form == "from" and unit is not None:
            return f"{self.w('at least')} {self.item(parts[0], unit)}"
        if form == "any":
            return "-"
        if form == "otherwise":
            return self.w("otherwise")
        shown = ["; ".join(self.item(p, unit) for p in parts[0])] if form == "list" else [self.item(p, unit) for p in parts]
        return {
            "is": "{}", "list": "{}", "from": "{}+", "range": "{} – {}", "under_range": "{} – " + self.w("under") + " {}",
            "under": self.w("under") + " {}", "over": self.w("over") + " {}", "at_most": self.w("at most") + " {}",
            "over_at_most": self.w("over") + " {} " + self.w("and") + " " + self.w("at most") + " {}", "not": self.w("not") + " {}",
        }[form].format(*shown)

    def item(self, item, unit):
        """A bare number stands in the declared unit; where nothing is declared, the unit is written."""
        if isinstance(item, bool):
            return self.truth(item)
        if unit is not None and not isinstance(item, str):
            return self.amount(item, unit)
        return f'"{item}"' if isinstance(item, str) else self.digits(Fraction(item))

    def exception(self, exception):
        yield f"{self.w('exception')} {exception.name}"
        if exception.condition is not None:
            yield f"  {self.w('when')} {self.expr(exception.condition, OR)}"
        if exception.when is not None:
            yield " " + self.when(exception.when)
        for name in exception.lifts:
            yield f"  {name} {self.w('does not apply')}"
        for line in exception.lines:
            yield from ("  " + text for text in self.line(line))
        for nested in exception.nested:
            yield from ("  " + text for text in self.exception(nested))

    def span(self, first, last):
        if first.year == (last or first).year and last:
            return f"{self.w('in')} {first.year}"
        return f"{self.w('from')} {first.year}" + (f" {self.w('through')} {last.year}" if last else "")

    def whole(self):
        program, w = self.program, self.w
        yield f'{w("agreement")} A1 "A1"'
        if program.period:
            first, last = program.period
            if last is None:
                yield f"  {w('period')} {w('from')} {first.year}"
            else:
                yield f"  {w('period')} {first.year}" + (f"-{last.year}" if last.year != first.year else "")
        for name, many in program.units.items():
            if name in program.declared:
                yield f"{w('unit')} {name}, {many}"
        for kind in program.kinds:
            yield f"{w('each')} {kind.name}, {kind.plural}, {kind.definite} {w('has')}"
            for fact in kind.facts:
                yield "  " + self.fact(fact)
        for clause in program.clauses:
            self.clause = clause.name
            yield f"{w('clause')} {clause.name}" + (f" {w('for each')} {clause.kind}" if clause.kind else "")
            if clause.period:
                yield f"  {w('in force')} {self.span(*clause.period)}"
            for given in clause.givens:
                yield f"  {w('given')} {self.fact(given)}"
            for line in clause.lines:
                yield from ("  " + text for text in self.line(line))
            for exception in clause.exceptions:
                yield from ("  " + text for text in self.exception(exception))
            for strong, weak in clause.precedence:
                yield f"  {w('exception')} {strong} {w('precedes')} {weak}"
        self.clause = None


def rules(program):
    """The rule text of a program."""
    return "\n".join(Writer(program).whole()) + "\n"
