"""Fills in the forms of `plan form export` with openpyxl, sends them back as people do, and reads what
`plan form import` made of them.

Usage: forms.py PLAN ROOT [SOFFICE]
"""

import copy
import datetime
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile

import openpyxl
import openpyxl.comments
import yaml
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

TODAY = "2026-11-23"
STATUS = {
    "not-started": "Chưa thực hiện",
    "in-progress": "Đang thực hiện",
    "done": "Hoàn thành",
    "nothing-arose": "Không phát sinh",
    "not-applicable": "Không áp dụng",
}


class Loader(yaml.SafeLoader):
    """Dates stay text, as the program reads them."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load(path):
    return yaml.load(path.read_text(encoding="utf-8"), Loader)


class Form:
    """A form found by its keys, as the program finds it."""

    def __init__(self, path):
        self.book = openpyxl.load_workbook(path)
        self.cells = {}
        self.lists = {}
        for sheet in self.book.worksheets:
            if not str(sheet["A1"].value or "").startswith("plan-form:") or sheet.title == "_plan":
                continue
            letters = {cell.value: cell.column for cell in sheet[1] if cell.value and len(cell.value) == 1}
            for row in range(2, sheet.max_row + 1):
                key = sheet.cell(row, 1).value
                for letter, column in letters.items():
                    self.cells[key, letter] = sheet.cell(row, column)

    def put(self, key, letter, value):
        cell = self.cells[key, letter]
        assert not cell.protection.locked, f"{key} {letter} is locked"
        cell.value = value

    def place(self, key, letter):
        cell = self.cells[key, letter]
        return f"{cell.parent.title}!{cell.coordinate}"

    def fill(self, report, plan):
        """Everything that a report says, in the fields of the form."""
        def day(text):
            return datetime.date.fromisoformat(text)

        bodies = {body["id"]: body["name"] for body in plan["recommend_to"]}
        themes = {theme["id"]: theme["name"] for theme in plan["themes"]}
        tasks = {}
        for row in self.book["_plan"].iter_rows():
            for cell in row:
                found = re.match(r"^([IV]+\.\d+) – ", str(cell.value or ""))
                if found:
                    tasks[found.group(1)] = cell.value
        self.put("document.number", "C", report["document"]["number"])
        self.put("document.date", "C", day(report["document"]["date"]))
        for part in ("signer", "contact"):
            for field, value in report.get(part, {}).items():
                self.put(f"{part}.{field}", "C", value)
        for task, entry in report["tasks"].items():
            key = f"tasks.{task}"
            self.put(f"{key}.status", "G", STATUS[entry["status"]])
            for field in ("results", "reason", "highlight"):
                if field in entry:
                    self.put(f"{key}.{field}", "G", entry[field])
            if "completed" in entry:
                self.put(f"{key}.completed", "G", day(entry["completed"]))
            for indicator, figure in entry.get("figures", {}).items():
                row = f"{key}.figures.{indicator}"
                if isinstance(figure, int):
                    self.put(row, "D", figure)
                elif isinstance(figure, dict):
                    for part, letter in (("value", "D"), ("reason", "G"), ("carried_over", "H")):
                        if part in figure:
                            self.put(row, letter, figure[part])
                else:
                    self.put(row, "E", STATUS[figure])
            for at, item in enumerate(entry.get("evidence", []), 1):
                row = f"{key}.evidence.{at}"
                self.put(row, "G", item.get("document") or item.get("link"))
                if "date" in item:
                    self.put(row, "F", day(item["date"]))
        for at, item in enumerate(report.get("difficulties", []), 1):
            for field, letter in (("text", "C"), ("cause", "D")):
                if field in item:
                    self.put(f"difficulties.{at}", letter, item[field])
            if "task" in item:
                self.put(f"difficulties.{at}", "E", tasks[item["task"]])
            if "theme" in item:
                self.put(f"difficulties.{at}", "F", themes[item["theme"]])
        for at, item in enumerate(report.get("recommendations", []), 1):
            self.put(f"recommendations.{at}", "C", item["text"])
            if "to" in item:
                self.put(f"recommendations.{at}", "D", bodies[item["to"]])
            if "task" in item:
                self.put(f"recommendations.{at}", "E", tasks[item["task"]])
            if "theme" in item:
                self.put(f"recommendations.{at}", "F", themes[item["theme"]])
            if "expires" in item:
                self.put(f"recommendations.{at}", "G", day(item["expires"]))
        for at, item in enumerate(report.get("next_steps", []), 1):
            step = item if isinstance(item, dict) else {"text": item}
            self.put(f"next_steps.{at}", "C", step["text"])
            if "when" in step:
                self.put(f"next_steps.{at}", "D", step["when"])
        for part in ("funding", "complaints_by_field"):
            for field, amount in report.get(part, {}).items():
                self.put(f"{part}.{field}", "D", amount)
        for at, item in enumerate(report.get("violators", []), 1):
            row = f"violators.{at}"
            values = {"C": item["name"], "D": item.get("address"), "E": item["violation"], "H": item.get("fine")}
            values["J"] = item.get("published_on")
            if "decision" in item:
                values["F"], values["G"] = item["decision"]["number"], day(item["decision"]["date"])
            if "published" in item:
                values["I"] = day(item["published"])
            for letter, value in values.items():
                if value is not None:
                    self.put(row, letter, value)
        for at, item in enumerate(report.get("warnings", []), 1):
            row = f"warnings.{at}"
            values = {"C": item["subject"], "D": item.get("content"), "E": item.get("channel")}
            if "issued" in item:
                values["F"] = day(item["issued"])
            for letter, value in values.items():
                if value is not None:
                    self.put(row, letter, value)


class Workspace:
    def __init__(self, plan, root, folder):
        self.plan, self.root, self.folder = plan, root, pathlib.Path(folder)
        for name in ("plan", "reports"):
            shutil.copytree(root / name, self.folder / name)
        wording = load(root / "plan/report.yaml")
        self.vocabulary = {key: wording[key] for key in ("recommend_to", "themes")}

    def run(self, *arguments, code=0):
        run = subprocess.run(
            [self.plan, "-C", self.folder, "--as-of", TODAY, *map(str, arguments)], capture_output=True, text=True
        )
        assert run.returncode == code, (arguments, run.returncode, run.stdout, run.stderr)
        return run.stdout

    def report(self, agency, round_="annual"):
        return self.folder / "reports" / round_ / f"{agency}.yaml"

    def forget(self, agency):
        self.report(agency).unlink(missing_ok=True)
        # What came before would be known again.
        shutil.rmtree(self.report(agency).parent / "received" / agency, ignore_errors=True)

    def export(self, agency, round_="annual"):
        path = self.folder / "forms" / f"{agency}-{round_}-2026.xlsx"
        # What somebody has filled in is never written over.
        path.unlink(missing_ok=True)
        self.run("form", "export", agency, "--round", round_, "-o", self.folder / "forms")
        return path

    def import_(self, path, *arguments, code=0):
        run = self.run("form", "import", path, "--format", "json", *arguments, code=code)
        return json.loads(run)["forms"]


def filled(workspace, agency, change=lambda form: None):
    """A form that tells what the shipped report of the agency tells; that report is put away."""
    report = load(workspace.root / "reports/annual" / f"{agency}.yaml")
    path = workspace.export(agency)
    form = Form(path)
    form.fill(report, workspace.vocabulary)
    change(form)
    form.book.save(path)
    workspace.forget(agency)
    return path, report


def expected(report, received):
    report = copy.deepcopy(report)
    report.pop("illustrative", None)
    report.pop("corrections", None)
    report.pop("accepted", None)
    report["received"] = received
    for step in report.get("next_steps", []):
        if isinstance(step, dict) and "when" in step:
            step["when"] = str(step["when"])
    return report


def round_trips(workspace):
    """Every shipped report through a form and back says the same."""
    agencies = sorted(path.stem for path in (workspace.root / "reports/annual").glob("*.yaml"))
    folder = workspace.folder / "sent"
    folder.mkdir()
    reports = {}
    for agency in agencies:
        path, report = filled(workspace, agency)
        shutil.move(path, folder / path.name)
        reports[agency] = report
    forms = workspace.import_(folder, "--on", "2026-11-23")
    for form in forms:
        assert form["result"] == "received", form
        told = load(workspace.report(form["agency"]))
        wanted = expected(reports[form["agency"]], "2026-11-23")
        assert told == wanted, (form["agency"], told, wanted)
    check = workspace.run("check", "--format", "short")
    assert "lỗi[" not in check.replace("Không có lỗi", ""), check
    for form in workspace.import_(folder, "--on", "2026-11-23"):
        assert form["result"] == "unchanged", form
    return len(forms)


def resaved(path, soffice):
    """The same form, saved by LibreOffice."""
    out = path.parent / "resaved"
    out.mkdir(exist_ok=True)
    command = [soffice, "--headless", f"-env:UserInstallation=file://{out}/profile"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, path]
    subprocess.run(command, check=True, capture_output=True)
    return out / path.name


def refused(workspace, path, words, cell=None):
    before = sorted(file.name for file in (workspace.folder / "reports/annual").iterdir())
    [form] = workspace.import_(path, code=1)
    assert form["result"] == "refused", form
    told = [problem for problem in form["problems"] if words in problem["message"]]
    assert told, (words, form)
    if cell:
        assert told[0]["cell"] == cell, (cell, told)
    after = sorted(file.name for file in (workspace.folder / "reports/annual").iterdir())
    assert before == after, "nothing is written"


AGENCY = "so-y-te"


def as_people_send_them(workspace, soffice):
    """What is read, whatever was done to the form, and what is refused, where and why."""
    fines = "tasks.III.5.figures.fines"
    cases = []

    def taken(name, change, **differences):
        cases.append(name)
        path, report = filled(workspace, AGENCY, change)
        [form] = workspace.import_(path, "--on", "2026-11-18")
        assert form["result"] == "received", (name, form)
        wanted = expected(report, "2026-11-18")
        for key, value in differences.items():
            wanted[key] = value
        told = load(workspace.report(AGENCY))
        assert told == wanted, (name, told, wanted)
        workspace.forget(AGENCY)

    def not_taken(name, change, words, where=None):
        cases.append(name)
        spot = {}

        def changed(form):
            if where:
                spot["cell"] = form.place(*where)
            change(form)

        path, _ = filled(workspace, AGENCY, changed)
        refused(workspace, path, words, spot.get("cell"))

    def rename(form):
        form.book["Kết quả"].title = "Sheet2 (1)"

    def insert_above(form):
        for sheet in form.book.worksheets[:4]:
            sheet.insert_rows(1, 2)

    def insert_column(form):
        form.book["Kết quả"].insert_cols(4)

    def append_item(form):
        sheet = form.book["Khó khăn, kiến nghị"]
        row = form.cells["next_steps.10", "C"].row
        for at in range(3, 11):
            form.put(f"next_steps.{at}", "C", f"Việc thứ {at}.")
        sheet.insert_rows(row + 1)
        sheet.cell(row + 1, 3).value = "Việc thứ 11."

    def unmerge(form):
        for sheet in form.book.worksheets[:4]:
            for merged in list(sheet.merged_cells.ranges):
                sheet.unmerge_cells(str(merged))

    def as_text(form):
        form.put("document.date", "C", "17/11/2026")
        form.put(fines, "D", "337.500.000")
        form.put("tasks.III.5.figures.inspections", "D", " 318 ")
        form.put("tasks.III.5.figures.prosecutions", "D", "0")

    def as_serial(form):
        cell = form.cells["document.date", "C"]
        cell.value, cell.number_format = 46343, "General"

    def from_1904(form):
        form.book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    shipped = expected(load(workspace.root / "reports/annual" / f"{AGENCY}.yaml"), None)
    steps, carried = shipped["next_steps"], copy.deepcopy(shipped["tasks"])
    carried["III.5"]["figures"]["inspections"] = {"value": 318, "carried_over": 3}
    taken("as exported", lambda form: None)
    taken("cases of last year", lambda form: form.put("tasks.III.5.figures.inspections", "H", 3), tasks=carried)
    taken("a sheet renamed", rename)
    taken("rows inserted above", insert_above)
    taken("a column inserted", insert_column)
    taken("an item inserted", append_item, next_steps=steps + [f"Việc thứ {at}." for at in range(3, 12)])
    taken("merged cells taken apart", unmerge)
    taken("numbers and dates as text", as_text)
    taken("a date as a serial number", as_serial)
    taken("days counted from 1904", from_1904)

    put = lambda key, letter, value: lambda form: form.put(key, letter, value)
    not_taken("a formula", put(fines, "D", "=337500000+0"), "công thức", (fines, "D"))
    not_taken("a decimal", put(fines, "D", 337.5), "số nguyên", (fines, "D"))
    not_taken("a decimal as text", put(fines, "D", "337,5"), "số nguyên", (fines, "D"))
    not_taken("a negative number", put(fines, "D", -1), "không thể âm", (fines, "D"))
    not_taken("a date for a number", put(fines, "D", datetime.date(2026, 5, 6)), "thành ngày", (fines, "D"))
    not_taken("true for a number", put(fines, "D", True), "TRUE", (fines, "D"))
    not_taken("a year of two digits", put("document.date", "C", "17/11/26"), "ngày hợp lệ", ("document.date", "C"))
    not_taken("month before day", put("document.date", "C", "11/17/2026"), "tháng trước ngày", ("document.date", "C"))
    not_taken("no date", put("document.date", "C", None), "chưa ghi ngày", ("document.date", "C"))
    not_taken("a status of one's own", put("tasks.III.5.status", "G", "xong"), "trong danh sách", ("tasks.III.5.status", "G"))
    not_taken("a number and words", put(fines, "E", "Không phát sinh"), "một câu trả lời", (fines, "D"))
    not_taken("a part above the whole", put("tasks.III.5.figures.violations", "D", 999), "", ("tasks.III.5.figures.violations", "D"))

    def formatted(key, letter, value, number_format):
        def change(form):
            form.put(key, letter, value)
            form.cells[key, letter].number_format = number_format

        return change

    def marks_as_numbers(form):
        for row in form.book["_plan"].iter_rows(max_row=10, max_col=2):
            if isinstance(row[1].value, str) and row[1].value.isdigit():
                row[1].value = int(row[1].value)

    def shown(key, letter, value):
        def change(form):
            form.cells[key, letter].value = value

        return change

    def beside(form):
        form.cells[fines, "D"].comment = openpyxl.comments.Comment("Chưa gồm quý IV", "x")
        form.book.create_sheet("Danh sách (tiếp)").append(["Hộ kinh doanh A", 3_000_000])

    shipped = load(workspace.root / "reports/annual" / f"{AGENCY}.yaml")
    contact = {**shipped["contact"], "phone": "912345678"}
    taken("a telephone number as a number", put("contact.phone", "C", 912345678), contact=contact)
    taken("the noise of reckoning", put("funding.state_budget", "D", shipped["funding"]["state_budget"] + 1e-8))
    taken("a day just short of itself", formatted("document.date", "C", 46342.9999999999, "dd/mm/yyyy"))
    taken("marks as numbers", marks_as_numbers)
    taken("a note and a sheet beside the form", beside)
    for number_format in ("0%", "0,", "#,##0,", '0" triệu"', "#,##0 [$triệu đồng-42A]", "#,##0 [$tr.đ]", "0E+00", '0"."0'):
        not_taken(number_format, formatted(fines, "D", 1, number_format), "định dạng", (fines, "D"))
    not_taken("words of the format", formatted(fines, "D", "1", '0;0;0;@" nghìn"'), "định dạng", (fines, "D"))
    amount = shipped["tasks"]["III.5"]["figures"]["fines"]
    taken("a currency", formatted(fines, "D", amount, "_-* #,##0 [$₫-42A]_-;-* #,##0 [$₫-42A]_-"))

    def with_a_note_mark(vert_align):
        font = InlineFont(vertAlign=vert_align)
        return CellRichText(TextBlock(InlineFont(), str(amount)), TextBlock(font, "1"))

    for vert_align in ("superscript", "subscript"):
        change = formatted(fines, "D", with_a_note_mark(vert_align), "General")
        not_taken(vert_align, change, "không phải số nguyên", (fines, "D"))
    taken("one part", formatted(fines, "D", CellRichText(TextBlock(InlineFont(b=True), str(amount))), "General"))
    not_taken("another agency on the sheet", shown("agency", "C", "Sở Khoa học và Công nghệ"), "đã khóa", ("agency", "C"))
    not_taken("another round on the sheet", shown("round", "C", "Ngày 15/3"), "đã khóa", ("round", "C"))
    not_taken("an answer in a locked column", shown(fines, "F", 12), "đã khóa", (fines, "F"))

    def outside(form):
        form.book["Kết quả"]["L9"].value = "ghi chú"

    def swapped(form):
        one, other = form.cells[fines, "C"], form.cells["tasks.III.5.figures.goods_value", "C"]
        one.value, other.value = other.value, one.value

    def without_keys(form):
        form.book["Kết quả"].delete_cols(1)

    def without_mark(form):
        del form.book["_plan"]

    def other_year(form):
        for sheet in form.book.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str) and cell.value.startswith("plan-form:"):
                        cell.value = cell.value.replace(":2026:", ":2025:")
        hidden = form.book["_plan"]
        [cell] = [row[1] for row in hidden.iter_rows(max_col=2) if row[0].value == "year"]
        cell.value = "2025"

    def other_version(form):
        [cell] = [row[1] for row in form.book["_plan"].iter_rows(max_col=2) if row[0].value == "version"]
        cell.value = "99"

    def other_agency(form):
        sheet = form.book["Kết quả"]
        sheet["A1"].value = sheet["A1"].value.replace(AGENCY, "so-khcn")

    def far_away(form):
        form.book["Kết quả"]["XFD1048576"].value = 1

    def doubled(form):
        form.book.copy_worksheet(form.book["Kết quả"])

    not_taken("a note beside the form", outside, "ngoài các ô điền")
    not_taken("words moved to other rows", swapped, "đã bị đổi")
    not_taken("the keys deleted", without_keys, "thiếu trang")
    not_taken("the mark deleted", without_mark, "không phải biểu mẫu")
    not_taken("another year", other_year, "năm 2025")
    not_taken("another version", other_version, "phiên bản 99")
    not_taken("another agency's sheet", other_agency, "biểu mẫu khác")
    not_taken("a cell at the end of the world", far_away, "quá xa")
    not_taken("a sheet twice", doubled, "hai bản")

    cases.append("an untouched form")
    refused(workspace, workspace.export(AGENCY), "chưa điền")

    if soffice:
        for name, change in (("saved by LibreOffice", lambda form: None), ("renamed, saved by LibreOffice", rename)):
            cases.append(name)
            path, report = filled(workspace, AGENCY, change)
            [form] = workspace.import_(resaved(path, soffice), "--on", "2026-11-18")
            assert form["result"] == "received", form
            assert load(workspace.report(AGENCY)) == expected(report, "2026-11-18")
            workspace.forget(AGENCY)
        cases.append("untouched, saved by LibreOffice")
        refused(workspace, resaved(workspace.export(AGENCY), soffice), "chưa điền")
    return len(cases)


MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Main
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  form = StarDesktop.loadComponentFromURL("FORM", "_blank", 0, hidden())
TYPED
  Dim pdf(0) As New com.sun.star.beans.PropertyValue
  pdf(0).Name = "FilterName" : pdf(0).Value = "calc_pdf_Export"
  form.storeToURL("PDF", pdf())
  form.close(True)
End Sub
</script:module>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"
  library:passwordprotected="false"><library:element library:name="Module1"/></library:library>
"""


