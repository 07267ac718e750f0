"""Serves a folder with nginx on 127.0.0.1: one worker, no log, a configuration of its own."""

import os
import pathlib
import shutil
import socket
import subprocess
import time
import urllib.request

INSTALL = "apt-get install -y nginx-light python3-scrapy python3-doc nodejs npm"
START_SECONDS_MAX = 10

CONFIG = """
daemon off;
master_process off;
worker_processes 1;
pid {work}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    tcp_nodelay on;
    keepalive_requests 1000000;
    client_body_temp_path {work}/body;
    proxy_temp_path {work}/proxy;
    fastcgi_temp_path {work}/fastcgi;
    uwsgi_temp_path {work}/uwsgi;
    scgi_temp_path {work}/scgi;
    default_type application/octet-stream;
    types {{
        text/html html htm;
        text/plain txt py;
        text/css css;
        application/javascript js;
        application/pdf pdf;
        image/png png;
        image/gif gif;
        image/svg+xml svg;
        image/x-icon ico;
    }}
    server {{
        listen 127.0.0.1:{port};
        root "{folder}";
        index index.html;
    }}
}}
"""


def find_docs():
    """The HTML of Debian's python3-doc, whatever the Python version."""
    share = pathlib.Path("/usr/share/doc")
    found = [p for p in share.glob("python3*/html") if (p / "library" / "index.html").is_file()]
    if not found:
        raise SystemExit(f"compare: no Python documentation below {share}; install it: {INSTALL}")
    return sorted({p.resolve() for p in found})[-1]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class StaticSite:
    """A running nginx; a context manager that ends it by its process."""

    def __init__(self, folder, work):
        self.folder = pathlib.Path(folder)
        self.work = pathlib.Path(work)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}/index.html"

    def __enter__(self):
        nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
        if nginx is None:
            raise SystemExit(f"compare: no nginx on this machine; install it: {INSTALL}")
        self.work.mkdir(parents=True, exist_ok=True)
        config = self.work / "nginx.conf"
        config.write_text(CONFIG.format(work=self.work, port=self.port, folder=self.folder))
        self.process = subprocess.Popen([nginx, "-e", "stderr", "-c", str(config), "-p", str(self.work)])
        try:
            self._await_answer()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def cpu_seconds(self):
        """CPU time of the server so far, or None where the system does not tell (macOS)."""
        try:
            fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return None
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _await_answer(self):
        deadline = time.monotonic() + START_SECONDS_MAX
        while True:
            if self.process.poll() is not None:
                raise SystemExit(f"compare: nginx ended with status {self.process.returncode}")
            try:
                urllib.request.urlopen(self.url, timeout=2).close()
                return
            except OSError as e:
                if time.monotonic() > deadline:
                    raise SystemExit(f"compare: {self.url} does not answer: {e}") from e
                time.sleep(0.05)
