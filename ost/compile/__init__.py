"""The one engine: what changed of a project's texts, and what that changes of everything else.

`update` is pure. A full build is an update of `EMPTY` by all files. What is cheap and looks at the
whole project (names, who refers to whom, counts) is worked out whole, from small facts. What is
costly and looks at one node (what its text means, what rules say of it) is kept, with a note of
what it asked of the rest of the project, and made again when one of the answers may have changed.
"""
