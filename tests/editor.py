"""An editor for tests: a client of the language server that keeps the texts it opens."""

import sys
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from lsprotocol import types
from pytest_lsp import LanguageClient, client_capabilities
from pytest_lsp.client import make_test_lsp_client


class Editor:
    """A client with one project open."""

    def __init__(self, client: LanguageClient, content: Path) -> None:
        self.client, self.content = client, content
        self.texts: dict[str, str] = {}
        self.version = 0
        self.files: dict[str, str] = {}

    def uri(self, path: str) -> str:
        return (self.content / path).as_uri()

    def ident(self, path: str) -> types.TextDocumentIdentifier:
        return types.TextDocumentIdentifier(self.uri(path))

    async def open(self, path: str, text: str | None = None) -> list[types.Diagnostic]:
        self.texts[path] = text or (self.content / path).read_text("utf-8")
        self.version += 1
        document = types.TextDocumentItem(
            self.uri(path), "markdown", self.version, self.texts[path]
        )
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return await self.said(path)

    async def type(self, path: str, text: str) -> list[types.Diagnostic]:
        """Replaces a text, whose file is opened first unless an earlier test did so."""
        if path not in self.texts:
            await self.open(path)
        self.version += 1
        self.texts[path] = text
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri(path)),
                [types.TextDocumentContentChangeWholeDocument(text)],
            )
        )
        return await self.said(path)

    async def said(self, path: str) -> list[types.Diagnostic]:
        """The diagnostics of the newest version."""
        while self.versions.get(self.uri(path)) != self.version:
            await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return list(self.client.diagnostics[self.uri(path)])

    @property
    def versions(self) -> dict[str, int | None]:
        return self.client.versions  # type: ignore[attr-defined, no-any-return] # kept below

    def close(self, path: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(self.ident(path)))

    def at(self, path: str, words: str) -> types.Position:
        """Where words begin, as an editor counts."""
        lines = self.texts[path].split("\n")
        line = next(number for number, each in enumerate(lines) if words in each)
        before = lines[line].partition(words)[0]
        return types.Position(line, len(before.encode("utf-16-le")) // 2)

    async def actions(self, path: str, words: str, until: str = "") -> dict[str, types.CodeAction]:
        """What may be done at words, or from there to others, by its title."""
        at = types.Range(self.at(path, words), self.at(path, until or words))
        found = await self.client.text_document_code_action_async(
            types.CodeActionParams(self.ident(path), at, types.CodeActionContext([]))
        )
        return {each.title: each for each in found or () if isinstance(each, types.CodeAction)}

    def changed(self, edit: types.WorkspaceEdit | None) -> dict[str, str]:
        """The texts that an edit gives, by path; the files as they were written at first."""
        texts: dict[str, str] = {}
        for change in (edit.document_changes if edit else None) or ():
            if isinstance(change, types.TextDocumentEdit):
                uri = change.text_document.uri
                path = Path(uri.removeprefix("file://")).relative_to(self.content).as_posix()
                texts[path] = _applied(self.files.get(path, ""), change.edits)
        return texts


def _applied(text: str, edits: Iterable[object]) -> str:
    from ost.lsp.positions import edited

    plain = [each for each in edits if isinstance(each, types.TextEdit)]
    for edit in sorted(plain, key=lambda each: each.range.start, reverse=True):
        text = edited(text, [types.TextDocumentContentChangePartial(edit.range, edit.new_text)])
    return text


@asynccontextmanager
async def editing(
    root: Path, files: Mapping[str, str], like: str = "visual-studio-code"
) -> AsyncIterator[Editor]:
    """A project with these files, opened by an editor that can do what another one can."""
    for path, text in files.items():
        file = root / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    (root / "ost.toml").write_text('title = "Films"\n', "utf-8")
    client = make_test_lsp_client()
    versions: dict[str, int | None] = {}
    client.versions = versions  # type: ignore[attr-defined] # what the client itself forgets
    noted = client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS]

    def note(params: types.PublishDiagnosticsParams) -> None:
        versions[params.uri] = params.version
        noted(params)

    client.protocol.fm.features[types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS] = note
    await client.start_io(sys.executable, "-m", "ost", "lsp")
    await client.initialize_session(
        types.InitializeParams(
            capabilities=client_capabilities(like),
            workspace_folders=[types.WorkspaceFolder(root.as_uri(), "films")],
        )
    )
    try:
        opened = Editor(client, root / "content")
        opened.files |= files
        yield opened
    finally:
        await client.shutdown_session()
