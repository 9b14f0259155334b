"""The language server, `ost lsp`: an engine in memory answers editors."""
