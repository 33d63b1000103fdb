# SPDX-License-Identifier: GPL-3.0-or-later
"""What others reach with the same work, on the same machine, in the same run.

Their sources stand beside the project, not in it; a peer that cannot run is left out
with its reason. Their modules and scratch files stay in the build directory.
"""

import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
SOURCES = ROOT.parent / "shared" / "bench-peers"
MODULES = ("better-sqlite3@12", "pouchdb@9", "pouchdb-server@4.2", "rxdb@17", "rxjs", "ws@8")
PULL = "sync: 100,000 jobs from the server into the store"
LIVE = "sync: a write at the server in another console's store"
ENQUEUE = "store: a person's change made durable"
V1_PULL = "sync: 100,000 jobs by Sync v1 into the store"
V1_DELTA = "v1: delta of 1,000 changed jobs into 100,000"
V1_EMPTY = "v1: empty delta"
V1_PUSH = "v1: push of 10,000 signed operations"
V1_SINGLE = "v1: one operation sent and its answer durable"
V1_MEMORY = "v1: memory of the engine with 100,000 rows"
PATIENCE = 300
NODE = "plain Node engine"


class Missing(Exception):
    pass


def find_sources():
    for place in (os.environ.get("RFI_BENCH_PEERS"), SOURCES):
        if place and pathlib.Path(place).is_dir():
            return pathlib.Path(place)
    raise Missing("their sources are not here")


def find_modules(build):
    """Installs them once. Without a network they are missing, which is no failure."""
    folder = build / "bench-peers"
    if not shutil.which("node"):
        raise Missing("Node is not here")
    if not (folder / "node_modules" / "better-sqlite3" / "build").is_dir():
        folder.mkdir(exist_ok=True)
        result = subprocess.run(
            ["npm", "install", "--prefix", folder, "--no-audit", "--no-fund",
             "--loglevel=error", *MODULES],
            stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False, timeout=600,
        )
        if result.returncode != 0:
            raise Missing("npm could not install their modules")
    return folder / "node_modules"


class Peers:
    def __init__(self, build):
        self.build = build
        self.sources = find_sources()
        self.scratch = build / "bench-peers" / "data"
        self.scratch.mkdir(parents=True, exist_ok=True)

    def environment(self):
        return os.environ | {
            "NODE_PATH": str(find_modules(self.build)), "BENCH_DATA": str(self.scratch),
        }

    def run(self, *command, **options):
        return subprocess.run(
            command, stdout=subprocess.PIPE, text=True, check=True, timeout=PATIENCE, **options
        ).stdout

    def sqlite(self):
        program = self.scratch / "rawsqlite"
        source = self.sources / "sqlite" / "c" / "rawsqlite.c"
        if not shutil.which("gcc"):
            raise Missing("there is no compiler")
        self.run("gcc", "-O2", "-w", source, "-lsqlite3", "-o", program)
        output = self.run(program, self.scratch)
        # Twice with FULL, as durable as ours: the better one.
        times = re.findall(r"^enqueue .* WAL sync=FULL .* p50=([\d.]+)us .* p99=([\d.]+)us",
                           output, re.MULTILINE)
        middle, late = min((float(p50), float(p99)) for p50, p99 in times)
        return {ENQUEUE: (f"bare SQLite commit, p99 {late:.0f}", middle)}

    def naive(self):
        environment = self.environment()
        port = "8200"
        server = subprocess.Popen(
            ["node", self.sources / "naive" / "server.js", port, "100000"],
            stdout=subprocess.PIPE, text=True, env=environment,
        )
        try:
            if not server.stdout.readline().startswith("up"):
                raise Missing("its server did not start")
            output = self.run("node", self.sources / "naive" / "client.js", env=environment)
        finally:
            server.terminate()
            server.wait()
        return self.read_naive(output)

    @staticmethod
    def read_naive(output):
        """Its lines, one for each thing it does; it signs, seals and merges nothing."""
        def find(pattern):
            return float(re.search(pattern, output, re.MULTILINE)[1])

        pull = find(r"^initial pull .* (\d+)/s")
        deltas = [float(ms) for ms in re.findall(r"^delta pull \d+: ([\d.]+)ms", output,
                                                 re.MULTILINE)]
        single = re.search(r"^single-op .* p50=([\d.]+)ms p99=([\d.]+)ms", output, re.MULTILINE)
        return {
            PULL: (NODE, pull),
            V1_PULL: (NODE, pull),
            V1_DELTA: (NODE, statistics.median(deltas)),
            V1_EMPTY: (NODE, find(r"^empty delta pull p50=([\d.]+)ms")),
            V1_PUSH: (f"{NODE}, unsigned", find(r"^push 10k .* (\d+)/s")),
            V1_SINGLE: (f"{NODE}, unsigned, p99 {single[2]}", float(single[1])),
            V1_MEMORY: (NODE, find(r"^initial pull .* rss=(\d+)MB")),
        }

    def pouch(self):
        environment = self.environment()
        folder = self.scratch / "pouch"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        program = find_modules(self.build) / ".bin" / "pouchdb-server"
        server = subprocess.Popen(
            [program, "--port", "5985", "--host", "127.0.0.1", "--dir", folder,
             "--no-stdout-logs"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, env=environment,
        )
        try:
            time.sleep(3)
            output = self.run("node", self.sources / "pouch" / "live.js",
                              "http://127.0.0.1:5985/live", env=environment)
        finally:
            server.terminate()
            server.wait()
        middle, late = re.search(r"p50=([\d.]+)ms .* p99=([\d.]+)ms", output).groups()
        return {LIVE: (f"PouchDB live replication, p99 {late}", float(middle))}


def measure(build):
    """Returns name of a figure → (who, what they reached), and says who is left out."""
    found = {}
    try:
        peers = Peers(build)
    except Missing as reason:
        print(f"peers: left out, {reason}", file=sys.stderr)
        return found
    for peer in (peers.sqlite, peers.naive, peers.pouch):
        print(f"peer {peer.__name__} …", file=sys.stderr, flush=True)
        try:
            found |= peer()
        except (Missing, OSError, subprocess.SubprocessError) as reason:
            print(f"peer {peer.__name__}: left out, {reason}", file=sys.stderr)
    shutil.rmtree(peers.scratch, ignore_errors=True)
    return found