def prints(workspace, soffice):
    """What is typed into a form is whole on paper, and numbers have dots between thousands on every computer."""
    path = workspace.export(AGENCY)
    form = Form(path)
    long = [("tasks.III.5.results", "G"), ("tasks.I.3.reason", "G"), ("tasks.III.5.evidence.1", "G"), ("contact.unit", "C")]
    long += [(f"{key}.1", "C") for key in ("difficulties", "recommendations", "next_steps")]
    long += [("difficulties.1", "D"), ("violators.1", "D"), ("violators.1", "E"), ("warnings.1", "D"), ("warnings.1", "E")]
    numbers = {
        "tasks.III.5.figures.inspections": (1342, "1.342"),
        "tasks.III.5.figures.fines": (375000000, "375.000.000"),
        "funding.socialised": (1234567890, "1.234.567.890"),
        "funding.state_budget": (1234567890123, "1.234.567.890.123"),
    }

    def typed(key, letter, call):
        cell = form.cells[key, letter]
        at = form.book.worksheets.index(cell.parent)
        return f'  form.Sheets.getByIndex({at}).getCellRangeByName("{cell.coordinate}").{call}'

    sentence = "Kiểm tra các cơ sở kinh doanh trên địa bàn. "
    lines = [typed(*place, f'setString("{sentence * 34}HẾT{at:02}")') for at, place in enumerate(long)]
    lines += [typed(key, "D", f"setValue({value})") for key, (value, _) in numbers.items()]
    profile, pdf = path.parent / "typist", path.parent / "typed.pdf"
    arguments = [soffice, "--headless", f"-env:UserInstallation=file://{profile}"]
    subprocess.run([*arguments, "--convert-to", "pdf", "--outdir", profile, path], check=True, capture_output=True)
    library = profile / "user/basic/Standard"
    library.mkdir(parents=True, exist_ok=True)
    macro = MACRO.replace("FORM", f"file://{path}").replace("PDF", f"file://{pdf}").replace("TYPED", "\n".join(lines))
    (library / "Module1.xba").write_text(macro)
    (library / "script.xlb").write_text(LIBRARY)
    subprocess.run([*arguments, "macro:///Standard.Module1.Main"], check=True, capture_output=True, timeout=120)
    words = subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout
    cut = [place for at, place in enumerate(long) if f"HẾT{at:02}" not in words]
    assert not cut, f"cut on paper: {cut}"
    assert all(shown in words for _, shown in numbers.values()), numbers


