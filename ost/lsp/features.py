"""The requests and notifications of an editor, each with its function."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from ost.errors import Misuse
from ost.lsp import actions, completion, cursor, lenses, navigation, refactorings, rename
from ost.lsp.card import card
from ost.lsp.positions import edited
from ost.lsp.projects import File
from ost.lsp.server import LanguageService


def run() -> None:
    """Answers an editor until it disconnects. Anything else prints to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    server().start_io(None, answers)


def server(
    today: Callable[[], date] = lambda: datetime.now().astimezone().date(),
) -> LanguageService:
    """A server with all features, not started yet."""
    made = LanguageService(today)
    for name, (answer, options) in FEATURES.items():
        made.feature(name, options)(answer)
    return made


def initialized(ls: LanguageService, params: types.InitializedParams) -> None:
    """Opens the projects of the workspace and publishes their diagnostics."""
    roots = [each.uri for each in ls.workspace.folders.values()]
    root = ls.workspace.root_uri
    ls.folders.add(roots or ([root] if root else []))
    ls.complain()
    for folder in ls.folders:
        ls.opened(folder)


def folders(ls: LanguageService, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Opens and closes projects."""
    ls.folders.remove(each.uri for each in params.event.removed)
    ls.folders.add(each.uri for each in params.event.added)
    for folder in ls.folders:
        ls.opened(folder)


def opened(ls: LanguageService, params: types.DidOpenTextDocumentParams) -> None:
    """Takes an opened text and judges it."""
    document = params.text_document
    ls.typed(document.uri, document.version, document.text, at_once=True)


def changed(ls: LanguageService, params: types.DidChangeTextDocumentParams) -> None:
    """Takes a change; it is judged when the typing pauses."""
    document = params.text_document
    found = ls.folders.place(document.uri)
    if found is not None:
        folder, path = found
        text = edited(folder.text(path), params.content_changes)
        ls.typed(document.uri, document.version, text)


def saved(ls: LanguageService, params: types.DidSaveTextDocumentParams) -> None:
    """Judges the latest text."""
    ls.settle(params.text_document.uri)


def closed(ls: LanguageService, params: types.DidCloseTextDocumentParams) -> None:
    """Returns to the file on the disk."""
    ls.closed(params.text_document.uri)


def watched(ls: LanguageService, params: types.DidChangeWatchedFilesParams) -> None:
    """Looks at the disk."""
    ls.looked()


def completions(ls: LanguageService, params: types.CompletionParams) -> types.CompletionList | None:
    """The completions at a place."""
    file = ls.file(params.text_document.uri, settled=False)
    return completion.completions(file, params.position) if file else None


def documented(ls: LanguageService, item: types.CompletionItem) -> types.CompletionItem:
    """The card of an offered node."""
    uri = item.data.get("uri") if isinstance(item.data, dict) else None
    file = ls.file(str(uri), settled=False) if uri else None
    return completion.documented(file, item) if file else item


def hover(ls: LanguageService, params: types.HoverParams) -> types.Hover | None:
    """The card of the node under the cursor."""
    file = ls.file(params.text_document.uri)
    found = cursor.named(file, params.position) if file else None
    node = file.live.tree.get(found.id) if file and found else None
    if file is None or found is None or node is None:
        return None
    words = types.MarkupContent(types.MarkupKind.Markdown, card(node, file.live))
    return types.Hover(words, file.positions.range(found.at))


def definition(ls: LanguageService, params: types.DefinitionParams) -> types.Location | None:
    """The place of a node."""
    file = ls.file(params.text_document.uri)
    return navigation.definition(file, params.position) if file else None


def references(ls: LanguageService, params: types.ReferenceParams) -> list[types.Location] | None:
    """Where a node is named."""
    file = ls.file(params.text_document.uri)
    declared = params.context.include_declaration
    return navigation.references(file, params.position, declared=declared) if file else None


def symbols(
    ls: LanguageService, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | None:
    """The nodes and sections of a file."""
    file = ls.file(params.text_document.uri)
    return navigation.symbols(file) if file else None


def everywhere(
    ls: LanguageService, params: types.WorkspaceSymbolParams
) -> list[types.WorkspaceSymbol]:
    """The nodes of all projects that match a query."""
    return list(navigation.workspace_symbols(ls.folders, params.query))


def links(ls: LanguageService, params: types.DocumentLinkParams) -> list[types.DocumentLink] | None:
    """The timestamps with a recording to play."""
    file = ls.file(params.text_document.uri)
    return list(navigation.links(file)) if file else None


def folding(
    ls: LanguageService, params: types.FoldingRangeParams
) -> list[types.FoldingRange] | None:
    """The ranges that can be folded."""
    file = ls.file(params.text_document.uri)
    return list(navigation.folding(file)) if file else None


def lens(ls: LanguageService, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """People and solutions above each node."""
    file = ls.file(params.text_document.uri)
    return list(lenses.lenses(file)) if file else None


def inlays(ls: LanguageService, params: types.InlayHintParams) -> list[types.InlayHint] | None:
    """Titles after ids."""
    file = ls.file(params.text_document.uri)
    return list(lenses.inlays(file, params.range)) if file else None


def code_actions(
    ls: LanguageService, params: types.CodeActionParams
) -> list[types.CodeAction] | None:
    """The code actions in some lines, with their edits if the editor cannot ask for them later."""
    file = ls.file(params.text_document.uri)
    if file is None:
        return None
    found = list(actions.actions(file, params.range))
    made = found if _asks_later(ls) else list(_with_edits(file, found))
    for action in made:
        action.edit = _able(ls, action.edit)
    return made


def _able(ls: LanguageService, edit: types.WorkspaceEdit | None) -> types.WorkspaceEdit | None:
    """An edit that the editor can make: if it cannot create files, it writes into new ones. Raises
    Misuse if the edit renames files and the editor cannot.
    """
    known = ls.client_capabilities.workspace
    able = (known.workspace_edit if known else None) or types.WorkspaceEditClientCapabilities()
    operations = frozenset(able.resource_operations or ())
    if edit is None or types.ResourceOperationKind.Create in operations:
        return edit
    changes = edit.document_changes or ()
    if any(isinstance(each, types.RenameFile | types.DeleteFile) for each in changes):
        raise JsonRpcInvalidParams("this editor cannot rename files; use `ost mv` instead")
    edit.document_changes = [each for each in changes if not isinstance(each, types.CreateFile)]
    return edit


def _asks_later(ls: LanguageService) -> bool:
    """Whether the editor asks for an action's edit only when it is chosen."""
    known = ls.client_capabilities.text_document
    resolving = known.code_action.resolve_support if known and known.code_action else None
    return resolving is not None and "edit" in resolving.properties


def _with_edits(file: File, found: Iterable[types.CodeAction]) -> Iterator[types.CodeAction]:
    for action in found:
        with suppress(Misuse):
            yield action if action.edit else refactorings.made(file, action)


def chosen_action(ls: LanguageService, action: types.CodeAction) -> types.CodeAction:
    """The action with its edit."""
    uri = action.data.get("uri") if isinstance(action.data, dict) else None
    file = ls.file(str(uri)) if uri else None
    if file is None:
        return action
    try:
        made = refactorings.made(file, action)
    except Misuse as error:
        raise JsonRpcInvalidParams(str(error)) from None
    made.edit = _able(ls, made.edit)
    return made


def prepared(
    ls: LanguageService, params: types.PrepareRenameParams
) -> types.PrepareRenamePlaceholder | None:
    """The name that would be renamed."""
    file = ls.file(params.text_document.uri)
    return rename.prepared(file, params.position) if file else None


def renamed(ls: LanguageService, params: types.RenameParams) -> types.WorkspaceEdit | None:
    """Renames an id or a heading."""
    file = ls.file(params.text_document.uri)
    return _able(ls, rename.renamed(file, params.position, params.new_name)) if file else None


def moved(ls: LanguageService, params: types.RenameFilesParams) -> types.WorkspaceEdit | None:
    """The edits that follow a file's new name."""
    return rename.moved(ls.folders, params.files)


_MARKDOWN = types.FileOperationPattern(glob="**/*.{md,markdown}")
_FOLDERS = types.FileOperationPattern(glob="**", matches=types.FileOperationPatternKind.Folder)

FEATURES: dict[str, tuple[Callable[..., Any], Any]] = {
    types.INITIALIZED: (initialized, None),
    types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS: (folders, None),
    types.TEXT_DOCUMENT_DID_OPEN: (opened, None),
    types.TEXT_DOCUMENT_DID_CHANGE: (changed, None),
    types.TEXT_DOCUMENT_DID_SAVE: (saved, None),
    types.TEXT_DOCUMENT_DID_CLOSE: (closed, None),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (watched, None),
    types.TEXT_DOCUMENT_COMPLETION: (
        completions,
        types.CompletionOptions(
            trigger_characters=list(completion.TRIGGERS), resolve_provider=True
        ),
    ),
    types.COMPLETION_ITEM_RESOLVE: (documented, None),
    types.TEXT_DOCUMENT_HOVER: (hover, None),
    types.TEXT_DOCUMENT_DEFINITION: (definition, None),
    types.TEXT_DOCUMENT_REFERENCES: (references, None),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (symbols, None),
    types.WORKSPACE_SYMBOL: (everywhere, None),
    types.TEXT_DOCUMENT_DOCUMENT_LINK: (links, None),
    types.TEXT_DOCUMENT_FOLDING_RANGE: (folding, None),
    types.TEXT_DOCUMENT_CODE_LENS: (lens, None),
    types.TEXT_DOCUMENT_INLAY_HINT: (inlays, None),
    types.TEXT_DOCUMENT_CODE_ACTION: (
        code_actions,
        types.CodeActionOptions(
            code_action_kinds=[types.CodeActionKind.QuickFix, types.CodeActionKind.Refactor],
            resolve_provider=True,
        ),
    ),
    types.CODE_ACTION_RESOLVE: (chosen_action, None),
    types.TEXT_DOCUMENT_PREPARE_RENAME: (prepared, None),
    types.TEXT_DOCUMENT_RENAME: (renamed, types.RenameOptions(prepare_provider=True)),
    types.WORKSPACE_WILL_RENAME_FILES: (
        moved,
        types.FileOperationRegistrationOptions(
            [types.FileOperationFilter(_MARKDOWN), types.FileOperationFilter(_FOLDERS)]
        ),
    ),
}
"""By the name of a request or notification: its function and its options."""
