"""The engine: it turns changed texts into changes of everything else.

`update` is pure. A full build is an update of `EMPTY` by all files. Cheap results about the whole
project (names, references, counts) are recomputed from small facts. Costly results about one node
(what its text means, what rules say about it) are kept, with a note of what they asked about the
rest of the project, and recomputed when an answer may have changed.
"""
