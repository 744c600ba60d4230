"""Measures a DOCX file against the form of Nghị định 30/2020/NĐ-CP with a reader that `plan` did not write.

    python3 docx_form.py FILE.docx

Prints every measure that failed and what was expected, then `N passed, M failed`; exits with 1 if any failed.
Knows the text that the decree prescribes, never the names of the styles that the writer chose. Needs python-docx.
"""

import re
import sys
import unicodedata

import docx
from lxml import etree
from docx.oxml.ns import qn

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
FONT = "Times New Roman"
SHORT_SIDE, LONG_SIDE = 11906, 16838
MARGINS = {"top": 1134, "bottom": 1134, "left": 1701, "right": 851}
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
# Advance widths of U+0020 to U+007E in the bold face, in thousandths of the size.
ADVANCES = [int(width) for width in """
    250 333 555 500 500 1000 833 278 333 333 500 570 250 333 250 278 500 500 500 500 500 500 500 500 500 500 333 333
    570 570 570 500 930 722 667 722 722 667 611 778 778 389 500 778 667 944 722 778 611 778 722 556 667 722 722 1000
    722 722 667 333 278 333 581 500 333 500 556 444 556 444 333 500 556 278 333 556 278 833 556 500 556 556 444 389
    333 556 500 722 500 500 444 394 220 394 520""".split()]
MAY_SPLIT = 600  # characters in one cell from which on a row may be split over pages

passed = 0
failed = []


def check(what, good, got, expected):
    global passed
    if good:
        passed += 1
    else:
        failed.append(f"{what}: {got!r}, expected {expected}")


def equal(what, got, expected):
    check(what, got == expected, got, repr(expected))


def value(element, path, attribute="w:val"):
    """The attribute of the first element on the path, None without one; a switch without a value is on."""
    found = element.find("/".join(qn(step) for step in path.split("/"))) if element is not None else None
    return None if found is None else found.get(qn(attribute), "1" if attribute == "w:val" else None)


def number(text):
    return int(text or 0)


def width(text, points):
    base = [c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)]
    others = {"Đ": 722, "đ": 556, "–": 500}
    advances = [ADVANCES[ord(c) - 32] if " " <= c <= "~" else others.get(c, 1000) for c in base]
    return sum(advances) * points / 50


class Form:
    """How a paragraph looks once its styles are resolved."""

    def __init__(self, document):
        self.styles = {style.get(qn("w:styleId")): style for style in document.styles.element.findall(qn("w:style"))}
        self.defaults = document.styles.element.find(qn("w:docDefaults"))

    def chain(self, style):
        while style is not None:
            element = self.styles[style]
            yield element
            style = value(element, "w:basedOn")

    def paragraph(self, p, path, attribute="w:val"):
        for source in [p, *self.chain(value(p, "w:pPr/w:pStyle"))]:
            found = value(source, f"w:pPr/{path}", attribute)
            if found is not None:
                return found
        return value(self.defaults, f"w:pPrDefault/w:pPr/{path}", attribute)

    def run(self, p, path, attribute="w:val"):
        """Of the first run; the writer's paragraphs have one."""
        run = p.find(f".//{qn('w:r')}")
        for source in [run, *self.chain(value(p, "w:pPr/w:pStyle"))]:
            found = value(source, f"w:rPr/{path}", attribute)
            if found is not None:
                return found
        return value(self.defaults, f"w:rPrDefault/w:rPr/{path}", attribute)

    def on(self, p, name):
        return self.run(p, name) not in (None, "0", "false")

    def shown(self, p):
        text = text_of(p)
        return text.upper() if self.on(p, "w:caps") else text

    def is_rule(self, p):
        return not text_of(p) and self.paragraph(p, "w:pBdr/w:top") == "single"

    def looks(self, what, p, size, bold=False, italic=False, align=None, upper=False):
        equal(f"{what}: size", number(self.run(p, "w:sz")) / 2, size)
        equal(f"{what}: bold", self.on(p, "w:b"), bold)
        equal(f"{what}: italic", self.on(p, "w:i"), italic)
        if align:
            equal(f"{what}: alignment", self.paragraph(p, "w:jc"), align)
        if upper:
            check(f"{what}: case", self.shown(p) == self.shown(p).upper(), self.shown(p), "upper case")

    def rule(self, what, p, text, points, room, low, high):
        if p is None or not self.is_rule(p):
            check(f"{what}: line below", False, p is not None and text_of(p), "a border of an empty paragraph")
            return
        left, right = (number(self.paragraph(p, "w:ind", side)) for side in ("w:left", "w:right"))
        share = (room - left - right) / min(room, width(text, points))
        span = f"{low:.2f} to {high:.2f} of the text"
        check(f"{what}: length of the line below", low <= share <= high, round(share, 3), span)
        check(f"{what}: line below centred", abs(left - right) <= 1, (left, right), "equal indents")


