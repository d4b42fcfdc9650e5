"""Tampers with a file of records in every way it can think of, and counts what the verifier sees.

    python3 tests/record/tamper.py FILE [--program "CMD"] [--flips N] [--edits N] [--known DIGEST] [--seed N] [--list]

Two attacks. *Flips*: one bit of one byte, of every byte (of a sample of `--flips` where the file is longer).
*Edits*: values, operands, modes, rows, keys, citations, steps removed, added, swapped: each with the digests left as
they were, with those of the steps made anew, or with all digests and the chain made anew, as one who holds the file
could. An edit of the last sort that the verifier passes tells another story that is consistent in itself: it is told
apart by what was edited (a fact; words that nothing rests on; the computation) and must show against the known digest
of the last record (`--known`; the one of the file untouched when left out).

Ends with 0 when every flip, every edit without new digests and, against the known digest, every edit is seen.
The verifier is `tools/verify.py` in this process, or `--program`, called with the name of a file (0 passes).
"""
import argparse
import collections
import copy
import io
import json
import os
import random
import shlex
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "tools")]
import make
import verify

LEAVES = {"figure", "stated", "data", "missing", "time", "who", "fault"}


def in_process(content):
    """The failures that the verifier finds, as (record, level, step, field, text)."""
    return [(position, level, wrong.step, wrong.field, wrong.en)
            for position, found, _, _ in verify.check(io.BytesIO(content))
            for level, wrongs in found.items() for wrong in wrongs or []]


