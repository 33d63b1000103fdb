#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every benchmark, prints one table and writes bench.json.

run.py BUILD RESULTS [NAME...]

BUILD is an optimised build, RESULTS the folder for bench.json. A benchmark is a
program BUILD/tests/bench/bench-* or a script bench-*.py beside this one; NAME picks
some of them. It prints one JSON object per line: {"name", "unit", "value"} and, where
they mean something, "p50", "p99", "peer" (who did the same beside us) with
"peer_value". Other output goes to standard error. Peers that are not ours are
measured by peers.py. RFI_BENCH_URL names a server with 100,000 jobs.
"""

import json
import os
import pathlib
import platform
import subprocess
import sys

import peers
import server

HERE = pathlib.Path(__file__).resolve().parent
FIELDS = ("name", "unit", "value", "p50", "p99", "peer", "ratio")
# What is promised, and of which field.
TARGETS = {
    "console: start to first frame with cards, 100,000 cached": ("value", "≤", 500),
    "start-interactive: the first input served beside cards, 100,000 cached":
        ("value", "≤", 300),
    "console: longest stall after the first frame, start": ("value", "≤", 16),
    "console: longest stall, first pull of 100,000": ("value", "≤", 16),
    "console: longest stall, search": ("value", "≤", 16),
    "console: status changed to frame that shows it": ("p50", "≤", 16),
    "search-keystroke: key typed to frame with its list, 100,000 jobs": ("p50", "≤", 16),
    "console: memory above an empty window": ("value", "≤", 80),
    "timeline: memory with 1,000 technicians, 20,000 jobs": ("value", "≤", 200),
    "memory: timeline, board by technician and table in turn, 1,000 technicians, 20,000 jobs":
        ("value", "≤", 200),
    "pushed-change: sent by another desk to the next frame here, 100,000 jobs":
        ("p50", "≤", 16),
    "thousand-changes: frames dropped by own work": ("value", "≤", 0),
    "thousand-changes: changes by another desk": ("value", "≥", 1000),
    "idle-cpu: of a core, ten changes in a second by another desk, 100,000 jobs":
        ("value", "≤", 2),
    "table-frame: scrolling 100,000 jobs": ("p99", "≤", 8),
    "board-frame: scrolling a lane, 100,000 jobs": ("p99", "≤", 8),
    "board-frame: scrolling 1,000 lanes, 100,000 jobs": ("p99", "≤", 8),
    "table: longest stall, 1,000,000 jobs sorted by status, then creation, own work":
        ("value", "≤", 8),
    "table: longest stall, 1,000,000 jobs sorted by title, then technician, own work":
        ("value", "≤", 8),
    "server: lists of 25 of 1,000 jobs": ("value", "≥", 5000),
    peers.PULL: ("value", "≥", 40000),
    peers.V1_PULL: ("value", "≥", 100000),
    peers.V1_DELTA: ("p50", "≤", 22),
    peers.V1_EMPTY: ("p50", "≤", 0.4),
    peers.V1_PUSH: ("value", "≥", 10000),
    peers.V1_MEMORY: ("value", "≤", 64),
    "v1: a person's change signed and made durable": ("ratio", "≤", 1.3),
    peers.LIVE: ("p50", "≤", 3),
    "desk: conflict chosen to frame that shows it": ("p50", "≤", 50),
    "history: the board as of the worst moment": ("value", "≤", 300),
    "history: chain verified": ("value", "≥", 200000),
    "history: first page of one person's": ("p50", "≤", 100),
    "history: first page of two kinds of action": ("p50", "≤", 100),
    "history: other devices where there are none, one look": ("p50", "≤", 100),
    "history: rows written as CSV": ("value", "≥", 100000),
    "history: rows written as JSON": ("value", "≥", 100000),
    "past: first rows of 1,000,000 entries at the console": ("p50", "≤", 100),
    "past: all of the history saved as CSV": ("value", "≥", 100000),
    "past: all of the history saved as JSON": ("value", "≥", 100000),
    "past: longest stall, saved as CSV": ("value", "≤", 16),
    "past: longest stall, saved as JSON": ("value", "≤", 16),
    "v1: rows fetched again, killed at half of the first pull": ("value", "≤", 1000),
    "ranking: 1,000 technicians, 20,000 open of 100,000 jobs": ("p99", "≤", 20),
    "timeline-frame: scrolling a day, 1,000 rows, 20,000 bars": ("p99", "≤", 8),
    "timeline-frame: scrolling a week, 1,000 rows, 20,000 bars": ("p99", "≤", 8),
    "timeline-frame: scrolling two weeks, 1,000 rows, 20,000 bars": ("p99", "≤", 8),
    "timeline-frame: zooming, 1,000 rows, 20,000 bars": ("p99", "≤", 8),
}
# Promised too, of the same rows: so many times what the peer reaches, and the slowest of a hundred.
ALSO = {
    peers.V1_PULL: ("ratio", "≥", 2),
    peers.LIVE: ("p99", "≤", 12),
}


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
    command = [sys.executable, program] if program.suffix == ".py" else [program]
    result = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    rows = [json.loads(line) for line in result.stdout.splitlines() if line.startswith("{")]
    if result.returncode != 0:
        print(f"{program.name}: ended with {result.returncode}", file=sys.stderr)
    return rows, result.returncode == 0 and len(rows) > 0


def finish(row, others):
    """The row with all its fields, the peer in words and ours to theirs; and one more for each
    further peer."""
    rows = []
    for who, value in others.get(row["name"], [(row.get("peer"), row.get("peer_value"))]):
        line = {field: row.get(field) for field in FIELDS}
        if rows:
            line["name"] = f"{row['name']}, beside {who.split(',')[0]}"
        if value is not None:
            line["peer"] = f"{who}: {text(value)} {row['unit']}"
            line["ratio"] = round(row["value"] / value, 3)
        rows.append(line)
    return rows


def text(value):
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.3g}"
    return str(value)


def judge_one(row, field, relation, limit):
    value = row[field]
    if value is None:
        return f"{field} {relation} {limit:,} not measured"
    good = value <= limit if relation == "≤" else value >= limit
    return f"{field} {relation} {limit:,} {'met' if good else 'MISSED'}"


def judge(row):
    return ", ".join(judge_one(row, *targets[row["name"]])
                     for targets in (TARGETS, ALSO) if row["name"] in targets)


def print_table(rows):
    table = [(*FIELDS, "target"),
             *([*(text(row[field]) for field in FIELDS), judge(row)] for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(table[0]))]
    for line in table:
        cells = [
            cell.rjust(width) if 2 <= column <= 4 or column == 6 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths))
        ]
        print("  ".join(cells).rstrip())


def find(build, names):
    programs = sorted(
        path for path in [*build.glob("tests/bench/bench-*"), *HERE.glob("bench-*.py")]
        if path.is_file() and os.access(path, os.R_OK | os.X_OK)
    )
    return [path for path in programs if not names or path.stem.removeprefix("bench-") in names]


def main():
    build, results = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    os.environ |= {
        "RFI_SERVER": str(build / "src" / "server" / "retailfixit-server"),
        "GSETTINGS_SCHEMA_DIR": str(build / "data"),
        "GIO_USE_PROXY_RESOLVER": "dummy", "GIO_USE_VFS": "local", "LC_ALL": "C.UTF-8",
    }
    load = os.getloadavg()[0]
    rows = []
    good = True
    programs = find(build, sys.argv[3:])
    if not programs:
        print("No benchmark is part of this version.", file=sys.stderr)
        return 1
    with server.Server("--sample", "large", "--jobs", "100000") as running:
        os.environ["RFI_BENCH_URL"] = running.url
        for program in programs:
            found, ended_well = run(program)
            rows += found
            good = good and ended_well
    others = peers.measure(results, {row["name"] for row in rows})
    rows = [line for row in rows for line in finish(row, others)]

    words = f"{machine()}, load {load:.1f} when it began"
    print_table(rows)
    print(words)
    rows.append({field: None for field in FIELDS} | {"name": "machine", "value": words})
    (results / "bench.json").write_text(
        json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
