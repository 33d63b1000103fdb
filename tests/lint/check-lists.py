#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No file is left out of the build: sources, tests and migrations are on their lists."""

import re

import lint


def listed_sources():
    for path in lint.files("*.c"):
        build = path.parent / "meson.build"
        text = build.read_text(encoding="utf-8") if build.exists() else ""
        subject = re.sub(r"^(test|bench|fuzz)-", "", path.stem)
        if f"'{path.name}'" not in text and f"'{path.stem}'" not in text \
                and f"'{subject}'" not in text:
            yield f"{lint.name(path)}: not in {lint.name(build)}"


def listed_migrations():
    for path in lint.files("*.sql", under=("resources",)):
        bundle = path.parent.parent / f"{path.parent.name}.gresource.xml"
        if f"{path.parent.name}/{path.name}<" not in bundle.read_text(encoding="utf-8"):
            yield f"{lint.name(path)}: not in {lint.name(bundle)}"


lint.finish([*listed_sources(), *listed_migrations()])
