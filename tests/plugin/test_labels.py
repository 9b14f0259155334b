"""Headings and buttons of pages are short and in sentence case; broken content shows its errors."""

import re
from pathlib import Path

import pytest

from datasette_ost.page import every_page
from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write
from tests.plugin.test_pages import page, words

TEMPLATES = Path(__file__).parents[2] / "plugins/datasette_ost/templates"
LABEL = re.compile(r"<(h[1-6]|button|summary)\b[^>]*>(.*?)</\1>", re.DOTALL)
BRANCH = re.compile(r"\{%.*?%\}", re.DOTALL)
VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
ASIDE = re.compile(r"<(span|kbd|small)\b.*?</\1>", re.DOTALL)
"""A number or a hint beside a label."""


def labels(template: str) -> list[str]:
    """What a template's headings and buttons say; a value of the page is one word."""
    found = []
    for label in LABEL.finditer(template):
        for said in BRANCH.split(ASIDE.sub("", label[2])):
            text = TAG.sub("", VALUE.sub("…", said)).strip()
            if re.search(r"\w", text):
                found.append(text)
    return found


@pytest.mark.parametrize("template", sorted(TEMPLATES.rglob("*.html")), ids=lambda each: each.stem)
def test_labels_are_short_and_in_sentence_case(template: Path) -> None:
    for label in labels(template.read_text("utf-8")):
        assert len(re.findall(r"[\w’]+|…", label)) <= 4, label
        assert not label[0].islower(), label


def test_labels_of_branches_are_seen() -> None:
    text = '<h2>{% if a %}one{% else %}Two {{ b }}{% endif %} <span class="number">3</span></h2>'
    assert labels(text) == ["one", "Two …"]
    found = [each for path in TEMPLATES.rglob("*.html") for each in labels(path.read_text("utf-8"))]
    assert len(found) > len(every_page())


OUTCOME = "-- o.md --\n---\nkind: outcome\n---\n# More evenings\n"
NEED = "---\nkind: opportunity\nparent: o\n---\n# I forget\n"
BROKEN = {
    "two files with one id": f"{OUTCOME}-- a/n.md --\n{NEED}-- b/n.md --\n{NEED}",
    "front matter that is not YAML": f"{OUTCOME}-- n.md --\n{NEED.replace('o', '[o', 1)}",
    "a parent that does not exist": f"-- n.md --\n{NEED}",
}


@pytest.mark.parametrize("tree", BROKEN.values(), ids=BROKEN)
async def test_first_page_counts_the_errors_of_broken_content(
    serve: Serve, tmp_path: Path, tree: str
) -> None:
    write(tmp_path, "-- ost.toml --\n" + tree)
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    found = (await server.client.get("/-/ost/check.json")).json()
    errors = sum(each["errors"] for each in found["rules"])
    assert errors
    said = words(await page(server, "/-/ost"))
    assert f"{errors} {'error' if errors == 1 else 'errors'} to fix" in said


async def test_first_page_without_errors_says_nothing_of_them(serve: Serve, file: Path) -> None:
    server = await serve(file)
    assert (await server.client.get("/-/ost.json")).json()["errors"] == 0
    assert "to fix" not in words(await page(server, "/-/ost"))
