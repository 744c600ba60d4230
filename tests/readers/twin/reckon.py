"""States and totals of a workspace on a day, reckoned a second time from its files alone.

Written from what the plan's words mean (README, `plan explain`), never from the program. What it gives is shaped like the
program's JSON, with the fields that it knows; `compare.py` asks whether the program says the same.
"""

import collections
import pathlib
from datetime import date, timedelta

import yaml

DAY = timedelta(days=1)
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
    return yaml.safe_load(text), lines


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
        self.agency, self.round, self.received = self.data["agency"], self.data["round"], self.data["received"]
        self.errors = []

    def figures(self, indicator, tasks):
        """`(task, answer, value, line)` for each task that answers for an indicator."""
        for task in tasks:
            figures = ((self.data.get("tasks") or {}).get(task) or {}).get("figures") or {}
            answer, value = kind(figures[indicator]) if indicator in figures else (None, None)
            if answer:
                yield task, answer, value, self.lines["tasks", task, "figures", indicator]


def kind(figure):
    if isinstance(figure, dict) and "value" in figure:
        return kind(figure["value"])
    if isinstance(figure, int):
        return NUMBER, figure
    if isinstance(figure, str):
        return {"nothing-arose": NOTHING, "not-applicable": NOT_APPLICABLE}.get(figure), None
    return UNANSWERED, None


