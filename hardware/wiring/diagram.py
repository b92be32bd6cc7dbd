"""The diagram: the header with the pins of the settings, and a circuit for each part there is.

All lengths are pixels of the drawing, from its upper left corner.

    +--------+           +-----------------+
    | header |== wires ==| block: button   |
    |        |           +-----------------+
    |        |           +-----------------+
    |        |== wires ==| block: buzzer   |
    +--------+           +-----------------+
"""

from dataclasses import dataclass

from hardware.header import PINS, RESERVED, physical
from hardware.wiring.sheet import REACH, Point, Sheet
from kiosk.ports.panel import PanelSettings

_WIDTH, _HEIGHT = 1240, 936

#: The middle of pin 1.
_FIRST = (250.0, 152.0)

#: The distance between the middles of two neighbouring pins.
_PITCH = 36.0

#: The blocks' left edge, the upper edge of the first, their width, and the gap between two.
_LEFT, _TOP, _BLOCK, _GAP = 546.0, 96.0, 600.0, 20.0

#: Where wires run down between header and blocks: the signals' places, to be taken in this order.
_LANES = (500.0, 476.0, 452.0)

#: Where the supplies run down between header and blocks, beside the signals.
_SUPPLY_LANE = {"5V": 428.0, "3V3": 410.0}

#: The height, above the blocks, at which the supplies run to the right.
_SUPPLY_Y = {"5V": 72.0, "3V3": 54.0}

#: Where supplies and ground run down at the right of the blocks.
_SUPPLY_X, _GROUND_X = {"5V": 1190.0, "3V3": 1208.0}, 1172.0

_COLOURS = {"button": "#0067b1", "buzzer": "#1a7f4b", "light": "#8a3ea8"}
_SUPPLIES = {"3V3": "#d9730d", "5V": "#c8102e", "GND": "#1d232b"}

#: The pins that feed all parts. They are at the ends of the header, where they are easy to find.
_FEEDS = {"3V3": 1, "5V": 2, "GND": 39}

_TYPES = {"active": "3.3 V active buzzer", "passive": "passive buzzer"}


@dataclass(frozen=True)
class _Block:
    """The place of one part's circuit.

    Attributes:
        part: The part's name: button, buzzer or light.
        bcm: BCM number of its pin.
        top: The block's upper edge.
        height: The block's height.
        signal: How far below the block's upper edge the wire from the pin comes in.
    """

    part: str
    bcm: int
    top: float
    height: float
    signal: float

    @property
    def colour(self) -> str:
        """The colour of the wire from the pin."""
        return _COLOURS[self.part]

    @property
    def entry(self) -> Point:
        """Where the wire from the pin comes in."""
        return _LEFT, self.top + self.signal

    @property
    def ground(self) -> float:
        """The height of the block's ground wire."""
        return self.top + self.height - 36


def draw_wiring(settings: PanelSettings) -> str:
    """The wiring of `settings` as an SVG document. Parts that are not there are left out."""
    sheet = Sheet(_WIDTH, _HEIGHT)
    blocks = _blocks(settings)
    used = {physical(block.bcm): block.colour for block in blocks}
    feeds = _feeds(blocks)
    used |= {_FEEDS[feed]: _SUPPLIES[feed] for feed in feeds}
    sheet.text((36, 48), "Wiring of the panel", "title")
    _draw_board(sheet)
    for block in blocks:
        _draw_frame(sheet, block)
    _draw_feeds(sheet, blocks, feeds)
    _draw_signals(sheet, blocks)
    _draw_pins(sheet, used)
    sheet.text((36, _HEIGHT - 14), "Wires are joined only where there is a dot.", "note")
    for block in blocks:
        sheet.put(f'<g id="{block.part}">')
        _name_wires(sheet, block)
        if block.part == "button":
            _draw_button(sheet, block)
        elif block.part == "buzzer":
            _draw_buzzer(sheet, block, settings.buzzer)
        else:
            _draw_light(sheet, block)
        sheet.put("</g>")
    parts = ", ".join(f"{block.part} on GPIO{block.bcm}" for block in blocks) or "no parts"
    return sheet.svg(f"Wiring of the panel: {parts}")


