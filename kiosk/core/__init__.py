"""The pure core: routine, plan, session and screen.

Nothing in here does I/O, reads a clock, starts a thread or writes a log. It imports the standard
library and itself; ``tests/test_architecture.py`` holds it to that.
"""
