"""Writes a workspace of its own kind for a seed: a small plan, its rounds, and reports of which some are wrong.

The same seed gives the same bytes. Nothing here knows what the right states and totals are.
"""

import hashlib
import pathlib
import random
from datetime import date, timedelta

import yaml

DAY = timedelta(days=1)
ROMAN = ("I", "II", "III", "IV")
STATUSES = ("not-started", "in-progress", "in-progress", "done", "done", "nothing-arose", "not-applicable")
WORDING = {
    "issuer": "SỞ MỘT", "issuer_name": "Sở Một", "number_code": "BC-CQ0", "place": "Tỉnh Thử", "kind": "BÁO CÁO",
    "signer": {"post": "GIÁM ĐỐC"}, "recommend_to": [{"id": "tinh", "name": "UBND tỉnh"}],
    "outline": [{"content": "results", "title": "KẾT QUẢ"}],
    "annexes": [{"content": "indicators", "title": "Chỉ tiêu"}, {"content": "submissions", "title": "Gửi báo cáo"}],
}


ACCEPTED = ("task-outside-round", "unexpected-report", "completed-but-not-done", "day-after-receipt", "status-without-account",
            "figure-without-reason", "received-on-day-off", "changed-after-acceptance", "counted-by-nobody")


class Plain(yaml.SafeDumper):
    """Without anchors, which reports may not have."""

    def ignore_aliases(self, data):
        return True


