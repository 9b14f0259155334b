"""`ost` from Python: `ost.load` gives a project's tree, diagnostics and graph.

Everything equals the output of `ost check` and uses the same state, so unchanged files are not read
again. This module is cheap to import; heavy parts are imported on demand.
"""

import os
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ost.errors import Misuse

if TYPE_CHECKING:
    import networkx

    from ost.project.content import Contents
    from ost.read.diagnostic import Diagnostic
    from ost.tree.node import Node
    from ost.tree.tree import Tree


class LoadedProject:
    """A project at the time it was loaded; it does not change. `root` is the folder of its
    `ost.toml`, `content` that of its Markdown files, `as_of` the day of its judgement.
    """

    def __init__(
        self,
        root: Path,
        content: Path,
        contents: "Contents",
        diagnostics: "tuple[Diagnostic, ...]",
    ) -> None:
        """Made by `load`."""
        self.root, self.content, self.as_of = root, content, contents.as_of
        self._contents, self._diagnostics = contents, diagnostics

    def __repr__(self) -> str:
        return f"<ost.LoadedProject {str(self.content)!r} as of {self.as_of}>"

    @property
    def diagnostics(self) -> "tuple[Diagnostic, ...]":
        """The findings of `ost check` for the loaded folder or file, in reading order."""
        return self._diagnostics

    @cached_property
    def tree(self) -> "Tree":
        """All nodes of the project, their links and their moments."""
        return self._contents.tree()

    @cached_property
    def graph(self) -> "networkx.MultiDiGraph[str]":
        """The tree as a graph of networkx: nodes by id, links and moments as edges. Frozen."""
        from ost.tree import graph

        return graph.of(self.tree)

    def select(self, selector: str) -> "tuple[Node, ...]":
        """The nodes that a selector such as `target+` chooses, in reading order.

        Raises `ost.selection.grammar.SelectorError`, which says what is wrong and where.
        """
        from ost.selection.evaluation import select
        from ost.tree.model import NodeId
        from ost.tree.selection import TreeNodes

        there = self._contents
        nodes = TreeNodes(self.tree, there.diagnostics, there.names, self._changed)
        return tuple(self.tree.by_id[NodeId(each)] for each in select(selector, nodes))

    def _changed(self, revision: str) -> frozenset[str]:
        from ost.project.changed_nodes import changed_nodes
        from ost.project.root import project_of

        return changed_nodes(project_of(self.root, self.as_of), self.root, revision)


def load(folder: str | os.PathLike[str] = ".", *, as_of: date | None = None) -> LoadedProject:
    """The project that a folder belongs to, brought up to date, as of a day (today by default).

    Raises `ost.errors.Misuse` if there is no such folder or its `ost.toml` is wrong, and
    `ost.errors.Trouble` if the disk fails. Broken content is never an exception; it is a
    diagnostic.
    """
    from ost.project.baseline import apply_baseline
    from ost.project.content import contents
    from ost.project.root import existing, part, project_of, within

    path = existing(Path(folder), "folder")
    if not isinstance(as_of, date | None):
        raise Misuse(f"as_of must be a datetime.date, not {as_of!r}")
    day = as_of or datetime.now().astimezone()
    project = project_of(path, day.date() if isinstance(day, datetime) else day)
    shows = part(within(project, path))
    project.refresh()
    there = contents(project)
    baseline = project.settings.baseline
    file = project.root / baseline if baseline else None
    split = apply_baseline(project, there.diagnostics, there.names, file, str(file))
    diagnostics = tuple(each for each in split.standing if shows(each))
    return LoadedProject(project.root, Path(project.content), there, diagnostics)
