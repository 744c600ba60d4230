"""Whether `plan` and its twin say the same of many generated workspaces.

Usage: compare.py PLAN [COUNT [FIRST_SEED]]
"""

import collections
import csv
import io
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from datetime import date

from generate import Workspace
from totals import Twin
from doubts import KNOWN


def differences(mine, theirs, at=""):
    """Where the program says something else than the twin, which has fewer fields; and how many values were compared."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for key, value in mine.items():
            yield from differences(value, theirs.get(key, "no such field"), f"{at}.{key}")
    elif isinstance(mine, (list, tuple)) and isinstance(theirs, (list, tuple)) and len(mine) == len(theirs):
        for index, pair in enumerate(zip(mine, theirs)):
            name = pair[0].get("id", pair[0].get("indicator", index)) if isinstance(pair[0], dict) else index
            yield from differences(*pair, f"{at}[{name}]")
    else:
        mine = mine.isoformat() if isinstance(mine, date) else mine
        yield at, mine, theirs


class Refused(Exception):
    """The program prints nothing."""


class Differ:
    """One workspace: what its twin says against what the program prints."""

    def __init__(self, plan, seed, folder):
        self.plan, self.seed, self.folder = plan, seed, folder
        self.today = Workspace(seed, folder).build()
        self.twin = Twin(folder, self.today)
        self.random = random.Random(-seed)
        self.compared, self.found = 0, []

    def run(self, *arguments):
        self.command = [self.plan, "-C", str(self.folder), "--as-of", str(self.today), *arguments]
        run = subprocess.run(self.command, capture_output=True)
        self.code = run.returncode
        if not run.stdout and run.returncode:
            raise Refused(f"seed {self.seed}: {' '.join(self.command)}\n  {run.stderr.decode()}")
        return run.stdout.decode("utf-8-sig")

    def same(self, mine, theirs):
        for at, one, other in differences(in_order(mine), in_order(theirs)):
            self.compared += 1
            if one != other:
                self.found.append(f"seed {self.seed}: {' '.join(self.command)}\n  {at}: the twin says {one!r}, the program {other!r}")

    def compare(self):
        status = json.loads(self.run("status", "--format", "json"))
        self.same(self.twin.status(), status)
        rows = table(self.run("status", "--all", "--format", "csv"))
        agencies = [(round_["id"], one) for round_ in status["rounds"] for one in round_["agencies"]]
        self.same([[round_, one["id"], one["received"] or "", "" if one["days"] is None else str(one["days"])] for round_, one in agencies],
                  [[row["Kỳ"], row["Mã cơ quan"], row["Ngày nhận"], row["Số ngày"]] for row in rows])
        self.same([*by_name(self.twin.difficulties())], [*by_name(json.loads(self.run("difficulties", "--format", "json"))["remarks"])])
        problems = json.loads(self.run("check", "--format", "json"))["problems"]
        known = {one.file for one in self.twin.reports + self.twin.nothing}
        theirs = collections.Counter((one["file"], one["rule"]) for one in problems if one["file"] in known and one["severity"] == "error")
        mine = self.twin.errors()
        self.same({f"{one}": mine[one] for one in mine | theirs}, {f"{one}": theirs[one] for one in mine | theirs})
        theirs = collections.Counter((one["file"], one["rule"], one["accepted"] is not None) for one in problems
                                     if one["rule"] in KNOWN and (one["file"] in known or one["file"].endswith("register.yaml")))
        mine = self.twin.warnings()
        self.same({f"{one}": mine[one] for one in mine | theirs}, {f"{one}": theirs[one] for one in mine | theirs})
        for round_ in self.random.sample([*self.twin.rounds.values()], 2):
            self.compare_round(round_)

    def compare_round(self, round_):
        which = ("--round", round_["id"])
        self.run("status", *which, "--exit-code", "--format", "json")
        state = self.twin.round_status(round_)
        late = state["counts"]["overdue"] > 0 and state["state"] != "issued" or state["consolidated_days_late"]
        self.same({"code": int(bool(late) or any(task["overdue"] for task in state["tasks"]))}, {"code": self.code})
        mine = self.twin.compiled(round_)
        theirs = json.loads(self.run("compile", *which, "--skip-invalid", "--format", "json", "-o", "-"))
        self.same(mine, theirs)
        measures = mine["totals"] + mine["measures"]
        out = self.folder / f"csv-{round_['id']}"
        self.run("compile", *which, "--skip-invalid", "--format", "csv", "-o", str(out))
        rows = table((out / "sources.csv").read_text("utf-8-sig")) if (out / "sources.csv").exists() else []
        parts = [[one["indicator"], part["agency"], part["task"] or "", str(part["value"]), part["file"], str(part["line"])]
                 for one in measures if one["indicator"] not in ("funding", "complaints_by_field") for part in one["contributions"]]
        self.same(sorted(parts), sorted([row[key] for key in ("Mã chỉ tiêu", "Mã cơ quan", "Nhiệm vụ", "Số liệu", "Tệp", "Dòng")] for row in rows))
        for one in self.random.sample(measures, 2):
            trace = json.loads(self.run("trace", one["indicator"], *which, "--format", "json"))
            self.same(self.twin.traced(round_, one), trace)


def in_order(data):
    """Where each number comes from, by its place: the order in which that is told is free. That nobody was asked is no answer too."""
    data = {"not_asked": "no_answer", "superseded": "a newer answer", "succeeded": "a newer answer"}.get(data, data) if isinstance(data, str) else data
    if isinstance(data, dict):
        return {key: sorted(value, key=lambda one: (one["file"], one["line"])) if key in ("contributions", "left_out") else in_order(value)
                for key, value in data.items()}
    return [in_order(one) for one in data] if isinstance(data, list) else data


def by_name(remarks):
    return sorted(remarks, key=lambda one: (one["id"], one["kind"], one["to"] or ""))


def table(text):
    return [*csv.DictReader(io.StringIO(text))]


def one(plan, seed, root):
    folder = pathlib.Path(root) / str(seed)
    differ = Differ(plan, seed, folder)
    try:
        differ.compare()
    except Refused as refused:
        differ.found.append(str(refused))
    if not differ.found:
        shutil.rmtree(folder)
    return differ.compared, differ.found


def main(plan, count=200, first=0):
    plan, root = str(pathlib.Path(plan).resolve()), tempfile.mkdtemp(prefix="plan-twin-")
    seeds = range(first, first + count)
    with ProcessPoolExecutor(2) as pool:
        results = [*pool.map(one, [plan] * count, seeds, [root] * count)]
    found = [line for _, lines in results for line in lines]
    if found:
        pathlib.Path(root, "disagreements").write_text("\n".join(found))
        print(*found[:40], sep="\n")
        sys.exit(f"twin: {len(found)} disagreements in {sum(bool(lines) for _, lines in results)} workspaces, kept in {root}")
    shutil.rmtree(root)
    print(f"twin: {count} workspaces, {sum(compared for compared, _ in results)} values agree")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
