"""What all importers share: turns other tools' files and people's notes into our nodes."""
