"""The command line: `ost <verb>`. One file per command, imported when called."""

from ost.cli.group import Commands

main = Commands(
    "ost",
    folder="ost.cli.commands",
    commands={
        "init": "Start a tree: settings, a first outcome, a guide, CI.",
        "new": "Add a node.",
        "check": "Check the tree and say what is wrong, and where.",
        "build": "Publish the tree as one SQLite file.",
        "serve": "Show the tree in the browser and follow your edits.",
        "tree": "Draw the tree.",
        "show": "Show one node with its evidence.",
        "compare": "Compare an opportunity's solutions side by side.",
        "diff": "Show what changed in the tree.",
        "why": "Trace why something is being built to what people said.",
        "history": "Show what each commit changed in the tree.",
        "blame": "Show who set each field of a node, and when.",
        "coach": "Review your interview questions.",
        "rule": "Explain a rule, or list them all.",
        "mv": "Rename or move a node, or move a file.",
        "split": "Divide an opportunity among new ones.",
        "merge": "Merge a node into another.",
        "target": "Choose an opportunity, and write the decision.",
        "retire": "Drop a solution or park an opportunity, with a reason.",
        "explode": "Turn a tree in one file into one file per node.",
        "fmt": "Format the files; what they say stays the same.",
        "export": "Save the pages as files, for readers without a server.",
        "import": "Import notes from other tools as drafts.",
        "comment": "Update the comment on a pull request.",
        "git-diff-driver": "Show tree changes in git diff.",
        "merge-driver": "Merge tree files in git.",
        "lsp": "Answer an editor.",
        "help": "Read the documentation here.",
        "completion": "Print a shell's completion script.",
    },
)