def old_yaml(workspace):
    """What a form becomes reads alike for readers of YAML 1.1, of which this is one."""
    texts = ["yes", "No", "on", "2026-11-17", "12:30", "=", "0o17", "017", "1_000", "~", "null", ".5", "<<", "1e3", "-", "n"]
    texts += ["2026-11-17 10:00:00", "190:20:30", "0x1f", "+1", ".inf", "Đúng: sai", "# ghi chú", "- a", "12/BC-UBND", "_x000D_"]
    path, _ = filled(workspace, AGENCY)
    for start in range(0, len(texts), 8):
        form = Form(path)
        for at in range(8):
            text = texts[start + at] if start + at < len(texts) else None
            form.put(f"next_steps.{at + 1}", "D", None)
            form.put(f"next_steps.{at + 1}", "C", text and text.replace("_x000D_", "_x005F_x000D_"))
            if text is not None:
                form.cells[f"next_steps.{at + 1}", "C"].data_type = "s"
        form.book.save(path)
        workspace.import_(path, "--on", "2026-11-18")
        told = yaml.safe_load(workspace.report(AGENCY).read_text(encoding="utf-8"))
        assert told["next_steps"] == texts[start : start + 8], told["next_steps"]
        assert told["received"] == datetime.date(2026, 11, 18)
        workspace.forget(AGENCY)


