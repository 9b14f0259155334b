"""The questions that the coach finds in a guide, in every form that people use."""

from pathlib import Path

import pytest

from benchmarks.coach.measure import GUIDES, measure
from ost.coach.guide import utterances


def guide_questions(guide: str) -> list[str]:
    """The questions of a guide, sentence by sentence."""
    return [one.text for one in utterances(guide)]


def test_quotes_are_in_their_lines() -> None:
    guide = (
        "# Rota talk\n\n## Goals\n\n- What do nurses need?\n\n## Questions\n\n"
        "1. Tell me about the last\n   shift you swapped. What happened?\n"
        "   - **Probe:** who helped?\n\n| First | Second |\n| --- | --- |\n"
        "| Who called? | And then?<br>Who came? |\n\n## Notes to the interviewer\n\nDo not hurry.\n"
    )
    assert [(one.line, one.text) for one in utterances(guide)] == [
        (9, "Tell me about the last shift you swapped."),
        (9, "What happened?"),
        (11, "who helped?"),
        (13, "First"),
        (13, "Second"),
        (15, "Who called?"),
        (15, "And then?"),
        (15, "Who came?"),
    ]


@pytest.mark.parametrize(
    "guide",
    [
        "# Guide\n\n## Background\n\n{}\n",
        "# Guide\n\n## Warm-up (5 min)\n\n- {}\n",
        "**Introduction**\n\n{}\n\n**Close**\n\nThank you!\n",
        "Interview guide\n===============\n\nOpening\n-------\n\n* {}\n",
        "# Guide\n\n1. First\n   1. {}\n      - [ ] Why?\n",
        "# Guide\n\n- Topic\n  - Detail\n    - {}\n",
        "# Guide\n\n> **Moderator:** {}\n",
        "# Guide\n\n> {}\n> Thank you.\n",
        "# Guide\n\n**Probe:** {}\n",
        "# Guide\n\nQ1: {}\nQ2: Anything else?\n",
        "# Guide\n\n3a) {}\n",
        "# Guide\n\n*If they borrowed:* {}\n",
        "# Guide\n\n(If yes: {})\n",
        "| Goal | Question |\n| :-- | --: |\n| Why do they come? | {} |\n",
        "| # | Ask | Listen for |\n|---|---|---|\n| 1 | {} | Do they hesitate? |\n",
        "| Warm-up | Hello!<br>{} |\n|---|---|\n",
        "---\nkind: guide\n---\n# Guide\n\n{}\n",
        "---\nkind: guide\nquestions:\n  - {}\n---\n# Guide\n",
        "# Guide\n\n```yaml\nquestions:\n  - ask: {}\n    note: Do they smile?\n```\n",
        "# Guide\n\n```yaml\nopening:\n  script: |\n    {}\n```\n",
        "# Guide\n\n```\n{}\n```\n",
        "# Guide\n\nWe will ask them the following:\n\n- {}\n",
        "# Guide\n\n#### {}\n\nWait.\n",
        "# Guide\n\n<!-- Who is it for? -->\n\n<ul><li>{}</li></ul>\n",
    ],
)
@pytest.mark.parametrize(
    "said", ["What did you do then?", "Tell me about your last visit", "Walk me through that day."]
)
def test_coach_finds_questions_in_every_form_of_guide(guide: str, said: str) -> None:
    found = guide_questions(guide.replace("{}", said))
    assert said.rstrip(".") in [text.rstrip(".)") for text in found]
    assert not {"Why do they come?", "Do they hesitate?", "Do they smile?"} & set(found)
    assert "Who is it for?" not in found


