"""Secrets that stand in a file of their own, so that they are in no settings and no log."""

import os
from pathlib import Path

from kiosk.core.errors import SettingsError

#: Where systemd puts the credentials of the service, for commands that a person types.
_CREDENTIALS = "/run/credentials/matside.service"


def read_secret(name: str, setting: str) -> str:
    """The text in the file `name`, without the end of its line.

    Args:
        name: Path of the file. A name without a folder is that of a credential of systemd.
        setting: The setting that has it, such as ``metrics.token_file``, for the error.

    Raises:
        SettingsError: It cannot be read. The text does not have the secret.
    """
    try:
        path = Path(name).expanduser()
    except RuntimeError:
        raise SettingsError(f"{name}: there is no such user. Look at {setting}.") from None
    if path.name == name:
        path = Path(os.environ.get("CREDENTIALS_DIRECTORY", _CREDENTIALS), name)
    try:
        return path.read_text(encoding="utf-8").strip("\r\n")
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: is no text in UTF-8. Look at {setting}.") from None
    except OSError as problem:
        raise SettingsError(
            f"{path}: cannot be read: {problem.strerror}. Look at {setting}."
        ) from problem
