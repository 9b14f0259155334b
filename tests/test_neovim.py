"""The language server in a real editor: headless Neovim, set up as the docs say."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_lsp import FILES, INTERVIEW

NEOVIM = shutil.which("nvim")
DOCS = Path(__file__).parent.parent / "docs/how-to/editors.md"

ASK = """
local function answered(method, params)
  local found = vim.lsp.buf_request_sync(0, method, params, 20000)
  for _, each in pairs(found or {}) do return each.result end
end
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 50)
local said = {}
for _, each in ipairs(vim.diagnostic.get(0)) do
  table.insert(said, { line = each.lnum, code = each.code, message = each.message })
end
vim.api.nvim_win_set_cursor(0, { LINE, 6 })
local params = vim.lsp.util.make_position_params(0, "utf-16")
local hover = answered("textDocument/hover", params)
local place = answered("textDocument/definition", params)
local out = io.open("OUT", "w")
out:write(vim.json and vim.json.encode({ said, hover, place }) or
  vim.fn.json_encode({ said, hover, place }))
out:close()
vim.cmd("qall!")
"""


def available() -> bool:
    assert NEOVIM or os.environ.get("CI") != "true", "CI needs neovim"
    return NEOVIM is not None


@pytest.mark.skipif("not available()", reason="no neovim")
def test_neovim_as_the_docs_set_it_up(tmp_path: Path) -> None:
    for path, text in FILES.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (tmp_path / "ost.toml").write_text('title = "Films"\n', "utf-8")
    setup = re.search(r"```lua\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    assert setup is not None
    lines = FILES[INTERVIEW].split("\n")
    link = next(number for number, line in enumerate(lines, 1) if "[[slow-search]]" in line)
    out = tmp_path / "out.json"
    (tmp_path / "init.lua").write_text(setup[1], "utf-8")
    ask = ASK.replace("LINE", str(link)).replace("OUT", str(out))
    (tmp_path / "ask.lua").write_text(ask, "utf-8")
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        [
            *(str(NEOVIM), "--headless", "--clean", "-u", "init.lua"),
            *(f"content/{INTERVIEW}", "-c", "luafile ask.lua"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PATH": path, "HOME": str(tmp_path)},
        timeout=90,
        check=True,
        capture_output=True,
    )
    said, hover, place = json.loads(out.read_text("utf-8"))
    assert "no node 'too-many-films'" in {each["message"] for each in said}
    assert "Search is slow for me" in hover["contents"]["value"]
    assert place["uri"].endswith("/opportunities/slow-search.md")
