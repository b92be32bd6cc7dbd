"""What Home Assistant is told once, so that it shows the station as one device.

One message has the whole device. What it no longer has, or does not have here, is in it as nothing
but its platform: that is how Home Assistant is told to take an entity away. So nothing that is gone
stays behind as a ghost, and nobody needs to remember what was told before.

Source: the documentation of Home Assistant's MQTT integration, "Device discovery payload".
"""

from dataclasses import dataclass
from typing import Any

import msgspec

from kiosk.core.session import Status
from kiosk.fleet.messages import OFFLINE, ONLINE, Topics

#: What the event entity can tell.
EVENTS = ("finished", "stopped", "abandoned", "weight_off", "unanswered")

Component = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Device:
    """The station as Home Assistant is to know it.

    Attributes:
        topics: Its topics.
        name: What the gym calls it, None without a name.
        version: Matside's version.
        absent: Parts of the panel that are switched off in the settings, such as ``light``.
        can_restart: Whether its browser can be restarted.
    """

    topics: Topics
    name: str | None
    version: str
    absent: frozenset[str] = frozenset()
    can_restart: bool = True


def topic(prefix: str, station: str) -> str:
    """The topic of the device's message; `prefix` is that of Home Assistant."""
    return f"{prefix}/device/{station}/config"


def payload(device: Device) -> bytes:
    """The message about `device`."""
    station, topics = device.topics.station, device.topics
    told = {
        "device": {
            "identifiers": [f"matside-{station}"],
            "name": device.name or f"Matside {station}",
            "manufacturer": "Matside",
            "model": "Mat-side station",
            "serial_number": station,
            "sw_version": device.version,
        },
        "origin": {"name": "Matside", "sw_version": device.version},
        "availability_topic": topics.availability,
        "payload_available": ONLINE,
        "payload_not_available": OFFLINE,
        "components": {
            key: _whole(key, component, station) if _is_there(key, device) else _gone(component)
            for key, component in components(topics).items()
        },
    }
    return msgspec.json.encode(told)


def components(topics: Topics) -> dict[str, Component]:
    """Every entity by its key, which never changes, since the unique ids are made of it."""
    return {**_use(topics), **_health(topics), **_actions(topics)}


def _whole(key: str, component: Component, station: str) -> Component:
    return {**component, "unique_id": f"matside-{station}-{key}"}


def _gone(component: Component) -> Component:
    return {"platform": component["platform"]}


def _is_there(key: str, device: Device) -> bool:
    if key == "restart_browser":
        return device.can_restart
    return key.removesuffix("_problem") not in device.absent


def _use(topics: Topics) -> dict[str, Component]:
    """Who uses the station, and for what."""
    state = {"state_topic": topics.state}
    return {
        "in_use": {
            **state,
            "platform": "binary_sensor",
            "name": "In use",
            "device_class": "occupancy",
            "value_template": "{{ 'ON' if value_json.in_use else 'OFF' }}",
        },
        "status": {
            **state,
            "platform": "sensor",
            "name": "Status",
            "icon": "mdi:state-machine",
            "device_class": "enum",
            "options": [status.value for status in Status],
            "value_template": "{{ value_json.status }}",
        },
        "routine": _word(state, "Routine", "mdi:yoga", "routine"),
        "step": _word(state, "Step", "mdi:foot-print", "step"),
        "side": _word(state, "Side", "mdi:arrow-left-right", "side"),
        "remaining": {
            **state,
            "platform": "sensor",
            "name": "Seconds left",
            "device_class": "duration",
            "unit_of_measurement": "s",
            "value_template": "{{ value_json.remaining }}",
        },
        "sessions_today": {
            **state,
            "platform": "sensor",
            "name": "Sessions today",
            "icon": "mdi:counter",
            "state_class": "total_increasing",
            "value_template": "{{ value_json.sessions_today }}",
        },
        "event": {
            "state_topic": topics.event,
            "platform": "event",
            "name": "Session",
            "icon": "mdi:run",
            "event_types": list(EVENTS),
        },
    }


def _word(state: Component, name: str, icon: str, key: str) -> Component:
    return {
        **state,
        "platform": "sensor",
        "name": name,
        "icon": icon,
        "value_template": f"{{{{ value_json.{key} }}}}",
    }


def _health(topics: Topics) -> dict[str, Component]:
    """What staff should mend."""
    health = {"state_topic": topics.health, "entity_category": "diagnostic"}

    def problem(name: str, is_one: str) -> Component:
        return {
            **health,
            "platform": "binary_sensor",
            "name": name,
            "device_class": "problem",
            "value_template": f"{{{{ 'ON' if {is_one} else 'OFF' }}}}",
        }

    def part(name: str) -> Component:
        return problem(name.capitalize(), f"value_json.{name} not in ('ok', 'absent')")

    def number(name: str, key: str, unit: str, device_class: str) -> Component:
        return {
            **health,
            "platform": "sensor",
            "name": name,
            "device_class": device_class,
            "state_class": "measurement",
            "unit_of_measurement": unit,
            "value_template": f"{{{{ value_json.{key} }}}}",
        }

    return {
        "problem": {
            **problem("Problem", "not value_json.ok"),
            "json_attributes_topic": topics.health,
            "json_attributes_template": "{{ {'problem': value_json.problem} | tojson }}",
        },
        "button_problem": part("button"),
        "buzzer_problem": part("buzzer"),
        "light_problem": part("light"),
        "saving_problem": problem("Saving", "not value_json.saving"),
        "power_problem": problem("Power supply", "value_json.low_voltage"),
        "disk_free": number("Free disk", "disk_free", "MB", "data_size"),
        "temperature": number("Temperature", "temperature", "°C", "temperature"),
        "waiting": {
            **health,
            "platform": "sensor",
            "name": "Sessions to be sent",
            "icon": "mdi:tray-arrow-up",
            "state_class": "measurement",
            "value_template": "{{ value_json.waiting }}",
        },
        "version": {
            "state_topic": topics.versions,
            "platform": "update",
            "name": "Version",
            "entity_category": "diagnostic",
            "title": "Matside",
            "value_template": (
                "{{ {'installed_version': value_json.matside, "
                "'latest_version': value_json.latest or value_json.matside} | tojson }}"
            ),
        },
    }


def _actions(topics: Topics) -> dict[str, Component]:
    """What can be done from afar. The station does it only where it disturbs no session."""
    return {
        "identify": {
            "platform": "button",
            "name": "Identify",
            "device_class": "identify",
            "command_topic": topics.do("identify"),
        },
        "restart_browser": {
            "platform": "button",
            "name": "Restart the screen's browser",
            "device_class": "restart",
            "entity_category": "config",
            "command_topic": topics.do("restart_browser"),
        },
        "quiet": {
            "platform": "switch",
            "name": "Quiet",
            "icon": "mdi:volume-off",
            "entity_category": "config",
            "command_topic": topics.do("quiet"),
            "state_topic": topics.state,
            "value_template": "{{ 'ON' if value_json.quiet else 'OFF' }}",
        },
    }
