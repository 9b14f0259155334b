"""The pages say which nodes are drafts."""

from pathlib import Path

import pytest

from tests.plugin.conftest import Serve
from tests.plugin.sample import publish, write
from tests.test_drafts import DRAFTED, SIGNED, written


@pytest.mark.parametrize(("mark", "draft"), [(DRAFTED, True), (SIGNED, False)])
async def test_pages_say_which_nodes_are_drafts(
    tmp_path: Path,
    serve: Serve,
    mark: str,
    draft: bool,
) -> None:
    write(tmp_path, written(interview=mark, solution=mark))
    server = await serve(publish(tmp_path, tmp_path / "ost.db").path)
    for path in ("interview/p07", "node/vote", "node/agree"):
        page = (await server.client.get(f"/-/ost/{path}")).text
        assert (">draft</span>" in page) is draft, path
    page = (await server.client.get("/-/ost/interview/p07")).text
    assert ("no one has signed it: it counts for nothing yet" in page) is draft
