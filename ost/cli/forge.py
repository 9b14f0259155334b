"""Comments of a pull or merge request, through the API of GitHub or GitLab. Only the report that
the user names leaves the machine.
"""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import Request, urlopen

from ost.errors import Misuse, OstError

PAGE = 100
"""Comments per request: the most that both servers give."""
MOST_PAGES = 100
TRIES = 3
WAIT = 20.0
"""Seconds to wait for an answer."""


class RefusedError(OstError):
    """The token lacks the permission, as on a pull request from a fork."""


class FailedError(OstError):
    """The server does not answer as expected."""


class Comment(NamedTuple):
    """An existing comment: the address to change it, and its text."""

    url: str
    body: str


class Forge(NamedTuple):
    """A pull or merge request. `comments` is the address of its comments, `edit` that of one
    comment, with `{}` for its id; `method` changes one, `headers` authenticate, and `user` is the
    address of the account behind the token.
    """

    name: str
    comments: str
    edit: str
    method: str
    headers: Mapping[str, str]
    user: str

    def find(self, marker: str) -> list[Comment]:
        """Our comments that begin with the marker, on all pages, oldest first.

        A stranger's comment is never ours, whatever it begins with: its author could change it
        after us.
        """
        marked = [
            each
            for each in self._comments()
            if str(each.get("body") or "").lstrip().startswith(marker)
        ]
        if not marked:
            return []
        is_ours = self._ours()
        return [
            Comment(self.edit.format(each["id"]), str(each["body"]))
            for each in sorted(marked, key=lambda each: int(each["id"]))
            if is_ours(each.get("user") or each.get("author") or {})
        ]

    def _ours(self) -> Callable[[Mapping[str, Any]], bool]:
        """Whether an author is us. If the token may not read its account, as in a run on GitHub, it
        belongs to a bot, so people's comments are not ours.
        """
        try:
            me = self._ask("GET", self.user)
        except RefusedError:
            return lambda author: author.get("type") == "Bot"
        return lambda author: author.get("id") == me.get("id")

    def post(self, body: str) -> None:
        """Posts a comment."""
        self._ask("POST", self.comments, {"body": body})

    def change(self, comment: Comment, body: str) -> None:
        """Replaces a comment's text."""
        self._ask(self.method, comment.url, {"body": body})

    def _comments(self) -> Iterator[dict[str, Any]]:
        for page in range(1, MOST_PAGES + 1):
            found = self._ask("GET", f"{self.comments}?per_page={PAGE}&page={page}")
            if not isinstance(found, list):
                raise FailedError(f"{self.name} returned no list of comments")
            yield from (each for each in found if isinstance(each, dict) and "id" in each)
            if len(found) < PAGE:
                return

    def _ask(self, method: str, url: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Accept": "application/json", "User-Agent": "ost", **self.headers}
        if data is not None:
            headers["Content-Type"] = "application/json"
        # The server may have accepted a post whose answer was lost, so it is not sent again.
        for again in reversed(range(1 if method == "POST" else TRIES)):
            try:
                with urlopen(  # noqa: S310 - the scheme was checked
                    Request(url, data, headers, method=method),  # noqa: S310
                    timeout=WAIT,
                ) as answer:
                    return json.loads(answer.read() or b"null")
            except HTTPError as error:
                with error:
                    if error.code in {401, 403, 404}:
                        raise RefusedError(f"{self.name} answers {error.code}") from None
                    if error.code < 500 or not again:
                        raise FailedError(f"{self.name} answers {error.code}") from None
            except (URLError, TimeoutError, ValueError, OSError) as error:
                if not again:
                    reason = getattr(error, "reason", error)
                    raise FailedError(f"{self.name} does not answer: {reason}") from None
            time.sleep(float(os.environ.get("OST_RETRY_SECONDS", "2")))
        raise FailedError(f"{self.name} does not answer")


def from_environment(environment: Mapping[str, str]) -> Forge | None:
    """The pull request of this run; None without one."""
    if environment.get("GITHUB_REPOSITORY"):
        return _github(environment)
    if environment.get("CI_PROJECT_ID"):
        return _gitlab(environment)
    raise Misuse(
        "this is not a run of GitHub Actions or GitLab CI: neither GITHUB_REPOSITORY nor "
        "CI_PROJECT_ID is set"
    )


def _github(environment: Mapping[str, str]) -> Forge | None:
    number = _number(environment)
    if not number:
        return None
    top = _api(environment.get("GITHUB_API_URL", "https://api.github.com"))
    repository = quote(environment["GITHUB_REPOSITORY"])
    issues = f"{top}/repos/{repository}/issues"
    return Forge(
        "GitHub",
        f"{issues}/{number}/comments",
        f"{issues}/comments/{{}}",
        "PATCH",
        {
            "Authorization": f"Bearer {_token(environment, 'GITHUB_TOKEN')}",
            "X-GitHub-Api-Version": "2022-11-28",
        },
        f"{top}/user",
    )


def _gitlab(environment: Mapping[str, str]) -> Forge | None:
    number = environment.get("CI_MERGE_REQUEST_IID", "")
    if not number.isdigit():
        return None
    top = _api(environment.get("CI_API_V4_URL", "https://gitlab.com/api/v4"))
    project = quote(environment["CI_PROJECT_ID"], safe="")
    notes = f"{top}/projects/{project}/merge_requests/{number}/notes"
    token = _token(environment, "OST_TOKEN")
    headers = {"PRIVATE-TOKEN": token}
    return Forge("GitLab", notes, f"{notes}/{{}}", "PUT", headers, f"{top}/user")


def _api(address: str) -> str:
    place = urlsplit(address)
    local = place.hostname in {"127.0.0.1", "localhost", "::1"}
    if place.scheme != "https" and not (place.scheme == "http" and local):
        raise Misuse(f"{address}: the token is only sent over https")
    return address.rstrip("/")


def _token(environment: Mapping[str, str], name: str) -> str:
    token = environment.get(name, "").strip()
    if not token:
        raise RefusedError(f"{name} is not set")
    return token


def _number(environment: Mapping[str, str]) -> int:
    """The pull request's number, from the event that began the run."""
    try:
        event = json.loads(Path(environment["GITHUB_EVENT_PATH"]).read_bytes())
        number = event.get("number") or event["pull_request"]["number"]
    except (KeyError, OSError, ValueError, TypeError, AttributeError):
        return 0
    return number if isinstance(number, int) and number > 0 else 0
