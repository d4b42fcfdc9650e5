"""Edits records, makes every digest anew, and holds what two verifiers say of the steps against each other.

    python3 tests/record/agree.py PROGRAM FILE… [--edits N] [--seed N] [--list]

PROGRAM is the `klausul` that was built; the other is `tools/verify.py` in this process. All edits are laid out as the
lines of one file, so each verifier runs once. Ends with 0 when both find, or both do not find, fault with the steps
and results of every edit.
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
        if edit and edit[1][0] in ("steps", "results"):
            record = lines[0]["record"]
            if isinstance(record["steps"], list) and all(isinstance(step, dict) for step in record["steps"]):
                found.append((make.digested(record), edit[1]))
    return found


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("program")
    asked.add_argument("files", nargs="+")
    asked.add_argument("--edits", type=int, default=500)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--list", action="store_true", help="name every edit on which they differ")
    asked = asked.parse_args()
    originals = []
    for name in asked.files:
        with open(name, "rb") as file:
            originals += [json.loads(line) for line in file.read().splitlines()]
    cases = [(make.digested(line["record"]), ("untouched",)) for line in copy.deepcopy(originals)]
    cases += edited(originals, asked.edits, random.Random(asked.seed))
    with tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as file:
        file.write(b"".join(make.canonical(line) + b"\n" for line, _ in cases))
    try:
        ran = subprocess.run([asked.program, "verify", file.name, "--format", "json", "--lang", "en"],
                             stdout=subprocess.PIPE, check=False)
        levels = {level["level"]: level for level in json.loads(ran.stdout)["levels"]}
        ours = {}
        for fault in levels["steps"].get("faults", []):
            ours.setdefault(fault["line"], fault)
        with open(file.name, "rb") as lines:
            theirs = {place: found["form"] or found["steps"] or found["results"] for place, found, _, _ in verify.check(lines)}
    finally:
        os.unlink(file.name)
    differ = both = 0
    for place, (line, path) in enumerate(cases, 1):
        one, other = ours.get(place), theirs[place]
        both += bool(one and other)
        if bool(one) == bool(other):
            continue
        differ += 1
        if asked.list:
            step = line["record"]["steps"][path[1]] if path[0] == "steps" and path[1] < len(line["record"]["steps"]) else {}
            said = one and f"{one['at']}: {one['text']}" or f"{other[0].step}.{other[0].field}: {other[0].en}"
            print(f"only {'klausul' if one else 'verify.py'}: {step.get('op')} {path}: {said}")
    print(f"{len(cases)} records, of which {len(cases) - len(originals)} edited: both find fault with {both}, "
          f"neither with {len(cases) - both - differ}; they differ on {differ}")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
