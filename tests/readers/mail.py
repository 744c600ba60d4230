"""Reads the drafts of `plan remind --format eml` with Python's own library for mail: headers, words, the attached form, which the
program takes back. Usage: mail.py PLAN ROOT"""

import email
import email.policy
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
    print(f"mail: {len(drafts)} drafts read by Python's email, each with its form")
