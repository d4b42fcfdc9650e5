"""Edits records, makes every digest anew, and holds what two verifiers say of the steps against each other.

    python3 tests/record/agree.py PROGRAM FILE… [--edits N] [--seed N] [--list]

PROGRAM is the `klausul` that was built; the other is `tools/verify.py` in this process. All edits are laid out as the
lines of one file, so each verifier runs once. Ends with 0 when both find, or both do not find, fault with every edit.
"""
import argparse
import copy
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "tools")]
import make
import tamper
import verify


def edited(originals, count, chance):
    """Records with one edit each in their steps or results, and what was edited."""
    found = []
    while len(found) < count:
        lines = [copy.deepcopy(chance.choice(originals))]
        edit = (tamper.edit_steps if chance.random() < 0.1 else tamper.edit_anywhere)(lines, chance)
        record = lines[0]["record"]
        if edit and edit[1][0] not in ("sequence", "previous") and all(isinstance(step, dict) for step in record["steps"]):
            found.append((make.digested(record), edit[1]))
    return found


def by_program(program):
    """What the program says of a file of records, as JSON."""
    def said(name):
        ran = subprocess.run([program, "verify", name, "--format", "json", "--lang", "en"], stdout=subprocess.PIPE, check=False)
        return ran.stdout
    return said


def run(program, files, edits, seed, said=None):
    """Holds the two against each other; returns how many of the cases both and neither find fault with, and the rest."""
    originals = []
    for name in files:
        with open(name, "rb") as file:
            originals += [json.loads(line) for line in file.read().splitlines()]
    cases = [(make.digested(line["record"]), ("untouched",)) for line in copy.deepcopy(originals)]
    cases += edited(originals, edits, random.Random(seed))
    with tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as file:
        file.write(b"".join(make.canonical(line) + b"\n" for line, _ in cases))
    try:
        levels = {level["level"]: level for level in json.loads((said or by_program(program))(file.name)).get("levels", [])}
        ours = {}
        for level in ("form", "digests", "steps"):
            for fault in levels.get(level, {}).get("faults", []):
                ours.setdefault(fault["line"], fault)
        with open(file.name, "rb") as lines:
            theirs = {place: next((found[level] for level in ("form", "digests", "steps", "results") if found.get(level)), [])
                      for place, found, _, _ in verify.check(lines)}
    finally:
        os.unlink(file.name)
    counts, differ = [len(cases), 0, 0], []
    for place, (_, path) in enumerate(cases, 1):
        one, other = ours.get(place), theirs[place]
        if bool(one) == bool(other):
            counts[1 if one else 2] += 1
            continue
        words = f"{one['at']}: {one['text']}" if one else f"{other[0].step}.{other[0].field}: {other[0].en}"
        differ.append(f"only {'klausul' if one else 'verify.py'}: {'.'.join(map(str, path))}: {words}")
    return counts, differ


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("program")
    asked.add_argument("files", nargs="+")
    asked.add_argument("--edits", type=int, default=500)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--list", action="store_true", help="name every edit on which they differ")
    asked = asked.parse_args()
    (cases, both, neither), differ = run(asked.program, asked.files, asked.edits, asked.seed)
    for line in differ if asked.list else differ[:5]:
        print(line)
    print(f"{cases} records, {asked.edits} of them edited: both find fault with {both}, neither with {neither}; "
          f"they differ on {len(differ)}")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
