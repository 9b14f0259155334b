"""How well the coach tells questions, on labelled ones."""
