#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The server's list of jobs, 25 of 1,000, asked for by wrk on the same cores."""

import json
import re
import subprocess
import sys

import server

SECONDS = 5
CONNECTIONS = 16
PATH = "/api/jobs?limit=25"


def to_ms(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def measure(url, token):
    output = subprocess.run(
        ["wrk", "-t2", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency",
         "-H", f"Authorization: Bearer {token}", url + PATH],
        stdout=subprocess.PIPE, text=True, check=True,
    ).stdout
    if "Non-2xx" in output or "Socket errors" in output:
        raise RuntimeError(output)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output)[1])
    middle, late = (to_ms(re.search(rf"\s{p}%\s+(\S+)", output)[1]) for p in (50, 99))
    return rate, middle, late


def main():
    with server.Server("--sample", "large", "--jobs", "1000", "--vendors", "20") as running:
        rate, middle, late = measure(running.url, running.sign_in())
    name = "server: lists of 25 of 1,000 jobs"
    print(json.dumps({"name": name, "unit": "requests/s", "value": rate}))
    print(json.dumps({"name": f"{name}, {CONNECTIONS} at once", "unit": "ms", "value": middle,
                      "p50": middle, "p99": late}))


sys.exit(main())
