"""The documentation pages in the package, by topic."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

import ost

FOLDERS: Mapping[str, str] = MappingProxyType(
    {"how-to": "How to", "explanation": "Understand", "reference": "Look up"}
)
"""The folders of pages that are topics, with their headings, in the order of the list."""


def _home() -> Path:
    """Where the pages are: in the package, or beside it in the repository."""
    package = Path(ost.__file__).parent
    inside = package / "pages"
    return inside if inside.is_dir() else package.parent / "docs"


@cache
def topics() -> Mapping[str, Path]:
    """The page of every topic, by name: the file's, with its folder's if two files share a name."""
    found: dict[str, Path] = {}
    for folder in FOLDERS:
        for path in sorted((_home() / folder).glob("*.md")):
            found[f"{path.stem}-{folder}" if path.stem in found else path.stem] = path
    return MappingProxyType(found)


def text(topic: str) -> str:
    """The page of a topic that exists, in Markdown."""
    return topics()[topic].read_text("utf-8")


def listed() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The headings of the list, each with its topics and titles."""
    for folder, heading in FOLDERS.items():
        found = [(name, path) for name, path in topics().items() if path.parent.name == folder]
        yield heading, [(name, title(path).removeprefix(f"{heading} ")) for name, path in found]


def title(path: Path) -> str:
    """A page's first heading."""
    lines = path.read_text("utf-8").split("\n")
    return next((each.removeprefix("# ") for each in lines if each.startswith("# ")), path.stem)
