"""The contestants of both halves: each does one run on a fresh database and tells what it measured."""

import contextlib
import dataclasses
import json
import os
import pathlib
import shutil
import signal
import subprocess
import time
import urllib.request

from postgres import INSTALL, free_port

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
START_SECONDS_MAX = 120
CONNECTIONS = 256
GENERATOR_THREADS = 1


class Failed(Exception):
    """A run that gave no figures."""


@dataclasses.dataclass(frozen=True)
class Run:
    """What one run did; the figures of requests are None in the queue half."""

    count: int
    seconds: float
    p50: float | None = None
    p99: float | None = None
    refused: int = 0
    generator: float | None = None

    @property
    def rate(self):
        return self.count / self.seconds


def end(process):
    """Ends a process and those it started: each leads a group of its own."""
    for sent in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, sent)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(30)


def run(command, seconds_max, log, **more):
    """The output of a command, which may take so long at most."""
    with open(log, "ab") as errors:
        process = subprocess.Popen(
            list(map(str, command)), stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True, **more
        )
        try:
            out, _ = process.communicate(timeout=seconds_max)
        except subprocess.TimeoutExpired as e:
            raise Failed(f"{command[0]} took more than {seconds_max} s; see {log}") from e
        finally:
            end(process)
    if process.returncode != 0:
        raise Failed(f"{' '.join(map(str, command))} ended with {process.returncode}; see {log}: {out[-500:]}")
    return out


def install(work):
    """The peers' programs with their packages, in a folder outside the repository."""
    for program in ("node", "npm", "wrk"):
        if shutil.which(program) is None:
            raise SystemExit(f"compare: no {program} on this machine; install it: {INSTALL}")
    folder = work / "peers"
    folder.mkdir()
    for file in [*HERE.glob("*.js"), HERE / "package.json"]:
        shutil.copy(file, folder)
    command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
    run(command, 300, work / "npm.log", cwd=folder)
    return folder


# ---------------------------------------------------------------- queue half


@dataclasses.dataclass(frozen=True)
class PeerQueue:
    name: str
    what: str
    command: tuple

    def measure(self, lab, given, database):
        arguments = [given.jobs, given.hosts, given.limit, *self.command[1:]]
        out = run(
            ["node", lab.peers / self.command[0], *arguments],
            given.limit + 300,
            lab.log,
            env={**os.environ, "DATABASE_URL": database},
        )
        told = json.loads(out.splitlines()[-1])
        if told["jobs"] < given.jobs and told["seconds"] < given.limit:
            raise Failed(f"{self.name} left jobs behind: {told}; see {lab.log}")
        return Run(told["jobs"], told["seconds"])


class GleanerQueue:
    name = "Gleaner"
    what = "`gleaner bench queue`: lease and settle by one worker process, a page of 4 KB stored for each task"

    def measure(self, lab, given, database):
        reports = lab.work / f"bench-{time.time_ns()}"
        command = [
            *[given.gleaner, "bench", "queue", "--rounds", 1, "--tasks", given.tasks, "--hosts", given.hosts],
            *["--seconds", f"{given.seconds}s", "--warm-up", f"{given.warm_up}s"],
            *["--report", reports, "--database-url", database],
        ]
        # Status 1 says that the bench's own bound was missed; the figure is there all the same.
        with contextlib.suppress(Failed):
            run(command, 900, lab.log, cwd=ROOT)
        try:
            (report,) = reports.glob("*.json")
            (result,) = json.loads(report.read_text())["findings"]["raw"]
            return Run(result["settled"], result["seconds"])
        except (OSError, ValueError, KeyError) as e:
            raise Failed(f"gleaner bench queue left no usable report: {e!r}; see {lab.log}") from e


# ---------------------------------------------------------------- submit half


class Submission:
    """A server under wrk: warmed up, measured, and its rows counted afterwards."""

    def measure(self, lab, given, database):
        with self.serving(lab, database) as url:
            warm = load(lab, url, given.warm_up)
            measured = load(lab, url, given.seconds)
        stored = int(lab.postgres.query(database.rsplit("/", 1)[1], self.counted))
        if stored < warm.count + measured.count:
            raise Failed(f"{self.name} said yes to {warm.count + measured.count} jobs and stored {stored}")
        return measured


@dataclasses.dataclass(frozen=True)
class Endpoint(Submission):
    name: str
    what: str
    way: str
    processes: int
    counted = "SELECT count(*) FROM pgboss.job"

    @contextlib.contextmanager
    def serving(self, lab, database):
        with open(lab.log, "ab") as log:
            process = subprocess.Popen(
                ["node", str(lab.peers / "endpoint.js"), self.way, str(self.processes)],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
                env={**os.environ, "DATABASE_URL": database},
            )
        try:
            port = process.stdout.readline().strip()
            if not port:
                raise Failed(f"{self.name} did not start; see {lab.log}")
            yield f"http://127.0.0.1:{port}/api/jobs"
        finally:
            end(process)


class GleanerSubmit(Submission):
    name = "Gleaner"
    what = "`gleaner serve --roles api`, one process, its own defaults"
    counted = "SELECT count(*) FROM job"

    @contextlib.contextmanager
    def serving(self, lab, database):
        port = free_port()
        command = [str(lab.gleaner), "serve", "--port", str(port), "--roles", "api", "--database-url", database]
        with open(lab.log, "ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, cwd=lab.work)
        try:
            self._await_ready(process, f"http://127.0.0.1:{port}/health/ready", lab.log)
            yield f"http://127.0.0.1:{port}/api/jobs"
        finally:
            end(process)

    def _await_ready(self, process, url, log):
        deadline = time.monotonic() + START_SECONDS_MAX
        while True:
            try:
                urllib.request.urlopen(url, timeout=5).close()
                return
            except OSError as e:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise Failed(f"gleaner serve is not ready: {e}; see {log}") from e
                time.sleep(0.2)


def load(lab, url, seconds):
    before = generator_cpu()
    command = ["wrk", f"-t{GENERATOR_THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "--timeout", "10s"]
    out = run([*command, "-s", HERE / "submit.lua", url, "--", f"t{time.time_ns()}"], seconds + 60, lab.log)
    told = json.loads(out.splitlines()[-1])
    if told["broken"]:
        raise Failed(f"{told['broken']} requests got no answer from {url}; see {lab.log}")
    share = (generator_cpu() - before) / told["seconds"]
    accepted = told["requests"] - told["refused"]
    return Run(accepted, told["seconds"], told["p50"], told["p99"], told["refused"], share)


def generator_cpu():
    """CPU seconds of children that have ended; between two calls only the load generator does."""
    times = os.times()
    return times.children_user + times.children_system


QUEUES = [
    PeerQueue("pg-boss", "4 loops of `fetch` (500, no priority) and `complete` with arrays", ("pgboss.js",)),
    PeerQueue("graphile-worker", "24 concurrent jobs, local queue of 500, completion in batches", ("graphile.js",)),
    PeerQueue("graphile-worker, a named queue per host", "`queueName` is the host; no local queue, otherwise the same", ("graphile.js", "per-host")),
    GleanerQueue(),
]
SUBMITS = [
    Endpoint("pg-boss, send", "`await boss.send(…)` for each request, one process", "each", 1),
    Endpoint("pg-boss, send, 2 processes", "the same, node:cluster", "each", 2),
    Endpoint("pg-boss, grouped", "one `insert` for all that arrived during the one before", "grouped", 1),
    Endpoint("pg-boss, grouped, 2 processes", "the same, node:cluster", "grouped", 2),
    GleanerSubmit(),
]
