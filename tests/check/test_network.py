"""What `matside check` says of the networks that the machine is in."""

import sys
from pathlib import Path

import pytest

from kiosk.check.machine import Machine, ipv4_of, network


def in_networks(folder: Path, **addresses: str | None) -> Machine:
    """A machine with these network cards."""
    for card in ("lo", *addresses):
        (folder / "sys/class/net" / card).mkdir(parents=True)
    return Machine(False, folder, address_of=addresses.get)


def test_each_network_is_told_with_the_address_in_it(tmp_path: Path) -> None:
    machine = in_networks(tmp_path, eth0="10.0.0.3", wlan0="192.168.1.5", wlan1=None)
    assert network(machine) == "eth0 10.0.0.3, wlan0 192.168.1.5"


def test_a_machine_without_a_network_is_all_right(tmp_path: Path) -> None:
    assert "needs no network" in network(in_networks(tmp_path, wlan0=None))
    assert "needs no network" in network(Machine(False, tmp_path / "none"))


@pytest.mark.skipif(sys.platform != "linux", reason="the request is Linux's")
def test_the_kernel_is_asked_for_an_address() -> None:
    assert ipv4_of("lo") == "127.0.0.1"
    assert ipv4_of("no-such-card") is None
    assert ipv4_of("a name that is far too long for a network card") is None
