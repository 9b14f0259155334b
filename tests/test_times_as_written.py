"""Times of a recording as people and programs write them."""

import pytest

from ost.read.parse import parse
from ost.read.timestamp import length


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("[12:41]", [761]),
        ("(12:41)", [761]),
        ("[00:12:48.500]", [768]),
        ("[1:02:03,5]", [3723]),
        ("(0:07)", [7]),
        ("[12m41s]", [761]),
        ("(1h02m03s)", [3723]),
        ("[12'41\"]", [761]),
        ("[[12:41]]", [761]),
        ("[12:41-12:50]", [761, 770]),
        ("[12:41–12:50]", [761, 770]),
        ("[12:41 to 12:50]", [761, 770]),
        ("[12:41] – [12:50]", [761, 770]),
        ("(00:12:41.000 - 00:12:50.000)", [761, 770]),
        ("[12:41](https://youtu.be/9RFaz9ZBXpk?t=761)", [761]),
        ("[75:00]", [4500]),
        ("[12.41]", []),
        ("[1:2]", []),
        ("12:41", []),
        ("[2026-11-03]", []),
        ("(12m)", []),
    ],
)
def test_times_are_read_in_every_notation(written: str, seconds: list[int]) -> None:
    (entry,) = parse(f"---\nkind: interview\n---\n# T\n\n- words {written}\n").entries
    (item,) = entry.sections[0].items
    assert [each.second for each in item.stamps] == seconds
    if seconds:
        assert item.text == "words"


@pytest.mark.parametrize("written", ["[12:99]", "[1:60:00]", "(0:75)", "[12m75s]", "[00:61:10.5]"])
def test_impossible_time_is_reported_and_not_a_timestamp(written: str) -> None:
    reading = parse(f"---\nkind: interview\n---\n# T\n\n- words {written}\n")
    assert [(each.code, each.at.line) for each in reading.diagnostics] == [("OST016", 5)]
    assert reading.entries[0].sections[0].items[0].stamps == ()


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("45:10", 2710),
        ("1:02:03", 3723),
        ("1:02:03.5", 3723),
        ("45 min", 2700),
        ("45min", 2700),
        ("45 minutes", 2700),
        ("PT50M", 3000),
        ("PT1H5M", 3900),
        ("pt45m30s", 2730),
        ("1h", 3600),
        ("1 h 5 min", 3900),
        ("1 hour 5 minutes", 3900),
        ("90 s", 90),
        ("45m10s", 2710),
        ("45", None),
        ("soon", None),
        ("", None),
        ("12:99", None),
    ],
)
def test_lengths_are_read_in_every_notation(written: str, seconds: int | None) -> None:
    assert length(written) == seconds
