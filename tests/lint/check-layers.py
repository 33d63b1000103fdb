#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A wrong include does not compile.

check-layers.py COMPILE-COMMANDS

Takes the flags each folder of src/ is really compiled with, and gives the compiler one
file for every folder that may not be seen from there: including a header of it has to
be refused, because the header cannot be found. The same file without the include has
to compile, so that nothing is refused for another reason. The rest of the headers the
compiler is only asked about.
"""

import concurrent.futures
import json
import pathlib
import re
import shlex
import subprocess
import sys

import lint

# From the house's plan: what stands below a folder, and may be named in it.
BELOW = {
    "base": set(),
    "model": {"base"},
    "wire": {"base", "model"},
    "db": {"base"},
    "vault": {"base", "model"},
    "store": {"base", "model", "wire", "db", "vault"},
    "remote": {"base", "model", "wire", "vault"},
    "sync": {"base", "model", "wire", "vault", "store", "remote"},
    "session": {"base", "model", "wire", "vault", "store", "remote", "sync"},
    "server": {"base", "model", "wire", "db"},
}
UI = {"base", "model", "session"}
DROPPED = ("-o", "-MF", "-MQ", "-MT")


def may_include(folder, other):
    if folder in BELOW:
        return other in BELOW[folder]
    if folder == "ui/common":
        return other in UI
    if folder == "ui/shell":
        return other in UI or other.startswith("ui/")
    return other in UI or other == "ui/common"


def folder_of(path):
    return path.parent.relative_to(lint.ROOT / "src").as_posix()


def flags(entry):
    """The compiler and its options, without what names this one source and object."""
    words = shlex.split(entry["command"])
    kept = []
    skip = False
    for word in words:
        if skip:
            skip = False
        elif word in DROPPED:
            skip = True
        elif word not in ("-c", "-MD", "-MMD", entry["file"]) and not word.endswith("ccache"):
            kept.append(word)
    return kept


def compiles(entry, source, *options):
    return subprocess.run(
        [*flags(entry), *options, "-fsyntax-only", "-x", "c", "-"],
        cwd=entry["directory"], input=source, capture_output=True, text=True, check=False,
    )


def check_include(folder, entry, header):
    """With -H the compiler names the files it opens, one dot for the outermost."""
    result = compiles(entry, f'#include "{header.name}"\n', "-H")
    opened = next((line[2:] for line in result.stderr.splitlines() if line[:2] == ". "), None)
    if opened is not None:
        # Two folders may use one name, as long as each sees only its own.
        found = (pathlib.Path(entry["directory"]) / opened).resolve()
        return f"src/{folder} can include {lint.name(header)}" if found == header else None
    if f"{header.name}: No such file" not in result.stderr:
        return f"src/{folder}: {result.stderr}"
    return None


def check_control(folder, entry):
    result = compiles(entry, '#include "config.h"\n#include <glib.h>\n')
    return None if result.returncode == 0 else f"src/{folder}: {result.stderr}"


def found_of(entry, headers):
    """Those of the headers whose names the compiler would find."""
    source = "".join(
        f'#if __has_include("{header.name}")\n#warning found {index}\n#endif\n'
        for index, header in enumerate(headers)
    )
    result = compiles(entry, source, "-Wno-error")
    return [headers[int(index)] for index in re.findall(r"#warning found (\d+)", result.stderr)]


def check_folder(folder, entry, headers):
    """Returns how many headers were tried, and what is wrong."""
    problems = [check_control(folder, entry)]
    tried = 0
    for other, there in headers.items():
        if other == folder or may_include(folder, other):
            continue
        tried += len(there)
        for header in {there[0], *found_of(entry, there)}:
            problems.append(check_include(folder, entry, header))
    return tried, [problem for problem in problems if problem is not None]


def main():
    entries = {}
    for entry in json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")):
        path = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
        if path.is_relative_to(lint.ROOT / "src"):
            entries.setdefault(folder_of(path), entry)

    headers = {}
    for header in lint.files("*.h", under=("src",)):
        headers.setdefault(folder_of(header), []).append(header)

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        jobs = [
            pool.submit(check_folder, folder, entry, headers)
            for folder, entry in sorted(entries.items())
        ]
    print(f"{len(jobs)} folders, {sum(job.result()[0] for job in jobs)} headers out of sight")
    lint.finish([problem for job in jobs for problem in job.result()[1]])


main()
