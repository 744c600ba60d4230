"""Writes a report in an editor: drives yaml-language-server, which editors use, with the schemas of `plan schema`, and holds
what it offers, shows and underlines to what a clerk who writes Vietnamese is to see.

Usage: editor.py PLAN ROOT NODE_MODULES
"""

import json
import pathlib
import subprocess
import sys
import tempfile

REPORT = """\
agency: so-y-te
round: annual
received: 2026-11-18
tasks:
  III.5:
    status: done
    results: Đã kiểm tra.
    figures:
      inspections: 318
"""
# A change of the report, the line that is underlined, and what is said of it; `None` where nothing is wrong.
CHANGES = [
    ("", "", None, None),
    ("received: 2026-11-18", "received: 2026-02-30", 2, "không phải một ngày có trong lịch"),
    ("received: 2026-11-18", "received: 2028-02-29", None, None),
    ("status: done", "status: xong", 5, "không thuộc danh mục cho phép"),
    ("status: done", "status: in-progress", None, None),
    ("inspections: 318", "inspections: ba trăm", 8, "cần một số nguyên không âm"),
    ("inspections: 318", "inspections: nothing-arose", None, None),
    ("inspections: 318", "inspection: 318", 8, "mỗi mục một mã"),
    ("agency: so-y-te", "agency: so-y-tế", 0, "không thuộc danh mục cho phép"),
    ("    results:", "    result:", 6, "xem lại tên mục"),
    ("  III.5:", "  III.55:", 4, "mỗi mục một mã"),
]


class Editor:
    def __init__(self, modules, schema):
        server = modules / "yaml-language-server/bin/yaml-language-server"
        self.process = subprocess.Popen(["node", server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.schema = schema
        self.asked = 0
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {
            "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}, "hover": {}},
        }})  # fmt: skip
        self.send({"method": "initialized", "params": {}})

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def read(self):
        length = 0
        while (line := self.process.stdout.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        # The server asks for its settings, which are the usual ones.
        if "id" in message and "method" in message:
            settings = {"validate": True, "completion": True, "hover": True, "yamlVersion": "1.2", "schemaStore": {"enable": False}}
            items = message["params"].get("items", []) if isinstance(message["params"], dict) else []
            self.send({"id": message["id"], "result": [settings if item.get("section") == "yaml" else None for item in items]})
        return message

    def ask(self, method, params):
        self.asked += 1
        self.send({"id": self.asked, "method": method, "params": params})
        while (message := self.read()).get("id") != self.asked or "method" in message:
            pass
        return message["result"]

    def open(self, name, text):
        """Opens a text, and returns what is underlined in it."""
        uri = f"file:///{name}"
        text = f"{text}# yaml-language-server: $schema={self.schema.as_uri()}\n"
        self.send({"method": "textDocument/didOpen", "params": {
            "textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text},
        }})  # fmt: skip
        while True:
            message = self.read()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                return message["params"]["diagnostics"]

    def at(self, method, name, line, column):
        where = {"textDocument": {"uri": f"file:///{name}"}, "position": {"line": line, "character": column}}
        return self.ask(f"textDocument/{method}", where)


def main():
    plan, root, modules = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
    with tempfile.TemporaryDirectory() as folder:
        schema = pathlib.Path(folder) / "report.schema.json"
        subprocess.run([plan, "-C", root, "schema", "report", "-o", schema], check=True, capture_output=True)
        editor = Editor(modules, schema)
        try:
            for at, (old, new, line, words) in enumerate(CHANGES):
                found = editor.open(f"change-{at}.yaml", REPORT.replace(old, new) if old else REPORT)
                told = [(problem["range"]["start"]["line"], problem["message"]) for problem in found]
                if words is None:
                    assert not told, (new, told)
                else:
                    assert any(place == line and words in message for place, message in told), (new, told)
            offered = editor.at("completion", "change-0.yaml", 5, len("    status: "))["items"]
            words = {item["label"]: json.dumps(item.get("documentation", ""), ensure_ascii=False) for item in offered}
            assert "hoàn thành" in words.get("done", ""), f"a word is offered with what it means: {words}"
            offered = editor.at("completion", "change-0.yaml", 0, len("agency: "))["items"]
            names = {item["label"]: json.dumps(item.get("documentation", ""), ensure_ascii=False) for item in offered}
            assert "Tòa án nhân dân tỉnh" in names.get("toa-an", ""), "an id is offered with its name"
            hover = json.dumps(editor.at("hover", "change-0.yaml", 8, len("      insp")), ensure_ascii=False).replace("\\", "")
            assert "Số vụ kiểm tra" in hover and "(vụ)" in hover, f"an indicator is shown with its label and unit: {hover}"
        finally:
            editor.process.kill()
    print(f"editor: {len(CHANGES)} changes, completion and hover in yaml-language-server")


main()
