"""Rewrites a name after its node, or the file around it, got another id or path."""

import json
import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath, relpath
from urllib.parse import quote, unquote

from ost.edit.content_folder import ContentFolder
from ost.edit.mentions import FILE, Naming
from ost.read.document import stem_of
from ost.read.letters import composed, fold
from ost.read.suffixes import MARKDOWN

_PLAIN = re.compile(r"(?:\.{0,2}/)*[^\W_](?:[\w./-]|[ ](?=[\w./-]))*")
_EMPTY = frozenset({"null", "Null", "NULL", "~"})
_INDEX = "index.md"


class Moves:
    """The new names of ids and files."""

    def __init__(self, ids: Mapping[str, str], paths: Mapping[str, str]) -> None:
        """Both map old to new."""
        self.ids, self.paths = ids, paths

    def path(self, path: str) -> str:
        """The new path of a file."""
        return self.paths.get(path, path)


def retargeted(folder: ContentFolder, mention: Naming, moves: Moves) -> str | None:
    """The new target of a mention; None if it stays."""
    if mention.form == FILE:
        return _file(folder, mention, moves)
    written = mention.target
    if mention.form == "markdown" or composed(written).casefold().endswith(MARKDOWN):
        return _path(folder, mention, moves)
    if mention.node is None:
        return None
    new = moves.ids.get(mention.node, mention.node)
    lead, slash, name = written.replace("\\", "/").rpartition("/")
    if fold(name) != fold(mention.node):
        return None  # a former id, which still leads there
    at = folder.entries[mention.node][0][0]
    old_path, new_path = _stem(at), _stem(moves.path(at))
    if slash and f"/{old_path}".endswith(f"/{composed(lead)}/{mention.node}"):
        kept = new_path.split("/")
        whole = old_path == composed(f"{lead}/{name}")
        made = new_path if whole else "/".join(kept[-written.count("/") - 1 :])
        return made if made != composed(written) else None
    return f"{lead}{slash}{new}" if new != mention.node else None


def _path(folder: ContentFolder, mention: Naming, moves: Moves) -> str | None:
    """A target that is a path, in the style it was written in."""
    address, mark, query = mention.target.replace("\\", "/").partition("?")
    place = composed(unquote(address))
    path, moved_to = mention.path, moves.path(mention.path)
    if not place or ":" in place.split("/")[0] or place.startswith("#"):
        return None
    for base, prefix in _bases(path, place):
        for suffix in ("", *MARKDOWN, f"/{_INDEX}"):
            found = _actual(folder, normpath(join(base, _rest(place, prefix)) + suffix))
            if found is None:
                continue
            moved = moves.path(found)
            if moved == found:
                target = _rebased(place, path, moved_to) if _is_relative(place, prefix) else place
            elif prefix is None:
                target = relative(_without(moved, suffix), dirname(moved_to))
                target = f"./{target}" if place.startswith("./") and target[0] != "." else target
            else:
                target = f"{prefix}{_without(moved, suffix)}"
            return None if target == place else _encoded(mention, address, target) + mark + query
    if mention.node is not None and mention.node in moves.ids:
        lead, slash, name = place.rpartition("/")
        ending = next((each for each in MARKDOWN if name.casefold().endswith(each)), "")
        if fold(name[: len(name) - len(ending)]) == fold(mention.node):
            target = f"{lead}{slash}{moves.ids[mention.node]}{ending}"
            return _encoded(mention, address, target) + mark + query
    if mention.node is not None or mention.form != "markdown" or place.startswith("/"):
        return None
    # It leads to a file beside the content or to nothing, and keeps doing so.
    target = _rebased(place, path, moved_to)
    return None if target == place else _encoded(mention, address, target) + mark + query


def _is_relative(place: str, prefix: str | None) -> bool:
    """Whether a path is relative to its file's folder or climbs out of it."""
    return prefix is None or place.startswith("../")


def _rebased(place: str, here: str, there: str) -> str:
    """A relative path in one file, rewritten for another file."""
    if dirname(here) == dirname(there):
        return place
    made = relative(join(dirname(here), place), dirname(there))
    made = f"{made}/" if place.endswith("/") else made
    return f"./{made}" if place.startswith("./") and made[0] != "." else made


def relative(path: str, folder: str) -> str:
    """A path relative to a folder; both begin at the content and may climb out of it."""
    top = "/x" * 30
    return relpath(f"{top}/{path}", f"{top}/{folder}")


def _bases(here: str, place: str) -> list[tuple[str, str | None]]:
    """The folders that a path may begin at, each with its prefix (None: relative)."""
    found: list[tuple[str, str | None]] = []
    if not place.startswith("/"):
        found.append((dirname(here), None))
    found.append(("", "/" if place.startswith("/") else ""))
    parts = place.lstrip("/").split("/")
    for start in range(1, min(len(parts), 4 + parts.count(".."))):
        lead = place[: len(place) - len("/".join(parts[start:]))]
        found.append(("", lead))
    return found


def _rest(place: str, prefix: str | None) -> str:
    return place if prefix is None else place[len(prefix) :]


def _actual(folder: ContentFolder, path: str) -> str | None:
    """The file at a path, with its name as spelt."""
    if path.startswith(".."):
        return None
    if folder.exists(path):
        return path
    return folder.spelt.get(path)


def _without(path: str, suffix: str) -> str:
    """A path without the suffix that the mention left out."""
    if not suffix:
        return path
    if path.endswith(f"/{_INDEX}"):
        return path.removesuffix(f"/{_INDEX}")
    return _stem(path)


def _stem(path: str) -> str:
    """A path without its suffix; the folder for an `index.md`."""
    lead, slash, _ = path.rpartition("/")
    if path.casefold().endswith(f"/{_INDEX}"):
        return composed(lead)
    return f"{composed(lead)}{slash}{stem_of(path)}"


def _encoded(mention: Naming, before: str, made: str) -> str:
    """The path, encoded if it is a Markdown address."""
    if mention.form != "markdown":
        return made
    if " " in before or not re.search(r"[\s()<>%?#]", made):
        return made
    return quote(made, safe="/.-_~!$&'*+,;=:@" + "".join(c for c in made if ord(c) > 127))


def _file(folder: ContentFolder, mention: Naming, moves: Moves) -> str | None:
    """A transcript named in front matter, from the file's own folder or from the top."""
    here, there = dirname(mention.path), dirname(moves.path(mention.path))
    if ":" in mention.target.split("/")[0]:
        return None
    for base in (here, ""):
        found = normpath(f"{base}/{mention.target.strip()}").lstrip("/")
        if not folder.exists(found):
            continue
        moved = moves.path(found)
        if moved == found and (here == there or base != here or mention.target.startswith("/")):
            return None
        if base != here or mention.target.startswith("/"):
            return moved
        return relative(moved, there)
    return None


def as_value(name: str, before: str, after: str) -> str:
    """A name as a value of front matter: in the quotes around it, or by itself."""
    if before == after == '"':
        return _inner(name)
    if before == after == "'":
        return name.replace("'", "''")
    return scalar(name)


def scalar(name: str) -> str:
    """A name as a value that YAML reads back unchanged, also in a list."""
    plain = _PLAIN.fullmatch(name) and name not in _EMPTY
    return name if plain else f'"{_inner(name)}"'


def _inner(name: str) -> str:
    return json.dumps(name, ensure_ascii=False)[1:-1]
