"""The files of a workspace, as a second reader sees them: what each says, on which line, and which days are worked.

Written from what the plan's words mean (README, `plan explain`), never from the program.
"""

import hashlib
from datetime import timedelta

import yaml

DAY = timedelta(days=1)
TOLD = ("subject", "funding", "violators", "warnings", "complaints_by_field", "difficulties", "recommendations")
STATUSES = ("not-started", "in-progress", "done", "nothing-arose", "not-applicable")
NUMBER, NOTHING, NOT_APPLICABLE, UNANSWERED = "numbers", "nothing_arose", "not_applicable", "unanswered"


def read(path):
    """A file's data, and the line of every key and list item by its path of keys."""
    text, lines = path.read_text(encoding="utf-8"), {}

    def walk(node, at):
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                lines[(*at, key.value)] = key.start_mark.line + 1
                walk(value, (*at, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                lines[(*at, index)] = value.start_mark.line + 1
                walk(value, (*at, index))

    walk(yaml.compose(text, Loader=yaml.SafeLoader), ())
    return yaml.safe_load(text) or {}, lines


def remark_id(given):
    """Never a number to a spreadsheet, which `6e094719` would be: one of digits and `e` alone begins with a letter."""
    return "abcd"[int(given[0]) % 4] + given[1:] if given[0].isdigit() and not set(given[1:]) - set("0123456789e") else given


class Calendar:
    def __init__(self, holidays):
        self.off = [(one["from"], one["to"]) for one in holidays["days_off"]]
        self.worked = {one["date"] for one in holidays["working_days"]}

    def works(self, day):
        return day in self.worked or (day.weekday() < 5 and not any(first <= day <= last for first, last in self.off))

    def last_on_time(self, before, rule):
        day = before - DAY
        while rule == "next-working-day" and not self.works(day):
            day += DAY
        return day

    def deadline(self, before, rule, today):
        last = self.last_on_time(before, rule)
        working = last
        while not self.works(working):
            working -= DAY
        left = sum(self.works(today + DAY * step) for step in range((last - today).days + 1))
        return {"before": before, "last_on_time": last, "last_working_day": working, "working_days_left": left}


class Report:
    def __init__(self, root, path):
        self.file = path.relative_to(root).as_posix()
        self.data, self.lines = read(path)
        self.sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        self.round, self.agency = path.parent.name, self.data.get("agency", path.stem)
        self.received = self.data.get("received")
        self.errors = []

    def says_something(self):
        """Beside who it is, and states that nobody told a word of; what is none of the states may be meant as a word."""
        words = [{key: said for key, said in account.items() if key != "completed" and said not in STATUSES}
                 for account in self.accounts().values()]
        return told(words) or any(told(self.data.get(key)) for key in TOLD)

    def is_unfilled(self):
        """The questions as they were given out: not one has an answer."""
        asked = {key: value for key, value in self.data.items() if key not in ("agency", "round", "date")}
        return bool(asked) and not told(asked)

    def accounts(self):
        return self.data.get("tasks") or {}

    def figures(self, indicator, tasks):
        """What each task answers for an indicator."""
        for task in tasks:
            figures = (self.accounts().get(task) or {}).get("figures") or {}
            if indicator in figures:
                yield Figure(task, figures[indicator], self.lines["tasks", task, "figures", indicator])


def told(value):
    if isinstance(value, dict):
        value = [*value.values()]
    return any(told(one) for one in value) if isinstance(value, list) else value is not None


class Figure:
    """A number, a word or a reason; beside it what is taken over from last year, and who else counts it."""

    def __init__(self, task, written, line):
        more = written if isinstance(written, dict) else {}
        self.task, self.line = task, line
        self.carried_over, self.counted_by = more.get("carried_over", 0), more.get("counted_by")
        self.alone = more.get("itself_alone", False)
        said = more.get("value", UNANSWERED) if more else written
        words = {"nothing-arose": NOTHING, "not-applicable": NOT_APPLICABLE, UNANSWERED: UNANSWERED}
        # None where nobody can read it.
        self.answer = NUMBER if isinstance(said, int) else words.get(said)
        self.value = said if self.answer == NUMBER else None
        self.counts = self.answer == NUMBER and not self.counted_by


def total(figures):
    return sum(figure.value for figure in figures if figure.counts)
