"""Files of records made to hang or break whoever reads them, and how long two verifiers take to refuse them.

    python3 tests/record/hostile.py [PROGRAM]

Each must be refused, with the place where the record is wrong, in about as many seconds as its bytes need; PROGRAM is the
`klausul` that was built. Ends with 1 where one is not refused, where a verifier stumbles, or where it takes too long.
"""
import fractions
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "tools")]
import make
import verify      # which lets Python write numbers of more than 4,300 digits
from make import Record, YES, NO, num, unknown

# Seconds that one file may take; none is larger than a few megabytes.
LIMIT = 2.0
NINES = "9" * 29_900


def line(record):
    return make.canonical(record.line()) + b"\n"


def primes(count):
    found, at = [], 2
    while len(found) < count:
        if all(at % prime for prime in found if prime * prime <= at):
            found.append(at)
        at += 1
    return found


# ---- Numbers ---------------------------------------------------------------------------------------------------------

def squares():
    """Every step squares the one before: a number of twice as many digits each time."""
    r, x = Record(), 10 ** 9 + 7
    at = r.num(str(x))
    for _ in range(60):
        x = x * x if x.bit_length() < 90_000 else x
        at = r.step("multiply", num(str(x)), at, at)
    return line(r)


def raised():
    r = Record()
    at = r.num("2")
    for _ in range(20):
        at = r.step("raise", num(NINES), at, at)
    return line(r)


def product_of_many():
    """A factor of 200 digits, 20,000 times over."""
    r = Record()
    x, step = r.nums("1", "9" * 200)
    r.step("convert", num("1"), x, *[step] * 20_000, kind="steps", **{"from": 2020, "to": 2026})
    return line(r)


def bounds_of_many():
    r = Record()
    x = r.num("1")
    step = r.leaf(unknown("x", low="9" * 200, high="9" * 201), "missing")
    r.step("convert", unknown("x", low="1"), x, *[step] * 20_000, kind="steps", **{"from": 2020, "to": 2026})
    return line(r)


def fractions_without_end(op="sum_over", **keys):
    """The sum of 1/p over primes, whose denominators multiply."""
    r = Record()
    r.step(op, num("1"), *r.nums(*(f"1/{prime}" for prime in primes(4_000))), **keys)
    return line(r)


def rest_of_fractions():
    return fractions_without_end("rest")


def a_long_one_and_many_short():
    r = Record()
    long, short = r.nums("1/" + "3" * 29_000, "1")
    r.step("sum_over", num("1"), long, *[short] * 100_000)
    return line(r)


def long_ones_compared():
    r = Record()
    a, b = r.nums("1/" + "3" * 29_000, "1/" + "7" * 29_000)
    for _ in range(5_000):
        r.step("compare", YES, a, b, sign=">")
    return line(r)


def weights_without_end():
    r = Record()
    lines = [dict(who=str(prime), chosen=True, value=r.num(f"1/{prime}"), weight=r.num(f"{prime}/{prime + 1}"))
             for prime in primes(2_000)[1:]]
    r.step("over", num("1"), fold="average", weighted=True, lines=lines)
    return line(r)


def keys_without_end():
    r = Record()
    pool = r.num("1")
    lines = [dict(who=str(prime), chosen=True, key=r.num(f"1/{prime}"), exact="1", share="1") for prime in primes(2_000)]
    r.step("distribute", num("1"), pool, lines=lines, rule="largest_remainder", step="1")
    return line(r)


def slices_without_end():
    r, below = Record(), fractions.Fraction(0)
    base, slices = r.num(NINES), []
    for n, prime in enumerate(primes(2_000)):
        slices.append(dict(up_to=r.num(str(n + 1)), amount="1", rate=r.num(f"1/{prime}"), charge=f"1/{prime}"))
    slices.append(dict(amount=str(int(NINES) - 2_000), rate=r.num("1"), charge=str(int(NINES) - 2_000)))
    r.step("scale", num("1"), base, slices=slices)
    return line(r)


def digits_in_words():
    r = Record()
    r.result(r.step("negate", num("-1"), r.num("1"), unit="kr."), "≈ " + "9" * 2_000_000 + " kr.")
    return line(r)


def number(text):
    def made():
        r = Record()
        r.step("negate", num("1"), r.num(text))
        return line(r)
    return made


