#!/usr/bin/env python3
"""Kills writers of records at random moments, and shows what is lost: at most the record that nobody was told of.

    tests/record/kill.py [--program PATH] [--kills 1000] [--seed 1] [--regions 150]

Two writers at a time add records to one file, of some hundred kilobytes each; more regions make larger ones. Half of the kills come at any moment of a run,
half as soon as the file is seen to change, so that many hit the writing itself. After every round the file is held to
what the writers were told: every record whose writer ended well stands there once, whole lines never change, each
names the one before it, and only the last line may be torn. At the end `verify` must agree. Then writing fails for want
of room (a limit on the size of files stands in for the full disk), and the file must be as it was.
Python's standard library only. Ends with 1 where something does not hold.
"""

import argparse
import hashlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time

RULES = '''aftale P "Puljeaftalen"
  periode 2025

kilde P "Puljeaftalen"

hver region, regioner, regionen har
  nøgle : tal, mellem 0 og 1.000

klausul andel for hver region
  hjemmel P boks 1
  pulje = 1.000.000 kr.
  del = pulje fordelt efter nøgle blandt alle regioner, afrundet til 1 kr.
  halv = 50 pct. af del, afrundet til 0,01 kr.
'''
LARGEST = 48 * 1024 * 1024
BEFORE, AFTER = b'"record":', b',"signatures":['


class Broken(Exception):
    """Something that must hold does not."""


def hold(truth, words):
    if not truth:
        raise Broken(words)


