"""How the time of each rule grows: `python -m benchmarks.rules`, `--large`, `--one-tree`.

Every rule judges a generated project of 1,000 and of 10,000 nodes (and of 100,000 with `--large`).
It shows nanoseconds per node of the project: a linear rule has the same number at each size, so its
growth from the first size to the last is about 1.
"""

# ruff: noqa: T201 - a table is what it is for
import argparse
import gc
import sys
import time
from datetime import date

from benchmarks.corpus import documents
from ost.judge.check import all_rules, configure
from ost.judge.rule import Rule
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build
from ost.tree.tree import Tree

TODAY = date(2026, 11, 30)
MOST = 4.0
"""A rule that grows by more between two sizes is not linear; a quadratic one grows by ten. The
margin is for the processor's caches, which are too small for the larger project.
"""
NOISE = 100.0
"""Nanoseconds per node below which growth means nothing, because the clock is too coarse."""


def main() -> int:
    """Prints the table; exits with 1 if a rule is worse than linear."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.rules", description=__doc__)
    parser.add_argument(
        "--large", action="store_true", help="100,000 nodes too, a quarter of an hour"
    )
    parser.add_argument("--one-tree", action="store_true", help="all below a single outcome")
    given = parser.parse_args()
    sizes = (1_000, 10_000, 100_000) if given.large else (1_000, 10_000)
    rules = tuple(each for each in configure(all_rules(), calendar=True) if each.kinds)
    took: dict[str, list[float]] = {each.name(): [] for each in rules}
    for size in sizes:
        tree = _tree(size, outcomes=int(given.one_tree))
        for rule in rules:
            took[rule.name()].append(_judged(rule, tree) / len(tree.by_id) * 1e9)
    return _printed(took, sizes)


def _tree(size: int, outcomes: int) -> Tree:
    made = documents(size, share=0.7, outcomes=outcomes)
    return build((Document(path, parse(text)) for path, text in made), as_of=TODAY)


def _judged(rule: Rule, tree: Tree) -> float:
    """Seconds for all nodes of a tree, the best of three."""
    best = float("inf")
    for _ in range(3):
        gc.collect()
        gc.disable()
        began = time.perf_counter()
        for node in tree.by_id.values():
            if isinstance(node, rule.kinds):
                for _found in rule.check(node, tree):
                    pass
        best = min(best, time.perf_counter() - began)
        gc.enable()
    return best


def _printed(took: dict[str, list[float]], sizes: tuple[int, ...]) -> int:
    print(f"{'ns a node, of':<28}{''.join(f'{each:>10,}' for each in sizes)}{'growth':>9}")
    worse = 0
    for name, each in sorted(took.items(), key=lambda each: -each[1][-1]):
        growth = each[-1] / max(each[0], NOISE)
        bad = growth > MOST ** (len(sizes) - 1)
        worse += bad
        print(
            f"{name:<28}{''.join(f'{number:>10,.0f}' for number in each)}{growth:>9.2f}"
            f"{'  worse than linear' if bad else ''}",
            flush=True,
        )
    sums = [sum(each[index] for each in took.values()) for index in range(len(sizes))]
    growth = sums[-1] / sums[0]
    print(f"{'all rules':<28}{''.join(f'{each:>10,.0f}' for each in sums)}{growth:>9.2f}")
    return int(worse > 0)


if __name__ == "__main__":
    sys.exit(main())
