"""A picture of the appliance's screen, and what is on it by its colours."""

from collections import Counter
from dataclasses import dataclass

#: How much each of red, green and blue may differ from a colour, since edges are blended.
CLOSE = 6
#: Only each so-many-th pixel is looked at. No screen's width is a multiple of this number, so the
#: pixels that are looked at do not stand in columns.
EVERY = 11


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels of a screen.

    Attributes:
        width: Pixels in a row, `height` rows of them.
        data: Three bytes a pixel, red, green and blue.
    """

    width: int
    height: int
    data: bytes

    def share(self, colour: str) -> float:
        """Share of the pixels that have a colour given as ``#rrggbb``, 0 to 1."""
        wanted = bytes.fromhex(colour.removeprefix("#"))
        seen = Counter(self.data[at : at + 3] for at in range(0, len(self.data), 3 * EVERY))
        found = sum(
            number
            for pixel, number in seen.items()
            if all(abs(a - b) <= CLOSE for a, b in zip(pixel, wanted, strict=True))
        )
        return found / seen.total()


def read_ppm(data: bytes) -> Picture:
    """Read a binary PPM with 255 levels, as QEMU writes it."""
    kind, size, levels, pixels = data.split(b"\n", 3)
    width, height = (int(number) for number in size.split())
    if (kind, levels, len(pixels)) != (b"P6", b"255", width * height * 3):
        raise ValueError(f"this is no picture that QEMU writes: {kind!r} {size!r} {levels!r}")
    return Picture(width, height, pixels)
