"""Reads the pages that `plan` writes with readers that this project did not write: html-validate for the markup,
axe-core for whoever hears or keys through them, Chromium for the screen, its console and the paper, poppler for the PDF.

Usage: html_page.py PLAN ROOT NODE_MODULES
"""

import functools
import html.parser
import http.server
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading

from playwright.sync_api import sync_playwright

DAY = "2026-11-23"
BANNER = "DỮ LIỆU MINH HỌA"
A4 = {(595, 842), (842, 595)}
HOSTILE = """<script>document.title = 'taken'</script></p></style></title><img src=x onerror="document.title = 'taken'">"""
BROKEN = '<!doctype html><html lang="vi"><head><title>x</title></head><body><p id="a"><p id="a"><div></body></html>'


class Links(html.parser.HTMLParser):
    """What a page leads to, runs and is made of."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.ids, self.targets, self.handlers, self.styles = set(), [], set(), [], []
        self.in_style = False
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.in_style = tag == "style"
        for name, value in attributes:
            if name == "id":
                self.ids.append(value)
            elif name in ("href", "src", "action", "data", "poster", "srcset", "xlink:href"):
                self.targets.add(value)
            elif name in ("aria-labelledby", "aria-describedby"):
                self.targets.update(f"#{part}" for part in value.split())
            elif name in ("style", "fill"):
                self.styles.append(value)
            elif name.startswith("on"):
                self.handlers.append((tag, name))

    def handle_data(self, data):
        if self.in_style:
            self.styles.append(data)

    def handle_endtag(self, tag):
        self.in_style = False


def plan_run(plan, workspace, *arguments):
    run = subprocess.run([plan, "-C", workspace, "--as-of", DAY, *arguments], capture_output=True, text=True)
    assert run.returncode == 0, (arguments, run.stdout, run.stderr)
    return run.stdout


def write_pages(plan, root, folder):
    empty, hostile = folder / "empty", folder / "hostile"
    for workspace in (empty, hostile):
        shutil.copytree(root / "plan", workspace / "plan")
    shutil.copytree(root / "reports", hostile / "reports")
    report = hostile / "reports/annual/so-y-te.yaml"
    text = report.read_text(encoding="utf-8")
    assert "results: >-\n" in text
    report.write_text(text.replace("results: >-\n", f"results: >-\n      {HOSTILE}\n", 1), encoding="utf-8")
    report = hostile / "reports/annual/so-cong-thuong.yaml"
    text = report.read_text(encoding="utf-8")
    assert "violation: Kinh doanh mỹ phẩm" in text
    hidden = f"violation: >-\n      {HOSTILE}\n      Kinh doanh mỹ phẩm"
    report.write_text(text.replace("violation: Kinh doanh mỹ phẩm", hidden, 1), encoding="utf-8")

    compiled = ("compile", "--format", "html", "-o", "-")
    pages = {
        "annual": plan_run(plan, root, *compiled),
        "consumer-day": plan_run(plan, root, *compiled, "--round", "consumer-day"),
        "status": plan_run(plan, root, "status", "--format", "html"),
        "annual-empty": plan_run(plan, empty, *compiled),
        "status-empty": plan_run(plan, empty, "status", "--format", "html"),
        "annual-hostile": plan_run(plan, hostile, *compiled),
    }
    for name, page in pages.items():
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    for name, workspace in (("publish", root), ("publish-empty", empty), ("publish-hostile", hostile)):
        plan_run(plan, workspace, "publish", "-o", str(folder / name))
        pages[f"{name}/index"] = (folder / name / "index.html").read_text(encoding="utf-8")
    return pages


def validate(node_modules, files):
    validator = [node_modules / ".bin/html-validate", "--preset", "standard"]
    return subprocess.run([*validator, *files], capture_output=True, text=True)


def check_markup(node_modules, folder, pages):
    run = validate(node_modules, [folder / f"{name}.html" for name in pages])
    assert run.returncode == 0, run.stdout + run.stderr
    (folder / "broken.html").write_text(BROKEN)
    assert "no-dup-id" in validate(node_modules, [folder / "broken.html"]).stdout, "the validator validates"

    for name, page in pages.items():
        links = Links(page)
        forbidden = links.tags & {"script", "img", "iframe", "object", "embed", "form", "base", "audio", "video"}
        assert not forbidden and not links.handlers, (name, forbidden, links.handlers)
        ids = {f"#{each}" for each in links.ids}
        beside = {target for target in links.targets if (folder / name).with_name(target).is_file()}
        assert bool(beside) == name.startswith("publish"), (name, beside)
        assert links.targets - ids - beside == {"data:,"}, (name, links.targets - ids)
        fetched = {url for style in links.styles for url in re.findall(r"url\(([^)]*)\)|@import", style)}
        # Patterns of charts; a page without charts draws none.
        assert bool(fetched) != name.startswith("publish") and fetched <= ids, (name, fetched - ids)
        banner = "empty" not in name
        assert (BANNER in page) == banner, name


def check_screen(browser, url, name, axe):
    """Console, requests and width, on a desk and on a phone, by day and by night."""
    for scheme in ("light", "dark"):
        for width in (1280, 390):
            where = f"{name}, {scheme}, {width} px"
            page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900})
            said, asked = [], []
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("request", lambda request: asked.append(request.url))
            page.goto(url)
            assert said == [], (where, said)
            assert asked[:1] == [url] and set(asked[1:]) <= {"data:,"}, (where, asked)
            assert page.title() != "taken", where
            across = page.evaluate("[document.documentElement.scrollWidth, document.body.scrollWidth]")
            assert max(across) <= width, (where, across)
            # Slow on long pages: once for either scheme and either width.
            if (scheme == "light") == (width == 1280):
                check_accessibility(page, where, axe)
            page.close()


def check_accessibility(page, where, axe):
    page.evaluate(axe)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")
    violations = [(v["id"], v["nodes"][0]["html"][:200], v["help"]) for v in found["violations"]]
    assert violations == [] and found["passes"], (where, violations)


def check_paper(browser, url, name, folder):
    """Every page is A4, has words of its own and the banner, and tables repeat their headers."""
    file = folder / f"{name}.pdf"
    page = browser.new_page()
    page.goto(url)
    page.pdf(path=file, prefer_css_page_size=True)
    page.close()
    info = subprocess.run(["pdfinfo", "-l", "-1", file], capture_output=True, text=True, check=True).stdout
    sizes = [(round(float(w)), round(float(h))) for w, h in re.findall(r"size:\s+([\d.]+) x ([\d.]+)", info)]
    assert set(sizes) == A4, (name, set(sizes))
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, text=True, check=True).stdout
    pages = text.split("\f")[:-1]
    assert len(pages) == len(sizes), name
    for number, words in enumerate(pages, start=1):
        own = [line.strip() for line in words.splitlines() if line.strip() and BANNER not in line]
        assert any(not line.isdigit() for line in own), f"{name}: page {number} of {len(pages)} is empty"
        assert (BANNER in words) == ("empty" not in name), f"{name}: the banner on page {number}"
        assert number == 1 or own[0] == str(number), f"{name}: page {number} begins {own[0]!r}"
    if name == "annual":
        headers = sum("Số, ngày báo cáo" in words for words in pages)
        assert headers > 2, f"{name}: the header of annex III is on {headers} pages"
    return len(pages)


def main():
    plan, root, node_modules = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    chromium = shutil.which("chromium")
    assert chromium, "there is no chromium"
    axe = (node_modules / "axe-core/axe.min.js").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        pages = write_pages(plan, root, folder)
        check_markup(node_modules, folder, pages)

        class Handler(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=name))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium)
            for name in pages:
                url = f"http://127.0.0.1:{server.server_port}/{name}.html"
                check_screen(browser, url, name, axe)
                paper = check_paper(browser, url, name, folder)
                print(f"{name}.html: valid, accessible, silent; {paper} pages of A4")
            browser.close()
        server.shutdown()


if __name__ == "__main__":
    main()
