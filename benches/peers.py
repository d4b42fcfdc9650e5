#!/usr/bin/env python3
"""For peers.sh, in the folder where it works: what this program makes of the peers' data, and the table of all.

    peers.py ours w1|w2|w3_1000 RULES KLAUSUL   computes the peers' rows and compares each result with the exact ones
    peers.py table TEXT RESULTS                 reads what all printed and writes one table
"""
import json
import os
import re
import statistics
import subprocess
import sys
import time
from decimal import Decimal

DATA, ROWS = "bench-work/data", 100_000
DECIMALS = {"share": 6, "pool_key": 6, "block_key": 6, "inhabitants": 0}
OURS = {"w1": ["met", "amount", "backpay"],
        "w2": ["seats", "i5", "mean", "growth", "pool", "withheld", "overrun", "net", "per_inhabitant"]}


def out(*fields):
    print("Klausul", *fields, sep="\t", flush=True)


def rows(work, rules, klausul):
    """A table of the peers' rows, computed with --rows and compared with their exact results."""
    import numpy as np
    names = json.load(open(f"{DATA}/{work}_cols.json"))
    columns = [np.fromfile(f"{DATA}/{work}_{name}.i64", dtype=np.int64, count=ROWS).tolist() for name in names]
    texts = [[f"{Decimal(v).scaleb(-DECIMALS.get(name, 2)):f}" for v in column]
             for name, column in zip(names, columns)]
    table, result = f"{DATA}/{work}.csv", f"{DATA}/{work}_ours.csv"
    with open(table, "w") as file:
        file.write("region," + ",".join(names) + "\n")
        file.writelines(f"r{i}," + ",".join(row) + "\n" for i, row in enumerate(zip(*texts)))
    begun = time.perf_counter()
    before = os.times()
    subprocess.run([klausul, "eval", f"{rules}/{work}.klausul", *OURS[work], "--rows", f"region={table}", "-o", result],
                   check=True, stdout=subprocess.DEVNULL)
    after, wall = os.times(), time.perf_counter() - begun
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    exact = np.fromfile(f"{DATA}/ref_{work}.i64", dtype=np.int64).reshape(-1, len(OURS[work]))
    wrong = 0
    with open(result) as file:
        next(file)
        for at, line in enumerate(file):
            cells = [Decimal(cell) for cell in line.rstrip("\n").split(",")[1:]]
            kept = [int(cells[0])] + [int(cell * 100) for cell in cells[1:]]
            wrong += kept != exact[at].tolist() or any(cell * 100 % 1 for cell in cells[1:])
    out(work, "check", f"{wrong} of {at + 1} rows wrong to the oere")
    out(work, "CSV file to CSV file", f"cpu-med {cpu / ROWS * 1e9:.0f} ns/row", f"wall-min {wall / ROWS * 1e9:.0f}")


def amount(cents):
    sign = "−" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d} kr."


def w3(work, klausul):
    """The peers' rules in this language, all of them computed once and compared."""
    spec = json.load(open(f"{DATA}/{work}.json"))
    lines = ['agreement W3 "Made up for measuring"', "  period 2025", "", 'source W3 "Made up for measuring"', "",
             "clause figures", '  basis W3 "All"']
    lines += [f"  given x{i} : kr." for i in range(len(spec["inputs"]))]
    for i, node in enumerate(spec["nodes"]):
        if node["k"] == "sum":
            a, b, c = (node[k] for k in "abc")
            sign = "−" if node["m"] < 0 else "+"
            lines.append(f"  v{i} = ({a} + {b} − {c}) × 0.{node['f']:02d} {sign} {amount(abs(node['m']))}, "
                         "rounded to 0.01 kr.")
        elif node["k"] == "cond":
            lines.append(f"  v{i} = if {node['a']} > {node['b']} then {node['c']} else {node['d']}")
        else:
            tops = [amount(top) for top in node["t"]]
            heads = [f"at most {tops[0]}", *(f"over {a} and at most {b}" for a, b in zip(tops, tops[1:])),
                     f"over {tops[-1]}"]
            lines.append(f"  table v{i} by {node['a']}")
            lines += [f"    {head} | {amount(value)}" for head, value in zip(heads, node["y"])]
    path, data = f"{DATA}/{work}.klausul", f"{DATA}/{work}_data.json"
    open(path, "w").write("\n".join(lines) + "\n")
    facts = {f"figures.x{i}": float(Decimal(v).scaleb(-2)) for i, v in enumerate(spec["inputs"])}
    json.dump({"year": 2025, **facts}, open(data, "w"))
    taken = []
    for _ in range(5):
        begun = time.perf_counter()
        run = subprocess.run([klausul, "eval", path, "--data", data, "--format", "json"], capture_output=True, text=True)
        taken.append(time.perf_counter() - begun)
    if run.returncode:
        sys.exit(run.stderr)
    exact = json.load(open(f"{DATA}/ref_{work}.json"))
    results = {r["target"].split(".")[-1]: r["exact"] for r in json.loads(run.stdout)["results"]}
    wrong = sum(Decimal(results[f"v{i}"]) * 100 != exact[f"v{i}"] for i in range(len(spec["nodes"])))
    out(work, "check", f"{wrong} of {len(spec['nodes'])} values wrong")
    out(work, "whole run of the program", f"wall-med {statistics.median(taken) * 1e3:.0f} ms")


