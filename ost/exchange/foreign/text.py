"""Turns foreign text into ours: links by name become links by id, first-level headings become
second-level ones, values become YAML.

`ost.read` finds the links and headings.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import unquote

from ost.read import frontmatter, grammar, markdown
from ost.read.addresses import addresses
from ost.read.comments import hide_comments
from ost.read.document import Link
from ost.read.letters import fold
from ost.read.links import links
from ost.read.parse import parse
from ost.read.place import Lines, Place
from ost.read.scalar import line, scalar
from ost.read.suffixes import MARKDOWN
from ost.read.template import is_template
from ost.read.value import scalars
from ost.tree.fields import referring
from ost.tree.model import KINDS

_SIGNS = (re.compile(r"([\\`*_\[\]<>&|~#%])"), re.compile(r"([!-/:-@\[-`{-~])"))
_PERHAPS = re.compile(r"[!#-&*+/:-@\[-`{-~]")

NodeFinder = Callable[[str], str]
"""The id of the node that a name means, or ""."""


def plain(title: str) -> str:
    """A title's words without Markdown, or the title itself if nothing else would be left."""
    written = line(title)
    return line(grammar.inline(written, {}).text) or written


def literal(title: str) -> str:
    """A title as Markdown that shows the same words: markup is escaped."""
    words = made = line(title)
    for signs in _SIGNS if _PERHAPS.search(words) else ():
        if _says(made, words):
            break
        made = signs.sub(r"\\\1", words)
    return made


def _says(written: str, words: str) -> bool:
    """Whether a Markdown heading shows exactly these words."""
    read = markdown.read(f"# {written}", 0)
    same = read.title is not None and read.title.text == words and not read.title_links
    return same and hide_comments(written).text == written


class LinkedText(NamedTuple):
    """A text with links by our ids, and the names in wikilinks that lead to no node."""

    text: str
    unknown: tuple[str, ...]


def link_known_nodes(text: str, naming: NodeFinder) -> LinkedText:
    """The text with links to known nodes in our form, `[[id|words]]`. Other wikilinks become plain
    words; other links stay.
    """
    shown = hide_comments(text).text
    found = links((), markdown.read(shown, 0), Lines(shown))
    unknown = [each.target for each in found if each.form == "wiki" and not _node_id(each, naming)]
    made = replaced(text, Lines(text), _links(found, naming, keep=False))
    return LinkedText(made, tuple(unknown))


def replace_names(text: str, naming: NodeFinder) -> str:
    """A file in which our ids replace names, and nothing else changes."""
    lines = Lines(text)
    spliced = [*_links(addresses(text), naming, keep=True), *_bare(text, naming)]
    return replaced(text, lines, iter(spliced))


def demote_headings(text: str) -> str:
    """The text with second-level headings in place of first-level ones, because a file has one
    title.
    """
    rows = text.split("\n")
    for event in grammar.blocks(text)[0]:
        if event.type != "heading" or event.level != 1:
            continue
        row = event.line
        below = row + event.content.count("\n") + 1
        if below < len(rows) and re.fullmatch(r"[ >]*=+[ \t]*", rows[below]):
            rows[below] = rows[below].replace("=", "-")
        else:
            rows[row] = rows[row].replace("#", "##", 1)
    return "\n".join(rows)


def value(written: str | Sequence[str]) -> str:
    """A value or a list as YAML. Text in brackets is a list or a mapping only if YAML reads it as
    one.
    """
    if not isinstance(written, str):
        return f"[{', '.join(map(_inner, written))}]"
    made = scalar(written)
    if made[:1] in "[{":
        front = frontmatter.read(Lines(f"---\nkey: {made}\n---\n"))
        if front is None or front.diagnostics or "[[" in made:
            made = json.dumps(made, ensure_ascii=False)
    return _without_placeholders(made)


def _inner(written: str) -> str:
    """An item of a list, quoted if it contains characters that would end it."""
    made = scalar(written)
    bare = made[:1] != '"' and re.search(r"[\[\]{},]", made)
    return _without_placeholders(json.dumps(made, ensure_ascii=False) if bare else made)


def _without_placeholders(made: str) -> str:
    """The YAML in a form that does not turn its file into a template: here, `{{name}}` is text."""
    if not is_template(made):
        return made
    quoted = made if made[:1] == '"' else json.dumps(made, ensure_ascii=False)
    return re.sub(r"\{(?=\{)|<(?=%)|\$(?=\{)", lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _links(found: Sequence[Link], naming: NodeFinder, *, keep: bool) -> Iterator[tuple[Place, str]]:
    """What replaces each link or its target. With `keep`, unknown links stay."""
    for link in found:
        node_id = _node_id(link, naming)
        words = re.sub(r"[\[\]|]", " ", link.words or link.target).strip()
        if link.form == "markdown":
            if node_id:
                yield link.at, f"[[{node_id}|{words}]]"
        elif not keep:
            yield link.at, f"[[{node_id}|{words}]]" if node_id else words
        elif node_id and fold(node_id) != fold(link.target) and link.target_at != link.at:
            yield link.target_at, node_id


def _node_id(link: Link, naming: NodeFinder) -> str:
    """The id of the node that a link leads to, or ""."""
    target = unquote(link.target) if link.form == "markdown" else link.target
    if link.form == "markdown" and ("://" in target or not target.casefold().endswith(MARKDOWN)):
        return ""
    return naming(target) or naming(_stem(target))


def _stem(target: str) -> str:
    """The name of the file that a path leads to, without its suffix."""
    name = target.rpartition("/")[2]
    ending = next((each for each in MARKDOWN if name.casefold().endswith(each)), "")
    return name[: len(name) - len(ending)]


def _bare(text: str, naming: NodeFinder) -> Iterator[tuple[Place, str]]:
    """Names without brackets in front matter fields that name nodes."""
    for entry in parse(text).entries:
        kind = entry.kind.text if entry.kind else ""
        known = ("parent", *(referring(KINDS[kind]) if kind in KINDS else ()))
        inside = {link.at for link in entry.links}
        for field in entry.fields if not entry.id else ():
            for scalar_ in scalars(field.value) if field.name in known else ():
                node_id = naming(scalar_.text) if "[" not in scalar_.text else ""
                if node_id and fold(node_id) != fold(scalar_.text) and scalar_.at not in inside:
                    yield scalar_.at, scalar(node_id)


def replaced(text: str, lines: Lines, changes: Iterator[tuple[Place, str]]) -> str:
    """The text with each place replaced. If places overlap, the first wins."""
    made, end = [], 0
    for at, words in sorted(changes, key=lambda each: each[0]):
        start = lines.offset(at.line, at.column)
        if start >= end:
            made += [text[end:start], words]
            end = lines.offset(at.end_line, at.end_column)
    return "".join((*made, text[end:]))
