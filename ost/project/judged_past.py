"""The past of nodes for rules that need history, including deleted outcomes."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ost.errors import OstError
from ost.history.git import Commit, Repository, Touch
from ost.history.versions import FileVersion
from ost.limits import LARGEST_FILE
from ost.project.past import NodeFile, content_of, file_versions, version_contents
from ost.read.suffixes import MARKDOWN
from ost.tree.model import Decision, Interview, Node, NodeId, Opportunity, Outcome, Test
from ost.tree.past import Beginning, Version
from ost.tree.tree import Tree

if TYPE_CHECKING:
    from ost.project import Project


class JudgedPast(NamedTuple):
    """Versions of nodes, oldest first, and when files were added, as far as history goes back."""

    versions: Mapping[NodeId, tuple[Version, ...]]
    began: Mapping[NodeId, Beginning]


def past_of(project: "Project", tree: Tree) -> JudgedPast:
    """The past of a tree; empty without history."""
    try:
        repository = Repository(project.root)
        until = repository.commit(project.revision() or "HEAD").id
        return _Past(repository, content_of(project, repository), until).of(tree)
    except OstError:
        return JudgedPast({}, {})


class _Past:
    def __init__(self, repository: Repository, content: str, until: str) -> None:
        self.repository, self.content = repository, content
        self.touched = dict(repository.touched(until))
        commits = list(repository.commits(until, first_parent=True))
        self.commits: dict[str, Commit] = {each.id: each for each in commits}
        self.reached = next((each.id for each in commits if repository.is_edge(each)), "")

    def of(self, tree: Tree) -> JudgedPast:
        """The past of a tree's nodes."""
        dated = {
            kind: {str(each.id): _known(each) for each in tree.nodes(kind) if not each.entry.id}
            for kind in (Interview, Opportunity, Outcome)
        }
        nodes = {str(each.id): _known(each) for each in _watched(tree)}
        wanted = {node: known for each in (*dated.values(), nodes) for node, known in each.items()}
        traces = file_versions(self.touched.items(), self.content, wanted)
        gone = self._gone_outcomes(traces)
        traces |= file_versions(self.touched.items(), self.content, gone)
        nodes |= gone
        contents = version_contents(
            self.repository, self.commits, nodes, {each: traces[each] for each in nodes}
        )
        versions = {
            NodeId(node): tuple(
                Version(each.commit.written, each.commit.id, each.fields) for each in history
            )
            for node, history in contents.items()
        }
        first_days = self._earliest_interview_days(tree, traces)
        began = {
            node: each
            for nodes_of in (gone, *dated.values())
            for node, each in self._began(nodes_of, traces, first_days).items()
        }
        for node in dated[Interview]:
            # Renaming and editing a file at once does not make its snapshot late.
            if NodeId(node) in began and self._took_away(traces[node][-1].commit):
                del began[NodeId(node)]
        return JudgedPast(versions, began)

    def _earliest_interview_days(
        self, tree: Tree, traces: Mapping[str, list[FileVersion]]
    ) -> dict[str, str]:
        """The earliest day of the interviews that each commit added."""
        found: dict[str, str] = {}
        for node in tree.nodes(Interview):
            history = traces.get(str(node.id))
            if node.date is not None and history:
                day, commit = node.date.isoformat(), history[-1].commit
                found[commit] = min(day, found.get(commit, day))
        return found

    def _took_away(self, commit: str) -> bool:
        """Whether a commit deleted a file of the content."""
        touches = self.touched.get(commit, ())
        return any(each.before and not each.after and self._is_content(each) for each in touches)

    def _began(
        self,
        nodes: Iterable[str],
        traces: Mapping[str, list[FileVersion]],
        first_days: Mapping[str, str],
    ) -> dict[NodeId, Beginning]:
        """The commits that added the files of nodes of one kind."""
        first = {node: traces[node][-1].commit for node in nodes if traces.get(node)}
        known = {node: each for node, each in first.items() if each in self.commits}
        beside = Counter(known.values())
        order = {commit: number for number, commit in enumerate(self.commits)}
        earliest = max(known.values(), key=order.__getitem__, default="")
        return {
            NodeId(node): Beginning(
                self.commits[each].written, beside[each], each == earliest, first_days.get(each, "")
            )
            for node, each in known.items()
            if each != self.reached
        }

    def _gone_outcomes(self, traces: Mapping[str, list[FileVersion]]) -> dict[str, NodeFile]:
        """Outcomes whose files were deleted and did not become another node's."""
        followed = {each.path for found in traces.values() for each in found}
        last: dict[str, str] = {}
        for touches in self.touched.values():
            for touch in touches:
                if touch.path not in followed and self._is_content(touch):
                    last.setdefault(touch.path, touch.before if not touch.after else "")
        blobs = {blob: path for path, blob in last.items() if blob}
        return {
            _stem(blobs[blob]): NodeFile(posixpath.relpath(blobs[blob], self.content))
            for blob, _, data in self.repository.blobs(blobs, LARGEST_FILE)
            # Most are of other kinds and need not be parsed.
            if b"outcome" in data and _stem(blobs[blob]) not in traces
        }

    def _is_content(self, touch: Touch) -> bool:
        inside = "" if self.content == "." else f"{self.content}/"
        return touch.plain and touch.path.startswith(inside) and touch.path.endswith(MARKDOWN)


def _watched(tree: Tree) -> Iterator[Node]:
    """Nodes whose versions rules compare."""
    yield from tree.nodes(Test)
    yield from tree.nodes(Outcome)
    for node in tree.nodes(Opportunity):
        if node.status == "target":
            yield node
            for _, decision in tree.decided.get(node.id, ()):
                if isinstance(found := tree.by_id.get(decision), Decision):
                    yield found


def _known(node: Node) -> NodeFile:
    return NodeFile(node.path, tuple(map(str, node.aliases)))


def _stem(path: str) -> str:
    return posixpath.basename(path).rpartition(".")[0]
