"""The wiring diagram of the panel, as SVG, drawn from the settings' pin numbers.

Only ``matside wiring`` draws it. It needs the header's pinout and the panel's settings, and neither
gpiozero nor a Raspberry Pi.
"""

from hardware.wiring.diagram import draw_wiring

__all__ = ["draw_wiring"]
