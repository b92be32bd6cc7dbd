"""What the station keeps of its past, written and read as the settings say."""

from typing import TYPE_CHECKING

from kiosk.records.store import Keeping, Store
from kiosk.settings.loading import data_directory, time_zone
from kiosk.settings.shapes import Settings
from kiosk.wall_clock import SystemWallClock

if TYPE_CHECKING:
    from kiosk.statistics.past import Past


def open_store(settings: Settings) -> Store:
    """Open the store in the data directory to write.

    Raises:
        StoreError: It cannot be used; the text says what to do.
        SettingsError: This machine does not know the time zone.
    """
    keeping = Keeping(
        zone=time_zone(settings.station.time_zone),
        sessions_days=settings.records.keep_sessions_days,
        sums_days=settings.records.keep_sums_days,
        outbox=settings.fleet.is_on,
    )
    return Store(data_directory(settings.station.data), keeping)


def open_past(settings: Settings) -> "Past":
    """What statistics are told from.

    Raises:
        SettingsError: This machine does not know the time zone.
    """
    from kiosk.statistics.past import Past  # noqa: PLC0415 - only staff look at statistics

    wall = SystemWallClock(time_zone(settings.station.time_zone))
    return Past(data_directory(settings.station.data), wall)