class Twin:
    def __init__(self, root, today):
        root = pathlib.Path(root)
        self.today, plan = today, {path.stem: read(path)[0] for path in root.glob("plan/*.yaml")}
        self.plan = plan["plan"]
        self.agencies = {agency["id"]: agency for agency in plan["agencies"]["agencies"]}
        self.order = {agency: at for at, agency in enumerate(self.agencies)}
        self.groups = {group["id"]: group for group in plan["agencies"]["groups"]}
        self.rounds = {round_["id"]: round_ for round_ in plan["rounds"]["rounds"]}
        self.indicators = {one["id"]: one for one in plan["indicators"]["indicators"]}
        self.fields = plan["indicators"]["complaints_by_field"]
        self.calendar = Calendar(plan["holidays"])
        groups = [read(path)[0] for path in sorted(root.glob("plan/tasks/*.yaml"))]
        groups.sort(key=lambda group: ("I", "II", "III", "IV", "V", "VI", "VII", "VIII").index(group["id"]))
        self.tasks = {task["id"]: task for group in groups for task in group["tasks"]}
        self.horizon = max(today, date.today())
        everything = [Report(root, path) for path in sorted(root.glob("reports/*/*.yaml"))]
        reports = [one for one in everything if not self.empty(one)]
        self.nothing = [one for one in everything if one not in reports]
        self.later = [one for one in reports if today < one.received <= self.horizon]
        self.reports = [one for one in reports if one not in self.later]
        for report in self.reports:
            report.errors = [*self.judge(report)]

    def held(self, round_, agency):
        return next((one for one in self.reports if (one.round, one.agency) == (round_, agency)), None)

    # Who is asked.

    def last_day(self, round_):
        return self.calendar.last_on_time(round_["agencies_before"], round_.get("deadline_rule"))

    def expected(self, round_, agency):
        """Asked on the round's last on-time day, not over a period."""
        active = agency.get("active") or {}
        here = active.get("from", date.min) <= self.last_day(round_) <= active.get("until", date.max)
        return here and agency["reporting"] != "none"

    def members(self, group):
        for member in self.groups[group]["members"]:
            yield from self.members(member) if member in self.groups else [member]

    def leads(self, task):
        found = set()
        for one in task["leads"]["assigned"]:
            found |= set(self.members(one["group"])) if "group" in one else {one["agency"]}
        return found

    def asked(self, round_):
        return [task for task in self.tasks if task in (round_.get("tasks") or self.tasks)]

    # Whether a report is valid: the rules that the generated reports can break.

    def earlier(self, report):
        """The agency's reports of the rounds before, the newest first."""
        end = self.rounds[report.round]["data_to"] if report.round in self.rounds else date.min
        rounds = sorted(self.rounds.values(), key=lambda round_: round_["data_to"], reverse=True)
        held = (self.held(round_["id"], report.agency) for round_ in rounds if round_["data_to"] < end)
        return [one for one in held if one]

    @staticmethod
    def empty(report):
        return not any(report.data.get(key) for key in ("tasks", "funding", "violators", "warnings", "complaints_by_field"))

    def judge(self, report):
        data, received = report.data, report.received
        round_ = self.rounds.get(report.round)
        agency = self.agencies[report.agency]
        accounts = data.get("tasks") or {}
        yield from ["received-in-future" for day in (received, data.get("date")) if day and day > self.horizon]
        for correction in data.get("corrections", []):
            if correction["date"] > self.horizon:
                yield "received-in-future"
            if correction["date"] < received:
                yield "correction-before-receipt"
        if round_ and received < round_["data_from"]:
            yield "received-before-data"
        if data["document"]["date"] > received:
            yield "paper-after-receipt"
        if round_ and self.expected(round_, agency) and agency["reporting"] == "required":
            for task in self.asked(round_):
                if report.agency in self.leads(self.tasks[task]) and task not in accounts:
                    yield "lead-without-entry"
        for account in accounts.values():
            figures = account.get("figures") or {}
            if account["status"] not in ("not-started", "in-progress", "done", "nothing-arose", "not-applicable"):
                yield "unknown-status"
            for indicator, figure in figures.items():
                if isinstance(figure, str) and figure not in ("nothing-arose", "not-applicable"):
                    yield "not-a-number"
                whole = figures.get(self.indicators[indicator].get("at_most"))
                if isinstance(figure, int) and isinstance(whole, int) and figure > whole:
                    yield "part-exceeds-whole"
        for task, account in accounts.items():
            for indicator, figure in (account.get("figures") or {}).items():
                before = [value for one in self.earlier(report) for at, _, value, _ in one.figures(indicator, [task]) if value is not None]
                if isinstance(figure, int) and self.indicators[indicator]["aggregation"] == "sum":
                    yield from ["below-earlier-round" for value in before if value > figure]

    def errors(self):
        """What `plan check` finds wrong, as far as it had come by the day."""
        found = [(one.file, rule) for one in self.reports for rule in one.errors] + [(one.file, "empty-report") for one in self.nothing]
        return collections.Counter(f"{file}: {rule}" for file, rule in found)

    # What `plan status` says.

    def status(self):
        return {"as_of": self.today, "rounds": [self.round_status(round_) for round_ in self.rounds.values()]}

    def timeliness(self, report, last, required):
        """In a word, and in days late, overdue or left."""
        if report:
            if report.received > self.horizon:
                return "undated", None
            late = (report.received - last).days
            return ("late", late) if late > 0 else ("on_time", None)
        left = (last - self.today).days
        if not required:
            return "not_sent", None
        if left < 0:
            return "overdue", -left
        return ("due_soon", left) if left <= 7 else ("not_due", None)

    def submissions(self, round_):
        last = self.last_day(round_)
        for agency in self.agencies.values():
            if not self.expected(round_, agency):
                continue
            report, required = self.held(round_["id"], agency["id"]), agency["reporting"] == "required"
            word, days = self.timeliness(report, last, required)
            yield {"id": agency["id"], "required": required, "timeliness": word, "days": days,
                   "validity": report and ("invalid" if report.errors else "valid"), "errors": len(report.errors) if report else 0,
                   "received": report and report.received if word != "undated" else None}

    def round_status(self, round_):
        agencies = [*self.submissions(round_)]
        required = [one for one in agencies if one["required"]]
        requested = [one for one in agencies if not one["required"]]
        count = lambda *words: sum(one["timeliness"] in words for one in required)
        counts = {"expected": len(required), "received": sum(one["validity"] is not None for one in required)}
        counts |= {"on_time": count("on_time"), "late": count("late"), "overdue": count("overdue")}
        counts |= {"missing": counts["expected"] - counts["received"], "invalid": sum(one["validity"] == "invalid" for one in agencies)}
        counts |= {"requested": len(requested), "requested_received": sum(one["validity"] is not None for one in requested)}
        passed = self.last_day(round_) < self.today
        state = "complete" if all(one["validity"] == "valid" for one in required) else "overdue_incomplete" if passed else "collecting"
        deadlines = {f"{who}_deadline": self.calendar.deadline(round_[f"{who}_before"], round_.get("deadline_rule"), self.today)
                     for who in ("agencies", "consolidated")}
        names = {one["id"] for one in agencies}
        unexpected = [one.agency for one in self.reports if one.round == round_["id"] and one.agency not in names]
        return {"id": round_["id"], "state": state, **deadlines, "counts": counts, "agencies": agencies,
                "tasks": [self.task_status(round_, task) for task in self.asked(round_)],
                "unexpected_agencies": sorted(unexpected, key=self.order.get),
                "reports_dated_later": sum(one.round == round_["id"] for one in self.later)}

    def valid(self, round_):
        """The reports that count, in the plan's order of agencies."""
        found = [self.held(round_["id"], agency["id"]) for agency in self.agencies.values() if self.expected(round_, agency)]
        return [one for one in found if one and not one.errors]

    def task_status(self, round_, task):
        due = (self.tasks[task].get("time") or {}).get("due")
        asked = [agency for agency in self.leads(self.tasks[task]) if self.expected(round_, self.agencies[agency])]
        accounts = [one.data["tasks"][task] for one in self.valid(round_) if one.agency in asked and task in (one.data.get("tasks") or {})]
        return {"id": task, "progress": self.progress(accounts, due), "leads": len(asked), "reported": len(accounts)}

    def progress(self, accounts, due):
        said = {account["status"] for account in accounts}
        dated = isinstance(due, date)
        real = said - {"nothing-arose", "not-applicable"}
        if not said:
            return "no_report"
        if not real:
            return "not_applicable" if said == {"not-applicable"} else "nothing_arose"
        if real == {"done"}:
            late = any(account.get("completed", date.min) > due for account in accounts) if dated else False
            return "done" if not dated else "done_overdue" if late else "done_in_time"
        if real == {"not-started"}:
            return "not_started"
        return "in_progress" if not dated else "in_progress_overdue" if self.today > due else "in_progress_in_time"

    # What `plan compile` and `plan trace` say.

    def compiled(self, round_):
        indicators = [one for one in self.indicators.values() if set(one["tasks"]) & set(self.asked(round_))]
        return {"totals": [self.total(round_, one) for one in indicators], "measures": [*self.lists(round_)],
                "tasks": [self.task_status(round_, task) for task in self.asked(round_)],
                "submissions": [self.submitted(one) for one in self.submissions(round_)]}

    def total(self, round_, indicator):
        if indicator["aggregation"] == "derived":
            of, over = (self.total(round_, self.indicators[indicator["percent"][key]])["value"] for key in ("of", "over"))
            rate = {"numerator": of, "denominator": over} if of is not None and over else None
            return {"indicator": indicator["id"], "value": None, "rate": rate, "contributions": []}
        parts, answers = [], []
        for report in self.answering(round_, indicator):
            tasks = self.asked(self.rounds[report.round]) if report.round in self.rounds else [*self.tasks]
            figures = [*report.figures(indicator["id"], tasks)]
            control = self.restates(report.agency)
            parts += [self.part(report, task, value, line, control) for task, answer, value, line in figures if answer == NUMBER]
            if not control:
                answers.append([(answer, value) for _, answer, value, _ in figures])
        return {"indicator": indicator["id"], "rate": None, **self.added(parts), "answers": self.answers(answers)}

    def answering(self, round_, indicator):
        """The reports that say a number's answer: of a stock, each agency's newest that has one."""
        if indicator["aggregation"] == "sum":
            return self.valid(round_)
        rounds = sorted((one for one in self.rounds.values() if one["data_to"] <= round_["data_to"]), key=lambda one: one["data_to"])
        newest = {}
        for one in rounds:
            newest |= {report.agency: report for report in self.valid(one) if [*report.figures(indicator["id"], self.asked(one))]}
        return [newest[agency] for agency in self.agencies if agency in newest]

    def restates(self, agency):
        return "control_total_of" in self.agencies[agency]

    @staticmethod
    def part(report, task, value, line, control):
        use = "control" if control else "added"
        return {"agency": report.agency, "task": task, "round": report.round, "value": value, "use": use, "file": report.file, "line": line}

    @staticmethod
    def added(parts):
        total = lambda use: sum(values) if (values := [part["value"] for part in parts if part["use"] == use]) else None
        return {"value": total("added"), "control_total": total("control"), "contributions": parts}

    @staticmethod
    def answers(agencies):
        """Each agency once, by the most telling of its answers."""
        count = dict.fromkeys((NUMBER, "zeros", NOTHING, NOT_APPLICABLE, UNANSWERED), 0)
        for answers in agencies:
            said = {answer for answer, _ in answers}
            telling = next((one for one in (NUMBER, NOTHING, NOT_APPLICABLE, UNANSWERED) if one in said), None)
            if telling:
                count[telling] += 1
            if telling == NUMBER:
                count["zeros"] += not any(value for _, value in answers)
        return count

    def lists(self, round_):
        """What is reported beside the tasks: the whole of a list before its parts."""
        yield from self.keyed(round_, "funding", [one["id"] for one in self.plan["funding"]["sources"]])
        if set(self.indicators[self.fields["of"]]["tasks"]) & set(self.asked(round_)):
            yield from self.keyed(round_, "complaints_by_field", [one["id"] for one in self.fields["fields"]])
        for key, what in (("violators", "count"), ("violators", "fine"), ("warnings", "count")):
            rows = lambda data: [((key, at), 1) for at, _ in enumerate(data.get(key, []))]
            fines = lambda data: [((key, at, what), one[what]) for at, one in enumerate(data.get(key, [])) if what in one]
            yield self.listed(round_, f"{key}.{what}", fines if what == "fine" else rows)

    def keyed(self, round_, key, ids):
        for name, wanted in [(key, ids), *((f"{key}.{one}", [one]) for one in ids)]:
            yield self.listed(round_, name, lambda data: [((key, one), data[key][one]) for one in wanted if one in data.get(key, {})])

    def listed(self, round_, name, rows):
        """An office's own money, lists and warnings are nobody else's; complaints by field are parts of an indicator."""
        parts, answers = [], []
        for report in self.valid(round_):
            found = rows(report.data)
            control = name.startswith("complaints") and self.restates(report.agency)
            parts += [self.part(report, None, value, report.lines[at], control) for at, value in found]
            if not control:
                answers.append([(NUMBER, value) for _, value in found])
        return {"indicator": name, "rate": None, **self.added(parts), "answers": self.answers(answers)}

    @staticmethod
    def submitted(one):
        same = {key: one[key] for key in ("required", "timeliness", "days", "received")}
        return {"agency": one["id"], **same, "included": one["validity"] == "valid"}
