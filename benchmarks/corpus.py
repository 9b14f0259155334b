"""Generates a project of any size, always the same: interviews, and a tree that they support.

About 70 % interviews of 2 to 8 KB, the rest opportunities, solutions, assumptions and tests; 4 KB
and twelve links a file on average.
"""

import random
from collections.abc import Iterator
from pathlib import Path

_TEXT = (
    "we the a team customer week story opens app phone call list note plan asks tries waits again "
    "later before after never always room kids screen meeting invoice report table filter search "
    "result page button mail colleague answer question minute hour evening morning friday budget "
    "price contract trial export import summary ticket release choose compare forget remember "
    "share print read write talk hear decide change keep "
)
_WORDS = _TEXT.split()
_IN_A_FOLDER = 200


def write(folder: Path, files: int, *, share: float = 0.7, outcomes: int = 0) -> None:
    """Writes a project with this many files below `folder`; `share` is that of interviews,
    `outcomes` the number of trees (one for each 150 nodes when 0).
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ost.toml").write_text('content = "content"\n', encoding="utf-8")
    made: set[Path] = set()
    for path, text in documents(files, share=share, outcomes=outcomes):
        target = folder / "content" / path
        if target.parent not in made:
            target.parent.mkdir(parents=True, exist_ok=True)
            made.add(target.parent)
        target.write_text(text, encoding="utf-8")


def documents(files: int, *, share: float, outcomes: int) -> Iterator[tuple[str, str]]:
    """The files as (path, text)."""
    chance = random.Random(1)  # noqa: S311 - a corpus, not a secret
    interviews = round(files * share)
    others = files - interviews
    outcomes = outcomes or max(1, others // 150)
    opportunities = max(1, others * 4 // 10)
    solutions = max(1, others * 3 // 10)
    assumptions = max(1, others * 2 // 10)
    tests = others - outcomes - opportunities - solutions - assumptions
    for number in range(outcomes):
        yield _path("outcomes", number), _outcome(chance, number)
    for number in range(opportunities):
        yield _path("opportunities", number), _opportunity(chance, number, outcomes)
    for number in range(solutions):
        yield _path("solutions", number), _solution(chance, number, opportunities)
    for number in range(assumptions):
        yield _path("assumptions", number), _assumption(chance, number, solutions)
    for number in range(tests):
        yield _path("tests", number), _test(chance, number, assumptions)
    for number in range(interviews):
        yield _path("interviews", number), _interview(chance, number, opportunities)


def _path(kind: str, number: int) -> str:
    name = kind.removesuffix("s").replace("opportunitie", "opportunity")
    return f"{kind}/{number // _IN_A_FOLDER:03}/{name}-{number}.md"


def _sentence(chance: random.Random, words: int = 14) -> str:
    chosen = chance.choices(_WORDS, k=chance.randint(words // 2, words * 3 // 2))
    return " ".join(chosen).capitalize() + "."


def _paragraph(chance: random.Random, sentences: int) -> str:
    return "\n".join(_sentence(chance) for _ in range(sentences))


def _stamp(chance: random.Random) -> str:
    return f"[{chance.randint(0, 59):02}:{chance.randint(0, 59):02}]"


def _links(chance: random.Random, kind: str, count: int, how_many: int) -> str:
    linked = [f"[[{kind}-{chance.randrange(count)}]]" for _ in range(how_many)]
    return " ".join(f"{_sentence(chance, 8)} See {each}." for each in linked)


def _outcome(chance: random.Random, number: int) -> str:
    days = "\n".join(f"  2026-{month:02}-01: {20 + chance.randint(0, 30)}" for month in range(1, 7))
    return (
        "---\nkind: outcome\nmeasure: product\nmetric: weekly use\nunit: percent\nbaseline: 20\n"
        f"target: 40\nby: 2026-12-31\nmeasurements:\n{days}\n---\n# More of {number} every week\n\n"
        f"{_paragraph(chance, 30)}\n"
    )


def _opportunity(chance: random.Random, number: int, outcomes: int) -> str:
    # The first ones are the tops of their trees; others are under earlier ones of their tree.
    tree = number % outcomes
    above = (number // outcomes - 1) // 4
    parent = f"opportunity-{above * outcomes + tree}" if number >= outcomes else f"outcome-{tree}"
    status = "target" if number % 40 == 39 else "open"
    return (
        f"---\nkind: opportunity\nparent: {parent}\nstatus: {status}\nneed: pain\n"
        f"lenses: {{size: many, customer: matters}}\n---\n# I cannot {_sentence(chance, 6)}\n\n"
        f"{_paragraph(chance, 22)}\n\n## Related\n\n"
        f"{_links(chance, 'opportunity', number + 1, 8)}\n\n{_paragraph(chance, 12)}\n"
    )


def _solution(chance: random.Random, number: int, opportunities: int) -> str:
    parent = f"opportunity-{number * 2 // 3 % opportunities}"
    return (
        f"---\nkind: solution\nparent: '[[{parent}]]'\nstatus: candidate\n"
        f"differs: {_sentence(chance, 5)}\n---\n# {_sentence(chance, 5)}\n\n"
        f"{_paragraph(chance, 20)}\n\n"
        f"{_links(chance, 'opportunity', opportunities, 8)}\n\n{_paragraph(chance, 12)}\n"
    )


def _assumption(chance: random.Random, number: int, solutions: int) -> str:
    parent = f"solution-{number % solutions}"
    return (
        f"---\nkind: assumption\nparent: {parent}\nrisk: desirability\nimportance: high\n---\n"
        f"# {_sentence(chance, 6)}\n\n{_paragraph(chance, 30)}\n\n"
        f"{_links(chance, 'solution', solutions, 8)}\n"
    )


def _test(chance: random.Random, number: int, assumptions: int) -> str:
    parent = f"assumption-{number % assumptions}"
    return (
        f"---\nkind: test\nparent: {parent}\nmethod: prototype\n"
        f"criterion: {{measure: 7, at_least: 7, of: 10}}\nended: 2026-06-{number % 28 + 1:02}\n"
        f"result: {{measure: 8, of: 10}}\nverdict: supported\n---\n# {_sentence(chance, 6)}\n\n"
        f"{_paragraph(chance, 40)}\n\n{_links(chance, 'assumption', assumptions, 6)}\n"
    )


def _interview(chance: random.Random, number: int, opportunities: int) -> str:
    steps = "\n".join(
        f"{step}. {_stamp(chance)} {_sentence(chance)}" for step in range(1, chance.randint(8, 24))
    )
    share = []
    for _ in range(chance.randint(2, 6)):
        target = f"opportunity-{chance.randrange(opportunities)}"
        share.append(f"- [[{target}]] {_sentence(chance, 8)} {_stamp(chance)}")
        share.append(f"  > {_sentence(chance)} {_stamp(chance)}")
    insights = "\n".join(f"- {_sentence(chance)}" for _ in range(chance.randint(3, 12)))
    return (
        f"---\nkind: interview\ndate: 2026-{number % 12 + 1:02}-{number % 28 + 1:02}\n"
        f"participant: P{number * 3 // 4}\nsegment: {'families' if number % 3 else 'teams'}\n"
        f"interviewers: {{pm: ak, designer: jt, engineer: rs}}\n"
        f"recording: https://youtu.be/{number:011}\nduration: '1:10:00'\n"
        f"recruited: in-product\nconsent: research\n"
        f"---\n# P{number * 3 // 4}: {_sentence(chance, 5)}\n\n"
        f"## Quick facts\n\n- {_sentence(chance)}\n- {_sentence(chance)}\n\n"
        f"## Memorable quote\n\n> {_sentence(chance)} {_stamp(chance)}\n\n## Story\n\n{steps}\n\n"
        f"## Opportunities\n\n"
        + "\n".join(share)
        + f"\n\n## Insights\n\n{insights}\n\n## Notes\n\n"
        f"{_paragraph(chance, chance.randint(2, 20))}\n\n"
        f"{_links(chance, 'opportunity', opportunities, 6)}\n"
    )
