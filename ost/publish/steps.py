"""What an earlier copy of a state lacks: the pages that changes since then have touched.

So the file that would be forgotten next can be brought up to date, and for a small change little is
written, however large the state is.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

REMEMBERED = 8
"""So many copies are known, in all the places where the state is published."""

Step = tuple[str, list[int]]
"""A copy, and what tells it from other files; or the pages that were changed."""

_COPY, _PAGES = "copy", "pages"


class Steps:
    """The copies and changes of one state in their order; forgotten when it is built anew."""

    def __init__(self, state: Path, boot: str) -> None:
        """`boot` names the time since the machine was started: a copy may not outlast a loss of
        power.
        """
        self._file, self._boot = state.with_name(f"{state.name}-steps"), boot

    def _read(self) -> list[Step]:
        with suppress(OSError, ValueError, TypeError):
            boot, found = json.loads(self._file.read_bytes())
            if boot == self._boot:
                return [(kind, values) for kind, values in found]
        return []

    def _write(self, steps: list[Step]) -> None:
        copies = [at for at, each in enumerate(steps) if each[0] == _COPY]
        begin = copies[-REMEMBERED] if len(copies) > REMEMBERED else 0
        fresh = self._file.with_name(f"{self._file.name}.new")
        fresh.write_text(json.dumps((self._boot, steps[begin:])), "utf-8")
        fresh.replace(self._file)

    def changed(self, pages: Iterable[int]) -> None:
        """These pages of the state are others now."""
        found = self._read()
        if found:
            self._write([*found, (_PAGES, sorted(pages))])

    def copied(self, file: Path) -> None:
        """This file holds the state as it is now, under whatever name."""
        self._write([*self._read(), _copy(file)])

    def lacking(self, file: Path) -> set[int] | None:
        """The pages in which a file differs from the state; None when it is none of its copies."""
        found = self._read()
        with suppress(OSError, ValueError):
            since = found[found.index(_copy(file)) :]
            return {page for kind, values in since if kind == _PAGES for page in values}
        return None

    def forget(self) -> None:
        """No copy is known any more: what will be written to the state is not known."""
        self._file.unlink(missing_ok=True)


def _copy(file: Path) -> Step:
    stat = file.stat()
    return _COPY, [stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns]
