"""What is answered when something fails, on Datasette's pages as well as on ours."""

from typing import Any

from datasette_ost.datasette_api import Request, Response, while_handled


async def answered(request: Request, error: Exception, answer: object) -> Any:
    """The answer that another handler gave, made good where it would fail or tell too much.

    Datasette hands an address that no route knows over as an error that was never raised; where
    `rich` is installed, its handler dies of that, and the 404 would be a 500. It also writes to the
    log first, which may be full. And an error of the system names the file, with all its folders.
    """
    try:
        response = await while_handled(answer, error)
    except Exception:  # noqa: BLE001 - whatever it dies of, somebody waits for an answer
        status = int(getattr(error, "status", 500))
        said = "This page does not exist." if status == 404 else "The server could not answer."
        return _plain(request, said, status)
    if not isinstance(error, OSError):
        return response
    said = f"{error.strerror or 'The system failed'}. See the server's log."
    return _plain(request, said, 500)


def _plain(request: Request, said: str, status: int) -> Response:
    if request.path.endswith(".json"):
        return Response.error([said], status)
    return Response.text(said, status=status)
