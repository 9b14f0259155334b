"""The server: what an editor says, and what it is answered.

Texts are taken at once, and judged when the typing rests for a moment. Whatever is asked is
answered from the newest text; only what is offered while typing does not wait for the judge.
"""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from ost import __version__
from ost.config import FILE
from ost.lsp import actions, completion, cursor, lenses, navigation, rename
from ost.lsp.card import card
from ost.lsp.folders import File, Folder, Folders
from ost.lsp.positions import Positions, edited
from ost.read.diagnostic import Diagnostic, Severity

REST = 0.04
"""Seconds without a keystroke after which a text is judged."""

HOURLY = 600.0
"""Seconds after which the day is looked at: rules depend on it."""

_SEVERITY = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.NOTE: types.DiagnosticSeverity.Information,
}


class Server(LanguageServer):
    """One editor's server."""

    def __init__(self, today: Callable[[], date]) -> None:
        """Opens nothing yet."""
        super().__init__("ost", __version__)
        self.today = today
        self.folders = Folders(today)
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._published: set[str] = set()
        self._tasks: dict[Path, asyncio.Task[None]] = {}
        self._told: set[str] = set()

    def typed(self, uri: str, version: int | None, text: str, *, at_once: bool = False) -> None:
        """Takes a text; judges it when the typing rests."""
        found = self.folders.place(uri)
        self._complain()
        if found is None:
            return
        folder, path = found
        self._follow(folder)
        folder.typed[path] = text
        folder.versions[path] = version
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()
        if at_once:
            self.settle(uri)
            return
        self._waiting[uri] = asyncio.get_running_loop().call_later(REST, self.settle, uri)

    def settle(self, uri: str) -> None:
        """Judges what was typed in a file and not judged yet."""
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()
        found = self.folders.place(uri)
        if found is None:
            return
        folder, path = found
        text = folder.typed.pop(path, None)
        if text is not None:
            self.publish(folder, folder.live.write(path, text))

    def file(self, uri: str, *, settled: bool = True) -> File | None:
        """The file at an address; None where it is none of ours."""
        if settled:
            self.settle(uri)
        return self.folders.file(uri)

    def closed(self, uri: str) -> None:
        """Takes the file on the disk again."""
        found = self.folders.place(uri)
        if found is None:
            return
        folder, path = found
        if uri in self._waiting:
            self._waiting.pop(uri).cancel()
        folder.typed.pop(path, None)
        folder.versions.pop(path, None)
        self.publish(folder, folder.live.close(path))

    def opened(self, folder: Folder) -> None:
        """Says what is wrong in a project, and follows its files from now on."""
        self._follow(folder)
        self.publish(folder, folder.live.paths())

    def publish(self, folder: Folder, paths: Iterable[str]) -> None:
        """Says what is wrong in some files: everything in those that are open, errors elsewhere."""
        for path in sorted(paths):
            said = folder.live.diagnostics(path)
            if path not in folder.live.buffers:
                said = tuple(each for each in said if each.severity is Severity.ERROR)
            uri = folder.uri(path)
            if not said and uri not in self._published and path not in folder.live.buffers:
                continue
            self._published.add(uri)
            positions = folder.positions(path)
            self.text_document_publish_diagnostics(
                types.PublishDiagnosticsParams(
                    uri=uri,
                    version=folder.versions.get(path),
                    diagnostics=[diagnostic(each, folder, positions) for each in said],
                )
            )

    def looked(self) -> None:
        """Looks for files that changed on the disk, and for another day or other settings."""
        for folder in self.folders:
            if folder.live.project.today != self.today():
                self.reopened(folder)
                continue
            self.publish(folder, folder.live.look())

    def reopened(self, folder: Folder) -> None:
        """Reads a project again, with its settings."""
        again = self.folders.reopen(folder.live.project.root)
        self._complain()
        if again is not None:
            self.opened(again)

    def _complain(self) -> None:
        """Says once why a project cannot be opened."""
        for why in self.folders.failed.values():
            if why not in self._told:
                self._told.add(why)
                self.window_show_message(
                    types.ShowMessageParams(types.MessageType.Error, f"ost: {why}")
                )

    def _follow(self, folder: Folder) -> None:
        root = folder.live.project.root
        if root not in self._tasks:
            self._tasks[root] = asyncio.get_running_loop().create_task(self._watch(root))

    async def _watch(self, root: Path) -> None:
        """Follows the files of a project as long as the server runs."""
        from watchfiles import awatch

        with contextlib.suppress(OSError, RuntimeError):
            async for changes in awatch(
                root,
                watch_filter=None,
                debounce=200,
                yield_on_timeout=True,
                rust_timeout=int(HOURLY * 1000),
                ignore_permission_denied=True,
            ):
                folder = self.folders.get(root)
                if folder is None:
                    break
                if any(Path(path) == root / FILE for _, path in changes):
                    self.reopened(folder)
                elif not changes or any(".git" not in Path(path).parts for _, path in changes):
                    self.looked()
        self._tasks.pop(root, None)


def diagnostic(said: Diagnostic, folder: Folder, positions: Positions) -> types.Diagnostic:
    """A diagnostic as editors know it, in the words of `ost check`."""
    related = [
        types.DiagnosticRelatedInformation(
            types.Location(
                folder.uri(span.path), folder.positions(span.path).range(span.place)
            ),
            words,
        )
        for span, words in said.related
    ]
    return types.Diagnostic(
        range=positions.range(said.at),
        message=said.message,
        severity=_SEVERITY[said.severity],
        code=said.code,
        source="ost",
        related_information=related or None,
    )