def _blocks(settings: PanelSettings) -> list[_Block]:
    wanted = (
        ("button", settings.button_pin, 216, 112),
        ("buzzer", settings.buzzer_pin, 270, 168),
        ("light", settings.light_pin, 270, 168),
    )
    blocks: list[_Block] = []
    top = _TOP
    for part, bcm, height, signal in wanted:
        if bcm is not None:
            blocks.append(_Block(part, bcm, top, height, signal))
            top += height + _GAP
    return blocks


def _feeds(blocks: list[_Block]) -> list[str]:
    """The supplies and ground, as far as the parts that are there need them."""
    parts = {block.part for block in blocks}
    wanted = {"GND": bool(parts), "3V3": "buzzer" in parts, "5V": "light" in parts}
    return [feed for feed, is_wanted in wanted.items() if is_wanted]


def _pin(number: int) -> Point:
    """The middle of a pin, by its number on the header."""
    row, column = divmod(number - 1, 2)
    return _FIRST[0] + column * _PITCH, _FIRST[1] + row * _PITCH


def _way_out(number: int) -> float:
    """The height at which a wire leaves the header: between two rows of pins and their labels."""
    _, y = _pin(number)
    return y - _PITCH / 2 + 4 if number % 2 else y + _PITCH / 2 - 4


# --- the header -----------------------------------------------------------------------------------


def _draw_board(sheet: Sheet) -> None:
    x, y = _FIRST
    right, bottom = x + _PITCH + 26, y + 19 * _PITCH + 42
    sheet.path(
        f"M36 88H{right - 14:g}q14 0 14 14V{bottom:g}"
        f"q-36 -16 -72 0t-72 0t-72 0t-{right - 252:g} -4z",
        "board",
    )
    sheet.circle((x + _PITCH / 2, 112), 9, "hole")
    sheet.rect((x - 19, y - 19), (_PITCH + 38, 19 * _PITCH + 38), "socket", 4)
    sheet.lines((54, 114), ("Raspberry Pi,", "the header along", "its right edge"))


def _draw_pins(sheet: Sheet, used: dict[int, str]) -> None:
    for number, name in enumerate(PINS, 1):
        x, y = _pin(number)
        colour = used.get(number)
        ring = ' stroke="#fff" stroke-width="2"' if colour else ""
        sheet.put(f'<g data-pin="{number}"' + (' class="used">' if colour else ">"))
        sheet.put(f'<circle cx="{x:g}" cy="{y:g}" r="12" fill="{colour or "#e3e6ea"}"{ring}/>')
        sheet.text((x, y + 4.5), str(number), "number pale bold" if colour else "number")
        label = (
            f"GPIO{name}"
            if isinstance(name, int)
            else {"3V3": "3.3 V", "5V": "5 V"}.get(name, name)
        )
        if isinstance(name, int) and name in RESERVED:
            label += f" ({RESERVED[name]})"
        side = (x - 26, "end") if number % 2 else (x + 32, "")
        sheet.text((side[0], y + 5), label, f"{side[1]} {'bold' if colour else 'dim'}".strip())
        sheet.put("</g>")


# --- wires ----------------------------------------------------------------------------------------


def _lead(sheet: Sheet, colour: str, number: int, out: float) -> Point:
    """Lay a wire from a pin to the header's right edge.

    Args:
        sheet: What is drawn on.
        colour: Of the wire.
        number: Of the pin.
        out: The height at which the wire leaves the header.

    Returns:
        The point that the wire has come to.
    """
    (x, y), clear = _pin(number), _FIRST[0] + _PITCH + 26
    sheet.lead(colour, (x, y), (x, out), (clear, out))
    return clear, out


