#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language of po/LINGUAS is complete and fits today's text.

With --template FILE the list of texts is written there instead, for translators:
msgmerge --update po/de.po FILE
"""

import pathlib
import subprocess
import sys
import tempfile

import lint

KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3")


def run(*command):
    return subprocess.run(command, cwd=lint.ROOT, capture_output=True, text=True, check=False)


def make_template(path):
    result = run(
        "xgettext", "--from-code=UTF-8", "--files-from=po/POTFILES.in", "--sort-by-file",
        "--add-comments=translators:", "--package-name=retailfixit-dispatch",
        *(f"--keyword={keyword}" for keyword in KEYWORDS), f"--output={path}",
    )
    return result.stderr.splitlines() if result.returncode != 0 else []


def check(language, template):
    po = f"po/{language}.po"
    # Compares format strings and plural forms.
    result = run("msgfmt", "--check", "--output-file=/dev/null", po)
    if result.returncode != 0:
        yield from result.stderr.splitlines()

    merged = f"{template}.{language}"
    run("msgmerge", "--quiet", "--no-fuzzy-matching", f"--output-file={merged}", po, template)
    for kind in ("untranslated", "only-fuzzy"):
        lacking = run("msgattrib", f"--{kind}", "--no-obsolete", "--no-wrap", merged).stdout
        for line in lacking.splitlines():
            if line.startswith("msgid ") and line != 'msgid ""':
                yield f"{po}: {kind}: {line[6:]}"


def main():
    if sys.argv[1:2] == ["--template"]:
        lint.finish(make_template(pathlib.Path(sys.argv[2]).resolve()))
    with tempfile.TemporaryDirectory() as folder:
        template = f"{folder}/template.pot"
        problems = make_template(template)
        for language in " ".join(lint.lines(lint.ROOT / "po" / "LINGUAS")).split():
            problems += check(language, template)
    lint.finish(problems)


main()
