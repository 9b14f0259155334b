"""`ost serve` as a separate process, and requests to it."""

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

PROGRAM = "from ost.__main__ import run; run()"


@contextlib.contextmanager
def serving(
    home: Path, *more: str, before: str = ""
) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """`ost serve` on a free port, and its address. `before` is Python to run first."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", f"{before}\n{PROGRAM}", "serve", "--port", str(port), *more],
        cwd=home,
        stdout=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    assert server.stdout is not None
    try:
        lines = iter(server.stdout.readline, "")
        address = next(each.split()[1] for each in lines if each.startswith("serving"))
        yield server, address
    finally:
        server.kill()
        server.wait()
        server.stdout.close()


def eventually(holds: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether something comes to hold within so many seconds."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


def answer(address: str) -> str:
    """The page at an address."""
    with urllib.request.urlopen(address, timeout=10) as answered:  # noqa: S310 - our own
        return str(answered.read().decode())


def asked(address: str, path: str, **headers: str) -> tuple[int, str]:
    """A server's answer to exactly these headers, whatever it is."""
    connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
    with contextlib.closing(connection):
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        answered = connection.getresponse()
        return answered.status, answered.read().decode("utf-8", "replace")
