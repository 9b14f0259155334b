"""The settings of a project in `ost.toml`. No settings file is needed to start.

A mistake is reported at its place, and the mistaken setting is ignored.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import msgspec
from msgspec import Meta, Struct

from ost.disk.fence import OUTSIDE, SPECIAL, Fence
from ost.errors import Misuse, Trouble
from ost.expression import expression
from ost.limits import LARGEST_SETTINGS, read_limited
from ost.words import lower_first

if TYPE_CHECKING:
    # Needed only for mistakes, so imported only if there are any.
    from ost.settings.toml import Spot, Wrong

FILE = "ost.toml"
MISTAKEN = "OST035"
"""The code of a mistake in the settings."""

_PLACE = expression(r"\{\w*\}")
_PLACES = ("{path}", "{line}")
"""What `edit_url` may contain."""

Has = Callable[[str], bool]
"""Whether a folder of that name exists."""


class Mistake(NamedTuple):
    """A mistake in the settings, and its place."""

    at: "Spot"
    message: str


class PathSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Settings for some of a project's files."""

    select: Annotated[
        tuple[str, ...], Meta(description="Apply only these rules to them; all if empty.")
    ] = ()
    ignore: Annotated[tuple[str, ...], Meta(description="Ignore these rules for them.")] = ()
    severity: Annotated[
        dict[str, Literal["error", "warning", "note"]],
        Meta(description='The severity of rules there: `single-solution = "note"`.'),
    ] = msgspec.field(default_factory=dict)


class FieldSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A project's settings for front matter."""

    ignore: Annotated[
        tuple[str, ...], Meta(description="Fields of the team's own, which mean nothing here.")
    ] = ()


class PublishSettings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A project's settings for publishing."""

    profile: Annotated[
        Literal["team", "public"],
        Meta(description="`public` leaves out people's words and names; `team` publishes all."),
    ] = "team"
    transcripts: Annotated[
        bool, Meta(description="Whether the file holds the transcripts of interviews.")
    ] = True
    authors: Annotated[
        bool, Meta(description="Whether its history names the authors of commits.")
    ] = True


CAREFUL = PublishSettings(profile="public", transcripts=False, authors=False)
"""The settings for publishing if `[publish]` has a mistake: the safest ones."""


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A project's settings. Every field has a default."""

    content: Annotated[
        str,
        Meta(
            description="The Markdown files' folder; by default `content` if it exists, else `.`."
        ),
    ] = "."
    title: Annotated[str, Meta(description="The title of the pages.")] = ""
    edit_url: Annotated[
        str,
        Meta(description="The address for editing a file, with `{path}` and `{line}`."),
    ] = ""
    exclude: Annotated[
        tuple[str, ...],
        Meta(description="Files to ignore: patterns relative to `content`, such as `drafts/**`."),
    ] = ()
    select: Annotated[
        tuple[str, ...],
        Meta(description="Apply only these rules, by name, code or start of a code; all if empty."),
    ] = ()
    ignore: Annotated[
        tuple[str, ...],
        Meta(description="Ignore these rules, by name, code or start of a code."),
    ] = ()
    sections: Annotated[
        dict[str, tuple[str, ...]],
        Meta(description='More headings for the parts of a snapshot: `story = ["How it went"]`.'),
    ] = msgspec.field(default_factory=dict)
    kinds: Annotated[
        dict[str, tuple[str, ...]],
        Meta(description='Further words for kinds: `opportunity = ["pain point"]`.'),
    ] = msgspec.field(default_factory=dict)
    fields: Annotated[
        FieldSettings,
        Meta(
            description='Front matter to leave alone: `[fields]`, and below it `ignore = ["jira"]`.'
        ),
    ] = FieldSettings()
    rules: Annotated[
        dict[str, dict[str, object]],
        Meta(
            description="Options of rules, and their `severity`: `[rules.single-solution]`, and "
            'below it `scope = "all"`.'
        ),
    ] = msgspec.field(default_factory=dict)
    paths: Annotated[
        dict[str, PathSettings],
        Meta(
            description='Settings for some files, by pattern: `[paths."archive/**"]`, and below '
            'it `ignore = ["OST3"]`. The last matching pattern wins.'
        ),
    ] = msgspec.field(default_factory=dict)
    publish: Annotated[
        PublishSettings,
        Meta(description='What to leave out: `[publish]`, and below it `profile = "public"`.'),
    ] = PublishSettings()
    glossary: Annotated[
        tuple[str, ...],
        Meta(description="The product's own nouns, which a customer's need would not name."),
    ] = ()
    baseline: Annotated[
        str,
        Meta(description="The file of findings to hide, written by `ost check --write-baseline`."),
    ] = ""
    text: str = ""
    """The file's text, for the places of mistakes; not a setting."""


NAMES = tuple(each for each in Settings.__struct_fields__ if each != "text")
"""The settings that `ost.toml` may contain."""


def load(start: Path) -> tuple[Path, Settings]:
    """The project's root and its settings.

    The root is the nearest folder, from `start` upwards, that has an `ost.toml`; else `start`
    (or, for a file, its folder).
    """
    if not start.exists():
        raise Misuse(f"no folder {start}")
    folder = (start if start.is_dir() else start.parent).resolve()
    for place in (folder, *folder.parents):
        if (place / FILE).is_file():
            return place, read(place)
    return folder, defaults(folder)


def defaults(root: Path) -> Settings:
    """The settings of a root without `ost.toml`."""
    return without_file(_folders(root))


def without_file(has: "Has") -> Settings:
    """The settings without an `ost.toml`."""
    return _settled(Settings(), has, {})