def server(today: Callable[[], date] = lambda: datetime.now().astimezone().date()) -> Server:
    """A server that answers on standard input and output once it is started."""
    made = Server(today)
    _texts(made)
    _answers(made)
    _changes(made)
    return made


def _texts(made: Server) -> None:
    @made.feature(types.INITIALIZED)
    def initialized(ls: Server, params: types.InitializedParams) -> None:
        roots = [each.uri for each in ls.workspace.folders.values()]
        root = ls.workspace.root_uri
        ls.folders.add(roots or ([root] if root else []))
        ls._complain()  # noqa: SLF001 - its own
        for folder in ls.folders:
            ls.opened(folder)

    @made.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    def folders(ls: Server, params: types.DidChangeWorkspaceFoldersParams) -> None:
        ls.folders.remove(each.uri for each in params.event.removed)
        ls.folders.add(each.uri for each in params.event.added)
        for folder in ls.folders:
            ls.opened(folder)

    @made.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
        document = params.text_document
        ls.typed(document.uri, document.version, document.text, at_once=True)

    @made.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
        document = params.text_document
        found = ls.folders.place(document.uri)
        if found is not None:
            folder, path = found
            text = edited(folder.text(path), params.content_changes)
            ls.typed(document.uri, document.version, text)

    @made.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
        ls.settle(params.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
        ls.closed(params.text_document.uri)

    @made.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
        ls.looked()


def _answers(made: Server) -> None:
    @made.feature(
        types.TEXT_DOCUMENT_COMPLETION,
        types.CompletionOptions(
            trigger_characters=list(completion.TRIGGERS), resolve_provider=True
        ),
    )
    def completions(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
        file = ls.file(params.text_document.uri, settled=False)
        return completion.completions(file, params.position) if file else None

    @made.feature(types.COMPLETION_ITEM_RESOLVE)
    def documented(ls: Server, item: types.CompletionItem) -> types.CompletionItem:
        uri = item.data.get("uri") if isinstance(item.data, dict) else None
        file = ls.file(str(uri), settled=False) if uri else None
        return completion.documented(file, item) if file else item

    @made.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
        file = ls.file(params.text_document.uri)
        found = cursor.named(file, params.position) if file else None
        node = file.live.tree.get(found.id) if file and found else None
        if file is None or found is None or node is None:
            return None
        words = types.MarkupContent(types.MarkupKind.Markdown, card(node, file.live))
        return types.Hover(words, file.positions.range(found.at))

    @made.feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(ls: Server, params: types.DefinitionParams) -> types.Location | None:
        file = ls.file(params.text_document.uri)
        return navigation.definition(file, params.position) if file else None

    @made.feature(types.TEXT_DOCUMENT_REFERENCES)
    def references(ls: Server, params: types.ReferenceParams) -> list[types.Location] | None:
        file = ls.file(params.text_document.uri)
        declared = params.context.include_declaration
        return (
            navigation.references(file, params.position, declared=declared) if file else None
        )

    @made.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    def symbols(
        ls: Server, params: types.DocumentSymbolParams
    ) -> list[types.DocumentSymbol] | None:
        file = ls.file(params.text_document.uri)
        return navigation.symbols(file) if file else None

    @made.feature(types.WORKSPACE_SYMBOL)
    def everywhere(ls: Server, params: types.WorkspaceSymbolParams) -> list[types.WorkspaceSymbol]:
        return list(navigation.workspace_symbols(ls.folders, params.query))

    @made.feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def links(ls: Server, params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
        file = ls.file(params.text_document.uri)
        return list(navigation.links(file)) if file else None

    @made.feature(types.TEXT_DOCUMENT_FOLDING_RANGE)
    def folding(ls: Server, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
        file = ls.file(params.text_document.uri)
        return list(navigation.folding(file)) if file else None

    @made.feature(types.TEXT_DOCUMENT_CODE_LENS)
    def lens(ls: Server, params: types.CodeLensParams) -> list[types.CodeLens] | None:
        file = ls.file(params.text_document.uri)
        return list(lenses.lenses(file)) if file else None

    @made.feature(types.TEXT_DOCUMENT_INLAY_HINT)
    def inlays(ls: Server, params: types.InlayHintParams) -> list[types.InlayHint] | None:
        file = ls.file(params.text_document.uri)
        return list(lenses.inlays(file, params.range)) if file else None


def _changes(made: Server) -> None:
    @made.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.Refactor]
        ),
    )
    def code_actions(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        file = ls.file(params.text_document.uri)
        return list(actions.actions(file, params.range)) if file else None

    @made.feature(types.TEXT_DOCUMENT_PREPARE_RENAME)
    def prepared(
        ls: Server, params: types.PrepareRenameParams
    ) -> types.PrepareRenamePlaceholder | None:
        file = ls.file(params.text_document.uri)
        return rename.prepared(file, params.position) if file else None

    @made.feature(types.TEXT_DOCUMENT_RENAME, types.RenameOptions(prepare_provider=True))
    def renamed(ls: Server, params: types.RenameParams) -> types.WorkspaceEdit | None:
        file = ls.file(params.text_document.uri)
        return rename.renamed(file, params.position, params.new_name) if file else None

    pattern = types.FileOperationPattern(glob="**/*.{md,markdown}")
    moves = types.FileOperationRegistrationOptions([types.FileOperationFilter(pattern)])

    @made.feature(types.WORKSPACE_WILL_RENAME_FILES, moves)
    def moved(ls: Server, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
        return rename.moved(ls.folders, params.files)
