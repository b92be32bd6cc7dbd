"""The voice: the sentences there are, and the sound files in which they are said.

`kiosk/core/voice.py` decides what is said when.
"""
