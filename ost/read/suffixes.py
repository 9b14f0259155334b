"""By what a file's name ends, for whoever has to tell files apart; imports nothing."""

MARKDOWN = (".md", ".markdown")
TRANSCRIPTS = (".vtt", ".srt", ".txt")
