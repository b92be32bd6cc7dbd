"""The store of past sessions, opened as the settings say."""

from kiosk.records.store import Keeping, Store
from kiosk.settings.loading import data_directory, time_zone
from kiosk.settings.shapes import Settings


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
