"""Text nested too deep to parse is still in the reading and on the page."""

import pytest

from ost import render
from ost.read.parse import parse

DEEP = {
    "quotes": "> " * 300 + "the innermost words\n",
    "items": "".join("  " * level + "- a\n" for level in range(150))
    + "  " * 150
    + "- the innermost words\n",
    "items in a line": "- " * 200 + "the innermost words\n",
    "quotes and items": "> - " * 100 + "the innermost words\n",
    "emphasis": "*a _b " * 200 + "the innermost words\n",
    "brackets": "[" * 500 + "the innermost words" + "]" * 500 + "\n",
}


@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP)
def test_deep_nesting_loses_nothing(text: str) -> None:
    page = render.render(text, resolve=lambda _: None, play=lambda _: None)
    assert "the innermost words" in page
    read = parse(f"---\nkind: opportunity\n---\n# T\n\n{text}")
    assert "the innermost words" in str(read.entries[0].sections)
