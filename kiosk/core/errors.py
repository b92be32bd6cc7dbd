"""The one family of errors: everything that Matside raises on purpose is a `MatsideError`."""


class MatsideError(Exception):
    """Root of the family. Its text is for people: what was found, and what to do about it."""


class RoutineError(MatsideError, ValueError):
    """A routine, or a routine's file, is not usable as it stands."""


class SettingsError(MatsideError, ValueError):
    """A setting, from the file or the command line, is not usable as it stands."""


class HardwareError(MatsideError, RuntimeError):
    """The pins cannot be had or have gone away."""


class StoreError(MatsideError, RuntimeError):
    """The data directory or its database cannot be used."""


class DamagedStoreError(StoreError):
    """The database contradicts itself, or is none; it is set aside when it is opened anew."""


class ServerError(MatsideError, RuntimeError):
    """The web server cannot start."""


class FigureError(MatsideError, ValueError):
    """A pose is unknown, or no body can take it."""
