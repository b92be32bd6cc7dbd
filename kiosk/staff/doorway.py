"""The two doorways of the staff area."""

from enum import Enum


class Doorway(Enum):
    """From where somebody comes: from the station itself, or from somewhere in its network."""

    PANEL = "panel"
    NETWORK = "network"
