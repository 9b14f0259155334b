"""The language server, through a client, as an editor starts it."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.editor import Editor, editing

pytestmark = pytest.mark.asyncio(loop_scope="module")

FILES = {
    "outcomes/keep.md": (
        "---\nkind: outcome\n---\n# More people stay\n\n[filter](../opportunities/no-filter.md)\n"
    ),
    "opportunities/slow-search.md": (
        "---\nkind: opportunity\nparent: keep\nstatus: target\n---\n# Search is slow for me\n"
        "\nSee [[old-name]] and [[an-index|An index]].\n"
    ),
    "opportunities/no-filter.md": (
        "---\nkind: opportunity\nparent: keep\naliases: [old-name]\n---\n# I cannot filter\n"
    ),
    "solutions/an-index.md": "---\nkind: solution\nparent: slow-search\n---\n# An index\n",
    "tests/try-it.md": "---\nkind: test\n---\n# Ten people try it\n",
    "interviews/p07.md": (
        "---\nkind: interview\ndate: 2026-11-03\nparticipant: P07\nconsent: research\n"
        "recording: https://youtu.be/abc\ntranscript: p07.vtt\n---\n# P07: looking for a film\n\n"
        "## Story\n1. [0:05] opens the app\n\n"
        "## Opportunities\n- [[slow-search]] 😀 twenty minutes [0:10]\n"
        "  > It took me twenty minutes to find one film. [0:10]\n"
        "- against [[no-filter]] never uses them\n- [[too-many-films]] lost [0:20]\n"
    ),
    "interviews/p07.vtt": (
        "WEBVTT\n\n00:05.000 --> 00:09.000\n<v Interviewer>What happened last time?\n\n"
        "00:10.000 --> 00:15.000\n<v P07>It took me twenty minutes to find one film.\n"
    ),
}
SAID = "It took me twenty minutes to find one film."
INTERVIEW = "interviews/p07.md"
SEARCH = "opportunities/slow-search.md"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def editor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    root = tmp_path_factory.mktemp("lsp")
    async with editing(root, FILES) as opened:
        for path in (INTERVIEW, SEARCH, "solutions/an-index.md"):
            await opened.open(path)
        yield opened


async def test_diagnostics_are_those_of_check(editor: Editor) -> None:
    from ost import load

    said = await editor.open(INTERVIEW)
    expected = [each for each in load(editor.content).diagnostics if each.path == INTERVIEW]
    assert [(each.code, each.message, each.range.start.line) for each in said] == [
        (each.code, each.message, each.at.line) for each in expected
    ]
    assert any(each.message == "no node 'too-many-films'" for each in said)


async def test_places_are_counted_in_utf16(editor: Editor) -> None:
    said = await editor.type(INTERVIEW, FILES[INTERVIEW].replace("😀 twenty", "😀 [[gone]] twenty"))
    (found,) = [each for each in said if "'gone'" in each.message]
    start = editor.at(INTERVIEW, "gone")
    assert found.range == types.Range(start, types.Position(start.line, start.character + 4))
    await editor.type(INTERVIEW, FILES[INTERVIEW])


async def test_partial_edits_are_applied(editor: Editor) -> None:
    await editor.type(INTERVIEW, FILES[INTERVIEW])
    start = editor.at(INTERVIEW, " twenty minutes [")
    editor.version += 1
    change = types.TextDocumentContentChangePartial(types.Range(start, start), " [[lost-too]]")
    editor.client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            types.VersionedTextDocumentIdentifier(editor.version, editor.uri(INTERVIEW)), [change]
        )
    )
    assert any("'lost-too'" in each.message for each in await editor.said(INTERVIEW))
    await editor.type(INTERVIEW, FILES[INTERVIEW])


async def test_other_open_files_are_judged_too(editor: Editor) -> None:
    before = await editor.open(SEARCH)
    assert any(each.code == "OST301" for each in before)
    solution = FILES["solutions/an-index.md"].replace("An index", "Another index")
    await editor.open("solutions/second.md", solution)
    assert not any(each.code == "OST301" for each in editor.client.diagnostics[editor.uri(SEARCH)])
    editor.close("solutions/second.md")


async def _completed(editor: Editor, path: str, text: str, at: str) -> types.CompletionList:
    await editor.type(path, text)
    position = editor.at(path, at)
    position = types.Position(position.line, position.character + len(at.encode("utf-16-le")) // 2)
    found = await editor.client.text_document_completion_async(
        types.CompletionParams(editor.ident(path), position)
    )
    assert isinstance(found, types.CompletionList)
    return found


@pytest.mark.parametrize(
    ("path", "old", "new", "offered", "text"),
    [
        (INTERVIEW, "## Story", "- [[slow for\n## Story", "Search is slow for me", "slow-search]]"),
        (INTERVIEW, "## Story", "- [[filt\n## Story", "I cannot filter", "no-filter]]"),
        (INTERVIEW, "## Story", "- [[srch\n## Story", "Search is slow for me", "slow-search]]"),
        (
            INTERVIEW,
            "## Story",
            "> took twenty\n## Story",
            SAID,
            f"{SAID} [0:10]",
        ),
        (
            INTERVIEW,
            "## Story",
            "a [0:1\n## Story",
            f"0:10 {SAID}",
            "0:10]",
        ),
        (INTERVIEW, "## Story", "## In\n## Story", "Insights", "Insights"),
        (INTERVIEW, "consent", "recruited: \nconsent", "in-product", "in-product"),
        (INTERVIEW, "consent", "rec\nconsent", "recruited", "recruited: "),
        (INTERVIEW, "consent", "participant: \nconsent", "P07", "P07"),
        (SEARCH, "parent: keep", "parent: more", "More people stay", "keep"),
        (SEARCH, "status: target", "status: ", "parked", "parked"),
        (SEARCH, "status: target", "lenses:\n  cu", "customer", "customer: "),
        (SEARCH, "kind: opportunity", "kind: ", "solution", "solution"),
    ],
)
async def test_completion_offers_ids_by_title(
    editor: Editor, path: str, old: str, new: str, offered: str, text: str
) -> None:
    whole = FILES[path].replace(old, new, 1)
    found = await _completed(
        editor, path, whole, new.partition("\n")[0] if "lenses" not in new else "  cu"
    )
    by_label = {each.label: each for each in found.items}
    assert offered in by_label
    edit = by_label[offered].text_edit
    assert isinstance(edit, types.TextEdit)
    assert edit.new_text == text
    await editor.type(path, FILES[path])


async def test_completion_offers_only_possible_parents(editor: Editor) -> None:
    whole = FILES["solutions/an-index.md"].replace("slow-search", "s")
    await editor.open("solutions/an-index.md")
    found = await _completed(editor, "solutions/an-index.md", whole, "parent: s")
    assert {each.label for each in found.items} == {"Search is slow for me"}
    await editor.type("solutions/an-index.md", FILES["solutions/an-index.md"])


async def test_hover_says_who_said_so(editor: Editor) -> None:
    found = await editor.client.text_document_hover_async(
        types.HoverParams(editor.ident(INTERVIEW), editor.at(INTERVIEW, "slow-search"))
    )
    assert found is not None
    words = found.contents
    assert isinstance(words, types.MarkupContent)
    assert "Search is slow for me" in words.value
    assert "1 person" in words.value
    assert "It took me twenty minutes to find one film." in words.value
    against = await editor.client.text_document_hover_async(
        types.HoverParams(editor.ident(INTERVIEW), editor.at(INTERVIEW, "no-filter"))
    )
    assert against is not None
    assert "1 against" in against.contents.value  # type: ignore[union-attr] # Markdown, as above


async def test_definition_and_references(editor: Editor) -> None:
    ident = editor.ident(SEARCH)
    former = await editor.client.text_document_definition_async(
        types.DefinitionParams(ident, editor.at(SEARCH, "old-name"))
    )
    assert isinstance(former, types.Location)
    assert former.uri == editor.uri("opportunities/no-filter.md")
    found = await editor.client.text_document_references_async(
        types.ReferenceParams(
            context=types.ReferenceContext(include_declaration=True),
            text_document=ident,
            position=editor.at(SEARCH, "# Search"),
        )
    )
    assert found is not None
    assert {each.uri for each in found} == {
        editor.uri(each) for each in (SEARCH, INTERVIEW, "solutions/an-index.md")
    }


async def test_symbols_links_folding_lenses_and_hints(editor: Editor) -> None:
    client, ident = editor.client, editor.ident(INTERVIEW)
    symbols = await client.text_document_document_symbol_async(types.DocumentSymbolParams(ident))
    assert symbols is not None
    first = symbols[0]
    assert isinstance(first, types.DocumentSymbol)
    assert [each.name for each in first.children or ()] == ["Story", "Opportunities"]
    everywhere = await client.workspace_symbol_async(types.WorkspaceSymbolParams("slow"))
    (found,) = everywhere or ()
    assert (found.name, found.kind) == ("Search is slow for me", types.SymbolKind.Class)
    assert first.kind == types.SymbolKind.File, "an interview has no place in the tree"
    links = await client.text_document_document_link_async(types.DocumentLinkParams(ident))
    assert "https://youtu.be/abc?t=10s" in {each.target for each in links or ()}
    folds = await client.text_document_folding_range_async(types.FoldingRangeParams(ident))
    assert (0, 7) in {(each.start_line, each.end_line) for each in folds or ()}
    lenses = await client.text_document_code_lens_async(types.CodeLensParams(editor.ident(SEARCH)))
    assert [each.command.title for each in lenses or () if each.command] == [
        "1 person · 1 live solution"
    ]
    everything = types.Range(types.Position(0, 0), types.Position(99, 0))
    hints = await client.text_document_inlay_hint_async(
        types.InlayHintParams(text_document=ident, range=everything)
    )
    assert {each.label for each in hints or ()} == {"Search is slow for me", "I cannot filter"}


async def test_dangling_link_becomes_a_node(editor: Editor) -> None:
    found = await editor.actions(INTERVIEW, "too-many-films")
    action = found["Create the opportunity too-many-films under keep"]
    assert action.edit is not None
    create, write = action.edit.document_changes or ()
    assert isinstance(create, types.CreateFile)
    assert create.uri == editor.uri("opportunities/too-many-films.md")
    assert isinstance(write, types.TextDocumentEdit)
    text = write.edits[0].new_text  # type: ignore[union-attr] # a plain edit
    assert text.startswith("---\nkind: opportunity\nparent: keep\n")


async def test_waiver_criterion_and_moves_are_offered(editor: Editor) -> None:
    waiver = (await editor.actions(SEARCH, "kind: opp")) | (
        await editor.actions(SEARCH, "# Search")
    )
    assert any(title.startswith("Waive ") for title in waiver)
    assert "Move under I cannot filter" in waiver
    await editor.open("tests/try-it.md")
    assert "Add the criterion" in await editor.actions("tests/try-it.md", "# Ten")


async def test_rename_follows_everywhere(editor: Editor) -> None:
    edit = await editor.client.text_document_rename_async(
        types.RenameParams(
            text_document=editor.ident(INTERVIEW),
            position=editor.at(INTERVIEW, "slow-search"),
            new_name="search-takes-long",
        )
    )
    texts = editor.changed(edit)
    assert "- [[search-takes-long]] 😀 twenty" in texts[INTERVIEW]
    assert "parent: search-takes-long\n" in texts["solutions/an-index.md"]
    assert "slow-search" in texts[SEARCH]  # as a former id
    moved = [each for each in (edit.document_changes or ()) if isinstance(each, types.RenameFile)]  # type: ignore[union-attr]
    assert [each.new_uri for each in moved] == [editor.uri("opportunities/search-takes-long.md")]


async def test_links_follow_files_that_get_another_name(editor: Editor) -> None:
    edit = await editor.client.workspace_will_rename_files_async(
        types.RenameFilesParams(
            [types.FileRename(editor.uri(SEARCH), editor.uri("opportunities/very-slow.md"))]
        )
    )
    texts = editor.changed(edit)
    assert "[[very-slow]]" in texts[INTERVIEW]
    assert not any(
        isinstance(each, types.RenameFile) for each in (edit.document_changes if edit else ()) or ()
    )


async def test_links_follow_a_folder_that_gets_another_name(editor: Editor) -> None:
    edit = await editor.client.workspace_will_rename_files_async(
        types.RenameFilesParams(
            [types.FileRename(editor.uri("opportunities"), editor.uri("needs"))]
        )
    )
    assert editor.changed(edit) == {
        "outcomes/keep.md": FILES["outcomes/keep.md"].replace("../opportunities/", "../needs/")
    }


async def test_wrong_id_is_refused_in_a_sentence(editor: Editor) -> None:
    with pytest.raises(JsonRpcException, match="is not an id"):
        await editor.client.text_document_rename_async(
            types.RenameParams(
                text_document=editor.ident(INTERVIEW),
                position=editor.at(INTERVIEW, "slow-search"),
                new_name="a|b",
            )
        )


async def test_file_changed_outside_is_judged(editor: Editor) -> None:
    uri = editor.uri("opportunities/late.md")
    (editor.content / "opportunities/late.md").write_text(
        "---\nkind: opportunity\nparent: nowhere\n---\n# Late\n", "utf-8"
    )
    for _ in range(100):
        if editor.client.diagnostics.get(uri):
            break
        await asyncio.sleep(0.1)
    assert any("'nowhere'" in each.message for each in editor.client.diagnostics[uri])


async def test_file_of_no_project_is_left_alone(editor: Editor, tmp_path: Path) -> None:
    other = tmp_path / "plain.py"
    other.write_text("x = 1\n", "utf-8")
    found = await editor.client.text_document_hover_async(
        types.HoverParams(types.TextDocumentIdentifier(other.as_uri()), types.Position(0, 0))
    )
    assert found is None


async def test_title_is_followed_by_the_words_of_links(editor: Editor) -> None:
    index = "solutions/an-index.md"
    edit = await editor.client.text_document_rename_async(
        types.RenameParams(
            text_document=editor.ident(index),
            position=editor.at(index, "An index"),
            new_name="A faster index",
        )
    )
    texts = editor.changed(edit)
    assert "\n# A faster index\n" in texts[index]
    assert "[[an-index|A faster index]]" in texts[SEARCH]
