"""Turns the front matter of notes into that of a draft, and lists the rest."""

import re
from collections.abc import Iterator

from msgspec import Struct

from ost.read import frontmatter
from ost.read.document import Field
from ost.read.place import Lines
from ost.read.value import Mapping, Scalar, Value, scalars
from ost.tree.values import day_of

_DAYS = ("date", "published", "recorded", "pubdate", "recorded_on", "published_on", "day")
_AS_THEY_ARE = ("segment", "consent", "duration", "guide")
_RENAMED = {"length": "duration"}
_PEOPLE = ("participant", "participants")
_KNOWN = frozenset(("title", "name", "kind", "recruited", "tags", "type"))
_SOUND = ("recording", "audio", "audio_url", "enclosure", "video", "video_url", "url", "link")
_FILES = (".vtt", ".srt", ".txt", ".md")


class DraftFrontMatter(Struct, frozen=True):
    """Lines for the draft's front matter, tags, and the unused lines, each with its number (from
    one) and text.
    """

    lines: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    recording: str = ""
    people: bool = False
    strange: tuple[tuple[int, str], ...] = ()


def draft_front_matter(text: str, video: str) -> DraftFrontMatter:
    """The part of the notes' front matter that goes into the draft. `video` is the address already
    found there.
    """
    lines = Lines(text)
    front = frontmatter.read(lines)
    if front is None:
        return DraftFrontMatter()
    made: dict[str, str] = {}
    tags: tuple[str, ...] = ()
    recording = ""
    strange: list[tuple[int, str]] = []
    for field in front.fields:
        name = field.name.casefold().replace("-", "_")
        values = tuple(_texts(field.value))
        if name == "tags":
            tags = values
        elif name in _SOUND and not video and not recording and values[:1] and "://" in values[0]:
            recording = values[0]
        elif not (_put(made, name, field, values) or name in _KNOWN or _holds(values, video)):
            strange.append((field.key_at.line + 1, lines.line(field.key_at.line).strip()))
    return DraftFrontMatter(
        tuple(f"{name}: {value}" for name, value in made.items()),
        tags,
        recording,
        "participant" in made,
        tuple(strange),
    )


def _put(made: dict[str, str], name: str, field: Field, values: tuple[str, ...]) -> bool:
    """Copies a field if it is one of ours."""
    one = values[0] if len(values) == 1 and isinstance(field.value, Scalar) else ""
    if name in _DAYS and one and (day := day_of(one)) is not None:
        return made.setdefault("date", day.isoformat()) == day.isoformat()
    if name in _PEOPLE and values:
        made["participant"] = _scalar(values[0]) if len(values) == 1 else _flow_list(values)
        return True
    if name == "transcript" and one.casefold().endswith(_FILES):
        made["transcript"] = _scalar(one)
        return True
    name = _RENAMED.get(name, name)
    if name in _AS_THEY_ARE and one:
        made.setdefault(name, _scalar(one))
        return True
    return False


def _holds(values: tuple[str, ...], video: str) -> bool:
    """Whether a field only names the recording, which the draft has anyway."""
    identity = video.rpartition("/")[2]
    return bool(identity) and bool(values) and all(identity in each for each in values)


def _texts(value: Value) -> Iterator[str]:
    for scalar in scalars(value):
        if scalar.text.strip() and scalar.type != "null":
            yield scalar.text.strip()


def video_id(text: str) -> str:
    """The id of a video, if front matter gives only that: `ids: {youtube: …}`."""
    front = frontmatter.read(Lines(text))
    ids = (
        inner.text.strip()
        for field in (front.fields if front else ())
        if isinstance(field.value, Mapping)
        for key, inner in field.value.pairs
        if isinstance(inner, Scalar) and key.text.casefold().startswith(("youtube", "yt"))
    )
    found = (re.search(r"(?:^|[/=])([\w-]{11})$", each, re.ASCII) for each in ids)
    return next((each[1] for each in found if each), "")


def _scalar(text: str) -> str:
    from json import dumps

    plain = re.fullmatch(r"[\w./(][^#\n]*", text) and not re.search(r":(\s|$)|\s$", text)
    return text if plain and not re.fullmatch(r"[\d:.]+", text) else dumps(text, ensure_ascii=False)


def _flow_list(values: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_scalar, values))}]"
