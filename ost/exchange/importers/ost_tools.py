"""A space of ost-tools: a folder of pages with `type:` and `parent: "[[…]]"`, or one page that
holds a whole space (`type: space_on_a_page`).

Pages, headings, list items and rows of tables that say their type become nodes. On a page that
holds a space, the depth of a heading says which type it is: by the schema in the folder or the one
that `config.json` names; without either, outcome, opportunity, solution and test, or the longer
ladder from vision to experiment if the page is as deep as that.

An outcome, goal, opportunity, solution, assumption and test have their kinds here. Visions,
missions and other types are listed: name a kind for them under `[kinds]` in the terms, such as
`mission = "outcome"`. What hangs under one that is left out hangs under what that hangs under. A
test under a solution gets the assumption that it tries. Scores and priorities are left out.
"""

import json
import re
from collections.abc import Iterator, Mapping

from ost.exchange.foreign_nodes import (
    ASSUMPTION,
    BODY,
    STATUS,
    ForeignNodes,
    ToolWords,
    UnplacedNode,
)
from ost.exchange.foreign_page import ForeignPage, page
from ost.exchange.importers._embedded import Embedded, Levels
from ost.exchange.imports import ForeignTree, Here, Material, Sureness, Terms
from ost.read.letters import fold

EXAMPLE = "space/"

_WHOLE = ("space_on_a_page", "ost_on_a_page")
_GENERAL = ("vision", "mission", "goal", "opportunity", "solution", "experiment")
_STRICT = ("outcome", "opportunity", "solution", "assumption_test")
_TYPES = frozenset((*_GENERAL, *_STRICT, "assumption", "problem_statement", "test", "dashboard"))
_STATUSES = ("identified", "wondering", "exploring", "active", "paused", "completed", "archived")
_HEADINGS = {
    "potential-solutions": "solution",
    "possible-solutions": "solution",
    "solutions-considered": "solution",
    "problem-statement": "problem_statement",
    "what-problem-are-we-solving?": "problem_statement",
}
_MEANING = {
    "outcome": ("active", "active", "", "met", "dropped"),
    "opportunity": ("open", "target", "parked", "addressed", "parked"),
    "solution": ("candidate", "candidate", "", "shipped", "dropped"),
}
_WORDS = ToolWords(
    kinds={"dashboard": ""},
    fields={
        "category": "risk",
        "assumption": ASSUMPTION,
        **dict.fromkeys(("summary", "status-tweet", "source", "next-steps", "content"), BODY),
        **dict.fromkeys(
            ("priority", "impact", "feasibility", "resources", "timeline", "confidence"), ""
        ),
        **dict.fromkeys(("type", "created", "updated", "cssclasses", "aliases"), ""),
    },
    statuses={
        (kind, word): ours
        for kind, known in _MEANING.items()
        for word, ours in zip(_STATUSES[2:], known, strict=True)
        if ours
    }
    | {
        (kind, word): ""
        for kind in ("outcome", "opportunity", "solution", "assumption", "test")
        for word in ("identified", "wondering")
    },
)


def looks(material: Material) -> Sureness:
    """By the types of its pages, their statuses, and parents that are wikilinks."""
    sure: Sureness = 0
    for path, text in material.fronts():
        found = page(path, text)
        word = found.text("type")
        if word in _WHOLE:
            return 3
        if word in _TYPES and not found.field("kind"):
            linked = "[[" in found.text("parent") and found.text(STATUS) in _STATUSES
            if linked or word in ("assumption_test", "problem_statement"):
                return 3
            sure = 2 if found.text(STATUS) in _STATUSES else max(sure, 1)
    return sure


def read(material: Material, terms: Terms, here: Here) -> ForeignTree:
    """The nodes of the pages, and of what is embedded in them."""
    del here
    nodes = ForeignNodes(terms, _WORDS)
    schema = _schema(material, nodes)
    for path, text in material.fronts():
        found = nodes.page(page(path, text))
        word = found.text("type")
        if word in _WHOLE:
            levels = schema or _guessed(found)
            nodes.notes.append(f"read the headings of {path} as {', '.join(levels.types)}")
            Embedded(nodes, found, levels).read(None, "")
        elif word:
            _typed(nodes, found, word, schema or _levels(_GENERAL))
        else:
            nodes.tell(
                path, 1, found.lines.line(0), "it has no `type`, so it is no page of a space"
            )
    return nodes.tree()


def _typed(nodes: ForeignNodes, found: ForeignPage, word: str, levels: Levels) -> None:
    """A page that is a node, with what is embedded in it."""
    line = found.line("type")
    node = UnplacedNode(
        key=found.key,
        kind="",
        title=found.text("title") or found.stem,
        path=found.path,
        line=line,
        names=[found.stem],
    )
    nodes.add(node, word, found.lines.line(line - 1))
    for field in found.fields:
        if fold(field.name) not in ("type", "title"):
            line = field.key_at.line
            nodes.take(node, field.name, field.value, line + 1, found.lines.line(line))
    Embedded(nodes, found, levels).read(node, word.casefold())


def _levels(types: tuple[str, ...], headings: Mapping[str, str] = {}) -> Levels:
    return Levels(types, {**_HEADINGS, **headings})


def _guessed(found: ForeignPage) -> Levels:
    """The long ladder for a page that is deep or names its upper types; else the short one."""
    headings = re.findall(r"^(#{1,6})[ \t]+(.*)", found.body, re.MULTILINE)
    deep = any(len(marks) == 5 for marks, _ in headings)
    named = any(re.search(r"\b(?:vision|mission)\b", words.casefold()) for _, words in headings)
    return _levels(_GENERAL if deep or named else _STRICT)


def _schema(material: Material, nodes: ForeignNodes) -> Levels | None:
    """The levels of the folder's own schema, or of the one that its settings name."""
    named: set[str] = set()
    for path, text in material.files.items():
        if not path.casefold().endswith(".json"):
            continue
        try:
            data = json.loads(re.sub(r"^\s*//[^\n]*", "", text, flags=re.MULTILINE))
        except (ValueError, RecursionError) as error:
            nodes.tell(path, getattr(error, "lineno", 1), path, f"this is no JSON: {error}")
            continue
        levels = list(_of_schema(data))
        if levels:
            return _levels(
                tuple(word for word, _ in levels),
                {fold(heading): word for word, held in levels for heading in held},
            )
        named.update(re.findall(r'"schema"\s*:\s*"[^"]*?(general|strict_ost)(?:\.json)?"', text))
    if len(named) == 1:
        return _levels(_GENERAL if "general" in named else _STRICT)
    return None


def _of_schema(data: object) -> Iterator[tuple[str, list[str]]]:
    """Each level's type, and the headings below which nodes of it stand."""
    for key in ("$metadata", "hierarchy", "levels"):
        data = data.get(key) if isinstance(data, dict) else None
    for level in data if isinstance(data, list) else ():
        if isinstance(level, str):
            yield level.casefold(), []
        elif isinstance(level, dict) and isinstance(level.get("type"), str):
            matchers = level.get("matchers")
            held = matchers if isinstance(matchers, list) else []
            yield level["type"].casefold(), [each for each in held if isinstance(each, str)]
