"""Judges a project in memory by rules other than those of its state, which does not change."""

from collections.abc import Iterable, Mapping
from copy import copy
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ost.judge.check import judge
from ost.project.rule_settings import configured_rules
from ost.project.rules import package_rules
from ost.project.sources import reading
from ost.project.words import words_of
from ost.read.document import Document

if TYPE_CHECKING:
    from ost.project import Project
    from ost.read.diagnostic import Diagnostic


class FilesInMemory:
    """A project's current files, which any rules can judge any number of times."""

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
        copied = copy(project)
        if select:
            copied.settings = replace(project.settings, select=select, ignore=())
        self._rules, self._mistaken = configured_rules(
            copied, package_rules(), select=select, ignore=ignore, calendar=calendar
        )
        self._found = project.everything()
        self._history = calendar

    def judged(
        self, instead: Mapping[str, bytes] = {}, *, alone: bool = False
    ) -> "tuple[Diagnostic, ...]":
        """All diagnostics, with related places and fixes.

        `instead` replaces the content of files, by path; `alone` if there are no others.
        """
        current = self._found.documents
        words = words_of(self._found.project.settings)
        documents = [each for each in current if not alone and each.path not in instead]
        documents += [Document(path, reading("", data, words)) for path, data in instead.items()]
        tree = self._found.tree(documents)
        if self._history and not instead:
            from ost.project.judged_past import past_of
            from ost.project.suspects import changed_decisions

            project = self._found.project
            past = past_of(project, tree)
            tree = replace(
                tree,
                past=past.versions,
                began=past.began,
                shaken=changed_decisions(project, tree),
            )
        return judge(tree, self._rules, self._mistaken).diagnostics
