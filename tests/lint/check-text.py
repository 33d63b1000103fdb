#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licence lines, line widths, comments, and no output that was only for debugging."""

import re

import lint

WIDTH = 100
PRINTING = re.compile(r"\b(g_print|g_printerr|printf|vprintf|fprintf|puts|perror)\s*\(")
# Programs whose output is what they are for.
PRINTS = re.compile(
    r"^(src/server/([\w-]*main|rfi-server-options)\.c|src/ui/shell/[\w-]*main\.c"
    # The child of this test says to its parent that it may be killed now.
    r"|tests/store/test-kill\.c|tests/(bench|demo|real|sim|fuzz)/.*)$"
)
STRING = re.compile(r'"(\\.|[^"\\])*"')
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")


def check_code(name, text):
    for number, line in enumerate(text, 1):
        bare = STRING.sub('""', line)
        if len(line) > WIDTH:
            yield f"{name}:{number}: {len(line)} columns, at most {WIDTH}"
        if "\t" in line:
            yield f"{name}:{number}: a tab"
        if "//" in bare:
            yield f"{name}:{number}: a // comment"
        if PRINTING.search(bare) and not PRINTS.match(name):
            yield f"{name}:{number}: prints; return an error, or use g_debug ()"


def check(path):
    name = lint.name(path)
    text = lint.lines(path)
    if not any("SPDX-License-Identifier: GPL-3.0-or-later" in line for line in text[:3]):
        yield f"{name}: no SPDX line"
    for number, line in enumerate(text, 1):
        if line != line.rstrip():
            yield f"{name}:{number}: blanks at the end of the line"
        if UNFINISHED.search(line) and path.name != "check-text.py":
            yield f"{name}:{number}: left unfinished"
    if path.suffix in (".c", ".h"):
        yield from check_code(name, text)


SOURCES = lint.files(
    "*.c", "*.h", "*.py", "*.ui", "*.css", "*.sql", "*.sh", "*.js", "*.mjs", "*.gresource.xml",
    under=("src", "tests", "resources", "flatpak"),
)
SCRIPTS = [
    lint.ROOT / name
    for name in ("dev", ".ci/run", "tests/support/with-desktop", "tests/support/with-server")
]

lint.finish([problem for path in [*SOURCES, *SCRIPTS] for problem in check(path)])
