"""Tests that files made to hang or break a verifier are refused, in time and with the place where they are wrong.

The variable KLAUSUL names the program, as for the tests that both verifiers agree.
"""
import os
import tempfile
import time
import unittest

import hostile
import tamper

PROGRAM = os.environ.get("KLAUSUL")
# Many times what it takes: the test is for what would take minutes or hours.
LIMIT = 30.0


class Hostile(unittest.TestCase):
    def test_the_script_refuses_them_all(self):
        for case, made in hostile.CASES.items():
            raw, began = made(), time.process_time()
            found = tamper.in_process(raw)
            self.assertTrue(found or not raw, case)
            self.assertFalse([f for f in found if "could not be checked" in f[4]], case)
            self.assertLess(time.process_time() - began, LIMIT, case)

    @unittest.skipUnless(PROGRAM, "the variable KLAUSUL does not name the program")
    def test_the_program_refuses_them_all(self):
        for case, made in hostile.CASES.items():
            with tempfile.NamedTemporaryFile(suffix=".jsonl", delete=False) as file:
                file.write(made())
            try:
                taken = hostile.said_by([PROGRAM, "--lang", "en", "verify"], file.name)
            finally:
                os.unlink(file.name)
            self.assertIsNone(hostile.wrong_with(*taken, LIMIT), case)


if __name__ == "__main__":
    unittest.main()
