"""Measures how long an editor waits for the server, for diagnostics after a keystroke, and for
completion.

A real client starts `ost lsp` and talks to it over its pipes.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from benchmarks.builds import OST, Line, run

READY = 2.0
DIAGNOSTICS = 0.1
COMPLETION = 0.05
"""The longest wait in seconds that a person does not notice, at 10,000 files."""

INTERVIEW = "interviews/000/interview-8.md"


def editor(root: Path, rounds: int) -> Iterator[Line]:
    """The lines for an editor on a project that is already built."""
    run(*OST, "check", root)
    ready, diagnostics, completion = asyncio.run(_measured(root, 10 * rounds))
    yield Line("editor: ready", ready, ready, READY)
    yield Line("editor: keystroke to diagnostics", diagnostics, diagnostics, DIAGNOSTICS)
    yield Line("editor: completion of a link", completion, completion, COMPLETION)


async def _measured(root: Path, rounds: int) -> tuple[float, float, float]:
    file = root / "content" / INTERVIEW
    text, uri = file.read_text("utf-8"), file.as_uri()
    client = LanguageClient("benchmark", "1")
    versions: asyncio.Queue[int | None] = asyncio.Queue()

    @client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)  # type: ignore[untyped-decorator] # theirs
    def said(params: types.PublishDiagnosticsParams) -> None:
        if params.uri == uri:
            versions.put_nowait(params.version)

    async def judged(version: int) -> None:
        while await versions.get() != version:
            pass

    began = time.perf_counter()
    await client.start_io(sys.executable, "-m", "ost", "lsp")
    await client.initialize_async(
        types.InitializeParams(
            types.ClientCapabilities(),
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), "corpus")],
        )
    )
    client.initialized(types.InitializedParams())
    document = types.TextDocumentItem(uri, "markdown", 0, text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(document))
    await judged(0)
    ready = time.perf_counter() - began
    judging: list[float] = []
    completing: list[float] = []
    line = text.count("\n") + 1
    for number in range(1, rounds + 1):
        written = f"- [[opp{'ortunity'[: number % 8]}"
        typed = f"{text}\n{written}"
        identifier = types.VersionedTextDocumentIdentifier(number, uri)
        whole = types.TextDocumentContentChangeWholeDocument(typed)
        began = time.perf_counter()
        client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [whole]))
        position = types.Position(line, len(written))
        await client.text_document_completion_async(
            types.CompletionParams(types.TextDocumentIdentifier(uri), position)
        )
        completing.append(time.perf_counter() - began)
        await judged(number)
        judging.append(time.perf_counter() - began)
    await client.shutdown_async(None)
    client.exit(None)
    await client.stop()  # type: ignore[no-untyped-call] # the library does not type it
    return ready, median(judging), median(completing)
