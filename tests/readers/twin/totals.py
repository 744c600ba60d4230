"""What `plan compile` and `plan trace` say of a day, reckoned a second time; shaped like their JSON, with the fields that the twin knows."""

from datetime import date, timedelta

from files import NOT_APPLICABLE, NOTHING, NUMBER, UNANSWERED, Figure
from states import States


class Twin(States):
    def compiled(self, round_):
        indicators = [one for one in self.indicators.values() if set(one["tasks"]) & set(self.asked(round_))]
        return {"totals": [self.total(round_, one) for one in indicators], "measures": [*self.lists(round_)],
                "tasks": [self.task_status(round_, task) for task in self.asked(round_)],
                "since": [*self.since(round_, indicators)],
                "submissions": [self.submitted(one) for one in self.submissions(round_)]}

    def since(self, round_, indicators):
        """What of a sum is new since the round before, where all who are in it told then: a successor who tells for both, both."""
        before = max((one for one in self.rounds.values() if one["data_to"] < round_["data_to"]), key=lambda one: one["data_to"], default=None)
        if not before:
            return
        for indicator in (one for one in indicators if one["aggregation"] == "sum"):
            now, then = (self.numbers(one, indicator) for one in (round_, before))
            told = {*now}
            for agency in self.agencies:
                gone = not self.active(round_, self.agencies[agency]) and self.active(before, self.agencies[agency])
                if gone and any(heir in now and not now[heir][1] for heir in self.heirs(agency)):
                    told.add(agency)
            if told and told <= {*then} and (new := sum(one for one, _ in now.values()) - sum(then[one][0] for one in told)) > 0:
                yield {"indicator": indicator["id"], "value": new, "from": before["data_to"] + timedelta(days=1)}

    def numbers(self, round_, indicator):
        """What each agency adds, and whether all of it is of itself alone."""
        found = {}
        for report in self.valid(round_):
            figures = [one for one in report.figures(indicator["id"], self.asked(round_)) if one.counts]
            if figures and not self.restates(report.agency):
                found[report.agency] = sum(one.value for one in figures), all(one.alone for one in figures)
        return found

    def total(self, round_, indicator):
        if indicator["aggregation"] == "derived":
            return {"indicator": indicator["id"], "value": None, "contributions": [], **self.rate(round_, indicator["percent"])}
        parts, answers = [], {}
        for report, replaced in self.answering(round_, indicator):
            told = self.said(report, indicator, round_)
            figures = [one for one in told if one.task not in replaced]
            control = self.restates(report.agency)
            parts += [self.part(report, one.task, one.value, one.line, control) for one in figures if one.counts]
            if not control:
                answers.setdefault(report.agency, []).extend((one.answer, one.value) for one in figures if not one.counted_by)
        total = {"indicator": indicator["id"], "rate": None, **self.added(parts), "answers": self.answers(answers.values())}
        return total | {"unknown": None if total["value"] is not None else self.unknown(round_, indicator, answers.values())}

    def unknown(self, round_, indicator, answers):
        """What the answers say; where nothing arose in any task for those leads to whom it applies, that."""
        said = {answer for one in answers for answer, _ in one}
        if len(said) > 1 and not any({answer for answer, _ in one} == {UNANSWERED} for one in answers):
            of_tasks = {self.task_status(round_, task)["progress"] for task in indicator["tasks"] if task in self.asked(round_)}
            said = {NOTHING} if of_tasks <= {"nothing_arose", "not_applicable"} else said
        return {0: "no_answer", 1: [*said, None][0]}.get(len(said), "mixed")

    def said(self, report, indicator, round_):
        """What a report answers; a word for a whole task answers each number of it that the agency is asked for and has not answered."""
        tasks = self.asked(self.rounds.get(report.round, round_))
        figures = {one.task: one for one in report.figures(indicator["id"], tasks)}
        may = report.agency in indicator.get("only", [report.agency])
        for task in tasks:
            word = report.accounts().get(task, {}).get("status")
            if task in figures:
                yield figures[task]
            elif may and word in ("nothing-arose", "not-applicable") and task in indicator["tasks"] and self.takes_part(report.agency, self.tasks[task]):
                yield Figure(task, word, report.lines["tasks", task])

    def takes_part(self, agency, task):
        """A lead, through whom one leads, whoever gives the totals of leads; anybody where the plan leaves it open."""
        leads, assigned = self.leads(task), task["leads"]["assigned"]
        restated = self.agencies[agency].get("control_total_of")
        return (agency in leads or any(agency == one.get("through") for one in assigned)
                or restated and {*self.members(restated)} <= leads
                or any(self.groups[one["group"]].get("open") for one in assigned if "group" in one))

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
        """The reports that say a number's answer, each with the tasks for which a newer one says it: of a stock those of all tasks
        that its round asks about, or that an ad hoc one names."""
        if indicator["aggregation"] == "sum":
            return [(report, set()) for report in self.valid(round_)]
        found = [report for one in self.rounds.values() if one["data_to"] <= round_["data_to"] for report in self.valid(one)]
        found += [one for one in self.reports if one.round == "ad-hoc" and not one.errors and self.within(one, round_)]
        newest = {}
        for report in sorted(found, key=self.day_of):
            tasks = {one.task for one in self.said(report, indicator, round_) if not one.counted_by}
            if tasks:
                tasks |= set(self.asked(self.rounds[report.round])) if report.round != "ad-hoc" else set()
                newest[report.agency] = [(report, set()), *((one, replaced | tasks) for one, replaced in newest.get(report.agency, []))]
        told = {one: [figure for report, replaced in reports for figure in report.figures(indicator["id"], self.tasks)
                      if figure.task not in replaced]
                for one, reports in newest.items()}
        for agency in [*newest]:
            until = self.agencies[agency].get("active", {}).get("until", date.max)
            since = [heir for heir in self.heirs(agency) if heir in told and not any(one.alone for one in told[heir])
                     and any(self.comes_after(report, agency, until) for report, _ in newest[heir])]
            if since:
                del newest[agency]
        return [one for agency in self.agencies for one in newest.get(agency, [])]

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
                answers = any(one is report and figure.task not in replaced for one, replaced in answering)
                reason = self.why_left_out(round_, report, figure, latest, answers)
                if figure.answer == NUMBER and reason:
                    yield {"agency": report.agency, "task": figure.task, "round": report.round, "value": figure.value,
                           "reason": reason, "file": report.file, "line": figure.line}

        if not latest:
            yield from self.left_by_heirs(round_, indicator)

    def left_by_heirs(self, round_, indicator):
        """The newest of before of who is gone, where a successor tells its own alone."""
        alone = {one.agency for one in self.valid(round_) if not self.restates(one.agency)
                 and any(figure.counts and figure.alone for figure in one.figures(indicator["id"], self.asked(round_)))}
        before = sorted((one for one in self.rounds.values() if one["data_to"] < round_["data_to"]), key=lambda one: one["data_to"])
        for agency in self.agencies:
            if not alone & {*self.heirs(agency)} or self.active(round_, self.agencies[agency]):
                continue
            told = [[(report, one) for report in self.valid(earlier) if report.agency == agency
                     for one in report.figures(indicator["id"], self.asked(earlier)) if one.counts and one.value] for earlier in before]
            for report, figure in next((one for one in reversed(told) if one), []):
                yield {"agency": report.agency, "task": figure.task, "round": report.round, "value": figure.value,
                       "reason": "successor_alone", "file": report.file, "line": figure.line}

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
