#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES.in lists every file with text to translate, in order, and no other.

With --write the list is made anew instead of compared.
"""

import re
import sys

import lint

IN_C = re.compile(r"(?<!\w)(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2) ?\(")
POTFILES = lint.ROOT / "po" / "POTFILES.in"


def translatable(path):
    text = path.read_text(encoding="utf-8")
    if path.suffix in (".c", ".h"):
        return IN_C.search(text) is not None
    return 'translatable="yes"' in text


def expected():
    found = [
        path
        for path in lint.files("*.c", "*.ui", under=("src", "resources"))
        if translatable(path)
    ]
    found += lint.files("*.desktop.in", "*.metainfo.xml.in", "*.gschema.xml", under=("data",))
    return sorted(lint.name(path) for path in found)


def main():
    wanted = expected()
    if sys.argv[1:] == ["--write"]:
        POTFILES.write_text("\n".join(wanted) + "\n", encoding="utf-8")
        return
    listed = lint.lines(POTFILES)
    problems = [f"po/POTFILES.in: {name} is missing" for name in wanted if name not in listed]
    problems += [
        f"po/POTFILES.in: {name} has nothing to translate" for name in listed if name not in wanted
    ]
    if not problems and listed != sorted(listed):
        problems.append("po/POTFILES.in: not in order")
    if problems:
        problems.append("to mend it: python3 tests/lint/check-potfiles.py --write")
    lint.finish(problems)


main()
