"""The endings of files' names by what the files are; imports nothing."""

MARKDOWN = (".md", ".markdown")
TRANSCRIPTS = (".vtt", ".srt", ".txt")
