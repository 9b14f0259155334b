"""Decoration around words is never part of them."""

import pytest

from ost.read.decoration import attribution, plain, quotation, quote_words, stance
from ost.read.document import Entry
from ost.read.parse import parse


def entry(body: str, front: str = "") -> Entry:
    fields = f"\n{front}" if front else ""
    return parse(f"---\nkind: interview\nparticipant: P07{fields}\n---\n# T\n\n{body}\n").entries[0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[ ] four people", "four people"),
        ("[x] four people", "four people"),
        ("[X] four people", "four people"),
        ("[x]", ""),
        ("four people #pain #film/night", "four people"),
        ("#pain four people", "four people"),
        ("four (laughs) people", "four people"),
        ("four [crosstalk 00:27] people", "four people"),
        ("four people [inaudible]", "four people"),
        ("(long pause) four people", "four people"),
        ("four [both laughing] people", "four people"),
        ("four people[^2]", "four people"),
        ("we are #1 here", "we are #1 here"),
        ("a == b", "a == b"),
        ("four (of five) people", "four (of five) people"),
        ("they laugh (a lot) here", "they laugh (a lot) here"),
        ("2^10 people", "2^10 people"),
    ],
)
def test_words_without_decoration(text: str, words: str) -> None:
    assert plain(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("four people ^abc-1", "four people"),
        ("four people ^a1 #pain", "four people #pain"),
        ("four ^a1\npeople", "four ^a1 people"),
        ("==four== **==people==**", "four people"),
        ("=four= ===people=== \\==a==", "=four= ===people=== ==a=="),
        ("`==four==` ==people `a==`", "==four== ==people a=="),
        ("[[x|==four==]] people", "four people"),
        ("[[#Four]] [[#a#b|people]] `[[#c]]`", "Four people [[#c]]"),
        ("four[^1]\n\n[^1]: people", "four[^1]\n\n[^1]: people"),
        ("==_four_== people", "four people"),
    ],
)
def test_signs_that_say_nothing_are_in_no_words(text: str, words: str) -> None:
    title = text.partition("\n\n")[0]
    (section,) = entry(f"{text}\n").sections
    assert section.text == words
    first = words.partition("\n\n")[0]
    (headed, *_) = entry(f"## {title.replace(chr(10), ' ')}\n").sections
    assert headed.title == first


@pytest.mark.parametrize(
    ("text", "against", "certain", "words"),
    [
        ("X four people", False, True, "four people"),
        ("against X no quarrel", True, True, "no quarrel"),
        ("Against: X no quarrel", True, True, "no quarrel"),
        ("against: they never X", True, True, "they never X"),
        ("(against) X no quarrel", True, True, "no quarrel"),
        ("[against] X no quarrel", True, True, "no quarrel"),
        ("against — X no quarrel", True, True, "no quarrel"),
        ("against\u00a0X no quarrel", True, True, "no quarrel"),
        ("👎 against X no quarrel", True, True, "no quarrel"),
        ("❌ against X", True, True, ""),
        ("evidence against X: none", True, True, "none"),
        ("speaks against X", True, True, ""),
        ("X (against) no quarrel", True, True, "no quarrel"),
        ("X: against", True, True, ""),
        ("👍 X four people", False, True, "four people"),
        ("against the grain, but X four", False, True, "against the grain, but X four"),
        ("against all odds; X four", False, True, "against all odds; X four"),
        ("X they are against it", False, True, "they are against it"),
        ("works against all of X", False, False, "works against all of X"),
        ("👎 X four people", False, False, "four people"),
        ("this counts against the whole X", False, False, "this counts against the whole X"),
    ],
)
def test_stances_are_read_in_every_form(
    text: str, *, against: bool, certain: bool, words: str
) -> None:
    found = stance(text, "X")
    assert (found.against, found.certain, found.words) == (against, certain, words)


