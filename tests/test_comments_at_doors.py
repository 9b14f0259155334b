"""Comments of a text are at no door: not in editors, for assistants, in comments of pull requests,
reports and exports.
"""

import re
from collections.abc import Callable

from click.testing import Result

from ost.lsp.card import card
from ost.lsp.projects import OpenProjects
from ost.mcp.tools import READING, AskedTree
from tests.conftest import DAY
from tests.scratch import Scratch

FILES = """\
-- ost.toml --
content = "."
[sections]
opportunities = ["Bedarf"]
-- grow.md --
---
kind: outcome
---
# Grow <!-- hush --> [[need|on it]]
-- need.md --
---
kind: opportunity
parent: grow
status: target
---
# We cannot ==agree== %%hush%% on [[p07|night]]

Body [[p07]] %%hush%% [05:07] <!-- hush

- [[p07]] hush

```
hush
```
-->
-- way.md --
---
kind: solution
parent: need
---
# Way %%hush%%

%%hush%%Words <!-- hush --> **bold** [x](https://e.example)
-- go.md --
---
kind: decision
parent: need
on: 2026-10-12
chose: [way]
because: it held
---
# We go <!-- hush -->
-- p07.md --
---
kind: interview
date: 2026-10-03
participant: P07
---
# P07: the <!-- hush -->film

## Story
1. [05:10] They <!-- hush --> sat

## Bedarf
- [[need]]: no one %%hush%% agrees [05:12]
  > Four <!-- hush --> people. [5:13]
"""
NEW = """
- [[need]]: new %%hush%% moment
  > A new <!-- hush
  hush --> quote
"""
COMMANDS = [
    "check --format markdown", "diff", "diff --format markdown", "why way --format markdown",
    "digest --since 2026-10-01 --format markdown", "compare need --format json", "export opml -",
    "export canvas -",
]  # fmt: skip
ASKED = {"tree": {}, "check": {}, "diff": {}, "search": {"words": "agree"}, "why": {"thing": "way"}}


def test_comments_are_at_no_door(scratch: Scratch, run: Callable[[str], Result]) -> None:
    scratch.commit(FILES)
    home = scratch.folder
    for path, more in (("p07.md", NEW), ("need.md", "\nMore %%hush%%\n")):
        (home / path).write_text((home / path).read_text("utf-8") + more, "utf-8")
    doors = {command: run(f"ost {command}").output for command in COMMANDS}
    run("ost export okf okf")
    run("ost export csv csv")
    doors |= {str(path): path.read_text("utf-8") for path in home.glob("*/*.*") if path.is_file()}
    tree = AskedTree(home, lambda: DAY)
    for tool in READING:
        given = tool.arguments(**ASKED.get(tool.name, {"node": "need"}))
        doors[tool.name] = repr(tool.ask(tree, given))
    folders = OpenProjects(lambda: DAY)
    folders.add([home.as_uri()])
    (folder,) = folders
    doors |= {
        f"card {key}": card(node, folder.live) for key, node in folder.live.tree.by_id.items()
    }
    assert [name for name, text in doors.items() if "hush" in text] == []
    said = [name for name, text in doors.items() if re.search(r"A new\s+quote", text)]
    assert {"diff", "diff --format markdown", "evidence", "card need"} <= set(said)