def figures(text):
    """What the peers printed, as (peer, work, what) -> nanoseconds of processor time."""
    found, wrong = {}, {}
    for line in text.splitlines():
        parts = line.split("\t")
        if len(parts) < 3 or parts[1] not in ("w1", "w2", "w3_1000"):
            continue
        peer, work, what = parts[:3]
        rest = " ".join(parts[3:])
        if said := re.search(r"(\d+) of (\d+)(?: rows| values)? wrong", what + " " + rest):
            wrong[peer, work] = f"{said[1]} of {said[2]}"
        # A time without its unit beside it is in nanoseconds.
        if time_of := re.search(r"cpu(?:-med)? ([\d.]+)(?: (us|ms|ns))?", rest):
            by = {"us": 1e3, "ms": 1e6}.get(time_of[2], 1)
            found.setdefault((peer, work, what), float(time_of[1]) * by)
    return found, wrong


def shown(nanos):
    for by, unit in ((1e9, "s"), (1e6, "ms"), (1e3, "µs")):
        if nanos >= by:
            return f"{nanos / by:.3g} {unit}"
    return f"{nanos:.1f} ns"


def table(text, results):
    found, wrong = figures(open(text).read())
    for line in open(f"{results}/everyday.txt"):
        nanos, path = line.rstrip("\n").split("\t")
        work, what = path.split(" ", 1)
        work = {"W1": "w1", "W2": "w2", "W3": "w3_1000"}[work]
        what = {"load + check": "load", "one evaluation": "reference", "with its trace": "reference, traced",
                "JSON in and out": "single"}[what]
        found["Klausul", work, what] = float(nanos)
    for line in open(f"{results}/machine.txt"):
        # Ours, then by hand, then the ratio.
        if said := re.match(r"(W[12]) (one row, rust_decimal by hand|columns, i64 by hand) +([\d.]+) +([\d.]+)", line):
            work = said[1].lower()
            what = "compiled, in memory" if said[2].startswith("one") else "batch x1"
            found["Klausul", work, what] = float(said[3])
            if what == "batch x1":
                found["by hand, i64", work, what] = float(said[4])
    loads = ("load", "compile", "parse+create+compile", "parse", "plan", "parse+plan+run, first")
    singles = ("single", "single (prepared)")
    kinds = (("load", loads), ("one case", singles), ("compiled", ("compiled, in memory",)),
             ("reference", ("reference",)), ("a row of many", ("batch x1", "batch")))
    names = {"zenpy": "ZEN (Python)", "zen-rust": "ZEN (Rust)", "decimal": "Python decimal"}
    for work, title in (("w1", "W1"), ("w2", "W2"), ("w3_1000", "W3, 1,000 figures")):
        peers = {peer for peer, own, _ in found if own == work}
        def best(peer):
            all_ = [found[key] for key in found if key[0] == peer and key[1] == work and key[2] not in loads]
            return min(all_, default=float("inf"))
        print(f"\n{title:<20}" + "".join(f"{kind:>16}" for kind, _ in kinds) + "   wrong to the øre")
        for peer in sorted(peers, key=best):
            cells = []
            for _, whats in kinds:
                own = [found[peer, work, what] for what in whats if (peer, work, what) in found]
                cells.append(shown(min(own)) if own else "")
            print(f"{names.get(peer, peer):<20}" + "".join(f"{cell:>16}" for cell in cells)
                  + f"   {wrong.get((peer, work), '')}")
    for work in ("w1", "w2"):
        ours, theirs = (found.get((peer, work, "batch x1")) for peer in ("Klausul", "duckdb"))
        if ours and theirs:
            said = "ahead of" if ours < theirs else "behind"
            print(f"\n{work.upper()}: columns are {said} DuckDB, {theirs / ours:.1f} times as many rows in the same time", end="")
    print()


def main():
    match sys.argv[1:]:
        case ["ours", ("w1" | "w2") as work, rules, klausul]:
            rows(work, rules, klausul)
        case ["ours", work, _, klausul]:
            w3(work, klausul)
        case ["table", text, results]:
            table(text, results)
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
