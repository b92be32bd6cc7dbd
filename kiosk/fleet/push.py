"""What a gym sends to a group of its stations: settings, a routine or a language, signed."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from kiosk.core.errors import FleetError
from kiosk.fleet.messages import NAME
from kiosk.fleet.signing import is_signed, sign

#: The group that every station is in.
ALL = "all"

#: The part of a topic under which groups are, where other topics have the id of a station.
GROUPS = "group"

#: The longest file that is sent, in bytes.
LONGEST_FILE = 64 * 1024

#: The code of a language, such as ``de`` or ``pt-BR``.
_CODE = r"[a-z]{2,3}(-[A-Z]{2})?"

#: The name of a file in a folder of routines or languages. It leads out of none.
FILE_NAME = re.compile(rf"({_CODE}|[a-z0-9][a-z0-9-]{{0,63}}(\.{_CODE})?)\.toml")

Kind = Literal["settings", "routine", "language"]


class Push(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is signed.

    Attributes:
        kind: What the file is.
        name: Its name, for example ``hip-stretch.toml``; ``settings.toml`` for settings.
        group: The group of stations that it is for.
        version: Its number, which only grows: a station takes none that is not greater than the
            last one that it has taken for that file.
        made: When it was made (ISO 8601), for people.
        content: What is in the file.
    """

    kind: Kind
    name: str
    group: str
    version: int
    made: str
    content: str

    @property
    def file(self) -> str:
        """The file, by which versions are counted, for example ``routine/hip-stretch.toml``."""
        return f"{self.kind}/{self.name}"


class SignedPush(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is sent.

    Attributes:
        push: A `Push` in JSON, as it was signed.
        signature: Its signature.
    """

    push: str
    signature: str


@dataclass(frozen=True, slots=True)
class PushTopics:
    """The topics of what is sent to groups.

    Attributes:
        prefix: What all topics of the gym begin with.
    """

    prefix: str

    def of(self, push: Push) -> str:
        """The topic on which `push` is kept by the broker."""
        return f"{self.prefix}/{GROUPS}/{push.group}/{push.file}"

    def every(self, group: str) -> str:
        """The subscription to all that is sent to `group`."""
        return f"{self.prefix}/{GROUPS}/{group}/+/+"


def packed(push: Push, key: Path) -> bytes:
    """Sign `push` with the secret key in the file `key`.

    Raises:
        FleetError: It is no push, or there is no such key.
    """
    _check(push)
    text = msgspec.json.encode(push)
    return msgspec.json.encode(SignedPush(text.decode(), sign(text, key)))


def unpacked(topic: str, payload: bytes, topics: PushTopics, public_key: str) -> Push:
    """What has come on `topic`, if its gym has signed it, and for that very topic.

    Raises:
        FleetError: It is anything else.
    """
    if len(payload) > 4 * LONGEST_FILE:
        raise FleetError(f"it has {len(payload)} bytes, which are too many")
    try:
        sent = msgspec.json.decode(payload, type=SignedPush)
        text = sent.push.encode()
        if not is_signed(text, sent.signature, public_key):
            raise FleetError("its signature is not by the key in fleet.push_key")
        push = msgspec.json.decode(text, type=Push)
    except (ValueError, RecursionError, msgspec.MsgspecError) as problem:
        raise FleetError(f"it is nothing that matside fleet push sends: {problem}") from problem
    _check(push)
    if topics.of(push) != topic:
        raise FleetError(f"it was made for {topics.of(push)}")
    return push


def _check(push: Push) -> None:
    """Hold that a station could take `push`.

    Raises:
        FleetError: It could not.
    """
    if NAME.fullmatch(push.group) is None:
        raise FleetError(f"{push.group!r} is no name of a group.")
    if FILE_NAME.fullmatch(push.name) is None:
        raise FleetError(f"{push.name!r} is no name of a file: small letters, digits, hyphens.")
    if push.kind == "settings" and push.name != "settings.toml":
        raise FleetError("settings are always called settings.toml.")
    if len(push.content.encode()) > LONGEST_FILE:
        raise FleetError(f"{push.name}: is longer than {LONGEST_FILE} bytes.")
    if not 0 < push.version < 2**53:
        raise FleetError(f"{push.version} is no number of a version.")
