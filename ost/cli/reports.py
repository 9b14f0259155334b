"""The reports: their forms and files."""

import os
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ost.cli.files import rewrite
from ost.cli.workspace import CommandProject
from ost.errors import Misuse
from ost.exchange.reports import json
from ost.exchange.reports.finding import Finding

if TYPE_CHECKING:
    from ost.judge.page import RulePage
    from ost.read.diagnostic import Fix

FORMS = ("json", "sarif", "github", "junit", "markdown")


def targets(asked: Iterable[str], forms: Sequence[str] = FORMS) -> list[tuple[str, str]]:
    """Forms and files from `--output FORMAT[:FILE]`; `-` is standard output."""
    found = []
    for output in asked:
        form, _, file = output.partition(":")
        if form not in forms:
            raise Misuse(f"--output {output}: unknown format {form!r}; use {', '.join(forms)}")
        if file not in {"", "-"} and not Path(file).absolute().parent.is_dir():
            raise Misuse(f"--output {output}: folder {str(Path(file).parent)!r} does not exist")
        if file not in {"", "-"} and Path(file).is_dir():
            raise Misuse(f"--output {output}: {file!r} is a folder")
        if file not in {"", "-"} and _is_page(Path(file)):
            raise Misuse(f"--output {output}: {file!r} is a page of a tree; name another file")
        found.append((form, file or "-"))
    return found


def _is_page(file: Path) -> bool:
    """Whether a report would replace a page of a tree, that is, a file with front matter."""
    try:
        with file.open("rb") as handle:
            return file.suffix == ".md" and handle.read(8).removeprefix(BOM_UTF8)[:3] == b"---"
    except OSError:
        return False


def rendered(
    form: str,
    found: Sequence[Finding],
    opened: CommandProject,
    fixes: "Mapping[Finding, Fix]" = MappingProxyType({}),
) -> str:
    """The findings in one of the forms. Imports only what it needs."""
    if form == "sarif":
        from ost import __version__
        from ost.exchange.reports import sarif

        pages = _pages({each.code for each in found})
        return sarif.render(found, _places(opened), __version__, pages, fixes)
    if form == "json":
        return json.render(found)
    report = import_module(f"ost.exchange.reports.{form}")
    return str(report.render(found, _places(opened)))


def _pages(codes: set[str]) -> "dict[str, RulePage]":
    from ost.judge.page import page
    from ost.project.rules import available_rules

    return {each.code: page(each) for each in available_rules() if each.code in codes}


def save(file: str, text: str, root: Path) -> None:
    """Writes a report, whole or not at all. `root` is the project's folder."""
    rewrite(Path(file), text.encode("utf-8", "replace"), root)


def _places(opened: CommandProject) -> Callable[[str], str]:
    """Content paths relative to the root of the repository, or of the project without one."""
    root = opened.root.resolve()
    above = (each for each in (root, *root.parents) if (each / ".git").exists())
    content = os.path.relpath(opened.content, next(above, root))
    return lambda path: os.path.normpath(f"{content}/{path}").replace(os.sep, "/")
