"""What `plan check` warns of on a day, reckoned a second time: the rules that the generated reports and registers can break
beside those that make a report invalid, as `plan explain` tells them.
"""

import collections

from reports import Reports

KNOWN = ("task-outside-round", "unexpected-report", "completed-but-not-done", "day-after-receipt", "day-in-another-year",
         "status-without-account", "lead-not-applicable-without-reason", "carried-over-of-no-whole", "figure-without-reason",
         "received-on-day-off", "counted-by-nobody", "changed-after-acceptance", "acceptance-without-report",
         "settlement-of-nothing", "act-in-future", "unused-acceptance")


class Warnings(Reports):
    def warnings(self):
        """How often each rule is broken in a file, and whether the report accepts that."""
        found = collections.Counter((report.file, rule) for report in self.reports for rule in self.doubts(report))
        found.update(self.days_off())
        found.update(self.acts())
        judged = collections.Counter()
        for (file, rule), count in found.items():
            judged[file, rule, rule in self.accepted(file)] += count
        for report in self.reports:
            unused = [rule for rule in self.accepted(report.file) if (report.file, rule) not in found]
            judged.update({(report.file, "unused-acceptance", False): len(unused)} if unused else {})
        return judged

    def accepted(self, file):
        return [one["rule"] for report in self.reports if report.file == file for one in report.data.get("accepted", [])]

    def doubts(self, report):
        round_, agency = self.rounds.get(report.round), self.agencies[report.agency]
        # What an earlier version said of a report corrected by hand nobody knows.
        came = max([report.received] + [one["date"] for one in report.data.get("corrections", [])])
        if round_ and not self.expected(round_, agency):
            yield "unexpected-report"
        for task, account in report.accounts().items():
            done, status = account.get("completed"), account["status"]
            inside = not round_ or task in self.asked(round_)
            if not inside:
                yield "task-outside-round"
            if done and status in ("not-started", "in-progress", "nothing-arose", "not-applicable"):
                yield "completed-but-not-done"
            if done and done > came:
                yield "day-after-receipt"
            if done and done.year != self.plan["year"]:
                yield "day-in-another-year"
            if status in ("in-progress", "done") and "results" not in account:
                yield "status-without-account"
            if status in ("not-started", "nothing-arose") and "reason" not in account:
                yield "status-without-account"
            if status == "not-applicable" and "reason" not in account and report.agency in self.leads(self.tasks[task]):
                yield "lead-not-applicable-without-reason"
            if round_ and inside and self.owes_figures(report, task, status):
                yield "figure-without-reason"
            wholes = {one.get("at_most") for one in self.indicators.values()}
            for indicator, figure in (account.get("figures") or {}).items():
                if isinstance(figure, dict) and "carried_over" in figure and indicator not in wholes:
                    yield "carried-over-of-no-whole"
                if round_ and isinstance(figure, dict) and self.is_counted_by_nobody(report, indicator, figure.get("counted_by")):
                    yield "counted-by-nobody"

    def owes_figures(self, report, task, status):
        """Who must report what it did itself owes each indicator an answer; who leads through an office leaves them to that. Of what
        nobody can read nobody knows what it answers."""
        assigned = self.tasks[task]["leads"]["assigned"]
        directs = any(one.get("agency") == report.agency and "through" in one for one in assigned)
        if self.agencies[report.agency]["reporting"] != "required" or self.restates(report.agency) or directs:
            return False
        if any(figure.answer is None for one in self.indicators for figure in report.figures(one, [task])):
            return False
        asked = [one for one in self.indicators.values() if task in one["tasks"] and one["aggregation"] != "derived"
                 and report.agency in one.get("only", [report.agency])]
        told = report.accounts()[task].get("figures") or {}
        return status in ("in-progress", "done") and any(one["id"] not in told for one in asked)

    def is_counted_by_nobody(self, report, indicator, other):
        """Not by who is never added; what the other has not sent yet may hold it."""
        if not other or other == report.agency:
            return other == report.agency
        allowed = other in self.indicators[indicator].get("only", [other])
        if self.restates(other) or not allowed or not self.expected(self.rounds[report.round], self.agencies[other]):
            return True
        theirs = self.held(report.round, other)
        return bool(theirs) and not any(figure.counts for figure in theirs.figures(indicator, self.asked(self.rounds[report.round])))

    def days_off(self):
        """Of a round's reports that came on one day off the first is named, but for those that accept it."""
        first = {}
        for report in sorted(self.reports, key=lambda one: one.file):
            if not self.calendar.works(report.received):
                alone = report.file if "received-on-day-off" in self.accepted(report.file) else None
                kind = report.round if report.round in self.rounds else None
                first.setdefault((kind, report.received, alone), (report.file, "received-on-day-off"))
        return first.values()

    def acts(self):
        """What the registers say of reports and of troubles that are not there, or no longer as they were."""
        for round_ in self.rounds:
            register = f"reports/{round_}/register.yaml"
            for agency in self.agencies:
                accepted = self.register.standing("accept", round=round_, agency=agency)
                report = next((one for one in self.there if (one.round, one.agency) == (round_, agency)), None)
                if accepted and not report:
                    yield register, "acceptance-without-report"
                elif accepted and accepted[-1]["sha256"] != report.sha256:
                    yield report.file, "changed-after-acceptance"
            yield from [(register, "act-in-future") for act in self.register.later if act["round"] == round_ and act["date"] > self.horizon]
        said = {name for name, *_ in self.remarks()}
        for name in {act["id"] for act in self.register.acts if act["act"] == "settle"} - said:
            settled = self.register.standing("settle", id=name)
            if settled:
                yield f"reports/{settled[-1]['round']}/register.yaml", "settlement-of-nothing"
