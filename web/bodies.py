"""The bodies that POST routes take, and how one is read."""

from http import HTTPStatus
from typing import Annotated, Any, Literal, TypeVar

import msgspec
from flask import abort, request
from msgspec import Meta

from kiosk.toml_files import explain

Body = TypeVar("Body", bound=msgspec.Struct)
Name = Annotated[str, Meta(min_length=1, max_length=40)]


class ButtonBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the button on the screen or the keyboard did.

    Attributes:
        action: ``press`` is down and up at once. ``hold`` says that the button was held for long
            enough, which the sender has timed.
    """

    action: Literal["down", "up", "press", "hold"]


class ChooseBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One or more choices; what is None stays as it is."""

    side: Literal["left", "right"] | None = None
    seconds: int | None = None
    routine: Name | None = None
    language: Name | None = None


class RoutinesBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which page of the offered routines is to be shown, from 0."""

    page: int = 0


class MockButtonBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the contact of the mock panel's button is to be: closed (``down``) or open (``up``)."""

    level: Literal["down", "up"]


class MockFaultBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The fault that the mock panel is to play."""

    fault: Literal["none", "bounce", "stuck", "dead"]


class PinBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The PIN that somebody has typed; whether it can be one is checked elsewhere."""

    pin: Annotated[str, Meta(max_length=40)]


class PinChangeBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The PIN that has been used so far, and the one that is to be used from now on."""

    pin: Annotated[str, Meta(max_length=40)]
    new_pin: Annotated[str, Meta(max_length=40)]


class EditionBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which edition of the settings file the sender has seen."""

    edition: Name


class ChangesBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Settings that staff have changed.

    Attributes:
        edition: Which edition of the settings file they have seen.
        changes: The values by section and name; null takes back what is built in.
    """

    edition: Name
    changes: dict[str, Any]


class ImportBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A settings file in place of the station's own.

    Attributes:
        edition: Which edition of the station's own file the sender has seen.
        name: The file's name, for what is said of its faults.
        content: All that is in it.
    """

    edition: Name
    name: Annotated[str, Meta(min_length=1, max_length=255)]
    content: str


class FileBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that is to be taken in: its name and its bytes."""

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    size: int


class PieceBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of such a file.

    Attributes:
        name: The file's name.
        offset: How many bytes have come before.
        content: The piece; in JSON it is base64.
    """

    name: Annotated[str, Meta(min_length=1, max_length=100)]
    offset: int
    content: bytes


class PanelResultBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody found out about a part of the station.

    Attributes:
        passed: Whether it works.
        missed: How many fields of the screen felt no touch.
    """

    passed: bool
    missed: Annotated[int, Meta(ge=0, le=1000)] = 0


class EmptyBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request that needs no values: ``{}``."""


def read_body(shape: type[Body]) -> Body:
    """The request's body as `shape`; if it is not one, the answer is 400 with what is wrong."""
    content = request.get_data(cache=False)
    try:
        data: Any = msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as cause:
        abort(HTTPStatus.BAD_REQUEST, f"The body is not JSON: {cause}.")
    try:
        return msgspec.convert(data, shape)
    except msgspec.ValidationError:
        abort(HTTPStatus.BAD_REQUEST, explain(data, shape))
