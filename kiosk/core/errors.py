"""The one family of errors: everything that Matside raises on purpose is a `MatsideError`.

The errors of hardware, server and figures are here too, though the core never raises them. So
all rooms share one family, and whoever catches an error needs to know this module alone.
"""


class MatsideError(Exception):
    """Root of the family. Its text is for people: what was found, and what to do about it."""


class RoutineError(MatsideError, ValueError):
    """A routine, or a routine's file, is not usable as it stands."""


class SettingsError(MatsideError, ValueError):
    """A setting, from the file or the command line, is not usable as it stands."""


class HardwareError(MatsideError, RuntimeError):
    """The pins cannot be opened, or have gone away while they were used."""


class StoreError(MatsideError, RuntimeError):
    """The data directory or its database cannot be used."""


class DamagedStoreError(StoreError):
    """The database file is damaged, or is no database at all.

    The next time that the store is opened, the file is renamed and kept, and a new one is begun.
    """


class PeriodError(MatsideError, ValueError):
    """Statistics are asked for days that are none, or that end before they begin."""


class ServerError(MatsideError, RuntimeError):
    """The web server cannot start."""


class StaffError(MatsideError, RuntimeError):
    """A staff PIN cannot be used, or what is kept of it cannot be read or written."""


class PrintError(MatsideError, RuntimeError):
    """A card cannot be printed: there is no browser, it failed, or the file cannot be written."""


class FleetError(MatsideError, RuntimeError):
    """The gym's broker cannot be reached, or does not let the station in."""


class UpdateError(MatsideError, RuntimeError):
    """A package that was brought is not one to install, or its installation has failed."""


class ArchiveError(MatsideError, RuntimeError):
    """The archive cannot take sessions, or cannot keep them."""


class VoiceError(MatsideError, RuntimeError):
    """A speech engine, one of its voices or a recording cannot be used."""


class FigureError(MatsideError, ValueError):
    """A pose has an unknown name, or asks for something that no body can do."""