def text_of(element):
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def paragraphs(element):
    return element.findall(qn("w:p"))


def cells(row):
    return row.findall(qn("w:tc"))


def split_sections(body):
    """The blocks of every section with its properties."""
    sections, blocks = [], []
    for child in body:
        if child.tag == qn("w:sectPr"):
            sections.append((child, blocks))
        else:
            blocks.append(child)
            properties = child.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
            if properties is not None:
                sections.append((properties, blocks))
                blocks = []
    return sections


def check_document(document, form):
    core = document.core_properties
    check("properties: title", bool(core.title), core.title, "a title")
    check("properties: author", bool(core.author), core.author, "an author")
    equal("properties: language", core.language, "vi-VN")
    for slot in ("ascii", "hAnsi", "eastAsia", "cs"):
        equal(f"default font: {slot}", value(form.defaults, "w:rPrDefault/w:rPr/w:rFonts", f"w:{slot}"), FONT)
    equal("default size", value(form.defaults, "w:rPrDefault/w:rPr/w:sz"), "28")
    equal("default language", value(form.defaults, "w:rPrDefault/w:rPr/w:lang"), "vi-VN")
    for level in (1, 2, 3):
        heading = next((s for s in form.styles.values() if value(s, "w:name") == f"heading {level}"), None)
        equal(f"style heading {level}: outline level", value(heading, "w:pPr/w:outlineLvl"), str(level - 1))
    everywhere = [document.element, document.styles.element]
    fonts = {f.get(qn("w:ascii")) for part in everywhere for f in part.iter(qn("w:rFonts"))}
    equal("fonts in use", fonts, {FONT})
    equal("underlined runs", sum(len(list(part.iter(qn("w:u")))) for part in everywhere), 0)
    equal("line breaks inside paragraphs", len(list(document.element.iter(qn("w:br")))), 0)
    text = "\n".join(text_of(p) for p in document.element.iter(qn("w:p")))
    equal("text in NFC", unicodedata.is_normalized("NFC", text), True)
    hostile = re.findall("[\x00-\x08\x0b-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069]", text)
    equal("control characters", hostile, [])
    old = re.findall(r"(?i)\b\w*(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])\b", text)
    equal("old tone placement", old, [])
    for day, month, year in re.findall(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})\b", text):
        good = len(day) == 2 and re.fullmatch(r"0[12]|[3-9]|1[0-2]", month)
        check("date in figures", good, f"{day}/{month}/{year}", "05/6/2026, 03/02/2026, 30/11/2026")
    for day, month in re.findall(r"ngày (\d{1,2}) tháng (\d{1,2}) năm", text):
        good = len(day) == 2 and re.fullmatch(r"0[12]|[3-9]|1[0-2]", month)
        check("date in words", good, f"ngày {day} tháng {month}", "ngày 05 tháng 6, ngày 03 tháng 02")