def read(root: Path) -> Settings:
    """The valid settings in a root's `ost.toml`."""
    file, fence = root / FILE, Fence(root)
    found = fence.resolve(FILE, settings=True)
    if found.why in {OUTSIDE, SPECIAL}:
        raise Misuse(f"{file}: leads out of the project or is not a file; replace it")
    try:
        handle = fence.open(found.path or FILE)
        text = read_limited(file, LARGEST_SETTINGS, handle).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Trouble(f"{file}: cannot be read: {error}") from None
    settings = of_text(text, file, _folders(root))
    for name in ("content", "baseline"):
        written = getattr(settings, name)
        why = fence.resolve(written, settings=True).why if written else ""
        if why == OUTSIDE:
            raise _refused(file, text, name, f"{written!r} leads out of the project")
    return settings


def of_text(text: str, file: Path | str, has: "Has") -> Settings:
    """The valid settings in a text; `file` is its name, and `has` tells whether a folder exists
    beside it.
    """
    written = parse_toml(file, text)
    settings = _settled(_quickly(written) or _understood(written)[0], has, written)
    if not has(settings.content):
        raise _refused(file, text, "content", f"no folder {settings.content!r}")
    return msgspec.structs.replace(settings, text=text)


def _refused(file: Path | str, text: str, name: str, message: str) -> Misuse:
    from ost.settings.toml import Spots

    return Misuse(f"{file}:{Spots(text).key((name,)).line + 1}: {name}: {message}")


def mistakes(
    settings: Settings,
    kinds: Collection[str],
    parts: Collection[str],
    further: "Iterable[Wrong]" = (),
) -> tuple[Mistake, ...]:
    """The mistakes in the settings, in the order of the file, with `further` ones. `kinds` are
    those of nodes and `parts` those of a snapshot, for which settings may name further words.
    """
    import tomllib

    understood, wrong = _understood(tomllib.loads(settings.text))
    found = [*wrong, *_misnamed(understood, kinds, parts)]
    found += [*_meaningless(understood, kinds), *further]
    if not found:
        return ()
    from ost.settings.toml import Spots

    spots = Spots(settings.text)
    return tuple(sorted(Mistake(spots.of(each), each.said()) for each in found))


def parse_toml(file: Path | str, text: str) -> dict[str, Any]:
    """The values in a TOML text; a usage error names the file and the line of a mistake."""
    import tomllib

    try:
        return tomllib.loads(text)
    except RecursionError:
        raise Misuse(f"{file}: lists are nested too deeply; flatten them") from None
    except tomllib.TOMLDecodeError as error:
        message, _, where = str(error).partition(" (at ")
        numbers = ":".join(re.findall(r"\d+", where)) or str(text.rstrip("\n").count("\n") + 1)
        if message.startswith("Illegal character '\\n'"):
            message = "a text in this line has no closing quotation mark"
        raise Misuse(f"{file}:{numbers}: {lower_first(message)}") from None
    except ValueError:
        raise Misuse(f"{file}: a number has thousands of digits; shorten it") from None


def _folders(root: Path) -> "Has":
    return lambda name: (root / name).is_dir()


def _settled(settings: Settings, has: "Has", written: Mapping[str, object]) -> Settings:
    """The settings, with a default for `content` and the parts of a snapshot by name."""
    content = settings.content
    if not isinstance(written.get("content"), str) and has("content"):
        content = "content"
    sections = {_part(name): headings for name, headings in settings.sections.items()}
    return msgspec.structs.replace(settings, content=content, sections=sections)


def _part(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _quickly(written: Mapping[str, Any]) -> Settings | None:
    """The settings, if they contain no mistake."""
    if "text" in written:
        return None
    try:
        return msgspec.convert(written, Settings)
    except msgspec.ValidationError:
        return None


def _understood(written: Mapping[str, Any]) -> "tuple[Settings, list[Wrong]]":
    """The valid settings, and the mistakes."""
    from ost.settings.conversion import fields

    wrong: list[Wrong] = []
    settings = Settings(**fields(Settings, written, (), wrong))
    # What was meant to be left out is left out, also where it was misspelt.
    if any(each.keys[:1] == ("publish",) for each in wrong):
        settings = msgspec.structs.replace(settings, publish=CAREFUL)
    return settings, wrong


def _misnamed(
    settings: Settings, kinds: Collection[str], parts: Collection[str]
) -> "Iterator[Wrong]":
    """The names of tables that are not a kind's or a part's."""
    from ost.settings.conversion import suggest
    from ost.settings.toml import Wrong

    for name in settings.sections:
        if _part(name) not in parts:
            message = f"{name!r} is not a part of a snapshot{suggest(name, parts)}"
            yield Wrong(("sections", name), message, of_key=True)
    for name in settings.kinds:
        if name not in kinds:
            yield Wrong(
                ("kinds", name), f"{name!r} is not a kind{suggest(name, kinds)}", of_key=True
            )


def _meaningless(settings: Settings, kinds: Collection[str]) -> "Iterator[Wrong]":
    """Values that are of the right type and can mean nothing."""
    from ost.settings.toml import Wrong

    for name, words in settings.kinds.items():
        for number, word in enumerate(words):
            if word in kinds and word != name:
                yield Wrong(("kinds", name, number), f"{word!r} is a kind of its own; remove it")
    for number, name in enumerate(settings.fields.ignore):
        if name == "kind":
            said = "'kind' says what a node is, so it cannot be ignored; remove it"
            yield Wrong(("fields", "ignore", number), said)
    unknown = [each for each in _PLACE.findall(settings.edit_url) if each not in _PLACES]
    for place in unknown:
        yield Wrong(("edit_url",), f"{place} means nothing here; use {' and '.join(_PLACES)}")
    if settings.edit_url and not unknown and _PLACES[0] not in settings.edit_url:
        yield Wrong(("edit_url",), "no {path}, so it opens the same page for each file; add it")
