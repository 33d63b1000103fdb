#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up the test cases in the logs of build directories and prints one line.

A test program that speaks TAP counts by its cases, any other as one. A directory
without a log did not get as far as its tests, and counts as one failure.
"""

import json
import pathlib
import re
import sys

END = 15  # lines: what a program said last
CASE = re.compile(r"^(not )?ok\b([^#]*)(#\s*(skip|todo)\b)?", re.IGNORECASE)


def count_program(entry):
    passed = failed = skipped = 0
    for line in entry.get("stdout", "").splitlines():
        case = CASE.match(line)
        if case is None:
            continue
        if (case.group(4) or "").lower() == "skip":
            skipped += 1
        elif case.group(1):
            failed += 1
        else:
            passed += 1

    result = entry["result"]
    if result in ("SKIP", "IGNORED"):
        skipped = max(skipped, 1)
    elif result in ("OK", "EXPECTEDFAIL"):
        passed = passed if passed + skipped > 0 else 1
    elif failed == 0:
        # It crashed, leaked, ran out of time, or had no cases to fail.
        failed = 1
    return passed, failed, skipped


def tell_failure(entry):
    """The whole log is long, and where only its end is kept, what went wrong must be in it."""
    said = entry.get("stdout", "").splitlines()[-END:] + entry.get("stderr", "").splitlines()[-END:]
    for line in said:
        print(f"  {line}")


def main():
    totals = [0, 0, 0]
    for directory in sys.argv[1:]:
        log = pathlib.Path(directory, "meson-logs", "testlog.json")
        if not log.exists():
            print(f"{directory}: no tests were run")
            totals[1] += 1
            continue
        for line in log.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            counts = count_program(entry)
            totals = [total + count for total, count in zip(totals, counts)]
            if counts[1] > 0:
                print(f"failed: {entry['name']} ({pathlib.Path(directory).name})")
                tell_failure(entry)
    print(f"{totals[0]} passed, {totals[1]} failed, {totals[2]} skipped")
    return 1 if totals[1] > 0 else 0


if __name__ == "__main__":
    sys.exit(main())
