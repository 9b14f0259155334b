"""Every word of the vocabulary names exactly the random edits with that meaning."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ost.history.change import Verb
from ost.history.diff import diff
from tests import test_diff_properties as plain
from tests.test_diff_properties import Draw, Edit, Model, built, copied, models, neutral, node, pick

Said = list[tuple[str, str]]
few = settings(max_examples=3, deadline=None)


@st.composite
def whole(draw: Draw) -> Model:
    """A tree with something of every kind: goals, a target, tests, a decision, consent."""
    model: Model = dict(draw(models()))
    model["top"]["fields"] |= {"target": 45, "measurements": "{2026-10-01: 31}"}
    model["need-1"]["fields"]["status"] = "target"
    model["idea-0"]["fields"]["allow"] = "[{rule: OST301, because: simple}]"
    model["p-0"]["fields"]["consent"] = "research"
    model["must"] = node("assumption", "Everybody has a phone", "idea-0")
    for name, criterion in (("ask", "{measure: families, at_least: 8, of: 10}"), ("look", "")):
        model[name] = node("test", f"Find out and {name}", "must")
        model[name]["fields"] = {"started": "2026-10-01"}
        model[name]["fields"] |= {"criterion": criterion} if criterion else {}
    model["choice"] = node("decision", "We take it", "top")
    model["choice"]["fields"]["chose"] = "[need-0]"
    return model


def setting(word: str, kind: str, field: str, value: str, *more: str) -> Edit:
    """The edit that sets a field of a node of a kind; `more` are words of nodes above it."""

    def edit(draw: Draw, model: Model) -> Said:
        name = kind if kind in model else pick(draw, model, kind)
        model[name]["fields"][field] = value
        return [(word, name), *((each, "must") for each in more)]

    return edit


def leave(draw: Draw, model: Model) -> Said:
    del model["need-1"]["fields"]["status"]
    return [("target-left", "need-1")]


def contradict(draw: Draw, model: Model) -> Said:
    need = pick(draw, model, "opportunity")
    model[pick(draw, model, "interview")]["moments"].append((need, "!it never happens"))
    return [("against", need)]


def add_person(draw: Draw, model: Model) -> Said:
    """A new person speaks: the node and everything above it have more people."""
    need = pick(draw, model, "opportunity")
    model["p-new"] = node("interview", "P-new")
    model["p-new"]["fields"]["participant"] = "P-new"
    model["p-new"]["moments"] = [(need, "and it hurts")]
    return [("added", "p-new"), ("heard", need)]


def remove_person(draw: Draw, model: Model) -> Said:
    """A person no longer speaks."""
    gone = [(name, model.pop(name)) for name in list(model) if name[:2] == "p-"]
    unsaid = [("withdrawn", need) for _, each in gone for need, _ in each["moments"]]
    return [*(("removed", name) for name, _ in gone), *unsaid]


def turn(draw: Draw, model: Model) -> Said:
    name = pick(draw, model, "solution")
    model[name]["kind"] = "opportunity"
    return [("rekinded", name)]


def move_the_bar(draw: Draw, model: Model) -> Said:
    model["ask"]["fields"]["criterion"] = "{measure: families, at_least: 6, of: 10}"
    model["ask"]["fields"]["result"] = "{measure: 7, of: 10}"
    return [("bar-moved", "ask"), ("result", "ask")]


def decide(draw: Draw, model: Model) -> Said:
    model["verdict"] = node("decision", "Another choice", pick(draw, model, "opportunity"))
    model["verdict"]["fields"] |= {"chose": "[idea-0]", "over": "[need-1]"}
    return [("added", "verdict"), ("decided", "verdict"), ("decided", "verdict")]


def reword_the_chosen(draw: Draw, model: Model) -> Said:
    model["need-0"]["title"] = "Said in other words"
    return [("reworded", "need-0")]


def end_the_waiver(draw: Draw, model: Model) -> Said:
    del model["idea-0"]["fields"]["allow"]
    return [("waiver-ended", "idea-0")]


WORDS: dict[str, list[Edit]] = {
    "added": [plain.add, decide],
    "removed": [remove_person],
    "renamed": [plain.rename],
    "reworded": [plain.reword],
    "moved": [plain.move],
    "rekinded": [turn],
    "status": [plain.drop, setting("status", "top", "status", "met")],
    "target-chosen": [setting("target-chosen", "need-0", "status", "target")],
    "target-left": [leave],
    "heard": [plain.add_moment],
    "withdrawn": [plain.remove_moment],
    "evidence": [add_person],
    "lost-evidence": [remove_person],
    "against": [contradict],
    "rivals": [plain.add, plain.drop],
    "bar-set": [setting("bar-set", "look", "criterion", "{at_most: 2, of: 5}")],
    "bar-changed": [setting("bar-changed", "ask", "criterion", "{at_least: 9, of: 10}")],
    "bar-moved": [move_the_bar],
    "result": [setting("result", "test", "result", "{measure: 7, of: 10}")],
    "verdict": [setting("verdict", "test", "verdict", "supported", "status"),
                setting("verdict", "test", "verdict", "refuted", "status")],
    "bet": [setting("bet", "solution", "bet", "{expect: 40}")],
    "settled": [setting("settled", "solution", "result", "{actual: 4}")],
    "measured": [setting("measured", "top", "measurements", "{2026-10-01: 31, 2026-11-01: 37}"),
                 setting("measured", "top", "measurements", "{2026-10-01: 32}")],
    "goal": [setting("goal", "top", "target", "40"),
             setting("goal", "top", "by", "2027-01-01")],
    "decided": [decide, setting("decided", "choice", "chose", "[need-1]"),
                setting("decided", "choice", "over", "[need-1]")],
    "suspect": [reword_the_chosen, remove_person,
                setting("consent", "p-0", "consent", "withdrawn on 2026-11-02")],
    "waived": [setting("waived", "opportunity", "allow", "[{rule: OST201, because: new}]")],
    "waiver-ended": [end_the_waiver],
    "consent": [setting("consent", "p-0", "consent", "research, no names")],
    "field": [plain.field],
    "text": [plain.write],
}  # fmt: skip
EDITS = [(word, edit) for word, edits in WORDS.items() for edit in edits]
names = [f"{word}-{number}" for number, (word, _) in enumerate(EDITS)]


def suspected(said: Said, before: Model, after: Model) -> Said:
    """The decision, if a node that it chose or is about was shaken, unless the decision itself was
    edited.
    """
    ground = {"need-0", "top"}
    shaking = {"reworded", "rekinded", "lost-evidence", "removed", "withdrawn"}
    back = str(after["p-0"]["fields"]["consent"]) if "p-0" in after else ""
    shaken = any(word in shaking and name in ground for word, name in said)
    looked_at = any(name == "choice" for _, name in said)
    return [("suspect", "choice")] if (shaken or back[:9] == "withdrawn") and not looked_at else []


def test_every_word_has_an_edit() -> None:
    """`test_diff_properties` covers splits and merges, which take several steps."""
    assert {*WORDS, "split", "merged"} == {each.value for each in Verb}


@pytest.mark.parametrize(("word", "edit"), EDITS, ids=names)
@few
@given(model=whole(), data=st.data())
def test_random_edit_is_called_by_its_word_and_nothing_else(
    word: str, edit: Edit, model: Model, data: st.DataObject
) -> None:
    after = copied(model)
    expected = edit(data.draw, after)
    if edit is plain.rename:
        after["choice"]["fields"]["chose"] = str(model["choice"]["fields"]["chose"])
    else:
        expected += plain.follows(model, after).elements()
        expected += suspected(expected, model, after)
    there, back = diff(built(model), built(after)), diff(built(after), built(model))
    told = plain.change_counts(there)
    assert told == Counter(expected)
    assert word in {each for each, _ in told}
    assert diff(built(after), built(after)) == ()
    apart = {"decided", "suspect"}
    assert {each for each in neutral(there).items() if each[0][0] not in apart} == {
        each for each in neutral(back).items() if each[0][0] not in apart
    }
