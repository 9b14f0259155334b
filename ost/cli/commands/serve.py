"""`ost serve`: show the tree in the browser and follow edits."""

from pathlib import Path

import click

from ost.cli.parameters import folder_argument, paranoid_option


@click.command("serve")
@folder_argument
@click.option(
    "--port", "-p", type=click.IntRange(0, 65535), help="The port.  [default: a free one]"
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--open", "browse", is_flag=True, help="Open the tree in the browser.")
@click.option(
    "--play-from",
    multiple=True,
    metavar="HOST",
    help="Play recordings from this host in the page, such as youtube.com.",
)
@click.option(
    "--allow-host",
    multiple=True,
    metavar="NAME",
    help="Also answer to this host name, such as a proxy's.",
)
@click.option("--history", is_flag=True, help="Include the tree's history; it follows each commit.")
@paranoid_option
def command(
    folder: Path,
    port: int | None,
    host: str,
    browse: bool,
    play_from: tuple[str, ...],
    allow_host: tuple[str, ...],
    history: bool,
    paranoid: bool,
) -> None:
    """Build the tree, serve it with Datasette and publish it again when you edit a file.

    Open pages update by themselves. Broken content is shown, too. Ctrl-C stops the server.

    \b
    ost serve                        serve this folder's tree
    ost serve content --port 8080    serve on a port of your choice
    ost serve --history              with the tree on any day and week by week
    """
    from ost.cli.server import serve

    serve(
        folder,
        host,
        port,
        browse=browse,
        play_from=play_from,
        allow_host=allow_host,
        history=history,
        paranoid=paranoid,
    )
