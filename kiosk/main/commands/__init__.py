"""The commands of ``matside``, a module each.

A module's ``add_to`` adds its command to the parser. What only one command needs is imported when
that command runs, so that no command waits for the libraries of another.
"""