@pytest.mark.parametrize(
    ("text", "words", "asked"),
    [
        ("P07: We choose.", "We choose.", False),
        ("**P07:** We choose.", "**P07:** We choose.", False),
        ("p-07: We choose.", "We choose.", False),
        ("P07 [00:12]: We choose.", "We choose.", False),
        ("Participant: We choose.", "We choose.", False),
        ("Speaker 2: We choose.", "We choose.", False),
        ("Ben: We choose.", "We choose.", False),
        ("Interviewer: What then?", "What then?", True),
        ("Q: What then?", "What then?", True),
        ("AK: What then?", "What then?", True),
        ("Moderator 1: What then?", "What then?", True),
        ("The thing is: we choose.", "The thing is: we choose.", False),
        ("Question of taste: mine.", "Question of taste: mine.", False),
        ("We choose (laughs) too long.", "We choose too long.", False),
        ('"We choose."', "We choose.", False),
        ("“We choose”.", "We choose", False),
        ("P07: «We choose.»", "We choose.", False),
        ('"Later"', "Later", False),
        ('"We", then "they"', '"We", then "they"', False),
    ],
)
def test_labels_of_speakers(text: str, words: str, *, asked: bool) -> None:
    found = quote_words(text, frozenset({"ak"}), frozenset({"ben"}))
    if "**" not in text:
        assert (found.words, found.by_interviewer) == (words, asked)
    else:
        assert found.words == "We choose."


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("We choose. — P07", "We choose."),
        ("We choose.\n— P07", "We choose."),
        ("We choose.\n- P07", "We choose."),
        ("We choose\n-- Participant 7, teacher", "We choose"),
        ("We choose.” — Anna Smith", "We choose.”"),
        ("We choose.\n― a teacher in Bern", "We choose."),
        ("We choose. – P07, 3 November", "We choose."),
        ("— P07", ""),
        ("We choose — really", None),
        ("We choose. — Really, a lot of things.", None),
        ("We - us two - choose", None),
        ("We choose. — Then", None),
    ],
)
def test_attributions_are_not_part_of_a_quote(text: str, before: str | None) -> None:
    found = attribution(text)
    assert (None if found is None else text[:found]) == before


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"We choose."', "We choose."),
        ("“We choose.”", "We choose."),
        ("„Wir wählen.“", "Wir wählen."),
        ("«Nous choisissons.»", "Nous choisissons."),
        ("»Wir wählen.«", ""),
        ("「選べない」", "選べない"),
        ('"We" and "they"', ""),
        ('"P07"', ""),
        ("We choose.", ""),
        ('he said "we choose"', ""),
    ],
)
def test_quotation_marks_are_not_part_of_a_quote(text: str, words: str) -> None:
    assert quotation(text) == words


@pytest.mark.parametrize(
    "body",
    [
        "> We spend longer. [00:12]",
        "> [!quote] P07\n> We spend longer. [00:12]",
        "> [!quote]- Folded\n> We spend longer. [00:12]",
        "> [!quote] We spend longer. [00:12]",
        "> [!quote] “We spend longer.” [00:12]",
        "- > [!quote] P07: We spend longer. [00:12]",
        "> P07: We spend longer. [00:12]",
        "> **P07:** We spend longer. [00:12]",
        "> We spend longer. [00:12]\n> — P07",
        "> We spend longer. — P07 [00:12]",
        "> We spend longer. [00:12]\n>\n> — P07",
        "> We spend (laughs) longer. [00:12]",
        "> We ==spend== longer. [00:12] ^q1",
        '- "We spend longer." [00:12]',
        "- “We spend longer.” [00:12] — P07",
        "- [x] “We spend longer.” [00:12]",
        '"We spend longer." [00:12]',
        "• “We spend longer.” [00:12]",
        "> We spend longer. [00m12s]",
    ],
)
def test_each_way_to_write_a_quote_gives_its_words_alone(body: str) -> None:
    found = entry(f"## Memorable quote\n{body}").quotes()
    assert [(each.text, [stamp.second for stamp in each.stamps]) for each in found] == [
        ("We spend longer.", [12])
    ]


def test_interviewers_words_are_reported_and_not_a_quote() -> None:
    front = "interviewers: {pm: Anna}"
    text = (
        f"---\nkind: interview\nparticipant: P07\n{front}\n---\n# T\n\n"
        "> Anna: What then?\n\n> Interviewer: And then?\n\n> P07: We choose.\n"
    )
    reading = parse(text)
    assert [each.text for each in reading.entries[0].quotes()] == ["We choose."]
    assert [(each.code, each.at.line) for each in reading.diagnostics] == [
        ("OST041", 7),
        ("OST041", 9),
    ]


CALLOUT = "> [!quote]- At the [[sofa]], [5:09] — [[x]]\n> We gave up.\n> — [[P07]]"


@pytest.mark.parametrize("lead", ["", "- item\n\n  ", "1. item\n   "])
def test_callout_titles_and_attributions_are_not_quotes(lead: str) -> None:
    indented = CALLOUT.replace("\n", "\n" + " " * (len(lead) - lead.rfind("\n") - 1))
    (found,) = parse(f"---\nkind: interview\n---\n# T\n\n{lead}{indented}\n").entries
    (quote,) = found.quotes()
    assert (quote.text, [each.second for each in quote.stamps]) == ("We gave up.", [309])
    assert [each.target for each in found.links] == ["sofa", "x", "P07"]
    assert quote.links == ()


def test_a_callout_in_a_tree_of_one_file_is_read_as_in_any_file() -> None:
    text = "---\nkind: tree\n---\n# Outcome: Grow ^o1\n\n{}\n\n    %%kept%% <!-- kept -->\n"
    (found,) = parse(text.format(CALLOUT)).entries
    assert [each.text for each in found.quotes()] == ["We gave up."]
    assert [each.target for each in found.links] == ["sofa", "x", "P07"]
    assert CALLOUT in found.body
    assert "%%kept%% <!-- kept -->" in found.body
