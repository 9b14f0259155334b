"""The settings of a project: what `ost.toml` may say. No settings file is needed to start."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from ost.errors import Misuse, Trouble

FILE = "ost.toml"
PARTS = ("quick facts", "memorable quote", "story", "opportunities", "insights")
"""The parts of a snapshot, for which settings may name further headings."""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a project decides for itself. Every field has a default."""

    content: Annotated[
        str,
        Meta(description="The folder of the Markdown files; `content` if there is one, else `.`."),
    ] = "."
    title: Annotated[str, Meta(description="What the pages are called.")] = ""
    edit_url: Annotated[
        str,
        Meta(description="Where a file is edited in the browser: holds `{path}` and `{line}`."),
    ] = ""
    exclude: Annotated[
        tuple[str, ...],
        Meta(description="Files to leave alone: patterns below `content`, such as `drafts/**`."),
    ] = ()
    select: Annotated[
        tuple[str, ...],
        Meta(description="The only rules to apply, by name, code or its beginning; all if empty."),
    ] = ()
    ignore: Annotated[
        tuple[str, ...], Meta(description="Rules not to apply, by name, code or its beginning.")
    ] = ()
    sections: Annotated[
        dict[str, tuple[str, ...]],
        Meta(description='Further headings for the parts of a snapshot: `story = ["Ablauf"]`.'),
    ] = msgspec.field(default_factory=dict)
    rules: Annotated[
        dict[str, dict[str, object]],
        Meta(
            description='Options of rules: `[rules.single-solution]` and below it `scope = "all"`.'
        ),
    ] = msgspec.field(default_factory=dict)


def load(start: Path) -> tuple[Path, Settings]:
    """The project's root and its settings.

    The root is the nearest folder, from `start` upwards, that has an `ost.toml`; else `start`
    (or, for a file, its folder).
    """
    if not start.exists():
        raise Misuse(f"there is no folder {start}")
    folder = (start if start.is_dir() else start.parent).resolve()
    for each in (folder, *folder.parents):
        if (each / FILE).is_file():
            return each, read(each)
    return folder, defaults(folder)


def defaults(root: Path) -> Settings:
    """The settings of a root without `ost.toml`."""
    return _settled(Settings(), root, {})


def read(root: Path) -> Settings:
    """The settings in a root's `ost.toml`."""
    import tomllib

    file = root / FILE
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{file}: cannot be read: {error}") from None
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said, _, where = str(error).partition(" (at ")
        numbers = ":".join(re.findall(r"\d+", where)) or str(text.rstrip("\n").count("\n") + 1)
        raise Misuse(f"{file}:{numbers}: {_lower(said)}") from None
    _refuse_unknown(file, text, written)
    try:
        settings = msgspec.convert(written, Settings)
    except msgspec.ValidationError as error:
        raise Misuse(_mistyped(file, text, str(error))) from None
    settings = _settled(settings, root, written)
    if not (root / settings.content).is_dir():
        at = _line(text, "content")
        raise Misuse(f"{file}:{at}: content: there is no folder {settings.content!r}")
    return settings


def located(root: Path, message: str) -> str:
    """What is said of a setting (`rules.single-solution: ...`), with its file and line."""
    key = message.partition(":")[0]
    file = root / FILE
    if key.partition(".")[0] not in Settings.__struct_fields__ or not file.is_file():
        return message
    text = file.read_text("utf-8-sig")
    return f"{file}:{_line(text, key.rpartition('.')[2])}: {message}"


def _settled(settings: Settings, root: Path, written: Mapping[str, object]) -> Settings:
    """With `content` as the folder's shape suggests, and the parts of a snapshot by their names."""
    content = settings.content
    if "content" not in written and (root / "content").is_dir():
        content = "content"
    sections = {_part(name): headings for name, headings in settings.sections.items()}
    return msgspec.structs.replace(settings, content=content, sections=sections)


def _part(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _refuse_unknown(file: Path, text: str, written: Mapping[str, object]) -> None:
    for key in written:
        if key not in Settings.__struct_fields__:
            raise Misuse(_unknown(file, text, key, Settings.__struct_fields__, "setting"))
    sections = written.get("sections")
    for key in sections if isinstance(sections, Mapping) else ():
        if _part(key) not in PARTS:
            raise Misuse(_unknown(file, text, key, PARTS, "part of a snapshot"))


def _unknown(file: Path, text: str, key: str, known: Iterable[str], what: str) -> str:
    from difflib import get_close_matches

    names = tuple(known)
    near = get_close_matches(key, names, n=1, cutoff=0.6)
    meant = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(names)}"
    return f"{file}:{_line(text, key)}: {key!r} is no {what}; {meant}"


def _mistyped(file: Path, text: str, problem: str) -> str:
    """Msgspec says "Expected `str`, got `int` - at `$.title`"; TOML has its own words for types."""
    said, _, where = problem.partition(" - at ")
    keys = re.findall(r"\.([\w-]+)", where)
    for python, toml in (("`array`", "a list"), ("`str`", "text"), ("`object`", "a table")):
        said = said.replace(python, toml)
    said = said.replace("`int`", "a number").replace("`bool`", "true or false").replace("`", "")
    key = ".".join(keys) or "settings"
    return f"{file}:{_line(text, keys[0] if keys else '')}: {key}: {_lower(said)}"


def _line(text: str, key: str) -> int:
    """The line a key stands on, from 1; the first when it cannot be found."""
    named = re.compile(rf"""\s*(?:\[[\w.\s"'-]*?)?["']?{re.escape(key)}["']?\s*[\].=]""")
    for number, line in enumerate(text.split("\n"), 1):
        if key and named.match(line):
            return number
    return 1


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
