"""Serves the tree: this process watches and publishes, a child runs Datasette."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import FrameType

from ost.cli import material
from ost.cli.log import Log
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject, display_path, progress
from ost.disk import store
from ost.errors import Differs, OstError, Trouble
from ost.exchange.reports.text import counts
from ost.project.results import Published

PREFERRED = 8001
"""The first port to try: Datasette's own, so that an open page survives a restart."""

LOOK = 1.0
"""Seconds between looks at all files when no edit is reported. Looking is exact and cheap, whereas
the system may run out of watches or miss an edit.
"""

PATIENCE = 30.0
"""How many seconds Datasette may take to start."""

CHILD = """
import os, threading
def follow():
    while os.read(0, 1):
        pass
    os._exit(0)
threading.Thread(target=follow, daemon=True).start()
from datasette.cli import cli
cli()
"""
"""Runs Datasette until this process ends. However that happens, it closes standard input."""


def serve(
    folder: Path,
    host: str,
    port: int | None,
    *,
    browse: bool,
    play_from: tuple[str, ...],
    allow_host: tuple[str, ...],
    history: bool = False,
    paranoid: bool = False,
) -> None:
    """Serve the project's tree until interrupted; if `paranoid`, until an update differs.

    `history` is added once the first page is served, and after each commit.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    opened = CommandProject(folder)
    if history:
        from ost.project.history import head

        head(opened.project)
    opened.refresh()
    site = opened.project.folder / "site"
    _, message = _published(opened, site, paranoid=paranoid)
    output.write(f"{message}\n")
    for line in material.unread_material(opened.project.connect(), opened.shown):
        output.write(f"{line}\n")
    settings = _config(site, opened.content, host, play_from, allow_host)
    with (
        contextlib.suppress(KeyboardInterrupt),
        contextlib.closing(Log(site / "datasette.log")) as log,
        _datasette(site, settings, host, port, log) as (server, address),
    ):
        output.write(f"serving {output.paint()('bold underline', address)}  (Ctrl-C stops it)\n")
        if browse:
            import webbrowser

            webbrowser.open(address)
        while True:
            opened = _follow(folder, opened, site, server, log, history=history, paranoid=paranoid)


def _published(
    opened: CommandProject,
    site: Path,
    *,
    edited: Iterable[str] | None = None,
    history: bool = False,
    paranoid: bool = False,
) -> tuple[bool, str]:
    """Brings the published file up to date; whether it changed, and the message."""
    began = time.monotonic()
    refreshed = opened.refresh(edited=edited, paranoid=paranoid, history=history)
    published, revisions = _with_history(opened, site) if history else _plain(opened, site)
    paint = output.paint()
    took = paint("dim", f"in {(time.monotonic() - began) * 1000:.0f} ms")
    found = counts(refreshed.errors, refreshed.warnings, refreshed.notes, paint)
    nodes = f"{refreshed.nodes:,} nodes{revisions}{f', {found}' if found else ''}"
    return published.written, f"published {nodes} {took}"


def _plain(opened: CommandProject, site: Path) -> tuple[Published, str]:
    return opened.project.publish(site, lasting=False), ""


def _with_history(opened: CommandProject, site: Path) -> tuple[Published, str]:
    """Publishes with history, or without it if git cannot read it."""
    from ost.project.history import publish

    try:
        with progress() as report:
            published, grown = publish(opened.project, site, report)
    except Trouble as error:
        return opened.project.publish(site, lasting=False), f" without history ({error})"
    return published, f" and {grown.revisions:,} revisions"


def _follow(
    folder: Path,
    opened: CommandProject,
    site: Path,
    server: "subprocess.Popen[bytes]",
    log: Log,
    *,
    history: bool,
    paranoid: bool,
) -> CommandProject:
    """Publishes after each change of a file, the settings or the day, until the content moves."""
    watched, failed = opened.content, ""
    for edited in _turns(watched):
        if server.poll() is not None:
            raise Trouble(
                f"Datasette exited with {server.returncode}; see {display_path(log.path)}"
            )
        log.trim()
        try:
            opened = CommandProject(folder, after=opened)
            new, message = _published(
                opened, site, edited=edited, history=history, paranoid=paranoid
            )
            failed = ""
        except Differs:
            raise
        except (OstError, OSError) as error:
            message = f"{output.paint()('bold red', 'not published:')} {error}"
            new, failed = message != failed, message
        if new:
            now = f"{datetime.now().astimezone():%H:%M:%S}"
            output.write(f"{output.paint()('dim', now)} {message}\n")
        if opened.content != watched:
            break
    return opened


def _turns(content: Path) -> Iterator[frozenset[str] | None]:
    """When to look at the files: at all of them at the start and every second or two, and around
    edited paths after an edit.
    """
    edits = _edits(content)
    edited = frozenset[str]()
    due = 0.0
    while True:
        began = time.monotonic()
        yield edited if edited and began < due else None
        ended = time.monotonic()
        if not edited or began >= due:
            # However many files there are, looking takes little of the time.
            due = ended + min(max(LOOK, 5 * (ended - began)), 2 * LOOK)
        for edited in edits:
            if edited or time.monotonic() >= due:
                break
        else:
            edited = frozenset()
            time.sleep(max(due - time.monotonic(), 0))


def _edits(content: Path) -> Iterator[frozenset[str]]:
    """Batches of edited paths; an empty batch now and then.

    Ends if the system cannot watch files.
    """
    from watchfiles import watch

    with contextlib.suppress(OSError, RuntimeError, UnicodeError):
        for changes in watch(
            content,
            # No filter here: dropped paths would make no turn, and our own log is written often.
            watch_filter=None,
            debounce=200,
            step=10,
            rust_timeout=400,
            yield_on_timeout=True,
            ignore_permission_denied=True,
        ):
            inside = (_inside(path, content) for _, path in changes)
            yield frozenset(each for each in inside if each)


def _inside(path: str, content: Path) -> str:
    """A path from the content folder; "" outside it."""
    place = Path(path)
    within = place.relative_to(content) if place.is_relative_to(content) else place
    return "" if _NOT_CONTENT & set(within.parts) else within.as_posix()


def _config(
    site: Path,
    recordings: Path,
    host: str,
    play_from: tuple[str, ...],
    allow_host: tuple[str, ...],
) -> dict[str, object]:
    """Datasette's settings. SQL is answered too, but only on this computer."""
    ours = host in {"127.0.0.1", "::1", "localhost"}
    name = socket.gethostname()
    plugin = {
        "pointer": str(site / "current.json"),
        "database": "ost",
        "live": True,
        "checked": True,
        "recordings": str(recordings),
        "play_from": play_from,
        "hosts": [host, *allow_host, *(() if ours else (name, f"{name}.local"))],
    }
    settings = {"allow_download": False, "default_allow_sql": ours}
    return {"settings": settings, "plugins": {"datasette-ost": plugin}}


