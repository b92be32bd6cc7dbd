"""The settings file: what staff may set, how it is read, and what applies while it is wrong."""
