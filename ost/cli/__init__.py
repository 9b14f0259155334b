"""The command line: `ost <verb>`. One file a command; each is imported when it is called."""

from ost.cli.commands import Commands

main = Commands(
    "ost",
    folder="ost.cli",
    commands={
        "init": "A folder to start in: settings, a first outcome, CI, an editor's settings.",
        "new": "Write a new node's file.",
        "check": "Say what is wrong, where.",
        "build": "Publish the tree as one SQLite file.",
        "serve": "Show the tree in the browser; edits appear at once.",
        "tree": "Draw the tree.",
        "show": "Show one node with its evidence.",
        "diff": "Say what changed in the tree, between revisions or since the last commit.",
        "why": "Say why we are building this, down to what people said.",
        "history": "Say what each commit changed in the tree.",
        "blame": "Say who set each field of a node, when, with which commit.",
        "coach": "Say how questions are asked, in a guide or a transcript.",
        "rule": "Explain a rule, or list all.",
        "export": "Save the tree for readers without a server.",
        "import": "Make drafts from other tools' notes.",
        "comment": "Keep one comment below a pull request up to date.",
        "git-diff-driver": "Let git's own diff speak of the tree.",
        "merge-driver": "Let git merge what is no conflict in a tree.",
        "completion": "Print the completion script of a shell.",
    },
)
