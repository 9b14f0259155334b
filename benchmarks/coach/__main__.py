"""Measures how well the coach classifies questions: `python -m benchmarks.coach [TSV...]`.

Without a table it reads the labelled guides beside this file; a table has the columns `question`,
`section`, `primary` and `faulty`, as `docs/explanation/questions.md` describes.
"""

# ruff: noqa: T201 - a table is what it is for
import argparse
import csv
from collections.abc import Iterable
from pathlib import Path

from benchmarks.coach.measure import GUIDES, Measure, measure
from ost.coach.assessment import assess
from ost.coach.model import Utterance


def main() -> None:
    """Prints precision and recall on `faulty`, by class, and the wrongly classified questions."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("tables", nargs="*", type=Path)
    tables = asked.parse_args().tables
    for name, found in (
        [(table.name, _table(table)) for table in tables]
        if tables
        else [(folder.name, measure(folder)) for folder in GUIDES]
    ):
        for kind, lines in (
            ("alarm", found.alarms),
            ("missed", found.missed),
            ("not praised", found.unpraised),
            ("not heard", found.unheard),
            ("overheard", found.overheard),
        ):
            for line in lines:
                print(f"{kind:<12} {line}")
        for label, many in sorted(found.of.items()):
            print(f"{label:<18} {found.told[label]:>3} of {many:>3}")
        print(
            f"{name}: precision {found.precision:.2f}, recall {found.recall:.2f} "
            f"of {found.of.total()}\n"
        )


def _table(table: Path) -> Measure:
    with table.open(encoding="utf-8", newline="") as lines:
        return _assess_all(csv.DictReader(lines, delimiter="\t"))


def _assess_all(rows: Iterable[dict[str, str]]) -> Measure:
    """Assesses questions one by one, each under its section."""
    found = Measure()
    for row in rows:
        each = assess([Utterance(1, row["question"], context=row["section"])])[0]
        wrong = row["faulty"] == "1"
        label = f"{row['primary']}{'' if wrong else ' (fine)'}"
        found.of[label] += 1
        found.told[label] += each.faulty == wrong
        found.hits += wrong and each.faulty
        if each.faulty and not wrong:
            found.alarms.append(f"{row['primary']}: {row['question']}")
        elif wrong and not each.faulty:
            found.missed.append(f"{row['primary']}: {row['question']}")
    return found


if __name__ == "__main__":
    main()