def raw_number(text):
    """A number of JSON, where a count stands."""
    def made():
        r = Record()
        r.step("per_year", num("1"), r.num("1"), years=123_456)
        return line(r).replace(b'"years":123456', b'"years":' + text)
    return made


# ---- Dates -----------------------------------------------------------------------------------------------------------

def far_away(op, count, **keys):
    def made():
        r = Record()
        r.step(op, make.date("2026-01-31"), r.leaf(make.date("2026-01-31")), r.num(count), **keys)
        return line(r)
    return made


def no_day(day):
    def made():
        r = Record()
        r.step("days_between", num("1"), r.leaf(make.date(day)), r.leaf(make.date("2026-01-01")))
        return line(r)
    return made


# ---- Many ------------------------------------------------------------------------------------------------------------

def many_rows():
    r = Record()
    key = r.num("7")
    rows = [dict(tests=[{"from": num(str(n)), "from_in": True}]) for n in range(8, 10_000)]
    r.step("look_up", num("1"), keys=[key], rows=rows, policy="one", hit=[0])
    return line(r)


def many_among():
    r = Record()
    key, found = r.num("7"), r.num("1")
    test = {"among": [num(str(n)) for n in range(10, 20_000)]}
    r.step("look_up", num("1"), keys=[key], rows=[dict(tests=[test], result=found)], policy="one", hit=[0])
    return line(r)


def many_operands():
    r = Record()
    r.step("sum_over", num("1"), *[r.num("1")] * 100_000)
    return line(r)


def many_names():
    r = Record()
    lacks = unknown(*(f"x{n}" for n in range(20_000)))
    first = r.leaf(lacks, "missing")
    for _ in range(5_000):
        r.step("and", unknown("x0"), first)
    return line(r)


def many_ended():
    r = Record()
    of = [r.leaf(YES) for _ in range(8_000)]
    r.step("all_met", NO, *of, ended=of[::-1])
    return line(r)


def many_shares():
    r = Record()
    pool = r.num("8000")
    lines = [dict(who=f"n{n}", chosen=True, exact="1", share="1") for n in range(8_000)]
    of = r.step("distribute", num("8000"), pool, lines=lines, rule="exact")
    for n in range(8_000):
        r.step("share", num("2" if n == 7_999 else "1"), of, who=f"n{n}")
    return line(r)


def many_of_one_name():
    r = Record()
    pool = r.num("1")
    r.step("distribute", num("1"), pool, lines=[dict(who="n", chosen=True, exact="1", share="1")] * 10_000, rule="exact")
    return line(r)


def many_results():
    r = Record()
    for _ in range(6_000):
        r.num("1")
    r.results = [dict(name=f"n{n}", step=0, value=num("1"), text="1") for n in range(6_000)]
    return line(r)


def many_faults():
    r = Record()
    for _ in range(5_000):
        r.step("negate", num("1"), r.num("1"))
    return line(r)


def many_lines():
    return b"{}\n" * 10_000


# ---- Bytes -----------------------------------------------------------------------------------------------------------

def good():
    r = Record()
    r.result(r.step("add", num("3"), *r.nums("1", "2"), name="Sum"), "3")
    return line(r)


def altered(change):
    return lambda: change(good())


def nested(depth, opening, closing):
    def made():
        return good().replace(b'"op":"figure"', b'"op":"figure","note":' + opening * depth + b"1" + closing * depth, 1)
    return made


