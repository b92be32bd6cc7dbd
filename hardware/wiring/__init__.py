"""The wiring diagram of the panel, as SVG, drawn from the settings' pin numbers.

It is here because it is about pins. Nothing but ``matside wiring`` loads it, and it needs nothing
but the header's pinout and the panel's settings.
"""

from hardware.wiring.diagram import draw_wiring

__all__ = ["draw_wiring"]
