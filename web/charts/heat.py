"""A heat map of the week: a row for each day, a field for each hour."""

from markupsafe import Markup

from kiosk.statistics.shapes import Hours
from web.charts import svg

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

#: How many colours there are beside that of nothing. More could not be told apart.
LEVELS = 5

_LEFT = 46.0
_FIELD = (svg.WIDTH - _LEFT) / 24
_ROW = 26.0


def level(sessions: int, most: int) -> int:
    """Which of the colours `sessions` have, 0 (none) to `LEVELS` (`most`, or close to it)."""
    return 0 if sessions == 0 else max(1, -(-sessions * LEVELS // most))


def heat_map(hours: Hours, says: str) -> Markup:
    """The week with a colour for each hour.

    Args:
        hours: The sessions of each hour.
        says: What the chart shows, for those who cannot see it.
    """
    drawn = [
        svg.text(_LEFT + hour * _FIELD, 18, f"{hour}:00", "number") for hour in range(0, 24, 6)
    ]
    for day, row in enumerate(hours.sessions):
        y = svg.LINE + day * _ROW
        drawn.append(svg.text(_LEFT - 8, y + 19, DAYS[day], "", "end"))
        drawn += [
            svg.rect(
                _LEFT + hour * _FIELD,
                y,
                _FIELD - 1.5,
                _ROW - 1.5,
                f"heat-{level(sessions, hours.most)}",
            )
            for hour, sessions in enumerate(row)
        ]
    ground = svg.LINE + 7 * _ROW + svg.LINE
    drawn.append(_scale(ground, hours.most))
    return svg.chart(ground + 6, drawn, says)


def _scale(y: float, most: int) -> str:
    """The colours from few to many sessions, with the most behind them."""
    if most == 0:
        return ""
    drawn = svg.text(_LEFT, y, "1", "number")
    for step in range(1, LEVELS + 1):
        drawn += svg.rect(_LEFT + 16 + (step - 1) * 24, y - 14, 22, 16, f"heat-{step}")
    return drawn + svg.text(_LEFT + 22 + LEVELS * 24, y, f"{most} an hour", "number")
