"""Summarises the findings on trees: `python -m benchmarks.judge FOLDER ...`, each with content.

Prints a line per tree: the numbers of nodes, errors, warnings and notes, the rules that report
most, and how often several rules report the same place. `python -m benchmarks.quotes` measures how
well quotes are verified.
"""

# ruff: noqa: T201 - a table is what it is for
import argparse
from collections import Counter
from datetime import date
from pathlib import Path

from ost.judge.check import all_rules, check, configure
from ost.read.diagnostic import Severity
from ost.read.document import Document
from ost.read.parse import parse
from ost.read.place import normalize_newlines
from ost.read.transcripts import read
from ost.tree.build import build
from ost.tree.tree import Tree

TODAY = date(2026, 11, 30)
TRANSCRIPTS = (".vtt", ".srt", ".txt")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.judge", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    given = parser.parse_args()
    rules = configure(all_rules())
    print(f"{'tree':32}{'nodes':>7}{'errors':>8}{'warnings':>10}{'notes':>7}{'twice':>7}  most")
    for folder in given.folders:
        tree = _tree(folder)
        found = check(tree, rules)
        weights = Counter(each.severity for each in found)
        places = Counter((each.path, each.at.line) for each in found)
        most = Counter(each.code for each in found).most_common(3)
        print(
            f"{folder.name[:31]:32}{len(tree.by_id):>7}{weights[Severity.ERROR]:>8}"
            f"{weights[Severity.WARNING]:>10}{weights[Severity.NOTE]:>7}"
            f"{sum(many > 1 for many in places.values()):>7}  "
            f"{', '.join(f'{code} {many}' for code, many in most)}"
        )


def _tree(folder: Path) -> Tree:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    texts = {
        path.relative_to(folder).as_posix(): normalize_newlines(path.read_text("utf-8", "replace"))
        for path in paths
        if path.suffix in (".md", *TRANSCRIPTS)
    }
    documents = [Document(path, parse(text)) for path, text in texts.items() if path.endswith("md")]
    transcripts = {
        path: read(text, path[-4:]) for path, text in texts.items() if path.endswith(TRANSCRIPTS)
    }
    return build(documents, as_of=TODAY, transcripts=transcripts)


if __name__ == "__main__":
    main()
