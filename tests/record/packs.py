#!/usr/bin/env python3
"""Records every result of the shipped rule packs, and holds each record to all that can be held: the program computes it
again from rules and data and must come to the same bytes, and tools/verify.py redoes its steps from the record alone.

    python3 tests/record/packs.py --program target/oracle/klausul

Run from the root of the repository. Ends with 1 when a record is not written, does not verify, or is not the same twice.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

PACKS = ["cn24", "oea17", "oea20", "oea25", "sr24", "tvaers", "en/sr24"]
# A pack whose period is several years is asked for one of them.
YEARS = {"sr24": "2027", "en/sr24": "2027"}
VERIFIER = pathlib.Path("tools/verify.py")


def run(command):
    """Runs a command; returns how it ended and what it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def record(program, pack, data, year, file):
    """Records every result of a pack. Findings in single results end with 1; the record is written all the same."""
    command = [program, "eval", str(pack), "--record", str(file), "--format", "json"]
    command += [word for one in data for word in ("--data", str(one))]
    command += ["--year", year] if year else []
    code, said = run(command)
    return None if code in (0, 1) and file.exists() else f"eval ended with {code}: {said[-400:]}"


def held(program, pack, data, file):
    """Holds a record to the rules and data, and to itself."""
    command = [program, "verify", str(file), "--rules", str(pack)]
    command += [word for one in data for word in ("--data", str(one))]
    code, said = run(command)
    if code != 0:
        return f"verify ended with {code}: {said[:800]}"
    code, said = run([sys.executable, str(VERIFIER), str(file), "--lang", "en"])
    return None if code == 0 else f"tools/verify.py ended with {code}: {said[:800]}"


def once(program, name, data, folder):
    """Records a pack with some data twice and holds the first record; returns what is wrong, and the record's size."""
    pack = pathlib.Path("rules") / name
    stem = f"{name.replace('/', '-')}-{data[0].stem if data else 'no-data'}"
    files = [folder / f"{stem}-{number}.jsonl" for number in (1, 2)]
    for file in files:
        wrong = record(program, pack, data, YEARS.get(name), file)
        if wrong:
            return wrong, 0
    if files[0].read_bytes() != files[1].read_bytes():
        return "recorded twice, the bytes differ", 0
    return held(program, pack, data, files[0]), files[0].stat().st_size


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", required=True)
    program = str(pathlib.Path(options.parse_args().program).resolve())
    faults, count = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for name in PACKS:
            given = sorted((pathlib.Path("rules") / name / "data").glob("*.json"))
            for data in [[]] + [[one] for one in given]:
                wrong, size = once(program, name, data, pathlib.Path(folder))
                count, faults = count + 1, faults + bool(wrong)
                told = f"FAILED {wrong}" if wrong else f"{size} bytes, held"
                print(f"{name} {data[0].name if data else '(no data)'}: {told}", flush=True)
    print(f"{count} records, {faults} not held")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
