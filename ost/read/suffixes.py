"""File name suffixes by file type. Imports nothing."""

MARKDOWN = (".md", ".markdown")
TRANSCRIPTS = (".vtt", ".srt", ".txt")
