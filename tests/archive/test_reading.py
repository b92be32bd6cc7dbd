"""What is a session, and what is nothing that anybody can read."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.archive.reading import COLUMNS, KEPT, Unreadable, read
from kiosk.fleet.messages import LARGEST
from tests.drivers.archives import session

TOPIC = "matside/mat-1/session"


def told(**more: Any) -> bytes:
    return json.dumps({**msgspec.to_builtins(session()), **more}).encode()


def test_a_session_becomes_a_row_with_types_of_the_database() -> None:
    sent = session(7, day=20516, hour=18, weight_offs=("settle",), step_seconds=(0.0, 4.5))
    row = read(TOPIC, msgspec.json.encode(sent))
    assert not isinstance(row, Unreadable)
    columns = dict(zip(COLUMNS, row, strict=True))
    assert columns["id"] == UUID(sent.id)
    assert columns["started"] == dt.datetime(2026, 3, 4, 17, 5, 6, tzinfo=dt.UTC)
    assert columns["day"] == dt.date(2026, 3, 4)
    assert (columns["left_seconds"], columns["right_seconds"]) == (120.0, 118.5)
    assert (columns["weight_offs"], columns["step_seconds"]) == (["settle"], [0.0, 4.5])


def test_fields_of_a_later_version_are_passed_over() -> None:
    assert not isinstance(read(TOPIC, told(heartbeats=[1, 2])), Unreadable)


def test_a_time_without_a_zone_is_taken_for_universal_time() -> None:
    row = read(TOPIC, told(started="2026-03-04T17:05:06"))
    assert not isinstance(row, Unreadable)
    assert row[COLUMNS.index("started")] == dt.datetime(2026, 3, 4, 17, 5, 6, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\xff\xfe",
        b"null",
        b"[" * 5000,
        told(more=1)[:-1],
        told(id="mat-1-7"),
        told(station="mat-2"),
        told(started="yesterday"),
        told(number=-1),
        told(number=2**64),
        told(day=10**9),
        told(routine=None),
        told(routine="a\0b"),
        told(routine="\ud800"),
        told(weight_offs=["\0"]),
        b" " * (LARGEST + 1),
    ],
    ids=range(16),
)
def test_what_is_no_session_is_kept_with_its_reason(payload: bytes) -> None:
    found = read(TOPIC, payload)
    assert isinstance(found, Unreadable)
    assert found.topic == TOPIC
    assert found.payload == payload[:KEPT]
    assert found.problem


@given(st.text(max_size=80), st.binary(max_size=200))
def test_no_message_ends_the_archive(topic: str, payload: bytes) -> None:
    assert isinstance(read(f"matside/{topic}/session", payload), Unreadable)
