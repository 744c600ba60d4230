"""Reads `plan check --format sarif` and `junit` with a schema and a parser this project did not write.

Usage: formats.py PLAN ROOT SARIF_SCHEMA
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import jsonschema
import junitparser

# Something for every severity, a related place, an acceptance, and text that formats must escape.
MISTAKES = """illustrative: true
agency: so-y-tế
round: annual
document: {number: 1/BC-SYT, date: 2026-11-31}
received: 2026-11-18
received: 2026-11-19
tasks:
  III.5:
    status: "<&\\">"
    figures: {inspections: 1.000, violations: 5}
accepted:
  - {rule: task-outside-round, reason: "]]> & <b>"}
"""


def check(plan, workspace, form):
    run = subprocess.run([plan, "-C", workspace, "--as-of", "2026-11-23", "check", "--format", form], capture_output=True)
    assert run.returncode == 1, (form, run.returncode, run.stderr)
    return run.stdout


def main():
    plan, root, schema = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as folder:
        workspace = pathlib.Path(folder)
        for name in ("plan", "reports"):
            shutil.copytree(root / name, workspace / name)
        (workspace / "reports/annual/so-y-te.yaml").write_text(MISTAKES, encoding="utf-8")

        problems = json.loads(check(plan, workspace, "json"))
        sarif = json.loads(check(plan, workspace, "sarif"))
        jsonschema.validate(sarif, json.loads(schema.read_text()))
        results = sarif["runs"][0]["results"]
        assert len(results) == len(problems["problems"]), "sarif: as many results as problems"
        for result, problem in zip(results, problems["problems"], strict=True):
            region = result["locations"][0]["physicalLocation"]["region"]
            assert (result["ruleId"], region["startLine"]) == (problem["rule"], problem["line"]), result

        (workspace / "junit.xml").write_bytes(check(plan, workspace, "junit"))
        xml = junitparser.JUnitXml.fromfile(workspace / "junit.xml")
        suite = next(iter(xml))
        failures = sum(len([r for r in case.result if isinstance(r, junitparser.Failure)]) for case in suite)
        assert suite.tests == problems["summary"]["files"], "junit: a case a file"
        assert suite.failures == failures == problems["summary"]["errors"], "junit: a failure an error"
    print(f"formats: {len(results)} sarif results and {failures} junit failures read")


if __name__ == "__main__":
    main()
