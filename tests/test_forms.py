"""The values that a kind's fields may hold, as editors see them."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from docs import generate
from ost.tree.fields import names
from ost.tree.forms import forms, front_matter_schema
from ost.tree.model import KINDS

ROOT = Path(__file__).parent.parent
VALIDATOR = Draft202012Validator(front_matter_schema(KINDS.values()))


class Loader(yaml.SafeLoader):
    """YAML whose days stay text, as in JSON."""


Loader.yaml_implicit_resolvers = {
    sign: [(tag, found) for tag, found in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def front_matter(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8").split("---\n")[1], Loader)  # noqa: S506 - a safe one


@pytest.mark.parametrize("kind", KINDS)
def test_forms_are_the_fields_that_reading_knows(kind: str) -> None:
    there = set(forms(KINDS[kind]))
    assert there <= names(KINDS[kind])
    assert names(KINDS[kind]) - there <= {"kind", "title", "type", "parent"}


def test_parts_are_all_that_a_field_may_hold() -> None:
    interview = forms(KINDS["interview"])
    assert list(interview["generated"].parts) == ["by", "at"]
    assert list(interview["allow"].parts) == ["rule", "because", "until"]


def test_form_says_what_pages_call_a_field_and_whether_it_names_a_file() -> None:
    interview = forms(KINDS["interview"])
    assert {each.name for each in interview.values() if each.file} == {"recording", "transcript"}
    assert interview["duration"].label == "Length"
    assert interview["date"].label == ""


@pytest.mark.parametrize(
    "path", sorted((ROOT / "content").rglob("*.md")), ids=lambda path: path.name
)
def test_worked_example_fits_the_schema(path: Path) -> None:
    assert not [each.message for each in VALIDATOR.iter_errors(front_matter(path))]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "oportunity"},
        {"kind": "solution", "status": "done"},
        {"kind": "outcome", "target": "soon"},
        {"kind": "test", "criterion": {"at_least": "many"}},
        {"kind": "assumption", "risk": "money"},
    ],
)
def test_schema_refuses_invalid_fields(wrong: dict[str, Any]) -> None:
    assert list(VALIDATOR.iter_errors(wrong))


def test_schema_in_the_docs_is_current() -> None:
    assert generate.SCHEMA.read_text("utf-8") == generate.schema()
