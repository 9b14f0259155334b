"""Copies of large files equal their source and have its digest, whatever was there before."""

from hashlib import sha256
from io import FileIO
from itertools import product
from pathlib import Path

import pytest

from ost.disk.checksum import PIECE, copy, digest_of, digests_of, joined

SMALL = 4
TEXTS = (b"", b"a", b"abcd", b"abcde", b"abcdefg", b"abcdefgh", b"abXdefgh", b"abcdefghijkl")


def plain(data: bytes) -> str:
    """The digest of these bytes, as its definition says."""
    pieces = (data[at : at + SMALL] for at in range(0, len(data), SMALL))
    return sha256(b"".join(sha256(piece).digest() for piece in pieces)).hexdigest()


@pytest.mark.parametrize("over", [True, False])
@pytest.mark.parametrize(("before", "now"), list(product(TEXTS, TEXTS)))
def test_copy_equals_its_source_with_or_without_a_spare_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bytes, now: bytes, *, over: bool
) -> None:
    monkeypatch.setattr("ost.disk.checksum.PIECE", SMALL)
    source, other, target = tmp_path / "source", tmp_path / "other", tmp_path / "target"
    source.write_bytes(now)
    other.write_bytes(before)
    target.write_bytes(before if over else b"")
    with FileIO(source) as opened, FileIO(other) as like, target.open("r+b") as written:
        digests = digests_of(like)
        like.seek(0)
        made = copy(opened, written, digests, None if over else like)
    assert target.read_bytes() == now
    assert joined(made) == plain(now) == digest_of(target)


def test_large_copy_is_hashed_in_a_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ost.disk.checksum.LARGE", SMALL)
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(bytes(range(256)) * 1000)
    target.write_bytes(b"longer" * 100_000)
    with FileIO(source) as opened, target.open("r+b") as written:
        made = copy(opened, written)
    assert target.read_bytes() == source.read_bytes()
    assert joined(made) == digest_of(source)


@pytest.mark.parametrize("over", [True, False])
def test_pieces_that_are_known_are_neither_hashed_nor_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, over: bool
) -> None:
    hashed = []

    def count(piece: bytes) -> bytes:
        hashed.append(len(piece))
        return sha256(piece).digest()

    data = bytes(3 * PIECE + 5)
    source, other, target = tmp_path / "source", tmp_path / "other", tmp_path / "target"
    source.write_bytes(data[:-1] + b"x")
    other.write_bytes(data)
    target.write_bytes(data if over else b"")
    with FileIO(source) as opened, FileIO(other) as like, target.open("r+b") as written:
        digests = digests_of(like)
        like.seek(0)
        monkeypatch.setattr("ost.disk.checksum.piece_digest", count)
        copy(opened, written, digests, None if over else like)
    assert hashed == [5]
    assert target.read_bytes() == source.read_bytes()
