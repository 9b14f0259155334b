"""Measures the coach on guides in which each spoken line has a label.

A label is a comment at the end of a line: a fault (or `faulty`, of any class), a strength (`story`
for short), `ok` for questions without a fault, or `skip`. Several sentences in a line have one
each. A line without a label is not spoken. The coach reads the guides without the labels.
"""

import re
from collections import Counter
from pathlib import Path

from msgspec import Struct, field

from ost.coach.assessment import assess
from ost.coach.guide import utterances
from ost.coach.model import FAULTS, STRENGTHS, Assessment

HERE = Path(__file__).parent
GUIDES = (HERE / "guides", HERE / "apart")
"""Guides that we used while writing the cues, and guides that we first looked at afterwards."""

_LABELS = re.compile(r"\s*#?\s*<!-- ([\w ,-]+) -->")


class Measure(Struct):
    """The assessments of labelled questions, with the wrong ones."""

    told: Counter[str] = field(default_factory=Counter)
    """How many questions were classified correctly, by label."""
    of: Counter[str] = field(default_factory=Counter)
    """How many questions have a label."""
    hits: int = 0
    """How many of the faulty questions were found."""
    alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    unpraised: list[str] = field(default_factory=list)
    unheard: list[str] = field(default_factory=list)
    overheard: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of reported questions that are faulty."""
        return self.hits / max(1, self.hits + len(self.alarms))

    @property
    def recall(self) -> float:
        """The share of faulty questions that are reported."""
        return self.hits / max(1, self.hits + len(self.missed))


def measure(folder: Path) -> Measure:
    """Measures the coach on all guides in a folder."""
    found = Measure()
    for path in sorted(folder.glob("*.md")):
        _guide(path.read_text("utf-8"), found)
    return found


def _guide(text: str, found: Measure) -> None:
    assessed = assess(utterances(_LABELS.sub("", text)))
    labelled: set[int] = set()
    for number, line in enumerate(text.split("\n"), 1):
        marks = _LABELS.search(line)
        if marks is None:
            continue
        labels = [label.strip() for label in marks[1].split(",")]
        words = _folded(_LABELS.sub("", line))
        here = [
            each
            for each in assessed
            if number - 4 < each.utterance.line <= number and _in(each, words)
        ][-len(labels) :]
        labelled |= {id(each) for each in here}
        if len(here) < len(labels):
            found.unheard.append(line)
        for each, label in zip(here, labels, strict=False):
            _judge(each, label, found)
    found.overheard += [
        each.utterance.text
        for each in assessed
        if "?" in each.utterance.text and id(each) not in labelled
    ]


def _judge(each: Assessment, label: str, found: Measure) -> None:
    text = each.utterance.text
    if label == "skip":
        return
    name = "story-prompt" if label == "story" else label
    found.of[name] += 1
    if name in FAULTS or name == "faulty":
        found.told[name] += each.faulty
        found.hits += each.faulty
        if not each.faulty:
            found.missed.append(f"{name}: {text}")
    elif each.faulty:
        found.alarms.append(f"{each.remarks[0].fault}: {text}")
    elif name not in STRENGTHS or each.strengths:
        found.told[name] += 1
    else:
        found.unpraised.append(f"{name}: {text}")


def _in(each: Assessment, words: str) -> bool:
    """Whether a sentence is in a line, or at least ends there."""
    said = _folded(each.utterance.text)
    return said in words or words.split()[-3:] == said.split()[-3:]


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
