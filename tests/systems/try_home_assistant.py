"""A real Home Assistant, a real broker and a station: what Home Assistant's own API says of it.

Runs in a root that is thrown away, on Home Assistant's own Python:

    python -m tests.systems.try_home_assistant PYTHON

PYTHON is the one that has what Matside needs. It prints a line for each step, and the device with
its entities as Home Assistant tells them.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

#: Ports of this root's own loopback.
HASS, BROKER, STATION = 18123, 11883, 18080
HERE = f"http://127.0.0.1:{HASS}/"
#: Home Assistant takes a while to start on a busy machine.
PATIENCE = 300

#: Nothing of Home Assistant but what MQTT and its own API need.
CONFIGURATION = f"""
homeassistant:
  name: Gym
http:
  server_host: 127.0.0.1
  server_port: {HASS}
api:
config:
"""

SETTINGS = f"""
[station]
name = "{{name}}"
[panel]
light_pin = {{light}}
[fleet]
broker = "127.0.0.1"
port = {BROKER}
tls = false
station = "mat-1"
"""

#: The entities that the device must have, by the end of their unique ids, and what they show.
WANTED = {
    "in_use": "off",
    "status": "attract",
    "sessions_today": None,
    "problem": "off",
    "button_problem": "off",
    "buzzer_problem": "off",
    "light_problem": "off",
    "saving_problem": "off",
    "waiting": "0",
    "version": "off",
    "quiet": "off",
    "identify": None,
    "event": None,
    "routine": None,
    "step": None,
    "side": None,
    "remaining": None,
    "disk_free": None,
    "temperature": None,
    "power_problem": None,
}


class Hass:
    """Home Assistant's API: REST, and commands over its web socket."""

    def __init__(self, http: ClientSession) -> None:
        self._http = http
        self._token = ""

    async def sign_up(self) -> None:
        """Make the first user, and be that one."""
        user = {"client_id": HERE, "name": "Staff", "username": "staff", "password": "pass"}
        made = await self.ask("POST", "api/onboarding/users", {**user, "language": "en"})
        told = {"grant_type": "authorization_code", "code": made["auth_code"], "client_id": HERE}
        async with self._http.post(f"{HERE}auth/token", data=told) as answer:
            self._token = (await answer.json())["access_token"]

    async def ask(self, method: str, path: str, body: Any = None) -> Any:
        """One request of REST."""
        head = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        async with self._http.request(method, HERE + path, json=body, headers=head) as answer:
            if answer.status >= 400:
                raise AssertionError(f"{path}: {answer.status} {await answer.text()}")
            return await answer.json()

    async def command(self, kind: str) -> Any:
        """One command over the web socket."""
        async with self._http.ws_connect(f"{HERE}api/websocket") as socket:
            await socket.receive_json()
            await socket.send_json({"type": "auth", "access_token": self._token})
            await socket.receive_json()
            await socket.send_json({"id": 1, "type": kind})
            return (await socket.receive_json())["result"]

    async def entities(self) -> dict[str, dict[str, Any]]:
        """The entities of the station by the end of their unique ids, with their states."""
        states = {each["entity_id"]: each for each in await self.ask("GET", "api/states")}
        found = await self.command("config/entity_registry/list")
        return {
            each["unique_id"].removeprefix("matside-mat-1-"): {
                **each,
                "state": states.get(each["entity_id"], {}).get("state"),
            }
            for each in found
            if str(each["unique_id"]).startswith("matside-mat-1-")
        }

    async def state(self, key: str) -> str | None:
        """What one of them shows; None if there is none."""
        found = (await self.entities()).get(key)
        return None if found is None else found["state"]


class Matside:
    """The station, in a process of its own."""

    def __init__(self, python: str, folder: Path) -> None:
        self._python = python
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, name: str = "Mat 1", *, light: bool = True) -> None:
        """Start it."""
        config = self._folder / "config.toml"
        config.write_text(SETTINGS.format(name=name, light=22 if light else "false"))
        command = [self._python, "-m", "kiosk.main.cli", "run", "--hardware", "mock"]
        command += ["--port", str(STATION), "--data", str(self._folder / "data")]
        self._process = subprocess.Popen([*command, "--config", str(config)])

    def stop(self, *, kill: bool = False) -> None:
        """Stop it as systemd does, or kill it."""
        if self._process is not None:
            (self._process.kill if kill else self._process.terminate)()
            self._process.wait()
            self._process = None


async def ask_station(http: ClientSession, path: str, body: Any = None) -> Any:
    """One request to the station."""
    address = f"http://127.0.0.1:{STATION}"
    head = {"Origin": address}
    method = "GET" if body is None else "POST"
    async with http.request(method, address + path, json=body, headers=head) as answer:
        return await answer.json()


