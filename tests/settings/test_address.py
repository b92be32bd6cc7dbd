"""Where the station listens: on its own address, and on the loopback for its own browser."""

import contextlib
import socket
import sys
from collections.abc import Iterator

import pytest

from kiosk.core.errors import ServerError
from kiosk.settings.address import Listeners, from_here, open_socket, open_sockets

#: An address of the documentation (RFC 5737): no machine has it.
NOBODYS = "192.0.2.1"


@contextlib.contextmanager
def closing(listeners: Listeners) -> Iterator[Listeners]:
    yield listeners
    for listener in listeners.sockets:
        listener.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "localhost"])
def test_the_loopback_and_everywhere_are_one_socket(host: str) -> None:
    with closing(open_sockets(host, 0, forgiving=False)) as listeners:
        assert len(listeners.sockets) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems wait for the address")
def test_an_address_that_comes_later_is_listened_on_beside_the_loopback() -> None:
    with closing(open_sockets(NOBODYS, 0, forgiving=True)) as listeners:
        here, there = listeners.sockets
        assert here.getsockname()[0] == from_here(NOBODYS) == "127.0.0.1"
        assert there.getsockname() == (NOBODYS, here.getsockname()[1])
        assert listeners.problem is None
        with socket.create_connection(here.getsockname(), timeout=5):
            pass


def test_a_name_that_nobody_knows_leaves_the_loopback_and_is_told() -> None:
    with closing(open_sockets("no.such.name.invalid", 0, forgiving=True)) as listeners:
        assert [each.getsockname()[0] for each in listeners.sockets] == ["127.0.0.1"]
        assert "no address is known by that name" in (listeners.problem or "")
        assert "Only this machine reaches it now" in (listeners.problem or "")


@pytest.mark.parametrize("host", [NOBODYS, "no.such.name.invalid"])
def test_whoever_types_a_wrong_address_is_told_instead(host: str) -> None:
    with pytest.raises(ServerError, match="Use 127"):
        open_sockets(host, 0, forgiving=False)


def test_a_port_that_is_in_use_is_told() -> None:
    with open_socket("127.0.0.1", 0) as other:
        port = other.getsockname()[1]
        with pytest.raises(ServerError, match="something else is listening"):
            open_sockets("127.0.0.1", port, forgiving=True)
