"""How well the coach tells questions: `python -m benchmarks.coach TSV...` of labelled ones."""

# ruff: noqa: T201 - a table is what it is for
import argparse
import csv
from collections import Counter
from pathlib import Path

from ost.coach.labels import faulty, heard
from ost.coach.saying import Said


def main() -> None:
    """Prints precision and recall on `faulty`, and what was told wrongly."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("tables", nargs="+", type=Path)
    for table in asked.parse_args().tables:
        with table.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.DictReader(lines, delimiter="\t"))
        count: Counter[tuple[bool, bool]] = Counter()
        kinds: dict[tuple[bool, str], Counter[bool]] = {}
        for row in rows:
            found = heard([Said(1, row["question"], context=row["section"])])[0]
            pair = (row["faulty"] == "1", faulty(found))
            count[pair] += 1
            kinds.setdefault((pair[0], row["primary"]), Counter())[pair[0] == pair[1]] += 1
            if pair[0] != pair[1]:
                print("missed" if pair[0] else "alarm", row["primary"], row["question"][:90])
        for (wrong, kind), told in sorted(kinds.items(), reverse=True):
            does = "to be told" if wrong else "to be left alone"
            print(f"{kind:<18} {does:<17} {told[True]:>3} of {told.total():>3}")
        hits, missed, alarms = count[True, True], count[True, False], count[False, True]
        precision, recall = hits / max(1, hits + alarms), hits / max(1, hits + missed)
        print(f"{table.name}: precision {precision:.2f}, recall {recall:.2f} of {len(rows)}")


if __name__ == "__main__":
    main()