def check_page(what, section, properties, form):
    landscape = value(properties, "w:pgSz", "w:orient") == "landscape"
    size = tuple(number(value(properties, "w:pgSz", f"w:{side}")) for side in "wh")
    equal(f"{what}: paper", size, (LONG_SIDE, SHORT_SIDE) if landscape else (SHORT_SIDE, LONG_SIDE))
    for side, expected in MARGINS.items():
        equal(f"{what}: margin {side}", number(value(properties, "w:pgMar", f"w:{side}")), expected)
    equal(f"{what}: starts a page", value(properties, "w:type") in (None, "nextPage"), True)
    equal(f"{what}: numbered from", value(properties, "w:pgNumType", "w:start"), "1")
    equal(f"{what}: first page different", section.different_first_page_header_footer, True)

    header, first = section.header._element, section.first_page_header._element
    fields = [p for p in paragraphs(header) if p.find(qn("w:fldSimple")) is not None]
    equal(f"{what}: page numbers in the header", [value(p, "w:fldSimple", "w:instr").strip() for p in fields], ["PAGE"])
    equal(f"{what}: page numbers on the first page", len(list(first.iter(qn("w:fldSimple"), qn("w:instrText")))), 0)
    for p in fields:
        form.looks(f"{what}: page number", p, 14, align="center")
    banners = [[text_of(p) for p in paragraphs(part) if text_of(p) and p not in fields] for part in (header, first)]
    equal(f"{what}: banner on the first page", banners[1], banners[0])
    for p in paragraphs(header) + paragraphs(first):
        if text_of(p) and p not in fields:
            equal(f"{what}: banner bold", form.on(p, "w:b"), True)
            equal(f"{what}: banner red", form.run(p, "w:color") in ("C00000", "FF0000"), True)
    lines = sum(number(form.run(p, "w:sz")) * 11.5 for p in paragraphs(header))
    room = MARGINS["top"] - number(value(properties, "w:pgMar", "w:header"))
    check(f"{what}: header inside the top margin", 0 < lines <= room, lines, f"at most {room} twips")
    return size[0] - MARGINS["left"] - MARGINS["right"]


def check_letterhead(table, form):
    top, bottom = table.findall(qn("w:tr"))[:2]
    equal("letterhead: borders", list(table.iter(qn("w:tcBorders"), qn("w:tblBorders"))), [])
    left, right = cells(top)
    room = [number(value(cell, "w:tcPr/w:tcW", "w:w")) for cell in (left, right)]

    nation, motto, *rest = paragraphs(right)
    equal("Quốc hiệu", text_of(nation), NATION)
    form.looks("Quốc hiệu", nation, 13, bold=True, align="center", upper=True)
    check("Quốc hiệu: on one line", width(NATION, 13) < room[1], room[1], "a wider cell")
    equal("Tiêu ngữ", text_of(motto), MOTTO)
    form.looks("Tiêu ngữ", motto, 14, bold=True, align="center")
    form.rule("Tiêu ngữ", next(iter(rest), None), MOTTO, 14, room[1], 0.97, 1.03)

    *bodies, rule = paragraphs(left)
    issuer = [p for p in bodies if form.on(p, "w:b")]
    for p in bodies:
        name = "issuing body" if p in issuer else "superior body"
        form.looks(name, p, 13, bold=p in issuer, align="center", upper=True)
    check("issuing body", bool(issuer) and bodies[-1] in issuer, [text_of(p) for p in bodies], "the last lines, in bold")
    longest = max((form.shown(p) for p in issuer), key=lambda text: width(text, 13), default="")
    form.rule("issuing body", rule, longest or "?", 13, room[0], 1 / 3, 1 / 2)

    left, right = cells(bottom)
    code, *summary = paragraphs(left)
    check("number", re.match(r"Số: {3,}/[A-ZĐ]", text_of(code)), text_of(code), "Số:      /BC-SCT, the number left blank")
    form.looks("number", code, 13, align="center")
    for p in summary:
        form.looks("V/v", p, 13, align="center")
    date = paragraphs(right)[0]
    blank = re.search(r", ngày {3,}tháng {3,}năm \d{4}$", text_of(date))
    check("place and date", blank, text_of(date), "Sơn La, ngày      tháng      năm 2026, the day left blank")
    form.looks("place and date", date, 14, italic=True, align="center")
    return bool(summary)


