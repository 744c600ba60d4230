"""Reads what `plan calendar` writes with a library for calendars (python icalendar): each event whole, its days, its alarms;
the same events after a report came, and no mark of the clock. Usage: days.py PLAN ROOT"""

import datetime
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import icalendar

plan, root = sys.argv[1], pathlib.Path(sys.argv[2])


def run(office, *words):
    return subprocess.run([plan, "-C", office, *words], check=True, capture_output=True).stdout


def events(written):
    for line in written.split(b"\r\n"):
        assert len(line) <= 75 and b"\n" not in line and b"\r" not in line, line
        line.decode()
    calendar = icalendar.Calendar.from_ical(written)
    assert not calendar.errors and str(calendar["VERSION"]) == "2.0" and calendar["PRODID"]
    found = {}
    for event in calendar.walk("VEVENT"):
        uid = str(event["UID"])
        assert not event.errors and uid not in found, uid
        first, end = event.decoded("DTSTART"), event.decoded("DTEND")
        # Whole days: no times, and the end is the first day after it.
        assert type(first) is datetime.date and type(end) is datetime.date and end > first
        assert event.decoded("DTSTAMP").time() == datetime.time()
        for alarm in event.walk("VALARM"):
            assert alarm["ACTION"] == "DISPLAY" and alarm["DESCRIPTION"] and alarm.decoded("TRIGGER")
        found[uid] = (first, end - datetime.timedelta(days=1), str(event["SUMMARY"]), str(event["DESCRIPTION"]))
    return found


with tempfile.TemporaryDirectory() as folder:
    office = pathlib.Path(folder) / "office"
    shutil.copytree(root / "plan", office / "plan")
    calendar = lambda *words: run(office, "calendar", *words)
    before = calendar("--format", "ics")
    told = json.loads(calendar("--format", "json"))["events"]
    as_told = {e["uid"]: (e["from"], e["to"], e["title"], e["about"]) for e in told}
    as_read = {uid: (str(first), str(last), title, about) for uid, (first, last, title, about) in events(before).items()}
    assert as_read == as_told and len(told) == len(as_told), (as_read, as_told)
    (office / "reports/annual").mkdir(parents=True)
    shutil.copy(root / "reports/annual/so-y-te.yaml", office / "reports/annual/so-y-te.yaml")
    assert events(calendar("--format", "ics")) == events(before), "a report moves nothing"
    run(office, "--as-of", "2026-11-25", "extend", "xa-muong-la", "--until", "2026-12-02", "--number", "12/SCT-QLTM",
        "--on", "2026-11-24")
    later = events(calendar("--as-of", "2026-11-25", "--format", "ics"))
    assert before and {uid: later[uid] for uid in events(before)} == events(before) and len(later) == len(told) + 1
    own = events(calendar("--as-of", "2026-11-25", "--agency", "xa-muong-la", "--format", "ics"))
    assert any("gia hạn" in title and str(last) == "2026-12-02" for _, last, title, _ in own.values()), own
    print(f"calendar: {len(told)} events read by icalendar, the same after a report; {len(own)} of one commune")
