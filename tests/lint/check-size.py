#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files, functions, headers and include lists stay short enough to be read at once."""

import re

import lint

FILE_LINES = 800
HEADER_LINES = 120
FUNCTION_LINES = 80
CLASS_INIT_LINES = 120
INCLUDES = 12
# Where everything is put together, more has to be named.
COMPOSITION_INCLUDES = 20
COMPOSITION = re.compile(r"^src/(ui/shell/.*|session/rfi-session\.c)$")

FUNCTION_NAME = re.compile(r"^(\w+) \(")
LOCAL_INCLUDE = re.compile(r'^#include "(?!config\.h)')


def functions(text):
    """Yields name, first line and length of each function body, by its braces in column 0."""
    start = None
    function = "?"
    for number, line in enumerate(text, 1):
        named = FUNCTION_NAME.match(line)
        if named is not None:
            function = named.group(1)
        if line == "{" and number > 1 and text[number - 2].endswith(")"):
            start = number
        elif line == "}" and start is not None:
            yield function, start, number - start - 1
            start = None


def check(path):
    name = lint.name(path)
    text = lint.lines(path)
    limit = HEADER_LINES if path.suffix == ".h" else FILE_LINES
    if len(text) > limit:
        yield f"{name}: {len(text)} lines, at most {limit}"

    includes = sum(1 for line in text if LOCAL_INCLUDE.match(line))
    limit = COMPOSITION_INCLUDES if COMPOSITION.match(name) else INCLUDES
    if includes > limit:
        yield f"{name}: {includes} local includes, at most {limit}"

    for function, line, length in functions(text):
        limit = CLASS_INIT_LINES if function.endswith("_class_init") else FUNCTION_LINES
        if length > limit:
            yield f"{name}:{line}: {function} has {length} lines, at most {limit}"


lint.finish([problem for path in lint.files("*.c", "*.h") for problem in check(path)])
