"""Edits a Word file in LibreOffice as a person does, tracked or not, and saves it as Word. Runs with the Python that has
LibreOffice's own module (package python3-uno).

Usage: office.py SOFFICE PROFILE SOURCE TARGET tracked|plain, the hands as JSON on standard input
"""

import json
import pathlib
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

PARAGRAPH_BREAK = 0


def connect(soffice, profile):
    pipe = f"plan{pathlib.Path(profile).stat().st_ino}"
    office = subprocess.Popen(
        [soffice, "--headless", "--norestore", f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except Exception:  # LibreOffice is not there yet.
            time.sleep(0.25)
    office.terminate()
    sys.exit("LibreOffice does not answer")


def value(name, value):
    return PropertyValue(Name=name, Value=value)


def paragraph(document, begins):
    paragraphs = document.Text.createEnumeration()
    while paragraphs.hasMoreElements():
        found = paragraphs.nextElement()
        if found.supportsService("com.sun.star.text.Paragraph") and found.String.startswith(begins):
            return found
    sys.exit(f"no paragraph begins {begins!r}")


def hand(document, hand):
    text = document.Text
    found = paragraph(document, hand["at"])
    cursor = text.createTextCursorByRange(found.Start)
    match hand["do"]:
        case "word":
            cursor.goRight(found.String.index(hand["old"]), False)
            cursor.goRight(len(hand["old"]), True)
            cursor.String = hand["new"]
        case "delete":
            cursor.gotoRange(found.End, True)
            cursor.goRight(1, True)
            cursor.String = ""
        case "insert":
            end = text.createTextCursorByRange(found.End)
            text.insertControlCharacter(end, PARAGRAPH_BREAK, False)
            text.insertString(end, hand["new"], False)
        case "split":
            cursor.goRight(found.String.index(hand["old"]), False)
            text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
        case "merge":
            cursor.gotoRange(found.End, False)
            cursor.goRight(1, True)
            cursor.String = " "
        case "move":
            words = found.String
            cursor.gotoRange(found.End, True)
            cursor.goRight(1, True)
            cursor.String = ""
            end = text.createTextCursorByRange(paragraph(document, hand["after"]).End)
            text.insertControlCharacter(end, PARAGRAPH_BREAK, False)
            text.insertString(end, words, False)


def main(soffice, profile, source, target, tracked):
    office, desktop = connect(soffice, profile)
    try:
        url = pathlib.Path(source).resolve().as_uri()
        document = desktop.loadComponentFromURL(url, "_blank", 0, (value("Hidden", True),))
        document.RecordChanges = tracked == "tracked"
        for one in json.load(sys.stdin):
            hand(document, one)
        target = pathlib.Path(target).resolve().as_uri()
        document.storeToURL(target, (value("FilterName", "MS Word 2007 XML"),))
        document.close(True)
    finally:
        try:
            desktop.terminate()
        except Exception:  # It says so by breaking the line.
            pass
        office.wait(60)


main(*sys.argv[1:])
