"""The plugin reads kinds and statuses from the file, and names one only on a page about it."""

import re
from pathlib import Path

from ost.tree.model import KINDS

PLUGIN = Path(__file__).parents[2] / "plugins/datasette_ost"

ABOUT = {
    "export.py": "the page of those who speak is called interview",
    "file/changes.py": "solutions' bets and their verdicts",
    "file/questions.py": "the questions about targets, solutions and interviews",
    "file/ground.py": "what tests and assumptions decide",
    "file/measurements.py": "the outcomes that are measured",
    "file/targets.py": "targets with their solutions",
    "pages/bets.py": "solutions' bets and their verdicts",
    "pages/check.py": "findings about targets come first",
    "pages/compare.py": "solutions, assumptions and tests side by side",
    "pages/node.py": "how deep an opportunity's page goes",
    "pages/outcome.py": "an outcome over time",
    "pages/present.py": "an outcome, its target and the solutions",
    "pages/siblings.py": "opportunities side by side",
    "pages/trees.py": "outcomes with their targets",
    "server/datasette_pages.py": "the page of those who speak is called interview",
    "templates/ost/_parts.html": "a waiver's state",
    "templates/ost/bets.html": "the table of solutions",
    "templates/ost/compare.html": "solutions, assumptions and tests side by side",
    "templates/ost/interview.html": "one interview",
    "templates/ost/present.html": "an outcome, its target and the solutions",
    "templates/ost/node.html": "rows of solutions, assumptions and tests",
    "templates/ost/outcome.html": "an outcome over time",
    "templates/ost/practice.html": "interviews per week",
    "templates/ost/siblings.html": "opportunities side by side",
    "templates/ost/trees.html": "the newest interviews",
    "templates/ost/_answers.html": "bets, results and what is worked on",
    "templates/ost/kind_assumption.html": "the answer of one kind's page",
    "templates/ost/kind_opportunity.html": "the answer of one kind's page",
    "templates/ost/kind_outcome.html": "the answer of one kind's page",
    "templates/ost/kind_solution.html": "the answer of one kind's page",
    "templates/ost/person.html": "a participant's interviews",
    "view/assumptions.py": "the answer of one kind's page",
    "view/series.py": "the answer of one kind's page",
    "view/links.py": "the page of those who speak is called interview",
    "view/plots.py": "the field target",
    "view/words.py": "the fields target and guide",
}
"""Files of the plugin that name kinds or statuses, each with its subject. The list may only get
shorter; no style sheet and no script is in it.
"""

OTHERWISE = {"open", "tests"}
"""Names that are as often something else."""


def named(path: Path) -> list[str]:
    """The kinds and statuses that a file of the plugin names, other than in prose."""
    names = {word for kind in KINDS.values() for word in (kind.kind, kind.plural)}
    names |= {status.name for kind in KINDS.values() for status in kind.statuses}
    words = "|".join(sorted(names - OTHERWISE, key=len, reverse=True))
    text = re.sub(r'count\([^"\n]*, "\w+"', "", path.read_text("utf-8"))  # `2 interviews` is prose
    found = re.findall(rf"""(["'])({words})\1|\b[ksv]-({words})\b|var\(--({words})\)""", text)
    if path.suffix == ".css":
        found += re.findall(rf"([.#])({words})(?![\w-])", text)
    if path.suffix == ".html":
        found += re.findall(r"class=\"[^\"]*\b([ks])-(\{\{)", text)
    return ["".join(each[1:]) for each in found]


def test_pages_name_no_kind_but_where_they_are_about_one() -> None:
    paths = [path for path in PLUGIN.rglob("*") if path.suffix in {".py", ".js", ".css", ".html"}]
    found = {path.relative_to(PLUGIN).as_posix(): named(path) for path in paths}
    assert {name: words for name, words in found.items() if words and name not in ABOUT} == {}
    assert [name for name in ABOUT if not found.get(name)] == [], "shorten the list"
