#!/usr/bin/env python3
"""Random tables, of which `check` must find every gap, every overlap and every row that never fits, and none that is not there.

    tables.py --program target/oracle/klausul --seed 1 --count 10000

Each table has one to four keys with declared domains. What is wrong with it is found here by trying every combination of one value from
each stretch between the bounds that its rows write, which is all there is. The test that a finding brings is pasted into the file and run:
it must come out as it says. A table with nothing wrong must be proved complete, and no other. Ends with 1 when anything differs, and names the tables.
"""
import argparse
import collections
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

TOWNS = ["by", "land", "ø"]


def number(half):
    """Half units as the agreement writes them."""
    return f"{half // 2},5" if half % 2 else str(half // 2)


class Whole:
    """`hele tal, 0 – n`; values are counted in halves, so that every kind of number is alike."""

    def __init__(self, dice):
        self.most = dice.choice([3, 6, 10])
        self.declared = f"hele tal, 0 – {self.most}"
        self.values = [2 * n for n in range(self.most + 1)]

    def cell(self, dice):
        a, b = sorted((dice.randint(0, self.most), dice.randint(0, self.most)))
        if dice.random() < 0.2:
            return "-", lambda value: True
        forms = [
            (f"{a}", lambda v: v == 2 * a),
            (f"{a} – {b}", lambda v: 2 * a <= v <= 2 * b),
            (f"under {b + 1}", lambda v: v < 2 * b + 2),
            (f"mindst {a}", lambda v: v >= 2 * a),
            (f"over {a} og højst {b + 1}", lambda v: 2 * a < v <= 2 * b + 2),
            (f"ikke {a}", lambda v: v != 2 * a),
            (f"{a}+", lambda v: v >= 2 * a),
        ]
        if a != b:
            forms.append((f"{a}; {b}", lambda v: v in (2 * a, 2 * b)))
        return dice.choice(forms)


class Measured(Whole):
    """`tal, mellem 0 og n`: between two bounds there is always another number."""

    def __init__(self, dice):
        self.most = dice.choice([2, 4, 5])
        self.declared = f"tal, mellem 0 og {self.most}"
        self.values = list(range(2 * self.most + 1))


class Truth:
    declared, values = "ja/nej", [True, False]

    def __init__(self, dice):
        pass

    def cell(self, dice):
        return dice.choice([("ja", lambda v: v), ("nej", lambda v: not v), ("-", lambda v: True)])


class OneOf:
    declared, values = "en af " + "; ".join(f'"{town}"' for town in TOWNS), TOWNS

    def __init__(self, dice):
        pass

    def cell(self, dice):
        a, b = dice.sample(TOWNS, 2)
        return dice.choice([
            (f'"{a}"', lambda v: v == a), (f'"{a}"; "{b}"', lambda v: v in (a, b)),
            (f'ikke "{a}"', lambda v: v != a), ("-", lambda v: True),
        ])


def table(dice, name):
    """One clause with its table: the text, the codes of what is wrong with it, and whether it is complete."""
    keys = [dice.choice([Whole, Measured, Truth, OneOf])(dice) for _ in range(dice.choice([1, 1, 2, 2, 3, 4]))]
    policy = dice.choice([None, None, None, "første række gælder", "rækkerne lægges sammen"])
    rows = []
    for _ in range(dice.randint(1, 7)):
        row = [key.cell(dice) for key in keys]
        if [text for text, _ in row] not in [[text for text, _ in other] for other in rows]:
            rows.append(row)
    otherwise = policy != "rækkerne lægges sammen" and dice.random() < 0.25
    letters = "abcd"[:len(keys)]
    lines = [f"klausul {name}", '  hjemmel A "opdigtet"']
    lines += [f"  givet {letter} : {key.declared}" for letter, key in zip(letters, keys)]
    lines.append(f"  tabel r efter {'; '.join(letters)}")
    if policy:
        lines.append(f"    {policy}")
    lines += [f"    {' | '.join(text for text, _ in row)} | {index}" for index, row in enumerate(rows)]
    if otherwise:
        lines.append("    ellers | 99")
    return "\n".join(lines) + "\n", wrong_with(keys, rows, policy, otherwise)


def wrong_with(keys, rows, policy, otherwise):
    gap = overlap = False
    hit = set()
    for values in itertools.product(*[key.values for key in keys]):
        fits = [i for i, row in enumerate(rows) if all(test(value) for (_, test), value in zip(row, values))]
        gap = gap or not fits
        overlap = overlap or len(fits) > 1
        hit.update(fits[:1] if policy == "første række gælder" else fits)
    found = collections.Counter()
    if gap and not otherwise and policy != "rækkerne lægges sammen":
        found["K0510"] = 1
    if overlap and policy is None:
        found["K0511"] = 1
    if len(hit) < len(rows):
        found["K0512"] = len(rows) - len(hit)
    # Where rows are added a value without one is no fault, but the table is not complete either.
    complete = (otherwise or not gap) and not found["K0511"]
    return found, complete


def batch(program, seed, start, count, folder):
    """Checks one file of tables; returns what differs, and how many tests were pasted and met their fault."""
    path = os.path.join(folder, "tabeller.klausul")
    head, texts, expected, right = 'aftale A "Prøve (opdigtet)"\n  periode 2025\nkilde A "Prøve (opdigtet)"\n', [], {}, set()
    for index in range(start, start + count):
        text, (found, complete) = table(random.Random(f"{seed}-{index}"), f"t{index}")
        texts.append(text)
        expected[f"t{index}"] = found
        right |= {f"t{index}"} if complete else set()
    write(path, head + "".join(texts))
    done = subprocess.run([program, "check", path, "--format", "json"], capture_output=True, text=True)
    answer = json.loads(done.stdout)
    diagnostics = answer["diagnostics"]
    starts = [(text.splitlines()[0].split()[1], text.count("\n")) for text in texts]
    names, line = [], head.count("\n")
    for name, lines in starts:
        names += [name] * lines
    got, tests = collections.defaultdict(collections.Counter), []
    for finding in diagnostics:
        if finding["code"] in ("K0510", "K0511", "K0512"):
            got[names[finding["line"] - line - 1]][finding["code"]] += 1
            tests += [help_.split("\n", 1)[1] for help_ in finding["help"] if "\n" in help_]
    differ = [f"{seed} {name}: expected {dict(expected[name])}, found {dict(got[name])}"
              for name in expected if expected[name] != got[name]]
    # All keys have declared domains, so every table is settled: it is proved complete just where it is.
    complete = {names[table["line"] - line - 1] for table in answer["complete_tables"]}
    differ += [f"{seed} {name}: {'not ' if name in right else ''}proved complete" for name in sorted(complete ^ right)]
    differ += [f"{seed} {names[open_['line'] - line - 1]}: left undecided" for open_ in answer["undecided"]]
    faults = sum(found["K0510"] + found["K0511"] for found in expected.values())
    if len(tests) != sum(found["K0510"] + found["K0511"] for found in got.values()):
        differ.append(f"{seed} {start}: {len(tests)} tests for {faults} gaps and overlaps")
    write(path, head + "".join(texts) + "\n\n".join(tests) + "\n")
    ran = subprocess.run([program, "test", path, "--lang", "en"], capture_output=True, text=True)
    # The faults that the tests show are errors of the rules, and stay.
    passed = (f"\n{len(tests)} tests: {end}" for end in ("all passed", f"{len(tests)} passed, but the rules have errors"))
    if tests and not any(line in ran.stdout for line in passed):
        differ.append(f"{seed} {start}: pasted tests fail: {ran.stdout[-1500:]}")
    return differ, len(tests), sum(bool(found) for found in expected.values())


def write(path, text):
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="target/oracle/klausul")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--count", type=int, default=10000)
    parser.add_argument("--batch", type=int, default=20)
    options = parser.parse_args()
    differ, tests, faulty = [], 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, options.count, options.batch):
            size = min(options.batch, options.count - start)
            wrong, pasted, bad = batch(options.program, options.seed, start, size, folder)
            differ, tests, faulty = differ + wrong, tests + pasted, faulty + bad
            for line in wrong:
                print("DIFFERS", line, flush=True)
    print(f"seed {options.seed}: {options.count} tables, {faulty} of them faulty, {tests} tests pasted and run, {len(differ)} differ")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
