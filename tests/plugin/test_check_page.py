"""The check page: findings grouped by errors, target and rest, each with its own count."""

import re
from pathlib import Path

from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write
from tests.plugin.test_pages import page, words

TOP = '-- ost.toml --\nedit_url = "https://forge.example/{path}#L{line}"\nselect = ["OST301"]\n'
PAIR = """\
-- need-{0}.md --
---
kind: opportunity
status: {1}
---
# Need {0}
-- way-{0}.md --
---
kind: solution
parent: need-{0}
---
# Way {0}
"""


async def test_groups_count_what_is_in_them(serve: Serve, tmp_path: Path) -> None:
    pairs = (PAIR.format(each, "target" if each < 12 else "open") for each in range(15))
    write(tmp_path, TOP + "".join(pairs))
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    found = (await server.client.get("/-/ost/check.json")).json()
    counted = {each["group"]: each["many"] for each in found["groups"]}
    assert counted == {"errors": 12, "rest": 3}
    assert len(found["diagnostics"]) == 8 + 3
    html = await page(server, "/-/ost/check")
    summaries = re.findall(r"<b>single-solution</b> <span class=\"number\">(\d+)", html)
    assert summaries == ["12", "3"]
    said = words(html)
    assert said.index("Errors") < said.index("Everything else")
    assert "All 15, and why" in said
    for link in ('href="/-/ost/node/need-0"', 'href="https://forge.example/need-0.md#L5"'):
        assert link in html
    one = (await server.client.get("/-/ost/check.json?rule=single-solution")).json()
    assert (len(one["diagnostics"]), one["groups"]) == (15, [])


async def test_only_group_is_not_the_rest(serve: Serve, tmp_path: Path) -> None:
    write(tmp_path, TOP + PAIR.format(1, "open"))
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    said = words(await page(server, "/-/ost/check"))
    assert "Findings single-solution 1" in said
    assert "Everything else" not in said


async def test_page_of_a_node_begins_with_its_errors(serve: Serve, tmp_path: Path) -> None:
    write(tmp_path, PAIR.format(1, "target"))
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    found = (await server.client.get("/-/ost/node/need-1.json")).json()
    severities = [each["severity"] for each in found["diagnostics"]]
    assert set(severities) == {"error", "warning", "note"}
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