def _draw_feeds(sheet: Sheet, blocks: list[_Block], feeds: list[str]) -> None:
    for feed in feeds:
        colour, number = _SUPPLIES[feed], _FEEDS[feed]
        if feed == "GND":
            below, highest = _HEIGHT - 22, blocks[0].ground
            start = _lead(sheet, colour, number, _pin(number)[1] + _PITCH / 2 + 4)
            sheet.wire(
                colour,
                *(start, (_LANES[0], start[1]), (_LANES[0], below), (_GROUND_X, below)),
                *((_GROUND_X, highest), (_LEFT + _BLOCK - 40, highest)),
            )
        else:
            part = {"3V3": "buzzer", "5V": "light"}[feed]
            (block,) = (block for block in blocks if block.part == part)
            lane, above, rail = _SUPPLY_LANE[feed], _SUPPLY_Y[feed], _SUPPLY_X[feed]
            start = _lead(sheet, colour, number, _way_out(number))
            sheet.wire(
                colour,
                *(start, (lane, start[1]), (lane, above), (rail, above)),
                *((rail, block.top + 44), (_LEFT + 302, block.top + 44)),
            )


def _draw_signals(sheet: Sheet, blocks: list[_Block]) -> None:
    """Lay the wires of all parts' pins, which cross only where the pins' order asks for it."""
    by_height = sorted(blocks, key=lambda block: _way_out(physical(block.bcm)))
    falling = [block for block in by_height if block.entry[1] > _way_out(physical(block.bcm))]
    rising = [block for block in by_height if block not in falling]
    # A wire that falls turns downwards further to the right than all wires that fall below it; a
    # wire that rises does so further to the right than all that rise above it.
    for block, lane in zip(falling + rising[::-1], _LANES, strict=False):
        number, end = physical(block.bcm), (_LEFT + 130, block.entry[1])
        start = _lead(sheet, block.colour, number, _way_out(number))
        sheet.wire(block.colour, start, (lane, start[1]), (lane, end[1]), end)


# --- the parts' circuits --------------------------------------------------------------------------


def _draw_frame(sheet: Sheet, block: _Block) -> None:
    sheet.rect((_LEFT, block.top), (_BLOCK, block.height), "block", 10)
    sheet.text((_LEFT + 20, block.top + 34), block.part.capitalize(), "head")


def _name_wires(sheet: Sheet, block: _Block) -> None:
    """Say at the block's edges which pins its signal and its ground come from."""
    x, y = block.entry
    sheet.tinted((x + 12, y - 12), f"pin {physical(block.bcm)} (GPIO{block.bcm})", block.colour)
    right = (x + _BLOCK - 20, block.ground + 22)
    sheet.tinted(right, f"GND, pin {_FEEDS['GND']}", _SUPPLIES["GND"], "end")


def _draw_button(sheet: Sheet, block: _Block) -> None:
    x, y = block.entry
    ground, black = block.ground, _SUPPLIES["GND"]
    sheet.lines(
        (x + 104, block.top + 34), ("arcade button, contacts C and NO; the pull-up is in the Pi",)
    )
    sheet.wire(black, (x + 130, ground), (x + _BLOCK - 40, ground))
    sheet.wire(block.colour, (x + 130, y), (x + 180, y))
    sheet.wire(block.colour, (x + 240, y), (x + 470, y))
    sheet.wire(black, (x + 530, y), (x + _BLOCK - 40, y), (x + _BLOCK - 40, ground))
    sheet.resistor((x + 210, y), "1 kΩ")
    middle = (y + ground) / 2
    sheet.path(
        f"M{x + 130:g} {y:g}V{middle - REACH:g}M{x + 130:g} {middle + REACH:g}V{ground:g}",
        "line maybe",
    )
    sheet.capacitor((x + 130, middle))
    sheet.lines((x + 156, middle), ("10 nF, only", "for a long cable"))
    sheet.joint(block.colour, (x + 130, y))
    sheet.joint(black, (x + _BLOCK - 40, ground))
    sheet.rect((x + 300, y - 18), (120, ground - y + 36), "frame", 18)
    sheet.text((x + 360, middle + 5), "cable", "mid note")
    sheet.contact((x + 500, y))
    sheet.text((x + 476, y + 24), "C", "note")
    sheet.text((x + 514, y + 24), "NO", "note")


