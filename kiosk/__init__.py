"""The station itself: its pure core, and the shell that runs it."""
