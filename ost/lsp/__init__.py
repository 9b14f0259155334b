"""The language server: `ost lsp`. Editors ask, an engine in memory answers."""
