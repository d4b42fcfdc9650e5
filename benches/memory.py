"""Measures what a run takes, as the figures of src/base/limits.rs have it: python3 benches/memory.py PROGRAM"""
import os, resource, subprocess, sys, tempfile

KINDS = "hver region, regioner, regionen har\n  a : tal\n  b : tal\n\nklausul k for hver region\n  z = "
TERMS = " + ".join(["a × 2", "b / 3"] * 100)

def table(rows):
    return "navn;a;b\n" + "".join(f"{at};1;2\n" for at in range(rows))

RULES = "".join(f"klausul k{at}\n  x = " + " + ".join(["1"] * 60) + "\n" for at in range(3000))
CASES = [  # what is measured, files, arguments, and by how many units of what
    ("rules", {"a.klausul": RULES}, ["check"], len(RULES.encode()), "byte of rules"),
    ("table", {"a.klausul": KINDS + "a + b\n", "t.csv": table(200_000)},
     ["eval", "k.z", "--for", "region=1"], len(table(200_000)), "byte of data"),
    ("steps", {"a.klausul": KINDS + TERMS + "\n", "t.csv": table(900)}, ["eval", "k.z"], 900 * 800, "step"),
]

def peak(program, folder, files, args):
    for name, text in files.items():
        with open(os.path.join(folder, name), "w") as out:
            out.write(text)
    line = [program, args[0], "a.klausul", *args[1:]]
    if args[0] == "eval":
        line += ["--year", "2025", "--data", "region=t.csv"]
    child = os.fork()
    if child == 0:
        with open(os.devnull, "w") as nothing:
            code = subprocess.run(line, cwd=folder, stdout=nothing, stderr=nothing).returncode
        took = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        with open(os.path.join(folder, "took"), "w") as out:
            out.write(f"{took} {code}")
        os._exit(0)
    os.waitpid(child, 0)
    with open(os.path.join(folder, "took")) as told:
        return [int(word) for word in told.read().split()]

if __name__ == "__main__":
    program = os.path.abspath(sys.argv[1])
    for name, files, args, units, unit in CASES:
        with tempfile.TemporaryDirectory() as folder:
            kib, code = peak(program, folder, files, args)
            print(f"{name}: {kib // 1024} MiB at most, {kib * 1024 / units:.0f} bytes for each {unit} (ended with {code})")
