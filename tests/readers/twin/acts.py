"""What the office wrote down by a day, from the lines of the registers, whatever order they stand in; reckoned a second time."""

from files import read


class Register:
    def __init__(self, root, today):
        acts = [act | {"round": path.parent.name} for path in root.glob("reports/*/register.yaml") for act in read(path)[0]]
        # Of one moment the withdrawal is the later: what is withdrawn was there before.
        self.later = [act for act in acts if act["date"] > today]
        moment = lambda act: (act["date"], str(act.get("entered", "")), act["act"] == "withdraw")
        self.acts = sorted((act for act in acts if act["date"] <= today), key=moment)

    def standing(self, kind, **about):
        """The acts of a kind about something since the last that withdrew all, but for those that one withdrew by their day."""
        found = []
        for act in self.acts:
            if all(act.get(key) == value for key, value in about.items()):
                if act["act"] == kind:
                    found.append(act)
                elif act["act"] == "withdraw" and act["of"] == kind:
                    found = [one for one in found if "until" in act and one["until"] != act["until"]]
        return found
