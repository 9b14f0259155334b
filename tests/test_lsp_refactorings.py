"""Refactorings that the language server offers and makes, through a client."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types
from pygls.exceptions import JsonRpcException

from tests.editor import Editor, editing

pytestmark = pytest.mark.asyncio(loop_scope="module")

FILES = {
    "outcomes/keep.md": "---\nkind: outcome\n---\n# More people stay\n",
    "opportunities/slow-search.md": (
        "---\nkind: opportunity\nparent: keep\n---\n# Search is slow\n\n"
        "- typing on a remote takes for ever. So they stop.\n- 😀 results arrive late\n"
        "- see [[no-filter]]\n"
    ),
    "opportunities/no-filter.md": (
        "---\nkind: opportunity\nparent: keep\n---\n# I cannot filter\n"
    ),
    "interviews/p07.md": (
        "---\nkind: interview\ndate: 2026-11-03\nparticipant: P07\n---\n# P07: a film\n\n"
        "## Opportunities\n- [[slow-search]] 😀 twenty minutes of typing [0:10]\n"
        "  > It took me twenty minutes. [0:10]\n"
        "- [[slow-search]] the list jumps around [0:40]\n- [[no-filter]] never uses them\n"
    ),
    "interviews/p08.md": (
        "---\nkind: interview\ndate: 2026-11-04\nparticipant: P08\n---\n# P08: a film\n\n"
        "## Opportunities\n- [[slow-search]]\n  > I give up and go to bed. [0:12]\n"
    ),
}
INTERVIEW = "interviews/p07.md"
SEARCH = "opportunities/slow-search.md"
OFF = "Split “Twenty minutes of typing” off Search is slow"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def editor(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    async with editing(tmp_path_factory.mktemp("lsp"), FILES) as opened:
        for path in (INTERVIEW, SEARCH):
            await opened.open(path)
        yield opened


async def chosen(editor: Editor, action: types.CodeAction) -> dict[str, str]:
    """The files after an action, which an editor requests when someone chooses it."""
    assert action.edit is None
    made = await editor.client.code_action_resolve_async(action)
    return editor.changed(made.edit)


async def test_moments_of_some_lines_are_split_off(editor: Editor) -> None:
    one = await editor.actions(INTERVIEW, "twenty minutes of typing")
    both = await editor.actions(INTERVIEW, "😀 twenty", "the list jumps")
    made = await chosen(editor, one[OFF])
    new = "opportunities/twenty-minutes-of-typing.md"
    assert set(made) == {INTERVIEW, new}
    assert made[new] == (
        "---\nkind: opportunity\nparent: slow-search\n---\n# Twenty minutes of typing\n"
    )
    only = FILES[INTERVIEW].replace("[[slow-search]] 😀", "[[twenty-minutes-of-typing]] 😀")
    assert made[INTERVIEW] == only
    made = await chosen(editor, both[OFF])
    assert made[INTERVIEW].count("[[twenty-minutes-of-typing]]") == 2


async def test_split_is_not_offered_if_nothing_would_be_left(editor: Editor) -> None:
    assert not any("Split" in each for each in await editor.actions(INTERVIEW, "never uses"))
    assert not any("Split" in each for each in await editor.actions(INTERVIEW, "# P07"))


async def test_title_comes_from_the_quote_where_nothing_was_noted(editor: Editor) -> None:
    await editor.open("interviews/p08.md")
    found = await editor.actions("interviews/p08.md", "- [[slow-search]]")
    assert "Split “I give up and go to bed” off Search is slow" in found


async def test_items_of_an_opportunity_become_opportunities(editor: Editor) -> None:
    found = await editor.actions(SEARCH, "typing on a remote", "see [[no-filter]]")
    made = await chosen(editor, found["Split 2 opportunities off Search is slow"])
    titles = [text.split("\n# ")[1] for path, text in made.items() if path != SEARCH]
    assert titles == ["Typing on a remote takes for ever\n", "Results arrive late\n"]
    assert made[SEARCH].endswith(
        "\n- [[typing-on-a-remote-takes]]\n- [[results-arrive-late]]\n- see [[no-filter]]\n"
    )


async def test_move_is_made_when_it_is_chosen(editor: Editor) -> None:
    found = await editor.actions(SEARCH, "# Search")
    made = await chosen(editor, found["Move under I cannot filter"])
    assert made == {SEARCH: FILES[SEARCH].replace("parent: keep", "parent: no-filter")}


async def test_impossible_action_says_so_when_chosen(editor: Editor) -> None:
    action = (await editor.actions(INTERVIEW, "twenty minutes of typing"))[OFF]
    await editor.open("opportunities/twenty-minutes-of-typing.md", "---\nkind: outcome\n---\n# T\n")
    with pytest.raises(JsonRpcException, match="twenty-minutes-of-typing"):
        await editor.client.code_action_resolve_async(action)
    editor.close("opportunities/twenty-minutes-of-typing.md")


async def test_editor_that_asks_only_once_gets_the_edits_at_once(tmp_path: Path) -> None:
    async with editing(tmp_path, FILES, like="emacs") as old:
        await old.open(INTERVIEW)
        found = await old.actions(INTERVIEW, "twenty minutes of typing")
        edit = found[OFF].edit
        assert old.changed(edit)[INTERVIEW].count("slow-search") == 1
        # It can neither create nor rename files: it writes into a new one, and says what to do.
        made = (edit.document_changes if edit else None) or ()
        assert {type(each) for each in made} == {types.TextDocumentEdit}
        place = old.at(INTERVIEW, "slow-search")
        with pytest.raises(JsonRpcException, match="cannot rename files; use `ost mv` instead"):
            await old.client.text_document_rename_async(
                types.RenameParams(
                    text_document=old.ident(INTERVIEW), position=place, new_name="slow-find"
                )
            )
