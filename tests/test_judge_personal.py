"""Words that count as an address or a phone number, and words that do not."""

import pytest

from ost.judge.personal import found

OURS = frozenset({"acme.example"})


@pytest.mark.parametrize(
    "text",
    [
        "anna@post.example",
        "<anna.k+notes@mail.post.example>.",
        "[write](mailto:anna@post.example)",
        "ANNA@POST.EXAMPLE, at night",
        "eve@notacme.example",
        "+49 151 23456789",
        "+4915123456789",
        "+44 20 7946 0958",
        "+33 1 23 45 67 89",
        "+1 (555) 123-4567",
        "+1-555-123-4567",
        "0049 151 2345678",
        "(555) 123-4567",
        "(555)123-4567",
        "555-123-4567.",
        "555.123.4567",
        "555 123 4567",
        "1-555-123-4567",
        "0151 23456789",
        "030/1234567",
        "(0711) 123 45 67",
        "01 23 45 67 89",
        "07911123456",
        "07700 900123",
        "tel: 1234567",
        "Phone: 555 1234 567",
        "call her at 555-123-4567, after eight",
    ],
)
def test_these_are_personal(text: str) -> None:
    places = list(found(text, OURS))
    assert len(places) == 1, places
    start, end, _ = places[0]
    assert text[start].isalnum() or text[start] in "+("
    assert text[end - 1].isalnum()


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03",
        "2026-11-03T10:15:00+02:00",
        "2026-11-03 - 2026-12-03",
        "03.11.2026 14:30",
        "03-11-2026",
        "01-02-2026 1430",
        "01/02/2026 - 03/04/2026",
        "2019-2020",
        "00:12:41",
        "[1:02:03]",
        "12:41-13:05",
        "1.2.3.4",
        "192.168.100.200",
        "version 555.123.4567",
        "ticket 555-123-4567",
        "Ticket no. 555-123-4567",
        "order number: 0123456789",
        "id: 843 123 4567",
        "#5551234567",
        "ISBN 978-3-16-148410-0",
        "550e8400-e29b-41d4-a716-446655440000",
        "20260101-123456",
        "1,000,000",
        "1 000 000",
        "10 000 000 000",
        "$1.000.000",
        "€ 555 123 4567",
        "0.1234567890",
        "3.14159265358979",
        "0 10 20 30 40 50",
        "10-20-30",
        "100-200-3000 px",
        "+1000000",
        "https://post.example/5551234567",
        "https://post.example/@anna",
        "https://user@post.example/a",
        "git@forge.example:team/notes.git",
        "photo@2x.png",
        "@anna",
        "lodash@4.17.21",
        "desk@acme.example",
        "desk@help.acme.example",
    ],
)
def test_these_are_not(text: str) -> None:
    assert list(found(text, OURS)) == []


@pytest.mark.parametrize(
    "text", ["1" * 50_000, "1 2 3-4 " * 10_000, "a.b@c." * 10_000, "(" * 50_000]
)
def test_hostile_text_takes_no_time(text: str) -> None:
    assert list(found(text, frozenset())) == []
