"""Judges a project in memory by other rules than its state was judged by; the state stays."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from copy import copy
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ost.judge.check import judge
from ost.project import keys
from ost.project.anew import all_documents, spoken
from ost.project.choosing import chosen
from ost.project.compiling import further_rules
from ost.project.patterns import excluding
from ost.project.scan import look
from ost.project.sources import reading
from ost.publish.state import State
from ost.read.document import Document
from ost.tree.build import build
from ost.tree.sections import widened

if TYPE_CHECKING:
    from ost.project import Project
    from ost.read.diagnostic import Diagnostic


def judge_afresh(
    project: "Project",
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    calendar: bool = False,
    instead: Mapping[str, bytes] = {},
    alone: bool = False,
) -> "tuple[Diagnostic, ...]":
    """What is wrong, with related places and fixes. Rules selected here replace the settings'.

    `instead` is what files are taken to hold, by path; `alone` when there are no others.
    """
    select, ignore = tuple(select), tuple(ignore)
    project.refresh()
    asked = copy(project)
    if select:
        asked.settings = replace(project.settings, select=select, ignore=())
    rules, mistaken = chosen(
        asked, further_rules(), select=select, ignore=ignore, calendar=calendar
    )
    looked = look(project.content, {}, 0, excluding(project.settings.exclude))
    wanted = {path: entry[1] for path, entry in looked.changed.items() if entry is not None}
    state = State(project.folder)
    with closing(state.cache(keys.reader())) as cache:
        documents, blobs = all_documents(project.content, wanted, cache, None)
    documents = [each for each in documents if not alone and each.path not in instead]
    documents += [Document(path, reading("", data)) for path, data in instead.items()]
    tree = build(
        documents,
        as_of=project.today,
        synonyms=widened(project.settings.sections),
        transcripts=state.transcripts({path: blobs[path] for path in spoken(blobs)}),
    )
    return judge(tree, rules, mistaken).diagnostics
