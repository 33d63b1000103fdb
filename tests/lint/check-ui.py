#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every .ui file and icon is well-formed XML and part of the bundle."""

import subprocess
import xml.etree.ElementTree

import lint

BUNDLE = lint.ROOT / "resources" / "retailfixit.gresource.xml"

paths = list(lint.files("*.ui", "*.svg", "*.css", under=("resources",)))
markup = [path for path in paths if path.suffix != ".css"]
problems = []

result = subprocess.run(
    ["xmllint", "--noout", "--nonet", *markup, BUNDLE],
    capture_output=True, text=True, check=False,
)
problems += result.stderr.splitlines()

bundled = [element.text for element in xml.etree.ElementTree.parse(BUNDLE).iter("file")]
for path in paths:
    if path.relative_to(BUNDLE.parent).as_posix() not in bundled:
        problems.append(f"{lint.name(path)}: not in {lint.name(BUNDLE)}")
lint.finish(problems)
