"""Applies safe fixes to the files, or shows them as a diff."""

from collections.abc import Callable, Iterable, Mapping
from difflib import unified_diff
from pathlib import Path

from ost.cli.files import rewrite
from ost.cli.terminal import output
from ost.cli.workspace import CommandProject
from ost.edit.fix import FixedFiles, settle
from ost.errors import Misuse
from ost.exchange.reports.paint import safe
from ost.project.in_memory import FilesInMemory
from ost.read.diagnostic import Diagnostic

BOM = "\ufeff"


def run(
    opened: CommandProject,
    select: Iterable[str],
    ignore: Iterable[str],
    shown: Callable[[Diagnostic], bool],
    *,
    diff: bool,
    quiet: bool,
) -> bool:
    """Fixes the `shown` findings of the chosen rules, or prints the diff; returns whether there is
    one.
    """
    fixing = Fixing(opened, select, ignore, shown)
    text = fixing.difference() if diff else fixing.write()
    if text and (diff or not quiet):
        output.write(text if diff else f"{text}\n")
    return bool(text)


class Fixing:
    """The fixes of one part of a project."""

    def __init__(
        self,
        opened: CommandProject,
        select: Iterable[str],
        ignore: Iterable[str],
        shown: Callable[[Diagnostic], bool],
    ) -> None:
        """Reads nothing yet. A file's bytes are kept once read."""
        self.shown = shown
        self.opened = opened
        self.select, self.ignore = tuple(select), tuple(ignore)
        self.before: dict[str, str] = {}

    def fixed_files(self) -> FixedFiles:
        """The files' texts after all fixes; writes nothing."""
        in_memory = FilesInMemory(self.opened.project, select=self.select, ignore=self.ignore)

        def judged(texts: Mapping[str, str]) -> Iterable[Diagnostic]:
            return filter(
                self.shown, in_memory.judged({path: texts[path].encode() for path in texts})
            )

        return settle(judged, self.text)

    def text(self, path: str) -> str | None:
        """A file's text; None if it is not UTF-8, cannot be read or is behind a link."""
        try:
            text = self._data(path).decode("utf-8")
        except (OSError, UnicodeDecodeError):
            return None
        self.before[path] = text
        return text.removeprefix(BOM)

    def after(self, fixed_files: FixedFiles, path: str) -> str:
        """A file's text after its fixes, with the mark it began with."""
        return BOM * self.before[path].startswith(BOM) + fixed_files.texts[path]

    def write(self) -> str:
        """Writes the fixed files, each whole or not at all, and says what was fixed."""
        fixed_files = self.fixed_files()
        for path in sorted(fixed_files.texts):
            file = Path(self.opened.content / path)
            if self._data(path) != self.before[path].encode():
                raise Misuse(
                    f"{self.opened.shown(path)} changed while it was being fixed; "
                    "run the command again"
                )
            rewrite(file, self.after(fixed_files, path).encode(), self.opened.root)
        message = (
            f"{self.opened.shown(each.path)}:{each.at.line + 1} fixed {each.code}: "
            f"{each.fix.title if each.fix else ''}"
            for each in fixed_files.fixed
        )
        return "".join(f"{safe(each)}\n" for each in message)

    def _data(self, path: str) -> bytes:
        fence = self.opened.project.fence
        return fence.read(fence.inner(path))

    def difference(self) -> str:
        """What `write` would change, as a unified difference."""
        fixed_files = self.fixed_files()
        lines: list[str] = []
        for path in sorted(fixed_files.texts):
            shown = safe(self.opened.shown(path))
            before, after = self.before[path], self.after(fixed_files, path)
            lines += unified_diff(
                before.split("\n"), after.split("\n"), f"a/{shown}", f"b/{shown}", lineterm=""
            )
        return "".join(f"{each}\n" for each in lines).replace("\033", "\N{REPLACEMENT CHARACTER}")
