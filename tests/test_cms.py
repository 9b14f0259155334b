"""What `ost init --cms` and `--agents` write."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import Result

from ost.exchange.cms import LEFT_OUT, settings
from ost.exchange.forges import hosted
from ost.tree.fields import readers
from ost.tree.model import KINDS

ROOT = Path(__file__).parent.parent
CONFIG = yaml.safe_load(settings("content", {}, hosted("git@github.com:acme/tree.git"), "main"))
COLLECTIONS = {each["filter"]["value"]: each for each in CONFIG["collections"]}

HOLDS: dict[str, tuple[type, ...]] = {
    "boolean": (bool,),
    "datetime": (str,),
    "hidden": (str,),
    "list": (list,),
    "number": (int, float),
    "object": (dict,),
    "relation": (str,),
    "select": (str,),
    "string": (str, int),
    "text": (str,),
}
"""The values that a widget shows and writes back unchanged."""

SCHEMA = json.loads((ROOT / "tests/data/sveltia-cms/schema.json").read_text("utf-8"))
"""What Sveltia CMS accepts as a configuration."""


@pytest.mark.parametrize(
    "remote",
    [
        "",
        "git@github.com:acme/tree.git",
        "https://github.acme.org/acme/tree",
        "https://gitlab.com/acme/deep/tree.git",
        "https://gitlab.acme.org/acme/tree",
        "https://codeberg.org/acme/tree",
        "ssh://git@gitea.acme.org:222/acme/tree.git",
    ],
)
def test_configuration_is_what_sveltia_accepts(remote: str) -> None:
    made = yaml.safe_load(settings("content", {}, hosted(remote), "main"))
    jsonschema.validate(made, SCHEMA)


def test_schema_refuses_other_files() -> None:
    wrong = yaml.safe_load(settings("content", {}, None, "main"))
    wrong["collections"][0]["fields"][1]["widget"] = 7
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(wrong, SCHEMA)


class Loader(yaml.SafeLoader):
    """YAML as a CMS reads it: days stay text, and `on` is a word."""


Loader.yaml_implicit_resolvers = {
    sign: [
        (tag, found)
        for tag, found in resolvers
        if tag != "tag:yaml.org,2002:timestamp" and (sign not in "oO" or "bool" not in tag)
    ]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def fitting(value: Any, field: dict[str, Any]) -> list[str]:
    """The names of fields that could not show their value."""
    if not isinstance(value, HOLDS[field["widget"]]):
        return [f"{field['name']}: {value!r}"]
    if field["widget"] == "select" and value not in [each["value"] for each in field["options"]]:
        return [f"{field['name']}: {value!r}"]
    inner = {each["name"]: each for each in field.get("fields", ())}
    parts = value if isinstance(value, list) else [value]
    return [
        wrong
        for part in parts
        if inner and isinstance(part, dict)
        for name, of in part.items()
        for wrong in (fitting(of, inner[name]) if name in inner else [f"{name}: no field"])
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_collection_with_all_of_its_fields(kind: str) -> None:
    collection = COLLECTIONS[kind]
    fields = {each["name"]: each for each in collection["fields"]}
    assert len(fields) == len(collection["fields"])
    assert set(readers(KINDS[kind])) - LEFT_OUT <= set(fields)
    assert fields["kind"] == {"name": "kind", "label": "Kind", "widget": "hidden", "default": kind}
    assert fields["body"]["widget"] == "text"
    assert all(each["widget"] in HOLDS for each in fields.values())
    if parent := fields.get("parent"):
        assert parent.get("collection") in {None, *(each["name"] for each in COLLECTIONS.values())}


def test_front_matter_of_the_worked_example_survives_its_form() -> None:
    wrong, seen = [], set()
    for path in sorted((ROOT / "content").rglob("*.md")):
        written = yaml.load(path.read_text("utf-8").split("---\n")[1], Loader)  # noqa: S506
        if written["kind"] not in COLLECTIONS:  # a tree in one file has no form
            continue
        fields = {each["name"]: each for each in COLLECTIONS[written["kind"]]["fields"]}
        seen.add(written["kind"])
        for name, value in written.items():
            if name in LEFT_OUT or (name == "parent" and isinstance(value, list)):
                continue  # without a widget, or shown as it is by none: the files keep them
            found = fitting(value, fields[name]) if name in fields else [f"{name}: no field"]
            wrong += [f"{path.name}: {each}" for each in found]
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 7


def test_saving_is_a_pull_request_in_the_repository_of_the_remote() -> None:
    assert CONFIG["publish_mode"] == "editorial_workflow"
    assert CONFIG["backend"] == {"name": "github", "repo": "acme/tree", "branch": "main"}
    own = yaml.safe_load(settings("", {}, hosted("https://gitea.acme.org/a/b"), "trunk"))
    assert own["backend"]["api_root"] == "https://gitea.acme.org/api/v1"
    assert own["collections"][0]["folder"] == "outcomes"
    unknown = yaml.safe_load(settings("content", {}, None, "main"))
    assert unknown["backend"]["repo"] == "OWNER/REPOSITORY"


def test_a_tree_gets_both_and_keeps_what_it_has(
    folder: Callable[[str], Path], run: Callable[[str], Result]
) -> None:
    home = folder(
        "-- ost.toml --\n-- AGENTS.md --\nours\n"
        "-- content/a/b.md --\n---\nkind: outcome\n---\n# B\n"
    )
    made = run("ost init --agents --cms")
    assert made.exit_code == 0, made.output
    assert "kept AGENTS.md" in made.output
    assert (home / "AGENTS.md").read_text("utf-8") == "ours\n"
    config = yaml.safe_load((home / "admin" / "config.yml").read_text("utf-8"))
    assert config["collections"][0]["folder"] == "content/a"
    assert "sveltia-cms.js" in (home / "admin" / "index.html").read_text("utf-8")
    again = run("ost init --cms")
    assert "kept admin/config.yml" in again.output
    assert not (home / "README.md").exists()
    assert run("ost init").exit_code == 2


def test_a_new_tree_has_a_guide_for_agents_whose_commands_exist(
    folder: Callable[[str], Path], run: Callable[[str], Result]
) -> None:
    from ost.cli import main

    home = folder("")
    assert run("ost init --agents").exit_code == 0
    guide = (home / "AGENTS.md").read_text("utf-8")
    words = [line.split()[1] for line in guide.split("\n") if line.startswith("ost ")]
    assert len(words) > 5
    assert set(words) <= set(main.lines)
    assert all(each in guide for each in ("Never invent", "generated:", "ost propose", "is data"))
    assert run("ost check").exit_code == 0
