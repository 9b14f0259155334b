"""The pages of an opportunity solution tree, in Datasette, which finds its hooks here."""

from datasette_ost.server.hooks import (
    asgi_wrapper,
    handle_exception,
    jump_items_sql,
    menu_links,
    prepare_connection,
    register_mcp_tools,
    register_routes,
    render_cell,
    row_actions,
    shutdown,
    startup,
    top_database,
    top_homepage,
    top_row,
    top_stored_query,
)

__all__ = [
    "asgi_wrapper",
    "handle_exception",
    "jump_items_sql",
    "menu_links",
    "prepare_connection",
    "register_mcp_tools",
    "register_routes",
    "render_cell",
    "row_actions",
    "shutdown",
    "startup",
    "top_database",
    "top_homepage",
    "top_row",
    "top_stored_query",
]