CASES = {
    "squares of squares": squares, "raised by itself": raised, "a product of 20,000": product_of_many,
    "bounds of a product of 20,000": bounds_of_many, "sum of 1/p": fractions_without_end, "rest of 1/p": rest_of_fractions,
    "one long and many short": a_long_one_and_many_short, "long ones compared": long_ones_compared,
    "weights of p/(p+1)": weights_without_end, "keys of 1/p": keys_without_end, "slices of 1/p": slices_without_end,
    "digits in words": digits_in_words, "10^3999, but not its negative": number("1" + "0" * 3999),
    "40,000 digits": number("9" * 40_000), "two million digits": number("9" * 2_000_000),
    "two million decimals": number("0." + "3" * 2_000_000), "a fraction to be shortened": number("1" + "0" * 14_000 + "/" + "2" * 14_000),
    "1e3999": number("1e3999"), "JSON 1e3999": raw_number(b"1e3999"), "JSON 1e999999999": raw_number(b"1e999999999"),
    "JSON integer of two million digits": raw_number(b"9" * 2_000_000), "JSON -0": raw_number(b"-0"),
    "JSON 2^64": raw_number(b"18446744073709551616"), "JSON NaN": raw_number(b"NaN"),
    "days far away": far_away("add", "9" * 29_000), "days far back": far_away("subtract", "4000000"),
    "months far away": far_away("move_months", "9" * 29_000, forward=True, missing_day="last"),
    "months far back": far_away("move_months", "400000", forward=False, missing_day="last"),
    "year 10000": no_day("10000-01-01"), "year 0": no_day("0000-01-01"), "30 February": no_day("2026-02-30"),
    "digits of another script": no_day("２０２６-01-01"),
    "rows": many_rows, "among": many_among, "operands": many_operands, "names of what is missing": many_names,
    "ended": many_ended, "shares": many_shares, "one name many times": many_of_one_name, "results": many_results,
    "faults": many_faults, "lines": many_lines,
    "nested lists": nested(100_000, b"[", b"]"), "nested objects": nested(100_000, b'{"a":', b"}"),
    "nested within what is read": nested(100, b"[", b"]"), "only brackets": lambda: b"[" * 1_000_000 + b"\n",
    "a key twice": altered(lambda raw: raw.replace(b'"op":"add"', b'"op":"add","op":"add"')),
    "a record twice": altered(lambda raw: raw.replace(b'"record":', b'"record":{},"record":', 1)),
    "a lone surrogate": altered(lambda raw: raw.replace(b'"Sum"', b'"\\ud800"')),
    "a surrogate in bytes": altered(lambda raw: raw.replace(b'"Sum"', b'"\xed\xa0\x80"')),
    "NUL": altered(lambda raw: raw.replace(b'"Sum"', b'"S\x00m"')), "NUL at the end": altered(lambda raw: raw[:-1] + b"\x00\n"),
    "overlong UTF-8": altered(lambda raw: raw.replace(b'"Sum"', b'"\xc0\xaf"')),
    "BOM": altered(lambda raw: b"\xef\xbb\xbf" + raw), "UTF-16": altered(lambda raw: raw.decode().encode("utf-16")),
    "CRLF": altered(lambda raw: raw[:-1] + b"\r\n"), "truncated": altered(lambda raw: raw[:len(raw) // 2]),
    "without its end": altered(lambda raw: raw[:-1]), "an empty line after": altered(lambda raw: raw + b"\n"),
    "nothing": lambda: b"", "an empty line": lambda: b"\n",
    "a long key": altered(lambda raw: raw.replace(b'"op":"add"', b'"op":"add","' + b"x" * 1_000_000 + b'":1')),
    "an operation of a million letters": altered(lambda raw: raw.replace(b'"op":"add"', b'"op":"' + b"x" * 1_000_000 + b'"')),
}


def said_by(words, file):
    """How a verifier ended, what it said, and after how many seconds of its own work."""
    began = os.times()
    done = subprocess.run(words + [file], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    ended = os.times()
    seconds = ended.children_user + ended.children_system - began.children_user - began.children_system
    return done.returncode, done.stdout.decode("utf-8", "replace"), seconds


def wrong_with(code, said, seconds, limit):
    """What is wrong with how a verifier took a file; None where it was refused in time, in a report that can be read."""
    if code != 6:
        return f"ended with {code}: {said[-300:]}"
    if "Traceback" in said or "panicked" in said or max(map(len, said.splitlines())) > 1_000:
        return f"stumbled or said too much ({len(said)} characters): {said[-300:]}"
    return f"took {seconds:.1f} s" if seconds > limit else None


def main():
    programs = {"verify.py": [sys.executable, verify.__file__, "--lang", "en"]}
    if len(sys.argv) > 1:
        programs["klausul"] = [sys.argv[1], "--lang", "en", "verify"]
    faults, slowest = 0, {name: (0.0, "") for name in programs}
    for case, made in CASES.items():
        raw = made()
        with tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as file:
            file.write(raw)
        for name, words in programs.items():
            code, said, seconds = said_by(words, file.name)
            slowest[name] = max(slowest[name], (seconds, case))
            wrong = wrong_with(code, said, seconds, LIMIT)
            if wrong:
                faults += 1
                print(f"{name}, {case} ({len(raw)} bytes): {wrong}", flush=True)
        os.unlink(file.name)
    for name, (seconds, case) in slowest.items():
        print(f"{name}: {len(CASES)} files, the slowest in {seconds:.2f} s ({case})")
    print(f"{faults} not as they should be")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
