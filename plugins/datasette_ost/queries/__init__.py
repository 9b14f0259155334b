"""Every SQL statement of the pages. Each function reads one page's values from one connection."""