def _draw_switch(sheet: Sheet, block: _Block, supply: str) -> float:
    """Draw a transistor that the pin switches.

    Returns:
        The height of its collector, to which the load's - is to be connected.
    """
    x, y = block.entry
    sheet.wire(block.colour, (x + 130, y), (x + 150, y))
    sheet.wire(block.colour, (x + 210, y), (x + 258, y))
    sheet.resistor((x + 180, y), "1 kΩ")
    sheet.transistor((x + 288, y))
    bottom = (x + 302, block.ground)
    sheet.wire(_SUPPLIES["GND"], (_GROUND_X, block.ground), bottom, (x + 302, y + REACH))
    sheet.joint(_SUPPLIES["GND"], (_GROUND_X, block.ground))
    sheet.lines((x + 326, y + 22), ("NPN transistor,", "BC337 or 2N2222"))
    volts = {"3V3": "3.3 V", "5V": "5 V"}[supply]
    right = (x + _BLOCK - 20, block.top + 34)
    sheet.tinted(right, f"{volts}, pin {_FEEDS[supply]}", _SUPPLIES[supply], "end")
    return y - REACH


def _draw_buzzer(sheet: Sheet, block: _Block, kind: str) -> None:
    x, _ = block.entry
    supply = block.top + 44
    sheet.lines((x + 20, block.top + 58), (_TYPES[kind], "up to 50 mA"))
    low = _draw_switch(sheet, block, "3V3")
    node = low - 6
    sheet.path(f"M{x + 302:g} {node:g}V{low:g}M{x + 302:g} {node:g}H{x + 400:g}", "line")
    middle = (supply + node) / 2
    sheet.path(f"M{x + 302:g} {supply:g}V{node:g}M{x + 400:g} {supply:g}V{node:g}", "line")
    sheet.buzzer((x + 302, middle))
    sheet.text((x + 266, middle - 14), "+", "bold")
    sheet.diode((x + 400, middle))
    sheet.lines((x + 422, middle - 2), ("diode 1N4148,", "its ring to the +"))
    sheet.joint(_SUPPLIES["3V3"], (x + 400, supply))
    sheet.joint("#1d232b", (x + 302, node))


def _draw_light(sheet: Sheet, block: _Block) -> None:
    x, _ = block.entry
    supply = block.top + 44
    sheet.lines((x + 20, block.top + 58), ("the button's own, for 5 V,", "its resistor inside"))
    low = _draw_switch(sheet, block, "5V")
    middle = (supply + low) / 2
    sheet.path(f"M{x + 302:g} {supply:g}V{low:g}", "line")
    sheet.rect((x + 268, middle - 30), (72, 60), "frame", 10)
    sheet.led((x + 302, middle), stands=True)
    sheet.text((x + 250, middle - 12), "+", "bold")
    left, top = x + 408, block.top + 62
    sheet.rect((left, top), (172, 112), "frame", 10)
    sheet.text((left + 14, top + 24), "or a plain LED", "bold")
    row = top + 68
    sheet.wire(block.colour, (left + 12, row), (left + 26, row))
    sheet.text((left + 8, row + 24), f"pin {physical(block.bcm)}", "note")
    sheet.resistor((left + 56, row), "330 Ω")
    sheet.led((left + 112, row), stands=False)
    sheet.path(f"M{left + 142:g} {row:g}h10v6", "line")
    sheet.ground((left + 152, row + 6))
