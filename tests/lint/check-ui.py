#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every .ui file and picture is well-formed XML and part of a bundle."""

import subprocess
import xml.etree.ElementTree

import lint

bundles = list(lint.files("*.gresource.xml", under=("resources",)))
paths = list(lint.files("*.ui", "*.svg", "*.css", under=("resources",)))
markup = [path for path in paths if path.suffix != ".css"]
problems = []

result = subprocess.run(
    ["xmllint", "--noout", "--nonet", *markup, *bundles],
    capture_output=True, text=True, check=False,
)
problems += result.stderr.splitlines()

bundled = {
    (bundle.parent / element.text).resolve()
    for bundle in bundles
    for element in xml.etree.ElementTree.parse(bundle).iter("file")
}
problems += [f"{lint.name(path)}: in no bundle" for path in paths if path not in bundled]
lint.finish(problems)
