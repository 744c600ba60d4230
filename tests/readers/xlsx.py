"""Reads what `plan compile --format xlsx` writes with openpyxl, and has LibreOffice work its sums out anew.

Usage: xlsx.py PLAN ROOT ROUND OUT_FOLDER
"""

import csv
import datetime
import io
import json
import pathlib
import re
import shutil
import subprocess
import sys

import openpyxl
from openpyxl.utils import range_boundaries

AS_OF = "2026-11-23"
FORMULA = '=HYPERLINK("http://example.invalid","x")'
REPORT = "reports/annual/so-y-te.yaml"


def plan(*arguments):
    run = subprocess.run([*arguments], capture_output=True)
    assert run.returncode == 0, (arguments, run.stderr.decode())
    return run.stdout.decode("utf-8-sig")


def convert(path, ending, out):
    profile = f"-env:UserInstallation=file://{out}/profile"
    subprocess.run(["soffice", "--headless", profile, "--convert-to", ending, "--outdir", out, path], check=True, capture_output=True)
    return out / f"{path.stem}.{ending}"


def check_page(sheet):
    what = sheet.title
    page = sheet.page_setup
    assert (page.orientation, str(page.paperSize)) == ("landscape", "9"), f"{what}: A4 landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and (page.fitToWidth or 1, page.fitToHeight) == (1, 0), f"{what}: a page wide"
    assert "&P" in (sheet.oddFooter.center.text or ""), f"{what}: page numbers"


def check_table(sheet):
    """The header stays in sight and is repeated, and everything below it can be filtered."""
    what = sheet.title
    left, top, right, bottom = range_boundaries(sheet.auto_filter.ref)
    assert sheet.freeze_panes == f"A{top + 1}", f"{what}: frozen at {sheet.freeze_panes}, header in row {top}"
    repeated = [int(row) for row in re.findall(r"\d+", sheet.print_title_rows)]
    assert repeated[0] <= top == repeated[1], f"{what}: repeats {sheet.print_title_rows}, header in row {top}"
    header = [cell.value for cell in sheet[top]]
    assert left == 1 and right == len(header) and all(header), f"{what}: header {header}"
    assert all(sheet[f"{cell.column_letter}{top}"].font.bold for cell in sheet[top]), f"{what}: header in bold"
    return header, top, bottom


def check_types(sheet, header, top, bottom):
    """Numbers are numbers and dates are dates, in Vietnamese formats; no text is anything else."""
    counts = {"number": 0, "date": 0}
    for row in sheet.iter_rows(min_row=top + 1, max_row=bottom):
        for title, cell in zip(header, row, strict=True):
            where = f"{sheet.title}!{cell.coordinate}"
            if isinstance(cell.value, datetime.datetime):
                assert cell.number_format == "[$-42A]dd/mm/yyyy", f"{where}: {cell.number_format}"
                counts["date"] += 1
            elif isinstance(cell.value, (int, float)) or cell.data_type == "f":
                assert cell.number_format in ("[$-42A]#,##0", "[$-42A]0.0%"), f"{where}: {cell.number_format}"
                counts["number"] += 1
            elif cell.value is not None:
                assert not re.fullmatch(r"\d{1,3}(\.\d{3})*|\d{4}-\d\d-\d\d", cell.value), f"{where} ({title}): {cell.value} is text"
    return counts


