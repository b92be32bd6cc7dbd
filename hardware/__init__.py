"""The panel beside the mat: button, buzzer and light on gpiozero, whichever pins they are on."""

from hardware.panel import open_panel

__all__ = ["open_panel"]
