"""Judges some nodes of a state again, and says anew what is to be said of some files."""

import sqlite3
from collections.abc import Iterable

from ost.judge.check import check_node, in_force
from ost.judge.rule import Rule
from ost.publish.filling import fill
from ost.publish.live import Live
from ost.publish.remarks import diagnostic_rows, waiver_rows
from ost.publish.rows import AT
from ost.read.diagnostic import Diagnostic
from ost.tree.build import double, own_id
from ost.tree.model import NodeId


def rejudge(
    db: sqlite3.Connection,
    live: Live,
    rules: tuple[Rule, ...],
    nodes: Iterable[str],
    files: Iterable[str],
) -> None:
    """Writes diagnostics, waivers and their counts of some nodes, and the diagnostics of some
    files; of those that are gone, there are none.
    """
    names = dict(db.execute("select code, name from rule").fetchall())
    width = len(AT["diagnostic"])
    for path in sorted(files):
        db.execute("delete from diagnostic where path = ? and node is null", (path,))
        if live.names.at(path) is not None:
            fill(db, "diagnostic", width, diagnostic_rows(_of_file(live, rules, path), names))
    for node_id in sorted(nodes):
        db.execute("delete from diagnostic where node = ?", (node_id,))
        db.execute("delete from waiver where node = ?", (node_id,))
        node = live.node(node_id)
        if node is None:
            continue
        read = () if node.entry.id else live.document(node.path).diagnostics
        judged = check_node(node, live.tree, rules, (*live.remarks(node), *read))
        fill(db, "diagnostic", width, diagnostic_rows(judged.diagnostics, names))
        fill(db, "waiver", len(AT["waiver"]), waiver_rows(node_id, judged.waivers))
        severities = [each.severity.value for each in judged.diagnostics]
        waived = sum(each.state == "active" for each in judged.waivers)
        db.execute(
            "update node set errors = ?, warnings = ?, waived = ? where id = ?",
            (severities.count("error"), severities.count("warning"), waived, node_id),
        )


def _of_file(live: Live, rules: tuple[Rule, ...], path: str) -> tuple[Diagnostic, ...]:
    """What is to be said of a file and of none of its nodes: ids that were taken before, and what
    reading said where that is not said of the file's own node.
    """
    document = live.document(path)
    own = live.winner(own_id(document)) if own_id(document) else None
    remarks = [] if own and own[0] == path else [*document.diagnostics]
    seen: set[str] = set()
    for entry in document.reading.entries:
        node_id = NodeId(entry.id or document.stem)
        first = live.winner(node_id)
        if first is not None and (first[0] != path or node_id in seen):
            remarks.append(double(node_id, path, entry, *first))
        seen.add(node_id)
    once = {(each.order, each.node): each for each in in_force(remarks, rules)}
    return tuple(once[key] for key in sorted(once))
