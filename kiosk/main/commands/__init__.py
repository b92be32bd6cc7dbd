"""The commands of ``matside``, a module each.

A module's ``add_to`` adds its command to the parser. What a command needs is imported when it
runs, so that none waits for another's libraries.
"""
