#!/usr/bin/env python3
"""Runs generated programs through the built program and compares: state, exact value, unit, missing names, bounds, error codes.

    run.py --program target/oracle/klausul --seed 1 --count 20000 [--start 0] [--jobs 2] [--batch 500] [--table]

Case number i of seed s is always the same. Ends with 1 when anything differs, and names the cases as they come; `shrink.py` makes them
small. `--start N` goes on where an earlier run of the seed ended.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from generate import cases, file, table  # noqa: E402
from shrink import failures  # noqa: E402


def batch(program, seed, start, count, both):
    """One batch in one process: (cases, questions, failures, counters)."""
    used, states, dropped = collections.Counter(), collections.Counter(), collections.Counter()
    made = cases(seed, start, count, used, states, dropped, both)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "cases.json")
        with open(path, "w", encoding="utf-8") as out:
            json.dump(file(made), out, ensure_ascii=False)
        done = subprocess.run([program, "test", path, "--lang", "en"], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{program} ended with {done.returncode}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    if f"\n{len(made)} cases: " not in done.stdout:
        raise RuntimeError(f"{program} did not run all {len(made)} cases: {done.stdout[-2000:]}")
    return len(made), sum(len(case["expect"]) for case in made), failures(done.stdout), (used, states, dropped)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="target/oracle/klausul")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--start", type=int, default=0)
    parser.add_argument("--count", type=int, default=20000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--batch", type=int, default=500)
    parser.add_argument("--both", type=int, default=10, help="every n-th program is run in the other language too; 0: all")
    parser.add_argument("--table", action="store_true", help="print what the programs use and the states reached")
    parser.add_argument("--minutes", type=float, default=0, help="start no batch after so many minutes")
    options = parser.parse_args()
    begun = time.time()
    starts = list(range(options.start, options.start + options.count, options.batch))
    totals = collections.Counter()
    counters = tuple(collections.Counter() for _ in range(3))

    def late():
        return options.minutes and time.time() - begun > options.minutes * 60

    with concurrent.futures.ProcessPoolExecutor(options.jobs) as pool:
        waiting, queue = set(), iter(starts)
        while True:
            while len(waiting) < options.jobs * 2 and not late():
                start = next(queue, None)
                if start is None:
                    break
                size = min(options.batch, options.start + options.count - start)
                waiting.add(pool.submit(batch, options.program, options.seed, start, size, options.both))
                totals["generated"] += size
            if not waiting:
                break
            done, waiting = concurrent.futures.wait(waiting, return_when=concurrent.futures.FIRST_COMPLETED)
            for result in done:
                count, questions, failed, found = result.result()
                totals["programs"] += count
                totals["questions"] += questions
                totals["differ"] += len(failed)
                report(failed, totals, begun)
                for mine, theirs in zip(counters, found):
                    mine.update(theirs)
    if options.table:
        table(*counters, sys.stdout)
    print(f"\nseed {options.seed}: {totals['generated']} programs made, {totals['programs']} asked ({totals['questions']} questions), "
          f"{totals['differ']} differ; {time.time() - begun:.0f} s")
    sys.exit(1 if totals["differ"] else 0)


def report(failed, totals, begun):
    """What differs in a batch, as soon as it is known; and how far a long run has come."""
    for id_, messages in sorted(failed.items(), key=lambda item: int(item[0].rsplit("-", 1)[1])):
        print(f"DIFFERS {id_}")
        for message in messages[:6]:
            print(f"    {message}")
    if totals["programs"] // 50000 > totals["told"]:
        totals["told"] = totals["programs"] // 50000
        print(f"so far {totals['programs']} programs ({totals['questions']} questions), {totals['differ']} differ; "
              f"{time.time() - begun:.0f} s")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
