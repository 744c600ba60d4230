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
STATUSES = ("not-started", "in-progress", "done", "nothing-arose", "not-applicable")


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
        self.round, self.agency = path.parent.name, self.data.get("agency", path.stem)
        self.received = self.data.get("received")
        self.errors = []

    def says_something(self):
        """Beside who it is, and states that nobody told a word of."""
        words = [{**account, "status": None, "completed": None} for account in self.accounts().values()]
        return told(words) or any(told(self.data.get(key)) for key in ("funding", "violators", "warnings", "complaints_by_field"))

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
        reports = [one for one in everything if one.says_something()]
        self.nothing = [one for one in everything if one not in reports and (one.received or today) <= today]
        self.later = [one for one in reports if today < max(one.received, one.data.get("date", one.received)) <= self.horizon]
        self.reports = [one for one in reports if one not in self.later]
        for report in self.reports:
            report.errors = [*self.judge(report)]

    def held(self, round_, agency):
        return next((one for one in self.reports if (one.round, one.agency) == (round_, agency)), None)

    # Who is asked.

    def last_day(self, round_):
        return self.calendar.last_on_time(round_["agencies_before"], round_.get("deadline_rule"))

    def expected(self, round_, agency):
        return agency["reporting"] != "none" and self.active(round_, agency)

    def active(self, round_, agency):
        """Asked on the round's last on-time day, not over a period."""
        active = agency.get("active") or {}
        return active.get("from", date.min) <= self.last_day(round_) <= active.get("until", date.max)

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

    def heirs(self, agency):
        while agency := self.agencies[agency].get("successor"):
            yield agency

    def earlier(self, report):
        """Of each round before, what the agency reported, and what those did that are gone and that it succeeds."""
        now = self.rounds.get(report.round)
        gone = [one for one in self.agencies if now and report.agency in self.heirs(one) and not self.active(now, self.agencies[one])]
        for round_ in self.rounds.values():
            if now and round_["data_to"] < now["data_to"]:
                there = [self.held(round_["id"], of) for of in gone if self.expected(round_, self.agencies[of])]
                yield round_["id"], self.held(round_["id"], report.agency), [one for one in there if one]

    def judge(self, report):
        data, received = report.data, report.received
        round_ = self.rounds.get(report.round)
        agency = self.agencies[report.agency]
        accounts = report.accounts()
        yield from ["received-in-future" for day in (received, data.get("date")) if day and day > self.horizon]
        for correction in data.get("corrections", []):
            if correction["date"] > self.horizon:
                yield "received-in-future"
            if correction["date"] < received:
                yield "correction-before-receipt"
        if round_ and received < round_["data_from"]:
            yield "received-before-data"
        yield from ["paper-after-receipt" for day in (data["document"]["date"], data.get("date")) if day and day > received]
        if round_ and self.expected(round_, agency) and agency["reporting"] == "required":
            for task in self.asked(round_):
                if report.agency in self.leads(self.tasks[task]) and task not in accounts:
                    yield "lead-without-entry"
        for account in accounts.values():
            figures = account.get("figures") or {}
            if account["status"] not in STATUSES:
                yield "unknown-status"
            yield from ["not-a-number" for figure in figures.values() if isinstance(figure, str) and figure not in STATUSES]
        for indicator in self.indicators.values():
            if indicator["aggregation"] == "sum":
                yield from self.beyond_whole(report, indicator)
        # A word said of a whole task is one fall, with every number that it takes away.
        falls = [fall for one in self.indicators.values() if one["aggregation"] == "sum" for fall in self.fallen(report, one)]
        yield from ["below-earlier-round" for _ in {*falls}]
        if round_:
            yield from self.restated(report)
        for key in ("funding", "complaints_by_field"):
            for _, own, others in self.earlier(report):
                before = [one.data.get(key, {}) for one in (own, *others) if one]
                yield from ["below-earlier-round" for part, value in data.get(key, {}).items() if value < sum(one.get(part, 0) for one in before)]

    def beyond_whole(self, report, part):
        """A part is compared with its whole in each task and over the report, though an ad hoc one need not tell the whole."""
        whole = self.indicators.get(part.get("at_most"))
        if not whole or report.agency not in whole.get("only", [report.agency]):
            return
        parts, wholes = ([*report.figures(one["id"], self.tasks)] for one in (part, whole))
        limit = {figure.task: figure.value + figure.carried_over for figure in wholes if figure.counts}
        beyond = [figure for figure in parts if figure.counts and figure.value > limit.get(figure.task, figure.value)]
        known = (limit or report.round in self.rounds) and all(figure.answer for figure in wholes)
        if not beyond and known and total(parts) > sum(limit.values()):
            beyond = [None]
        yield from ["part-exceeds-whole" for _ in beyond]

    def restated(self, report):
        """Who has a unit, or leads through an office, tells in one place two figures or more that are the other's."""
        others = {one["id"] for one in self.agencies.values() if one.get("parent") == report.agency}
        others |= {one["through"] for task in self.tasks.values() for one in task["leads"]["assigned"]
                   if one.get("agency") == report.agency and "through" in one}
        for other in others - {report.agency} if not self.restates(report.agency) else ():
            held = self.held(report.round, other)
            where = ([*self.tasks], *([task] for task in self.tasks))
            told = [[{one: total(report.figures(one, tasks)) for one in self.indicators} for tasks in where] for report in (report, held) if report]
            if any(sum(mine[one] == theirs[one] > 0 for one in mine) >= 2 for mine in told[0] for theirs in told[-1] if held):
                yield "restates-another"

    def fallen(self, report, indicator):
        """What is cumulative never falls, over all tasks together; an answer without a number is none, one with a reason is not known."""
        now = [*report.figures(indicator["id"], self.tasks)]
        said = [task for task in indicator["tasks"] if report.accounts().get(task, {}).get("status") in ("nothing-arose", "not-applicable")]
        if any(figure.answer in (None, UNANSWERED) for figure in now) or not now and not said:
            return
        for round_, own, others in self.earlier(report):
            told_before = (own, *others) if not any(figure.alone for figure in now) else (own,)
            before = sum(total(one.figures(indicator["id"], self.asked(self.rounds[report.round]))) for one in told_before if one)
            # What another agency counts from now on is still told.
            if before > sum(figure.value or 0 for figure in now):
                yield round_, indicator["id"] if now else said[0]

    def errors(self):
        """What `plan check` finds wrong, as far as it had come by the day."""
        found = [(one.file, rule) for one in self.reports for rule in one.errors]
        found += [(one.file, "empty-report") for one in self.nothing if not one.is_unfilled()]
        return collections.Counter(found)

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
        due = due if isinstance(due, date) else None
        asked = [agency for agency in self.leads(self.tasks[task]) if self.expected(round_, self.agencies[agency])]
        accounts = [one.accounts()[task] | {"by": min(one.received, round_["data_to"])} for one in self.valid(round_)
                    if one.agency in asked and task in one.accounts()]
        progress = self.progress(accounts, len(asked), due)
        over = ("done", "done_in_time", "done_overdue", "nothing_arose", "not_applicable")
        overdue = bool(due) and self.today > due and progress not in over
        declared = collections.Counter(account["status"] for account in accounts)
        return {"id": task, "progress": progress, "overdue": overdue, "leads": len(asked), "reported": len(accounts), "declared": declared}

    def progress(self, accounts, leads, due):
        """Concluded from all leads, or from none; what is done and has no day was so by the end of the data."""
        said = {account["status"] for account in accounts}
        real = said - {"nothing-arose", "not-applicable"}
        if not said or len(accounts) < leads:
            return "partly_reported" if said else "no_report"
        if not real:
            return "not_applicable" if said == {"not-applicable"} else "nothing_arose"
        if real == {"not-started"}:
            return "not_started"
        if real == {"done"}:
            late = due and any(account.get("completed", account["by"]) > due for account in accounts)
            return "done_overdue" if late else "done_in_time" if due else "done"
        return "in_progress" if not due else "in_progress_overdue" if self.today > due else "in_progress_in_time"

    # What `plan compile` and `plan trace` say.

    def compiled(self, round_):
        indicators = [one for one in self.indicators.values() if set(one["tasks"]) & set(self.asked(round_))]
        return {"totals": [self.total(round_, one) for one in indicators], "measures": [*self.lists(round_)],
                "tasks": [self.task_status(round_, task) for task in self.asked(round_)],
                "submissions": [self.submitted(one) for one in self.submissions(round_)]}

    def total(self, round_, indicator):
        if indicator["aggregation"] == "derived":
            return {"indicator": indicator["id"], "value": None, "contributions": [], **self.rate(round_, indicator["percent"])}
        parts, answers = [], []
        for report in self.answering(round_, indicator):
            figures = [*report.figures(indicator["id"], self.asked(self.rounds.get(report.round, round_)))]
            control = self.restates(report.agency)
            parts += [self.part(report, one.task, one.value, one.line, control) for one in figures if one.counts]
            if not control:
                answers.append([(one.answer, one.value) for one in figures if not one.counted_by])
        total = {"indicator": indicator["id"], "rate": None, **self.added(parts), "answers": self.answers(answers)}
        return total | {"unknown": None if total["value"] is not None else self.unknown(answers)}

    @staticmethod
    def unknown(answers):
        said = {answer for one in answers for answer, _ in one}
        return {0: "no_answer", 1: [*said, None][0]}.get(len(said), "mixed")

    def rate(self, round_, percent):
        """Cases taken over from last year belong to the whole; a rate is of two numbers, of something, and not over 100 %."""
        of, over = (self.total(round_, self.indicators[percent[key]])["value"] for key in ("of", "over"))
        reports = [one for one in self.valid(round_) if not self.restates(one.agency)]
        figures = [one for report in reports for one in report.figures(percent["over"], self.asked(round_))]
        whole = (over or 0) + sum(one.carried_over for one in figures if one.counts)
        if of is None or over is None:
            lacks = "lacks_part" if over is not None else "lacks_whole" if of is not None else None
            both = {self.total(round_, self.indicators[percent[key]])["unknown"] for key in ("of", "over")}
            return {"rate": None, "unknown": lacks or (both.pop() if len(both) == 1 else "lacks_both")}
        if not whole or of > whole:
            return {"rate": None, "unknown": "part_exceeds_whole" if of else "zero_over_zero"}
        return {"rate": {"numerator": of, "denominator": whole}, "unknown": None}

    def answering(self, round_, indicator):
        """The reports that say a number's answer: of a stock, each agency's newest that has one, ad hoc ones included."""
        if indicator["aggregation"] == "sum":
            return self.valid(round_)
        found = [report for one in self.rounds.values() if one["data_to"] <= round_["data_to"] for report in self.valid(one)]
        found += [one for one in self.reports if one.round == "ad-hoc" and not one.errors and self.within(one, round_)]
        newest = {}
        for report in sorted(found, key=self.day_of):
            if any(not one.counted_by for one in report.figures(indicator["id"], self.asked(self.rounds.get(report.round, round_)))):
                newest[report.agency] = report
        told = {one: [*report.figures(indicator["id"], self.tasks)] for one, report in newest.items()}
        for agency in [*newest]:
            until = self.agencies[agency].get("active", {}).get("until", date.max)
            since = [heir for heir in self.heirs(agency) if heir in told and not any(one.alone for one in told[heir])
                     and self.comes_after(newest[heir], agency, until)]
            if since:
                del newest[agency]
        return [newest[agency] for agency in self.agencies if agency in newest]

    def comes_after(self, report, agency, until):
        """Whether a successor speaks for both: in a round for which the other is gone, or on a later day."""
        if report.round == "ad-hoc":
            return report.data["date"] > until
        return not self.active(self.rounds[report.round], self.agencies[agency])

    def within(self, report, round_):
        asked = self.expected(round_, self.agencies[report.agency])
        return asked and round_["data_from"] <= report.data["date"] <= round_["data_to"]

    def day_of(self, report):
        """An answer's: of an ad hoc report its own, else that of the newest version, no later than its data, which holds all of that day."""
        if report.round == "ad-hoc":
            return report.data["date"], False
        versions = [report.received, *(one["date"] for one in report.data.get("corrections", []) if one["date"] <= self.today)]
        return min(max(versions), self.rounds[report.round]["data_to"]), True

    def traced(self, round_, one):
        """What `plan trace` says of an indicator or another measure, and for an indicator what is left out and why."""
        trace = {key: one[key] for key in ("indicator", "value", "rate", "contributions")}
        indicator = self.indicators.get(one["indicator"])
        if indicator and indicator["aggregation"] != "derived":
            trace["left_out"] = [*self.left_out(round_, indicator)]
        return trace

    def left_out(self, round_, indicator):
        latest = indicator["aggregation"] == "latest"
        ends = {one["id"]: one["data_to"] for one in self.rounds.values()}
        answering = self.answering(round_, indicator)
        for report in self.reports:
            if report.round != "ad-hoc" and report.round != round_["id"] and not (latest and ends[report.round] < round_["data_to"]):
                continue
            for figure in report.figures(indicator["id"], self.tasks):
                reason = self.why_left_out(round_, report, figure, latest, report in answering)
                if figure.answer == NUMBER and reason:
                    yield {"agency": report.agency, "task": figure.task, "round": report.round, "value": figure.value,
                           "reason": reason, "file": report.file, "line": figure.line}

    def why_left_out(self, round_, report, figure, latest, answers):
        of = self.rounds.get(report.round, round_)
        if report.round == "ad-hoc" and not round_["data_from"] <= report.data["date"] <= round_["data_to"]:
            return "outside_data"
        if report.round == "ad-hoc" and not latest:
            return "ad_hoc"
        if report.errors:
            return "invalid_report"
        if not self.expected(of, self.agencies[report.agency]):
            return "not_counted"
        if figure.task not in self.asked(of):
            return "task_outside_round"
        if figure.counted_by:
            return "counted_elsewhere"
        return None if answers else "superseded"

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
