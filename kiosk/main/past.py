"""What the station keeps of its past, written and read as the settings say."""

from kiosk.records.store import Keeping, Store
from kiosk.settings.loading import data_directory, time_zone
from kiosk.settings.shapes import Settings
from kiosk.statistics.past import Past
from kiosk.wall_clock import SystemWallClock


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


def open_past(settings: Settings) -> Past:
    """What statistics are told from.

    Raises:
        SettingsError: This machine does not know the time zone.
    """
    wall = SystemWallClock(time_zone(settings.station.time_zone))
    return Past(data_directory(settings.station.data), wall)
