"""Which report in which form, and where it goes."""

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ost.cli.opening import Opened
from ost.cli.writing import rewrite
from ost.errors import Misuse
from ost.exchange.reports.finding import Finding

if TYPE_CHECKING:
    from ost.judge.page import Page
    from ost.read.diagnostic import Fix

FORMS = ("json", "sarif", "github", "junit", "markdown")


def targets(asked: Iterable[str]) -> list[tuple[str, str]]:
    """What `--output FORMAT[:FILE]` asks for: forms and files; `-` is standard output."""
    found = []
    for each in asked:
        form, _, file = each.partition(":")
        if form not in FORMS:
            raise Misuse(f"--output {each}: {form!r} is no format; there are {', '.join(FORMS)}")
        if file not in {"", "-"} and not Path(file).absolute().parent.is_dir():
            raise Misuse(f"--output {each}: there is no folder {str(Path(file).parent)!r}")
        if file not in {"", "-"} and Path(file).is_dir():
            raise Misuse(f"--output {each}: {file!r} is a folder")
        found.append((form, file or "-"))
    return found


def rendered(
    form: str,
    found: Sequence[Finding],
    opened: Opened,
    fixes: "Mapping[Finding, Fix]" = MappingProxyType({}),
) -> str:
    """The findings in one of the forms. Only what is needed is imported."""
    if form == "sarif":
        from ost import __version__
        from ost.exchange.reports import sarif

        pages = _pages({each.code for each in found})
        return sarif.render(found, _place(opened), __version__, pages, fixes)
    if form == "github":
        from ost.exchange.reports import github

        return github.render(found, _place(opened))
    if form == "junit":
        from ost.exchange.reports import junit

        return junit.render(found, _place(opened))
    if form == "markdown":
        from ost.exchange.reports import markdown

        return markdown.render(found, _place(opened))
    from ost.exchange.reports import json

    return json.render(found)


def _pages(codes: set[str]) -> "dict[str, Page]":
    from ost.judge.catalog import all_rules
    from ost.judge.page import page
    from ost.project.compiling import further_rules

    known = (each for each in all_rules(further_rules()) if each.code in codes)
    return {each.code: page(each) for each in known}


def save(file: str, text: str) -> None:
    """Writes a report, whole or not at all."""
    rewrite(Path(file), text.encode("utf-8", "replace"))


class _place:  # noqa: N801 - called like a function
    """Content paths relative to the root of the repository, or of the project without one."""

    def __init__(self, opened: Opened) -> None:
        root = opened.root.resolve()
        above = (each for each in (root, *root.parents) if (each / ".git").exists())
        self.content = os.path.relpath(opened.content, next(above, root))

    def __call__(self, path: str) -> str:
        return os.path.normpath(os.path.join(self.content, path)).replace(os.sep, "/")  # noqa: PTH118