def by_program(words):
    def run(content):
        with tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as file:
            file.write(content)
        try:
            done = subprocess.run(words + [file.name], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            said = done.stdout.decode("utf-8", "replace")
            if "Traceback" in said or done.returncode not in (0, 5, 6):
                sys.exit(f"the program stumbled ({done.returncode}):\n{said}")
            return [] if done.returncode == 0 else [(None, None, None, "", said)]
        finally:
            os.unlink(file.name)
    return run


# ---- Flips ---------------------------------------------------------------------------------------------------------

def steps_at(content):
    """Of each byte the record and the step that it is in, as far as it is in one."""
    where, start = {}, 0
    for position, raw in enumerate(content.splitlines(keepends=True), 1):
        at = raw.find(b'"steps":[')
        for n, step in enumerate(json.loads(raw)["record"]["steps"]):
            written = make.canonical(step)
            at = raw.index(written, at)
            where.update((start + at + k, (position, n)) for k in range(len(written)))
            at += len(written)
        start += len(raw)
    return where


def is_located(failures, at, place, content):
    """Whether a failure names the step that was hit; outside of steps, or where JSON broke, the record will do."""
    if place and any((f[0], f[2]) == place for f in failures):
        return True
    position = content.count(b"\n", 0, at) + 1
    broken = any(f[1] == "form" and ("JSON" in f[4] or "UTF-8" in f[4] or "byte" in f[4] or "twice" in f[4] or "floating" in f[4]
                                     or "integer" in f[4]) for f in failures)
    return any(f[0] == position for f in failures) and (place is None or broken)


def outside_of_signatures(content):
    """All bytes but those of signatures, which `verify.py` does not check, and which no digest is over."""
    places, start = [], 0
    for raw in content.splitlines(keepends=True):
        end = raw.rindex(b'"signatures":[') + len(b'"signatures":[')
        places += range(start, start + end)
        places += range(start + len(raw) - 3, start + len(raw))
        start += len(raw)
    return places


def flips(content, run, most, chance):
    places = outside_of_signatures(content)
    if most and len(places) > most:
        places = sorted(chance.sample(places, most))
    where, missed, located = steps_at(content), [], 0
    for at in places:
        bit = 1 << chance.randrange(8)
        failures = run(content[:at] + bytes([content[at] ^ bit]) + content[at + 1:])
        if not failures:
            missed.append((at, bit))
        located += is_located(failures, at, where.get(at), content)
    return len(places), missed, located


# ---- Edits ---------------------------------------------------------------------------------------------------------

def paths(thing, path=()):
    """All places within a JSON value."""
    yield path
    if isinstance(thing, dict):
        for key in sorted(thing):
            yield from paths(thing[key], path + (key,))
    elif isinstance(thing, list):
        for n, part in enumerate(thing):
            yield from paths(part, path + (n,))


def other(thing, chance):
    """Something else in the place of a JSON value, preferably something that could stand there."""
    if isinstance(thing, bool) or thing is None:
        return not thing
    if isinstance(thing, int):
        return max(0, thing + chance.choice((-1, 1))) if thing else 1
    if isinstance(thing, str):
        family = next((f for f in FAMILIES if thing in f), None)
        if family:
            return chance.choice(sorted(family - {thing}))
        if thing.lstrip("-").replace("/", "").replace(".", "").isdigit():
            return chance.choice(("1", "2", "17", "1000000", "-" + thing.lstrip("-"), thing + "7", "1/7"))
        if len(thing) == 10 and thing[4:5] == thing[7:8] == "-":
            return chance.choice(("2025-01-01", "2026-07-02", "2031-12-31"))
        return thing + "x"
    if isinstance(thing, list):
        return chance.choice((thing[:-1], thing + thing[-1:], thing[::-1])) if thing else [0]
    if chance.random() < 0.5 and thing:
        gone = chance.choice(sorted(thing))
        return {k: v for k, v in thing.items() if k != gone}
    return dict(thing, **{chance.choice(("status", "unsettled", "low", "note")): chance.choice(("1", True, "estimate"))})


FAMILIES = [set(w.split()) for w in (
    "nearest up down towards_zero half_even", "one first add largest smallest agree", "sum count average largest smallest",
    "add subtract multiply divide at_most at_least", "raise lower negate", "and or", "= ≠ < ≤ > ≥", "days_between months_between",
    "exact largest_remainder rest_to each", "provisional estimate approximate", "last next error",
    "definition exception assigned default branch time owner cell carried fallback")]


def edit_anywhere(lines, chance):
    line = chance.randrange(len(lines))
    record = lines[line]["record"]
    part = chance.choice(("steps",) * 8 + ("results", "citations", "sources", "assumptions", "question", "rules", "data",
                                           "previous", "sequence", "engine", "format"))
    path = chance.choice([p for p in paths(record[part]) if p] or [()])
    holder, key = record, part
    for step in path:
        holder, key = holder[key], step
    before = holder[key]
    holder[key] = other(before, chance)
    return (line, (part,) + path) if holder[key] != before else None


def edit_steps(lines, chance):
    line = chance.randrange(len(lines))
    steps = lines[line]["record"]["steps"]
    at, to = chance.randrange(len(steps)), chance.randrange(len(steps))
    kind = chance.choice(("removed", "added", "swapped"))
    if kind == "removed":
        del steps[at]
    elif kind == "added":
        steps.insert(at, copy.deepcopy(steps[to]))
    elif steps[at] == steps[to]:
        return None
    else:
        steps[at], steps[to] = steps[to], steps[at]
    return line, ("steps", at, kind)


def step_digests(lines, line):
    for step in lines[line]["record"].get("steps") or []:
        if isinstance(step, dict):
            step.pop("digest", None)
            step["digest"] = make.sha(step)[:16]


def all_digests(lines):
    """Makes every digest and the chain anew; signatures cannot be made by who has no key, so they go."""
    for n, line in enumerate(lines):
        record = line["record"]
        if n and record.get("previous") == line.get("was_previous"):
            record["previous"] = lines[n - 1]["digest"]
        record["sections"] = {key: make.sha(part) for key, part in record.items() if key != "sections"}
        line["digest"], line["signatures"] = "sha256:" + make.sha(record), []


def sort_of(edit, lines):
    """What an edit that is consistent in itself was about."""
    part, *path = edit[1]
    if part != "steps":
        return "words"
    if path[-1] in ("removed", "added", "swapped"):
        return "order"
    if lines[edit[0]]["record"]["steps"][path[0]]["op"] in LEAVES:
        return "fact"
    return "words" if WORDS & set(path[1:2]) or path[-1] in ("text", "error") else "computation"


WORDS = set("name clause unit price_level at basis when who from to periods".split())


def edits(content, run, count, chance, known):
    """Counts of (how, seen or not), and the edits that pass with their sort."""
    counts, holes, passed, located = collections.Counter(), [], [], 0
    originals = [json.loads(raw) for raw in content.splitlines()]
    while sum(counts.values()) < count:
        lines = copy.deepcopy(originals)
        edit = (edit_steps if chance.random() < 0.2 else edit_anywhere)(lines, chance)
        if edit is None:
            continue
        how = chance.choice(("none", "steps", "all", "all"))
        if how != "none":
            step_digests(lines, edit[0])
        if how == "all":
            for line, was in zip(lines, originals):
                line["was_previous"] = was["record"]["previous"]
            all_digests(lines)
            for line in lines:
                del line["was_previous"]
        if how != "none" and [line["record"] for line in lines] == [line["record"] for line in originals]:
            continue                       # a digest was edited and then made anew
        changed = b"".join(make.canonical(line) + b"\n" for line in lines)
        failures = run(changed)
        counts[how, bool(failures)] += 1
        if not failures:
            seen_by_known = all(line["digest"] != known for line in lines)
            (passed if how == "all" and seen_by_known else holes).append((sort_of(edit, originals), edit))
        located += any(f[2] is not None or f[3] for f in failures)
    return counts, holes, passed, located


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("file")
    asked.add_argument("--program")
    asked.add_argument("--flips", type=int, default=3000, help="at most so many flips; 0: every byte")
    asked.add_argument("--edits", type=int, default=2000)
    asked.add_argument("--known")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--list", action="store_true", help="name the edits that are consistent in themselves")
    asked = asked.parse_args()
    with open(asked.file, "rb") as file:
        content = file.read()
    run, chance = by_program(shlex.split(asked.program)) if asked.program else in_process, random.Random(asked.seed)
    if run(content):
        sys.exit(f"{asked.file} does not hold as it is: {run(content)[:3]}")
    known = asked.known or json.loads(content.splitlines()[-1])["digest"]
    return report(asked, *flips(content, run, asked.flips, chance), edits(content, run, asked.edits, chance, known), len(content))


def report(asked, flipped, missed, located, edited, size):
    counts, holes, passed, named = edited
    print(f"{asked.file}: {size} bytes")
    print(f"  flips: {flipped}, seen {flipped - len(missed)}, located {located}")
    for at, bit in missed[:20]:
        print(f"    NOT SEEN: byte {at}, bit {bit}")
    for how, words in (("none", "digests left"), ("steps", "digests of steps anew"), ("all", "all digests anew")):
        print(f"  edits, {words}: {counts[how, True] + counts[how, False]}, seen {counts[how, True]}")
    print(f"  edits seen that name a step or field: {named}")
    print(f"  consistent in themselves, seen against the known digest only: {len(passed)} "
          f"{dict(collections.Counter(sort for sort, _ in passed))}")
    for sort, (line, path) in sorted(set(passed), key=str) if asked.list else ():
        print(f"    {sort}: record {line + 1} {'.'.join(map(str, path))}")
    for sort, (line, path) in holes[:20]:
        print(f"    NOT SEEN: record {line + 1} {'.'.join(map(str, path))}")
    return 1 if missed or holes else 0


if __name__ == "__main__":
    sys.exit(main())
