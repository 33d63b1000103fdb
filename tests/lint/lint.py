# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks of this folder share: finding files and reporting."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def files(*patterns, under=("src", "tests")):
    """Yields the project's files that match, never anything generated."""
    for top in under:
        for pattern in patterns:
            yield from sorted((ROOT / top).rglob(pattern))


def name(path):
    return path.relative_to(ROOT).as_posix()


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def finish(problems):
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
