"""Where a repository is on the web, by the address of its remote, and where its files can be
edited.

The address may come from a stranger, so results are http(s) and never contain credentials.
"""

import re
from typing import NamedTuple
from urllib.parse import quote, urlsplit

_SHORT = re.compile(r"(?:[\w.-]+@)?([\w.-]+):(?!//)/?(.+)")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_PART = re.compile(r"[A-Za-z0-9_~+-][A-Za-z0-9._~+-]*")
_KINDS = ("github", "gitlab", "gitea", "forgejo")
_KNOWN = {"codeberg.org": "forgejo"}

_EDIT = {
    "github": "{base}/edit/{branch}/{{path}}",
    "gitlab": "{base}/-/edit/{branch}/{{path}}",
    "gitea": "{base}/_edit/{branch}/{{path}}",
}


class HostedRepository(NamedTuple):
    """A repository on a forge: the forge's software, its host, and the path of the repository."""

    kind: str
    scheme: str
    host: str
    path: str

    @property
    def base(self) -> str:
        """The repository's page."""
        return f"{self.scheme}://{self.host}/{self.path}"

    def edit(self, branch: str, folder: str) -> str:
        """The address at which files in a folder can be edited, with `{path}` for the file."""
        prefix = f"{quote(folder.strip('/'))}/" if folder.strip("/.") else ""
        made = _EDIT[self.kind].format(base=self.base, branch=quote(branch))
        return made.replace("{path}", f"{prefix}{{path}}")


def hosted(remote: str) -> HostedRepository | None:
    """The repository that a remote's address names, or None if its forge is unknown."""
    address = remote.strip()
    short = _SHORT.fullmatch(address)
    if short and "://" not in address:
        address = f"ssh://{short[1]}/{short[2]}"
    try:
        place = urlsplit(address)
        port = place.port
    except ValueError:
        return None
    host, parts = place.hostname or "", place.path.strip("/").removesuffix(".git").split("/")
    if place.scheme not in {"http", "https", "ssh", "git"} or not _HOST.fullmatch(host):
        return None
    if len(parts) < 2 or not all(map(_PART.fullmatch, parts)):
        return None
    kind = _KNOWN.get(host) or next(
        (each for each in _KINDS if each in re.split(r"[.-]", host)), ""
    )
    if not kind:
        return None
    web = place.scheme in {"http", "https"}
    at = f"{host}:{port}" if web and port else host
    scheme = place.scheme if web else "https"
    return HostedRepository("gitea" if kind == "forgejo" else kind, scheme, at, "/".join(parts))
