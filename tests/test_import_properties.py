"""For any files, importers list lines that exist, and a second import finds everything."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ost.exchange.foreign.drafts import drafts
from ost.exchange.foreign.imports import Here, Importer, Material, Terms
from tests.foreign import grown, here
from tests.test_import_formats import FORMATS

WRITTEN = """\
---
type: opportunity
type: goal
kind: solution
type: space_on_a_page
parent: '[[a]]'
parent: [[b]]
status: active
title: [x]
ost_id: a
sources: [{resource: /a.md}]
verified: {by: human:x}
# A
## Solutions ^goal1
### [Opportunity] q @next
# Links
- [type:: solution] x - y
  - b
- [[a]]
* Under [x](/a.md)
- start: 3
|a|b|
|--|--|
|c|d|
```yaml
```
up:: [[a]]
type:: goal
#Solution #unvalidated
[[a]]
%% c
<!--
> [!n]
***
text [l](b.md) ![](p.png)
a: {desc: x, parent: a}
b: {kind: solution, parent: a
{"nodes": [
{"id": "a", "type": "text", "text": "Outcome: x"}
], "edges": [{"fromNode": "a", "toNode": "a"}]}
{#
\u2028\x0b\t'
"""

TEXTS = st.lists(st.sampled_from(WRITTEN.split("\n")), max_size=14).map("\n".join)
PATHS = st.sampled_from(["a.md", "b.md", "x/a.md", "index.md", "c.yaml", "d.json", "e.canvas"])


@given(st.dictionaries(PATHS, TEXTS, min_size=1, max_size=3))
@settings(max_examples=40, deadline=None)
def test_lines_exist_and_nothing_comes_twice(texts: dict[str, str]) -> None:
    material = Material("space", texts, folder=True)
    for name in FORMATS:
        found = Importer(name).read(material, Terms(), Here())
        for unread in found.unread:
            assert 1 <= unread.line <= texts[unread.path].count("\n") + 1
        made = drafts(found, Here())
        tree = grown(made)
        assert len(tree.by_id) == len(made.drafts)
        codes = {each.code for each in tree.diagnostics if each.severity == "error"}
        assert codes <= {"OST101", "OST102"}
        assert not drafts(found, here(tree)).drafts
