"""Properties of the difference between any two trees."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ost.history.change import Change
from ost.history.diff import diff
from ost.read.document import Document
from ost.read.parse import parse
from ost.tree.build import build
from ost.tree.tree import Tree

Node = dict[str, Any]
Model = dict[str, Node]
"""Nodes by id: kind, title, parent, further fields, text, and moments as (node, words). Words that
begin with `!` are against.
"""

TITLES = ("alpha", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india")
quick = settings(max_examples=60, deadline=None)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """An outcome, opportunities below it, solutions, interviews."""
    model: Model = {"top": node("outcome", "The top of it")}
    opportunities = ["top"]
    for number in range(draw(st.integers(2, 6))):
        name = f"need-{number}"
        parent = draw(st.sampled_from(opportunities))
        model[name] = node("opportunity", f"{TITLES[number]} hurts {number}", parent)
        opportunities.append(name)
    needs = opportunities[1:]
    for number in range(draw(st.integers(1, 5))):
        parent = draw(st.sampled_from(needs))
        model[f"idea-{number}"] = node("solution", f"Try {TITLES[-number]} {number}", parent)
    for number in range(draw(st.integers(1, 4))):
        told = draw(st.lists(st.sampled_from(needs), min_size=1, max_size=4))
        model[f"p-{number}"] = node("interview", f"P{number}")
        model[f"p-{number}"]["moments"] = [
            (need, f"words {number} {at}") for at, need in enumerate(told)
        ]
        model[f"p-{number}"]["fields"]["participant"] = draw(st.sampled_from(("P1", "P2", "P3")))
    return model


def node(kind: str, title: str, parent: str = "") -> Node:
    text = f"About {title}, at some length."
    return {
        "kind": kind, "title": title, "parent": parent, "fields": {}, "text": text, "moments": [],
    }  # fmt: skip


def written(name: str, each: Node) -> Document:
    lines = ["---", f"kind: {each['kind']}"]
    lines += [f"parent: {each['parent']}"] if each["parent"] else []
    lines += [f"{key}: {value}" for key, value in each["fields"].items()]
    lines += ["---", f"# {each['title']}", "", each["text"], ""]
    if each["moments"]:
        lines += ["## Opportunities", ""]
        lines += [
            f"- against [[{target}]] {words[1:]}" if words[:1] == "!" else f"- [[{target}]] {words}"
            for target, words in each["moments"]
        ]
    return Document(f"{each['kind']}/{name}.md", parse("\n".join(lines) + "\n"))


def built(model: Model, order: Callable[[list[str]], list[str]] = sorted) -> Tree:
    names = order(list(model))
    return build((written(name, model[name]) for name in names), as_of=date(2026, 11, 1))


def copied(model: Model) -> Model:
    return {
        name: {**each, "fields": dict(each["fields"]), "moments": list(each["moments"])}
        for name, each in model.items()
    }


def change_counts(changes: tuple[Change, ...]) -> Counter[tuple[str, str]]:
    return Counter((each.change.value, each.node) for each in changes)


def above(model: Model, name: str) -> list[str]:
    found = []
    while name:
        found.append(name)
        name = model[name]["parent"]
    return found


def people(model: Model) -> dict[str, frozenset[str]]:
    """The people who mentioned each node or one below it, by the model alone."""
    found: dict[str, set[str]] = {name: set() for name in model}
    for each in model.values():
        for target, words in each["moments"]:
            for up in above(model, target) if words[:1] != "!" else ():
                found[up].add(each["fields"]["participant"])
    return {name: frozenset(each) for name, each in found.items()}


def rivals(model: Model) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(
            other
            for other, each in model.items()
            if each["kind"] == "solution"
            and each["parent"] == name
            and each["fields"].get("status") != "dropped"
        )
        for name in model
        if model[name]["kind"] == "opportunity"
    }


def follows(before: Model, after: Model) -> Counter[tuple[str, str]]:
    """The side effects of an edit: evidence and alternatives of nodes that exist in both trees."""
    found: Counter[tuple[str, str]] = Counter()
    was, now = people(before), people(after)
    for name in was.keys() & now.keys():
        if was[name] != now[name]:
            found["evidence" if now[name] else "lost-evidence", name] += 1
    had, has = rivals(before), rivals(after)
    for name in had.keys() & has.keys():
        if had[name] != has[name]:
            found["rivals", name] += 1
    return found


Draw = Callable[..., Any]
Edit = Callable[[Draw, Model], list[tuple[str, str]]]


def pick(draw: Draw, model: Model, *kinds: str) -> str:
    return str(draw(st.sampled_from([name for name in model if model[name]["kind"] in kinds])))


def add(draw: Draw, model: Model) -> list[tuple[str, str]]:
    parent = pick(draw, model, "opportunity")
    model["fresh"] = node("solution", "Something quite unlike the others", parent)
    return [("added", "fresh")]


def remove(draw: Draw, model: Model) -> list[tuple[str, str]]:
    name = pick(draw, model, "solution")
    del model[name]
    return [("removed", name)]


def reword(draw: Draw, model: Model) -> list[tuple[str, str]]:
    name = pick(draw, model, "opportunity", "solution", "outcome")
    model[name]["title"] = "Said in other words"
    return [("reworded", name)]


def rename(draw: Draw, model: Model) -> list[tuple[str, str]]:
    name = pick(draw, model, "opportunity", "solution")
    model["other-name"] = model.pop(name)
    for each in model.values():
        each["parent"] = "other-name" if each["parent"] == name else each["parent"]
        each["moments"] = [
            ("other-name" if target == name else target, words) for target, words in each["moments"]
        ]
    return [("renamed", "other-name")]


def move(draw: Draw, model: Model) -> list[tuple[str, str]]:
    name = pick(draw, model, "solution")
    model["elsewhere"] = node("opportunity", "A place to go to", "top")
    model[name]["parent"] = "elsewhere"
    return [("moved", name), ("added", "elsewhere")]


def drop(draw: Draw, model: Model) -> list[tuple[str, str]]:
    name = pick(draw, model, "solution")
    model[name]["fields"]["status"] = "dropped"
    return [("status", name)]


def target(draw: Draw, model: Model) -> list[tuple[str, str]]:
    name = pick(draw, model, "opportunity")
    model[name]["fields"]["status"] = "target"
    return [("target-chosen", name)]


def add_moment(draw: Draw, model: Model) -> list[tuple[str, str]]:
    source, need = pick(draw, model, "interview"), pick(draw, model, "opportunity")
    model[source]["moments"].append((need, "never said before"))
    return [("heard", need)]


def remove_moment(draw: Draw, model: Model) -> list[tuple[str, str]]:
    name = pick(draw, model, "interview")
    at = draw(st.integers(0, len(model[name]["moments"]) - 1))
    need, _ = model[name]["moments"].pop(at)
    return [("withdrawn", need)]


def write(draw: Draw, model: Model) -> list[tuple[str, str]]:
    name = draw(st.sampled_from(sorted(model)))
    model[name]["text"] += " And more."
    return [("text", name)]


def field(draw: Draw, model: Model) -> list[tuple[str, str]]:
    name = draw(st.sampled_from(sorted(model)))
    model[name]["fields"]["colour"] = draw(st.sampled_from(("red", "7", "[a, b]", "{a: 1}")))
    return [("field", name)]


def nothing(draw: Draw, model: Model) -> list[tuple[str, str]]:
    name = draw(st.sampled_from(sorted(model)))
    model[name]["text"] = model[name]["text"].replace(" ", "\n", 1) + "\n\n"
    fields = model[name]["fields"]
    model[name]["fields"] = dict(reversed(fields.items()))
    return []


EDITS: tuple[Edit, ...] = (
    *(
        add,
        remove,
        reword,
        rename,
        move,
        drop,
        target,
        add_moment,
        remove_moment,
        write,
        field,
        nothing,
    ),
)


@quick
@given(models(), st.data())
def test_tree_does_not_differ_from_itself(model: Model, data: st.DataObject) -> None:
    other = built(model, lambda names: data.draw(st.permutations(names)))
    assert diff(built(model), built(model)) == ()
    assert diff(built(model), other) == ()


@quick
@given(models(), st.sampled_from(EDITS), st.data())
def test_edit_of_known_meaning_is_found_exactly(
    model: Model, edit: Edit, data: st.DataObject
) -> None:
    after = copied(model)
    expected = Counter(edit(data.draw, after))
    if edit is rename:
        # What it brings with it is nothing: everything is called otherwise, and means the same.
        assert change_counts(diff(built(model), built(after))) == expected
        return
    expected += follows(model, after)
    assert change_counts(diff(built(model), built(after))) == expected


MIRRORED = {
    "added": "removed",
    "heard": "withdrawn",
    "against": "withdrawn",
    "target-chosen": "target-left",
    "waived": "waiver-ended",
    "bar-set": "bar-changed",
    "lost-evidence": "evidence",
}
"""The same change in the other direction."""


def neutral(changes: tuple[Change, ...]) -> Counter[tuple[str, str]]:
    """The changes without the direction of time; a node that was renamed by neither name."""
    names = {each.node: str(each.before) for each in changes if each.change == "renamed"}
    found: Counter[tuple[str, str]] = Counter()
    for each in changes:
        if each.change in {"suspect", "split", "merged"}:
            continue
        one = MIRRORED.get(each.change.value, each.change.value)
        both = sorted({each.node, names.get(each.node, each.node)})
        found[one, both[0]] += 1
    return found


@quick
@given(models(), st.lists(st.sampled_from(EDITS), min_size=1, max_size=4, unique=True), st.data())
def test_reversed_diff_mirrors_the_changes(
    model: Model, edits: list[Edit], data: st.DataObject
) -> None:
    after = copied(model)
    for edit in edits:
        if edit is remove_moment and not all(
            each["moments"] for each in after.values() if each["kind"] == "interview"
        ):
            continue
        solutions = [1 for each in after.values() if each["kind"] == "solution"]
        if edit in {remove, move, drop} and not solutions:
            continue
        edit(data.draw, after)
    there, back = diff(built(model), built(after)), diff(built(after), built(model))
    assert neutral(there) == neutral(back)
    names = {each.node: str(each.before) for each in there if each.change == "renamed"}
    moved, returned = (
        Counter(
            tuple(names.get(str(end), str(end)) for end in (each.before, each.after))
            for each in changes
            if each.change == "moved"
        )
        for changes in (there, back)
    )
    assert returned == Counter({(new, old): many for (old, new), many in moved.items()})


@quick
@given(models(), models())
def test_diff_reports_every_change_between_two_trees(before: Model, after: Model) -> None:
    """The diff misses no difference, and everything that it reports is true."""
    changes = diff(built(before), built(after))
    told = change_counts(changes)
    gone = {each.node for each in changes if each.change in {"removed", "merged", "split"}}
    new = {each.node for each in changes if each.change == "added"}
    names = {str(each.before): each.node for each in changes if each.change == "renamed"}
    for name in before.keys() | after.keys():
        if name not in after:
            assert name in gone or name in names
        elif name not in before:
            assert name in new or name in names.values()
        else:
            was, now = before[name], after[name]
            assert (was["title"] != now["title"]) == (told["reworded", name] == 1)
            here = names.get(was["parent"], was["parent"])
            assert (here != now["parent"]) == (told["moved", name] == 1)
    assert changes == diff(built(before), built(after))


@quick
@given(models(), st.data())
def test_renamed_and_changed_node_reports_both(model: Model, data: st.DataObject) -> None:
    after = copied(model)
    rename(data.draw, after)
    after["other-name"]["fields"]["colour"] = "red"
    told = change_counts(diff(built(model), built(after)))
    assert told == Counter([("renamed", "other-name"), ("field", "other-name")])


@quick
@given(models(), st.data())
def test_split_is_seen_by_its_moments_alone(model: Model, data: st.DataObject) -> None:
    """Nothing in the files says so: half of the moments went one way, half another."""
    before = copied(model)
    need = pick(data.draw, before, "opportunity")
    other = data.draw(st.sampled_from(["top"]))
    for number in range(4):
        before[f"q-{number}"] = node("interview", f"Q{number}")
        before[f"q-{number}"]["fields"]["participant"] = f"Q{number}"
        before[f"q-{number}"]["moments"] = [(need, f"said by {number}")]
    after = copied(before)
    old = after.pop(need)
    halves = ("one-half", "other-half")
    for number, name in enumerate(halves):
        title = ("Waiting for the bus in rain", "My keys are never where I look")[number]
        after[name] = node("opportunity", title, old["parent"] or other)
    turn = 0
    for each in after.values():
        if each["parent"] == need:
            each["parent"] = halves[0]
        told = []
        for where, words in each["moments"]:
            told.append((halves[turn % 2] if where == need else where, words))
            turn += where == need
        each["moments"] = told
    there = {each.node: each for each in diff(built(before), built(after))}
    assert there[need].change == "split"
    assert there[need].after == ["one-half", "other-half"]
    back = diff(built(after), built(before))
    merged = {each.node for each in back if each.change == "merged"}
    assert merged == set(halves)
