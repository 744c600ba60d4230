"""Plays the first week of the README: every command in its order, in a folder of its own, with the forms of four agencies
filled in by openpyxl where the agencies would. Holds each line of output that the README shows to what is printed.

Usage: first_week.py PLAN ROOT
"""

import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

from forms import Form, load

HEADING = "### Tuần đầu tiên"
TODAY = "2026-11-23"
AGENCIES = ["so-y-te", "toa-an", "phuong-to-hieu", "xa-muong-la"]


def script(readme):
    """Commands with the lines that the README shows for each."""
    block = re.search(rf"{HEADING}.*?```console\n(.*?)```", readme, re.DOTALL).group(1)
    steps = []
    for line in block.splitlines():
        if line.startswith(("$ ", "# ")):
            steps.append((line, []))
        elif line != "…":
            steps[-1][1].append(line)
    return steps


def fill_in(folder, root):
    wording = load(root / "plan/report.yaml")
    (folder / "da-nhan").mkdir()
    for agency in AGENCIES:
        name = f"{agency}-annual-2026.xlsx"
        form = Form(folder / "bieu-mau" / name)
        form.fill(load(root / "reports/annual" / f"{agency}.yaml"), wording)
        form.book.save(folder / "da-nhan" / name)


def main():
    plan, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        here = pathlib.Path(folder)
        commands = 0
        for line, shown in script((root / "README.md").read_text(encoding="utf-8")):
            if line.startswith("# "):
                fill_in(here, root)
                continue
            words = shlex.split(line[2:])
            if words[0] == "cd":
                here = here / words[1]
                continue
            assert words[0] == "plan", line
            run = subprocess.run(
                [plan, "--as-of", TODAY, *words[1:]], cwd=here, capture_output=True, text=True,
                env={"COLUMNS": "100", "PATH": ""},
            )
            assert run.returncode == 0, (line, run.stdout, run.stderr)
            printed = iter(run.stdout.splitlines())
            for expected in shown:
                assert any(expected == found.rstrip() for found in printed), (line, expected, run.stdout)
            commands += 1
        assert commands >= 9, commands
        print(f"first week: {commands} commands as the README says")


main()
