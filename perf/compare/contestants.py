"""The crawlers under comparison: each crawls one site and tells what it found and how long it took."""

import contextlib
import dataclasses
import datetime
import json
import mimetypes
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

from static_site import INSTALL, free_port

SLOTS = 16
LIMIT = 2000
RUN_SECONDS_MAX = 900
READY_SECONDS_MAX = 180
HTML_TYPES = ("text/html", "application/xhtml+xml")
CRAWLEE = pathlib.Path(__file__).with_name("crawlee")
SPIDER = pathlib.Path(__file__).with_name("scrapy_spider.py")


class Failed(Exception):
    """A run that gave no figures."""


@dataclasses.dataclass(frozen=True)
class Run:
    """One crawl: distinct HTML pages, seconds of crawling, seconds of the whole process (or None)."""

    urls: frozenset
    seconds: float
    wall_seconds: float | None = None

    @property
    def rate(self):
        return len(self.urls) / self.seconds

    @property
    def wall_rate(self):
        return len(self.urls) / self.wall_seconds if self.wall_seconds else None


def run_command(command, log, ok=(0,), environment=None):
    """Runs to the end and returns the wall seconds; output goes to the log file."""
    start = time.monotonic()
    with open(log, "ab") as out:
        process = subprocess.Popen(
            command,
            stdout=out,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
        )
        try:
            status = process.wait(RUN_SECONDS_MAX)
        except BaseException as e:
            end(process)
            if isinstance(e, subprocess.TimeoutExpired):
                raise Failed(f"{command[0]} ran for more than {RUN_SECONDS_MAX} s; its output: {log}") from e
            raise
    if status not in ok:
        raise Failed(f"{' '.join(command)} ended with status {status}; its output: {log}")
    return time.monotonic() - start


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def commit(folder):
    command = ["git", "-C", folder, "describe", "--always", "--dirty"]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip() or "unknown"


def json_lines(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def html_urls(pages):
    """The URLs of Gleaner's HTML pages: faults and other types are not pages to Scrapy either."""
    return frozenset(
        page["url"] for page in pages if page.get("outcome") == "content" and content_type(page) in HTML_TYPES
    )


def content_type(page):
    told = page.get("contentType") or (page.get("metadata") or {}).get("contentType")
    return told or mimetypes.guess_type(urllib.parse.urlsplit(page["url"]).path)[0] or HTML_TYPES[0]


class Contestant:
    """A crawler under comparison, with its name, what of it runs, and crawl(url)."""

    peer = False  # whether Gleaner is to be faster than it
    before = False  # whether it is another Gleaner, to hold this one against
    warms_up = False  # whether it lives on between crawls and gets faster


class Scrapy(Contestant):
    name = "Scrapy"
    peer = True
    what = "`scrapy runspider`, items to a JSON-lines file"

    def __init__(self, work):
        self.work = work
        self.command = shutil.which("scrapy")
        if self.command is None:
            raise SystemExit(f"compare: no scrapy on this machine; install it: {INSTALL}")

    def version(self):
        return subprocess.run([self.command, "version"], capture_output=True, text=True, check=True).stdout.strip()

    def crawl(self, url):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="scrapy-", dir=self.work))
        items, stats = folder / "pages.jsonl", folder / "stats.json"
        arguments = ["-a", f"url={url}", "-a", f"stats_file={stats}", "-O", str(items), "-s", "LOG_LEVEL=ERROR"]
        wall = run_command([self.command, "runspider", str(SPIDER), *arguments], folder / "log")
        figures = json.loads(stats.read_text())
        if figures["reason"] != "finished":
            raise Failed(f"Scrapy ended because of {figures['reason']}; its output: {folder / 'log'}")
        return Run(frozenset(page["url"] for page in json_lines(items)), figures["seconds"], wall)


class Crawlee(Contestant):
    name = "Crawlee"
    peer = True
    what = "CheerioCrawler, turndown, items to its dataset on disk"

    def __init__(self, work):
        self.work = work
        for program in ("node", "npm"):
            if shutil.which(program) is None:
                raise SystemExit(f"compare: no {program} on this machine; install it: {INSTALL}")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="crawlee-", dir=work))
        for name in ("package.json", "crawl.js"):
            shutil.copy(CRAWLEE / name, self.folder)
        install = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
        run_command([*install, "--prefix", str(self.folder)], self.folder / "npm.log")

    def version(self):
        wanted = json.loads((CRAWLEE / "package.json").read_text())["dependencies"]
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
        return ", ".join([*(f"{name} {version}" for name, version in wanted.items()), f"Node {node}"])

    def crawl(self, url):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="run-", dir=self.folder))
        stats = folder / "stats.json"
        environment = {"CRAWLEE_STORAGE_DIR": str(folder / "storage")}
        command = ["node", str(self.folder / "crawl.js"), url, str(stats), str(LIMIT)]
        wall = run_command(command, folder / "log", environment=environment)
        figures = json.loads(stats.read_text())
        return Run(frozenset(figures["urls"]), figures["seconds"], wall)