@pytest.mark.parametrize(
    "guide",
    [
        "# Guide\n\n## Goals\n\n- {}\n",
        "# Guide\n\n## Research questions\n\n### Nurses\n\n- {}\n",
        "# Guide\n\n## 2. Objectives (for the team)\n\n{}\n",
        "# Guide\n\n## Things to watch for\n\n- {}\n",
        "# Guide\n\n## What we want to learn\n\n{}\n",
        "# Guide\n\n## Hypotheses\n\n{}\n",
        "# Guide\n\n## Logistics\n\n{}\n",
        "# Guide\n\n## Recruiting\n\n{}\n",
        "# Guide\n\n## Consent form\n\n{}\n",
        "# Guide\n\n**Notes for the interviewer**\n\n{}\n",
        "# Guide\n\n**Goal:** {}\n",
        "# Guide\n\n**Research question:** {}\n",
        "# Guide\n\nWe want to find out:\n\n- First of all\n- {}\n",
        "| Research question | How |\n|---|---|\n| {} | Ask |\n",
        "| Say | Listen for |\n|---|---|\n| Hello | {} |\n",
        "---\ngoals:\n  - {}\n---\n# Guide\n",
        "# Guide\n\n```yaml\nlearning_goals:\n  - {}\n```\n",
        "# Guide\n\n```python\nprint('{}')\n```\n",
        "# Guide\n\n<!-- {} -->\n",
        "# Guide\n\n<!--\n{}\n-->\n",
    ],
)
def test_notes_to_the_team_are_not_reviewed(guide: str) -> None:
    assert "Do they know the price?" not in guide_questions(
        guide.replace("{}", "Do they know the price?")
    )


def test_coach_separates_questions_in_a_line() -> None:
    assert guide_questions("- Who came? What happened? And then?\n") == [
        "Who came?",
        "What happened?",
        "And then?",
    ]


def test_coach_separates_questions_on_lines() -> None:
    guide = "Tell me about your class\nHow many pupils are in it?\nWhat did you do last Monday\n"
    assert [(one.line, one.text) for one in utterances(guide)] == [
        (1, "Tell me about your class"),
        (2, "How many pupils are in it?"),
        (3, "What did you do last Monday"),
    ]


def test_lines_are_the_same_everywhere() -> None:
    (one, two) = utterances("- What happened\x0c\u2028 then?\n- Who was there?\n")
    assert (one.line, two.line) == (1, 2)


@pytest.mark.parametrize(
    "text",
    [
        "# Leitfaden\n\n- Wie planen Sie sonst Ihre Schicht, und wer hilft Ihnen dabei?\n",
        "# Guide\n\n- Comment organisez-vous votre semaine d'habitude avec vos collègues ?\n",
        "# Guía\n\n- ¿Cómo decide usted qué película ver con su familia?\n- ¿Le gusta?\n",
        "# Gids\n\n- Hoe vaak gaat u naar de bibliotheek, en met wie?\n",
        "# 指南\n\n- 你通常怎么安排？\n",
        "# Руководство\n\n- Как часто вы это делаете?\n",
    ],
)
def test_coach_is_silent_in_other_languages(text: str) -> None:
    assert guide_questions(text) == []


@pytest.mark.parametrize(
    "foreign",
    [
        "- Würden Sie eine App benutzen?\n- Gehen Sie oft ins Museum?\n- Was machen Sie da?\n",
        "- Est-ce que vous utilisez une application ?\n- Quand était votre dernière visite ?\n",
        "- ¿Usaría una aplicación?\n- ¿Cuándo fue la última vez que vino?\n",
        "- Userebbe un'altra app?\n- Mi parli dell'ultima visita.\n",
        "- Genellikle nas\u0131l karar verirsiniz?\n- Uygulamay\u0131 seviyor musunuz?\n",
    ],
)
def test_english_sentences_of_a_bilingual_text_are_reviewed(foreign: str) -> None:
    english = "- Tell me about your last visit to a museum.\n- Would you use an app?\n"
    expected = ["Tell me about your last visit to a museum.", "Would you use an app?"]
    for guide in (foreign + "\n# English\n\n" + english, english + "\n# Other\n\n" + foreign * 4):
        assert [
            text for text in guide_questions(guide) if "?" in text or "Tell" in text
        ] == expected


def test_long_prose_is_not_a_guide() -> None:
    told = "We walked along the river and it was getting dark. Do you know what I mean? " + (
        "Then the others came and we had something to eat in the kitchen. " * 20
    )
    assert guide_questions(told * 10) == []


@pytest.mark.parametrize("folder", GUIDES, ids=lambda folder: folder.name)
def test_coach_reviews_invented_guides_well(folder: Path) -> None:
    found = measure(folder)
    assert found.unheard == found.overheard == []
    assert found.precision >= 0.9
    assert found.recall >= 0.8
