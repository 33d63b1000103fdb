#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every benchmark, prints one table and writes bench.json.

run.py BUILD

A benchmark is a program BUILD/tests/bench/bench-*. It prints one JSON object per
line: {"name", "unit", "value"} and, where they mean something, "p50", "p99",
"peer" (who was measured beside us, and what it reached) and "ratio" (ours to
theirs). Other output goes to standard error.
"""

import json
import os
import pathlib
import platform
import subprocess
import sys

FIELDS = ("name", "unit", "value", "p50", "p99", "peer", "ratio")


def machine():
    cpu = "unknown processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            cpu = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release().get("PRETTY_NAME", platform.system())
    return f"{os.cpu_count()} × {cpu}, {memory:.0f} GiB, {system}, Linux {platform.release()}"


def run(program):
    """Returns the rows of one benchmark, and whether it ended well."""
    print(f"{program.name} …", file=sys.stderr, flush=True)
    result = subprocess.run([program], stdout=subprocess.PIPE, text=True, check=False)
    rows = []
    for line in result.stdout.splitlines():
        if line.startswith("{"):
            row = json.loads(line)
            rows.append({field: row.get(field) for field in FIELDS})
    if result.returncode != 0:
        print(f"{program.name}: ended with {result.returncode}", file=sys.stderr)
    return rows, result.returncode == 0 and len(rows) > 0


def text(value):
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"
    return str(value)


def print_table(rows):
    table = [FIELDS, *([text(row[field]) for field in FIELDS] for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(FIELDS))]
    for line in table:
        cells = [
            cell.rjust(width) if 2 <= column <= 4 or column == 6 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths))
        ]
        print("  ".join(cells).rstrip())


def main():
    build = pathlib.Path(sys.argv[1])
    programs = sorted(
        path for path in build.glob("tests/bench/bench-*")
        if path.is_file() and os.access(path, os.X_OK)
    )
    if not programs:
        print("No benchmark is part of this version.", file=sys.stderr)
        return 1
    rows = []
    good = True
    for program in programs:
        found, ended_well = run(program)
        rows += found
        good = good and ended_well
    print_table(rows)
    print(machine())
    rows.append({field: None for field in FIELDS} | {"name": "machine", "value": machine()})
    (build / "bench.json").write_text(
        json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