def check_sums(path, out):
    """Every formula gives, when another program works it out, the value that the file already shows."""
    formulas, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    places = [(sheet.title, cell.coordinate) for sheet in formulas for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    for title, place in places:
        assert re.match(r"=(SUMIFS|SUBTOTAL)\(", formulas[title][place].value), (title, place, formulas[title][place].value)
    # openpyxl saves formulas without their values, so that whoever reads them has to work them out.
    bare = out / "bare" / path.name
    bare.parent.mkdir(exist_ok=True)
    formulas.save(bare)
    again = openpyxl.load_workbook(convert(bare, "xlsx", out / "again"), data_only=True)
    for title, place in places:
        shown, worked_out = cached[title][place].value, again[title][place].value
        assert shown == worked_out, f"{title}!{place}: shows {shown}, adds up to {worked_out}"
    return len(places)


def check_totals(path, totals):
    """Annex I shows the totals that JSON gives."""
    sheet = openpyxl.load_workbook(path, data_only=True)["Phụ lục I"]
    header, top, bottom = check_table(sheet)
    column = header.index("Số liệu")
    shown = [row[column].value for row in sheet.iter_rows(min_row=top + 1, max_row=bottom)]
    for value, total in zip(shown, totals, strict=True):
        rate = total["rate"]
        expected = rate["numerator"] / rate["denominator"] if rate else total["value"]
        assert value == ("chưa có số liệu" if expected is None else expected), (total["indicator"], value, expected)


def check_pages(path, out):
    pdf = convert(path, "pdf", out)
    sizes = subprocess.run(["pdfinfo", "-l", "-1", pdf], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"^Page +\d+ size: +([\d.]+) x ([\d.]+)", sizes, flags=re.M)
    for width, height in found:
        assert abs(float(width) - 841.9) < 1 and abs(float(height) - 595.3) < 1, f"{width} x {height} is not A4 landscape"
    for page in range(1, len(found) + 1):
        text = subprocess.run(["pdftotext", "-f", str(page), "-l", str(page), pdf, "-"], check=True, capture_output=True, text=True).stdout
        assert re.search(r"[^\W\d]", re.sub(r".*MINH HỌA.*", "", text)), f"page {page} of {len(found)} is empty"
        assert "###" not in text, f"page {page}: a number does not fit its column"
    return len(found)


def check_hostile(program, root, out):
    """A text that begins like a formula stays a text."""
    workspace = out / "hostile"
    for name in ("plan", "reports"):
        shutil.copytree(root / name, workspace / name)
    report = workspace / REPORT
    warning = f"\nwarnings:\n  - subject: '{FORMULA}'\n    issued: 2026-10-01\n"
    report.write_text(report.read_text(encoding="utf-8") + warning, encoding="utf-8")
    path = out / "hostile.xlsx"
    plan(program, "-C", workspace, "--as-of", AS_OF, "compile", "--round", "annual", "-o", path)
    sheet = openpyxl.load_workbook(path)["Phụ lục V"]
    found = [cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA]
    assert found and all(cell.data_type == "s" for cell in found), "xlsx: the text of a report became a formula"
    table = plan(program, "-C", workspace, "--as-of", AS_OF, "compile", "--format", "csv", "--table", "warnings", "-o", "-")
    cells = [cell for row in csv.reader(io.StringIO(table)) for cell in row]
    assert f"'{FORMULA}" in cells and not any(cell.startswith("=") for cell in cells), "csv: a cell would be run"


def main():
    program, root, round_, out = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3], pathlib.Path(sys.argv[4])
    out.mkdir()
    path = out / f"{round_}.xlsx"
    compile_ = [program, "-C", root, "--as-of", AS_OF, "compile", "--round", round_]
    plan(*compile_, "-o", path)
    totals = json.loads(plan(*compile_, "--format", "json", "-o", "-"))
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames[0] == "Phụ lục I" and {"Nguồn số liệu", "Biểu đồ"} < set(workbook.sheetnames), workbook.sheetnames
    counts = {"number": 0, "date": 0}
    for sheet in workbook:
        check_page(sheet)
        if sheet.auto_filter.ref:
            for kind, count in check_types(sheet, *check_table(sheet)).items():
                counts[kind] += count
    charts = workbook["Biểu đồ"]._charts
    assert len(charts) == 2, "annex II has two charts"
    assert min(counts.values()) > 0, counts
    sums = check_sums(path, out)
    assert sums > 0
    check_totals(path, totals["totals"])
    pages = check_pages(path, out)
    check_hostile(program, root, out)
    print(f"{round_}.xlsx: {len(workbook.sheetnames)} sheets, {counts['number']} numbers, {counts['date']} dates, {sums} sums agree, {pages} pages")


if __name__ == "__main__":
    main()