class Stage:
    """A folder with rules, invented data and a file of records; what the writers were told of it."""

    def __init__(self, program, folder, seed, regions):
        self.program, self.folder, self.random = program, folder, random.Random(seed)
        self.file = os.path.join(folder, "s.jsonl")
        with open(os.path.join(folder, "p.klausul"), "w", encoding="utf-8") as file:
            file.write(RULES)
        data = {"år": 2025, "region": {f"R{number:04}": {"nøgle": number % 17 + 1} for number in range(regions)}}
        with open(os.path.join(folder, "d.json"), "w", encoding="utf-8") as file:
            json.dump(data, file, ensure_ascii=False)
        self.serial, self.lock = 0, threading.Lock()
        self.told, self.killed, self.seen = set(), set(), set()
        self.whole, self.sequence, self.previous = b"", 0, None
        self.counts = dict.fromkeys(("kills", "answered", "records", "stood", "lost", "torn", "files"), 0)

    def command(self, serial):
        """The serial number is asked for too: so each record says who wrote it."""
        asked = ["andel.halv", f"{serial} + 0", "--data", "d.json", "--record", "s.jsonl", "--lang", "en"]
        return [self.program, "eval", "p.klausul", *asked]

    def start(self, serial, **options):
        pipes = dict(stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.folder)
        return subprocess.Popen(self.command(serial), **pipes, **options)

    def next_serial(self):
        with self.lock:
            self.serial += 1
            return self.serial, self.random.random(), self.random.random()

    def size(self):
        try:
            return os.stat(self.file).st_size
        except FileNotFoundError:
            return 0

    def write(self, length):
        """Runs one writer, and mostly kills it."""
        serial, how, when = self.next_serial()
        size, process = self.size(), self.start(serial)
        if how < 0.45:
            time.sleep(when * 1.1 * length)
        elif how < 0.9:
            until = time.monotonic() + 20 * length + 1
            while process.poll() is None and self.size() == size and time.monotonic() < until:
                time.sleep(0.0001)
            time.sleep(when * 0.002)
        if how < 0.9:
            process.kill()
        out, err = process.communicate()
        with self.lock:
            self.counts["torn"] += b"an unfinished record" in err
            if process.returncode == 0:
                self.told.add(serial)
                self.counts["answered"] += 1
            else:
                hold(process.returncode == -signal.SIGKILL, f"a writer ended with {process.returncode}: {err.decode()}")
                self.killed.add(serial)
                self.counts["kills"] += 1

    def look(self):
        """Holds the file to what was told, while nobody writes. Returns how many bytes are torn."""
        with open(self.file, "rb") as file:
            now = file.read()
        hold(now.startswith(self.whole), "a whole line was changed or taken away")
        end = now.rfind(b"\n") + 1
        for line in now[len(self.whole):end].splitlines():
            self.take(line)
        self.whole = now[:end]
        missing = self.told - self.seen
        hold(not missing, f"records that their writers were told of are missing: {sorted(missing)}")
        return len(now) - end

    def take(self, line):
        record = line[line.index(BEFORE) + len(BEFORE):line.rindex(AFTER)]
        parts, digest = json.loads(line), "sha256:" + hashlib.sha256(record).hexdigest()
        record = parts["record"]
        hold(parts["digest"] == digest, f"record {record['sequence']}: the digest does not fit")
        hold(record["sequence"] == self.sequence + 1, f"record {record['sequence']} follows {self.sequence}")
        hold(record["previous"] == self.previous, f"record {record['sequence']} does not name the one before it")
        serial = int(record["question"]["targets"][1].split()[0])
        hold(serial not in self.seen, f"writer {serial} wrote twice")
        self.seen.add(serial)
        self.sequence, self.previous = record["sequence"], digest

    def close(self):
        """Adds a last record, has the file verified, and begins another."""
        serial, _, _ = self.next_serial()
        process = self.start(serial)
        _, err = process.communicate()
        hold(process.returncode == 0, f"the last writer ended with {process.returncode}: {err.decode()}")
        self.counts["torn"] += b"an unfinished record" in err
        self.told.add(serial)
        self.counts["answered"] += 1
        hold(self.look() == 0, "the last line is torn, though its writer ended well")
        ended = subprocess.run([self.program, "verify", "s.jsonl"], cwd=self.folder, capture_output=True, check=False)
        hold(ended.returncode == 0, f"verify: {ended.stdout.decode()}{ended.stderr.decode()}")
        self.counts["records"] += self.sequence
        self.counts["stood"] += len(self.killed & self.seen)
        self.counts["lost"] += len(self.killed - self.seen)
        self.counts["files"] += 1
        os.remove(self.file)
        self.told, self.killed, self.seen = set(), set(), set()
        self.whole, self.sequence, self.previous = b"", 0, None

    def kill(self, kills):
        began = time.monotonic()
        self.close()
        length, failures = time.monotonic() - began, []

        def several():
            try:
                for _ in range(5):
                    self.write(length)
            except Exception as error:  # Told by the main thread.
                failures.append(error)

        while self.counts["kills"] < kills:
            writers = [threading.Thread(target=several) for _ in range(2)]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.join()
            if failures:
                raise failures[0]
            if self.size() > 0:
                self.look()
            if self.size() > LARGEST:
                self.close()
        self.close()

    def fill_up(self, times):
        """Lets writing fail in the middle of a record, whether or not the system would end the program with a signal."""
        self.start(self.next_serial()[0]).communicate()
        room = self.size()
        for turn in range(times):
            with open(self.file, "rb") as file:
                before = file.read()
            # A line that was torn before is taken away first.
            whole = before[:before.rfind(b"\n") + 1]
            limit = len(whole) + self.random.randrange(1, room - 1)
            is_told = turn % 2 == 0

            def small(limit=limit, is_told=is_told):
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN if is_told else signal.SIG_DFL)

            serial, _, _ = self.next_serial()
            process = self.start(serial, preexec_fn=small, restore_signals=False)
            out, err = process.communicate()
            with open(self.file, "rb") as file:
                after = file.read()
            hold(process.returncode == 5, f"a full disk: ended with {process.returncode}: {err.decode()}")
            hold(after in (before, whole), "a full disk: the file is not as it was")
            hold(not out, "a full disk: a result was shown all the same")
            if turn % 10 == 9:
                self.start(self.next_serial()[0]).communicate()
        self.close()


def main():
    parser = argparse.ArgumentParser(description="Kills writers of records, and shows what is lost.")
    parser.add_argument("--program", default="target/debug/klausul")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--regions", type=int, default=150)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(os.path.abspath(args.program), folder, args.seed, args.regions)
        try:
            stage.kill(args.kills)
            counts = dict(stage.counts)
            full = max(10, args.kills // 20)
            stage.fill_up(full)
        except Broken as broken:
            sys.exit(f"BROKEN (seed {args.seed}): {broken}")
    print(
        "{kills} writers killed, two at a time: of the {answered} that answered every record stands; of the killed, {stood} "
        "had theirs in the file and {lost} had not; {torn} torn lines were taken away; {records} records in {files} files "
        "hold.".format(**counts),
        f"{full} writes failed for want of room, and left every line as it was.",
    )


if __name__ == "__main__":
    main()