class GleanerCrawl(Contestant):
    name = "Gleaner, one command"
    what = "`gleaner crawl`: a new JVM and a new embedded PostgreSQL each time"

    def __init__(self, launcher, work):
        self.launcher = launcher
        self.work = work

    def version(self):
        try:
            done = subprocess.run([self.launcher, "version"], capture_output=True, text=True, check=False)
        except OSError as e:
            raise SystemExit(f"compare: {self.launcher} cannot be run: {e}") from e
        if done.returncode != 0:
            raise SystemExit(f"compare: {self.launcher} version ended with {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout.strip().splitlines()[0]

    def crawl(self, url):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="gleaner-", dir=self.work))
        out, summary = folder / "out", folder / "summary.json"
        command = [
            *[self.launcher, "crawl", url, "--allow-private-networks", "--ignore-robots"],
            *["--out", str(out), "--data", str(folder / "data"), "--limit", str(LIMIT)],
            *["--host-slots", str(SLOTS), "--crawl-delay-min", "0s", "--sitemap", "skip"],
            *["--formats", "markdown", "--summary-json", str(summary)],
        ]
        # Status 1 says that some URLs were faults: the site has a dead link and files that are not HTML.
        wall = run_command(command, folder / "log", ok=(0, 1))
        try:
            seconds = json.loads(summary.read_text())["seconds"]
            urls = html_urls(json_lines(out / "pages.ndjson"))
        except (OSError, ValueError, KeyError) as e:
            raise Failed(f"gleaner crawl left no usable summary: {e!r}; its output: {folder / 'log'}") from e
        return Run(urls, seconds, wall)


class GleanerService(Contestant):
    name = "Gleaner, warm service"
    what = "`gleaner serve`, one job per crawl over HTTP"
    warms_up = True

    def __init__(self, launcher, work, before=False):
        self.launcher = launcher
        if before:
            self.before = True
            self.name = "Gleaner before"
            self.what = f"the same of another checkout, commit {commit(pathlib.Path(launcher).parent)}"
            GleanerCrawl(launcher, work).version()  # builds if need be, outside the measurement
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="service-", dir=work))
        self.root = f"http://127.0.0.1:{free_port()}"
        self.log = self.folder / "log"

    @contextlib.contextmanager
    def running(self):
        port = self.root.rsplit(":", 1)[1]
        command = [
            *[self.launcher, "serve", "--port", port, "--data", str(self.folder / "data")],
            *["--allow-private-networks", "--host-slots", str(SLOTS), "--crawl-delay-min", "0s"],
        ]
        with open(self.log, "ab") as out:
            process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        try:
            self._await_ready(process)
            yield self
        finally:
            if process.poll() is None:
                end(process)

    def crawl(self, url):
        body = {
            "crawl": {"url": url, "limit": LIMIT, "sitemap": "skip"},
            "formats": ["markdown"],
            "respectRobots": False,
        }
        job = self._call("/api/jobs", data=json.dumps(body).encode())
        deadline = time.monotonic() + RUN_SECONDS_MAX
        while job["state"] == "running":
            if time.monotonic() > deadline:
                raise Failed(f"job {job['id']} ran for more than {RUN_SECONDS_MAX} s: {job}")
            job = self._call(f"/api/jobs/{job['id']}?wait=30s")
        if job["state"] != "completed":
            raise Failed(f"job {job['id']} is {job['state']}: {job}")
        seconds = (instant(job["finishedAt"]) - instant(job["createdAt"])).total_seconds()
        return Run(html_urls(self._pages(job["id"])), seconds)

    def _pages(self, job):
        request = urllib.request.Request(
            f"{self.root}/api/jobs/{job}/pages", headers={"Accept": "application/x-ndjson"}
        )
        with urllib.request.urlopen(request, timeout=120) as response:
            return [json.loads(line) for line in response if line.strip()]

    def _call(self, path, data=None):
        request = urllib.request.Request(self.root + path, data, {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                return json.load(response)
        except urllib.error.HTTPError as e:
            raise Failed(f"{path} answered {e.code}: {e.read(2000).decode('utf-8', 'replace')}") from e
        except OSError as e:
            raise Failed(f"{path}: {e}; the service's output: {self.log}") from e

    def _await_ready(self, process):
        deadline = time.monotonic() + READY_SECONDS_MAX
        while True:
            if process.poll() is not None:
                raise Failed(f"gleaner serve ended with status {process.returncode}; its output: {self.log}")
            try:
                urllib.request.urlopen(self.root + "/health/ready", timeout=5).close()
                return
            except OSError as e:
                if time.monotonic() > deadline:
                    raise Failed(f"gleaner serve is not ready: {e}; its output: {self.log}") from e
                time.sleep(0.2)


def instant(text):
    """An RFC 3339 time; digits beyond microseconds are cut off."""
    text = re.sub(r"(\.\d{6})\d+", r"\1", text.replace("Z", "+00:00"))
    text = re.sub(r"\.(\d{1,5})(?=[+-])", lambda m: "." + m.group(1).ljust(6, "0"), text)
    return datetime.datetime.fromisoformat(text)


def default_launcher():
    return os.path.normpath(pathlib.Path(__file__).resolve().parents[2] / "gleaner")
