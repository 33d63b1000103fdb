# SPDX-License-Identifier: GPL-3.0-or-later
"""What others reach with the same work, on the same machine, in the same run.

Their sources stand beside the project, not in it; a peer that cannot run is left out
with its reason. Their modules and scratch files stay in the build directory.
"""

import contextlib
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
RXDB = "RxDB, in memory"
POUCH = "PouchDB"
COUCH_PORT = "5985"
NODE_PORT = "8200"


class Missing(Exception):
    pass


def number(pattern, output):
    """What stands where the pattern has its group."""
    match = re.search(pattern, output, re.MULTILINE)
    if match is None:
        raise Missing("its output is not as it was")
    return float(match[1])


def middle(pattern, output):
    """The same of all places."""
    found = re.findall(pattern, output, re.MULTILINE)
    if not found:
        raise Missing("its output is not as it was")
    return statistics.median(float(text) for text in found)


def find_sources():
    for place in (os.environ.get("RFI_BENCH_PEERS"), SOURCES):
        if place and pathlib.Path(place).is_dir():
            return pathlib.Path(place)
    raise Missing("their sources are not here")


def find_headers():
    """The prefix Node's headers are installed below, if they came with it. What is compiled for it
    would fetch them from its makers' server else, which not every network reaches."""
    program = shutil.which("node")
    beside = [pathlib.Path(program).resolve().parent.parent] if program else []
    for prefix in (*beside, pathlib.Path("/usr")):
        if (prefix / "include" / "node" / "node.h").is_file():
            return {"npm_config_nodedir": str(prefix)}
    return {}


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
            env=find_headers() | os.environ,
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

    def node(self, script, *arguments, environment):
        return self.run("node", self.sources / script, *arguments, env=environment)

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

    @contextlib.contextmanager
    def node_server(self, environment):
        server = subprocess.Popen(
            ["node", self.sources / "naive" / "server.js", NODE_PORT, "100000"],
            stdout=subprocess.PIPE, text=True, env=environment,
        )
        try:
            if not server.stdout.readline().startswith("up"):
                raise Missing("its server did not start")
            yield
        finally:
            server.terminate()
            server.wait()

    def naive(self):
        environment = self.environment()
        with self.node_server(environment):
            output = self.node("naive/client.js", environment=environment)
        return self.read_naive(output)

    @staticmethod
    def read_naive(output):
        """Its lines, one for each thing it does; it signs, seals and merges nothing."""
        pull = number(r"^initial pull .* (\d+)/s", output)
        late = number(r"^single-op .* p99=([\d.]+)ms", output)
        late_queued = number(r"^enqueue .* p99=(\d+)us", output)
        return {
            PULL: (NODE, pull),
            V1_PULL: (NODE, pull),
            V1_DELTA: (NODE, middle(r"^delta pull \d+: ([\d.]+)ms", output)),
            V1_EMPTY: (NODE, number(r"^empty delta pull p50=([\d.]+)ms", output)),
            V1_PUSH: (f"{NODE}, unsigned", number(r"^push 10k .* (\d+)/s", output)),
            V1_SINGLE: (f"{NODE}, unsigned, p99 {late:g}",
                        number(r"^single-op .* p50=([\d.]+)ms", output)),
            V1_MEMORY: (NODE, number(r"^initial pull .* rss=(\d+)MB", output)),
            ENQUEUE: (f"{NODE}, p99 {late_queued:g}", number(r"^enqueue .* p50=(\d+)us", output)),
        }

    def rxdb(self):
        """Against the plain Node server. What it imports it looks for beside itself."""
        environment = self.environment()
        folder = find_modules(self.build).parent
        for script in ("rxdb/bench.mjs", "sqlite/bs3.js"):
            (folder / script).parent.mkdir(exist_ok=True)
            shutil.copy(self.sources / script, folder / script)
        with self.node_server(environment):
            output = self.run("node", "rxdb/bench.mjs", cwd=folder, env=environment)
        pull = number(r"^initial pull .* (\d+)/s", output)
        return {
            PULL: (RXDB, pull),
            V1_PULL: (RXDB, pull),
            V1_DELTA: (RXDB, middle(r"^delta pull \d+: ([\d.]+)ms", output)),
            V1_PUSH: (f"{RXDB}, unsigned", number(r"^push 10k .* (\d+)/s", output)),
        }

    @contextlib.contextmanager
    def couch_server(self, environment):
        folder = self.scratch / "pouch"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        program = find_modules(self.build) / ".bin" / "pouchdb-server"
        server = subprocess.Popen(
            [program, "--port", COUCH_PORT, "--host", "127.0.0.1", "--dir", folder,
             "--no-stdout-logs"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, env=environment,
        )
        try:
            time.sleep(3)
            yield f"http://127.0.0.1:{COUCH_PORT}"
        finally:
            server.terminate()
            server.wait()

    def live(self):
        environment = self.environment()
        with self.couch_server(environment) as url:
            output = self.node("pouch/live.js", f"{url}/live", environment=environment)
        late = number(r"p99=([\d.]+)ms", output)
        return {LIVE: (f"{POUCH} live replication, p99 {late:g}",
                       number(r"p50=([\d.]+)ms", output))}

    def pouch(self):
        """Its single writes are not on disk when they are done; its pushes are those that follow
        the first, which looks through everything once more."""
        environment = self.environment()
        with self.couch_server(environment) as url:
            jobs = f"{url}/jobs100k"
            first = self.node("pouch/bench.js", "100000", jobs, "1000", environment=environment)
            then = self.node("pouch/push.js", jobs, environment=environment)
        pull = number(r"^initial pull .* (\d+)/s", first)
        pushed = number(r"^steady push 10k new docs batch_size=1000: .* (\d+)/s", then)
        return {
            PULL: (POUCH, pull),
            V1_PULL: (POUCH, pull),
            V1_DELTA: (POUCH, 1000 * middle(r"^delta pull .*: n=\d+ ([\d.]+)s", first)),
            V1_EMPTY: (POUCH, middle(r"^empty delta pull: ([\d.]+)ms", then)),
            V1_PUSH: (f"{POUCH}, unsigned", pushed),
        }


# Who has something to say of which figures; the first of a figure is the bar.
SPEAKS_OF = (
    (Peers.sqlite, (ENQUEUE,)),
    (Peers.naive, (PULL, V1_PULL, V1_DELTA, V1_EMPTY, V1_PUSH, V1_SINGLE, V1_MEMORY, ENQUEUE)),
    (Peers.rxdb, (PULL, V1_PULL, V1_DELTA, V1_PUSH)),
    (Peers.pouch, (PULL, V1_PULL, V1_DELTA, V1_EMPTY, V1_PUSH)),
    (Peers.live, (LIVE,)),
)


def measure(build, names):
    """Returns name of a figure → [(who, what they reached)], and says who is left out. Only those
    are run who do the same as one of the figures in names."""
    found = {}
    wanted = [peer for peer, figures in SPEAKS_OF if names.intersection(figures)]
    if not wanted:
        return found
    try:
        peers = Peers(build)
    except Missing as reason:
        print(f"peers: left out, {reason}", file=sys.stderr)
        return found
    for peer in wanted:
        print(f"peer {peer.__name__} …", file=sys.stderr, flush=True)
        try:
            for name, reached in peer(peers).items():
                found.setdefault(name, []).append(reached)
        except (Missing, OSError, subprocess.SubprocessError) as reason:
            print(f"peer {peer.__name__}: left out, {reason}", file=sys.stderr)
    shutil.rmtree(peers.scratch, ignore_errors=True)
    return found
