"""Judges a project in memory by other rules than its state was judged by; the state stays."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ost.judge.check import judge
from ost.project.choosing import chosen
from ost.project.compilation import further_rules
from ost.project.sources import reading
from ost.read.document import Document

if TYPE_CHECKING:
    from ost.project import Project
    from ost.read.diagnostic import Diagnostic


class Afresh:
    """A project as its files are now, to be judged by whatever rules, once or several times."""

    def __init__(
        self,
        project: "Project",
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        calendar: bool = False,
    ) -> None:
        """Reads all files. Rules selected here replace the settings'."""
        select, ignore = tuple(select), tuple(ignore)
        project.refresh()
        asked = copy(project)
        if select:
            asked.settings = replace(project.settings, select=select, ignore=())
        self._rules, self._mistaken = chosen(
            asked, further_rules(), select=select, ignore=ignore, calendar=calendar
        )
        self._found = project.everything()

    def judged(
        self, instead: Mapping[str, bytes] = {}, *, alone: bool = False
    ) -> "tuple[Diagnostic, ...]":
        """What is wrong, with related places and fixes.

        `instead` is what files are taken to hold, by path; `alone` when there are no others.
        """
        there = self._found.documents
        documents = [each for each in there if not alone and each.path not in instead]
        documents += [Document(path, reading("", data)) for path, data in instead.items()]
        return judge(self._found.tree(documents), self._rules, self._mistaken).diagnostics
