"""One editor's server: judges the texts that the editor holds and publishes diagnostics.

A text is taken at once and judged when the typing pauses. Requests are answered from the newest
text; only completions do not wait for the judge.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from ost import __version__
from ost.lsp.diagnostics import diagnostic
from ost.lsp.projects import File, OpenProject, OpenProjects
from ost.read.diagnostic import Severity
from ost.settings.config import FILE

REST = 0.04
"""Seconds without a keystroke before a text is judged."""

HOURLY = 600.0
"""Seconds between looks at the date, which some rules depend on."""


class LanguageService(LanguageServer):
    """One editor's server."""

    def __init__(self, today: Callable[[], date]) -> None:
        """Opens nothing yet."""
        super().__init__("ost", __version__)
        self.today = today
        self.folders = OpenProjects(today)
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._published: set[str] = set()
        self._tasks: dict[Path, asyncio.Task[None]] = {}
        self._told: set[str] = set()

    def typed(self, uri: str, version: int | None, text: str, *, at_once: bool = False) -> None:
        """Takes a text; judges it when the typing pauses."""
        found = self.folders.place(uri)
        self.complain()
        if found is None:
            return
        folder, path = found
        self._follow(folder)
        folder.typed[path] = text
        folder.versions[path] = version
        self._stop_waiting(uri)
        if at_once:
            self.settle(uri)
            return
        self._waiting[uri] = asyncio.get_running_loop().call_later(REST, self.settle, uri)

    def settle(self, uri: str) -> None:
        """Judges a file's text if it is not judged yet."""
        self._stop_waiting(uri)
        found = self.folders.place(uri)
        if found is None:
            return
        folder, path = found
        text = folder.typed.pop(path, None)
        if text is not None:
            self.publish(folder, folder.live.write(path, text))

    def _stop_waiting(self, uri: str) -> None:
        """Cancels the wait before a file is judged."""
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()

    def file(self, uri: str, *, settled: bool = True) -> File | None:
        """The file at an address; None if it is in no project."""
        if settled:
            self.settle(uri)
        return self.folders.file(uri)

    def closed(self, uri: str) -> None:
        """Returns to the file on the disk."""
        found = self.folders.place(uri)
        if found is None:
            return
        folder, path = found
        self._stop_waiting(uri)
        folder.typed.pop(path, None)
        folder.versions.pop(path, None)
        self.publish(folder, folder.live.close(path))

    def opened(self, folder: OpenProject) -> None:
        """Publishes a project's diagnostics and starts to follow its files."""
        self._follow(folder)
        self.publish(folder, folder.live.paths())

    def publish(self, folder: OpenProject, paths: Iterable[str]) -> None:
        """Publishes the diagnostics of some files: all in open files, only errors in others."""
        for path, found in sorted(folder.live.diagnostics(paths).items()):
            is_open = path in folder.live.buffers
            shown = [each for each in found if is_open or each.severity is Severity.ERROR]
            uri = folder.uri(path)
            if not shown and uri not in self._published and not is_open:
                continue
            self._published.add(uri)
            positions = folder.positions(path)
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(
                    uri=uri,
                    version=folder.versions.get(path),
                    diagnostics=[diagnostic(each, folder, positions) for each in shown],
                )
            )

    def looked(self) -> None:
        """Looks for changed files on the disk, a new day and changed settings."""
        for folder in self.folders:
            if folder.live.project.today != self.today():
                self.reopened(folder)
                continue
            self.publish(folder, folder.live.look())

    def reopened(self, folder: OpenProject) -> None:
        """Reads a project again, with its settings."""
        again = self.folders.reopen(folder.live.project.root)
        self.complain()
        if again is not None:
            self.opened(again)

    def complain(self) -> None:
        """Says once why a project cannot be opened."""
        for why in self.folders.failed.values():
            if why not in self._told:
                self._told.add(why)
                self.window_show_message(
                    types.ShowMessageParams(types.MessageType.Error, f"ost: {why}")
                )

    def _follow(self, folder: OpenProject) -> None:
        root = folder.live.project.root
        if root not in self._tasks:
            self._tasks[root] = asyncio.get_running_loop().create_task(self._watch(root))

    async def _watch(self, root: Path) -> None:
        """Follows the files of a project while the server runs."""
        from watchfiles import awatch

        with contextlib.suppress(OSError, RuntimeError):
            async for changes in awatch(
                root,
                watch_filter=None,
                debounce=200,
                yield_on_timeout=True,
                rust_timeout=int(HOURLY * 1000),
                ignore_permission_denied=True,
            ):
                folder = self.folders.get(root)
                if folder is None:
                    break
                if any(Path(path) == root / FILE for _, path in changes):
                    self.reopened(folder)
                elif not changes or any(".git" not in Path(path).parts for _, path in changes):
                    self.looked()
        self._tasks.pop(root, None)
