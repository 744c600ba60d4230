"""People edit a compiled report in LibreOffice and with python-docx; late reports arrive; `plan draft import` and `plan
compile` give what they wrote.

Usage: draft.py PLAN ROOT SOFFICE OFFICE_PYTHON
"""

import copy
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import docx
from docx.text.paragraph import Paragraph

HERE = pathlib.Path(__file__).parent


def run(plan, root, *arguments, code=0):
    done = subprocess.run([plan, "-C", root, *arguments], capture_output=True, text=True)
    assert done.returncode == code, (arguments, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


def folded(text):
    return " ".join(text.split())


def texts(path):
    lines = [folded(line) for paragraph in docx.Document(path).paragraphs for line in paragraph.text.split("\n")]
    return [line for line in lines if line]


def at(lines, begins):
    found = [index for index, line in enumerate(lines) if line.startswith(begins)]
    assert found, begins
    return found[0]


def hands(lines):
    """One of everything that people do, each in a paragraph of its own: long ones, which stand in the body once."""
    end = next(index for index, line in enumerate(lines) if line.startswith("Phụ lục I"))
    once = lambda line: sum(other.startswith(line[:60]) for other in lines) == 1
    body = [line for line in lines[12:end] if len(line.split()) > 25 and once(line)]
    assert len(body) >= 14, len(body)
    begins = [line[:60] for line in body]
    word = body[0].split()[5]
    number = next(line for line in body[1:3] + body if re.search(r"\b\d+ \w+", line) and line not in (body[0],))
    middle = " ".join(body[5].split()[12:15])
    return [
        {"do": "word", "at": begins[0], "old": word, "new": f"{word} kịp thời"},
        {"do": "word", "at": number[:60], "old": re.search(r"\b\d+ \w+", number)[0], "new": "98.765 lượt người"},
        {"do": "delete", "at": begins[3]},
        {"do": "insert", "at": begins[4], "new": "Giám đốc Sở yêu cầu các cơ quan gửi trước ngày 10/12/2026 để tổng hợp."},
        {"do": "split", "at": begins[5], "old": middle},
        {"do": "merge", "at": begins[7]},
        {"do": "move", "at": begins[10], "after": begins[12]},
    ]


def expected(lines, hands):
    lines = list(lines)
    for hand in hands:
        here = at(lines, hand["at"])
        match hand["do"]:
            case "word":
                lines[here] = lines[here].replace(hand["old"], hand["new"], 1)
            case "delete":
                del lines[here]
            case "insert":
                lines.insert(here + 1, hand["new"])
            case "split":
                cut = lines[here].index(hand["old"])
                lines[here : here + 1] = [lines[here][:cut].strip(), lines[here][cut:].strip()]
            case "merge":
                lines[here : here + 2] = [f"{lines[here]} {lines[here + 1]}"]
            case "move":
                moved = lines.pop(here)
                lines.insert(at(lines, hand["after"]) + 1, moved)
    return lines


def python_docx(source, target, hands):
    document = docx.Document(source)

    def find(begins):
        return next(paragraph for paragraph in document.paragraphs if folded(paragraph.text).startswith(begins))

    def after(paragraph, text):
        new = copy.deepcopy(paragraph._p)
        paragraph._p.addnext(new)
        write(Paragraph(new, paragraph._parent), text)

    def write(paragraph, text):
        paragraph.runs[0].text = text
        for run in paragraph.runs[1:]:
            run.text = ""

    for hand in hands:
        found = find(hand["at"])
        match hand["do"]:
            case "word":
                write(found, found.text.replace(hand["old"], hand["new"], 1))
            case "delete":
                found._p.getparent().remove(found._p)
            case "insert":
                after(found, hand["new"])
            case "split":
                text = found.text
                cut = text.index(hand["old"])
                write(found, text[:cut])
                after(found, text[cut:])
            case "merge":
                next_ = Paragraph(found._p.getnext(), found._parent)
                write(found, f"{found.text} {next_.text}")
                next_._p.getparent().remove(next_._p)
            case "move":
                find(hand["after"])._p.addnext(found._p)
    document.save(target)


def workspace(root, folder):
    for name in ["plan", "reports"]:
        shutil.copytree(pathlib.Path(root) / name, folder / name)
    # Some reports are late.
    late = folder / "late"
    late.mkdir()
    for report in sorted((folder / "reports/annual").glob("xa-*.yaml"))[:3] + [folder / "reports/annual/so-y-te.yaml"]:
        shutil.move(report, late / report.name)
    return folder


def cycle(plan, folder, name, edit):
    draft, edited = folder / f"{name}.docx", folder / f"{name}-edited.docx"
    run(plan, folder, "compile", "-o", draft)
    before = texts(draft)
    made = hands(before)
    edit(draft, edited, made)
    wanted = expected(before, made)
    assert texts(edited) == wanted or "tracked" in name, name

    told = run(plan, folder, "draft", "import", edited, "--by", name)
    assert "nhận" in told, told
    run(plan, folder, "compile", "-o", draft)
    after = texts(draft)
    assert after == wanted, [(a, b) for a, b in zip(after, wanted) if a != b][:3]
    # Nothing is new in a copy that is taken back twice, nor in one that nobody touched.
    for again in [edited, draft]:
        known = (folder / "reports/annual/draft.yaml").read_text(encoding="utf-8")
        run(plan, folder, "draft", "import", again)
        assert (folder / "reports/annual/draft.yaml").read_text(encoding="utf-8") == known, again
    # Every format has them.
    run(plan, folder, "compile", "-o", folder / f"{name}.md")
    assert "98.765 lượt người" in (folder / f"{name}.md").read_text(encoding="utf-8")

    # Late reports: what still stands is what was written, and what does not is told in both words.
    for report in sorted((folder / "late").glob("*.yaml")):
        shutil.copy(report, folder / "reports/annual" / report.name)
    done = subprocess.run([plan, "-C", folder, "compile", "-o", draft], capture_output=True, text=True)
    listed = json.loads(run(plan, folder, "draft", "--format", "json"))["edits"]
    waiting = [one for one in listed if one["state"] in ("changed", "gone", "contested")]
    assert done.returncode == (1 if waiting else 0), done.stdout + done.stderr
    now = texts(draft)
    for one in listed:
        if one["state"] == "applied" and one["kind"] != "delete":
            assert one["text"] in now, one
        if one["state"] == "changed":
            assert one["now"] in done.stdout and (one["text"] in done.stdout or one["kind"] == "delete"), one
    final = subprocess.run([plan, "-C", folder, "compile", "--final", "-o", folder / "final.docx"], capture_output=True)
    # A number that the data give no more waits as well.
    unsure = waiting + [one for one in listed if one["state"] == "applied" and one["moved"]]
    assert final.returncode == (1 if unsure else 0)
    for one in unsure:
        run(plan, folder, "draft", "keep", one["id"])
    run(plan, folder, "compile", "--final", "-o", folder / "final.docx", "--force")
    refused = run(plan, folder, "issue", "annual", "--number", "9/BC", "--date", "2026-12-03", "--file", draft, code=2)
    assert "--final" in refused, refused
    run(plan, folder, "issue", "annual", "--number", "9/BC", "--date", "2026-12-03", "--file", folder / "final.docx")
    print(f"{name}: {len(made)} hands, {len(listed)} edits, {len(waiting)} to decide after late reports")


def main(plan, root, soffice, office_python):
    def office(tracked, profile):
        def edit(source, target, made):
            line = [office_python, HERE / "office.py", soffice, profile, source, target, tracked]
            subprocess.run(line, input=json.dumps(made), text=True, check=True, timeout=300)

        return edit

    with tempfile.TemporaryDirectory() as profile:
        for name, edit in [
            ("python-docx", python_docx),
            ("LibreOffice", office("plain", profile)),
            ("LibreOffice tracked", office("tracked", profile)),
        ]:
            with tempfile.TemporaryDirectory() as folder:
                cycle(plan, workspace(root, pathlib.Path(folder)), name, edit)


main(*sys.argv[1:])
