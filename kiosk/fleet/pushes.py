"""What a station does with what its gym sends: check, take once, and say which version it has."""

import logging
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec

from kiosk.core.errors import FleetError, MatsideError
from kiosk.fleet.push import ALL, GROUPS, Push, PushTopics, unpacked
from kiosk.settings.shapes import FleetSection
from kiosk.whole_file import write_whole

_log = logging.getLogger(__name__)

#: The file in the data directory with the versions that were taken.
FILE = "pushes.json"

#: Topics that are looked at, at most; a gym has some dozens of files.
MOST_TOPICS = 200

#: Seconds from one look at something that was sent to the next: signatures cost time.
APART = 1.0


class Pushes:
    """What the gym sends to this station. The link's thread alone uses it.

    Attributes:
        taken: The versions that were taken, by file.

    Args:
        section: The settings of the fleet, with the gym's public key and the groups.
        directory: The data directory.
        take: Puts a file in place and has the station take it up; raises what is wrong with it, and
            then everything is as it was.
    """

    def __init__(
        self, section: FleetSection, directory: Path, take: Callable[[Push], object]
    ) -> None:
        self._problems: dict[str, str] = {}
        self._key = section.push_key or ""
        self._topics = PushTopics(section.prefix)
        self._groups = dict.fromkeys((ALL, *section.groups))
        self._file = directory / FILE
        self._take = take
        self.taken = self._read()
        self._waiting: dict[str, bytes] = {}
        self._seen: dict[str, bytes] = {}
        self._next = float("-inf")

    @property
    def subscriptions(self) -> list[str]:
        """What to subscribe to."""
        return [self._topics.every(group) for group in self._groups]

    @property
    def problem(self) -> str | None:
        """What is wrong with what could not be taken; None if nothing is."""
        return " ".join(self._problems.values()) or None

    def hear(self, topic: str, payload: bytes) -> bool:
        """Keep what has come until nobody uses the station; False if it is none of this."""
        if not topic.startswith(f"{self._topics.prefix}/{GROUPS}/"):
            return False
        digest = sha256(payload).digest()
        known = topic in self._seen
        if payload and self._seen.get(topic) != digest and (known or len(self._seen) < MOST_TOPICS):
            self._seen[topic] = digest
            self._waiting[topic] = payload
        return True

    def due(self) -> float | None:
        """Clock seconds at which `go_on` has something to do; None if nothing waits."""
        return self._next if self._waiting else None

    def go_on(self, now: float) -> bool:
        """Look at one of those that wait. Call it only while nobody uses the station.

        Returns:
            Whether there is something new to be told.
        """
        if not self._waiting or now < self._next:
            return False
        self._next = now + APART
        topic = next(iter(self._waiting))
        before = self.problem, dict(self.taken)
        try:
            self._look_at(topic, self._waiting.pop(topic))
            self._problems.pop(topic, None)
        except MatsideError as problem:
            told = f"{topic.partition('/group/')[2]:.80}: {problem}"
            self._problems[topic] = told
            _log.warning("what the gym has sent was not taken: %s", told)
        return before != (self.problem, self.taken)

    def _look_at(self, topic: str, payload: bytes) -> None:
        push = unpacked(topic, payload, self._topics, self._key)
        last = self.taken.get(push.file, 0)
        if push.version == last:
            return
        if push.version < last:
            raise FleetError(f"it is version {push.version}, and {last} was taken before")
        self._take(push)
        self.taken[push.file] = push.version
        _log.info("taken from the gym: %s, version %d of %s", push.file, push.version, push.made)
        try:
            write_whole(self._file, msgspec.json.encode(self.taken))
        except OSError as problem:
            raise FleetError(f"{self._file}: cannot be written: {problem}") from problem
        self._problems.pop(FILE, None)

    def _read(self) -> dict[str, int]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, int])
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, msgspec.MsgspecError) as problem:
            # The settings that were pushed stay; only an old push could come again now.
            told = f"{self._file}: cannot be read ({problem}); versions begin anew."
            self._problems[FILE] = told
            return {}
