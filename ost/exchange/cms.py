"""The settings of a git-based CMS (Sveltia, Decap), made from the kinds: kinds are collections,
fields are widgets, and saving opens a pull request.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ost.exchange.forges import HostedRepository
from ost.tree.forms import FieldForm, forms
from ost.tree.model import KINDS, Node

LEFT_OUT = frozenset({"measurements"})
"""Fields without a widget: maps from days to values. A CMS does not touch fields without a widget.
"""

BODY = "body"
"""A CMS's own name for the text below the front matter."""

_HEAD = """\
# Collections and fields for Sveltia CMS or Decap CMS, made by `ost init --cms` of the kinds.
# The page beside this file (index.html) is the editor; `ost help write-without-git` says where to
# host both. Change it freely: `ost` reads it nowhere.
"""


def settings(
    content: str, folders: Mapping[str, str], at: HostedRepository | None, branch: str
) -> str:
    """The file `config.yml`. `folders` holds the folder of each kind, inside the content folder."""
    value = {
        "backend": _backend(at, branch),
        "publish_mode": "editorial_workflow",
        "media_folder": _joined(content, "files"),
        "public_folder": "/files",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [_collection(each, content, folders) for each in KINDS.values()],
    }
    return f"{_HEAD}\n" + "".join(f"{each}\n" for each in _lines(value, ""))


def _backend(at: HostedRepository | None, branch: str) -> dict[str, Any]:
    if at is None:
        return {"name": "github", "repo": "OWNER/REPOSITORY", "branch": branch}
    made: dict[str, Any] = {"name": at.kind, "repo": at.path, "branch": branch}
    if at.host not in {"github.com", "gitlab.com"}:
        root = f"{at.scheme}://{at.host}"
        made["base_url"] = root
        made["api_root"] = f"{root}/{'api/v4' if at.kind == 'gitlab' else 'api/v1'}"
        if at.kind == "github":
            made["api_root"] = f"{root}/api/v3"
    return made


def _collection(kind: type[Node], content: str, folders: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": kind.plural,
        "label": kind.plural.capitalize(),
        "label_singular": kind.kind.capitalize(),
        "description": kind.summary(),
        "folder": _joined(content, folders.get(kind.kind, kind.plural)),
        "create": True,
        "format": "yaml-frontmatter",
        "extension": "md",
        "identifier_field": "title",
        "slug": "{{title}}",
        "summary": "{{slug}}",
        "filter": {"field": "kind", "value": kind.kind},
        "fields": [
            {"name": "kind", "label": "Kind", "widget": "hidden", "default": kind.kind},
            {
                "name": "title",
                "label": "Title",
                "widget": "string",
                "required": False,
                "hint": "Of a new page: its file, and so its id, is named after it. Older pages "
                "have it as their first heading.",
            },
            *(_widget(each, kind) for each in forms(kind).values() if each.name not in LEFT_OUT),
            {
                "name": BODY,
                "label": "Text",
                # A rich editor would write `[[links]]` in another way than it found them.
                "widget": "text",
                "required": False,
                "hint": "Markdown. [[id]] links a node, [12:34] names a time in the recording.",
            },
        ],
    }


def _widget(form: FieldForm, kind: type[Node]) -> dict[str, Any]:
    """A field as a widget. No field is required: an empty one is for the rules to judge."""
    label = form.name.replace("_", " ").capitalize()
    widget: dict[str, Any] = {"name": form.name, "label": label, "required": False}
    if form.meaning:
        widget["hint"] = form.meaning
    if form.name == "parent":
        return widget | _chosen(kind.under)
    if form.name in KINDS:
        return widget | _chosen((form.name,))
    if form.parts:
        fields = [_widget(each, kind) for each in form.parts.values()]
        return widget | {"widget": "list" if form.list else "object", "fields": fields}
    if form.list:
        return widget | {"widget": "list"}
    if form.choices:
        options = [{"label": name, "value": name} for name in form.choices]
        return widget | {"widget": "select", "options": options}
    return widget | _SINGLE[form.type]


_SINGLE: Mapping[str, dict[str, Any]] = {
    "text": {"widget": "string"},
    "node": {"widget": "string"},
    "parts": {"widget": "object", "fields": []},
    "truth": {"widget": "boolean"},
    "number": {"widget": "number", "value_type": "float", "step": 0.01},
    "day": {
        "widget": "datetime",
        "format": "YYYY-MM-DD",
        "date_format": "YYYY-MM-DD",
        "time_format": False,
    },
}


def _chosen(kinds: Sequence[str]) -> dict[str, Any]:
    """The value of a link to one node: chosen from a list if its kinds are one collection,
    otherwise typed as an id.
    """
    if len(kinds) != 1:
        return {"widget": "string"}
    return {
        "widget": "relation",
        "collection": KINDS[kinds[0]].plural,
        "value_field": "{{slug}}",
        "search_fields": ["{{slug}}", "title"],
        "display_fields": ["{{slug}}"],
    }


def _joined(folder: str, name: str) -> str:
    return "/".join(each for each in (folder.strip("/."), name.strip("/")) if each)


def _lines(value: object, indent: str) -> Iterator[str]:
    """A value as YAML: blocks with plain keys, and all text in quotes as in JSON."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if isinstance(inner, Mapping | list) and inner:
                yield f"{indent}{key}:"
                yield from _lines(inner, f"{indent}  ")
            else:
                yield f"{indent}{key}: {json.dumps(inner, ensure_ascii=False)}"
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            first, *rest = _lines(inner, f"{indent}  ")
            yield f"{indent}- {first.removeprefix(f'{indent}  ')}"
            yield from rest
    else:
        yield f"{indent}{json.dumps(value, ensure_ascii=False)}"
