"""Whose request it is: from where it comes, and whether somebody has signed in by it."""

from hashlib import sha256

from flask import Request, Response
from itsdangerous import BadSignature, Signer

from kiosk.settings.address import is_loopback
from kiosk.staff.door import StaffDoor
from kiosk.staff.doorway import Doorway

#: The name of the cookie that carries the id of a visit.
COOKIE = "matside-staff"


def doorway_of(request: Request) -> Doorway:
    """From where `request` comes: what comes from this machine itself comes from its panel."""
    return Doorway.PANEL if is_loopback(request.remote_addr or "") else Doorway.NETWORK


class Visitors:
    """Knows by their cookie those who are signed in.

    The cookie is signed with a key that this station has made at its start and keeps in memory
    alone, where visits are too: there is nothing on the disk that would let anybody in.

    Args:
        door: Knows the visits.
    """

    def __init__(self, door: StaffDoor) -> None:
        self._door = door
        self._signer = Signer(door.key, salt="matside staff visit", digest_method=sha256)

    def is_in(self, request: Request) -> bool:
        """Whether whoever sent `request` is signed in, at the doorway that it comes from.

        Raises:
            StaffError: What is kept of the PIN cannot be read.
        """
        return self._door.is_in(self._visit_of(request), doorway_of(request))

    def welcome(self, request: Request, response: Response, visit: str) -> None:
        """Have the browser send the id of `visit` from now on, and end the visit it had before."""
        self._door.leave(self._visit_of(request))
        signed = self._signer.sign(visit).decode()
        # No attribute Secure: the station speaks plain HTTP, so the cookie would never come back.
        response.set_cookie(COOKIE, signed, httponly=True, samesite="Strict", path="/")

    def see_off(self, request: Request, response: Response) -> None:
        """End the visit of whoever sent `request`, if there is one."""
        self._door.leave(self._visit_of(request))
        response.delete_cookie(COOKIE, httponly=True, samesite="Strict", path="/")

    def _visit_of(self, request: Request) -> str | None:
        try:
            return self._signer.unsign(request.cookies.get(COOKIE, "")).decode()
        except (BadSignature, UnicodeDecodeError):
            return None
