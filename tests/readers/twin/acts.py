"""What the office wrote down by a day, from the lines of the registers, whatever order they stand in; reckoned a second time."""

from files import read, remark_id


class Register:
    def __init__(self, root, today):
        acts = [act | {"round": path.parent.name} for path in root.glob("reports/*/register.yaml") for act in read(path)[0]]
        for act in acts:
            act.update({"id": remark_id(act["id"])} if "id" in act else {})
        # Of one moment the withdrawal is the later: what is withdrawn was there before.
        self.later = [act for act in acts if act["date"] > today]
        moment = lambda act: (act["date"], str(act.get("entered", "")), act["act"] == "withdraw")
        self.acts = sorted((act for act in acts if act["date"] <= today), key=moment)

    def standing(self, kind, **about):
        """The acts of a kind about something that none withdrew since: those to the day that it names, or all; what was written
        down after a withdrawal stands."""
        found = []
        for act in self.acts:
            if all(act.get(key) == value for key, value in about.items()):
                if act["act"] == kind:
                    found.append(act)
                elif act["act"] == "withdraw" and act["of"] == kind:
                    later = lambda one: str(one.get("entered", "")) > str(act.get("entered", "~"))
                    found = [one for one in found if later(one) or "until" in act and one["until"] != act["until"]]
        return found
