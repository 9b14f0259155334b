"""Runs refactorings: reads the content, then shows the result as a diff or writes it."""

import os
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

import click

from ost.cli.terminal import output
from ost.cli.workspace import CommandProject, progress
from ost.disk.fence import LinkError
from ost.edit.content_folder import ContentFolder
from ost.edit.rewrite import Rewrite
from ost.edit.splice import BOM
from ost.errors import Misuse
from ost.exchange import baseline
from ost.exchange.reports.paint import safe
from ost.project.encoding import no_collector
from ost.project.files import blob, contents
from ost.project.journal import FileStep, write
from ost.project.live import Live
from ost.project.words import words_of
from ost.read.place import normalize_newlines
from ost.tree.sections import with_headings
from ost.words import counted

dry_run_option = click.option(
    "--dry-run", is_flag=True, help="Show what would change, as a diff, and write nothing."
)


class Refactoring:
    """A project's content, ready to be rewritten."""

    def __init__(self, folder: Path, *, whole: bool = False) -> None:
        """Opens the project; files that were read are kept until they are written. `whole` reads
        all files at once.
        """
        click.get_current_context().with_resource(no_collector())
        self.opened = CommandProject(folder)
        self.opened.refresh()
        self.fence = self.opened.project.fence
        self._blobs: Mapping[str, str] = {}
        self._before: dict[str, bytes] = {}
        self.content = self._whole() if whole else self._compiled()

    def _compiled(self) -> ContentFolder:
        live = Live(self.opened.project)
        self._blobs = {path: each.blob for path, each in live.compiled.texts.items()}
        return live.content(self._text, self._exists)

    def _whole(self) -> ContentFolder:
        project = self.opened.project
        with progress() as report:
            found = project.everything(report)
        self._blobs = found.blobs
        return ContentFolder(
            found.documents,
            self._text,
            as_of=project.today,
            words=words_of(project.settings),
            synonyms=with_headings(project.settings.sections),
            transcripts=found.tree(()).transcripts,
            exists=self._exists,
        )

    def end(self, rewrite: Rewrite, message: str, *, dry_run: bool) -> None:
        """Shows the diff, or writes the files and says so."""
        steps = self._steps(rewrite)
        if dry_run:
            output.write("".join(self._difference(steps)))
            return
        write(self.opened.project, [each for each, _ in steps.values()])
        count = len({to for _, to in steps.values()})
        output.write(f"{safe(message)}: {counted(count, 'file')} changed\n")

    def _text(self, path: str) -> str:
        """A document's text, as it was when the project was read."""
        data = self._bytes(path)
        return normalize_newlines(data.decode("utf-8", "replace").removeprefix(BOM))

    def _bytes(self, path: str) -> bytes:
        if path not in self._before:
            name, data = contents(self.fence.content, path, None, self.fence)
            if name != self._blobs.get(path, name):
                raise Misuse(
                    f"{self.opened.shown(path)} changed while the command ran; run it again"
                )
            self._before[path] = data
        return self._before[path]

    def _exists(self, path: str) -> bool:
        return not self.fence.resolve(os.path.join(self.fence.content, path)).why  # noqa: PTH118

    def _steps(self, rewrite: Rewrite) -> dict[str, tuple[FileStep, str]]:
        """Each file's new path and bytes, by its old path from the project's folder."""
        steps: dict[str, tuple[FileStep, str]] = {}

        def keep(path: str, before: bytes | None, after: bytes | None, to: str = "") -> None:
            inner = self.fence.inner(path)
            steps[inner] = (FileStep(inner, before, after), self.fence.inner(to or path))

        for path in rewrite.touched:
            before = self._own(path)
            if path in rewrite.removed:
                keep(path, before, None)
                continue
            after = before
            if path in rewrite.by_path:
                after = rewrite.text(path, before.decode("utf-8")).encode("utf-8")
            to = rewrite.moved.get(path, path)
            if to != path:
                keep(path, before, None, to)
                keep(to, None, after)
            elif after != before:
                keep(path, before, after)
        for path, text in rewrite.created.items():
            keep(path, None, text.encode("utf-8"))
        for path, (before, after) in self._baseline(rewrite).items():
            steps[path] = (FileStep(path, before, after), path)
        return steps

    def _own(self, path: str) -> bytes:
        """The bytes of a file that will change; it must be UTF-8 and behind no link."""
        inner = self.fence.inner(path)
        shown = self.opened.shown(path)
        try:
            data = self.fence.read(inner)
        except LinkError:
            raise Misuse(f"{shown} is behind a link; nothing was written") from None
        if path in self._before and blob(data) != blob(self._before[path]):
            raise Misuse(f"{shown} changed while the command ran; run it again")
        if path in self.content.documents:
            try:
                data.decode("utf-8")
            except UnicodeDecodeError:
                raise Misuse(f"{shown} is not UTF-8; fix this first") from None
        return data

    def _baseline(self, rewrite: Rewrite) -> dict[str, tuple[bytes, bytes]]:
        """The baseline, whose entries name nodes and files."""
        name = self.opened.settings.baseline
        if not name or not (rewrite.ids or rewrite.moved):
            return {}
        try:
            before = self.fence.read(name)
            after = baseline.renamed(before.decode("utf-8"), rewrite.ids, rewrite.moved)
        except (OSError, UnicodeDecodeError):
            return {}
        return {name: (before, after.encode("utf-8"))} if after.encode("utf-8") != before else {}

    def _difference(self, steps: dict[str, tuple[FileStep, str]]) -> Iterator[str]:
        """The steps as a difference that git can apply."""
        arrived = {to: path for path, (_, to) in steps.items() if to != path}
        for path in sorted(steps):
            step, to = steps[path]
            if path in arrived:
                continue
            before, after = step.before, step.after
            if to != path:
                after = steps[to][0].after
            yield safe(f"diff --git a/{path} b/{to}") + "\n"
            if to != path:
                yield safe(f"rename from {path}") + "\n" + safe(f"rename to {to}") + "\n"
            elif before is None or after is None:
                yield ("new" if before is None else "deleted") + " file mode 100644\n"
            yield from _hunks(
                path if before is not None else "",
                to if after is not None else "",
                before or b"",
                after or b"",
            )


def _hunks(path: str, to: str, before: bytes, after: bytes) -> Iterator[str]:
    names = (f"a/{path}" if path else "/dev/null", f"b/{to}" if to else "/dev/null")
    olds, news = (each.decode("utf-8", "replace").split("\n") for each in (before, after))
    lines = unified_diff(_ended(olds), _ended(news), *names, lineterm="\n")
    for line in lines:
        clean = line.replace("\033", "\N{REPLACEMENT CHARACTER}")
        yield clean if clean.endswith("\n") else f"{clean}\n\\ No newline at end of file\n"


def _ended(lines: list[str]) -> list[str]:
    """Lines with their ends; the last has none if nothing follows."""
    return [f"{each}\n" for each in lines[:-1]] + [each for each in lines[-1:] if each]
