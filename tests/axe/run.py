#!/usr/bin/env python3
"""Holds pages to axe-core in headless Chromium, in light and in dark: python3 tests/axe/run.py FILE.html...

Exit 1 where a page breaks a rule of axe-core, with the rule and the elements. Chromium is installed with apt where it is
missing, and axe-core is fetched with npm, in the version that stands here.
"""

import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

AXE = "axe-core@4.14.1"
SCHEMES = {"light": "1", "dark": "0"}
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--virtual-time-budget=60000",
]
RUN = """<script>
axe.run(document, {resultTypes: ['violations', 'incomplete']}).then(function (found) {
  var told = {rules: found.passes.length, violations: found.violations.map(function (one) {
    return {id: one.id, help: one.help, nodes: one.nodes.map(function (node) { return node.html; }).slice(0, 5)};
  })};
  document.documentElement.innerHTML = '<pre id="axe"></pre>';
  document.getElementById('axe').textContent = JSON.stringify(told);
});
</script>"""


def chromium():
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            return name
    root = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run(root + ["apt-get", "update", "-q"], check=True)
    install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium"]
    subprocess.run(root + ["env", "DEBIAN_FRONTEND=noninteractive"] + install, check=True)
    return "chromium"


def axe(folder):
    if not shutil.which("npm"):
        root = [] if os.geteuid() == 0 else ["sudo"]
        subprocess.run(root + ["apt-get", "install", "-y", "-q", "--no-install-recommends", "npm"], check=True)
    subprocess.run(["npm", "pack", AXE, "--silent"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    packed = next(name for name in os.listdir(folder) if name.endswith(".tgz"))
    subprocess.run(["tar", "xzf", packed, "package/axe.min.js"], cwd=folder, check=True)
    with open(os.path.join(folder, "package", "axe.min.js"), encoding="utf-8") as file:
        return file.read()


def checked(browser, script, path, scheme, folder):
    with open(path, encoding="utf-8") as file:
        page = file.read()
    if "<script" in page.lower():
        return [f"{path}: holds a script"], 0
    copy = os.path.join(folder, "page.html")
    with open(copy, "w", encoding="utf-8") as file:
        file.write(page.replace("</body>", f"<script>{script}</script>{RUN}</body>"))
    profile = tempfile.mkdtemp(dir=folder)
    setting = f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}"
    command = [browser, *FLAGS, setting, f"--user-data-dir={profile}", "--dump-dom", f"file://{copy}"]
    dumped = subprocess.run(command, capture_output=True, text=True, timeout=300).stdout
    told = re.search(r'<pre id="axe">(.*?)</pre>', dumped, re.S)
    if not told:
        return [f"{path} ({scheme}): axe-core gave no answer"], 0
    answer = json.loads(html.unescape(told.group(1)))
    wrong = [
        f"{path} ({scheme}): {one['id']}: {one['help']}\n    " + "\n    ".join(one["nodes"])
        for one in answer["violations"]
    ]
    return wrong, answer["rules"]


def main(paths):
    if not paths:
        print(__doc__)
        return 2
    wrong, rules = [], 0
    with tempfile.TemporaryDirectory() as folder:
        browser, script = chromium(), axe(folder)
        for path in paths:
            for scheme in SCHEMES:
                found, passed = checked(browser, script, path, scheme, folder)
                wrong, rules = wrong + found, rules + passed
    print("\n".join(wrong))
    print(f"{len(paths)} pages, light and dark: {rules} rules passed, {len(wrong)} broken")
    return 1 if wrong or rules == 0 else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
