"""The way into the broker: whom the station trusts, and to whom it gives its password."""

import socket
import ssl
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.errors import FleetError, SettingsError
from kiosk.fleet.access import Access, access, reason
from kiosk.settings.loading import load_settings
from kiosk.settings.shapes import FleetSection
from tests.drivers.broker import running, until
from tests.drivers.clocks import WallClock
from tests.drivers.linked import Linked

Switch = Callable[..., Linked]

#: What is in the file with the password.
WORD = "open sesame"


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """A file with a password."""
    path = tmp_path / "secret"
    path.write_text(f"{WORD}\n")
    return str(path)


def section(host: str, secret: str, **more: Any) -> FleetSection:
    return FleetSection(broker=host, user="m", password_file=secret, **{"tls": False, **more})


def resolves_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    found = [(0, 0, 0, "", (address, 1883)) for address in addresses]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: found)


@pytest.mark.parametrize("address", ["127.0.0.1", "192.168.1.5", "10.0.0.9", "fe80::1%eth0"])
def test_a_password_goes_without_tls_to_private_addresses(
    secret: str, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    resolves_to(monkeypatch, address)
    assert access(section("broker.lan", secret)).password == WORD
    assert access(section("broker.lan", secret)).host == address, "the one that was looked at"


@pytest.mark.parametrize("addresses", [["8.8.8.8"], ["192.168.1.5", "8.8.8.8"], ["2001:4860::8"]])
def test_a_password_never_goes_without_tls_to_anybody_else(
    secret: str, monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    resolves_to(monkeypatch, *addresses)
    with pytest.raises(FleetError, match="for anybody to read") as refused:
        access(section("broker.example", secret))
    assert WORD not in str(refused.value)
    assert access(section("b", secret, allow_plain_password=True)).password == WORD
    assert access(section("b", secret, tls=True)).password == WORD


def test_a_password_is_not_told_with_the_access(secret: str) -> None:
    assert WORD not in repr(access(section("127.0.0.1", secret)))


def test_a_name_without_a_folder_is_a_credential_of_systemd(
    tmp_path: Path, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert access(section("127.0.0.1", "secret")).password == WORD
    with pytest.raises(SettingsError, match=r"Look at fleet\.password_file"):
        access(section("127.0.0.1", "other"))
    assert Path(secret).exists()


def test_a_ca_that_is_none_is_explained(secret: str) -> None:
    with pytest.raises(FleetError, match="ca_file"):
        access(FleetSection(broker="b", ca_file=secret))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('password_file = "x"', "needs a user"),
        ('tls = false\nca_file = "x"', "is for TLS"),
        ('prefix = "a/#"', "letters, digits"),
        ("port = 0", "1"),
        ('groups = ["a b"]', "letters, digits"),
    ],
)
def test_settings_that_cannot_be_are_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f'[fleet]\nbroker = "b"\n{text}\n')
    with pytest.raises(SettingsError, match=told):
        load_settings(file)


def unverified(code: int, message: str) -> ssl.SSLCertVerificationError:
    problem = ssl.SSLCertVerificationError(1, message)
    problem.verify_code, problem.verify_message = code, message
    return problem


@pytest.mark.parametrize(("code", "told"), [(9, "not valid yet"), (10, "no longer valid")])
def test_a_clock_that_is_years_off_is_said(code: int, told: str) -> None:
    wall = WallClock()
    wall.known = False
    text = reason(unverified(code, "certificate"), Access("b", 8883), wall())
    assert told in text
    assert "no time server has set it" in text
    wall.known = True
    assert "look at both clocks" in reason(unverified(code, "x"), Access("b", 8883), wall())


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (unverified(18, "self-signed certificate"), r"self-signed.*fleet\.ca_file"),
        (ssl.SSLError(1, "wrong version number"), "no TLS is spoken"),
        (socket.gaierror(-2, "Name or service not known"), "nobody knows this name"),
        (ConnectionRefusedError(111, "Connection refused"), "Connection refused"),
        (TimeoutError(), "no answer"),
    ],
)
def test_why_there_is_no_connection_is_told(problem: OSError, told: str) -> None:
    with pytest.raises(AssertionError, match=told):
        raise AssertionError(reason(problem, Access("broker.lan", 8883), WallClock()()))


def certificates(folder: Path, days: int) -> list[str]:
    """An authority and a broker's certificate for 127.0.0.1; the lines that name them."""
    folder.mkdir()

    def run(*command: object) -> None:
        subprocess.run(list(map(str, command)), check=True, capture_output=True, cwd=folder)

    run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=Gym",
        "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        "-keyout", "ca.key", "-out", "ca.pem", "-days", "2")  # fmt: skip
    run("openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=broker",
        "-keyout", "key.pem", "-out", "request.pem")  # fmt: skip
    # Python 3.13 refuses a certificate that does not name the key of its authority.
    (folder / "names").write_text(
        "subjectAltName=IP:127.0.0.1\nauthorityKeyIdentifier=keyid\nbasicConstraints=CA:FALSE\n"
    )
    run("openssl", "x509", "-req", "-in", "request.pem", "-CA", "ca.pem", "-CAkey", "ca.key",
        "-CAcreateserial", "-out", "cert.pem", "-days", days, "-extfile", "names")  # fmt: skip
    return [f"cafile {folder}/ca.pem", f"certfile {folder}/cert.pem", f"keyfile {folder}/key.pem"]


def test_the_gyms_own_authority_is_trusted_and_no_other(tmp_path: Path, switch_on: Switch) -> None:
    lines = certificates(tmp_path / "gym", days=2)
    with running(tmp_path / "broker", *lines) as broker:
        stranger = switch_on(broker.port, folder="a", tls=True)
        until(lambda: "fleet.ca_file" in (stranger.link.health().problem or ""))
        friend = switch_on(
            broker.port, folder="b", tls=True, ca_file=str(tmp_path / "gym" / "ca.pem")
        )
        until(lambda: friend.link.health().connected)
        plain = switch_on(broker.port, folder="c")
        until(lambda: plain.link.health().problem)


def test_a_certificate_that_has_expired_is_said(tmp_path: Path, switch_on: Switch) -> None:
    lines = certificates(tmp_path / "gym", days=0)
    with running(tmp_path / "broker", *lines) as broker:
        station = switch_on(broker.port, tls=True, ca_file=str(tmp_path / "gym" / "ca.pem"))
        until(lambda: "no longer valid" in (station.link.health().problem or ""))
