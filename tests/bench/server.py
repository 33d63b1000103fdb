# SPDX-License-Identifier: GPL-3.0-or-later
"""A real server with sample data for the benchmarks, gone when it is no longer needed."""

import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import urllib.request

GREETING = "listening on "


class Server:
    def __init__(self, *options):
        self.options = options

    def __enter__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="rfi-bench-server-"))
        # No limit for one client: it is the only one, and has to be as fast as it can.
        self.process = subprocess.Popen(
            [os.environ["RFI_SERVER"], "--data", self.directory / "data", "--port", "0",
             "--seed", "1", "--rate", "0", "--quiet", *self.options],
            stdout=subprocess.PIPE, text=True,
        )
        line = self.process.stdout.readline().strip()
        if not line.startswith(GREETING):
            self.__exit__()
            raise RuntimeError("the server did not say where it listens")
        self.url = line.removeprefix(GREETING)
        return self

    def __exit__(self, *unused):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.directory)

    def sign_in(self):
        body = json.dumps({"email": "admin@retailfixit.com", "password": "admin123"}).encode()
        request = urllib.request.Request(
            self.url + "/api/auth/login", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["token"]
