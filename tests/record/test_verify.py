"""Tests of `tools/verify.py`:  python3 -m unittest discover tests/record"""
import contextlib
import copy
import io
import json
import os
import random
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "..", "tools")]
import make
import tamper
import verify


def content(name):
    with open(os.path.join(make.RECORDS, name), "rb") as file:
        return file.read()


def failures(record, seal=True):
    """The failures of one record after its digests were made anew."""
    line = make.digested(record) if seal else record
    return [(level, step, field) for _, level, step, field, _ in tamper.in_process(make.canonical(line) + b"\n")]


def run(raw, *words):
    """What the program prints and ends with."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as file:
        file.write(raw)
    out = io.StringIO()
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = verify.main([file.name, *words])
    finally:
        os.unlink(file.name)
    return code, out.getvalue()


class Text(unittest.TestCase):
    def test_the_program_stays_short(self):
        """Whoever is to trust the verifier reads it: it is one file of few lines, none of them wide."""
        with open(verify.__file__, encoding="utf-8") as file:
            lines = file.read().splitlines()
        self.assertLessEqual(len(lines), 600)
        self.assertLessEqual(max(map(len, lines)), 140)


class Records(unittest.TestCase):
    def test_records_are_those_of_the_script_and_hold(self):
        written = make.files()
        self.assertEqual(sorted(n + ".jsonl" for n in written), sorted(os.listdir(make.RECORDS)))
        for name, lines in written.items():
            raw = content(name + ".jsonl")
            self.assertEqual(raw, b"".join(make.canonical(line) + b"\n" for line in lines), name)
            self.assertEqual(tamper.in_process(raw), [], name)

    def test_every_operation_and_state_is_there(self):
        steps = [s for lines in make.files().values() for line in lines for s in line["record"]["steps"]]
        self.assertEqual({s["op"] for s in steps}, set(verify.OPERATIONS))
        kinds = {key for s in steps for key in s["value"]}
        self.assertLessEqual({"number", "truth", "date", "text", "none", "unknown", "absent", "error"}, kinds)

    def test_every_computed_value_is_held_against_its_operands(self):
        """Another value in any step but leaves fails at that step, though all digests are made anew."""
        for name, lines in make.files().items():
            for line in lines:
                for n, step in enumerate(line["record"]["steps"]):
                    if step["op"] in tamper.LEAVES:
                        continue
                    for value in ({"number": "987.5"}, {"error": "K9999", "text": "x"}, {"unknown": ["x"]}):
                        record = copy.deepcopy(line["record"])
                        record["steps"][n]["value"] = value
                        own_error = "error" in value and "error" in step["value"]
                        names_what_lacks = "unknown" in value and step["op"] == "undecided"
                        if not own_error and not names_what_lacks:
                            self.assertIn(("steps", n), [f[:2] for f in failures(record)], (name, n, step["op"], value))

    def test_flips_and_edits_are_seen(self):
        for name in ("choices.jsonl", "chain.jsonl"):
            raw, chance = content(name), random.Random(7)
            count, missed, located = tamper.flips(raw, tamper.in_process, 150, chance)
            self.assertEqual((missed, located), ([], count), name)
            known = json.loads(raw.splitlines()[-1])["digest"]
            self.assertEqual(tamper.edits(raw, tamper.in_process, 150, chance, known)[1], [], name)


class Levels(unittest.TestCase):
    def test_form(self):
        good = content("chain.jsonl").splitlines(keepends=True)[0]
        for damaged, word in ((good[:-1], "line feed"), (good.replace(b'{"digest"', b'{ "digest"'), "byte 2"),
                              (good.replace(b'"sequence":1', b'"sequence":1.0'), "floating"),
                              (good.replace(b'"sequence":1', b'"sequence":1,"sequence":1'), "twice"),
                              (good.replace(b'"sequence":1', b'"sequence":01'), "JSON"),
                              (good.replace(b"aftale", b"\\u0061ftale", 1), "canonical"),
                              (good.replace(b"aftale", b"\xff", 1), "UTF-8"), (b"[" * 100000 + b"\n", "deep"), (b"\n", "JSON")):
            said = [f[4] for f in tamper.in_process(damaged) if f[1] == "form"]
            self.assertTrue(said and word in said[0], (word, said))

    def test_numbers_are_written_one_way(self):
        for written in ("01", "1.0", "1.50", "-0", "+1", ".5", "1.", "1/2", "2/6", "4/3/1", "1e3", "", "١", "0/3", "9" * 30_001):
            with self.assertRaises(verify.Wrong, msg=written):
                verify.value_of({"number": written})
        for written in ("0", "-0.5", "1/3", "-22/7", "2100000000", "0.33", "1/30"):
            verify.value_of({"number": written})

    def test_digests_name_the_part(self):
        line = make.small("3", "6").line()
        line["record"]["question"]["time"] = "2027"
        self.assertEqual(failures(line, seal=False), [("digests", None, "sections.question"), ("digests", None, "digest")])
        line = make.small("3", "6").line()
        line["record"]["steps"][2]["value"]["number"] = "7"
        self.assertIn(("digests", 2, "digest"), failures(line, seal=False))

    def test_chain(self):
        a, b, c = content("chain.jsonl").splitlines(keepends=True)
        found = lambda raw: [(f[0], f[3]) for f in tamper.in_process(raw) if f[1] == "chain"]
        self.assertEqual(found(a + c), [(2, "sequence"), (2, "previous")])
        self.assertEqual(found(b), [(1, "sequence"), (1, "previous")])
        self.assertEqual(found(a + b), [])
        last = json.loads(c)["digest"]
        self.assertEqual(run(a + b + c, "--known", last)[0], 0)
        self.assertEqual(run(a + b, "--known", last)[0], 6)
        self.assertEqual(run(b"")[0], 6)

    def test_signatures_are_counted(self):
        self.assertIn("(1 signatures, not checked here)", run(content("chain.jsonl"), "--lang", "en")[1])

    def test_results_are_those_of_their_steps(self):
        record = make.small("3", "6").line()["record"]
        record["results"][0]["name"] = "Andet"
        self.assertEqual(failures(record), [("results", None, "results[0].name")])
        record["results"][0]["step"] = 99
        self.assertEqual(failures(record), [("results", None, "results[0].step")])

    def test_results_of_expressions_are_those_asked_for(self):
        for key, told, field in (("name", "Andet", "name"), ("name", "Pulje", "name"), ("when", "2025", "when")):
            record = make.asked().line()["record"]
            record["results"][0][key] = told
            self.assertEqual(failures(record), [("results", None, f"results[0].{field}")])

    def test_status_is_the_weakest(self):
        for told in (make.num("3"), make.num("3", "approximate")):
            r = make.Record()
            r.step("add", told, r.num("1", "estimate"), r.num("2"))
            self.assertEqual(failures(r.line()["record"]), [("steps", 2, "value.status")])

    def test_what_people_read_is_the_number(self):
        r = make.Record()
        r.result(r.step("multiply", make.num("1234560000"), *r.nums("617280000", "2"), unit="kr."), "")
        record = r.line()["record"]
        for shown, language, holds in (("1.234,56 mio. kr.", "da", True), ("1.234,57 mio. kr.", "da", False),
                                       ("≈ 1,2 mia. kr. (skøn)", "da", True), ("1,2 mia. kr.", "da", False),
                                       ("1,234,560,000 kr.", "en", True), ("−1.234.560.000 kr.", "da", False)):
            record["results"][0]["text"], record["rules"]["language"] = shown, language
            self.assertEqual(failures(record), [] if holds else [("results", None, "results[0].text")], shown)

    def test_what_people_read_is_the_value(self):
        cases = ((make.num("1234.5"), "kr.", "1.234,50 kr.", ("9.234,50\u00a0kr.", "9.234,50  kr.", "ca. 9.234,50 kr.", "intet", "9.234,50 DKK")),
                 (make.num("7"), "stemmer", "7 stemmer", ("9 stemmer",)), (make.num("1"), "stemmer", "1 stemme", ("2 stemme",)),
                 (make.num("0.004"), "læger pr. indbygger", "4,0 læger pr. 1.000 indbyggere", ("5,0 læger pr. 1.000 indbyggere",)),
                 (make.num("0.67"), "1", "67 pct.", ("76 pct.", "0,76")), (make.num("4320"), "minutter", "72 timer", ("mange timer",)),
                 (make.YES, None, "ja", ("nej", "ikke opfyldt", "ja måske")), (make.NO, None, "nej", ("ja",)),
                 (make.date("2025-07-01"), None, "1. juli 2025", ("2. juli 2025", "1. juli 2026")),
                 (make.unknown("pris"), "kr.", "ukendt (mangler: pris)", ("1.000,0 mio. kr.",)),
                 (make.absent(), None, "gælder ikke (ikke i kraft)", ("0 kr.",)), (make.error(), None, "fejl K0410: divisor er 0", ("0",)))
        for value, unit, said, forged in cases:
            r = make.Record()
            r.result(r.step("data", value, file=0, place="x", name="X", **({"unit": unit} if unit else {})), said)
            record = r.line()["record"]
            self.assertEqual(failures(record), [], said)
            for other in forged:
                record["results"][0]["text"] = other
                self.assertEqual(failures(record), [("results", None, "results[0].text")], other)

    def test_bounds_may_not_be_tighter(self):
        r = make.Record()
        x = r.leaf(make.unknown("pris", low="10", high="20"), "missing")
        r.step("add", make.unknown("pris", low="11", high="21"), x, r.num("2"))
        self.assertEqual(failures(r.line()["record"]), [("steps", 2, "value")])


class Report(unittest.TestCase):
    def test_both_languages_and_json(self):
        record = make.small("3", "6").line()["record"]
        record["steps"][2]["value"]["number"] = "7"
        record["results"][0]["text"] = "7"
        raw = make.canonical(make.digested(record)) + b"\n"
        code, said = run(raw)
        self.assertEqual(code, 6)
        self.assertIn("post 1, trin 2, `value`: er number 7, men regnes til number 6", said)
        self.assertIn("record 1, step 2, `value`: is number 7, but computes to number 6", run(raw, "--lang", "en")[1])
        told = json.loads(run(raw, "--json")[1])
        self.assertFalse(told["ok"])
        self.assertEqual([(f["level"], f["step"], f["field"]) for f in told["records"][0]["failures"]], [("steps", 2, "value")])

    def test_twenty_failures_are_shown(self):
        r = make.Record()
        for _ in range(30):
            r.step("negate", make.num("1"), r.num("1"))
        said = run(make.canonical(r.line()) + b"\n", "--lang", "en")[1]
        self.assertEqual(said.count("computes to"), 20)
        self.assertIn("… and 10 more", said)

    def test_ends(self):
        self.assertEqual(verify_main_quietly(["/no/such/file"]), 5)
        self.assertEqual(verify_main_quietly([HERE]), 5)
        with self.assertRaises(SystemExit) as ended, contextlib.redirect_stderr(io.StringIO()):
            verify.main([])
        self.assertEqual(ended.exception.code, 2)


def verify_main_quietly(words):
    with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
        return verify.main(words)


class Fuzz(unittest.TestCase):
    ODD = (None, True, 0, -1, 10**20, 10**24, "", "x", "1/0", "9" * 4500, "9" * 3999, "\ud800", [], [[]], [0] * 3, {}, {"number": "1"},
           {"number": 1}, {"unknown": []}, {"step": 0}, {"step": -1}, {"error": "x"}, {"none": True}, {"date": "0001-01-01"},
           {"date": "9999-12-31"}, {"date": "2026-02-30"}, "0000", "0000-01", "9999-12", "9999-Q4", [None], [{}], [True])

    def holds_up(self, raw):
        """No exception gets out, and what is odd is never passed; a step that stumbles is told as one that fails."""
        self.assertTrue(tamper.in_process(raw), raw[:2000])

    def test_odd_things_everywhere(self):
        """Every value of every kind of step is replaced by things that do not belong there; nothing stumbles."""
        for lines in make.files().values():
            record, seen = lines[0]["record"], set()
            for path in list(tamper.paths(record)):
                shape = tuple("#" if isinstance(p, int) else p for p in path)
                if path and path[0] == "steps" and len(path) > 1:
                    shape += (record["steps"][path[1]]["op"],)
                if not path or shape in seen:
                    continue
                seen.add(shape)
                chance = random.Random(str(shape))
                for odd in chance.sample(self.ODD, 4):
                    changed = copy.deepcopy(record)
                    holder = changed
                    for key in path[:-1]:
                        holder = holder[key]
                    holder[path[-1]] = odd
                    line = {"digest": "x", "record": changed, "signatures": []}
                    self.holds_up(json.dumps(line, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode() + b"\n")

    def test_noise(self):
        chance = random.Random(3)
        raw = content("states.jsonl")
        for _ in range(100):
            self.holds_up(bytes(chance.randrange(256) for _ in range(1 + chance.randrange(200))))
            self.holds_up(raw[:1 + chance.randrange(len(raw) - 1)])
            at = chance.randrange(len(raw))
            noise = bytes(chance.randrange(32, 127) for _ in range(3))
            if noise != raw[at:at + 3]:
                self.holds_up(raw[:at] + noise + raw[at + 3:])
        for odd in (b"[" * 10**6, b'{"a":' * 10**5, b'{"digest":' + b"[" * 990 + b"]" * 990 + b',"record":{},"signatures":[]}',
                    b"null", b"0", b'"x"', b"{}", b'{"record":{}}', b'{"record":[]}', b"NaN", b"1e999", b"\xef\xbb\xbf{}"):
            self.holds_up(odd + b"\n")
            self.assertEqual(run(odd + b"\n")[0], 6)


if __name__ == "__main__":
    unittest.main()
