"""Where this `ost` was installed from, so that another machine can install the same.

There is no release yet; a package of that name in an index is someone else's.
"""

import json
import re
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from ost import __file__ as package

DISTRIBUTION = "datasette-ost"

EXAMPLE = 'pip install "git+https://HOST/OWNER/REPOSITORY@COMMIT"'

PLACEHOLDER = f"echo 'Fill in where ost comes from: {EXAMPLE}' && false"
"""Stands in for an unknown origin: it fails and installs nothing."""

_SAFE = re.compile(r"(?:https|ssh)://[A-Za-z0-9@:/._~%+-]+")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_SHORT = re.compile(r"(?:([\w.-]+)@)?([\w.-]+):(?!//)(.+)")

_OPEN = frozenset({"github.com", "gitlab.com", "codeberg.org"})
"""Hosts that serve over https what they serve over ssh."""


def command() -> str:
    """The command that installs this same `ost` on another machine, or a command that fails."""
    found = _recorded() or _checkout(Path(package).resolve().parent.parent)
    return f'pip install "{DISTRIBUTION} @ {found}"' if found else PLACEHOLDER


def _recorded() -> str:
    """The origin that pip recorded (PEP 610)."""
    try:
        text = distribution(DISTRIBUTION).read_text("direct_url.json")
        record = json.loads(text or "{}")
        address = str(record["url"])
    except (PackageNotFoundError, ValueError, KeyError, TypeError):
        return ""
    if "vcs_info" in record:
        vcs = record["vcs_info"]
        return _pinned(address, str(vcs.get("commit_id", ""))) if vcs.get("vcs") == "git" else ""
    hashes = record.get("archive_info", {}).get("hashes", {})
    if "sha256" in hashes:
        plain = _public(address)
        return f"{plain}#sha256={hashes['sha256']}" if plain.startswith("https:") else ""
    place = urlsplit(address)
    return _checkout(Path(unquote(place.path))) if place.scheme == "file" else ""


def _checkout(folder: Path) -> str:
    """The address and the commit of a folder, if it is a checkout of this package."""
    try:
        ours = f'name = "{DISTRIBUTION}"' in (folder / "pyproject.toml").read_text("utf-8")
    except (OSError, UnicodeError):
        return ""
    if not ours or not (folder / ".git").exists():
        return ""
    address = _git(folder, "config", "--get", "remote.origin.url")
    return _pinned(address, _git(folder, "rev-parse", "--verify", "HEAD"))


def _git(folder: Path, *arguments: str) -> str:
    try:
        ended = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False
        )
    except OSError:
        return ""
    return ended.stdout.strip() if ended.returncode == 0 else ""


def _pinned(address: str, commit: str) -> str:
    plain = _public(address)
    return f"git+{plain}@{commit}" if plain and _COMMIT.fullmatch(commit) else ""


def _public(address: str) -> str:
    """An address that others can use, without a password; "" if there is none."""
    short = _SHORT.fullmatch(address)
    if short and "://" not in address and not short[3].startswith("\\"):
        user, host, path = short.groups()
        address = f"ssh://{user or 'git'}@{host}/{path.removeprefix('/')}"
    place = urlsplit(address)
    host = place.hostname or ""
    scheme, port = place.scheme, f":{place.port}" if place.port else ""
    if scheme == "ssh" and host in _OPEN:
        scheme, port = "https", ""  # a build server has no ssh key
    if host in {"", "localhost"}:
        return ""
    user = f"{place.username or 'git'}@" if scheme == "ssh" else ""
    plain = urlunsplit((scheme, f"{user}{host}{port}", place.path, "", ""))
    return plain if _SAFE.fullmatch(plain) else ""
