"""Reads the drafts of `plan remind --format eml` with Python's own library for mail: headers, words, the attached form, which the
program takes back. Usage: mail.py PLAN ROOT"""

import email
import email.message
import email.policy
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import openpyxl

plan, root = sys.argv[1], pathlib.Path(sys.argv[2])


def run(office, *words):
    return subprocess.run([plan, "-C", office, *words], check=True, capture_output=True, text=True, cwd=office).stdout


with tempfile.TemporaryDirectory() as folder:
    office = pathlib.Path(folder) / "office"
    office.mkdir()
    for part in ["plan", "reports"]:
        shutil.copytree(root / part, office / part)
    agencies = office / "plan/agencies.yaml"
    named = agencies.read_text().replace("  - id: so-noi-vu\n", "  - id: so-noi-vu\n    email: [snv@sonla.gov.vn, vt@sonla.gov.vn]\n")
    agencies.write_text(named)
    run(office, "--as-of", "2026-12-03", "remind", "--round", "annual", "--format", "eml", "-o", "thu")
    drafts = sorted((office / "thu").iterdir())
    for draft in drafts:
        raw = draft.read_bytes()
        short = lambda line: len(line) <= 78 or line.endswith(b"spreadsheetml.sheet")
        assert all(map(short, raw.split(b"\r\n"))) and raw.isascii() and b"\n" not in raw.replace(b"\r\n", b"")
        mail = email.message_from_bytes(raw, policy=email.policy.default)
        assert not mail.defects and mail["X-Unsent"] == "1" and mail["MIME-Version"] == "1.0", draft
        assert mail["Subject"].startswith("V/v đôn đốc báo cáo"), mail["Subject"]
        assert str(mail["Date"].datetime) == "2026-12-03 01:00:00+00:00"
        to = [address.addr_spec for address in mail["To"].addresses] if mail["To"] else []
        assert to == (["snv@sonla.gov.vn", "vt@sonla.gov.vn"] if draft.stem == "so-noi-vu" else []), (draft, to)
        text, sheet = mail.iter_parts()
        words = text.get_content()
        assert "Kính gửi: " in words and re.search(r"biểu mẫu .* gửi\s+lại", words) and not text.defects, words
        assert sheet.get_filename() == f"{draft.stem}-annual-2026.xlsx" and sheet.get_content_disposition() == "attachment"
        saved = office / sheet.get_filename()
        saved.write_bytes(sheet.get_content())
        assert openpyxl.load_workbook(saved).sheetnames[-1] == "_plan"
    # An answer that another program writes, as people's programs do: marks in the name, a picture, a mail that is passed on.
    report = (root / "reports/annual/so-y-te.yaml").read_text()
    report = re.sub(r"(?m)^(illustrative|received):.*\n|^corrections:\n(  - .*\n)+", "", report)
    (office / "reports/annual/so-y-te.yaml").unlink()
    answer = email.message.EmailMessage(policy=email.policy.SMTP)
    answer["From"], answer["Subject"] = "Sở Y tế <syt@sonla.gov.vn>", "Báo cáo năm 2026"
    answer["Date"] = "Wed, 18 Nov 2026 22:30:00 +0000"
    answer.set_content("Kính gửi Sở Công Thương")
    answer.add_alternative("<p>Kính gửi</p><img src='cid:logo'>", subtype="html")
    answer.get_payload()[1].add_related(b"\x89PNG", "image", "png", cid="<logo>", filename="logo.png", disposition="inline")
    answer.add_attachment(report.encode(), maintype="application", subtype="x-yaml", filename="báo cáo của Sở.yaml")
    passed_on = email.message.EmailMessage(policy=email.policy.SMTP)
    passed_on["From"], passed_on["Date"] = "vt@sonla.gov.vn", "Fri, 20 Nov 2026 08:00:00 +0700"
    passed_on.set_content("Kính chuyển")
    passed_on.add_attachment(answer)
    (office / "den").mkdir()
    (office / "den/thu.eml").write_bytes(passed_on.as_bytes())
    told = json.loads(run(office, "receive", "den", "--format", "json"))["forms"]
    assert [form["result"] for form in told] == ["mail", "mail", "received"], told
    assert told[2]["file"].endswith("báo cáo của Sở.yaml") and told[2]["sender"] == "syt@sonla.gov.vn"
    # Half past five in the morning of the next day, here.
    assert "received: 2026-11-19" in (office / "reports/annual/so-y-te.yaml").read_text()
    print(f"mail: {len(drafts)} drafts read by Python's email, each with its form; a mail passed on is received")