@contextlib.contextmanager
def _datasette(
    site: Path, settings: dict[str, object], host: str, port: int | None, log: Log
) -> "Iterator[tuple[subprocess.Popen[bytes], str]]":
    """A running Datasette for the file that `site` points to, and its first page's address."""
    number = _free(host, port)
    config = site / "datasette.json"
    store.write(config, json.dumps(settings).encode())
    arguments = ["serve", "--host", host, "--port", str(number), "--config", str(config)]
    server = subprocess.Popen(
        [sys.executable, "-P", "-c", CHILD, *arguments],
        cwd=site,
        stdin=subprocess.PIPE,
        stdout=log.handle,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        env=_environment(),
    )
    try:
        _await(server, host, number, log)
        shown = "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - to show
        shown = f"[{shown}]" if ":" in shown else shown
        yield server, f"http://{shown}:{number}/-/ost"
    finally:
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _environment() -> dict[str, str]:
    """The child's environment, in which no Python imports from the folder it is started in.

    An empty or relative part of PYTHONPATH would mean that folder.
    """
    places = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    kept = os.pathsep.join(each for each in places if Path(each).is_absolute())
    environment = {"PYTHONPATH": kept, "PYTHONSAFEPATH": "1", "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **environment, "PYTHONIOENCODING": "utf-8:replace"}


def _await(server: "subprocess.Popen[bytes]", host: str, port: int, log: Log) -> None:
    """Returns as soon as Datasette answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            raise Trouble(f"Datasette did not start: {log.last()} (see {display_path(log.path)})")
        with contextlib.suppress(OSError), socket.create_connection((_local(host), port), 1):
            return
        time.sleep(0.05)
    raise Trouble(
        f"Datasette did not answer within {PATIENCE:.0f} seconds; see {display_path(log.path)}"
    )


def _free(host: str, port: int | None) -> int:
    """The requested port if it is free; without one, the first free port from the usual one on."""
    for number in (port,) if port else (*range(PREFERRED, PREFERRED + 20), 0):
        try:
            with socket.create_server((host, number)) as tried:
                return int(tried.getsockname()[1])
        except OverflowError:
            continue
        except OSError as error:
            reason = error.strerror
    raise Trouble(f"cannot listen on {host}:{port}: {reason}")


def _local(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


_NOT_CONTENT = frozenset({".git", ".ost", "build", ".venv", "node_modules", "__pycache__"})
