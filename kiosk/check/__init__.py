"""The checks of `matside check` that need no panel: is the machine right, and what is on it?"""