async def until(what: str, happened: Callable[[], Awaitable[Any]]) -> None:
    """Wait for a step, and say how long it took."""
    began = time.monotonic()
    while True:
        try:
            if await happened():
                break
        except (OSError, AssertionError, ValueError) as problem:
            if time.monotonic() > began + PATIENCE:
                raise AssertionError(f"{what}: {problem}") from problem
        if time.monotonic() > began + PATIENCE:
            raise AssertionError(f"waited in vain until {what}")
        await asyncio.sleep(0.5)
    print(f"ok    {time.monotonic() - began:6.1f} s  {what}", flush=True)


async def try_it(hass: Hass, http: ClientSession, matside: Matside) -> None:
    """All steps, from Home Assistant's first start on."""

    async def is_up() -> bool:
        async with http.get(f"{HERE}api/onboarding") as answer:
            return bool(answer.status == 200)

    async def shows(key: str, value: str | None) -> bool:
        return await hass.state(key) == value

    await until("Home Assistant answers", is_up)
    await hass.sign_up()
    flow = await hass.ask("POST", "api/config/config_entries/flow", {"handler": "mqtt"})
    answers = {"broker": "127.0.0.1", "port": BROKER}
    made = await hass.ask("POST", f"api/config/config_entries/flow/{flow['flow_id']}", answers)
    assert made["type"] == "create_entry", made
    matside.start()

    async def all_there() -> bool:
        return {*WANTED} <= {*await hass.entities()}

    await until("the station is found by itself, with all its entities", all_there)
    for key, value in WANTED.items():
        if value is not None:
            await until(f"{key} is {value}", partial(shows, key, value))
    await tell(hass)
    await ask_station(http, "/api/button", {"action": "press"})
    await until("a press: it is in use", lambda: shows("in_use", "on"))
    await until("a press: its status is running", lambda: shows("status", "running"))
    await ask_station(http, "/api/back", {})
    await until("back: it is free", lambda: shows("in_use", "off"))
    await until("its session is counted", lambda: shows("sessions_today", "1"))
    quiet = (await hass.entities())["quiet"]["entity_id"]
    await hass.ask("POST", "api/services/switch/turn_on", {"entity_id": quiet})
    await until("quiet is switched on", lambda: shows("quiet", "on"))
    before = {key: each["entity_id"] for key, each in (await hass.entities()).items()}
    matside.stop(kill=True)
    await until("killed: it is unavailable", lambda: shows("status", "unavailable"))
    matside.start(name="By the window", light=False)
    await until("started again: it is there", lambda: shows("status", "attract"))
    await until("without a light: its entity is gone", lambda: shows("light_problem", None))
    after = {key: each["entity_id"] for key, each in (await hass.entities()).items()}
    before.pop("light_problem")
    assert after == before, "under a new name the entities are the same"
    print("ok             under a new name the entities are the same")


async def tell(hass: Hass) -> None:
    """Print the device and its entities as Home Assistant has them."""
    for device in await hass.command("config/device_registry/list"):
        if ["mqtt", "matside-mat-1"] in device["identifiers"]:
            keys = ("name", "manufacturer", "model", "serial_number", "sw_version")
            print("device", json.dumps({key: device.get(key) for key in keys}))
    for key, each in sorted((await hass.entities()).items()):
        category = each.get("entity_category") or ""
        print(f"  {key:18}{each['entity_id']:50}{each['state'] or '':16}{category}")


async def talk(matside: Matside) -> None:
    """Go through all steps."""
    async with ClientSession() as http:
        await try_it(Hass(http), http, matside)


def main(python: str) -> None:
    """Start all three, try it and end them."""
    # So the station takes the clock of this root for one that a time server has set.
    set_by_network = Path("/run/systemd/timesync/synchronized")
    set_by_network.parent.mkdir(parents=True, exist_ok=True)
    set_by_network.touch()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "hass").mkdir()
        (folder / "hass" / "configuration.yaml").write_text(CONFIGURATION)
        (folder / "mosquitto.conf").write_text(
            f"listener {BROKER} 127.0.0.1\nallow_anonymous true\nuser root\n"
        )
        matside = Matside(python, folder)
        hass = [sys.executable, "-m", "homeassistant", "-c", str(folder / "hass")]
        started = [
            subprocess.Popen(["mosquitto", "-c", str(folder / "mosquitto.conf")]),
            subprocess.Popen(hass),
        ]
        try:
            asyncio.run(talk(matside))
        finally:
            matside.stop()
            for process in started:
                process.kill()
                process.wait()


if __name__ == "__main__":
    main(sys.argv[1])