class Workspace:
    def __init__(self, seed, folder):
        self.random = random.Random(seed)
        self.folder = pathlib.Path(folder)
        self.year = self.random.choice((2021, 2023, 2024, 2025, 2097))
        self.papers = 0

    def chance(self, share):
        return self.random.random() < share

    def some(self, of, least=1, most=None):
        of = list(of)
        most = min(len(of), most or len(of))
        return sorted(self.random.sample(of, self.random.randint(min(least, most), most)), key=of.index)

    def around(self, day, spread=9):
        """Near a day, and often on the very days where an answer changes."""
        return day + DAY * self.random.choice((-1, 0, 1, self.random.randint(-spread, spread)))

    def says_nothing(self, report):
        who = {key: report[key] for key in ("agency", "round", "document", "received")}
        states = {"tasks": {task["id"]: {"status": self.random.choice(STATUSES)} for task in self.some(self.tasks)}}
        questions = {"agency": report["agency"], "round": report["round"], "document": {"number": None, "date": None}, "received": None}
        return self.random.choice(("", "# chưa có gì\n", who, who | states, questions | {"tasks": {self.tasks[0]["id"]: {"status": None}}}))

    def write(self, path, data):
        path = self.folder / path
        path.parent.mkdir(parents=True, exist_ok=True)
        text = data if isinstance(data, str) else yaml.dump(data, Dumper=Plain, allow_unicode=True, sort_keys=False, width=200)
        path.write_text(text, encoding="utf-8")

    def build(self):
        self.make_rounds()
        self.make_agencies()
        self.make_tasks()
        self.make_indicators()
        self.write("plan/report.yaml", WORDING)
        self.truth, self.told, self.remarks = {}, {}, []
        for round_ in sorted(self.rounds, key=lambda round_: round_["data_to"]):
            for agency in self.agencies:
                if self.chance(0.75 if agency["reporting"] != "none" else 0.15):
                    self.make_report(agency, round_)
        for _ in range(self.random.randint(0, 6)):
            self.make_report(self.random.choice(self.agencies), None)
        for round_ in self.rounds:
            self.make_register(round_)
        ends = [round_["agencies_before"] for round_ in self.rounds]
        if self.chance(0.3):
            return self.random.choice(ends) - DAY * self.random.choice((7, 8, 9))
        return self.around(self.random.choice([*ends, *ends, date(self.year, 12, 31)]), 40)

    # The plan.

    def make_rounds(self):
        start, end = date(self.year, 1, 1), date(self.year, 12, 1)
        days = sorted(self.random.sample(range(60, 330), self.random.randint(2, 4)))
        self.rounds = []
        for at, offset in enumerate(days):
            data_to = start + DAY * offset
            before = data_to + DAY * self.random.randint(3, 30)
            round_ = {"id": f"r{at + 1}", "name": f"Kỳ {at + 1}", "short_name": f"K{at + 1}", "title": f"Kết quả kỳ {at + 1}"}
            round_["as_worded"] = {"agencies": f"trước {before:%d/%m/%Y}", "consolidated": "sau đó"}
            round_["agencies_before"] = before
            round_["consolidated_before"] = before + DAY * self.random.randint(14, 25)
            if self.chance(0.7):
                round_["deadline_rule"] = self.random.choice(("strict", "next-working-day"))
            round_.update(data_from=start, data_to=data_to)
            self.rounds.append(round_)
        off, worked = [], []
        for round_ in self.rounds:
            for key in ("agencies_before", "consolidated_before"):
                if self.chance(0.5):
                    first = self.around(round_[key], 5)
                    off.append({"from": first, "to": first + DAY * self.random.randint(0, 4), "name": "Nghỉ"})
                weekend = [round_[key] + DAY * step for step in range(-6, 4)]
                weekend = [day for day in weekend if day.weekday() >= 5 and all(day != one["date"] for one in worked)]
                if self.chance(0.4):
                    worked.append({"date": self.random.choice(weekend)} if weekend else {"date": end + DAY * 5})
        weekday = [one for one in worked if one["date"].weekday() < 5]
        self.write("plan/holidays.yaml", {"days_off": off, "working_days": [one for one in worked if one not in weekday]})

    def make_agencies(self):
        count = self.random.randint(5, 16)
        self.agencies = []
        for at in range(count):
            agency = {"id": f"a{at}", "name": f"Cơ quan {at}", "short_name": f"CQ {at}", "document_code": f"CQ{at}"}
            agency["reporting"] = self.random.choice(("required",) * 7 + ("requested", "requested", "none")) if at else "required"
            if at > 2 and self.chance(0.2):
                agency["parent"] = f"a{self.random.randrange(at)}"
            if at and self.chance(0.3):
                round_ = self.random.choice(self.rounds)
                edge = self.around(self.random.choice((round_["agencies_before"] - DAY, round_["data_to"], round_["data_from"])), 30)
                active = self.random.choice(({"from": edge}, {"until": edge}, {"until": edge}, {"from": edge - DAY * 60, "until": edge}))
                agency["active"] = active
                if "until" in active and at + 1 < count and self.chance(0.7):
                    agency["successor"] = f"a{self.random.randrange(at + 1, count)}"
            self.agencies.append(agency)
        ids = [agency["id"] for agency in self.agencies]
        self.groups = [{"id": "g0", "name": "Nhóm mở", "open": True, "members": []}]
        for at in range(1, self.random.randint(2, 4)):
            members = self.some(ids, 2, 8) + (["g1"] if at == 3 and self.chance(0.5) else [])
            self.groups.append({"id": f"g{at}", "name": f"Nhóm {at}", "members": members})
            if self.chance(0.3):
                self.groups[-1]["folded"] = True
        for agency in self.agencies[1:]:
            group = self.groups[1]
            if self.chance(0.12) and agency["id"] not in group["members"]:
                agency["control_total_of"] = group["id"]
        self.write("plan/agencies.yaml", {"agencies": self.agencies, "groups": self.groups})

    def make_tasks(self):
        self.tasks = []
        for at in range(self.random.randint(1, 3)):
            tasks = []
            for number in range(1, self.random.randint(2, 4)):
                leads = [{"agency": agency["id"]} for agency in self.some(self.agencies, 1, 3)]
                lasting = [agency["id"] for agency in self.agencies if agency["reporting"] != "none" and "active" not in agency]
                if not any(one["agency"] in lasting for one in leads):
                    leads.append({"agency": "a0"})
                if self.chance(0.3):
                    leads[0]["through"] = self.random.choice(self.agencies)["id"]
                if self.chance(0.4):
                    leads.append({"group": self.random.choice(self.groups)["id"]})
                task = {"id": f"{ROMAN[at]}.{number}", "short_title": f"Việc {at}.{number}", "content": ["Làm việc"]}
                task["leads"] = {"as_worded": "Các cơ quan", "assigned": leads}
                if self.chance(0.3):
                    task["time"] = None
                elif self.chance(0.3):
                    task["time"] = {"as_worded": "Thường xuyên", "due": "no-deadline"}
                else:
                    due = self.around(self.random.choice([round_["agencies_before"] for round_ in self.rounds]), 40)
                    task["time"] = {"as_worded": "Có hạn", "due": due}
                tasks.append(task)
            self.tasks += tasks
            group = {"id": ROMAN[at], "short_title": f"Nhóm {at}", "title": f"Nhóm {at}", "title_in_body": f"Nhóm {at}"}
            self.write(f"plan/tasks/{ROMAN[at]}.yaml", {**group, "number_in_body": at + 1, "tasks": tasks})
        for round_ in self.random.sample(self.rounds, len(self.rounds) - 1):
            if self.chance(0.5):
                round_["tasks"] = [task["id"] for task in self.some(self.tasks)]
        listed = self.rounds if self.chance(0.8) else self.some(self.rounds[::-1], len(self.rounds))
        self.write("plan/rounds.yaml", {"rounds": listed, "ad_hoc": {"id": "ad-hoc", "name": "Đột xuất"}})
        funding = {"text": "Kinh phí", "sources": [{"id": "budget", "name": "Ngân sách"}, {"id": "other", "name": "Khác"}]}
        plan = {"title": "Việc thử", "year": self.year, "province": "Thử", "number": None, "date": None, "issuer": "UBND tỉnh"}
        plan |= {"consolidator": "a0", "bases": [{"text": "Căn cứ"}], "funding": funding, "signer": {"post": "CHỦ TỊCH"}}
        self.write("plan/plan.yaml", plan)

    def make_indicators(self):
        ids = [task["id"] for task in self.tasks]
        self.indicators = []
        for at in range(self.random.randint(3, 7)):
            one = {"id": f"i{at}", "label": f"Số việc {at}", "unit": "việc", "tasks": self.some(ids, 1, 3)}
            one["aggregation"] = "latest" if at and self.chance(0.25) else "sum"
            wholes = [whole for whole in self.indicators if whole["aggregation"] == "sum" == one["aggregation"]]
            if wholes and self.chance(0.5):
                whole = self.random.choice(wholes)
                one.update(tasks=whole["tasks"], at_most=whole["id"])
                if "only" in whole:
                    one["only"] = whole["only"]
            elif self.chance(0.2):
                one["only"] = [agency["id"] for agency in self.some(self.agencies, 1, 3)]
            self.indicators.append(one)
        parts = [one for one in self.indicators if "at_most" in one]
        rates = [{"id": f"rate_{one['id']}", "label": f"Tỷ lệ {one['id']}", "unit": "%", "tasks": one["tasks"],
                  "aggregation": "derived", "percent": {"of": one["id"], "over": one["at_most"]}} for one in parts[:2]]
        fields = {"of": "i0", "fields": [{"id": "shop", "label": "Hàng"}, {"id": "net", "label": "Mạng"}]}
        self.write("plan/indicators.yaml", {"indicators": self.indicators + rates, "complaints_by_field": fields})

    # Reports.

    def make_report(self, agency, round_):
        base = round_["agencies_before"] - DAY if round_ else date(self.year, 1, 1) + DAY * self.random.randrange(340)
        if not round_ and self.chance(0.6):
            base = self.around(self.random.choice(self.rounds)["data_to"], 12)
        received = max(self.around(base, 20), round_["data_from"] if round_ else base)
        first = self.random.choice(self.tasks)["id"] if not round_ else None
        self.papers += 1
        report = {"agency": agency["id"], "round": round_["id"] if round_ else "ad-hoc"}
        if not round_:
            report |= {"date": base, "subject": f"Việc đột xuất {self.papers}"}
        report["document"] = {"number": f"{self.papers}/BC-{agency['document_code']}", "date": received - DAY * self.random.randint(0, 3)}
        report["received"] = received
        if self.chance(0.15):
            report["corrections"] = [{"date": received + DAY * self.random.randint(0, 12)}]
        report["tasks"], self.said = {}, {}
        for task in self.tasks:
            inside = not round_ or task["id"] in round_.get("tasks", [task["id"]])
            if task["id"] == first or inside and self.chance(0.3 if not round_ else 0.9 if self.leads(agency, task) else 0.25):
                report["tasks"][task["id"]] = self.account(agency, task, round_)
        others = [one for one in self.related(agency) if (report["round"], one) in self.told]
        if others and self.chance(0.25):
            self.copy(report["tasks"], self.told[report["round"], others[0]])
        if round_:
            self.told[report["round"], agency["id"]] = report["tasks"]
            self.truth |= self.said
        report = {key: value for key, value in report.items() if key != "tasks" or value}
        if "tasks" in report and self.chance(0.3):
            report["funding"] = {source: self.grown(agency, source, round_) * 1000000 for source in self.some(("budget", "other"))}
        complaints = self.indicators[0]
        asked = set(complaints["tasks"]) & {task["id"] for task in self.tasks if not round_ or task["id"] in round_.get("tasks", [task["id"]])}
        if asked and agency["id"] in complaints.get("only", [agency["id"]]) and "tasks" in report and self.chance(0.3):
            report["complaints_by_field"] = {field: self.grown(agency, field, round_) for field in self.some(("shop", "net"))}
        if "tasks" in report and self.chance(0.2):
            report["violators"] = [{"name": f"Hộ {at}", "violation": "Bán hàng giả"} | ({"fine": at * 500000} if self.chance(0.7) else {})
                                   for at in range(self.random.randint(1, 3))]
        if "tasks" in report and self.chance(0.2):
            report["warnings"] = [{"subject": f"Cảnh báo {at}"} for at in range(self.random.randint(1, 3))]
        for key, more in (("difficulties", {"cause": "Thiếu người"}), ("recommendations", {"to": "tinh"})):
            if "tasks" in report and self.chance(0.25):
                report[key] = [{"text": self.trouble(agency)} | more for _ in range(self.random.randint(1, 2))]
        name = f"{base}-{agency['id']}" if not round_ else agency["id"]
        self.write(f"reports/{report['round']}/{name}.yaml", self.spoil(report))

    def trouble(self, agency):
        """One of a few, so that it is told again, by the same agency or another, and not always written alike."""
        text = f"Thiếu phương tiện loại {self.random.randint(1, 5)}"
        self.remarks.append((agency["id"], text.lower()))
        return self.random.choice((text, text + ".", text.upper(), text.replace(" ", "  ") + ";"))

    def make_register(self, round_):
        """Acts about a round, on whatever lines; some are withdrawn, some come again."""
        acts, around = [], round_["agencies_before"]
        for agency in self.agencies:
            for kind, share in (("paper", 0.25), ("extend", 0.2), ("remind", 0.1)):
                for _ in range(self.random.choice((1, 1, 2)) if self.chance(share) else 0):
                    act = {"act": kind, "agency": agency["id"], "date": self.around(around, 12)}
                    acts.append(act | ({"until": around + DAY * self.random.randint(-3, 12)} if kind == "extend" else {}))
                    if kind != "remind" and self.chance(0.3):
                        taken = {"act": "withdraw", "agency": agency["id"], "date": act["date"] + DAY * self.random.choice((0, 0, 2)), "of": kind}
                        acts.append(taken | ({"until": acts[-1]["until"]} if kind == "extend" and self.chance(0.7) else {}))
            report = self.folder / f"reports/{round_['id']}/{agency['id']}.yaml"
            if self.chance(0.3 if report.exists() else 0.02):
                seen = report.read_bytes() if report.exists() and self.chance(0.7) else b"another"
                act = {"act": "accept", "agency": agency["id"], "date": self.around(around, 12), "sha256": hashlib.sha256(seen).hexdigest()}
                acts.append(act)
                if self.chance(0.3):
                    acts.append({"act": "withdraw", "agency": agency["id"], "date": act["date"] + DAY * self.random.choice((0, 2)), "of": "accept"})
        for _ in range(self.random.choice((0, 0, 0, 1, 2))):
            acts.append({"act": "issue", "date": self.around(around, 12), "number": f"{len(acts)}/BC-CQ0"})
            if self.chance(0.3):
                acts.append({"act": "withdraw", "date": acts[-1]["date"] + DAY, "of": "issue"})
        for agency, text in self.random.sample(self.remarks, min(len(self.remarks), self.random.randint(0, 4))):
            settled = {"id": hashlib.sha256(f"{agency}\x1f{text}".encode()).hexdigest()[:8], "date": self.around(around, 30)}
            acts.append({"act": "settle", **settled, "note": "Đã bố trí"})
            if self.chance(0.3):
                acts.append({"act": "withdraw", **settled, "of": "settle"})
        for at, act in enumerate(acts):
            act["entered"] = f"{act['date'] + DAY * self.random.choice((0, 0, 3))}T08:{at // 60:02}:{at % 60:02}"
        self.random.shuffle(acts)
        if acts and self.chance(0.8):
            self.write(f"reports/{round_['id']}/register.yaml", acts)

    def related(self, agency):
        """Whose figures it might tell as its own, or who might tell its."""
        near = [(one["id"], one.get("parent")) for one in self.agencies]
        near += [(one["agency"], one.get("through")) for task in self.tasks for one in task["leads"]["assigned"] if "agency" in one]
        return [other for pair in near if agency["id"] in pair for other in pair if other and other != agency["id"]]

    def copy(self, accounts, others):
        """Some of another's figures in place of its own."""
        for task, account in accounts.items():
            for indicator, figure in others.get(task, {}).get("figures", {}).items():
                if isinstance(figure, int) and isinstance(account.get("figures", {}).get(indicator), int):
                    account["figures"][indicator] = figure

    def leads(self, agency, task):
        named = {one.get("agency") for one in task["leads"]["assigned"]}
        groups = {group["id"]: group["members"] for group in self.groups}
        for one in task["leads"]["assigned"]:
            for member in groups.get(one.get("group"), []):
                named |= {member, *groups.get(member, [])}
        return agency["id"] in named

    def account(self, agency, task, round_):
        status = self.random.choice(STATUSES)
        grown = [one for one in self.indicators if task["id"] in one["tasks"] and self.truth.get((agency["id"], one["id"]))]
        if grown and self.chance(0.9):
            status = self.random.choice(STATUSES[:5])
        account = {"status": status}
        if status in ("in-progress", "done"):
            account["results"] = f"Đã làm việc của {agency['id']} trong {task['id']} lần {self.papers}."
        else:
            account["reason"] = f"Lý do {self.papers}"
        if status == "done" and self.chance(0.5):
            due = (task.get("time") or {}).get("due")
            account["completed"] = min(self.around(due) if isinstance(due, date) else date(self.year, 3, 1), self.rounds[-1]["data_to"])
        if status != "done" and self.chance(0.04):
            account["completed"] = date(self.year, 3, 1)
        if "completed" in account and self.chance(0.05):
            account["completed"] = account["completed"].replace(year=self.year - 1, day=1)
        if self.chance(0.06):
            account.pop("results", None) or account.pop("reason", None)
        figures = {}
        for one in self.indicators:
            if task["id"] not in one["tasks"] or agency["id"] not in one.get("only", [agency["id"]]) or self.chance(0.15):
                continue
            if status in ("nothing-arose", "not-applicable"):
                if self.chance(0.3):
                    figures[one["id"]] = status
                continue
            figures[one["id"]] = self.figure(agency, task, one, figures, round_)
        if figures:
            account["figures"] = figures
        return account

    def figure(self, agency, task, one, figures, round_):
        """Mostly grows with the rounds and stays within its whole."""
        answer = self.random.random()
        if self.truth.get((agency["id"], one["id"])):
            answer = max(answer, 0.05)
        if answer < 0.04:
            return "nothing-arose"
        if answer < 0.07:
            return "not-applicable"
        if answer < 0.16:
            return {"reason": "Chưa có số"}
        joint = {"counted_by": self.random.choice(self.agencies)["id"]} if self.chance(0.04) else {}
        if joint.get("counted_by") not in (None, agency["id"]):
            return {"value": self.random.randint(1, 9), **joint}
        key = (agency["id"], one["id"])
        alone = {"itself_alone": True} if self.chance(0.05) and any(other.get("successor") == agency["id"] for other in self.agencies) else {}
        least = 0 if key in self.said else self.truth.get(key, 0) if alone else self.grown_to(agency, one["id"], round_)
        value = 0 if answer < 0.24 and not least else least + self.random.randint(0, 12)
        if "at_most" in one and not self.chance(0.03):
            whole = figures.get(one["at_most"], 0)
            whole = whole.get("value", 0) + whole.get("carried_over", 0) if isinstance(whole, dict) else whole
            value = min(value, whole) if isinstance(whole, int) else 0
        if round_ and one["aggregation"] == "sum":
            self.said[key] = self.said.get(key, 0) + value
        if self.chance(0.15 if one["id"] in [other.get("at_most") for other in self.indicators] else 0.02):
            return {"value": value, "carried_over": self.random.randint(1, 5), **alone}
        return {"value": value, **alone} if alone else value

    def grown_to(self, agency, what, round_):
        """What it told before, and with it those that it succeeds."""
        gone = [one for one in self.agencies if one.get("successor") == agency["id"] and round_
                and one["active"]["until"] < round_["agencies_before"] - DAY]
        return self.truth.get((agency["id"], what), 0) + sum(self.grown_to(one, what, round_) for one in gone)

    def grown(self, agency, what, round_):
        least = self.grown_to(agency, what, round_) if self.chance(0.95) else 0
        value = least + self.random.randint(0, 9)
        if round_:
            self.truth[agency["id"], what] = value
        return value

    def spoil(self, report):
        """Makes about one report in eight wrong."""
        if "tasks" in report and self.chance(0.2):
            report["accepted"] = [{"rule": rule, "reason": "Đã rà soát"} for rule in self.some(ACCEPTED, 1, 2)]
        if not self.chance(0.15):
            return report
        kind = self.random.randrange(6)
        account = next(iter(report.get("tasks", {}).values()), {})
        if kind == 0:
            report["document"]["date"] = report["received"] + DAY
        elif kind == 1:
            report["received"] = date(self.year - 1, 12, 30)
        elif kind == 2:
            report["corrections"] = [{"date": report["received"] - DAY}]
        elif kind == 3:
            account["status"] = "xong"
        elif kind == 4 and account:
            account.setdefault("figures", {})[self.indicators[0]["id"]] = "1.250"
        elif kind == 5 and report["round"] != "ad-hoc":
            return self.says_nothing(report)
        return report
