"""The panel beside the mat: button, buzzer and light on gpiozero, whichever pins they are on.

`hardware.panel` opens it. Importing this package loads nothing, so that a command which only draws
the wiring or drives the outputs low does without gpiozero.
"""
