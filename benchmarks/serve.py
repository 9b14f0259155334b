"""Measures how long a person who saves a file waits until `ost serve` shows it.

A real server watches the folder, and a client requests the node's page until it has the words.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.builds import OST, Line

VISIBLE = {2_000: 0.3, 10_000: 0.6}
"""The maximum of seconds from saving to seeing, by number of files."""

INTERVIEW = "interview-11"
PATIENCE = 60


def serve(root: Path, rounds: int, files: int) -> Iterator[Line]:
    """The line for a server that watches a project."""
    with _serving(root) as (host, path):
        # The content's files are new, and a look trusts no timestamp younger than two seconds.
        time.sleep(2.5)
        took = median(_visible(root, host, path, number) for number in range(rounds))
    target = next((target for most, target in VISIBLE.items() if files <= most), None)
    yield Line("served: saved to visible", took, None, target)


@contextmanager
def _serving(root: Path) -> Iterator[tuple[str, str]]:
    """The server's host and port, and the path of the node's page."""
    server = subprocess.Popen([*OST, "serve", str(root)], stdout=subprocess.PIPE, text=True)
    try:
        for line in server.stdout or ():
            if line.startswith("serving"):
                address = urlsplit(line.split()[1])
                above = address.path.removesuffix("/-/ost")
                yield address.netloc, f"{above}/-/ost/node/{INTERVIEW}.json"
                break
    finally:
        server.terminate()
        server.wait()


def _visible(root: Path, host: str, path: str, number: int) -> float:
    """The seconds from a save until the page shows its words."""
    file = root / f"content/interviews/000/{INTERVIEW}.md"
    words = f"Seen at last, {time.time_ns()}-{number}."
    text = f"{file.read_text('utf-8')}\n{words}\n"
    time.sleep(1.2)  # wait until earlier changes are done
    began = time.perf_counter()
    file.write_text(text, "utf-8")
    client = HTTPConnection(host, timeout=PATIENCE)
    while time.perf_counter() - began < PATIENCE:
        client.request("GET", path)
        if words.encode() in client.getresponse().read():
            return time.perf_counter() - began
        time.sleep(0.025)
    raise RuntimeError(f"{words!r} is not shown after {PATIENCE} seconds")


if __name__ == "__main__":
    for line in serve(Path(sys.argv[1]), 10, int(sys.argv[2])):
        print(line)  # noqa: T201 - its purpose
