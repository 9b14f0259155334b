"""What several pages read of the published file: rows as values, by subject, with their SQL."""
