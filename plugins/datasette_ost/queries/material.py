"""What a folder holds that is not read yet, for whoever comes with material of their own."""

import sqlite3

from datasette_ost.queries.reading import rows

_FOREIGN = """
select
  case
    when message like '%it looks like a tree in one file' then 'a tree in one file'
    when message like '%it looks like interview notes' then 'interview notes'
    else ''
  end as seen,
  count(*),
  min(path)
from diagnostic
where code = 'OST005'
group by seen
order by seen desc
"""

_COMMANDS = {"a tree in one file": "ost import tree", "interview notes": "ost import podcast"}


def material(connection: sqlite3.Connection) -> list[str]:
    """A line for each kind of material that is there, with the command to go on."""
    found = []
    for what, count, path in rows(connection, _FOREIGN, {}):
        if what:
            more = f" and {count - 1:,} more" if count > 1 else ""
            looks = "looks" if count == 1 else "look"
            found.append(f"{path}{more} {looks} like {what}: {_COMMANDS[what]} {path}")
        elif not found:
            files = "1 file has" if count == 1 else f"{count:,} files have"
            found.append(f"{files} no kind yet: ost check says what is there")
    return found
