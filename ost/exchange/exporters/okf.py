"""A folder in the Open Knowledge Format 0.2: a file per node, index.md, and log.md from history.

A node's sources are the interviews and signals that mention it. log.md lists what each day's
commits changed; outside a git repository there is no log.md.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from ost.exchange.escape import markdown, terminal
from ost.exchange.forest import Forest, kind_of, relinked
from ost.notation import LinkMark
from ost.render import first_paragraph
from ost.tree.graph import EdgeData
from ost.tree.node import Signature
from ost.words import counted

VERSION = "0.2"
_RESERVED = {"index", "log"}
_LONGEST = 200


def export(forest: Forest) -> Mapping[str, str]:
    """The files by path."""
    paths, links = _paths(forest), _links(forest)
    files = {path: _concept(forest, node_id, paths, links) for node_id, path in paths.items()}
    files["index.md"] = _index(forest, paths)
    if forest.log:
        files["log.md"] = _log(forest)
    return files


def _paths(forest: Forest) -> dict[str, str]:
    """The path of each node's file: a folder per kind, and no names that differ only in case."""
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for node_id, data in forest.nodes.items():
        folder = kind_of(data).plural.replace(" ", "-")
        stem = "".join("-" if each in '/\\:*?"<>|' else each for each in terminal(node_id))
        stem = stem.lstrip(".") or "node"
        name, number = stem, 1
        while name.casefold() in _RESERVED or f"{folder}/{name}".casefold() in taken:
            number += 1
            name = f"{stem}-{number}"
        taken.add(f"{folder}/{name}".casefold())
        paths[node_id] = f"{folder}/{name}.md"
    return paths


class _Links(NamedTuple):
    """The links between the nodes: parents by child, and others by target and relation."""

    above: Mapping[str, list[str]]
    into: Mapping[tuple[str, str], list[tuple[str, EdgeData]]]


def _links(forest: Forest) -> _Links:
    above: dict[str, list[str]] = {}
    into: dict[tuple[str, str], list[tuple[str, EdgeData]]] = {}
    for source, target, data in forest.edges:
        if data["relation"] == "parent":
            above.setdefault(source, []).append(target)
        into.setdefault((target, data["relation"]), []).append((source, data))
    return _Links(above, into)


def _concept(forest: Forest, node_id: str, paths: Mapping[str, str], links: _Links) -> str:
    data, node = forest.nodes[node_id], forest.node(node_id)
    front: dict[str, object] = {"type": data["kind"].capitalize(), "title": data["title"]}
    if description := _description(forest, node_id):
        front["description"] = description
    if node.tags:
        front["tags"] = list(node.tags)
    if data["status"]:
        stages = {each.name: each.stage for each in node.statuses}
        if stages.get(data["status"]) == "aside":
            front["status"] = "deprecated"
        front["ost_status"] = data["status"]
    front["ost_id"] = node_id
    if node.generated:
        front["generated"] = _signed(node.generated)
    if node.verified:
        front["verified"] = [_signed(each, "human:") for each in node.verified]
    if sources := list(_sources(forest, node_id, paths, links)):
        front["sources"] = sources
    lines = ["---", *(f"{name}: {_yaml(value)}" for name, value in front.items()), "---", ""]
    body = _linked(forest, node_id, paths).strip("\n")
    lines += [body, ""] if body else []
    related = list(_relations(forest, node_id, paths, links))
    lines += ["# Links", "", *related, ""] if related else []
    return "\n".join(lines)


def _signed(signature: Signature, actor: str = "") -> Mapping[str, object]:
    """Who signed and when. The format writes people as `human:…`."""
    by = signature.by or "unknown"
    signed = {"by": by if by.startswith(actor) else f"{actor}{by}"}
    return signed | ({"at": f"{signature.at.isoformat()}T00:00:00Z"} if signature.at else {})


def _description(forest: Forest, node_id: str) -> str:
    """The first paragraph or, failing that, how many people support the node."""
    if words := terminal(first_paragraph(*forest.titled(node_id))).strip():
        return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"
    data = forest.nodes[node_id]
    return counted(data["people"], "person", "people") if kind_of(data).needs_evidence else ""


def _sources(
    forest: Forest, node_id: str, paths: Mapping[str, str], links: _Links
) -> Iterator[Mapping[str, object]]:
    """The interviews and signals that mention a node, with the seconds of the recording."""
    seconds: dict[str, list[int]] = {}
    for source, data in links.into.get((node_id, "evidence"), ()):
        second = data.get("second")
        seconds.setdefault(source, []).extend([second] if isinstance(second, int) else [])
    for source, found in seconds.items():
        source_data = forest.nodes[source]
        entry: dict[str, object] = {
            "id": source,
            "resource": f"/{quote(paths[source])}",
            "title": source_data["title"],
        }
        if source_data["date"]:
            entry["last_modified"] = source_data["date"]
        if found:
            entry["seconds"] = found
        yield entry


def _relations(
    forest: Forest, node_id: str, paths: Mapping[str, str], links: _Links
) -> Iterator[str]:
    """The nodes above and below a node, and the interviews and signals that mention it."""
    below = [source for source, _ in links.into.get((node_id, "parent"), ())]
    sources = [source for source, _ in links.into.get((node_id, "evidence"), ())]
    for words, found in (
        ("Under", links.above.get(node_id, ())),
        ("Above", below),
        ("Mentioned in", sources),
    ):
        for other in dict.fromkeys(found):
            yield f"* {words} {_link(forest.nodes[other]['title'], paths[other])}"


def _link(words: str, path: str) -> str:
    return f"[{markdown(words)}](/{quote(path)})"


def _linked(forest: Forest, node_id: str, paths: Mapping[str, str]) -> str:
    """The text, in which links between nodes become links between files. A link to a missing node
    becomes plain words.
    """

    def link(mark: LinkMark, node: str) -> str:
        if node in forest.nodes:
            return _link(mark.words or forest.nodes[node]["title"], paths[node])
        return markdown(mark.words or node)

    def address(node: str) -> str | None:
        return f"/{quote(paths[node])}" if node in paths else None

    body = relinked(forest.text(node_id), link, address)
    return "\n".join(line.rstrip() for line in body.split("\n"))


def _index(forest: Forest, paths: Mapping[str, str]) -> str:
    lines = ["---", f'okf_version: "{VERSION}"', "---"]
    kinds: dict[str, list[str]] = {}
    for node_id, data in forest.nodes.items():
        kinds.setdefault(kind_of(data).plural, []).append(node_id)
    for plural, ids in kinds.items():
        lines += ["", f"# {plural.capitalize()}", ""]
        for node_id in ids:
            title = markdown(forest.nodes[node_id]["title"])
            description = markdown(_description(forest, node_id))
            lines.append(
                f"* [{title}]({quote(paths[node_id])}){f' - {description}' if description else ''}"
            )
    return "\n".join(lines) + "\n"


def _log(forest: Forest) -> str:
    lines = ["# Log"]
    for day, sentences in forest.log:
        lines += ["", f"## {day}", "", *_bullets(sentences)]
    return "\n".join(lines) + "\n"


def _bullets(sentences: Iterable[str]) -> Iterator[str]:
    for sentence in sentences:
        yield f"* **Update**: {markdown(sentence)}"


def _yaml(value: object) -> str:
    """JSON, which is also YAML, with each text on one line and printable."""
    return msgspec.json.encode(_printable(value)).decode()


def _printable(value: object) -> object:
    if isinstance(value, str):
        return terminal(value)
    if isinstance(value, Mapping):
        return {name: _printable(each) for name, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list) else value