def check_subject(blocks, form, letter, room):
    centred = (p for p in blocks if text_of(p) and form.paragraph(p, "w:jc") == "center")
    kind = next((p for p in centred if form.on(p, "w:b")), None)
    if letter:
        equal("a letter has no kind", kind is None, True)
        return
    if kind is None:
        check("kind", False, None, "a bold centred line")
        return
    form.looks("kind", kind, 14, bold=True, align="center", upper=True)
    subject, rest = [], blocks[blocks.index(kind) + 1:]
    while rest and text_of(rest[0]):
        subject.append(rest.pop(0))
    check("subject", bool(subject), subject, "a line under the kind")
    for p in subject:
        form.looks("subject", p, 14, bold=True, align="center")
    longest = max((text_of(p) for p in subject), key=lambda text: width(text, 14), default="?")
    form.rule("subject", next(iter(rest), None), longest, 14, room, 1 / 3, 1 / 2)


def check_addressees(blocks, form):
    """Gives the paragraphs it read, which are no body text."""
    lead = next((p for p in blocks if text_of(p).startswith("Kính gửi:")), None)
    if lead is None:
        return []
    form.looks("Kính gửi", lead, 14)
    if text_of(lead) != "Kính gửi:":
        equal("one addressee: alignment", form.paragraph(lead, "w:jc"), "center")
        return [lead]
    several, rest = [], blocks[blocks.index(lead) + 1:]
    while rest and text_of(rest[0]).startswith("- ") and form.paragraph(rest[0], "w:jc") != "both":
        several.append(rest.pop(0))
    check("addressees", len(several) > 1, len(several), "several, one a line")
    for p in several:
        form.looks("addressee", p, 14)
        check("addressee: mark", text_of(p).endswith("." if p is several[-1] else ";"), text_of(p), "`;`, the last `.`")
    return [lead, *several]


def check_text(blocks, form):
    bases = [p for p in blocks if text_of(p).startswith(("Căn cứ", "Thực hiện", "Theo")) and form.on(p, "w:i")]
    for p in bases:
        check("basis: mark", text_of(p).endswith("." if p is bases[-1] else ";"), text_of(p), "`;`, the last `.`")
    for p in blocks:
        text = text_of(p)
        what = f"{text[:30]}…"
        level = form.paragraph(p, "w:outlineLvl")
        if not text or form.paragraph(p, "w:jc") == "center":
            continue
        if level is not None:
            name = value(form.styles[value(p, "w:pPr/w:pStyle")], "w:name")
            equal(f"{what}: heading style", name, f"heading {int(level) + 1}")
            form.looks(what, p, 14, bold=level != "2", upper=level == "0")
            equal(f"{what}: stays with its text", form.paragraph(p, "w:keepNext") is not None, True)
            continue
        italic = form.on(p, "w:i")
        size = number(form.run(p, "w:sz")) / 2
        check(f"{what}: size", size == 14 or (italic and size == 13), size, "14, a note in italics 13")
        equal(f"{what}: bold", form.on(p, "w:b"), False)
        check(f"{what}: italic", italic or p not in bases, italic, "a basis in italics")
        equal(f"{what}: alignment", form.paragraph(p, "w:jc"), "both")
        equal(f"{what}: first line", form.paragraph(p, "w:ind", "w:firstLine"), "720")
        between = number(form.paragraph(p, "w:spacing", "w:before")) + number(form.paragraph(p, "w:spacing", "w:after"))
        equal(f"{what}: space between paragraphs", between, 120)
        spacing = number(form.paragraph(p, "w:spacing", "w:line")) / 240
        check(f"{what}: line spacing", 1 <= spacing <= 1.5, spacing, "1,0 to 1,5")