def hostile(workspace):
    """Files made to do harm are refused before they can."""
    path = workspace.export(AGENCY)
    workspace.forget(AGENCY)
    parts = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            parts[name] = archive.read(name)

    def sent(name, changed, words):
        bad = workspace.folder / f"{name}.xlsx"
        with zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in {**parts, **changed}.items():
                archive.writestr(part, content)
        refused(workspace, bad, words)

    shared = parts["xl/sharedStrings.xml"].decode()
    sent("bomb", {"xl/media/a.bin": b"\0" * 200_000_000}, "quá lớn")
    sent("count", {"xl/sharedStrings.xml": re.sub(r'uniqueCount="\d+"', 'uniqueCount="99999999999"', shared)}, "hỏng")
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    far = sheet.replace('<row r="2"', '<row r="99999999999"').replace('r="A2"', 'r="A99999999999"')
    sent("row", {"xl/worksheets/sheet2.xml": far}, "")
    sent("xml", {"xl/worksheets/sheet2.xml": sheet[: len(sheet) // 2]}, "hỏng")
    for name, content in (("cut", path.read_bytes()[:5000]), ("text", b"agency: so-y-te"), ("empty", b"")):
        bad = workspace.folder / f"{name}.xlsx"
        bad.write_bytes(content)
        refused(workspace, bad, "")


def corrections(workspace):
    """A second form records a correction and keeps the first day of receipt."""
    path, _ = filled(workspace, AGENCY)
    form = Form(path)
    form.put("document.number", "C", "99/BC-SYT")
    form.book.save(path)
    workspace.import_(path, "--on", "2026-11-18", "--number", "99/BC-SYT")
    first = load(workspace.report(AGENCY))
    assert first["document"]["number"] == "99/BC-SYT"
    kept = workspace.report(AGENCY).read_text() + "accepted:\n- {rule: paper-number-form, reason: thử}\n"
    workspace.report(AGENCY).write_text(kept)
    form = Form(path)
    form.put("document.number", "C", "99/BC-SYT")
    form.put("tasks.III.5.figures.inspections", "D", 320)
    form.book.save(path)
    [tried] = workspace.import_(path, "--on", "2026-11-20", "--dry-run")
    assert tried["result"] == "corrected" and load(workspace.report(AGENCY))["received"] == "2026-11-18"
    assert workspace.report(AGENCY).read_text() == kept, "a trial writes nothing"
    [form] = workspace.import_(path, "--on", "2026-11-20")
    assert form["result"] == "corrected", form
    told = load(workspace.report(AGENCY))
    assert told["received"] == "2026-11-18"
    assert [item["date"] for item in told["corrections"]] == ["2026-11-20"]
    assert told["accepted"] == [{"rule": "paper-number-form", "reason": "thử"}]
    assert told["tasks"]["III.5"]["figures"]["inspections"] == 320
    workspace.forget(AGENCY)


def main():
    plan, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
    soffice = sys.argv[3] if len(sys.argv) > 3 else None
    with tempfile.TemporaryDirectory() as folder:
        workspace = Workspace(plan, root, folder)
        cases = as_people_send_them(workspace, soffice)
        corrections(workspace)
        old_yaml(workspace)
        hostile(workspace)
        if soffice:
            prints(workspace, soffice)
        trips = round_trips(workspace)
    print(f"forms: {trips} reports through a form and back, {cases} ways of sending one")


if __name__ == "__main__":
    main()
