"""What other tools' files and people's notes hold, and how that becomes nodes of ours."""