def check_closing(table, form, addressed):
    row, = table.findall(qn("w:tr"))
    equal("closing: not split over pages", value(row, "w:trPr/w:cantSplit"), "1")
    equal("closing: borders", list(table.iter(qn("w:tcBorders"), qn("w:tblBorders"))), [])
    equal("closing: kept together", {form.paragraph(p, "w:keepNext") for p in row.iter(qn("w:p"))}, {"1"})
    left, right = (paragraphs(cell) for cell in cells(row))
    form.looks("Nơi nhận", left[0], 12, bold=True, italic=True)
    for p in left[1:]:
        form.looks("recipient", p, 11)
        mark = text_of(p).startswith("- ") and text_of(p).endswith("." if p is left[-1] else ";")
        check("recipient: mark", mark, text_of(p), "`- …;`, the last `.`")
    check("last recipient", text_of(left[-1]).startswith("- Lưu: VT"), text_of(left[-1]), "- Lưu: VT, …")
    if addressed:
        equal("first recipient", text_of(left[1]), "- Như trên;")
    *posts, signer = right
    for p in posts:
        form.looks("post", p, 14, bold=True, align="center", upper=True)
    form.looks("signer", signer, 14, bold=True, align="center")
    room = number(form.paragraph(signer, "w:spacing", "w:before"))
    check("room for the signature", room >= 960, room, "three lines at least")


def check_annex(what, blocks, form, report):
    lines = [p for p in blocks if p.tag == qn("w:p") and text_of(p)][:3]
    check(f"{what}: annex", bool(lines), lines, "Phụ lục …, its title, (Kèm theo …)")
    if not lines:
        return
    title, *names = lines
    form.looks(what, title, 14, bold=True, align="center")
    reference = next((p for p in names if text_of(p).startswith("(Kèm theo")), None)
    check(f"{what}: reference", reference is not None, [text_of(p) for p in names], "(Kèm theo …)")
    if reference is not None:
        form.looks(f"{what}: reference", reference, 14, italic=True, align="center")
        for p in names[:names.index(reference)]:
            form.looks(f"{what}: title", p, 14, bold=True, align="center", upper=True)
    equal(f"{what}: begins its section", blocks[0] is title, True)
    equal(f"{what}: mentioned in the text", text_of(title) in report, True)


