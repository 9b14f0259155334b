"""The command line: `ost <verb>`. One file per command, imported when called."""

from ost.cli.commands import Commands

main = Commands(
    "ost",
    folder="ost.cli",
    commands={
        "init": "Start a tree: settings, a first outcome, a guide, CI.",
        "new": "Add a node.",
        "check": "Check the tree and say what is wrong, and where.",
        "build": "Publish the tree as one SQLite file.",
        "serve": "Show the tree in the browser and follow your edits.",
        "tree": "Draw the tree.",
        "show": "Show one node with its evidence.",
        "coach": "Review your interview questions.",
        "rule": "Explain a rule, or list them all.",
        "export": "Save the pages as files, for readers without a server.",
        "import": "Import notes from other tools as drafts.",
        "completion": "Print a shell's completion script.",
    },
)
