"""Tests that `klausul verify` and `tools/verify.py` find fault with the same edited records.

    KLAUSUL=target/oracle/klausul python3 -m unittest discover tests/record
"""
import glob
import os
import unittest

import agree
import make

PROGRAM = os.environ.get("KLAUSUL")


@unittest.skipUnless(PROGRAM, "the variable KLAUSUL does not name the program")
class Agree(unittest.TestCase):
    def test_the_two_verifiers_agree(self):
        differ = agree.run(PROGRAM, sorted(glob.glob(os.path.join(make.RECORDS, "*.jsonl"))), 600, 5)[1]
        self.assertEqual(differ, [])

    def test_a_difference_is_told(self):
        """Where one of them finds no fault with anything, all that the other finds is a difference."""
        counts, differ = agree.run("true", [os.path.join(make.RECORDS, "choices.jsonl")], 40, 5, said=lambda _: "{}")
        self.assertEqual(counts[1], 0)
        self.assertTrue(differ)
        self.assertTrue(all(line.startswith("only verify.py") for line in differ))


if __name__ == "__main__":
    unittest.main()
