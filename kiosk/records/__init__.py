"""The sessions that are stored: all past ones, and the one that is running."""
