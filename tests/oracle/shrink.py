#!/usr/bin/env python3
"""Makes a disagreement small: drops clauses, lines, facts, entities and parts of expressions while it stays.

    shrink.py --program target/oracle/klausul 1-17 1-42

Each argument is the id of a generated case, SEED-NUMBER. What is left is printed as a case of the conformance suite (TOML); the
values in it are the oracle's. All candidates of a round are run in one process.
"""
import argparse
import copy
import json
import os
import re
import subprocess
import sys
import tempfile
from fractions import Fraction as F

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from generate import KR, PERCENT, PLAIN, PUPIL, Example, example, file  # noqa: E402


def run(program, cases):
    """The failures of cases, by id."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cases.json")
        with open(path, "w", encoding="utf-8") as out:
            json.dump(file(cases), out, ensure_ascii=False)
        done = subprocess.run([program, "test", path, "--lang", "en"], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{program} ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return failures(done.stdout)


def failures(text):
    found, current = {}, None
    for line in text.splitlines():
        if line.startswith("  FAILS "):
            current = found.setdefault(line[8:], [])
        elif line.startswith("    ") and current is not None:
            current.append(line.strip())
    return found


def kind_of(messages):
    """What a failure is about, so that shrinking does not wander to another one: the first message without its figures."""
    message = messages[0]
    if "errors of checking" in message:
        return message
    message = re.sub(r"`[^`]*`", "", message)
    if ": value" in message or ": low" in message or ": high" in message or ": missing" in message:
        return re.sub(r"(value|low|high|missing) .*", r"\1", message)
    return message


def shrink(program, made, id_):
    wanted = run(program, [case(made, id_)]).get(id_)
    if not wanted:
        return None, None
    wanted = kind_of(wanted)
    steps = [smaller, smaller_data, smaller_expressions]
    while steps:
        candidates, cases = [], []
        for candidate in steps[0](made):
            shown = case(candidate, str(len(cases)))
            if shown is not None and shown["expect"]:
                candidates.append(candidate)
                cases.append(shown)
        found = run(program, cases) if cases else {}
        failing = [i for i in range(len(cases)) if str(i) in found and kind_of(found[str(i)]) == wanted]
        if not failing:
            steps.pop(0)
            continue
        made = min((candidates[i] for i in failing), key=size)
    return made, case(made, id_)


def size(made):
    return len(str(made.program)) + len(str(made.data))


def case(made, id_):
    try:
        shown = made.case(id_)
    except Exception:       # an ill-typed candidate
        return None
    shown["one_language"] = "generated in both languages"
    return shown


def smaller(made):
    """Every program that is one step smaller."""
    seen = len(made.program.clauses)
    for c in range(seen):
        yield changed(made, lambda p, d: p.clauses.pop(c))
    for c, clause in enumerate(made.program.clauses):
        for name in dict.fromkeys(l.name for l in clause.lines):
            yield changed(made, lambda p, d: drop_name(p.clauses[c], name))
        for i in range(len(clause.lines)):
            yield changed(made, lambda p, d: p.clauses[c].lines.pop(i))
        for what in ("exceptions", "givens", "precedence"):
            for i in range(len(getattr(clause, what))):
                yield changed(made, lambda p, d: getattr(p.clauses[c], what).pop(i))
        for i, exception in enumerate(clause.exceptions):
            if exception.nested:
                yield changed(made, lambda p, d: p.clauses[c].exceptions[i].nested.clear())
                yield changed(made, lambda p, d: p.clauses[c].exceptions.__setitem__(i, p.clauses[c].exceptions[i].nested[0]))
        if clause.period:
            yield changed(made, lambda p, d: setattr(p.clauses[c], "period", None))
        for i, line in enumerate(clause.lines):
            if line.when is not None:
                yield changed(made, lambda p, d: setattr(p.clauses[c].lines[i], "when", None))
            for r in range(len(line.rows)):
                yield changed(made, lambda p, d: drop_row(p.clauses[c].lines[i], r))


def drop_name(clause, name):
    clause.lines = [l for l in clause.lines if l.name != name]


def drop_row(line, r):
    line.rows = line.rows[:r] + line.rows[r + 1:]


def smaller_data(made):
    if made.program.kinds:
        yield changed(made, lambda p, d: (p.kinds.clear(), d.entities.clear()))
        for f in range(len(made.program.kinds[0].facts)):
            yield changed(made, lambda p, d: drop_fact(p, d, f))
    if made.program.period:
        yield changed(made, lambda p, d: setattr(p, "period", None))
    for kind, rows in made.data.entities.items():
        for key, facts in rows.items():
            yield changed(made, lambda p, d: d.entities[kind].pop(key))
            for fact in facts:
                yield changed(made, lambda p, d: d.entities[kind][key].pop(fact))
    for key in made.data.given:
        yield changed(made, lambda p, d: d.given.pop(key))
    for kind in made.program.kinds:
        for i, fact in enumerate(kind.facts):
            if fact.default is not None or fact.always:
                yield changed(made, lambda p, d: plain_fact(p.kinds[0].facts[i]))


def drop_fact(program, data, index):
    fact = program.kinds[0].facts.pop(index)
    for rows in data.entities.values():
        for facts in rows.values():
            facts.pop(fact.name, None)


def plain_fact(fact):
    fact.default, fact.always = None, False


LITERALS = [("num", F(1), PLAIN), ("num", F(1), KR), ("num", F(1), PUPIL), ("num", F(10), PERCENT), ("text", "god")]


def smaller_expressions(made):
    for at, expr in places(made.program):
        for part in replacements(expr):
            yield changed(made, lambda p, d: put(p, at, part))


def places(program):
    """[(path, expression)] of every whole expression of the program."""
    for c, clause in enumerate(program.clauses):
        yield from of_lines(("clauses", c, "lines"), clause.lines)
        for e, exception in enumerate(clause.exceptions):
            at = ("clauses", c, "exceptions", e)
            if exception.condition is not None:
                yield (*at, "condition"), exception.condition
            yield from of_lines((*at, "lines"), exception.lines)


def of_lines(at, lines):
    for i, line in enumerate(lines):
        for field in ("expr", "otherwise"):
            if getattr(line, field) is not None:
                yield (*at, i, field), getattr(line, field)
        for r, (_, result, _) in enumerate(line.rows):
            yield (*at, i, "rows", r), result


def put(program, at, part):
    *path, last = at
    target = program
    for step in path:
        if step == "rows":
            rows = list(target.rows)
            rows[last] = (rows[last][0], part, None)
            target.rows = tuple(rows)
            return
        target = target[step] if isinstance(step, int) else getattr(target, step)
    setattr(target, last, part)


def replacements(expr):
    """Everything an expression can be made into by putting a part of it, or a literal, in the place of another part."""
    if len(str(expr)) > 60:
        yield from LITERALS
    for part in expr[1:]:
        if is_expression(part):
            yield part
    for i, part in enumerate(expr):
        if i and is_expression(part):
            for smaller_part in replacements(part):
                yield (*expr[:i], smaller_part, *expr[i + 1:])
            if part[0] not in ("num", "ref", "fact", "text", "date", "year"):
                for literal in LITERALS:
                    yield (*expr[:i], literal, *expr[i + 1:])


def is_expression(part):
    return isinstance(part, tuple) and part and isinstance(part[0], str) and part[0] not in ("previous", "relative", "day", "largest", "rest", "each") \
        and not (part[0] == "year" and len(part) > 1) and not (part[0] in ("kr.", "elev", "pct."))


def changed(made, change):
    program, data = copy.deepcopy(made.program), copy.deepcopy(made.data)
    if hasattr(program, "local_names"):
        del program.local_names
    try:
        change(program, data)
    except (IndexError, KeyError):
        pass
    known = {(c.name, g.name) for c in program.clauses for g in c.givens}
    data.given = {key: series for key, series in data.given.items() if key in known}
    return Example(program, data, made.now)


def toml(case_, messages):
    """The case as it may stand in the suite, with the expectations that fail alone."""
    asked = {m.group(1) for m in (re.match(r"(?:in \w+: )?`([^`]*)`: ", message) for message in messages) if m}
    lines = ["[[case]]", f'id = "{case_["id"]}"', 'sentence = "…"', f"rules = '''\n{case_['rules']}'''"]
    if "data" in case_:
        lines.append(f"data = '''{case_['data']}'''")
    lines += [f'date = "{case_["date"]}"'] if "date" in case_ else [f"year = {case_['year']}"]
    for expect in case_["expect"]:
        if expect["ask"] in asked or not asked:
            lines.append("[[case.expect]]")
            for key, value in expect.items():
                if key == "ask":
                    lines.append(f"ask = '{value}'")
                elif isinstance(value, list):
                    lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
                else:
                    lines.append(f"{key} = {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="target/oracle/klausul")
    parser.add_argument("ids", nargs="+")
    options = parser.parse_args()
    for id_ in options.ids:
        seed, index = id_.rsplit("-", 1)
        made, small = shrink(options.program, example(seed, int(index)), id_)
        if made is None:
            print(f"# {id_}: no disagreement\n")
            continue
        messages = run(options.program, [small])[id_]
        print(toml(small, messages))
        print("".join(f"# {message}\n" for message in messages))


if __name__ == "__main__":
    main()