def check_table(what, table, form, room):
    rows = table.findall(qn("w:tr"))
    columns = [number(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
    equal(f"{what}: layout", value(table, "w:tblPr/w:tblLayout", "w:type"), "fixed")
    equal(f"{what}: columns add up to the text", sum(columns), room)
    equal(f"{what}: width", number(value(table, "w:tblPr/w:tblW", "w:w")), room)
    style = form.styles.get(value(table, "w:tblPr/w:tblStyle"))
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        equal(f"{what}: border {side}", value(style, f"w:tblPr/w:tblBorders/w:{side}"), "single")
    repeated = [value(row, "w:trPr/w:tblHeader") for row in rows]
    equal(f"{what}: rows repeated", repeated, ["1"] + [None] * (len(rows) - 1))
    for index, row in enumerate(rows):
        where = f"{what}, row {index + 1}"
        equal(f"{where}: cells add up", sum(number(value(cell, "w:tcPr/w:tcW", "w:w")) for cell in cells(row)), room)
        spans = sum(number(value(cell, "w:tcPr/w:gridSpan") or 1) for cell in cells(row))
        equal(f"{where}: columns", spans, len(columns))
        if max(len(text_of(cell)) for cell in cells(row)) < MAY_SPLIT:
            equal(f"{where}: not split over pages", value(row, "w:trPr/w:cantSplit"), "1")
        for p in row.iter(qn("w:p")):
            size = number(form.run(p, "w:sz")) / 2
            check(f"{where}: size", size in (12, 13), size, "12 or 13")
            equal(f"{where}: first line", number(form.paragraph(p, "w:ind", "w:firstLine")), 0)
            if index == 0:
                form.looks(f"{where}: header", p, size, bold=True, align="center")
            if re.fullmatch(r"\d{1,3}(\.\d{3})+|[\d,]+%", text_of(p)):
                equal(f"{where}: figures to the right", form.paragraph(p, "w:jc"), "right")
            colour = form.run(p, "w:color")
            known = colour in (None, "auto", "000000", "C00000")
            check(f"{where}: colour", known, colour, "black, grey, dark red")


def check_charts(document, expected):
    """Charts are native, and told in words to whoever cannot see them."""
    drawings = list(document.element.body.iter(qn("wp:inline")))
    equal("charts", len(drawings), expected)
    ids = [drawing.find(qn("wp:docPr")).get("id") for drawing in drawings]
    equal("charts: ids", len(set(ids)), len(ids))
    for drawing in drawings:
        properties = drawing.find(qn("wp:docPr"))
        what = properties.get("name")
        words = properties.get("descr") or ""
        check(f"{what}: alternative text", len(words) > 40 and re.search(r"\d", words), words, "a text with the counts")
        chart = next(drawing.iter(CHART + "chart"))
        part = document.part.related_parts[chart.get(qn("r:id"))]
        equal(f"{what}: kind of part", part.content_type, "application/vnd.openxmlformats-officedocument.drawingml.chart+xml")
        space = etree.fromstring(part.blob)
        shown = "".join(text.text for text in space.iter(DRAWING + "t"))
        check(f"{what}: title", shown and words.startswith(shown), shown, "the beginning of the alternative text")
        series = list(space.iter(CHART + "ser"))
        categories = {int(one.find(f"{CHART}cat/{CHART}strLit/{CHART}ptCount").get("val")) for one in series}
        check(f"{what}: series", series and len(categories) == 1, categories, "the same categories in all")
        fonts = {latin.get("typeface") for latin in space.iter(DRAWING + "latin")}
        equal(f"{what}: font", fonts, {FONT})


def check_sections(document, form):
    sections = split_sections(document.element.body)
    report = "\n".join(text_of(p) for p in sections[0][1])
    for index, (properties, blocks) in enumerate(sections):
        what = f"section {index + 1}"
        room = check_page(what, document.sections[index], properties, form)
        tables = [block for block in blocks if block.tag == qn("w:tbl")]
        lines = [block for block in blocks if block.tag == qn("w:p")]
        for table in tables:
            after = table.getnext()
            equal(f"{what}: a paragraph follows a table", after is not None and after.tag == qn("w:p"), True)
        addressed = []
        if index == 0:
            official = bool(tables) and NATION in text_of(tables[0])
            check("letterhead", official, text_of(blocks[0])[:40], "a table with the Quốc hiệu")
            letter = official and check_letterhead(tables.pop(0), form)
            addressed = check_addressees(lines, form)
            check_subject(lines, form, letter, room)
            check_charts(document, 0 if letter else 2)
            closing = next((table for table in tables if text_of(table).startswith("Nơi nhận:")), None)
            check("closing", closing is not None, None, "a table with Nơi nhận")
            if closing is not None:
                check_closing(closing, form, addressed)
                tables.remove(closing)
                last = closing.getprevious()
                check("end mark", text_of(last).endswith("./."), text_of(last)[-30:], "./.")
                equal("closing: stays with the text", form.paragraph(last, "w:keepNext") is not None, True)
        else:
            check_annex(what, blocks, form, report)
        check_text([p for p in lines if p not in addressed], form)
        for number_, table in enumerate(tables, 1):
            check_table(f"{what}, table {number_}", table, form, room)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    document = docx.Document(sys.argv[1])
    form = Form(document)
    check_document(document, form)
    check_sections(document, form)
    for line in failed:
        print(line)
    print(f"{passed} passed, {len(failed)} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
