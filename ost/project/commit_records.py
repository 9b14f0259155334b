"""The records of the trees of commits, one after another. From one commit to the next, only files
that differ are read.
"""

from contextlib import ExitStack
from types import TracebackType
from typing import Self

from ost.history.git import Repository
from ost.history.record import Records
from ost.history.walk import NOWHERE, arrive
from ost.project.encoding import no_collector
from ost.project.keys import reader
from ost.project.revision import Revision
from ost.project.trail import Trail
from ost.project.words import words_of


class CommitRecords:
    """The records of commits, in any order; nearby commits are fast."""

    def __init__(self, repository: Repository) -> None:
        """Starts with no commit."""
        self._repository, self._cache = repository, ExitStack()
        self._trail: Trail | None = None
        self._point, self._reader = NOWHERE, ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._cache.close()

    def of(self, revision: Revision | None) -> Records:
        """The records of a commit's tree as of its own day; none where there is no project."""
        if revision is None:
            return Records({})
        with no_collector():
            stage = self._trail_of(revision).turn(revision)
            before = NOWHERE if stage.reset else self._point
            self._point = arrive(before, stage.changes, stage.inputs)[0]
        return Records(self._point.encoded)

    def _trail_of(self, revision: Revision) -> Trail:
        """The trail to continue, unless this commit's settings have other words."""
        words = reader(revision.settings)
        if self._trail is None or self._reader != words:
            self._cache.close()
            cache = self._cache.enter_context(revision.cache())
            self._trail = Trail(
                self._repository, revision.inside, cache, words_of(revision.settings)
            )
            self._reader = words
        return self._trail
