"""What Home Assistant is told about a station: one device, and no ghosts."""

import json
from dataclasses import replace
from typing import Any

from kiosk.fleet.discovery import Device, components, payload, topic
from kiosk.fleet.messages import Topics

DEVICE = Device(Topics("matside", "mat-1"), "Mat 1, by the window", "0.2.0")


def told(device: Device = DEVICE) -> Any:
    return json.loads(payload(device))


def test_the_device_has_one_topic_and_one_name() -> None:
    assert topic("homeassistant", "mat-1") == "homeassistant/device/mat-1/config"
    assert told()["device"]["name"] == "Mat 1, by the window"
    assert told(replace(DEVICE, name=None))["device"]["name"] == "Matside mat-1"


def test_ids_are_unique_and_survive_a_new_name_and_a_new_version() -> None:
    ids = [each["unique_id"] for each in told()["components"].values()]
    assert len(set(ids)) == len(ids)
    again = told(replace(DEVICE, name="Mat 7", version="0.3.0"))
    assert [each["unique_id"] for each in again["components"].values()] == ids
    assert again["device"]["identifiers"] == told()["device"]["identifiers"]


def test_every_entity_reads_or_is_told_on_the_stations_own_topics() -> None:
    for key, each in told()["components"].items():
        topics = [value for name, value in each.items() if name.endswith("_topic")]
        assert topics, key
        assert all(one.startswith("matside/mat-1/") for one in topics), key


def test_what_is_not_there_is_taken_away_and_leaves_no_ghost() -> None:
    without = replace(DEVICE, absent=frozenset({"light"}), can_restart=False)
    gone = {
        key: each for key, each in told(without)["components"].items() if "unique_id" not in each
    }
    assert gone == {
        "light_problem": {"platform": "binary_sensor"},
        "restart_browser": {"platform": "button"},
    }
    assert {*told(without)["components"]} == {*components(DEVICE.topics)}
