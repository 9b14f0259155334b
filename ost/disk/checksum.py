"""The digest of a large file: the SHA-256 of the SHA-256s of its pieces, one after the other.

Of a file that differs from a known one in a few pages, only the pieces that differ are hashed.
"""

from hashlib import sha256
from pathlib import Path

PIECE = 1 << 16


def digest_of(file: Path) -> str:
    """The digest of a file."""
    found = bytearray()
    piece = bytearray(PIECE)
    with file.open("rb", buffering=0) as source:
        while size := source.readinto(piece):
            found += piece_digest(piece[:size])
    return joined(found)


def piece_digest(piece: bytes | bytearray) -> bytes:
    """The digest of one piece."""
    return sha256(piece).digest()


def joined(pieces: bytes | bytearray) -> str:
    """The digest of a file whose pieces have these digests."""
    return sha256(pieces).hexdigest()
