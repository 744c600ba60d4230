"""Holds the schemas of `plan schema` and the reader together, with a validator this project did not write.

Every shipped file is valid under its schema; every rule fixture that breaks a file's shape is invalid; on generated
changes of a report, all checked in one run, both say the same.
Usage: schema.py PLAN ROOT
"""

import copy
import functools
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import yaml

# Problems that a schema can see: the others need more than one file or a calendar.
SHAPE = {
    "unknown-key", "missing-field", "wrong-shape", "not-a-date", "not-a-number", "unknown-agency", "unknown-task",
    "unknown-indicator", "unknown-round", "unknown-status", "unknown-value",
}  # fmt: skip
KINDS = {
    "plan/plan.yaml": "plan", "plan/agencies.yaml": "agencies", "plan/rounds.yaml": "rounds",
    "plan/indicators.yaml": "indicators", "plan/holidays.yaml": "holidays", "plan/report.yaml": "wording",
    "plan/carried.yaml": "carried", "plan/previous.yaml": "previous",
}  # fmt: skip
ACTS = {"register.yaml": "register", "accepted.yaml": "accepted"}


class Loader(yaml.SafeLoader):
    """YAML 1.2: a date is text, and so is `no`."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def kind_of(path):
    if path.startswith("reports/"):
        return "illustrative" if path == "reports/illustrative.yaml" else ACTS.get(path.rsplit("/", 1)[1], "report")
    return "task" if path.startswith("plan/tasks/") else KINDS[path]


def validators(plan, workspace):
    @functools.cache
    def of(kind):
        output = subprocess.run([plan, "-C", workspace, "schema", kind], check=True, capture_output=True)
        schema = json.loads(output.stdout)
        jsonschema.Draft202012Validator.check_schema(schema)
        return jsonschema.Draft202012Validator(schema)

    return of


def valid_files(plan, workspace):
    """(checks, failures) over every file of a workspace that has no problem."""
    of, failures, checks = validators(plan, workspace), [], 0
    for path in sorted(workspace.glob("plan/**/*.yaml")) + sorted(workspace.glob("reports/**/*.yaml")):
        name = path.relative_to(workspace).as_posix()
        content = yaml.load(path.read_text(encoding="utf-8"), Loader)
        checks += 1
        for error in of(kind_of(name)).iter_errors(content):
            failures.append(f"{name}: {error.json_path}: {error.message[:160]}")
    return checks, failures


def sections(text):
    for section in re.split(r"^#- ", text, flags=re.M)[1:]:
        header, _, body = section.partition("\n")
        yield header.split("#!")[0].strip(), body


def marks(line):
    """The rules that a line breaks. That an id which it declares was meant otherwise, only the files that name the other show."""
    rules, _, said = line.partition("#!")[2].partition("#~")
    return [] if said.startswith(" nếu mã “") else rules.split()


def broken_fixtures(plan, root):
    of, failures, checks = validators(plan, root / "tests/workspace"), [], 0
    for fixture in sorted((root / "tests/rules").glob("*.yaml")):
        for path, body in sections(fixture.read_text(encoding="utf-8")):
            marked = {rule for line in body.splitlines() for rule in marks(line)}
            if not marked & SHAPE or " " in path:
                continue
            try:
                content = yaml.load(body, Loader)
            except yaml.YAMLError:
                continue
            checks += 1
            if of(kind_of(path)).is_valid(content):
                failures.append(f"{fixture.name}: {path}: valid under the schema, but breaks {', '.join(sorted(marked & SHAPE))}")
    return checks, failures


# Lines for every kind of output that the program lists; FORMS and BROKEN are made for them.
VALUES = [
    None, True, "abc", "", "   ", 12, 0, -1, "12", "2026-06-09", "2026-02-30", "1944-12-31", "1999-01-01", "9/6/2026",
    10**14, 10**14 + 1, [], ["abc"], {}, {"abc": "abc"}, "38", "nothing-arose",
]  # fmt: skip


def changed(report):
    """Copies of a report, each with another value, key or lack at one place."""
    def places(value, place):
        yield place
        items = value.items() if isinstance(value, dict) else enumerate(value[:1]) if isinstance(value, list) else ()
        for key, inner in items:
            yield from places(inner, [*place, key])

    # Whether a rule exists is asked only of the file that counts in the end.
    for *place, last in (place for place in places(report, []) if place and place[-1] != "rule"):
        for put in [*VALUES, ...]:
            copied = copy.deepcopy(report)
            within = functools.reduce(lambda within, key: within[key], place, copied)
            if put is not ...:
                within[last] = put
            elif isinstance(within, dict):
                within["khong_co"] = within.pop(last)
            yield copied


def changed_reports(plan, root):
    workspace = root / "tests/releases/0.1.0/workspace"
    schema = validators(plan, workspace)("report")
    report = yaml.load((workspace / "reports/annual/so-cong-thuong.yaml").read_text(encoding="utf-8"), Loader)
    with tempfile.TemporaryDirectory() as folder:
        files = {}
        for at, value in enumerate(changed(report)):
            path = pathlib.Path(folder) / f"{at}.yaml"
            path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
            files[path.name] = schema.is_valid(value)
        check = [plan, "-C", workspace, "check", "--format", "json", *(pathlib.Path(folder) / name for name in files)]
        problems = json.loads(subprocess.run(check, capture_output=True).stdout)["problems"]
    broken = {pathlib.Path(problem["file"]).name for problem in problems if problem["rule"] in SHAPE}
    failures = [f"change {name} of a report: schema {valid}" for name, valid in files.items() if valid == (name in broken)]
    assert len(files) > 200
    return len(files), failures


OUTPUTS = {
    "status-output": ["status", "status --agency so-y-te", "status --overdue", "status --round annual"],
    "show-output": ["show", "show so-y-te --history", *(f"show {item}" for item in ["so-y-te", "III.5", "III", "ubnd-cap-xa", "fines", "annual"])],
    "draft-output": ["draft"],
    "difficulties-output": ["difficulties", "difficulties --to ubnd-tinh"],
    "trace-output": ["trace inspections", "trace tasks.done", "trace resolution_rate", "trace fines --task III.5", "trace funding", "trace violators.fine"],
    "publish-output": ["publish"],
    "calendar-output": ["calendar", "calendar --agency so-y-te"],
    "form-import-output": ["form import FORMS --dry-run"],
    "receive-output": ["receive FORMS BROKEN --dry-run"],
    "check-output": ["check", "check BROKEN --strict"],
    "explain-output": ["explain", "explain not-a-number"],
    "compile-output": ["compile -o -", "compile --round consumer-day -o -"],
    "remind-output": ["remind", "remind --as-of 2026-11-01 --within 0"],
    "schema-output": ["schema"],
}  # fmt: skip


def valid_outputs(plan, workspace):
    """(checks, failures) over what commands print as JSON: all those that the program says it prints."""
    of, failures, checks = validators(plan, workspace), [], 0

    def run(*words):
        return subprocess.run([plan, "-C", workspace, *words], capture_output=True, check=False)

    with tempfile.TemporaryDirectory() as folder:
        broken = pathlib.Path(folder, "so-y-te.yaml")
        broken.write_text("agency: so-y-te\nround: annual\nreceived: 1/1\ntasks: {III.5: {figures: {fines: 1.5}}}\n")
        run("form", "export", "so-y-te", "xa-muong-la", "-o", f"{folder}/forms").check_returncode()
        kinds = json.loads(run("schema", "--format", "json").stdout)["kinds"]
        listed = [kind["name"] for kind in kinds if kind["name"].endswith("-output")]
        failures += [f"{kind}: no line prints it here" for kind in set(listed) ^ set(OUTPUTS)]
        for kind, line in ((kind, line) for kind in listed for line in OUTPUTS.get(kind, [])):
            words = line.replace("FORMS", f"{folder}/forms").replace("BROKEN", str(broken)).split()
            found = run(*words, "--format", "json")
            checks += 1
            try:
                output = json.loads(found.stdout)
                failures += [f"plan {line}: {error.json_path}: {error.message}" for error in of(kind).iter_errors(output)]
                if output["schema_version"] != 1:
                    failures.append(f"plan {line}: schema_version")
            except (ValueError, KeyError) as error:
                failures.append(f"plan {line}: {error!r}: {found.stdout[:200]!r} {found.stderr[:200]!r}")
    return checks, failures


def main():
    plan, root = sys.argv[1], pathlib.Path(sys.argv[2])
    runs = [
        valid_files(plan, root), valid_files(plan, root / "tests/workspace"), valid_outputs(plan, root),
        broken_fixtures(plan, root), changed_reports(plan, root),
    ]
    failures = [failure for _, found in runs for failure in found]
    print("\n".join(failures))
    print(f"schema: {sum(checks for checks, _ in runs) - len(failures)} passed, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
