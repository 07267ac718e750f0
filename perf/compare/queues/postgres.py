"""A PostgreSQL server of Debian's packages on 127.0.0.1 in a folder of its own, durable in every setting."""

import contextlib
import os
import pathlib
import shutil
import socket
import subprocess

INSTALL = "apt-get install -y postgresql wrk nodejs npm"
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "1GB",
    "max_wal_size": "4GB",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Postgres:
    """One server for all contestants; each run gets a fresh database."""

    def __init__(self, folder):
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name))
        if not found:
            raise SystemExit(f"compare: no PostgreSQL on this machine; install it: {INSTALL}")
        self.bin = found[-1]
        self.folder = folder
        self.port = free_port()

    @contextlib.contextmanager
    def running(self):
        self.folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        data = self.folder / "data"
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        self._run("pg_ctl", "-D", data, "-l", self.folder / "log", "-w", "-o", f"-p {self.port} {options}", "start")
        try:
            yield self
        finally:
            self._run("pg_ctl", "-D", data, "-m", "fast", "-w", "stop")

    def version(self):
        return self.query("postgres", "SHOW server_version")

    def fresh(self, name):
        """The URL of a new, empty database; the disk starts with nothing left to write of the one before."""
        self.query("postgres", f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        self.query("postgres", f"CREATE DATABASE {name}")
        self.query("postgres", "CHECKPOINT")
        return self.url(name)

    def url(self, name):
        return f"postgresql://postgres:unused@127.0.0.1:{self.port}/{name}"

    def query(self, database, sql):
        command = [self.bin / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", self.url(database), "-c", sql]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout.strip()

    def _run(self, program, *arguments):
        command = [str(self.bin / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--", *command]
        # Its output goes to a file: a server that inherited a pipe would keep it open.
        with open(self.folder.parent / "postgres-commands.log", "ab") as log:
            subprocess.run(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, check=True, timeout=120, cwd="/")
