"""The group of commands, each imported when called, and how a command ends."""

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

import click

from ost.cli.terminal import output
from ost.errors import Misuse, OstError
from ost.words import LOOSELY, nearest

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
HELP = """Keep, check and show an opportunity solution tree, written in Markdown.

\b
Start:  ost init my-tree
        cd my-tree
        ost serve

`ost COMMAND --help` explains a command with examples; `ost help` lists the documentation."""


class Commands(click.Group):
    """The commands by name, each with its line of help, so that the list imports none."""

    def __init__(self, name: str, *, folder: str, commands: Mapping[str, str]) -> None:
        """`folder` is the package in which each command has a module of its name."""
        super().__init__(name, help=HELP, context_settings=SETTINGS)
        self.folder = folder
        self.lines = commands
        self.params.append(
            click.Option(
                ["--version"],
                is_flag=True,
                expose_value=False,
                is_eager=True,
                callback=_version,
                help="Print the version and exit.",
            )
        )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order people need them."""
        return list(self.lines)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, imported now."""
        if cmd_name not in self.lines:
            return None
        module = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name.replace("-", "_")
        command = import_module(f"{self.folder}.{module}").command
        return command if isinstance(command, click.Command) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The called command; a usage error with a suggestion if there is none."""
        written = args[0]
        if written not in self.lines and not written.startswith("-"):
            near = nearest(written, self.lines, LOOSELY)
            meant = f"; did you mean `ost {near}`?" if near else ""
            raise Misuse(f"no command {written!r}{meant}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands; imports none of them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.lines.items()))

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = "ost",
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT002 - click's signature
        **extra: Any,
    ) -> Any:
        """Run a command. As a program, exit with 0, 1 (errors found) or 2 (usage error)."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.exceptions.NoArgsIsHelpError as error:
            output.write(error.ctx.get_help() + "\n")
            code = 2
        except click.UsageError as error:
            code = _misuse(_sentence(error.format_message()), error.ctx)
        except click.ClickException as error:
            code = _misuse(_sentence(error.format_message()))
        except OstError as error:
            _misuse(str(error))
            for line in error.further:
                output.complain(line)
            code = error.exit_code
        except OSError as error:
            at = f": {error.filename}" if error.filename else ""
            code = _misuse(f"{error.strerror or error}{at}")
        except (KeyboardInterrupt, click.Abort):
            code = _stopped()
        except Exception as error:  # noqa: BLE001 - all but damage is raised again
            code = _damaged(error)
        output.close()
        sys.exit(code if isinstance(code, int) else 0)


def _misuse(message: str, context: click.Context | None = None) -> int:
    """One line that says what is wrong, and where to read on."""
    command = context.command_path if context else "ost"
    hint = f" ({command} --help)" if context else ""
    output.complain(f"{command}: {message.replace(f'{Path.cwd()}/', '')}{hint}")
    return 2


def _stopped() -> int:
    """Ends after Ctrl-C. At a terminal, the cursor may still be on the line of a question."""
    if output.asking():
        output.write("\n")
    return 130


def _damaged(error: Exception) -> int:
    """Ends after an error that a damaged cache caused. Raises any other error."""
    from sqlite3 import DatabaseError

    if not isinstance(error, DatabaseError):
        raise error
    from ost.disk.store import caches

    return _misuse(f"the cache is damaged ({error}); delete {caches()}")


def _sentence(message: str) -> str:
    """Click's message in our style: one line, lower case, no full stop."""
    return " ".join(f"{message[:1].lower()}{message[1:]}".split()).rstrip(".")


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import PackageNotFoundError, version

        try:
            number = version("datasette-ost")
        except PackageNotFoundError:
            number = "(not installed)"
        output.write(f"ost {number}\n")
        ctx.exit()
