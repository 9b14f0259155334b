"""An editor, for tests: a client of the language server that keeps the texts it opened."""

from pathlib import Path

from lsprotocol import types
from pytest_lsp import LanguageClient


class Editor:
    """A client with one project open."""

    def __init__(self, client: LanguageClient, content: Path) -> None:
        self.client, self.content = client, content
        self.texts: dict[str, str] = {}
        self.version = 0

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
        """What is wrong, as of the newest version."""
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
