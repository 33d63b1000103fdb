#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what ninja has to make in a build directory for the tests of one suite."""

import json
import pathlib
import sys


def main():
    directory, suite = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    info = directory / "meson-info"
    tests = json.loads((info / "intro-tests.json").read_text(encoding="utf-8"))
    targets = json.loads((info / "intro-targets.json").read_text(encoding="utf-8"))
    wanted = {name for test in tests for name in test["depends"]
              if any(label.split(":")[-1] == suite for label in test["suite"])}
    for target in targets:
        if target["id"] in wanted:
            for file in target["filename"]:
                print(pathlib.Path(file).relative_to(directory))


if __name__ == "__main__":
    main()
