"""What `plan status` says of a day, reckoned a second time; shaped like its JSON, with the fields that the twin knows."""

import collections
from datetime import date

from doubts import Warnings


class States(Warnings):
    def status(self):
        return {"as_of": self.today, "rounds": [self.round_status(round_) for round_ in self.rounds.values()]}

    def timeliness(self, report, received, last, required):
        """In a word, and in days late, overdue or left."""
        if received:
            late = (received - last).days
            return ("late", late) if late > 0 else ("on_time", None)
        left = (last - self.today).days
        if report:
            return "undated", None
        if not required:
            return "not_sent", None
        if left < 0:
            return "overdue", -left
        return ("due_soon", left) if left <= 7 else ("not_due", None)

    def submissions(self, round_):
        for agency in self.agencies.values():
            if not self.expected(round_, agency):
                continue
            about = {"round": round_["id"], "agency": agency["id"]}
            extended = sorted(act["until"] for act in self.register.standing("extend", **about))[-1:]
            last = max([self.last_day(round_), *extended])
            report, required = self.held(round_["id"], agency["id"]), agency["reporting"] == "required"
            papers = [act["date"] for act in self.register.standing("paper", **about)]
            # Whatever came first, a paper or a file, decides whether it was in time.
            came = papers + [report.received for report in [report] if report and report.received <= self.horizon]
            received = min(came, default=None)
            word, days = self.timeliness(report, received, last, required)
            validity = ("invalid" if report.errors else "valid") if report else "paper_alone" if papers else None
            accepted = self.register.standing("accept", **about)
            review = {"date": accepted[-1]["date"], "changed": accepted[-1]["sha256"] != report.sha256} if accepted and report else None
            yield {"id": agency["id"], "accepted": review, "required": required, "timeliness": word, "days": days, "validity": validity,
                   "errors": len(report.errors) if report else 0, "received": received, "last_on_time": last,
                   "extended_until": extended[0] if extended else None}

    def round_status(self, round_):
        agencies = [*self.submissions(round_)]
        required = [one for one in agencies if one["required"]]
        requested = [one for one in agencies if not one["required"]]
        count = lambda *words: sum(one["timeliness"] in words for one in required)
        counts = {"expected": len(required), "received": sum(one["validity"] is not None for one in required)}
        counts |= {"on_time": count("on_time"), "late": count("late"), "overdue": count("overdue")}
        counts |= {"missing": counts["expected"] - counts["received"], "invalid": sum(one["validity"] == "invalid" for one in agencies)}
        counts |= {"requested": len(requested), "requested_received": sum(one["validity"] is not None for one in requested)}
        counts |= {"included": sum(one["validity"] == "valid" for one in agencies)}
        counts |= {"paper_alone": sum(one["validity"] == "paper_alone" for one in required)}
        counts |= {"accepted": sum(bool(self.is_accepted(round_, one["id"])) for one in agencies)}
        passed, sent = self.last_day(round_) < self.today, self.register.standing("issue", round=round_["id"])
        state = "issued" if sent else "complete" if all(one["validity"] == "valid" for one in required) else "overdue_incomplete" if passed else "collecting"
        deadlines = {f"{who}_deadline": self.calendar.deadline(round_[f"{who}_before"], round_.get("deadline_rule"), self.today)
                     for who in ("agencies", "consolidated")}
        days = (self.today - deadlines["consolidated_deadline"]["last_on_time"]).days
        names = {one["id"] for one in agencies}
        unexpected = [one.agency for one in self.reports if one.round == round_["id"] and one.agency not in names]
        return {"id": round_["id"], "state": state, **deadlines, "consolidated_days_late": days if days > 0 and not sent else None, "counts": counts, "agencies": agencies,
                "tasks": [self.task_status(round_, task) for task in self.asked(round_)],
                "unexpected_agencies": sorted(unexpected, key=self.order.get),
                "issued": {"date": sent[-1]["date"], "number": sent[-1]["number"]} if sent else None,
                "reports_dated_later": sum(one.round == round_["id"] for one in self.later)}

    def is_accepted(self, round_, agency):
        accepted, report = self.register.standing("accept", round=round_["id"], agency=agency), self.held(round_["id"], agency)
        return accepted and report and accepted[-1]["sha256"] == report.sha256

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
            late = due and any(account.get("completed", account["by"]) > due for account in accounts if account["status"] == "done")
            return "done_overdue" if late else "done_in_time" if due else "done"
        return "in_progress" if not due else "in_progress_overdue" if self.today > due else "in_progress_in_time"
