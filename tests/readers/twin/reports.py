"""Who is asked on a day, what had come by then, and which reports are valid, reckoned a second time.

The rules are those that the generated reports can break, as `plan explain` tells them.
"""

import collections
import hashlib
import pathlib
from datetime import date

from acts import Register
from files import STATUSES, UNANSWERED, Calendar, Report, read, remark_id, total



class Reports:
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
        self.register = Register(root, today)
        everything = [Report(root, path) for path in sorted(root.glob("reports/*/*.yaml")) if path.name != "register.yaml"]
        reports = [one for one in everything if one.says_something()]
        self.there = [one for one in everything if not today < (one.received or today) <= self.horizon]
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
        return self.was_active(agency, self.last_day(round_))

    def was_active(self, agency, day):
        active = agency.get("active") or {}
        return active.get("from", date.min) <= day <= active.get("until", date.max)

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

    def restates(self, agency):
        return "control_total_of" in self.agencies[agency]

    # Whether a report is valid: the rules that the generated reports can break.

    def heirs(self, agency):
        while agency := self.agencies[agency].get("successor"):
            yield agency

    def earlier(self, report):
        """Of each round before, its last day, what the agency reported, and what those did that are gone and that it succeeds; then what
        those reported in the round itself while they were there, beside what the agency did in the last one before."""
        now = self.rounds.get(report.round)
        gone = [one for one in self.agencies if now and report.agency in self.heirs(one) and not self.active(now, self.agencies[one])]
        before = [one for one in self.rounds.values() if now and one["data_to"] < now["data_to"]]
        for round_ in before:
            there = [self.held(round_["id"], of) for of in gone if self.expected(round_, self.agencies[of])]
            yield round_["data_to"], self.held(round_["id"], report.agency), [one for one in there if one]
        sent = [self.held(now["id"], of) for of in gone if self.agencies[of]["reporting"] != "none"]
        sent = [one for one in sent if one and self.was_active(self.agencies[one.agency], one.received)]
        if sent:
            newest = max(before, key=lambda one: one["data_to"], default=None)
            yield now["data_to"], newest and self.held(newest["id"], report.agency), sent

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
        # A word said of a whole task is one fall, with every number that it takes away from the greatest of before.
        falls = [fall for one in self.indicators.values() if one["aggregation"] == "sum" for fall in self.fallen(report, one)]
        yield from ["below-earlier-round" for _ in {*falls}]
        if round_:
            yield from self.restated(report)
        for key in ("funding", "complaints_by_field"):
            before = [[one.data.get(key, {}) for one in (own, *others) if one] for _, own, others in self.earlier(report)]
            yield from ["below-earlier-round" for part, value in data.get(key, {}).items()
                        if any(value < sum(one.get(part, 0) for one in told) for told in before)]

    def beyond_whole(self, report, part):
        """A part is compared with its whole in each task and over the report, though an ad hoc one need not tell the whole."""
        whole = self.indicators.get(part.get("at_most"))
        asked = self.asked(self.rounds.get(report.round, {}))
        if not whole or report.agency not in whole.get("only", [report.agency]) or not set(whole["tasks"]) & set(asked):
            return
        parts, wholes = ([*report.figures(one["id"], asked)] for one in (part, whole))
        limit = {figure.task: figure.value + figure.carried_over for figure in wholes if figure.counts}
        beyond = [figure for figure in parts if figure.counts and figure.value > limit.get(figure.task, figure.value)]
        known = (limit or report.round in self.rounds) and all(figure.answer for figure in report.figures(whole["id"], self.tasks))
        if not beyond and known and total(parts) > sum(limit.values()):
            beyond = [None]
        yield from ["part-exceeds-whole" for _ in beyond]

    def restated(self, report):
        """Who has a unit, or leads through an office, tells in one place two figures or more that are the other's; or, over all, those
        that all its units have together."""
        others = {one for one in self.agencies if report.agency in self.above(one)}
        others |= {one["through"] for task in self.tasks.values() for one in task["leads"]["assigned"]
                   if one.get("agency") == report.agency and "through" in one}
        held = [self.held(report.round, other) for other in others - {report.agency} if not self.restates(report.agency)]
        held = [one for one in held if one]
        found = [other for other in held if any(self.copied(mine, theirs) for mine in self.told(report) for theirs in self.told(other))]
        yield from ["restates-another" for _ in found]
        units = [next(self.told(one)) for one in held if not self.restates(one.agency)]
        if not found and len(units) > 1:
            both = {one: sum(told[one] for told in units) for one in self.indicators}
            if any(self.copied(mine, both) for mine in self.told(report)):
                yield "restates-another"

    def above(self, agency):
        while agency := self.agencies[agency].get("parent"):
            yield agency

    def copied(self, mine, theirs):
        """Two equal numbers or more; numbers below ten are equal by chance where others that both tell are not."""
        both = [one for one in mine if mine[one] > 0 and theirs[one] > 0]
        equal = [one for one in both if mine[one] == theirs[one]]
        return len(equal) >= 2 and (equal == both or any(mine[one] >= 10 for one in equal))

    def told(self, report):
        """The sums of all tasks that the round asks for, and those of each."""
        asked = self.asked(self.rounds[report.round])
        for tasks in (asked, *([task] for task in asked)):
            yield {one: total(report.figures(one, tasks)) for one in self.indicators}

    def fallen(self, report, indicator):
        """What is cumulative never falls, over all tasks together; an answer without a number is none, one with a reason is not known."""
        now = [*report.figures(indicator["id"], self.tasks)]
        said = [task for task in indicator["tasks"] if report.accounts().get(task, {}).get("status") in ("nothing-arose", "not-applicable")]
        if any(figure.answer in (None, UNANSWERED) for figure in now) or not now and not said:
            return
        before = [(0, None)]
        for data_to, own, others in self.earlier(report):
            told_before = (own, *others) if not any(figure.alone for figure in now) else (own,)
            before.append((sum(total(one.figures(indicator["id"], self.asked(self.rounds[report.round]))) for one in told_before if one), data_to))
        greatest, data_to = max(before, key=lambda one: (one[0], one[1] or date.min))
        # What another agency counts from now on is still told.
        if greatest > sum(figure.value or 0 for figure in now):
            yield data_to, indicator["id"] if now else said[0]

    def errors(self):
        """What `plan check` finds wrong, as far as it had come by the day."""
        found = [(one.file, rule) for one in self.reports for rule in one.errors]
        found += [(one.file, "empty-report") for one in self.nothing if not one.is_unfilled()]
        return collections.Counter(found)

    def remarks(self):
        """What each agency said: the id, what it is, to whom, and the reports that say so, the oldest first."""
        said = {}
        for report in sorted(self.reports, key=self.said_on):
            told = [("difficulty", None, one["text"]) for one in report.data.get("difficulties", [])]
            told += [("recommendation", one["to"], one["text"]) for one in report.data.get("recommendations", [])]
            for kind, to, text in told:
                name = (report.agency, kind, to, " ".join(text.lower().rstrip(".;, ").split()))
                said.setdefault(name, []).extend([report] if report not in said.get(name, []) else [])
        for (agency, kind, to, text), reports in said.items():
            name = remark_id(hashlib.sha256(f"{agency}\x1f{text}".encode()).hexdigest()[:8])
            yield name, kind, agency, to, reports

    def difficulties(self):
        """What is not settled: each agency's once, however often, from the day when it first said so."""
        for name, kind, agency, to, reports in self.remarks():
            if not self.register.standing("settle", id=name):
                since = self.said_on(reports[0])
                yield {"id": name, "kind": kind, "agency": agency, "to": to, "since": since if since < date.max else None,
                       "ad_hoc": any(one.round == "ad-hoc" for one in reports), "valid": not reports[-1].errors,
                       "reports": [{"file": one.file, "valid": not one.errors} for one in reports]}

    def said_on(self, report):
        return report.data.get("date") or (report.received if report.received <= self.horizon else date.max)

    def valid(self, round_):
        """The reports that count, in the plan's order of agencies."""
        found = [self.held(round_["id"], agency["id"]) for agency in self.agencies.values() if self.expected(round_, agency)]
        return [one for one in found if one and not one.errors]
