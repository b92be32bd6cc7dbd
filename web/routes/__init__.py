"""The routes, a blueprint a file."""
